//! The same absence, written in our own layout and in those of packages, gives the same rows; and no file of a package,
//! whatever is in it, does more than it says.

use std::fmt::Write;

use domain::Date;
use domain::nummers::Vestigingscode;
use domain::period::plus_days;
use exchange::invoer::{Invoer, Telling, Verzuim, VerzuimIndeling, preview_verzuim, read_verzuim, read_verzuim_as};
use proptest::prelude::*;

use super::proef;
use super::vertaald::kalender;

const SCHOOL: &str = "[school]\nvestiging = \"90AA00\"\n[levering]\nvan = 2026-02-02\ntot_en_met = 2026-02-27\n";
/// Eight lessons without a break, from half past eight.
const TIJDEN: &str = "[lesdag]\nelke_dag = [\"08:30-09:20\", \"09:20-10:10\", \"10:10-11:00\", \"11:00-11:50\", \
                      \"11:50-12:40\", \"12:40-13:30\", \"13:30-14:20\", \"14:20-15:10\"]\n";
/// Minutes of a lesson, and the minute at which the first begins.
const LESUUR: u16 = 50;
const BEGIN: u16 = 8 * 60 + 30;
/// Our word, the code of a LAS, and the one with the field names of Somtoday.
const SOORTEN: [(&str, &str, &str); 4] = [
    ("ziek", "Z", "Absent,ZK"),
    ("ongeoorloofd", "O", "Absent,ONG"),
    ("uitgestuurd", "U", "Verwijderd,UIT"),
    ("verlof", "V", "Absent,VL"),
];

/// An absence, as a school would tell it. Days are counted from Monday 2 February 2026.
#[derive(Debug, Clone, Copy)]
enum Afwezig {
    /// So many days from a day on; which of them are school days the calendar says.
    Dagen { van: i32, dagen: i32, soort: usize },
    /// From a lesson through another one, not all eight.
    Lessen { dag: i32, van: u16, aantal: u16, soort: usize },
    /// So many quarters of a lesson.
    TeLaat { dag: i32, lesuur: u16, kwartieren: u16 },
}

fn dag(place: i32) -> Date {
    plus_days(Date::constant(2026, 2, 2), place)
}

fn afwezig() -> impl Strategy<Value = (u8, Afwezig)> {
    let soort = 0..SOORTEN.len();
    let days = (0..25i32, 1..12i32, soort.clone());
    let days = days.prop_map(|(van, dagen, soort)| Afwezig::Dagen { van, dagen: dagen.min(26 - van), soort });
    let lessons = (0..26i32, 1..=8u16, 1..=7u16, soort).prop_map(|(dag, van, aantal, soort)| Afwezig::Lessen {
        dag,
        van,
        aantal: aantal.min(9 - van),
        soort,
    });
    // Nobody is late on a day without lesson times.
    let late = (0..20i32, 1..=8u16, 1..=3u16).prop_map(|(day, lesuur, kwartieren)| {
        let dag = day / 5 * 7 + day % 5;
        Afwezig::TeLaat { dag, lesuur, kwartieren }
    });
    (1..6u8, prop_oneof![days, lessons, late])
}

fn eigen(alle: &[(u8, Afwezig)]) -> String {
    let school = Vestigingscode::parse("90AA00").unwrap();
    let mut text = "#levering vestigingscode=90AA00;van=2026-02-02;tot_en_met=2026-02-27\n\
                    vestigingscode;leerlingnummer;datum;lesuur;lesuren;soort\n"
        .to_owned();
    for (leerling, afwezig) in alle {
        let mut row = |day: i32, rest: String| writeln!(text, "90AA00;{leerling};{};{rest}", dag(day)).unwrap();
        match *afwezig {
            Afwezig::Dagen { van, dagen, soort } => {
                let days = (van..van + dagen).filter(|day| dagen == 1 || kalender(school, dag(*day)) == Some(true));
                days.for_each(|day| row(day, format!(";dag;{}", SOORTEN[soort].0)));
            }
            Afwezig::Lessen { dag, van, aantal, soort } => row(dag, format!("{van};{aantal};{}", SOORTEN[soort].0)),
            Afwezig::TeLaat { dag, lesuur, kwartieren } => {
                row(dag, format!("{lesuur};{};te_laat", f32::from(kwartieren) / 4.0));
            }
        }
    }
    text
}

/// The minute at which a lesson begins, and the one at which somebody who is so many quarters late comes in.
fn te_laat(lesuur: u16, kwartieren: u16) -> (u16, u16) {
    let begin = BEGIN + (lesuur - 1) * LESUUR;
    (begin, begin + (kwartieren * LESUUR).div_ceil(4))
}

