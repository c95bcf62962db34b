//! The monitor: numbers and their course, for each role what it may count.

mod blad;
mod definitie;
mod kijk;
mod tabel;
#[cfg(test)]
mod tests;
mod trend;
mod volledigheid;

use super::kader::{ALLEN, MET_CIJFERS};
use super::paden;
use super::wegen::{Publiek, Wegen};

/// The routes.
pub fn wegen(wegen: Wegen) -> Wegen {
    let voor = Publiek::Rollen(MET_CIJFERS);
    wegen
        .get(paden::MONITOR, voor, blad::blad)
        .get("/monitor/tabel.csv", voor, blad::bestand)
        .get("/monitor/volledigheid", voor, volledigheid::blad)
        .get("/monitor/definitie", Publiek::Rollen(ALLEN), definitie::lijst)
        .get("/monitor/definitie/{cijfer}", Publiek::Rollen(ALLEN), definitie::blad)
}
