//! Text that belongs to a person.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// A name, telephone number, note or other words about a person. It never prints itself: whoever may show it says so.
///
/// A region holds millions of them and most are short, so a short one stands in the value itself.
#[derive(Clone)]
pub struct Tekst(Inhoud);

#[derive(Clone)]
enum Inhoud {
    /// The bytes of the text, then [`EINDE`] up to the last.
    Kort([u8; KORT]),
    /// Boxed twice, so that a text takes two words.
    Lang(Box<Box<str>>),
}

/// Longest text, in bytes, that stands in the value itself.
const KORT: usize = 15;
/// Follows a short text; no text in UTF-8 holds it.
const EINDE: u8 = 0xff;

impl Tekst {
    /// Wraps the text; outer white space is dropped.
    pub fn new(text: &str) -> Self {
        let text = text.trim();
        let mut bytes = [EINDE; KORT];
        Tekst(match bytes.get_mut(..text.len()) {
            Some(place) => {
                place.copy_from_slice(text.as_bytes());
                Inhoud::Kort(bytes)
            }
            None => Inhoud::Lang(Box::new(text.into())),
        })
    }

    /// The text itself, for a reader who may see it.
    pub fn zichtbaar(&self) -> &str {
        match &self.0 {
            Inhoud::Kort(bytes) => {
                let length = bytes.iter().position(|byte| *byte == EINDE).unwrap_or(KORT);
                // What `new` put there is UTF-8.
                bytes.get(..length).and_then(|text| std::str::from_utf8(text).ok()).unwrap_or_default()
            }
            Inhoud::Lang(text) => text,
        }
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        matches!(&self.0, Inhoud::Kort([EINDE, ..]))
    }
}

impl Default for Tekst {
    fn default() -> Self {
        Tekst(Inhoud::Kort([EINDE; KORT]))
    }
}

impl PartialEq for Tekst {
    fn eq(&self, other: &Self) -> bool {
        self.zichtbaar() == other.zichtbaar()
    }
}

impl Eq for Tekst {}

impl Hash for Tekst {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.zichtbaar().hash(state);
    }
}

impl PartialOrd for Tekst {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Tekst {
    fn cmp(&self, other: &Self) -> Ordering {
        self.zichtbaar().cmp(other.zichtbaar())
    }
}

impl From<&str> for Tekst {
    fn from(text: &str) -> Self {
        Tekst::new(text)
    }
}

impl fmt::Debug for Tekst {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_empty() { "leeg" } else { "…" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_text_does_not_print_itself() {
        let naam = Tekst::new(" Sam de Boer ");
        assert_eq!(format!("{naam:?}"), "…");
        assert_eq!(naam.zichtbaar(), "Sam de Boer");
    }

    #[test]
    fn short_and_long_texts_behave_alike() {
        let texts = ["", "a", "é", "0123456789abcde", "0123456789abcdé", "0123456789abcdef", "een heel lange naam"];
        for text in texts {
            let kept = Tekst::new(text);
            assert_eq!((kept.zichtbaar(), kept.is_empty()), (text, text.is_empty()));
            for other in texts {
                assert_eq!(kept.cmp(&Tekst::new(other)), text.cmp(other), "{text} and {other}");
                assert_eq!(kept == Tekst::new(other), text == other, "{text} and {other}");
            }
        }
        assert_eq!((Tekst::default(), size_of::<Tekst>()), (Tekst::new("  "), 16));
    }
}
