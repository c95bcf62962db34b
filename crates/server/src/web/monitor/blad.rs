//! The monitor: what its page shows, and the same tables as files.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use domain::Date;
use domain::body::Sector;
use domain::calendar::datum;
use domain::ids::OrganisatieId;
use register::Register;
use register::kleine_aantallen::{DREMPEL, Getoond};
use register::telling::{Cijfer, Groep, Indeling, Kant, Looptijd, Stand, Tafel, Telrij};
use serde::Deserialize;

use super::definitie;
use super::kijk::{Aantal, BijNaam, Kijk};
use super::tabel::{self, Cel, Kop, Regel, Tabel};
use super::trend::{self, Bron, Keuze, Trend};
use super::volledigheid::Volledigheid;
use crate::gebruik::cijfers::Maanden;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::bladeren::Bladeren;
use crate::web::blik::Blik;
use crate::web::kader::Kader;
use crate::web::leerlingen::STATUSSEN;
use crate::web::{Staat, paden};

/// Schools on one page.
const PER_BLADZIJDE: usize = 100;

/// What may stand behind the address.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Vraag {
    #[serde(default)]
    per: String,
    #[serde(default)]
    sector: String,
    #[serde(default)]
    cijfer: String,
    #[serde(default)]
    gemeente: String,
    #[serde(default)]
    bladzijde: String,
    #[serde(default)]
    tabel: String,
}

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Optie {
    /// Its word in an address, or the address.
    pub waarde: String,
    /// Its words.
    pub tekst: String,
    /// Whether it is chosen.
    pub gekozen: bool,
}

/// The children that are seen by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naamdeel {
    /// Whose they are.
    pub titel: &'static str,
    /// Their counts.
    pub tabellen: Vec<Tabel>,
}

/// The others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zonder {
    /// Who they are, and on which day.
    pub titel: String,
    /// Who is counted, and who is not.
    pub uitleg: &'static str,
    /// Ways to make the rows.
    pub indelingen: Vec<Optie>,
    /// Sectors, when the rows are schools.
    pub sectoren: Vec<Optie>,
    /// Their counts.
    pub tabel: Tabel,
    /// Of how many it is not known whether they go to school.
    pub niet_bekend: String,
}

/// The monitor of somebody at work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// The children seen by name.
    pub bij_naam: Option<Naamdeel>,
    /// The others.
    pub zonder: Option<Zonder>,
    /// A figure over time.
    pub trend: Option<Trend>,
    /// Figures to choose for that.
    pub cijfers: Vec<Optie>,
    /// Municipalities to choose for that.
    pub gemeenten: Vec<Optie>,
    /// How complete deliveries are.
    pub volledigheid: String,
    /// Whether something is missing there.
    pub mist: bool,
    /// The day on which past days were counted; `None`: they are being counted.
    pub gemaakt: Option<String>,
}

impl Model {
    /// What somebody sees of the region.
    pub fn van(
        register: &Register,
        bezoek: &Bezoek,
        vraag: &Vraag,
        maanden: Option<&Maanden>,
        blik: impl FnOnce() -> Arc<Blik>,
    ) -> Self {
        let kijk = Kijk::van(bezoek);
        let named = kijk.bij_naam.then(|| BijNaam::tel(&blik()));
        let tafel = match (kijk.zonder_naam, maanden) {
            (Some(Kant::Regio), Some(maanden)) => maanden.regio(maanden.laatste()).cloned(),
            (Some(kant), Some(maanden)) => Some(anderen(register, kant, maanden, named.as_ref())),
            _ => None,
        };
        let gemeenten = match (kijk.zonder_naam, &tafel) {
            (Some(Kant::Regio), Some(tafel)) => gemeenten(register, tafel, &vraag.gemeente),
            _ => Vec::new(),
        };
        let keuze = keuze(&kijk, vraag, &gemeenten);
        let trend = maanden.map(|maanden| {
            let bron = Bron { kijk: &kijk, maanden, bij_naam: named.as_ref(), tafel: tafel.as_ref(), register };
            Trend::van(bron, keuze)
        });
        let volledigheid = Volledigheid::van(register, &kijk, bezoek);
        Model {
            bij_naam: named.as_ref().map(|named| naamdeel(register, &kijk, named)),
            zonder: kijk
                .zonder_naam
                .zip(tafel)
                .zip(maanden)
                .map(|((kant, tafel), maanden)| zonder(register, kant, &tafel, maanden, named.as_ref(), vraag)),
            trend,
            cijfers: cijfers(&kijk)
                .iter()
                .map(|stand| optie(stand.code(), stand.label(), *stand == keuze.cijfer))
                .collect(),
            gemeenten,
            volledigheid: volledigheid.zin(),
            mist: volledigheid.mist(),
            gemaakt: maanden.map(|maanden| datum(maanden.gemaakt())),
        }
    }

