//! Imports: bytes of a school or of DUO to checked rows and findings.
//!
//! Nothing here writes, and nothing knows which children the register already holds. Every line of a file either
//! becomes a row or has a [`Bevinding`] of severity [`Ernst::Fout`]; nothing is guessed silently. Findings name row and
//! column and never hold a name, number or address, so that they may be shown, logged and mailed.

mod afgewezen;
mod bevinding;
mod edexml;
mod kop;
mod leerlingen;
mod lezing;
mod nakijken;
mod regels;
mod scholen;
mod tekst;
mod uitvoer;
mod veld;
mod verzuim;

use domain::Date;
use domain::nummers::Gemeentecode;

use crate::regio::RegioSoort;

pub use afgewezen::{Afgewezen, MAX_AFGEWEZEN};
pub use bevinding::{Bestandssoort, Bevinding, Bevindingen, Ernst, Gebrek, MAX_BEVINDINGEN, Weigering};
pub use edexml::{MAX_DIEPTE, MAX_EDEXML, MAX_ELEMENTEN};
pub use leerlingen::{InschrijvingRij, LeerlingRij, MAX_LEERLINGEN, MAX_VERZORGERS, VerzorgerRij, read_leerlingen};
pub use lezing::{Invoer, Telling, Vorm};
pub use regels::{MAX_KOLOMMEN, MAX_REGEL, MAX_REGELS_PER_RIJ};
pub use scholen::{Aantal, MAX_SCHOLEN, SchoolRij, read_scholen};
pub use tekst::{Codering, MAX_BESTAND};
pub use uitvoer::{CsvWriter, neutralise, restore};
pub use verzuim::{
    AfgewezenDag, Betekenis, CodeStand, IsSchooldag, KolomStand, LeerlingVerzuim, Levering, MAX_CODES, MAX_INDELING,
    MAX_LEVERING, MAX_RIJEN, MAX_RIJEN_VERTAALD, MAX_VOORBEELD, SchoolDag, Vertaling, Verzuim, VerzuimIndeling,
    VoorbeeldRij, Voorvertoning, preview_verzuim, read_verzuim, read_verzuim_as,
};

/// What the checks of an import need beside the file.
#[derive(Debug, Clone, Copy)]
pub struct Kader<'a> {
    /// Real or synthetic: the numbers of one are refused in the other.
    pub soort: RegioSoort,
    /// The day of the import; what lies too far from it is refused.
    pub vandaag: Date,
    /// The municipalities of the region. Other ones are allowed, with a warning for pupils.
    pub gemeenten: &'a [Gemeentecode],
}
