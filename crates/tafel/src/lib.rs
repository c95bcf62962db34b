//! A document of the region as its people write it: TOML tables whose keys are taken out one by one, so that every
//! mistake names its line, its field, what is wrong and what is allowed, and no key is silently ignored.
//!
//! Which documents there are, and what they mean, is for others to know.

use std::fmt;
use std::ops::RangeInclusive;

use jiff::civil::Date;
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

/// The most mistakes that are reported at once.
pub const MAX_FOUTEN: usize = 50;

/// Reads a document of at most so many bytes; on failure all mistakes, in the order of the file.
///
/// # Errors
/// When the text is too long or no TOML, when `document` gives nothing, and when it found a mistake.
pub fn lees<T>(
    tekst: &str,
    hoogstens: usize,
    document: impl FnOnce(Tafel<'_, '_>, &mut Fouten<'_>) -> Option<T>,
) -> Result<T, Vec<Fout>> {
    let mut fouten = Fouten::new(tekst);
    if tekst.len() > hoogstens {
        fouten.meld(0, "bestand", format!("toegestaan is een bestand van hoogstens {hoogstens} bytes"));
        return Err(fouten.lijst);
    }
    let wortel = match DeTable::parse(tekst) {
        Ok(wortel) => wortel,
        Err(fout) => {
            let plek = fout.span().map_or(0, |span| span.start);
            let melding = "dit is geen geldige TOML; kijk op deze regel naar aanhalingstekens, haken en dubbele velden";
            fouten.meld(plek, "bestand", melding);
            return Err(fouten.lijst);
        }
    };
    match document(Tafel::new("", 0, wortel.get_ref()), &mut fouten) {
        Some(gelezen) if fouten.lijst.is_empty() => Ok(gelezen),
        _ => {
            fouten.lijst.sort_by_key(|fout| fout.regelnummer);
            fouten.lijst.truncate(MAX_FOUTEN);
            Err(fouten.lijst)
        }
    }
}

/// The mistakes found so far, and the text they were found in.
pub struct Fouten<'i> {
    tekst: &'i str,
    lijst: Vec<Fout>,
}

impl<'i> Fouten<'i> {
    fn new(tekst: &'i str) -> Self {
        Fouten { tekst, lijst: Vec::new() }
    }

    /// Adds a mistake at a byte position of the text.
    pub fn meld(&mut self, plek: usize, veld: impl Into<String>, melding: impl Into<String>) {
        self.lijst.push(Fout { regelnummer: self.regelnummer(plek), veld: veld.into(), melding: melding.into() });
    }

    /// The line of a byte position of the text, from 1.
    pub fn regelnummer(&self, plek: usize) -> usize {
        1 + self.tekst.as_bytes().iter().take(plek).filter(|byte| **byte == b'\n').count()
    }
}

