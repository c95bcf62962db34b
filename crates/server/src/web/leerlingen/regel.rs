//! The line of a pupil in the list, and in what a search finds.

use std::sync::OnceLock;

use askama::Template;
use askama::filters::{Escaper as _, Html};
use domain::Date;
use register::{Leesnaam, Register, Stuk, Zoekveld, Zoekvraag};

use super::kolom::{self, Cellen, Kolom, Kolommen, Stand};
use super::waarom::{self, AndereNamen};
use crate::web::antwoord::Weigering;
use crate::web::blik::Beeld;
use crate::web::paden;
use crate::weergave::woorden;

/// What stands behind the name.
const LINK: &str = "</a>";
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

/// The line of a child in a list, whole, so that what stands there is written in one go.
#[derive(Debug, Clone)]
pub struct Regel {
    kolommen: Kolommen,
    html: Box<str>,
    /// Where the name stands in it, and where it ends.
    naam_van: usize,
    naam_tot: usize,
    /// The name, surname first.
    naam: Leesnaam,
    /// The names that the list does not show, once somebody looked for the child by one.
    pub(super) andere: OnceLock<Box<AndereNamen>>,
}

impl Regel {
    /// Writes the line as far as its name, with what was looked for marked. Whether the name accounts for all of it.
    fn zet_met_merk(&self, all: &mut String, vraag: &Zoekvraag) -> bool {
        let (voor, naam) = (self.html.get(..self.naam_van), self.html.get(self.naam_van..self.naam_tot));
        all.push_str(voor.unwrap_or_default());
        let as_written = naam == Some(self.naam.tekst());
        vraag.merk(&self.naam, |stuk, raak| {
            if raak {
                all.push_str("<mark>");
            }
            if as_written {
                all.push_str(stuk);
            } else {
                // A text in memory takes all that is written.
                let _ = Html.write_escaped_str(&mut *all, stuk);
            }
            if raak {
                all.push_str("</mark>");
            }
        })
    }

    /// Whether it is a line of a list with these columns.
    pub fn heeft(&self, kolommen: Kolommen) -> bool {
        self.kolommen == kolommen
    }
}

/// The line of a pupil.
#[derive(Template)]
#[template(path = "leerlingen/regel.html")]
struct Lijn<'a> {
    adres: &'a str,
    naam: &'a str,
    cellen: Vec<Cel>,
}

/// What beside the name was looked for, in pieces.
#[derive(Template)]
#[template(path = "leerlingen/gevonden.html")]
struct Gevonden<'a> {
    gevonden: Vec<Vec<Stuk<'a>>>,
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
            all.push_str(&regel.html);
            all.push('\n');
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
            let verklaard = regel.zet_met_merk(&mut all, vraag);
            let mut gevonden = Vec::new();
            if !verklaard {
                gevonden.extend(waarom::andere_naam(register, beeld, &regel, vraag, self.vandaag));
            }
            if !by_name {
                waarom::geen_naam(beeld, vraag, &mut gevonden);
            }
            let (link, rest) =
                regel.html.get(regel.naam_tot..).and_then(|na| na.split_at_checked(LINK.len())).unwrap_or_default();
            all.push_str(link);
            if !gevonden.is_empty() {
                Gevonden { gevonden }.render_into(&mut all).map_err(|_| Weigering::Storing)?;
            }
            all.push_str(rest);
            all.push('\n');
        }
        Ok(all)
    }

    fn maak(&self, beeld: &Beeld) -> Result<Regel, Weigering> {
        let cel = |kolom: Kolom| Cel {
            tekst: woorden::vast(&self.cellen.tekst(kolom, beeld)),
            stand: if kolom == Kolom::Klok { kolom::stand(beeld) } else { None },
            laat: match kolom {
                Kolom::Datum => self.cellen.datum(beeld).is_some_and(|dag| dag < self.vandaag),
                Kolom::AanZet => kolom::is_niemand_aan_zet(beeld),
                _ => false,
            },
        };
        let others = self.kolommen.iter().filter(|kolom| *kolom != Kolom::Naam).map(cel).collect();
        let (adres, naam) = (paden::leerling(beeld.leerling), self.cellen.tekst(Kolom::Naam, beeld));
        let lijn = Lijn { adres: &adres, naam: &naam, cellen: others };
        let html = lijn.render().map_err(|_| Weigering::Storing)?;
        // The address holds no sign that is written otherwise: the name begins where the first link does.
        let naam_van = html.find(&adres).and_then(|at| Some(at + html.get(at..)?.find('>')? + 1));
        let naam_tot = html.find(LINK);
        let (naam_van, naam_tot) = naam_van.zip(naam_tot).ok_or(Weigering::Storing)?;
        Ok(Regel {
            kolommen: self.kolommen,
            html: html.into(),
            naam_van,
            naam_tot,
            naam: Leesnaam::van(&naam),
            andere: OnceLock::new(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_marked_and_written_as_a_page_asks() {
        for (naam, html, zoek, marked) in [
            ("Boer, Sam", "Boer, Sam", "sa", "Boer, <mark>Sa</mark>m"),
            ("O'Brien, Sam", "O&#39;Brien, Sam", "bri", "O&#39;<mark>Bri</mark>en, Sam"),
            ("Boer, <b>", "Boer, &#60;b&#62;", "boer b", "<mark>Boer</mark>, &#60;<mark>b</mark>&#62;"),
            ("Boer, Sam", "Boer, Sam", "jansen", "Boer, Sam"),
        ] {
            let voor = "<tr><th><a>";
            let line = Regel {
                kolommen: Kolommen::default(),
                html: format!("{voor}{html}</a></th></tr>").into(),
                naam_van: voor.len(),
                naam_tot: voor.len() + html.len(),
                naam: Leesnaam::van(naam),
                andere: OnceLock::new(),
            };
            let mut all = String::new();
            let found = line.zet_met_merk(&mut all, &Zoekvraag::lees(zoek));
            assert_eq!((all, found), (format!("{voor}{marked}"), zoek != "jansen"), "{zoek}");
        }
    }
}
