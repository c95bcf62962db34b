//! Absoluut verzuim: under leerplicht or kwalificatieplicht, not enrolled, not exempt (Leerplichtwet 1969, art. 2 and 19).

use jiff::civil::Date;

use super::vrijstelling::{Dekking, vrijstelling};
use super::zekerheid::{Zekerheid, zekerheid};
use crate::body::TeBevestigen;
use crate::finding::{Citation, Finding};
use crate::klok::{plichtig, zonder_inschrijving};
use crate::plicht::Antwoord;
use crate::region::Rules;
use crate::timeline::Timeline;

/// Under the duty and not enrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absoluut {
    /// First day within the duty without enrolment.
    pub sinds: Date,
    /// How sure.
    pub zekerheid: Zekerheid,
}

const GROND: Citation =
    Citation { regel: "absoluut", bron: "Leerplichtwet 1969, art. 2 lid 1 en 19", versie: "2018-07-28" };

/// Whether the child is in absoluut verzuim on a day. A notice of exemption that nobody could test yet leaves it
/// *vermoedelijk*, with the gap that says so.
pub fn absoluut(t: &Timeline, on: Date, r: &Rules) -> Finding<Option<Absoluut>> {
    let spans = zonder_inschrijving(t, on, r);
    let Some(span) = spans.value.iter().find(|span| span.dagen.contains(on)) else {
        return Finding::new(None).resting_on(&spans).under(GROND);
    };
    let duty = plichtig(t, on, r);
    let exempt = vrijstelling(t, on, r);
    let free = duty.value == Antwoord::Nee || matches!(exempt.value, Dekking::Gedekt { .. });
    let found = Finding::new(()).under(GROND).resting_on(&duty).resting_on(&exempt);
    if free {
        return found.map(|()| None);
    }
    let (zekerheid, feiten) = zekerheid(t, TeBevestigen::Absoluut, span.dagen.from, on);
    found
        .because(span.feiten.iter().copied())
        .because(feiten)
        .with_gaps(span.gaten.iter().cloned())
        .map(|()| Some(Absoluut { sinds: span.dagen.from, zekerheid }))
}
