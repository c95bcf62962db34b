//! The axes on which rules count: schooldagen and lesweken, numbered per pupil.
//!
//! A pupil who is enrolled at two schools at once has two axes; a pupil who changes school has one that runs on. Each
//! such axis is a *spoor*. Most pupils have one spoor at one school and share that school's table; a table of their
//! own is composed, while they are evaluated, for those who moved or whose own days differ.

mod bundel;
mod tafel;

use std::sync::Arc;

use domain::period::{Period, day_number};

pub(crate) use bundel::{Afstand, Baan, Bundel};
pub(crate) use tafel::{Dagplek, KORTSTE_MAAND, Tafel};

/// The day after the last day that a row can have.
pub(crate) const ALTIJD: u32 = 1 << 16;
/// The largest number of enrolments of one pupil that is looked at.
pub const MAX_INSCHRIJVINGEN: usize = 200;

/// Weekday of a day since 1 January 1970, Monday 0.
pub(crate) fn weekdag(dag: u16) -> u16 {
    ((u32::from(dag) + 3) % 7) as u16
}

/// A set of days, one bit a day since 1 January 1970.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dagen(Vec<u64>);

impl Dagen {
    /// Adds a day.
    pub fn insert(&mut self, dag: u16) {
        let woord = usize::from(dag) / 64;
        if woord >= self.0.len() {
            self.0.resize(woord + 1, 0);
        }
        self.0[woord] |= 1 << (dag % 64);
    }

    /// Whether the day is in the set.
    pub fn contains(&self, dag: u16) -> bool {
        self.0.get(usize::from(dag) / 64).is_some_and(|woord| woord >> (dag % 64) & 1 == 1)
    }

    /// The days, in order.
    pub fn iter(&self) -> impl Iterator<Item = u16> {
        self.0.iter().enumerate().flat_map(|(woord, bits)| {
            (0..64).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| (woord * 64 + bit) as u16)
        })
    }
}

impl FromIterator<u16> for Dagen {
    fn from_iter<I: IntoIterator<Item = u16>>(dagen: I) -> Self {
        let mut set = Dagen::default();
        for dag in dagen {
            set.insert(dag);
        }
        set
    }
}

/// How long a pupil's day is, in quarters. There is no default: a day without one counts in no hours rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dagtaken {
    /// The same on every day; wins over nothing, used by files in which a day has a fixed length.
    altijd: Option<u8>,
    /// From which day (ascending) which length per weekday, Monday first: the school's declared hours for the
    /// pupil's leerjaar, or the pupil's weekly rooster.
    vanaf: Vec<(u16, [Option<u8>; 7])>,
    /// The pupil's own rooster on single days, ascending; wins.
    dagen: Vec<(u16, u8)>,
}

/// Nobody declared how long any day is.
static ONBEKENDE_DAGTAKEN: Dagtaken = Dagtaken { altijd: None, vanaf: Vec::new(), dagen: Vec::new() };

impl Dagtaken {
    /// Every day is this long.
    pub fn altijd(kwartieren: u8) -> Self {
        Dagtaken { altijd: Some(kwartieren), ..Dagtaken::default() }
    }

    /// The lengths per weekday (Monday first) from a day on, until the next such day.
    #[must_use]
    pub fn vanaf(mut self, dag: u16, per_weekdag: [Option<u8>; 7]) -> Self {
        self.vanaf.retain(|(ander, _)| *ander != dag);
        self.vanaf.push((dag, per_weekdag));
        self.vanaf.sort_unstable_by_key(|(dag, _)| *dag);
        self
    }

    /// The length on one day; wins over what holds for its weekday.
    #[must_use]
    pub fn op_dag(mut self, dag: u16, kwartieren: u8) -> Self {
        self.dagen.retain(|(ander, _)| *ander != dag);
        self.dagen.push((dag, kwartieren));
        self.dagen.sort_unstable_by_key(|(dag, _)| *dag);
        self
    }

    /// The length that every day has, where they all have the same.
    pub(crate) fn vast(&self) -> Option<u8> {
        self.altijd.filter(|_| self.vanaf.is_empty() && self.dagen.is_empty())
    }

