//! Who is counted for whom: the one function from a role to what of the region its monitor counts.

use std::collections::{BTreeMap, BTreeSet};

use convenant::Facet;
use domain::Date;
use domain::fact::Rol;
use domain::ids::{LeerlingId, OrganisatieId};
use domain::region::Rules;
use domain::status::StatusSoort;
use register::telling::{Kant, Looptijd};

use crate::web::bezoek::Bezoek;
use crate::web::blik::{Beeld, Blik};
use crate::web::leerlingen::kolom;

/// What a role's monitor counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kijk {
    /// The children that are seen by name, as they are.
    pub bij_naam: bool,
    /// The others, without small numbers, as this party may count them.
    pub zonder_naam: Option<Kant>,
    /// The school for which one works: then there are no others, and past months are its own numbers.
    pub school: Option<OrganisatieId>,
}

impl Kijk {
    /// Of somebody at work.
    pub fn van(bezoek: &Bezoek) -> Self {
        Self::of(bezoek.rol, bezoek.organisatie)
    }

    fn of(rol: Rol, organisatie: OrganisatieId) -> Self {
        let (bij_naam, zonder_naam, school) = match rol {
            Rol::Verzuimcoordinator | Rol::Schoolleider | Rol::IbEr | Rol::Ondersteuningscoordinator => {
                (true, None, Some(organisatie))
            }
            Rol::Consulent => (true, Some(Kant::Samenwerkingsverband(organisatie)), None),
            Rol::Leerplichtambtenaar | Rol::AdministratieLeerplicht => {
                (true, Some(Kant::Leerplicht(organisatie)), None)
            }
            Rol::Doorzettingsmacht => (true, Some(Kant::Regio), None),
            Rol::Beleid => (false, Some(Kant::Regio), None),
            _ => (false, None, None),
        };
        Kijk { bij_naam, zonder_naam, school }
    }

    /// Whether children with a status can be among those seen by name: the law tells a school of no missing enrolment, a
    /// samenwerkingsverband of no illness and no exemption either, and leerplicht of no illness.
    pub fn kan_zien(&self, soort: StatusSoort) -> bool {
        let exempt = matches!(soort, StatusSoort::Vrijgesteld | StatusSoort::VrijgesteldZonderLeeraanbod);
        let ill = soort == StatusSoort::ZiekInOverleg;
        match self.zonder_naam {
            _ if soort == StatusSoort::GaatNaarSchool => false,
            Some(Kant::Leerplicht(_)) => !ill,
            None => soort != StatusSoort::Absoluut,
            Some(_) => soort != StatusSoort::Absoluut && !exempt && !ill,
        }
    }

    /// Whether the deliveries of a school matter to these counts.
    pub fn telt_school(&self, r: &Rules, school: OrganisatieId, op: Date) -> bool {
        match (self.school, self.zonder_naam) {
            (Some(own), _) => own == school,
            (None, Some(kant)) => r.scholen.get(&school).is_some_and(|school| kant.telt_school(school, op)),
            (None, None) => false,
        }
    }
}

/// How many, and of how many of them parents and child call an offer *passend*.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Aantal {
    /// Children.
    pub alle: u32,
    /// Those with such an offer.
    pub passend: u32,
}

/// The children that somebody sees by name, counted as far as they see them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BijNaam {
    /// All of them.
    pub leerlingen: BTreeSet<LeerlingId>,
    /// By status, except of those who go to school.
    pub status: BTreeMap<StatusSoort, Aantal>,
    /// By how long the clock runs.
    pub klok: BTreeMap<Looptijd, Aantal>,
    /// Open clocks by school of enrolment; `None`: without one, or not to be seen.
    pub scholen: BTreeMap<Option<OrganisatieId>, Aantal>,
}

impl BijNaam {
    /// Counts the children that somebody has in view today. What they may not see of a child is not counted either.
    pub fn tel(blik: &Blik) -> Self {
        let mut all = BijNaam::default();
        for beeld in blik.kinderen() {
            all.leerlingen.insert(beeld.leerling);
            all.neem(beeld);
        }
        all
    }

    fn neem(&mut self, beeld: &Beeld) {
        let passend = u32::from(beeld.vandaag.passend && beeld.mag(Facet::Aanbod));
        let add = |aantal: &mut Aantal| {
            aantal.alle += 1;
            aantal.passend += passend;
        };
        if beeld.mag_status() && beeld.vandaag.status.soort != StatusSoort::GaatNaarSchool {
            add(self.status.entry(beeld.vandaag.status.soort).or_default());
        }
        if let Some(klok) = kolom::klok(beeld) {
            add(self.klok.entry(Looptijd::van(klok)).or_default());
            add(self.scholen.entry(kolom::school(beeld)).or_default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policy_counts_no_child_by_name_and_a_school_counts_no_child_without() {
        let here = OrganisatieId::new(1);
        for rol in Rol::ALL {
            let kijk = Kijk::of(*rol, here);
            assert!(!(matches!(rol, Rol::Beleid | Rol::Beheerder | Rol::Privacy) && kijk.bij_naam), "{rol:?}");
            assert_eq!(kijk.school.is_some(), kijk.bij_naam && kijk.zonder_naam.is_none(), "{rol:?}");
        }
        assert_eq!(Kijk::of(Rol::Leerplichtambtenaar, here).zonder_naam, Some(Kant::Leerplicht(here)));
        assert_eq!(Kijk::of(Rol::Consulent, here).zonder_naam, Some(Kant::Samenwerkingsverband(here)));
    }
}
