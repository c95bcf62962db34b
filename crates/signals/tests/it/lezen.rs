//! Reading a protocol: what is shipped reads well, and every mistake is told with line, field and what is allowed.

use signals::compiled::Compiled;
use signals::protocol::{self, Daarna, MAATSTAF_A, MAATSTAF_B, STANDAARD, Venster, Vorm};

const KOP: &str = "titel = \"proef\"\nregio = \"proef\"\ngeldig_vanaf = 2026-08-01\n";
const REGEL: &str = "[[regel]]\nnaam = \"16 uur\"\nzin = \"z\"\nbron = \"b\"\nsoorten = [\"ongeoorloofd\"]\n\
                     vorm = \"som_in_venster\"\neenheid = \"uren\"\nvenster = { lesweken = 4 }\ndrempel = 16\n\
                     daarna = \"herstart\"\naan = true\nwie = [\"mentor\"]\n";

/// Checks that replacing `oud` by `nieuw` in a sound protocol gives one mistake on this line that says this.
#[track_caller]
fn check(oud: &str, nieuw: &str, regelnummer: usize, woorden: &[&str]) {
    let tekst = format!("{KOP}{REGEL}");
    assert!(protocol::lees(&tekst).is_ok());
    assert!(tekst.contains(oud), "{oud} staat niet in de proef");
    let fouten = protocol::lees(&tekst.replacen(oud, nieuw, 1)).unwrap_err();
    let [fout] = fouten.as_slice() else { panic!("één fout verwacht: {fouten:#?}") };
    assert_eq!(fout.regelnummer, regelnummer, "{fout}");
    for woord in woorden {
        assert!(fout.to_string().contains(woord), "{fout} noemt {woord} niet");
    }
}

#[test]
fn what_is_missing_or_unknown_is_named() {
    check("titel = \"proef\"\n", "", 1, &["titel", "ontbreekt"]);
    check("geldig_vanaf = 2026-08-01", "geldig_vanaf = \"1 augustus\"", 3, &["geldig_vanaf", "2026-08-01"]);
    check("drempel = 16\n", "", 4, &["regel \"16 uur\", drempel", "ontbreekt", "1 tot en met 400"]);
    check("drempel = 16\n", "drempel = 16\ndrempels = 17\n", 13, &["drempels", "hoort hier niet", "drempel"]);
    check(KOP, &format!("{KOP}kleur = 1\n"), 4, &["kleur", "hoort hier niet"]);
    check("\"ongeoorloofd\"", "\"spijbelen\"", 8, &["soorten", "\"te_laat\""]);
    check("\"mentor\"", "\"conrector\"", 15, &["wie", "\"verzuimcoordinator\""]);
    check("\"som_in_venster\"", "\"som\"", 9, &["vorm", "\"aaneengesloten\""]);
    check("titel = \"proef\"", "titel = proef", 1, &["geen geldige TOML"]);
}

#[test]
fn numbers_stay_within_bounds() {
    for drempel in ["0", "401", "-3", "16.5", "\"16\"", "99999999999"] {
        check("drempel = 16", &format!("drempel = {drempel}"), 12, &["drempel", "van 1 tot en met 400"]);
    }
    check("{ lesweken = 4 }", "{ lesweken = 61 }", 11, &["venster", "lesweken = 1 tot en met 60"]);
    check("{ lesweken = 4 }", "{ maanden = 1 }", 11, &["venster", "schooldagen = 1 tot en met 300"]);
    check("{ lesweken = 4 }", "{ lesweken = 4, schooldagen = 20 }", 11, &["venster"]);
    check("drempel = 16", "drempel = 16\nnadert = [16]", 13, &["nadert", "van 1 tot en met 15"]);
    check("drempel = 16", "drempel = 16\nnadert = [12, 8]", 13, &["nadert", "oplopende"]);
    check("drempel = 16", "drempel = 16\ncode = 256", 13, &["code", "van 1 tot en met 255"]);
    check("drempel = 16", "drempel = 16\nbinnen = { dagen = 5 }", 13, &["binnen", "werkdagen"]);
}

