//! One data place, opened; and reading the log.

use std::path::{Path, PathBuf};
use std::sync::Mutex as SyncMutex;

use sqlx::pool::PoolConnection;
use sqlx::sqlite::SqlitePoolOptions;
use sqlx::{Connection as _, Sqlite, SqliteConnection, SqlitePool};
use tokio::sync::Mutex;

use crate::crypto::{Digest, bind};
use crate::entry::{Clear, Content, Entry, Head, MAX_READ, entry_bound};
use crate::error::StoreError;
use crate::ids::{KeyId, Seq};
use crate::keys::{InstallationKey, Keyring, Lookup};
use crate::sqlite::log::{EntryRow, HeadRow};
use crate::sqlite::{self, KEYS, LOG, Mode, READS};
use crate::verify::Fault;

/// What is wrong with a file that every place has and this one has not.
pub(crate) const ABSENT: &str = "het bestand ontbreekt";
/// Connections for reading: sqlx gives each a thread, and more of them than cores bring nothing.
const READERS: u32 = 3;

/// The log of one region with its keys. Any number of processes may have the same place open; every decision begins with
/// [`Store::head`] and [`Store::entries_after`].
pub struct Store {
    pub(crate) folder: PathBuf,
    pub(crate) region: String,
    pub(crate) installation: InstallationKey,
    writer: Option<Mutex<SqliteConnection>>,
    readers: SqlitePool,
    // Locked after the writer, never before it.
    pub(crate) keys_file: Mutex<SqliteConnection>,
    // Locked alone.
    pub(crate) reads_file: Mutex<SqliteConnection>,
    pub(crate) keyring: SyncMutex<Keyring>,
}

impl Store {
    /// Makes a new, empty place for a region in `folder` (made when absent, for its owner only).
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the folder holds one of our files already.
    pub async fn create(folder: &Path, region: &str, key: InstallationKey) -> Result<Self, StoreError> {
        make_folder(folder)?;
        for file in [LOG, KEYS, READS] {
            if folder.join(file).exists() {
                return Err(StoreError::Exists(folder.join(file)));
            }
        }
        let mut keys = sqlite::connect(folder, KEYS, Mode::Create).await?;
        sqlite::keys::set_place(&mut keys, region, &key.stamp_place(region)?).await?;
        keys.close().await.map_err(StoreError::sql(KEYS))?;
        for file in [READS, LOG] {
            let mut chained = sqlite::connect(folder, file, Mode::Create).await?;
            let head = Head { seq: Seq::START, known: 0, chain: [0; 32] };
            sqlite::log::set_head(&mut chained, file, &head_row(&key, file, region, &head)?).await?;
            chained.close().await.map_err(StoreError::sql(file))?;
        }
        Self::open(folder, key).await
    }

    /// Opens a place for reading and writing, and removes what interrupted imports left behind.
    ///
    /// # Errors
    /// See [`StoreError`]: a missing place, the wrong key, a newer schema, an old engine, damage.
    pub async fn open(folder: &Path, key: InstallationKey) -> Result<Self, StoreError> {
        let store = Self::open_as(folder, key, Mode::Write).await?;
        store.remove_orphans().await?;
        Ok(store)
    }

