//! Conclusions that carry their reasons.

use crate::fact::FactId;

/// A place in the law, the pact or a norm on which a rule rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Citation {
    /// Number of the rule in the catalogue of rules ("5", "60"), or a short code of our own.
    pub regel: &'static str,
    /// Where it stands, as one would write it in a letter: "Leerplichtwet 1969, art. 21a".
    pub bron: &'static str,
    /// The version of the text that was read, as jjjj-mm-dd; empty for the pact and regional agreements.
    pub versie: &'static str,
}

/// Something that could not be established. A finding is never silently empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Gap {
    /// A fact that is needed is not known; in Dutch, what is missing and who can give it.
    Ontbreekt(String),
    /// Sources say different things; both are named, neither is chosen silently.
    Tegenspraak {
        /// What the difference is about, in Dutch.
        over: String,
        /// The statement that was used.
        gebruikt: FactId,
        /// The statement that was not.
        ander: FactId,
    },
    /// Days for which no school delivered its absence.
    Onbekend {
        /// First such day.
        van: jiff::civil::Date,
        /// Last such day.
        tot_en_met: jiff::civil::Date,
        /// Number of schooldagen among them.
        schooldagen: u32,
    },
    /// The calendar or another rule does not reach this far; in Dutch.
    BuitenBereik(String),
}

/// A conclusion with its reasons. `gaps` is what could not be established.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding<T> {
    /// The conclusion.
    pub value: T,
    /// The facts it rests on.
    pub because: Vec<FactId>,
    /// The rules it was drawn under.
    pub under: Vec<Citation>,
    /// What could not be established.
    pub gaps: Vec<Gap>,
}

impl<T> Finding<T> {
    /// A conclusion without reasons yet; add them with the methods below.
    pub fn new(value: T) -> Self {
        Finding { value, because: Vec::new(), under: Vec::new(), gaps: Vec::new() }
    }

    /// Adds the facts the conclusion rests on.
    #[must_use]
    pub fn because(mut self, facts: impl IntoIterator<Item = FactId>) -> Self {
        for fact in facts {
            if !self.because.contains(&fact) {
                self.because.push(fact);
            }
        }
        self
    }

    /// Adds the rule the conclusion was drawn under.
    #[must_use]
    pub fn under(mut self, citation: Citation) -> Self {
        if !self.under.contains(&citation) {
            self.under.push(citation);
        }
        self
    }

    /// Adds what could not be established.
    #[must_use]
    pub fn with_gaps(mut self, gaps: impl IntoIterator<Item = Gap>) -> Self {
        for gap in gaps {
            if !self.gaps.contains(&gap) {
                self.gaps.push(gap);
            }
        }
        self
    }

    /// The same reasons for another conclusion.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Finding<U> {
        Finding { value: f(self.value), because: self.because, under: self.under, gaps: self.gaps }
    }

    /// Takes over the reasons of a conclusion that this one rests on.
    #[must_use]
    pub fn resting_on<U>(self, other: &Finding<U>) -> Self {
        let mut joined = self.because(other.because.iter().copied()).with_gaps(other.gaps.iter().cloned());
        for citation in &other.under {
            joined = joined.under(*citation);
        }
        joined
    }
}
