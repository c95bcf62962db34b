//! Terms of the melding and of what leerplicht does with it.

use super::*;

#[test]
fn regel_5_melden_binnen_vijf_werkdagen_en_op_de_laatste_dag_is_niet_te_laat() {
    // Thursday 23 April 2026; King's Day (27 April) and the weekend are no working days.
    let signalen = [signaal(SignaalSoort::ZestienUur, dag(2026, 4, 23), 64)];
    let laatste = Some(dag(2026, 5, 1));
    for (on, stand) in [
        (dag(2026, 4, 23), Stand::Open),
        (dag(2026, 4, 30), Stand::Open),
        (dag(2026, 5, 1), Stand::Vandaag),
        (dag(2026, 5, 2), Stand::TeLaat),
    ] {
        let found = check(&sam(), &signalen, on, "5", &[(stand, laatste, None)]);
        assert_eq!(wie(&found[0]), (Some(SCHOOL), Some(Rol::Schoolleider)));
        assert!(found[0].wat.contains("16 uur"));
    }
    check(&sam(), &signalen, dag(2026, 4, 22), "5", &[]);
    // Contact with parents ends no duty to report; a melding does.
    let gebeld = sam().gebeurtenis(dag(2026, 4, 24), mentor(SCHOOL), contact(true));
    check(&gebeld, &signalen, dag(2026, 5, 2), "5", &[(Stand::TeLaat, laatste, None)]);
    let gemeld = gebeld.gebeurtenis(dag(2026, 5, 1), mentor(SCHOOL), melding(MeldingSoort::V3, dag(2026, 4, 1)));
    let found = check(&gemeld, &signalen, dag(2026, 6, 1), "5", &[(Stand::Vervuld, laatste, Some(gemeld.laatste()))]);
    assert_eq!(found[0].op_tijd(), Some(true));
    // On the day before, nobody knew of that melding yet.
    check(&gemeld, &signalen, dag(2026, 4, 30), "5", &[(Stand::Open, laatste, None)]);
    // From 18 reporting is voluntary.
    let achttien = kind(dag(2008, 4, 1)).ingeschreven(SCHOOL, dag(2025, 8, 1));
    check(&achttien, &signalen, dag(2026, 5, 2), "5", &[]);
}

/// Firings of absence that goes on: each counts from the day after the one before.
fn zestien(dagen: &[Date]) -> Vec<Signaal> {
    let first = dagen.first().map(|dag| plus_days(*dag, -27));
    let next = dagen.iter().map(|dag| plus_days(*dag, 1));
    let fired = |(dag, van): (&Date, Date)| Signaal { van, ..signaal(SignaalSoort::ZestienUur, *dag, 64) };
    dagen.iter().zip(first.into_iter().chain(next)).map(fired).collect()
}

fn gemeld_op(kind: Kind, op: Date, begin: Date) -> Kind {
    kind.gebeurtenis(op, mentor(SCHOOL), melding(MeldingSoort::V3, begin))
}

#[test]
fn regel_6_na_een_melding_begint_het_opnieuw_en_een_melding_per_zeven_dagen_is_genoeg() {
    let maart = |dag_| dag(2026, 3, dag_);
    let kind = gemeld_op(sam(), maart(3), dag(2026, 2, 16));
    let vervuld = [(Stand::Vervuld, Some(maart(9)), Some(kind.laatste()))];
    // What fires after the melding of 3 March and had begun by then is said by it; what began later asks from 10 March on.
    for (dagen, nieuw) in [
        (&[2, 6][..], None),
        (&[2, 6, 9], Some(maart(17))),
        (&[2, 6, 9, 10], Some(maart(17))),
        (&[2, 4, 10], Some(maart(17))),
        // What fires while that melding is owed waits with it: still one.
        (&[2, 10, 13, 17], Some(maart(17))),
    ] {
        let signalen = zestien(&dagen.iter().map(|dag| maart(*dag)).collect::<Vec<_>>());
        check(&kind, &signalen, maart(17), "5", &vervuld);
        let open: Vec<_> = nieuw.into_iter().map(|last| (Stand::Vandaag, Some(last), None)).collect();
        check(&kind, &signalen, maart(17), "6", &open);
    }
    // A week after the second melding it asks anew, once.
    let weer = gemeld_op(kind, maart(17), dag(2026, 2, 16));
    let signalen = zestien(&[2, 10, 13, 17, 20, 24].map(maart));
    let expected = [(Stand::Vervuld, Some(maart(17)), Some(weer.laatste())), (Stand::Open, Some(maart(31)), None)];
    check(&weer, &signalen, maart(24), "6", &expected);
}

