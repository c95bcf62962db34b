//! The sample is read whole, and every mistake in it is met with its line, its field and what is allowed.

use std::collections::BTreeSet;

use domain::Date;
use domain::body::{IndelingSoort, Kind, Medewerker, Organisatie, SchoolUren, Sector};
use domain::fact::{FactId, Rol};
use domain::ids::OrganisatieId;
use domain::nummers::{Brin, Bsn, Gemeentecode, Vestigingscode};
use proptest::prelude::*;

use super::{MAX_BYTES, Regio, RegioSoort, organisatie_id, school_id};

const VOORBEELD: &str = include_str!("../../voorbeelden/regio.toml");

/// The sample with its examples switched on.
fn volledig() -> String {
    VOORBEELD.replace("#:", "")
}

fn regio() -> Regio {
    Regio::lees(&volledig()).unwrap()
}

fn dag(text: &str) -> Date {
    text.parse().unwrap()
}

fn id(code: &str) -> OrganisatieId {
    organisatie_id("noord-kennemerland", code)
}

#[test]
fn the_sample_holds_six_municipalities_and_four_samenwerkingsverbanden() {
    let regio = Regio::lees(VOORBEELD).unwrap();
    let nu = dag("2026-09-01");
    let nummers = |nummer: fn(&Organisatie) -> Option<String>| -> Vec<String> {
        let nu = regio.organisaties.iter().filter(|organisatie| organisatie.geldig.contains(nu));
        nu.filter_map(|organisatie| nummer(&organisatie.inhoud)).collect()
    };
    let gemeenten = nummers(|organisatie| organisatie.gemeente.map(|code| code.to_string()));
    assert_eq!(gemeenten, ["0361", "0373", "0383", "1980", "0399", "0450"]);
    let verbanden = nummers(|organisatie| organisatie.swv.map(|nummer| nummer.to_string()));
    assert_eq!(verbanden, ["PO2703", "VO2703", "PO2711", "VO2704"]);
    assert!(regio.medewerkers.is_empty(), "the sample invents nobody");
}

#[test]
fn the_partitions_do_not_coincide() {
    let regio = Regio::lees(VOORBEELD).unwrap();
    let bij = |wie: &str, soort: IndelingSoort, op: &str| {
        let here = |indeling: &&super::Vermelding<OrganisatieId, domain::body::Indeling>| {
            indeling.over == id(wie) && indeling.inhoud.soort == soort && indeling.geldig.contains(dag(op))
        };
        regio.indelingen.iter().find(here).map(|indeling| indeling.inhoud.bij)
    };
    for (wie, soort, op, verwacht) in [
        ("alkmaar", IndelingSoort::SwvVo, "2026-03-03", Some("swv-vo2703")),
        ("castricum", IndelingSoort::SwvVo, "2026-03-03", Some("swv-vo2704")),
        ("castricum", IndelingSoort::Doorstroompunt, "2026-03-03", Some("doorstroompunt-noord")),
        ("uitgeest", IndelingSoort::Doorstroompunt, "2026-03-03", Some("doorstroompunt-west")),
        ("dijk-en-waard", IndelingSoort::SwvPo, "2021-12-31", None),
        ("dijk-en-waard", IndelingSoort::SwvPo, "2022-01-01", Some("swv-po2703")),
        ("langedijk", IndelingSoort::SwvPo, "2021-12-31", Some("swv-po2703")),
        ("langedijk", IndelingSoort::SwvPo, "2022-01-01", None),
        ("alkmaar", IndelingSoort::Pact, "2026-03-03", Some("regio")),
    ] {
        assert_eq!(bij(wie, soort, op), verwacht.map(id), "{wie} in {} on {op}", soort.code());
    }
}

#[test]
fn an_old_municipality_code_finds_the_one_that_is_competent_now() {
    let gemeente = |code: &str, op: &str| regio().gemeente(Gemeentecode::parse(code).unwrap(), dag(op));
    assert_eq!(gemeente("0398", "2021-12-31"), Some(id("heerhugowaard")));
    assert_eq!(gemeente("0398", "2022-01-01"), Some(id("dijk-en-waard")));
    assert_eq!(gemeente("0361", "2026-03-03"), Some(id("alkmaar")));
    assert_eq!(gemeente("0363", "2026-03-03"), None, "Amsterdam is not in this region");
}

