//! Days on which a child that must be enrolled is not: the ground of absoluut verzuim and one of the ways in which the
//! clock opens.

use jiff::civil::Date;

use super::kalender::Kalender;
use crate::body::{
    Adres, Bevestiging, Persoonsgegevens, Schoolloopbaan, TeBevestigen, UitschrijfReden, Uitschrijving, VsoProfiel,
};
use crate::calendar::{Schoolkalender, dag_in_nederland, datum};
use crate::fact::{Actor, Bron, Fact, FactId, Rol};
use crate::finding::{Finding, Gap};
use crate::period::{Period, birthday, next_day};
use crate::plicht::{self, Antwoord};
use crate::region::Rules;
use crate::timeline::Timeline;

/// Coming of age; kwalificatieplicht ends here at the latest, in years.
const ACHTTIEN: i16 = 18;

/// A span of days within the duty on which no enrolment holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZonderInschrijving {
    /// The days; open-ended as long as nothing ended it.
    pub dagen: Period,
    /// Whether it ended because the duty did, or because the child moved away: not by an enrolment.
    pub buiten_plicht: bool,
    /// The last enrolment, deregistration or residence it rests on.
    pub feiten: Vec<FactId>,
    /// What is not certain about it.
    pub gaten: Vec<Gap>,
}

/// The birth date, as last stated.
pub(crate) fn geboortedatum(t: &Timeline) -> Option<(&Fact, Date)> {
    t.all::<Persoonsgegevens>().rev().find_map(|(fact, persoon)| Some((fact, persoon.geboortedatum?)))
}

/// Whether leerplicht or kwalificatieplicht holds for the child on a day; [`Antwoord::Onbekend`] without a birth date.
pub fn plichtig(t: &Timeline, on: Date, r: &Rules) -> Finding<Antwoord> {
    let Some((persoon, geboren)) = geboortedatum(t) else {
        return Finding::new(Antwoord::Onbekend).with_gaps([zonder_geboortedatum()]);
    };
    let without_region = Schoolkalender::zonder_regio();
    let kalenders = Kalender::of(t, r);
    let kalender = kalenders.school(on).map_or(&without_region, |school| &school.kalender);
    let (feiten, loopbaan) = loopbaan(t, on);
    let leerplicht = plicht::leerplicht(geboren, on, kalender, &loopbaan);
    let duty = if leerplicht.value.geldt == Antwoord::Nee {
        plicht::kwalificatieplicht(geboren, on, kalender, &loopbaan)
    } else {
        leerplicht
    };
    duty.map(|plicht| plicht.geldt).because([persoon.id]).because(feiten)
}

fn zonder_geboortedatum() -> Gap {
    Gap::Ontbreekt("De geboortedatum is niet bekend. Daardoor is niet te zeggen of er leerplicht is.".to_owned())
}

fn loopbaan(t: &Timeline, on: Date) -> (Option<FactId>, plicht::Schoolloopbaan) {
    let Some((fact, stated)) = t.on::<Schoolloopbaan>(on).next_back() else {
        return (None, plicht::Schoolloopbaan::default());
    };
    let yes = |stated: bool| stated.then_some(true);
    let loopbaan = plicht::Schoolloopbaan {
        schooljaren: stated.schooljaren,
        startkwalificatie: yes(stated.startkwalificatie),
        pro_getuigschrift: yes(stated.pro_getuigschrift),
        vso_arbeid_of_dagbesteding: stated
            .vso_uitstroom
            .map(|profiel| matches!(profiel, VsoProfiel::Arbeidsmarkt | VsoProfiel::Dagbesteding)),
    };
    (Some(fact.id), loopbaan)
}

/// The spans up to and including `on` on which the child had to be enrolled and was not, oldest first.
///
/// Before the first enrolment the register knows nothing of other regions: such a span counts only when the
/// municipality had told that the child lives here before that enrolment began. What leerplicht found to be no absoluut
/// verzuim (enrolled elsewhere, abroad, private) is left out.
pub fn zonder_inschrijving(t: &Timeline, on: Date, r: &Rules) -> Finding<Vec<ZonderInschrijving>> {
    spannen(t, on, r).map(|mut spans| {
        spans.retain(|span| !span.dagen.is_empty());
        spans
    })
}

/// The same, and the empty spans of children who left after the duty had ended, or for abroad: they end a clock.
pub(crate) fn spannen(t: &Timeline, on: Date, r: &Rules) -> Finding<Vec<ZonderInschrijving>> {
    let spans = gaten_tussen_inschrijvingen(t, on);
    if spans.is_empty() {
        return Finding::new(Vec::new());
    }
    let Some((persoon, geboren)) = geboortedatum(t) else {
        return Finding::new(Vec::new()).with_gaps([zonder_geboortedatum()]);
    };
    let without_region = Schoolkalender::zonder_regio();
    let begin = plicht::begin_leerplicht(geboren, &without_region).value.laatst;
    let mut found = Vec::new();
    for mut span in spans {
        span.dagen.from = span.dagen.from.max(begin);
        let open_end = span.dagen.until.unwrap_or(next_day(on)).min(next_day(on));
        if !span.buiten_plicht {
            let moved = verhuisd(t, span.dagen.from, open_end, r);
            // Moving away goes first: what the duty does elsewhere is not known here.
            let end = moved.value.or_else(|| einde_plicht(t, geboren, span.dagen.from, open_end, r));
            span.dagen.until = end.or(span.dagen.until);
            span.buiten_plicht = end.is_some();
            span.feiten.extend(moved.because);
            span.gaten.extend(moved.gaps);
        }
        let counts = span.buiten_plicht || !span.dagen.is_empty();
        if counts && span.dagen.from <= on && !ontkend(t, &span.dagen, on) {
            span.feiten.push(persoon.id);
            found.push(span);
        }
    }
    Finding::new(found)
}

