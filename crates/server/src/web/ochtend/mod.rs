//! The working day: the morning's list, all work behind it, and the note of a call.

mod belnotitie;
mod lijn;
mod ochtendlijst;
mod werklijst;

use super::bezoek::Bezoek;
use super::blik::{Beeld, Blik};
use super::kader::BIJ_KINDEREN;
use super::paden;
use super::wegen::{Publiek, Wegen};
use crate::weergave::werk::{self, Dag, Ik, Werk};
use domain::Timestamp;
use register::Register;
use std::sync::Arc;

pub use ochtendlijst::Ochtend;

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

/// All work of somebody, of the children that they have in view. For which of these there is work is worked out once for
/// as long as the view holds.
fn werk_van<'a>(blik: &'a Blik, plekken: &'a [u32], dag: &Dag<'a>) -> Werk<'a> {
    werk::werk(blik.op_plek(plekken).map(Beeld::voor_werk), dag)
}

/// The children for whom there is work.
fn met_werk(blik: &Blik, dag: &Dag<'_>) -> Arc<[u32]> {
    let vorige = dag.vorige.map_or(0, Timestamp::as_microsecond);
    blik.keuze(&format!("werk sinds {vorige}"), |kinderen| {
        let asks = |beeld: &Beeld| !werk::werk([beeld.voor_werk()], dag).lijnen.is_empty();
        kinderen.iter().zip(0..).filter(|(beeld, _)| asks(beeld)).map(|(_, plek)| plek).collect()
    })
}

/// What the day of somebody rests on.
fn dag<'a>(register: &'a Register, bezoek: &Bezoek, ik: &'a Ik) -> Dag<'a> {
    Dag { register, vandaag: bezoek.vandaag, ik, vorige: bezoek.vorige_keer() }
}

#[cfg(test)]
mod tests;