/// A word, the bounds of its number, and what it means.
pub type Keuze<T> = (&'static str, RangeInclusive<u16>, T);

/// A table, the name it has in messages, and the keys that were not taken yet.
pub struct Tafel<'t, 'i> {
    naam: String,
    plek: usize,
    tafel: &'t DeTable<'i>,
    genomen: Vec<&'static str>,
}

impl<'t, 'i> Tafel<'t, 'i> {
    /// A table, the name it has in messages, and the byte position at which it starts.
    pub fn new(naam: impl Into<String>, plek: usize, tafel: &'t DeTable<'i>) -> Self {
        Tafel { naam: naam.into(), plek, tafel, genomen: Vec::new() }
    }

    /// The name of a field of this table, as messages write it.
    pub fn veld(&self, sleutel: &str) -> String {
        if self.naam.is_empty() { sleutel.to_owned() } else { format!("{}, {sleutel}", self.naam) }
    }

    /// Byte position at which the table starts.
    pub fn plek(&self) -> usize {
        self.plek
    }

    /// Byte position of the value of a key, or of the table when it has no such key.
    pub fn plek_van(&self, sleutel: &str) -> usize {
        self.tafel.get(sleutel).map_or(self.plek, |waarde| waarde.span().start)
    }

    /// Gives the table a better name, now that more is known.
    pub fn noem(&mut self, naam: impl Into<String>) {
        self.naam = naam.into();
    }

    /// The value of a key, if the file has it.
    pub fn neem(&mut self, sleutel: &'static str) -> Option<&'t Spanned<DeValue<'i>>> {
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
    pub fn tekst(&mut self, sleutel: &'static str, lengte: usize, fouten: &mut Fouten<'_>) -> Option<String> {
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

    /// A day, written as TOML writes it; the key must be there.
    pub fn datum(&mut self, sleutel: &'static str, fouten: &mut Fouten<'_>) -> Option<Date> {
        let gelezen = self.neem(sleutel).and_then(|waarde| {
            let datum = waarde.get_ref().as_datetime().filter(|moment| moment.time.is_none())?.date?;
            let (month, day) = (i8::try_from(datum.month).ok()?, i8::try_from(datum.day).ok()?);
            Date::new(i16::try_from(datum.year).ok()?, month, day).ok()
        });
        if gelezen.is_none() {
            let melding = "toegestaan is een datum zonder aanhalingstekens, zoals 2026-08-01";
            fouten.meld(self.plek_van(sleutel), self.veld(sleutel), melding);
        }
        gelezen
    }

    /// A whole number within the bounds.
    pub fn getal(
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
    pub fn getal_of(
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
    pub fn stappen(
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
    pub fn ja_nee(&mut self, sleutel: &'static str, fouten: &mut Fouten<'_>) -> Option<bool> {
        let waarde = self.eis(sleutel, "true (ja) of false (nee)", fouten)?;
        let ja = waarde.get_ref().as_bool();
        if ja.is_none() {
            fouten.meld(waarde.span().start, self.veld(sleutel), "toegestaan is true (ja) of false (nee)");
        }
        ja
    }

    /// `true` or `false`, false when the file does not have the key.
    pub fn ja_of_niets(&mut self, sleutel: &'static str, fouten: &mut Fouten<'_>) -> bool {
        if self.tafel.contains_key(sleutel) {
            self.ja_nee(sleutel, fouten).unwrap_or(false)
        } else {
            self.genomen.push(sleutel);
            false
        }
    }

    /// One word of a closed list.
    pub fn woord<T: Copy>(
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
    pub fn woorden<T: Copy + PartialEq>(
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
    pub fn keuze<T: Copy>(
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

    /// The tables under `[[regel]]`: 1 to `hoogstens`, each with a name of its own of at most `lengte` characters. Each is
    /// read by `lees`, with its name (`None` when that is wrong, which was reported); comes with the byte position of its
    /// name. `document` is what messages call the document ("het protocol").
    pub fn regels<T>(
        &mut self,
        document: &str,
        hoogstens: usize,
        lengte: usize,
        fouten: &mut Fouten<'_>,
        mut lees: impl FnMut(Option<String>, Tafel<'t, 'i>, &mut Fouten<'_>) -> Option<T>,
    ) -> Vec<(usize, T)> {
        let Some(waarde) = self.neem("regel") else {
            fouten.meld(0, "regel", format!("{document} heeft geen regels; begin elke regel met [[regel]]"));
            return Vec::new();
        };
        let Some(rij) = waarde.get_ref().as_array().filter(|rij| (1..=hoogstens).contains(&rij.len())) else {
            let melding = format!("toegestaan zijn 1 tot en met {hoogstens} regels, elk met [[regel]] erboven");
            fouten.meld(waarde.span().start, "regel", melding);
            return Vec::new();
        };
        let (mut namen, mut gelezen) = (Vec::new(), Vec::new());
        for (nummer, waarde) in (1..).zip(rij.iter()) {
            let plek = waarde.span().start;
            let Some(inhoud) = waarde.get_ref().as_table() else {
                fouten.meld(plek, format!("regel {nummer}"), "begin elke regel met [[regel]]");
                continue;
            };
            let mut tafel = Tafel::new(format!("regel {nummer}"), plek, inhoud);
            let naam = tafel.tekst("naam", lengte, fouten);
            if let Some(naam) = &naam {
                tafel.noem(format!("regel \"{naam}\""));
            }
            let (plek, veld) = (tafel.plek_van("naam"), tafel.veld("naam"));
            let Some(regel) = lees(naam.clone(), tafel, fouten) else { continue };
            if namen.contains(&naam) {
                fouten.meld(plek, veld, "een andere regel heet ook zo; elke regel heeft een eigen naam");
            }
            namen.push(naam);
            gelezen.push((plek, regel));
        }
        gelezen
    }

    /// Reports every key that nobody took: a misspelt key must not change what a rule does in silence.
    pub fn rest(self, fouten: &mut Fouten<'_>) {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Names and numbers of the rows, or the mistakes as people read them.
    fn gelezen(tekst: &str) -> Result<Vec<(usize, String, u16)>, Vec<String>> {
        let read = lees(tekst, 1_000, |mut tafel, fouten| {
            let regels = tafel.regels("de lijst", 2, 10, fouten, |naam, mut tafel, fouten| {
                let getal = tafel.getal("getal", 1..=9, fouten);
                tafel.rest(fouten);
                Some((naam?, getal?))
            });
            tafel.rest(fouten);
            let line = |(plek, (naam, getal))| (fouten.regelnummer(plek), naam, getal);
            Some(regels.into_iter().map(line).collect())
        });
        read.map_err(|fouten| fouten.iter().map(Fout::to_string).collect())
    }

    #[test]
    fn rows_are_read_each_under_its_own_name() {
        let two = "[[regel]]\ngetal = 1\nnaam = \"een\"\n[[regel]]\nnaam = \"twee\"\ngetal = 2\n";
        assert_eq!(gelezen(two).unwrap(), [(3, "een".to_owned(), 1), (5, "twee".to_owned(), 2)]);
    }

    #[test]
    fn every_mistake_about_rows_names_its_line_and_what_is_allowed() {
        let row = |naam: &str| format!("[[regel]]\nnaam = \"{naam}\"\ngetal = 1\n");
        for (tekst, melding) in [
            (String::new(), "regelnummer 1, regel: de lijst heeft geen regels; begin elke regel met [[regel]]"),
            ("regel = []".to_owned(), "regelnummer 1, regel: toegestaan zijn 1 tot en met 2 regels"),
            (row("a") + &row("b") + &row("c"), "regelnummer 1, regel: toegestaan zijn 1 tot en met 2 regels"),
            ("regel = [1]".to_owned(), "regelnummer 1, regel 1: begin elke regel met [[regel]]"),
            (row("a") + &row("a"), "regelnummer 5, regel \"a\", naam: een andere regel heet ook zo"),
            ("[[regel]]\ngetal = 1".to_owned(), "regelnummer 1, regel 1, naam: dit veld ontbreekt"),
            (row("veel te lang"), "regelnummer 2, regel 1, naam: toegestaan is een tekst van 1 tot en met 10 tekens"),
            (row("a") + "extra = 1", "regelnummer 4, regel \"a\", extra: dit veld hoort hier niet"),
        ] {
            let fouten = gelezen(&tekst).unwrap_err();
            assert!(fouten.len() == 1 && fouten[0].starts_with(melding), "{tekst}: {fouten:?}");
        }
    }
}
