//! What stands: packed rows, all rows of one axis of one pupil together, in order of day.

use std::ops::Range;

use crate::engine::{MAX_THREADS, samen};

/// The largest number of rows that is held.
pub const MAX_RIJEN: usize = u32::MAX as usize;

/// Rows by spoor (one axis of one pupil; see [`Axes`](crate::axis::Axes)), four bytes a row
/// ([`Rij::pack`](domain::verzuim::Rij::pack)).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// Where the rows of each spoor begin; one longer than the number of sporen.
    begin: Vec<u32>,
    rijen: Vec<u32>,
    /// The first and the last day with a row.
    dagen: Option<(u16, u16)>,
}

impl Rows {
    /// Groups rows that arrived in any order. `van_spoor` and `rijen` run in step: row n belongs to spoor
    /// `van_spoor[n]`. Rows of a spoor at or above `sporen`, and rows after the first [`MAX_RIJEN`], are left out.
    pub fn group(sporen: u32, van_spoor: &[u32], rijen: &[u32]) -> Self {
        Self::group_delen(sporen, &[(van_spoor, rijen)], 1)
    }

    /// As [`Self::group`], for rows that arrived in one piece after the other, on up to so many threads: each looks at all
    /// rows and takes those of its own sporen.
    pub fn group_delen(sporen: u32, delen: &[(&[u32], &[u32])], threads: usize) -> Self {
        let delen = binnen_de_grens(delen);
        let bereiken = verdeel(sporen, threads.clamp(1, MAX_THREADS));
        let geteld = samen(bereiken.iter().map(|bereik| || tel(bereik, &delen)).collect());
        let mut begin = Vec::with_capacity(sporen as usize + 1);
        let mut tot = 0;
        begin.push(tot);
        for aantal in geteld.iter().flatten() {
            tot += aantal;
            begin.push(tot);
        }
        let mut gegroepeerd = vec![0u32; tot as usize];
        let mut rest = gegroepeerd.as_mut_slice();
        let mut werk = Vec::with_capacity(bereiken.len());
        for (bereik, aantallen) in bereiken.iter().zip(&geteld) {
            let (eigen, daarna) = rest.split_at_mut(aantallen.iter().sum::<u32>() as usize);
            rest = daarna;
            let delen = &delen;
            werk.push(move || {
                vul(bereik, aantallen, delen, eigen);
                op_volgorde(aantallen, eigen)
            });
        }
        let dagen = samen(werk).into_iter().flatten().reduce(omvat);
        Rows { begin, rijen: gegroepeerd, dagen }
    }

    /// Number of sporen.
    pub fn sporen(&self) -> u32 {
        u32::try_from(self.begin.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rijen.len()
    }

    /// Whether there is no row at all.
    pub fn is_empty(&self) -> bool {
        self.rijen.is_empty()
    }

    /// The first and the last day with a row.
    pub(crate) fn dagen(&self) -> Option<(u16, u16)> {
        self.dagen
    }

    /// All rows, spoor after spoor.
    pub fn all(&self) -> &[u32] {
        &self.rijen
    }

    /// The rows of a spoor, in order of day; none for an unknown spoor.
    pub fn of(&self, spoor: u32) -> &[u32] {
        self.grenzen(spoor).and_then(|grenzen| self.rijen.get(grenzen)).unwrap_or_default()
    }

    /// Number of rows before those of a spoor: what balances work over threads.
    pub(crate) fn before(&self, spoor: u32) -> usize {
        self.begin.get(spoor as usize).map_or(self.rijen.len(), |begin| *begin as usize)
    }

    fn grenzen(&self, spoor: u32) -> Option<std::ops::Range<usize>> {
        let begin = *self.begin.get(spoor as usize)? as usize;
        let eind = *self.begin.get(spoor as usize + 1)? as usize;
        Some(begin..eind)
    }
}

/// The pieces up to [`MAX_RIJEN`] rows.
fn binnen_de_grens<'r>(delen: &[(&'r [u32], &'r [u32])]) -> Vec<(&'r [u32], &'r [u32])> {
    let mut over = MAX_RIJEN;
    let binnen = delen.iter().map(|(van_spoor, rijen)| {
        let aantal = van_spoor.len().min(rijen.len()).min(over);
        over -= aantal;
        (van_spoor.get(..aantal).unwrap_or_default(), rijen.get(..aantal).unwrap_or_default())
    });
    binnen.collect()
}

