//! Numbers of made-up pupils: the BSNs that no person has, and when these run out, onderwijsnummers.
//!
//! Of the 100,000 numbers 9999xxxxx only one in eleven passes the elfproef: 9,090 in all. A region of 43,000 pupils has
//! more, so the others get an onderwijsnummer from 995000000 on (nine digits whose check leaves five), as a pupil
//! without BSN has.

use domain::nummers::{Bsn, Onderwijsnummer};

/// First number of the series of onderwijsnummers; it ends before the BSNs of synthetic regions.
const ONDERWIJSNUMMERS: std::ops::Range<u32> = 995_000_000..999_900_000;
/// The BSNs that no person has.
const BSNS: std::ops::Range<u32> = 999_900_000..1_000_000_000;

/// Persoonsgebonden nummer: the BSN, or as long as there is none the onderwijsnummer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pgn {
    Bsn(String),
    Onderwijsnummer(String),
}

/// Both series, each number handed out once.
pub(crate) struct Nummers {
    bsns: Vec<String>,
    paren: Vec<(String, String)>,
    onderwijsnummers: std::ops::Range<u32>,
}

impl Nummers {
    /// All numbers, so many of the BSNs set apart as pairs that differ in two digits only.
    pub(crate) fn new(paren: usize) -> Self {
        let mut bsns: Vec<String> =
            BSNS.map(|number| number.to_string()).filter(|text| Bsn::parse(text).is_ok()).collect();
        let mut set_apart = Vec::new();
        let mut place = 0;
        // One digit apart does not exist: the elfproef finds every single wrong digit, and every swap of two.
        while set_apart.len() < paren && place + 1 < bsns.len() {
            let near = matches!((bsns.get(place), bsns.get(place + 1)), (Some(a), Some(b)) if differing(a, b) == 2);
            if near {
                let second = bsns.remove(place + 1);
                set_apart.push((bsns.remove(place), second));
            } else {
                place += 1;
            }
        }
        bsns.reverse();
        Nummers { bsns, paren: set_apart, onderwijsnummers: ONDERWIJSNUMMERS }
    }

    /// How many BSNs are left, those of pairs not counted.
    pub(crate) fn bsns_over(&self) -> usize {
        self.bsns.len()
    }

    /// The next number: a BSN when asked and there is one left.
    pub(crate) fn volgende(&mut self, bsn: bool) -> Pgn {
        let wanted = if bsn { self.bsns.pop() } else { None };
        wanted.map_or_else(|| Pgn::Onderwijsnummer(self.onderwijsnummer()), Pgn::Bsn)
    }

    /// Two BSNs that are easily mistaken for each other.
    pub(crate) fn paar(&mut self) -> (Pgn, Pgn) {
        match self.paren.pop() {
            Some((a, b)) => (Pgn::Bsn(a), Pgn::Bsn(b)),
            None => (self.volgende(true), self.volgende(true)),
        }
    }

    /// Empty only after some 445,000 pupils, more than a region may have.
    fn onderwijsnummer(&mut self) -> String {
        let mut texts = self.onderwijsnummers.by_ref().map(|number| number.to_string());
        texts.find(|text| Onderwijsnummer::parse(text).is_ok()).unwrap_or_default()
    }
}

/// In how many places two numbers differ.
pub(crate) fn differing(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).filter(|(a, b)| a != b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_nine_thousand_bsns_that_no_person_has() {
        let nummers = Nummers::new(0);
        assert_eq!(nummers.bsns_over(), 9_091);
        assert!(nummers.bsns.iter().all(|text| Bsn::parse(text).unwrap().is_proef()));
    }

    #[test]
    fn pairs_differ_in_two_digits_and_numbers_are_never_given_twice() {
        let mut nummers = Nummers::new(40);
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..40 {
            let (Pgn::Bsn(a), Pgn::Bsn(b)) = nummers.paar() else { panic!("no BSNs") };
            assert_eq!(differing(&a, &b), 2);
            assert!(seen.insert(a) && seen.insert(b));
        }
        for _ in 0..20_000 {
            let (Pgn::Bsn(text) | Pgn::Onderwijsnummer(text)) = nummers.volgende(true);
            assert!(seen.insert(text));
        }
        assert!(seen.iter().all(|text| Bsn::parse(text).is_ok() != Onderwijsnummer::parse(text).is_ok()));
    }
}
