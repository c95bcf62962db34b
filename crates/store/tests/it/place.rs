//! A data place in a folder that goes when the test ends, and short words for what is put into it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use store::{
    ActorId, Appended, Attempt, AttemptId, Backup, Command, Content, DeliveryId, Entry, FactId, InstallationKey,
    KeyScope, NewBlob, NewEntry, NewRead, Outcome, OwnerId, Seq, Store, SubjectId, digest,
};

/// 3 March 2026, 12:00 UTC, in microseconds.
pub const NOW: i64 = 1_772_539_200_000_000;

/// A folder with a data place and, beside it, the installation key.
pub struct Place {
    root: PathBuf,
}

impl Place {
    /// A new, empty place.
    pub async fn new() -> (Self, Store) {
        let place = Self::empty();
        let store = Store::create(&place.data(), "proefregio", place.make_key()).await.unwrap();
        (place, store)
    }

    /// Only the folder.
    pub fn empty() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("leerrecht-store-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let root = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&root).unwrap();
        Self { root }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn data(&self) -> PathBuf {
        self.root.join("gegevens")
    }

    pub fn key_file(&self) -> PathBuf {
        self.root.join("installatie.sleutel")
    }

    pub fn make_key(&self) -> InstallationKey {
        InstallationKey::create(&self.key_file()).unwrap()
    }

    pub fn key(&self) -> InstallationKey {
        InstallationKey::read(&self.key_file()).unwrap()
    }

    /// Another handle on the same place, as another process would have.
    pub async fn open(&self) -> Store {
        Store::open(&self.data(), self.key()).await.unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.root);
    }
}

pub fn subject(name: &str) -> SubjectId {
    SubjectId::new(name.as_bytes()).unwrap()
}

pub fn scope(name: &str) -> KeyScope {
    KeyScope { subject: subject(name), owner: OwnerId::new(b"90AA").unwrap(), category: 1 }
}

pub fn fact(number: u64) -> FactId {
    let mut id = [0; 16];
    id[8..].copy_from_slice(&number.to_be_bytes());
    FactId(id)
}

pub fn delivery(number: u8) -> DeliveryId {
    DeliveryId([number; 16])
}

/// A decision about one child with one entry.
pub fn about(name: &str, seen: Seq, text: &str) -> Command {
    let entry = NewEntry { fact: fact(1), scope: scope(name), payload: text.into() };
    Command { seen, read: vec![subject(name)], entries: vec![entry], attempt: None, reveals: None }
}

/// The same decision as an attempt with a name.
pub fn attempt(mut command: Command, id: u8, asked: &str, answer: &str) -> Command {
    let actor = ActorId::new(b"lpa-1").unwrap();
    command.attempt =
        Some(Attempt { actor, id: AttemptId([id; 16]), content: digest(asked.as_bytes()), answer: answer.into() });
    command
}

pub fn blob(name: &str, text: &str) -> NewBlob {
    NewBlob { scope: scope(name), payload: text.into() }
}

/// The leerplichtambtenaar of Alkmaar looks at these children.
pub fn look(names: &[&str], purpose: &str) -> NewRead {
    NewRead {
        reader: ActorId::new(b"lpa-1").unwrap(),
        organisation: OwnerId::new(b"alkmaar").unwrap(),
        function: "leerplichtambtenaar".into(),
        shown: "stand".into(),
        purpose: purpose.into(),
        subjects: names.iter().map(|name| subject(name)).collect(),
    }
}

/// The files of a backup in a folder: log and read log by number, keys always in the same place.
pub struct Copies {
    log: PathBuf,
    keys: PathBuf,
    reads: PathBuf,
    pub access: PathBuf,
}

impl Copies {
    pub fn new(folder: &Path, number: u32) -> Self {
        let [log, reads] = ["register", "leeslog"].map(|name| folder.join(format!("{name}-{number}.db")));
        Self { log, keys: folder.join("sleutels.db"), reads, access: folder.join("toegang.db") }
    }

    pub fn files(&self) -> Backup<'_> {
        Backup { log: &self.log, keys: &self.keys, reads: &self.reads, access: &self.access }
    }
}

pub fn appended(outcome: Outcome) -> Appended {
    match outcome {
        Outcome::Appended(appended) => appended,
        other => panic!("expected to append, got {other:?}"),
    }
}

/// The text of an entry or blob, or "vernietigd".
pub fn text(content: &Content) -> String {
    match content {
        Content::Readable(bytes) => String::from_utf8(bytes.clone()).unwrap(),
        Content::Vernietigd => "vernietigd".into(),
    }
}

pub fn texts(entries: &[Entry]) -> Vec<String> {
    entries.iter().map(|entry| text(&entry.content)).collect()
}

/// Every entry of the log, read in small chunks.
pub async fn all(store: &Store) -> Result<Vec<Entry>, store::StoreError> {
    let mut entries: Vec<Entry> = Vec::new();
    loop {
        let after = entries.last().map_or(Seq::START, |entry| entry.seq);
        let more = store.entries_after(after, 7).await?;
        if more.is_empty() {
            return Ok(entries);
        }
        entries.extend(more);
    }
}
