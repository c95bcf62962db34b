//! The sentences of the pact's practice on who is told what, each as a case: what is shown, and beside it what is not.

use convenant::{Convenant, Facet as F, Facetten, Mag, Oordeel};
use domain::body::{AanbodSoort, ConsultStap, JaNee, Relatie, ToestemmingVoor, UitschrijfReden};
use domain::fact::{Actor, Rol};
use domain::ids::{LeerlingId, PersoonId};
use testkit::{
    DOORSTROOMPUNT, GEMEENTE, JGZ, Kind, MOEDER, REGIO, SCHOOL, SCHOOL_TWEE, STEUNPUNT, SWV, SWV_ELDERS, ZORG, dag,
    kind, moeder, vader, zelf,
};

use crate::verhaal::{
    aanbod, consulent, consult, coordinator, gemeld, gevraagd, iedereen, iemand, kring, leest, lpa, sam, toestemming,
    vader_is, van_leeftijd, verantwoordelijk,
};

fn ziet(by: &Actor, kind: &Kind) -> bool {
    Convenant::standaard().ziet(by, &kring(kind))
}

/// Reads all of these, and none of those.
#[track_caller]
fn check(by: &Actor, kind: &Kind, yes: &[F], no: &[F]) {
    let facetten = leest(by, kind);
    let missing = Facetten::of(yes).without(facetten);
    let too_much = Facetten::of(no).intersection(facetten);
    assert!(missing.is_empty() && too_much.is_empty(), "{by:?}: misses {missing:?}, should not see {too_much:?}");
}

#[track_caller]
fn niets(by: &Actor, kind: &Kind) {
    assert_eq!(leest(by, kind), Facetten::GEEN, "{by:?}");
}

#[test]
fn illness_and_suspension_never_reach_leerplicht_by_themselves() {
    let ill = |kind: Kind| kind.dagen(SCHOOL, dag(2026, 2, 9), &"z".repeat(25));
    let geschorst = sam().dagen(SCHOOL, dag(2026, 2, 9), &"g".repeat(25));
    let rmc = iemand(DOORSTROOMPUNT, Rol::RmcMedewerker);
    for kind in [ill(sam()), geschorst, ill(van_leeftijd(17))] {
        niets(&lpa(), &kind);
        niets(&rmc, &kind);
        check(&coordinator(), &kind, &[F::VerzuimZiekte, F::Klok, F::Status], &[]);
    }
    // After a melding: the child, and still not that it is ill, nor the clock that rests on it.
    let told = gemeld(ill(van_leeftijd(17)));
    for by in [lpa(), rmc, iemand(GEMEENTE, Rol::AdministratieLeerplicht)] {
        check(&by, &told, &[F::PersoonNaam, F::Melding], &[F::VerzuimZiekte, F::Klok, F::Status, F::Deelname]);
    }
    let away = gemeld(sam().dagen(SCHOOL, dag(2026, 2, 9), &"o".repeat(25)));
    check(&lpa(), &away, &[F::Klok, F::Status, F::VerzuimDagen], &[F::VerzuimZiekte]);
}

#[test]
fn of_an_exemption_leerplicht_sees_status_and_clock_also_where_the_child_was_ill_before() {
    use domain::body::{VrijstellingBesluit, VrijstellingSoort};
    let ill = sam().dagen(SCHOOL, dag(2026, 2, 9), &"z".repeat(15));
    let besluit = |toegekend| VrijstellingBesluit { grond: VrijstellingSoort::A3a, toegekend };
    let decided = |toegekend| ill.clone().toestand(dag(2026, 3, 9), lpa(), besluit(toegekend));
    let exempt = decided(true);
    check(&lpa(), &exempt, &[F::Vrijstelling, F::Status, F::Klok], &[F::VerzuimZiekte, F::Signalen]);
    // Without an exemption that covers a day the clock is one of illness, though leerplicht knows the child by name.
    check(&lpa(), &decided(false), &[F::PersoonNaam, F::Vrijstelling], &[F::Status, F::Klok, F::Deelname]);
    // Nobody else learns of the exemption by it.
    check(&coordinator(), &exempt, &[F::Klok], &[F::Vrijstelling]);
    niets(&consulent(), &exempt);
}

