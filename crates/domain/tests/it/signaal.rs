//! What became of a signal: nothing yet, taken up, contested, or gone because somebody had contact.

use domain::Date;
use domain::body::{
    Afhandeling, Body, Contact, Gesprek, GesprekSoort, Melding, MeldingSoort, MeldingStand, MeldingStatus, Met,
    SignaalAfhandeling, Stem, Wijze,
};
use domain::fact::FactId;
use domain::signaal::{Opvolging, Signaal, SignaalSoort, betwistingen, opvolging, vervallen};
use testkit::{Kind, SCHOOL, dag, kind, leerplicht, mentor};

/// The day on which the signal fired.
const SINDS: Date = Date::constant(2026, 3, 3);
/// The day that is looked at.
const OP: Date = Date::constant(2026, 3, 10);

/// The first day that it counts.
const VAN: Date = Date::constant(2026, 2, 16);

fn sam() -> Kind {
    kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1))
}

fn signaal(soort: SignaalSoort) -> Signaal {
    let regel = soort.code().to_owned();
    Signaal { regel, soort, dag: SINDS, van: VAN, stap: 3, was: None, waarde: 3, bekend: None, onvolledig: false }
}

fn deed(afhandeling: Afhandeling) -> SignaalAfhandeling {
    SignaalAfhandeling {
        regel: "te_laat".into(),
        eerste_dag: SINDS,
        stap: Some(3),
        afhandeling,
        reden: "x".into(),
        stem: Stem::Eigen,
    }
}

fn contact(met: Met, bereikt: bool) -> Body {
    Contact { met, wijze: Wijze::Telefoon, bereikt, notitie: "".into() }.into()
}

fn gesprek(ouders: bool, leerling: bool) -> Body {
    Gesprek { soort: GesprekSoort::Verzuimgesprek, ouders, leerling, afspraken: "".into() }.into()
}

fn melding() -> Body {
    let (soort, begin) = (MeldingSoort::V3, SINDS);
    let leeg = domain::tekst::Tekst::default;
    Melding {
        soort,
        begin,
        einde: None,
        reden: leeg(),
        alle_lessen: false,
        actie_school: leeg(),
        actie_gewenst: leeg(),
        meldingsnummer: leeg(),
    }
    .into()
}

/// How the signal stands after the school stated these things on these days.
fn na(soort: SignaalSoort, feiten: &[(Date, Body)]) -> Opvolging {
    let story = feiten.iter().fold(sam(), |kind, (dag, body)| kind.gebeurtenis(*dag, mentor(SCHOOL), body.clone()));
    opvolging(&story.timeline(), &signaal(soort), OP)
}

/// Which of the facts made it go away, counted from 0.
fn weg_door(soort: SignaalSoort, feiten: &[(Date, Body)]) -> Option<u128> {
    let before = sam().laatste().0 + 1;
    match na(soort, feiten) {
        Opvolging::Afgehandeld(FactId(id)) => Some(id - before),
        _ => None,
    }
}

#[test]
fn contact_with_home_since_the_signal_makes_it_go_away() {
    use SignaalSoort::{Luxe, NadertZestienUur, TeLaat, ZestienUur, ZiekLang};
    let (voor, na) = (dag(2026, 3, 2), dag(2026, 3, 5));
    for (story, soort, dag, body, gone) in [
        ("parents called", TeLaat, na, contact(Met::Ouders, true), true),
        ("the child, on the day itself", TeLaat, SINDS, contact(Met::Leerling, true), true),
        ("no answer is an attempt", TeLaat, na, contact(Met::Ouders, false), false),
        ("a colleague is not home", TeLaat, na, contact(Met::Partner, true), false),
        ("contact before it", TeLaat, voor, contact(Met::Ouders, true), false),
        ("contact after the day that is looked at", TeLaat, dag(2026, 3, 11), contact(Met::Ouders, true), false),
        ("a talk with the parents", ZiekLang, na, gesprek(true, false), true),
        ("a talk about the child", ZiekLang, na, gesprek(false, false), false),
        ("a melding for sixteen hours", ZestienUur, na, melding(), true),
        ("a melding on the way to them", NadertZestienUur, na, melding(), true),
        ("a melding for a holiday", Luxe, na, melding(), true),
        ("a melding the day before speaks for what fires again", ZestienUur, voor, melding(), true),
        ("a week before it does not", ZestienUur, dag(2026, 2, 24), melding(), false),
        ("nor for a warning that comes after it", NadertZestienUur, voor, melding(), false),
        ("a melding says nothing about illness", ZiekLang, na, melding(), false),
    ] {
        assert_eq!(weg_door(soort, &[(dag, body)]).is_some(), gone, "{story}");
    }
}

