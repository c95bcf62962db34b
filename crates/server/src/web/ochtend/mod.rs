//! The working day: the morning's list, all work behind it, and the note of a call.

mod belnotitie;
mod lijn;
mod ochtendlijst;
mod werklijst;

use super::Staat;
use super::antwoord::Weigering;
use super::bezoek::Bezoek;
use super::blik::{Beeld, Blik};
use super::kader::BIJ_KINDEREN;
use super::paden;
use super::signalen;
use super::wegen::{Publiek, Wegen};
use crate::weergave::werk::{self, Dag, Ik, Werk};
use domain::Timestamp;
use domain::ids::LeerlingId;
use register::Register;
use std::collections::BTreeMap;
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
    blik.keuze(&format!("werk sinds {vorige}, gezien {:?}", dag.gezien), |kinderen| {
        let asks = |beeld: &Beeld| !werk::werk([beeld.voor_werk()], dag).lijnen.is_empty();
        kinderen.iter().zip(0..).filter(|(beeld, _)| asks(beeld)).map(|(_, plek)| plek).collect()
    })
}

/// What the day of somebody rests on.
fn dag<'a>(register: &'a Register, bezoek: &Bezoek, ik: &'a Ik, gezien: &'a Gezien) -> Dag<'a> {
    Dag { register, vandaag: bezoek.vandaag, ik, vorige: bezoek.vorige_keer(), gezien }
}

/// When somebody last saw the signals of a child.
type Gezien = BTreeMap<LeerlingId, Timestamp>;

/// When the reader last saw the signals of those of whom a signal went that they had acted on: the page of these signals
/// tells so. Of most readers that is nobody.
async fn gezien(staat: &Staat, bezoek: &Bezoek) -> Result<Gezien, Weigering> {
    let gone = staat.dienst.lees_lijst(|register| {
        let blik = staat.blikken.van(register, bezoek);
        let acted = |beeld: &Beeld| {
            let all = beeld.vandaag.vervallen.iter().flat_map(|gone| &gone.gedaan);
            all.into_iter().any(|gedaan| gedaan.wie == bezoek.medewerker)
        };
        let plekken = blik.keuze("vervallen", |kinderen| {
            kinderen.iter().zip(0..).filter(|(beeld, _)| acted(beeld)).map(|(_, plek)| plek).collect()
        });
        blik.op_plek(&plekken).map(|beeld| beeld.leerling).collect::<Vec<LeerlingId>>()
    });
    let mut gezien = Gezien::new();
    for leerling in gone.await? {
        let last = staat.dienst.laatst_gezien(leerling, bezoek.medewerker, signalen::WAT).await?;
        gezien.extend(last.map(|last| (leerling, last)));
    }
    Ok(gezien)
}

#[cfg(test)]
mod tests;
