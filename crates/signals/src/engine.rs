//! Whole pupils: rows and axes in, firings out. The same path serves an addition, a correction, a withdrawal, a transfer
//! and a change of protocol, for one pupil or for many behind each other.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::axis::{Afstand, Axes, Baan, Bundel, Tafel};
use crate::compiled::Compiled;
use crate::firing::Firing;
use crate::prepared::Klaar;
use crate::regelwerk::Regelwerk;
use crate::rows::Rows;
use crate::stroom::Stromen;

/// The largest number of threads that is used.
pub const MAX_THREADS: usize = 64;
/// Rows that are worked out in one go: enough that handing them out costs nothing, few enough that no thread waits long
/// for the others.
const RIJEN_PER_DEEL: usize = 1 << 16;

/// Rows that are taken together: enough that what a bundle costs weighs little, few enough to stay near the processor.
const RIJEN_PER_BUNDEL: usize = 1 << 11;

/// Room that is made beforehand for the firings of a part; a list that grows is moved.
const FIRINGS_PER_DEEL: usize = RIJEN_PER_DEEL / 8;

/// What an evaluation found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Uitkomst {
    /// The firings, by pupil; within a pupil by version, then in the order of the rules.
    pub firings: Vec<Firing>,
    /// Number of (spoor, day) whose hours could not be counted because nobody declared how long that day is.
    pub zonder_dagtaak: u64,
}

/// What is kept between pupils so that nothing is allocated per pupil.
#[derive(Debug, Default)]
pub struct Werkplek {
    pub(crate) stromen: Stromen,
    pub(crate) tafel: Tafel,
    regels: Regelwerk,
}

/// The firings of all pupils. Rows are numbered by spoor, as [`Axes`] gave the numbers.
pub fn evaluate_all(rows: &Rows, axes: &Axes, compiled: &Compiled, threads: usize) -> Uitkomst {
    voeg_samen(evaluate_delen(rows, axes, compiled, threads))
}

/// As [`evaluate_all`], in parts: those of one pupil are in one part, and the parts are in the order of the pupils.
pub fn evaluate_delen(rows: &Rows, axes: &Axes, compiled: &Compiled, threads: usize) -> Vec<Uitkomst> {
    let plaatsing = Plaatsing::new(rows, axes, compiled);
    per_deel(&verdeel(rows, axes), threads, |werkplek, sporen| {
        evaluate_deel(rows, axes, sporen.clone(), plaatsing, compiled, werkplek)
    })
}

/// The firings of the pupil with these sporen (as [`Axes::add_leerling`] gave them) are added to `uitkomst`. `rijen`
/// gives the rows of each spoor, in order of day.
pub fn evaluate_pupil<'r>(
    axes: &Axes,
    sporen: Range<u32>,
    rijen: impl Fn(u32) -> &'r [u32],
    compiled: &Compiled,
    werkplek: &mut Werkplek,
    uitkomst: &mut Uitkomst,
) {
    evaluate_sporen(axes, sporen, &rijen, None, compiled, werkplek, uitkomst);
}

/// The firings of one pupil, with what was made ready of it.
fn evaluate_sporen<'r>(
    axes: &Axes,
    sporen: Range<u32>,
    rijen: &impl Fn(u32) -> &'r [u32],
    klaar: Option<&Klaar<'_>>,
    compiled: &Compiled,
    werkplek: &mut Werkplek,
    uitkomst: &mut Uitkomst,
) {
    let begin = uitkomst.firings.len();
    let meer = sporen.len() > 1;
    for nummer in sporen {
        if klaar.is_some_and(|klaar| klaar.is_stil(nummer)) {
            continue;
        }
        let rijen = rijen(nummer);
        let Werkplek { tafel, stromen, regels } = werkplek;
        let spoor = axes.sporen.get(nummer as usize).filter(|_| !rijen.is_empty());
        if let Some(baan) = spoor.and_then(|spoor| axes.baan(spoor, rijen, tafel)) {
            let klaar = klaar.map(|klaar| (klaar, nummer));
            evaluate_bundel(Bundel::alleen(&baan), klaar, compiled, (stromen, regels), uitkomst);
        }
    }
    if meer {
        ontdubbel(&mut uitkomst.firings, begin);
    }
}

/// Two schools at once may give one pupil the same signal on the same day: it is one signal, with the higher value.
fn ontdubbel(firings: &mut Vec<Firing>, begin: usize) {
    let mut eigen = firings.split_off(begin);
    let sleutel = |firing: &Firing| (firing.versie, firing.regel, firing.dag, firing.trap);
    eigen.sort_unstable_by_key(|firing| (sleutel(firing), std::cmp::Reverse(firing.waarde), firing.van, firing.gaten));
    eigen.dedup_by_key(|firing| sleutel(firing));
    firings.append(&mut eigen);
}

