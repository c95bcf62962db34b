//! What the facts make of a child on a day: one file for each derived status, and the one that heads its page.
//!
//! Nobody sets a status. Those that can accuse read *vermoedelijk* until the competent person confirmed, and show it
//! when that is contested ([`Zekerheid`]).

pub mod absoluut;
pub mod definities;
pub mod dreigend;
pub mod langdurig;
pub mod passend;
pub mod relatief;
pub mod thuiszittend;
pub mod traject;
pub mod vrijstelling;
pub mod zekerheid;
pub mod ziek;

use jiff::civil::Date;

pub use zekerheid::Zekerheid;

use crate::dagbeeld::{DagDeelname, Dagbeeld};
use crate::finding::Finding;
use crate::klok::{Gehaald, Klok, KlokStand, Label, niets_gemist};
use crate::region::Rules;
use crate::termijnen::Geval;
use crate::timeline::Timeline;

/// What heads the page of a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StatusSoort {
    /// Nothing is the matter as far as known.
    GaatNaarSchool,
    /// Of the last schooldagen too little is known, or no participation in what is known.
    NietBekend,
    /// No enrolment, and no duty to be enrolled.
    NietIngeschreven,
    /// Takes part less and less.
    GaatSteedsMinder,
    /// An accepted offer is delivered.
    InTraject,
    /// Care runs, learning does not.
    ZorgLoopt,
    /// Ill; education is being arranged.
    ZiekInOverleg,
    /// Exempt, and without an offer to learn.
    VrijgesteldZonderLeeraanbod,
    /// Exempt, with an offer to learn or within less than the clock's days.
    Vrijgesteld,
    /// Must be enrolled and is not.
    Absoluut,
    /// The clock runs.
    Thuiszittend,
}

impl StatusSoort {
    /// All of them, in their order.
    pub const ALL: &'static [StatusSoort] = &[
        Self::GaatNaarSchool,
        Self::NietBekend,
        Self::NietIngeschreven,
        Self::GaatSteedsMinder,
        Self::InTraject,
        Self::ZorgLoopt,
        Self::ZiekInOverleg,
        Self::VrijgesteldZonderLeeraanbod,
        Self::Vrijgesteld,
        Self::Absoluut,
        Self::Thuiszittend,
    ];

    /// The word in addresses and files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::GaatNaarSchool => "naar-school",
            Self::NietBekend => "niet-bekend",
            Self::NietIngeschreven => "niet-ingeschreven",
            Self::GaatSteedsMinder => "minder",
            Self::InTraject => "traject",
            Self::ZorgLoopt => "zorg",
            Self::ZiekInOverleg => "ziek",
            Self::VrijgesteldZonderLeeraanbod => "vrijgesteld-zonder-leeraanbod",
            Self::Vrijgesteld => "vrijgesteld",
            Self::Absoluut => "absoluut",
            Self::Thuiszittend => "thuiszittend",
        }
    }

    /// The status with that word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|soort| soort.code() == code)
    }

    /// The words on a screen.
    pub fn woord(self) -> &'static str {
        match self {
            Self::GaatNaarSchool => "gaat naar school",
            Self::NietBekend => "niet bekend of deze leerling naar school gaat",
            Self::NietIngeschreven => "niet ingeschreven, niet leerplichtig",
            Self::GaatSteedsMinder => "gaat steeds minder naar school",
            Self::InTraject => "in een traject",
            Self::ZorgLoopt => "zorg loopt, leren nog niet",
            Self::ZiekInOverleg => "ziek, onderwijs in overleg",
            Self::VrijgesteldZonderLeeraanbod => "vrijgesteld, zonder leeraanbod",
            Self::Vrijgesteld => "vrijgesteld",
            Self::Absoluut => "absoluut verzuim",
            Self::Thuiszittend => "thuiszittende leerling",
        }
    }
}

/// The status that heads the page of a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// Which.
    pub soort: StatusSoort,
    /// Since which day, where that can be said.
    pub sinds: Option<Date>,
    /// How sure, for a status that can accuse.
    pub zekerheid: Option<Zekerheid>,
    /// *drie maanden voorbij*: the target of the clock has passed without an offer that began in time.
    pub drie_maanden_voorbij: bool,
}

impl Status {
    fn of(soort: StatusSoort, sinds: Option<Date>) -> Self {
        Status { soort, sinds, zekerheid: None, drie_maanden_voorbij: false }
    }

    /// The words on a screen, with how sure they are.
    pub fn woorden(&self) -> String {
        let word = self.soort.woord();
        let sure = self.zekerheid.map(|zekerheid| format!("{word} ({})", zekerheid.woord()));
        let mut words = sure.unwrap_or_else(|| word.to_owned());
        if self.drie_maanden_voorbij {
            words.push_str(", drie maanden voorbij");
        }
        words
    }
}

/// The status that heads the page of a child on a day: of the clock first, because it governs; then of the duty; then
/// of what is on its way.
pub fn status(t: &Timeline, on: Date, r: &Rules) -> Finding<Status> {
    status_van(&Geval::new(t, on, r))
}

