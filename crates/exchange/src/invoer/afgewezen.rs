//! Refused rows, given back as a file that can be mended and delivered again.

use std::fmt;

use super::kop::EIGEN_KOLOMMEN;
use super::regels::split_cells;
use super::uitvoer::CsvWriter;

/// Bytes of refused rows that are kept: 64 MiB. What comes after is counted.
pub const MAX_AFGEWEZEN: usize = 64 << 20;

/// The refused rows of one import. Holds personal data: goes back to whoever delivered it and nowhere else.
#[derive(Clone)]
pub struct Afgewezen {
    kop: Vec<String>,
    scheiding: char,
    rijen: Vec<(u64, Box<[u8]>, Box<str>)>,
    bytes: usize,
    weggelaten: u64,
}

impl fmt::Debug for Afgewezen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Afgewezen({} rijen)", self.rijen.len())
    }
}

impl Afgewezen {
    pub(super) fn new(kop: Vec<String>, scheiding: char) -> Self {
        Afgewezen { kop, scheiding, rijen: Vec::new(), bytes: 0, weggelaten: 0 }
    }

    /// Adds a row. A row too long to be read is kept by its reason alone.
    pub(super) fn add(&mut self, regel: u64, ruw: &[u8], reden: &str) {
        let ruw = if ruw.len() > super::MAX_REGEL { &[] } else { ruw };
        let size = ruw.len() + reden.len();
        if self.bytes + size > MAX_AFGEWEZEN {
            self.weggelaten += 1;
            return;
        }
        self.bytes += size;
        self.rijen.push((regel, ruw.into(), reden.into()));
    }

    /// The lines of the refused rows that were kept.
    pub(super) fn regels(&self) -> impl Iterator<Item = u64> {
        self.rijen.iter().map(|(regel, ..)| *regel)
    }

    /// Puts the rows in the order of the file.
    pub(super) fn sort(&mut self) {
        self.rijen.sort_by_key(|(regel, ..)| *regel);
    }

    /// Whether no row was refused.
    pub fn is_empty(&self) -> bool {
        self.rijen.is_empty() && self.weggelaten == 0
    }

    /// Number of rows that are in the file.
    pub fn len(&self) -> usize {
        self.rijen.len()
    }

    /// Number of refused rows that did not fit any more.
    pub fn left_out(&self) -> u64 {
        self.weggelaten
    }

    /// The file: the columns as they came, then `regel` and `reden`. Formulas are made harmless; an import takes that
    /// off again. A row that could not be cut into cells stands in the first column as a whole.
    pub fn to_csv(&self) -> String {
        let mut csv = CsvWriter::for_spreadsheets();
        let kop: Vec<&str> =
            self.kop.iter().map(String::as_str).filter(|naam| !EIGEN_KOLOMMEN.contains(naam)).collect();
        csv.row(kop.iter().copied().chain(EIGEN_KOLOMMEN));
        for (regel, ruw, reden) in &self.rijen {
            let cells = self.cells(ruw, kop.len());
            csv.row(cells.iter().map(String::as_str).chain([regel.to_string().as_str(), reden]));
        }
        csv.into_text()
    }

    fn cells(&self, ruw: &[u8], width: usize) -> Vec<String> {
        let mut found = Vec::new();
        let fits = split_cells(ruw, self.scheiding, &mut found).is_ok() && found.len() >= self.kop.len();
        let mut cells: Vec<String> = if fits {
            let own = |naam: &str| EIGEN_KOLOMMEN.contains(&naam);
            let cells = found.iter().zip(&self.kop).filter(|(_, naam)| !own(naam));
            cells.map(|(cell, _)| super::restore(cell).to_owned()).collect()
        } else {
            vec![String::from_utf8_lossy(ruw).replace('\0', "\u{FFFD}")]
        };
        cells.resize(width, String::new());
        cells
    }
}
