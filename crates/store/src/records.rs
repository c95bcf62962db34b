//! Sealed records that are found by name, replaced and removed: who may come in. They are no part of the log, which keeps
//! everything; a session that ended leaves nothing.
//!
//! In the clear stand the kind of a record, its name, whose it is and until when it matters. Names are pseudonyms that
//! only the holder of the installation key can make ([`Records::name`]), or digests of secrets ([`RecordName::of_secret`]):
//! the file without the key says about nobody that they are known here. The rest is sealed by the installation key, bound
//! to those four and to the region. A record cannot be made, changed or renamed without the key; one who writes in the
//! file can only take records away, or put old ones back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex as StdMutex, PoisonError};

use sqlx::pool::PoolConnection;
use sqlx::sqlite::SqlitePoolOptions;
use sqlx::{Connection as _, Sqlite, SqliteConnection, SqlitePool, Transaction};

use crate::crypto::{bind, digest};
use crate::error::StoreError;
use crate::ids::hex;
use crate::keys::InstallationKey;
use crate::sqlite::records::{self, RecordRow};
use crate::sqlite::wacht::Wacht;
use crate::sqlite::{self, ACCESS, Mode};
use crate::verify::Fault;

/// Longest content of a record, in bytes.
pub const MAX_RECORD: usize = 16 << 10;
/// Most records returned or removed by one call.
pub const MAX_RECORDS: usize = 10_000;
/// For a record that matters until it is removed.
pub const FOR_EVER: i64 = i64::MAX;

/// Records that are kept in memory at most.
const MAX_KEPT: usize = 10_000;
/// Connections for reading.
const READERS: u32 = 2;

/// What a record is, as numbered by the caller. Numbers from [`RecordKind::PASSING`] on stay out of a backup: what they
/// are would be wrong when it is put back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordKind(pub u8);

impl RecordKind {
    /// The first kind that stays out of a backup.
    pub const PASSING: Self = Self(128);
}

/// What a record is found by. Says nothing to whoever has no key.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordName(pub [u8; 32]);

impl RecordName {
    /// For a record of nobody.
    pub const NOBODY: Self = Self([0; 32]);

    /// The name of what belongs to a secret of at least 128 random bits: its digest. Who reads the file does not learn
    /// the secret.
    pub fn of_secret(secret: &[u8]) -> Self {
        Self(digest(secret))
    }
}

impl std::fmt::Debug for RecordName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RecordName({})", hex(self.0.get(..4).unwrap_or_default()))
    }
}

/// One record, opened. What it says does not print itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// What it is.
    pub kind: RecordKind,
    /// What it is found by.
    pub name: RecordName,
    /// Whose it is, or [`RecordName::NOBODY`].
    pub owner: RecordName,
    /// Until when it matters, in microseconds since 1970 UTC; [`FOR_EVER`] for always. Nothing happens by itself then.
    pub until: i64,
    /// What it says; at most [`MAX_RECORD`] bytes.
    pub content: Vec<u8>,
}

impl std::fmt::Debug for Record {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Record({:?}, {:?}, {} bytes)", self.kind, self.name, self.content.len())
    }
}

/// The file with records of one place, opened. Any number of processes may have it open; each reads what is there now.
pub struct Records {
    folder: PathBuf,
    region: String,
    installation: InstallationKey,
    // One connection: changes wait here for each other, and not in the engine.
    writers: SqlitePool,
    readers: SqlitePool,
    kept: Option<Kept>,
}

/// Records that were read, for as long as nobody writes in the file.
struct Kept {
    wacht: Wacht,
    // Keeps the index there that is looked at.
    open: StdMutex<SqliteConnection>,
    read: StdMutex<(i64, ByName)>,
}

/// What was read, also of records that are not there.
type ByName = BTreeMap<(RecordKind, RecordName), Option<Record>>;

impl Kept {
    /// What was read at this version of the file.
    fn get(&self, version: i64, kind: RecordKind, name: &RecordName) -> Option<Option<Record>> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if read.0 != version {
            *read = (version, BTreeMap::new());
        }
        read.1.get(&(kind, *name)).cloned()
    }

    fn put(&self, version: i64, kind: RecordKind, name: &RecordName, record: Option<Record>) {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if read.0 == version && read.1.len() < MAX_KEPT {
            read.1.insert((kind, *name), record);
        }
    }
}

