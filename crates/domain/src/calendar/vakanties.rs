//! School holidays per holiday region: the data that are compiled in, with what they do and do not fix.
//!
//! The table stands apart, under its own licence (`data/LICENCE.md`), and is parsed once.

use std::sync::LazyLock;

use jiff::civil::Date;

use crate::period::Period;

/// The table, as published under the Open Database License.
const TABEL: &str = include_str!("../../data/schoolvakanties.csv");

/// One of the three regions over which the minister spreads the holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Vakantieregio {
    /// Region Noord; all of Noord-Kennemerland.
    Noord,
    /// Region Midden.
    Midden,
    /// Region Zuid.
    Zuid,
}

impl Vakantieregio {
    /// All regions.
    pub const ALL: [Vakantieregio; 3] = [Self::Noord, Self::Midden, Self::Zuid];

    /// The name in files and on screens.
    pub fn naam(self) -> &'static str {
        match self {
            Self::Noord => "Noord",
            Self::Midden => "Midden",
            Self::Zuid => "Zuid",
        }
    }

    /// The region with that name, in capitals or not.
    pub fn from_naam(naam: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|regio| regio.naam().eq_ignore_ascii_case(naam))
    }
}

/// A holiday of the school year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Vakantie {
    /// Autumn, an advice week in October.
    Herfst,
    /// Christmas, two weeks fixed by regulation.
    Kerst,
    /// Spring, an advice week in February or March.
    Voorjaar,
    /// May, one week fixed by regulation; many schools add a second.
    Mei,
    /// Summer, six weeks fixed by regulation.
    Zomer,
}

impl Vakantie {
    /// All holidays, in the order of the school year.
    pub const ALL: [Vakantie; 5] = [Self::Herfst, Self::Kerst, Self::Voorjaar, Self::Mei, Self::Zomer];

    /// The name in files and on screens.
    pub fn naam(self) -> &'static str {
        match self {
            Self::Herfst => "Herfstvakantie",
            Self::Kerst => "Kerstvakantie",
            Self::Voorjaar => "Voorjaarsvakantie",
            Self::Mei => "Meivakantie",
            Self::Zomer => "Zomervakantie",
        }
    }

    /// The holiday with that name in the table.
    pub fn from_naam(naam: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|vakantie| vakantie.naam() == naam)
    }
}

/// How firm the days of a holiday are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// Fixed by ministerial regulation: the same for every school of the region.
    Wettelijk,
    /// The minister's advice: a school may choose another week.
    Adviesweek,
}

/// One holiday of one region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schoolvakantie {
    /// Which holiday.
    pub vakantie: Vakantie,
    /// For which region.
    pub regio: Vakantieregio,
    /// Its days; always ends.
    pub dagen: Period,
    /// How firm they are.
    pub status: Status,
}

/// All holidays of the table, each region on its own, in order of their first day.
pub fn schoolvakanties() -> &'static [Schoolvakantie] {
    static PARSED: LazyLock<Vec<Schoolvakantie>> =
        // A line that does not parse would leave days out silently; a test holds that every line does.
        LazyLock::new(|| TABEL.lines().skip(1).filter_map(parse).flatten().collect());
    &PARSED
}

/// The days about which the table says anything for a region.
pub(super) fn bereik(regio: Vakantieregio) -> Option<Period> {
    let mut of_region = schoolvakanties().iter().filter(|vakantie| vakantie.regio == regio);
    let first = of_region.next()?;
    let last = of_region.next_back()?;
    Some(Period { from: first.dagen.from, until: last.dagen.until })
}

/// The holiday of a region on a day.
pub(super) fn vakantie_op(regio: Vakantieregio, dag: Date) -> Option<&'static Schoolvakantie> {
    let all = schoolvakanties();
    let started = all.partition_point(|vakantie| vakantie.dagen.from <= dag);
    // Holidays of one region never overlap, and between two of them at most a few of other regions begin.
    all.get(..started)?.iter().rev().find(|vakantie| vakantie.regio == regio).filter(|found| found.dagen.contains(dag))
}

/// Whether the table holds an advice week of a school year for a region.
pub(super) fn heeft_adviesweek(regio: Vakantieregio, vakantie: Vakantie, venster: Period) -> bool {
    schoolvakanties().iter().any(|row| row.regio == regio && row.vakantie == vakantie && row.dagen.overlaps(&venster))
}

fn parse(line: &str) -> Option<Vec<Schoolvakantie>> {
    let mut fields = line.split(',');
    let (_schooljaar, vakantie, regios) = (fields.next()?, fields.next()?, fields.next()?);
    let (begin, eind, status) = (fields.next()?, fields.next()?, fields.next()?);
    let vakantie = Vakantie::from_naam(vakantie)?;
    let dagen = Period::through(begin.parse().ok()?, eind.parse().ok()?);
    let status = match status {
        "wettelijk" => Status::Wettelijk,
        "adviesweek" => Status::Adviesweek,
        _ => return None,
    };
    regios
        .split(' ')
        .map(|regio| Some(Schoolvakantie { vakantie, regio: Vakantieregio::from_naam(regio)?, dagen, status }))
        .collect()
}
