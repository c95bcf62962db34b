//! Terms of the school: news of illness, passing on who comes and goes, talks, the youth doctor, being late.

use super::*;

#[test]
fn regel_19_de_school_wacht_op_bericht_over_ziekte_en_ouders_zijn_nooit_te_laat() {
    // Friday 13 March plus two days ends on Sunday: Monday, by the Algemene termijnenwet.
    let ziek = || Afwezigheid { soort: VerzuimSoort::Ziek, toelichting: "".into() };
    let kind = sam().feit(Period::day(dag(2026, 3, 13)), mentor(SCHOOL), ziek());
    let laatste = Some(dag(2026, 3, 16));
    let found = check(&kind, &[], dag(2026, 3, 30), "19", &[(Stand::Open, laatste, None)]);
    assert!(matches!(found[0].wie, Wie::WachtOp { vrager: Some(SCHOOL), .. }));
    assert!(found[0].wat.starts_with("Wij wachten op"));
    let gemeld = kind.feit(Period::day(dag(2026, 3, 14)), moeder(), ziek());
    check(&gemeld, &[], dag(2026, 3, 30), "19", &[(Stand::Vervuld, laatste, Some(gemeld.laatste()))]);
    // What parents report themselves waits for nothing.
    check(&sam().feit(Period::day(dag(2026, 3, 13)), moeder(), ziek()), &[], dag(2026, 3, 30), "19", &[]);
}

#[test]
fn regel_25_en_26_doorgeven_binnen_zeven_dagen_en_een_verwijdering_terstond() {
    // Enrolled on Wednesday 29 April 2026: seven days end on 6 May; told on 7 May.
    let laat = kind(GEBOREN).feit_bekend(
        Period::since(dag(2026, 4, 29)),
        begin_van_dag(dag(2026, 5, 7)),
        mentor(SCHOOL),
        inschrijving("2b"),
    );
    let id = laat.laatste();
    let found = check(&laat, &[], dag(2026, 6, 1), "25", &[(Stand::Vervuld, Some(dag(2026, 5, 6)), Some(id))]);
    assert_eq!(found[0].op_tijd(), Some(false));
    // Seven days after Friday 17 April is Friday; after Monday 20 April it is King's Day: the day after.
    let uit = sam().uitgeschreven(SCHOOL, dag(2026, 4, 20), UitschrijfReden::Verwijderd);
    let rows =
        van(&met_signalen(&uit, &[], dag(2026, 6, 1)).termijnen, "25").iter().map(|t| t.uiterlijk).collect::<Vec<_>>();
    assert_eq!(rows[1], Some(dag(2026, 4, 28)));
    let found = check(&uit, &[], dag(2026, 6, 1), "26", &[(Stand::Vervuld, None, Some(uit.laatste()))]);
    assert_eq!(found[0].norm.in_woorden(), "terstond");
    // Told by the municipality only: the school's own statement is still awaited.
    let gemeente = kind(GEBOREN).toestand(dag(2026, 4, 29), leerplicht(), inschrijving("2b"));
    check(&gemeente, &[], dag(2026, 5, 6), "25", &[(Stand::Vandaag, Some(dag(2026, 5, 6)), None)]);
    // A new class is no enrolment.
    let klas = sam().toestand(dag(2026, 2, 2), mentor(SCHOOL), inschrijving("2c"));
    assert_eq!(van(&met_signalen(&klas, &[], dag(2026, 3, 1)).termijnen, "25").len(), 1);
}

fn inschrijving(klas: &str) -> domain::body::Inschrijving {
    domain::body::Inschrijving {
        school: SCHOOL,
        leerlingnummer: "1001".into(),
        jaargroep: "12".into(),
        klas: klas.into(),
        mentor: "VIS".into(),
    }
}

