//! What a beheerder does with accounts of others: invite, recover, close, open again, look at the list.

use domain::Timestamp;
use store::RecordChange;

use super::Toegang;
use super::account::{self, Account, AccountId, eindig_sessies};
use super::adres::Emailadres;
use super::link::{self, Link, LinkSoort};
use super::opslag::{self, ACCOUNT, LINK, TOESTEL, moment};
use super::voorval::{Door, Soort, noteer};
use super::weigering::Weigering;
use crate::fout::Fout;

/// Accounts read from the file at once.
const PER_KEER: usize = 1_000;

/// How an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// Has no password (any more): a one-time link is needed.
    WachtOpLink,
    /// Can sign in.
    Open,
    /// Was closed.
    Geblokkeerd,
}

impl Stand {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::WachtOpLink => "wacht op link",
            Self::Open => "open",
            Self::Geblokkeerd => "geblokkeerd",
        }
    }
}

/// An account in the list of the beheerder.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountRegel {
    /// Our own name for it.
    pub account: AccountId,
    /// Under which address the person signs in.
    pub email: Emailadres,
    /// How it stands.
    pub stand: Stand,
    /// Whether there is a second factor.
    pub tweede_factor: bool,
    /// When it was made.
    pub gemaakt: Timestamp,
    /// When this person signed in last.
    pub aangemeld: Option<Timestamp>,
}

impl Toegang {
    /// Invites somebody: an account under this address, and a link to set it up. `proef` says that the region is a
    /// made-up one, where no second factor is asked.
    ///
    /// # Errors
    /// When it is no address, or somebody signs in with it already.
    pub async fn nodig_uit(&self, email: &str, proef: bool, door: Door, nu: Timestamp) -> Result<Link, Weigering> {
        let email = link::adres(email)?;
        let id = self.account_van(email.zichtbaar())?;
        let mut change = self.records.begin().await?;
        let account = match account::lees(&mut change, id).await? {
            None => Account::nieuw(&email, proef, nu),
            Some(account) if account.wachtwoord.is_none() && account.factor.is_none() => account,
            Some(_) => return Err(bestaat()),
        };
        if account.geblokkeerd.is_some() {
            return Err(geblokkeerd());
        }
        account::schrijf(&mut change, id, &account).await?;
        let link = link::maak(&mut change, id, LinkSoort::Uitnodiging, account.proef, nu).await?;
        noteer(&mut change, id, Soort::Uitgenodigd, door, nu).await?;
        change.commit().await?;
        Ok(link)
    }

    /// An account of a made-up region, with this password and without second factor. One that is there already gets the
    /// password.
    ///
    /// # Errors
    /// When the account is that of a region with real children, or the file cannot be written.
    pub async fn maak_proefaccount(
        &self,
        email: &Emailadres,
        wachtwoord: &str,
        nu: Timestamp,
    ) -> Result<AccountId, Weigering> {
        let hash = self.hash(wachtwoord).await?;
        let id = self.account_van(email.zichtbaar())?;
        let mut change = self.records.begin().await?;
        let known = account::lees(&mut change, id).await?;
        let mut account = known.unwrap_or_else(|| Account::nieuw(email, true, nu));
        if !account.proef {
            return Err(bestaat());
        }
        account.wachtwoord = Some(hash);
        account::schrijf(&mut change, id, &account).await?;
        change.commit().await?;
        Ok(id)
    }

    /// Makes a link with which somebody chooses another password. The old one opens nothing from now on, and all sessions
    /// of the account end.
    ///
    /// # Errors
    /// When there is no such account, or it is closed.
    pub async fn herstel(&self, id: AccountId, alles: bool, door: Door, nu: Timestamp) -> Result<Link, Weigering> {
        let mut change = self.records.begin().await?;
        let mut account = account::lees(&mut change, id).await?.ok_or_else(onbekend)?;
        if account.geblokkeerd.is_some() {
            return Err(geblokkeerd());
        }
        // Who never set up a second factor has none to show.
        let alles = alles || (account.factor.is_none() && !account.proef);
        let (soort, what) = match alles {
            true => (LinkSoort::Alles, Soort::HerstelAlles),
            false => (LinkSoort::Wachtwoord, Soort::HerstelWachtwoord),
        };
        link::vervalt(&mut account, soort);
        account::schrijf(&mut change, id, &account).await?;
        eindig_sessies(&mut change, id).await?;
        let link = link::maak(&mut change, id, soort, account.proef, nu).await?;
        noteer(&mut change, id, what, door, nu).await?;
        change.commit().await?;
        Ok(link)
    }

