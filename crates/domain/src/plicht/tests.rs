use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::calendar::Vakantieregio::{self, Midden, Noord, Zuid};
use crate::period::from_day_number;

use Antwoord::{Ja, Nee};

/// Nothing is missing: no diploma, and so few school years that the age decides.
const GEWOON: Schoolloopbaan = Schoolloopbaan {
    schooljaren: Some(0),
    startkwalificatie: Some(false),
    pro_getuigschrift: Some(false),
    vso_arbeid_of_dagbesteding: Some(false),
};

fn kalender(regio: Vakantieregio) -> Schoolkalender {
    Schoolkalender::van_regio(regio)
}

/// A child, asked about in region Noord.
struct Kind {
    geboren: Date,
    loopbaan: Schoolloopbaan,
}

fn kind(geboren: Date) -> Kind {
    Kind { geboren, loopbaan: GEWOON }
}

impl Kind {
    fn met(self, loopbaan: Schoolloopbaan) -> Self {
        Kind { loopbaan, ..self }
    }

    fn met_schooljaren(self, schooljaren: Option<u8>) -> Self {
        self.met(Schoolloopbaan { schooljaren, ..GEWOON })
    }

    fn leerplicht(&self, op: Date) -> Finding<Plicht> {
        leerplicht(self.geboren, op, &kalender(Noord), &self.loopbaan)
    }

    fn kwalificatieplicht(&self, op: Date) -> Finding<Plicht> {
        kwalificatieplicht(self.geboren, op, &kalender(Noord), &self.loopbaan)
    }

    fn eigen_plicht(&self, op: Date) -> Finding<Plicht> {
        eigen_plicht(self.geboren, op, &kalender(Noord), &self.loopbaan)
    }
}

/// The answer, with nothing left open.
fn zeker(finding: Finding<Plicht>) -> Antwoord {
    assert_eq!(finding.gaps, [], "{:?}", finding.value);
    assert!(!finding.under.is_empty() && !finding.value.redenen.is_empty());
    finding.value.geldt
}

#[test]
fn regel_1_leerplicht_begint_op_de_eerste_schooldag_van_de_maand_na_de_vijfde_verjaardag() {
    for (geboren, regio, expected, why) in [
        (date(2021, 3, 10), Noord, date(2026, 4, 1), "a plain Wednesday"),
        (date(2020, 10, 31), Noord, date(2025, 11, 3), "1 November is a Saturday"),
        (date(2020, 12, 15), Noord, date(2026, 1, 5), "after the Christmas holiday"),
        (date(2021, 4, 1), Noord, date(2026, 5, 4), "born on the first: still the month after; then the May holiday"),
        (date(2021, 3, 31), Noord, date(2026, 4, 1), "born on the last: the very next day"),
        (date(2021, 7, 5), Noord, date(2026, 8, 17), "summer ends first in Noord in 2026"),
        (date(2021, 7, 5), Zuid, date(2026, 8, 24), "a week later in Zuid"),
        (date(2021, 7, 5), Midden, date(2026, 8, 31), "and another in Midden"),
        (date(2018, 7, 5), Noord, date(2023, 9, 4), "August 2023 has no schooldag in Noord"),
        (date(2018, 7, 5), Midden, date(2023, 8, 21), "but it has in Midden"),
        (date(2020, 2, 29), Noord, date(2025, 4, 1), "a leap day child is five on 1 March"),
        (date(2020, 2, 28), Noord, date(2025, 3, 3), "a day earlier makes a month of difference"),
        (date(2021, 1, 20), Noord, date(2026, 2, 2), "1 February is a Sunday"),
        (date(2021, 1, 20), Zuid, date(2026, 2, 2), "and the regions agree"),
    ] {
        let begin = begin_leerplicht(geboren, &kalender(regio));
        assert_eq!(begin.value, Begin { vroegst: expected, laatst: expected }, "born {geboren} in {regio:?}: {why}");
        assert_eq!(begin.gaps, [], "born {geboren} in {regio:?}");
        assert_eq!(begin.under, [R1.citation]);
    }
}