#[test]
fn which_care_an_offer_is_and_who_gives_it_reaches_leerplicht_on_consent_only() {
    let rmc = iemand(DOORSTROOMPUNT, Rol::RmcMedewerker);
    let with_care = |kind| aanbod(gevraagd(gemeld(kind)), ZORG);
    let child = with_care(van_leeftijd(17));
    for by in [lpa(), iemand(GEMEENTE, Rol::AdministratieLeerplicht), rmc] {
        check(&by, &child, &[F::PersoonNaam, F::Aanbod], &[F::AanbodZorg]);
        let plek = child.feiten().iter().find(|fact| fact.id == child.laatste_aanbod()).unwrap();
        let r = testkit::regio();
        let reads = |kind: &Kind| Convenant::standaard().leest(&by, &kring(kind), plek, &r).is_ja();
        assert!(!reads(&child), "{by:?}");
    }
    for by in [coordinator(), consulent(), iemand(ZORG, Rol::Zorgpartner)] {
        check(&by, &child, &[F::Aanbod, F::AanbodZorg], &[]);
    }
    let agreed = toestemming(with_care(sam()), ToestemmingVoor::Zorg, None);
    check(&lpa(), &agreed, &[F::Aanbod, F::AanbodZorg], &[]);
    check(&lpa(), &toestemming(with_care(sam()), ToestemmingVoor::Jeugdhulp, None), &[F::Aanbod], &[F::AanbodZorg]);
    // Nor does it tell that the child is ill: who may know, and who gives the support, read on.
    let ill = van_leeftijd(14).aanbod_van(AanbodSoort::ZiekeLeerlingen, ZORG, dag(2026, 3, 9), 20);
    let ill = toestemming(gevraagd(gemeld(ill)), ToestemmingVoor::Zorg, None);
    let steun = ill.feiten().iter().find(|fact| fact.id == ill.laatste_aanbod()).unwrap();
    let reads = |by: &Actor| Convenant::standaard().leest(by, &kring(&ill), steun, &testkit::regio()).is_ja();
    check(&lpa(), &ill, &[F::Aanbod, F::AanbodZorg], &[F::VerzuimZiekte]);
    assert!(!reads(&lpa()) && !reads(&consulent()));
    assert!(reads(&coordinator()) && reads(&iemand(ZORG, Rol::OzlConsulent)));
    // Education by a school is no care.
    let school = gemeld(sam()).aanbod(SCHOOL_TWEE, dag(2026, 3, 9), 20);
    let plek = school.feiten().iter().find(|fact| fact.id == school.laatste_aanbod()).unwrap();
    assert!(Convenant::standaard().leest(&lpa(), &kring(&school), plek, &testkit::regio()).is_ja());
}

#[test]
fn leerplicht_sees_a_name_by_melding_absoluut_exemption_or_request_only_and_of_residents() {
    niets(&lpa(), &sam());
    niets(&lpa(), &sam().dagen(SCHOOL, dag(2026, 2, 9), &"o".repeat(25)));
    check(&lpa(), &gemeld(sam()), &[F::PersoonNaam, F::PersoonBsn, F::Melding, F::LeerplichtStap], &[F::Gesprek]);
    let missing = sam().uitgeschreven(SCHOOL, dag(2026, 3, 2), UitschrijfReden::Onbekend);
    check(&lpa(), &missing, &[F::PersoonNaam, F::InschrijvingNagaan, F::Klok], &[]);
    let kennisgeving = domain::body::Kennisgeving {
        grond: domain::body::VrijstellingSoort::A5a,
        ontvangen: dag(2026, 3, 9),
        eerder: false,
        geen_jaarlijkse_verklaring: false,
    };
    let exempt = sam().toestand(dag(2026, 3, 9), moeder(), kennisgeving);
    check(&lpa(), &exempt, &[F::PersoonNaam, F::Vrijstelling], &[]);
    // Of another municipality: nothing, not even after a melding.
    let elsewhere = gemeld(kind(dag(2012, 1, 5)).ingeschreven(SCHOOL, dag(2025, 8, 1)));
    niets(&lpa(), &elsewhere);
    // Named responsible by the school is no way in.
    niets(&lpa(), &verantwoordelijk(sam(), GEMEENTE));
}

