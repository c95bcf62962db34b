//! Why bytes could not be read as a fact.

use std::borrow::Cow;
use std::fmt;

use domain::fact::FactId;

use super::VERSIE;

/// A fact in the log that cannot be read. For the operator: it names the fact and the place, never the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeesFout {
    pub(super) feit: FactId,
    pub(super) fout: Fout,
}

impl LeesFout {
    /// The fact that cannot be read.
    pub fn feit(&self) -> FactId {
        self.feit
    }
}

impl fmt::Display for LeesFout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Feit {} is niet te lezen: {}", self.feit, self.fout)
    }
}

impl std::error::Error for LeesFout {}

/// What is wrong, and in which field: innermost field first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fout {
    plek: Vec<&'static str>,
    reden: Reden,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Reden {
    GeenJson { teken: usize },
    OnbekendeSoort { soort: String, versie: u64 },
    Ontbreekt,
    TeVeel { naam: String },
    MoetZijn(Cow<'static, str>),
}

impl Fout {
    pub(super) fn geen_json(teken: usize) -> Self {
        Reden::GeenJson { teken }.into()
    }

    pub(super) fn onbekend(soort: &str, versie: u64) -> Self {
        Reden::OnbekendeSoort { soort: woord(soort), versie }.into()
    }

    pub(super) fn ontbreekt() -> Self {
        Reden::Ontbreekt.into()
    }

    pub(super) fn te_veel(naam: &str) -> Self {
        Reden::TeVeel { naam: woord(naam) }.into()
    }

    /// The value is not what belongs there; `wat` completes "moet … zijn".
    pub(super) fn moet_zijn(wat: impl Into<Cow<'static, str>>) -> Self {
        Reden::MoetZijn(wat.into()).into()
    }

    /// The same, one field further out.
    pub(super) fn in_veld(mut self, naam: &'static str) -> Self {
        self.plek.push(naam);
        self
    }
}

impl From<Reden> for Fout {
    fn from(reden: Reden) -> Self {
        Fout { plek: Vec::new(), reden }
    }
}

impl fmt::Display for Fout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.plek.is_empty() {
            let plek: Vec<&str> = self.plek.iter().rev().copied().collect();
            write!(f, "veld {}: ", plek.join("."))?;
        }
        match &self.reden {
            Reden::GeenJson { teken } => write!(f, "dit is geen geldige JSON (bij teken {teken}).")?,
            Reden::OnbekendeSoort { soort, versie } => {
                return write!(
                    f,
                    "soort {soort}, versie {versie} is onbekend. Dit programma leest versie {VERSIE}. Gebruik een nieuwere versie van Leerrecht."
                );
            }
            Reden::Ontbreekt => f.write_str("dit veld is verplicht en ontbreekt.")?,
            Reden::TeVeel { naam } => write!(f, "het veld {naam} hoort hier niet.")?,
            Reden::MoetZijn(wat) => write!(f, "de waarde moet {wat} zijn.")?,
        }
        f.write_str(" Controleer het register met leerrecht verify.")
    }
}

/// A word of the format as it stood there; anything else, which may be words about a person, as `…`.
fn woord(tekst: &str) -> String {
    const LANGSTE: usize = 40;
    let is_woord = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if !tekst.is_empty() && tekst.len() <= LANGSTE && tekst.bytes().all(is_woord) {
        tekst.to_owned()
    } else {
        "…".to_owned()
    }
}
