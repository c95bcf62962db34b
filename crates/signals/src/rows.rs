//! What stands: packed rows, all rows of one axis of one pupil together, in order of day.

use std::iter::zip;

use crate::engine::{MAX_THREADS, samen};

/// The largest number of rows that is held.
pub const MAX_RIJEN: usize = u32::MAX as usize;

/// Sporen whose rows are put aside together: few enough that grouping them stays near the processor.
const SPOREN_PER_BAK: usize = 1 << 11;
/// Rows for which room is made at a time.
const RIJEN_PER_VEL: usize = 1 << 12;

/// Rows that arrive in any order, put aside some thousands of sporen together. What is written side by side in the end is so near
/// each other from the start, and no row is moved because there come more.
#[derive(Debug, Default)]
pub struct Bakken {
    bakken: Vec<Bak>,
    sporen: u32,
    aantal: usize,
}

/// The rows of some sporen, in order of arrival: the spoor above, the row below.
#[derive(Debug, Default)]
struct Bak {
    vol: Vec<Vec<u64>>,
    open: Vec<u64>,
}

impl Bakken {
    /// Adds a row ([`Rij::pack`](domain::verzuim::Rij::pack)) of a spoor. Rows after the first [`MAX_RIJEN`] are left out.
    #[inline]
    pub fn add(&mut self, spoor: u32, rij: u32) {
        let nummer = spoor as usize / SPOREN_PER_BAK;
        if nummer >= self.bakken.len() {
            self.bakken.resize_with(nummer + 1, Bak::default);
        }
        if self.aantal < MAX_RIJEN {
            self.aantal += 1;
            self.sporen = self.sporen.max(spoor.saturating_add(1));
            self.bakken[nummer].add(u64::from(spoor) << 32 | u64::from(rij));
        }
    }
}

impl Bak {
    #[inline]
    fn add(&mut self, rij: u64) {
        if self.open.len() == self.open.capacity() {
            self.nieuw_vel();
        }
        self.open.push(rij);
    }

    #[cold]
    fn nieuw_vel(&mut self) {
        let vol = std::mem::replace(&mut self.open, Vec::with_capacity(RIJEN_PER_VEL));
        self.vol.push(vol);
    }