impl Records {
    /// Opens the file in the folder of a place, and makes it when it is not there: an old place has none, and without it
    /// nobody is known.
    ///
    /// # Errors
    /// [`StoreError::WrongKey`] when it was made with another key or for another region; otherwise as the database.
    pub async fn open(folder: &Path, region: &str, key: InstallationKey) -> Result<Self, StoreError> {
        if !folder.is_dir() {
            return Err(StoreError::Missing(folder.into()));
        }
        let stamp = stamp(&key, region)?;
        let mut db = records::connect_or_create(folder, region, &stamp).await?;
        let found = records::place(&mut db).await?;
        let kept =
            Wacht::bij(folder, ACCESS).map(|wacht| Kept { wacht, open: StdMutex::new(db), read: StdMutex::default() });
        if found != (region.to_owned(), stamp) {
            return Err(StoreError::WrongKey);
        }
        let pool = |mode, most| {
            SqlitePoolOptions::new()
                .max_connections(most)
                .acquire_timeout(sqlite::BUSY)
                .test_before_acquire(false)
                .connect_lazy_with(sqlite::options(folder, ACCESS, mode))
        };
        let (writers, readers) = (pool(Mode::Write, 1), pool(Mode::Read, READERS));
        Ok(Self { folder: folder.into(), region: region.into(), installation: key, writers, readers, kept })
    }

    /// Closes the file, leaving no write-ahead log behind.
    pub async fn close(self) {
        self.readers.close().await;
        self.writers.close().await;
        if let Some(kept) = self.kept {
            // Only ever read from: an error here loses nothing.
            let _ = kept.open.into_inner().unwrap_or_else(PoisonError::into_inner).close().await;
        }
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The name of somebody or something in this file, that cannot be guessed back without the installation key. `what`
    /// sets one use apart from another.
    ///
    /// # Errors
    /// When the name is absurdly long.
    pub fn name(&self, what: &str, of: &[u8]) -> Result<RecordName, StoreError> {
        let stamp = self.installation.stamp("name of record", &[self.region.as_bytes(), what.as_bytes(), of])?;
        Ok(RecordName(digest(&stamp)))
    }

    /// The record with that name.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when it is not what was written; otherwise as the database.
    pub async fn get(&self, kind: RecordKind, name: &RecordName) -> Result<Option<Record>, StoreError> {
        let row = records::get(&mut *self.reader().await?, kind.0, &name.0).await?;
        row.map(|row| open(&self.installation, &self.region, row)).transpose()
    }

    /// The same, from memory when nobody wrote in the file since it was read. For what every page asks; what is secret
    /// even here is better not kept.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub async fn get_kept(&self, kind: RecordKind, name: &RecordName) -> Result<Option<Record>, StoreError> {
        // The version first: what is written while it is read makes another one.
        let known = self.kept.as_ref().and_then(|kept| Some((kept, kept.wacht.version()?)));
        let Some((kept, version)) = known else { return self.get(kind, name).await };
        if let Some(record) = kept.get(version, kind, name) {
            return Ok(record);
        }
        let record = self.get(kind, name).await?;
        kept.put(version, kind, name, record.clone());
        Ok(record)
    }

    /// At most `limit` records of a kind, by name from the first after `after` on.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub async fn after(
        &self,
        kind: RecordKind,
        after: Option<&RecordName>,
        limit: usize,
    ) -> Result<Vec<Record>, StoreError> {
        let after = after.map(|name| name.0);
        let rows = records::after(&mut *self.reader().await?, kind.0, after.as_ref(), bounded(limit)).await?;
        self.open_all(rows)
    }

    /// At most `limit` records of a kind, by name from the last before `before` down.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub async fn before(
        &self,
        kind: RecordKind,
        before: Option<&RecordName>,
        limit: usize,
    ) -> Result<Vec<Record>, StoreError> {
        let before = before.map(|name| name.0);
        let rows = records::before(&mut *self.reader().await?, kind.0, before.as_ref(), bounded(limit)).await?;
        self.open_all(rows)
    }

    /// The records of a kind that are somebody's, by name, the last `limit` of them.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub async fn of_owner(
        &self,
        kind: RecordKind,
        owner: &RecordName,
        limit: usize,
    ) -> Result<Vec<Record>, StoreError> {
        let rows = records::of_owner(&mut *self.reader().await?, kind.0, &owner.0, bounded(limit)).await?;
        self.open_all(rows)
    }

    fn open_all(&self, rows: Vec<RecordRow>) -> Result<Vec<Record>, StoreError> {
        rows.into_iter().map(|row| open(&self.installation, &self.region, row)).collect()
    }

    /// Begins a change: all of it or nothing, and nobody else changes anything meanwhile. What is dropped without
    /// [`RecordChange::commit`] did not happen.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when another change took too long.
    pub async fn begin(&self) -> Result<RecordChange<'_>, StoreError> {
        let mut db = acquire(&self.writers).await?;
        if db.is_in_transaction() {
            // The roll-back of a change that was dropped may still be on its way.
            db.ping().await.map_err(StoreError::sql(ACCESS))?;
        }
        if db.is_in_transaction() {
            // After a full disk the engine has no transaction any more and sqlx still believes in it.
            db.close().await.map_err(StoreError::sql(ACCESS))?;
            db = acquire(&self.writers).await?;
        }
        let tx = Transaction::begin(db, Some(sqlx::SqlSafeStr::into_sql_str("BEGIN IMMEDIATE"))).await;
        Ok(RecordChange { records: self, tx: tx.map_err(StoreError::sql(ACCESS))? })
    }

    async fn reader(&self) -> Result<PoolConnection<Sqlite>, StoreError> {
        acquire(&self.readers).await
    }
}

