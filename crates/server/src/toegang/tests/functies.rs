//! The register decides who may work as whom: by address, by role, by day.

use domain::Date;
use domain::body::{Body, Intrekking, Medewerker, RolToekenning};
use domain::fact::{Actor, Bron, FactId, Grondslag, NewFact, Rol, Source};
use domain::ids::{MedewerkerId, OrganisatieId};
use domain::period::Period;
use register::Register;

use super::*;
use crate::toegang::functies::Functie;

const VISSER: MedewerkerId = MedewerkerId::new(1);
const ELDERS: MedewerkerId = MedewerkerId::new(2);
const BAKKER: MedewerkerId = MedewerkerId::new(3);
const SCHOOL: OrganisatieId = OrganisatieId::new(10);
const STEUNPUNT: OrganisatieId = OrganisatieId::new(11);

fn dag(day: i8) -> Date {
    Date::constant(2026, 3, day)
}

/// A register that was told who works where.
#[derive(Default)]
struct Wie {
    register: Register,
    seq: u64,
}

impl Wie {
    fn stel(&mut self, over: MedewerkerId, valid: Period, replaces: Option<u64>, body: impl Into<Body>) -> u64 {
        self.seq += 1;
        let fact = NewFact {
            about: over.into(),
            valid,
            by: Actor::Systeem { organisatie: SCHOOL },
            ground: Grondslag::Regiobeheer,
            source: Source::of(Bron::Overig, SCHOOL),
            replaces: replaces.map(|seq| FactId(u128::from(seq))),
            body: body.into(),
        };
        self.register
            .apply(self.seq, fact.recorded(FactId(u128::from(self.seq)), na(i64::try_from(self.seq).unwrap())));
        self.seq
    }

    fn medewerker(&mut self, over: MedewerkerId, valid: Period, email: &str) -> u64 {
        let functie = "medewerker".to_owned();
        let body = Medewerker {
            naam: "mw. Cornelia Visser".into(),
            functie,
            telefoon: "".into(),
            email: email.into(),
            werkdagen: [true; 7],
        };
        self.stel(over, valid, None, body)
    }

    fn rol(&mut self, over: MedewerkerId, valid: Period, rol: Rol, organisatie: OrganisatieId) -> u64 {
        self.stel(over, valid, None, RolToekenning { rol, organisatie })
    }
}

/// Visser works at a school, from 1 March, and as somebody else at the steunpunt from the 10th to the 19th.
fn wie() -> Wie {
    let mut wie = Wie::default();
    wie.medewerker(VISSER, Period::since(dag(1)), "C.Visser@Meent.example");
    wie.rol(VISSER, Period::since(dag(1)), Rol::Mentor, SCHOOL);
    wie.rol(VISSER, Period::through(dag(5), dag(6)), Rol::Verzuimcoordinator, SCHOOL);
    wie.medewerker(ELDERS, Period::since(dag(10)), EMAIL);
    wie.rol(ELDERS, Period::through(dag(10), dag(19)), Rol::Steunpunt, STEUNPUNT);
    wie.medewerker(BAKKER, Period::since(dag(1)), "bakker@meent.example");
    wie.rol(BAKKER, Period::since(dag(1)), Rol::Schoolleider, SCHOOL);
    wie.medewerker(MedewerkerId::new(4), Period::since(dag(1)), "");
    wie
}

fn rollen(functies: &[Functie]) -> Vec<(Rol, OrganisatieId)> {
    functies.iter().map(|functie| (functie.keuze().rol, functie.keuze().organisatie)).collect()
}

