//! Deliveries of absence: what stands per pupil and school, and what a new delivery would change.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::Timestamp;
use domain::body::{LeveringSoort, VerzuimLevering};
use domain::calendar::dag_in_nederland;
use domain::dagbeeld::{SchoolVerzuim, Verzuimrijen};
use domain::fact::Fact;
use domain::ids::{LeerlingId, OrganisatieId, Subject};
use domain::period::{Period, day_number, plus_days};
use jiff::civil::Date;

pub use domain::levering::Wijziging;

use crate::Register;

/// A school states its absence over a period, or some loose rows; the pupils are already found.
#[derive(Debug, Clone)]
pub struct Levering {
    /// The school site.
    pub school: OrganisatieId,
    /// Complete over the period, or additional.
    pub soort: LeveringSoort,
    /// The days the delivery is about.
    pub periode: Period,
    /// Per pupil, each once: packed rows ascending, and the days of which a row was refused.
    pub leerlingen: Vec<(LeerlingId, Vec<u32>, Vec<u16>)>,
}

/// What a delivery would change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wijzigingen {
    /// Per pupil that differs, in order.
    pub leerlingen: Vec<(LeerlingId, Wijziging)>,
    /// Loose rows that fall on days of a complete delivery, and so change nothing.
    pub binnen_volledige: u32,
}

/// What a delivery makes of the rows of its pupils: worked out beforehand, to be put in place at once.
#[derive(Debug)]
pub struct Bereid {
    school: OrganisatieId,
    leerlingen: Vec<(LeerlingId, Rijen, Option<Verbetering>)>,
}

/// Rows that a later delivery took back, and what it put in their place.
#[derive(Debug, Clone)]
struct Verbetering {
    op: Timestamp,
    weg: Box<[u32]>,
    erbij: Box<[u32]>,
}

impl Verbetering {
    /// Of a change that takes nothing back nothing is kept.
    fn van(wijziging: &Wijziging, op: Timestamp) -> Option<Self> {
        let (weg, erbij) = (wijziging.weg.clone().into(), wijziging.erbij.clone().into());
        (!wijziging.weg.is_empty()).then_some(Verbetering { op, weg, erbij })
    }
}

/// What was taken back is kept for so many days: who acted on it is told in ten schooldagen, of which some may lie behind
/// the longest holiday.
pub(crate) const TERUG_DAGEN: i32 = 70;
/// So many corrections of one pupil at one school are kept, the last.
const MAX_VERBETERINGEN: usize = 50;

#[derive(Debug, Clone, Default)]
struct Rijen {
    geleverd: Arc<[u32]>,
    los: Arc<[u32]>,
    afgewezen: Arc<[u16]>,
}

impl Rijen {
    /// With the rows of another child that a person found to be the same: what both say counts once.
    fn add(&mut self, other: &Rijen) {
        self.geleverd = union(&self.geleverd, &other.geleverd);
        self.los = union(&self.los, &other.los);
        self.afgewezen = union(&self.afgewezen, &other.afgewezen);
    }
}

fn union<T: Ord + Copy>(a: &Arc<[T]>, b: &Arc<[T]>) -> Arc<[T]> {
    if a.is_empty() { Arc::clone(b) } else { without_and_with(a, &[], b) }
}

/// Absence of the region as it stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct Verzuim {
    per_leerling: BTreeMap<(LeerlingId, OrganisatieId), Rijen>,
    per_school: BTreeMap<OrganisatieId, Vec<LeerlingId>>,
    aangeleverd: BTreeMap<OrganisatieId, Arc<[Period]>>,
    /// Complete deliveries in the order of the log: which days, and when they were known.
    volledig: BTreeMap<OrganisatieId, Vec<(Period, Timestamp)>>,
    /// What deliveries took back lately.
    verbeterd: BTreeMap<(LeerlingId, OrganisatieId), Vec<Verbetering>>,
}

