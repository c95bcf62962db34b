//! The columns of the list. A cell holds what its reader may see of that child, and nothing else: sorting and filtering
//! look at the cell, never behind it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use convenant::{Facet, Facetten};
use domain::aan_zet::Waardoor;
use domain::body::{Inschrijving, Medewerker};
use domain::ids::{MedewerkerId, OrganisatieId};
use domain::klok::{Gehaald, Klok};
use domain::{Date, codes};
use register::{Register, Woont};

use crate::web::blik::Beeld;
use crate::weergave::woorden;

codes! {
    /// A column of the list.
    Kolom {
        /// Surname first.
        Naam = "naam" "Naam",
        /// Class or year group.
        Klas = "klas" "Klas",
        /// School.
        School = "school" "School",
        /// Municipality of residence.
        Gemeente = "gemeente" "Gemeente",
        /// Status.
        Status = "status" "Status",
        /// The clock: week and how far.
        Klok = "klok" "Klok",
        /// Who is aan zet.
        AanZet = "aan-zet" "Aan zet",
        /// First day by which something is due.
        Datum = "datum" "Volgende datum",
        /// Open signals.
        Signalen = "signalen" "Signalen",
        /// Who is responsible.
        Eigenaar = "eigenaar" "Verantwoordelijke",
    }
}

domain::verzameling! {
    /// A set of columns.
    Kolommen(u16) = Kolom
}

impl Kolom {
    /// What the cells of the column ask of their reader, at the least.
    pub fn facetten(self) -> Facetten {
        Facetten::of(match self {
            Kolom::Naam => &[Facet::PersoonNaam],
            Kolom::Klas | Kolom::School => &[Facet::SchoolInschrijving],
            Kolom::Gemeente => &[Facet::PersoonAdres],
            Kolom::Status => &[Facet::Status],
            Kolom::Klok => &[Facet::Klok],
            Kolom::AanZet => &[Facet::AanZet],
            Kolom::Datum => &[Facet::Termijnen],
            Kolom::Signalen => &[Facet::Signalen],
            Kolom::Eigenaar => &[Facet::Verantwoordelijke],
        })
    }
}

/// By what a column is sorted; what is not known or not for the reader comes last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sleutel {
    /// A number or a day.
    Getal(i64),
    /// Words.
    Tekst(String),
    /// Nothing.
    Leeg,
}

/// How far a clock is, for the bar beside the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    /// Part of the three months that passed, in percent; at most 100.
    pub procent: u32,
    /// Whether three months passed.
    pub voorbij: bool,
}

/// Makes cells for one reader on one day.
pub struct Cellen<'a> {
    register: &'a Register,
    vandaag: Date,
    ik: (OrganisatieId, MedewerkerId),
    /// Names of colleagues, looked up once each.
    namen: RefCell<BTreeMap<MedewerkerId, String>>,
}

impl<'a> Cellen<'a> {
    /// For somebody at work.
    pub fn new(register: &'a Register, vandaag: Date, organisatie: OrganisatieId, medewerker: MedewerkerId) -> Self {
        Cellen { register, vandaag, ik: (organisatie, medewerker), namen: RefCell::default() }
    }

    /// The first day by which something is due, of what the reader may see. What was left of an earlier school year is
    /// due no more.
    pub fn datum(&self, beeld: &Beeld) -> Option<Date> {
        let rules = self.register.rules();
        let terms = beeld.vandaag.termijnen_voor(beeld.facetten);
        let now = terms.filter(|termijn| !termijn.is_van_eerder_schooljaar(self.vandaag, rules));
        let step = beeld.vandaag.aan_zet_voor(beeld.facetten);
        let agreed = step.filter(|step| matches!(step.waardoor, Waardoor::VolgendeStap(_))).map(|step| step.uiterlijk);
        now.filter_map(|termijn| termijn.uiterlijk).chain(agreed).min()
    }

    /// What stands in a cell.
    pub fn tekst(&self, kolom: Kolom, beeld: &Beeld) -> String {
        let kaart = &beeld.vandaag.kaart;
        match kolom {
            Kolom::Naam => kaart.naam_omgekeerd(),
            Kolom::Klas => self.klas(beeld),
            Kolom::School => school(beeld).map(|id| self.register.rules().naam(id).to_owned()).unwrap_or_default(),
            Kolom::Gemeente => self.gemeente(beeld),
            Kolom::Status if beeld.mag_status() => woorden::status_kort(&beeld.vandaag.status, self.vandaag),
            Kolom::Status => String::new(),
            Kolom::Klok => klok(beeld).map(|klok| self.klok(klok)).unwrap_or_default(),
            Kolom::AanZet => self.aan_zet(beeld),
            Kolom::Datum => self.datum(beeld).map(|dag| woorden::dag(dag, self.vandaag)).unwrap_or_default(),
            Kolom::Signalen => match signalen(beeld) {
                0 => String::new(),
                n => n.to_string(),
            },
            Kolom::Eigenaar => self.eigenaar(beeld),
        }
    }

    /// By what the cell is sorted.
    pub fn sleutel(&self, kolom: Kolom, beeld: &Beeld) -> Sleutel {
        let number = |n: i64| Sleutel::Getal(n);
        match kolom {
            // The longest clock first, the most signals first.
            Kolom::Klok => klok(beeld).map_or(Sleutel::Leeg, |klok| number(-i64::from(klok.dag + klok.eerder))),
            Kolom::Signalen if beeld.mag(Facet::Signalen) => number(-i64::from(signalen(beeld))),
            Kolom::Datum => {
                self.datum(beeld).map_or(Sleutel::Leeg, |dag| number(i64::from(domain::period::day_number(dag))))
            }
            _ => {
                let tekst = self.tekst(kolom, beeld);
                if tekst.is_empty() { Sleutel::Leeg } else { Sleutel::Tekst(tekst.to_lowercase()) }
            }
        }
    }

