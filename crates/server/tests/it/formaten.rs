//! Files of other makers: the pupils of an EDEXML file, and absence in the layout of a package.

use crate::plek::{Plek, VERZUIM_KOP};

const NIETS: &str = "Alles stond al zo in het register; er verandert niets.";

/// Two pupils of the first school, as EDEXML tells about them.
const EDEXML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<EDEX>\n<school><schooljaar>2024-2025</schooljaar>\
    <brincode>90AA</brincode><dependancecode>00</dependancecode><xsdversie>2.1</xsdversie></school>\n\
    <groepen><groep key='2b'><naam>2b</naam><jaargroep>12</jaargroep></groep></groepen>\n<leerlingen>\n\
    <leerling key='1'><achternaam>Boer</achternaam><voorvoegsel>de</voorvoegsel><roepnaam>Sam</roepnaam>\
    <geboortedatum>2011-03-04</geboortedatum><geslacht>1</geslacht><groep key='2b'/><land>NL</land>\
    <bsn>999900006</bsn><instroomdatum>2023-08-01</instroomdatum></leerling>\n\
    <leerling key='2'><achternaam>Visser</achternaam><geboortedatum>2011-05-06</geboortedatum><groep key='3c'/>\
    <instroomdatum>2023-08-01</instroomdatum></leerling>\n</leerlingen>\n</EDEX>\n";

const INDELING: &str = "basis = \"las\"\nnaam = \"Proefcollege\"\n[school]\nvestiging = \"90AA00\"\n[lesdag]\n\
    elke_dag = [\"08:30-09:20\", \"09:20-10:10\", \"10:30-11:20\"]\n\
    [codes]\nTL = \"te_laat\"\nO = \"ongeoorloofd\"\nST = \"weglaten\"\n";
const MAART: [&str; 4] = ["--van", "2025-03-03", "--tot-en-met", "2025-03-14"];

