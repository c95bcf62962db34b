//! Where a status turns: the last day on which it does not hold, the first on which it does, and how sure it is.

use std::sync::Arc;

use domain::Date;
use domain::body::{
    AanbodSoort, Kennisgeving, Oordeel, TeBevestigen, UitschrijfReden, Verlof, VerlofGrond, VrijstellingBesluit,
    VrijstellingSoort,
};
use domain::dagbeeld::{SchoolVerzuim, Verzuimrijen};
use domain::period::{Period, plus_days};
use domain::status::definities::{DEFINITIES, Definitie};
use domain::status::dreigend::{Dreigend, dreigend};
use domain::status::langdurig::langdurig;
use domain::status::relatief::relatief;
use domain::status::thuiszittend::thuiszittend;
use domain::status::vrijstelling::{Dekking, vrijstelling, zonder_leeraanbod};
use domain::status::{StatusSoort, Zekerheid, status};
use domain::timeline::Timeline;
use testkit::{Kind, SCHOOL, SCHOOL_TWEE, SWV, ZORG, dag, kind, leerplicht, moeder, regio, zelf};

/// Monday 9 February 2026, two weeks before the spring holiday (21 February to 1 March).
const MAANDAG: Date = dag(2026, 2, 9);

fn sam() -> Kind {
    kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(SCHOOL, dag(2026, 1, 5), &".".repeat(25))
}

fn away() -> Kind {
    sam().dagen(SCHOOL, MAANDAG, &"o".repeat(25))
}

#[track_caller]
fn check(child: &Kind, on: Date, soort: StatusSoort, sinds: Option<Date>, zekerheid: Option<Zekerheid>) {
    let found = status(&child.timeline(), on, &regio()).value;
    assert_eq!((found.soort, found.sinds, found.zekerheid), (soort, sinds, zekerheid), "on {on}");
}

#[test]
fn who_left_before_the_summer_is_in_absoluut_verzuim_before_the_clock_opens() {
    // No schooldag has passed without enrolment until Monday 17 August: no clock yet, but nothing to count on either.
    let gone = sam().uitgeschreven(SCHOOL, dag(2026, 7, 10), UitschrijfReden::Onbekend);
    let vermoedelijk = Some(Zekerheid::Vermoedelijk);
    check(&gone, dag(2026, 7, 10), StatusSoort::NietBekend, None, None);
    check(&gone, dag(2026, 7, 11), StatusSoort::Absoluut, Some(dag(2026, 7, 11)), vermoedelijk);
    check(&gone, dag(2026, 8, 16), StatusSoort::Absoluut, Some(dag(2026, 7, 11)), vermoedelijk);
    let confirmed = gone.bevestigt(dag(2026, 7, 20), leerplicht(), TeBevestigen::Absoluut, true);
    check(&confirmed, dag(2026, 8, 16), StatusSoort::Absoluut, Some(dag(2026, 7, 11)), Some(Zekerheid::Bevestigd));
}

#[test]
fn care_heads_the_page_by_its_own_name() {
    let child = away().aanbod_van(AanbodSoort::Zorg, ZORG, dag(2026, 3, 9), 16).allen_zeggen(Oordeel::Passend);
    check(&child, dag(2026, 3, 8), StatusSoort::Thuiszittend, Some(MAANDAG), Some(Zekerheid::Vermoedelijk));
    check(&child, dag(2026, 3, 9), StatusSoort::ZorgLoopt, Some(dag(2026, 3, 9)), None);
    let words = status(&child.timeline(), dag(2026, 3, 20), &regio()).value.woorden();
    assert_eq!(words, "zorg loopt, leren nog niet");
    let both = child.aanbod(SWV, dag(2026, 3, 9), 40).allen_zeggen(Oordeel::Passend).realisatie(&[Some(40), Some(40)]);
    check(&both, dag(2026, 3, 20), StatusSoort::InTraject, Some(dag(2026, 3, 9)), None);
}

#[test]
fn a_traject_without_a_clock_heads_the_page_too() {
    let child = sam()
        .dagen(SCHOOL, MAANDAG, &format!("w{}", ".".repeat(19)))
        .aanbod(SWV, MAANDAG, 8)
        .allen_zeggen(Oordeel::Passend)
        .realisatie(&[Some(8), Some(8)]);
    check(&child, dag(2026, 2, 20), StatusSoort::InTraject, Some(MAANDAG), None);
}

