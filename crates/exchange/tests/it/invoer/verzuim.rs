use domain::Date;
use domain::period::{Period, day_number, from_day_number};
use domain::verzuim::{Duur, Rij};
use exchange::invoer::{Invoer, Telling, Verzuim, read_verzuim};

use super::{findings, proef};

const KOP: &str = "brin;vestigingscode;leerlingnummer;datum;lesuur;lesuren;rooster_uren;soort";
const LEVERING: &str = "#levering brin=90AA;vestigingscode=90AA00;van=2026-02-01;tot_en_met=2026-02-28";

fn read(text: &str) -> Invoer<Verzuim> {
    read_verzuim(text.as_bytes(), &proef()).unwrap()
}

/// Rows of a school as "site pupil day lesson duration kind".
fn rows(verzuim: &Verzuim) -> Vec<String> {
    let mut found = Vec::new();
    for leerling in &verzuim.leerlingen {
        for packed in &leerling.rijen {
            let Rij { dag, lesuur, duur, soort } = Rij::unpack(*packed).unwrap();
            let duur = match duur {
                Duur::Dag => "dag".to_owned(),
                Duur::Kwartieren(kwartieren) => kwartieren.to_string(),
            };
            let (school, nummer) = (leerling.vestiging, leerling.leerlingnummer.zichtbaar());
            let dag = from_day_number(dag.into());
            found.push(format!("{school} {nummer} {dag} {lesuur} {duur} {}", soort.code()));
        }
    }
    found
}

/// Rows below the header: number taken and findings.
fn check(body: &str, taken: usize, expected: &[&str]) {
    let invoer = read(&format!("{KOP}\n{body}"));
    assert_eq!(
        (rows(&invoer.inhoud).len(), findings(&invoer)),
        (taken, expected.iter().map(|s| s.to_string()).collect()),
        "{body}"
    );
}

#[test]
fn rows_are_grouped_by_pupil_and_sorted_by_day_and_lesson() {
    let invoer = read(&format!(
        "{KOP}\n\
         90AA;90AA00;0007;2026-02-03;2;1;6;ongeoorloofd\n\
         90AB;90AB00;7;03-02-2026;;dag;;ziek\n\
         90AA;90AA00;0007;2026-02-03;1;0,25;6;te_laat\n\
         90AA;90AA00;0007;2-2-2026;;1.5;5,5;verlof\n\
         90AA;90AA00;7;2026-02-03;;dag;;ziek\n"
    ));
    assert_eq!(
        rows(&invoer.inhoud),
        [
            "90AA00 0007 2026-02-02 0 6 verlof",
            "90AA00 0007 2026-02-03 1 1 te_laat",
            "90AA00 0007 2026-02-03 2 4 ongeoorloofd",
            "90AA00 7 2026-02-03 0 dag ziek",
            "90AB00 7 2026-02-03 0 dag ziek",
        ]
    );
    assert_eq!(findings(&invoer), Vec::<String>::new());
    let day = |day| u16::try_from(day_number(day)).unwrap();
    let (second, third) = (day(Date::constant(2026, 2, 2)), day(Date::constant(2026, 2, 3)));
    assert_eq!(invoer.inhoud.leerlingen[0].rooster, [(second, 22), (third, 24)]);
    let per_dag: Vec<_> = invoer.inhoud.per_dag.iter().map(|d| (d.vestiging.to_string(), d.dag, d.rijen)).collect();
    assert_eq!(per_dag, [("90AA00".into(), second, 1), ("90AA00".into(), third, 3), ("90AB00".into(), third, 1)]);
    assert_eq!(invoer.telling, Telling { rijen: 5, overgenomen: 5, ..Telling::default() });
}

