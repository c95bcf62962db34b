//! `kalendermaanden`: a run of consecutive schooldagen has lasted so many calendar months. The months may pass in a
//! holiday: no minimum number of schooldagen is asked.

use domain::period::{day_number, from_day_number, plus_months};

use super::{Blik, Reeks, Vuur};

/// The fewest days a calendar month has: before so many have passed, no date needs to be computed.
const KORTSTE_MAAND: u16 = 28;

pub(super) fn evaluate(maanden: u8, blik: &Blik<'_>, vuur: &mut Vuur<'_>) {
    let mut reeks = Reeks::default();
    let mut gevuurd = false;
    for dag in blik.stroom.dagen {
        let eerste = reeks.volgende(dag);
        gevuurd &= reeks.positie > 1;
        if gevuurd || dag.dag - eerste.dag < KORTSTE_MAAND * u16::from(maanden) {
            continue;
        }
        let vanaf = day_number(plus_months(from_day_number(i32::from(eerste.dag)), i32::from(maanden)));
        if i32::from(dag.dag) < vanaf {
            continue;
        }
        gevuurd = true;
        if blik.beslist(dag.dag) {
            vuur.op(dag, eerste.dag, reeks.positie, 0, blik.gaten(usize::from(eerste.sd), usize::from(dag.sd)));
        }
    }
}