#[test]
fn regel_37_en_38_een_verzuimgesprek_binnen_vijf_schooldagen_en_het_vervalt_bij_contact() {
    for (regel, soort) in [("37", SignaalSoort::ZiekVaak), ("38", SignaalSoort::ZiekLang)] {
        // Thursday 19 February 2026; the week after is spring holiday.
        let signalen = [signaal(soort, dag(2026, 2, 19), 4)];
        let laatste = Some(dag(2026, 3, 5));
        let found = check(&sam(), &signalen, dag(2026, 2, 20), regel, &[(Stand::Open, laatste, None)]);
        assert_eq!(wie(&found[0]), (Some(SCHOOL), Some(Rol::Verzuimcoordinator)));
        let gesproken = sam().gebeurtenis(dag(2026, 3, 3), mentor(SCHOOL), gesprek(GesprekSoort::Verzuimgesprek));
        check(&gesproken, &signalen, dag(2026, 3, 6), regel, &[(Stand::Vervuld, laatste, Some(gesproken.laatste()))]);
        let gebeld = sam().gebeurtenis(dag(2026, 2, 20), mentor(SCHOOL), contact(true));
        check(&gebeld, &signalen, dag(2026, 3, 6), regel, &[(Stand::Vervallen, laatste, None)]);
        let geen_gehoor = sam().gebeurtenis(dag(2026, 2, 20), mentor(SCHOOL), contact(false));
        check(&geen_gehoor, &signalen, dag(2026, 3, 6), regel, &[(Stand::TeLaat, laatste, None)]);
        let gesloten = SignaalAfhandeling {
            regel: soort.code().into(),
            eerste_dag: dag(2026, 2, 19),
            stap: None,
            afhandeling: Afhandeling::Gesloten,
            reden: "griep".into(),
            stem: Stem::Eigen,
        };
        check(
            &sam().gebeurtenis(dag(2026, 2, 20), mentor(SCHOOL), gesloten),
            &signalen,
            dag(2026, 3, 6),
            regel,
            &[(Stand::Vervallen, laatste, None)],
        );
        // An excuse took the signal away: nothing is left.
        check(&sam(), &[], dag(2026, 3, 6), regel, &[]);
    }
}

#[test]
fn regel_39_na_een_gesprek_dat_niet_hielp_een_consult_met_toestemming() {
    let signalen =
        [signaal(SignaalSoort::ZiekVaak, dag(2026, 1, 12), 4), signaal(SignaalSoort::ZiekLang, dag(2026, 3, 12), 7)];
    check(&sam(), &signalen, dag(2026, 3, 13), "39", &[]);
    let kind = sam().gebeurtenis(dag(2026, 1, 14), mentor(SCHOOL), gesprek(GesprekSoort::Verzuimgesprek));
    let found = check(&kind, &signalen, dag(2026, 3, 13), "39", &[(Stand::Open, None, None)]);
    assert!(found[0].wat.contains("toestemming") && wie(&found[0]).0 == Some(SCHOOL));
    let consult = |stap| Consult { stap };
    let gevraagd = kind.clone().gebeurtenis(dag(2026, 3, 13), mentor(SCHOOL), consult(ConsultStap::Gevraagd));
    check(&gevraagd, &signalen, dag(2026, 3, 14), "39", &[(Stand::Vervuld, None, Some(gevraagd.laatste()))]);
    let bezwaar = kind.gebeurtenis(dag(2026, 3, 13), moeder(), consult(ConsultStap::Bezwaar));
    check(&bezwaar, &signalen, dag(2026, 3, 14), "39", &[(Stand::Vervallen, None, None)]);
}

#[test]
fn regel_40_de_ladder_van_te_laat_en_leerplicht_pas_na_een_melding() {
    let stappen = [3, 12, 15].map(|n| signaal(SignaalSoort::TeLaat, dag(2026, 3, i8::try_from(n).unwrap()), n));
    let open = check(
        &sam(),
        &stappen,
        dag(2026, 3, 16),
        "40",
        &[(Stand::TeLaat, Some(dag(2026, 3, 10)), None), (Stand::Open, Some(dag(2026, 3, 19)), None)],
    );
    assert!(open.iter().all(|t| wie(t).0 == Some(SCHOOL)), "leerplicht does not know the child yet");
    let kind = sam().gebeurtenis(dag(2026, 3, 4), mentor(SCHOOL), contact(true)).gebeurtenis(
        dag(2026, 3, 13),
        mentor(SCHOOL),
        melding(MeldingSoort::O, dag(2026, 3, 12)),
    );
    let all = met_signalen(&kind, &stappen, dag(2026, 3, 16)).termijnen;
    let rows: Vec<_> = van(&all, "40").iter().map(|t| (t.stand, wie(t).0)).collect();
    assert_eq!(rows, [(Stand::Vervuld, Some(SCHOOL)), (Stand::Vervuld, Some(SCHOOL)), (Stand::Open, Some(GEMEENTE))]);
}

#[test]
fn regel_40_een_gesprek_met_thuis_handelt_alle_stappen_af_die_dan_open_staan() {
    let stappen = [3, 6, 9].map(|n| signaal(SignaalSoort::TeLaat, dag(2026, 3, i8::try_from(n).unwrap()), n));
    let kind = sam().gebeurtenis(dag(2026, 3, 7), mentor(SCHOOL), contact(true));
    let all = met_signalen(&kind, &stappen, dag(2026, 3, 17)).termijnen;
    let mut rows: Vec<_> = van(&all, "40").iter().map(|t| (t.dag_zelf.day(), t.stand)).collect();
    rows.sort_unstable();
    assert_eq!(rows, [(3, Stand::Vervuld), (6, Stand::Vervallen), (9, Stand::TeLaat)]);
}
