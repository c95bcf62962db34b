//! Slowing down whoever guesses, without letting a stranger shut somebody out. Attempts are counted in the file, before
//! they are looked at: a restart forgets none, and guesses side by side are counted one by one.
//!
//! - From a device where this person signed in before, only what goes wrong there counts: after 5 mistakes 30 seconds,
//!   doubling up to 15 minutes. Whatever strangers do elsewhere, such a device is looked at.
//! - From any other device the same holds per account and address together. Moreover one address gets 6 attempts a minute,
//!   one account 15 attempts in 15 minutes from all unknown devices together, and all unknown devices together 200 a
//!   minute.
//! - What succeeds does not count. So the longest that strangers can make somebody wait is 15 minutes at a time, on a
//!   device that was never used before; a one-time link of the beheerder opens at once.
//!
//! Nothing depends on whether an account exists.

use std::net::IpAddr;

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Record, RecordChange, RecordName};

use super::Toegang;
use super::account::AccountId;
use super::geheim::Geheim;
use super::opslag::{self, REMMING, TOESTEL};
use super::weigering::Weigering;

const SECONDE: i64 = 1_000_000;
const MINUUT: i64 = 60 * SECONDE;
const DAG: i64 = 24 * 60 * MINUUT;
/// Mistakes before somebody has to wait.
const VRIJ: u32 = 5;
/// The first wait; each mistake after it doubles it.
const EERSTE: i64 = 30 * SECONDE;
/// The longest wait.
const LANGSTE: i64 = 15 * MINUUT;
/// Mistakes are forgotten so long after the last.
const VERGETEN: i64 = DAG;
/// Attempts of one address, and in how long.
const PER_ADRES: Venster = Venster { most: 6, span: MINUUT };
/// Attempts at one account from unknown devices, and in how long.
const PER_ACCOUNT: Venster = Venster { most: 15, span: LANGSTE };
/// Attempts from unknown devices at all accounts together, and in how long: it bounds what a flood can write.
const SAMEN: Venster = Venster { most: 200, span: MINUUT };
/// A device is known for so long after the last time.
pub const TOESTEL_BEKEND: i64 = 180 * DAG;
/// Devices of one account that are known at once.
pub const MAX_TOESTELLEN: usize = 10;

/// Who is asking, as far as one can see.
#[derive(Debug, Clone, Copy)]
pub struct Herkomst<'a> {
    /// The address of the visitor. Behind a proxy: the one that the proxy saw.
    pub adres: IpAddr,
    /// The secret that [`super::aanmelden::Aangemeld::toestel`] gave this browser, if it still has it.
    pub toestel: Option<&'a str>,
}

/// So many attempts in so long.
#[derive(Clone, Copy)]
struct Venster {
    most: u32,
    span: i64,
}

/// What is counted under one name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Telling {
    /// Attempts that did not (yet) succeed.
    tel: u32,
    /// The first of them, in a window; else the last.
    sinds: i64,
    /// Until when nothing is looked at.
    dicht: i64,
}

impl Telling {
    /// One more in a window.
    fn tel_in(&mut self, venster: Venster, nu: i64) {
        if nu >= self.sinds.saturating_add(venster.span) || nu < self.sinds {
            *self = Telling { tel: 0, sinds: nu, dicht: 0 };
        }
        self.tel += 1;
        if self.tel >= venster.most {
            self.dicht = self.sinds.saturating_add(venster.span);
        }
    }

    /// One more of which the wait grows.
    fn tel_groeiend(&mut self, nu: i64) {
        if nu >= self.sinds.saturating_add(VERGETEN) {
            self.tel = 0;
        }
        self.tel = self.tel.saturating_add(1);
        self.sinds = nu;
        self.dicht = match self.tel.checked_sub(VRIJ) {
            None => 0,
            Some(doublings) => nu.saturating_add(EERSTE.saturating_mul(1 << doublings.min(10)).min(LANGSTE)),
        };
    }
}

