//! One professional: roles, account, what happened with it. Here somebody is invited, helped back in, shut out or let in
//! again. A one-time link is shown once, in the answer to the form that made it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use domain::decide::Refusal;
use domain::ids::MedewerkerId;
use serde::Deserialize;

use super::kader;
use super::personen::{Inlog, Persoon, personen};
use super::voorvallen::{Regel, regels};
use crate::gebruik;
use crate::logboek::Logboek;
use crate::toegang::account::AccountId;
use crate::toegang::link::Link;
use crate::toegang::voorval::Door;
use crate::toegang::weigering::Weigering as Afgewezen;
use crate::web::Staat;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::formulier::Formulier;
use crate::web::kader::Kader;
use crate::weergave::moment;

/// Most events of one account on the page.
const MAX_VOORVALLEN: usize = 50;

/// What may stand behind the address.
#[derive(Deserialize)]
pub struct Vraag {
    #[serde(default)]
    gelukt: String,
}

#[derive(Template)]
#[template(path = "beheer/persoon.html")]
struct Persoonblad {
    kader: Kader,
    f: Formulier,
    persoon: Persoon,
    /// Whether it is the beheerder's own account.
    eigen: bool,
    voorvallen: Vec<Regel>,
}

#[derive(Template)]
#[template(path = "beheer/link.html")]
struct Linkblad {
    kader: Kader,
    persoon: Persoon,
    pad: String,
    tot: String,
}

/// The page.
pub async fn blad(
    State(staat): State<Staat>,
    Path(medewerker): Path<String>,
    Query(vraag): Query<Vraag>,
    bezoek: Bezoek,
) -> Uitslag {
    let (persoon, account) = zoek(&staat, &bezoek, &medewerker).await?;
    let f = Formulier::leeg(&bezoek.aanmelding, bezoek.nu)?;
    let blad = persoonblad(&staat, &bezoek, persoon, account, f).await?;
    antwoord::pagina(&Persoonblad { kader: blad.kader.met_gelukt(Some(&vraag.gelukt)), ..blad })
}

/// Does what a form asks with the account.
pub async fn doe(
    State(staat): State<Staat>,
    Path(medewerker): Path<String>,
    bezoek: Bezoek,
    mut f: Formulier,
) -> Uitslag {
    let (persoon, account) = zoek(&staat, &bezoek, &medewerker).await?;
    match werk(&staat, &bezoek, &persoon, account, f.waarde("doe")).await? {
        Ok(Some(link)) => antwoord::pagina(&Linkblad {
            kader: kader(&bezoek, format!("Link voor {}", persoon.naam))?,
            persoon,
            pad: link.pad(),
            tot: moment(link.tot),
        }),
        Ok(None) => antwoord::naar(&format!("/beheer/accounts/{}?gelukt=bewaard", persoon.id)),
        Err(waarom) => {
            f.zet_fout("doe", waarom);
            let f = f.opnieuw(&bezoek.aanmelding, bezoek.nu)?;
            antwoord::opnieuw(&persoonblad(&staat, &bezoek, persoon, account, f).await?)
        }
    }
}

/// What came of it: a link to hand over, nothing to show, or why not.
async fn werk(
    staat: &Staat,
    bezoek: &Bezoek,
    persoon: &Persoon,
    account: Option<AccountId>,
    doe: &str,
) -> Result<Result<Option<Link>, String>, Weigering> {
    let own = bezoek.aanmelding.0.account;
    let (door, nu, toegang) = (Door::Account(own), bezoek.nu, &staat.toegang);
    if doe == "uitnodigen" {
        let email = persoon.email.clone();
        let toegang = Arc::clone(toegang);
        let invited = staat.dienst.schrijf(async move |logboek: &mut Logboek| {
            Ok(gebruik::accounts::nodig_uit(logboek, &toegang, &email, door, nu).await.map(Some))
        });
        return Ok(invited.await?.map_err(|fout| fout.to_string()));
    }
    let account = account.ok_or(Weigering::NietGevonden)?;
    if account == own {
        return Err(eigen_account());
    }
    let done = match doe {
        "wachtwoord" => toegang.herstel(account, false, door, nu).await.map(Some),
        "alles" => toegang.herstel(account, true, door, nu).await.map(Some),
        "blokkeren" => toegang.blokkeer(account, door, nu).await.map(|()| None),
        "vrijgeven" => toegang.geef_vrij(account, door, nu).await.map(|()| None),
        _ => return Err(Weigering::Onleesbaar("Het formulier vroeg iets dat hier niet kan.".to_owned())),
    };
    Ok(done.map_err(|waarom: Afgewezen| waarom.to_string()))
}

/// Nobody shuts themselves out, or gives themselves a link.
pub fn eigen_account() -> Weigering {
    Weigering::Geweigerd(Refusal {
        waarom: "Dit is uw eigen account.".to_owned(),
        wat_te_doen: "Vraag een andere beheerder dit voor u te doen. Uw wachtwoord wijzigt u bij Account.".to_owned(),
    })
}

async fn zoek(staat: &Staat, bezoek: &Bezoek, wie: &str) -> Result<(Persoon, Option<AccountId>), Weigering> {
    let wie: MedewerkerId = wie.parse().map_err(|_| Weigering::NietGevonden)?;
    let accounts = staat.toegang.accounts().await.map_err(|_| Weigering::Storing)?;
    let personen = staat.dienst.lees(|register| personen(register, &accounts, bezoek.vandaag)).await?;
    let persoon = personen.into_iter().find(|persoon| persoon.id == wie).ok_or(Weigering::NietGevonden)?;
    let account = accounts.iter().find(|account| account.email.zichtbaar() == persoon.email);
    Ok((persoon, account.map(|account| account.account)))
}

async fn persoonblad(
    staat: &Staat,
    bezoek: &Bezoek,
    persoon: Persoon,
    account: Option<AccountId>,
    f: Formulier,
) -> Result<Persoonblad, Weigering> {
    let voorvallen = match account {
        Some(account) => regels(staat, Some(account), MAX_VOORVALLEN).await?,
        None => Vec::new(),
    };
    Ok(Persoonblad {
        kader: kader(bezoek, persoon.naam.clone())?,
        f,
        eigen: account == Some(bezoek.aanmelding.0.account),
        persoon,
        voorvallen,
    })
}
