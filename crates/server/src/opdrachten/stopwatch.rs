//! How long the steps of a command took, on stderr.

use std::time::Instant;

/// Measures from one report to the next.
pub(super) struct Stopwatch(Instant);

impl Stopwatch {
    pub(super) fn start() -> Self {
        Stopwatch(nu())
    }

    /// Says what was done and how long it took since the last report.
    pub(super) fn meld(&mut self, wat: &str) {
        let tijd = nu();
        let seconden = format!("{:.3}", tijd.duration_since(self.0).as_secs_f64()).replace('.', ",");
        eprintln!("{wat} ({seconden} s)");
        self.0 = tijd;
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the command line reports how long its steps took; no outcome depends on it"
)]
fn nu() -> Instant {
    Instant::now()
}
