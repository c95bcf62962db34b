//! The names the log knows things by. All are bytes; what they stand for is the business of others.

use std::fmt;

/// Longest short name in bytes: a UUID fits, and so does a code of the law or of a register.
pub const MAX_SHORT: usize = 16;

/// Declares a name of exactly sixteen bytes.
macro_rules! fixed_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        impl $name {
            /// The sixteen bytes.
            pub fn as_bytes(&self) -> &[u8] {
                &self.0
            }

            /// The name in these bytes; `None` unless there are exactly sixteen.
            pub fn new(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), hex(&self.0))
            }
        }
    };
}

/// Declares a name of at most [`MAX_SHORT`] bytes, kept without allocation.
macro_rules! short_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
        pub struct $name { length: u8, bytes: [u8; MAX_SHORT] }

        impl $name {
            /// The name for these bytes; `None` when there are more than [`MAX_SHORT`].
            pub fn new(name: &[u8]) -> Option<Self> {
                let mut bytes = [0; MAX_SHORT];
                bytes.get_mut(..name.len())?.copy_from_slice(name);
                Some(Self { length: u8::try_from(name.len()).ok()?, bytes })
            }

            /// The bytes given to [`Self::new`].
            pub fn as_bytes(&self) -> &[u8] {
                self.bytes.get(..usize::from(self.length)).unwrap_or(&self.bytes)
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        /// By bytes, as the database orders them.
        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.as_bytes().cmp(other.as_bytes())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), hex(self.as_bytes()))
            }
        }
    };
}

fixed_id!(
    /// Names one fact; chosen by who states it.
    FactId
);
fixed_id!(
    /// Names one key; drawn at random when the key is made, never used again.
    KeyId
);
fixed_id!(
    /// Names one delivery of blobs.
    DeliveryId
);
fixed_id!(
    /// Names one attempt of an actor to get something done, so that a second click does it once.
    AttemptId
);
short_id!(
    /// What an entry is about: a child, a provision, a document of the region.
    SubjectId
);
short_id!(
    /// The organisation that owns a fact and may have its key destroyed.
    OwnerId
);
short_id!(
    /// Who asked for a command.
    ActorId
);

/// A place in the log. The first entry is 1; 0 is the log before its first entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seq(pub i64);

impl Seq {
    /// Before the first entry.
    pub const START: Self = Self(0);

    /// The place after this one.
    pub(crate) fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// Bytes as lower-case hexadecimal text.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes written as hexadecimal text; `None` when it is something else.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    digits.chunks_exact(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}
