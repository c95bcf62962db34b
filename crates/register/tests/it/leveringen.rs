//! Deliveries, as they come out of the log.

use domain::Date;
use domain::ids::{LeerlingId, OrganisatieId};
use domain::period::{Period, day_number, from_day_number};
use proptest::prelude::*;
use register::{Levering, Wijzigingen};
use std::collections::BTreeMap;
use testkit::{SCHOOL, SCHOOL_TWEE, dag};

use crate::bouw::{DEAN, Log, NOOR, SAM, log, los, met, number, volledig, wie, ziek};

const MAART: Period = Period { from: Date::constant(2026, 3, 1), until: Some(Date::constant(2026, 4, 1)) };

fn in_maart(day: i8) -> Date {
    Date::constant(2026, 3, day)
}

fn drie() -> Log {
    let mut log = log();
    for (id, school, nummer) in [(SAM, SCHOOL, "1"), (NOOR, SCHOOL, "2"), (DEAN, SCHOOL_TWEE, "1")] {
        log.leerling(id, school, dag(2024, 8, 1), &wie(nummer, "de Boer"));
    }
    log.op(dag(2026, 4, 1));
    log
}

fn ziek_op(days: &[i8]) -> Vec<u32> {
    days.iter().map(|day| ziek(in_maart(*day))).collect()
}

/// Days of March on which Sam and Noor are away.
fn beide(sam: &[i8], noor: &[i8]) -> Levering {
    met(met(volledig(SCHOOL, MAART), SAM, &ziek_op(sam), &[]), NOOR, &ziek_op(noor), &[])
}

#[test]
fn a_then_b_then_a() {
    let (a, b) = (beide(&[2, 3], &[4]), beide(&[3, 5], &[]));
    let mut log = drie();
    for (levering, changed, sam, noor) in
        [(&a, 2, &[2, 3][..], &[4][..]), (&a, 0, &[2, 3], &[4]), (&b, 2, &[3, 5], &[]), (&a, 2, &[2, 3], &[4])]
    {
        assert_eq!(log.levert(levering).leerlingen.len(), changed);
        assert_eq!(log.rijen(SAM, SCHOOL), ziek_op(sam));
        assert_eq!(log.rijen(NOOR, SCHOOL), ziek_op(noor));
    }
}

#[test]
fn of_two_schools_each_speaks_for_itself() {
    let mut log = drie();
    log.leerling(SAM, SCHOOL_TWEE, dag(2026, 3, 16), &wie("8", "de Boer"));
    log.levert(&beide(&[2, 20], &[4]));
    log.levert(&met(volledig(SCHOOL_TWEE, MAART), SAM, &ziek_op(&[20, 23]), &[]));
    assert_eq!(log.rijen(SAM, SCHOOL), ziek_op(&[2, 20]));
    assert_eq!(log.rijen(SAM, SCHOOL_TWEE), ziek_op(&[20, 23]));
    log.levert(&volledig(SCHOOL_TWEE, MAART));
    assert_eq!(log.rijen(SAM, SCHOOL), ziek_op(&[2, 20]));
    assert_eq!(log.rijen(SAM, SCHOOL_TWEE), []);
}

#[test]
fn coverage_is_what_was_delivered_in_full() {
    let mut log = drie();
    log.levert(&los(SCHOOL, MAART));
    assert_eq!(log.register.aangeleverd(SCHOOL).len(), 0, "loose rows cover nothing");
    let week = |first, last| Period::through(in_maart(first), in_maart(last));
    for (period, expected) in [
        (week(2, 8), vec![week(2, 8)]),
        (week(16, 22), vec![week(2, 8), week(16, 22)]),
        (week(9, 15), vec![week(2, 22)]),
    ] {
        log.levert(&volledig(SCHOOL, period));
        assert_eq!(log.register.aangeleverd(SCHOOL).to_vec(), expected);
    }
    assert_eq!(log.register.aangeleverd(SCHOOL_TWEE).len(), 0);
}

#[test]
fn a_day_was_first_delivered_when_it_was_first_covered() {
    let mut log = drie();
    log.op(dag(2026, 3, 9)).levert(&volledig(SCHOOL, Period::through(in_maart(2), in_maart(8))));
    log.op(dag(2026, 4, 2)).levert(&volledig(SCHOOL, MAART));
    let first = |day| log.register.eerste_levering(SCHOOL, in_maart(day));
    assert_eq!(first(1), Some(dag(2026, 4, 2)));
    assert_eq!(first(8), Some(dag(2026, 3, 9)));
    assert_eq!(first(9), Some(dag(2026, 4, 2)));
    assert_eq!(log.register.eerste_levering(SCHOOL, dag(2026, 4, 1)), None);
}

#[test]
fn a_pupil_without_a_row_was_there_on_every_day_delivered() {
    let mut log = drie();
    log.levert(&beide(&[2], &[]));
    let rijen = log.register.timeline(NOOR).unwrap().rijen;
    assert_eq!(rijen.per_school.len(), 1);
    assert_eq!(rijen.per_school[0].aangeleverd.to_vec(), [MAART]);
    let beeld =
        domain::dagbeeld::Dagbeeld::of(&log.register.timeline(NOOR).unwrap(), in_maart(31), log.register.rules());
    let there = beeld.dagen.iter().filter(|day| day.deelname == domain::dagbeeld::DagDeelname::Heel).count();
    assert_eq!(there, 22, "schooldagen of March 2026");
}

