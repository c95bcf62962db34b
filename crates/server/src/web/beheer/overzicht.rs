//! Where the beheerder begins: what needs attention, and the way to the rest.

use askama::Template;
use axum::extract::State;

use super::leveringen::{LAAT, achterstanden};
use super::personen::{Inlog, personen, zonder_medewerker};
use crate::web::Staat;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::kader::Kader;

#[derive(Template)]
#[template(path = "beheer/overzicht.html")]
struct Overzicht {
    kader: Kader,
    personen: usize,
    open: usize,
    uitgenodigd: usize,
    niet_uitgenodigd: usize,
    zonder_medewerker: usize,
    organisaties: usize,
    scholen: usize,
    achter: usize,
    laat: u32,
}

/// The page.
pub async fn blad(State(staat): State<Staat>, bezoek: Bezoek) -> Uitslag {
    let accounts = staat.toegang.accounts().await.map_err(|_| Weigering::Storing)?;
    let kader = super::kader(&bezoek, "Beheer")?;
    let vandaag = bezoek.vandaag;
    let blad = staat.dienst.lees(|register| {
        let personen = personen(register, &accounts, vandaag);
        let here: Vec<Inlog> =
            personen.iter().filter(|persoon| persoon.werkt_hier()).map(|persoon| persoon.inlog).collect();
        let with = |inlog: Inlog| here.iter().filter(|found| **found == inlog).count();
        let scholen = achterstanden(register, vandaag);
        Overzicht {
            kader,
            personen: here.len(),
            open: with(Inlog::Open),
            uitgenodigd: with(Inlog::Wacht),
            niet_uitgenodigd: with(Inlog::Geen) + with(Inlog::ZonderAdres),
            zonder_medewerker: zonder_medewerker(&personen, &accounts).len(),
            organisaties: register.rules().organisaties.len(),
            scholen: scholen.len(),
            achter: scholen.iter().filter(|school| school.is_laat()).count(),
            laat: LAAT,
        }
    });
    antwoord::pagina(&blad.await?)
}
