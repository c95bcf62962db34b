//! Where an offer turns: who must answer, which hours count, and the day on which it ends.

use domain::Date;
use domain::body::{Aanbod, AanbodSoort, Oordeel, Realisatie};
use domain::fact::FactId;
use domain::finding::Gap;
use domain::ids::PersoonId;
use domain::klok::{KlokStand, klok};
use domain::period::Period;
use domain::status::traject::traject;
use domain::timeline::Timeline;
use testkit::{Kind, MOEDER, SCHOOL, SWV, VADER, ZORG, consulent, dag, kind, regio};

use Oordeel::{NietPassend, Passend};

/// Monday 9 February 2026: the child of these stories is at home from here on.
const MAANDAG: Date = dag(2026, 2, 9);
/// An offer starts on this Monday, and was written a week before.
const START: Date = dag(2026, 3, 9);
/// The Friday on which its first two weeks are over.
const PROEF_VOORBIJ: Date = dag(2026, 3, 20);

fn thuis(geboren: Date) -> Kind {
    kind(geboren).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(SCHOOL, MAANDAG, &"o".repeat(50))
}

fn sam() -> Kind {
    thuis(dag(2011, 9, 3))
}

fn aanbod(kwartieren_per_week: u16) -> Aanbod {
    Aanbod {
        soort: AanbodSoort::Onderwijs,
        wat: "maatwerk".into(),
        voorziening: None,
        organisatie: Some(SWV),
        kwartieren_per_week,
        opbouw: Vec::new(),
        schriftelijk_op: Some(dag(2026, 3, 2)),
    }
}

#[track_caller]
fn stand(child: &Kind, on: Date) -> KlokStand {
    klok(&child.timeline(), on, &regio()).value.unwrap().stand
}

fn gestopt(child: &Kind, on: Date) -> bool {
    matches!(stand(child, on), KlokStand::Gestopt { .. })
}

fn gaten(timeline: &Timeline, tekst: &str) -> usize {
    let found = klok(timeline, PROEF_VOORBIJ, &regio());
    found.gaps.iter().filter(|gap| matches!(gap, Gap::Ontbreekt(text) if text.contains(tekst))).count()
}

/// The story, the birth date, who said what, and whether the clock stopped.
type Antwoordrij<'a> = (&'a str, Date, &'a [(Option<PersoonId>, Oordeel)], bool);

#[test]
fn regel_60_wie_moet_antwoorden_hangt_af_van_de_leeftijd_op_de_dag_van_het_aanbod() {
    // Written on 2 March 2026: who turns twelve or eighteen on that day answers itself, who does so a day later not yet.
    let (elf, twaalf) = (dag(2014, 3, 3), dag(2014, 3, 2));
    let (zeventien, achttien) = (dag(2008, 3, 3), dag(2008, 3, 2));
    let (ouder, kind) = (Some(MOEDER), None);
    let rows: [Antwoordrij<'_>; 13] = [
        ("11: the mother decides", elf, &[(ouder, Passend)], true),
        ("11: the child is not asked", elf, &[(ouder, Passend), (kind, NietPassend)], true),
        ("11: the child alone is nobody", elf, &[(kind, Passend)], false),
        ("12: the mother alone is not enough", twaalf, &[(ouder, Passend)], false),
        ("12: nor is the child", twaalf, &[(kind, Passend)], false),
        ("12: both", twaalf, &[(ouder, Passend), (kind, Passend)], true),
        ("12: the child refuses", twaalf, &[(ouder, Passend), (kind, NietPassend)], false),
        ("17: not the child alone", zeventien, &[(kind, Passend)], false),
        ("17: the mother refuses", zeventien, &[(kind, Passend), (ouder, NietPassend)], false),
        ("18: the youth alone", achttien, &[(kind, Passend)], true),
        ("18: the mother is not asked", achttien, &[(kind, Passend), (ouder, NietPassend)], true),
        ("18: the mother does not answer for the youth", achttien, &[(ouder, Passend)], false),
        (
            "14: a father without gezag is not asked",
            dag(2011, 9, 3),
            &[(ouder, Passend), (kind, Passend), (Some(VADER), NietPassend)],
            true,
        ),
    ];
    for (story, geboren, said, expected) in rows {
        let child = thuis(geboren).aanbod(SWV, START, 40).realisatie(&[Some(40), Some(40)]);
        let aangeboden = child.laatste_aanbod();
        let child =
            said.iter().fold(child, |child, (wie, oordeel)| child.zegt(dag(2026, 3, 3), aangeboden, *wie, *oordeel));
        assert_eq!(gestopt(&child, PROEF_VOORBIJ), expected, "{story}");
    }
}

