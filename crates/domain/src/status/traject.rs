//! In traject: an accepted offer is being delivered.

use jiff::civil::Date;

use crate::fact::FactId;
use crate::finding::Finding;
use crate::klok::geleverd_aanbod;
use crate::region::Rules;
use crate::rules::R60;
use crate::timeline::Timeline;

/// An accepted offer is delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Traject {
    /// Which offer.
    pub aanbod: FactId,
    /// Since when it is delivered.
    pub vanaf: Date,
    /// Care only: learning has not begun.
    pub alleen_zorg: bool,
}

/// Whether an accepted offer is delivered on a day.
pub fn traject(t: &Timeline, on: Date, r: &Rules) -> Finding<Option<Traject>> {
    geleverd_aanbod(t, on, r).under(R60.citation)
}
