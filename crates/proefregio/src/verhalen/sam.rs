//! The worked example: Sam de Boer, class 2b of Proefcollege De Meent, on day 40.

use domain::Date;
use domain::fact::Rol;
use domain::period::{Period, monday, plus_days};
use domain::verzuim::VerzuimSoort;

use super::boek::{Boek, Wie};
use super::{Betrokkenen, GeplantFeit, Plan, Verwacht, Waarheid};
use crate::dagen::Dagen;

/// Today is this day of the clock; the first day is day 1.
const DAG: i32 = 40;
/// Schooldagen at the start that were booked as illness, and as unauthorised after that.
const ZIEK: usize = 4;
/// Calendar days in which nobody was aan zet.
const NIEMAND: i32 = 7;

/// The first day: a schooldag, so that the last schooldag up to and including today is day 40. Where day 1 would be no
/// schooldag it is the first one after it.
fn begin(dagen: &Dagen) -> Date {
    let last = dagen.dagen.last().copied().unwrap_or(dagen.vandaag);
    let first = plus_days(last, 1 - DAG);
    dagen.kalender.eerste_vanaf(first).unwrap_or(first)
}

/// The second week of the story, of which the school gave no roster at all.
pub(crate) fn week_zonder_rooster(dagen: &Dagen) -> Period {
    let maandag = monday(plus_days(begin(dagen), 7));
    Period::through(maandag, plus_days(maandag, 6))
}

pub(super) fn plan(dagen: &Dagen, _: u32) -> Plan {
    let dag0 = begin(dagen);
    let mut plan = Plan::van(dag0);
    plan.waarheid = Waarheid::klok(dag0, Verwacht::Loopt);
    let well = dagen.dagen.get(dagen.plaats(dag0) + ZIEK).copied().unwrap_or(dagen.vandaag);
    plan.dagen(dagen, dag0, well, VerzuimSoort::Ziek);
    plan.dagen(dagen, well, plus_days(dagen.vandaag, 1), VerzuimSoort::Ongeoorloofd);
    plan
}

pub(super) fn feiten(b: &Betrokkenen) -> Vec<GeplantFeit> {
    let mut boek = Boek::van(b);
    let school = [Rol::Verzuimcoordinator];
    let taken_up = plus_days(b.dag0, NIEMAND);
    boek.eigenaar(taken_up);
    boek.aan_zet(taken_up, Wie::School, &school, "Ouders bellen.", plus_days(taken_up, 4));
    boek.geen_gehoor(plus_days(taken_up, 1));
    boek.gebeld(plus_days(taken_up, 2), "Sam wil niet naar school. Ouders willen een gesprek na de vakantie.");
    let until = plus_days(b.dag0, DAG + 3);
    let until = b.kalender.eerste_vanaf(until).unwrap_or(until);
    boek.aan_zet(plus_days(b.dag0, DAG - 4), Wie::School, &school, "Gesprek met Sam en ouders", until);
    boek.klaar()
}
