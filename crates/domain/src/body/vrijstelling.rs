//! Exemptions: by law (LPW art. 5, 5a), by decision (art. 3a, 3b, 15), and from attendance (art. 11-14).

use crate::fact::{FactId, codes};
use crate::tekst::Tekst;

codes! {
    /// Ground of an exemption. Art. 5 and 5a arise by law; 3a, 3b and 15 are decisions.
    VrijstellingSoort {
        /// Vervangende leerplicht.
        A3a = "3a" "artikel 3a (vervangende leerplicht)",
        /// Vervangende leerplicht, last year.
        A3b = "3b" "artikel 3b (vervangende leerplicht laatste jaar)",
        /// Not fit to be admitted.
        A5a = "5-a" "artikel 5 onder a",
        /// Objection to the richting.
        A5b = "5-b" "artikel 5 onder b",
        /// School abroad.
        A5c = "5-c" "artikel 5 onder c",
        /// Trekkend bestaan.
        A5Trekkend = "5a-trekkend" "artikel 5a (trekkend bestaan)",
        /// Other education.
        A15 = "15" "artikel 15 (ander onderwijs)",
    }
}

impl VrijstellingSoort {
    /// Whether it arises by law from a notice rather than by decision.
    pub fn van_rechtswege(self) -> bool {
        matches!(self, Self::A5a | Self::A5b | Self::A5c | Self::A5Trekkend)
    }
}

/// Parents give notice of an exemption (LPW art. 6); the fact's period is the one they invoke it for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kennisgeving {
    /// On which ground; one that arises by law.
    pub grond: VrijstellingSoort,
    /// The day the notice was received.
    pub ontvangen: jiff::civil::Date,
    /// Whether it was invoked before.
    pub eerder: bool,
    /// The statement says the child will never be fit: no yearly notice needed (LPW art. 6 lid 3).
    pub geen_jaarlijkse_verklaring: bool,
}

codes! {
    /// Capacity of whom signed the statement (LPW art. 7).
    Hoedanigheid {
        /// Doctor.
        Arts = "arts" "arts",
        /// Academically trained pedagogue.
        Pedagoog = "pedagoog" "pedagoog",
        /// Academically trained psychologist.
        Psycholoog = "psycholoog" "psycholoog",
        /// Somebody else.
        Anders = "anders" "anders",
    }
}

/// The statement with a notice under art. 5 onder a; the fact's day is its date. No medical text, ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verklaring {
    /// Capacity of the signer.
    pub hoedanigheid: Hoedanigheid,
    /// Designated by B&W.
    pub aangewezen: bool,
    /// Treats the child: then it does not count.
    pub behandelend: bool,
    /// Valid until this day (first day after); `None` with `blijvend` false: not stated.
    pub tot: Option<jiff::civil::Date>,
    /// Permanent.
    pub blijvend: bool,
}

/// View of the treating professional on learning (the pact's words); on consent; no legal effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PerspectiefBehandelaar {
    /// What the child could learn, in words for the talk.
    pub woorden: Tekst,
}

/// Advice of the samenwerkingsverband; on consent; no legal effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SwvAdvies {
    /// The advice.
    pub advies: Tekst,
}

codes! {
    /// Outcome of the test of a notice: it is never granted or refused.
    ToetsUitkomst {
        /// Meets the conditions.
        Voldoet = "voldoet" "voldoet aan de voorwaarden",
        /// Does not meet the conditions.
        VoldoetNiet = "voldoet_niet" "voldoet niet aan de voorwaarden",
    }
}

/// Leerplicht tested a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KennisgevingToets {
    /// Which notice.
    pub kennisgeving: FactId,
    /// Outcome.
    pub uitkomst: ToetsUitkomst,
    /// Why.
    pub reden: Tekst,
}

/// A decision of B&W under art. 3a, 3b or 15; the fact's period is the one decided on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VrijstellingBesluit {
    /// Which article; one that takes a decision.
    pub grond: VrijstellingSoort,
    /// Granted or not.
    pub toegekend: bool,
}

codes! {
    /// Ground of an exemption from attendance.
    VerlofGrond {
        /// School closed.
        A = "11-a" "artikel 11 onder a (school gesloten)",
        /// Attendance forbidden by law.
        B = "11-b" "artikel 11 onder b (bezoek verboden)",
        /// Suspension.
        C = "11-c" "artikel 11 onder c (schorsing)",
        /// Illness.
        D = "11-d" "artikel 11 onder d (ziekte)",
        /// Religion or belief.
        E = "11-e" "artikel 11 onder e (godsdienst of levensovertuiging)",
        /// Holiday owing to a parent's occupation.
        F = "11-f" "artikel 11 onder f (vakantie door beroep van de ouder)",
        /// Weighty circumstances.
        G = "11-g" "artikel 11 onder g (gewichtige omstandigheden)",
        /// Under six years of age.
        Jong = "11a" "artikel 11a (jonger dan zes jaar)",
    }
}

/// Exempt from attendance on the days of the fact's period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verlof {
    /// On which ground.
    pub grond: VerlofGrond,
    /// Granted, or noticed where notice suffices; `false`: asked and refused.
    pub toegekend: bool,
    /// Hours a week under art. 11a, in quarters; 0 otherwise.
    pub kwartieren_per_week: u16,
}
