//! All SQL of the store, as plain text, and nothing but SQL: what the rows mean is decided by its callers.
//!
//! Four files, one schema version. PostgreSQL will be a sibling of this folder. Here: how a file is opened.

pub(crate) mod backfill;
pub(crate) mod blobs;
pub(crate) mod keys;
pub(crate) mod leeslog;
pub(crate) mod log;
mod packed;
pub(crate) mod records;
pub(crate) mod wacht;

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection as _, Sqlite, SqliteConnection, Transaction};

use crate::error::StoreError;
use crate::verify::Fault;

/// The file with the log.
pub const LOG: &str = "register.db";
/// The file with the keys: a file of its own, so that a copy of the log can be kept without them.
pub const KEYS: &str = "sleutels.db";
/// The file with the read log: it grows with every page that is shown, and no decision waits for it.
pub const READS: &str = "leeslog.db";
/// The file with who may come in: made when it is first asked for, and the only one that a place can do without.
pub const ACCESS: &str = "toegang.db";

/// The layout this program writes and the newest it reads.
const SCHEMA: i64 = 1;
/// Marks the files as ours: "Leer" in ASCII.
pub(crate) const APPLICATION: i64 = 0x4c65_6572;
/// The first engine that repaired the WAL-reset bug (sqlite.org/wal.html#walresetbug).
const OLDEST_ENGINE: [u32; 3] = [3, 51, 3];
/// How long a transaction waits for another process before it gives up.
pub(crate) const BUSY: Duration = Duration::from_secs(10);

// Whoever names attempts in the order of time has them stand together: a commit then writes a page or two of them, and not
// one page for each.
const LOG_SCHEMA: &str = "
CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1), region TEXT NOT NULL, seq INTEGER NOT NULL, known INTEGER NOT NULL,
    chain BLOB NOT NULL, stamp BLOB NOT NULL) STRICT;
CREATE TABLE entries (
    seq INTEGER PRIMARY KEY, fact BLOB NOT NULL, subject BLOB NOT NULL, key BLOB NOT NULL, known INTEGER NOT NULL,
    sealed BLOB NOT NULL, digest BLOB NOT NULL, chain BLOB NOT NULL) STRICT;
CREATE TABLE attempts (
    actor BLOB NOT NULL, attempt BLOB NOT NULL, known INTEGER NOT NULL, sealed BLOB NOT NULL,
    PRIMARY KEY (attempt, actor)) STRICT, WITHOUT ROWID;
CREATE INDEX attempts_by_time ON attempts (known);
CREATE TABLE deliveries (
    delivery BLOB NOT NULL PRIMARY KEY, seq INTEGER, blobs INTEGER NOT NULL, digest BLOB NOT NULL,
    stamp BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX deliveries_pending ON deliveries (delivery) WHERE seq IS NULL;
CREATE TABLE blobs (
    delivery BLOB NOT NULL, subject BLOB NOT NULL, key BLOB NOT NULL, sealed BLOB NOT NULL, digest BLOB NOT NULL,
    PRIMARY KEY (delivery, subject)) STRICT, WITHOUT ROWID;
PRAGMA application_id = 1281713522;
PRAGMA user_version = 1;
";

// AUTOINCREMENT: a number is never used again, so that a process which has read up to a number misses no later key. No
// index: keys are looked up in memory, and made by whoever holds the file's lock and has read them all; a page of an index
// for each key made would cost the disk more than all else of a decision.
const KEYS_SCHEMA: &str = "
CREATE TABLE place (one INTEGER PRIMARY KEY CHECK (one = 1), region TEXT NOT NULL, stamp BLOB NOT NULL) STRICT;
CREATE TABLE keys (
    nr INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL, subject BLOB NOT NULL, owner BLOB NOT NULL,
    category INTEGER NOT NULL, wrapped BLOB NOT NULL) STRICT;
CREATE TABLE destroyed (nr INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB NOT NULL, stamp BLOB NOT NULL) STRICT;
PRAGMA application_id = 1281713522;
PRAGMA user_version = 1;
";

const READS_SCHEMA: &str = "
CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1), region TEXT NOT NULL, seq INTEGER NOT NULL, known INTEGER NOT NULL,
    chain BLOB NOT NULL, stamp BLOB NOT NULL) STRICT;
CREATE TABLE reads (
    seq INTEGER PRIMARY KEY, known INTEGER NOT NULL, pseudonym BLOB NOT NULL, sealed BLOB NOT NULL,
    chain BLOB NOT NULL) STRICT;
CREATE INDEX reads_by_pseudonym ON reads (pseudonym, seq);
PRAGMA application_id = 1281713522;
PRAGMA user_version = 1;
";

