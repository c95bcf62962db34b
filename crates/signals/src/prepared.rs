//! One history, kept ready for one protocol after another: what would these rows have fired under other thresholds?
//!
//! Most of an evaluation is finding, for each rule, the days it looks at. Those days depend on the kinds of rows and on what
//! is counted, not on thresholds, windows or steps. So they are made once, and a protocol that differs in the latter
//! alone reads nothing else.

use std::ops::Range;

use crate::axis::Axes;
use crate::compiled::{Compiled, StroomSoort};
use crate::engine::{Uitkomst, Werkplek, evaluate_deel, per_deel, tussen, verdeel, voeg_samen};
use crate::rows::Rows;
use crate::stroom::{Bekeken, Dag, Stroom, op_schooldagen};

/// Rows with the days that rules look at, for asking the same history about one protocol after another.
///
/// It gives what [`evaluate_all`](crate::engine::evaluate_all) gives on the same rows and axes, whatever was made ready.
#[derive(Debug, Clone, Default)]
pub struct Prepared {
    rows: Rows,
    axes: Axes,
    /// Which sporen are worked out in one go.
    delen: Vec<Range<u32>>,
    tabellen: Vec<Tabel>,
}

/// The days that rules look at, for one choice of kinds and measure; by part.
#[derive(Debug, Clone)]
struct Tabel {
    soort: StroomSoort,
    delen: Vec<Deel>,
}

/// The looked-at days of the sporen of one part.
#[derive(Debug, Clone, Default)]
struct Deel {
    dagen: Lijsten<Dag>,
    zonder_dagtaak: Lijsten<u16>,
}

/// One list after another in one piece of memory.
#[derive(Debug, Clone)]
struct Lijsten<T> {
    /// Where each list begins; one longer than the number of lists.
    begin: Vec<u32>,
    alles: Vec<T>,
}

impl Prepared {
    /// Takes a history (rows numbered by spoor, as [`Axes`] gave the numbers) and makes ready what the rules of these
    /// versions look at, on up to so many threads.
    pub fn new(rows: Rows, axes: Axes, compiled: &Compiled, threads: usize) -> Self {
        let delen = verdeel(&rows, &axes);
        let mut prepared = Prepared { rows, axes, delen, tabellen: Vec::new() };
        prepared.prepare(compiled, threads);
        prepared
    }

    /// Makes ready what the rules of these versions look at too. What was made before is kept, and protocols that differ in
    /// thresholds, windows or steps alone share it: at most one list of days for each choice of kinds and measure.
    pub fn prepare(&mut self, compiled: &Compiled, threads: usize) {
        let mut nieuw: Vec<StroomSoort> = Vec::new();
        for soort in &compiled.stromen {
            if !self.tabellen.iter().any(|tabel| tabel.soort == *soort) && !nieuw.contains(soort) {
                nieuw.push(*soort);
            }
        }
        if nieuw.is_empty() {
            return;
        }
        let per_deel = per_deel(&self.delen, threads, |werkplek, sporen| self.deel(sporen.clone(), &nieuw, werkplek));
        let mut tabellen: Vec<Tabel> =
            nieuw.into_iter().map(|soort| Tabel { soort, delen: Vec::with_capacity(per_deel.len()) }).collect();
        for delen in per_deel {
            for (tabel, deel) in tabellen.iter_mut().zip(delen) {
                tabel.delen.push(deel);
            }
        }
        self.tabellen.append(&mut tabellen);
    }

    /// The firings of all pupils under these versions, on up to so many threads. What was not made ready is made out of
    /// the rows, and not kept.
    pub fn evaluate(&self, compiled: &Compiled, threads: usize) -> Uitkomst {
        let tabellen: Vec<Option<&Tabel>> =
            compiled.stromen.iter().map(|soort| self.tabellen.iter().find(|tabel| tabel.soort == *soort)).collect();
        let delen: Vec<(usize, &Range<u32>)> = self.delen.iter().enumerate().collect();
        voeg_samen(per_deel(&delen, threads, |werkplek, (nummer, sporen)| {
            let klaar = |spoor: u32, stroom: usize| {
                let deel = tabellen.get(stroom).copied().flatten()?.delen.get(*nummer)?;
                Some(deel.van((spoor - sporen.start) as usize))
            };
            evaluate_deel(&self.axes, (*sporen).clone(), |spoor| self.rows.of(spoor), klaar, compiled, werkplek)
        }))
    }

    /// The rows of this history.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// The axes of this history.
    pub fn axes(&self) -> &Axes {
        &self.axes
    }

    /// The looked-at days of one part, for each of these choices.
    fn deel(&self, sporen: Range<u32>, soorten: &[StroomSoort], werkplek: &mut Werkplek) -> Vec<Deel> {
        let mut delen = vec![Deel::default(); soorten.len()];
        let mut stroom = Stroom::default();
        for nummer in sporen {
            let spoor = self.axes.sporen.get(nummer as usize);
            let rijen = self.rows.of(nummer);
            let spoor = spoor.filter(|_| !rijen.is_empty());
            let baan = spoor.and_then(|spoor| Some((spoor, self.axes.baan(spoor, &mut werkplek.tafel)?)));
            if let Some((_, baan)) = &baan {
                op_schooldagen(tussen(rijen, baan.van, baan.tot), baan.tafel, &mut werkplek.geplaatst);
            }
            for (deel, soort) in delen.iter_mut().zip(soorten) {
                let Some((spoor, baan)) = &baan else {
                    deel.voeg_toe(Bekeken::default());
                    continue;
                };
                stroom.vul(*soort, werkplek.geplaatst.lijst(), baan.tafel, self.axes.dagtaken_van(spoor));
                deel.voeg_toe(stroom.bekeken());
            }
        }
        delen
    }
}

impl Deel {
    fn voeg_toe(&mut self, bekeken: Bekeken<'_>) {
        self.dagen.voeg_toe(bekeken.dagen);
        self.zonder_dagtaak.voeg_toe(bekeken.zonder_dagtaak);
    }

    fn van(&self, nummer: usize) -> Bekeken<'_> {
        Bekeken { dagen: self.dagen.van(nummer), zonder_dagtaak: self.zonder_dagtaak.van(nummer) }
    }
}

impl<T> Default for Lijsten<T> {
    fn default() -> Self {
        Lijsten { begin: vec![0], alles: Vec::new() }
    }
}

impl<T: Copy> Lijsten<T> {
    fn voeg_toe(&mut self, lijst: &[T]) {
        self.alles.extend_from_slice(lijst);
        self.begin.push(u32::try_from(self.alles.len()).unwrap_or(u32::MAX));
    }

    /// The n-th list; none for an unknown number.
    fn van(&self, nummer: usize) -> &[T] {
        let grenzen = self.begin.get(nummer).zip(self.begin.get(nummer + 1));
        let grenzen = grenzen.map(|(begin, eind)| *begin as usize..*eind as usize);
        grenzen.and_then(|grenzen| self.alles.get(grenzen)).unwrap_or_default()
    }
}