impl Verzuim {
    /// A delivery counts from now on: its days are covered.
    pub(crate) fn lever(&mut self, fact: &Fact, levering: &VerzuimLevering) {
        let Subject::Organisatie(school) = fact.about else { return };
        if levering.levering == LeveringSoort::Volledig {
            let covered = self.aangeleverd.entry(school).or_default();
            *covered = joined(covered, fact.valid).into();
            self.volledig.entry(school).or_default().push((fact.valid, fact.known));
        }
    }

    /// Puts a change in place that became known at that moment.
    pub(crate) fn wijzig(&mut self, school: OrganisatieId, leerling: LeerlingId, wijziging: &Wijziging, op: Timestamp) {
        let rijen = self.gewijzigd(school, leerling, wijziging);
        self.zet(school, leerling, rijen);
        self.bewaar(school, leerling, Verbetering::van(wijziging, op));
    }

    fn bewaar(&mut self, school: OrganisatieId, leerling: LeerlingId, verbetering: Option<Verbetering>) {
        let Some(verbetering) = verbetering else { return };
        let kept = self.verbeterd.entry((leerling, school)).or_default();
        let first = plus_days(dag_in_nederland(verbetering.op), -TERUG_DAGEN);
        kept.retain(|earlier| dag_in_nederland(earlier.op) >= first);
        if kept.len() >= MAX_VERBETERINGEN {
            kept.remove(0);
        }
        kept.push(verbetering);
    }

    /// When deliveries took rows of these children back, as far as is kept.
    pub(crate) fn verbeterd_op(&self, leerlingen: &[LeerlingId]) -> impl Iterator<Item = Timestamp> {
        leerlingen.iter().flat_map(|leerling| self.verbeteringen(*leerling)).map(|(_, verbetering)| verbetering.op)
    }

    fn verbeteringen(&self, leerling: LeerlingId) -> impl DoubleEndedIterator<Item = (OrganisatieId, &Verbetering)> {
        let (first, last) = (OrganisatieId::new(0), OrganisatieId::new(u64::MAX));
        let own = self.verbeterd.range((leerling, first)..=(leerling, last));
        own.flat_map(|((_, school), all)| all.iter().map(|verbetering| (*school, verbetering)))
    }

    /// Rows of these children as they stood before a moment, out of what stands now: what deliveries took back since is
    /// there again, and what came in its place is not.
    pub(crate) fn rijen_voor(&self, leerlingen: &[LeerlingId], nu: &Verzuimrijen, moment: Timestamp) -> Verzuimrijen {
        let mut then = nu.clone();
        for (id, verbetering) in leerlingen.iter().flat_map(|leerling| self.verbeteringen(*leerling).rev()) {
            let school = then.per_school.iter_mut().find(|verzuim| verzuim.school == id);
            if let Some(school) = school.filter(|_| verbetering.op >= moment) {
                school.rijen = without_and_with(&school.rijen, &verbetering.erbij, &verbetering.weg);
            }
        }
        then
    }

    /// What stands of a pupil at a school after a change.
    fn gewijzigd(&self, school: OrganisatieId, leerling: LeerlingId, wijziging: &Wijziging) -> Rijen {
        let none = Rijen::default();
        let stood = self.per_leerling.get(&(leerling, school)).unwrap_or(&none);
        Rijen {
            geleverd: without_and_with(&stood.geleverd, &wijziging.weg, &wijziging.erbij),
            los: without_and_with(&stood.los, &[], &wijziging.los),
            afgewezen: without_and_with(&stood.afgewezen, &wijziging.leesbaar, &wijziging.afgewezen),
        }
    }

    fn zet(&mut self, school: OrganisatieId, leerling: LeerlingId, rijen: Rijen) {
        if self.per_leerling.insert((leerling, school), rijen).is_none() {
            self.per_school.entry(school).or_default().push(leerling);
        }
    }

    /// Of whom a school delivered anything.
    pub(crate) fn leerlingen_van(&self, school: OrganisatieId) -> impl Iterator<Item = LeerlingId> {
        self.per_school.get(&school).into_iter().flatten().copied()
    }

