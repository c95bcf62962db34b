//! TOML as people write it: tables whose every field is asked for by name, with the line at hand for the error.

use std::fmt::{self, Display};
use std::ops::RangeInclusive;

use domain::Date;
use domain::calendar::datum;
use domain::period::{Period, next_day};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::tot_en_met;

/// What is wrong in a document of the region, or in a file with which a school says how its export is laid out: where, and what is allowed. Never repeats words about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegioFout {
    /// Line in the file, from 1.
    pub regel: usize,
    /// Field, with the table it stands in ("organisatie.soort"); empty when the file as a whole is meant.
    pub veld: String,
    /// What is wrong, and what to do.
    pub uitleg: String,
}

impl Display for RegioFout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.veld.as_str() {
            "" => write!(f, "Regel {}: {}", self.regel, self.uitleg),
            veld => write!(f, "Regel {}, veld {veld}: {}", self.regel, self.uitleg),
        }
    }
}

impl std::error::Error for RegioFout {}

/// Where each line of a file starts, to tell in which one a place lies.
pub(crate) struct Regels(Vec<usize>);

impl Regels {
    /// The lines of this text.
    pub(crate) fn van(tekst: &str) -> Self {
        let after_break = tekst.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(place, _)| place + 1);
        Regels(std::iter::once(0).chain(after_break).collect())
    }

    /// The line of a byte, from 1.
    pub(crate) fn regel(&self, place: usize) -> usize {
        self.0.partition_point(|start| *start <= place)
    }
}

/// A table of which fields are asked for one by one; `klaar` refuses those that nobody asked for.
pub(crate) struct Tabel<'t> {
    regels: &'t Regels,
    /// Path of the table ("school.dag"); empty for the file itself.
    naam: String,
    pub(crate) regel: usize,
    velden: &'t DeTable<'t>,
    gevraagd: Vec<&'static str>,
}

impl<'t> Tabel<'t> {
    /// The whole file.
    pub(crate) fn bestand(regels: &'t Regels, velden: &'t DeTable<'t>) -> Self {
        Tabel { regels, naam: String::new(), regel: 1, velden, gevraagd: Vec::new() }
    }

    /// A field that may be left out.
    pub(crate) fn mogelijk(&mut self, naam: &'static str) -> Option<Cel<'t>> {
        if !self.gevraagd.contains(&naam) {
            self.gevraagd.push(naam);
        }
        let waarde = self.velden.get(naam)?;
        Some(self.cel(naam, waarde))
    }

    /// A field that must be there.
    pub(crate) fn verplicht(&mut self, naam: &'static str) -> Result<Cel<'t>, RegioFout> {
        self.mogelijk(naam).ok_or_else(|| self.fout(naam, "Dit veld ontbreekt en is verplicht."))
    }

    /// The tables of a list (`[[naam]]`); none when it is left out.
    pub(crate) fn tabellen(&mut self, naam: &'static str) -> Result<Vec<Tabel<'t>>, RegioFout> {
        let Some(cel) = self.mogelijk(naam) else { return Ok(Vec::new()) };
        let pad = self.pad(naam);
        let tabel = |cel: Cel<'t>| match cel.waarde {
            DeValue::Table(velden) => {
                Ok(Tabel { regels: self.regels, naam: pad.clone(), regel: cel.regel, velden, gevraagd: Vec::new() })
            }
            _ => Err(cel.fout(format!("Schrijf dit als een tabel die begint met [[{pad}]]."))),
        };
        cel.lijst()?.into_iter().map(tabel).collect()
    }

    /// One table (`[naam]`); `None` when it is left out.
    pub(crate) fn tabel(&mut self, naam: &'static str) -> Result<Option<Tabel<'t>>, RegioFout> {
        let Some(cel) = self.mogelijk(naam) else { return Ok(None) };
        let DeValue::Table(velden) = cel.waarde else {
            return Err(cel.fout(format!("Schrijf dit als een tabel die begint met [{}].", cel.veld)));
        };
        Ok(Some(Tabel { regels: self.regels, naam: cel.veld, regel: cel.regel, velden, gevraagd: Vec::new() }))
    }

    /// All fields of a table whose names are free.
    pub(crate) fn vrije_velden(self) -> impl Iterator<Item = (&'t str, Cel<'t>)> {
        let velden = self.velden.iter();
        velden.map(move |(naam, waarde)| (naam.get_ref().as_ref(), self.cel(naam.get_ref(), waarde)))
    }

    /// The days between `van` and `tot_en_met` (both included); what is left out is taken from `anders`.
    pub(crate) fn periode(&mut self, anders: Period) -> Result<Period, RegioFout> {
        let van = self.mogelijk("van");
        let from = van.as_ref().map_or(Ok(anders.from), Cel::dag)?;
        let last = self.mogelijk("tot_en_met");
        let until = last.as_ref().map(Cel::dag).transpose()?.map(next_day).or(anders.until);
        let period = Period { from, until };
        match last.or(van).filter(|_| period.is_empty()) {
            Some(cel) => Err(cel.fout(format!(
                "De laatste dag ({}) ligt voor de eerste ({}). Controleer van en tot_en_met.",
                tot_en_met(&period),
                datum(from)
            ))),
            None => Ok(period),
        }
    }

    /// An error about a field of this table.
    pub(crate) fn fout(&self, naam: &str, uitleg: impl Into<String>) -> RegioFout {
        RegioFout { regel: self.regel, veld: self.pad(naam), uitleg: uitleg.into() }
    }

    /// Refuses the first field that nobody asked for: most likely a spelling mistake.
    pub(crate) fn klaar(self) -> Result<(), RegioFout> {
        let onbekend = self.velden.keys().find(|naam| !self.gevraagd.contains(&naam.get_ref().as_ref()));
        let Some(naam) = onbekend else { return Ok(()) };
        Err(RegioFout {
            regel: self.regels.regel(naam.span().start),
            veld: self.pad(naam.get_ref()),
            uitleg: format!("Dit veld is onbekend. Toegestaan: {}.", self.gevraagd.join(", ")),
        })
    }

    fn cel(&self, naam: &str, waarde: &'t Spanned<DeValue<'t>>) -> Cel<'t> {
        Cel {
            regels: self.regels,
            veld: self.pad(naam),
            regel: self.regels.regel(waarde.span().start),
            waarde: waarde.get_ref(),
        }
    }

    fn pad(&self, naam: &str) -> String {
        if self.naam.is_empty() { naam.to_owned() } else { format!("{}.{naam}", self.naam) }
    }
}

/// One value, with its place.
pub(crate) struct Cel<'t> {
    regels: &'t Regels,
    veld: String,
    pub(crate) regel: usize,
    waarde: &'t DeValue<'t>,
}

impl<'t> Cel<'t> {
    /// An error about this value.
    pub(crate) fn fout(&self, uitleg: impl Into<String>) -> RegioFout {
        RegioFout { regel: self.regel, veld: self.veld.clone(), uitleg: uitleg.into() }
    }

