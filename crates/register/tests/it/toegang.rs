//! Who may see whom, from what was stated: mentors by name, the convenant in force, and what a list shows to whom.

use convenant::{Convenant, Facet, Facetten, Mag, STANDAARD};
use domain::body::{
    DocumentSoort, Indeling, IndelingSoort, Medewerker, Melding, MeldingSoort, OrganisatieSoort, Regiodocument,
    RolToekenning,
};
use domain::fact::{Actor, Rol};
use domain::ids::{DocumentId, LeerlingId, MedewerkerId, OrganisatieId};
use domain::kring::Kring;
use domain::period::{Period, plus_days};
use domain::verzuim::VerzuimSoort;
use testkit::{GEMEENTE, SCHOOL, SCHOOL_TWEE, SWV, dag, medewerker};

use crate::bouw::{Log, NOOR, SAM, SINDS, dagrij, log, met, volledig, wie};

const OP: domain::Date = domain::Date::constant(2026, 3, 20);
const VISSER: MedewerkerId = MedewerkerId::new(40);

fn heet(log: &mut Log, nr: MedewerkerId, naam: &str) {
    let medewerker = Medewerker {
        naam: naam.into(),
        functie: "mentor".to_owned(),
        telefoon: "".into(),
        email: "".into(),
        werkdagen: [true; 7],
    };
    log.toestand(nr, SINDS, medewerker);
}

fn region() -> Log {
    let mut log = log();
    log.leerling(SAM, SCHOOL, dag(2025, 8, 1), &wie("1", "Sam"));
    log.leerling(NOOR, SCHOOL_TWEE, dag(2025, 8, 1), &wie("2", "Noor"));
    log.register.settle();
    log
}

fn ziet(log: &mut Log, by: Actor) -> Vec<LeerlingId> {
    let children: Vec<LeerlingId> = log.register.kinderen().collect();
    let convenant = log.register.convenant(OP).clone();
    let summaries = log.register.samenvattingen(OP, 1);
    children.into_iter().filter(|kind| convenant.ziet(&by, &summaries[kind].kring)).collect()
}

#[test]
fn a_mentor_is_found_by_name_and_role_at_the_school() {
    let by = Actor::Medewerker { id: VISSER, organisatie: SCHOOL, rol: Rol::Mentor };
    let mut log = region();
    assert_eq!(ziet(&mut log, by), []);
    heet(&mut log, VISSER, "vís");
    log.register.settle();
    assert_eq!(ziet(&mut log, by), [], "without the role a name is nothing");
    let role = log.toestand(VISSER, SINDS, RolToekenning { rol: Rol::Mentor, organisatie: SCHOOL });
    log.register.settle();
    assert_eq!(ziet(&mut log, by), [SAM], "the file says VIS");
    heet(&mut log, VISSER, "mw. Visser");
    log.register.settle();
    assert_eq!(ziet(&mut log, by), [], "the last name counts");
    heet(&mut log, VISSER, "Vis");
    log.register.settle();
    assert_eq!(ziet(&mut log, by), [SAM]);
    log.trekt_in(VISSER, role);
    log.register.settle();
    assert_eq!(ziet(&mut log, by), []);
    log.toestand(VISSER, SINDS, RolToekenning { rol: Rol::Verzuimcoordinator, organisatie: SCHOOL });
    log.register.settle();
    assert_eq!(ziet(&mut log, by), [], "another role is no mentor");
}

#[test]
fn summaries_stay_when_a_professional_changes_who_is_nobody_s_mentor() {
    let mut log = region();
    let before = log.register.samenvattingen(OP, 1).clone();
    heet(&mut log, VISSER, "Vis");
    log.register.settle();
    let after = log.register.samenvattingen(OP, 1).clone();
    assert!(before.iter().zip(&after).all(|((_, was), (_, is))| std::sync::Arc::ptr_eq(was, is)));
    log.toestand(VISSER, SINDS, RolToekenning { rol: Rol::Mentor, organisatie: SCHOOL });
    log.register.settle();
    let renewed = log.register.samenvattingen(OP, 1).clone();
    assert_ne!(before[&SAM].kring, renewed[&SAM].kring);
    assert_eq!(before[&NOOR].kring, renewed[&NOOR].kring);
}

