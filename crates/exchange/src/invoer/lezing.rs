//! Reading a file row by row: what every import shares.

use std::borrow::Cow;

use super::afgewezen::Afgewezen;
use super::bevinding::{Bestandssoort, Bevindingen, Ernst, Gebrek, Weigering};
use super::edexml::{Omgezet, Vondst};
use super::kop::{Kolom, Kop};
use super::regels::{Regels, Rij, Stuk, split_line};
use super::tekst::Codering;

/// How the file was read; shown before anything is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vorm {
    /// Encoding.
    pub codering: Codering,
    /// Separator between cells; `None` for EDEXML.
    pub scheiding: Option<char>,
}

/// Rows of a file, counted. `rijen` = `overgenomen` + `dubbel` + `weggelaten` + `afgewezen`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Telling {
    /// Rows below the header that are not blank.
    pub rijen: u64,
    /// Rows taken.
    pub overgenomen: u64,
    /// Rows that say exactly what another row says; taken once.
    pub dubbel: u64,
    /// Rows left out on purpose: the layout says so of their code, or they are about no school day.
    pub weggelaten: u64,
    /// Rows refused, each with an error.
    pub afgewezen: u64,
    /// Of the refused rows, those that could not even be cut into cells.
    pub onleesbaar: u64,
}

/// What an import gives.
#[derive(Debug)]
pub struct Invoer<T> {
    /// How the file was read.
    pub vorm: Vorm,
    /// The checked rows.
    pub inhoud: T,
    /// Rows, counted.
    pub telling: Telling,
    /// What was found.
    pub bevindingen: Bevindingen,
    /// The refused rows, to be given back as a file.
    pub afgewezen: Afgewezen,
}

/// A file of which the header was read.
pub(super) struct Lezing<'a> {
    regels: Regels<'a>,
    max_rijen: u64,
    vorm: Vorm,
    telling: Telling,
    pub bevindingen: Bevindingen,
    afgewezen: Afgewezen,
}

impl<'a> Lezing<'a> {
    /// Reads the header, which is the first line of `stuk` that is not blank. `find` looks up the columns; a file of
    /// more than `max_rijen` rows will be refused.
    ///
    /// # Errors
    /// When there is no header or it lacks required columns.
    pub fn open<K>(
        codering: Codering,
        stuk: Stuk<'a>,
        max_rijen: u64,
        find: impl FnOnce(&mut Kop) -> K,
    ) -> Result<(Self, K), Weigering> {
        let regels = Regels::new(skip_blank_lines(stuk));
        let vorm = Vorm { codering, scheiding: Some(regels.scheiding()) };
        Self::read_header(regels, vorm, max_rijen, Bevindingen::default(), find)
    }

    /// A file without header, of which every row has at least `breedte` cells.
    ///
    /// # Errors
    /// When the file is empty.
    pub fn open_headless(
        codering: Codering,
        stuk: Stuk<'a>,
        max_rijen: u64,
        breedte: usize,
    ) -> Result<Self, Weigering> {
        let stuk = skip_blank_lines(stuk);
        if stuk.bytes.is_empty() {
            return Err(empty("Lever een bestand met op elke regel een rij."));
        }
        let mut regels = Regels::new(stuk);
        regels.set_least_width(breedte);
        let vorm = Vorm { codering, scheiding: Some(regels.scheiding()) };
        let afgewezen = Afgewezen::headless(regels.scheiding());
        let (telling, bevindingen) = (Telling::default(), Bevindingen::default());
        Ok(Lezing { regels, max_rijen, vorm, telling, bevindingen, afgewezen })
    }

    /// The first row as a header, and how the file is cut: for a look at the columns.
    ///
    /// # Errors
    /// When there is no first row that can be read.
    pub fn header(codering: Codering, stuk: Stuk<'a>) -> Result<(Vorm, Kop), Weigering> {
        let mut regels = Regels::new(skip_blank_lines(stuk));
        let vorm = Vorm { codering, scheiding: Some(regels.scheiding()) };
        let mut rij = Rij::default();
        first_row(&mut regels, &mut rij)?;
        Ok((vorm, Kop::new(&rij)))
    }

    /// The same for a file without header: the first row that can be read shows how many columns there are.
    pub fn first_of_headless(codering: Codering, stuk: Stuk<'a>) -> (Vorm, Kop) {
        let mut regels = Regels::new(skip_blank_lines(stuk));
        let vorm = Vorm { codering, scheiding: Some(regels.scheiding()) };
        let mut rij = Rij::default();
        while regels.next(&mut rij).is_some_and(|read| read.is_err()) {}
        (vorm, Kop::new(&rij))
    }

