//! Stories in which the clock or a melding once went wrong.

use domain::Date;
use domain::body::{
    Afwezigheid, InstemmingPlan, Melding, MeldingSoort, Oordeel, Plan, Relatie, RijCorrectie, UitschrijfReden, ZitThuis,
};
use domain::calendar::begin_van_dag;
use domain::dagbeeld::gecorrigeerd;
use domain::decide::{Command, View, decide};
use domain::fact::{Actor, Rol};
use domain::finding::Gap;
use domain::ids::MedewerkerId;
use domain::klok::{Klok, Opening, klok};
use domain::period::{Period, from_day_number, plus_days};
use domain::termijnen::{Stand, termijnen};
use domain::verzuim::{Duur, Rij, VerzuimSoort};
use testkit::{Kind, LEERLING, MOEDER, SCHOOL, SCHOOL_TWEE, SWV, VADER, dag, kind, mentor, moeder, regio, vader, zelf};

/// Fourteen years old, always at school until Monday 9 February 2026.
fn sam() -> Kind {
    kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(SCHOOL, dag(2026, 1, 5), &".".repeat(25))
}

fn maandag() -> Date {
    dag(2026, 2, 9)
}

fn open(child: &Kind, on: Date) -> Option<Klok> {
    klok(&child.timeline(), on, &regio()).value
}

fn begin(child: &Kind, on: Date) -> Option<Date> {
    open(child, on).map(|klok| klok.begin)
}

#[test]
fn wat_ouders_later_zeggen_stelt_het_begin_niet_uit() {
    let away = || sam().dagen(SCHOOL, maandag(), "ooooo ooooo ooooo");
    let told = away().zit_thuis(dag(2026, 2, 16));
    let on = dag(2026, 3, 6);
    assert_eq!((begin(&away(), on), begin(&told, on)), (Some(maandag()), Some(maandag())));
    assert_eq!(open(&told, on).map(|klok| klok.gebleken), Some(dag(2026, 2, 16)), "it could be known from then on");
    assert_eq!(begin(&told, dag(2026, 2, 19)), Some(dag(2026, 2, 16)), "nine days away open nothing yet");
    assert_eq!(begin(&told, dag(2026, 2, 20)), Some(maandag()));
}

#[test]
fn een_eerdere_periode_die_voorbij_was_trekt_het_begin_niet_terug() {
    // Away in November, back for more than twenty days, and at home again from 9 February.
    let child = kind(dag(2011, 9, 3))
        .ingeschreven(SCHOOL, dag(2025, 8, 1))
        .dagen(SCHOOL, dag(2025, 11, 3), &format!("{}{}", "o".repeat(10), ".".repeat(48)))
        .dagen(SCHOOL, maandag(), "ooooo ooooo")
        .zit_thuis(dag(2026, 2, 11));
    assert_eq!(begin(&child, dag(2026, 2, 20)), Some(maandag()));
}

/// Away from 9 February, twelve good days at the one school, then so many at the other from a day on.
fn van_school_naar_school(first_day: Date, good_days: usize) -> Kind {
    sam()
        .dagen(SCHOOL, maandag(), "ooooo ooooo")
        .dagen(SCHOOL, dag(2026, 3, 2), &".".repeat(12))
        .uitgeschreven(SCHOOL, dag(2026, 3, 17), UitschrijfReden::AndereSchool)
        .ingeschreven(SCHOOL_TWEE, first_day)
        .dagen(SCHOOL_TWEE, first_day, &".".repeat(good_days))
}

#[test]
fn dagen_voor_en_na_een_tijd_zonder_school_zijn_samen_niet_terug() {
    let gap = |good_days| van_school_naar_school(dag(2026, 5, 18), good_days);
    assert_eq!(begin(&gap(8), dag(2026, 5, 29)), Some(maandag()), "twelve days, two months of nothing, eight days");
    assert_eq!(begin(&gap(20), dag(2026, 6, 30)), None, "twenty days at the new school are back");
    let at_once = |good_days| van_school_naar_school(dag(2026, 3, 18), good_days);
    assert_eq!(begin(&at_once(8), dag(2026, 3, 27)), None, "a change of school breaks nothing");
}

