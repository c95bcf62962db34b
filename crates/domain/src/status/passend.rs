//! *Heeft passend aanbod volgens ouders en kind*: what every count of children at home stands beside. Less children at home
//! is no aim in itself (the pact).

use jiff::civil::Date;

use crate::finding::Finding;
use crate::klok;
use crate::rules::R60;
use crate::timeline::Timeline;

/// Whether on a day there is a written offer that parents with authority and child (from twelve on) all call *passend*;
/// it may have yet to begin.
pub fn passend(t: &Timeline, on: Date) -> Finding<bool> {
    let feiten = klok::passend(t, on);
    Finding::new(!feiten.is_empty()).because(feiten).under(R60.citation)
}
