//! A kept summary is what would be derived now, whatever happened in between.

use domain::Date;
use domain::body::{
    Adres, Afwijkendedag, Body, Inschrijving, Kind, Relatie, SchoolDagen, Taak, TeBevestigen, UitschrijfReden,
    Uitschrijving, Verantwoordelijke, VolgendeStap, ZitThuis,
};
use domain::fact::{Actor, FactId, NewFact, Rol};
use domain::ids::{LeerlingId, MedewerkerId, Subject};
use domain::kring::Kring;
use domain::period::{Period, plus_days};
use domain::status::StatusSoort;
use domain::verzuim::VerzuimSoort;
use proptest::prelude::*;
use register::telling::{Looptijd, Stand};
use register::{Kaart, Register, Samenvatting, Woont};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use testkit::{SCHOOL, SCHOOL_TWEE, dag};

use crate::bouw::{Log, dagrij, log, los, met, stelling, volledig, wie};

/// First Monday of the stories; everything happens in the ten weeks from here.
const MAANDAG: Date = Date::constant(2026, 1, 12);
const KINDEREN: u64 = 4;

/// Something that happens to the region.
#[derive(Debug, Clone)]
enum Gebeurt {
    /// A school delivers weeks: which school, first week, number of weeks, complete or not, per child its absent days.
    Levering(bool, i32, i32, bool, Vec<(u64, i32, i32)>),
    /// Somebody says something about a child on a day.
    Zegt(u64, i32, u8),
    /// Two children are found to be one.
    Zelfde(u64, u64),
    /// Something that was said is withdrawn.
    Ingetrokken(prop::sample::Index),
    /// A school closes for a day.
    Vrij(bool, i32),
    /// The region agrees on another number of days.
    Afspraak(u32),
}

fn gebeurt() -> impl Strategy<Value = Gebeurt> {
    let kind = || 1..=KINDEREN;
    let rows = || prop::collection::vec((kind(), 0i32..70, 1i32..25), 0..4);
    prop_oneof![
        4 => (any::<bool>(), 0i32..8, 1i32..8, prop::bool::weighted(0.8), rows())
            .prop_map(|(school, first, weeks, complete, rows)| Gebeurt::Levering(school, first, weeks, complete, rows)),
        // Also of children of whom nothing was known.
        4 => (1..=KINDEREN + 3, 0i32..70, 0u8..4).prop_map(|(kind, day, what)| Gebeurt::Zegt(kind, day, what)),
        1 => (kind(), kind()).prop_map(|(a, b)| Gebeurt::Zelfde(a, b)),
        1 => any::<prop::sample::Index>().prop_map(Gebeurt::Ingetrokken),
        1 => (any::<bool>(), 0i32..70).prop_map(|(school, day)| Gebeurt::Vrij(school, day)),
        1 => (5u32..15).prop_map(Gebeurt::Afspraak),
    ]
}

fn regio() -> Log {
    let mut log = log();
    for id in 1..=KINDEREN {
        let school = if id % 2 == 0 { SCHOOL_TWEE } else { SCHOOL };
        log.leerling(LeerlingId::new(id), school, dag(2024, 8, 1), &wie("1", "de Boer"));
    }
    log
}

fn school(first: bool) -> domain::ids::OrganisatieId {
    if first { SCHOOL } else { SCHOOL_TWEE }
}

fn zegt(day: Date, what: u8) -> (Period, Body) {
    match what {
        0 => (Period::since(day), ZitThuis { relatie: Some(Relatie::Moeder), woorden: "".into() }.into()),
        1 => (Period::day(day), Uitschrijving { school: SCHOOL, reden: UitschrijfReden::Onbekend }.into()),
        2 => {
            let stap = VolgendeStap {
                organisatie: SCHOOL,
                medewerker: None,
                stap: "gesprek".into(),
                uiterlijk: plus_days(day, 7),
            };
            (Period::day(day), stap.into())
        }
        _ => {
            let wat = TeBevestigen::Thuiszittend;
            (Period::day(day), domain::body::Bevestiging { wat, klopt: true, reden: "".into() }.into())
        }
    }
}

