//! The working day: the morning's list, all work behind it, and the note of a call.

mod belnotitie;
mod lijn;
mod ochtendlijst;
mod werklijst;

use super::bezoek::Bezoek;
use super::blik::Blik;
use super::kader::BIJ_KINDEREN;
use super::paden;
use super::wegen::{Publiek, Wegen};
use crate::weergave::werk::{self, Dag, Ik, Werk};
use register::Register;

/// The routes.
pub fn wegen(wegen: Wegen) -> Wegen {
    let voor = Publiek::Rollen(BIJ_KINDEREN);
    wegen
        .get(paden::OCHTENDLIJST, voor, ochtendlijst::blad)
        .get(paden::WERKLIJST, voor, werklijst::blad)
        .get("/leerling/{leerling}/belnotitie", voor, belnotitie::blad)
        .post("/leerling/{leerling}/belnotitie", voor, belnotitie::leg_vast)
}

/// Who works, in the register of today.
fn ik(register: &Register, bezoek: &Bezoek) -> Ik {
    Ik::new(register, bezoek.medewerker, bezoek.organisatie, bezoek.rol, bezoek.vandaag)
}

/// All work of somebody, of the children that they have in view.
fn werk_van<'a>(blik: &'a Blik, dag: &Dag<'a>) -> Werk<'a> {
    werk::werk(blik.kinderen().iter().map(|beeld| beeld.voor_werk()), dag)
}

/// What the day of somebody rests on.
fn dag<'a>(register: &'a Register, bezoek: &Bezoek, ik: &'a Ik) -> Dag<'a> {
    Dag { register, vandaag: bezoek.vandaag, ik, vorige: bezoek.vorige_keer() }
}

#[cfg(test)]
mod tests;
