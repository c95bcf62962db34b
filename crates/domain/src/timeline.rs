//! All that was stated about one child, in the order in which the register was told, and which of it stands.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::Timestamp;
use crate::body::{Inschrijving, Intrekking, Kind, MeldingStand, MeldingStatus, Uitschrijving};
use crate::dagbeeld::Verzuimrijen;
use crate::fact::{Bron, Fact, FactId, Source};
use crate::finding::{Finding, Gap};
use crate::ids::OrganisatieId;
use crate::period::{Period, next_day};
use crate::signaal::Signaal;
use jiff::civil::Date;

/// One child's facts (of all that a person joined into one) and absence rows.
///
/// A timeline is immutable; "as we knew it then" is another timeline.
#[derive(Debug, Clone, Default)]
pub struct Timeline {
    facts: Vec<Arc<Fact>>,
    /// For each fact the place of the one that replaced or withdrew it.
    replaced_by: Vec<Option<usize>>,
    /// Statements about a fact that was corrected since, by place, as they read now: about the correction.
    verlegd: BTreeMap<usize, Arc<Fact>>,
    /// What schools delivered about the child's absence, as it stands.
    pub rijen: Verzuimrijen,
    /// Rules of the protocol that fired for the child, in order of day.
    pub signalen: Vec<Signaal>,
}

impl Timeline {
    /// A timeline of these facts, in any order of arrival.
    pub fn new(facts: impl IntoIterator<Item = Arc<Fact>>, rijen: Verzuimrijen) -> Self {
        let mut facts: Vec<Arc<Fact>> = facts.into_iter().collect();
        facts.sort_by_key(|fact| (fact.known, fact.id));
        facts.dedup_by_key(|fact| fact.id);
        let replaced_by = replacements(&facts);
        let verlegd = verlegd(&facts, &replaced_by);
        Timeline { facts, replaced_by, verlegd, rijen, signalen: Vec::new() }
    }

    /// The same timeline with more facts, in any order of arrival.
    #[must_use]
    pub fn with_facts(self, more: impl IntoIterator<Item = Arc<Fact>>) -> Self {
        let Timeline { facts, rijen, signalen, .. } = self;
        Timeline::new(facts.into_iter().chain(more), rijen).with_signalen(signalen)
    }

    /// The same timeline with the signals that were derived from its rows.
    #[must_use]
    pub fn with_signalen(mut self, mut signalen: Vec<Signaal>) -> Self {
        signalen.sort_by_key(|signaal| signaal.dag);
        self.signalen = signalen;
        self
    }

    /// All facts ever stated, replaced ones too, as they were stated, in the order in which they became known.
    pub fn facts(&self) -> impl DoubleEndedIterator<Item = &Fact> {
        self.facts.iter().map(Arc::as_ref)
    }

    /// The fact with that id.
    pub fn fact(&self, id: FactId) -> Option<&Fact> {
        self.facts().find(|fact| fact.id == id)
    }

    /// What the register knew at that moment (inclusive). Absence rows are those given with it.
    #[must_use]
    pub fn as_known(&self, at: Timestamp, rijen: Verzuimrijen) -> Timeline {
        Timeline::new(self.facts.iter().filter(|fact| fact.known <= at).cloned(), rijen)
    }

    /// The same without some facts, and with other rows; without signals.
    #[must_use]
    pub fn zonder(&self, weg: impl Fn(&Fact) -> bool, rijen: Verzuimrijen) -> Timeline {
        Timeline::new(self.facts.iter().filter(|fact| !weg(fact)).cloned(), rijen)
    }

    /// The fact that corrected or withdrew this one, unless that was withdrawn in its turn.
    pub fn replaced_by(&self, id: FactId) -> Option<&Fact> {
        let place = self.facts().position(|fact| fact.id == id)?;
        let by = (*self.replaced_by.get(place)?)?;
        self.facts.get(by).map(Arc::as_ref)
    }

    /// Facts that nobody replaced or withdrew, in the order in which they became known. An `Intrekking` itself is no
    /// statement about the child and is left out. What came of a fact that was corrected since (the status of a melding,
    /// the hours given of an offer) reads as about the correction.
    pub fn standing(&self) -> impl DoubleEndedIterator<Item = &Fact> {
        self.facts
            .iter()
            .zip(&self.replaced_by)
            .enumerate()
            .filter(|(_, (fact, replaced))| replaced.is_none() && Intrekking::of(&fact.body).is_none())
            .map(|(place, (fact, _))| self.verlegd.get(&place).unwrap_or(fact).as_ref())
    }

    /// Standing facts of one kind, in the order in which they became known.
    pub fn all<K: Kind>(&self) -> impl DoubleEndedIterator<Item = (&Fact, &K)> {
        self.standing().filter_map(|fact| K::of(&fact.body).map(|body| (fact, body)))
    }

