//! From an empty folder to a register in use.

use std::os::unix::fs::PermissionsExt as _;

use crate::plek::{LEERLING_KOP, LEERLINGEN, Plek, REGIO, SCHOLEN, VERZUIM_KOP, gedeeld};

const NIETS: &str = "Alles stond al zo in het register; er verandert niets.";
const MAART: &str = "#levering brin=90AA;vestigingscode=90AA00;van=2025-03-01;tot_en_met=2025-03-31";

fn verzuim(kop: &str, rijen: &str) -> String {
    format!("{kop}{VERZUIM_KOP}\n{rijen}")
}

/// Imports a file that must be read whole; tells what `verify` counts then.
fn lees_in(plek: &Plek, wat: &str, inhoud: &str) -> String {
    plek.schrijf("bestand.csv", inhoud);
    plek.goed(&["import", wat, "bestand.csv"]);
    plek.telling()
}

/// The same file once more writes nothing and says so.
fn nog_eens(plek: &Plek, wat: &str) {
    let before = plek.telling();
    let afloop = plek.goed(&["import", wat, "bestand.csv"]);
    assert!(afloop.uit.contains(NIETS), "{afloop:?}");
    assert_eq!(plek.telling(), before, "{wat}");
}

#[test]
fn a_region_its_schools_pupils_and_absence_each_twice() {
    let plek = Plek::regio();
    let leerlingen = format!("{LEERLING_KOP}\n{LEERLINGEN}");
    let rijen = "90AA00;1;2025-03-03;;dag;ziek\n90AA00;1;2025-03-04;2;1;te_laat\n90AA00;2;2025-03-03;;dag;luxe\n";
    let mut last = plek.telling();
    for (wat, inhoud) in [
        ("scholen", SCHOLEN.to_owned()),
        ("leerlingen", leerlingen),
        ("verzuim", verzuim("", rijen)),
        ("verzuim", verzuim(&format!("{MAART}\n"), rijen)),
    ] {
        let now = lees_in(&plek, wat, &inhoud);
        assert_ne!(now, last, "{wat}");
        nog_eens(&plek, wat);
        last = now;
    }
    assert!(plek.draai(&["init", "--region", "regio.toml"]).status == 2, "a register is never overwritten");
    assert_eq!(plek.telling(), last);
}

#[test]
fn a_register_and_its_key_may_lie_in_folders_that_are_not_there_yet() {
    for (maak, verder) in [
        (&["init", "--region", "regio.toml"][..], &["verify"][..]),
        (&["demo", "--pupils", "400", "--op", "2026-03-20", "--alleen-maken"], &["overzicht", "--op", "2026-03-20"]),
    ] {
        let plek = Plek::leeg();
        plek.schrijf("regio.toml", REGIO);
        let daar = |words: &[&str]| {
            let mut all = vec!["--data", "nieuw/diep/gegevens", "--sleutel", "elders/ook/leerrecht.sleutel"];
            all.extend(words);
            plek.los(&all)
        };
        let made = daar(maak);
        assert_eq!(made.status, 0, "{made:?}");
        let opened = daar(verder);
        assert_eq!(opened.status, 0, "{opened:?}");
        for folder in ["nieuw", "nieuw/diep", "elders", "elders/ook"] {
            let mode = std::fs::metadata(plek.pad(folder)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700, "{folder} is for its owner only");
        }
    }
    // A file where the folder should be: told, with nothing made.
    let plek = Plek::leeg();
    plek.schrijf("regio.toml", REGIO);
    plek.schrijf("bestand", "");
    let refused = plek.los(&["--data", "g", "--sleutel", "bestand/k", "init", "--region", "regio.toml"]);
    assert!(refused.status == 2 && refused.fout.contains("bestand") && !plek.pad("g").exists(), "{refused:?}");
}

#[test]
fn a_delivery_without_a_row_is_news_once() {
    let plek = Plek::leerlingen();
    let before = plek.telling();
    assert_ne!(lees_in(&plek, "verzuim", &verzuim(&format!("{MAART}\n"), "")), before, "everybody was there in March");
    nog_eens(&plek, "verzuim");
}

