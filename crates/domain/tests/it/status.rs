//! Derived statuses: what they rest on, and how sure they are.

use domain::Date;
use domain::body::{
    Aanbod, Hoedanigheid, Kennisgeving, KennisgevingToets, Oordeel, TeBevestigen, ToetsUitkomst, UitschrijfReden,
    Verklaring, Verlof, VerlofGrond, VrijstellingBesluit, VrijstellingSoort,
};
use domain::finding::Gap;
use domain::status::absoluut::absoluut;
use domain::status::definities::Definitie;
use domain::status::dreigend::dreigend;
use domain::status::langdurig::langdurig;
use domain::status::relatief::relatief;
use domain::status::thuiszittend::thuiszittend;
use domain::status::traject::traject;
use domain::status::vrijstelling::{Dekking, vrijstelling, zonder_leeraanbod};
use domain::status::ziek::ziek_in_overleg;
use domain::status::{StatusSoort, Zekerheid, status};
use testkit::{Kind, SCHOOL, SWV, dag, kind, leerplicht, moeder, regio, zelf};

fn sam() -> Kind {
    kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(SCHOOL, dag(2026, 1, 5), &".".repeat(25))
}

fn maandag() -> Date {
    dag(2026, 2, 9)
}

fn away() -> Kind {
    sam().dagen(SCHOOL, maandag(), &"o".repeat(25))
}

#[track_caller]
fn check(child: &Kind, on: Date, soort: StatusSoort, woorden: &str) {
    let found = status(&child.timeline(), on, &regio());
    assert_eq!((found.value.soort, found.value.woorden().as_str()), (soort, woorden));
    assert!(!found.under.is_empty(), "a status cites its rule");
}

#[test]
fn the_headline_follows_the_clock() {
    let vermoedelijk = "thuiszittende leerling (vermoedelijk; nog niet bevestigd door de leerplichtambtenaar)";
    check(&sam(), dag(2026, 2, 6), StatusSoort::GaatNaarSchool, "gaat naar school");
    check(&away(), dag(2026, 2, 19), StatusSoort::GaatNaarSchool, "gaat naar school");
    check(&away(), dag(2026, 3, 20), StatusSoort::Thuiszittend, vermoedelijk);
    check(&away(), dag(2026, 6, 1), StatusSoort::Thuiszittend, &format!("{vermoedelijk}, drie maanden voorbij"));
    let ill = sam().dagen(SCHOOL, maandag(), &"z".repeat(25));
    check(&ill, dag(2026, 3, 20), StatusSoort::ZiekInOverleg, "ziek, onderwijs in overleg");
    let nothing = kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1));
    check(&nothing, dag(2026, 3, 20), StatusSoort::NietBekend, "niet bekend of deze leerling naar school gaat");
    let traject =
        away().aanbod(SWV, dag(2026, 3, 2), 40).allen_zeggen(Oordeel::Passend).realisatie(&[Some(40), Some(40)]);
    check(&traject, dag(2026, 3, 20), StatusSoort::InTraject, "in een traject");
    assert!(traject_of(&traject).is_some_and(|found| found.vanaf == dag(2026, 3, 2)));
}

fn traject_of(child: &Kind) -> Option<domain::status::traject::Traject> {
    traject(&child.timeline(), dag(2026, 3, 20), &regio()).value
}

#[test]
fn what_can_accuse_waits_for_a_person_and_can_be_contested() {
    let on = dag(2026, 3, 20);
    let sure = |child: &Kind| status(&child.timeline(), on, &regio()).value.zekerheid;
    let say = |child: Kind, day, by, klopt| child.bevestigt(dag(2026, 3, day), by, TeBevestigen::Thuiszittend, klopt);
    assert_eq!(sure(&away()), Some(Zekerheid::Vermoedelijk));
    let confirmed = say(away(), 10, leerplicht(), true);
    assert_eq!(sure(&confirmed), Some(Zekerheid::Bevestigd));
    let contested = say(confirmed, 12, moeder(), false);
    assert_eq!(sure(&contested), Some(Zekerheid::Betwist));
    let found = status(&contested.timeline(), on, &regio());
    assert!(found.because.contains(&contested.laatste()), "the contest is among the reasons");
    assert_eq!(sure(&say(contested, 13, leerplicht(), true)), Some(Zekerheid::Bevestigd));
    assert_eq!(sure(&say(away(), 10, leerplicht(), false)), Some(Zekerheid::Weersproken));
    assert_eq!(sure(&say(away(), 10, zelf(), true)), Some(Zekerheid::Vermoedelijk), "only leerplicht confirms");
    let before = away().bevestigt(dag(2025, 10, 1), leerplicht(), TeBevestigen::Thuiszittend, true);
    assert_eq!(sure(&before), Some(Zekerheid::Vermoedelijk), "said of an earlier time");
}

