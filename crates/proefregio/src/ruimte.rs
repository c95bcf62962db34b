//! How much an ordinary child may miss: the guard that keeps every child without a planted course far from the opening
//! of the clock (ten schooldagen without participation, or less than half over four lesweken).
//!
//! Every absence is tried first and taken back when it does not fit. The bounds are tighter than those of the clock, so
//! that days which become unknown later, by a refused row or a missing delivery, tip nothing.

use std::ops::Range;

use domain::verzuim::{Duur, VerzuimSoort};

use crate::dagen::Dagen;

/// Schooldagen in a row without participation, at most. The clock opens at ten.
pub(crate) const MAX_REEKS: usize = 8;
/// Percent of the lessons of four lesweken that may be missed. The clock opens above fifty.
pub(crate) const MAX_PROCENT: u32 = 45;
/// Lesweken over which participation is measured.
pub(crate) const WEKEN: usize = 4;
/// Lessons of a day that rows can name.
const LESUREN: u8 = 12;

/// A row about a day, by the place of the day in the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Regel {
    pub dag: usize,
    /// 1-12; 0 when none is named.
    pub lesuur: u8,
    pub duur: Duur,
    pub soort: VerzuimSoort,
}

/// One day of one child, in quarters.
#[derive(Debug, Clone, Copy, Default)]
struct Dag {
    rooster: u8,
    /// Missed, for whatever reason.
    weg: u8,
    /// Lessons that leave both sides: cancelled, or excused by the school itself.
    eraf: u8,
    /// Lessons that have a row already, one bit each.
    lesuren: u16,
}

impl Dag {
    fn zonder_deelname(self) -> bool {
        self.rooster > 0 && u16::from(self.weg) + u16::from(self.eraf) >= u16::from(self.rooster)
    }
}

/// The year of one child.
pub(crate) struct Ruimte<'a> {
    dagen: &'a Dagen,
    /// Days of enrolment.
    pub binnen: Range<usize>,
    /// Whether the child goes on at another school: then each of the last weeks must do by itself.
    gaat_verder: bool,
    jaar: Vec<Dag>,
    pub regels: Vec<Regel>,
}

impl<'a> Ruimte<'a> {
    pub(crate) fn new(dagen: &'a Dagen) -> Self {
        Ruimte {
            dagen,
            binnen: 0..0,
            gaat_verder: false,
            jaar: vec![Dag::default(); dagen.dagen.len()],
            regels: Vec::new(),
        }
    }

    /// Starts another child, with these days of enrolment and this roster per day.
    pub(crate) fn opnieuw(&mut self, binnen: Range<usize>, gaat_verder: bool, rooster: impl Fn(usize) -> u8) {
        self.binnen = binnen;
        self.gaat_verder = gaat_verder;
        self.regels.clear();
        for (place, dag) in self.jaar.iter_mut().enumerate() {
            *dag = Dag { rooster: rooster(place), ..Dag::default() };
        }
    }

    /// Adds whole days in a row, as many of them as fit and are free. Gives how many were added.
    pub(crate) fn dagen(&mut self, eerste: usize, aantal: usize, soort: VerzuimSoort) -> usize {
        let fits = |ruimte: &mut Self, dag| ruimte.probeer(Regel { dag, lesuur: 0, duur: Duur::Dag, soort });
        (eerste..eerste + aantal).take_while(|dag| fits(self, *dag)).count()
    }

    /// Adds one lesson or part of it, when it fits and is free. The lesson is a (les)uur of four quarters.
    pub(crate) fn les(&mut self, dag: usize, lesuur: u8, kwartieren: u8, soort: VerzuimSoort) -> bool {
        self.probeer(Regel { dag, lesuur, duur: Duur::Kwartieren(kwartieren), soort })
    }

