use jiff::civil::{Date, date};

use super::*;
use crate::calendar::{Kalenders, Schoolkalender, Vakantieregio, Werkdagen};

#[test]
fn the_catalogue_is_numbered_without_holes_and_every_rule_has_a_source() {
    for (index, regel) in REGELS.iter().enumerate() {
        assert_eq!(regel.citation.regel, (index + 1).to_string());
        assert!(!regel.citation.bron.is_empty() && regel.inhoud.ends_with('.'), "{regel:?}");
        let versie = regel.citation.versie;
        assert!(matches!(versie.len(), 0 | 7 | 10), "{versie}");
        assert!(
            regel.klasse != Klasse::Wet || !versie.is_empty() || matches!(regel.citation.regel, "56" | "62" | "63")
        );
    }
    assert_eq!(REGELS.len(), 64);
    assert_eq!(super::regel("24", date(2026, 3, 3)), Some(&R24));
    assert_eq!(super::regel("65", date(2026, 3, 3)), None);
}

/// The last day in time of the first term for a rule.
fn uiterlijk(regel: Regel, gebeurtenis: Date) -> Date {
    let (werkdagen, school) = (Werkdagen::default(), Schoolkalender::van_regio(Vakantieregio::Noord));
    let termijn = TERMIJNEN.iter().find(|termijn| termijn.regel == regel).unwrap();
    termijn.uiterlijk(gebeurtenis, Kalenders { werkdagen: &werkdagen, school: &school }).unwrap()
}

#[test]
fn regel_18_controle_binnen_vier_weken() {
    assert_eq!(uiterlijk(R18, date(2026, 3, 3)), date(2026, 3, 31));
    assert_eq!(uiterlijk(R18, date(2026, 3, 9)), date(2026, 4, 7)); // Easter Monday
}

#[test]
fn regel_27_eerste_beroep_ten_minste_een_maand_voor_de_leerplicht() {
    assert_eq!(uiterlijk(R27, date(2026, 4, 1)), date(2026, 3, 1));
    assert_eq!(uiterlijk(R27, date(2026, 8, 31)), date(2026, 7, 31));
}

#[test]
fn regel_28_jaarlijks_beroep_tot_en_met_30_juni() {
    for (gebeurtenis, expected) in [
        (date(2026, 3, 3), date(2026, 6, 30)),
        (date(2026, 6, 30), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2027, 6, 30)),
        (date(2026, 12, 31), date(2027, 6, 30)),
    ] {
        assert_eq!(uiterlijk(R28, gebeurtenis), expected, "{gebeurtenis}");
    }
}

#[test]
fn regel_29_verklaring_niet_ouder_dan_drie_maanden() {
    assert_eq!(uiterlijk(R29, date(2026, 5, 31)), date(2026, 2, 28));
}

#[test]
fn regel_32_en_33_vervangende_leerplicht() {
    assert_eq!(uiterlijk(R32, date(2026, 3, 3)), date(2026, 4, 14));
    assert_eq!(uiterlijk(R32, date(2026, 4, 3)), date(2026, 5, 15));
    assert_eq!(uiterlijk(R32, date(2026, 3, 16)), date(2026, 4, 28)); // Koningsdag
    assert_eq!(uiterlijk(R33, date(2026, 7, 31)), date(2026, 6, 5));
}

#[test]
fn regel_36_uiterlijk_15_december() {
    assert_eq!(uiterlijk(R36, date(2026, 12, 15)), date(2026, 12, 15));
}

#[test]
fn regel_60_drie_kalendermaanden_zonder_verschuiving() {
    assert_eq!(uiterlijk(R60, date(2026, 2, 9)), date(2026, 5, 9)); // a Saturday, and stays one
}
