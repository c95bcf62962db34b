//! Three months: warnings before them, what is due at them, what lets the count go on.

use super::*;

#[test]
fn regel_60_ziekte_zonder_einde_loopt_door_en_waarschuwt_alleen_de_school() {
    let ill = sam().dagen(SCHOOL, maandag(), &"z".repeat(60));
    let klok = running(&ill, dag(2026, 5, 20));
    assert_eq!(klok.labels, [Label::ZiekOnderwijsInOverleg]);
    assert!(klok.alleen_ziek_of_geschorst);
    assert_eq!((klok.stand, klok.gehaald), (KlokStand::Loopt, Gehaald::Nee));
    assert!(klok.waarschuwingen.iter().all(|warning| warning.alleen_school));
    let spijbelt = sam().dagen(SCHOOL, maandag(), &"o".repeat(60));
    assert!(running(&spijbelt, dag(2026, 5, 20)).waarschuwingen.iter().all(|warning| !warning.alleen_school));
}

#[test]
fn regel_60_waarschuwingen_in_een_vakantie_komen_ervoor() {
    // Start 12 January: day 28 is 9 February; day 42 falls in the spring holiday.
    let child =
        kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(SCHOOL, dag(2026, 1, 12), &"o".repeat(45));
    let klok = running(&child, dag(2026, 3, 13));
    let warnings: Vec<_> = klok.waarschuwingen.iter().map(|w| (w.week, w.op, w.dag_zelf)).collect();
    assert_eq!(
        warnings,
        [
            (4, dag(2026, 2, 9), dag(2026, 2, 9)),
            (6, dag(2026, 2, 20), dag(2026, 2, 23)),
            (9, dag(2026, 3, 16), dag(2026, 3, 16)),
            (11, dag(2026, 3, 30), dag(2026, 3, 30)),
        ]
    );
    assert_eq!((klok.doorzettingsmacht_uiterlijk, klok.doel), (dag(2026, 3, 30), dag(2026, 4, 12)));
}

#[test]
fn regel_61_drie_maanden_voorbij() {
    let child = sam().dagen(SCHOOL, maandag(), &"o".repeat(60));
    assert_eq!(running(&child, dag(2026, 5, 9)).gehaald, Gehaald::Nog, "the target itself is in time");
    assert_eq!(running(&child, dag(2026, 5, 10)).gehaald, Gehaald::Nee);
    let in_time = child.clone().aanbod(SWV, dag(2026, 5, 8), 40).allen_zeggen(Oordeel::Passend);
    assert_eq!(running(&in_time, dag(2026, 5, 12)).gehaald, Gehaald::Nog, "its first weeks are not over");
    let late = child.aanbod(SWV, dag(2026, 5, 11), 40).allen_zeggen(Oordeel::Passend);
    assert_eq!(running(&late, dag(2026, 5, 12)).gehaald, Gehaald::Nee);
    let late = late.realisatie(&[Some(40), Some(40), Some(40)]);
    assert_eq!(running(&late, dag(2026, 5, 29)).gehaald, Gehaald::Nee, "delivered, and too late");
}

#[test]
fn regel_61_doorzettingsmacht_is_er_uiterlijk_bij_drie_maanden() {
    let child = sam().dagen(SCHOOL, maandag(), &"o".repeat(15));
    let mut late = regio();
    late.klok.doorzettingsmacht = 100;
    let klok = klok(&child.timeline(), dag(2026, 3, 6), &late).value.unwrap();
    assert_eq!((klok.doorzettingsmacht_uiterlijk, klok.doel), (dag(2026, 5, 9), dag(2026, 5, 9)));
}

#[test]
fn regel_61_maanden_worden_afgekapt_aan_het_einde() {
    let child = kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).zit_thuis(dag(2025, 11, 30));
    assert_eq!(running(&child, dag(2026, 1, 20)).doel, dag(2026, 2, 28));
}

#[test]
fn regel_60_vrijgesteld_beeindigt_de_telling_niet() {
    let exempt = |tekens: &str| {
        let exempt = sam().dagen(SCHOOL, maandag(), tekens).uitgeschreven(
            SCHOOL,
            dag(2026, 3, 1),
            UitschrijfReden::Vrijstelling,
        );
        let notice = Kennisgeving {
            grond: VrijstellingSoort::A5a,
            ontvangen: dag(2026, 3, 2),
            eerder: false,
            geen_jaarlijkse_verklaring: false,
        };
        let statement = domain::body::Verklaring {
            hoedanigheid: domain::body::Hoedanigheid::Arts,
            aangewezen: true,
            behandelend: false,
            tot: None,
            blijvend: false,
        };
        exempt.gebeurtenis(dag(2026, 2, 20), leerplicht(), statement).toestand(dag(2026, 3, 2), leerplicht(), notice)
    };
    let klok = running(&exempt("ooooo ooooo"), dag(2026, 3, 20));
    assert_eq!((klok.begin, klok.dag), (maandag(), 40));
    assert_eq!(klok.labels, [Label::VrijgesteldZonderLeeraanbod]);
    // From its first day the count rests on the exemption, also where illness went before.
    let ziek = |on| running(&exempt("zzzzz zzzzz"), on).alleen_ziek_of_geschorst;
    assert_eq!([dag(2026, 3, 1), dag(2026, 3, 2), dag(2026, 3, 20)].map(ziek), [true, false, false]);
}

#[test]
fn een_vrijstelling_die_voorbij_is_opent_een_klok_van_ziekte_niet() {
    let granted = domain::body::VrijstellingBesluit { grond: VrijstellingSoort::A15, toegekend: true };
    let lasts = Period::through(dag(2026, 2, 16), dag(2026, 2, 27));
    let child = sam().dagen(SCHOOL, maandag(), "zzzzz zzzzz ..... zzzzz zzzzz").feit(lasts, leerplicht(), granted);
    let ziek = |on| running(&child, on).alleen_ziek_of_geschorst;
    assert_eq!([dag(2026, 2, 27), dag(2026, 2, 28), dag(2026, 3, 6)].map(ziek), [false, true, true]);
}

#[test]
fn regel_60_thuis_op_verzoek_van_de_school_telt_gewoon_mee() {
    let child = sam().dagen(SCHOOL, maandag(), "ttttt ttttt");
    let klok = running(&child, dag(2026, 2, 20));
    assert_eq!((klok.begin, klok.alleen_ziek_of_geschorst), (maandag(), false));
    assert!(running(&sam().dagen(SCHOOL, maandag(), "ggggg zzzzz"), dag(2026, 2, 20)).alleen_ziek_of_geschorst);
}
