//! Terms of exemptions.

use super::*;

#[test]
fn regel_27_de_eerste_kennisgeving_komt_een_maand_voor_het_begin() {
    // Five on 10 March 2026: leerplichtig from Wednesday 1 April; a month before is 1 March.
    for (ontvangen, op_tijd) in [(dag(2026, 3, 1), true), (dag(2026, 3, 2), false)] {
        let kind = kind(dag(2021, 3, 10)).toestand(ontvangen, moeder(), kennisgeving(ontvangen, false, false));
        let expected = [(Stand::Vervuld, Some(dag(2026, 3, 1)), Some(kind.laatste()))];
        let found = check(&kind, &[], dag(2026, 5, 1), "27", &expected);
        assert_eq!(found[0].op_tijd(), Some(op_tijd));
    }
}

#[test]
fn regel_28_elk_jaar_voor_1_juli_en_daarna_belt_de_leerplichtambtenaar() {
    let eerste = sam().feit(
        Period::through(dag(2025, 8, 1), dag(2026, 7, 31)),
        moeder(),
        kennisgeving(dag(2025, 6, 20), true, false),
    );
    let laatste = Some(dag(2026, 6, 30));
    check(&eerste, &[], dag(2026, 6, 30), "28", &[(Stand::Vandaag, laatste, None)]);
    let found = check(&eerste, &[], dag(2026, 7, 1), "28", &[(Stand::Open, laatste, None)]);
    assert_eq!(wie(&found[0]), (Some(GEMEENTE), Some(Rol::Leerplichtambtenaar)));
    assert!(matches!(found[0].wie, Wie::WachtOp { .. }));
    let tweede = eerste.feit(
        Period::through(dag(2026, 8, 1), dag(2027, 7, 31)),
        moeder(),
        kennisgeving(dag(2026, 6, 28), true, false),
    );
    let on = dag(2026, 9, 1);
    let rows = [(Stand::Vervuld, laatste, Some(tweede.laatste())), (Stand::Open, Some(dag(2027, 6, 30)), None)];
    check(&tweede, &[], on, "28", &rows);
    let nooit = sam().feit(Period::since(dag(2025, 8, 1)), moeder(), kennisgeving(dag(2025, 6, 20), true, true));
    check(&nooit, &[], dag(2026, 7, 1), "28", &[]);
}

#[test]
fn regel_29_de_verklaring_is_hooguit_drie_kalendermaanden_oud_en_niet_van_een_behandelaar() {
    let verklaring = |aangewezen, behandelend| Verklaring {
        hoedanigheid: Hoedanigheid::Arts,
        aangewezen,
        behandelend,
        tot: None,
        blijvend: false,
    };
    let rows = [
        (dag(2026, 3, 15), true, false, true),
        (dag(2026, 3, 14), true, false, false),
        (dag(2026, 6, 1), false, false, false),
        (dag(2026, 6, 1), true, true, false),
    ];
    for (van, aangewezen, behandelend, telt) in rows {
        let kind = sam().gebeurtenis(van, leerplicht(), verklaring(aangewezen, behandelend)).toestand(
            dag(2026, 6, 15),
            moeder(),
            kennisgeving(dag(2026, 6, 15), false, false),
        );
        let all = met_signalen(&kind, &[], dag(2026, 6, 20)).termijnen;
        let found = van_een(&all, "29");
        assert_eq!(found.stand == Stand::Vervuld, telt, "{van} {aangewezen} {behandelend}");
        assert_eq!(found.gaten.is_empty(), telt);
    }
}
