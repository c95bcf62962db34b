//! The keys and the names of those that were destroyed.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::packed::Packed;
use super::{KEYS, Read, groups, insert, rows};
use crate::error::StoreError;
use crate::ids::{KeyId, OwnerId, SubjectId};
use crate::keys::KeyScope;
use crate::verify::Fault;

pub(crate) async fn place(db: &mut SqliteConnection) -> Result<(String, Vec<u8>), StoreError> {
    let row = sqlx::query_as("SELECT region, stamp FROM place WHERE one = 1")
        .fetch_optional(db)
        .await
        .map_err(StoreError::sql(KEYS))?;
    row.ok_or_else(|| StoreError::Damaged(Fault::in_table(KEYS, "place", "de regel ontbreekt")))
}

pub(crate) async fn set_place(db: &mut SqliteConnection, region: &str, stamp: &[u8]) -> Result<(), StoreError> {
    let query = sqlx::query("INSERT INTO place (one, region, stamp) VALUES (1, ?, ?)").bind(region).bind(stamp);
    query.execute(db).await.map_err(StoreError::sql(KEYS))?;
    Ok(())
}

/// One key as stored: wrapped by the installation key.
pub(crate) struct KeyRow<B = Vec<u8>> {
    pub id: KeyId,
    pub scope: KeyScope,
    pub wrapped: B,
}

/// Keys read as one: number, category, and the lengths of subject, owner and wrapped key of each.
pub(crate) struct PackedKeys(Packed<5>);

/// At most `limit` keys with a number above `nr`, in order of number, joined. `None` when they are not of the form that
/// they were written in.
pub(crate) async fn packed_keys_after(
    db: &mut SqliteConnection,
    nr: i64,
    limit: usize,
) -> Result<Option<PackedKeys>, StoreError> {
    let (found, nr, category, subject, owner, wrapped, bytes) = sqlx::query_as(
        "SELECT count(*), group_concat(nr), group_concat(category), group_concat(length(subject)),
            group_concat(length(owner)), group_concat(length(wrapped)),
            CAST(group_concat(id || subject || owner || wrapped, '') AS BLOB)
         FROM (SELECT nr, id, subject, owner, category, wrapped FROM keys WHERE nr > ? ORDER BY nr LIMIT ?)",
    )
    .bind(nr)
    .bind(rows(limit))
    .fetch_one(db)
    .await
    .map_err(StoreError::sql(KEYS))?;
    let numbers = [nr, category, subject, owner, wrapped];
    Ok(Packed::new(found, numbers, bytes, |[_, _, subject, owner, wrapped]| 16 + subject + owner + wrapped)
        .map(PackedKeys))
}

/// How many keys have a number above `nr`.
pub(crate) async fn count_after(db: &mut SqliteConnection, nr: i64) -> Result<i64, StoreError> {
    let query = sqlx::query_scalar("SELECT count(*) FROM keys WHERE nr > ?").bind(nr);
    query.fetch_one(db).await.map_err(StoreError::sql(KEYS))
}

impl PackedKeys {
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The number of the last key.
    pub(crate) fn last(&self) -> Option<i64> {
        self.0.last().map(|[nr, ..]| *nr)
    }

    /// The keys with their numbers.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (i64, KeyRow<&[u8]>)> {
        self.0.rows(|[nr, category, subject, owner, wrapped], rest| {
            let id = KeyId(rest.fixed()?);
            let (subject, owner) = (SubjectId::new(rest.take(*subject)?)?, OwnerId::new(rest.take(*owner)?)?);
            let scope = KeyScope { subject, owner, category: u8::try_from(*category).ok()? };
            Some((*nr, KeyRow { id, scope, wrapped: rest.take(*wrapped)? }))
        })
    }
}

