//! How long the steps of a command took, on stderr.

use crate::klok;

/// Measures from one report to the next.
pub(super) struct Stopwatch(klok::Stopwatch);

impl Stopwatch {
    pub(super) fn start() -> Self {
        Stopwatch(klok::Stopwatch::start())
    }

    /// Says what was done and how long it took since the last report.
    pub(super) fn meld(&mut self, wat: &str) {
        let seconden = format!("{:.3}", self.0.seconden()).replace('.', ",");
        eprintln!("{wat} ({seconden} s)");
        self.0 = klok::Stopwatch::start();
    }
}
