//! The schools of a comparison, in the order in which somebody looks for them.

use super::{Regel, Tafel};

/// Schools that are shown beside all other figures; the others have a page of their own.
pub const MAX_NAAST: usize = 25;

/// In which order schools stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Volgorde {
    /// What changes most first; what is not told last.
    #[default]
    Verschil,
    /// By name.
    Naam,
}

impl Volgorde {
    /// All of them.
    pub const ALL: [Volgorde; 2] = [Volgorde::Verschil, Volgorde::Naam];

    /// The word in an address.
    pub fn code(self) -> &'static str {
        match self {
            Volgorde::Verschil => "verschil",
            Volgorde::Naam => "naam",
        }
    }

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Volgorde::Verschil => "grootste verschil eerst",
            Volgorde::Naam => "op naam",
        }
    }

    /// By the word of an address; by change for any other.
    pub fn van(code: &str) -> Self {
        Self::ALL.into_iter().find(|volgorde| volgorde.code() == code).unwrap_or_default()
    }
}

impl Tafel {
    /// Its rows whose name holds these letters, in an order. The table itself is by name.
    pub fn op_volgorde(&self, volgorde: Volgorde, zoek: &str) -> Vec<&Regel> {
        let zoek = register::vouw(zoek);
        let fits = |regel: &&Regel| zoek.trim().is_empty() || register::vouw(&regel.naam).contains(zoek.trim());
        let mut found: Vec<&Regel> = self.regels.iter().filter(fits).collect();
        if volgorde == Volgorde::Verschil {
            found.sort_by_key(|regel| std::cmp::Reverse(regel.verschil));
        }
        found
    }
}

/// The difference of two rates in tenths, as far as it is told: what is shown, no more.
pub(super) fn verschil(nu: &str, dan: &str) -> Option<u32> {
    let tenths = |tekst: &str| tekst.replace(',', "").parse::<u32>().ok();
    Some(tenths(nu)?.abs_diff(tenths(dan)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_most_stands_first_and_what_is_not_told_last() {
        let regel = |naam: &str, nu: &str, dan: &str| Regel {
            naam: naam.to_owned(),
            nu: nu.to_owned(),
            dan: dan.to_owned(),
            te_veel: false,
            verschil: verschil(nu, dan),
        };
        let regels = vec![
            regel("Appel", "1,0", "1,2"),
            regel("Beuk", "niet getoond", "12,0"),
            regel("Cèder", "9,9", "10,3"),
            regel("Den", "3,0", "2,8"),
            regel("Eik", "2,0", "2,0"),
        ];
        let tafel = Tafel { code: "scholen", titel: "", eerste: "", regels };
        let names = |volgorde, zoek: &str| {
            tafel.op_volgorde(volgorde, zoek).iter().map(|regel| regel.naam.as_str()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names(Volgorde::Verschil, ""), "Cèder Appel Den Eik Beuk");
        assert_eq!(names(Volgorde::van("naam"), ""), "Appel Beuk Cèder Den Eik");
        assert_eq!(names(Volgorde::van("niets"), " E "), "Cèder Appel Den Eik Beuk");
        assert_eq!(names(Volgorde::Naam, "CEDER"), "Cèder");
        assert_eq!(names(Volgorde::Naam, "zomer"), "");
    }
}