/// At most `limit` keys with a number above `nr`, in order of number.
pub(crate) async fn keys_after(
    db: &mut SqliteConnection,
    nr: i64,
    limit: usize,
) -> Result<Vec<(i64, Read<KeyRow>)>, StoreError> {
    sqlx::query("SELECT nr, id, subject, owner, category, wrapped FROM keys WHERE nr > ? ORDER BY nr LIMIT ?")
        .bind(nr)
        .bind(rows(limit))
        .try_map(|row: SqliteRow| {
            let nr: i64 = row.try_get(0)?;
            Ok((nr, columns(&row).ok_or_else(|| Fault::in_row(KEYS, "keys", nr, "een veld is onleesbaar"))))
        })
        .fetch_all(db)
        .await
        .map_err(StoreError::sql(KEYS))
}

fn columns(row: &SqliteRow) -> Option<KeyRow> {
    let subject = SubjectId::new(row.try_get(2).ok()?)?;
    let owner = OwnerId::new(row.try_get(3).ok()?)?;
    let category = u8::try_from(row.try_get::<i64, _>(4).ok()?).ok()?;
    Some(KeyRow {
        id: KeyId::new(row.try_get(1).ok()?)?,
        scope: KeyScope { subject, owner, category },
        wrapped: row.try_get(5).ok()?,
    })
}

/// Adds keys; the number of the last. Numbers follow each other within the transaction.
pub(crate) async fn insert_keys(db: &mut SqliteConnection, rows: &[KeyRow]) -> Result<i64, StoreError> {
    const INSERT: [&str; 3] = insert!("INSERT INTO keys (id, subject, owner, category, wrapped)", "(?, ?, ?, ?, ?)");
    let mut last = 0;
    for (statement, group) in groups(rows, INSERT) {
        let mut query = sqlx::query(statement);
        for row in group {
            query = query.bind(row.id.as_bytes()).bind(row.scope.subject.as_bytes());
            query = query.bind(row.scope.owner.as_bytes()).bind(i64::from(row.scope.category));
            query = query.bind(row.wrapped.as_slice());
        }
        last = query.execute(&mut *db).await.map_err(StoreError::sql(KEYS))?.last_insert_rowid();
    }
    Ok(last)
}

/// One destroyed key as remembered.
pub(crate) struct DestroyedRow {
    pub key: KeyId,
    pub stamp: Vec<u8>,
}

/// At most `limit` destroyed keys with a number above `nr`, in order of number.
pub(crate) async fn destroyed_after(
    db: &mut SqliteConnection,
    nr: i64,
    limit: usize,
) -> Result<Vec<(i64, Read<DestroyedRow>)>, StoreError> {
    sqlx::query("SELECT nr, key, stamp FROM destroyed WHERE nr > ? ORDER BY nr LIMIT ?")
        .bind(nr)
        .bind(rows(limit))
        .try_map(|row: SqliteRow| {
            let nr: i64 = row.try_get(0)?;
            let key = row.try_get(1).ok().and_then(KeyId::new);
            let found = key.zip(row.try_get(2).ok()).map(|(key, stamp)| DestroyedRow { key, stamp });
            Ok((nr, found.ok_or_else(|| Fault::in_row(KEYS, "destroyed", nr, "een veld is onleesbaar"))))
        })
        .fetch_all(db)
        .await
        .map_err(StoreError::sql(KEYS))
}

/// Deletes the wrapped key with this number and remembers its name.
pub(crate) async fn destroy(db: &mut SqliteConnection, nr: i64, row: &DestroyedRow) -> Result<(), StoreError> {
    let delete = sqlx::query("DELETE FROM keys WHERE nr = ? AND id = ?").bind(nr).bind(row.key.as_bytes());
    delete.execute(&mut *db).await.map_err(StoreError::sql(KEYS))?;
    let remember = sqlx::query("INSERT INTO destroyed (key, stamp) VALUES (?, ?)");
    let remember = remember.bind(row.key.as_bytes()).bind(row.stamp.as_slice());
    remember.execute(db).await.map_err(StoreError::sql(KEYS))?;
    Ok(())
}

/// Moves everything from the write-ahead log into the file and empties it. `false` when a reader stood in the way.
pub(crate) async fn empty_wal(db: &mut SqliteConnection) -> Result<bool, StoreError> {
    let (busy, _, _): (i64, i64, i64) =
        sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(db).await.map_err(StoreError::sql(KEYS))?;
    Ok(busy == 0)
}
