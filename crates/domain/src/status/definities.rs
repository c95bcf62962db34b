//! The definition ledger: who calls whom a thuiszitter, since when, and where that stands. Every count names the
//! definition it used.

use jiff::civil::Date;

use crate::finding::Citation;

/// A definition of *thuiszitter*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Definitie {
    /// The ministry, until February 2016.
    OcwTot2016,
    /// The ministry, since February 2016.
    Ocw2016,
    /// The inspectorate's registration by samenwerkingsverbanden.
    Inspectie,
    /// The region: the clock runs.
    Regio,
}

/// A definition as the ledger has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beschrijving {
    /// Which.
    pub definitie: Definitie,
    /// The word in files and figures.
    pub code: &'static str,
    /// What it says, in one Dutch sentence.
    pub inhoud: &'static str,
    /// First day on which it held; `None`: the source does not say.
    pub sinds: Option<Date>,
    /// First day on which it no longer held.
    pub tot: Option<Date>,
    /// Where it stands.
    pub bron: Citation,
}

/// The letter of 3 February 2016 (Kamerstuk 26 695 nr. 108) with which the ministry widened its definition.
const BRIEF_2016: Date = Date::constant(2016, 2, 3);

const OCW_TOT_2016: Beschrijving = Beschrijving {
    definitie: Definitie::OcwTot2016,
    code: "ocw-tot-2016",
    inhoud: "Ingeschreven en meer dan vier weken zonder geldige reden afwezig.",
    sinds: None,
    tot: Some(BRIEF_2016),
    bron: Citation { regel: "ocw-tot-2016", bron: "Kamerstuk 26 695 nr. 108", versie: "2016-02-03" },
};
const OCW_2016: Beschrijving = Beschrijving {
    definitie: Definitie::Ocw2016,
    code: "ocw-2016",
    inhoud: "Langdurig relatief verzuim (meer dan vier weken) en absoluut verzuim samen.",
    sinds: Some(BRIEF_2016),
    tot: None,
    bron: Citation { regel: "ocw-2016", bron: "Kamerstuk 26 695 nr. 108", versie: "2016-02-03" },
};
const INSPECTIE: Beschrijving = Beschrijving {
    definitie: Definitie::Inspectie,
    code: "inspectie",
    inhoud: "Zoals het ministerie sinds 2016, en ook wie is vrijgesteld op grond van artikel 5 onder a.",
    sinds: None,
    tot: None,
    bron: Citation { regel: "inspectie", bron: "Inspectie van het Onderwijs, thuiszittersregistratie", versie: "" },
};
const REGIO: Beschrijving = Beschrijving {
    definitie: Definitie::Regio,
    code: "regio",
    inhoud: "De klok van drie maanden loopt, om welke reden ook, ingeschreven of niet.",
    sinds: None,
    tot: None,
    bron: Citation { regel: "59", bron: "Regionaal thuiszitterspact Noord-Kennemerland 2017", versie: "" },
};
/// All definitions, oldest first.
pub const DEFINITIES: &[Beschrijving] = &[OCW_TOT_2016, OCW_2016, INSPECTIE, REGIO];

impl Definitie {
    /// What the ledger says of it.
    pub fn beschrijving(self) -> &'static Beschrijving {
        match self {
            Definitie::OcwTot2016 => &OCW_TOT_2016,
            Definitie::Ocw2016 => &OCW_2016,
            Definitie::Inspectie => &INSPECTIE,
            Definitie::Regio => &REGIO,
        }
    }

    /// The definition with that word.
    pub fn from_code(code: &str) -> Option<Self> {
        DEFINITIES.iter().find(|beschrijving| beschrijving.code == code).map(|beschrijving| beschrijving.definitie)
    }
}

impl Beschrijving {
    /// Whether the definition held on a day, as far as its source says.
    pub fn geldt(&self, on: Date) -> bool {
        self.sinds.is_none_or(|sinds| sinds <= on) && self.tot.is_none_or(|tot| on < tot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ledger_finds_every_definition_under_its_own_word() {
        for beschrijving in DEFINITIES {
            assert_eq!(beschrijving.definitie.beschrijving(), beschrijving);
            assert_eq!(Definitie::from_code(beschrijving.code), Some(beschrijving.definitie));
        }
        assert!(Definitie::OcwTot2016.beschrijving().geldt(Date::constant(2016, 2, 2)));
        assert!(!Definitie::Ocw2016.beschrijving().geldt(Date::constant(2016, 2, 2)));
    }
}
