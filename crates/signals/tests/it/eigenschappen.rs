//! The engine against the oracle, on random protocols, rows, calendars, transfers, gaps and day lengths.

use std::collections::{BTreeMap, BTreeSet};

use domain::period::from_day_number;
use domain::verzuim::{Duur, Rij, Soorten, VerzuimSoort};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use signals::protocol::{Daarna, Eenheid, Ontvanger, Protocol, Regel, TeltUren, Venster, Vorm};

use crate::bouw::{dag, engine};
use crate::oracle::{self, Kind, School};

/// The days a case plays on: they cross a summer and the turn of the school year.
pub(crate) const LENGTE: u16 = 230;

pub(crate) const SOORTEN: [VerzuimSoort; 5] = [
    VerzuimSoort::Ongeoorloofd,
    VerzuimSoort::TeLaat,
    VerzuimSoort::Ziek,
    VerzuimSoort::Verlof,
    VerzuimSoort::Uitgestuurd,
];

pub(crate) fn begin() -> u16 {
    dag("2025-04-14")
}

/// So many random cases; more with `LEERRECHT_GEVALLEN`.
pub(crate) fn gevallen() -> u32 {
    std::env::var("LEERRECHT_GEVALLEN").ok().and_then(|aantal| aantal.parse().ok()).unwrap_or(300)
}

fn een_venster() -> impl Strategy<Value = Venster> {
    prop_oneof![(1..=5u8).prop_map(Venster::Lesweken), (1..=25u16).prop_map(Venster::Schooldagen)]
}

fn stappen() -> impl Strategy<Value = Vec<u16>> {
    subsequence((1..=12u16).collect::<Vec<_>>(), 1..=4)
}

fn eenheid() -> impl Strategy<Value = Eenheid> {
    select(vec![Eenheid::Uren, Eenheid::Keren, Eenheid::Dagen])
}

fn stilte() -> impl Strategy<Value = Daarna> {
    (1..=25u16).prop_map(|schooldagen| Daarna::Stilte { schooldagen })
}

/// A form, its `daarna`, its steps of `nadert` and `per_school`.
type Delen = (Vorm, Daarna, Vec<u16>, bool);

fn som() -> impl Strategy<Value = Delen> {
    let daarna =
        prop_oneof![Just(Daarna::Herstart), (1..=12u16).prop_map(|onder| Daarna::Hysterese { onder }), stilte(),];
    (eenheid(), een_venster(), 1..=14u16, daarna, stappen(), any::<bool>()).prop_map(
        |(eenheid, venster, drempel, daarna, nadert, per_school)| {
            let daarna = match daarna {
                Daarna::Hysterese { onder } => Daarna::Hysterese { onder: onder.min(drempel) },
                daarna => daarna,
            };
            let nadert = nadert.into_iter().filter(|stap| *stap < drempel).collect();
            (Vorm::SomInVenster { eenheid, venster, drempel }, daarna, nadert, per_school)
        },
    )
}

fn vorm() -> impl Strategy<Value = Delen> {
    let zonder = |vorm: Vorm| (vorm, Daarna::Geen, Vec::new(), false);
    prop_oneof![
        3 => som(),
        1 => (stappen(), any::<bool>())
            .prop_map(|(stappen, per_school)| (Vorm::KerenPerSchooljaar { stappen }, Daarna::Geen, Vec::new(), per_school)),
        1 => (een_venster(), 1..=4u16, 1..=3u16).prop_map(|(venster, drempel, onder)| {
            let daarna = Daarna::Hysterese { onder: onder.min(drempel) };
            (Vorm::ReeksenInVenster { venster, drempel }, daarna, Vec::new(), false)
        }),
        1 => (stappen(), any::<bool>())
            .prop_map(move |(stappen, hele_dag)| zonder(Vorm::Aaneengesloten { stappen, hele_dag })),
        2 => (1..=2u8, any::<bool>())
            .prop_map(move |(maanden, hele_dag)| zonder(Vorm::Kalendermaanden { maanden, hele_dag })),
        1 => (eenheid(), een_venster(), 1..=3u16, 1..=6u16, stilte()).prop_map(
            |(eenheid, venster, factor, minimum, daarna)| {
                (Vorm::Stijging { eenheid, venster, factor, minimum }, daarna, Vec::new(), false)
            }
        ),
        1 => (een_venster(), 1..=4u16, stilte())
            .prop_map(|(venster, drempel, daarna)| (Vorm::Weekdag { venster, drempel }, daarna, Vec::new(), false)),
    ]
}

