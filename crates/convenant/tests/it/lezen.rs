//! Reading: the shipped convenant is sound, and every mistake names its line and what is allowed.

use convenant::{Convenant, MAX_CONVENANT_BYTES, STANDAARD, Tot};
use domain::fact::Grondslag;

#[test]
fn the_shipped_convenant_is_sound() {
    let fouten = Convenant::lees(STANDAARD).err().unwrap_or_default();
    assert!(fouten.is_empty(), "{}", fouten.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    let convenant = Convenant::standaard();
    assert_eq!(convenant.titel(), "Convenant gegevensdeling thuiszitterspact");
    assert_eq!((convenant.regio(), convenant.geldig_vanaf()), ("standaard", Some(testkit::dag(2026, 8, 1))));
    let lines: Vec<&str> = STANDAARD.lines().collect();
    for regel in convenant.regels() {
        assert!(lines[regel.regelnummer - 1].contains(&regel.naam), "{}", regel.naam);
    }
}

const GOED: &str = "titel = \"t\"\nregio = \"r\"\ngeldig_vanaf = 2026-08-01\n\n[[regel]]\nnaam = \"eerste\"\n\
                    partij = [\"schoolleider\"]\nrelatie = [\"school-van-inschrijving\"]\nleeftijd = { van = 4 }\n\
                    soort = [\"persoon.naam\", \"klok\"]\nmag = [\"lees\"]\ntoestemming = \"geen\"\ntot = \"heden\"\n\
                    reden = false\ngrond = \"schooladministratie\"\n";

/// Replaces a part of a sound convenant and expects a mistake on a line, with these words.
#[track_caller]
fn check(van: &str, naar: &str, line: usize, zegt: &[&str]) {
    assert!(GOED.contains(van), "{van}");
    let fouten = Convenant::lees(&GOED.replacen(van, naar, 1)).expect_err("a mistake");
    let fout = &fouten[0];
    let words = fout.to_string();
    assert_eq!(fout.regelnummer, line, "{words}");
    assert!(zegt.iter().all(|zegt| words.contains(zegt)), "{words}\n  should say {zegt:?}");
}

#[test]
fn a_sound_convenant_is_read_whole() {
    let convenant = Convenant::lees(GOED).unwrap();
    let [regel] = convenant.regels() else { panic!("one row") };
    assert_eq!((regel.naam.as_str(), regel.regelnummer, regel.tot), ("eerste", 6, Tot::Heden));
    assert_eq!((regel.leeftijd.van, regel.leeftijd.tot_en_met), (4, i16::MAX));
    assert_eq!(regel.grond, Grondslag::Schooladministratie);
    assert_eq!(
        regel.in_woorden(),
        "Voor: schoolleider. Als: de school waar de leerling staat ingeschreven. Alleen als: de leerling is 4 jaar of \
         ouder. Mag lezen: naam en klok van drie maanden."
    );
}

#[test]
fn every_mistake_names_its_line_its_field_and_what_is_allowed() {
    check("titel = \"t\"", "titel = 3", 1, &["titel", "een tekst"]);
    check("2026-08-01", "\"2026-08-01\"", 3, &["geldig_vanaf", "zonder aanhalingstekens"]);
    check("\"schoolleider\"", "\"conrector\"", 7, &["regel \"eerste\", partij", "\"mentor\"", "\"ouder\""]);
    check("\"school-van-inschrijving\"", "\"school\"", 8, &["relatie", "\"was-school\""]);
    check("{ van = 4 }", "12", 9, &["leeftijd", "{ van = 12, tot_en_met = 15 }"]);
    check("{ van = 4 }", "{ van = 4, tot = 5 }", 9, &["leeftijd, tot", "hoort hier niet"]);
    check("{ van = 4 }", "{ van = 4, tot_en_met = 3 }", 9, &["leeftijd", "niet lager"]);
    check("leeftijd = { van = 4 }", "fase = [\"later\"]", 9, &["fase", "\"gemeld\""]);
    check("\"klok\"", "\"klokje\"", 10, &["soort", "\"verzuim.dagen\""]);
    check("\"klok\"", "\"persoon.naam\"", 10, &["soort", "twee keer"]);
    check("[\"lees\"]", "[\"schrijf\"]", 11, &["mag", "\"exporteer\""]);
    check("[\"lees\"]", "[\"exporteer\"]", 11, &["mag", "wie mag exporteren, mag ook lezen"]);
    check("\"geen\"", "\"soms\"", 12, &["toestemming", "\"vereist\""]);
    check("\"heden\"", "\"altijd\"", 13, &["tot", "\"einde-relatie\""]);
    check("reden = false", "reden = \"nee\"", 14, &["reden", "true (ja)"]);
    check("\"schooladministratie\"", "\"gewoonte\"", 15, &["grond", "\"leerplichttaak\""]);
    check("reden = false\n", "", 5, &["reden", "ontbreekt"]);
    check("grond =", "grnd =", 5, &["grond", "ontbreekt"]);
    check("[[regel]]", "[regel]", 5, &["regel", "[[regel]] erboven"]);
    check("titel = \"t\"", "titel = \"t", 1, &["bestand", "geen geldige TOML"]);
}

#[test]
fn a_field_that_nobody_knows_and_a_name_that_stands_twice_are_mistakes() {
    let extra = format!("{GOED}kleur = \"rood\"\n");
    assert!(Convenant::lees(&extra).unwrap_err()[0].to_string().contains("kleur: dit veld hoort hier niet"));
    let (_, row) = GOED.split_once("[[regel]]").unwrap();
    let twice = format!("{GOED}\n[[regel]]{row}");
    assert!(Convenant::lees(&twice).unwrap_err()[0].to_string().contains("een andere regel heet ook zo"));
    assert!(Convenant::lees("titel = \"t\"\nregio = \"r\"\ngeldig_vanaf = 2026-08-01\n").is_err());
    let with_reason = GOED
        .replace("\"schoolleider\"", "\"leerplichtambtenaar\"")
        .replace("\"school-van-inschrijving\"", "\"woongemeente\"")
        .replace("[\"persoon.naam\", \"klok\"]", "[\"persoon.naam\"]")
        .replace("reden = false", "reden = true");
    assert!(Convenant::lees(&with_reason).is_ok());
    let in_a_file = with_reason.replace("[\"lees\"]", "[\"lees\", \"exporteer\"]");
    assert!(Convenant::lees(&in_a_file).unwrap_err()[0].to_string().contains("mag niet in een bestand"));
    let long = "#".repeat(MAX_CONVENANT_BYTES + 1);
    assert!(Convenant::lees(&long).unwrap_err()[0].to_string().contains("hoogstens"));
}

#[test]
fn under_no_convenant_nobody_sees_anything() {
    let kring = crate::verhaal::kring(&crate::verhaal::sam());
    assert!(crate::verhaal::iedereen().iter().all(|by| !Convenant::default().ziet(by, &kring)));
}
