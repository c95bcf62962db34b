//! What others stated about a child after a form about it was shown: whoever fills in the form decides on what they saw,
//! so they see it first.

use convenant::{Convenant, Facet, Facetten, Mag};
use domain::fact::{Actor, Fact};
use domain::kring::Kring;
use domain::region::Rules;
use domain::timeline::Timeline;
use domain::{Date, Timestamp};
use register::Register;

use crate::weergave::{feiten, moment, woorden};

/// Most statements that are told one by one.
const MAX_REGELS: usize = 20;

/// Facets of which it would tell too much that there is something one may not see.
const VERZWEGEN: Facetten = Facetten::of(&[
    Facet::VerzuimZiekte,
    Facet::VerzuimSoort,
    Facet::Signalen,
    Facet::Melding,
    Facet::LeerplichtStap,
    Facet::BesluitVerbaal,
    Facet::InschrijvingNagaan,
    Facet::PersoonAdresGeheim,
    Facet::JgzConsult,
    Facet::JgzAdvies,
    Facet::Vrijstelling,
    Facet::VrijstellingVerklaring,
    Facet::VrijstellingPerspectief,
    Facet::VrijstellingSwvAdvies,
]);

/// A reader before one child, for this question.
pub struct Vrager<'a> {
    /// Who asks.
    pub wie: Actor,
    /// Everybody around the child today.
    pub kring: &'a Kring,
    /// The convenant of today.
    pub convenant: &'a Convenant,
    /// The rules of the region.
    pub r: &'a Rules,
}

/// What others stated meanwhile, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Intussen {
    /// What, by whom, when: oldest first.
    pub regels: Vec<String>,
}

impl Intussen {
    /// Whether there is nothing to see first.
    pub fn is_leeg(&self) -> bool {
        self.regels.is_empty()
    }
}

impl<'a> Vrager<'a> {
    /// Somebody who asks the register about a child today.
    pub fn new(register: &'a Register, wie: Actor, kring: &'a Kring, vandaag: Date) -> Self {
        Vrager { wie, kring, convenant: register.convenant(vandaag), r: register.rules() }
    }

    /// Whether others stated something since, of which the reader may know. What they may not even know of counts as
    /// not there: a refusal would tell of it.
    pub fn iets_sinds(&self, t: &Timeline, sinds: Timestamp) -> bool {
        self.door_anderen(t, sinds).any(|fact| self.leest(fact) || !self.verzwijgt(fact))
    }

    /// The same in words.
    pub fn sinds(&self, t: &Timeline, sinds: Timestamp, op: Date) -> Intussen {
        let (seen, hidden): (Vec<&Fact>, Vec<&Fact>) = self.door_anderen(t, sinds).partition(|fact| self.leest(fact));
        let in_words = |fact: &&Fact| {
            let what = feiten::wat(&fact.body, self.r, op);
            format!("{} Door {}, {}.", woorden::zin(&what), feiten::door(fact, self.r), moment(fact.known))
        };
        let mut regels: Vec<String> = seen.iter().take(MAX_REGELS).map(in_words).collect();
        if seen.len() > MAX_REGELS {
            regels.push(format!("Nog {} gegevens; ze staan in het dossier.", seen.len() - MAX_REGELS));
        }
        let told = hidden.iter().filter(|fact| !self.verzwijgt(fact)).count();
        match told {
            0 => {}
            1 => regels.push("Een gegeven dat u niet mag zien.".to_owned()),
            n => regels.push(format!("Nog {n} gegevens die u niet mag zien.")),
        }
        Intussen { regels }
    }

    fn door_anderen<'t>(&self, t: &'t Timeline, sinds: Timestamp) -> impl Iterator<Item = &'t Fact> {
        let wie = self.wie;
        t.facts().filter(move |fact| fact.known > sinds && fact.by != wie)
    }

    fn leest(&self, fact: &Fact) -> bool {
        self.convenant.leest(&self.wie, self.kring, fact, self.r).is_ja()
    }

    /// Whether it would tell too much to say that there is this fact.
    fn verzwijgt(&self, fact: &Fact) -> bool {
        let own = self.convenant.facetten(&self.wie, Mag::Lees, self.kring);
        let by = fact.by.organisatie().map_or(Facetten::GEEN, |id| Facet::van_organisatie(self.r, id));
        !Facet::van_feit(fact).union(by).without(own).intersection(VERZWEGEN).is_empty()
    }
}
