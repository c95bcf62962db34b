//! JSON as the stored form uses it: objects with known fields, lists, text, whole numbers, yes and no. No null (what is
//! not there is left out), no fractions, no negative numbers, no field twice.

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::io::Write;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::fout::Fout;
use super::veld::Veld;

/// Room for most facts, so that writing one takes one allocation.
const GEWOON_FEIT: usize = 512;

/// The most fields that an object can have; no kind of fact comes near it.
const MAX_VELDEN: usize = 32;

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

/// A JSON value that was read. It borrows from the bytes where it can, and does not print itself.
pub(super) enum Waarde<'a> {
    Tekst(Cow<'a, str>),
    Getal(u64),
    JaNee(bool),
    Lijst(Vec<Waarde<'a>>),
    Object(Velden<'a>),
}

impl<'a> Waarde<'a> {
    /// The one value in these bytes. Nesting is bounded by the parser (128 deep).
    pub(super) fn parse(bytes: &'a [u8]) -> Result<Self, Fout> {
        serde_json::from_slice(bytes).map_err(|fout| Fout::geen_json(fout.column()))
    }

    pub(super) fn tekst(self) -> Result<Cow<'a, str>, Fout> {
        match self {
            Waarde::Tekst(tekst) => Ok(tekst),
            _ => Err(Fout::moet_zijn("een tekst")),
        }
    }

    pub(super) fn velden(self) -> Result<Velden<'a>, Fout> {
        match self {
            Waarde::Object(velden) => Ok(velden),
            _ => Err(Fout::moet_zijn("een object met velden")),
        }
    }

    pub(super) fn lijst(self) -> Result<Vec<Waarde<'a>>, Fout> {
        match self {
            Waarde::Lijst(waarden) => Ok(waarden),
            _ => Err(Fout::moet_zijn("een lijst")),
        }
    }
}

/// The fields of an object that were not asked for yet.
pub(super) struct Velden<'a>(Vec<(Cow<'a, str>, Waarde<'a>)>);

impl<'a> Velden<'a> {
    /// Takes the value of a field; a field that is not there counts when the type can do without.
    pub(super) fn veld<T: Veld>(&mut self, naam: &'static str) -> Result<T, Fout> {
        let gelezen = match self.neem(naam) {
            Some(waarde) => T::lees(waarde),
            None => T::zonder().ok_or_else(Fout::ontbreekt),
        };
        gelezen.map_err(|fout| fout.in_veld(naam))
    }

    /// Takes the value of a compulsory field and reads it with `lees`.
    pub(super) fn met<T>(
        &mut self,
        naam: &'static str,
        lees: impl FnOnce(Waarde<'a>) -> Result<T, Fout>,
    ) -> Result<T, Fout> {
        self.neem(naam).ok_or_else(Fout::ontbreekt).and_then(lees).map_err(|fout| fout.in_veld(naam))
    }

    /// Nothing may be left: a field that nobody asked for would be lost in silence.
    pub(super) fn klaar(self) -> Result<(), Fout> {
        self.0.first().map_or(Ok(()), |(naam, _)| Err(Fout::te_veel(naam)))
    }

    /// Fields are asked for in the order in which they were written, so the search ends at once.
    fn neem(&mut self, naam: &str) -> Option<Waarde<'a>> {
        let place = self.0.iter().position(|(name, _)| name == naam)?;
        Some(self.0.remove(place).1)
    }
}

impl<'de> Deserialize<'de> for Waarde<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Lezer)
    }
}

struct Lezer;

impl<'de> Visitor<'de> for Lezer {
    type Value = Waarde<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("tekst, geheel getal, true, false, lijst of object")
    }

    fn visit_borrowed_str<E: Error>(self, tekst: &'de str) -> Result<Self::Value, E> {
        Ok(Waarde::Tekst(Cow::Borrowed(tekst)))
    }

    fn visit_str<E: Error>(self, tekst: &str) -> Result<Self::Value, E> {
        Ok(Waarde::Tekst(Cow::Owned(tekst.to_owned())))
    }

    fn visit_u64<E: Error>(self, getal: u64) -> Result<Self::Value, E> {
        Ok(Waarde::Getal(getal))
    }

    fn visit_bool<E: Error>(self, ja: bool) -> Result<Self::Value, E> {
        Ok(Waarde::JaNee(ja))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut lijst: A) -> Result<Self::Value, A::Error> {
        let mut waarden = Vec::new();
        while let Some(waarde) = lijst.next_element()? {
            waarden.push(waarde);
        }
        Ok(Waarde::Lijst(waarden))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut velden: Vec<(Cow<'de, str>, Waarde<'de>)> = Vec::with_capacity(8);
        // A name is read as a value, because serde borrows a `Cow` only then.
        while let Some((Waarde::Tekst(naam), waarde)) = object.next_entry()? {
            if velden.len() == MAX_VELDEN || velden.iter().any(|(name, _)| *name == naam) {
                return Err(A::Error::custom("te veel velden, of een veld twee keer"));
            }
            velden.push((naam, waarde));
        }
        Ok(Waarde::Object(Velden(velden)))
    }
}
