//! Rules 5-13: the melding to leerplicht, from the school's side and DUO's.
//!
//! Contact with parents does not end a duty to report: only an excuse, which takes the signal away, does. Illness and
//! suspension never start a melding.

use jiff::civil::Date;

use crate::body::{
    Kennisgeving, Melding, MeldingEinde, MeldingSoort, MeldingStand, MeldingStatus, Schoolloopbaan, Uitschrijving,
    VrijstellingBesluit,
};
use crate::fact::{Fact, FactId, Rol};
use crate::ids::OrganisatieId;
use crate::rules::{R5, R7, R8, R10, R11, R12, R13, Regel};
use crate::signaal::{Signaal, SignaalSoort};
use crate::status::vrijstelling::{Dekking, vrijstelling};
use crate::termijnen::geval::{dag, door_signaal, op_dag};
use crate::termijnen::koppel::{Open, koppel};
use crate::termijnen::verzuim::{Reeks, aangeleverd, reeksen, terug_na};
use crate::termijnen::zestien_uur::zestien_uur;
use crate::termijnen::{Aanleiding, Bouw, Geval, Norm, Termijn, Uitwerking, Wie, ZonderAanleiding};

/// From this age, in years, a melding of 16 hours is voluntary and rule 10 holds …
const ACHTTIEN: i16 = 18;
/// … until this one.
const DRIEENTWINTIG: i16 = 23;

/// Rules 5 and 6: 16 hours without valid reason in four lesweken, and again: report within the norm of working days.
/// Rule 7: more than four weeks is reported as LRV. An LRV melding that answers no long absence answers 16 hours.
pub(super) fn regel_5_6_en_7(geval: &Geval<'_>) -> Uitwerking {
    let lange: Vec<Reeks> =
        reeksen(geval).into_iter().filter(|reeks| reeks.langer.is_some_and(|dag| !geval.meerderjarig(dag))).collect();
    let triggers: Vec<Open> = lange.iter().filter_map(|reeks| reeks.langer).map(vanaf).collect();
    let (given, lrv_over) = koppel(&triggers, meldingen(geval, MeldingSoort::Lrv));
    let mut termijnen: Vec<Termijn> = lange
        .iter()
        .zip(given)
        .filter_map(|(reeks, door)| {
            let wat = "Meld langdurig relatief verzuim (LRV) bij DUO.";
            let aanleiding = Aanleiding::Verzuim { begin: reeks.begin };
            let bouw = Bouw::new(R7, hoofd(geval.school_op(reeks.begin)), wat, aanleiding, reeks.langer?);
            Some(bouw.norm(Norm::Onverwijld).vervuld(door).op(geval.on))
        })
        .collect();

    let (zestien, over) = zestien_uur(geval, &lrv_over);
    termijnen.extend(zestien);
    let zonder_aanleiding =
        zonder_aanleiding(geval, R5, "Voor deze melding zien wij in het verzuim geen aanleiding.", over);
    Uitwerking { termijnen, zonder_aanleiding }
}

/// Rule 8: holiday without leave is reported, however short.
pub(super) fn regel_8(geval: &Geval<'_>) -> Uitwerking {
    let signalen: Vec<&Signaal> = geval.signalen(SignaalSoort::Luxe).collect();
    let triggers: Vec<Open> = signalen.iter().map(|signaal| vanaf(signaal.dag)).collect();
    let (given, over) = koppel(&triggers, meldingen(geval, MeldingSoort::L));
    let termijnen = signalen.iter().zip(given).map(|(signaal, door)| {
        let school = geval.school_op(signaal.dag);
        Bouw::new(R8, hoofd(school), "Meld vakantie zonder verlof bij DUO.", door_signaal(signaal), signaal.dag)
            .kon_weten(geval.kon_weten(signaal))
            .norm(Norm::Onverwijld)
            .vervuld(door)
            .op(geval.on)
    });
    let termijnen = termijnen.collect();
    let wat = "Voor deze melding zien wij in het verzuim geen vakantie zonder verlof.";
    Uitwerking { termijnen, zonder_aanleiding: zonder_aanleiding(geval, R8, wat, over) }
}