fn een_protocol() -> impl Strategy<Value = Protocol> {
    let regel = (subsequence(SOORTEN.to_vec(), 1..=4), vorm());
    (prop::collection::vec(regel, 1..=4), 0..=4u8, 0..=4u8).prop_map(|(regels, te_laat, uitgestuurd)| Protocol {
        titel: "proef".into(),
        regio: "proef".into(),
        geldig_vanaf: from_day_number(0),
        telt_uren: TeltUren { te_laat, uitgestuurd, bron: Some("proef".into()) },
        regels: regels
            .into_iter()
            .enumerate()
            .map(|(nummer, (soorten, (vorm, daarna, nadert, per_school)))| Regel {
                naam: format!("regel {nummer}"),
                code: None,
                zin: "z".into(),
                bron: "b".into(),
                soorten: Soorten::of(&soorten),
                vorm,
                daarna,
                nadert,
                per_school,
                aan: true,
                wie: vec![Ontvanger::Mentor],
                binnen: None,
                verzamelen: false,
            })
            .collect(),
    })
}

/// One version from the beginning, or a second one adopted somewhere on the way.
pub(crate) fn versies() -> impl Strategy<Value = Vec<(u16, Protocol)>> {
    let tweede = prop::option::of((1..LENGTE, een_protocol()));
    (een_protocol(), tweede).prop_map(|(eerste, tweede)| {
        let mut versies = vec![(0, eerste)];
        versies.extend(tweede.map(|(na, protocol)| (begin() + na, protocol)));
        versies
    })
}

pub(crate) fn een_school() -> impl Strategy<Value = School> {
    let vakanties = prop::collection::vec((0..LENGTE, 1..=45u16), 0..=3);
    let onbekend = prop::collection::vec((0..LENGTE, 1..=10u16), 0..=3);
    (vakanties, onbekend).prop_map(|(vakanties, onbekend)| {
        let in_een = |spannen: &[(u16, u16)], d: u16| spannen.iter().any(|(van, n)| (*van..*van + *n).contains(&d));
        let schooldagen: BTreeSet<u16> =
            (0..LENGTE).filter(|d| (begin() + d + 3) % 7 < 5 && !in_een(&vakanties, *d)).map(|d| begin() + d).collect();
        let bekend = schooldagen.iter().copied().filter(|d| !in_een(&onbekend, d - begin())).collect();
        School { schooldagen, bekend }
    })
}

/// One stay; a change of school, with or without a gap; or two schools at once.
fn assen() -> impl Strategy<Value = Vec<Vec<(u16, u16, usize)>>> {
    let altijd = u16::MAX;
    prop_oneof![
        2 => (0..60u16).prop_map(move |van| vec![vec![(begin() + van, altijd, 0)]]),
        2 => (30..150u16, 0..10u16, 0..60u16).prop_map(move |(eerste, gat, tweede)| {
            let over = begin() + eerste + gat;
            vec![vec![(begin(), begin() + eerste, 0), (over, over + tweede, 1), (over + tweede, altijd, 0)]]
        }),
        1 => (1..100u16, 20..100u16).prop_map(move |(van, duur)| {
            vec![vec![(begin(), altijd, 0)], vec![(begin() + van, begin() + van + duur, 1)]]
        }),
    ]
}

