//! Finding the child that a row is about, and what a file says that its source had not said yet.

use std::collections::BTreeMap;

use domain::body::{Body, Inschrijving, Persoonsgegevens, Soort};
use domain::fact::{Fact, NewFact};
use domain::ids::{LeerlingId, OrganisatieId, Subject};
use domain::nummers::{Bsn, Onderwijsnummer};
use domain::timeline::Timeline;
use jiff::civil::Date;

use crate::{Register, vouw};

/// By what a row of a pupil file names a child.
#[derive(Debug, Clone, Copy)]
pub struct Kenmerken<'a> {
    /// Citizen service number.
    pub bsn: Option<Bsn>,
    /// Education number.
    pub onderwijsnummer: Option<Onderwijsnummer>,
    /// The school site.
    pub school: OrganisatieId,
    /// The school's pupil number.
    pub leerlingnummer: &'a str,
    /// Birth date.
    pub geboortedatum: Date,
    /// Surname without prefix.
    pub achternaam: &'a str,
}

/// Which child a row is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Koppeling {
    /// One that the register knows.
    Bekend(LeerlingId),
    /// One that it does not know. Children with the same birth date and surname are named: a person may find that they
    /// are one; a machine never joins.
    Nieuw {
        /// Children it resembles.
        lijkt_op: Vec<LeerlingId>,
    },
    /// The numbers of the row belong to different children, or to one with another birth date: a person must look.
    Tegenspraak {
        /// The child that the citizen service or education number, or else the pupil number, belongs to.
        nummer: LeerlingId,
        /// The child that the pupil number belongs to, if another.
        leerlingnummer: Option<LeerlingId>,
    },
}

/// Where to find a child.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vindplaats {
    bsn: BTreeMap<Bsn, LeerlingId>,
    onderwijsnummer: BTreeMap<Onderwijsnummer, LeerlingId>,
    leerlingnummer: BTreeMap<(OrganisatieId, Box<str>), LeerlingId>,
    gestalte: BTreeMap<(Date, Box<str>), Vec<LeerlingId>>,
}

impl Vindplaats {
    pub(crate) fn note(&mut self, leerling: LeerlingId, fact: &Fact) {
        match &fact.body {
            Body::Persoonsgegevens(persoon) => self.note_persoon(leerling, persoon),
            Body::Inschrijving(Inschrijving { school, leerlingnummer, .. }) => {
                self.leerlingnummer.insert((*school, leerlingnummer.zichtbaar().into()), leerling);
            }
            _ => {}
        }
    }

    fn note_persoon(&mut self, leerling: LeerlingId, persoon: &Persoonsgegevens) {
        if let Some(bsn) = persoon.bsn {
            self.bsn.entry(bsn).or_insert(leerling);
        }
        if let Some(nummer) = persoon.onderwijsnummer {
            self.onderwijsnummer.entry(nummer).or_insert(leerling);
        }
        if let Some(geboren) = persoon.geboortedatum {
            let alike = self.gestalte.entry((geboren, vouw(persoon.achternaam.zichtbaar()).into())).or_default();
            if !alike.contains(&leerling) {
                alike.push(leerling);
            }
        }
    }

    pub(crate) fn op_school(&self, school: OrganisatieId, leerlingnummer: &str) -> Option<LeerlingId> {
        self.leerlingnummer.get(&(school, leerlingnummer.into())).copied()
    }

    fn by_number(&self, kenmerken: &Kenmerken<'_>) -> Option<LeerlingId> {
        let by_bsn = kenmerken.bsn.and_then(|bsn| self.bsn.get(&bsn));
        by_bsn.or_else(|| kenmerken.onderwijsnummer.and_then(|nummer| self.onderwijsnummer.get(&nummer))).copied()
    }
}

impl Register {
    /// Finds the child of a row: by citizen service or education number; else by the school's pupil number; else it is
    /// a new child, with those it resembles.
    pub fn koppel(&self, kenmerken: &Kenmerken<'_>) -> Koppeling {
        let by_number = self.vindplaats.by_number(kenmerken);
        let by_school = self.vindplaats.op_school(kenmerken.school, kenmerken.leerlingnummer);
        match (by_number, by_school) {
            (Some(a), Some(b)) if self.samen.eerste(a) != self.samen.eerste(b) => {
                Koppeling::Tegenspraak { nummer: a, leerlingnummer: Some(b) }
            }
            (Some(leerling), _) => Koppeling::Bekend(leerling),
            (None, Some(leerling)) if self.is_another(leerling, kenmerken) => {
                Koppeling::Tegenspraak { nummer: leerling, leerlingnummer: None }
            }
            (None, Some(leerling)) => Koppeling::Bekend(leerling),
            (None, None) => {
                let gestalte = (kenmerken.geboortedatum, vouw(kenmerken.achternaam).into());
                Koppeling::Nieuw { lijkt_op: self.vindplaats.gestalte.get(&gestalte).cloned().unwrap_or_default() }
            }
        }
    }

    /// A pupil number that was given to somebody else, or a number typed wrong: another citizen service number, or
    /// another birth date.
    fn is_another(&self, leerling: LeerlingId, kenmerken: &Kenmerken<'_>) -> bool {
        let Some(persoon) = self.laatste::<Persoonsgegevens>(leerling) else { return false };
        let other_bsn = persoon.bsn.zip(kenmerken.bsn).is_some_and(|(known, given)| known != given);
        let other_birth = persoon.geboortedatum.is_some_and(|known| known != kenmerken.geboortedatum);
        other_bsn || other_birth
    }
}

/// Of what a file states, that what its source had not said yet. A state that differs from the source's last word holds
/// from `vandaag` on; a first word holds from the day the file gives; an event on another day corrects the earlier one.
pub fn verschil(timeline: &Timeline, stated: Vec<NewFact>, vandaag: Date) -> Vec<NewFact> {
    stated.into_iter().filter_map(|fact| nieuws(timeline, fact, vandaag)).collect()
}

fn nieuws(timeline: &Timeline, mut stated: NewFact, vandaag: Date) -> Option<NewFact> {
    let same = |fact: &&Fact| {
        fact.about == stated.about && fact.source == stated.source && key(&fact.body) == key(&stated.body)
    };
    let earlier: Vec<&Fact> = timeline.standing().filter(same).collect();
    let Some(last) = earlier.last() else { return Some(stated) };
    let begins = earlier.iter().map(|fact| fact.valid.from).min().unwrap_or(last.valid.from);
    let keeps_its_day = matches!(stated.body, Body::Inschrijving(_) | Body::Uitschrijving(_));
    if last.body == stated.body {
        if !keeps_its_day || begins == stated.valid.from || last.valid.from == stated.valid.from {
            return None;
        }
        stated.replaces = Some(earlier.iter().find(|fact| fact.valid.from == begins).map_or(last.id, |fact| fact.id));
        return Some(stated);
    }
    if matches!(stated.body, Body::Uitschrijving(_)) {
        stated.replaces = Some(last.id);
    } else if stated.valid.from < vandaag {
        stated.valid.from = vandaag;
        // Said again on the same day: the later word corrects the earlier one.
        if last.valid.from == vandaag {
            stated.replaces = Some(last.id);
        }
    }
    Some(stated)
}

/// What a statement is about beside its subject: a person may be parent and another too; a pupil may be at two schools;
/// a school belongs to one organisation in each partition.
fn key(body: &Body) -> (Soort, Option<Subject>, String) {
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
    (body.soort(), beside, named.to_owned())
}
