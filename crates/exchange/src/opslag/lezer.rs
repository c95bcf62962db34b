//! Reading what the stored form wrote.
//!
//! Fields are asked for in the order in which they were written, so almost every fact is read in one pass over its bytes,
//! straight into its type. When anything is out of place the fact is read again with the fields of each object looked up
//! by name: that takes them in any order, and tells exactly what is wrong.

use std::borrow::Cow;

use super::fout::Fout;
use super::veld::Veld;

/// The most fields that an object can have; no kind of fact comes near it.
const MAX_VELDEN: usize = 32;
/// The deepest that lists and objects may stand in each other.
const MAX_DIEP: usize = 128;

/// One value after the other, read from text.
pub(super) struct Lezer<'a> {
    tekst: &'a str,
    plek: usize,
    opzoeken: bool,
}

impl<'a> Lezer<'a> {
    /// The one value in these bytes, as `lees` reads it.
    pub(super) fn geheel<T>(bytes: &'a [u8], lees: impl Fn(&mut Lezer<'a>) -> Result<T, Fout>) -> Result<T, Fout> {
        let tekst = std::str::from_utf8(bytes).map_err(|fout| Fout::geen_json(fout.valid_up_to()))?;
        if let Some(gelezen) = Self::in_volgorde(tekst, &lees) {
            return Ok(gelezen);
        }
        let mut json = Lezer { tekst, plek: 0, opzoeken: true };
        json.sla_over(0)?;
        json.wit();
        if json.plek < tekst.len() {
            return Err(Fout::geen_json(json.plek));
        }
        json.plek = 0;
        lees(&mut json)
    }

    /// The same in one pass; `None` when not all is in the order and without blanks, as it is written.
    pub(super) fn in_volgorde<T>(tekst: &'a str, lees: impl FnOnce(&mut Lezer<'a>) -> Result<T, Fout>) -> Option<T> {
        let mut json = Lezer { tekst, plek: 0, opzoeken: false };
        lees(&mut json).ok().filter(|_| json.plek == tekst.len())
    }

    /// A text, borrowed where it holds no escapes.
    pub(super) fn tekst(&mut self) -> Result<Cow<'a, str>, Fout> {
        if !self.is_tekst() {
            return Err(Fout::moet_zijn("een tekst"));
        }
        self.lees_tekst()
    }

    /// Whether a text comes next.
    pub(super) fn is_tekst(&mut self) -> bool {
        self.wit();
        self.byte() == Some(b'"')
    }

    /// A whole number from 0; `None` when something else comes next.
    pub(super) fn getal(&mut self) -> Option<u64> {
        self.wit();
        let (getal, rest) = cijfers(self.rest())?;
        self.plek = self.tekst.len() - rest.len();
        Some(getal)
    }

    /// Yes or no; `None` when something else comes next.
    pub(super) fn ja_nee(&mut self) -> Option<bool> {
        self.wit();
        [("true", true), ("false", false)].into_iter().find(|(woord, _)| self.neem(woord)).map(|(_, ja)| ja)
    }

    /// A list, each value as `lees` reads it.
    pub(super) fn lijst<T>(&mut self, lees: impl Fn(&mut Self) -> Result<T, Fout>) -> Result<Vec<T>, Fout> {
        self.wit();
        if !self.neem("[") {
            return Err(Fout::moet_zijn("een lijst"));
        }
        let mut waarden = Vec::new();
        self.wit();
        if self.neem("]") {
            return Ok(waarden);
        }
        loop {
            waarden.push(lees(self)?);
            self.wit();
            if self.neem("]") {
                return Ok(waarden);
            }
            self.eis(",")?;
        }
    }

    /// The fields of an object.
    pub(super) fn velden(&mut self) -> Result<Velden<'_, 'a>, Fout> {
        self.wit();
        if self.byte() != Some(b'{') {
            return Err(Fout::moet_zijn("een object met velden"));
        }
        let gevonden = if self.opzoeken { Some(self.zoek_velden(0)?) } else { None };
        let eind = self.plek;
        self.plek += usize::from(gevonden.is_none());
        Ok(Velden { json: self, eerste: true, gevonden, eind })
    }

    /// Walks over an object, and tells where the value of each field begins.
    fn zoek_velden(&mut self, diep: usize) -> Result<Vec<(Cow<'a, str>, usize)>, Fout> {
        let mut velden: Vec<(Cow<'a, str>, usize)> = Vec::new();
        self.eis("{")?;
        self.wit();
        if self.neem("}") {
            return Ok(velden);
        }
        loop {
            self.wit();
            let naam = self.lees_tekst()?;
            if velden.len() == MAX_VELDEN || velden.iter().any(|(name, _)| *name == naam) {
                return Err(Fout::geen_json(self.plek));
            }
            self.wit();
            self.eis(":")?;
            velden.push((naam, self.plek));
            self.sla_over(diep + 1)?;
            self.wit();
            if self.neem("}") {
                return Ok(velden);
            }
            self.eis(",")?;
        }
    }

    /// Walks over one value; an error when it is not of the form that facts are stored in.
    fn sla_over(&mut self, diep: usize) -> Result<(), Fout> {
        if diep > MAX_DIEP {
            return Err(Fout::geen_json(self.plek));
        }
        self.wit();
        match self.byte() {
            Some(b'"') => self.lees_tekst().map(|_| ()),
            Some(b'{') => self.zoek_velden(diep).map(|_| ()),
            Some(b'[') => self.lijst(|json| json.sla_over(diep + 1)).map(|_| ()),
            _ => {
                let gelezen = self.ja_nee().is_some() || self.getal().is_some();
                gelezen.then_some(()).ok_or_else(|| Fout::geen_json(self.plek))
            }
        }
    }

    /// A text between quotes.
    fn lees_tekst(&mut self) -> Result<Cow<'a, str>, Fout> {
        self.eis("\"")?;
        let mut gelezen: Option<String> = None;
        loop {
            let rest = self.rest();
            let stop = |byte: u8| byte == b'"' || byte == b'\\' || byte < b' ';
            let length = rest.bytes().position(stop).ok_or_else(|| Fout::geen_json(self.tekst.len()))?;
            let stuk = rest.get(..length).unwrap_or_default();
            self.plek += length;
            if self.neem("\"") {
                return Ok(match gelezen {
                    None => Cow::Borrowed(stuk),
                    Some(gelezen) => Cow::Owned(gelezen + stuk),
                });
            }
            let teken = self.escape()?;
            let gelezen = gelezen.get_or_insert_default();
            gelezen.push_str(stuk);
            gelezen.push(teken);
        }
    }

    /// The character that an escape stands for.
    fn escape(&mut self) -> Result<char, Fout> {
        const KORT: [(&str, char); 8] = [
            ("\\\"", '"'),
            ("\\\\", '\\'),
            ("\\/", '/'),
            ("\\b", '\u{8}'),
            ("\\f", '\u{c}'),
            ("\\n", '\n'),
            ("\\r", '\r'),
            ("\\t", '\t'),
        ];
        if let Some((_, teken)) = KORT.into_iter().find(|(woord, _)| self.neem(woord)) {
            return Ok(teken);
        }
        let unit = self.escape_u16()?;
        let second = if (0xd800..0xdc00).contains(&unit) { Some(self.escape_u16()?) } else { None };
        let teken = char::decode_utf16([unit].into_iter().chain(second)).next();
        teken.and_then(Result::ok).ok_or_else(|| Fout::geen_json(self.plek))
    }

    fn escape_u16(&mut self) -> Result<u16, Fout> {
        self.eis("\\u")?;
        let cijfers = self.rest().get(..4).filter(|cijfers| cijfers.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let unit = cijfers.and_then(|cijfers| u16::from_str_radix(cijfers, 16).ok());
        self.plek += 4;
        unit.ok_or_else(|| Fout::geen_json(self.plek - 4))
    }

    fn rest(&self) -> &'a str {
        self.tekst.get(self.plek..).unwrap_or_default()
    }

    fn byte(&self) -> Option<u8> {
        self.tekst.as_bytes().get(self.plek).copied()
    }

    fn wit(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.plek += 1;
        }
    }

    /// Takes these characters if they come next.
    fn neem(&mut self, woord: &str) -> bool {
        let comes = self.rest().as_bytes().starts_with(woord.as_bytes());
        self.plek += if comes { woord.len() } else { 0 };
        comes
    }

    fn eis(&mut self, woord: &str) -> Result<(), Fout> {
        self.neem(woord).then_some(()).ok_or_else(|| Fout::geen_json(self.plek))
    }
}

