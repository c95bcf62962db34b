//! A course over time: stretches (enrolment, clock, offers) as bars, and what happened on one day as marks, each kind in
//! a row of its own.

use domain::Date;
use domain::calendar::datum;
use domain::period::{days_between, plus_days, schooljaar};

use super::{HEEL, Patroon, Tekening, Vlak, breed_en_smal, deel};
use crate::weergave::woorden::maand_kort;

/// Marks in one row; more would lie upon each other. The table has them all.
const MAX_TEKENS: usize = 120;
/// Bars in one row.
const MAX_STROKEN: usize = 60;

/// A shape for what happened on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Teken {
    /// Something was done or said.
    Rond,
    /// It was tried.
    Open,
    /// Something official.
    Ruit,
}

/// Something over a stretch of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strook {
    /// First day.
    pub van: Date,
    /// First day after it; `None`: it lasts.
    pub tot: Option<Date>,
    /// On the bar, where it fits.
    pub tekst: String,
    /// In words, with the days.
    pub uitleg: String,
}

/// Something on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Punt {
    /// The day.
    pub dag: Date,
    /// Its shape.
    pub teken: Teken,
    /// In words, with the day.
    pub uitleg: String,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rij {
    /// Its name.
    pub naam: &'static str,
    /// How its bars look.
    pub uiterlijk: (&'static str, Patroon),
    /// Bars.
    pub stroken: Vec<Strook>,
    /// Marks.
    pub punten: Vec<Punt>,
}

/// All rows between two days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tijdlijn {
    /// First day.
    pub van: Date,
    /// Last day (inclusive).
    pub tot_en_met: Date,
    /// The day that is looked at.
    pub op: Date,
    /// Rows, from the top.
    pub rijen: Vec<Rij>,
    /// All of it in one sentence.
    pub beschrijving: String,
}

const RIJ: i32 = 46;
const KOP: i32 = 26;

impl Tijdlijn {
    /// The drawing.
    pub fn svg(&self) -> String {
        breed_en_smal(HEEL, |breed, klasse| self.teken(breed, klasse))
    }

    fn teken(&self, breed: i32, klasse: &str) -> String {
        let rows = i32::try_from(self.rijen.len()).unwrap_or(1);
        let hoog = KOP + rows * RIJ + 8;
        let mut t = Tekening::new(breed, hoog, &format!("tijdlijn-{klasse}"), "Tijdlijn", &self.beschrijving);
        let days = days_between(self.van, self.tot_en_met).max(1);
        let x = |dag: Date| 4 + deel(breed - 8, days_between(self.van, dag).clamp(0, days), days);
        for (dag, tekst) in self.streepjes(breed) {
            t.lijn((x(dag), KOP - 6), (x(dag), hoog - 6), "is-hulplijn");
            t.tekst(x(dag) + 3, 14, "is-begin is-klein", &tekst);
        }
        for (place, rij) in (0..).zip(&self.rijen) {
            let y = KOP + place * RIJ;
            t.tekst(4, y + 12, "is-begin is-rijnaam", rij.naam);
            rij.teken(&mut t, y + 17, x, breed);
        }
        t.met_uitleg(&format!("{} (de dag waarop u kijkt)", datum(self.op)), |t| {
            t.lijn((x(self.op), KOP - 4), (x(self.op), hoog - 4), "is-vandaag");
            t.vorm(&format!("M{} {}h12l-6 8z", x(self.op) - 6, KOP - 8), "is-wijzer");
        });
        t.klaar(klasse)
    }

    /// Months where there is room for them, and school years where there is not.
    fn streepjes(&self, breed: i32) -> Vec<(Date, String)> {
        let days = days_between(self.van, self.tot_en_met).max(1);
        let per_month = breed * 30 / days;
        let months =
            std::iter::successors(Some(self.van.first_of_month()), |last| Some(plus_days(last.last_of_month(), 1)));
        let months = months.take_while(|month| *month <= self.tot_en_met).filter(|month| *month >= self.van).take(400);
        let step = if per_month >= 30 {
            1
        } else if per_month >= 12 {
            3
        } else {
            12
        };
        let shown = months.filter(|month| (month.month() + 4) % step == 0);
        shown.map(|month| (month, opschrift(month, step, per_month))).collect()
    }
}

