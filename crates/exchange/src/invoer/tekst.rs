//! From bytes to text: which encoding a file has, recognised from its bytes and reported, never assumed.

use std::borrow::Cow;
use std::fmt;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::bevinding::Weigering;

/// The largest file that is read: 512 MiB, some ten million absence rows.
pub const MAX_BESTAND: usize = 512 << 20;

/// How the characters of a file were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codering {
    /// UTF-8, with or without byte-order mark. Lines with broken characters are refused one by one.
    Utf8,
    /// UTF-16 in either byte order ("Unicode-tekst" of Excel).
    Utf16,
    /// Windows-1252, as DUO and many LAS packages write.
    Windows1252,
}

impl fmt::Display for Codering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Codering::Utf8 => "UTF-8",
            Codering::Utf16 => "UTF-16",
            Codering::Windows1252 => "Windows-1252",
        })
    }
}

/// Recognises the encoding and gives the bytes as UTF-8, without byte-order mark. Only a UTF-8 file with broken
/// characters comes back with bytes that are no text; its reader checks each line.
///
/// # Errors
/// When the file is too large, or is recognisably something else than text.
pub fn decode(bytes: &[u8]) -> Result<(Codering, Cow<'_, [u8]>), Weigering> {
    if bytes.len() > MAX_BESTAND {
        let wat = format!("Het is {} MiB groot.", bytes.len() >> 20);
        let toegestaan = format!("Lever het in delen van hoogstens {} MiB.", MAX_BESTAND >> 20);
        return Err(Weigering::new(wat, toegestaan));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\x1f\x8b") {
        return Err(Weigering::new(
            "Het is een Excel- of zipbestand.",
            "Sla het werkblad op als 'CSV UTF-8 (door lijstscheidingsteken gescheiden)' of pak het bestand eerst uit.",
        ));
    }
    Ok(match bytes {
        [0xEF, 0xBB, 0xBF, text @ ..] => (Codering::Utf8, Cow::Borrowed(text)),
        [0xFF, 0xFE, text @ ..] => utf16(UTF_16LE, text),
        [0xFE, 0xFF, text @ ..] => utf16(UTF_16BE, text),
        [1..=255, 0, 1..=255, 0, ..] => utf16(UTF_16LE, bytes),
        [0, 1..=255, 0, 1..=255, ..] => utf16(UTF_16BE, bytes),
        _ if std::str::from_utf8(bytes).is_err() && is_windows_1252(bytes) => {
            (Codering::Windows1252, windows_1252(bytes))
        }
        _ => (Codering::Utf8, Cow::Borrowed(bytes)),
    })
}

/// The bytes as UTF-8, when they are known to be Windows-1252.
pub fn windows_1252(bytes: &[u8]) -> Cow<'_, [u8]> {
    into_bytes(WINDOWS_1252.decode_without_bom_handling(bytes).0)
}

fn utf16<'a>(order: &'static encoding_rs::Encoding, text: &'a [u8]) -> (Codering, Cow<'a, [u8]>) {
    (Codering::Utf16, into_bytes(order.decode_without_bom_handling(text).0))
}

fn into_bytes(text: Cow<'_, str>) -> Cow<'_, [u8]> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}

/// Whether bytes that are no UTF-8 read better as Windows-1252: they use none of the five codes without a character,
/// and more of them are broken than complete as UTF-8. One broken name in a file full of good ones is a broken name.
fn is_windows_1252(bytes: &[u8]) -> bool {
    let (mut complete, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        complete += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        broken += chunk.invalid().len();
    }
    let no_character = |byte: &u8| matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D);
    broken > complete && !bytes.iter().any(no_character)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], codering: Codering, text: &str) {
        let (found, decoded) = decode(bytes).unwrap();
        assert_eq!((found, String::from_utf8_lossy(&decoded).as_ref()), (codering, text), "{bytes:?}");
    }

    #[test]
    fn encodings_are_recognised_from_the_bytes() {
        check(b"naam;Zoe", Codering::Utf8, "naam;Zoe");
        check("naam;Zoë".as_bytes(), Codering::Utf8, "naam;Zoë");
        check(b"\xEF\xBB\xBFnaam", Codering::Utf8, "naam");
        check(b"naam;Zo\xEB", Codering::Windows1252, "naam;Zoë");
        check(b"prijs;\x80 5", Codering::Windows1252, "prijs;€ 5");
        check(b"\xFF\xFEn\0a\0\xEB\0", Codering::Utf16, "naë");
        check(b"\xFE\xFF\0n\0a\0\xEB", Codering::Utf16, "naë");
        check(b"n\0a\0a\0", Codering::Utf16, "naa");
        check(b"\0n\0a\0a", Codering::Utf16, "naa");
        check(b"", Codering::Utf8, "");
    }

    #[test]
    fn broken_utf8_is_not_taken_for_windows_1252() {
        check("Zoë;Daniël;Zo\u{EB}".as_bytes(), Codering::Utf8, "Zoë;Daniël;Zoë");
        let mut bytes = "Zoë;Daniël;".as_bytes().to_vec();
        bytes.push(0xEB);
        check(&bytes, Codering::Utf8, "Zoë;Daniël;\u{FFFD}");
        check(b"Zo\x81", Codering::Utf8, "Zo\u{FFFD}");
    }

    #[test]
    fn other_files_are_refused_with_what_to_do() {
        assert!(decode(b"PK\x03\x04rest").unwrap_err().to_string().contains("CSV"));
        assert!(decode(b"\x1f\x8brest").is_err());
    }
}
