//! Who may see what of which child: the region's *convenant gegevensdeling* as a table that is read by people and by
//! machine alike ([`Convenant`]), over what everybody is to the child ([`domain::kring::Kring`]).
//!
//! Rows only allow; what one may is the union of all rows that fit. There is no order and no forbidding row. The law's
//! outer bounds are code: a convenant that crosses them does not load, and what is decided stays within them whatever
//! the table says.

mod afgeleid;
mod facet;
mod feit;
mod grens;
mod lezen;
mod matrix;
mod oordeel;
mod partij;
mod regel;

pub use facet::{Facet, Facetten};
pub use lezen::{MAX_CONVENANT_BYTES, MAX_REGELS};
pub use matrix::matrix;
pub use oordeel::Oordeel;
pub use partij::{Partij, Partijen};
pub use regel::{Leeftijd, Machtiging, Mag, Regel, Tot};
pub use tafel::Fout;

use std::sync::LazyLock;

use domain::Date;

/// The convenant a region starts with; the text of the shipped file.
pub const STANDAARD: &str = include_str!("../convenant.toml");

/// A region's agreement on who sees what, as read from its file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Convenant {
    titel: String,
    regio: String,
    geldig_vanaf: Option<Date>,
    regels: Vec<Regel>,
    /// For each party the places of the rows that name it.
    per_partij: Vec<Vec<u16>>,
}

impl Convenant {
    /// Reads a convenant; on failure all mistakes, in the order of the file.
    ///
    /// # Errors
    /// Whatever is missing, unknown, contradictory, or beyond what the law allows: each with line, field, what is wrong
    /// and what is allowed.
    pub fn lees(tekst: &str) -> Result<Convenant, Vec<Fout>> {
        lezen::lees(tekst)
    }

    /// The convenant of [`STANDAARD`]. Should it be unreadable (a test holds that it is not), nobody sees anything.
    pub fn standaard() -> &'static Convenant {
        static STANDAARD_GELEZEN: LazyLock<Convenant> =
            LazyLock::new(|| Convenant::lees(STANDAARD).unwrap_or_default());
        &STANDAARD_GELEZEN
    }

    fn new(titel: String, regio: String, geldig_vanaf: Date, regels: Vec<Regel>) -> Self {
        let of = |partij: Partij| -> Vec<u16> {
            (0..).zip(&regels).filter(|(_, regel)| regel.partijen.contains(partij)).map(|(place, _)| place).collect()
        };
        let per_partij = Partij::all().map(of).collect();
        Convenant { titel, regio, geldig_vanaf: Some(geldig_vanaf), regels, per_partij }
    }

    /// What the document is called.
    pub fn titel(&self) -> &str {
        &self.titel
    }

    /// The region that agreed on it.
    pub fn regio(&self) -> &str {
        &self.regio
    }

    /// The day from which it may be adopted (inclusive); `None` for a convenant of which there is no text.
    pub fn geldig_vanaf(&self) -> Option<Date> {
        self.geldig_vanaf
    }

    /// The rows, in the order of the file.
    pub fn regels(&self) -> &[Regel] {
        &self.regels
    }

    /// The rows that name a party.
    fn van(&self, partij: Partij) -> impl Iterator<Item = &Regel> {
        let places = self.per_partij.get(partij.nummer()).into_iter().flatten();
        places.filter_map(|place| self.regels.get(usize::from(*place)))
    }
}
