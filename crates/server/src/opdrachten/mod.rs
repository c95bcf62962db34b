//! The commands: one file per verb. Results go to stdout, progress and mistakes to stderr.

mod check;
mod generate;
mod kaal;
pub mod plaats;
mod plicht;
mod signalen;
mod stopwatch;

use std::ffi::OsString;
use std::process::ExitCode;

use lexopt::{Arg, Parser, ValueExt};

use crate::fout::{Afloop, Fout, Uitkomst};
use plaats::Plaats;

const GEBRUIK: &str = "\
Gebruik: leerrecht [--data MAP] [--sleutel BESTAND] [--json] OPDRACHT …

Zonder register:
  plicht --geboren DATUM --op DATUM …   is een kind leerplichtig, en waarom
  signalen --indeling kaal --verzuim BESTAND --kalender BESTAND --scholen BESTAND --protocol BESTAND
           [--uit BESTAND] [--checksum] [--draden N]
  check protocol BESTAND [--verzuim BESTAND --kalender BESTAND --scholen BESTAND]
  generate verzuim --size S|M|L [--seed N] --uit MAP";

/// Runs the command that the words of the command line name.
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    match opdracht(words) {
        Ok(afloop) => afloop.into(),
        Err(fout) => {
            eprintln!("{fout}");
            ExitCode::from(2)
        }
    }
}

fn opdracht(words: impl IntoIterator<Item = OsString>) -> Uitkomst {
    let (_plaats, words) = Plaats::neem(words)?;
    let mut woorden = Parser::from_args(words);
    match volgend_woord(&mut woorden)?.as_deref() {
        Some("plicht") => plicht::run(&mut woorden),
        Some("signalen") => signalen::run(&mut woorden),
        Some("check") => match volgend_woord(&mut woorden)?.as_deref() {
            Some("protocol") => check::protocol(&mut woorden),
            _ => Err(Fout::gebruik("Na check hoort: protocol BESTAND.")),
        },
        Some("generate") => match volgend_woord(&mut woorden)?.as_deref() {
            Some("verzuim") => generate::verzuim(&mut woorden),
            _ => Err(Fout::gebruik("Na generate hoort: verzuim.")),
        },
        Some("help") => {
            println!("{GEBRUIK}");
            Ok(Afloop::Goed)
        }
        Some(woord) => Err(Fout::gebruik(format!("De opdracht {woord} bestaat niet.\n\n{GEBRUIK}"))),
        None => Err(Fout::gebruik(GEBRUIK)),
    }
}

/// The next word, which is no flag; `None` at the end.
fn volgend_woord(woorden: &mut Parser) -> Result<Option<String>, Fout> {
    match woorden.next()? {
        Some(Arg::Value(woord)) => Ok(Some(woord.string()?)),
        Some(Arg::Long("help") | Arg::Short('h')) => Ok(Some("help".to_owned())),
        Some(vlag) => Err(vlag.unexpected().into()),
        None => Ok(None),
    }
}

/// A whole number with points between the thousands, as screens and reports write it.
fn getal(getal: u64) -> String {
    let cijfers = getal.to_string();
    let mut tekst = String::with_capacity(cijfers.len() + cijfers.len() / 3);
    for (plek, cijfer) in cijfers.chars().enumerate() {
        if plek > 0 && (cijfers.len() - plek) % 3 == 0 {
            tekst.push('.');
        }
        tekst.push(cijfer);
    }
    tekst
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_have_points_between_the_thousands() {
        for (getal, tekst) in [(0, "0"), (999, "999"), (1000, "1.000"), (51_521_740, "51.521.740")] {
            assert_eq!(super::getal(getal), tekst);
        }
    }
}
