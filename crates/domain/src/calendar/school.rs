//! The calendar of one school: the holidays of its region, and what the school itself decided.

use std::fmt;

use jiff::civil::{Date, Weekday};

use super::datum::datum;
use super::feestdagen::{Bevrijdingsdag, Feestdag, feestdag};
use super::vakanties::{Status, Vakantie, Vakantieregio, bereik, heeft_adviesweek, vakantie_op};
use crate::finding::Gap;
use crate::period::{Period, next_day, plus_days, schooljaar};

/// The most own days and weeks one school may enter, all school years together.
pub const MAX_AFWIJKINGEN: usize = 1_000;

/// How far a search for a school day looks, in calendar days: longer than any run of days without one.
const MAX_ZOEKEN: u32 = 20_000;

/// Whether a school teaches on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Schooldag {
    /// The school teaches.
    Ja,
    /// It does not, and why.
    Nee(Vrij),
    /// The data do not say, and why not.
    Onbekend(Onbekend),
}

/// Why a day is no school day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Vrij {
    /// Saturday or Sunday.
    Weekend,
    /// A public holiday on which every school (on 5 May: this school) is closed.
    Feestdag(Feestdag),
    /// A holiday of the region.
    Vakantie(Vakantie, Status),
    /// A holiday the school set itself.
    EigenVakantie(Vakantie),
    /// Staff work, pupils do not.
    Studiedag,
    /// Another day off of the school's own, such as the Friday after Ascension Day.
    VrijeDag,
}

/// Why nobody can say whether a day is a school day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Onbekend {
    /// The day lies before or after the table of holidays.
    BuitenBereik,
    /// No source fixes this holiday for this school year, and the day may be part of it.
    NietVastgesteld(Vakantie),
    /// The holiday region is unknown, and the regions differ on this day.
    RegioOnbekend,
}

/// What a school decides about its own days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AfwijkingSoort {
    /// No lessons: the staff study.
    Studiedag,
    /// No lessons for another reason.
    VrijeDag,
    /// The school's own week. For autumn and spring it replaces the advice week of that school year; for the others,
    /// which are fixed by regulation, it comes on top (a second week in May).
    EigenVakantie(Vakantie),
    /// Lessons on a day that would otherwise be free.
    Open,
}

/// Days on which a school deviates from its region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Afwijking {
    /// The days.
    pub dagen: Period,
    /// What the school decided about them.
    pub soort: AfwijkingSoort,
}

/// Why a calendar was refused. Shown to the person who entered it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KalenderFout {
    /// More own days than [`MAX_AFWIJKINGEN`].
    TeVeel(usize),
    /// The last day lies before the first, or there is no last day.
    GeenDagen(Date),
    /// Two holiday regions on one day.
    TweeRegios(Date),
}

impl fmt::Display for KalenderFout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TeVeel(aantal) => write!(
                f,
                "De schoolkalender heeft {aantal} eigen dagen en weken; {MAX_AFWIJKINGEN} is het maximum. Verwijder oude schooljaren."
            ),
            Self::GeenDagen(dag) => write!(
                f,
                "De eigen dagen vanaf {} hebben geen geldige einddatum. Geef een einddatum op of na de begindatum.",
                datum(*dag)
            ),
            Self::TweeRegios(dag) => write!(
                f,
                "Op {} gelden twee vakantieregio's. Geef per dag één regio: Noord, Midden of Zuid.",
                datum(*dag)
            ),
        }
    }
}

impl std::error::Error for KalenderFout {}

/// School days in a period: those that are certain, and the days nobody can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Telling {
    /// Certain school days.
    pub schooldagen: u32,
    /// Days that are onbekend.
    pub onbekend: u32,
}

/// The calendar of one school: its holiday region through time, and its own days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schoolkalender {
    regios: Vec<(Period, Vakantieregio)>,
    afwijkingen: Vec<Afwijking>,
    bevrijdingsdag: Bevrijdingsdag,
}

impl Schoolkalender {
    /// A school in this region, without days of its own.
    pub fn van_regio(regio: Vakantieregio) -> Self {
        Schoolkalender { regios: vec![(Period::since(Date::MIN), regio)], ..Self::default() }
    }

    /// A school of which the region is unknown: known are the days on which all regions agree.
    pub fn zonder_regio() -> Self {
        Self::default()
    }

