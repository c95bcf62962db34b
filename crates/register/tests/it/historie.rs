//! Two protocols beside each other over the absence of a made-up region.

use domain::Date;
use domain::body::{Contact, Met, Wijze};
use domain::ids::LeerlingId;
use domain::period::{Period, plus_days};
use domain::verzuim::VerzuimSoort as V;
use proptest::prelude::*;
use register::historie::{GEVOLG_SCHOOLDAGEN, Historie, Opbouw, Telling, Weging};
use signals::axis::{Axes, Dagen, Dagtaken};
use signals::compiled::Compiled;
use signals::prepared::Prepared;
use signals::protocol::{Daarna, Protocol, Venster, Vorm};
use signals::rows::Rows;
use testkit::{SCHOOL, SCHOOL_TWEE, dag};

use crate::bouw::{DEAN, Log, NOOR, SAM, dagrij, log, met, number, volledig, wie};

/// The last day of the history: the school year is delivered up to there.
const OP: Date = Date::constant(2026, 3, 20);

fn standaard() -> Protocol {
    signals::protocol::lees(signals::protocol::STANDAARD).unwrap()
}

/// The default protocol with another threshold for "ziek, lang".
fn ziek_lang(dagen: u16) -> Protocol {
    let mut protocol = standaard();
    let regel = protocol.regels.iter_mut().find(|regel| regel.naam == "ziek, lang").unwrap();
    regel.vorm = Vorm::Aaneengesloten { stappen: vec![dagen], hele_dag: true };
    protocol
}

fn plek(protocol: &Protocol, naam: &str) -> usize {
    protocol.regels.iter().position(|regel| regel.naam == naam).unwrap()
}

fn vanaf(dag: Date, dagen: i32, soort: V) -> Vec<u32> {
    (0..dagen).map(|n| dagrij(plus_days(dag, n), soort)).collect()
}

/// Sam is ill for three weeks, Noor for two at the other school, Dean from February on.
fn regio() -> Log {
    let mut log = log();
    let days = Period { from: dag(2025, 8, 1), until: Some(plus_days(OP, 1)) };
    let (sam, noor) = (vanaf(dag(2025, 9, 1), 19, V::Ziek), vanaf(dag(2025, 11, 3), 12, V::Ziek));
    let dean = vanaf(dag(2026, 2, 2), 47, V::Ziek);
    log.leerling(SAM, SCHOOL, dag(2025, 8, 1), &wie("1", "de Boer"));
    log.leerling(NOOR, SCHOOL_TWEE, dag(2025, 8, 1), &wie("2", "Smit").geboren(dag(2014, 11, 5)));
    log.leerling(DEAN, SCHOOL, dag(2025, 8, 1), &wie("3", "Bos"));
    log.op(OP);
    log.levert(&met(met(volledig(SCHOOL, days), SAM, &sam, &[]), DEAN, &dean, &[]));
    log.levert(&met(volledig(SCHOOL_TWEE, days), NOOR, &noor, &[]));
    log.register.settle();
    log
}

fn historie(log: &Log) -> Historie {
    let kinderen: Vec<LeerlingId> = log.register.kinderen().collect();
    let mut opbouw = Opbouw::new(OP);
    // A few at a time gives what all at once gives.
    kinderen.chunks(2).for_each(|some| opbouw.voeg_toe(&log.register, some));
    opbouw.klaar(&log.register, &standaard(), 1)
}

