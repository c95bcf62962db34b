//! Numbers that the administration knows people and schools by, each checked on entry.
//!
//! A number that exists as a value is well-formed. Numbers of people print `…` only; who must really see one asks for
//! it by name (`zichtbaar`), so that a log or an error message never holds one by accident.

use std::fmt;

use jiff::civil::Date;

/// Why a number was refused: what is wrong with it and what is allowed. Never repeats the number itself; the caller
/// adds field and row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NummerFout {
    /// The sentence for the person who entered it, in Dutch.
    pub uitleg: String,
}

impl NummerFout {
    fn new(uitleg: impl Into<String>) -> Self {
        NummerFout { uitleg: uitleg.into() }
    }
}

impl fmt::Display for NummerFout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.uitleg)
    }
}

impl std::error::Error for NummerFout {}

/// Burgerservicenummer: nine digits of which the weighted sum is divisible by eleven (the *elfproef*).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Bsn(u32);

/// Onderwijsnummer, for a pupil without BSN: nine digits of which the weighted sum leaves five when divided by eleven,
/// so that no number is both.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Onderwijsnummer(u32);

impl Bsn {
    /// Reads nine digits, without spaces or points.
    ///
    /// # Errors
    /// When there are not nine digits, or when the check of eleven fails.
    pub fn parse(text: &str) -> Result<Self, NummerFout> {
        let (getal, rest) = nine_digits(text, "BSN")?;
        if rest != 0 || getal == 0 {
            return Err(NummerFout::new(
                "Dit BSN bestaat niet: de elfproef klopt niet. Controleer de negen cijfers op een typefout.",
            ));
        }
        Ok(Bsn(getal))
    }

    /// The nine digits, for the few places that may show or send them.
    pub fn zichtbaar(self) -> String {
        format!("{:09}", self.0)
    }

    /// Whether the number lies in the range for synthetic regions (9999xxxxx), which no person has.
    pub fn is_proef(self) -> bool {
        self.0 / 100_000 == 9999
    }
}

impl Onderwijsnummer {
    /// Reads nine digits, without spaces or points.
    ///
    /// # Errors
    /// When there are not nine digits, or when the check fails.
    pub fn parse(text: &str) -> Result<Self, NummerFout> {
        let (getal, rest) = nine_digits(text, "onderwijsnummer")?;
        if rest != 5 {
            return Err(NummerFout::new(
                "Dit onderwijsnummer bestaat niet: het controlegetal klopt niet. Controleer de negen cijfers; een BSN hoort in het veld voor het BSN.",
            ));
        }
        Ok(Onderwijsnummer(getal))
    }

    /// The nine digits, for the few places that may show or send them.
    pub fn zichtbaar(self) -> String {
        format!("{:09}", self.0)
    }
}

/// The number, and its weighted sum modulo eleven (weights 9 to 2, and −1 for the last digit).
fn nine_digits(text: &str, naam: &str) -> Result<(u32, i32), NummerFout> {
    let text = text.trim();
    if text.len() != 9 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        let found = text.chars().count();
        return Err(NummerFout::new(format!(
            "Een {naam} heeft precies 9 cijfers, met voorloopnullen en zonder punten; hier staan {found} tekens."
        )));
    }
    let weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];
    let digits = text.bytes().map(|byte| byte - b'0');
    let sum: i32 = digits.clone().zip(weights).map(|(digit, weight)| i32::from(digit) * weight).sum();
    Ok((digits.fold(0, |getal, digit| getal * 10 + u32::from(digit)), sum.rem_euclid(11)))
}

/// Prints `…` for a number of a person.
macro_rules! print_hidden {
    ($type:ty, $name:literal) => {
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("…")
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!($name, "(…)"))
            }
        }
    };
}

print_hidden!(Bsn, "Bsn");
print_hidden!(Onderwijsnummer, "Onderwijsnummer");

/// BRIN of a school: two digits and two capitals.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Brin([u8; 4]);

impl Brin {
    /// Reads a BRIN; small letters become capitals.
    ///
    /// # Errors
    /// When it is not two digits and two letters.
    pub fn parse(text: &str) -> Result<Self, NummerFout> {
        shaped(text, "99AA").map(Brin).ok_or_else(|| {
            NummerFout::new("Een BRIN heeft 2 cijfers en 2 letters, zoals 19ZX. Controleer het nummer van de school.")
        })
    }

    /// Whether it lies in the range for synthetic regions (90AA to 99ZZ), which no school has.
    pub fn is_proef(self) -> bool {
        self.0[0] == b'9'
    }
}

/// A site of a school: its BRIN and two digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Vestigingscode([u8; 6]);

impl Vestigingscode {
    /// Reads BRIN and site as one code, such as "19ZX00"; small letters become capitals.
    ///
    /// # Errors
    /// When it is not two digits, two letters and two digits.
    pub fn parse(text: &str) -> Result<Self, NummerFout> {
        shaped(text, "99AA99").map(Vestigingscode).ok_or_else(|| {
            NummerFout::new(
                "Een vestigingscode is een BRIN met 2 cijfers erachter, zoals 19ZX00. Controleer de code van de vestiging.",
            )
        })
    }

