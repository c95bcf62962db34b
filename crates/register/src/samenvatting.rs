//! One child in a few lines: what lists, counts and the morning's work rest on. Derived, never stored.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use convenant::{Facet, Facetten};
use domain::aan_zet::{AanZet, aan_zet};
use domain::dossier::{Dossier, dossier};
use domain::ids::{LeerlingId, Subject};
use domain::klok::{Klok, klok};
use domain::kring::Kring;
use domain::region::Rules;
use domain::signaal::{Opvolging, Signaal, opvolging};
use domain::status::passend::passend;
use domain::status::{Status, status};
use domain::termijnen::{Termijn, Wie, termijnen};
use domain::timeline::Timeline;
use jiff::civil::Date;

use crate::zoeken::{Trefwoorden, Vondst, Zoekindex, Zoekvraag};
use crate::{Kaart, Register};

/// Changed children that are kept in mind for whoever keeps lists; who comes later makes its list anew.
const MAX_GEWIJZIGD: usize = 4_096;

/// How a child stands on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Samenvatting {
    /// The status that heads its page.
    pub status: Status,
    /// The clock, if one is open.
    pub klok: Option<Klok>,
    /// Whether parents and child call an offer *passend*.
    pub passend: bool,
    /// Whether there is a dossier.
    pub dossier: Dossier,
    /// Who owes the next step, in an open dossier.
    pub aan_zet: Option<AanZet>,
    /// Terms that are open, today or late, and that somebody has to meet.
    pub termijnen: Vec<Termijn>,
    /// Signals of the school year of the day, in order of day.
    pub signalen: Vec<Signaal>,
    /// What became of each of these, in the same order.
    pub opvolging: Vec<Opvolging>,
    /// Who it is and where it goes.
    pub kaart: Kaart,
    /// Everybody around the child: who may see it follows from this, under the convenant.
    pub kring: Kring,
    /// What each of the terms asks of its reader.
    vraagt_termijnen: Box<[Facetten]>,
    /// What being told who is aan zet asks of its reader.
    vraagt_aan_zet: Facetten,
}

impl Samenvatting {
    /// Derives it from all that is known about the child.
    pub fn of(timeline: &Timeline, on: Date, rules: &Rules) -> Self {
        let year = domain::period::schooljaar_period(domain::period::schooljaar(on));
        let recent = |signaal: &&Signaal| year.contains(signaal.dag) && signaal.dag <= on;
        let signalen: Vec<Signaal> = timeline.signalen.iter().filter(recent).cloned().collect();
        let kring = Kring::of(timeline, on, rules);
        let aan_zet = aan_zet(timeline, on, rules).value;
        let all = termijnen(timeline, on, rules);
        let asks = |termijn: &Termijn| Facet::van_termijn(timeline, rules, termijn);
        let vraagt_aan_zet = aan_zet.as_ref().map(|aan_zet| Facet::van_aan_zet(timeline, rules, aan_zet, &all));
        let termijnen: Vec<Termijn> = all.into_iter().filter(is_owed).collect();
        Samenvatting {
            status: status(timeline, on, rules).value,
            klok: klok(timeline, on, rules).value,
            passend: passend(timeline, on).value,
            dossier: dossier(timeline, on, rules).value,
            vraagt_termijnen: termijnen.iter().map(asks).collect(),
            vraagt_aan_zet: vraagt_aan_zet.unwrap_or_default(),
            aan_zet,
            termijnen,
            opvolging: signalen.iter().map(|signaal| opvolging(timeline, signaal, on)).collect(),
            signalen,
            kaart: Kaart::van(timeline, on),
            kring,
        }
    }

    /// The terms that somebody with these facets may see: not all terms of a child are for all who see some.
    pub fn termijnen_voor(&self, facetten: Facetten) -> impl Iterator<Item = &Termijn> {
        let asked = self.termijnen.iter().zip(&self.vraagt_termijnen);
        asked.filter(move |(_, asks)| facetten.contains_all(**asks)).map(|(termijn, _)| termijn)
    }

    /// Who is aan zet, for somebody with these facets.
    pub fn aan_zet_voor(&self, facetten: Facetten) -> Option<&AanZet> {
        self.aan_zet.as_ref().filter(|_| facetten.contains_all(self.vraagt_aan_zet))
    }

