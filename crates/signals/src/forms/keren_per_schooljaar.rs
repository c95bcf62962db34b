//! `keren_per_schooljaar`: the running count of the school year passes a step. Several late rows on one day may pass
//! more than one step: each fires.

use super::{Blik, Vuur};
use crate::axis::Tafel;
use crate::stroom::Vak;

/// A day on which the count of its school year passes one or more steps: its schooldag, the first that counted, and how
/// many steps had been passed before and with this day. In one piece, so that it is written at once.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Gepasseerd(u64);

impl Gepasseerd {
    fn new(sd: u16, eerste: u16, voor: u16, na: u16) -> Self {
        Gepasseerd(u64::from(sd) | u64::from(eerste) << 16 | u64::from(voor) << 32 | u64::from(na) << 48)
    }

    fn delen(self) -> [u16; 4] {
        [0, 16, 32, 48].map(|plek| (self.0 >> plek) as u16)
    }
}

pub(super) struct Keren<'a> {
    /// Ascending.
    pub stappen: &'a [u32],
    /// By count: how many steps it passes ([`rang`]); the last holds for each higher count too.
    pub rang: &'a [u16],
    pub per_school: bool,
}

/// How many of these steps (ascending) each count passes, up to the last step.
pub(crate) fn rang(stappen: &[u32]) -> Vec<u16> {
    let laatste = stappen.last().copied().unwrap_or(0);
    (0..=laatste).map(|keren| stappen.partition_point(|stap| *stap <= keren) as u16).collect()
}

impl Keren<'_> {
    pub(super) fn evaluate(&self, blik: &Blik<'_>, gevonden: &mut Vak<Gepasseerd>, vuur: &mut Vuur<'_>) {
        let bundel = blik.bundel;
        if !self.per_school || bundel.scholen() < 2 {
            self.tel(blik, |_| true, gevonden, vuur);
            return;
        }
        // Each school counts its own.
        for school in 0..bundel.scholen() {
            self.tel(blik, |sd| bundel.school(sd) == school, gevonden, vuur);
        }
    }

    /// Counts the days that count, school year after school year, with no branch but at the end of one; then fires.
    fn tel(&self, blik: &Blik<'_>, telt: impl Fn(u16) -> bool, gevonden: &mut Vak<Gepasseerd>, vuur: &mut Vuur<'_>) {
        let (dagen, bundel, rang) = (blik.stroom.dagen, blik.bundel, self.rang);
        let hoogste = rang.len().saturating_sub(1);
        let (plaatsen, mut aantal) = (gevonden.ruimte(dagen.len()), 0);
        let (mut eind_van_jaar, mut keren, mut eerste, mut voor) = (0, 0u32, 0, 0);
        for dag in dagen.iter().filter(|dag| telt(dag.sd())) {
            let sd = dag.sd();
            if u32::from(sd) >= eind_van_jaar {
                (eind_van_jaar, keren, eerste, voor) = (bundel.eind_van_jaar(sd), 0, sd, 0);
            }
            keren += u32::from(dag.waarde());
            let na = rang.get((keren as usize).min(hoogste)).copied().unwrap_or_default();
            if let Some(plek) = plaatsen.get_mut(aantal) {
                *plek = Gepasseerd::new(sd, eerste, voor, na);
            }
            aantal += usize::from(na > voor);
            voor = na;
        }
        gevonden.houd(aantal);
        for [sd, eerste, voor, na] in
            gevonden.lijst().iter().map(|dag| dag.delen()).filter(|[sd, ..]| blik.beslist(*sd))
        {
            let gaten = blik.gaten(Tafel::begin_van_jaar, sd);
            for trap in voor..na {
                let stap = self.stappen.get(usize::from(trap)).copied().unwrap_or_default();
                vuur.op(sd, eerste, stap, usize::from(trap) + 1, gaten);
            }
        }
    }
}

/// The highest count of a school year, at all schools together.
pub(super) fn hoogste(blik: &Blik<'_>) -> u32 {
    let (mut eind_van_jaar, mut keren, mut hoogste) = (0, 0, 0);
    for dag in blik.stroom.dagen {
        if u32::from(dag.sd()) >= eind_van_jaar {
            (eind_van_jaar, keren) = (blik.bundel.eind_van_jaar(dag.sd()), 0);
        }
        keren += u32::from(dag.waarde());
        hoogste = hoogste.max(keren);
    }
    hoogste
}

#[cfg(test)]
mod tests {
    use super::rang;

    #[test]
    fn a_count_passes_the_steps_up_to_it() {
        assert_eq!(rang(&[3, 6]), [0, 0, 0, 1, 1, 1, 2]);
        assert_eq!(rang(&[1]), [0, 1]);
        assert_eq!(rang(&[]), [0]);
    }
}
