//! Days, statuses, exemptions, addresses and dossiers that were once read too well: each story is a way in which a child
//! went out of sight.

use std::sync::Arc;

use domain::Date;
use domain::dagbeeld::{DagDeelname, Dagbeeld, SchoolVerzuim, Verzuimrijen};
use domain::period::{Period, day_number};
use domain::status::{StatusSoort, status};
use domain::timeline::Timeline;
use domain::verzuim::{Duur, Rij, VerzuimSoort};
use testkit::{Kind, SCHOOL, dag, kind, regio};

/// At school for five weeks, until 6 February 2026.
fn sam() -> Kind {
    kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(SCHOOL, dag(2026, 1, 5), &".".repeat(25))
}

fn maandag() -> Date {
    dag(2026, 2, 9)
}

#[test]
fn more_rows_than_a_day_can_hold_add_up_to_a_whole_day_missed() {
    for soort in [VerzuimSoort::Ongeoorloofd, VerzuimSoort::Lesuitval] {
        let number = u16::try_from(day_number(maandag())).unwrap();
        let rij = Rij { dag: number, lesuur: 0, duur: Duur::Kwartieren(96), soort };
        let school = SchoolVerzuim {
            school: SCHOOL,
            rijen: vec![rij.pack(); 1_000].into(),
            aangeleverd: vec![Period::day(maandag())].into(),
            afgewezen: Arc::from([]),
        };
        let t = Timeline::new(sam().feiten().iter().cloned(), Verzuimrijen { per_school: vec![school] });
        let beeld = Dagbeeld::of(&t, maandag(), &regio());
        let there = beeld.vanaf(maandag()).iter().any(|dag| dag.deelname > DagDeelname::Onbekend);
        assert!(!there, "{soort:?}");
    }
}

fn soort(child: &Kind, on: Date) -> StatusSoort {
    status(&child.timeline(), on, &regio()).value.soort
}

#[test]
fn silence_is_not_going_to_school() {
    use StatusSoort::{GaatNaarSchool, NietBekend};
    let new = || kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1));
    let refused = new().dagen(SCHOOL, dag(2026, 1, 5), &"!".repeat(50));
    assert_eq!(soort(&refused, dag(2026, 3, 20)), NietBekend, "every row was refused");
    assert!(!status(&refused.timeline(), dag(2026, 3, 20), &regio()).gaps.is_empty());
    let one_day = new().dagen(SCHOOL, dag(2026, 3, 20), ".");
    assert_eq!(soort(&one_day, dag(2026, 3, 20)), NietBekend, "delivered today, and nothing before");
    for (tekens, expected) in [
        ("ooooo ooo??", NietBekend),
        ("o????", GaatNaarSchool),
        ("o???? ?....", GaatNaarSchool),
        ("o???? ??...", NietBekend),
        ("!!!!! .....", GaatNaarSchool),
        ("ooooo oooo.", GaatNaarSchool),
    ] {
        let child = sam().dagen(SCHOOL, maandag(), tekens);
        let last = if tekens.len() == 5 { dag(2026, 2, 13) } else { dag(2026, 2, 20) };
        assert_eq!(soort(&child, last), expected, "{tekens}");
    }
}