#[test]
fn regel_1_de_dag_ervoor_is_er_nog_geen_leerplicht() {
    let kind = kind(date(2021, 7, 5));
    assert_eq!(zeker(kind.leerplicht(date(2026, 7, 5))), Nee);
    assert_eq!(zeker(kind.leerplicht(date(2026, 8, 16))), Nee);
    assert_eq!(zeker(kind.leerplicht(date(2026, 8, 17))), Ja);
    assert_eq!(zeker(kind.leerplicht(date(2020, 1, 1))), Nee); // before birth
    assert_eq!(
        kind.leerplicht(date(2026, 8, 16)).value.redenen[0].to_string(),
        "De leerplicht begint op 17 augustus 2026: de eerste schooldag van de maand na de vijfde verjaardag op 5 juli 2026."
    );
    assert_eq!(
        kind.leerplicht(date(2026, 8, 17)).value.redenen[0].to_string(),
        "De leerplicht begon op 17 augustus 2026: de eerste schooldag van de maand na de vijfde verjaardag op 5 juli 2026."
    );
}

#[test]
fn regel_1_zonder_vakantieregio_is_de_dag_onzeker_waar_de_regios_verschillen() {
    let zonder = Schoolkalender::zonder_regio();
    let begin = begin_leerplicht(date(2021, 7, 5), &zonder);
    assert_eq!(begin.value, Begin { vroegst: date(2026, 8, 17), laatst: date(2026, 8, 31) });
    assert!(matches!(&begin.gaps[..], [Gap::Ontbreekt(text)] if text.contains("vakantieregio")));

    let op = |dag| leerplicht(date(2021, 7, 5), dag, &zonder, &GEWOON);
    assert_eq!(zeker(op(date(2026, 8, 16))), Nee);
    assert_eq!((op(date(2026, 8, 20)).value.geldt, op(date(2026, 8, 20)).gaps.len()), (Antwoord::Onbekend, 1));
    assert_eq!(zeker(op(date(2026, 8, 31))), Ja);

    // Where the regions agree the day is certain all the same.
    assert_eq!(begin_leerplicht(date(2021, 3, 10), &zonder).gaps, []);
}

#[test]
fn regel_1_buiten_de_vakantietabel_is_de_dag_onbekend_maar_de_plicht_later_niet() {
    let begin = begin_leerplicht(date(2006, 5, 20), &kalender(Noord));
    assert_eq!(begin.value, Begin { vroegst: date(2011, 6, 1), laatst: date(2011, 7, 20) });
    assert!(matches!(&begin.gaps[..], [Gap::BuitenBereik(_)]));
    assert_eq!(zeker(kind(date(2006, 5, 20)).leerplicht(date(2015, 3, 3))), Ja);
}

#[test]
fn regel_2_leerplicht_eindigt_na_het_schooljaar_waarin_de_jongere_zestien_wordt() {
    for (geboren, laatste_dag) in [
        (date(2010, 7, 31), date(2026, 7, 31)), // sixteen on the last day of the school year
        (date(2010, 8, 1), date(2027, 7, 31)),  // and on the first of the next
        (date(2010, 3, 3), date(2026, 7, 31)),
        (date(2008, 2, 29), date(2024, 7, 31)),
        (date(2011, 1, 1), date(2027, 7, 31)),
    ] {
        let kind = kind(geboren).met_schooljaren(Some(11));
        let einde = einde_leerplicht(geboren, date(2020, 3, 3), None).value;
        assert_eq!(einde, Einde { laatste_dag, door_schooljaren: false }, "born {geboren}");
        assert_eq!(zeker(kind.leerplicht(laatste_dag)), Ja, "born {geboren}");
        assert_eq!(zeker(kind.leerplicht(next_day(laatste_dag))), Nee, "born {geboren}");
    }
}

#[test]
fn regel_2_leerplicht_eindigt_eerder_na_twaalf_volledige_schooljaren() {
    // Fifteen, sixteen in September 2026.
    let geboren = date(2010, 9, 15);
    for (op, schooljaren, geldt, laatste_dag) in [
        (date(2026, 7, 31), 11, Ja, date(2026, 7, 31)), // the twelfth year is complete after today
        (date(2026, 8, 1), 12, Nee, date(2026, 7, 31)),
        (date(2026, 8, 1), 11, Ja, date(2027, 7, 31)), // then the age ends it as well
        (date(2026, 8, 1), 13, Nee, date(2026, 7, 31)),
        (date(2025, 11, 3), 12, Nee, date(2025, 7, 31)),
        (date(2025, 11, 3), 11, Ja, date(2026, 7, 31)),
        (date(2025, 11, 3), 0, Ja, date(2027, 7, 31)),
    ] {
        let einde = einde_leerplicht(geboren, op, Some(schooljaren)).value;
        assert_eq!(einde.laatste_dag, laatste_dag, "{schooljaren} years on {op}");
        assert_eq!(
            zeker(kind(geboren).met_schooljaren(Some(schooljaren)).leerplicht(op)),
            geldt,
            "{schooljaren} on {op}"
        );
    }
    let reden = kind(geboren).met_schooljaren(Some(12)).leerplicht(date(2026, 8, 1)).value.redenen[1];
    assert_eq!(
        reden.to_string(),
        "De leerplicht eindigde op 31 juli 2026: het einde van het schooljaar waarna twaalf volledige schooljaren zijn gevolgd."
    );
}

