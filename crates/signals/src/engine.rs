//! One whole pupil at a time: rows and axes in, firings out. The same path serves an addition, a correction, a
//! withdrawal, a transfer and a change of protocol.

use crate::axis::{Axes, Dagtaken, Eerder, Spoor, Tafel, Verloop};
use crate::compiled::{Compiled, Kern};
use crate::firing::Firing;
use crate::forms::{self, Blik, Kladblok, Vuur};
use crate::rows::Rows;
use crate::stroom::Stroom;

/// The largest number of threads that is used.
pub const MAX_THREADS: usize = 64;

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
    stromen: Vec<Stroom>,
    tafel: Tafel,
    kladblok: Kladblok,
    laatste: Vec<Option<u16>>,
    zonder: Vec<u16>,
}

/// The firings of all pupils. Rows are numbered by spoor, as [`Axes`] gave the numbers.
pub fn evaluate_all(rows: &Rows, axes: &Axes, compiled: &Compiled, threads: usize) -> Uitkomst {
    let grenzen = verdeel(rows, axes, threads.clamp(1, MAX_THREADS));
    let mut delen: Vec<Uitkomst> = std::thread::scope(|scope| {
        let banen: Vec<_> = grenzen
            .iter()
            .skip(1)
            .map(|(van, tot)| scope.spawn(move || evaluate_deel(rows, axes, compiled, *van, *tot)))
            .collect();
        let eerste = grenzen.first().map(|(van, tot)| evaluate_deel(rows, axes, compiled, *van, *tot));
        let rest = banen.into_iter().map(|baan| match baan.join() {
            Ok(deel) => deel,
            Err(paniek) => std::panic::resume_unwind(paniek),
        });
        eerste.into_iter().chain(rest).collect()
    });
    let mut alles = std::mem::take(&mut delen[0]);
    for deel in &delen[1..] {
        alles.firings.extend_from_slice(&deel.firings);
        alles.zonder_dagtaak += deel.zonder_dagtaak;
    }
    alles
}

