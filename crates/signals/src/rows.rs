//! What stands: packed rows, all rows of one axis of one pupil together, in order of day.

/// The largest number of rows that is held.
pub const MAX_RIJEN: usize = u32::MAX as usize;

/// Rows by spoor (one axis of one pupil; see [`Axes`](crate::axis::Axes)), four bytes a row
/// ([`Rij::pack`](domain::verzuim::Rij::pack)).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// Where the rows of each spoor begin; one longer than the number of sporen.
    begin: Vec<u32>,
    rijen: Vec<u32>,
}

impl Rows {
    /// Groups rows that arrived in any order. `van_spoor` and `rijen` run in step: row n belongs to spoor
    /// `van_spoor[n]`. Rows of a spoor at or above `sporen`, and rows after the first [`MAX_RIJEN`], are left out.
    pub fn group(sporen: u32, van_spoor: &[u32], rijen: &[u32]) -> Self {
        let paren = || van_spoor.iter().zip(rijen).take(MAX_RIJEN).filter(|(spoor, _)| **spoor < sporen);
        let mut begin = vec![0u32; sporen as usize + 1];
        for (spoor, _) in paren() {
            begin[*spoor as usize + 1] += 1;
        }
        for spoor in 1..begin.len() {
            begin[spoor] += begin[spoor - 1];
        }
        let mut volgende = begin.clone();
        let mut gegroepeerd = vec![0u32; begin.last().copied().unwrap_or(0) as usize];
        for (spoor, rij) in paren() {
            let plek = &mut volgende[*spoor as usize];
            gegroepeerd[*plek as usize] = *rij;
            *plek += 1;
        }
        let mut rows = Rows { begin, rijen: gegroepeerd };
        for spoor in 0..sporen {
            rows.sort(spoor);
        }
        rows
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

    fn sort(&mut self, spoor: u32) {
        if let Some(rijen) = self.grenzen(spoor).and_then(|grenzen| self.rijen.get_mut(grenzen))
            && !rijen.is_sorted_by_key(|rij| rij >> 16)
        {
            rijen.sort_unstable();
        }
    }
}
