//! How far a command is: on stderr, a line that is written over on a terminal, a line per ten seconds otherwise.

use std::io::{IsTerminal, Write};

use super::getal;
use crate::klok::Stopwatch;

/// Seconds between two lines when stderr is no terminal.
const TUSSENPOOS: f64 = 10.0;
/// Seconds between two versions of the line on a terminal.
const VERVERS: f64 = 0.1;

/// Tells how far something is.
#[derive(Debug)]
pub struct Voortgang {
    wat: &'static str,
    klok: Stopwatch,
    vorige: f64,
    terminal: bool,
}

impl Voortgang {
    /// Starts telling.
    pub fn start(wat: &'static str) -> Self {
        Voortgang { wat, klok: Stopwatch::start(), vorige: 0.0, terminal: std::io::stderr().is_terminal() }
    }

    /// So many of so many are done.
    pub fn meld(&mut self, gedaan: u64, totaal: u64) {
        let nu = self.klok.seconden();
        if nu - self.vorige < if self.terminal { VERVERS } else { TUSSENPOOS } {
            return;
        }
        self.vorige = nu;
        let deel = gedaan.saturating_mul(100) / totaal.max(1);
        let (begin, eind) = if self.terminal { ("\r\x1b[K", "") } else { ("", "\n") };
        eprint!("{begin}{}: {} van {} ({deel} %){eind}", self.wat, getal(gedaan), getal(totaal));
        // A line that cannot be shown is no reason to stop the work it tells about.
        let _ = std::io::stderr().flush();
    }

    /// All is done: takes the line away.
    pub fn klaar(self) {
        if self.terminal {
            eprint!("\r\x1b[K");
        }
    }
}
