//! What a person changes in their own account: each time after showing again who they are. Whoever finds an open session
//! changes nothing.

use std::sync::Arc;

use domain::Timestamp;
use store::RecordChange;

use super::Toegang;
use super::aanmelden::Bewijs;
use super::account::{self, Account, eindig_sessies};
use super::adres::Emailadres;
use super::factor::{Factor, Herstelcode, Uitleg};
use super::geheim::Geheim;
use super::link;
use super::opslag::{LINK, TOESTEL};
use super::remming;
use super::sessie::{self, Sessie};
use super::voorval::{self, Door, Soort, noteer};
use super::wachtwoord::{Hash, keur};
use super::weigering::Weigering;

/// What a person fills in to show again who they are.
#[derive(Clone, Copy)]
pub struct Bevestiging<'a> {
    /// The password they have.
    pub wachtwoord: &'a str,
    /// A code; empty in a made-up region.
    pub code: &'a str,
}

/// What a person sees of their own account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EigenAccount {
    /// Under which address they sign in.
    pub email: Emailadres,
    /// Whether it is an account of a made-up region, without second factor.
    pub proef: bool,
    /// Codes on paper that are left.
    pub herstelcodes: usize,
}

/// The session, its account and an open change, after a person showed again who they are.
struct Bewezen<'a> {
    change: RecordChange<'a>,
    sessie: Arc<Sessie>,
    account: Account,
    bewijs: Bewijs,
}

impl Toegang {
    /// What a person sees of their own account.
    ///
    /// # Errors
    /// [`Weigering::GeenSessie`] when it was removed just now.
    pub async fn eigen_account(&self, van: &Sessie) -> Result<EigenAccount, Weigering> {
        let account = self.lees_account(van.account).await?.ok_or(Weigering::GeenSessie)?;
        let email = link::adres(&account.email)?;
        Ok(EigenAccount { email, proef: account.proef, herstelcodes: account.herstelcodes.len() })
    }

    /// Changes the password. All other sessions end and no device is known any more; this session gets a new secret.
    ///
    /// # Errors
    /// [`Weigering::KloptNiet`], [`Weigering::Wacht`], [`Weigering::GeenSessie`] or [`Weigering::Wachtwoord`]; nothing was
    /// changed then.
    pub async fn wijzig_wachtwoord(
        &self,
        geheim: &str,
        bevestiging: Bevestiging<'_>,
        nieuw: &str,
        namen: &[&str],
        nu: Timestamp,
    ) -> Result<Geheim, Weigering> {
        let sessie = self.sessie(geheim, nu).await?;
        let email = self.lees_account(sessie.account).await?.ok_or(Weigering::GeenSessie)?.email;
        let eigen: Vec<&str> = namen.iter().copied().chain([email.as_str()]).collect();
        keur(nieuw, &eigen).map_err(Weigering::Wachtwoord)?;
        let hash = self.hash(nieuw).await?;
        let mut bewezen = self.bewezen(geheim, bevestiging, nu).await?;
        bewezen.account.wachtwoord = Some(hash);
        alleen_hier(bewezen, Soort::WachtwoordGewijzigd, nu).await
    }

    /// Begins to set up another app with codes ([`Self::app_in_wording`]). Until [`Self::bevestig_app`] the old one holds.
    /// The session gets a new secret.
    ///
    /// # Errors
    /// [`Weigering::KloptNiet`], [`Weigering::Wacht`] or [`Weigering::GeenSessie`]; [`Weigering::Proef`] in a made-up
    /// region.
    pub async fn nieuwe_app(
        &self,
        geheim: &str,
        bevestiging: Bevestiging<'_>,
        nu: Timestamp,
    ) -> Result<Geheim, Weigering> {
        let mut bewezen = self.bewezen_met_factor(geheim, bevestiging, nu).await?;
        bewezen.account.wordt = Some(Factor::nieuw()?);
        bewezen.account.wordt_sinds = nu.as_microsecond();
        account::schrijf(&mut bewezen.change, bewezen.sessie.account, &bewezen.account).await?;
        verder(bewezen, nu).await
    }

    /// What to bring into the app that is being set up, soon after [`Self::nieuwe_app`]; `None` when none is, or that was
    /// too long ago.
    ///
    /// # Errors
    /// [`Weigering::GeenSessie`] when the account was removed just now.
    pub async fn app_in_wording(&self, van: &Sessie, nu: Timestamp) -> Result<Option<Uitleg>, Weigering> {
        let account = self.lees_account(van.account).await?.ok_or(Weigering::GeenSessie)?;
        let began_here = is_begonnen_door(van, &account);
        let wordt = account.wordt.filter(|_| van.vers(nu) && began_here);
        Ok(wordt.map(|factor| factor.uitleg(&account.email)))
    }

