//! Spans of whole days, and the month arithmetic that the three-month promise rests on.

use jiff::ToSpan;
use jiff::civil::Date;

/// A span of whole days: `from` is in it, `until` is the first day after it (`None`: no known end).
/// On screens and paper the end is written inclusively, as "t/m".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    /// First day of the span.
    pub from: Date,
    /// First day after the span.
    pub until: Option<Date>,
}

impl Period {
    /// One day, as a *gebeurtenis* has.
    pub fn day(day: Date) -> Self {
        Period { from: day, until: Some(next_day(day)) }
    }

    /// From `first` up to and including `last`; empty when `last` lies before `first`.
    pub fn through(first: Date, last: Date) -> Self {
        Period { from: first, until: Some(next_day(last).max(first)) }
    }

    /// From `first` on, no known end.
    pub fn since(first: Date) -> Self {
        Period { from: first, until: None }
    }

    /// Whether `day` lies in the span.
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// Last day of the span, if it ends; `None` too for an empty span that starts on the first day of time.
    pub fn last(&self) -> Option<Date> {
        self.until.and_then(|until| until.yesterday().ok())
    }

    /// Whether the two spans share a day.
    pub fn overlaps(&self, other: &Period) -> bool {
        self.intersection(other).is_some()
    }

    /// The days in both spans; `None` when there are none.
    pub fn intersection(&self, other: &Period) -> Option<Period> {
        let from = self.from.max(other.from);
        let until = match (self.until, other.until) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        until.is_none_or(|until| from < until).then_some(Period { from, until })
    }

    /// Whether the span has no day at all.
    pub fn is_empty(&self) -> bool {
        self.until.is_some_and(|until| until <= self.from)
    }

    /// Number of calendar days, if the span ends.
    pub fn days(&self) -> Option<i32> {
        self.until.map(|until| days_between(self.from, until).max(0))
    }
}

/// Calendar days from `a` (inclusive) to `b` (exclusive); negative when `b` lies before `a`.
pub fn days_between(a: Date, b: Date) -> i32 {
    day_number(b) - day_number(a)
}

/// Days since 1 January 1970.
pub fn day_number(day: Date) -> i32 {
    // Proleptic Gregorian, counted in eras of 400 years that start on 1 March, so that the leap day comes last.
    let (year, month, dom) = (i32::from(day.year()), i32::from(day.month()), i32::from(day.day()));
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + dom - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The day with that number since 1 January 1970; clamped to the days that can be written.
pub fn from_day_number(number: i32) -> Date {
    let shifted = i64::from(number) + 719_468;
    let era = shifted.div_euclid(146_097);
    let doe = shifted.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let dom = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    let small = |n: i64| i8::try_from(n).unwrap_or(1);
    match i16::try_from(year) {
        Ok(year) => Date::new(year, small(month), small(dom)).unwrap_or(Date::MAX),
        Err(_) if year < 0 => Date::MIN,
        Err(_) => Date::MAX,
    }
}

/// The day after; the last day that can be written stays itself.
pub fn next_day(day: Date) -> Date {
    day.tomorrow().unwrap_or(Date::MAX)
}

/// `day` plus `days` calendar days (minus when negative), clamped to the days that can be written.
pub fn plus_days(day: Date, days: i32) -> Date {
    day.saturating_add(i64::from(days).days())
}

/// `day` plus `months` calendar months, the day of the month clamped to the month's end:
/// 30 November plus three months is 28 (or 29) February.
pub fn plus_months(day: Date, months: i32) -> Date {
    day.saturating_add(months.months())
}

/// The year in which the school year of `day` started: a school year runs from 1 August to 31 July.
pub fn schooljaar(day: Date) -> i16 {
    if day.month() >= 8 { day.year() } else { day.year() - 1 }
}

/// The days of the school year that starts in `year`: 1 August to 31 July.
pub fn schooljaar_period(year: i16) -> Period {
    Period { from: first_of_august(year), until: Some(first_of_august(year.saturating_add(1))) }
}

fn first_of_august(year: i16) -> Date {
    Date::new(year, 8, 1).unwrap_or(Date::MAX)
}

/// The Monday of the calendar week of `day`.
pub fn monday(day: Date) -> Date {
    plus_days(day, -i32::from(day.weekday().to_monday_zero_offset()))
}

/// Age in whole years on `on`; someone born on 29 February has their birthday on 1 March in other years
/// (BW 1:2 counts full years; the day is complete at its end of February).
pub fn age(born: Date, on: Date) -> i16 {
    let years = on.year() - born.year();
    if (on.month(), on.day()) < (born.month(), born.day()) { years - 1 } else { years }
}

/// The first day on which someone born on `born` is `years` old.
pub fn birthday(born: Date, years: i16) -> Date {
    let year = born.year().saturating_add(years);
    Date::new(year, born.month(), born.day()).or_else(|_| Date::new(year, 3, 1)).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn three_months_are_clamped_to_the_months_end() {
        assert_eq!(plus_months(date(2025, 11, 30), 3), date(2026, 2, 28));
        assert_eq!(plus_months(date(2027, 11, 30), 3), date(2028, 2, 29));
        assert_eq!(plus_months(date(2026, 2, 9), 3), date(2026, 5, 9));
    }

    #[test]
    fn day_numbers_go_both_ways_over_two_centuries() {
        assert_eq!(day_number(date(1970, 1, 1)), 0);
        for n in -40_000..60_000 {
            let day = from_day_number(n);
            assert_eq!(day_number(day), n);
            assert_eq!(next_day(day), from_day_number(n + 1));
        }
    }

    #[test]
    fn periods_end_before_their_until() {
        let week = Period::through(date(2026, 3, 2), date(2026, 3, 8));
        assert!(week.contains(date(2026, 3, 8)) && !week.contains(date(2026, 3, 9)));
        assert_eq!(week.days(), Some(7));
        assert!(!week.overlaps(&Period::since(date(2026, 3, 9))));
        assert_eq!(week.last(), Some(date(2026, 3, 8)));
    }

    #[test]
    fn a_leap_day_child_has_its_birthday_on_1_march() {
        assert_eq!(age(date(2012, 2, 29), date(2026, 2, 28)), 13);
        assert_eq!(age(date(2012, 2, 29), date(2026, 3, 1)), 14);
        assert_eq!(birthday(date(2012, 2, 29), 14), date(2026, 3, 1));
    }

    #[test]
    fn the_school_year_turns_on_1_august() {
        assert_eq!(schooljaar(date(2026, 7, 31)), 2025);
        assert_eq!(schooljaar(date(2026, 8, 1)), 2026);
        assert_eq!(schooljaar_period(2025).last(), Some(date(2026, 7, 31)));
    }
}
