//! The one binary of Leerrecht: use cases and the command line.

mod opdrachten {
    pub mod plicht;
}

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut words = std::env::args_os().skip(1);
    if words.next().is_none_or(|verb| verb != "plicht") {
        eprintln!("{}", opdrachten::plicht::GEBRUIK);
        return ExitCode::from(2);
    }
    match opdrachten::plicht::plicht(words) {
        Ok(json) => {
            println!("{json}");
            ExitCode::SUCCESS
        }
        Err(fout) => {
            eprintln!("{fout}");
            ExitCode::from(2)
        }
    }
}
