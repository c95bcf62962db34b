use exchange::invoer::{Ernst, read_leerlingen, read_verzuim};

use super::{findings, proef};

#[test]
fn refused_rows_come_back_as_a_file_that_can_be_mended() {
    let text = "vestigingscode,leerlingnummer,datum,lesuren,soort\n\
                90AA00,=1+1,2026-02-03,dag,Z\n\
                90AA00,8,2026-02-03,\"1,25\",ziek\n\
                90AA00,9,2026-02-03,dag\n";
    let invoer = read_verzuim(text.as_bytes(), &proef()).unwrap();
    let file = invoer.afgewezen.to_csv();
    let lines: Vec<&str> = file.trim_start_matches('\u{FEFF}').lines().collect();
    assert_eq!(lines[0], "vestigingscode;leerlingnummer;datum;lesuren;soort;regel;reden");
    assert!(
        lines[1].starts_with("90AA00;'=1+1;2026-02-03;dag;Z;2;\"soort: De soort Z is niet bekend. Gebruik "),
        "{}",
        lines[1]
    );
    assert!(lines[2].starts_with("\"90AA00,9,2026-02-03,dag\";;;;;4;"), "{}", lines[2]);
    assert_eq!(lines.len(), 3);

    let mended = file.replace(";Z;", ";ziek;");
    let again = read_verzuim(mended.as_bytes(), &proef()).unwrap();
    assert_eq!(again.inhoud.leerlingen[0].leerlingnummer.zichtbaar(), "=1+1");
    assert_eq!(again.bevindingen.count(Ernst::Waarschuwing), 0);
    assert_eq!(again.telling.overgenomen, 1);
}

#[test]
fn formulas_in_names_are_made_harmless() {
    let text = "vestigingscode;leerlingnummer;achternaam;geboortedatum;inschrijfdatum\n\
                90AA00;7;\"=HYPERLINK(\"\"x\"\")\";2012-03-04;30-2-2024\n\
                90AA00;8;@SUM(A1);2012-03-04;30-2-2024\n\
                90AA00;9;'t Hart;2012-03-04;30-2-2024\n";
    let invoer = read_leerlingen(text.as_bytes(), &proef()).unwrap();
    let file = invoer.afgewezen.to_csv();
    assert!(file.contains(";\"'=HYPERLINK(\"\"x\"\")\";"), "{file}");
    assert!(file.contains(";'@SUM(A1);") && file.contains(";'t Hart;"), "{file}");
    assert_eq!(findings(&invoer).len(), 6);
    assert_eq!(format!("{:?}", invoer.afgewezen), "Afgewezen(3 rijen)");
}

#[test]
fn rows_that_are_too_long_are_given_back_by_their_reason() {
    let text = format!("vestigingscode;leerlingnummer;datum;lesuren;soort\n{}\n", "x".repeat(70_000));
    let file = read_verzuim(text.as_bytes(), &proef()).unwrap().afgewezen.to_csv();
    assert!(
        file.ends_with("\r\n;;;;;2;De rij is te lang om te lezen. Een rij mag hoogstens 64 KiB zijn.\r\n"),
        "{file}"
    );
}
