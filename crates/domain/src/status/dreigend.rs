//! *Gaat steeds minder naar school*: participation falls and has fallen under the part that counts as taking part, while
//! no clock is open. A reason to talk; it opens nothing and gives nobody a duty.

use jiff::civil::Date;

use crate::dagbeeld::Dagbeeld;
use crate::deelname::{Lesweek, Meting};
use crate::finding::Finding;
use crate::klok::klok;
use crate::region::Rules;
use crate::rules::R59;
use crate::timeline::Timeline;

/// Participation falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dreigend {
    /// Percent over the last lesweken.
    pub nu: u32,
    /// Percent over as many lesweken before.
    pub eerder: u32,
}

/// Whether participation falls on a day: over the last lesweken (`KlokAfspraken::lesweken`) under `terug_procent` and
/// lower than over as many before, and in more than half of the weeks under it, so that a week of flu is none.
pub fn dreigend(t: &Timeline, on: Date, r: &Rules) -> Finding<Option<Dreigend>> {
    let open = klok(t, on, r);
    if open.value.is_some() {
        return open.map(|_| None);
    }
    in_beeld(&Dagbeeld::of(t, on, r), on, r)
}

/// The same for a child without an open clock.
pub(crate) fn in_beeld(beeld: &Dagbeeld, on: Date, r: &Rules) -> Finding<Option<Dreigend>> {
    let n = usize::try_from(r.klok.lesweken.max(1)).unwrap_or(usize::MAX);
    let weken: Vec<Lesweek> = beeld.lesweken(Date::MIN).filter(|week| week.meting.bekend() > 0).collect();
    let (before, last) = weken.split_at(weken.len().saturating_sub(n));
    let before = before.get(before.len().saturating_sub(n)..).unwrap_or_default();
    let van = last.first().map_or(on, |week| week.maandag);
    let finding = Finding::new(()).under(R59.citation).with_gaps(beeld.onbekend(van));
    let found = falls(before, last, n, r.klok.terug_procent);
    finding.because(beeld.feiten.iter().copied()).with_gaps(beeld.gaten.iter().cloned()).map(|()| found)
}

fn falls(before: &[Lesweek], last: &[Lesweek], n: usize, procent: u32) -> Option<Dreigend> {
    // `before` takes what `last` leaves: when it is whole, so is `last`.
    if before.len() < n {
        return None;
    }
    let percent = |weken: &[Lesweek]| {
        let mut total = Meting::default();
        weken.iter().for_each(|week| total.tel_op(&week.meting));
        total.procent()
    };
    let (nu, eerder) = (percent(last)?, percent(before)?);
    let low = last.iter().filter(|week| week.meting.minstens(procent) == Some(false)).count();
    (nu < procent && nu < eerder && low * 2 > n).then_some(Dreigend { nu, eerder })
}
