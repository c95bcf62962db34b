//! What all who read and write in one process share: the log on disk, and the region in memory as far as it was read.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use domain::Date;
use domain::body::{Body, DocumentSoort};
use domain::calendar::dag_in_nederland;
use domain::fact::{FactId, NewFact};
use domain::ids::{LeerlingId, OrganisatieId};
use domain::levering::Wijziging;
use domain::region::{KlokAfspraken, TermijnAfspraken};
use register::Register;
use store::{Seq, Store};
use tokio::sync::Mutex;

use super::lezen::{Lezen, Regel};
use super::moment;
use crate::fout::Fout;
use crate::klok;

/// Facts that are applied while readers wait: well under a millisecond.
const PER_KEER: usize = 250;
/// No version of the file with the log.
const NOOIT: i64 = i64::MIN;

/// The log of one region and what it means, for any number of readers at once and whoever writes.
///
/// Readers wait only while something is applied, which takes a few milliseconds at most; never while something is
/// written, read from the disk or worked out.
pub struct Boek {
    store: Arc<Store>,
    register: RwLock<Register>,
    /// Held by who applies what was added, so that the order is that of the log; never while something is written.
    toepassen: Mutex<Toepassen>,
    /// Version of the file at which all of it was applied.
    bij: AtomicI64,
    /// When the log was told the last of that, in microseconds since 1970 UTC.
    laatst_bekend: AtomicI64,
}

struct Toepassen {
    /// The version of the protocol of which the values are in force.
    protocol: Option<String>,
    /// The day on which that is asked.
    op: Date,
}

/// What was just written by this process.
pub(super) struct Geschreven {
    /// Its place in the log.
    pub appended: store::Appended,
    /// The facts, in order.
    pub feiten: Vec<(FactId, NewFact)>,
    /// What a delivery among them changed.
    pub levering: Option<(OrganisatieId, Vec<(LeerlingId, Wijziging)>)>,
}

impl Boek {
    pub(super) fn new(store: Store) -> Self {
        Boek {
            store: Arc::new(store),
            register: RwLock::default(),
            toepassen: Mutex::new(Toepassen { protocol: None, op: dag_in_nederland(klok::nu()) }),
            bij: AtomicI64::new(NOOIT),
            laatst_bekend: AtomicI64::new(0),
        }
    }

    /// The region as far as the log was read. Keep it as short as a question takes, and never two at once: while one
    /// waits to apply something, a second may wait for the first.
    pub fn register(&self) -> RwLockReadGuard<'_, Register> {
        self.register.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn register_mut(&self) -> RwLockWriteGuard<'_, Register> {
        self.register.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The log itself, for backup and checks.
    pub fn store(&self) -> &Store {
        &self.store
    }

    #[cfg(test)]
    pub(super) fn into_store(self) -> Option<Store> {
        Arc::into_inner(self.store)
    }

    /// How far the log was applied.
    pub fn gezien(&self) -> Seq {
        place(self.register().head())
    }