#[test]
fn regel_60_zwijgen_en_onbekend_gezag_zijn_een_gat_en_een_vol_antwoord_niet() {
    let aangeboden = || sam().aanbod(SWV, START, 40).realisatie(&[Some(40), Some(40)]);
    let (stil, gezag) = ("nog niet iedereen", "Wie het gezag heeft");
    assert_eq!(gaten(&aangeboden().timeline(), "(2)"), 1, "mother and child are silent");
    let all = aangeboden().allen_zeggen(Passend).timeline();
    assert_eq!((gaten(&all, stil), gaten(&all, gezag)), (0, 0), "everybody answered, and gezag is known");

    // Nobody is known to have gezag: a parent who answers counts, and the register says what it does not know.
    let zonder_gezag = |child: &Kind| {
        let known = child.feiten().iter().filter(|fact| !matches!(fact.body, domain::body::Body::Gezag(_))).cloned();
        Timeline::new(known, child.rijen())
    };
    let answered = zonder_gezag(&aangeboden().allen_zeggen(Passend));
    let stand = klok(&answered, PROEF_VOORBIJ, &regio()).value.unwrap().stand;
    assert!(matches!(stand, KlokStand::Gestopt { .. }));
    assert_eq!((gaten(&answered, gezag), gaten(&answered, stil)), (1, 0));
    let only_child = aangeboden();
    let id = only_child.laatste_aanbod();
    let only_child = zonder_gezag(&only_child.zegt(dag(2026, 3, 3), id, None, Passend));
    assert_eq!(klok(&only_child, PROEF_VOORBIJ, &regio()).value.unwrap().stand, KlokStand::Loopt, "no parent answered");
    let adult = thuis(dag(2007, 9, 3)).aanbod(SWV, START, 40).realisatie(&[Some(40), Some(40)]);
    assert_eq!(gaten(&zonder_gezag(&adult.allen_zeggen(Passend)), gezag), 0, "of age: gezag does not matter");
}

#[test]
fn regel_60_antwoord_en_uren_van_het_ene_aanbod_tellen_niet_voor_het_andere() {
    // Of the first the hours were filled in, of the second everybody agreed: neither is an offer that runs.
    let child = sam().aanbod(SWV, START, 40);
    let first = child.laatste_aanbod();
    let hours = |child: Kind, dag| child.gebeurtenis(dag, consulent(), Realisatie { aanbod: first, kwartieren: 40 });
    let child = hours(hours(child, START), dag(2026, 3, 16)).aanbod(ZORG, START, 40).allen_zeggen(Passend);
    assert_eq!(stand(&child, PROEF_VOORBIJ), KlokStand::Loopt);
    assert_eq!(gaten(&child.timeline(), "werkelijk is geleverd"), 1, "of the second nobody knows");
    assert!(gestopt(&child.realisatie(&[Some(40), Some(40)]), PROEF_VOORBIJ));
}

#[test]
fn regel_60_een_aanbod_dat_afloopt_is_tot_en_met_zijn_laatste_dag_in_beproeving_of_omstreden() {
    // Friday 20 March is the last day; Saturday is the first day after it.
    let week = Period::through(dag(2026, 3, 16), dag(2026, 3, 20));
    for (oordeel, expected) in
        [(Oordeel::Proberen, KlokStand::AanbodInBeproeving), (NietPassend, KlokStand::AanbodNietEens)]
    {
        let child = sam().feit(week, consulent(), aanbod(40)).allen_zeggen(oordeel);
        assert_eq!(stand(&child, dag(2026, 3, 20)), expected);
        assert_eq!(stand(&child, dag(2026, 3, 21)), KlokStand::Loopt, "{oordeel:?}: it is over");
    }
}

