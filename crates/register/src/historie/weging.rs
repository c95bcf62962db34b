//! What a protocol would have done, counted.

use std::collections::BTreeMap;

use signals::compiled::Compiled;
use signals::firing::Firing;
use signals::protocol::{MAX_REGELS, Ontvanger, Protocol, Regel};

use super::{AANLOOP_DAGEN, GEVOLG_SCHOOLDAGEN, Historie, Persoon, Verblijf, deel};

/// Ages that are told apart; who is older is counted with the last.
const LEEFTIJDEN: usize = 32;

/// Signals of one rule, school or age.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Telling {
    /// Signals, warnings that a threshold comes near among them.
    pub signalen: u32,
    /// Different pupils of whom they are.
    pub leerlingen: u32,
    /// Signals of which it can be said whether they led anywhere.
    pub beoordeeld: u32,
    /// Those of them that led nowhere.
    pub nergens: u32,
}

/// What a protocol would have done with a history.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Weging {
    /// All signals.
    pub samen: Telling,
    /// By place of the rule in the protocol.
    pub regels: Vec<Telling>,
    /// By place of the school in the history. Signals on days without a school are in none.
    pub scholen: Vec<Telling>,
    /// By age on the day of the signal. Signals of pupils without a known birth date are in none.
    pub leeftijden: BTreeMap<u8, Telling>,
    /// By calendar week, in the order of [`Historie::kalenderweken`].
    pub weken: Vec<Telling>,
    /// Signals by rule and, within it, by school.
    kruis: Vec<u32>,
    /// Signals that a mentor gets one by one, by calendar week and, within it, by school.
    mentor: Vec<u32>,
    /// By number of the pupil, of those with a clock: the first signal on the way there.
    eerste: Vec<(u32, Option<u16>)>,
}

/// Whether pupils who later stayed at home would have been seen earlier. A pupil counts once, by its first clock.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Voorsprong {
    /// Pupils of whom a clock opened.
    pub klokken: u32,
    /// Of who would have had its first signal earlier: how many days; ascending.
    pub eerder: Vec<u16>,
    /// The same, later.
    pub later: Vec<u16>,
    /// On the same day.
    pub gelijk: u32,
    /// A signal only under the first protocol.
    pub alleen_nu: u32,
    /// A signal only under the second.
    pub alleen_dan: u32,
    /// Under neither.
    pub geen: u32,
}

/// What was seen of one pupil, so that it is counted once in each place.
#[derive(Default)]
struct Gezien {
    regels: u64,
    leeftijden: u64,
    scholen: Vec<u32>,
    /// The number of the pupil, counted from 1, that was last counted in each week.
    weken: Vec<u32>,
    leerling: u32,
}

/// Whether one of these gets each signal of a rule by itself: not gathered into one message a day.
pub fn krijgt_los(regel: &Regel, wie: &[Ontvanger]) -> bool {
    !regel.verzamelen && wie.iter().any(|wie| regel.wie.contains(wie))
}

/// Takes note of a place; whether it was new.
fn nieuw(gezien: &mut u64, plek: usize) -> bool {
    let bit = 1u64 << plek.min(MAX_REGELS - 1);
    let is_new = *gezien & bit == 0;
    *gezien |= bit;
    is_new
}

impl Telling {
    fn tel(&mut self, nieuwe_leerling: bool, nergens: Option<bool>) {
        self.signalen += 1;
        self.leerlingen += u32::from(nieuwe_leerling);
        self.beoordeeld += u32::from(nergens.is_some());
        self.nergens += u32::from(nergens == Some(true));
    }
}

impl Weging {
    /// Signals by place of the rule and place of the school, where there are any.
    pub fn per_regel_en_school(&self) -> impl Iterator<Item = (usize, usize, u32)> {
        let wide = self.scholen.len().max(1);
        let filled = self.kruis.iter().enumerate().filter(|(_, aantal)| **aantal > 0);
        filled.map(move |(plek, aantal)| (plek / wide, plek % wide, *aantal))
    }

    /// Signals that mentors get one by one, by place of the school, in each calendar week.
    pub fn voor_mentoren(&self) -> impl Iterator<Item = &[u32]> {
        self.mentor.chunks(self.scholen.len().max(1))
    }
}

impl Historie {
    /// Counts what a protocol would have done on all days of the history, on up to so many threads.
    pub fn weeg(&self, protocol: &Protocol, threads: usize) -> Weging {
        let found = self.prepared.evaluate_delen(&Compiled::one(protocol), threads);
        let mut weging = Weging {
            regels: vec![Telling::default(); protocol.regels.len()],
            scholen: vec![Telling::default(); self.scholen.len()],
            kruis: vec![0; protocol.regels.len() * self.scholen.len()],
            weken: vec![Telling::default(); self.weken.len()],
            mentor: vec![0; self.weken.len() * self.scholen.len()],
            ..Weging::default()
        };
        let los: Vec<bool> = protocol.regels.iter().map(|regel| krijgt_los(regel, &[Ontvanger::Mentor])).collect();
        let mut leeftijden = [Telling::default(); LEEFTIJDEN];
        let mut eerste: BTreeMap<u32, u16> = BTreeMap::new();
        let mut gezien = Gezien { weken: vec![0; self.weken.len()], ..Gezien::default() };
        for own in found.iter().flat_map(|deel| deel.firings.chunk_by(|a, b| a.leerling == b.leerling)) {
            let Some(nummer) = own.first().map(|firing| firing.leerling) else { continue };
            let Some(persoon) = self.leerlingen.get(nummer as usize) else { continue };
            (gezien.regels, gezien.leeftijden) = (0, 0);
            gezien.scholen.clear();
            gezien.leerling = nummer.saturating_add(1);
            let before = weging.samen.signalen;
            for firing in own {
                self.tel(persoon, firing, &mut weging, &mut leeftijden, &mut gezien);
                if los.get(usize::from(firing.regel)).is_some_and(|los| *los) {
                    self.tel_mentor(persoon, firing.dag, &mut weging);
                }
            }
            weging.samen.leerlingen += u32::from(weging.samen.signalen > before);
            if let Some(dag) = eerste_op_weg(persoon, own) {
                eerste.insert(nummer, dag);
            }
        }
        let told = (0u8..).zip(leeftijden).filter(|(_, telling)| telling.signalen > 0);
        weging.leeftijden = told.collect();
        let clocks = (0u32..).zip(&self.leerlingen).filter(|(_, persoon)| persoon.klok.is_some());
        weging.eerste = clocks.map(|(nummer, _)| (nummer, eerste.get(&nummer).copied())).collect();
        weging
    }

