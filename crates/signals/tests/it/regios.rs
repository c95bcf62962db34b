//! Whole generated regions, child after child: from scratch, row by row as these arrive, and by the oracle. So many
//! pupil-years that children who are seldom drawn are among them.

use std::collections::{BTreeMap, BTreeSet};

use domain::verzuim::{Duur, Rij};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use signals::engine::{Uitkomst, Werkplek, evaluate_all, evaluate_pupil};
use signals::protocol::Protocol;
use signals::rows::Rows;

use crate::bouw::{bouw, compileer, engine};
use crate::eigenschappen::{LENGTE, SOORTEN, begin, een_school, versies};
use crate::oracle::{self, Kind, School};

/// Children of one region.
const KINDEREN: u32 = 100;
/// One in so many also gets its rows one at a time.
const RIJ_VOOR_RIJ: u32 = 50;
/// Days of a school year.
const SCHOOLJAAR: u32 = 365;

/// So many pupil-years; more with `LEERRECHT_LEERLINGJAREN`.
fn leerlingjaren() -> u32 {
    std::env::var("LEERRECHT_LEERLINGJAREN").ok().and_then(|jaren| jaren.parse().ok()).unwrap_or(10_000)
}

/// A stream of numbers that is the same for the same seed.
struct Toeval(u64);

