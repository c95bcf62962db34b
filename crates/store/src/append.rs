//! Writing to the log: one transaction, one `fsync`, however many commands.

use std::collections::HashSet;
use std::sync::atomic::Ordering;

use sqlx::SqliteConnection;

use crate::crypto::{Digest, Sealer, bind, digest};
use crate::entry::{
    ANSWERS_KEPT, Appended, Attempt, Clear, Command, FORGET_EVERY, Head, MAX_ANSWER, MAX_BATCH_ENTRIES, MAX_BEHIND,
    MAX_COMMANDS, MAX_ENTRIES, MAX_PAYLOAD, MAX_READ_SUBJECTS, NewEntry, Outcome, entry_bound,
};
use crate::error::StoreError;
use crate::ids::{KeyId, Seq, SubjectId};
use crate::keys::KeyScope;
use crate::ring::{Keyring, Lookup};
use crate::sqlite::log::{AttemptRow, EntryRow};
use crate::sqlite::{self, KEYS, LOG};
use crate::store::{Store, head_row, read_head};
use crate::verify::Fault;

impl Store {
    /// Records one decision. `now` is the clock in microseconds since 1970 UTC; the log's own time never goes back, so
    /// a clock that does is overruled.
    ///
    /// # Errors
    /// The database or a bound ([`StoreError::TooMuch`]); nothing was written then. A refusal is an [`Outcome`].
    pub async fn append(&self, now: i64, command: &Command) -> Result<Outcome, StoreError> {
        let mut outcomes = self.append_batch(now, std::slice::from_ref(command)).await?;
        outcomes.pop().ok_or(StoreError::TooMuch { what: "opdrachten", limit: MAX_COMMANDS })
    }

    /// Records several decisions in one transaction, one outcome each, in order. Each was made on the log as far as its
    /// `seen`, and on what the commands before it in this batch would write. So when one of those wrote nothing, a later
    /// one that read the same subjects is a conflict.
    ///
    /// Every refusal comes before the first write of its command; there is nothing to roll back and no savepoint. The
    /// rows of all commands are written together at the end.
    ///
    /// # Errors
    /// As [`Self::append`]; none of the batch was written then.
    pub async fn append_batch(&self, now: i64, commands: &[Command]) -> Result<Vec<Outcome>, StoreError> {
        check_bounds(commands)?;
        let mut writer = self.writer()?.lock().await;
        let mut tx = sqlite::begin_writing(&mut writer, &self.folder, LOG).await?;
        let head = read_head(&mut tx, LOG, &self.installation, &self.region).await?;
        let start = head.seq;
        // With the log locked no key can be destroyed, so a key found now is still there at the commit.
        let scopes: Vec<KeyScope> = commands.iter().flat_map(|c| &c.entries).map(|entry| entry.scope).collect();
        self.prepare_keys(&scopes).await?;
        let horizon = Seq(start.0.saturating_sub(MAX_BEHIND));
        let oldest = commands.iter().filter(|c| !c.read.is_empty()).map(|c| c.seen).min().unwrap_or(start).max(horizon);
        let touched = match oldest < start {
            true => sqlite::log::touched_after(&mut tx, oldest).await?,
            false => Vec::new(),
        };
        if now.saturating_sub(self.forgotten.load(Ordering::Relaxed)) >= FORGET_EVERY {
            sqlite::log::forget_attempts_before(&mut tx, now.saturating_sub(ANSWERS_KEPT)).await?;
            self.forgotten.store(now, Ordering::Relaxed);
        }
        let names: Vec<&[u8]> = commands.iter().filter_map(|c| Some(c.attempt.as_ref()?.id.as_bytes())).collect();
        let earlier = sqlite::log::attempts_named(&mut tx, &names).await?;
        let (unwritten, rows, answers) = (HashSet::new(), Vec::new(), Vec::new());
        let mut batch = Batch { store: self, now, horizon, start, head, touched, earlier, unwritten, rows, answers };
        let mut outcomes = Vec::with_capacity(commands.len());
        for command in commands {
            outcomes.push(batch.record(&mut tx, command).await?);
        }
        sqlite::log::insert_entries(&mut tx, &batch.rows).await?;
        sqlite::log::insert_attempts(&mut tx, &batch.answers).await?;
        if batch.head.seq != start {
            let row = head_row(&self.installation, LOG, &self.region, &batch.head)?;
            sqlite::log::set_head(&mut tx, LOG, &row).await?;
        }
        let rows = batch.rows.len() + batch.answers.len();
        tx.commit().await.map_err(StoreError::sql(LOG))?;
        self.backfill.committed(rows);
        Ok(outcomes)
    }
}

