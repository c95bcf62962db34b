//! The walk over everything that finds and places what is not as it was written.
//!
//! What protects what: entries lie under the chain and their seals; keys under the installation key; the head, each
//! delivery and each destroyed key carry a stamp; first answers are sealed; the blobs of a delivery lie under its digest;
//! the read log has a chain and a head of its own; each record of who may come in has its seal, and nothing that shows that
//! one was taken away: without it somebody cannot sign in.
//! A write-ahead log cut short by a fault of the disk reads as an older, whole log: only a chain value kept elsewhere
//! (see [`Head`](crate::Head)) shows that.

#[macro_use]
mod part;
mod records;
mod trail;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use sqlx::{Connection as _, SqliteConnection};

use crate::append::attempt_bound;
use crate::blobs::{delivery_digest, delivery_stamp, open_blob};
use crate::crypto::{Digest, digest};
use crate::entry::{Head, entry_bound};
use crate::error::StoreError;
use crate::ids::{DeliveryId, Seq, hex};
use crate::keys::InstallationKey;
use crate::leeslog;
use crate::ring::{Keyring, Opener};
use crate::sqlite::log::{AttemptRow, EntryRow};
use crate::sqlite::{self, ACCESS, KEYS, LOG, Mode, READS};
use crate::store::{ABSENT, clear, head_row, read_head};
use trail::Trail;

/// Most faults listed in one report; the rest is counted.
pub const MAX_FAULTS: usize = 1_000;
/// Rows read per query.
const CHUNK: usize = 1_000;
/// A row that does not follow from the one before it.
const BROKEN: &str = "de keten klopt niet";

/// Something that is not as it was written, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file in the data folder.
    pub file: &'static str,
    /// The table in it, when known.
    pub table: Option<&'static str>,
    /// The row: its number or its name, when known.
    pub row: Option<String>,
    /// What is wrong, in Dutch.
    pub what: String,
}

impl Fault {
    pub(crate) fn in_file(file: &'static str, what: impl Into<String>) -> Self {
        Self { file, table: None, row: None, what: what.into() }
    }

    pub(crate) fn in_table(file: &'static str, table: &'static str, what: impl Into<String>) -> Self {
        Self { file, table: Some(table), row: None, what: what.into() }
    }

    pub(crate) fn in_row(file: &'static str, table: &'static str, row: impl ToString, what: impl Into<String>) -> Self {
        Self { file, table: Some(table), row: Some(row.to_string()), what: what.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(table) = self.table {
            write!(f, ", tabel {table}")?;
        }
        if let Some(row) = &self.row {
            write!(f, ", regel {row}")?;
        }
        write!(f, ": {}", self.what)
    }
}

/// What `verify` walked and what it found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Where the log ends, when the head could be read.
    pub head: Option<Head>,
    /// Entries walked.
    pub entries: u64,
    /// Of these, entries whose key was destroyed.
    pub entries_vernietigd: u64,
    /// Keys that open.
    pub keys: u64,
    /// Keys that were destroyed.
    pub keys_vernietigd: u64,
    /// Deliveries that count.
    pub deliveries: u64,
    /// Deliveries that do not count (yet).
    pub deliveries_pending: u64,
    /// Blobs walked.
    pub blobs: u64,
    /// Remembered first answers.
    pub attempts: u64,
    /// Lines of the read log.
    pub reads: u64,
    /// Records of who may come in; none when that file is not there, or could not be walked.
    pub records: Option<u64>,
    /// The first [`MAX_FAULTS`] faults.
    pub faults: Vec<Fault>,
    /// Faults beyond those listed.
    pub more_faults: u64,
}

impl Report {
    /// Whether everything is as it was written.
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }

    fn add(&mut self, fault: Fault) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(fault);
        } else {
            self.more_faults += 1;
        }
    }
}

/// Walks a place, also while others use it: one moment of the log, and the keys just after it.
///
/// # Errors
/// Only when it could not walk at all: no such place, another key, a newer schema, a busy database. Damage is in the
/// report.
pub async fn verify(folder: &Path, key: &InstallationKey) -> Result<Report, StoreError> {
    for file in [LOG, KEYS] {
        if !folder.join(file).is_file() {
            return Err(StoreError::Missing(folder.into()));
        }
    }
    let mut walk = Walk { key, region: String::new(), ring: Keyring::default(), report: Report::default() };
    match walk.all(folder).await {
        Ok(()) => {}
        Err(StoreError::WrongKey) => return Err(StoreError::WrongKey),
        Err(error) => walk.found(error, LOG, None)?,
    }
    Ok(walk.report)
}

