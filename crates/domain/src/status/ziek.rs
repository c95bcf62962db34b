//! *Ziek, onderwijs in overleg*: the clock runs while the child is ill; warnings go to the school only.

use jiff::civil::Date;

use crate::finding::Finding;
use crate::klok::{Label, klok};
use crate::region::Rules;
use crate::timeline::Timeline;

/// Ill for so long that a clock is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ZiekInOverleg {
    /// Start of the clock.
    pub sinds: Date,
}

/// Whether the clock that is open on a day is one of illness.
pub fn ziek_in_overleg(t: &Timeline, on: Date, r: &Rules) -> Finding<Option<ZiekInOverleg>> {
    klok(t, on, r).map(|klok| {
        klok.filter(|klok| klok.labels.contains(&Label::ZiekOnderwijsInOverleg))
            .map(|klok| ZiekInOverleg { sinds: klok.begin })
    })
}
