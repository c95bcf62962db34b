//! The read log: who looked at whom, when and why. A line is written before anything is shown: a killed process loses
//! none, a power cut may take the last second.
//!
//! It is a file of its own with a chain of its own. In the clear stand the place of a line, its moment and a pseudonym of
//! its subject that only the holder of the installation key can make: "who saw this child" opens no line about another
//! child, and the file without the key says about nobody that they are known here. The rest is sealed by the
//! installation key, bound to those three.

use std::path::PathBuf;
use std::sync::Arc;

use sqlx::SqliteConnection;
use tokio::sync::{Mutex, oneshot};

use crate::crypto::{Digest, bind, digest, unbind};
use crate::entry::Head;
use crate::error::StoreError;
use crate::ids::{ActorId, OwnerId, Seq, SubjectId};
use crate::keys::InstallationKey;
use crate::queue::{Queue, Turn};
use crate::sqlite::backfill::Backfill;
use crate::sqlite::leeslog::ReadRow;
use crate::sqlite::{self, READS};
use crate::store::{Store, head_row, read_head};
use crate::verify::Fault;

/// Most subjects of one look: the longest list that is ever shown or written out.
pub const MAX_SUBJECTS: usize = 250_000;
/// Most lines returned by one question.
pub const MAX_READS: usize = 10_000;
/// Most lines looked through for one period.
pub const MAX_PERIOD: usize = 100_000;
/// Lines of a period opened at once, between which others may write.
const AT_ONCE: usize = 1_000;
/// Longest purpose that is kept, in characters.
pub const MAX_PURPOSE: usize = 500;
/// Longest function, or word for what was shown, that is kept, in characters.
pub const MAX_WORD: usize = 60;

/// Ends a text of which the rest was cut.
const CUT: &str = " […]";
/// Stands for a character that could break a line, or steer a terminal or the direction of writing.
const NEUTRAL: char = '\u{fffd}';

/// Somebody looks at one subject or at a list of them.
#[derive(Clone, Debug)]
pub struct NewRead {
    /// Who looks.
    pub reader: ActorId,
    /// On whose behalf.
    pub organisation: OwnerId,
    /// In which function; cut after [`MAX_WORD`] characters.
    pub function: String,
    /// What is shown, as a short code; cut after [`MAX_WORD`] characters.
    pub shown: String,
    /// Why, in the reader's words; cut after [`MAX_PURPOSE`] characters.
    pub purpose: String,
    /// At whom; at most [`MAX_SUBJECTS`]. Each gets a line.
    pub subjects: Vec<SubjectId>,
}

/// One line of the read log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// Its place.
    pub seq: Seq,
    /// When, in microseconds since 1970 UTC; later than every look before.
    pub known: i64,
    /// At whom.
    pub subject: SubjectId,
    /// Who looked.
    pub reader: ActorId,
    /// On whose behalf.
    pub organisation: OwnerId,
    /// In which function.
    pub function: String,
    /// What was shown.
    pub shown: String,
    /// Why.
    pub purpose: String,
}

impl Store {
    /// Records a look, one line per subject, all or none, and returns the place of the last line. Show nothing when this
    /// fails. `now` is the clock in microseconds since 1970 UTC, overruled when it goes back. Looks that come while another
    /// is written are written together. Whoever stops waiting may find the look recorded all the same.
    ///
    /// Texts are kept as one line: what could break it is made neutral, what is too long is cut and marked.
    ///
    /// # Errors
    /// [`StoreError::TooMuch`] above [`MAX_SUBJECTS`], [`StoreError::ReadOnly`], or as the database; nothing was written
    /// then.
    pub async fn append_read(&self, now: i64, read: NewRead) -> Result<Seq, StoreError> {
        if read.subjects.len() > MAX_SUBJECTS {
            return Err(StoreError::TooMuch { what: "onderwerpen in één inzage", limit: MAX_SUBJECTS });
        }
        self.require_writing()?;
        let (answer, answered) = oneshot::channel();
        if let Some(turn) = self.reads.waiting.push(Look { now, read, answer }) {
            tokio::spawn(Arc::clone(&self.reads).write_waiting(turn));
        }
        answered.await.unwrap_or(Err(StoreError::Busy))
    }
}

/// A look that waits to be written.
pub(crate) struct Look {
    now: i64,
    read: NewRead,
    answer: oneshot::Sender<Result<Seq, StoreError>>,
}

/// The file with the looks, and those that wait for it.
pub(crate) struct ReadLog {
    pub(crate) folder: PathBuf,
    pub(crate) region: Arc<str>,
    pub(crate) installation: Arc<InstallationKey>,
    // Locked alone.
    pub(crate) file: Mutex<SqliteConnection>,
    waiting: Arc<Queue<Look>>,
    pub(crate) backfill: Arc<Backfill>,
}