#[test]
fn a_merger_to_come_is_followed_from_its_day() {
    let tekst = VOORBEELD.replacen(
        "gemeentecode = \"0399\"",
        "gemeentecode = \"0399\"\ntot_en_met = 2027-12-31\nopgegaan_in = \"alkmaar\"",
        1,
    );
    let regio = Regio::lees(&tekst).unwrap();
    let heiloo = Gemeentecode::parse("0399").unwrap();
    assert_eq!(regio.gemeente(heiloo, dag("2027-12-31")), Some(id("heiloo")));
    assert_eq!(regio.gemeente(heiloo, dag("2028-01-01")), Some(id("alkmaar")));
}

#[test]
fn reading_again_is_about_the_same_parties() {
    assert_eq!(regio().feiten(), regio().feiten());
    assert_ne!(organisatie_id("noord-kennemerland", "alkmaar"), organisatie_id("west-friesland", "alkmaar"));
    // Fixed once: registers hold facts about these ids.
    assert_eq!(id("alkmaar").to_string(), "O-9EGD-XXGG-18XZ");
}

#[test]
fn every_party_has_an_id_of_its_own() {
    let regio = regio();
    let ids: BTreeSet<OrganisatieId> = regio.organisaties.iter().map(|organisatie| organisatie.over).collect();
    assert_eq!(ids.len(), regio.organisaties.len());
    assert_eq!(regio.organisaties.first().map(|eerste| eerste.over), Some(regio.id()));
}

#[test]
fn its_facts_survive_the_stored_form() {
    let feiten = regio().feiten();
    assert!(feiten.iter().any(|feit| Medewerker::of(&feit.body).is_some()));
    for feit in feiten {
        let bytes = crate::opslag::schrijf(&feit);
        let known = domain::Timestamp::UNIX_EPOCH;
        let terug = crate::opslag::lees(FactId(1), feit.about, known, &bytes).unwrap();
        assert_eq!(terug, feit.recorded(FactId(1), known));
    }
}

#[test]
fn one_person_may_work_at_two_organisations() {
    let regio = regio();
    let rollen: Vec<_> = regio.rollen.iter().map(|rol| (rol.inhoud.organisatie, rol.inhoud.rol)).collect();
    let alkmaar = [(id("alkmaar"), Rol::Leerplichtambtenaar), (id("alkmaar"), Rol::RmcMedewerker)];
    assert_eq!(rollen, [alkmaar.to_vec(), vec![(id("bergen"), Rol::Beleid)]].concat());
    assert_eq!(regio.medewerkers.len(), 1);
    assert!(regio.rollen.iter().all(|rol| rol.over == regio.medewerkers[0].over));
}

#[test]
fn a_school_without_hours_gets_those_of_its_sector() {
    let regio = regio();
    let met = school_id(&regio.code, Vestigingscode::parse("90AA00").unwrap());
    let zonder = school_id(&regio.code, Vestigingscode::parse("90AB00").unwrap());
    let uren = |school, sector| -> Vec<String> {
        let feiten = regio.sectoruren_voor(school, sector);
        feiten.iter().filter_map(|feit| SchoolUren::of(&feit.body)).map(|uren| uren.jaargroep.clone()).collect()
    };
    assert_eq!(uren(zonder, Sector::Po), ["", "1"]);
    assert_eq!(uren(zonder, Sector::Vo), [] as [&str; 0]);
    assert_eq!(uren(met, Sector::Po), [] as [&str; 0], "its own declaration goes first");
    let eigen = regio.schooluren.first().unwrap();
    assert_eq!(eigen.inhoud.kwartieren, [24, 28, 20, 28, 24, 0, 0]);
}

/// The errors when one piece of the sample is replaced.
fn fouten(van: &str, naar: &str) -> Vec<String> {
    let goed = volledig();
    assert!(goed.contains(van), "{van} is not in the sample");
    let fouten = Regio::lees(&goed.replacen(van, naar, 1)).unwrap_err();
    fouten.iter().map(ToString::to_string).collect()
}

