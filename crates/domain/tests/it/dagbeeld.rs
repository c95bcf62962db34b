//! What each schooldag comes to.

use domain::body::{RijCorrectie, Rooster};
use domain::dagbeeld::{DagDeelname, Dagbeeld};
use domain::deelname::deelname;
use domain::finding::Gap;
use domain::verzuim::{Duur, VerzuimSoort};
use testkit::{DAG, Kind, SCHOOL, SCHOOL_TWEE, dag, kind, mentor, regio};

fn child(tekens: &str) -> Kind {
    kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2026, 3, 2)).dagen(SCHOOL, dag(2026, 3, 2), tekens)
}

fn days(child: &Kind) -> Vec<(DagDeelname, Option<u16>, u16)> {
    let beeld = Dagbeeld::of(&child.timeline(), dag(2026, 3, 6), &regio());
    beeld.dagen.iter().map(|dag| (dag.deelname, dag.rooster, dag.gerealiseerd)).collect()
}

#[test]
fn every_kind_counts_as_the_table_says() {
    use DagDeelname::{Deels, Geen, Heel, Onbekend};
    let hours = u16::from(DAG);
    let full = Some(hours);
    for (teken, expected) in [
        (".", (Heel, full, hours)),
        ("o", (Geen, full, 0)),
        ("z", (Geen, full, 0)),
        ("v", (Geen, full, 0)),
        ("g", (Geen, full, 0)),
        ("t", (Geen, full, 0)),
        ("a", (Geen, full, 0)),
        ("h", (Deels, full, hours / 2)),
        ("w", (Deels, full, hours - 4)),
        ("u", (Heel, full, hours)),
        ("?", (Onbekend, full, 0)),
        ("!", (Onbekend, full, 0)),
        // A loose whole-day row says enough; a loose hour does not.
        ("O", (Geen, full, 0)),
        ("H", (Onbekend, full, 0)),
    ] {
        assert_eq!(days(&child(teken)).first(), Some(&expected), "{teken}");
    }
    assert_eq!(days(&child("c....")).len(), 4, "a cancelled day is no schooldag of the child");
}

#[test]
fn a_correction_goes_before_the_delivery() {
    let corrected = |wordt| {
        let correctie = RijCorrectie { lesuur: 0, soort: VerzuimSoort::Ongeoorloofd, wordt, reden: "".into() };
        days(&child("o....").gebeurtenis(dag(2026, 3, 2), mentor(SCHOOL), correctie))[0].0
    };
    assert_eq!(corrected(None), DagDeelname::Heel);
    assert_eq!(corrected(Some((VerzuimSoort::TeLaat, Duur::Kwartieren(2)))), DagDeelname::Deels);
    assert_eq!(corrected(Some((VerzuimSoort::Ziek, Duur::Dag))), DagDeelname::Geen);
}

#[test]
fn without_hours_whole_days_count_and_percentages_are_a_gap() {
    let mut without = regio();
    without.scholen.values_mut().for_each(|school| school.uren.clear());
    let percent = |child: &Kind| {
        let found = deelname(&child.timeline(), dag(2026, 3, 6), 4, &without);
        let gap = found.gaps.iter().any(|gap| matches!(gap, Gap::Ontbreekt(_)));
        (found.value.last().and_then(|week| week.meting.procent()), gap)
    };
    assert_eq!(percent(&child("ooooo")), (Some(0), false));
    assert_eq!(percent(&child(".....")), (Some(100), false));
    assert_eq!(percent(&child("oo...")), (None, true));
    let beeld = Dagbeeld::of(&child("h....").timeline(), dag(2026, 3, 6), &without);
    assert_eq!(beeld.dagen[0].deelname, DagDeelname::Onbekend, "half of a day of unknown length");
    // The pupil's own roster goes before the hours of the school.
    let own = child("h....").toestand(dag(2026, 3, 2), mentor(SCHOOL), Rooster { kwartieren: [12, 0, 8, 8, 8, 0, 0] });
    assert_eq!(days(&own)[0], (DagDeelname::Deels, Some(12), 2));
    assert_eq!(days(&own).len(), 4, "no lessons on Tuesday");
}

#[test]
fn hours_delivered_for_the_day_go_first_and_those_of_another_school_never_count() {
    let day = |child: &Kind| (days(child)[0].1, days(child)[0].2);
    let delivered = child("h....").roosterdag(SCHOOL, dag(2026, 3, 2), 14);
    assert_eq!(day(&delivered), (Some(14), 4));
    let nothing = child("h....").roosterdag(SCHOOL, dag(2026, 3, 2), 0);
    assert_eq!(day(&nothing), (Some(20), 10), "no hours delivered is no roster");
    let other = child("h....").toestand(dag(2026, 3, 2), mentor(SCHOOL_TWEE), Rooster { kwartieren: [12; 7] });
    assert_eq!(day(&other), (Some(20), 10));
}

#[test]
fn a_roster_without_lessons_is_no_participation() {
    let never = child(".....").toestand(dag(2026, 3, 2), mentor(SCHOOL), Rooster { kwartieren: [0; 7] });
    assert!(days(&never).iter().all(|(deelname, ..)| *deelname == DagDeelname::Geen));
}

#[test]
fn participation_is_counted_per_lesweek() {
    let child = kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2026, 2, 9)).dagen(
        SCHOOL,
        dag(2026, 2, 9),
        "..... oo... c.ooo hhhhh",
    );
    let weeks = deelname(&child.timeline(), dag(2026, 3, 13), 4, &regio()).value;
    let percent: Vec<_> = weeks.iter().map(|week| (week.maandag, week.meting.procent())).collect();
    assert_eq!(
        percent,
        [
            (dag(2026, 2, 9), Some(100)),
            (dag(2026, 2, 16), Some(60)),
            (dag(2026, 3, 2), Some(25)),
            (dag(2026, 3, 9), Some(50)),
        ]
    );
}
