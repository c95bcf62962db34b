//! All professionals with the state of their account, and the accounts that belong to nobody any more.

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;

use super::personen::{Inlog, Persoon, personen, zonder_medewerker};
use super::{bladeren, kader};
use crate::toegang::beheer::Stand;
use crate::toegang::voorval::Door;
use crate::web::Staat;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::formulier::Formulier;
use crate::web::kader::Kader;

/// Longest search text, in characters.
const MAX_ZOEK: usize = 100;

/// What may stand behind the address.
#[derive(Deserialize)]
pub struct Vraag {
    #[serde(default)]
    stand: String,
    #[serde(default)]
    blad: usize,
    #[serde(default)]
    gelukt: String,
}

/// An account that belongs to nobody in the register.
struct Los {
    email: String,
    stand: &'static str,
    geblokkeerd: bool,
}

#[derive(Template)]
#[template(path = "beheer/accounts.html")]
struct Accounts {
    kader: Kader,
    f: Formulier,
    /// Code, words, how many; whether it is the one chosen.
    standen: Vec<(&'static str, &'static str, usize, bool)>,
    /// How many there are in all.
    allen: usize,
    stand: String,
    /// Whether was searched.
    gezocht: bool,
    personen: Vec<Persoon>,
    gevonden: usize,
    blad: usize,
    bladen: usize,
    los: Vec<Los>,
}

/// The page.
pub async fn blad(State(staat): State<Staat>, Query(vraag): Query<Vraag>, bezoek: Bezoek) -> Uitslag {
    let f = Formulier::leeg(&bezoek.aanmelding, bezoek.nu)?;
    toon(&staat, &bezoek, &vraag, f).await
}

/// The page with those who match a name or address.
pub async fn zoek(State(staat): State<Staat>, bezoek: Bezoek, mut f: Formulier) -> Uitslag {
    f.tekst("zoek", MAX_ZOEK);
    let zoek = f.waarde("zoek").chars().take(MAX_ZOEK).collect::<String>();
    let f = f.zonder_velden().opnieuw(&bezoek.aanmelding, bezoek.nu)?.met("zoek", zoek);
    toon(&staat, &bezoek, &Vraag { stand: String::new(), blad: 1, gelukt: String::new() }, f).await
}

async fn toon(staat: &Staat, bezoek: &Bezoek, vraag: &Vraag, f: Formulier) -> Uitslag {
    let accounts = staat.toegang.accounts().await.map_err(|_| Weigering::Storing)?;
    let allen = staat.dienst.lees(|register| personen(register, &accounts, bezoek.vandaag)).await?;
    let los = zonder_medewerker(&allen, &accounts).into_iter().map(|account| Los {
        email: account.email.zichtbaar().to_owned(),
        stand: account.stand.label(),
        geblokkeerd: account.stand == Stand::Geblokkeerd,
    });
    let chosen = Inlog::ALLE.iter().find(|(_, code, _)| *code == vraag.stand).map(|(inlog, ..)| *inlog);
    let count = |inlog: Inlog| allen.iter().filter(|persoon| persoon.inlog == inlog).count();
    let standen = Inlog::ALLE.map(|(inlog, code, woorden)| (code, woorden, count(inlog), Some(inlog) == chosen));
    let zoek = f.waarde("zoek").trim().to_lowercase();
    let fits = |persoon: &&Persoon| {
        let word = persoon.naam.to_lowercase().contains(&zoek) || persoon.email.contains(&zoek);
        word && chosen.is_none_or(|inlog| persoon.inlog == inlog)
    };
    let found: Vec<&Persoon> = allen.iter().filter(fits).collect();
    let (rijen, blad, bladen) = bladeren(found.len(), vraag.blad);
    let shown = found.get(rijen).unwrap_or_default().iter().map(|persoon| (*persoon).clone());
    antwoord::pagina(&Accounts {
        kader: kader(bezoek, "Accounts")?.met_gelukt(Some(&vraag.gelukt)),
        standen: standen.into_iter().filter(|(_, _, aantal, hier)| *aantal > 0 || *hier).collect(),
        allen: allen.len(),
        stand: chosen.map(|_| vraag.stand.clone()).unwrap_or_default(),
        gezocht: !zoek.is_empty(),
        gevonden: found.len(),
        personen: shown.collect(),
        f,
        blad,
        bladen,
        los: los.collect(),
    })
}

/// Closes an account that belongs to nobody in the register.
pub async fn blokkeer(State(staat): State<Staat>, bezoek: Bezoek, f: Formulier) -> Uitslag {
    let found = staat.toegang.account_met(f.waarde("email")).await.map_err(|_| Weigering::Storing)?;
    let account = found.ok_or(Weigering::NietGevonden)?;
    let own = bezoek.aanmelding.0.account;
    if account == own {
        return Err(super::persoon::eigen_account());
    }
    staat.toegang.blokkeer(account, Door::Account(own), bezoek.nu).await.map_err(|_| Weigering::Storing)?;
    antwoord::naar("/beheer/accounts?gelukt=bewaard")
}
