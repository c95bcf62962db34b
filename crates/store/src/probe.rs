//! What the disk and the engine can do at best: rows written as plainly as possible, for figures to be compared with.

use std::path::Path;

use sqlx::{Connection as _, SqliteConnection};

use crate::error::StoreError;
use crate::sqlite;

/// Rows in one transaction of the probe.
const PER_TRANSACTION: u64 = 100_000;
/// Rows in one statement of the probe in bulk: as many as make the words around them weigh nothing.
pub const BULK: u64 = 200;
/// The probe's own file.
const FILE: &str = "proef.db";
const TABLE: &str = "
CREATE TABLE rij (leerling INTEGER, dag INTEGER, lesuur INTEGER, duur INTEGER, soort INTEGER) STRICT;
CREATE INDEX rij_leerling ON rij (leerling, dag);
";

/// Writes so many rows of five numbers to a new table with one index, with the same engine and the same safety
/// (WAL, `synchronous=FULL`) as the log, `per_statement` rows in one statement (1 to [`BULK`]), rounded up to whole statements. The file, `proef.db`
/// in the folder of `path`, must not be there yet; it is the caller's to remove.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert(path: &Path, rows: u64, per_statement: u64) -> Result<(), StoreError> {
    let folder = path.parent().unwrap_or(path);
    let options = sqlite::options(folder, FILE, sqlite::Mode::Create);
    let mut db = SqliteConnection::connect_with(&options).await.map_err(StoreError::sql(FILE))?;
    sqlx::raw_sql(TABLE).execute(&mut db).await.map_err(StoreError::sql(FILE))?;
    let per_statement = per_statement.clamp(1, BULK);
    let (mut done, statement) = (0u64, statement(per_statement));
    while done < rows {
        let mut tx = db.begin().await.map_err(StoreError::sql(FILE))?;
        let until = rows.min(done + PER_TRANSACTION);
        while done < until {
            let mut query = sqlx::query(sqlx::AssertSqlSafe(statement.as_str()));
            for row in done..done + per_statement {
                for value in values(row) {
                    query = query.bind(value);
                }
            }
            query.execute(&mut *tx).await.map_err(StoreError::sql(FILE))?;
            done += per_statement;
        }
        tx.commit().await.map_err(StoreError::sql(FILE))?;
    }
    db.close().await.map_err(StoreError::sql(FILE))
}

fn statement(rows: u64) -> String {
    let one = "(?, ?, ?, ?, ?)";
    format!("INSERT INTO rij VALUES {}", vec![one; usize::try_from(rows).unwrap_or(1)].join(", "))
}

/// As files come: pupil after pupil, some twenty rows each.
fn values(row: u64) -> [i64; 5] {
    [row / 20, 20_000 + row % 20 * 7, row % 8, 1 + row % 3, row % 6].map(|n| i64::try_from(n).unwrap_or_default())
}

/// A file to which one row after the other is made durable, each on its own: what one commit costs at best.
pub struct Commits {
    db: SqliteConnection,
    row: u64,
}

impl Commits {
    /// A new file, `proef.db` in a folder; it must not be there yet, and is the caller's to remove.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn create(folder: &Path) -> Result<Self, StoreError> {
        let options = sqlite::options(folder, FILE, sqlite::Mode::Create);
        let mut db = SqliteConnection::connect_with(&options).await.map_err(StoreError::sql(FILE))?;
        sqlx::raw_sql(TABLE).execute(&mut db).await.map_err(StoreError::sql(FILE))?;
        Ok(Commits { db, row: 0 })
    }

    /// Makes one row durable.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn one(&mut self) -> Result<(), StoreError> {
        let mut query = sqlx::query("INSERT INTO rij VALUES (?, ?, ?, ?, ?)");
        for value in values(self.row) {
            query = query.bind(value);
        }
        self.row += 1;
        query.execute(&mut self.db).await.map_err(StoreError::sql(FILE))?;
        Ok(())
    }
}
