//! The summaries of all children, as far as they were made and still hold.
//!
//! Making them all takes seconds, and nobody who reads or writes waits for it: a few children at a time are summed up
//! while others read, and what came out is put in place. A child of whom something is said meanwhile is done again. When
//! the day turns, the old day serves until the new one is whole.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Bound;
use std::sync::{Arc, Mutex, PoisonError};

use domain::ids::{LeerlingId, Subject};
use domain::kring::Kring;
use domain::signaal::Signaal;
use domain::timeline::Timeline;
use jiff::civil::Date;

use crate::{Register, Samenvatting};

/// Children that are summed up at a time when nobody waits: enough to share what they have in common.
const PER_KEER: usize = 1_000;
/// Changes that are kept in mind for whoever keeps lists; who comes later makes its list anew. The delivery of a large
/// school names each of its pupils twice.
const MAX_WIJZIGINGEN: usize = 16_384;

/// What is summed up, and what is left to do.
#[derive(Debug, Default)]
pub(crate) struct Samengevat {
    /// The day that serves.
    nu: Option<Dag>,
    /// A day that is being made, to serve when it is whole.
    straks: Option<Dag>,
    wijzigingen: Wijzigingen,
    /// What is left to be dropped, where nobody waits for it.
    afval: Vec<Dag>,
}

impl Clone for Samengevat {
    /// A copy of the register makes its own.
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// What changed, in order, as far back as is kept in mind: a child, or others than children.
#[derive(Debug, Default)]
struct Wijzigingen {
    laatste: VecDeque<Option<LeerlingId>>,
    /// How many changed before these.
    eerder: u64,
}

impl Wijzigingen {
    fn stand(&self) -> u64 {
        self.eerder + self.laatste.len() as u64
    }

    fn note(&mut self, wie: Option<LeerlingId>) {
        self.laatste.push_back(wie);
        if self.laatste.len() > MAX_WIJZIGINGEN {
            self.laatste.pop_front();
            self.eerder += 1;
        }
    }

    /// Every child may have changed.
    fn note_all(&mut self) {
        self.eerder = self.stand() + 1;
        self.laatste.clear();
    }

    fn sinds(&self, stand: u64) -> Option<impl Iterator<Item = Option<LeerlingId>> + Clone> {
        let skip = usize::try_from(stand.checked_sub(self.eerder)?).ok()?;
        (skip <= self.laatste.len()).then(|| self.laatste.iter().skip(skip).copied())
    }
}

/// Summaries of one day.
#[derive(Debug)]
struct Dag {
    op: Date,
    per_kind: BTreeMap<LeerlingId, Arc<Samenvatting>>,
    /// Children by the organisations and persons around them.
    rondom: BTreeMap<Subject, BTreeSet<LeerlingId>>,
    /// How far all children were gone through, in order.
    gekomen: Gekomen,
    /// Children among those to do again.
    opnieuw: BTreeSet<LeerlingId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gekomen {
    /// Up to and including this child; `None`: before the first.
    Tot(Option<LeerlingId>),
    /// All were gone through.
    Rond,
}

impl Dag {
    fn new(op: Date) -> Self {
        Dag {
            op,
            per_kind: BTreeMap::new(),
            rondom: BTreeMap::new(),
            gekomen: Gekomen::Tot(None),
            opnieuw: BTreeSet::new(),
        }
    }

    fn is_heel(&self) -> bool {
        self.gekomen == Gekomen::Rond && self.opnieuw.is_empty()
    }

    /// Whether all children were gone through up to this one.
    fn was_aan_de_beurt(&self, leerling: LeerlingId) -> bool {
        match self.gekomen {
            Gekomen::Rond => true,
            Gekomen::Tot(last) => last.is_some_and(|last| leerling <= last),
        }
    }

    fn forget(&mut self, leerling: LeerlingId) {
        if self.was_aan_de_beurt(leerling) {
            self.opnieuw.insert(leerling);
        }
        self.neem_weg(leerling);
    }

    fn neem_weg(&mut self, leerling: LeerlingId) {
        for subject in self.per_kind.remove(&leerling).iter().flat_map(|made| rondom(&made.kring)) {
            if let Some(children) = self.rondom.get_mut(&subject) {
                children.remove(&leerling);
            }
        }
    }

    fn add(&mut self, leerling: LeerlingId, made: Arc<Samenvatting>) {
        self.neem_weg(leerling);
        for subject in rondom(&made.kring) {
            self.rondom.entry(subject).or_default().insert(leerling);
        }
        self.per_kind.insert(leerling, made);
    }
}

/// The organisations and persons of a kring.
fn rondom(kring: &Kring) -> impl Iterator<Item = Subject> {
    kring.organisaties().map(Subject::from).chain(kring.personen().map(Subject::from))
}

impl Samengevat {
    /// What was said about a child changed.
    pub(crate) fn forget(&mut self, leerling: LeerlingId) {
        self.wijzigingen.note(Some(leerling));
        for dag in self.nu.iter_mut().chain(&mut self.straks) {
            dag.forget(leerling);
        }
    }

