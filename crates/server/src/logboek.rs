//! One data place in use: the log on disk and the region in memory, kept equal.
//!
//! Every process reads what was added since its last look before it decides or shows anything, so that a write or a
//! revoked right is seen at once everywhere.

mod boek;
mod leeslog;
mod lezen;
#[cfg(test)]
pub mod proef;
mod schrijver;
mod toen;

pub use boek::Boek;
pub use leeslog::{Inzage, Kijk, Kijken, Lezer};
pub use schrijver::{Antwoord, Beslissing, Besluit, Poging};

use std::ops::Deref;
use std::path::Path;
use std::sync::{Arc, RwLockWriteGuard};

use domain::Timestamp;
use domain::body::{Bewaarcategorie, Body};
use domain::fact::{Actor, FactId, NewFact};
use domain::ids::{LeerlingId, OrganisatieId, Subject};
use domain::levering::Wijziging;
use exchange::{opslag, wijziging};
use register::Register;
use store::{Command, DeliveryId, InstallationKey, KeyScope, NewBlob, NewEntry, OwnerId, Store, SubjectId};

use crate::fout::Fout;
use crate::klok::Toeval;
use boek::Geschreven;

/// Facts in one transaction of an import.
const PER_TRANSACTIE: usize = store::MAX_ENTRIES;

/// Writes in the log. All else it shares with whoever reads: see [`Boek`].
pub struct Logboek {
    boek: Arc<Boek>,
    toeval: Toeval,
}

impl Deref for Logboek {
    type Target = Boek;

    fn deref(&self) -> &Boek {
        &self.boek
    }
}

impl Logboek {
    /// Opens a place and reads the whole log.
    ///
    /// # Errors
    /// When the place, its keys or the installation key do not fit together.
    pub async fn open(folder: &Path, key: InstallationKey) -> Result<Self, Fout> {
        Self::over(Store::open(folder, key).await?).await
    }

    /// Makes a new place; it must be empty.
    ///
    /// # Errors
    /// When there is something already.
    pub async fn create(folder: &Path, region: &str, key: InstallationKey) -> Result<Self, Fout> {
        Self::over(Store::create(folder, region, key).await?).await
    }

    async fn over(store: Store) -> Result<Self, Fout> {
        let boek = Arc::new(Boek::new(store));
        boek.bijlezen().await?;
        Ok(Logboek { boek, toeval: Toeval::default() })
    }

    /// Closes the files, so that they can be copied.
    #[cfg(test)]
    pub async fn sluit(self) {
        if let Some(store) = Arc::into_inner(self.boek).and_then(Boek::into_store) {
            store.close().await;
        }
    }

    /// What is shared with those who read.
    pub fn boek(&self) -> &Arc<Boek> {
        &self.boek
    }