#[test]
fn exempt_with_care_alone_has_nothing_to_learn_from() {
    let exempt = sam().uitgeschreven(SCHOOL, dag(2026, 2, 8), UitschrijfReden::Vrijstelling).toestand(
        MAANDAG,
        leerplicht(),
        VrijstellingBesluit { grond: VrijstellingSoort::A3a, toegekend: true },
    );
    let on = dag(2026, 3, 20);
    let without = |child: &Kind| zonder_leeraanbod(&child.timeline(), on, &regio()).value.map(|found| found.sinds);
    let aangeboden = |soort| {
        let child = exempt.clone().aanbod_van(soort, ZORG, dag(2026, 3, 2), 8).allen_zeggen(Oordeel::Passend);
        child.realisatie(&[Some(8), Some(8)])
    };
    assert_eq!(without(&exempt), Some(MAANDAG));
    assert_eq!(without(&aangeboden(AanbodSoort::Zorg)), Some(MAANDAG), "care");
    assert_eq!(without(&aangeboden(AanbodSoort::OnderwijsZorg)), None, "education and care");
    assert_eq!(without(&aangeboden(AanbodSoort::Onderwijs)), None, "education");
}

#[test]
fn an_exemption_covers_its_first_and_its_last_day() {
    let besluit = VrijstellingBesluit { grond: VrijstellingSoort::A3b, toegekend: true };
    let child = sam().feit(Period::through(dag(2026, 3, 2), dag(2026, 7, 31)), leerplicht(), besluit);
    for (on, covered) in
        [(dag(2026, 3, 1), false), (dag(2026, 3, 2), true), (dag(2026, 7, 31), true), (dag(2026, 8, 1), false)]
    {
        let found = vrijstelling(&child.timeline(), on, &regio()).value;
        assert_eq!(matches!(found, Dekking::Gedekt { .. }), covered, "{on}");
    }
    let notice = Kennisgeving {
        grond: VrijstellingSoort::A5b,
        ontvangen: dag(2026, 3, 2),
        eerder: false,
        geen_jaarlijkse_verklaring: false,
    };
    let both = child.toestand(dag(2026, 3, 2), moeder(), notice);
    let found = vrijstelling(&both.timeline(), dag(2026, 3, 3), &regio()).value;
    let granted = Dekking::Gedekt { grond: VrijstellingSoort::A3b, sinds: dag(2026, 3, 2) };
    assert_eq!(found, granted, "what was granted goes before what nobody tested");
}

#[test]
fn what_another_school_delivered_does_not_make_a_child_look_fine() {
    // Moved to another school at Christmas; the old one still delivers for all its pupils, the new one nothing.
    let child = kind(dag(2011, 9, 3))
        .ingeschreven(SCHOOL_TWEE, dag(2024, 8, 1))
        .uitgeschreven(SCHOOL_TWEE, dag(2025, 12, 31), UitschrijfReden::AndereSchool)
        .ingeschreven(SCHOOL, dag(2026, 1, 1));
    let delivered = |school, from| SchoolVerzuim {
        school,
        rijen: Arc::from([]),
        aangeleverd: Arc::from([Period::since(from)]),
        afgewezen: Arc::from([]),
    };
    let found = |per_school| {
        let timeline = Timeline::new(child.feiten().iter().cloned(), Verzuimrijen { per_school });
        status(&timeline, dag(2026, 3, 20), &regio()).value.soort
    };
    assert_eq!(found(vec![delivered(SCHOOL_TWEE, dag(2024, 8, 1))]), StatusSoort::NietBekend);
    assert_eq!(found(vec![delivered(SCHOOL, dag(2026, 1, 1))]), StatusSoort::GaatNaarSchool);
}