#[test]
fn signals_are_counted_per_rule_school_and_age() {
    let historie = historie(&regio());
    let protocol = standaard();
    let weging = historie.weeg(&protocol, 1);
    let lang = weging.regels[plek(&protocol, "ziek, lang")];
    assert_eq!((lang.signalen, lang.leerlingen), (3, 3));
    let weg = weging.regels[plek(&protocol, "weg")];
    assert_eq!((weg.signalen, weg.leerlingen), (4, 3), "ten days for all three, twenty for Dean");
    assert_eq!((weging.samen.signalen, weging.samen.leerlingen), (7, 3));
    let per_school: Vec<(u64, u32, u32)> = historie
        .scholen()
        .iter()
        .zip(&weging.scholen)
        .map(|(school, telling)| (school.id.unwrap().0.get(), telling.signalen, telling.leerlingen))
        .collect();
    assert_eq!(per_school, [(SCHOOL.0.get(), 5, 2), (SCHOOL_TWEE.0.get(), 2, 1)]);
    // Noor turned eleven before its signals; Dean turns fourteen between two of its own.
    let ages: Vec<(u8, u32)> = weging.leeftijden.iter().map(|(age, telling)| (*age, telling.signalen)).collect();
    assert_eq!(ages, [(11, 2), (13, 4), (14, 1)]);
    assert_eq!(weging.per_regel_en_school().map(|(.., aantal)| aantal).sum::<u32>(), 7);
    assert!((historie.scholen()[0].leerlingen - 2.0).abs() < 1e-9);
    assert_eq!(historie.dagen(), (dag(2025, 9, 1), OP));
}

#[test]
fn signals_are_counted_per_calendar_week_and_what_mentors_get_beside_it() {
    let historie = historie(&regio());
    let weging = historie.weeg(&standaard(), 1);
    let weken: Vec<(Date, u32)> = historie.kalenderweken().collect();
    assert_eq!((weken[0].0, weken.len()), (dag(2025, 9, 1), 29), "Mondays, up to the week of the last day");
    assert!(weken.iter().all(|(maandag, _)| maandag.weekday() == jiff::civil::Weekday::Monday));
    let scholen = |maandag| weken.iter().find(|(day, _)| *day == maandag).unwrap().1;
    assert_eq!((scholen(dag(2025, 9, 1)), scholen(dag(2025, 12, 22))), (2, 0), "nobody has lessons at Christmas");
    let found: Vec<(Date, u32, u32)> = weken
        .iter()
        .zip(&weging.weken)
        .filter(|(_, telling)| telling.signalen > 0)
        .map(|((maandag, _), telling)| (*maandag, telling.signalen, telling.leerlingen))
        .collect();
    // Seven days ill, then ten days away; of Dean twenty as well.
    let expected = [
        (dag(2025, 9, 8), 1, 1),
        (dag(2025, 9, 15), 0, 0),
        (dag(2025, 11, 10), 2, 1),
        (dag(2026, 2, 9), 2, 1),
        (dag(2026, 3, 2), 1, 1),
    ];
    let sum = |of: &[(Date, u32, u32)]| of.iter().map(|(_, signalen, _)| signalen).sum::<u32>();
    assert_eq!(sum(&found), weging.samen.signalen, "each signal is in one week: {found:?}");
    assert!(expected[2..].iter().all(|week| found.contains(week)), "{found:?}");
    // Mentors get "ziek, lang" one by one, and not "weg".
    let lang = weging.regels[plek(&standaard(), "ziek, lang")].signalen;
    let los: Vec<u32> = weging.voor_mentoren().map(|per_school| per_school.iter().sum()).collect();
    assert_eq!((los.len(), los.iter().sum::<u32>()), (weken.len(), lang));
    let at = weken.iter().position(|(maandag, _)| *maandag == dag(2025, 11, 10)).unwrap();
    assert_eq!(weging.voor_mentoren().nth(at).unwrap(), [0, 1], "of Noor, at the other school");
}

#[test]
fn a_changed_threshold_and_a_rule_put_off_are_counted_at_once() {
    let historie = historie(&regio());
    for (dagen, signalen) in [(3, 3), (7, 3), (11, 2), (16, 1), (60, 0)] {
        let protocol = ziek_lang(dagen);
        assert_eq!(historie.weeg(&protocol, 1).regels[plek(&protocol, "ziek, lang")].signalen, signalen, "{dagen}");
    }
    let mut none = standaard();
    none.regels.iter_mut().for_each(|regel| regel.aan = false);
    assert_eq!(historie.weeg(&none, 1).samen, Telling::default());
}

