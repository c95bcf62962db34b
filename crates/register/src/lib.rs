//! One region in memory: facts applied in the order of the log, absence rows as they stand, and the indexes that find a
//! child. Pure: it is given facts and days and never asks for the time, a file or chance.
//!
//! Nothing derived is stored. A child's [`Timeline`] is put together from its facts (of all that a person joined into
//! one child) and its rows; everything else is computed from that by `domain` and `signals`.

mod convenanten;
pub mod historie;
mod kaart;
pub mod kleine_aantallen;
mod koppelen;
mod leveringen;
mod namen;
mod omgeving;
mod overlay;
mod samen;
mod samengevat;
mod samenvatting;
mod signalen;
pub mod telling;
mod verschil;
mod vervallen;
mod zoeken;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

use domain::body::{Body, DocumentSoort, Inschrijving, Kind, Regiodocument, RolToekenning, ZelfdeKind};
use domain::dagbeeld::Verzuimrijen;
use domain::fact::{Fact, FactId};
use domain::ids::{DocumentId, LeerlingId, MedewerkerId, OrganisatieId, Subject};
use domain::kring::Mentoren;
use domain::nummers::Vestigingscode;
use domain::period::Period;
use domain::region::Rules;
use domain::timeline::Timeline;
use domain::{Date, Timestamp};

pub use kaart::{Kaart, Woont};
pub use koppelen::{Kenmerken, Koppeling};
pub use leveringen::{Bereid, Levering, Wijziging, Wijzigingen};
pub use namen::vouw;
pub use overlay::Overlay;
pub use samengevat::{Afval, Gevat, Werk};
pub use samenvatting::Samenvatting;
pub use signalen::{Onder, is_wettelijk};
pub use verschil::verschil;
pub use zoeken::{Gevonden, Leesnaam, MAX_DELEN, MAX_TEKENS, Stuk, Vondst, Zoekindex, Zoekveld, Zoekvraag};

use convenanten::Convenanten;
use koppelen::Vindplaats;
use leveringen::Verzuim;
use samengevat::Samengevat;
use signalen::{Assen, Protocollen};

/// Place of an entry in the log; 0 is before the first.
pub type Seq = u64;

/// One region as the log tells it, up to one entry.
#[derive(Debug, Clone, Default)]
pub struct Register {
    head: Seq,
    /// The last entry that changed absence rows, or what they are measured by.
    rijen_stand: Seq,
    bekend_tot: Timestamp,
    /// How often anything was said about others than children, or taken over from it.
    anderen_stand: u64,
    facts: BTreeMap<Subject, Vec<Arc<Fact>>>,
    rules: Rules,
    rules_stale: bool,
    mentoren_stale: bool,
    vindplaats: Vindplaats,
    verzuim: Verzuim,
    samen: samen::Samen,
    /// Who ever had a role where.
    ooit_bij: BTreeMap<OrganisatieId, BTreeSet<MedewerkerId>>,
    protocollen: Protocollen,
    assen: Assen,
    convenanten: Convenanten,
    samengevat: Samengevat,
}

/// Rules that are worked out and not in force yet.
#[derive(Debug)]
pub struct NieuweRegels {
    regels: Option<(Rules, (Protocollen, Convenanten))>,
    mentoren: Option<Mentoren>,
}

impl Register {
    /// A region of which nothing was ever said.
    pub fn new() -> Self {
        Self::default()
    }

    /// The last entry that was applied.
    pub fn head(&self) -> Seq {
        self.head
    }

    /// The last entry that changed absence rows, the calendar of a school or a document of the region. Enrolments do not
    /// count: of these there are some every day, and few at a time.
    pub fn rijen_stand(&self) -> Seq {
        self.rijen_stand
    }

    /// When the register was told what it was told last: whoever looks now saw all that was known by then (inclusive).
    pub fn bekend_tot(&self) -> Timestamp {
        self.bekend_tot
    }

