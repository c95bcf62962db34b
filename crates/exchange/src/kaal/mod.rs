//! The bare layout (`--indeling kaal`): absence as plain numbers, for the repeatable benchmark and for anyone who wants
//! signals without a register.
//!
//! Three files: `records.csv` (`pupil,date,start,hours,kind,school`), `schools.csv` (`school,region`) and
//! `calendar.csv` (`region,date,sd`). Every row is checked in full; a wrong row is a [`Bevinding`] and left out.

mod bevinding;
mod kalender;
mod records;
mod regel;
#[cfg(test)]
mod tests;
mod vertaling;

pub use bevinding::{Bevinding, Bevindingen, MAX_BEVINDINGEN};
pub use kalender::{Kalender, MAX_REGIO, Scholen, lees_kalender, lees_scholen};
pub use records::{MAX_REGEL_BYTES, MAX_RIJEN, RecordLezer, Records};
pub use regel::MAX_LEERLING;
pub use vertaling::als_leerrecht;

use domain::verzuim::VerzuimSoort;

/// Lesson hours in a day of the bare layout.
pub const UREN_PER_DAG: u8 = 8;
/// The kinds of the bare layout: the letter in files, and what it means here.
pub const LETTERS: [(u8, VerzuimSoort); 6] = [
    (b'U', VerzuimSoort::Ongeoorloofd),
    (b'L', VerzuimSoort::TeLaat),
    (b'S', VerzuimSoort::Ziek),
    (b'A', VerzuimSoort::Verlof),
    (b'R', VerzuimSoort::Uitgestuurd),
    (b'X', VerzuimSoort::Vrijstelling),
];

/// A fixed scrambling of 64 bits (the finaliser of splitmix64): the benchmark's chance and its checksum.
pub fn mix64(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A checksum over signals that does not depend on their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Checksum {
    /// Number of signals.
    pub aantal: u64,
    /// The sum itself, modulo 2^64.
    pub som: u64,
}

impl Checksum {
    /// Adds one signal: the day in days since 1 January 1970, the value in whole hours, times or days.
    pub fn add(&mut self, leerling: u32, dag: u16, code: u8, waarde: u8) {
        let x = u64::from(leerling) << 32 | u64::from(dag) << 16 | u64::from(code) << 8 | u64::from(waarde);
        self.aantal += 1;
        self.som = self.som.wrapping_add(mix64(x));
    }
}