    /// Standing facts of one kind whose period holds the day.
    pub fn on<K: Kind>(&self, day: Date) -> impl DoubleEndedIterator<Item = (&Fact, &K)> {
        self.all::<K>().filter(move |(fact, _)| fact.valid.contains(day))
    }

    /// The one statement of a kind that holds on a day: the last one per source stands; across sources the BRP goes
    /// before the municipality, that before the school of enrolment, that before others, then the newest. A different
    /// statement of another source is the gap *tegenspraak*, named with `over` (Dutch).
    pub fn at<K: Kind + PartialEq>(&self, day: Date, over: &str) -> Finding<Option<&K>> {
        let mut last: BTreeMap<Source, (&Fact, &K)> = BTreeMap::new();
        for (fact, body) in self.on::<K>(day) {
            last.insert(fact.source, (fact, body));
        }
        let school = self.inschrijvingen_op(day).map(|(_, inschrijving)| inschrijving.school).next();
        let rank = |fact: &Fact| (voorrang(fact.source, school), std::cmp::Reverse((fact.known, fact.id)));
        let Some((chosen, body)) = last.values().copied().min_by_key(|(fact, _)| rank(fact)) else {
            return Finding::new(None);
        };
        let gaps = last.values().filter(|(_, other)| *other != body).map(|(fact, _)| Gap::Tegenspraak {
            over: over.to_owned(),
            gebruikt: chosen.id,
            ander: fact.id,
        });
        Finding::new(Some(body)).because([chosen.id]).with_gaps(gaps)
    }

    /// The status of a melding on a day: the last that had begun by then.
    pub fn melding_status(&self, melding: FactId, op: Date) -> Option<MeldingStand> {
        let stated = self.all::<MeldingStatus>().filter(|(fact, s)| s.melding == melding && fact.valid.from <= op);
        stated.max_by_key(|(fact, _)| (fact.valid.from, fact.known, fact.id)).map(|(_, status)| status.status)
    }

    /// Whether a melding was withdrawn by a day.
    pub fn is_ingetrokken(&self, melding: FactId, op: Date) -> bool {
        self.melding_status(melding, op) == Some(MeldingStand::Ingetrokken)
    }

    /// Enrolments with the days they hold: from the day of enrolment (or of a new year group or class at the same
    /// school) until the next such statement, the deregistration (its day included), or the end stated with it.
    pub fn inschrijvingen(&self) -> Vec<(Period, &Fact, &Inschrijving)> {
        let mut stated: Vec<(&Fact, &Inschrijving)> = self.all::<Inschrijving>().collect();
        stated.sort_by_key(|(fact, _)| (fact.valid.from, fact.known, fact.id));
        let mut periods = Vec::with_capacity(stated.len());
        for (place, (fact, inschrijving)) in stated.iter().enumerate() {
            let next = stated.iter().skip(place + 1).find(|(_, later)| later.school == inschrijving.school);
            let period = self.ingeschreven(fact, inschrijving, next.map(|(later, _)| later.valid.from));
            if !period.is_empty() {
                periods.push((period, *fact, *inschrijving));
            }
        }
        periods
    }

    /// Enrolments that hold on the day.
    pub fn inschrijvingen_op(&self, day: Date) -> impl Iterator<Item = (&Fact, &Inschrijving)> {
        self.inschrijvingen()
            .into_iter()
            .filter(move |(period, ..)| period.contains(day))
            .map(|(_, fact, inschrijving)| (fact, inschrijving))
    }

    fn ingeschreven(&self, fact: &Fact, inschrijving: &Inschrijving, next: Option<Date>) -> Period {
        let left = self
            .all::<Uitschrijving>()
            .filter(|(uit, body)| body.school == inschrijving.school && uit.valid.from >= fact.valid.from)
            .map(|(uit, _)| next_day(uit.valid.from))
            .min();
        let until = [fact.valid.until, left, next].into_iter().flatten().min();
        Period { from: fact.valid.from, until }
    }
}

/// For each fact the place of the later fact that replaced it. A replacement that was withdrawn itself replaces nothing;
/// one that was corrected still does. Only later facts replace earlier ones, so there are no circles.
fn replacements(facts: &[Arc<Fact>]) -> Vec<Option<usize>> {
    if facts.iter().all(|fact| fact.replaces.is_none()) {
        return vec![None; facts.len()];
    }
    let places: BTreeMap<FactId, usize> = facts.iter().enumerate().map(|(place, fact)| (fact.id, place)).collect();
    let mut replaced_by: Vec<Option<usize>> = vec![None; facts.len()];
    for (place, fact) in facts.iter().enumerate().rev() {
        let withdrawn = replaced_by[place].is_some_and(|by| Intrekking::of(&facts[by].body).is_some());
        let target = fact.replaces.and_then(|id| places.get(&id).copied());
        if let Some(target) = target.filter(|target| *target < place && !withdrawn)
            && replaced_by[target].is_none()
        {
            replaced_by[target] = Some(place);
        }
    }
    replaced_by
}

