//! Reading the log: stretch by stretch, the next ones fetched and opened on all processors while one is applied; of a
//! stretch with deliveries, the next deliveries while one is applied.

use std::collections::VecDeque;
use std::sync::Arc;

use domain::body::Body;
use domain::fact::{Fact, FactId};
use domain::ids::{LeerlingId, OrganisatieId, Subject};
use domain::levering::Wijziging;
use exchange::{opslag, wijziging};
use store::{Blob, Content, DeliveryId, Entry, Head, SealedDelivery, Seq, Store, StoreError};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::{moment, onleesbare_levering};
use crate::fout::Fout;

/// Entries in one stretch: as few as cost little more apiece than more would, for all that are under way stand in memory.
const PER_STUK: i64 = 1_000;
/// Stretches that are fetched or opened at one time: enough to keep disk and processors at work.
const ONDERHANDEN: usize = 8;
/// Deliveries of one stretch that are opened before they are asked for.
const VOORUIT: usize = 16;
/// Fewer entries than this are opened where they were fetched: another thread would cost more than it gives.
const WEINIG: i64 = 50;

/// What an entry of the log says.
pub(super) enum Regel {
    /// Nothing any more: its key was destroyed.
    Vernietigd,
    /// Something was stated.
    Feit(Arc<Fact>),
    /// A school delivered, and for these pupils something changed.
    Levering(Arc<Fact>, OrganisatieId, Vec<(LeerlingId, Wijziging)>),
}

/// Reads a log from a place up to where it ended.
pub(super) struct Lezen {
    store: Arc<Store>,
    /// As far as stretches were asked for.
    gevraagd: Seq,
    eind: Head,
    onderhanden: VecDeque<JoinHandle<Result<Stuk, Fout>>>,
    /// The stretch that is handed over.
    nu: Stuk,
}

/// A stretch of the log that was opened. Its deliveries follow, one for each, in the same order.
struct Stuk {
    regels: std::vec::IntoIter<Regel>,
    leveringen: mpsc::Receiver<Opening>,
}

impl Lezen {
    /// Begins to read what was added after a place.
    pub(super) async fn vanaf(store: Arc<Store>, na: Seq) -> Result<Self, Fout> {
        let eind = store.head().await?;
        Ok(Lezen { store, gevraagd: na, eind, onderhanden: VecDeque::new(), nu: Stuk::zonder_leveringen(Vec::new()) })
    }

    /// When the last of these entries was told, in microseconds since 1970 UTC.
    pub(super) fn laatst_bekend(&self) -> i64 {
        self.eind.known
    }

    /// The next entries, in the order of the log, up to and with the next delivery; none at its end.
    pub(super) async fn verder(&mut self) -> Result<Vec<Regel>, Fout> {
        loop {
            self.vraag_door();
            let regels = self.nu.verder().await?;
            if !regels.is_empty() {
                return Ok(regels);
            }
            let Some(stuk) = self.onderhanden.pop_front() else { return Ok(regels) };
            self.nu = stuk.await.map_err(|_| afgebroken())??;
        }
    }

    fn vraag_door(&mut self) {
        while self.onderhanden.len() < ONDERHANDEN && self.gevraagd < self.eind.seq {
            let (store, na) = (Arc::clone(&self.store), self.gevraagd);
            let tot = self.eind.seq.min(Seq(na.0.saturating_add(PER_STUK)));
            self.onderhanden.push_back(tokio::spawn(lees(store, na, tot.0 - na.0)));
            self.gevraagd = tot;
        }
    }
}

impl Stuk {
    fn zonder_leveringen(regels: Vec<Regel>) -> Self {
        Stuk { regels: regels.into_iter(), leveringen: mpsc::channel(1).1 }
    }

    async fn verder(&mut self) -> Result<Vec<Regel>, Fout> {
        let mut regels = Vec::new();
        for regel in self.regels.by_ref() {
            let Regel::Levering(fact, school, _) = regel else {
                regels.push(regel);
                continue;
            };
            let levering = self.leveringen.recv().await.ok_or_else(afgebroken)?;
            regels.push(Regel::Levering(fact, school, levering.await.map_err(|_| afgebroken())??));
            break;
        }
        Ok(regels)
    }
}

fn afgebroken() -> Fout {
    Fout::kan_niet("Het lezen van het register is afgebroken. Probeer het opnieuw.")
}

/// Runs what is work for a processor on another thread.
async fn elders<T: Send + 'static>(werk: impl FnOnce() -> T + Send + 'static) -> Result<T, Fout> {
    tokio::task::spawn_blocking(werk).await.map_err(|_| afgebroken())
}

