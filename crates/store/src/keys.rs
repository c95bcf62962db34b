//! Who may be forgotten together has one key. Destroying the key is destroying what it sealed, in every copy of the log.

use std::collections::{HashSet, VecDeque};
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLockReadGuard, RwLockWriteGuard};

use sqlx::{Connection as _, Sqlite, SqliteConnection, Transaction};
use tokio::task::JoinHandle;
use zeroize::Zeroizing;

use crate::crypto::{Sealer, Secret, bind, random_id};
use crate::error::StoreError;
use crate::ids::{KeyId, OwnerId, SubjectId, hex, unhex};
use crate::ring::{Keyring, Lookup};
use crate::sqlite::backfill::Backfill;
use crate::sqlite::keys::{DestroyedRow, KeyRow, PackedKeys};
use crate::sqlite::{self, KEYS, LOG};
use crate::store::{Store, elsewhere, make_folder};
use crate::verify::Fault;

/// Most keys asked for or destroyed in one call: a large region's children twice over.
pub const MAX_KEYS_AT_ONCE: usize = 250_000;

/// Keys read per query while catching up.
const CHUNK: usize = 4_000;
/// Chunks of keys that are unwrapped at one time; more would only wait in memory.
const AT_WORK: usize = 2;
/// Most keys for which room is made before they are read; of more than that the tables grow as they come.
const MAX_ROOM: usize = 1 << 20;
/// Fewer keys than this are unwrapped where they were read.
const FEW: usize = 200;

/// The key that wraps all keys of one data place. It lives in a file of the operator, outside the data folder, so that a
/// stolen folder or backup says nothing.
pub struct InstallationKey(pub(crate) Sealer);

impl InstallationKey {
    /// Makes a new key and writes it to a new file that only its owner may read (hexadecimal text, mode 0600). The folder
    /// of that file is made when absent, for its owner only.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when there is a file already: overwriting it would lose a register.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        // A name without a folder lies in the folder one works in.
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            make_folder(folder)?;
        }
        let secret = Secret::random()?;
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .map_err(|e| if path.exists() { StoreError::Exists(path.into()) } else { StoreError::io(path)(e) })?;
        let text = Zeroizing::new(hex(secret.bytes()) + "\n");
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(StoreError::io(path))?;
        Ok(Self(Sealer::new(secret.bytes())))
    }

    /// Reads the key from its file.
    ///
    /// # Errors
    /// [`StoreError::BadKeyFile`] unless the file holds exactly 64 hexadecimal digits (and white space around them).
    pub fn read(path: &Path) -> Result<Self, StoreError> {
        let bytes = Zeroizing::new(fs::read(path).map_err(StoreError::io(path))?);
        let key = std::str::from_utf8(&bytes).ok().and_then(|text| unhex(text.trim())).map(Zeroizing::new);
        let secret = key.and_then(|key| Secret::read(&key));
        secret.map(|secret| Self(Sealer::new(secret.bytes()))).ok_or_else(|| StoreError::BadKeyFile(path.into()))
    }

    /// What opens a wrapped key: it is bound to its name, its owner, its category and its subject.
    fn bound(id: KeyId, scope: &KeyScope) -> Vec<u8> {
        bind("key", &[id.as_bytes(), scope.owner.as_bytes(), &[scope.category], scope.subject.as_bytes()])
    }

    fn wrap(&self, id: KeyId, scope: &KeyScope, key: &Secret) -> Result<Vec<u8>, StoreError> {
        self.0.seal(&Self::bound(id, scope), key.bytes())
    }

    pub(crate) fn unwrap_key(&self, row: &KeyRow<impl AsRef<[u8]>>) -> Option<Secret> {
        let plain = self.0.open(&Self::bound(row.id, &row.scope), row.wrapped.as_ref())?;
        Secret::read(&Zeroizing::new(plain))
    }

    fn unwrapped(&self, nr: i64, row: &KeyRow<impl AsRef<[u8]>>) -> Result<Unwrapped, StoreError> {
        let fault = || Fault::in_row(KEYS, "keys", nr, "de sleutel kan niet worden geopend");
        let key = self.unwrap_key(row).ok_or_else(|| StoreError::Damaged(fault()))?;
        Ok((nr, row.id, row.scope, key))
    }

    fn unwrap_packed(&self, packed: &PackedKeys) -> Result<Vec<Unwrapped>, StoreError> {
        packed.rows().map(|(nr, row)| self.unwrapped(nr, &row)).collect()
    }

    pub(crate) fn stamp_destroyed(&self, key: KeyId) -> Result<Vec<u8>, StoreError> {
        self.0.stamp(&bind("destroyed", &[key.as_bytes()]))
    }

    /// A check value over these columns, for one use.
    pub(crate) fn stamp(&self, what: &str, columns: &[&[u8]]) -> Result<Vec<u8>, StoreError> {
        self.0.stamp(&bind(what, columns))
    }

    pub(crate) fn stamp_place(&self, region: &str) -> Result<Vec<u8>, StoreError> {
        self.0.stamp(&bind("place", &[region.as_bytes()]))
    }
}

