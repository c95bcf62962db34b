//! An offer stops the clock when it is written, agreed to and delivered; a stopped clock closes or goes on.

use super::*;

#[test]
fn regel_60_een_aanbod_dat_is_geleverd_stopt_de_klok_vanaf_zijn_start() {
    let start = dag(2026, 3, 9);
    let gedaan =
        || sam().dagen(SCHOOL, maandag(), &"o".repeat(40)).aanbod(SWV, start, 40).allen_zeggen(Oordeel::Proberen);
    assert_eq!(running(&gedaan(), dag(2026, 3, 8)).stand, KlokStand::AanbodInBeproeving);
    assert_eq!(running(&gedaan(), dag(2026, 3, 19)).stand, KlokStand::AanbodInBeproeving);

    let delivered = gedaan().realisatie(&[Some(40), Some(24)]);
    let aanbod = delivered.laatste_aanbod();
    let klok = running(&delivered, dag(2026, 3, 20));
    assert_eq!(klok.stand, KlokStand::Gestopt { vanaf: start, aanbod });
    assert_eq!((klok.dag, klok.gehaald), (28, Gehaald::Ja));

    let short = running(&gedaan().realisatie(&[Some(40), Some(23)]), dag(2026, 3, 20));
    assert_eq!((short.stand, short.dag), (KlokStand::Loopt, 40), "79 percent: it runs on from the original start");
    let unknown = klok_met_gaten(&gedaan(), dag(2026, 3, 20));
    assert_eq!(unknown.0, KlokStand::Loopt, "nobody filled in the hours");
    assert!(unknown.1.iter().any(|gap| gap.contains("werkelijk is geleverd")));

    let late = gedaan().realisatie(&[Some(0), Some(40), Some(40)]);
    let klok = running(&late, dag(2026, 3, 27));
    assert_eq!(klok.stand, KlokStand::Gestopt { vanaf: dag(2026, 3, 16), aanbod: late.laatste_aanbod() });
}

fn klok_met_gaten(child: &Kind, on: Date) -> (KlokStand, Vec<String>) {
    let found = klok(&child.timeline(), on, &regio());
    let gaps = found.gaps.iter().filter_map(|gap| match gap {
        Gap::Ontbreekt(text) => Some(text.clone()),
        _ => None,
    });
    (found.value.unwrap().stand, gaps.collect())
}

#[test]
fn regel_60_een_aanbod_dat_midden_in_de_week_begint_heeft_twee_hele_weken_na_die_dagen() {
    // Wednesday 11 March: three days (24 quarters agreed) and two weeks.
    let aanbod = |weeks: &[Option<u16>]| {
        sam()
            .dagen(SCHOOL, maandag(), &"o".repeat(40))
            .aanbod(SWV, dag(2026, 3, 11), 40)
            .allen_zeggen(Oordeel::Proberen)
            .realisatie(weeks)
    };
    let child = aanbod(&[Some(24), Some(40), Some(20)]);
    assert_eq!(running(&child, dag(2026, 3, 20)).stand, KlokStand::AanbodInBeproeving);
    let stand = running(&child, dag(2026, 3, 27)).stand;
    assert_eq!(stand, KlokStand::Gestopt { vanaf: dag(2026, 3, 11), aanbod: child.laatste_aanbod() }, "84 of 104");
    assert_eq!(
        running(&aanbod(&[Some(24), Some(40), Some(19)]), dag(2026, 3, 27)).stand,
        KlokStand::Loopt,
        "83 of 104"
    );
}

#[test]
fn regel_60_van_een_week_met_een_vrije_dag_wordt_vier_vijfde_verwacht() {
    // Easter Monday is 6 April: 32 quarters in that week, 40 in the next; 80 percent of 72 is 57.6.
    let aanbod = |first| {
        sam()
            .dagen(SCHOOL, maandag(), &"o".repeat(60))
            .aanbod(SWV, dag(2026, 4, 7), 40)
            .allen_zeggen(Oordeel::Proberen)
            .realisatie(&[Some(first), Some(32)])
    };
    assert!(matches!(running(&aanbod(26), dag(2026, 4, 17)).stand, KlokStand::Gestopt { .. }));
    assert_eq!(running(&aanbod(25), dag(2026, 4, 17)).stand, KlokStand::Loopt);
}

#[test]
fn regel_60_een_aanbod_op_de_eigen_school_dat_houdt_sluit_de_klok() {
    let child = sam()
        .dagen(SCHOOL, maandag(), "ooooo ooooo")
        .aanbod(SCHOOL, dag(2026, 3, 2), 100)
        .allen_zeggen(Oordeel::Passend)
        .dagen(SCHOOL, dag(2026, 3, 2), &".".repeat(20));
    let spells = alle(&child, dag(2026, 3, 27)).value;
    assert_eq!((spells.len(), spells[0].stand), (1, KlokStand::Gesloten { op: dag(2026, 3, 27) }));
}

