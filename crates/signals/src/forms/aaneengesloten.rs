//! `aaneengesloten`: a run of consecutive schooldagen reaches a length.

use super::{Blik, Reeksen, Vuur};

pub(super) fn evaluate(stappen: &[u32], blik: &Blik<'_>, reeksen: &mut Reeksen, vuur: &mut Vuur<'_>) {
    let kortste = stappen.first().copied().unwrap_or(u32::MAX);
    for reeks in reeksen.van(blik, kortste) {
        let Some(eerste) = reeks.first() else { continue };
        for (nummer, stap) in stappen.iter().enumerate().take_while(|(_, stap)| **stap as usize <= reeks.len()) {
            let Some(dag) = (*stap as usize).checked_sub(1).and_then(|plek| reeks.get(plek)) else { continue };
            if blik.beslist(dag.sd()) {
                let gaten = blik.gaten_vanaf(eerste.sd(), dag.sd());
                vuur.op(dag.sd(), eerste.sd(), *stap, nummer + 1, gaten);
            }
        }
    }
}
