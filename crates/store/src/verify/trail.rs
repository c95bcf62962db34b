//! Following a chain: places without gaps, and each row's chain value made from the one before.

use super::{Fault, Report, ascending};
use crate::crypto::Digest;
use crate::entry::Head;
use crate::error::StoreError;
use crate::ids::Seq;

/// How far a walk along one chain has come.
pub(super) struct Trail {
    file: &'static str,
    table: &'static str,
    expected: Seq,
    /// The chain values that this row may follow; none means that it cannot be checked.
    before: Vec<Digest>,
    /// Those that the next row may follow.
    after: Vec<Digest>,
}

impl Trail {
    pub(super) fn new(file: &'static str, table: &'static str) -> Self {
        Self { file, table, expected: Seq(1), before: Vec::new(), after: vec![[0; 32]] }
    }

    /// Where to read on.
    pub(super) fn next(&self) -> Seq {
        self.expected
    }

    /// Comes to the row at `seq`. Rows missing before it are a fault; unless [`Self::link`] is called for this one, the
    /// next cannot be checked.
    pub(super) fn at(&mut self, seq: i64, report: &mut Report) -> Result<(), StoreError> {
        ascending(&(self.expected.0 - 1), seq, self.file, self.table)?;
        self.before = std::mem::take(&mut self.after);
        if seq != self.expected.0 {
            self.missing(seq - 1, report);
            self.before.clear();
        }
        self.expected = Seq(seq).next();
        Ok(())
    }

    fn missing(&self, last: i64, report: &mut Report) {
        let rows = format!("{} t/m {last}", self.expected.0);
        report.add(Fault::in_row(self.file, self.table, rows, "de regels ontbreken"));
    }

    /// Whether the row's stored chain value follows from the row before it.
    pub(super) fn link(&mut self, stored: Digest, chain: impl Fn(&Digest) -> Digest) -> bool {
        let computed: Vec<Digest> = self.before.iter().map(chain).collect();
        let fits = computed.is_empty() || computed.contains(&stored);
        // When it is this row's chain value that was hit, the next row follows the computed one; when it is another
        // column, the stored one. Allowing both places one fault once.
        self.after = vec![stored];
        self.after.extend(computed.first().filter(|computed| **computed != stored));
        fits
    }

    /// After the last row: whether it is where the head says that the chain ends.
    pub(super) fn end(&self, head: Option<&Head>, report: &mut Report) {
        let Some(head) = head else { return };
        if head.seq >= self.expected {
            self.missing(head.seq.0, report);
        } else if head.seq.next() != self.expected || !(self.after.is_empty() || self.after.contains(&head.chain)) {
            let what = "de stand past niet bij de laatste regel";
            report.add(Fault::in_table(self.file, "head", what));
        }
    }
}
