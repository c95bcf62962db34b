//! The stored form keeps its word: what was written once stays readable, and errors tell nothing about people.

mod monsters;

use std::path::Path;

use domain::Timestamp;
use domain::body::{Contact, Met, Soort, Wijze};
use domain::fact::{FactId, NewFact};
use domain::ids::{LeerlingId, Subject};
use domain::tekst::Tekst;
use proptest::prelude::*;

use super::lezer::Lezer;
use super::{LeesFout, lees, lees_nieuw, schrijf};
use monsters::{Kans, woorden};

const FEIT: FactId = FactId(7);
const GOUD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/v1");
const KANARIE: &str = "Wolkenstein";

fn about() -> Subject {
    LeerlingId::new(1).into()
}

fn bekend() -> Timestamp {
    Timestamp::from_second(1_772_000_000).unwrap()
}

fn terug(bytes: &[u8]) -> Result<NewFact, LeesFout> {
    let fact = lees(FEIT, about(), bekend(), bytes)?;
    assert_eq!((fact.id, fact.known), (FEIT, bekend()));
    let domain::fact::Fact { about, valid, by, ground, source, replaces, body, .. } = fact;
    Ok(NewFact { about, valid, by, ground, source, replaces, body })
}

/// Compares with the golden file; with `LEERRECHT_GOUD=schrijf` writes it instead.
fn goud(naam: &str, nu: &[u8]) {
    let pad = Path::new(GOUD).join(naam);
    if std::env::var("LEERRECHT_GOUD").as_deref() == Ok("schrijf") {
        std::fs::create_dir_all(GOUD).unwrap();
        std::fs::write(&pad, nu).unwrap();
    }
    let Ok(toen) = std::fs::read(&pad) else {
        panic!("{naam} is missing; LEERRECHT_GOUD=schrijf writes it. Never rewrite the file of a released version.");
    };
    let (toen, nu) = (String::from_utf8_lossy(&toen), String::from_utf8_lossy(nu));
    for (was, is) in toen.lines().zip(nu.lines()) {
        assert_eq!(was, is, "{naam}: facts in old logs look different");
    }
    assert_eq!(toen.len(), nu.len(), "{naam}: something was added or left out at the end");
}

#[test]
fn every_kind_is_written_and_read_as_its_golden_file() {
    for soort in Soort::ALL {
        let fact = Kans::vol().feit(*soort);
        let bytes = schrijf(&fact);
        goud(&format!("{}.json", soort.code()), &bytes);
        assert_eq!(terug(&bytes).as_ref(), Ok(&fact), "{}", soort.code());
        let tekst = std::str::from_utf8(&bytes).unwrap();
        let in_one_pass = Lezer::in_volgorde(tekst, |json| lees_nieuw(about(), json));
        assert_eq!(in_one_pass, Some(fact), "{} is not read in the order in which it is written", soort.code());
    }
    let is_feit = |entry: &std::fs::DirEntry| entry.path().extension().is_some_and(|extension| extension == "json");
    let files = std::fs::read_dir(GOUD).unwrap().map(Result::unwrap).filter(is_feit).count();
    assert_eq!(files, Soort::ALL.len(), "a golden file is left of a kind that is gone");
}

#[test]
fn no_word_of_a_closed_list_ever_disappears() {
    goud("woorden.txt", woorden().as_bytes());
}

/// A note about a person, as it is stored.
fn notitie() -> String {
    let fact = NewFact {
        body: Contact {
            met: Met::Ouders,
            wijze: Wijze::Telefoon,
            bereikt: true,
            notitie: Tekst::new(&format!("gebeld met {KANARIE}")),
        }
        .into(),
        ..Kans::willekeurig(&[]).feit(Soort::Contact)
    };
    String::from_utf8(schrijf(&fact)).unwrap()
}

/// The stored note with one piece of it replaced.
fn gewijzigd(van: &str, naar: &str) -> LeesFout {
    let goed = notitie();
    assert!(goed.contains(van), "{van} in {goed}");
    terug(goed.replacen(van, naar, 1).as_bytes()).unwrap_err()
}

