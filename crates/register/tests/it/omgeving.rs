//! The rules of the region, from what was stated about its organisations.

use domain::body::{
    Afwijkendedag, DocumentSoort, Indeling, IndelingSoort, OrganisatieSoort, SchoolDagen, SchoolUren, Sector, Vakanties,
};
use domain::calendar::Vakantieregio;
use domain::period::Period;
use testkit::{DAG, SCHOOL, SCHOOL_TWEE, SWV, dag};

use crate::bouw::{Log, SINDS, leeg, log, organisatie};

fn les(log: &mut Log, day: domain::Date) -> [Option<bool>; 2] {
    log.register.settle();
    [SCHOOL, SCHOOL_TWEE].map(|school| log.register.rules().scholen[&school].schooldag(day))
}

#[test]
fn schools_follow_the_calendar_of_the_region_unless_they_have_their_own() {
    let mut log = log();
    // Autumn holidays of 2026: Noord 10 to 18 October, Midden and Zuid 17 to 25 October.
    let (noord, zuid) = (dag(2026, 10, 12), dag(2026, 10, 19));
    assert_eq!(les(&mut log, noord), [Some(false), Some(false)]);
    assert_eq!(les(&mut log, zuid), [Some(true), Some(true)]);
    let anders = log.toestand(SCHOOL_TWEE, dag(2026, 8, 1), Vakanties { regio: Vakantieregio::Zuid });
    assert_eq!(les(&mut log, noord), [Some(false), Some(true)]);
    assert_eq!(les(&mut log, zuid), [Some(true), Some(false)]);
    log.trekt_in(SCHOOL_TWEE, anders);
    assert_eq!(les(&mut log, zuid), [Some(true), Some(true)]);
}

#[test]
fn a_holiday_region_that_changes_leaves_no_day_unknown() {
    let mut log = log();
    log.toestand(SCHOOL, SINDS, Vakanties { regio: Vakantieregio::Zuid });
    log.toestand(SCHOOL, dag(2026, 8, 1), Vakanties { regio: Vakantieregio::Noord });
    // Autumn of 2025: Noord 18 to 26 October, Zuid 11 to 19 October.
    assert_eq!(les(&mut log, dag(2025, 10, 13))[0], Some(false));
    assert_eq!(les(&mut log, dag(2025, 10, 20))[0], Some(true));
    assert_eq!(les(&mut log, dag(2026, 10, 12))[0], Some(false));
    assert_eq!(les(&mut log, dag(2026, 10, 19))[0], Some(true));
}

#[test]
fn a_school_has_days_and_hours_of_its_own() {
    let mut log = log();
    let woensdag = dag(2026, 11, 18);
    let studiedag = log.stelt(SCHOOL, Period::day(woensdag), SchoolDagen { dag: Afwijkendedag::Studiedag });
    assert_eq!(les(&mut log, woensdag), [Some(false), Some(true)]);
    let open = dag(2026, 11, 21);
    log.stelt(SCHOOL, Period::day(open), SchoolDagen { dag: Afwijkendedag::Les });
    assert_eq!(les(&mut log, open), [Some(true), Some(false)]);
    log.trekt_in(SCHOOL, studiedag);
    assert_eq!(les(&mut log, woensdag), [Some(true), Some(true)]);

    let eerste = SchoolUren { jaargroep: "11".to_owned(), kwartieren: [24, 28, 20, 28, 24, 0, 0] };
    log.toestand(SCHOOL, dag(2026, 8, 1), eerste);
    log.register.settle();
    let school = &log.register.rules().scholen[&SCHOOL];
    assert_eq!(school.uren_op("11", dag(2026, 11, 17)), Some(28));
    assert_eq!(school.uren_op("12", dag(2026, 11, 17)), Some(DAG), "year groups without hours of their own");
}

#[test]
fn of_hours_stated_together_the_latest_to_begin_hold() {
    for order in [[0, 1], [1, 0]] {
        let mut log = log();
        let versions = [(SINDS, 20), (dag(2025, 8, 1), 24)];
        for place in order {
            let (from, quarters) = versions[place];
            log.toestand(SCHOOL, from, SchoolUren { jaargroep: "1".to_owned(), kwartieren: [quarters; 7] });
        }
        log.register.settle();
        assert_eq!(log.register.rules().scholen[&SCHOOL].uren_op("1", dag(2026, 3, 2)), Some(24));
    }
}

