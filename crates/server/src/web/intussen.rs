//! What others stated about a child after a form about it was shown: whoever fills in the form decides on what they saw,
//! so they see it first.

use domain::fact::{Actor, Fact};
use domain::region::Rules;
use domain::timeline::Timeline;
use domain::{Date, Timestamp};

use crate::weergave::{Oog, feiten, moment, woorden};

/// Most statements that are told one by one.
const MAX_REGELS: usize = 20;

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

/// Whether others stated something since, of which the reader may know. What they may not even know of counts as not
/// there: a refusal would tell of it.
pub fn iets_sinds(oog: &Oog<'_>, wie: &Actor, t: &Timeline, sinds: Timestamp) -> bool {
    door_anderen(wie, t, sinds).any(|fact| oog.leest(fact) || !oog.verzwijgt(fact))
}

/// The same in words.
pub fn sinds(oog: &Oog<'_>, wie: &Actor, t: &Timeline, r: &Rules, sinds: Timestamp, op: Date) -> Intussen {
    let (seen, hidden): (Vec<&Fact>, Vec<&Fact>) = door_anderen(wie, t, sinds).partition(|fact| oog.leest(fact));
    let in_words = |fact: &&Fact| {
        let what = feiten::wat(&fact.body, r, op);
        format!("{} Door {}, {}.", woorden::zin(&what), feiten::door(fact, r), moment(fact.known))
    };
    let mut regels: Vec<String> = seen.iter().take(MAX_REGELS).map(in_words).collect();
    if seen.len() > MAX_REGELS {
        regels.push(format!("Nog {} gegevens; ze staan in het dossier.", seen.len() - MAX_REGELS));
    }
    match hidden.iter().filter(|fact| !oog.verzwijgt(fact)).count() {
        0 => {}
        1 => regels.push("Een gegeven dat u niet mag zien.".to_owned()),
        n => regels.push(format!("Nog {n} gegevens die u niet mag zien.")),
    }
    Intussen { regels }
}

fn door_anderen<'t>(wie: &Actor, t: &'t Timeline, sinds: Timestamp) -> impl Iterator<Item = &'t Fact> {
    let wie = *wie;
    t.facts().filter(move |fact| fact.known > sinds && fact.by != wie)
}
