//! What is wrong with a row, told so that somebody can repair it.

use std::fmt;

/// The most findings that are kept; the rest is counted.
pub const MAX_BEVINDINGEN: usize = 1000;

/// One rejected row or wrong file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bevinding {
    /// The file's column.
    pub veld: &'static str,
    /// Line in the file, from 1; the header is line 1.
    pub rij: u64,
    /// What is wrong and what is allowed, in Dutch.
    pub melding: String,
}

impl fmt::Display for Bevinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rij {}, {}: {}", self.rij, self.veld, self.melding)
    }
}

/// The findings on one file: the first [`MAX_BEVINDINGEN`], and how many there were.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bevindingen {
    /// The first findings, in the order of the file.
    pub lijst: Vec<Bevinding>,
    /// All findings, also those that were not kept.
    pub aantal: u64,
}

impl Bevindingen {
    /// Adds a finding.
    pub fn add(&mut self, rij: u64, veld: &'static str, melding: impl Into<String>) {
        self.aantal += 1;
        if self.lijst.len() < MAX_BEVINDINGEN {
            self.lijst.push(Bevinding { veld, rij, melding: melding.into() });
        }
    }

    /// Adds the findings on the next part of the file, which begins after so many lines.
    pub(super) fn append(&mut self, meer: Self, regels: u64) {
        self.aantal += meer.aantal;
        let over = MAX_BEVINDINGEN.saturating_sub(self.lijst.len());
        let verderop = |bevinding: Bevinding| Bevinding { rij: bevinding.rij + regels, ..bevinding };
        self.lijst.extend(meer.lijst.into_iter().take(over).map(verderop));
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.aantal == 0
    }
}

/// A value from a file as a message may show it: short, and without control characters.
pub(super) fn toon(waarde: &[u8]) -> String {
    const LENGTE: usize = 20;
    let tekst: String =
        String::from_utf8_lossy(waarde).chars().filter(|teken| !teken.is_control()).take(LENGTE).collect();
    format!("\"{tekst}\"")
}
