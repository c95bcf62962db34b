//! Why somebody was found: which letters of a name were asked for, which number, which birth date.

use jiff::civil::Date;

use super::vraag::{self, Deel, Zoekvraag};
use super::{MAX_LETTERS, afstand};
use crate::{Samenvatting, vouw};

/// A piece of a text, and whether it was asked for.
pub type Stuk = (String, bool);

/// What beside names a child was found by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gevonden {
    /// The pupil number, folded, and how many of its first letters and digits were typed.
    pub nummer: Option<(String, usize)>,
    /// The birth date.
    pub geboren: Option<Date>,
}

impl Zoekvraag {
    /// A name in pieces that together are the name. Of a word that was typed so far the letters typed were asked for; of
    /// one that was mistyped, or typed without its spaces, all of it.
    pub fn merk(&self, naam: &str) -> Vec<Stuk> {
        let mut marked: Vec<(usize, usize)> = Vec::new();
        for (van, tot) in woorden(naam) {
            let word = naam.get(van..tot).unwrap_or_default();
            let fits = self.letters().filter_map(|typed| past(typed, word)).max();
            marked.extend(fits.map(|letters| (van, van + lengte(word, letters))));
        }
        let joined = || self.letters().any(|typed| past(typed, naam).is_some());
        if marked.is_empty() && joined() {
            marked.push((0, naam.len()));
        }
        stukken(naam, &marked)
    }

    /// Whether these names together account for every name that was asked for.
    pub fn verklaard<'t>(&self, namen: impl IntoIterator<Item = &'t str> + Clone) -> bool {
        let by = |typed: &[char], naam: &str| {
            let mut words = woorden(naam).into_iter().filter_map(|(van, tot)| naam.get(van..tot));
            words.any(|word| past(typed, word).is_some()) || past(typed, naam).is_some()
        };
        self.letters().all(|typed| namen.clone().into_iter().any(|naam| by(typed, naam)))
    }

    fn letters(&self) -> impl Iterator<Item = &[char]> {
        self.delen.iter().filter_map(|deel| match deel {
            Deel::Naam { letters, .. } => Some(letters.as_slice()),
            Deel::Nummer(_) | Deel::Geboren(_) => None,
        })
    }
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

/// Where the words of a name begin and end.
fn woorden(naam: &str) -> Vec<(usize, usize)> {
    let begin = naam.as_ptr() as usize;
    let place = |word: &str| {
        let van = word.as_ptr() as usize - begin;
        (van, van + word.len())
    };
    vraag::stukken(naam).filter(|word| !word.is_empty()).map(place).collect()
}

/// How many letters of a word fit what was typed: those typed when it begins so, all when it was mistyped.
fn past(typed: &[char], word: &str) -> Option<usize> {
    let folded = vouw(word);
    let mut begin = folded.chars().take(MAX_LETTERS);
    if typed.iter().all(|letter| begin.next() == Some(*letter)) {
        return Some(typed.len());
    }
    let forgiven = vraag::typefouten(typed.len());
    if forgiven == 0 || vraag::is_tussenvoegsel(&folded) {
        return None;
    }
    let folded: Vec<char> = folded.chars().take(MAX_LETTERS).collect();
    let mut before = None;
    let mut rij = afstand::begin(typed.len());
    for letter in &folded {
        let next = afstand::volgende(typed, *letter, &rij, before.as_ref().map(|(rij, last)| (rij, *last)));
        before = Some((rij, *letter));
        rij = next;
        if rij.get(typed.len()).is_some_and(|wrong| *wrong <= forgiven) {
            return Some(folded.len());
        }
    }
    None
}

/// The bytes of a word that fold to its first letters, with the signs on the last of them.
fn lengte(word: &str, letters: usize) -> usize {
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

fn stukken(naam: &str, marked: &[(usize, usize)]) -> Vec<Stuk> {
    let (mut all, mut at) = (Vec::new(), 0);
    let mut push = |van: usize, tot: usize, raak: bool| {
        if let Some(piece) = naam.get(van..tot).filter(|piece| !piece.is_empty()) {
            all.push((piece.to_owned(), raak));
        }
    };
    for (van, tot) in marked {
        push(at, *van, false);
        push(*van, *tot, true);
        at = *tot;
    }
    push(at, naam.len(), false);
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// With brackets around what was asked for.
    fn merk(tekst: &str, naam: &str) -> String {
        let pieces = Zoekvraag::lees(tekst).merk(naam);
        pieces.into_iter().map(|(piece, raak)| if raak { format!("[{piece}]") } else { piece }).collect()
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
    fn names_that_are_not_shown_leave_the_question_open() {
        let vraag = Zoekvraag::lees("samuel boer");
        assert!(!vraag.verklaard(["Boer, Sam de"]));
        assert!(vraag.verklaard(["Boer, Sam de", "Samuel Jacobus"]));
        assert!(Zoekvraag::lees("3-3-2012").verklaard([]), "no name was asked for");
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_name(tekst in "[a-zé1 -]{0,20}", naam in "\\PC{0,30}") {
            let pieces = Zoekvraag::lees(&tekst).merk(&naam);
            prop_assert_eq!(pieces.into_iter().map(|(piece, _)| piece).collect::<String>(), naam);
        }
    }
}
