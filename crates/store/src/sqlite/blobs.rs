//! Deliveries and their blobs.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::packed::Packed;
use super::{LOG, Read, groups, insert, rows};
use crate::crypto::Digest;
use crate::error::StoreError;
use crate::ids::{DeliveryId, KeyId, SubjectId};
use crate::verify::Fault;

/// A delivery as stored; `seq` is empty until an entry reveals it.
pub(crate) struct DeliveryRow {
    pub delivery: Vec<u8>,
    pub seq: Option<i64>,
    pub blobs: i64,
    pub digest: Vec<u8>,
    pub stamp: Vec<u8>,
}

type Columns = (Vec<u8>, Option<i64>, i64, Vec<u8>, Vec<u8>);

impl DeliveryRow {
    fn from((delivery, seq, blobs, digest, stamp): Columns) -> Self {
        Self { delivery, seq, blobs, digest, stamp }
    }
}

/// Adds a delivery that does not count yet. `false` when its name is taken.
pub(crate) async fn begin(db: &mut SqliteConnection, row: &DeliveryRow) -> Result<bool, StoreError> {
    let done =
        sqlx::query("INSERT OR IGNORE INTO deliveries (delivery, seq, blobs, digest, stamp) VALUES (?, NULL, ?, ?, ?)")
            .bind(&row.delivery)
            .bind(row.blobs)
            .bind(&row.digest)
            .bind(&row.stamp)
            .execute(db)
            .await
            .map_err(StoreError::sql(LOG))?;
    Ok(done.rows_affected() == 1)
}

/// Makes a delivery count. `false` when it was not waiting for that.
pub(crate) async fn reveal(db: &mut SqliteConnection, row: &DeliveryRow) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE deliveries SET seq = ?, blobs = ?, digest = ?, stamp = ? WHERE delivery = ? AND seq IS NULL",
    )
    .bind(row.seq)
    .bind(row.blobs)
    .bind(&row.digest)
    .bind(&row.stamp)
    .bind(&row.delivery)
    .execute(db)
    .await
    .map_err(StoreError::sql(LOG))?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn delivery(
    db: &mut SqliteConnection,
    delivery: DeliveryId,
) -> Result<Option<DeliveryRow>, StoreError> {
    let row = sqlx::query_as("SELECT delivery, seq, blobs, digest, stamp FROM deliveries WHERE delivery = ?")
        .bind(delivery.as_bytes())
        .fetch_optional(db)
        .await
        .map_err(StoreError::sql(LOG))?;
    Ok(row.map(DeliveryRow::from))
}

/// At most `limit` deliveries after the one named, in order of name.
pub(crate) async fn deliveries_after(
    db: &mut SqliteConnection,
    delivery: &[u8],
    limit: usize,
) -> Result<Vec<DeliveryRow>, StoreError> {
    let found: Vec<_> = sqlx::query_as(
        "SELECT delivery, seq, blobs, digest, stamp FROM deliveries WHERE delivery > ? ORDER BY delivery LIMIT ?",
    )
    .bind(delivery)
    .bind(rows(limit))
    .fetch_all(db)
    .await
    .map_err(StoreError::sql(LOG))?;
    Ok(found.into_iter().map(DeliveryRow::from).collect())
}

/// The deliveries that no entry revealed.
pub(crate) async fn pending(db: &mut SqliteConnection) -> Result<Vec<Vec<u8>>, StoreError> {
    let found: Vec<(Vec<u8>,)> = sqlx::query_as("SELECT delivery FROM deliveries WHERE seq IS NULL ORDER BY delivery")
        .fetch_all(db)
        .await
        .map_err(StoreError::sql(LOG))?;
    Ok(found.into_iter().map(|(delivery,)| delivery).collect())
}

