//! The records of who may come in.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteRow, SqliteSynchronous};
use sqlx::{Connection as _, Row as _, SqliteConnection};

use super::{ACCESS, APPLICATION, Mode, Read, connect, make_private, options, rows};
use crate::error::StoreError;
use crate::ids::hex;
use crate::verify::Fault;

const SCHEMA: &str = "
CREATE TABLE place (one INTEGER PRIMARY KEY CHECK (one = 1), region TEXT NOT NULL, stamp BLOB NOT NULL) STRICT;
CREATE TABLE records (
    kind INTEGER NOT NULL, name BLOB NOT NULL, owner BLOB NOT NULL, until INTEGER NOT NULL, sealed BLOB NOT NULL,
    PRIMARY KEY (kind, name)) STRICT, WITHOUT ROWID;
CREATE INDEX records_by_owner ON records (kind, owner);
CREATE INDEX records_by_until ON records (kind, until);
PRAGMA application_id = 1281713522;
PRAGMA user_version = 1;
";

/// One record as stored.
pub(crate) struct RecordRow {
    pub kind: u8,
    pub name: [u8; 32],
    pub owner: [u8; 32],
    pub until: i64,
    pub sealed: Vec<u8>,
}

/// How often, and how long apart, a file that is being made is tried: together as long as a transaction waits.
const ATTEMPTS: u32 = 500;
const APART: Duration = Duration::from_millis(20);

/// Opens the file, and makes it when there is none yet. Two processes that do so at once make it once, and a process that
/// is killed meanwhile leaves nothing that stands in the way.
pub(crate) async fn connect_or_create(
    folder: &Path,
    region: &str,
    stamp: &[u8],
) -> Result<SqliteConnection, StoreError> {
    let mut db = begin_file(folder).await?;
    if is_empty(&mut db).await? {
        make_private(&folder.join(ACCESS))?;
        let mut tx = db.begin_with("BEGIN IMMEDIATE").await.map_err(StoreError::sql(ACCESS))?;
        if is_empty(&mut tx).await? {
            sqlx::raw_sql(SCHEMA).execute(&mut *tx).await.map_err(StoreError::sql(ACCESS))?;
            let place = sqlx::query("INSERT INTO place (one, region, stamp) VALUES (1, ?, ?)");
            place.bind(region).bind(stamp).execute(&mut *tx).await.map_err(StoreError::sql(ACCESS))?;
        }
        tx.commit().await.map_err(StoreError::sql(ACCESS))?;
    }
    db.close().await.map_err(StoreError::sql(ACCESS))?;
    connect(folder, ACCESS, Mode::Write).await
}

/// The first connection turns a new file to its journal, and whoever comes by just then is refused at once by the engine,
/// without the waiting it does for a transaction. So the waiting is done here.
async fn begin_file(folder: &Path) -> Result<SqliteConnection, StoreError> {
    let options = options(folder, ACCESS, Mode::Create);
    for _ in 1..ATTEMPTS {
        match SqliteConnection::connect_with(&options).await.map_err(StoreError::sql(ACCESS)) {
            Err(StoreError::Busy) => tokio::time::sleep(APART).await,
            done => return done,
        }
    }
    SqliteConnection::connect_with(&options).await.map_err(StoreError::sql(ACCESS))
}

/// Whether a process was killed before it had made the file: nothing was ever put in it.
pub(crate) async fn is_unfinished(folder: &Path) -> Result<bool, StoreError> {
    let options = options(folder, ACCESS, Mode::Read);
    let mut db = SqliteConnection::connect_with(&options).await.map_err(StoreError::sql(ACCESS))?;
    let empty = is_empty(&mut db).await?;
    db.close().await.map_err(StoreError::sql(ACCESS))?;
    Ok(empty)
}