    /// Reads the header of a table that was made of an EDEXML file: one line for each pupil, counted from 1.
    ///
    /// # Errors
    /// When the table lacks required columns.
    pub fn open_edexml<K>(
        omgezet: &'a Omgezet,
        max_rijen: u64,
        find: impl FnOnce(&mut Kop) -> K,
    ) -> Result<(Self, K), Weigering> {
        let regels = Regels::new(Stuk { bytes: omgezet.tabel.as_bytes(), regel: 0 });
        let vorm = Vorm { codering: omgezet.codering, scheiding: None };
        let mut bevindingen = Bevindingen::of(Bestandssoort::Edexml);
        for (element, ernst, gebrek) in &omgezet.bestand {
            bevindingen.add(0, element.clone(), *ernst, gebrek.clone());
        }
        Self::read_header(regels, vorm, max_rijen, bevindingen, find)
    }

    fn read_header<K>(
        mut regels: Regels<'a>,
        vorm: Vorm,
        max_rijen: u64,
        mut bevindingen: Bevindingen,
        find: impl FnOnce(&mut Kop) -> K,
    ) -> Result<(Self, K), Weigering> {
        let mut rij = Rij::default();
        first_row(&mut regels, &mut rij)?;
        let mut kop = Kop::new(&rij);
        let found = find(&mut kop);
        let afgewezen = Afgewezen::new(kop.namen().to_vec(), regels.scheiding());
        kop.finish(&mut bevindingen)?;
        regels.set_width(rij.cellen.len());
        let telling = Telling::default();
        Ok((Lezing { regels, max_rijen, vorm, telling, bevindingen, afgewezen }, found))
    }

    /// Reads the next row that can be cut into as many cells as the header has; refuses the ones before it that cannot.
    /// `false` at the end of the file.
    ///
    /// # Errors
    /// When the file has too many rows.
    pub fn next(&mut self, rij: &mut Rij<'a>) -> Result<bool, Weigering> {
        while let Some(read) = self.regels.next(rij) {
            self.telling.rijen += 1;
            if self.telling.rijen > self.max_rijen {
                return Err(Weigering::new(
                    format!("Het bestand heeft meer dan {} rijen.", self.max_rijen),
                    "Lever het in delen, bijvoorbeeld per school.",
                ));
            }
            match read {
                Ok(()) => return Ok(true),
                Err(gebrek) => {
                    self.telling.onleesbaar += 1;
                    let mut controle = Controle::new(rij, &mut self.bevindingen);
                    controle.refuse("", gebrek);
                    let reden = controle.finish();
                    self.reject(rij, &reden);
                }
            }
        }
        Ok(false)
    }

    /// The checks of a row.
    pub fn controle<'r>(&'r mut self, rij: &'r Rij<'a>) -> Controle<'r, 'a> {
        Controle::new(rij, &mut self.bevindingen)
    }

    /// Keeps the row for the file of refused rows; `reden` is what its checks found.
    pub fn reject(&mut self, rij: &Rij<'a>, reden: &str) {
        self.telling.afgewezen += 1;
        self.afgewezen.add(rij.regel, rij.ruw, reden);
    }

    /// Passes over a row that says nothing about absence.
    pub fn leave_out(&mut self) {
        self.telling.weggelaten += 1;
    }

    /// Rows up to now that could not be cut into cells.
    pub fn unreadable(&self) -> u64 {
        self.telling.onleesbaar
    }

    /// Ends the reading. `dubbel` of the rows that were not refused say what another row says.
    pub fn finish<T>(mut self, inhoud: T, dubbel: u64) -> Invoer<T> {
        if self.telling.rijen == 0 {
            let (rij, wat) = match self.vorm.scheiding {
                Some(_) => (1, "Het bestand heeft een kop en geen rijen."),
                None => (0, "Het bestand heeft geen leerlingen."),
            };
            let gebrek = Gebrek::new("geen rijen", wat, "Controleer of de uitvoer van uw pakket gelukt is.");
            self.bevindingen.add(rij, Cow::Borrowed(""), Ernst::Waarschuwing, gebrek);
        }
        self.bevindingen.sort();
        self.afgewezen.sort();
        self.telling.dubbel = dubbel;
        self.telling.overgenomen = self.telling.rijen - self.telling.afgewezen - self.telling.weggelaten - dubbel;
        let Lezing { vorm, telling, bevindingen, afgewezen, .. } = self;
        Invoer { vorm, inhoud, telling, bevindingen, afgewezen }
    }
}