/// What is replaced in the sample, by what, and what the error must say.
const VERGISSINGEN: &[(&str, &str, &str)] = &[
    (
        "soort = \"proef\"",
        "soort = \"test\"",
        "veld soort: Deze waarde is niet toegestaan. Kies uit \"echt\", \"proef\".",
    ),
    ("soort = \"proef\"", "soort = \"echt\"", "veld school.vestiging: Dit is een proefnummer"),
    ("\"90AA00\"", "\"19ZX00\"", "Gebruik in een proefregio een BRIN van 90AA tot en met 99ZZ."),
    (
        "\"Noord\"",
        "\"Oost\"",
        "veld vakantieregio: Deze waarde is niet toegestaan. Kies uit \"Noord\", \"Midden\", \"Zuid\".",
    ),
    ("geldig_vanaf = 2026-08-01", "geldig_vanaf = 2026-02-30", "geen geldige TOML"),
    ("geldig_vanaf = 2026-08-01", "geldig_vanaf = \"2026-08-01\"", "veld geldig_vanaf: Schrijf een bestaande datum"),
    ("versie = \"2026-1\"", "", "veld versie: Dit veld ontbreekt en is verplicht."),
    ("code = \"alkmaar\"", "code = \"Alkmaar\"", "veld organisatie.code: Een code heeft kleine letters"),
    ("code = \"alkmaar\"", "code = \"regio\"", "veld organisatie.code: De code \"regio\" is van de regio zelf."),
    ("code = \"bergen\"", "code = \"alkmaar\"", "veld organisatie.code: Deze code staat ook op regel"),
    ("\"0373\"", "\"0361\"", "veld organisatie.gemeentecode: Voor dit nummer staat al iets op regel"),
    ("\"0373\"", "\"373\"", "veld organisatie.gemeentecode: Een gemeentecode heeft 4 cijfers"),
    ("\"PO2711\"", "\"PO2703\"", "veld organisatie.swv_nummer: Voor dit nummer staat al iets op regel"),
    ("soort = \"swv\"", "soort = \"school\"", "veld organisatie.soort: Deze waarde is niet toegestaan."),
    (
        "tot_en_met = 2021-12-31",
        "tot_en_met = 2022-12-31",
        "veld organisatie.tot_en_met: De gemeente met code 0398 is opgegaan in de gemeente met code 1980.",
    ),
    (
        "organisatie = \"alkmaar\"",
        "organisatie = \"langedijk\"",
        "veld medewerker.van: De laatste dag (31 december 2021) ligt voor de eerste (1 augustus 2026).",
    ),
    (
        "tot_en_met = 2021-12-31",
        "tot_en_met = 2013-12-31",
        "veld organisatie.tot_en_met: De laatste dag (31 december 2013) ligt voor de eerste (1 augustus 2014).",
    ),
    ("opgegaan_in = \"dijk-en-waard\"", "", "veld organisatie.opgegaan_in: Geef de code van de gemeente"),
    (
        "opgegaan_in = \"dijk-en-waard\"",
        "opgegaan_in = \"alkmaar\"",
        "Volgens de tabel van gemeenten is 0398 opgegaan in 1980.",
    ),
    (
        "opgegaan_in = \"dijk-en-waard\"",
        "opgegaan_in = \"swv-po2703\"",
        "is in dit bestand geen gemeente die op 1 januari 2022 bestaat.",
    ),
    (
        "gemeentecode = \"0361\"",
        "gemeentecode = \"0361\"\nopgegaan_in = \"bergen\"",
        "veld organisatie.tot_en_met: Geef ook de laatste dag",
    ),
    (
        "\"castricum\", \"uitgeest\"",
        "\"castricum\", \"alkmaar\"",
        "veld indeling.wie: Voor deze organisatie in deze indeling staat al iets op regel",
    ),
    (
        "bij = \"swv-po2703\"",
        "bij = \"swv-vo2703\"",
        "veld indeling.bij: In de indeling swv_po hoort hier een samenwerkingsverband met een nummer dat begint met PO.",
    ),
    (
        "bij = \"swv-po2703\"",
        "bij = \"swv\"",
        "veld indeling.bij: Deze code staat bij geen organisatie in dit bestand.",
    ),
    (
        "bij = \"swv-po2703\"",
        "bij = \"swv-po2703\"\nvan = 2010-08-01",
        "veld indeling.wie: Beide organisaties bestaan samen van 1 augustus 2014 t/m heden.",
    ),
    (
        "sector = \"po\"",
        "sector = \"vso\"",
        "veld uren.sector: Scholen voor so, vso en mbo geven ieder hun eigen uren op",
    ),
    ("leerjaar = \"1\"\n", "\n", "veld uren: Voor dit leerjaar in deze sector staat al iets op regel"),
    ("leerjaar = \"11\"", "leerjaar = \"9\"", "veld school.uren.leerjaar: Deze waarde is niet toegestaan."),
    ("[6, 7, 5, 7, 6]", "[6, 7, 5, 7]", "veld school.uren.uren: Geef 5 of 7 getallen"),
    ("[6, 7, 5, 7, 6]", "[6, 7.1, 5, 7, 6]", "Geef uren van 0 tot en met 12, in hele kwartieren"),
    ("[6, 7, 5, 7, 6]", "[6, -7, 5, 7, 6]", "Geef uren van 0 tot en met 12, in hele kwartieren"),
    (
        "tot_en_met = 2026-10-16",
        "tot_en_met = 2062-10-16",
        "veld school.dag.tot_en_met: Dit zijn meer dan 62 dagen. Controleer het jaar.",
    ),
    ("van = 2026-11-18", "van = 2026-10-14", "veld school.dag: Voor deze school staat al iets op regel"),
    (
        "werkdagen = [\"ma\"",
        "werkdagen = [\"maandag\"",
        "veld medewerker.werkdagen: Deze waarde is niet toegestaan. Kies uit \"ma\"",
    ),
    ("werkdagen = [", "werkdag = [", "veld medewerker.werkdagen: Dit veld ontbreekt en is verplicht."),
    ("email = ", "mail = ", "veld medewerker.mail: Dit veld is onbekend. Toegestaan: code, organisatie, naam"),
    (
        "organisatie = \"alkmaar\"",
        "organisatie = \"almere\"",
        "veld medewerker.organisatie: Deze code staat bij geen organisatie",
    ),
    (
        "organisatie = \"bergen\"\n rollen",
        "organisatie = \"almere\"\n rollen",
        "veld medewerker.elders.organisatie: Deze code staat bij geen organisatie",
    ),
    ("[[medewerker]]", "[medewerker]", "veld medewerker: Schrijf hier een lijst"),
];

