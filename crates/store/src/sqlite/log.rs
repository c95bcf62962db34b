//! The log itself: its head, its entries, the first answers.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::packed::{Packed, unless_too_big};
use super::{LOG, Read, groups, insert, rows};
use crate::crypto::Digest;
use crate::error::StoreError;
use crate::ids::{FactId, KeyId, Seq, SubjectId};
use crate::verify::Fault;

/// The one row, in the log and in the read log, that every append locks, replaces and leaves stamped.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct HeadRow {
    pub region: String,
    pub seq: i64,
    pub known: i64,
    pub chain: Vec<u8>,
    pub stamp: Vec<u8>,
}

pub(crate) async fn head(db: &mut SqliteConnection, file: &'static str) -> Result<HeadRow, StoreError> {
    let row = sqlx::query_as("SELECT region, seq, known, chain, stamp FROM head WHERE one = 1")
        .fetch_optional(db)
        .await
        .map_err(StoreError::sql(file))?
        .map(|(region, seq, known, chain, stamp)| HeadRow { region, seq, known, chain, stamp });
    row.ok_or_else(|| StoreError::Damaged(Fault::in_table(file, "head", "de regel ontbreekt")))
}

pub(crate) async fn set_head(db: &mut SqliteConnection, file: &'static str, head: &HeadRow) -> Result<(), StoreError> {
    sqlx::query("INSERT OR REPLACE INTO head (one, region, seq, known, chain, stamp) VALUES (1, ?, ?, ?, ?, ?)")
        .bind(&head.region)
        .bind(head.seq)
        .bind(head.known)
        .bind(&head.chain)
        .bind(&head.stamp)
        .execute(db)
        .await
        .map_err(StoreError::sql(file))?;
    Ok(())
}

/// Differs from what the same connection gave before when any other connection committed in between
/// (sqlite.org/pragma.html#pragma_data_version).
pub(crate) async fn version(db: &mut SqliteConnection, file: &'static str) -> Result<i64, StoreError> {
    let version = sqlx::query_scalar("PRAGMA data_version").fetch_one(db).await;
    version.map_err(StoreError::sql(file))
}

/// One entry as stored; what is sealed in it may stand elsewhere.
pub(crate) struct EntryRow<B = Vec<u8>> {
    pub seq: Seq,
    pub fact: FactId,
    pub subject: SubjectId,
    pub key: KeyId,
    pub known: i64,
    pub sealed: B,
    pub digest: Digest,
    pub chain: Digest,
}

impl EntryRow {
    pub(crate) fn borrowed(&self) -> EntryRow<&[u8]> {
        let EntryRow { seq, fact, subject, key, known, ref sealed, digest, chain } = *self;
        EntryRow { seq, fact, subject, key, known, sealed, digest, chain }
    }
}

/// Rows with `seq >= from`, in order, at most `limit`; each with its number.
pub(crate) async fn entries(
    db: &mut SqliteConnection,
    from: Seq,
    limit: i64,
) -> Result<Vec<(i64, Read<EntryRow>)>, StoreError> {
    sqlx::query(
        "SELECT seq, fact, subject, key, known, sealed, digest, chain FROM entries WHERE seq >= ? ORDER BY seq LIMIT ?",
    )
    .bind(from.0)
    .bind(limit)
    .try_map(|row: SqliteRow| {
        let seq: i64 = row.try_get(0)?;
        Ok((seq, entry(&row, seq).ok_or_else(|| Fault::in_row(LOG, "entries", seq, "een veld is onleesbaar"))))
    })
    .fetch_all(db)
    .await
    .map_err(StoreError::sql(LOG))
}

/// Entries read as one: the place of the first, and moment, length of the subject and of what is sealed of each.
pub(crate) struct PackedEntries {
    from: Seq,
    packed: Packed<3>,
}

/// The `count` entries with `seq >= from`, joined. `None` when they are not there, or not of the form that they were
/// written in: reading them one by one tells which.
pub(crate) async fn packed_entries(
    db: &mut SqliteConnection,
    from: Seq,
    count: i64,
) -> Result<Option<PackedEntries>, StoreError> {
    let found = sqlx::query_as(
        "SELECT count(*), group_concat(known), group_concat(length(subject)), group_concat(length(sealed)),
            CAST(group_concat(fact || key || digest || chain || subject || sealed, '') AS BLOB)
         FROM entries WHERE seq >= ? AND seq < ?",
    )
    .bind(from.0)
    .bind(from.0.saturating_add(count))
    .fetch_one(db)
    .await;
    let Some((found, known, subject, sealed, bytes)) = unless_too_big(found, LOG)? else { return Ok(None) };
    let packed = Packed::new(found, [known, subject, sealed], bytes, |[_, subject, sealed]| 96 + subject + sealed);
    Ok(packed.filter(|_| found == count).map(|packed| PackedEntries { from, packed }))
}

impl PackedEntries {
    pub(crate) fn len(&self) -> usize {
        self.packed.len()
    }

    /// The entries, each one place after the one before.
    pub(crate) fn rows(&self) -> impl Iterator<Item = EntryRow<&[u8]>> {
        let places = std::iter::successors(Some(self.from), |seq| Some(seq.next()));
        let rows = self.packed.rows(|[known, subject, sealed], rest| {
            Some(EntryRow {
                seq: Seq::START,
                fact: FactId(rest.fixed()?),
                key: KeyId(rest.fixed()?),
                digest: rest.fixed()?,
                chain: rest.fixed()?,
                subject: SubjectId::new(rest.take(*subject)?)?,
                known: *known,
                sealed: rest.take(*sealed)?,
            })
        });
        rows.zip(places).map(|(row, seq)| EntryRow { seq, ..row })
    }
}

