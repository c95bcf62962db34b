//! The commands: one file per verb. Results go to stdout, progress and mistakes to stderr.

mod check;
mod generate;
mod kaal;
mod signalen;
mod stopwatch;

use std::fmt;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use lexopt::{Arg, Parser, ValueExt};

/// How a command that could run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Afloop {
    /// Nothing to remark: exit status 0.
    Goed,
    /// There are findings: exit status 1.
    Bevindingen,
}

/// Why a command could not run: exit status 2. Displayed as a Dutch sentence with the next step.
#[derive(Debug)]
pub struct Weigering(String);

impl fmt::Display for Weigering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Weigering {
    fn new(melding: impl Into<String>) -> Self {
        Weigering(melding.into())
    }

    /// A file that cannot be read or written.
    fn bestand(pad: &Path, wat: &str, fout: &io::Error) -> Self {
        let oorzaak = match fout.kind() {
            io::ErrorKind::NotFound => "het bestaat niet",
            io::ErrorKind::PermissionDenied => "u mag er niet bij",
            io::ErrorKind::IsADirectory => "het is een map",
            io::ErrorKind::StorageFull => "de schijf is vol",
            _ => "het systeem meldt een fout",
        };
        Weigering(format!(
            "Bestand {} kan niet worden {wat}: {oorzaak}. Controleer het pad en de rechten.",
            pad.display()
        ))
    }
}

impl From<lexopt::Error> for Weigering {
    fn from(fout: lexopt::Error) -> Self {
        match fout {
            lexopt::Error::MissingValue { option } => {
                Weigering(format!("Achter {} ontbreekt een waarde.", option.unwrap_or_default()))
            }
            lexopt::Error::UnexpectedOption(vlag) => Weigering(format!("De vlag {vlag} hoort niet bij deze opdracht.")),
            lexopt::Error::UnexpectedArgument(woord) => {
                Weigering(format!("Het woord {} hoort niet bij deze opdracht.", woord.to_string_lossy()))
            }
            lexopt::Error::UnexpectedValue { option, .. } => Weigering(format!("De vlag {option} krijgt geen waarde.")),
            lexopt::Error::ParsingFailed { value, .. } => {
                Weigering(format!("De waarde {value} is hier niet toegestaan."))
            }
            lexopt::Error::NonUnicodeValue(_) => Weigering::new("Een van de woorden is geen leesbare tekst."),
            lexopt::Error::Custom(fout) => Weigering(fout.to_string()),
        }
    }
}

const GEBRUIK: &str = "\
Gebruik:
  leerrecht signalen --indeling kaal --verzuim BESTAND --kalender BESTAND --scholen BESTAND --protocol BESTAND
                     [--uit BESTAND] [--checksum] [--draden N]
  leerrecht check protocol BESTAND [--verzuim BESTAND --kalender BESTAND --scholen BESTAND]
  leerrecht generate verzuim --size S|M|L [--seed N] --uit MAP";

/// Runs the command that the words name.
pub fn run(mut woorden: Parser) -> ExitCode {
    match opdracht(&mut woorden) {
        Ok(Afloop::Goed) => ExitCode::SUCCESS,
        Ok(Afloop::Bevindingen) => ExitCode::from(1),
        Err(weigering) => {
            eprintln!("{weigering}");
            ExitCode::from(2)
        }
    }
}

fn opdracht(woorden: &mut Parser) -> Result<Afloop, Weigering> {
    match volgend_woord(woorden)?.as_deref() {
        Some("signalen") => signalen::run(woorden),
        Some("check") => match volgend_woord(woorden)?.as_deref() {
            Some("protocol") => check::protocol(woorden),
            _ => Err(Weigering(format!("Na check hoort: protocol.\n\n{GEBRUIK}"))),
        },
        Some("generate") => match volgend_woord(woorden)?.as_deref() {
            Some("verzuim") => generate::verzuim(woorden),
            _ => Err(Weigering(format!("Na generate hoort: verzuim.\n\n{GEBRUIK}"))),
        },
        Some(woord) => Err(Weigering(format!("De opdracht {woord} bestaat niet.\n\n{GEBRUIK}"))),
        None => Err(Weigering::new(GEBRUIK)),
    }
}

fn volgend_woord(woorden: &mut Parser) -> Result<Option<String>, Weigering> {
    match woorden.next()? {
        Some(Arg::Value(woord)) => Ok(Some(woord.string()?)),
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
