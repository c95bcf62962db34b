//! How many signals people would get under a protocol, on rows that are there: alarms people can live with.

use register::historie::krijgt_los;
use signals::protocol::{Ontvanger, Protocol};

/// Above this many signals a week per mentor a protocol asks more than people can do.
pub const MAX_PER_MENTOR_PER_WEEK: f64 = 3.0;
/// Above this many signals a schooldag per verzuimcoördinator (in po the intern begeleider) likewise.
pub const MAX_PER_COORDINATOR_PER_DAG: f64 = 10.0;
/// Not every file names mentors: so many pupils per mentor are assumed, and said so.
pub const LEERLINGEN_PER_MENTOR: f64 = 25.0;
/// Schooldagen in a full week.
pub const SCHOOLDAGEN_PER_WEEK: f64 = 5.0;

/// A school of which the rows are there.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Omvang {
    /// Its pupils.
    pub leerlingen: f64,
    /// Schooldagen over which the rows lie; a school with none counts for nothing.
    pub dagen: f64,
}

/// What one kind of people gets at each school, and what they can do.
#[derive(Debug, Clone, PartialEq)]
pub struct Drukte {
    /// Who.
    pub wie: &'static str,
    /// Per what.
    pub per: &'static str,
    /// Signals per person per `per`, by number of the school.
    pub per_school: Vec<f64>,
    /// What they can do.
    pub hoogstens: f64,
}

impl Drukte {
    /// The school where they get most, with how many; `None` without schools.
    pub fn meeste(&self) -> Option<(usize, f64)> {
        self.per_school.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// The mean over schools.
    pub fn gemiddeld(&self) -> f64 {
        self.per_school.iter().sum::<f64>() / (self.per_school.len() as f64).max(1.0)
    }
}

/// The load of mentors and of verzuimcoördinatoren, by what fired: the number of the rule, that of the school, and how
/// often. Rules of which the signals are gathered into one message a day do not count.
pub fn bereken(
    protocol: &Protocol,
    scholen: &[Omvang],
    afgegaan: impl IntoIterator<Item = (usize, usize, u32)>,
) -> [Drukte; 2] {
    let (mut mentor, mut coordinator) = (vec![0.0; scholen.len()], vec![0.0; scholen.len()]);
    for (regel, school, aantal) in afgegaan {
        let (Some(regel), Some(per_mentor), Some(per_coordinator)) =
            (protocol.regels.get(regel), mentor.get_mut(school), coordinator.get_mut(school))
        else {
            continue;
        };
        let gaat_naar = |wie: &[Ontvanger]| f64::from(aantal) * f64::from(krijgt_los(regel, wie));
        *per_mentor += gaat_naar(&[Ontvanger::Mentor]);
        *per_coordinator += gaat_naar(&[Ontvanger::Verzuimcoordinator, Ontvanger::IbEr]);
    }
    for ((per_mentor, per_coordinator), school) in mentor.iter_mut().zip(&mut coordinator).zip(scholen) {
        let dagen = if school.dagen > 0.0 { school.dagen } else { f64::INFINITY };
        *per_mentor /= (school.leerlingen / LEERLINGEN_PER_MENTOR).max(1.0) * (dagen / SCHOOLDAGEN_PER_WEEK);
        *per_coordinator /= dagen;
    }
    [
        Drukte { wie: "mentor", per: "week", per_school: mentor, hoogstens: MAX_PER_MENTOR_PER_WEEK },
        Drukte {
            wie: "verzuimcoördinator",
            per: "schooldag",
            per_school: coordinator,
            hoogstens: MAX_PER_COORDINATOR_PER_DAG,
        },
    ]
}

/// One decimal, as people in the Netherlands write it.
pub fn komma(getal: f64) -> String {
    format!("{getal:.1}").replace('.', ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_load_is_per_person_and_per_day_that_was_delivered() {
        let protocol = signals::protocol::lees(signals::protocol::STANDAARD).unwrap();
        let mentor = |regel: &signals::protocol::Regel| !regel.verzamelen && regel.wie.contains(&Ontvanger::Mentor);
        let rule = protocol.regels.iter().position(mentor);
        let coordinator =
            |regel: &signals::protocol::Regel| !regel.verzamelen && regel.wie.contains(&Ontvanger::Verzuimcoordinator);
        let other = protocol.regels.iter().position(coordinator).unwrap();
        let scholen = [Omvang { leerlingen: 50.0, dagen: 10.0 }, Omvang { leerlingen: 50.0, dagen: 0.0 }];
        let fired = [(other, 0, 2), (other, 1, 1), (usize::MAX, 0, 1), (other, 9, 1)];
        let [_, found] = bereken(&protocol, &scholen, fired);
        assert_eq!(found.per_school, [0.2, 0.0]);
        assert_eq!(found.meeste(), Some((0, 0.2)));
        if let Some(rule) = rule {
            let [found, _] = bereken(&protocol, &scholen, [(rule, 0, 8)]);
            assert_eq!(found.per_school, [2.0, 0.0], "two mentors, two weeks, eight signals");
        }
        assert_eq!(komma(2.04), "2,0");
    }
}
