//! Copies for safe keeping, made while others write, and the way back.
//!
//! The log and the keys are two files, kept apart: many old logs, but only the newest keys. Then an old log cannot read
//! what was destroyed since, and its chain still proves that nothing was changed. The read log goes with the log. Of who
//! may come in only the newest copy is kept too, without sessions and one-time links: nobody is let in by what was
//! true once.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::error::StoreError;
use crate::keys::InstallationKey;
use crate::records::RecordKind;
use crate::sqlite::{self, ACCESS, KEYS, LOG, Mode, READS};
use crate::store::{Store, make_folder};
use crate::verify::{Report, verify};

/// The files of a backup.
#[derive(Clone, Copy, Debug)]
pub struct Backup<'a> {
    /// A copy of the log.
    pub log: &'a Path,
    /// A copy of the keys.
    pub keys: &'a Path,
    /// A copy of the read log.
    pub reads: &'a Path,
    /// A copy of who may come in; it is not made, and not missed, when the place has no such file.
    pub access: &'a Path,
}

impl Store {
    /// Writes log and read log to new files, and the keys and who may come in to theirs, replacing those of the backup
    /// before.
    ///
    /// The log is copied first. Keys are made before what they seal, so every key the copied log needs is in the keys
    /// copied after it; the other way round an entry could arrive without its key. What is destroyed in between reads as
    /// destroyed.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when there is a log or read log in that place; otherwise as the database or the disk.
    pub async fn backup(&self, to: Backup<'_>) -> Result<(), StoreError> {
        if let Some(taken) = [to.log, to.reads].into_iter().find(|path| path.exists()) {
            return Err(StoreError::Exists(taken.into()));
        }
        copy(&self.folder, LOG, to.log).await?;
        copy(&self.folder, KEYS, to.keys).await?;
        copy(&self.folder, READS, to.reads).await?;
        if self.folder.join(ACCESS).is_file() {
            copy(&self.folder, ACCESS, to.access).await?;
        }
        Ok(())
    }
}

/// Copies one file as it is at one moment. It gets its name only when it is whole and on the disk.
async fn copy(folder: &Path, file: &'static str, to: &Path) -> Result<(), StoreError> {
    let parent = to.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    make_folder(parent)?;
    let unfinished = unfinished(to);
    if unfinished.exists() {
        fs::remove_file(&unfinished).map_err(StoreError::io(&unfinished))?;
    }
    // Not `Mode::Read`: the engine counts writing the copy as writing.
    sqlite::once(folder, file, Mode::Write, async |db| sqlite::copy_into(db, file, &unfinished).await).await?;
    if file == ACCESS {
        sqlite::records::strip(&unfinished, RecordKind::PASSING.0).await?;
    }
    publish(&unfinished, to, parent)
}

/// What the engine keeps beside a file, and takes for part of it.
const BESIDE: [&str; 2] = ["-wal", "-journal"];

fn unfinished(to: &Path) -> PathBuf {
    beside(to, ".onaf")
}

/// The file of that name with something after it.
fn beside(to: &Path, after: &str) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(after);
    name.into()
}

/// Makes a file durable, then gives it its name, then makes the name durable.
fn publish(from: &Path, to: &Path, folder: &Path) -> Result<(), StoreError> {
    sqlite::make_private(from)?;
    File::open(from).and_then(|file| file.sync_all()).map_err(StoreError::io(from))?;
    fs::rename(from, to).map_err(StoreError::io(to))?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(StoreError::io(folder))
}

/// Puts a backup back in an empty place and walks it whole.
///
/// # Errors
/// [`StoreError::Exists`] when the place is not empty; [`StoreError::Damaged`] with the first fault when the backup is
/// not whole, or when the keys are older than the log. Nothing is left in the place then.
pub async fn restore(from: Backup<'_>, into: &Path, key: &InstallationKey) -> Result<Report, StoreError> {
    make_folder(into)?;
    let mut files = vec![
        (from.access, into.join(ACCESS)),
        (from.keys, into.join(KEYS)),
        (from.reads, into.join(READS)),
        (from.log, into.join(LOG)),
    ];
    // A write-ahead log that was left behind would be taken for that of the file put beside it.
    let mut taken = files.iter().flat_map(|(_, to)| BESIDE.iter().map(|after| beside(to, after)).chain([to.clone()]));
    if let Some(taken) = taken.find(|path| path.exists()) {
        return Err(StoreError::Exists(taken));
    }
    files.retain(|(from, to)| from.exists() || !to.ends_with(ACCESS));
    let restored = put_back(&files, into, key).await;
    if restored.is_err() {
        for (_, file) in &files {
            // It may not have been copied yet; the error that is returned is the one that matters.
            let _ = fs::remove_file(file);
            BESIDE.iter().for_each(|after| drop(fs::remove_file(beside(file, after))));
        }
    }
    restored
}

async fn put_back(files: &[(&Path, PathBuf)], into: &Path, key: &InstallationKey) -> Result<Report, StoreError> {
    for (from, to) in files {
        let unfinished = unfinished(to);
        fs::copy(from, &unfinished).map_err(StoreError::io(*from))?;
        publish(&unfinished, to, into)?;
    }
    let report = verify(into, key).await?;
    match report.faults.first() {
        Some(fault) => Err(StoreError::Damaged(fault.clone())),
        None => Ok(report),
    }
}
