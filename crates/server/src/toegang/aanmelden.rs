//! Signing in: one form, one answer. Nothing tells a stranger which part was wrong, or whether the address is known.

use std::sync::Arc;

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use store::RecordChange;
use zeroize::Zeroizing;

use super::Toegang;
use super::account::{self, Account, AccountId};
use super::geheim::Geheim;
use super::opslag::{self, SESSIE};
use super::remming::{self, Herkomst};
use super::sessie::{self, Begin};
use super::voorval::{self, Door, Soort, noteer};
use super::wachtwoord::Hash;
use super::weigering::Weigering;
use crate::fout::Fout;

/// What proved who somebody is. Another provider of identity is one more value here ([`Toegang::begin_sessie`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bewijs {
    /// A password alone: made-up regions only.
    Wachtwoord,
    /// A password and a code of the app.
    Code,
    /// A password and a code on paper.
    Herstelcode,
}

impl Bewijs {
    /// Whether a second factor was shown.
    pub fn tweede_factor(self) -> bool {
        self != Bewijs::Wachtwoord
    }
}

/// Somebody tries to sign in.
#[derive(Clone, Copy)]
pub struct Poging<'a> {
    /// The address as typed.
    pub email: &'a str,
    /// The password as typed.
    pub wachtwoord: &'a str,
    /// The code as typed: of the app, or one on paper; empty where none is needed.
    pub code: &'a str,
    /// From where.
    pub herkomst: Herkomst<'a>,
    /// The session that the browser still has; it ends.
    pub sessie: Option<&'a str>,
}

/// Somebody signed in.
#[derive(Debug)]
pub struct Aangemeld {
    /// Who.
    pub account: AccountId,
    /// The secret of the session, for the browser.
    pub sessie: Geheim,
    /// By what this device is recognised the next time; for the browser to keep for
    /// [`TOESTEL_BEKEND`](super::remming::TOESTEL_BEKEND).
    pub toestel: Geheim,
}

impl Toegang {
    /// Signs somebody in. Whatever is wrong, the answer is the same and takes as long.
    ///
    /// # Errors
    /// [`Weigering::KloptNiet`], [`Weigering::Wacht`] or [`Weigering::Druk`].
    pub async fn aanmelden(&self, poging: Poging<'_>, nu: Timestamp) -> Result<Aangemeld, Weigering> {
        let id = self.account_van(poging.email)?;
        let mut change = self.records.begin().await?;
        let geteld = self.tel(&mut change, id, poging.herkomst, nu).await?;
        let known = account::lees(&mut change, id).await?.and_then(|account| account.wachtwoord);
        change.commit().await?;
        let right = self.reken(known.clone().unwrap_or_else(Hash::van_niemand), poging.wachtwoord).await?;

        let mut change = self.records.begin().await?;
        // Read again: the password may have been changed, the code used, the account blocked meanwhile.
        let account = account::lees(&mut change, id).await?;
        let exists = account.is_some();
        let account = account.filter(|account| {
            right && account.wachtwoord.is_some() && account.wachtwoord == known && account.geblokkeerd.is_none()
        });
        let proved = account.and_then(|mut account| {
            let bewijs = account.gebruik_code(poging.code, nu)?;
            Some((account, bewijs))
        });
        let Some((account, bewijs)) = proved else {
            voorval::noteer_mislukt(&mut change, id, exists, geteld.remt, nu).await?;
            change.commit().await?;
            return Err(Weigering::KloptNiet);
        };
        remming::vergeet(&mut change, &geteld).await?;
        if let Some(oud) = poging.sessie.and_then(Geheim::lees) {
            change.remove(SESSIE, &oud.naam()).await?;
        }
        let aangemeld = self.begin_sessie(&mut change, id, account, bewijs, nu).await?;
        opslag::ruim_op(&mut change, nu).await?;
        change.commit().await?;
        Ok(aangemeld)
    }

    /// Begins a session for somebody of whom it was proved who they are. This is the one road from an identity to a
    /// session: the password and the one-time link come along here, and so would another provider of identity (OIDC).
    /// What such a provider says is checked before; of it come the account (by the address that it vouches for,
    /// [`Self::account_van`], read in this same change) and a value of [`Bewijs`] of its own, and nothing else: who the
    /// person is to the region and in which functions they work, the register says ([`super::functies`]). A closed account
    /// gets none, and an app that was half set up is set up anew.
    ///
    /// # Errors
    /// [`Weigering::KloptNiet`] when the account is closed.
    pub(super) async fn begin_sessie(
        &self,
        change: &mut RecordChange<'_>,
        id: AccountId,
        mut account: Account,
        bewijs: Bewijs,
        nu: Timestamp,
    ) -> Result<Aangemeld, Weigering> {
        if account.geblokkeerd.is_some() {
            return Err(Weigering::KloptNiet);
        }
        account.wordt = None;
        let vorige = account.aangemeld.replace(nu.as_microsecond());
        account::schrijf(change, id, &account).await?;
        let what = if bewijs == Bewijs::Herstelcode { Soort::HerstelcodeGebruikt } else { Soort::Aangemeld };
        noteer(change, id, what, Door::Zelf, nu).await?;
        let toestel = remming::onthoud_toestel(change, id, nu).await?;
        let sessie = sessie::begin(change, Begin { account: id, bewijs, vorige, nu }).await?;
        Ok(Aangemeld { account: id, sessie, toestel })
    }

    /// Works a password out, at most a few at a time, on a thread that no page waits for.
    pub(super) async fn reken(&self, hash: Hash, wachtwoord: &str) -> Result<bool, Weigering> {
        let wachtwoord = Zeroizing::new(wachtwoord.to_owned());
        self.op_rekenplaats(move || hash.klopt(&wachtwoord)).await
    }

    /// The hash of a new password.
    pub(super) async fn hash(&self, wachtwoord: &str) -> Result<Hash, Weigering> {
        let wachtwoord = Zeroizing::new(wachtwoord.to_owned());
        self.op_rekenplaats(move || Hash::van(&wachtwoord)).await
    }

    async fn op_rekenplaats<T: Send + 'static>(
        &self,
        werk: impl FnOnce() -> Result<T, Fout> + Send + 'static,
    ) -> Result<T, Weigering> {
        let _waiting = self.wachtplaatsen.try_acquire().map_err(|_| Weigering::Druk)?;
        let place = Arc::clone(&self.rekenplaatsen).acquire_owned().await.map_err(|_| Weigering::Druk)?;
        let done = tokio::task::spawn_blocking(move || {
            // The place is given back when the work ends, also when whoever asked went away.
            let _place = place;
            werk()
        });
        Ok(done.await.map_err(|_| Weigering::Druk)??)
    }
}