#[test]
fn niemand_is_te_laat_voordat_de_ouders_het_zeiden() {
    let told = dag(2026, 3, 10);
    let words = ZitThuis { relatie: Some(Relatie::Moeder), woorden: "".into() };
    let child = kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).feit_bekend(
        Period::since(dag(2026, 1, 12)),
        begin_van_dag(told),
        moeder(),
        words,
    );
    assert_eq!(begin(&child, dag(2026, 3, 9)), None, "nobody had said anything");
    let klok = open(&child, told).unwrap();
    assert_eq!((klok.begin, klok.gebleken, klok.dag), (dag(2026, 1, 12), told, 58));
    let terms = termijnen(&child.timeline(), told, &regio());
    let of_the_clock: Vec<_> = terms.iter().filter(|term| ["58", "59"].contains(&term.regel.regel)).collect();
    assert!(!of_the_clock.is_empty());
    for term in of_the_clock {
        assert!(term.kon_weten >= told && term.stand != Stand::TeLaat, "{term:?}");
    }
}

/// Two mornings a week from 9 February on.
fn twee_ochtenden(child: Kind) -> Kind {
    child.dagen(SCHOOL, maandag(), &"hhooo".repeat(14))
}

#[test]
fn een_aanbod_dat_nooit_wordt_geleverd_houdt_geen_klok_tegen() {
    let low = twee_ochtenden(sam());
    let on = dag(2026, 6, 12);
    assert_eq!(begin(&low, on), Some(maandag()));
    let accepted = twee_ochtenden(sam().aanbod(SWV, maandag(), 40).allen_zeggen(Oordeel::Passend));
    // Its first weeks are those until 20 February; the holiday follows.
    let klok = open(&accepted, on).unwrap();
    assert_eq!((klok.begin, klok.opening), (dag(2026, 3, 2), Opening::LageDeelname), "nobody filled in any hours");
    assert_eq!(
        begin(&accepted.clone().realisatie(&[Some(0); 18]), on),
        Some(dag(2026, 3, 2)),
        "no hour of it was given"
    );
    assert_eq!(begin(&accepted.clone().realisatie(&[Some(40); 18]), on), None, "it is delivered");
    let mut stopped = [Some(0); 18];
    stopped[..7].fill(Some(40));
    let fell_away = open(&accepted.realisatie(&stopped), on).unwrap();
    assert!(fell_away.begin > dag(2026, 3, 23), "{fell_away:?}");
}

#[test]
fn een_plan_is_afgesproken_als_iedereen_die_moet_het_eens_is() {
    let plan = Plan { doel: "opbouw".into(), kwartieren_per_week: None };
    let child = twee_ochtenden(sam().met_gezag(VADER, dag(2011, 9, 3))).toestand(maandag(), mentor(SCHOOL), plan);
    let plan = child.laatste();
    let agrees =
        |child: Kind, by, ouder| child.gebeurtenis(maandag(), by, InstemmingPlan { plan, ouder, akkoord: true });
    let on = dag(2026, 6, 12);
    let mother = agrees(child, moeder(), Some(MOEDER));
    let found = klok(&mother.timeline(), on, &regio());
    assert_eq!(found.value.map(|klok| klok.begin), Some(maandag()), "one parent is not both");
    let silent = |gap: &Gap| matches!(gap, Gap::Ontbreekt(text) if text.contains("Op het plan vanaf 9 februari 2026"));
    assert!(found.gaps.iter().any(silent), "{:?}", found.gaps);
    let parents = agrees(mother, vader(), Some(VADER));
    assert_eq!(begin(&parents, on), Some(maandag()), "Sam is fourteen and was not asked");
    assert_eq!(begin(&agrees(parents, zelf(), None), on), None);
}

