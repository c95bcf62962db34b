//! Signals of the pupils somebody works for: what fired, in plain words, and what was done about it.

mod drukte;
mod kind;
mod lijst;
pub mod regel;
mod venster;

pub use kind::{WAT, door};

use super::kader::MET_SIGNALEN;
use super::paden;
use super::wegen::{Publiek, Wegen};

/// The routes.
pub fn wegen(wegen: Wegen) -> Wegen {
    let voor = Publiek::Rollen(MET_SIGNALEN);
    wegen
        .get(paden::SIGNALEN, voor, lijst::blad)
        .post(paden::SIGNALEN, voor, lijst::pak_op)
        .get("/leerling/{leerling}/signalen", voor, kind::blad)
        .post("/leerling/{leerling}/signalen", voor, kind::handel_af)
}

#[cfg(test)]
mod tests;
