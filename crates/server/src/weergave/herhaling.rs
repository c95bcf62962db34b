//! Signals that repeat: told once for each rule, the newest, with the earlier ones behind it.

use domain::signaal::{Opvolging, Signaal, SignaalSoort};

/// The signals of one rule about one child.
#[derive(Debug, Clone, PartialEq)]
pub struct Herhaald<'a> {
    /// The newest of those that wait for somebody; when none does, the newest. What fired goes before a warning of it.
    pub signaal: &'a Signaal,
    /// What became of it.
    pub opvolging: Opvolging,
    /// The others, newest first.
    pub eerdere: Vec<(&'a Signaal, Opvolging)>,
}

/// One for each rule, in the order of the signals that stand for them. Warnings on the way to a rule stand behind it.
pub fn per_regel<'a>(signalen: impl Iterator<Item = (&'a Signaal, Opvolging)>) -> Vec<Herhaald<'a>> {
    let mut all: Vec<Vec<(&Signaal, Opvolging)>> = Vec::new();
    for (signaal, opvolging) in signalen {
        let same = |known: &(&Signaal, Opvolging)| known.0.regel == signaal.regel;
        match all.iter_mut().find(|group| group.iter().any(same)) {
            Some(group) => group.push((signaal, opvolging)),
            None => all.push(vec![(signaal, opvolging)]),
        }
    }
    let mut told: Vec<Herhaald<'a>> = all.into_iter().filter_map(herhaald).collect();
    told.sort_by_key(|told| told.signaal.dag);
    told
}

fn herhaald<'a>(mut group: Vec<(&'a Signaal, Opvolging)>) -> Option<Herhaald<'a>> {
    let fired = |signaal: &Signaal| signaal.soort != SignaalSoort::NadertZestienUur;
    group.sort_by_key(|(signaal, opvolging)| (opvolging.is_open(), fired(signaal), signaal.dag));
    let (signaal, opvolging) = group.pop()?;
    group.sort_by_key(|(signaal, _)| std::cmp::Reverse(signaal.dag));
    Some(Herhaald { signaal, opvolging, eerdere: group })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Date;
    use domain::fact::FactId;
    use domain::signaal::SignaalSoort::{NadertZestienUur, TeLaat, ZestienUur};

    const WEG: Opvolging = Opvolging::Afgehandeld(FactId(1));
    const NIEUW: Opvolging = Opvolging::Nieuw;

    fn op(dag: i8, soort: SignaalSoort) -> Signaal {
        let regel = if soort == TeLaat { "te laat" } else { "16 uur" }.to_owned();
        let dag = Date::constant(2026, 3, dag);
        Signaal { regel, soort, dag, van: dag, stap: 0, was: None, waarde: 64, bekend: None, onvolledig: false }
    }

    #[test]
    fn a_rule_is_told_once_by_the_newest_that_waits() {
        for (stands, told, earlier) in [
            (vec![(2, ZestienUur, NIEUW)], vec![2], vec![vec![]]),
            (vec![(2, ZestienUur, NIEUW), (6, ZestienUur, NIEUW), (9, ZestienUur, NIEUW)], vec![9], vec![vec![6, 2]]),
            (vec![(2, ZestienUur, NIEUW), (6, ZestienUur, WEG)], vec![2], vec![vec![6]]),
            (vec![(2, ZestienUur, WEG), (6, ZestienUur, WEG)], vec![6], vec![vec![2]]),
            (
                vec![(2, ZestienUur, NIEUW), (4, TeLaat, NIEUW), (5, NadertZestienUur, NIEUW), (6, ZestienUur, NIEUW)],
                vec![4, 6],
                vec![vec![], vec![5, 2]],
            ),
            (vec![(2, ZestienUur, NIEUW), (5, NadertZestienUur, NIEUW)], vec![2], vec![vec![5]]),
            (vec![(2, ZestienUur, WEG), (5, NadertZestienUur, NIEUW)], vec![5], vec![vec![2]]),
        ] {
            let all: Vec<(Signaal, Opvolging)> = stands.iter().map(|(dag, soort, o)| (op(*dag, *soort), *o)).collect();
            let found = per_regel(all.iter().map(|(signaal, opvolging)| (signaal, *opvolging)));
            let days: Vec<i8> = found.iter().map(|told| told.signaal.dag.day()).collect();
            assert_eq!(days, told, "{stands:?}");
            let behind: Vec<Vec<i8>> =
                found.iter().map(|told| told.eerdere.iter().map(|(s, _)| s.dag.day()).collect()).collect();
            assert_eq!(behind, earlier, "{stands:?}");
        }
    }
}