    /// A school with its regions and its own days. An own day wins over the region; of several own decisions about
    /// one day, the last in the list.
    ///
    /// # Errors
    /// When there are too many own days, when own days do not end, or when regions overlap.
    pub fn new(regios: Vec<(Period, Vakantieregio)>, afwijkingen: Vec<Afwijking>) -> Result<Self, KalenderFout> {
        if afwijkingen.len() > MAX_AFWIJKINGEN {
            return Err(KalenderFout::TeVeel(afwijkingen.len()));
        }
        if let Some(open) = afwijkingen.iter().find(|own| own.dagen.until.is_none() || own.dagen.is_empty()) {
            return Err(KalenderFout::GeenDagen(open.dagen.from));
        }
        let mut by_start = regios.clone();
        by_start.sort_by_key(|(period, _)| period.from);
        for (earlier, later) in by_start.iter().zip(by_start.iter().skip(1)) {
            if let Some(both) = earlier.0.intersection(&later.0) {
                return Err(KalenderFout::TweeRegios(both.from));
            }
        }
        Ok(Schoolkalender { regios, afwijkingen, bevrijdingsdag: Bevrijdingsdag::default() })
    }

    /// The same calendar with another custom for 5 May.
    #[must_use]
    pub fn met_bevrijdingsdag(mut self, bevrijdingsdag: Bevrijdingsdag) -> Self {
        self.bevrijdingsdag = bevrijdingsdag;
        self
    }

    /// The holiday region on a day; `None` when unknown.
    pub fn regio_op(&self, dag: Date) -> Option<Vakantieregio> {
        self.regios.iter().find(|(period, _)| period.contains(dag)).map(|(_, regio)| *regio)
    }

    /// Whether the school teaches on a day.
    pub fn is_schooldag(&self, dag: Date) -> Schooldag {
        if let Some(own) = self.afwijkingen.iter().rev().find(|own| own.dagen.contains(dag)) {
            return match own.soort {
                AfwijkingSoort::Open => Schooldag::Ja,
                _ if is_weekend(dag) => Schooldag::Nee(Vrij::Weekend),
                AfwijkingSoort::Studiedag => Schooldag::Nee(Vrij::Studiedag),
                AfwijkingSoort::VrijeDag => Schooldag::Nee(Vrij::VrijeDag),
                AfwijkingSoort::EigenVakantie(vakantie) => Schooldag::Nee(Vrij::EigenVakantie(vakantie)),
            };
        }
        if is_weekend(dag) {
            return Schooldag::Nee(Vrij::Weekend);
        }
        match feestdag(dag) {
            Some(Feestdag::Bevrijdingsdag) if self.bevrijdingsdag.is_vrij(dag.year()) => {
                return Schooldag::Nee(Vrij::Feestdag(Feestdag::Bevrijdingsdag));
            }
            Some(feestdag) if feestdag.is_schoolvrij() => return Schooldag::Nee(Vrij::Feestdag(feestdag)),
            _ => {}
        }
        match self.regio_op(dag) {
            Some(regio) => self.in_regio(dag, regio),
            None => self.in_every_region(dag),
        }
    }

    /// What is missing to know about a day; `None` when it is known.
    pub fn gat(&self, dag: Date) -> Option<Gap> {
        match self.is_schooldag(dag) {
            Schooldag::Onbekend(waarom) => Some(waarom.gat(dag)),
            Schooldag::Ja | Schooldag::Nee(_) => None,
        }
    }

    /// Counts the school days of a period that ends; a period without end counts nothing beyond 55 years.
    pub fn telling(&self, period: Period) -> Telling {
        let mut telling = Telling::default();
        for dag in days(period) {
            match self.is_schooldag(dag) {
                Schooldag::Ja => telling.schooldagen += 1,
                Schooldag::Onbekend(_) => telling.onbekend += 1,
                Schooldag::Nee(_) => {}
            }
        }
        telling
    }

    /// The certain school days of a period, in order.
    pub fn schooldagen(&self, period: Period) -> impl Iterator<Item = Date> {
        days(period).filter(|dag| self.is_schooldag(*dag) == Schooldag::Ja)
    }

    /// The first school day on or after `dag`.
    ///
    /// # Errors
    /// The first day on the way about which nothing is known.
    pub fn eerste_vanaf(&self, dag: Date) -> Result<Date, Gap> {
        self.nde_na(plus_days(dag, -1), 1)
    }

    /// The n-th school day after `dag` (the day itself does not count); `dag` itself for n = 0.
    ///
    /// # Errors
    /// The first day on the way about which nothing is known.
    pub fn nde_na(&self, dag: Date, n: u32) -> Result<Date, Gap> {
        let mut still = n;
        let mut day = dag;
        for _ in 0..MAX_ZOEKEN {
            if still == 0 {
                return Ok(day);
            }
            day = next_day(day);
            match self.is_schooldag(day) {
                Schooldag::Ja => still -= 1,
                Schooldag::Nee(_) => {}
                Schooldag::Onbekend(waarom) => return Err(waarom.gat(day)),
            }
        }
        Err(Onbekend::BuitenBereik.gat(day))
    }

