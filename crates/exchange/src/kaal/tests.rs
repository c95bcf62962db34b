//! The bare files: what is read, and how each mistake is told.

use domain::verzuim::{Duur, Rij, VerzuimSoort};

use super::*;

const KOP: &str = "pupil,date,start,hours,kind,school\n";

fn scholen() -> Scholen {
    let mut mis = Bevindingen::default();
    let scholen = lees_scholen(b"school,region\n0,0\n1,2\n", &mut mis);
    assert!(mis.is_empty());
    scholen
}

/// The rows of a file in order of arrival, and what was read beside them.
#[derive(Debug, Clone, PartialEq)]
struct Gelezen {
    rijen: Vec<(u32, u32)>,
    records: Records,
}

impl Gelezen {
    fn mis(&self) -> &Bevindingen {
        &self.records.bevindingen
    }

    fn leerlingen(&self) -> Vec<u32> {
        self.rijen.iter().map(|(leerling, _)| *leerling).collect()
    }
}

/// Reads the bytes in pieces of this length.
fn lees(bytes: &[u8], stuk: usize) -> Gelezen {
    let (scholen, mut rijen) = (scholen(), Vec::new());
    let mut lezer = RecordLezer::new(&scholen, |leerling, rij| rijen.push((leerling, rij)));
    bytes.chunks(stuk.max(1)).for_each(|stuk| lezer.voer(stuk));
    let records = lezer.klaar();
    Gelezen { rijen, records }
}

/// Reads the file in parts, the later ones from these places on.
fn lees_in_delen(bytes: &[u8], grenzen: &[usize]) -> Option<Gelezen> {
    let (scholen, mut rijen) = (scholen(), Vec::new());
    let tot = grenzen.iter().copied().chain([bytes.len()]);
    let delen = [0].into_iter().chain(grenzen.iter().copied()).zip(tot).map(|(van, tot)| {
        let lezer = if van == 0 { RecordLezer::new } else { RecordLezer::vervolg };
        let mut lezer = lezer(&scholen, |leerling, rij| rijen.push((leerling, rij)));
        lezer.voer(&bytes[van..tot]);
        lezer.klaar()
    });
    let records = Records::samen(delen.collect())?;
    Some(Gelezen { rijen, records })
}

#[test]
fn a_row_is_read_whatever_the_pieces_the_file_comes_in() {
    let tekst = format!("{KOP}7,2024-09-02,2,3,U,1\n7,2024-09-03,1,8,S,1\r\n\n12,2024-09-03,8,1,L,0");
    let heel = lees(tekst.as_bytes(), usize::MAX);
    assert!(heel.mis().is_empty(), "{:?}", heel.mis());
    assert_eq!((heel.leerlingen(), heel.records.aantal), (vec![7, 7, 12], 3));
    let school = |leerling| heel.records.school(leerling);
    assert_eq!((school(7), school(12), school(8)), (Some(1), Some(0), None));
    let rij = Rij { dag: 19_968, lesuur: 2, duur: Duur::Kwartieren(12), soort: VerzuimSoort::Ongeoorloofd };
    assert_eq!(Rij::unpack(heel.rijen[0].1), Some(rij));
    for stuk in 1..tekst.len() {
        assert_eq!(lees(tekst.as_bytes(), stuk), heel, "in pieces of {stuk}");
    }
}

#[test]
fn every_mistake_names_row_field_and_what_is_allowed() {
    let gevallen = [
        ("7,2024-09-02,2,3,U", "rij", "zes velden"),
        ("7,2024-09-02,2,3,U,1,9", "rij", "zes velden"),
        ("x,2024-09-02,2,3,U,1", "pupil", "0 tot en met 9999999"),
        ("10000000,2024-09-02,2,3,U,1", "pupil", "0 tot en met 9999999"),
        ("07,2024-09-02,2,3,U,1", "pupil", "\"07\""),
        ("7,2024-02-30,2,3,U,1", "date", "jjjj-mm-dd"),
        ("7,02-09-2024,2,3,U,1", "date", "jjjj-mm-dd"),
        ("7,1969-12-31,2,3,U,1", "date", "1970-01-01"),
        ("7,2024-09-02,0,3,U,1", "start", "1 tot en met 8"),
        ("7,2024-09-02,9,3,U,1", "start", "1 tot en met 8"),
        ("7,2024-09-02,2,0,U,1", "hours", "1 tot en met 7"),
        ("7,2024-09-02,2,8,U,1", "hours", "1 tot en met 7"),
        ("7,2024-09-02,2,3,Q,1", "kind", "U, L, S, A, R of X"),
        ("7,2024-09-02,2,3,UU,1", "kind", "U, L, S, A, R of X"),
        ("7,2024-09-02,2,3,U,5", "school", "schools.csv"),
        ("7,2024-09-02,2,3,U,", "school", "schools.csv"),
        ("3,2024-09-02,2,3,U,1", "school", "andere school"),
    ];
    for (rij, veld, woord) in gevallen {
        let tekst = format!("{KOP}3,2024-09-02,1,1,U,0\n{rij}\n3,2024-09-03,1,1,U,0\n");
        let gelezen = lees(tekst.as_bytes(), usize::MAX);
        let [mis] = gelezen.mis().lijst.as_slice() else { panic!("{rij}: {:?}", gelezen.mis()) };
        assert_eq!((mis.rij, mis.veld), (3, veld), "{rij}: {mis}");
        assert!(mis.melding.contains(woord), "{rij}: {mis}");
        assert_eq!(gelezen.leerlingen(), [3, 3], "{rij}: the other rows are read");
    }
}

