//! Rules 19, 25 and 26: the notice of illness, and what the school passes on about enrolment.

use crate::body::{Afwezigheid, Contact, Inschrijving, Met, UitschrijfReden, Uitschrijving, Verlof, VerlofGrond};
use crate::fact::{Actor, Bron, Fact, FactId, Rol};
use crate::ids::OrganisatieId;
use crate::period::plus_days;
use crate::rules::{R19, R25, R26, Regel};
use crate::termijnen::geval::{dag, op_dag};
use crate::termijnen::koppel::{Open, koppel};
use crate::termijnen::{Aanleiding, Bouw, Geval, Norm, Termijn, Uitwerking, Wie};
use crate::verzuim::VerzuimSoort;
use jiff::civil::Date;

/// Rule 19: illness that the school itself put down waits for word from home. The school calls; it is never held
/// against parents.
pub(super) fn regel_19(geval: &Geval<'_>) -> Uitwerking {
    let ill = |afwezigheid: &Afwezigheid| afwezigheid.soort == VerzuimSoort::Ziek;
    let stated = geval.feiten::<Afwezigheid>();
    let by_school: Vec<&Fact> = stated.iter().filter(|(f, a)| ill(a) && !van_thuis(f)).map(|(f, _)| *f).collect();
    let from_home = stated.iter().filter(|(f, a)| ill(a) && van_thuis(f)).map(|(f, _)| op_dag(f));
    let leave = geval.feiten::<Verlof>().into_iter().filter(|(_, verlof)| verlof.grond == VerlofGrond::D);
    let contact = geval.feiten::<Contact>().into_iter().filter(|(_, c)| c.bereikt && c.met != Met::Partner);
    let word = from_home.chain(leave.map(|(f, _)| op_dag(f))).chain(contact.map(|(f, _)| op_dag(f)));
    let open: Vec<Open> = by_school.iter().map(|f| Open { vanaf: f.valid.from, vervallen_op: None }).collect();
    let (given, _) = koppel(&open, word);
    let termijnen = by_school.iter().zip(given).map(|(fact, door)| {
        let school = geval.school_op(fact.valid.from);
        let wie = Wie::WachtOp { op: geval.thuis(fact.valid.from), vrager: school, rol: geval.verzuimrol(school) };
        let wat = "Wij wachten op bericht van thuis over de ziekte; de school belt zelf als dat uitblijft.";
        Bouw::new(R19, wie, wat, Aanleiding::Feit(fact.id), fact.valid.from)
            .volgens(R19, geval, school)
            .vervuld(door)
            .op(geval.on)
    });
    termijnen.collect::<Vec<_>>().into()
}

fn van_thuis(fact: &Fact) -> bool {
    matches!(fact.by, Actor::Ouder { .. } | Actor::Leerling { .. })
}

/// Rule 25: the school passes on an enrolment or deregistration within seven days. The school's own statement in this
/// register is the trace of it; a statement by anybody else still waits for the school's.
pub(super) fn regel_25(geval: &Geval<'_>) -> Uitwerking {
    let ins = geval.feiten::<Inschrijving>();
    let outs = geval.feiten::<Uitschrijving>();
    // A new year group or class at the same school is stated as enrolment too, but is none.
    let here = |day: Date, school| geval.t.inschrijvingen_op(day).any(|(_, body)| body.school == school);
    let new = ins.iter().filter(|(fact, body)| !here(plus_days(fact.valid.from, -1), body.school));
    let ins = eerste_per_gebeurtenis(new.map(|(fact, body)| (*fact, body.school)));
    let outs = eerste_per_gebeurtenis(outs.iter().map(|(fact, body)| (*fact, body.school)));
    let enrolled =
        ins.iter().map(|gebeurtenis| doorgeven(geval, R25, "Geef de inschrijving door aan DUO.", gebeurtenis));
    let left = outs.iter().map(|gebeurtenis| doorgeven(geval, R25, "Geef de uitschrijving door aan DUO.", gebeurtenis));
    enrolled.chain(left).collect::<Vec<_>>().into()
}

/// Rule 26: a removal is passed on at once.
pub(super) fn regel_26(geval: &Geval<'_>) -> Uitwerking {
    let outs = geval.feiten::<Uitschrijving>();
    let removed = outs.iter().filter(|(_, uit)| uit.reden == UitschrijfReden::Verwijderd);
    let events = eerste_per_gebeurtenis(removed.map(|(fact, body)| (*fact, body.school)));
    let termijnen = events.iter().map(|event| doorgeven(geval, R26, "Geef de verwijdering door aan DUO.", event));
    termijnen.collect::<Vec<_>>().into()
}

/// One enrolment or deregistration, however many sources stated it.
struct Gebeurtenis {
    school: OrganisatieId,
    dag: Date,
    eerste: FactId,
    /// The first statement by the school itself, and the day on which the register was told.
    van_school: Option<(FactId, Date)>,
}

fn eerste_per_gebeurtenis<'a>(feiten: impl Iterator<Item = (&'a Fact, OrganisatieId)>) -> Vec<Gebeurtenis> {
    let mut events: Vec<Gebeurtenis> = Vec::new();
    for (fact, school) in feiten {
        let own = fact.source.bron == Bron::School && fact.source.organisatie == Some(school);
        let van_school = own.then(|| (fact.id, dag(fact)));
        match events.iter_mut().find(|event| event.school == school && event.dag == fact.valid.from) {
            Some(event) => event.van_school = event.van_school.or(van_school),
            None => events.push(Gebeurtenis { school, dag: fact.valid.from, eerste: fact.id, van_school }),
        }
    }
    events
}

fn doorgeven(geval: &Geval<'_>, regel: Regel, wat: &str, event: &Gebeurtenis) -> Termijn {
    let wie = Wie::organisatie(Some(event.school), Rol::Schoolleider);
    let bouw = Bouw::new(regel, wie, wat, Aanleiding::Feit(event.eerste), event.dag);
    let bouw = match regel.citation.regel {
        "26" => bouw.norm(Norm::Terstond),
        _ => bouw.volgens(regel, geval, Some(event.school)),
    };
    // Told before the day itself is in time on the day.
    bouw.vervuld(event.van_school.map(|(feit, told)| (feit, told.max(event.dag)))).op(geval.on)
}