#[test]
fn regel_60_een_traject_duurt_tot_en_met_zijn_laatste_dag() {
    let weeks = Period::through(START, dag(2026, 3, 27));
    let child =
        sam().feit(weeks, consulent(), aanbod(40)).allen_zeggen(Passend).realisatie(&[Some(40), Some(40), Some(40)]);
    let found = |on| traject(&child.timeline(), on, &regio());
    let last = found(dag(2026, 3, 27));
    let aangeboden = child.laatste_aanbod();
    assert_eq!(last.value.map(|traject| (traject.aanbod, traject.vanaf)), Some((aangeboden, START)));
    assert!(
        last.because.contains(&aangeboden) && last.because.len() == 6,
        "the offer, two answers, three weeks of hours"
    );
    assert_eq!(found(dag(2026, 3, 28)).value, None);
    assert_eq!(stand(&child, dag(2026, 3, 27)), KlokStand::Gestopt { vanaf: START, aanbod: aangeboden });
    assert_eq!(stand(&child, dag(2026, 3, 28)), KlokStand::Loopt, "it did not hold for twenty schooldagen");
}

#[test]
fn regel_60_een_aanbod_van_nul_uur_stopt_de_klok_niet() {
    let child = sam().aanbod(SWV, START, 0).allen_zeggen(Passend).realisatie(&[Some(0), Some(0)]);
    assert_eq!(stand(&child, PROEF_VOORBIJ), KlokStand::Loopt);
}

#[test]
fn regel_60_zorg_telt_vanaf_de_dag_waarop_zij_begint_tenzij_ingevulde_uren_haar_tegenspreken() {
    let care = |weeks: &[Option<u16>]| {
        let child = sam().aanbod_van(AanbodSoort::Zorg, ZORG, START, 20).allen_zeggen(Passend);
        child.realisatie(weeks)
    };
    let runs = |child: &Kind, on| matches!(stand(child, on), KlokStand::ZorgLoopt { vanaf: START, .. });
    assert!(!runs(&care(&[]), dag(2026, 3, 8)), "it has not begun");
    assert!(runs(&care(&[]), START));
    assert!(runs(&care(&[Some(16), Some(16)]), PROEF_VOORBIJ), "80 percent");
    assert!(!runs(&care(&[Some(16), Some(15)]), PROEF_VOORBIJ), "less");
    assert!(runs(&care(&[Some(0)]), PROEF_VOORBIJ), "of the second week nothing is known");
    assert!(!runs(&care(&[Some(0), Some(0)]), PROEF_VOORBIJ), "nothing was delivered");
}

#[test]
fn regel_60_ingevulde_uren_van_ondersteuning_zieke_leerlingen_gaan_voor_de_aanname() {
    let aangeboden = |weeks: &[Option<u16>]| {
        sam().aanbod_van(AanbodSoort::ZiekeLeerlingen, ZORG, START, 8).allen_zeggen(Passend).realisatie(weeks)
    };
    let on = dag(2026, 3, 27);
    assert!(gestopt(&aangeboden(&[]), on), "without hours: that it started is enough");
    assert!(gestopt(&aangeboden(&[Some(8), Some(8), Some(8)]), on));
    assert_eq!(stand(&aangeboden(&[Some(8), Some(8), Some(0)]), on), KlokStand::Loopt, "the hours fell away");
}

#[test]
fn regel_60_de_klok_noemt_alles_waarop_hij_rust() {
    let child = sam()
        .aanbod(SWV, START, 40)
        .allen_zeggen(Passend)
        .realisatie(&[Some(40), Some(40)])
        .stap(dag(2026, 2, 16), SWV);
    let found = klok(&child.timeline(), PROEF_VOORBIJ, &regio());
    // The offer, both answers, both weeks of hours, and the step that gave the turn.
    let last = child.laatste().0;
    let aangeboden = child.laatste_aanbod().0;
    for id in aangeboden..=last {
        assert!(found.because.contains(&FactId(id)), "fact {id} is not among the reasons");
    }
    let mut rules: Vec<&str> = found.under.iter().map(|citation| citation.regel).collect();
    rules.sort_unstable();
    assert_eq!(rules, ["58", "59", "60", "61"]);
}

