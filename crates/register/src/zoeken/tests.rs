//! What is found is what a plain look at every child finds.

use proptest::prelude::*;

use std::collections::BTreeMap;

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
                let word: Vec<char> = word.chars().collect();
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

fn naive(
    kinderen: &BTreeMap<LeerlingId, Kind>,
    vraag: &Zoekvraag,
    zichtbaar: &[LeerlingId],
    hoogstens: usize,
) -> Vondst {
    let total = |kind: &Trefwoorden| {
        let costs: Option<Vec<u16>> = vraag.delen.iter().map(|deel| cost(deel, kind)).collect();
        costs.filter(|costs| !costs.is_empty()).map(|costs| costs.iter().sum::<u16>())
    };
    let seen = kinderen.iter().filter(|(leerling, _)| zichtbaar.contains(leerling));
    let mut all: Vec<(u16, Sleutel, LeerlingId)> =
        seen.filter_map(|(leerling, (order, kind))| Some((total(kind)?, *order, *leerling))).collect();
    all.sort_unstable();
    let aantal = all.len();
    Vondst { leerlingen: all.into_iter().take(hoogstens).map(|(.., leerling)| leerling).collect(), aantal }
}

/// A child by its words, with its place among those that match alike.
type Kind = (Sleutel, Trefwoorden);

fn kind(voornaam: &str, achternaam: &str, nummer: &str, geboren: Option<Date>) -> Kind {
    let namen = [achternaam, voornaam].map(str::to_owned).into_iter();
    let woorden = Trefwoorden::uit(namen, std::iter::once(nummer), geboren.into_iter());
    ([sleutel(achternaam), sleutel(voornaam)], woorden)
}

fn vinden(kinderen: &[(&str, &str)], tekst: &str) -> Vec<String> {
    let all: Vec<(LeerlingId, Kind)> = (1..)
        .zip(kinderen)
        .map(|(id, (voor, achter))| (LeerlingId::new(id), kind(voor, achter, &format!("10{id}"), None)))
        .collect();
    let index = Zoekindex::van_woorden(all.iter().map(|(leerling, (order, woorden))| (*leerling, *order, woorden)));
    let found = index.zoek(&Zoekvraag::lees(tekst), |_| true, 10);
    let name = |leerling: &LeerlingId| kinderen[usize::try_from(leerling.0.get() - 1).unwrap()].0.to_owned();
    found.leerlingen.iter().map(name).collect()
}

#[test]
fn people_are_found_the_way_people_type() {
    let klas = [
        ("Sam", "de Boer"),
        ("Samira", "El Amrani"),
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
    prop_oneof![5 => "[abn]{1,10}", 1 => Just("de".to_owned()), 1 => Just("van".to_owned())]
}

fn name() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..4).prop_map(|words| words.join(" "))
}

fn child() -> impl Strategy<Value = Kind> {
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
        kinderen in prop::collection::btree_map(1u64..30, child(), 0..25),
        questions in prop::collection::vec(question(), 1..8),
        hidden in prop::collection::btree_set(1u64..30, 0..29),
        hoogstens in 1usize..6,
    ) {
        let known: BTreeMap<LeerlingId, Kind> =
            kinderen.into_iter().map(|(id, kind)| (LeerlingId::new(id), kind)).collect();
        let all = known.iter().rev().map(|(leerling, (order, woorden))| (*leerling, *order, woorden));
        let index = Zoekindex::van_woorden(all);
        let zichtbaar: Vec<LeerlingId> = (1..30).filter(|id| !hidden.contains(id)).map(LeerlingId::new).collect();
        for question in &questions {
            let vraag = Zoekvraag::lees(question);
            let found = index.zoek(&vraag, |leerling| zichtbaar.contains(&leerling), hoogstens);
            prop_assert_eq!(&found, &naive(&known, &vraag, &zichtbaar, hoogstens), "{}", question);
            let gone: Vec<LeerlingId> =
                zichtbaar.iter().copied().filter(|leerling| found.leerlingen.contains(leerling)).collect();
            prop_assert_eq!(gone.len(), found.leerlingen.len(), "nobody outside what may be seen");
        }
    }
}
