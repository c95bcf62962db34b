//! A preview tells which columns and codes were found and what becomes of the first rows, and says what the import does.

use domain::verzuim::{Duur, VerzuimSoort};
use exchange::invoer::{
    Betekenis, MAX_CODES, MAX_VOORBEELD, VerzuimIndeling, Voorvertoning, preview_verzuim, read_verzuim_as,
};

use super::proef;
use super::vertaald::kalender;

fn las() -> VerzuimIndeling {
    let text = "basis = \"las\"\n[school]\nvestiging = \"90AA00\"\n[codes]\nO = \"ongeoorloofd\"\nS = \"weglaten\"\n";
    VerzuimIndeling::lees(text).unwrap()
}

fn preview(indeling: &VerzuimIndeling, text: &str, aantal: usize) -> Voorvertoning {
    preview_verzuim(text.as_bytes(), &proef(), indeling, &kalender, aantal).unwrap()
}

/// Codes as "code count meaning".
fn codes(beeld: &Voorvertoning) -> Vec<String> {
    let said = |betekenis| match betekenis {
        Some(Betekenis::Soort(soort)) => VerzuimSoort::code(soort).to_owned(),
        Some(Betekenis::Weglaten) => "weglaten".to_owned(),
        None => "?".to_owned(),
    };
    beeld.codes.iter().map(|c| format!("{} {} {}", c.code.zichtbaar(), c.aantal, said(c.betekenis))).collect()
}

#[test]
fn columns_codes_and_first_rows_of_a_package() {
    let text = "7;20260205;;20260206;;;;Z;griep\n8;20260203;;20260203;;2;3;O;\n9;20260203;;20260203;;;;S;\n\
                9;20260203;;20260203;;;;Q;\n10;20260203;;20260203;;;;Q;\n10;20260204;;20260204;;;;O;\n";
    let beeld = preview(&las(), text, 4);
    assert_eq!(beeld.weigering, None);
    let kolommen: Vec<String> = beeld
        .kolommen
        .iter()
        .map(|kolom| format!("{} {} {} {}", kolom.kolom, kolom.veld, kolom.gevonden, kolom.nodig))
        .collect();
    assert_eq!(kolommen[0], "1 leerlingnummer true true");
    assert_eq!(kolommen[7], "8 code true true");
    assert_eq!(codes(&beeld), ["O 2 ongeoorloofd", "Q 2 ?", "S 1 weglaten", "Z 1 ziek"]);
    let rijen: Vec<(u64, &str, usize, bool, usize)> = beeld
        .rijen
        .iter()
        .map(|rij| (rij.regel, rij.leerlingnummer.zichtbaar(), rij.rijen.len(), rij.weggelaten, rij.bevindingen.len()))
        .collect();
    assert_eq!(rijen, [(1, "7", 2, false, 0), (2, "8", 1, false, 0), (3, "", 0, true, 0), (4, "9", 0, false, 1)]);
    let second = beeld.rijen[1].rijen[0];
    assert_eq!((second.lesuur, second.duur, second.soort), (2, Duur::Kwartieren(8), VerzuimSoort::Ongeoorloofd));
    assert_eq!(beeld.rijen[3].bevindingen[0].soort, "code onbekend");
    assert!(!format!("{beeld:?}").contains("griep"));
}

#[test]
fn our_own_layout_has_a_preview_too() {
    let text = "#levering vestigingscode=90AA00;van=2026-02-01;tot_en_met=2026-02-28\n\
                vestigingscode;leerlingnummer;datum;lesuren;soort;klas\n90AA00;7;2026-02-03;dag;ziek;2b\n90AA00;7;2026-02-04;dag;griep;2b\n";
    let beeld = preview(&VerzuimIndeling::Leerrecht, text, 10);
    assert!(beeld.levering.is_some());
    assert_eq!(beeld.overig, ["klas"]);
    assert_eq!(codes(&beeld), ["griep 1 ?", "ziek 1 ziek"]);
    assert_eq!(beeld.rijen.iter().map(|rij| rij.rijen.len()).collect::<Vec<_>>(), [1, 0]);
    let missing: Vec<&str> =
        beeld.kolommen.iter().filter(|kolom| !kolom.gevonden).map(|kolom| kolom.kolom.as_str()).collect();
    assert_eq!(missing, ["brin", "lesuur", "rooster_uren"]);
}

#[test]
fn a_file_without_its_columns_still_tells_which_ones_are_there() {
    let somtoday = VerzuimIndeling::lees("basis = \"somtoday\"\n[school]\nvestiging = \"90AA00\"\n").unwrap();
    let beeld = preview(&somtoday, "leerling.leerlingnummer,achternaam\n7,Boer\n", 10);
    assert!(beeld.weigering.unwrap().to_string().contains("beginDatumTijd"));
    let found: Vec<bool> = beeld.kolommen.iter().map(|kolom| kolom.gevonden).collect();
    assert_eq!(found.iter().filter(|found| **found).count(), 1);
    assert_eq!(beeld.overig, ["achternaam"]);
    assert_eq!((beeld.codes.len(), beeld.rijen.len()), (0, 0));
    let broken = preview(&las(), "\"7;20260203\n8;20260203;;20260203;;;;O;\n", 10);
    assert!(broken.kolommen.iter().all(|kolom| kolom.gevonden) && broken.rijen.len() == 1);
    assert!(preview(&las(), "", 10).weigering.unwrap().to_string().contains("leeg"));
    let refusal = preview_verzuim(b"", &proef(), &somtoday, &kalender, 10).unwrap_err().to_string();
    assert!(refusal.contains("leeg"), "{refusal}");
}

#[test]
fn lists_are_bounded_and_all_rows_counted() {
    let rows: String = (0..500).map(|n| format!("{n};20260203;;20260203;;;;C{n};\n")).collect();
    let beeld = preview(&las(), &rows, usize::MAX);
    assert_eq!((beeld.codes.len(), beeld.rijen.len()), (MAX_CODES, MAX_VOORBEELD));
    assert_eq!(beeld.codes.iter().map(|code| code.aantal).sum::<u64>() + beeld.andere_codes, 500);
    let long = format!("7;20260203;;20260203;;;;{};\n", "x".repeat(5_000));
    assert_eq!(preview(&las(), &long, 1).codes[0].code.zichtbaar().len(), 80);
}

#[test]
fn a_preview_says_what_the_import_does() {
    let text = "7;20260205;;20260209;;;;Z;\n8;20260203;;20260203;;2;3;O;\n8;20260203;;20260203;;5;;O;\nx y;;;;;;;;\n";
    let beeld = preview(&las(), text, 10);
    let invoer = read_verzuim_as(text.as_bytes(), &proef(), &las(), &kalender).unwrap();
    let shown: usize = beeld.rijen.iter().map(|rij| rij.rijen.len()).sum();
    let taken: usize = invoer.inhoud.leerlingen.iter().map(|leerling| leerling.rijen.len()).sum();
    assert_eq!(shown, taken);
    let found: Vec<_> = beeld.rijen.iter().flat_map(|rij| rij.bevindingen.clone()).collect();
    assert_eq!(found, invoer.bevindingen.kept());
}
