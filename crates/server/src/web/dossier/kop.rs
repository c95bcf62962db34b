//! What stands above every page of one child: who it is, the pages, what one can do, and the day as of which one looks.

use convenant::Facet;
use domain::calendar::{datum, datum_met_dag};

use super::Blik;
use crate::web::paden;
use crate::web::vastleggen::acties::{Actie, acties};
use crate::weergave::stand::{Voorstelling, voorstelling};
use crate::weergave::tekst;

/// One page of the dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// Where it is.
    pub adres: String,
    /// What it is called.
    pub tekst: &'static str,
    /// Whether it is this one.
    pub hier: bool,
}

/// Looking at another day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terug {
    /// The day as a date field has it; what was typed when that was no day.
    pub op: String,
    /// First and last day that can be asked for, as a date field has them.
    pub grenzen: (String, String),
    /// The day in words, when it is not today.
    pub zin: Option<String>,
    /// What was wrong with what was typed.
    pub fout: Option<String>,
    /// This page as of today.
    pub nu: String,
}

/// What stands above a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kop {
    /// The child's name.
    pub naam: String,
    /// Age, school and residence, as far as shown.
    pub regels: Vec<String>,
    /// The pages.
    pub tabs: Vec<Tab>,
    /// What this reader can do, what is due first.
    pub acties: Vec<Actie>,
    /// Another day.
    pub terug: Terug,
}

impl Kop {
    /// The head of the page with that name ("" is the first page).
    pub(super) fn van(blik: &Blik<'_>, blad: &str) -> Self {
        let leerling = blik.w.leerling;
        let kind = voorstelling(&blik.w);
        let adres = |blad: &str| match blad {
            "" => paden::leerling(leerling),
            _ => paden::bij_leerling(leerling, blad),
        };
        let mag = |facet| blik.w.oog.mag(facet);
        let dagen = mag(Facet::VerzuimDagen) || mag(Facet::Deelname);
        let bladen = [
            ("", "Overzicht", true),
            ("tijdlijn", "Tijdlijn", true),
            ("verzuim", "Verzuim", dagen),
            ("gesprekken", "Gesprekken", true),
            ("gegevens", "Gegevens", true),
        ];
        let tabs = bladen.into_iter().filter(|(.., shown)| *shown);
        Kop {
            tabs: tabs
                .map(|(naam, tekst, _)| Tab { adres: blik.adres(&adres(naam)), tekst, hier: naam == blad })
                .collect(),
            regels: regels(&kind),
            naam: kind.naam,
            acties: if blik.terug() { Vec::new() } else { acties(blik.zicht) },
            terug: Terug {
                op: if blik.fout.is_some() { blik.getypt.to_owned() } else { blik.op().to_string() },
                grenzen: (blik.grenzen.0.to_string(), blik.grenzen.1.to_string()),
                zin: blik.terug().then(|| datum_met_dag(blik.op())),
                fout: blik.fout.clone(),
                nu: adres(blad),
            },
        }
    }
}

fn regels(kind: &Voorstelling) -> Vec<String> {
    let age = kind.leeftijd.map(|jaren| format!("{jaren} jaar"));
    let born = kind.geboren.map(|born| format!("geboren {}", datum(born)));
    let age = match (age, born) {
        (Some(age), Some(born)) => Some(format!("{age} ({born})")),
        (age, born) => age.or(born),
    };
    let school = kind.scholen.as_ref().map(|scholen| tekst::school(scholen));
    [age, school, kind.woont.clone()].into_iter().flatten().collect()
}
