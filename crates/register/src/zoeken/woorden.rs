//! The words of one child; and the words of all names, in order of their letters, with who has them. Words that begin alike
//! are compared together.

use std::ops::Range;

use super::afstand;
use super::{MAX_LETTERS, vraag};

/// Folded words in order, each once, in one text: every child of a region has some of these.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Woordrij(Box<str>);

/// Words that are passed over at once.
const PER_KEER: usize = 32;
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

/// A word: where its letters and who has it stand, each until where those of the next word begin.
#[derive(Debug, Clone, Copy)]
struct Woord {
    letters: u32,
    plekken: u32,
    /// How many letters it has.
    lengte: u8,
}

/// All words, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Woordenlijst {
    woorden: Vec<Woord>,
    /// Of each word, with how many letters it begins as the word before it. Apart: most words are passed over by this alone.
    gelijk: Vec<u8>,
    /// The letters of all words, one word after the other.
    letters: Vec<char>,
    /// Places of children, one word after the other, in order within a word.
    plekken: Vec<u32>,
}

impl Woordenlijst {
    /// Of words, each with who has it.
    pub(super) fn van(mut words: Vec<(&str, u32)>) -> Self {
        words.iter_mut().for_each(|(word, _)| *word = begin(word));
        words.sort_unstable();
        words.dedup();
        let mut lijst = Woordenlijst::default();
        let mut before = None;
        for (word, plek) in words {
            if before != Some(word) {
                lijst.zet(before.unwrap_or_default(), word);
                before = Some(word);
            }
            lijst.plekken.push(plek);
        }
        lijst
    }

    /// Adds a word behind the one before it.
    fn zet(&mut self, ervoor: &str, word: &str) {
        let [letters, plekken] = [self.letters.len(), self.plekken.len()].map(als_plek);
        let gelijk = ervoor.chars().zip(word.chars()).take_while(|(before, letter)| before == letter).count();
        self.letters.extend(word.chars());
        let [lengte, gelijk] =
            [self.letters.len() - letters as usize, gelijk].map(|n| u8::try_from(n).unwrap_or(u8::MAX));
        self.woorden.push(Woord { letters, plekken, lengte });
        self.gelijk.push(gelijk);
    }

    /// Gives every word that begins with what was typed, or with what differs from it by no more typing mistakes than are
    /// forgiven: its number of letters, the fewest mistakes, and who has it.
    pub(super) fn zoek(&self, getypt: &[char], mut vindt: impl FnMut(usize, u8, &[u32])) {
        match vraag::typefouten(getypt.len()) {
            0 => self.zoek_precies(getypt, vindt),
            hoogstens => self.zoek_bijna(getypt, hoogstens, &mut vindt),
        }
    }

    /// The same for words that are found as they are written only.
    pub(super) fn zoek_precies(&self, getypt: &[char], mut vindt: impl FnMut(usize, u8, &[u32])) {
        self.met_begin(getypt).for_each(|at| self.geef(at, 0, &mut vindt));
    }

    /// The words that begin so: they stand together.
    fn met_begin(&self, getypt: &[char]) -> Range<usize> {
        let begins = |word: &Woord| {
            let letters = self.letters(word);
            letters.get(..getypt.len()).unwrap_or(letters)
        };
        let first = self.woorden.partition_point(|word| begins(word) < getypt);
        let found = self.woorden.get(first).is_some_and(|word| begins(word) == getypt);
        first..if found { self.tot(first, getypt.len()) } else { first }
    }

    /// Every word is looked at as far as it differs from the one before it, and until it is known how few mistakes there
    /// are: all words that begin as far alike are then known too.
    fn zoek_bijna(&self, getypt: &[char], hoogstens: u8, vindt: &mut impl FnMut(usize, u8, &[u32])) {
        let typed = getypt.len();
        // For each number of letters looked at: the row after these, and the fewest mistakes to any beginning so far.
        let mut rijen = [(afstand::begin(typed), u8::try_from(typed).unwrap_or(u8::MAX)); MAX_LETTERS + 1];
        let (mut fewest, mut next) = (u8::MAX, 0);
        while let Some((word, gelijk)) = self.woorden.get(next).zip(self.gelijk.get(next)) {
            let (at, mut diepte) = (next, usize::from(*gelijk));
            let letters = self.letters(word);
            // So many letters decided; more than the word has when it ended before that.
            let beslist = loop {
                let Some((rij, beste)) = rijen.get(diepte) else { break diepte };
                fewest = *beste;
                let before =
                    diepte.checked_sub(1).and_then(|before| Some((&rijen.get(before)?.0, *letters.get(before)?)));
                let lowest = afstand::laagst(rij, before.map(|(rij, _)| rij), typed);
                if lowest >= *beste || lowest > hoogstens {
                    break diepte;
                }
                let Some(letter) = letters.get(diepte) else { break diepte + 1 };
                let volgende = afstand::volgende(getypt, *letter, rij, before);
                let beste = volgende.get(typed).copied().unwrap_or(u8::MAX).min(*beste);
                diepte += 1;
                if let Some(slot) = rijen.get_mut(diepte) {
                    *slot = (volgende, beste);
                }
            };
            next = self.tot(at, beslist);
            if fewest <= hoogstens {
                (at..next).for_each(|at| self.geef(at, fewest, vindt));
            }
        }
    }

    /// The place after the words behind one that begin with the same so many letters as it does.
    fn tot(&self, at: usize, letters: usize) -> usize {
        let rest = self.gelijk.get(at + 1..).unwrap_or_default();
        // In pieces that a processor compares at once.
        let letters = u8::try_from(letters).unwrap_or(u8::MAX);
        let other = |gelijk: &u8| *gelijk < letters;
        let (pieces, _) = rest.as_chunks::<PER_KEER>();
        let alike =
            PER_KEER * pieces.iter().take_while(|piece| !piece.iter().fold(false, |any, g| any | other(g))).count();
        let here = rest.get(alike..).unwrap_or_default();
        at + 1 + alike + here.iter().position(other).unwrap_or(here.len())
    }

    fn geef(&self, at: usize, typefouten: u8, vindt: &mut impl FnMut(usize, u8, &[u32])) {
        let Some(word) = self.woorden.get(at) else { return };
        let end = self.woorden.get(at + 1).map_or(self.plekken.len(), |next| next.plekken as usize);
        vindt(word.lengte.into(), typefouten, self.plekken.get(word.plekken as usize..end).unwrap_or_default());
    }

    fn letters(&self, word: &Woord) -> &[char] {
        let from = word.letters as usize;
        self.letters.get(from..from + usize::from(word.lengte)).unwrap_or_default()
    }
}

/// A word as far as its letters are compared.
fn begin(word: &str) -> &str {
    word.char_indices().nth(MAX_LETTERS).and_then(|(end, _)| word.get(..end)).unwrap_or(word)
}

/// A region has far fewer words and letters than this holds.
fn als_plek(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
