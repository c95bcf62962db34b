//! Secrets of 256 random bits: what a browser carries, what a one-time link ends with.

use std::fmt;
use std::hint::black_box;

use store::RecordName;
use zeroize::Zeroizing;

use crate::fout::Fout;
use crate::hex::{hex, unhex};
use crate::klok;

/// Bytes of a secret.
const LENGTE: usize = 32;

/// A secret that nobody can guess. Only its digest is stored. It does not print itself and leaves memory when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Geheim(Zeroizing<[u8; LENGTE]>);

impl Geheim {
    /// A new one.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn nieuw() -> Result<Self, Fout> {
        klok::toevalsbytes().map(|bytes| Geheim(Zeroizing::new(bytes)))
    }

    /// The secret as a cookie, a hidden field or the end of a link holds it: 64 digits and letters a to f.
    pub fn lees(text: &str) -> Option<Self> {
        unhex(text).map(|bytes| Geheim(Zeroizing::new(bytes)))
    }

    /// What [`Self::lees`] reads.
    pub fn tekst(&self) -> String {
        hex(self.0.as_slice())
    }

    /// By what the store finds what belongs to it.
    pub(super) fn naam(&self) -> RecordName {
        RecordName::of_secret(self.0.as_slice())
    }

    pub(super) fn bytes(&self) -> [u8; LENGTE] {
        *self.0
    }

    pub(super) fn van(bytes: [u8; LENGTE]) -> Self {
        Geheim(Zeroizing::new(bytes))
    }
}

impl fmt::Debug for Geheim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// Whether two secrets are equal, in a time that does not depend on where they differ.
pub(super) fn gelijk(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && black_box(a.iter().zip(b).fold(0, |differ, (a, b)| black_box(differ | (a ^ b)))) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_survives_its_text_and_prints_nothing() {
        let geheim = Geheim::nieuw().unwrap();
        assert_eq!(Geheim::lees(&geheim.tekst()), Some(geheim.clone()));
        assert_ne!(Geheim::nieuw().unwrap(), geheim);
        assert_eq!(format!("{geheim:?}"), "…");
    }

    #[test]
    fn what_is_no_secret_is_refused() {
        let good = "0123456789abcdef".repeat(4);
        assert!(Geheim::lees(&good).is_some());
        for text in ["", &good[1..], &format!("{good}0"), &good.replace('a', "A"), &good.replace("01", "é")] {
            assert_eq!(Geheim::lees(text), None, "{text}");
        }
    }

    #[test]
    fn equal_means_every_byte() {
        assert!(gelijk(b"abc", b"abc"));
        for other in [b"abd".as_slice(), b"Xbc", b"ab", b"abcd", b""] {
            assert!(!gelijk(b"abc", other));
        }
    }
}
