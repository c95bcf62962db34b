//! Numbers that the administration knows people and schools by, each checked on entry.

use std::fmt;

/// Why a number was refused; Dutch, with what is allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NummerFout(pub &'static str);

impl fmt::Display for NummerFout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

macro_rules! n {
    ($($name:ident $len:literal $secret:literal),*) => { $(
        /// Number.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name([u8; $len]);
        impl $name {
            /// Parses.
            pub fn parse(text: &str) -> Result<Self, NummerFout> {
                text.as_bytes().try_into().map($name).map_err(|_| NummerFout("verkeerde lengte"))
            }
            /// Visible.
            pub fn zichtbaar(&self) -> &str { std::str::from_utf8(&self.0).unwrap_or("") }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(if $secret { "…" } else { self.zichtbaar() }) }
        }
    )* };
}
n!(Bsn 9 true, Onderwijsnummer 9 true, Brin 4 false, Vestigingscode 6 false, Gemeentecode 4 false, Postcode 6 false, SwvNummer 6 false);
