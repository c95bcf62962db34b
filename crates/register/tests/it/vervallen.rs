//! Signals that went because absence was put right: who had acted on them is known.

use domain::Date;
use domain::body::{
    Afhandeling, Body, Contact, Melding, MeldingSoort, MeldingStand, MeldingStatus, Met, RijCorrectie,
    SignaalAfhandeling, Stem, Verlof, VerlofGrond, Wijze,
};
use domain::fact::{FactId, NewFact};
use domain::period::{Period, plus_days};
use domain::signaal::Daad;
use domain::verzuim::VerzuimSoort as V;
use testkit::{SCHOOL, dag, leerplicht, mentor};

use crate::bouw::{Log, SAM, dagrij, log, met, stelling, volledig, wie};

const SEPTEMBER: Period = Period { from: Date::constant(2025, 9, 1), until: Some(Date::constant(2025, 10, 1)) };
/// The day on which somebody acts, and that on which a lesson is put right.
const DAARNA: Date = Date::constant(2025, 10, 3);
const VERBETERD: Date = Date::constant(2025, 10, 10);

fn rijen(dagen: &[i8]) -> Vec<u32> {
    dagen.iter().map(|day| dagrij(dag(2025, 9, *day), V::Ongeoorloofd)).collect()
}

/// Sam was away four Mondays: sixteen hours on the 22nd, and a warning on the 15th.
fn sam() -> Log {
    let mut log = log();
    log.leerling(SAM, SCHOOL, dag(2024, 8, 1), &wie("1", "de Boer"));
    log.op(dag(2025, 10, 1)).levert(&met(volledig(SCHOOL, SEPTEMBER), SAM, &rijen(&[1, 8, 15, 22]), &[]));
    log
}

fn doet(log: &mut Log, dag: Date, body: impl Into<Body>) -> FactId {
    log.feit(NewFact { by: mentor(SCHOOL), ..stelling(SAM, Period::day(dag), SCHOOL, body) })
}

fn opgepakt(regel: &str, dag: Date) -> SignaalAfhandeling {
    let (regel, stap, reden) = (regel.into(), Some(0), "".into());
    SignaalAfhandeling { regel, eerste_dag: dag, stap, afhandeling: Afhandeling::Opgepakt, reden, stem: Stem::Eigen }
}

fn contact(bereikt: bool) -> Contact {
    Contact { met: Met::Ouders, wijze: Wijze::Telefoon, bereikt, notitie: "".into() }
}

fn melding() -> Melding {
    Melding {
        soort: MeldingSoort::V3,
        begin: dag(2025, 9, 1),
        einde: None,
        reden: "".into(),
        alle_lessen: false,
        actie_school: "".into(),
        actie_gewenst: "".into(),
        meldingsnummer: "".into(),
    }
}

/// Somebody who knows says that Sam was there on the 22nd.
fn verbeter(log: &mut Log) -> FactId {
    let correctie = RijCorrectie { lesuur: 0, soort: V::Ongeoorloofd, wordt: None, reden: "was er wel".into() };
    log.op(VERBETERD);
    doet(log, dag(2025, 9, 22), correctie)
}

/// What went, with the last that was done about it.
fn vervallen(log: &mut Log, op: Date) -> Vec<(String, Date, Daad)> {
    log.register.settle();
    let made = log.register.samenvatting(SAM, op).unwrap();
    let told = made
        .vervallen
        .iter()
        .map(|gone| (gone.signaal.regel.clone(), gone.signaal.dag, gone.gedaan.last().unwrap().daad));
    told.collect()
}

fn zestien(daad: Daad) -> Vec<(String, Date, Daad)> {
    vec![("16 uur".to_owned(), dag(2025, 9, 22), daad)]
}