async fn lees(store: Arc<Store>, na: Seq, aantal: i64) -> Result<Stuk, Fout> {
    let stretch = store.stretch(na, usize::try_from(aantal).unwrap_or_default()).await?;
    let open = move || stretch.open().ok().map(|entries| feiten(&entries));
    let read = if aantal < WEINIG { open() } else { elders(open).await? };
    let regels = match read {
        Some(regels) => regels?,
        None => feiten(&store.entries_after(na, usize::try_from(aantal).unwrap_or_default()).await?)?,
    };
    let namen: Vec<DeliveryId> = regels.iter().filter_map(Regel::levering).collect();
    let mut stuk = Stuk::zonder_leveringen(regels);
    if !namen.is_empty() {
        let (naar, leveringen) = mpsc::channel(VOORUIT);
        stuk.leveringen = leveringen;
        tokio::spawn(haal_op(store, namen, naar));
    }
    Ok(stuk)
}

impl Regel {
    /// The name of what a school delivered.
    fn levering(&self) -> Option<DeliveryId> {
        let Regel::Levering(fact, ..) = self else { return None };
        let Body::VerzuimLevering(levering) = &fact.body else { return None };
        Some(DeliveryId(levering.nummer.to_be_bytes()))
    }
}

/// Fetches deliveries one after the other; each is opened while the next are fetched.
async fn haal_op(store: Arc<Store>, namen: Vec<DeliveryId>, naar: mpsc::Sender<Opening>) {
    for naam in namen {
        let sealed = store.sealed_delivery(naam).await;
        let opening = tokio::spawn(open_levering(Arc::clone(&store), naam, sealed));
        if naar.send(opening).await.is_err() {
            // Whoever read has stopped.
            return;
        }
    }
}

async fn open_levering(
    store: Arc<Store>,
    naam: DeliveryId,
    sealed: Result<Option<SealedDelivery>, StoreError>,
) -> Result<PerLeerling, Fout> {
    let Some(sealed) = sealed? else { return Ok(Vec::new()) };
    match elders(move || sealed.open().ok().map(|blobs| per_leerling(&blobs))).await? {
        Some(changed) => changed,
        None => per_leerling(&store.blobs_of(naam).await?.unwrap_or_default()),
    }
}

type PerLeerling = Vec<(LeerlingId, Wijziging)>;

/// A delivery while it is opened.
type Opening = JoinHandle<Result<PerLeerling, Fout>>;

fn per_leerling(blobs: &[Blob]) -> Result<PerLeerling, Fout> {
    let readable = blobs.iter().filter_map(|blob| match &blob.content {
        Content::Readable(bytes) => Some((Subject::from_bytes(blob.subject.as_bytes()), wijziging::lees(bytes))),
        Content::Vernietigd => None,
    });
    readable
        .map(|changed| match changed {
            (Some(Subject::Leerling(leerling)), Some(changed)) => Ok((leerling, changed)),
            _ => Err(onleesbare_levering()),
        })
        .collect()
}

fn feiten(entries: &[Entry]) -> Result<Vec<Regel>, Fout> {
    entries.iter().map(regel).collect()
}

fn regel(entry: &Entry) -> Result<Regel, Fout> {
    let Content::Readable(bytes) = &entry.content else { return Ok(Regel::Vernietigd) };
    let fact = Arc::new(feit(entry, bytes)?);
    Ok(match (&fact.body, fact.about) {
        (Body::VerzuimLevering(_), Subject::Organisatie(school)) => Regel::Levering(fact, school, Vec::new()),
        _ => Regel::Feit(fact),
    })
}

fn feit(entry: &Entry, bytes: &[u8]) -> Result<Fact, Fout> {
    let about = Subject::from_bytes(entry.subject.as_bytes());
    let about = about.ok_or_else(|| {
        Fout::kan_niet(format!(
            "Regel {} van het register gaat over iets onbekends. Voer `leerrecht verify` uit.",
            entry.seq.0
        ))
    })?;
    let id = FactId(u128::from_be_bytes(entry.fact.0));
    opslag::lees(id, about, moment(entry.known)?, bytes).map_err(|fout| {
        Fout::kan_niet(format!(
            "Regel {} van het register is niet leesbaar: {fout} Gebruik een nieuwere versie van Leerrecht, of voer `leerrecht verify` uit.",
            entry.seq.0
        ))
    })
}
