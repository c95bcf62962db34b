//! The words of one child; and the words of all names, in order of their letters, with who has them. Words that begin alike
//! are walked together.

use super::afstand::{self, Rij};
use super::{MAX_LETTERS, vraag};

/// Folded words in order, each once, in one text: every child of a region has some of these.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Woordrij(Box<str>);

/// Between two words; what is folded has letters and digits only.
const TUSSEN: &str = " ";

impl Woordrij {
    pub(super) fn van(mut words: Vec<String>) -> Self {
        words.retain(|word| !word.is_empty());
        words.sort_unstable();
        words.dedup();
        Woordrij(words.join(TUSSEN).into())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split(TUSSEN).filter(|word| !word.is_empty())
    }

    pub(super) fn heeft(&self, woord: &str) -> bool {
        self.iter().any(|own| own == woord)
    }
}

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
    /// Of words, each with who has it.
    pub(super) fn van(words: Vec<(&str, u32)>) -> Self {
        let mut all: Vec<(Box<[char]>, u32)> = words.into_iter().map(|(word, plek)| (letters(word), plek)).collect();
        all.sort_unstable();
        all.dedup();
        let mut woorden: Vec<Woord> = Vec::new();
        for (letters, plek) in all {
            match woorden.last_mut().filter(|last| last.letters == letters) {
                Some(last) => last.plekken.push(plek),
                None => woorden.push(Woord { letters, plekken: vec![plek] }),
            }
        }
        Woordenlijst { woorden }
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