#[test]
fn an_error_names_the_place_and_what_belongs_there() {
    for (van, naar, zegt) in [
        (r#""contact""#, r#""kontakt""#, "soort kontakt, versie 1 is onbekend"),
        (r#""versie":1"#, r#""versie":2"#, "soort contact, versie 2 is onbekend. Dit programma leest versie 1."),
        (r#""versie":1,"#, "", "veld versie: dit veld is verplicht en ontbreekt."),
        ("1970-01-01", "1970-02-30", "veld geldig.van: de waarde moet een bestaande dag (jjjj-mm-dd) zijn."),
        ("1970-01-01", "19700101", "veld geldig.van: de waarde moet een bestaande dag (jjjj-mm-dd) zijn."),
        (
            r#""ouders""#,
            r#""vader""#,
            "veld inhoud.met: de waarde moet een van ouders, leerling, ouders_en_leerling, partner zijn.",
        ),
        (r#""bereikt":true"#, r#""bereikt":1"#, "veld inhoud.bereikt: de waarde moet true of false zijn."),
        (r#""bereikt":true"#, r#""bereikt":null"#, "geen geldige JSON"),
        (r#""bereikt":true"#, r#""bereikt":-1"#, "geen geldige JSON"),
        (r#""bereikt":true"#, r#""bereikt":true,"bereikt":true"#, "geen geldige JSON"),
        (
            r#""bereikt":true"#,
            r#""bereikt":true,"belangrijk":true"#,
            "veld inhoud: het veld belangrijk hoort hier niet.",
        ),
        ("}}", r#"},"extra":1}"#, "het veld extra hoort hier niet."),
        ("}}", r#"}}{}"#, "geen geldige JSON"),
        (
            r#""P-0000-0000-0000""#,
            r#""P-0000""#,
            "veld door.persoon: de waarde moet een nummer als P-0000-0000-0000 zijn.",
        ),
        (
            r#""soort":"ouder""#,
            r#""soort":"buurman""#,
            "veld door.soort: de waarde moet een van medewerker, ouder, leerling, systeem zijn.",
        ),
    ] {
        let fout = gewijzigd(van, naar).to_string();
        assert!(fout.contains(zegt), "{fout}\n  should say: {zegt}");
        assert!(fout.starts_with("Feit F-00000000000000000000000000000007 is niet te lezen: "), "{fout}");
    }
}

#[test]
fn fields_may_stand_in_any_order_and_with_blanks_between() {
    let goed = notitie();
    let inhoud = goed.find(r#","inhoud":"#).unwrap();
    let gekeerd = format!("{{{},{}}}", &goed[inhoud + 1..goed.len() - 1], &goed[1..inhoud]);
    assert_ne!(gekeerd, goed);
    assert_eq!(terug(gekeerd.as_bytes()), terug(goed.as_bytes()));
    let ruim = goed.replace(',', " ,\n\t").replace(':', " : ");
    assert_eq!(terug(ruim.as_bytes()), terug(goed.as_bytes()));
}

#[test]
fn too_many_fields_are_refused_however_often_they_come() {
    let velden: Vec<String> = (0..100_000).map(|n| format!(r#""v{n}":1"#)).collect();
    let fout = terug(format!("{{{}}}", velden.join(",")).as_bytes()).unwrap_err();
    assert!(fout.to_string().contains("geen geldige JSON"), "{fout}");
}

#[test]
fn words_about_people_stand_in_no_error() {
    let goed = notitie();
    for (van, naar) in [
        (r#""notitie":""#, r#""notitie":7,""#),
        (r#""notitie""#, r#""Wolkenstein""#),
        (r#""met":"ouders""#, r#""met":"Wolkenstein""#),
        (r#""soort":"contact""#, r#""soort":"Wolkenstein""#),
        (r#""soort":"contact","#, r#""soort":"contact"#),
    ] {
        let fout = gewijzigd(van, naar);
        assert!(!format!("{fout} {fout:?}").contains(KANARIE), "{fout:?}");
    }
    for end in 0..goed.len() {
        let fout = terug(&goed.as_bytes()[..end]).unwrap_err();
        assert!(!format!("{fout} {fout:?}").contains(KANARIE), "{fout:?}");
    }
    assert!(!format!("{:?}", terug(goed.as_bytes()).unwrap()).contains(KANARIE));
}

proptest! {
    #[test]
    fn any_fact_survives_the_trip(
        soort in proptest::sample::select(Soort::ALL),
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
    ) {
        let fact = Kans::willekeurig(&bytes).feit(soort);
        prop_assert_eq!(terug(&schrijf(&fact)), Ok(fact));
    }

    #[test]
    fn one_flipped_byte_never_panics_and_never_tells(place in any::<prop::sample::Index>(), other in any::<u8>()) {
        let mut bytes = notitie().into_bytes();
        let place = place.index(bytes.len());
        bytes[place] = other;
        if let Err(fout) = terug(&bytes) {
            let told = format!("{fout} {fout:?}");
            prop_assert!(!told.contains(KANARIE));
        }
    }
}