#[test]
fn a_melding_just_before_speaks_only_for_absence_that_had_begun_by_then() {
    let t = sam().gebeurtenis(dag(2026, 2, 27), mentor(SCHOOL), melding()).timeline();
    let open = |van| opvolging(&t, &Signaal { van, ..signaal(SignaalSoort::ZestienUur) }, OP).is_open();
    assert_eq!([VAN, dag(2026, 2, 27), dag(2026, 2, 28)].map(open), [false, false, true]);
}

#[test]
fn a_melding_just_before_that_was_withdrawn_speaks_for_nothing() {
    let voor = dag(2026, 3, 2);
    let gemeld = sam().gebeurtenis(voor, mentor(SCHOOL), melding());
    let melding = gemeld.laatste();
    let status = |status| MeldingStatus { melding, status, reden: "".into() };
    let ingetrokken = gemeld.gebeurtenis(OP, leerplicht(), status(MeldingStand::Ingetrokken));
    let open = |kind: &Kind, op| opvolging(&kind.timeline(), &signaal(SignaalSoort::ZestienUur), op).is_open();
    assert_eq!([dag(2026, 3, 9), OP].map(|op| open(&ingetrokken, op)), [false, true]);
    // What was restored is there again.
    let hersteld = ingetrokken.gebeurtenis(dag(2026, 3, 11), leerplicht(), status(MeldingStand::InBehandeling));
    assert!(!open(&hersteld, dag(2026, 3, 11)));
}

#[test]
fn the_first_that_ended_it_is_named() {
    let feiten = [
        (dag(2026, 3, 6), contact(Met::Ouders, true)),
        (dag(2026, 3, 5), deed(Afhandeling::Gesloten).into()),
        (dag(2026, 3, 4), contact(Met::Ouders, false)),
    ];
    assert_eq!(weg_door(SignaalSoort::TeLaat, &feiten), Some(1));
}

#[test]
fn who_took_it_up_or_contested_it_last_counts_until_it_is_done() {
    use Afhandeling::{Betwist, Contact, Gesloten, Opgepakt};
    let stand = |gedaan: &[Afhandeling]| {
        let feiten: Vec<(Date, Body)> = gedaan.iter().map(|a| (dag(2026, 3, 5), deed(*a).into())).collect();
        woord(na(SignaalSoort::TeLaat, &feiten))
    };
    assert_eq!(stand(&[]), "nieuw");
    assert_eq!(stand(&[Opgepakt]), "opgepakt");
    assert_eq!(stand(&[Opgepakt, Betwist]), "betwist");
    assert_eq!(stand(&[Betwist, Opgepakt]), "opgepakt");
    assert_eq!(stand(&[Contact, Betwist]), "betwist");
    assert_eq!(stand(&[Contact, Betwist, Opgepakt]), "opgepakt");
    assert_eq!(stand(&[Contact, Betwist, Gesloten]), "afgehandeld");
    assert_eq!(stand(&[Betwist, Contact, Opgepakt]), "afgehandeld");
    assert_eq!(stand(&[Betwist, Opgepakt, Betwist]), "betwist");
    assert!(!Opvolging::Afgehandeld(FactId(1)).is_open());
    assert!(Opvolging::Nieuw.is_open());
}

