//! The morning's list: at most twelve lines.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use domain::Timestamp;
use domain::calendar::datum_met_dag;
use domain::ids::LeerlingId;
use register::Register;
use serde::Deserialize;

use super::lijn::{Getekend, Lijn, Notitieveld};
use super::{dag, ik, met_werk, werk_van};
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::blik::Blik;
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

/// The list, as it stays for as long as nothing is said about anybody in view.
pub struct Ochtend {
    lijnen: Vec<Getekend>,
    /// Who comes late: "7 leerlingen".
    te_laat_komen: Option<String>,
    /// Lines that are on the list of all work only.
    meer: usize,
    /// Children that the reader has in view.
    in_beeld: usize,
    /// The children on it.
    leerlingen: Vec<LeerlingId>,
}

#[derive(Template)]
#[template(path = "ochtend/ochtendlijst.html")]
struct Blad {
    kader: Kader,
    dag: String,
    m: Arc<Ochtend>,
    /// One for each line.
    formulieren: Vec<Formulier>,
}

/// The page.
pub async fn blad(State(staat): State<Staat>, bezoek: Bezoek, Query(vraag): Query<Vraag>) -> Uitslag {
    let (m, gezien) = model(&staat, &bezoek).await?;
    let kader =
        Kader::van(&bezoek, "Ochtendlijst", paden::OCHTENDLIJST, "ochtendlijst")?.met_gelukt(Some(&vraag.gelukt));
    let formulieren = m.lijnen.iter().map(|_| Formulier::leeg(&bezoek.aanmelding, gezien)).collect::<Result<_, _>>()?;
    antwoord::pagina(&Blad { kader, dag: datum_met_dag(bezoek.vandaag), m, formulieren })
}

/// The list and up to when things are known on it, once it is in the read log that it is shown.
async fn model(staat: &Staat, bezoek: &Bezoek) -> Result<(Arc<Ochtend>, Timestamp), Weigering> {
    let made = staat.dienst.lees_lijst(|register| {
        let blik = staat.blikken.van(register, bezoek);
        let naam = format!("{:?}", bezoek.vorige_keer());
        let ochtend = blik.ochtenden.van(&naam, || ochtend(register, &blik, bezoek).map(Arc::new))?;
        Ok::<_, Weigering>((blik, ochtend, register.bekend_tot()))
    });
    let (blik, ochtend, gezien) = made.await??;
    let shown = ochtend.leerlingen.iter().filter_map(|leerling| blik.kind(*leerling));
    gezien::toon_lijst(staat, bezoek, "ochtendlijst", shown.map(AsRef::as_ref)).await?;
    Ok((ochtend, gezien))
}

fn ochtend(register: &Register, blik: &Blik, bezoek: &Bezoek) -> Result<Ochtend, Weigering> {
    let ik = ik(register, bezoek);
    let dag = dag(register, bezoek, &ik);
    let plekken = met_werk(blik, &dag);
    let werk = werk_van(blik, &plekken, &dag);
    let late = werk.groep(Rang::TeLaatKomen).len();
    let room = MAX_LIJNEN - usize::from(late > 0);
    let this_morning = werk.vanochtend();
    let mut made = Ochtend {
        lijnen: Vec::with_capacity(room),
        te_laat_komen: (late > 0)
            .then(|| woorden::aantal(u32::try_from(late).unwrap_or(u32::MAX), "leerling", "leerlingen")),
        meer: this_morning.saturating_sub(room),
        in_beeld: blik.kinderen().len(),
        leerlingen: Vec::with_capacity(room),
    };
    for (nummer, line) in werk.lijnen.iter().take(this_morning.min(room)).enumerate() {
        let Some(beeld) = blik.kind(line.leerling) else { continue };
        let notitie = |leerling| Some(Notitieveld::new(bezoek.rol, leerling, paden::OCHTENDLIJST, nummer));
        let lijn = Lijn::van(beeld, line, &dag, bezoek, notitie);
        made.lijnen.push(lijn.teken().map_err(|_| Weigering::Storing)?);
        made.leerlingen.push(line.leerling);
    }
    Ok(made)
}
