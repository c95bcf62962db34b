//! What everybody is to one child on a day, how far its case is, and whose consent counts.

use std::sync::Arc;

use domain::Date;
use domain::body::{
    Aanbod, AanbodSoort, Besluit, BesluitSoort, Consult, ConsultStap, Gezag, IndelingSoort, JaNee, Melding,
    MeldingSoort, Ondersteuningsvraag, Oordeel, Relatie as Familie, SluitReden, Sluiting, Taak, Toestemming,
    ToestemmingVoor, UitschrijfReden, Verantwoordelijke, VraagVan,
};
use domain::fact::{Actor, Fact, Rol};
use domain::ids::{LeerlingId, MedewerkerId, OrganisatieId, PersoonId};
use domain::kring::{Bijzonderheid, Fase, Fasen, Kring, Mentoren, Relatie, Relaties};
use domain::period::{Period, plus_days};
use domain::region::Rules;
use domain::timeline::Timeline;
use testkit::{
    DOORSTROOMPUNT, GEMEENTE, JGZ, Kind, LEERLING, MOEDER, REGIO, SCHOOL, SCHOOL_TWEE, STEUNPUNT, SWV, SWV_ELDERS,
    VADER, ZORG, dag, kind, leerplicht, medewerker, mentor, moeder, regio, vader, zelf,
};

/// Fourteen years old on the day.
const OP: Date = dag(2026, 3, 20);

fn sam() -> Kind {
    kind(dag(2011, 9, 3)).woont_hier(dag(2025, 8, 1)).ingeschreven(SCHOOL, dag(2025, 8, 1))
}

fn kring(kind: &Kind) -> Kring {
    Kring::of(&kind.timeline(), OP, &regio())
}

fn is(kind: &Kind, organisatie: OrganisatieId, rol: Rol) -> Vec<Relatie> {
    kring(kind).relaties(&medewerker(40, organisatie, rol)).iter().collect()
}

fn ondersteuningsvraag() -> Ondersteuningsvraag {
    let leeg = || "".into();
    Ondersteuningsvraag {
        van: VraagVan::School,
        vraag: "hulp".into(),
        geprobeerd: leeg(),
        deelname: leeg(),
        ouders: leeg(),
        leerling: leeg(),
    }
}

fn melding() -> Melding {
    Melding {
        soort: MeldingSoort::V3,
        begin: dag(2026, 3, 2),
        einde: None,
        reden: "".into(),
        alle_lessen: false,
        actie_school: "".into(),
        actie_gewenst: "".into(),
        meldingsnummer: "".into(),
    }
}

fn named(organisatie: OrganisatieId, nr: u64) -> Verantwoordelijke {
    Verantwoordelijke { organisatie, medewerker: MedewerkerId::new(nr), taak: Taak::Eigenaar }
}

fn consult(stap: ConsultStap) -> Consult {
    Consult { stap }
}

fn zegt(ouder: Option<PersoonId>, voor: ToestemmingVoor, aan: Option<OrganisatieId>, gegeven: bool) -> Toestemming {
    Toestemming { ouder, voor, aan, gegeven }
}

#[test]
fn a_school_is_what_the_enrolment_of_the_day_makes_it() {
    let left = |day| sam().uitgeschreven(SCHOOL, day, UitschrijfReden::AndereSchool);
    let cases: [(&str, Kind, &[Relatie]); 7] = [
        ("enrolled", sam(), &[Relatie::SchoolVanInschrijving]),
        ("last day", left(OP), &[Relatie::SchoolVanInschrijving]),
        ("left yesterday", left(plus_days(OP, -1)), &[Relatie::WasSchool]),
        (
            "left in the previous school year",
            kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2023, 8, 1)).uitgeschreven(
                SCHOOL,
                dag(2024, 8, 15),
                UitschrijfReden::AndereSchool,
            ),
            &[Relatie::WasSchool],
        ),
        (
            "left before that",
            kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2023, 8, 1)).uitgeschreven(
                SCHOOL,
                dag(2024, 7, 15),
                UitschrijfReden::AndereSchool,
            ),
            &[],
        ),
        ("begins tomorrow", kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, plus_days(OP, 1)), &[Relatie::NieuweSchool]),
        (
            "another class at the same school",
            sam().ingeschreven(SCHOOL, dag(2026, 1, 5)),
            &[Relatie::SchoolVanInschrijving],
        ),
    ];
    for (what, child, expected) in cases {
        assert_eq!(is(&child, SCHOOL, Rol::Schoolleider), expected, "{what}");
        assert_eq!(is(&child, SCHOOL_TWEE, Rol::Schoolleider), [], "{what}: another school");
    }
}

