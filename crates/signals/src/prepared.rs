//! One history, kept ready for one protocol after another: what would these rows have fired under other thresholds?
//!
//! Most of an evaluation is finding, for each rule, the days it looks at. Those days depend on the kinds of rows and on what
//! is counted, not on thresholds, windows or steps. So they are made once, and a protocol that differs in the latter
//! alone reads nothing else. Of each pupil is also kept how high each sum, count or run ever came: who stays below every
//! threshold is not read at all.

use std::ops::Range;

use crate::axis::{Axes, Bundel};
use crate::compiled::{Compiled, Gecompileerd, StroomSoort};
use crate::engine::{Uitkomst, Werkplek, evaluate_klaar, per_deel, verdeel, voeg_samen};
use crate::forms::{self, Blik, Hoogte, Kladblok};
use crate::rows::Rows;
use crate::stroom::{Bekeken, Dag, Verdeling};

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
    toppen: Vec<Toppen>,
}

/// How high what a form compares with its threshold ever came, for each spoor; by part.
#[derive(Debug, Clone)]
struct Toppen {
    soort: StroomSoort,
    hoogte: Hoogte,
    delen: Vec<Vec<u16>>,
}

/// What was made ready of one part, as the rules of one compiled protocol need it.
#[derive(Debug)]
pub(crate) struct Klaar<'p> {
    /// The first spoor of the part.
    van: u32,
    /// By number of the stream.
    stromen: Vec<Option<&'p Deel>>,
    /// By version and by place of the rule: how high each spoor came, and how high is needed.
    toppen: Vec<Vec<Option<Top<'p>>>>,
    /// How rows are divided over the streams that are not there.
    verdeling: Verdeling,
    /// Whether every stream is there and no day lacks a dagtaak: then a spoor of which no rule can fire adds nothing.
    volledig: bool,
}

impl<'p> Klaar<'p> {
    /// The looked-at days of a spoor; `None` when they were not made ready.
    pub(crate) fn bekeken(&self, spoor: u32, stroom: usize) -> Option<Bekeken<'p>> {
        Some(self.stromen.get(stroom).copied().flatten()?.van((spoor - self.van) as usize))
    }

    /// How rows are divided over the streams that were not made ready.
    pub(crate) fn verdeling(&self) -> &Verdeling {
        &self.verdeling
    }

    /// Whether a rule could fire for a spoor.
    pub(crate) fn kan(&self, spoor: u32, versie: usize, plek: usize) -> bool {
        let top = self.toppen.get(versie).and_then(|regels| regels.get(plek)).copied().flatten();
        top.is_none_or(|top| top.haalt((spoor - self.van) as usize))
    }

    /// Whether nothing can come of a spoor.
    pub(crate) fn is_stil(&self, spoor: u32) -> bool {
        let nummer = (spoor - self.van) as usize;
        let kan = |top: &Option<Top<'_>>| top.is_none_or(|top| top.haalt(nummer));
        self.volledig && !self.toppen.iter().flatten().any(kan)
    }
}

/// How high each spoor of a part came, and how high a rule needs.
#[derive(Debug, Clone, Copy)]
struct Top<'p> {
    toppen: &'p [u16],
    nodig: u16,
}