    /// The n-th school day before `dag`, counted backwards (the day itself does not count); `dag` itself for n = 0.
    ///
    /// # Errors
    /// The first day on the way about which nothing is known.
    pub fn nde_voor(&self, dag: Date, n: u32) -> Result<Date, Gap> {
        let mut still = n;
        let mut day = dag;
        for _ in 0..MAX_ZOEKEN {
            if still == 0 {
                return Ok(day);
            }
            day = plus_days(day, -1);
            match self.is_schooldag(day) {
                Schooldag::Ja => still -= 1,
                Schooldag::Nee(_) => {}
                Schooldag::Onbekend(waarom) => return Err(waarom.gat(day)),
            }
        }
        Err(Onbekend::BuitenBereik.gat(day))
    }

    /// The day on which a warning is given that is due `na` calendar days after `start`: that day, or when the school
    /// is closed then, the last school day before it. Never before `start`; a day that is onbekend stays as it is.
    pub fn waarschuwdag(&self, start: Date, na: u16) -> Date {
        let due = plus_days(start, i32::from(na));
        if !matches!(self.is_schooldag(due), Schooldag::Nee(_)) {
            return due;
        }
        self.nde_voor(due, 1).map_or(due, |before| before.max(start))
    }

    /// A weekday that no rule for all schools closes, in a known region.
    fn in_regio(&self, dag: Date, regio: Vakantieregio) -> Schooldag {
        if let Some(found) = vakantie_op(regio, dag)
            && !(found.status == Status::Adviesweek && self.has_own(found.vakantie, dag))
        {
            return Schooldag::Nee(Vrij::Vakantie(found.vakantie, found.status));
        }
        if !bereik(regio).is_some_and(|bereik| bereik.contains(dag)) {
            return Schooldag::Onbekend(Onbekend::BuitenBereik);
        }
        match adviesvenster(dag) {
            Some((vakantie, venster))
                if !heeft_adviesweek(regio, vakantie, venster) && !self.has_own(vakantie, dag) =>
            {
                Schooldag::Onbekend(Onbekend::NietVastgesteld(vakantie))
            }
            _ => Schooldag::Ja,
        }
    }

    /// The same without a region: known only where the regions agree.
    fn in_every_region(&self, dag: Date) -> Schooldag {
        let [first, others @ ..] = Vakantieregio::ALL.map(|regio| self.in_regio(dag, regio));
        let agrees = |other: &Schooldag| match (first, other) {
            (Schooldag::Nee(_), Schooldag::Nee(_)) => true,
            (first, other) => first == *other,
        };
        if others.iter().all(agrees) { first } else { Schooldag::Onbekend(Onbekend::RegioOnbekend) }
    }

    /// Whether the school set a week of its own for this holiday in the school year of a day.
    fn has_own(&self, vakantie: Vakantie, dag: Date) -> bool {
        self.afwijkingen.iter().any(|own| {
            own.soort == AfwijkingSoort::EigenVakantie(vakantie) && schooljaar(own.dagen.from) == schooljaar(dag)
        })
    }
}

impl Onbekend {
    /// In words for people: what is missing, and who can give it.
    pub fn gat(self, dag: Date) -> Gap {
        let dag = datum(dag);
        match self {
            Self::BuitenBereik => Gap::BuitenBereik(format!(
                "Of {dag} een schooldag is, is onbekend: de schoolvakanties van dat schooljaar staan niet in de tabel."
            )),
            Self::NietVastgesteld(vakantie) => Gap::BuitenBereik(format!(
                "Of {dag} een schooldag is, is onbekend: de {} van dat schooljaar staat niet in de tabel. De school kan haar eigen week opgeven.",
                vakantie.naam().to_lowercase()
            )),
            Self::RegioOnbekend => Gap::Ontbreekt(format!(
                "Of {dag} een schooldag is, hangt af van de vakantieregio van de school (Noord, Midden of Zuid). Geef de vakantieregio op."
            )),
        }
    }
}

/// The stretch of the school year in which an advice week may fall: a week wider on both sides than all those known.
fn adviesvenster(dag: Date) -> Option<(Vakantie, Period)> {
    let between = |from: (i8, i8), until: (i8, i8)| {
        let day = |(month, day)| Date::new(dag.year(), month, day).ok();
        let venster = Period { from: day(from)?, until: Some(day(until)?) };
        venster.contains(dag).then_some(venster)
    };
    if let Some(venster) = between((10, 3), (11, 11)) {
        return Some((Vakantie::Herfst, venster));
    }
    between((2, 3), (3, 14)).map(|venster| (Vakantie::Voorjaar, venster))
}

fn is_weekend(dag: Date) -> bool {
    matches!(dag.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The days of a period, at most [`MAX_ZOEKEN`].
fn days(period: Period) -> impl Iterator<Item = Date> {
    let count = period.days().and_then(|days| u32::try_from(days).ok()).unwrap_or(MAX_ZOEKEN).min(MAX_ZOEKEN);
    (0..count).map(move |offset| plus_days(period.from, i32::try_from(offset).unwrap_or(i32::MAX)))
}
