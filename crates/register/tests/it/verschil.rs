//! What a file says that its source had not said yet. Each story is a list of files of one school about one child, each
//! on its day; after each file the register holds what is listed.

use domain::Date;
use domain::body::{Adres, Gezag, Inschrijving, JaNee, Kind, Relatie, UitschrijfReden, Uitschrijving};
use domain::body::{Afwijkendedag, SchoolDagen, SchoolUren};
use domain::fact::{Fact, NewFact};
use domain::ids::{OrganisatieId, PersoonId};
use domain::period::Period;
use register::verschil;
use testkit::{DAG, SCHOOL, SCHOOL_TWEE, dag};

use crate::bouw::{Log, REGIO, SAM, SINDS, log, stelling, wie};

const AUGUSTUS: Date = Date::constant(2024, 8, 1);

/// One row of a pupil file.
#[derive(Clone)]
struct Rij {
    school: OrganisatieId,
    klas: &'static str,
    huis: &'static str,
    van: Date,
    tot: Option<Date>,
}

fn rij() -> Rij {
    Rij { school: SCHOOL, klas: "2b", huis: "1", van: AUGUSTUS, tot: None }
}

impl Rij {
    fn klas(self, klas: &'static str) -> Self {
        Rij { klas, ..self }
    }

    fn huis(self, huis: &'static str) -> Self {
        Rij { huis, ..self }
    }

    fn van(self, van: Date) -> Self {
        Rij { van, ..self }
    }

    fn tot(self, tot: Date) -> Self {
        Rij { tot: Some(tot), ..self }
    }

    fn school(self, school: OrganisatieId) -> Self {
        Rij { school, ..self }
    }

    fn feiten(&self) -> Vec<NewFact> {
        let wie = wie("100", "de Boer").klas(self.klas);
        let adres = Adres { postcode: None, huisnummer: self.huis.into(), gemeente: None, geheim: false };
        let sinds = Period::since(self.van);
        let mut feiten = vec![
            stelling(SAM, Period::since(wie.geboren), self.school, wie.persoon()),
            stelling(SAM, sinds, self.school, adres),
            stelling(SAM, sinds, self.school, wie.inschrijving(self.school)),
        ];
        let uit = Uitschrijving { school: self.school, reden: UitschrijfReden::Onbekend };
        feiten.extend(self.tot.map(|dag| stelling(SAM, Period::day(dag), self.school, uit)));
        feiten
    }
}

/// Reads a file; tells how many facts were new. The same file once more never is.
fn lees(log: &mut Log, feiten: &[NewFact], vandaag: Date) -> usize {
    let news = |log: &Log| {
        let timeline = log.register.timeline(SAM).unwrap_or_default();
        verschil(&timeline, feiten, vandaag)
    };
    let first = news(log);
    let count = first.len();
    for fact in first {
        log.op(vandaag).feit(fact);
    }
    assert_eq!(news(log), [], "the same file again changes nothing");
    count
}

/// Enrolments as they stand: school, first day, last day, class.
fn verblijf(log: &Log) -> Vec<(u64, Date, Option<Date>, String)> {
    let timeline = log.register.timeline(SAM).unwrap();
    let stays = timeline.inschrijvingen();
    stays
        .iter()
        .map(|(period, _, body)| (body.school.0.get(), period.from, period.last(), body.klas.zichtbaar().to_owned()))
        .collect()
}

fn check(story: &str, files: &[(Date, Rij, usize)], expected: &[(u64, Date, Option<Date>, &str)]) {
    let mut log = log();
    for (place, (vandaag, rij, new)) in files.iter().enumerate() {
        assert_eq!(lees(&mut log, &rij.feiten(), *vandaag), *new, "{story}: file {place}");
    }
    let expected: Vec<_> =
        expected.iter().map(|(s, from, last, klas)| (*s, *from, *last, (*klas).to_owned())).collect();
    assert_eq!(verblijf(&log), expected, "{story}");
}

/// Days on which the files come.
const DAGEN: (Date, Date, Date) = (Date::constant(2025, 9, 1), Date::constant(2025, 10, 1), Date::constant(2026, 3, 1));