fn mentoren(names: &[(u64, &str)]) -> Rules {
    let mut mentoren = Mentoren::default();
    for (nr, name) in names {
        mentoren.add(SCHOOL, name, Period::since(dag(2025, 8, 1)), MedewerkerId::new(*nr));
    }
    Rules { mentoren, ..regio() }
}

#[test]
fn a_mentor_has_the_pupils_who_name_them() {
    let own = |rules: &Rules, who: Actor| {
        Kring::of(&sam().timeline(), OP, rules).relaties(&who).contains(Relatie::EigenLeerling)
    };
    let at = |school| medewerker(7, school, Rol::Mentor);
    assert!(own(&mentoren(&[(7, " vis "), (8, "JAN")]), at(SCHOOL)), "names are folded");
    assert!(!own(&mentoren(&[(7, "vis")]), at(SCHOOL_TWEE)), "at the school itself");
    assert!(!own(&mentoren(&[(8, "vis")]), at(SCHOOL)), "not a colleague");
    assert!(!own(&mentoren(&[(7, "vis"), (8, "vis")]), at(SCHOOL)), "two of that name: nobody guesses");
    assert!(own(&mentoren(&[(7, "vis"), (7, "vis")]), at(SCHOOL)), "the same one twice is one");
    let ended = {
        let mut mentoren = Mentoren::default();
        mentoren.add(SCHOOL, "vis", Period::through(dag(2024, 8, 1), dag(2025, 7, 31)), MedewerkerId::new(7));
        mentoren.add(SCHOOL, "vis", Period::since(dag(2025, 8, 1)), MedewerkerId::new(8));
        Rules { mentoren, ..regio() }
    };
    assert!(!own(&ended, at(SCHOOL)) && own(&ended, medewerker(8, SCHOOL, Rol::Mentor)));
    assert_eq!(ended.mentoren.wie(SCHOOL, "", OP), None);
    // Of another school, or of soon, the name gives nothing yet.
    let soon = kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, plus_days(OP, 1));
    let rules = mentoren(&[(7, "vis")]);
    assert!(!Kring::of(&soon.timeline(), OP, &rules).relaties(&at(SCHOOL)).contains(Relatie::EigenLeerling));
}

#[test]
fn whoever_was_named_responsible_at_school_has_the_pupil_too() {
    let child = sam().toestand(dag(2026, 3, 2), mentor(SCHOOL), named(SCHOOL, 7));
    let relaties = |nr| kring(&child).relaties(&medewerker(nr, SCHOOL, Rol::Mentor));
    let school = Relatie::SchoolVanInschrijving;
    assert_eq!(relaties(7).iter().collect::<Vec<_>>(), [school, Relatie::EigenLeerling]);
    assert_eq!(relaties(8).iter().collect::<Vec<_>>(), [school]);
    let over = sam().feit(Period::through(dag(2026, 3, 2), dag(2026, 3, 19)), mentor(SCHOOL), named(SCHOOL, 7));
    assert!(!kring(&over).relaties(&medewerker(7, SCHOOL, Rol::Mentor)).contains(Relatie::EigenLeerling));
}

#[test]
fn the_parties_of_the_region_follow_school_and_address() {
    assert_eq!(is(&sam(), SWV, Rol::Consulent), [Relatie::SwvVanSchool]);
    assert_eq!(is(&sam(), SWV_ELDERS, Rol::Consulent), []);
    assert_eq!(is(&sam(), GEMEENTE, Rol::Leerplichtambtenaar), [Relatie::Woongemeente]);
    assert_eq!(is(&sam(), DOORSTROOMPUNT, Rol::RmcMedewerker), [Relatie::Doorstroompunt]);
    let nowhere = kind(dag(2011, 9, 3));
    for (organisatie, rol) in
        [(SWV, Rol::Consulent), (GEMEENTE, Rol::Leerplichtambtenaar), (DOORSTROOMPUNT, Rol::RmcMedewerker)]
    {
        assert_eq!(is(&nowhere, organisatie, rol), [], "{rol:?} without school and address");
    }
}

