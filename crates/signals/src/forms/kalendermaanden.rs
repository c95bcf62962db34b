//! `kalendermaanden`: a run of consecutive schooldagen has lasted so many calendar months. The months may pass in a
//! holiday: no minimum number of schooldagen is asked.

use domain::period::{day_number, from_day_number, plus_months};

use super::{Blik, Reeksen, Vuur};
use crate::axis::KORTSTE_MAAND;

/// So many days lie between the first and the last of a run that lasts so many months: before that no date needs to be
/// computed.
pub(super) fn minstens(maanden: u8) -> u32 {
    KORTSTE_MAAND * u32::from(maanden)
}

/// The most days from the first to the last of a run.
pub(super) fn hoogste(blik: &Blik<'_>, reeksen: &mut Reeksen) -> u32 {
    let lang = reeksen.van(blik, 2).filter_map(|reeks| Some((reeks.first()?, reeks.last()?)));
    let duur = lang.map(|(eerste, laatste)| u32::from(blik.bundel.dag(laatste.sd()) - blik.bundel.dag(eerste.sd())));
    duur.max().unwrap_or(0)
}

pub(super) fn evaluate(maanden: u8, blik: &Blik<'_>, reeksen: &mut Reeksen, vuur: &mut Vuur<'_>) {
    for reeks in reeksen.van(blik, 2) {
        let [eerste, .., laatste] = reeks else { continue };
        let begin = blik.bundel.dag(eerste.sd());
        if u32::from(blik.bundel.dag(laatste.sd()) - begin) < minstens(maanden) {
            continue;
        }
        let vanaf = day_number(plus_months(from_day_number(i32::from(begin)), i32::from(maanden)));
        let plek = reeks.partition_point(|dag| i32::from(blik.bundel.dag(dag.sd())) < vanaf);
        if let Some(dag) = reeks.get(plek).filter(|dag| blik.beslist(dag.sd())) {
            let gaten = blik.gaten_vanaf(eerste.sd(), dag.sd());
            vuur.op(dag.sd(), eerste.sd(), plek as u32 + 1, 0, gaten);
        }
    }
}