    /// Text between quotes, not empty.
    pub(crate) fn tekst(&self) -> Result<&'t str, RegioFout> {
        match self.waarde {
            DeValue::String(tekst) if !tekst.trim().is_empty() => Ok(tekst.trim()),
            _ => Err(self.fout("Schrijf hier tekst tussen aanhalingstekens, bijvoorbeeld \"Alkmaar\".")),
        }
    }

    /// A whole number within bounds.
    pub(crate) fn getal(&self, mag: RangeInclusive<u32>) -> Result<u32, RegioFout> {
        let read = match self.waarde {
            DeValue::Integer(getal) => getal.as_str().parse().ok(),
            _ => None,
        };
        let (first, last) = (*mag.start(), *mag.end());
        read.filter(|getal| mag.contains(getal))
            .ok_or_else(|| self.fout(format!("Schrijf een geheel getal van {first} tot en met {last}.")))
    }

    /// Whether it is a number.
    pub(crate) fn is_getal(&self) -> bool {
        matches!(self.waarde, DeValue::Integer(_))
    }

    /// Whether it is a list.
    pub(crate) fn is_lijst(&self) -> bool {
        matches!(self.waarde, DeValue::Array(_))
    }

    /// `true` or `false`.
    pub(crate) fn ja_nee(&self) -> Result<bool, RegioFout> {
        match self.waarde {
            DeValue::Boolean(waarde) => Ok(*waarde),
            _ => Err(self.fout("Schrijf true (ja) of false (nee), zonder aanhalingstekens.")),
        }
    }

    /// A date without time.
    pub(crate) fn dag(&self) -> Result<Date, RegioFout> {
        let day = match self.waarde {
            DeValue::Datetime(moment) if moment.time.is_none() && moment.offset.is_none() => moment.date,
            _ => None,
        };
        let small = |number: u8| i8::try_from(number).ok();
        let civil =
            day.and_then(|day| Date::new(i16::try_from(day.year).ok()?, small(day.month)?, small(day.day)?).ok());
        civil.ok_or_else(|| self.fout("Schrijf een bestaande datum als jjjj-mm-dd, zonder aanhalingstekens."))
    }

    /// One word of a closed list.
    pub(crate) fn keuze<T: Copy>(&self, uit: &[(&str, T)]) -> Result<T, RegioFout> {
        let found = self.tekst().ok().and_then(|tekst| uit.iter().find(|(woord, _)| *woord == tekst));
        found.map(|(_, waarde)| *waarde).ok_or_else(|| {
            let words: Vec<String> = uit.iter().map(|(woord, _)| format!("\"{woord}\"")).collect();
            self.fout(format!("Deze waarde is niet toegestaan. Kies uit {}.", words.join(", ")))
        })
    }

    /// A number of the administration, read by its own check.
    pub(crate) fn nummer<T, E: Display>(&self, parse: impl FnOnce(&str) -> Result<T, E>) -> Result<T, RegioFout> {
        parse(self.tekst()?).map_err(|fout| self.fout(fout.to_string()))
    }

    /// The values of a list between brackets.
    pub(crate) fn lijst(&self) -> Result<Vec<Cel<'t>>, RegioFout> {
        let DeValue::Array(waarden) = self.waarde else {
            return Err(self.fout("Schrijf hier een lijst tussen rechte haken, bijvoorbeeld [\"ma\", \"di\"]."));
        };
        let element = |waarde: &'t Spanned<DeValue<'t>>| Cel {
            regels: self.regels,
            veld: self.veld.clone(),
            regel: self.regels.regel(waarde.span().start),
            waarde: waarde.get_ref(),
        };
        Ok(waarden.iter().map(element).collect())
    }

    /// Hours on one day, in quarters: 0 to 12 hours, whole quarters only.
    pub(crate) fn kwartieren(&self) -> Result<u8, RegioFout> {
        const MAX_UREN: u8 = 12;
        let text = match self.waarde {
            DeValue::Integer(getal) => getal.as_str(),
            DeValue::Float(getal) => getal.as_str(),
            _ => "",
        };
        let uren = text.parse::<f64>().ok();
        let quarters = (0..=4 * MAX_UREN).find(|quarters| Some(f64::from(*quarters) / 4.0) == uren);
        quarters.ok_or_else(|| {
            self.fout(format!("Geef uren van 0 tot en met {MAX_UREN}, in hele kwartieren, bijvoorbeeld 5.5 of 5.75."))
        })
    }
}
