//! The list of rights for the quarterly review: per organisation who holds which role since when, to print and sign off.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use domain::calendar::datum;
use domain::ids::OrganisatieId;

use super::kader;
use super::personen::{Persoon, Rolregel, personen};
use crate::web::Staat;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::kader::Kader;

/// Most roles on the list.
const MAX_RECHTEN: usize = 20_000;

/// A right of somebody.
struct Recht {
    naam: String,
    rol: &'static str,
    sinds: String,
    tot: String,
    account: &'static str,
    aangemeld: String,
}

#[derive(Template)]
#[template(path = "beheer/rechten.html")]
struct Rechten {
    kader: Kader,
    op: String,
    aantal: usize,
    hoogstens: usize,
    organisaties: Vec<(String, Vec<Recht>)>,
}

/// The page.
pub async fn blad(State(staat): State<Staat>, bezoek: Bezoek) -> Uitslag {
    let accounts = staat.toegang.accounts().await.map_err(|_| Weigering::Storing)?;
    let personen = staat.dienst.lees(|register| personen(register, &accounts, bezoek.vandaag)).await?;
    let held = || personen.iter().flat_map(|persoon| persoon.rollen.iter().map(move |rol| (persoon, rol)));
    let now = || held().filter(|(_, rol)| rol.geldt);
    let mut per: BTreeMap<(&str, OrganisatieId), Vec<Recht>> = BTreeMap::new();
    for (persoon, rol) in now().take(MAX_RECHTEN) {
        per.entry((rol.bij.as_str(), rol.organisatie)).or_default().push(recht(persoon, rol));
    }
    antwoord::pagina(&Rechten {
        kader: kader(&bezoek, "Rechten nalopen")?,
        op: datum(bezoek.vandaag),
        aantal: now().count(),
        hoogstens: MAX_RECHTEN,
        organisaties: per.into_iter().map(|((naam, _), rechten)| (naam.to_owned(), rechten)).collect(),
    })
}

fn recht(persoon: &Persoon, rol: &Rolregel) -> Recht {
    Recht {
        naam: persoon.naam.clone(),
        rol: rol.rol.label(),
        sinds: rol.sinds.clone(),
        tot: rol.tot.clone(),
        account: persoon.inlog.label(),
        aangemeld: persoon.aangemeld.clone(),
    }
}
