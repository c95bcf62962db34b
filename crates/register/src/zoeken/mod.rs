//! Finding children by what one types: names with typing mistakes, a pupil number, a birth date.
//!
//! An index holds the children that somebody has in view, and no others: a child outside somebody's work gives the same
//! answer as one that does not exist, and searching takes as long in a large region as in a small one.

mod afstand;
mod merk;
mod vraag;
mod woorden;

use domain::body::{Inschrijving, Persoonsgegevens};
use domain::timeline::Timeline;
use jiff::civil::Date;

use crate::{Samenvatting, vouw};
pub use merk::{Gevonden, Leesnaam, Stuk};
use vraag::Deel;
pub use vraag::{MAX_DELEN, MAX_TEKENS, Zoekveld, Zoekvraag};
use woorden::{Woordenlijst, Woordrij};

/// Letters of a word that are compared; longer words are cut.
pub(crate) const MAX_LETTERS: usize = 32;
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

/// What was found: best first, and how many there are in all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Vondst {
    /// Places of the children, at most as many as were asked for.
    pub plekken: Vec<u32>,
    /// How many match.
    pub aantal: usize,
}

/// Children by their words.
#[derive(Debug, Default)]
pub struct Zoekindex {
    namen: Woordenlijst,
    tussenvoegsels: Woordenlijst,
    nummers: Vec<(Box<str>, u32)>,
    /// By month, then day.
    geboren: Vec<(Date, u32)>,
}

/// A child that matches, and what that costs at the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Treffer {
    plek: u32,
    kosten: u16,
}

impl Zoekindex {
    /// Of children, each as it stands, in the order in which those that match alike are to be found: who is found stands
    /// for its place in that order, from zero.
    pub fn van<'a>(kinderen: impl IntoIterator<Item = &'a Samenvatting>) -> Self {
        Self::van_woorden(kinderen.into_iter().map(|made| &made.trefwoorden))
    }

    fn van_woorden<'a>(kinderen: impl IntoIterator<Item = &'a Trefwoorden>) -> Self {
        let mut index = Zoekindex::default();
        let (mut namen, mut tussenvoegsels) = (Vec::new(), Vec::new());
        for (woorden, plek) in kinderen.into_iter().zip(0..) {
            namen.extend(woorden.namen.iter().map(|woord| (woord, plek)));
            tussenvoegsels.extend(woorden.tussenvoegsels.iter().map(|woord| (woord, plek)));
            index.nummers.extend(woorden.nummers.iter().map(|woord| (woord.into(), plek)));
            index.geboren.extend(woorden.geboren.iter().map(|geboren| (*geboren, plek)));
        }
        index.nummers.sort_unstable();
        index.geboren.sort_unstable_by_key(|(dag, plek)| (dag.month(), dag.day(), *plek));
        index.namen = Woordenlijst::van(namen);
        index.tussenvoegsels = Woordenlijst::van(tussenvoegsels);
        index
    }

    /// The children that match every part of the question and that `mag` lets be found, best first. Takes as long as many
    /// children match a part, however many there are.
    pub fn zoek(&self, vraag: &Zoekvraag, mag: impl Fn(u32) -> bool, hoogstens: usize) -> Vondst {
        let mut parts = vraag.delen.iter().map(|deel| self.treffers(deel));
        let Some(first) = parts.next() else { return Vondst::default() };
        let mut found = parts.fold(first, samen);
        found.retain(|treffer| mag(treffer.plek));
        let aantal = found.len();
        let best = |treffer: &Treffer| (treffer.kosten, treffer.plek);
        if hoogstens < aantal {
            found.select_nth_unstable_by_key(hoogstens, best);
            found.truncate(hoogstens);
        }
        found.sort_unstable_by_key(best);
        Vondst { plekken: found.into_iter().map(|treffer| treffer.plek).collect(), aantal }
    }

    /// Who matches a part of the question: each child once, in order of place.
    fn treffers(&self, deel: &Deel) -> Vec<Treffer> {
        let mut all = Vec::new();
        match deel {
            Deel::Naam { letters, .. } => {
                let mut vindt = |found, typefouten, plekken: &[u32]| {
                    let kosten = vraag::kosten(letters.len(), found, typefouten);
                    all.extend(plekken.iter().map(|plek| Treffer { plek: *plek, kosten }));
                };
                self.namen.zoek(letters, &mut vindt);
                self.tussenvoegsels.zoek_precies(letters, &mut vindt);
            }
            Deel::Nummer(tekst) => {
                let found = met_begin(&self.nummers, tekst);
                let kosten = |found: &str| vraag::kosten(tekst.len(), found.len(), 0);
                all.extend(found.map(|(found, plek)| Treffer { plek, kosten: kosten(found) }));
            }
            Deel::Geboren(geboren) => {
                let found = geboren.onder(&self.geboren);
                all.extend(found.map(|plek| Treffer { plek, kosten: 0 }));
            }
        }
        all.sort_unstable();
        all.dedup_by_key(|treffer| treffer.plek);
        all
    }
}

/// Who matches both, each in order of place; what misses one part is no match.
fn samen(mut een: Vec<Treffer>, ander: Vec<Treffer>) -> Vec<Treffer> {
    let mut ander = ander.into_iter().peekable();
    een.retain_mut(|treffer| {
        while ander.next_if(|other| other.plek < treffer.plek).is_some() {}
        let both = ander.next_if(|other| other.plek == treffer.plek);
        treffer.kosten += both.map_or(0, |other| other.kosten);
        both.is_some()
    });
    een
}

/// The words that begin so, with who has them.
fn met_begin<'a>(list: &'a [(Box<str>, u32)], begin: &'a str) -> impl Iterator<Item = (&'a str, u32)> {
    let first = list.partition_point(|(word, _)| word.as_ref() < begin);
    let from = list.get(first..).unwrap_or_default().iter();
    from.take_while(move |(word, _)| word.starts_with(begin)).map(|(word, plek)| (word.as_ref(), *plek))
}

#[cfg(test)]
mod tests;
