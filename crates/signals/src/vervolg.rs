//! Which new firing continues which signal that stood before.
//!
//! A late or corrected row moves the day on which a rule fires. Somebody may have called the parents already: the
//! signal must then keep its handling and say "was 12, nu 13 september", not come back as news. And what no longer
//! fires falls away with a reason, never silently.

use crate::axis::{Axes, Tafel, Verloop, weekdag};
use crate::compiled::{Compiled, Gecompileerd, Kern, Raam};
use crate::firing::Firing;
use domain::period::{day_number, from_day_number, plus_months, schooljaar};

/// What makes a signal of one pupil the same signal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identiteit {
    /// Name of the rule.
    pub regel: String,
    /// The first day it fired.
    pub dag: u16,
    /// The step: of `stappen`, or of `nadert` (in quarters for hours); 0 for a rule without steps.
    pub stap: u16,
}

/// A signal as it stood before the rows were evaluated again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vorig {
    /// Which signal.
    pub identiteit: Identiteit,
    /// The first day that counted towards it ([`Firing::van`]).
    pub van: u16,
    /// Whether somebody took it up.
    pub behandeld: bool,
}

/// What becomes of a signal. Numbers are places in the two lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lot {
    /// The same signal, on the same day.
    Blijft {
        /// Place in the old list.
        vorig: usize,
        /// Place in the new list.
        nieuw: usize,
    },
    /// A handled signal that now fires on another day: it keeps its handling.
    Vervolgt {
        /// Place in the old list.
        vorig: usize,
        /// Place in the new list.
        nieuw: usize,
    },
    /// A signal that continues nowhere.
    Vervallen {
        /// Place in the old list.
        vorig: usize,
        /// Why.
        reden: Reden,
    },
    /// A signal that was not there.
    Nieuw {
        /// Place in the new list.
        nieuw: usize,
    },
}

/// Why a signal fell away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reden {
    /// No version of the protocol has a rule of that name that is on.
    RegelBestaatNietMeer,
    /// The rule no longer fires there: rows, calendar, enrolment or protocol changed.
    GeenAanleidingMeer,
}

impl Compiled {
    /// The identity of a firing; `None` when it was not found under these versions.
    pub fn identiteit(&self, firing: &Firing) -> Option<Identiteit> {
        let regel = self.regel(firing)?;
        let stap = match &regel.vorm {
            Kern::Keren { .. } | Kern::Aaneengesloten { .. } => firing.waarde,
            Kern::Som { nadert, .. } if firing.trap > 0 => {
                u16::try_from(*nadert.get(usize::from(firing.trap) - 1)?).ok()?
            }
            _ => 0,
        };
        Some(Identiteit { regel: self.namen.get(regel.naam)?.clone(), dag: firing.dag, stap })
    }

    /// A signal that somebody handled, from what a fact keeps of it: its rule, its day, and its step if that was told
    /// (else it is that of the rule's firing nearest in time). The first day that counted follows from the step.
    pub fn behandeld(
        &self,
        axes: &Axes,
        spoor: u32,
        (regel, dag, stap): (&str, u16, Option<u16>),
        nieuwe: &[Firing],
    ) -> Vorig {
        let same = nieuwe.iter().filter_map(|firing| self.identiteit(firing)).filter(|found| found.regel == regel);
        let nearest = || same.min_by_key(|found| found.dag.abs_diff(dag)).map(|found| found.stap);
        let stap = stap.or_else(nearest).unwrap_or(0);
        let mut van = dag;
        let vorm = self
            .versies
            .iter()
            .flat_map(|versie| &versie.regels)
            .find(|known| self.namen.get(known.naam).is_some_and(|naam| naam == regel));
        match vorm.map(|regel| &regel.vorm) {
            Some(Kern::Aaneengesloten { .. }) => with_tafel(axes, spoor, |tafel| {
                let first = tafel.sd_op_of_voor(dag) - i32::from(stap) + 1;
                van = usize::try_from(first).ok().and_then(|sd| tafel.dag_op_sd(sd)).unwrap_or(dag);
            }),
            Some(Kern::Kalendermaanden { maanden }) => {
                let first = plus_months(from_day_number(i32::from(dag)), -i32::from(*maanden));
                van = u16::try_from(day_number(first)).unwrap_or(dag);
            }
            _ => {}
        }
        Vorig { identiteit: Identiteit { regel: regel.to_owned(), dag, stap }, van, behandeld: true }
    }

    fn regel(&self, firing: &Firing) -> Option<&Gecompileerd> {
        let versie = self.versies.get(usize::from(firing.versie))?;
        versie.regels.iter().find(|regel| regel.regel == firing.regel)
    }
}

