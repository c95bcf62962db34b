//! Finding children by what one types: names with typing mistakes, a pupil number, a birth date.
//!
//! The index holds every child of the region; who may find which of them is for whoever asks to say, so that a child
//! outside somebody's work gives the same answer as one that does not exist. It is renewed per changed child.

mod afstand;
mod vraag;
mod woorden;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Bound;

use domain::body::{Inschrijving, Persoonsgegevens};
use domain::ids::LeerlingId;
use domain::timeline::Timeline;
use jiff::civil::Date;

use crate::vouw;
use vraag::Deel;
pub use vraag::{MAX_DELEN, MAX_TEKENS, Zoekveld, Zoekvraag};
use woorden::Woordenlijst;

/// Letters of a word that are compared; longer words are cut.
pub(crate) const MAX_LETTERS: usize = 32;
/// Letters of a name by which children that match alike are put in order.
const SLEUTEL: usize = 12;

/// By what a child is found, as all sources that stand say it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Trefwoorden {
    /// Words of names, folded; the words of a name also as one word ("elamrani").
    namen: Vec<String>,
    /// Prefixes of surnames, folded ("van", "der"): found as they are written only.
    tussenvoegsels: Vec<String>,
    /// Pupil numbers of the enrolments of the day, folded.
    nummers: Vec<String>,
    /// Birth dates.
    geboren: Vec<Date>,
    /// Surname and name one is called by, folded: the order among equals.
    sleutel: Sleutel,
}

/// The order of children that match alike: surname, then the name one is called by; as far as these letters go.
pub(crate) type Sleutel = [[char; SLEUTEL]; 2];

impl Trefwoorden {
    /// Of a child on a day.
    pub(crate) fn van(timeline: &Timeline, op: Date) -> Self {
        let mut van = Trefwoorden::default();
        for (_, persoon) in timeline.all::<Persoonsgegevens>() {
            let achternaam = format!("{} {}", persoon.voorvoegsel.zichtbaar(), persoon.achternaam.zichtbaar());
            for naam in [&achternaam, persoon.roepnaam.zichtbaar(), persoon.voornamen.zichtbaar()] {
                van.naam(naam);
            }
            van.geboren.extend(persoon.geboortedatum);
            let roepnaam = if persoon.roepnaam.is_empty() { &persoon.voornamen } else { &persoon.roepnaam };
            van.sleutel = [persoon.achternaam.zichtbaar(), roepnaam.zichtbaar()].map(sleutel);
        }
        let enrolled = timeline.inschrijvingen_op(op).map(|(_, inschrijving): (_, &Inschrijving)| inschrijving);
        van.nummers = enrolled.map(|inschrijving| vouw(inschrijving.leerlingnummer.zichtbaar())).collect();
        for list in [&mut van.namen, &mut van.tussenvoegsels, &mut van.nummers] {
            list.retain(|word| !word.is_empty());
            list.sort_unstable();
            list.dedup();
        }
        van.geboren.sort_unstable();
        van.geboren.dedup();
        van
    }

    fn naam(&mut self, naam: &str) {
        let words: Vec<String> = vraag::stukken(naam).map(vouw).filter(|word| !word.is_empty()).collect();
        if words.len() > 1 {
            self.namen.push(words.concat());
        }
        for word in words {
            let list = if vraag::is_tussenvoegsel(&word) { &mut self.tussenvoegsels } else { &mut self.namen };
            list.push(word);
        }
    }
}

fn sleutel(naam: &str) -> [char; SLEUTEL] {
    let mut letters = ['\0'; SLEUTEL];
    for (slot, letter) in letters.iter_mut().zip(vouw(naam).chars()) {
        *slot = letter;
    }
    letters
}

/// What was found: best first, and how many there are in all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Vondst {
    /// The children, at most as many as were asked for.
    pub leerlingen: Vec<LeerlingId>,
    /// How many match.
    pub aantal: usize,
}