impl ReadLog {
    pub(crate) fn new(
        folder: PathBuf,
        region: Arc<str>,
        installation: Arc<InstallationKey>,
        file: SqliteConnection,
    ) -> Self {
        let backfill = Backfill::new(folder.clone(), READS);
        ReadLog { folder, region, installation, file: Mutex::new(file), waiting: Arc::default(), backfill }
    }

    /// Writes until nobody waits: all who wait in one transaction. When that fails nobody of them is shown anything.
    async fn write_waiting(self: Arc<Self>, mut turn: Turn<Look>) {
        loop {
            let looks = turn.take();
            if looks.is_empty() {
                return;
            }
            let mut written = self.write(&looks).await.map(Vec::into_iter);
            for look in looks {
                let answer = match &mut written {
                    Ok(places) => places.next().ok_or(StoreError::Busy),
                    // The first hears what it was; the others need not know more than that it can be tried again.
                    Err(_) => std::mem::replace(&mut written, Err(StoreError::Busy)).map(|_| Seq::START),
                };
                // Nobody who went away needs an answer.
                drop(look.answer.send(answer));
            }
        }
    }

    /// Writes looks in one transaction, in order; for each the place of its last line.
    async fn write(&self, looks: &[Look]) -> Result<Vec<Seq>, StoreError> {
        let mut file = self.file.lock().await;
        let mut tx = sqlite::begin_writing(&mut file, &self.folder, READS).await?;
        let mut head = read_head(&mut tx, READS, &self.installation, &self.region).await?;
        let (mut rows, mut places) = (Vec::new(), Vec::with_capacity(looks.len()));
        for Look { now, read, .. } in looks {
            let known = (*now).max(head.known.saturating_add(1));
            for subject in &read.subjects {
                let row = self.line(&head, known, *subject, read)?;
                head = Head { seq: row.seq, known, chain: row.chain };
                rows.push(row);
            }
            places.push(head.seq);
        }
        sqlite::leeslog::insert_reads(&mut tx, &rows).await?;
        let row = head_row(&self.installation, READS, &self.region, &head)?;
        sqlite::log::set_head(&mut tx, READS, &row).await?;
        tx.commit().await.map_err(StoreError::sql(READS))?;
        self.backfill.committed(rows.len());
        Ok(places)
    }

    fn line(&self, head: &Head, known: i64, subject: SubjectId, read: &NewRead) -> Result<ReadRow, StoreError> {
        let (seq, pseudonym) = (head.seq.next(), self.installation.pseudonym(&self.region, subject)?);
        let plain = bind(
            "look",
            &[
                subject.as_bytes(),
                read.reader.as_bytes(),
                read.organisation.as_bytes(),
                one_line(&read.function, MAX_WORD).as_bytes(),
                one_line(&read.shown, MAX_WORD).as_bytes(),
                one_line(&read.purpose, MAX_PURPOSE).as_bytes(),
            ],
        );
        let sealed = self.installation.0.seal(&bound(&self.region, seq, known, &pseudonym), &plain)?;
        let row = ReadRow { seq, known, pseudonym, sealed, chain: [0; 32] };
        let chain = chain(&row, &self.region, &head.chain);
        Ok(ReadRow { chain, ..row })
    }
}

impl Store {
    /// Who looked at a subject, newest first, at most `limit` (and at most [`MAX_READS`]). That no line was taken away is
    /// for [`verify`](crate::verify) to find.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] names a line that is not what was written; otherwise as the database.
    pub async fn reads_of(&self, subject: SubjectId, limit: usize) -> Result<Vec<Read>, StoreError> {
        let pseudonym = self.installation.pseudonym(&self.region, subject)?;
        let mut file = self.reads.file.lock().await;
        let rows = sqlite::leeslog::reads_of(&mut file, &pseudonym, limit.min(MAX_READS)).await?;
        let open = |row: &ReadRow| open_read(&self.installation, &self.region, row);
        let reads = rows.into_iter().map(|row| row.and_then(|row| open(&row)));
        reads.collect::<Result<_, _>>().map_err(StoreError::Damaged)
    }
}

/// What was found in a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeriodReads {
    /// The lines, oldest first.
    pub reads: Vec<Read>,
    /// Whether the period has more lines than were looked through: the oldest were not.
    pub more: bool,
}

