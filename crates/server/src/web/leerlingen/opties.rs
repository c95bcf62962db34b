//! What one can choose from in the filters: only what occurs among the children in view, as far as it may be seen.

use std::collections::BTreeSet;
use std::sync::Arc;

use convenant::{Facet, Facetten};
use domain::body::Sector;
use domain::ids::OrganisatieId;
use register::Register;

use super::kolom::{self, Cellen, Kolom, Kolommen};
use super::selectie::{Eigenaar, KLOKKEN, STATUSSEN, Selectie, Woonplaats, past_in_adres};
use crate::web::blik::Beeld;
use crate::weergave::woorden;

/// One choice: its word in the address, its words on the screen.
pub type Optie = (String, String);

/// The choices of every filter, and what may be seen of any child.
#[derive(Debug, Default)]
pub struct Opties {
    /// Statuses.
    pub status: Vec<Optie>,
    /// Schools.
    pub school: Vec<Optie>,
    /// Classes, for who works at one school.
    pub klas: Vec<Optie>,
    /// Municipalities.
    pub gemeente: Vec<Optie>,
    /// Neighbourhoods: four digits of the postcode.
    pub wijk: Vec<Optie>,
    /// Sectors.
    pub sector: Vec<Optie>,
    /// How far clocks are.
    pub klok: Vec<Optie>,
    /// Who is responsible.
    pub eigenaar: Vec<Optie>,
    /// The facets of which the reader sees anything at all.
    facetten: Facetten,
    /// Whether the reader works at one school.
    op_school: bool,
}

impl Opties {
    /// Of all children in view.
    pub fn van(register: &Register, cellen: &Cellen<'_>, kinderen: &[Arc<Beeld>]) -> Self {
        let mut seen = Gezien::default();
        kinderen.iter().for_each(|beeld| seen.neem(register, beeld));
        let klassen: BTreeSet<String> =
            kinderen.iter().filter_map(|beeld| cellen.klas_hier(beeld)).filter(|klas| past_in_adres(klas)).collect();
        let rules = register.rules();
        let name = |id: &OrganisatieId| (id.to_string(), rules.naam(*id).to_owned());
        let gemeente = |code: &domain::nummers::Gemeentecode| {
            let known = rules.gemeente(*code).map_or("buiten de regio", |id| rules.naam(id));
            (Woonplaats::van(register, *code).tekst(), woorden::gemeentenaam(known).to_owned())
        };
        let mut eigenaar: Vec<Optie> = seen.eigenaars.iter().map(|id| (id.to_string(), cellen.naam(*id))).collect();
        sorteer(&mut eigenaar);
        if seen.facetten.contains_all(Facetten::of(&[Facet::Verantwoordelijke, Facet::Dossier])) {
            eigenaar.insert(0, ("niemand".to_owned(), "niemand aangewezen".to_owned()));
        }
        let klokken = if seen.klok { KLOKKEN } else { &[] };
        let statuses = STATUSSEN.iter().filter(|soort| seen.statussen.contains(soort));
        Opties {
            status: statuses.map(|soort| (soort.code().to_owned(), soort.woord().to_owned())).collect(),
            school: gesorteerd(seen.scholen.iter().map(name)),
            klas: gesorteerd(klassen.into_iter().map(|klas| (klas.clone(), klas))),
            gemeente: gesorteerd(seen.gemeenten.iter().map(gemeente)),
            wijk: seen.wijken.iter().map(|wijk| (wijk.to_string(), wijk.to_string())).collect(),
            sector: seen.sectoren.iter().map(|s| (s.code().to_owned(), s.label().to_owned())).collect(),
            klok: klokken.iter().map(|(code, tekst)| ((*code).to_owned(), (*tekst).to_owned())).collect(),
            eigenaar,
            facetten: seen.facetten,
            op_school: cellen.op_school(),
        }
    }

    /// The columns in which the reader could see anything; the school for who works at none.
    pub fn kolommen(&self) -> Kolommen {
        let mut shown = Kolommen::GEEN;
        for kolom in Kolom::ALL {
            let fits = *kolom != Kolom::School || !self.op_school;
            shown.insert_if(*kolom, fits && self.facetten.contains_all(kolom.facetten()));
        }
        shown
    }

    /// The filters with more than one choice: name, label, choices and what is chosen.
    pub fn filters(&self, selectie: &Selectie) -> Vec<Filter<'_>> {
        let eigenaar = selectie.eigenaar.map(|wie| match wie {
            Eigenaar::Wie(id) => id.to_string(),
            Eigenaar::Niemand => "niemand".to_owned(),
        });
        let all = [
            ("status", "Status", &self.status, selectie.status.map(|soort| soort.code().to_owned())),
            ("klok", "Klok", &self.klok, selectie.klok.map(str::to_owned)),
            ("school", "School", &self.school, selectie.school.map(|id| id.to_string())),
            ("klas", "Klas", &self.klas, selectie.klas.clone()),
            ("sector", "Sector", &self.sector, selectie.sector.map(|sector| sector.code().to_owned())),
            ("gemeente", "Gemeente", &self.gemeente, selectie.gemeente.map(Woonplaats::tekst)),
            ("wijk", "Wijk (postcode)", &self.wijk, selectie.wijk.map(|wijk| wijk.to_string())),
            ("eigenaar", "Verantwoordelijke", &self.eigenaar, eigenaar),
        ];
        all.into_iter()
            .filter(|(.., opties, gekozen)| opties.len() > 1 || gekozen.is_some())
            .map(|(naam, label, opties, gekozen)| Filter { naam, label, opties, gekozen: gekozen.unwrap_or_default() })
            .collect()
    }
}

/// One filter on the page.
#[derive(Debug)]
pub struct Filter<'a> {
    /// Its name in the address.
    pub naam: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What one can choose.
    pub opties: &'a [Optie],
    /// What is chosen; empty for all.
    pub gekozen: String,
}

#[derive(Default)]
struct Gezien {
    statussen: BTreeSet<domain::status::StatusSoort>,
    scholen: BTreeSet<OrganisatieId>,
    gemeenten: BTreeSet<domain::nummers::Gemeentecode>,
    wijken: BTreeSet<u16>,
    sectoren: BTreeSet<Sector>,
    eigenaars: BTreeSet<domain::ids::MedewerkerId>,
    klok: bool,
    facetten: Facetten,
}

impl Gezien {
    fn neem(&mut self, register: &Register, beeld: &Beeld) {
        self.facetten = self.facetten.union(beeld.facetten);
        if beeld.mag_status() {
            self.statussen.insert(beeld.vandaag.status.soort);
        }
        if let Some(id) = kolom::school(beeld) {
            self.scholen.insert(id);
            self.sectoren.extend(register.rules().scholen.get(&id).and_then(|school| school.sector));
        }
        if let Some(woont) = kolom::woont(beeld) {
            self.gemeenten.extend(woont.gemeente);
            self.wijken.extend(woont.wijk);
        }
        self.eigenaars.extend(kolom::eigenaar(beeld));
        self.klok |= kolom::klok(beeld).is_some();
    }
}

/// By their words, each once: all municipalities outside the region are one choice.
fn gesorteerd(opties: impl Iterator<Item = Optie>) -> Vec<Optie> {
    let mut opties: Vec<Optie> = opties.collect();
    sorteer(&mut opties);
    opties.dedup();
    opties
}

fn sorteer(opties: &mut [Optie]) {
    opties.sort_by_key(|(_, woorden)| woorden.to_lowercase());
}
