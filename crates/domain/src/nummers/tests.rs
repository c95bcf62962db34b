use jiff::civil::date;
use proptest::prelude::*;

use super::*;

/// A synthetic number that passes, with nine digits and the given first eight.
fn with_check_digit(eight: u32, remainder: u32) -> Option<String> {
    (0..10).map(|last| format!("{eight:08}{last}")).find(|text| {
        let digits: Vec<u32> = text.bytes().map(|byte| u32::from(byte - b'0')).collect();
        let sum: u32 = digits.iter().zip([9, 8, 7, 6, 5, 4, 3, 2, 10]).map(|(digit, weight)| digit * weight).sum();
        sum % 11 == remainder
    })
}

#[test]
fn regel_64_een_bsn_voldoet_aan_de_elfproef() {
    for (text, passes) in [
        ("999990019", true),
        ("999990021", false),
        ("111222333", true),
        (" 111222333 ", true),
        ("000000000", false),
        ("11122233", false),
        ("0111222333", false),
        ("111.222.333", false),
        ("11122233a", false),
        ("١١١٢٢٢٣٣٣", false),
        ("", false),
    ] {
        assert_eq!(Bsn::parse(text).is_ok(), passes, "{text}");
    }
}

#[test]
fn a_refusal_says_what_is_allowed_and_never_repeats_the_number() {
    let fout = Bsn::parse("12345678").unwrap_err().to_string();
    assert_eq!(fout, "Een BSN heeft precies 9 cijfers, met voorloopnullen en zonder punten; hier staan 8 tekens.");
    let fout = Bsn::parse("123456789").unwrap_err().to_string();
    assert!(fout.contains("elfproef") && !fout.contains("123456789"));
    assert!(Brin::parse("ZX19").unwrap_err().to_string().contains("zoals 19ZX"));
}

#[test]
fn numbers_of_people_print_an_ellipsis_only() {
    let bsn = Bsn::parse("999990019").unwrap();
    assert_eq!((format!("{bsn}"), format!("{bsn:?}")), ("…".to_owned(), "Bsn(…)".to_owned()));
    assert_eq!(bsn.zichtbaar(), "999990019");
    let leading = Bsn::parse(&with_check_digit(1234, 0).unwrap()).unwrap();
    assert_eq!(leading.zichtbaar().len(), 9);
    let nummer = Onderwijsnummer::parse(&with_check_digit(10_000_001, 5).unwrap()).unwrap();
    assert_eq!(format!("{nummer} {nummer:?}"), "… Onderwijsnummer(…)");
    assert_eq!(format!("{:?}", Postcode::parse("1811AB").unwrap()), "Postcode(…)");
}

#[test]
fn synthetic_numbers_lie_in_their_own_ranges() {
    for (text, proef) in [("999990019", true), ("111222333", false)] {
        assert_eq!(Bsn::parse(text).unwrap().is_proef(), proef, "{text}");
    }
    for (text, proef) in [("90AA", true), ("99ZZ", true), ("89ZZ", false), ("19ZX", false)] {
        assert_eq!(Brin::parse(text).unwrap().is_proef(), proef, "{text}");
    }
}

#[test]
fn codes_of_schools_and_places_have_their_shape() {
    for (text, read) in
        [("19ZX", Some("19ZX")), (" 19zx ", Some("19ZX")), ("9ZX", None), ("19Z1", None), ("19ZÉ", None)]
    {
        assert_eq!(Brin::parse(text).ok().map(|brin| brin.to_string()).as_deref(), read, "{text}");
    }
    for (text, read) in [("19ZX00", Some("19ZX00")), ("19ZX", None), ("19ZX0A", None)] {
        assert_eq!(Vestigingscode::parse(text).ok().map(|code| code.to_string()).as_deref(), read, "{text}");
    }
    assert_eq!(Vestigingscode::parse("90AA01").unwrap().brin(), Brin::parse("90AA").unwrap());
    for (text, read) in [
        ("1811AB", Some("1811AB")),
        ("1811 ab", Some("1811AB")),
        ("0811AB", None),
        ("1811", None),
        ("181 1AB", None),
        ("é811AB", None),
        ("181é", None),
        ("", None),
    ] {
        assert_eq!(Postcode::parse(text).ok().map(|code| code.to_string()).as_deref(), read, "{text}");
    }
    assert_eq!(Postcode::parse("1811AB").unwrap().cijfers(), 1811);
    for (text, po) in [("PO2703", Some(true)), ("vo2703", Some(false)), ("SO2703", None), ("PO270", None)] {
        assert_eq!(SwvNummer::parse(text).ok().map(SwvNummer::is_po), po, "{text}");
    }
    for (text, ok) in [("0361", true), ("361", false), ("0000", false), ("036A", false)] {
        assert_eq!(Gemeentecode::parse(text).is_ok(), ok, "{text}");
    }
}