#[test]
fn less_and_less_needs_as_many_weeks_before_and_more_than_half_of_them_low() {
    let on = dag(2026, 3, 20);
    let numbers = |found: Option<Dreigend>| found.map(|found| (found.nu, found.eerder));
    let less = |child: Kind| numbers(dreigend(&child.timeline(), on, &regio()).value);
    let sam = |tekens| less(sam().dagen(SCHOOL, MAANDAG, tekens));
    for (story, tekens, expected) in [
        // Five weeks from 9 February; the first counts with the four before it.
        ("three of four weeks low", "..... ooo.. ooo.. ...oo .....", Some((60, 100))),
        ("two of four weeks low", "..... ooo.. ooo.. ..... .....", None),
        ("just under 80 percent", "..... hwww. hwww. hwww. hww..", Some((79, 100))),
        ("80 percent", "..... hwww. hwww. hwww. hw...", None),
        ("a week of which nothing is known is passed over", "....o ..hoo ????? ...oo .oo..", Some((62, 100))),
    ] {
        assert_eq!(sam(tekens), expected, "{story}");
    }
    let since = |enrolled, tekens: &str| {
        less(kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, enrolled).dagen(SCHOOL, enrolled, tekens))
    };
    let falling = "....o ..hoo ...oo .oo..";
    assert_eq!(since(dag(2026, 2, 2), &format!("..... ..... {falling}")), None, "two weeks to compare with");
    assert_eq!(since(dag(2026, 2, 16), falling), None, "nothing to compare with");
    let as_bad = "..oo. ".repeat(8);
    assert_eq!(since(dag(2026, 1, 19), &as_bad), None, "it does not fall");
}

#[test]
fn regel_7_long_is_four_lesweken_counted_from_weekday_to_weekday() {
    // First and last day of the absence; the holiday of 21 February to 1 March counts for nothing.
    for (first, last, long) in [
        (MAANDAG, dag(2026, 3, 13), false),
        (MAANDAG, dag(2026, 3, 16), true),
        (dag(2026, 2, 11), dag(2026, 3, 17), false),
        (dag(2026, 2, 11), dag(2026, 3, 18), true),
        (dag(2026, 2, 13), dag(2026, 3, 19), false),
        (dag(2026, 2, 13), dag(2026, 3, 20), true),
    ] {
        let child = sam()
            .dagen(SCHOOL, MAANDAG, &".".repeat(usize::try_from((first - MAANDAG).get_days()).unwrap()))
            .dagen(SCHOOL, first, &"o".repeat(30));
        let found = langdurig(&child.timeline(), last, &regio());
        assert_eq!(found.value.map(|found| found.sinds), long.then_some(first), "{first} to {last}");
    }
}

#[test]
fn regel_7_what_is_not_known_neither_counts_nor_breaks() {
    let on = dag(2026, 3, 27);
    let since = |tekens: &str| {
        let child = sam().dagen(SCHOOL, MAANDAG, tekens);
        langdurig(&child.timeline(), on, &regio()).value.map(|found| (found.sinds, found.dagen))
    };
    assert_eq!(since("ooooo ooooo ????? ooooo ooooo ooooo"), Some((MAANDAG, 47)));
    assert_eq!(since("ooooo ooooo oo.oo ooooo ooooo ooooo"), None, "a day at school breaks it");
    assert_eq!(since("ooooo ooooo ooooo ooooo ooooo oooo."), None, "back today");
    assert_eq!(since("ooooo ooooo ooooo ooooo ooooo oooo?"), Some((MAANDAG, 46)), "of today nothing is known");
}

#[test]
fn relatief_looks_back_four_lesweken_and_leave_excuses() {
    // Asked on Friday 13 March: the lesweken of 9 and 16 February, 2 and 9 March.
    let on = dag(2026, 3, 13);
    let found = |child: &Kind| {
        relatief(&child.timeline(), on, &regio()).value.map(|found| (found.sinds, found.dagen, found.kwartieren))
    };
    let child = |week_before: &str| {
        let before =
            kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(SCHOOL, dag(2026, 2, 2), week_before);
        before.dagen(SCHOOL, MAANDAG, "..... ..... ..... ....o")
    };
    assert_eq!(found(&child("....o")), Some((on, 1, Some(20))), "the fifth week back does not count");
    let first =
        kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(SCHOOL, MAANDAG, "o.... ..... ..... ....l");
    assert_eq!(found(&first), Some((MAANDAG, 2, Some(40))), "holiday without leave counts");
    let leave = |toegekend| {
        let verlof = Verlof { grond: VerlofGrond::G, toegekend, kwartieren_per_week: 0 };
        found(&first.clone().gebeurtenis(on, leerplicht(), verlof))
    };
    assert_eq!(leave(true), Some((MAANDAG, 1, Some(20))));
    assert_eq!(leave(false), Some((MAANDAG, 2, Some(40))), "leave that was refused excuses nothing");
}