async fn acquire(pool: &SqlitePool) -> Result<PoolConnection<Sqlite>, StoreError> {
    pool.acquire().await.map_err(|e| match e {
        sqlx::Error::PoolTimedOut => StoreError::Busy,
        other => StoreError::sql(ACCESS)(other),
    })
}

fn bounded(limit: usize) -> usize {
    limit.min(MAX_RECORDS)
}

/// A change that was begun. It sees its own writes.
pub struct RecordChange<'a> {
    records: &'a Records,
    tx: Transaction<'static, Sqlite>,
}

impl RecordChange<'_> {
    /// As [`Records::get`].
    ///
    /// # Errors
    /// As [`Records::get`].
    pub async fn get(&mut self, kind: RecordKind, name: &RecordName) -> Result<Option<Record>, StoreError> {
        let row = records::get(&mut self.tx, kind.0, &name.0).await?;
        row.map(|row| open(&self.records.installation, &self.records.region, row)).transpose()
    }

    /// As [`Records::of_owner`].
    ///
    /// # Errors
    /// As [`Records::get`].
    pub async fn of_owner(
        &mut self,
        kind: RecordKind,
        owner: &RecordName,
        limit: usize,
    ) -> Result<Vec<Record>, StoreError> {
        let rows = records::of_owner(&mut self.tx, kind.0, &owner.0, bounded(limit)).await?;
        self.records.open_all(rows)
    }

    /// Writes a record, in place of the one with its name.
    ///
    /// # Errors
    /// [`StoreError::TooMuch`] above [`MAX_RECORD`]; otherwise as the database.
    pub async fn put(&mut self, record: &Record) -> Result<(), StoreError> {
        if record.content.len() > MAX_RECORD {
            return Err(StoreError::TooMuch { what: "inhoud van een regel", limit: MAX_RECORD });
        }
        let Record { kind, name, owner, until, content } = record;
        let bound = bound(&self.records.region, kind.0, &name.0, &owner.0, *until);
        let sealed = self.records.installation.0.seal(&bound, content)?;
        let row = RecordRow { kind: kind.0, name: name.0, owner: owner.0, until: *until, sealed };
        records::put(&mut self.tx, &row).await
    }

    /// Removes the record with that name; whether there was one.
    ///
    /// # Errors
    /// As the database.
    pub async fn remove(&mut self, kind: RecordKind, name: &RecordName) -> Result<bool, StoreError> {
        records::remove(&mut self.tx, kind.0, &name.0).await
    }

    /// Removes all records of a kind that are somebody's; how many there were.
    ///
    /// # Errors
    /// As the database.
    pub async fn remove_of_owner(&mut self, kind: RecordKind, owner: &RecordName) -> Result<u64, StoreError> {
        records::remove_of_owner(&mut self.tx, kind.0, &owner.0).await
    }

    /// Removes at most [`MAX_RECORDS`] records of a kind that matter no longer at `now` (their `until` has come); how many
    /// there were.
    ///
    /// # Errors
    /// As the database.
    pub async fn remove_past(&mut self, kind: RecordKind, now: i64) -> Result<u64, StoreError> {
        records::remove_past(&mut self.tx, kind.0, now, MAX_RECORDS).await
    }

    /// Makes the change durable.
    ///
    /// # Errors
    /// As the database; nothing was changed then.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.tx.commit().await.map_err(StoreError::sql(ACCESS))
    }
}

/// What shows that the file is this region's, made with this key.
pub(crate) fn stamp(key: &InstallationKey, region: &str) -> Result<Vec<u8>, StoreError> {
    key.stamp("place of records", &[region.as_bytes()])
}

fn bound(region: &str, kind: u8, name: &[u8; 32], owner: &[u8; 32], until: i64) -> Vec<u8> {
    bind("record", &[region.as_bytes(), &[kind], name, owner, &until.to_be_bytes()])
}

/// Opens one record, or says that it is not what was written.
pub(crate) fn open(key: &InstallationKey, region: &str, row: RecordRow) -> Result<Record, StoreError> {
    let RecordRow { kind, name, owner, until, sealed } = row;
    let content = key.0.open(&bound(region, kind, &name, &owner, until), &sealed);
    let content = content.ok_or_else(|| {
        let place = format!("{kind}-{}", hex(&name));
        StoreError::Damaged(Fault::in_row(ACCESS, "records", place, "de regel kan niet worden geopend"))
    })?;
    Ok(Record { kind: RecordKind(kind), name: RecordName(name), owner: RecordName(owner), until, content })
}
