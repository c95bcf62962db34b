//! Children told as stories, and how they read.

mod kinderen;
mod ogen;

use std::sync::Arc;

use domain::Date;
use domain::body::{Body, Intrekking, JaNee, Oordeel, TeBevestigen, UitschrijfReden};
use domain::calendar::begin_van_dag;
use domain::fact::{Fact, FactId};
use domain::period::{Period, next_day, plus_days};
use proptest::prelude::*;
use register::Register;
use testkit::{Kind, LEERLING, SCHOOL, SCHOOL_TWEE, SWV, dag, kind, leerplicht, mentor, regio};

use super::woorden::BREEDTE;
use super::{Peil, stand, stand_json, uitleg, uitleg_json};
use kinderen::{OP, gezag, in_traject, kennisgeving, kinderen, melding, register, sam, sam_op_dag_veertig};

fn peil(op: Date) -> Peil {
    Peil { op, vandaag: op, bekend: None }
}

fn tekst(child: &Kind, op: Date) -> String {
    stand(&register(child), LEERLING, &peil(op)).unwrap()
}

#[track_caller]
fn check(naam: &str, op: Date, regels: &[&str]) {
    let tekst = tekst(&kinderen()[naam], op);
    for regel in regels {
        assert!(tekst.replace('\n', " ").contains(regel), "{naam}: {regel}\n\n{tekst}");
    }
}

#[test]
fn sam_on_day_forty_reads_as_one_says_it() {
    let lines = tekst(&sam_op_dag_veertig(), OP);
    let (head, rest) = lines.split_once("\nTermijnen\n").unwrap();
    assert_eq!(head.trim_end(), SAM);
    let (_, tail) = rest.split_once("\n\n").unwrap();
    assert_eq!(tail, SAM_SLOT);
}

const SAM: &str = "\
Sam de Boer, 14 jaar, klas 2b, Proefcollege De Meent (90AA00), woont in Alkmaar

Gaat sinds maandag 9 februari 2026 niet naar school. Vandaag, vrijdag 20 maart, is dag 40. Drie
maanden zijn om op 9 mei 2026.
Status: thuiszittende leerling (vermoedelijk; nog niet bevestigd door de leerplichtambtenaar).

Aan zet: school, mw. Visser (verzuimcoördinator, 072-555 01 23, ma-do). Gesprek met Sam en ouders,
uiterlijk dinsdag 24 maart.
Tot nu toe aan zet: school 33 dagen, niemand 7 dagen.

Waarom deze status
  - 9 t/m 20 februari: 10 schooldagen geen deelname (4 ziek, 6 ongeoorloofd; aangeleverd door de
    school op 21 februari)
  - de voorjaarsvakantie (21 februari t/m 1 maart) telt mee: voor een kind gaat de tijd door
  - 2 t/m 20 maart: 15 van 15 schooldagen geen deelname (15 ongeoorloofd; aangeleverd door de school
    op 20 maart)
  - regel: opening na 10 schooldagen, protocol 2026-1; drie maanden: pact 2017";

const SAM_SLOT: &str = "\
In beeld bij: school sinds 1 augustus 2025; samenwerkingsverband nog niet gevraagd; leerplicht nog
niet; jeugdarts alleen te zien met toestemming.
Wie mag dit zien: school; ouders (zonder wat Sam zelf vertelde). De leerplichtambtenaar nog niet: er
is geen melding.";

#[test]
fn a_child_with_nothing_the_matter_reads_short_and_calm() {
    assert_eq!(
        tekst(&kinderen()["niets aan de hand"], OP),
        "\
Sam de Boer, 14 jaar, klas 2b, Proefcollege De Meent (90AA00), woont in Alkmaar

Gaat naar school, voor zover bekend.
Status: gaat naar school.

Aan zet: niemand; er is geen open dossier.

Waarom deze status
  - deelname in de laatste 4 lesweken: 100 procent

In beeld bij: school sinds 1 augustus 2025; samenwerkingsverband nog niet gevraagd; leerplicht nog
niet; jeugdarts alleen te zien met toestemming.
Wie mag dit zien: school; ouders (zonder wat Sam zelf vertelde). De leerplichtambtenaar nog niet: er
is geen melding."
    );
}

