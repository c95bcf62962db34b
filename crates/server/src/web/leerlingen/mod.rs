//! The pupils somebody works for: listed, filtered, sorted, searched, and taken along in a file.

mod bewaard;
pub mod kolom;
mod lijst;
mod opties;
pub mod regel;
mod selectie;
mod uitvoer;
mod waarom;

use super::kader::BIJ_KINDEREN;
use super::paden;
use super::wegen::{Publiek, Wegen};

pub use opties::Opties;
pub use selectie::STATUSSEN;
pub use uitvoer::regel as csv_regel;

/// The routes.
pub fn wegen(wegen: Wegen) -> Wegen {
    let voor = Publiek::Rollen(BIJ_KINDEREN);
    wegen
        .get(paden::LEERLINGEN, voor, lijst::blad)
        .post("/leerlingen/zoeken", voor, lijst::zoek)
        .post("/leerlingen/selecties", voor, bewaard::bewaar)
        .post("/leerlingen/selecties/weg", voor, bewaard::haal_weg)
        .get("/leerlingen/uitvoer", voor, uitvoer::blad)
        .post("/leerlingen/uitvoer", voor, uitvoer::bestand)
}

#[cfg(test)]
mod tests;