/// An attempt that was counted and may be looked at.
pub(super) struct Geteld {
    /// Counts whose waits grow: gone when the attempt succeeds.
    groeiend: RecordName,
    /// Counts in a window, from which a success is taken back.
    vensters: Vec<(RecordName, Venster)>,
    /// The device that was recognised.
    toestel: Option<RecordName>,
    /// Whether this attempt, if it fails, makes the next one wait.
    pub remt: bool,
}

impl Toegang {
    /// Counts an attempt to sign in, or says how long to wait. Part of a change, so that of many at once each is counted.
    pub(super) async fn tel(
        &self,
        change: &mut RecordChange<'_>,
        account: AccountId,
        herkomst: Herkomst<'_>,
        nu: Timestamp,
    ) -> Result<Geteld, Weigering> {
        let toestel = match herkomst.toestel.and_then(Geheim::lees) {
            Some(geheim) => change.get(TOESTEL, &geheim.naam()).await?,
            None => None,
        };
        let known = toestel.filter(|toestel| toestel.owner == account.0 && nu.as_microsecond() < toestel.until);
        let adres = adresbytes(herkomst.adres);
        let (groeiend, vensters) = match &known {
            Some(toestel) => (self.teller("toestel", &[&toestel.name.0])?, Vec::new()),
            None => (
                self.teller("paar", &[&account.0.0, &adres])?,
                vec![
                    (self.teller("adres", &[&adres])?, PER_ADRES),
                    (self.teller("account", &[&account.0.0])?, PER_ACCOUNT),
                    (self.teller("samen", &[])?, SAMEN),
                ],
            ),
        };
        let toestel = known.map(|toestel| toestel.name);
        tel_alles(change, Geteld { groeiend, vensters, toestel, remt: false }, nu).await
    }

    /// Counts an attempt to show again who one is, within a session.
    pub(super) async fn tel_in_sessie(
        &self,
        change: &mut RecordChange<'_>,
        account: AccountId,
        nu: Timestamp,
    ) -> Result<Geteld, Weigering> {
        let groeiend = self.teller("sessie", &[&account.0.0])?;
        tel_alles(change, Geteld { groeiend, vensters: Vec::new(), toestel: None, remt: false }, nu).await
    }

    fn teller(&self, soort: &str, wie: &[&[u8]]) -> Result<RecordName, Weigering> {
        Ok(self.records.name(&format!("remming {soort}"), &wie.concat())?)
    }
}

async fn tel_alles(change: &mut RecordChange<'_>, mut geteld: Geteld, nu: Timestamp) -> Result<Geteld, Weigering> {
    let now = nu.as_microsecond();
    change.remove_past(REMMING, now).await?;
    let mut groeiend = lees(change, &geteld.groeiend).await?;
    let mut dicht = groeiend.dicht;
    let mut vensters = Vec::new();
    for (naam, venster) in &geteld.vensters {
        let telling = lees(change, naam).await?;
        dicht = dicht.max(telling.dicht);
        vensters.push((*naam, telling, *venster));
    }
    // A clock that was set back does not make anybody wait longer than the longest wait.
    if now < dicht && dicht <= now.saturating_add(LANGSTE) {
        let seconden = u64::try_from((dicht - now).div_euclid(SECONDE) + 1).unwrap_or(1);
        return Err(Weigering::Wacht { seconden });
    }
    groeiend.tel_groeiend(now);
    geteld.remt = groeiend.tel == VRIJ;
    schrijf(change, geteld.groeiend, &groeiend, VERGETEN).await?;
    for (naam, mut telling, venster) in vensters {
        telling.tel_in(venster, now);
        schrijf(change, naam, &telling, venster.span).await?;
    }
    Ok(geteld)
}