#[test]
fn regel_60_uren_van_de_eigen_school_komen_uit_haar_rijen() {
    // Forty of a hundred quarters agreed: two days a week at school, adapted timetable on the others.
    let child = sam()
        .dagen(SCHOOL, maandag(), "ooooo ooooo ooooo")
        .aanbod(SCHOOL, dag(2026, 3, 9), 40)
        .allen_zeggen(Oordeel::Passend)
        .dagen(SCHOOL, dag(2026, 3, 9), "..aaa ..aaa");
    let stand = running(&child, dag(2026, 3, 20)).stand;
    assert_eq!(stand, KlokStand::Gestopt { vanaf: dag(2026, 3, 9), aanbod: child.laatste_aanbod() });
}

#[test]
fn regel_60_niet_op_papier_of_niet_beantwoord_is_geen_aanbod() {
    let child = || sam().dagen(SCHOOL, maandag(), &"o".repeat(30)).aanbod(SWV, dag(2026, 3, 2), 40);
    let hours = &[Some(40), Some(40), Some(40)];
    let silent = child().realisatie(hours);
    assert_eq!(running(&silent, dag(2026, 3, 20)).stand, KlokStand::Loopt);
    let aanbod = silent.laatste_aanbod();
    let only_mother = silent.zegt(dag(2026, 3, 1), aanbod, Some(MOEDER), Oordeel::Passend);
    let (stand, gaps) = klok_met_gaten(&only_mother, dag(2026, 3, 20));
    assert_eq!(stand, KlokStand::Loopt, "Sam is fourteen and has not answered");
    assert!(gaps.iter().any(|gap| gap.contains("nog niet iedereen")));
    let both = only_mother.zegt(dag(2026, 3, 1), aanbod, None, Oordeel::Proberen);
    assert!(matches!(running(&both, dag(2026, 3, 20)).stand, KlokStand::Gestopt { .. }));
    let father = both.met_gezag(VADER, dag(2011, 9, 3));
    assert_eq!(running(&father, dag(2026, 3, 20)).stand, KlokStand::Loopt, "the father has authority too");
}

#[test]
fn regel_60_niet_passend_is_gehaald_noch_voorbij() {
    let child = sam().dagen(SCHOOL, maandag(), &"o".repeat(30)).aanbod(SWV, dag(2026, 3, 16), 40);
    let aanbod = child.laatste_aanbod();
    let child = child.zegt(dag(2026, 3, 12), aanbod, None, Oordeel::Proberen).zegt(
        dag(2026, 3, 12),
        aanbod,
        Some(MOEDER),
        Oordeel::NietPassend,
    );
    for (on, day) in [(dag(2026, 3, 20), 40), (dag(2026, 5, 20), 101)] {
        let klok = running(&child, on);
        assert_eq!((klok.stand, klok.gehaald, klok.dag), (KlokStand::AanbodNietEens, Gehaald::Nog, day));
        let oneens = klok.oneens.unwrap();
        assert_eq!((oneens.aanbod, oneens.reacties.len()), (aanbod, 2), "both views");
        assert_eq!(oneens.casustafel_uiterlijk, Some(dag(2026, 3, 26)), "ten schooldagen");
    }
    let changed = child.zegt(dag(2026, 3, 15), aanbod, Some(MOEDER), Oordeel::Proberen);
    assert_eq!(running(&changed, dag(2026, 3, 20)).stand, KlokStand::AanbodInBeproeving);
}

#[test]
fn regel_60_alleen_zorg_haalt_het_doel_maar_leren_loopt_nog_niet() {
    let child = sam()
        .dagen(SCHOOL, maandag(), &"o".repeat(60))
        .aanbod_van(AanbodSoort::Zorg, ZORG, dag(2026, 3, 11), 16)
        .allen_zeggen(Oordeel::Passend);
    let aanbod = child.laatste_aanbod();
    let klok = running(&child, dag(2026, 3, 20));
    let herzien_uiterlijk = dag(2026, 4, 22);
    assert_eq!(klok.stand, KlokStand::ZorgLoopt { vanaf: dag(2026, 3, 11), aanbod, herzien_uiterlijk });
    assert_eq!(klok.gehaald, Gehaald::Ja);
    assert!(open(&child, dag(2026, 6, 1)).is_some(), "care alone closes nothing");
}

#[test]
fn regel_60_ondersteuning_zieke_leerlingen_die_begon_telt_als_aanbod() {
    let child = sam()
        .dagen(SCHOOL, maandag(), &"z".repeat(60))
        .aanbod_van(AanbodSoort::ZiekeLeerlingen, ZORG, dag(2026, 3, 11), 8)
        .allen_zeggen(Oordeel::Passend);
    assert!(matches!(running(&child, dag(2026, 3, 20)).stand, KlokStand::Gestopt { .. }));
}

