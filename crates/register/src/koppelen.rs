//! Finding the child that a row is about.

use std::collections::BTreeMap;

use domain::Timestamp;
use domain::body::{Body, Inschrijving, Persoonsgegevens};
use domain::fact::{Fact, Source};
use domain::ids::{LeerlingId, OrganisatieId};
use domain::nummers::{Bsn, Onderwijsnummer};
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

/// Where to look for a child. A number may have been stated by mistake and taken back, so what is found here is only a
/// candidate: whether it still stands, its facts say.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vindplaats {
    bsn: BTreeMap<Bsn, Vec<LeerlingId>>,
    onderwijsnummer: BTreeMap<Onderwijsnummer, Vec<LeerlingId>>,
    leerlingnummer: BTreeMap<(OrganisatieId, Box<str>), Vec<LeerlingId>>,
    gestalte: BTreeMap<(Date, Box<str>), Vec<LeerlingId>>,
    /// Per school when the register last learned of a pupil that it did not know there.
    laatste_nieuwe: BTreeMap<OrganisatieId, Timestamp>,
}

impl Vindplaats {
    pub(crate) fn note(&mut self, leerling: LeerlingId, fact: &Fact) {
        match &fact.body {
            Body::Persoonsgegevens(persoon) => self.note_persoon(leerling, persoon),
            Body::Inschrijving(Inschrijving { school, leerlingnummer, .. }) => {
                let known = self.leerlingnummer.entry((*school, leerlingnummer.zichtbaar().into())).or_default();
                if !known.contains(&leerling) {
                    known.push(leerling);
                    self.laatste_nieuwe.insert(*school, fact.known);
                }
            }
            _ => {}
        }
    }

    /// Who was ever said to be enrolled at a school.
    pub(crate) fn leerlingen_van(&self, school: OrganisatieId) -> impl Iterator<Item = LeerlingId> {
        let numbers = self.leerlingnummer.range((school, Box::default())..);
        numbers.take_while(move |((at, _), _)| *at == school).flat_map(|(_, pupils)| pupils.iter().copied())
    }

    /// When the register last learned of a pupil that it did not know at this school.
    pub(crate) fn laatste_nieuwe(&self, school: OrganisatieId) -> Option<Timestamp> {
        self.laatste_nieuwe.get(&school).copied()
    }

    fn note_persoon(&mut self, leerling: LeerlingId, persoon: &Persoonsgegevens) {
        if let Some(bsn) = persoon.bsn {
            add(self.bsn.entry(bsn).or_default(), leerling);
        }
        if let Some(nummer) = persoon.onderwijsnummer {
            add(self.onderwijsnummer.entry(nummer).or_default(), leerling);
        }
        if let Some(geboren) = persoon.geboortedatum {
            add(self.gestalte.entry((geboren, vouw(persoon.achternaam.zichtbaar()).into())).or_default(), leerling);
        }
    }
}

fn add(list: &mut Vec<LeerlingId>, leerling: LeerlingId) {
    if !list.contains(&leerling) {
        list.push(leerling);
    }
}

impl Register {
    /// Finds the child of a row: by citizen service or education number; else by the school's pupil number; else it is
    /// a new child, with those it resembles.
    pub fn koppel(&self, kenmerken: &Kenmerken<'_>) -> Koppeling {
        let by_number = self.met_nummer(kenmerken);
        let by_school = self.leerling(kenmerken.school, kenmerken.leerlingnummer);
        match (by_number, by_school) {
            (Some(a), Some(b)) if self.samen.eerste(a) != self.samen.eerste(b) => {
                Koppeling::Tegenspraak { nummer: a, leerlingnummer: Some(b) }
            }
            // Of two that a person joined, the one that this school spoke about.
            (Some(_), Some(leerling)) => Koppeling::Bekend(leerling),
            (Some(leerling), None) | (None, Some(leerling)) if self.is_another(leerling, kenmerken) => {
                Koppeling::Tegenspraak { nummer: leerling, leerlingnummer: None }
            }
            (Some(leerling), None) | (None, Some(leerling)) => Koppeling::Bekend(leerling),
            (None, None) => {
                let gestalte = (kenmerken.geboortedatum, vouw(kenmerken.achternaam).into());
                Koppeling::Nieuw { lijkt_op: self.vindplaats.gestalte.get(&gestalte).cloned().unwrap_or_default() }
            }
        }
    }

    /// The pupil with that number at that school site, as far as the school's statement of it stands.
    pub fn leerling(&self, school: OrganisatieId, leerlingnummer: &str) -> Option<LeerlingId> {
        let candidates = self.vindplaats.leerlingnummer.get(&(school, leerlingnummer.into()))?;
        let is_it =
            |stated: &Inschrijving| stated.school == school && stated.leerlingnummer.zichtbaar() == leerlingnummer;
        candidates
            .iter()
            .rev()
            .copied()
            .find(|leerling| self.alleen_over(*leerling).all::<Inschrijving>().any(|(_, stated)| is_it(stated)))
    }

    fn met_nummer(&self, kenmerken: &Kenmerken<'_>) -> Option<LeerlingId> {
        let by_bsn = kenmerken.bsn.and_then(|bsn| {
            let candidates = self.vindplaats.bsn.get(&bsn)?;
            candidates.iter().copied().find(|leerling| self.zegt_nu(*leerling, |persoon| persoon.bsn == Some(bsn)))
        });
        by_bsn.or_else(|| {
            let nummer = kenmerken.onderwijsnummer?;
            let candidates = self.vindplaats.onderwijsnummer.get(&nummer)?;
            let has = |persoon: &Persoonsgegevens| persoon.onderwijsnummer == Some(nummer);
            candidates.iter().copied().find(|leerling| self.zegt_nu(*leerling, has))
        })
    }

    /// Whether the last word of any source about this child says so.
    fn zegt_nu(&self, leerling: LeerlingId, says: impl Fn(&Persoonsgegevens) -> bool) -> bool {
        let timeline = self.alleen_over(leerling);
        let last: BTreeMap<Source, &Persoonsgegevens> =
            timeline.all::<Persoonsgegevens>().map(|(fact, persoon)| (fact.source, persoon)).collect();
        last.into_values().any(says)
    }

    /// A number that was given to somebody else, or typed wrong: the child it leads to has another citizen service
    /// number, or another birth date.
    fn is_another(&self, leerling: LeerlingId, kenmerken: &Kenmerken<'_>) -> bool {
        let Some(persoon) = self.laatste::<Persoonsgegevens>(leerling) else { return false };
        let other_bsn = persoon.bsn.zip(kenmerken.bsn).is_some_and(|(known, given)| known != given);
        let other_birth = persoon.geboortedatum.is_some_and(|known| known != kenmerken.geboortedatum);
        other_bsn || other_birth
    }
}
