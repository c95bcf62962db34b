//! Who must agree with an offer or a plan, and from when until when all of them do.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::inschrijving::geboortedatum;
use crate::body::{Gezag, InstemmingPlan, JaNee, Plan};
use crate::calendar::datum;
use crate::fact::{Fact, FactId};
use crate::finding::Gap;
use crate::ids::PersoonId;
use crate::period::{Period, age};
use crate::timeline::Timeline;

/// From this age the child answers itself, beside its parents.
const ZELF_VANAF: i16 = 12;
/// From this age it answers alone.
const MEERDERJARIG: i16 = 18;

/// One answer: who gave it (`None`: the child), on which day, and whether it agrees.
pub(super) struct Antwoord {
    pub feit: FactId,
    pub dag: Date,
    pub ouder: Option<PersoonId>,
    pub akkoord: bool,
}

/// Who must answer: every parent with authority, and the child from twelve years on (from eighteen the child alone).
/// Where nobody is known to have authority, every parent who answered counts.
pub(super) struct Partijen {
    ouders: Vec<PersoonId>,
    meerderjarig: bool,
    jongere: bool,
    /// Whether the child may answer: it must, or its age is not known.
    jongere_mag: bool,
}

/// What all answers together come to.
pub(super) struct Uitkomst {
    /// Days on which all who must agreed. Silence is no agreement.
    pub akkoord: Option<Period>,
    /// The day of the refusal that stands.
    pub afgewezen_op: Option<Date>,
    /// Answers, the last of each party.
    pub antwoorden: Vec<FactId>,
    /// How many who must answer have not.
    pub stil: usize,
}

impl Partijen {
    /// Those who must answer by age and authority of a day.
    pub(super) fn op(t: &Timeline, dag: Date) -> Self {
        let leeftijd = geboortedatum(t).map(|(_, geboren)| age(geboren, dag));
        let jongere = leeftijd.is_some_and(|jaren| jaren >= ZELF_VANAF);
        let gezag = t.on::<Gezag>(dag).filter(|(_, gezag)| gezag.gezag == JaNee::Ja);
        Partijen {
            ouders: gezag.map(|(_, gezag)| gezag.persoon).collect(),
            meerderjarig: leeftijd.is_some_and(|jaren| jaren >= MEERDERJARIG),
            jongere,
            jongere_mag: jongere || leeftijd.is_none(),
        }
    }

    /// Whether it is not known which parent has authority over a minor.
    pub(super) fn gezag_onbekend(&self) -> bool {
        self.ouders.is_empty() && !self.meerderjarig
    }

    fn telt(&self, ouder: Option<PersoonId>) -> bool {
        match ouder {
            None => self.jongere_mag,
            Some(ouder) => !self.meerderjarig && (self.ouders.is_empty() || self.ouders.contains(&ouder)),
        }
    }

    /// Puts the answers together; of each party the last one stands.
    pub(super) fn uitkomst(&self, mut gezegd: Vec<Antwoord>) -> Uitkomst {
        gezegd.retain(|antwoord| self.telt(antwoord.ouder));
        gezegd.sort_by_key(|antwoord| antwoord.dag);
        let mut last: BTreeMap<Option<PersoonId>, &Antwoord> = BTreeMap::new();
        let (mut since, mut refused) = (None, None);
        for antwoord in &gezegd {
            last.insert(antwoord.ouder, antwoord);
            let yes = |party: &Option<PersoonId>| last.get(party).is_some_and(|said| said.akkoord);
            let parents = self.meerderjarig
                || if self.ouders.is_empty() {
                    last.keys().any(Option::is_some)
                } else {
                    self.ouders.iter().all(|ouder| yes(&Some(*ouder)))
                };
            if last.keys().all(yes) && parents && (!self.jongere || yes(&None)) {
                since = since.or(Some(antwoord.dag));
                refused = None;
            } else if last.keys().any(|party| !yes(party)) {
                refused = refused.or(Some(antwoord.dag));
            }
        }
        let silent = |ouder: &&PersoonId| !self.meerderjarig && !last.contains_key(&Some(**ouder));
        Uitkomst {
            akkoord: since.map(|from| Period { from, until: refused }),
            afgewezen_op: refused,
            antwoorden: last.values().map(|antwoord| antwoord.feit).collect(),
            stil: self.ouders.iter().filter(silent).count() + usize::from(self.jongere && !last.contains_key(&None)),
        }
    }
}

/// What those who must answer said of a plan, by age and authority of its first day.
pub(super) fn van_plan(t: &Timeline, plan: &Fact, on: Date) -> Uitkomst {
    let about = t.all::<InstemmingPlan>().filter(|(said, body)| body.plan == plan.id && said.valid.from <= on);
    let gezegd = about.map(|(said, body)| Antwoord {
        feit: said.id,
        dag: said.valid.from,
        ouder: body.ouder,
        akkoord: body.akkoord,
    });
    Partijen::op(t, plan.valid.from).uitkomst(gezegd.collect())
}

/// Plans that hold on a day and that not everybody who must has answered: such a plan is no agreement yet.
pub(super) fn zonder_antwoord(t: &Timeline, on: Date) -> Vec<Gap> {
    let silent = t.on::<Plan>(on).map(|(fact, _)| (fact.valid.from, van_plan(t, fact, on).stil));
    let open = silent.filter(|(_, stil)| *stil > 0);
    open.map(|(vanaf, stil)| {
        Gap::Ontbreekt(format!(
            "Op het plan vanaf {} heeft nog niet iedereen geantwoord die dat moet ({stil}). Vraag hun of zij ermee instemmen.",
            datum(vanaf)
        ))
    })
    .collect()
}