/// The firings of the pupil with these sporen (as [`Axes::add_leerling`] gave them) are added to `uitkomst`. `rijen`
/// gives the rows of each spoor, in order of day.
pub fn evaluate_pupil<'r>(
    axes: &Axes,
    sporen: std::ops::Range<u32>,
    rijen: impl Fn(u32) -> &'r [u32],
    compiled: &Compiled,
    werkplek: &mut Werkplek,
    uitkomst: &mut Uitkomst,
) {
    let begin = uitkomst.firings.len();
    let meer = sporen.len() > 1;
    for nummer in sporen {
        if let Some(spoor) = axes.sporen.get(nummer as usize) {
            werkplek.evaluate(axes, spoor, rijen(nummer), compiled, uitkomst);
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

fn evaluate_deel(rows: &Rows, axes: &Axes, compiled: &Compiled, van: u32, tot: u32) -> Uitkomst {
    let mut werkplek = Werkplek::default();
    let mut uitkomst = Uitkomst::default();
    let mut spoor = van;
    while spoor < tot {
        let eind = einde_leerling(axes, spoor).min(tot);
        evaluate_pupil(axes, spoor..eind, |spoor| rows.of(spoor), compiled, &mut werkplek, &mut uitkomst);
        spoor = eind;
    }
    uitkomst
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

/// Divides the sporen into parts with about the same number of rows; a pupil is never divided.
fn verdeel(rows: &Rows, axes: &Axes, delen: usize) -> Vec<(u32, u32)> {
    let sporen = axes.sporen();
    let mut grenzen = Vec::with_capacity(delen);
    let mut van = 0;
    for deel in 1..=delen {
        let doel = rows.len() / delen * deel;
        let mut tot = if deel == delen { sporen } else { eerste_spoor_na(rows, van, sporen, doel) };
        if tot > van && tot < sporen {
            tot = einde_leerling(axes, tot - 1);
        }
        grenzen.push((van, tot));
        van = tot;
    }
    grenzen
}

fn eerste_spoor_na(rows: &Rows, van: u32, tot: u32, doel: usize) -> u32 {
    let (mut laag, mut hoog) = (van, tot);
    while laag < hoog {
        let midden = laag + (hoog - laag) / 2;
        if rows.before(midden) < doel { laag = midden + 1 } else { hoog = midden }
    }
    laag
}

impl Werkplek {
    fn evaluate(&mut self, axes: &Axes, spoor: &Spoor, rijen: &[u32], compiled: &Compiled, uitkomst: &mut Uitkomst) {
        let (tafel, rijen, eerste_dag, eerder): (&Tafel, &[u32], u16, &[Eerder]) = match &spoor.verloop {
            Verloop::Een(verblijf) => {
                let Some(tafel) = axes.scholen.get(verblijf.school as usize) else { return };
                (tafel, tussen(rijen, verblijf.van, verblijf.tot), verblijf.van, &[])
            }
            Verloop::Eigen(eigen) => {
                axes.stel_samen(eigen, &mut self.tafel);
                (&self.tafel, rijen, 0, &eigen.eerder)
            }
        };
        if rijen.is_empty() {
            return;
        }
        let leeg = Dagtaken::default();
        let dagtaken = axes.dagtaken.get(spoor.dagtaken as usize).unwrap_or(&leeg);
        self.stromen.resize_with(compiled.stromen.len(), Stroom::default);
        for (stroom, soort) in self.stromen.iter_mut().zip(&compiled.stromen) {
            stroom.vul(*soort, rijen, tafel, dagtaken);
        }
        uitkomst.zonder_dagtaak += aantal_zonder_dagtaak(&self.stromen, &mut self.zonder);
        self.laatste.clear();
        self.laatste.resize(compiled.namen.len(), None);
        for eerder in eerder {
            if let Some(naam) = compiled.namen.iter().position(|naam| *naam == eerder.regel) {
                self.laatste[naam] = self.laatste[naam].max(Some(eerder.dag));
            }
        }
        let eerste_sd = if eerste_dag == 0 { 0 } else { tafel.schooldagen_voor(eerste_dag) };
        for (nummer, versie) in compiled.versies.iter().enumerate() {
            for regel in &versie.regels {
                let Some(stroom) = self.stromen.get(regel.stroom).filter(|stroom| !stroom.dagen.is_empty()) else {
                    continue;
                };
                let laatste = self.laatste[regel.naam];
                let blik = Blik { tafel, stroom, eerste_sd, van: versie.van, tot: versie.tot, laatste };
                let begin = uitkomst.firings.len();
                let mut vuur = Vuur {
                    lijst: &mut uitkomst.firings,
                    leerling: spoor.leerling,
                    versie: nummer as u8,
                    regel: regel.regel,
                };
                forms::evaluate(regel, &blik, &mut self.kladblok, &mut vuur);
                // A warning is not the firing from which a herstart or stilte counts.
                let waarschuwt = matches!(regel.vorm, Kern::Som { .. });
                let zelf = uitkomst.firings[begin..].iter().filter(|firing| !waarschuwt || firing.trap == 0);
                let nieuw = zelf.map(|firing| firing.dag);
                self.laatste[regel.naam] = laatste.max(nieuw.max());
            }
        }
    }
}

/// The rows with a day from `van` (inclusive) to `tot` (exclusive).
fn tussen(rijen: &[u32], van: u16, tot: u32) -> &[u32] {
    let voor = |grens: u32| rijen.partition_point(|rij| rij >> 16 < grens);
    let eerste = if van == 0 { 0 } else { voor(u32::from(van)) };
    let laatste = if tot >= crate::axis::ALTIJD { rijen.len() } else { voor(tot) };
    rijen.get(eerste..laatste).unwrap_or_default()
}

/// Number of different days whose hours could not be counted.
fn aantal_zonder_dagtaak(stromen: &[Stroom], dagen: &mut Vec<u16>) -> u64 {
    dagen.clear();
    for stroom in stromen {
        dagen.extend_from_slice(&stroom.zonder_dagtaak);
    }
    dagen.sort_unstable();
    dagen.dedup();
    dagen.len() as u64
}
