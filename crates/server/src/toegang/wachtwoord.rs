//! Passwords: long rather than odd (NIST SP 800-63B, OWASP ASVS 5.0 V6.2), kept as argon2id.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use super::geheim::gelijk;
use super::opslag::Bytes;
use crate::fout::Fout;
use crate::klok;

/// Shortest password, in characters.
pub const MIN_LENGTE: usize = 12;
/// Longest password, in characters.
pub const MAX_LENGTE: usize = 128;

/// Memory in KiB, rounds and lanes of a new hash (OWASP's second choice: 19 MiB, 2, 1).
const GEWICHT: (u32, u32, u32) = (19 * 1024, 2, 1);
/// Words that many people make their password of, a line each, in the letters that [`letters`] leaves.
const VEELGEBRUIKT: &str = include_str!("veelgebruikt.txt");
/// Letters that must be left of a password once the words that others would try are taken out.
const MIN_EIGEN: usize = 4;
/// Shortest word of an address or a name that may not carry a password.
const MIN_WOORD: usize = 4;
/// Fewest different characters.
const MIN_VERSCHILLEND: usize = 5;

/// Why a password is refused, with what is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zwak {
    /// Fewer than [`MIN_LENGTE`] characters.
    TeKort,
    /// More than [`MAX_LENGTE`] characters.
    TeLang,
    /// Made of the person's own name or address, or of the name of this program.
    Eigen,
    /// Made of words, rows or repeats that many people use.
    Veelgebruikt,
}

impl fmt::Display for Zwak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TeKort => write!(
                f,
                "Het wachtwoord is te kort. Gebruik ten minste {MIN_LENGTE} tekens; vier losse woorden achter elkaar is \
                 een goed wachtwoord."
            ),
            Self::TeLang => write!(f, "Het wachtwoord is te lang. Gebruik ten hoogste {MAX_LENGTE} tekens."),
            Self::Eigen => f.write_str(
                "In dit wachtwoord staat bijna alleen uw naam of e-mailadres. Kies iets dat een ander niet raadt.",
            ),
            Self::Veelgebruikt => f.write_str(
                "Dit wachtwoord gebruiken veel mensen. Kies iets dat een ander niet raadt, zoals vier losse woorden.",
            ),
        }
    }
}

/// Whether a password is good enough for somebody with these names and addresses.
///
/// # Errors
/// What is wrong.
pub(super) fn keur(wachtwoord: &str, eigen: &[&str]) -> Result<(), Zwak> {
    let zelfde = vouw(wachtwoord);
    match zelfde.chars().count() {
        ..MIN_LENGTE => return Err(Zwak::TeKort),
        MIN_LENGTE..=MAX_LENGTE => {}
        _ => return Err(Zwak::TeLang),
    }
    let own: Vec<String> = eigen.iter().flat_map(|naam| woorden(naam)).collect();
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    if steunt_op(&zelfde, &own) {
        return Err(Zwak::Eigen);
    }
    let common: Vec<&str> = VEELGEBRUIKT.lines().filter(|word| !word.is_empty()).collect();
    let both: Vec<&str> = common.iter().chain(&own).copied().collect();
    if eentonig(&zelfde) || steunt_op(&zelfde, &both) {
        return Err(Zwak::Veelgebruikt);
    }
    Ok(())
}

/// The password as it is compared and hashed: composed and decomposed letters are the same letters.
fn vouw(wachtwoord: &str) -> Zeroizing<String> {
    // Nothing beyond the longest password is looked at; one character more tells that it is too long.
    Zeroizing::new(wachtwoord.chars().take(4 * MAX_LENGTE).nfkc().collect())
}

/// The words of a name or an address that are long enough to make a password of.
fn woorden(naam: &str) -> Vec<String> {
    let parts = naam.split(|c: char| !c.is_alphanumeric());
    parts.map(|part| letters(part, false)).filter(|part| part.chars().count() >= MIN_WOORD).collect()
}