#[test]
fn a_municipality_belongs_to_its_doorstroompunt() {
    let rmc = OrganisatieId::new(70);
    let mut log = region();
    log.organisatie(GEMEENTE, OrganisatieSoort::Gemeente, None);
    log.organisatie(rmc, OrganisatieSoort::Doorstroompunt, None);
    let soort = IndelingSoort::Doorstroompunt;
    log.stelt(GEMEENTE, Period::through(SINDS, dag(2025, 12, 31)), Indeling { soort, bij: SWV });
    log.toestand(GEMEENTE, dag(2026, 1, 1), Indeling { soort, bij: rmc });
    log.register.settle();
    let rules = log.register.rules();
    assert_eq!(rules.bij(GEMEENTE, soort, dag(2025, 12, 31)), Some(SWV));
    assert_eq!(rules.bij(GEMEENTE, soort, dag(2026, 1, 1)), Some(rmc));
    assert_eq!(rules.bij(GEMEENTE, IndelingSoort::Jgz, OP), None);
    assert_eq!(rules.soort(rmc), Some(OrganisatieSoort::Doorstroompunt));
}

fn neemt_aan(log: &mut Log, vanaf: domain::Date, tekst: &str) {
    let soort = DocumentSoort::Convenant;
    let document = Regiodocument { soort, versie: "1".to_owned(), tekst: tekst.into() };
    log.toestand(DocumentId::new(2), vanaf, document);
    log.register.settle();
}

/// Only the intern begeleider of the own school sees anything.
const SMAL: &str = r#"
titel = "smal"
regio = "r"
geldig_vanaf = 2026-03-01
[[regel]]
naam = "n"
partij = ["ib_er"]
relatie = ["school-van-inschrijving"]
soort = ["persoon.naam", "klok"]
mag = ["lees"]
toestemming = "geen"
tot = "heden"
reden = false
grond = "regiobeheer"
"#;

#[test]
fn the_convenant_of_the_day_decides() {
    let (lead, ib) = (medewerker(40, SCHOOL, Rol::Schoolleider), medewerker(40, SCHOOL, Rol::IbEr));
    let mut log = region();
    assert_eq!(log.register.convenant(OP), Convenant::standaard(), "a region that adopted none starts with this one");
    neemt_aan(&mut log, dag(2026, 1, 1), STANDAARD);
    assert_eq!(log.register.convenant(OP), Convenant::standaard());
    assert_eq!(log.register.convenant(dag(2025, 12, 31)).regels(), [], "before the first one nobody sees anything");
    neemt_aan(&mut log, plus_days(OP, 1), SMAL);
    assert_eq!(ziet(&mut log, lead), [SAM]);
    let kring = Kring::of(&log.register.timeline(SAM).unwrap(), OP, log.register.rules());
    let sees = |log: &Log, days, by| log.register.convenant(plus_days(OP, days)).ziet(by, &kring);
    assert!(sees(&log, 0, &lead) && !sees(&log, 1, &lead), "from its own day the next one decides");
    neemt_aan(&mut log, plus_days(OP, 2), "dit is geen convenant");
    assert!(sees(&log, 1, &ib));
    assert!(!sees(&log, 2, &ib), "under one that cannot be read nobody sees anything");
}

#[test]
fn a_list_shows_of_terms_signals_and_turn_what_the_reader_may_know() {
    let mut log = region();
    let days: Vec<u32> = (0..40).map(|n| dagrij(plus_days(dag(2026, 1, 12), n), VerzuimSoort::Ziek)).collect();
    let period = Period::through(dag(2025, 8, 1), OP);
    log.op(OP).levert(&met(volledig(SCHOOL, period), SAM, &days, &[]));
    let melding = Melding {
        soort: MeldingSoort::O,
        begin: dag(2026, 1, 12),
        einde: None,
        reden: "".into(),
        alle_lessen: true,
        actie_school: "".into(),
        actie_gewenst: "".into(),
        meldingsnummer: "".into(),
    };
    log.stelt(SAM, Period::day(dag(2026, 3, 2)), melding);
    let sam = log.register.samenvattingen(OP, 1)[&SAM].clone();
    assert!(!sam.signalen.is_empty() && !sam.termijnen.is_empty() && sam.aan_zet.is_some());
    let all = Facetten::ALLE;
    let shown = |facetten: Facetten| {
        let (terms, signals) = (sam.termijnen_voor(facetten).count(), sam.signalen_voor(facetten).count());
        (terms, signals, sam.aan_zet_voor(facetten).is_some())
    };
    assert_eq!(shown(all), (sam.termijnen.len(), sam.signalen.len(), true));
    assert_eq!(shown(Facetten::GEEN), (0, 0, false));
    let without = |facet| shown(all.without(Facetten::of(&[facet])));
    assert_eq!(without(Facet::VerzuimZiekte).1, 0, "all signals are of illness");
    assert!(without(Facet::Melding).0 < sam.termijnen.len(), "a term tells of the melding");
    assert_eq!(without(Facet::Termijnen).0, 0);
    assert!(!without(Facet::AanZet).2);
    let lead = medewerker(40, SCHOOL, Rol::Schoolleider);
    let school = log.register.convenant(OP).facetten(&lead, Mag::Lees, &sam.kring);
    assert!(shown(school).0 > 0 && shown(school).1 == sam.signalen.len());
}
