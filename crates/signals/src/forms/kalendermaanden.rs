//! `kalendermaanden`: a run of consecutive schooldagen has lasted so many calendar months. The months may pass in a
//! holiday: no minimum number of schooldagen is asked.

use domain::period::{day_number, from_day_number, plus_months};

use super::{Blik, Reeksen, Vuur};

/// The fewest days a calendar month has: before so many have passed, no date needs to be computed.
const KORTSTE_MAAND: u16 = 28;

pub(super) fn evaluate(maanden: u8, blik: &Blik<'_>, reeksen: &mut Reeksen, vuur: &mut Vuur<'_>) {
    for reeks in reeksen.van(blik, 2) {
        let [eerste, .., laatste] = reeks else { continue };
        let begin = blik.tafel.dag(eerste.sd());
        if blik.tafel.dag(laatste.sd()) - begin < KORTSTE_MAAND * u16::from(maanden) {
            continue;
        }
        let vanaf = day_number(plus_months(from_day_number(i32::from(begin)), i32::from(maanden)));
        let plek = reeks.partition_point(|dag| i32::from(blik.tafel.dag(dag.sd())) < vanaf);
        if let Some(dag) = reeks.get(plek).filter(|dag| blik.beslist(dag.sd())) {
            let gaten = blik.gaten(usize::from(eerste.sd()), dag.sd());
            vuur.op(dag.sd(), eerste.sd(), plek as u32 + 1, 0, gaten);
        }
    }
}