    /// The school that the site is part of.
    pub fn brin(self) -> Brin {
        let [a, b, c, d, ..] = self.0;
        Brin([a, b, c, d])
    }
}

/// Postal code: four digits, the first not zero, and two capitals.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Postcode([u8; 6]);

impl Postcode {
    /// Reads a postal code, with or without a space; small letters become capitals.
    ///
    /// # Errors
    /// When it is not four digits and two letters.
    pub fn parse(text: &str) -> Result<Self, NummerFout> {
        let (cijfers, letters) = text.trim().split_at_checked(4).unwrap_or((text, ""));
        shaped(&format!("{cijfers}{}", letters.trim_start()), "9999AA")
            .filter(|code: &[u8; 6]| code[0] != b'0')
            .map(Postcode)
            .ok_or_else(|| NummerFout::new("Een postcode heeft 4 cijfers en 2 letters, zoals 1811 AB."))
    }

    /// The four digits, by which partitions of the region are drawn (PC4).
    pub fn cijfers(self) -> u16 {
        self.0.iter().take(4).fold(0, |getal, byte| getal * 10 + u16::from(byte - b'0'))
    }
}

/// Number of a samenwerkingsverband passend onderwijs: PO or VO and four digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SwvNummer([u8; 6]);

impl SwvNummer {
    /// Reads a number such as "VO2703"; small letters become capitals.
    ///
    /// # Errors
    /// When it is not PO or VO and four digits.
    pub fn parse(text: &str) -> Result<Self, NummerFout> {
        shaped(text, "AA9999")
            .filter(|code: &[u8; 6]| code.starts_with(b"PO") || code.starts_with(b"VO"))
            .map(SwvNummer)
            .ok_or_else(|| {
                NummerFout::new(
                    "Het nummer van een samenwerkingsverband is PO of VO met 4 cijfers erachter, zoals VO2703.",
                )
            })
    }

    /// Whether it serves primary education.
    pub fn is_po(self) -> bool {
        self.0.starts_with(b"PO")
    }
}

/// Code of a municipality (CBS, BRP table 33): four digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Gemeentecode([u8; 4]);

impl Gemeentecode {
    /// Reads four digits; "0000" (unknown) is not a municipality.
    ///
    /// # Errors
    /// When it is not four digits, or 0000.
    pub fn parse(text: &str) -> Result<Self, NummerFout> {
        shaped(text, "9999").filter(|code| code != b"0000").map(Gemeentecode).ok_or_else(|| {
            NummerFout::new("Een gemeentecode heeft 4 cijfers, met voorloopnullen, zoals 0361 voor Alkmaar.")
        })
    }

    /// The municipality that a code stands for on a day: the one it merged into, when that had happened by then.
    pub fn op(self, dag: Date) -> Gemeentecode {
        HERINDELINGEN
            .iter()
            .filter(|(_, _, ingang)| *ingang <= dag)
            .fold(self, |code, (oud, nieuw, _)| if code.0 == **oud { Gemeentecode(**nieuw) } else { code })
    }
}

/// Mergers of municipalities in and around the region, in order of date (BRP table 33): old code, new code, first day.
const HERINDELINGEN: [(&[u8; 4], &[u8; 4], Date); 8] = [
    (b"0444", b"0373", jiff::civil::date(2001, 1, 1)), // Schoorl to Bergen
    (b"0357", b"0373", jiff::civil::date(2001, 1, 1)), // Egmond to Bergen
    (b"0360", b"0383", jiff::civil::date(2002, 1, 1)), // Akersloot to Castricum
    (b"0418", b"0383", jiff::civil::date(2002, 1, 1)), // Limmen to Castricum
    (b"0365", b"0361", jiff::civil::date(2015, 1, 1)), // Graft-De Rijp to Alkmaar
    (b"0458", b"0361", jiff::civil::date(2015, 1, 1)), // Schermer to Alkmaar
    (b"0398", b"1980", jiff::civil::date(2022, 1, 1)), // Heerhugowaard to Dijk en Waard
    (b"0416", b"1980", jiff::civil::date(2022, 1, 1)), // Langedijk to Dijk en Waard
];

/// The text when it has the shape: `9` for a digit, `A` for a letter (made a capital), spaces around it left out.
fn shaped<const N: usize>(text: &str, shape: &str) -> Option<[u8; N]> {
    let code: [u8; N] = text.trim().to_ascii_uppercase().as_bytes().try_into().ok()?;
    let fits = |(byte, wanted): (&u8, u8)| match wanted {
        b'9' => byte.is_ascii_digit(),
        _ => byte.is_ascii_uppercase(),
    };
    (shape.len() == N && code.iter().zip(shape.bytes()).all(fits)).then_some(code)
}

/// Prints a code as it is written: these name schools and places, not people.
macro_rules! print_plainly {
    ($($type:ty),*) => {$(
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{}", char::from(*byte)))
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($type), "({})"), self)
            }
        }
    )*};
}

print_plainly!(Brin, Vestigingscode, SwvNummer, Gemeentecode);

impl fmt::Display for Postcode {
    /// As stored and sent, without a space. Part of an address, so `Debug` hides it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{}", char::from(*byte)))
    }
}

impl fmt::Debug for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Postcode(…)")
    }
}

#[cfg(test)]
mod tests;