#[test]
fn every_field_is_checked_on_its_own() {
    let good = ["90AA", "90AA00", "7", "2026-02-03", "2", "1", "6", "ziek"];
    let columns = ["brin", "vestigingscode", "leerlingnummer", "datum", "lesuur", "lesuren", "rooster_uren", "soort"];
    let cases = [
        (0, "90AB", "brin"),
        (0, "90A", "brin"),
        (0, "16AH", "echt nummer"),
        (1, "90AA0", "vestigingscode"),
        (1, "16AH00", "echt nummer"),
        (2, "", "veld leeg"),
        (2, "zeven acht", "leerlingnummer"),
        (3, "", "veld leeg"),
        (3, "30-2-2024", "datum bestaat niet"),
        (3, "1899-12-30", "datum kan niet"),
        (3, "2999-12-30", "datum kan niet"),
        (3, "3/2/2026", "datum onleesbaar"),
        (4, "0", "lesuur"),
        (4, "13", "lesuur"),
        (4, "1,5", "lesuur"),
        (5, "", "veld leeg"),
        (5, "0", "lesuren"),
        (5, "1,3", "lesuren"),
        (5, "15,75", "lesuren"),
        (5, "-1", "lesuren"),
        (6, "12,25", "rooster_uren"),
        (6, "zes", "rooster_uren"),
        (7, "", "veld leeg"),
        (7, "Z", "soort onbekend"),
        (7, "Ziek", "soort onbekend"),
    ];
    for (place, value, soort) in cases {
        let mut row = good;
        row[place] = value;
        check(&row.join(";"), 0, &[&format!("!2 {} {soort}", columns[place])]);
    }
    check(&good.join(";"), 1, &[]);
    check("90AA;90AA00;7;2026-02-03;2;dag;;ziek", 0, &["!2 lesuur lesuur bij hele dag"]);
    check("90AA;90AA00;7;2026-02-03;2;1;;ziek;;", 1, &[]);
    check("90AA;90AA00;7;2026-02-03;2;1;;ziek;;x", 0, &["!2  aantal velden"]);
    check("90AA;90AA00;7;2026-02-03;2;1,25", 0, &["!2  aantal velden"]);
    check(";90AA00;7;2026-02-03;2;1;;ziek\n;;;;;;;\n", 1, &[]);
}

#[test]
fn rows_of_one_day_are_held_against_each_other() {
    let day = |cells: &[&str]| {
        let rows = cells.iter().map(|cells| format!("90AA;90AA00;7;2026-02-03;{cells}\n"));
        rows.collect::<String>()
    };
    check(&day(&["2;1;;ziek", "2;1;;ziek"]), 1, &["3  dubbele rij"]);
    check(&day(&["2;0,25;;te_laat", "2;0,5;;uitgestuurd"]), 2, &[]);
    check(&day(&["2;1;;ziek", "2;1;;ongeoorloofd"]), 2, &["2 lesuur lesuur dubbel"]);
    check(&day(&["2;2;;ziek", "3;1;;ongeoorloofd"]), 2, &["3 lesuur lesuur dubbel"]);
    check(&day(&["2;2;;ziek", "4;1;;ongeoorloofd"]), 2, &[]);
    check(&day(&[";dag;;ziek", ";dag;;ongeoorloofd"]), 2, &["2 lesuren hele dag en meer"]);
    check(&day(&[";dag;;ziek", "3;1;;ongeoorloofd"]), 2, &["2 lesuren hele dag en meer"]);
    check(&day(&["1;1;1;ziek", "2;1;1;ziek"]), 2, &["2 lesuren meer uren dan de dag"]);
    check(&day(&[";7;;ziek", ";7;;verlof"]), 2, &["2 lesuren meer uren dan de dag"]);
    check(&day(&["1;1;5;ziek", "2;1;6;ziek"]), 2, &["3 rooster_uren rooster verschilt"]);
    let invoer = read(&format!("{KOP}\n{}", day(&["1;1;5;ziek", "2;1;6;ziek"])));
    assert_eq!(invoer.inhoud.leerlingen[0].rooster, []);
}

#[test]
fn a_delivery_declares_its_school_and_period() {
    let invoer = read(&format!(
        "{LEVERING}\r\n{KOP}\r\n\
         90AA;90AA00;7;2026-02-01;2;1;;ziek\r\n\
         90AA;90AA00;7;2026-02-28;2;1;;ziek\r\n\
         90AA;90AA00;7;2026-03-01;2;1;;ziek\r\n\
         90AB;90AB00;8;2026-02-03;2;1;;ziek\r\n"
    ));
    let levering = invoer.inhoud.levering.unwrap();
    assert_eq!(levering.vestiging.to_string(), "90AA00");
    assert_eq!(levering.periode, Period::through(Date::constant(2026, 2, 1), Date::constant(2026, 2, 28)));
    assert_eq!(findings(&invoer), ["!5 datum buiten de levering", "!6 vestigingscode andere school"]);
    assert_eq!(invoer.telling.overgenomen, 2);
    assert_eq!(read(KOP).inhoud.levering, None);
    // A spreadsheet quotes the line, or adds separators.
    for line in [format!("\"{LEVERING}\""), format!("{LEVERING};;;;"), format!("{LEVERING},,,")] {
        assert_eq!(read(&format!("{line}\n{KOP}\n")).inhoud.levering, Some(levering));
    }
}

