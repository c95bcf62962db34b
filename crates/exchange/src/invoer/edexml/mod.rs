//! EDEXML 2.1, the pupil file that most LAS packages write: put into the rows of our own pupil file, so that the same
//! checks hold and findings read alike. Elements and codes are those of the schema of Edustandaard (EDEXML 2.1, 2017).

mod bestand;
mod rijen;
mod xml;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::bevinding::{Ernst, Gebrek, Weigering};
use super::tekst::{self, Codering};

pub use xml::{MAX_DIEPTE, MAX_ELEMENTEN};

/// The largest EDEXML file that is read: 64 MiB. A school of two thousand pupils has some 2 MiB.
pub const MAX_EDEXML: usize = 64 << 20;

/// A finding before it is known to which row it belongs.
pub(super) type Vondst = (Cow<'static, str>, Ernst, Gebrek);

/// An EDEXML file as rows of our own pupil file.
pub(super) struct Omgezet {
    /// How the file was read.
    pub codering: Codering,
    /// Our own layout: the header, and one line for each pupil.
    pub tabel: String,
    /// What was found about the file as a whole.
    pub bestand: Vec<Vondst>,
    /// What was found about a pupil, counted from 1, that the checks of a row cannot see.
    pub leerlingen: BTreeMap<u64, Vec<Vondst>>,
}

/// Whether the bytes are XML: the first character that is no blank opens an element.
pub(super) fn is_xml(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = text.strip_prefix(b"\xFF\xFE").or_else(|| text.strip_prefix(b"\xFE\xFF")).unwrap_or(text);
    text.iter().find(|byte| !byte.is_ascii_whitespace() && **byte != 0) == Some(&b'<')
}

/// Reads the file.
///
/// # Errors
/// When it is too large, no well-formed EDEXML, holds a DOCTYPE, passes a bound, or names no school.
pub(super) fn read(bytes: &[u8], kader: &super::Kader<'_>) -> Result<Omgezet, Weigering> {
    let (codering, text, other) = decode(bytes)?;
    let mut bouwer = bestand::Bouwer::default();
    xml::walk(&text, &mut bouwer)?;
    let mut omgezet = rijen::convert(bouwer, codering, kader)?;
    omgezet.bestand.extend(other);
    Ok(omgezet)
}

/// The text, by its byte-order mark, its declaration, or else its bytes. Broken characters stay as the character that
/// stands for them, so that they cost their own pupil.
fn decode(bytes: &[u8]) -> Result<(Codering, Cow<'_, str>, Option<Vondst>), Weigering> {
    if bytes.len() > MAX_EDEXML {
        return Err(Weigering::new(
            format!("Het is {} MiB groot.", bytes.len() >> 20),
            format!("Lever het per school; een EDEXML-bestand mag hoogstens {} MiB zijn.", MAX_EDEXML >> 20),
        ));
    }
    let declared = declared(bytes);
    let (codering, text) = match declared.as_deref() {
        Some("windows-1252" | "cp1252" | "iso-8859-1" | "latin1") if !has_mark(bytes) => {
            (Codering::Windows1252, tekst::windows_1252(bytes))
        }
        _ => tekst::decode(bytes)?,
    };
    let text = match text {
        Cow::Borrowed(text) => String::from_utf8_lossy(text),
        Cow::Owned(text) => String::from_utf8_lossy(&text).into_owned().into(),
    };
    let fits = match declared.as_deref() {
        None => true,
        Some("utf-8" | "utf8" | "us-ascii") => codering == Codering::Utf8,
        Some("utf-16" | "utf-16le" | "utf-16be") => codering == Codering::Utf16,
        Some("windows-1252" | "cp1252" | "iso-8859-1" | "latin1") => codering == Codering::Windows1252,
        Some(_) => {
            return Err(Weigering::new(
                "De eerste regel noemt een codering die wij niet lezen.",
                "Gebruik encoding=\"UTF-8\"; ook UTF-16, Windows-1252 en ISO-8859-1 kan.",
            ));
        }
    };
    let other = || {
        let wat = format!("De eerste regel noemt een andere codering; het bestand is gelezen als {codering}.");
        let gebrek = Gebrek::new("codering", wat, "Kijk of namen met een accent goed zijn gelezen.");
        ("encoding".into(), Ernst::Waarschuwing, gebrek)
    };
    Ok((codering, text, (!fits).then(other)))
}

fn has_mark(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xEF\xBB\xBF") || bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF")
}

/// The encoding that the XML declaration names, in small letters.
fn declared(bytes: &[u8]) -> Option<String> {
    /// A declaration is short; in UTF-16 it takes twice as many bytes.
    const MAX_DECLARATIE: usize = 400;
    let head = bytes.get(..MAX_DECLARATIE).unwrap_or(bytes);
    let head: String =
        head.iter().filter(|byte| byte.is_ascii() && **byte != 0).map(|byte| char::from(*byte)).collect();
    let declaration = head.trim_start().strip_prefix("<?xml")?.split("?>").next()?.to_ascii_lowercase();
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value.split(quote).nth(1).map(str::to_owned)
}
