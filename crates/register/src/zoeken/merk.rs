//! Why somebody was found: which letters of a name were asked for, which number, which birth date.

use std::borrow::Cow;
use std::ops::Range;

use jiff::civil::Date;
use smallvec::SmallVec;

use super::vraag::{self, Deel, Zoekvraag};
use super::{MAX_DELEN, MAX_LETTERS, afstand};
use crate::{Samenvatting, vouw};

/// A piece of a text, and whether it was asked for.
pub type Stuk<'t> = (Cow<'t, str>, bool);

/// A name as people read it, made ready once to be compared with whatever they type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leesnaam {
    tekst: Box<str>,
    // What most names fit in stands with the rest, so that a list is read in one go.
    woorden: SmallVec<[Naamwoord; WOORDEN]>,
    /// The whole name as one word.
    geheel: Naamwoord,
    /// The letters of all words, folded, one word after the other.
    letters: SmallVec<[char; LETTERS]>,
}

/// Words and letters of most names.
const WOORDEN: usize = 4;
const LETTERS: usize = 20;

/// One word of a name. Small, for lists hold many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Naamwoord {
    /// Where its bytes stand, from and until.
    bytes: (u16, u16),
    /// Where its folded letters stand, from and until.
    letters: (u16, u16),
    /// Whether it is found as it is written only.
    precies: bool,
}

/// What beside names a child was found by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gevonden {
    /// The pupil number, folded, and how many of its first letters and digits were typed.
    pub nummer: Option<(String, usize)>,
    /// The birth date.
    pub geboren: Option<Date>,
}

impl Leesnaam {
    /// Of a name as it is shown.
    pub fn van(naam: &str) -> Self {
        let (mut woorden, mut letters, mut gevouwen) = (SmallVec::new(), SmallVec::new(), String::new());
        let begin = naam.as_ptr() as usize;
        for word in vraag::stukken(naam).filter(|word| !word.is_empty()) {
            let folded = vouw(word);
            let (at, first) = (word.as_ptr() as usize - begin, letters.len());
            letters.extend(folded.chars());
            let precies = vraag::is_tussenvoegsel(&folded);
            woorden.push(Naamwoord {
                bytes: (plek(at), plek(at + word.len())),
                letters: (plek(first), plek(letters.len())),
                precies,
            });
            gevouwen.push_str(&folded);
        }
        let precies = vraag::is_tussenvoegsel(&gevouwen);
        let geheel = Naamwoord { bytes: (0, plek(naam.len())), letters: (0, plek(letters.len())), precies };
        Leesnaam { tekst: naam.into(), woorden, geheel, letters }
    }

    /// The name itself.
    pub fn tekst(&self) -> &str {
        &self.tekst
    }

    /// How many letters of a word fit what was typed: those typed when it begins so, all when it was mistyped.
    fn past(&self, word: &Naamwoord, typed: &[char]) -> Option<usize> {
        let letters = self.letters.get(bereik(word.letters)).unwrap_or_default();
        let letters = letters.get(..MAX_LETTERS).unwrap_or(letters);
        if letters.starts_with(typed) {
            return Some(typed.len());
        }
        let forgiven = vraag::typefouten(typed.len());
        (forgiven > 0 && !word.precies && afstand::begint_bijna(letters, typed, forgiven)).then_some(letters.len())
    }

    /// Where the letters of a word end that were asked for.
    fn tot(&self, word: &Naamwoord, letters: usize) -> usize {
        let bytes = bereik(word.bytes);
        bytes.start + lengte(self.tekst.get(bytes).unwrap_or_default(), letters)
    }
}