#[test]
fn a_delivery_says_nothing_about_a_pupil_whom_the_register_did_not_know_yet() {
    let mut log = drie();
    log.levert(&beide(&[2], &[]));
    log.op(dag(2026, 4, 8));
    let laat = LeerlingId::new(77);
    log.leerling(laat, SCHOOL, dag(2026, 2, 1), &wie("9", "Visser"));
    let covered = |log: &Log, leerling| {
        let rijen = log.register.timeline_zonder_signalen(leerling).unwrap().rijen;
        rijen.per_school.iter().any(|school| school.school == SCHOOL && !school.aangeleverd.is_empty())
    };
    assert!(covered(&log, SAM) && !covered(&log, laat), "the rows of the late pupil were refused");
    assert!(!log.register.is_aangeleverd(SCHOOL, MAART), "so the same file again is news");
    log.op(dag(2026, 4, 9));
    log.levert(&beide(&[2], &[]));
    assert!(covered(&log, laat) && log.register.is_aangeleverd(SCHOOL, MAART));
}

#[test]
fn loose_rows_count_until_the_school_delivers_in_full() {
    let mut log = drie();
    let rows = ziek_op(&[2, 3]);
    assert_eq!(log.levert(&met(los(SCHOOL, MAART), SAM, &rows, &[])).leerlingen.len(), 1);
    assert_eq!(log.levert(&met(los(SCHOOL, MAART), SAM, &rows, &[])), Wijzigingen::default());
    log.levert(&met(los(SCHOOL, MAART), SAM, &ziek_op(&[4]), &[]));
    assert_eq!(log.rijen(SAM, SCHOOL), ziek_op(&[2, 3, 4]));
    log.levert(&met(volledig(SCHOOL, Period::through(in_maart(2), in_maart(3))), SAM, &ziek_op(&[3]), &[]));
    assert_eq!(log.rijen(SAM, SCHOOL), ziek_op(&[3, 4]));
    let late = log.levert(&met(los(SCHOOL, MAART), SAM, &ziek_op(&[2, 5]), &[]));
    assert_eq!(late.binnen_volledige, 0, "2 March is known already, as a loose row that does not count");
    let again = log.levert(&met(los(SCHOOL, MAART), NOOR, &ziek_op(&[2, 5]), &[]));
    assert_eq!(again.binnen_volledige, 1);
    assert_eq!((log.rijen(SAM, SCHOOL), log.rijen(NOOR, SCHOOL)), (ziek_op(&[3, 4, 5]), ziek_op(&[5])));
}

#[test]
fn a_refused_row_leaves_its_day_unknown_and_what_stood_stands() {
    let mut log = drie();
    let refused = |log: &Log| log.register.timeline(SAM).unwrap().rijen.per_school[0].afgewezen.to_vec();
    log.levert(&beide(&[2, 3], &[]));
    log.levert(&met(volledig(SCHOOL, MAART), SAM, &ziek_op(&[4]), &[in_maart(2)]));
    assert_eq!(log.rijen(SAM, SCHOOL), ziek_op(&[2, 4]));
    assert_eq!(refused(&log), [number(in_maart(2))]);
    log.levert(&met(los(SCHOOL, MAART), SAM, &[], &[in_maart(9)]));
    assert_eq!(refused(&log), [number(in_maart(2)), number(in_maart(9))]);
    log.levert(&beide(&[4], &[]));
    assert_eq!((log.rijen(SAM, SCHOOL), refused(&log)), (ziek_op(&[4]), vec![]));
}

/// A delivery: school, first day, number of days, and the days of March on which each of two pupils is away.
type Verteld = (bool, i8, i8, Vec<i8>, Vec<i8>);

fn verteld() -> impl Strategy<Value = Verteld> {
    let days = || prop::collection::btree_set(1i8..32, 0..6).prop_map(|days| days.into_iter().collect());
    (any::<bool>(), 1i8..28, 1i8..20, days(), days())
}

proptest! {
    #[test]
    fn what_stands_on_a_day_is_what_its_school_said_last(told in prop::collection::vec(verteld(), 1..10)) {
        let mut log = drie();
        log.leerling(SAM, SCHOOL_TWEE, dag(2024, 8, 1), &wie("8", "de Boer"));
        let mut expected: BTreeMap<(OrganisatieId, LeerlingId, i32), bool> = BTreeMap::new();
        for (first_school, from, length, sam, other) in &told {
            let (school, ander) = if *first_school { (SCHOOL, NOOR) } else { (SCHOOL_TWEE, DEAN) };
            let last = (*from + *length).min(31);
            let periode = Period::through(in_maart(*from), in_maart(last));
            let inside = |days: &[i8]| days.iter().copied().filter(|d| (*from..=last).contains(d)).collect::<Vec<_>>();
            let levering = met(volledig(school, periode), SAM, &ziek_op(&inside(sam)), &[]);
            log.levert(&met(levering, ander, &ziek_op(&inside(other)), &[]));
            for day in *from..=last {
                expected.insert((school, SAM, day_number(in_maart(day))), sam.contains(&day));
                expected.insert((school, ander, day_number(in_maart(day))), other.contains(&day));
            }
        }
        for (school, leerling) in [(SCHOOL, SAM), (SCHOOL_TWEE, SAM), (SCHOOL, NOOR), (SCHOOL_TWEE, DEAN)] {
            let away: Vec<u32> = expected
                .iter()
                .filter(|((s, l, _), away)| (*s, *l) == (school, leerling) && **away)
                .map(|((.., day), _)| ziek(from_day_number(*day)))
                .collect();
            prop_assert_eq!(log.rijen(leerling, school), away);
        }
    }
}
