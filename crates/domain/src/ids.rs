//! Our own names for whom and what facts are about. They say nothing about a person and may stand in a log.

use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

/// Number inside an id: 60 bits, drawn at random outside the core, written as twelve characters.
///
/// Kept with one bit more, so that it is never zero and an id that may be absent takes no more room than one that is
/// there.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Nr(NonZeroU64);

/// The bit above the number.
const ABOVE: u64 = 1 << 60;

/// Digits and letters without I, L, O and U, so that an id can be read over the telephone.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHARACTERS: u32 = 12;
/// For each byte the digit that it stands for, small letters too; [`NO_DIGIT`] for all others.
const DIGITS: [u8; 256] = {
    let (mut digits, mut place) = ([NO_DIGIT; 256], 0);
    while place < ALPHABET.len() {
        digits[ALPHABET[place] as usize] = place as u8;
        digits[ALPHABET[place].to_ascii_lowercase() as usize] = place as u8;
        place += 1;
    }
    digits
};
const NO_DIGIT: u8 = 0xff;

impl Nr {
    /// The number made of the lowest 60 bits.
    pub const fn new(bits: u64) -> Self {
        match NonZeroU64::new(bits & (ABOVE - 1) | ABOVE) {
            Some(number) => Nr(number),
            None => Nr(NonZeroU64::MIN),
        }
    }

    /// The number itself.
    pub const fn get(self) -> u64 {
        self.0.get() & (ABOVE - 1)
    }

    fn parse(text: &str) -> Option<Self> {
        let characters = text.bytes().filter(|b| *b != b'-');
        let mut number = 0u64;
        let mut count = 0;
        for byte in characters {
            let digit = DIGITS.get(usize::from(byte)).filter(|digit| **digit != NO_DIGIT)?;
            number = (number << 5) | u64::from(*digit);
            count += 1;
            if count > CHARACTERS {
                return None;
            }
        }
        (count == CHARACTERS).then_some(Nr::new(number))
    }
}

impl fmt::Debug for Nr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Nr({})", self.get())
    }
}

impl fmt::Display for Nr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for place in (0..CHARACTERS).rev() {
            let digit = (self.get() >> (5 * place)) & 31;
            f.write_str(char::from(ALPHABET[digit as usize]).encode_utf8(&mut [0; 4]))?;
            if place % 4 == 0 && place > 0 {
                f.write_str("-")?;
            }
        }
        Ok(())
    }
}

/// An id that does not read as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdFout;

impl fmt::Display for IdFout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("dit is geen nummer van dit register; een nummer ziet eruit als L-0000-0000-0000")
    }
}

impl std::error::Error for IdFout {}

macro_rules! ids {
    ($($(#[$doc:meta])* $variant:ident $id:ident $letter:literal $code:literal;)+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
            pub struct $id(pub Nr);

            impl $id {
                /// The id with the lowest 60 of these bits as its number.
                pub const fn new(bits: u64) -> Self {
                    $id(Nr::new(bits))
                }
            }

            impl fmt::Display for $id {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    write!(f, concat!($letter, "-{}"), self.0)
                }
            }

            impl FromStr for $id {
                type Err = IdFout;
                fn from_str(text: &str) -> Result<Self, IdFout> {
                    let rest = text.strip_prefix(concat!($letter, "-")).ok_or(IdFout)?;
                    Nr::parse(rest).map($id).ok_or(IdFout)
                }
            }

            impl From<$id> for Subject {
                fn from(id: $id) -> Subject {
                    Subject::$variant(id)
                }
            }
        )+

        /// Whom or what a fact is about. One log holds all of them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Subject {
            $($(#[$doc])* $variant($id),)+
        }

        impl Subject {
            /// Nine bytes: one for the kind, eight for the number, most significant first.
            pub fn to_bytes(self) -> [u8; 9] {
                let (code, nr): (u8, Nr) = match self {
                    $(Subject::$variant(id) => ($code, id.0),)+
                };
                let mut bytes = [code; 9];
                bytes[1..].copy_from_slice(&nr.get().to_be_bytes());
                bytes
            }

            /// The subject of those nine bytes; `None` when they are no subject of ours.
            pub fn from_bytes(bytes: &[u8]) -> Option<Subject> {
                let (code, rest) = bytes.split_first()?;
                let nr = u64::from_be_bytes(rest.try_into().ok()?);
                if nr >> 60 != 0 {
                    return None;
                }
                match code {
                    $($code => Some(Subject::$variant($id(Nr::new(nr)))),)+
                    _ => None,
                }
            }
        }

        impl fmt::Display for Subject {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Subject::$variant(id) => id.fmt(f),)+
                }
            }
        }

        impl FromStr for Subject {
            type Err = IdFout;
            fn from_str(text: &str) -> Result<Self, IdFout> {
                match text.split_once('-').map(|(letter, _)| letter) {
                    $(Some($letter) => text.parse::<$id>().map(Subject::$variant),)+
                    _ => Err(IdFout),
                }
            }
        }
    };
}

ids! {
    /// A child or youth in the register.
    Leerling LeerlingId "L" 1;
    /// A parent, carer or other person around a child.
    Persoon PersoonId "P" 2;
    /// A party of the pact: school site, samenwerkingsverband, municipality, JGZ and so on.
    Organisatie OrganisatieId "O" 3;
    /// A professional in one organisation.
    Medewerker MedewerkerId "M" 4;
    /// A provision: a place or programme that can be offered.
    Voorziening VoorzieningId "V" 5;
    /// A meeting.
    Overleg OverlegId "G" 6;
    /// A question to the ouder- en jeugdsteunpunt.
    Vraag VraagId "Q" 7;
    /// A project of the pact.
    Project ProjectId "J" 8;
    /// One of the region's four documents.
    Document DocumentId "D" 9;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_survive_text_and_bytes() {
        for bits in [0, 1, 0x0123_4567_89AB_CDEF, u64::MAX] {
            let id = LeerlingId::new(bits);
            assert_eq!(id.to_string().parse(), Ok(id));
            let subject = Subject::from(id);
            assert_eq!(Subject::from_bytes(&subject.to_bytes()), Some(subject));
            assert_eq!(subject.to_string().parse(), Ok(subject));
        }
        assert_eq!(LeerlingId::new(0).to_string(), "L-0000-0000-0000");
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in ["", "L-", "L-0000", "P-0000-0000-0000", "L-0000-0000-000U", "L-0000-0000-0000-0"] {
            assert_eq!(text.parse::<LeerlingId>(), Err(IdFout), "{text}");
        }
        assert_eq!(Subject::from_bytes(&[99; 9]), None);
        assert_eq!(Subject::from_bytes(&[]), None);
    }
}
