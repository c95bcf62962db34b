//! Absence in the layout of a package: the same rows as in our own layout, and a finding for everything that cannot be
//! read for certain.

use domain::Date;
use domain::nummers::Vestigingscode;
use domain::period::{Period, from_day_number};
use domain::verzuim::{Duur, Rij};
use exchange::invoer::{Gebrek, Invoer, Telling, Verzuim, VerzuimIndeling, Weigering, read_verzuim_as};

use super::{echt, findings, proef};

/// Four lessons of fifty minutes, and a break.
const TIJDEN: &str = "[lesdag]\nelke_dag = [\"08:30-09:20\", \"09:20-10:10\", \"10:30-11:20\", \"11:20-12:10\"]\n";
const CODES: &str = "[codes]\nTL = \"te_laat\"\nO = \"ongeoorloofd\"\nV = \"verlof\"\nS = \"weglaten\"\n";

/// The layout of a school on top of the one for a LAS.
fn las(extra: &str) -> VerzuimIndeling {
    indeling(&format!("basis = \"las\"\n[school]\nvestiging = \"90AA00\"\n{extra}\n{CODES}"))
}

fn indeling(text: &str) -> VerzuimIndeling {
    VerzuimIndeling::lees(text).unwrap_or_else(|fouten| panic!("{fouten:?}"))
}

/// Every weekday, but for the week of 16 February 2026; nothing is known from July on.
pub fn kalender(_: Vestigingscode, dag: Date) -> Option<bool> {
    let vakantie = Period::through(Date::constant(2026, 2, 16), Date::constant(2026, 2, 20));
    let weekend = dag.weekday().to_monday_zero_offset() >= 5;
    (dag < Date::constant(2026, 7, 1)).then(|| !weekend && !vakantie.contains(dag))
}

fn read(indeling: &VerzuimIndeling, text: &str) -> Invoer<Verzuim> {
    read_verzuim_as(text.as_bytes(), &proef(), indeling, &kalender).unwrap()
}

fn refused(indeling: &VerzuimIndeling, text: &str) -> Weigering {
    read_verzuim_as(text.as_bytes(), &proef(), indeling, &kalender).unwrap_err()
}

/// Rows as "pupil month-day lesson:duration kind".
fn rows(verzuim: &Verzuim) -> Vec<String> {
    let mut found = Vec::new();
    for leerling in &verzuim.leerlingen {
        for packed in &leerling.rijen {
            let Rij { dag, lesuur, duur, soort } = Rij::unpack(*packed).unwrap();
            let duur = match duur {
                Duur::Dag => "dag".to_owned(),
                Duur::Kwartieren(kwartieren) => format!("{lesuur}:{kwartieren}"),
            };
            let (nummer, dag) = (leerling.leerlingnummer.zichtbaar(), from_day_number(dag.into()).strftime("%m-%d"));
            found.push(format!("{nummer} {dag} {duur} {}", soort.code()));
        }
    }
    found
}

/// What one row of a LAS becomes, and what is found about it.
fn check(indeling: &VerzuimIndeling, row: &str, taken: &[&str], found: &[&str]) {
    let invoer = read(indeling, row);
    let expected = |list: &[&str]| list.iter().map(|s| s.to_string()).collect::<Vec<_>>();
    assert_eq!((rows(&invoer.inhoud), findings(&invoer)), (expected(taken), expected(found)), "{row}");
}

#[test]
fn a_row_becomes_a_row_for_each_school_day() {
    let las = las(TIJDEN);
    check(&las, "7;20260203;;20260203;;;;Z;", &["7 02-03 dag ziek"], &[]);
    check(&las, "7;20260206;;20260210;;;;Z;", &["7 02-06 dag ziek", "7 02-09 dag ziek", "7 02-10 dag ziek"], &[]);
    check(&las, "7;20260213;;20260223;;;;Z;", &["7 02-13 dag ziek", "7 02-23 dag ziek"], &[]);
    check(&las, "7;20260216;;20260220;;;;Z;", &[], &["1 2 (begindatum) geen schooldag"]);
    check(&las, "7;20260218;;20260218;;;;Z;", &["7 02-18 dag ziek"], &[]);
    check(&las, "7;20260703;;20260706;;;;V;", &["7 07-03 dag verlof", "7 07-06 dag verlof"], &[]);
    let spans = "7;20260205;;20260209;;3;2;O;";
    check(&las, spans, &["7 02-05 3:8 ongeoorloofd", "7 02-06 dag ongeoorloofd", "7 02-09 1:8 ongeoorloofd"], &[]);
}

