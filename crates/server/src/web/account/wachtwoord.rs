//! Another password: after showing again who one is. All other sessions end.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;

use super::overzicht::kader;
use crate::toegang::eigen::Bevestiging;
use crate::toegang::weigering::Weigering as Afgewezen;
use crate::web::Staat;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::{Aanmelding, Bezoek, koekje, zet_koekje};
use crate::web::formulier::Formulier;
use crate::web::kader::Kader;

#[derive(Template)]
#[template(path = "account/wachtwoord.html")]
struct Wachtwoordblad {
    kader: Kader,
    f: Formulier,
    /// Whether a code is asked.
    code: bool,
}

/// The form.
pub async fn blad(State(staat): State<Staat>, aanmelding: Aanmelding, bezoek: Option<Extension<Bezoek>>) -> Uitslag {
    let kader = kader(&staat, &aanmelding, bezoek, "Wachtwoord wijzigen")?;
    let f = Formulier::leeg(&aanmelding, staat.dienst.tijd().nu())?;
    antwoord::pagina(&Wachtwoordblad { kader, f, code: aanmelding.0.bewijs.tweede_factor() })
}

/// Changes it.
pub async fn wijzig(
    State(staat): State<Staat>,
    aanmelding: Aanmelding,
    bezoek: Option<Extension<Bezoek>>,
    headers: HeaderMap,
    mut f: Formulier,
) -> Uitslag {
    let (nu, vandaag) = (staat.dienst.tijd().nu(), staat.dienst.tijd().vandaag());
    let geheim = koekje(&headers).ok_or(Weigering::Aanmelden)?;
    if f.waarde("nieuw") != f.waarde("herhaling") {
        f.zet_fout("herhaling", "De twee nieuwe wachtwoorden zijn niet gelijk. Typ ze opnieuw.");
    }
    let namen = staat.dienst.lees(|register| staat.toegang.namen(register, aanmelding.0.account, vandaag)).await?;
    let namen = namen.map_err(|_| Weigering::Storing)?;
    let namen: Vec<&str> = namen.iter().map(|naam| naam.zichtbaar()).collect();
    if f.is_goed() {
        let bevestiging = Bevestiging { wachtwoord: f.waarde("oud"), code: f.waarde("code") };
        match staat.toegang.wijzig_wachtwoord(&geheim, bevestiging, f.waarde("nieuw"), &namen, nu).await {
            Ok(geheim) => {
                return antwoord::naar_met_koekjes("/account?gelukt=bewaard", &[zet_koekje(&geheim.tekst())]);
            }
            Err(Afgewezen::Fout(fout)) => return Err(fout.into()),
            Err(waarom @ Afgewezen::Wachtwoord(_)) => f.zet_fout("nieuw", waarom.to_string()),
            Err(waarom) => f.zet_fout("oud", waarom.to_string()),
        }
    }
    let kader = kader(&staat, &aanmelding, bezoek, "Wachtwoord wijzigen")?;
    let code = aanmelding.0.bewijs.tweede_factor();
    antwoord::opnieuw(&Wachtwoordblad { kader, f: f.zonder_velden().opnieuw(&aanmelding, nu)?, code })
}