fn las(alle: &[(u8, Afwezig)]) -> String {
    let mut text = String::new();
    for (leerling, afwezig) in alle {
        let day = |place: i32| dag(place).strftime("%Y%m%d").to_string();
        let time = |minute: u16| format!("{:02}{:02}", minute / 60, minute % 60);
        let row = match *afwezig {
            Afwezig::Dagen { van, dagen, soort } => {
                format!("{};;{};;;;{};", day(van), day(van + dagen - 1), SOORTEN[soort].1)
            }
            Afwezig::Lessen { dag, van, aantal, soort } => {
                format!("{};;{};;{van};{};{};", day(dag), day(dag), van + aantal - 1, SOORTEN[soort].1)
            }
            Afwezig::TeLaat { dag, lesuur, kwartieren } => {
                let (begin, end) = te_laat(lesuur, kwartieren);
                format!("{};{};{};{};;;TL;toelichting", day(dag), time(begin), day(dag), time(end))
            }
        };
        writeln!(text, "{leerling};{row}").unwrap();
    }
    text
}

fn somtoday(alle: &[(u8, Afwezig)]) -> String {
    let mut text = "leerling.leerlingnummer,absentieReden.absentieSoort,absentieReden.afkorting,beginDatumTijd,\
                    eindDatumTijd,beginLesuur,eindLesuur,absentieReden.geoorloofd,leerling.roepnaam\n"
        .to_owned();
    for (leerling, afwezig) in alle {
        let moment =
            |place: i32, minute: u16| format!("{}T{:02}:{:02}:00.000+01:00", dag(place), minute / 60, minute % 60);
        let row = match *afwezig {
            Afwezig::Dagen { van, dagen, soort } => {
                format!("{},{},{},,", SOORTEN[soort].2, moment(van, 0), moment(van + dagen, 0))
            }
            Afwezig::Lessen { dag, van, aantal, soort } => {
                let (begin, end) = (BEGIN + (van - 1) * LESUUR, BEGIN + (van - 1 + aantal) * LESUUR);
                let (begin, end) = (moment(dag, begin), moment(dag, end));
                format!("{},{begin},{end},{van},{}", SOORTEN[soort].2, van + aantal - 1)
            }
            Afwezig::TeLaat { dag, lesuur, kwartieren } => {
                let (begin, end) = te_laat(lesuur, kwartieren);
                format!("Telaat,TL,{},{},{lesuur},{lesuur}", moment(dag, begin), moment(dag, end))
            }
        };
        writeln!(text, "{leerling},{row},,Sam").unwrap();
    }
    text
}

fn indeling(basis: &str) -> VerzuimIndeling {
    let codes = if basis == "las" {
        "Z = \"ziek\"\nO = \"ongeoorloofd\"\nU = \"uitgestuurd\"\nV = \"verlof\"\nTL = \"te_laat\"\n"
    } else {
        "\"Absent / ZK\" = \"ziek\"\n\"Absent / ONG\" = \"ongeoorloofd\"\n\"Absent / VL\" = \"verlof\"\n"
    };
    VerzuimIndeling::lees(&format!("basis = \"{basis}\"\n{SCHOOL}{TIJDEN}[codes]\n{codes}")).unwrap()
}

fn read(indeling: &VerzuimIndeling, text: &str) -> Invoer<Verzuim> {
    read_verzuim_as(text.as_bytes(), &proef(), indeling, &kalender).unwrap()
}

/// A cell of a package's export, of which some are right.
fn cell() -> impl Strategy<Value = String> {
    let likely = [
        "7",
        "8",
        "",
        "20260203",
        "20260210",
        "20260131",
        "20261231",
        "2026-02-03",
        "20260230",
        "0830",
        "0920",
        "2400",
        "0000",
        "1",
        "3",
        "12",
        "13",
        "Z",
        "O",
        "TL",
        "Q",
        "2026-02-03T08:30:00+01:00",
        "2026-02-30T08:30",
        "Absent",
        "Telaat",
        "true",
        "\"",
        "\"a;b\"",
        "Jansen",
    ];
    prop_oneof![12 => prop::sample::select(likely.to_vec()).prop_map(str::to_owned), 1 => any::<String>()]
}

fn line() -> impl Strategy<Value = String> {
    let usual = Just(["7", "20260203", "", "20260206", "", "", "", "Z", ""].map(str::to_owned).to_vec());
    let odd = (usual, prop::collection::vec((0..9usize, cell()), 0..4)).prop_map(|(mut row, changes)| {
        for (place, value) in changes {
            row[place] = value;
        }
        row
    });
    prop_oneof![4 => odd, 1 => prop::collection::vec(cell(), 0..12)].prop_map(|cells| cells.join(";"))
}