#[test]
fn lessons_and_times_become_parts_of_a_day() {
    let (with, without) = (las(TIJDEN), las(""));
    for indeling in [&with, &without] {
        check(indeling, "7;20260203;;20260203;;2;3;O;", &["7 02-03 2:8 ongeoorloofd"], &[]);
        check(indeling, "7;20260203;;20260203;;;2;O;", &["7 02-03 1:8 ongeoorloofd"], &[]);
        check(indeling, "7;20260203;0000;20260203;2359;;;O;", &["7 02-03 dag ongeoorloofd"], &[]);
    }
    check(&with, "7;20260203;;20260203;;1;4;O;", &["7 02-03 dag ongeoorloofd"], &[]);
    check(&with, "7;20260203;;20260203;;3;;O;", &["7 02-03 3:8 ongeoorloofd"], &[]);
    check(&with, "7;20260203;0920;20260203;1120;;;O;", &["7 02-03 2:8 ongeoorloofd"], &[]);
    check(&with, "7;20260203;0920;20260203;1120;3;3;O;", &["7 02-03 3:4 ongeoorloofd"], &[]);
    check(&with, "7;20260203;0855;20260203;;;;O;", &["7 02-03 1:2 ongeoorloofd", "7 02-03 2:12 ongeoorloofd"], &[]);
    for row in ["7;20260203;;20260203;;3;;O;", "7;20260203;0920;20260203;1120;;;O;", "7;20260203;;20260204;;3;;O;"] {
        check(&without, row, &[], &["!1 2 (begindatum) lestijden onbekend"]);
    }
    let po =
        las("[lesdag]\neenheid = \"klokuur\"\nelke_dag = [\"08:30-12:00\", \"12:30-14:30\"]\nwo = [\"08:30-12:15\"]\n");
    check(&po, "7;20260203;1000;20260203;1300;;;O;", &["7 02-03 0:10 ongeoorloofd"], &[]);
    check(&po, "7;20260204;0830;20260204;1215;;;O;", &["7 02-04 dag ongeoorloofd"], &[]);
    check(&po, "7;20260203;;20260203;;2;3;O;", &[], &["!1 2 (begindatum) lesuur bij klokuren"]);
}

#[test]
fn coming_late_counts_the_minutes_missed_and_nothing_else() {
    let las_met = |extra: &str| las(&format!("{TIJDEN}{extra}"));
    let plain = las_met("");
    check(&plain, "7;20260203;0830;20260203;0845;;;TL;", &["7 02-03 1:1 te_laat"], &[]);
    check(&plain, "7;20260203;1030;20260203;1055;3;3;TL;", &["7 02-03 3:2 te_laat"], &[]);
    check(&plain, "7;20260203;;20260203;;3;3;TL;", &[], &["!1 2 (begindatum) minuten onbekend"]);
    check(&plain, "7;20260203;0845;20260203;0830;;;TL;", &[], &["!1 2 (begindatum) minuten onbekend"]);
    check(&plain, "7;20260203;0830;20260204;0845;;;TL;", &[], &["!1 2 (begindatum) te laat over meer dagen"]);
    let whole = "1 2 (begindatum) te laat heel lesuur";
    check(&plain, "7;20260203;0830;20260203;0920;;;TL;", &["7 02-03 1:4 te_laat"], &[whole]);
    let agreed = las_met("[te_laat]\nminuten = 10\n");
    check(&agreed, "7;20260203;;20260203;;3;3;TL;", &["7 02-03 3:1 te_laat"], &[]);
    check(&agreed, "7;20260203;0830;20260203;0855;;;TL;", &["7 02-03 1:2 te_laat"], &[]);
    let never = las_met("[te_laat]\ntijden = false\nminuten = 10\n");
    check(&never, "7;20260203;0830;20260203;0920;;;TL;", &["7 02-03 1:1 te_laat"], &[]);
    let column = las_met("[kolommen]\nminuten = 9\n");
    check(&column, "7;20260203;;20260203;;2;2;TL;40", &["7 02-03 2:3 te_laat"], &[]);
    check(
        &column,
        "7;20260203;;20260203;;2;2;TL;veel",
        &[],
        &["!1 9 (minuten) minuten", "!1 2 (begindatum) minuten onbekend"],
    );
    let length = las("[lesdag]\nlesuur_minuten = 45\n");
    check(&length, "7;20260203;0830;20260203;0853;1;1;TL;", &["7 02-03 1:2 te_laat"], &[]);
    check(&las(""), "7;20260203;0830;20260203;0853;1;1;TL;", &[], &["!1 2 (begindatum) lestijden onbekend"]);
}

