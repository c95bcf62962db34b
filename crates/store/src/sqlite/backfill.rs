//! Moving what was committed from the write-ahead log into the file, beside the writing and not in the middle of it.
//!
//! Left to itself the engine does so in the commit that finds the log long, and whoever waits for that commit waits for
//! all of it: a hundred times as long as for the others. Here another connection does it, for which nobody waits
//! (sqlite.org/pragma.html#pragma_wal_checkpoint, PASSIVE). What is durable does not change: a commit is in the
//! write-ahead log on the disk before it is acknowledged, and stays there until the file has it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::Mode;
use crate::error::StoreError;

/// Rows after which what was written is moved; some three pages of 4 kB each. So many that of a hundred commits less than
/// one meets the moving, and so few that it is done in a moment.
const ROWS: usize = 2_000;
/// Pages in the write-ahead log at which a commit does it after all, when nothing was moved for so long: 64 MB.
pub(crate) const AT_LAST: &str = "16384";

/// Keeps count of what was written to one file.
pub(crate) struct Backfill {
    folder: PathBuf,
    file: &'static str,
    written: AtomicUsize,
    busy: AtomicBool,
}

impl Backfill {
    pub(crate) fn new(folder: PathBuf, file: &'static str) -> Arc<Self> {
        Arc::new(Backfill { folder, file, written: AtomicUsize::new(0), busy: AtomicBool::new(false) })
    }

    /// After a commit of so many rows. Returns at once.
    pub(crate) fn committed(self: &Arc<Self>, rows: usize) {
        let written = self.written.fetch_add(rows, Ordering::Relaxed) + rows;
        if written < ROWS || self.busy.swap(true, Ordering::Acquire) {
            return;
        }
        self.written.store(0, Ordering::Relaxed);
        let own = Arc::clone(self);
        tokio::spawn(async move {
            // What cannot be moved now stays where it is as durable, and is moved later.
            let _ = own.move_over().await;
            own.busy.store(false, Ordering::Release);
        });
    }

    async fn move_over(&self) -> Result<(), StoreError> {
        super::once(&self.folder, self.file, Mode::Write, async |db| {
            let moved = sqlx::raw_sql("PRAGMA wal_checkpoint(PASSIVE)").execute(db).await;
            moved.map(drop).map_err(StoreError::sql(self.file))
        })
        .await
    }
}