#[test]
fn regel_7_langdurig_is_more_than_four_lesweken() {
    let on = |child: &Kind, day| langdurig(&child.timeline(), day, &regio());
    let child = away();
    // 9 February to 13 March: four lesweken and a holiday.
    let found = on(&child, dag(2026, 3, 13));
    assert_eq!(found.value, None);
    assert!(found.gaps.iter().any(|gap| matches!(gap, Gap::BuitenBereik(text) if text.contains("vakantie"))));
    let found = on(&child, dag(2026, 3, 16)).value.unwrap();
    assert_eq!((found.sinds, found.dagen, found.zekerheid), (maandag(), 36, Zekerheid::Vermoedelijk));
    let ill = sam().dagen(SCHOOL, maandag(), &format!("{}z{}", "o".repeat(10), "o".repeat(14)));
    assert_eq!(on(&ill, dag(2026, 3, 20)).value, None, "a day of illness breaks it");
    let leave = Verlof { grond: VerlofGrond::G, toegekend: true, kwartieren_per_week: 0 };
    let excused = away().gebeurtenis(dag(2026, 3, 2), leerplicht(), leave);
    assert_eq!(on(&excused, dag(2026, 3, 20)).value, None, "leave was granted");
    let gone = away().uitgeschreven(SCHOOL, dag(2026, 3, 18), UitschrijfReden::Verwijderd);
    assert!(on(&gone, dag(2026, 3, 18)).value.is_some());
    assert_eq!(on(&gone, dag(2026, 3, 19)).value, None, "relatief is of who is enrolled");
}

#[test]
fn relatief_counts_what_was_missed_without_reason() {
    let child = sam().dagen(SCHOOL, maandag(), "..owz .t...");
    let found = relatief(&child.timeline(), dag(2026, 2, 20), &regio()).value.unwrap();
    assert_eq!((found.sinds, found.dagen, found.kwartieren), (dag(2026, 2, 11), 2, Some(24)));
    assert_eq!(relatief(&sam().timeline(), dag(2026, 2, 6), &regio()).value, None);
}

#[test]
fn absoluut_needs_the_duty_and_no_exemption() {
    let on = dag(2026, 3, 20);
    let gone = || sam().uitgeschreven(SCHOOL, dag(2026, 3, 5), UitschrijfReden::Verwijderd);
    let found = absoluut(&gone().timeline(), on, &regio());
    assert_eq!(found.value.map(|a| (a.sinds, a.zekerheid)), Some((dag(2026, 3, 6), Zekerheid::Vermoedelijk)));
    assert!(!found.because.is_empty() && !found.under.is_empty());
    check(
        &gone(),
        on,
        StatusSoort::Absoluut,
        "absoluut verzuim (vermoedelijk; nog niet bevestigd door de leerplichtambtenaar)",
    );
    assert_eq!(absoluut(&sam().timeline(), dag(2026, 2, 6), &regio()).value, None);

    let besluit = |toegekend| VrijstellingBesluit { grond: VrijstellingSoort::A3b, toegekend };
    let granted = gone().toestand(dag(2026, 3, 6), leerplicht(), besluit(true));
    assert_eq!(absoluut(&granted.timeline(), on, &regio()).value, None);
    let refused = gone().toestand(dag(2026, 3, 6), leerplicht(), besluit(false));
    assert!(absoluut(&refused.timeline(), on, &regio()).value.is_some());
    let five = kind(dag(2021, 11, 10)).woont_hier(dag(2022, 1, 1));
    assert_eq!(absoluut(&five.timeline(), on, &regio()).value, None, "four years old");
}

fn notice(grond: VrijstellingSoort) -> Kennisgeving {
    Kennisgeving { grond, ontvangen: dag(2026, 6, 20), eerder: false, geen_jaarlijkse_verklaring: false }
}