#[test]
fn a_declaration_that_cannot_be_meant_refuses_the_file() {
    let cases = [
        ("#levering", "mist het veld vestigingscode"),
        ("#levering vestigingscode=90AA00;van=2026-02-01", "mist het veld tot_en_met"),
        ("#levering vestigingscode=90AA00;van=2026-02-30;tot_en_met=2026-02-28", "2026-02-30 bestaat niet"),
        ("#levering vestigingscode=90AA00;van=2026-02-02;tot_en_met=2026-02-01", "Toegestaan is 2 februari 2026 t/m"),
        (
            "#levering vestigingscode=90AA00;van=2026-02-02;tot_en_met=2026-03-21",
            "Toegestaan is 2 februari 2026 t/m 20 maart 2026",
        ),
        ("#levering vestigingscode=90AA00;van=2024-02-02;tot_en_met=2026-02-01", "te lange periode"),
        ("#levering vestigingscode=16AH00;van=2026-02-02;tot_en_met=2026-02-02", "proefregio"),
        ("#levering brin=90AB;vestigingscode=90AA00;van=2026-02-02;tot_en_met=2026-02-02", "in het veld brin"),
        ("#levering brin=90AA;brin=90AA", "twee keer"),
        ("#levering school=90AA", "onbekend veld"),
        ("#levering 90AA", "niet te lezen"),
    ];
    for (line, expected) in cases {
        let weigering = read_verzuim(format!("{line}\n{KOP}\n").as_bytes(), &proef()).unwrap_err().to_string();
        assert!(weigering.contains(expected), "{weigering}");
    }
}

#[test]
fn a_refused_row_makes_its_pupils_day_unknown() {
    let invoer = read(&format!(
        "{LEVERING}\n{KOP}\n\
         90AA;90AA00;7;2026-02-03;2;1;;Z\n\
         90AA;90AA00;7;2026-02-03;3;1;;Z\n\
         90AA;90AA00;8;30-2-2026;;dag;;ziek\n\
         90AB;90AB00;9;2026-02-03;;dag;;ziek\n\
         90AA;90AA00;;2026-02-03;;dag;;ziek\n\
         90AA;90AA00;10;2026-02-03\n"
    ));
    let days: Vec<_> = invoer
        .inhoud
        .afgewezen_dagen
        .iter()
        .map(|dag| (dag.leerlingnummer.zichtbaar(), dag.dag.map(|dag| from_day_number(dag.into()).to_string())))
        .collect();
    assert_eq!(days, [("7", Some("2026-02-03".to_owned())), ("8", None)]);
    assert_eq!(invoer.inhoud.onherleidbaar, 2);
    assert_eq!(invoer.inhoud.leerlingen, []);
    assert_eq!(invoer.telling, Telling { rijen: 6, afgewezen: 6, onleesbaar: 1, ..Telling::default() });
}

#[test]
fn a_stray_quote_costs_no_other_pupil_a_row() {
    check(
        "90AA;90AA00;\"7;2026-02-03;;dag;;ziek\n90AA;90AA00;\"8\";2026-02-03;;dag;;ziek\n",
        1,
        &["!2  aanhalingsteken"],
    );
    // Read as one row it would be whole, but for its width.
    check(
        "90AA;90AA00;\"7;2026-02-03;;dag;;ziek\n90AA;90AA00;8\";2026-02-03;;dag\n",
        0,
        &["!2  aantal velden", "!3  aantal velden"],
    );
}

#[test]
fn unknown_kinds_are_shown_and_the_known_ones_named() {
    let invoer = read(&format!("{KOP}\n90AA;90AA00;7;2026-02-03;2;1;;zieker"));
    let line = invoer.bevindingen.kept()[0].to_string();
    assert!(line.contains("De soort zieker is niet bekend. Gebruik ongeoorloofd, luxe,"), "{line}");
}

#[test]
fn findings_are_kept_up_to_a_thousand_and_all_counted() {
    let body = "90AA;90AA00;7;2026-02-03;2;1;;Z\n".repeat(1_500);
    let invoer = read(&format!("{KOP}\n{body}"));
    assert_eq!(invoer.bevindingen.kept().len(), 1_000);
    assert_eq!(invoer.bevindingen.count_of("soort onbekend"), 1_500);
    assert_eq!(invoer.afgewezen.len(), 1_500);
}
