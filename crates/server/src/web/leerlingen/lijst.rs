//! The list of pupils, and searching in it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use register::{MAX_TEKENS, Register, Stuk, Zoekvraag};

use super::bewaard::{self, Bewaard};
use super::kolom::{self, Cellen, Kolom, Stand};
use super::opties::{Optie, Opties};
use super::selectie::{Selectie, Vraag};
use super::waarom;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::bladeren::Bladeren;
use crate::web::blik::{Beeld, Blik};
use crate::web::formulier::Formulier;
use crate::web::inpakken;
use crate::web::kader::Kader;
use crate::web::{Staat, gezien, paden};
use crate::weergave::woorden;

/// Pupils on one page.
pub const PER_BLADZIJDE: usize = 100;
/// Pupils that a search shows; who is looked for is among them, or more is typed.
pub const MAX_GEVONDEN: usize = 20;
/// From so many letters on a search looks: one letter finds half of a school.
const MIN_LETTERS: usize = 2;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cel {
    /// What it says.
    pub tekst: String,
    /// How far the clock is, where it tells a clock.
    pub stand: Option<Stand>,
    /// Whether its day has passed, or nobody is aan zet.
    pub laat: bool,
}

/// Who it is: what a pupil's line begins with.
#[derive(Template)]
#[template(path = "leerlingen/naam.html")]
struct Naam {
    /// Address of the dossier.
    adres: String,
    /// Surname first, in pieces, with what was looked for.
    naam: Vec<Stuk>,
    /// What beside the name was looked for, in pieces.
    gevonden: Vec<Vec<Stuk>>,
}

/// The other columns of a pupil's line.
#[derive(Template)]
#[template(path = "leerlingen/cellen.html")]
struct Cellenrij {
    cellen: Vec<Cel>,
}

/// The head of a column.
pub struct Kop {
    /// Its words.
    pub tekst: &'static str,
    /// Where one sorts by it; none when a search puts the best first.
    pub adres: Option<String>,
    /// How it is sorted now, as a screen reader is told.
    pub gesorteerd: &'static str,
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

/// What was looked for, and how much was found.
pub(super) struct Gezocht {
    tekst: String,
    pub(super) aantal: usize,
    /// Whether too little was typed to look.
    te_kort: bool,
}

#[derive(Template)]
#[template(path = "leerlingen/lijst.html")]
struct Blad {
    kader: Kader,
    m: Model,
    f: Formulier,
    bewaard: Vec<Bewaard>,
    /// The lines, or the place where they go.
    rijen: String,
}

/// What a search changes of the page: all that a script takes over of it, key after key.
#[derive(Template)]
#[template(path = "leerlingen/lijst.html", block = "lijst")]
struct Deel {
    m: Model,
    f: Formulier,
    rijen: String,
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
        lijst(&staat, &bezoek, Selectie::uit_adres(""), "").await?
    } else {
        gevonden(&staat, &bezoek, tekst).await?
    };
    if !is_van_script(&koppen) {
        return toon(&staat, &bezoek, m, "").await;
    }
    let (rijen, stuk) = los(&m);
    let f = Formulier::leeg(&bezoek.aanmelding, bezoek.nu)?;
    stuur(&Deel { m, f, rijen }, stuk)
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
    let (rijen, stuk) = los(&m);
    stuur(&Blad { kader, m, f, bewaard, rijen }, stuk)
}