/// The whole number at the beginning of a text, and what comes after it. None that has a sign, a fraction or an exponent,
/// or a zero in front.
fn cijfers(tekst: &str) -> Option<(u64, &str)> {
    let length = tekst.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(tekst.len());
    let (getal, rest) = tekst.split_at_checked(length)?;
    let gewoon = !rest.starts_with(['.', 'e', 'E']) && (length == 1 || !getal.starts_with('0'));
    Some((getal.parse().ok().filter(|_| gewoon)?, rest))
}

/// The fields of an object that were not asked for yet.
pub(super) struct Velden<'l, 'a> {
    json: &'l mut Lezer<'a>,
    eerste: bool,
    /// Where the value of each field begins, when fields are looked up.
    gevonden: Option<Vec<(Cow<'a, str>, usize)>>,
    /// Where the object ends, when fields are looked up.
    eind: usize,
}

impl<'a> Velden<'_, 'a> {
    /// Takes the value of a field; a field that is not there counts when the type can do without.
    pub(super) fn veld<T: Veld>(&mut self, naam: &'static str) -> Result<T, Fout> {
        let gelezen = match self.zoek(naam) {
            true => T::lees(self.json),
            false => T::zonder().ok_or_else(Fout::ontbreekt),
        };
        gelezen.map_err(|fout| fout.in_veld(naam))
    }

