use proptest::prelude::*;
use proptest::sample::Index;

use super::*;

/// Somebody who knows all that is shown and tries to work out the rest: written from the text, by trying.
struct Aanvaller {
    /// Least and most of each count, as it was shown.
    grenzen: Vec<(i64, i64)>,
    /// The first is the sum of the others.
    sommen: Vec<(usize, Vec<usize>)>,
}

/// No count of the tables of these tests is nearly as large.
const VEEL: i64 = 2000;

impl Aanvaller {
    fn van(tabel: &Tabel, cellen: &[Getoond]) -> Self {
        let bounds = |getoond: &Getoond| match getoond {
            Getoond::Getal(aantal) => (i64::from(*aantal), i64::from(*aantal)),
            Getoond::Klein => (1, 9),
            Getoond::Groot => (10, VEEL),
            Getoond::Niet => (0, VEEL),
        };
        let mut sommen = Vec::new();
        let columns = tabel.kolommen;
        for (plek, place) in tabel.plekken.iter().enumerate() {
            sommen.push((tabel.cel(plek, columns), (0..columns).map(|kolom| tabel.cel(plek, kolom)).collect()));
            for indeling in 0..2 {
                let parts = |kolom: usize| {
                    let all = tabel.plekken.iter().enumerate().skip(1);
                    let own = all.filter(|(_, part)| part.onder == plek && part.indeling == indeling);
                    own.map(|(part, _)| tabel.cel(part, kolom)).collect::<Vec<_>>()
                };
                if !place.blad && !parts(0).is_empty() {
                    sommen.extend((0..=columns).map(|kolom| (tabel.cel(plek, kolom), parts(kolom))));
                }
            }
        }
        Aanvaller { grenzen: cellen.iter().map(bounds).collect(), sommen }
    }

    /// Narrows what each count can be by each sum until nothing changes; false when something cannot be at all.
    fn kan_nog(&self, grenzen: &mut [(i64, i64)]) -> bool {
        loop {
            let before = grenzen.to_vec();
            for (som, delen) in &self.sommen {
                let least: i64 = delen.iter().map(|deel| grenzen[*deel].0).sum();
                let most: i64 = delen.iter().map(|deel| grenzen[*deel].1).sum();
                let sum = (grenzen[*som].0.max(least), grenzen[*som].1.min(most));
                grenzen[*som] = sum;
                for deel in delen {
                    let own = grenzen[*deel];
                    grenzen[*deel] = (own.0.max(sum.0 - (most - own.1)), own.1.min(sum.1 - (least - own.0)));
                }
            }
            if grenzen.iter().any(|(least, most)| least > most) {
                return false;
            }
            if before == grenzen {
                return true;
            }
        }
    }

    fn mogelijk(&self, mut grenzen: Vec<(i64, i64)>) -> bool {
        if !self.kan_nog(&mut grenzen) {
            return false;
        }
        let open = (0..grenzen.len()).filter(|cel| grenzen[*cel].0 < grenzen[*cel].1);
        let Some(next) = open.min_by_key(|cel| grenzen[*cel].1 - grenzen[*cel].0) else { return true };
        let (least, most) = grenzen[next];
        (least..=most).any(|value| {
            let mut tried = grenzen.clone();
            tried[next] = (value, value);
            self.mogelijk(tried)
        })
    }

    /// How many values the sum of some counts can have, counted in the same way.
    fn waarden_samen(&self, cellen: &[usize], is: u32) -> u32 {
        let mut with = Aanvaller { grenzen: self.grenzen.clone(), sommen: self.sommen.clone() };
        with.grenzen.push((0, VEEL));
        with.sommen.push((self.grenzen.len(), cellen.to_vec()));
        with.waarden(self.grenzen.len(), is)
    }