/// Whether hardly a letter is left when these words are taken out; signs that stand for letters count as those letters.
fn steunt_op(wachtwoord: &str, words: &[&str]) -> bool {
    [false, true].into_iter().any(|signs| {
        let whole = letters(wachtwoord, signs);
        let rest = words.iter().fold(whole.clone(), |rest, word| rest.replace(word, " "));
        let left = rest.chars().filter(|c| *c != ' ').count();
        rest != whole && left < MIN_EIGEN
    })
}

/// The letters in lower case; with `signs`, also what is written in place of a letter, between the first and the last.
fn letters(text: &str, signs: bool) -> String {
    let letter = |c: char| match c {
        '0' if signs => Some('o'),
        '1' | '!' if signs => Some('i'),
        '3' if signs => Some('e'),
        '4' | '@' if signs => Some('a'),
        '5' | '$' if signs => Some('s'),
        '7' if signs => Some('t'),
        c => c.is_alphabetic().then_some(c),
    };
    let text = if signs { text.trim_matches(|c: char| !c.is_alphabetic() && c != '@' && c != '$') } else { text };
    text.nfkd().flat_map(char::to_lowercase).filter_map(letter).collect()
}

/// A row on the keyboard of numbers or in the alphabet, or the same few characters over and over.
fn eentonig(wachtwoord: &str) -> bool {
    let characters: Vec<char> = wachtwoord.chars().flat_map(char::to_lowercase).collect();
    let mut different = characters.clone();
    different.sort_unstable();
    different.dedup();
    let near =
        |pair: &&[char]| pair.first().zip(pair.last()).is_some_and(|(a, b)| (*a as u32).abs_diff(*b as u32) <= 1);
    let steps = characters.windows(2).filter(near).count();
    different.len() < MIN_VERSCHILLEND || steps * 3 >= characters.len() * 2
}

/// A password as kept. Whoever has it cannot compute the password, and cannot even try without the installation key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Hash {
    geheugen: u32,
    ronden: u32,
    banen: u32,
    zout: Bytes<16>,
    uitkomst: Bytes<32>,
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl Hash {
    /// The hash of a password, with a salt of its own. Takes tens of milliseconds and 19 MiB.
    pub(super) fn van(wachtwoord: &str) -> Result<Self, Fout> {
        let zout = klok::toevalsbytes()?;
        let (geheugen, ronden, banen) = GEWICHT;
        let leeg = Hash { geheugen, ronden, banen, zout: Bytes(zout), uitkomst: Bytes([0; 32]) };
        Ok(Hash { uitkomst: Bytes(leeg.reken(wachtwoord)?), ..leeg })
    }

    /// A hash that no password has, for whoever is not known here: working it out takes as long.
    pub(super) fn van_niemand() -> Self {
        let (geheugen, ronden, banen) = GEWICHT;
        Hash { geheugen, ronden, banen, zout: Bytes([0; 16]), uitkomst: Bytes([0; 32]) }
    }

    /// Whether this is the password. Takes as long as making the hash.
    pub(super) fn klopt(&self, wachtwoord: &str) -> Result<bool, Fout> {
        Ok(gelijk(&self.reken(wachtwoord)?, &self.uitkomst.0))
    }

    fn reken(&self, wachtwoord: &str) -> Result<[u8; 32], Fout> {
        let mut uitkomst = [0; 32];
        let zwaar =
            |_| Fout::kan_niet("Er is te weinig geheugen om een wachtwoord na te rekenen. Probeer het opnieuw.");
        let params = Params::new(self.geheugen, self.ronden, self.banen, Some(uitkomst.len())).map_err(zwaar)?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        argon2.hash_password_into(vouw(wachtwoord).as_bytes(), &self.zout.0, &mut uitkomst).map_err(zwaar)?;
        Ok(uitkomst)
    }
}

#[cfg(test)]
mod tests;
