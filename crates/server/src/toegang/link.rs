//! One-time links: the only way to a first password and past a forgotten one. The product sends no mail; whoever makes a
//! link hands it over.

use std::fmt;

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Record, RecordChange, RecordName};

use super::Toegang;
use super::aanmelden::Aangemeld;
use super::account::{self, Account, AccountId, eindig_sessies};
use super::adres::Emailadres;
use super::factor::{Factor, Herstelcode, Uitleg};
use super::geheim::Geheim;
use super::opslag::{self, LINK, TOESTEL};
use super::voorval::{Door, Soort, noteer};
use super::wachtwoord::keur;
use super::weigering::Weigering;
use crate::fout::Fout;

/// Where a link points, before its secret.
pub const PAD: &str = "/welkom/";
/// How long an invitation stands, in microseconds: 7 days.
pub const UITNODIGING: i64 = 7 * DAG;
/// How long a link to recover stands, in microseconds: 1 day.
pub const HERSTEL: i64 = DAG;
const DAG: i64 = 24 * 60 * 60 * 1_000_000;
/// Wrong codes after which a link is worth nothing.
const MAX_MIS: u8 = 10;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkSoort {
    /// A new account: password and second factor.
    Uitnodiging,
    /// Another password; the second factor stays and must be shown. Who makes the link cannot come in with it.
    Wachtwoord,
    /// Everything anew, for whoever lost the telephone and the codes on paper too.
    Alles,
}

/// A link that was just made.
#[derive(Clone, PartialEq, Eq)]
pub struct Link {
    /// Whose.
    pub account: AccountId,
    /// Until when it stands.
    pub tot: Timestamp,
    geheim: Geheim,
}

impl Link {
    /// The path, to put behind the address of the site. Show it once, to whoever hands it over.
    pub fn pad(&self) -> String {
        format!("{PAD}{}", self.geheim.tekst())
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Link({})", self.account)
    }
}

/// What a link asks of whoever follows it. Looking changes nothing: mail filters look too.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkVraag {
    /// What it is for.
    pub soort: LinkSoort,
    /// Whose account it is.
    pub account: AccountId,
    /// Under which address the person will sign in.
    pub email: String,
    /// How to set up the second factor, where it is new.
    pub factor: Option<Uitleg>,
    /// Whether a code is asked: of the app that was just set up, or of the one there was.
    pub code: bool,
    /// Until when the link stands.
    pub tot: Timestamp,
}

/// What the person filled in.
#[derive(Clone, Copy)]
pub struct LinkAntwoord<'a> {
    /// The new password.
    pub wachtwoord: &'a str,
    /// The code; empty where none is asked.
    pub code: &'a str,
    /// Names of the person, of which no password is to be made; the address is one of them already.
    pub namen: &'a [&'a str],
}

#[derive(Clone, Serialize, Deserialize)]
struct Vorm {
    versie: u32,
    soort: LinkSoort,
    factor: Option<Factor>,
    mis: u8,
}

/// Makes a link, in place of any other of this account.
pub(super) async fn maak(
    change: &mut RecordChange<'_>,
    account: AccountId,
    soort: LinkSoort,
    proef: bool,
    nu: Timestamp,
) -> Result<Link, Weigering> {
    change.remove_of_owner(LINK, &account.0).await?;
    let factor = match soort {
        LinkSoort::Uitnodiging | LinkSoort::Alles if !proef => Some(Factor::nieuw()?),
        _ => None,
    };
    let stands = if soort == LinkSoort::Uitnodiging { UITNODIGING } else { HERSTEL };
    let (geheim, until) = (Geheim::nieuw()?, nu.as_microsecond().saturating_add(stands));
    let record = record(geheim.naam(), account, until, &Vorm { versie: 1, soort, factor, mis: 0 })?;
    change.put(&record).await?;
    Ok(Link { account, tot: opslag::moment(until), geheim })
}

fn record(naam: RecordName, account: AccountId, until: i64, vorm: &Vorm) -> Result<Record, Fout> {
    Ok(Record { kind: LINK, name: naam, owner: account.0, until, content: opslag::schrijf(vorm)? })
}

