use domain::body::Sector;
use domain::nummers::Vestigingscode;
use exchange::invoer::{Aantal, Codering, Ernst, Invoer, SchoolRij, Telling, read_scholen};

use super::{echt, findings, proef, shared};

fn school<'a>(invoer: &'a Invoer<Vec<SchoolRij>>, code: &str) -> &'a SchoolRij {
    let code = Vestigingscode::parse(code).unwrap();
    invoer.inhoud.iter().find(|school| school.vestiging == code).unwrap()
}

#[test]
fn the_school_sites_of_the_region_are_read_as_their_source_says() {
    let Some(bytes) = shared("duo-scholen-2024/scholen_noord-kennemerland_2024-11.csv") else { return };
    let invoer = read_scholen(&bytes, &echt(), None).unwrap();
    assert_eq!(invoer.telling, Telling { rijen: 141, overgenomen: 141, ..Telling::default() });
    assert_eq!((invoer.vorm.codering, invoer.vorm.scheiding), (Codering::Utf8, Some(',')));
    let counts: Vec<u32> = invoer
        .inhoud
        .iter()
        .filter_map(|school| if let Aantal::Precies(count) = school.leerlingen { Some(count) } else { None })
        .collect();
    assert_eq!((counts.len(), counts.iter().sum::<u32>()), (137, 43_373));
    for (code, sites) in [("0361", 55), ("1980", 38), ("0383", 17), ("0373", 16), ("0399", 11), ("0450", 4)] {
        let found = invoer.inhoud.iter().filter(|school| school.gemeente.is_some_and(|g| g.to_string() == code));
        assert_eq!(found.count(), sites, "{code}");
    }
    let trinitas = school(&invoer, "00XA00");
    assert_eq!(trinitas.naam, "Trinitas College RK scholengemeenschap voor ATHENEUM, HAVO, MAVO, VBO, LWOO");
    assert_eq!((trinitas.sector, trinitas.plaats.as_str()), (Some(Sector::Vo), "Heerhugowaard"));
    assert_eq!(trinitas.swv_vo.unwrap().to_string(), "VO2703");
    assert_eq!(invoer.bevindingen.count(Ernst::Fout), 0);
    assert_eq!(invoer.bevindingen.count_of("so of vso"), 7);
    assert_eq!(invoer.bevindingen.count(Ernst::Waarschuwing), 7);
}

#[test]
fn the_school_sites_of_the_country_are_read_once_each() {
    let Some(bytes) = shared("duo-scholen-2024/scholen_nl_2024-11.csv.gz") else { return };
    let invoer = read_scholen(&bytes, &echt(), None).unwrap();
    let Telling { rijen, overgenomen, dubbel, weggelaten, afgewezen, onleesbaar } = invoer.telling;
    assert_eq!((rijen, overgenomen, dubbel + afgewezen, weggelaten + onleesbaar), (8_717, 8_622, 95, 0));
    assert_eq!(invoer.bevindingen.count_of("onderwijstype"), 0);
}

#[test]
fn the_address_list_of_duo_is_read_as_windows_1252() {
    let Some(bytes) = shared("duo-scholen-po-native/po_addresses.csv.gz") else { return };
    let invoer = read_scholen(&bytes, &echt(), Some(Sector::Po)).unwrap();
    assert_eq!(invoer.telling, Telling { rijen: 6_804, overgenomen: 6_804, ..Telling::default() });
    assert_eq!((invoer.vorm.codering, invoer.vorm.scheiding), (Codering::Windows1252, Some(';')));
    assert_eq!(findings(&invoer), Vec::<String>::new());
    let eenspan = school(&invoer, "16AH00");
    assert_eq!(eenspan.naam, "OBS 't Eenspan");
    assert_eq!(eenspan.postcode.unwrap().to_string(), "7822HG");
    assert_eq!(eenspan.gemeente.unwrap().to_string(), "0114");
    assert_eq!((eenspan.sector, eenspan.leerlingen), (Some(Sector::Po), Aantal::Onbekend));
    assert!(invoer.inhoud.iter().any(|school| school.naam.contains('ë')));
}

/// Rows under a header of the first layout; taken codes and findings.
fn check(rows: &str, taken: &[&str], expected: &[&str]) {
    let text = format!("brin,vestigingscode,naam,onderwijstype,postcode,plaats,gemeente,leerlingen\n{rows}");
    let invoer = read_scholen(text.as_bytes(), &proef(), None).unwrap();
    let codes: Vec<String> = invoer.inhoud.iter().map(|school| school.vestiging.to_string()).collect();
    assert_eq!(codes, taken, "{rows}");
    assert_eq!(findings(&invoer), expected, "{rows}");
}

#[test]
fn rows_about_schools_are_checked() {
    let good = "90AA,90AA00,De Meent,VWO,1811 AB,Alkmaar,ALKMAAR,<5";
    check(good, &["90AA00"], &[]);
    check(&format!("{good}\n{good}\n"), &["90AA00"], &["3 vestigingscode dubbele rij"]);
    check(
        &format!("{good}\n90AA,90AA00,De Beemd,VWO,1811AB,Alkmaar,ALKMAAR,4"),
        &["90AA00"],
        &["!3 vestigingscode dubbele vestiging"],
    );
    check("16AH,16AH00,De Meent,VWO,1811AB,Alkmaar,ALKMAAR,", &[], &["!2 vestigingscode echt nummer"]);
    check("90AB,90AA00,De Meent,VWO,1811AB,Alkmaar,ALKMAAR,", &[], &["!2 brin brin"]);
    check(
        ",90AA0,,VWO,181AB,Alkmaar,ALKMAAR,x",
        &[],
        &["!2 vestigingscode vestigingscode", "!2 naam veld leeg", "!2 postcode postcode", "!2 leerlingen aantal"],
    );
    check("90AA,90AA00,De Meent,(V)SO,1811AB,Alkmaar,ALKMAAR,", &["90AA00"], &["2 onderwijstype so of vso"]);
    check("90AA,90AA00,De Meent,KLAS,1811AB,Alkmaar,ALKMAAR,", &["90AA00"], &["2 onderwijstype onderwijstype"]);
}

#[test]
fn withheld_counts_stay_withheld() {
    let text = "vestigingscode;naam;postcode;plaats;leerlingen\n90AA00;De Meent;;Alkmaar;<5\n";
    let invoer = read_scholen(text.as_bytes(), &proef(), None).unwrap();
    assert_eq!(school(&invoer, "90AA00").leerlingen, Aantal::MinderDan(5));
}

#[test]
fn a_real_region_refuses_test_schools() {
    let text = "vestigingscode;naam;postcode;plaats\n90AA00;De Meent;;Alkmaar\n";
    assert_eq!(findings(&read_scholen(text.as_bytes(), &echt(), None).unwrap()), ["!2 vestigingscode proefnummer"]);
}
