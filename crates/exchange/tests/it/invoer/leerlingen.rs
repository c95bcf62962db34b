use domain::body::{Geslacht, JaNee, Relatie};
use exchange::invoer::{Invoer, Kader, LeerlingRij, read_leerlingen};

use super::{echt, findings, proef};

/// A BSN of the range for synthetic regions.
const BSN: &str = "999900006";
const ANDER_BSN: &str = "999900018";

/// A row of a file of pupils: fields by name, on top of a pupil without anything wrong.
#[derive(Clone)]
struct Rij(Vec<(&'static str, String)>);

fn sam() -> Rij {
    Rij(Vec::new())
        .with("brin", "90AA")
        .with("vestigingscode", "90AA00")
        .with("leerlingnummer", "00123")
        .with("achternaam", "Boer")
        .with("voorvoegsel", "de")
        .with("geboortedatum", "2012-03-04")
        .with("geslacht", "1")
        .with("bsn", BSN)
        .with("onderwijsnummer", "")
        .with("postcode", "1811 AB")
        .with("gemeentecode", "0361")
        .with("jaargroep", "12")
        .with("inschrijfdatum", "01-08-2024")
        .with("uitschrijfdatum", "")
        .with("verzorger1_naam", "")
        .with("verzorger1_relatie", "")
        .with("verzorger1_gezag", "")
}

/// Another child at the same school.
fn noor() -> Rij {
    sam().with("leerlingnummer", "00124").with("geboortedatum", "2013-05-06").with("bsn", ANDER_BSN)
}

impl Rij {
    fn with(mut self, kolom: &'static str, value: &str) -> Self {
        match self.0.iter_mut().find(|(known, _)| *known == kolom) {
            Some((_, old)) => *old = value.to_owned(),
            None => self.0.push((kolom, value.to_owned())),
        }
        self
    }
}

fn file(rows: &[Rij]) -> String {
    let columns: Vec<&str> = rows[0].0.iter().map(|(kolom, _)| *kolom).collect();
    let mut text = columns.join(";");
    for row in rows {
        let cells: Vec<&str> = row.0.iter().map(|(_, value)| value.as_str()).collect();
        text.push('\n');
        text.push_str(&cells.join(";"));
    }
    text
}

fn read(rows: &[Rij], kader: &Kader<'_>) -> Invoer<Vec<LeerlingRij>> {
    read_leerlingen(file(rows).as_bytes(), kader).unwrap()
}

/// Lines taken and findings, in a synthetic region.
fn check(rows: &[Rij], taken: &[u64], expected: &[&str]) {
    let invoer = read(rows, &proef());
    let lines: Vec<u64> = invoer.inhoud.iter().map(|leerling| leerling.rij).collect();
    assert_eq!((lines.as_slice(), findings(&invoer)), (taken, expected.iter().map(|s| s.to_string()).collect()));
}

#[test]
fn a_pupil_comes_back_as_delivered() {
    let rij =
        sam().with("verzorger1_naam", "M. Visser").with("verzorger1_relatie", "moeder").with("verzorger1_gezag", "ja");
    let invoer = read(&[rij], &proef());
    assert_eq!(findings(&invoer), Vec::<String>::new());
    let leerling = &invoer.inhoud[0];
    assert_eq!(leerling.inschrijving.leerlingnummer.zichtbaar(), "00123");
    assert_eq!(leerling.persoon.bsn.unwrap().zichtbaar(), BSN);
    assert_eq!(leerling.persoon.geslacht, Geslacht::Man);
    assert_eq!(leerling.adres.postcode.unwrap().to_string(), "1811AB");
    assert_eq!(leerling.inschrijving.inschrijfdatum.to_string(), "2024-08-01");
    let moeder = &leerling.verzorgers[0];
    assert_eq!((moeder.relatie, moeder.gezag, moeder.woont_bij_kind), (Relatie::Moeder, JaNee::Ja, JaNee::Onbekend));
    assert_eq!(leerling.verzorgers.len(), 1);
}

#[test]
fn every_field_is_checked_on_its_own() {
    let cases = [
        ("brin", "90AB", "brin"),
        ("vestigingscode", "90AA", "vestigingscode"),
        ("vestigingscode", "16AH00", "echt nummer"),
        ("leerlingnummer", "", "veld leeg"),
        ("leerlingnummer", "1 2", "leerlingnummer"),
        ("achternaam", "", "veld leeg"),
        ("geboortedatum", "", "veld leeg"),
        ("geboortedatum", "30-2-2014", "datum bestaat niet"),
        ("geboortedatum", "1899-12-31", "datum kan niet"),
        ("geboortedatum", "2999-01-01", "datum kan niet"),
        ("geboortedatum", "2022-01-01", "leeftijd"),
        ("geboortedatum", "1996-07-01", "leeftijd"),
        ("geslacht", "M", "geslacht"),
        ("bsn", "999900007", "bsn"),
        ("bsn", "123456782", "echt nummer"),
        ("bsn", "onbekend", "bsn"),
        ("onderwijsnummer", "999900006", "onderwijsnummer"),
        ("postcode", "0181 AB", "postcode"),
        ("gemeentecode", "Alkmaar", "gemeentecode"),
        ("jaargroep", "9", "jaargroep"),
        ("inschrijfdatum", "1899-12-30", "datum kan niet"),
        ("inschrijfdatum", "2999-01-01", "datum kan niet"),
        ("inschrijfdatum", "08/01/2024", "datum onleesbaar"),
        ("uitschrijfdatum", "2024-07-31", "uitschrijving voor inschrijving"),
    ];
    for (kolom, value, soort) in cases {
        check(&[sam().with(kolom, value)], &[], &[&format!("!2 {kolom} {soort}")]);
    }
}

#[test]
fn all_that_is_wrong_with_a_row_is_said_at_once() {
    let rij = sam().with("geslacht", "3").with("jaargroep", "x").with("postcode", "1811");
    check(&[rij], &[], &["!2 geslacht geslacht", "!2 postcode postcode", "!2 jaargroep jaargroep"]);
}

#[test]
fn what_may_be_right_is_a_warning() {
    check(&[sam().with("bsn", "")], &[2], &["2 bsn geen bsn of onderwijsnummer"]);
    check(&[sam().with("gemeentecode", "0034")], &[2], &["2 gemeentecode gemeente buiten de regio"]);
    check(&[sam().with("gemeentecode", "361")], &[2], &["2 gemeentecode voorloopnul"]);
    check(&[sam().with("gemeentecode", "0458")], &[2], &[]);
    check(&[sam().with("haarkleur", "rood")], &[2], &["1 haarkleur onbekende kolom"]);
    let invoer = read(&[sam().with("gemeentecode", "361")], &proef());
    assert_eq!(invoer.inhoud[0].adres.gemeente.unwrap().to_string(), "0361");
}

#[test]
fn a_number_whose_zero_was_dropped_is_completed_and_said_so() {
    let rij = sam().with("brin", "16AH").with("vestigingscode", "16AH00").with("bsn", "12345672");
    let invoer = read(&[rij], &echt());
    assert_eq!(findings(&invoer), ["2 bsn voorloopnul"]);
    assert_eq!(invoer.inhoud[0].persoon.bsn.unwrap().zichtbaar(), "012345672");
}

#[test]
fn a_real_region_refuses_test_numbers() {
    assert_eq!(findings(&read(&[sam()], &echt())), ["!2 bsn proefnummer", "!2 vestigingscode proefnummer"],);
}

#[test]
fn carers_need_a_name_and_a_known_relation_and_authority_is_never_guessed() {
    let ouder = sam().with("verzorger1_naam", "M. Visser");
    check(std::slice::from_ref(&ouder), &[], &["!2 verzorger1_relatie veld leeg"]);
    check(&[ouder.clone().with("verzorger1_relatie", "mama")], &[], &["!2 verzorger1_relatie relatie"]);
    let ouder = ouder.with("verzorger1_relatie", "Moeder");
    check(&[ouder.clone().with("verzorger1_gezag", "j")], &[], &["!2 verzorger1_gezag ja of nee"]);
    check(
        &[sam().with("verzorger1_gezag", "ja")],
        &[],
        &["!2 verzorger1_naam veld leeg", "!2 verzorger1_relatie veld leeg"],
    );
    assert_eq!(read(&[ouder], &proef()).inhoud[0].verzorgers[0].gezag, JaNee::Onbekend);
}

#[test]
fn rows_that_cannot_both_be_true_are_both_refused() {
    check(&[sam(), noor()], &[2, 3], &[]);
    check(&[sam(), noor(), sam()], &[2, 3], &["4 leerlingnummer dubbele rij"]);
    check(
        &[sam(), noor().with("leerlingnummer", "00123")],
        &[],
        &["!2 leerlingnummer nummer dubbel", "!3 leerlingnummer nummer dubbel"],
    );
    check(&[sam(), noor().with("bsn", BSN)], &[], &["!2 bsn nummer dubbel", "!3 bsn nummer dubbel"]);
    check(
        &[sam(), sam().with("achternaam", "Boer-Visser")],
        &[],
        &["!2 leerlingnummer nummer dubbel", "!3 leerlingnummer nummer dubbel"],
    );
}

#[test]
fn one_child_at_two_schools_is_allowed_with_a_warning() {
    let elders = sam().with("brin", "90AB").with("vestigingscode", "90AB00").with("leerlingnummer", "7");
    check(&[sam(), elders.clone()], &[2, 3], &["2 bsn twee vestigingen", "3 bsn twee vestigingen"]);
    check(&[sam(), elders.with("geboortedatum", "2012-03-05")], &[], &["!2 bsn nummer dubbel", "!3 bsn nummer dubbel"]);
}

#[test]
fn twins_are_two_children() {
    check(&[sam(), noor().with("geboortedatum", "2012-03-04")], &[2, 3], &[]);
}

#[test]
fn files_without_what_is_needed_are_refused_as_a_whole() {
    let cases = [
        ("", "Het bestand is leeg."),
        ("\n\n", "Het bestand is leeg."),
        ("leerlingnummer;achternaam\n1;Boer", "vestigingscode, geboortedatum, inschrijfdatum"),
        ("leerlingnummer;leerlingnummer;achternaam;vestigingscode;geboortedatum;inschrijfdatum", "leerlingnummer"),
        ("PK\u{3}\u{4}", "Excel"),
        ("a\0b;c\n", "nulteken"),
    ];
    for (text, expected) in cases {
        let weigering = read_leerlingen(text.as_bytes(), &proef()).unwrap_err().to_string();
        assert!(weigering.contains(expected), "{weigering}");
    }
}

#[test]
fn headers_are_found_in_any_order_size_and_with_blanks() {
    let text = "INSCHRIJFDATUM , Achternaam,geboortedatum, Vestigingscode ,leerlingnummer,bsn\n\
                2024-08-01,Boer,2012-03-04,90AA00,00123,999900006\n";
    let invoer = read_leerlingen(text.as_bytes(), &proef()).unwrap();
    assert_eq!((invoer.inhoud.len(), findings(&invoer)), (1, Vec::new()));
}

#[test]
fn every_value_comes_back_as_it_was_in_every_encoding_and_dialect() {
    let text = file(&[sam().with("achternaam", "Ruël-Çelik"), noor().with("achternaam", "D'Ávila")]);
    let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let files = [
        text.clone().into_bytes(),
        ["\u{FEFF}", &text].concat().into_bytes(),
        [b"\xFF\xFE".to_vec(), utf16(u16::to_le_bytes)].concat(),
        [b"\xFE\xFF".to_vec(), utf16(u16::to_be_bytes)].concat(),
        text.chars().map(|teken| u8::try_from(u32::from(teken)).unwrap()).collect(),
        text.replace('\n', "\r\n").into_bytes(),
        text.replace('\n', "\r").into_bytes(),
        text.replace(';', "\t").into_bytes(),
        text.replace(';', ",").into_bytes(),
        [text.as_str(), "\n;;;;\n\n"].concat().into_bytes(),
    ];
    let expected = read_leerlingen(&files[0], &proef()).unwrap().inhoud;
    assert_eq!(expected[0].persoon.achternaam.zichtbaar(), "Ruël-Çelik");
    for (nummer, bytes) in files.iter().enumerate() {
        let invoer = read_leerlingen(bytes, &proef()).unwrap();
        assert!(invoer.inhoud == expected, "file {nummer}: {:?}", findings(&invoer));
    }
}

#[test]
fn a_broken_character_costs_its_own_row() {
    let text = file(&[sam().with("achternaam", "Ruël"), noor().with("achternaam", "Zoë #")]);
    let bytes: Vec<u8> = text.bytes().map(|byte| if byte == b'#' { 0xEB } else { byte }).collect();
    assert_eq!(findings(&read_leerlingen(&bytes, &proef()).unwrap()), ["!3  onleesbare tekens"]);
}

#[test]
fn a_header_alone_is_read_with_a_warning() {
    let text = file(&[sam()]);
    let kop = text.lines().next().unwrap();
    assert_eq!(findings(&read_leerlingen(kop.as_bytes(), &proef()).unwrap()), ["1  geen rijen"]);
}

#[test]
fn findings_read_as_one_dutch_line() {
    let invoer = read(&[sam().with("inschrijfdatum", "30-2-2024")], &proef());
    assert_eq!(
        invoer.bevindingen.kept()[0].to_string(),
        "Fout in rij 2, kolom inschrijfdatum: De datum 30-2-2024 bestaat niet. \
         Schrijf een bestaande datum, als 2026-03-03 of als 03-03-2026."
    );
}