    fn tabellen(&self) -> impl Iterator<Item = &Tabel> {
        let named = self.bij_naam.iter().flat_map(|deel| &deel.tabellen);
        named.chain(self.zonder.as_ref().map(|deel| &deel.tabel)).chain(self.trend.as_ref().map(|trend| &trend.tabel))
    }
}

fn optie(waarde: &str, tekst: &str, gekozen: bool) -> Optie {
    Optie { waarde: waarde.to_owned(), tekst: tekst.to_owned(), gekozen }
}

/// Figures that can be followed over time.
fn cijfers(kijk: &Kijk) -> &'static [Stand] {
    kijk.zonder_naam.unwrap_or(Kant::Regio).kolommen()
}

fn keuze(kijk: &Kijk, vraag: &Vraag, gemeenten: &[Optie]) -> Keuze {
    let asked = Stand::from_code(&vraag.cijfer).filter(|stand| cijfers(kijk).contains(stand));
    let gemeente = gemeenten.iter().find(|optie| optie.gekozen && !optie.waarde.is_empty());
    Keuze {
        cijfer: asked.unwrap_or(Stand::DrieMaandenVoorbij),
        gemeente: gemeente.and_then(|optie| optie.waarde.parse().ok()).map(|id| Groep::Gemeente(Some(id))),
    }
}

fn gemeenten(register: &Register, tafel: &Tafel, gekozen: &str) -> Vec<Optie> {
    let named = tafel.groepen(Indeling::Gemeente).filter_map(|groep| match groep {
        Groep::Gemeente(Some(id)) => Some((id, tabel::naam(groep, register.rules()))),
        _ => None,
    });
    let mut all: Vec<(OrganisatieId, String)> = named.collect();
    all.sort_by_cached_key(|(_, naam)| register::vouw(naam));
    let options = all.iter().map(|(id, naam)| (id.to_string(), naam)).map(|(id, naam)| optie(&id, naam, id == gekozen));
    [optie("", "de hele regio", gekozen.is_empty())].into_iter().chain(options).collect()
}

/// What is told of the children that somebody does not see by name, on the last day that is counted.
fn anderen(register: &Register, kant: Kant, maanden: &Maanden, named: Option<&BijNaam>) -> Tafel {
    let unseen = |rij: &&Telrij| named.is_none_or(|named| !named.leerlingen.contains(&rij.leerling));
    let dag = maanden.laatste();
    let groepen = register.telgroepen(kant, dag);
    Tafel::van(kant, maanden.rijen(dag).iter().filter(unseen), &groepen, register.rules())
}

fn naamdeel(register: &Register, kijk: &Kijk, named: &BijNaam) -> Naamdeel {
    let numbers = |aantal: Option<&Aantal>, adres: String| {
        let Aantal { alle, passend } = aantal.copied().unwrap_or_default();
        vec![Cel::getal(alle).naar(adres), Cel::getal(passend)]
    };
    let regel = |cijfer: Cijfer, cellen| Regel {
        naam: cijfer.naam().to_owned(),
        definitie: Some(definitie::adres(cijfer)),
        onvolledig: String::new(),
        cellen,
        totaal: false,
    };
    let shown = STATUSSEN.iter().filter(|soort| kijk.kan_zien(**soort));
    let status = shown.map(|soort| {
        let adres = format!("{}?status={}", paden::LEERLINGEN, soort.code());
        regel(Cijfer::Status(*soort), numbers(named.status.get(soort), adres))
    });
    let klok = Looptijd::ALL.iter().map(|looptijd| {
        let adres = format!("{}?klok={}", paden::LEERLINGEN, looptijd.code());
        regel(Cijfer::Looptijd(*looptijd), numbers(named.klok.get(looptijd), adres))
    });
    let koppen = || vec![Kop::tekst("leerlingen"), Kop::van(Cijfer::PassendAanbod)];
    let tabel = |code: &str, titel: &str, eerste, regels: Vec<Regel>| Tabel {
        code: code.to_owned(),
        titel: titel.to_owned(),
        eerste,
        koppen: koppen(),
        regels,
        weggelaten: Vec::new(),
    };
    let mut tabellen = vec![
        tabel("status", "Naar status", "status", status.collect()),
        tabel("klok", "Naar hoe lang de klok van drie maanden loopt", "klok", klok.collect()),
    ];
    if kijk.school.is_none() && !named.scholen.is_empty() {
        let mut rows: Vec<Regel> =
            named.scholen.iter().map(|(school, aantal)| van_school(register, *school, aantal)).collect();
        rows.sort_by_cached_key(|row| register::vouw(&row.naam));
        tabellen.push(tabel("scholen", "Klokken per school", "school", rows));
    }
    let titel = if kijk.school.is_some() { "Leerlingen van uw school" } else { "Leerlingen die u bij naam ziet" };
    Naamdeel { titel, tabellen }
}