#[test]
fn advice_on_an_exemption_brings_in_the_samenwerkingsverband_that_is_named() {
    let child = kind(dag(2011, 9, 3)).toestand(
        dag(2026, 3, 2),
        moeder(),
        zegt(Some(MOEDER), ToestemmingVoor::SwvAdvies, Some(SWV_ELDERS), true),
    );
    let both = child.clone().toestand(dag(2026, 3, 2), zelf(), zegt(None, ToestemmingVoor::SwvAdvies, None, true));
    assert_eq!(is(&child, SWV_ELDERS, Rol::Consulent), [], "from twelve on the child says yes too");
    assert_eq!(is(&both, SWV_ELDERS, Rol::Consulent), [Relatie::SwvAdvies]);
    assert_eq!(is(&both, SWV, Rol::Consulent), []);
    let to_a_school = zegt(None, ToestemmingVoor::SwvAdvies, Some(SCHOOL_TWEE), true);
    let also = both.toestand(dag(2026, 3, 3), zelf(), to_a_school);
    assert_eq!(is(&also, SCHOOL_TWEE, Rol::Consulent), []);
}

#[test]
fn youth_health_care_comes_in_by_a_consult_without_objection_or_by_consent() {
    let arts = medewerker(8, JGZ, Rol::Jeugdarts);
    let asked = sam().gebeurtenis(dag(2026, 3, 9), mentor(SCHOOL), consult(ConsultStap::Gevraagd));
    let refused = asked.clone().gebeurtenis(dag(2026, 3, 10), moeder(), consult(ConsultStap::Bezwaar));
    let again = refused.clone().gebeurtenis(dag(2026, 3, 12), mentor(SCHOOL), consult(ConsultStap::Gevraagd));
    let ahead = sam().gebeurtenis(plus_days(OP, 1), mentor(SCHOOL), consult(ConsultStap::Gevraagd));
    let yes = |kind: Kind| {
        kind.toestand(dag(2026, 3, 2), moeder(), zegt(Some(MOEDER), ToestemmingVoor::JgzBetrokken, None, true))
            .toestand(dag(2026, 3, 2), zelf(), zegt(None, ToestemmingVoor::JgzBetrokken, None, true))
    };
    for (what, child, expected) in [
        ("nothing", sam(), false),
        ("asked", asked, true),
        ("objected", refused, false),
        ("asked again", again, true),
        ("asked tomorrow", ahead, false),
        ("consent", yes(sam()), true),
    ] {
        assert_eq!(kring(&child).relaties(&arts).contains(Relatie::Jgz), expected, "{what}");
    }
}

#[test]
fn who_delivers_an_offer_is_involved_as_long_as_it_lasts() {
    let plek = |by| Aanbod {
        soort: AanbodSoort::Zorg,
        wat: "dagbesteding".into(),
        voorziening: None,
        organisatie: Some(by),
        kwartieren_per_week: 20,
        opbouw: Vec::new(),
        schriftelijk_op: None,
    };
    let until = |last| sam().feit(Period::through(dag(2026, 3, 2), last), mentor(SCHOOL), plek(ZORG));
    assert_eq!(is(&until(OP), ZORG, Rol::Zorgpartner), [Relatie::Betrokken]);
    assert_eq!(is(&until(plus_days(OP, -1)), ZORG, Rol::Zorgpartner), []);
    let swv = sam().toestand(dag(2026, 3, 2), mentor(SCHOOL), plek(SWV));
    assert_eq!(is(&swv, SWV, Rol::Consulent), [Relatie::SwvVanSchool], "a question is its only way in");
    let elders = sam().toestand(dag(2026, 3, 2), mentor(SCHOOL), plek(SWV_ELDERS));
    assert_eq!(is(&elders, SWV_ELDERS, Rol::Consulent), []);
}

#[test]
fn a_person_who_was_named_is_involved_and_in_a_large_organisation_only_that_person() {
    let child = |at| sam().toestand(dag(2026, 3, 2), mentor(SCHOOL), named(at, 40));
    let other = |at, rol| kring(&child(at)).relaties(&medewerker(41, at, rol)).contains(Relatie::Betrokken);
    for (at, rol, colleague) in [
        (ZORG, Rol::Zorgpartner, true),
        (GEMEENTE, Rol::JgCoach, false),
        (SCHOOL_TWEE, Rol::Ondersteuningscoordinator, false),
    ] {
        assert!(is(&child(at), at, rol).contains(&Relatie::Betrokken), "{rol:?} who was named");
        assert_eq!(other(at, rol), colleague, "{rol:?} beside");
    }
    assert_eq!(is(&child(SWV_ELDERS), SWV_ELDERS, Rol::Consulent), []);
    // For another organisation the same person is nothing.
    assert_eq!(kring(&child(GEMEENTE)).relaties(&medewerker(40, ZORG, Rol::Psycholoog)), Relaties::GEEN);
}

