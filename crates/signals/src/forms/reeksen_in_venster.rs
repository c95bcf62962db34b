//! `reeksen_in_venster`: a spell begins, and so many spells began in the window.

use super::venster::Schuif;
use super::{Blik, Reeks, Vuur};
use crate::compiled::Raam;
use crate::stroom::Dag;

/// Looking at first days alone is exact: on a later day of a spell the window ending the schooldag before holds at
/// least as many beginnings as it does at the next first day, so arming is never missed.
pub(super) fn evaluate(
    raam: Raam,
    drempel: u32,
    onder: u32,
    blik: &Blik<'_>,
    eerste_dagen: &mut Vec<Dag>,
    vuur: &mut Vuur<'_>,
) {
    eerste_dagen.clear();
    let mut reeks = Reeks::default();
    for dag in blik.stroom.dagen {
        reeks.volgende(dag);
        if reeks.positie == 1 {
            eerste_dagen.push(Dag { waarde: 1, ..*dag });
        }
    }
    let mut schuif = Schuif::new(eerste_dagen, raam, false);
    let mut gewapend = true;
    for (i, dag) in eerste_dagen.iter().enumerate() {
        if !blik.beslist(dag.dag) {
            continue;
        }
        if !gewapend {
            gewapend = schuif.voor(i, blik.tafel) < onder;
        }
        let aantal = schuif.met(i);
        if aantal >= drempel && std::mem::take(&mut gewapend) {
            let van = schuif.eerste().map_or(dag.dag, |eerste| eerste.dag);
            vuur.op(dag, van, aantal, 0, blik.gaten_in(raam, dag));
        }
    }
}