    /// The length of a day in quarters, if anybody declared it.
    pub fn op(&self, dag: u16) -> Option<u8> {
        if let Ok(plek) = self.dagen.binary_search_by_key(&dag, |(dag, _)| *dag) {
            return self.dagen.get(plek).map(|(_, kwartieren)| *kwartieren);
        }
        let eerder = self.vanaf.partition_point(|(vanaf, _)| *vanaf <= dag).checked_sub(1);
        match eerder.and_then(|plek| self.vanaf.get(plek)) {
            Some((_, per_weekdag)) => per_weekdag[usize::from(weekdag(dag))],
            None => self.altijd,
        }
    }
}

/// The last firing of a rule on days whose rows were destroyed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Eerder {
    /// Name of the rule.
    pub regel: String,
    /// Day it fired.
    pub dag: u16,
}

/// One pupil as the axes need to know it.
#[derive(Debug, Clone, Default)]
pub struct Leerling {
    /// Number in the firings.
    pub nummer: u32,
    /// Where the pupil was enrolled and when (school: as [`Axes::add_school`] gave it), in any order.
    pub inschrijvingen: Vec<(Period, u32)>,
    /// How long the pupil's days are (as [`Axes::add_dagtaken`] gave it).
    pub dagtaken: u32,
    /// Days that are onbekend for this pupil though the school delivered them: a row was rejected.
    pub onbekend: Vec<u16>,
    /// Days that are known for this pupil though outside every delivery: a loose row stands there.
    pub bekend: Vec<u16>,
    /// What is remembered of destroyed school years.
    pub eerder: Vec<Eerder>,
}

/// One stay at one school: days from `van` (inclusive) to `tot` (exclusive).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Verblijf {
    pub van: u16,
    pub tot: u32,
    pub school: u32,
}

#[derive(Debug, Clone)]
pub(crate) enum Verloop {
    /// One stay, on the school's own table.
    Een(Verblijf),
    /// Anything else: the table is composed while evaluating.
    Eigen(Box<Eigen>),
}

#[derive(Debug, Clone)]
pub(crate) struct Eigen {
    pub verblijven: Vec<Verblijf>,
    /// Ascending.
    pub onbekend: Vec<u16>,
    /// Ascending.
    pub bekend: Vec<u16>,
    pub eerder: Vec<Eerder>,
}

/// One axis of one pupil.
#[derive(Debug, Clone)]
pub(crate) struct Spoor {
    pub leerling: u32,
    pub dagtaken: u32,
    pub verloop: Verloop,
}

/// The axis of a school, or of all schools with one calendar and coverage. Making it is much work beside using it, and it
/// holds until either changes.
#[derive(Debug, Clone)]
pub struct Schoolas(Arc<Tafel>);

impl Schoolas {
    /// The axis on these schooldagen. `bekend` are the days for which a delivery states the absence; `None` when that is
    /// every day.
    pub fn new(schooldagen: &Dagen, bekend: Option<&Dagen>) -> Self {
        let mut tafel = Tafel::default();
        tafel.vul(schooldagen.iter().map(|dag| (dag, 0, bekend.is_none_or(|bekend| bekend.contains(dag)))));
        tafel.tel_maanden();
        Schoolas(Arc::new(tafel))
    }
}

/// The axes of all pupils: the calendars they share and what is their own.
#[derive(Debug, Clone, Default)]
pub struct Axes {
    pub(crate) scholen: Vec<Arc<Tafel>>,
    /// Places on the longest axis of a school.
    pub(crate) langste: u32,
    pub(crate) dagtaken: Vec<Dagtaken>,
    pub(crate) sporen: Vec<Spoor>,
}

impl Axes {
    /// Adds the calendar of a school, or of all schools with that calendar and coverage. `bekend` are the days for
    /// which a delivery states the absence; `None` when that is every day.
    pub fn add_school(&mut self, schooldagen: &Dagen, bekend: Option<&Dagen>) -> u32 {
        self.add_schoolas(&Schoolas::new(schooldagen, bekend))
    }

