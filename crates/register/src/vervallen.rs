//! Signals that went because absence was put right, by a person or in a later delivery of the school, after somebody had
//! acted on them.

use std::collections::BTreeSet;

use domain::Timestamp;
use domain::body::{Body, Contact, Gesprek, Kind as _, Melding, SignaalAfhandeling};
use domain::calendar::begin_van_dag;
use domain::fact::Fact;
use domain::ids::LeerlingId;
use domain::period::{plus_days, schooljaar, schooljaar_period};
use domain::signaal::{Signaal, VervallenSignaal, gedaan};
use domain::timeline::Timeline;
use jiff::civil::Date;

use crate::Register;
use crate::leveringen::TERUG_DAGEN;

/// Moments at which something was put right that are looked back to, the last ones.
const MAX_MOMENTEN: usize = 12;

impl Register {
    /// Signals of this school year that a child had and has no more, of which somebody did something while they were
    /// there: `t` is all that is known of it, with its signals. A signal that moved, and keeps its handling, did not go.
    pub(crate) fn vervallen_signalen(&self, leerling: LeerlingId, t: &Timeline, on: Date) -> Box<[VervallenSignaal]> {
        let zelfde = self.zelfde(leerling);
        let moments = self.momenten(&zelfde, t, on);
        // Looking back costs as much as the signals themselves: few children are acted on, and of fewer rows change then.
        let Some(last) = moments.last().filter(|last| t.standing().any(|fact| fact.known < **last && is_daad(fact)))
        else {
            return Box::default();
        };
        let year = schooljaar_period(schooljaar(on));
        let mut gone: Vec<(Signaal, Timestamp)> = Vec::new();
        let same = |a: &Signaal, b: &Signaal| (&a.regel, a.dag, a.stap) == (&b.regel, b.dag, b.stap);
        for moment in moments.iter().rev().take(MAX_MOMENTEN) {
            let rijen = self.verzuim.rijen_voor(&zelfde, &t.rijen, *moment);
            let before = t.zonder(|fact| fact.known >= *moment && verbetert(t, fact), rijen);
            for signaal in self.signalen_uit(leerling, &before, &[]) {
                let here = year.contains(signaal.dag) && signaal.dag <= on;
                let known = gone.iter().map(|(gone, _)| gone).chain(&t.signalen).any(|other| same(other, &signaal));
                if here && !known {
                    gone.push((signaal, *moment));
                }
            }
        }
        debug_assert!(gone.iter().all(|(_, moment)| moment <= last), "each was there before one of these moments");
        let signalen: Vec<Signaal> = gone.iter().map(|(signaal, _)| signaal.clone()).collect();
        let now = if gone.is_empty() { Vec::new() } else { self.signalen_uit(leerling, t, &signalen) };
        let moved = |gone: &Signaal| {
            now.iter().any(|now| now.regel == gone.regel && now.stap == gone.stap && now.was == Some(gone.dag))
        };
        let told = gone.into_iter().filter(|(signaal, _)| !moved(signaal)).map(|(signaal, sinds)| {
            let gedaan = gedaan(t, &signaal, sinds);
            VervallenSignaal { signaal, sinds, gedaan }
        });
        told.filter(|vervallen| !vervallen.gedaan.is_empty()).collect()
    }

    /// When something was put right lately, in order.
    fn momenten(&self, zelfde: &[LeerlingId], t: &Timeline, on: Date) -> BTreeSet<Timestamp> {
        let since = begin_van_dag(plus_days(on, -TERUG_DAGEN));
        let by_person = t.facts().rev().take_while(|fact| fact.known >= since).filter(|fact| verbetert(t, fact));
        let known = by_person.map(|fact| fact.known).chain(self.verzuim.verbeterd_op(zelfde));
        known.filter(|known| *known >= since).collect()
    }
}

/// Whether a fact puts absence right: a row, leave that was granted afterwards, or one of these or a stated absence changed
/// or withdrawn.
fn verbetert(t: &Timeline, fact: &Fact) -> bool {
    let row = |body: &Body| matches!(body, Body::RijCorrectie(_) | Body::Verlof(_));
    let earlier = || fact.replaces.and_then(|id| t.fact(id));
    row(&fact.body) || earlier().is_some_and(|was| row(&was.body) || matches!(was.body, Body::Afwezigheid(_)))
}

/// Whether a fact may be something done about a signal.
fn is_daad(fact: &Fact) -> bool {
    SignaalAfhandeling::of(&fact.body).is_some()
        || Contact::of(&fact.body).is_some()
        || Gesprek::of(&fact.body).is_some()
        || Melding::of(&fact.body).is_some()
}
