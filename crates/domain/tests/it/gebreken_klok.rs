//! Stories in which the clock or a melding once went wrong.

use domain::Date;
use domain::klok::{Klok, klok};
use testkit::{Kind, SCHOOL, dag, kind, regio};

/// Fourteen years old, always at school until Monday 9 February 2026.
fn sam() -> Kind {
    kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(SCHOOL, dag(2026, 1, 5), &".".repeat(25))
}

fn maandag() -> Date {
    dag(2026, 2, 9)
}

fn open(child: &Kind, on: Date) -> Option<Klok> {
    klok(&child.timeline(), on, &regio()).value
}

fn begin(child: &Kind, on: Date) -> Option<Date> {
    open(child, on).map(|klok| klok.begin)
}

#[test]
fn wat_ouders_later_zeggen_stelt_het_begin_niet_uit() {
    let away = || sam().dagen(SCHOOL, maandag(), "ooooo ooooo ooooo");
    let told = away().zit_thuis(dag(2026, 2, 16));
    let on = dag(2026, 3, 6);
    assert_eq!((begin(&away(), on), begin(&told, on)), (Some(maandag()), Some(maandag())));
    assert_eq!(open(&told, on).map(|klok| klok.gebleken), Some(dag(2026, 2, 16)), "it could be known from then on");
    assert_eq!(begin(&told, dag(2026, 2, 19)), Some(dag(2026, 2, 16)), "nine days away open nothing yet");
    assert_eq!(begin(&told, dag(2026, 2, 20)), Some(maandag()));
}

#[test]
fn een_eerdere_periode_die_voorbij_was_trekt_het_begin_niet_terug() {
    // Away in November, back for more than twenty days, and at home again from 9 February.
    let child = kind(dag(2011, 9, 3))
        .ingeschreven(SCHOOL, dag(2025, 8, 1))
        .dagen(SCHOOL, dag(2025, 11, 3), &format!("{}{}", "o".repeat(10), ".".repeat(48)))
        .dagen(SCHOOL, maandag(), "ooooo ooooo")
        .zit_thuis(dag(2026, 2, 11));
    assert_eq!(begin(&child, dag(2026, 2, 20)), Some(maandag()));
}
