//! The terms of the catalogue that are a plain count from, or back from, one day.

use jiff::civil::Date;

use super::Regel;
use super::catalogus::{R5, R18, R19, R20, R25, R27, R28, R29, R32, R33, R34, R36, R44, R47, R52, R53, R57, R58, R60};
use crate::calendar::{Eenheid, Kalenders, Termijn};
use crate::finding::Gap;
use crate::period::plus_days;

/// When something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanneer {
    /// At the end of a term after the event.
    Na(Termijn),
    /// At least so long before the event.
    Voor(Termijn),
    /// Every year before this day: the last day is the one before it.
    JaarlijksVoor {
        /// Month, 1 to 12.
        maand: i8,
        /// Day of the month on which it is too late.
        dag: i8,
    },
    /// Not older than this on the day of the event.
    HooguitOud(Termijn),
}

/// A term of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Termijnregel {
    /// The rule that sets it.
    pub regel: Regel,
    /// What the term is for, in Dutch.
    pub waarvoor: &'static str,
    /// When it is due.
    pub wanneer: Wanneer,
}

impl Termijnregel {
    /// The last day that is in time, given the day of the event. For [`Wanneer::JaarlijksVoor`]: the first such day
    /// on or after the event. For [`Wanneer::HooguitOud`]: the oldest day that is still good.
    ///
    /// # Errors
    /// For a term in school days: the first day on the way about which the school calendar knows nothing.
    pub fn uiterlijk(&self, gebeurtenis: Date, kalenders: Kalenders<'_>) -> Result<Date, Gap> {
        match self.wanneer {
            Wanneer::Na(termijn) => termijn.laatste_dag(gebeurtenis, kalenders),
            Wanneer::Voor(termijn) | Wanneer::HooguitOud(termijn) => termijn.uiterlijk_voor(gebeurtenis, kalenders),
            Wanneer::JaarlijksVoor { maand, dag } => {
                let too_late = |jaar| Date::new(jaar, maand, dag).unwrap_or(Date::MAX);
                let this_year = plus_days(too_late(gebeurtenis.year()), -1);
                Ok(if gebeurtenis <= this_year {
                    this_year
                } else {
                    plus_days(too_late(gebeurtenis.year().saturating_add(1)), -1)
                })
            }
        }
    }
}

const fn na(regel: Regel, waarvoor: &'static str, termijn: Termijn) -> Termijnregel {
    Termijnregel { regel, waarvoor, wanneer: Wanneer::Na(termijn) }
}

const fn voor(regel: Regel, waarvoor: &'static str, termijn: Termijn) -> Termijnregel {
    Termijnregel { regel, waarvoor, wanneer: Wanneer::Voor(termijn) }
}

const fn jaarlijks(regel: Regel, waarvoor: &'static str, maand: i8, dag: i8) -> Termijnregel {
    Termijnregel { regel, waarvoor, wanneer: Wanneer::JaarlijksVoor { maand, dag } }
}

const fn wet(aantal: u16, eenheid: Eenheid) -> Termijn {
    Termijn::wettelijk(aantal, eenheid)
}

const fn norm(aantal: u16, eenheid: Eenheid) -> Termijn {
    Termijn::afgesproken(aantal, eenheid)
}

/// The terms, in order of their rules. The five working days of rule 5 are the norm beside the law's *onverwijld*.
pub const TERMIJNEN: &[Termijnregel] = &[
    na(R5, "melding van zestien uur verzuim", norm(5, Eenheid::Werkdagen)),
    na(R18, "controle of de jongere elders is ingeschreven", wet(4, Eenheid::Weken)),
    na(R18, "inschrijving elders na de controle", wet(4, Eenheid::Weken)),
    na(R19, "ziekmelding", wet(2, Eenheid::Dagen)),
    voor(R20, "mededeling van een religieuze plicht", wet(2, Eenheid::Dagen)),
    na(R25, "doorgeven van inschrijving of uitschrijving", wet(7, Eenheid::Dagen)),
    voor(R27, "eerste beroep op vrijstelling", wet(1, Eenheid::Maanden)),
    jaarlijks(R28, "jaarlijks beroep op vrijstelling", 7, 1),
    Termijnregel {
        regel: R29,
        waarvoor: "verklaring bij artikel 5 onder a",
        wanneer: Wanneer::HooguitOud(wet(3, Eenheid::Maanden)),
    },
    na(R32, "besluit over vervangende leerplicht", wet(6, Eenheid::Weken)),
    voor(R33, "verzoek om verlenging van vervangende leerplicht", wet(8, Eenheid::Weken)),
    jaarlijks(R34, "verslag aan de gemeenteraad", 10, 1),
    jaarlijks(R36, "effectrapportage voortijdig schoolverlaten", 12, 16),
    na(R44, "besluit over een aanmelding", wet(6, Eenheid::Weken)),
    na(R44, "besluit over een aanmelding na bericht van uitstel", wet(10, Eenheid::Weken)),
    na(R47, "ontwikkelingsperspectief", wet(6, Eenheid::Weken)),
    na(R52, "bezwaar tegen verwijdering", wet(6, Eenheid::Weken)),
    na(R52, "besluit op bezwaar tegen verwijdering", wet(4, Eenheid::Weken)),
    na(R53, "oordeel van de geschillencommissie", wet(10, Eenheid::Weken)),
    na(R57, "melding van een leerling zonder persoonsgebonden nummer", wet(2, Eenheid::Weken)),
    na(R58, "verantwoordelijke voor een nieuw dossier", norm(1, Eenheid::Schooldagen)),
    na(R60, "passend aanbod gestart", norm(3, Eenheid::Maanden)),
];