/// The keys file, and how far it was read.
pub(crate) struct KeysFile {
    pub(crate) db: SqliteConnection,
    /// Of all that others wrote, up to this version of the file; versions of another connection count otherwise.
    read: Option<i64>,
    pub(crate) backfill: Arc<Backfill>,
}

impl KeysFile {
    pub(crate) fn new(folder: &Path, db: SqliteConnection) -> Self {
        KeysFile { db, read: None, backfill: Backfill::new(folder.into(), KEYS) }
    }
}

/// Begins a transaction on the keys file, on a new connection when need be.
async fn begin<'a>(
    db: &'a mut SqliteConnection,
    read: &mut Option<i64>,
    folder: &Path,
) -> Result<Transaction<'a, Sqlite>, StoreError> {
    if db.is_in_transaction() {
        *read = None;
    }
    sqlite::begin_writing(db, folder, KEYS).await
}

/// What one key seals: everything one owner keeps about one subject under one retention term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KeyScope {
    /// Whom it is about.
    pub subject: SubjectId,
    /// Whose it is.
    pub owner: OwnerId,
    /// Which retention term, as numbered by the caller.
    pub category: u8,
}

impl Store {
    pub(crate) fn keyring(&self) -> RwLockReadGuard<'_, Keyring> {
        // A panic elsewhere while holding the lock leaves whole keys behind, so the ring is still right.
        self.keyring.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn keyring_mut(&self) -> RwLockWriteGuard<'_, Keyring> {
        self.keyring.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes the missing keys for these scopes, all in one transaction. Appending and writing blobs do this by
    /// themselves; a large import does it beforehand, so that the log is not locked meanwhile.
    ///
    /// # Errors
    /// [`StoreError::TooMuch`] above [`MAX_KEYS_AT_ONCE`]; otherwise as the database.
    pub async fn prepare_keys(&self, scopes: &[KeyScope]) -> Result<(), StoreError> {
        if scopes.len() > MAX_KEYS_AT_ONCE {
            return Err(StoreError::TooMuch { what: "sleutels", limit: MAX_KEYS_AT_ONCE });
        }
        let mut file = self.keys_file.lock().await;
        if self.missing(scopes).is_empty() {
            // Unless another process destroyed one of them meanwhile.
            self.catch_up(&mut file).await?;
            if self.missing(scopes).is_empty() {
                return Ok(());
            }
        }
        self.require_writing()?;
        let KeysFile { db, read, backfill } = &mut *file;
        let mut tx = begin(db, read, &self.folder).await?;
        // Another process may have made some. From here on none does: there is one key to a scope.
        self.catch_up_on(&mut tx, read).await?;
        // Given up halfway, what was made is to be read: the version tells of the writing of others only.
        let version = read.take();
        let mut made = Vec::new();
        let mut rows = Vec::new();
        for scope in self.missing(scopes) {
            let (id, key) = (KeyId(random_id()?), Secret::random()?);
            rows.push(KeyRow { id, scope, wrapped: self.installation.wrap(id, &scope, &key)? });
            made.push((id, scope, key));
        }
        let last = sqlite::keys::insert_keys(&mut tx, &rows).await?;
        // Durable before anything sealed with it can be: after a crash in between, a key that nothing uses is harmless,
        // while an entry without its key would be lost.
        tx.commit().await.map_err(StoreError::sql(KEYS))?;
        backfill.committed(rows.len());
        let mut ring = self.keyring_mut();
        for ((id, scope, key), nr) in made.into_iter().rev().zip((1..=last).rev()) {
            ring.add(nr, id, scope, key.bytes());
        }
        *read = version;
        Ok(())
    }

