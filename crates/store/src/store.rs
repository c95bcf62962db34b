//! One data place, opened; and reading the log.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, RwLock};

use sqlx::pool::PoolConnection;
use sqlx::sqlite::SqlitePoolOptions;
use sqlx::{Connection as _, Sqlite, SqliteConnection, SqlitePool};
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

use crate::crypto::{Digest, bind};
use crate::entry::{Clear, Head};
use crate::error::StoreError;
use crate::ids::Seq;
use crate::keys::{InstallationKey, KeysFile};
use crate::leeslog::ReadLog;
use crate::ring::Keyring;
use crate::sqlite::backfill::Backfill;
use crate::sqlite::log::{EntryRow, HeadRow};
use crate::sqlite::wacht::Wacht;
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
    pub(crate) region: Arc<str>,
    pub(crate) installation: Arc<InstallationKey>,
    writer: Option<Mutex<SqliteConnection>>,
    pub(crate) backfill: Arc<Backfill>,
    // When attempts that are too old were forgotten last.
    pub(crate) forgotten: AtomicI64,
    readers: SqlitePool,
    // Whether anybody wrote. The connection keeps the index there that is looked at, and answers when that cannot.
    wacht: Option<Wacht>,
    watcher: Mutex<SqliteConnection>,
    // Locked after the writer, never before it.
    pub(crate) keys_file: Mutex<KeysFile>,
    pub(crate) reads: Arc<ReadLog>,
    // Never held while waiting for the disk.
    pub(crate) keyring: Arc<RwLock<Keyring>>,
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
        // What is not right is found before anything stays open.
        let region = sqlite::once(folder, KEYS, mode, async |keys| {
            let (region, stamp) = sqlite::keys::place(keys).await?;
            if stamp == key.stamp_place(&region)? { Ok(region) } else { Err(StoreError::WrongKey) }
        });
        let region = region.await?;
        if !folder.join(READS).is_file() {
            return Err(StoreError::Damaged(Fault::in_file(READS, ABSENT)));
        }
        for file in [READS, LOG] {
            sqlite::once(folder, file, mode, async |db| read_head(db, file, &key, &region).await.map(drop)).await?;
        }
        let keys_file = sqlite::connect(folder, KEYS, mode).await?;
        let reads_file = sqlite::connect(folder, READS, mode).await?;
        let log = sqlite::connect(folder, LOG, mode).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .test_before_acquire(false)
            .connect_lazy_with(sqlite::options(folder, LOG, Mode::Read));
        let watcher = sqlite::connect(folder, LOG, Mode::Read).await?;
        let (region, installation): (Arc<str>, _) = (region.into(), Arc::new(key));
        let reads = ReadLog::new(folder.into(), Arc::clone(&region), Arc::clone(&installation), reads_file);
        let store = Self {
            folder: folder.into(),
            region,
            installation,
            writer: (mode == Mode::Write).then(|| Mutex::new(log)),
            backfill: Backfill::new(folder.into(), LOG),
            forgotten: AtomicI64::new(i64::MIN),
            readers,
            wacht: Wacht::bij(folder, LOG),
            watcher: Mutex::new(watcher),
            keys_file: Mutex::new(KeysFile::new(folder, keys_file)),
            reads: Arc::new(reads),
            keyring: Arc::default(),
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
        let _ = self.watcher.into_inner().close().await;
        self.backfill.ended().await;
        let keys = self.keys_file.into_inner();
        keys.backfill.ended().await;
        let _ = keys.db.close().await;
        // A line that is being written keeps the file open until it is there.
        if let Some(reads) = Arc::into_inner(self.reads) {
            reads.backfill.ended().await;
            let _ = reads.file.into_inner().close().await;
        }
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

    /// A number that is another one after anybody, in this process or another, wrote in the file with the log, and as long
    /// as nobody did the same. Asking costs a fraction of reading the head. Between two processes, or after opening again,
    /// it says nothing.
    ///
    /// # Errors
    /// As the database.
    pub async fn version(&self) -> Result<i64, StoreError> {
        match self.wacht.as_ref().and_then(Wacht::version) {
            Some(version) => Ok(version),
            // Counted from the other side, so that a number of the one is never taken for one of the other.
            None => Ok(!sqlite::log::version(&mut *self.watcher.lock().await, LOG).await?),
        }
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

/// The clear columns of a stored entry.
pub(crate) fn clear<'a, B>(row: &'a EntryRow<B>, region: &'a str) -> Clear<'a> {
    let EntryRow { seq, fact, subject, key, known, .. } = *row;
    Clear { region, seq, fact, subject, key, known, digest: &row.digest }
}

/// What was worked out on another thread.
pub(crate) async fn elsewhere<T>(work: JoinHandle<Result<T, StoreError>>, folder: &Path) -> Result<T, StoreError> {
    work.await.map_err(std::io::Error::other).map_err(StoreError::io(folder))?
}
