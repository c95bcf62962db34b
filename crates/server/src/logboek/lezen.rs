//! Reading the log: stretch by stretch, the next ones fetched and opened on all processors while one is applied.

use std::collections::VecDeque;
use std::sync::Arc;

use domain::body::Body;
use domain::fact::{Fact, FactId};
use domain::ids::{LeerlingId, OrganisatieId, Subject};
use domain::levering::Wijziging;
use exchange::{opslag, wijziging};
use store::{Blob, Content, DeliveryId, Entry, Head, Seq, Store};
use tokio::task::JoinHandle;

use super::{moment, onleesbare_levering};
use crate::fout::Fout;

/// Entries in one stretch: few enough that deliveries, each with thousands of rows behind it, come in several.
const PER_STUK: i64 = 400;
/// Stretches that are fetched or opened at one time: enough to keep disk and processors at work.
const ONDERHANDEN: usize = 8;
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
    onderhanden: VecDeque<JoinHandle<Result<Vec<Regel>, Fout>>>,
}

impl Lezen {
    /// Begins to read what was added after a place.
    pub(super) async fn vanaf(store: Arc<Store>, na: Seq) -> Result<Self, Fout> {
        let eind = store.head().await?;
        Ok(Lezen { store, gevraagd: na, eind, onderhanden: VecDeque::new() })
    }

    /// When the last of these entries was told, in microseconds since 1970 UTC.
    pub(super) fn laatst_bekend(&self) -> i64 {
        self.eind.known
    }

    /// The next entries, in the order of the log; none at its end.
    pub(super) async fn verder(&mut self) -> Result<Vec<Regel>, Fout> {
        while self.onderhanden.len() < ONDERHANDEN && self.gevraagd < self.eind.seq {
            let (store, na) = (Arc::clone(&self.store), self.gevraagd);
            let tot = self.eind.seq.min(Seq(na.0.saturating_add(PER_STUK)));
            self.onderhanden.push_back(tokio::spawn(async move { lees(&store, na, tot.0 - na.0).await }));
            self.gevraagd = tot;
        }
        match self.onderhanden.pop_front() {
            Some(stuk) => stuk.await.map_err(|_| afgebroken())?,
            None => Ok(Vec::new()),
        }
    }
}

fn afgebroken() -> Fout {
    Fout::kan_niet("Het lezen van het register is afgebroken. Probeer het opnieuw.")
}

/// Runs what is work for a processor on another thread.
async fn elders<T: Send + 'static>(werk: impl FnOnce() -> T + Send + 'static) -> Result<T, Fout> {
    tokio::task::spawn_blocking(werk).await.map_err(|_| afgebroken())
}

async fn lees(store: &Store, na: Seq, aantal: i64) -> Result<Vec<Regel>, Fout> {
    let stretch = store.stretch(na, usize::try_from(aantal).unwrap_or_default()).await?;
    let open = move || stretch.open().ok().map(|entries| feiten(&entries));
    let read = if aantal < WEINIG { open() } else { elders(open).await? };
    let mut regels = match read {
        Some(regels) => regels?,
        None => feiten(&store.entries_after(na, usize::try_from(aantal).unwrap_or_default()).await?)?,
    };
    let mut opened = Vec::new();
    for (plek, regel) in regels.iter().enumerate() {
        if let Regel::Levering(fact, ..) = regel
            && let Body::VerzuimLevering(levering) = &fact.body
            && let Some(sealed) = store.sealed_delivery(DeliveryId(levering.nummer.to_be_bytes())).await?
        {
            // One is opened while the next is fetched.
            let naam = sealed.delivery();
            let open = move || sealed.open().ok().map(|blobs| per_leerling(&blobs));
            opened.push((plek, naam, tokio::task::spawn_blocking(open)));
        }
    }
    for (plek, naam, open) in opened {
        let changed = match open.await.map_err(|_| afgebroken())? {
            Some(changed) => changed?,
            None => per_leerling(&store.blobs_of(naam).await?.unwrap_or_default())?,
        };
        if let Some(Regel::Levering(_, _, changes)) = regels.get_mut(plek) {
            *changes = changed;
        }
    }
    Ok(regels)
}

type PerLeerling = Vec<(LeerlingId, Wijziging)>;

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