#[test]
fn what_went_is_told_with_what_had_been_done_about_it() {
    let none = Vec::new();
    for (story, day, body, expected) in [
        ("nobody acted", None, None, none.clone()),
        ("taken up", Some(DAARNA), Some(Body::from(opgepakt("16 uur", dag(2025, 9, 22)))), zestien(Daad::Opgepakt)),
        ("another signal was taken up", Some(DAARNA), Some(opgepakt("weg", dag(2025, 9, 22)).into()), none.clone()),
        ("contact with home", Some(DAARNA), Some(contact(true).into()), zestien(Daad::Contact)),
        ("an attempt", Some(DAARNA), Some(contact(false).into()), none.clone()),
        ("contact before it fired", Some(dag(2025, 9, 19)), Some(contact(true).into()), none),
        ("reported", Some(DAARNA), Some(melding().into()), zestien(Daad::Melding)),
    ] {
        let mut log = sam();
        log.op(DAARNA);
        if let Some((day, body)) = day.zip(body) {
            doet(&mut log, day, body);
        }
        assert_eq!(vervallen(&mut log, plus_days(DAARNA, 1)), [], "{story}: it is still there");
        verbeter(&mut log);
        assert_eq!(vervallen(&mut log, plus_days(VERBETERD, 3)), expected, "{story}");
    }
}

#[test]
fn it_goes_by_a_correction_by_leave_and_by_a_later_delivery_and_comes_back_when_that_is_undone() {
    let acted = || {
        let mut log = sam();
        doet(log.op(DAARNA), DAARNA, contact(true));
        log.op(VERBETERD);
        log
    };
    let op = plus_days(VERBETERD, 3);
    let mut verlof = acted();
    let granted = Verlof { grond: VerlofGrond::G, toegekend: true, kwartieren_per_week: 0 };
    doet(&mut verlof, dag(2025, 9, 22), granted);
    assert_eq!(vervallen(&mut verlof, op), zestien(Daad::Contact), "leave");

    let mut geleverd = acted();
    geleverd.levert(&met(volledig(SCHOOL, SEPTEMBER), SAM, &rijen(&[1, 8, 15]), &[]));
    assert_eq!(vervallen(&mut geleverd, op), zestien(Daad::Contact), "the school delivers it otherwise");
    // The night after the same is delivered again.
    geleverd.op(plus_days(VERBETERD, 1)).levert(&met(volledig(SCHOOL, SEPTEMBER), SAM, &rijen(&[1, 8, 15]), &[]));
    let made = geleverd.register.samenvatting(SAM, op).unwrap();
    let sinds = domain::calendar::dag_in_nederland(made.vervallen[0].sinds);
    assert_eq!(sinds, VERBETERD, "it went when it was put right");

    let mut terug = acted();
    let correctie = verbeter(&mut terug);
    terug.trekt_in(SAM, correctie);
    assert_eq!(vervallen(&mut terug, op), []);
    let mut verplaatst = acted();
    verplaatst.levert(&met(volledig(SCHOOL, SEPTEMBER), SAM, &rijen(&[1, 8, 15, 23]), &[]));
    assert_eq!(vervallen(&mut verplaatst, op), [], "it moved by a day");
}

#[test]
fn what_was_done_after_it_went_or_undone_and_what_went_long_ago_is_not_told() {
    let mut later = sam();
    verbeter(&mut later);
    doet(later.op(plus_days(VERBETERD, 1)), plus_days(VERBETERD, 1), contact(true));
    assert_eq!(vervallen(&mut later, plus_days(VERBETERD, 3)), []);

    let mut ingetrokken = sam();
    let gemeld = doet(ingetrokken.op(DAARNA), DAARNA, melding());
    let status = MeldingStatus { melding: gemeld, status: MeldingStand::Ingetrokken, reden: "".into() };
    ingetrokken.feit(NewFact { by: leerplicht(), ..stelling(SAM, Period::day(DAARNA), SCHOOL, status) });
    verbeter(&mut ingetrokken);
    assert_eq!(vervallen(&mut ingetrokken, plus_days(VERBETERD, 3)), []);

    let mut lang = sam();
    doet(lang.op(DAARNA), DAARNA, contact(true));
    verbeter(&mut lang);
    assert_eq!(vervallen(&mut lang, plus_days(VERBETERD, 70)).len(), 1);
    assert_eq!(vervallen(&mut lang, plus_days(VERBETERD, 71)), []);
    assert_eq!(vervallen(&mut lang, dag(2026, 9, 1)), [], "another school year");
}
