//! Moving what was committed from the write-ahead log into the file, beside the writing and not in the middle of it.
//!
//! Left to itself the engine does so in the commit that finds the log long, and whoever waits for that commit waits for
//! all of it: a hundred times as long as for the others. Here another connection does it, for which nobody waits
//! (sqlite.org/pragma.html#pragma_wal_checkpoint, PASSIVE). What is durable does not change: a commit is in the
//! write-ahead log on the disk before it is acknowledged, and stays there until the file has it.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::task::JoinHandle;

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
    running: Mutex<Option<JoinHandle<()>>>,
}

impl Backfill {
    pub(crate) fn new(folder: PathBuf, file: &'static str) -> Arc<Self> {
        Arc::new(Backfill { folder, file, written: AtomicUsize::new(0), running: Mutex::default() })
    }

    /// After a commit of so many rows. Returns at once.
    pub(crate) fn committed(self: &Arc<Self>, rows: usize) {
        let written = self.written.fetch_add(rows, Ordering::Relaxed) + rows;
        if written < ROWS {
            return;
        }
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.as_ref().is_some_and(|task| !task.is_finished()) {
            return;
        }
        self.written.store(0, Ordering::Relaxed);
        let own = Arc::clone(self);
        *running = Some(tokio::spawn(async move {
            // What cannot be moved now stays where it is as durable, and is moved later.
            let _ = own.move_over().await;
        }));
    }

    /// Waits until nothing is being moved: then nothing here has the file open.
    pub(crate) async fn ended(&self) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(task) = running {
            // One that was cut off has let go of the file as well.
            let _ = task.await;
        }
    }

    async fn move_over(&self) -> Result<(), StoreError> {
        super::once(&self.folder, self.file, Mode::Write, async |db| {
            let moved = sqlx::raw_sql("PRAGMA wal_checkpoint(PASSIVE)").execute(db).await;
            moved.map(drop).map_err(StoreError::sql(self.file))
        })
        .await
    }
}
