//! What goes into the log and what comes out of it.

use crate::blobs::Delivery;
use crate::crypto::{Digest, bind, digest};
use crate::ids::{ActorId, AttemptId, FactId, KeyId, Seq, SubjectId};
use crate::keys::KeyScope;

/// Largest content of one entry, in bytes.
pub const MAX_PAYLOAD: usize = 1 << 20;
/// Most entries in one command.
pub const MAX_ENTRIES: usize = 10_000;
/// Most commands in one batch: what a writer gathers for one transaction.
pub const MAX_COMMANDS: usize = 64;
/// Most entries in one batch, all commands together.
pub const MAX_BATCH_ENTRIES: usize = 100_000;
/// Most subjects that one command's decision may depend on.
pub const MAX_READ_SUBJECTS: usize = 100_000;
/// Largest remembered answer, in bytes.
pub const MAX_ANSWER: usize = 4_096;
/// Most entries returned by one read.
pub const MAX_READ: usize = 10_000;
/// How far behind the head a decision may have been made; further back it is simply made again.
pub const MAX_BEHIND: i64 = 100_000;
/// How long a first answer is remembered, in microseconds: 30 days.
pub const ANSWERS_KEPT: i64 = 30 * 24 * 3_600 * 1_000_000;
/// How often first answers that are older are removed, in microseconds: an hour.
pub(crate) const FORGET_EVERY: i64 = 3_600 * 1_000_000;

/// One fact to be stored.
#[derive(Clone, Debug)]
pub struct NewEntry {
    /// Its name, chosen by who states it.
    pub fact: FactId,
    /// Its subject and whose it is: which key seals it. Made on first use.
    pub scope: KeyScope,
    /// What is sealed; at most [`MAX_PAYLOAD`] bytes.
    pub payload: Vec<u8>,
}

/// A decision to be recorded, whole or not at all.
#[derive(Debug)]
pub struct Command {
    /// How far the log was applied when the decision was made.
    pub seen: Seq,
    /// The subjects the decision depends on. An entry about one of them after `seen` is a conflict.
    pub read: Vec<SubjectId>,
    /// What was decided; at most [`MAX_ENTRIES`].
    pub entries: Vec<NewEntry>,
    /// Which attempt of whom this is, so that a repeated attempt is done once.
    pub attempt: Option<Attempt>,
    /// The delivery that these entries make count.
    pub reveals: Option<Delivery>,
}

/// One attempt of an actor to get something done.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Who attempts.
    pub actor: ActorId,
    /// The attempt's name, the same when a form is sent twice.
    pub id: AttemptId,
    /// A digest of what is asked; the same name with other content is refused.
    pub content: Digest,
    /// What is answered now and on every repetition, at most [`MAX_ANSWER`] bytes. It is sealed by the installation key,
    /// not by a subject's key: it should hold names, not contents.
    pub answer: Vec<u8>,
}

/// Where a command's entries stand in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appended {
    /// The first entry; one after `last` when the command had none.
    pub first: Seq,
    /// The last entry.
    pub last: Seq,
    /// When the log was told, in microseconds since 1970 UTC: later than every entry before.
    pub known: i64,
}

/// What became of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is stored and durable.
    Appended(Appended),
    /// This attempt was stored before; nothing was written now.
    AlreadyDone {
        /// Where it was stored then.
        appended: Appended,
        /// The first answer.
        answer: Vec<u8>,
    },
    /// Something it depends on changed; nothing was written. Decide again on a newer state.
    Conflict {
        /// The subject that changed; empty when the decision was older than [`MAX_BEHIND`] entries, or was made on a log
        /// that reached further than this one (a backup was put back).
        subject: Option<SubjectId>,
    },
    /// The attempt's name was used before for other content; nothing was written.
    OtherContent,
    /// The delivery it should reveal does not wait for that (any more); nothing was written.
    NoSuchDelivery,
}

/// One entry as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the log.
    pub seq: Seq,
    /// Its name.
    pub fact: FactId,
    /// What it is about.
    pub subject: SubjectId,
    /// The key that sealed it.
    pub key: KeyId,
    /// When the log was told, in microseconds since 1970 UTC.
    pub known: i64,
    /// What was stored.
    pub content: Content,
}

/// Sealed bytes as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The bytes that were sealed.
    Readable(Vec<u8>),
    /// The key was destroyed: nobody can read this any more, in no copy.
    Vernietigd,
}

/// Where the log ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The last entry, or [`Seq::START`].
    pub seq: Seq,
    /// When the log was last told something, in microseconds since 1970 UTC.
    pub known: i64,
    /// The chain at the last entry: one value that stands for the whole log. Keep it elsewhere to prove later that
    /// nothing before it was changed.
    pub chain: Digest,
}

/// The clear columns of an entry, all of them under the chain.
pub(crate) struct Clear<'a> {
    pub region: &'a str,
    pub seq: Seq,
    pub fact: FactId,
    pub subject: SubjectId,
    pub key: KeyId,
    pub known: i64,
    pub digest: &'a Digest,
}

impl Clear<'_> {
    /// The chain at this entry, given the chain before it.
    pub(crate) fn chain(&self, before: &Digest) -> Digest {
        digest(&bind(
            "chain",
            &[
                before,
                self.region.as_bytes(),
                &self.seq.0.to_be_bytes(),
                self.fact.as_bytes(),
                self.subject.as_bytes(),
                self.key.as_bytes(),
                &self.known.to_be_bytes(),
                self.digest,
            ],
        ))
    }
}

/// What a sealed entry is bound to: moved to another row it does not open. Its place and time are under the chain.
pub(crate) fn entry_bound(region: &str, subject: SubjectId, fact: FactId, key: KeyId) -> Vec<u8> {
    bind("entry", &[region.as_bytes(), subject.as_bytes(), fact.as_bytes(), key.as_bytes()])
}
