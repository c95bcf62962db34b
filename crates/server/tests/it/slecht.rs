//! Files as they should not be: each is refused in plain words, and the register is as it was.

use std::fs::OpenOptions;

use crate::plek::{Afloop, LEERLING_KOP, Plek, VERZUIM_KOP};

fn probeer(plek: &Plek, before: &str, wat: &str, bytes: &[u8], status: i32, words: &[&str]) {
    plek.schrijf("slecht.csv", bytes);
    na(plek, before, wat, &plek.draai(&["import", wat, "slecht.csv"]), status, words);
}

fn na(plek: &Plek, before: &str, wat: &str, afloop: &Afloop, status: i32, words: &[&str]) {
    assert_eq!(afloop.status, status, "{wat} {words:?}: {afloop:?}");
    for word in words {
        assert!(afloop.alles().contains(word), "{wat}: {word}: {afloop:?}");
    }
    assert_eq!(plek.telling(), before, "{wat} {words:?}");
}

/// Rows of pupils, each refused whole.
#[test]
fn rows_of_pupils() {
    let plek = Plek::leerlingen();
    let before = plek.telling();
    for (row, words) in [
        ("90AA00;3;Smit;1899-03-04;;2023-08-01;;;", &["Fout in rij 2, kolom geboortedatum:"][..]),
        ("90AA00;3;Smit;2999-03-04;;2023-08-01;;;", &["Fout in rij 2, kolom geboortedatum:"]),
        ("90AA00;3;Smit;2011-02-30;;2023-08-01;;;", &["Fout in rij 2, kolom geboortedatum:"]),
        ("90AA00;3;Smit;2011-03-04;999900007;2023-08-01;;;", &["Fout in rij 2, kolom bsn:", "elfproef"]),
        ("90AA00;3;Smit;2011-03-04;123456782;2023-08-01;;;", &["Fout in rij 2, kolom bsn:"]),
        ("90AA00;3;Smit;2011-03-04;;2999-08-01;;;", &["Fout in rij 2, kolom inschrijfdatum:"]),
        ("90AA00;3;;2011-03-04;;2023-08-01;;;", &["Fout in rij 2, kolom achternaam:"]),
        ("90ZZ00;3;Smit;2011-03-04;;2023-08-01;;;", &["Fout in rij 2, kolom vestigingscode:", "import scholen"]),
        ("16AH00;3;Smit;2011-03-04;;2023-08-01;;;", &["Fout in rij 2, kolom vestigingscode:"]),
        ("90AA00;3;Smit;2011-03-04;;2023-08-01", &["Fout in rij 2"]),
        ("90AA00;1;Smit;2012-03-04;;2023-08-01;;;", &["Fout in rij 2, kolom leerlingnummer:", "geef dan een nieuw"]),
        ("90AA00;2;Smit;2011-05-06;999900006;2023-08-01;;;", &["Fout in rij 2, kolom leerlingnummer:"]),
        ("90AB00;9;Boer;2013-03-04;999900006;2023-08-01;;;", &["Fout in rij 2, kolom bsn:", "geboortedatum"]),
        (
            "90AA00;3;Smit;2011-03-04;;2023-08-01;;;\n90AA00;3;Bakker;2012-03-04;;2023-08-01;;;",
            &["Fout in rij 2, kolom leerlingnummer:", "Fout in rij 3, kolom leerlingnummer:"],
        ),
        (
            "90AA00;3;Smit;2011-03-04;999900031;2023-08-01;;;\n90AB00;4;Bakker;2012-03-04;999900031;2023-08-01;;;",
            &["Fout in rij 2, kolom bsn:", "Fout in rij 3, kolom bsn:"],
        ),
    ] {
        probeer(&plek, &before, "leerlingen", format!("{LEERLING_KOP}\n{row}\n").as_bytes(), 1, words);
    }
}

