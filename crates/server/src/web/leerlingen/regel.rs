//! The line of a pupil in the list, and in what a search finds.

use std::sync::OnceLock;

use askama::Template;
use domain::Date;
use register::{Leesnaam, Register, Stuk, Zoekveld, Zoekvraag};

use super::kolom::{self, Cellen, Kolom, Kolommen, Stand};
use super::waarom::{self, AndereNamen};
use crate::web::antwoord::Weigering;
use crate::web::blik::Beeld;
use crate::web::paden;
use crate::weergave::woorden;

/// Room for the lines of a search, in bytes; more is made when they need it.
const RUIMTE: usize = 8 * 1024;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cel {
    /// What it says.
    pub tekst: String,
    /// How far the clock is, where it tells a clock.
    pub stand: Option<Stand>,
    /// Whether its day has passed, or nobody is aan zet.
    pub laat: bool,
}

/// What of a line stays the same whatever looks for the child.
#[derive(Debug, Clone)]
pub struct Regel {
    kolommen: Kolommen,
    /// Address of the dossier.
    adres: String,
    /// Surname first.
    naam: Leesnaam,
    /// The columns behind the name.
    cellen: String,
    /// The names that the list does not show, once somebody looked for the child by one.
    pub(super) andere: OnceLock<AndereNamen>,
}

impl Regel {
    /// Whether it is a line of a list with these columns.
    pub fn heeft(&self, kolommen: Kolommen) -> bool {
        self.kolommen == kolommen
    }
}

/// Who it is: what a pupil's line begins with.
#[derive(Template)]
#[template(path = "leerlingen/naam.html")]
struct Naam<'a> {
    adres: &'a str,
    /// In pieces, with what was looked for.
    naam: Vec<Stuk<'a>>,
    /// What beside the name was looked for, in pieces.
    gevonden: Vec<Vec<Stuk<'a>>>,
}

/// The other columns of a pupil's line.
#[derive(Template)]
#[template(path = "leerlingen/cellen.html")]
struct Cellenrij {
    cellen: Vec<Cel>,
}

/// Makes the lines of a list.
pub struct Regelmaker<'a> {
    /// Makes its cells.
    pub cellen: &'a Cellen<'a>,
    /// Its columns, in the order of all.
    pub kolommen: Kolommen,
    /// Today.
    pub vandaag: Date,
}

impl Regelmaker<'_> {
    /// The lines of these children.
    ///
    /// # Errors
    /// When a template cannot be filled in.
    pub fn van<'b>(&self, beelden: impl Iterator<Item = &'b Beeld>) -> Result<String, Weigering> {
        let mut all = String::new();
        for beeld in beelden {
            let regel = beeld.regel(self.kolommen, || self.maak(beeld))?;
            schrijf(&mut all, &regel, vec![(regel.naam.tekst().into(), false)], Vec::new())?;
        }
        Ok(all)
    }

    /// The lines of who was found, with why.
    ///
    /// # Errors
    /// When a template cannot be filled in.
    pub fn gevonden<'b>(
        &self,
        register: &Register,
        beelden: impl Iterator<Item = &'b Beeld>,
        vraag: &Zoekvraag,
    ) -> Result<String, Weigering> {
        let mut all = String::with_capacity(RUIMTE);
        let by_name = vraag.velden().all(|veld| veld == Zoekveld::Naam);
        for beeld in beelden {
            let regel = beeld.regel(self.kolommen, || self.maak(beeld))?;
            let merk = vraag.merk(&regel.naam);
            let mut gevonden = Vec::new();
            if !merk.verklaard {
                gevonden.extend(waarom::andere_naam(register, beeld, &regel, vraag, self.vandaag));
            }
            if !by_name {
                waarom::geen_naam(beeld, vraag, &mut gevonden);
            }
            schrijf(&mut all, &regel, merk.stukken, gevonden)?;
        }
        Ok(all)
    }

    fn maak(&self, beeld: &Beeld) -> Result<Regel, Weigering> {
        let cel = |kolom: Kolom| Cel {
            tekst: woorden::vast(&self.cellen.tekst(kolom, beeld)),
            stand: if kolom == Kolom::Klok { kolom::stand(beeld) } else { None },
            laat: match kolom {
                Kolom::Datum => kolom::datum(beeld).is_some_and(|dag| dag < self.vandaag),
                Kolom::AanZet => kolom::is_niemand_aan_zet(beeld),
                _ => false,
            },
        };
        let others = self.kolommen.iter().filter(|kolom| *kolom != Kolom::Naam).map(cel).collect();
        let cellen = Cellenrij { cellen: others }.render().map_err(|_| Weigering::Storing)?;
        Ok(Regel {
            kolommen: self.kolommen,
            adres: paden::leerling(beeld.leerling),
            naam: Leesnaam::van(&self.cellen.tekst(Kolom::Naam, beeld)),
            cellen,
            andere: OnceLock::new(),
        })
    }
}

/// Adds one line.
fn schrijf<'a>(
    all: &mut String,
    regel: &'a Regel,
    naam: Vec<Stuk<'a>>,
    gevonden: Vec<Vec<Stuk<'a>>>,
) -> Result<(), Weigering> {
    all.push_str("<tr>");
    Naam { adres: &regel.adres, naam, gevonden }.render_into(all).map_err(|_| Weigering::Storing)?;
    all.push_str(&regel.cellen);
    all.push_str("</tr>\n");
    Ok(())
}
