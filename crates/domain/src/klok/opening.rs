//! The four ways in which a spell opens, each back-dated to the first such day or week.
//!
//! Days on which an accepted offer is delivered open nothing. Days that are *onbekend* neither count nor break a run.

use jiff::civil::Date;

use super::Opening;
use super::aanbod::{Geleverd, Stand};
use super::inschrijving::ZonderInschrijving;
use super::kalender::Kalender;
use super::partijen;
use crate::body::{Plan, ZitThuis};
use crate::calendar::dag_in_nederland;
use crate::dagbeeld::{DagDeelname, Dagbeeld, Schooldag};
use crate::deelname::{Lesweek, Meting};
use crate::fact::FactId;
use crate::period::Period;
use crate::region::KlokAfspraken;
use crate::timeline::Timeline;

/// A spell that opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Geopend {
    /// The first such day: where the clock starts.
    pub begin: Date,
    /// How.
    pub opening: Opening,
    /// The day from which it could be known; before it there is no clock.
    pub gebleken: Date,
    pub feiten: Vec<FactId>,
}

/// What an opening rests on.
pub(crate) struct Gronden<'a> {
    pub t: &'a Timeline,
    pub on: Date,
    pub k: &'a KlokAfspraken,
    pub beeld: &'a Dagbeeld,
    pub kalender: &'a Kalender<'a>,
    pub zonder: &'a [ZonderInschrijving],
    pub standen: &'a [Stand],
}

impl Gronden<'_> {
    /// The first spell that opens with a start on or after `vanaf` and after the start of the spell before it: the one
    /// that could be known first. What else is known of the same spell can only take its start back to an earlier day.
    pub(crate) fn eerste(&self, vanaf: Date, na: Option<Date>) -> Option<Geopend> {
        let known = |open: &Geopend| na.is_none_or(|na| open.begin > na) && open.gebleken <= self.on;
        let first = |open: &Geopend| (open.gebleken, open.begin);
        // Of what the days themselves show only the first counts: a target that was shown does not move because the same
        // days come to show more.
        let gemeten = [self.geen_deelname(vanaf), self.lage_deelname(vanaf)].into_iter().flatten();
        let gemeten = gemeten.filter(known).min_by_key(first);
        let told = self.niet_ingeschreven(vanaf).into_iter().chain(self.verklaard(vanaf)).chain(self.terugval(vanaf));
        let all: Vec<Geopend> = gemeten.into_iter().chain(told.filter(known)).collect();
        let mut eerste = all.iter().min_by_key(|open| first(open))?.clone();
        let same_spell = |open: &&Geopend| open.begin < eerste.begin && !self.voorbij(open.begin, eerste.begin);
        if let Some(earlier) = all.iter().filter(same_spell).min_by_key(|open| open.begin) {
            eerste.begin = earlier.begin;
            eerste.feiten.extend(&earlier.feiten);
        }
        Some(eerste)
    }

    /// Whether a spell that started on a day was over before another day.
    fn voorbij(&self, begin: Date, grens: Date) -> bool {
        let closed = self.geleverd().filter(|stretch| stretch.vanaf >= begin).filter_map(|stretch| stretch.gesloten);
        let left = buiten_plicht(self.zonder, begin, self.on);
        let back = terug(self.beeld, begin, self.k, self.zonder, self.kalender);
        closed.chain(left).chain(back).any(|over| over < grens)
    }

    fn geleverd(&self) -> impl Iterator<Item = &Geleverd> {
        self.standen.iter().flat_map(|stand| &stand.geleverd)
    }

    /// So many consecutive schooldagen without participation, any cause. Days on which an offer is delivered are none of
    /// them, once that can be seen: an offer that turns out to be delivered later stops a clock, and never undoes one.
    fn geen_deelname(&self, vanaf: Date) -> Option<Geopend> {
        let needed = usize::try_from(self.k.schooldagen_zonder_deelname.max(1)).unwrap_or(usize::MAX);
        let mut away: Vec<Date> = Vec::new();
        for schooldag in self.beeld.vanaf(vanaf) {
            match schooldag.deelname {
                DagDeelname::Onbekend => continue,
                DagDeelname::Geen => away.push(schooldag.dag),
                DagDeelname::Deels | DagDeelname::Heel => away.clear(),
            }
            let offered = |dag: &Date| self.geleverd().any(|stretch| stretch.op_zoals_gezien(*dag, schooldag.dag));
            let run = away.rsplit(offered).next().unwrap_or_default();
            if let Some(begin) = run.first().filter(|_| run.len() >= needed) {
                return Some(self.by_days(*begin, Opening::GeenDeelname, schooldag.dag));
            }
        }
        None
    }

    /// Participation under the agreed part over so many lesweken, without an agreed plan. A lesweek of which less than
    /// half is known tells nothing and is passed over.
    fn lage_deelname(&self, vanaf: Date) -> Option<Geopend> {
        let length = usize::try_from(self.k.lesweken.max(1)).unwrap_or(usize::MAX);
        // A quick exit for the many: without a single week under the part, no window can be.
        let low = |week: &Lesweek| week.meting.minstens(self.k.deelname_procent) == Some(false);
        if !self.beeld.lesweken(vanaf).any(|week| low(&week)) {
            return None;
        }
        let plannen = self.plannen();
        let mut window: Vec<Lesweek> = Vec::new();
        for week in self.beeld.lesweken(vanaf) {
            let agreed = plannen.iter().any(|plan| plan.contains(week.laatste_dag));
            if agreed {
                window.clear();
                continue;
            }
            if week.meting.bekend() * 2 < week.meting.schooldagen || !self.kalender.week_voorbij(week.maandag, self.on)
            {
                continue;
            }
            if window.len() == length {
                window.remove(0);
            }
            window.push(week);
            let mut total = Meting::default();
            window.iter().for_each(|week| total.tel_op(&week.meting));
            if window.len() == length && total.minstens(self.k.deelname_procent) == Some(false) {
                let first = window.iter().find(|week| low(week)).unwrap_or(&week);
                let known = |day: &&Schooldag| day.deelname != DagDeelname::Onbekend;
                let begin = self.beeld.vanaf(first.maandag.max(vanaf)).iter().find(known)?.dag;
                return Some(self.by_days(begin, Opening::LageDeelname, week.laatste_dag));
            }
        }
        None
    }

    /// Days on which less participation was agreed with parents and child: a plan as long as all who must agree do, or an
    /// accepted offer in its first weeks and while it is delivered.
    fn plannen(&self) -> Vec<Period> {
        let plans = self
            .t
            .all::<Plan>()
            .filter_map(|(fact, _)| partijen::van_plan(self.t, fact, self.on).akkoord?.intersection(&fact.valid));
        plans.chain(self.standen.iter().flat_map(Stand::nagekomen)).collect()
    }

    /// Days without enrolment within the duty, from the first schooldag among them on.
    fn niet_ingeschreven(&self, vanaf: Date) -> Vec<Geopend> {
        let open = |span: &ZonderInschrijving| {
            let mut begin = span.dagen.from.max(vanaf);
            let first_schooldag = |dag: Date| self.kalender.nde_na(dag.yesterday().ok()?, 1);
            let mut gebleken = first_schooldag(begin)?;
            // While an offer is seen to be delivered nothing opens; what remains of the span opens after it.
            while let Some(stretch) = self.geleverd().find(|s| s.gebleken <= gebleken && s.op(begin)) {
                begin = stretch.tot?;
                gebleken = first_schooldag(begin)?;
            }
            let within = span.dagen.contains(gebleken);
            let feiten = span.feiten.clone();
            within.then_some(Geopend { begin, opening: Opening::NietIngeschreven, gebleken, feiten })
        };
        self.zonder.iter().filter_map(open).collect()
    }

    /// Parents or school say that the child is at home; the parents alone can do this. The clock starts on the day they
    /// name, and could be known once they had said so.
    fn verklaard(&self, vanaf: Date) -> Vec<Geopend> {
        let said = self.t.all::<ZitThuis>().filter(|(fact, _)| fact.valid.from >= vanaf);
        said.map(|(fact, _)| Geopend {
            begin: fact.valid.from,
            opening: Opening::Verklaard,
            gebleken: fact.valid.from.max(dag_in_nederland(fact.known)),
            feiten: vec![fact.id],
        })
        .collect()
    }

    /// An offer that had closed a clock and is not delivered any more.
    fn terugval(&self, vanaf: Date) -> Vec<Geopend> {
        self.geleverd()
            .filter(|stretch| stretch.gesloten.is_some())
            .filter_map(|stretch| Some((stretch, stretch.tot?, stretch.terugval_gezien?)))
            .filter(|(_, tot, _)| *tot >= vanaf)
            .map(|(stretch, begin, gebleken)| Geopend {
                begin,
                opening: Opening::LageDeelname,
                gebleken,
                feiten: vec![stretch.aanbod],
            })
            .collect()
    }

    fn by_days(&self, begin: Date, opening: Opening, gebleken: Date) -> Geopend {
        Geopend { begin, opening, gebleken, feiten: self.beeld.feiten.clone() }
    }
}

