//! Names: the most frequent surnames drawn by count, so that two children called de Jong meet as they do in reality,
//! and made-up names with the letters, prefixes and lengths on which software stumbles.

use crate::toeval::Toeval;

const ACHTERNAMEN: &str = include_str!("../data/achternamen.csv");
const VOORNAMEN: &str = include_str!("../data/voornamen.csv");

/// Surnames that the list of frequent names lacks: prefix and name, made up from common parts.
const BIJZONDERE_ACHTERNAMEN: [(&str, &str); 24] = [
    ("", "Yılmazöz"),
    ("", "Çelikoğlu"),
    ("", "Gümüşdağ"),
    ("", "Doğanşahin"),
    ("", "Özçınar"),
    ("", "Øksendahl"),
    ("", "Nguyễn-Bos"),
    ("", "Kovaříková"),
    ("", "Wójcikowska"),
    ("", "García-Muñoz"),
    ("", "Gonçalves Pereira"),
    ("", "El Bouâzzaoui"),
    ("", "Ait-Ouhamou"),
    ("", "Tesfa-Haile"),
    ("", "Al-Khalidi"),
    ("", "Béréziat"),
    ("d'", "Hoëvelle"),
    ("van 't", "Proefveld"),
    ("in 't", "Waddengat"),
    ("op de", "Beïnvloed"),
    ("", "Jansen-van der Velde"),
    ("", "Bakker-Öztürk"),
    ("van den", "Broek-de Jong"),
    ("van der", "Meer tot Proefhoven van Langedijkerwaard en Zandhorst"),
];

/// First names that the list lacks: name and sex.
const BIJZONDERE_VOORNAMEN: [(&str, u8); 24] = [
    ("Zoë", 2),
    ("Daniël", 1),
    ("Noëlle", 2),
    ("Chloé", 2),
    ("Anaïs", 2),
    ("François", 1),
    ("Renée", 2),
    ("Çağla", 2),
    ("Işıl", 2),
    ("Ayşegül", 2),
    ("Gökçe", 1),
    ("Oğuzhan", 1),
    ("Søren", 1),
    ("Bjørn", 1),
    ("Łukasz", 1),
    ("Zdeněk", 1),
    ("Thảo", 2),
    ("Inés", 2),
    ("João", 1),
    ("Aïcha", 2),
    ("Jan-Willem", 1),
    ("Anne-Fleur", 2),
    ("Mohamed-Amine", 1),
    ("Maria-Magdalena", 2),
];

/// Of a thousand, how many draw from the made-up names.
const BIJZONDER_PROMILLE: u32 = 60;

/// A surname: prefix apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Achternaam {
    pub voorvoegsel: &'static str,
    pub naam: &'static str,
}

impl Achternaam {
    /// Prefix and name as one string.
    pub(crate) fn heel(self) -> String {
        match self.voorvoegsel {
            "" => self.naam.to_owned(),
            elided if elided.ends_with('\'') && elided.starts_with('d') => format!("{elided}{}", self.naam),
            prefix => format!("{prefix} {}", self.naam),
        }
    }
}

/// First names in full, and the one somebody is called by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Voornamen {
    pub alle: String,
    pub roepnaam: &'static str,
}

/// The lists of names, read once.
pub(crate) struct Namen {
    /// Surname with the sum of the counts up to and including it.
    achternamen: Vec<(Achternaam, usize)>,
    jongens: Vec<&'static str>,
    meisjes: Vec<&'static str>,
}

impl Namen {
    pub(crate) fn lees() -> Self {
        let mut sum = 0;
        let achternamen = ACHTERNAMEN
            .lines()
            .skip(1)
            .filter_map(|line| {
                let (naam, aantal) = line.split_once(',')?;
                sum += aantal.trim().parse::<usize>().ok()?;
                Some((split(naam), sum))
            })
            .collect();
        let of_sex = |wanted: &str| {
            let names = VOORNAMEN.lines().skip(1).filter_map(|line| line.split_once(','));
            names.filter(|(_, geslacht)| geslacht.trim() == wanted).map(|(naam, _)| naam).collect()
        };
        Namen { achternamen, jongens: of_sex("1"), meisjes: of_sex("2") }
    }

    /// A surname, frequent ones more often.
    pub(crate) fn achternaam(&self, toeval: &mut Toeval) -> Achternaam {
        if toeval.kans(BIJZONDER_PROMILLE) {
            let (voorvoegsel, naam) = toeval.kies(&BIJZONDERE_ACHTERNAMEN);
            return Achternaam { voorvoegsel, naam };
        }
        let total = self.achternamen.last().map_or(0, |(_, sum)| *sum);
        let ticket = toeval.onder(total);
        let place = self.achternamen.partition_point(|(_, sum)| *sum <= ticket);
        self.achternamen.get(place).map(|(naam, _)| *naam).unwrap_or_default()
    }

    /// One to three first names for somebody of that sex (1 male, 2 female).
    pub(crate) fn voornamen(&self, geslacht: u8, toeval: &mut Toeval) -> Voornamen {
        let roepnaam = self.voornaam(geslacht, toeval);
        let mut alle = roepnaam.to_owned();
        for promille in [450, 200] {
            if !toeval.kans(promille) {
                break;
            }
            let extra = self.voornaam(geslacht, toeval);
            if !alle.contains(extra) {
                alle.push(' ');
                alle.push_str(extra);
            }
        }
        Voornamen { alle, roepnaam }
    }

    /// One first name for somebody of that sex.
    pub(crate) fn voornaam(&self, geslacht: u8, toeval: &mut Toeval) -> &'static str {
        if toeval.kans(BIJZONDER_PROMILLE) {
            let (naam, of_sex) = toeval.kies(&BIJZONDERE_VOORNAMEN);
            if of_sex == geslacht {
                return naam;
            }
        }
        toeval.kies(if geslacht == 1 { &self.jongens } else { &self.meisjes })
    }
}

/// Takes the words in small letters before a surname off.
fn split(naam: &'static str) -> Achternaam {
    let small = |word: &str| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
    let start = naam.split(' ').take_while(|word| small(word)).map(|word| word.len() + 1).sum::<usize>();
    match (start > 0).then(|| naam.split_at_checked(start)).flatten() {
        Some((voorvoegsel, rest)) if !rest.is_empty() => Achternaam { voorvoegsel: voorvoegsel.trim_end(), naam: rest },
        _ => Achternaam { voorvoegsel: "", naam },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_lists_is_read() {
        let namen = Namen::lees();
        assert_eq!(namen.achternamen.len(), 1_000);
        assert_eq!((namen.jongens.len(), namen.meisjes.len()), (251, 251));
    }

    #[test]
    fn prefixes_are_taken_off() {
        let check = |heel, voorvoegsel, naam| {
            let found = split(heel);
            assert_eq!((found.voorvoegsel, found.naam), (voorvoegsel, naam));
            assert_eq!(found.heel(), heel);
        };
        check("van den Berg", "van den", "Berg");
        check("de Jong", "de", "Jong");
        check("van 't Hof", "van 't", "Hof");
        check("Jansen", "", "Jansen");
        check("Öztürk", "", "Öztürk");
    }

    #[test]
    fn frequent_names_are_drawn_more_often() {
        let (namen, mut toeval) = (Namen::lees(), Toeval::new(1, 1));
        let drawn: Vec<&str> = (0..20_000).map(|_| namen.achternaam(&mut toeval).naam).collect();
        let count = |naam| drawn.iter().filter(|found| **found == naam).count();
        assert!(count("Jong") > 200, "{}", count("Jong"));
        assert!(count("Jong") > 3 * count("Verheul"));
    }
}