    /// How many values a count can have; counted no further than around what it is. What it can be is without gaps.
    fn waarden(&self, cel: usize, is: u32) -> u32 {
        let is = i64::from(is);
        let can = |value: &i64| {
            let mut grenzen = self.grenzen.clone();
            let (least, most) = grenzen[cel];
            grenzen[cel] = (*value, *value);
            (least..=most).contains(value) && self.mogelijk(grenzen)
        };
        let up = (is + 1..is + 5).take_while(can).count();
        let down = (is - 4..is).rev().take_while(can).count();
        1 + u32::try_from(up + down).unwrap()
    }
}

/// The counts of 1 to 9 of each row and column, where they are several and together under 10; from the text.
fn kleine_sommen(tabel: &Tabel) -> Vec<(Vec<usize>, u32)> {
    let lines = Aanvaller::van(tabel, &tabel.aantallen.iter().map(|n| Getal(*n)).collect::<Vec<_>>()).sommen;
    let small = |(_, delen): (usize, Vec<usize>)| {
        let these: Vec<usize> = delen.into_iter().filter(|cel| (1..DREMPEL).contains(&tabel.aantallen[*cel])).collect();
        let sum = these.iter().map(|cel| tabel.aantallen[*cel]).sum();
        (these, sum)
    };
    lines.into_iter().map(small).filter(|(these, sum)| these.len() > 1 && *sum < DREMPEL).collect()
}

fn leden(kolommen: usize, cells: &[(usize, usize, usize, u32)]) -> Vec<Lid> {
    assert!(cells.iter().all(|(kolom, ..)| *kolom < kolommen));
    cells
        .iter()
        .flat_map(|(kolom, links, rechts, aantal)| {
            std::iter::repeat_n(Lid { kolom: *kolom, rijen: [*links, *rechts] }, usize::try_from(*aantal).unwrap())
        })
        .collect()
}

/// A table of rows (municipalities) and columns.
fn plat(rows: &[&[u32]]) -> Tabel {
    let cells: Vec<(usize, usize, usize, u32)> = rows
        .iter()
        .enumerate()
        .flat_map(|(rij, row)| row.iter().enumerate().map(move |(kolom, aantal)| (kolom, rij, 0, *aantal)))
        .collect();
    Tabel::tel(rows[0].len(), &[vec![None; rows.len()]], leden(rows[0].len(), &cells))
}

fn row(getoonde: &Getoonde, rij: usize) -> Vec<Getoond> {
    let rij = Rij::Van { indeling: 0, rij };
    let cells = (0..getoonde.tabel.kolommen).map(|kolom| getoonde.cel(rij, Some(kolom)));
    cells.chain([getoonde.cel(rij, None)]).collect()
}

use Getoond::{Getal, Groot, Klein, Niet};

#[test]
fn a_table_without_small_counts_is_shown_whole() {
    let getoonde = plat(&[&[12, 0, 30], &[10, 11, 0]]).verberg();
    assert_eq!(row(&getoonde, 0), [Getal(12), Getal(0), Getal(30), Getal(42)]);
    assert_eq!(row(&getoonde, 1), [Getal(10), Getal(11), Getal(0), Getal(21)]);
    assert_eq!(getoonde.cel(Rij::Alles, None), Getal(63));
    assert_eq!(getoonde.cel(Rij::Alles, Some(0)), Getal(22));
}

#[test]
fn a_small_count_takes_a_neighbour_along_in_its_row_and_in_its_column() {
    let getoonde = plat(&[&[3, 40, 50], &[30, 25, 60], &[35, 70, 80]]).verberg();
    assert_eq!(row(&getoonde, 0), [Klein, Groot, Getal(50), Getal(93)]);
    assert_eq!(row(&getoonde, 1), [Groot, Groot, Getal(60), Getal(115)]);
    assert_eq!(row(&getoonde, 2), [Getal(35), Getal(70), Getal(80), Getal(185)]);
}