#[test]
fn exactly_one_daarna_and_only_one_that_fits() {
    check("daarna = \"herstart\"\n", "", 4, &["daarna", "geen standaard"]);
    check("\"herstart\"", "\"later\"", 13, &["daarna", "stilte_schooldagen"]);
    check("\"herstart\"", "{ hysterese_onder = 8, stilte_schooldagen = 5 }", 13, &["daarna"]);
    check("\"herstart\"", "{ hysterese_onder = 17 }", 13, &["daarna", "drempel (16)"]);
    let vormen = [
        ("vorm = \"keren_per_schooljaar\"\nstappen = [3]", vec!["\"geen\""]),
        ("vorm = \"aaneengesloten\"\nstappen = [3]\nhele_dag = true", vec!["\"geen\""]),
        ("vorm = \"kalendermaanden\"\nmaanden = 3\nhele_dag = true", vec!["\"geen\""]),
        ("vorm = \"reeksen_in_venster\"\nvenster = { lesweken = 4 }\ndrempel = 3", vec!["{ hysterese_onder = 2 }"]),
        (
            "vorm = \"stijging\"\neenheid = \"uren\"\nvenster = { lesweken = 4 }\nfactor = 2\nminimum = 6",
            vec!["{ stilte_schooldagen = 5 }"],
        ),
        ("vorm = \"weekdag\"\nvenster = { lesweken = 4 }\ndrempel = 3", vec!["{ stilte_schooldagen = 5 }"]),
        (
            "vorm = \"som_in_venster\"\neenheid = \"keren\"\nvenster = { lesweken = 4 }\ndrempel = 3",
            vec!["\"herstart\"", "{ hysterese_onder = 2 }", "{ stilte_schooldagen = 5 }"],
        ),
    ];
    for (vorm, mag) in vormen {
        for daarna in ["\"herstart\"", "\"geen\"", "{ hysterese_onder = 2 }", "{ stilte_schooldagen = 5 }"] {
            let regel = format!(
                "{KOP}[[regel]]\nnaam = \"n\"\nzin = \"z\"\nbron = \"b\"\nsoorten = [\"ziek\"]\naan = true\n\
                 wie = [\"ouders\"]\n{vorm}\ndaarna = {daarna}\n"
            );
            assert_eq!(protocol::lees(&regel).is_ok(), mag.contains(&daarna), "{vorm} met {daarna}");
        }
    }
}

#[test]
fn fields_of_one_form_are_refused_at_another() {
    let weekdag = "vorm = \"weekdag\"\nvenster = { lesweken = 4 }\ndrempel = 4\n";
    let som = "vorm = \"som_in_venster\"\neenheid = \"uren\"\nvenster = { lesweken = 4 }\ndrempel = 16\n";
    let ander = |extra: &str| {
        let tekst = format!("{KOP}{REGEL}").replace(som, &format!("{weekdag}{extra}\n"));
        protocol::lees(&tekst.replace("\"herstart\"", "{ stilte_schooldagen = 5 }"))
    };
    assert!(ander("").is_ok());
    for extra in ["nadert = [2]", "per_school = true", "stappen = [3]", "hele_dag = true", "eenheid = \"uren\""] {
        let fouten = ander(extra).unwrap_err();
        assert!(fouten.len() == 1 && fouten[0].melding.contains("hoort hier niet"), "{extra}: {fouten:?}");
    }
}

#[test]
fn names_are_unique_and_hours_for_late_need_a_source() {
    let twee = protocol::lees(&format!("{KOP}{REGEL}{REGEL}")).unwrap_err();
    assert_eq!((twee.len(), twee[0].regelnummer), (1, 17));
    let zonder_bron = format!("{KOP}[telt_uren]\nte_laat = 2\n{REGEL}");
    assert_eq!(protocol::lees(&zonder_bron).unwrap_err()[0].veld, "telt_uren, bron");
    let met_bron = format!("{KOP}[telt_uren]\nte_laat = 2\nbron = \"besluit\"\n{REGEL}");
    assert_eq!(protocol::lees(&met_bron).unwrap().bevindingen().len(), 1, "no rule in hours counts te_laat");
}