    fn tel(
        &self,
        persoon: &Persoon,
        firing: &Firing,
        weging: &mut Weging,
        leeftijden: &mut [Telling; LEEFTIJDEN],
        gezien: &mut Gezien,
    ) {
        let Some(dagdeel) = firing.dag.checked_sub(self.van).and_then(|plek| self.kalender.get(usize::from(plek)))
        else {
            return;
        };
        let school = self.school_op(persoon, firing.dag);
        let nergens = school.and_then(|school| self.nergens(persoon, school, firing.dag));
        weging.samen.tel(false, nergens);
        let regel = usize::from(firing.regel);
        if let Some(telling) = weging.regels.get_mut(regel) {
            telling.tel(nieuw(&mut gezien.regels, regel), nergens);
        }
        let week = self.week(firing.dag);
        if let Some((telling, last)) = week.and_then(|week| weging.weken.get_mut(week).zip(gezien.weken.get_mut(week)))
        {
            telling.tel(std::mem::replace(last, gezien.leerling) != gezien.leerling, nergens);
        }
        if let Some(school) = school {
            let plek = school as usize;
            if let Some(telling) = weging.scholen.get_mut(plek) {
                let is_new = !gezien.scholen.contains(&school);
                gezien.scholen.extend(is_new.then_some(school));
                telling.tel(is_new, nergens);
                if let Some(cel) = weging.kruis.get_mut(regel * self.scholen.len() + plek) {
                    *cel += 1;
                }
            }
        }
        if let Some(geboren) = persoon.geboren {
            let jaren = dagdeel.0 - geboren.0 - i16::from(dagdeel.1 < geboren.1);
            let plek = usize::try_from(jaren).unwrap_or(0).min(LEEFTIJDEN - 1);
            if let Some(telling) = leeftijden.get_mut(plek) {
                telling.tel(nieuw(&mut gezien.leeftijden, plek), nergens);
            }
        }
    }

    fn school_op(&self, persoon: &Persoon, dag: u16) -> Option<u32> {
        let at = |stay: &&Verblijf| stay.van <= dag && u32::from(dag) < stay.tot;
        deel(&self.verblijven, persoon.verblijven).iter().find(at).map(|stay| stay.school)
    }

    fn tel_mentor(&self, persoon: &Persoon, dag: u16, weging: &mut Weging) {
        let plek = self.week(dag).zip(self.school_op(persoon, dag));
        let plek = plek.map(|(week, school)| week * self.scholen.len() + school as usize);
        if let Some(cel) = plek.and_then(|plek| weging.mentor.get_mut(plek)) {
            *cel += 1;
        }
    }

    /// Whether a signal led nowhere; `None` when nothing is known of what came after it, or the days are not over yet.
    fn nergens(&self, persoon: &Persoon, school: u32, dag: u16) -> Option<bool> {
        if !self.kent_gevolgen {
            return None;
        }
        let dagen = &self.scholen.get(school as usize)?.schooldagen;
        // Most signals lie far before the end, and nothing came of most.
        let laatste = *dagen.get(dagen.len().checked_sub(GEVOLG_SCHOOLDAGEN + 1)?)?;
        if dag > laatste {
            return None;
        }
        let gevolgen = deel(&self.gevolgen, persoon.gevolgen);
        let Some(gevolg) = gevolgen.iter().find(|gevolg| **gevolg >= dag) else { return Some(true) };
        let na = dagen.partition_point(|schooldag| *schooldag <= dag);
        let uiterlijk = *dagen.get(na + GEVOLG_SCHOOLDAGEN - 1)?;
        Some(*gevolg > uiterlijk)
    }

    /// Whether the pupils who later stayed at home would have had a signal earlier under one protocol than under another.
    pub fn voorsprong(&self, nu: &Weging, dan: &Weging) -> Voorsprong {
        let mut found = Voorsprong::default();
        for ((_, nu), (_, dan)) in nu.eerste.iter().zip(&dan.eerste) {
            found.klokken += 1;
            match (*nu, *dan) {
                (Some(nu), Some(dan)) if dan < nu => found.eerder.push(nu - dan),
                (Some(nu), Some(dan)) if nu < dan => found.later.push(dan - nu),
                (Some(_), Some(_)) => found.gelijk += 1,
                (Some(_), None) => found.alleen_nu += 1,
                (None, Some(_)) => found.alleen_dan += 1,
                (None, None) => found.geen += 1,
            }
        }
        found.eerder.sort_unstable();
        found.later.sort_unstable();
        found
    }
}

/// The first signal on the way to a pupil's first clock.
fn eerste_op_weg(persoon: &Persoon, own: &[Firing]) -> Option<u16> {
    let (begin, gebleken) = persoon.klok?;
    let way = begin.saturating_sub(AANLOOP_DAGEN)..=gebleken;
    own.iter().map(|firing| firing.dag).filter(|dag| way.contains(dag)).min()
}
