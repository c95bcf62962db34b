//! Whether anybody wrote in a file since the last look, without asking the engine.
//!
//! In the mode with a write-ahead log every commit, of whatever process, ends with writing the header of the index of that
//! log, twice, in the file beside it (sqlite.org/walformat.html, section 2.1). Reading that header is one short call of the
//! system, and every page asks.

use std::fs::File;
use std::mem::ManuallyDrop;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Bytes of one copy of the header.
const HEADER: usize = 48;
/// Where in it stands whether it was filled in.
const IS_FILLED: usize = 12;

type Both = [u8; 2 * HEADER];

/// The header as it was seen last, of a file of which a connection stays open as long as this lives: without one the
/// engine may put another index in the place of this one.
#[derive(Debug)]
pub(crate) struct Wacht {
    // Never closed: closing it would drop the locks that the engine holds on it in this process (fcntl(2), "advisory
    // record locking"; sqlite.org/howtocorrupt.html, section 2.2). A place is opened once in the life of a process.
    index: ManuallyDrop<File>,
    last: Mutex<(Both, i64)>,
}

impl Wacht {
    /// On a file that a connection has read from. `None` when there is no index beside it.
    pub(crate) fn bij(folder: &Path, file: &str) -> Option<Self> {
        let index = File::open(folder.join(format!("{file}-shm"))).ok()?;
        Some(Wacht { index: ManuallyDrop::new(index), last: Mutex::new(([0; 2 * HEADER], 0)) })
    }

    /// A number that is another one after anybody committed, and the same as long as nobody did. `None` while somebody is
    /// writing it, or when it cannot be read: then the engine is to be asked.
    pub(crate) fn version(&self) -> Option<i64> {
        let mut now: Both = [0; 2 * HEADER];
        self.index.read_exact_at(&mut now, 0).ok()?;
        let (one, other) = now.split_at(HEADER);
        if one != other || one.get(IS_FILLED) == Some(&0) {
            return None;
        }
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.0 != now {
            *last = (now, last.1 + 1);
        }
        Some(last.1)
    }
}
