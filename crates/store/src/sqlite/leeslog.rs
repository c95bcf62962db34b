//! The lines of the read log.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::{READS, Read, groups, insert, rows};
use crate::crypto::Digest;
use crate::error::StoreError;
use crate::ids::Seq;
use crate::verify::Fault;

/// One line as stored.
pub(crate) struct ReadRow {
    pub seq: Seq,
    pub known: i64,
    pub pseudonym: Vec<u8>,
    pub sealed: Vec<u8>,
    pub chain: Digest,
}

fn line(row: &SqliteRow) -> Result<(i64, Read<ReadRow>), sqlx::Error> {
    let seq: i64 = row.try_get(0)?;
    let columns = || {
        Some(ReadRow {
            seq: Seq(seq),
            known: row.try_get(1).ok()?,
            pseudonym: row.try_get(2).ok()?,
            sealed: row.try_get(3).ok()?,
            chain: row.try_get::<&[u8], _>(4).ok()?.try_into().ok()?,
        })
    };
    Ok((seq, columns().ok_or_else(|| Fault::in_row(READS, "reads", seq, "een veld is onleesbaar"))))
}

/// Rows with `seq >= from`, in order, at most `limit`; each with its number.
pub(crate) async fn reads(
    db: &mut SqliteConnection,
    from: Seq,
    limit: usize,
) -> Result<Vec<(i64, Read<ReadRow>)>, StoreError> {
    sqlx::query("SELECT seq, known, pseudonym, sealed, chain FROM reads WHERE seq >= ? ORDER BY seq LIMIT ?")
        .bind(from.0)
        .bind(rows(limit))
        .try_map(|row: SqliteRow| line(&row))
        .fetch_all(db)
        .await
        .map_err(StoreError::sql(READS))
}

/// The place of the first row written at that moment or later; one past the last row when there is none. Moments only go
/// up with places, so a few rows tell.
pub(crate) async fn first_from(db: &mut SqliteConnection, known: i64) -> Result<i64, StoreError> {
    let sql = StoreError::sql(READS);
    let last: i64 =
        sqlx::query_scalar("SELECT COALESCE(MAX(seq), 0) FROM reads").fetch_one(&mut *db).await.map_err(sql)?;
    let (mut low, mut high) = (1, last.saturating_add(1));
    while low < high {
        let middle = low + (high - low) / 2;
        let at = sqlx::query_scalar("SELECT known FROM reads WHERE seq >= ? ORDER BY seq LIMIT 1").bind(middle);
        let at: Option<i64> = at.fetch_optional(&mut *db).await.map_err(StoreError::sql(READS))?;
        if at.is_some_and(|at| at < known) { low = middle + 1 } else { high = middle }
    }
    Ok(low)
}

/// The last rows of one pseudonym, newest first, at most `limit`.
pub(crate) async fn reads_of(
    db: &mut SqliteConnection,
    pseudonym: &[u8],
    limit: usize,
) -> Result<Vec<Read<ReadRow>>, StoreError> {
    sqlx::query("SELECT seq, known, pseudonym, sealed, chain FROM reads WHERE pseudonym = ? ORDER BY seq DESC LIMIT ?")
        .bind(pseudonym)
        .bind(rows(limit))
        .try_map(|row: SqliteRow| Ok(line(&row)?.1))
        .fetch_all(db)
        .await
        .map_err(StoreError::sql(READS))
}

pub(crate) async fn insert_reads(db: &mut SqliteConnection, rows: &[ReadRow]) -> Result<(), StoreError> {
    const INSERT: [&str; 3] = insert!("INSERT INTO reads (seq, known, pseudonym, sealed, chain)", "(?, ?, ?, ?, ?)");
    for (statement, group) in groups(rows, INSERT) {
        let mut query = sqlx::query(statement);
        for row in group {
            query = query.bind(row.seq.0).bind(row.known).bind(row.pseudonym.as_slice());
            query = query.bind(row.sealed.as_slice()).bind(row.chain.as_slice());
        }
        query.execute(&mut *db).await.map_err(StoreError::sql(READS))?;
    }
    Ok(())
}