/// The lines as they are, or the place where they go with what goes there.
fn los(m: &Model) -> (String, Option<Arc<inpakken::Stuk>>) {
    match &m.rijen {
        Rijen::Los(rijen) => (rijen.clone(), None),
        // An empty page says so, and has no place for lines.
        Rijen::Bewaard(_) if m.aantal == 0 => (String::new(), None),
        Rijen::Bewaard(stuk) => (antwoord::PLEK.to_owned(), Some(Arc::clone(stuk))),
    }
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
        let kolommen: Vec<Kolom> = opties.kolommen().collect();
        let model = Model {
            koppen: kolommen.iter().map(|kolom| kop(*kolom, &selectie)).collect(),
            rijen: Rijen::Bewaard(blik.regels.van(
                &format!("{} {adres}#{}", bezoek.vandaag, bladeren.bladzijde()),
                || {
                    let rijen = rijen(&cellen, &kolommen, blik.op_plek(&here), bezoek)?;
                    Ok::<_, Weigering>(Arc::new(inpakken::Stuk::van(&rijen)))
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
        let kolommen: Vec<Kolom> = opties.kolommen().collect();
        let shown: Vec<_> = found.iter().map(|beeld| beeld.leerling).collect();
        let selectie = Selectie::uit_adres("");
        let model = Model {
            koppen: kolommen.iter().map(|kolom| Kop { adres: None, ..kop(*kolom, &selectie) }).collect(),
            rijen: Rijen::Los(gevonden_rijen(register, &cellen, &kolommen, &found, bezoek, &vraag)?),
            aantal: found.len(),
            bladeren: Bladeren::new(paden::LEERLINGEN, "", 0, PER_BLADZIJDE, ""),
            filters: Vec::new(),
            in_beeld: blik.kinderen().len(),
            gezocht: Some(Gezocht { tekst: tekst.clone(), aantal, te_kort }),
            uitvoer: None,
            selectie,
        };
        Ok::<_, Weigering>((Arc::clone(&blik), model, shown))
    });
    let (blik, model, shown) = made.await??;
    let shown = shown.iter().filter_map(|leerling| blik.kind(*leerling)).map(AsRef::as_ref);
    gezien::toon_lijst(staat, bezoek, "zoeken", shown).await?;
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
    let own = opties.filters(selectie).into_iter().map(|filter| Filter {
        naam: filter.naam,
        label: filter.label,
        opties: filter.opties.to_vec(),
        gekozen: filter.gekozen,
    });
    own.collect()
}

/// The lines of these children.
fn rijen<'a>(
    cellen: &Cellen<'_>,
    kolommen: &[Kolom],
    beelden: impl Iterator<Item = &'a Beeld>,
    bezoek: &Bezoek,
) -> Result<String, Weigering> {
    let mut all = String::new();
    for beeld in beelden {
        let naam = vec![(cellen.tekst(Kolom::Naam, beeld), false)];
        let naam = Naam { adres: paden::leerling(beeld.leerling), naam, gevonden: Vec::new() };
        rij(&mut all, &naam, cellen, kolommen, beeld, bezoek)?;
    }
    Ok(all)
}

/// The lines of who was found, with why.
fn gevonden_rijen(
    register: &Register,
    cellen: &Cellen<'_>,
    kolommen: &[Kolom],
    found: &[&Beeld],
    bezoek: &Bezoek,
    vraag: &Zoekvraag,
) -> Result<String, Weigering> {
    let mut all = String::new();
    for beeld in found {
        let naam = vraag.merk(&cellen.tekst(Kolom::Naam, beeld));
        let gevonden = waarom::waarom(register, beeld, vraag, bezoek.vandaag);
        let naam = Naam { adres: paden::leerling(beeld.leerling), naam, gevonden };
        rij(&mut all, &naam, cellen, kolommen, beeld, bezoek)?;
    }
    Ok(all)
}

/// Adds one line. Whatever looks for the child, its other columns are the same, and are not made again.
fn rij(
    all: &mut String,
    naam: &Naam,
    cellen: &Cellen<'_>,
    kolommen: &[Kolom],
    beeld: &Beeld,
    bezoek: &Bezoek,
) -> Result<(), Weigering> {
    let cel = |kolom: &Kolom| Cel {
        tekst: woorden::vast(&cellen.tekst(*kolom, beeld)),
        stand: if *kolom == Kolom::Klok { kolom::stand(beeld) } else { None },
        laat: match kolom {
            Kolom::Datum => kolom::datum(beeld).is_some_and(|dag| dag < bezoek.vandaag),
            Kolom::AanZet => kolom::is_niemand_aan_zet(beeld),
            _ => false,
        },
    };
    let others = || kolommen.iter().filter(|kolom| **kolom != Kolom::Naam).map(cel).collect();
    let rest = beeld.cellen(kolommen, || Cellenrij { cellen: others() }.render());
    all.push_str("<tr>");
    naam.render_into(all).map_err(|_| Weigering::Storing)?;
    all.push_str(&rest.map_err(|_| Weigering::Storing)?);
    all.push_str("</tr>\n");
    Ok(())
}

/// Whether the convenant lets the reader take along data of any child in view.
fn mag_uitvoeren(register: &Register, bezoek: &Bezoek, blik: &Blik) -> bool {
    blik.kinderen().iter().any(|beeld| super::uitvoer::mag(register, bezoek, beeld).is_some())
}
