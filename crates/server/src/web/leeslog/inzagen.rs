//! Looks with a reason of the own organisation, for the privacy officer to judge within two working days.

use askama::Template;
use axum::extract::{Path, Query, State};
use domain::Date;
use domain::calendar::{Werkdagen, dag_in_nederland, datum};
use register::Register;
use serde::Deserialize;

use super::blad::naam;
use crate::dienst::lezer;
use crate::toegang::inzage::{Beoordeling, MAX_INZAGEN, RedenInzage};
use crate::web::Staat;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::formulier::Formulier;
use crate::web::kader::Kader;
use crate::web::paden;
use crate::weergave::moment;

/// Working days within which a look is judged.
const WERKDAGEN: u16 = 2;
/// Judged looks that are shown.
const MAX_BEOORDEELD: usize = 100;
/// Longest words of a judgement, in characters.
const MAX_WOORDEN: usize = 400;

/// What may stand behind the address.
#[derive(Deserialize)]
pub struct Vraag {
    #[serde(default)]
    gelukt: String,
}

/// A look in words.
struct Rij {
    nummer: String,
    moment: String,
    wie: String,
    functie: &'static str,
    leerling: String,
    reden: String,
    /// The last day to judge it, in words.
    uiterlijk: String,
    /// Whether that day is past.
    te_laat: bool,
    /// What was found, in words; empty when it is still to be judged.
    oordeel: String,
    akkoord: bool,
}

#[derive(Template)]
#[template(path = "leeslog/inzagen.html")]
struct Inzagen {
    kader: Kader,
    f: Formulier,
    /// The look of which the form was refused.
    nummer: String,
    open: Vec<Rij>,
    te_laat: usize,
    beoordeeld: Vec<Rij>,
    hoogstens: usize,
    vol: bool,
}

/// The page.
pub async fn blad(State(staat): State<Staat>, Query(vraag): Query<Vraag>, bezoek: Bezoek) -> Uitslag {
    let f = Formulier::leeg(&bezoek.aanmelding, bezoek.nu)?;
    let blad = maak(&staat, &bezoek, f, String::new()).await?;
    antwoord::pagina(&Inzagen { kader: blad.kader.met_gelukt(Some(&vraag.gelukt)), ..blad })
}

/// Writes down what the privacy officer found.
pub async fn beoordeel(
    State(staat): State<Staat>,
    Path(nummer): Path<String>,
    bezoek: Bezoek,
    mut f: Formulier,
) -> Uitslag {
    let akkoord = f.keuze("oordeel", |oordeel| match oordeel {
        "akkoord" => Some(true),
        "niet-akkoord" => Some(false),
        _ => None,
    });
    let woorden = f.tekst("woorden", MAX_WOORDEN);
    if akkoord == Some(false) && woorden.is_empty() {
        f.zet_fout("woorden", "Schrijf waarom u niet akkoord bent en wat u hebt afgesproken.");
    }
    let (Some(akkoord), true) = (akkoord, f.is_goed()) else {
        let f = f.opnieuw(&bezoek.aanmelding, bezoek.nu)?;
        return antwoord::opnieuw(&maak(&staat, &bezoek, f, nummer).await?);
    };
    let inzage = staat.toegang.inzage(&nummer).await.map_err(|_| Weigering::Storing)?;
    if inzage.is_some_and(|inzage| inzage.medewerker == bezoek.medewerker) {
        return Err(Weigering::Onleesbaar(
            "U kunt uw eigen inzage niet beoordelen. Vraag een ander dat te doen.".into(),
        ));
    }
    let woorden = woorden.zichtbaar().to_owned();
    let oordeel = Beoordeling { door: bezoek.medewerker, op: bezoek.nu, akkoord, woorden };
    let done = staat.toegang.beoordeel_inzage(&nummer, bezoek.organisatie, oordeel).await;
    if !done.map_err(|_| Weigering::Storing)? {
        return Err(Weigering::NietGevonden);
    }
    antwoord::naar("/leeslog/inzagen?gelukt=bewaard")
}

async fn maak(staat: &Staat, bezoek: &Bezoek, f: Formulier, nummer: String) -> Result<Inzagen, Weigering> {
    let inzagen = staat.toegang.inzagen_van(bezoek.organisatie).await.map_err(|_| Weigering::Storing)?;
    let vol = inzagen.len() == MAX_INZAGEN;
    let (mut open, mut beoordeeld): (Vec<_>, Vec<_>) = inzagen.into_iter().partition(|inzage| inzage.oordeel.is_none());
    // The one that waits longest comes first.
    open.reverse();
    beoordeeld.truncate(MAX_BEOORDEELD);
    let mut over: Vec<_> = open.iter().chain(&beoordeeld).map(|inzage| inzage.leerling).collect();
    over.sort_unstable();
    over.dedup();
    let vandaag = bezoek.vandaag;
    let rijen = |register: &Register, inzagen: &[RedenInzage]| -> Vec<Rij> {
        inzagen.iter().map(|inzage| rij(register, inzage, vandaag)).collect()
    };
    let both = staat.dienst.lees(|register| (rijen(register, &open), rijen(register, &beoordeeld))).await?;
    let (open, beoordeeld) = both;
    staat.dienst.gelezen(&lezer(&bezoek.actor()), &over, "leeslog", "toezicht op inzagen met een reden").await?;
    Ok(Inzagen {
        kader: Kader::van(bezoek, "Inzagen met een reden", paden::LEESLOG, "leeslog")?,
        f,
        nummer,
        te_laat: open.iter().filter(|rij| rij.te_laat).count(),
        open,
        beoordeeld,
        hoogstens: MAX_INZAGEN,
        vol,
    })
}

fn rij(register: &Register, inzage: &RedenInzage, vandaag: Date) -> Rij {
    let uiterlijk = uiterlijk(inzage);
    let oordeel = inzage.oordeel.as_ref();
    Rij {
        nummer: inzage.nummer.clone(),
        moment: moment(inzage.sinds),
        wie: naam(register, inzage.medewerker.into()),
        functie: inzage.rol.label(),
        leerling: inzage.leerling.to_string(),
        reden: inzage.reden.clone(),
        uiterlijk: datum(uiterlijk),
        te_laat: oordeel.is_none() && uiterlijk < vandaag,
        oordeel: oordeel
            .map(|oordeel| {
                let found = if oordeel.akkoord { "akkoord" } else { "niet akkoord" };
                let words = if oordeel.woorden.is_empty() { String::new() } else { format!(": {}", oordeel.woorden) };
                format!("{found}{words} ({}, {})", naam(register, oordeel.door.into()), moment(oordeel.op))
            })
            .unwrap_or_default(),
        akkoord: oordeel.is_some_and(|oordeel| oordeel.akkoord),
    }
}

/// The last day on which the look is to be judged.
fn uiterlijk(inzage: &RedenInzage) -> Date {
    Werkdagen::default().nde_na(dag_in_nederland(inzage.sinds), WERKDAGEN)
}
