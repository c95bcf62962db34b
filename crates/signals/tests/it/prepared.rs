//! A prepared history gives what the rows give, whatever was made ready before.

use proptest::prelude::*;
use signals::engine::evaluate_all;
use signals::prepared::Prepared;

use crate::bouw::{bouw, compileer};
use crate::eigenschappen::{een_kind, een_school, gevallen, versies};

proptest! {
    #![proptest_config(ProptestConfig { cases: gevallen(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_prepared_history_gives_what_its_rows_give(
        scholen in prop::collection::vec(een_school(), 2),
        kinderen in prop::collection::vec(een_kind(), 1..5),
        eerste in versies(),
        gereed in prop::collection::vec(versies(), 0..2),
        gevraagd in prop::collection::vec(versies(), 1..3),
        threads in 1..4usize,
    ) {
        let (axes, rows) = bouw(&scholen, &kinderen);
        let mut prepared = Prepared::new(rows.clone(), axes.clone(), &compileer(&eerste), threads);
        for versies in &gereed {
            prepared.prepare(&compileer(versies), threads);
        }
        for versies in gereed.iter().chain(&gevraagd).chain([&eerste]) {
            let compiled = compileer(versies);
            let verwacht = evaluate_all(&rows, &axes, &compiled, 1);
            prop_assert_eq!(prepared.evaluate(&compiled, threads), verwacht);
        }
    }
}