/// Days without any enrolment: after one ended, or before the first one of a child that the municipality knew.
fn gaten_tussen_inschrijvingen(t: &Timeline, on: Date) -> Vec<ZonderInschrijving> {
    let mut enrolled = t.inschrijvingen();
    enrolled.sort_by_key(|(period, fact, _)| (period.from, fact.id));
    let mut spans = Vec::new();
    let first = enrolled.first().map(|(period, ..)| period.from);
    if let Some((from, fact)) = bekend_bij_gemeente(t, first) {
        spans.push(ZonderInschrijving {
            dagen: Period { from, until: first },
            buiten_plicht: false,
            feiten: vec![fact],
            gaten: Vec::new(),
        });
    }
    let mut until = first;
    for (place, (period, fact, inschrijving)) in enrolled.iter().enumerate() {
        until = match (until, period.until) {
            (Some(a), Some(b)) => Some(a.max(b)),
            _ => None,
        };
        let Some(end) = until else { break };
        let next = enrolled.get(place + 1).map(|(next, ..)| next.from);
        if end > on || next.is_some_and(|next| next <= end) {
            continue;
        }
        let left = t
            .all::<Uitschrijving>()
            .rev()
            .find(|(uit, body)| body.school == inschrijving.school && next_day(uit.valid.from) == end);
        let abroad = left.is_some_and(|(_, uit)| uit.reden == UitschrijfReden::Buitenland);
        let elsewhere = left.is_some_and(|(_, uit)| uit.reden == UitschrijfReden::AndereSchool).then(|| {
            Gap::Ontbreekt(format!(
                "Volgens de uitschrijving ging de leerling naar een andere school; een inschrijving vanaf {} is niet bekend. Vraag de oude school of de gemeente.",
                datum(end)
            ))
        });
        spans.push(ZonderInschrijving {
            dagen: Period { from: end, until: if abroad { Some(end) } else { next } },
            buiten_plicht: abroad,
            feiten: [Some(fact.id), left.map(|(uit, _)| uit.id)].into_iter().flatten().collect(),
            gaten: elsewhere.into_iter().collect(),
        });
    }
    spans
}

/// Since when the municipality says that the child lives here, if it said so before the first enrolment began.
fn bekend_bij_gemeente(t: &Timeline, first: Option<Date>) -> Option<(Date, FactId)> {
    let resident = |fact: &&Fact| {
        matches!(fact.source.bron, Bron::Gemeente | Bron::Brp)
            && (matches!(fact.body, crate::body::Body::Adres(_) | crate::body::Body::Persoonsgegevens(_)))
    };
    let before = |fact: &&Fact| first.is_none_or(|first| dag_in_nederland(fact.known) < first);
    let mut stated: Vec<&Fact> = t.standing().filter(resident).filter(before).collect();
    // The address says best since when; a child may have moved here long after its birth.
    stated.sort_by_key(|fact| (!matches!(fact.body, crate::body::Body::Adres(_)), fact.valid.from));
    stated.first().map(|fact| (fact.valid.from, fact.id))
}

/// The first day of a span on which the child lives outside the region, by the source that goes first on that day; and
/// where sources say different things.
fn verhuisd(t: &Timeline, from: Date, until: Date, r: &Rules) -> Finding<Option<Date>> {
    let mut finding = Finding::new(None);
    if !r.organisaties.values().any(|o| o.soort == crate::body::OrganisatieSoort::Gemeente) {
        return finding;
    }
    let mut days = vec![from];
    days.extend(t.all::<Adres>().flat_map(|(fact, _)| [Some(fact.valid.from), fact.valid.until]).flatten());
    days.retain(|day| *day >= from && *day < until);
    days.sort();
    days.dedup();
    for day in days {
        let adres = t.at::<Adres>(day, "adres");
        finding = finding.with_gaps(adres.gaps.iter().cloned());
        let gemeente = adres.value.and_then(|adres| adres.gemeente);
        if gemeente.is_some_and(|code| r.gemeente(code).is_none()) {
            return finding.because(adres.because).map(|_: Option<Date>| Some(day));
        }
    }
    finding
}

/// The first day of a span on which the duty to be enrolled has ended. `None` when the duty lasts.
fn einde_plicht(t: &Timeline, geboren: Date, from: Date, until: Date, r: &Rules) -> Option<Date> {
    let (_, loopbaan) = loopbaan(t, until);
    let laatste_dag = plicht::einde_leerplicht(geboren, until, loopbaan.schooljaren).value.laatste_dag;
    let mut days = vec![from, next_day(laatste_dag), birthday(geboren, ACHTTIEN)];
    days.extend(t.all::<Schoolloopbaan>().map(|(fact, _)| fact.valid.from));
    days.retain(|day| *day >= from && *day < until);
    days.sort();
    days.into_iter().find(|day| plichtig(t, *day, r).value == Antwoord::Nee)
}

/// Whether leerplicht's last word about the span is that it is no absoluut verzuim.
fn ontkend(t: &Timeline, dagen: &Period, on: Date) -> bool {
    let word = t.all::<Bevestiging>().rev().find(|(fact, bevestiging)| {
        bevestiging.wat == TeBevestigen::Absoluut
            && is_leerplicht(&fact.by)
            && fact.valid.from <= on
            && dagen.contains(fact.valid.from)
    });
    word.is_some_and(|(_, bevestiging)| !bevestiging.klopt)
}

/// Whether somebody acts for leerplicht: the competent person for what can accuse.
pub(crate) fn is_leerplicht(by: &Actor) -> bool {
    matches!(by.rol(), Some(Rol::Leerplichtambtenaar | Rol::AdministratieLeerplicht))
}
