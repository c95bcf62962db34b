//! What holds for every story.

use std::sync::Arc;

use domain::Timestamp;
use domain::body::UitschrijfReden;
use domain::fact::Fact;
use domain::klok::{Klok, klok, klokken};
use domain::period::plus_days;
use domain::timeline::Timeline;
use proptest::prelude::*;
use testkit::{GEMEENTE, Kind, SCHOOL, SWV, dag, kind, regio};

/// Schooldagen of any kind, with runs of absence long enough to open a clock.
fn weeks() -> impl Strategy<Value = String> {
    let runs = prop_oneof![
        Just("ooooo".to_owned()),
        Just("zzzzz".to_owned()),
        Just("aaaaa".to_owned()),
        Just(".....".to_owned()),
        Just("?????".to_owned()),
        "[.?ozhwut]{5}",
    ];
    prop::collection::vec(runs, 4..24).prop_map(|weeks| weeks.concat())
}

fn child(tekens: &str) -> Kind {
    kind(dag(2011, 9, 3)).ingeschreven(SCHOOL, dag(2025, 8, 1)).dagen(SCHOOL, dag(2025, 9, 1), tekens)
}

fn spells(timeline: &Timeline, days: i32) -> Vec<Klok> {
    klokken(timeline, plus_days(dag(2025, 9, 1), days), &regio()).value
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn regel_58_de_dagen_per_organisatie_tellen_op_tot_de_dag(
        tekens in weeks(),
        days in 20i32..260,
        steps in prop::collection::vec((0i32..260, 0usize..3), 0..8),
    ) {
        let story = steps.iter().fold(child(&tekens), |child, (day, who)| {
            child.stap(plus_days(dag(2025, 9, 1), *day), [SCHOOL, SWV, GEMEENTE][*who])
        });
        for klok in spells(&story.timeline(), days) {
            prop_assert_eq!(klok.beurten.iter().map(|beurt| beurt.dagen).sum::<u32>(), klok.dag);
            let wissels = klok.wissels(&story.timeline());
            prop_assert!(wissels.windows(2).all(|pair| pair[0].dagen.until == Some(pair[1].dagen.from)));
            prop_assert!(wissels.windows(2).all(|pair| pair[0].organisatie != pair[1].organisatie));
            for beurt in &klok.beurten {
                let own = wissels.iter().filter(|wissel| wissel.organisatie == beurt.organisatie);
                let days: i32 = own.filter_map(|wissel| wissel.dagen.days()).sum();
                prop_assert_eq!(u32::try_from(days), Ok(beurt.dagen));
            }
            prop_assert!(klok.beurten.iter().rev().skip(1).all(|beurt| beurt.organisatie.is_some()), "nobody comes last");
        }
    }

    #[test]
    fn the_order_of_arrival_changes_nothing(
        tekens in weeks(),
        days in 60i32..200,
        order in Just((0..12usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let story = child(&tekens)
            .aanbod(SWV, dag(2025, 10, 27), 40)
            .allen_zeggen(domain::body::Oordeel::Passend)
            .realisatie(&[Some(40), Some(40), Some(10), Some(40)])
            .stap(dag(2025, 9, 20), SCHOOL);
        let facts = story.feiten();
        let shuffled = facts.iter().zip(&order).map(|(fact, place)| {
            let known = Timestamp::from_second(1_800_000_000 + *place as i64).unwrap();
            Arc::new(Fact { known, ..Fact::clone(fact) })
        });
        prop_assert!(facts.len() <= order.len());
        let other = Timeline::new(shuffled, story.rijen());
        prop_assert_eq!(spells(&story.timeline(), days), spells(&other, days));
    }

    #[test]
    fn not_knowing_a_missed_day_never_ends_a_spell(
        before in weeks(),
        after in weeks(),
        unknown in prop::collection::vec(any::<bool>(), 200),
    ) {
        // Ten days away open a clock; after that some missed days are no longer known.
        let opened = format!("{}{}", "o".repeat(10), before);
        let known = format!("{opened}{after}");
        let missed = |c: char| "ozatglv".contains(c);
        let fewer: String = known
            .chars()
            .enumerate()
            .map(|(place, c)| if place >= 10 && missed(c) && unknown[place % unknown.len()] { '?' } else { c })
            .collect();
        for days in (14..300).step_by(13) {
            let on = plus_days(dag(2025, 9, 1), days);
            let first = |tekens: &str| klokken(&child(tekens).timeline(), on, &regio()).value.first().cloned();
            let (with, without) = (first(&known).unwrap(), first(&fewer).unwrap());
            prop_assert_eq!(with.begin, without.begin);
            if !with.stand.is_voorbij() {
                prop_assert!(!without.stand.is_voorbij(), "{} on {}: {}", known, on, fewer);
            }
        }
    }

    #[test]
    fn the_past_of_a_clock_does_not_change(
        tekens in weeks(),
        days in 20i32..260,
        start in 0i32..60,
        hours in prop::collection::vec(prop::option::of(prop_oneof![Just(0u16), Just(30), Just(40)]), 0..20),
        left in prop::option::of(0i32..120),
    ) {
        // What could be known on a day is a beginning of what can be known later: no spell starts earlier afterwards.
        let story = child(&tekens)
            .aanbod(SWV, plus_days(dag(2025, 9, 22), start), 40)
            .allen_zeggen(domain::body::Oordeel::Passend)
            .realisatie(&hours);
        let story = match left {
            Some(day) => story.uitgeschreven(SCHOOL, plus_days(dag(2025, 9, 22), day), UitschrijfReden::Onbekend),
            None => story,
        }
        .timeline();
        let then = spells(&story, days);
        let later = spells(&story, days + 30);
        prop_assert!(then.len() <= later.len());
        for (then, later) in then.iter().zip(&later) {
            prop_assert_eq!((then.begin, then.opening, then.doel), (later.begin, later.opening, later.doel));
        }
    }

    #[test]
    fn the_open_clock_is_the_last_spell(tekens in weeks(), days in 20i32..260) {
        let story = child(&tekens).timeline();
        let open = klok(&story, plus_days(dag(2025, 9, 1), days), &regio()).value;
        let last = spells(&story, days).pop().filter(|klok| !klok.stand.is_voorbij());
        prop_assert_eq!(open, last);
    }
}
