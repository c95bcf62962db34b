//! Which child a row of a pupil file is about.

use domain::ids::{LeerlingId, OrganisatieId};
use register::{Kenmerken, Koppeling};
use testkit::{SCHOOL, SCHOOL_TWEE, dag};

use crate::bouw::{DEAN, Log, NOOR, SAM, Wie, log, stelling, wie};

const BSN_SAM: &str = "999900006";
const BSN_NOOR: &str = "999900018";
const BSN_DEAN: &str = "999900031";
const ON_SAM: &str = "101200001";

/// Sam and Noor at one school, Dean at the other.
fn drie() -> Log {
    let mut log = log();
    let start = dag(2024, 8, 1);
    log.op(start).leerling(SAM, SCHOOL, start, &sam());
    log.leerling(NOOR, SCHOOL, start, &wie("101", "Visser").bsn(BSN_NOOR).geboren(dag(2013, 5, 6)));
    log.leerling(DEAN, SCHOOL_TWEE, start, &wie("100", "Yıldız").geboren(dag(2011, 1, 2)));
    log
}

fn sam() -> Wie {
    wie("100", "de Boer").bsn(BSN_SAM).onderwijsnummer(ON_SAM)
}

fn koppel(log: &Log, school: OrganisatieId, wie: &Wie) -> Koppeling {
    let persoon = wie.persoon();
    log.register.koppel(&Kenmerken {
        bsn: persoon.bsn,
        onderwijsnummer: persoon.onderwijsnummer,
        school,
        leerlingnummer: wie.nummer,
        geboortedatum: wie.geboren,
        achternaam: wie.achternaam,
    })
}

fn nieuw(lijkt_op: &[LeerlingId]) -> Koppeling {
    Koppeling::Nieuw { lijkt_op: lijkt_op.to_vec() }
}

fn tegenspraak(nummer: LeerlingId, leerlingnummer: Option<LeerlingId>) -> Koppeling {
    Koppeling::Tegenspraak { nummer, leerlingnummer }
}

#[test]
fn a_row_leads_to_a_child_by_its_numbers_and_never_by_its_name() {
    let log = drie();
    let geboren = dag(2012, 3, 4);
    for (story, school, row, expected) in [
        ("all numbers agree", SCHOOL, sam(), Koppeling::Bekend(SAM)),
        ("bsn, at a new school", SCHOOL_TWEE, wie("7", "Boer").bsn(BSN_SAM), Koppeling::Bekend(SAM)),
        ("education number", SCHOOL_TWEE, wie("7", "Boer").onderwijsnummer(ON_SAM), Koppeling::Bekend(SAM)),
        ("pupil number", SCHOOL, wie("100", "de Boer"), Koppeling::Bekend(SAM)),
        ("pupil number, married name", SCHOOL, wie("100", "Jansen"), Koppeling::Bekend(SAM)),
        ("same pupil number, other school", SCHOOL_TWEE, wie("101", "Visser").geboren(dag(2013, 5, 6)), nieuw(&[NOOR])),
        ("twin: same name and day, own numbers", SCHOOL, wie("102", "de Boer").bsn(BSN_DEAN), nieuw(&[SAM])),
        ("same name and day, no numbers", SCHOOL_TWEE, wie("8", "De  Boer"), nieuw(&[SAM])),
        ("same name, other day", SCHOOL, wie("103", "de Boer").geboren(dag(2012, 3, 5)), nieuw(&[])),
        ("same day, other name", SCHOOL, wie("103", "den Boer").geboren(geboren), nieuw(&[])),
        ("bsn of Noor, number of Sam", SCHOOL, sam().bsn(BSN_NOOR), tegenspraak(NOOR, Some(SAM))),
        (
            "education number of Sam, number of Noor",
            SCHOOL,
            wie("101", "Visser").onderwijsnummer(ON_SAM),
            tegenspraak(SAM, Some(NOOR)),
        ),
        (
            "reused number: other birth date",
            SCHOOL,
            wie("100", "Smit").geboren(dag(2014, 1, 1)),
            tegenspraak(SAM, None),
        ),
        ("reused number: other bsn", SCHOOL, wie("100", "Smit").bsn(BSN_DEAN), tegenspraak(SAM, None)),
        (
            "bsn of a sister, at a new school",
            SCHOOL_TWEE,
            wie("9", "Visser").bsn(BSN_NOOR).geboren(geboren),
            tegenspraak(NOOR, None),
        ),
        ("birth date corrected, both numbers agree", SCHOOL, sam().geboren(dag(2012, 4, 3)), Koppeling::Bekend(SAM)),
    ] {
        assert_eq!(koppel(&log, school, &row), expected, "{story}");
    }
}