#[test]
fn a_small_total_is_not_split_not_even_into_what_is_zero() {
    // Of nine children in nine columns, each would be told by the total and the zeros.
    let getoonde =
        plat(&[&[1, 1, 1, 1, 1, 1, 0], &[20, 30, 40, 20, 30, 20, 20], &[20, 30, 20, 20, 20, 20, 20]]).verberg();
    assert_eq!(row(&getoonde, 0), [Niet, Niet, Niet, Niet, Niet, Niet, Niet, Klein]);
    assert!([1, 2].iter().any(|rij| row(&getoonde, *rij).contains(&Groot)));
    check(&getoonde);
}

#[test]
fn two_small_schools_are_not_told_as_one_small_sum() {
    // Each of 3 and 4 has room beside the other, and the column would tell that they are seven.
    let getoonde = plat(&[&[3, 40], &[4, 50], &[30, 60], &[20, 70]]).verberg();
    let hidden = (2..4).filter(|rij| row(&getoonde, *rij)[0] == Groot).count();
    assert!(hidden > 0 || getoonde.cel(Rij::Alles, Some(0)) == Groot, "{getoonde:?}");
    check(&getoonde);
}

#[test]
fn ten_schools_with_one_child_each_are_not_told_by_their_sum() {
    let rows: Vec<&[u32]> = vec![&[1, 30]; 10];
    let getoonde = plat(&rows).verberg();
    assert_eq!(getoonde.cel(Rij::Alles, Some(0)), Groot);
    for rij in 0..10 {
        assert!(matches!(row(&getoonde, rij)[..], [Klein, Getal(30), Groot] | [Klein, Groot, Getal(31)]));
    }
}

#[test]
fn a_row_of_which_all_children_are_alike_does_not_tell_so() {
    let getoonde = plat(&[&[0, 14, 0], &[30, 20, 10], &[20, 40, 12]]).verberg();
    assert_eq!(row(&getoonde, 0), [Niet, Niet, Getal(0), Getal(14)]);
}

#[test]
fn two_tables_side_by_side_give_no_number_back() {
    // Per municipality 4 and 20; per sector 6 and 18. Each table alone hides its small one, and the sum tells nothing new.
    let kolommen = 2;
    let cells = [(0, 0, 0, 4), (0, 1, 0, 2), (0, 1, 1, 18), (1, 0, 0, 30), (1, 0, 1, 25), (1, 1, 0, 40), (1, 1, 1, 50)];
    let tabel = Tabel::tel(kolommen, &[vec![None; 2], vec![None; 2]], leden(kolommen, &cells));
    let getoonde = tabel.verberg();
    check(&getoonde);
    assert_eq!(getoonde.cel(Rij::Van { indeling: 1, rij: 0 }, Some(0)), Klein);
    assert_eq!(getoonde.cel(Rij::Van { indeling: 0, rij: 0 }, Some(0)), Klein);
}

#[test]
fn the_attacker_of_these_tests_breaks_a_table_that_hides_small_counts_only() {
    let tabel = plat(&[&[3, 40], &[30, 25]]);
    let first: Vec<Getoond> =
        tabel.aantallen.iter().map(|n| if (1..10).contains(n) { Klein } else { Getal(*n) }).collect();
    let cel = tabel.cel(1, 0);
    assert_eq!(Aanvaller::van(&tabel, &first).waarden(cel, 3), 1);
    assert!(!Stroom::van(&tabel, &first).heeft_ruimte(cel));
}

/// Rows of many children that are all in one column while there are others: one empty column of each is hidden.
fn alike(tabel: &Tabel) -> impl Iterator<Item = Vec<usize>> + '_ {
    let columns = tabel.kolommen;
    let empty = move |plek: usize| {
        let total = tabel.aantallen[tabel.cel(plek, columns)];
        let full = (0..columns).find(|kolom| tabel.aantallen[tabel.cel(plek, *kolom)] == total)?;
        let others = (0..columns).filter(|kolom| *kolom != full && tabel.aantallen[*kolom] > 0);
        let cells: Vec<usize> = others.map(|kolom| tabel.cel(plek, kolom)).collect();
        (total >= DREMPEL && !cells.is_empty()).then_some(cells)
    };
    (1..tabel.plekken.len()).filter_map(empty)
}

