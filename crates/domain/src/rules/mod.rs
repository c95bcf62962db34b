//! The rules as data: what each says, where it stands, which text was read, and when it holds.
//!
//! A rule that a law fixes is applied by code elsewhere in this crate; its numbers live here, each with a citation and
//! validity, so that a change of law is one line and a test. What a region decides is its protocol, not in here.

mod catalogus;
mod parameters;
mod termijnen;

pub use catalogus::*;
pub use parameters::*;
pub use termijnen::{TERMIJNEN, Termijnregel, Wanneer};

use jiff::civil::Date;

use crate::finding::Citation;
use crate::period::Period;

/// What kind of rule: who could change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Klasse {
    /// A law or a decree.
    Wet,
    /// A norm or guideline of an inspectorate, DUO, or the profession.
    Norm,
    /// An agreement of the region.
    Regio,
    /// A choice of this software, within the law and the pact.
    Ontwerp,
}

/// A rule of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Regel {
    /// Its number, where it stands, and the version of the text that was read.
    pub citation: Citation,
    /// What it says, in one Dutch sentence.
    pub inhoud: &'static str,
    /// Who could change it.
    pub klasse: Klasse,
    /// Days on which it holds.
    pub geldig: Period,
}

/// The rule with a number that holds on a day.
pub fn regel(nummer: &str, op: Date) -> Option<&'static Regel> {
    REGELS.iter().find(|regel| regel.citation.regel == nummer && regel.geldig.contains(op))
}

#[cfg(test)]
mod tests;
