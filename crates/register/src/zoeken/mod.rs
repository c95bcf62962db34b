//! Finding children by what one types: names with typing mistakes, a pupil number, a birth date.
//!
//! An index holds the children that somebody has in view, and no others: a child outside somebody's work gives the same
//! answer as one that does not exist, and searching takes as long in a large region as in a small one.

mod afstand;
mod merk;
mod vraag;
mod woorden;

use domain::body::{Inschrijving, Persoonsgegevens};
use domain::ids::LeerlingId;
use domain::timeline::Timeline;
use jiff::civil::Date;

use crate::{Samenvatting, vouw};
pub use merk::{Gevonden, Stuk};
use vraag::Deel;
pub use vraag::{MAX_DELEN, MAX_TEKENS, Zoekveld, Zoekvraag};
use woorden::{Woordenlijst, Woordrij};

/// Letters of a word that are compared; longer words are cut.
pub(crate) const MAX_LETTERS: usize = 32;
/// Letters of a name by which children that match alike are put in order.
const SLEUTEL: usize = 12;

/// By what a child is found, as all sources that stand say it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Trefwoorden {
    /// Words of names, folded; the words of a name also as one word ("elamrani").
    namen: Woordrij,
    /// Prefixes of surnames, folded ("van", "der"): found as they are written only.
    tussenvoegsels: Woordrij,
    /// Pupil numbers of the enrolments of the day, folded.
    nummers: Woordrij,
    /// Birth dates.
    geboren: Box<[Date]>,
}

/// The order of children that match alike: surname, then the name one is called by; as far as these letters go.
pub(crate) type Sleutel = [[char; SLEUTEL]; 2];

impl Trefwoorden {
    /// Of a child on a day.
    pub(crate) fn van(timeline: &Timeline, op: Date) -> Self {
        let said = || timeline.all::<Persoonsgegevens>().map(|(_, persoon)| persoon);
        let namen = said().flat_map(|persoon| {
            let achternaam = format!("{} {}", persoon.voorvoegsel.zichtbaar(), persoon.achternaam.zichtbaar());
            [achternaam, persoon.roepnaam.zichtbaar().to_owned(), persoon.voornamen.zichtbaar().to_owned()]
        });
        let enrolled = timeline.inschrijvingen_op(op).map(|(_, inschrijving): (_, &Inschrijving)| inschrijving);
        let nummers = enrolled.map(|inschrijving| inschrijving.leerlingnummer.zichtbaar());
        Self::uit(namen, nummers, said().filter_map(|persoon| persoon.geboortedatum))
    }

