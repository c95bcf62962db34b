//! Absence as a calendar: a small month at a time, so that it fits a telephone and a sheet of paper; a square a schoolday
//! with a letter and a pattern for each kind.

use domain::Date;
use domain::calendar::datum;
use domain::period::{days_between, monday, plus_days};
use domain::verzuim::VerzuimSoort;

use super::{Patroon, Tekening, Vlak};

/// What a day was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dagsoort {
    /// Nothing to show: at school, or nothing that the reader may see.
    Niets,
    /// Absence of a kind; whether of the whole day.
    Verzuim(VerzuimSoort, bool),
    /// No delivery covers it.
    Onbekend,
    /// A holiday of the region or the school.
    Vakantie,
    /// A public holiday, or another day off.
    Vrij,
    /// Staff work, pupils do not.
    Studiedag,
    /// Not enrolled.
    Buiten,
    /// Not yet.
    Later,
}

/// A day of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dag {
    /// Which.
    pub dag: Date,
    /// What it was; of several kinds the one that weighs most.
    pub soort: Dagsoort,
    /// Whether there was more than one kind.
    pub meer: bool,
    /// In words, with the day.
    pub uitleg: String,
}

/// A month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maand {
    /// Its first day.
    pub eerste: Date,
    /// Mondays to Fridays, and other days of which there is something to show.
    pub dagen: Vec<Dag>,
    /// All of it in one sentence.
    pub beschrijving: String,
}

/// How a day looks: class, pattern and letter.
pub fn uiterlijk(soort: Dagsoort) -> (&'static str, Patroon, &'static str) {
    use VerzuimSoort as S;
    match soort {
        Dagsoort::Niets => ("is-niets", Patroon::Effen, ""),
        Dagsoort::Onbekend => ("is-onbekend", Patroon::Onbekend, "?"),
        Dagsoort::Vakantie => ("is-vakantie", Patroon::Effen, ""),
        Dagsoort::Vrij => ("is-vakantie", Patroon::Effen, "-"),
        Dagsoort::Studiedag => ("is-vakantie", Patroon::Stip, "D"),
        Dagsoort::Buiten | Dagsoort::Later => ("is-buiten", Patroon::Effen, ""),
        Dagsoort::Verzuim(soort, _) => match soort {
            S::Ongeoorloofd => ("is-zonder-reden", Patroon::Schuin, "O"),
            S::Luxe => ("is-zonder-reden", Patroon::Ruit, "X"),
            S::ThuisOpVerzoekSchool => ("is-zonder-reden", Patroon::Staand, "T"),
            S::TeLaat => ("is-kort", Patroon::Stip, "L"),
            S::Uitgestuurd => ("is-kort", Patroon::Tegen, "U"),
            S::Ziek => ("is-ziek", Patroon::Liggend, "Z"),
            S::Geschorst => ("is-maatregel", Patroon::Tegen, "S"),
            S::Verwijderd => ("is-maatregel", Patroon::Ruit, "W"),
            S::Verlof => ("is-met-reden", Patroon::Staand, "V"),
            S::Vrijstelling => ("is-met-reden", Patroon::Ruit, "R"),
            S::VrijgesteldLes => ("is-met-reden", Patroon::Stip, "N"),
            S::AangepastRooster => ("is-met-reden", Patroon::Schuin, "A"),
            S::OverigGeoorloofd => ("is-met-reden", Patroon::Liggend, "G"),
            S::Lesuitval => ("is-vakantie", Patroon::Tegen, "E"),
        },
    }
}

const VAK: i32 = 28;
const TUSSEN: i32 = 3;
const KOP: i32 = 20;
const DAGEN: [&str; 7] = ["ma", "di", "wo", "do", "vr", "za", "zo"];

impl Maand {
    /// Its name ("september 2025").
    pub fn naam(&self) -> String {
        datum(self.eerste).split_once(' ').map(|(_, rest)| rest.to_owned()).unwrap_or_default()
    }

