//! The convenanten that the region adopted: which of them decides about a day.

use std::sync::{Arc, LazyLock};

use convenant::Convenant;
use domain::body::{DocumentSoort, Regiodocument};
use domain::period::Period;
use jiff::civil::Date;

use crate::Register;

/// The convenanten that the region adopted, each from its day, in order of day.
#[derive(Debug, Clone, Default)]
pub(crate) struct Convenanten {
    versies: Vec<(Date, Arc<Convenant>)>,
}

/// Under it nobody sees anything.
static NIEMAND: LazyLock<Convenant> = LazyLock::new(Convenant::default);

impl Convenanten {
    /// Reads the versions out of the region's documents. A version is checked before it is adopted; under one that cannot
    /// be read all the same nobody sees anything: the one before it may have allowed what this one took away.
    pub(crate) fn of<'a>(documents: impl Iterator<Item = (Period, &'a Regiodocument)>) -> Self {
        let adopted = documents.filter(|(_, document)| document.soort == DocumentSoort::Convenant);
        let read = |document: &Regiodocument| Convenant::lees(document.tekst.zichtbaar()).unwrap_or_default();
        let mut versies: Vec<(Date, Arc<Convenant>)> =
            adopted.map(|(valid, document)| (valid.from, Arc::new(read(document)))).collect();
        versies.sort_by_key(|(from, _)| *from);
        Convenanten { versies }
    }
}

impl Register {
    /// The convenant in force on a day: the last one adopted from that day or before. A region that never adopted one has
    /// the one it starts with; before its first one nobody sees anything.
    pub fn convenant(&self, op: Date) -> &Convenant {
        let versies = &self.convenanten.versies;
        if versies.is_empty() {
            return Convenant::standaard();
        }
        let in_force = versies.iter().rev().find(|(from, _)| *from <= op);
        in_force.map_or(&*NIEMAND, |(_, convenant)| convenant)
    }
}
