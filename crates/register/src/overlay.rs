//! The register together with decisions that are not in the log yet.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::body::Body;
use domain::fact::{Fact, NewFact};
use domain::ids::{LeerlingId, Subject};
use domain::region::Rules;
use domain::timeline::Timeline;

use crate::Register;

/// What the writer decides on: the region, and on top of it the facts of decisions that go into the log in the same
/// transaction. No reader sees it; it is dropped when the transaction is through, and the facts come back as applied.
#[derive(Debug)]
pub struct Overlay<'a> {
    register: &'a Register,
    pending: BTreeMap<Subject, Vec<Arc<Fact>>>,
}

impl<'a> Overlay<'a> {
    /// Nothing on top of the register yet.
    pub fn new(register: &'a Register) -> Self {
        Overlay { register, pending: BTreeMap::new() }
    }

    /// Puts a decided fact on top; its moment is provisional.
    pub fn add(&mut self, fact: Fact) {
        self.pending.entry(fact.about).or_default().push(Arc::new(fact));
    }

    /// Whether a next decision can be made with this fact on top. The overlay adds facts to children; what changes the
    /// region, or joins or parts children, must be applied first.
    pub fn carries(fact: &NewFact) -> bool {
        let about_child = matches!(fact.about, Subject::Leerling(_));
        about_child && !matches!(fact.body, Body::ZelfdeKind(_) | Body::Intrekking(_))
    }

    /// The region below.
    pub fn register(&self) -> &'a Register {
        self.register
    }

    /// Schools, organisations and the values of the protocol.
    pub fn rules(&self) -> &'a Rules {
        self.register.rules()
    }

    /// All that is known about a child, decisions of this transaction included.
    pub fn timeline(&self, leerling: LeerlingId) -> Option<Timeline> {
        let known = self.register.timeline(leerling);
        let zelfde = self.register.zelfde(leerling);
        let pending: Vec<Arc<Fact>> =
            zelfde.iter().filter_map(|kind| self.pending.get(&(*kind).into())).flatten().cloned().collect();
        if pending.is_empty() {
            return known;
        }
        Some(known.unwrap_or_default().with_facts(pending))
    }
}
