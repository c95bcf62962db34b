//! One whole pupil at a time: rows and axes in, firings out. The same path serves an addition, a correction, a
//! withdrawal, a transfer and a change of protocol.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::axis::{Axes, Baan, Spoor, Tafel};
use crate::compiled::{Compiled, Kern};
use crate::firing::Firing;
use crate::forms::{self, Blik, Kladblok, Vuur};
use crate::prepared::Klaar;
use crate::rows::Rows;
use crate::stroom::{Bekeken, Stromen};

/// The largest number of threads that is used.
pub const MAX_THREADS: usize = 64;
/// Rows that are worked out in one go: enough that handing them out costs nothing, few enough that no thread waits long
/// for the others.
const RIJEN_PER_DEEL: usize = 1 << 16;

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

/// What the rules of one spoor need beside its days.
#[derive(Debug, Default)]
struct Regelwerk {
    kladblok: Kladblok,
    /// By number of a rule's name: its last firing so far.
    laatste: Vec<Option<u16>>,
    zonder: Vec<u16>,
}

/// The firings of all pupils. Rows are numbered by spoor, as [`Axes`] gave the numbers.
pub fn evaluate_all(rows: &Rows, axes: &Axes, compiled: &Compiled, threads: usize) -> Uitkomst {
    voeg_samen(evaluate_delen(rows, axes, compiled, threads))
}