    fn missing(&self, scopes: &[KeyScope]) -> HashSet<KeyScope> {
        let ring = self.keyring();
        scopes.iter().filter(|scope| ring.id(scope).is_none()).copied().collect()
    }

    /// Destroys keys for good: the wrapped keys are overwritten, no copy remains in the write-ahead log, and their names
    /// are remembered, so that what they sealed reads as destroyed and not as lost. Unknown and already destroyed names
    /// are passed over, so it can be repeated.
    ///
    /// First append the entry that says so, then call this: after a crash in between the log tells what is still to be
    /// done. No append runs meanwhile, so nothing is sealed with a key that goes.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when another process kept reading; the keys are destroyed then, but repeat the call to have
    /// their remains overwritten.
    pub async fn destroy_keys(&self, ids: &[KeyId]) -> Result<(), StoreError> {
        if ids.len() > MAX_KEYS_AT_ONCE {
            return Err(StoreError::TooMuch { what: "sleutels", limit: MAX_KEYS_AT_ONCE });
        }
        let mut log = self.writer()?.lock().await;
        let log_lock = sqlite::begin_writing(&mut log, &self.folder, LOG).await?;
        let mut file = self.keys_file.lock().await;
        let KeysFile { db, read, .. } = &mut *file;
        let mut tx = begin(db, read, &self.folder).await?;
        self.catch_up_on(&mut tx, read).await?;
        let version = read.take();
        let known: Vec<(i64, KeyId)> = {
            let ring = self.keyring();
            ids.iter().filter_map(|id| Some((ring.number(*id)?, *id))).collect()
        };
        for (nr, key) in known {
            let row = DestroyedRow { key, stamp: self.installation.stamp_destroyed(key)? };
            sqlite::keys::destroy(&mut tx, nr, &row).await?;
        }
        tx.commit().await.map_err(StoreError::sql(KEYS))?;
        self.read_added(db).await?;
        *read = version;
        let emptied = sqlite::keys::empty_wal(db).await?;
        log_lock.rollback().await.map_err(StoreError::sql(LOG))?;
        if emptied { Ok(()) } else { Err(StoreError::Busy) }
    }

    /// Drops and wipes a key from this process' memory: for the process that reads in the log that it was destroyed.
    pub fn forget_key(&self, id: KeyId) {
        self.keyring_mut().drop_key(id);
    }

    /// The key that seals what this scope holds, when there is one.
    ///
    /// # Errors
    /// As the database, or [`StoreError::Damaged`].
    pub async fn key_of(&self, scope: &KeyScope) -> Result<Option<KeyId>, StoreError> {
        self.refresh_keys().await?;
        Ok(self.keyring().id(scope))
    }

    /// Reads what other processes added to the keys file.
    pub(crate) async fn refresh_keys(&self) -> Result<(), StoreError> {
        let mut file = self.keys_file.lock().await;
        self.catch_up(&mut file).await
    }

    /// Catches up with the keys file when one of these keys is not known here.
    pub(crate) async fn learn_keys(&self, keys: impl Iterator<Item = KeyId>) -> Result<(), StoreError> {
        let unknown = {
            let ring = self.keyring();
            keys.into_iter().any(|key| matches!(ring.lookup(key), Lookup::Unknown))
        };
        if unknown { self.refresh_keys().await } else { Ok(()) }
    }

    async fn catch_up(&self, file: &mut KeysFile) -> Result<(), StoreError> {
        let KeysFile { db, read, .. } = file;
        self.catch_up_on(db, read).await
    }

