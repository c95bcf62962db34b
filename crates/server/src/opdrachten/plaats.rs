//! Where the register is: the words that may stand before or after any verb.

use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use store::InstallationKey;

use crate::fout::Fout;
use crate::logboek::Logboek;
use crate::toegang::Toegang;

/// Folder of the register when none is named.
const STANDAARD: &str = "leerrecht-data";
/// Names the file with the installation key when `--sleutel` does not.
const OMGEVING: &str = "LEERRECHT_SLEUTEL";

/// Which register, and how to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plaats {
    /// Folder with the log and its keys.
    pub data: PathBuf,
    /// File with the installation key, outside the folder.
    pub sleutel: PathBuf,
    /// Answer as JSON, for machines.
    pub json: bool,
}

impl Plaats {
    /// Takes the words that say which register out of all words; the rest is the verb and what belongs to it.
    ///
    /// # Errors
    /// When a value is missing, or the key would lie inside the data folder.
    pub fn neem(words: impl IntoIterator<Item = OsString>) -> Result<(Self, Vec<OsString>), Fout> {
        let (mut data, mut sleutel, mut json, mut rest) = (None, None, false, Vec::new());
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            let mut value = |vlag: &str| {
                words
                    .next()
                    .map(PathBuf::from)
                    .ok_or_else(|| Fout::gebruik(format!("Achter {vlag} ontbreekt een waarde.")))
            };
            match word.to_str() {
                Some("--data") => data = Some(value("--data")?),
                Some("--sleutel") => sleutel = Some(value("--sleutel")?),
                Some("--json") => json = true,
                Some("--database") => {
                    return Err(Fout::gebruik(
                        "Een database elders wordt nog niet ondersteund. Gebruik --data MAP voor een register op deze computer.",
                    ));
                }
                _ => rest.push(word),
            }
        }
        let data = data.unwrap_or_else(|| PathBuf::from(STANDAARD));
        let sleutel = sleutel.or_else(|| std::env::var_os(OMGEVING).map(PathBuf::from));
        let sleutel = sleutel.unwrap_or_else(|| beside(&data));
        if sleutel.starts_with(&data) {
            return Err(Fout::gebruik(
                "De sleutel mag niet in de map met gegevens staan: wie de map steelt, heeft dan ook de sleutel. Kies met --sleutel een bestand elders.",
            ));
        }
        Ok((Plaats { data, sleutel, json }, rest))
    }

    /// Opens the register.
    ///
    /// # Errors
    /// When there is none, or key and register do not fit.
    pub async fn open(&self) -> Result<Logboek, Fout> {
        if !self.data.exists() {
            return Err(Fout::kan_niet(format!(
                "Er is nog geen register in {}. Maak er een met `leerrecht init --region BESTAND` of bekijk de proefregio met `leerrecht demo`.",
                self.data.display()
            )));
        }
        Logboek::open(&self.data, self.lees_sleutel()?).await
    }

    /// The installation key.
    ///
    /// # Errors
    /// When the file is not there or is no key.
    pub fn lees_sleutel(&self) -> Result<InstallationKey, Fout> {
        Ok(InstallationKey::read(&self.sleutel)?)
    }

    /// Opens the accounts of a register.
    ///
    /// # Errors
    /// When they belong to another register, or cannot be read.
    pub async fn toegang(&self, logboek: &Logboek) -> Result<Toegang, Fout> {
        Toegang::open(&self.data, logboek.store().region(), InstallationKey::read(&self.sleutel)?).await
    }

    /// Keeps other imports out for as long as the answer lives, also those of other processes: two at once would each
    /// take the same pupil for a new one. The system lets go when the process ends, however it ends.
    ///
    /// # Errors
    /// When another import is at work.
    pub fn alleen(&self) -> Result<Option<File>, Fout> {
        let Ok(map) = File::open(&self.data) else { return Ok(None) };
        match map.try_lock() {
            Err(TryLockError::WouldBlock) => Err(Fout::kan_niet(
                "Er wordt al een bestand ingelezen in dit register. Wacht tot dat klaar is en probeer het opnieuw.",
            )),
            // A file system that knows no locks: one place, one administrator; nothing worse than before.
            _ => Ok(Some(map)),
        }
    }

    /// Makes a new register; an installation key that is there already is used.
    ///
    /// # Errors
    /// When there is a register already, or nothing can be written there.
    pub async fn create(&self, regio: &str) -> Result<Logboek, Fout> {
        let key = if self.sleutel.exists() {
            InstallationKey::read(&self.sleutel)?
        } else {
            InstallationKey::create(&self.sleutel)?
        };
        Logboek::create(&self.data, regio, key).await
    }
}

/// `leerrecht-data` → `leerrecht-data.sleutel`, in the folder that holds the data folder.
fn beside(data: &Path) -> PathBuf {
    let mut name = data.file_name().unwrap_or_default().to_os_string();
    name.push(".sleutel");
    data.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn neem(words: &[&str]) -> Result<(Plaats, Vec<OsString>), Fout> {
        Plaats::neem(words.iter().map(OsString::from))
    }

    #[test]
    fn the_register_may_be_named_before_or_after_the_verb() {
        let before = neem(&["--data", "a", "--sleutel", "k", "stand", "L-1"]).unwrap();
        let after = neem(&["stand", "--sleutel", "k", "L-1", "--data", "a"]).unwrap();
        assert_eq!(before, after);
        assert_eq!(before.1, ["stand", "L-1"]);
    }

    #[test]
    fn the_key_lies_beside_the_data_never_inside() {
        let (plaats, _) = neem(&["--data", "map/gegevens", "stand"]).unwrap();
        if std::env::var_os(OMGEVING).is_none() {
            assert_eq!(plaats.sleutel, PathBuf::from("map/gegevens.sleutel"));
        }
        assert!(neem(&["--data", "map", "--sleutel", "map/sleutel"]).is_err());
        assert!(neem(&["--data"]).is_err());
    }
}
