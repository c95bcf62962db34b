//! The calendar of the benchmark: three holiday regions, by rule.

use domain::Date;
use domain::period::{day_number, monday, plus_days};

use super::KALENDER;

/// The schooldagen of one holiday region, in order.
pub(super) struct Regio {
    pub dagen: Vec<u16>,
    /// Where each school year of the calendar begins in `dagen`; one longer than the years.
    pub jaren: Vec<usize>,
}

impl Regio {
    pub fn new(regio: u16) -> Self {
        let eerste = Date::new(KALENDER.0, 8, 1).unwrap_or(Date::MAX);
        let (mut dagen, mut jaren) = (Vec::new(), Vec::new());
        let mut dag = eerste;
        for jaar in KALENDER.0..=KALENDER.1 {
            jaren.push(dagen.len());
            let vrij = vakanties(jaar, i32::from(regio));
            let einde = Date::new(jaar + 1, 8, 1).unwrap_or(Date::MAX);
            while dag < einde {
                let werkdag = dag.weekday().to_monday_zero_offset() < 5;
                if werkdag && !vrij.iter().any(|(van, tot)| (*van..*tot).contains(&dag)) {
                    dagen.push(day_number(dag) as u16);
                }
                dag = plus_days(dag, 1);
            }
        }
        jaren.push(dagen.len());
        Regio { dagen, jaren }
    }
}

/// The holidays that touch the school year from 1 August of `jaar`, as (first day, first day after).
fn vakanties(jaar: i16, regio: i32) -> Vec<(Date, Date)> {
    let datum = |jaar: i16, maand: i8, dag: i8| Date::new(jaar, maand, dag).unwrap_or(Date::MAX);
    let dagen = |van: Date, aantal: i32| (van, plus_days(van, aantal));
    let vroeg = |jaar: i16, meer: i32, om_de: i32| 7 * ((i32::from(jaar) + meer) % om_de);
    let zomer = |jaar: i16| {
        let vanaf = plus_days(datum(jaar, 7, 5), vroeg(jaar, regio, 3));
        dagen(monday(plus_days(vanaf, 6)), 42)
    };
    let volgend = jaar + 1;
    let pasen = eerste_paasdag(volgend);
    let koningsdag = datum(volgend, 4, 27);
    let koningsdag =
        if koningsdag.weekday().to_monday_zero_offset() == 6 { plus_days(koningsdag, -1) } else { koningsdag };
    vec![
        zomer(jaar),
        zomer(volgend),
        dagen(plus_days(monday(datum(jaar, 10, 16)), vroeg(jaar, regio, 2)), 7),
        dagen(monday(datum(jaar, 12, 25)), 14),
        dagen(plus_days(monday(datum(volgend, 2, 15)), vroeg(jaar, regio + 1, 2)), 7),
        dagen(monday(datum(volgend, 4, 28)), 14),
        dagen(plus_days(pasen, 1), 1),
        dagen(plus_days(pasen, 39), 2),
        dagen(plus_days(pasen, 50), 1),
        dagen(koningsdag, 1),
    ]
}

/// Easter Sunday of the Gregorian calendar, by the anonymous computus.
fn eerste_paasdag(jaar: i16) -> Date {
    let jaar32 = i32::from(jaar);
    let (gulden, eeuw, rest) = (jaar32 % 19, jaar32 / 100, jaar32 % 100);
    let maan = (19 * gulden + eeuw - eeuw / 4 - (eeuw - (eeuw + 8) / 25 + 1) / 3 + 15) % 30;
    let week = (32 + 2 * (eeuw % 4) + 2 * (rest / 4) - maan - rest % 4) % 7;
    let schuif = (gulden + 11 * maan + 22 * week) / 451;
    let n = maan + week - 7 * schuif + 114;
    Date::new(jaar, (n / 31) as i8, (n % 31 + 1) as i8).unwrap_or(Date::MAX)
}
