//! Where one is logged in now; each can be ended from here.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use serde::Deserialize;

use crate::web::Staat;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::{Aanmelding, Bezoek};
use crate::web::formulier::Formulier;
use crate::web::kader::Kader;
use crate::weergave::moment;

/// What may stand behind the address.
#[derive(Deserialize)]
pub struct Vraag {
    #[serde(default)]
    gelukt: String,
}

/// One place where one is logged in.
struct Plek {
    nummer: String,
    begonnen: String,
    gebruikt: String,
    deze: bool,
}

#[derive(Template)]
#[template(path = "account/overzicht.html")]
struct Overzicht {
    kader: Kader,
    f: Formulier,
    /// Under which address one logs in.
    email: String,
    /// Codes on paper that are left; `None` where there is no second factor.
    herstelcodes: Option<usize>,
    plekken: Vec<Plek>,
}

/// The frame of a page of the account: with the navigation when a role was chosen.
pub fn kader(
    staat: &Staat,
    aanmelding: &Aanmelding,
    bezoek: Option<Extension<Bezoek>>,
    titel: &str,
) -> Result<Kader, Weigering> {
    match bezoek {
        Some(Extension(bezoek)) => Kader::van(&bezoek, titel, "", "beginnen"),
        None => Ok(Kader { proef: staat.proef, ..Kader::aangemeld(aanmelding, titel)? }),
    }
}

/// The page.
pub async fn blad(
    State(staat): State<Staat>,
    Query(vraag): Query<Vraag>,
    aanmelding: Aanmelding,
    bezoek: Option<Extension<Bezoek>>,
) -> Uitslag {
    let nu = staat.dienst.tijd().nu();
    let plekken = staat.toegang.sessies(&aanmelding.0, nu).await.map_err(|_| Weigering::Storing)?;
    let eigen = staat.toegang.eigen_account(&aanmelding.0).await.map_err(|_| Weigering::Storing)?;
    let plekken = plekken.into_iter().map(|plek| Plek {
        nummer: plek.nummer,
        begonnen: moment(plek.begonnen),
        gebruikt: moment(plek.gebruikt),
        deze: plek.deze,
    });
    let blad = Overzicht {
        kader: kader(&staat, &aanmelding, bezoek, "Uw account")?.met_gelukt(Some(&vraag.gelukt)),
        f: Formulier::leeg(&aanmelding, nu)?,
        email: eigen.email.zichtbaar().to_owned(),
        herstelcodes: (!eigen.proef).then_some(eigen.herstelcodes),
        plekken: plekken.collect(),
    };
    antwoord::pagina(&blad)
}

/// Ends one of them.
pub async fn beeindig(State(staat): State<Staat>, aanmelding: Aanmelding, f: Formulier) -> Uitslag {
    staat.toegang.beeindig(&aanmelding.0, f.waarde("nummer")).await.map_err(|_| Weigering::Storing)?;
    antwoord::naar("/account?gelukt=bewaard")
}

/// Ends all but this one.
pub async fn beeindig_andere(State(staat): State<Staat>, aanmelding: Aanmelding, _: Formulier) -> Uitslag {
    staat.toegang.beeindig_andere(&aanmelding.0).await.map_err(|_| Weigering::Storing)?;
    antwoord::naar("/account?gelukt=bewaard")
}
