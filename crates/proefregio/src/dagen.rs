//! The schooldagen of the year, their lesweken, and the months over which schools deliver.

use domain::calendar::{Schoolkalender, Vakantieregio, begin_van_dag};
use domain::period::{Period, monday, next_day, plus_days, plus_months};
use domain::{Date, Timestamp};

/// The most days that are looked at backwards for a schooldag: two summers.
const MAX_TERUG: u32 = 800;
/// Hour at which the export of a school's package runs, on the day after the last schooldag of a month.
const UUR_VAN_EXPORT: i64 = 5;

/// A month as schools deliver it.
#[derive(Debug, Clone)]
pub(crate) struct Maand {
    /// From the day after the last delivery through the last schooldag of the month.
    pub van: Date,
    pub tot_en_met: Date,
    /// Places of its schooldagen in the year.
    pub dagen: std::ops::Range<usize>,
}

impl Maand {
    /// When the n-th school delivers it, some seconds after the one before.
    pub(crate) fn moment(&self, n: usize) -> Timestamp {
        let midnight = begin_van_dag(next_day(self.tot_en_met)).as_second();
        let seconds = UUR_VAN_EXPORT * 3600 + 10 * i64::try_from(n).unwrap_or_default();
        Timestamp::from_second(midnight + seconds).unwrap_or(Timestamp::MAX)
    }
}

/// A year of schooldagen in holiday region Noord, up to and including the day of today when that is one.
#[derive(Debug, Clone)]
pub(crate) struct Dagen {
    pub kalender: Schoolkalender,
    pub vandaag: Date,
    /// Schooldagen, in order.
    pub dagen: Vec<Date>,
    /// Place of the lesweek of each day.
    pub week: Vec<usize>,
    pub maanden: Vec<Maand>,
}

impl Dagen {
    pub(crate) fn tot(vandaag: Date) -> Self {
        let kalender = Schoolkalender::van_regio(Vakantieregio::Noord);
        let begin = plus_months(vandaag, -12);
        let dagen: Vec<Date> = kalender.schooldagen(Period::through(begin, vandaag)).collect();
        let mut week = Vec::with_capacity(dagen.len());
        let mut maanden: Vec<Maand> = Vec::new();
        let mut lesweek = 0;
        for (place, dag) in dagen.iter().enumerate() {
            let before = place.checked_sub(1).and_then(|before| dagen.get(before));
            lesweek += usize::from(before.is_some_and(|before| monday(*before) != monday(*dag)));
            week.push(lesweek);
            match maanden.last_mut() {
                Some(maand) if (maand.tot_en_met.year(), maand.tot_en_met.month()) == (dag.year(), dag.month()) => {
                    maand.tot_en_met = *dag;
                    maand.dagen.end = place + 1;
                }
                last => {
                    let van = last.map_or(begin, |last| next_day(last.tot_en_met));
                    maanden.push(Maand { van, tot_en_met: *dag, dagen: place..place + 1 });
                }
            }
        }
        Dagen { kalender, vandaag, dagen, week, maanden }
    }

    /// The n-th schooldag before today, today not counted: 1 is the last one.
    pub(crate) fn terug(&self, n: u32) -> Date {
        nde_terug(&self.kalender, self.vandaag, n)
    }

    /// The first schooldag of the week of the n-th schooldag before today.
    pub(crate) fn week_terug(&self, n: u32) -> Date {
        let maandag = monday(self.terug(n));
        self.kalender.eerste_vanaf(maandag).unwrap_or(maandag)
    }

    /// Schooldagen strictly before today, as a range of places.
    pub(crate) fn voor_vandaag(&self) -> usize {
        self.dagen.partition_point(|dag| *dag < self.vandaag)
    }

    /// Place of the first schooldag on or after a day.
    pub(crate) fn plaats(&self, dag: Date) -> usize {
        self.dagen.partition_point(|found| *found < dag)
    }
}

/// The n-th schooldag before a day; where the calendar knows nothing, the day so many days before.
pub(crate) fn nde_terug(kalender: &Schoolkalender, dag: Date, n: u32) -> Date {
    kalender.nde_voor(dag, n.min(MAX_TERUG)).unwrap_or_else(|_| plus_days(dag, -i32::try_from(n).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn deliveries_follow_each_other_without_a_gap_and_end_before_a_holiday() {
        let dagen = Dagen::tot(date(2026, 3, 20));
        assert_eq!(dagen.terug(1), date(2026, 3, 19));
        assert_eq!(dagen.week_terug(1), date(2026, 3, 16));
        let februari = dagen.maanden.iter().find(|maand| maand.tot_en_met == date(2026, 2, 20)).unwrap();
        assert_eq!(februari.moment(0).to_string(), "2026-02-21T04:00:00Z");
        for (a, b) in dagen.maanden.iter().zip(dagen.maanden.iter().skip(1)) {
            assert_eq!((next_day(a.tot_en_met), a.dagen.end), (b.van, b.dagen.start));
        }
        assert_eq!(dagen.dagen.last(), Some(&date(2026, 3, 20)));
    }
}
