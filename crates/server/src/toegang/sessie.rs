//! Sessions: who is signed in, in which function, until when. Each lives in the file only, so that a process sees at once
//! what another ended.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use domain::Timestamp;
use domain::fact::Rol;
use domain::ids::{MedewerkerId, OrganisatieId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Record, RecordChange, RecordName};

use super::Toegang;
use super::aanmelden::Bewijs;
use super::account::{AccountId, eindig_sessies};
use super::geheim::{Geheim, gelijk};
use super::opslag::{self, Bytes, SESSIE, moment};
use super::weigering::Weigering;
use crate::fout::Fout;
use crate::hex::{hex, unhex};
use crate::klok;

const SECONDE: i64 = 1_000_000;
/// A session that nobody used for so long has ended, in microseconds: 30 minutes.
pub const STILTE: i64 = 30 * 60 * SECONDE;
/// No session lasts longer, in microseconds: 10 hours.
pub const DUUR: i64 = 10 * 60 * 60 * SECONDE;
/// Use is written down at most once in so long, in microseconds: a minute.
const VERNIEUW: i64 = 60 * SECONDE;
/// So long after showing who one is, in microseconds, nothing asks it again: 10 minutes.
pub const VERS: i64 = 10 * 60 * SECONDE;
/// Most sessions shown of one account; a person who has more must end all.
const MAX_SESSIES: usize = 100;

/// In which function somebody works: as whom, for which organisation, in which role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Keuze {
    /// The professional.
    pub medewerker: MedewerkerId,
    /// The organisation.
    pub organisatie: OrganisatieId,
    /// The role.
    pub rol: Rol,
}

/// A session that holds now.
#[derive(Clone, PartialEq, Eq)]
pub struct Sessie {
    /// Whose it is.
    pub account: AccountId,
    /// The function that was chosen; none directly after signing in. Ask [`Toegang::geldt`] before relying on it: roles
    /// end on a day.
    pub keuze: Option<Keuze>,
    /// Whether there was another function to choose then.
    pub andere: bool,
    /// When this person signed in.
    pub begonnen: Timestamp,
    /// When this person showed last who they are, with a second factor except in a made-up region.
    pub bewezen_op: Timestamp,
    /// When this person signed in the time before: "sinds u laatst keek".
    pub vorige: Option<Timestamp>,
    /// How it was proved then.
    pub bewijs: Bewijs,
    /// When it ends if nothing happens.
    pub tot: Timestamp,
    /// Told to nobody: forms carry [`Self::formuliertoken`].
    pub(super) csrf: Geheim,
    naam: RecordName,
}

impl Sessie {
    /// Whether this person showed just now who they are. What cannot be undone asks for it.
    pub fn vers(&self, nu: Timestamp) -> bool {
        nu.as_microsecond().saturating_sub(self.bewezen_op.as_microsecond()) < VERS
    }

    /// What a form of this session sends along, so that no other site can send it; another one each time, so that
    /// compressing a page tells nothing of it.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn formuliertoken(&self) -> Result<String, Fout> {
        let salt: [u8; 16] = klok::toevalsbytes()?;
        Ok(format!("{}{}", hex(&salt), hex(&self.stempel(salt))))
    }

    /// Whether a form came from this session.
    pub fn is_formuliertoken(&self, token: &str) -> bool {
        let (salt, stempel) = token.split_at_checked(32).unwrap_or_default();
        let (Some(salt), Some(stempel)) = (unhex(salt), unhex::<32>(stempel)) else { return false };
        gelijk(&self.stempel(salt), &stempel)
    }

    fn stempel(&self, salt: [u8; 16]) -> [u8; 32] {
        let mut digest = Sha256::new();
        digest.update(self.csrf.tekst());
        digest.update(salt);
        digest.finalize().into()
    }
}

impl fmt::Debug for Sessie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sessie({}, {:?})", self.account, self.keuze)
    }
}

/// A session in the list of its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessieRegel {
    /// To end it by; no secret.
    pub nummer: String,
    /// When it began.
    pub begonnen: Timestamp,
    /// When it was used last, to the minute.
    pub gebruikt: Timestamp,
    /// Whether it is the one that asks.
    pub deze: bool,
}

#[derive(Clone, Serialize, Deserialize)]
struct Vorm {
    versie: u32,
    begonnen: i64,
    gebruikt: i64,
    bewezen: i64,
    vorige: Option<i64>,
    bewijs: Bewijs,
    csrf: Bytes<32>,
    keuze: Option<(u64, u64, String)>,
    /// Whether there was another to choose; not written down by earlier versions.
    #[serde(default)]
    andere: Option<bool>,
}

impl Vorm {
    fn tot(&self) -> i64 {
        self.gebruikt.saturating_add(STILTE).min(self.begonnen.saturating_add(DUUR))
    }

    fn keuze(&self) -> Option<Keuze> {
        let (medewerker, organisatie, rol) = self.keuze.as_ref()?;
        let (medewerker, organisatie) = (MedewerkerId::new(*medewerker), OrganisatieId::new(*organisatie));
        Some(Keuze { medewerker, organisatie, rol: Rol::from_code(rol)? })
    }

