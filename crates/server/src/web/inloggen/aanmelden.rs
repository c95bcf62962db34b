//! Logging in with address, password and code; and leaving. Whatever is wrong, the answer is the same.

use std::net::SocketAddr;

use askama::Template;
use axum::Extension;
use axum::extract::{ConnectInfo, Query, State};
use axum::http::HeaderMap;
use serde::Deserialize;

use crate::toegang::aanmelden::{Aangemeld, Poging};
use crate::toegang::remming::Herkomst;
use crate::toegang::weigering::Weigering as Afgewezen;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::{self, koekje, toestel, wis_koekje, zet_koekje, zet_toestel};
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
pub async fn aanmelden(
    State(staat): State<Staat>,
    verbinding: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    mut f: Formulier,
) -> Uitslag {
    let (oud, toestel) = (koekje(&headers), toestel(&headers));
    let adres = bezoek::adres(&staat, &headers, verbinding.map(|Extension(ConnectInfo(adres))| adres));
    let poging = Poging {
        email: f.waarde("email"),
        wachtwoord: f.waarde("wachtwoord"),
        code: f.waarde("code"),
        herkomst: Herkomst { adres, toestel: toestel.as_deref() },
        sessie: oud.as_deref(),
    };
    let naar = paden::eigen(f.waarde("naar")).unwrap_or_default().to_owned();
    match staat.toegang.aanmelden(poging, staat.dienst.tijd().nu()).await {
        Ok(aangemeld) => verder(&staat, &aangemeld, &naar).await,
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
pub async fn verder(staat: &Staat, aangemeld: &Aangemeld, naar: &str) -> Uitslag {
    let (geheim, toestel) = (aangemeld.sessie.tekst(), zet_toestel(&aangemeld.toestel.tekst()));
    let nu = staat.dienst.tijd().nu();
    let vandaag = staat.dienst.tijd().vandaag();
    let functies = staat.dienst.lees(|register| staat.toegang.functies(register, aangemeld.account, vandaag)).await?;
    let functies = functies.map_err(|_| Weigering::Storing)?;
    let [enige] = functies.as_slice() else {
        return antwoord::naar_met_koekjes("/kiezen", &[zet_koekje(&geheim), toestel]);
    };
    let gekozen = staat.toegang.kies(&geheim, Some(*enige), nu).await.map_err(|_| Weigering::Storing)?;
    let adres = if naar.is_empty() { "/" } else { naar };
    antwoord::naar_met_koekjes(adres, &[zet_koekje(&gekozen.tekst()), toestel])
}

/// Leaves.
pub async fn afmelden(State(staat): State<Staat>, headers: HeaderMap, _: Formulier) -> Uitslag {
    if let Some(geheim) = koekje(&headers) {
        staat.toegang.afmelden(&geheim).await.map_err(|_| Weigering::Storing)?;
    }
    antwoord::naar_met_koekjes("/inloggen?gelukt=uitgelogd", &[wis_koekje()])
}