/// Matches the signals of one pupil that stood with the firings that were found anew. Distances are measured on the
/// axis of `spoor`, the pupil's first.
///
/// The same identity stays. Then each firing continues the nearest handled signal of the same rule and step within one
/// window length, in the same run, or in the same school year; one to one, the smallest distance first.
pub fn vervolg(axes: &Axes, spoor: u32, compiled: &Compiled, vorige: &[Vorig], nieuwe: &[Firing]) -> Vec<Lot> {
    let identiteiten: Vec<Option<Identiteit>> = nieuwe.iter().map(|firing| compiled.identiteit(firing)).collect();
    let mut lot_vorig: Vec<Option<Lot>> = vec![None; vorige.len()];
    let mut bezet = vec![false; nieuwe.len()];
    for (plek, vorig) in vorige.iter().enumerate() {
        let zelfde = |nieuw: &usize| !bezet[*nieuw] && identiteiten[*nieuw].as_ref() == Some(&vorig.identiteit);
        if let Some(nieuw) = (0..nieuwe.len()).find(zelfde) {
            bezet[nieuw] = true;
            lot_vorig[plek] = Some(Lot::Blijft { vorig: plek, nieuw });
        }
    }
    let mut paren: Vec<(i32, usize, usize)> = Vec::new();
    with_tafel(axes, spoor, |tafel| {
        for (plek, vorig) in
            vorige.iter().enumerate().filter(|(plek, vorig)| vorig.behandeld && lot_vorig[*plek].is_none())
        {
            for (nieuw, firing) in nieuwe.iter().enumerate().filter(|(nieuw, _)| !bezet[*nieuw]) {
                let zelfde = identiteiten[nieuw].as_ref().is_some_and(|identiteit| {
                    identiteit.regel == vorig.identiteit.regel && identiteit.stap == vorig.identiteit.stap
                });
                let regel = compiled.regel(firing).filter(|_| zelfde);
                if let Some(afstand) = regel.and_then(|regel| afstand(&regel.vorm, tafel, vorig, firing)) {
                    paren.push((afstand, plek, nieuw));
                }
            }
        }
    });
    paren.sort_unstable_by_key(|(afstand, vorig, nieuw)| (*afstand, vorige[*vorig].identiteit.dag, nieuwe[*nieuw].dag));
    for (_, vorig, nieuw) in paren {
        if lot_vorig[vorig].is_none() && !bezet[nieuw] {
            bezet[nieuw] = true;
            lot_vorig[vorig] = Some(Lot::Vervolgt { vorig, nieuw });
        }
    }
    let weg = |(plek, lot): (usize, Option<Lot>)| {
        lot.unwrap_or_else(|| Lot::Vervallen { vorig: plek, reden: reden(compiled, &vorige[plek]) })
    };
    let oud = lot_vorig.into_iter().enumerate().map(weg);
    let nieuw = (0..nieuwe.len()).filter(|nieuw| !bezet[*nieuw]).map(|nieuw| Lot::Nieuw { nieuw });
    oud.chain(nieuw).collect()
}

fn reden(compiled: &Compiled, vorig: &Vorig) -> Reden {
    if compiled.namen.contains(&vorig.identiteit.regel) {
        Reden::GeenAanleidingMeer
    } else {
        Reden::RegelBestaatNietMeer
    }
}

fn with_tafel(axes: &Axes, spoor: u32, doe: impl FnOnce(&Tafel)) {
    match axes.sporen.get(spoor as usize).map(|spoor| &spoor.verloop) {
        Some(Verloop::Een(verblijf)) => {
            if let Some(tafel) = axes.scholen.get(verblijf.school as usize) {
                doe(tafel);
            }
        }
        Some(Verloop::Eigen(eigen)) => {
            let mut tafel = Tafel::default();
            axes.stel_samen(eigen, &mut tafel);
            doe(&tafel);
        }
        None => {}
    }
}

/// How far a firing lies from an old signal of the same rule and step; `None` when it cannot continue it.
fn afstand(vorm: &Kern, tafel: &Tafel, vorig: &Vorig, firing: &Firing) -> Option<i32> {
    let dagen = (i32::from(firing.dag) - i32::from(vorig.identiteit.dag)).abs();
    let past = match vorm {
        Kern::Som { raam, .. } | Kern::Reeksen { raam, .. } | Kern::Stijging { raam, .. } => {
            return in_venster(*raam, tafel, vorig, firing);
        }
        Kern::Weekdag { raam, .. } => {
            let zelfde_weekdag = weekdag(vorig.identiteit.dag) == weekdag(firing.dag);
            return in_venster(*raam, tafel, vorig, firing).filter(|_| zelfde_weekdag);
        }
        // The same run: the days from the run's first to the day it fired overlap.
        Kern::Aaneengesloten { .. } | Kern::Kalendermaanden { .. } => {
            vorig.van <= firing.dag && firing.van <= vorig.identiteit.dag
        }
        Kern::Keren { .. } => {
            let jaar = |dag: u16| schooljaar(from_day_number(i32::from(dag)));
            jaar(vorig.identiteit.dag) == jaar(firing.dag)
        }
    };
    past.then_some(dagen)
}

/// The distance on the rule's own axis, if it is less than one window length.
fn in_venster(raam: Raam, tafel: &Tafel, vorig: &Vorig, firing: &Firing) -> Option<i32> {
    let sd = |dag: u16| tafel.sd_op_of_voor(dag);
    let lw = |dag: u16| usize::try_from(sd(dag)).ok().and_then(|sd| tafel.lw_op_sd(sd)).map_or(-1, i32::from);
    let (lengte, verschil) = match raam {
        Raam::Schooldagen(lengte) => (lengte, sd(firing.dag) - sd(vorig.identiteit.dag)),
        Raam::Lesweken(lengte) => (lengte, lw(firing.dag) - lw(vorig.identiteit.dag)),
    };
    (verschil.abs() < lengte).then_some(verschil.abs())
}