/// A place in a name. What stands further on than any name is long is not compared.
fn plek(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

fn bereik((from, until): (u16, u16)) -> Range<usize> {
    from.into()..until.into()
}

impl Zoekvraag {
    /// Gives a name in pieces, each with whether it was asked for; together they are the name. Of a word that was typed so
    /// far the letters typed were asked for; of one that was mistyped, or typed without its spaces, all of it. Whether the
    /// words of the name account for every name that was asked for.
    pub fn merk<'n>(&self, naam: &'n Leesnaam, mut stuk: impl FnMut(&'n str, bool)) -> bool {
        let mut at = 0;
        let mut push = |van: usize, tot: usize, raak: bool| {
            if let Some(piece) = naam.tekst.get(van..tot).filter(|piece| !piece.is_empty()) {
                stuk(piece, raak);
            }
        };
        let mut told = [false; MAX_DELEN];
        for word in &naam.woorden {
            let mut most = None;
            for (typed, told) in self.letters().zip(&mut told) {
                let fits = naam.past(word, typed);
                *told |= fits.is_some();
                most = most.max(fits);
            }
            if let Some(letters) = most {
                let (van, tot) = (word.bytes.0.into(), naam.tot(word, letters));
                push(at, van, false);
                push(van, tot, true);
                at = tot;
            }
        }
        let joined = || self.letters().any(|typed| naam.past(&naam.geheel, typed).is_some());
        let whole = at == 0 && joined();
        push(at, naam.tekst.len(), whole);
        self.letters().zip(told).all(|(_, told)| told)
    }

    /// Whether anything of a name was asked for.
    pub fn raakt(&self, naam: &Leesnaam) -> bool {
        self.letters().any(|typed| any_word(naam, typed))
    }

    /// Whether this name accounts for every name that was asked for, also typed without its spaces.
    pub fn verklaard(&self, naam: &Leesnaam) -> bool {
        self.letters().all(|typed| any_word(naam, typed))
    }

    fn letters(&self) -> impl Iterator<Item = &[char]> {
        self.delen.iter().filter_map(|deel| match deel {
            Deel::Naam { letters, .. } => Some(letters.as_slice()),
            Deel::Nummer(_) | Deel::Geboren(_) => None,
        })
    }
}

/// Whether a word of the name fits what was typed, or all of it does.
fn any_word(naam: &Leesnaam, typed: &[char]) -> bool {
    naam.woorden.iter().chain([&naam.geheel]).any(|word| naam.past(word, typed).is_some())
}

impl Samenvatting {
    /// By what beside names the child is found by this question.
    pub fn gevonden_op(&self, vraag: &Zoekvraag) -> Gevonden {
        let mut found = Gevonden::default();
        for deel in &vraag.delen {
            match deel {
                Deel::Naam { .. } => {}
                Deel::Nummer(typed) => {
                    let nummer = self.trefwoorden.nummers.iter().find(|nummer| nummer.starts_with(typed));
                    found.nummer = nummer.map(|nummer| (nummer.to_owned(), typed.chars().count()));
                }
                Deel::Geboren(born) => {
                    found.geboren = self.trefwoorden.geboren.iter().copied().find(|dag| born.is(*dag));
                }
            }
        }
        found
    }

    /// Whether every word of the question is a whole word of the child: nothing left out, nothing mistyped.
    pub fn is_precies(&self, vraag: &Zoekvraag) -> bool {
        let own = &self.trefwoorden;
        vraag.delen.iter().all(|deel| match deel {
            Deel::Naam { tekst, .. } => own.namen.heeft(tekst) || own.tussenvoegsels.heeft(tekst),
            Deel::Nummer(tekst) => own.nummers.heeft(tekst),
            Deel::Geboren(born) => own.geboren.iter().any(|dag| born.is(*dag)),
        })
    }
}

/// The bytes of a word that fold to its first letters, with the signs on the last of them.
fn lengte(word: &str, letters: usize) -> usize {
    if word.is_ascii() {
        return letters.min(word.len());
    }
    let mut folded = 0;
    for (at, letter) in word.char_indices() {
        let more = vouw(letter.encode_utf8(&mut [0; 4])).chars().count();
        if folded >= letters && more > 0 {
            return at;
        }
        folded += more;
    }
    word.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Trefwoorden, Zoekindex};
    use super::*;

    /// With brackets around what was asked for.
    fn merk(tekst: &str, naam: &str) -> String {
        let naam = Leesnaam::van(naam);
        let mut all = String::new();
        let marked = |piece: &str, raak| if raak { format!("[{piece}]") } else { piece.to_owned() };
        Zoekvraag::lees(tekst).merk(&naam, |piece, raak| all.push_str(&marked(piece, raak)));
        all
    }

    #[test]
    fn the_letters_that_were_typed_are_marked_and_a_mistyped_word_as_a_whole() {
        for (tekst, naam, marked) in [
            ("boe", "Boer, Sam de", "[Boe]r, Sam de"),
            ("sam boer", "Boer, Sam de", "[Boer], [Sam] de"),
            ("boerr", "Boer, Sam de", "[Boer], Sam de"),
            ("ostergard", "Müller-Østergård, Zoë", "Müller-[Østergård], Zoë"),
            ("zo", "Zoe\u{308}", "[Zo]e\u{308}"),
            ("zoe", "Zoe\u{308}", "[Zoe\u{308}]"),
            ("strass", "Straßer, Jo", "[Straß]er, Jo"),
            ("vandijk", "Van Dijk", "[Van Dijk]"),
            ("jansen", "Boer, Sam de", "Boer, Sam de"),
            ("1234", "Boer, Sam de", "Boer, Sam de"),
            ("", "", ""),
        ] {
            assert_eq!(merk(tekst, naam), marked, "{tekst}");
        }
    }

    #[test]
    fn a_name_accounts_for_a_question_or_leaves_it_open() {
        for (tekst, naam, by_words, joined) in [
            ("samuel boer", "Boer, Sam de", false, false),
            ("sam boer", "Boer, Sam de", true, true),
            ("boerr", "Boer, Sam de", true, true),
            ("samdeboer", "Sam de Boer", false, true),
            ("samdeboer sam", "Sam de Boer", false, true),
            ("3-3-2012", "", true, true),
        ] {
            let (vraag, naam) = (Zoekvraag::lees(tekst), Leesnaam::van(naam));
            assert_eq!((vraag.merk(&naam, |_, _| {}), vraag.verklaard(&naam)), (by_words, joined), "{tekst}");
        }
    }

    #[test]
    fn a_name_is_hit_by_any_part_of_the_question() {
        let naam = Leesnaam::van("Samuel Jacobus");
        for (tekst, raakt) in [("boer jacob", true), ("samueljac", true), ("boer", false), ("1234", false), ("", false)]
        {
            assert_eq!(Zoekvraag::lees(tekst).raakt(&naam), raakt, "{tekst}");
        }
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_name(tekst in "[a-zé1 -]{0,20}", naam in "\\PC{0,30}") {
            let naam = Leesnaam::van(&naam);
            let mut pieces = String::new();
            Zoekvraag::lees(&tekst).merk(&naam, |piece, _| pieces.push_str(piece));
            prop_assert_eq!(pieces.as_str(), naam.tekst());
        }

        #[test]
        fn a_word_is_hit_when_it_would_be_found(typed in "[abn]{1,10}", word in "[abn]{1,10}") {
            let (vraag, naam) = (Zoekvraag::lees(&typed), Leesnaam::van(&word));
            let kind = Trefwoorden::uit(std::iter::once(word.clone()), std::iter::empty(), std::iter::empty());
            let found = Zoekindex::van_woorden([&kind]).zoek(&vraag, |_| true, 1);
            prop_assert_eq!(vraag.raakt(&naam), found.aantal == 1, "{} {}", typed, word);
        }
    }
}
