//! Deliveries: many sealed blobs that begin to count at one moment, with the entry that reveals them.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt as _;

use crate::append::seal_with;
use crate::crypto::{Digest, bind, digest};
use crate::entry::Content;
use crate::error::StoreError;
use crate::ids::{DeliveryId, KeyId, Seq, SubjectId, hex};
use crate::keys::{InstallationKey, KeyScope};
use crate::ring::{Keyring, Opener};
use crate::sqlite::blobs::{BlobRow, DeliveryRow};
use crate::sqlite::{self, LOG};
use crate::store::Store;
use crate::verify::Fault;

/// Largest blob, in bytes.
pub const MAX_BLOB: usize = 1 << 18;

/// Blobs and bytes per transaction while importing: small enough that others write in between within some 20 ms.
const CHUNK_BLOBS: usize = 1_000;
const CHUNK_BYTES: usize = 1 << 19;
/// The file whose lock says that an import is running: shared by all that import, exclusive for who cleans up. The
/// operating system lets go of it when a process dies, so no lease can be left behind.
const LOCK: &str = "levering.lock";

/// A delivery being written. Nothing of it is visible until a command reveals it; dropped before that, its blobs are
/// orphans and go when the place is next opened.
#[derive(Debug)]
pub struct Delivery {
    id: DeliveryId,
    written: Written,
    _importing: File,
}

/// What stands in the database of a delivery.
#[derive(Clone, Debug, Default)]
pub(crate) struct Written {
    blobs: i64,
    digest: Digest,
    last: Option<SubjectId>,
}

impl Written {
    /// Whether this is all that the delivery's row promises.
    pub(crate) fn is(&self, row: &DeliveryRow) -> bool {
        (self.blobs, self.digest.as_slice()) == (row.blobs, row.digest.as_slice())
    }

    pub(crate) fn add(&mut self, subject: SubjectId, blob: &Digest) {
        self.blobs = self.blobs.saturating_add(1);
        self.digest = delivery_digest(&self.digest, subject, blob);
        self.last = Some(subject);
    }
}

/// The digest over a delivery after one more blob. It begins as zeros.
pub(crate) fn delivery_digest(before: &Digest, subject: SubjectId, blob: &Digest) -> Digest {
    digest(&bind("delivery", &[before, subject.as_bytes(), blob]))
}

impl Delivery {
    /// Its name.
    pub fn id(&self) -> DeliveryId {
        self.id
    }

    /// How many blobs were written.
    pub fn blobs(&self) -> i64 {
        self.written.blobs
    }

    /// One digest over (subject, digest of the sealed blob) of all blobs written, in order: for the delivery's own fact.
    pub fn digest(&self) -> Digest {
        self.written.digest
    }

    /// Its row once revealed at `seq`, or before.
    pub(crate) fn row(&self, key: &InstallationKey, seq: Option<Seq>) -> Result<DeliveryRow, StoreError> {
        let mut row = DeliveryRow {
            delivery: self.id.as_bytes().to_vec(),
            seq: seq.map(|seq| seq.0),
            blobs: self.written.blobs,
            digest: self.written.digest.to_vec(),
            stamp: Vec::new(),
        };
        row.stamp = delivery_stamp(key, &row)?;
        Ok(row)
    }
}

/// The check value over a delivery's row.
pub(crate) fn delivery_stamp(key: &InstallationKey, row: &DeliveryRow) -> Result<Vec<u8>, StoreError> {
    // No entry has place 0, so it can stand for "not revealed".
    let seq = row.seq.unwrap_or(0).to_be_bytes();
    key.0.stamp(&bind("delivery", &[&row.delivery, &seq, &row.blobs.to_be_bytes(), &row.digest]))
}

/// What a sealed blob is bound to.
pub(crate) fn blob_bound(region: &str, delivery: DeliveryId, subject: SubjectId, key: KeyId) -> Vec<u8> {
    bind("blob", &[region.as_bytes(), delivery.as_bytes(), subject.as_bytes(), key.as_bytes()])
}

