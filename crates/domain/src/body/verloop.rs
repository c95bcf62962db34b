//! Decisions on a case, corrections, and the two ends: withdrawal and closing.

use crate::fact::codes;
use crate::ids::LeerlingId;
use crate::tekst::Tekst;

/// A rule or procedure was set aside for this child (*maatwerk past*).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Afwijking {
    /// Which rule.
    pub regel: Tekst,
    /// Why.
    pub waarom: Tekst,
}

codes! {
    /// Kind of decision.
    BesluitSoort {
        /// Doorzettingsmacht: the named decider cuts the knot.
        Doorzettingsmacht = "doorzettingsmacht" "doorzettingsmacht",
        /// Whether a proces-verbaal follows, with reasons; for leerplicht only.
        Verbaal = "verbaal" "wel of geen vervolg door leerplicht",
        /// Another decision.
        Anders = "anders" "besluit",
    }
}

/// A decision; the fact's day is the day it was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Besluit {
    /// Kind.
    pub soort: BesluitSoort,
    /// What was decided, and why.
    pub inhoud: Tekst,
}

codes! {
    /// Derived statuses that can accuse, and so wait for a person.
    TeBevestigen {
        /// Not enrolled.
        Absoluut = "absoluut" "absoluut verzuim",
        /// Without valid reason.
        Ongeoorloofd = "ongeoorloofd" "ongeoorloofd verzuim",
        /// At home.
        Thuiszittend = "thuiszittend" "thuiszittende leerling",
    }
}

/// The competent person confirmed or contradicted a derived status; can be contested itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bevestiging {
    /// Which status.
    pub wat: TeBevestigen,
    /// Confirmed, or contradicted.
    pub klopt: bool,
    /// Reasons.
    pub reden: Tekst,
}

codes! {
    /// Why a dossier was closed.
    SluitReden {
        /// Back at school.
        Terug = "terug" "terug op school",
        /// The offer holds.
        AanbodLoopt = "aanbod_loopt" "het aanbod loopt",
        /// End of the duty.
        EindePlicht = "einde_plicht" "einde van de leer- of kwalificatieplicht",
        /// Moved out of the region.
        Verhuisd = "verhuisd" "verhuisd",
        /// Another reason.
        Anders = "anders" "anders",
    }
}

/// The dossier is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sluiting {
    /// Why.
    pub reden: SluitReden,
    /// Words.
    pub toelichting: Tekst,
}

/// The fact that this one replaces no longer stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intrekking {
    /// Why.
    pub reden: Tekst,
}

/// A person found that two children in the register are one. A machine never does; `Intrekking` undoes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZelfdeKind {
    /// The other one.
    pub ander: LeerlingId,
    /// On what it rests.
    pub reden: Tekst,
}