/// No small count can be narrowed to fewer than [`SPEELRUIMTE`] values, no row tells that all its children are alike, and
/// no neighbour was kept back for nothing.
fn check(getoonde: &Getoonde) {
    let tabel = &getoonde.tabel;
    let safe = |cellen: &[Getoond]| {
        let aanvaller = Aanvaller::van(tabel, cellen);
        let hidden = |cel: &usize| !matches!(cellen[*cel], Getal(_));
        let room = |cel: usize| aanvaller.waarden(cel, tabel.aantallen[cel]) >= SPEELRUIMTE;
        let mut small = (0..cellen.len()).filter(|cel| (1..DREMPEL).contains(&tabel.aantallen[*cel]));
        small.all(|cel| hidden(&cel) && room(cel))
            && alike(tabel).all(|empty| empty.into_iter().filter(hidden).any(room))
            && kleine_sommen(tabel).iter().all(|(these, sum)| aanvaller.waarden_samen(these, *sum) >= SPEELRUIMTE)
    };
    assert!(safe(&getoonde.cellen), "{getoonde:?}");
    let mut werk = Werk::new(tabel);
    werk.eerst();
    let needed = |shown: &[Getoond]| {
        let aanvaller = Aanvaller::van(tabel, shown);
        werk.geheim.iter().any(|cel| aanvaller.waarden(*cel, tabel.aantallen[*cel]) < SPEELRUIMTE)
            || kleine_sommen(tabel).iter().any(|(these, sum)| aanvaller.waarden_samen(these, *sum) < SPEELRUIMTE)
    };
    for (cel, aantal) in tabel.aantallen.iter().enumerate() {
        match getoonde.cellen[cel] {
            Getal(shown) => assert!(shown == *aantal && (shown == 0 || shown >= DREMPEL)),
            Klein => assert!((1..DREMPEL).contains(aantal)),
            Groot => {
                let mut shown = getoonde.cellen.clone();
                shown[cel] = Getal(*aantal);
                assert!(*aantal >= DREMPEL && needed(&shown), "needless: {cel} of {getoonde:?}");
            }
            Niet => {}
        }
    }
}

/// Sizes that matter: none, some, about the threshold, many.
fn aantal() -> impl Strategy<Value = u32> {
    prop_oneof![2 => Just(0), 3 => 1..10u32, 3 => 10..14u32, 2 => 20..40u32]
}

/// Rows of a first way, rows of a second way with up to two parts each, columns, and how many children in each.
fn tabellen(most: usize) -> impl Strategy<Value = Tabel> {
    let cells = prop::collection::vec((any::<Index>(), any::<Index>(), any::<Index>(), aantal()), 1..4 * most);
    (1..=most, prop::collection::vec(0..=2usize, 0..=most), 1..=most, cells).prop_map(
        |(links, rechts, kolommen, cells)| {
            let mut second: Vec<Option<usize>> = Vec::new();
            let mut leaves = Vec::new();
            for parts in rechts {
                let own = second.len();
                second.push(None);
                second.extend(std::iter::repeat_n(Some(own), parts));
                leaves.extend(if parts == 0 { own..own + 1 } else { own + 1..own + 1 + parts });
            }
            let ways = if second.is_empty() { vec![vec![None; links]] } else { vec![vec![None; links], second] };
            let leaf = |index: &Index| if leaves.is_empty() { 0 } else { leaves[index.index(leaves.len())] };
            let cells: Vec<(usize, usize, usize, u32)> = cells
                .iter()
                .map(|(kolom, a, b, aantal)| (kolom.index(kolommen), a.index(links), leaf(b), *aantal))
                .collect();
            Tabel::tel(kolommen, &ways, leden(kolommen, &cells))
        },
    )
}

