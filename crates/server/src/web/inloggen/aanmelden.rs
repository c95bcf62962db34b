//! Logging in with address, password and code; and leaving. Whatever is wrong, the answer is the same.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use serde::Deserialize;

use crate::toegang::aanmelden::Poging;
use crate::toegang::weigering::Weigering as Afgewezen;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::{koekje, wis_koekje, zet_koekje};
use crate::web::formulier::Formulier;
use crate::web::kader::Kader;
use crate::web::{Staat, paden};

/// What may stand behind the address of the page.
#[derive(Deserialize)]
pub struct Vraag {
    #[serde(default)]
    naar: String,
    #[serde(default)]
    gelukt: String,
}

#[derive(Template)]
#[template(path = "inloggen/aanmelden.html")]
struct Aanmeldblad {
    kader: Kader,
    f: Formulier,
    naar: String,
}

/// The form.
pub async fn blad(State(staat): State<Staat>, Query(vraag): Query<Vraag>) -> Uitslag {
    let kader = Kader { proef: staat.proef, ..Kader::buiten("Aanmelden") }.met_gelukt(Some(&vraag.gelukt));
    let naar = paden::eigen(&vraag.naar).unwrap_or_default().to_owned();
    antwoord::pagina(&Aanmeldblad { kader, f: Formulier::open(), naar })
}

/// Logs in.
pub async fn aanmelden(State(staat): State<Staat>, headers: HeaderMap, mut f: Formulier) -> Uitslag {
    let oud = koekje(&headers);
    let poging = Poging {
        email: f.waarde("email"),
        wachtwoord: f.waarde("wachtwoord"),
        code: f.waarde("code"),
        sessie: oud.as_deref(),
    };
    let naar = paden::eigen(f.waarde("naar")).unwrap_or_default().to_owned();
    match staat.toegang.aanmelden(poging, staat.dienst.tijd().nu()).await {
        Ok(aangemeld) => verder(&staat, &aangemeld.sessie.tekst(), &naar).await,
        Err(Afgewezen::Fout(fout)) => Err(fout.into()),
        Err(waarom) => {
            f.zet_fout("email", waarom.to_string());
            let kader = Kader { proef: staat.proef, ..Kader::buiten("Aanmelden") };
            let email = f.waarde("email").to_owned();
            let f = f.zonder_velden().met("email", email);
            antwoord::opnieuw(&Aanmeldblad { kader, f, naar })
        }
    }
}

/// Who has one role works in it at once; who has more, chooses.
pub async fn verder(staat: &Staat, geheim: &str, naar: &str) -> Uitslag {
    let nu = staat.dienst.tijd().nu();
    let sessie = staat.toegang.sessie(geheim, nu).await.map_err(|_| Weigering::Storing)?;
    let vandaag = staat.dienst.tijd().vandaag();
    let functies = staat.dienst.lees(|register| staat.toegang.functies(register, sessie.account, vandaag)).await?;
    let functies = functies.map_err(|_| Weigering::Storing)?;
    let [enige] = functies.as_slice() else {
        return antwoord::naar_met_koekje("/kiezen", &zet_koekje(geheim));
    };
    let gekozen = staat.toegang.kies(geheim, Some(*enige), nu).await.map_err(|_| Weigering::Storing)?;
    let adres = if naar.is_empty() { "/" } else { naar };
    antwoord::naar_met_koekje(adres, &zet_koekje(&gekozen.tekst()))
}

/// Leaves.
pub async fn afmelden(State(staat): State<Staat>, headers: HeaderMap, _: Formulier) -> Uitslag {
    if let Some(geheim) = koekje(&headers) {
        staat.toegang.afmelden(&geheim).await.map_err(|_| Weigering::Storing)?;
    }
    antwoord::naar_met_koekje("/inloggen?gelukt=uitgelogd", &wis_koekje())
}
