//! Why a clock runs, in stretches that can be read aloud: schooldagen between two holidays with what was missed on them
//! and of which kind, and the holidays themselves, in which time goes on for a child.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Klok;
use crate::dagbeeld::{DagDeelname, Dagbeeld, Schooldag};
use crate::period::{Period, days_between, next_day, plus_days};
use crate::region::Rules;
use crate::timeline::Timeline;
use crate::verzuim::VerzuimSoort;

/// A stretch of the days of a clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stuk {
    /// Schooldagen of enrolment without a holiday in between.
    Schooldagen {
        /// First schooldag.
        van: Date,
        /// Last schooldag.
        tot_en_met: Date,
        /// Number of schooldagen.
        schooldagen: u32,
        /// How many of them without participation.
        zonder_deelname: u32,
        /// Of how many of them nothing is known.
        onbekend: u32,
        /// Days on which something was missed, per kind.
        soorten: BTreeMap<VerzuimSoort, u32>,
    },
    /// A holiday: counts, because time goes on for a child.
    Vakantie {
        /// First day.
        van: Date,
        /// Last day.
        tot_en_met: Date,
    },
}

/// From so many calendar days between two schooldagen on there is a holiday between them; a long weekend is none.
const VAKANTIE: i32 = 8;

/// The stretches from the start of a clock up to and including a day, in order.
pub fn waarom(t: &Timeline, klok: &Klok, on: Date, r: &Rules) -> Vec<Stuk> {
    let beeld = Dagbeeld::of(t, on, r);
    let mut stukken = Vec::new();
    let mut last: Option<Date> = None;
    let apart = |a: &Schooldag, b: &Schooldag| days_between(a.dag, b.dag) < VAKANTIE;
    for dagen in beeld.vanaf(klok.begin).chunk_by(apart) {
        let (Some(first), Some(end)) = (dagen.first(), dagen.last()) else { continue };
        if let Some(before) = last {
            stukken.push(Stuk::Vakantie { van: next_day(before), tot_en_met: plus_days(first.dag, -1) });
        }
        last = Some(end.dag);
        stukken.push(schooldagen(&beeld, dagen, first.dag, end.dag));
    }
    stukken
}

fn schooldagen(beeld: &Dagbeeld, dagen: &[Schooldag], van: Date, tot_en_met: Date) -> Stuk {
    let count = |deelname| dagen.iter().filter(|dag| dag.deelname == deelname).count();
    let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let mut days: BTreeMap<VerzuimSoort, Vec<Date>> = BTreeMap::new();
    let period = Period::through(van, tot_en_met);
    for gemist in beeld.gemist_vanaf(van).iter().take_while(|gemist| period.contains(gemist.dag)) {
        let days = days.entry(gemist.soort).or_default();
        if days.last() != Some(&gemist.dag) {
            days.push(gemist.dag);
        }
    }
    Stuk::Schooldagen {
        van,
        tot_en_met,
        schooldagen: small(dagen.len()),
        zonder_deelname: small(count(DagDeelname::Geen)),
        onbekend: small(count(DagDeelname::Onbekend)),
        soorten: days.into_iter().map(|(soort, days)| (soort, small(days.len()))).collect(),
    }
}
