//! Fulfilment one to one: each fact fulfils one trigger, the oldest that is still open.

use jiff::civil::Date;

use crate::fact::FactId;

/// A fact that fulfils, and its day.
pub(crate) type Vervuller = (FactId, Date);

/// A trigger: from which day it is open, and the day on which it lapsed, if it did.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Open {
    /// First day on which it can be fulfilled.
    pub(crate) vanaf: Date,
    /// Lapsed on this day: only fulfilled by what happened up to and including it.
    pub(crate) vervallen_op: Option<Date>,
}

/// Gives each fulfilling fact, in order of day, to the oldest trigger that is open on that day. Returns per trigger the
/// fact and its day, and the facts that found no trigger.
pub(crate) fn koppel(
    triggers: &[Open],
    feiten: impl IntoIterator<Item = Vervuller>,
) -> (Vec<Option<Vervuller>>, Vec<Vervuller>) {
    let mut feiten: Vec<Vervuller> = feiten.into_iter().collect();
    feiten.sort_by_key(|(id, dag)| (*dag, *id));
    let mut order: Vec<usize> = (0..triggers.len()).collect();
    order.sort_by_key(|place| triggers.get(*place).map(|trigger| trigger.vanaf));
    let mut given = vec![None; triggers.len()];
    let mut over = Vec::new();
    for (id, dag) in feiten {
        let oldest = order.iter().copied().find(|place| {
            let open =
                triggers.get(*place).is_some_and(|t| t.vanaf <= dag && t.vervallen_op.is_none_or(|end| dag <= end));
            open && given.get(*place).is_some_and(Option::is_none)
        });
        match oldest.and_then(|place| given.get_mut(place)) {
            Some(slot) => *slot = Some((id, dag)),
            None => over.push((id, dag)),
        }
    }
    (given, over)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::{from_day_number, plus_days};
    use jiff::civil::date;
    use proptest::prelude::*;

    const DAG: Date = date(2026, 3, 2);

    fn check(triggers: &[(i32, Option<i32>)], feiten: &[i32], given: &[Option<u128>], over: &[u128]) {
        let triggers: Vec<Open> = triggers
            .iter()
            .map(|(vanaf, end)| Open { vanaf: plus_days(DAG, *vanaf), vervallen_op: end.map(|d| plus_days(DAG, d)) })
            .collect();
        let feiten = feiten.iter().zip(0..).map(|(dag, id)| (FactId(id), plus_days(DAG, *dag)));
        let (got, left) = koppel(&triggers, feiten);
        assert_eq!(got.iter().map(|g| g.map(|(id, _)| id.0)).collect::<Vec<_>>(), given);
        assert_eq!(left.iter().map(|(id, _)| id.0).collect::<Vec<_>>(), over);
    }

    #[test]
    fn the_oldest_open_trigger_goes_first() {
        check(&[(0, None), (3, None)], &[5], &[Some(0), None], &[]);
        check(&[(3, None), (0, None)], &[5], &[None, Some(0)], &[]);
        check(&[(0, None), (3, None)], &[9, 1], &[Some(1), Some(0)], &[]);
    }

    #[test]
    fn a_fact_before_every_trigger_or_beyond_their_number_is_left_over() {
        check(&[(2, None)], &[1], &[None], &[0]);
        check(&[(0, None)], &[0, 0], &[Some(0)], &[1]);
    }

    #[test]
    fn a_lapsed_trigger_takes_nothing_after_the_day_it_lapsed() {
        check(&[(0, Some(2)), (1, None)], &[3], &[None, Some(0)], &[]);
        check(&[(0, Some(2))], &[2], &[Some(0)], &[]);
    }

    proptest! {
        #[test]
        fn fulfilment_is_one_to_one(triggers in prop::collection::vec(0..40i32, 0..8), feiten in prop::collection::vec(0..40i32, 0..8)) {
            let open: Vec<Open> = triggers.iter().map(|d| Open { vanaf: from_day_number(*d), vervallen_op: None }).collect();
            let (given, over) = koppel(&open, feiten.iter().zip(0..).map(|(d, id)| (FactId(id), from_day_number(*d))));
            let mut used: Vec<FactId> = given.iter().flatten().chain(&over).map(|(id, _)| *id).collect();
            used.sort_unstable();
            prop_assert_eq!(used, (0..feiten.len() as u128).map(FactId).collect::<Vec<_>>());
            // Nobody is left over while a trigger from before that day is still open.
            for (_, dag) in &over {
                prop_assert!(open.iter().zip(&given).all(|(t, g)| g.is_some() || t.vanaf > *dag));
            }
        }
    }
}
