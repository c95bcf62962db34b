//! The walk over who may come in.

use std::path::Path;

use sqlx::{Connection as _, SqliteConnection};

use super::{CHUNK, Fault, Walk, ascending};
use crate::error::StoreError;
use crate::records;
use crate::sqlite::{self, ACCESS, Mode};

impl Walk<'_> {
    /// A place without this file is whole: nobody can sign in, and nothing is lost.
    pub(super) async fn access(&mut self, folder: &Path) -> Result<(), StoreError> {
        if !folder.join(ACCESS).is_file() || sqlite::records::is_unfinished(folder).await? {
            return Ok(());
        }
        sqlite::try_writing(folder, ACCESS).await?;
        sqlite::once(folder, ACCESS, Mode::Read, async |db| self.all_records(db).await).await
    }

    async fn all_records(&mut self, db: &mut SqliteConnection) -> Result<(), StoreError> {
        let mut db = db.begin().await.map_err(StoreError::sql(ACCESS))?;
        let stamp = records::stamp(self.key, &self.region)?;
        match sqlite::records::place(&mut db).await {
            Ok(place) if place == (self.region.clone(), stamp) => {}
            Ok(_) => self.report.add(Fault::in_table(ACCESS, "place", "de controlewaarde klopt niet")),
            Err(error) => self.found(error, ACCESS, Some("place"))?,
        }
        part!(self, ACCESS, "records", self.records(&mut db).await);
        self.engine_check(&mut db, ACCESS).await
    }

    async fn records(&mut self, db: &mut SqliteConnection) -> Result<(), StoreError> {
        let mut last = (-1, Vec::new());
        let mut walked = 0;
        loop {
            let rows = sqlite::records::all_after(db, &last, CHUNK).await?;
            if rows.is_empty() {
                self.report.records = Some(walked);
                return Ok(());
            }
            for (place, row) in rows {
                last = ascending(&last, place, ACCESS, "records")?;
                walked += 1;
                match row {
                    Err(fault) => self.report.add(fault),
                    Ok(row) => {
                        if let Err(error) = records::open(self.key, &self.region, row) {
                            self.found(error, ACCESS, Some("records"))?;
                        }
                    }
                }
            }
        }
    }
}