fn accounted(bytes: &[u8], indeling: &VerzuimIndeling) -> Result<(), TestCaseError> {
    let beeld = preview_verzuim(bytes, &proef(), indeling, &kalender, 50);
    let Ok(invoer) = read_verzuim_as(bytes, &proef(), indeling, &kalender) else { return Ok(()) };
    let Telling { rijen, overgenomen, dubbel, weggelaten, afgewezen, onleesbaar } = invoer.telling;
    prop_assert_eq!(rijen, overgenomen + dubbel + weggelaten + afgewezen);
    prop_assert!(onleesbaar <= afgewezen && afgewezen <= invoer.bevindingen.count(exchange::invoer::Ernst::Fout));
    prop_assert_eq!(afgewezen, invoer.afgewezen.len() as u64 + invoer.afgewezen.left_out());
    let rows: usize = invoer.inhoud.leerlingen.iter().map(|leerling| leerling.rijen.len()).sum();
    let per_day: u64 = invoer.inhoud.per_dag.iter().map(|dag| u64::from(dag.rijen)).sum();
    prop_assert_eq!(rows as u64, per_day);
    prop_assert!(overgenomen <= rows as u64 && (rows == 0) == (overgenomen == 0));
    let beeld = beeld.unwrap();
    let counted = beeld.codes.iter().map(|code| code.aantal).sum::<u64>() + beeld.andere_codes;
    prop_assert_eq!(counted, rijen - onleesbaar);
    // Every unknown code is a finding, and its row no absence.
    let unknown: u64 = beeld.codes.iter().filter(|code| code.betekenis.is_none()).map(|code| code.aantal).sum();
    prop_assert!(unknown <= afgewezen);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_same_absence_gives_the_same_rows_in_every_layout(alle in prop::collection::vec(afwezig(), 0..30)) {
        let own = read_verzuim(eigen(&alle).as_bytes(), &proef()).unwrap();
        prop_assert_eq!(own.telling.afgewezen, 0);
        for (basis, text) in [("las", las(&alle)), ("somtoday", somtoday(&alle))] {
            if alle.is_empty() && basis == "las" {
                continue;
            }
            let invoer = read(&indeling(basis), &text);
            prop_assert_eq!(invoer.telling.afgewezen, 0, "{}: {:?}", basis, invoer.bevindingen.kept());
            prop_assert_eq!(&invoer.inhoud, &own.inhoud, "{}\n{}", basis, text);
        }
    }

    #[test]
    fn any_rows_of_a_package_are_accounted_for(
        lines in prop::collection::vec(line(), 0..25),
        basis in prop::sample::select(vec!["las", "somtoday"]),
    ) {
        let kop = "leerling.leerlingnummer;beginDatumTijd;x;eindDatumTijd;beginLesuur;eindLesuur;\
                   absentieReden.absentieSoort;absentieReden.afkorting;absentieReden.geoorloofd\n";
        let head = if basis == "las" { "" } else { kop };
        accounted(format!("{head}{}", lines.join("\n")).as_bytes(), &indeling(basis))?;
    }

    #[test]
    fn any_bytes_are_read_or_refused_in_every_layout(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        accounted(&bytes, &indeling("las"))?;
        accounted(&bytes, &indeling("somtoday"))?;
    }
}

#[test]
fn findings_never_tell_whom_a_row_of_a_package_is_about() {
    let canaries =
        ["Kanarievogel", "Sijsje", "999900006", "0612345678", "Kerkstraat 5", "90AA-77", "Mees/Groenling", "griep"];
    for shift in 0..canaries.len() {
        let mut cells = canaries.to_vec();
        cells.rotate_left(shift);
        let good = ["7", "20260203", "", "20260203", "", "", "", "O", ""];
        let mut rows = format!("{}\n", cells.join(";"));
        for place in 0..good.len() {
            let mut row = good;
            row[place] = cells[place % cells.len()];
            rows.push_str(&format!("{}\n", row.join(";")));
        }
        let invoer = read(&indeling("las"), &rows);
        let lines: Vec<String> = invoer.bevindingen.kept().iter().map(ToString::to_string).collect();
        let all = format!("{}\n{invoer:?}", lines.join("\n"));
        for canary in canaries.into_iter().filter(|canary| *canary != "griep") {
            assert!(!all.contains(canary), "{canary} in {all}");
        }
    }
}