#[test]
fn een_opgave_van_afwezigheid_legt_alleen_rijen_waar_geen_levering_staat() {
    let away = Afwezigheid { soort: VerzuimSoort::Ziek, toelichting: "".into() };
    let stated = Period::through(maandag(), dag(2026, 2, 13));
    // Delivered: away without reason; not delivered; a lesson of which the row was refused; two loose rows.
    let rows = |child: &Kind, on| -> Vec<(Date, VerzuimSoort, Duur)> {
        let schools = gecorrigeerd(&child.timeline(), on);
        let rows = schools.iter().flat_map(|school| school.rijen.iter().filter_map(|packed| Rij::unpack(*packed)));
        rows.map(|rij| (from_day_number(rij.dag.into()), rij.soort, rij.duur)).collect()
    };
    let child = sam().dagen(SCHOOL, maandag(), "o?!OZ").feit(stated, moeder(), away.clone());
    let ziek = |day| (dag(2026, 2, day), VerzuimSoort::Ziek, Duur::Dag);
    let ongeoorloofd = |day| (dag(2026, 2, day), VerzuimSoort::Ongeoorloofd, Duur::Dag);
    let expected = [ongeoorloofd(9), ziek(10), ziek(11), ongeoorloofd(12), ziek(13)];
    assert_eq!(rows(&child, dag(2026, 3, 1)), expected);
    assert_eq!(rows(&child, dag(2026, 2, 10)), [ongeoorloofd(9), ziek(10), ongeoorloofd(12), ziek(13)]);
    let never_delivered = kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).feit(stated, moeder(), away);
    assert_eq!(rows(&never_delivered, dag(2026, 3, 1)), [9, 10, 11, 12, 13].map(ziek));
}

/// Why the school may not report this on 20 March 2026, or `None`.
fn weigering(child: &Kind, soort: MeldingSoort, begin: Date) -> Option<String> {
    let today = dag(2026, 3, 20);
    let by = Actor::Medewerker { id: MedewerkerId::new(20), organisatie: SCHOOL, rol: Rol::Verzuimcoordinator };
    let melding = Melding {
        soort,
        begin,
        einde: None,
        reden: "afspraken mislukt".into(),
        alle_lessen: true,
        actie_school: "".into(),
        actie_gewenst: "".into(),
        meldingsnummer: "".into(),
    };
    let (timeline, rules) = (child.timeline(), regio());
    let view = View::new(LEERLING, &timeline, &rules);
    let command = Command::stel(Period::day(today), melding.into()).unwrap();
    let refusal = decide(&view, command, &by, begin_van_dag(today)).err()?;
    assert!(soort == MeldingSoort::O || refusal.wat_te_doen.contains("O (overig)"), "{refusal:?}");
    Some(refusal.waarom)
}

#[test]
fn geen_melding_als_er_alleen_met_reden_is_gemist() {
    use MeldingSoort::{L, Lrv, O, V3};
    let child = || sam().woont_hier(dag(2025, 8, 2));
    let zondag = dag(2026, 2, 8);
    let refused = |child: &Kind, soort, words: &str| {
        let why = weigering(child, soort, zondag).unwrap_or_default();
        assert!(why.contains(words), "{soort:?}: {why}");
    };
    let ill = child().dagen(SCHOOL, maandag(), &"z".repeat(25));
    let corrected = (0..5).fold(child().dagen(SCHOOL, maandag(), "ooooo"), |child, day| {
        let wordt = Some((VerzuimSoort::Ziek, Duur::Dag));
        let ziek = RijCorrectie { lesuur: 0, soort: VerzuimSoort::Ongeoorloofd, wordt, reden: "was ziek".into() };
        child.gebeurtenis(plus_days(maandag(), day), mentor(SCHOOL), ziek)
    });
    for soort in [V3, Lrv, L] {
        refused(&ill, soort, "Ziekte en schorsing");
        refused(&corrected, soort, "Ziekte en schorsing");
        refused(&child().dagen(SCHOOL, maandag(), "vvttt"), soort, "niets gemist zonder geldige reden");
    }
    refused(&ill, O, "nog geen contact met de ouders");
    for tekens in ["zzooo", "?????", "vvvvl"] {
        assert_eq!(weigering(&child().dagen(SCHOOL, maandag(), tekens), V3, zondag), None, "{tekens}");
    }
}
