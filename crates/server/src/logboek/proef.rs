//! A register in a folder that goes when the test ends, and short words for what is stated in it.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use domain::body::{Body, Organisatie, OrganisatieSoort, ZitThuis};
use domain::fact::{Actor, Bron, Grondslag, NewFact, Source};
use domain::ids::{LeerlingId, OrganisatieId, Subject};
use domain::period::Period;
use domain::{Date, Timestamp};
use store::InstallationKey;

use super::{Beslissing, Besluit, Logboek};

pub const VANDAAG: Date = Date::constant(2026, 3, 3);
pub const SAM: LeerlingId = LeerlingId::new(1);
pub const NOOR: LeerlingId = LeerlingId::new(2);
pub const REGIO: OrganisatieId = OrganisatieId::new(9);

/// A folder with a register and its key.
pub struct Plek(PathBuf);

impl Plek {
    pub async fn new() -> (Self, Logboek) {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("leerrecht-logboek-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let plek = Plek(std::env::temp_dir().join(name));
        std::fs::create_dir_all(&plek.0).unwrap();
        let key = InstallationKey::create(&plek.sleutel()).unwrap();
        let logboek = Logboek::create(&plek.data(), "proefregio", key).await.unwrap();
        (plek, logboek)
    }

    pub fn data(&self) -> PathBuf {
        self.0.join("gegevens")
    }

    pub fn sleutel(&self) -> PathBuf {
        self.0.join("installatie.sleutel")
    }

    /// The same register as another process has it.
    pub async fn open(&self) -> Logboek {
        Logboek::open(&self.data(), InstallationKey::read(&self.sleutel()).unwrap()).await.unwrap()
    }
}

impl Drop for Plek {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs what waits for the disk.
pub fn speel(verhaal: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(verhaal);
}

pub fn nu() -> Timestamp {
    "2026-03-03T11:05:00Z".parse().unwrap()
}

/// The region states something.
pub fn feit(over: impl Into<Subject>, body: impl Into<Body>) -> NewFact {
    NewFact {
        about: over.into(),
        valid: Period::day(VANDAAG),
        by: Actor::Systeem { organisatie: REGIO },
        ground: Grondslag::Regiobeheer,
        source: Source::of(Bron::Overig, REGIO),
        replaces: None,
        body: body.into(),
    }
}

/// Somebody says that the child sits at home, in these words.
pub fn thuis(leerling: LeerlingId, woorden: &str) -> NewFact {
    feit(leerling, ZitThuis { relatie: None, woorden: woorden.into() })
}

pub fn regio() -> NewFact {
    feit(
        REGIO,
        Organisatie {
            naam: "Proefregio".to_owned(),
            soort: OrganisatieSoort::Regio,
            sector: None,
            vestiging: None,
            gemeente: None,
            swv: None,
            postcode: None,
            plaats: String::new(),
        },
    )
}

/// These facts, resting on their own subjects; the answer is their number.
pub fn besluit(feiten: Vec<NewFact>) -> Besluit {
    let gelezen = feiten.iter().map(|feit| feit.about).collect();
    let antwoord = feiten.len().to_string().into_bytes();
    Besluit { feiten, gelezen, antwoord }
}

/// States facts, whatever the register says.
pub async fn stel(logboek: &mut Logboek, feiten: Vec<NewFact>) {
    for feit in feiten {
        let beslissing = Beslissing::new(move |_, _| Ok(besluit(vec![feit.clone()])));
        for antwoord in logboek.beslis_samen(nu(), vec![beslissing]).await.unwrap() {
            antwoord.unwrap();
        }
    }
}

/// The words of all who said that the child sits at home.
pub fn woorden(logboek: &Logboek, leerling: LeerlingId) -> Vec<String> {
    let zit_thuis = |body: &Body| match body {
        Body::ZitThuis(zit_thuis) => Some(zit_thuis.woorden.zichtbaar().to_owned()),
        _ => None,
    };
    logboek.register().over(leerling).filter_map(|fact| zit_thuis(&fact.body)).collect()
}
