//! The one binary of Leerrecht: use cases and the command line.

mod fout;
mod gebruik;
mod klok;
mod logboek;
mod opdrachten;
#[expect(dead_code, reason = "the pages that sign people in stand on it")]
mod toegang;
mod uitvoer;
mod weergave;

use std::process::ExitCode;

fn main() -> ExitCode {
    opdrachten::run(std::env::args_os().skip(1))
}