#[test]
fn regel_6_wat_na_een_late_melding_begon_is_niet_gemeld_en_vraagt_na_zeven_dagen_een_eigen_melding() {
    // What fired on 9 February was reported on 2 March; from 4 March on the child is away anew.
    let kind = gemeld_op(sam(), dag(2026, 3, 2), dag(2026, 1, 19));
    let nieuw = |dag: Date, van: Date| Signaal { van, ..signaal(SignaalSoort::ZestienUur, dag, 64) };
    let oud = || nieuw(dag(2026, 2, 9), dag(2026, 1, 19));
    let on = dag(2026, 3, 10);
    for (van, expected) in [
        (dag(2026, 3, 4), &[(Stand::Open, Some(dag(2026, 3, 16)), None)][..]),
        (dag(2026, 3, 3), &[(Stand::Open, Some(dag(2026, 3, 16)), None)]),
        (dag(2026, 3, 2), &[]),
    ] {
        let found = check(&kind, &[oud(), nieuw(dag(2026, 3, 6), van)], on, "6", expected);
        assert!(found.iter().all(|termijn| termijn.dag_zelf == dag(2026, 3, 6)));
    }
}

#[test]
fn regel_5_binnen_een_doorgaand_verzuim_wacht_een_melding_hoe_vaak_het_ook_afgaat() {
    // Away since 26 January; the week of spring holiday (23-27 February) does not part it.
    let doorgaand = zestien(&[dag(2026, 2, 16), dag(2026, 2, 20), dag(2026, 3, 5), dag(2026, 3, 11), dag(2026, 3, 17)]);
    let (on, laatste) = (dag(2026, 3, 18), Some(dag(2026, 2, 23)));
    check(&sam(), &doorgaand, on, "5", &[(Stand::TeLaat, laatste, None)]);
    let gemeld = gemeld_op(sam(), dag(2026, 3, 18), dag(2026, 1, 26));
    check(&gemeld, &doorgaand, on, "5", &[(Stand::Vervuld, laatste, Some(gemeld.laatste()))]);
    check(&gemeld, &doorgaand, on, "6", &[]);
    // A new school year begins anew: what was left of the last one hides nothing.
    let zomer = zestien(&[dag(2025, 7, 4), dag(2025, 8, 21)]);
    let verwacht = [(Stand::TeLaat, Some(dag(2025, 7, 11)), None), (Stand::TeLaat, Some(dag(2025, 8, 28)), None)];
    let found = check(&sam(), &zomer, on, "5", &verwacht);
    assert_eq!(found.iter().map(|t| t.is_van_eerder_schooljaar(on, &regio())).collect::<Vec<_>>(), [true, false]);
    // A lesweek without another 16 hours in it parts two absences: each asks.
    let twee = zestien(&[dag(2026, 3, 2), dag(2026, 3, 16)]);
    check(
        &sam(),
        &twee,
        on,
        "5",
        &[(Stand::TeLaat, Some(dag(2026, 3, 9)), None), (Stand::Open, Some(dag(2026, 3, 23)), None)],
    );
}

