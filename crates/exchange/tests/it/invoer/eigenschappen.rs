//! What holds for every file: nothing panics, every row is accounted for, and no finding tells who a row is about.

use exchange::invoer::{Ernst, Invoer, Telling, neutralise, read_leerlingen, read_scholen, read_verzuim, restore};
use proptest::prelude::*;

use super::proef;

const KOPPEN: [&str; 3] = [
    "vestigingscode;naam;postcode;plaats;onderwijstype;leerlingen\n",
    "vestigingscode;leerlingnummer;achternaam;geboortedatum;inschrijfdatum;bsn;verzorger1_naam;verzorger1_relatie\n",
    "brin;vestigingscode;leerlingnummer;datum;lesuur;lesuren;rooster_uren;soort\n",
];

/// What every import owes its user about the rows of a file.
fn accounted<T>(invoer: &Invoer<T>) -> Result<(), TestCaseError> {
    let Telling { rijen, overgenomen, dubbel, weggelaten, afgewezen, onleesbaar } = invoer.telling;
    prop_assert_eq!(rijen, overgenomen + dubbel + weggelaten + afgewezen);
    prop_assert!(onleesbaar <= afgewezen && afgewezen <= invoer.bevindingen.count(Ernst::Fout));
    prop_assert_eq!(afgewezen, invoer.afgewezen.len() as u64 + invoer.afgewezen.left_out());
    Ok(())
}

fn all_imports(bytes: &[u8]) -> Result<(), TestCaseError> {
    if let Ok(invoer) = read_scholen(bytes, &proef(), None) {
        accounted(&invoer)?;
        prop_assert_eq!(invoer.telling.overgenomen, invoer.inhoud.len() as u64);
    }
    if let Ok(invoer) = read_leerlingen(bytes, &proef()) {
        accounted(&invoer)?;
        prop_assert_eq!(invoer.telling.overgenomen, invoer.inhoud.len() as u64);
    }
    if let Ok(invoer) = read_verzuim(bytes, &proef()) {
        accounted(&invoer)?;
        let rows: usize = invoer.inhoud.leerlingen.iter().map(|leerling| leerling.rijen.len()).sum();
        let per_day: u64 = invoer.inhoud.per_dag.iter().map(|dag| u64::from(dag.rijen)).sum();
        prop_assert_eq!((invoer.telling.overgenomen, invoer.telling.overgenomen), (rows as u64, per_day));
    }
    Ok(())
}

/// Cells of which some are right, some wrong and some no text at all.
fn cell() -> impl Strategy<Value = Vec<u8>> {
    let likely = prop::sample::select(vec![
        "90AA00",
        "90AA",
        "90AB00",
        "7",
        "8",
        "2026-02-03",
        "3-2-2026",
        "30-2-2026",
        "dag",
        "1",
        "0,25",
        "6",
        "ziek",
        "te_laat",
        "Z",
        "VWO",
        "2012-03-04",
        "999900006",
        "1811AB",
        "Boer",
        "moeder",
        "",
        "\"",
        "\"\"",
        "\"a;b\"",
        "<5",
    ]);
    prop_oneof![
        12 => likely.prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..6),
    ]
}

fn line() -> impl Strategy<Value = Vec<u8>> {
    let ends = prop::sample::select(vec!["\n", "\r\n", "\r"]);
    (prop::collection::vec(cell(), 0..10), ends).prop_map(|(cells, end)| [cells.join(&b';'), end.into()].concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        all_imports(&bytes)?;
    }

    #[test]
    fn any_rows_below_a_header_are_accounted_for(
        kop in prop::sample::select(KOPPEN.to_vec()),
        lines in prop::collection::vec(line(), 0..30),
    ) {
        let bytes = [kop.as_bytes(), &lines.concat()].concat();
        all_imports(&bytes)?;
    }

    #[test]
    fn every_line_without_quotes_is_a_row_or_an_error(lines in prop::collection::vec("[0-9a-zA-Z;, -]{0,40}", 0..40)) {
        let text = format!("{}{}", KOPPEN[2], lines.join("\n"));
        let invoer = read_verzuim(text.as_bytes(), &proef()).unwrap();
        let filled = lines.iter().filter(|line| line.split(';').any(|cell| !cell.trim().is_empty())).count();
        prop_assert_eq!(invoer.telling.rijen, filled as u64);
        accounted(&invoer)?;
    }

    #[test]
    fn every_cell_comes_back_as_it_was(cell in any::<String>()) {
        let harmless = neutralise(&cell);
        prop_assert_eq!(restore(&harmless), cell.as_str());
        prop_assert!(!harmless.starts_with(['=', '+', '-', '@', '\t', '\r']));
    }
}

/// Everything a finding, a refusal or `Debug` may show of an import.
fn shown<T: std::fmt::Debug>(read: Result<Invoer<T>, exchange::invoer::Weigering>) -> String {
    match read {
        Ok(invoer) => {
            let lines: Vec<String> = invoer.bevindingen.kept().iter().map(ToString::to_string).collect();
            format!("{}\n{invoer:?}", lines.join("\n"))
        }
        Err(weigering) => weigering.to_string(),
    }
}

#[test]
fn findings_never_tell_whom_a_row_is_about() {
    // Every cell holds a personal value; moved one column at a time, each lands in each column, right or wrong.
    let canaries = [
        "Kanarievogel",
        "van der",
        "Sijsje Mees",
        "999900006",
        "123456782",
        "1811AB",
        "12-bis",
        "Kerkstraat 5",
        "0612345678",
        "sijs@vogels.nl",
        "kan niet na 17.00 uur",
        "90AA-77",
        "Groenling",
    ];
    let columns = "achternaam;voorvoegsel;voornamen;bsn;onderwijsnummer;postcode;huisnummer;geboortedatum;\
                   telefoon_leerling;verzorger1_email;verzorger1_veilig_contact;leerlingnummer;verzorger1_naam";
    let fixed = [
        ("geslacht", "M"),
        ("verzorger1_gezag", "soms"),
        ("inschrijfdatum", "30-2-2024"),
        ("vestigingscode", "90AA00"),
    ];
    for shift in 0..canaries.len() {
        let mut cells = canaries.to_vec();
        cells.rotate_left(shift);
        let (kop, rest): (Vec<_>, Vec<_>) = fixed.into_iter().unzip();
        let text = format!("{columns};{}\n{};{}\n", kop.join(";"), cells.join(";"), rest.join(";"));
        let twice = format!("{text}{};{}\n", cells.join(";"), rest.join(";"));
        let verzuim = format!(
            "brin;vestigingscode;leerlingnummer;datum;lesuur;lesuren;rooster_uren;soort\n{}\n",
            cells.get(..8).unwrap().join(";"),
        );
        let scholen =
            format!("naam;vestigingscode;postcode;plaats;leerlingen\n{}\n", cells.get(..5).unwrap().join(";"));
        let all = [
            shown(read_leerlingen(twice.as_bytes(), &proef())),
            shown(read_leerlingen(cells.join(";").as_bytes(), &proef())),
            shown(read_verzuim(verzuim.as_bytes(), &proef())),
            shown(read_verzuim(cells.join(";").as_bytes(), &proef())),
            shown(read_scholen(scholen.as_bytes(), &proef(), None)),
        ]
        .join("\n");
        for canary in canaries.into_iter().filter(|canary| *canary != "van der") {
            assert!(!all.contains(canary), "{canary} in {all}");
        }
    }
}
