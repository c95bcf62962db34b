//! What each reader is told of a child: the same sentences as `stand`, as far as they are theirs.

use std::collections::BTreeMap;

use convenant::{Facet, Mag};
use domain::Date;
use domain::body::{
    AanbodSoort, Consult, ConsultStap, Contact, Met, Ondersteuningsvraag, TeBevestigen, VraagVan, Wijze,
};
use domain::fact::{Actor, Rol};
use domain::kring::Kring;
use proptest::prelude::*;
use register::Register;
use testkit::{GEMEENTE, Kind, LEERLING, SCHOOL, SWV, consulent, dag, leerplicht, medewerker, mentor};

use super::kinderen::{OP, kinderen, melding, register, sam_op_dag_veertig};
use super::{holds, peil, verhaal};
use crate::weergave::stand::Stand;
use crate::weergave::{Oog, Zicht, tekst};

/// The standing of the child as this reader sees it; `None` when the child is not for them.
fn gezien(register: &Register, by: Actor, op: Date) -> Option<Stand> {
    let t = register.timeline(LEERLING)?;
    let kring = Kring::of(&t, op, register.rules());
    let convenant = register.convenant(op);
    let facetten = convenant.facetten(&by, Mag::Lees, &kring);
    let oog = Oog::van(by, &kring, convenant, facetten, register.rules());
    let zicht = Zicht { register, r: register.rules(), t: &t, leerling: LEERLING, op, vandaag: op, oog };
    facetten.contains(Facet::PersoonNaam).then(|| Stand::uit(&zicht))
}

/// In words, without the fixed ones that name what a party does not see.
fn woorden(register: &Register, by: Actor, op: Date) -> Option<String> {
    let text = gezien(register, by, op).map(|stand| tekst::stand(&stand, &peil(op)))?;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(text.replace("niet de reden, ziekte of wat leerplicht doet", ""))
}

fn coordinator() -> Actor {
    medewerker(11, SCHOOL, Rol::Verzuimcoordinator)
}

fn doorzetter() -> Actor {
    medewerker(12, testkit::REGIO, Rol::Doorzettingsmacht)
}

fn arts() -> Actor {
    medewerker(13, testkit::JGZ, Rol::Jeugdarts)
}

fn vraag() -> Ondersteuningsvraag {
    let leeg = || "".into();
    Ondersteuningsvraag {
        van: VraagVan::School,
        vraag: "Wat helpt?".into(),
        geprobeerd: leeg(),
        deelname: leeg(),
        ouders: leeg(),
        leerling: leeg(),
    }
}

/// Sam, reported and asked about, with the municipality aan zet for some days.
fn sam_gemeld() -> Kind {
    sam_op_dag_veertig()
        .gebeurtenis(dag(2026, 2, 23), mentor(SCHOOL), melding(dag(2026, 2, 13)))
        .gebeurtenis(dag(2026, 2, 24), mentor(SCHOOL), vraag())
        .bevestigt(dag(2026, 3, 10), leerplicht(), TeBevestigen::Thuiszittend, true)
}

#[track_caller]
fn zegt(by: Actor, wel: &[&str], niet: &[&str]) {
    let text = woorden(&register(&sam_gemeld()), by, OP).unwrap();
    for part in wel {
        assert!(text.contains(part), "{by:?} reads: {part}\n{text}");
    }
    for part in niet {
        assert!(!holds(&text, part), "{by:?} does not read: {part}\n{text}");
    }
}

#[test]
fn every_reader_of_sam_is_told_what_is_theirs() {
    let bevestigd = "thuiszittende leerling (bevestigd door de leerplichtambtenaar)";
    zegt(coordinator(), &["10 schooldagen geen deelname (4 ziek, 6 ongeoorloofd", bevestigd, "Meld"], &[]);
    // Leerplicht: that the child takes no part, never that it was ill for four of those days.
    zegt(
        leerplicht(),
        &["10 schooldagen geen deelname (aangeleverd", bevestigd],
        &["ziek", "ongeoorloofd", "geschorst"],
    );
    // The samenwerkingsverband: no kind of absence, no melding, nothing that leerplicht said.
    zegt(
        consulent(),
        &["Status: thuiszittende leerling (vermoedelijk).", "samenwerkingsverband sinds 24 februari"],
        &["ziek", "ongeoorloofd", "melding", "meld", "leerplicht", "bevestigd", "leerplichtambtenaar"],
    );
}

#[test]
fn who_has_nothing_to_do_with_the_child_sees_nothing() {
    let register = register(&sam_op_dag_veertig());
    for by in [leerplicht(), consulent(), arts(), doorzetter(), medewerker(14, SWV, Rol::Beleid)] {
        assert_eq!(woorden(&register, by, OP), None, "{by:?}");
    }
    assert!(woorden(&register, coordinator(), OP).is_some());
}