    /// Something was said about others than a child: how children stand is as it was, and their lists are made anew.
    pub(crate) fn note_others(&mut self) {
        self.wijzigingen.note(None);
    }

    /// The rules changed.
    pub(crate) fn forget_all(&mut self) {
        self.wijzigingen.note_all();
        for dag in self.nu.iter_mut().chain(&mut self.straks) {
            let op = dag.op;
            self.afval.push(std::mem::replace(dag, Dag::new(op)));
        }
    }

    fn dag(&self, op: Date) -> Option<&Dag> {
        self.nu.iter().chain(&self.straks).find(|dag| dag.op == op)
    }
}

/// Children to sum up, for a day.
#[derive(Debug)]
pub struct Werk {
    op: Date,
    stand: u64,
    kinderen: Vec<LeerlingId>,
    /// How far all children are gone through with these; `None` when these are done again.
    gekomen: Option<Gekomen>,
}

/// Children summed up, to be put in place.
#[derive(Debug)]
pub struct Gevat {
    werk: Werk,
    gemaakt: BTreeMap<LeerlingId, Arc<Samenvatting>>,
}

/// Summaries that nobody looks at any more. Dropping many takes a while: do it where nobody waits.
#[derive(Debug)]
pub struct Afval(#[expect(dead_code, reason = "kept to be dropped")] Vec<Dag>);

impl Register {
    /// How all children stand on a day, each once. Made on up to so many threads; what still holds from an earlier call
    /// for the same day is taken over.
    pub fn samenvattingen(&mut self, on: Date, threads: usize) -> &BTreeMap<LeerlingId, Arc<Samenvatting>> {
        let Samengevat { nu, straks, .. } = &mut self.samengevat;
        if nu.as_ref().is_none_or(|dag| dag.op != on) {
            *nu = Some(straks.take().filter(|dag| dag.op == on).unwrap_or_else(|| Dag::new(on)));
        }
        *straks = None;
        while let Some(werk) = self.samen_te_vatten(PER_KEER) {
            let gevat = self.vat_samen(werk, threads);
            self.neem_samenvattingen(gevat);
        }
        drop(self.ruim_op());
        &self.samengevat.nu.get_or_insert_with(|| Dag::new(on)).per_kind
    }

    /// Begins to sum up all children for a day, unless that was begun. Another day goes on serving meanwhile.
    pub fn begin_dag(&mut self, on: Date) {
        let Samengevat { nu, straks, .. } = &mut self.samengevat;
        match nu {
            None => *nu = Some(Dag::new(on)),
            Some(dag) if dag.op == on => *straks = None,
            Some(_) if straks.as_ref().is_some_and(|dag| dag.op == on) => {}
            Some(_) => *straks = Some(Dag::new(on)),
        }
    }

    /// The next children to sum up, at most so many; `None` when all is done.
    pub fn samen_te_vatten(&self, most: usize) -> Option<Werk> {
        let Samengevat { nu, straks, wijzigingen, .. } = &self.samengevat;
        let dag = nu.iter().chain(straks).find(|dag| !dag.is_heel())?;
        let (op, stand) = (dag.op, wijzigingen.stand());
        if !dag.opnieuw.is_empty() {
            let kinderen = dag.opnieuw.iter().take(most).copied().collect();
            return Some(Werk { op, stand, kinderen, gekomen: None });
        }
        let after = match dag.gekomen {
            Gekomen::Tot(Some(last)) => Bound::Excluded(last),
            _ => Bound::Unbounded,
        };
        let kinderen: Vec<LeerlingId> = self.leerlingen_na(after).take(most).collect();
        let gekomen = match kinderen.last() {
            Some(last) if kinderen.len() == most => Gekomen::Tot(Some(*last)),
            _ => Gekomen::Rond,
        };
        Some(Werk { op, stand, kinderen, gekomen: Some(gekomen) })
    }

    /// Sums up children, on up to so many threads. Takes a while, and nobody needs to wait for it.
    pub fn vat_samen(&self, werk: Werk, threads: usize) -> Gevat {
        let todo: Vec<LeerlingId> = werk.kinderen.iter().copied().filter(|kind| self.is_eerste(*kind)).collect();
        let signalen = self.signalen_van(&todo, threads);
        let made = Mutex::new(BTreeMap::new());
        let one = |part: &[LeerlingId]| {
            let own: Vec<_> = part.iter().filter_map(|kind| self.een(*kind, werk.op, &signalen)).collect();
            made.lock().unwrap_or_else(PoisonError::into_inner).extend(own);
        };
        let mut parts = todo.chunks(todo.len().div_ceil(threads.max(1)).max(1));
        let first = parts.next().unwrap_or_default();
        std::thread::scope(|scope| {
            parts.for_each(|part| {
                scope.spawn(|| one(part));
            });
            one(first);
        });
        Gevat { werk, gemaakt: made.into_inner().unwrap_or_else(PoisonError::into_inner) }
    }

    /// Puts summaries in place, but for those of children of whom something was said since they were to be made. A day that
    /// is whole then serves.
    pub fn neem_samenvattingen(&mut self, gevat: Gevat) {
        let Gevat { werk, mut gemaakt } = gevat;
        let Samengevat { nu, straks, wijzigingen, afval } = &mut self.samengevat;
        let dag = nu.iter_mut().chain(straks.iter_mut()).find(|dag| dag.op == werk.op);
        let (Some(dag), Some(since)) = (dag, wijzigingen.sinds(werk.stand)) else { return };
        let since: BTreeSet<LeerlingId> = since.flatten().collect();
        dag.gekomen = werk.gekomen.unwrap_or(dag.gekomen);
        // Also a child that came when it was already gone past.
        let changed: Vec<LeerlingId> = since.iter().copied().filter(|kind| dag.was_aan_de_beurt(*kind)).collect();
        dag.opnieuw.extend(changed);
        for leerling in werk.kinderen.into_iter().filter(|kind| !since.contains(kind)) {
            dag.opnieuw.remove(&leerling);
            match gemaakt.remove(&leerling) {
                Some(made) => dag.add(leerling, made),
                None => dag.neem_weg(leerling),
            }
        }
        if straks.as_ref().is_some_and(Dag::is_heel) {
            afval.extend(nu.take());
            *nu = straks.take();
            // Whoever kept a list of the old day makes it anew.
            wijzigingen.note_all();
        }
    }

    /// What is left of summaries that hold no more.
    pub fn ruim_op(&mut self) -> Afval {
        Afval(std::mem::take(&mut self.samengevat.afval))
    }

    /// How many times anything changed so far that a list of children tells: whoever keeps one notes this number.
    pub fn stand(&self) -> u64 {
        self.samengevat.wijzigingen.stand()
    }

    /// The children that changed since a number that [`Self::stand`] gave, some perhaps more than once; `None` when that
    /// is too long ago, or more than children may have changed: lists name organisations and people too.
    pub fn gewijzigd_sinds(&self, stand: u64) -> Option<impl Iterator<Item = LeerlingId>> {
        let since = self.samengevat.wijzigingen.sinds(stand)?;
        since.clone().all(|wie| wie.is_some()).then(|| since.flatten())
    }

    /// The day that serves: of which lists are made.
    pub fn dag(&self) -> Option<Date> {
        self.samengevat.nu.as_ref().map(|dag| dag.op)
    }

    /// Whether every child is summed up for that day.
    pub fn is_samengevat(&self, on: Date) -> bool {
        self.samengevat.nu.as_ref().is_some_and(|dag| dag.op == on && dag.is_heel())
    }

    /// Whether lists can be made: every child was summed up for the day that serves, and of at most so many something was
    /// said since.
    pub fn is_bijna_samengevat(&self, most: usize) -> bool {
        self.samengevat.nu.as_ref().is_some_and(|dag| dag.gekomen == Gekomen::Rond && dag.opnieuw.len() <= most)
    }

    /// How a child stands on a day: as it was summed up, else made now.
    pub fn samenvatting_op(&self, leerling: LeerlingId, on: Date) -> Option<Arc<Samenvatting>> {
        let kept = self.samengevat.dag(on).and_then(|dag| dag.per_kind.get(&leerling));
        kept.cloned().or_else(|| self.samenvatting(leerling, on).map(Arc::new))
    }

    /// How one child stands on a day.
    pub fn samenvatting(&self, leerling: LeerlingId, on: Date) -> Option<Samenvatting> {
        Some(self.vat(leerling, &self.timeline(leerling)?, on))
    }

    /// The children to whom an organisation or person is anything, on the day that serves: all whom anybody there may see
    /// are among them. A child of which no summary was made since it changed always comes along.
    pub fn kinderen_van(&self, wie: impl Into<Subject>) -> impl Iterator<Item = LeerlingId> {
        let nu = self.samengevat.nu.as_ref();
        let known = nu.and_then(|dag| dag.rondom.get(&wie.into()));
        let again = nu.map(|dag| &dag.opnieuw);
        let rest = match nu.map(|dag| dag.gekomen) {
            None | Some(Gekomen::Tot(None)) => Some(Bound::Unbounded),
            Some(Gekomen::Tot(Some(last))) => Some(Bound::Excluded(last)),
            Some(Gekomen::Rond) => None,
        };
        let rest = rest.into_iter().flat_map(|after| self.leerlingen_na(after));
        let not_made = again.into_iter().flatten().copied().chain(rest).filter(|kind| self.is_eerste(*kind));
        known.into_iter().flatten().copied().chain(not_made)
    }

    fn een(
        &self,
        leerling: LeerlingId,
        on: Date,
        signalen: &BTreeMap<LeerlingId, Vec<Signaal>>,
    ) -> Option<(LeerlingId, Arc<Samenvatting>)> {
        let own = signalen.get(&leerling).cloned().unwrap_or_default();
        let timeline = self.timeline_zonder_signalen(leerling)?.with_signalen(own);
        Some((leerling, Arc::new(self.vat(leerling, &timeline, on))))
    }

    fn vat(&self, leerling: LeerlingId, timeline: &Timeline, on: Date) -> Samenvatting {
        let mut made = Samenvatting::of(timeline, on, self.rules());
        made.vervallen = self.vervallen_signalen(leerling, timeline, on);
        made
    }
}
