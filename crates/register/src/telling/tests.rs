use std::collections::BTreeSet;

use domain::klok::Opening;
use domain::status::Zekerheid;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::kleine_aantallen::{DREMPEL, Getoond};

const SWV: OrganisatieId = OrganisatieId::new(1);
const GEMEENTE: OrganisatieId = OrganisatieId::new(2);

fn een_klok(dag: u32, gehaald: Gehaald, stand: KlokStand) -> Klok {
    Klok {
        begin: date(2026, 1, 12),
        opening: Opening::GeenDeelname,
        gebleken: date(2026, 1, 23),
        doel: date(2026, 4, 12),
        stand,
        gehaald,
        eerder: 0,
        waarschuwingen: Vec::new(),
        doorzettingsmacht_uiterlijk: date(2026, 3, 30),
        labels: Vec::new(),
        oneens: None,
        alleen_ziek_of_geschorst: false,
        dag,
        beurten: Vec::new(),
    }
}

fn een_status(soort: StatusSoort, drie_maanden_voorbij: bool) -> Status {
    Status { soort, sinds: None, zekerheid: Some(Zekerheid::Vermoedelijk), drie_maanden_voorbij }
}

#[test]
fn every_child_of_whom_something_is_the_matter_is_in_one_column() {
    use StatusSoort as S;
    let loopt = |dag| Some(een_klok(dag, Gehaald::Nog, KlokStand::Loopt));
    type Rij = (S, bool, Option<Klok>, bool, Option<Stand>);
    let rows: [Rij; 15] = [
        (S::GaatNaarSchool, false, None, false, None),
        (S::NietIngeschreven, false, None, false, None),
        (S::NietBekend, false, None, false, Some(Stand::NietBekend)),
        (S::GaatSteedsMinder, false, None, false, Some(Stand::GaatSteedsMinder)),
        (S::Thuiszittend, false, loopt(42), false, Some(Stand::ThuisTotZesWeken)),
        (S::Thuiszittend, false, loopt(43), true, Some(Stand::ThuisTotDrieMaanden)),
        (S::Thuiszittend, true, loopt(92), false, Some(Stand::DrieMaandenVoorbij)),
        (S::ZiekInOverleg, false, loopt(50), false, Some(Stand::ZiekInOverleg)),
        (S::ZiekInOverleg, true, loopt(92), false, Some(Stand::DrieMaandenVoorbij)),
        (S::Absoluut, false, loopt(50), false, Some(Stand::Absoluut)),
        (S::Absoluut, true, loopt(92), false, Some(Stand::DrieMaandenVoorbij)),
        (S::VrijgesteldZonderLeeraanbod, true, loopt(400), false, Some(Stand::VrijgesteldZonderLeeraanbod)),
        (S::InTraject, false, None, false, Some(Stand::Traject)),
        (S::InTraject, true, None, true, Some(Stand::TrajectPassend)),
        (S::ZorgLoopt, false, None, true, Some(Stand::ZorgLoopt)),
    ];
    for (soort, voorbij, klok, passend, stand) in rows {
        assert_eq!(Stand::van(&een_status(soort, voorbij), klok.as_ref(), passend), stand, "{soort:?}");
    }
}

#[test]
fn a_clock_is_counted_by_the_weeks_that_it_runs() {
    for (dag, looptijd) in [
        (1, Looptijd::TotVierWeken),
        (28, Looptijd::TotVierWeken),
        (29, Looptijd::TotZesWeken),
        (42, Looptijd::TotZesWeken),
        (43, Looptijd::TotNegenWeken),
        (64, Looptijd::TotElfWeken),
        (77, Looptijd::TotElfWeken),
        (78, Looptijd::TotDrieMaanden),
    ] {
        assert_eq!(Looptijd::van(&een_klok(dag, Gehaald::Nog, KlokStand::Loopt)), looptijd, "day {dag}");
    }
    assert_eq!(Looptijd::van(&een_klok(10, Gehaald::Nee, KlokStand::AanbodNietEens)), Looptijd::Voorbij);
    let still = KlokStand::ZorgLoopt {
        vanaf: date(2026, 2, 1),
        aanbod: domain::fact::FactId(1),
        herzien_uiterlijk: date(2026, 3, 15),
    };
    assert_eq!(Looptijd::van(&een_klok(100, Gehaald::Nee, still)), Looptijd::StaatStil);
}

fn rij(leerling: u64, stand: Stand) -> Telrij {
    Telrij {
        leerling: LeerlingId::new(leerling),
        stand,
        looptijd: None,
        ziek: false,
        passend: false,
        school: Some(OrganisatieId::new(10 + leerling % 4)),
        swv: Some(SWV),
        gemeente: Some(GEMEENTE),
    }
}