#[test]
fn every_cell_is_checked_on_its_own() {
    let las = las(TIJDEN);
    let good = ["7", "20260203", "0830", "20260203", "0920", "", "", "O", "opmerking"];
    let begin = "2 (begindatum)";
    let cases = [
        (0, "", "1 (leerlingnummer) veld leeg"),
        (0, "zeven acht", "1 (leerlingnummer) leerlingnummer"),
        (1, "", "2 (begindatum) veld leeg"),
        (1, "2026-02-03", "2 (begindatum) datum onleesbaar"),
        (1, "20260230", "2 (begindatum) datum bestaat niet"),
        (1, "18991230", "2 (begindatum) datum kan niet"),
        (1, "20260204", "4 (einddatum) begin en einde"),
        (1, "20240203", "4 (einddatum) begin en einde"),
        (2, "half negen", "3 (begintijd) tijd"),
        (2, "1000", &format!("{begin} geen lestijd")),
        (3, "", "4 (einddatum) geen einddatum"),
        (3, "29991230", "4 (einddatum) datum kan niet"),
        (4, "2500", "5 (eindtijd) tijd"),
        (5, "13", "6 (begin_lesuur) lesuur"),
        (6, "0", "7 (eind_lesuur) lesuur"),
        (7, "", "8 (code) veld leeg"),
        (7, "Q", "8 (code) code onbekend"),
        (7, "o", "8 (code) code onbekend"),
    ];
    for (place, value, found) in cases {
        let mut row = good;
        row[place] = value;
        check(&las, &row.join(";"), &[], &[&format!("!1 {found}")]);
    }
    check(&las, &good.join(";"), &["7 02-03 1:4 ongeoorloofd"], &[]);
    check(&las, "7;20260203;;20260203;;;", &[], &["!1  aantal velden"]);
    check(
        &las,
        "x x;20260230;;;;;;Q;",
        &[],
        &["!1 8 (code) code onbekend", "!1 1 (leerlingnummer) leerlingnummer", "!1 2 (begindatum) datum bestaat niet"],
    );
}

#[test]
fn an_absence_without_end_goes_on_until_today_when_the_school_says_so() {
    let open = "[bestand]\nopen_einde = \"loopt_door\"\n";
    let march = "[levering]\nvan = 2026-03-01\ntot_en_met = 2026-03-18\n";
    check(&las(open), "7;20260318;;;;;;Z;", &["7 03-18 dag ziek", "7 03-19 dag ziek", "7 03-20 dag ziek"], &[]);
    check(&las(&format!("{march}{open}")), "7;20260317;;;;;;Z;", &["7 03-17 dag ziek", "7 03-18 dag ziek"], &[]);
    check(&las(open), "7;20260401;;;;;;V;", &["7 04-01 dag verlof"], &[]);
}

