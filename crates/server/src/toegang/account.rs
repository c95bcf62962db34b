//! An account: proofs of identity under one e-mail address. Roles are not here; the register has them.

use std::fmt;
use std::sync::PoisonError;

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use store::{FOR_EVER, Record, RecordChange, RecordName};

use super::aanmelden::Bewijs;
use super::adres::Emailadres;
use super::factor::{Factor, Herstelcode};
use super::opslag::{self, ACCOUNT, SESSIE};
use super::wachtwoord::Hash;
use super::weigering::Weigering;
use super::{MAX_BEKEND, Toegang};

/// Our own name for an account: a pseudonym of the address, that only the holder of the installation key can make. It
/// may stand in a log.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(pub(super) RecordName);

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("A-")?;
        self.0.0.iter().take(6).try_for_each(|byte| write!(f, "{byte:02X}"))
    }
}

impl fmt::Debug for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// An account as stored.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Account {
    versie: u32,
    pub email: String,
    /// In a region without real children: no second factor.
    pub proef: bool,
    pub gemaakt: i64,
    pub geblokkeerd: Option<i64>,
    pub wachtwoord: Option<Hash>,
    pub factor: Option<Factor>,
    /// Another app that is being set up.
    pub wordt: Option<Factor>,
    /// When that was begun.
    #[serde(default)]
    pub wordt_sinds: i64,
    pub herstelcodes: Vec<Herstelcode>,
    /// When this person signed in last.
    pub aangemeld: Option<i64>,
}

impl Account {
    pub(super) fn nieuw(email: &Emailadres, proef: bool, nu: Timestamp) -> Self {
        Account {
            versie: 1,
            email: email.zichtbaar().to_owned(),
            proef,
            gemaakt: nu.as_microsecond(),
            geblokkeerd: None,
            wachtwoord: None,
            factor: None,
            wordt: None,
            wordt_sinds: 0,
            herstelcodes: Vec::new(),
            aangemeld: None,
        }
    }

    /// What the code proves besides the password; `None` when it proves nothing. The code is used up.
    pub(super) fn gebruik_code(&mut self, code: &str, nu: Timestamp) -> Option<Bewijs> {
        match &mut self.factor {
            // An account that is being made has no factor yet and can do nothing with a password alone.
            None => self.proef.then_some(Bewijs::Wachtwoord),
            Some(factor) => {
                if factor.gebruik(code, nu) {
                    return Some(Bewijs::Code);
                }
                let place = self.herstelcodes.iter().position(|kept| kept.is(code))?;
                self.herstelcodes.remove(place);
                Some(Bewijs::Herstelcode)
            }
        }
    }
}

impl Toegang {
    /// The account of an address, whether there is one or not.
    pub(super) fn account_van(&self, email: &str) -> Result<AccountId, Weigering> {
        // What is no address has no account; it gets a name all the same, so that it takes the same time.
        let folded = Emailadres::lees(email).map(|email| email.zichtbaar().to_owned());
        let folded = folded.unwrap_or_else(|_| format!(" {}", email.chars().take(100).collect::<String>()));
        Ok(AccountId(self.records.name("account", folded.as_bytes())?))
    }

    /// The same for an address that stands in the register. Who signs in or chooses a role asks it of every professional,
    /// and an address always has the same account, so it is kept in memory. Never for what a visitor types: that would tell by its time who is known here.
    pub(super) fn account_van_medewerker(&self, email: &str) -> Result<AccountId, Weigering> {
        let kept = || self.bekend.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(account) = kept().get(email) {
            return Ok(*account);
        }
        let account = self.account_van(email)?;
        let mut kept = kept();
        if kept.len() >= MAX_BEKEND {
            kept.clear();
        }
        kept.insert(email.into(), account);
        Ok(account)
    }

    pub(super) async fn lees_account(&self, id: AccountId) -> Result<Option<Account>, Weigering> {
        let record = self.records.get(ACCOUNT, &id.0).await?;
        Ok(record.as_ref().map(opslag::lees).transpose()?)
    }
}

pub(super) async fn lees(change: &mut RecordChange<'_>, id: AccountId) -> Result<Option<Account>, Weigering> {
    let record = change.get(ACCOUNT, &id.0).await?;
    Ok(record.as_ref().map(opslag::lees).transpose()?)
}

pub(super) async fn schrijf(change: &mut RecordChange<'_>, id: AccountId, account: &Account) -> Result<(), Weigering> {
    let content = opslag::schrijf(account)?;
    let record = Record { kind: ACCOUNT, name: id.0, owner: RecordName::NOBODY, until: FOR_EVER, content };
    Ok(change.put(&record).await?)
}

/// Ends every session of an account.
pub(super) async fn eindig_sessies(change: &mut RecordChange<'_>, id: AccountId) -> Result<u64, Weigering> {
    Ok(change.remove_of_owner(SESSIE, &id.0).await?)
}
