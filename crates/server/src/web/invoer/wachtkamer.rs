//! Files that were looked at and wait to be written: in memory only, for a quarter of an hour, for whoever brought them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::Timestamp;
use domain::fact::Actor;
use exchange::invoer::VerzuimIndeling;
use zeroize::Zeroizing;

use super::beeld::Beeld;

/// Seconds that a file waits.
const DUUR: i64 = 15 * 60;
/// Files that wait at once.
const MAX_BESTANDEN: usize = 16;
/// Bytes of all files that wait.
const MAX_SAMEN: usize = 256 << 20;

/// What a file is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wat {
    /// Pupils with their carers.
    Leerlingen,
    /// Absence, in this layout.
    Verzuim(VerzuimIndeling),
}

/// A file that waits, with what was seen in it.
#[derive(Debug)]
pub struct Wachtend {
    /// Who brought it.
    pub van: Actor,
    /// When.
    pub sinds: Timestamp,
    /// What it is about.
    pub wat: Wat,
    /// The text of the school's own layout, to be kept when the file is written.
    pub indeling: Option<String>,
    /// The file.
    pub bytes: Arc<Zeroizing<Vec<u8>>>,
    /// What was seen in it, or what came of it.
    pub beeld: Beeld,
    /// The refused rows as a file.
    pub afgewezen: Zeroizing<String>,
}

/// All files that wait.
#[derive(Debug, Default)]
pub struct Wachtkamer {
    bestanden: Mutex<BTreeMap<[u8; 16], Arc<Wachtend>>>,
}

impl Wachtkamer {
    /// Lets a file wait; whoever brings another one gives up the one before. `false` when there is no room.
    pub fn zet(&self, sleutel: [u8; 16], wachtend: Wachtend) -> bool {
        let mut bestanden = self.bestanden.lock().unwrap_or_else(PoisonError::into_inner);
        let nu = wachtend.sinds;
        bestanden.retain(|_, other| nu.as_second() - other.sinds.as_second() < DUUR && other.van != wachtend.van);
        let samen: usize = bestanden.values().map(|other| other.bytes.len()).sum();
        let past = bestanden.len() < MAX_BESTANDEN && samen + wachtend.bytes.len() <= MAX_SAMEN;
        if past {
            bestanden.insert(sleutel, Arc::new(wachtend));
        }
        past
    }

    /// The file with that key, for whoever brought it.
    pub fn van(&self, sleutel: [u8; 16], wie: &Actor, nu: Timestamp) -> Option<Arc<Wachtend>> {
        let bestanden = self.bestanden.lock().unwrap_or_else(PoisonError::into_inner);
        let found = bestanden.get(&sleutel)?;
        (found.van == *wie && nu.as_second() - found.sinds.as_second() < DUUR).then(|| Arc::clone(found))
    }
}

#[cfg(test)]
mod tests {
    use domain::ids::OrganisatieId;

    use super::*;

    fn actor(nr: u64) -> Actor {
        Actor::Systeem { organisatie: OrganisatieId::new(nr) }
    }

    fn bestand(van: u64, sinds: i64, bytes: usize) -> Wachtend {
        Wachtend {
            van: actor(van),
            sinds: moment(sinds),
            wat: Wat::Leerlingen,
            indeling: None,
            bytes: Arc::new(Zeroizing::new(vec![0; bytes])),
            beeld: Beeld::default(),
            afgewezen: Zeroizing::default(),
        }
    }

    fn moment(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_file_waits_for_its_owner_alone_and_not_for_long() {
        let kamer = Wachtkamer::default();
        assert!(kamer.zet([1; 16], bestand(1, 0, 5)));
        assert!(kamer.van([1; 16], &actor(1), moment(DUUR - 1)).is_some());
        assert!(kamer.van([1; 16], &actor(2), moment(1)).is_none(), "of somebody else");
        assert!(kamer.van([1; 16], &actor(1), moment(DUUR)).is_none(), "too late");
        assert!(kamer.zet([2; 16], bestand(1, 1, 5)));
        assert!(kamer.van([1; 16], &actor(1), moment(2)).is_none(), "given up for another");
    }

    #[test]
    fn there_is_room_for_so_many_files_and_bytes() {
        let kamer = Wachtkamer::default();
        assert!(kamer.zet([99; 16], bestand(99, 0, MAX_SAMEN)));
        assert!(!kamer.zet([98; 16], bestand(98, 0, 1)), "no bytes left");
        assert!(kamer.zet([98; 16], bestand(98, DUUR, 1)), "the first went");
        for van in 1..MAX_BESTANDEN as u8 {
            assert!(kamer.zet([van; 16], bestand(u64::from(van), DUUR, 1)));
        }
        assert!(!kamer.zet([97; 16], bestand(97, DUUR, 1)), "no place left");
    }
}
