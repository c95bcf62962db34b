//! Use that stands out: many different children in an hour, or looking at night. It asks a question and answers none.

use std::collections::{BTreeMap, BTreeSet};

use domain::Timestamp;
use domain::calendar::uur_in_nederland;
use domain::ids::{LeerlingId, Subject};

use crate::logboek::Kijk;

/// Different children opened within an hour by one person from which it stands out.
pub const VEEL: usize = 30;
/// First hour of the night, as clocks in the Netherlands show it.
const NACHT_VANAF: i64 = 23;
/// First hour after the night.
const NACHT_TOT: i64 = 6;
const UUR: i64 = 60 * 60 * 1_000_000;

/// Something that stands out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opvallend {
    /// Who.
    pub wie: Subject,
    /// In which function.
    pub functie: String,
    /// When it began.
    pub sinds: Timestamp,
    /// Different children.
    pub kinderen: usize,
    /// Whether it was at night; else it was many in an hour.
    pub nacht: bool,
}

/// What stands out in these looks, newest first. A list that was shown counts for nothing by day: it names many children
/// at once, and nobody opened them.
pub fn opvallend(kijken: &[Kijk]) -> Vec<Opvallend> {
    let mut per_lezer: BTreeMap<Subject, Vec<&Kijk>> = BTreeMap::new();
    for kijk in kijken {
        per_lezer.entry(kijk.wie).or_default().push(kijk);
    }
    let mut found = Vec::new();
    for (wie, mut kijken) in per_lezer {
        kijken.sort_by_key(|kijk| kijk.moment);
        found.extend(veel(wie, &kijken));
        found.extend(nachten(wie, &kijken));
    }
    found.sort_by_key(|one| (std::cmp::Reverse(one.sinds), one.wie, one.nacht));
    found
}

/// Stretches of an hour in which somebody opened many children, one after the other.
fn veel(wie: Subject, kijken: &[&Kijk]) -> Vec<Opvallend> {
    let single: Vec<(&Kijk, LeerlingId)> = kijken
        .iter()
        .filter_map(|kijk| Some((*kijk, *kijk.leerlingen.first().filter(|_| kijk.leerlingen.len() == 1)?)))
        .collect();
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some((first, _)) = single.get(from) {
        let end = first.moment.as_microsecond().saturating_add(UUR);
        let within = single.iter().skip(from).take_while(|(kijk, _)| kijk.moment.as_microsecond() < end);
        let (mut kinderen, mut count) = (BTreeSet::new(), 0);
        within.for_each(|(_, leerling)| {
            kinderen.insert(*leerling);
            count += 1;
        });
        if kinderen.len() > VEEL {
            let functie = first.functie.clone();
            found.push(Opvallend { wie, functie, sinds: first.moment, kinderen: kinderen.len(), nacht: false });
            from += count;
        } else {
            from += 1;
        }
    }
    found
}

/// Nights in which somebody looked.
fn nachten(wie: Subject, kijken: &[&Kijk]) -> Vec<Opvallend> {
    let night = |kijk: &&&Kijk| {
        let (uur, _) = uur_in_nederland(kijk.moment);
        !(NACHT_TOT..NACHT_VANAF).contains(&uur)
    };
    let mut found: Vec<(Opvallend, i64, BTreeSet<LeerlingId>)> = Vec::new();
    for kijk in kijken.iter().filter(night) {
        let moment = kijk.moment.as_microsecond();
        match found.last_mut() {
            // A night is shorter than this, and so is what lies between two looks in it.
            Some((_, last, kinderen)) if moment - *last < 7 * UUR => {
                *last = moment;
                kinderen.extend(&kijk.leerlingen);
            }
            _ => {
                let functie = kijk.functie.clone();
                let one = Opvallend { wie, functie, sinds: kijk.moment, kinderen: 0, nacht: true };
                found.push((one, moment, kijk.leerlingen.iter().copied().collect()));
            }
        }
    }
    found.into_iter().map(|(one, _, kinderen)| Opvallend { kinderen: kinderen.len(), ..one }).collect()
}

#[cfg(test)]
mod tests {
    use domain::ids::MedewerkerId;

    use super::*;

    fn kijk(moment: &str, kinderen: &[u64]) -> Kijk {
        Kijk {
            moment: moment.parse().unwrap(),
            wie: MedewerkerId::new(1).into(),
            functie: "mentor".into(),
            wat: "dossier".into(),
            reden: "begeleiding".into(),
            leerlingen: kinderen.iter().map(|kind| LeerlingId::new(*kind)).collect(),
        }
    }

    fn gevonden(kijken: &[Kijk]) -> Vec<(bool, usize)> {
        opvallend(kijken).iter().map(|one| (one.nacht, one.kinderen)).collect()
    }

    #[test]
    fn many_children_in_an_hour_stand_out_and_a_list_does_not() {
        let ieder = |n: u64, step: i64| -> Vec<Kijk> {
            let begin = kijk("2026-03-03T09:00:00Z", &[]);
            let at = |one: u64| begin.moment + jiff::SignedDuration::from_secs(step * i64::try_from(one).unwrap());
            (0..n)
                .map(|one| Kijk { moment: at(one), leerlingen: vec![LeerlingId::new(one)], ..begin.clone() })
                .collect()
        };
        assert_eq!(gevonden(&ieder(30, 60)), []);
        assert_eq!(gevonden(&ieder(31, 60)), [(false, 31)]);
        assert_eq!(gevonden(&ieder(31, 121)), [], "spread over more than an hour");
        let lijst: Vec<u64> = (0..500).collect();
        assert_eq!(gevonden(&[kijk("2026-03-03T09:00:00Z", &lijst)]), []);
    }

    #[test]
    fn looking_at_night_stands_out_by_the_clock_of_the_netherlands() {
        for (moment, found) in [
            ("2026-03-03T21:59:00Z", vec![]),
            ("2026-03-03T22:00:00Z", vec![(true, 1)]),
            ("2026-03-04T04:59:00Z", vec![(true, 1)]),
            ("2026-03-04T05:00:00Z", vec![]),
            ("2026-07-03T21:00:00Z", vec![(true, 1)]),
        ] {
            assert_eq!(gevonden(&[kijk(moment, &[1])]), found, "{moment}");
        }
        let one_night = [kijk("2026-03-03T22:30:00Z", &[1]), kijk("2026-03-04T03:00:00Z", &[1, 2])];
        assert_eq!(gevonden(&one_night), [(true, 2)]);
        let two = [kijk("2026-03-03T22:30:00Z", &[1]), kijk("2026-03-04T22:30:00Z", &[1])];
        assert_eq!(gevonden(&two), [(true, 1), (true, 1)]);
    }
}
