//! What a figure means: its definition, where that stands, under which version of the protocol, and since when.

use askama::Template;
use axum::extract::{Path, State};
use domain::Date;
use domain::body::DocumentSoort;
use domain::calendar::datum;
use domain::status::definities::DEFINITIES;
use register::Register;
use register::telling::Cijfer;

use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::kader::Kader;
use crate::web::{Staat, paden};

/// The page of a figure.
pub fn adres(cijfer: Cijfer) -> String {
    format!("{}/definitie/{}", paden::MONITOR, cijfer.code())
}

/// One definition, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definitie {
    /// Its name.
    pub naam: String,
    /// Its page; empty: it has none.
    pub adres: String,
    /// What it says.
    pub inhoud: &'static str,
    /// Where it stands.
    pub bron: &'static str,
    /// Which version, and since when, in words.
    pub versie: String,
}

/// The definition of a figure, as it holds in this region.
pub fn van_cijfer(register: &Register, vandaag: Date, cijfer: Cijfer) -> Definitie {
    Definitie {
        naam: cijfer.naam().to_owned(),
        adres: adres(cijfer),
        inhoud: cijfer.inhoud(),
        bron: cijfer.bron().bron,
        versie: versie(register, vandaag, cijfer),
    }
}

fn versie(register: &Register, vandaag: Date, cijfer: Cijfer) -> String {
    let read = match cijfer.bron().versie {
        "" => String::new(),
        read => read.parse().map_or_else(|_| String::new(), |day| format!("Tekst van {}. ", datum(day))),
    };
    match register.document_op(DocumentSoort::Protocol, vandaag) {
        Some((period, protocol)) => {
            format!("{read}Protocol {}, geldig vanaf {}.", protocol.versie, datum(period.from))
        }
        None => format!("{read}De regio stelde nog geen protocol vast; de standaardwaarden gelden."),
    }
}

/// Who else calls whom a thuiszitter.
fn anderen() -> Vec<Definitie> {
    let words = DEFINITIES.iter().map(|other| {
        let since = other.sinds.map_or_else(String::new, |sinds| format!("Vanaf {}. ", datum(sinds)));
        let until = other.tot.map_or_else(String::new, |tot| format!("Tot {}. ", datum(tot)));
        let unknown =
            if other.sinds.is_none() && other.tot.is_none() { "De bron zegt niet sinds wanneer." } else { "" };
        Definitie {
            naam: other.code.to_owned(),
            adres: String::new(),
            inhoud: other.inhoud,
            bron: other.bron.bron,
            versie: format!("{since}{until}{unknown}").trim().to_owned(),
        }
    });
    words.collect()
}

#[derive(Template)]
#[template(path = "monitor/definitie.html")]
struct Blad {
    kader: Kader,
    definitie: Definitie,
}

#[derive(Template)]
#[template(path = "monitor/definities.html")]
struct Lijst {
    kader: Kader,
    definities: Vec<Definitie>,
    anderen: Vec<Definitie>,
}

/// One definition.
pub async fn blad(State(staat): State<Staat>, Path(code): Path<String>, bezoek: Bezoek) -> Uitslag {
    let cijfer = Cijfer::from_code(&code).ok_or(Weigering::NietGevonden)?;
    let definitie = staat.dienst.lees(|register| van_cijfer(register, bezoek.vandaag, cijfer)).await?;
    let titel = format!("Wat telt als: {}", definitie.naam);
    antwoord::pagina(&Blad { kader: Kader::van(&bezoek, titel, paden::MONITOR, "monitor")?, definitie })
}

/// All definitions.
pub async fn lijst(State(staat): State<Staat>, bezoek: Bezoek) -> Uitslag {
    let made =
        |register: &Register| Cijfer::alle().map(|cijfer| van_cijfer(register, bezoek.vandaag, cijfer)).collect();
    let definities = staat.dienst.lees(made).await?;
    let kader = Kader::van(&bezoek, "Wat elk cijfer betekent", paden::MONITOR, "monitor")?;
    antwoord::pagina(&Lijst { kader, definities, anderen: anderen() })
}
