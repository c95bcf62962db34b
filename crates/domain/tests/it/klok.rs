//! The clock (rules 58 to 61): how it opens, runs, stands still and ends.

use domain::Date;
use domain::body::{
    AanbodSoort, Afwezigheid, InstemmingPlan, Kennisgeving, Oordeel, Plan, SluitReden, Sluiting, TeBevestigen,
    UitschrijfReden, VrijstellingSoort,
};
use domain::fact::FactId;
use domain::finding::{Finding, Gap};
use domain::klok::{Beurt, Gehaald, Klok, KlokStand, Label, Opening, Stuk, klok, klokken, waarom};
use domain::period::plus_days;
use domain::verzuim::VerzuimSoort;
use testkit::{
    GEMEENTE, Kind, MOEDER, SCHOOL, SCHOOL_TWEE, SWV, VADER, ZORG, consulent, dag, kind, leerplicht, mentor, moeder,
    regio, zelf,
};

/// Fourteen years old, at school since the summer, always there until 9 February 2026.
fn sam() -> Kind {
    kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(SCHOOL, dag(2026, 1, 5), &".".repeat(25))
}

/// Monday 9 February 2026, two weeks before the spring holiday (21 February to 1 March).
fn maandag() -> Date {
    dag(2026, 2, 9)
}

fn open(child: &Kind, on: Date) -> Option<Klok> {
    klok(&child.timeline(), on, &regio()).value
}

#[track_caller]
fn running(child: &Kind, on: Date) -> Klok {
    open(child, on).unwrap_or_else(|| panic!("geen klok op {on}"))
}

fn alle(child: &Kind, on: Date) -> Finding<Vec<Klok>> {
    klokken(&child.timeline(), on, &regio())
}

fn beurten(klok: &Klok) -> Vec<(Option<domain::ids::OrganisatieId>, u32)> {
    klok.beurten.iter().map(|Beurt { organisatie, dagen, .. }| (*organisatie, *dagen)).collect()
}

#[test]
fn regel_59_de_klok_van_sam() {
    // practice.md P12: ill and away before the holiday, away after it; nobody acted in the first week.
    let sam = sam().dagen(SCHOOL, maandag(), "zzzzo ooooo ooooo ooooo ooooo").stap(dag(2026, 2, 16), SCHOOL);
    let klok = running(&sam, dag(2026, 3, 20));
    assert_eq!((klok.begin, klok.opening, klok.stand), (maandag(), Opening::GeenDeelname, KlokStand::Loopt));
    assert_eq!((klok.dag, klok.doel, klok.gehaald), (40, dag(2026, 5, 9), Gehaald::Nog));
    assert_eq!(beurten(&klok), [(Some(SCHOOL), 33), (None, 7)]);
    assert_eq!(klok.gebleken, dag(2026, 2, 20));
    let stuk = |van, tot_en_met, schooldagen, soorten: &[(VerzuimSoort, u32)]| Stuk::Schooldagen {
        van,
        tot_en_met,
        schooldagen,
        zonder_deelname: schooldagen,
        onbekend: 0,
        soorten: soorten.iter().copied().collect(),
    };
    assert_eq!(
        waarom(&sam.timeline(), &klok, dag(2026, 3, 20), &regio()),
        [
            stuk(maandag(), dag(2026, 2, 20), 10, &[(VerzuimSoort::Ziek, 4), (VerzuimSoort::Ongeoorloofd, 6)]),
            Stuk::Vakantie { van: dag(2026, 2, 21), tot_en_met: dag(2026, 3, 1) },
            stuk(dag(2026, 3, 2), dag(2026, 3, 20), 15, &[(VerzuimSoort::Ongeoorloofd, 15)]),
        ]
    );
    assert!(!klok.alleen_ziek_of_geschorst && klok.labels.is_empty());
}

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
fn regel_60_vakantie_ertussen_is_een_periode() {
    let child = sam().dagen(SCHOOL, dag(2026, 2, 16), "ooooo ooooo ooooo");
    let klok = running(&child, dag(2026, 3, 6));
    assert_eq!((klok.begin, klok.opening), (dag(2026, 2, 16), Opening::GeenDeelname));
}

#[test]
fn regel_60_een_andere_school_zet_de_klok_niet_terug() {
    let child = sam()
        .dagen(SCHOOL, maandag(), "ooooo ooooo")
        .uitgeschreven(SCHOOL, dag(2026, 2, 28), UitschrijfReden::AndereSchool)
        .ingeschreven(SCHOOL_TWEE, dag(2026, 3, 1))
        .dagen(SCHOOL_TWEE, dag(2026, 3, 2), "..... ...oo ooooo ooooo");
    let klok = running(&child, dag(2026, 3, 27));
    assert_eq!((klok.begin, klok.dag), (maandag(), 47));
    let short = sam()
        .dagen(SCHOOL, maandag(), "ooooo")
        .uitgeschreven(SCHOOL, dag(2026, 2, 15), UitschrijfReden::AndereSchool)
        .ingeschreven(SCHOOL_TWEE, dag(2026, 2, 16))
        .dagen(SCHOOL_TWEE, dag(2026, 2, 16), "ooooo");
    assert_eq!(running(&short, dag(2026, 2, 20)).begin, maandag(), "a run crosses schools");
}

