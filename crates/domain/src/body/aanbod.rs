//! The offer: what, where, hours, from when; the words of parents and child; what came of it.

use jiff::civil::Date;

use crate::fact::{FactId, codes};
use crate::ids::{OrganisatieId, PersoonId, VoorzieningId};
use crate::tekst::Tekst;

codes! {
    /// What an offer holds.
    AanbodSoort {
        /// Education.
        Onderwijs = "onderwijs" "onderwijs",
        /// Education and care under one plan.
        OnderwijsZorg = "onderwijs_zorg" "onderwijs en zorg",
        /// Care only: meets "onderwijs en/of zorg", but learning has not begun.
        Zorg = "zorg" "zorg",
        /// Support for pupils who are ill (OZL).
        ZiekeLeerlingen = "zieke_leerlingen" "ondersteuning zieke leerlingen",
    }
}

/// One step of an agreed build-up: from this Monday on, so many quarters a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpbouwStap {
    /// First day of the step, a Monday.
    pub vanaf: Date,
    /// Quarters of an hour a week.
    pub kwartieren_per_week: u16,
}

/// A written offer; the fact's period starts on the day the offer starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aanbod {
    /// Education, care or both.
    pub soort: AanbodSoort,
    /// What is offered.
    pub wat: Tekst,
    /// The provision, if it is known in the register.
    pub voorziening: Option<VoorzieningId>,
    /// Who delivers it.
    pub organisatie: Option<OrganisatieId>,
    /// Agreed quarters a week from the start.
    pub kwartieren_per_week: u16,
    /// Agreed later steps, in order of date.
    pub opbouw: Vec<OpbouwStap>,
    /// The day on which it was written down and sent to parents and child.
    pub schriftelijk_op: Option<Date>,
}

impl Aanbod {
    /// Agreed quarters in the week that starts on `monday`.
    pub fn afgesproken(&self, monday: Date) -> u16 {
        self.opbouw
            .iter()
            .filter(|stap| stap.vanaf <= monday)
            .max_by_key(|stap| stap.vanaf)
            .map_or(self.kwartieren_per_week, |stap| stap.kwartieren_per_week)
    }
}

codes! {
    /// What parents or child say of an offer.
    Oordeel {
        /// Fitting.
        Passend = "passend" "passend",
        /// We will try it.
        Proberen = "proberen" "wij proberen het",
        /// Not fitting.
        NietPassend = "niet_passend" "niet passend",
    }
}

/// What a parent or the child says of an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AanbodReactie {
    /// Which offer.
    pub aanbod: FactId,
    /// The parent; `None`: the child itself.
    pub ouder: Option<PersoonId>,
    /// Their judgement.
    pub oordeel: Oordeel,
    /// Their words.
    pub woorden: Tekst,
}

/// Hours realised in one week; the fact's day is the Monday of that week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Realisatie {
    /// Which offer.
    pub aanbod: FactId,
    /// Quarters realised.
    pub kwartieren: u16,
}

/// A plan agreed with child and parents; while it stands, low participation by agreement opens no clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What is aimed at.
    pub doel: Tekst,
    /// Quarters a week of participation agreed, if the plan says so.
    pub kwartieren_per_week: Option<u16>,
}
