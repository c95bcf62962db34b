//! Stories of people who come in, and of those who do not. Time is an argument; every story has a file of its own.

mod aanmelden;
mod bestand;
mod eigen;
mod functies;
mod links;
mod model;
mod remming;
mod sessies;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use domain::Timestamp;
use store::InstallationKey;

use super::Toegang;
use super::aanmelden::{Aangemeld, Poging};
use super::account::AccountId;
use super::link::{Link, LinkAntwoord};
use super::opslag::{self, LINK};
use super::remming::Herkomst;
use super::voorval::Door;
use super::weigering::Weigering;

const EMAIL: &str = "c.visser@meent.example";
const WACHTWOORD: &str = "fiets lamp berg kaas";
const SECONDE: i64 = 1;
const MINUUT: i64 = 60;
const UUR: i64 = 60 * MINUUT;

/// So many seconds after 3 March 2026, 11:05 UTC.
fn na(seconden: i64) -> Timestamp {
    Timestamp::from_second(1_772_535_900 + seconden).unwrap()
}

/// A folder with accounts and, beside it, the installation key.
struct Plek(PathBuf);

impl Plek {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("leerrecht-toegang-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let plek = Plek(std::env::temp_dir().join(name));
        std::fs::create_dir_all(plek.data()).unwrap();
        InstallationKey::create(&plek.sleutel()).unwrap();
        plek
    }

    fn data(&self) -> PathBuf {
        self.0.join("gegevens")
    }

    fn sleutel(&self) -> PathBuf {
        self.0.join("installatie.sleutel")
    }

    fn key(&self) -> InstallationKey {
        InstallationKey::read(&self.sleutel()).unwrap()
    }

    /// The accounts as one process has them.
    async fn open(&self) -> Toegang {
        Toegang::open(&self.data(), "proefregio", self.key()).await.unwrap()
    }
}

impl Drop for Plek {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs what waits for the disk.
fn speel(verhaal: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(verhaal);
}

fn geheim(link: &Link) -> String {
    link.pad().rsplit('/').next().unwrap().to_owned()
}

/// A person with a telephone.
struct Mens {
    account: AccountId,
    codes: Vec<String>,
    sessie: String,
}

impl Toegang {
    /// The code that the person's app shows.
    async fn app(&self, account: AccountId, nu: Timestamp) -> String {
        self.lees_account(account).await.unwrap().unwrap().factor.unwrap().code(nu)
    }

    /// The code that the app shows which was set up with a link.
    async fn app_van_link(&self, link: &Link, nu: Timestamp) -> String {
        let record = self.records.of_owner(LINK, &link.account.0, 9).await.unwrap().remove(0);
        let vorm: serde_json::Value = opslag::lees(&record).unwrap();
        let factor: super::factor::Factor = serde_json::from_value(vorm["factor"].clone()).unwrap();
        factor.code(nu)
    }

    async fn volg(
        &self,
        link: &Link,
        wachtwoord: &str,
        code: &str,
        nu: Timestamp,
    ) -> Result<(Aangemeld, Vec<String>), Weigering> {
        self.gebruik_link(&geheim(link), LinkAntwoord { wachtwoord, code, namen: &[] }, nu).await
    }

    /// Somebody who was invited and set everything up.
    async fn mens(&self, email: &str, nu: Timestamp) -> Mens {
        let link = self.nodig_uit(email, false, Door::Opdracht, nu).await.unwrap();
        let code = self.app_van_link(&link, nu).await;
        let (aangemeld, codes) = self.volg(&link, WACHTWOORD, &code, nu).await.unwrap();
        Mens { account: link.account, codes, sessie: aangemeld.sessie.tekst() }
    }

    /// Somebody of a made-up region, without second factor.
    async fn proefmens(&self, email: &str, nu: Timestamp) -> Mens {
        let link = self.nodig_uit(email, true, Door::Opdracht, nu).await.unwrap();
        let (aangemeld, codes) = self.volg(&link, WACHTWOORD, "", nu).await.unwrap();
        Mens { account: link.account, codes, sessie: aangemeld.sessie.tekst() }
    }

    async fn meld(&self, email: &str, wachtwoord: &str, code: &str, nu: Timestamp) -> Result<Aangemeld, Weigering> {
        self.meld_van("192.0.2.1", None, (email, wachtwoord, code), nu).await
    }

    /// From an address, and perhaps from a device that is known.
    async fn meld_van(
        &self,
        adres: &str,
        toestel: Option<&str>,
        (email, wachtwoord, code): (&str, &str, &str),
        nu: Timestamp,
    ) -> Result<Aangemeld, Weigering> {
        let herkomst = Herkomst { adres: adres.parse().unwrap(), toestel };
        self.aanmelden(Poging { email, wachtwoord, code, herkomst, sessie: None }, nu).await
    }
}