    /// The drawing.
    pub fn svg(&self) -> String {
        let weekend = self.dagen.iter().any(|dag| kolom(dag.dag) > 4);
        let columns = if weekend { 7 } else { 5 };
        let naam = format!("maand-{}-{}", self.eerste.year(), self.eerste.month());
        // All months are alike in size, so that squares are too.
        let (breed, hoog) = (7 * (VAK + TUSSEN), KOP + 6 * (VAK + TUSSEN));
        let mut t = Tekening::new(breed, hoog, &naam, &self.naam(), &self.beschrijving);
        for (column, naam) in (0..).zip(DAGEN).take(columns) {
            t.tekst(column * (VAK + TUSSEN) + VAK / 2, 13, "is-midden is-klein", naam);
        }
        for dag in &self.dagen {
            let row = days_between(monday(self.eerste), monday(dag.dag)) / 7;
            let (x, y) = (kolom(dag.dag) * (VAK + TUSSEN), KOP + row * (VAK + TUSSEN));
            t.met_uitleg(&dag.uitleg, |t| teken_dag(t, dag, x, y));
        }
        t.klaar("is-maand")
    }
}

/// The place of a day in its week, Monday first.
fn kolom(dag: Date) -> i32 {
    i32::from(dag.weekday().to_monday_zero_offset())
}

fn teken_dag(t: &mut Tekening, dag: &Dag, x: i32, y: i32) {
    let (kleur, patroon, letter) = uiterlijk(dag.soort);
    let vak = Vlak { x, y, breed: VAK, hoog: VAK };
    if let Dagsoort::Verzuim(_, false) = dag.soort {
        // Part of the day: the lower half.
        t.vlak(vak, "is-niets", Patroon::Effen);
        t.vlak(Vlak { y: y + VAK / 2, hoog: VAK / 2, ..vak }, kleur, patroon);
    } else {
        t.vlak(vak, kleur, patroon);
    }
    t.tekst(x + 3, y + 9, "is-dagnummer", &dag.dag.day().to_string());
    if !letter.is_empty() {
        let more = if dag.meer { "+" } else { "" };
        t.vorm(&format!("M{} {}h{}v13h-{}z", x + 7, y + 12, 15, 15), "is-letterveld");
        t.tekst(x + VAK / 2, y + 23, "is-letter", &format!("{letter}{more}"));
    }
}

/// The first days of the months that a stretch of days touches.
pub fn maanden(van: Date, tot_en_met: Date) -> impl Iterator<Item = Date> {
    let first = van.first_of_month();
    std::iter::successors(Some(first), |last| Some(plus_days(last.last_of_month(), 1)))
        .take_while(move |month| *month <= tot_en_met)
        .take(24)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_of_day_is_told_apart_without_colour() {
        let kinds = VerzuimSoort::ALL.map(|soort| Dagsoort::Verzuim(soort, true));
        let others = [Dagsoort::Niets, Dagsoort::Onbekend, Dagsoort::Vrij, Dagsoort::Studiedag];
        let letters: BTreeSet<&str> = kinds.iter().chain(&others).map(|soort| uiterlijk(*soort).2).collect();
        assert_eq!(letters.len(), kinds.len() + others.len(), "{letters:?}");
    }

    #[test]
    fn a_school_year_has_twelve_months_and_each_day_its_own_square() {
        let months: Vec<Date> = maanden(date(2025, 8, 1), date(2026, 7, 31)).collect();
        assert_eq!(months.len(), 12);
        let day = |n: i8| Dag { dag: date(2026, 3, n), soort: Dagsoort::Niets, meer: false, uitleg: format!("{n}") };
        let maand = Maand { eerste: date(2026, 3, 1), dagen: (2..=6).map(day).collect(), beschrijving: String::new() };
        assert_eq!(maand.naam(), "maart 2026");
        let svg = maand.svg();
        let places: BTreeSet<&str> =
            svg.split("<rect ").skip(1).filter_map(|rect| rect.split(" width").next()).collect();
        assert_eq!(places.len(), 5, "{svg}");
    }
}
