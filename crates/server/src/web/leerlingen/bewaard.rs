//! Selections that somebody kept under a name of their own.

use axum::extract::State;

use super::lijst::achter;
use super::selectie::Selectie;
use crate::toegang::selecties::{MAX_NAAM, MAX_SELECTIES};
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::formulier::Formulier;
use crate::web::{Staat, paden};

pub use crate::toegang::selecties::Bewaard;

impl Bewaard {
    /// Where it leads.
    pub fn adres(&self) -> String {
        // Read anew, so that nothing but words of ours, and the name of a class, gets into an address.
        achter(paden::LEERLINGEN, &Selectie::uit_adres(&self.selectie).adres())
    }
}

/// The selections of whoever is at work.
pub(super) async fn van(staat: &Staat, bezoek: &Bezoek) -> Result<Vec<Bewaard>, Weigering> {
    Ok(staat.toegang.selecties(bezoek.medewerker).await?)
}

/// Keeps one.
pub async fn bewaar(State(staat): State<Staat>, bezoek: Bezoek, mut f: Formulier) -> Uitslag {
    let naam = f.verplichte_tekst("naam", MAX_NAAM, "Geef de selectie een naam.").zichtbaar().to_owned();
    let selectie = Selectie::uit_adres(f.waarde("selectie"));
    if let Some((_, fout)) = f.fouten().first() {
        return Err(Weigering::Onleesbaar(fout.clone()));
    }
    let kept = staat.toegang.bewaar_selectie(bezoek.medewerker, Bewaard { naam, selectie: selectie.adres() }).await?;
    if !kept {
        let vol = format!("U hebt al {MAX_SELECTIES} selecties bewaard. Haal er eerst een weg.");
        return Err(Weigering::Onleesbaar(vol));
    }
    antwoord::naar(&achter(paden::LEERLINGEN, &format!("{}&gelukt=bewaard", selectie.adres())))
}

/// Takes one away.
pub async fn haal_weg(State(staat): State<Staat>, bezoek: Bezoek, f: Formulier) -> Uitslag {
    staat.toegang.haal_selectie_weg(bezoek.medewerker, f.waarde("naam")).await?;
    antwoord::naar(&format!("{}?gelukt=bewaard", paden::LEERLINGEN))
}
