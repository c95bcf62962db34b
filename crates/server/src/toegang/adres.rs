//! E-mail addresses: the name under which people come in.

use std::fmt;

/// Longest address, in characters (RFC 5321).
const MAX_ADRES: usize = 254;

/// An e-mail address, folded: the same person typed in other letters is the same. It does not print itself.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Emailadres(String);

impl Emailadres {
    /// Reads an address as people type it: case and outer white space do not count.
    ///
    /// # Errors
    /// Dutch, what is wrong and what is allowed.
    pub fn lees(tekst: &str) -> Result<Self, &'static str> {
        let adres = tekst.trim().to_ascii_lowercase();
        let goed =
            adres.len() <= MAX_ADRES && adres.bytes().all(|b| b.is_ascii_graphic() && !b"<>(),;:\"[]\\".contains(&b));
        let delen = adres.split_once('@').filter(|(voor, na)| !voor.is_empty() && !na.is_empty() && !na.contains('@'));
        match delen {
            Some(_) if goed => Ok(Emailadres(adres)),
            _ => Err("Dit is geen e-mailadres. Schrijf het als naam@organisatie.nl, zonder spaties en accenten."),
        }
    }

    /// The address itself, for whoever may see it.
    pub fn zichtbaar(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Emailadres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_has_one_address_however_it_is_typed() {
        let adres = Emailadres::lees("c.visser@meent.example").unwrap();
        for typed in [" c.visser@meent.example\n", "C.Visser@Meent.Example", "C.VISSER@MEENT.EXAMPLE"] {
            assert_eq!(Emailadres::lees(typed).unwrap(), adres);
        }
        assert_eq!(format!("{adres:?}"), "…");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long = format!("{}@meent.example", "a".repeat(250));
        for tekst in ["", "visser", "@meent.example", "visser@", "a@b@c", "a b@c.nl", "vissér@c.nl", "<a@b.nl>", &long]
        {
            assert!(Emailadres::lees(tekst).is_err(), "{tekst}");
        }
    }
}