    /// Reads what others added, when they did.
    async fn catch_up_on(&self, db: &mut SqliteConnection, read: &mut Option<i64>) -> Result<(), StoreError> {
        // The version first: what is written while we read makes another one.
        let version = sqlite::log::version(db, KEYS).await?;
        if *read != Some(version) {
            self.read_added(db).await?;
            *read = Some(version);
        }
        Ok(())
    }

    async fn read_added(&self, file: &mut SqliteConnection) -> Result<(), StoreError> {
        self.read_keys(file).await?;
        loop {
            let read = self.keyring().destroyed_read;
            let rows = sqlite::keys::destroyed_after(file, read, CHUNK).await?;
            let full = rows.len() == CHUNK;
            let mut ring = self.keyring_mut();
            for (nr, row) in rows {
                let row = row.map_err(StoreError::Damaged)?;
                if row.stamp != self.installation.stamp_destroyed(row.key)? {
                    let fault = Fault::in_row(KEYS, "destroyed", nr, "de controlewaarde klopt niet");
                    return Err(StoreError::Damaged(fault));
                }
                ring.drop_key(row.key);
                ring.destroyed_read = ring.destroyed_read.max(nr);
            }
            if !full {
                return Ok(());
            }
        }
    }

    /// Reads the keys that were added, in order of number: a chunk is read while the one before it is unwrapped, and the one
    /// before that is added.
    async fn read_keys(&self, file: &mut SqliteConnection) -> Result<(), StoreError> {
        let (mut read, mut at_work) = (self.keyring().keys_read, VecDeque::new());
        let mut room = false;
        loop {
            let next = sqlite::keys::packed_keys_after(file, read, CHUNK);
            let (packed, added) = tokio::join!(next, self.add_all(&mut at_work, AT_WORK));
            added?;
            let Some(packed) = packed? else {
                self.add_all(&mut at_work, 0).await?;
                return self.read_keys_singly(file).await;
            };
            let (full, last) = (packed.len() == CHUNK, packed.last().unwrap_or(read));
            if full && !room {
                let more = sqlite::keys::count_after(file, read).await?;
                self.keyring_mut().reserve(usize::try_from(more).unwrap_or_default().min(MAX_ROOM));
                room = true;
            }
            let installation = Arc::clone(&self.installation);
            if packed.len() < FEW {
                self.add_all(&mut at_work, 0).await?;
                self.add(installation.unwrap_packed(&packed)?);
            } else {
                at_work.push_back(tokio::task::spawn_blocking(move || installation.unwrap_packed(&packed)));
            }
            if !full {
                return self.add_all(&mut at_work, 0).await;
            }
            read = last;
        }
    }

    /// Adds what was unwrapped, until at most so many chunks are left at work.
    async fn add_all(&self, at_work: &mut VecDeque<Unwrapping>, left: usize) -> Result<(), StoreError> {
        while at_work.len() > left
            && let Some(chunk) = at_work.pop_front()
        {
            self.add(elsewhere(chunk, &self.folder).await?);
        }
        Ok(())
    }

    fn add(&self, unwrapped: Vec<Unwrapped>) {
        let mut ring = self.keyring_mut();
        unwrapped.into_iter().for_each(|(nr, id, scope, key)| ring.add(nr, id, scope, key.bytes()));
    }

    /// The same row by row, so that one of another form is named.
    async fn read_keys_singly(&self, file: &mut SqliteConnection) -> Result<(), StoreError> {
        loop {
            let read = self.keyring().keys_read;
            let rows = sqlite::keys::keys_after(file, read, CHUNK).await?;
            let full = rows.len() == CHUNK;
            for (nr, row) in rows {
                let row = row.map_err(StoreError::Damaged)?;
                self.add(vec![self.installation.unwrapped(nr, &row)?]);
            }
            if !full {
                return Ok(());
            }
        }
    }
}

/// A key out of its wrapping: its number and name, and what it seals.
type Unwrapped = (i64, KeyId, KeyScope, Secret);

/// A chunk of keys while it is unwrapped.
type Unwrapping = JoinHandle<Result<Vec<Unwrapped>, StoreError>>;