    /// The region, for what it keeps derived; nobody reads it meanwhile. Facts come in by the log alone.
    pub fn register_mut(&mut self) -> RwLockWriteGuard<'_, Register> {
        self.boek.register_mut()
    }

    /// Where new ids come from.
    pub fn toeval(&mut self) -> &mut Toeval {
        &mut self.toeval
    }

    /// Writes facts that nothing in the register speaks against, as an import has checked them, in transactions of
    /// many; the facts of one group always in one. What was written before a failure stays; the same import again
    /// writes only the rest.
    ///
    /// # Errors
    /// When the log cannot be written.
    pub async fn schrijf_reeks(&mut self, now: Timestamp, groups: Vec<Vec<NewFact>>) -> Result<(), Fout> {
        let mut groups = groups.into_iter().peekable();
        while let Some(mut some) = groups.next() {
            while let Some(more) = groups.next_if(|more| some.len() + more.len() <= PER_TRANSACTIE) {
                some.extend(more);
            }
            let named: Result<Vec<_>, Fout> = some.into_iter().map(|fact| Ok((self.toeval.fact_id()?, fact))).collect();
            self.schrijf_genoemd(now, named?).await?;
        }
        Ok(())
    }

    /// Writes facts that bring their own names, together.
    ///
    /// # Errors
    /// When the log cannot be written, or they are more than one transaction holds.
    pub async fn schrijf_genoemd(&mut self, now: Timestamp, facts: Vec<(FactId, NewFact)>) -> Result<(), Fout> {
        if facts.is_empty() {
            return Ok(());
        }
        let command =
            Command { seen: self.gezien(), read: Vec::new(), entries: entries(&facts), attempt: None, reveals: None };
        self.append(now, &command, facts, None).await
    }

    /// Makes the keys under which the absence of these pupils will be sealed, all at once: a file of many schools would
    /// otherwise wait for the disk at each of them. A key that seals nothing yet harms nobody.
    ///
    /// # Errors
    /// When the keys cannot be written.
    pub async fn maak_sleutels(
        &mut self,
        pupils: impl Iterator<Item = (OrganisatieId, LeerlingId)>,
    ) -> Result<(), Fout> {
        let scopes: Vec<KeyScope> = pupils
            .map(|(school, leerling)| {
                scope(leerling.into(), &Actor::Systeem { organisatie: school }, Bewaarcategorie::Verzuim)
            })
            .collect();
        for some in scopes.chunks(store::MAX_KEYS_AT_ONCE) {
            self.store().prepare_keys(some).await?;
        }
        Ok(())
    }

    /// Writes a delivery: its differences first, invisible, then the fact that makes them count. `gezien` is how far the
    /// log was applied when the differences were worked out.
    ///
    /// # Errors
    /// When the log cannot be written.
    pub async fn lever(
        &mut self,
        now: Timestamp,
        mut fact: NewFact,
        changes: Vec<(LeerlingId, Wijziging)>,
        gezien: u64,
    ) -> Result<(), Fout> {
        let Subject::Organisatie(school) = fact.about else {
            return Err(Fout::kan_niet("Een verzuimlevering hoort bij een school."));
        };
        let nummer = self.toeval.fact_id()?.0;
        let mut delivery = self.store().begin_delivery(DeliveryId(nummer.to_be_bytes())).await?;
        let blob = |(leerling, changed): &(LeerlingId, Wijziging)| {
            let payload = wijziging::schrijf(changed).ok_or_else(te_veel_rijen)?;
            Ok(NewBlob { scope: scope((*leerling).into(), &fact.by, Bewaarcategorie::Verzuim), payload })
        };
        let blobs: Vec<NewBlob> = changes.iter().map(blob).collect::<Result<_, Fout>>()?;
        self.store().write_blobs(&mut delivery, &blobs).await?;
        if let Body::VerzuimLevering(levering) = &mut fact.body {
            levering.nummer = nummer;
            levering.inhoud = delivery.digest();
            levering.gewijzigde_leerlingen = u32::try_from(changes.len()).unwrap_or(u32::MAX);
        }
        let feiten = vec![(self.toeval.fact_id()?, fact)];
        // The differences rest on what stood of this school.
        let read = vec![subject_id(school.into())];
        let command = Command {
            seen: boek::place(gezien),
            read,
            entries: entries(&feiten),
            attempt: None,
            reveals: Some(delivery),
        };
        self.append(now, &command, feiten, Some((school, changes))).await
    }

    async fn append(
        &mut self,
        now: Timestamp,
        command: &Command,
        feiten: Vec<(FactId, NewFact)>,
        levering: Option<(OrganisatieId, Vec<(LeerlingId, Wijziging)>)>,
    ) -> Result<(), Fout> {
        match self.store().append(now.as_microsecond(), command).await? {
            store::Outcome::Appended(appended) => self.toegepast(Geschreven { appended, feiten, levering }).await,
            store::Outcome::Conflict { .. } => Err(Fout::kan_niet(
                "Van deze school werd net iets anders vastgelegd. Er is niets geschreven. Lees het bestand opnieuw in.",
            )),
            _ => Err(Fout::kan_niet("Deze levering werd al afgebroken of vastgelegd. Lees het bestand opnieuw in.")),
        }
    }
}

fn te_veel_rijen() -> Fout {
    Fout::kan_niet(format!(
        "Eén leerling heeft meer dan {} rijen in dit bestand. Er is niets geschreven van deze levering. Lever het in kleinere periodes.",
        wijziging::MAX_LIST
    ))
}

/// Which key seals a fact: that of its subject, of whoever states it, for its retention term.
fn scope(subject: Subject, by: &Actor, categorie: Bewaarcategorie) -> KeyScope {
    let owner: Subject = match by {
        Actor::Medewerker { organisatie, .. } | Actor::Systeem { organisatie } => (*organisatie).into(),
        Actor::Ouder { persoon } => (*persoon).into(),
        Actor::Leerling { leerling } => (*leerling).into(),
    };
    KeyScope {
        subject: subject_id(subject),
        owner: OwnerId::new(&owner.to_bytes()).unwrap_or_default(),
        category: categorie as u8,
    }
}

fn subject_id(subject: Subject) -> SubjectId {
    SubjectId::new(&subject.to_bytes()).unwrap_or_default()
}

fn onleesbare_levering() -> Fout {
    Fout::kan_niet("Een verzuimlevering in het register is niet leesbaar. Voer `leerrecht verify` uit.")
}

fn entries(facts: &[(FactId, NewFact)]) -> Vec<NewEntry> {
    facts.iter().map(|(id, fact)| entry(*id, fact)).collect()
}

fn entry(id: FactId, fact: &NewFact) -> NewEntry {
    NewEntry {
        fact: store::FactId(id.0.to_be_bytes()),
        scope: scope(fact.about, &fact.by, fact.body.soort().categorie()),
        payload: opslag::schrijf(fact),
    }
}

fn moment(known: i64) -> Result<Timestamp, Fout> {
    Timestamp::from_microsecond(known)
        .map_err(|_| Fout::kan_niet("Een tijdstip in het register is niet leesbaar. Voer `leerrecht verify` uit."))
}
