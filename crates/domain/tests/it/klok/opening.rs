//! What opens a clock, and from which day it counts.

use super::*;

#[test]
fn regel_58_een_griep_is_geen_zaak() {
    let flu = sam().dagen(SCHOOL, maandag(), "zzzzz zzzz. ..... .....");
    assert_eq!(open(&flu, dag(2026, 3, 13)), None);
    assert_eq!(alle(&flu, dag(2026, 3, 13)).value, []);
}

#[test]
fn regel_58_tien_dagen_openen_met_terugwerkende_kracht() {
    let child = sam().dagen(SCHOOL, maandag(), "zzzzz vgoto");
    assert_eq!(open(&child, dag(2026, 2, 19)), None, "nine days are a signal, no clock");
    let klok = running(&child, dag(2026, 2, 20));
    assert_eq!((klok.begin, klok.dag), (maandag(), 12));
    assert_eq!(open(&child, dag(2026, 2, 25)).map(|klok| klok.dag), Some(17), "a holiday counts for a child");
}

#[test]
fn regel_58_onbekende_dagen_tellen_niet_en_breken_niet() {
    let child = sam().dagen(SCHOOL, maandag(), "ooooo ?????").dagen(SCHOOL, dag(2026, 3, 2), "ooooo");
    assert_eq!(open(&child, dag(2026, 3, 5)), None);
    let found = klok(&child.timeline(), dag(2026, 3, 6), &regio());
    assert_eq!(found.value.map(|klok| klok.begin), Some(maandag()));
    let unknown = Gap::Onbekend { van: dag(2026, 2, 16), tot_en_met: dag(2026, 2, 20), schooldagen: 5 };
    assert!(found.gaps.contains(&unknown), "{:?}", found.gaps);
}

#[test]
fn regel_58_geen_rijen_en_geen_levering_is_geen_klok_maar_wel_een_gat() {
    let child = kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1));
    let found = klok(&child.timeline(), dag(2026, 3, 20), &regio());
    assert_eq!(found.value, None);
    assert!(found.gaps.iter().any(|gap| matches!(gap, Gap::Onbekend { .. })));
    let known = sam();
    assert_eq!(klok(&known.timeline(), dag(2026, 2, 6), &regio()).gaps, []);
}

#[test]
fn regel_58_half_days_open_after_four_lesweken() {
    // Half of the hours is not less than half; one hour less is.
    let half = sam().dagen(SCHOOL, maandag(), "hhhhh hhhhh hhhhh hhhhh");
    assert_eq!(open(&half, dag(2026, 3, 13)), None);
    let less = sam().dagen(SCHOOL, maandag(), "hhhhh hhhhh hhhhh hhhho");
    assert_eq!(open(&less, dag(2026, 3, 12)), None, "the fourth week is not over");
    let klok = running(&less, dag(2026, 3, 13));
    assert_eq!(klok.opening, Opening::LageDeelname);
    assert_eq!(klok.begin, dag(2026, 3, 9), "the first week under half");
    let falling = sam().dagen(SCHOOL, maandag(), "...oo .ooo. .oooo oooo.");
    assert_eq!(running(&falling, dag(2026, 3, 13)).begin, dag(2026, 2, 16));
    assert_eq!(open(&falling, dag(2026, 3, 12)), None, "a week is judged when it is over");
    let hardly_known = sam().dagen(SCHOOL, maandag(), "oo??? oo??? oo??? oo???");
    assert_eq!(open(&hardly_known, dag(2026, 3, 13)), None, "of most days nothing is known");
}

#[test]
fn regel_58_het_begin_hangt_niet_af_van_de_dag_waarop_men_vraagt() {
    let child = kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(
        SCHOOL,
        dag(2025, 9, 1),
        "?h?wz ozth. ooooo ooooo",
    );
    for on in [dag(2025, 9, 26), dag(2025, 10, 10), dag(2026, 1, 20)] {
        assert_eq!(running(&child, on).begin, dag(2025, 9, 2), "asked on {on}");
    }
}

