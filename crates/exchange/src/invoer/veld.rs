//! Values of fields: days, hours, codes, numbers. A value is shown in a finding only when it has the shape of a day or
//! of a code, so that a file whose columns slipped does not spread names.

use std::borrow::Cow;

use domain::Date;
use domain::body::JaNee;
use domain::calendar::datum;
use domain::nummers::{Brin, Bsn, NummerFout, Vestigingscode};
use domain::tekst::Tekst;

use super::bevinding::Gebrek;
use crate::regio::RegioSoort;

/// The longest pupil number of a school, in bytes: in EDEXML it is a key, for which packages also use a GUID.
pub const MAX_LEERLINGNUMMER: usize = 64;
/// The longest name, telephone number or other short text about a person, in characters.
pub const MAX_TEKST: usize = 200;

/// A number that `parse` refused.
pub fn nummer(soort: &'static str, fout: NummerFout) -> Gebrek {
    Gebrek::new(soort, "Het nummer klopt niet.", fout.uitleg)
}

/// A BRIN that belongs in this kind of region.
pub fn brin(text: &str, soort: RegioSoort) -> Result<Brin, Gebrek> {
    let brin = Brin::parse(text).map_err(|fout| nummer("brin", fout))?;
    fits(brin, soort).map(|()| brin)
}

/// A site code that belongs in this kind of region.
pub fn vestiging(text: &str, soort: RegioSoort) -> Result<Vestigingscode, Gebrek> {
    let vestiging = Vestigingscode::parse(text).map_err(|fout| nummer("vestigingscode", fout))?;
    fits(vestiging.brin(), soort).map(|()| vestiging)
}

fn fits(brin: Brin, soort: RegioSoort) -> Result<(), Gebrek> {
    soort.past_bij_brin(brin).map_err(|why| other_region(soort, why))
}

/// A BSN that belongs in this kind of region.
pub fn bsn(text: &str, soort: RegioSoort) -> Result<Bsn, Gebrek> {
    let bsn = Bsn::parse(text).map_err(|fout| nummer("bsn", fout))?;
    soort.past_bij_bsn(bsn).map_err(|why| other_region(soort, why)).map(|()| bsn)
}

fn other_region(soort: RegioSoort, why: &'static str) -> Gebrek {
    let kind = match soort {
        RegioSoort::Echt => "proefnummer",
        RegioSoort::Proef => "echt nummer",
    };
    Gebrek::new(kind, "Het nummer past niet bij deze regio.", why)
}

/// The defect when the BRIN of a row is not the one that its site code starts with.
pub fn other_brin() -> Gebrek {
    Gebrek::new(
        "brin",
        "De BRIN hoort niet bij de vestigingscode.",
        "De vestigingscode begint met de BRIN; controleer allebei de velden.",
    )
}

/// A pupil number as the school writes it, leading zeros included.
pub fn leerlingnummer(text: &str) -> Result<&str, Gebrek> {
    if text.len() <= MAX_LEERLINGNUMMER && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(text);
    }
    Err(Gebrek::new(
        "leerlingnummer",
        "Het leerlingnummer klopt niet.",
        format!("Gebruik hoogstens {MAX_LEERLINGNUMMER} cijfers, letters en streepjes, zonder spaties."),
    ))
}

/// A short text about a person.
pub fn tekst(text: &str) -> Result<Tekst, Gebrek> {
    if text.chars().count() <= MAX_TEKST {
        return Ok(Tekst::new(text));
    }
    Err(Gebrek::new("te lang", "De tekst is te lang.", format!("Gebruik hoogstens {MAX_TEKST} tekens.")))
}

/// `ja`, `nee` or `onbekend`.
pub fn ja_nee(text: &str) -> Result<JaNee, Gebrek> {
    JaNee::from_code(&text.to_ascii_lowercase())
        .ok_or_else(|| Gebrek::new("ja of nee", "De waarde is niet bekend.", "Gebruik ja, nee of onbekend."))
}

/// A day, as `2026-03-03` or `03-03-2026` (`3-3-2026` too).
pub fn dag(text: &str) -> Result<Date, Gebrek> {
    let Some((year, month, day)) = parts(text.as_bytes()) else {
        return Err(Gebrek::new(
            "datum onleesbaar",
            "Dit is geen datum die wij kunnen lezen.",
            "Schrijf de datum als 2026-03-03 of als 03-03-2026.",
        ));
    };
    Date::new(year, month, day).map_err(|_| {
        Gebrek::new(
            "datum bestaat niet",
            format!("De datum {text} bestaat niet."),
            "Schrijf een bestaande datum, als 2026-03-03 of als 03-03-2026.",
        )
    })
}