fn play(log: &mut Log, said: &mut Vec<(LeerlingId, FactId)>, event: &Gebeurt) {
    match event {
        Gebeurt::Levering(first, week, weeks, complete, rows) => {
            let from = plus_days(MAANDAG, 7 * week);
            let periode = Period { from, until: Some(plus_days(from, 7 * weeks)) };
            let school = school(*first);
            let mut levering = if *complete { volledig(school, periode) } else { los(school, periode) };
            let mut seen = BTreeSet::new();
            for (kind, start, days) in rows.iter().filter(|(kind, ..)| seen.insert(*kind)) {
                let away = (*start..start + days).map(|n| plus_days(MAANDAG, n)).filter(|day| periode.contains(*day));
                let rows: Vec<u32> = away.map(|day| dagrij(day, VerzuimSoort::Ongeoorloofd)).collect();
                levering = met(levering, LeerlingId::new(*kind), &rows, &[]);
            }
            log.op(plus_days(from, 7 * weeks)).levert(&levering);
        }
        Gebeurt::Zegt(kind, day, what) => {
            let (valid, body) = zegt(plus_days(MAANDAG, *day), *what);
            let id = LeerlingId::new(*kind);
            said.push((id, log.stelt(id, valid, body)));
        }
        Gebeurt::Zelfde(a, b) => said.push((LeerlingId::new(*a), log.zelfde(LeerlingId::new(*a), LeerlingId::new(*b)))),
        Gebeurt::Ingetrokken(which) if !said.is_empty() => {
            let (about, fact) = said[which.index(said.len())];
            log.trekt_in(about, fact);
        }
        Gebeurt::Ingetrokken(_) => {}
        Gebeurt::Vrij(first, day) => {
            let day = Period::day(plus_days(MAANDAG, *day));
            log.stelt(school(*first), day, SchoolDagen { dag: Afwijkendedag::VrijeDag });
            log.register.settle();
        }
        Gebeurt::Afspraak(days) => log.register.adopt(|rules| rules.klok.schooldagen_zonder_deelname = *days),
    }
}

/// Every child of the register once, each with the summary that follows from its facts.
fn agrees(log: &mut Log, on: Date) -> Result<(), TestCaseError> {
    let kept = log.register.samenvattingen(on, 2).clone();
    let children: Vec<LeerlingId> = log.register.kinderen().collect();
    prop_assert_eq!(kept.keys().copied().collect::<Vec<_>>(), children);
    for (leerling, summary) in &kept {
        let timeline = log.register.timeline(*leerling).unwrap();
        let derived = Samenvatting::of(&timeline, on, log.register.rules());
        prop_assert_eq!(summary.as_ref(), &derived);
        let counted = log.register.telrijen(*leerling, &[on]).first().map(|(_, rij)| (rij.stand, rij.looptijd));
        let stand = Stand::van(&derived.status, derived.klok.as_deref(), derived.passend);
        prop_assert_eq!(counted, stand.map(|stand| (stand, derived.klok.as_deref().map(Looptijd::van))));
        prop_assert_eq!(log.register.samenvatting(*leerling, on), Some(derived));
    }
    nobody_is_missed(log, on, true)
}

/// Whoever is anything to a child has it among their children, once; `exactly`: and no other child.
fn nobody_is_missed(log: &Log, on: Date, exactly: bool) -> Result<(), TestCaseError> {
    let mut around: BTreeMap<Subject, BTreeSet<LeerlingId>> = BTreeMap::new();
    for leerling in log.register.kinderen() {
        let kring = Kring::of(&log.register.timeline(leerling).unwrap(), on, log.register.rules());
        let who = kring.organisaties().map(Subject::from).chain(kring.personen().map(Subject::from));
        for who in who {
            around.entry(who).or_default().insert(leerling);
        }
    }
    for (who, children) in around {
        let found: Vec<LeerlingId> = log.register.kinderen_van(who).collect();
        let once: BTreeSet<LeerlingId> = found.iter().copied().collect();
        prop_assert_eq!(once.len(), found.len());
        prop_assert!(if exactly { once == children } else { once.is_superset(&children) }, "{} {:?}", who, found);
    }
    Ok(())
}

/// A list that somebody keeps: renewed only where the register says that a child changed.
#[derive(Default)]
struct Lijst {
    stand: u64,
    kinderen: BTreeMap<LeerlingId, Arc<Samenvatting>>,
}