fn rijen() -> impl Strategy<Value = Vec<(Rij, usize)>> {
    let duur = prop_oneof![1 => Just(Duur::Dag), 3 => (0..=34u8).prop_map(Duur::Kwartieren)];
    let los = (0..LENGTE, 0..=8u8, duur, select(SOORTEN.to_vec()), 0..2usize)
        .prop_map(|(d, lesuur, duur, soort, school)| vec![(Rij { dag: begin() + d, lesuur, duur, soort }, school)]);
    let reeks =
        (0..LENGTE, 1..=70u16, select(SOORTEN.to_vec()), any::<bool>()).prop_map(|(van, lengte, soort, heel)| {
            let duur = if heel { Duur::Dag } else { Duur::Kwartieren(32) };
            let dagen = (van..van + lengte).flat_map(move |d| {
                (0..2).map(move |school| (Rij { dag: begin() + d, lesuur: 1, duur, soort }, school))
            });
            dagen.collect::<Vec<_>>()
        });
    let spijbels = (0..LENGTE, 1..=6u16, 1..=20u16, select(SOORTEN.to_vec()), 0..2usize).prop_map(
        |(van, stap, aantal, soort, school)| {
            (0..aantal)
                .map(|n| (Rij { dag: begin() + van + n * stap, lesuur: 2, duur: Duur::Kwartieren(8), soort }, school))
                .collect::<Vec<_>>()
        },
    );
    let delen =
        (prop::collection::vec(los, 0..40), prop::collection::vec(reeks, 0..3), prop::collection::vec(spijbels, 0..5));
    delen.prop_map(|(los, reeks, spijbels)| los.into_iter().chain(reeks).chain(spijbels).flatten().collect())
}

fn een_rooster() -> impl Strategy<Value = [Option<u8>; 7]> {
    prop_oneof![
        2 => Just([Some(32); 7]),
        1 => prop::array::uniform7(prop::option::weighted(0.8, prop::sample::select(vec![0u8, 12, 22, 33]))),
    ]
}