#[test]
fn likeness_sees_through_ways_of_writing() {
    for (known, row) in [
        ("Yıldız", "YILDIZ"),
        ("José", "Jose\u{301}"),
        ("van der Meer-de Vries", "Van Der Meer De Vries"),
        ("Łukaszewicz", "lukaszewicz"),
    ] {
        let mut log = log();
        log.leerling(SAM, SCHOOL, dag(2024, 8, 1), &wie("1", known));
        assert_eq!(koppel(&log, SCHOOL_TWEE, &wie("2", row)), nieuw(&[SAM]), "{known} and {row}");
    }
}

#[test]
fn all_that_a_row_resembles_are_named_and_none_is_joined() {
    let mut log = log();
    log.leerling(SAM, SCHOOL, dag(2024, 8, 1), &wie("1", "de Boer"));
    log.leerling(NOOR, SCHOOL_TWEE, dag(2024, 8, 1), &wie("1", "De Boer"));
    assert_eq!(koppel(&log, SCHOOL, &wie("2", "de boer")), nieuw(&[SAM, NOOR]));
    assert_eq!(log.register.kinderen().count(), 2);
}

#[test]
fn a_number_that_was_taken_back_leads_nowhere() {
    let mut log = drie();
    // The school had typed Dean's number with Noor, and set it right a year later.
    let verkeerd = wie("101", "Visser").bsn(BSN_DEAN).geboren(dag(2013, 5, 6));
    log.feit(stelling(NOOR, domain::period::Period::since(dag(2024, 9, 1)), SCHOOL, verkeerd.persoon()));
    let dean = wie("44", "Yıldız").bsn(BSN_DEAN).geboren(dag(2011, 1, 2));
    assert_eq!(koppel(&log, SCHOOL, &dean), tegenspraak(NOOR, None));
    let goed = wie("101", "Visser").bsn(BSN_NOOR).geboren(dag(2013, 5, 6));
    log.feit(stelling(NOOR, domain::period::Period::since(dag(2025, 9, 1)), SCHOOL, goed.persoon()));
    assert_eq!(koppel(&log, SCHOOL, &dean), nieuw(&[DEAN]));
    let eigen = LeerlingId::new(99);
    log.leerling(eigen, SCHOOL, dag(2025, 9, 1), &dean);
    assert_eq!(koppel(&log, SCHOOL, &dean), Koppeling::Bekend(eigen));
    assert_eq!(koppel(&log, SCHOOL, &goed), Koppeling::Bekend(NOOR));
}

#[test]
fn an_enrolment_that_was_withdrawn_frees_its_pupil_number() {
    let mut log = log();
    let vanaf = domain::period::Period::since(dag(2025, 8, 1));
    log.feit(stelling(SAM, vanaf, SCHOOL, sam().persoon()));
    let fout = log.feit(stelling(SAM, vanaf, SCHOOL, wie("55", "de Boer").inschrijving(SCHOOL)));
    assert_eq!(log.register.leerling(SCHOOL, "55"), Some(SAM));
    log.trekt_in(SAM, fout);
    assert_eq!(log.register.leerling(SCHOOL, "55"), None);
    assert_eq!(koppel(&log, SCHOOL, &wie("55", "Smit").geboren(dag(2014, 1, 1))), nieuw(&[]));
}

#[test]
fn of_a_joined_pair_the_one_is_meant_that_the_school_spoke_about() {
    let mut log = log();
    log.leerling(SAM, SCHOOL, dag(2024, 8, 1), &sam());
    log.leerling(DEAN, SCHOOL_TWEE, dag(2025, 8, 1), &wie("7", "de Boer"));
    let row = wie("7", "de Boer").bsn(BSN_SAM);
    assert_eq!(koppel(&log, SCHOOL_TWEE, &row), tegenspraak(SAM, Some(DEAN)));
    log.zelfde(DEAN, SAM);
    assert_eq!(koppel(&log, SCHOOL_TWEE, &row), Koppeling::Bekend(DEAN));
    assert_eq!(koppel(&log, SCHOOL, &sam()), Koppeling::Bekend(SAM));
    assert_eq!(log.register.kinderen().collect::<Vec<_>>(), [SAM]);
}