/// How a connection is opened.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Makes the file and its tables.
    Create,
    /// Reads and writes.
    Write,
    /// Reads only; the engine refuses to write.
    Read,
}

/// The settings every connection has. Memory mapping stays off: with it an input error kills the process.
///
/// A commit to the read log does not wait for the disk: what is written survives a killed process, while a power cut may
/// take its last second. Every page waits for its line, and there are many pages to one decision.
pub(crate) fn options(folder: &Path, file: &'static str, mode: Mode) -> SqliteConnectOptions {
    let synchronous = if file == READS { SqliteSynchronous::Normal } else { SqliteSynchronous::Full };
    SqliteConnectOptions::new()
        .filename(folder.join(file))
        .create_if_missing(mode == Mode::Create)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(synchronous)
        .busy_timeout(BUSY)
        .foreign_keys(true)
        .pragma("secure_delete", "ON")
        .pragma("mmap_size", "0")
        .pragma("trusted_schema", "OFF")
        .pragma("cell_size_check", "ON")
        .pragma("temp_store", "MEMORY")
        .pragma("wal_autocheckpoint", if file == ACCESS { "1000" } else { backfill::AT_LAST })
        .pragma("query_only", if mode == Mode::Read { "ON" } else { "OFF" })
        .row_buffer_size(1024)
}

/// Opens one connection; with [`Mode::Create`] makes the tables too.
///
/// # Errors
/// An engine that is too old, a file that is not ours, a file of a newer Leerrecht, damage.
pub(crate) async fn connect(folder: &Path, file: &'static str, mode: Mode) -> Result<SqliteConnection, StoreError> {
    let mut db = SqliteConnection::connect_with(&options(folder, file, mode)).await.map_err(StoreError::sql(file))?;
    match prepare(&mut db, folder, file, mode).await {
        Ok(()) => Ok(db),
        Err(refusal) => {
            // The refusal is what matters.
            let _ = db.close().await;
            Err(refusal)
        }
    }
}

/// Makes the tables when asked, and sees whether the file is one of ours.
async fn prepare(db: &mut SqliteConnection, folder: &Path, file: &'static str, mode: Mode) -> Result<(), StoreError> {
    let (engine,): (String,) =
        sqlx::query_as("SELECT sqlite_version()").fetch_one(&mut *db).await.map_err(StoreError::sql(file))?;
    assert_engine(&engine)?;
    if mode == Mode::Create {
        let mut tx = db.begin().await.map_err(StoreError::sql(file))?;
        let schema = match file {
            LOG => LOG_SCHEMA,
            KEYS => KEYS_SCHEMA,
            _ => READS_SCHEMA,
        };
        sqlx::raw_sql(schema).execute(&mut *tx).await.map_err(StoreError::sql(file))?;
        tx.commit().await.map_err(StoreError::sql(file))?;
        // The engine gives its write-ahead log the same mode.
        make_private(&folder.join(file))?;
    }
    let (application,): (i64,) =
        sqlx::query_as("PRAGMA application_id").fetch_one(&mut *db).await.map_err(StoreError::sql(file))?;
    let (schema,): (i64,) =
        sqlx::query_as("PRAGMA user_version").fetch_one(&mut *db).await.map_err(StoreError::sql(file))?;
    match (application, schema) {
        (APPLICATION, SCHEMA) => Ok(()),
        (APPLICATION, found) if found > SCHEMA => Err(StoreError::NewerSchema { file, found }),
        _ => Err(StoreError::Damaged(Fault::in_file(file, "dit is geen bestand van Leerrecht"))),
    }
}

/// Opens a connection for one piece of work, and closes it whatever came of that. A connection that is only dropped lets
/// go of its files a moment later: who puts another file in their place meanwhile gets the write-ahead log of the old one
/// with it.
///
/// # Errors
/// As [`connect`] and as the work.
pub(crate) async fn once<T>(
    folder: &Path,
    file: &'static str,
    mode: Mode,
    work: impl AsyncFnOnce(&mut SqliteConnection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let mut db = connect(folder, file, mode).await?;
    let done = work(&mut db).await;
    let closed = db.close().await.map_err(StoreError::sql(file));
    done.and_then(|done| closed.map(|()| done))
}

/// Only the owner may read or write the file. By name: opening and closing a database file ourselves would drop the locks
/// that the engine holds on it.
pub(crate) fn make_private(path: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).map_err(StoreError::io(path))
}

