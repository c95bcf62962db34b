//! Writing JSON as the stored form uses it: objects with known fields, lists, text, whole numbers, yes and no. No null (what is
//! not there is left out), no fractions, no negative numbers, no field twice.

use std::fmt::Display;
use std::io::Write;

use super::veld::Veld;

/// Room for most facts, so that writing one takes one allocation.
const GEWOON_FEIT: usize = 512;

/// Writes one JSON value into memory.
pub(super) struct Schrijver {
    uit: Vec<u8>,
}

impl Default for Schrijver {
    fn default() -> Self {
        Schrijver { uit: Vec::with_capacity(GEWOON_FEIT) }
    }
}

impl Schrijver {
    /// What was written.
    pub(super) fn klaar(self) -> Vec<u8> {
        self.uit
    }

    /// An object with the fields that `velden` writes.
    pub(super) fn object(&mut self, velden: impl FnOnce(&mut Self)) {
        self.uit.push(b'{');
        velden(self);
        self.uit.push(b'}');
    }

    /// A field of an object; left out when there is nothing to say.
    pub(super) fn veld(&mut self, naam: &'static str, waarde: &impl Veld) {
        if waarde.aanwezig() {
            self.met(naam, |json| waarde.schrijf(json));
        }
    }

    /// A field of which `waarde` writes the value. Field names are plain words and need no escapes.
    pub(super) fn met(&mut self, naam: &'static str, waarde: impl FnOnce(&mut Self)) {
        self.komma();
        self.uit.push(b'"');
        self.uit.extend_from_slice(naam.as_bytes());
        self.uit.extend_from_slice(b"\":");
        waarde(self);
    }

    /// A list.
    pub(super) fn lijst<'v, T: Veld + 'v>(&mut self, waarden: impl IntoIterator<Item = &'v T>) {
        self.uit.push(b'[');
        for waarde in waarden {
            self.komma();
            waarde.schrijf(self);
        }
        self.uit.push(b']');
    }

    /// Text, escaped where JSON asks for it.
    pub(super) fn tekst(&mut self, tekst: &str) {
        self.uit.push(b'"');
        let mut rest = tekst.as_bytes();
        while let Some(place) = rest.iter().position(|byte| *byte < b' ' || matches!(byte, b'"' | b'\\')) {
            let (plain, from) = rest.split_at(place);
            self.uit.extend_from_slice(plain);
            match from {
                [b'\n', ..] => self.uit.extend_from_slice(b"\\n"),
                [byte @ (b'"' | b'\\'), ..] => self.uit.extend_from_slice(&[b'\\', *byte]),
                [byte, ..] => self.letterlijk(format_args!("\\u{byte:04x}")),
                [] => {}
            }
            rest = from.get(1..).unwrap_or_default();
        }
        self.uit.extend_from_slice(rest);
        self.uit.push(b'"');
    }

    /// A value that shows itself without quotes or backslashes (an id, a day), as text.
    pub(super) fn tussen_aanhalingstekens(&mut self, waarde: impl Display) {
        self.letterlijk(format_args!("\"{waarde}\""));
    }

    /// JSON as it stands: numbers, `true`, `false`.
    pub(super) fn letterlijk(&mut self, waarde: impl Display) {
        // Writing to memory does not fail; an allocation that does ends the process.
        let _ = write!(self.uit, "{waarde}");
    }

    /// Between two values; no value ends on an opening bracket.
    fn komma(&mut self) {
        if !matches!(self.uit.last(), None | Some(b'{' | b'[')) {
            self.uit.push(b',');
        }
    }
}
