//! The morning's list: at most twelve lines.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use convenant::Facet;
use domain::calendar::{datum, datum_met_dag};
use domain::ids::{LeerlingId, OrganisatieId};
use domain::period::Period;
use domain::{Date, Timestamp};
use register::Register;
use serde::Deserialize;

use super::lijn::{Getekend, Lijn, Notitieveld};
use super::{Gezien, dag, ik, met_werk, werk_van};
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::blik::Blik;
use crate::web::formulier::Formulier;
use crate::web::kader::{Kader, MET_SIGNALEN};
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
    /// Of an empty list: what is known of the absence behind it.
    geleverd: Option<String>,
    /// Whether the reader has a page of signals.
    signalen: bool,
    /// One for each line.
    formulieren: Vec<Formulier>,
}

/// The page.
pub async fn blad(State(staat): State<Staat>, bezoek: Bezoek, Query(vraag): Query<Vraag>) -> Uitslag {
    let (m, gezien, geleverd) = model(&staat, &bezoek).await?;
    let signalen = MET_SIGNALEN.contains(&bezoek.rol);
    let kader =
        Kader::van(&bezoek, "Ochtendlijst", paden::OCHTENDLIJST, "ochtendlijst")?.met_gelukt(Some(&vraag.gelukt));
    let leeg = Formulier::leeg(&bezoek.aanmelding, gezien)?;
    let formulieren = m.lijnen.iter().map(|_| leeg.nog_een()).collect::<Result<_, _>>()?;
    antwoord::pagina(&Blad { kader, dag: datum_met_dag(bezoek.vandaag), m, geleverd, signalen, formulieren })
}

/// Until when the schools of these children delivered their absence: an empty list says no more than that.
fn geleverd(register: &Register, blik: &Blik) -> Option<String> {
    let enrolled = blik.kinderen().iter().filter(|beeld| beeld.mag(Facet::SchoolInschrijving));
    let schools: BTreeSet<OrganisatieId> =
        enrolled.filter_map(|beeld| beeld.vandaag.kaart.inschrijving.as_ref()).map(|stay| stay.school).collect();
    let until = |school: &OrganisatieId| register.aangeleverd(*school).iter().filter_map(Period::last).max();
    let days: Vec<Option<Date>> = schools.iter().map(until).collect();
    let one = days.len() == 1;
    let (first, never) = (days.iter().flatten().min(), days.iter().filter(|day| day.is_none()).count());
    Some(match (first, never) {
        (None, 0) => return None,
        (None, _) if one => {
            "De school leverde nog geen verzuim aan. Zonder verzuim ontstaan er geen signalen.".to_owned()
        }
        (None, _) => "Hun scholen leverden nog geen verzuim aan. Zonder verzuim ontstaan er geen signalen.".to_owned(),
        (Some(day), 0) if one => format!("De school leverde haar verzuim aan tot en met {}.", datum(*day)),
        (Some(day), 0) => {
            format!("Alle {} scholen leverden hun verzuim aan tot en met {} of later.", days.len(), datum(*day))
        }
        (Some(day), n) => format!(
            "{} van {} scholen leverden hun verzuim aan tot en met {} of later; de andere nog niets.",
            days.len() - n,
            days.len(),
            datum(*day)
        ),
    })
}

/// The list, up to when things are known on it, and of an empty one what is known of the absence behind it; once it is in
/// the read log that it is shown.
async fn model(staat: &Staat, bezoek: &Bezoek) -> Result<(Arc<Ochtend>, Timestamp, Option<String>), Weigering> {
    let seen = super::gezien(staat, bezoek).await?;
    let made = staat.dienst.lees_lijst(|register| {
        let blik = staat.blikken.van(register, bezoek);
        // Just after midnight the view may be of yesterday, and what was kept with it speaks of another today.
        let naam = format!("{} {:?} {seen:?}", bezoek.vandaag, bezoek.vorige_keer());
        let ochtend = blik.ochtenden.van(&naam, || ochtend(register, &blik, bezoek, &seen).map(Arc::new))?;
        // A delivery may come in that says nothing new of anybody: this is asked anew.
        let geleverd = ochtend.lijnen.is_empty().then(|| geleverd(register, &blik)).flatten();
        Ok::<_, Weigering>((blik, ochtend, register.bekend_tot(), geleverd))
    });
    let (blik, ochtend, gezien, geleverd) = made.await??;
    let shown = ochtend.leerlingen.iter().filter_map(|leerling| blik.kind(*leerling));
    gezien::toon_lijst(staat, bezoek, "ochtendlijst", shown.map(AsRef::as_ref)).await?;
    Ok((ochtend, gezien, geleverd))
}

fn ochtend(register: &Register, blik: &Blik, bezoek: &Bezoek, gezien: &Gezien) -> Result<Ochtend, Weigering> {
    let ik = ik(register, bezoek);
    let dag = dag(register, bezoek, &ik, gezien);
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