#[test]
fn what_leerplicht_once_saw_stays_as_long_as_the_child_lives_there() {
    use domain::body::{SluitReden, Sluiting};
    let sluiting = Sluiting { reden: SluitReden::Terug, toelichting: "".into() };
    let closed = gemeld(sam()).gebeurtenis(dag(2026, 3, 16), lpa(), sluiting);
    check(&lpa(), &closed, &[F::PersoonNaam, F::Melding, F::Dossier], &[]);
    // What the school sees of leerplicht ends with the case.
    check(&coordinator(), &gemeld(sam()), &[F::LeerplichtStap], &[]);
    check(&coordinator(), &closed, &[F::PersoonNaam], &[F::LeerplichtStap]);
}

#[test]
fn the_samenwerkingsverband_sees_no_name_before_a_question_and_never_reason_illness_or_leerplicht() {
    niets(&consulent(), &sam());
    niets(&consulent(), &gemeld(sam().dagen(SCHOOL, dag(2026, 2, 9), &"o".repeat(25))));
    niets(&consulent(), &verantwoordelijk(aanbod(sam(), SWV), SWV));
    let asked = gemeld(gevraagd(sam()));
    let never = [
        F::VerzuimReden,
        F::VerzuimZiekte,
        F::VerzuimSoort,
        F::Melding,
        F::LeerplichtStap,
        F::Vrijstelling,
        F::VrijstellingVerklaring,
        F::BesluitVerbaal,
        F::JgzConsult,
    ];
    let sees = [F::PersoonNaam, F::PersoonGeboortedatum, F::SchoolInschrijving, F::Ondersteuningsvraag, F::Deelname];
    check(&consulent(), &asked, &sees, &never);
    check(&consulent(), &asked, &[F::WoordenOuder, F::WoordenLeerling, F::Klok, F::Status], &[]);
    niets(&iemand(SWV_ELDERS, Rol::Consulent), &asked);
    // That the child is only ill would show from its status.
    let ill = gevraagd(sam().dagen(SCHOOL, dag(2026, 2, 9), &"z".repeat(25)));
    check(&consulent(), &ill, &[F::Klok, F::Deelname], &[F::Status]);
}

#[test]
fn with_consent_the_samenwerkingsverband_advises_on_an_exemption_and_sees_the_name_for_that() {
    let asked = toestemming(sam(), ToestemmingVoor::SwvAdvies, Some(SWV_ELDERS));
    let elders = iemand(SWV_ELDERS, Rol::Consulent);
    check(&elders, &asked, &[F::PersoonNaam, F::VrijstellingSwvAdvies, F::Klok], &[F::Status, F::Vrijstelling]);
    niets(&consulent(), &asked);
    niets(&elders, &toestemming(sam(), ToestemmingVoor::SwvAdvies, None));
    niets(&elders, &toestemming(sam(), ToestemmingVoor::Jeugdhulp, Some(SWV_ELDERS)));
}

#[test]
fn the_clock_is_visible_to_everyone_who_may_already_see_the_child_and_to_nobody_else() {
    let away = |kind: Kind| kind.dagen(SCHOOL, dag(2026, 1, 5), &"o".repeat(50));
    let all = consult(verantwoordelijk(gevraagd(gemeld(away(sam()))), ZORG), ConsultStap::Gevraagd);
    let father = vader_is(all, Relatie::Pleegouder, JaNee::Nee, JaNee::Ja);
    let mut seen = 0;
    for by in iedereen() {
        let facetten = leest(&by, &father);
        assert_eq!(facetten.contains(F::Klok), facetten.contains(F::PersoonNaam), "{by:?}");
        seen += usize::from(facetten.contains(F::Klok));
    }
    assert!(seen > 10, "many may see this child: {seen}");
}

