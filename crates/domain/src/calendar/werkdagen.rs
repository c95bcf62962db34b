//! Working days in the sense of the Algemene termijnenwet.

use jiff::civil::{Date, Weekday};

use super::feestdagen::feestdag;
use crate::period::{next_day, plus_days};

/// The longest stretch without a working day that is searched, in days.
const MAX_STAP: u32 = 60;

/// Which days are working days: not a Saturday, a Sunday, a public holiday (ATW art. 3 lid 1 and 2), or a day that was
/// made equal to one by royal decree (lid 3), which has to be told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Werkdagen {
    gelijkgesteld: Vec<Date>,
}

impl Werkdagen {
    /// With the days that a royal decree made equal to public holidays (ATW art. 3 lid 3).
    pub fn met_gelijkgestelde_dagen(mut dagen: Vec<Date>) -> Self {
        dagen.sort_unstable();
        Werkdagen { gelijkgesteld: dagen }
    }

    /// Whether terms of law may end on the day.
    pub fn is_werkdag(&self, dag: Date) -> bool {
        !matches!(dag.weekday(), Weekday::Saturday | Weekday::Sunday)
            && feestdag(dag).is_none()
            && self.gelijkgesteld.binary_search(&dag).is_err()
    }

    /// The first working day on or after a day.
    pub fn eerste_vanaf(&self, dag: Date) -> Date {
        let mut day = dag;
        for _ in 0..MAX_STAP {
            if self.is_werkdag(day) {
                break;
            }
            day = next_day(day);
        }
        day
    }

    /// The n-th working day after a day (the day itself does not count).
    pub fn nde_na(&self, dag: Date, n: u16) -> Date {
        (0..n).fold(dag, |day, _| self.eerste_vanaf(next_day(day)))
    }

    /// The n-th working day before a day, counted backwards (the day itself does not count).
    pub fn nde_voor(&self, dag: Date, n: u16) -> Date {
        (0..n).fold(dag, |day, _| {
            let mut before = plus_days(day, -1);
            for _ in 0..MAX_STAP {
                if self.is_werkdag(before) {
                    break;
                }
                before = plus_days(before, -1);
            }
            before
        })
    }

    /// Working days after `van`, up to and including `tot_en_met`, counted no further than `genoeg`.
    pub(super) fn tel_na(&self, van: Date, tot_en_met: Date, genoeg: u16) -> u16 {
        let mut count = 0;
        let mut day = next_day(van);
        while day <= tot_en_met && count < genoeg && day < Date::MAX {
            count += u16::from(self.is_werkdag(day));
            day = next_day(day);
        }
        count
    }
}
