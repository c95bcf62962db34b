//! The lessons behind a signal: a column a schoolday, a square a lesson, a whole day in one piece, weeks beside and under each other. What is filled
//! in counted.

use domain::Date;
use domain::period::{days_between, monday};
use domain::verzuim::VerzuimSoort;

use super::kalender::{Dagsoort, uiterlijk};
use super::{Patroon, Tekening, Vlak};

/// What counted of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vak {
    /// All of it, however many lessons that were.
    Dag(VerzuimSoort),
    /// The first lesson (from 1) of a stretch, and how many.
    Lessen(VerzuimSoort, u8, u8),
}

/// A day from Monday to Friday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesdag {
    /// Which.
    pub dag: Date,
    /// Whether there was school.
    pub school: bool,
    /// What counted.
    pub vakken: Vec<Vak>,
    /// In words.
    pub uitleg: String,
}

/// Days of one window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lessen {
    /// Tells the drawing apart from others on the page.
    pub naam: String,
    /// What it is.
    pub titel: String,
    /// All of it in one sentence.
    pub beschrijving: String,
    /// The days, in order.
    pub dagen: Vec<Lesdag>,
}

/// Weeks beside each other, so that a telephone shows them whole.
const NAAST: i32 = 4;
/// Lessons that a day has at least in the drawing.
const LESSEN: u8 = 6;
const BREED: i32 = 13;
const HOOG: i32 = 9;
const NAAD: i32 = 1;
const KOP: i32 = 16;
const TUSSEN: i32 = 9;
const DAGEN: [&str; 5] = ["m", "d", "w", "d", "v"];

impl Lessen {
    /// The drawing; empty without days.
    pub fn svg(&self) -> String {
        let (Some(first), Some(last)) = (self.dagen.first(), self.dagen.last()) else { return String::new() };
        let (week, blok) = (5 * (BREED + NAAD) + TUSSEN, KOP + i32::from(self.lessen()) * (HOOG + NAAD) + TUSSEN);
        let weeks = days_between(monday(first.dag), monday(last.dag)) / 7 + 1;
        let mut t = Tekening::new(
            NAAST * week - TUSSEN,
            (weeks + NAAST - 1) / NAAST * blok - TUSSEN,
            &self.naam,
            &self.titel,
            &self.beschrijving,
        );
        for dag in &self.dagen {
            let number = days_between(monday(first.dag), monday(dag.dag)) / 7;
            let column = i32::from(dag.dag.weekday().to_monday_zero_offset());
            let (x, y) = (number % NAAST * week + column * (BREED + NAAD), number / NAAST * blok);
            let name = usize::try_from(column).ok().and_then(|column| DAGEN.get(column)).copied().unwrap_or_default();
            t.tekst(x + BREED / 2, y + 11, "is-midden is-klein", name);
            t.met_uitleg(&dag.uitleg, |t| self.teken(t, dag, x, y + KOP));
        }
        t.klaar("is-lessen")
    }

    /// Lessons of the longest day.
    fn lessen(&self) -> u8 {
        let ends = self.dagen.iter().flat_map(|dag| &dag.vakken).map(|vak| match vak {
            Vak::Dag(_) => LESSEN,
            Vak::Lessen(_, les, aantal) => les + aantal - 1,
        });
        ends.max().unwrap_or(LESSEN).max(LESSEN)
    }

    fn teken(&self, t: &mut Tekening, dag: &Lesdag, x: i32, y: i32) {
        let lesson = |les: u8| Vlak { x, y: y + i32::from(les - 1) * (HOOG + NAAD), breed: BREED, hoog: HOOG };
        let look = |soort| {
            let (kleur, patroon, _) = uiterlijk(Dagsoort::Verzuim(soort, true));
            (kleur, patroon)
        };
        let whole = dag.vakken.iter().find_map(|vak| if let Vak::Dag(soort) = vak { Some(*soort) } else { None });
        if let Some(soort) = whole {
            // How many lessons a day has is not drawn: the row says that it was all of them.
            let (kleur, patroon) = look(soort);
            let all = i32::from(self.lessen()) * (HOOG + NAAD) - NAAD;
            return t.vlak(Vlak { hoog: all, ..lesson(1) }, kleur, patroon);
        }
        for les in 1..=self.lessen() {
            let counted = dag.vakken.iter().find_map(|vak| match vak {
                Vak::Lessen(soort, first, aantal) if (*first..first + aantal).contains(&les) => Some(*soort),
                _ => None,
            });
            let plain = if dag.school { "is-niets" } else { "is-vakantie" };
            let (kleur, patroon) = counted.map_or((plain, Patroon::Effen), look);
            t.vlak(lesson(les), kleur, patroon);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: i8, vakken: Vec<Vak>) -> Lesdag {
        Lesdag { dag: Date::constant(2026, 3, day), school: true, vakken, uitleg: format!("dag {day}") }
    }

    #[test]
    fn every_lesson_has_a_square_and_what_counted_is_filled_in() {
        let two = Vak::Lessen(VerzuimSoort::Ongeoorloofd, 3, 2);
        let last = Vak::Lessen(VerzuimSoort::Ongeoorloofd, 8, 1);
        let all = Vak::Dag(VerzuimSoort::Ongeoorloofd);
        let lessen = Lessen {
            naam: "lessen-1".to_owned(),
            titel: "Lessen".to_owned(),
            beschrijving: "Drie lessen en een dag.".to_owned(),
            dagen: vec![day(2, vec![two, last]), day(3, Vec::new()), day(9, vec![all])],
        };
        let svg = lessen.svg();
        assert_eq!(svg.matches("<title>dag ").count(), 3);
        assert_eq!(svg.matches("is-zonder-reden").count(), 3 + 1, "three lessons, and a whole day in one");
        assert_eq!(svg.matches("is-niets").count(), 2 * 8 - 3, "as many lessons as the longest day");
        let empty = Lessen { dagen: Vec::new(), ..lessen };
        assert_eq!(empty.svg(), "");
    }
}