/// One blob to be stored.
#[derive(Clone, Debug)]
pub struct NewBlob {
    /// Its subject and whose it is.
    pub scope: KeyScope,
    /// What is sealed; at most [`MAX_BLOB`] bytes.
    pub payload: Vec<u8>,
}

/// One blob as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob {
    /// Whom it is about.
    pub subject: SubjectId,
    /// The key that sealed it.
    pub key: KeyId,
    /// The digest of its sealed bytes, which outlives its key.
    pub digest: Digest,
    /// What was stored.
    pub content: Content,
}

impl Store {
    /// Begins a delivery.
    ///
    /// # Errors
    /// [`StoreError::DeliveryTaken`] when there is one of this name already.
    pub async fn begin_delivery(&self, id: DeliveryId) -> Result<Delivery, StoreError> {
        let lock = self.lock_file()?;
        let path = self.folder.join(LOCK);
        // Waits only while another process removes orphans.
        let locked = tokio::task::spawn_blocking(move || lock.lock_shared().map(|()| lock)).await;
        let importing = locked.map_err(std::io::Error::other).flatten().map_err(StoreError::io(path))?;
        let delivery = Delivery { id, written: Written::default(), _importing: importing };
        let row = delivery.row(&self.installation, None)?;
        let begun = sqlite::blobs::begin(&mut *self.writer()?.lock().await, &row).await?;
        if begun { Ok(delivery) } else { Err(StoreError::DeliveryTaken) }
    }

    /// Adds blobs to a delivery, in ascending order of subject over all calls together. Others write in between.
    ///
    /// # Errors
    /// [`StoreError::BlobsOutOfOrder`], [`StoreError::TooMuch`]; otherwise as the database. What was written before the
    /// error stays invisible.
    pub async fn write_blobs(&self, delivery: &mut Delivery, blobs: &[NewBlob]) -> Result<(), StoreError> {
        if blobs.iter().any(|blob| blob.payload.len() > MAX_BLOB) {
            return Err(StoreError::TooMuch { what: "bytes in één leerling van een aanlevering", limit: MAX_BLOB });
        }
        let subjects = delivery.written.last.into_iter().chain(blobs.iter().map(|blob| blob.scope.subject));
        if !subjects.is_sorted_by(|a, b| a < b) {
            return Err(StoreError::BlobsOutOfOrder);
        }
        let mut rest = blobs;
        while !rest.is_empty() {
            let (chunk, later) = rest.split_at(chunk_length(rest));
            self.write_chunk(delivery, chunk).await?;
            rest = later;
        }
        Ok(())
    }

    async fn write_chunk(&self, delivery: &mut Delivery, chunk: &[NewBlob]) -> Result<(), StoreError> {
        let scopes: Vec<KeyScope> = chunk.iter().map(|blob| blob.scope).collect();
        // The new keys first, without the log's lock; under it, none of them can be destroyed any more.
        self.prepare_keys(&scopes).await?;
        let mut writer = self.writer()?.lock().await;
        let mut tx = sqlite::begin_writing(&mut writer, &self.folder, LOG).await?;
        self.prepare_keys(&scopes).await?;
        let rows = {
            let ring = self.keyring();
            chunk.iter().map(|blob| self.seal_blob(&ring, delivery.id, blob)).collect::<Result<Vec<_>, _>>()?
        };
        sqlite::blobs::insert_blobs(&mut tx, &rows).await?;
        tx.commit().await.map_err(StoreError::sql(LOG))?;
        self.backfill.committed(rows.len());
        rows.iter().for_each(|row| delivery.written.add(row.subject, &row.digest));
        Ok(())
    }