#[test]
fn an_old_code_means_the_merged_municipality_from_its_first_day() {
    let code = |text: &str| Gemeentecode::parse(text).unwrap();
    for (oud, dag, expected) in [
        ("0398", date(2021, 12, 31), "0398"),
        ("0398", date(2022, 1, 1), "1980"),
        ("0416", date(2026, 3, 3), "1980"),
        ("0361", date(2026, 3, 3), "0361"),
        ("0365", date(2014, 12, 31), "0365"),
        ("0458", date(2015, 1, 1), "0361"),
    ] {
        assert_eq!(code(oud).op(dag), code(expected), "{oud} on {dag}");
    }
}

#[test]
fn the_mergers_are_those_of_table_33() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/brp-testset/gemeententabel33.csv");
    let Ok(text) = std::fs::read_to_string(path) else {
        eprintln!("skipped: table 33 is not here");
        return;
    };
    for (oud, nieuw, ingang) in HERINDELINGEN {
        let (oud, nieuw) = (Gemeentecode(*oud), Gemeentecode(*nieuw));
        let day = ingang.to_string().replace('-', "");
        let found = text.lines().any(|line| {
            let fields: Vec<&str> = line.split(',').map(|field| field.trim_matches('"')).collect();
            fields[0] == oud.to_string() && fields[2] == nieuw.to_string() && fields[4] == day
        });
        assert!(found, "{oud} to {nieuw} on {day}");
    }
}

#[test]
fn the_fictitious_persons_of_the_brp_have_681_good_numbers_of_682() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/brp-testset/testset_persoonslijsten_gba-v_20220502.csv.gz"
    );
    // The core has no decompressor; the system's own is enough for a test.
    let Ok(unpacked) = std::process::Command::new("gzip").args(["-dc", path]).output() else {
        eprintln!("skipped: there is no gzip here");
        return;
    };
    if !unpacked.status.success() {
        eprintln!("skipped: the test set of the BRP is not here");
        return;
    }
    let text = String::from_utf8(unpacked.stdout).unwrap();
    let mut lines = text.lines();
    let column = lines.next().unwrap().split(';').position(|name| name == "01.01.20").unwrap();
    let numbers: std::collections::BTreeSet<&str> =
        lines.filter_map(|line| line.split(';').nth(column)).filter(|number| !number.is_empty()).collect();
    let passing = numbers.iter().filter(|number| Bsn::parse(number).is_ok()).count();
    assert_eq!((numbers.len(), passing), (682, 681));
}

proptest! {
    #[test]
    fn one_wrong_digit_or_two_swapped_neighbours_are_always_noticed(
        eight in 0u32..100_000_000, place in 0usize..9, other in 1u8..10,
    ) {
        let Some(text) = with_check_digit(eight, 0).filter(|text| Bsn::parse(text).is_ok()) else { return Ok(()) };
        let mut bytes = text.clone().into_bytes();
        bytes[place] = b'0' + (bytes[place] - b'0' + other) % 10;
        prop_assert!(Bsn::parse(&String::from_utf8(bytes).unwrap()).is_err());
        let mut swapped = text.clone().into_bytes();
        swapped.swap(place.min(7), place.min(7) + 1);
        let swapped = String::from_utf8(swapped).unwrap();
        prop_assert!(swapped == text || Bsn::parse(&swapped).is_err());
        prop_assert!(Onderwijsnummer::parse(&text).is_err());
    }

    #[test]
    fn no_text_makes_a_parser_stumble(text in ".{0,12}") {
        let _ = (Bsn::parse(&text), Onderwijsnummer::parse(&text), Brin::parse(&text), Vestigingscode::parse(&text));
        let _ = (Postcode::parse(&text), SwvNummer::parse(&text), Gemeentecode::parse(&text));
    }
}
