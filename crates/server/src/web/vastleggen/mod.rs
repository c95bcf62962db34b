//! What people do about a child, as forms: each its page, offered to whoever may do it, decided by the domain on what the
//! sender saw.

pub mod acties;
mod blad;
mod intrekken;
mod kaart;
mod klopt_niet;
mod melding;
mod mensen;
mod opzet;
mod samen;
#[cfg(test)]
pub mod tests;
mod vel;
mod verkeerd;
mod vormen;

use axum::extract::{Path, Query, State};
use domain::body::Soort;

use super::Staat;
use super::bezoek::Bezoek;
use super::formulier::Formulier;
use super::kader::BIJ_KINDEREN;
use super::wegen::{Publiek, Wegen};
pub use mensen::thuis_keuzes;
use opzet::Vraag;
pub use opzet::{Keuzes, ONTBREEKT, persoon, persoon_tekst};
pub use vel::Vel;

/// Who comes here at all; for each child and form it is decided apart.
const PUBLIEK: Publiek = Publiek::Rollen(BIJ_KINDEREN);

/// Whether there is a form with which statements of this kind are corrected.
pub fn te_corrigeren(soort: Soort) -> bool {
    vormen::om_te_corrigeren(soort).is_some()
}

/// The routes.
pub fn wegen(wegen: Wegen) -> Wegen {
    let wegen = vormen::ALLE.iter().copied().fold(wegen, |wegen, opzet| {
        let toon = async move |State(staat): State<Staat>,
                               bezoek: Bezoek,
                               Path(leerling): Path<String>,
                               Query(vraag): Query<Vec<(String, String)>>| {
            blad::toon(&staat, &bezoek, opzet, &leerling, &Vraag(vraag)).await
        };
        let verstuur = async move |State(staat): State<Staat>,
                                   bezoek: Bezoek,
                                   Path(leerling): Path<String>,
                                   Query(vraag): Query<Vec<(String, String)>>,
                                   f: Formulier| {
            blad::verstuur(&staat, &bezoek, opzet, &leerling, &Vraag(vraag), f).await
        };
        wegen.get(opzet.pad, PUBLIEK, toon).post(opzet.pad, PUBLIEK, verstuur)
    });
    melding::wegen(wegen)
        .get("/leerling/{leerling}/feit/{feit}/corrigeren", PUBLIEK, corrigeren)
        .post("/leerling/{leerling}/feit/{feit}/corrigeren", PUBLIEK, gecorrigeerd)
        .get("/leerling/{leerling}/feit/{feit}/intrekken", PUBLIEK, intrekken::toon)
        .post("/leerling/{leerling}/feit/{feit}/intrekken", PUBLIEK, intrekken::verstuur)
        .get("/leerling/{leerling}/samenvoegen", PUBLIEK, samen::toon)
        .post("/leerling/{leerling}/samenvoegen", PUBLIEK, samen::verstuur)
        .get("/leerling/{leerling}/losmaken", PUBLIEK, samen::losmaken)
        .get("/leerling/{leerling}/verkeerd-kind", PUBLIEK, verkeerd::toon)
        .post("/leerling/{leerling}/verkeerd-kind", PUBLIEK, verkeerd::verstuur)
        .get("/leerling/{leerling}/verkeerd-kind/gezien", PUBLIEK, verkeerd::gezien)
        .get("/leerling/{leerling}/klopt-niet", PUBLIEK, klopt_niet::toon)
        .post("/leerling/{leerling}/klopt-niet", PUBLIEK, klopt_niet::verstuur)
}

async fn corrigeren(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path((leerling, feit)): Path<(String, String)>,
) -> super::antwoord::Uitslag {
    blad::toon_correctie(&staat, &bezoek, &leerling, &feit).await
}

async fn gecorrigeerd(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path((leerling, feit)): Path<(String, String)>,
    f: Formulier,
) -> super::antwoord::Uitslag {
    blad::verstuur_correctie(&staat, &bezoek, &leerling, &feit, f).await
}
