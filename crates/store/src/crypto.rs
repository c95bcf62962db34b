//! Sealing, stamping, digesting. One cipher (AES-256-GCM-SIV, RFC 8452), one digest (SHA-256).

use aes::Aes256Enc;
use aes_gcm_siv::aead::{Aead, KeyInit, Payload};
use aes_gcm_siv::{AesGcmSiv, Nonce};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::error::StoreError;

/// A SHA-256 digest.
pub type Digest = [u8; 32];

const NONCE: usize = 12;

/// A secret of 256 bits. Boxed, so that moving it leaves no copy behind; wiped when dropped.
pub(crate) struct Secret(Box<Zeroizing<[u8; 32]>>);

impl Secret {
    /// A new secret from the operating system.
    pub(crate) fn random() -> Result<Self, StoreError> {
        let mut secret = Self(Box::new(Zeroizing::new([0; 32])));
        fill(secret.0.as_mut_slice())?;
        Ok(secret)
    }

    /// The secret in these bytes; `None` unless there are exactly 32.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let mut secret = Self(Box::new(Zeroizing::new([0; 32])));
        (bytes.len() == 32).then(|| secret.0.copy_from_slice(bytes))?;
        Some(secret)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// A secret made ready to seal and to open: its key schedule costs as much as opening a short text. Boxed, and wiped when
/// dropped, as the secret.
pub(crate) struct Sealer(Box<AesGcmSiv<Aes256Enc>>);

impl Sealer {
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        Self(Box::new(AesGcmSiv::new(key.into())))
    }

    /// Seals `plain` so that it opens only with the same `bound` data: nonce, ciphertext, tag.
    pub(crate) fn seal(&self, bound: &[u8], plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut nonce = [0; NONCE];
        fill(&mut nonce)?;
        let sealed = self.0.encrypt(&Nonce::from(nonce), Payload { msg: plain, aad: bound });
        // The cipher refuses only what is longer than 64 GiB, far beyond every bound of this crate.
        let sealed = sealed.map_err(|_| StoreError::TooMuch { what: "inhoud", limit: usize::MAX })?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// What was sealed; `None` when a bit differs in the sealed bytes, in `bound` or in the key.
    pub(crate) fn open(&self, bound: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        self.0.decrypt(&Nonce::from(*nonce), Payload { msg: sealed, aad: bound }).ok()
    }

    /// A check value over `bound` that only the holder of this secret can make: the seal of nothing. The nonce is fixed
    /// because the same columns must give the same stamp; this cipher keeps its strength under a repeated nonce.
    pub(crate) fn stamp(&self, bound: &[u8]) -> Result<Vec<u8>, StoreError> {
        let stamp = self.0.encrypt(&Nonce::from([0; NONCE]), Payload { msg: &[], aad: bound });
        stamp.map_err(|_| StoreError::TooMuch { what: "controlewaarde", limit: usize::MAX })
    }
}

/// Columns written one after the other, each with its length in front, so that no two lists of columns give the same
/// bytes. `what` sets one use apart from another.
pub(crate) fn bind(what: &str, columns: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(what.len() + columns.iter().map(|column| column.len() + 4).sum::<usize>() + 4);
    for column in std::iter::once(&what.as_bytes()).chain(columns) {
        // No column comes near 4 GiB: every bound of this crate is far below it.
        bytes.extend_from_slice(&u32::try_from(column.len()).unwrap_or(u32::MAX).to_be_bytes());
        bytes.extend_from_slice(column);
    }
    bytes
}

/// The columns that [`bind`] wrote for this use; `None` when the bytes are something else.
pub(crate) fn unbind<'a, const N: usize>(what: &str, bytes: &'a [u8]) -> Option<[&'a [u8]; N]> {
    let mut rest = bytes;
    let mut next = || {
        let (length, more) = rest.split_first_chunk::<4>()?;
        let (column, more) = more.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
        rest = more;
        Some(column)
    };
    let right_use = next()? == what.as_bytes();
    let columns: Vec<&[u8]> = (0..N).map_while(|_| next()).collect();
    columns.try_into().ok().filter(|_| right_use && rest.is_empty())
}

/// The digest of these bytes.
pub fn digest(bytes: &[u8]) -> Digest {
    Sha256::digest(bytes).into()
}

/// Sixteen random bytes for a new name.
pub(crate) fn random_id() -> Result<[u8; 16], StoreError> {
    let mut id = [0; 16];
    fill(&mut id)?;
    Ok(id)
}

fn fill(bytes: &mut [u8]) -> Result<(), StoreError> {
    getrandom::fill(bytes).map_err(StoreError::NoRandomness)
}
