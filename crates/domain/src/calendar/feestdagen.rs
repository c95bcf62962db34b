//! Public holidays, computed: Easter and what hangs on it, and the fixed days with their exceptions.

use jiff::civil::{Date, Weekday};

use crate::period::{days_between, plus_days};

/// A public holiday. All but the two Sundays (which need no rule) are named in the Algemene termijnenwet, art. 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Feestdag {
    /// 1 January.
    Nieuwjaarsdag,
    /// Friday before Easter: equal to a holiday for terms (ATW art. 3 lid 2), but not a day off for every school.
    GoedeVrijdag,
    /// Easter Monday.
    TweedePaasdag,
    /// 27 April, or the 26th when the 27th is a Sunday; up to 2013 Koninginnedag, 30 April (29th when a Sunday).
    Koningsdag,
    /// 5 May, every year a holiday for terms; whether schools close is the school's calendar.
    Bevrijdingsdag,
    /// Ascension Day, 39 days after Easter.
    Hemelvaartsdag,
    /// Whit Monday, 50 days after Easter.
    TweedePinksterdag,
    /// 25 December.
    EersteKerstdag,
    /// 26 December.
    TweedeKerstdag,
}

impl Feestdag {
    /// Whether every school is closed, whatever its own calendar says. Not on Goede Vrijdag; 5 May is the school's.
    pub fn is_schoolvrij(self) -> bool {
        !matches!(self, Self::GoedeVrijdag | Self::Bevrijdingsdag)
    }

    /// The name on screens.
    pub fn naam(self) -> &'static str {
        match self {
            Self::Nieuwjaarsdag => "Nieuwjaarsdag",
            Self::GoedeVrijdag => "Goede Vrijdag",
            Self::TweedePaasdag => "tweede paasdag",
            Self::Koningsdag => "Koningsdag",
            Self::Bevrijdingsdag => "Bevrijdingsdag",
            Self::Hemelvaartsdag => "Hemelvaartsdag",
            Self::TweedePinksterdag => "tweede pinksterdag",
            Self::EersteKerstdag => "eerste kerstdag",
            Self::TweedeKerstdag => "tweede kerstdag",
        }
    }
}

/// In which years a school is closed on 5 May. No law says so; a day off once in five years is common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Bevrijdingsdag {
    /// In years divisible by five (2025, 2030).
    #[default]
    Lustrum,
    /// Every year.
    Altijd,
    /// Never; a day off is entered as the school's own.
    Nooit,
}

impl Bevrijdingsdag {
    /// Whether a school with this custom is closed on 5 May of the year.
    pub fn is_vrij(self, jaar: i16) -> bool {
        match self {
            Self::Lustrum => jaar.rem_euclid(5) == 0,
            Self::Altijd => true,
            Self::Nooit => false,
        }
    }
}

/// The holiday on a day, for terms of law (algemeen erkende feestdagen and Goede Vrijdag; ATW art. 3). When two
/// coincide (5 May 2016 was Ascension Day too) the one that closes schools is named.
pub fn feestdag(dag: Date) -> Option<Feestdag> {
    match (dag.month(), dag.day()) {
        (1, 1) => return Some(Feestdag::Nieuwjaarsdag),
        (12, 25) => return Some(Feestdag::EersteKerstdag),
        (12, 26) => return Some(Feestdag::TweedeKerstdag),
        _ => {}
    }
    if koningsdag(dag.year()) == Some(dag) {
        return Some(Feestdag::Koningsdag);
    }
    match days_between(pasen(dag.year()), dag) {
        -2 => return Some(Feestdag::GoedeVrijdag),
        1 => return Some(Feestdag::TweedePaasdag),
        39 => return Some(Feestdag::Hemelvaartsdag),
        50 => return Some(Feestdag::TweedePinksterdag),
        _ => {}
    }
    ((dag.month(), dag.day()) == (5, 5)).then_some(Feestdag::Bevrijdingsdag)
}

/// The day on which the birthday of the King (until 2013: the Queen) is celebrated. On a Sunday it moves to the day
/// before; before 1980 it moved the other way, which no child in the register has met.
fn koningsdag(jaar: i16) -> Option<Date> {
    let dag = if jaar >= 2014 { 27 } else { 30 };
    let day = Date::new(jaar, 4, dag).ok()?;
    Some(if day.weekday() == Weekday::Sunday { plus_days(day, -1) } else { day })
}

