//! Reading in two steps: fetching, which waits for the disk, and opening, which is work for a processor. Who reads a whole
//! log fetches one stretch while others are opened on all processors.

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use crate::blobs::{Blob, Written, open_blob};
use crate::crypto::{Digest, digest};
use crate::entry::{Content, Entry, MAX_READ, entry_bound};
use crate::error::StoreError;
use crate::ids::{DeliveryId, Seq, hex};
use crate::ring::{Keyring, Opener};
use crate::sqlite::blobs::{BlobRow, DeliveryRow, PackedBlobs};
use crate::sqlite::log::{EntryRow, PackedEntries};
use crate::sqlite::{self, LOG};
use crate::store::{Store, clear};
use crate::verify::Fault;

/// Blobs read per query, row by row.
const READ_BLOBS: usize = 1_000;
/// Most blobs of a delivery that are read joined: no more than one text of the engine holds, were each as long as can be.
const PACKED_BLOBS: usize = 2_000;

/// With what sealed bytes are checked and opened.
struct Means {
    region: Arc<str>,
    ring: Arc<RwLock<Keyring>>,
}

impl Means {
    fn of(store: &Store) -> Self {
        Means { region: Arc::clone(&store.region), ring: Arc::clone(&store.keyring) }
    }

    fn ring(&self) -> RwLockReadGuard<'_, Keyring> {
        // A panic elsewhere while holding the lock leaves whole keys behind, so the ring is still right.
        self.ring.read().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A stretch of the log as it stands on the disk: neither checked nor opened yet.
pub struct Stretch {
    means: Means,
    /// Entries up to this one are not asked for; the last of them carries the chain.
    after: Seq,
    entries: Entries,
}

enum Entries {
    Packed(PackedEntries),
    Single(Vec<EntryRow>),
}

impl Stretch {
    /// Checks each entry against the chain and its own seal, and opens it.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] names the first entry that is not what was written, or of which the key was made by another
    /// process and not read here yet. [`Store::entries_after`] tells these apart.
    pub fn open(&self) -> Result<Vec<Entry>, StoreError> {
        match &self.entries {
            Entries::Packed(packed) => {
                self.means.ring().fetch(packed.rows().map(|row| row.key));
                self.open_all(packed.rows(), packed.len())
            }
            Entries::Single(rows) => self.open_all(rows.iter().map(EntryRow::borrowed), rows.len()),
        }
    }

    /// The first row's own link is taken on trust unless it is the first of the log.
    fn open_all<'a>(
        &self,
        rows: impl Iterator<Item = EntryRow<&'a [u8]>>,
        length: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        let (region, ring) = (&*self.means.region, self.means.ring());
        let mut opener = Opener::new(&ring);
        let mut before = (self.after == Seq::START).then_some([0; 32]);
        let mut entries = Vec::with_capacity(length);
        for row in rows {
            let fault = |what| StoreError::Damaged(Fault::in_row(LOG, "entries", row.seq.0, what));
            if let Some(what) = before.and_then(|before| broken_link(&row, region, &before)) {
                return Err(fault(what));
            }
            before = Some(row.chain);
            if row.seq > self.after {
                let bound = entry_bound(region, row.subject, row.fact, row.key);
                let content = opener.open(row.key, &bound, row.sealed).map_err(fault)?;
                let content = content.map_or(Content::Vernietigd, Content::Readable);
                let EntryRow { seq, fact, subject, key, known, .. } = row;
                entries.push(Entry { seq, fact, subject, key, known, content });
            }
        }
        Ok(entries)
    }
}

/// What does not fit in this row, given the chain before it.
fn broken_link(row: &EntryRow<&[u8]>, region: &str, before: &Digest) -> Option<&'static str> {
    if digest(row.sealed) != row.digest {
        return Some("de inhoud past niet bij zijn controlegetal");
    }
    (clear(row, region).chain(before) != row.chain).then_some("de keten klopt niet")
}

/// A delivery that counts, as it stands on the disk: neither checked nor opened yet.
pub struct SealedDelivery {
    means: Means,
    delivery: DeliveryId,
    row: DeliveryRow,
    blobs: Blobs,
}

enum Blobs {
    Packed(PackedBlobs),
    Single(Vec<BlobRow>),
}

impl SealedDelivery {
    /// Its name.
    pub fn delivery(&self) -> DeliveryId {
        self.delivery
    }