fn met_indeling(rest: &[&'static str]) -> Vec<&'static str> {
    [&["import", "verzuim", "v.csv", "--indeling", "mijn.toml"], rest].concat()
}

#[test]
fn pupils_of_an_edexml_file_are_the_pupils_of_the_school() {
    let plek = Plek::scholen();
    plek.schrijf("leerlingen.xml", EDEXML);
    let afloop = plek.goed(&["import", "leerlingen", "leerlingen.xml"]);
    assert!(afloop.uit.contains("2 rijen gelezen: 2 goed"), "{afloop:?}");
    assert!(afloop.uit.contains("Waarschuwing in het bestand, element leerling/land: "), "{afloop:?}");
    assert!(afloop.uit.contains("Waarschuwing bij leerling 2, element groep: "), "{afloop:?}");
    let again = plek.goed(&["import", "leerlingen", "leerlingen.xml"]);
    assert!(again.uit.contains(NIETS), "{again:?}");
    // The key is the pupil number by which absence comes in.
    plek.schrijf("v.csv", format!("{VERZUIM_KOP}\n90AA00;1;2025-03-03;;dag;ziek\n"));
    plek.goed(&["import", "verzuim", "v.csv"]);
    let stand = plek.goed(&["stand", "90AA:1", "--op", "2025-03-04", "--reden", "proef"]);
    assert!(stand.uit.contains("Sam de Boer") && stand.uit.contains("2b"), "{stand:?}");
}

#[test]
fn a_refused_pupil_of_an_edexml_file_is_mended_in_our_own_layout() {
    let plek = Plek::scholen();
    plek.schrijf("leerlingen.xml", EDEXML.replace("2011-03-04", "2011-02-30"));
    let afloop = plek.draai(&["import", "leerlingen", "leerlingen.xml"]);
    assert_eq!(afloop.status, 1);
    assert!(afloop.uit.contains("Fout bij leerling 1, element geboortedatum:"), "{afloop:?}");
    let mended = plek.lees("leerlingen.xml.afgewezen.csv").replace("2011-02-30", "2011-03-04");
    plek.schrijf("hersteld.csv", mended);
    plek.goed(&["import", "leerlingen", "hersteld.csv"]);
    plek.schrijf("leerlingen.xml", EDEXML);
    let again = plek.goed(&["import", "leerlingen", "leerlingen.xml"]);
    assert!(again.uit.contains(NIETS), "{again:?}");

    let before = plek.telling();
    plek.schrijf("ander.xml", EDEXML.replace("<brincode>90AA", "<brincode>90ZZ"));
    let afloop = plek.draai(&["import", "leerlingen", "ander.xml"]);
    assert!(afloop.uit.contains("Fout bij leerling 2, element school/brincode: Deze school staat niet"), "{afloop:?}");
    plek.schrijf("ander.xml", EDEXML.replace("<EDEX>", "<!DOCTYPE EDEX><EDEX>"));
    let afloop = plek.draai(&["import", "leerlingen", "ander.xml"]);
    assert!(afloop.status == 2 && afloop.fout.contains("DOCTYPE (regel 2)"), "{afloop:?}");
    assert_eq!(plek.telling(), before);
}

#[test]
fn absence_of_a_package_is_the_same_absence() {
    let plek = Plek::leerlingen();
    plek.schrijf("mijn.toml", INDELING);
    plek.schrijf(
        "v.csv",
        "1;20250306;;20250310;;;;Z;griep\n2;20250304;0830;20250304;0845;;;TL;\n2;20250305;;20250305;;2;3;O;\n2;20250306;;20250306;;;;ST;\n",
    );
    let afloop = plek.goed(&met_indeling(&MAART));
    assert!(afloop.uit.contains("4 rijen gelezen: 3 goed, 0 dubbel, 0 afgewezen."), "{afloop:?}");
    assert!(afloop.uit.contains("1 rijen tellen bewust niet mee"), "{afloop:?}");
    assert!(afloop.uit.contains("alle verzuim van 3 maart 2025 t/m 14 maart 2025"), "{afloop:?}");
    let written = plek.telling();
    let own = "#levering vestigingscode=90AA00;van=2025-03-03;tot_en_met=2025-03-14\n";
    plek.schrijf(
        "eigen.csv",
        format!(
            "{own}{VERZUIM_KOP}\n90AA00;1;2025-03-06;;dag;ziek\n90AA00;1;2025-03-07;;dag;ziek\n90AA00;1;2025-03-10;;dag;ziek\n\
             90AA00;2;2025-03-04;1;0,25;te_laat\n90AA00;2;2025-03-05;2;2;ongeoorloofd\n"
        ),
    );
    let afloop = plek.goed(&["import", "verzuim", "eigen.csv"]);
    assert!(afloop.uit.contains(NIETS), "{afloop:?}");
    assert_eq!(plek.telling(), written);
}

#[test]
fn a_trial_shows_columns_codes_and_rows_and_writes_nothing() {
    let plek = Plek::leerlingen();
    let before = plek.telling();
    plek.schrijf("mijn.toml", INDELING);
    plek.schrijf("v.csv", "1;20250306;;20250307;;;;Z;griep\n9;20250305;;20250305;;;;O;\n1;20250312;;20250312;;;;XX;\n");
    let afloop = plek.draai(&met_indeling(&["--proef"]));
    assert_eq!(afloop.status, 1);
    for woorden in [
        "  kolom 8: gelezen als code",
        "Losse rijen:",
        "  XX: 1 keer, NIET BEKEND: zet deze code in de indeling bij [codes]",
        "  Z: 1 keer, ziek",
        "  rij 1: leerling 1: 6 maart 2025 hele dag, ziek; 7 maart 2025 hele dag, ziek",
        "Fout in rij 2, kolom leerlingnummer: Deze leerling staat niet in het register",
        "Fout in rij 3, kolom 8 (code): De code XX staat niet in de indeling.",
        "Er is niets geschreven.",
    ] {
        assert!(afloop.uit.contains(woorden), "{woorden}: {}", afloop.uit);
    }
    assert!(!afloop.alles().contains("griep"), "{afloop:?}");
    assert_eq!(plek.telling(), before);
    // Mended in the file of refused rows, in the same layout.
    plek.draai(&met_indeling(&[]));
    plek.schrijf("v.csv", plek.lees("v.csv.afgewezen.csv").replace(";XX;", ";O;").replace("9;2025", "2;2025"));
    let afloop = plek.goed(&met_indeling(&[]));
    assert!(afloop.uit.contains("2 rijen gelezen: 2 goed"), "{afloop:?}");
}

#[test]
fn a_layout_that_cannot_be_used_is_refused_with_its_line() {
    let plek = Plek::leerlingen();
    let before = plek.telling();
    plek.schrijf("v.csv", "1;20250306;;20250307;;;;Z;\n");
    plek.schrijf("mijn.toml", INDELING.replace("te_laat\"", "telaat\"").replace("90AA00", "90AA"));
    for (woorden, melding) in [
        (met_indeling(&[]), "Regel 8, veld codes.TL: "),
        (met_indeling(&[]), "Regel 4, veld school.vestiging: "),
        (vec!["import", "verzuim", "v.csv", "--indeling", "magister"], "Kies leerrecht, las, somtoday of kaal"),
        (
            vec!["import", "verzuim", "v.csv", "--indeling", "weg.toml"],
            "weg.toml kan niet worden gelezen: het bestaat niet.",
        ),
        (vec!["import", "verzuim", "v.csv", "--indeling", "las"], "van welke school de rijen zijn"),
        (vec!["import", "verzuim", "v.csv", "--indeling", "las", "--vestiging", "90AA"], "De vestiging klopt niet."),
        (vec!["import", "verzuim", "v.csv", "--indeling", "las", "--van", "2025-03-01"], "noem allebei de dagen"),
        (vec!["import", "verzuim", "v.csv", "--van", "2025-03-01", "--tot-en-met", "2025-03-02"], "#levering"),
        (vec!["import", "verzuim", "v.csv", "--vestiging", "90AA00"], "--vestiging hoort bij"),
        (vec!["import", "verzuim", "v.csv", "--van", "1 maart"], "Bij --van hoort een datum"),
        (vec!["import", "leerlingen", "v.csv", "--indeling", "las"], "horen bij import verzuim"),
        (
            vec![
                "import",
                "verzuim",
                "v.csv",
                "--indeling",
                "las",
                "--vestiging",
                "90ZZ00",
                "--van",
                "2025-03-01",
                "--tot-en-met",
                "2025-03-02",
            ],
            "De school 90ZZ00 van deze levering staat niet in het register.",
        ),
    ] {
        let afloop = plek.draai(&woorden);
        assert_eq!(afloop.status, 2, "{woorden:?}: {afloop:?}");
        assert!(afloop.fout.contains(melding), "{melding}: {afloop:?}");
    }
    assert_eq!(plek.telling(), before);
    plek.goed(&["import", "verzuim", "v.csv", "--indeling", "las", "--vestiging", "90AA00"]);
}

#[test]
fn signals_of_a_schools_own_export_need_no_register() {
    let plek = Plek::leeg();
    plek.schrijf("mijn.toml", INDELING);
    plek.schrijf("v.csv", "1;20250303;;20250314;;;;Z;\n");
    let words = ["signalen", "--indeling", "mijn.toml", "--verzuim", "v.csv", "--vakantieregio", "Noord"];
    let afloop = plek.draai(&words);
    assert!(afloop.uit.contains("90AA00:1,2025-03-14,\"weg\",10"), "{afloop:?}");
}
