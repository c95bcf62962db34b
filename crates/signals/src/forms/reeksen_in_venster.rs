//! `reeksen_in_venster`: a spell begins, and so many spells began in the window.

use super::venster::Getal;
use super::{Blik, Kladblok, Vuur};
use crate::compiled::Raam;

/// Looking at first days alone is exact: on a later day of a spell the window ending the schooldag before holds at
/// least as many beginnings as it does at the next first day, so arming is never missed.
pub(super) fn evaluate(
    raam: Raam,
    drempel: u32,
    onder: u32,
    blik: &Blik<'_>,
    kladblok: &mut Kladblok,
    vuur: &mut Vuur<'_>,
) {
    let eerste_dagen = eerste_dagen(blik, kladblok);
    let getal = Getal { dagen: eerste_dagen, raam, bundel: blik.bundel };
    // The days about which other versions decide count, and neither arm nor fire.
    let mut van = eerste_dagen.partition_point(|sd| usize::from(*sd) < blik.van);
    // Armed: the next firing is the next first day with enough spells. Not armed: first a day with few enough before it.
    while let Some(plek) = getal.volgende(van, drempel) {
        let (binnen, sd) = (getal.met(plek), eerste_dagen[plek]);
        if usize::from(sd) >= blik.tot {
            return;
        }
        let eerste = binnen.first().copied().unwrap_or(sd);
        vuur.op(sd, eerste, binnen.len() as u32, 0, blik.gaten_in(raam, sd));
        let weer = (plek + 1..eerste_dagen.len()).find(|plek| getal.minder_voor(*plek, onder));
        let Some(weer) = weer else { return };
        van = weer;
    }
}

/// The highest number of spells that begin in one window.
pub(super) fn hoogste(raam: Raam, blik: &Blik<'_>, kladblok: &mut Kladblok) -> u32 {
    Getal { dagen: eerste_dagen(blik, kladblok), raam, bundel: blik.bundel }.hoogste()
}

fn eerste_dagen<'k>(blik: &Blik<'_>, kladblok: &'k mut Kladblok) -> &'k [u16] {
    let Kladblok { eerste_dagen, reeksen, .. } = kladblok;
    eerste_dagen.clear();
    eerste_dagen.extend(reeksen.van(blik, 1).filter_map(|reeks| reeks.first()).map(|dag| dag.sd()));
    eerste_dagen
}
