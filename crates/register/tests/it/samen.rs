//! Children that a person found to be one.

use domain::ids::LeerlingId;
use domain::period::Period;
use domain::status::StatusSoort;
use domain::verzuim::VerzuimSoort;
use proptest::prelude::*;
use register::Register;
use testkit::{SCHOOL, SCHOOL_TWEE, dag};

use crate::bouw::{DEAN, Log, NOOR, SAM, Wie, dagrij, log, met, volledig, wie};

fn drie() -> Log {
    let mut log = log();
    for (id, school, wie) in [(SAM, SCHOOL, boer("1")), (NOOR, SCHOOL_TWEE, boer("2")), (DEAN, SCHOOL, boer("3"))] {
        log.leerling(id, school, dag(2024, 8, 1), &wie);
    }
    log.op(dag(2026, 3, 2));
    log
}

fn boer(nummer: &'static str) -> Wie {
    wie(nummer, "de Boer")
}

fn kinderen(register: &Register) -> Vec<u64> {
    register.kinderen().map(|id| id.0.get()).collect()
}

#[test]
fn a_joined_pair_counts_once_and_withdrawal_parts_it() {
    let mut log = drie();
    assert_eq!(kinderen(&log.register), [11, 12, 13]);
    let samen = log.zelfde(NOOR, SAM);
    assert_eq!(kinderen(&log.register), [11, 13]);
    assert_eq!(log.register.zelfde(NOOR), [SAM, NOOR]);
    assert_eq!(log.register.samenvattingen(dag(2026, 3, 2), 1).len(), 2);
    log.trekt_in(NOOR, samen);
    assert_eq!(kinderen(&log.register), [11, 12, 13]);
    assert_eq!(log.register.samenvattingen(dag(2026, 3, 2), 1).len(), 3);
}

#[test]
fn chains_join_and_part_where_a_link_is_withdrawn() {
    let mut log = drie();
    let eerste = log.zelfde(SAM, NOOR);
    let tweede = log.zelfde(DEAN, NOOR);
    assert_eq!(kinderen(&log.register), [11]);
    assert_eq!(log.register.zelfde(DEAN), [SAM, NOOR, DEAN]);
    log.trekt_in(SAM, eerste);
    assert_eq!(kinderen(&log.register), [11, 12]);
    assert_eq!(log.register.zelfde(SAM), [SAM]);
    log.trekt_in(DEAN, tweede);
    assert_eq!(kinderen(&log.register), [11, 12, 13]);
}

#[test]
fn said_twice_it_holds_until_both_are_withdrawn() {
    let mut log = drie();
    let een = log.zelfde(SAM, NOOR);
    let twee = log.zelfde(NOOR, SAM);
    log.trekt_in(SAM, een);
    assert_eq!(kinderen(&log.register), [11, 13]);
    let weg = log.trekt_in(NOOR, twee);
    assert_eq!(kinderen(&log.register), [11, 12, 13]);
    log.trekt_in(NOOR, weg);
    assert_eq!(kinderen(&log.register), [11, 13], "a withdrawn withdrawal never was");
}

#[test]
fn a_child_stays_when_all_about_the_other_was_destroyed() {
    let mut log = log();
    log.leerling(NOOR, SCHOOL, dag(2024, 8, 1), &boer("2"));
    log.zelfde(NOOR, SAM);
    assert_eq!(kinderen(&log.register), [12]);
    assert!(log.register.samenvattingen(dag(2026, 3, 2), 1).contains_key(&NOOR));
    // What changes later is seen, whoever of the two it was said about.
    log.leerling(SAM, SCHOOL_TWEE, dag(2024, 8, 1), &boer("1"));
    assert_eq!(kinderen(&log.register), [11]);
    assert!(log.register.samenvattingen(dag(2026, 3, 2), 1).contains_key(&SAM));
}

#[test]
fn derivations_run_over_the_union() {
    let mut log = drie();
    let maart = Period::through(dag(2026, 3, 2), dag(2026, 3, 27));
    // Sam was written down twice at one school; half of the absence went to the wrong one of the two.
    let days: Vec<_> = (0..19).map(|n| domain::period::plus_days(dag(2026, 3, 2), n)).collect();
    let (even, odd): (Vec<_>, Vec<_>) = days.iter().partition(|day| day.day() % 2 == 0);
    let rows =
        |days: &[domain::Date]| days.iter().map(|day| dagrij(*day, VerzuimSoort::Ongeoorloofd)).collect::<Vec<_>>();
    let levering = met(volledig(SCHOOL, maart), SAM, &rows(&even), &[]);
    log.levert(&met(levering, DEAN, &rows(&odd), &[]));
    let on = dag(2026, 3, 20);
    let status = |log: &mut Log, id| log.register.samenvattingen(on, 1).get(&id).map(|s| s.status.soort);
    assert_ne!(status(&mut log, SAM), Some(StatusSoort::Thuiszittend));
    let samen = log.zelfde(DEAN, SAM);
    assert_eq!(log.rijen(DEAN, SCHOOL).len(), 19, "rows of one school are in one list");
    assert_eq!(status(&mut log, SAM), Some(StatusSoort::Thuiszittend));
    assert_eq!(status(&mut log, DEAN), None);
    log.trekt_in(DEAN, samen);
    assert_ne!(status(&mut log, SAM), Some(StatusSoort::Thuiszittend));
}

#[test]
fn the_same_row_under_both_names_counts_once() {
    let mut log = drie();
    let maart = Period::through(dag(2026, 3, 2), dag(2026, 3, 27));
    let laat = dagrij(dag(2026, 3, 3), VerzuimSoort::Ziek);
    let levering = met(volledig(SCHOOL, maart), SAM, &[laat], &[dag(2026, 3, 5)]);
    log.levert(&met(levering, DEAN, &[laat], &[dag(2026, 3, 5), dag(2026, 3, 6)]));
    log.zelfde(SAM, DEAN);
    assert_eq!(log.rijen(SAM, SCHOOL), [laat]);
    let rijen = log.register.timeline(SAM).unwrap().rijen;
    assert_eq!(rijen.per_school[0].afgewezen.len(), 2);
}

proptest! {
    #[test]
    fn it_does_not_matter_in_which_order_it_was_said(
        pairs in prop::collection::vec((1u64..7, 1u64..7), 0..8),
        turns in prop::collection::vec(any::<bool>(), 8),
        seed in any::<prop::sample::Index>(),
    ) {
        let build = |pairs: &[(u64, u64)]| {
            let mut log = log();
            for id in 1..7 {
                log.leerling(LeerlingId::new(id), SCHOOL, dag(2024, 8, 1), &boer("1"));
            }
            for (a, b) in pairs {
                log.zelfde(LeerlingId::new(*a), LeerlingId::new(*b));
            }
            (1..7).map(|id| log.register.zelfde(LeerlingId::new(id))).collect::<Vec<_>>()
        };
        let straight = build(&pairs);
        let mut other = pairs.clone();
        if !other.is_empty() {
            let by = seed.index(other.len());
            other.rotate_left(by);
        }
        for (pair, turn) in other.iter_mut().zip(&turns) {
            if *turn {
                *pair = (pair.1, pair.0);
            }
        }
        prop_assert_eq!(build(&other), straight);
    }
}