#[test]
fn a_delivery_cuts_what_lies_outside_and_refused_rows_make_its_days_unknown() {
    let february = las("[levering]\nvan = 2026-02-01\ntot_en_met = 2026-02-10\n");
    let invoer = read(
        &february,
        "7;20260130;;20260203;;;;Z;\n8;20260209;;20260213;;;;Z;\n9;20260120;;20260121;;;;Z;\n\
         10;20260206;;20260212;;;;Q;\n11;onleesbaar;;20260203;;;;Z;\n;20260203;;20260203;;;;Z;\n12;20260203;;20260203;;;;S;\n",
    );
    assert_eq!(rows(&invoer.inhoud), ["7 02-02 dag ziek", "7 02-03 dag ziek", "8 02-09 dag ziek", "8 02-10 dag ziek"]);
    assert_eq!(
        findings(&invoer),
        [
            "1 2 (begindatum) deels buiten de levering",
            "2 2 (begindatum) deels buiten de levering",
            "!3 2 (begindatum) buiten de levering",
            "!4 8 (code) code onbekend",
            "4 2 (begindatum) deels buiten de levering",
            "!5 2 (begindatum) datum onleesbaar",
            "!6 1 (leerlingnummer) veld leeg",
        ]
    );
    let levering = invoer.inhoud.levering.unwrap();
    assert_eq!(levering.periode, Period::through(Date::constant(2026, 2, 1), Date::constant(2026, 2, 10)));
    let unknown: Vec<String> = invoer
        .inhoud
        .afgewezen_dagen
        .iter()
        .map(|dag| {
            let day = dag.dag.map_or("?".to_owned(), |dag| from_day_number(dag.into()).to_string());
            format!("{} {day}", dag.leerlingnummer.zichtbaar())
        })
        .collect();
    assert_eq!(unknown, ["10 2026-02-06", "10 2026-02-09", "10 2026-02-10", "11 ?"]);
    assert_eq!(invoer.inhoud.onherleidbaar, 1);
    let expected = Telling { rijen: 7, overgenomen: 2, weggelaten: 1, afgewezen: 4, ..Telling::default() };
    assert_eq!(invoer.telling, expected);
}

#[test]
fn rows_are_counted_as_the_lines_of_the_file() {
    let invoer = read(
        &las(""),
        "7;20260202;;20260206;;;;Z;\n7;20260203;;20260204;;;;Z;\n7;20260205;;20260209;;;;Z;\n7;20260202;;20260202;;;;O;\n\
         7;20260216;;20260220;;;;Z;\n7;20260203;;20260203;;;;S;\n",
    );
    let expected = Telling { rijen: 6, overgenomen: 3, dubbel: 1, weggelaten: 2, ..Telling::default() };
    assert_eq!(invoer.telling, expected);
    assert_eq!(
        findings(&invoer),
        ["1 lesuren hele dag en meer", "2  dubbele rij", "3  dubbele rij", "5 2 (begindatum) geen schooldag",]
    );
    assert_eq!(rows(&invoer.inhoud).len(), 7);
}

