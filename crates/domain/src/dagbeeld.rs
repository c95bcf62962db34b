//! What schools delivered about one child's absence, and what it makes of each schooldag.

use std::sync::Arc;

use crate::ids::OrganisatieId;
use crate::period::Period;
use crate::verzuim::Rij;

/// Absence rows of one child as they stand, and the days for which a school delivered all it had.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verzuimrijen {
    /// Per school: its rows, sorted, and the periods of its complete deliveries.
    pub per_school: Vec<SchoolVerzuim>,
}

/// What one school delivered about one child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolVerzuim {
    /// The school site.
    pub school: OrganisatieId,
    /// Rows as they stand, packed (`Rij::pack`, and `Roosterdag::pack` where the school gave the timetable), ascending.
    pub rijen: Arc<[u32]>,
    /// Days for which a complete delivery stands: sorted, not touching. Shared by all pupils of the school.
    pub aangeleverd: Arc<[Period]>,
    /// Days of which a row of this child was refused: *onbekend*, whatever was delivered. Ascending day numbers.
    pub afgewezen: Arc<[u16]>,
}

impl SchoolVerzuim {
    /// Rows of one day (day number since 1 January 1970).
    pub fn op(&self, dag: u16) -> impl Iterator<Item = Rij> {
        let from = self.rijen.partition_point(|packed| (packed >> 16) < u32::from(dag));
        let rest = self.rijen.get(from..).unwrap_or_default();
        rest.iter()
            .take_while(move |packed| (**packed >> 16) == u32::from(dag))
            .filter_map(|packed| Rij::unpack(*packed))
    }
}
