//! What was typed, taken apart.

use domain::{calendar, codes};
use jiff::civil::Date;

use super::MAX_LETTERS;
use crate::vouw;

/// Most parts of one question; more are not looked at.
pub const MAX_DELEN: usize = 8;
/// Most characters of one question; more are not looked at.
pub const MAX_TEKENS: usize = 100;
/// From this length on one typing mistake is forgiven …
const EEN_TYPEFOUT: usize = 4;
/// … and from this length on two.
const TWEE_TYPEFOUTEN: usize = 8;
/// What one typing mistake costs: more than any word that only goes on longer.
const TYPEFOUT: u16 = 3;

/// From so many letters on a word after a day is a month.
const MIN_MAAND: usize = 3;
/// Months of a year.
const MAANDEN: i8 = 12;

codes! {
    /// In what a question looks.
    Zoekveld {
        /// Names.
        Naam = "naam" "naam",
        /// The school's number of the pupil.
        Leerlingnummer = "leerlingnummer" "leerlingnummer",
        /// Birth date.
        Geboortedatum = "geboortedatum" "geboortedatum",
    }
}

/// Words before surnames that one leaves out or puts elsewhere ("Boer, de").
const TUSSENVOEGSELS: &[&str] = &[
    "aan", "al", "am", "auf", "aus", "ben", "bij", "bin", "da", "dal", "dalla", "das", "de", "del", "della", "dem",
    "den", "der", "des", "di", "do", "dos", "du", "el", "en", "het", "im", "in", "la", "las", "le", "les", "lo", "los",
    "of", "onder", "op", "over", "s", "t", "te", "ten", "ter", "tho", "thoe", "thor", "to", "toe", "tot", "uijt",
    "uit", "van", "vanden", "vander", "vd", "ver", "vom", "von", "voor", "vor", "zu", "zum", "zur",
];

/// What somebody looks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Zoekvraag {
    pub(super) delen: Vec<Deel>,
}

/// One part of the question; a child matches when every part does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Deel {
    /// The beginning of a word of a name, perhaps mistyped.
    Naam { letters: Vec<char>, tekst: String },
    /// The beginning of a pupil number.
    Nummer(String),
    /// A birth date, or what was typed of it so far.
    Geboren(Geboren),
}

/// As much of a birth date as was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Geboren {
    dag: Option<i8>,
    maand: Option<i8>,
    /// The first digits of the year.
    jaar: String,
}

impl Zoekvraag {
    /// Takes apart what was typed. Prefixes of surnames are left out, unless nothing else was typed.
    pub fn lees(tekst: &str) -> Self {
        let tekst: String = tekst.chars().take(MAX_TEKENS).collect();
        let mut delen: Vec<Deel> = Vec::new();
        let mut tussenvoegsel = None;
        let all: Vec<&str> = tekst.split([' ', ',', ';', '\t', '\n']).filter(|stuk| !stuk.is_empty()).collect();
        let mut rest = all.as_slice();
        while let [stuk, after @ ..] = rest {
            if let Some((geboren, after)) = in_woorden(rest) {
                delen.push(Deel::Geboren(geboren));
                rest = after;
                continue;
            }
            rest = after;
            if let Some(deel) = datum_of_nummer(stuk) {
                delen.push(deel);
                continue;
            }
            for word in stukken(stuk).map(vouw).filter(|word| !word.is_empty()) {
                if is_tussenvoegsel(&word) {
                    tussenvoegsel = Some(word);
                } else {
                    delen.push(naam(word));
                }
            }
        }
        if delen.is_empty() {
            delen.extend(tussenvoegsel.map(naam));
        }
        delen.truncate(MAX_DELEN);
        Zoekvraag { delen }
    }

    /// Whether nothing is looked for.
    pub fn is_leeg(&self) -> bool {
        self.delen.is_empty()
    }

    /// In what it looks: whoever may not read one of these of a child, does not find it so.
    pub fn velden(&self) -> impl Iterator<Item = Zoekveld> {
        self.delen.iter().map(|deel| match deel {
            Deel::Naam { .. } => Zoekveld::Naam,
            Deel::Nummer(_) => Zoekveld::Leerlingnummer,
            Deel::Geboren(_) => Zoekveld::Geboortedatum,
        })
    }
}