/// Begins a transaction that writes, and waits for its turn.
///
/// When the engine ends a transaction by itself (a full disk, an input error), sqlx 0.9 goes on believing in it and
/// refuses the next one. Then the connection is replaced by a new one.
pub(crate) async fn begin_writing<'a>(
    db: &'a mut SqliteConnection,
    folder: &Path,
    file: &'static str,
) -> Result<Transaction<'a, Sqlite>, StoreError> {
    if db.is_in_transaction() {
        // The roll-back of a transaction that was dropped may still be on its way.
        db.ping().await.map_err(StoreError::sql(file))?;
    }
    if db.is_in_transaction() {
        *db = connect(folder, file, Mode::Write).await?;
    }
    db.begin_with("BEGIN IMMEDIATE").await.map_err(StoreError::sql(file))
}

/// Whether the file can be written: a byte in its header can forbid that while all reads are well. Writes what stands
/// there already, and takes it back.
pub(crate) async fn try_writing(folder: &Path, file: &'static str) -> Result<(), StoreError> {
    once(folder, file, Mode::Write, async |db| {
        let mut tx = begin_writing(db, folder, file).await?;
        sqlx::raw_sql("PRAGMA user_version = 1").execute(&mut *tx).await.map_err(StoreError::sql(file))?;
        tx.rollback().await.map_err(StoreError::sql(file))
    })
    .await
}

/// Refuses an engine older than [`OLDEST_ENGINE`].
pub(crate) fn assert_engine(version: &str) -> Result<(), StoreError> {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let found = [0; 3].map(|_: u32| parts.next().unwrap_or(0));
    if found >= OLDEST_ENGINE { Ok(()) } else { Err(StoreError::EngineTooOld(version.to_owned())) }
}

/// A row, or the fault that makes it unreadable. Only the walk of `verify` goes on after one.
pub(crate) type Read<T> = Result<T, Fault>;

/// Rows per statement of an insert: most of the gain of many rows, in a few statements that stay prepared.
const MANY: usize = 16;
const SOME: usize = 4;

/// The statements for one row, for [`SOME`] and for [`MANY`].
macro_rules! insert {
    ($into:literal, $row:literal) => {
        [
            concat!($into, " VALUES ", $row),
            concat!($into, " VALUES ", $row, ",", $row, ",", $row, ",", $row),
            concat!(
                $into, " VALUES ", $row, ",", $row, ",", $row, ",", $row, ",", $row, ",", $row, ",", $row, ",", $row,
                ",", $row, ",", $row, ",", $row, ",", $row, ",", $row, ",", $row, ",", $row, ",", $row
            ),
        ]
    };
}

/// Cuts rows into groups that are as large as can be, each with its statement.
pub(crate) fn groups<'a, T>(
    rows: &'a [T],
    [one, some, many]: [&'static str; 3],
) -> impl Iterator<Item = (&'static str, &'a [T])> {
    let full = rows.chunks_exact(MANY);
    let smaller = full.remainder().chunks_exact(SOME);
    let rest = smaller.remainder().chunks(1);
    full.map(move |rows| (many, rows))
        .chain(smaller.map(move |rows| (some, rows)))
        .chain(rest.map(move |row| (one, row)))
}

pub(crate) use insert;

/// A limit as the engine takes it.
pub(crate) fn rows(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// What the engine's own check finds in a file; nothing when all is well.
pub(crate) async fn integrity_check(db: &mut SqliteConnection, file: &'static str) -> Result<Vec<String>, StoreError> {
    let lines: Vec<(String,)> =
        sqlx::query_as("PRAGMA integrity_check(100)").fetch_all(db).await.map_err(StoreError::sql(file))?;
    Ok(lines.into_iter().map(|(line,)| line).filter(|line| line != "ok").collect())
}

/// Writes a compact copy of the file as it is at one moment; writers go on meanwhile.
pub(crate) async fn copy_into(db: &mut SqliteConnection, file: &'static str, to: &Path) -> Result<(), StoreError> {
    let unusable = || StoreError::Io { path: to.into(), source: std::io::ErrorKind::InvalidFilename.into() };
    let name = to.to_str().ok_or_else(unusable)?;
    sqlx::query("VACUUM INTO ?").bind(name).execute(db).await.map_err(StoreError::sql(file))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::assert_engine;

    #[test]
    fn an_engine_with_the_wal_reset_bug_is_refused() {
        for (version, good) in [
            ("3.51.3", true),
            ("3.51.10", true),
            ("3.52.0", true),
            ("4.0.0", true),
            ("3.51.2", false),
            ("3.40.1", false),
            ("2.99.99", false),
            ("", false),
            ("nieuw", false),
        ] {
            assert_eq!(assert_engine(version).is_ok(), good, "{version}");
        }
    }
}
