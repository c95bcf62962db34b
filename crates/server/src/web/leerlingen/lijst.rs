//! The list of pupils, and searching in it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use register::{MAX_TEKENS, Register, Zoekvraag};

use super::bewaard::{self, Bewaard};
use super::kolom::{Cellen, Kolom};
use super::opties::{Optie, Opties};
use super::regel::Regelmaker;
use super::selectie::{Selectie, Vraag};
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::bladeren::Bladeren;
use crate::web::blik::Blik;
use crate::web::formulier::Formulier;
use crate::web::inpakken;
use crate::web::kader::Kader;
use crate::web::{Staat, gezien, paden};

/// Pupils on one page.
pub const PER_BLADZIJDE: usize = 100;
/// Pupils that a search shows; who is looked for is among them, or more is typed.
pub const MAX_GEVONDEN: usize = 20;
/// From so many letters on a search looks: one letter finds half of a school.
const MIN_LETTERS: usize = 2;

/// The head of a column.
pub struct Kop {
    /// Its words.
    pub tekst: &'static str,
    /// Where one sorts by it; none when a search puts the best first.
    pub adres: Option<String>,
    /// How it is sorted now, as a screen reader is told.
    pub gesorteerd: &'static str,
}

impl Kop {
    /// Of a column by which one cannot sort.
    fn zonder_adres(kolom: Kolom) -> Self {
        Kop { tekst: kolom.label(), adres: None, gesorteerd: "none" }
    }
}

/// A filter as the page shows it.
pub struct Filter {
    naam: &'static str,
    label: &'static str,
    opties: Vec<Optie>,
    gekozen: String,
}

/// The page, without what surrounds it.
pub(super) struct Model {
    pub(super) koppen: Vec<Kop>,
    /// The lines, ready; those of a list are packed already.
    rijen: Rijen,
    /// How many these are.
    aantal: usize,
    pub(super) bladeren: Bladeren,
    filters: Vec<Filter>,
    /// Children that the reader has in view.
    in_beeld: usize,
    /// What was looked for.
    pub(super) gezocht: Option<Gezocht>,
    /// Where this selection is taken along in a file; none when the reader may not.
    uitvoer: Option<String>,
    selectie: Selectie,
}

/// The lines of a page.
enum Rijen {
    /// As they are.
    Los(String),
    /// Packed, for they stay as they are until something changes of somebody in view.
    Bewaard(Arc<inpakken::Stuk>),
}

impl Rijen {
    /// So many lines as they are, or the place where they go with what goes there.
    fn plaats(&self, aantal: usize) -> (&str, Option<Arc<inpakken::Stuk>>) {
        match self {
            Rijen::Los(rijen) => (rijen, None),
            // An empty page says so, and has no place for lines.
            Rijen::Bewaard(_) if aantal == 0 => ("", None),
            Rijen::Bewaard(stuk) => (antwoord::PLEK, Some(Arc::clone(stuk))),
        }
    }
}

/// What was looked for, and how much was found.
pub(super) struct Gezocht {
    tekst: String,
    pub(super) aantal: usize,
    /// Whether too little was typed to look.
    te_kort: bool,
}

#[derive(Template)]
#[template(path = "leerlingen/lijst.html")]
struct Blad<'a> {
    kader: Kader,
    m: &'a Model,
    f: Formulier,
    bewaard: Vec<Bewaard>,
    /// The lines, or the place where they go.
    rijen: &'a str,
}

/// What a search changes of the page: all that a script takes over of it, key after key.
#[derive(Template)]
#[template(path = "leerlingen/lijst.html", block = "lijst")]
struct Deel<'a> {
    m: &'a Model,
    f: Formulier,
    rijen: &'a str,
}

/// The list.
pub async fn blad(State(staat): State<Staat>, bezoek: Bezoek, Query(vraag): Query<Vraag>) -> Uitslag {
    let m = lijst(&staat, &bezoek, Selectie::lees(&vraag), &vraag.bladzijde).await?;
    toon(&staat, &bezoek, m, &vraag.gelukt).await
}

/// What a search finds; without words the whole list. Words of a search stand in no address.
pub async fn zoek(State(staat): State<Staat>, bezoek: Bezoek, koppen: HeaderMap, f: Formulier) -> Uitslag {
    let tekst: String = f.waarde("zoek").trim().chars().take(MAX_TEKENS).collect();
    let m = if tekst.is_empty() {
        lijst(&staat, &bezoek, Selectie::alles(), "").await?
    } else {
        gevonden(&staat, &bezoek, tekst).await?
    };
    if !is_van_script(&koppen) {
        return toon(&staat, &bezoek, m, "").await;
    }
    let (rijen, stuk) = m.rijen.plaats(m.aantal);
    // No form stands in this part but the one that keeps a selection, and of all pupils there is none to keep.
    stuur(&Deel { m: &m, f, rijen }, stuk)
}

/// Whether a script of the page asks, and not somebody who goes to another page (W3C, Fetch Metadata Request Headers). An
/// old browser does not say so, and gets all of the page: that goes well too.
fn is_van_script(koppen: &HeaderMap) -> bool {
    koppen.get("sec-fetch-dest").is_some_and(|waarvoor| waarvoor == "empty")
}

async fn toon(staat: &Staat, bezoek: &Bezoek, m: Model, gelukt: &str) -> Uitslag {
    let kader = Kader::van(bezoek, "Leerlingen", paden::LEERLINGEN, "leerlingen")?.met_gelukt(Some(gelukt));
    let f = Formulier::leeg(&bezoek.aanmelding, bezoek.nu)?;
    let bewaard = bewaard::van(staat, bezoek).await?;
    let (rijen, stuk) = m.rijen.plaats(m.aantal);
    stuur(&Blad { kader, m: &m, f, bewaard, rijen }, stuk)
}

