//! One data place in use: the log on disk and the region in memory, kept equal.
//!
//! Every process reads what was added since its last look before it decides or shows anything, so that a write or a
//! revoked right is seen at once everywhere.

mod leeslog;
mod lezen;
#[cfg(test)]
pub mod proef;
mod schrijver;
mod toen;

pub use leeslog::{Inzage, Kijk, Kijken, Lezer};
pub use schrijver::{Antwoord, Beslissing, Besluit, Poging};

use std::path::Path;
use std::sync::Arc;

use domain::Timestamp;
use domain::body::{Bewaarcategorie, Body, DocumentSoort};
use domain::fact::{Actor, FactId, NewFact};
use domain::ids::{LeerlingId, OrganisatieId, Subject};
use domain::levering::Wijziging;
use exchange::{opslag, wijziging};
use register::Register;
use store::{Command, DeliveryId, InstallationKey, KeyScope, NewBlob, NewEntry, OwnerId, Seq, Store, SubjectId};

use crate::fout::Fout;
use crate::klok::Toeval;
use lezen::{Lezen, Regel};

/// Facts in one transaction of an import.
const PER_TRANSACTIE: usize = store::MAX_ENTRIES;

/// The log and what it means.
pub struct Logboek {
    store: Arc<Store>,
    register: Register,
    toeval: Toeval,
    /// The version of the protocol of which the values are in force.
    protocol: Option<String>,
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
        let store = Arc::new(store);
        let mut logboek = Logboek { store, register: Register::new(), toeval: Toeval::default(), protocol: None };
        logboek.bijlezen().await?;
        Ok(logboek)
    }

    /// Closes the files, so that they can be copied.
    #[cfg(test)]
    pub async fn sluit(self) {
        if let Some(store) = Arc::into_inner(self.store) {
            store.close().await;
        }
    }

    /// The region as far as the log was read.
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// The region, for what it keeps derived; facts come in by the log alone.
    pub fn register_mut(&mut self) -> &mut Register {
        &mut self.register
    }

    /// The log itself, for backup and checks.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Whether nothing was added to the log since the last look, and every child is summed up for that day.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn is_bij(&self, vandaag: domain::Date) -> Result<bool, Fout> {
        Ok(self.register.is_samengevat(vandaag) && self.store.head().await?.seq == self.seen())
    }

    /// Where new ids come from.
    pub fn toeval(&mut self) -> &mut Toeval {
        &mut self.toeval
    }

    /// Reads what was added to the log since the last look, by this process or another.
    ///
    /// # Errors
    /// When the log cannot be read, or holds a fact in a form that this version does not know.
    pub async fn bijlezen(&mut self) -> Result<(), Fout> {
        let mut lezen = Lezen::vanaf(Arc::clone(&self.store), self.seen()).await?;
        loop {
            let regels = lezen.verder().await?;
            if regels.is_empty() {
                self.settle();
                return Ok(());
            }
            regels.into_iter().for_each(|regel| self.neem(regel));
        }
    }

    /// Applies the next entry of the log.
    fn neem(&mut self, regel: Regel) {
        let seq = self.register.head() + 1;
        match regel {
            Regel::Vernietigd => self.register.skip(seq),
            Regel::Feit(fact) => {
                if let Body::Vernietigd(vernietigd) = &fact.body {
                    self.store.forget_key(store::KeyId(vernietigd.sleutel.to_be_bytes()));
                }
                self.register.apply(seq, fact);
            }
            Regel::Levering(fact, school, changes) => {
                self.register.apply(seq, fact);
                for (leerling, changed) in &changes {
                    self.register.apply_wijziging(school, *leerling, changed);
                }
            }
        }
    }

    /// Brings the rules of the region up to date: its schools, and the values of the protocol it adopted last.
    fn settle(&mut self) {
        self.register.settle();
        neem_protocol_over(&mut self.register, &mut self.protocol);
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
        if !facts.is_empty() {
            self.append(now, facts, &[], None).await?;
        }
        Ok(())
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
            self.store.prepare_keys(some).await?;
        }
        Ok(())
    }

    /// Writes a delivery: its differences first, invisible, then the fact that makes them count.
    ///
    /// # Errors
    /// When the log cannot be written.
    pub async fn lever(
        &mut self,
        now: Timestamp,
        mut fact: NewFact,
        changes: &[(LeerlingId, Wijziging)],
    ) -> Result<(), Fout> {
        let Subject::Organisatie(school) = fact.about else {
            return Err(Fout::kan_niet("Een verzuimlevering hoort bij een school."));
        };
        let nummer = self.toeval.fact_id()?.0;
        let mut delivery = self.store.begin_delivery(DeliveryId(nummer.to_be_bytes())).await?;
        let blob = |(leerling, changed): &(LeerlingId, Wijziging)| {
            let payload = wijziging::schrijf(changed).ok_or_else(te_veel_rijen)?;
            Ok(NewBlob { scope: scope((*leerling).into(), &fact.by, Bewaarcategorie::Verzuim), payload })
        };
        let blobs: Vec<NewBlob> = changes.iter().map(blob).collect::<Result<_, Fout>>()?;
        self.store.write_blobs(&mut delivery, &blobs).await?;
        if let Body::VerzuimLevering(levering) = &mut fact.body {
            levering.nummer = nummer;
            levering.inhoud = delivery.digest();
            levering.gewijzigde_leerlingen = u32::try_from(changes.len()).unwrap_or(u32::MAX);
        }
        let named = vec![(self.toeval.fact_id()?, fact)];
        // The differences rest on what stood of this school.
        if self.append(now, named, &[subject_id(school.into())], Some(delivery)).await? == Toegepast::UitGeheugen {
            for (leerling, changed) in changes {
                self.register.apply_wijziging(school, *leerling, changed);
            }
        }
        Ok(())
    }

    async fn append(
        &mut self,
        now: Timestamp,
        facts: Vec<(FactId, NewFact)>,
        relied_on: &[SubjectId],
        reveals: Option<store::Delivery>,
    ) -> Result<Toegepast, Fout> {
        let entries = facts.iter().map(|(id, fact)| entry(*id, fact)).collect();
        let command = Command { seen: self.seen(), read: relied_on.to_vec(), entries, attempt: None, reveals };
        match self.store.append(now.as_microsecond(), &command).await? {
            store::Outcome::Appended(appended) => self.applied(appended, facts).await,
            store::Outcome::Conflict { .. } => Err(Fout::kan_niet(
                "Van deze school werd net iets anders vastgelegd. Er is niets geschreven. Lees het bestand opnieuw in.",
            )),
            _ => Err(Fout::kan_niet("Deze levering werd al afgebroken of vastgelegd. Lees het bestand opnieuw in.")),
        }
    }

    /// How far the log was applied.
    fn seen(&self) -> Seq {
        Seq(i64::try_from(self.register.head()).unwrap_or(i64::MAX))
    }

    /// Applies what was just written; first what others wrote in between, so that the order is that of the log.
    async fn applied(&mut self, appended: store::Appended, facts: Vec<(FactId, NewFact)>) -> Result<Toegepast, Fout> {
        let first = u64::try_from(appended.first.0).unwrap_or_default();
        if self.register.head() + 1 != first {
            self.bijlezen().await?;
            return Ok(Toegepast::UitLogboek);
        }
        let known = moment(appended.known)?;
        for (seq, (id, fact)) in (first..).zip(facts) {
            self.register.apply(seq, fact.recorded(id, known));
        }
        self.settle();
        Ok(Toegepast::UitGeheugen)
    }
}

/// How facts that were just written came into the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Toegepast {
    /// From memory: nobody wrote in between.
    UitGeheugen,
    /// Read back from the log, after what others wrote in between; with the differences of a delivery.
    UitLogboek,
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

/// Puts the values of the protocol in force that the region adopted last, unless they are.
fn neem_protocol_over(register: &mut Register, in_force: &mut Option<String>) {
    let Some(document) = register.document(DocumentSoort::Protocol) else { return };
    if in_force.as_ref() == Some(&document.versie) {
        return;
    }
    let versie = document.versie.clone();
    // A protocol is checked before it is adopted; should one be unreadable all the same, the values before it stay.
    if let Ok((klok, termijnen)) = exchange::afspraken::lees(document.tekst.zichtbaar()) {
        register.adopt(|rules| {
            rules.protocol = versie.clone();
            rules.klok = klok;
            rules.termijnen = termijnen;
        });
    }
    *in_force = Some(versie);
}

fn onleesbare_levering() -> Fout {
    Fout::kan_niet("Een verzuimlevering in het register is niet leesbaar. Voer `leerrecht verify` uit.")
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