    fn record(&self, naam: RecordName, account: AccountId) -> Result<Record, Fout> {
        Ok(Record { kind: SESSIE, name: naam, owner: account.0, until: self.tot(), content: opslag::schrijf(self)? })
    }
}

/// What a new session begins with.
pub(super) struct Begin {
    pub account: AccountId,
    pub bewijs: Bewijs,
    pub vorige: Option<i64>,
    pub nu: Timestamp,
}

/// Sessions as they were read last, each with the text of which it was read: what every page asks is not taken apart
/// each time.
#[derive(Default)]
pub(super) struct Gelezenen(Mutex<BTreeMap<RecordName, Gelezen>>);

struct Gelezen {
    content: Vec<u8>,
    gebruikt: i64,
    sessie: Arc<Sessie>,
}

/// Sessions that are kept so, over all people together; when there are more, all are read anew.
const MAX_GELEZEN: usize = 5_000;

impl Gelezenen {
    /// The session of a record, when it was read of this very text, holds, and need not be written down as used.
    fn van(&self, naam: &RecordName, record: &Record, nu: Timestamp) -> Option<Arc<Sessie>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all.get(naam).filter(|known| known.content == record.content)?;
        let fresh = nu.as_microsecond().saturating_sub(known.gebruikt) < VERNIEUW;
        (fresh && nu < known.sessie.tot).then(|| Arc::clone(&known.sessie))
    }

    fn zet(&self, naam: RecordName, gelezen: Gelezen) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MAX_GELEZEN {
            all.clear();
        }
        all.insert(naam, gelezen);
    }
}

/// Begins a session and returns its secret, for the browser.
pub(super) async fn begin(change: &mut RecordChange<'_>, begin: Begin) -> Result<Geheim, Weigering> {
    let Begin { account, bewijs, vorige, nu } = begin;
    let (nu, geheim) = (nu.as_microsecond(), Geheim::nieuw()?);
    let vorm = Vorm {
        versie: 1,
        begonnen: nu,
        gebruikt: nu,
        bewezen: nu,
        vorige,
        bewijs,
        csrf: Bytes(Geheim::nieuw()?.bytes()),
        keuze: None,
        andere: None,
    };
    change.put(&vorm.record(geheim.naam(), account)?).await?;
    Ok(geheim)
}

impl Toegang {
    /// The session of a secret, if it holds at this moment. Costs nothing as long as nobody's account or session changed; using a session is written down
    /// at most once a minute.
    ///
    /// # Errors
    /// [`Weigering::GeenSessie`] when it ended or never was.
    pub async fn sessie(&self, geheim: &str, nu: Timestamp) -> Result<Arc<Sessie>, Weigering> {
        let naam = Geheim::lees(geheim).ok_or(Weigering::GeenSessie)?.naam();
        let record = self.records.get_kept(SESSIE, &naam).await?.ok_or(Weigering::GeenSessie)?;
        if let Some(known) = self.gelezen.van(&naam, &record, nu) {
            return Ok(known);
        }
        let content = record.content.clone();
        let (account, mut vorm) = geldig(Some(record), nu)?;
        let nu = nu.as_microsecond();
        if nu.saturating_sub(vorm.gebruikt) >= VERNIEUW {
            let mut change = self.records.begin().await?;
            // It may have been ended just now: then it is not to come back.
            let record = change.get(SESSIE, &naam).await?;
            (_, vorm) = geldig(record, moment(nu))?;
            vorm.gebruikt = vorm.gebruikt.max(nu);
            change.put(&vorm.record(naam, account)?).await?;
            change.commit().await?;
            return Ok(Arc::new(sessie(naam, account, &vorm)));
        }
        let made = Arc::new(sessie(naam, account, &vorm));
        self.gelezen.zet(naam, Gelezen { content, gebruikt: vorm.gebruikt, sessie: Arc::clone(&made) });
        Ok(made)
    }

    /// Goes on in a function, or in none. The session gets a new secret; the old one is worth nothing from now on. Whether
    /// the function is this person's is for [`Toegang::kies`] to ask.
    pub(super) async fn zet_keuze(
        &self,
        geheim: &str,
        keuze: Option<Keuze>,
        andere: bool,
        nu: Timestamp,
    ) -> Result<Geheim, Weigering> {
        self.vernieuw(geheim, nu, |vorm| {
            vorm.andere = Some(andere);
            vorm.keuze =
                keuze.map(|keuze| (keuze.medewerker.0.get(), keuze.organisatie.0.get(), keuze.rol.code().to_owned()));
        })
        .await
    }

    async fn vernieuw(&self, geheim: &str, nu: Timestamp, wijzig: impl FnOnce(&mut Vorm)) -> Result<Geheim, Weigering> {
        let oud = Geheim::lees(geheim).ok_or(Weigering::GeenSessie)?.naam();
        let mut change = self.records.begin().await?;
        let nieuw = wissel(&mut change, oud, nu, wijzig).await?;
        change.commit().await?;
        Ok(nieuw)
    }