#[test]
fn the_steunpunt_knows_the_child_for_which_it_put_a_question() {
    let asks = |by| sam().gebeurtenis(dag(2026, 3, 9), by, ondersteuningsvraag());
    assert_eq!(is(&asks(medewerker(9, STEUNPUNT, Rol::Steunpunt)), STEUNPUNT, Rol::Steunpunt), [Relatie::Steunpunt]);
    assert_eq!(is(&asks(mentor(SCHOOL)), STEUNPUNT, Rol::Steunpunt), []);
}

#[test]
fn the_knot_is_in_view_from_the_last_warning_before_it_is_due() {
    let start = dag(2026, 2, 9);
    let child = sam().dagen(SCHOOL, start, &"o".repeat(60));
    let sees = |days: i32, rol| {
        let found = Kring::of(&child.timeline(), plus_days(start, days), &regio());
        found.relaties(&medewerker(5, REGIO, rol)).contains(Relatie::Regio)
    };
    // Warnings fall on days 28, 42, 63 and 77; on the last one it is due.
    assert!(!sees(62, Rol::Doorzettingsmacht));
    assert!(sees(63, Rol::Doorzettingsmacht));
    assert!(!sees(63, Rol::Beheerder) && !sees(63, Rol::Beleid));
    let soon = |warnings: Vec<i32>| {
        let mut rules = regio();
        rules.klok.waarschuwingen = warnings;
        let on = |days| Kring::of(&child.timeline(), plus_days(start, days), &rules);
        [76, 77].map(|days| on(days).relaties(&medewerker(5, REGIO, Rol::Doorzettingsmacht)).contains(Relatie::Regio))
    };
    assert_eq!(soon(vec![77, 85]), [false, true], "without a warning before: from the day itself");
    let besluit = Besluit { soort: BesluitSoort::Doorzettingsmacht, inhoud: "".into() };
    let decided = sam().gebeurtenis(dag(2026, 3, 9), medewerker(5, REGIO, Rol::Doorzettingsmacht), besluit.clone());
    assert_eq!(is(&decided, REGIO, Rol::Doorzettingsmacht), [Relatie::Regio]);
    assert!(is(&decided, GEMEENTE, Rol::Doorzettingsmacht).contains(&Relatie::Regio), "it may sit with a party");
    let other = sam().gebeurtenis(dag(2026, 3, 9), mentor(SCHOOL), Besluit { soort: BesluitSoort::Anders, ..besluit });
    assert_eq!(is(&other, REGIO, Rol::Doorzettingsmacht), []);
}

#[test]
fn a_missing_enrolment_is_looked_into_inside_the_municipality_however_long_it_takes() {
    let missing = sam().uitgeschreven(SCHOOL, dag(2025, 11, 3), UitschrijfReden::Onbekend);
    let found = kring(&missing);
    assert!(found.bijzonder().contains(Bijzonderheid::InschrijvingNagaan));
    assert!(domain::klok::klok(&missing.timeline(), OP, &regio()).value.is_some_and(|klok| klok.dag > 91));
    assert_eq!(is(&missing, REGIO, Rol::Doorzettingsmacht), []);
    let besluit = Besluit { soort: BesluitSoort::Doorzettingsmacht, inhoud: "".into() };
    let decided = missing.gebeurtenis(dag(2026, 3, 9), medewerker(5, REGIO, Rol::Doorzettingsmacht), besluit);
    assert_eq!(is(&decided, REGIO, Rol::Doorzettingsmacht), [Relatie::Regio], "unless that was decided");
}

