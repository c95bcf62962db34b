//! The school calendar as one child has it: that of the school of enrolment, between two schools that of the last one.

use jiff::civil::{Date, Weekday};

use crate::period::{Period, next_day, plus_days};
use crate::region::{Rules, School};
use crate::timeline::Timeline;

/// How far a search for a schooldag looks, in calendar days: longer than any holiday.
const MAX_ZOEKEN: u32 = 400;

/// The calendars of the schools where the child is or was enrolled.
pub(crate) struct Kalender<'a> {
    scholen: Vec<(Period, &'a School)>,
}

impl<'a> Kalender<'a> {
    pub(crate) fn of(t: &Timeline, r: &'a Rules) -> Self {
        let known = |school| r.scholen.get(&school);
        let mut scholen: Vec<(Period, &School)> =
            t.inschrijvingen().into_iter().filter_map(|(period, _, i)| Some((period, known(i.school)?))).collect();
        scholen.sort_by_key(|(period, _)| period.from);
        Kalender { scholen }
    }

    /// The school that counts on a day: of enrolment, else the last one before, else the first one after.
    pub(crate) fn school(&self, dag: Date) -> Option<&'a School> {
        let enrolled = self.scholen.iter().rev().find(|(period, _)| period.contains(dag));
        let before = || self.scholen.iter().rev().find(|(period, _)| period.from <= dag);
        enrolled.or_else(before).or_else(|| self.scholen.first()).map(|(_, school)| *school)
    }

    /// Whether there are lessons on a day; where no calendar tells, Monday to Friday.
    pub(crate) fn is_schooldag(&self, dag: Date) -> bool {
        let weekday = || !matches!(dag.weekday(), Weekday::Saturday | Weekday::Sunday);
        self.school(dag).and_then(|school| school.schooldag(dag)).unwrap_or_else(weekday)
    }

    /// The last schooldag on or before a day, not before `grens`.
    pub(crate) fn laatste_tot_en_met(&self, dag: Date, grens: Date) -> Date {
        let days = (0..MAX_ZOEKEN.cast_signed()).map(|back| plus_days(dag, -back)).take_while(|day| *day >= grens);
        days.into_iter().find(|day| self.is_schooldag(*day)).unwrap_or(grens.min(dag))
    }

    /// The n-th schooldag after a day (the day itself does not count); `None` when no calendar reaches that far.
    pub(crate) fn nde_na(&self, dag: Date, n: u32) -> Option<Date> {
        let mut still = n;
        let mut day = dag;
        for _ in 0..MAX_ZOEKEN {
            if still == 0 {
                return Some(day);
            }
            day = next_day(day);
            if self.is_schooldag(day) {
                still -= 1;
            }
        }
        None
    }

    /// The schooldagen of the week that starts on a Monday.
    pub(crate) fn week(&self, maandag: Date) -> impl Iterator<Item = Date> {
        (0..7).map(move |n| plus_days(maandag, n)).filter(|dag| self.is_schooldag(*dag))
    }

    /// Whether the last schooldag of that week has come.
    pub(crate) fn week_voorbij(&self, maandag: Date, on: Date) -> bool {
        self.week(maandag).all(|dag| dag <= on)
    }
}
