//! A prepared history gives what the rows give, whatever was made ready before.

use proptest::prelude::*;
use signals::engine::evaluate_all;
use signals::prepared::Prepared;
use signals::protocol::{Daarna, Protocol, Vorm};

use crate::bouw::{bouw, compileer};
use crate::eigenschappen::{een_kind, een_school, gevallen, versies};

/// The same rules with other thresholds: what was kept ready for the one must serve for the other.
fn strenger(protocol: &Protocol, erbij: u16) -> Protocol {
    let mut ander = protocol.clone();
    for regel in &mut ander.regels {
        match &mut regel.vorm {
            Vorm::SomInVenster { drempel, .. }
            | Vorm::ReeksenInVenster { drempel, .. }
            | Vorm::Weekdag { drempel, .. } => *drempel = (*drempel + 4).saturating_sub(erbij).max(1),
            Vorm::KerenPerSchooljaar { stappen } | Vorm::Aaneengesloten { stappen, .. } => {
                stappen.iter_mut().for_each(|stap| *stap += erbij);
            }
            Vorm::Kalendermaanden { maanden, .. } => *maanden += u8::from(erbij > 4),
            Vorm::Stijging { minimum, .. } => *minimum += erbij,
        }
        if let (
            Daarna::Hysterese { onder },
            Vorm::SomInVenster { drempel, .. } | Vorm::ReeksenInVenster { drempel, .. },
        ) = (&mut regel.daarna, &regel.vorm)
        {
            *onder = (*onder).min(*drempel);
        }
        if let Vorm::SomInVenster { drempel, .. } = regel.vorm {
            regel.nadert.retain(|stap| *stap < drempel);
        }
    }
    ander
}

proptest! {
    #![proptest_config(ProptestConfig { cases: gevallen(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_prepared_history_gives_what_its_rows_give(
        scholen in prop::collection::vec(een_school(), 2),
        kinderen in prop::collection::vec(een_kind(), 1..5),
        eerste in versies(),
        gereed in prop::collection::vec(versies(), 0..2),
        gevraagd in prop::collection::vec(versies(), 1..3),
        erbij in 0..8u16,
        threads in 1..4usize,
    ) {
        let (axes, rows) = bouw(&scholen, &kinderen);
        let mut prepared = Prepared::new(rows.clone(), axes.clone(), &compileer(&eerste), threads);
        for versies in &gereed {
            prepared.prepare(&compileer(versies), threads);
        }
        let verzet: Vec<_> = eerste.iter().map(|(van, protocol)| (*van, strenger(protocol, erbij))).collect();
        for versies in gereed.iter().chain(&gevraagd).chain([&eerste, &verzet]) {
            let compiled = compileer(versies);
            let verwacht = evaluate_all(&rows, &axes, &compiled, 1);
            prop_assert_eq!(prepared.evaluate(&compiled, threads), verwacht);
        }
    }
}
