//! The rules of a protocol on the looked-at days of a bundle, version after version, and the firings in order of spoor.

use crate::axis::{ALTIJD, Bundel};
use crate::compiled::{Compiled, Kern, Versie};
use crate::engine::Uitkomst;
use crate::firing::Firing;
use crate::forms::{self, Blik, Kladblok, Laatste, Vuur};
use crate::stroom::Bekeken;

/// What the rules of one bundle need beside its days.
#[derive(Debug, Default)]
pub(crate) struct Regelwerk {
    kladblok: Kladblok,
    /// By number of a rule's name: its last firing so far.
    laatste: Vec<Option<u16>>,
    zonder: Vec<u16>,
    volgorde: Volgorde,
}

/// What puts the firings of a bundle in order.
#[derive(Debug, Default)]
struct Volgorde {
    /// Of each firing the number of its spoor in the bundle.
    sporen: Vec<u16>,
    /// Where the next firing of each spoor goes.
    volgende: Vec<u32>,
    firings: Vec<Firing>,
}

impl Regelwerk {
    /// Applies every version's rules to the looked-at days of a bundle, but for those of which it is known that they
    /// cannot fire.
    pub(crate) fn evaluate<'d>(
        &mut self,
        bundel: Bundel<'d>,
        bekeken: impl Fn(usize) -> Bekeken<'d>,
        kan: impl Fn(usize, usize) -> bool,
        compiled: &Compiled,
        uitkomst: &mut Uitkomst,
    ) {
        uitkomst.zonder_dagtaak += self.zonder_dagtaak((0..compiled.stromen.len()).map(&bekeken));
        let begin = uitkomst.firings.len();
        self.begin(bundel, compiled);
        for (nummer, versie) in compiled.versies.iter().enumerate() {
            let Some((van, tot)) = beslist(versie, bundel) else { continue };
            for (_, regel) in versie.regels.iter().enumerate().filter(|(plek, _)| kan(nummer, *plek)) {
                let stroom = bekeken(regel.stroom);
                if stroom.dagen.is_empty() {
                    continue;
                }
                let laatste = self.laatste[regel.naam];
                let blik = Blik { bundel, stroom, nummer: regel.stroom, van, tot, laatste: op_as(laatste, bundel) };
                let eerder = uitkomst.firings.len();
                let mut vuur = Vuur {
                    lijst: &mut uitkomst.firings,
                    sporen: &mut self.volgorde.sporen,
                    bundel,
                    versie: nummer as u8,
                    regel: regel.regel,
                };
                forms::evaluate(regel, &blik, &mut self.kladblok, &mut vuur);
                if bundel.banen().len() == 1 {
                    // A warning is not the firing from which a herstart or stilte counts.
                    let waarschuwt = matches!(regel.vorm, Kern::Som { .. });
                    let zelf = uitkomst.firings[eerder..].iter().filter(|firing| !waarschuwt || firing.trap == 0);
                    self.laatste[regel.naam] = laatste.max(zelf.map(|firing| firing.dag).max());
                }
            }
        }
        self.volgorde.orden(&mut uitkomst.firings, begin, bundel.banen().len());
    }

    /// Nothing has fired yet but what is remembered.
    fn begin(&mut self, bundel: Bundel<'_>, compiled: &Compiled) {
        self.kladblok.nieuw();
        self.volgorde.sporen.clear();
        self.laatste.clear();
        self.laatste.resize(compiled.namen.len(), None);
        for eerder in bundel.banen().iter().flat_map(|baan| baan.eerder) {
            if let Some(naam) = compiled.namen.iter().position(|naam| *naam == eerder.regel) {
                self.laatste[naam] = self.laatste[naam].max(Some(eerder.dag));
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

/// From which schooldag on, and up to which, a version decides; `None` when it decides about no day with a row. Of sporen that
/// were taken together one version decides about all days.
fn beslist(versie: &Versie, bundel: Bundel<'_>) -> Option<(usize, usize)> {
    let sd = |dag: u32| match (bundel.banen(), u16::try_from(dag)) {
        ([baan, ..], Ok(dag)) => baan.tafel.schooldagen_voor(dag),
        _ => usize::MAX,
    };
    if versie.van == 0 && versie.tot >= ALTIJD {
        return Some((0, usize::MAX));
    }
    let (eerste, laatste) = bundel.dagen()?;
    let raakt = u32::from(eerste) < versie.tot && versie.van <= laatste;
    let van = if versie.van <= eerste { 0 } else { sd(u32::from(versie.van)) };
    let tot = if u32::from(laatste) < versie.tot { usize::MAX } else { sd(versie.tot) };
    raakt.then_some((van, tot))
}

/// A last firing with its place on the axis of a spoor.
fn op_as(laatste: Option<u16>, bundel: Bundel<'_>) -> Option<Laatste> {
    let (dag, baan) = laatste.zip(bundel.banen().first())?;
    Some(Laatste { dag, sd: baan.tafel.sd_op_of_voor(dag) - i32::from(baan.begin.0) })
}

impl Volgorde {
    /// Puts the firings of a bundle, from `begin` on, in order of spoor; those of one spoor keep their order.
    fn orden(&mut self, firings: &mut [Firing], begin: usize, sporen: usize) {
        let Some(eigen) = firings.get_mut(begin..).filter(|_| sporen > 1) else { return };
        self.volgende.clear();
        self.volgende.resize(sporen + 1, 0);
        for spoor in &self.sporen {
            self.volgende[usize::from(*spoor) + 1] += 1;
        }
        let mut tot = 0;
        for volgende in &mut self.volgende {
            tot += *volgende;
            *volgende = tot;
        }
        self.firings.clear();
        self.firings.extend_from_slice(eigen);
        for (firing, spoor) in self.firings.iter().zip(&self.sporen) {
            let volgende = &mut self.volgende[usize::from(*spoor)];
            eigen[*volgende as usize] = *firing;
            *volgende += 1;
        }
    }
}