    /// Checks each blob against its digest, all of them together against the delivery, and opens them: in order of
    /// subject.
    ///
    /// # Errors
    /// As [`Stretch::open`]; also when some are missing. [`Store::blobs_of`] tells these apart.
    pub fn open(&self) -> Result<Vec<Blob>, StoreError> {
        let ring = self.means.ring();
        let mut opener = Opener::new(&ring);
        let (mut read, mut blobs) = (Written::default(), Vec::new());
        let mut open = |row: BlobRow<&[u8]>| {
            read.add(row.subject, &row.digest);
            open_blob(&self.means.region, &mut opener, &row).map(|blob| blobs.push(blob))
        };
        match &self.blobs {
            Blobs::Packed(packed) => {
                ring.fetch(packed.rows().map(|row| row.key));
                packed.rows().try_for_each(&mut open)
            }
            Blobs::Single(rows) => rows.iter().map(BlobRow::borrowed).try_for_each(&mut open),
        }
        .map_err(StoreError::Damaged)?;
        if read.is(&self.row) {
            return Ok(blobs);
        }
        let name = hex(self.delivery.as_bytes());
        Err(StoreError::Damaged(Fault::in_row(LOG, "blobs", name, "de aanlevering is niet volledig")))
    }
}

impl Store {
    /// The entries after a place, in order, at most `limit` (and at most [`MAX_READ`]); none at the head. Each is checked
    /// against the chain and its own seal before it is returned.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] names the first entry that is not what was written.
    pub async fn entries_after(&self, after: Seq, limit: usize) -> Result<Vec<Entry>, StoreError> {
        if let Ok(entries) = self.stretch(after, limit).await?.open() {
            return Ok(entries);
        }
        let rows = self.rows_after(after, limit).await?;
        self.learn_keys(rows.iter().map(|row| row.key)).await?;
        self.stretch_of(after, Entries::Single(rows)).open()
    }

    /// Fetches the entries after a place without opening them, at most `limit` (and at most [`MAX_READ`]). Calls for
    /// different stretches of the log may run side by side: places follow each other without gaps.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when the head, or the form of a row, is not what was written; otherwise as the database.
    pub async fn stretch(&self, after: Seq, limit: usize) -> Result<Stretch, StoreError> {
        let (from, count) = self.reach(after, limit).await?;
        let packed = match count {
            0 => None,
            count => sqlite::log::packed_entries(&mut *self.reader().await?, from, count).await?,
        };
        let entries = match packed {
            Some(packed) => Entries::Packed(packed),
            None => Entries::Single(self.rows_after(after, limit).await?),
        };
        Ok(self.stretch_of(after, entries))
    }

    fn stretch_of(&self, after: Seq, entries: Entries) -> Stretch {
        Stretch { means: Means::of(self), after, entries }
    }

    /// From where to read, and how many rows there must be; with the entry before, which carries the chain.
    async fn reach(&self, after: Seq, limit: usize) -> Result<(Seq, i64), StoreError> {
        // The head first: the log only grows, so every entry up to this head must be there.
        let head = self.head().await?;
        let asked = (head.seq.0.saturating_sub(after.0)).min(sqlite::rows(limit.min(MAX_READ)));
        Ok(match after {
            _ if asked <= 0 => (after, 0),
            Seq::START => (Seq(1), asked),
            after => (after, asked + 1),
        })
    }

    /// The same entries row by row, so that one that is not there or not of the right form is named.
    async fn rows_after(&self, after: Seq, limit: usize) -> Result<Vec<EntryRow>, StoreError> {
        let (from, count) = self.reach(after, limit).await?;
        if count == 0 {
            return Ok(Vec::new());
        }
        let found = sqlite::log::entries(&mut *self.reader().await?, from, count).await?;
        let mut rows = Vec::with_capacity(found.len());
        let mut expected = from;
        for (_, row) in found {
            let row = row.map_err(StoreError::Damaged)?;
            if row.seq != expected {
                break;
            }
            expected = expected.next();
            rows.push(row);
        }
        if sqlite::rows(rows.len()) < count {
            let fault = Fault::in_row(LOG, "entries", expected.0, "de regel ontbreekt");
            return Err(StoreError::Damaged(fault));
        }
        Ok(rows)
    }

