//! What somebody has in view: every child that they may see, with how it stands and as far as they may see it. All lists,
//! counts, searches and exports are made of this, so that none can show a child that another hides.
//!
//! Kept in memory per professional and renewed only where the register says that a child changed.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use convenant::{Facet, Facetten, Mag, Oordeel};
use domain::Date;
use domain::fact::Actor;
use domain::ids::LeerlingId;
use jiff::SignedDuration;
use register::{Register, Samenvatting, Vondst, Zoekindex, Zoekveld, Zoekvraag};

use super::bezoek::Bezoek;
use super::inpakken::Stuk;
use super::leerlingen::Opties;
use super::leerlingen::kolom::Kolommen;
use super::leerlingen::regel::Regel;
use super::ochtend::Ochtend;
use crate::weergave::werk::Kind;

/// Lines of children that are kept over all professionals together; the views used longest ago go first.
pub const MAX_BEELDEN: usize = 200_000;

/// One child in view.
#[derive(Debug, Clone)]
pub struct Beeld {
    /// Our name for it.
    pub leerling: LeerlingId,
    /// What the reader may see of it; the name always.
    pub facetten: Facetten,
    /// The ground of the row of the convenant by which it is seen.
    pub grond: &'static str,
    /// How it stands.
    pub vandaag: Arc<Samenvatting>,
    /// The order of a list.
    sleutel: Box<str>,
    /// Its line in the list, once it was shown.
    regel: OnceLock<Box<Regel>>,
}

impl Beeld {
    /// The child's line in a list with these columns, made once for as long as nothing is said about it.
    ///
    /// # Errors
    /// As `maak`.
    pub fn regel<E>(&self, kolommen: Kolommen, maak: impl FnOnce() -> Result<Regel, E>) -> Result<Cow<'_, Regel>, E> {
        match self.regel.get() {
            Some(regel) if regel.heeft(kolommen) => Ok(Cow::Borrowed(regel)),
            Some(_) => Ok(Cow::Owned(maak()?)),
            None => {
                let made = maak()?.into();
                Ok(Cow::Borrowed(self.regel.get_or_init(|| made)))
            }
        }
    }

    /// Whether the reader may see a facet.
    pub fn mag(&self, facet: Facet) -> bool {
        self.facetten.contains(facet)
    }

    /// The same child with other facets to see.
    #[must_use]
    pub fn met(&self, facetten: Facetten) -> Self {
        Beeld { facetten, regel: OnceLock::new(), ..self.clone() }
    }

    /// Whether the reader may see the status, also by what its words tell.
    pub fn mag_status(&self) -> bool {
        self.facetten.contains_all(Facet::van_status(self.vandaag.status.soort))
    }

    /// The child as the work of the day looks at it.
    pub fn voor_werk(&self) -> Kind<'_> {
        Kind { leerling: self.leerling, facetten: self.facetten, vandaag: &self.vandaag }
    }

    fn van(register: &Register, actor: &Actor, vandaag: Date, leerling: LeerlingId) -> Option<Self> {
        let made = register.samenvatting_op(leerling, vandaag)?;
        let convenant = register.convenant(vandaag);
        let Oordeel::Ja { regel } = convenant.decide(actor, Mag::Lees, &made.kring, Facet::PersoonNaam) else {
            return None;
        };
        let facetten = convenant.facetten(actor, Mag::Lees, &made.kring);
        Some(Beeld {
            leerling,
            facetten,
            grond: regel.grond.label(),
            sleutel: made.kaart.sleutel().into(),
            vandaag: made,
            regel: OnceLock::new(),
        })
    }
}

/// All children that somebody has in view, by name.
#[derive(Debug, Default)]
pub struct Blik {
    kinderen: Vec<Arc<Beeld>>,
    /// Ids in order, each with its place among the children.
    op_id: Vec<(LeerlingId, u32)>,
    /// As of which change of the register this holds.
    stand: AtomicU64,
    dag: Option<Date>,
    /// The children by what one types to find them, once one did; and what the reader may see of each of them.
    zoekindex: OnceLock<(Zoekindex, Facetten)>,
    /// What one can filter by, once it was asked for.
    opties: OnceLock<Opties>,
    /// Selections that were made of it lately.
    keuzes: Lately<[u32]>,
    /// Lines of lists that were shown lately, packed.
    pub regels: Lately<Stuk>,
    /// Mornings that were shown lately.
    pub ochtenden: Lately<Ochtend>,
}

/// What was made of a view lately, by name; it holds as long as the view does.
pub struct Lately<T: ?Sized>(Mutex<Vec<(String, Arc<T>)>>);

impl<T: ?Sized> fmt::Debug for Lately<T> {
    /// Never what was made: it is about children.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lately(…)")
    }
}