#[test]
fn a_family_is_what_was_last_said_of_each() {
    let says = |kind: Kind, relatie, gezag, woont_bij_kind| {
        kind.toestand(dag(2026, 1, 5), mentor(SCHOOL), Gezag { persoon: VADER, relatie, gezag, woont_bij_kind })
    };
    for (relatie, gezag, expected) in [
        (Familie::Vader, JaNee::Ja, Relatie::OuderMetGezag),
        (Familie::Vader, JaNee::Nee, Relatie::OuderZonderGezag),
        (Familie::Vader, JaNee::Onbekend, Relatie::OuderZonderGezag),
        (Familie::Stiefouder, JaNee::Nee, Relatie::OuderZonderGezag),
        (Familie::Pleegouder, JaNee::Nee, Relatie::Pleegouder),
        (Familie::Pleegouder, JaNee::Ja, Relatie::OuderMetGezag),
        (Familie::Voogd, JaNee::Onbekend, Relatie::Voogd),
        (Familie::VoogdGi, JaNee::Ja, Relatie::Voogd),
        (Familie::Gezinsvoogd, JaNee::Nee, Relatie::Gezinsvoogd),
    ] {
        let found = kring(&says(sam(), relatie, gezag, JaNee::Nee));
        assert_eq!(found.relaties(&vader()).iter().collect::<Vec<_>>(), [expected], "{relatie:?} {gezag:?}");
        assert!(!found.woont_bij(VADER) && found.woont_bij(MOEDER));
        assert_eq!(found.personen().collect::<Vec<_>>(), [MOEDER, VADER]);
    }
    let lost = says(says(sam(), Familie::Vader, JaNee::Ja, JaNee::Ja), Familie::Vader, JaNee::Nee, JaNee::Nee);
    assert_eq!(kring(&lost).relaties(&vader()).iter().collect::<Vec<_>>(), [Relatie::OuderZonderGezag]);
    assert_eq!(kring(&sam()).relaties(&vader()), Relaties::GEEN);
}

#[test]
fn on_the_eighteenth_birthday_parents_are_nobody_any_more() {
    let at = |geboren: Date| kring(&kind(geboren).ingeschreven(SCHOOL, dag(2025, 8, 1)));
    assert!(!at(dag(2008, 3, 21)).relaties(&moeder()).is_empty());
    assert!(at(dag(2008, 3, 20)).relaties(&moeder()).is_empty());
    assert_eq!(at(dag(2008, 3, 20)).personen().count(), 0);
    assert_eq!((at(dag(2008, 3, 21)).leeftijd(), at(dag(2008, 3, 20)).leeftijd()), (Some(17), Some(18)));
}

#[test]
fn the_child_is_itself_under_all_its_numbers_and_nobody_else_is() {
    let other = LeerlingId::new(2);
    let mut facts: Vec<Fact> = sam().feiten().iter().map(|fact| Fact::clone(fact)).collect();
    facts.last_mut().unwrap().about = other.into();
    let joined = Kring::of(&Timeline::new(facts.into_iter().map(Arc::new), sam().rijen()), OP, &regio());
    let own = |kring: &Kring, id| kring.relaties(&Actor::Leerling { leerling: id }).contains(Relatie::Zelf);
    assert!(own(&joined, LEERLING) && own(&joined, other));
    assert!(own(&kring(&sam()), LEERLING) && !own(&kring(&sam()), other));
    assert!(kring(&sam()).relaties(&Actor::Systeem { organisatie: SCHOOL }).is_empty(), "an import is nothing");
}

fn fasen(kind: &Kind) -> (Vec<Fase>, Vec<Fase>) {
    let found = kring(kind);
    (found.fase().iter().collect(), found.ooit().iter().collect())
}

