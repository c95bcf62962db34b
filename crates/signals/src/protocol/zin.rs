//! Whether the sentence of a rule still names the numbers of the rule: parents read the sentence, the machine reads the
//! numbers, and who changes one forgets the other.

use super::{Daarna, Regel, Termijn, Venster, Vorm};

/// Numbers that people write as a word, from two on ("een" is an article more often than a number): how many, and the how
/// manieth.
const WOORDEN: [(&str, &str); 11] = [
    ("twee", "tweede"),
    ("drie", "derde"),
    ("vier", "vierde"),
    ("vijf", "vijfde"),
    ("zes", "zesde"),
    ("zeven", "zevende"),
    ("acht", "achtste"),
    ("negen", "negende"),
    ("tien", "tiende"),
    ("elf", "elfde"),
    ("twaalf", "twaalfde"),
];
/// The first of these.
const EERSTE_WOORD: u32 = 2;

impl Regel {
    /// Numbers in the sentence that are none of the rule's.
    pub(super) fn vreemde_getallen(&self) -> Vec<u32> {
        let eigen = self.getallen();
        self.zin
            .split(|teken: char| !teken.is_alphanumeric())
            .filter_map(getal)
            .filter(|n| !eigen.contains(n))
            .collect()
    }

    /// All numbers of the rule.
    fn getallen(&self) -> Vec<u32> {
        let mut alle: Vec<u32> = self.nadert.iter().copied().map(u32::from).collect();
        let van_venster = |venster: &Venster| match *venster {
            Venster::Lesweken(n) => u32::from(n),
            Venster::Schooldagen(n) => u32::from(n),
        };
        match &self.vorm {
            Vorm::SomInVenster { venster, drempel, .. }
            | Vorm::ReeksenInVenster { venster, drempel }
            | Vorm::Weekdag { venster, drempel } => alle.extend([van_venster(venster), u32::from(*drempel)]),
            Vorm::KerenPerSchooljaar { stappen } | Vorm::Aaneengesloten { stappen, .. } => {
                alle.extend(stappen.iter().copied().map(u32::from));
            }
            Vorm::Kalendermaanden { maanden, .. } => alle.push(u32::from(*maanden)),
            Vorm::Stijging { venster, factor, minimum, .. } => {
                alle.extend([van_venster(venster), u32::from(*factor), u32::from(*minimum)]);
            }
        }
        match self.daarna {
            Daarna::Hysterese { onder: n } | Daarna::Stilte { schooldagen: n } => alle.push(u32::from(n)),
            Daarna::Herstart | Daarna::Geen => {}
        }
        match self.binnen {
            Some(Termijn::Werkdagen(n) | Termijn::Schooldagen(n)) => alle.push(u32::from(n)),
            None => {}
        }
        alle
    }
}

/// The number that a word is, in digits or written out.
fn getal(woord: &str) -> Option<u32> {
    let klein = woord.to_lowercase();
    let geschreven = || {
        let (plek, _) = (EERSTE_WOORD..).zip(WOORDEN).find(|(_, (een, ander))| klein == *een || klein == *ander)?;
        Some(plek)
    };
    klein.parse().ok().or_else(geschreven)
}

#[cfg(test)]
mod tests {
    use super::getal;

    #[test]
    fn numbers_are_read_in_digits_and_as_words() {
        for (woord, verwacht) in [
            ("16", Some(16)),
            ("Twee", Some(2)),
            ("vierde", Some(4)),
            ("twaalfde", Some(12)),
            ("een", None),
            ("viermaal", None),
            ("16e", None),
            ("", None),
        ] {
            assert_eq!(getal(woord), verwacht, "{woord}");
        }
    }
}