/// Whether this is a file in which nothing was ever put.
async fn is_empty(db: &mut SqliteConnection) -> Result<bool, StoreError> {
    let (tables,): (i64,) = sqlx::query_as("SELECT count(*) FROM sqlite_schema")
        .fetch_one(&mut *db)
        .await
        .map_err(StoreError::sql(ACCESS))?;
    let (application,): (i64,) =
        sqlx::query_as("PRAGMA application_id").fetch_one(db).await.map_err(StoreError::sql(ACCESS))?;
    Ok(tables == 0 && application != APPLICATION)
}

/// The region and the stamp of the file.
pub(crate) async fn place(db: &mut SqliteConnection) -> Result<(String, Vec<u8>), StoreError> {
    let row = sqlx::query_as("SELECT region, stamp FROM place WHERE one = 1")
        .fetch_optional(db)
        .await
        .map_err(StoreError::sql(ACCESS))?;
    row.ok_or_else(|| StoreError::Damaged(Fault::in_table(ACCESS, "place", "de regel ontbreekt")))
}

/// The columns of a row; an error when one of them is not what was written.
fn row(row: &SqliteRow) -> Result<RecordRow, sqlx::Error> {
    let unreadable = || sqlx::Error::Decode("een veld is onleesbaar".into());
    let fixed = |column| row.try_get::<&[u8], _>(column)?.try_into().map_err(|_| unreadable());
    Ok(RecordRow {
        kind: u8::try_from(row.try_get::<i64, _>(0)?).map_err(|_| unreadable())?,
        name: fixed(1)?,
        owner: fixed(2)?,
        until: row.try_get(3)?,
        sealed: row.try_get(4)?,
    })
}

macro_rules! select {
    ($where:literal) => {
        concat!("SELECT kind, name, owner, until, sealed FROM records ", $where)
    };
}

pub(crate) async fn get(db: &mut SqliteConnection, kind: u8, name: &[u8; 32]) -> Result<Option<RecordRow>, StoreError> {
    let query = sqlx::query(select!("WHERE kind = ? AND name = ?")).bind(i64::from(kind)).bind(name.as_slice());
    query.try_map(|found| row(&found)).fetch_optional(db).await.map_err(StoreError::sql(ACCESS))
}

/// Ascending by name.
pub(crate) async fn after(
    db: &mut SqliteConnection,
    kind: u8,
    after: Option<&[u8; 32]>,
    limit: usize,
) -> Result<Vec<RecordRow>, StoreError> {
    // No name is shorter than the empty one.
    let after = after.map_or(&[] as &[u8], <[u8; 32]>::as_slice);
    sqlx::query(select!("WHERE kind = ? AND name > ? ORDER BY name LIMIT ?"))
        .bind(i64::from(kind))
        .bind(after)
        .bind(rows(limit))
        .try_map(|found| row(&found))
        .fetch_all(db)
        .await
        .map_err(StoreError::sql(ACCESS))
}

/// Descending by name.
pub(crate) async fn before(
    db: &mut SqliteConnection,
    kind: u8,
    before: Option<&[u8; 32]>,
    limit: usize,
) -> Result<Vec<RecordRow>, StoreError> {
    let query = match before {
        Some(before) => sqlx::query(select!("WHERE kind = ? AND name < ? ORDER BY name DESC LIMIT ?"))
            .bind(i64::from(kind))
            .bind(before.as_slice()),
        None => sqlx::query(select!("WHERE kind = ? ORDER BY name DESC LIMIT ?")).bind(i64::from(kind)),
    };
    let query = query.bind(rows(limit)).try_map(|found| row(&found));
    query.fetch_all(db).await.map_err(StoreError::sql(ACCESS))
}

/// Descending by name.
pub(crate) async fn of_owner(
    db: &mut SqliteConnection,
    kind: u8,
    owner: &[u8; 32],
    limit: usize,
) -> Result<Vec<RecordRow>, StoreError> {
    sqlx::query(select!("WHERE kind = ? AND owner = ? ORDER BY name DESC LIMIT ?"))
        .bind(i64::from(kind))
        .bind(owner.as_slice())
        .bind(rows(limit))
        .try_map(|found| row(&found))
        .fetch_all(db)
        .await
        .map_err(StoreError::sql(ACCESS))
}