/// The first day on which a child is simply back: the first of so many consecutive schooldagen, all of them known, with
/// enough participation. They begin and end on a day of participation, so that a drop within them continues the spell,
/// and no schooldag without enrolment lies between them.
pub(crate) fn terug(
    beeld: &Dagbeeld,
    begin: Date,
    k: &KlokAfspraken,
    zonder: &[ZonderInschrijving],
    kalender: &Kalender<'_>,
) -> Option<Date> {
    let length = usize::try_from(k.terug_schooldagen.max(1)).unwrap_or(usize::MAX);
    let takes_part = |day: &Schooldag| {
        let mut one = Meting::default();
        one.tel(day);
        one.minstens(k.terug_procent) == Some(true)
    };
    // A weekend or a holiday between two schools breaks nothing.
    let breuken: Vec<Date> = zonder.iter().filter_map(|span| eerste_schooldag(span, kalender)).collect();
    let found = beeld.vanaf(begin).windows(length).find(|dagen| {
        let (Some(first), Some(last)) = (dagen.first(), dagen.last()) else { return false };
        takes_part(first)
            && takes_part(last)
            && !breuken.iter().any(|breuk| first.dag < *breuk && *breuk < last.dag)
            && dagen.iter().all(|dag| dag.deelname != DagDeelname::Onbekend)
            && Meting::van(dagen).minstens(k.terug_procent) == Some(true)
    })?;
    found.first().map(|dag| dag.dag)
}

/// The first schooldag of a span without enrolment, if it holds one.
fn eerste_schooldag(span: &ZonderInschrijving, kalender: &Kalender<'_>) -> Option<Date> {
    kalender.nde_na(span.dagen.from.yesterday().ok()?, 1).filter(|dag| span.dagen.contains(*dag))
}

/// The first day after `begin` on which the duty to be enrolled here has ended while the child is not enrolled.
pub(crate) fn buiten_plicht(zonder: &[ZonderInschrijving], begin: Date, on: Date) -> Option<Date> {
    zonder
        .iter()
        .filter(|span| span.buiten_plicht)
        .filter_map(|span| span.dagen.until)
        .find(|until| *until > begin && *until <= on)
}