    /// Adds a row when it fits: the day is one of enrolment, the lesson is free, and enough participation is left.
    fn probeer(&mut self, regel: Regel) -> bool {
        if !self.binnen.contains(&regel.dag) || regel.lesuur > LESUREN {
            return false;
        }
        let Some(before) = self.jaar.get(regel.dag).copied() else { return false };
        let bit = 1u16 << regel.lesuur;
        let (quarters, taken) = match regel.duur {
            Duur::Dag => (before.rooster, before.lesuren != 0),
            Duur::Kwartieren(quarters) => (quarters, before.lesuren & (bit | 1) != 0),
        };
        if taken || before.rooster == 0 || regel.lesuur.saturating_mul(4) > before.rooster.next_multiple_of(4) {
            return false;
        }
        let mut after = before;
        after.lesuren |= bit;
        match regel.soort {
            VerzuimSoort::Lesuitval | VerzuimSoort::VrijgesteldLes => {
                after.eraf = after.eraf.saturating_add(quarters);
            }
            VerzuimSoort::Uitgestuurd => {}
            _ => after.weg = after.weg.saturating_add(quarters),
        }
        self.zet(regel.dag, after);
        let fits = self.reeks(regel.dag) <= MAX_REEKS && self.weken_passen(regel.dag);
        if fits {
            self.regels.push(regel);
        } else {
            self.zet(regel.dag, before);
        }
        fits
    }

    fn zet(&mut self, place: usize, dag: Dag) {
        if let Some(found) = self.jaar.get_mut(place) {
            *found = dag;
        }
    }

    /// Length of the run of days without participation around a day.
    fn reeks(&self, dag: usize) -> usize {
        let gone = |place: &usize| self.jaar.get(*place).is_some_and(|dag| dag.zonder_deelname());
        if !gone(&dag) {
            return 0;
        }
        let before = (self.binnen.start..dag).rev().take_while(gone).count();
        before + (dag..self.binnen.end).take_while(gone).count()
    }

    /// Whether enough participation is left in every four lesweken around a day. At the start of enrolment, and at its
    /// end when the child goes on at another school, fewer weeks must do by themselves: what another school delivers
    /// may follow on them.
    fn weken_passen(&self, dag: usize) -> bool {
        let week = |place: usize| self.dagen.week.get(place).copied().unwrap_or_default();
        let (first, last) = (week(self.binnen.start), week(self.binnen.end.saturating_sub(1)));
        let here = week(dag);
        let until = if self.gaat_verder { here + WEKEN - 1 } else { last.min(here + WEKEN - 1) };
        (here..=until).all(|end| {
            let from = (end + 1).saturating_sub(WEKEN).max(first);
            let (mut rooster, mut weg) = (0u32, 0u32);
            for place in self.places(from, end.min(last)) {
                let dag = self.jaar.get(place).copied().unwrap_or_default();
                rooster += u32::from(dag.rooster.saturating_sub(dag.eraf));
                weg += u32::from(dag.weg);
            }
            weg * 100 <= rooster * MAX_PROCENT
        })
    }

    /// Places of the days of enrolment in these lesweken.
    fn places(&self, from: usize, through: usize) -> Range<usize> {
        let weken = &self.dagen.week;
        let start = weken.partition_point(|week| *week < from).max(self.binnen.start);
        start..weken.partition_point(|week| *week <= through).min(self.binnen.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check(story: impl Fn(&mut Ruimte<'_>) -> usize, added: usize) {
        let dagen = Dagen::tot(date(2026, 3, 20));
        let mut ruimte = Ruimte::new(&dagen);
        ruimte.opnieuw(0..dagen.voor_vandaag(), false, |_| 24);
        assert_eq!(story(&mut ruimte), added);
    }

    #[test]
    fn a_run_stops_short_of_ten_days() {
        check(|ruimte| ruimte.dagen(60, 30, VerzuimSoort::Ziek), MAX_REEKS);
        check(|ruimte| ruimte.dagen(60, 6, VerzuimSoort::Ziek) + ruimte.dagen(66, 6, VerzuimSoort::Verlof), MAX_REEKS);
    }

    #[test]
    fn four_weeks_keep_more_than_half() {
        let every_other_day = |ruimte: &mut Ruimte<'_>| {
            (60..100).step_by(2).map(|dag| ruimte.dagen(dag, 1, VerzuimSoort::Ziek)).sum::<usize>()
        };
        check(|ruimte| usize::from(every_other_day(ruimte) < 20), 1);
    }

    #[test]
    fn a_lesson_is_missed_once() {
        let twice = |ruimte: &mut Ruimte<'_>| {
            let once = ruimte.les(60, 1, 4, VerzuimSoort::Ongeoorloofd);
            let again = ruimte.les(60, 1, 1, VerzuimSoort::TeLaat);
            usize::from(once) + usize::from(again) + ruimte.dagen(60, 1, VerzuimSoort::Ziek)
        };
        check(twice, 1);
        check(|ruimte| usize::from(ruimte.les(60, 7, 4, VerzuimSoort::Ongeoorloofd)), 0);
    }
}