#[test]
fn the_field_names_of_somtoday_are_read_with_times_of_the_netherlands() {
    let somtoday = indeling(&format!(
        "basis = \"somtoday\"\n[school]\nvestiging = \"90AA00\"\n{TIJDEN}[codes]\n\"Absent / ZK\" = \"ziek\"\n\"Absent / ONG\" = \"ongeoorloofd\"\n",
    ));
    let kop = "leerling.UUID,leerling.leerlingnummer,leerling.achternaam,absentieReden.absentieSoort,absentieReden.afkorting,\
               absentieReden.geoorloofd,beginDatumTijd,eindDatumTijd,beginLesuur,eindLesuur,afgehandeld";
    let check = |row: &str, taken: &[&str], found: &[&str]| check(&somtoday, &format!("{kop}\n{row}\n"), taken, found);
    let day = "2026-02-03T00:00:00.000+01:00,2026-02-04T00:00:00.000+01:00";
    check(&format!("u,7,Boer,Absent,ZK,true,{day},,,false"), &["7 02-03 dag ziek"], &[]);
    let utc = "2026-02-02T23:00:00Z,2026-02-03T22:59:00Z";
    check(&format!("u,7,Boer,Absent,ZK,true,{utc},,,false"), &["7 02-03 dag ziek"], &[]);
    let second = "2026-02-03T09:20:00.000+01:00,2026-02-03T10:10:00.000+01:00";
    check(&format!("u,7,Boer,Absent,ONG,false,{second},2,2,false"), &["7 02-03 2:4 ongeoorloofd"], &[]);
    check(&format!("u,7,Boer,Absent,ONG,false,{second},,,false"), &["7 02-03 2:4 ongeoorloofd"], &[]);
    check(
        &format!("u,7,Boer,Absent,ONG,true,{second},2,2,false"),
        &["7 02-03 2:4 ongeoorloofd"],
        &["2 absentieReden.geoorloofd geoorloofd verschilt"],
    );
    check(&format!("u,7,Boer,Verwijderd,UIT,false,{second},2,2,true"), &["7 02-03 2:4 uitgestuurd"], &[]);
    let late = "2026-02-03T08:30:00.000+01:00,2026-02-03T08:42:00.000+01:00";
    check(&format!("u,7,Boer,Telaat,TL,false,{late},1,1,true"), &["7 02-03 1:1 te_laat"], &[]);
    check(
        &format!("u,7,Boer,Absent,TANDARTS,true,{second},2,2,true"),
        &[],
        &["!2 absentieReden.absentieSoort code onbekend"],
    );
    check(&format!("u,7,Boer,Absent,ONG,soms,{second},2,2,true"), &[], &["!2 absentieReden.geoorloofd ja of nee"]);
    let missing = refused(&somtoday, "leerling.leerlingnummer,beginDatumTijd\n").to_string();
    assert!(missing.contains("eindDatumTijd, beginLesuur, eindLesuur, absentieReden.geoorloofd"), "{missing}");
    assert!(missing.contains("bij [kolommen] in de indeling"), "{missing}");
}

#[test]
fn observations_per_lesson_are_a_layout_too() {
    let text = include_str!("../../../voorbeelden/verzuim-las-waarnemingen.toml");
    let waarnemingen = indeling(&format!("{text}\n[school]\nvestiging = \"90AA00\"\n"));
    let invoer = read(
        &waarnemingen,
        "7;20260203;0830;20260203;0920;1;1;ne;Aanwezig;J\n7;20260203;0920;20260203;1010;2;2;wi;Afwezig;N\n\
         7;20260203;1030;20260203;1120;3;3;en;Afwezig;J\n7;20260203;1120;20260203;1210;4;4;en;Onbekend;J\n",
    );
    assert_eq!(rows(&invoer.inhoud), ["7 02-03 2:4 ongeoorloofd"]);
    assert_eq!(findings(&invoer), ["!4 9 (code) code onbekend"]);
    assert_eq!(invoer.telling, Telling { rijen: 4, overgenomen: 1, weggelaten: 2, afgewezen: 1, ..Telling::default() });
}

#[test]
fn a_school_whose_site_stands_in_the_file_needs_no_other() {
    let rest = format!(
        "[bestand]\nkop = true\ndatum = \"dd-mm-jjjj\"\n[kolommen]\nvestigingscode = \"Vestiging\"\n\
         begintijd = \"geen\"\neindtijd = \"geen\"\nbegin_lesuur = \"geen\"\neind_lesuur = \"geen\"\n{CODES}"
    );
    let many = indeling(&format!("basis = \"las\"\n{rest}"));
    let file = "stamnr;van;x;tot;y;z;q;reden;Vestiging\n7;3-2-2026;;04-02-2026;;;;O;90AA00\n8;3-2-2026;;3/2/2026;;;;O;90AA01\n\
                9;3-2-2026;;3/2/2026;;;;O;Alkmaar\n";
    let invoer = read(&many, file);
    assert_eq!(rows(&invoer.inhoud).len(), 3);
    assert_eq!(findings(&invoer), ["!4 Vestiging vestigingscode"]);
    let none = indeling(&format!("basis = \"las\"\n{CODES}"));
    assert!(refused(&none, "7;").to_string().contains("van welke school"));
    let period = "[levering]\nvan = 2026-02-01\ntot_en_met = 2026-02-02\n";
    let delivery = indeling(&format!("basis = \"las\"\n{period}{rest}"));
    assert!(refused(&delivery, file).to_string().contains("over één school"));
    // Of another school than the delivery: no day of its pupils becomes unknown.
    let one = indeling(&format!(
        "basis = \"las\"\n[school]\nvestiging = \"90AA00\"\n{}{rest}",
        period.replace("-02\n", "-04\n")
    ));
    let invoer = read(&one, file);
    assert_eq!(findings(&invoer), ["!3 Vestiging andere school", "!4 Vestiging vestigingscode"]);
    assert_eq!((invoer.inhoud.afgewezen_dagen.len(), invoer.inhoud.onherleidbaar), (0, 1));
}