    /// Closes an account: nobody signs in with it, its sessions end at once, its links are worth nothing.
    ///
    /// # Errors
    /// When there is no such account.
    pub async fn blokkeer(&self, id: AccountId, door: Door, nu: Timestamp) -> Result<(), Weigering> {
        let mut change = self.records.begin().await?;
        let mut account = account::lees(&mut change, id).await?.ok_or_else(onbekend)?;
        if account.geblokkeerd.is_none() {
            account.geblokkeerd = Some(nu.as_microsecond());
            account::schrijf(&mut change, id, &account).await?;
            noteer(&mut change, id, Soort::Geblokkeerd, door, nu).await?;
        }
        eindig_alles(&mut change, id).await?;
        Ok(change.commit().await?)
    }

    /// Opens a closed account again: the person signs in as before.
    ///
    /// # Errors
    /// When there is no such account.
    pub async fn geef_vrij(&self, id: AccountId, door: Door, nu: Timestamp) -> Result<(), Weigering> {
        let mut change = self.records.begin().await?;
        let mut account = account::lees(&mut change, id).await?.ok_or_else(onbekend)?;
        if account.geblokkeerd.take().is_some() {
            account::schrijf(&mut change, id, &account).await?;
            noteer(&mut change, id, Soort::Vrijgegeven, door, nu).await?;
        }
        Ok(change.commit().await?)
    }

    /// Removes an account, of somebody who left: its address is known here no longer. What happened with it stays, under
    /// its pseudonym, for as long as such things are kept.
    ///
    /// # Errors
    /// When there is no such account.
    pub async fn verwijder(&self, id: AccountId, door: Door, nu: Timestamp) -> Result<(), Weigering> {
        let mut change = self.records.begin().await?;
        if !change.remove(ACCOUNT, &id.0).await? {
            return Err(onbekend());
        }
        eindig_alles(&mut change, id).await?;
        noteer(&mut change, id, Soort::Verwijderd, door, nu).await?;
        Ok(change.commit().await?)
    }

    /// The account of an address, when there is one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn account_met(&self, email: &str) -> Result<Option<AccountId>, Weigering> {
        let id = self.account_van(email)?;
        Ok(self.lees_account(id).await?.map(|_| id))
    }

    /// All accounts, by address. For the eyes of a beheerder only.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn accounts(&self) -> Result<Vec<AccountRegel>, Weigering> {
        let mut regels = Vec::new();
        let mut last = None;
        loop {
            let records = self.records.after(ACCOUNT, last.as_ref(), PER_KEER).await?;
            let Some(end) = records.last() else { break };
            last = Some(end.name);
            for record in &records {
                regels.push(regel(AccountId(record.name), &opslag::lees(record)?)?);
            }
        }
        regels.sort_by(|a, b| a.email.cmp(&b.email));
        Ok(regels)
    }
}

fn regel(id: AccountId, account: &Account) -> Result<AccountRegel, Weigering> {
    let stand = match (account.geblokkeerd, &account.wachtwoord) {
        (Some(_), _) => Stand::Geblokkeerd,
        (None, Some(_)) => Stand::Open,
        (None, None) => Stand::WachtOpLink,
    };
    Ok(AccountRegel {
        account: id,
        email: link::adres(&account.email)?,
        stand,
        tweede_factor: account.factor.is_some(),
        gemaakt: moment(account.gemaakt),
        aangemeld: account.aangemeld.map(moment),
    })
}

/// Ends every way in that an account has now.
async fn eindig_alles(change: &mut RecordChange<'_>, id: AccountId) -> Result<(), Weigering> {
    eindig_sessies(change, id).await?;
    change.remove_of_owner(LINK, &id.0).await?;
    change.remove_of_owner(TOESTEL, &id.0).await?;
    Ok(())
}

fn onbekend() -> Weigering {
    Weigering::Fout(Fout::kan_niet(
        "Bij dit e-mailadres hoort geen account. Controleer het adres, of nodig deze persoon uit.",
    ))
}

fn bestaat() -> Weigering {
    Weigering::Fout(Fout::kan_niet(
        "Bij dit e-mailadres hoort al een account. Is het wachtwoord vergeten, maak dan een link om het te herstellen.",
    ))
}

fn geblokkeerd() -> Weigering {
    Weigering::Fout(Fout::kan_niet("Dit account is geblokkeerd. Geef het eerst vrij."))
}