/// Removes at most `limit` blobs of a delivery; how many there were.
pub(crate) async fn remove_blobs(db: &mut SqliteConnection, delivery: &[u8], limit: usize) -> Result<u64, StoreError> {
    let done = sqlx::query(
        "DELETE FROM blobs WHERE delivery = ?1
         AND subject IN (SELECT subject FROM blobs WHERE delivery = ?1 ORDER BY subject LIMIT ?2)",
    )
    .bind(delivery)
    .bind(rows(limit))
    .execute(db)
    .await
    .map_err(StoreError::sql(LOG))?;
    Ok(done.rows_affected())
}

/// Removes a delivery that no entry revealed.
pub(crate) async fn remove_pending(db: &mut SqliteConnection, delivery: &[u8]) -> Result<(), StoreError> {
    let query = sqlx::query("DELETE FROM deliveries WHERE delivery = ? AND seq IS NULL").bind(delivery);
    query.execute(db).await.map_err(StoreError::sql(LOG))?;
    Ok(())
}

/// One blob as stored; what is sealed in it may stand elsewhere.
pub(crate) struct BlobRow<B = Vec<u8>> {
    pub delivery: DeliveryId,
    pub subject: SubjectId,
    pub key: KeyId,
    pub sealed: B,
    pub digest: Digest,
}

impl BlobRow {
    pub(crate) fn borrowed(&self) -> BlobRow<&[u8]> {
        let BlobRow { delivery, subject, key, ref sealed, digest } = *self;
        BlobRow { delivery, subject, key, sealed, digest }
    }
}

pub(crate) async fn insert_blobs(db: &mut SqliteConnection, rows: &[BlobRow]) -> Result<(), StoreError> {
    const INSERT: [&str; 3] = insert!("INSERT INTO blobs (delivery, subject, key, sealed, digest)", "(?, ?, ?, ?, ?)");
    for (statement, group) in groups(rows, INSERT) {
        let mut query = sqlx::query(statement);
        for row in group {
            query = query.bind(row.delivery.as_bytes()).bind(row.subject.as_bytes()).bind(row.key.as_bytes());
            query = query.bind(row.sealed.as_slice()).bind(row.digest.as_slice());
        }
        query.execute(&mut *db).await.map_err(StoreError::sql(LOG))?;
    }
    Ok(())
}

pub(crate) async fn blob(
    db: &mut SqliteConnection,
    delivery: DeliveryId,
    subject: SubjectId,
) -> Result<Option<Read<BlobRow>>, StoreError> {
    sqlx::query("SELECT delivery, subject, key, sealed, digest FROM blobs WHERE delivery = ? AND subject = ?")
        .bind(delivery.as_bytes())
        .bind(subject.as_bytes())
        .try_map(|row: SqliteRow| Ok(read(&row)))
        .fetch_optional(db)
        .await
        .map_err(StoreError::sql(LOG))
}

/// A (delivery, subject) as it stands in a row, readable or not.
pub(crate) type BlobPlace = (Vec<u8>, Vec<u8>);

/// At most `limit` blobs after this place, over all deliveries, in order; each with its own place.
pub(crate) async fn blobs_after(
    db: &mut SqliteConnection,
    (delivery, subject): &BlobPlace,
    limit: usize,
) -> Result<Vec<(BlobPlace, Read<BlobRow>)>, StoreError> {
    sqlx::query(
        "SELECT delivery, subject, key, sealed, digest FROM blobs WHERE (delivery, subject) > (?, ?)
         ORDER BY delivery, subject LIMIT ?",
    )
    .bind(delivery)
    .bind(subject)
    .bind(rows(limit))
    .try_map(|row: SqliteRow| {
        let place = (row.try_get(0).unwrap_or_default(), row.try_get(1).unwrap_or_default());
        Ok((place, read(&row)))
    })
    .fetch_all(db)
    .await
    .map_err(StoreError::sql(LOG))
}