/// All children of the region by their words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Zoekindex {
    namen: Woordenlijst,
    tussenvoegsels: BTreeMap<Box<str>, Vec<u32>>,
    nummers: BTreeMap<Box<str>, Vec<u32>>,
    geboren: BTreeMap<Date, Vec<u32>>,
    /// The children; a place stays the child's own as long as it is here.
    plekken: Vec<Option<(LeerlingId, Trefwoorden)>>,
    vrij: Vec<u32>,
    plek_van: BTreeMap<LeerlingId, u32>,
}

impl Zoekindex {
    /// Puts many children in at once.
    pub(crate) fn zet_alle(&mut self, kinderen: Vec<(LeerlingId, Trefwoorden)>) {
        self.namen.maak_plaats(kinderen.iter().flat_map(|(_, trefwoorden)| &trefwoorden.namen).map(String::as_str));
        for (leerling, trefwoorden) in kinderen {
            self.zet(leerling, trefwoorden);
        }
    }

    /// Puts a child in, or what is now known of it in the place of what was.
    pub(crate) fn zet(&mut self, leerling: LeerlingId, trefwoorden: Trefwoorden) {
        if self.van(leerling) == Some(&trefwoorden) {
            return;
        }
        self.haal_weg(leerling);
        let plek = self.vrij.pop().unwrap_or_else(|| {
            self.plekken.push(None);
            u32::try_from(self.plekken.len() - 1).unwrap_or(u32::MAX)
        });
        for word in &trefwoorden.namen {
            self.namen.zet(word, plek);
        }
        for (list, words) in
            [(&mut self.tussenvoegsels, &trefwoorden.tussenvoegsels), (&mut self.nummers, &trefwoorden.nummers)]
        {
            for word in words {
                zet(list.entry(word.as_str().into()).or_default(), plek);
            }
        }
        for geboren in &trefwoorden.geboren {
            zet(self.geboren.entry(*geboren).or_default(), plek);
        }
        self.plek_van.insert(leerling, plek);
        if let Some(slot) = self.plekken.get_mut(plek as usize) {
            *slot = Some((leerling, trefwoorden));
        }
    }

    fn van(&self, leerling: LeerlingId) -> Option<&Trefwoorden> {
        let plek = *self.plek_van.get(&leerling)?;
        self.plekken.get(plek as usize)?.as_ref().map(|(_, trefwoorden)| trefwoorden)
    }

    /// Takes a child out.
    pub(crate) fn haal_weg(&mut self, leerling: LeerlingId) {
        let Some(plek) = self.plek_van.remove(&leerling) else { return };
        let Some((_, trefwoorden)) = self.plekken.get_mut(plek as usize).and_then(Option::take) else { return };
        for word in &trefwoorden.namen {
            self.namen.haal_weg(word, plek);
        }
        for (list, words) in
            [(&mut self.tussenvoegsels, &trefwoorden.tussenvoegsels), (&mut self.nummers, &trefwoorden.nummers)]
        {
            for word in words {
                haal_weg(list, word.as_str(), plek);
            }
        }
        for geboren in &trefwoorden.geboren {
            haal_weg(&mut self.geboren, geboren, plek);
        }
        self.vrij.push(plek);
    }

    /// The children among `zichtbaar` (in order of their ids) that match every part of the question, best first.
    pub(crate) fn zoek(&self, vraag: &Zoekvraag, zichtbaar: &[LeerlingId], hoogstens: usize) -> Vondst {
        let Some(kosten) = self.kosten(vraag) else { return Vondst::default() };
        let mut found: Vec<(u16, &Sleutel, LeerlingId)> = Vec::new();
        let mut take = |plek: usize, leerling: LeerlingId| {
            let Some(cost) = kosten.get(plek).copied().filter(|cost| *cost != GEEN) else { return };
            if let Some((_, trefwoorden)) = self.plekken.get(plek).and_then(Option::as_ref) {
                found.push((cost, &trefwoorden.sleutel, leerling));
            }
        };
        let matching = kosten.iter().filter(|cost| **cost != GEEN).count();
        if zichtbaar.len() < matching {
            for leerling in zichtbaar {
                if let Some(plek) = self.plek_van.get(leerling) {
                    take(*plek as usize, *leerling);
                }
            }
        } else {
            for (plek, _) in kosten.iter().enumerate().filter(|(_, cost)| **cost != GEEN) {
                let leerling = self.plekken.get(plek).and_then(Option::as_ref).map(|(leerling, _)| *leerling);
                if let Some(leerling) = leerling.filter(|leerling| zichtbaar.binary_search(leerling).is_ok()) {
                    take(plek, leerling);
                }
            }
        }
        let aantal = found.len();
        if hoogstens < aantal {
            found.select_nth_unstable_by(hoogstens, volgorde);
            found.truncate(hoogstens);
        }
        found.sort_unstable_by(volgorde);
        Vondst { leerlingen: found.into_iter().map(|(.., leerling)| leerling).collect(), aantal }
    }