    /// Puts prepared rows in place; whose they are.
    pub(crate) fn wissel(&mut self, bereid: Bereid) -> Vec<LeerlingId> {
        let Bereid { school, leerlingen } = bereid;
        let set = leerlingen.into_iter().map(|(leerling, rijen, verbetering)| {
            self.zet(school, leerling, rijen);
            self.bewaar(school, leerling, verbetering);
            leerling
        });
        set.collect()
    }

    /// Rows of these children as they stand, per school: what was delivered, and loose rows on days without a complete
    /// delivery. Also of a school of theirs that had nothing to report: it may have delivered just that. `scholen` tells
    /// since when the register knew them at each school: a delivery from before that could say nothing about them.
    pub(crate) fn rijen(
        &self,
        leerlingen: &[LeerlingId],
        scholen: impl IntoIterator<Item = (OrganisatieId, Timestamp)>,
    ) -> Verzuimrijen {
        let first = OrganisatieId::new(0);
        let last = OrganisatieId::new(u64::MAX);
        let mut since: BTreeMap<OrganisatieId, Timestamp> = BTreeMap::new();
        for (school, known) in scholen {
            let first = since.entry(school).or_insert(known);
            *first = known.min(*first);
        }
        let mut seen: BTreeMap<OrganisatieId, Rijen> = since.keys().map(|school| (*school, Rijen::default())).collect();
        for leerling in leerlingen {
            for ((_, school), rijen) in self.per_leerling.range((*leerling, first)..=(*leerling, last)) {
                seen.entry(*school).or_default().add(rijen);
            }
        }
        let per_school = seen.iter().map(|(school, rijen)| {
            let covered = self.aangeleverd_sinds(*school, since.get(school).copied());
            school_verzuim(*school, rijen, covered)
        });
        Verzuimrijen { per_school: per_school.collect() }
    }

    /// Days for which the school delivered all it had.
    pub(crate) fn aangeleverd(&self, school: OrganisatieId) -> Arc<[Period]> {
        self.aangeleverd.get(&school).cloned().unwrap_or_default()
    }

    /// Days for which the school delivered all it had since it could name a pupil that was known from a moment on.
    fn aangeleverd_sinds(&self, school: OrganisatieId, since: Option<Timestamp>) -> Arc<[Period]> {
        let deliveries = self.volledig.get(&school).map(Vec::as_slice).unwrap_or_default();
        match (since, deliveries.first()) {
            (Some(since), Some((_, first))) if *first < since => {
                let later = deliveries.iter().filter(|(_, known)| *known > since);
                later.fold(Vec::new(), |covered, (period, _)| joined(&covered, *period)).into()
            }
            _ => self.aangeleverd(school),
        }
    }

    fn wijziging(&self, levering: &Levering, leerling: LeerlingId, nieuw: &[u32], afgewezen: &[u16]) -> Wijziging {
        let none = Rijen::default();
        let stood = self.per_leerling.get(&(leerling, levering.school)).unwrap_or(&none);
        let days = day_range(levering.periode);
        let in_period = |day: u32| days.contains(&day);
        let refused = |packed: u32| afgewezen.iter().any(|day| u32::from(*day) == packed >> 16);
        let old: Vec<u32> = stood.geleverd.iter().copied().filter(|packed| in_period(packed >> 16)).collect();
        Wijziging {
            weg: minus(&old, nieuw).filter(|packed| !refused(*packed)).collect(),
            erbij: minus(nieuw, &old).collect(),
            los: Vec::new(),
            leesbaar: minus(&stood.afgewezen, afgewezen).filter(|day| in_period(u32::from(*day))).collect(),
            afgewezen: minus(afgewezen, &stood.afgewezen).collect(),
        }
    }
}

