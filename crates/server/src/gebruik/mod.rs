//! Use cases: what people and files ask of the register, from question to written facts.

pub mod accounts;
pub mod cijfers;
pub mod concept;
pub mod drukte;
pub mod indeling;
pub mod inzage;
pub mod leerlingen;
pub mod overzicht;
pub mod proef;
pub mod regio;
pub mod scholen;
pub mod verzuim;
pub mod watals;
pub mod weegkamer;

use domain::Date;
use domain::ids::OrganisatieId;
use domain::nummers::Gemeentecode;
use exchange::invoer::{Bevindingen, Kader, Telling, Weigering};
use exchange::regio::Regio;

use crate::fout::Fout;
use crate::klok;
use crate::logboek::Logboek;
use domain::Timestamp;

/// What an import is told beside the file.
#[derive(Debug, Clone, Copy)]
pub struct Wijze {
    /// The moment of the import.
    pub nu: Timestamp,
    /// The day of that moment in Europe/Amsterdam.
    pub vandaag: Date,
    /// Write nothing: only say what would be done.
    pub proef: bool,
    /// Write nothing when a row is refused.
    pub alles_of_niets: bool,
    /// Take rows of this school only; those of others are refused.
    pub alleen: Option<OrganisatieId>,
}

impl Wijze {
    /// At this moment, writing all valid rows.
    pub fn op(nu: Timestamp) -> Self {
        Wijze { nu, vandaag: domain::calendar::dag_in_nederland(nu), proef: false, alles_of_niets: false, alleen: None }
    }

    /// Now, writing all valid rows.
    pub fn nu() -> Self {
        Self::op(klok::nu())
    }

    /// Whether rows of a school may be taken.
    fn neemt(&self, school: OrganisatieId) -> bool {
        self.alleen.is_none_or(|eigen| eigen == school)
    }

    fn mag_schrijven(&self, telling: &Telling) -> bool {
        !self.proef && (telling.afgewezen == 0 || !self.alles_of_niets)
    }
}

/// What an import did.
#[derive(Debug)]
pub struct Verslag {
    /// Rows, counted.
    pub telling: Telling,
    /// What was found.
    pub bevindingen: Bevindingen,
    /// The refused rows as a file, with the reason in each; empty when none was refused.
    pub afgewezen: String,
    /// Facts written, or that would be written.
    pub nieuw: u64,
    /// The refused rows count only when the whole file is delivered again: it says all about its period.
    pub alleen_geheel: bool,
    /// In words: what was done.
    pub gedaan: Vec<String>,
    /// Whether it was written.
    pub geschreven: bool,
}

/// The region's own document, as it was adopted last.
pub fn regio(logboek: &Logboek) -> Result<Regio, Fout> {
    let register = logboek.register();
    let document = register.document(domain::body::DocumentSoort::Regio);
    let document = document
        .ok_or_else(|| Fout::kan_niet("Dit register heeft nog geen regio. Maak het opnieuw met `leerrecht init`."))?;
    Regio::lees(document.tekst.zichtbaar()).map_err(|_| {
        Fout::kan_niet("De regio in dit register is niet leesbaar. Gebruik een nieuwere versie van Leerrecht.")
    })
}

fn gemeenten(regio: &Regio) -> Vec<Gemeentecode> {
    regio.organisaties.iter().filter_map(|vermelding| vermelding.inhoud.gemeente).collect()
}

fn kader<'a>(regio: &Regio, gemeenten: &'a [Gemeentecode], wijze: &Wijze) -> Kader<'a> {
    Kader { soort: regio.soort, vandaag: wijze.vandaag, gemeenten }
}

fn weigering(weigering: &Weigering) -> Fout {
    Fout::kan_niet(weigering.to_string())
}
