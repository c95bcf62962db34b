//! Looking with a reason at a child of one's own municipality that one has no case of: by exact name and birth date, for
//! a day, written down with the reason and looked at afterwards by the own privacy officer.

mod blad;
mod zoeken;

use super::kader::WOONGEMEENTE;
use super::paden;
use super::wegen::{Publiek, Wegen};

const PUBLIEK: Publiek = Publiek::Rollen(WOONGEMEENTE);

/// The routes.
pub fn wegen(wegen: Wegen) -> Wegen {
    wegen.get(paden::INZAGE, PUBLIEK, zoeken::blad).post(paden::INZAGE, PUBLIEK, zoeken::zoek).get(
        "/inzage/{nummer}",
        PUBLIEK,
        blad::blad,
    )
}

#[cfg(test)]
mod tests;