#[test]
fn reading_in_parts_gives_the_same_rows_and_findings() {
    let goed = |n: usize| format!("{},2024-09-{:02},1,{},U,{}", n % 7, 1 + n % 30, 1 + n % 8, n % 7 % 2);
    let fout = ["", "x,2024-09-02,2,3,U,1", "7,2024-02-30,2,3,U,1", "9,2024-09-02,2,3,U,7", "3,2024-09-02,2,3,U,0"];
    for (een_op, fouten) in [(1_000, 1), (40, 4), (9, 4), (2, 4), (2, 5)] {
        let regel = |n: usize| if n % een_op == een_op - 1 { fout[n / een_op % fouten].to_owned() } else { goed(n) };
        let mut tekst = format!("{KOP}{}", (0..300).map(|n| regel(n) + "\n").collect::<String>());
        tekst.push_str("6,2024-09-02,2,3,U,0");
        let heel = lees(tekst.as_bytes(), usize::MAX);
        assert_eq!(heel.mis().is_empty(), een_op == 1_000);
        let regels: Vec<usize> = tekst.match_indices('\n').map(|(plek, _)| plek + 1).collect();
        for stap in [1, 2, 50, 150, 299] {
            let grenzen: Vec<usize> = regels.iter().copied().step_by(stap).collect();
            let in_delen = lees_in_delen(tekst.as_bytes(), &grenzen);
            // A part that begins with a row of another school contradicts the others.
            assert!(in_delen.is_some() || fouten == 5);
            assert_eq!(in_delen.unwrap_or(heel.clone()), heel, "one in {een_op} wrong, parts of {stap} lines");
        }
    }
}

#[test]
fn parts_that_contradict_each_other_have_to_be_read_as_one() {
    let tekst = format!("{KOP}7,2024-09-02,2,3,U,1\n8,2024-09-02,2,3,U,1\n7,2024-09-02,2,3,U,0\n");
    let regels: Vec<usize> = tekst.match_indices('\n').map(|(plek, _)| plek + 1).collect();
    assert!(lees_in_delen(tekst.as_bytes(), &regels[2..3]).is_none());
    assert!(lees_in_delen(tekst.as_bytes(), &regels[0..1]).is_some_and(|read| read.mis().aantal == 1));
}

#[test]
fn a_wrong_header_and_lines_without_end_are_findings() {
    let kop = lees(b"leerling;datum\n7,2024-09-02,2,3,U,1\n", usize::MAX);
    assert_eq!((kop.mis().lijst[0].rij, kop.mis().lijst[0].veld), (1, "kop"));
    assert_eq!(lees(b"", 1).mis().aantal, 1);
    let lang = format!("{KOP}{}\n7,2024-09-02,2,3,U,1\n", "9".repeat(1000));
    for stuk in [1, 64, 999, usize::MAX] {
        let gelezen = lees(lang.as_bytes(), stuk);
        assert_eq!((gelezen.mis().aantal, gelezen.leerlingen()), (1, vec![7]), "{stuk}");
        assert_eq!(gelezen.mis().lijst[0].rij, 2);
    }
}

#[test]
fn findings_are_counted_beyond_those_that_are_kept() {
    let tekst = format!("{KOP}{}", "fout\n".repeat(MAX_BEVINDINGEN + 5));
    let gelezen = lees(tekst.as_bytes(), usize::MAX);
    let mis = gelezen.mis();
    assert_eq!((mis.lijst.len(), mis.aantal), (MAX_BEVINDINGEN, MAX_BEVINDINGEN as u64 + 5));
}

#[test]
fn the_calendar_numbers_its_days_per_region() {
    let mut mis = Bevindingen::default();
    let kalender = lees_kalender(b"region,date,sd\n0,2024-09-02,0\n0,2024-09-03,1\n2,2024-09-02,0\n", &mut mis);
    assert!(mis.is_empty());
    assert_eq!(kalender.regios, [vec![19_968, 19_969], vec![], vec![19_968]]);
    for (rij, veld) in [
        ("0,2024-09-02,1", "sd"),
        ("0,2024-09-31,0", "date"),
        ("1000,2024-09-02,0", "region"),
        ("0,2024-09-02", "rij"),
        ("0,2024-09-02,0\n0,2024-09-02,1", "date"),
    ] {
        let mut mis = Bevindingen::default();
        lees_kalender(format!("region,date,sd\n{rij}\n").as_bytes(), &mut mis);
        assert_eq!(mis.lijst.first().map(|bevinding| bevinding.veld), Some(veld), "{rij}");
    }
}

#[test]
fn the_checksum_does_not_depend_on_order() {
    let (mut heen, mut terug) = (Checksum::default(), Checksum::default());
    let signalen = [(1, 20_000, 10, 16), (2, 20_001, 20, 3), (1, 20_002, 60, 4)];
    signalen.iter().for_each(|(leerling, dag, code, waarde)| heen.add(*leerling, *dag, *code, *waarde));
    signalen.iter().rev().for_each(|(leerling, dag, code, waarde)| terug.add(*leerling, *dag, *code, *waarde));
    assert_eq!(heen, terug);
    terug.add(1, 20_000, 10, 17);
    assert_ne!(heen.som, terug.som);
}