fn statement() -> Verklaring {
    Verklaring { hoedanigheid: Hoedanigheid::Arts, aangewezen: true, behandelend: false, tot: None, blijvend: false }
}

#[test]
fn regel_29_een_vrijstelling_ontstaat_door_de_wet_als_de_verklaring_deugt() {
    let covered = Dekking::Gedekt { grond: VrijstellingSoort::A5a, sinds: dag(2026, 8, 1) };
    for (written, verklaring, expected) in [
        (dag(2026, 6, 1), statement(), covered),
        (dag(2026, 3, 20), statement(), covered),
        (dag(2026, 3, 19), statement(), Dekking::Geen),
        (dag(2026, 6, 1), Verklaring { behandelend: true, ..statement() }, Dekking::Geen),
        (dag(2026, 6, 1), Verklaring { aangewezen: false, ..statement() }, Dekking::Geen),
        (dag(2026, 6, 1), Verklaring { hoedanigheid: Hoedanigheid::Anders, ..statement() }, Dekking::Geen),
        (dag(2026, 6, 1), Verklaring { tot: Some(dag(2026, 6, 20)), ..statement() }, Dekking::Geen),
        (dag(2026, 6, 1), Verklaring { tot: Some(dag(2026, 6, 21)), ..statement() }, covered),
        (dag(2026, 6, 21), statement(), Dekking::Onbekend { grond: VrijstellingSoort::A5a }),
    ] {
        let child = sam().gebeurtenis(written, leerplicht(), verklaring.clone()).toestand(
            dag(2026, 8, 1),
            moeder(),
            notice(VrijstellingSoort::A5a),
        );
        let found = vrijstelling(&child.timeline(), dag(2026, 9, 1), &regio());
        assert_eq!(found.value, expected, "{written}: {verklaring:?}");
        assert!(!found.gaps.is_empty(), "nobody tested it: never a silent yes or no");
    }
}

#[test]
fn regel_28_wie_nooit_geschikt_zal_zijn_hoeft_geen_nieuwe_verklaring() {
    let found =
        |blijvend, geen_jaarlijkse_verklaring| {
            let notice = Kennisgeving { geen_jaarlijkse_verklaring, eerder: true, ..notice(VrijstellingSoort::A5a) };
            let child = sam()
                .gebeurtenis(dag(2024, 6, 1), leerplicht(), Verklaring { blijvend, ..statement() })
                .toestand(dag(2026, 8, 1), moeder(), notice);
            matches!(vrijstelling(&child.timeline(), dag(2026, 9, 1), &regio()).value, Dekking::Gedekt { .. })
        };
    assert!(found(true, true));
    assert!(!found(false, true) && !found(true, false));
}

#[test]
fn a_tested_notice_and_a_notice_on_another_ground() {
    let on = dag(2026, 9, 1);
    let child = sam().toestand(dag(2026, 8, 1), moeder(), notice(VrijstellingSoort::A5b));
    let found = vrijstelling(&child.timeline(), on, &regio());
    assert_eq!(found.value, Dekking::Onbekend { grond: VrijstellingSoort::A5b });
    assert!(!found.gaps.is_empty());
    let kennisgeving = child.laatste();
    for (uitkomst, covered) in [(ToetsUitkomst::Voldoet, true), (ToetsUitkomst::VoldoetNiet, false)] {
        let toets = KennisgevingToets { kennisgeving, uitkomst, reden: "".into() };
        let tested = child.clone().gebeurtenis(dag(2026, 7, 1), leerplicht(), toets);
        let found = vrijstelling(&tested.timeline(), on, &regio());
        assert_eq!((matches!(found.value, Dekking::Gedekt { .. }), found.gaps.len()), (covered, 0));
    }
    assert_eq!(vrijstelling(&sam().timeline(), on, &regio()).value, Dekking::Geen);
}

#[test]
fn exempt_without_an_offer_to_learn_is_seen() {
    let exempt = sam()
        .dagen(SCHOOL, maandag(), "ooooo ooooo")
        .uitgeschreven(SCHOOL, dag(2026, 3, 1), UitschrijfReden::Vrijstelling)
        .toestand(
            dag(2026, 3, 2),
            leerplicht(),
            VrijstellingBesluit { grond: VrijstellingSoort::A3a, toegekend: true },
        );
    let on = dag(2026, 3, 20);
    assert!(zonder_leeraanbod(&exempt.timeline(), on, &regio()).value.is_some());
    check(&exempt, on, StatusSoort::VrijgesteldZonderLeeraanbod, "vrijgesteld, zonder leeraanbod");
    let learns = exempt.aanbod(SWV, dag(2026, 3, 2), 8).allen_zeggen(Oordeel::Passend).realisatie(&[Some(8), Some(8)]);
    assert_eq!(zonder_leeraanbod(&learns.timeline(), on, &regio()).value, None);
}

