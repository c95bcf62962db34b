//! What an import found: per row and column what is wrong and what is allowed. Never a name, number or address.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// Findings kept in full per [`Ernst`]; all findings are counted by kind.
pub const MAX_BEVINDINGEN: usize = 1_000;

/// Whether a finding kept its row out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ernst {
    /// The row was not taken.
    Fout,
    /// The row was taken; somebody should look.
    Waarschuwing,
}

impl fmt::Display for Ernst {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Ernst::Fout => "Fout",
            Ernst::Waarschuwing => "Waarschuwing",
        })
    }
}

/// What kind of file was read: what its findings count, and what they call a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Bestandssoort {
    /// Delimited text: lines and columns.
    #[default]
    Kolommen,
    /// EDEXML: pupils in the order of the file, and elements.
    Edexml,
}

impl Bestandssoort {
    /// What a column of our own layout is called in this kind of file.
    fn veld(self, kolom: Cow<'static, str>) -> Cow<'static, str> {
        if self == Bestandssoort::Kolommen {
            return kolom;
        }
        match kolom.as_ref() {
            "leerlingnummer" => "key".into(),
            "brin" | "vestigingscode" => "school/brincode".into(),
            "inschrijfdatum" => "instroomdatum".into(),
            "uitschrijfdatum" => "uitstroomdatum".into(),
            "postcode" => "postcodenl".into(),
            "klas" | "mentor" => "groep".into(),
            _ => kolom,
        }
    }
}

/// What is wrong with one value, without the place where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gebrek {
    /// The kind, by which findings are counted ("datum bestaat niet").
    pub soort: &'static str,
    /// What is wrong, as a Dutch sentence.
    pub wat: Cow<'static, str>,
    /// What is allowed or what to do next, as a Dutch sentence.
    pub toegestaan: Cow<'static, str>,
}

impl Gebrek {
    /// A defect; `wat` and `toegestaan` are whole sentences and hold no personal value.
    pub fn new(
        soort: &'static str,
        wat: impl Into<Cow<'static, str>>,
        toegestaan: impl Into<Cow<'static, str>>,
    ) -> Self {
        Gebrek { soort, wat: wat.into(), toegestaan: toegestaan.into() }
    }
}

/// A finding of an import, for whoever delivered the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bevinding {
    /// Line in the file, or pupil in an EDEXML file, counted from 1; 0 when no row but the file itself is meant.
    pub rij: u64,
    /// Column or element; empty when the finding is about the whole row.
    pub veld: Cow<'static, str>,
    /// What kind of file it is about.
    pub bestand: Bestandssoort,
    /// Whether the row was taken all the same.
    pub ernst: Ernst,
    /// The kind, by which findings are counted.
    pub soort: &'static str,
    /// What is wrong.
    pub wat: Cow<'static, str>,
    /// What is allowed or what to do next.
    pub toegestaan: Cow<'static, str>,
}

impl fmt::Display for Bevinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (of_row, field) = match self.bestand {
            Bestandssoort::Kolommen => ("in rij", "kolom"),
            Bestandssoort::Edexml => ("bij leerling", "element"),
        };
        match self.rij {
            0 => write!(f, "{} in het bestand", self.ernst)?,
            rij => write!(f, "{} {of_row} {rij}", self.ernst)?,
        }
        if !self.veld.is_empty() {
            write!(f, ", {field} {}", self.veld)?;
        }
        write!(f, ": {} {}", self.wat, self.toegestaan)
    }
}

/// The findings of one import: the first [`MAX_BEVINDINGEN`] errors and as many warnings, and how often each kind occurred.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bevindingen {
    bestand: Bestandssoort,
    bewaard: Vec<Bevinding>,
    per_soort: BTreeMap<(Ernst, &'static str), u64>,
    fouten: usize,
    waarschuwingen: usize,
}

impl Bevindingen {
    /// Findings about a file of that kind.
    pub(super) fn of(bestand: Bestandssoort) -> Self {
        Bevindingen { bestand, ..Self::default() }
    }

    /// Adds a finding about a column of a row; an empty `veld` stands for the whole row, row 0 for the whole file.
    pub fn add(&mut self, rij: u64, veld: Cow<'static, str>, ernst: Ernst, gebrek: Gebrek) {
        let Gebrek { soort, wat, toegestaan } = gebrek;
        *self.per_soort.entry((ernst, soort)).or_default() += 1;
        let kept = match ernst {
            Ernst::Fout => &mut self.fouten,
            Ernst::Waarschuwing => &mut self.waarschuwingen,
        };
        if *kept < MAX_BEVINDINGEN {
            *kept += 1;
            let bestand = self.bestand;
            self.bewaard.push(Bevinding { rij, veld: bestand.veld(veld), bestand, ernst, soort, wat, toegestaan });
        }
    }

    /// The same, unless it is the finding that was added last.
    pub(super) fn add_once(&mut self, rij: u64, veld: &'static str, ernst: Ernst, gebrek: Gebrek) {
        let same = |last: &Bevinding| last.rij == rij && last.soort == gebrek.soort && last.veld == veld;
        if !self.bewaard.last().is_some_and(same) {
            self.add(rij, veld.into(), ernst, gebrek);
        }
    }

    /// Puts the kept findings in the order of the file.
    pub fn sort(&mut self) {
        self.bewaard.sort_by_key(|bevinding| bevinding.rij);
    }

    /// The findings that were kept in full.
    pub fn kept(&self) -> &[Bevinding] {
        &self.bewaard
    }

    /// How often each kind of finding occurred, also those not kept: errors first, then by kind.
    pub fn counts(&self) -> impl Iterator<Item = (Ernst, &'static str, u64)> {
        self.per_soort.iter().map(|((ernst, soort), count)| (*ernst, *soort, *count))
    }

    /// Number of findings of that severity, also those not kept.
    pub fn count(&self, ernst: Ernst) -> u64 {
        self.counts().filter(|(e, ..)| *e == ernst).map(|(.., count)| count).sum()
    }

    /// Number of findings of that kind, also those not kept.
    pub fn count_of(&self, soort: &str) -> u64 {
        self.counts().filter(|(_, s, _)| *s == soort).map(|(.., count)| count).sum()
    }
}

/// Why a file as a whole was not read; nothing of it was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weigering {
    /// What is wrong with the file.
    pub wat: Cow<'static, str>,
    /// What to do next.
    pub toegestaan: Cow<'static, str>,
}

impl Weigering {
    /// A refusal; both are whole Dutch sentences.
    pub fn new(wat: impl Into<Cow<'static, str>>, toegestaan: impl Into<Cow<'static, str>>) -> Self {
        Weigering { wat: wat.into(), toegestaan: toegestaan.into() }
    }
}

impl fmt::Display for Weigering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Het bestand is niet gelezen. {} {}", self.wat, self.toegestaan)
    }
}

impl std::error::Error for Weigering {}