#[test]
fn a_question_holds_until_the_dossier_closes_and_is_for_the_samenwerkingsverband_that_was_asked() {
    let asked = sam().gebeurtenis(dag(2026, 3, 9), mentor(SCHOOL), ondersteuningsvraag());
    let gevraagd = Fase::OndersteuningGevraagd;
    assert_eq!(fasen(&sam()), (vec![Fase::Geen], vec![Fase::Geen]));
    assert_eq!(fasen(&asked), (vec![gevraagd], vec![gevraagd]));
    let sluiting = Sluiting { reden: SluitReden::Terug, toelichting: "".into() };
    let closed = asked.clone().toestand(dag(2026, 3, 10), mentor(SCHOOL), named(SCHOOL, 7)).gebeurtenis(
        dag(2026, 3, 16),
        mentor(SCHOOL),
        sluiting,
    );
    let (now, ever) = fasen(&closed);
    assert_eq!(now, [Fase::Gesloten]);
    assert!(ever.contains(&gevraagd) && ever.contains(&Fase::Gesloten));
    let again = closed.gebeurtenis(dag(2026, 3, 17), mentor(SCHOOL), ondersteuningsvraag());
    assert!(fasen(&again).0.contains(&gevraagd));
    // Another samenwerkingsverband, since the child went to another school, was not asked.
    let mut rules = regio();
    if let Some(school) = rules.scholen.get_mut(&SCHOOL_TWEE) {
        school.indelingen = vec![(Period::since(dag(2013, 8, 1)), IndelingSoort::SwvVo, SWV_ELDERS)];
    }
    let moved = asked
        .uitgeschreven(SCHOOL, dag(2026, 3, 10), UitschrijfReden::AndereSchool)
        .ingeschreven(SCHOOL_TWEE, dag(2026, 3, 11));
    let there = Kring::of(&moved.timeline(), OP, &rules);
    assert_eq!((there.fase(), there.ooit()), (Fasen::of(&[Fase::Geen]), Fasen::of(&[Fase::Geen])));
    assert!(there.relaties(&medewerker(2, SWV_ELDERS, Rol::Consulent)).contains(Relatie::SwvVanSchool));
    assert!(fasen(&moved).0.contains(&gevraagd), "the same one was");
}

#[test]
fn leerplicht_has_a_child_in_view_by_a_melding_or_without_enrolment() {
    let gemeld = sam().gebeurtenis(dag(2026, 3, 9), mentor(SCHOOL), melding());
    assert!(fasen(&gemeld).0.contains(&Fase::Gemeld));
    let sluiting = Sluiting { reden: SluitReden::Terug, toelichting: "".into() };
    let closed = gemeld.gebeurtenis(dag(2026, 3, 16), mentor(SCHOOL), sluiting);
    assert_eq!(fasen(&closed).0, [Fase::Gesloten]);
    assert!(fasen(&closed).1.contains(&Fase::Gemeld));
    let missing = sam().uitgeschreven(SCHOOL, dag(2026, 3, 2), UitschrijfReden::Onbekend);
    assert!(fasen(&missing).0.contains(&Fase::Gemeld));
    let bijzonder = |kind: &Kind| kring(kind).bijzonder();
    assert!(bijzonder(&missing).contains(Bijzonderheid::InschrijvingNagaan));
    assert!(!bijzonder(&sam()).contains(Bijzonderheid::InschrijvingNagaan));
    let ill = sam().dagen(SCHOOL, dag(2026, 2, 9), &"z".repeat(25));
    assert!(!fasen(&ill).0.contains(&Fase::Gemeld));
    assert!(bijzonder(&ill).contains(Bijzonderheid::AlleenZiekOfGeschorst));
    let away = sam().dagen(SCHOOL, dag(2026, 2, 9), &"o".repeat(25));
    assert!(!bijzonder(&away).contains(Bijzonderheid::AlleenZiekOfGeschorst));
}

#[test]
fn the_clock_and_an_offer_are_phases() {
    let away = sam().dagen(SCHOOL, dag(2026, 1, 12), &"o".repeat(48));
    assert_eq!(fasen(&away).0, [Fase::Thuiszittend]);
    let plek = away.aanbod(ZORG, dag(2026, 2, 23), 40).allen_zeggen(Oordeel::Passend);
    let runs = plek.realisatie(&[Some(40), Some(40), Some(40), Some(40)]);
    assert_eq!(fasen(&runs).0, [Fase::Traject]);
    assert!(fasen(&runs).1.contains(&Fase::Thuiszittend), "it was");
    let back = sam().dagen(SCHOOL, dag(2026, 1, 12), &format!("{}{}", "o".repeat(10), ".".repeat(38)));
    assert!(!fasen(&back).0.contains(&Fase::Thuiszittend) && fasen(&back).1.contains(&Fase::Thuiszittend));
    // Exempt from enrolment and in view of leerplicht at once: several phases hold.
    let told = sam().dagen(SCHOOL, dag(2026, 2, 9), &"o".repeat(25)).gebeurtenis(OP, mentor(SCHOOL), melding());
    assert_eq!(fasen(&told).0, [Fase::Gemeld, Fase::Thuiszittend]);
}