#[test]
fn a_school_belongs_where_it_was_last_said_to_belong() {
    let mut log = log();
    let (soort, ander) = (IndelingSoort::SwvVo, domain::ids::OrganisatieId::new(33));
    let bij = |log: &mut Log, day| {
        log.register.settle();
        log.register.rules().scholen[&SCHOOL].bij(soort, day)
    };
    log.stelt(SCHOOL, Period::through(SINDS, dag(2020, 7, 31)), Indeling { soort, bij: ander });
    log.toestand(SCHOOL, dag(2020, 8, 1), Indeling { soort, bij: SWV });
    log.toestand(SCHOOL, SINDS, Indeling { soort: IndelingSoort::Jgz, bij: testkit::JGZ });
    assert_eq!(bij(&mut log, dag(2020, 7, 31)), Some(ander));
    assert_eq!(bij(&mut log, dag(2020, 8, 1)), Some(SWV));
    let over = log.toestand(SCHOOL, dag(2026, 3, 2), Indeling { soort, bij: ander });
    assert_eq!(bij(&mut log, dag(2026, 3, 1)), Some(SWV));
    assert_eq!(bij(&mut log, dag(2026, 3, 2)), Some(ander));
    log.trekt_in(SCHOOL, over);
    assert_eq!(bij(&mut log, dag(2026, 3, 2)), Some(SWV));
}

#[test]
fn an_organisation_is_what_was_last_said_of_it() {
    let mut log = log();
    let is = |log: &mut Log| {
        log.register.settle();
        let school = log.register.rules().scholen.get(&SCHOOL).map(|school| school.sector);
        (log.register.rules().naam(SCHOOL).to_owned(), school)
    };
    let nieuw = organisatie("De Nieuwe Meent", OrganisatieSoort::School, Some(Sector::Pro));
    let vernieuwd = log.toestand(SCHOOL, dag(2026, 3, 2), nieuw);
    assert_eq!(is(&mut log), ("De Nieuwe Meent".to_owned(), Some(Some(Sector::Pro))));
    log.trekt_in(SCHOOL, vernieuwd);
    assert_eq!(is(&mut log), ("organisatie 1".to_owned(), Some(Some(Sector::Vo))));
    log.toestand(SCHOOL, dag(2026, 3, 2), organisatie("De Meent", OrganisatieSoort::Bestuur, None));
    assert_eq!(is(&mut log), ("De Meent".to_owned(), None), "no school any more");
}

#[test]
fn a_protocol_that_was_withdrawn_decides_nothing() {
    let mut log = leeg();
    let versie = |log: &Log| log.register.document(DocumentSoort::Protocol).map(|document| document.versie.clone());
    log.protocol(SINDS, "1", signals::protocol::STANDAARD);
    let tweede = log.protocol(dag(2026, 3, 2), "2", signals::protocol::STANDAARD);
    assert_eq!(versie(&log).as_deref(), Some("2"));
    log.trekt_in(domain::ids::DocumentId::new(1), tweede);
    assert_eq!(versie(&log).as_deref(), Some("1"));
}

#[test]
fn the_version_of_a_day_is_the_last_that_began_by_then() {
    let mut log = leeg();
    let op = |log: &Log, dag| {
        let found = log.register.document_op(DocumentSoort::Protocol, dag);
        found.map(|(geldig, document)| (geldig.from, document.versie.clone()))
    };
    let (augustus, maart) = (dag(2026, 8, 1), dag(2026, 3, 2));
    log.protocol(SINDS, "1", signals::protocol::STANDAARD);
    log.protocol(augustus, "later", signals::protocol::STANDAARD);
    log.protocol(maart, "2", signals::protocol::STANDAARD);
    assert_eq!(op(&log, domain::period::plus_days(SINDS, -1)), None);
    assert_eq!(op(&log, dag(2026, 3, 1)), Some((SINDS, "1".to_owned())));
    assert_eq!(op(&log, dag(2026, 7, 31)), Some((maart, "2".to_owned())), "however late it was adopted");
    assert_eq!(op(&log, augustus), Some((augustus, "later".to_owned())));
    log.protocol(augustus, "nog later", signals::protocol::STANDAARD);
    assert_eq!(op(&log, augustus), Some((augustus, "nog later".to_owned())));
}

#[test]
fn the_last_statement_is_one_that_stands() {
    let mut log = log();
    let naam = |log: &Log| log.register.laatste::<domain::body::Organisatie>(SCHOOL).map(|o| o.naam.clone());
    let correctie = domain::fact::NewFact {
        replaces: Some(log.register.over(SCHOOL).next().unwrap().id),
        ..crate::bouw::stelling(
            SCHOOL,
            Period::since(SINDS),
            crate::bouw::REGIO,
            organisatie("De Meent", OrganisatieSoort::School, None),
        )
    };
    let nieuw = log.feit(correctie);
    assert_eq!(naam(&log).as_deref(), Some("De Meent"));
    log.trekt_in(SCHOOL, nieuw);
    assert_eq!(naam(&log).as_deref(), Some("organisatie 1"), "a withdrawn correction gives back what it corrected");
}