/// Reads the header.
fn first_row<'a>(regels: &mut Regels<'a>, rij: &mut Rij<'a>) -> Result<(), Weigering> {
    match regels.next(rij) {
        None => Err(empty("Lever een bestand met op de eerste regel de namen van de kolommen.")),
        Some(Err(gebrek)) => Err(Weigering::new(format!("De kop is niet te lezen. {}", gebrek.wat), gebrek.toegestaan)),
        Some(Ok(())) => Ok(()),
    }
}

fn empty(next: &'static str) -> Weigering {
    Weigering::new("Het bestand is leeg.", next)
}

fn skip_blank_lines(mut stuk: Stuk<'_>) -> Stuk<'_> {
    while !stuk.bytes.is_empty() {
        let (line, rest) = split_line(stuk.bytes);
        if !line.iter().all(u8::is_ascii_whitespace) {
            break;
        }
        stuk = Stuk { bytes: rest, regel: stuk.regel + 1 };
    }
    stuk
}

/// Checks one row: reads its fields, and collects all that is wrong, so that one round mends the row.
pub(super) struct Controle<'r, 'a> {
    /// The row.
    pub rij: &'r Rij<'a>,
    bevindingen: &'r mut Bevindingen,
    reden: String,
}

impl<'r, 'a> Controle<'r, 'a> {
    fn new(rij: &'r Rij<'a>, bevindingen: &'r mut Bevindingen) -> Self {
        Controle { rij, bevindingen, reden: String::new() }
    }

    /// The text of a column; empty when there is none.
    pub fn text(&self, kolom: &Kolom) -> &'r str {
        kolom.text(self.rij)
    }

    /// A field that must be filled. `None`: the row is refused.
    pub fn required<T>(&mut self, kolom: &Kolom, read: impl FnOnce(&'r str) -> Result<T, Gebrek>) -> Option<T> {
        let text = self.text(kolom);
        let value = if text.is_empty() {
            Err(Gebrek::new("veld leeg", "Het veld is leeg.", "Vul het in."))
        } else {
            read(text)
        };
        value.map_err(|gebrek| self.refuse(kolom.naam.clone(), gebrek)).ok()
    }

    /// A field that may be empty. `None`: empty, or wrong and the row is refused.
    pub fn optional<T>(&mut self, kolom: &Kolom, read: impl FnOnce(&'r str) -> Result<T, Gebrek>) -> Option<T> {
        if self.text(kolom).is_empty() { None } else { self.required(kolom, read) }
    }

    /// Refuses the row.
    pub fn refuse(&mut self, veld: impl Into<Cow<'static, str>>, gebrek: Gebrek) {
        let veld = veld.into();
        if !self.reden.is_empty() {
            self.reden.push(' ');
        }
        if !veld.is_empty() {
            self.reden.push_str(&veld);
            self.reden.push_str(": ");
        }
        self.reden.push_str(&gebrek.wat);
        self.reden.push(' ');
        self.reden.push_str(&gebrek.toegestaan);
        self.bevindingen.add(self.rij.regel, veld, Ernst::Fout, gebrek);
    }

    /// Takes over what was found before the row was made; an error refuses it.
    pub fn note(&mut self, vondsten: &[Vondst]) {
        for (veld, ernst, gebrek) in vondsten {
            match ernst {
                Ernst::Fout => self.refuse(veld.clone(), gebrek.clone()),
                Ernst::Waarschuwing => self.bevindingen.add(self.rij.regel, veld.clone(), *ernst, gebrek.clone()),
            }
        }
    }

    /// Notes something that somebody should look at; the row stays.
    pub fn warn(&mut self, kolom: &Kolom, gebrek: Gebrek) {
        self.bevindingen.add(self.rij.regel, kolom.naam.clone(), Ernst::Waarschuwing, gebrek);
    }

    /// Whether the row is refused by now.
    pub fn is_refused(&self) -> bool {
        !self.reden.is_empty()
    }

    /// What was found wrong, as one text; empty when the row may be taken.
    pub fn finish(self) -> String {
        self.reden
    }
}
