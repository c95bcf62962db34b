//! What the region agreed on: its documents in every version, to read and to compare; and the convenant as a matrix.

use askama::Template;
use axum::extract::{Path, Query, State};
use domain::body::DocumentSoort;
use domain::calendar::datum;
use register::Register;
use serde::Deserialize;

use super::kader;
use super::verschil::{Verschil, verschil};
use crate::web::Staat;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::hulp;
use crate::web::kader::Kader;
use crate::weergave::moment;

/// The documents that can be read and adopted here, with how people call them.
pub const SOORTEN: [(DocumentSoort, &str); 3] =
    [(DocumentSoort::Regio, "Regio"), (DocumentSoort::Protocol, "Protocol"), (DocumentSoort::Convenant, "Convenant")];

/// One version in the list.
#[derive(Debug, Clone)]
pub struct Versie {
    /// Its number: the first that was adopted is 1.
    pub nummer: usize,
    /// As the region names it.
    pub naam: String,
    /// From which day it holds, in words.
    pub vanaf: String,
    /// When it was adopted, in words.
    pub vastgelegd: String,
    /// Whether it holds today.
    pub geldt: bool,
}

struct Document {
    code: &'static str,
    naam: &'static str,
    versies: Vec<Versie>,
}

#[derive(Template)]
#[template(path = "beheer/documenten.html")]
struct Documenten {
    kader: Kader,
    documenten: Vec<Document>,
}

#[derive(Template)]
#[template(path = "beheer/document.html")]
struct Documentblad {
    kader: Kader,
    code: &'static str,
    naam: &'static str,
    versie: Versie,
    regels: usize,
    tekst: String,
}

/// Which two versions are compared.
#[derive(Deserialize)]
pub struct Keuze {
    #[serde(default)]
    van: usize,
    #[serde(default)]
    naar: usize,
}

impl Keuze {
    /// The two versions of so many: those that were asked for, or else the last two.
    fn binnen(&self, aantal: usize) -> (usize, usize) {
        let last = aantal.max(1);
        let of = |gevraagd: usize, anders: usize| if (1..=last).contains(&gevraagd) { gevraagd } else { anders };
        let naar = of(self.naar, last);
        (of(self.van, naar.saturating_sub(1).max(1)), naar)
    }
}

/// Two versions of a document beside each other, and the form that asks for others.
pub struct Vergelijking {
    /// Where the form leads.
    pub adres: String,
    /// All versions, in the order in which they were adopted.
    pub versies: Vec<Versie>,
    /// Counted from 1.
    pub van: usize,
    /// Counted from 1.
    pub naar: usize,
    /// The difference, line by line.
    pub verschil: Verschil,
}

impl Vergelijking {
    /// Of the versions that were asked for; without a choice the last two.
    pub fn van(adres: String, all: Vec<(Versie, String)>, keuze: &Keuze) -> Self {
        let (van, naar) = keuze.binnen(all.len());
        let tekst = |nummer: usize| all.get(nummer - 1).map_or("", |(_, tekst)| tekst.as_str());
        let verschil = verschil(tekst(van), tekst(naar));
        Vergelijking { adres, versies: all.into_iter().map(|(versie, _)| versie).collect(), van, naar, verschil }
    }
}

#[derive(Template)]
#[template(path = "beheer/vergelijk.html")]
struct Vergelijk {
    kader: Kader,
    naam: &'static str,
    v: Vergelijking,
}

#[derive(Template)]
#[template(path = "beheer/autorisatie.html")]
struct Autorisatie {
    kader: Kader,
    titel: String,
    html: String,
}

/// The document that an address names.
pub fn soort(code: &str) -> Result<(DocumentSoort, &'static str), Weigering> {
    SOORTEN.iter().copied().find(|(soort, _)| soort.code() == code).ok_or(Weigering::NietGevonden)
}

