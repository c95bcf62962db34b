//! Terms: so many days, weeks, months, working days or school days after (or before) a day, under the rules of the
//! Algemene termijnenwet where these apply.

use jiff::civil::Date;

use super::school::Schoolkalender;
use super::werkdagen::Werkdagen;
use crate::finding::Gap;
use crate::period::{plus_days, plus_months};

/// What a term is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Eenheid {
    /// Calendar days (`kd`).
    Dagen,
    /// Weeks of seven calendar days.
    Weken,
    /// Calendar months; the day is clamped to the end of the month.
    Maanden,
    /// Working days (`wd`).
    Werkdagen,
    /// School days of the school concerned (`sd`).
    Schooldagen,
}

/// Under which rules the end of a term is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stelsel {
    /// Set in a law: the Algemene termijnenwet moves the end where needed.
    Wettelijk,
    /// A norm or an agreement of the region: the end stays where the count brings it.
    Afgesproken,
}

/// A term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Termijn {
    /// How many.
    pub aantal: u16,
    /// Of what.
    pub eenheid: Eenheid,
    /// Under which rules.
    pub stelsel: Stelsel,
}

/// The calendars a term may need.
#[derive(Debug, Clone, Copy)]
pub struct Kalenders<'a> {
    /// For working days.
    pub werkdagen: &'a Werkdagen,
    /// For the school days of the school concerned.
    pub school: &'a Schoolkalender,
}

impl Termijn {
    /// A term that a law sets.
    pub const fn wettelijk(aantal: u16, eenheid: Eenheid) -> Self {
        Termijn { aantal, eenheid, stelsel: Stelsel::Wettelijk }
    }

    /// A term that a norm or the region sets.
    pub const fn afgesproken(aantal: u16, eenheid: Eenheid) -> Self {
        Termijn { aantal, eenheid, stelsel: Stelsel::Afgesproken }
    }

    /// The last day of the term that starts with an event. The day after the event is the first day of the term; due
    /// on the last day is still in time.
    ///
    /// # Errors
    /// For a term in school days: the first day on the way about which the school calendar knows nothing.
    pub fn laatste_dag(&self, na: Date, kalenders: Kalenders<'_>) -> Result<Date, Gap> {
        let Kalenders { werkdagen, school } = kalenders;
        let aantal = i32::from(self.aantal);
        let counted = match self.eenheid {
            Eenheid::Dagen => plus_days(na, aantal),
            Eenheid::Weken => plus_days(na, 7 * aantal),
            Eenheid::Maanden => plus_months(na, aantal),
            Eenheid::Werkdagen => werkdagen.nde_na(na, self.aantal),
            Eenheid::Schooldagen => school.nde_na(na, u32::from(self.aantal))?,
        };
        if !self.termijnenwet_geldt() {
            return Ok(counted);
        }
        let mut last = counted;
        // Art. 2: a term of three days or more holds at least two working days.
        if self.duurt_drie_dagen() && werkdagen.tel_na(na, last, 2) < 2 {
            last = werkdagen.nde_na(na, 2);
        }
        // Art. 1: it does not end on a Saturday, a Sunday or a public holiday.
        Ok(werkdagen.eerste_vanaf(last))
    }

    /// The last day on which something is still done this long before an event: "at least a month before", "two days
    /// before". Counted backwards, so the Algemene termijnenwet moves nothing (art. 1 lid 2).
    ///
    /// # Errors
    /// For a term in school days: the first day on the way about which the school calendar knows nothing.
    pub fn uiterlijk_voor(&self, gebeurtenis: Date, kalenders: Kalenders<'_>) -> Result<Date, Gap> {
        let aantal = i32::from(self.aantal);
        match self.eenheid {
            Eenheid::Dagen => Ok(plus_days(gebeurtenis, -aantal)),
            Eenheid::Weken => Ok(plus_days(gebeurtenis, -7 * aantal)),
            Eenheid::Maanden => Ok(plus_months(gebeurtenis, -aantal)),
            Eenheid::Werkdagen => Ok(kalenders.werkdagen.nde_voor(gebeurtenis, self.aantal)),
            Eenheid::Schooldagen => kalenders.school.nde_voor(gebeurtenis, u32::from(self.aantal)),
        }
    }

    /// Whether the Algemene termijnenwet moves the end: a term of law in days, weeks or months that is not longer than
    /// 90 days, twelve weeks or three months (art. 4). Terms in hours have no unit here: they are never moved.
    pub fn termijnenwet_geldt(&self) -> bool {
        self.stelsel == Stelsel::Wettelijk
            && match self.eenheid {
                Eenheid::Dagen => self.aantal <= 90,
                Eenheid::Weken => self.aantal <= 12,
                Eenheid::Maanden => self.aantal <= 3,
                Eenheid::Werkdagen => true,
                // The end is a school day already, and a school day may well be Goede Vrijdag.
                Eenheid::Schooldagen => false,
            }
    }

    fn duurt_drie_dagen(&self) -> bool {
        match self.eenheid {
            Eenheid::Dagen | Eenheid::Werkdagen | Eenheid::Schooldagen => self.aantal >= 3,
            Eenheid::Weken | Eenheid::Maanden => self.aantal >= 1,
        }
    }

    /// In words: "6 weken", "1 werkdag".
    pub fn in_woorden(&self) -> String {
        let (een, meer) = match self.eenheid {
            Eenheid::Dagen => ("dag", "dagen"),
            Eenheid::Weken => ("week", "weken"),
            Eenheid::Maanden => ("maand", "maanden"),
            Eenheid::Werkdagen => ("werkdag", "werkdagen"),
            Eenheid::Schooldagen => ("schooldag", "schooldagen"),
        };
        format!("{} {}", self.aantal, if self.aantal == 1 { een } else { meer })
    }
}
