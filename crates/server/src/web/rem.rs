//! A brake on looking around: nobody's work needs the dossiers of hundreds of different children in one hour.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use domain::Timestamp;
use domain::ids::{LeerlingId, MedewerkerId};

/// Different children that one professional opens in an hour; a support team goes through a few dozen in a morning.
pub const MAX_PER_UUR: usize = 200;
/// Length of the hour, in seconds.
const UUR: i64 = 3_600;
/// Professionals that are kept in mind; beyond it the oldest are forgotten.
const MAX_MEDEWERKERS: usize = 10_000;

/// Who opened which children in the running hour. In memory: a restart forgets, the read log does not.
#[derive(Debug, Default)]
pub struct Rem {
    geopend: Mutex<BTreeMap<MedewerkerId, Uur>>,
}

#[derive(Debug)]
struct Uur {
    begin: i64,
    kinderen: BTreeSet<LeerlingId>,
}

impl Rem {
    /// Whether this professional may open this child now. A child that was opened in this hour may be opened again.
    pub fn mag(&self, wie: MedewerkerId, leerling: LeerlingId, nu: Timestamp) -> bool {
        let nu = nu.as_second();
        let mut geopend = self.geopend.lock().unwrap_or_else(PoisonError::into_inner);
        if geopend.len() >= MAX_MEDEWERKERS {
            geopend.retain(|_, uur| nu - uur.begin < UUR);
        }
        let uur = geopend.entry(wie).or_insert_with(|| Uur { begin: nu, kinderen: BTreeSet::new() });
        if nu - uur.begin >= UUR {
            *uur = Uur { begin: nu, kinderen: BTreeSet::new() };
        }
        let mag = uur.kinderen.len() < MAX_PER_UUR || uur.kinderen.contains(&leerling);
        if mag {
            uur.kinderen.insert(leerling);
        }
        mag
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_brake_counts_different_children_per_professional_and_hour() {
        let (rem, ik, ander) = (Rem::default(), MedewerkerId::new(1), MedewerkerId::new(2));
        for kind in 0..MAX_PER_UUR as u64 {
            assert!(rem.mag(ik, LeerlingId::new(kind), moment(0)));
        }
        assert!(rem.mag(ik, LeerlingId::new(0), moment(UUR - 1)), "seen before");
        assert!(!rem.mag(ik, LeerlingId::new(9_999), moment(UUR - 1)), "one too many");
        assert!(rem.mag(ander, LeerlingId::new(9_999), moment(UUR - 1)), "somebody else");
        assert!(rem.mag(ik, LeerlingId::new(9_999), moment(UUR)), "the next hour");
    }
}