/// The same of a case of which more is asked.
pub fn status_van(geval: &Geval<'_>) -> Finding<Status> {
    let Geval { t, on, r, .. } = *geval;
    let spells = geval.klokken();
    let open = spells.value.last().filter(|klok| !klok.stand.is_voorbij());
    if let Some(klok) = open {
        return of_klok(t, klok, on, r).resting_on(spells);
    }
    let without = spells.clone().map(|_| ());
    let absoluut = absoluut::absoluut(t, on, r);
    if let Some(found) = absoluut.value {
        let status =
            Status { zekerheid: Some(found.zekerheid), ..Status::of(StatusSoort::Absoluut, Some(found.sinds)) };
        return Finding::new(status).resting_on(&absoluut).resting_on(&without);
    }
    let exempt = vrijstelling::vrijstelling(t, on, r);
    if matches!(exempt.value, vrijstelling::Dekking::Gedekt { .. }) {
        let zonder = vrijstelling::zonder_leeraanbod(t, on, r);
        let soort = match zonder.value {
            Some(_) => StatusSoort::VrijgesteldZonderLeeraanbod,
            None => StatusSoort::Vrijgesteld,
        };
        return Finding::new(Status::of(soort, None)).resting_on(&exempt).resting_on(&zonder).resting_on(&without);
    }
    let traject = traject::traject(t, on, r);
    if let Some(found) = &traject.value {
        let status = Status::of(StatusSoort::InTraject, Some(found.vanaf));
        return Finding::new(status).resting_on(&traject).resting_on(&without);
    }
    without_case(geval).resting_on(&without).resting_on(&absoluut)
}

fn of_klok(t: &Timeline, klok: &Klok, on: Date, r: &Rules) -> Finding<Status> {
    let drie_maanden_voorbij = klok.gehaald == Gehaald::Nee;
    let status = |soort, sinds| Status { drie_maanden_voorbij, ..Status::of(soort, Some(sinds)) };
    match klok.stand {
        KlokStand::Gestopt { vanaf, .. } => return Finding::new(status(StatusSoort::InTraject, vanaf)),
        KlokStand::ZorgLoopt { vanaf, .. } => return Finding::new(status(StatusSoort::ZorgLoopt, vanaf)),
        _ => {}
    }
    if klok.labels.contains(&Label::VrijgesteldZonderLeeraanbod) {
        let exempt = vrijstelling::vrijstelling(t, on, r);
        return Finding::new(status(StatusSoort::VrijgesteldZonderLeeraanbod, klok.begin)).resting_on(&exempt);
    }
    let absoluut = absoluut::absoluut(t, on, r);
    if let Some(found) = absoluut.value {
        let zekerheid = Some(found.zekerheid);
        return Finding::new(Status { zekerheid, ..status(StatusSoort::Absoluut, klok.begin) }).resting_on(&absoluut);
    }
    if klok.labels.contains(&Label::ZiekOnderwijsInOverleg) {
        return Finding::new(status(StatusSoort::ZiekInOverleg, klok.begin));
    }
    let (zekerheid, feiten) = zekerheid::zekerheid(t, crate::body::TeBevestigen::Thuiszittend, klok.begin, on);
    let status = Status { zekerheid: Some(zekerheid), ..status(StatusSoort::Thuiszittend, klok.begin) };
    Finding::new(status).because(feiten)
}

/// No clock, no duty broken, no offer: on its way to one, or at school as far as known.
fn without_case(geval: &Geval<'_>) -> Finding<Status> {
    let Geval { t, on, r, .. } = *geval;
    let enrolled: Vec<_> = t.inschrijvingen_op(on).map(|(fact, _)| fact.id).collect();
    if enrolled.is_empty() {
        return Finding::new(Status::of(StatusSoort::NietIngeschreven, None));
    }
    // For most children nothing was ever missed: then the last weeks are enough.
    let recent = niets_gemist(t).then(|| Dagbeeld::laatste_weken(t, on, r));
    let beeld = recent.as_ref().unwrap_or_else(|| geval.beeld());
    let dreigend = dreigend::in_beeld(beeld, on, r);
    if dreigend.value.is_some() {
        return Finding::new(Status::of(StatusSoort::GaatSteedsMinder, None)).resting_on(&dreigend);
    }
    let soort = if gaat(beeld, r) { StatusSoort::GaatNaarSchool } else { StatusSoort::NietBekend };
    Finding::new(Status::of(soort, None)).because(enrolled).resting_on(&dreigend)
}

/// Whether the child can be said to go to school: of the last schooldagen (as many as open a clock) at least half are
/// known, and it took part on at least one of them. Silence is no participation.
fn gaat(beeld: &Dagbeeld, r: &Rules) -> bool {
    let window = usize::try_from(r.klok.schooldagen_zonder_deelname).unwrap_or(usize::MAX);
    let last = beeld.dagen.get(beeld.dagen.len().saturating_sub(window)..).unwrap_or_default();
    let known = last.iter().filter(|dag| dag.deelname != DagDeelname::Onbekend).count();
    known * 2 >= last.len() && last.iter().any(|dag| dag.deelname > DagDeelname::Onbekend)
}
