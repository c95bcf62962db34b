//! For the privacy officer: who of the own organisation looked at whom, what stands out, and the looks with a reason.
//! Nothing of a dossier stands here: a child is named by our own number.

mod blad;
mod inzagen;
mod opvallend;
mod zoeken;

use domain::fact::Rol;

use super::paden;
use super::wegen::{Publiek, Wegen};

const PRIVACY: Publiek = Publiek::Rollen(&[Rol::Privacy]);

/// The routes.
pub fn wegen(wegen: Wegen) -> Wegen {
    wegen
        .get(paden::LEESLOG, PRIVACY, blad::begin)
        .post(paden::LEESLOG, PRIVACY, blad::zoek)
        .get("/leeslog/inzagen", PRIVACY, inzagen::blad)
        .post("/leeslog/inzagen/{nummer}", PRIVACY, inzagen::beoordeel)
}

#[cfg(test)]
mod tests;
