//! What happened with accounts, for the beheerder: kept three years (BIO2 5.28.01), without a name.

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Record, RecordChange, RecordName};

use super::Toegang;
use super::account::AccountId;
use super::opslag::{self, VOORVAL, moment};
use super::weigering::Weigering;
use crate::klok;

/// How long it is kept, in microseconds: three years of 366 days.
pub const BEWAARD: i64 = 3 * 366 * 24 * 60 * 60 * 1_000_000;
/// Most that is returned at once.
pub const MAX_VOORVALLEN: usize = 1_000;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Soort {
    /// A first one-time link was made.
    Uitgenodigd,
    /// A one-time link for a new password was made; the old one no longer opens.
    HerstelWachtwoord,
    /// A one-time link for everything anew was made.
    HerstelAlles,
    /// A one-time link was used.
    LinkGebruikt,
    /// Somebody signed in.
    Aangemeld,
    /// Somebody tried to sign in and something was wrong.
    Mislukt,
    /// So much was wrong that attempts must wait.
    Afgeremd,
    /// A code on paper was used.
    HerstelcodeGebruikt,
    /// The password was changed.
    WachtwoordGewijzigd,
    /// The second factor, or its codes on paper, were changed.
    FactorGewijzigd,
    /// The account was closed.
    Geblokkeerd,
    /// The account was opened again.
    Vrijgegeven,
    /// The account was removed.
    Verwijderd,
    /// The beheerder adopted a version of a document of the region.
    DocumentAangenomen,
}

impl Soort {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Uitgenodigd => "uitgenodigd",
            Self::HerstelWachtwoord => "link voor een nieuw wachtwoord gemaakt",
            Self::HerstelAlles => "link voor een nieuw wachtwoord en nieuwe codes gemaakt",
            Self::LinkGebruikt => "eenmalige link gebruikt",
            Self::Aangemeld => "aangemeld",
            Self::Mislukt => "aanmelden mislukt",
            Self::Afgeremd => "aanmelden afgeremd na te veel pogingen",
            Self::HerstelcodeGebruikt => "code op papier gebruikt",
            Self::WachtwoordGewijzigd => "wachtwoord gewijzigd",
            Self::FactorGewijzigd => "app met codes gewijzigd",
            Self::Geblokkeerd => "geblokkeerd",
            Self::Vrijgegeven => "vrijgegeven",
            Self::Verwijderd => "verwijderd",
            Self::DocumentAangenomen => "versie van een document van de regio aangenomen",
        }
    }
}

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// The person of the account, or whoever passed for that person.
    Zelf,
    /// A beheerder, signed in.
    Account(AccountId),
    /// A command on the computer of the register.
    Opdracht,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voorval {
    /// When.
    pub moment: Timestamp,
    /// With which account; perhaps one that does not exist, when somebody tried.
    pub account: AccountId,
    /// What.
    pub soort: Soort,
    /// By whom.
    pub door: Door,
}

#[derive(Serialize, Deserialize)]
struct Vorm {
    soort: Soort,
    door: Option<opslag::Bytes<32>>,
    opdracht: bool,
}

/// An attempt at an account that does not exist is kept so long, in microseconds: a day.
const ONBEKEND: i64 = 24 * 60 * 60 * 1_000_000;

/// Writes down that somebody could not sign in; the same work whether the account exists or not.
pub(super) async fn noteer_mislukt(
    change: &mut RecordChange<'_>,
    account: AccountId,
    exists: bool,
    remt: bool,
    nu: Timestamp,
) -> Result<(), Weigering> {
    let kept = if exists { BEWAARD } else { ONBEKEND };
    let soort = if remt { Soort::Afgeremd } else { Soort::Mislukt };
    schrijf(change, account, soort, Door::Zelf, nu, kept).await
}

/// Writes down what happened, in the change that makes it happen.
pub(super) async fn noteer(
    change: &mut RecordChange<'_>,
    account: AccountId,
    soort: Soort,
    door: Door,
    nu: Timestamp,
) -> Result<(), Weigering> {
    schrijf(change, account, soort, door, nu, BEWAARD).await
}

async fn schrijf(
    change: &mut RecordChange<'_>,
    account: AccountId,
    soort: Soort,
    door: Door,
    nu: Timestamp,
    kept: i64,
) -> Result<(), Weigering> {
    let nu = nu.as_microsecond();
    let mut name: [u8; 32] = klok::toevalsbytes()?;
    // Names sort by moment; what happens at one moment, in the order of the kinds.
    name[..8].copy_from_slice(&nu.max(0).to_be_bytes());
    name[8] = soort as u8;
    let by = match door {
        Door::Account(account) => Some(opslag::Bytes(account.0.0)),
        Door::Zelf | Door::Opdracht => None,
    };
    let content = opslag::schrijf(&Vorm { soort, door: by, opdracht: door == Door::Opdracht })?;
    let until = nu.saturating_add(kept);
    Ok(change.put(&Record { kind: VOORVAL, name: RecordName(name), owner: account.0, until, content }).await?)
}

impl Toegang {
    /// Writes down that a beheerder adopted a version of a document of the region; the document itself is in the log.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn noteer_document(&self, door: AccountId, nu: Timestamp) -> Result<(), Weigering> {
        let mut change = self.records.begin().await?;
        noteer(&mut change, door, Soort::DocumentAangenomen, Door::Account(door), nu).await?;
        Ok(change.commit().await?)
    }

    /// What happened, newest first: with one account or with all, at most `hoogstens` (and at most
    /// [`MAX_VOORVALLEN`]).
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn voorvallen(&self, van: Option<AccountId>, hoogstens: usize) -> Result<Vec<Voorval>, Weigering> {
        let hoogstens = hoogstens.min(MAX_VOORVALLEN);
        let records = match van {
            Some(account) => self.records.of_owner(VOORVAL, &account.0, hoogstens).await?,
            None => self.records.before(VOORVAL, None, hoogstens).await?,
        };
        records.iter().map(voorval).collect()
    }
}

fn voorval(record: &Record) -> Result<Voorval, Weigering> {
    let vorm: Vorm = opslag::lees(record)?;
    let door = match vorm.door {
        Some(by) => Door::Account(AccountId(RecordName(by.0))),
        None if vorm.opdracht => Door::Opdracht,
        None => Door::Zelf,
    };
    let micros = record.name.0.first_chunk::<8>().map_or(0, |bytes| i64::from_be_bytes(*bytes));
    Ok(Voorval { moment: moment(micros), account: AccountId(record.owner), soort: vorm.soort, door })
}
