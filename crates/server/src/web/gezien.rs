//! Lists in the read log: one line for each child that a list shows, before it is shown.
//!
//! A list that is loaded again tells nothing new. Within one quarter of an hour of the clock (9.00 to 9.15, and so on) a
//! child is written once for the same professional, in the same role for the same organisation, on the list of the same
//! name; a child that comes onto the list is written at once. When a line could not be written nothing is shown, and it
//! counts as not written. This is kept in memory: after a restart lines are written again.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Mutex, PoisonError};

use domain::Timestamp;
use domain::fact::Actor;
use domain::ids::LeerlingId;

use super::Staat;
use super::antwoord::Weigering;
use super::bezoek::Bezoek;
use super::blik::Beeld;
use crate::dienst::lezer;

/// Length of the quarter, in seconds.
const KWARTIER: i64 = 900;

/// Who saw which children on which list, in the running quarter.
#[derive(Debug, Default)]
pub struct Gezien {
    kwartier: Mutex<Kwartier>,
}

#[derive(Debug, Default)]
struct Kwartier {
    nummer: i64,
    geschreven: BTreeMap<(Actor, &'static str), HashSet<LeerlingId>>,
}

impl Gezien {
    /// Those of the children that were not written yet for this reader and list in this quarter, each with what goes with
    /// it.
    fn nieuw<T>(
        &self,
        wie: Actor,
        lijst: &'static str,
        mut over: Vec<(LeerlingId, T)>,
        nu: Timestamp,
    ) -> Vec<(LeerlingId, T)> {
        let mut kwartier = self.kwartier.lock().unwrap_or_else(PoisonError::into_inner);
        kwartier.ga_naar(nu);
        if let Some(known) = kwartier.geschreven.get(&(wie, lijst)) {
            over.retain(|(leerling, _)| !known.contains(leerling));
        }
        over
    }

    /// Remembers that these were written.
    fn geschreven(&self, wie: Actor, lijst: &'static str, over: &[LeerlingId], nu: Timestamp) {
        let mut kwartier = self.kwartier.lock().unwrap_or_else(PoisonError::into_inner);
        // A line of the quarter before says nothing about this one.
        if kwartier.nummer == nummer(nu) {
            kwartier.geschreven.entry((wie, lijst)).or_default().extend(over);
        }
    }
}

impl Kwartier {
    fn ga_naar(&mut self, nu: Timestamp) {
        if self.nummer != nummer(nu) {
            *self = Kwartier { nummer: nummer(nu), geschreven: BTreeMap::new() };
        }
    }
}

fn nummer(nu: Timestamp) -> i64 {
    nu.as_second().div_euclid(KWARTIER)
}

/// Writes down that a list shows these children; the list may be shown when this succeeds.
///
/// # Errors
/// When the read log cannot be written.
pub async fn toon_lijst<'a>(
    staat: &Staat,
    bezoek: &Bezoek,
    lijst: &'static str,
    kinderen: impl IntoIterator<Item = &'a Beeld>,
) -> Result<(), Weigering> {
    let actor = bezoek.actor();
    let shown: Vec<(LeerlingId, &'static str)> =
        kinderen.into_iter().map(|beeld| (beeld.leerling, beeld.grond)).collect();
    let mut per_grond: BTreeMap<&'static str, Vec<LeerlingId>> = BTreeMap::new();
    for (leerling, grond) in staat.gezien.nieuw(actor, lijst, shown, bezoek.nu) {
        per_grond.entry(grond).or_default().push(leerling);
    }
    for (grond, over) in per_grond {
        staat.dienst.gelezen(&lezer(&actor), &over, lijst, grond).await?;
        staat.gezien.geschreven(actor, lijst, &over, bezoek.nu);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::fact::Rol;
    use domain::ids::{MedewerkerId, OrganisatieId};

    use super::*;

    fn iemand(id: u64, rol: Rol) -> Actor {
        Actor::Medewerker { id: MedewerkerId::new(id), organisatie: OrganisatieId::new(1), rol }
    }

    fn ids(all: &[u64]) -> Vec<LeerlingId> {
        all.iter().copied().map(LeerlingId::new).collect()
    }

    fn nieuw(gezien: &Gezien, wie: Actor, lijst: &'static str, over: &[u64], nu: Timestamp) -> Vec<LeerlingId> {
        let over = ids(over).into_iter().map(|leerling| (leerling, ())).collect();
        gezien.nieuw(wie, lijst, over, nu).into_iter().map(|(leerling, ())| leerling).collect()
    }

    #[test]
    fn a_child_is_written_once_a_quarter_for_each_reader_and_list() {
        let gezien = Gezien::default();
        // A quarter begins at a whole number of quarters since 1970.
        let at = |second: i64| Timestamp::from_second(1_774_000_800 + second).unwrap();
        assert_eq!(at(0).as_second() % KWARTIER, 0);
        let (ik, ander) = (iemand(1, Rol::Mentor), iemand(2, Rol::Mentor));
        let see = |wie, lijst, over: &[u64], second| {
            let new = nieuw(&gezien, wie, lijst, over, at(second));
            gezien.geschreven(wie, lijst, &new, at(second));
            new
        };
        assert_eq!(see(ik, "ochtendlijst", &[1, 2], 0), ids(&[1, 2]));
        assert_eq!(see(ik, "ochtendlijst", &[1, 2], 899), ids(&[]), "the same list again");
        assert_eq!(see(ik, "ochtendlijst", &[1, 3], 899), ids(&[3]), "who is new on the list");
        assert_eq!(see(ik, "leerlingen", &[1], 899), ids(&[1]), "another list");
        assert_eq!(see(ander, "ochtendlijst", &[1], 899), ids(&[1]), "somebody else");
        assert_eq!(see(iemand(1, Rol::Schoolleider), "ochtendlijst", &[1], 899), ids(&[1]), "in another role");
        assert_eq!(see(ik, "ochtendlijst", &[1, 2, 3], 900), ids(&[1, 2, 3]), "the next quarter");
    }

    #[test]
    fn what_could_not_be_written_is_not_taken_for_written() {
        let gezien = Gezien::default();
        let at = |second| Timestamp::from_second(second).unwrap();
        let ik = iemand(1, Rol::Mentor);
        assert_eq!(nieuw(&gezien, ik, "lijst", &[1], at(10)), ids(&[1]));
        assert_eq!(nieuw(&gezien, ik, "lijst", &[1], at(11)), ids(&[1]), "nobody said that it was written");
        let late = nieuw(&gezien, ik, "lijst", &[2], at(899));
        assert_eq!(nieuw(&gezien, ik, "lijst", &[1], at(901)), ids(&[1]));
        gezien.geschreven(ik, "lijst", &late, at(899));
        assert_eq!(nieuw(&gezien, ik, "lijst", &[2], at(902)), ids(&[2]), "a line of the quarter before");
    }
}
