//! A one-time link: somebody chooses a password and sets up the second factor. Looking at it changes nothing, for mail
//! filters look too.

use askama::Template;
use axum::extract::{Path, State};
use domain::Timestamp;

use super::aanmelden::verder;
use crate::toegang::link::{LinkAntwoord, LinkVraag, PAD};
use crate::toegang::weigering::Weigering as Afgewezen;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::formulier::Formulier;
use crate::web::kader::Kader;
use crate::web::{Staat, bezoek};

#[derive(Template)]
#[template(path = "inloggen/link.html")]
struct Linkblad {
    kader: Kader,
    f: Formulier,
    adres: String,
    email: String,
    /// The secret to type, and the picture to scan, where the second factor is new.
    factor: Option<(String, String)>,
    code: bool,
}

/// Codes on paper, shown this once.
#[derive(Template)]
#[template(path = "inloggen/herstelcodes.html")]
pub struct Codesblad {
    pub kader: Kader,
    pub codes: Vec<String>,
    /// Where one goes on.
    pub verder: &'static str,
}

/// The form.
pub async fn blad(State(staat): State<Staat>, Path(geheim): Path<String>) -> Uitslag {
    let vraag = bekijk(&staat, &geheim, staat.dienst.tijd().nu()).await?;
    antwoord::pagina(&linkblad(&staat, &geheim, &vraag, Formulier::open()))
}

async fn bekijk(staat: &Staat, geheim: &str, nu: Timestamp) -> Result<LinkVraag, Weigering> {
    match staat.toegang.bekijk_link(geheim, nu).await {
        Ok(vraag) => Ok(vraag),
        Err(Afgewezen::Fout(fout)) => Err(fout.into()),
        Err(waarom) => Err(Weigering::Onleesbaar(waarom.to_string())),
    }
}

fn linkblad(staat: &Staat, geheim: &str, vraag: &LinkVraag, f: Formulier) -> Linkblad {
    Linkblad {
        kader: Kader { proef: staat.proef, ..Kader::buiten("Wachtwoord kiezen") },
        f,
        adres: format!("{PAD}{geheim}"),
        email: vraag.email.clone(),
        factor: vraag.factor.as_ref().map(|factor| (factor.geheim.clone(), factor.qr())),
        code: vraag.code,
    }
}

/// Sets the password and goes in; new codes on paper are shown this once.
pub async fn gebruik(State(staat): State<Staat>, Path(geheim): Path<String>, mut f: Formulier) -> Uitslag {
    let (nu, vandaag) = (staat.dienst.tijd().nu(), staat.dienst.tijd().vandaag());
    let vraag = bekijk(&staat, &geheim, nu).await?;
    let namen = staat.dienst.lees(|register| staat.toegang.namen(register, vraag.account, vandaag)).await?;
    let namen = namen.map_err(|_| Weigering::Storing)?;
    let namen: Vec<&str> = namen.iter().map(|naam| naam.zichtbaar()).collect();
    if f.waarde("wachtwoord") != f.waarde("herhaling") {
        f.zet_fout("herhaling", "De twee wachtwoorden zijn niet gelijk. Typ ze opnieuw.");
        return antwoord::opnieuw(&linkblad(&staat, &geheim, &vraag, f.zonder_velden()));
    }
    let ingevuld = LinkAntwoord { wachtwoord: f.waarde("wachtwoord"), code: f.waarde("code"), namen: &namen };
    let (aangemeld, codes) = match staat.toegang.gebruik_link(&geheim, ingevuld, nu).await {
        Ok(gelukt) => gelukt,
        Err(Afgewezen::Fout(fout)) => return Err(fout.into()),
        Err(waarom) => {
            let veld = if matches!(waarom, Afgewezen::Code) { "code" } else { "wachtwoord" };
            f.zet_fout(veld, waarom.to_string());
            return antwoord::opnieuw(&linkblad(&staat, &geheim, &vraag, f.zonder_velden()));
        }
    };
    if codes.is_empty() {
        return verder(&staat, &aangemeld, "").await;
    }
    let kader = Kader { proef: staat.proef, ..Kader::buiten("Uw herstelcodes") };
    let koekjes = [bezoek::zet_koekje(&aangemeld.sessie.tekst()), bezoek::zet_toestel(&aangemeld.toestel.tekst())];
    antwoord::met_koekjes(antwoord::pagina(&Codesblad { kader, codes, verder: "/kiezen" })?, &koekjes)
}