impl<T: ?Sized> Default for Lately<T> {
    fn default() -> Self {
        Lately(Mutex::default())
    }
}

impl<T: ?Sized> Lately<T> {
    /// What was made under this name, else made now.
    ///
    /// # Errors
    /// As `maak`.
    pub fn van<E>(&self, naam: &str, maak: impl FnOnce() -> Result<Arc<T>, E>) -> Result<Arc<T>, E> {
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, made)) = kept().iter().find(|(known, _)| known == naam) {
            return Ok(Arc::clone(made));
        }
        let made = maak()?;
        let mut kept = kept();
        if kept.len() >= MAX_LATELY {
            kept.remove(0);
        }
        kept.push((naam.to_owned(), Arc::clone(&made)));
        Ok(made)
    }
}

/// So long after midnight the day before may serve.
const MIDDERNACHT: SignedDuration = SignedDuration::from_mins(10);
/// Of each kind kept with one view.
const MAX_LATELY: usize = 8;

impl Blik {
    /// The children, by name.
    pub fn kinderen(&self) -> &[Arc<Beeld>] {
        &self.kinderen
    }

    /// One of them; `None` when it is not in view.
    pub fn kind(&self, leerling: LeerlingId) -> Option<&Arc<Beeld>> {
        let at = self.op_id.binary_search_by_key(&leerling, |(id, _)| *id).ok()?;
        self.kinderen.get(self.op_id.get(at)?.1 as usize)
    }

    /// The children at these places.
    pub fn op_plek<'a>(&'a self, plekken: &'a [u32]) -> impl Iterator<Item = &'a Beeld> {
        plekken.iter().filter_map(|plek| self.kinderen.get(*plek as usize).map(Arc::as_ref))
    }

    /// What one can filter by, worked out once for as long as the view holds.
    pub fn opties(&self, maak: impl FnOnce(&[Arc<Beeld>]) -> Opties) -> &Opties {
        self.opties.get_or_init(|| maak(&self.kinderen))
    }

    /// A selection, made once for as long as the view holds; `naam` says which.
    pub fn keuze(&self, naam: &str, maak: impl FnOnce(&[Arc<Beeld>]) -> Vec<u32>) -> Arc<[u32]> {
        let made: Result<_, Infallible> = self.keuzes.van(naam, || Ok(maak(&self.kinderen).into()));
        let Ok(plekken) = made;
        plekken
    }

    /// The places of the children that are looked for, best first and then by name, and how many there are. Whoever may not
    /// read a pupil number or a birth date does not find a child by it.
    pub fn zoek(&self, vraag: &Zoekvraag, hoogstens: usize) -> (Vec<u32>, usize) {
        let (index, of_all) = self.zoekindex.get_or_init(|| {
            let of_all = self.kinderen.iter().fold(Facetten::ALLE, |all, beeld| all.intersection(beeld.facetten));
            (Zoekindex::van(self.kinderen.iter().map(|beeld| beeld.vandaag.as_ref())), of_all)
        });
        let mut needed = Facetten::of(&[Facet::PersoonNaam]);
        for veld in vraag.velden() {
            needed.insert_if(
                match veld {
                    Zoekveld::Naam => Facet::PersoonNaam,
                    Zoekveld::Leerlingnummer => Facet::SchoolInschrijving,
                    Zoekveld::Geboortedatum => Facet::PersoonGeboortedatum,
                },
                true,
            );
        }
        let mag = |plek: u32| self.kinderen.get(plek as usize).is_some_and(|beeld| beeld.facetten.contains_all(needed));
        let Vondst { plekken, aantal } = match of_all.contains_all(needed) {
            true => index.zoek(vraag, |_| true, hoogstens),
            false => index.zoek(vraag, mag, hoogstens),
        };
        (plekken, aantal)
    }

    /// Whether it still holds, though something was said since: of nobody who was or comes in view.
    fn geldt_nog(&self, register: &Register, actor: &Actor, vandaag: Date) -> bool {
        let Some(changed) = register.gewijzigd_sinds(self.stand.load(Ordering::Relaxed)) else { return false };
        let mut changed: Vec<LeerlingId> = changed.collect();
        changed.sort_unstable();
        changed.dedup();
        let elsewhere = |leerling: &LeerlingId| {
            self.kind(*leerling).is_none()
                && !(register.is_kind(*leerling) && Beeld::van(register, actor, vandaag, *leerling).is_some())
        };
        let holds = self.dag == Some(vandaag) && changed.iter().all(elsewhere);
        if holds {
            self.stand.store(register.stand(), Ordering::Relaxed);
        }
        holds
    }