    fn vellen(&self) -> impl Iterator<Item = &Vec<u64>> {
        self.vol.iter().chain([&self.open])
    }
}

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
        let mut bakken = Bakken::default();
        for (spoor, rij) in zip(van_spoor, rijen).filter(|(spoor, _)| **spoor < sporen) {
            bakken.add(*spoor, *rij);
        }
        Self::van_bakken(sporen, vec![bakken], 1)
    }

    /// Groups what was put aside in one piece after the other, on up to so many threads, for at least so many sporen. A
    /// piece with which there would be more than [`MAX_RIJEN`] rows is left out.
    pub fn van_bakken(sporen: u32, mut delen: Vec<Bakken>, threads: usize) -> Self {
        let mut aantal = 0;
        delen.retain(|deel| {
            let past = aantal + deel.aantal <= MAX_RIJEN;
            aantal += if past { deel.aantal } else { 0 };
            past
        });
        let sporen = delen.iter().map(|deel| deel.sporen).fold(sporen, u32::max) as usize;
        let mut stapels = Stapel::van(delen, sporen.div_ceil(SPOREN_PER_BAK));
        let (mut begin, mut rijen) = (vec![0; sporen + 1], vec![0; aantal]);
        let (mut einden, mut uit) = (begin.get_mut(1..).unwrap_or_default(), rijen.as_mut_slice());
        let (mut werk, mut voor) = (Vec::new(), 0);
        for bereik in verdeel(&stapels, aantal, threads.clamp(1, MAX_THREADS)) {
            let eigen: Vec<Stapel> = stapels.drain(..bereik).collect();
            let aantal = eigen.iter().map(|stapel| stapel.aantal).sum();
            let (eigen_einden, later) = einden.split_at_mut(einden.len().min(eigen.len() * SPOREN_PER_BAK));
            let (eigen_uit, over) = uit.split_at_mut(aantal);
            werk.push(move || orden_alle(eigen, voor, eigen_einden, eigen_uit));
            (einden, uit, voor) = (later, over, voor + aantal as u32);
        }
        let dagen = samen(werk).into_iter().flatten().reduce(omvat);
        Rows { begin, rijen, dagen }
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

/// What all pieces have of the same sporen, in order of the pieces.
#[derive(Debug, Default)]
struct Stapel {
    bakken: Vec<Bak>,
    aantal: usize,
}

impl Stapel {
    fn van(delen: Vec<Bakken>, aantal: usize) -> Vec<Stapel> {
        let mut stapels = Vec::new();
        stapels.resize_with(aantal, Stapel::default);
        for deel in delen {
            for (stapel, bak) in zip(&mut stapels, deel.bakken) {
                stapel.aantal += bak.vellen().map(Vec::len).sum::<usize>();
                stapel.bakken.push(bak);
            }
        }
        stapels
    }

    /// The rows in order of arrival: the place of the spoor among those of this stapel, and the row.
    fn rijen(&self, mut doe: impl FnMut(usize, u32)) {
        for vel in self.bakken.iter().flat_map(Bak::vellen) {
            for rij in vel {
                doe((rij >> 32) as usize % SPOREN_PER_BAK, *rij as u32);
            }
        }
    }

    /// Puts the rows of each spoor behind each other, in order of day, and notes where each spoor ends, with so many rows
    /// before this stapel. Gives the first and the last day with a row.
    fn orden(&self, voor: u32, einden: &mut [u32], uit: &mut [u32]) -> Option<(u16, u16)> {
        let mut aantallen = [0u32; SPOREN_PER_BAK];
        self.rijen(|spoor, _| aantallen[spoor] += 1);
        let mut volgende = [0u32; SPOREN_PER_BAK];
        let mut tot = 0;
        for (plek, aantal) in zip(&mut volgende, &aantallen) {
            *plek = tot;
            tot += aantal;
        }
        self.rijen(|spoor, rij| {
            let plek = &mut volgende[spoor];
            if let Some(plaats) = uit.get_mut(*plek as usize) {
                *plaats = rij;
            }
            *plek += 1;
        });
        for (eind, volgende) in zip(einden, &volgende) {
            *eind = voor + volgende;
        }
        op_volgorde(&aantallen, uit)
    }
}

/// Puts the rows of stapels that follow each other in order, and lets go of each stapel that is done.
fn orden_alle(stapels: Vec<Stapel>, mut voor: u32, einden: &mut [u32], mut uit: &mut [u32]) -> Option<(u16, u16)> {
    let geordend = zip(stapels, einden.chunks_mut(SPOREN_PER_BAK)).filter_map(|(stapel, einden)| {
        let (eigen, daarna) = std::mem::take(&mut uit).split_at_mut(stapel.aantal);
        uit = daarna;
        let dagen = stapel.orden(voor, einden, eigen);
        voor += stapel.aantal as u32;
        dagen
    });
    geordend.reduce(omvat)
}

/// How many stapels each of so many threads takes, so that each gets about as many rows.
fn verdeel(stapels: &[Stapel], aantal: usize, threads: usize) -> Vec<usize> {
    let per_deel = aantal.div_ceil(threads).max(1);
    let (mut delen, mut rijen, mut stapels_hier) = (Vec::with_capacity(threads), 0, 0);
    for stapel in stapels {
        stapels_hier += 1;
        rijen += stapel.aantal;
        if rijen >= per_deel {
            delen.push(std::mem::take(&mut stapels_hier));
            rijen = 0;
        }
    }
    delen.push(stapels_hier);
    delen
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
        const AANTAL: u32 = 20_000;
        let van_spoor: Vec<u32> =
            (0..AANTAL).map(|n| n.wrapping_mul(2_654_435_761) >> 20 & 0xFFF & (n | 0x3F)).collect();
        let rijen: Vec<u32> = (0..AANTAL).map(|n| (n.wrapping_mul(40_503) >> 3 & 0x3FF) << 16 | n).collect();
        let bak = SPOREN_PER_BAK as u32;
        for sporen in [0, 1, 29, 1_024, bak - 1, bak, bak + 1, 4_096, 9_000] {
            let heel = Rows::group(sporen, &van_spoor, &rijen);
            let mut verwacht = vec![Vec::new(); sporen as usize];
            for (spoor, rij) in zip(&van_spoor, &rijen).filter(|(spoor, _)| **spoor < sporen) {
                verwacht[*spoor as usize].push(*rij);
            }
            verwacht.iter_mut().for_each(|eigen| eigen.sort_unstable());
            for (spoor, eigen) in (0..).zip(&verwacht) {
                assert_eq!(heel.of(spoor), eigen, "spoor {spoor} of {sporen}");
            }
            assert_eq!((heel.sporen(), heel.of(sporen)), (sporen, [].as_slice()));
            for (knip, threads) in [(0, 1), (1, 2), (10_000, 3), (19_999, 64), (20_000, 100)] {
                let mut delen = vec![Bakken::default(), Bakken::default()];
                for (nummer, (spoor, rij)) in zip(&van_spoor, &rijen).enumerate().filter(|(_, (van, _))| **van < sporen)
                {
                    delen[usize::from(nummer >= knip)].add(*spoor, *rij);
                }
                assert_eq!(Rows::van_bakken(sporen, delen, threads), heel, "{knip} {threads}");
            }
        }
    }

    #[test]
    fn rows_of_one_day_stay_in_order_of_arrival_when_the_days_are_in_order() {
        let rows = Rows::group(2, &[1, 1, 0, 1], &[5 << 16 | 9, 5 << 16 | 3, 7 << 16, 6 << 16]);
        assert_eq!((rows.of(0), rows.of(1)), ([7 << 16].as_slice(), [5 << 16 | 9, 5 << 16 | 3, 6 << 16].as_slice()));
        assert_eq!(rows.dagen(), Some((5, 7)));
    }
}
