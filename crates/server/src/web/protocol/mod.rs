//! The verzuimprotocol as a document of the region: to read, to compare in its versions, and to try out. Nothing here
//! names a child.

mod blad;
mod velden;
mod watals;

use domain::fact::Rol;

use super::kader::{ALLEN, MET_PROTOCOL};
use super::paden;
use super::wegen::{Publiek, Wegen};

/// Everybody at work may read what was agreed on.
const LEZERS: Publiek = Publiek::Rollen(ALLEN);
/// Who talk about it try it out.
const WEGERS: Publiek = Publiek::Rollen(MET_PROTOCOL);

/// The routes.
pub fn wegen(wegen: Wegen) -> Wegen {
    wegen
        .get(paden::PROTOCOL, LEZERS, blad::blad)
        .get("/protocol/vergelijk", LEZERS, blad::vergelijk)
        .get(paden::WAT_ALS, WEGERS, watals::blad)
        .get("/protocol/wat-als/bestand", WEGERS, watals::bestand)
        .get("/protocol/wat-als/scholen", WEGERS, watals::scholen)
        .post("/protocol/wat-als/scholen", WEGERS, watals::zoek_scholen)
}

/// Whether somebody in this role may try a protocol out.
fn mag_wegen(rol: Rol) -> bool {
    MET_PROTOCOL.contains(&rol)
}

#[cfg(test)]
mod tests;