#[test]
fn regel_2_onbekende_schooljaren_zijn_een_gat_alleen_waar_zij_iets_veranderen() {
    let kind = kind(date(2010, 9, 15)).met_schooljaren(None);
    for (op, gaps) in [
        (date(2020, 3, 3), 0),
        (date(2025, 7, 31), 0),
        (date(2025, 8, 1), 1),
        (date(2027, 7, 31), 1),
        (date(2027, 8, 1), 0), // ended by age, whatever the years
    ] {
        let finding = kind.leerplicht(op);
        assert_eq!(finding.gaps.len(), gaps, "{op}");
        assert_eq!(finding.value.geldt == Ja, op <= date(2027, 7, 31), "{op}");
    }
    let gaps = kind.leerplicht(date(2026, 3, 3)).gaps;
    assert!(matches!(&gaps[..], [Gap::Ontbreekt(text)] if text.contains("op 3 maart 2026 al voorbij")));
}

#[test]
fn regel_2_schooljaren_die_niet_bij_de_leeftijd_passen_tellen_niet() {
    for (op, schooljaren, believed) in [
        (date(2020, 3, 3), 12, false), // nine years old
        (date(2024, 11, 3), 12, false),
        (date(2024, 11, 3), 11, true), // fourteen, two classes skipped
        (date(2025, 11, 3), 12, true),
    ] {
        let finding = kind(date(2010, 9, 15)).met_schooljaren(Some(schooljaren)).leerplicht(op);
        assert_eq!(finding.gaps.is_empty(), believed, "{schooljaren} years on {op}");
        assert!(believed || finding.value.geldt == Ja, "{schooljaren} years on {op}");
    }
}

#[test]
fn regel_3_kwalificatieplicht_van_einde_leerplicht_tot_achttien() {
    let kind = kind(date(2010, 3, 3));
    for (op, geldt) in [
        (date(2026, 7, 31), Nee),
        (date(2026, 8, 1), Ja),
        (date(2028, 3, 2), Ja),
        (date(2028, 3, 3), Nee),
        (date(2015, 4, 1), Nee),
    ] {
        assert_eq!(zeker(kind.kwalificatieplicht(op)), geldt, "{op}");
        // Never both duties on one day.
        assert!(geldt == Nee || zeker(kind.leerplicht(op)) == Nee, "{op}");
    }
}

#[test]
fn regel_3_diplomas_en_uitstroom_die_de_kwalificatieplicht_wegnemen() {
    let op = date(2026, 11, 3);
    let ja = Some(true);
    for (loopbaan, reden) in [
        (Schoolloopbaan { startkwalificatie: ja, ..GEWOON }, Reden::Startkwalificatie),
        (Schoolloopbaan { pro_getuigschrift: ja, ..GEWOON }, Reden::ProGetuigschrift),
        (Schoolloopbaan { vso_arbeid_of_dagbesteding: ja, ..GEWOON }, Reden::VsoArbeidOfDagbesteding),
    ] {
        let finding = kind(date(2010, 3, 3)).met(loopbaan).kwalificatieplicht(op);
        assert_eq!(finding.value.redenen, [reden]);
        assert_eq!(zeker(finding), Nee);
        // A diploma does not end leerplicht.
        assert_eq!(zeker(kind(date(2011, 3, 3)).met(loopbaan).leerplicht(op)), Ja);
    }
    let finding = kind(date(2010, 3, 3)).met(Schoolloopbaan::default()).kwalificatieplicht(op);
    assert_eq!((finding.value.geldt, finding.gaps.len()), (Ja, 3));
}