#[test]
fn the_register_decides_per_day_which_functions_there_are() {
    let plek = Plek::new();
    speel(async {
        let (toegang, wie) = (plek.open().await, wie());
        let mens = toegang.proefmens(EMAIL, na(0)).await;
        let op = |day| rollen(&toegang.functies(&wie.register, mens.account, dag(day)).unwrap());
        assert_eq!(op(1), [(Rol::Mentor, SCHOOL)]);
        assert_eq!(op(5), [(Rol::Mentor, SCHOOL), (Rol::Verzuimcoordinator, SCHOOL)]);
        assert_eq!(op(7), [(Rol::Mentor, SCHOOL)]);
        assert_eq!(op(10), [(Rol::Mentor, SCHOOL), (Rol::Steunpunt, STEUNPUNT)]);
        assert_eq!(op(20), [(Rol::Mentor, SCHOOL)]);
        let before = toegang.functies(&wie.register, mens.account, Date::constant(2026, 2, 28)).unwrap();
        assert!(before.is_empty());
        let niemand = toegang.proefmens("niemand@meent.example", na(0)).await;
        assert!(toegang.functies(&wie.register, niemand.account, dag(1)).unwrap().is_empty());
        let namen = toegang.namen(&wie.register, mens.account, dag(12)).unwrap();
        assert_eq!(namen.len(), 2);
    });
}

#[test]
fn a_function_is_chosen_and_ends_on_its_day() {
    let plek = Plek::new();
    speel(async {
        let (toegang, mut wie) = (plek.open().await, wie());
        let mens = toegang.proefmens(EMAIL, na(0)).await;
        let functies = toegang.functies(&wie.register, mens.account, dag(12)).unwrap();
        let geheim = toegang.kies(&mens.sessie, Some(functies[1]), na(1)).await.unwrap().tekst();
        let sessie = toegang.sessie(&geheim, na(2)).await.unwrap();
        assert_eq!(sessie.keuze, Some(functies[1].keuze()));
        for (day, holds) in [(9, false), (10, true), (19, true), (20, false)] {
            assert_eq!(toegang.geldt(&wie.register, &sessie, dag(day)).unwrap().is_some(), holds, "{day}");
        }
        // Withdrawn today: from the next page on.
        wie.stel(ELDERS, Period::day(dag(12)), Some(5), Intrekking { reden: "vergissing".into() });
        assert!(toegang.geldt(&wie.register, &sessie, dag(12)).unwrap().is_none());

        let none = toegang.kies(&geheim, None, na(3)).await.unwrap().tekst();
        let sessie = toegang.sessie(&none, na(3)).await.unwrap();
        assert_eq!(sessie.keuze, None);
        assert!(toegang.geldt(&wie.register, &sessie, dag(12)).unwrap().is_none());
    });
}

#[test]
fn nobody_works_as_another() {
    let plek = Plek::new();
    speel(async {
        let (toegang, mut wie) = (plek.open().await, wie());
        let visser = toegang.proefmens(EMAIL, na(0)).await;
        let bakker = toegang.proefmens("bakker@meent.example", na(0)).await;
        let functies = toegang.functies(&wie.register, bakker.account, dag(1)).unwrap();
        let taken = toegang.kies(&visser.sessie, Some(functies[0]), na(1)).await;
        assert!(matches!(taken, Err(Weigering::GeenFunctie)));
        assert!(toegang.sessie(&visser.sessie, na(2)).await.is_ok(), "and the session goes on");

        // Another address: the account that was chosen with the old one has no function any more.
        let eigen = toegang.functies(&wie.register, visser.account, dag(1)).unwrap();
        let geheim = toegang.kies(&visser.sessie, Some(eigen[0]), na(3)).await.unwrap().tekst();
        let sessie = toegang.sessie(&geheim, na(3)).await.unwrap();
        assert!(toegang.geldt(&wie.register, &sessie, dag(2)).unwrap().is_some());
        wie.medewerker(VISSER, Period::since(dag(2)), "cornelia@meent.example");
        assert!(toegang.geldt(&wie.register, &sessie, dag(1)).unwrap().is_some());
        assert!(toegang.geldt(&wie.register, &sessie, dag(2)).unwrap().is_none());
    });
}
