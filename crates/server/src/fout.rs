//! What can go wrong in a command, twice: what the user is told, with the next step, and what the operator may read.

use std::fmt;
use std::process::ExitCode;

/// Why a command did not do what was asked.
#[derive(Debug, Clone)]
pub enum Fout {
    /// Wrong use: the words of the command do not fit. Dutch, with what is allowed.
    Gebruik(String),
    /// It cannot run now: a file, a folder, the register. Dutch, with the next step.
    KanNiet(String),
}

impl Fout {
    /// Wrong use.
    pub fn gebruik(wat: impl Into<String>) -> Self {
        Fout::Gebruik(wat.into())
    }

    /// Cannot run.
    pub fn kan_niet(wat: impl Into<String>) -> Self {
        Fout::KanNiet(wat.into())
    }

    /// A file or folder that cannot be read or written ("gelezen", "geschreven").
    pub fn bestand(pad: &std::path::Path, wat: &str, fout: &std::io::Error) -> Self {
        use std::io::ErrorKind as E;
        let waarom = match fout.kind() {
            E::NotFound => "het bestaat niet. Controleer de naam.",
            E::PermissionDenied => "u hebt er geen rechten op. Vraag uw beheerder.",
            E::AlreadyExists => "het bestaat al. Kies een andere naam.",
            E::IsADirectory => "het is een map. Noem een bestand.",
            E::StorageFull => "de schijf is vol. Maak ruimte en probeer het opnieuw.",
            _ => "het systeem weigerde. Probeer het opnieuw of vraag uw beheerder.",
        };
        Fout::KanNiet(format!("{} kan niet worden {wat}: {waarom}", pad.display()))
    }
}

impl fmt::Display for Fout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fout::Gebruik(wat) | Fout::KanNiet(wat) => f.write_str(wat),
        }
    }
}

impl From<store::StoreError> for Fout {
    fn from(fout: store::StoreError) -> Self {
        Fout::KanNiet(fout.to_string())
    }
}

impl From<lexopt::Error> for Fout {
    fn from(fout: lexopt::Error) -> Self {
        use lexopt::Error as E;
        let noem = |option: &Option<String>| option.clone().unwrap_or_else(|| "deze optie".to_owned());
        Fout::Gebruik(match fout {
            E::MissingValue { option } => format!("Na {} ontbreekt een waarde.", noem(&option)),
            E::UnexpectedOption(option) => format!("De optie {option} hoort niet bij deze opdracht."),
            E::UnexpectedArgument(woord) => {
                format!("Het woord ‘{}’ hoort niet bij deze opdracht.", woord.to_string_lossy())
            }
            E::UnexpectedValue { option, .. } => format!("Bij {option} hoort geen waarde."),
            E::ParsingFailed { value, .. } => format!("De waarde ‘{value}’ is hier niet mogelijk."),
            E::NonUnicodeValue(_) => "Een van de woorden is geen leesbare tekst.".to_owned(),
            E::Custom(fout) => fout.to_string(),
        })
    }
}

/// How a command ended, as its exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Afloop {
    /// Everything was done.
    Goed,
    /// Done, with findings: rows refused, a broken chain.
    Bevindingen,
}

impl From<Afloop> for ExitCode {
    fn from(afloop: Afloop) -> ExitCode {
        match afloop {
            Afloop::Goed => ExitCode::SUCCESS,
            Afloop::Bevindingen => ExitCode::from(1),
        }
    }
}

/// What a command gives.
pub type Uitkomst = Result<Afloop, Fout>;