pub(crate) fn een_kind() -> impl Strategy<Value = Kind> {
    let dagen = || prop::collection::btree_set(begin()..begin() + LENGTE, 0..6);
    let eigen_dagen = prop::collection::btree_map(begin()..begin() + LENGTE, 1..40u8, 0..5);
    let eerder = prop::collection::vec((0..4usize, begin() - 20..begin() + 60), 0..2);
    (assen(), rijen(), een_rooster(), eigen_dagen, dagen(), dagen(), eerder).prop_map(
        |(assen, rijen, rooster, eigen_dagen, onbekend, bekend, eerder)| Kind {
            assen,
            rijen,
            rooster,
            eigen_dagen: eigen_dagen.into_iter().collect::<BTreeMap<_, _>>(),
            onbekend,
            bekend,
            eerder: eerder.into_iter().map(|(nummer, dag)| (format!("regel {nummer}"), dag)).collect(),
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: gevallen(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_engine_finds_what_the_oracle_finds(
        scholen in prop::collection::vec(een_school(), 2),
        kind in een_kind(),
        versies in versies(),
    ) {
        let verwacht: Vec<_> = oracle::signalen(&scholen, &kind, &versies).into_iter().collect();
        let gevonden = engine(&scholen, std::slice::from_ref(&kind), &versies, 1);
        prop_assert_eq!(&gevonden[0], &verwacht);
    }

    #[test]
    fn a_child_without_anything_of_its_own_takes_the_fast_path_to_the_same_signals(
        scholen in prop::collection::vec(een_school(), 2),
        rijen in rijen(),
        van in 0..100u16,
        versies in versies(),
    ) {
        let mut kind = crate::bouw::kind(8);
        kind.assen = vec![vec![(begin() + van, begin() + van + 120, 1)]];
        kind.rijen = rijen;
        let verwacht: Vec<_> = oracle::signalen(&scholen, &kind, &versies).into_iter().collect();
        prop_assert_eq!(&engine(&scholen, &[kind], &versies, 1)[0], &verwacht);
    }

    #[test]
    fn children_who_are_taken_together_have_the_signals_of_each(
        scholen in prop::collection::vec(een_school(), 2),
        kinderen in prop::collection::vec((rijen(), 0..100u16, 0..2usize, een_rooster()), 2..16),
        drukte in 0..4u16,
        versies in versies(),
    ) {
        let mut kinderen: Vec<Kind> = kinderen.into_iter().map(|(rijen, van, school, rooster)| {
            let assen = vec![vec![(begin() + van, u16::MAX, school)]];
            let rijen = rijen.into_iter().map(|(rij, _)| (rij, school)).collect();
            Kind { assen, rijen, rooster, ..crate::bouw::kind(8) }
        }).collect();
        // Among them one with more rows than are divided in one go.
        let dagen = (0..LENGTE).flat_map(|dag| (0..4 * drukte).map(move |lesuur| (begin() + dag, lesuur as u8 % 8)));
        let (soort, school) = (VerzuimSoort::TeLaat, kinderen[1].assen[0][0].2);
        let rijen = dagen.map(|(dag, lesuur)| (Rij { dag, lesuur, duur: Duur::Kwartieren(1), soort }, school));
        kinderen[1].rijen.extend(rijen);
        for (kind, gevonden) in kinderen.iter().zip(engine(&scholen, &kinderen, &versies, 1)) {
            let verwacht: Vec<_> = oracle::signalen(&scholen, kind, &versies).into_iter().collect();
            prop_assert_eq!(gevonden, verwacht);
        }
    }

    #[test]
    fn neither_order_nor_other_children_nor_threads_change_a_childs_signals(
        scholen in prop::collection::vec(een_school(), 2),
        kinderen in prop::collection::vec(een_kind(), 1..5),
        versies in versies(),
        threads in 1..5usize,
    ) {
        let samen = engine(&scholen, &kinderen, &versies, threads);
        for (nummer, kind) in kinderen.iter().enumerate() {
            let mut omgekeerd = kind.clone();
            omgekeerd.rijen.reverse();
            let alleen = engine(&scholen, &[omgekeerd], &versies, 1);
            prop_assert_eq!(&alleen[0], &samen[nummer]);
        }
    }
}

/// Random cases prove little when nothing happens in them.
#[test]
fn random_cases_reach_every_form_and_every_side_road() {
    let mut runner = TestRunner::deterministic();
    let geval = (prop::collection::vec(een_school(), 2), een_kind(), versies());
    let mut gezien: BTreeMap<&str, u32> = BTreeMap::new();
    for _ in 0..300 {
        let (scholen, kind, versies) = geval.new_tree(&mut runner).unwrap().current();
        for vuur in engine(&scholen, std::slice::from_ref(&kind), &versies, 1).remove(0) {
            let regel = &versies[vuur.versie].1.regels[vuur.regel];
            let daarna = match regel.daarna {
                Daarna::Herstart => "herstart",
                Daarna::Hysterese { .. } => "hysterese",
                Daarna::Stilte { .. } => "stilte",
                Daarna::Geen => "geen",
            };
            let zijwegen = [
                (vuur.gaten, "gaten"),
                (vuur.versie > 0, "tweede versie"),
                (vuur.trap > 0 && !regel.nadert.is_empty(), "nadert"),
                (regel.per_school && kind.assen[0].len() > 1, "per_school na een overstap"),
                (kind.assen.len() > 1, "twee scholen tegelijk"),
                (kind.rooster.contains(&None), "zonder dagtaak"),
            ];
            let zijwegen = zijwegen.into_iter().filter(|(waar, _)| *waar).map(|(_, naam)| naam);
            for naam in zijwegen.chain([regel.vorm.code(), daarna]) {
                *gezien.entry(naam).or_default() += 1;
            }
        }
    }
    assert_eq!(gezien.len(), 7 + 4 + 6, "{gezien:?}");
    assert!(gezien.values().all(|aantal| *aantal >= 10), "{gezien:?}");
}