    fn uit<'t>(
        namen: impl Iterator<Item = String>,
        nummers: impl Iterator<Item = &'t str>,
        geboren: impl Iterator<Item = Date>,
    ) -> Self {
        let (mut own, mut tussenvoegsels) = (Vec::new(), Vec::new());
        for naam in namen {
            let words: Vec<String> = vraag::stukken(&naam).map(vouw).filter(|word| !word.is_empty()).collect();
            if words.len() > 1 {
                own.push(words.concat());
            }
            for word in words {
                let list = if vraag::is_tussenvoegsel(&word) { &mut tussenvoegsels } else { &mut own };
                list.push(word);
            }
        }
        let mut geboren: Vec<Date> = geboren.collect();
        geboren.sort_unstable();
        geboren.dedup();
        Trefwoorden {
            namen: Woordrij::van(own),
            tussenvoegsels: Woordrij::van(tussenvoegsels),
            nummers: Woordrij::van(nummers.map(vouw).collect()),
            geboren: geboren.into(),
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

/// Children by their words.
#[derive(Debug, Default)]
pub struct Zoekindex {
    namen: Woordenlijst,
    tussenvoegsels: Vec<(Box<str>, u32)>,
    nummers: Vec<(Box<str>, u32)>,
    geboren: Vec<(Date, u32)>,
    /// The children in order of their ids; who is found stands for its place.
    kinderen: Vec<(LeerlingId, Sleutel)>,
}

impl Zoekindex {
    /// Of children, each with how it stands, in any order.
    pub fn van<'a>(kinderen: impl IntoIterator<Item = (LeerlingId, &'a Samenvatting)>) -> Self {
        let named = |(leerling, made): (LeerlingId, &'a Samenvatting)| {
            let order = [made.kaart.achternaam.zichtbaar(), made.kaart.roepnaam.zichtbaar()].map(sleutel);
            (leerling, order, &made.trefwoorden)
        };
        Self::van_woorden(kinderen.into_iter().map(named))
    }

    fn van_woorden<'a>(kinderen: impl IntoIterator<Item = (LeerlingId, Sleutel, &'a Trefwoorden)>) -> Self {
        let mut all: Vec<(LeerlingId, Sleutel, &Trefwoorden)> = kinderen.into_iter().collect();
        all.sort_unstable_by_key(|(leerling, ..)| *leerling);
        let mut index = Zoekindex::default();
        let mut namen = Vec::new();
        for ((leerling, sleutel, woorden), plek) in all.into_iter().zip(0..) {
            namen.extend(woorden.namen.iter().map(|woord| (woord, plek)));
            index.tussenvoegsels.extend(woorden.tussenvoegsels.iter().map(|woord| (woord.into(), plek)));
            index.nummers.extend(woorden.nummers.iter().map(|woord| (woord.into(), plek)));
            index.geboren.extend(woorden.geboren.iter().map(|geboren| (*geboren, plek)));
            index.kinderen.push((leerling, sleutel));
        }
        index.tussenvoegsels.sort_unstable();
        index.nummers.sort_unstable();
        index.namen = Woordenlijst::van(namen);
        index
    }

    /// The children that match every part of the question and that `mag` lets be found, best first.
    pub fn zoek(&self, vraag: &Zoekvraag, mag: impl Fn(LeerlingId) -> bool, hoogstens: usize) -> Vondst {
        let Some(kosten) = self.kosten(vraag) else { return Vondst::default() };
        let matching = kosten.iter().zip(&self.kinderen).filter(|(cost, _)| **cost != GEEN);
        let seen = matching.filter(|(_, (leerling, _))| mag(*leerling));
        let mut found: Vec<(u16, &Sleutel, LeerlingId)> =
            seen.map(|(cost, (leerling, sleutel))| (*cost, sleutel, *leerling)).collect();
        let aantal = found.len();
        if hoogstens < aantal {
            found.select_nth_unstable(hoogstens);
            found.truncate(hoogstens);
        }
        found.sort_unstable();
        Vondst { leerlingen: found.into_iter().map(|(.., leerling)| leerling).collect(), aantal }
    }

    /// For each place what the match costs over all parts of the question; `None` when nothing was asked.
    fn kosten(&self, vraag: &Zoekvraag) -> Option<Vec<u16>> {
        let mut parts = vraag.delen.iter();
        let mut total = vec![GEEN; self.kinderen.len()];
        self.kosten_van(parts.next()?, &mut total);
        for part in parts {
            let mut costs = vec![GEEN; self.kinderen.len()];
            self.kosten_van(part, &mut costs);
            for (sum, cost) in total.iter_mut().zip(costs) {
                // What misses one part is no match.
                *sum = if cost == GEEN || *sum == GEEN { GEEN } else { *sum + cost };
            }
        }
        Some(total)
    }

    fn kosten_van(&self, deel: &Deel, kosten: &mut [u16]) {
        let mut met = |plek: u32, cost: u16| {
            if let Some(slot) = kosten.get_mut(plek as usize) {
                *slot = cost.min(*slot);
            }
        };
        match deel {
            Deel::Naam { letters, tekst } => {
                self.namen.zoek(letters, |found, typefouten, plekken| {
                    let cost = vraag::kosten(letters.len(), found, typefouten);
                    plekken.iter().for_each(|plek| met(*plek, cost));
                });
                for (found, plek) in met_begin(&self.tussenvoegsels, tekst) {
                    met(plek, vraag::kosten(letters.len(), found.chars().count(), 0));
                }
            }
            Deel::Nummer(tekst) => {
                for (found, plek) in met_begin(&self.nummers, tekst) {
                    met(plek, vraag::kosten(tekst.len(), found.len(), 0));
                }
            }
            Deel::Geboren(geboren) => {
                self.geboren.iter().filter(|(dag, _)| geboren.is(*dag)).for_each(|(_, plek)| met(*plek, 0));
            }
        }
    }
}

/// No match.
const GEEN: u16 = u16::MAX;

/// The words that begin so, with who has them.
fn met_begin<'a>(list: &'a [(Box<str>, u32)], begin: &'a str) -> impl Iterator<Item = (&'a str, u32)> {
    let first = list.partition_point(|(word, _)| word.as_ref() < begin);
    let from = list.get(first..).unwrap_or_default().iter();
    from.take_while(move |(word, _)| word.starts_with(begin)).map(|(word, plek)| (word.as_ref(), *plek))
}

#[cfg(test)]
mod tests;