    /// Opens a place for reading only.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_for_reading(folder: &Path, key: InstallationKey) -> Result<Self, StoreError> {
        Self::open_as(folder, key, Mode::Read).await
    }

    async fn open_as(folder: &Path, key: InstallationKey, mode: Mode) -> Result<Self, StoreError> {
        if !folder.join(LOG).is_file() || !folder.join(KEYS).is_file() {
            return Err(StoreError::Missing(folder.into()));
        }
        let mut keys_file = sqlite::connect(folder, KEYS, mode).await?;
        let (region, stamp) = sqlite::keys::place(&mut keys_file).await?;
        if stamp != key.stamp_place(&region)? {
            return Err(StoreError::WrongKey);
        }
        if !folder.join(READS).is_file() {
            return Err(StoreError::Damaged(Fault::in_file(READS, ABSENT)));
        }
        let mut reads_file = sqlite::connect(folder, READS, mode).await?;
        read_head(&mut reads_file, READS, &key, &region).await?;
        let mut log = sqlite::connect(folder, LOG, mode).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .test_before_acquire(false)
            .connect_lazy_with(sqlite::options(folder, LOG, Mode::Read));
        read_head(&mut log, LOG, &key, &region).await?;
        let store = Self {
            folder: folder.into(),
            region,
            installation: key,
            writer: (mode == Mode::Write).then(|| Mutex::new(log)),
            readers,
            keys_file: Mutex::new(keys_file),
            reads_file: Mutex::new(reads_file),
            keyring: SyncMutex::default(),
        };
        store.refresh_keys().await?;
        Ok(store)
    }

    /// Closes all files, leaving no write-ahead log behind. Dropping the store is safe too, only less tidy.
    pub async fn close(self) {
        self.readers.close().await;
        if let Some(writer) = self.writer {
            // Every acknowledged write is durable already: an error here loses nothing.
            let _ = writer.into_inner().close().await;
        }
        let _ = self.keys_file.into_inner().close().await;
        let _ = self.reads_file.into_inner().close().await;
    }

    /// The region this place belongs to.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the log ends now, whoever wrote last.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when the head row is not what was written; otherwise as the database.
    pub async fn head(&self) -> Result<Head, StoreError> {
        read_head(&mut *self.reader().await?, LOG, &self.installation, &self.region).await
    }

    /// The entries after a place, in order, at most `limit` (and at most [`MAX_READ`]); none at the head. Each is checked
    /// against the chain and its own seal before it is returned. Calls for different stretches of the log may run side
    /// by side: places follow each other without gaps.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] names the first entry that is not what was written.
    pub async fn entries_after(&self, after: Seq, limit: usize) -> Result<Vec<Entry>, StoreError> {
        let limit = limit.min(MAX_READ);
        let mut reader = self.reader().await?;
        // The head first: the log only grows, so every entry up to this head must be there.
        let head = read_head(&mut reader, LOG, &self.installation, &self.region).await?;
        if after >= head.seq {
            return Ok(Vec::new());
        }
        // The entry before is read too: it carries the chain.
        let from = if after == Seq::START { Seq(1) } else { after };
        let rows = sqlite::log::entries(&mut reader, from, limit + usize::from(after > Seq::START)).await?;
        drop(reader);
        let rows = checked(rows, from, &self.region)?;
        let reached = rows.last().map_or(after, |row| row.seq);
        if reached.0 < head.seq.0.min(after.0.saturating_add(sqlite::rows(limit))) {
            let fault = Fault::in_row(LOG, "entries", reached.next().0, "de regel ontbreekt");
            return Err(StoreError::Damaged(fault));
        }
        self.learn_keys(rows.iter().map(|row| row.key)).await?;
        let ring = self.keyring();
        rows.into_iter().filter(|row| row.seq > after).map(|row| open_entry(&self.region, &ring, row)).collect()
    }

    /// Catches up with the keys file when one of these keys is not known here.
    pub(crate) async fn learn_keys(&self, keys: impl Iterator<Item = KeyId>) -> Result<(), StoreError> {
        let unknown = {
            let ring = self.keyring();
            keys.into_iter().any(|key| matches!(ring.lookup(key), Lookup::Unknown))
        };
        if unknown { self.refresh_keys().await } else { Ok(()) }
    }

    pub(crate) async fn reader(&self) -> Result<PoolConnection<Sqlite>, StoreError> {
        self.readers.acquire().await.map_err(|e| match e {
            sqlx::Error::PoolTimedOut => StoreError::Busy,
            other => StoreError::sql(LOG)(other),
        })
    }

    pub(crate) fn writer(&self) -> Result<&Mutex<SqliteConnection>, StoreError> {
        self.writer.as_ref().ok_or(StoreError::ReadOnly)
    }

    pub(crate) fn require_writing(&self) -> Result<(), StoreError> {
        self.writer().map(|_| ())
    }
}

/// Makes a folder that only its owner may enter.
pub(crate) fn make_folder(folder: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(StoreError::io(folder))
}