impl Store {
    /// The looks on behalf of one organisation from `from` (inclusive) until `until`, in microseconds since 1970 UTC. Only
    /// the newest `limit` lines of the period are looked through, and at most [`MAX_PERIOD`]; whose they are is sealed,
    /// so lines of others are opened and left out. That no line was taken away is for [`verify`](crate::verify) to find.
    ///
    /// # Errors
    /// As [`Self::reads_of`].
    pub async fn reads_for(
        &self,
        organisation: OwnerId,
        from: i64,
        until: i64,
        limit: usize,
    ) -> Result<PeriodReads, StoreError> {
        let limit = i64::try_from(limit.min(MAX_PERIOD)).unwrap_or(i64::MAX);
        let (first, end) = {
            let mut file = self.reads.file.lock().await;
            (sqlite::leeslog::first_from(&mut file, from).await?, sqlite::leeslog::first_from(&mut file, until).await?)
        };
        let mut next = first.max(end.saturating_sub(limit));
        let mut found = PeriodReads { reads: Vec::new(), more: next > first };
        while next < end {
            let some = usize::try_from(end - next).unwrap_or(AT_ONCE).min(AT_ONCE);
            let rows = {
                let mut file = self.reads.file.lock().await;
                sqlite::leeslog::reads(&mut file, Seq(next), some).await?
            };
            let Some((last, _)) = rows.last() else { break };
            next = last.saturating_add(1);
            for (_, row) in rows.into_iter().filter(|(seq, _)| *seq < end) {
                let read = row.and_then(|row| open_read(&self.installation, &self.region, &row));
                let read = read.map_err(StoreError::Damaged)?;
                if read.organisation == organisation {
                    found.reads.push(read);
                }
            }
        }
        Ok(found)
    }
}

impl InstallationKey {
    /// The name of a subject in the read log. It cannot be guessed back without this key: a check value over the name.
    fn pseudonym(&self, region: &str, subject: SubjectId) -> Result<Vec<u8>, StoreError> {
        self.0.stamp(&bind("pseudonym", &[region.as_bytes(), subject.as_bytes()]))
    }
}

/// What a sealed line is bound to: moved to another place, moment or subject it does not open.
fn bound(region: &str, seq: Seq, known: i64, pseudonym: &[u8]) -> Vec<u8> {
    bind("read", &[region.as_bytes(), &seq.0.to_be_bytes(), &known.to_be_bytes(), pseudonym])
}

/// The chain at this line, given the chain before it.
pub(crate) fn chain(row: &ReadRow, region: &str, before: &Digest) -> Digest {
    let (seq, known) = (row.seq.0.to_be_bytes(), row.known.to_be_bytes());
    digest(&bind("reads", &[before, region.as_bytes(), &seq, &known, &row.pseudonym, &digest(&row.sealed)]))
}

/// Opens one line, or says what is wrong with it.
pub(crate) fn open_read(key: &InstallationKey, region: &str, row: &ReadRow) -> Result<Read, Fault> {
    let ReadRow { seq, known, pseudonym, sealed, .. } = row;
    let parts = || {
        let plain = key.0.open(&bound(region, *seq, *known, pseudonym), sealed)?;
        let [subject, reader, organisation, function, shown, purpose] = unbind("look", &plain)?;
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
        Some(Read {
            seq: *seq,
            known: *known,
            subject: SubjectId::new(subject)?,
            reader: ActorId::new(reader)?,
            organisation: OwnerId::new(organisation)?,
            function: text(function)?,
            shown: text(shown)?,
            purpose: text(purpose)?,
        })
    };
    parts().ok_or_else(|| Fault::in_row(READS, "reads", seq.0, "de regel kan niet worden geopend"))
}

/// A text as one line of at most `most` characters and the mark that the rest was cut.
fn one_line(text: &str, most: usize) -> String {
    let mut line: String = text.chars().take(most).map(|c| if breaks_a_line(c) { NEUTRAL } else { c }).collect();
    if text.chars().nth(most).is_some() {
        line.push_str(CUT);
    }
    line
}

/// Control characters, the separators of lines and paragraphs, and what turns the direction of writing.
fn breaks_a_line(c: char) -> bool {
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{NEUTRAL, one_line};

    #[test]
    fn one_event_is_one_line() {
        for (text, line) in [
            ("gesprek met ouders", "gesprek met ouders".to_owned()),
            ("a\r\n2026 b", format!("a{NEUTRAL}{NEUTRAL}2026 b")),
            ("\u{1b}[2J", format!("{NEUTRAL}[2J")),
            ("a\u{2028}b\u{202e}c\u{85}d\0", format!("a{NEUTRAL}b{NEUTRAL}c{NEUTRAL}d{NEUTRAL}")),
            ("{\"reden\": \"é\"}", "{\"reden\": \"é\"}".to_owned()),
            (&"é".repeat(20), "é".repeat(20)),
            (&"é".repeat(1 << 20), format!("{} […]", "é".repeat(20))),
        ] {
            assert_eq!(one_line(text, 20), line);
        }
    }
}