#[test]
fn the_class_follows_the_file() {
    let (sep, okt, mrt) = DAGEN;
    let begin = (sep, rij(), 3);
    check("first word", std::slice::from_ref(&begin), &[(1, AUGUSTUS, None, "2b")]);
    check(
        "another class from today",
        &[begin.clone(), (okt, rij().klas("2c"), 1)],
        &[(1, AUGUSTUS, Some(dag(2025, 9, 30)), "2b"), (1, okt, None, "2c")],
    );
    check(
        "another class twice on one day",
        &[begin.clone(), (okt, rij().klas("2c"), 1), (okt, rij().klas("2d"), 1)],
        &[(1, AUGUSTUS, Some(dag(2025, 9, 30)), "2b"), (1, okt, None, "2d")],
    );
    check(
        "back to the class before",
        &[begin.clone(), (okt, rij().klas("2c"), 1), (mrt, rij(), 1)],
        &[(1, AUGUSTUS, Some(dag(2025, 9, 30)), "2b"), (1, okt, Some(dag(2026, 2, 28)), "2c"), (1, mrt, None, "2b")],
    );
}

#[test]
fn the_first_day_follows_the_file() {
    let (sep, okt, mrt) = DAGEN;
    let begin = (sep, rij(), 3);
    check(
        "first day corrected",
        &[begin.clone(), (okt, rij().van(dag(2024, 9, 1)), 1)],
        &[(1, dag(2024, 9, 1), None, "2b")],
    );
    check(
        "first day corrected, the classes stay",
        &[begin.clone(), (okt, rij().klas("2c"), 1), (mrt, rij().klas("2c").van(dag(2024, 9, 1)), 1)],
        &[(1, dag(2024, 9, 1), Some(dag(2025, 9, 30)), "2b"), (1, okt, None, "2c")],
    );
    check(
        "first day and class in one file",
        &[begin.clone(), (okt, rij().klas("2c").van(dag(2024, 9, 1)), 2)],
        &[(1, dag(2024, 9, 1), Some(dag(2025, 9, 30)), "2b"), (1, okt, None, "2c")],
    );
    check(
        "first day after the class changed",
        &[begin.clone(), (okt, rij().klas("2c"), 1), (mrt, rij().klas("2c").van(dag(2025, 11, 1)), 2)],
        &[(1, dag(2025, 11, 1), None, "2c")],
    );
    check(
        "first day in the future, then another class",
        &[(sep, rij().van(mrt), 3), (okt, rij().van(mrt).klas("2c"), 1)],
        &[(1, mrt, None, "2c")],
    );
}

#[test]
fn leaving_and_coming_back_follow_the_file() {
    let (sep, _, mrt) = DAGEN;
    let kerst = dag(2025, 12, 31);
    let begin = (sep, rij(), 3);
    check("left", &[begin.clone(), (mrt, rij().tot(kerst), 1)], &[(1, AUGUSTUS, Some(kerst), "2b")]);
    check(
        "last day corrected",
        &[begin.clone(), (mrt, rij().tot(kerst), 1), (mrt, rij().tot(dag(2026, 1, 31)), 1)],
        &[(1, AUGUSTUS, Some(dag(2026, 1, 31)), "2b")],
    );
    check(
        "left, came back, left again",
        &[
            begin.clone(),
            (mrt, rij().tot(kerst), 1),
            (dag(2026, 3, 10), rij().van(mrt), 1),
            (dag(2026, 6, 1), rij().van(mrt).tot(dag(2026, 5, 29)), 1),
        ],
        &[(1, AUGUSTUS, Some(kerst), "2b"), (1, mrt, Some(dag(2026, 5, 29)), "2b")],
    );
    check(
        "an older file after a newer one",
        &[
            begin.clone(),
            (mrt, rij().tot(kerst), 1),
            (dag(2026, 3, 10), rij().van(mrt), 1),
            (dag(2026, 3, 11), rij().tot(kerst), 0),
        ],
        &[(1, AUGUSTUS, Some(kerst), "2b"), (1, mrt, None, "2b")],
    );
    check(
        "another school speaks for itself",
        &[begin, (mrt, rij().school(SCHOOL_TWEE).klas("V1").van(dag(2026, 2, 1)), 3), (mrt, rij(), 0)],
        &[(1, AUGUSTUS, None, "2b"), (2, dag(2026, 2, 1), None, "V1")],
    );
}

fn op<K: Kind + PartialEq + Clone>(log: &Log, dag: Date) -> Option<K> {
    log.register.timeline(SAM).unwrap().at::<K>(dag, "x").value.cloned()
}

#[test]
fn an_address_holds_from_the_day_it_is_told_and_the_old_one_until_then() {
    let mut log = log();
    lees(&mut log, &rij().feiten(), dag(2025, 9, 1));
    assert_eq!(lees(&mut log, &rij().huis("20").feiten(), dag(2025, 10, 1)), 1);
    assert_eq!(lees(&mut log, &rij().huis("22").feiten(), dag(2025, 10, 1)), 1);
    for (day, huis) in [(dag(2024, 8, 1), "1"), (dag(2025, 9, 30), "1"), (dag(2025, 10, 1), "22")] {
        assert_eq!(op::<Adres>(&log, day).unwrap().huisnummer.zichtbaar(), huis, "{day}");
    }
    let stated = log.register.timeline(SAM).unwrap();
    assert_eq!(stated.all::<Adres>().count(), 2, "20 was said and corrected on one day");
}