/// Divides the sporen over so many threads.
fn verdeel(sporen: u32, aantal: usize) -> Vec<Range<u32>> {
    let per_deel = sporen.div_ceil(u32::try_from(aantal).unwrap_or(u32::MAX)).max(1);
    (0..sporen).step_by(per_deel as usize).map(|van| van..sporen.min(van.saturating_add(per_deel))).collect()
}

/// The place of a spoor in its range; the length of the range for a spoor of another. Which of the two it is hangs on the
/// row, so that no branch does.
fn plek_in(bereik: &Range<u32>, spoor: u32) -> usize {
    spoor.wrapping_sub(bereik.start).min(bereik.end - bereik.start) as usize
}

/// The number of rows of each spoor of a range.
fn tel(bereik: &Range<u32>, delen: &[(&[u32], &[u32])]) -> Vec<u32> {
    let mut aantallen = vec![0u32; bereik.len() + 1];
    for (van_spoor, _) in delen {
        for spoor in *van_spoor {
            if let Some(aantal) = aantallen.get_mut(plek_in(bereik, *spoor)) {
                *aantal += 1;
            }
        }
    }
    aantallen.truncate(bereik.len());
    aantallen
}

/// Puts the rows of each spoor of a range behind each other. Those of other sporen write what stood in the first place again.
fn vul(bereik: &Range<u32>, aantallen: &[u32], delen: &[(&[u32], &[u32])], uit: &mut [u32]) {
    let mut volgende = Vec::with_capacity(aantallen.len() + 1);
    let mut tot = 0;
    for aantal in aantallen {
        volgende.push(tot);
        tot += aantal;
    }
    volgende.push(0);
    for (van_spoor, rijen) in delen {
        for (spoor, rij) in van_spoor.iter().zip(*rijen) {
            let nummer = plek_in(bereik, *spoor);
            let eigen = nummer < aantallen.len();
            if let Some(plek) = volgende.get_mut(nummer)
                && let Some(plaats) = uit.get_mut(*plek as usize)
            {
                *plaats = if eigen { *rij } else { *plaats };
                *plek += u32::from(eigen);
            }
        }
    }
}

/// Sorts the rows of each spoor by day, where they did not arrive so. Gives the first and the last day with a row.
fn op_volgorde(aantallen: &[u32], mut rest: &mut [u32]) -> Option<(u16, u16)> {
    let mut dagen = None;
    for aantal in aantallen {
        let (rijen, daarna) = rest.split_at_mut(*aantal as usize);
        if !rijen.is_sorted_by_key(|rij| rij >> 16) {
            rijen.sort_unstable();
        }
        let eigen = eerste_en_laatste(rijen);
        dagen = dagen.zip(eigen).map(|(een, ander)| omvat(een, ander)).or(dagen).or(eigen);
        rest = daarna;
    }
    dagen
}

/// The first and the last day of rows that are in order of day.
pub(crate) fn eerste_en_laatste(rijen: &[u32]) -> Option<(u16, u16)> {
    let dag = |rij: &u32| (rij >> 16) as u16;
    Some((dag(rijen.first()?), dag(rijen.last()?)))
}

/// From the earliest first day to the latest last day.
pub(crate) fn omvat(een: (u16, u16), ander: (u16, u16)) -> (u16, u16) {
    (een.0.min(ander.0), een.1.max(ander.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_and_threads_make_no_difference() {
        let van_spoor: Vec<u32> = (0..1_000u32).map(|n| n.wrapping_mul(2_654_435_761) >> 16 & 31).collect();
        let rijen: Vec<u32> = (0..1_000u32).map(|n| (n.wrapping_mul(40_503) >> 3 & 0x3FF) << 16 | n).collect();
        for sporen in [0, 1, 7, 29, 40] {
            let heel = Rows::group(sporen, &van_spoor, &rijen);
            for spoor in 0..sporen {
                let eigen = van_spoor.iter().zip(&rijen).filter(|(van, _)| **van == spoor).map(|(_, rij)| *rij);
                let mut eigen: Vec<u32> = eigen.collect();
                eigen.sort_unstable();
                assert_eq!(heel.of(spoor), eigen, "spoor {spoor} of {sporen}");
            }
            assert_eq!((heel.sporen(), heel.of(sporen)), (sporen, [].as_slice()));
            for (knip, threads) in [(0, 1), (1, 2), (500, 3), (999, 64), (1_000, 100)] {
                let (a, b) = (van_spoor.split_at(knip), rijen.split_at(knip));
                assert_eq!(Rows::group_delen(sporen, &[(a.0, b.0), (a.1, b.1)], threads), heel, "{knip} {threads}");
            }
        }
    }
}
