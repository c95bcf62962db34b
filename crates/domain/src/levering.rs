//! What one delivery changed for one pupil. Only differences with what stood are kept, so that a delivery A, then B,
//! then A again restores A, and "as we knew it then" is a replay of one pupil's differences.

/// The difference that one delivery made for one pupil, as packed rows (`Rij::pack`, `Roosterdag::pack`) and day
/// numbers since 1 January 1970; each list ascending.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wijziging {
    /// Rows that no longer stand.
    pub weg: Vec<u32>,
    /// Rows that stand from now on.
    pub erbij: Vec<u32>,
    /// Loose rows that were added: they stand on days without a complete delivery.
    pub los: Vec<u32>,
    /// Days that are no longer *onbekend* for want of a readable row.
    pub leesbaar: Vec<u16>,
    /// Days of which a row was refused: *onbekend*, and what stood stays.
    pub afgewezen: Vec<u16>,
}

impl Wijziging {
    /// Whether nothing differs from what stood.
    pub fn is_empty(&self) -> bool {
        let Wijziging { weg, erbij, los, leesbaar, afgewezen } = self;
        weg.is_empty() && erbij.is_empty() && los.is_empty() && leesbaar.is_empty() && afgewezen.is_empty()
    }
}