#[test]
fn that_the_jeugdarts_is_involved_is_shown_on_consent_only() {
    let asked = gevraagd(gemeld(consult(sam(), ConsultStap::Gevraagd)));
    let agreed = toestemming(asked.clone(), ToestemmingVoor::JgzBetrokken, None);
    let advice = toestemming(agreed.clone(), ToestemmingVoor::DeelnameAdvies, None);
    for by in [coordinator(), consulent(), lpa()] {
        check(&by, &asked, &[F::PersoonNaam], &[F::JgzConsult, F::JgzAdvies]);
        check(&by, &agreed, &[F::JgzConsult], &[F::JgzAdvies]);
        check(&by, &advice, &[F::JgzConsult, F::JgzAdvies], &[]);
    }
    // Consent to one organisation is not consent to another.
    let school_only = toestemming(asked, ToestemmingVoor::JgzBetrokken, Some(SCHOOL));
    check(&coordinator(), &school_only, &[F::JgzConsult], &[]);
    check(&consulent(), &school_only, &[F::PersoonNaam], &[F::JgzConsult]);
}

#[test]
fn youth_health_care_sees_a_child_after_a_consult_was_asked_and_nobody_objected() {
    let arts = iemand(JGZ, Rol::Jeugdarts);
    let nurse = iemand(JGZ, Rol::Jeugdverpleegkundige);
    niets(&arts, &sam());
    for by in [arts, nurse] {
        let asked = consult(sam(), ConsultStap::Gevraagd);
        let sees = [F::PersoonNaam, F::VerzuimZiekte, F::JgzConsult, F::JgzAdvies];
        check(&by, &asked, &sees, &[F::Melding, F::LeerplichtStap, F::Plan, F::WoordenLeerling]);
        niets(&by, &consult(sam(), ConsultStap::Bezwaar));
    }
}

#[test]
fn whether_a_proces_verbaal_follows_is_for_the_leerplichtambtenaar_alone() {
    let told = verantwoordelijk(gevraagd(gemeld(consult(sam(), ConsultStap::Gevraagd))), ZORG);
    for by in iedereen() {
        let is_lpa = by.rol() == Some(Rol::Leerplichtambtenaar) && by.organisatie() == Some(GEMEENTE);
        assert_eq!(leest(&by, &told).contains(F::BesluitVerbaal), is_lpa, "{by:?}");
    }
}

#[test]
fn looking_with_a_reason_is_for_leerplicht_and_doorstroompunt_of_the_municipality_of_residence() {
    let asks = |by: &Actor, kind: &Kind, facet| Convenant::standaard().decide(by, Mag::Lees, &kring(kind), facet);
    let reason = |oordeel| matches!(oordeel, Oordeel::MetReden { .. });
    let rmc = iemand(DOORSTROOMPUNT, Rol::RmcMedewerker);
    let older = van_leeftijd(17);
    for facet in [F::PersoonNaam, F::PersoonGeboortedatum, F::PersoonAdres, F::SchoolInschrijving] {
        assert!(reason(asks(&lpa(), &sam(), facet)), "{facet:?}");
        assert!(reason(asks(&rmc, &older, facet)) && !reason(asks(&rmc, &sam(), facet)), "{facet:?}");
    }
    for facet in [F::Klok, F::Status, F::VerzuimDagen, F::PersoonBsn, F::PersoonContact] {
        assert!(!reason(asks(&lpa(), &sam(), facet)), "{facet:?}");
    }
    // Never in a list, never in a file; and no reason is asked of whoever may see anyway.
    assert!(!ziet(&lpa(), &sam()));
    let export = Convenant::standaard().decide(&lpa(), Mag::Exporteer, &kring(&sam()), F::PersoonNaam);
    assert!(matches!(export, Oordeel::Nee { .. }));
    assert!(asks(&lpa(), &gemeld(sam()), F::PersoonNaam).is_ja());
    let elsewhere = kind(dag(2012, 1, 5)).ingeschreven(SCHOOL, dag(2025, 8, 1));
    for by in iedereen() {
        assert!(!reason(asks(&by, &elsewhere, F::PersoonNaam)), "{by:?}");
        let leerplicht = matches!(by.rol(), Some(Rol::Leerplichtambtenaar | Rol::RmcMedewerker));
        assert!(leerplicht || !reason(asks(&by, &sam(), F::PersoonNaam)), "{by:?}");
    }
}