#[test]
fn days_per_party_are_told_only_to_who_may_know_all_parties() {
    let both = sam_gemeld().stap(dag(2026, 3, 9), GEMEENTE).stap(dag(2026, 3, 18), SCHOOL);
    let register = register(&both);
    let parties = |by| gezien(&register, by, OP).unwrap().beurten.len();
    assert_eq!((parties(coordinator()), parties(consulent())), (3, 0));
    let told = |by, op| gezien(&register, by, op).unwrap().aan_zet.map(|beurt| beurt.partij);
    assert_eq!(told(coordinator(), dag(2026, 3, 10)).as_deref(), Some("gemeente"));
    assert_eq!(told(consulent(), dag(2026, 3, 10)), None, "that it is the municipality would tell of leerplicht");
    assert_eq!(told(consulent(), OP).as_deref(), Some("school"));
}

#[test]
fn what_one_may_not_read_is_named_only_where_that_tells_nothing() {
    // Parents' words are hidden from no school; a talk of leerplicht is, and that says nothing at all.
    let home = register(&sam_gemeld().zit_thuis(dag(2026, 2, 16)));
    let seen = gezien(&home, leerplicht(), OP).unwrap();
    assert!(!tekst::stand(&seen, &peil(OP)).contains("een ouder of verzorger"));
    assert!(seen.mede, "that parents said something tells leerplicht nothing of illness");
    let ill =
        kinderen().remove("ziek").unwrap().gebeurtenis(dag(2026, 2, 23), mentor(SCHOOL), melding(dag(2026, 2, 13)));
    let seen = gezien(&register(&ill), leerplicht(), OP).unwrap();
    assert!(seen.status.is_none() && seen.klok.is_none() && !seen.mede && seen.waarom.is_empty(), "{seen:?}");
}

#[test]
fn youth_health_care_sees_illness_once_it_was_asked() {
    let ill = kinderen().remove("ziek").unwrap();
    let told = Contact { met: Met::Ouders, wijze: Wijze::Telefoon, bereikt: true, notitie: "geheim".into() };
    let asked = ill.gebeurtenis(dag(2026, 2, 24), coordinator(), told).gebeurtenis(
        dag(2026, 2, 25),
        coordinator(),
        Consult { stap: ConsultStap::Gevraagd },
    );
    let text = woorden(&register(&asked), arts(), OP).unwrap();
    assert!(text.contains("ziek, onderwijs in overleg") && !text.contains("geheim"), "{text}");
}

#[test]
fn whoever_reads_it_is_named_among_those_who_may_see_the_child() {
    let late = dag(2026, 5, 8);
    let zorg = medewerker(15, testkit::ZORG, Rol::Zorgpartner);
    let child = sam_gemeld().aanbod_van(AanbodSoort::Zorg, testkit::ZORG, dag(2026, 5, 4), 8);
    let child = child.gebeurtenis(dag(2026, 3, 9), coordinator(), Consult { stap: ConsultStap::Gevraagd });
    let register = register(&child);
    for (by, named) in [
        (coordinator(), "school"),
        (consulent(), "samenwerkingsverband (sinds"),
        (leerplicht(), "leerplichtambtenaar van"),
        (doorzetter(), "doorzettingsmacht ("),
        (arts(), "u, als jeugdarts van"),
        (zorg, "u, als zorgpartner van Zorgboerderij De Lente"),
        (medewerker(16, GEMEENTE, Rol::AdministratieLeerplicht), "u, als administratie leerplicht van"),
    ] {
        let told = gezien(&register, by, late).unwrap().mag_zien.wel;
        let lines = told.iter().filter(|line| line.starts_with(named)).count();
        assert_eq!(lines, 1, "{by:?}: {named} in {told:?}");
        assert!(told.iter().filter(|line| line.starts_with("u, ")).count() <= usize::from(named.starts_with("u, ")));
    }
    let two = self::register(&sam_gemeld().ingeschreven(testkit::SCHOOL_TWEE, dag(2026, 1, 5)));
    let told = gezien(&two, coordinator(), OP).unwrap().mag_zien.wel;
    assert!(told.iter().any(|line| line.starts_with("scholen")), "{told:?}");
    assert!(!told.iter().any(|line| line.starts_with("u, ")), "one of the schools is named already: {told:?}");
    let early = gezien(&register, coordinator(), OP).unwrap().mag_zien.wel;
    assert!(!early.iter().any(|line| line.starts_with("doorzettingsmacht")), "not near yet: {early:?}");
}