#[test]
fn regel_5_een_melding_gaat_over_het_verzuim_dat_zij_noemt() {
    let signalen = zestien(&[dag(2026, 3, 2), dag(2026, 3, 16)]);
    let (eerste, tweede) = (Some(dag(2026, 3, 9)), Some(dag(2026, 3, 23)));
    let on = dag(2026, 3, 30);
    // From 1 March on: the first is fulfilled, one to one, and the second was reported with it.
    let alles = gemeld_op(sam(), dag(2026, 3, 17), dag(2026, 3, 1));
    check(&alles, &signalen, on, "5", &[(Stand::Vervuld, eerste, Some(alles.laatste()))]);
    check(&alles, &signalen, on, "6", &[(Stand::Vervallen, tweede, None)]);
    // From 9 March on: the first was never reported, and stays due.
    let laatste = gemeld_op(sam(), dag(2026, 3, 17), dag(2026, 3, 9));
    check(
        &laatste,
        &signalen,
        on,
        "5",
        &[(Stand::TeLaat, eerste, None), (Stand::Vervuld, tweede, Some(laatste.laatste()))],
    );
    // Before anything else it is for the oldest, also when its first day was put down too late.
    let slordig = gemeld_op(sam(), dag(2026, 3, 4), dag(2026, 3, 3));
    check(&slordig, &signalen, on, "5", &[(Stand::Vervuld, eerste, Some(slordig.laatste()))]);
}

#[test]
fn regel_6_een_melding_van_een_andere_school_of_die_is_ingetrokken_spreekt_niet_voor_wat_daarna_komt() {
    let signalen = zestien(&[dag(2026, 3, 2), dag(2026, 3, 6)]);
    let on = dag(2026, 3, 9);
    let eerste = Some(dag(2026, 3, 9));
    let verhuisd = gemeld_op(sam(), dag(2026, 3, 3), dag(2026, 2, 16));
    let id = verhuisd.laatste();
    let verhuisd = verhuisd
        .uitgeschreven(SCHOOL, dag(2026, 3, 4), UitschrijfReden::AndereSchool)
        .ingeschreven(SCHOOL_TWEE, dag(2026, 3, 4));
    check(&verhuisd, &signalen, on, "5", &[(Stand::Vervuld, eerste, Some(id))]);
    check(&verhuisd, &signalen, on, "6", &[(Stand::Open, Some(dag(2026, 3, 13)), None)]);
    let weg = MeldingStatus { melding: id, status: MeldingStand::Ingetrokken, reden: "".into() };
    let ingetrokken = gemeld_op(sam(), dag(2026, 3, 3), dag(2026, 2, 16)).gebeurtenis(on, leerplicht(), weg);
    check(&ingetrokken, &signalen, on, "6", &[(Stand::Open, Some(dag(2026, 3, 13)), None)]);
}

#[test]
fn regel_5_een_melding_van_de_nieuwe_school_vervult_niet_wat_de_oude_school_schuldig_is() {
    let signalen = [&zestien(&[dag(2026, 3, 2)])[..], &zestien(&[dag(2026, 3, 23)])].concat();
    let verhuisd = sam()
        .uitgeschreven(SCHOOL, dag(2026, 3, 6), UitschrijfReden::AndereSchool)
        .ingeschreven(SCHOOL_TWEE, dag(2026, 3, 7));
    // Reported from 1 March on, and (before anything fired there) also of nothing: both are of the new school alone.
    for begin in [dag(2026, 3, 1), dag(2026, 3, 23)] {
        let gemeld =
            verhuisd.clone().gebeurtenis(dag(2026, 3, 24), mentor(SCHOOL_TWEE), melding(MeldingSoort::V3, begin));
        let nieuw = (Stand::Vervuld, Some(dag(2026, 3, 30)), Some(gemeld.laatste()));
        check(&gemeld, &signalen, dag(2026, 3, 25), "5", &[(Stand::TeLaat, Some(dag(2026, 3, 9)), None), nieuw]);
    }
    let alleen =
        verhuisd.gebeurtenis(dag(2026, 3, 12), mentor(SCHOOL_TWEE), melding(MeldingSoort::V3, dag(2026, 3, 1)));
    let oud = check(&alleen, &signalen[..1], dag(2026, 3, 12), "5", &[(Stand::TeLaat, Some(dag(2026, 3, 9)), None)]);
    assert_eq!(wie(&oud[0]).0, Some(SCHOOL));
}

