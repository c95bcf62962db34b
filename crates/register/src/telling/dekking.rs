//! How complete the deliveries of a school are: what a count of its pupils is worth.

use domain::ids::OrganisatieId;
use domain::period::plus_days;
use jiff::civil::Date;

use crate::Register;

/// Schooldagen that are looked at: those of four whole weeks.
pub const SCHOOLDAGEN: u32 = 20;
/// Calendar days within which they are looked for: a summer holiday lies between.
const TERUG: i32 = 100;
/// A school of which less than this part was delivered is *onvolledig*: what is not known of its pupils is no good news.
pub const VOLLEDIG_PROCENT: u32 = 80;

/// What of the last [`SCHOOLDAGEN`] of a school was delivered as its full absence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dekking {
    /// Schooldagen that were found; fewer when the calendar does not reach as far.
    pub schooldagen: u32,
    /// Those of them that were delivered.
    pub geleverd: u32,
    /// The last day (inclusive) that was delivered.
    pub tot_en_met: Option<Date>,
}

impl Dekking {
    /// Delivered part, rounded down; `None` when no schooldagen are known.
    pub fn procent(&self) -> Option<u32> {
        (self.geleverd * 100).checked_div(self.schooldagen)
    }

    /// Whether counts of the pupils can be relied on.
    pub fn is_volledig(&self) -> bool {
        self.procent().is_some_and(|procent| procent >= VOLLEDIG_PROCENT)
    }
}

impl Register {
    /// How complete the deliveries of a school are on a day.
    pub fn dekking(&self, school: OrganisatieId, on: Date) -> Dekking {
        let delivered = self.aangeleverd(school);
        let days = self.rules().scholen.get(&school).map(|school| &school.schooldagen);
        let is_schooldag = |dag: &Date| days.is_some_and(|days| days.is_schooldag(*dag));
        let last = (0..TERUG).map(|back| plus_days(on, -back)).filter(is_schooldag);
        let mut dekking = Dekking { schooldagen: 0, geleverd: 0, tot_en_met: None };
        for dag in last.take(usize::try_from(SCHOOLDAGEN).unwrap_or(usize::MAX)) {
            dekking.schooldagen += 1;
            dekking.geleverd += u32::from(delivered.iter().any(|period| period.contains(dag)));
        }
        let ends = delivered.iter().filter(|period| period.from <= on);
        dekking.tot_en_met = ends.map(|period| period.last().map_or(on, |last| last.min(on))).max();
        dekking
    }
}
