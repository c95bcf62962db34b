//! The one binary of Leerrecht: use cases and the command line.

mod opdrachten;

use std::process::ExitCode;

fn main() -> ExitCode {
    opdrachten::run(lexopt::Parser::from_env())
}