#[test]
fn a_mistake_is_met_with_its_field_and_what_is_allowed() {
    for (van, naar, zegt) in VERGISSINGEN {
        let fouten = fouten(van, naar);
        assert!(
            fouten.iter().any(|fout| fout.contains(zegt)),
            "{van} -> {naar}\n  gives: {fouten:#?}\n  should say: {zegt}"
        );
    }
}

#[test]
fn an_error_names_the_line_as_an_editor_counts_it() {
    let goed = volledig();
    let regel = 1 + goed.lines().position(|line| line.trim() == "gemeentecode = \"0373\"").unwrap();
    let fouten = fouten("\"0373\"", "\"373\"");
    assert!(fouten[0].starts_with(&format!("Regel {regel}, veld organisatie.gemeentecode: ")), "{fouten:?}");
}

#[test]
fn all_mistakes_come_at_once_in_order_of_line() {
    let tekst = VOORBEELD.replace("soort = \"gemeente\"", "soort = \"dorp\"");
    let fouten = Regio::lees(&tekst).unwrap_err();
    assert_eq!(fouten.len(), 8);
    assert!(fouten.is_sorted_by_key(|fout| fout.regel));
}

#[test]
fn names_and_numbers_of_people_stand_in_no_error() {
    let tekst = volledig().replace("code = \"leerplicht-alkmaar-1\"", "code = \"mw. Achternaam\"");
    let tekst = tekst.replace("werkdagen = [\"ma\"", "werkdagen = [\"072-555 01 23\"");
    let fouten = format!("{:?}", Regio::lees(&tekst).unwrap_err());
    assert!(!fouten.contains("Achternaam") && !fouten.contains("072"), "{fouten}");
    assert!(!format!("{:?}", regio()).contains("Achternaam"));
}

#[test]
fn a_file_beyond_the_bound_is_refused_before_it_is_read() {
    let tekst = " ".repeat(MAX_BYTES + 1);
    assert!(Regio::lees(&tekst).unwrap_err()[0].to_string().contains("groter dan"));
}

#[test]
fn real_and_synthetic_numbers_never_meet() {
    for (brin, bsn, past) in [("90AA", "999990019", RegioSoort::Proef), ("19ZX", "111222333", RegioSoort::Echt)] {
        for (_, soort) in RegioSoort::ALL {
            assert_eq!(soort.past_bij_brin(Brin::parse(brin).unwrap()).is_ok(), soort == past, "{brin}");
            assert_eq!(soort.past_bij_bsn(Bsn::parse(bsn).unwrap()).is_ok(), soort == past, "{bsn}");
        }
    }
}

proptest! {
    #[test]
    fn a_damaged_file_never_panics(place in any::<prop::sample::Index>(), piece in "[\\[\\]\"=a-z0-9 \n-]{0,6}") {
        let mut tekst: Vec<char> = volledig().chars().collect();
        let place = place.index(tekst.len());
        let end = (place + 3).min(tekst.len());
        tekst.splice(place..end, piece.chars());
        let _ = Regio::lees(&tekst.into_iter().collect::<String>());
    }
}