impl Geboren {
    /// Whether somebody born on that day is meant.
    pub(super) fn is(&self, dag: Date) -> bool {
        self.dag.is_none_or(|d| d == dag.day())
            && self.maand.is_none_or(|m| m == dag.month())
            && (self.jaar.is_empty() || dag.year().to_string().starts_with(&self.jaar))
    }

    /// Who was born on such a day, of birth dates by month and day.
    pub(super) fn onder<'a>(&'a self, geboren: &'a [(Date, u32)]) -> impl Iterator<Item = u32> + 'a {
        let maanden = self.maand.map_or(1..=MAANDEN, |maand| maand..=maand);
        let alike = maanden.flat_map(|maand| {
            let from = (maand, self.dag.unwrap_or(i8::MIN));
            let until = (maand, self.dag.unwrap_or(i8::MAX));
            let first = geboren.partition_point(|(dag, _)| (dag.month(), dag.day()) < from);
            let rest = geboren.get(first..).unwrap_or_default();
            rest.iter().take_while(move |(dag, _)| (dag.month(), dag.day()) <= until)
        });
        alike.filter(|(dag, _)| self.is(*dag)).map(|(_, plek)| *plek)
    }
}

fn naam(word: String) -> Deel {
    let letters: Vec<char> = word.chars().take(MAX_LETTERS).collect();
    Deel::Naam { tekst: letters.iter().collect(), letters }
}

/// A piece with a digit in it is a date when it reads as one (3-3-2012, 3/3, 2012-03-03), and else a number.
fn datum_of_nummer(stuk: &str) -> Option<Deel> {
    if !stuk.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    geboren(stuk).map(Deel::Geboren).or_else(|| Some(Deel::Nummer(vouw(stuk))))
}

/// A birth date as we write it ourselves, "14 maart 2013", as far as it was typed and from three letters of the month on;
/// with what stands after it.
fn in_woorden<'a, 't>(stukken: &'a [&'t str]) -> Option<(Geboren, &'a [&'t str])> {
    let [dag, maand, rest @ ..] = stukken else { return None };
    let dag = dag.parse().ok().filter(|dag| (1..=31).contains(dag))?;
    let typed = vouw(maand);
    let maand =
        (MIN_MAAND <= typed.len()).then(|| calendar::MAANDEN.iter().position(|naam| naam.starts_with(&typed)))??;
    let maand = i8::try_from(maand + 1).ok()?;
    let is_jaar = |stuk: &str| stuk.len() <= 4 && stuk.bytes().all(|byte| byte.is_ascii_digit());
    let (jaar, rest) = match rest {
        [jaar, after @ ..] if is_jaar(jaar) => ((*jaar).to_owned(), after),
        rest => (String::new(), rest),
    };
    Some((Geboren { dag: Some(dag), maand: Some(maand), jaar }, rest))
}

fn geboren(stuk: &str) -> Option<Geboren> {
    let delen: Vec<&str> = stuk.split(['-', '/', '.']).collect();
    let whole = |deel: &&str| deel.bytes().all(|byte| byte.is_ascii_digit());
    if !(2..=3).contains(&delen.len()) || !delen.iter().all(whole) {
        return None;
    }
    let number = |deel: Option<&&str>, most: i8| match deel.filter(|deel| !deel.is_empty()) {
        Some(deel) if deel.len() <= 2 => deel.parse::<i8>().ok().filter(|n| (1..=most).contains(n)).map(Some),
        Some(_) => None,
        None => Some(None),
    };
    let year_first = delen.first().is_some_and(|deel| deel.len() == 4);
    let (dag, jaar) = if year_first { (delen.get(2), delen.first()) } else { (delen.first(), delen.get(2)) };
    let jaar = jaar.copied().unwrap_or_default();
    if jaar.len() > 4 || (dag.is_some_and(|dag| dag.is_empty()) && !year_first) {
        return None;
    }
    Some(Geboren { dag: number(dag, 31)?, maand: number(delen.get(1), 12)?, jaar: jaar.to_owned() })
}