#[test]
fn a_delivery_of_an_unknown_school_is_refused() {
    let plek = Plek::leerlingen();
    let before = plek.telling();
    plek.schrijf("v.csv", verzuim("#levering vestigingscode=90ZZ00;van=2025-03-01;tot_en_met=2025-03-31\n", ""));
    let afloop = plek.draai(&["import", "verzuim", "v.csv"]);
    assert_eq!(afloop.status, 2);
    assert!(afloop.fout.contains("De school 90ZZ00 van de regel #levering staat niet in het register."), "{afloop:?}");
    assert_eq!(plek.telling(), before);
}

#[test]
fn a_trial_writes_nothing_and_says_what_it_would_write() {
    let plek = Plek::scholen();
    let before = plek.telling();
    plek.schrijf("l.csv", format!("{LEERLING_KOP}\n{LEERLINGEN}"));
    let trial = plek.goed(&["import", "leerlingen", "l.csv", "--proef"]);
    assert!(trial.uit.contains("Er is niets geschreven. Er zouden 9 gegevens bij komen."), "{trial:?}");
    assert_eq!(plek.telling(), before);
    let real = plek.goed(&["import", "leerlingen", "l.csv"]);
    assert!(real.uit.contains("9 nieuwe gegevens vastgelegd."), "{real:?}");
    plek.schrijf("v.csv", verzuim(MAART, "").replace(VERZUIM_KOP, &format!("\n{VERZUIM_KOP}")));
    let trial = plek.goed(&["import", "verzuim", "v.csv", "--proef"]);
    assert!(trial.uit.contains("Er zouden 1 gegevens bij komen."), "{trial:?}");
}

#[test]
fn all_or_nothing_is_nothing_when_one_row_is_refused() {
    let plek = Plek::scholen();
    let before = plek.telling();
    plek.schrijf("l.csv", format!("{LEERLING_KOP}\n{LEERLINGEN}90AA00;3;Smit;onbekend;;2023-08-01;;;\n"));
    let afloop = plek.draai(&["import", "leerlingen", "l.csv", "--alles-of-niets"]);
    assert_eq!(afloop.status, 1);
    assert!(afloop.uit.contains("Er is niets geschreven."), "{afloop:?}");
    assert_eq!(plek.telling(), before);
    assert_eq!(plek.draai(&["import", "leerlingen", "l.csv"]).status, 1);
    assert_ne!(plek.telling(), before, "otherwise the good rows are taken");
}

#[test]
fn refused_rows_come_back_with_the_reason_and_are_mended_there() {
    let (plek, whole) = (Plek::scholen(), Plek::scholen());
    let fout = LEERLINGEN.replace("2011-05-06", "06/05/2011");
    plek.schrijf("l.csv", format!("{LEERLING_KOP}\n{fout}"));
    let afloop = plek.draai(&["import", "leerlingen", "l.csv"]);
    assert_eq!(afloop.status, 1);
    assert!(afloop.uit.contains("Fout in rij 3, kolom geboortedatum:"), "{afloop:?}");
    let rejected = plek.lees("l.csv.afgewezen.csv");
    assert!(rejected.contains("Visser") && !rejected.contains("de Boer"), "{rejected}");
    let mode = std::fs::metadata(plek.pad("l.csv.afgewezen.csv")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "it holds names");
    plek.schrijf("hersteld.csv", rejected.replace("06/05/2011", "2011-05-06"));
    plek.goed(&["import", "leerlingen", "hersteld.csv"]);
    assert_eq!(plek.telling(), lees_in(&whole, "leerlingen", &format!("{LEERLING_KOP}\n{LEERLINGEN}")));

    let rijen = "90AA00;1;2025-03-03;;dag;ziek\n90AA00;1;2025-03-04;;dag;ziekjes\n";
    plek.schrijf("v.csv", verzuim("", rijen));
    let afloop = plek.draai(&["import", "verzuim", "v.csv", "--afgewezen", "fout.csv"]);
    assert!(afloop.uit.contains("fout.csv. Herstel ze daar en lees dat bestand in."), "{afloop:?}");
    plek.schrijf("hersteld.csv", plek.lees("fout.csv").replace("ziekjes", "ziek"));
    let afloop = plek.goed(&["import", "verzuim", "hersteld.csv"]);
    assert!(afloop.uit.contains("2 nieuwe gegevens vastgelegd."), "{afloop:?}");
}