    /// Applies one fact of the log. Facts come in the order of the log, each once.
    pub fn apply(&mut self, seq: Seq, fact: impl Into<Arc<Fact>>) {
        self.head = self.head.max(seq);
        let fact = fact.into();
        self.bekend_tot = self.bekend_tot.max(fact.known);
        if over_rijen(&fact) {
            self.rijen_stand = self.head;
        }
        match (fact.about, &fact.body) {
            (_, Body::VerzuimLevering(levering)) => {
                self.verzuim.lever(&fact, levering);
                // Coverage is shared by all pupils of the school.
                if let Subject::Organisatie(school) = fact.about {
                    self.assen.forget(school);
                    self.forget_school(school);
                }
            }
            (Subject::Organisatie(_) | Subject::Document(_), _) => self.rules_stale = true,
            (Subject::Medewerker(medewerker), body) => {
                self.mentoren_stale = true;
                if let Some(rol) = RolToekenning::of(body) {
                    self.ooit_bij.entry(rol.organisatie).or_default().insert(medewerker);
                }
            }
            (Subject::Leerling(leerling), _) => self.vindplaats.note(leerling, &fact),
            _ => {}
        }
        if !matches!(fact.about, Subject::Leerling(_)) {
            self.anderen_stand += 1;
            if !matches!(fact.body, Body::VerzuimLevering(_)) {
                // Lists name organisations and people too.
                self.samengevat.note_others();
            }
        }
        let facts = self.facts.entry(fact.about).or_default();
        facts.push(Arc::clone(&fact));
        if let Subject::Leerling(leerling) = fact.about {
            // Who was one child with this one, and who is from now on.
            let mut around = self.samen.met(leerling);
            if let Body::ZelfdeKind(ZelfdeKind { ander, .. }) = fact.body {
                around.extend(self.samen.met(ander));
            }
            self.samen.note(leerling, &fact, &self.facts);
            around.into_iter().for_each(|kind| self.forget(kind));
        }
    }

    /// Marks an entry as seen of which the content was destroyed.
    pub fn skip(&mut self, seq: Seq) {
        self.head = self.head.max(seq);
    }

    /// Applies what one delivery changed for one pupil. The delivery's own fact may come before or after.
    pub fn apply_wijziging(&mut self, school: OrganisatieId, leerling: LeerlingId, wijziging: &Wijziging) {
        self.verzuim.wijzig(school, leerling, wijziging, self.bekend_tot);
        self.forget(leerling);
    }

    /// Forgets what was worked out about all children whom a delivery of this school says anything about: who was ever
    /// said to be enrolled there, and of whom it delivered anything.
    fn forget_school(&mut self, school: OrganisatieId) {
        let pupils: BTreeSet<LeerlingId> =
            self.vindplaats.leerlingen_van(school).chain(self.verzuim.leerlingen_van(school)).collect();
        pupils.into_iter().for_each(|leerling| self.forget(leerling));
    }

    fn forget(&mut self, leerling: LeerlingId) {
        for kind in self.samen.met(leerling) {
            self.samengevat.forget(kind);
        }
    }

    /// Applies a delivery: its fact, and what it changed for pupils, as prepared by [`Self::bereid`] since the last delivery
    /// of this school.
    pub fn apply_levering(&mut self, seq: Seq, fact: impl Into<Arc<Fact>>, bereid: Bereid) {
        self.apply(seq, fact);
        for leerling in self.verzuim.wissel(bereid) {
            self.forget(leerling);
        }
    }

    /// Brings the rules up to date with the facts about schools and organisations. Call after a run of [`Self::apply`].
    pub fn settle(&mut self) {
        if let Some(regels) = self.nieuwe_regels() {
            self.neem_over(regels);
        }
    }

    /// The rules as the facts about schools, organisations and professionals make them now; `None` when none of these
    /// changed. Takes a while, and nobody needs to wait for it.
    pub fn nieuwe_regels(&self) -> Option<NieuweRegels> {
        let documents = || (Protocollen::of(self.documenten()), Convenanten::of(self.documenten()));
        (self.rules_stale || self.mentoren_stale).then(|| NieuweRegels {
            regels: self.rules_stale.then(|| (omgeving::rules(&self.facts, &self.rules), documents())),
            mentoren: self.mentoren_stale.then(|| omgeving::mentoren(&self.facts)),
        })
    }

    /// Puts new rules in force. Nothing may have been applied since they were made.
    pub fn neem_over(&mut self, nieuw: NieuweRegels) {
        (self.rules_stale, self.mentoren_stale) = (false, false);
        self.anderen_stand += 1;
        if let Some((rules, (protocollen, convenanten))) = nieuw.regels {
            (self.rules, self.protocollen, self.convenanten) = (rules, protocollen, convenanten);
            self.assen = Assen::default();
            self.samengevat.forget_all();
        }
        // Of most professionals something changes that has nothing to do with the children.
        if let Some(mentoren) = nieuw.mentoren.filter(|mentoren| !mentoren.is_gelijk_aan(&self.rules.mentoren)) {
            self.rules.mentoren = mentoren;
            self.samengevat.forget_all();
        }
    }