#[test]
fn regel_60_een_aanbod_dat_pas_later_geleverd_blijkt_stopt_een_klok_en_wist_er_geen_uit() {
    let begin = |child: &Kind, on| klok(&child.timeline(), on, &regio()).value.map(|klok| klok.begin);
    let aangeboden = |weeks: &[Option<u16>]| sam().aanbod(SWV, MAANDAG, 40).allen_zeggen(Passend).realisatie(weeks);
    // Ten schooldagen at home are over on Friday 20 February; then the hours of one week only are known.
    let late = aangeboden(&[None, Some(40), None, Some(40)]);
    assert_eq!(begin(&late, dag(2026, 2, 20)), Some(MAANDAG));
    let stopped = KlokStand::Gestopt { vanaf: dag(2026, 2, 16), aanbod: late.laatste_aanbod() };
    assert_eq!((begin(&late, dag(2026, 3, 6)), stand(&late, dag(2026, 3, 6))), (Some(MAANDAG), stopped));
    let at_once = aangeboden(&[Some(40), Some(40), None, Some(40)]);
    for on in [dag(2026, 2, 19), dag(2026, 2, 20), dag(2026, 3, 6)] {
        assert_eq!(begin(&at_once, on), None, "delivered from the first day on, seen on the tenth");
    }

    // Delivered from the first day, and fallen away after the holiday: at home since 2 March.
    let fallen = aangeboden(&[Some(40), Some(40), None, Some(0), Some(0)]);
    assert_eq!(begin(&fallen, dag(2026, 3, 12)), None, "nine days");
    assert_eq!(begin(&fallen, dag(2026, 3, 13)), Some(dag(2026, 3, 2)));
    // In a region that opens after five: while nobody could see that the hours were falling away nothing opened.
    let mut five = regio();
    five.klok.schooldagen_zonder_deelname = 5;
    let slowly =
        kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(SCHOOL, MAANDAG, "..........oooooooooo");
    let slowly = slowly.aanbod(SWV, MAANDAG, 40).allen_zeggen(Passend);
    let slowly = slowly.realisatie(&[Some(40), Some(40), None, Some(30), Some(20)]);
    let opened = |on| klok(&slowly.timeline(), on, &five).value.map(|klok| (klok.begin, klok.gebleken));
    assert_eq!(opened(dag(2026, 3, 12)), None, "80 percent over the last two weeks that are over");
    assert_eq!(opened(dag(2026, 3, 20)), Some((dag(2026, 3, 2), dag(2026, 3, 13))));

    // The same for a child that leaves its school: in the first weeks of the offer, or after them.
    let leaves = |day| {
        let child = kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(SCHOOL, MAANDAG, &".".repeat(20));
        let child = child.uitgeschreven(SCHOOL, day, domain::body::UitschrijfReden::Onbekend);
        child.aanbod(SWV, dag(2026, 3, 2), 40).allen_zeggen(Passend).realisatie(&[Some(40); 4])
    };
    let during = leaves(dag(2026, 3, 8));
    for on in [START, PROEF_VOORBIJ, dag(2026, 3, 27)] {
        assert_eq!(begin(&during, on), Some(START), "{on}");
    }
    let after = leaves(dag(2026, 3, 15));
    assert_eq!((begin(&after, dag(2026, 3, 16)), begin(&after, dag(2026, 3, 27))), (None, None));
}

#[test]
fn an_offer_is_passend_when_all_who_must_answer_say_so_and_as_long_as_they_do() {
    use domain::status::passend::passend;
    let (moeder, zelf) = (Some(MOEDER), None);
    let offered = || sam().aanbod(SWV, START, 40);
    let id = offered().laatste_aanbod();
    let said = dag(2026, 3, 3);
    let on = dag(2026, 3, 20);
    let holds = |child: &Kind, on| passend(&child.timeline(), on).value;
    assert!(!holds(&offered(), on), "nobody answered");
    assert!(!holds(&offered().zegt(said, id, moeder, Passend), on), "the child did not");
    let both = || offered().zegt(said, id, moeder, Passend).zegt(said, id, zelf, Passend);
    assert!(holds(&both(), on));
    assert!(holds(&both(), dag(2026, 3, 4)), "before it begins");
    assert!(!holds(&both(), dag(2026, 3, 2)), "before they said so");
    assert_eq!(passend(&both().timeline(), on).because.len(), 3, "the offer and both answers");
    let trying = offered().zegt(said, id, moeder, Passend).zegt(said, id, zelf, Oordeel::Proberen);
    assert!(!holds(&trying, on), "wij proberen het");
    let later = both().zegt(dag(2026, 3, 12), id, zelf, NietPassend);
    assert!(holds(&later, dag(2026, 3, 11)) && !holds(&later, dag(2026, 3, 12)));
    let unwritten = Aanbod { schriftelijk_op: None, ..aanbod(40) };
    let unwritten = sam().toestand(START, consulent(), unwritten);
    let id = unwritten.laatste_aanbod();
    let unwritten = unwritten.zegt(said, id, moeder, Passend).zegt(said, id, zelf, Passend);
    assert!(!holds(&unwritten, on), "not written down");
}