#[test]
fn every_course_has_its_own_words() {
    check("ziek", OP, &["Status: ziek, onderwijs in overleg.", "10 ziek", "nog niet: er is geen melding"]);
    check("halve dagen", OP, &["minder dan de helft"]);
    check(
        "terug",
        dag(2026, 4, 3),
        &["Gaat naar school", "Eerder liep een klok vanaf 9 februari", "terug sinds 2 maart"],
    );
    check("in traject", OP, &["Volgt sinds 2 maart 2026 een aanbod; de klok staat stil op dag 21.", "Dat was op tijd"]);
    check("in traject", OP, &["aanbod van Samenwerkingsverband vo: onderwijs, maatwerk, 10 uur per week"]);
    check("niet eens", OP, &["Aanbod gedaan, niet eens", "Casustafel uiterlijk"]);
    check("zorg", OP, &["zorg en nog geen onderwijs; dat wordt uiterlijk maandag 13 april opnieuw bekeken"]);
    check("nooit ingeschreven", OP, &["zonder school", "absoluut verzuim (vermoedelijk", "binnen de gemeente."]);
    check("uitgeschreven", OP, &["Volgens de uitschrijving ging de leerling naar een andere school"]);
    check("vrijgesteld", OP, &["artikel 5 onder a, ontvangen op 1 december 2025", "voldoet aan de voorwaarden"]);
    check("voldoet niet", OP, &["absoluut verzuim (vermoedelijk", "voldoet niet aan de voorwaarden"]);
    check("twee scholen", OP, &["Proefcollege De Meent (90AA00) en klas 2b, Proefschool De Dijk (90AB00)"]);
    check("zit thuis", OP, &["Zit sinds maandag 2 maart 2026 thuis", "15 schooldagen, deelname niet bekend"]);
    check(
        "gemeld en bevestigd",
        OP,
        &["ouders of leerling zeggen dat het niet klopt", "sinds de melding van 23 februari"],
    );
    check("meerderjarig", OP, &["Wie mag dit zien: school; Sam zelf.", "De ouders niet: Sam is 18 jaar of ouder."]);
    check("niets aangeleverd", OP, &["Of dit kind naar school gaat, is niet bekend.", "kan de status veranderen"]);
}

#[test]
fn unknown_days_change_a_status_or_do_not() {
    // Within a run that opened a clock a few unknown days change nothing; before it they could have.
    check("deels bekend", OP, &["Niet bekend"]);
    let run = sam().dagen(SCHOOL, dag(2026, 2, 9), &format!("{}??{}", "o".repeat(15), "o".repeat(8)));
    let words = tekst(&run, OP).replace('\n', " ");
    assert!(words.contains("Dat verandert de status niet, wel het aantal gemiste uren."), "{words}");
    let open_end = sam().dagen(SCHOOL, dag(2026, 2, 9), &format!("{}{}", ".".repeat(13), "?".repeat(12)));
    let words = tekst(&open_end, OP).replace('\n', " ");
    assert!(words.contains("Dat kan de status veranderen."), "{words}");
}

#[test]
fn parents_without_known_authority_see_nothing_yet() {
    let unknown = sam().toestand(dag(2025, 8, 1), mentor(SCHOOL), gezag(JaNee::Onbekend));
    let mother = unknown.feiten().iter().find(|fact| matches!(fact.body, Body::Gezag(_))).unwrap().id;
    let mut facts: Vec<Arc<Fact>> = unknown.feiten().to_vec();
    facts.retain(|fact| fact.id != mother);
    let mut register = Register::new();
    for (seq, fact) in (1..).zip(facts) {
        register.apply(seq, Fact::clone(&fact));
    }
    register.adopt(|rules| *rules = regio());
    let words = stand(&register, LEERLING, &peil(OP)).unwrap().replace('\n', " ");
    assert!(words.contains("De ouders nog niet: wie het gezag heeft, is niet bekend."), "{words}");
}