/// Year, month and day of either form, read without allocation; whether the day exists is not checked.
fn parts(text: &[u8]) -> Option<(i16, i8, i8)> {
    let mut parts = text.split(|byte| *byte == b'-');
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
    let small = |part: &[u8]| if part.len() <= 2 { i8::try_from(number(part)?).ok() } else { None };
    let year = if year.len() == 4 { i16::try_from(number(year)?).ok()? } else { return None };
    Some((year, small(month)?, small(day)?))
}

fn number(digits: &[u8]) -> Option<u16> {
    if digits.is_empty() || digits.len() > 4 {
        return None;
    }
    digits.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u16::from(byte - b'0')))
}

/// A day from `first` through `last`.
pub fn dag_tussen(text: &str, first: Date, last: Date) -> Result<Date, Gebrek> {
    tussen(dag(text)?, first, last)
}

/// The same for a day that was read.
pub fn tussen(dag: Date, first: Date, last: Date) -> Result<Date, Gebrek> {
    if (first..=last).contains(&dag) {
        return Ok(dag);
    }
    Err(Gebrek::new(
        "datum kan niet",
        format!("De datum {} kan niet kloppen.", datum(dag)),
        format!("Toegestaan is {} t/m {}.", datum(first), datum(last)),
    ))
}

/// Hours in quarters, as `1`, `1,25` or `1.5`; `None` when it is no number of quarters below 100 hours.
pub fn kwartieren(text: &str) -> Option<u16> {
    let bytes = text.as_bytes();
    let (whole, fraction) = match bytes.iter().position(|byte| matches!(byte, b',' | b'.')) {
        Some(place) => (bytes.get(..place)?, bytes.get(place + 1..)?),
        None => (bytes, b"0".as_slice()),
    };
    let quarters = match fraction {
        b"0" | b"00" => 0,
        b"25" => 1,
        b"5" | b"50" => 2,
        b"75" => 3,
        _ => return None,
    };
    if whole.len() > 2 {
        return None;
    }
    Some(number(whole)? * 4 + quarters)
}

/// The value with a space before it, when it looks like a code: small letters and underscores, or up to three capitals.
pub fn shown(text: &str) -> Cow<'static, str> {
    let word = text.len() <= 24 && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let short = text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    if word || short { format!(" {text}").into() } else { "".into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_both_forms_and_nothing_else() {
        for text in ["2026-03-09", "09-03-2026", "9-3-2026"] {
            assert_eq!(dag(text), Ok(Date::constant(2026, 3, 9)), "{text}");
        }
        let cases = [
            ("30-2-2024", "datum bestaat niet"),
            ("2025-02-29", "datum bestaat niet"),
            ("2025-13-01", "datum bestaat niet"),
            ("00-00-2010", "datum bestaat niet"),
            ("03/04/2025", "datum onleesbaar"),
            ("20250304", "datum onleesbaar"),
            ("09-03-26", "datum onleesbaar"),
            ("-3-3-2026", "datum onleesbaar"),
            ("2026-03-09-1", "datum onleesbaar"),
            ("2026-003-9", "datum onleesbaar"),
            ("gisteren", "datum onleesbaar"),
        ];
        for (text, soort) in cases {
            assert_eq!(dag(text).unwrap_err().soort, soort, "{text}");
        }
    }

    #[test]
    fn hours_are_read_in_quarters() {
        let cases = [
            ("1", 4),
            ("01", 4),
            ("1,25", 5),
            ("1.25", 5),
            ("0,5", 2),
            ("2.50", 10),
            ("0", 0),
            ("1,0", 4),
            ("12,75", 51),
        ];
        for (text, quarters) in cases {
            assert_eq!(kwartieren(text), Some(quarters), "{text}");
        }
        for text in ["", "1,3", "-1", "1,", ",5", "1,250", "100", "een", "1 uur", "1,25,5"] {
            assert_eq!(kwartieren(text), None, "{text}");
        }
    }

    #[test]
    fn only_codes_are_shown() {
        assert_eq!(shown("zieker"), " zieker");
        assert_eq!(shown("TL"), " TL");
        for text in ["Jansen", "123456782", "sam@voorbeeld.nl", "de boer", "JANSEN"] {
            assert_eq!(shown(text), "", "{text}");
        }
    }
}
