//! Which pupils are listed, and in which order: what stands behind the address of the list.

use std::fmt::Write;

use convenant::Facet;
use domain::body::Sector;
use domain::ids::{MedewerkerId, OrganisatieId};
use domain::klok::Gehaald;
use domain::nummers::Gemeentecode;
use domain::status::StatusSoort;
use register::Register;
use register::telling::Looptijd;
use serde::Deserialize;

use super::kolom::{self, Cellen, Kolom};
use crate::web::blik::Beeld;

/// What may stand behind the address of the page.
#[derive(Debug, Default, Deserialize)]
pub struct Vraag {
    #[serde(default)]
    status: String,
    #[serde(default)]
    school: String,
    #[serde(default)]
    klas: String,
    #[serde(default)]
    gemeente: String,
    #[serde(default)]
    wijk: String,
    #[serde(default)]
    sector: String,
    #[serde(default)]
    klok: String,
    #[serde(default)]
    eigenaar: String,
    #[serde(default)]
    sorteer: String,
    #[serde(default)]
    richting: String,
    /// The page of the list.
    #[serde(default)]
    pub bladzijde: String,
    /// What a form just did.
    #[serde(default)]
    pub gelukt: String,
}

/// Statuses, the gravest first.
pub const STATUSSEN: &[StatusSoort] = &[
    StatusSoort::Thuiszittend,
    StatusSoort::Absoluut,
    StatusSoort::ZiekInOverleg,
    StatusSoort::VrijgesteldZonderLeeraanbod,
    StatusSoort::ZorgLoopt,
    StatusSoort::InTraject,
    StatusSoort::GaatSteedsMinder,
    StatusSoort::Vrijgesteld,
    StatusSoort::NietIngeschreven,
    StatusSoort::NietBekend,
    StatusSoort::GaatNaarSchool,
];

/// How far clocks are, with the words of the choice: from the weeks at which a clock warns, and as the monitor counts
/// them.
pub const KLOKKEN: &[(&str, &str)] = &[
    ("loopt", "alle klokken"),
    ("4", "vanaf 4 weken"),
    ("6", "vanaf 6 weken"),
    ("9", "vanaf 9 weken"),
    ("11", "vanaf 11 weken"),
    (Looptijd::TotVierWeken.code(), Looptijd::TotVierWeken.label()),
    (Looptijd::TotZesWeken.code(), Looptijd::TotZesWeken.label()),
    (Looptijd::TotNegenWeken.code(), Looptijd::TotNegenWeken.label()),
    (Looptijd::TotElfWeken.code(), Looptijd::TotElfWeken.label()),
    (Looptijd::TotDrieMaanden.code(), Looptijd::TotDrieMaanden.label()),
    (Looptijd::Voorbij.code(), Looptijd::Voorbij.label()),
    (Looptijd::StaatStil.code(), Looptijd::StaatStil.label()),
];

/// Who is responsible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eigenaar {
    /// This person.
    Wie(MedewerkerId),
    /// Nobody was named.
    Niemand,
}

/// Where somebody lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Woonplaats {
    /// In this municipality.
    In(Gemeentecode),
    /// In one that is not of the region.
    Buiten,
}

impl Woonplaats {
    fn lees(tekst: &str) -> Option<Self> {
        let code = || Gemeentecode::parse(tekst).ok().map(Woonplaats::In);
        if tekst == BUITEN { Some(Woonplaats::Buiten) } else { code() }
    }

    /// As it stands in an address.
    pub fn tekst(self) -> String {
        match self {
            Woonplaats::In(code) => code.to_string(),
            Woonplaats::Buiten => BUITEN.to_owned(),
        }
    }

    /// That of a municipality, in this region.
    pub fn van(register: &Register, code: Gemeentecode) -> Self {
        register.rules().gemeente(code).map_or(Woonplaats::Buiten, |_| Woonplaats::In(code))
    }
}

/// Which pupils, in which order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selectie {
    pub status: Option<StatusSoort>,
    pub school: Option<OrganisatieId>,
    /// In the words of the column ("klas 2b").
    pub klas: Option<String>,
    pub gemeente: Option<Woonplaats>,
    pub wijk: Option<u16>,
    pub sector: Option<Sector>,
    pub klok: Option<&'static str>,
    pub eigenaar: Option<Eigenaar>,
    pub sorteer: Kolom,
    pub omgekeerd: bool,
}