#[test]
fn what_another_source_says_is_left_alone() {
    let mut log = log();
    let brp = NewFact {
        source: domain::fact::Source { bron: domain::fact::Bron::Brp, organisatie: None },
        ..rij().huis("99").feiten()[1].clone()
    };
    log.feit(brp);
    assert_eq!(lees(&mut log, &rij().feiten(), dag(2025, 9, 1)), 3);
    assert_eq!(op::<Adres>(&log, dag(2025, 9, 1)).unwrap().huisnummer.zichtbaar(), "99");
    assert_eq!(log.register.timeline(SAM).unwrap().at::<Adres>(dag(2025, 9, 1), "adres").gaps.len(), 1);
    assert_eq!(lees(&mut log, &rij().huis("2").feiten(), dag(2025, 9, 2)), 1);
}

#[test]
fn parents_are_told_apart() {
    let gezag = |persoon, gezag| {
        let body = Gezag { persoon, relatie: Relatie::Moeder, gezag, woont_bij_kind: JaNee::Ja };
        stelling(SAM, Period::since(AUGUSTUS), SCHOOL, body)
    };
    let (een, twee) = (PersoonId::new(1), PersoonId::new(2));
    let mut log = log();
    lees(&mut log, &rij().feiten(), dag(2025, 9, 1));
    for (story, row, new) in [
        ("first", gezag(een, JaNee::Ja), 1),
        ("a second parent is no correction of the first", gezag(twee, JaNee::Ja), 1),
        ("authority ended", gezag(een, JaNee::Nee), 1),
        ("the other still has it", gezag(twee, JaNee::Ja), 0),
    ] {
        assert_eq!(lees(&mut log, &[row], dag(2025, 10, 1)), new, "{story}");
    }
    let timeline = log.register.timeline(SAM).unwrap();
    let now = |persoon| timeline.on::<Gezag>(dag(2025, 10, 1)).rfind(move |(_, g)| g.persoon == persoon);
    assert_eq!(now(een).unwrap().1.gezag, JaNee::Nee);
    assert_eq!(now(twee).unwrap().1.gezag, JaNee::Ja);
}

/// Statements about a school, as a document of the region gives them.
fn lees_school(log: &mut Log, feiten: &[NewFact], vandaag: Date) -> usize {
    let news = |log: &Log| verschil(&log.register.alleen_over(SCHOOL), feiten, vandaag);
    let first = news(log);
    let count = first.len();
    for fact in first {
        log.op(vandaag).feit(fact);
    }
    assert_eq!(news(log), [], "the same again changes nothing");
    count
}

#[test]
fn statements_with_days_of_their_own_keep_them() {
    let uren = |van: Date, kwartieren: u8| {
        let body = SchoolUren { jaargroep: "11".to_owned(), kwartieren: [kwartieren; 7] };
        stelling(SCHOOL, Period::since(van), REGIO, body)
    };
    let vrij = |dagen, dag| stelling(SCHOOL, dagen, REGIO, SchoolDagen { dag });
    let mut log = log();
    let oud = [uren(SINDS, DAG), uren(dag(2025, 8, 1), 24)];
    assert_eq!(lees_school(&mut log, &oud, dag(2026, 1, 1)), 2);
    let studiedag = vrij(Period::day(dag(2025, 11, 18)), Afwijkendedag::Studiedag);
    assert_eq!(lees_school(&mut log, std::slice::from_ref(&studiedag), dag(2026, 1, 1)), 1);
    let nog_een = vrij(Period::day(dag(2026, 2, 3)), Afwijkendedag::Studiedag);
    assert_eq!(lees_school(&mut log, &[studiedag.clone(), nog_een], dag(2026, 1, 1)), 1);
    let toch_vrij = NewFact { body: SchoolDagen { dag: Afwijkendedag::VrijeDag }.into(), ..studiedag };
    assert_eq!(lees_school(&mut log, &[toch_vrij], dag(2026, 1, 1)), 1);
    let stated = log.register.alleen_over(SCHOOL);
    let days: Vec<Date> = stated.all::<SchoolDagen>().map(|(fact, _): (&Fact, _)| fact.valid.from).collect();
    assert_eq!(days, [dag(2026, 2, 3), dag(2025, 11, 18)]);
    assert_eq!(stated.all::<Inschrijving>().count(), 0);
}