#[test]
fn regel_60_wie_door_een_van_twee_scholen_gezien_is_doet_mee() {
    let child = sam().ingeschreven(SCHOOL_TWEE, dag(2026, 2, 1)).dagen(SCHOOL, maandag(), "ooooo ooooo ooooo").dagen(
        SCHOOL_TWEE,
        maandag(),
        "uuuuu uuuuu ooooo",
    );
    assert_eq!(open(&child, dag(2026, 3, 6)), None);
}

#[test]
fn regel_60_terug_is_twintig_schooldagen_op_rij() {
    let away = || sam().dagen(SCHOOL, maandag(), "ooooo ooooo");
    let back = away().dagen(SCHOOL, dag(2026, 3, 2), &".".repeat(20));
    assert_eq!(running(&back, dag(2026, 3, 26)).stand, KlokStand::Loopt, "nineteen days");
    assert_eq!(open(&back, dag(2026, 3, 27)), None);
    let spell = alle(&back, dag(2026, 3, 27)).value;
    assert_eq!(spell[0].stand, KlokStand::Terug { op: dag(2026, 3, 2) });
    assert_eq!((spell[0].dag, spell[0].gehaald), (21, Gehaald::Ja));

    let drop = away().dagen(SCHOOL, dag(2026, 3, 2), &format!("{}ooooo", ".".repeat(19)));
    let klok = running(&drop, dag(2026, 4, 2));
    assert_eq!((klok.begin, klok.stand), (maandag(), KlokStand::Loopt), "nineteen good days, then a drop");

    let unknown = away().dagen(SCHOOL, dag(2026, 3, 2), &format!("{}?{}", ".".repeat(10), ".".repeat(10)));
    assert!(open(&unknown, dag(2026, 3, 30)).is_some(), "twenty days that are known, on end");
}

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
fn regel_58_een_aanbod_zonder_klok_dat_wegvalt_opent_er_geen() {
    let child = sam()
        .dagen(SCHOOL, maandag(), &format!("w{}", ".".repeat(39)))
        .aanbod(SWV, dag(2026, 2, 9), 8)
        .allen_zeggen(Oordeel::Passend)
        .realisatie(&[Some(8), Some(8), None, Some(0), Some(0)]);
    assert_eq!(alle(&child, dag(2026, 4, 3)).value, []);
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

#[test]
fn regel_60_wie_niet_is_ingeschreven_heeft_een_klok() {
    let gone = sam().uitgeschreven(SCHOOL, dag(2026, 3, 5), UitschrijfReden::Verwijderd);
    assert_eq!(open(&gone, dag(2026, 3, 5)), None);
    let klok = running(&gone, dag(2026, 3, 6));
    assert_eq!((klok.begin, klok.opening), (dag(2026, 3, 6), Opening::NietIngeschreven));
    let of_old = gone.clone().bevestigt(dag(2025, 10, 1), leerplicht(), TeBevestigen::Absoluut, false);
    assert!(open(&of_old, dag(2026, 3, 6)).is_some(), "said of an earlier time");
    let dismissed = gone.bevestigt(dag(2026, 3, 9), leerplicht(), TeBevestigen::Absoluut, false);
    assert_eq!(open(&dismissed, dag(2026, 3, 20)), None, "leerplicht found the enrolment");

    let abroad = sam().uitgeschreven(SCHOOL, dag(2026, 3, 5), UitschrijfReden::Buitenland);
    assert_eq!(open(&abroad, dag(2026, 4, 1)), None);
    let summer = sam().uitgeschreven(SCHOOL, dag(2026, 7, 10), UitschrijfReden::AndereSchool);
    assert_eq!(open(&summer, dag(2026, 8, 14)), None, "no schooldag without enrolment yet");
    let klok = running(&summer, dag(2026, 8, 17));
    assert_eq!((klok.begin, klok.dag), (dag(2026, 7, 11), 38), "the summer counts all the same");
}

#[test]
fn regel_60_nooit_ingeschreven() {
    // Five years old on 10 November 2024: duty from the first schooldag of December.
    let never = kind(dag(2019, 11, 10)).woont_hier(dag(2021, 5, 1));
    assert_eq!(open(&never, dag(2024, 12, 1)), None);
    let klok = running(&never, dag(2026, 3, 20));
    assert_eq!((klok.begin, klok.opening, klok.gehaald), (dag(2024, 12, 2), Opening::NietIngeschreven, Gehaald::Nee));
    let enrolled = never.ingeschreven(SCHOOL, dag(2026, 4, 1));
    assert_eq!(running(&enrolled, dag(2026, 4, 10)).begin, dag(2024, 12, 2), "enrolment alone ends nothing");
    let at_school = enrolled.dagen(SCHOOL, dag(2026, 4, 1), &".".repeat(20));
    assert_eq!(alle(&at_school, dag(2026, 5, 20)).value[0].stand, KlokStand::Terug { op: dag(2026, 4, 1) });
}

#[test]
fn regel_60_voor_de_eerste_inschrijving_telt_alleen_wat_de_gemeente_toen_wist() {
    let on = dag(2025, 7, 1);
    let knew = sam().woont_hier(dag(2025, 6, 2));
    assert_eq!(running(&knew, on).begin, dag(2025, 6, 2));
    let told_later = sam().feit_bekend(
        domain::period::Period::since(dag(2025, 6, 2)),
        domain::calendar::begin_van_dag(dag(2025, 10, 1)),
        leerplicht(),
        domain::body::Adres { postcode: None, huisnummer: "1".into(), gemeente: None, geheim: false },
    );
    assert_eq!(open(&told_later, on), None, "until then the child may have been at a school elsewhere");
}

#[test]
fn regel_60_na_het_einde_van_de_plicht_hoeft_niemand_ingeschreven_te_zijn() {
    // Eighteen on 3 September 2029.
    let child = sam().uitgeschreven(SCHOOL, dag(2029, 6, 1), UitschrijfReden::Onbekend);
    assert_eq!(running(&child, dag(2029, 8, 30)).begin, dag(2029, 6, 2));
    assert_eq!(open(&child, dag(2029, 9, 3)), None);
    assert_eq!(alle(&child, dag(2029, 9, 3)).value[0].stand, KlokStand::Gesloten { op: dag(2029, 9, 3) });
}

#[test]
fn regel_60_wie_vertrekt_neemt_zijn_klok_mee() {
    let away = || sam().dagen(SCHOOL, maandag(), &"o".repeat(20));
    let on = dag(2026, 4, 1);
    let abroad = away().uitgeschreven(SCHOOL, dag(2026, 3, 13), UitschrijfReden::Buitenland);
    assert_eq!(open(&abroad, on), None);
    assert_eq!(alle(&abroad, on).value[0].stand, KlokStand::Gesloten { op: dag(2026, 3, 14) });
    let verwijderd = away().uitgeschreven(SCHOOL, dag(2026, 3, 13), UitschrijfReden::Verwijderd);
    assert_eq!(running(&verwijderd, on).begin, maandag(), "leaving a school ends nothing");

    // Nineteen years old: enrolled without a duty; the clock runs as long as the enrolment does.
    let adult = kind(dag(2007, 1, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(SCHOOL, maandag(), &"o".repeat(20));
    assert_eq!(running(&adult, on).begin, maandag());
    let left = adult.uitgeschreven(SCHOOL, dag(2026, 3, 13), UitschrijfReden::EindeOnderwijs);
    assert_eq!(open(&left, on), None);
}

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
fn regel_60_zonder_lesuren_is_alleen_volledige_deelname_zeker_terug() {
    let mut without = regio();
    without.scholen.values_mut().for_each(|school| school.uren.clear());
    let child = sam().dagen(SCHOOL, maandag(), "ooooo ooooo").dagen(
        SCHOOL,
        dag(2026, 3, 2),
        &format!("{}o{}", ".".repeat(10), ".".repeat(20)),
    );
    let stand = |on| klokken(&child.timeline(), on, &without).value[0].stand;
    assert_eq!(stand(dag(2026, 3, 30)), KlokStand::Loopt, "how much nineteen of twenty days are is not known");
    assert_eq!(stand(dag(2026, 4, 14)), KlokStand::Terug { op: dag(2026, 3, 17) });
}

#[test]
fn regel_61_maanden_worden_afgekapt_aan_het_einde() {
    let child = kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).zit_thuis(dag(2025, 11, 30));
    assert_eq!(running(&child, dag(2026, 1, 20)).doel, dag(2026, 2, 28));
}

#[test]
fn regel_60_vrijgesteld_beeindigt_de_telling_niet() {
    let exempt = sam().dagen(SCHOOL, maandag(), "ooooo ooooo").uitgeschreven(
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
    let exempt =
        exempt.gebeurtenis(dag(2026, 2, 20), leerplicht(), statement).toestand(dag(2026, 3, 2), leerplicht(), notice);
    let klok = running(&exempt, dag(2026, 3, 20));
    assert_eq!((klok.begin, klok.dag), (maandag(), 40));
    assert_eq!(klok.labels, [Label::VrijgesteldZonderLeeraanbod]);
}

#[test]
fn regel_60_thuis_op_verzoek_van_de_school_telt_gewoon_mee() {
    let child = sam().dagen(SCHOOL, maandag(), "ttttt ttttt");
    let klok = running(&child, dag(2026, 2, 20));
    assert_eq!((klok.begin, klok.alleen_ziek_of_geschorst), (maandag(), false));
    assert!(running(&sam().dagen(SCHOOL, maandag(), "ggggg zzzzz"), dag(2026, 2, 20)).alleen_ziek_of_geschorst);
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