/// Most bytes of the words for a class, as they stand in an address.
const MAX_KLAS: usize = 120;
/// The word for all municipalities outside the region in an address.
const BUITEN: &str = "buiten";
/// The word for nobody in an address.
const NIEMAND: &str = "niemand";

impl Selectie {
    /// What was asked; what cannot be read is not asked.
    pub fn lees(vraag: &Vraag) -> Self {
        let eigenaar = match vraag.eigenaar.as_str() {
            NIEMAND => Some(Eigenaar::Niemand),
            id => id.parse().ok().map(Eigenaar::Wie),
        };
        Selectie {
            status: StatusSoort::from_code(&vraag.status),
            school: vraag.school.parse().ok(),
            klas: Some(vraag.klas.trim().to_owned()).filter(|klas| !klas.is_empty() && past_in_adres(klas)),
            gemeente: Woonplaats::lees(&vraag.gemeente),
            wijk: vraag.wijk.parse().ok().filter(|wijk| (1000..=9999).contains(wijk)),
            sector: Sector::from_code(&vraag.sector),
            klok: KLOKKEN.iter().find(|(code, _)| *code == vraag.klok).map(|(code, _)| *code),
            eigenaar,
            sorteer: Kolom::from_code(&vraag.sorteer).unwrap_or(Kolom::Naam),
            omgekeerd: vraag.richting == "af",
        }
    }

    /// All pupils, by name.
    pub fn alles() -> Self {
        Selectie {
            status: None,
            school: None,
            klas: None,
            gemeente: None,
            wijk: None,
            sector: None,
            klok: None,
            eigenaar: None,
            sorteer: Kolom::Naam,
            omgekeerd: false,
        }
    }

    /// The same as it was kept, or as it stands behind an address.
    pub fn uit_adres(adres: &str) -> Self {
        let mut vraag = Vraag::default();
        for (naam, waarde) in form_urlencoded::parse(adres.as_bytes()) {
            let slot = match naam.as_ref() {
                "status" => &mut vraag.status,
                "school" => &mut vraag.school,
                "klas" => &mut vraag.klas,
                "gemeente" => &mut vraag.gemeente,
                "wijk" => &mut vraag.wijk,
                "sector" => &mut vraag.sector,
                "klok" => &mut vraag.klok,
                "eigenaar" => &mut vraag.eigenaar,
                "sorteer" => &mut vraag.sorteer,
                "richting" => &mut vraag.richting,
                _ => continue,
            };
            *slot = waarde.into_owned();
        }
        Selectie::lees(&vraag)
    }

    /// What stands behind the address: always the same for the same selection, and made of our own words and ids; but for
    /// the name that a school gave a class.
    pub fn adres(&self) -> String {
        let mut adres = self.filters();
        if self.sorteer != Kolom::Naam {
            zet(&mut adres, "sorteer", self.sorteer.code());
        }
        if self.omgekeerd {
            zet(&mut adres, "richting", "af");
        }
        adres
    }

    fn filters(&self) -> String {
        let mut adres = String::new();
        self.status.iter().for_each(|soort| zet(&mut adres, "status", soort.code()));
        self.school.iter().for_each(|id| zet(&mut adres, "school", &id.to_string()));
        self.klas.iter().for_each(|klas| {
            zet(&mut adres, "klas", &in_adres(klas));
        });
        self.gemeente.iter().for_each(|waar| zet(&mut adres, "gemeente", &waar.tekst()));
        self.wijk.iter().for_each(|wijk| zet(&mut adres, "wijk", &wijk.to_string()));
        self.sector.iter().for_each(|sector| zet(&mut adres, "sector", sector.code()));
        self.klok.iter().for_each(|klok| zet(&mut adres, "klok", klok));
        match self.eigenaar {
            Some(Eigenaar::Wie(id)) => zet(&mut adres, "eigenaar", &id.to_string()),
            Some(Eigenaar::Niemand) => zet(&mut adres, "eigenaar", NIEMAND),
            None => {}
        }
        adres
    }

    /// Whether all pupils are listed.
    pub fn is_alles(&self) -> bool {
        self.filters().is_empty()
    }