fn opschrift(month: Date, step: i8, per_month: i32) -> String {
    if step == 12 {
        let year = schooljaar(month);
        return format!("{year}-{}", year.saturating_add(1));
    }
    let name = maand_kort(month);
    match month.month() {
        1 if per_month * i32::from(step) >= 64 => format!("{name} {}", month.year()),
        1 => month.year().to_string(),
        _ => name.to_owned(),
    }
}

impl Rij {
    fn teken(&self, t: &mut Tekening, y: i32, x: impl Fn(Date) -> i32, breed: i32) {
        let (kleur, patroon) = self.uiterlijk;
        for strook in self.stroken.iter().take(MAX_STROKEN) {
            let from = x(strook.van);
            let to = strook.tot.map_or(breed - 4, &x).max(from + 3);
            t.met_uitleg(&strook.uitleg, |t| {
                t.vlak(Vlak { x: from, y, breed: to - from, hoog: 20 }, kleur, patroon);
                let room = usize::try_from((to - from - 8) / 7).unwrap_or(0);
                if strook.tekst.chars().count() <= room && patroon == Patroon::Effen {
                    t.tekst(from + 5, y + 14, "is-begin is-op-strook", &strook.tekst);
                }
            });
        }
        for punt in self.punten.iter().rev().take(MAX_TEKENS) {
            t.met_uitleg(&punt.uitleg, |t| teken(t, punt.teken, x(punt.dag), y + 10));
        }
    }
}

fn teken(t: &mut Tekening, teken: Teken, x: i32, y: i32) {
    match teken {
        Teken::Rond => t.vorm(&format!("M{} {y}a7 7 0 1 0 14 0a7 7 0 1 0-14 0z", x - 7), "is-punt"),
        Teken::Open => t.vorm(&format!("M{} {y}a6 6 0 1 0 12 0a6 6 0 1 0-12 0z", x - 6), "is-punt-open"),
        Teken::Ruit => t.vorm(&format!("M{x} {}l8 8-8 8-8-8z", y - 8), "is-punt"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn tijdlijn(van: Date, tot_en_met: Date) -> Tijdlijn {
        let strook = |van, tot| Strook { van, tot, tekst: "school".into(), uitleg: "van tot".into() };
        let stroken = vec![strook(date(2010, 1, 1), Some(date(2025, 12, 1))), strook(date(2026, 1, 5), None)];
        let punt = Punt { dag: date(2026, 2, 1), teken: Teken::Ruit, uitleg: "melding".into() };
        let rij = Rij { naam: "School", uiterlijk: ("is-partij-a", Patroon::Effen), stroken, punten: vec![punt; 500] };
        Tijdlijn { van, tot_en_met, op: tot_en_met, rijen: vec![rij], beschrijving: String::new() }
    }

    #[test]
    fn what_lies_outside_is_drawn_at_the_edge_and_much_is_bounded() {
        let svg = tijdlijn(date(2025, 8, 1), date(2026, 3, 20)).teken(760, "is-breed");
        assert!(!svg.contains("x=\"-") && !svg.contains("width=\"-"), "{svg}");
        assert_eq!(svg.matches("is-punt").count(), MAX_TEKENS);
    }

    #[test]
    fn a_short_time_has_months_and_a_long_one_school_years() {
        let names = |van, tot| tijdlijn(van, tot).streepjes(760).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
        let short = names(date(2025, 11, 1), date(2026, 3, 20));
        assert_eq!(short, ["nov", "dec", "jan 2026", "feb", "mrt"]);
        let long = names(date(2015, 8, 1), date(2026, 3, 20));
        assert_eq!((long.len(), long[0].as_str()), (11, "2015-2016"));
    }
}