    /// For each place what the match costs over all parts of the question; `None` when nothing was asked.
    fn kosten(&self, vraag: &Zoekvraag) -> Option<Vec<u16>> {
        let mut parts = vraag.delen.iter();
        let mut total = vec![GEEN; self.plekken.len()];
        self.kosten_van(parts.next()?, &mut total);
        for part in parts {
            let mut costs = vec![GEEN; self.plekken.len()];
            self.kosten_van(part, &mut costs);
            for (sum, cost) in total.iter_mut().zip(costs) {
                // What misses one part is no match.
                *sum = if cost == GEEN || *sum == GEEN { GEEN } else { *sum + cost };
            }
        }
        Some(total)
    }

    fn kosten_van(&self, deel: &Deel, kosten: &mut [u16]) {
        let mut met = |plekken: &[u32], cost: u16| {
            for plek in plekken {
                if let Some(slot) = kosten.get_mut(*plek as usize) {
                    *slot = cost.min(*slot);
                }
            }
        };
        match deel {
            Deel::Naam { letters, tekst } => {
                self.namen.zoek(letters, |found, typefouten, plekken| {
                    met(plekken, vraag::kosten(letters.len(), found, typefouten));
                });
                for (found, plekken) in met_begin(&self.tussenvoegsels, tekst) {
                    met(plekken, vraag::kosten(letters.len(), found.chars().count(), 0));
                }
            }
            Deel::Nummer(tekst) => {
                for (found, plekken) in met_begin(&self.nummers, tekst) {
                    met(plekken, vraag::kosten(tekst.len(), found.len(), 0));
                }
            }
            Deel::Geboren(geboren) => {
                for (_, plekken) in self.geboren.iter().filter(|(dag, _)| geboren.is(**dag)) {
                    met(plekken, 0);
                }
            }
        }
    }
}

/// No match.
const GEEN: u16 = u16::MAX;

fn volgorde(a: &(u16, &Sleutel, LeerlingId), b: &(u16, &Sleutel, LeerlingId)) -> Ordering {
    a.cmp(b)
}

/// The words that begin so, with who has them.
fn met_begin<'a>(list: &'a BTreeMap<Box<str>, Vec<u32>>, begin: &'a str) -> impl Iterator<Item = (&'a str, &'a [u32])> {
    let from = list.range::<str, _>((Bound::Included(begin), Bound::Unbounded));
    from.take_while(move |(word, _)| word.starts_with(begin)).map(|(word, plekken)| (word.as_ref(), plekken.as_slice()))
}

/// Puts a place in a list in order.
fn zet(plekken: &mut Vec<u32>, plek: u32) {
    if let Err(at) = plekken.binary_search(&plek) {
        plekken.insert(at, plek);
    }
}

/// Takes a place out of a list; an empty list goes.
fn haal_weg<K: Ord + std::borrow::Borrow<Q>, Q: Ord + ?Sized>(list: &mut BTreeMap<K, Vec<u32>>, key: &Q, plek: u32) {
    let Some(plekken) = list.get_mut(key) else { return };
    if let Ok(at) = plekken.binary_search(&plek) {
        plekken.remove(at);
    }
    if plekken.is_empty() {
        list.remove(key);
    }
}

#[cfg(test)]
impl Zoekindex {
    fn is_empty(&self) -> bool {
        self.namen.is_empty()
            && [&self.tussenvoegsels, &self.nummers].iter().all(|list| list.is_empty())
            && self.geboren.is_empty()
            && self.plek_van.is_empty()
    }
}

#[cfg(test)]
mod tests;