#[test]
fn who_later_stays_at_home_is_seen_earlier_or_later() {
    let historie = historie(&regio());
    let nu = historie.weeg(&standaard(), 1);
    // Of all three a clock opened after ten schooldagen.
    for (protocol, eerder, later) in
        [(ziek_lang(5), vec![4, 4, 4], vec![]), (ziek_lang(7), vec![], vec![]), (ziek_lang(9), vec![], vec![1, 1, 2])]
    {
        let found = historie.voorsprong(&nu, &historie.weeg(&protocol, 1));
        assert_eq!((found.klokken, found.eerder.len(), found.later.len()), (3, eerder.len(), later.len()), "{found:?}");
    }
    let none = Protocol { regels: Vec::new(), ..standaard() };
    let found = historie.voorsprong(&nu, &historie.weeg(&none, 1));
    assert_eq!((found.alleen_nu, found.alleen_dan, found.geen), (3, 0, 0));
    let found = historie.voorsprong(&historie.weeg(&none, 1), &nu);
    assert_eq!((found.alleen_nu, found.alleen_dan, found.geen), (0, 3, 0));
}

#[test]
fn a_signal_led_nowhere_without_contact_or_clock_in_the_days_after() {
    let protocol = Protocol {
        regels: standaard().regels.into_iter().filter(|regel| regel.naam == "ziek, lang").collect(),
        ..standaard()
    };
    let five = |from: Date| vanaf(from, 9, V::Ziek);
    let contact = |bereikt| Contact { met: Met::Ouders, wijze: Wijze::Telefoon, bereikt, notitie: "".into() };
    for (story, begin, called, expected) in [
        ("nobody called", dag(2025, 9, 1), None, (1, 1)),
        ("an attempt is no contact", dag(2025, 9, 1), Some((dag(2025, 9, 10), false)), (1, 1)),
        ("called on the day itself", dag(2025, 9, 1), Some((dag(2025, 9, 9), true)), (1, 0)),
        ("called on the last day that counts", dag(2025, 9, 1), Some((dag(2025, 10, 7), true)), (1, 0)),
        ("called a day too late", dag(2025, 9, 1), Some((dag(2025, 10, 8), true)), (1, 1)),
        ("called before", dag(2025, 9, 1), Some((dag(2025, 9, 8), true)), (1, 1)),
        ("the days are not over", dag(2026, 3, 2), None, (0, 0)),
    ] {
        let mut log = log();
        let days = Period { from: dag(2025, 8, 1), until: Some(plus_days(OP, 1)) };
        log.leerling(SAM, SCHOOL, dag(2025, 8, 1), &wie("1", "de Boer"));
        log.op(OP).levert(&met(volledig(SCHOOL, days), SAM, &five(begin), &[]));
        if let Some((day, bereikt)) = called {
            log.stelt(SAM, Period::day(day), contact(bereikt));
        }
        log.register.settle();
        let found = historie(&log).weeg(&protocol, 1).samen;
        assert_eq!(found.signalen, 1, "{story}");
        assert_eq!((found.beoordeeld, found.nergens), expected, "{story}");
    }
    assert_eq!(GEVOLG_SCHOOLDAGEN, 20);
}

#[test]
fn the_register_tells_when_rows_changed() {
    let mut log = regio();
    let before = log.register.rijen_stand();
    log.stelt(
        SAM,
        Period::day(OP),
        Contact { met: Met::Ouders, wijze: Wijze::Telefoon, bereikt: true, notitie: "".into() },
    );
    assert_eq!(log.register.rijen_stand(), before, "a contact changes no rows");
    log.levert(&volledig(SCHOOL, Period::day(OP)));
    assert!(log.register.rijen_stand() > before);
}