/// The firings of the pupils of one part. As many as can are taken together.
fn evaluate_deel(
    rows: &Rows,
    axes: &Axes,
    sporen: Range<u32>,
    plaatsing: Plaatsing,
    compiled: &Compiled,
    werkplek: &mut Werkplek,
) -> Uitkomst {
    let mut uitkomst = Uitkomst { firings: Vec::with_capacity(FIRINGS_PER_DEEL), zonder_dagtaak: 0 };
    let mut rij = Wachtrij { banen: Vec::with_capacity(plaatsing.afstand.sporen()), plaatsing, versie: 0, rijen: 0 };
    let mut spoor = sporen.start;
    while spoor < sporen.end {
        let eind = einde_leerling(axes, spoor).min(sporen.end);
        match plaatsing.kandidaat(rows, axes, spoor..eind, compiled) {
            _ if rows.before(spoor) == rows.before(eind) => {}
            Some((baan, versie)) => {
                if rij.is_vol(versie) {
                    rij.evaluate(compiled, werkplek, &mut uitkomst);
                }
                rij.neem(baan, versie);
            }
            None => {
                rij.evaluate(compiled, werkplek, &mut uitkomst);
                evaluate_pupil(axes, spoor..eind, |spoor| rows.of(spoor), compiled, werkplek, &mut uitkomst);
            }
        }
        spoor = eind;
    }
    rij.evaluate(compiled, werkplek, &mut uitkomst);
    uitkomst
}

/// As [`evaluate_deel`], with what was made ready of that part. Who cannot fire is not read.
pub(crate) fn evaluate_klaar(
    rows: &Rows,
    axes: &Axes,
    sporen: Range<u32>,
    klaar: &Klaar<'_>,
    compiled: &Compiled,
    werkplek: &mut Werkplek,
) -> Uitkomst {
    let mut uitkomst = Uitkomst { firings: Vec::with_capacity(FIRINGS_PER_DEEL), zonder_dagtaak: 0 };
    let rijen = |spoor| rows.of(spoor);
    let mut spoor = sporen.start;
    while spoor < sporen.end {
        let eind = einde_leerling(axes, spoor).min(sporen.end);
        evaluate_sporen(axes, spoor..eind, &rijen, Some(klaar), compiled, werkplek, &mut uitkomst);
        spoor = eind;
    }
    uitkomst
}

/// Where pupils come who are taken together.
#[derive(Debug, Clone, Copy)]
struct Plaatsing {
    /// No row has an earlier day.
    vanaf: u16,
    afstand: Afstand,
}

impl Plaatsing {
    fn new(rows: &Rows, axes: &Axes, compiled: &Compiled) -> Self {
        let (vanaf, laatste) = rows.dagen().unwrap_or_default();
        // A span of days has no more schooldagen than days, and neither have its lesweken places.
        let plaatsen = axes.langste.min(u32::from(laatste - vanaf) + 1);
        Plaatsing { vanaf, afstand: Afstand::voor(plaatsen, compiled.reikwijdte) }
    }

    /// A pupil who can be taken together with others, and the version under which: with one spoor on the table of its school,
    /// and all rows under one version.
    fn kandidaat<'r>(
        self,
        rows: &'r Rows,
        axes: &'r Axes,
        sporen: Range<u32>,
        compiled: &Compiled,
    ) -> Option<(Baan<'r>, usize)> {
        let spoor = axes.sporen.get(sporen.start as usize).filter(|_| sporen.len() == 1)?;
        let baan = axes.gewone_baan(spoor, rows.of(sporen.start))?;
        let (eerste, laatste) = baan.dagen()?;
        Some((baan.vanaf(self.vanaf), compiled.enige_versie(eerste, laatste)?))
    }
}

/// Pupils who wait to be taken together, all under one version.
struct Wachtrij<'r> {
    banen: Vec<Baan<'r>>,
    plaatsing: Plaatsing,
    versie: usize,
    rijen: usize,
}

impl<'r> Wachtrij<'r> {
    /// Whether those who are there go first.
    fn is_vol(&self, versie: usize) -> bool {
        let vol = self.banen.len() >= self.plaatsing.afstand.sporen() || self.rijen >= RIJEN_PER_BUNDEL;
        vol || versie != self.versie
    }

    fn neem(&mut self, baan: Baan<'r>, versie: usize) {
        (self.versie, self.rijen) = (versie, self.rijen + baan.rijen.len());
        self.banen.push(baan);
    }

    /// Evaluates those who are there, and lets them go.
    fn evaluate(&mut self, compiled: &Compiled, werkplek: &mut Werkplek, uitkomst: &mut Uitkomst) {
        if !self.banen.is_empty() {
            let bundel = Bundel::new(&self.banen, self.plaatsing.afstand);
            let Werkplek { stromen, regels, .. } = werkplek;
            evaluate_bundel(bundel, None, compiled, (stromen, regels), uitkomst);
        }
        self.banen.clear();
        self.rijen = 0;
    }
}

