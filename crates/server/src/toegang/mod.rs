//! Who may come in: accounts, passwords, second factors, sessions, one-time links.
//!
//! An account holds proofs of identity and nothing else. Which organisations and roles somebody has on a day is for the
//! facts about medewerkers to say ([`functies`]): an account is tied to them by its e-mail address only. Everything here
//! lies in `toegang.db`, under pseudonyms and sealed by the installation key ([`store::Records`]). Without that file nobody
//! can sign in, and no fact is lost.
//!
//! Nothing here knows of web pages: time and the address of a visitor are arguments, and what is refused says in Dutch
//! what to do next ([`Weigering`]).

pub mod aanmelden;
pub mod account;
pub mod adres;
pub mod beheer;
pub mod eigen;
pub mod factor;
pub mod functies;
pub mod geheim;
pub mod inzage;
pub mod link;
mod opslag;
pub mod remming;
pub mod selecties;
pub mod sessie;
pub mod voorval;
pub mod wachtwoord;
pub mod weigering;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use store::{InstallationKey, Records};
use tokio::sync::Semaphore;

use crate::fout::Fout;

/// Passwords that are worked out at once: each takes 19 MiB and a core.
const TEGELIJK: usize = 2;
/// Addresses of medewerkers of which the account is kept in mind.
const MAX_BEKEND: usize = 10_000;
/// Passwords that may wait for that. Who comes after is told to try again.
const WACHTRIJ: usize = 64;

/// The accounts of one region, opened. Any number of processes may have them open; each sees at once what another
/// changed.
pub struct Toegang {
    records: Records,
    rekenplaatsen: Arc<Semaphore>,
    wachtplaatsen: Semaphore,
    /// Accounts of medewerkers by their address, as they were worked out before.
    bekend: Mutex<BTreeMap<Box<str>, account::AccountId>>,
    gelezen: sessie::Gelezenen,
}

impl Toegang {
    /// Opens the accounts in the folder of a register. When there are none yet, an empty file is made.
    ///
    /// # Errors
    /// When the file belongs to another register, or cannot be read.
    pub async fn open(folder: &Path, regio: &str, key: InstallationKey) -> Result<Self, Fout> {
        let records = Records::open(folder, regio, key).await?;
        let (rekenplaatsen, wachtplaatsen) = (Arc::new(Semaphore::new(TEGELIJK)), Semaphore::new(WACHTRIJ));
        Ok(Toegang {
            records,
            rekenplaatsen,
            wachtplaatsen,
            bekend: Mutex::default(),
            gelezen: sessie::Gelezenen::default(),
        })
    }

    /// Closes the file, leaving nothing beside it.
    pub async fn sluit(self) {
        self.records.close().await;
    }
}

#[cfg(test)]
mod tests;
