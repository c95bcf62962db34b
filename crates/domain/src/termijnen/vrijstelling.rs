//! Rules 27-29: notices of an exemption and the statement with them. An exemption that is not renewed is a reason to
//! call, never by itself absoluut verzuim.

use jiff::civil::Date;

use crate::body::{Kennisgeving, Verklaring, VrijstellingSoort};
use crate::calendar::datum;
use crate::fact::{Fact, Rol};
use crate::finding::Gap;
use crate::period::plus_days;
use crate::plicht::begin_leerplicht;
use crate::rules::{R27, R28, R29};
use crate::termijnen::geval::op_dag;
use crate::termijnen::koppel::{Open, koppel};
use crate::termijnen::{Aanleiding, Bouw, Geval, Norm, Uitwerking, Wie};

/// Years of notices that are looked at, so that a period in the far past stays bounded.
const MAX_JAREN: i16 = 20;

/// Rule 27: the first notice for a child that is not yet leerplichtig comes a month before leerplicht begins.
pub(super) fn regel_27(geval: &Geval<'_>) -> Uitwerking {
    let Some(geboren) = geval.geboren else { return Uitwerking::default() };
    let begin = begin_leerplicht(geboren, geval.kalender(geval.school_op(geval.on)));
    let Ok(uiterlijk) = geval.volgens(R27, begin.value.laatst, None) else { return Uitwerking::default() };
    let first = kennisgevingen(geval).into_iter().find(|(_, k)| !k.eerder && k.ontvangen < begin.value.laatst);
    let Some((fact, kennisgeving)) = first else { return Uitwerking::default() };
    let wat = "Eerste kennisgeving, een maand voordat de leerplicht begint.";
    let termijn = Bouw::new(R27, wacht(geval, kennisgeving.ontvangen), wat, Aanleiding::Feit(fact.id), uiterlijk)
        .uiterlijk(uiterlijk)
        .vervuld(Some((fact.id, kennisgeving.ontvangen)))
        .gaten(begin.gaps)
        .op(geval.on);
    vec![termijn].into()
}

/// Rule 28: a notice every year before 1 July, unless the statement says that the child will never be fit.
pub(super) fn regel_28(geval: &Geval<'_>) -> Uitwerking {
    let all = kennisgevingen(geval);
    let mut due: Vec<(&Fact, Date)> = Vec::new();
    for (fact, kennisgeving) in all.iter().filter(|(_, k)| !k.geen_jaarlijkse_verklaring) {
        let from = fact.valid.from.max(kennisgeving.ontvangen);
        let Ok(laatste) = geval.volgens(R28, from, None) else { continue };
        let same_year = due.iter().any(|(_, other)| *other == laatste);
        if !same_year && still_due(geval, laatste) {
            due.push((*fact, laatste));
        }
    }
    // A notice answers the term of the year in which it came in, after the notice before it.
    let open: Vec<Open> = due
        .iter()
        .map(|(fact, _)| Open { vanaf: plus_days(fact.valid.from.max(ontvangen(&all, fact)), 1), vervallen_op: None })
        .collect();
    let (given, _) = koppel(&open, all.iter().map(|(fact, k)| (fact.id, k.ontvangen)));
    let termijnen = due.iter().zip(given).map(|((fact, laatste), door)| {
        let wat = "Wij wachten op de nieuwe kennisgeving; de leerplichtambtenaar belt de ouders als die er niet is.";
        Bouw::new(R28, wacht(geval, *laatste), wat, Aanleiding::Feit(fact.id), fact.valid.from)
            .uiterlijk(*laatste)
            .vervuld(door)
            .op(geval.on)
    });
    termijnen.collect::<Vec<_>>().into()
}

/// Rule 29: a notice under art. 5 onder a goes with a statement of a designated, not treating expert, at most three
/// calendar months old.
pub(super) fn regel_29(geval: &Geval<'_>) -> Uitwerking {
    let verklaringen = geval.feiten::<Verklaring>();
    let termijnen = kennisgevingen(geval).into_iter().filter(|(_, k)| k.grond == VrijstellingSoort::A5a).map(|(fact, k)| {
        let oudst = geval.volgens(R29, k.ontvangen, None).unwrap_or(k.ontvangen);
        let counts = |v: &Verklaring| v.aangewezen && !v.behandelend;
        let good = verklaringen.iter().find(|(f, v)| counts(v) && (f.valid.from >= oudst || v.blijvend));
        let wat = "Wij wachten op de verklaring van een aangewezen arts, pedagoog of psycholoog die het kind niet behandelt.";
        Bouw::new(R29, wacht(geval, k.ontvangen), wat, Aanleiding::Feit(fact.id), k.ontvangen)
            .norm(Norm::Bij("niet ouder dan drie maanden bij de kennisgeving"))
            .vervuld(good.map(|(f, _)| op_dag(f)))
            .gaten(good.is_none().then(|| waarom_niet(&verklaringen, oudst)).flatten())
            .op(geval.on)
    });
    termijnen.collect::<Vec<_>>().into()
}

fn waarom_niet(verklaringen: &[(&Fact, &Verklaring)], oudst: Date) -> Option<Gap> {
    let (fact, verklaring) = verklaringen.last()?;
    let van = datum(fact.valid.from);
    let waarom = if verklaring.behandelend {
        "komt van iemand die het kind behandelt"
    } else if !verklaring.aangewezen {
        "komt van iemand die de gemeente niet heeft aangewezen"
    } else if fact.valid.from < oudst {
        "is ouder dan drie maanden"
    } else {
        return None;
    };
    Some(Gap::Ontbreekt(format!("De verklaring van {van} telt niet: zij {waarom}. Vraag een nieuwe verklaring.")))
}

/// Notices of an exemption that arises by law, in order of their day.
fn kennisgevingen<'a>(geval: &Geval<'a>) -> Vec<(&'a Fact, &'a Kennisgeving)> {
    // A notice counts from the day it came in, also when it is for a period ahead.
    let mut all: Vec<_> =
        geval.t.all::<Kennisgeving>().filter(|(_, k)| k.grond.van_rechtswege() && k.ontvangen <= geval.on).collect();
    all.sort_by_key(|(fact, k)| (k.ontvangen, fact.id));
    all
}

fn ontvangen(all: &[(&Fact, &Kennisgeving)], fact: &Fact) -> Date {
    all.iter().find(|(other, _)| other.id == fact.id).map_or(fact.valid.from, |(_, k)| k.ontvangen)
}

/// Whether the duty goes on after that summer, and the year is not too far back to matter.
fn still_due(geval: &Geval<'_>, laatste: Date) -> bool {
    let next_year = plus_days(laatste, 32);
    let recent = laatste.year() >= geval.on.year().saturating_sub(MAX_JAREN);
    let ended = crate::dossier::einde_plicht(geval.t, geval.on).is_some_and(|einde| einde.dag <= next_year);
    recent && !ended
}

fn wacht(geval: &Geval<'_>, dag: Date) -> Wie {
    Wie::WachtOp { op: geval.thuis(dag), vrager: geval.gemeente_op(dag), rol: Rol::Leerplichtambtenaar }
}
