//! Counting past days, and how much deliveries are worth.

use domain::period::{Period, plus_days};
use domain::verzuim::VerzuimSoort;
use register::telling::{Dekking, SCHOOLDAGEN, Stand};
use testkit::{SCHOOL, SCHOOL_TWEE, dag};

use crate::bouw::{SAM, dagrij, log, met, volledig, wie};

#[test]
fn a_child_is_counted_on_every_day_as_it_stood() {
    let mut log = log();
    log.leerling(SAM, SCHOOL, dag(2024, 8, 1), &wie("1", "de Boer"));
    let away = (0..140).map(|n| plus_days(dag(2026, 1, 12), n));
    let rows: Vec<u32> = away.map(|day| dagrij(day, VerzuimSoort::Ziek)).collect();
    let periode = Period::through(dag(2025, 8, 1), dag(2026, 5, 31));
    log.op(dag(2026, 6, 1)).levert(&met(volledig(SCHOOL, periode), SAM, &rows, &[]));
    let days = [dag(2026, 1, 5), dag(2026, 1, 19), dag(2026, 2, 1), dag(2026, 3, 1), dag(2026, 5, 1)];
    let counted = log.register.telrijen(SAM, &days);
    let stands: Vec<_> = counted.iter().map(|(dag, rij)| (*dag, rij.stand, rij.ziek)).collect();
    assert_eq!(
        stands,
        [
            (days[2], Stand::ZiekInOverleg, true),
            (days[3], Stand::ZiekInOverleg, true),
            (days[4], Stand::DrieMaandenVoorbij, true),
        ],
        "goes to school, then a flu that is no case yet, then the clock"
    );
    assert!(counted.iter().all(|(_, rij)| rij.leerling == SAM && rij.school == Some(SCHOOL) && !rij.passend));
    assert_eq!(log.register.telrijen(testkit::LEERLING, &days), []);
}

#[test]
fn a_school_is_complete_when_most_of_its_last_schooldagen_were_delivered() {
    let mut log = log();
    let on = dag(2026, 3, 20);
    let none = Dekking { schooldagen: SCHOOLDAGEN, geleverd: 0, tot_en_met: None };
    assert_eq!(log.register.dekking(SCHOOL, on), none);
    assert!(!none.is_volledig());
    // The spring holiday of Noord lies in it: of the 20 schooldagen up to 20 March those up to 13 March are 15.
    log.op(dag(2026, 3, 14)).levert(&volledig(SCHOOL, Period::through(dag(2025, 8, 1), dag(2026, 3, 13))));
    let dekking = log.register.dekking(SCHOOL, on);
    assert_eq!(dekking, Dekking { schooldagen: 20, geleverd: 15, tot_en_met: Some(dag(2026, 3, 13)) });
    assert_eq!((dekking.procent(), dekking.is_volledig()), (Some(75), false));
    log.op(dag(2026, 3, 17)).levert(&volledig(SCHOOL, Period::through(dag(2026, 3, 14), dag(2026, 3, 16))));
    assert!(log.register.dekking(SCHOOL, on).is_volledig());
    assert_eq!(log.register.dekking(SCHOOL, dag(2026, 1, 30)).tot_en_met, Some(dag(2026, 1, 30)));
    assert!(!log.register.dekking(SCHOOL_TWEE, on).is_volledig());
    assert_eq!(log.register.dekking(testkit::SWV, on).procent(), None, "no school");
}