#[test]
fn regel_58_lage_deelname_met_een_plan_opent_geen_klok() {
    let low = sam().dagen(SCHOOL, maandag(), "..ooo .oooo .oooo oooo.");
    let plan = |child: Kind| {
        let child =
            child.toestand(maandag(), mentor(SCHOOL), Plan { doel: "opbouw".into(), kwartieren_per_week: None });
        let id = child.laatste();
        (child, id)
    };
    let says = |child: Kind, plan: FactId, akkoord| {
        let child = child.gebeurtenis(maandag(), moeder(), InstemmingPlan { plan, ouder: Some(MOEDER), akkoord });
        child.gebeurtenis(maandag(), zelf(), InstemmingPlan { plan, ouder: None, akkoord })
    };
    let on = dag(2026, 3, 13);
    let (unilateral, id) = plan(low);
    assert!(open(&unilateral, on).is_some(), "a plan of the school alone is no agreement");
    assert!(open(&says(unilateral.clone(), id, false), on).is_some());
    let agreed = says(unilateral, id, true);
    assert_eq!(open(&agreed, on), None);
    let refusal = InstemmingPlan { plan: id, ouder: Some(MOEDER), akkoord: false };
    let later = agreed.gebeurtenis(dag(2026, 3, 14), moeder(), refusal);
    assert_eq!(open(&later, on), None, "a refusal does not reach back");
    let away = plan(sam().dagen(SCHOOL, maandag(), "ooooo ooooo"));
    assert!(open(&says(away.0, away.1, true), dag(2026, 2, 20)).is_some(), "ten days open all the same");
}

#[test]
fn regel_58_ouders_alleen_kunnen_de_klok_openen() {
    let child = sam().zit_thuis(dag(2026, 2, 11)).dagen(SCHOOL, maandag(), "?????");
    let klok = running(&child, dag(2026, 2, 11));
    assert_eq!((klok.begin, klok.opening, klok.dag), (dag(2026, 2, 11), Opening::Verklaard, 1));
}

#[test]
fn regel_58_een_opgave_telt_waar_geen_levering_staat() {
    let afwezig = Afwezigheid { soort: VerzuimSoort::Ziek, toelichting: "".into() };
    let weeks = domain::period::Period::through(maandag(), dag(2026, 2, 20));
    let child = sam().feit(weeks, moeder(), afwezig.clone());
    assert_eq!(running(&child, dag(2026, 2, 20)).begin, maandag());
    let seen = sam().feit(weeks, moeder(), afwezig).dagen(SCHOOL, maandag(), "..... .....");
    let found = klok(&seen.timeline(), dag(2026, 2, 20), &regio());
    assert_eq!(found.value, None, "the delivery goes first");
    assert!(found.gaps.iter().any(|gap| matches!(gap, Gap::Ontbreekt(text) if text.starts_with("Wat klopt"))));
}

#[test]
fn regel_58_een_aanbod_zonder_klok_dat_wegvalt_opent_er_geen() {
    let child = sam()
        .dagen(SCHOOL, maandag(), &format!("w{}", ".".repeat(39)))
        .aanbod(SWV, dag(2026, 2, 9), 8)
        .allen_zeggen(Oordeel::Passend)
        .realisatie(&[Some(8), Some(8), None, Some(0), Some(0)]);
    assert_eq!(alle(&child, dag(2026, 4, 3)).value, []);
}

#[test]
fn regel_58_dagen_per_organisatie() {
    let eigenaar = |organisatie| domain::body::Verantwoordelijke {
        organisatie,
        medewerker: domain::ids::MedewerkerId::new(9),
        taak: domain::body::Taak::Eigenaar,
    };
    let regisseur = domain::body::Verantwoordelijke { taak: domain::body::Taak::Casusregisseur, ..eigenaar(SWV) };
    let both = sam().dagen(SCHOOL, maandag(), &"o".repeat(10)).toestand(maandag(), consulent(), regisseur).toestand(
        maandag(),
        mentor(SCHOOL),
        eigenaar(SCHOOL),
    );
    assert_eq!(beurten(&running(&both, dag(2026, 2, 20))), [(Some(SWV), 12)], "the casusregisseur goes first");
    let child = sam()
        .dagen(SCHOOL, maandag(), &"o".repeat(25))
        .toestand(dag(2026, 2, 12), mentor(SCHOOL), eigenaar(SCHOOL))
        .stap(dag(2026, 2, 20), SWV)
        .stap(dag(2026, 3, 4), GEMEENTE)
        .gebeurtenis(dag(2026, 3, 10), mentor(SCHOOL), Sluiting { reden: SluitReden::Anders, toelichting: "".into() });
    let klok = running(&child, dag(2026, 3, 20));
    let expected = [(Some(SCHOOL), 8 + 11), (Some(SWV), 12), (Some(GEMEENTE), 6), (None, 3)];
    assert_eq!(beurten(&klok), expected);
    assert_eq!(klok.beurten.iter().map(|beurt| beurt.dagen).sum::<u32>(), klok.dag);
    let in_order: Vec<_> =
        klok.wissels(&child.timeline()).iter().map(|wissel| (wissel.organisatie, wissel.dagen.from)).collect();
    let expected = [
        (None, maandag()),
        (Some(SCHOOL), dag(2026, 2, 12)),
        (Some(SWV), dag(2026, 2, 20)),
        (Some(GEMEENTE), dag(2026, 3, 4)),
        (Some(SCHOOL), dag(2026, 3, 10)),
    ];
    assert_eq!(in_order, expected, "after a closing the owner is aan zet again");
}