    /// Whether nothing was added to the log since the last look. Costs a fraction of reading the head, so that every page
    /// can ask.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn is_bij(&self) -> Result<bool, Fout> {
        if self.is_ongewijzigd().await {
            return Ok(true);
        }
        // Something was written, perhaps by us, perhaps nothing that counts. Whoever is applying it goes first: rules that
        // changed are not in force before they are worked out.
        let _applied = self.toepassen.lock().await;
        if self.is_ongewijzigd().await {
            return Ok(true);
        }
        // The version before the head: what is written in between makes another one.
        let version = self.store.version().await.unwrap_or(NOOIT);
        let head = self.store.head().await?;
        let bij = head.seq == self.gezien();
        if bij {
            self.is_bij_op(version, head.known);
        }
        Ok(bij)
    }

    /// Whether nobody wrote in the file since all of it was applied.
    async fn is_ongewijzigd(&self) -> bool {
        let version = self.store.version().await.unwrap_or(NOOIT);
        version != NOOIT && version == self.bij.load(Ordering::Acquire)
    }

    fn is_bij_op(&self, version: i64, known: i64) {
        self.laatst_bekend.store(known, Ordering::Release);
        self.bij.store(version, Ordering::Release);
    }

    /// Begins a day: the values of the protocol that is in force then, and all children to be summed up, unless that was
    /// done. Waits for who applies something, on a thread of its own.
    pub fn begin_dag(&self, on: Date) {
        let mut toepassen = self.toepassen.blocking_lock();
        if std::mem::replace(&mut toepassen.op, on) != on {
            self.neem_waarden_over(&mut toepassen);
        }
        drop(toepassen);
        if !self.register().is_samengevat(on) {
            self.register_mut().begin_dag(on);
        }
    }

    /// Sums up at most so many children while others read on; no when there are none left.
    pub fn vat_samen(&self, most: usize, threads: usize) -> bool {
        let gevat = {
            let register = self.register();
            let Some(werk) = register.samen_te_vatten(most) else { return false };
            register.vat_samen(werk, threads)
        };
        let afval = {
            let mut register = self.register_mut();
            register.neem_samenvattingen(gevat);
            register.ruim_op()
        };
        drop(afval);
        true
    }

    /// Reads what was added to the log since the last look, by this process or another. Returns when the log was told the
    /// last of it, in microseconds since 1970 UTC.
    ///
    /// # Errors
    /// When the log cannot be read, or holds a fact in a form that this version does not know.
    pub async fn bijlezen(&self) -> Result<i64, Fout> {
        let mut toepassen = self.toepassen.lock().await;
        if self.is_ongewijzigd().await {
            return Ok(self.laatst_bekend.load(Ordering::Acquire));
        }
        self.lees_bij(&mut toepassen).await
    }

    async fn lees_bij(&self, toepassen: &mut Toepassen) -> Result<i64, Fout> {
        // The version first: what is written while we read makes another one.
        let version = self.store.version().await.unwrap_or(NOOIT);
        let mut lezen = Lezen::vanaf(Arc::clone(&self.store), self.gezien()).await?;
        loop {
            let regels = lezen.verder().await?;
            if regels.is_empty() {
                break;
            }
            self.neem(regels);
        }
        self.settle(toepassen);
        let known = lezen.laatst_bekend();
        self.is_bij_op(version, known);
        Ok(known)
    }

    /// Applies what was just written; first what others wrote in between, so that the order is that of the log.
    pub(super) async fn toegepast(&self, geschreven: Geschreven) -> Result<(), Fout> {
        let mut toepassen = self.toepassen.lock().await;
        let (head, appended) = (self.gezien(), geschreven.appended);
        if head >= appended.last {
            // Somebody who looked was sooner, and read it from the log.
            return Ok(());
        }
        if head.0 + 1 != appended.first.0 {
            self.lees_bij(&mut toepassen).await?;
            return Ok(());
        }
        let (known, levering) = (moment(appended.known)?, geschreven.levering);
        let facts = geschreven.feiten.into_iter().map(|(id, fact)| Arc::new(fact.recorded(id, known)));
        self.neem(match levering {
            Some((school, changes)) => facts.map(|fact| Regel::Levering(fact, school, changes.clone())).collect(),
            None => facts.map(Regel::Feit).collect(),
        });
        self.settle(&mut toepassen);
        Ok(())
    }

    /// Applies the next entries of the log, a few at a time. What a delivery changes is worked out beforehand.
    fn neem(&self, regels: Vec<Regel>) {
        let mut regels = regels.into_iter().peekable();
        while let Some(regel) = regels.next() {
            if let Regel::Levering(fact, school, changes) = regel {
                let bereid = self.register().bereid(school, &changes, fact.known);
                let mut register = self.register_mut();
                let seq = register.head() + 1;
                register.apply_levering(seq, fact, bereid);
                continue;
            }
            let mut register = self.register_mut();
            self.neem_een(&mut register, regel);
            for _ in 1..PER_KEER {
                let Some(regel) = regels.next_if(|regel| !matches!(regel, Regel::Levering(..))) else { break };
                self.neem_een(&mut register, regel);
            }
        }
    }

    fn neem_een(&self, register: &mut Register, regel: Regel) {
        let seq = register.head() + 1;
        match regel {
            Regel::Feit(fact) | Regel::Levering(fact, ..) => {
                if let Body::Vernietigd(vernietigd) = &fact.body {
                    self.store.forget_key(store::KeyId(vernietigd.sleutel.to_be_bytes()));
                }
                register.apply(seq, fact);
            }
            Regel::Vernietigd => register.skip(seq),
        }
    }

    /// Brings the rules of the region up to date: its schools, and the values of the protocol that is in force today. All
    /// is worked out while others read on.
    fn settle(&self, toepassen: &mut Toepassen) {
        let regels = self.register().nieuwe_regels();
        if let Some(regels) = regels {
            self.register_mut().neem_over(regels);
        }
        self.neem_waarden_over(toepassen);
    }

    fn neem_waarden_over(&self, toepassen: &mut Toepassen) {
        let waarden = Waarden::van(&self.register(), toepassen);
        if let Some(waarden) = waarden {
            waarden.neem_over(&mut self.register_mut());
        }
    }
}

