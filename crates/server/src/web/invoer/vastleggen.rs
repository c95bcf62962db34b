//! A file that waits: what it would do, writing it, and the refused rows back.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use zeroize::Zeroizing;

use super::beeld::Beeld;
use super::bestand::{eigen_school, lees_in};
use super::wachtkamer::Wachtend;
use crate::gebruik::{Wijze, indeling};
use crate::hex::unhex;
use crate::logboek::Logboek;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::formulier::Formulier;
use crate::web::kader::Kader;
use crate::web::{Staat, paden};

#[derive(Template)]
#[template(path = "invoer/bekijken.html")]
struct Bekijken {
    kader: Kader,
    f: Formulier,
    adres: String,
    beeld: Beeld,
}

fn wachtend(staat: &Staat, bezoek: &Bezoek, sleutel: &str) -> Result<Arc<Wachtend>, Weigering> {
    let key = unhex(sleutel).ok_or(Weigering::NietGevonden)?;
    staat.wachtkamer.van(key, &bezoek.actor(), bezoek.nu).ok_or_else(|| {
        Weigering::Onleesbaar(
            "Dit bestand wacht niet meer: na een kwartier wordt het losgelaten. Kies het opnieuw.".into(),
        )
    })
}

/// What the file would do, or what came of it.
pub async fn blad(State(staat): State<Staat>, bezoek: Bezoek, Path(sleutel): Path<String>) -> Uitslag {
    let wachtend = wachtend(&staat, &bezoek, &sleutel)?;
    let titel = if wachtend.beeld.geschreven { "Ingelezen" } else { "Bestand bekijken" };
    let blad = Bekijken {
        kader: Kader::van(&bezoek, titel, paden::INVOER, "invoer")?,
        f: Formulier::leeg(&bezoek.aanmelding, bezoek.nu)?,
        adres: format!("/invoer/{sleutel}"),
        beeld: wachtend.beeld.clone(),
    };
    antwoord::pagina(&blad)
}

/// Writes it. Sent twice, the second finds everything there.
pub async fn vastleggen(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path(sleutel): Path<String>,
    _: Formulier,
) -> Uitslag {
    let found = wachtend(&staat, &bezoek, &sleutel)?;
    if found.beeld.geschreven || found.beeld.geweigerd.is_some() {
        return antwoord::naar(&format!("/invoer/{sleutel}"));
    }
    let wijze = Wijze { alleen: eigen_school(&bezoek), ..Wijze::op(bezoek.nu) };
    let (school, actor, nu) = (eigen_school(&bezoek), bezoek.actor(), bezoek.nu);
    let file = Arc::clone(&found);
    let werk = async move |logboek: &mut Logboek| {
        if let (Some(tekst), Some(school)) = (&file.indeling, school) {
            indeling::bewaar(logboek, school, tekst, actor, nu).await?;
        }
        lees_in(logboek, &file.wat, &file.bytes, wijze).await
    };
    let (beeld, afgewezen) = staat.dienst.schrijf(werk).await?;
    let done = Wachtend {
        van: actor,
        sinds: nu,
        wat: found.wat.clone(),
        indeling: None,
        bytes: Arc::default(),
        beeld,
        afgewezen: Zeroizing::new(afgewezen),
    };
    let key = unhex(&sleutel).ok_or(Weigering::NietGevonden)?;
    staat.wachtkamer.zet(key, done);
    antwoord::naar(&format!("/invoer/{sleutel}"))
}

/// The refused rows, each with the reason.
pub async fn afgewezen(State(staat): State<Staat>, bezoek: Bezoek, Path(sleutel): Path<String>) -> Uitslag {
    let wachtend = wachtend(&staat, &bezoek, &sleutel)?;
    if wachtend.afgewezen.is_empty() {
        return Err(Weigering::NietGevonden);
    }
    antwoord::bestand("afgewezen.csv", "text/csv; charset=utf-8", wachtend.afgewezen.as_bytes().to_vec())
}