fn van_school(register: &Register, school: Option<OrganisatieId>, aantal: &Aantal) -> Regel {
    let groep = school.map_or(Groep::Sector(None), Groep::School);
    let cel = Cel::getal(aantal.alle);
    let cel = match school {
        Some(school) => cel.naar(format!("{}?school={school}&klok=loopt", paden::LEERLINGEN)),
        None => cel,
    };
    Regel {
        naam: tabel::naam(groep, register.rules()),
        definitie: None,
        onvolledig: String::new(),
        cellen: vec![cel, Cel::getal(aantal.passend)],
        totaal: false,
    }
}

const UITLEG_REGIO: &str = "Alle leerlingen van de regio. Iedereen die deze cijfers mag zien, ziet dezelfde; zij veranderen één keer per maand.";
const UITLEG_SWV: &str = "Leerlingen die u hierboven bij naam ziet, tellen hier niet mee. Over de anderen stelde niemand u een vraag: u ziet aantallen, geen namen. Ziekte en vrijstellingen zijn niet apart geteld.";
const UITLEG_LEERPLICHT: &str = "Leerlingen die u hierboven bij naam ziet, tellen hier niet mee. Wie ziek of geschorst is, telt ook niet mee: dat komt niet vanzelf bij leerplicht. Over de anderen is geen melding gedaan.";

fn zonder(
    register: &Register,
    kant: Kant,
    tafel: &Tafel,
    maanden: &Maanden,
    named: Option<&BijNaam>,
    vraag: &Vraag,
) -> Zonder {
    let dag = maanden.laatste();
    let (titel, uitleg) = match kant {
        Kant::Regio => ("De regio", UITLEG_REGIO),
        Kant::Samenwerkingsverband(_) => ("Andere leerlingen van scholen van uw samenwerkingsverband", UITLEG_SWV),
        Kant::Leerplicht(_) => ("Andere inwoners van uw gemeente", UITLEG_LEERPLICHT),
    };
    let ways: Vec<Indeling> = Indeling::ALL
        .iter()
        .copied()
        .filter(|way| !(matches!(kant, Kant::Leerplicht(_)) && *way == Indeling::Gemeente))
        .collect();
    let way = Indeling::from_code(&vraag.per).filter(|way| ways.contains(way));
    let way = way.or(ways.first().copied()).unwrap_or(Indeling::Sector);
    let sectoren = sectoren(tafel, way, &vraag.sector);
    let indelingen = ways.iter().map(|option| {
        optie(&format!("{}?per={}", paden::MONITOR, option.code()), &format!("per {}", kop(*option)), *option == way)
    });
    let unseen = |rij: &&Telrij| named.is_none_or(|named| !named.leerlingen.contains(&rij.leerling));
    let unknown = maanden.rijen(dag).iter().filter(unseen).filter(|rij| rij.stand == Stand::NietBekend);
    let unknown = unknown.filter(|rij| match kant {
        Kant::Regio => true,
        Kant::Samenwerkingsverband(swv) => rij.swv == Some(swv),
        Kant::Leerplicht(gemeente) => rij.gemeente == Some(gemeente),
    });
    let unknown = u32::try_from(unknown.count()).unwrap_or(u32::MAX);
    Zonder {
        titel: format!("{titel}, op {}", datum(dag)),
        uitleg,
        indelingen: indelingen.collect(),
        tabel: tafel_als_tabel(register, tafel, way, &sectoren, maanden, dag),
        sectoren,
        niet_bekend: match unknown {
            0 => String::new(),
            1..DREMPEL => Cel::getoond(Getoond::Klein).tekst,
            more => Cel::getal(more).tekst,
        },
    }
}

/// Head of the rows.
fn kop(way: Indeling) -> &'static str {
    match way {
        Indeling::Gemeente => "gemeente",
        Indeling::Sector => "soort onderwijs",
        Indeling::School => "school",
    }
}

/// Sectors of which the schools can be shown; the first when none was asked for.
fn sectoren(tafel: &Tafel, way: Indeling, gekozen: &str) -> Vec<Optie> {
    if way != Indeling::School {
        return Vec::new();
    }
    let all: Vec<Sector> = tafel
        .groepen(Indeling::Sector)
        .filter_map(|groep| match groep {
            Groep::Sector(sector) => sector,
            _ => None,
        })
        .collect();
    let chosen = Sector::from_code(gekozen).filter(|sector| all.contains(sector)).or(all.first().copied());
    all.iter().map(|sector| optie(sector.code(), sector.label(), Some(*sector) == chosen)).collect()
}

