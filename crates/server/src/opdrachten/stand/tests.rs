//! Naming a child, saying why, and looking back: on a small synthetic region.

use std::ffi::OsString;

use jiff::civil::date;
use proefregio::{Plant, Proef};

use super::*;
use crate::gebruik::proef::Geplant;
use crate::gebruik::proef::tests::{Map, region};

const VANDAAG: Date = date(2026, 3, 20);

fn klein() -> (Map, Logboek, Vec<Geplant>) {
    region(&Proef { leerlingen: 400, seed: 1, vandaag: VANDAAG })
}

fn lees(woorden: &[&str]) -> Result<Vraag, String> {
    Vraag::lees(&mut Parser::from_args(woorden.iter().map(OsString::from))).map_err(|fout| fout.to_string())
}

fn wacht_op<T>(werk: impl Future<Output = Result<T, Fout>>) -> Result<T, String> {
    wacht(werk).map_err(|fout| fout.to_string())
}

#[test]
fn a_question_names_a_child_and_says_why() {
    let asked = lees(&["90AA00:1001", "--op", "20-03-2026", "--reden", " mentorgesprek "]).unwrap();
    assert_eq!((asked.op, asked.bekend, asked.reden.as_str()), (Some(VANDAAG), None, "mentorgesprek"));
    for (woorden, melding) in [
        (&[][..], "Noem de leerling"),
        (&["90AA00:1"][..], "Zeg met --reden waarom"),
        (&["90AA00:1", "--reden", "zo"][..], "5 tot en met 200 tekens"),
        (&["90AA00:1", "--reden", &"x".repeat(201)][..], "5 tot en met 200 tekens"),
        (
            &["90AA00:1", "--op", "2026-02-30", "--reden", "gesprek"][..],
            "De datum ‘2026-02-30’ achter --op bestaat niet",
        ),
        (&["90AA00:1", "--bekend", "gisteren", "--reden", "gesprek"][..], "Het moment ‘gisteren’"),
        (&["90AA00:1", "--kleur", "--reden", "gesprek"][..], "--kleur hoort niet bij deze opdracht"),
    ] {
        let refused = lees(woorden).expect_err("wrong use");
        assert!(refused.contains(melding), "{woorden:?}: {refused}");
    }
}

#[test]
fn a_moment_is_a_whole_day_or_a_point_in_time() {
    assert_eq!(moment("2026-03-03").unwrap().to_string(), "2026-03-03T22:59:59.999999Z");
    assert_eq!(moment("03-07-2026").unwrap().to_string(), "2026-07-03T21:59:59.999999Z");
    for (tekst, utc) in [
        ("2026-03-03T12:00", "2026-03-03T11:00:00Z"),
        ("2026-07-03T00:30", "2026-07-02T22:30:00Z"),
        ("2026-03-29T01:59", "2026-03-29T00:59:00Z"),
        ("2026-03-29T03:00", "2026-03-29T01:00:00Z"),
        ("2026-10-25T02:30", "2026-10-25T00:30:00Z"),
        ("2026-10-25T23:59", "2026-10-25T22:59:00Z"),
    ] {
        assert_eq!(moment(tekst).unwrap().to_string(), utc, "{tekst}");
    }
    for geen in
        ["2026-03-29T02:30", "2026-03-03T24:00", "2026-03-03T12:60", "2026-03-03T12", "2026-03-03T99999999999999:1"]
    {
        assert!(moment(geen).is_err(), "{geen}");
    }
    assert_eq!(moment("2026-03-03T14:05:00+01:00").unwrap().to_string(), "2026-03-03T13:05:00Z");
}

#[test]
fn a_look_is_written_down_and_a_stranger_leaves_no_trace() {
    let (map, logboek, planted) = klein();
    let sam = planted.iter().find(|kind| kind.verhaal.soort == Plant::Sam).unwrap();
    drop(logboek);
    let plaats = Plaats { data: map.data(), sleutel: map.sleutel(), json: false };
    let vraag = |leerling: &str| {
        let words = [leerling, "--op", "2026-03-20", "--reden", "mentorgesprek voorbereiden"];
        stand(&plaats, &mut Parser::from_args(words)).map_err(|fout| fout.to_string())
    };
    let name = format!("{}:{}", sam.verhaal.vestiging.unwrap(), sam.verhaal.leerlingnummer);
    assert_eq!((vraag(&sam.leerling.to_string()), vraag(&name)), (Ok(Afloop::Goed), Ok(Afloop::Goed)));
    let strangers = ["L-0000-0000-0000", "90AA00:geen", "99ZZ99:1", "99ZZ:1"].map(vraag);
    assert!(strangers.iter().all(|answer| answer.is_err() && *answer == strangers[0]), "{strangers:?}");
    let inzagen = wacht_op(async { plaats.open().await?.inzagen(sam.leerling, 10).await }).unwrap();
    let seen: Vec<_> = inzagen.iter().map(|inzage| (inzage.wat.as_str(), inzage.reden.as_str())).collect();
    assert_eq!(seen, [("stand", "mentorgesprek voorbereiden"); 2]);
}

#[test]
fn what_was_known_is_put_together_again_from_the_log() {
    let (_map, logboek, planted) = klein();
    let vandaag = Peil { op: VANDAAG, vandaag: VANDAAG, bekend: None };
    for kind in &planted {
        let now = wacht_op(antwoord(&logboek, Wat::Uitleg, kind.leerling, &vandaag, true)).unwrap();
        let later = wacht_op(logboek.zoals_bekend(kind.leerling, Timestamp::MAX)).unwrap();
        let again = weergave::uitleg_json(&later, kind.leerling, &vandaag).map(|value| format!("{value:#}"));
        assert_eq!(again.as_ref(), Some(&now), "{:?}", kind.verhaal.soort);
    }
}

#[test]
fn looking_back_shows_what_was_known_then_and_a_child_of_later_is_no_child_yet() {
    let (_map, logboek, planted) = klein();
    let sam = planted.iter().find(|kind| kind.verhaal.soort == Plant::Sam).unwrap().leerling;
    let then = |op, bekend: &str| {
        let peil = Peil { op, vandaag: VANDAAG, bekend: Some(moment(bekend).unwrap()) };
        wacht_op(antwoord(&logboek, Wat::Stand, sam, &peil, false))
    };
    let before = then(date(2026, 2, 20), "2026-02-20").unwrap();
    assert!(before.contains("Met wat op 20 februari 2026 om 23.59 uur bekend was."), "{before}");
    assert!(!before.contains("Status: thuiszittende leerling"), "the school had not delivered yet: {before}");
    let after = then(date(2026, 2, 20), "2026-02-28").unwrap();
    assert!(after.contains("Status: thuiszittende leerling"), "{after}");
    assert_eq!(then(VANDAAG, "2020-01-01"), Err(inzage::onbekend().to_string()));
}
