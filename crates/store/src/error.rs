//! What can go wrong, said twice: [`Display`](fmt::Display) tells the user in Dutch what to do next, `Debug` and
//! [`source`](std::error::Error::source) tell the operator what happened.

use std::{fmt, io, path::PathBuf};

use crate::verify::Fault;

/// Why the store did not do what was asked. Nothing half-done is left behind.
#[derive(Debug)]
pub enum StoreError {
    /// There is no data place in this folder.
    Missing(PathBuf),
    /// Something is in the way: a file that would be overwritten.
    Exists(PathBuf),
    /// The SQLite engine in this program is older than the one that repaired the WAL-reset bug.
    EngineTooOld(String),
    /// The file was written by a newer Leerrecht.
    NewerSchema {
        /// The file's name in the data place.
        file: &'static str,
        /// The version found in it.
        found: i64,
    },
    /// The file with the installation key cannot be used.
    BadKeyFile(PathBuf),
    /// The installation key does not open this data place.
    WrongKey,
    /// Stored bytes are not what was written.
    Damaged(Fault),
    /// Another process kept the database locked for longer than we wait.
    Busy,
    /// No space left on the disk.
    DiskFull,
    /// A reading handle was asked to write.
    ReadOnly,
    /// More than a named bound of this crate.
    TooMuch {
        /// What there is too much of, in Dutch.
        what: &'static str,
        /// The most that is allowed, in pieces or bytes.
        limit: usize,
    },
    /// Blobs of a delivery came twice or not in ascending order of subject.
    BlobsOutOfOrder,
    /// A delivery with this name was already begun, or it no longer waits to be revealed.
    DeliveryTaken,
    /// The operating system gave no randomness.
    NoRandomness(getrandom::Error),
    /// A file could not be read or written.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The database refused for another reason.
    Sql {
        /// The file's name in the data place.
        file: &'static str,
        /// What the engine said.
        source: sqlx::Error,
    },
}

impl StoreError {
    /// For `map_err`: an input or output error at `path`.
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Io { path, source },
        }
    }

    /// For `map_err`: what the engine said about `file`, in our terms.
    pub(crate) fn sql(file: &'static str) -> impl FnOnce(sqlx::Error) -> Self {
        move |source| {
            // The low byte is the primary result code (sqlite.org/rescode.html).
            let code = source.as_database_error().and_then(|e| e.code()).and_then(|code| code.parse::<i64>().ok());
            match (code.map(|code| code & 0xff), &source) {
                (Some(5 | 6), _) => Self::Busy,
                (Some(13), _) => Self::DiskFull,
                (Some(11 | 26), _) => Self::Damaged(Fault::in_file(file, format!("de database meldt: {source}"))),
                (_, sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_)) => {
                    Self::Damaged(Fault::in_file(file, format!("een veld is onleesbaar: {source}")))
                }
                _ => Self::Sql { file, source },
            }
        }
    }
}

impl StoreError {
    /// What the user is told where nothing needs to be filled in.
    fn fixed_text(&self) -> Option<&'static str> {
        Some(match self {
            Self::WrongKey => {
                "De installatiesleutel past niet bij dit register. Geef met `--sleutel` het bestand dat bij dit register is \
                 gemaakt."
            }
            Self::Busy => "Het register is bezet door een ander proces. Probeer het over een minuut opnieuw.",
            Self::DiskFull => {
                "De schijf is vol. Er is niets opgeslagen. Maak ruimte vrij en probeer het daarna opnieuw; herstarten hoeft \
                 niet."
            }
            Self::ReadOnly => "Het register is hier alleen geopend om te lezen. Er is niets opgeslagen.",
            Self::BlobsOutOfOrder => {
                "De leerlingen in deze aanlevering staan dubbel of niet op volgorde. Er is niets van de aanlevering \
                 opgeslagen. Lever opnieuw aan."
            }
            Self::DeliveryTaken => {
                "Deze aanlevering is al verwerkt of afgebroken. Begin opnieuw met een nieuwe aanlevering."
            }
            Self::NoRandomness(_) => {
                "Het besturingssysteem geeft geen willekeurige getallen. Er is niets opgeslagen. Neem contact op met de \
                 beheerder van de computer."
            }
            _ => return None,
        })
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(text) = self.fixed_text() {
            return f.write_str(text);
        }
        match self {
            Self::Missing(path) => write!(
                f,
                "In de map {} staat geen register. Controleer de map, of maak een nieuw register met `init`.",
                path.display()
            ),
            Self::Exists(path) => {
                write!(f, "{} bestaat al en wordt niet overschreven. Kies een andere, lege plaats.", path.display())
            }
            Self::EngineTooOld(found) => write!(
                f,
                "Dit programma bevat SQLite {found}. Nodig is 3.51.3 of nieuwer, omdat oudere versies gegevens kunnen \
                 verliezen. Installeer de uitgave van Leerrecht die u van ons krijgt."
            ),
            Self::NewerSchema { file, found } => write!(
                f,
                "Het bestand {file} is geschreven door een nieuwere Leerrecht (versie {found}). Installeer de nieuwste \
                 uitgave."
            ),
            Self::BadKeyFile(path) => write!(
                f,
                "Het sleutelbestand {} is niet bruikbaar. Er horen precies 64 tekens in te staan: cijfers en de letters a \
                 t/m f. Zet het bestand terug uit uw kluis.",
                path.display()
            ),
            Self::Damaged(fault) => {
                write!(f, "{fault}. Gebruik dit register niet verder en zet een reservekopie terug.")
            }
            Self::TooMuch { what, limit } => {
                write!(
                    f,
                    "Te veel in één keer: {what}. Toegestaan is ten hoogste {limit}. Deel het op in kleinere delen."
                )
            }
            Self::Io { path, source } => write!(
                f,
                "{} kon niet worden gelezen of geschreven ({source}). Controleer de schijf en de rechten op de map.",
                path.display()
            ),
            Self::Sql { file, source } => write!(
                f,
                "De database {file} gaf een fout ({source}). Er is niets opgeslagen. Probeer het opnieuw; blijft het zo, \
                 controleer dan het register met `verify`."
            ),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Sql { source, .. } => Some(source),
            Self::NoRandomness(source) => Some(source),
            _ => None,
        }
    }
}