/// The firings of a bundle. `klaar`: what was made ready of its one spoor, and the number of that.
fn evaluate_bundel(
    bundel: Bundel<'_>,
    klaar: Option<(&Klaar<'_>, u32)>,
    compiled: &Compiled,
    (stromen, regels): (&mut Stromen, &mut Regelwerk),
    uitkomst: &mut Uitkomst,
) {
    let gereed = |stroom: usize| klaar.and_then(|(klaar, nummer)| klaar.bekeken(nummer, stroom));
    // What is ready needs no look at the rows.
    let verdeling = klaar.map_or(&compiled.verdeling, |(klaar, _)| klaar.verdeling());
    stromen.vul(verdeling, bundel);
    let bekeken = |nummer: usize| gereed(nummer).unwrap_or_else(|| stromen.bekeken(nummer));
    let kan = |versie, plek| klaar.is_none_or(|(klaar, nummer)| klaar.kan(nummer, versie, plek));
    regels.evaluate(bundel, bekeken, kan, compiled, uitkomst);
}

/// Puts the parts behind each other.
pub(crate) fn voeg_samen(delen: Vec<Uitkomst>) -> Uitkomst {
    let mut delen = delen.into_iter();
    let mut alles = delen.next().unwrap_or_default();
    let rest = delen.as_slice();
    alles.firings.reserve_exact(rest.iter().map(|deel| deel.firings.len()).sum());
    for deel in rest {
        alles.firings.extend_from_slice(&deel.firings);
        alles.zonder_dagtaak += deel.zonder_dagtaak;
    }
    alles
}

/// Works out all parts on up to so many threads, each taking the next part when it is done, and gives what came of them
/// in the order of the parts.
pub(crate) fn per_deel<D: Sync, T: Send>(
    delen: &[D],
    threads: usize,
    werk: impl Fn(&mut Werkplek, &D) -> T + Sync,
) -> Vec<T> {
    let volgende = AtomicUsize::new(0);
    let baan = || {
        let mut werkplek = Werkplek::default();
        let mut gedaan = Vec::new();
        loop {
            let nummer = volgende.fetch_add(1, Ordering::Relaxed);
            let Some(deel) = delen.get(nummer) else { return gedaan };
            gedaan.push((nummer, werk(&mut werkplek, deel)));
        }
    };
    let threads = threads.clamp(1, MAX_THREADS).min(delen.len());
    let mut gedaan: Vec<(usize, T)> = samen((0..threads).map(|_| &baan).collect()).into_iter().flatten().collect();
    gedaan.sort_unstable_by_key(|(nummer, _)| *nummer);
    gedaan.into_iter().map(|(_, wat)| wat).collect()
}

/// Does all of this at once, the first on this thread and each other on one of its own; gives what came of them, in order.
pub fn samen<T: Send>(werk: Vec<impl FnOnce() -> T + Send>) -> Vec<T> {
    let mut werk = werk.into_iter();
    let Some(eerste) = werk.next() else { return Vec::new() };
    std::thread::scope(|scope| {
        let anderen: Vec<_> = werk.map(|ander| scope.spawn(ander)).collect();
        let mut gedaan = vec![eerste()];
        for ander in anderen {
            match ander.join() {
                Ok(meer) => gedaan.push(meer),
                Err(paniek) => std::panic::resume_unwind(paniek),
            }
        }
        gedaan
    })
}

/// The first spoor after `spoor` that is of another pupil.
fn einde_leerling(axes: &Axes, spoor: u32) -> u32 {
    let leerling = |spoor: u32| axes.sporen.get(spoor as usize).map(|spoor| spoor.leerling);
    let mut eind = spoor + 1;
    while eind < axes.sporen() && leerling(eind) == leerling(spoor) {
        eind += 1;
    }
    eind
}

/// Divides the sporen into parts of about [`RIJEN_PER_DEEL`] rows; a pupil is never divided.
pub(crate) fn verdeel(rows: &Rows, axes: &Axes) -> Vec<Range<u32>> {
    let sporen = axes.sporen();
    let mut delen = Vec::with_capacity(rows.len() / RIJEN_PER_DEEL + 1);
    let mut van = 0;
    while van < sporen {
        let doel = rows.before(van).saturating_add(RIJEN_PER_DEEL);
        let tot = einde_leerling(axes, eerste_spoor_na(rows, van + 1, sporen, doel) - 1);
        delen.push(van..tot);
        van = tot;
    }
    delen
}

/// The first spoor from `van` on with at least `doel` rows before it; `tot` when there is none.
fn eerste_spoor_na(rows: &Rows, van: u32, tot: u32, doel: usize) -> u32 {
    let (mut laag, mut hoog) = (van, tot);
    while laag < hoog {
        let midden = laag + (hoog - laag) / 2;
        if rows.before(midden) < doel { laag = midden + 1 } else { hoog = midden }
    }
    laag
}