fn entry(row: &SqliteRow, seq: i64) -> Option<EntryRow> {
    Some(EntryRow {
        seq: Seq(seq),
        fact: FactId::new(row.try_get(1).ok()?)?,
        subject: SubjectId::new(row.try_get(2).ok()?)?,
        key: KeyId::new(row.try_get(3).ok()?)?,
        known: row.try_get(4).ok()?,
        sealed: row.try_get(5).ok()?,
        digest: row.try_get::<&[u8], _>(6).ok()?.try_into().ok()?,
        chain: row.try_get::<&[u8], _>(7).ok()?.try_into().ok()?,
    })
}

/// Which subjects were touched after a place in the log, and where.
pub(crate) async fn touched_after(db: &mut SqliteConnection, seen: Seq) -> Result<Vec<(Seq, SubjectId)>, StoreError> {
    let rows: Vec<(i64, Vec<u8>)> = sqlx::query_as("SELECT seq, subject FROM entries WHERE seq > ? ORDER BY seq")
        .bind(seen.0)
        .fetch_all(db)
        .await
        .map_err(StoreError::sql(LOG))?;
    let unreadable = |seq| StoreError::Damaged(Fault::in_row(LOG, "entries", seq, "het onderwerp is onleesbaar"));
    rows.into_iter().map(|(seq, s)| Ok((Seq(seq), SubjectId::new(&s).ok_or_else(|| unreadable(seq))?))).collect()
}

pub(crate) async fn insert_entries(db: &mut SqliteConnection, rows: &[EntryRow]) -> Result<(), StoreError> {
    const INSERT: [&str; 3] = insert!(
        "INSERT INTO entries (seq, fact, subject, key, known, sealed, digest, chain)",
        "(?, ?, ?, ?, ?, ?, ?, ?)"
    );
    for (statement, group) in groups(rows, INSERT) {
        let mut query = sqlx::query(statement);
        for row in group {
            query = query.bind(row.seq.0).bind(row.fact.as_bytes()).bind(row.subject.as_bytes());
            query = query.bind(row.key.as_bytes()).bind(row.known).bind(row.sealed.as_slice());
            query = query.bind(row.digest.as_slice()).bind(row.chain.as_slice());
        }
        query.execute(&mut *db).await.map_err(StoreError::sql(LOG))?;
    }
    Ok(())
}

/// A first answer as stored.
pub(crate) struct AttemptRow {
    pub actor: Vec<u8>,
    pub attempt: Vec<u8>,
    pub known: i64,
    pub sealed: Vec<u8>,
}

impl AttemptRow {
    fn from((actor, attempt, known, sealed): (Vec<u8>, Vec<u8>, i64, Vec<u8>)) -> Self {
        Self { actor, attempt, known, sealed }
    }
}

/// The attempts of these names that were remembered, of whomever.
pub(crate) async fn attempts_named(db: &mut SqliteConnection, names: &[&[u8]]) -> Result<Vec<AttemptRow>, StoreError> {
    const ONE: &str = "SELECT actor, attempt, known, sealed FROM attempts WHERE attempt = ?";
    const MANY: &str = "SELECT actor, attempt, known, sealed FROM attempts
         WHERE attempt IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let mut found = Vec::new();
    for group in names.chunks(super::MANY) {
        let [first, ..] = group else { continue };
        let (statement, places) = if group.len() == 1 { (ONE, 1) } else { (MANY, super::MANY) };
        // A name that is asked twice is found once.
        let asked = group.iter().chain(std::iter::repeat(first)).take(places);
        let query = asked.fold(sqlx::query_as(statement), |query, name| query.bind(*name));
        let rows: Vec<_> = query.fetch_all(&mut *db).await.map_err(StoreError::sql(LOG))?;
        found.extend(rows.into_iter().map(AttemptRow::from));
    }
    Ok(found)
}

/// At most `limit` attempts after the one named, in order of name.
pub(crate) async fn attempts_after(
    db: &mut SqliteConnection,
    (attempt, actor): (&[u8], &[u8]),
    limit: usize,
) -> Result<Vec<AttemptRow>, StoreError> {
    let rows: Vec<_> = sqlx::query_as(
        "SELECT actor, attempt, known, sealed FROM attempts WHERE (attempt, actor) > (?, ?)
         ORDER BY attempt, actor LIMIT ?",
    )
    .bind(attempt)
    .bind(actor)
    .bind(rows(limit))
    .fetch_all(db)
    .await
    .map_err(StoreError::sql(LOG))?;
    Ok(rows.into_iter().map(AttemptRow::from).collect())
}

pub(crate) async fn insert_attempts(db: &mut SqliteConnection, rows: &[AttemptRow]) -> Result<(), StoreError> {
    const INSERT: [&str; 3] = insert!("INSERT INTO attempts (actor, attempt, known, sealed)", "(?, ?, ?, ?)");
    for (statement, group) in groups(rows, INSERT) {
        let mut query = sqlx::query(statement);
        for row in group {
            query = query.bind(row.actor.as_slice()).bind(row.attempt.as_slice()).bind(row.known);
            query = query.bind(row.sealed.as_slice());
        }
        query.execute(&mut *db).await.map_err(StoreError::sql(LOG))?;
    }
    Ok(())
}

pub(crate) async fn forget_attempts_before(db: &mut SqliteConnection, known: i64) -> Result<(), StoreError> {
    let query = sqlx::query("DELETE FROM attempts WHERE known < ?").bind(known);
    query.execute(db).await.map_err(StoreError::sql(LOG))?;
    Ok(())
}
