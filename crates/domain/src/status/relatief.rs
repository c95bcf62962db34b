//! Relatief verzuim: enrolled, and lessons missed without valid reason (Leerplichtwet 1969, art. 4 and 21a).

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::zekerheid::{Zekerheid, zekerheid};
use crate::body::{TeBevestigen, Verlof};
use crate::dagbeeld::{Dagbeeld, Gemist};
use crate::finding::Finding;
use crate::region::Rules;
use crate::rules::R5;
use crate::timeline::Timeline;
use crate::verzuim::VerzuimSoort;

/// Lessons missed without valid reason in the last four lesweken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relatief {
    /// First such day among them.
    pub sinds: Date,
    /// Number of days on which something was missed.
    pub dagen: u32,
    /// Quarters missed; `None` when the length of a day is not known.
    pub kwartieren: Option<u32>,
    /// How sure.
    pub zekerheid: Zekerheid,
}

/// Lesweken that are looked at: those of rule 5.
const LESWEKEN: usize = 4;

/// Whether a row says that lessons were missed without valid reason. Kept home at the school's request is never
/// authorised, but it is the school's doing: it accuses neither parents nor child.
pub(crate) fn zonder_reden(t: &Timeline, gemist: &Gemist) -> bool {
    matches!(gemist.soort, VerzuimSoort::Ongeoorloofd | VerzuimSoort::Luxe)
        && !t.on::<Verlof>(gemist.dag).any(|(_, verlof)| verlof.toegekend)
}

/// Relatief verzuim in the last four lesweken up to and including a day.
pub fn relatief(t: &Timeline, on: Date, r: &Rules) -> Finding<Option<Relatief>> {
    let beeld = Dagbeeld::of(t, on, r);
    let weken: Vec<Date> = beeld.lesweken(Date::MIN).map(|week| week.maandag).collect();
    let van = weken.get(weken.len().saturating_sub(LESWEKEN)).copied().unwrap_or(on);
    let missed: Vec<&Gemist> = beeld.gemist_vanaf(van).iter().filter(|gemist| zonder_reden(t, gemist)).collect();
    let finding = Finding::new(()).under(R5.citation).with_gaps(beeld.onbekend(van));
    let Some(first) = missed.first() else { return finding.map(|()| None) };
    let (zekerheid, feiten) = zekerheid(t, TeBevestigen::Ongeoorloofd, first.dag, on);
    let days: BTreeSet<Date> = missed.iter().map(|gemist| gemist.dag).collect();
    let relatief = Relatief {
        sinds: first.dag,
        dagen: u32::try_from(days.len()).unwrap_or(u32::MAX),
        kwartieren: missed.iter().map(|gemist| gemist.kwartieren.map(u32::from)).sum(),
        zekerheid,
    };
    finding.because(beeld.feiten).because(feiten).with_gaps(beeld.gaten).map(|()| Some(relatief))
}