/// At most `limit` blobs of one delivery after `subject` (from the first when empty), in order of subject.
pub(crate) async fn blobs_of(
    db: &mut SqliteConnection,
    delivery: DeliveryId,
    subject: Option<SubjectId>,
    limit: usize,
) -> Result<Vec<Read<BlobRow>>, StoreError> {
    // A name may be empty, so the first chunk cannot be asked for as "after the empty name".
    sqlx::query(
        "SELECT delivery, subject, key, sealed, digest FROM blobs
         WHERE delivery = ?1 AND subject >= ?2 AND (?3 OR subject > ?2) ORDER BY subject LIMIT ?4",
    )
    .bind(delivery.as_bytes())
    .bind(subject.as_ref().map_or(&[][..], SubjectId::as_bytes))
    .bind(subject.is_none())
    .bind(rows(limit))
    .try_map(|row: SqliteRow| Ok(read(&row)))
    .fetch_all(db)
    .await
    .map_err(StoreError::sql(LOG))
}

/// Blobs of one delivery read as one: the lengths of subject and of what is sealed of each.
pub(crate) struct PackedBlobs {
    delivery: DeliveryId,
    packed: Packed<2>,
}

/// A delivery with all its blobs, joined; `None` when there is no such delivery. The blobs are `None` when there are more
/// than `limit`, or when they are not of the form that they were written in.
pub(crate) async fn packed_delivery(
    db: &mut SqliteConnection,
    delivery: DeliveryId,
    limit: usize,
) -> Result<Option<(DeliveryRow, Option<PackedBlobs>)>, StoreError> {
    let found = sqlx::query(
        "SELECT d.delivery, d.seq, d.blobs, d.digest, d.stamp, count(b.subject), group_concat(length(b.subject)),
            group_concat(length(b.sealed)), CAST(group_concat(b.key || b.digest || b.subject || b.sealed, '') AS BLOB)
         FROM deliveries AS d LEFT JOIN blobs AS b ON b.delivery = d.delivery AND d.blobs <= ?2
         WHERE d.delivery = ?1 GROUP BY d.delivery",
    )
    .bind(delivery.as_bytes())
    .bind(rows(limit))
    .try_map(|row: SqliteRow| {
        let columns = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?, row.try_get(4)?);
        let found: i64 = row.try_get(5)?;
        let length = |[subject, sealed]: &[i64; 2]| 48 + subject + sealed;
        let packed = Packed::new(found, [row.try_get(6)?, row.try_get(7)?], row.try_get(8)?, length);
        let all = packed.filter(|_| found == columns.2).map(|packed| PackedBlobs { delivery, packed });
        Ok((DeliveryRow::from(columns), all))
    })
    .fetch_optional(db)
    .await;
    found.map_err(StoreError::sql(LOG))
}

impl PackedBlobs {
    pub(crate) fn rows(&self) -> impl Iterator<Item = BlobRow<&[u8]>> {
        self.packed.rows(|[subject, sealed], rest| {
            Some(BlobRow {
                delivery: self.delivery,
                key: KeyId(rest.fixed()?),
                digest: rest.fixed()?,
                subject: SubjectId::new(rest.take(*subject)?)?,
                sealed: rest.take(*sealed)?,
            })
        })
    }
}

fn read(row: &SqliteRow) -> Read<BlobRow> {
    columns(row).ok_or_else(|| {
        let delivery: &[u8] = row.try_get(0).unwrap_or_default();
        Fault::in_row(LOG, "blobs", crate::ids::hex(delivery), "een veld is onleesbaar")
    })
}

fn columns(row: &SqliteRow) -> Option<BlobRow> {
    Some(BlobRow {
        delivery: DeliveryId::new(row.try_get(0).ok()?)?,
        subject: SubjectId::new(row.try_get(1).ok()?)?,
        key: KeyId::new(row.try_get(2).ok()?)?,
        sealed: row.try_get(3).ok()?,
        digest: row.try_get::<&[u8], _>(4).ok()?.try_into().ok()?,
    })
}
