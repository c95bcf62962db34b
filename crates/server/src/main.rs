//! The one binary of Leerrecht: use cases and the command line.

mod dienst;
mod fout;
mod gebruik;
mod hex;
mod klok;
mod logboek;
mod opdrachten;
mod toegang;
mod uitvoer;
mod web;
mod weergave;

use std::process::ExitCode;

/// Serving pages makes and drops many small pieces of memory on every core.
#[global_allocator]
static GEHEUGEN: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    opdrachten::run(std::env::args_os().skip(1))
}
