//! What happened with accounts, and by whom.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;

use super::{bladeren, kader};
use crate::toegang::account::AccountId;
use crate::toegang::voorval::{Door, MAX_VOORVALLEN, Voorval};
use crate::web::Staat;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::kader::Kader;
use crate::weergave::moment;

/// What may stand behind the address.
#[derive(Deserialize)]
pub struct Vraag {
    #[serde(default)]
    blad: usize,
}

/// One event in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regel {
    /// When.
    pub moment: String,
    /// Whose account; our own name for it when the address is not known.
    pub account: String,
    /// What.
    pub wat: &'static str,
    /// By whom.
    pub door: String,
}

#[derive(Template)]
#[template(path = "beheer/voorvallen.html")]
struct Voorvallen {
    kader: Kader,
    regels: Vec<Regel>,
    aantal: usize,
    hoogstens: usize,
    blad: usize,
    bladen: usize,
}

/// The page.
pub async fn blad(State(staat): State<Staat>, Query(vraag): Query<Vraag>, bezoek: Bezoek) -> Uitslag {
    let regels = regels(&staat, None, MAX_VOORVALLEN).await?;
    let (rijen, blad, bladen) = bladeren(regels.len(), vraag.blad);
    antwoord::pagina(&Voorvallen {
        kader: kader(&bezoek, "Voorvallen met accounts")?,
        aantal: regels.len(),
        hoogstens: MAX_VOORVALLEN,
        regels: regels.get(rijen).unwrap_or_default().to_vec(),
        blad,
        bladen,
    })
}

/// What happened with one account or with all, newest first.
///
/// # Errors
/// When the accounts cannot be read.
pub async fn regels(staat: &Staat, van: Option<AccountId>, hoogstens: usize) -> Result<Vec<Regel>, Weigering> {
    let storing = |_| Weigering::Storing;
    let accounts = staat.toegang.accounts().await.map_err(storing)?;
    let namen: BTreeMap<AccountId, &str> =
        accounts.iter().map(|account| (account.account, account.email.zichtbaar())).collect();
    let naam = |id: AccountId| match namen.get(&id) {
        Some(email) => (*email).to_owned(),
        None => format!("{id} (geen account)"),
    };
    let regel = |voorval: Voorval| Regel {
        moment: moment(voorval.moment),
        account: naam(voorval.account),
        wat: voorval.soort.label(),
        door: match voorval.door {
            Door::Zelf => "de persoon zelf".to_owned(),
            Door::Account(by) => naam(by),
            Door::Opdracht => "een opdracht op de server".to_owned(),
        },
    };
    let mut found = staat.toegang.voorvallen(van, hoogstens).await.map_err(storing)?;
    found.sort_by_key(|voorval| std::cmp::Reverse(voorval.moment));
    Ok(found.into_iter().map(regel).collect())
}