/// Words that say something about a person that the pact does not want said, and signs of a machine.
const NOOIT: [&str; 13] = [
    "thuiszitter",
    "niet meewerkend",
    "multiprobleemgezin",
    "luxeverzuim",
    "luxe",
    "spijbel",
    "bal bij",
    "{",
    "}",
    "::",
    "some(",
    "none",
    "f-0",
];

/// Whole words only: the pact has a name of its own.
fn holds(tekst: &str, woord: &str) -> bool {
    let text = tekst.to_lowercase();
    text.match_indices(woord).any(|(at, _)| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        let word = woord.starts_with(char::is_alphabetic);
        !word || !letter(text[..at].chars().next_back()) && !letter(text[at + woord.len()..].chars().next())
    })
}

#[track_caller]
fn check_form(naam: &str, register: &Register, op: Date) {
    for text in [stand(register, LEERLING, &peil(op)), uitleg(register, LEERLING, &peil(op))] {
        let text = text.unwrap();
        for woord in NOOIT {
            assert!(!holds(&text, woord), "{naam} on {op}: {woord}\n{text}");
        }
        for line in text.lines() {
            assert!(line.chars().count() <= BREEDTE && line.trim_end() == line, "{naam} on {op}: {line}");
        }
        assert!(!text.contains("\n\n\n") && !text.contains(".."), "{naam} on {op}\n{text}");
    }
}

#[test]
fn no_text_holds_what_must_not_be_said_and_all_lines_fit() {
    for (naam, child) in kinderen() {
        let register = register(&child);
        for op in [dag(2025, 9, 1), dag(2026, 2, 6), dag(2026, 2, 20), OP, dag(2026, 4, 10), dag(2026, 8, 3)] {
            check_form(naam, &register, op);
        }
    }
}

#[test]
fn words_are_held_whole() {
    assert!(holds("de thuiszitter zit", "thuiszitter") && !holds("thuiszitterspact", "thuiszitter"));
    assert!(holds("Some(3)", "some(") && !holds("bal bijna", "bal bij"));
}

#[test]
fn the_json_says_the_same_with_dutch_keys() {
    fn keys(value: &serde_json::Value, seen: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(fields) => fields.iter().for_each(|(key, value)| {
                seen.push(key.clone());
                keys(value, seen);
            }),
            serde_json::Value::Array(all) => all.iter().for_each(|value| keys(value, seen)),
            _ => {}
        }
    }
    for (naam, child) in kinderen() {
        let register = register(&child);
        for value in [stand_json(&register, LEERLING, &peil(OP)), uitleg_json(&register, LEERLING, &peil(OP))] {
            let value = value.unwrap();
            let mut seen = Vec::new();
            keys(&value, &mut seen);
            assert!(
                seen.iter().all(|key| key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')),
                "{naam}: {seen:?}"
            );
            let written = value.to_string();
            assert!(!written.contains("Some(") && !written.contains("::"), "{naam}");
        }
    }
    let sam = stand_json(&register(&sam_op_dag_veertig()), LEERLING, &peil(OP)).unwrap();
    assert_eq!((&sam["klok"]["dag"], &sam["klok"]["drie_maanden_om_op"]), (&40.into(), &"2026-05-09".into()));
    assert_eq!(sam["dagen_aan_zet"][0], serde_json::json!({ "partij": "school", "dagen": 33 }));
    assert_eq!(sam["waarom"][0]["soorten"][0], serde_json::json!({ "soort": "ziek", "dagen": 4 }));
}