    /// The signals that somebody with these facets may see.
    pub fn signalen_voor(&self, facetten: Facetten) -> impl Iterator<Item = &Signaal> {
        self.signalen_met_opvolging_voor(facetten).map(|(signaal, _)| signaal)
    }

    /// The same, each with what became of it.
    pub fn signalen_met_opvolging_voor(&self, facetten: Facetten) -> impl Iterator<Item = (&Signaal, Opvolging)> {
        let all = self.signalen.iter().zip(self.opvolging.iter().copied());
        all.filter(move |(signaal, _)| facetten.contains_all(Facet::van_signaal(signaal.soort)))
    }
}

/// Dates that are only good to know, as the day on which a duty ends, are nobody's work.
fn is_owed(termijn: &Termijn) -> bool {
    termijn.is_open() && termijn.wie != Wie::Niemand
}

/// Summaries of one day, as far as they were made and still hold, and by whom they can be of interest to.
#[derive(Debug, Default)]
pub(crate) struct Samenvattingen {
    day: Option<Date>,
    by_child: BTreeMap<LeerlingId, Arc<Samenvatting>>,
    /// Children by the organisations and persons around them.
    around: BTreeMap<Subject, BTreeSet<LeerlingId>>,
    /// Children that changed since all summaries of the day were made; `None`: they were not all made yet.
    changed: Option<BTreeSet<LeerlingId>>,
    /// All children by what one types to find them.
    zoeken: Zoekindex,
    /// The last children that changed, in order.
    gewijzigd: VecDeque<LeerlingId>,
    /// How many changed before these.
    eerder: u64,
}

impl Clone for Samenvattingen {
    /// A copy of the register makes its own.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Samenvattingen {
    /// What was said about a child changed.
    pub(crate) fn forget(&mut self, leerling: LeerlingId) {
        self.zoeken.haal_weg(leerling);
        self.gewijzigd.push_back(leerling);
        if self.gewijzigd.len() > MAX_GEWIJZIGD {
            self.gewijzigd.pop_front();
            self.eerder += 1;
        }
        if let Some(changed) = &mut self.changed {
            changed.insert(leerling);
        }
        for subject in self.by_child.remove(&leerling).iter().flat_map(|made| rondom(&made.kring)) {
            if let Some(children) = self.around.get_mut(&subject) {
                children.remove(&leerling);
            }
        }
    }

    /// The rules, or who is one child, changed.
    pub(crate) fn forget_all(&mut self) {
        // Whoever kept a list finds that more changed than is kept in mind.
        let eerder = self.stand() + 1;
        *self = Self { eerder, ..Self::default() };
    }

    fn stand(&self) -> u64 {
        self.eerder + self.gewijzigd.len() as u64
    }

    fn add(&mut self, leerling: LeerlingId, made: Arc<Samenvatting>) {
        for subject in rondom(&made.kring) {
            self.around.entry(subject).or_default().insert(leerling);
        }
        self.by_child.insert(leerling, made);
    }
}

/// One child summed up, with the words by which it is found.
type Gemaakt = (LeerlingId, Arc<Samenvatting>, Trefwoorden);

/// The organisations and persons of a kring.
fn rondom(kring: &Kring) -> impl Iterator<Item = Subject> {
    kring.organisaties().map(Subject::from).chain(kring.personen().map(Subject::from))
}

impl Register {
    /// How all children stand on a day, each once. Made on up to so many threads; what still holds from an earlier call
    /// for the same day is taken over.
    pub fn samenvattingen(&mut self, on: Date, threads: usize) -> &BTreeMap<LeerlingId, Arc<Samenvatting>> {
        if self.samenvattingen.day != Some(on) {
            self.samenvattingen.forget_all();
            self.samenvattingen.day = Some(on);
        }
        let todo: Vec<LeerlingId> =
            self.kinderen().filter(|leerling| !self.samenvattingen.by_child.contains_key(leerling)).collect();
        let made = self.samenvatten(&todo, on, threads);
        let mut trefwoorden = Vec::with_capacity(made.len());
        for (leerling, samenvatting, words) in made {
            self.samenvattingen.add(leerling, samenvatting);
            trefwoorden.push((leerling, words));
        }
        if self.samenvattingen.changed.is_some() {
            for (leerling, words) in trefwoorden {
                self.samenvattingen.zoeken.zet(leerling, words);
            }
        } else {
            self.samenvattingen.zoeken = Zoekindex::van(trefwoorden);
        }
        self.samenvattingen.changed = Some(BTreeSet::new());
        &self.samenvattingen.by_child
    }