    /// The class; for whoever works at one school also the school where that is another.
    fn klas(&self, beeld: &Beeld) -> String {
        let Some(enrolled) = inschrijving(beeld) else { return String::new() };
        let elsewhere = self.op_school() && enrolled.school != self.ik.0;
        let school = elsewhere.then(|| self.register.rules().naam(enrolled.school).to_owned());
        woorden::klas(enrolled).into_iter().chain(school).collect::<Vec<_>>().join(", ")
    }

    /// The class at the school where the reader works.
    pub fn klas_hier(&self, beeld: &Beeld) -> Option<String> {
        inschrijving(beeld).filter(|enrolled| enrolled.school == self.ik.0).and_then(woorden::klas)
    }

    /// Whether the reader works at a school: then the school is no column.
    pub fn op_school(&self) -> bool {
        self.register.rules().scholen.contains_key(&self.ik.0)
    }

    fn gemeente(&self, beeld: &Beeld) -> String {
        let Some(woont) = woont(beeld) else { return String::new() };
        let known = woont.gemeente.map(|code| self.register.rules().gemeente(code));
        let known = known.map(|id| id.map_or("buiten de regio", |id| self.register.rules().naam(id)));
        let name = known.map(woorden::gemeentenaam).unwrap_or_default();
        if woont.geheim { format!("{name} (geheim adres)") } else { name.to_owned() }
    }

    fn klok(&self, klok: &Klok) -> String {
        if klok.gehaald == Gehaald::Nee {
            return format!("drie maanden voorbij sinds {}", woorden::dag(klok.doel, self.vandaag));
        }
        let day = klok.dag + klok.eerder;
        format!("week {}, dag {day}, doel {}", week(klok), woorden::dag(klok.doel, self.vandaag))
    }

    fn aan_zet(&self, beeld: &Beeld) -> String {
        let Some(found) = beeld.vandaag.aan_zet_voor(beeld.facetten) else { return String::new() };
        if is_niemand_aan_zet(beeld) {
            return "niemand".to_owned();
        }
        if (found.organisatie, found.medewerker) == (self.ik.0, Some(self.ik.1)) {
            return "u".to_owned();
        }
        let partij = woorden::partij(found.organisatie, self.register.rules());
        match found.medewerker.map(|wie| self.naam(wie)).filter(|naam| !naam.is_empty()) {
            Some(naam) => format!("{partij}, {naam}"),
            None => partij,
        }
    }

    fn eigenaar(&self, beeld: &Beeld) -> String {
        match eigenaar(beeld) {
            Some(wie) if wie == self.ik.1 => "u".to_owned(),
            Some(wie) => self.naam(wie),
            None => String::new(),
        }
    }

    /// The name of a colleague.
    pub fn naam(&self, wie: MedewerkerId) -> String {
        let made = || {
            let known = self.register.laatste::<Medewerker>(wie);
            known.map(|wie| wie.naam.zichtbaar().to_owned()).unwrap_or_default()
        };
        self.namen.borrow_mut().entry(wie).or_insert_with(made).clone()
    }
}

/// The school of enrolment, for whoever may see it.
pub fn school(beeld: &Beeld) -> Option<OrganisatieId> {
    inschrijving(beeld).map(|enrolled| enrolled.school)
}

/// Where the child is enrolled, for whoever may see it.
fn inschrijving(beeld: &Beeld) -> Option<&Inschrijving> {
    beeld.vandaag.kaart.inschrijving.as_ref().filter(|_| beeld.mag(Facet::SchoolInschrijving))
}

/// Where the child lives, for whoever may see it: of a secret address only who may see those.
pub fn woont(beeld: &Beeld) -> Option<Woont> {
    let woont = beeld.vandaag.kaart.woont?;
    let facet = if woont.geheim { Facet::PersoonAdresGeheim } else { Facet::PersoonAdres };
    beeld.mag(facet).then_some(woont)
}

/// The clock, for whoever may see it.
pub fn klok(beeld: &Beeld) -> Option<&Klok> {
    beeld.vandaag.klok.as_deref().filter(|_| beeld.mag(Facet::Klok))
}

/// In which week a clock is.
pub fn week(klok: &Klok) -> u32 {
    (klok.dag + klok.eerder).saturating_sub(1) / 7 + 1
}

/// How far a clock is: days that passed of the days from its start to its target.
pub fn stand(beeld: &Beeld) -> Option<Stand> {
    let klok = klok(beeld)?;
    let whole = u32::try_from(domain::period::days_between(klok.begin, klok.doel)).unwrap_or(0).max(1);
    let procent = ((klok.dag + klok.eerder).saturating_mul(100) / whole).min(100);
    Some(Stand { procent, voorbij: klok.gehaald == Gehaald::Nee })
}

/// Who is responsible, for whoever may see it.
pub fn eigenaar(beeld: &Beeld) -> Option<MedewerkerId> {
    beeld.vandaag.kaart.eigenaar.filter(|_| beeld.mag(Facet::Verantwoordelijke)).map(|(_, wie)| wie)
}

/// Whether nobody is aan zet in an open dossier: an error, and shown as one.
pub fn is_niemand_aan_zet(beeld: &Beeld) -> bool {
    beeld.vandaag.aan_zet_voor(beeld.facetten).is_some_and(|found| found.waardoor == Waardoor::Niemand)
}

fn signalen(beeld: &Beeld) -> u32 {
    let open = beeld.vandaag.signalen_met_opvolging_voor(beeld.facetten).filter(|(_, opvolging)| opvolging.is_open());
    u32::try_from(open.count()).unwrap_or(u32::MAX)
}
