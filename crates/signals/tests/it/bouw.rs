//! Builders: a child's rows as a story, a protocol as a table of rules, and the way through the engine.

use std::collections::BTreeSet;

use domain::Date;
use domain::period::{Period, day_number, from_day_number};
use domain::verzuim::{Duur, Rij, VerzuimSoort};
use signals::axis::{Axes, Dagen, Dagtaken, Eerder, Leerling};
use signals::compiled::Compiled;
use signals::engine::evaluate_all;
use signals::protocol::{self, Protocol};
use signals::rows::Rows;

use crate::oracle::{Kind, School, Vuur};

/// The number of a day written as jjjj-mm-dd.
pub fn dag(tekst: &str) -> u16 {
    u16::try_from(day_number(tekst.parse::<Date>().unwrap())).unwrap()
}

/// The day as jjjj-mm-dd.
pub fn datum(dag: u16) -> String {
    from_day_number(i32::from(dag)).to_string()
}

/// A school that is open Monday to Friday from `van` up to and including `tot`, except in the given spans.
pub fn school(van: &str, tot: &str, vrij: &[(&str, &str)]) -> School {
    let gesloten = |d: &u16| vrij.iter().any(|(van, tot)| (dag(van)..=dag(tot)).contains(d));
    let schooldagen: BTreeSet<u16> = (dag(van)..=dag(tot)).filter(|d| (d + 3) % 7 < 5 && !gesloten(d)).collect();
    School { bekend: schooldagen.clone(), schooldagen }
}

/// A child at school 0 on every day, with days of `dagtaak` hours.
pub fn kind(dagtaak: u8) -> Kind {
    Kind {
        assen: vec![vec![(0, u16::MAX, 0)]],
        rijen: Vec::new(),
        rooster: [Some(4 * dagtaak); 7],
        eigen_dagen: Default::default(),
        onbekend: BTreeSet::new(),
        bekend: BTreeSet::new(),
        eerder: Vec::new(),
    }
}

impl Kind {
    /// Away for so many quarters on a day (63 or more: the whole day), at school 0.
    pub fn weg(self, op: &str, soort: VerzuimSoort, kwartieren: u8) -> Self {
        self.weg_bij(0, op, soort, kwartieren)
    }

    /// The same at another school.
    pub fn weg_bij(mut self, school: usize, op: &str, soort: VerzuimSoort, kwartieren: u8) -> Self {
        let duur = if kwartieren > 62 { Duur::Dag } else { Duur::Kwartieren(kwartieren) };
        let lesuur = 1 + (self.rijen.len() % 8) as u8;
        self.rijen.push((Rij { dag: dag(op), lesuur, duur, soort }, school));
        self
    }

    /// Away all day on every day of the span (also in weekends: such rows must not count).
    pub fn hele_dagen(mut self, van: &str, tot: &str, soort: VerzuimSoort) -> Self {
        for d in dag(van)..=dag(tot) {
            self.rijen.push((Rij { dag: d, lesuur: 0, duur: Duur::Dag, soort }, 0));
        }
        self
    }

    /// Away for so many hours on each of the days.
    pub fn uren(self, dagen: &[&str], soort: VerzuimSoort, uren: u8) -> Self {
        dagen.iter().fold(self, |kind, op| kind.weg(op, soort, 4 * uren))
    }
}

/// A protocol with these rules; each rule is the lines of its form, everything else is filled in.
pub fn protocol(regels: &[&str]) -> Protocol {
    let mut tekst = "titel = \"proef\"\nregio = \"proef\"\ngeldig_vanaf = 2025-08-01\n".to_owned();
    for (nummer, regel) in regels.iter().enumerate() {
        let naam = if regel.contains("naam =") { String::new() } else { format!("naam = \"regel {nummer}\"\n") };
        tekst.push_str(&format!(
            "[[regel]]\n{naam}zin = \"z\"\nbron = \"b\"\naan = true\nwie = [\"mentor\"]\n{regel}\n"
        ));
    }
    protocol::lees(&tekst).unwrap_or_else(|fouten| panic!("{tekst}\n{fouten:?}"))
}

/// The axes and rows of one child, as the engine wants them.
pub fn bouw(scholen: &[School], kinderen: &[Kind]) -> (Axes, Rows) {
    let mut axes = Axes::default();
    for school in scholen {
        let schooldagen: Dagen = school.schooldagen.iter().copied().collect();
        let bekend: Dagen = school.bekend.iter().copied().collect();
        let volledig = school.bekend.is_superset(&school.schooldagen);
        axes.add_school(&schooldagen, (!volledig).then_some(&bekend));
    }
    let (mut van_spoor, mut rijen) = (Vec::new(), Vec::new());
    for (nummer, kind) in kinderen.iter().enumerate() {
        // The same length on every weekday is said in the short way, as bare files do.
        let mut dagtaken = match kind.rooster {
            [Some(vast), rest @ ..] if rest == [Some(vast); 6] => Dagtaken::altijd(vast),
            rooster => Dagtaken::default().vanaf(0, rooster),
        };
        for (dag, kwartieren) in &kind.eigen_dagen {
            dagtaken = dagtaken.op_dag(*dag, *kwartieren);
        }
        let dagtaken = axes.add_dagtaken(dagtaken);
        let periode = |van: u16, tot: u16| Period {
            from: from_day_number(i32::from(van)),
            until: (tot < u16::MAX).then(|| from_day_number(i32::from(tot))),
        };
        let inschrijvingen =
            kind.assen.iter().flatten().map(|(van, tot, school)| (periode(*van, *tot), *school as u32)).collect();
        let sporen = axes.add_leerling(&Leerling {
            nummer: nummer as u32,
            inschrijvingen,
            dagtaken,
            onbekend: kind.onbekend.iter().copied().collect(),
            bekend: kind.bekend.iter().copied().collect(),
            eerder: kind.eerder.iter().map(|(regel, dag)| Eerder { regel: regel.clone(), dag: *dag }).collect(),
        });
        for (rij, school) in &kind.rijen {
            if let Some(spoor) = axes.spoor(sporen.clone(), rij.dag, *school as u32) {
                van_spoor.push(spoor);
                rijen.push(rij.pack());
            }
        }
    }
    let rows = Rows::group(axes.sporen(), &van_spoor, &rijen);
    (axes, rows)
}

/// Versions with the number of the day they were adopted, compiled.
pub fn compileer(versies: &[(u16, Protocol)]) -> Compiled {
    let versies: Vec<(Date, &Protocol)> =
        versies.iter().map(|(van, protocol)| (from_day_number(i32::from(*van)), protocol)).collect();
    Compiled::adopted(&versies)
}

/// What the engine finds, per child.
pub fn engine(scholen: &[School], kinderen: &[Kind], versies: &[(u16, Protocol)], threads: usize) -> Vec<Vec<Vuur>> {
    let (axes, rows) = bouw(scholen, kinderen);
    let uitkomst = evaluate_all(&rows, &axes, &compileer(versies), threads);
    let mut per_kind = vec![Vec::new(); kinderen.len()];
    for firing in &uitkomst.firings {
        per_kind[firing.leerling as usize].push(Vuur {
            versie: usize::from(firing.versie),
            regel: usize::from(firing.regel),
            dag: firing.dag,
            trap: usize::from(firing.trap),
            waarde: u32::from(firing.waarde),
            van: firing.van,
            gaten: firing.gaten,
        });
    }
    for lijst in &mut per_kind {
        lijst.sort();
    }
    per_kind
}
