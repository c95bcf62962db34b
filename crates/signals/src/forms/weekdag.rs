//! `weekdag`: so many days on the same weekday in the window. Count, condition and stilte are kept per weekday.

use super::venster::Getal;
use super::{Blik, Stilte, Vuur};
use crate::axis::weekdag;
use crate::compiled::Raam;
use crate::stroom::Vak;

/// Numbers that a weekday can have in its bits; one more than there are.
const WEEK: usize = 8;

/// The looked-at days divided over their weekdays, Monday first, each with room for all of them.
#[derive(Debug, Default)]
pub(super) struct Weekdagen {
    plaatsen: Vak<u16>,
    /// Places that end a window with enough days on their weekday, in order of day.
    vol: Vak<u32>,
}

pub(super) fn evaluate(
    raam: Raam,
    drempel: u32,
    stilte: i32,
    blik: &Blik<'_>,
    weekdagen: &mut Weekdagen,
    vuur: &mut Vuur<'_>,
) {
    weekdagen.verdeel(blik, raam, drempel);
    let hield = |welke: u16| {
        let laatste = blik.laatste.filter(|laatste| weekdag(laatste.dag) == welke);
        laatste.map(|laatste| laatste.sd)
    };
    let mut stiltes: [Stilte; WEEK] =
        std::array::from_fn(|welke| Stilte { hield: hield(welke as u16), schooldagen: stilte });
    let per_weekdag = blik.stroom.dagen.len();
    for plek in weekdagen.vol.lijst() {
        let (welke, plek) = (*plek as usize / per_weekdag, *plek as usize % per_weekdag);
        let eigen = weekdagen.plaatsen.lijst().get(welke * per_weekdag..).unwrap_or_default();
        let getal = Getal { dagen: eigen, raam, bundel: blik.bundel };
        let Some(sd) = eigen.get(plek).copied().filter(|sd| blik.beslist(*sd)) else { continue };
        if stiltes[welke].houdt(sd) {
            let binnen = getal.met(plek);
            let eerste = binnen.first().copied().unwrap_or(sd);
            vuur.op(sd, eerste, binnen.len() as u32, 0, blik.gaten_in(raam, sd));
        }
    }
}

/// The highest number of days on one weekday in one window.
pub(super) fn hoogste(raam: Raam, blik: &Blik<'_>, weekdagen: &mut Weekdagen) -> u32 {
    let aantallen = weekdagen.verdeel(blik, raam, 1);
    let lijsten = weekdagen.plaatsen.lijst().chunks_exact(blik.stroom.dagen.len().max(1)).zip(aantallen);
    let hoogste = lijsten.map(|(plaatsen, aantal)| {
        let dagen = plaatsen.get(..aantal).unwrap_or_default();
        Getal { dagen, raam, bundel: blik.bundel }.hoogste()
    });
    hoogste.max().unwrap_or(0)
}

impl Weekdagen {
    /// Divides the looked-at days, and finds where so many of a weekday lie in one window. Gives how many lie on each.
    fn verdeel(&mut self, blik: &Blik<'_>, raam: Raam, drempel: u32) -> [usize; WEEK] {
        let bundel = blik.bundel;
        match raam {
            Raam::Schooldagen(lengte) => self.verdeel_op(blik, drempel, lengte, |sd| sd),
            Raam::Lesweken(lengte) => self.verdeel_op(blik, drempel, lengte, |sd| bundel.lw(sd)),
        }
    }

    fn verdeel_op(
        &mut self,
        blik: &Blik<'_>,
        drempel: u32,
        lengte: i32,
        positie: impl Fn(u16) -> u16,
    ) -> [usize; WEEK] {
        let dagen = blik.stroom.dagen;
        let terug = (drempel as usize).saturating_sub(1);
        let begin: [usize; WEEK] = std::array::from_fn(|welke| welke * dagen.len());
        let genoeg = begin.map(|begin| begin + terug);
        let mut volgende = begin;
        let (plaatsen, vol, mut aantal_vol) =
            (self.plaatsen.ruimte(WEEK * dagen.len()), self.vol.ruimte(dagen.len()), 0);
        for dag in dagen {
            let sd = dag.sd();
            let welke = dag.weekdag();
            let plek = volgende[welke];
            volgende[welke] += 1;
            if let Some(plek) = plaatsen.get_mut(plek) {
                *plek = sd;
            }
            // Whatever stands there when there are not so many days yet does not count.
            let eerder = plaatsen.get(plek.wrapping_sub(terug)).copied().unwrap_or_default();
            let binnen = i32::from(positie(sd)) - i32::from(positie(eerder)) < lengte;
            if let Some(vol) = vol.get_mut(aantal_vol) {
                *vol = plek as u32;
            }
            aantal_vol += usize::from((plek >= genoeg[welke]) & binnen);
        }
        self.plaatsen.houd(WEEK * dagen.len());
        self.vol.houd(aantal_vol);
        std::array::from_fn(|welke| volgende[welke] - begin[welke])
    }
}
