//! Text that belongs to a person.

use std::fmt;

/// A name, telephone number, note or other words about a person. It never prints itself: whoever may show it says so.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Tekst(Box<str>);

impl Tekst {
    /// Wraps the text; outer white space is dropped.
    pub fn new(text: &str) -> Self {
        Tekst(text.trim().into())
    }

    /// The text itself, for a reader who may see it.
    pub fn zichtbaar(&self) -> &str {
        &self.0
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
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
}