    /// All blobs of a delivery that counts, in order of subject; `None` when there is no such delivery.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when one is not what was written, or some are missing; otherwise as the database.
    pub async fn blobs_of(&self, delivery: DeliveryId) -> Result<Option<Vec<Blob>>, StoreError> {
        let Some(sealed) = self.sealed_delivery(delivery).await? else { return Ok(None) };
        if let Ok(blobs) = sealed.open() {
            return Ok(Some(blobs));
        }
        let rows = self.blob_rows(delivery).await?;
        self.learn_keys(rows.iter().map(|row| row.key)).await?;
        SealedDelivery { blobs: Blobs::Single(rows), ..sealed }.open().map(Some)
    }

    /// Fetches the blobs of a delivery that counts without opening them; `None` when there is no such delivery.
    ///
    /// # Errors
    /// As [`Self::blobs_of`].
    pub async fn sealed_delivery(&self, delivery: DeliveryId) -> Result<Option<SealedDelivery>, StoreError> {
        let found = sqlite::blobs::packed_delivery(&mut *self.reader().await?, delivery, PACKED_BLOBS).await?;
        let Some((row, packed)) = found else { return Ok(None) };
        self.check_delivery(&row)?;
        if row.seq.is_none() {
            return Ok(None);
        }
        let blobs = match packed {
            Some(packed) => Blobs::Packed(packed),
            None => Blobs::Single(self.blob_rows(delivery).await?),
        };
        Ok(Some(SealedDelivery { means: Means::of(self), row, delivery, blobs }))
    }

    /// The blobs of a delivery row by row, so that one that is not of the right form is named.
    async fn blob_rows(&self, delivery: DeliveryId) -> Result<Vec<BlobRow>, StoreError> {
        let (mut rows, mut last) = (Vec::new(), None);
        loop {
            let some = sqlite::blobs::blobs_of(&mut *self.reader().await?, delivery, last, READ_BLOBS).await?;
            let full = some.len() == READ_BLOBS;
            rows.extend(some.into_iter().collect::<Result<Vec<_>, _>>().map_err(StoreError::Damaged)?);
            last = rows.last().map(|row: &BlobRow| row.subject);
            if !full {
                return Ok(rows);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Command, FactId, InstallationKey, KeyScope, NewBlob, NewEntry, Outcome, OwnerId, SubjectId};

    fn scope(nr: u16) -> KeyScope {
        let subject = SubjectId::new(&nr.to_be_bytes()).unwrap();
        KeyScope { subject, owner: OwnerId::new(b"90AA").unwrap(), category: 1 }
    }

    #[tokio::test]
    async fn rows_read_as_one_are_those_read_one_by_one() {
        let folder = std::env::temp_dir().join(format!("leerrecht-stretch-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let key = InstallationKey::create(&folder.join("sleutel")).unwrap();
        let store = Store::create(&folder.join("gegevens"), "proefregio", key).await.unwrap();
        let name = DeliveryId([3; 16]);
        let mut delivery = store.begin_delivery(name).await.unwrap();
        let blobs: Vec<_> = (0..300).map(|nr| NewBlob { scope: scope(nr), payload: vec![0; 40] }).collect();
        store.write_blobs(&mut delivery, &blobs).await.unwrap();
        let entry =
            |nr: u16| NewEntry { fact: FactId([0; 16]), scope: scope(nr % 7), payload: vec![0; usize::from(nr)] };
        let entries = (0..300).map(entry).collect();
        let command = Command { seen: Seq::START, read: Vec::new(), entries, attempt: None, reveals: Some(delivery) };
        assert!(matches!(store.append(1, &command).await.unwrap(), Outcome::Appended(_)));

        for (after, limit) in [(0, 300), (0, 10), (7, 100), (299, 10), (300, 10)] {
            let packed = store.stretch(Seq(after), limit).await.unwrap();
            assert!(after == 300 || matches!(packed.entries, Entries::Packed(_)), "the engine joins no rows any more");
            let single = Entries::Single(store.rows_after(Seq(after), limit).await.unwrap());
            let single = store.stretch_of(Seq(after), single).open().unwrap();
            assert_eq!(packed.open().unwrap(), single, "{limit} after {after}");
            assert_eq!(single.len(), limit.min(300 - usize::try_from(after).unwrap()));
        }
        let packed = store.sealed_delivery(name).await.unwrap().unwrap();
        assert!(matches!(packed.blobs, Blobs::Packed(_)), "the engine joins no rows any more");
        let blobs = packed.open().unwrap();
        let single = Blobs::Single(store.blob_rows(name).await.unwrap());
        assert_eq!(SealedDelivery { blobs: single, ..packed }.open().unwrap(), blobs);
        assert_eq!(blobs.len(), 300);
        store.close().await;
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