/// Bare rows of some pupils on one school of working days, without anything else known.
fn kaal(rijen: &[(u32, u16)]) -> (Historie, Rows, Axes) {
    let first = number(dag(2025, 9, 1));
    let days: Dagen = (0..200).filter(|n| n % 7 < 5).map(|n| first + n).collect();
    let mut axes = Axes::default();
    let school = axes.add_school(&days, None);
    let dagtaken = axes.add_dagtaken(Dagtaken::altijd(20));
    (0..4).for_each(|pupil| axes.add_bare(pupil, school, dagtaken));
    let (owners, packed): (Vec<u32>, Vec<u32>) =
        rijen.iter().map(|(pupil, day)| (*pupil, dagrij(plus_days(dag(2025, 9, 1), i32::from(*day)), V::Ziek))).unzip();
    let rows = Rows::group(4, &owners, &packed);
    let prepared = Prepared::new(rows.clone(), axes.clone(), &Compiled::one(&standaard()), 1);
    let stay = register::historie::Verblijf { van: first, tot: u32::MAX, school: 0 };
    let pupil = register::historie::Leerlingdeel { verblijven: vec![stay], ..Default::default() };
    let schooldagen = days.iter().collect();
    let school = register::historie::Schooldeel { leerlingen: 4.0, schooldagen, ..Default::default() };
    let historie = Historie::new(prepared, vec![school], vec![pupil; 4], false, (first, first + 200));
    (historie, rows, axes)
}

/// The default protocol with every rule on, and other windows and pauses than the history was made ready for.
fn andere_vensters(venster: u8, stilte: u16, onder: u16) -> Protocol {
    let mut protocol = standaard();
    for regel in &mut protocol.regels {
        regel.aan = true;
        match &mut regel.vorm {
            Vorm::SomInVenster { venster: own, .. }
            | Vorm::ReeksenInVenster { venster: own, .. }
            | Vorm::Stijging { venster: own, .. }
            | Vorm::Weekdag { venster: own, .. } => match own {
                Venster::Lesweken(n) => *n = venster,
                Venster::Schooldagen(n) => *n = venster.into(),
            },
            _ => {}
        }
        match &mut regel.daarna {
            Daarna::Stilte { schooldagen } => *schooldagen = stilte,
            Daarna::Hysterese { onder: own } => *own = onder,
            _ => {}
        }
    }
    protocol
}

proptest! {
    #[test]
    fn other_windows_and_pauses_than_it_was_made_ready_for_give_what_the_rows_give(
        rijen in proptest::collection::btree_set((0u32..4, 0u16..200), 0..160),
        venster in 1u8..20,
        stilte in 1u16..60,
        onder in 1u16..4,
    ) {
        let (historie, rows, axes) = kaal(&rijen.into_iter().collect::<Vec<_>>());
        let protocol = andere_vensters(venster, stilte, onder);
        let fired = signals::engine::evaluate_all(&rows, &axes, &Compiled::one(&protocol), 1).firings;
        let weging = historie.weeg(&protocol, 1);
        for (plek, telling) in weging.regels.iter().enumerate() {
            let own = fired.iter().filter(|firing| usize::from(firing.regel) == plek).count();
            prop_assert_eq!(telling.signalen as usize, own, "{}", protocol.regels[plek].naam);
        }
    }

    #[test]
    fn every_signal_is_counted_once(
        rijen in proptest::collection::btree_set((0u32..4, 0u16..200), 0..120),
        dagen in 2u16..12,
    ) {
        let (historie, rows, axes) = kaal(&rijen.into_iter().collect::<Vec<_>>());
        let protocol = ziek_lang(dagen);
        let fired = signals::engine::evaluate_all(&rows, &axes, &Compiled::one(&protocol), 1).firings;
        let weging: Weging = historie.weeg(&protocol, 1);
        let total = u32::try_from(fired.len()).unwrap();
        prop_assert_eq!(weging.samen.signalen, total);
        prop_assert_eq!(weging.regels.iter().map(|telling| telling.signalen).sum::<u32>(), total);
        prop_assert_eq!(weging.scholen[0].signalen, total);
        prop_assert_eq!(weging.weken.iter().map(|telling| telling.signalen).sum::<u32>(), total);
        prop_assert_eq!(weging.samen.beoordeeld, 0, "of bare files nothing is known of what came after");
        let pupils: std::collections::BTreeSet<u32> = fired.iter().map(|firing| firing.leerling).collect();
        prop_assert_eq!(weging.samen.leerlingen as usize, pupils.len());
    }
}
