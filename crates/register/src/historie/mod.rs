//! *Wat als*: two protocols beside each other over the absence that is there, to weigh one before it is adopted.
//!
//! A [`Historie`] is that absence, kept ready: a changed threshold is answered at once. It knows pupils by a number of its
//! own, their school, age and what came after a signal, and nothing by which they could be named. [`Historie::weeg`]
//! tells what one protocol would have done; [`Historie::voorsprong`] whether it would have told of the pupils who later
//! stayed at home before another did.
//!
//! Looking back is all it does. It says of no child what will come: a protocol tells when to talk, and what became of a
//! talk that was never held nobody knows.

mod opbouw;
mod weging;

pub use opbouw::Opbouw;
pub use weging::{Telling, Voorsprong, Weging, krijgt_los};

use domain::body::Sector;
use domain::ids::OrganisatieId;
use domain::period::{day_number, from_day_number};
use jiff::civil::Date;
use signals::prepared::Prepared;

/// A signal led nowhere when in so many schooldagen after it nobody had contact and no clock opened: four lesweken, the
/// window in which the law counts sixteen hours. A signal of which these days are not over yet is not judged.
pub const GEVOLG_SCHOOLDAGEN: usize = 20;
/// Signals up to so many days before the first day at home belong to what led there (half a year); earlier ones do not.
pub const AANLOOP_DAGEN: u16 = 182;

/// A school in a history.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Schooldeel {
    /// Which one; none for a school of bare files.
    pub id: Option<OrganisatieId>,
    /// Its sector, if known.
    pub sector: Option<Sector>,
    /// Pupils, on average over the days of which something is known.
    pub leerlingen: f64,
    /// Its schooldagen of which something is known, ascending, in days since 1 January 1970.
    pub schooldagen: Vec<u16>,
}

/// A stay of a pupil at a school.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verblijf {
    /// First day.
    pub van: u16,
    /// First day after it.
    pub tot: u32,
    /// Place of the school.
    pub school: u32,
}

/// What a history knows of a pupil beside its rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Leerlingdeel {
    /// Birth date, if known.
    pub geboren: Option<Date>,
    /// Where it was enrolled. Of two schools on one day the first counts.
    pub verblijven: Vec<Verblijf>,
    /// Days on which somebody had contact, or a clock opened; ascending.
    pub gevolgen: Vec<u16>,
    /// First day at home of the first clock, and the day on which that could be known.
    pub klok: Option<(u16, u16)>,
}

/// The absence that is there, kept ready for one protocol after another.
#[derive(Debug, Clone, Default)]
pub struct Historie {
    prepared: Prepared,
    scholen: Vec<Schooldeel>,
    /// By number of the pupil.
    leerlingen: Vec<Persoon>,
    verblijven: Vec<Verblijf>,
    gevolgen: Vec<u16>,
    /// Whether it knows what came after a signal.
    kent_gevolgen: bool,
    van: u16,
    /// Of each day from `van` on its year, and its month and day as one number.
    kalender: Vec<(i16, u16)>,
    /// Of each calendar week from that of `van` on how many schools have a schooldag in it of which something is known.
    weken: Vec<u32>,
}

/// A pupil; the ranges lie in the lists of all pupils together.
#[derive(Debug, Clone, Copy, Default)]
struct Persoon {
    geboren: Option<(i16, u16)>,
    klok: Option<(u16, u16)>,
    verblijven: (u32, u32),
    gevolgen: (u32, u32),
}

impl Historie {
    /// Puts a history together: rows and axes that were made ready, and the schools and pupils by the numbers that these
    /// use. `kent_gevolgen` says whether contacts and clocks are known. Days outside `van` up to and including
    /// `tot_en_met` are left out.
    pub fn new(
        prepared: Prepared,
        scholen: Vec<Schooldeel>,
        leerlingen: impl IntoIterator<Item = Leerlingdeel>,
        kent_gevolgen: bool,
        (van, tot_en_met): (u16, u16),
    ) -> Self {
        let kalender = (van..=tot_en_met).map(|dag| dagdeel(from_day_number(dag.into()))).collect();
        let mut historie = Historie { prepared, scholen, kent_gevolgen, van, kalender, ..Historie::default() };
        for leerling in leerlingen {
            let verblijven = reeks(&mut historie.verblijven, leerling.verblijven);
            let gevolgen = reeks(&mut historie.gevolgen, leerling.gevolgen);
            let geboren = leerling.geboren.map(dagdeel);
            historie.leerlingen.push(Persoon { geboren, klok: leerling.klok, verblijven, gevolgen });
        }
        historie.tel_weken();
        historie
    }

