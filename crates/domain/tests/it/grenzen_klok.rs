//! Where the clock turns: what opens it and what does not, on the day before and on the day itself.

use std::sync::Arc;

use domain::Date;
use domain::body::{
    Adres, Afwezigheid, InstemmingPlan, Oordeel, Persoonsgegevens, Plan, Rooster, SluitReden, Sluiting, TeBevestigen,
    UitschrijfReden,
};
use domain::calendar::{Schooldagen, Schoolkalender, Vakantieregio};
use domain::dagbeeld::{SchoolVerzuim, Verzuimrijen};
use domain::finding::Gap;
use domain::ids::OrganisatieId;
use domain::klok::{Klok, KlokStand, Opening, klok, klokken, zonder_inschrijving};
use domain::nummers::Gemeentecode;
use domain::period::{Period, plus_days};
use domain::status::status;
use domain::timeline::Timeline;
use domain::verzuim::VerzuimSoort;
use proptest::prelude::*;
use testkit::{Kind, MOEDER, SCHOOL, SCHOOL_TWEE, SWV, dag, kind, leerplicht, mentor, moeder, regio, zelf};

/// Monday 9 February 2026, two weeks before the spring holiday of region Noord (21 February to 1 March).
const MAANDAG: Date = dag(2026, 2, 9);

/// Fourteen years old, at school since the summer, always there until 9 February 2026.
fn sam() -> Kind {
    kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(SCHOOL, dag(2026, 1, 5), &".".repeat(25))
}

fn open(child: &Kind, on: Date) -> Option<Klok> {
    klok(&child.timeline(), on, &regio()).value
}

#[track_caller]
fn alle(child: &Kind, on: Date) -> Vec<(Date, KlokStand)> {
    let spells = klokken(&child.timeline(), on, &regio()).value;
    spells.iter().map(|klok| (klok.begin, klok.stand)).collect()
}

fn onbekend(gaps: &[Gap]) -> Vec<(Date, Date, u32)> {
    let unknown = |gap: &Gap| match gap {
        Gap::Onbekend { van, tot_en_met, schooldagen } => Some((*van, *tot_en_met, *schooldagen)),
        _ => None,
    };
    gaps.iter().filter_map(unknown).collect()
}

#[test]
fn regel_58_een_rooster_zonder_les_is_geen_deelname() {
    let child = sam().toestand(MAANDAG, mentor(SCHOOL), Rooster { kwartieren: [0; 7] });
    assert_eq!(open(&child, dag(2026, 2, 19)), None, "nine days");
    assert_eq!(open(&child, dag(2026, 2, 20)).map(|klok| klok.begin), Some(MAANDAG));
}