    /// Signs out: the session is gone everywhere. Signing out twice is no mistake.
    ///
    /// # Errors
    /// When the file cannot be written; the session may still hold then.
    pub async fn afmelden(&self, geheim: &str) -> Result<(), Weigering> {
        let Some(geheim) = Geheim::lees(geheim) else { return Ok(()) };
        let mut change = self.records.begin().await?;
        change.remove(SESSIE, &geheim.naam()).await?;
        Ok(change.commit().await?)
    }

    /// The sessions of the account that asks, the one used last first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn sessies(&self, van: &Sessie, nu: Timestamp) -> Result<Vec<SessieRegel>, Weigering> {
        let mut regels = Vec::new();
        for record in self.records.of_owner(SESSIE, &van.account.0, MAX_SESSIES).await? {
            let naam = record.name;
            let Ok((_, vorm)) = geldig(Some(record), nu) else { continue };
            regels.push(SessieRegel {
                nummer: nummer(&naam),
                begonnen: moment(vorm.begonnen),
                gebruikt: moment(vorm.gebruikt),
                deze: naam == van.naam,
            });
        }
        regels.sort_by_key(|regel| std::cmp::Reverse(regel.gebruikt));
        Ok(regels)
    }

    /// Ends one session of the account that asks; whether there was one with that number.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn beeindig(&self, van: &Sessie, welke: &str) -> Result<bool, Weigering> {
        let mut change = self.records.begin().await?;
        let sessies = change.of_owner(SESSIE, &van.account.0, MAX_SESSIES).await?;
        let Some(record) = sessies.into_iter().find(|record| nummer(&record.name) == welke) else { return Ok(false) };
        let gone = change.remove(SESSIE, &record.name).await?;
        change.commit().await?;
        Ok(gone)
    }

    /// Ends all sessions of the account that asks, except that one; how many.
    ///
    /// # Errors
    /// When the file cannot be written; none has ended then.
    pub async fn beeindig_andere(&self, van: &Sessie) -> Result<u64, Weigering> {
        let mut change = self.records.begin().await?;
        let own = change.get(SESSIE, &van.naam).await?.ok_or(Weigering::GeenSessie)?;
        let ended = eindig_sessies(&mut change, van.account).await?;
        change.put(&own).await?;
        change.commit().await?;
        Ok(ended.saturating_sub(1))
    }
}

/// The session as it is stored now; it may have been ended meanwhile.
pub(super) async fn nog(change: &mut RecordChange<'_>, sessie: &Sessie, nu: Timestamp) -> Result<Record, Weigering> {
    let record = change.get(SESSIE, &sessie.naam).await?;
    geldig(record.clone(), nu)?;
    record.ok_or(Weigering::GeenSessie)
}

/// Puts a session under a new secret.
pub(super) async fn wissel_naam(
    change: &mut RecordChange<'_>,
    van: &Sessie,
    nu: Timestamp,
    bewijs: Option<Bewijs>,
) -> Result<Geheim, Weigering> {
    wissel(change, van.naam, nu, |vorm| {
        if let Some(bewijs) = bewijs {
            vorm.bewijs = bewijs;
            vorm.bewezen = nu.as_microsecond();
        }
    })
    .await
}

async fn wissel(
    change: &mut RecordChange<'_>,
    oud: RecordName,
    nu: Timestamp,
    wijzig: impl FnOnce(&mut Vorm),
) -> Result<Geheim, Weigering> {
    let record = change.get(SESSIE, &oud).await?;
    let (account, mut vorm) = geldig(record, nu)?;
    wijzig(&mut vorm);
    vorm.gebruikt = vorm.gebruikt.max(nu.as_microsecond());
    vorm.csrf = Bytes(Geheim::nieuw()?.bytes());
    let nieuw = Geheim::nieuw()?;
    change.remove(SESSIE, &oud).await?;
    change.put(&vorm.record(nieuw.naam(), account)?).await?;
    Ok(nieuw)
}

fn geldig(record: Option<Record>, nu: Timestamp) -> Result<(AccountId, Vorm), Weigering> {
    let record = record.ok_or(Weigering::GeenSessie)?;
    let vorm: Vorm = opslag::lees(&record)?;
    if nu.as_microsecond() < vorm.tot() { Ok((AccountId(record.owner), vorm)) } else { Err(Weigering::GeenSessie) }
}

fn sessie(naam: RecordName, account: AccountId, vorm: &Vorm) -> Sessie {
    Sessie {
        account,
        keuze: vorm.keuze(),
        andere: vorm.andere.unwrap_or(true),
        begonnen: moment(vorm.begonnen),
        bewezen_op: moment(vorm.bewezen),
        vorige: vorm.vorige.map(moment),
        bewijs: vorm.bewijs,
        tot: moment(vorm.tot()),
        csrf: Geheim::van(vorm.csrf.0),
        naam,
    }
}

/// Tells sessions of one account apart, without their secrets.
fn nummer(naam: &RecordName) -> String {
    hex(naam.0.get(..8).unwrap_or_default())
}