/// The versions of a document with their texts, in the order in which they were adopted.
pub fn versies(register: &Register, soort: DocumentSoort, vandaag: domain::Date) -> Vec<(Versie, String)> {
    let found = register.versies(soort);
    // Of those that began, the one with the latest first day holds; adopted on one day, the last of them.
    let begun = found.iter().enumerate().filter(|(_, (fact, _))| fact.valid.from <= vandaag);
    let holds = begun.max_by_key(|(place, (fact, _))| (fact.valid.from, *place)).map(|(place, _)| place);
    let with_text = found.iter().enumerate().map(|(place, (fact, document))| {
        let versie = Versie {
            nummer: place + 1,
            naam: document.versie.clone(),
            vanaf: datum(fact.valid.from),
            vastgelegd: moment(fact.known),
            geldt: Some(place) == holds,
        };
        (versie, document.tekst.zichtbaar().to_owned())
    });
    with_text.collect()
}

/// All documents.
pub async fn blad(State(staat): State<Staat>, Query(gelukt): Query<Gelukt>, bezoek: Bezoek) -> Uitslag {
    let kader = kader(&bezoek, "Documenten")?.met_gelukt(Some(&gelukt.gelukt));
    let documenten = staat.dienst.lees(|register| {
        let document = |(soort, naam): (DocumentSoort, &'static str)| {
            let versies = versies(register, soort, bezoek.vandaag).into_iter().map(|(versie, _)| versie).rev();
            Document { code: soort.code(), naam, versies: versies.collect() }
        };
        SOORTEN.map(document).into()
    });
    antwoord::pagina(&Documenten { kader, documenten: documenten.await? })
}

/// What may stand behind the address.
#[derive(Deserialize)]
pub struct Gelukt {
    #[serde(default)]
    gelukt: String,
}

/// One version, to read.
pub async fn lezen(
    State(staat): State<Staat>,
    Path((code, nummer)): Path<(String, String)>,
    bezoek: Bezoek,
) -> Uitslag {
    let (soort, naam) = soort(&code)?;
    let nummer: usize = nummer.parse().map_err(|_| Weigering::NietGevonden)?;
    let all = staat.dienst.lees(|register| versies(register, soort, bezoek.vandaag)).await?;
    let (versie, tekst) = all.into_iter().find(|(versie, _)| versie.nummer == nummer).ok_or(Weigering::NietGevonden)?;
    let regels = tekst.lines().count();
    let kader = kader(&bezoek, format!("{naam}, versie {}", versie.naam))?;
    antwoord::pagina(&Documentblad { kader, code: soort.code(), naam, versie, regels, tekst })
}

/// Two versions, line by line; without a choice the last two.
pub async fn vergelijk(
    State(staat): State<Staat>,
    Path(code): Path<String>,
    Query(keuze): Query<Keuze>,
    bezoek: Bezoek,
) -> Uitslag {
    let (soort, naam) = soort(&code)?;
    let all = staat.dienst.lees(|register| versies(register, soort, bezoek.vandaag)).await?;
    let v = Vergelijking::van(format!("/beheer/documenten/{}/vergelijk", soort.code()), all, &keuze);
    antwoord::pagina(&Vergelijk { kader: kader(&bezoek, format!("{naam}: versies vergelijken"))?, naam, v })
}

/// Who sees and states what under the convenant of today.
pub async fn autorisatie(State(staat): State<Staat>, bezoek: Bezoek) -> Uitslag {
    let kader = kader(&bezoek, "Wie ziet wat")?;
    let found = staat.dienst.lees(|register| {
        let convenant = register.convenant(bezoek.vandaag);
        (convenant.titel().to_owned(), convenant::matrix(convenant))
    });
    let (titel, matrix) = found.await?;
    antwoord::pagina(&Autorisatie { kader, titel, html: hulp::naar_html(zonder_kop(&matrix)) })
}

/// The matrix without its title and the word to whoever maintains the product.
pub fn zonder_kop(matrix: &str) -> &str {
    matrix.find("Voor alles geldt").and_then(|place| matrix.get(place..)).unwrap_or(matrix)
}