impl Lijst {
    fn werk_bij(&mut self, register: &Register, on: Date) {
        match register.gewijzigd_sinds(self.stand) {
            Some(changed) => {
                for leerling in changed {
                    match register.samenvatting_op(leerling, on).filter(|_| register.kinderen().any(|k| k == leerling))
                    {
                        Some(made) => self.kinderen.insert(leerling, made),
                        None => self.kinderen.remove(&leerling),
                    };
                }
            }
            None => {
                let all = register.kinderen().filter_map(|l| Some((l, register.samenvatting_op(l, on)?)));
                self.kinderen = all.collect();
            }
        }
        self.stand = register.stand();
    }
}

/// The kept list is the list made anew.
fn keeps_up(lijst: &mut Lijst, log: &Log, on: Date) -> Result<(), TestCaseError> {
    lijst.werk_bij(&log.register, on);
    let mut anew = Lijst { stand: u64::MAX, ..Lijst::default() };
    anew.werk_bij(&log.register, on);
    prop_assert_eq!(&lijst.kinderen, &anew.kinderen);
    Ok(())
}

/// Sums up a few children, while something happens between making and putting in place.
fn a_few(log: &mut Log, said: &mut Vec<(LeerlingId, FactId)>, between: Option<&Gebeurt>) {
    let work = log.register.samen_te_vatten(2);
    let made = work.map(|work| log.register.vat_samen(work, 2));
    between.into_iter().for_each(|event| play(log, said, event));
    made.into_iter().for_each(|made| log.register.neem_samenvattingen(made));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_summary_is_what_would_be_derived(events in prop::collection::vec((gebeurt(), any::<bool>()), 1..12)) {
        let mut log = regio();
        let mut said = Vec::new();
        let on = dag(2026, 3, 20);
        let mut lijst = Lijst::default();
        agrees(&mut log, on)?;
        keeps_up(&mut lijst, &log, on)?;
        for (event, another_day) in &events {
            play(&mut log, &mut said, event);
            // Also before the summaries of the day are renewed nobody misses a child.
            nobody_is_missed(&log, on, false)?;
            if *another_day {
                agrees(&mut log, plus_days(on, -30))?;
            }
            agrees(&mut log, on)?;
            keeps_up(&mut lijst, &log, on)?;
        }
    }

    #[test]
    fn summaries_are_made_beside_what_happens(
        events in prop::collection::vec((gebeurt(), any::<bool>(), 0usize..3, any::<bool>()), 1..10),
    ) {
        let mut log = regio();
        let mut said = Vec::new();
        let (on, next) = (dag(2026, 3, 20), dag(2026, 3, 21));
        log.register.begin_dag(on);
        for (event, between, rounds, turns) in &events {
            if *turns {
                log.register.begin_dag(next);
            }
            a_few(&mut log, &mut said, Some(event).filter(|_| *between));
            if !between {
                play(&mut log, &mut said, event);
            }
            (0..*rounds).for_each(|_| a_few(&mut log, &mut said, None));
            nobody_is_missed(&log, on, false)?;
            for leerling in log.register.kinderen() {
                // The one day serves until the other is whole.
                let day = log.register.dag().unwrap_or(on);
                let (serves, derived) = (log.register.samenvatting_op(leerling, day), log.register.samenvatting(leerling, day));
                prop_assert_eq!(serves.as_deref(), derived.as_ref());
                let (asked, derived) = (log.register.samenvatting_op(leerling, next), log.register.samenvatting(leerling, next));
                prop_assert_eq!(asked.as_deref(), derived.as_ref());
            }
        }
        let turned = events.iter().any(|(.., turns)| *turns);
        for _ in 0..100 {
            a_few(&mut log, &mut said, None);
        }
        prop_assert!(log.register.samen_te_vatten(1).is_none() && log.register.is_bijna_samengevat(0));
        let day = if turned { next } else { on };
        prop_assert!(log.register.is_samengevat(day));
        nobody_is_missed(&log, day, true)?;
        agrees(&mut log, day)?;
    }
}

#[test]
fn a_delivery_makes_only_the_children_of_its_school_anew() {
    let mut log = regio();
    let on = dag(2026, 3, 20);
    let before = log.register.samenvattingen(on, 2).clone();
    log.op(on).levert(&volledig(SCHOOL, Period::through(MAANDAG, plus_days(MAANDAG, 4))));
    let kept =
        |kind: &LeerlingId| log.register.samenvatting_op(*kind, on).is_some_and(|now| Arc::ptr_eq(&now, &before[kind]));
    let elsewhere: Vec<LeerlingId> = before.keys().copied().filter(kept).collect();
    assert!(!elsewhere.is_empty() && elsewhere.len() < before.len(), "{elsewhere:?} of {}", before.len());
    for kind in elsewhere {
        let there = log.register.over(kind).filter_map(|fact| Inschrijving::of(&fact.body));
        assert!(there.into_iter().all(|stay| stay.school != SCHOOL), "{kind}");
    }
}