impl Register {
    /// Works out what changes that became known at a moment make of the rows of these pupils of a school, each named
    /// once. Takes a while, and nobody
    /// needs to wait for it.
    pub fn bereid(&self, school: OrganisatieId, changes: &[(LeerlingId, Wijziging)], op: Timestamp) -> Bereid {
        let each = changes.iter().map(|(leerling, changed)| {
            (*leerling, self.verzuim.gewijzigd(school, *leerling, changed), Verbetering::van(changed, op))
        });
        Bereid { school, leerlingen: each.collect() }
    }

    /// What a delivery would change. Nothing is changed yet: the caller writes the differences and the delivery's fact,
    /// and they come back through [`Register::apply`] and [`Register::apply_wijziging`].
    pub fn wijzigingen(&self, levering: &Levering) -> Wijzigingen {
        match levering.soort {
            LeveringSoort::Volledig => self.volledig(levering),
            LeveringSoort::Aanvulling => self.aanvulling(levering),
        }
    }

    fn volledig(&self, levering: &Levering) -> Wijzigingen {
        let mut given: BTreeMap<LeerlingId, (&[u32], &[u16])> =
            levering.leerlingen.iter().map(|(leerling, rows, days)| (*leerling, (&rows[..], &days[..]))).collect();
        // A pupil of whom the school says nothing was there on every day of the period.
        for leerling in self.verzuim.per_school.get(&levering.school).into_iter().flatten() {
            given.entry(*leerling).or_default();
        }
        let leerlingen = given
            .into_iter()
            .map(|(leerling, (rows, days))| (leerling, self.verzuim.wijziging(levering, leerling, rows, days)))
            .filter(|(_, wijziging)| !wijziging.is_empty())
            .collect();
        Wijzigingen { leerlingen, binnen_volledige: 0 }
    }

    fn aanvulling(&self, levering: &Levering) -> Wijzigingen {
        let covered = self.verzuim.aangeleverd(levering.school);
        let mut found = Wijzigingen::default();
        for (leerling, rows, days) in &levering.leerlingen {
            let stood = self.verzuim.per_leerling.get(&(*leerling, levering.school));
            let loose = stood.map_or(&[][..], |rijen| &rijen.los);
            let refused = stood.map_or(&[][..], |rijen| &rijen.afgewezen);
            let (inside, outside): (Vec<u32>, Vec<u32>) =
                minus(rows, loose).partition(|packed| covers(&covered, packed >> 16));
            found.binnen_volledige += u32::try_from(inside.len()).unwrap_or(u32::MAX);
            let afgewezen = minus(days, refused).collect();
            let wijziging = Wijziging { los: outside, afgewezen, ..Wijziging::default() };
            if !wijziging.is_empty() {
                found.leerlingen.push((*leerling, wijziging));
            }
        }
        found.leerlingen.sort_by_key(|(leerling, _)| *leerling);
        found
    }

    /// The day on which a school first delivered all its absence of a day.
    pub fn eerste_levering(&self, school: OrganisatieId, dag: Date) -> Option<Date> {
        let deliveries = self.verzuim.volledig.get(&school)?;
        let first = deliveries.iter().find(|(period, _)| period.contains(dag));
        first.map(|(_, known)| dag_in_nederland(*known))
    }

    /// Whether one complete delivery tells of all these days, about every pupil that the register knows at the school.
    pub fn is_aangeleverd(&self, school: OrganisatieId, periode: Period) -> bool {
        let since = self.vindplaats.laatste_nieuwe(school);
        let holds = |(period, known): &(Period, Timestamp)| {
            let whole = period.intersection(&periode) == Some(periode);
            whole && since.is_none_or(|since| *known > since)
        };
        self.verzuim.volledig.get(&school).is_some_and(|deliveries| deliveries.iter().any(holds))
    }

    /// Days for which a school delivered all its absence: sorted, not touching.
    pub fn aangeleverd(&self, school: OrganisatieId) -> Arc<[Period]> {
        self.verzuim.aangeleverd(school)
    }
}