#[test]
fn schools_and_samenwerkingsverband_never_see_that_an_enrolment_is_looked_into() {
    let missing = gevraagd(sam()).uitgeschreven(SCHOOL, dag(2026, 3, 12), UitschrijfReden::Onbekend);
    check(&lpa(), &missing, &[F::InschrijvingNagaan, F::Status, F::Klok], &[]);
    check(&coordinator(), &missing, &[F::PersoonNaam], &[F::InschrijvingNagaan, F::Status, F::Klok, F::Termijnen]);
    niets(&consulent(), &missing);
    check(&moeder(), &missing, &[F::InschrijvingNagaan, F::Status, F::Klok], &[]);
    let helped = verantwoordelijk(missing, ZORG);
    check(&iemand(ZORG, Rol::Zorgpartner), &helped, &[F::PersoonNaam], &[F::Klok, F::AanZet, F::InschrijvingNagaan]);
}

#[test]
fn keepers_policy_and_privacy_read_no_dossier() {
    let told = verantwoordelijk(gevraagd(gemeld(consult(sam(), ConsultStap::Gevraagd))), ZORG);
    for organisatie in [SCHOOL, SWV, GEMEENTE, JGZ, ZORG, REGIO, DOORSTROOMPUNT] {
        niets(&iemand(organisatie, Rol::Beheerder), &told);
        niets(&iemand(organisatie, Rol::Beleid), &told);
        let log = leest(&iemand(organisatie, Rol::Privacy), &told);
        assert!(Facetten::of(&[F::Leeslog]).contains_all(log), "{log:?}");
    }
    check(&iemand(SCHOOL, Rol::Privacy), &told, &[F::Leeslog], &[F::PersoonNaam]);
    niets(&iemand(SCHOOL_TWEE, Rol::Privacy), &told);
}

#[test]
fn coordinators_see_all_pupils_of_the_school_and_a_mentor_the_own_ones() {
    for rol in [Rol::Schoolleider, Rol::Verzuimcoordinator, Rol::IbEr, Rol::Ondersteuningscoordinator] {
        check(&iemand(SCHOOL, rol), &sam(), &[F::PersoonNaam, F::VerzuimZiekte, F::PersoonBsn, F::Signalen], &[]);
        niets(&iemand(SCHOOL_TWEE, rol), &sam());
    }
    let mentor = iemand(SCHOOL, Rol::Mentor);
    niets(&mentor, &sam());
    check(&mentor, &verantwoordelijk(sam(), SCHOOL), &[F::PersoonNaam, F::VerzuimZiekte, F::Gesprek], &[F::PersoonBsn]);
}

#[test]
fn a_school_that_the_child_left_or_will_come_to_sees_no_absence() {
    let verzuim = [F::VerzuimDagen, F::VerzuimZiekte, F::Signalen, F::Deelname, F::WoordenLeerling];
    let left = sam().uitgeschreven(SCHOOL, dag(2026, 3, 2), UitschrijfReden::AndereSchool);
    let moved = left.ingeschreven(SCHOOL_TWEE, dag(2026, 3, 3));
    check(&coordinator(), &moved, &[F::PersoonNaam, F::Melding, F::Klok], &verzuim);
    check(&iemand(SCHOOL_TWEE, Rol::Schoolleider), &moved, &[F::VerzuimDagen], &[]);
    let soon = sam().ingeschreven(SCHOOL_TWEE, dag(2026, 3, 23));
    check(&iemand(SCHOOL_TWEE, Rol::Schoolleider), &soon, &[F::PersoonNaam, F::Klok], &verzuim);
}

