//! The header row: columns by name, in any order.

use std::borrow::Cow;

use super::bevinding::{Bevindingen, Ernst, Gebrek, Weigering};
use super::regels::Rij;

/// Columns that our own file of rejected rows adds; passed over when it comes back.
pub(super) const EIGEN_KOLOMMEN: [&str; 2] = ["regel", "reden"];

/// Characters of an unknown column's name that a finding shows.
const MAX_NAAM: usize = 40;

/// A column that an import knows, present in this file or not.
#[derive(Debug, Clone)]
pub(super) struct Kolom {
    /// The name by which findings call it.
    pub naam: Cow<'static, str>,
    /// Its place in the row, from 0.
    pub plaats: Option<usize>,
}

impl Kolom {
    /// Its text in this row; empty when the file lacks the column.
    pub fn text<'r>(&self, rij: &'r Rij<'_>) -> &'r str {
        self.plaats.map_or("", |plaats| rij.cell(plaats))
    }
}

/// The header of a file while its columns are being looked up.
#[derive(Debug)]
pub(super) struct Kop {
    regel: u64,
    namen: Vec<String>,
    gevraagd: Vec<bool>,
    gezocht: Vec<(Kolom, bool)>,
    ontbreekt: Vec<Cow<'static, str>>,
    dubbel: Vec<Cow<'static, str>>,
    anderen_mogen: bool,
}

impl Kop {
    /// The header in that row; small and capital letters are the same, outer blanks do not count.
    pub fn new(rij: &Rij<'_>) -> Self {
        let namen: Vec<String> = (0..rij.cellen.len()).map(|plaats| rij.cell(plaats).to_lowercase()).collect();
        let gevraagd = namen.iter().map(|naam| naam.is_empty() || EIGEN_KOLOMMEN.contains(&naam.as_str())).collect();
        Kop {
            regel: rij.regel,
            namen,
            gevraagd,
            gezocht: Vec::new(),
            ontbreekt: Vec::new(),
            dubbel: Vec::new(),
            anderen_mogen: false,
        }
    }

    /// The names as they are compared: small letters.
    pub fn namen(&self) -> &[String] {
        &self.namen
    }

    /// Whether the file has a column of that name.
    pub fn has(&self, naam: &str) -> bool {
        self.namen.iter().any(|found| found == naam)
    }

    /// Columns that nobody asks for are no finding: the export of a package has many.
    pub fn allow_others(&mut self) {
        self.anderen_mogen = true;
    }

    /// The column at that place, counted from 1, whatever the header calls it.
    pub fn nth(&mut self, nummer: usize, naam: impl Into<Cow<'static, str>>) -> Kolom {
        let naam = naam.into();
        let plaats = nummer.checked_sub(1).filter(|plaats| *plaats < self.namen.len());
        match plaats.and_then(|plaats| self.gevraagd.get_mut(plaats)) {
            Some(known) => *known = true,
            None => self.ontbreekt.push(naam.clone()),
        }
        Kolom { naam, plaats }
    }

    /// A column that may be absent.
    pub fn optional(&mut self, naam: impl Into<Cow<'static, str>>) -> Kolom {
        let kolom = self.look_up(naam.into());
        self.gezocht.push((kolom.clone(), false));
        kolom
    }

    fn look_up(&mut self, naam: Cow<'static, str>) -> Kolom {
        let name = naam.to_lowercase();
        let mut places = self.namen.iter().enumerate().filter(|(_, found)| **found == name).map(|(plaats, _)| plaats);
        let plaats = places.next();
        if places.next().is_some() {
            self.dubbel.push(naam.clone());
        }
        if let Some(known) = plaats.and_then(|plaats| self.gevraagd.get_mut(plaats)) {
            *known = true;
        }
        Kolom { naam, plaats }
    }

    /// A column without which the file cannot be read.
    pub fn required(&mut self, naam: impl Into<Cow<'static, str>>) -> Kolom {
        let kolom = self.look_up(naam.into());
        self.gezocht.push((kolom.clone(), true));
        if kolom.plaats.is_none() {
            self.ontbreekt.push(kolom.naam.clone());
        }
        kolom
    }

    /// The columns that were looked up, and whether the file cannot be read without them.
    pub fn looked_up(&self) -> &[(Kolom, bool)] {
        &self.gezocht
    }

    /// The names of the columns that nobody asked for, as far as a person can read them.
    pub fn others(&self) -> impl Iterator<Item = String> {
        let others = self.namen.iter().zip(&self.gevraagd).filter(|(_, known)| !**known);
        others.map(|(naam, _)| naam.chars().take(MAX_NAAM).collect())
    }

    /// Ends the look-up: every column that nobody asked for gives a warning.
    ///
    /// # Errors
    /// When required columns are missing, or a column stands there twice; with all their names.
    pub fn finish(self, bevindingen: &mut Bevindingen) -> Result<(), Weigering> {
        if !self.ontbreekt.is_empty() {
            return Err(Weigering::new(
                format!("In de kop (regel {}) ontbreken deze kolommen: {}.", self.regel, self.ontbreekt.join(", ")),
                if self.anderen_mogen {
                    "Verbeter bij [kolommen] in de indeling hoe deze kolommen in uw uitvoer heten."
                } else {
                    "Voeg ze toe; de volgorde is vrij en hoofdletters maken niet uit."
                },
            ));
        }
        if !self.dubbel.is_empty() {
            return Err(Weigering::new(
                format!(
                    "In de kop (regel {}) staan deze kolommen meer dan eens: {}.",
                    self.regel,
                    self.dubbel.join(", ")
                ),
                "Laat van elke kolom één over.",
            ));
        }
        if self.anderen_mogen {
            return Ok(());
        }
        for naam in self.others() {
            bevindingen.add(
                self.regel,
                naam.into(),
                Ernst::Waarschuwing,
                Gebrek::new(
                    "onbekende kolom",
                    "Deze kolom is niet bekend en is niet gelezen.",
                    "Controleer de naam van de kolom, of laat de kolom weg.",
                ),
            );
        }
        Ok(())
    }
}
