//! The parties of a convenant: the roles of professionals, parents, and the child.

use domain::fact::{Actor, Rol};

/// Who reads: a professional in a role, a parent or carer, or the child itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Partij {
    /// A professional in this role.
    Rol(Rol),
    /// A parent, carer or guardian.
    Ouder,
    /// The child itself.
    Leerling,
}

/// Number of parties.
const AANTAL: usize = Rol::ALL.len() + 2;
const _: () = assert!(AANTAL <= 32);

impl Partij {
    /// All parties.
    pub fn all() -> impl Iterator<Item = Partij> {
        Rol::ALL.iter().copied().map(Partij::Rol).chain([Partij::Ouder, Partij::Leerling])
    }

    /// The party that somebody is; an import is none.
    pub fn of(by: &Actor) -> Option<Partij> {
        match by {
            Actor::Medewerker { rol, .. } => Some(Partij::Rol(*rol)),
            Actor::Ouder { .. } => Some(Partij::Ouder),
            Actor::Leerling { .. } => Some(Partij::Leerling),
            Actor::Systeem { .. } => None,
        }
    }

    /// The word in the file.
    pub fn code(self) -> &'static str {
        match self {
            Partij::Rol(rol) => rol.code(),
            Partij::Ouder => "ouder",
            Partij::Leerling => "leerling",
        }
    }

    /// The words on a screen.
    pub fn label(self) -> &'static str {
        match self {
            Partij::Rol(rol) => rol.label(),
            Partij::Ouder => "ouder of verzorger",
            Partij::Leerling => "leerling",
        }
    }

    /// Its place in the list of all, from 0.
    pub(crate) fn nummer(self) -> usize {
        match self {
            Partij::Rol(rol) => rol as usize,
            Partij::Ouder => Rol::ALL.len(),
            Partij::Leerling => Rol::ALL.len() + 1,
        }
    }
}

/// A set of parties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Partijen(u32);

impl Partijen {
    /// Whether the party is in it.
    pub fn contains(self, partij: Partij) -> bool {
        self.0 & (1 << partij.nummer()) != 0
    }

    /// The parties, in the order of the list.
    pub fn iter(self) -> impl Iterator<Item = Partij> {
        Partij::all().filter(move |partij| self.contains(*partij))
    }
}

impl FromIterator<Partij> for Partijen {
    fn from_iter<I: IntoIterator<Item = Partij>>(parties: I) -> Self {
        Partijen(parties.into_iter().fold(0, |bits, partij| bits | 1 << partij.nummer()))
    }
}