    /// Adds the axis of a school that was made before.
    pub fn add_schoolas(&mut self, school: &Schoolas) -> u32 {
        self.langste = self.langste.max(school.0.plaatsen());
        self.scholen.push(Arc::clone(&school.0));
        (self.scholen.len() - 1) as u32
    }

    /// Adds a table of day lengths that one or more pupils have.
    pub fn add_dagtaken(&mut self, dagtaken: Dagtaken) -> u32 {
        self.dagtaken.push(dagtaken);
        (self.dagtaken.len() - 1) as u32
    }

    /// Adds a pupil who is at one school on every day of its calendar, as in bare files.
    pub fn add_bare(&mut self, nummer: u32, school: u32, dagtaken: u32) {
        let verloop = Verloop::Een(Verblijf { van: 0, tot: ALTIJD, school });
        self.sporen.push(Spoor { leerling: nummer, dagtaken, verloop });
    }

    /// Adds a pupil and gives the numbers of its sporen: one, or one more for each enrolment at the same time.
    pub fn add_leerling(&mut self, leerling: &Leerling) -> std::ops::Range<u32> {
        let eerste = self.sporen.len() as u32;
        let gewoon = leerling.onbekend.is_empty() && leerling.bekend.is_empty() && leerling.eerder.is_empty();
        for verblijven in sporen_van(&leerling.inschrijvingen) {
            let verloop = match verblijven.as_slice() {
                [een] if gewoon => Verloop::Een(*een),
                _ => Verloop::Eigen(Box::new(Eigen {
                    verblijven,
                    onbekend: gesorteerd(&leerling.onbekend),
                    bekend: gesorteerd(&leerling.bekend),
                    eerder: leerling.eerder.clone(),
                })),
            };
            self.sporen.push(Spoor { leerling: leerling.nummer, dagtaken: leerling.dagtaken, verloop });
        }
        eerste..self.sporen.len() as u32
    }

    /// Which of a pupil's sporen a row of this school on this day belongs to; `None` when the pupil was not enrolled
    /// there that day, so that the row counts nowhere.
    pub fn spoor(&self, sporen: std::ops::Range<u32>, dag: u16, school: u32) -> Option<u32> {
        sporen.into_iter().find(|spoor| {
            let bevat =
                |verblijf: &Verblijf| verblijf.school == school && verblijf.van <= dag && u32::from(dag) < verblijf.tot;
            match self.sporen.get(*spoor as usize).map(|spoor| &spoor.verloop) {
                Some(Verloop::Een(verblijf)) => bevat(verblijf),
                Some(Verloop::Eigen(eigen)) => eigen.verblijven.iter().any(bevat),
                None => false,
            }
        })
    }

    /// Number of sporen.
    pub fn sporen(&self) -> u32 {
        self.sporen.len() as u32
    }

