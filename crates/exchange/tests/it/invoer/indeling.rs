//! Files of layout: what comes with the program can be read, and every mistake is met with its line and field.

use exchange::invoer::{MAX_INDELING, VerzuimIndeling};
use proptest::prelude::*;

const LAS: &str = include_str!("../../../voorbeelden/verzuim-las.toml");
const SOMTODAY: &str = include_str!("../../../voorbeelden/verzuim-somtoday.toml");
const WAARNEMINGEN: &str = include_str!("../../../voorbeelden/verzuim-las-waarnemingen.toml");

/// What is wrong with a layout, as "line field", with what is said about it.
fn mistakes(text: &str) -> Vec<(String, String)> {
    let fouten = VerzuimIndeling::lees(text).expect_err(text);
    fouten.into_iter().map(|fout| (format!("{} {}", fout.regel, fout.veld), fout.uitleg)).collect()
}

fn check(text: &str, place: &str, said: &str) {
    let found = mistakes(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    assert_eq!(found[0].0, place, "{text}: {}", found[0].1);
    assert!(found[0].1.contains(said), "{text}: {}", found[0].1);
}

#[test]
fn the_layouts_that_come_with_the_program_are_read() {
    for naam in VerzuimIndeling::NAMEN {
        assert!(VerzuimIndeling::genoemd(naam).unwrap().is_ok(), "{naam}");
    }
    assert!(VerzuimIndeling::genoemd("magister").is_none());
    for text in [LAS, SOMTODAY, WAARNEMINGEN] {
        assert!(VerzuimIndeling::lees(text).is_ok());
        let examples = VerzuimIndeling::lees(&text.replace("#: ", ""));
        assert!(examples.is_ok(), "the examples in it: {examples:?}");
        assert_ne!(examples.ok(), VerzuimIndeling::lees(text).ok().filter(|_| text != WAARNEMINGEN));
    }
    let VerzuimIndeling::Vertaald(las) = VerzuimIndeling::lees(LAS).unwrap() else { panic!("a layout of a package") };
    assert_eq!(las.naam(), "Absentiemeldingen uit een LAS");
}

#[test]
fn a_school_only_says_what_is_different() {
    assert_eq!(VerzuimIndeling::lees("basis = \"las\""), VerzuimIndeling::lees(LAS));
    assert_eq!(VerzuimIndeling::lees("basis = \"somtoday\""), VerzuimIndeling::lees(SOMTODAY));
    let whole = LAS.replace("\n[codes]\n", "\n[codes]\nQ = \"luxe\"\n").replace("\ncode = 8", "\ncode = 9");
    let own = "basis = \"las\"\n[kolommen]\ncode = 9\n[codes]\nQ = \"luxe\"\n";
    assert_eq!(VerzuimIndeling::lees(own), VerzuimIndeling::lees(&whole));
}

#[test]
fn every_mistake_is_met_with_its_line_and_field() {
    let cases = [
        ("naam = ", "1 ", "geen geldige TOML"),
        ("basis = \"las\"\nnaam = \"a\"\nnaam = \"b\"", "3 ", "geen geldige TOML"),
        ("basis = \"magister\"", "1 basis", "\"las\", \"somtoday\""),
        ("basis = \"las\"\n\nnaam = 3", "3 naam", "aanhalingstekens"),
        ("basis = \"las\"\nschool = \"90AA00\"", "2 school", "[school]"),
        ("basis = \"las\"\n[school]\nvestiging = \"90AA\"", "3 school.vestiging", "vestigingscode"),
        ("basis = \"las\"\n[school]\nbrin = \"90AA\"", "3 school.brin", "onbekend. Toegestaan: vestiging."),
        ("basis = \"las\"\n[levering]\nvan = 2026-02-01", "2 levering.tot_en_met", "verplicht"),
        ("basis = \"las\"\n[levering]\nvan = \"1 mei\"\ntot_en_met = 2026-02-01", "3 levering.van", "jjjj-mm-dd"),
        ("basis = \"las\"\n[bestand]\nkop = \"ja\"", "3 bestand.kop", "true (ja) of false (nee)"),
        ("basis = \"las\"\n[bestand]\ndatum = \"yyyymmdd\"", "3 bestand.datum", "\"jjjjmmdd\""),
        ("basis = \"las\"\n[bestand]\nopen_einde = true", "3 bestand.open_einde", "\"loopt_door\""),
        ("basis = \"las\"\n[kolommen]\ncode = 0", "3 kolommen.code", "van 1 tot en met 256"),
        ("basis = \"las\"\n[kolommen]\ncode = true", "3 kolommen.code", "met haar nummer"),
        ("basis = \"las\"\n[kolommen]\ncode = [1, 2, 3, 4, 5]", "3 kolommen.code", "1 tot en met 4"),
        ("basis = \"las\"\n[kolommen]\nbegindatum = [1, 2]", "3 kolommen.begindatum", "met haar nummer"),
        ("basis = \"las\"\n[kolommen]\ncode = \"reden\"", "3 kolommen.code", "kop = false"),
        ("basis = \"las\"\n[kolommen]\nopmerking = 9", "3 kolommen.opmerking", "onbekend"),
        ("basis = \"las\"\n[kolommen]\ncode = \"geen\"", "1 kolommen.code", "verplicht"),
        ("basis = \"las\"\n[lesdag]\neenheid = \"uur\"", "3 lesdag.eenheid", "\"klokuur\""),
        ("basis = \"las\"\n[lesdag]\nelke_dag = \"08:30-09:20\"", "3 lesdag.elke_dag", "lijst tussen rechte haken"),
        ("basis = \"las\"\n[lesdag]\nma = [\"08:30\"]", "3 lesdag.ma", "08:30-09:20"),
        (
            "basis = \"las\"\n[lesdag]\nma = [\n\"08:30-09:20\",\n\"09:10-10:00\"]",
            "5 lesdag.ma",
            "elk lesuur na het vorige",
        ),
        ("basis = \"las\"\n[lesdag]\nma = [\"09:20-08:30\"]", "3 lesdag.ma", "08:30-09:20"),
        ("basis = \"las\"\n[lesdag]\nma = []", "3 lesdag.ma", "1 tot en met 12"),
        ("basis = \"las\"\n[lesdag]\nza = [\"08:30-09:20\"]", "3 lesdag.za", "onbekend"),
        ("basis = \"las\"\n[lesdag]\nlesuur_minuten = 5", "3 lesdag.lesuur_minuten", "van 20 tot en met 240"),
        ("basis = \"las\"\n[te_laat]\nminuten = 0", "3 te_laat.minuten", "van 1 tot en met 240"),
        ("basis = \"las\"\n[te_laat]\ntijden = 1", "3 te_laat.tijden", "true (ja)"),
        ("basis = \"las\"\n[codes]\nZ = \"griep\"", "3 codes.Z", "\"ongeoorloofd\""),
        ("basis = \"las\"\n[codes]\n\"*\" = \"ongeoorloofd\"", "3 codes.*", "Deze code kan niet"),
        ("basis = \"las\"\n[codes]\n\"* / Z\" = \"ziek\"", "3 codes.* / Z", "Deze code kan niet"),
        (
            "basis = \"las\"\n[codes]\n\"Absent / *\" = \"ongeoorloofd\"",
            "3 codes.Absent / *",
            "te_laat, uitgestuurd en weglaten",
        ),
        ("basis = \"las\"\n[codes]\n\" \" = \"ziek\"", "3 codes. ", "Deze code kan niet"),
        ("basis = \"las\"\n[code]\nZ = \"ziek\"", "2 code", "onbekend"),
    ];
    for (text, place, said) in cases {
        check(text, place, said);
    }
    let all = mistakes("basis = \"las\"\n[bestand]\nkop = 1\ndatum = 2\n[codes]\nA = \"a\"\nB = \"b\"\n");
    let places: Vec<&str> = all.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(places, ["3 bestand.kop", "4 bestand.datum", "6 codes.A", "7 codes.B"]);
    let empty: Vec<String> = mistakes("").into_iter().map(|(place, _)| place).collect();
    assert_eq!(empty, ["1 kolommen.leerlingnummer", "1 kolommen.begindatum", "1 kolommen.code", "1 bestand.datum"]);
    check(&"#".repeat(MAX_INDELING + 1), "1 ", "groter dan 256 KiB");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_a_layout_or_has_a_mistake_on_one_of_its_lines(
        base in prop::sample::select(vec!["", LAS, SOMTODAY, "basis = \"las\"\n"]),
        place in 0usize..4000,
        extra in prop_oneof![any::<String>(), "[\\[\\]a-z_ =\"0-9\n.-]{0,60}"],
    ) {
        let place = base.floor_char_boundary(place.min(base.len()));
        let (before, after) = base.split_at(place);
        let text = format!("{before}{extra}{after}");
        if let Err(fouten) = VerzuimIndeling::lees(&text) {
            prop_assert!(!fouten.is_empty());
            let lines = text.split('\n').count();
            prop_assert!(fouten.iter().all(|fout| (1..=lines).contains(&fout.regel) && !fout.uitleg.is_empty()));
        }
    }
}