#[test]
fn of_care_in_an_offer_leerplicht_is_told_that_since_when_and_the_hours_of_education_only() {
    let start = dag(2026, 3, 9);
    let met_aanbod =
        |soort| sam_gemeld().aanbod_van(soort, testkit::ZORG, start, 20).allen_zeggen(domain::body::Oordeel::Proberen);
    let agreed = |child: Kind| {
        let voor = domain::body::ToestemmingVoor::Zorg;
        let given = domain::body::Toestemming { ouder: Some(testkit::MOEDER), voor, aan: None, gegeven: true };
        let own = domain::body::Toestemming { ouder: None, ..given.clone() };
        child.toestand(dag(2026, 3, 2), coordinator(), given).toestand(dag(2026, 3, 2), coordinator(), own)
    };
    for (soort, hours) in
        [(AanbodSoort::OnderwijsZorg, "5 uur onderwijs per week"), (AanbodSoort::Zorg, "nog geen onderwijs")]
    {
        let child = met_aanbod(soort).realisatie(&[Some(20), Some(20)]);
        let told = woorden(&register(&child), leerplicht(), OP).unwrap();
        assert!(told.contains("welke zorg, en wie die geeft") && told.contains(hours), "{told}");
        for never in ["Zorgboerderij", "maatwerk", "onderwijs en zorg"] {
            assert!(!told.contains(never), "{never}: {told}");
        }
        for (by, child) in [(coordinator(), child.clone()), (leerplicht(), agreed(child))] {
            let told = woorden(&register(&child), by, OP).unwrap();
            assert!(told.contains("aanbod van Zorgboerderij De Lente") && told.contains("maatwerk"), "{by:?}: {told}");
        }
    }
}

#[test]
fn consent_for_care_tells_leerplicht_of_support_for_ill_pupils_the_hours_alone() {
    let start = dag(2026, 3, 9);
    let child = sam_gemeld().aanbod_van(AanbodSoort::ZiekeLeerlingen, testkit::ZORG, start, 20);
    let child = child.allen_zeggen(domain::body::Oordeel::Proberen).realisatie(&[Some(20), Some(20)]);
    let voor = domain::body::ToestemmingVoor::Zorg;
    let given = domain::body::Toestemming { ouder: Some(testkit::MOEDER), voor, aan: None, gegeven: true };
    let own = domain::body::Toestemming { ouder: None, ..given.clone() };
    let agreed = child.toestand(dag(2026, 3, 2), coordinator(), given).toestand(dag(2026, 3, 2), coordinator(), own);
    let register = register(&agreed);
    let told = woorden(&register, leerplicht(), OP).unwrap();
    assert!(told.contains("aanbod vanaf 9 maart: 5 uur onderwijs per week"), "{told}");
    for never in ["ziek", "zieke", "zorgboerderij", "maatwerk", "welke zorg"] {
        assert!(!holds(&told, never), "{never}: {told}");
    }
    let school = woorden(&register, coordinator(), OP).unwrap();
    assert!(school.contains("Zorgboerderij De Lente"), "{school}");
}

/// Words that must not reach a reader, whatever happened.
fn nooit(by: Actor) -> &'static [&'static str] {
    match by.rol() {
        Some(Rol::Leerplichtambtenaar) => &["ziek", "geschorst", "zorgboerderij"],
        Some(Rol::Consulent) => &["ziek", "geschorst", "ongeoorloofd", "melding", "meld", "leerplicht", "vrijstelling"],
        _ => &[],
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_story_tells_a_reader_what_is_not_theirs(child in verhaal(), days in -40i32..300, asked in any::<bool>()) {
        let op = domain::period::plus_days(dag(2025, 9, 1), days);
        let child = if asked { child.gebeurtenis(dag(2025, 9, 2), mentor(SCHOOL), vraag()) } else { child };
        let register = register(&child);
        for by in [leerplicht(), consulent(), doorzetter()] {
            let Some(text) = woorden(&register, by, op) else { continue };
            for word in nooit(by) {
                prop_assert!(!holds(&text, word), "{by:?} reads {word}\n{text}");
            }
        }
        // Whoever runs a command on the computer of the register sees all of it.
        let all = Stand::van(&register, LEERLING, op).map(|stand| tekst::stand(&stand, &peil(op)));
        prop_assert!(all.is_some());
    }
}

#[test]
fn every_course_is_told_to_its_school_as_it_is() {
    let told: BTreeMap<&str, (Option<String>, Option<String>)> = kinderen()
        .into_iter()
        .map(|(naam, child)| {
            let register = register(&child);
            let all = Stand::van(&register, LEERLING, OP).map(|stand| tekst::hoe_het_gaat(&stand, &peil(OP)));
            (
                naam,
                (all.flatten(), gezien(&register, coordinator(), OP).and_then(|s| tekst::hoe_het_gaat(&s, &peil(OP)))),
            )
        })
        .collect();
    for (naam, (all, school)) in told {
        // Looking into a missing enrolment stays inside the municipality.
        let inside = ["nooit ingeschreven", "uitgeschreven", "vrijgesteld", "voldoet niet"].contains(&naam);
        if !inside {
            assert_eq!(all, school, "{naam}");
        }
    }
}