#[test]
fn each_definition_counts_its_own_children() {
    use Definitie::{Inspectie, Ocw2016, OcwTot2016, Regio};
    let on = dag(2026, 3, 20);
    let gone = sam().uitgeschreven(SCHOOL, dag(2026, 3, 5), UitschrijfReden::Verwijderd);
    let ill = sam().dagen(SCHOOL, maandag(), &"z".repeat(25));
    let exempt = sam()
        .uitgeschreven(SCHOOL, dag(2026, 2, 8), UitschrijfReden::Vrijstelling)
        .gebeurtenis(dag(2026, 2, 1), leerplicht(), statement())
        .toestand(maandag(), moeder(), Kennisgeving { ontvangen: maandag(), ..notice(VrijstellingSoort::A5a) });
    for (name, child, expected) in [
        ("away", away(), vec![OcwTot2016, Ocw2016, Inspectie, Regio]),
        ("not enrolled", gone, vec![Ocw2016, Inspectie, Regio]),
        ("ill", ill, vec![Regio]),
        ("exempt", exempt, vec![Inspectie, Regio]),
        ("at school", sam().dagen(SCHOOL, maandag(), &".".repeat(25)), vec![]),
    ] {
        let counted = |definitie| thuiszittend(&child.timeline(), on, &regio(), definitie).value.is_some();
        let found: Vec<_> = [OcwTot2016, Ocw2016, Inspectie, Regio].into_iter().filter(|d| counted(*d)).collect();
        assert_eq!(found, expected, "{name}");
    }
    let old = thuiszittend(&away().timeline(), on, &regio(), OcwTot2016);
    assert!(old.gaps.iter().any(|gap| matches!(gap, Gap::BuitenBereik(text) if text.contains("gold niet"))));
}

#[test]
fn less_and_less_is_no_clock_and_no_flu() {
    let on = dag(2026, 3, 13);
    let less = |tekens: &str| dreigend(&sam().dagen(SCHOOL, maandag(), tekens).timeline(), on, &regio()).value;
    let falling = less("....o ..hoo ...oo .oo..").unwrap();
    assert_eq!((falling.nu, falling.eerder), (62, 100));
    assert_eq!(less("..... zzzzz ..... ....."), None, "a week of flu");
    let worse_before = kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(
        SCHOOL,
        dag(2026, 1, 12),
        "..ooo ..ooo ..ooo ..o.. ...oo ...oo ...oo .....",
    );
    assert_eq!(dreigend(&worse_before.timeline(), on, &regio()).value, None, "it gets better");
    assert_eq!(less(&"o".repeat(20)), None, "a clock is open: that governs");
    let child = sam().dagen(SCHOOL, maandag(), "....o ..hoo ...oo .oo..");
    check(&child, on, StatusSoort::GaatSteedsMinder, "gaat steeds minder naar school");
}

#[test]
fn endless_illness_has_its_own_name() {
    let ill = sam().dagen(SCHOOL, maandag(), &"z".repeat(25));
    let found = ziek_in_overleg(&ill.timeline(), dag(2026, 3, 20), &regio()).value;
    assert_eq!(found.map(|found| found.sinds), Some(maandag()));
    assert_eq!(ziek_in_overleg(&away().timeline(), dag(2026, 3, 20), &regio()).value, None);
}

#[test]
fn an_offer_that_nobody_wrote_down_is_none() {
    let aanbod = Aanbod {
        soort: domain::body::AanbodSoort::Onderwijs,
        wat: "mondeling".into(),
        voorziening: None,
        organisatie: Some(SWV),
        kwartieren_per_week: 40,
        opbouw: Vec::new(),
        schriftelijk_op: None,
    };
    let child = away()
        .toestand(dag(2026, 3, 2), moeder(), aanbod)
        .allen_zeggen(Oordeel::Passend)
        .realisatie(&[Some(40), Some(40)]);
    assert_eq!(traject_of(&child), None);
}
