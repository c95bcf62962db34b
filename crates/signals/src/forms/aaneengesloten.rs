//! `aaneengesloten`: a run of consecutive schooldagen reaches a length.

use super::{Blik, Reeks, Vuur};

pub(super) fn evaluate(stappen: &[u32], blik: &Blik<'_>, vuur: &mut Vuur<'_>) {
    let mut reeks = Reeks::default();
    for dag in blik.stroom.dagen {
        let eerste = reeks.volgende(dag);
        let stap = stappen.iter().position(|stap| *stap == reeks.positie);
        if let Some(nummer) = stap.filter(|_| blik.beslist(dag.dag)) {
            let gaten = blik.gaten(usize::from(eerste.sd), usize::from(dag.sd));
            vuur.op(dag, eerste.dag, reeks.positie, nummer + 1, gaten);
        }
    }
}
