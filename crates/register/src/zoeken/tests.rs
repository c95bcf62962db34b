//! What is found is what a plain look at every child finds.

use proptest::prelude::*;

use std::collections::BTreeSet;

use super::*;

/// Fewest mistakes between what was typed and any beginning of a word, from the definition: letter by letter, with two
/// letters beside each other swapped as one mistake.
fn mistakes(typed: &[char], word: &[char]) -> usize {
    let (m, n) = (typed.len(), word.len());
    let mut d = vec![vec![0usize; n + 1]; m + 1];
    for i in 0..=m {
        for j in 0..=n {
            d[i][j] = match (i, j) {
                (0, _) => j,
                (_, 0) => i,
                _ => {
                    let change = d[i - 1][j - 1] + usize::from(typed[i - 1] != word[j - 1]);
                    let mut best = change.min(d[i - 1][j] + 1).min(d[i][j - 1] + 1);
                    if i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1] {
                        best = best.min(d[i - 2][j - 2] + 1);
                    }
                    best
                }
            };
        }
    }
    (0..=n).map(|j| d[m][j]).min().unwrap()
}

/// What a part costs at a child, by looking at all its words.
fn cost(deel: &Deel, kind: &Trefwoorden) -> Option<u16> {
    let begins = |words: &Woordrij, tekst: &str| {
        let found = words.iter().filter(|word| word.starts_with(tekst));
        found.map(|word| vraag::kosten(tekst.chars().count(), word.chars().count(), 0)).min()
    };
    match deel {
        Deel::Naam { letters, tekst } => {
            let named = kind.namen.iter().filter_map(|word| {
                // Longer words are cut.
                let word: Vec<char> = word.chars().take(MAX_LETTERS).collect();
                let wrong = u8::try_from(mistakes(letters, &word)).unwrap();
                let forgiven = wrong <= vraag::typefouten(letters.len());
                forgiven.then(|| vraag::kosten(letters.len(), word.len(), wrong))
            });
            named.chain(begins(&kind.tussenvoegsels, tekst)).min()
        }
        Deel::Nummer(tekst) => begins(&kind.nummers, tekst),
        Deel::Geboren(geboren) => kind.geboren.iter().any(|dag| geboren.is(*dag)).then_some(0),
    }
}

fn naive(kinderen: &[Trefwoorden], vraag: &Zoekvraag, hidden: &BTreeSet<u32>, hoogstens: usize) -> Vondst {
    let total = |kind: &Trefwoorden| {
        let costs: Option<Vec<u16>> = vraag.delen.iter().map(|deel| cost(deel, kind)).collect();
        costs.filter(|costs| !costs.is_empty()).map(|costs| costs.iter().sum::<u16>())
    };
    let seen = (0..).zip(kinderen).filter(|(plek, _)| !hidden.contains(plek));
    let mut all: Vec<(u16, u32)> = seen.filter_map(|(plek, kind)| Some((total(kind)?, plek))).collect();
    all.sort_unstable();
    let aantal = all.len();
    Vondst { plekken: all.into_iter().take(hoogstens).map(|(_, plek)| plek).collect(), aantal }
}

fn kind(voornaam: &str, achternaam: &str, nummer: &str, geboren: Option<Date>) -> Trefwoorden {
    let namen = [achternaam, voornaam].map(str::to_owned).into_iter();
    Trefwoorden::uit(namen, std::iter::once(nummer), geboren.into_iter())
}

fn vinden<'k>(kinderen: &[(&'k str, &str)], tekst: &str) -> Vec<&'k str> {
    let words = |(id, (voor, achter)): (u32, &(&str, &str))| kind(voor, achter, &format!("10{id}"), None);
    let all: Vec<Trefwoorden> = (1..).zip(kinderen).map(words).collect();
    let found = Zoekindex::van_woorden(&all).zoek(&Zoekvraag::lees(tekst), |_| true, 10);
    found.plekken.iter().map(|plek| kinderen[*plek as usize].0).collect()
}

#[test]
fn people_are_found_the_way_people_type() {
    let klas = [
        ("Samira", "El Amrani"),
        ("Sam", "de Boer"),
        ("Noor", "van der Meer-de Vries"),
        ("José", "Østergård"),
        ("Jan-Peter", "Jansen"),
        ("Jansje", "Janssen"),
        ("Fatima Zahra", "Yıldız"),
    ];
    for (tekst, expected) in [
        ("de boer sam", &["Sam"][..]),
        ("sam boer", &["Sam"]),
        ("Boer, Sam de", &["Sam"]),
        ("sam d", &["Sam"]),
        ("sam", &["Sam", "Samira"]),
        ("smaira", &["Samira"]),
        ("elamrani", &["Samira"]),
        ("amrani", &["Samira"]),
        ("vries noor", &["Noor"]),
        ("jose ostergard", &["José"]),
        ("janpeter", &["Jan-Peter"]),
        ("jansen", &["Jan-Peter", "Jansje"]),
        ("janssen", &["Jansje", "Jan-Peter"]),
        ("yildis", &["Fatima Zahra"]),
        ("osetrgrad", &["José"]),
        ("boerr", &["Sam"]),
        ("bor", &[]),
        ("sam vries", &[]),
        ("103", &["Noor"]),
        ("noor 103", &["Noor"]),
        ("noor 104", &[]),
        ("", &[]),
    ] {
        assert_eq!(vinden(&klas, tekst), expected, "{tekst}");
    }
}

fn word() -> impl Strategy<Value = String> {
    // A small alphabet, so that words lie close to each other.
    // A few longer than what is compared.
    prop_oneof![5 => "[abn]{1,10}", 1 => "[ab]{0,2}[b]{30,40}", 1 => Just("de".to_owned()), 1 => Just("van".to_owned())]
}

fn name() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..4).prop_map(|words| words.join(" "))
}

fn child() -> impl Strategy<Value = Trefwoorden> {
    let born = prop::option::of((2010i16..2013, 1i8..4, 1i8..4));
    (name(), name(), "[12]{1,4}", born).prop_map(|(voor, achter, nummer, geboren)| {
        kind(&voor, &achter, &nummer, geboren.map(|(j, m, d)| Date::new(j, m, d).unwrap()))
    })
}

fn question() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        6 => word(),
        1 => "[12]{1,3}",
        1 => (1i8..4, 1i8..4, prop::option::of(2010i16..2013))
            .prop_map(|(d, m, j)| j.map_or(format!("{d}-{m}"), |j| format!("{d}-{m}-{j}"))),
    ];
    prop::collection::vec(part, 0..4).prop_map(|parts| parts.join(" "))
}

proptest! {
    #[test]
    fn what_is_found_is_what_looking_at_every_child_finds(
        kinderen in prop::collection::vec(child(), 0..25),
        questions in prop::collection::vec(question(), 1..8),
        hidden in prop::collection::btree_set(0u32..25, 0..25),
        hoogstens in 1usize..6,
    ) {
        let index = Zoekindex::van_woorden(&kinderen);
        for question in &questions {
            let vraag = Zoekvraag::lees(question);
            let found = index.zoek(&vraag, |plek| !hidden.contains(&plek), hoogstens);
            prop_assert_eq!(&found, &naive(&kinderen, &vraag, &hidden, hoogstens), "{}", question);
            prop_assert!(found.plekken.iter().all(|plek| !hidden.contains(plek)), "nobody outside what may be seen");
        }
    }
}