#[test]
fn consent_is_given_by_whoever_decides_at_that_age_and_the_last_word_counts() {
    let voor = ToestemmingVoor::DeelnameAdvies;
    let child = |geboren| kind(geboren).met_gezag(VADER, geboren).ingeschreven(SCHOOL, dag(2025, 8, 1));
    let (elf, veertien, zestien) = (dag(2015, 1, 5), dag(2012, 1, 5), dag(2010, 1, 5));
    let parent = |who| zegt(Some(who), voor, None, true);
    let no = |who| zegt(who, voor, None, false);
    let day = dag(2026, 3, 2);
    let stands = |kind: &Kind| kring(kind).toestemming(voor, Some(JGZ));
    for (what, geboren, said, expected) in [
        ("nobody, 11", elf, vec![], false),
        ("one parent, 11", elf, vec![(moeder(), parent(MOEDER))], true),
        ("the other says no, 11", elf, vec![(moeder(), parent(MOEDER)), (vader(), no(Some(VADER)))], false),
        ("the child alone, 11", elf, vec![(zelf(), zegt(None, voor, None, true))], false),
        ("the child says no, 11", elf, vec![(moeder(), parent(MOEDER)), (zelf(), no(None))], false),
        ("one parent, 14", veertien, vec![(moeder(), parent(MOEDER))], false),
        ("both, 14", veertien, vec![(moeder(), parent(MOEDER)), (zelf(), zegt(None, voor, None, true))], true),
        ("one parent, 16", zestien, vec![(moeder(), parent(MOEDER))], false),
        ("the youth, 16", zestien, vec![(zelf(), zegt(None, voor, None, true)), (vader(), no(Some(VADER)))], true),
        ("taken back", elf, vec![(moeder(), parent(MOEDER)), (moeder(), no(Some(MOEDER)))], false),
        ("a stranger, 11", elf, vec![(vader(), parent(PersoonId::new(9)))], false),
    ] {
        let told = said.into_iter().fold(child(geboren), |kind, (by, word)| kind.toestand(day, by, word));
        assert_eq!(stands(&told), expected, "{what}");
    }
    let ended = child(elf).feit(Period::through(day, dag(2026, 3, 19)), moeder(), parent(MOEDER));
    assert!(!stands(&ended));
    assert!(!kring(&child(elf).toestand(day, moeder(), parent(MOEDER))).toestemming(ToestemmingVoor::Jeugdhulp, None));
}

#[test]
fn consent_to_one_organisation_is_for_that_one_and_a_later_word_about_all_goes_before_it() {
    let voor = ToestemmingVoor::Jeugdhulp;
    let child = || kind(dag(2016, 9, 3));
    let says =
        |kind: Kind, nr: i8, aan, yes| kind.toestand(dag(2026, 3, nr), moeder(), zegt(Some(MOEDER), voor, aan, yes));
    let to = |kind: &Kind| [Some(ZORG), Some(JGZ), None].map(|aan| kring(kind).toestemming(voor, aan));
    assert_eq!(to(&says(child(), 2, Some(ZORG), true)), [true, false, false]);
    let all_but_one = says(says(child(), 2, None, true), 3, Some(ZORG), false);
    assert_eq!(to(&all_but_one), [false, true, true]);
    let taken_back = says(says(child(), 2, Some(ZORG), true), 3, None, false);
    assert_eq!(to(&taken_back), [false, false, false]);
    let later_to_one = says(says(child(), 2, None, false), 3, Some(ZORG), true);
    assert_eq!(to(&later_to_one), [true, false, false]);
}

#[test]
fn every_organisation_that_is_anything_to_the_child_is_listed() {
    let child = sam()
        .toestand(dag(2026, 3, 2), mentor(SCHOOL), named(GEMEENTE, 40))
        .toestand(dag(2026, 3, 2), mentor(SCHOOL), named(SCHOOL_TWEE, 41))
        .toestand(dag(2026, 3, 2), mentor(SCHOOL), named(ZORG, 42))
        .gebeurtenis(dag(2026, 3, 9), leerplicht(), melding());
    let found = kring(&child);
    let mut listed: Vec<OrganisatieId> = found.organisaties().collect();
    listed.sort();
    assert_eq!(listed, [SCHOOL, SCHOOL_TWEE, SWV, GEMEENTE, ZORG, DOORSTROOMPUNT]);
    assert_eq!(found.van_organisatie(SWV), Relaties::of(&[Relatie::SwvVanSchool]));
    assert_eq!(found.van_organisatie(JGZ), Relaties::GEEN);
}