    /// Takes the value of a compulsory field and reads it with `lees`.
    pub(super) fn met<T>(
        &mut self,
        naam: &'static str,
        lees: impl FnOnce(&mut Lezer<'a>) -> Result<T, Fout>,
    ) -> Result<T, Fout> {
        let gelezen = if self.zoek(naam) { lees(self.json) } else { Err(Fout::ontbreekt()) };
        gelezen.map_err(|fout| fout.in_veld(naam))
    }

    /// Nothing may be left: a field that nobody asked for would be lost in silence.
    pub(super) fn klaar(self) -> Result<(), Fout> {
        match self.gevonden {
            None => self.json.eis("}"),
            Some(over) => {
                self.json.plek = self.eind;
                over.first().map_or(Ok(()), |(naam, _)| Err(Fout::te_veel(naam)))
            }
        }
    }

    /// Goes to the value of a field, if it is there.
    fn zoek(&mut self, naam: &str) -> bool {
        if let Some(gevonden) = &mut self.gevonden {
            let Some(place) = gevonden.iter().position(|(name, _)| name == naam) else { return false };
            self.json.plek = gevonden.remove(place).1;
            return true;
        }
        let rest = self.json.rest().as_bytes();
        let rest = if self.eerste { Some(rest) } else { rest.strip_prefix(b",") };
        let value = rest
            .and_then(|rest| rest.strip_prefix(b"\""))
            .and_then(|rest| rest.strip_prefix(naam.as_bytes()))
            .and_then(|rest| rest.strip_prefix(b"\":"));
        let Some(value) = value else { return false };
        self.json.plek = self.json.tekst.len() - value.len();
        self.eerste = false;
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::de::IgnoredAny;

    use super::*;

    fn geldig(bytes: &[u8]) -> bool {
        Lezer::geheel(bytes, |json| json.sla_over(0)).is_ok()
    }

    #[test]
    fn a_text_is_what_any_other_reader_makes_of_it() {
        for json in [
            r#""""#,
            r#" "gewoon" "#,
            r#""é\u00e9\n\t\"\\\/""#,
            r#""\ud83d\ude00""#,
            r#""\ud83d""#,
            r#""\ud83d\u0041""#,
            r#""\ude00""#,
            r#""\u00g0""#,
            r#""\u+041""#,
            r#""\x""#,
            r#""open"#,
            "\"a\nb\"",
            "\"\u{7f}\"",
        ] {
            let ours = Lezer::geheel(json.as_bytes(), |json| json.tekst().map(Cow::into_owned));
            assert_eq!(ours.ok(), serde_json::from_str::<String>(json).ok(), "{json}");
        }
    }

    #[test]
    fn depth_and_number_of_fields_are_bounded() {
        let diep = |n: usize| format!("{}1{}", "[".repeat(n), "]".repeat(n)).into_bytes();
        assert!(geldig(&diep(MAX_DIEP)) && !geldig(&diep(MAX_DIEP + 1)) && !geldig(&diep(1 << 20)));
        let breed = |n: usize| {
            let velden: Vec<String> = (0..n).map(|n| format!("\"v{n}\":{n}")).collect();
            format!("{{{}}}", velden.join(",")).into_bytes()
        };
        assert!(geldig(&breed(MAX_VELDEN)) && !geldig(&breed(MAX_VELDEN + 1)));
    }

    /// Pieces of JSON, mostly in an order that makes sense to somebody.
    fn stukken() -> impl Strategy<Value = String> {
        let pieces =
            ["{", "}", "[", "]", ":", ",", " ", "\"a\"", "\"b\":", "1", "0", "18446744073709551615", "true", "é"];
        let more = ["-1", "1.5", "01", "1e3", "null", "\"\\", "\"", "18446744073709551616", "\"a\":1,\"a\":2"];
        let piece = prop::sample::select([pieces.as_slice(), &more].concat());
        let plain = prop::sample::select(vec!["[1,", "true]", "{\"a\":", "}", "\"\\n\"", "[]", "{}", ",\"c\":[", "]"]);
        prop::collection::vec(prop_oneof![piece, plain], 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn what_is_taken_is_json_and_what_is_not_json_is_refused(json in stukken()) {
            let theirs = serde_json::from_str::<IgnoredAny>(&json).is_ok();
            let stricter = ["null", "-", ".", "e3", "\"a\":"].iter().any(|odd| json.contains(odd));
            // Numbers end at 64 bits, also those that two pieces make together.
            let large = |digits: &str| !digits.is_empty() && digits.parse::<u64>().is_err();
            let stricter = stricter || json.split(|c: char| !c.is_ascii_digit()).any(large);
            let ours = geldig(json.as_bytes());
            prop_assert!(ours == theirs || (theirs && stricter), "{json}: {ours}");
        }

        #[test]
        fn any_bytes_are_walked_over_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            prop_assert!(!geldig(&bytes) || serde_json::from_slice::<IgnoredAny>(&bytes).is_ok());
        }
    }
}