/// The head of the log or the read log, after its stamp was checked.
pub(crate) async fn read_head(
    db: &mut SqliteConnection,
    file: &'static str,
    key: &InstallationKey,
    region: &str,
) -> Result<Head, StoreError> {
    let row = sqlite::log::head(db, file).await?;
    let chain = Digest::try_from(row.chain.as_slice()).unwrap_or_default();
    let head = Head { seq: Seq(row.seq), known: row.known, chain };
    let right = head_row(key, file, region, &head)?;
    if row == right {
        Ok(head)
    } else {
        Err(StoreError::Damaged(Fault::in_table(file, "head", "de controlewaarde klopt niet")))
    }
}

/// The head as stored, with its stamp: one of the log does not pass for one of the read log.
pub(crate) fn head_row(
    key: &InstallationKey,
    file: &'static str,
    region: &str,
    head: &Head,
) -> Result<HeadRow, StoreError> {
    let columns = [region.as_bytes(), &head.seq.0.to_be_bytes(), &head.known.to_be_bytes(), &head.chain];
    let stamp = key.0.stamp(&bind(if file == READS { "head of reads" } else { "head" }, &columns))?;
    Ok(HeadRow { region: region.into(), seq: head.seq.0, known: head.known, chain: head.chain.to_vec(), stamp })
}

/// Rows that follow each other from `from` on and fit the chain. The first row's own link is taken on trust unless it is
/// the first of the log.
fn checked(rows: Vec<(i64, sqlite::Read<EntryRow>)>, from: Seq, region: &str) -> Result<Vec<EntryRow>, StoreError> {
    let mut before = (from == Seq(1)).then_some([0; 32]);
    let mut expected = from;
    let mut good = Vec::with_capacity(rows.len());
    for (seq, row) in rows {
        let row = row.map_err(StoreError::Damaged)?;
        if row.seq != expected {
            return Err(StoreError::Damaged(Fault::in_row(LOG, "entries", expected.0, "de regel ontbreekt")));
        }
        if let Some(what) = before.and_then(|before| broken_link(&row, region, &before)) {
            return Err(StoreError::Damaged(Fault::in_row(LOG, "entries", seq, what)));
        }
        before = Some(row.chain);
        expected = expected.next();
        good.push(row);
    }
    Ok(good)
}

/// What does not fit in this row, given the chain before it.
fn broken_link(row: &EntryRow, region: &str, before: &Digest) -> Option<&'static str> {
    if crate::crypto::digest(&row.sealed) != row.digest {
        return Some("de inhoud past niet bij zijn controlegetal");
    }
    (clear(row, region).chain(before) != row.chain).then_some("de keten klopt niet")
}

/// The clear columns of a stored entry.
pub(crate) fn clear<'a>(row: &'a EntryRow, region: &'a str) -> Clear<'a> {
    let EntryRow { seq, fact, subject, key, known, .. } = *row;
    Clear { region, seq, fact, subject, key, known, digest: &row.digest }
}

fn open_entry(region: &str, ring: &Keyring, row: EntryRow) -> Result<Entry, StoreError> {
    let bound = entry_bound(region, row.subject, row.fact, row.key);
    let content = open_content(ring, row.key, &bound, &row.sealed)
        .map_err(|what| StoreError::Damaged(Fault::in_row(LOG, "entries", row.seq.0, what)))?;
    let EntryRow { seq, fact, subject, key, known, .. } = row;
    Ok(Entry { seq, fact, subject, key, known, content })
}

/// Opens what a key of the ring sealed, or says what is wrong.
pub(crate) fn open_content(ring: &Keyring, key: KeyId, bound: &[u8], sealed: &[u8]) -> Result<Content, &'static str> {
    match ring.lookup(key) {
        Lookup::Key(key) => key.open(bound, sealed).map(Content::Readable).ok_or("de inhoud kan niet worden geopend"),
        Lookup::Destroyed => Ok(Content::Vernietigd),
        Lookup::Unknown => Err("de sleutel ontbreekt, terwijl zij niet is vernietigd"),
    }
}