#[test]
fn regel_6_langdurig_verzuim_is_een_keer_gemeld_tot_de_leerling_terug_is() {
    // Six lesweken away, reported as long absence on 4 February; back on Monday 16 February, away again from 9 March.
    let weg = sam().dagen(SCHOOL, dag(2026, 1, 5), &format!("{}.....", "ooooo".repeat(6)));
    let gemeld = weg.gebeurtenis(dag(2026, 2, 4), mentor(SCHOOL), melding(MeldingSoort::Lrv, dag(2026, 1, 5)));
    let signalen = zestien(&[dag(2026, 1, 8), dag(2026, 1, 14), dag(2026, 2, 5), dag(2026, 2, 13), dag(2026, 3, 12)]);
    let on = dag(2026, 3, 13);
    check(&gemeld, &signalen, on, "7", &[(Stand::Vervuld, None, Some(gemeld.laatste()))]);
    check(
        &gemeld,
        &signalen,
        on,
        "5",
        &[(Stand::Vervallen, Some(dag(2026, 1, 15)), None), (Stand::Open, Some(dag(2026, 3, 19)), None)],
    );
}

#[test]
fn een_melding_vlak_voor_het_signaal_heeft_aanleiding_en_vraagt_geen_tweede() {
    let kind = gemeld_op(sam().dagen(SCHOOL, dag(2026, 3, 2), "ooo.."), dag(2026, 3, 4), dag(2026, 3, 2));
    let found = met_signalen(&kind, &zestien(&[dag(2026, 3, 5)]), dag(2026, 3, 9));
    assert_eq!((van(&found.termijnen, "5").len(), found.zonder_aanleiding), (0, vec![]));
}

#[test]
fn een_melding_zonder_aanleiding_wordt_gezien_maar_niet_waar_niets_is_aangeleverd() {
    let gemeld =
        |kind: Kind| kind.gebeurtenis(dag(2026, 3, 12), mentor(SCHOOL), melding(MeldingSoort::V3, dag(2026, 3, 9)));
    let geleverd = gemeld(sam().dagen(SCHOOL, dag(2026, 3, 9), "....."));
    let found = met_signalen(&geleverd, &[], dag(2026, 3, 20)).zonder_aanleiding;
    assert_eq!(
        found.iter().map(|z| (z.regel.regel, z.feit, z.onbekend)).collect::<Vec<_>>(),
        [("5", geleverd.laatste(), false)]
    );
    let onbekend = met_signalen(&gemeld(sam()), &[], dag(2026, 3, 20)).zonder_aanleiding;
    assert!(onbekend.iter().all(|z| z.onbekend) && onbekend.len() == 1);
}

#[test]
fn regel_7_meer_dan_vier_weken_is_lrv_en_vakantie_telt_niet_mee() {
    // Monday 5 January 2026: 5 lesweken without reason; the fifth Monday is 2 February.
    let weg = sam().dagen(SCHOOL, dag(2026, 1, 5), &"ooooo".repeat(5));
    check(&weg, &[], dag(2026, 1, 30), "7", &[]);
    let found = check(&weg, &[], dag(2026, 2, 6), "7", &[(Stand::Open, None, None)]);
    assert_eq!((found[0].dag_zelf, found[0].norm.in_woorden()), (dag(2026, 2, 2), "onverwijld".to_owned()));
    let gemeld = weg.gebeurtenis(dag(2026, 2, 4), mentor(SCHOOL), melding(MeldingSoort::Lrv, dag(2026, 1, 5)));
    check(&gemeld, &[], dag(2026, 2, 6), "7", &[(Stand::Vervuld, None, Some(gemeld.laatste()))]);
    // The week of spring holiday (23-27 February 2026) takes no place.
    let vakantie = sam().dagen(SCHOOL, dag(2026, 2, 2), &"ooooo".repeat(5));
    let found = check(&vakantie, &[], dag(2026, 3, 20), "7", &[(Stand::Open, None, None)]);
    assert_eq!(found[0].dag_zelf, dag(2026, 3, 9));
    // Ill for as long: nothing to report.
    check(&sam().dagen(SCHOOL, dag(2026, 1, 5), &"zzzzz".repeat(6)), &[], dag(2026, 3, 20), "7", &[]);
}