fn check_bounds(commands: &[Command]) -> Result<(), StoreError> {
    let too_much = |what, limit| Err(StoreError::TooMuch { what, limit });
    if commands.len() > MAX_COMMANDS {
        return too_much("opdrachten", MAX_COMMANDS);
    }
    if commands.iter().map(|command| command.entries.len()).sum::<usize>() > MAX_BATCH_ENTRIES {
        return too_much("gegevens tegelijk", MAX_BATCH_ENTRIES);
    }
    for command in commands {
        if command.entries.len() > MAX_ENTRIES {
            return too_much("gegevens in één opdracht", MAX_ENTRIES);
        }
        if command.read.len() > MAX_READ_SUBJECTS {
            return too_much("gelezen onderwerpen", MAX_READ_SUBJECTS);
        }
        if command.entries.iter().any(|entry| entry.payload.len() > MAX_PAYLOAD) {
            return too_much("bytes in één gegeven", MAX_PAYLOAD);
        }
        if command.attempt.as_ref().is_some_and(|attempt| attempt.answer.len() > MAX_ANSWER) {
            return too_much("bytes in één antwoord", MAX_ANSWER);
        }
    }
    Ok(())
}

/// The state of one transaction: the head moves on with each command.
struct Batch<'a> {
    store: &'a Store,
    now: i64,
    /// Decisions made before this place are too old to check.
    horizon: Seq,
    /// Where the log ended when the batch began.
    start: Seq,
    head: Head,
    /// Which subjects were touched after the oldest `seen` of the batch, when it began.
    touched: Vec<(Seq, SubjectId)>,
    /// The attempts that were made before under the names of this batch, of whomever.
    earlier: Vec<AttemptRow>,
    /// The subjects of earlier commands in this batch that wrote nothing after all.
    unwritten: HashSet<SubjectId>,
    /// The entries to be written at the end.
    rows: Vec<EntryRow>,
    /// The first answers to be written at the end.
    answers: Vec<AttemptRow>,
}

impl Batch<'_> {
    async fn record(&mut self, db: &mut SqliteConnection, command: &Command) -> Result<Outcome, StoreError> {
        let outcome = self.try_record(db, command).await?;
        if !matches!(outcome, Outcome::Appended(_)) {
            self.unwritten.extend(command.entries.iter().map(|entry| entry.scope.subject));
        }
        Ok(outcome)
    }

    async fn try_record(&mut self, db: &mut SqliteConnection, command: &Command) -> Result<Outcome, StoreError> {
        if let Some(attempt) = &command.attempt
            && let Some(earlier) = self.earlier(attempt)?
        {
            return Ok(earlier);
        }
        if let Some(conflict) = self.conflict(command) {
            return Ok(conflict);
        }
        let known = self.now.max(self.head.known.saturating_add(1));
        let first = self.head.seq.next();
        if let Some(delivery) = &command.reveals {
            let row = delivery.row(&self.store.installation, Some(first))?;
            if !sqlite::blobs::reveal(db, &row).await? {
                return Ok(Outcome::NoSuchDelivery);
            }
        }
        self.seal(&command.entries, known)?;
        let appended = Appended { first, last: self.head.seq, known };
        if let Some(attempt) = &command.attempt {
            self.answers.push(self.store.seal_attempt(attempt, &appended)?);
        }
        Ok(Outcome::Appended(appended))
    }

    /// What was answered when this attempt was made before.
    fn earlier(&self, attempt: &Attempt) -> Result<Option<Outcome>, StoreError> {
        let row = self.answers.iter().chain(&self.earlier).find(|row| row.is_of(attempt));
        row.map(|row| self.store.repeated(row, attempt)).transpose()
    }

    fn conflict(&self, command: &Command) -> Option<Outcome> {
        if (command.seen < self.horizon || command.seen > self.start) && !command.read.is_empty() {
            return Some(Outcome::Conflict { subject: None });
        }
        let read: HashSet<&SubjectId> = command.read.iter().collect();
        let since = self.touched.iter().filter(|(seq, _)| *seq > command.seen).map(|(_, subject)| subject);
        let changed = since.chain(&self.unwritten).find(|subject| read.contains(subject));
        changed.map(|subject| Outcome::Conflict { subject: Some(*subject) })
    }

    /// Seals entries, gives them their places and moves the head past them.
    fn seal(&mut self, entries: &[NewEntry], known: i64) -> Result<(), StoreError> {
        let ring = self.store.keyring();
        let region = &*self.store.region;
        for entry in entries {
            let (key, sealed) = seal_with(&ring, &entry.scope, &entry.payload, |key| {
                entry_bound(region, entry.scope.subject, entry.fact, key)
            })?;
            let (seq, subject, digest) = (self.head.seq.next(), entry.scope.subject, digest(&sealed));
            let clear = Clear { region, seq, fact: entry.fact, subject, key, known, digest: &digest };
            let chain = clear.chain(&self.head.chain);
            self.head = Head { seq, known, chain };
            self.rows.push(EntryRow { seq, fact: entry.fact, subject, key, known, sealed, digest, chain });
        }
        Ok(())
    }
}