#[test]
fn tables_of_other_readers_are_left_alone() {
    let tekst = format!("{KOP}[klok]\nmaanden = 3\n[termijnen]\nx = 1\n[definities]\ny = \"z\"\n{REGEL}");
    assert!(protocol::lees(&tekst).is_ok());
    assert!(protocol::lees(&format!("{KOP}[klokken]\nmaanden = 3\n{REGEL}")).is_err());
}

#[test]
fn the_shipped_protocols_say_what_the_pact_says() {
    let standaard = protocol::lees(STANDAARD).unwrap();
    assert_eq!(standaard.bevindingen(), Vec::<String>::new());
    let uit: Vec<&str> = standaard.regels.iter().filter(|regel| !regel.aan).map(|regel| regel.naam.as_str()).collect();
    assert_eq!(uit, ["stijging", "vaste dag"], "these two are the region's choice");
    let zestien = &standaard.regels[0];
    assert!(matches!(zestien.vorm, Vorm::SomInVenster { venster: Venster::Lesweken(4), drempel: 16, .. }));
    assert_eq!(
        (zestien.daarna, zestien.nadert.as_slice(), zestien.per_school),
        (Daarna::Herstart, [12].as_slice(), true)
    );
    for tekst in [MAATSTAF_A, MAATSTAF_B] {
        let codes: Vec<u8> = protocol::lees(tekst).unwrap().regels.iter().filter_map(|regel| regel.code).collect();
        assert_eq!(codes, [10, 20, 30, 31, 40, 41, 50, 60]);
    }
    Compiled::one(&standaard);
}

#[test]
fn a_sentence_that_names_another_number_than_its_rule_deserves_a_second_look() {
    for (oud, nieuw, getal) in [
        ("drempel = 16\nnadert", "drempel = 14\nnadert", Some("16")),
        ("stappen = [7]\nhele", "stappen = [5]\nhele", Some("7")),
        ("drempel = 4\ndaarna = { hysterese_onder = 3 }", "drempel = 3\ndaarna = { hysterese_onder = 2 }", Some("4")),
        ("maanden = 3\nhele", "maanden = 2\nhele", Some("3")),
        ("stappen = [3, 6, 9, 12, 15]\nper", "stappen = [4, 8]\nper", None),
    ] {
        let tekst = STANDAARD.replacen(oud, nieuw, 1);
        assert_ne!(tekst, STANDAARD, "{oud}");
        let bevindingen = protocol::lees(&tekst).unwrap().bevindingen();
        let verwacht = getal.map(|getal| format!("zin: hier staat {getal},"));
        assert_eq!(bevindingen.len(), usize::from(verwacht.is_some()), "{nieuw}: {bevindingen:?}");
        assert!(verwacht.is_none_or(|verwacht| bevindingen[0].contains(&verwacht)), "{bevindingen:?}");
    }
}

#[test]
fn a_rule_reads_as_plain_dutch() {
    let standaard = protocol::lees(STANDAARD).unwrap();
    let zinnen: Vec<String> = standaard.regels.iter().map(protocol::Regel::in_woorden).collect();
    assert_eq!(
        zinnen[0],
        "Signaal bij 16 uur of meer ongeoorloofd afwezig in 4 lesweken. Alleen rijen van de school van die dag tellen mee. \
         Vooraf een bericht dat de drempel nadert bij 12. Na een signaal begint de telling opnieuw: eerdere dagen tellen \
         niet meer mee. Het signaal gaat naar de verzuimcoördinator, de intern begeleider en de schoolleider, op te \
         pakken binnen 5 werkdagen."
    );
    assert!(zinnen[4].contains("Elke stap één keer per schooljaar."), "{}", zinnen[4]);
    assert!(zinnen[4].ends_with("verzameld in één bericht per dag."), "{}", zinnen[4]);
}