struct Walk<'a> {
    key: &'a InstallationKey,
    region: String,
    ring: Keyring,
    report: Report,
}

impl Walk<'_> {
    /// Puts damage in the report; passes on what says nothing about the data.
    fn found(&mut self, e: StoreError, file: &'static str, table: Option<&'static str>) -> Result<(), StoreError> {
        let fault = match e {
            StoreError::Damaged(fault) => fault,
            StoreError::Sql { file, source } => {
                Fault { table, ..Fault::in_file(file, format!("verder lezen lukt niet: {source}")) }
            }
            StoreError::WrongKey => Fault { table, ..Fault::in_file(file, e.to_string()) },
            other => return Err(other),
        };
        self.report.add(fault);
        Ok(())
    }

    async fn all(&mut self, folder: &Path) -> Result<(), StoreError> {
        for file in [LOG, KEYS] {
            if let Err(error) = sqlite::try_writing(folder, file).await {
                self.found(error, file, None)?;
            }
        }
        sqlite::once(folder, LOG, Mode::Read, async |log| self.log_and_keys(log, folder).await).await?;
        part!(self, READS, "reads", self.reads(folder).await);
        if let Err(error) = self.access(folder).await {
            self.found(error, ACCESS, None)?;
        }
        Ok(())
    }

    async fn log_and_keys(&mut self, log: &mut SqliteConnection, folder: &Path) -> Result<(), StoreError> {
        let mut log = log.begin().await.map_err(StoreError::sql(LOG))?;
        let log = &mut *log;
        // Reading the head fixes the moment of the log; keys read later hold everything it needs.
        let head = sqlite::log::head(log, LOG).await.and_then(|row| self.head(row));
        let unknown = head.is_err();
        match sqlite::once(folder, KEYS, Mode::Read, async |keys| self.all_keys(keys, unknown).await).await {
            Ok(()) => {}
            Err(StoreError::WrongKey) => return Err(StoreError::WrongKey),
            Err(error) => self.found(error, KEYS, None)?,
        }
        part!(self, LOG, "head", head);
        part!(self, LOG, "entries", self.entries(log).await);
        part!(self, LOG, "blobs", self.deliveries(log).await);
        part!(self, LOG, "attempts", self.attempts(log).await);
        if let Err(error) = self.engine_check(log, LOG).await {
            self.found(error, LOG, None)?;
        }
        Ok(())
    }

    /// `unknown`: whether the head of the log did not have the stamp of this key either.
    async fn all_keys(&mut self, keys: &mut SqliteConnection, unknown: bool) -> Result<(), StoreError> {
        let place = self.place(keys).await;
        if unknown && matches!(place, Err(StoreError::WrongKey)) {
            // One fault does not hit the stamps of both files: nothing here was made with this key.
            return Err(StoreError::WrongKey);
        }
        part!(self, KEYS, "place", place);
        part!(self, KEYS, "keys", self.keys(keys).await);
        part!(self, KEYS, "destroyed", self.destroyed(keys).await);
        part!(self, KEYS, "keys", self.engine_check(keys, KEYS).await);
        Ok(())
    }

    /// The engine's own check of pages, order, types and indexes.
    async fn engine_check(&mut self, db: &mut SqliteConnection, file: &'static str) -> Result<(), StoreError> {
        for line in sqlite::integrity_check(db, file).await? {
            self.report.add(Fault::in_file(file, format!("de database meldt: {line}")));
        }
        Ok(())
    }

    async fn place(&mut self, db: &mut SqliteConnection) -> Result<(), StoreError> {
        let (region, stamp) = sqlite::keys::place(db).await?;
        let right = self.key.stamp_place(&region)?;
        if stamp != right {
            return Err(StoreError::WrongKey);
        }
        self.region = region;
        Ok(())
    }

    async fn keys(&mut self, db: &mut SqliteConnection) -> Result<(), StoreError> {
        let mut last = 0;
        loop {
            let rows = sqlite::keys::keys_after(db, last, CHUNK).await?;
            if rows.is_empty() {
                return Ok(());
            }
            for (nr, row) in rows {
                last = ascending(&last, nr, KEYS, "keys")?;
                match row.map(|row| (self.key.unwrap_key(&row), row)) {
                    Err(fault) => self.report.add(fault),
                    Ok((None, _)) => {
                        self.report.add(Fault::in_row(KEYS, "keys", nr, "de sleutel kan niet worden geopend"));
                    }
                    Ok((Some(key), row)) => {
                        self.report.keys += 1;
                        if self.ring.id(&row.scope).is_some() {
                            let what = "er is al een sleutel voor hetzelfde";
                            self.report.add(Fault::in_row(KEYS, "keys", nr, what));
                        }
                        self.ring.add(nr, row.id, row.scope, key.bytes());
                    }
                }
            }
        }
    }

    async fn destroyed(&mut self, db: &mut SqliteConnection) -> Result<(), StoreError> {
        let mut last = 0;
        loop {
            let rows = sqlite::keys::destroyed_after(db, last, CHUNK).await?;
            if rows.is_empty() {
                return Ok(());
            }
            for (nr, row) in rows {
                last = ascending(&last, nr, KEYS, "destroyed")?;
                match row {
                    Ok(row) if row.stamp == self.key.stamp_destroyed(row.key)? => {
                        self.report.keys_vernietigd += 1;
                        self.ring.drop_key(row.key);
                    }
                    Ok(_) => self.report.add(Fault::in_row(KEYS, "destroyed", nr, "de controlewaarde klopt niet")),
                    Err(fault) => self.report.add(fault),
                }
            }
        }
    }

    fn head(&mut self, row: sqlite::log::HeadRow) -> Result<(), StoreError> {
        let chain = Digest::try_from(row.chain.as_slice()).unwrap_or_default();
        let head = Head { seq: Seq(row.seq), known: row.known, chain };
        if head_row(self.key, LOG, &row.region, &head)? == row {
            self.report.head = Some(head);
            self.region = row.region;
            Ok(())
        } else {
            Err(StoreError::Damaged(Fault::in_table(LOG, "head", "de controlewaarde klopt niet")))
        }
    }

    async fn entries(&mut self, db: &mut SqliteConnection) -> Result<(), StoreError> {
        let mut trail = Trail::new(LOG, "entries");
        loop {
            let rows = sqlite::log::entries(db, trail.next(), sqlite::rows(CHUNK)).await?;
            if rows.is_empty() {
                let head = self.report.head.clone();
                trail.end(head.as_ref(), &mut self.report);
                return Ok(());
            }
            for (seq, row) in rows {
                trail.at(seq, &mut self.report)?;
                self.report.entries += 1;
                match row {
                    Ok(row) => self.entry(&row, &mut trail),
                    Err(fault) => self.report.add(fault),
                }
            }
        }
    }

    fn entry(&mut self, row: &EntryRow, trail: &mut Trail) {
        let fault = |what| Fault::in_row(LOG, "entries", row.seq.0, what);
        let fits = trail.link(row.chain, |before| clear(row, &self.region).chain(before));
        if digest(&row.sealed) != row.digest {
            self.report.add(fault("de inhoud past niet bij zijn controlegetal"));
        } else if !fits {
            self.report.add(fault(BROKEN));
        } else {
            let bound = entry_bound(&self.region, row.subject, row.fact, row.key);
            match Opener::new(&self.ring).open(row.key, &bound, &row.sealed) {
                Ok(Some(_)) => {}
                Ok(None) => self.report.entries_vernietigd += 1,
                Err(what) => self.report.add(fault(what)),
            }
        }
    }

    /// The read log: a place without one, or with one of another region, is not whole.
    async fn reads(&mut self, folder: &Path) -> Result<(), StoreError> {
        if !folder.join(READS).is_file() {
            return Err(StoreError::Damaged(Fault::in_file(READS, ABSENT)));
        }
        sqlite::try_writing(folder, READS).await?;
        sqlite::once(folder, READS, Mode::Read, async |db| self.all_lines(db).await).await
    }

    async fn all_lines(&mut self, db: &mut SqliteConnection) -> Result<(), StoreError> {
        let mut db = db.begin().await.map_err(StoreError::sql(READS))?;
        let head = match read_head(&mut db, READS, self.key, &self.region).await {
            Ok(head) => Some(head),
            Err(error) => {
                self.found(error, READS, Some("head"))?;
                None
            }
        };
        part!(self, READS, "reads", self.lines(&mut db, head.as_ref()).await);
        self.engine_check(&mut db, READS).await
    }

    async fn lines(&mut self, db: &mut SqliteConnection, head: Option<&Head>) -> Result<(), StoreError> {
        let mut trail = Trail::new(READS, "reads");
        loop {
            let rows = sqlite::leeslog::reads(db, trail.next(), CHUNK).await?;
            if rows.is_empty() {
                trail.end(head, &mut self.report);
                return Ok(());
            }
            for (seq, row) in rows {
                trail.at(seq, &mut self.report)?;
                self.report.reads += 1;
                match row {
                    Err(fault) => self.report.add(fault),
                    Ok(row) if !trail.link(row.chain, |before| leeslog::chain(&row, &self.region, before)) => {
                        self.report.add(Fault::in_row(READS, "reads", seq, BROKEN));
                    }
                    Ok(row) => {
                        if let Err(fault) = leeslog::open_read(self.key, &self.region, &row) {
                            self.report.add(fault);
                        }
                    }
                }
            }
        }
    }

    async fn deliveries(&mut self, db: &mut SqliteConnection) -> Result<(), StoreError> {
        let mut open = BTreeMap::new();
        let mut last = Vec::new();
        loop {
            let rows = sqlite::blobs::deliveries_after(db, &last, CHUNK).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                last = ascending(&last, row.delivery.clone(), LOG, "deliveries")?;
                let fault = |what| Fault::in_row(LOG, "deliveries", hex(&row.delivery), what);
                if delivery_stamp(self.key, &row)? != row.stamp {
                    self.report.add(fault("de controlewaarde klopt niet"));
                }
                match (row.seq, &self.report.head) {
                    (None, _) => self.report.deliveries_pending += 1,
                    (Some(seq), Some(head)) if seq < 1 || seq > head.seq.0.saturating_add(1) => {
                        self.report.add(fault("de regel in het register ontbreekt"));
                    }
                    (Some(_), _) => self.report.deliveries += 1,
                }
                let promised = row.seq.map(|_| (row.blobs, row.digest));
                open.insert(row.delivery, Delivered { promised, blobs: 0, digest: [0; 32] });
            }
        }
        self.blobs(db, &mut open).await?;
        for (delivery, found) in open {
            if found.promised.is_some_and(|promised| promised != (found.blobs, found.digest.to_vec())) {
                let what = "de leerlingen van deze aanlevering zijn niet volledig";
                self.report.add(Fault::in_row(LOG, "deliveries", hex(&delivery), what));
            }
        }
        Ok(())
    }

    async fn blobs(
        &mut self,
        db: &mut SqliteConnection,
        open: &mut BTreeMap<Vec<u8>, Delivered>,
    ) -> Result<(), StoreError> {
        let mut last = (Vec::new(), Vec::new());
        loop {
            let rows = sqlite::blobs::blobs_after(db, &last, CHUNK).await?;
            if rows.is_empty() {
                return Ok(());
            }
            for (place, row) in rows {
                last = ascending(&last, place, LOG, "blobs")?;
                self.report.blobs += 1;
                let delivery: Option<DeliveryId> = row.as_ref().ok().map(|row| row.delivery);
                match row.and_then(|row| open_blob(&self.region, &mut Opener::new(&self.ring), &row.borrowed())) {
                    Err(fault) => self.report.add(fault),
                    Ok(blob) => match delivery.and_then(|delivery| open.get_mut(delivery.as_bytes())) {
                        Some(found) => found.add(blob.subject, &blob.digest),
                        None => {
                            let fault = Fault::in_row(LOG, "blobs", hex(&last.0), "hoort bij geen aanlevering");
                            self.report.add(fault);
                        }
                    },
                }
            }
        }
    }

    async fn attempts(&mut self, db: &mut SqliteConnection) -> Result<(), StoreError> {
        let mut last = (Vec::new(), Vec::new());
        loop {
            let rows = sqlite::log::attempts_after(db, (&last.0, &last.1), CHUNK).await?;
            if rows.is_empty() {
                return Ok(());
            }
            for AttemptRow { actor, attempt, known, sealed } in rows {
                let bound = attempt_bound(&self.region, &actor, &attempt, known);
                if self.key.0.open(&bound, &sealed).is_none() {
                    let what = "de regel kan niet worden geopend";
                    self.report.add(Fault::in_row(LOG, "attempts", hex(&attempt), what));
                }
                self.report.attempts += 1;
                last = ascending(&last, (attempt, actor), LOG, "attempts")?;
            }
        }
    }
}

/// What a delivery's row promises (when it counts), and what was found of it.
struct Delivered {
    promised: Option<(i64, Vec<u8>)>,
    blobs: i64,
    digest: Digest,
}

impl Delivered {
    fn add(&mut self, subject: crate::ids::SubjectId, blob: &Digest) {
        self.blobs += 1;
        self.digest = delivery_digest(&self.digest, subject, blob);
    }
}

/// The next place of a walk. A damaged tree can send a walk back; it must not go round for ever.
fn ascending<T: Ord>(last: &T, next: T, file: &'static str, table: &'static str) -> Result<T, StoreError> {
    let fault = || Fault::in_table(file, table, "de regels staan niet op volgorde; verder lezen lukt niet");
    if next > *last { Ok(next) } else { Err(StoreError::Damaged(fault())) }
}