#[test]
fn a_secret_address_is_for_the_enrolling_school_and_the_administration_of_leerplicht() {
    let told = vader_is(gevraagd(gemeld(sam())), Relatie::Vader, JaNee::Ja, JaNee::Ja);
    for by in iedereen() {
        let administration = by == iemand(GEMEENTE, Rol::AdministratieLeerplicht)
            || by == testkit::medewerker(41, GEMEENTE, Rol::AdministratieLeerplicht);
        let school = by.organisatie() == Some(SCHOOL)
            && matches!(
                by.rol(),
                Some(Rol::Schoolleider | Rol::Verzuimcoordinator | Rol::IbEr | Rol::Ondersteuningscoordinator)
            );
        assert_eq!(leest(&by, &told).contains(F::PersoonAdresGeheim), administration || school, "{by:?}");
    }
}

#[test]
fn whoever_helps_sees_who_is_aan_zet_and_the_rest_on_consent() {
    let helped = aanbod(sam(), ZORG);
    let partner = iemand(ZORG, Rol::Zorgpartner);
    let rest = [F::Plan, F::Gesprek, F::PersoonContact, F::WoordenLeerling];
    check(&partner, &helped, &[F::PersoonNaam, F::Klok, F::Aanbod, F::AanZet], &rest);
    let agreed = toestemming(helped.clone(), ToestemmingVoor::Jeugdhulp, Some(ZORG));
    check(&partner, &agreed, &rest, &[F::VerzuimZiekte, F::VerzuimReden, F::Melding]);
    check(&partner, &toestemming(helped, ToestemmingVoor::Jeugdhulp, Some(JGZ)), &[], &rest);
    niets(&partner, &sam());
    niets(&iemand(STEUNPUNT, Rol::Steunpunt), &sam());
    niets(&iemand(REGIO, Rol::Doorzettingsmacht), &sam().dagen(SCHOOL, dag(2026, 3, 2), &"o".repeat(15)));
    let long = sam().dagen(SCHOOL, dag(2026, 1, 5), &"o".repeat(50));
    check(&iemand(REGIO, Rol::Doorzettingsmacht), &long, &[F::PersoonNaam, F::Klok, F::Aanbod], &[F::VerzuimZiekte]);
}

#[test]
fn a_parent_without_gezag_has_no_access_and_neither_has_one_of_whom_it_is_not_known() {
    for gezag in [JaNee::Nee, JaNee::Onbekend] {
        niets(&vader(), &vader_is(sam(), Relatie::Vader, gezag, JaNee::Ja));
        niets(&vader(), &vader_is(sam(), Relatie::Stiefouder, gezag, JaNee::Ja));
    }
    niets(&vader(), &sam());
    let both = vader_is(gemeld(sam()), Relatie::Vader, JaNee::Ja, JaNee::Ja);
    assert_eq!(leest(&vader(), &both), leest(&moeder(), &both), "both parents see the same");
    check(&vader(), &both, &[F::Melding, F::PersoonAdres, F::JgzConsult], &[F::WoordenOuder, F::WoordenLeerling]);
}

#[test]
fn a_household_is_not_shown_to_the_other_one() {
    let apart = vader_is(sam(), Relatie::Vader, JaNee::Ja, JaNee::Nee);
    check(&vader(), &apart, &[F::PersoonNaam, F::VerzuimDagen], &[F::PersoonAdres, F::PersoonContact, F::WoordenOuder]);
    check(&moeder(), &apart, &[F::PersoonAdres, F::PersoonContact], &[F::WoordenOuder]);
}

#[test]
fn guardians_are_as_parents_supervisors_beside_them_and_foster_parents_see_the_daily_life() {
    let voogd = vader_is(sam(), Relatie::VoogdGi, JaNee::Ja, JaNee::Ja);
    assert_eq!(leest(&vader(), &voogd), leest(&moeder(), &voogd));
    let supervisor = vader_is(sam(), Relatie::Gezinsvoogd, JaNee::Nee, JaNee::Nee);
    check(&vader(), &supervisor, &[F::PersoonNaam, F::Melding, F::Plan], &[F::Gesprek, F::JgzConsult]);
    let foster = vader_is(sam(), Relatie::Pleegouder, JaNee::Nee, JaNee::Ja);
    let not = [F::Melding, F::Gesprek, F::PersoonGezag, F::PersoonAdres, F::JgzConsult, F::WoordenLeerling];
    check(&vader(), &foster, &[F::PersoonNaam, F::VerzuimDagen, F::SchoolRooster, F::AanZet], &not);
}