/// A place in the log as the log counts.
pub(super) fn place(head: u64) -> Seq {
    Seq(i64::try_from(head).unwrap_or(i64::MAX))
}

/// Values of a protocol that come into force.
struct Waarden {
    versie: String,
    klok: KlokAfspraken,
    termijnen: TermijnAfspraken,
}

impl Waarden {
    /// Those of the protocol that is in force on the day, unless these are what counts already. A protocol that was adopted
    /// for a later day waits for that day, as its signals do.
    fn van(register: &Register, toepassen: &mut Toepassen) -> Option<Self> {
        let (_, document) = register.document_op(DocumentSoort::Protocol, toepassen.op)?;
        if toepassen.protocol.as_ref() == Some(&document.versie) {
            return None;
        }
        let versie = document.versie.clone();
        toepassen.protocol = Some(versie.clone());
        // A protocol is checked before it is adopted; should one be unreadable all the same, the values before it stay.
        let (klok, termijnen) = exchange::afspraken::lees(document.tekst.zichtbaar()).ok()?;
        Some(Waarden { versie, klok, termijnen })
    }

    fn neem_over(self, register: &mut Register) {
        register.adopt(|rules| {
            rules.protocol = self.versie;
            rules.klok = self.klok;
            rules.termijnen = self.termijnen;
        });
    }
}

/// Puts the values of the protocol in force that counted on a day.
pub(super) fn neem_protocol_over(register: &mut Register, op: Date) {
    if let Some(waarden) = Waarden::van(register, &mut Toepassen { protocol: None, op }) {
        waarden.neem_over(register);
    }
}

#[cfg(test)]
mod tests {
    use domain::body::Regiodocument;
    use domain::fact::NewFact;
    use domain::ids::DocumentId;
    use domain::period::{Period, next_day};

    use super::*;
    use crate::logboek::proef::*;

    /// A protocol from a day on, under which the clock begins after so many schooldagen.
    fn protocol(vanaf: Date, dagen: u32) -> NewFact {
        let own = format!("schooldagen_zonder_deelname = {dagen} ");
        let tekst = signals::protocol::STANDAARD.replace("schooldagen_zonder_deelname = 10", &own);
        let body =
            Regiodocument { soort: DocumentSoort::Protocol, versie: dagen.to_string(), tekst: tekst.as_str().into() };
        NewFact { valid: Period::since(vanaf), ..feit(DocumentId::new(1), body) }
    }

    #[test]
    fn the_values_of_a_protocol_count_from_its_day_on() {
        speel(async {
            let (_plek, mut logboek) = Plek::new().await;
            let vandaag = dag_in_nederland(klok::nu());
            stel(&mut logboek, vec![protocol(vandaag, 8), protocol(next_day(vandaag), 5)]).await;
            let boek = logboek.boek();
            let dagen = || {
                let register = boek.register();
                (register.rules().klok.schooldagen_zonder_deelname, register.rules().protocol.clone())
            };
            assert_eq!(dagen(), (8, "8".to_owned()), "tomorrow's waits for tomorrow");
            std::thread::scope(|scope| scope.spawn(|| boek.begin_dag(next_day(vandaag))).join()).unwrap();
            assert_eq!(dagen(), (5, "5".to_owned()));
            let toen = boek.zoals_bekend(SAM, klok::nu()).await.unwrap();
            assert_eq!(toen.rules().protocol, "8", "what counted on that day");
        });
    }
}