#[test]
fn regel_58_van_vier_weken_moet_bekend_zijn_wat_de_eigen_school_aanleverde() {
    // Four weeks before Friday 20 March is Friday 20 February, the last schooldag before the holiday.
    let on = dag(2026, 3, 20);
    let year = dag(2025, 8, 1);
    let rows = [
        ("the whole year", SCHOOL, year, None, vec![]),
        ("just the four weeks", SCHOOL, dag(2026, 2, 20), Some(dag(2026, 3, 21)), vec![]),
        ("a day less at the start", SCHOOL, dag(2026, 2, 21), None, vec![(dag(2026, 2, 20), dag(2026, 2, 20), 1)]),
        ("a day less at the end", SCHOOL, year, Some(on), vec![(on, on, 1)]),
        ("another school's word", SCHOOL_TWEE, year, None, vec![(dag(2026, 2, 20), on, 16)]),
    ];
    let child = kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, year);
    for (story, school, from, until, expected) in rows {
        let delivered = SchoolVerzuim {
            school,
            rijen: Arc::from([]),
            aangeleverd: Arc::from([Period { from, until }]),
            afgewezen: Arc::from([]),
        };
        let timeline = Timeline::new(child.feiten().iter().cloned(), Verzuimrijen { per_school: vec![delivered] });
        let found = klok(&timeline, on, &regio());
        assert_eq!((found.value, onbekend(&found.gaps)), (None, expected), "{story}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// Of a child that missed nothing the days need not be laid out one by one; a row that misses nothing makes that
    /// they are. Both ways say the same.
    #[test]
    fn regel_58_een_rij_waarmee_niets_is_gemist_verandert_klok_noch_status(
        tekens in "[.?]{20,60}",
        rooster in prop::option::of(prop_oneof![Just([0; 7]), Just([20; 7]), Just([20, 20, 0, 20, 20, 0, 0])]),
        thuis in prop::option::of(0..60i32),
        ziek in prop::option::of(0..60i32),
        weg in prop::option::of(40..90i32),
        days in 40..120i32,
    ) {
        let start = dag(2026, 1, 5);
        let story = |tekens: String| {
            let mut child = kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(SCHOOL, start, &tekens);
            if let Some(kwartieren) = rooster {
                child = child.toestand(start, mentor(SCHOOL), Rooster { kwartieren });
            }
            if let Some(day) = thuis {
                child = child.zit_thuis(plus_days(start, day));
            }
            if let Some(day) = ziek {
                let days = Period::through(plus_days(start, day), plus_days(start, day + 16));
                child = child.feit(days, moeder(), Afwezigheid { soort: VerzuimSoort::Ziek, toelichting: "".into() });
            }
            if let Some(day) = weg {
                child = child.uitgeschreven(SCHOOL, plus_days(start, day), UitschrijfReden::Onbekend);
            }
            child.timeline()
        };
        let on = plus_days(start, days);
        let (without, with) = (story(format!(".{tekens}")), story(format!("u{tekens}")));
        prop_assert_eq!(klokken(&without, on, &regio()).value, klokken(&with, on, &regio()).value);
        prop_assert_eq!(status(&without, on, &regio()).value, status(&with, on, &regio()).value);
    }
}

#[test]
fn regel_58_instemming_met_het_ene_plan_is_geen_instemming_met_het_andere() {
    let low = || sam().dagen(SCHOOL, MAANDAG, "..ooo .oooo .oooo oooo.");
    let plan = |child: Kind, valid| {
        let child = child.feit(valid, mentor(SCHOOL), Plan { doel: "opbouw".into(), kwartieren_per_week: None });
        let id = child.laatste();
        (child, id)
    };
    let on = dag(2026, 3, 13);
    let (child, earlier) = plan(low(), Period::through(dag(2026, 1, 5), dag(2026, 2, 8)));
    let (child, now) = plan(child, Period::since(MAANDAG));
    let yes = |child: &Kind, plan| {
        let says = |ouder| InstemmingPlan { plan, ouder, akkoord: true };
        let child = child.clone().gebeurtenis(dag(2026, 1, 5), moeder(), says(Some(MOEDER)));
        child.gebeurtenis(dag(2026, 1, 5), zelf(), says(None))
    };
    assert_eq!(open(&yes(&child, earlier), on).map(|klok| klok.opening), Some(Opening::LageDeelname));
    assert_eq!(open(&yes(&child, now), on), None);
}

#[test]
fn regel_58_onbekende_dagen_van_een_periode_die_voorbij_is_doen_er_niet_meer_toe() {
    let away = |rest: &str| sam().dagen(SCHOOL, MAANDAG, &format!("ooooo ooooo ????? {rest}"));
    let back = away(&".".repeat(25));
    let found = klok(&back.timeline(), dag(2026, 4, 13), &regio());
    assert_eq!((found.value, onbekend(&found.gaps)), (None, vec![]), "back since 9 March: what came before is over");
    let still = away(&"o".repeat(10));
    let found = klok(&still.timeline(), dag(2026, 3, 20), &regio());
    assert!(found.value.is_some());
    assert_eq!(onbekend(&found.gaps), [(dag(2026, 3, 2), dag(2026, 3, 6), 5)], "of an open clock they are told");
    // Nor do unknown days before the spell that is open.
    let before = kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(
        SCHOOL,
        dag(2026, 1, 26),
        "????? ..... ooooo ooooo",
    );
    let found = klok(&before.timeline(), dag(2026, 2, 20), &regio());
    assert_eq!((found.value.map(|klok| klok.begin), onbekend(&found.gaps)), (Some(MAANDAG), vec![]));
}

#[test]
fn regel_60_waarschuwingen_komen_tot_de_klok_stilstaat_en_niet_op_die_dag() {
    // Day 28 is Monday 9 March, day 42 Monday 23 March.
    let warned = |start: Date| {
        let child = sam().dagen(SCHOOL, MAANDAG, &"o".repeat(45)).aanbod(SWV, start, 40).allen_zeggen(Oordeel::Passend);
        let klok = open(&child.realisatie(&[Some(40), Some(40), Some(40)]), plus_days(start, 18)).unwrap();
        assert!(matches!(klok.stand, KlokStand::Gestopt { .. }), "{start}");
        klok.waarschuwingen.iter().map(|warning| warning.week).collect::<Vec<_>>()
    };
    for (start, expected) in [
        (dag(2026, 3, 9), vec![]),
        (dag(2026, 3, 10), vec![4]),
        (dag(2026, 3, 23), vec![4]),
        (dag(2026, 3, 24), vec![4, 6]),
    ] {
        assert_eq!(warned(start), expected, "offer from {start}");
    }
}

#[test]
fn regel_60_wie_al_terug_was_voor_het_aanbod_begon_is_terug() {
    let child = sam()
        .dagen(SCHOOL, MAANDAG, &format!("{}{}", "o".repeat(10), ".".repeat(40)))
        .aanbod(SWV, dag(2026, 3, 9), 40)
        .allen_zeggen(Oordeel::Passend)
        .realisatie(&[Some(40); 6]);
    assert_eq!(alle(&child, dag(2026, 4, 17)), [(MAANDAG, KlokStand::Terug { op: dag(2026, 3, 2) })]);
}

#[test]
fn regel_60_een_klok_van_ouders_of_zonder_inschrijving_rust_nooit_op_ziekte_alleen() {
    let ill = || sam().dagen(SCHOOL, MAANDAG, &"z".repeat(12));
    let rests = |child: &Kind, on| open(child, on).map(|klok| (klok.opening, klok.alleen_ziek_of_geschorst));
    let on = dag(2026, 3, 3);
    assert_eq!(rests(&ill(), on), Some((Opening::GeenDeelname, true)));
    assert_eq!(rests(&ill().zit_thuis(MAANDAG), on), Some((Opening::Verklaard, false)));
    let gone =
        sam().dagen(SCHOOL, MAANDAG, "zzzzz zzzz").uitgeschreven(SCHOOL, dag(2026, 2, 19), UitschrijfReden::Onbekend);
    assert_eq!(rests(&gone, on), Some((Opening::NietIngeschreven, false)));
    // Ill first, and then enrolled nowhere: from that day it is absoluut verzuim, which is leerplicht's to see.
    let then = ill().uitgeschreven(SCHOOL, dag(2026, 2, 25), UitschrijfReden::Onbekend);
    assert_eq!(rests(&then, dag(2026, 2, 25)), Some((Opening::GeenDeelname, true)));
    assert_eq!(rests(&then, on), Some((Opening::GeenDeelname, false)));
}

#[test]
fn regel_60_een_vertrek_van_vroeger_sluit_de_klok_van_nu_niet() {
    let child = kind(dag(2011, 9, 3))
        .ingeschreven(SCHOOL, dag(2024, 8, 1))
        .uitgeschreven(SCHOOL, dag(2025, 3, 14), UitschrijfReden::Buitenland)
        .ingeschreven(SCHOOL, dag(2026, 1, 5))
        .dagen(SCHOOL, dag(2026, 1, 5), &format!("{}{}", ".".repeat(25), "o".repeat(15)));
    assert_eq!(alle(&child, dag(2026, 3, 6)), [(MAANDAG, KlokStand::Loopt)]);
}

#[test]
fn regel_60_wie_naar_een_andere_regio_verhuist_neemt_zijn_klok_mee_op_die_dag() {
    let adres = |code: &str| Adres {
        postcode: None,
        huisnummer: "1".into(),
        gemeente: Some(Gemeentecode::parse(code).unwrap()),
        geheim: false,
    };
    let gone = || sam().uitgeschreven(SCHOOL, dag(2026, 3, 5), UitschrijfReden::Onbekend);
    let (begin, verhuisd) = (dag(2026, 3, 6), dag(2026, 3, 18));
    let away = gone().toestand(verhuisd, leerplicht(), adres("0363"));
    assert_eq!(alle(&away, dag(2026, 3, 17)), [(begin, KlokStand::Loopt)]);
    assert_eq!(alle(&away, verhuisd), [(begin, KlokStand::Gesloten { op: verhuisd })]);
    let span = zonder_inschrijving(&away.timeline(), dag(2026, 3, 17), &regio()).value.pop().unwrap();
    assert_eq!((span.dagen, span.buiten_plicht), (Period::since(begin), false), "until then the duty is here");
    let within = gone().toestand(verhuisd, leerplicht(), adres("0361"));
    assert_eq!(alle(&within, dag(2026, 3, 20)), [(begin, KlokStand::Loopt)], "another house in the region");
}

#[test]
fn regel_60_de_plicht_houdt_de_klok_open_tot_en_met_de_dag_voor_de_achttiende_verjaardag() {
    // Eighteen on Monday 3 September 2029.
    let child = sam().uitgeschreven(SCHOOL, dag(2029, 6, 1), UitschrijfReden::Onbekend);
    let span = |on| {
        let spans = zonder_inschrijving(&child.timeline(), on, &regio()).value;
        spans.iter().map(|span| (span.dagen, span.buiten_plicht)).collect::<Vec<_>>()
    };
    let from = dag(2029, 6, 2);
    assert_eq!(span(dag(2029, 9, 2)), [(Period::since(from), false)]);
    assert_eq!(span(dag(2029, 9, 3)), [(Period::through(from, dag(2029, 9, 2)), true)]);
    // What is said on that day is about a time without a duty: nothing closes it by itself.
    let birthday = dag(2029, 9, 3);
    let closed = (from, KlokStand::Gesloten { op: birthday });
    assert_eq!(alle(&child.zit_thuis(birthday), birthday), [closed, (birthday, KlokStand::Loopt)]);
}

#[test]
fn regel_60_wie_nog_geen_vijf_is_hoeft_niet_te_zijn_ingeschreven() {
    // Five on 10 November 2026; leerplichtig from the first schooldag of December at the latest.
    let child = kind(dag(2021, 11, 10)).woont_hier(dag(2022, 1, 1));
    let spans = |on| zonder_inschrijving(&child.timeline(), on, &regio()).value;
    assert_eq!(spans(dag(2026, 11, 30)), []);
    assert_eq!(spans(dag(2026, 12, 1)).iter().map(|span| span.dagen.from).collect::<Vec<_>>(), [dag(2026, 12, 1)]);
    let at_school =
        child.ingeschreven(SCHOOL, dag(2025, 11, 10)).uitgeschreven(SCHOOL, dag(2026, 3, 6), UitschrijfReden::Onbekend);
    assert_eq!(zonder_inschrijving(&at_school.timeline(), dag(2026, 3, 20), &regio()).value, [], "four years old");
}

#[test]
fn regel_60_het_adres_zegt_beter_dan_de_geboorte_sinds_wanneer_een_kind_hier_woont() {
    let geboren = dag(2019, 11, 10);
    let gegevens = Persoonsgegevens {
        achternaam: "de Boer".into(),
        voorvoegsel: "".into(),
        voornamen: "Sam".into(),
        roepnaam: "Sam".into(),
        geboortedatum: Some(geboren),
        geslacht: domain::body::Geslacht::Onbekend,
        bsn: None,
        onderwijsnummer: None,
    };
    let born = kind(geboren).toestand(geboren, leerplicht(), gegevens);
    let on = dag(2026, 3, 20);
    let begin = |child: &Kind| open(child, on).map(|klok| klok.begin);
    assert_eq!(begin(&born), Some(dag(2024, 12, 2)), "known since birth: from the first day of leerplicht");
    assert_eq!(begin(&born.woont_hier(dag(2026, 3, 2))), Some(dag(2026, 3, 2)), "moved here this spring");
}

#[test]
fn regel_60_van_twee_scholen_telt_de_reden_van_de_laatste_en_een_beloofde_school_is_een_gat() {
    let left = |eerste, tweede| {
        sam()
            .ingeschreven(SCHOOL_TWEE, dag(2026, 2, 1))
            .uitgeschreven(SCHOOL_TWEE, dag(2026, 3, 5), tweede)
            .uitgeschreven(SCHOOL, dag(2026, 3, 5), eerste)
    };
    let on = dag(2026, 3, 20);
    use UitschrijfReden::{AndereSchool, Buitenland, Verwijderd};
    assert!(open(&left(Buitenland, Verwijderd), on).is_some(), "the school of the last enrolment says: expelled");
    assert_eq!(open(&left(Verwijderd, Buitenland), on), None, "abroad");

    let promised = |child: &Kind| {
        let found = klok(&child.timeline(), on, &regio());
        found.gaps.iter().any(|gap| matches!(gap, Gap::Ontbreekt(text) if text.contains("inschrijving vanaf 6 maart 2026 is niet bekend")))
    };
    assert!(promised(&sam().uitgeschreven(SCHOOL, dag(2026, 3, 5), AndereSchool)));
    assert!(!promised(&sam().uitgeschreven(SCHOOL, dag(2026, 3, 5), Verwijderd)));
}

#[test]
fn regel_60_alleen_leerplicht_kan_over_deze_dagen_zeggen_dat_het_geen_absoluut_verzuim_is() {
    let gone = || sam().uitgeschreven(SCHOOL, dag(2026, 3, 5), UitschrijfReden::Verwijderd);
    let on = dag(2026, 3, 20);
    use TeBevestigen::{Absoluut, Thuiszittend};
    for (story, day, by, wat, klopt, expected) in [
        ("leerplicht, on the first day", dag(2026, 3, 6), leerplicht(), Absoluut, false, false),
        ("leerplicht, today", on, leerplicht(), Absoluut, false, false),
        ("leerplicht, the day before it began", dag(2026, 3, 5), leerplicht(), Absoluut, false, true),
        ("leerplicht, tomorrow", dag(2026, 3, 21), leerplicht(), Absoluut, false, true),
        ("leerplicht confirms", dag(2026, 3, 9), leerplicht(), Absoluut, true, true),
        ("leerplicht, of something else", dag(2026, 3, 9), leerplicht(), Thuiszittend, false, true),
        ("the mother", dag(2026, 3, 9), moeder(), Absoluut, false, true),
        ("the school", dag(2026, 3, 9), mentor(SCHOOL), Absoluut, false, true),
    ] {
        assert_eq!(open(&gone().bevestigt(day, by, wat, klopt), on).is_some(), expected, "{story}");
    }
}

#[test]
fn regel_60_tussen_twee_scholen_telt_de_kalender_van_de_laatste() {
    // Region Zuid has its spring holiday a week earlier (14 to 22 February): on Monday 23 February the next school teaches,
    // the last one (Noord) does not until 2 March.
    let kalender = Schoolkalender::van_regio(Vakantieregio::Zuid);
    let dagen = Schooldagen::compile(&kalender, Period::through(dag(2025, 8, 1), dag(2027, 7, 31)));
    let mut rules = regio();
    let school = |rules: &mut domain::region::Rules, id: OrganisatieId| {
        let school = rules.scholen.get_mut(&id).unwrap();
        (school.kalender, school.schooldagen) = (Arc::new(kalender.clone()), Arc::new(dagen.clone()));
    };
    school(&mut rules, SCHOOL_TWEE);
    let child = sam()
        .uitgeschreven(SCHOOL, dag(2026, 2, 20), UitschrijfReden::AndereSchool)
        .ingeschreven(SCHOOL_TWEE, dag(2026, 3, 9));
    let opened = |on| klok(&child.timeline(), on, &rules).value.map(|klok| (klok.begin, klok.gebleken));
    assert_eq!(opened(dag(2026, 2, 23)), None, "holiday at the last school");
    assert_eq!(opened(dag(2026, 3, 2)), Some((dag(2026, 2, 21), dag(2026, 3, 2))));
}

#[test]
fn regel_60_dagen_tellen_op_tot_en_met_twaalf_maanden_na_het_sluiten() {
    // Closed on Friday 3 April 2026, after 28 days at home.
    let again = |day| {
        let child = sam()
            .dagen(SCHOOL, MAANDAG, &"a".repeat(45))
            .aanbod(SWV, dag(2026, 3, 9), 40)
            .allen_zeggen(Oordeel::Passend)
            .realisatie(&[Some(40); 6])
            .zit_thuis(day);
        let spells = klokken(&child.timeline(), day, &regio()).value;
        spells.iter().map(|klok| (klok.begin, klok.dag, klok.eerder)).collect::<Vec<_>>()
    };
    let first = (MAANDAG, 28, 0);
    for (day, earlier) in [(dag(2027, 4, 3), 28), (dag(2027, 4, 4), 0)] {
        assert_eq!(again(day), [first, (day, 1, earlier)]);
    }
}

#[test]
fn regel_58_een_stap_van_voor_het_sluiten_geldt_daarna_niet_meer() {
    let sluiting = || Sluiting { reden: SluitReden::Anders, toelichting: "".into() };
    let closed = dag(2026, 2, 16);
    let turns = |step| {
        let child = sam().dagen(SCHOOL, MAANDAG, &"o".repeat(10)).gebeurtenis(closed, mentor(SCHOOL), sluiting());
        let klok = open(&child.stap(step, SWV), dag(2026, 2, 20)).unwrap();
        klok.beurten.iter().map(|beurt| (beurt.organisatie, beurt.dagen)).collect::<Vec<_>>()
    };
    assert_eq!(turns(plus_days(closed, -1)), [(Some(SWV), 1), (None, 11)]);
    assert_eq!(turns(closed), [(Some(SWV), 5), (None, 7)], "told after the closing, on the same day");
    assert_eq!(turns(plus_days(closed, 1)), [(Some(SWV), 4), (None, 8)]);
}

#[test]
fn regel_58_een_plan_geldt_zolang_ouders_en_leerling_instemmen() {
    // One day a week at school, from 9 February on; four lesweken without a plan open the clock.
    let low = sam().dagen(SCHOOL, MAANDAG, &".oooo".repeat(8));
    let low = low.toestand(MAANDAG, mentor(SCHOOL), Plan { doel: "opbouw".into(), kwartieren_per_week: None });
    let plan = low.laatste();
    let low = low.gebeurtenis(MAANDAG, zelf(), InstemmingPlan { plan, ouder: None, akkoord: true });
    let opened = |said: &[(Date, Option<_>, bool)], on| {
        let child = said.iter().fold(low.clone(), |child, (day, ouder, akkoord)| {
            child.gebeurtenis(*day, moeder(), InstemmingPlan { plan, ouder: *ouder, akkoord: *akkoord })
        });
        open(&child, on).map(|klok| klok.begin)
    };
    let (van_moeder, van_zelf) = (Some(MOEDER), None);
    let (vrijdag, zaterdag, maart) = (dag(2026, 2, 20), dag(2026, 2, 21), dag(2026, 3, 2));
    let agreed = (MAANDAG, van_moeder, true);
    let (fourth, fifth) = (dag(2026, 3, 20), dag(2026, 3, 27));
    for (story, said, at_four, at_five) in [
        ("it stands", vec![agreed], None, None),
        (
            "refused before the second week was over",
            vec![agreed, (vrijdag, van_moeder, false)],
            Some(dag(2026, 2, 16)),
            Some(dag(2026, 2, 16)),
        ),
        ("refused after it", vec![agreed, (zaterdag, van_moeder, false)], None, Some(maart)),
        ("the child refuses", vec![agreed, (vrijdag, van_zelf, false)], Some(dag(2026, 2, 16)), Some(dag(2026, 2, 16))),
        ("taken back", vec![agreed, (vrijdag, van_moeder, false), (maart, van_moeder, true)], None, None),
        ("refused at first", vec![(MAANDAG, van_moeder, false), (maart, van_moeder, true)], None, None),
    ] {
        assert_eq!((opened(&said, fourth), opened(&said, fifth)), (at_four, at_five), "{story}");
    }
}

#[test]
fn regel_60_wie_in_de_vakantie_van_school_wisselt_mist_geen_schooldag() {
    let moves = |enrolled| {
        let child = sam().uitgeschreven(SCHOOL, dag(2026, 2, 20), UitschrijfReden::AndereSchool);
        open(&child.ingeschreven(SCHOOL_TWEE, enrolled), dag(2026, 3, 6)).map(|klok| (klok.begin, klok.opening))
    };
    assert_eq!(moves(dag(2026, 3, 2)), None);
    assert_eq!(moves(dag(2026, 3, 3)), Some((dag(2026, 2, 21), Opening::NietIngeschreven)), "Monday without a school");
}
