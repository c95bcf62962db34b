//! Who speaks for the child, and whether consent stands.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::Timestamp;
use crate::body::{Gezag, JaNee, Relatie, Toestemming, ToestemmingVoor};
use crate::fact::{Fact, FactId};
use crate::ids::{OrganisatieId, PersoonId};
use crate::period::age;
use crate::termijnen::geboortedatum;
use crate::timeline::Timeline;

/// From this age the child decides on care beside its parents (Jeugdwet, WGBO).
const SAMEN: i16 = 12;
/// From this age it decides alone.
const ALLEEN: i16 = 16;

/// Whether a person has gezag over the child on a day: by the last statement about that person. A guardian always has.
pub(crate) fn heeft_gezag(t: &Timeline, persoon: PersoonId, op: Date) -> bool {
    let mut about = t.on::<Gezag>(op).filter(|(_, gezag)| gezag.persoon == persoon);
    about.next_back().is_some_and(|(_, gezag)| {
        gezag.gezag == JaNee::Ja || matches!(gezag.relatie, Relatie::Voogd | Relatie::VoogdGi)
    })
}

/// What consent comes to on a day: about what, to which organisation (`None`: to all that are not named apart), yes or no.
/// The last word of each party counts; one about an organisation and one about all go before each other by their moment.
/// Up to 11 years a parent with gezag says yes and none of them no; from 12 the child says yes too; from 16 the child
/// alone decides. An unknown age is that of a young child, who may say no.
pub(crate) fn staat(t: &Timeline, op: Date) -> Vec<(ToestemmingVoor, Option<OrganisatieId>, bool)> {
    let stated: Vec<(&Fact, &Toestemming)> = t.on::<Toestemming>(op).collect();
    if stated.is_empty() {
        return Vec::new();
    }
    let jaren = geboortedatum(t, op).map(|geboren| age(geboren, op));
    let about: BTreeSet<(ToestemmingVoor, Option<OrganisatieId>)> =
        stated.iter().map(|(_, body)| (body.voor, body.aan)).collect();
    let outcome = about.into_iter().map(|(voor, aan)| {
        let mut said = Gezegd::new();
        for (fact, body) in stated.iter().filter(|(_, b)| b.voor == voor && (b.aan.is_none() || b.aan == aan)) {
            let word = ((fact.known, fact.id), body.gegeven);
            let last = said.entry(body.ouder).or_insert(word);
            *last = word.max(*last);
        }
        (voor, aan, geldt(t, op, jaren, &said))
    });
    outcome.collect()
}

/// The last word of each party: a parent, or the child itself (`None`).
type Gezegd = BTreeMap<Option<PersoonId>, ((Timestamp, FactId), bool)>;

fn geldt(t: &Timeline, op: Date, jaren: Option<i16>, said: &Gezegd) -> bool {
    let kind = said.get(&None).map(|(_, yes)| *yes);
    if jaren.is_some_and(|jaren| jaren >= ALLEEN) {
        return kind == Some(true);
    }
    let parents: Vec<bool> = said
        .iter()
        .filter(|(ouder, _)| ouder.is_some_and(|ouder| heeft_gezag(t, ouder, op)))
        .map(|(_, (_, yes))| *yes)
        .collect();
    let child = if jaren.is_some_and(|jaren| jaren >= SAMEN) { kind == Some(true) } else { kind != Some(false) };
    child && !parents.is_empty() && parents.iter().all(|yes| *yes)
}
