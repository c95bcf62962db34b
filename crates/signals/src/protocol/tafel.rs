//! A table of the protocol's file whose keys are taken out one by one, so that every mistake names its line, its
//! field, what is wrong and what is allowed, and no key is silently ignored.

use std::fmt;
use std::ops::RangeInclusive;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One mistake in the file. Displayed as a Dutch sentence that starts with the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fout {
    /// Line in the file, from 1.
    pub regelnummer: usize,
    /// The field, with the rule it belongs to: `regel "16 uur", drempel`.
    pub veld: String,
    /// What is wrong and what is allowed, in Dutch.
    pub melding: String,
}

impl fmt::Display for Fout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "regelnummer {}, {}: {}", self.regelnummer, self.veld, self.melding)
    }
}

impl std::error::Error for Fout {}

/// The mistakes found so far, and the text they were found in.
pub(super) struct Fouten<'i> {
    tekst: &'i str,
    pub(super) lijst: Vec<Fout>,
}

impl<'i> Fouten<'i> {
    pub(super) fn new(tekst: &'i str) -> Self {
        Fouten { tekst, lijst: Vec::new() }
    }

    /// Adds a mistake at a byte position of the text.
    pub(super) fn meld(&mut self, plek: usize, veld: impl Into<String>, melding: impl Into<String>) {
        let tot = plek.min(self.tekst.len());
        let regelnummer = 1 + self.tekst.as_bytes().iter().take(tot).filter(|byte| **byte == b'\n').count();
        self.lijst.push(Fout { regelnummer, veld: veld.into(), melding: melding.into() });
    }
}