#[test]
fn a_complete_delivery_is_mended_as_a_whole() {
    let plek = Plek::leerlingen();
    let rijen = "90AA00;1;2025-03-03;;dag;ziek\n90AA00;1;2025-03-04;;dag;ziekjes\n";
    let levering = verzuim(&format!("{MAART}\n"), rijen);
    plek.schrijf("v.csv", &levering);
    let afloop = plek.draai(&["import", "verzuim", "v.csv"]);
    assert_eq!(afloop.status, 1);
    assert!(afloop.uit.contains("Fout in rij 4, kolom soort:"), "{afloop:?}");
    assert!(afloop.uit.contains("lever het hele bestand opnieuw"), "{afloop:?}");
    lees_in(&plek, "verzuim", &levering.replace("ziekjes", "ziek"));
    nog_eens(&plek, "verzuim");
}

#[test]
fn a_pupil_without_numbers_is_recognised_by_the_number_of_the_school() {
    let plek = Plek::leerlingen();
    plek.schrijf("l.csv", format!("{LEERLING_KOP}\n{}", LEERLINGEN.replace("Visser", "Visser-Smit")));
    let afloop = plek.goed(&["import", "leerlingen", "l.csv"]);
    assert!(afloop.uit.contains("2 leerlingen in het bestand, 0 nieuw in het register"), "{afloop:?}");
    assert!(afloop.uit.contains("1 nieuwe gegevens vastgelegd."), "{afloop:?}");
    plek.schrijf("l.csv", format!("{LEERLING_KOP}\n90AB00;7;visser;2011-05-06;;2025-08-01;;;\n"));
    let afloop = plek.goed(&["import", "leerlingen", "l.csv"]);
    assert!(afloop.uit.contains("1 nieuwe leerlingen lijken op een leerling die er al was"), "{afloop:?}");
}

#[test]
fn both_layouts_of_duo_are_read_into_a_real_region() {
    let Some(noord) = gedeeld("duo-scholen-2024/scholen_noord-kennemerland_2024-11.csv") else { return };
    let Some(po) = gedeeld("duo-scholen-po-native/po_addresses.csv.gz") else { return };
    let plek = Plek::leeg();
    plek.schrijf("regio.toml", REGIO.replace("soort = \"proef\"", "soort = \"echt\""));
    plek.goed(&["init", "--region", "regio.toml"]);
    plek.schrijf("bestand.csv", &noord);
    let afloop = plek.goed(&["import", "scholen", "bestand.csv"]);
    assert!(afloop.uit.contains("141 rijen gelezen: 141 goed"), "{afloop:?}");
    nog_eens(&plek, "scholen");
    plek.schrijf("po.csv", &po);
    let words = ["import", "scholen", "po.csv", "--sector", "po"];
    let afloop = plek.goed(&words);
    assert!(afloop.uit.contains("6.804 rijen gelezen: 6.804 goed"), "{afloop:?}");
    let before = plek.telling();
    assert!(plek.goed(&words).uit.contains(NIETS));
    assert_eq!(plek.telling(), before);
    plek.schrijf("proef.csv", SCHOLEN);
    let afloop = plek.draai(&["import", "scholen", "proef.csv"]);
    assert_eq!(afloop.status, 1, "made-up schools do not belong in a real region");
    assert!(afloop.uit.contains("Fout in rij 2, kolom vestigingscode:"), "{afloop:?}");
    assert_eq!(plek.telling(), before);
}
