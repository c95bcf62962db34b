//! Pages about one child that somebody had in front of them lately, kept packed for as long as nothing is said about the
//! child or about others than children: who opens it again, or comes back to it, does not wait for it to be worked out.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::Date;
use domain::fact::Actor;
use domain::ids::LeerlingId;
use register::Register;

use super::inpakken::Stuk;

/// Pages kept over all readers together, of some five kilobytes each; the one shown longest ago goes first.
const MAX_BLADEN: usize = 2_000;

/// A page as one reader sees it.
#[derive(Debug, Clone)]
pub struct Blad {
    /// The page, without what surrounds it.
    pub stuk: Arc<Stuk>,
    /// For what the reader sees the child, for the read log.
    pub waarvoor: Arc<str>,
    /// As of which change of the register it holds.
    stand: u64,
    dag: Date,
}

impl Blad {
    /// A page that was made of the register as it stood then, on that day.
    pub fn new(tekst: &str, waarvoor: &str, stand: u64, dag: Date) -> Self {
        Blad { stuk: Arc::new(Stuk::van(tekst)), waarvoor: waarvoor.into(), stand, dag }
    }

    /// Whether it still holds: of the child, and of others than children, nothing was said since.
    fn geldt(&self, register: &Register, leerling: LeerlingId, dag: Date) -> bool {
        let since = register.gewijzigd_sinds(self.stand);
        self.dag == dag && since.is_some_and(|mut changed| changed.all(|other| other != leerling))
    }
}

/// What is kept.
#[derive(Debug, Default)]
pub struct Bewaard {
    bladen: Mutex<Bladen>,
}

#[derive(Debug, Default)]
struct Bladen {
    per_lezer: BTreeMap<(Actor, LeerlingId), (u64, Blad)>,
    /// Who is shown when: the longest ago first.
    volgorde: BTreeMap<u64, (Actor, LeerlingId)>,
    teller: u64,
}

impl Bewaard {
    /// The page of a child for a reader on a day, if it was kept and still holds.
    pub fn van(&self, register: &Register, wie: Actor, leerling: LeerlingId, dag: Date) -> Option<Blad> {
        let mut bladen = self.slot();
        let mut blad = bladen.neem(&(wie, leerling))?;
        if !blad.geldt(register, leerling, dag) {
            return None;
        }
        blad.stand = register.stand();
        bladen.leg((wie, leerling), blad.clone());
        Some(blad)
    }

    /// Keeps a page.
    pub fn bewaar(&self, wie: Actor, leerling: LeerlingId, blad: Blad) {
        let mut bladen = self.slot();
        bladen.neem(&(wie, leerling));
        bladen.leg((wie, leerling), blad);
        while bladen.per_lezer.len() > MAX_BLADEN
            && let Some((_, oldest)) = bladen.volgorde.pop_first()
        {
            bladen.per_lezer.remove(&oldest);
        }
    }

    fn slot(&self) -> MutexGuard<'_, Bladen> {
        self.bladen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Bladen {
    fn neem(&mut self, van: &(Actor, LeerlingId)) -> Option<Blad> {
        let (shown, blad) = self.per_lezer.remove(van)?;
        self.volgorde.remove(&shown);
        Some(blad)
    }

    fn leg(&mut self, van: (Actor, LeerlingId), blad: Blad) {
        self.teller += 1;
        self.volgorde.insert(self.teller, van);
        self.per_lezer.insert(van, (self.teller, blad));
    }
}