/// The kind and the name of a row.
pub(crate) type RecordPlace = (i64, Vec<u8>);

/// All rows after a place, in order, at most `limit`.
pub(crate) async fn all_after(
    db: &mut SqliteConnection,
    (kind, name): &RecordPlace,
    limit: usize,
) -> Result<Vec<(RecordPlace, Read<RecordRow>)>, StoreError> {
    sqlx::query(select!("WHERE (kind, name) > (?, ?) ORDER BY kind, name LIMIT ?"))
        .bind(kind)
        .bind(name.as_slice())
        .bind(rows(limit))
        .try_map(|found: SqliteRow| {
            let place: RecordPlace = (found.try_get(0)?, found.try_get(1)?);
            let named = || format!("{}-{}", place.0, hex(&place.1));
            let read = row(&found).map_err(|_| Fault::in_row(ACCESS, "records", named(), "een veld is onleesbaar"));
            Ok((place, read))
        })
        .fetch_all(db)
        .await
        .map_err(StoreError::sql(ACCESS))
}

pub(crate) async fn put(db: &mut SqliteConnection, row: &RecordRow) -> Result<(), StoreError> {
    sqlx::query("INSERT OR REPLACE INTO records (kind, name, owner, until, sealed) VALUES (?, ?, ?, ?, ?)")
        .bind(i64::from(row.kind))
        .bind(row.name.as_slice())
        .bind(row.owner.as_slice())
        .bind(row.until)
        .bind(row.sealed.as_slice())
        .execute(db)
        .await
        .map_err(StoreError::sql(ACCESS))?;
    Ok(())
}

pub(crate) async fn remove(db: &mut SqliteConnection, kind: u8, name: &[u8; 32]) -> Result<bool, StoreError> {
    let query = sqlx::query("DELETE FROM records WHERE kind = ? AND name = ?").bind(i64::from(kind));
    let done = query.bind(name.as_slice()).execute(db).await.map_err(StoreError::sql(ACCESS))?;
    Ok(done.rows_affected() > 0)
}

pub(crate) async fn remove_of_owner(db: &mut SqliteConnection, kind: u8, owner: &[u8; 32]) -> Result<u64, StoreError> {
    let query = sqlx::query("DELETE FROM records WHERE kind = ? AND owner = ?").bind(i64::from(kind));
    let done = query.bind(owner.as_slice()).execute(db).await.map_err(StoreError::sql(ACCESS))?;
    Ok(done.rows_affected())
}

pub(crate) async fn remove_past(
    db: &mut SqliteConnection,
    kind: u8,
    now: i64,
    limit: usize,
) -> Result<u64, StoreError> {
    const PAST: &str = "DELETE FROM records WHERE kind = ?1 AND name IN
        (SELECT name FROM records WHERE kind = ?1 AND until <= ?2 ORDER BY until LIMIT ?3)";
    let query = sqlx::query(PAST).bind(i64::from(kind)).bind(now).bind(rows(limit));
    let done = query.execute(db).await.map_err(StoreError::sql(ACCESS))?;
    Ok(done.rows_affected())
}

/// Removes all records from a kind on from a copy: what must not come back with it.
pub(crate) async fn strip(copy: &Path, kind: u8) -> Result<(), StoreError> {
    let options = SqliteConnectOptions::new()
        .filename(copy)
        .journal_mode(SqliteJournalMode::Delete)
        .synchronous(SqliteSynchronous::Full)
        .pragma("secure_delete", "ON");
    let mut db = SqliteConnection::connect_with(&options).await.map_err(StoreError::sql(ACCESS))?;
    let query = sqlx::query("DELETE FROM records WHERE kind >= ?").bind(i64::from(kind));
    query.execute(&mut db).await.map_err(StoreError::sql(ACCESS))?;
    db.close().await.map_err(StoreError::sql(ACCESS))
}