#[test]
fn the_random_regions_reach_what_matters() {
    let mut log = regio();
    let mut said = Vec::new();
    play(&mut log, &mut said, &Gebeurt::Levering(true, 0, 10, true, vec![(1, 14, 30)]));
    let of = |log: &mut Log, id| {
        // The day on which the school delivered, and all that is said after it.
        let summary = &log.register.samenvattingen(dag(2026, 3, 23), 1)[&LeerlingId::new(id)];
        (summary.status.soort, summary.klok.is_some(), summary.signalen.len())
    };
    assert_eq!(of(&mut log, 1), (StatusSoort::Thuiszittend, true, 12));
    assert_eq!(of(&mut log, 2), (StatusSoort::NietBekend, false, 0));
    assert_eq!(of(&mut log, 3), (StatusSoort::GaatNaarSchool, false, 0));
    play(&mut log, &mut said, &Gebeurt::Zelfde(1, 3));
    assert_eq!(of(&mut log, 1).0, StatusSoort::Thuiszittend);
    play(&mut log, &mut said, &Gebeurt::Zegt(2, 0, 0));
    assert_eq!(of(&mut log, 2).0, StatusSoort::Thuiszittend);
}

#[test]
fn a_card_says_who_a_child_is_and_where_it_goes() {
    let mut log = log();
    let on = dag(2026, 3, 20);
    let id = LeerlingId::new(1);
    log.leerling(id, SCHOOL, dag(2024, 8, 1), &wie("1", "Boer"));
    let adres = Adres {
        postcode: domain::nummers::Postcode::parse("1823 AB").ok(),
        huisnummer: "12".into(),
        gemeente: domain::nummers::Gemeentecode::parse("0361").ok(),
        geheim: true,
    };
    log.toestand(id, dag(2024, 8, 1), adres.clone());
    let kaart = |log: &Log| log.register.samenvatting(id, on).unwrap().kaart;
    let found = kaart(&log);
    assert_eq!((found.naam(), found.naam_omgekeerd()), ("Boer".to_owned(), "Boer".to_owned()));
    let sam = Kaart { roepnaam: "Sam".into(), voorvoegsel: "de".into(), ..found.clone() };
    assert_eq!((sam.naam(), sam.naam_omgekeerd()), ("Sam de Boer".to_owned(), "Boer, Sam de".to_owned()));
    assert_eq!(found.geboren, Some(dag(2012, 3, 4)));
    assert_eq!(found.inschrijving.map(|i| (i.school, i.klas.zichtbaar().to_owned())), Some((SCHOOL, "2b".to_owned())));
    let woont = Woont { gemeente: adres.gemeente, wijk: Some(1823), geheim: true };
    assert_eq!((found.woont, found.eigenaar, found.gezegd), (Some(woont), None, None), "imports are no persons");

    let named =
        |medewerker, taak| Verantwoordelijke { organisatie: SCHOOL, medewerker: MedewerkerId::new(medewerker), taak };
    log.op(dag(2026, 3, 2)).toestand(id, dag(2026, 3, 2), named(7, Taak::Casusregisseur));
    log.op(dag(2026, 3, 9)).toestand(id, dag(2026, 3, 9), named(8, Taak::Eigenaar));
    assert_eq!(kaart(&log).eigenaar, Some((SCHOOL, MedewerkerId::new(7))), "the casusregisseur goes first");
    let by = Actor::Medewerker { id: MedewerkerId::new(7), organisatie: SCHOOL, rol: Rol::Mentor };
    let body = domain::body::Sluiting { reden: domain::body::SluitReden::Terug, toelichting: "".into() };
    log.op(dag(2026, 3, 10)).feit(NewFact { by, ..stelling(id, Period::day(dag(2026, 3, 10)), SCHOOL, body) });
    let said = log.register.over(id).next_back().unwrap().known;
    assert_eq!(kaart(&log).gezegd, Some(said));
}