    fn seal_blob(&self, ring: &Keyring, delivery: DeliveryId, blob: &NewBlob) -> Result<BlobRow, StoreError> {
        let subject = blob.scope.subject;
        let bound = |key| blob_bound(&self.region, delivery, subject, key);
        let (key, sealed) = seal_with(ring, &blob.scope, &blob.payload, bound)?;
        let digest = digest(&sealed);
        Ok(BlobRow { delivery, subject, key, sealed, digest })
    }

    /// One subject's blob in a delivery that counts.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when it is not what was written; otherwise as the database.
    pub async fn blob(&self, delivery: DeliveryId, subject: SubjectId) -> Result<Option<Blob>, StoreError> {
        if self.delivery(delivery).await?.is_none() {
            return Ok(None);
        }
        let row = sqlite::blobs::blob(&mut *self.reader().await?, delivery, subject).await?;
        let Some(row) = row.transpose().map_err(StoreError::Damaged)? else { return Ok(None) };
        self.learn_keys(std::iter::once(row.key)).await?;
        let ring = self.keyring();
        open_blob(&self.region, &mut Opener::new(&ring), &row.borrowed()).map(Some).map_err(StoreError::Damaged)
    }

    async fn delivery(&self, delivery: DeliveryId) -> Result<Option<DeliveryRow>, StoreError> {
        let row = sqlite::blobs::delivery(&mut *self.reader().await?, delivery).await?;
        let Some(row) = row else { return Ok(None) };
        self.check_delivery(&row)?;
        Ok(row.seq.is_some().then_some(row))
    }

    pub(crate) fn check_delivery(&self, row: &DeliveryRow) -> Result<(), StoreError> {
        if delivery_stamp(&self.installation, row)? == row.stamp {
            return Ok(());
        }
        let fault = Fault::in_row(LOG, "deliveries", hex(&row.delivery), "de controlewaarde klopt niet");
        Err(StoreError::Damaged(fault))
    }

    /// Removes the blobs of deliveries that were never revealed, unless an import is running in some process.
    pub(crate) async fn remove_orphans(&self) -> Result<(), StoreError> {
        let lock = self.lock_file()?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(()),
            Err(TryLockError::Error(e)) => return Err(StoreError::io(self.folder.join(LOCK))(e)),
        }
        let pending = sqlite::blobs::pending(&mut *self.writer()?.lock().await).await?;
        for delivery in pending {
            while sqlite::blobs::remove_blobs(&mut *self.writer()?.lock().await, &delivery, CHUNK_BLOBS).await? > 0 {}
            sqlite::blobs::remove_pending(&mut *self.writer()?.lock().await, &delivery).await?;
        }
        Ok(())
    }

    fn lock_file(&self) -> Result<File, StoreError> {
        let path = self.folder.join(LOCK);
        let file = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(&path);
        file.map_err(StoreError::io(path))
    }
}

/// How many of these blobs fit in one transaction; at least one.
fn chunk_length(blobs: &[NewBlob]) -> usize {
    let mut bytes = 0;
    let fits = blobs.iter().take(CHUNK_BLOBS).take_while(|blob| {
        bytes += blob.payload.len();
        bytes <= CHUNK_BYTES
    });
    fits.count().max(1)
}

/// Checks a stored blob against its digest and opens it.
pub(crate) fn open_blob(region: &str, opener: &mut Opener<'_>, row: &BlobRow<&[u8]>) -> Result<Blob, Fault> {
    let BlobRow { delivery, subject, key, sealed, digest: stored } = *row;
    let fault = |what| {
        let place = format!("{} {}", hex(delivery.as_bytes()), hex(subject.as_bytes()));
        Fault::in_row(LOG, "blobs", place, what)
    };
    if digest(sealed) != stored {
        return Err(fault("de inhoud past niet bij zijn controlegetal"));
    }
    let bound = blob_bound(region, delivery, subject, key);
    let content = opener.open(key, &bound, sealed).map_err(fault)?;
    Ok(Blob { subject, key, digest: stored, content: content.map_or(Content::Vernietigd, Content::Readable) })
}