#[test]
fn rows_of_absence_and_schools() {
    let plek = Plek::leerlingen();
    let before = plek.telling();
    for (row, words) in [
        ("90AA00;1;1899-03-04;;dag;ziek", &["Fout in rij 2, kolom datum:"][..]),
        ("90AA00;1;2999-03-04;;dag;ziek", &["Fout in rij 2, kolom datum:"]),
        ("90AA00;1;2025-03-04;;dag;Z", &["Fout in rij 2, kolom soort:", "ongeoorloofd, luxe, te_laat"]),
        ("90AA00;1;2025-03-04;;zes;ziek", &["Fout in rij 2, kolom lesuren:"]),
        ("90AA00;99;2025-03-04;;dag;ziek", &["Fout in rij 2, kolom leerlingnummer:", "Lees eerst de leerlingen"]),
        ("90AB00;1;2025-03-04;;dag;ziek", &["Fout in rij 2, kolom leerlingnummer:"]),
        ("16AH00;1;2025-03-04;;dag;ziek", &["Fout in rij 2, kolom vestigingscode:"]),
    ] {
        probeer_verzuim(&plek, row, words);
    }
    assert_ne!(plek.telling(), before, "a refused row of a known pupil makes its day unknown: that is news");
    let before = plek.telling();
    let kop = "vestigingscode,naam,postcode,plaats\n";
    for (rows, words) in [
        ("16AH00,Echt,1811AB,Alkmaar\n", &["Fout in rij 2, kolom vestigingscode:"][..]),
        ("90AC00,,1811AB,Alkmaar\n", &["Fout in rij 2, kolom naam:"]),
        ("90AC00,Nieuw,1811,Alkmaar\n", &["Fout in rij 2, kolom postcode:"]),
    ] {
        probeer(&plek, &before, "scholen", format!("{kop}{rows}").as_bytes(), 1, words);
    }
}

fn probeer_verzuim(plek: &Plek, row: &str, words: &[&str]) {
    plek.schrijf("slecht.csv", format!("{VERZUIM_KOP}\n{row}\n"));
    let afloop = plek.draai(&["import", "verzuim", "slecht.csv"]);
    assert_eq!(afloop.status, 1, "{row}: {afloop:?}");
    assert!(words.iter().all(|word| afloop.uit.contains(word)), "{row}: {afloop:?}");
    plek.telling();
}

#[test]
fn whole_files() {
    let plek = Plek::leerlingen();
    let before = plek.telling();
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    for wat in ["scholen", "leerlingen", "verzuim"] {
        let kop = match wat {
            "scholen" => "vestigingscode,naam,postcode,plaats",
            "leerlingen" => LEERLING_KOP,
            _ => VERZUIM_KOP,
        };
        let below = |row: &[u8]| [kop.as_bytes(), b"\n", row, b"\n"].concat();
        for (bytes, status, word) in [
            (Vec::new(), 2, "Het bestand is leeg."),
            (b"\n\n\n".to_vec(), 2, "Het bestand is leeg."),
            (b"naam;leeftijd\nSam;14\n".to_vec(), 2, "ontbreken deze kolommen"),
            (b"PK\x03\x04\x14\x00".to_vec(), 2, "Excel- of zipbestand"),
            (b"\x1f\x8b\x08\x00".to_vec(), 2, "Excel- of zipbestand"),
            (vec![0; 4_096], 2, "Het bestand is niet gelezen."),
            (kop.as_bytes().to_vec(), 0, "een kop en geen rijen"),
            (below(b"\x00\x00\x00"), 1, "Fout in rij 2"),
            (below(b"90AA00;\xff\xfe\xfa;x;y"), 1, "Fout in rij 2"),
            (below("\"90AA00".as_bytes()), 1, "Fout in rij 2"),
            (utf16("naam;leeftijd\nSam;14\n"), 2, "ontbreken deze kolommen"),
            (format!("{kop}{}{kop}", &kop[14..15]).into_bytes(), 2, "meer dan eens"),
        ] {
            probeer(&plek, &before, wat, &bytes, status, &[word]);
        }
    }
    for line in [
        "#levering",
        "#levering vestigingscode=90AA00;van=2025-03-01",
        "#levering vestigingscode=90AA00;van=2025-03-31;tot_en_met=2025-03-01",
        "#levering vestigingscode=90AA00;van=2025-03-01;tot_en_met=2999-03-01",
        "#levering vestigingscode=16AH00;van=2025-03-01;tot_en_met=2025-03-02",
        "#levering vestigingscode=90AA00;van=2020-03-01;tot_en_met=2025-03-02",
    ] {
        let bytes = format!("{line}\n{VERZUIM_KOP}\n90AA00;1;2025-03-01;;dag;ziek\n");
        probeer(&plek, &before, "verzuim", bytes.as_bytes(), 2, &["De regel #levering"]);
    }
}