    /// Where the days of a spoor lie, with those of its rows that count. A table of its own is composed in `eigen_tafel`.
    /// `None` for an unknown school.
    pub(crate) fn baan<'a>(
        &'a self,
        spoor: &'a Spoor,
        rijen: &'a [u32],
        eigen_tafel: &'a mut Tafel,
    ) -> Option<Baan<'a>> {
        let Verloop::Eigen(eigen) = &spoor.verloop else { return self.gewone_baan(spoor, rijen) };
        self.stel_samen(eigen, eigen_tafel);
        let (leerling, dagtaken) = (spoor.leerling, self.dagtaken_van(spoor));
        Some(Baan { leerling, tafel: eigen_tafel, dagtaken, van: 0, rijen, eerder: &eigen.eerder, begin: (0, 0) })
    }

    /// As [`Self::baan`], for a spoor that lies on the table of its school; `None` for another.
    pub(crate) fn gewone_baan<'a>(&'a self, spoor: &Spoor, rijen: &'a [u32]) -> Option<Baan<'a>> {
        let Verloop::Een(Verblijf { van, tot, school }) = spoor.verloop else { return None };
        let (leerling, dagtaken) = (spoor.leerling, self.dagtaken_van(spoor));
        let tafel = self.scholen.get(school as usize)?;
        Some(Baan { leerling, tafel, dagtaken, van, rijen: tussen(rijen, van, tot), eerder: &[], begin: (0, 0) })
    }

    /// How long the days of a spoor are.
    pub(crate) fn dagtaken_van(&self, spoor: &Spoor) -> &Dagtaken {
        self.dagtaken.get(spoor.dagtaken as usize).unwrap_or(&ONBEKENDE_DAGTAKEN)
    }

    /// Composes the table of a pupil with more than one stay or with days of its own.
    pub(crate) fn stel_samen(&self, eigen: &Eigen, tafel: &mut Tafel) {
        let mut nummers: Vec<u32> = Vec::new();
        let mut dagen: Vec<(u16, u16, bool)> = Vec::new();
        for verblijf in &eigen.verblijven {
            let Some(school) = self.scholen.get(verblijf.school as usize) else { continue };
            let nummer = nummers.iter().position(|nummer| *nummer == verblijf.school).unwrap_or_else(|| {
                nummers.push(verblijf.school);
                nummers.len() - 1
            });
            dagen.extend(school.dagen(verblijf.van, verblijf.tot).map(|(dag, bekend)| {
                let is_een_van = |dagen: &[u16]| dagen.binary_search(&dag).is_ok();
                let bekend = (bekend || is_een_van(&eigen.bekend)) && !is_een_van(&eigen.onbekend);
                (dag, nummer as u16, bekend)
            }));
        }
        tafel.vul(dagen.into_iter());
    }
}

/// The rows with a day from `van` (inclusive) to `tot` (exclusive).
fn tussen(rijen: &[u32], van: u16, tot: u32) -> &[u32] {
    let voor = |grens: u32| rijen.partition_point(|rij| rij >> 16 < grens);
    let eerste = if van == 0 { 0 } else { voor(u32::from(van)) };
    let laatste = if tot >= ALTIJD { rijen.len() } else { voor(tot) };
    rijen.get(eerste..laatste).unwrap_or_default()
}

fn gesorteerd(dagen: &[u16]) -> Vec<u16> {
    let mut dagen = dagen.to_vec();
    dagen.sort_unstable();
    dagen
}

/// Divides enrolments over axes: each goes on the first axis that is free, so that a change of school runs on and a
/// second school at the same time gets an axis of its own. Enrolments at one school that touch or overlap are one.
fn sporen_van(inschrijvingen: &[(Period, u32)]) -> Vec<Vec<Verblijf>> {
    let mut verblijven: Vec<Verblijf> = Vec::new();
    let mut gesorteerd: Vec<Verblijf> = inschrijvingen
        .iter()
        .take(MAX_INSCHRIJVINGEN)
        .filter_map(|(periode, school)| verblijf(periode, *school))
        .collect();
    gesorteerd.sort_unstable_by_key(|verblijf| (verblijf.van, verblijf.tot, verblijf.school));
    for nieuw in gesorteerd {
        let zelfde =
            verblijven.iter_mut().find(|eerder| eerder.school == nieuw.school && eerder.tot >= u32::from(nieuw.van));
        match zelfde {
            Some(eerder) => eerder.tot = eerder.tot.max(nieuw.tot),
            None => verblijven.push(nieuw),
        }
    }
    let mut sporen: Vec<Vec<Verblijf>> = Vec::new();
    for nieuw in verblijven {
        let vrij =
            sporen.iter_mut().find(|spoor| spoor.last().is_none_or(|laatste| laatste.tot <= u32::from(nieuw.van)));
        match vrij {
            Some(spoor) => spoor.push(nieuw),
            None => sporen.push(vec![nieuw]),
        }
    }
    sporen
}

fn verblijf(periode: &Period, school: u32) -> Option<Verblijf> {
    let laatste = ALTIJD as i32;
    let van = day_number(periode.from).clamp(0, laatste);
    let tot = periode.until.map_or(laatste, |tot| day_number(tot).clamp(0, laatste));
    (van < tot).then_some(Verblijf { van: u16::try_from(van).ok()?, tot: tot as u32, school })
}