#[test]
fn periods_and_schools_that_cannot_be_are_refused() {
    for (period, expected) in [
        ("van = 2026-02-01\ntot_en_met = 2026-01-31", "Toegestaan is 1 februari 2026 t/m"),
        ("van = 2026-02-01\ntot_en_met = 2026-03-21", "Toegestaan is 1 februari 2026 t/m 20 maart 2026"),
        ("van = 2024-01-01\ntot_en_met = 2026-02-01", "te lang"),
    ] {
        let weigering = refused(&las(&format!("[levering]\n{period}\n")), "7;20260203;;20260203;;;;Z;\n").to_string();
        assert!(weigering.contains(expected), "{weigering}");
    }
    let real = read_verzuim_as(b"7;", &echt(), &las(""), &kalender).unwrap_err().to_string();
    assert!(real.contains("proefnummer"), "{real}");
    assert!(refused(&las(""), "").to_string().contains("leeg"));
    let mut bare = las("");
    let VerzuimIndeling::Vertaald(vertaling) = &mut bare else { panic!("a layout of a package") };
    vertaling.met_vestiging(Vestigingscode::parse("90AB00").unwrap());
    vertaling.met_levering(Date::constant(2026, 2, 1), Date::constant(2026, 2, 28));
    let levering = read(&bare, "7;20260203;;20260203;;;;Z;\n").inhoud.levering.unwrap();
    assert_eq!(levering.vestiging.to_string(), "90AB00");
}

#[test]
fn refused_rows_come_back_as_they_came_and_can_be_read_again() {
    let las = las("");
    let invoer = read(&las, "=7;20260203;;20260203;;;;Q;\"a;b\"\n8;20260203;;20260203;;;;O;\n");
    let file = invoer.afgewezen.to_csv();
    let expected = "\u{FEFF}'=7;20260203;;20260203;;;;Q;\"a;b\";1;\"8 (code): De code Q staat niet in de indeling.";
    assert!(file.starts_with(expected), "{file}");
    let again = read(&las, &file.replace(";Q;", ";O;"));
    assert_eq!(rows(&again.inhoud), ["=7 02-03 dag ongeoorloofd"]);
    assert_eq!(findings(&again), Vec::<String>::new());
}

#[test]
fn pupils_that_the_register_does_not_know_are_refused_in_the_same_layout() {
    let las = las("");
    let text = "7;20260203;;20260206;;;;Z;\n8;20260203;;20260203;;;;O;\n8;20260203;;20260203;;;;S;\n8;x;;;;;;O;\n";
    let mut invoer = read(&las, text);
    let unknown = |vestiging: Vestigingscode, nummer: &str| {
        (vestiging.to_string() == "90AA00" && nummer == "8")
            .then(|| Gebrek::new("onbekende leerling", "Onbekend.", "Lees."))
    };
    invoer.weiger(text.as_bytes(), &proef(), &las, unknown).unwrap();
    assert_eq!(findings(&invoer), ["!2 leerlingnummer onbekende leerling", "!4 2 (begindatum) datum onleesbaar"]);
    assert_eq!(invoer.telling, Telling { rijen: 4, overgenomen: 1, weggelaten: 1, afgewezen: 2, ..Telling::default() });
    assert_eq!(invoer.afgewezen.len(), 2);
}
