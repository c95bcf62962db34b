//! How many days each organisation was aan zet: counted per organisation, never per employee, never parents.

use jiff::civil::Date;

use crate::aan_zet::Stappen;
use crate::body::{Taak, Verantwoordelijke};
use crate::fact::{Fact, FactId};
use crate::ids::OrganisatieId;
use crate::period::{Period, days_between};
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

/// Who was aan zet over the days of a clock: adds up to their number. In order of the first turn, nobody last.
///
/// A next step stays with its organisation until another step is stated; without one the owner is aan zet. When parents
/// are awaited the days stay with the organisation that asked, because it states the step.
pub(crate) fn beurten(t: &Timeline, dagen: Period) -> Vec<Beurt> {
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
    let mut beurten: Vec<Beurt> = Vec::new();
    for (from, to) in changes.iter().zip(changes.iter().skip(1)) {
        let turn = aan_zet(&stappen, &eigenaren, *from);
        let organisatie = turn.map(|(organisatie, _)| organisatie);
        let days = u32::try_from(days_between(*from, *to)).unwrap_or(0);
        match beurten.iter_mut().find(|beurt| beurt.organisatie == organisatie) {
            Some(beurt) => beurt.dagen += days,
            None => beurten.push(Beurt { organisatie, dagen: days, feit: turn.map(|(_, feit)| feit) }),
        }
    }
    beurten.sort_by_key(|beurt| beurt.organisatie.is_none());
    beurten
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
