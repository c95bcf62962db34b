//! A made-up region: two schools in holiday region Noord, a samenwerkingsverband, a municipality, and who works there.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use domain::body::{IndelingSoort, Organisatie, OrganisatieSoort, Sector};
use domain::calendar::{Schooldagen, Schoolkalender, Vakantieregio};
use domain::fact::{Actor, Rol};
use domain::ids::{LeerlingId, MedewerkerId, OrganisatieId, PersoonId};
use domain::nummers::Gemeentecode;
use domain::period::Period;
use domain::region::{Rules, School};

use crate::dag;

/// A school for voortgezet onderwijs.
pub const SCHOOL: OrganisatieId = OrganisatieId::new(1);
/// Another school.
pub const SCHOOL_TWEE: OrganisatieId = OrganisatieId::new(2);
/// The samenwerkingsverband of both schools.
pub const SWV: OrganisatieId = OrganisatieId::new(3);
/// The municipality of residence.
pub const GEMEENTE: OrganisatieId = OrganisatieId::new(4);
/// Youth health care.
pub const JGZ: OrganisatieId = OrganisatieId::new(5);
/// A care provider.
pub const ZORG: OrganisatieId = OrganisatieId::new(6);
/// The board of both schools.
pub const BESTUUR: OrganisatieId = OrganisatieId::new(7);
/// The samenwerkingsverband of neither school.
pub const SWV_ELDERS: OrganisatieId = OrganisatieId::new(101);
/// The Doorstroompunt of the municipality.
pub const DOORSTROOMPUNT: OrganisatieId = OrganisatieId::new(102);
/// The ouder- en jeugdsteunpunt.
pub const STEUNPUNT: OrganisatieId = OrganisatieId::new(103);
/// The region itself.
pub const REGIO: OrganisatieId = OrganisatieId::new(104);
/// The child of the story.
pub const LEERLING: LeerlingId = LeerlingId::new(1);
/// Its mother, with authority.
pub const MOEDER: PersoonId = PersoonId::new(1);
/// Its father, with authority.
pub const VADER: PersoonId = PersoonId::new(2);
/// Quarters of a whole day at both schools, Monday to Friday.
pub const DAG: u8 = 20;

/// Somebody of a school, in the role of mentor.
pub fn mentor(school: OrganisatieId) -> Actor {
    medewerker(1, school, Rol::Mentor)
}

/// The consulent of the samenwerkingsverband.
pub fn consulent() -> Actor {
    medewerker(2, SWV, Rol::Consulent)
}

/// The leerplichtambtenaar of the municipality.
pub fn leerplicht() -> Actor {
    medewerker(3, GEMEENTE, Rol::Leerplichtambtenaar)
}

/// The mother.
pub fn moeder() -> Actor {
    Actor::Ouder { persoon: MOEDER }
}

/// The father.
pub fn vader() -> Actor {
    Actor::Ouder { persoon: VADER }
}

/// The child.
pub fn zelf() -> Actor {
    Actor::Leerling { leerling: LEERLING }
}

/// Professional number so many, in a role for an organisation.
pub fn medewerker(nr: u64, organisatie: OrganisatieId, rol: Rol) -> Actor {
    Actor::Medewerker { id: MedewerkerId::new(nr), organisatie, rol }
}

type Kalenders = (Arc<Schoolkalender>, Arc<Schooldagen>);

static NOORD: LazyLock<Kalenders> = LazyLock::new(|| {
    let kalender = Schoolkalender::van_regio(Vakantieregio::Noord);
    let dagen = Schooldagen::compile(&kalender, Period::through(dag(2013, 8, 1), dag(2031, 7, 31)));
    (Arc::new(kalender), Arc::new(dagen))
});

/// The region of the stories, with the default protocol.
pub fn regio() -> Rules {
    let gemeente = Gemeentecode::parse("0361").ok();
    let organisatie = |naam: &str, soort, sector| {
        let (naam, plaats) = (naam.to_owned(), "Alkmaar".to_owned());
        Arc::new(Organisatie { naam, soort, sector, vestiging: None, gemeente, swv: None, postcode: None, plaats })
    };
    let organisaties = BTreeMap::from([
        (SCHOOL, organisatie("Proefcollege De Meent", OrganisatieSoort::School, Some(Sector::Vo))),
        (SCHOOL_TWEE, organisatie("Proefschool De Dijk", OrganisatieSoort::School, Some(Sector::Vso))),
        (SWV, organisatie("Samenwerkingsverband vo", OrganisatieSoort::Samenwerkingsverband, None)),
        (GEMEENTE, organisatie("Gemeente Alkmaar", OrganisatieSoort::Gemeente, None)),
        (JGZ, organisatie("GGD", OrganisatieSoort::Jgz, None)),
        (ZORG, organisatie("Zorgboerderij De Lente", OrganisatieSoort::Zorg, None)),
        (SWV_ELDERS, organisatie("Samenwerkingsverband elders", OrganisatieSoort::Samenwerkingsverband, None)),
        (DOORSTROOMPUNT, organisatie("Doorstroompunt Noord", OrganisatieSoort::Doorstroompunt, None)),
        (STEUNPUNT, organisatie("Steunpunt", OrganisatieSoort::Steunpunt, None)),
        (REGIO, organisatie("Regio", OrganisatieSoort::Regio, None)),
        (BESTUUR, organisatie("Stichting Proefonderwijs", OrganisatieSoort::Bestuur, None)),
    ]);
    let school = |sector| School {
        sector: Some(sector),
        kalender: Arc::clone(&NOORD.0),
        schooldagen: Arc::clone(&NOORD.1),
        uren: BTreeMap::from([(String::new(), [DAG, DAG, DAG, DAG, DAG, 0, 0])]),
        indelingen: [(IndelingSoort::SwvVo, SWV), (IndelingSoort::Bestuur, BESTUUR), (IndelingSoort::Jgz, JGZ)]
            .map(|(soort, bij)| (Period::since(dag(2013, 8, 1)), soort, bij))
            .to_vec(),
    };
    Rules {
        protocol: "2026-1".to_owned(),
        scholen: BTreeMap::from([(SCHOOL, school(Sector::Vo)), (SCHOOL_TWEE, school(Sector::Vso))]),
        organisaties,
        indelingen: BTreeMap::from([(
            GEMEENTE,
            vec![(Period::since(dag(2013, 8, 1)), IndelingSoort::Doorstroompunt, DOORSTROOMPUNT)],
        )]),
        ..Rules::default()
    }
}