/// The words of a name, before they are folded.
pub(super) fn stukken(naam: &str) -> impl Iterator<Item = &str> {
    naam.split(|c: char| !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c))
}

/// Whether a folded word is a prefix of surnames.
pub(super) fn is_tussenvoegsel(word: &str) -> bool {
    TUSSENVOEGSELS.binary_search(&word).is_ok()
}

/// How many typing mistakes are forgiven in a word of so many letters.
pub(super) fn typefouten(letters: usize) -> u8 {
    match letters {
        0..EEN_TYPEFOUT => 0,
        EEN_TYPEFOUT..TWEE_TYPEFOUTEN => 1,
        _ => 2,
    }
}

/// What it costs that a word of so many letters was found where so many were typed, with so many mistakes.
pub(super) fn kosten(getypt: usize, gevonden: usize, typefouten: u8) -> u16 {
    let verder = match gevonden.saturating_sub(getypt) {
        0 => 0,
        1 | 2 => 1,
        _ => 2,
    };
    TYPEFOUT * u16::from(typefouten) + verder
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn delen(tekst: &str) -> Vec<String> {
        let show = |deel: &Deel| match deel {
            Deel::Naam { tekst, .. } => tekst.clone(),
            Deel::Nummer(tekst) => format!("#{tekst}"),
            Deel::Geboren(Geboren { dag, maand, jaar }) => {
                let part = |n: &Option<i8>| n.map_or("?".to_owned(), |n| n.to_string());
                format!("{}-{}-{jaar}", part(dag), part(maand))
            }
        };
        Zoekvraag::lees(tekst).delen.iter().map(show).collect()
    }

    #[test]
    fn a_question_is_taken_apart() {
        for (tekst, expected) in [
            ("", &[][..]),
            ("  - ", &[]),
            ("Sam de Boer", &["sam", "boer"]),
            ("Boer, de, Sam", &["boer", "sam"]),
            ("Müller-Østergård", &["muller", "ostergard"]),
            ("van", &["van"]),
            ("van de", &["de"]),
            ("1234", &["#1234"]),
            ("12-34", &["#1234"]),
            ("a12", &["#a12"]),
            ("3-3-2012", &["3-3-2012"]),
            ("03/03", &["3-3-"]),
            ("3-3-20", &["3-3-20"]),
            ("3-", &["3-?-"]),
            ("2012-03-03", &["3-3-2012"]),
            ("2012-03", &["?-3-2012"]),
            ("31-13-2012", &["#31132012"]),
            ("sam 3.3.2012", &["sam", "3-3-2012"]),
            ("14 maart 2013", &["14-3-2013"]),
            ("Sam 3 mrt", &["sam", "#3", "mrt"]),
            ("3 mei 20 Sam", &["3-5-20", "sam"]),
            ("31 dec", &["31-12-"]),
            ("32 maart", &["#32", "maart"]),
            ("a b c d f g h i j k", &["a", "b", "c", "d", "f", "g", "h", "i"]),
        ] {
            assert_eq!(delen(tekst), expected, "{tekst}");
        }
        assert!(Zoekvraag::lees(&"x".repeat(10_000)).delen.len() == 1);
    }

    #[test]
    fn a_birth_date_is_found_by_what_was_typed_so_far() {
        let dag = date(2012, 3, 13);
        for (tekst, is) in
            [("13-3", true), ("13-3-20", true), ("13-3-2012", true), ("13-3-2011", false), ("3-3", false)]
        {
            assert_eq!(geboren(tekst).unwrap().is(dag), is, "{tekst}");
        }
    }

    #[test]
    fn prefixes_stand_in_order() {
        assert!(TUSSENVOEGSELS.is_sorted());
        assert!(is_tussenvoegsel("der") && !is_tussenvoegsel("boer"));
    }

    #[test]
    fn a_word_that_goes_on_costs_less_than_a_typing_mistake() {
        assert_eq!([kosten(3, 3, 0), kosten(3, 5, 0), kosten(3, 9, 0)], [0, 1, 2]);
        assert!(kosten(4, 12, 0) < kosten(4, 4, 1));
        assert_eq!([0, 3, 4, 7, 8].map(typefouten), [0, 0, 1, 1, 2]);
    }
}