/// Statements about a fact that was corrected since, as they read now.
fn verlegd(facts: &[Arc<Fact>], replaced_by: &[Option<usize>]) -> BTreeMap<usize, Arc<Fact>> {
    if replaced_by.iter().all(Option::is_none) {
        return BTreeMap::new();
    }
    let about = facts.iter().enumerate().filter_map(|(place, fact)| Some((place, fact, fact.body.vervolg_op()?)));
    let moved = about.filter_map(|(place, fact, id)| {
        let mut at = facts.iter().position(|fact| fact.id == id)?;
        // A correction is later than what it corrects, so the walk ends. A withdrawal is no other statement.
        while let Some(by) = replaced_by[at].filter(|by| Intrekking::of(&facts[*by].body).is_none()) {
            at = by;
        }
        let now = facts[at].id;
        let body = (now != id).then(|| fact.body.clone().verlegd_naar(now))?;
        Some((place, Arc::new(Fact { body, ..Fact::clone(fact) })))
    });
    moved.collect()
}

/// Rank of a source: lower goes first. The school of enrolment goes before other schools.
fn voorrang(source: Source, school: Option<OrganisatieId>) -> u8 {
    match source.bron {
        Bron::Brp => 0,
        Bron::Gemeente => 1,
        Bron::School if source.organisatie == school => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::{Body, Contact, Met, Wijze};
    use crate::fact::{Actor, Grondslag};
    use crate::ids::LeerlingId;
    use jiff::civil::date;

    fn fact(id: u128, replaces: Option<u128>, body: impl Into<Body>) -> Arc<Fact> {
        Arc::new(Fact {
            id: FactId(id),
            about: LeerlingId::new(1).into(),
            valid: Period::day(date(2026, 3, 3)),
            known: Timestamp::from_second(i64::try_from(id).unwrap()).unwrap(),
            by: Actor::Systeem { organisatie: OrganisatieId::new(1) },
            ground: Grondslag::Ondersteuningstaak,
            source: Source::of(Bron::School, OrganisatieId::new(1)),
            replaces: replaces.map(FactId),
            body: body.into(),
        })
    }

    fn contact(notitie: &str) -> Contact {
        Contact { met: Met::Ouders, wijze: Wijze::Telefoon, bereikt: true, notitie: notitie.into() }
    }

    fn intrekking() -> Intrekking {
        Intrekking { reden: "vergissing".into() }
    }

    fn standing(facts: &[Arc<Fact>]) -> Vec<u128> {
        let forward = Timeline::new(facts.iter().cloned(), Verzuimrijen::default());
        let backward = Timeline::new(facts.iter().rev().cloned(), Verzuimrijen::default());
        let ids = |t: &Timeline| t.all::<Contact>().map(|(fact, _)| fact.id.0).collect::<Vec<_>>();
        assert_eq!(ids(&forward), ids(&backward), "the order of arrival changes nothing");
        ids(&forward)
    }

    #[test]
    fn a_correction_takes_the_place_of_what_it_corrects() {
        assert_eq!(standing(&[fact(1, None, contact("a")), fact(2, Some(1), contact("b"))]), [2]);
        let twice = [fact(1, None, contact("a")), fact(2, Some(1), contact("b")), fact(3, Some(2), contact("c"))];
        assert_eq!(standing(&twice), [3]);
    }

    #[test]
    fn withdrawing_a_correction_lets_the_first_statement_stand_again() {
        let facts = [fact(1, None, contact("a")), fact(2, Some(1), contact("b")), fact(3, Some(2), intrekking())];
        assert_eq!(standing(&facts), [1]);
        let again = [facts.to_vec(), vec![fact(4, Some(3), intrekking())]].concat();
        assert_eq!(standing(&again), [2]);
    }

    #[test]
    fn a_fact_cannot_replace_a_later_one() {
        assert_eq!(standing(&[fact(1, Some(2), contact("a")), fact(2, Some(1), contact("b"))]), [2]);
    }

    #[test]
    fn replacing_never_changes_what_was_known_before() {
        let facts = [fact(1, None, contact("a")), fact(2, Some(1), contact("b")), fact(3, Some(2), intrekking())];
        let all = Timeline::new(facts, Verzuimrijen::default());
        for (second, expected) in [(1, vec![1]), (2, vec![2]), (3, vec![1])] {
            let then = all.as_known(Timestamp::from_second(second).unwrap(), Verzuimrijen::default());
            assert_eq!(then.all::<Contact>().map(|(fact, _)| fact.id.0).collect::<Vec<_>>(), expected);
        }
    }
}
