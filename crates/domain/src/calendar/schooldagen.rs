//! School days of one school as a set of days.

use jiff::civil::Date;

use crate::period::Period;

/// School days of one school over a span that the calendar knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schooldagen {
    bekend: Period,
    dagen: std::collections::BTreeSet<Date>,
}

impl Schooldagen {
    /// The school days within the span that is known.
    pub fn of(bekend: Period, dagen: impl IntoIterator<Item = Date>) -> Self {
        Schooldagen { bekend, dagen: dagen.into_iter().collect() }
    }

    /// Whether it is a school day; `None` outside the span that is known.
    pub fn is_schooldag(&self, dag: Date) -> Option<bool> {
        self.bekend.contains(dag).then(|| self.dagen.contains(&dag))
    }
}