/// As [`evaluate_all`], in parts: those of one pupil are in one part, and the parts are in the order of the pupils.
pub fn evaluate_delen(rows: &Rows, axes: &Axes, compiled: &Compiled, threads: usize) -> Vec<Uitkomst> {
    per_deel(&verdeel(rows, axes), threads, |werkplek, sporen| {
        evaluate_deel(axes, sporen.clone(), |spoor| rows.of(spoor), None, compiled, werkplek)
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
        if let Some(spoor) = axes.sporen.get(nummer as usize) {
            let klaar = klaar.map(|klaar| (klaar, nummer));
            werkplek.evaluate(axes, spoor, rijen(nummer), klaar, compiled, uitkomst);
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

/// The firings of the pupils of one part.
pub(crate) fn evaluate_deel<'r>(
    axes: &Axes,
    sporen: Range<u32>,
    rijen: impl Fn(u32) -> &'r [u32],
    klaar: Option<&Klaar<'_>>,
    compiled: &Compiled,
    werkplek: &mut Werkplek,
) -> Uitkomst {
    let mut uitkomst = Uitkomst { firings: Vec::with_capacity(FIRINGS_PER_DEEL), zonder_dagtaak: 0 };
    let mut spoor = sporen.start;
    while spoor < sporen.end {
        let eind = einde_leerling(axes, spoor).min(sporen.end);
        evaluate_sporen(axes, spoor..eind, &rijen, klaar, compiled, werkplek, &mut uitkomst);
        spoor = eind;
    }
    uitkomst
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
pub(crate) fn samen<T: Send>(werk: Vec<impl FnOnce() -> T + Send>) -> Vec<T> {
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

impl Werkplek {
    /// `klaar`: what was made ready, and the number of the spoor in it.
    fn evaluate(
        &mut self,
        axes: &Axes,
        spoor: &Spoor,
        rijen: &[u32],
        klaar: Option<(&Klaar<'_>, u32)>,
        compiled: &Compiled,
        uitkomst: &mut Uitkomst,
    ) {
        if rijen.is_empty() {
            return;
        }
        let Some(baan) = axes.baan(spoor, &mut self.tafel) else { return };
        let gereed = |stroom: usize| klaar.and_then(|(klaar, nummer)| klaar.bekeken(nummer, stroom));
        // What is ready needs no look at the rows.
        let verdeling = klaar.map_or(&compiled.verdeling, |(klaar, _)| klaar.verdeling());
        self.stromen.vul(verdeling, tussen(rijen, baan.van, baan.tot), baan.tafel, axes.dagtaken_van(spoor));
        let stromen = &self.stromen;
        let bekeken = |nummer: usize| gereed(nummer).unwrap_or_else(|| stromen.bekeken(nummer));
        let kan = |versie, plek| klaar.is_none_or(|(klaar, nummer)| klaar.kan(nummer, versie, plek));
        self.regels.evaluate(&baan, spoor.leerling, bekeken, kan, compiled, uitkomst);
    }
}

impl Regelwerk {
    /// Applies every version's rules to the looked-at days of one spoor, but for those of which it is known that they
    /// cannot fire.
    fn evaluate<'d>(
        &mut self,
        baan: &Baan<'_>,
        leerling: u32,
        bekeken: impl Fn(usize) -> Bekeken<'d>,
        kan: impl Fn(usize, usize) -> bool,
        compiled: &Compiled,
        uitkomst: &mut Uitkomst,
    ) {
        uitkomst.zonder_dagtaak += self.zonder_dagtaak((0..compiled.stromen.len()).map(&bekeken));
        self.laatste.clear();
        self.laatste.resize(compiled.namen.len(), None);
        for eerder in baan.eerder {
            if let Some(naam) = compiled.namen.iter().position(|naam| *naam == eerder.regel) {
                self.laatste[naam] = self.laatste[naam].max(Some(eerder.dag));
            }
        }
        self.kladblok.nieuw();
        let tafel = baan.tafel;
        let sd = |dag: u32| u16::try_from(dag).map_or(usize::MAX, |dag| tafel.schooldagen_voor(dag));
        let eerste_sd = if baan.van == 0 { 0 } else { sd(u32::from(baan.van)) };
        for (nummer, versie) in compiled.versies.iter().enumerate() {
            let (van, tot) = (if versie.van == 0 { 0 } else { sd(u32::from(versie.van)) }, sd(versie.tot));
            for (_, regel) in versie.regels.iter().enumerate().filter(|(plek, _)| kan(nummer, *plek)) {
                let stroom = bekeken(regel.stroom);
                if stroom.dagen.is_empty() {
                    continue;
                }
                let laatste = self.laatste[regel.naam];
                let blik = Blik { tafel, stroom, nummer: regel.stroom, eerste_sd, van, tot, laatste };
                let begin = uitkomst.firings.len();
                let mut vuur =
                    Vuur { lijst: &mut uitkomst.firings, tafel, leerling, versie: nummer as u8, regel: regel.regel };
                forms::evaluate(regel, &blik, &mut self.kladblok, &mut vuur);
                // A warning is not the firing from which a herstart or stilte counts.
                let waarschuwt = matches!(regel.vorm, Kern::Som { .. });
                let zelf = uitkomst.firings[begin..].iter().filter(|firing| !waarschuwt || firing.trap == 0);
                let nieuw = zelf.map(|firing| firing.dag);
                self.laatste[regel.naam] = laatste.max(nieuw.max());
            }
        }
    }

    /// Number of different days whose hours could not be counted.
    fn zonder_dagtaak<'d>(&mut self, stromen: impl Iterator<Item = Bekeken<'d>>) -> u64 {
        self.zonder.clear();
        for stroom in stromen {
            self.zonder.extend_from_slice(stroom.zonder_dagtaak);
        }
        self.zonder.sort_unstable();
        self.zonder.dedup();
        self.zonder.len() as u64
    }
}

/// The rows with a day from `van` (inclusive) to `tot` (exclusive).
pub(crate) fn tussen(rijen: &[u32], van: u16, tot: u32) -> &[u32] {
    let voor = |grens: u32| rijen.partition_point(|rij| rij >> 16 < grens);
    let eerste = if van == 0 { 0 } else { voor(u32::from(van)) };
    let laatste = if tot >= crate::axis::ALTIJD { rijen.len() } else { voor(tot) };
    rijen.get(eerste..laatste).unwrap_or_default()
}
