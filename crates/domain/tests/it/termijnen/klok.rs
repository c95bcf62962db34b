//! Terms that come with the clock of three months.

use super::*;

fn eigenaar(organisatie: OrganisatieId, taak: Taak) -> Verantwoordelijke {
    Verantwoordelijke { organisatie, medewerker: MedewerkerId::new(9), taak }
}

#[test]
fn regel_58_een_verantwoordelijke_binnen_een_schooldag_nadat_de_klok_openging() {
    let kind = weg("ooooo ooooo ooooo ooooo");
    check(&kind, &[], dag(2026, 2, 19), "58", &[]);
    let found = van_een(&met_signalen(&kind, &[], dag(2026, 3, 2)).termijnen, "58").clone();
    assert_eq!(found.dag_zelf, dag(2026, 2, 9), "the spell is back-dated");
    assert_eq!(found.kon_weten, dag(2026, 2, 20), "nobody could know before ten schooldagen");
    assert_eq!((found.stand, found.uiterlijk), (Stand::Vandaag, Some(dag(2026, 3, 2))), "after the holiday");
    assert_eq!(wie(&found).0, Some(SCHOOL));
    let benoemd = kind.toestand(dag(2026, 3, 2), mentor(SCHOOL), eigenaar(SCHOOL, Taak::Eigenaar));
    let found = van_een(&met_signalen(&benoemd, &[], dag(2026, 3, 3)).termijnen, "58").clone();
    assert_eq!((found.stand, found.vervuld_door), (Stand::Vervuld, Some(benoemd.laatste())));
}

#[test]
fn regel_59_op_vier_weken_een_casusregisseur_en_een_plan_van_het_swv_pas_na_een_vraag() {
    let kind = weg(&"ooooo".repeat(5));
    let on = dag(2026, 3, 16);
    let all = met_signalen(&kind, &[], on).termijnen;
    let found = van(&all, "59");
    assert_eq!(
        found.iter().map(|t| (wie(t).0, t.uiterlijk, t.stand)).collect::<Vec<_>>(),
        [(Some(SCHOOL), Some(dag(2026, 3, 9)), Stand::TeLaat), (Some(SCHOOL), Some(dag(2026, 3, 9)), Stand::TeLaat)]
    );
    let leeg = || "".into();
    let vraag = Ondersteuningsvraag {
        van: VraagVan::School,
        vraag: "plek".into(),
        geprobeerd: leeg(),
        deelname: leeg(),
        ouders: leeg(),
        leerling: leeg(),
    };
    let gevraagd = kind.gebeurtenis(dag(2026, 3, 2), mentor(SCHOOL), vraag).toestand(
        dag(2026, 3, 5),
        consulent(),
        eigenaar(SWV, Taak::Casusregisseur),
    );
    let all = met_signalen(&gevraagd, &[], on).termijnen;
    let rows: Vec<_> = van(&all, "59").iter().map(|t| (wie(t).0, t.stand)).collect();
    assert_eq!(rows, [(Some(SWV), Stand::TeLaat), (Some(SWV), Stand::Vervuld)], "plan open, regisseur named");
}

#[test]
fn regel_60_drie_maanden_met_waarschuwingen_en_regel_61_doorzettingsmacht() {
    let kind = weg(&"ooooo".repeat(16));
    let on = dag(2026, 4, 29);
    let found = check(&kind, &[], on, "60", &[(Stand::Open, Some(dag(2026, 5, 9)), None)]);
    assert_eq!(found[0].waarschuwingen.len(), 4);
    let found = check(&kind, &[], on, "61", &[(Stand::TeLaat, Some(plus_days(dag(2026, 2, 9), 77)), None)]);
    assert_eq!(wie(&found[0]).0, Some(SCHOOL));
    let besluit = Besluit { soort: BesluitSoort::Doorzettingsmacht, inhoud: "plaatsing".into() };
    let besloten = kind.clone().gebeurtenis(dag(2026, 4, 28), mentor(SCHOOL), besluit);
    check(&besloten, &[], on, "61", &[(Stand::Vervuld, Some(dag(2026, 4, 27)), Some(besloten.laatste()))]);
    // Three months gone: the goal is missed, and a number without a name goes to the OOGO.
    let later = dag(2026, 5, 11);
    check(&kind, &[], later, "60", &[(Stand::TeLaat, Some(dag(2026, 5, 9)), None)]);
    let all = met_signalen(&kind, &[], later).termijnen;
    assert!(van(&all, "61").iter().any(|t| t.wie == Wie::Niemand && t.wat.contains("zonder naam")));
}

#[test]
fn regel_60_niet_passend_vraagt_een_casustafel() {
    let kind = weg(&"ooooo".repeat(6)).aanbod(SCHOOL, dag(2026, 3, 16), 40).allen_zeggen(Oordeel::NietPassend);
    let all = met_signalen(&kind, &[], dag(2026, 3, 20)).termijnen;
    let tafel = |all: &[Termijn]| all.iter().find(|t| t.wat.contains("casustafel")).map(|t| t.stand);
    assert_eq!(tafel(&all), Some(Stand::Open));
    let gehouden = kind.gebeurtenis(dag(2026, 3, 19), mentor(SCHOOL), gesprek(GesprekSoort::Casustafel));
    assert_eq!(tafel(&met_signalen(&gehouden, &[], dag(2026, 3, 20)).termijnen), Some(Stand::Vervuld));
}

#[test]
fn buiten_een_open_dossier_vraagt_de_klok_niets_van_een_verantwoordelijke() {
    // Away since 9 February and enrolled; eighteen on 1 April: the duty ends, and with it the dossier.
    let jarig = kind(dag(2008, 4, 1)).ingeschreven(SCHOOL, dag(2025, 8, 1)).woont_hier(dag(2025, 8, 2));
    let jarig = jarig.dagen(SCHOOL, dag(2026, 2, 9), &"ooooo".repeat(9));
    let asked = |on| {
        let all = termijnen(&jarig.timeline(), on, &regio());
        all.iter().filter(|t| ["58", "59", "60", "61"].contains(&t.regel.regel)).count()
    };
    assert!(asked(dag(2026, 3, 31)) > 0);
    assert!(domain::klok::klok(&jarig.timeline(), dag(2026, 4, 1), &regio()).value.is_some(), "the clock goes on");
    assert_eq!(asked(dag(2026, 4, 1)), 0);
}

#[test]
fn zonder_klok_geen_plicht_van_een_eigenaar_een_griep_is_geen_zaak() {
    let griep = weg("zzzzz ..... .....");
    for on in [dag(2026, 2, 13), dag(2026, 3, 2)] {
        let all = termijnen(&griep.timeline(), on, &regio());
        assert!(all.iter().all(|t| !["58", "59", "60", "61"].contains(&t.regel.regel)), "{all:#?}");
    }
}