/// The attacker sees some cells as they are and others hidden, whatever they are.
fn getoond_als(aantal: u32, how: u8) -> Getoond {
    match (aantal, how) {
        (1..10, 0..2) => Klein,
        (10.., 0) => Groot,
        (_, 0..2) => Niet,
        _ => Getal(aantal),
    }
}

proptest! {
    #[test]
    fn who_solves_all_that_is_shown_finds_no_hidden_number(tabel in tabellen(3)) {
        check(&tabel.verberg());
    }

    #[test]
    fn the_flow_finds_exactly_what_can_be_computed(
        (tabel, how) in tabellen(3).prop_flat_map(|tabel| {
            let cells = tabel.aantallen.len();
            (Just(tabel), prop::collection::vec(0..4u8, cells))
        })
    ) {
        let cellen: Vec<Getoond> =
            tabel.aantallen.iter().zip(&how).map(|(aantal, how)| getoond_als(*aantal, *how)).collect();
        let stroom = Stroom::van(&tabel, &cellen);
        let aanvaller = Aanvaller::van(&tabel, &cellen);
        for (cel, aantal) in tabel.aantallen.iter().enumerate() {
            if !matches!(cellen[cel], Getal(_)) {
                let values = aanvaller.waarden(cel, *aantal);
                prop_assert_eq!(stroom.heeft_ruimte(cel), values >= SPEELRUIMTE, "cell {} can have {}", cel, values);
            }
        }
        for som in Som::van(&tabel) {
            let hidden: Vec<usize> =
                som.cellen.iter().copied().filter(|cel| !matches!(cellen[*cel], Getal(_))).collect();
            if hidden.len() == som.cellen.len() {
                let sum = som.cellen.iter().map(|cel| tabel.aantallen[*cel]).sum();
                let values = aanvaller.waarden_samen(&hidden, sum);
                prop_assert_eq!(stroom.som_heeft_ruimte(&som), values >= SPEELRUIMTE, "{:?} can be {}", som, values);
            }
        }
    }

    #[test]
    fn in_larger_tables_every_small_count_has_room_and_little_is_kept_back(tabel in tabellen(6)) {
        let small: Vec<usize> =
            (0..tabel.aantallen.len()).filter(|cel| (1..DREMPEL).contains(&tabel.aantallen[*cel])).collect();
        let alike = alike(&tabel).count();
        let getoonde = tabel.verberg();
        let stroom = Stroom::van(&getoonde.tabel, &getoonde.cellen);
        for cel in &small {
            prop_assert!(stroom.heeft_ruimte(*cel));
        }
        for som in Som::van(&getoonde.tabel) {
            prop_assert!(stroom.som_heeft_ruimte(&som), "{:?}", som);
        }
        let kept = getoonde.cellen.iter().filter(|cel| **cel == Groot).count();
        prop_assert!(kept <= 4 * (small.len() + alike) + 12, "{} kept back for {} small ones", kept, small.len());
        if small.is_empty() && alike == 0 {
            prop_assert!(getoonde.cellen.iter().all(|cel| matches!(cel, Getal(_))), "nothing to protect");
        }
    }
}

#[test]
fn counts_give_the_table_that_their_members_give() {
    for (onder, aantallen) in [
        (vec![None, Some(0), Some(0), None], [53, 3, 50, 80]),
        (vec![None, None, None, None], [0, 9, 10, 400]),
        (vec![None, Some(0), Some(1), None], [7, 7, 7, 0]),
    ] {
        let leaf = |rij: &usize| !onder.contains(&Some(*rij));
        let leden = (0..4).filter(leaf).flat_map(|rij| {
            let one = Lid { kolom: 0, rijen: [rij, 0] };
            std::iter::repeat_n(one, usize::try_from(aantallen[rij]).unwrap())
        });
        assert_eq!(Tabel::van_aantallen(&onder, &aantallen), Tabel::tel(1, std::slice::from_ref(&onder), leden));
    }
}