#[test]
fn regel_4_eigen_plicht_vanaf_twaalf_zolang_er_een_plicht_is() {
    for (geboren, op, geldt) in [
        (date(2014, 3, 3), date(2026, 3, 2), Nee),
        (date(2014, 3, 3), date(2026, 3, 3), Ja),
        (date(2012, 2, 29), date(2024, 2, 29), Ja),
        (date(2010, 3, 3), date(2026, 8, 1), Ja), // kwalificatieplicht
        (date(2010, 3, 3), date(2028, 3, 3), Nee),
    ] {
        assert_eq!(zeker(kind(geboren).eigen_plicht(op)), geldt, "born {geboren} on {op}");
    }
    // Unknown school years change nothing here, unless an exception might free from what follows.
    let vijftien = kind(date(2010, 9, 15)).met_schooljaren(None);
    assert_eq!(zeker(vijftien.eigen_plicht(date(2026, 3, 3))), Ja);
    let nothing_known = kind(date(2010, 9, 15)).met(Schoolloopbaan::default());
    assert_eq!(nothing_known.eigen_plicht(date(2026, 3, 3)).gaps.len(), 1);
    let diploma = Schoolloopbaan { startkwalificatie: Some(true), ..GEWOON };
    assert_eq!(zeker(kind(date(2010, 3, 3)).met(diploma).eigen_plicht(date(2026, 8, 1))), Nee);
}

#[test]
fn regel_24_vijf_uren_na_mededeling_en_hooguit_vijf_van_het_hoofd_tot_zes_jaar() {
    // Five on 10 March 2026, leerplicht from 1 April.
    let geboren = date(2021, 3, 10);
    for (op, gevraagd, expected) in [
        (date(2026, 3, 31), 5, 0),
        (date(2026, 4, 1), 0, 5),
        (date(2026, 4, 1), 3, 8),
        (date(2027, 3, 9), 5, 10),
        (date(2027, 3, 9), 9, 10), // never more than the law allows
        (date(2027, 3, 10), 5, 0),
    ] {
        let uren = urenvrijstelling(geboren, op, &kalender(Noord), gevraagd);
        assert_eq!((uren.value.totaal(), uren.gaps.len()), (expected, 0), "{op}, {gevraagd}");
        assert!(uren.under.contains(&R24.citation));
    }
    // Not known whether leerplicht has begun: the hours are those of a leerplichtige, and the gap says so.
    let uren = urenvrijstelling(date(2021, 7, 5), date(2026, 8, 20), &Schoolkalender::zonder_regio(), 0);
    assert_eq!((uren.value.totaal(), uren.gaps.len()), (5, 1));
}

#[test]
fn een_meerderjarige_is_zelf_verantwoordelijk() {
    let wie = |op| verantwoordelijk(date(2008, 3, 3), op).value;
    assert_eq!(wie(date(2026, 3, 2)), Verantwoordelijk::OudersEnVerzorgers);
    assert_eq!(wie(date(2026, 3, 3)), Verantwoordelijk::JongereZelf);
}

proptest! {
    #[test]
    fn duties_follow_each_other_without_overlap_or_hole(
        born in 14_600i32..20_000, age_in_days in 0i32..8_000, schooljaren in prop::option::of(0u8..16),
    ) {
        let op = from_day_number(born + age_in_days);
        let kind = kind(from_day_number(born)).met_schooljaren(schooljaren);
        let (leerplicht, kwalificatie) = (kind.leerplicht(op).value.geldt, kind.kwalificatieplicht(op).value.geldt);
        prop_assert!(!(leerplicht == Ja && kwalificatie == Ja));
        let years = age(from_day_number(born), op);
        if (6..18).contains(&years) {
            prop_assert!(leerplicht == Ja || kwalificatie == Ja, "{} years", years);
        }
        if !(5..18).contains(&years) {
            prop_assert!(leerplicht == Nee && kwalificatie == Nee);
        }
        let eigen = kind.eigen_plicht(op).value.geldt;
        prop_assert_eq!(eigen == Ja, years >= 12 && (leerplicht == Ja || kwalificatie == Ja));
    }

    #[test]
    fn an_unknown_region_never_contradicts_a_known_one(born in 16_000i32..20_000) {
        let geboren = from_day_number(born);
        let Begin { vroegst, laatst } = begin_leerplicht(geboren, &Schoolkalender::zonder_regio()).value;
        for regio in Vakantieregio::ALL {
            let begin = begin_leerplicht(geboren, &kalender(regio)).value;
            prop_assert!(vroegst <= begin.vroegst && begin.laatst <= laatst);
        }
    }
}