/// Rule 10: 18 to 23 years, no qualification, four weeks away without valid reason: the board reports without delay.
pub(super) fn regel_10(geval: &Geval<'_>) -> Uitwerking {
    let qualified = |dag| geval.t.on::<Schoolloopbaan>(dag).any(|(_, loopbaan)| loopbaan.startkwalificatie);
    let between = |dag| geval.leeftijd(dag).is_some_and(|jaren| (ACHTTIEN..DRIEENTWINTIG).contains(&jaren));
    let lange: Vec<(Reeks, Date)> = reeksen(geval)
        .into_iter()
        .filter_map(|reeks| reeks.vier_weken.map(|dag| (reeks, dag)))
        .filter(|(_, dag)| between(*dag) && !qualified(*dag))
        .collect();
    let triggers: Vec<Open> = lange.iter().map(|(_, dag)| vanaf(*dag)).collect();
    let (given, over) = koppel(&triggers, meldingen(geval, MeldingSoort::Rmc));
    let termijnen = lange.iter().zip(given).map(|((reeks, dag), door)| {
        let bestuur = geval.bestuur_op(geval.school_op(*dag), *dag);
        let wat = "Meld het verzuim van deze jongere van 18 jaar of ouder bij DUO (Doorstroompunt).";
        Bouw::new(R10, hoofd(bestuur), wat, Aanleiding::Verzuim { begin: reeks.begin }, *dag)
            .norm(Norm::Onverwijld)
            .vervuld(door)
            .op(geval.on)
    });
    let termijnen = termijnen.collect();
    let wat = "Voor deze melding zien wij in het verzuim geen vier weken achtereen.";
    Uitwerking { termijnen, zonder_aanleiding: zonder_aanleiding(geval, R10, wat, over) }
}

/// Rule 11: the end date of a melding of 16 hours, LRV or 18-plus, on return or deregistration.
pub(super) fn regel_11(geval: &Geval<'_>) -> Uitwerking {
    let mut termijnen = Vec::new();
    for (fact, melding) in geval.feiten::<Melding>() {
        if !matches!(melding.soort, MeldingSoort::V3 | MeldingSoort::Lrv | MeldingSoort::Rmc) || melding.einde.is_some()
        {
            continue;
        }
        let Some(school) = school_van(geval, fact) else { continue };
        let Some(dag) = terug_of_uit(geval, school, fact.valid.from) else { continue };
        let einde = geval.feiten::<MeldingEinde>().into_iter().find(|(_, einde)| einde.melding == fact.id);
        let wat = "Vul de einddatum van de melding in.";
        let termijn = Bouw::new(R11, hoofd(Some(school)), wat, Aanleiding::Feit(fact.id), dag)
            .norm(Norm::Bij("bij terugkeer of uitschrijving"))
            .vervuld(einde.map(|(fact, _)| op_dag(fact)))
            .vervallen(geval.t.is_ingetrokken(fact.id, geval.on))
            .op(geval.on);
        termijnen.push(termijn);
    }
    termijnen.into()
}

/// Rule 12: a melding that overlaps an exemption is withdrawn with reason V, by DUO.
pub(super) fn regel_12(geval: &Geval<'_>) -> Uitwerking {
    let statuses = geval.feiten::<MeldingStatus>();
    let mut termijnen = Vec::new();
    for (fact, melding) in geval.feiten::<Melding>() {
        let Some(dag) = vrijgesteld_tijdens(geval, fact, melding) else { continue };
        let v = statuses.iter().find(|(_, s)| {
            let withdrawn = s.melding == fact.id && s.status == MeldingStand::Ingetrokken;
            withdrawn && s.reden.zichtbaar().eq_ignore_ascii_case("V")
        });
        let wat = "DUO trekt de melding in met reden V, omdat er een vrijstelling geldt.";
        let termijn = Bouw::new(R12, Wie::Duo, wat, Aanleiding::Feit(fact.id), dag.max(fact.valid.from))
            .norm(Norm::Bij("zodra melding en vrijstelling samenvallen"))
            .vervuld(v.map(|(fact, _)| op_dag(fact)))
            .op(geval.on);
        termijnen.push(termijn);
    }
    termijnen.into()
}