#[test]
fn from_sixteen_parents_see_that_how_often_and_when_and_at_eighteen_nothing() {
    let fifteen = consult(van_leeftijd(15), ConsultStap::Gevraagd);
    check(&moeder(), &fifteen, &[F::VerzuimDagen, F::VerzuimReden, F::Gesprek, F::JgzConsult], &[F::WoordenLeerling]);
    for jaren in [16, 17] {
        let youth = consult(van_leeftijd(jaren), ConsultStap::Gevraagd);
        let not = [F::VerzuimReden, F::Gesprek, F::Contact, F::WoordenLeerling, F::JgzConsult];
        check(&moeder(), &youth, &[F::VerzuimDagen, F::VerzuimSoort, F::Klok, F::Melding], &not);
        let agreed = toestemming(youth, ToestemmingVoor::JgzBetrokken, None);
        check(&moeder(), &agreed, &[F::JgzConsult], &[F::WoordenLeerling]);
    }
    niets(&moeder(), &van_leeftijd(18));
    check(&zelf(), &van_leeftijd(18), &[F::PersoonNaam, F::WoordenLeerling], &[]);
    // Of an unknown age a parent sees what the parents of a youth see.
    let mut facts = sam().feiten().to_vec();
    facts.retain(|fact| !matches!(fact.body, domain::body::Body::Persoonsgegevens(_)));
    let t = domain::timeline::Timeline::new(facts, sam().rijen());
    let ageless = domain::kring::Kring::of(&t, crate::verhaal::OP, &testkit::regio());
    let facetten = Convenant::standaard().facetten(&moeder(), Mag::Lees, &ageless);
    assert!(facetten.contains(F::VerzuimDagen) && !facetten.contains(F::VerzuimReden), "{facetten:?}");
    assert_eq!(Convenant::standaard().facetten(&zelf(), Mag::Lees, &ageless), Facetten::GEEN);
}

#[test]
fn the_child_sees_its_own_dossier_from_twelve_and_never_another_s() {
    niets(&zelf(), &van_leeftijd(11));
    let sees = [F::PersoonNaam, F::WoordenLeerling, F::JgzConsult, F::Leeslog, F::Gesprek];
    check(&zelf(), &van_leeftijd(12), &sees, &[F::WoordenOuder, F::BesluitVerbaal]);
    niets(&Actor::Leerling { leerling: LeerlingId::new(99) }, &van_leeftijd(12));
    niets(&Actor::Ouder { persoon: PersoonId::new(99) }, &sam());
    assert_ne!(PersoonId::new(99), MOEDER);
}

#[test]
fn the_answer_names_the_row_or_says_why_not() {
    let decide =
        |by: &Actor, kind: &Kind, facet| match Convenant::standaard().decide(by, Mag::Lees, &kring(kind), facet) {
            Oordeel::Ja { regel } | Oordeel::MetReden { regel } => regel.naam.clone(),
            Oordeel::Nee { waarom } => waarom.to_owned(),
        };
    assert_eq!(decide(&coordinator(), &sam(), F::Klok), "De eigen school");
    assert_eq!(decide(&lpa(), &gemeld(sam()), F::BesluitVerbaal), "De leerplichtambtenaar: wel of geen proces-verbaal");
    assert!(decide(&iemand(SCHOOL_TWEE, Rol::Schoolleider), &sam(), F::Klok).contains("geen relatie"));
    assert!(decide(&lpa(), &gemeld(sam()), F::VerzuimZiekte).contains("wet of het pact"));
    assert!(decide(&lpa(), &gemeld(sam()), F::Gesprek).contains("convenant van de regio"));
}