#[test]
fn only_the_last_word_of_leerplicht_within_the_spell_counts_and_only_until_today() {
    let on = dag(2026, 3, 20);
    use TeBevestigen::{Absoluut, Thuiszittend};
    let sure = |words: &[(Date, domain::fact::Actor, TeBevestigen, bool)]| {
        let child = words.iter().fold(away(), |child, (day, by, wat, klopt)| child.bevestigt(*day, *by, *wat, *klopt));
        status(&child.timeline(), on, &regio()).value.zekerheid.unwrap()
    };
    let (l, m, z) = (leerplicht(), moeder(), zelf());
    let day = |n| plus_days(MAANDAG, n);
    for (story, words, expected) in [
        ("on the first day", vec![(MAANDAG, l, Thuiszittend, true)], Zekerheid::Bevestigd),
        ("the day before", vec![(day(-1), l, Thuiszittend, true)], Zekerheid::Vermoedelijk),
        ("today", vec![(on, l, Thuiszittend, true)], Zekerheid::Bevestigd),
        ("tomorrow", vec![(day(40), l, Thuiszittend, true)], Zekerheid::Vermoedelijk),
        ("of something else", vec![(day(1), l, Absoluut, true)], Zekerheid::Vermoedelijk),
        (
            "parents first",
            vec![(day(1), m, Thuiszittend, false), (day(2), l, Thuiszittend, true)],
            Zekerheid::Bevestigd,
        ),
        (
            "the child after",
            vec![(day(1), l, Thuiszittend, true), (day(2), z, Thuiszittend, false)],
            Zekerheid::Betwist,
        ),
        (
            "the parent takes it back",
            vec![(day(1), l, Thuiszittend, true), (day(2), m, Thuiszittend, false), (day(3), m, Thuiszittend, true)],
            Zekerheid::Bevestigd,
        ),
        (
            "leerplicht takes it back",
            vec![(day(1), l, Thuiszittend, true), (day(2), l, Thuiszittend, false)],
            Zekerheid::Weersproken,
        ),
    ] {
        assert_eq!(sure(&words), expected, "{story}");
    }
}

#[test]
fn a_definition_holds_from_its_first_day_until_its_last() {
    let (last, first) = (dag(2016, 2, 2), dag(2016, 2, 3));
    let holds = |on| DEFINITIES.iter().filter(|d| d.geldt(on)).map(|d| d.definitie).collect::<Vec<_>>();
    assert_eq!(holds(last), [Definitie::OcwTot2016, Definitie::Inspectie, Definitie::Regio]);
    assert_eq!(holds(first), [Definitie::Ocw2016, Definitie::Inspectie, Definitie::Regio]);
    assert_eq!(Definitie::from_code("thuiszitter"), None);
}

#[test]
fn the_region_counts_while_the_clock_runs_and_not_while_an_offer_is_delivered() {
    let counted = |child: &Kind, on| thuiszittend(&child.timeline(), on, &regio(), Definitie::Regio).value.is_some();
    let aangeboden = away().aanbod(SWV, dag(2026, 3, 9), 40);
    let on = dag(2026, 3, 20);
    assert!(counted(&aangeboden, on), "written, and nobody answered");
    assert!(counted(&aangeboden.clone().allen_zeggen(Oordeel::NietPassend), on), "disputed");
    let agreed = aangeboden.allen_zeggen(Oordeel::Proberen);
    assert!(counted(&agreed, dag(2026, 3, 19)), "its first weeks are not over");
    assert!(!counted(&agreed.realisatie(&[Some(40), Some(40)]), on), "delivered");
    let care = away().aanbod_van(AanbodSoort::Zorg, ZORG, dag(2026, 3, 9), 16).allen_zeggen(Oordeel::Passend);
    assert!(!counted(&care, on), "care");
}
