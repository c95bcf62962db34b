//! The words of all names, in order of their letters, with who has them. Words that begin alike are walked together.

use super::afstand::{self, Rij};
use super::{MAX_LETTERS, vraag};

/// A word and who has it.
#[derive(Debug, Clone)]
struct Woord {
    letters: Box<[char]>,
    /// Places of children, in order.
    plekken: Vec<u32>,
}

/// All words, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Woordenlijst {
    woorden: Vec<Woord>,
}

impl Woordenlijst {
    /// Makes place for words that come next: many at once cost no more than one.
    pub(super) fn maak_plaats<'a>(&mut self, words: impl Iterator<Item = &'a str>) {
        let is_new = |letters: &[char]| self.plaats(letters).is_err();
        let mut new: Vec<Box<[char]>> = words.map(letters).filter(|letters| is_new(letters)).collect();
        new.sort_unstable();
        new.dedup();
        self.woorden.extend(new.into_iter().map(|letters| Woord { letters, plekken: Vec::new() }));
        // Two runs in order, which a stable sort merges.
        self.woorden.sort_by(|a, b| a.letters.cmp(&b.letters));
    }

    /// Where a word stands, or would stand.
    fn plaats(&self, letters: &[char]) -> Result<usize, usize> {
        self.woorden.binary_search_by(|known| known.letters.as_ref().cmp(letters))
    }

    /// A child has a word.
    pub(super) fn zet(&mut self, word: &str, plek: u32) {
        let letters = letters(word);
        let at = self.plaats(&letters).unwrap_or_else(|at| {
            self.woorden.insert(at, Woord { letters, plekken: Vec::new() });
            at
        });
        if let Some(known) = self.woorden.get_mut(at) {
            super::zet(&mut known.plekken, plek);
        }
    }

    /// A child no longer has a word; a word that nobody has is forgotten.
    pub(super) fn haal_weg(&mut self, word: &str, plek: u32) {
        let letters = letters(word);
        let Ok(at) = self.plaats(&letters) else { return };
        let Some(known) = self.woorden.get_mut(at) else { return };
        if let Ok(place) = known.plekken.binary_search(&plek) {
            known.plekken.remove(place);
        }
        if known.plekken.is_empty() {
            self.woorden.remove(at);
        }
    }

    /// Gives every word that begins with what was typed, or with what differs from it by no more typing mistakes than are
    /// forgiven: its number of letters, the fewest mistakes, and who has it.
    pub(super) fn zoek(&self, getypt: &[char], mut vindt: impl FnMut(usize, u8, &[u32])) {
        let zoeker = Zoeker { getypt, hoogstens: vraag::typefouten(getypt.len()) };
        let rij = afstand::begin(getypt.len());
        let tak = Tak { rij: &rij, ervoor: None, beste: u8::MAX };
        zoeker.daal(&self.woorden, 0, &tak, &mut vindt);
    }
}

#[cfg(test)]
impl Woordenlijst {
    pub(super) fn is_empty(&self) -> bool {
        self.woorden.is_empty()
    }
}

fn letters(word: &str) -> Box<[char]> {
    word.chars().take(MAX_LETTERS).collect()
}

struct Zoeker<'a> {
    getypt: &'a [char],
    hoogstens: u8,
}

/// Words that begin alike, and how far they are from what was typed.
struct Tak<'a> {
    rij: &'a Rij,
    /// The row before, and the letter between the two.
    ervoor: Option<(&'a Rij, char)>,
    /// The fewest mistakes to any beginning so far.
    beste: u8,
}

impl Zoeker<'_> {
    /// `woorden` share their first `diepte` letters.
    fn daal(&self, woorden: &[Woord], diepte: usize, tak: &Tak<'_>, vindt: &mut impl FnMut(usize, u8, &[u32])) {
        let typed = self.getypt.len();
        let beste = tak.beste.min(tak.rij.get(typed).copied().unwrap_or(u8::MAX));
        // No row further on is lower than this one, or than the one before it with two letters swapped.
        let before = tak.ervoor.map_or(u8::MAX, |(rij, _)| afstand::minst(rij, typed).saturating_add(1));
        let lowest = afstand::minst(tak.rij, typed).min(before);
        if lowest >= beste || lowest > self.hoogstens {
            return self.geef(woorden, beste, vindt);
        }
        let ended = woorden.iter().take_while(|word| word.letters.len() == diepte).count();
        let (whole, mut rest) = woorden.split_at(ended);
        self.geef(whole, beste, vindt);
        while let Some(letter) = rest.first().and_then(|word| word.letters.get(diepte)).copied() {
            let alike = rest.partition_point(|word| word.letters.get(diepte) == Some(&letter));
            let (own, others) = rest.split_at(alike);
            // `own` holds at least the first word, so the walk ends.
            rest = others;
            let rij = afstand::volgende(self.getypt, letter, tak.rij, tak.ervoor);
            self.daal(own, diepte + 1, &Tak { rij: &rij, ervoor: Some((tak.rij, letter)), beste }, vindt);
        }
    }

    fn geef(&self, woorden: &[Woord], beste: u8, vindt: &mut impl FnMut(usize, u8, &[u32])) {
        if beste <= self.hoogstens {
            woorden.iter().for_each(|word| vindt(word.letters.len(), beste, &word.plekken));
        }
    }
}