#[test]
fn what_is_contested_waits_until_it_is_answered_under_the_signal_itself() {
    use Afhandeling::{Betwist, Contact, Gesloten, Opgepakt};
    let (voor, daags, na_dag, laat) = (dag(2026, 3, 2), dag(2026, 3, 5), dag(2026, 3, 6), dag(2026, 3, 7));
    let doet = |dag, afhandeling: Afhandeling| (dag, Body::from(deed(afhandeling)));
    for (story, feiten, expected, open) in [
        (
            "a call of that same day is no answer",
            vec![doet(daags, Betwist), (daags, contact(Met::Ouders, true))],
            "betwist",
            1,
        ),
        ("nor is a talk", vec![doet(daags, Betwist), (laat, gesprek(true, true))], "betwist", 1),
        ("contested after a call", vec![(daags, contact(Met::Ouders, true)), doet(na_dag, Betwist)], "betwist", 1),
        ("taken up, it is still contested", vec![doet(daags, Betwist), doet(na_dag, Opgepakt)], "opgepakt", 1),
        ("answered", vec![doet(daags, Betwist), doet(na_dag, Gesloten)], "afgehandeld", 0),
        ("answered, of a day before", vec![doet(na_dag, Betwist), doet(daags, Contact)], "betwist", 1),
        ("contested twice", vec![doet(daags, Betwist), doet(na_dag, Betwist)], "betwist", 2),
        (
            "and once more after an answer",
            vec![doet(daags, Betwist), doet(na_dag, Gesloten), doet(laat, Betwist)],
            "betwist",
            1,
        ),
    ] {
        let kind = feiten.iter().fold(sam(), |kind, (dag, body)| kind.gebeurtenis(*dag, mentor(SCHOOL), body.clone()));
        let (t, signaal) = (kind.timeline(), signaal(SignaalSoort::TeLaat));
        assert_eq!(woord(opvolging(&t, &signaal, OP)), expected, "{story}");
        assert_eq!(betwistingen(&t, &signaal, OP).len(), open, "{story}");
    }
    let named = [(daags, contact(Met::Ouders, true)), doet(na_dag, Betwist), doet(laat, Gesloten)];
    assert_eq!(weg_door(SignaalSoort::TeLaat, &named), Some(2), "the answer is named, not what had ended it before");
    let reported = [(voor, melding()), doet(daags, Betwist)];
    let gemeld = reported.iter().fold(sam(), |kind, (dag, body)| kind.gebeurtenis(*dag, mentor(SCHOOL), body.clone()));
    let uren = Signaal { regel: "te_laat".into(), ..signaal(SignaalSoort::ZestienUur) };
    assert_eq!(woord(opvolging(&gemeld.timeline(), &uren, voor)), "afgehandeld", "a melding just before speaks for it");
    assert_eq!(woord(opvolging(&gemeld.timeline(), &uren, OP)), "betwist", "until it is contested");
}

fn woord(opvolging: Opvolging) -> &'static str {
    match opvolging {
        Opvolging::Nieuw => "nieuw",
        Opvolging::Betwist(_) => "betwist",
        Opvolging::Opgepakt(_) => "opgepakt",
        Opvolging::Afgehandeld(_) => "afgehandeld",
    }
}

#[test]
fn what_was_done_belongs_to_one_step_of_one_rule() {
    let signaal = signaal(SignaalSoort::TeLaat);
    let gedaan = deed(Afhandeling::Gesloten);
    assert!(signaal.is(&gedaan));
    assert!(signaal.is(&SignaalAfhandeling { stap: None, ..gedaan.clone() }));
    assert!(!signaal.is(&SignaalAfhandeling { stap: Some(6), ..gedaan.clone() }));
    assert!(!signaal.is(&SignaalAfhandeling { regel: "weg".into(), ..gedaan.clone() }));
    let verschoven = Signaal { dag: dag(2026, 3, 4), was: Some(SINDS), ..signaal.clone() };
    assert!(verschoven.is(&gedaan), "it keeps its handling when rows move it");
    let ander = Signaal { was: None, ..verschoven.clone() };
    assert!(!ander.is(&gedaan));
    let t = sam().gebeurtenis(dag(2026, 3, 5), mentor(SCHOOL), gedaan).timeline();
    let weg = |signaal: &Signaal| vervallen(&t.clone().with_signalen(vec![signaal.clone()])).count();
    assert_eq!([&signaal, &verschoven, &ander].map(weg), [0, 0, 1]);
}
