//! The melding to leerplicht (Besluit register onderwijsdeelnemers art. 13-14), the question to the
//! samenwerkingsverband, and the consult of youth health care.

use jiff::civil::Date;

use crate::fact::{FactId, codes};
use crate::ids::PersoonId;
use crate::tekst::Tekst;

codes! {
    /// DUO's kinds of melding. V1, V2 are historic: readable, never made.
    MeldingSoort {
        /// Three schooldays (lapsed).
        V1 = "V1" "3 schooldagen (vervallen)",
        /// One eighth in four weeks (lapsed).
        V2 = "V2" "1/8 in 4 weken (vervallen)",
        /// 16 hours in 4 lesweken, under 18.
        V3 = "V3" "16 uur per 4 weken, jonger dan 18",
        /// 16 hours in 4 lesweken, 18 or older; voluntary.
        V4 = "V4" "16 uur per 4 weken, 18 of ouder",
        /// Doorstroompunt 18-plus.
        Rmc = "RMC" "Doorstroompunt 18-plus",
        /// Holiday without leave.
        L = "L" "vakantie zonder verlof",
        /// Langdurig relatief verzuim: over four weeks.
        Lrv = "LRV" "langdurig relatief verzuim",
        /// Other; voluntary.
        O = "O" "overig verzuim",
    }
}

impl MeldingSoort {
    /// Whether a melding of this kind may still be made.
    pub fn kan_nieuw(self) -> bool {
        !matches!(self, MeldingSoort::V1 | MeldingSoort::V2)
    }
}

codes! {
    /// DUO's statuses of a melding. D is historic: readable, never set.
    MeldingStand {
        /// Waiting to be sent (local).
        Wacht = "W" "wacht op verzending",
        /// Registered.
        Geregistreerd = "R" "geregistreerd",
        /// Leerplicht is on it.
        InBehandeling = "B" "in behandeling",
        /// Closed.
        Afgesloten = "G" "afgesloten",
        /// Taken note of.
        TerKennisgeving = "K" "ter kennisgeving aangenomen",
        /// Withdrawn.
        Ingetrokken = "I" "ingetrokken",
        /// Handed to a third party (abolished August 2020).
        Overgedragen = "D" "overgedragen aan derden (vervallen)",
    }
}

/// A melding to leerplicht; the fact's day is the day it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Melding {
    /// d: presumed kind.
    pub soort: MeldingSoort,
    /// b: first day of the absence.
    pub begin: Date,
    /// c: last day, if over.
    pub einde: Option<Date>,
    /// e: presumed reason, at most 200 characters; never illness in itself.
    pub reden: Tekst,
    /// f: all lessons missed.
    pub alle_lessen: bool,
    /// g: what the school did itself.
    pub actie_school: Tekst,
    /// h: what is asked of the municipality, or why nothing is.
    pub actie_gewenst: Tekst,
    /// DUO's number, once known.
    pub meldingsnummer: Tekst,
}

/// DUO's or the municipality's status of a melding, read from an export or stated by leerplicht.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeldingStatus {
    /// Which melding.
    pub melding: FactId,
    /// Its status from this day on.
    pub status: MeldingStand,
    /// Closing reason or reason of withdrawal ("V": overlaps an exemption).
    pub reden: Tekst,
}

/// The end date of a melding, compulsory on return or deregistration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeldingEinde {
    /// Which melding.
    pub melding: FactId,
    /// Last day of the absence.
    pub einde: Date,
}

codes! {
    /// Steps of an examination by leerplicht.
    OnderzoekStap {
        /// Started.
        Gestart = "gestart" "gestart",
        /// Warning letter.
        Waarschuwing = "waarschuwing" "waarschuwingsbrief",
        /// Ended with a result.
        Afgerond = "afgerond" "afgerond",
    }
}

/// Leerplicht examines (LPW art. 22).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Onderzoek {
    /// The melding that led to it; `None` for absoluut verzuim.
    pub melding: Option<FactId>,
    /// Which step.
    pub stap: OnderzoekStap,
}

/// Leerplicht heard a parent or the youth (LPW art. 22 lid 3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verhoor {
    /// The melding it belongs to, if any.
    pub melding: Option<FactId>,
    /// The parent; `None`: the youth.
    pub ouder: Option<PersoonId>,
}

codes! {
    /// Who asked.
    VraagVan {
        /// The school, in writing; parents were told before.
        School = "school" "de school",
        /// The parents themselves.
        Ouders = "ouders" "de ouders",
    }
}

/// A question for support to the samenwerkingsverband: the only way by which it learns a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ondersteuningsvraag {
    /// Who asks.
    pub van: VraagVan,
    /// The question.
    pub vraag: Tekst,
    /// What was tried.
    pub geprobeerd: Tekst,
    /// How much the child takes part now, in words.
    pub deelname: Tekst,
    /// View of the parents.
    pub ouders: Tekst,
    /// View of the child.
    pub leerling: Tekst,
}

codes! {
    /// Steps of a consult.
    ConsultStap {
        /// Asked.
        Gevraagd = "gevraagd" "gevraagd",
        /// Planned.
        Gepland = "gepland" "gepland",
        /// Held.
        Gehouden = "gehouden" "gehouden",
        /// Parents or youth objected.
        Bezwaar = "bezwaar" "niet, op verzoek van ouders of leerling",
    }
}

/// A consult of the youth doctor (MAZL). No content: youth health care keeps its own file elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consult {
    /// Which step.
    pub stap: ConsultStap,
}

/// Advice on participation by youth health care, on consent; never a diagnosis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeelnameAdvies {
    /// Hours a week the child can take part, in quarters.
    pub kwartieren_per_week: u16,
    /// How to build up.
    pub opbouw: Tekst,
}
