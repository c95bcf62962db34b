//! A school calendar compiled for counting: one bit a day, school days numbered in order, teaching weeks numbered in
//! order. Built once per school; every question afterwards costs a few instructions.

use jiff::civil::Date;

use super::school::{Schooldag, Schoolkalender};
use crate::period::{Period, day_number, from_day_number, monday};

/// The longest range that is compiled, in calendar days: a hundred years.
pub const MAX_DAGEN: u32 = 36_525;

/// School days over a range of days, numbered from 0 in order of date.
///
/// Days that are onbekend are no school days here, and are remembered apart ([`Schooldagen::is_onbekend`]).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schooldagen {
    /// Day number of the first day, always a Monday, so that a week never crosses two groups of seven.
    first: i32,
    /// Number of days in the range.
    count: u32,
    /// One bit a day: the school teaches.
    teaches: Vec<u64>,
    /// One bit a day: nobody can tell.
    unknown: Vec<u64>,
    /// School days before the first day of each word of `teaches`.
    before_word: Vec<u32>,
    /// Per calendar week its lesweek number; [`NO_WEEK`] for a week without a school day.
    weeks: Vec<u32>,
}

const NO_WEEK: u32 = u32::MAX;
const WORD: u32 = 64;

impl Schooldagen {
    /// Compiles the days of a period, from the Monday of its first week on (so that the first lesweek is whole), up to
    /// [`MAX_DAGEN`] days.
    pub fn compile(kalender: &Schoolkalender, period: Period) -> Self {
        let first = day_number(monday(period.from));
        let wanted = period.until.map_or(i64::from(MAX_DAGEN), |until| i64::from(day_number(until)) - i64::from(first));
        let count = u32::try_from(wanted.clamp(0, i64::from(MAX_DAGEN))).unwrap_or(MAX_DAGEN);
        Self::from_days(first, count, |dag| kalender.is_schooldag(dag))
    }

    /// Exactly these school days and no others, as bare files give them; days before the first or more than
    /// [`MAX_DAGEN`] after it are left out.
    pub fn from_dates(dagen: impl IntoIterator<Item = Date>) -> Self {
        let days: std::collections::BTreeSet<Date> = dagen.into_iter().collect();
        let (Some(first), Some(last)) = (days.first(), days.last()) else { return Self::default() };
        let first = day_number(monday(*first));
        let count = u32::try_from(day_number(*last) - first + 1).unwrap_or(0).min(MAX_DAGEN);
        Self::from_days(first, count, |dag| {
            if days.contains(&dag) { Schooldag::Ja } else { Schooldag::Nee(super::Vrij::VrijeDag) }
        })
    }

    fn from_days(first: i32, count: u32, is_schooldag: impl Fn(Date) -> Schooldag) -> Self {
        let words = usize::try_from(count.div_ceil(WORD)).unwrap_or(0);
        let mut teaches = vec![0u64; words];
        let mut unknown = vec![0u64; words];
        for (index, offset) in (0..count).zip(first..) {
            let bits = match is_schooldag(from_day_number(offset)) {
                Schooldag::Ja => &mut teaches,
                Schooldag::Onbekend(_) => &mut unknown,
                Schooldag::Nee(_) => continue,
            };
            if let Some(word) = bits.get_mut((index / WORD) as usize) {
                *word |= 1 << (index % WORD);
            }
        }
        let mut compiled = Schooldagen { first, count, teaches, unknown, ..Self::default() };
        compiled.number();
        compiled
    }

    /// Numbers the school days and the teaching weeks.
    fn number(&mut self) {
        let mut seen = 0;
        self.before_word = self
            .teaches
            .iter()
            .map(|word| {
                let before = seen;
                seen += word.count_ones();
                before
            })
            .collect();
        let mut next = 0;
        let is_lesweek = |week: u32| (0..7).any(|day| self.bit(&self.teaches, week * 7 + day));
        self.weeks = (0..self.count.div_ceil(7))
            .map(|week| {
                if !is_lesweek(week) {
                    return NO_WEEK;
                }
                next += 1;
                next - 1
            })
            .collect();
    }

    /// Number of school days in the range.
    pub fn aantal(&self) -> u32 {
        let last = self.before_word.last().zip(self.teaches.last());
        last.map_or(0, |(before, word)| before + word.count_ones())
    }

    /// Whether the school teaches on a day; no for days outside the range.
    pub fn is_schooldag(&self, dag: Date) -> bool {
        self.index(dag).is_some_and(|index| self.bit(&self.teaches, index))
    }

    /// Whether nobody can tell if the school teaches on a day; yes for days outside the range.
    pub fn is_onbekend(&self, dag: Date) -> bool {
        self.index(dag).is_none_or(|index| self.bit(&self.unknown, index))
    }

    /// The number of a school day, from 0; `None` when the day is none.
    pub fn nummer(&self, dag: Date) -> Option<u32> {
        let index = self.index(dag).filter(|index| self.bit(&self.teaches, *index))?;
        Some(self.rank(index))
    }

    /// The number of school days of the range before a day.
    pub fn aantal_voor(&self, dag: Date) -> u32 {
        match self.index(dag) {
            Some(index) => self.rank(index),
            None if day_number(dag) < self.first => 0,
            None => self.aantal(),
        }
    }

    /// The school day with that number.
    pub fn dag(&self, nummer: u32) -> Option<Date> {
        let word_index = self.before_word.partition_point(|before| *before <= nummer).checked_sub(1)?;
        let mut word = *self.teaches.get(word_index)?;
        let mut skip = nummer - self.before_word.get(word_index)?;
        while skip > 0 && word != 0 {
            word &= word - 1;
            skip -= 1;
        }
        if word == 0 {
            return None;
        }
        let offset = i32::try_from(word_index).ok()? * 64 + i32::try_from(word.trailing_zeros()).ok()?;
        Some(from_day_number(self.first + offset))
    }

    /// Position of a day on the axis of lesweken: 7 × the number of its lesweek + its weekday (Monday 0). A week
    /// without a school day takes no place and its days have no position. Four lesweken that end on a day with
    /// position p are the positions above p − 28, up to and including p.
    pub fn lesweek_positie(&self, dag: Date) -> Option<u32> {
        let index = self.index(dag)?;
        let week = self.weeks.get((index / 7) as usize).filter(|week| **week != NO_WEEK)?;
        Some(week * 7 + index % 7)
    }

    fn index(&self, dag: Date) -> Option<u32> {
        u32::try_from(day_number(dag) - self.first).ok().filter(|index| *index < self.count)
    }

    fn bit(&self, bits: &[u64], index: u32) -> bool {
        bits.get((index / WORD) as usize).is_some_and(|word| word >> (index % WORD) & 1 == 1)
    }

    fn rank(&self, index: u32) -> u32 {
        let word = (index / WORD) as usize;
        let before = self.before_word.get(word).copied().unwrap_or_else(|| self.aantal());
        let in_word = self.teaches.get(word).map_or(0, |word| (word & ((1 << (index % WORD)) - 1)).count_ones());
        before + in_word
    }
}