fn school_verzuim(school: OrganisatieId, rijen: &Rijen, aangeleverd: Arc<[Period]>) -> SchoolVerzuim {
    let loose: Vec<u32> = rijen.los.iter().copied().filter(|packed| !covers(&aangeleverd, packed >> 16)).collect();
    let standing =
        if loose.is_empty() { Arc::clone(&rijen.geleverd) } else { without_and_with(&rijen.geleverd, &[], &loose) };
    SchoolVerzuim { school, rijen: standing, aangeleverd, afgewezen: Arc::clone(&rijen.afgewezen) }
}

/// Day numbers of a period, from its first day up to and including its last.
fn day_range(period: Period) -> std::ops::Range<u32> {
    let number = |day| u32::try_from(day_number(day)).unwrap_or(0);
    number(period.from)..period.until.map_or(u32::MAX, number)
}

fn covers(covered: &[Period], day: u32) -> bool {
    covered.iter().any(|period| day_range(*period).contains(&day))
}

/// The periods with one more: sorted, those that touch or overlap joined.
fn joined(covered: &[Period], more: Period) -> Vec<Period> {
    let mut all: Vec<Period> = covered.iter().copied().chain([more]).filter(|period| !period.is_empty()).collect();
    all.sort_by_key(|period| period.from);
    let mut merged: Vec<Period> = Vec::with_capacity(all.len());
    for period in all {
        match merged.last_mut() {
            Some(last) if last.until.is_none_or(|until| until >= period.from) => {
                last.until = last.until.zip(period.until).map(|(a, b)| a.max(b));
            }
            _ => merged.push(period),
        }
    }
    merged
}

/// What stands in the first ascending list and not in the second.
fn minus<'a, T: Ord + Copy>(list: &'a [T], other: &'a [T]) -> impl Iterator<Item = T> + 'a {
    list.iter().copied().filter(|item| other.binary_search(item).is_err())
}

