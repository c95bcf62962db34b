//! Whom a school means by the name of a mentor in its pupil file.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::ids::{MedewerkerId, OrganisatieId};
use crate::period::Period;

/// The mentors of the region by school and name. Names are compared folded; the folding needs tables of Unicode that are
/// not the core's to keep, so it is given.
#[derive(Debug, Clone)]
pub struct Mentoren {
    vouw: fn(&str) -> String,
    per_school: BTreeMap<OrganisatieId, BTreeMap<String, Vec<(Period, MedewerkerId)>>>,
}

impl Default for Mentoren {
    /// No mentors; names that differ in more than capitals and blanks differ.
    fn default() -> Self {
        Mentoren::new(|name| name.split_whitespace().flat_map(str::chars).flat_map(char::to_lowercase).collect())
    }
}

impl Mentoren {
    /// No mentors, with this way of folding names.
    pub fn new(vouw: fn(&str) -> String) -> Self {
        Mentoren { vouw, per_school: BTreeMap::new() }
    }

    /// Somebody is a mentor at a school for a period, under this name.
    pub fn add(&mut self, school: OrganisatieId, naam: &str, periode: Period, wie: MedewerkerId) {
        let known = self.per_school.entry(school).or_default().entry((self.vouw)(naam)).or_default();
        known.push((periode, wie));
    }

    /// Whether these are the same mentors under the same names.
    pub fn is_gelijk_aan(&self, other: &Mentoren) -> bool {
        self.per_school == other.per_school
    }

    /// The mentor whom the school means by a name on a day. Two of the same name are told apart by nobody: then it is
    /// none of them, until somebody is named responsible.
    pub fn wie(&self, school: OrganisatieId, naam: &str, op: Date) -> Option<MedewerkerId> {
        let known = self.per_school.get(&school).filter(|_| !naam.is_empty())?;
        let then = known.get(&(self.vouw)(naam))?.iter().filter(|(periode, _)| periode.contains(op));
        let mut who: Vec<MedewerkerId> = then.map(|(_, wie)| *wie).collect();
        who.dedup();
        match *who {
            [one] => Some(one),
            _ => None,
        }
    }
}
