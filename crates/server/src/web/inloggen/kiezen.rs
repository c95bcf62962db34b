//! For whom somebody works now, and in which role.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;

use crate::toegang::functies::Functie;
use crate::web::Staat;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::{Aanmelding, koekje, zet_koekje};
use crate::web::formulier::Formulier;
use crate::web::kader::Kader;

/// One role to choose.
struct Keus {
    nummer: usize,
    organisatie: String,
    rol: &'static str,
}

#[derive(Template)]
#[template(path = "inloggen/kiezen.html")]
struct Kiesblad {
    kader: Kader,
    f: Formulier,
    keuzes: Vec<Keus>,
}

async fn functies(staat: &Staat, aanmelding: &Aanmelding) -> Result<Vec<(Functie, Keus)>, Weigering> {
    let vandaag = staat.dienst.tijd().vandaag();
    let found = staat.dienst.lees(|register| {
        let functies = staat.toegang.functies(register, aanmelding.0.account, vandaag)?;
        let keus = |(nummer, functie): (usize, Functie)| {
            let keuze = functie.keuze();
            let organisatie = register.rules().naam(keuze.organisatie).to_owned();
            (functie, Keus { nummer, organisatie, rol: keuze.rol.label() })
        };
        Ok::<_, crate::toegang::weigering::Weigering>(functies.into_iter().enumerate().map(keus).collect())
    });
    found.await?.map_err(|_| Weigering::Storing)
}

/// The roles of whoever is logged in.
pub async fn blad(State(staat): State<Staat>, aanmelding: Aanmelding) -> Uitslag {
    let keuzes = functies(&staat, &aanmelding).await?.into_iter().map(|(_, keus)| keus).collect();
    let kader = Kader { proef: staat.proef, ..Kader::aangemeld(&aanmelding, "Kies uw rol")? };
    antwoord::pagina(&Kiesblad { kader, f: Formulier::leeg(&aanmelding, staat.dienst.tijd().nu())?, keuzes })
}

/// Works in the chosen role from now on.
pub async fn kies(State(staat): State<Staat>, aanmelding: Aanmelding, headers: HeaderMap, f: Formulier) -> Uitslag {
    let functies = functies(&staat, &aanmelding).await?;
    let nummer: Option<usize> = f.waarde("rol").parse().ok();
    let (functie, _) = nummer.and_then(|nummer| functies.get(nummer)).ok_or(Weigering::NietVoorU)?;
    let geheim = koekje(&headers).ok_or(Weigering::Aanmelden)?;
    let gekozen = staat.toegang.kies(&geheim, Some(*functie), staat.dienst.tijd().nu()).await;
    antwoord::naar_met_koekjes("/", &[zet_koekje(&gekozen.map_err(|_| Weigering::NietVoorU)?.tekst())])
}