/// The ascending list without some and with others; the same list when nothing changes.
fn without_and_with<T: Ord + Copy>(list: &Arc<[T]>, without: &[T], with: &[T]) -> Arc<[T]> {
    if without.is_empty() && with.is_empty() {
        return Arc::clone(list);
    }
    let mut new: Vec<T> = minus(list, without).chain(with.iter().copied()).collect();
    new.sort_unstable();
    new.dedup();
    new.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::verzuim::{Duur, Rij, VerzuimSoort};
    use jiff::civil::date;
    use proptest::prelude::*;

    const SCHOOL: OrganisatieId = OrganisatieId::new(7);
    const SAM: LeerlingId = LeerlingId::new(1);
    const NOOR: LeerlingId = LeerlingId::new(2);

    fn row(dag: u16, soort: VerzuimSoort) -> u32 {
        Rij { dag, lesuur: 0, duur: Duur::Dag, soort }.pack()
    }

    fn ziek(dag: u16) -> u32 {
        row(dag, VerzuimSoort::Ziek)
    }

    fn volledig(leerlingen: Vec<(LeerlingId, Vec<u32>, Vec<u16>)>) -> Levering {
        let periode = Period { from: date(1970, 4, 11), until: Some(date(1970, 7, 20)) };
        Levering { school: SCHOOL, soort: LeveringSoort::Volledig, periode, leerlingen }
    }

    fn deliver(register: &mut Register, levering: &Levering) -> Wijzigingen {
        let changes = register.wijzigingen(levering);
        for (leerling, wijziging) in &changes.leerlingen {
            register.apply_wijziging(SCHOOL, *leerling, wijziging);
        }
        if levering.soort == LeveringSoort::Volledig {
            let covered = register.verzuim.aangeleverd.entry(SCHOOL).or_default();
            *covered = joined(covered, levering.periode).into();
        }
        changes
    }

    fn standing(register: &Register, leerling: LeerlingId) -> Vec<u32> {
        register.verzuim.rijen(&[leerling], []).per_school.first().map(|s| s.rijen.to_vec()).unwrap_or_default()
    }

    #[test]
    fn a_then_b_then_a_restores_a_and_the_same_again_changes_nothing() {
        let a = volledig(vec![(SAM, vec![ziek(101), ziek(102)], vec![]), (NOOR, vec![ziek(103)], vec![])]);
        let b = volledig(vec![(SAM, vec![ziek(102), ziek(105)], vec![])]);
        let mut register = Register::new();
        assert_eq!(deliver(&mut register, &a).leerlingen.len(), 2);
        assert_eq!(deliver(&mut register, &a), Wijzigingen::default());
        assert_eq!(deliver(&mut register, &b).leerlingen.len(), 2, "Noor was there after all");
        assert_eq!(standing(&register, SAM), [ziek(102), ziek(105)]);
        assert_eq!(standing(&register, NOOR), []);
        deliver(&mut register, &a);
        assert_eq!(standing(&register, SAM), [ziek(101), ziek(102)]);
        assert_eq!(standing(&register, NOOR), [ziek(103)]);
    }

    #[test]
    fn a_delivery_says_nothing_about_days_outside_its_period() {
        let mut register = Register::new();
        register.apply_wijziging(SCHOOL, SAM, &Wijziging { erbij: vec![ziek(50)], ..Wijziging::default() });
        deliver(&mut register, &volledig(vec![(SAM, vec![ziek(101)], vec![])]));
        assert_eq!(standing(&register, SAM), [ziek(50), ziek(101)]);
    }

    #[test]
    fn what_stood_stays_on_a_day_of_which_a_row_was_refused() {
        let mut register = Register::new();
        deliver(&mut register, &volledig(vec![(SAM, vec![ziek(101), ziek(102)], vec![])]));
        deliver(&mut register, &volledig(vec![(SAM, vec![], vec![101])]));
        assert_eq!(standing(&register, SAM), [ziek(101)]);
        let afgewezen = |register: &Register| register.verzuim.rijen(&[SAM], []).per_school[0].afgewezen.to_vec();
        assert_eq!(afgewezen(&register), [101]);
        deliver(&mut register, &volledig(vec![(SAM, vec![], vec![])]));
        assert_eq!((standing(&register, SAM), afgewezen(&register)), (vec![], vec![]));
    }

    #[test]
    fn loose_rows_give_way_to_a_complete_delivery() {
        let mut register = Register::new();
        let los =
            Levering { soort: LeveringSoort::Aanvulling, ..volledig(vec![(SAM, vec![ziek(50), ziek(101)], vec![])]) };
        deliver(&mut register, &los);
        assert_eq!(standing(&register, SAM), [ziek(50), ziek(101)]);
        deliver(&mut register, &volledig(vec![]));
        assert_eq!(standing(&register, SAM), [ziek(50)]);
        let again = Levering { soort: LeveringSoort::Aanvulling, ..volledig(vec![(SAM, vec![ziek(110)], vec![])]) };
        assert_eq!(deliver(&mut register, &again), Wijzigingen { leerlingen: vec![], binnen_volledige: 1 });
    }

    #[test]
    fn coverage_joins_what_touches() {
        let march = Period::through(date(2026, 3, 1), date(2026, 3, 31));
        let april = Period::through(date(2026, 4, 1), date(2026, 4, 30));
        let june = Period::through(date(2026, 6, 1), date(2026, 6, 30));
        let both = Period::through(date(2026, 3, 1), date(2026, 4, 30));
        assert_eq!(joined(&joined(&joined(&[], june), march), april), [both, june]);
    }

    proptest! {
        #[test]
        fn the_last_complete_delivery_is_what_stands(
            deliveries in prop::collection::vec(prop::collection::btree_set(100u16..120, 0..8), 1..6)
        ) {
            let mut register = Register::new();
            for days in &deliveries {
                deliver(&mut register, &volledig(vec![(SAM, days.iter().map(|day| ziek(*day)).collect(), vec![])]));
            }
            let last: Vec<u32> = deliveries.last().unwrap().iter().map(|day| ziek(*day)).collect();
            prop_assert_eq!(standing(&register, SAM), last);
        }
    }
}