/// A word, the bounds of its number, and what it means.
pub(super) type Keuze<T> = (&'static str, RangeInclusive<u16>, T);

/// A table, the name it has in messages, and the keys that were not taken yet.
pub(super) struct Tafel<'t, 'i> {
    naam: String,
    plek: usize,
    tafel: &'t DeTable<'i>,
    genomen: Vec<&'static str>,
}

impl<'t, 'i> Tafel<'t, 'i> {
    pub(super) fn new(naam: impl Into<String>, plek: usize, tafel: &'t DeTable<'i>) -> Self {
        Tafel { naam: naam.into(), plek, tafel, genomen: Vec::new() }
    }

    /// The name of a field of this table, as messages write it.
    pub(super) fn veld(&self, sleutel: &str) -> String {
        if self.naam.is_empty() { sleutel.to_owned() } else { format!("{}, {sleutel}", self.naam) }
    }

    /// Byte position at which the table starts.
    pub(super) fn plek(&self) -> usize {
        self.plek
    }

    /// Byte position of the value of a key, or of the table when it has no such key.
    pub(super) fn plek_van(&self, sleutel: &str) -> usize {
        self.tafel.get(sleutel).map_or(self.plek, |waarde| waarde.span().start)
    }

    /// Gives the table a better name, now that more is known.
    pub(super) fn noem(&mut self, naam: impl Into<String>) {
        self.naam = naam.into();
    }

    /// The value of a key, if the file has it.
    pub(super) fn neem(&mut self, sleutel: &'static str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.genomen.push(sleutel);
        self.tafel.get(sleutel)
    }

    fn eis(&mut self, sleutel: &'static str, mag: &str, fouten: &mut Fouten<'_>) -> Option<&'t Spanned<DeValue<'i>>> {
        let waarde = self.neem(sleutel);
        if waarde.is_none() {
            fouten.meld(self.plek, self.veld(sleutel), format!("dit veld ontbreekt; toegestaan is {mag}"));
        }
        waarde
    }

    /// A text of 1 to `lengte` characters.
    pub(super) fn tekst(&mut self, sleutel: &'static str, lengte: usize, fouten: &mut Fouten<'_>) -> Option<String> {
        let mag = format!("een tekst van 1 tot en met {lengte} tekens tussen aanhalingstekens");
        let waarde = self.eis(sleutel, &mag, fouten)?;
        match waarde.get_ref().as_str().map(str::trim) {
            Some(tekst) if !tekst.is_empty() && tekst.chars().count() <= lengte => Some(tekst.to_owned()),
            _ => {
                fouten.meld(waarde.span().start, self.veld(sleutel), format!("toegestaan is {mag}"));
                None
            }
        }
    }

    /// A whole number within the bounds.
    pub(super) fn getal(
        &mut self,
        sleutel: &'static str,
        grenzen: RangeInclusive<u16>,
        fouten: &mut Fouten<'_>,
    ) -> Option<u16> {
        let mag = mag_getal(&grenzen);
        let waarde = self.eis(sleutel, &mag, fouten)?;
        let getal = geheel(waarde, &grenzen);
        if getal.is_none() {
            fouten.meld(waarde.span().start, self.veld(sleutel), format!("toegestaan is {mag}"));
        }
        getal
    }

    /// A whole number within the bounds, or the given number when the file does not have the key.
    pub(super) fn getal_of(
        &mut self,
        sleutel: &'static str,
        grenzen: RangeInclusive<u16>,
        anders: u16,
        fouten: &mut Fouten<'_>,
    ) -> u16 {
        if self.tafel.contains_key(sleutel) {
            self.getal(sleutel, grenzen, fouten).unwrap_or(anders)
        } else {
            self.genomen.push(sleutel);
            anders
        }
    }

    /// A strictly ascending list of whole numbers within the bounds, at most `aantal` of them.
    pub(super) fn stappen(
        &mut self,
        sleutel: &'static str,
        grenzen: RangeInclusive<u16>,
        aantal: usize,
        fouten: &mut Fouten<'_>,
    ) -> Option<Vec<u16>> {
        let mag = format!(
            "een lijst van 1 tot en met {aantal} oplopende gehele getallen van {} tot en met {}, zoals [3, 6, 9]",
            grenzen.start(),
            grenzen.end()
        );
        let waarde = self.eis(sleutel, &mag, fouten)?;
        let stappen: Option<Vec<u16>> = waarde
            .get_ref()
            .as_array()
            .filter(|rij| (1..=aantal).contains(&rij.len()))
            .and_then(|rij| rij.iter().map(|stap| geheel(stap, &grenzen)).collect());
        let stappen = stappen.filter(|stappen| stappen.is_sorted_by(|a, b| a < b));
        if stappen.is_none() {
            fouten.meld(waarde.span().start, self.veld(sleutel), format!("toegestaan is {mag}"));
        }
        stappen
    }

    /// `true` or `false`; the key must be there.
    pub(super) fn ja_nee(&mut self, sleutel: &'static str, fouten: &mut Fouten<'_>) -> Option<bool> {
        let waarde = self.eis(sleutel, "true (ja) of false (nee)", fouten)?;
        let ja = waarde.get_ref().as_bool();
        if ja.is_none() {
            fouten.meld(waarde.span().start, self.veld(sleutel), "toegestaan is true (ja) of false (nee)");
        }
        ja
    }

    /// `true` or `false`, false when the file does not have the key.
    pub(super) fn ja_of_niets(&mut self, sleutel: &'static str, fouten: &mut Fouten<'_>) -> bool {
        if self.tafel.contains_key(sleutel) {
            self.ja_nee(sleutel, fouten).unwrap_or(false)
        } else {
            self.genomen.push(sleutel);
            false
        }
    }

    /// One word of a closed list.
    pub(super) fn woord<T: Copy>(
        &mut self,
        sleutel: &'static str,
        woorden: &[(&str, T)],
        fouten: &mut Fouten<'_>,
    ) -> Option<T> {
        let mag = mag_woord(woorden);
        let waarde = self.eis(sleutel, &mag, fouten)?;
        let gevonden = zoek(waarde, woorden);
        if gevonden.is_none() {
            fouten.meld(waarde.span().start, self.veld(sleutel), format!("toegestaan is {mag}"));
        }
        gevonden
    }

    /// A list of different words of a closed list, at least one.
    pub(super) fn woorden<T: Copy + PartialEq>(
        &mut self,
        sleutel: &'static str,
        woorden: &[(&str, T)],
        fouten: &mut Fouten<'_>,
    ) -> Option<Vec<T>> {
        let mag = mag_woord(woorden);
        let waarde = self.eis(sleutel, &format!("een lijst met {mag}"), fouten)?;
        let Some(rij) = waarde.get_ref().as_array().filter(|rij| !rij.is_empty()) else {
            fouten.meld(waarde.span().start, self.veld(sleutel), format!("toegestaan is een lijst met {mag}"));
            return None;
        };
        let mut gevonden = Vec::new();
        for woord in rij.iter() {
            match zoek(woord, woorden) {
                Some(soort) if !gevonden.contains(&soort) => gevonden.push(soort),
                Some(_) => fouten.meld(woord.span().start, self.veld(sleutel), "dit woord staat er twee keer"),
                None => fouten.meld(woord.span().start, self.veld(sleutel), format!("toegestaan is {mag}")),
            }
        }
        Some(gevonden)
    }

    /// A table with exactly one key of a closed list and a whole number: `{ lesweken = 4 }`.
    pub(super) fn keuze<T: Copy>(
        &mut self,
        sleutel: &'static str,
        keuzes: &[Keuze<T>],
        fouten: &mut Fouten<'_>,
    ) -> Option<(T, u16)> {
        let mag: Vec<String> = keuzes
            .iter()
            .map(|(woord, grenzen, _)| format!("{{ {woord} = {} tot en met {} }}", grenzen.start(), grenzen.end()))
            .collect();
        let mag = mag.join(" of ");
        let waarde = self.eis(sleutel, &mag, fouten)?;
        let gevonden = waarde.get_ref().as_table().filter(|tafel| tafel.len() == 1).and_then(|tafel| {
            let (woord, getal) = tafel.iter().next()?;
            let (_, grenzen, keuze) = keuzes.iter().find(|(naam, _, _)| naam == woord.get_ref())?;
            Some((*keuze, geheel(getal, grenzen)?))
        });
        if gevonden.is_none() {
            fouten.meld(waarde.span().start, self.veld(sleutel), format!("toegestaan is {mag}"));
        }
        gevonden
    }

    /// Reports every key that nobody took: a misspelt key must not change what a rule does in silence.
    pub(super) fn rest(self, fouten: &mut Fouten<'_>) {
        let mag = self.genomen.join(", ");
        for sleutel in self.tafel.keys() {
            if !self.genomen.iter().any(|naam| naam == sleutel.get_ref()) {
                let veld = self.veld(sleutel.get_ref());
                fouten.meld(sleutel.span().start, veld, format!("dit veld hoort hier niet; hier kan staan: {mag}"));
            }
        }
    }
}

fn geheel(waarde: &Spanned<DeValue<'_>>, grenzen: &RangeInclusive<u16>) -> Option<u16> {
    let getal = waarde.get_ref().as_integer()?;
    u16::from_str_radix(getal.as_str(), getal.radix()).ok().filter(|getal| grenzen.contains(getal))
}

fn zoek<T: Copy>(waarde: &Spanned<DeValue<'_>>, woorden: &[(&str, T)]) -> Option<T> {
    let woord = waarde.get_ref().as_str()?;
    woorden.iter().find(|(naam, _)| *naam == woord).map(|(_, soort)| *soort)
}

fn mag_getal(grenzen: &RangeInclusive<u16>) -> String {
    format!("een geheel getal van {} tot en met {}", grenzen.start(), grenzen.end())
}

fn mag_woord<T>(woorden: &[(&str, T)]) -> String {
    let namen: Vec<String> = woorden.iter().map(|(naam, _)| format!("\"{naam}\"")).collect();
    namen.join(", ")
}