#[test]
fn regel_8_vakantie_zonder_verlof_wordt_gemeld_hoe_kort_ook() {
    let signalen = [signaal(SignaalSoort::Luxe, dag(2026, 6, 5), 1)];
    check(&sam(), &signalen, dag(2026, 6, 8), "8", &[(Stand::Open, None, None)]);
    let gemeld = sam().gebeurtenis(dag(2026, 6, 8), mentor(SCHOOL), melding(MeldingSoort::L, dag(2026, 6, 5)));
    check(&gemeld, &signalen, dag(2026, 6, 8), "8", &[(Stand::Vervuld, None, Some(gemeld.laatste()))]);
}

#[test]
fn wat_in_de_laatste_schoolweek_moest_is_pas_vier_lesweken_na_de_zomer_van_een_vorig_schooljaar() {
    let r = regio();
    let laatste = dag(2025, 6, 26);
    let luxe = signaal(SignaalSoort::Luxe, laatste, 1);
    let signalen = [&zestien(&[laatste])[..], &[luxe]].concat();
    let kalender = &r.scholen[&SCHOOL].kalender;
    let first = kalender.eerste_vanaf(dag(2025, 8, 1)).unwrap();
    let grens = kalender.nde_na(first, 20).unwrap();
    assert!(grens > dag(2025, 9, 1) && grens < dag(2025, 10, 13));
    let kind = kind(GEBOREN).ingeschreven(SCHOOL, dag(2024, 8, 1));
    let eerder = |regel: &str, on: Date| {
        let all = met_signalen(&kind, &signalen, on).termijnen;
        van(&all, regel).iter().map(|termijn| termijn.is_van_eerder_schooljaar(on, &r)).collect::<Vec<_>>()
    };
    for (on, zestien) in
        [(dag(2025, 8, 1), false), (plus_days(grens, -1), false), (grens, true), (dag(2026, 7, 1), true)]
    {
        assert_eq!(eerder("5", on), [zestien], "{on}");
        assert_eq!(eerder("8", on), [false], "a holiday without leave stays due: {on}");
    }
    // A board keeps no calendar: six weeks after 1 September.
    let jan = testkit::kind(dag(2006, 1, 1)).ingeschreven(SCHOOL, dag(2024, 8, 1));
    let jan = jan.dagen(SCHOOL, dag(2025, 5, 19), &"ooooo".repeat(5));
    for (on, expected) in [(dag(2025, 10, 12), false), (dag(2025, 10, 13), true)] {
        let all = met_signalen(&jan, &[], on).termijnen;
        assert_eq!(van(&all, "10").iter().map(|t| t.is_van_eerder_schooljaar(on, &r)).collect::<Vec<_>>(), [expected]);
    }
}

#[test]
fn regel_9_overig_en_v4_zijn_vrijwillig_dus_geen_termijn_en_geen_bevinding() {
    let kind = sam()
        .dagen(SCHOOL, dag(2026, 3, 9), ".....")
        .gebeurtenis(dag(2026, 3, 12), mentor(SCHOOL), melding(MeldingSoort::O, dag(2026, 3, 9)))
        .gebeurtenis(dag(2026, 3, 12), mentor(SCHOOL), melding(MeldingSoort::V4, dag(2026, 3, 9)));
    let found = met_signalen(&kind, &[], dag(2026, 3, 20));
    assert_eq!(van(&found.termijnen, "9"), Vec::<&Termijn>::new());
    assert_eq!(found.zonder_aanleiding, []);
}