impl Toeval {
    fn trek(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn onder(&mut self, grens: u32) -> u32 {
        (self.trek() % u64::from(grens.max(1))) as u32
    }

    fn een_op(&mut self, aantal: u32) -> bool {
        self.onder(aantal) == 0
    }

    fn dag(&mut self) -> u16 {
        begin() + self.onder(u32::from(LENGTE)) as u16
    }

    fn dagen(&mut self, hoogstens: u32) -> BTreeSet<u16> {
        (0..self.onder(hoogstens + 1)).map(|_| self.dag()).collect()
    }
}

/// A child: mostly at one school with a fixed day and a few rows, now and then with everything at once.
fn een_kind(toeval: &mut Toeval) -> Kind {
    let altijd = u16::MAX;
    let over = toeval.dag();
    let assen = match toeval.onder(8) {
        0 => vec![vec![(begin(), over, 0), (over + toeval.onder(10) as u16, altijd, 1)]],
        1 => vec![vec![(begin(), altijd, 0)], vec![(over, over + toeval.onder(90) as u16 + 1, 1)]],
        2 => vec![vec![(over, altijd, 1)]],
        _ => vec![vec![(0, altijd, toeval.onder(2) as usize)]],
    };
    let mut rooster = [Some(32); 7];
    if toeval.een_op(4) {
        rooster = std::array::from_fn(|_| [None, Some(0), Some(12), Some(22), Some(33)][toeval.onder(5) as usize]);
    }
    let eigen_dagen = if toeval.een_op(4) { toeval.dagen(5) } else { BTreeSet::new() };
    let mut dagen = |een_op: u32| if toeval.een_op(een_op) { toeval.dagen(6) } else { BTreeSet::new() };
    let (onbekend, bekend) = (dagen(5), dagen(5));
    let eerder: Vec<(String, u16)> = if toeval.een_op(8) {
        vec![(format!("regel {}", toeval.onder(4)), begin() - 20 + toeval.onder(80) as u16)]
    } else {
        Vec::new()
    };
    Kind {
        assen,
        rijen: rijen(toeval),
        rooster,
        eigen_dagen: eigen_dagen.into_iter().map(|dag| (dag, (dag % 40) as u8)).collect::<BTreeMap<_, _>>(),
        onbekend,
        bekend,
        eerder,
    }
}

/// Single lessons, spells of whole days, and a day of the week that is missed again and again.
fn rijen(toeval: &mut Toeval) -> Vec<(Rij, usize)> {
    let mut rijen = Vec::new();
    let spijbelt = [2, 6, 20, 60][toeval.onder(4) as usize];
    for _ in 0..toeval.onder(spijbelt) {
        let (dag, lesuur) = (toeval.dag(), toeval.onder(9) as u8);
        let duur = if toeval.een_op(4) { Duur::Dag } else { Duur::Kwartieren(toeval.onder(35) as u8) };
        let soort = SOORTEN[toeval.onder(SOORTEN.len() as u32) as usize];
        rijen.push((Rij { dag, lesuur, duur, soort }, toeval.onder(2) as usize));
    }
    for _ in 0..toeval.onder(4) {
        let (van, lengte, stap) = (toeval.dag(), 1 + toeval.onder(40) as u16, [1, 1, 1, 7][toeval.onder(4) as usize]);
        let soort = SOORTEN[toeval.onder(SOORTEN.len() as u32) as usize];
        let duur = if toeval.een_op(2) { Duur::Dag } else { Duur::Kwartieren(32) };
        for nummer in 0..lengte {
            let rij = Rij { dag: van + nummer * stap, lesuur: 1, duur, soort };
            rijen.extend((0..2).map(|school| (rij, school)));
        }
    }
    rijen
}

/// The rows of one child arrive in an order of their own, and one in so many is taken away again: after each, the child
/// has the signals that it would have from scratch.
fn rij_voor_rij(scholen: &[School], kind: &Kind, versies: &[(u16, Protocol)], toeval: &mut Toeval) {
    let (axes, rows) = bouw(scholen, std::slice::from_ref(kind));
    let compiled = compileer(versies);
    let mut alle: Vec<(u32, u32)> =
        (0..axes.sporen()).flat_map(|spoor| rows.of(spoor).iter().map(move |rij| (spoor, *rij))).collect();
    let mut staat: Vec<Vec<u32>> = vec![Vec::new(); axes.sporen() as usize];
    let mut werkplek = Werkplek::default();
    while !alle.is_empty() {
        let (spoor, rij) = alle.swap_remove(toeval.onder(alle.len() as u32) as usize);
        let eigen = &mut staat[spoor as usize];
        eigen.insert(eigen.partition_point(|ander| *ander <= rij), rij);
        if toeval.een_op(5) {
            eigen.remove(toeval.onder(eigen.len() as u32) as usize);
        }
        let mut gevonden = Uitkomst::default();
        let sporen = 0..axes.sporen();
        evaluate_pupil(&axes, sporen, |spoor| &staat[spoor as usize], &compiled, &mut werkplek, &mut gevonden);
        let paren = (0..).zip(&staat).flat_map(|(spoor, rijen)| rijen.iter().map(move |rij| (spoor, *rij)));
        let (van_spoor, rijen): (Vec<u32>, Vec<u32>) = paren.unzip();
        let vers = evaluate_all(&Rows::group(axes.sporen(), &van_spoor, &rijen), &axes, &compiled, 1);
        assert_eq!(gevonden, vers);
    }
}

#[test]
fn regions_have_the_signals_of_the_oracle_however_their_rows_arrive() {
    let regios = leerlingjaren().div_ceil(KINDEREN * u32::from(LENGTE) / SCHOOLJAAR);
    let mut runner = TestRunner::deterministic();
    let regio = (proptest::collection::vec(een_school(), 2), versies());
    let mut signalen = 0;
    for nummer in 0..regios {
        let (scholen, versies) = regio.new_tree(&mut runner).unwrap().current();
        let mut toeval = Toeval(u64::from(nummer));
        let kinderen: Vec<Kind> = (0..KINDEREN).map(|_| een_kind(&mut toeval)).collect();
        let gevonden = engine(&scholen, &kinderen, &versies, 1 + nummer as usize % 2);
        for (plek, kind) in (0..).zip(&kinderen) {
            let verwacht: Vec<_> = oracle::signalen(&scholen, kind, &versies).into_iter().collect();
            assert_eq!(gevonden[plek as usize], verwacht, "regio {nummer}, kind {plek}: {kind:?}\n{versies:?}");
            signalen += verwacht.len();
            if plek % RIJ_VOOR_RIJ == 0 {
                rij_voor_rij(&scholen, kind, &versies, &mut toeval);
            }
        }
    }
    assert!(signalen > 10 * regios as usize, "{signalen} signals in {regios} regions prove little");
}
