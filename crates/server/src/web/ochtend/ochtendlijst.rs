//! The morning's list: at most twelve lines.

use askama::Template;
use axum::extract::{Query, State};
use domain::calendar::datum_met_dag;
use serde::Deserialize;

use super::belnotitie::Notitie;
use super::lijn::Lijn;
use super::{dag, ik, met_werk, werk_van};
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::formulier::Formulier;
use crate::web::kader::Kader;
use crate::web::{Staat, gezien, paden};
use crate::weergave::werk::Rang;
use crate::weergave::woorden;

/// Most lines of the morning's list.
pub const MAX_LIJNEN: usize = 12;

/// What may stand behind the address of the page.
#[derive(Deserialize)]
pub struct Vraag {
    #[serde(default)]
    gelukt: String,
}

/// The page, without what surrounds it.
pub(super) struct Model {
    pub(super) lijnen: Vec<Lijn>,
    /// Who comes late: "7 leerlingen".
    pub(super) te_laat_komen: Option<String>,
    /// Lines that are on the list of all work only.
    pub(super) meer: usize,
    /// Children that the reader has in view.
    pub(super) in_beeld: usize,
}

#[derive(Template)]
#[template(path = "ochtend/ochtendlijst.html")]
struct Blad {
    kader: Kader,
    dag: String,
    m: Model,
}

/// The page.
pub async fn blad(State(staat): State<Staat>, bezoek: Bezoek, Query(vraag): Query<Vraag>) -> Uitslag {
    let m = model(&staat, &bezoek).await?;
    let kader =
        Kader::van(&bezoek, "Ochtendlijst", paden::OCHTENDLIJST, "ochtendlijst")?.met_gelukt(Some(&vraag.gelukt));
    antwoord::pagina(&Blad { kader, dag: datum_met_dag(bezoek.vandaag), m })
}

/// The list, once it is in the read log that it is shown.
pub(super) async fn model(staat: &Staat, bezoek: &Bezoek) -> Result<Model, Weigering> {
    let made = staat.dienst.lees_lijst(|register| {
        let blik = staat.blikken.van(register, bezoek);
        let ik = ik(register, bezoek);
        let dag = dag(register, bezoek, &ik);
        let plekken = met_werk(&blik, &dag);
        let werk = werk_van(&blik, &plekken, &dag);
        let late = werk.groep(Rang::TeLaatKomen).len();
        let room = MAX_LIJNEN - usize::from(late > 0);
        let this_morning = werk.vanochtend();
        let gezien = register.bekend_tot();
        let mut shown = Vec::new();
        let mut lijnen = Vec::new();
        for (nummer, line) in werk.lijnen.iter().take(this_morning.min(room)).enumerate() {
            let Some(beeld) = blik.kind(line.leerling) else { continue };
            let f = Formulier::leeg(&bezoek.aanmelding, gezien)?;
            let notitie = |leerling| Some(Notitie::new(f, bezoek.rol, leerling, paden::OCHTENDLIJST, nummer));
            lijnen.push(Lijn::van(beeld, line, &dag, bezoek, notitie));
            shown.push(line.leerling);
        }
        let te_laat_komen =
            (late > 0).then(|| woorden::aantal(u32::try_from(late).unwrap_or(u32::MAX), "leerling", "leerlingen"));
        let meer = this_morning.saturating_sub(room);
        let model = Model { lijnen, te_laat_komen, meer, in_beeld: blik.kinderen().len() };
        drop(werk);
        Ok::<_, Weigering>((blik, model, shown))
    });
    let (blik, model, shown) = made.await??;
    gezien::toon_lijst(staat, bezoek, "ochtendlijst", shown.iter().filter_map(|l| blik.kind(*l)).map(AsRef::as_ref))
        .await?;
    Ok(model)
}
