//! `weekdag`: so many days on the same weekday in the window. Count, condition and stilte are kept per weekday.

use super::venster::Schuif;
use super::{Blik, Stilte, Vuur};
use crate::axis::weekdag;
use crate::compiled::Raam;
use crate::stroom::Dag;

pub(super) fn evaluate(
    raam: Raam,
    drempel: u32,
    stilte: i32,
    blik: &Blik<'_>,
    per_weekdag: &mut [Vec<Dag>; 7],
    vuur: &mut Vuur<'_>,
) {
    for lijst in per_weekdag.iter_mut() {
        lijst.clear();
    }
    for dag in blik.stroom.dagen {
        per_weekdag[usize::from(weekdag(dag.dag))].push(*dag);
    }
    for (welke, dagen) in per_weekdag.iter().enumerate() {
        let laatste = blik.laatste.filter(|laatste| usize::from(weekdag(*laatste)) == welke);
        let hield = laatste.map(|laatste| blik.tafel.sd_op_of_voor(laatste));
        let mut stilte = Stilte { hield, schooldagen: stilte };
        let mut schuif = Schuif::new(dagen, raam, false);
        for (i, dag) in dagen.iter().enumerate() {
            if !blik.beslist(dag.dag) {
                continue;
            }
            let aantal = schuif.met(i);
            if aantal >= drempel && stilte.houdt(dag.sd) {
                let van = schuif.eerste().map_or(dag.dag, |eerste| eerste.dag);
                vuur.op(dag, van, aantal, 0, blik.gaten_in(raam, dag));
            }
        }
    }
}