    /// The view of today, taking over from an older one what did not change.
    fn nieuw(register: &Register, actor: &Actor, vandaag: Date, ouder: Option<&Blik>) -> Self {
        let before = ouder.filter(|blik| blik.dag == Some(vandaag));
        let changed = before.and_then(|blik| register.gewijzigd_sinds(blik.stand.load(Ordering::Relaxed)));
        let mut kinderen: Vec<Arc<Beeld>> = match (before, changed) {
            (Some(before), Some(changed)) => {
                let mut changed: Vec<LeerlingId> = changed.collect();
                changed.sort_unstable();
                changed.dedup();
                let kept = before.kinderen.iter().filter(|beeld| changed.binary_search(&beeld.leerling).is_err());
                let organisatie = actor.organisatie();
                // Asked of the few that changed, rather than of all that the organisation has to do with.
                let around = |leerling: &LeerlingId| organisatie.is_some() && register.is_kind(*leerling);
                let made = changed.iter().filter(|leerling| around(leerling));
                let made = made.filter_map(|leerling| Beeld::van(register, actor, vandaag, *leerling)).map(Arc::new);
                kept.cloned().chain(made).collect()
            }
            _ => {
                let around = actor.organisatie().into_iter().flat_map(|id| register.kinderen_van(id));
                around.filter_map(|leerling| Beeld::van(register, actor, vandaag, leerling)).map(Arc::new).collect()
            }
        };
        kinderen.sort_by(|a, b| (&a.sleutel, a.leerling).cmp(&(&b.sleutel, b.leerling)));
        let mut op_id: Vec<(LeerlingId, u32)> = kinderen.iter().zip(0..).map(|(b, plek)| (b.leerling, plek)).collect();
        op_id.sort_unstable();
        Blik { kinderen, op_id, stand: register.stand().into(), dag: Some(vandaag), ..Blik::default() }
    }
}

/// The views of everybody at work.
#[derive(Debug, Default)]
pub struct Blikken {
    bewaard: Mutex<Bewaard>,
}

#[derive(Debug, Default)]
struct Bewaard {
    per_lezer: BTreeMap<Actor, (u64, Arc<Blik>)>,
    teller: u64,
}

impl Blikken {
    /// What somebody has in view in this register. Just after midnight that is as it stood yesterday, until all children
    /// are summed up for today.
    pub fn van(&self, register: &Register, bezoek: &Bezoek) -> Arc<Blik> {
        let begin = domain::calendar::begin_van_dag(bezoek.vandaag);
        let just = bezoek.nu.duration_since(begin) < MIDDERNACHT;
        let dag = register.dag().filter(|_| just).unwrap_or(bezoek.vandaag);
        self.van_lezer(register, &bezoek.actor(), dag)
    }

    fn van_lezer(&self, register: &Register, actor: &Actor, vandaag: Date) -> Arc<Blik> {
        let mut bewaard = self.bewaard.lock().unwrap_or_else(PoisonError::into_inner);
        let known = bewaard.per_lezer.get(actor).map(|(_, blik)| Arc::clone(blik));
        let same = |blik: &Blik| blik.stand.load(Ordering::Relaxed) == register.stand() && blik.dag == Some(vandaag);
        if let Some(blik) = known.as_ref().filter(|blik| same(blik)) {
            bewaard.gebruik(*actor, Arc::clone(blik));
            return Arc::clone(blik);
        }
        // Others need not wait while this one is looked at, or made.
        drop(bewaard);
        if let Some(blik) = known.as_ref().filter(|blik| blik.geldt_nog(register, actor, vandaag)) {
            let mut bewaard = self.bewaard.lock().unwrap_or_else(PoisonError::into_inner);
            bewaard.gebruik(*actor, Arc::clone(blik));
            return Arc::clone(blik);
        }
        let blik = Arc::new(Blik::nieuw(register, actor, vandaag, known.as_deref()));
        let mut bewaard = self.bewaard.lock().unwrap_or_else(PoisonError::into_inner);
        bewaard.gebruik(*actor, Arc::clone(&blik));
        bewaard.ruim_op(MAX_BEELDEN);
        blik
    }
}

impl Bewaard {
    fn gebruik(&mut self, actor: Actor, blik: Arc<Blik>) {
        self.teller += 1;
        self.per_lezer.insert(actor, (self.teller, blik));
    }

    /// Lets go of the views that were used longest ago, until the rest fits; the last one always stays.
    fn ruim_op(&mut self, hoogstens: usize) {
        let total = |bewaard: &Self| bewaard.per_lezer.values().map(|(_, blik)| blik.kinderen.len()).sum::<usize>();
        while self.per_lezer.len() > 1 && total(self) > hoogstens {
            let oldest = self.per_lezer.iter().min_by_key(|(_, (gebruikt, _))| *gebruikt).map(|(actor, _)| *actor);
            oldest.map(|actor| self.per_lezer.remove(&actor));
        }
    }
}
