//! Deelname: what a child realised of its own roster. Lessons that were cancelled leave both sides.

use jiff::civil::Date;

use crate::dagbeeld::{DagDeelname, Dagbeeld, Schooldag};
use crate::finding::{Finding, Gap};
use crate::period::{day_number, monday};
use crate::region::Rules;
use crate::timeline::Timeline;

/// Participation over some days. Days of which nothing is known are left out and counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Meting {
    /// Schooldagen that were looked at.
    pub schooldagen: u32,
    /// Days among them of which nothing is known.
    pub onbekend: u32,
    /// Quarters on the roster, of the known days with a roster.
    pub rooster: u32,
    /// Quarters realised of those.
    pub gerealiseerd: u32,
    /// Known days of full participation without a roster.
    heel: u32,
    /// Known days without participation and without a roster.
    geen: u32,
}

impl Meting {
    /// Participation over these days.
    pub fn van(dagen: &[Schooldag]) -> Self {
        dagen.iter().fold(Meting::default(), |mut meting, dag| {
            meting.tel(dag);
            meting
        })
    }

    /// Adds a day.
    pub fn tel(&mut self, dag: &Schooldag) {
        self.schooldagen += 1;
        match (dag.deelname, dag.rooster) {
            (DagDeelname::Onbekend, _) => self.onbekend += 1,
            (_, Some(rooster)) => {
                self.rooster += u32::from(rooster);
                self.gerealiseerd += u32::from(dag.gerealiseerd);
            }
            (DagDeelname::Geen, None) => self.geen += 1,
            (DagDeelname::Deels | DagDeelname::Heel, None) => self.heel += 1,
        }
    }

    /// Adds the days of another measurement.
    pub fn tel_op(&mut self, other: &Meting) {
        self.schooldagen += other.schooldagen;
        self.onbekend += other.onbekend;
        self.rooster += other.rooster;
        self.gerealiseerd += other.gerealiseerd;
        self.heel += other.heel;
        self.geen += other.geen;
    }

    /// Days of which something is known.
    pub fn bekend(&self) -> u32 {
        self.schooldagen - self.onbekend
    }

    /// Whole percent, rounded down; `None` when nothing is known or the hours of a day are not.
    pub fn procent(&self) -> Option<u32> {
        match (self.heel, self.geen) {
            (0, 0) if self.rooster > 0 => Some(self.gerealiseerd * 100 / self.rooster),
            (_, 0) if self.gerealiseerd == self.rooster && self.bekend() > 0 => Some(100),
            (0, _) if self.gerealiseerd == 0 && self.bekend() > 0 => Some(0),
            _ => None,
        }
    }

    /// Whether participation over the known days was at least so many percent. Hours that are not known are left open:
    /// `None` when they could tip the answer.
    pub fn minstens(&self, procent: u32) -> Option<bool> {
        if self.bekend() == 0 {
            return None;
        }
        let reached = u64::from(self.gerealiseerd) * 100 >= u64::from(procent) * u64::from(self.rooster);
        match reached {
            true if self.geen == 0 => Some(true),
            false if self.heel == 0 => Some(false),
            _ if self.rooster == 0 && self.heel == 0 => Some(procent == 0),
            _ => None,
        }
    }
}

/// Participation in one lesweek: a calendar week with at least one schooldag of the child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lesweek {
    /// Its Monday.
    pub maandag: Date,
    /// Its last schoolday; until then the week is not over.
    pub laatste_dag: Date,
    /// What was realised.
    pub meting: Meting,
}

impl Dagbeeld {
    /// The lesweken on or after a day, oldest first. A week in which the day falls starts on that day.
    pub fn lesweken(&self, vanaf: Date) -> impl Iterator<Item = Lesweek> {
        let week = |dagen: &[Schooldag]| {
            let (first, last) = (dagen.first()?, dagen.last()?);
            Some(Lesweek { maandag: monday(first.dag), laatste_dag: last.dag, meting: Meting::van(dagen) })
        };
        // Weeks are told apart by number: a Monday has to be written out once a week only.
        let number = |dag: Date| (day_number(dag) + 3).div_euclid(7);
        self.vanaf(vanaf).chunk_by(move |a, b| number(a.dag) == number(b.dag)).filter_map(week)
    }
}

/// Participation in each of the last `n` lesweken up to and including a day, oldest first.
pub fn deelname(t: &Timeline, on: Date, n: usize, r: &Rules) -> Finding<Vec<Lesweek>> {
    let beeld = Dagbeeld::of(t, on, r);
    let mut weken: Vec<Lesweek> = beeld.lesweken(Date::MIN).collect();
    weken.drain(..weken.len().saturating_sub(n));
    let van = weken.first().map_or(on, |week| week.maandag);
    let zonder_uren = weken.iter().any(|week| week.meting.bekend() > 0 && week.meting.procent().is_none());
    let gap = zonder_uren.then(|| {
        Gap::Ontbreekt(
            "De deelname in procenten is niet vast te stellen: er is geen rooster van de leerling en de school heeft haar lesuren niet opgegeven. De school kan dit aanvullen."
                .to_owned(),
        )
    });
    let gaps = [beeld.onbekend(van), beeld.gaten].concat();
    Finding::new(weken).because(beeld.feiten).with_gaps(gaps).with_gaps(gap)
}