fn stuur(blad: &impl Template, stuk: Option<Arc<inpakken::Stuk>>) -> Uitslag {
    match stuk {
        Some(stuk) => antwoord::om(blad, stuk),
        None => antwoord::pagina(blad),
    }
}

/// One page of the list, once it is in the read log that it is shown.
pub(super) async fn lijst(
    staat: &Staat,
    bezoek: &Bezoek,
    selectie: Selectie,
    bladzijde: &str,
) -> Result<Model, Weigering> {
    let made = staat.dienst.lees_lijst(|register| {
        let blik = staat.blikken.van(register, bezoek);
        let cellen = Cellen::new(register, bezoek.vandaag, bezoek.organisatie, bezoek.medewerker);
        let opties = blik.opties(|kinderen| Opties::van(register, &cellen, kinderen));
        let adres = selectie.adres();
        let plekken = blik.keuze(&adres, |kinderen| selectie.plekken(register, &cellen, kinderen));
        let bladeren = Bladeren::new(paden::LEERLINGEN, &adres, plekken.len(), PER_BLADZIJDE, bladzijde);
        let here: Arc<[u32]> = plekken.get(bladeren.bereik()).unwrap_or_default().into();
        let kolommen = opties.kolommen();
        let model = Model {
            koppen: kolommen.iter().map(|kolom| kop(kolom, &selectie)).collect(),
            rijen: Rijen::Bewaard(blik.regels.van(
                &format!("{} {adres}#{}", bezoek.vandaag, bladeren.bladzijde()),
                || {
                    let rijen = Regelmaker { cellen: &cellen, kolommen, vandaag: bezoek.vandaag };
                    Ok::<_, Weigering>(Arc::new(inpakken::Stuk::van(&rijen.van(blik.op_plek(&here))?)))
                },
            )?),
            aantal: here.len(),
            bladeren,
            filters: filters(opties, &selectie),
            in_beeld: blik.kinderen().len(),
            gezocht: None,
            uitvoer: mag_uitvoeren(register, bezoek, &blik).then(|| achter("/leerlingen/uitvoer", &adres)),
            selectie,
        };
        Ok::<_, Weigering>((blik, model, here))
    });
    let (blik, model, here) = made.await??;
    gezien::toon_lijst(staat, bezoek, "leerlingenlijst", blik.op_plek(&here)).await?;
    Ok(model)
}

async fn gevonden(staat: &Staat, bezoek: &Bezoek, tekst: String) -> Result<Model, Weigering> {
    let te_kort = tekst.chars().filter(|c| c.is_alphanumeric()).count() < MIN_LETTERS;
    let made = staat.dienst.lees_lijst(|register| {
        let blik = staat.blikken.van(register, bezoek);
        let cellen = Cellen::new(register, bezoek.vandaag, bezoek.organisatie, bezoek.medewerker);
        let opties = blik.opties(|kinderen| Opties::van(register, &cellen, kinderen));
        let vraag = if te_kort { Zoekvraag::default() } else { Zoekvraag::lees(&tekst) };
        let (found, aantal) = blik.zoek(&vraag, MAX_GEVONDEN);
        let kolommen = opties.kolommen();
        let rijen = Regelmaker { cellen: &cellen, kolommen, vandaag: bezoek.vandaag };
        let model = Model {
            koppen: kolommen.iter().map(Kop::zonder_adres).collect(),
            rijen: Rijen::Los(rijen.gevonden(register, blik.op_plek(&found), &vraag)?),
            aantal: found.len(),
            bladeren: Bladeren::new(paden::LEERLINGEN, "", 0, PER_BLADZIJDE, ""),
            filters: Vec::new(),
            in_beeld: blik.kinderen().len(),
            gezocht: Some(Gezocht { tekst, aantal, te_kort }),
            uitvoer: None,
            selectie: Selectie::alles(),
        };
        Ok::<_, Weigering>((Arc::clone(&blik), model, found))
    });
    let (blik, model, found) = made.await??;
    gezien::toon_lijst(staat, bezoek, "zoeken", blik.op_plek(&found)).await?;
    Ok(model)
}

fn kop(kolom: Kolom, selectie: &Selectie) -> Kop {
    let gesorteerd = match (selectie.sorteer == kolom, selectie.omgekeerd) {
        (true, false) => "ascending",
        (true, true) => "descending",
        (false, _) => "none",
    };
    let adres = Some(achter(paden::LEERLINGEN, &selectie.gesorteerd(kolom).adres()));
    Kop { tekst: kolom.label(), adres, gesorteerd }
}

/// An address with what stands behind it.
pub(super) fn achter(pad: &str, vraag: &str) -> String {
    if vraag.is_empty() { pad.to_owned() } else { format!("{pad}?{vraag}") }
}

fn filters(opties: &Opties, selectie: &Selectie) -> Vec<Filter> {
    let own = opties.filters(selectie).into_iter().map(|filter| {
        let mut opties = filter.opties.to_vec();
        if selectie.klas.as_ref() == Some(&filter.gekozen) && !opties.iter().any(|(code, _)| *code == filter.gekozen) {
            // A class of last year, in a selection that was kept.
            opties.push((filter.gekozen.clone(), filter.gekozen.clone()));
        }
        Filter { naam: filter.naam, label: filter.label, opties, gekozen: filter.gekozen }
    });
    own.collect()
}

/// Whether the convenant lets the reader take along data of any child in view.
fn mag_uitvoeren(register: &Register, bezoek: &Bezoek, blik: &Blik) -> bool {
    blik.kinderen().iter().any(|beeld| super::uitvoer::mag(register, bezoek, beeld).is_some())
}