    /// The same pupils, sorted by a column; by the same column again the other way round.
    pub fn gesorteerd(&self, kolom: Kolom) -> Self {
        let omgekeerd = self.sorteer == kolom && !self.omgekeerd;
        Selectie { sorteer: kolom, omgekeerd, ..self.clone() }
    }

    /// Whether a child is listed: by what its reader may see of it. What is hidden fits no filter.
    fn past(&self, register: &Register, cellen: &Cellen<'_>, beeld: &Beeld) -> bool {
        let status = self.status.is_none_or(|soort| beeld.vandaag.status.soort == soort && beeld.mag_status());
        let school = self.school.is_none_or(|id| kolom::school(beeld) == Some(id));
        let klas = self.klas.as_ref().is_none_or(|klas| cellen.klas_hier(beeld).as_ref() == Some(klas));
        let sector = self.sector.is_none_or(|sector| {
            let own = kolom::school(beeld).and_then(|id| register.rules().scholen.get(&id)?.sector);
            own == Some(sector)
        });
        let gemeente = self.gemeente.is_none_or(|waar| {
            let own = kolom::woont(beeld).and_then(|woont| woont.gemeente);
            own.is_some_and(|code| waar == Woonplaats::In(code) || waar == Woonplaats::van(register, code))
        });
        let wijk = self.wijk.is_none_or(|wijk| kolom::woont(beeld).is_some_and(|w| w.wijk == Some(wijk)));
        let klok = self.klok.is_none_or(|code| in_klok(beeld, code));
        let eigenaar = self.eigenaar.is_none_or(|wie| match wie {
            Eigenaar::Wie(id) => kolom::eigenaar(beeld) == Some(id),
            Eigenaar::Niemand => {
                let open = beeld.mag(Facet::Dossier) && beeld.vandaag.dossier.open_sinds().is_some();
                open && beeld.mag(Facet::Verantwoordelijke) && beeld.vandaag.kaart.eigenaar.is_none()
            }
        });
        status && school && klas && sector && gemeente && wijk && klok && eigenaar
    }

    /// The places of the pupils that are listed, in order.
    pub fn plekken(&self, register: &Register, cellen: &Cellen<'_>, kinderen: &[std::sync::Arc<Beeld>]) -> Vec<u32> {
        let listed = (0..).zip(kinderen).filter(|(_, beeld)| self.past(register, cellen, beeld));
        let mut plekken: Vec<u32> = if self.sorteer == Kolom::Naam {
            listed.map(|(plek, _)| plek).collect()
        } else {
            let mut keyed: Vec<_> = listed.map(|(plek, beeld)| (cellen.sleutel(self.sorteer, beeld), plek)).collect();
            // What is empty stays behind, whichever way round; equals stay in order of name.
            keyed.sort_by(|(a, _), (b, _)| {
                let empty = |key: &kolom::Sleutel| *key == kolom::Sleutel::Leeg;
                let order = if self.omgekeerd { b.cmp(a) } else { a.cmp(b) };
                empty(a).cmp(&empty(b)).then(order)
            });
            return keyed.into_iter().map(|(_, plek)| plek).collect();
        };
        if self.omgekeerd {
            plekken.reverse();
        }
        plekken
    }
}

/// Whether a class can be chosen: a name that no address holds is not offered.
pub fn past_in_adres(klas: &str) -> bool {
    in_adres(klas).len() <= MAX_KLAS
}

fn in_adres(klas: &str) -> String {
    form_urlencoded::byte_serialize(klas.as_bytes()).collect()
}

fn zet(adres: &mut String, naam: &str, waarde: &str) {
    let sign = if adres.is_empty() { "" } else { "&" };
    // Writing to a text does not fail.
    let _ = write!(adres, "{sign}{naam}={waarde}");
}

fn in_klok(beeld: &Beeld, code: &str) -> bool {
    let Some(klok) = kolom::klok(beeld) else { return false };
    if let Some(looptijd) = Looptijd::from_code(code) {
        return Looptijd::van(klok) == looptijd;
    }
    let passed = klok.gehaald == Gehaald::Nee;
    let weeks = (klok.dag + klok.eerder).saturating_sub(1) / 7;
    code == "loopt" || !passed && code.parse().is_ok_and(|from: u32| weeks >= from)
}