fn geldig(record: Option<Record>, nu: Timestamp) -> Result<(AccountId, i64, Vorm), Weigering> {
    let record = record.filter(|record| nu.as_microsecond() < record.until).ok_or(Weigering::Link)?;
    Ok((AccountId(record.owner), record.until, opslag::lees(&record)?))
}

fn open(account: Option<Account>) -> Result<Account, Weigering> {
    account.filter(|account| account.geblokkeerd.is_none()).ok_or(Weigering::Link)
}

impl Toegang {
    /// What a link asks. Changes nothing.
    ///
    /// # Errors
    /// [`Weigering::Link`] when it was used, replaced, or is too old.
    pub async fn bekijk_link(&self, geheim: &str, nu: Timestamp) -> Result<LinkVraag, Weigering> {
        let naam = Geheim::lees(geheim).ok_or(Weigering::Link)?.naam();
        let (id, until, vorm) = geldig(self.records.get(LINK, &naam).await?, nu)?;
        let account = open(self.lees_account(id).await?)?;
        Ok(LinkVraag {
            soort: vorm.soort,
            account: id,
            factor: vorm.factor.as_ref().map(|factor| factor.uitleg(&account.email)),
            code: vorm.factor.is_some() || account.factor.is_some(),
            email: account.email,
            tot: opslag::moment(until),
        })
    }

    /// Uses a link: the password is set, the second factor where it is new, every other session ends, and the person is
    /// signed in. Returns the codes on paper too, where they are new: they are shown this once.
    ///
    /// # Errors
    /// [`Weigering::Link`], [`Weigering::Wachtwoord`] or [`Weigering::Code`]; after the last two the link still stands
    /// (after ten wrong codes it does not).
    pub async fn gebruik_link(
        &self,
        geheim: &str,
        antwoord: LinkAntwoord<'_>,
        nu: Timestamp,
    ) -> Result<(Aangemeld, Vec<String>), Weigering> {
        let naam = Geheim::lees(geheim).ok_or(Weigering::Link)?.naam();
        let (id, ..) = geldig(self.records.get(LINK, &naam).await?, nu)?;
        let email = open(self.lees_account(id).await?)?.email;
        let eigen: Vec<&str> = antwoord.namen.iter().copied().chain([email.as_str()]).collect();
        keur(antwoord.wachtwoord, &eigen).map_err(Weigering::Wachtwoord)?;
        let hash = self.hash(antwoord.wachtwoord).await?;

        let mut change = self.records.begin().await?;
        // Read again: of two who use it at once, one is too late.
        let (id, until, mut vorm) = geldig(change.get(LINK, &naam).await?, nu)?;
        let mut account = open(account::lees(&mut change, id).await?)?;
        let renews = vorm.factor.is_some();
        if renews {
            account.factor = vorm.factor.clone();
            account.herstelcodes.clear();
        }
        let Some(bewijs) = account.gebruik_code(antwoord.code, nu) else {
            vorm.mis += 1;
            if vorm.mis < MAX_MIS {
                change.put(&record(naam, id, until, &vorm)?).await?;
            } else {
                change.remove(LINK, &naam).await?;
            }
            change.commit().await?;
            return Err(Weigering::Code);
        };
        let mut codes = Vec::new();
        if renews {
            (codes, account.herstelcodes) = Herstelcode::nieuwe()?;
        }
        account.wachtwoord = Some(hash);
        change.remove(LINK, &naam).await?;
        eindig_sessies(&mut change, id).await?;
        change.remove_of_owner(TOESTEL, &id.0).await?;
        noteer(&mut change, id, Soort::LinkGebruikt, Door::Zelf, nu).await?;
        let aangemeld = self.begin_sessie(&mut change, id, account, bewijs, nu).await?;
        change.commit().await?;
        Ok((aangemeld, codes))
    }
}

/// What a link to recover makes worthless at once.
pub(super) fn vervalt(account: &mut Account, soort: LinkSoort) {
    account.wachtwoord = None;
    if soort == LinkSoort::Alles {
        account.factor = None;
        account.wordt = None;
        account.herstelcodes.clear();
    }
}

/// Who gets a link, by address.
pub(super) fn adres(email: &str) -> Result<Emailadres, Weigering> {
    Emailadres::lees(email).map_err(|fout| Weigering::Fout(Fout::kan_niet(fout)))
}