/// Easter Sunday of a year, by the Gregorian computus.
pub fn pasen(jaar: i16) -> Date {
    let year = i32::from(jaar);
    let golden = year.rem_euclid(19);
    let (century, rest) = (year.div_euclid(100), year.rem_euclid(100));
    let leap_correction = century.div_euclid(4);
    let moon_correction = (8 * century + 13).div_euclid(25);
    // Age of the moon on 21 March, corrected so that the full moon never falls after 18 April.
    let epact = (19 * golden + century - leap_correction - moon_correction + 15).rem_euclid(30);
    let moon = epact - (golden + 11 * epact).div_euclid(319);
    let to_sunday = (2 * century.rem_euclid(4) + 2 * rest.div_euclid(4) - rest.rem_euclid(4) - moon + 32).rem_euclid(7);
    let march_22 = Date::new(jaar, 3, 22).unwrap_or(Date::MAX);
    plus_days(march_22, moon + to_sunday)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::{day_number, from_day_number};
    use jiff::civil::date;
    use std::collections::BTreeMap;

    #[test]
    fn easter_falls_on_the_published_sundays() {
        for (jaar, maand, dag) in [
            (1818, 3, 22), // the earliest possible
            (1943, 4, 25), // the latest possible
            (1981, 4, 19), // the exception of the epact
            (2000, 4, 23),
            (2008, 3, 23),
            (2013, 3, 31),
            (2016, 3, 27),
            (2024, 3, 31),
            (2026, 4, 5),
            (2030, 4, 21),
            (2038, 4, 25),
        ] {
            assert_eq!(pasen(jaar), date(jaar, maand, dag));
        }
        for jaar in 1583..=4000 {
            let day = pasen(jaar);
            assert_eq!(day.weekday(), Weekday::Sunday, "{jaar}");
            assert!(date(jaar, 3, 22) <= day && day <= date(jaar, 4, 25), "{jaar}");
        }
    }

    #[test]
    fn koningsdag_moves_to_saturday_and_was_koninginnedag_before_2014() {
        for (day, expected) in [
            (date(2013, 4, 30), Some(Feestdag::Koningsdag)),
            (date(2013, 4, 27), None),
            (date(2006, 4, 29), Some(Feestdag::Koningsdag)),
            (date(2006, 4, 30), None),
            (date(2014, 4, 26), Some(Feestdag::Koningsdag)),
            (date(2014, 4, 27), None),
            (date(2025, 4, 26), Some(Feestdag::Koningsdag)),
            (date(2026, 4, 27), Some(Feestdag::Koningsdag)),
            (date(2026, 4, 30), None),
        ] {
            assert_eq!(feestdag(day), expected, "{day}");
        }
    }

    #[test]
    fn the_fifth_of_may_is_a_holiday_for_terms_every_year_and_for_schools_in_lustrum_years() {
        assert_eq!(feestdag(date(2026, 5, 5)), Some(Feestdag::Bevrijdingsdag));
        assert_eq!(feestdag(date(2016, 5, 5)), Some(Feestdag::Hemelvaartsdag));
        assert!(Bevrijdingsdag::Lustrum.is_vrij(2025) && !Bevrijdingsdag::Lustrum.is_vrij(2026));
        assert!(Bevrijdingsdag::Altijd.is_vrij(2026) && !Bevrijdingsdag::Nooit.is_vrij(2025));
    }

    #[test]
    fn the_shared_list_of_public_holidays_says_the_same() {
        let path =
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/schoolvakanties-nl/openholidays_nl_public.csv");
        let Ok(text) = std::fs::read_to_string(path) else {
            eprintln!("skipped: the shared list of public holidays is not here");
            return;
        };
        let mut listed = BTreeMap::new();
        for line in text.lines().skip(1) {
            let fields: Vec<&str> = line.split(';').collect();
            let day: Date = fields[2].parse().unwrap();
            // The two Sundays are no term days anyway; the list has them, the law does not.
            if !line.contains("NL Eerste paasdag") && !line.contains("NL Eerste pinksterdag") {
                listed.insert(day, line.to_owned());
            }
        }
        let ours: Vec<Date> = (day_number(date(2020, 1, 1))..=day_number(date(2030, 12, 31)))
            .map(from_day_number)
            .filter(|day| feestdag(*day).is_some())
            .collect();
        assert_eq!(ours, listed.into_keys().collect::<Vec<_>>());
    }
}
