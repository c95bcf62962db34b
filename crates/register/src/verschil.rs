//! What a file says that its source had not said yet.

use domain::body::{Body, Intrekking, Soort, Uitschrijving};
use domain::fact::{Fact, NewFact};
use domain::ids::{OrganisatieId, Subject};
use domain::period::Period;
use domain::timeline::Timeline;
use jiff::civil::Date;

/// Of what a file states, that what its source had not said yet.
///
/// A state that differs from the source's last word holds from `vandaag` on; a first word holds from the day the file
/// gives. The day of an enrolment or of leaving is taken from the file: another one corrects the earlier one, unless
/// the child had left in between and came back. Where the file gives several statements of one kind about one subject,
/// they carry their own days and are compared as they are. `stated` holds all that the file says about a subject.
pub fn verschil(timeline: &Timeline, stated: &[NewFact], vandaag: Date) -> Vec<NewFact> {
    stated.iter().flat_map(|fact| nieuws(timeline, stated, fact, vandaag)).collect()
}

fn nieuws(timeline: &Timeline, stated: &[NewFact], fact: &NewFact, vandaag: Date) -> Vec<NewFact> {
    let mut earlier: Vec<&Fact> = timeline
        .standing()
        .filter(|known| known.about == fact.about && known.source == fact.source && key(&known.body) == key(&fact.body))
        .collect();
    match &fact.body {
        Body::Inschrijving(inschrijving) => {
            let left = uitschrijvingen(timeline, fact, inschrijving.school).filter(|dag| *dag < fact.valid.from).max();
            earlier.retain(|known| left.is_none_or(|left| known.valid.from > left));
            inschrijving_nieuws(&earlier, fact, vandaag)
        }
        Body::Uitschrijving(uitschrijving) => {
            let first = begin(stated, uitschrijving.school);
            earlier.retain(|known| first.is_none_or(|first| known.valid.from >= first));
            uitschrijving_nieuws(&earlier, fact)
        }
        body if stated.iter().filter(|other| key(&other.body) == key(body)).count() > 1 => gedateerd(&earlier, fact),
        Body::SchoolDagen(_) => gedateerd(&earlier, fact),
        _ => toestand(&earlier, fact, vandaag),
    }
}

/// Days on which the same source let the child leave the school.
fn uitschrijvingen(timeline: &Timeline, fact: &NewFact, school: OrganisatieId) -> impl Iterator<Item = Date> {
    timeline
        .all::<Uitschrijving>()
        .filter(move |(known, uit)| known.about == fact.about && known.source == fact.source && uit.school == school)
        .map(|(known, _)| known.valid.from)
}

/// The day of enrolment that the file gives.
fn begin(stated: &[NewFact], school: OrganisatieId) -> Option<Date> {
    stated.iter().find_map(|fact| match &fact.body {
        Body::Inschrijving(inschrijving) if inschrijving.school == school => Some(fact.valid.from),
        _ => None,
    })
}

/// One stay at a school: its first day, and the class of today. What was before today stays as it was, but for the
/// first day itself.
fn inschrijving_nieuws(stay: &[&Fact], stated: &NewFact, vandaag: Date) -> Vec<NewFact> {
    let mut stay = stay.to_vec();
    stay.sort_by_key(|fact| fact.valid.from);
    let (Some(first), Some(last)) = (stay.first(), stay.last()) else { return vec![stated.clone()] };
    let begins = stated.valid.from;
    let changes = vandaag.max(begins);
    let differs = last.body != stated.body;
    // A word of today or later that is said again otherwise is corrected; an older one stays for its time.
    let last_anew = differs && last.valid.from >= changes;
    let mut news = Vec::new();
    if first.valid.from != begins {
        // In force on the corrected first day: that statement moves; those that were over by then fall away.
        let at = stay.iter().rposition(|fact| fact.valid.from <= begins).unwrap_or(0);
        news.extend(stay.iter().take(at).map(|gone| ingetrokken(stated, gone)));
        if let Some(moved) = stay.get(at).filter(|moved| !(last_anew && moved.id == last.id)) {
            news.push(NewFact { replaces: Some(moved.id), body: moved.body.clone(), ..stated.clone() });
        }
    }
    if differs {
        news.push(NewFact {
            valid: Period { from: changes, ..stated.valid },
            replaces: last_anew.then_some(last.id),
            ..stated.clone()
        });
    }
    news
}

fn ingetrokken(stated: &NewFact, gone: &Fact) -> NewFact {
    let reden = "De inschrijving begon later dan eerder was opgegeven.".into();
    NewFact { valid: gone.valid, replaces: Some(gone.id), body: Intrekking { reden }.into(), ..stated.clone() }
}

/// Leaving ends the stay that the file is about: of several such days the first.
fn uitschrijving_nieuws(earlier: &[&Fact], stated: &NewFact) -> Vec<NewFact> {
    let Some(known) = earlier.iter().min_by_key(|known| known.valid.from) else { return vec![stated.clone()] };
    if known.valid == stated.valid && known.body == stated.body {
        return Vec::new();
    }
    vec![NewFact { replaces: Some(known.id), ..stated.clone() }]
}

/// A statement with days of its own: new unless it was said just so.
fn gedateerd(earlier: &[&Fact], stated: &NewFact) -> Vec<NewFact> {
    if earlier.iter().any(|known| known.valid == stated.valid && known.body == stated.body) {
        return Vec::new();
    }
    let replaces = earlier.iter().find(|known| known.valid.from == stated.valid.from).map(|known| known.id);
    vec![NewFact { replaces, ..stated.clone() }]
}

fn toestand(earlier: &[&Fact], stated: &NewFact, vandaag: Date) -> Vec<NewFact> {
    let Some(last) = earlier.last() else { return vec![stated.clone()] };
    if last.body == stated.body {
        return Vec::new();
    }
    let from = vandaag.max(stated.valid.from);
    // Said again on the same day: the later word corrects the earlier one.
    let replaces = (last.valid.from >= from).then_some(last.id);
    vec![NewFact { valid: Period { from, ..stated.valid }, replaces, ..stated.clone() }]
}

/// What a statement is about beside its subject: a person may be parent and another too; a pupil may be at two schools;
/// a school belongs to one organisation in each partition.
fn key(body: &Body) -> (Soort, Option<Subject>, &str) {
    let (beside, named) = match body {
        Body::Gezag(gezag) => (Some(gezag.persoon.into()), ""),
        Body::Inschrijving(inschrijving) => (Some(inschrijving.school.into()), ""),
        Body::Uitschrijving(uitschrijving) => (Some(uitschrijving.school.into()), ""),
        Body::Indeling(indeling) => (None, indeling.soort.code()),
        Body::SchoolUren(uren) => (None, uren.jaargroep.as_str()),
        Body::RolToekenning(rol) => (Some(rol.organisatie.into()), rol.rol.code()),
        Body::Regiodocument(document) => (None, document.soort.code()),
        _ => (None, ""),
    };
    (body.soort(), beside, named)
}
