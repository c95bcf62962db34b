//! All work behind the morning's list, in groups.

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;

use super::lijn::Lijn;
use super::{dag, ik, met_werk, werk_van};
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::bladeren::Bladeren;
use crate::web::kader::Kader;
use crate::web::{Staat, gezien, paden};
use crate::weergave::werk::{Rang, Werk};

/// Lines on one page.
const PER_BLADZIJDE: usize = 100;

/// What may stand behind the address of the page.
#[derive(Deserialize)]
pub struct Vraag {
    #[serde(default)]
    groep: String,
    #[serde(default)]
    bladzijde: String,
    #[serde(default)]
    gelukt: String,
}

/// One group on the page.
pub(super) struct Groep {
    pub(super) kop: &'static str,
    pub(super) lijnen: Vec<Lijn>,
}

/// A choice of group.
struct Keus {
    adres: String,
    tekst: String,
    hier: bool,
}

/// The page, without what surrounds it.
pub(super) struct Model {
    pub(super) groepen: Vec<Groep>,
    keuzes: Vec<Keus>,
    pub(super) bladeren: Bladeren,
}

#[derive(Template)]
#[template(path = "ochtend/werklijst.html")]
struct Blad {
    kader: Kader,
    m: Model,
}

/// The page.
pub async fn blad(State(staat): State<Staat>, bezoek: Bezoek, Query(vraag): Query<Vraag>) -> Uitslag {
    let groep = Rang::ALL.into_iter().find(|rang| rang.code() == vraag.groep);
    let m = model(&staat, &bezoek, groep, &vraag.bladzijde).await?;
    let kader = Kader::van(&bezoek, "Werklijst", paden::OCHTENDLIJST, "ochtendlijst")?.met_gelukt(Some(&vraag.gelukt));
    antwoord::pagina(&Blad { kader, m })
}

/// One page of all work, once it is in the read log that it is shown.
pub(super) async fn model(
    staat: &Staat,
    bezoek: &Bezoek,
    groep: Option<Rang>,
    bladzijde: &str,
) -> Result<Model, Weigering> {
    let seen = super::gezien(staat, bezoek).await?;
    let made = staat.dienst.lees_lijst(|register| {
        let blik = staat.blikken.van(register, bezoek);
        let ik = ik(register, bezoek);
        let dag = dag(register, bezoek, &ik, &seen);
        let plekken = met_werk(&blik, &dag);
        let werk = werk_van(&blik, &plekken, &dag);
        let all = groep.map_or(werk.lijnen.as_slice(), |rang| werk.groep(rang));
        let basis = groep.map_or_else(String::new, |rang| format!("groep={}", rang.code()));
        let bladeren = Bladeren::new(paden::WERKLIJST, &basis, all.len(), PER_BLADZIJDE, bladzijde);
        let mut groepen: Vec<Groep> = Vec::new();
        let mut shown = Vec::new();
        for line in all.get(bladeren.bereik()).unwrap_or_default() {
            let Some(beeld) = blik.kind(line.leerling) else { continue };
            let ready = Lijn::van(beeld, line, &dag, bezoek, |_| None);
            shown.push(line.leerling);
            match groepen.last_mut().filter(|groep| groep.kop == line.rang.kop()) {
                Some(groep) => groep.lijnen.push(ready),
                None => groepen.push(Groep { kop: line.rang.kop(), lijnen: vec![ready] }),
            }
        }
        let model = Model { groepen, keuzes: keuzes(&werk, groep), bladeren };
        drop(werk);
        (blik, model, shown)
    });
    let (blik, model, shown) = made.await?;
    gezien::toon_lijst(staat, bezoek, "werklijst", shown.iter().filter_map(|l| blik.kind(*l)).map(AsRef::as_ref))
        .await?;
    Ok(model)
}

/// The groups that hold something, with how many.
fn keuzes(werk: &Werk<'_>, hier: Option<Rang>) -> Vec<Keus> {
    let all = Keus {
        adres: paden::WERKLIJST.to_owned(),
        tekst: format!("Alles ({})", werk.lijnen.len()),
        hier: hier.is_none(),
    };
    let groups = Rang::ALL.into_iter().filter(|rang| !werk.groep(*rang).is_empty()).map(|rang| Keus {
        adres: format!("{}?groep={}", paden::WERKLIJST, rang.code()),
        tekst: format!("{} ({})", rang.kop(), werk.groep(rang).len()),
        hier: hier == Some(rang),
    });
    std::iter::once(all).chain(groups).collect()
}