    /// Schools, organisations and the values of the protocol, as derivations need them.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Puts the region's own values in force: what it agreed on in its protocol.
    pub fn adopt(&mut self, adopt: impl FnOnce(&mut Rules)) {
        adopt(&mut self.rules);
        self.anderen_stand += 1;
        self.assen = Assen::default();
        self.samengevat.forget_all();
    }

    /// Another number after anything was said about others than children: professionals and their roles, organisations,
    /// documents. Whoever keeps in mind who may work here compares it, so no such fact may leave it as it was.
    pub fn anderen_stand(&self) -> u64 {
        self.anderen_stand
    }

    /// All children, each once, also those that a person found to be the same child.
    pub fn leerlingen(&self) -> impl Iterator<Item = LeerlingId> {
        self.leerlingen_na(Bound::Unbounded)
    }

    /// The same, after one of them.
    fn leerlingen_na(&self, after: Bound<LeerlingId>) -> impl Iterator<Item = LeerlingId> {
        let last = Bound::Included(Subject::from(LeerlingId::new(u64::MAX)));
        self.facts.range((after.map(Subject::from), last)).filter_map(|(subject, _)| match subject {
            Subject::Leerling(leerling) => Some(*leerling),
            _ => None,
        })
    }

    /// All children once: of those that were joined only the first of whom anything is known. What was said about
    /// another may have been destroyed.
    pub fn kinderen(&self) -> impl Iterator<Item = LeerlingId> {
        self.leerlingen().filter(|leerling| self.is_eerste(*leerling))
    }

    /// Whether a child is one of [`Self::kinderen`]: known here, and not shown under the id of another.
    pub fn is_kind(&self, leerling: LeerlingId) -> bool {
        self.facts.contains_key(&leerling.into()) && self.is_eerste(leerling)
    }

    /// Whether this is the first of the children that were joined of whom anything is known.
    fn is_eerste(&self, leerling: LeerlingId) -> bool {
        let known = |kind: &LeerlingId| self.facts.contains_key(&Subject::from(*kind));
        self.samen.met(leerling).into_iter().find(known) == Some(leerling)
    }

    /// All professionals who ever had a role at an organisation.
    pub fn ooit_bij(&self, organisatie: OrganisatieId) -> impl Iterator<Item = MedewerkerId> {
        self.ooit_bij.get(&organisatie).into_iter().flatten().copied()
    }

    /// All professionals of whom anything was ever said.
    pub fn medewerkers(&self) -> impl Iterator<Item = MedewerkerId> {
        let (first, last) = (MedewerkerId::new(0), MedewerkerId::new(u64::MAX));
        self.facts.range(Subject::from(first)..=last.into()).filter_map(|(subject, _)| match subject {
            Subject::Medewerker(medewerker) => Some(*medewerker),
            _ => None,
        })
    }

    /// What was stated about a subject, in the order of the log.
    pub fn over(&self, subject: impl Into<Subject>) -> impl DoubleEndedIterator<Item = &Fact> {
        self.facts.get(&subject.into()).into_iter().flatten().map(Arc::as_ref)
    }

    /// What was stated by a moment (inclusive), about all but children and about these children: subject by subject, in
    /// the order of the log.
    pub fn bekend(&self, at: Timestamp, leerlingen: &[LeerlingId]) -> impl Iterator<Item = &Arc<Fact>> {
        let shown = |subject: &Subject| match subject {
            Subject::Leerling(leerling) => leerlingen.contains(leerling),
            _ => true,
        };
        let facts = self.facts.iter().filter(move |(subject, _)| shown(subject)).flat_map(|(_, facts)| facts);
        facts.filter(move |fact| fact.known <= at)
    }

    /// The last statement of a kind about a subject that nobody replaced or withdrew.
    pub fn laatste<K: Kind>(&self, subject: impl Into<Subject>) -> Option<&K> {
        let subject = subject.into();
        let last = self.alleen_over(subject).all::<K>().next_back().map(|(fact, _)| fact.id)?;
        self.over(subject).find(|fact| fact.id == last).and_then(|fact| K::of(&fact.body))
    }

    /// What was stated about one subject, and what of it stands; without rows and signals, and without what was stated
    /// about a child that it was joined with.
    pub fn alleen_over(&self, subject: impl Into<Subject>) -> Timeline {
        let facts = self.facts.get(&subject.into()).into_iter().flatten().cloned();
        Timeline::new(facts, Verzuimrijen::default())
    }