/// Seals with the key of a scope, bound to what `bound` makes of the key's name.
pub(crate) fn seal_with(
    ring: &Keyring,
    scope: &KeyScope,
    plain: &[u8],
    bound: impl FnOnce(KeyId) -> Vec<u8>,
) -> Result<(KeyId, Vec<u8>), StoreError> {
    // The caller prepared the key under the lock that keeps it; absent means the file changed under us.
    let missing = || StoreError::Damaged(Fault::in_table(KEYS, "keys", "een zojuist gemaakte sleutel ontbreekt"));
    let id = ring.id(scope).ok_or_else(missing)?;
    let Lookup::Key(key) = ring.lookup(id) else { return Err(missing()) };
    Ok((id, Sealer::new(key).seal(&bound(id), plain)?))
}

/// What a remembered first answer is bound to.
pub(crate) fn attempt_bound(region: &str, actor: &[u8], attempt: &[u8], known: i64) -> Vec<u8> {
    bind("attempt", &[region.as_bytes(), actor, attempt, &known.to_be_bytes()])
}

impl AttemptRow {
    fn is_of(&self, attempt: &Attempt) -> bool {
        self.actor == attempt.actor.as_bytes() && self.attempt == attempt.id.as_bytes()
    }
}

impl Store {
    /// What became of this attempt before: [`Outcome::AlreadyDone`], [`Outcome::OtherContent`], or nothing. Appending
    /// asks this by itself; this is for an attempt that would be refused now because it was done before.
    ///
    /// # Errors
    /// As the database, or [`StoreError::Damaged`].
    pub async fn earlier(&self, attempt: &Attempt) -> Result<Option<Outcome>, StoreError> {
        let rows = sqlite::log::attempts_named(&mut *self.reader().await?, &[attempt.id.as_bytes()]).await?;
        rows.iter().find(|row| row.is_of(attempt)).map(|row| self.repeated(row, attempt)).transpose()
    }

    fn repeated(&self, row: &AttemptRow, attempt: &Attempt) -> Result<Outcome, StoreError> {
        let (content, appended, answer) = self.open_attempt(row).map_err(StoreError::Damaged)?;
        Ok(match content == attempt.content {
            true => Outcome::AlreadyDone { appended, answer },
            false => Outcome::OtherContent,
        })
    }

    fn seal_attempt(&self, attempt: &Attempt, appended: &Appended) -> Result<AttemptRow, StoreError> {
        let (actor, id) = (attempt.actor.as_bytes(), attempt.id.as_bytes());
        let mut plain = attempt.content.to_vec();
        plain.extend_from_slice(&appended.first.0.to_be_bytes());
        plain.extend_from_slice(&appended.last.0.to_be_bytes());
        plain.extend_from_slice(&attempt.answer);
        let sealed = self.installation.0.seal(&attempt_bound(&self.region, actor, id, appended.known), &plain)?;
        Ok(AttemptRow { actor: actor.to_vec(), attempt: id.to_vec(), known: appended.known, sealed })
    }

    /// The digest of what was asked, where it was stored, and the first answer.
    pub(crate) fn open_attempt(&self, row: &AttemptRow) -> Result<(Digest, Appended, Vec<u8>), Fault> {
        let bound = attempt_bound(&self.region, &row.actor, &row.attempt, row.known);
        let parts = || {
            let plain = self.installation.0.open(&bound, &row.sealed)?;
            let (content, rest) = plain.split_first_chunk::<32>()?;
            let (first, rest) = rest.split_first_chunk::<8>()?;
            let (last, answer) = rest.split_first_chunk::<8>()?;
            let (first, last) = (Seq(i64::from_be_bytes(*first)), Seq(i64::from_be_bytes(*last)));
            Some((*content, Appended { first, last, known: row.known }, answer.to_vec()))
        };
        let name = crate::ids::hex(&row.attempt);
        parts().ok_or_else(|| Fault::in_row(LOG, "attempts", name, "de regel kan niet worden geopend"))
    }
}
