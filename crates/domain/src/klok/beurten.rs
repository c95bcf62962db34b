//! How many days each organisation was aan zet: counted per organisation, never per employee, never parents.

use jiff::civil::Date;

use crate::aan_zet::Stappen;
use crate::body::{Taak, Verantwoordelijke};
use crate::fact::{Fact, FactId};
use crate::ids::OrganisatieId;
use crate::klok::Klok;
use crate::period::{Period, plus_days};
use crate::timeline::Timeline;

/// Days on which one organisation was aan zet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beurt {
    /// Which; `None`: nobody, which is an error of the organisations together.
    pub organisatie: Option<OrganisatieId>,
    /// How many days.
    pub dagen: u32,
    /// The statement that first gave it the turn.
    pub feit: Option<FactId>,
}

/// A stretch of the days of a clock with one organisation aan zet; `None`: nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wissel {
    /// Its days.
    pub dagen: Period,
    /// Which organisation.
    pub organisatie: Option<OrganisatieId>,
    /// The statement that gave it the turn.
    feit: Option<FactId>,
}

impl Klok {
    /// Who was aan zet over the days that count, in order of day, each organisation next to another one. The stretches
    /// touch, and add up to `beurten`.
    pub fn wissels(&self, t: &Timeline) -> Vec<Wissel> {
        let counted = i32::try_from(self.dag).unwrap_or(i32::MAX);
        wissels(t, Period { from: self.begin, until: Some(plus_days(self.begin, counted)) })
    }
}

/// Who was aan zet over the days of a clock: adds up to their number. In order of the first turn, nobody last.
pub(crate) fn beurten(t: &Timeline, dagen: Period) -> Vec<Beurt> {
    let mut beurten: Vec<Beurt> = Vec::new();
    for Wissel { dagen, organisatie, feit } in wissels(t, dagen) {
        let days = dagen.days().and_then(|days| u32::try_from(days).ok()).unwrap_or(0);
        match beurten.iter_mut().find(|beurt| beurt.organisatie == organisatie) {
            Some(beurt) => beurt.dagen += days,
            None => beurten.push(Beurt { organisatie, dagen: days, feit }),
        }
    }
    beurten.sort_by_key(|beurt| beurt.organisatie.is_none());
    beurten
}

/// A next step stays with its organisation until another step is stated; without one the owner is aan zet. When parents
/// are awaited the days stay with the organisation that asked, because it states the step.
fn wissels(t: &Timeline, dagen: Period) -> Vec<Wissel> {
    let Some(until) = dagen.until else { return Vec::new() };
    let stappen = Stappen::of(t, until);
    let eigenaren: Vec<(&Fact, &Verantwoordelijke)> = t.all::<Verantwoordelijke>().collect();
    let mut changes = vec![dagen.from, until];
    changes.extend(stappen.wisselt());
    for (fact, _) in &eigenaren {
        changes.extend([Some(fact.valid.from), fact.valid.until].into_iter().flatten());
    }
    changes.retain(|day| dagen.from <= *day && *day <= until);
    changes.sort();
    changes.dedup();
    let mut wissels: Vec<Wissel> = Vec::new();
    for (from, to) in changes.iter().zip(changes.iter().skip(1)) {
        let turn = aan_zet(&stappen, &eigenaren, *from);
        let organisatie = turn.map(|(organisatie, _)| organisatie);
        match wissels.last_mut() {
            Some(last) if last.organisatie == organisatie => last.dagen.until = Some(*to),
            _ => wissels.push(Wissel {
                dagen: Period { from: *from, until: Some(*to) },
                organisatie,
                feit: turn.map(|(_, feit)| feit),
            }),
        }
    }
    wissels
}

/// The organisation aan zet on a day: of the next step that holds, else the casusregisseur's,
/// else the owner's.
fn aan_zet(
    stappen: &Stappen<'_>,
    eigenaren: &[(&Fact, &Verantwoordelijke)],
    dag: Date,
) -> Option<(OrganisatieId, FactId)> {
    let stap = stappen.op(dag).map(|(fact, stap)| (stap.organisatie, fact.id));
    let eigenaar = || {
        eigenaren
            .iter()
            .filter(|(fact, _)| fact.valid.contains(dag))
            .max_by_key(|(fact, eigenaar)| (eigenaar.taak == Taak::Casusregisseur, fact.known, fact.id))
            .map(|(fact, eigenaar)| (eigenaar.organisatie, fact.id))
    };
    stap.or_else(eigenaar)
}
