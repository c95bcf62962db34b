//! The numbers in the law, each with its rule and the days on which it holds.

use jiff::civil::Date;

use super::catalogus::{R1, R2, R3, R4, R5, R24};
use crate::finding::Citation;

/// A number that a rule fixes, through time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter<T: 'static> {
    /// Where it stands.
    pub citation: Citation,
    /// As far back as the register can look.
    oorspronkelijk: T,
    /// Later values with the first day on which each holds, oldest first.
    wijzigingen: &'static [(Date, T)],
}

impl<T: Copy> Parameter<T> {
    /// A number that no change of law within the years of the register touched.
    const fn vast(citation: Citation, waarde: T) -> Self {
        Parameter { citation, oorspronkelijk: waarde, wijzigingen: &[] }
    }

    /// The value on a day.
    pub fn op(&self, dag: Date) -> T {
        let changed = self.wijzigingen.iter().rev().find(|(vanaf, _)| *vanaf <= dag);
        changed.map_or(self.oorspronkelijk, |(_, waarde)| *waarde)
    }
}

/// Age at which leerplicht begins the month after, in years.
pub const LEERPLICHT_VANAF: Parameter<i16> = Parameter::vast(R1.citation, 5);
/// Age that is reached in the last school year of leerplicht.
pub const LEERPLICHT_LAATSTE_LEEFTIJD: Parameter<i16> = Parameter::vast(R2.citation, 16);
/// Full school years after which leerplicht ends; primary school always counts for eight at least.
pub const LEERPLICHT_SCHOOLJAREN: Parameter<u8> = Parameter::vast(R2.citation, 12);
/// Birthday on which kwalificatieplicht ends.
pub const KWALIFICATIEPLICHT_TOT: Parameter<i16> = Parameter::vast(R3.citation, 18);
/// Age from which a youth has a duty of attendance of their own.
pub const EIGEN_PLICHT_VANAF: Parameter<i16> = Parameter::vast(R4.citation, 12);
/// Birthday until which a young pupil may stay away some hours.
pub const URENVRIJSTELLING_TOT: Parameter<i16> = Parameter::vast(R24.citation, 6);
/// Hours a week by mere notice to the head.
pub const URENVRIJSTELLING_MEDEDELING: Parameter<u8> = Parameter::vast(R24.citation, 5);
/// Hours a week that the head may grant on top, at most.
pub const URENVRIJSTELLING_HOOFD: Parameter<u8> = Parameter::vast(R24.citation, 5);
/// Hours of unauthorised absence at which a school must report (at least this many).
pub const MELDING_UREN: Parameter<u8> = Parameter::vast(R5.citation, 16);
/// Consecutive lesweken within which these hours are counted.
pub const MELDING_LESWEKEN: Parameter<u8> = Parameter::vast(R5.citation, 4);

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_change_of_law_holds_from_its_first_day() {
        const WIJZIGINGEN: &[(Date, i16)] = &[(date(2027, 8, 1), 6), (date(2029, 8, 1), 7)];
        let changed = Parameter { wijzigingen: WIJZIGINGEN, ..LEERPLICHT_VANAF };
        for (dag, expected) in [
            (date(2026, 3, 3), 5),
            (date(2027, 7, 31), 5),
            (date(2027, 8, 1), 6),
            (date(2029, 7, 31), 6),
            (date(2030, 1, 1), 7),
        ] {
            assert_eq!(changed.op(dag), expected, "{dag}");
        }
    }
}
