//! Refused rows, given back as a file that can be mended and delivered again.

use std::borrow::Cow;
use std::fmt;

use super::kop::EIGEN_KOLOMMEN;
use super::regels::split_cells;
use super::uitvoer::CsvWriter;

/// Bytes of refused rows that are kept: 64 MiB. What comes after is counted.
pub const MAX_AFGEWEZEN: usize = 64 << 20;

/// The refused rows of one import. Holds personal data: goes back to whoever delivered it and nowhere else.
#[derive(Clone)]
pub struct Afgewezen {
    /// The names of the columns; `None` when the file has no header.
    kop: Option<Vec<String>>,
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
        Afgewezen { kop: Some(kop), scheiding, rijen: Vec::new(), bytes: 0, weggelaten: 0 }
    }

    /// Of a file without header.
    pub(super) fn headless(scheiding: char) -> Self {
        Afgewezen { kop: None, scheiding, rijen: Vec::new(), bytes: 0, weggelaten: 0 }
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
    /// off again. A row that could not be cut into cells stands in the first column as a whole. A file without header
    /// gives one without header.
    pub fn to_csv(&self) -> String {
        let mut csv = CsvWriter::for_spreadsheets();
        let own = |naam: &String| EIGEN_KOLOMMEN.contains(&naam.as_str());
        let kop = self.kop.as_deref();
        if let Some(kop) = kop {
            csv.row(kop.iter().filter(|naam| !own(naam)).map(String::as_str).chain(EIGEN_KOLOMMEN));
        }
        let width = kop.map_or(0, |kop| kop.iter().filter(|naam| !own(naam)).count());
        for (regel, ruw, reden) in &self.rijen {
            let cells = self.cells(ruw, width);
            csv.row(cells.iter().map(String::as_str).chain([regel.to_string().as_str(), reden]));
        }
        csv.into_text()
    }

    fn cells(&self, ruw: &[u8], width: usize) -> Vec<String> {
        let mut found = Vec::new();
        let kop = self.kop.as_deref().unwrap_or_default();
        let fits = split_cells(ruw, self.scheiding, &mut found).is_ok() && found.len() >= kop.len();
        let read = |cell: &Cow<'_, str>| super::restore(cell).to_owned();
        let mut cells: Vec<String> = if fits && self.kop.is_none() {
            return found.iter().map(read).collect();
        } else if fits {
            let own = |naam: &str| EIGEN_KOLOMMEN.contains(&naam);
            found.iter().zip(kop).filter(|(_, naam)| !own(naam)).map(|(cell, _)| read(cell)).collect()
        } else {
            vec![String::from_utf8_lossy(ruw).replace('\0', "\u{FFFD}")]
        };
        cells.resize(width.max(cells.len()), String::new());
        cells
    }
}