/// Away from 9 February; an offer of forty quarters a week from 9 March, of which these weeks were delivered.
fn met_aanbod(weeks: &[Option<u16>]) -> Kind {
    sam()
        .dagen(SCHOOL, maandag(), &"a".repeat(90))
        .aanbod(SWV, dag(2026, 3, 9), 40)
        .allen_zeggen(Oordeel::Passend)
        .realisatie(weeks)
}

#[test]
fn regel_60_een_gestopte_klok_sluit_na_twintig_schooldagen() {
    // 3 April is Good Friday (lessons), 6 April Easter Monday: the fifth week makes the twenty full.
    let held = met_aanbod(&[Some(40); 8]);
    assert!(open(&held, dag(2026, 4, 2)).is_some());
    let spells = alle(&held, dag(2026, 4, 24)).value;
    assert_eq!(spells.len(), 1, "while the offer is delivered nothing opens");
    assert_eq!(spells[0].stand, KlokStand::Gesloten { op: dag(2026, 4, 3) });
    assert_eq!((spells[0].dag, spells[0].gehaald), (28, Gehaald::Ja));
}

#[test]
fn regel_60_een_terugval_voor_het_sluiten_zet_de_klok_voort() {
    let dropped = met_aanbod(&[Some(40), Some(40), Some(10), Some(0)]);
    let klok = running(&dropped, dag(2026, 4, 3));
    assert_eq!((klok.begin, klok.stand, klok.dag, klok.eerder), (maandag(), KlokStand::Loopt, 54, 0));
}

#[test]
fn regel_60_een_terugval_binnen_twaalf_maanden_telt_op() {
    let mut weeks = vec![Some(40); 5];
    weeks.extend([Some(4), Some(0)]);
    let relapse = met_aanbod(&weeks);
    let spells = alle(&relapse, dag(2026, 4, 24)).value;
    assert_eq!(spells.len(), 2);
    let again = &spells[1];
    assert_eq!((again.begin, again.opening, again.eerder), (dag(2026, 4, 13), Opening::LageDeelname, 28));
    // Counted as if it had started 28 days earlier: 16 March plus three months.
    assert_eq!((again.doel, again.dag), (dag(2026, 6, 16), 12));
    assert_eq!(again.waarschuwingen[0].dag_zelf, dag(2026, 4, 13));

    // Held again, and lost again: all days at home add up.
    weeks.extend([Some(40); 7]);
    weeks.extend([Some(0), Some(0)]);
    let thrice = met_aanbod(&weeks).dagen(SCHOOL, dag(2026, 6, 20), &"a".repeat(10));
    let spells = alle(&thrice, dag(2026, 7, 3)).value;
    let days: Vec<_> = spells.iter().map(|klok| (klok.dag, klok.eerder)).collect();
    assert_eq!(days, [(28, 0), (21, 28), (19, 49)]);

    // The same absence more than twelve months after the clock closed stands alone.
    let aanbod_tot = domain::period::Period { from: dag(2026, 3, 9), until: Some(dag(2026, 4, 18)) };
    let mut later = relapse_after(aanbod_tot, dag(2027, 4, 12));
    assert_eq!(later.pop().map(|klok| (klok.begin, klok.eerder)), Some((dag(2027, 4, 12), 0)));
    let mut within = relapse_after(aanbod_tot, dag(2027, 3, 15));
    assert_eq!(within.pop().map(|klok| (klok.begin, klok.eerder)), Some((dag(2027, 3, 15), 28)));
}

/// A closed clock, an offer that ended, a good year, and ten days away from a day on.
fn relapse_after(aanbod: domain::period::Period, away: Date) -> Vec<Klok> {
    let child = sam()
        .dagen(SCHOOL, maandag(), &"a".repeat(45))
        .feit(
            aanbod,
            consulent(),
            domain::body::Aanbod {
                soort: AanbodSoort::Onderwijs,
                wat: "maatwerk".into(),
                voorziening: None,
                organisatie: Some(SWV),
                kwartieren_per_week: 40,
                opbouw: Vec::new(),
                schriftelijk_op: Some(dag(2026, 3, 2)),
            },
        )
        .allen_zeggen(Oordeel::Passend)
        .realisatie(&[Some(40); 6]);
    let good = domain::period::Period { from: dag(2026, 4, 20), until: Some(away) };
    let schooldagen = regio().scholen[&SCHOOL].kalender.telling(good).schooldagen;
    let child =
        child.dagen(SCHOOL, dag(2026, 4, 20), &".".repeat(schooldagen as usize)).dagen(SCHOOL, away, "ooooo ooooo");
    alle(&child, plus_days(away, 20)).value
}