    /// Takes the other app into use, with a code that it shows, soon after [`Self::nieuwe_app`]. All other sessions end;
    /// the codes on paper are new and shown this once.
    ///
    /// # Errors
    /// [`Weigering::Code`], [`Weigering::NietVers`] or [`Weigering::GeenSessie`]; the old app holds then.
    pub async fn bevestig_app(
        &self,
        geheim: &str,
        code: &str,
        nu: Timestamp,
    ) -> Result<(Geheim, Vec<String>), Weigering> {
        let sessie = self.sessie(geheim, nu).await?;
        if !sessie.vers(nu) {
            return Err(Weigering::NietVers);
        }
        let mut change = self.records.begin().await?;
        let mut account = van_sessie(&mut change, &sessie, nu).await?;
        if !is_begonnen_door(&sessie, &account) {
            return Err(Weigering::NietVers);
        }
        let mut factor = account.wordt.take().ok_or(Weigering::Code)?;
        if !factor.gebruik(code, nu) {
            return Err(Weigering::Code);
        }
        account.factor = Some(factor);
        let (codes, kept) = Herstelcode::nieuwe()?;
        account.herstelcodes = kept;
        let bewezen = Bewezen { change, sessie, account, bewijs: Bewijs::Code };
        Ok((alleen_hier(bewezen, Soort::FactorGewijzigd, nu).await?, codes))
    }

    /// New codes on paper, shown this once; the old ones are worth nothing. All other sessions end.
    ///
    /// # Errors
    /// As [`Self::nieuwe_app`].
    pub async fn nieuwe_herstelcodes(
        &self,
        geheim: &str,
        bevestiging: Bevestiging<'_>,
        nu: Timestamp,
    ) -> Result<(Geheim, Vec<String>), Weigering> {
        let mut bewezen = self.bewezen_met_factor(geheim, bevestiging, nu).await?;
        let (codes, kept) = Herstelcode::nieuwe()?;
        bewezen.account.herstelcodes = kept;
        Ok((alleen_hier(bewezen, Soort::FactorGewijzigd, nu).await?, codes))
    }

    async fn bewezen_met_factor(
        &self,
        geheim: &str,
        bevestiging: Bevestiging<'_>,
        nu: Timestamp,
    ) -> Result<Bewezen<'_>, Weigering> {
        let sessie = self.sessie(geheim, nu).await?;
        match self.lees_account(sessie.account).await? {
            Some(account) if account.proef => Err(Weigering::Proef),
            _ => self.bewezen(geheim, bevestiging, nu).await,
        }
    }

    async fn bewezen(
        &self,
        geheim: &str,
        bevestiging: Bevestiging<'_>,
        nu: Timestamp,
    ) -> Result<Bewezen<'_>, Weigering> {
        let sessie = self.sessie(geheim, nu).await?;
        let mut change = self.records.begin().await?;
        let geteld = self.tel_in_sessie(&mut change, sessie.account, nu).await?;
        let known = account::lees(&mut change, sessie.account).await?.and_then(|account| account.wachtwoord);
        change.commit().await?;
        let right = self.reken(known.clone().unwrap_or_else(Hash::van_niemand), bevestiging.wachtwoord).await?;

        let mut change = self.records.begin().await?;
        let mut account = van_sessie(&mut change, &sessie, nu).await?;
        let right = right && account.wachtwoord.is_some() && account.wachtwoord == known;
        match right.then(|| account.gebruik_code(bevestiging.code, nu)).flatten() {
            Some(bewijs) => {
                remming::vergeet(&mut change, &geteld).await?;
                Ok(Bewezen { change, sessie, account, bewijs })
            }
            None => {
                voorval::noteer_mislukt(&mut change, sessie.account, true, geteld.remt, nu).await?;
                change.commit().await?;
                Err(Weigering::KloptNiet)
            }
        }
    }
}

/// Whether this session, or somebody who proved later than it who they are, began to set up the other app: somebody else
/// who was signed in then is not shown its secret.
fn is_begonnen_door(van: &Sessie, account: &Account) -> bool {
    van.bewezen_op.as_microsecond() >= account.wordt_sinds
}

/// The account of a session that may have been ended meanwhile.
async fn van_sessie(change: &mut RecordChange<'_>, sessie: &Sessie, nu: Timestamp) -> Result<Account, Weigering> {
    sessie::nog(change, sessie, nu).await?;
    account::lees(change, sessie.account).await?.ok_or(Weigering::GeenSessie)
}

/// Goes on under a new secret.
async fn verder(bewezen: Bewezen<'_>, nu: Timestamp) -> Result<Geheim, Weigering> {
    let Bewezen { mut change, sessie, bewijs, .. } = bewezen;
    let geheim = sessie::wissel_naam(&mut change, &sessie, nu, Some(bewijs)).await?;
    change.commit().await?;
    Ok(geheim)
}

/// Goes on under a new secret, and nowhere else: what proves who somebody is was changed.
async fn alleen_hier(mut bewezen: Bewezen<'_>, soort: Soort, nu: Timestamp) -> Result<Geheim, Weigering> {
    bewezen.account.wordt = None;
    let Bewezen { change, sessie, account, .. } = &mut bewezen;
    account::schrijf(change, sessie.account, account).await?;
    let own = sessie::nog(change, sessie, nu).await?;
    eindig_sessies(change, sessie.account).await?;
    change.put(&own).await?;
    change.remove_of_owner(TOESTEL, &sessie.account.0).await?;
    change.remove_of_owner(LINK, &sessie.account.0).await?;
    noteer(change, sessie.account, soort, Door::Zelf, nu).await?;
    verder(bewezen, nu).await
}
