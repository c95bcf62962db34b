//! No child without a planted course comes near the opening of the clock, counted slowly from the files themselves.

use std::collections::{BTreeMap, BTreeSet};

use domain::Date;
use domain::body::Sector;
use domain::calendar::{Schoolkalender, Vakantieregio};
use domain::nummers::Vestigingscode;
use domain::period::{Period, from_day_number, monday, plus_months};
use domain::tekst::Tekst;
use domain::verzuim::{Duur, Rij, VerzuimSoort};
use jiff::civil::date;
use proefregio::Proefregio;

use crate::{Gelezen, KLEIN, VANDAAG, klein, lees};

/// Quarters of the roster per weekday, as the region file declares them.
fn week(sector: Option<Sector>) -> [u32; 5] {
    match sector {
        Some(Sector::Po | Sector::Sbo) => [22, 22, 14, 22, 22],
        Some(Sector::So) => [20, 20, 16, 20, 20],
        Some(Sector::Vso) => [24, 24, 20, 24, 24],
        _ => [28, 24, 24, 28, 24],
    }
}

/// One child: the roster, and per day the quarters missed and the quarters cancelled.
struct Jaar {
    week: [u32; 5],
    dagen: BTreeMap<Date, (u32, u32)>,
}

impl Jaar {
    fn rooster(&self, dag: Date) -> u32 {
        self.week[dag.weekday().to_monday_zero_offset().unsigned_abs() as usize]
    }

    /// Counts the rows of one delivery; of a day that was delivered twice the worse counts.
    fn tel(&mut self, rijen: &[u32]) {
        let mut here: BTreeMap<Date, (u32, u32)> = BTreeMap::new();
        for rij in rijen.iter().filter_map(|packed| Rij::unpack(*packed)) {
            let dag = from_day_number(i32::from(rij.dag));
            let quarters = match rij.duur {
                Duur::Dag => self.rooster(dag),
                Duur::Kwartieren(quarters) => u32::from(quarters),
            };
            let sums = here.entry(dag).or_default();
            match rij.soort {
                VerzuimSoort::Uitgestuurd => {}
                VerzuimSoort::Lesuitval | VerzuimSoort::VrijgesteldLes => sums.1 += quarters,
                _ => sums.0 += quarters,
            }
        }
        for (dag, (missed, cancelled)) in here {
            let sums = self.dagen.entry(dag).or_default();
            *sums = (sums.0.max(missed), sums.1.max(cancelled));
        }
    }

    /// The longest run of schooldagen without participation; a day that was cancelled as a whole counts along.
    fn longest_run(&self, schooldagen: &[Date]) -> usize {
        let gone = |dag: &Date| self.dagen.get(dag).is_some_and(|(missed, off)| missed + off >= self.rooster(*dag));
        schooldagen.split(|dag| !gone(dag)).map(<[Date]>::len).max().unwrap_or_default()
    }

    /// The lowest participation over four lesweken in a row, in percent. Every day without a row is taken as attended.
    fn least_participation(&self, schooldagen: &[Date]) -> u32 {
        let weeks: Vec<&[Date]> = schooldagen.chunk_by(|a, b| monday(*a) == monday(*b)).collect();
        weeks.windows(4).map(|weeks| self.participation(weeks)).min().unwrap_or(100)
    }

    fn participation(&self, weeks: &[&[Date]]) -> u32 {
        let (mut roster, mut missed) = (0, 0);
        for dag in weeks.iter().copied().flatten() {
            let (away, cancelled) = self.dagen.get(dag).copied().unwrap_or_default();
            let lessons = self.rooster(*dag).saturating_sub(cancelled);
            roster += lessons;
            missed += away.min(lessons);
        }
        (100 * (roster - missed)).checked_div(roster).unwrap_or(100)
    }
}

/// All children that stand in a delivery, those with a planted course left out.
fn gewone_kinderen(regio: &Proefregio, gelezen: &Gelezen) -> BTreeMap<(Vestigingscode, Tekst), Jaar> {
    let planted: BTreeSet<_> = regio.verhalen.iter().map(|verhaal| verhaal.leerlingnummer.as_str()).collect();
    let sectors: BTreeMap<_, _> = gelezen.scholen.iter().map(|school| (school.vestiging, school.sector)).collect();
    let mut found = BTreeMap::new();
    for leerling in gelezen.leveringen.iter().flat_map(|(_, verzuim, _)| &verzuim.leerlingen) {
        if !planted.contains(leerling.leerlingnummer.zichtbaar()) {
            let new = || Jaar { week: week(sectors[&leerling.vestiging]), dagen: BTreeMap::new() };
            let key = (leerling.vestiging, leerling.leerlingnummer.clone());
            found.entry(key).or_insert_with(new).tel(&leerling.rijen);
        }
    }
    found
}

fn check(regio: &Proefregio, gelezen: &Gelezen, vandaag: Date) {
    let kalender = Schoolkalender::van_regio(Vakantieregio::Noord);
    let year = Period::through(plus_months(vandaag, -12), vandaag);
    let schooldagen: Vec<Date> = kalender.schooldagen(year).collect();
    let delivered: BTreeMap<_, _> =
        gelezen.leveringen.iter().map(|(l, verzuim, _)| (l.vestiging, verzuim.levering.unwrap().periode)).collect();
    let found = gewone_kinderen(regio, gelezen);
    let (mut longest, mut least) = (0, 100);
    for ((school, leerling), jaar) in &found {
        let until = schooldagen.partition_point(|dag| Some(*dag) < delivered[school].until);
        let schooldagen = &schooldagen[..until];
        let (run, percent) = (jaar.longest_run(schooldagen), jaar.least_participation(schooldagen));
        assert!(run < 10, "{} on {vandaag}: {run} days in a row", leerling.zichtbaar());
        assert!(percent >= 50, "{} on {vandaag}: {percent} percent over four weeks", leerling.zichtbaar());
        (longest, least) = (longest.max(run), least.min(percent));
    }
    // The bounds are tried, not merely kept by children who are never away.
    assert!(found.len() > 2_000 && longest >= 7 && least < 70, "{} {longest} {least}", found.len());
}

#[test]
fn nobody_opens_a_clock_by_chance() {
    let (regio, gelezen) = &*KLEIN;
    check(regio, gelezen, VANDAAG);
    for vandaag in [date(2026, 11, 23), date(2026, 7, 20)] {
        let regio = klein(vandaag);
        check(&regio, &lees(&regio, vandaag), vandaag);
    }
}