/// The first day of the absence on which an exemption holds: its first day, or the day on which an exemption begins.
fn vrijgesteld_tijdens(geval: &Geval<'_>, fact: &Fact, melding: &Melding) -> Option<Date> {
    let ends = geval.feiten::<MeldingEinde>();
    let einde = melding.einde.or_else(|| ends.iter().find(|(_, e)| e.melding == fact.id).map(|(_, e)| e.einde));
    let last = einde.unwrap_or(geval.on).min(geval.on);
    let notices = geval.feiten::<Kennisgeving>().into_iter().map(|(fact, _)| fact.valid.from);
    let granted = geval.feiten::<VrijstellingBesluit>().into_iter().map(|(fact, _)| fact.valid.from);
    let mut days: Vec<Date> = notices.chain(granted).chain([melding.begin]).collect();
    days.retain(|day| melding.begin <= *day && *day <= last);
    days.sort();
    days.into_iter().find(|day| matches!(vrijstelling(geval.t, *day, geval.r).value, Dekking::Gedekt { .. }))
}

/// Rule 13: DUO tells the municipality of a melding without delay. A note only: nobody in the region has to act.
pub(super) fn regel_13(geval: &Geval<'_>) -> Uitwerking {
    let statuses = geval.feiten::<MeldingStatus>();
    let termijnen = geval.feiten::<Melding>().into_iter().map(|(fact, _)| {
        let arrived = statuses.iter().find(|(_, s)| s.melding == fact.id && s.status != MeldingStand::Wacht);
        Bouw::new(
            R13,
            Wie::Duo,
            "DUO geeft de melding door aan de woongemeente.",
            Aanleiding::Feit(fact.id),
            fact.valid.from,
        )
        .norm(Norm::Onverwijld)
        .vervuld(arrived.map(|(fact, _)| op_dag(fact)))
        .op(geval.on)
    });
    termijnen.collect::<Vec<_>>().into()
}

fn terug_of_uit(geval: &Geval<'_>, school: OrganisatieId, na: Date) -> Option<Date> {
    let uit = geval.feiten::<Uitschrijving>();
    let uit = uit.iter().find(|(fact, body)| body.school == school && fact.valid.from >= na);
    let uit = uit.map(|(fact, _)| fact.valid.from.max(dag(fact)).min(geval.on));
    let terug = terug_na(geval, na);
    match (terug, uit) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// The school that made a melding.
pub(super) fn school_van(geval: &Geval<'_>, fact: &Fact) -> Option<OrganisatieId> {
    let enrolled = geval.school_op(fact.valid.from);
    let by = fact.by.organisatie().filter(|id| geval.r.scholen.contains_key(id));
    by.or(enrolled)
}

fn meldingen(geval: &Geval<'_>, soort: MeldingSoort) -> Vec<(FactId, Date)> {
    let all = geval.feiten::<Melding>().into_iter();
    all.filter(|(_, melding)| melding.soort == soort).map(|(fact, _)| op_dag(fact)).collect()
}

fn zonder_aanleiding(
    geval: &Geval<'_>,
    regel: Regel,
    wat: &'static str,
    over: Vec<(FactId, Date)>,
) -> Vec<ZonderAanleiding> {
    let delivered = |feit: FactId| {
        let fact = geval.t.fact(feit)?;
        let begin = geval.feiten::<Melding>().into_iter().find(|(fact, _)| fact.id == feit)?.1.begin;
        Some(aangeleverd(geval, school_van(geval, fact)?, begin))
    };
    let found = over.into_iter().map(|(feit, _)| ZonderAanleiding {
        regel: regel.citation,
        feit,
        wat,
        onbekend: delivered(feit) != Some(true),
    });
    found.collect()
}

pub(super) fn hoofd(organisatie: Option<OrganisatieId>) -> Wie {
    Wie::organisatie(organisatie, Rol::Schoolleider)
}

fn vanaf(dag: Date) -> Open {
    Open { vanaf: dag, vervallen_op: None }
}

/// A number of days as agreed in the protocol, as a term counts it.
pub(super) fn aantal(dagen: u32) -> u16 {
    u16::try_from(dagen).unwrap_or(u16::MAX)
}