    /// All that is known about a child: its own facts and those of every child it was joined with, its absence rows, and
    /// the signals that follow from them.
    pub fn timeline(&self, leerling: LeerlingId) -> Option<Timeline> {
        let timeline = self.timeline_zonder_signalen(leerling)?;
        let signalen = self.signalen_van(&[leerling], 1).remove(&leerling);
        Some(timeline.with_signalen(signalen.unwrap_or_default()))
    }

    /// The same without the signals, for whoever only compares what was stated: signals cost more than all the rest.
    pub fn timeline_zonder_signalen(&self, leerling: LeerlingId) -> Option<Timeline> {
        let zelfde = self.samen.met(leerling);
        let facts: Vec<Arc<Fact>> =
            zelfde.iter().filter_map(|kind| self.facts.get(&(*kind).into())).flatten().cloned().collect();
        let scholen = facts.iter().filter_map(|fact| Some((Inschrijving::of(&fact.body)?.school, fact.known)));
        let rijen = self.verzuim.rijen(&zelfde, scholen);
        (!facts.is_empty()).then(|| Timeline::new(facts, rijen))
    }

    /// The children that a person found to be the same as this one, itself first; alone when nobody did.
    pub fn zelfde(&self, leerling: LeerlingId) -> Vec<LeerlingId> {
        self.samen.met(leerling)
    }

    /// The version of one of the region's documents that was adopted last.
    pub fn document(&self, soort: DocumentSoort) -> Option<&Regiodocument> {
        self.document_sinds(soort).map(|(_, document)| document)
    }

    /// The same, with the days for which it was adopted.
    pub fn document_sinds(&self, soort: DocumentSoort) -> Option<(Period, &Regiodocument)> {
        self.documenten().filter(|(_, document)| document.soort == soort).last()
    }

    /// The version of one of the region's documents that is in force on a day, with the days for which it was adopted: of
    /// those adopted from that day or before the one that began last, and of two that begin alike the one adopted last.
    pub fn document_op(&self, soort: DocumentSoort, op: Date) -> Option<(Period, &Regiodocument)> {
        let begun = self.versies(soort).into_iter().filter(|(fact, _)| fact.valid.from <= op);
        let in_force = begun.max_by_key(|(fact, _)| (fact.valid.from, fact.known, fact.id));
        in_force.map(|(fact, document)| (fact.valid, document))
    }

    /// The versions of one of the region's documents that stand, in the order in which they were adopted.
    pub fn versies(&self, soort: DocumentSoort) -> Vec<(&Fact, &Regiodocument)> {
        let first = Subject::Document(DocumentId::new(0));
        let mut versies: Vec<(&Fact, &Regiodocument)> = Vec::new();
        for (subject, facts) in self.facts.range(first..) {
            let standing: Vec<FactId> = self.alleen_over(*subject).standing().map(|fact| fact.id).collect();
            let adopted = facts.iter().filter(|fact| standing.contains(&fact.id));
            versies.extend(adopted.filter_map(|fact| Some((&**fact, Regiodocument::of(&fact.body)?))));
        }
        versies.retain(|(_, document)| document.soort == soort);
        versies.sort_by_key(|(fact, _)| fact.known);
        versies
    }

    /// All versions of the region's documents that stand, each with the days for which it was adopted.
    fn documenten(&self) -> impl Iterator<Item = (Period, &Regiodocument)> {
        let first = Subject::Document(DocumentId::new(0));
        self.facts.range(first..).flat_map(|(subject, facts)| {
            let standing: Vec<FactId> = self.alleen_over(*subject).standing().map(|fact| fact.id).collect();
            let adopted = facts.iter().filter(move |fact| standing.contains(&fact.id));
            adopted.filter_map(|fact| Some((fact.valid, Regiodocument::of(&fact.body)?)))
        })
    }

    /// The school site with that code.
    pub fn school(&self, vestiging: Vestigingscode) -> Option<OrganisatieId> {
        let is_it = |organisatie: &domain::body::Organisatie| organisatie.vestiging == Some(vestiging);
        self.rules.organisaties.iter().find(|(_, organisatie)| is_it(organisatie)).map(|(id, _)| *id)
    }
}

/// Whether a fact says something about absence rows, or about what they are measured by.
fn over_rijen(fact: &Fact) -> bool {
    match fact.about {
        Subject::Organisatie(_) | Subject::Document(_) => true,
        Subject::Leerling(_) => matches!(fact.body, Body::RijCorrectie(_)),
        _ => false,
    }
}
