//! Children that a person found to be one. A machine never joins.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::body::{Body, ZelfdeKind};
use domain::dagbeeld::Verzuimrijen;
use domain::fact::Fact;
use domain::ids::{LeerlingId, Subject};
use domain::timeline::Timeline;

/// Groups of children that are one child.
#[derive(Debug, Clone, Default)]
pub(crate) struct Samen {
    /// For each joined child all of its group, in order; absent for a child that is alone.
    groups: BTreeMap<LeerlingId, Arc<[LeerlingId]>>,
    /// Children about whom somebody ever said it.
    stated: Vec<LeerlingId>,
}

impl Samen {
    /// Takes note of a fact that may join or part children.
    pub(crate) fn note(&mut self, leerling: LeerlingId, fact: &Fact, facts: &BTreeMap<Subject, Vec<Arc<Fact>>>) {
        let joins = matches!(fact.body, Body::ZelfdeKind(_));
        if joins && !self.stated.contains(&leerling) {
            self.stated.push(leerling);
        }
        if joins || (fact.replaces.is_some() && self.stated.contains(&leerling)) {
            self.regroup(facts);
        }
    }

    /// The group of a child, itself alone when nobody joined it; the first of the group first.
    pub(crate) fn met(&self, leerling: LeerlingId) -> Vec<LeerlingId> {
        self.groups.get(&leerling).map_or_else(|| vec![leerling], |group| group.to_vec())
    }

    /// The child that stands for the group.
    pub(crate) fn eerste(&self, leerling: LeerlingId) -> LeerlingId {
        self.groups.get(&leerling).and_then(|group| group.first().copied()).unwrap_or(leerling)
    }

    /// Groups are made anew from all standing statements: joining and parting are rare, mistakes in them are not
    /// allowed.
    fn regroup(&mut self, facts: &BTreeMap<Subject, Vec<Arc<Fact>>>) {
        let mut leader: BTreeMap<LeerlingId, LeerlingId> = BTreeMap::new();
        for leerling in &self.stated {
            let own = facts.get(&Subject::from(*leerling)).into_iter().flatten().cloned();
            let timeline = Timeline::new(own, Verzuimrijen::default());
            for (_, ZelfdeKind { ander, .. }) in timeline.all::<ZelfdeKind>() {
                let (a, b) = (find(&leader, *leerling), find(&leader, *ander));
                leader.insert(a.max(b), a.min(b));
            }
        }
        let mut members: BTreeMap<LeerlingId, Vec<LeerlingId>> = BTreeMap::new();
        for leerling in leader.keys().chain(leader.values()) {
            let group = members.entry(find(&leader, *leerling)).or_default();
            if !group.contains(leerling) {
                group.push(*leerling);
            }
        }
        self.groups.clear();
        for mut group in members.into_values().filter(|group| group.len() > 1) {
            group.sort_unstable();
            let group: Arc<[LeerlingId]> = group.into();
            for leerling in group.iter() {
                self.groups.insert(*leerling, Arc::clone(&group));
            }
        }
    }
}

/// Leaders only ever point to smaller ids, so the walk ends.
fn find(leader: &BTreeMap<LeerlingId, LeerlingId>, leerling: LeerlingId) -> LeerlingId {
    let mut at = leerling;
    while let Some(next) = leader.get(&at).filter(|next| **next < at) {
        at = *next;
    }
    at
}