#[test]
fn regel_10_vanaf_18_meldt_het_bestuur_na_vier_weken() {
    let jan =
        kind(dag(2007, 10, 1)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(SCHOOL, dag(2026, 1, 5), &"ooooo".repeat(4));
    check(&jan, &[], dag(2026, 1, 29), "10", &[]);
    let found = check(&jan, &[], dag(2026, 1, 30), "10", &[(Stand::Open, None, None)]);
    assert_eq!((wie(&found[0]).0, found[0].dag_zelf), (Some(BESTUUR), dag(2026, 1, 30)));
    let diploma = Schoolloopbaan { startkwalificatie: true, ..Schoolloopbaan::default() };
    check(&jan.toestand(dag(2025, 7, 1), mentor(SCHOOL), diploma), &[], dag(2026, 1, 30), "10", &[]);
}

#[test]
fn regel_11_de_einddatum_bij_terugkeer_of_uitschrijving() {
    let gemeld = sam().dagen(SCHOOL, dag(2026, 3, 2), "ooooo ooz.. .....").gebeurtenis(
        dag(2026, 3, 5),
        mentor(SCHOOL),
        melding(MeldingSoort::V3, dag(2026, 3, 2)),
    );
    let id = gemeld.laatste();
    check(&gemeld, &[], dag(2026, 3, 11), "11", &[]);
    let found = check(&gemeld, &[], dag(2026, 3, 12), "11", &[(Stand::Open, None, None)]);
    assert_eq!(found[0].dag_zelf, dag(2026, 3, 12));
    let klaar = gemeld.clone().gebeurtenis(
        dag(2026, 3, 13),
        mentor(SCHOOL),
        MeldingEinde { melding: id, einde: dag(2026, 3, 11) },
    );
    check(&klaar, &[], dag(2026, 3, 20), "11", &[(Stand::Vervuld, None, Some(klaar.laatste()))]);
    let weg = sam()
        .gebeurtenis(dag(2026, 3, 5), mentor(SCHOOL), melding(MeldingSoort::Lrv, dag(2026, 3, 2)))
        .uitgeschreven(SCHOOL, dag(2026, 3, 9), UitschrijfReden::AndereSchool);
    let found = check(&weg, &[], dag(2026, 3, 20), "11", &[(Stand::Open, None, None)]);
    assert_eq!(found[0].dag_zelf, dag(2026, 3, 9));
}

#[test]
fn regel_12_en_13_zijn_van_duo_en_vragen_niemand_iets() {
    let besluit = VrijstellingBesluit { grond: VrijstellingSoort::A15, toegekend: true };
    let kind = sam().feit(Period::through(dag(2026, 2, 1), dag(2026, 7, 31)), leerplicht(), besluit).gebeurtenis(
        dag(2026, 3, 5),
        mentor(SCHOOL),
        melding(MeldingSoort::V3, dag(2026, 3, 2)),
    );
    let id = kind.laatste();
    for regel in ["12", "13"] {
        let found = check(&kind, &[], dag(2026, 3, 9), regel, &[(Stand::Open, None, None)]);
        assert_eq!(found[0].wie, Wie::Duo);
    }
    let ingetrokken = MeldingStatus { melding: id, status: MeldingStand::Ingetrokken, reden: "V".into() };
    let kind = kind.gebeurtenis(dag(2026, 3, 10), leerplicht(), ingetrokken);
    for regel in ["12", "13"] {
        check(&kind, &[], dag(2026, 3, 10), regel, &[(Stand::Vervuld, None, Some(kind.laatste()))]);
    }
    check(&kind, &[], dag(2026, 3, 10), "14", &[(Stand::Vervallen, Some(dag(2026, 3, 12)), None)]);
}

#[test]
fn regel_14_leerplicht_reageert_binnen_vijf_werkdagen_nadat_zij_het_kon_weten() {
    // Made on Thursday 5 March, known in the register on Tuesday 10 March: the later day counts, both are shown.
    let (gedaan, bekend) = (dag(2026, 3, 5), dag(2026, 3, 10));
    let kind = sam().feit_bekend(
        Period::day(gedaan),
        begin_van_dag(bekend),
        mentor(SCHOOL),
        melding(MeldingSoort::V3, dag(2026, 3, 2)),
    );
    let id = kind.laatste();
    let laatste = Some(dag(2026, 3, 17));
    let found = check(&kind, &[], dag(2026, 3, 17), "14", &[(Stand::Vandaag, laatste, None)]);
    assert_eq!((found[0].dag_zelf, found[0].kon_weten), (gedaan, bekend));
    assert_eq!(wie(&found[0]), (Some(GEMEENTE), Some(Rol::Leerplichtambtenaar)));
    let b = MeldingStatus { melding: id, status: MeldingStand::InBehandeling, reden: "".into() };
    let kind = kind.gebeurtenis(dag(2026, 3, 18), leerplicht(), b);
    let found = check(&kind, &[], dag(2026, 3, 19), "14", &[(Stand::Vervuld, laatste, Some(kind.laatste()))]);
    assert_eq!(found[0].op_tijd(), Some(false));
}

#[test]
fn regel_15_elke_ouder_met_gezag_en_de_leerling_vanaf_twaalf_wordt_gehoord() {
    let gemeld = sam().met_gezag(VADER, GEBOREN).gebeurtenis(
        dag(2026, 3, 5),
        mentor(SCHOOL),
        melding(MeldingSoort::V3, dag(2026, 3, 2)),
    );
    let id = gemeld.laatste();
    let stap = |stap| Onderzoek { melding: Some(id), stap };
    let hoor = |ouder: Option<PersoonId>| Verhoor { melding: Some(id), ouder };
    let kind = gemeld.gebeurtenis(dag(2026, 3, 10), leerplicht(), stap(OnderzoekStap::Gestart));
    let open = (Stand::Open, None, None);
    check(&kind, &[], dag(2026, 3, 20), "15", &[open, open, open]);
    let kind = kind
        .gebeurtenis(dag(2026, 3, 12), leerplicht(), hoor(Some(MOEDER)))
        .gebeurtenis(dag(2026, 3, 13), leerplicht(), hoor(None))
        .gebeurtenis(dag(2026, 3, 20), leerplicht(), stap(OnderzoekStap::Afgerond));
    let all = met_signalen(&kind, &[], dag(2026, 3, 21)).termijnen;
    let stands: Vec<Stand> = van(&all, "15").iter().map(|t| t.stand).collect();
    assert_eq!(stands.iter().filter(|s| **s == Stand::Vervuld).count(), 2);
    assert_eq!(stands.iter().filter(|s| **s == Stand::TeLaat).count(), 1, "the father was never heard");
    // Under twelve only parents are heard.
    let jong = kind_van(dag(2016, 5, 1)).gebeurtenis(
        dag(2026, 3, 10),
        leerplicht(),
        Onderzoek { melding: None, stap: OnderzoekStap::Gestart },
    );
    check(&jong, &[], dag(2026, 3, 20), "15", &[open]);
    // Hearing somebody without an examination is seen.
    let zonder = sam().gebeurtenis(dag(2026, 3, 12), leerplicht(), Verhoor { melding: None, ouder: Some(MOEDER) });
    let found = met_signalen(&zonder, &[], dag(2026, 3, 20)).zonder_aanleiding;
    assert_eq!(found.iter().map(|z| z.regel.regel).collect::<Vec<_>>(), ["15"]);
}
