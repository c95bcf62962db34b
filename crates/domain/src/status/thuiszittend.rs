//! Thuiszittend, always under a named definition ([`Definitie`]).

use jiff::civil::Date;

use super::absoluut::absoluut;
use super::definities::Definitie;
use super::langdurig::langdurig;
use super::vrijstelling::{Dekking, vrijstelling};
use super::zekerheid::{Zekerheid, zekerheid};
use crate::body::{TeBevestigen, VrijstellingSoort};
use crate::calendar::datum;
use crate::finding::{Finding, Gap};
use crate::klok::{KlokStand, klok};
use crate::region::Rules;
use crate::timeline::Timeline;

/// At home under a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thuiszittend {
    /// Which definition.
    pub definitie: Definitie,
    /// First day.
    pub sinds: Date,
    /// How sure.
    pub zekerheid: Zekerheid,
}

/// Whether the child is thuiszittend on a day under a definition. One that did not hold on that day is applied all the
/// same, and the finding says so: figures of different years are compared that way.
pub fn thuiszittend(t: &Timeline, on: Date, r: &Rules, definitie: Definitie) -> Finding<Option<Thuiszittend>> {
    let beschrijving = definitie.beschrijving();
    let gap = (!beschrijving.geldt(on))
        .then(|| Gap::BuitenBereik(format!("Deze definitie ({}) gold niet op {}.", beschrijving.code, datum(on))));
    let found = match definitie {
        Definitie::OcwTot2016 => enrolled(t, on, r, definitie),
        Definitie::Ocw2016 => either(enrolled(t, on, r, definitie), || not_enrolled(t, on, r, definitie)),
        Definitie::Inspectie => {
            let ministry = either(enrolled(t, on, r, definitie), || not_enrolled(t, on, r, definitie));
            either(ministry, || exempt(t, on, r, definitie))
        }
        Definitie::Regio => clock(t, on, r),
    };
    found.under(beschrijving.bron).with_gaps(gap)
}

type Found = Finding<Option<Thuiszittend>>;

fn either(first: Found, second: impl FnOnce() -> Found) -> Found {
    if first.value.is_some() { first } else { second().resting_on(&first) }
}

fn enrolled(t: &Timeline, on: Date, r: &Rules, definitie: Definitie) -> Found {
    langdurig(t, on, r)
        .map(|found| found.map(|found| Thuiszittend { definitie, sinds: found.sinds, zekerheid: found.zekerheid }))
}

fn not_enrolled(t: &Timeline, on: Date, r: &Rules, definitie: Definitie) -> Found {
    absoluut(t, on, r)
        .map(|found| found.map(|found| Thuiszittend { definitie, sinds: found.sinds, zekerheid: found.zekerheid }))
}

fn exempt(t: &Timeline, on: Date, r: &Rules, definitie: Definitie) -> Found {
    let dekking = vrijstelling(t, on, r);
    let since = match dekking.value {
        Dekking::Gedekt { grond: VrijstellingSoort::A5a, sinds } => Some(sinds),
        _ => None,
    };
    dekking.map(|_| since.map(|sinds| Thuiszittend { definitie, sinds, zekerheid: Zekerheid::Vermoedelijk }))
}

/// The clock runs: opened, and neither standing still by an offer or care, nor ended.
fn clock(t: &Timeline, on: Date, r: &Rules) -> Found {
    let klok = klok(t, on, r);
    let running = klok.value.as_ref().filter(|klok| {
        matches!(klok.stand, KlokStand::Loopt | KlokStand::AanbodNietEens | KlokStand::AanbodInBeproeving)
    });
    let Some(sinds) = running.map(|klok| klok.begin) else { return klok.map(|_| None) };
    let (zekerheid, feiten) = zekerheid(t, TeBevestigen::Thuiszittend, sinds, on);
    klok.map(|_| Some(Thuiszittend { definitie: Definitie::Regio, sinds, zekerheid })).because(feiten)
}
