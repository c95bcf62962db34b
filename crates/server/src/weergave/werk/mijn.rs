//! What is whose: a term or a step belongs to the person who was named; else to the role it asks for, at that
//! organisation.

use std::collections::BTreeSet;

use domain::Date;
use domain::aan_zet::AanZet;
use domain::body::{Kind as _, RolToekenning, Soort};
use domain::decide::wie_mag;
use domain::fact::{Actor, Fact, Rol};
use domain::ids::{MedewerkerId, OrganisatieId};
use domain::termijnen::{Termijn, Wie};
use register::{Register, Samenvatting};

use super::heeft_rol;

/// Somebody at work.
#[derive(Debug, Clone)]
pub struct Ik {
    /// Who.
    pub wie: MedewerkerId,
    /// For which organisation.
    pub organisatie: OrganisatieId,
    /// In which role.
    pub rol: Rol,
    /// Roles that nobody holds at a school: what is asked of them falls to its head.
    waarneming: BTreeSet<Rol>,
}

/// Roles at a school of which the work may not lie there.
const SCHOOLROLLEN: &[Rol] = &[Rol::Verzuimcoordinator, Rol::IbEr, Rol::Ondersteuningscoordinator];

impl Ik {
    /// Somebody in a role for an organisation on a day.
    pub fn new(register: &Register, wie: MedewerkerId, organisatie: OrganisatieId, rol: Rol, dag: Date) -> Self {
        let mut waarneming = BTreeSet::new();
        if rol == Rol::Schoolleider {
            waarneming.extend(SCHOOLROLLEN);
            let here = |fact: &Fact| RolToekenning::of(&fact.body).is_some_and(|held| held.organisatie == organisatie);
            for medewerker in register.medewerkers().filter(|medewerker| register.over(*medewerker).any(here)) {
                for held in heeft_rol(register, medewerker, organisatie, dag) {
                    waarneming.remove(&held);
                }
            }
        }
        Ik { wie, organisatie, rol, waarneming }
    }

    /// Who acts.
    pub fn actor(&self) -> Actor {
        Actor::Medewerker { id: self.wie, organisatie: self.organisatie, rol: self.rol }
    }

    /// Whether somebody in this role takes what is asked of that role. The head of a school signs what the coördinator
    /// reports; and the head does what nobody at the school was given the role for.
    fn neemt(&self, gevraagd: Rol) -> bool {
        let reports = gevraagd == Rol::Schoolleider && matches!(self.rol, Rol::Verzuimcoordinator | Rol::IbEr);
        self.rol == gevraagd || reports || self.waarneming.contains(&gevraagd)
    }

    /// Whether work for which nobody and no role was named is theirs: of those who coordinate at their organisation; at a
    /// school where nobody does, of its head.
    fn neemt_onbenoemd(&self) -> bool {
        match self.rol {
            Rol::Schoolleider => SCHOOLROLLEN.iter().all(|rol| self.waarneming.contains(rol)),
            rol => !matches!(rol, Rol::Mentor | Rol::AdministratieLeerplicht),
        }
    }

    /// Whether a colleague who is responsible for the child holds this role too, so that it is theirs.
    fn is_van_collega(&self, register: &Register, kind: &Samenvatting, rol: Rol, dag: Date) -> bool {
        kind.kaart.eigenaar.is_some_and(|(organisatie, wie)| {
            organisatie == self.organisatie
                && wie != self.wie
                && heeft_rol(register, wie, organisatie, dag).contains(&rol)
        })
    }

    fn is_eigenaar(&self, kind: &Samenvatting) -> bool {
        kind.kaart.eigenaar == Some((self.organisatie, self.wie))
    }

    /// Whether a term is theirs.
    pub(super) fn moet(&self, register: &Register, kind: &Samenvatting, termijn: &Termijn, dag: Date) -> bool {
        let (organisatie, rol, medewerker) = match termijn.wie {
            Wie::Organisatie { organisatie, rol, medewerker } => (organisatie, rol, medewerker),
            // Who asked calls, from the day on which the answer stayed out.
            Wie::WachtOp { vrager, rol, .. } if termijn.uiterlijk.is_some_and(|last| last < dag) => {
                (vrager, Some(rol), None)
            }
            Wie::WachtOp { .. } | Wie::Duo | Wie::Niemand => return false,
        };
        if organisatie != Some(self.organisatie) {
            return false;
        }
        match (medewerker, rol) {
            (Some(wie), _) => wie == self.wie,
            (None, Some(rol)) => {
                self.is_eigenaar(kind) || self.neemt(rol) && !self.is_van_collega(register, kind, rol, dag)
            }
            (None, None) => self.neemt_onbenoemd(),
        }
    }

    /// Whether they are aan zet.
    pub(super) fn is_aan_zet(&self, register: &Register, kind: &Samenvatting, aan_zet: &AanZet, dag: Date) -> bool {
        if aan_zet.organisatie != self.organisatie {
            return false;
        }
        match aan_zet.medewerker {
            Some(wie) => wie == self.wie,
            None => self.neemt_onbenoemd() && !self.is_van_collega(register, kind, self.rol, dag),
        }
    }

    /// Whether they may name who is responsible, so that a child without anybody is for them to see.
    pub(super) fn wijst_aan(&self) -> bool {
        wie_mag(Soort::Verantwoordelijke).iter().any(|line| line.rollen.contains(&self.rol)) && self.neemt_onbenoemd()
    }
}
