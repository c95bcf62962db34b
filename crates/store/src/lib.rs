//! The log and its keys: bytes, sequence, chain. Knows no meaning.
//!
//! A **place** is a folder that holds one region: `register.db`, the log, `sleutels.db`, the keys, and `leeslog.db`, who
//! read what. The key of the installation, which wraps the keys, lives elsewhere ([`InstallationKey`]).
//!
//! - [`Store::append`] records decisions. Whoever decides says how far it had read and on which subjects it relied; when
//!   one of them changed since, nothing is written ([`Outcome::Conflict`]).
//! - [`Store::entries_after`] reads them back in order, each checked against the chain and its own seal;
//!   [`Store::stretch`] only fetches them, to be opened on other threads.
//! - [`Store::destroy_keys`] makes what a key sealed unreadable in every copy, while the chain stays whole.
//! - [`Store::begin_delivery`] writes many blobs that begin to count at one moment.
//! - [`Store::append_read`] records who looks at whom, before anything is shown; [`Store::reads_of`] tells who did.
//! - [`verify`] finds and places every change; [`Store::backup`] and [`restore`] keep a copy.
//!
//! # Example
//! ```
//! # use store::*;
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), StoreError> {
//! # let dir = std::env::temp_dir().join(format!("leerrecht-doc-{}", std::process::id()));
//! # let _ = std::fs::remove_dir_all(&dir);
//! # std::fs::create_dir_all(&dir).map_err(|source| StoreError::Io { path: dir.clone(), source })?;
//! let key = InstallationKey::create(&dir.join("installatie.sleutel"))?;
//! let store = Store::create(&dir.join("gegevens"), "noord-kennemerland", key).await?;
//!
//! let sam = SubjectId::new(b"leerling-1").unwrap_or_default();
//! let scope = KeyScope { subject: sam, owner: OwnerId::new(b"90AA").unwrap_or_default(), category: 1 };
//! let entry = NewEntry { fact: FactId([7; 16]), scope, payload: b"melding gedaan".to_vec() };
//! let seen = store.head().await?.seq;
//! let command = Command { seen, read: vec![sam], entries: vec![entry], attempt: None, reveals: None };
//! let outcome = store.append(1_772_530_000_000_000, &command).await?;
//!
//! assert!(matches!(outcome, Outcome::Appended(_)));
//! assert_eq!(store.entries_after(seen, 10).await?[0].content, Content::Readable(b"melding gedaan".to_vec()));
//! # store.close().await;
//! # let _ = std::fs::remove_dir_all(&dir);
//! # Ok(())
//! # }
//! ```

mod append;
mod backup;
mod blobs;
mod crypto;
mod entry;
mod error;
mod ids;
mod keys;
mod leeslog;
pub mod probe;
pub mod queue;
mod records;
mod ring;
mod sqlite;
mod store;
mod stretch;
mod verify;

pub use backup::{Backup, restore};
pub use blobs::{Blob, Delivery, MAX_BLOB, NewBlob};
pub use crypto::{Digest, digest};
pub use entry::{
    ANSWERS_KEPT, Appended, Attempt, Command, Content, Entry, Head, MAX_ANSWER, MAX_BATCH_ENTRIES, MAX_BEHIND,
    MAX_COMMANDS, MAX_ENTRIES, MAX_PAYLOAD, MAX_READ, MAX_READ_SUBJECTS, NewEntry, Outcome,
};
pub use error::StoreError;
pub use ids::{ActorId, AttemptId, DeliveryId, FactId, KeyId, MAX_SHORT, OwnerId, Seq, SubjectId};
pub use keys::{InstallationKey, KeyScope, MAX_KEYS_AT_ONCE};
pub use leeslog::{MAX_PERIOD, MAX_PURPOSE, MAX_READS, MAX_SUBJECTS, MAX_WORD, NewRead, PeriodReads, Read};
pub use records::{FOR_EVER, MAX_RECORD, MAX_RECORDS, Record, RecordChange, RecordKind, RecordName, Records};
pub use sqlite::{ACCESS, KEYS, LOG, READS};
pub use store::Store;
pub use stretch::{SealedDelivery, Stretch};
pub use verify::{Fault, MAX_FAULTS, Report, verify};
