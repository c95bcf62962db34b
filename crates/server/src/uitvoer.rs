//! Results on stdout. A reader that goes away (`| head`) ends the writing, not the work.

use std::fmt::Arguments;
use std::io::Write;

/// Writes a line; whoever stopped reading misses it.
pub fn regel(tekst: Arguments<'_>) {
    let mut stdout = std::io::stdout().lock();
    let _ = stdout.write_fmt(tekst).and_then(|()| stdout.write_all(b"\n"));
}

/// A line on stdout, written as `println!` writes it.
macro_rules! zeg {
    ($($words:tt)*) => {
        $crate::uitvoer::regel(format_args!($($words)*))
    };
}
pub(crate) use zeg;