#[test]
fn leerplicht_counts_nobody_who_is_ill_and_a_samenwerkingsverband_no_illness_and_no_exemption() {
    let (lpa, swv) = (Kant::Leerplicht(GEMEENTE), Kant::Samenwerkingsverband(SWV));
    let ill = Telrij { ziek: true, ..rij(1, Stand::ThuisTotDrieMaanden) };
    assert_eq!(lpa.kolom(&ill), None);
    assert_eq!(swv.kolom(&ill), Some(Stand::ThuisTotDrieMaanden));
    let overleg = Telrij { ziek: true, looptijd: Some(Looptijd::TotNegenWeken), ..rij(1, Stand::ZiekInOverleg) };
    assert_eq!((lpa.kolom(&overleg), swv.kolom(&overleg)), (None, Some(Stand::ThuisTotDrieMaanden)));
    let vrij = rij(1, Stand::Vrijgesteld);
    assert_eq!((lpa.kolom(&vrij), swv.kolom(&vrij), Kant::Regio.kolom(&vrij)), (None, None, Some(Stand::Vrijgesteld)));
    for stand in [Stand::GaatSteedsMinder, Stand::Absoluut, Stand::ZorgLoopt, Stand::Traject] {
        assert_eq!(lpa.kolom(&rij(1, stand)), None, "rests on rows or is seen by name: {stand:?}");
    }
    let elsewhere = Telrij { swv: None, gemeente: None, ..rij(1, Stand::ThuisTotZesWeken) };
    assert_eq!((lpa.kolom(&elsewhere), swv.kolom(&elsewhere)), (None, None));
    assert_eq!(Kant::Regio.kolom(&elsewhere), Some(Stand::ThuisTotZesWeken));
    assert_eq!(Kant::Regio.kolom(&rij(1, Stand::NietBekend)), None, "told by how complete deliveries are");
}

fn groepen() -> Vec<Groep> {
    let scholen = (10..14).map(|id| Groep::School(OrganisatieId::new(id)));
    [Groep::Gemeente(Some(GEMEENTE))].into_iter().chain(scholen).collect()
}

#[test]
fn a_row_is_there_whether_or_not_somebody_is_counted_in_it() {
    let r = domain::region::Rules::default();
    let empty = Tafel::van(Kant::Regio, [], &groepen(), &r);
    let one = Tafel::van(Kant::Regio, &[rij(3, Stand::Absoluut)], &groepen(), &r);
    for indeling in Indeling::ALL {
        let rows = |tafel: &Tafel| tafel.groepen(*indeling).collect::<BTreeSet<Groep>>();
        assert_eq!(rows(&empty), rows(&one), "{indeling:?}");
    }
    assert_eq!(one.cel(None, None), Getoond::Klein);
    for groep in one.groepen(Indeling::School) {
        assert_eq!(one.cel(Some(groep), Some(Stand::Absoluut)), Getoond::Niet, "in which school is not told");
    }
}

#[test]
fn a_child_of_elsewhere_is_counted_in_the_rows_of_elsewhere() {
    let r = domain::region::Rules::default();
    let away = OrganisatieId::new(99);
    let rows: Vec<Telrij> = (0..12)
        .map(|n| Telrij { school: Some(away), gemeente: Some(away), ..rij(n, Stand::GaatSteedsMinder) })
        .chain((12..24).map(|n| rij(n, Stand::Traject)))
        .collect();
    let tafel = Tafel::van(Kant::Regio, &rows, &groepen(), &r);
    assert_eq!(tafel.cel(None, None), Getoond::Getal(24));
    assert_eq!(tafel.cel(Some(Groep::Gemeente(None)), None), Getoond::Getal(12));
    assert_eq!(tafel.cel(Some(Groep::Sector(None)), None), Getoond::Getal(12));
    assert_eq!(Tafel::totalen(Kant::Regio, &rows).cel(None, Some(Stand::Traject)), Getoond::Getal(12));
}

#[test]
fn every_figure_has_its_own_word_and_says_what_it_counts() {
    let words: BTreeSet<String> = Cijfer::alle().map(Cijfer::code).collect();
    assert_eq!(words.len(), Cijfer::alle().count());
    for cijfer in Cijfer::alle() {
        assert_eq!(Cijfer::from_code(&cijfer.code()), Some(cijfer));
        assert!(cijfer.inhoud().ends_with('.') && !cijfer.bron().bron.is_empty(), "{cijfer:?}");
    }
    assert_eq!(Cijfer::from_code("bestaat-niet"), None);
}

proptest! {
    #[test]
    fn what_is_told_of_a_table_is_the_count_itself_or_less(
        children in prop::collection::vec((0..4u64, prop::sample::select(Stand::ALL)), 0..60)
    ) {
        let r = domain::region::Rules::default();
        let rows: Vec<Telrij> = children.iter().map(|(school, stand)| rij(*school, *stand)).collect();
        let tafel = Tafel::van(Kant::Regio, &rows, &groepen(), &r);
        for stand in Kant::Regio.kolommen() {
            for school in 0..4 {
                let groep = Groep::School(OrganisatieId::new(10 + school));
                let real = children.iter().filter(|(s, at)| *s == school && at == stand).count();
                match tafel.cel(Some(groep), Some(*stand)) {
                    Getoond::Getal(shown) => prop_assert_eq!(shown as usize, real),
                    Getoond::Klein => prop_assert!((1..DREMPEL as usize).contains(&real)),
                    Getoond::Groot => prop_assert!(real >= DREMPEL as usize),
                    Getoond::Niet => {}
                }
                prop_assert!(!(1..DREMPEL as usize).contains(&real)
                    || !matches!(tafel.cel(Some(groep), Some(*stand)), Getoond::Getal(_)));
            }
        }
    }
}