#[test]
fn a_line_of_a_hundred_megabytes() {
    let plek = Plek::leerlingen();
    let before = plek.telling();
    plek.schrijf("lang.csv", format!("{LEERLING_KOP}\n"));
    let file = OpenOptions::new().write(true).open(plek.pad("lang.csv")).unwrap();
    file.set_len(100 << 20).unwrap();
    let afloop = plek.draai(&["import", "leerlingen", "lang.csv"]);
    na(&plek, &before, "leerlingen", &afloop, 1, &["Fout in rij 2"]);
    assert!(std::fs::metadata(plek.pad("lang.csv.afgewezen.csv")).unwrap().len() < 1 << 20);
}

#[test]
fn a_pupil_at_two_schools_is_one_child_when_the_number_says_so() {
    let plek = Plek::leerlingen();
    plek.schrijf("l.csv", format!("{LEERLING_KOP}\n90AB00;9;Boer;2011-03-04;999900006;2025-08-01;;;\n"));
    let afloop = plek.goed(&["import", "leerlingen", "l.csv"]);
    assert!(afloop.uit.contains("1 leerlingen in het bestand, 0 nieuw in het register"), "{afloop:?}");
    let twee = "90AA00;5;Smit;2011-03-04;999900018;2023-08-01;;M. Smit;moeder\n\
         90AB00;5;Smit;2011-03-04;999900018;2025-08-01;;m. smit;moeder\n";
    plek.schrijf("l.csv", format!("{LEERLING_KOP}\n{twee}"));
    let afloop = plek.goed(&["import", "leerlingen", "l.csv"]);
    assert!(afloop.uit.contains("Waarschuwing in rij"), "{afloop:?}");
    assert!(afloop.uit.contains("2 leerlingen in het bestand, 1 nieuw in het register"), "{afloop:?}");
    let before = plek.telling();
    plek.goed(&["import", "leerlingen", "l.csv"]);
    assert_eq!(plek.telling(), before);
}

#[test]
fn no_register_no_key_another_key() {
    let leeg = Plek::leeg();
    leeg.schrijf("l.csv", LEERLING_KOP);
    let check = |plek: &Plek, words: &[&str], word: &str| {
        let afloop = plek.draai(words);
        assert_eq!(afloop.status, 2, "{words:?}: {afloop:?}");
        assert!(afloop.fout.contains(word), "{words:?}: {afloop:?}");
    };
    check(&leeg, &["import", "leerlingen", "l.csv"], "Er is nog geen register in gegevens.");
    check(&leeg, &["import", "leerlingen", "weg.csv"], "weg.csv kan niet worden gelezen: het bestaat niet.");
    check(&leeg, &["import"], "scholen, leerlingen of verzuim");
    check(&leeg, &["verify"], "sleutel");

    let (plek, ander) = (Plek::leerlingen(), Plek::regio());
    let before = plek.telling();
    check(&plek, &["import", "ouders", "leerlingen.csv"], "scholen, leerlingen of verzuim");
    std::fs::copy(ander.pad("gegevens.sleutel"), plek.pad("ander")).unwrap();
    plek.schrijf("kapot", "geen sleutel");
    for (sleutel, word) in [("ander", "sleutel"), ("kapot", "kapot"), ("weg", "weg")] {
        check(&plek, &["import", "leerlingen", "leerlingen.csv", "--sleutel", sleutel], word);
        check(&plek, &["verify", "--sleutel", sleutel], word);
    }
    assert_eq!(plek.telling(), before);
}