/// The attempt succeeded: it does not count.
pub(super) async fn vergeet(change: &mut RecordChange<'_>, geteld: &Geteld) -> Result<(), Weigering> {
    change.remove(REMMING, &geteld.groeiend).await?;
    for (naam, venster) in &geteld.vensters {
        let mut telling = lees(change, naam).await?;
        telling.tel = telling.tel.saturating_sub(1);
        telling.dicht = 0;
        schrijf(change, *naam, &telling, venster.span).await?;
    }
    if let Some(toestel) = &geteld.toestel {
        // It gets a new secret.
        change.remove(TOESTEL, toestel).await?;
    }
    Ok(())
}

/// Makes the device known from which somebody signed in, and returns the secret by which it will be recognised.
pub(super) async fn onthoud_toestel(
    change: &mut RecordChange<'_>,
    account: AccountId,
    nu: Timestamp,
) -> Result<Geheim, Weigering> {
    let nu = nu.as_microsecond();
    let mut known = change.of_owner(TOESTEL, &account.0, 2 * MAX_TOESTELLEN).await?;
    known.sort_unstable_by_key(|toestel| std::cmp::Reverse(toestel.until));
    for old in known.iter().skip(MAX_TOESTELLEN - 1) {
        change.remove(TOESTEL, &old.name).await?;
    }
    let geheim = Geheim::nieuw()?;
    let until = nu.saturating_add(TOESTEL_BEKEND);
    change.put(&Record { kind: TOESTEL, name: geheim.naam(), owner: account.0, until, content: Vec::new() }).await?;
    Ok(geheim)
}

async fn lees(change: &mut RecordChange<'_>, naam: &RecordName) -> Result<Telling, Weigering> {
    let record = change.get(REMMING, naam).await?;
    Ok(record.as_ref().map(opslag::lees).transpose()?.unwrap_or_default())
}

/// Keeps a count for so long after its moment.
async fn schrijf(
    change: &mut RecordChange<'_>,
    name: RecordName,
    telling: &Telling,
    kept: i64,
) -> Result<(), Weigering> {
    let (content, until) = (opslag::schrijf(telling)?, telling.sinds.saturating_add(kept));
    Ok(change.put(&Record { kind: REMMING, name, owner: RecordName::NOBODY, until, content }).await?)
}

/// One house or school: an IPv4 address, or the half of an IPv6 address that names a network.
fn adresbytes(adres: IpAddr) -> Vec<u8> {
    match adres.to_canonical() {
        IpAddr::V4(adres) => adres.octets().to_vec(),
        IpAddr::V6(adres) => adres.octets().into_iter().take(8).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_quarter_of_an_hour_and_no_further() {
        let mut telling = Telling::default();
        let mut waits = Vec::new();
        for _ in 0..14 {
            let nu = telling.dicht.max(telling.sinds);
            telling.tel_groeiend(nu);
            waits.push((telling.dicht - nu).max(0) / SECONDE);
        }
        assert_eq!(waits, [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900, 900, 900]);
        let next_day = telling.sinds + VERGETEN;
        telling.tel_groeiend(next_day);
        assert_eq!((telling.tel, telling.dicht), (1, 0), "a day later it is forgotten");
    }

    #[test]
    fn a_window_closes_when_it_is_full_and_opens_when_it_ends() {
        let mut telling = Telling::default();
        let begin = 1_000 * SECONDE;
        for n in 0..6 {
            assert_eq!(telling.dicht, 0, "{n}");
            telling.tel_in(PER_ADRES, begin + n * SECONDE);
        }
        assert_eq!(telling.dicht, begin + MINUUT);
        telling.tel_in(PER_ADRES, begin + MINUUT);
        assert_eq!((telling.tel, telling.dicht), (1, 0));
    }

    #[test]
    fn one_network_is_one_address() {
        let bytes = |text: &str| adresbytes(text.parse().unwrap());
        assert_eq!(bytes("192.0.2.7"), bytes("::ffff:192.0.2.7"));
        assert_ne!(bytes("192.0.2.7"), bytes("192.0.2.8"));
        assert_eq!(bytes("2001:db8:1:2::1"), bytes("2001:db8:1:2:ffff::9"));
        assert_ne!(bytes("2001:db8:1:2::1"), bytes("2001:db8:1:3::1"));
    }
}