    /// How many times a child changed so far: whoever keeps a list of children notes this number.
    pub fn stand(&self) -> u64 {
        self.samenvattingen.stand()
    }

    /// The children that changed since a number that [`Self::stand`] gave, some perhaps more than once; `None` when that
    /// is too long ago, or all may have changed.
    pub fn gewijzigd_sinds(&self, stand: u64) -> Option<impl Iterator<Item = LeerlingId>> {
        let skip = usize::try_from(stand.checked_sub(self.samenvattingen.eerder)?).ok()?;
        (skip <= self.samenvattingen.gewijzigd.len()).then(|| self.samenvattingen.gewijzigd.iter().skip(skip).copied())
    }

    /// The children among `zichtbaar` (in order of their ids) that are looked for, best first. A child that changed since
    /// all were summed up is found when it is summed up again.
    pub fn zoek(&self, vraag: &Zoekvraag, zichtbaar: &[LeerlingId], hoogstens: usize) -> Vondst {
        self.samenvattingen.zoeken.zoek(vraag, zichtbaar, hoogstens)
    }

    /// Whether every child is summed up for that day.
    pub fn is_samengevat(&self, on: Date) -> bool {
        let whole = self.samenvattingen.changed.as_ref().is_some_and(BTreeSet::is_empty);
        self.samenvattingen.day == Some(on) && whole
    }

    /// How a child stands on a day: as it was summed up, else made now.
    pub fn samenvatting_op(&self, leerling: LeerlingId, on: Date) -> Option<Arc<Samenvatting>> {
        let kept = self.samenvattingen.by_child.get(&leerling).filter(|_| self.samenvattingen.day == Some(on));
        kept.cloned().or_else(|| self.samenvatting(leerling, on).map(Arc::new))
    }

    /// The children to whom an organisation or person is anything, on the day of which the summaries were made last: all
    /// whom anybody there may see are among them. A child of which no summary was made since it changed always comes along.
    pub fn kinderen_van(&self, wie: impl Into<Subject>) -> impl Iterator<Item = LeerlingId> {
        let known = self.samenvattingen.around.get(&wie.into());
        let changed = self.samenvattingen.changed.as_ref();
        let all = changed.is_none().then(|| self.kinderen());
        let around = known.into_iter().flatten().filter(move |_| changed.is_some());
        let since = changed.into_iter().flatten().filter(|kind| self.is_eerste(**kind));
        all.into_iter().flatten().chain(around.chain(since).copied())
    }

    /// How one child stands on a day.
    pub fn samenvatting(&self, leerling: LeerlingId, on: Date) -> Option<Samenvatting> {
        Some(Samenvatting::of(&self.timeline(leerling)?, on, self.rules()))
    }

    fn samenvatten(&self, todo: &[LeerlingId], on: Date, threads: usize) -> Vec<Gemaakt> {
        let signalen = self.signalen_van(todo, threads);
        let made = Mutex::new(Vec::with_capacity(todo.len()));
        std::thread::scope(|scope| {
            for part in todo.chunks(todo.len().div_ceil(threads.max(1)).max(1)) {
                let (made, signalen) = (&made, &signalen);
                scope.spawn(move || {
                    let own: Vec<_> = part.iter().filter_map(|leerling| self.een(*leerling, on, signalen)).collect();
                    made.lock().unwrap_or_else(PoisonError::into_inner).extend(own);
                });
            }
        });
        made.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn een(&self, leerling: LeerlingId, on: Date, signalen: &BTreeMap<LeerlingId, Vec<Signaal>>) -> Option<Gemaakt> {
        let own = signalen.get(&leerling).cloned().unwrap_or_default();
        let timeline = self.timeline_zonder_signalen(leerling)?.with_signalen(own);
        let samenvatting = Samenvatting::of(&timeline, on, self.rules());
        Some((leerling, Arc::new(samenvatting), Trefwoorden::van(&timeline, on)))
    }
}