fn tafel_als_tabel(
    register: &Register,
    tafel: &Tafel,
    way: Indeling,
    sectoren: &[Optie],
    maanden: &Maanden,
    dag: Date,
) -> Tabel {
    let r = register.rules();
    let sector = sectoren.iter().find(|sector| sector.gekozen).and_then(|sector| Sector::from_code(&sector.waarde));
    let of_sector = |school: &OrganisatieId| r.scholen.get(school).and_then(|school| school.sector);
    let located = |school: &OrganisatieId| {
        r.organisaties.get(school).and_then(|school| school.gemeente).and_then(|code| r.gemeente(code))
    };
    let groepen: Vec<Groep> = tafel
        .groepen(way)
        .filter(|groep| match groep {
            Groep::School(school) => of_sector(school) == sector,
            _ => true,
        })
        .collect();
    let onvolledig = |groep: Option<Groep>| {
        let counts = |school: OrganisatieId| match groep {
            None => way != Indeling::School || of_sector(&school) == sector,
            Some(Groep::School(own)) => own == school,
            Some(Groep::Sector(Some(own))) => of_sector(&school) == Some(own),
            Some(Groep::Gemeente(Some(own))) => located(&school) == Some(own),
            Some(Groep::Sector(None) | Groep::Gemeente(None)) => false,
        };
        let (complete, all) = maanden.volledig(dag, counts);
        trend::onvolledig(complete, all)
    };
    let totaal = sector.map(|sector| Groep::Sector(Some(sector)));
    let (koppen, regels) = Tabel::van_tafel(tafel, totaal, groepen, r, onvolledig);
    let (code, titel) = (way.code().to_owned(), format!("Per {}", kop(way)));
    let tabel = Tabel { code, titel, eerste: kop(way), koppen, regels, weggelaten: Vec::new() };
    // Of many schools most have none or few of these children.
    if way == Indeling::School { tabel.ingekort() } else { tabel }
}

#[derive(Template)]
#[template(path = "monitor/blad.html")]
struct Blad {
    kader: Kader,
    model: Model,
    /// What was asked, for the files of the same tables.
    vraag: String,
    per: String,
    sector: String,
    b: Bladeren,
}

/// The page.
pub async fn blad(State(staat): State<Staat>, Query(vraag): Query<Vraag>, bezoek: Bezoek) -> Uitslag {
    let mut model = model(&staat, &bezoek, &vraag).await?;
    let chosen = |options: &[Optie]| {
        options.iter().find(|optie| optie.gekozen).map(|optie| optie.waarde.clone()).unwrap_or_default()
    };
    let per = model.zonder.as_ref().map(|deel| deel.tabel.code.clone()).unwrap_or_default();
    let sector = model.zonder.as_ref().map(|deel| chosen(&deel.sectoren)).unwrap_or_default();
    let (cijfer, gemeente) = (chosen(&model.cijfers), chosen(&model.gemeenten));
    let asked = format!("per={per}&sector={sector}&cijfer={cijfer}&gemeente={gemeente}");
    let rows = model.zonder.as_ref().map_or(0, |deel| deel.tabel.regels.len().saturating_sub(1));
    let b = Bladeren::new(paden::MONITOR, &asked, rows, PER_BLADZIJDE, &vraag.bladzijde);
    if let Some(deel) = &mut model.zonder {
        // The row of all stands above every page.
        let first = deel.tabel.regels.len().min(1);
        let all: Vec<Regel> = deel.tabel.regels.drain(..first).collect();
        deel.tabel.regels = all.into_iter().chain(deel.tabel.regels.drain(b.bereik())).collect();
    }
    antwoord::pagina(&Blad {
        kader: Kader::van(&bezoek, "Monitor", paden::MONITOR, "monitor")?,
        vraag: asked,
        model,
        per,
        sector,
        b,
    })
}

/// One of the tables of the page, as a file.
pub async fn bestand(State(staat): State<Staat>, Query(vraag): Query<Vraag>, bezoek: Bezoek) -> Uitslag {
    let model = model(&staat, &bezoek, &vraag).await?;
    let tabel = model.tabellen().find(|tabel| tabel.code == vraag.tabel).ok_or(Weigering::NietGevonden)?;
    antwoord::bestand(&format!("monitor-{}.csv", tabel.code), "text/csv; charset=utf-8", tabel.csv())
}

async fn model(staat: &Staat, bezoek: &Bezoek, vraag: &Vraag) -> Result<Model, Weigering> {
    let maanden = staat.cijfers.maanden(&staat.dienst).await;
    let made = staat.dienst.lees_lijst(|register| {
        let blik = || staat.blikken.van(register, bezoek);
        Model::van(register, bezoek, vraag, maanden.as_deref(), blik)
    });
    Ok(made.await?)
}