    fn tel_weken(&mut self) {
        let last = self.kalender.len().checked_sub(1).and_then(|days| self.van.checked_add(u16::try_from(days).ok()?));
        let mut weken = vec![0; last.and_then(|last| self.week(last)).map_or(0, |week| week + 1)];
        for school in &self.scholen {
            let mut vorige = None;
            for week in school.schooldagen.iter().filter_map(|dag| self.week(*dag)) {
                if let Some(aantal) = weken.get_mut(week).filter(|_| vorige != Some(week)) {
                    *aantal += 1;
                }
                vorige = Some(week);
            }
        }
        self.weken = weken;
    }

    /// The place of the calendar week of a day among those of this history.
    fn week(&self, dag: u16) -> Option<usize> {
        // 1 January 1970 was a Thursday: weeks begin on Monday.
        let nummer = |dag: u16| (usize::from(dag) + 3) / 7;
        nummer(dag).checked_sub(nummer(self.van))
    }

    /// The Mondays of its calendar weeks, each with how many schools have a schooldag in that week of which something is
    /// known.
    pub fn kalenderweken(&self) -> impl Iterator<Item = (Date, u32)> {
        let first = (i32::from(self.van) + 3) / 7 * 7 - 3;
        (0..).zip(&self.weken).map(move |(week, scholen)| (from_day_number(first + 7 * week), *scholen))
    }

    /// Its schools.
    pub fn scholen(&self) -> &[Schooldeel] {
        &self.scholen
    }

    /// Number of pupils.
    pub fn leerlingen(&self) -> usize {
        self.leerlingen.len()
    }

    /// Number of rows.
    pub fn rijen(&self) -> usize {
        self.prepared.rows().len()
    }

    /// Whether it knows what came after a signal: bare files do not.
    pub fn kent_gevolgen(&self) -> bool {
        self.kent_gevolgen
    }

    /// First and last day.
    pub fn dagen(&self) -> (Date, Date) {
        let days = i32::try_from(self.kalender.len()).unwrap_or(i32::MAX);
        (from_day_number(self.van.into()), from_day_number(i32::from(self.van) + days - 1))
    }

    /// Weeks of five schooldagen of which something is known, at the school with the most.
    pub fn weken(&self) -> f64 {
        self.scholen.iter().map(|school| school.schooldagen.len()).max().unwrap_or(0) as f64 / 5.0
    }

    /// Memory that is kept for it, in bytes: rows, the days that rules look at, and of each pupil some tens of bytes. The
    /// axes of schools and pupils come on top.
    pub fn bytes(&self) -> u64 {
        let schools = self.scholen.iter().map(|school| size_of_val(school.schooldagen.as_slice()));
        let own = size_of_val(self.leerlingen.as_slice())
            + size_of_val(self.verblijven.as_slice())
            + size_of_val(self.gevolgen.as_slice())
            + size_of_val(self.kalender.as_slice())
            + size_of_val(self.weken.as_slice())
            + schools.sum::<usize>();
        self.prepared.bytes() + own as u64
    }
}

/// Adds a list to the others; where it lies.
fn reeks<T>(alle: &mut Vec<T>, erbij: Vec<T>) -> (u32, u32) {
    let plek = |lengte: usize| u32::try_from(lengte).unwrap_or(u32::MAX);
    let begin = plek(alle.len());
    alle.extend(erbij);
    (begin, plek(alle.len()))
}

fn deel<T>(alle: &[T], (begin, eind): (u32, u32)) -> &[T] {
    alle.get(begin as usize..eind as usize).unwrap_or_default()
}

/// A day as year, and month and day: whoever was born later in the year is a year younger.
fn dagdeel(dag: Date) -> (i16, u16) {
    let maand = u16::try_from(dag.month()).unwrap_or_default();
    (dag.year(), maand * 32 + u16::try_from(dag.day()).unwrap_or_default())
}

fn dag_u16(dag: Date) -> u16 {
    u16::try_from(day_number(dag).max(0)).unwrap_or(u16::MAX)
}