impl Top<'_> {
    fn haalt(self, nummer: usize) -> bool {
        self.toppen.get(nummer).is_none_or(|top| *top >= self.nodig)
    }
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
        let mut prepared = Prepared { rows, axes, delen, tabellen: Vec::new(), toppen: Vec::new() };
        prepared.prepare(compiled, threads);
        prepared
    }

    /// Makes ready what the rules of these versions look at too. What was made before is kept, and protocols that differ in
    /// thresholds, windows or steps alone share it: at most one list of days for each choice of kinds and measure.
    pub fn prepare(&mut self, compiled: &Compiled, threads: usize) {
        self.prepare_dagen(compiled, threads);
        self.prepare_toppen(compiled, threads);
    }

    fn prepare_dagen(&mut self, compiled: &Compiled, threads: usize) {
        let mut nieuw: Vec<StroomSoort> = Vec::new();
        for soort in &compiled.stromen {
            if self.tabel(soort).is_none() && !nieuw.contains(soort) {
                nieuw.push(*soort);
            }
        }
        if nieuw.is_empty() {
            return;
        }
        let verdeling = Verdeling::new(nieuw.iter().enumerate().map(|(nummer, soort)| (nummer, soort, None)));
        let delen = per_deel(&self.delen, threads, |werkplek, sporen| {
            self.deel(sporen.clone(), nieuw.len(), &verdeling, werkplek)
        });
        let tabellen = nieuw.into_iter().zip(kantel(delen)).map(|(soort, delen)| Tabel { soort, delen });
        self.tabellen.extend(tabellen);
    }

    fn prepare_toppen(&mut self, compiled: &Compiled, threads: usize) {
        let mut nieuw: Vec<(StroomSoort, Hoogte)> = Vec::new();
        for regel in compiled.versies.iter().flat_map(|versie| &versie.regels) {
            let Some(soort) = compiled.stromen.get(regel.stroom) else { continue };
            let (hoogte, _) = regel.vorm.hoogte();
            if self.toppen_van(soort, hoogte).is_none() && !nieuw.contains(&(*soort, hoogte)) {
                nieuw.push((*soort, hoogte));
            }
        }
        if nieuw.is_empty() {
            return;
        }
        let genummerd: Vec<(usize, &Range<u32>)> = self.delen.iter().enumerate().collect();
        let delen = per_deel(&genummerd, threads, |werkplek, (nummer, sporen)| {
            self.toppen_in(*nummer, (*sporen).clone(), &nieuw, werkplek)
        });
        let toppen = nieuw.into_iter().zip(kantel(delen));
        self.toppen.extend(toppen.map(|((soort, hoogte), delen)| Toppen { soort, hoogte, delen }));
    }

    fn tabel(&self, soort: &StroomSoort) -> Option<&Tabel> {
        self.tabellen.iter().find(|tabel| tabel.soort == *soort)
    }

    fn toppen_van(&self, soort: &StroomSoort, hoogte: Hoogte) -> Option<&Toppen> {
        self.toppen.iter().find(|toppen| toppen.soort == *soort && toppen.hoogte == hoogte)
    }

    /// The firings of all pupils under these versions, on up to so many threads. What was not made ready is made out of
    /// the rows, and not kept.
    pub fn evaluate(&self, compiled: &Compiled, threads: usize) -> Uitkomst {
        voeg_samen(self.evaluate_delen(compiled, threads))
    }

    /// As [`Self::evaluate`], in parts: those of one pupil are in one part, and the parts are in the order of the pupils.
    pub fn evaluate_delen(&self, compiled: &Compiled, threads: usize) -> Vec<Uitkomst> {
        let delen: Vec<(usize, &Range<u32>)> = self.delen.iter().enumerate().collect();
        per_deel(&delen, threads, |werkplek, (nummer, sporen)| {
            let klaar = self.klaar(compiled, *nummer, sporen.start);
            evaluate_klaar(&self.rows, &self.axes, (*sporen).clone(), &klaar, compiled, werkplek)
        })
    }

    /// What is there of one part for the rules of this protocol.
    fn klaar(&self, compiled: &Compiled, deel: usize, van: u32) -> Klaar<'_> {
        let stroom = |soort: &StroomSoort| self.tabel(soort)?.delen.get(deel);
        let stromen: Vec<Option<&Deel>> = compiled.stromen.iter().map(stroom).collect();
        let ontbreekt = stromen.iter().zip(&compiled.stromen).enumerate().filter(|(_, (deel, _))| deel.is_none());
        let verdeling = Verdeling::new(ontbreekt.map(|(nummer, (_, soort))| (nummer, soort, None)));
        let top = |regel: &Gecompileerd| {
            let (hoogte, nodig) = regel.vorm.hoogte();
            let toppen = self.toppen_van(compiled.stromen.get(regel.stroom)?, hoogte)?.delen.get(deel)?;
            Some(Top { toppen, nodig: u16::try_from(nodig).unwrap_or(u16::MAX) })
        };
        let toppen = compiled.versies.iter().map(|versie| versie.regels.iter().map(top).collect()).collect();
        let volledig = stromen.iter().all(|deel| deel.is_some_and(|deel| deel.zonder_dagtaak.alles.is_empty()));
        Klaar { van, stromen, toppen, verdeling, volledig }
    }

    /// How much memory the rows and what was made ready take, in bytes: four for each row, and four for each looked-at day
    /// of each choice of kinds and measure, which is at most the number of its rows; and two for each pupil
    /// and rule.
    pub fn bytes(&self) -> u64 {
        let van = |deel: &Deel| deel.dagen.bytes() + deel.zonder_dagtaak.bytes();
        let tabellen = self.tabellen.iter().flat_map(|tabel| &tabel.delen).map(van).sum::<usize>();
        let toppen = self.toppen.iter().flat_map(|toppen| &toppen.delen).map(|deel| size_of_val(deel.as_slice()));
        (tabellen + toppen.sum::<usize>() + size_of_val(self.rows.all())) as u64
    }

    /// The rows of this history.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// The axes of this history.
    pub fn axes(&self) -> &Axes {
        &self.axes
    }

    /// The looked-at days of one part, for each of so many streams.
    fn deel(&self, sporen: Range<u32>, aantal: usize, verdeling: &Verdeling, werkplek: &mut Werkplek) -> Vec<Deel> {
        let mut delen = vec![Deel::default(); aantal];
        for nummer in sporen {
            let rijen = self.rows.of(nummer);
            let spoor = self.axes.sporen.get(nummer as usize).filter(|_| !rijen.is_empty());
            let baan = spoor.and_then(|spoor| self.axes.baan(spoor, rijen, &mut werkplek.tafel));
            if let Some(baan) = &baan {
                werkplek.stromen.vul(verdeling, Bundel::alleen(baan));
            }
            for (stroom, deel) in delen.iter_mut().enumerate() {
                deel.voeg_toe(if baan.is_some() { werkplek.stromen.bekeken(stroom) } else { Bekeken::default() });
            }
        }
        delen
    }

    /// How high each spoor of one part came, for each of these.
    fn toppen_in(
        &self,
        deel: usize,
        sporen: Range<u32>,
        nieuw: &[(StroomSoort, Hoogte)],
        werkplek: &mut Werkplek,
    ) -> Vec<Vec<u16>> {
        let mut kladblok = Kladblok::default();
        let mut toppen = vec![Vec::with_capacity(sporen.len()); nieuw.len()];
        for (plek, spoor) in sporen.enumerate() {
            kladblok.nieuw();
            let baan = self.axes.sporen.get(spoor as usize);
            let baan = baan.and_then(|spoor| self.axes.baan(spoor, &[], &mut werkplek.tafel));
            for (nummer, (toppen, (soort, hoogte))) in toppen.iter_mut().zip(nieuw).enumerate() {
                let stroom = self.tabel(soort).and_then(|tabel| tabel.delen.get(deel)).map(|deel| deel.van(plek));
                let top = baan.as_ref().zip(stroom).map_or(0, |(baan, stroom)| {
                    let blik = Blik::geheel(Bundel::alleen(baan), stroom, nummer);
                    forms::hoogste(*hoogte, &blik, &mut kladblok)
                });
                toppen.push(top);
            }
        }
        toppen
    }
}

/// Turns lists by part into lists by what was asked of each part.
fn kantel<T>(delen: Vec<Vec<T>>) -> Vec<Vec<T>> {
    let aantal = delen.first().map_or(0, Vec::len);
    let mut gekanteld: Vec<Vec<T>> = (0..aantal).map(|_| Vec::with_capacity(delen.len())).collect();
    for deel in delen {
        for (lijst, element) in gekanteld.iter_mut().zip(deel) {
            lijst.push(element);
        }
    }
    gekanteld
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

    fn bytes(&self) -> usize {
        size_of_val(self.begin.as_slice()) + size_of_val(self.alles.as_slice())
    }

    /// The n-th list; none for an unknown number.
    fn van(&self, nummer: usize) -> &[T] {
        let grenzen = self.begin.get(nummer).zip(self.begin.get(nummer + 1));
        let grenzen = grenzen.map(|(begin, eind)| *begin as usize..*eind as usize);
        grenzen.and_then(|grenzen| self.alles.get(grenzen)).unwrap_or_default()
    }
}
