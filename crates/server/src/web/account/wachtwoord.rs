//! Another password: after showing again who one is. All other sessions end.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;

use super::overzicht::kader;
use super::vraag;
use crate::toegang::eigen::Bevestiging;
use crate::toegang::weigering::Weigering as Afgewezen;
use crate::web::Staat;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::{Aanmelding, Bezoek, zet_koekje};
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
    if f.waarde("nieuw") != f.waarde("herhaling") {
        f.zet_fout("herhaling", "De twee nieuwe wachtwoorden zijn niet gelijk. Typ ze opnieuw.");
    }
    let namen = staat.dienst.lees(|register| staat.toegang.namen(register, aanmelding.0.account, vandaag)).await?;
    let namen = namen.map_err(|_| Weigering::Storing)?;
    let namen: Vec<&str> = namen.iter().map(|naam| naam.zichtbaar()).collect();
    if f.is_goed() {
        let ask = async |geheim: &str, f: &Formulier| {
            let bevestiging = Bevestiging { wachtwoord: f.waarde("oud"), code: f.waarde("code") };
            staat.toegang.wijzig_wachtwoord(geheim, bevestiging, f.waarde("nieuw"), &namen, nu).await
        };
        let veld = |waarom: &Afgewezen| if matches!(waarom, Afgewezen::Wachtwoord(_)) { "nieuw" } else { "oud" };
        if let Some(geheim) = vraag(&headers, &mut f, veld, ask).await? {
            return antwoord::naar_met_koekjes("/account?gelukt=bewaard", &[zet_koekje(&geheim.tekst())]);
        }
    }
    let kader = kader(&staat, &aanmelding, bezoek, "Wachtwoord wijzigen")?;
    let code = aanmelding.0.bewijs.tweede_factor();
    antwoord::opnieuw(&Wachtwoordblad { kader, f: f.zonder_velden().opnieuw(&aanmelding, nu)?, code })
}
