//! Days of instants in Europe/Amsterdam, by the rule of the European Union itself: summer time from the last Sunday of
//! March to the last Sunday of October, both at 01:00 UTC (Directive 2000/84/EC). The rule holds from 1996 on, long
//! before the first instant that a register can hold, so no time zone database is needed.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::period::{day_number, from_day_number, plus_days};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
/// Both changes of the clock happen at one o'clock UTC.
const CHANGE: i64 = HOUR;

/// The day on which an instant falls in the Netherlands.
pub fn dag_in_nederland(moment: Timestamp) -> Date {
    let utc = moment.as_second();
    day_of(utc + offset(utc))
}

/// Hour and minute that clocks in the Netherlands show at an instant. When summer time ends an hour comes twice.
pub fn uur_in_nederland(moment: Timestamp) -> (i64, i64) {
    let utc = moment.as_second();
    let second = (utc + offset(utc)).rem_euclid(DAY);
    (second / HOUR, second % HOUR / 60)
}

/// The instant at which a day begins in the Netherlands (midnight is never skipped or repeated); clamped to the
/// instants that can be written.
pub fn begin_van_dag(dag: Date) -> Timestamp {
    let midnight = i64::from(day_number(dag)) * DAY;
    let (summer, winter) = changes(dag.year());
    // At midnight the clock of a day of change still shows the old time: the change comes at 2 or 3 o'clock.
    let offset = if summer < dag && dag <= winter { 2 * HOUR } else { HOUR };
    let fallback = if dag.year() < 1970 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_second(midnight - offset).unwrap_or(fallback)
}

/// Seconds that clocks in the Netherlands are ahead of UTC.
fn offset(utc: i64) -> i64 {
    let (summer, winter) = changes(day_of(utc).year());
    let instant = |day: Date| i64::from(day_number(day)) * DAY + CHANGE;
    if instant(summer) <= utc && utc < instant(winter) { 2 * HOUR } else { HOUR }
}

/// The Sundays on which summer time and winter time begin in a year.
fn changes(year: i16) -> (Date, Date) {
    (last_sunday(year, 3), last_sunday(year, 10))
}

/// The last Sunday of a month of 31 days.
fn last_sunday(year: i16, month: i8) -> Date {
    let last = Date::new(year, month, 31).unwrap_or(Date::MAX);
    plus_days(last, -i32::from(last.weekday().to_sunday_zero_offset()))
}

fn day_of(seconds: i64) -> Date {
    from_day_number(i32::try_from(seconds.div_euclid(DAY)).unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check(moment: &str, day: Date) {
        let moment: Timestamp = moment.parse().unwrap();
        assert_eq!(dag_in_nederland(moment), day, "{moment}");
    }

    #[test]
    fn the_day_turns_at_midnight_in_the_netherlands_in_winter_and_in_summer() {
        check("2026-01-31T22:59:59Z", date(2026, 1, 31));
        check("2026-01-31T23:00:00Z", date(2026, 2, 1));
        check("2026-07-31T21:59:59Z", date(2026, 7, 31));
        check("2026-07-31T22:00:00Z", date(2026, 8, 1));
        check("1999-12-31T23:00:00Z", date(2000, 1, 1));
    }

    #[test]
    fn the_clock_changes_on_29_march_and_25_october_2026() {
        assert_eq!(changes(2026), (date(2026, 3, 29), date(2026, 10, 25)));
        // The day of the change begins in winter time and ends in summer time: it has 23 hours.
        check("2026-03-28T22:59:59Z", date(2026, 3, 28));
        check("2026-03-28T23:00:00Z", date(2026, 3, 29));
        check("2026-03-29T21:59:59Z", date(2026, 3, 29));
        check("2026-03-29T22:00:00Z", date(2026, 3, 30));
        // And the other way: 25 hours.
        check("2026-10-24T22:00:00Z", date(2026, 10, 25));
        check("2026-10-25T22:59:59Z", date(2026, 10, 25));
        check("2026-10-25T23:00:00Z", date(2026, 10, 26));
    }

    #[test]
    fn offsets_turn_at_one_o_clock_utc_exactly() {
        let at = |moment: &str| offset(moment.parse::<Timestamp>().unwrap().as_second()) / HOUR;
        assert_eq!((at("2026-03-29T00:59:59Z"), at("2026-03-29T01:00:00Z")), (1, 2));
        assert_eq!((at("2026-10-25T00:59:59Z"), at("2026-10-25T01:00:00Z")), (2, 1));
    }

    #[test]
    fn every_day_begins_where_the_day_before_ends() {
        for number in day_number(date(2024, 1, 1))..day_number(date(2031, 1, 1)) {
            let day = from_day_number(number);
            let begin = begin_van_dag(day);
            assert_eq!(dag_in_nederland(begin), day);
            let just_before = Timestamp::from_second(begin.as_second() - 1).unwrap();
            assert_eq!(dag_in_nederland(just_before), plus_days(day, -1));
        }
    }

    #[test]
    fn clocks_go_forward_and_back() {
        for (moment, shown) in [
            ("2026-03-03T11:05:59Z", (12, 5)),
            ("2026-03-29T00:59:59Z", (1, 59)),
            ("2026-03-29T01:00:00Z", (3, 0)),
            ("2026-10-25T00:30:00Z", (2, 30)),
            ("2026-10-25T01:30:00Z", (2, 30)),
            ("2026-12-31T23:30:00Z", (0, 30)),
            ("1969-12-31T22:59:00Z", (23, 59)),
        ] {
            assert_eq!(uur_in_nederland(moment.parse().unwrap()), shown, "{moment}");
        }
    }
}