#[test]
fn the_derivation_names_what_it_rests_on_and_what_no_longer_stands() {
    let text = uitleg(&register(&in_traject()), LEERLING, &peil(OP)).unwrap();
    for part in
        ["Plicht en dossier", "Klokken", "Gegevens waarop dit rust", "Regels", "Deelname per lesweek", "Alle termijnen"]
    {
        assert!(text.lines().any(|line| line == part), "{part}\n{text}");
    }
    let words = text.replace("\n    ", " ");
    assert!(words.contains("Regel 60. Regionaal thuiszitterspact Noord-Kennemerland 2017."), "{text}");
    assert!(words.contains("aanbod: onderwijs van Samenwerkingsverband vo, 10 uur per week; sinds 2 maart."), "{text}");
    let first = sam_op_dag_veertig();
    let wrong = first.laatste();
    let said = Fact {
        id: FactId(900),
        replaces: Some(wrong),
        ..Fact::clone(&first.feiten()[usize::try_from(wrong.0).unwrap() - 1])
    };
    let withdrawn = Fact {
        known: begin_van_dag(next_day(dag(2026, 3, 18))),
        body: Intrekking { reden: "verkeerd kind".into() }.into(),
        ..said
    };
    let mut register = register(&first);
    register.apply(99, withdrawn);
    let words = uitleg(&register, LEERLING, &peil(OP)).unwrap().replace("\n    ", " ");
    assert!(words.contains("Vervangen en ingetrokken gegevens"), "{words}");
    assert!(words.contains("Ingetrokken door gegeven 7: verkeerd kind."), "{words}");
}

#[test]
fn a_moment_reads_as_the_clocks_show_it() {
    for (moment, woorden) in [
        ("2026-03-03T13:05:00Z", "3 maart 2026 om 14.05 uur"),
        ("2026-03-29T00:30:00Z", "29 maart 2026 om 1.30 uur"),
        ("2026-03-29T01:30:00Z", "29 maart 2026 om 3.30 uur"),
        ("2026-07-01T22:15:00Z", "2 juli 2026 om 0.15 uur"),
        ("2026-10-25T12:00:00Z", "25 oktober 2026 om 13.00 uur"),
    ] {
        assert_eq!(super::moment(moment.parse().unwrap()), woorden);
    }
}

/// Schooldagen of any kind, with runs of absence long enough to open a clock.
fn weken() -> impl Strategy<Value = String> {
    let runs = prop_oneof![Just("ooooo"), Just("zzzzz"), Just("aaaaa"), Just("....."), Just("?????"), Just("ggggg")];
    let week = prop_oneof![3 => runs.prop_map(str::to_owned), 1 => "[.?!oztghiwulvc]{5}"];
    prop::collection::vec(week, 1..20).prop_map(|weeks| weeks.concat())
}

/// Statements that may be made at any time, in any order.
fn verhaal() -> impl Strategy<Value = Kind> {
    let steps = prop::collection::vec((0i32..240, 0u8..9), 0..10);
    (weken(), steps, any::<bool>()).prop_map(|(tekens, steps, twee)| {
        let first = dag(2025, 9, 1);
        let child = kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(SCHOOL, first, &tekens);
        let child = if twee { child.ingeschreven(SCHOOL_TWEE, dag(2025, 11, 3)) } else { child };
        steps.into_iter().fold(child, |child, (days, what)| {
            let on = plus_days(first, days);
            match what {
                0 => child.stap(on, SCHOOL),
                1 => child.stap(on, SWV),
                2 => child.gebeurtenis(on, mentor(SCHOOL), melding(on)),
                3 => child.aanbod(SWV, on, 40).allen_zeggen(Oordeel::Passend).realisatie(&[Some(40), None, Some(8)]),
                4 => child.aanbod(SWV, on, 40).allen_zeggen(Oordeel::NietPassend),
                5 => child.zit_thuis(on),
                6 => child.uitgeschreven(SCHOOL, on, UitschrijfReden::Onbekend),
                7 => child.bevestigt(on, leerplicht(), TeBevestigen::Thuiszittend, days % 2 == 0),
                _ => child.feit(Period::since(on), leerplicht(), kennisgeving()),
            }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_story_can_be_told(child in verhaal(), days in -40i32..400) {
        let op = plus_days(dag(2025, 9, 1), days);
        let register = register(&child);
        check_form("any", &register, op);
        prop_assert!(stand_json(&register, LEERLING, &peil(op)).is_some());
        prop_assert!(uitleg_json(&register, LEERLING, &peil(op)).is_some());
    }
}
