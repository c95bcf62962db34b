//! Another app with codes, and new codes on paper: after showing again who one is. All other sessions end.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;

use super::overzicht::kader;
use super::vraag;
use crate::toegang::eigen::Bevestiging;
use crate::toegang::geheim::Geheim;
use crate::web::Staat;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::{Aanmelding, Bezoek, zet_koekje};
use crate::web::formulier::Formulier;
use crate::web::inloggen::Codesblad;
use crate::web::kader::Kader;

/// Where the other app is brought in.
const KOPPELEN: &str = "/account/app/koppelen";

/// What one shows again who one is for.
struct Waarvoor {
    titel: &'static str,
    uitleg: &'static str,
    adres: &'static str,
    knop: &'static str,
}

const APP: Waarvoor = Waarvoor {
    titel: "Een andere app met codes koppelen",
    uitleg: "Hebt u een andere telefoon of een andere app? Laat eerst zien dat u het bent. Daarna koppelt u de nieuwe app en \
             krijgt u nieuwe herstelcodes. Overal elders wordt u afgemeld.",
    adres: "/account/app",
    knop: "Verder",
};

const CODES: Waarvoor = Waarvoor {
    titel: "Nieuwe herstelcodes maken",
    uitleg: "De oude herstelcodes werken daarna niet meer. Overal elders wordt u afgemeld.",
    adres: "/account/herstelcodes",
    knop: "Maak nieuwe herstelcodes",
};

#[derive(Template)]
#[template(path = "account/bewijs.html")]
struct Bewijsblad {
    kader: Kader,
    f: Formulier,
    wat: &'static Waarvoor,
    /// Whether it is an account without second factor.
    proef: bool,
}

#[derive(Template)]
#[template(path = "account/koppelen.html")]
struct Koppelblad {
    kader: Kader,
    f: Formulier,
    /// The secret to type.
    geheim: String,
    /// The same, to follow on the telephone itself.
    uri: String,
    /// The same, to scan.
    qr: String,
}

/// The form before another app.
pub async fn blad(State(staat): State<Staat>, aanmelding: Aanmelding, bezoek: Option<Extension<Bezoek>>) -> Uitslag {
    antwoord::pagina(&bewijsblad(&staat, &aanmelding, bezoek, &APP, Formulier::open()).await?)
}

/// The form before new codes on paper.
pub async fn codesblad(
    State(staat): State<Staat>,
    aanmelding: Aanmelding,
    bezoek: Option<Extension<Bezoek>>,
) -> Uitslag {
    antwoord::pagina(&bewijsblad(&staat, &aanmelding, bezoek, &CODES, Formulier::open()).await?)
}

async fn bewijsblad(
    staat: &Staat,
    aanmelding: &Aanmelding,
    bezoek: Option<Extension<Bezoek>>,
    wat: &'static Waarvoor,
    f: Formulier,
) -> Result<Bewijsblad, Weigering> {
    let eigen = staat.toegang.eigen_account(&aanmelding.0).await.map_err(|_| Weigering::Storing)?;
    let f = f.zonder_velden().opnieuw(aanmelding, staat.dienst.tijd().nu())?;
    Ok(Bewijsblad { kader: kader(staat, aanmelding, bezoek, wat.titel)?, f, wat, proef: eigen.proef })
}

/// Begins to set up another app.
pub async fn begin(
    State(staat): State<Staat>,
    aanmelding: Aanmelding,
    bezoek: Option<Extension<Bezoek>>,
    headers: HeaderMap,
    mut f: Formulier,
) -> Uitslag {
    let nu = staat.dienst.tijd().nu();
    let ask = async |geheim: &str, f: &Formulier| staat.toegang.nieuwe_app(geheim, bevestiging(f), nu).await;
    match vraag(&headers, &mut f, |_| "wachtwoord", ask).await? {
        Some(geheim) => antwoord::naar_met_koekjes(KOPPELEN, &[zet_koekje(&geheim.tekst())]),
        None => antwoord::opnieuw(&bewijsblad(&staat, &aanmelding, bezoek, &APP, f).await?),
    }
}

/// New codes on paper.
pub async fn nieuwe_codes(
    State(staat): State<Staat>,
    aanmelding: Aanmelding,
    bezoek: Option<Extension<Bezoek>>,
    headers: HeaderMap,
    mut f: Formulier,
) -> Uitslag {
    let nu = staat.dienst.tijd().nu();
    let ask = async |geheim: &str, f: &Formulier| staat.toegang.nieuwe_herstelcodes(geheim, bevestiging(f), nu).await;
    match vraag(&headers, &mut f, |_| "wachtwoord", ask).await? {
        Some((geheim, codes)) => codes_op_papier(&staat, &geheim, codes),
        None => antwoord::opnieuw(&bewijsblad(&staat, &aanmelding, bezoek, &CODES, f).await?),
    }
}

fn bevestiging(f: &Formulier) -> Bevestiging<'_> {
    Bevestiging { wachtwoord: f.waarde("wachtwoord"), code: f.waarde("code") }
}

/// What to bring into the other app; back to the beginning when that took too long.
pub async fn koppelblad(
    State(staat): State<Staat>,
    aanmelding: Aanmelding,
    bezoek: Option<Extension<Bezoek>>,
) -> Uitslag {
    match koppeling(&staat, &aanmelding, bezoek, Formulier::open()).await? {
        Some(blad) => antwoord::pagina(&blad),
        None => antwoord::naar(APP.adres),
    }
}

async fn koppeling(
    staat: &Staat,
    aanmelding: &Aanmelding,
    bezoek: Option<Extension<Bezoek>>,
    f: Formulier,
) -> Result<Option<Koppelblad>, Weigering> {
    let nu = staat.dienst.tijd().nu();
    let wordt = staat.toegang.app_in_wording(&aanmelding.0, nu).await.map_err(|_| Weigering::Storing)?;
    let Some(uitleg) = wordt else { return Ok(None) };
    let kader = kader(staat, aanmelding, bezoek, "Koppel de andere app")?;
    let (f, qr) = (f.zonder_velden().opnieuw(aanmelding, nu)?, uitleg.qr());
    Ok(Some(Koppelblad { kader, f, geheim: uitleg.geheim, uri: uitleg.uri, qr }))
}

/// Takes the other app into use, with a code that it shows.
pub async fn koppel(
    State(staat): State<Staat>,
    aanmelding: Aanmelding,
    bezoek: Option<Extension<Bezoek>>,
    headers: HeaderMap,
    mut f: Formulier,
) -> Uitslag {
    let nu = staat.dienst.tijd().nu();
    let ask = async |geheim: &str, f: &Formulier| staat.toegang.bevestig_app(geheim, f.waarde("code"), nu).await;
    if let Some((geheim, codes)) = vraag(&headers, &mut f, |_| "code", ask).await? {
        return codes_op_papier(&staat, &geheim, codes);
    }
    match koppeling(&staat, &aanmelding, bezoek, f).await? {
        Some(blad) => antwoord::opnieuw(&blad),
        None => antwoord::naar(APP.adres),
    }
}

/// New codes, shown this once, in the session that goes on.
fn codes_op_papier(staat: &Staat, geheim: &Geheim, codes: Vec<String>) -> Uitslag {
    let kader = Kader { proef: staat.proef, ..Kader::buiten("Uw herstelcodes") };
    let blad = Codesblad { kader, codes, verder: "/account" };
    antwoord::met_koekjes(antwoord::pagina(&blad)?, &[zet_koekje(&geheim.tekst())])
}
