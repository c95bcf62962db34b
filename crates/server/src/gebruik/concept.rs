//! A draft of a protocol: the version that holds, with other numbers, rules put on or off. It is made to be weighed and to
//! be talked about; a region adopts it as a file.

mod schrijf;

use std::ops::RangeInclusive;

use signals::protocol::{
    AANTAL, Daarna, Eenheid, FACTOR, LESWEKEN, MAANDEN, MAX_STAPPEN, Regel, SCHOOLDAGEN, Venster, Vorm,
};

pub use schrijf::schrijf;

/// A slider goes up to so many times what holds, and at least to [`MIN_BEREIK`].
const BEREIK: u16 = 3;
/// The least that a slider goes up to.
const MIN_BEREIK: u16 = 12;

/// A number of a rule, or a list of them, that a draft can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Getal {
    /// The threshold: a sum, a count, months, a minimum, or the steps.
    Drempel,
    /// The warnings that the threshold comes near.
    Nadert,
    /// The length of the window.
    Venster,
    /// How many times the window before.
    Factor,
    /// Below what the count must have fallen before it fires again.
    Onder,
    /// After how many schooldagen it may fire again.
    Stilte,
}

impl Getal {
    /// Its letter in an address.
    pub fn letter(self) -> char {
        match self {
            Getal::Drempel => 'd',
            Getal::Nadert => 'n',
            Getal::Venster => 'v',
            Getal::Factor => 'f',
            Getal::Onder => 'o',
            Getal::Stilte => 's',
        }
    }
}

/// What one of these is, and what it may become: the same as in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maat {
    /// Which.
    pub getal: Getal,
    /// What it is, in words ("Drempel in uren").
    pub woorden: &'static str,
    /// What it is under the version that holds.
    pub nu: Vec<u16>,
    /// What each number may be.
    pub bereik: RangeInclusive<u16>,
    /// Up to what a slider goes; `None` for what is seldom moved.
    pub schuif: Option<u16>,
    /// How many numbers there may be: 1, or more for a list.
    pub hoogstens: usize,
}

/// What somebody chose for one rule.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keuze {
    /// Whether it is in use.
    pub aan: bool,
    /// Numbers that were chosen; what is not there stays as it is.
    pub getallen: Vec<(Getal, Vec<u16>)>,
}

/// Whether a rule can be put on and off: not what the law says.
pub fn schakelt(regel: &Regel) -> bool {
    !register::is_wettelijk(regel)
}

/// What of a rule can be moved. Of what the law says only the warnings: where it counts, how far back and when again is
/// what makes it the rule of the law.
pub fn maten(regel: &Regel) -> Vec<Maat> {
    let drempel = drempelmaat(regel);
    let below = drempel.nu.first().map_or(1, |nu| nu.saturating_sub(1)).max(1);
    let nadert = (!regel.nadert.is_empty()).then(|| Maat {
        getal: Getal::Nadert,
        woorden: "Bericht vooraf bij",
        nu: regel.nadert.clone(),
        bereik: AANTAL,
        schuif: Some(below),
        hoogstens: MAX_STAPPEN,
    });
    if !schakelt(regel) {
        return nadert.into_iter().collect();
    }
    [Some(drempel), nadert, venstermaat(regel), factormaat(regel), daarnamaat(regel)].into_iter().flatten().collect()
}

fn drempelmaat(regel: &Regel) -> Maat {
    let (woorden, nu, bereik) = match &regel.vorm {
        Vorm::SomInVenster { eenheid, drempel, .. } => (som(*eenheid), vec![*drempel], AANTAL),
        Vorm::KerenPerSchooljaar { stappen } => (stap(stappen, "keren"), stappen.clone(), AANTAL),
        Vorm::ReeksenInVenster { drempel, .. } => ("Drempel in keren", vec![*drempel], AANTAL),
        Vorm::Aaneengesloten { stappen, .. } => (stap(stappen, "schooldagen"), stappen.clone(), SCHOOLDAGEN),
        Vorm::Kalendermaanden { maanden, .. } => ("Drempel in maanden", vec![u16::from(*maanden)], MAANDEN),
        Vorm::Stijging { eenheid, minimum, .. } => (som(*eenheid), vec![*minimum], AANTAL),
        Vorm::Weekdag { drempel, .. } => ("Drempel in dagen", vec![*drempel], AANTAL),
    };
    let first = nu.first().copied().unwrap_or(1);
    let top = first.saturating_mul(BEREIK).max(MIN_BEREIK).min(*bereik.end()).max(first);
    let list = matches!(regel.vorm, Vorm::KerenPerSchooljaar { .. } | Vorm::Aaneengesloten { .. });
    let hoogstens = if list { MAX_STAPPEN } else { 1 };
    Maat { getal: Getal::Drempel, woorden, nu, bereik, schuif: Some(top), hoogstens }
}

fn venstermaat(regel: &Regel) -> Option<Maat> {
    let (woorden, nu, bereik) = match venster(&regel.vorm)? {
        Venster::Lesweken(n) => ("Over hoeveel lesweken", u16::from(n), LESWEKEN),
        Venster::Schooldagen(n) => ("Over hoeveel schooldagen", n, SCHOOLDAGEN),
    };
    Some(Maat { getal: Getal::Venster, woorden, nu: vec![nu], bereik, schuif: None, hoogstens: 1 })
}

fn venster(vorm: &Vorm) -> Option<Venster> {
    match vorm {
        Vorm::SomInVenster { venster, .. }
        | Vorm::ReeksenInVenster { venster, .. }
        | Vorm::Stijging { venster, .. }
        | Vorm::Weekdag { venster, .. } => Some(*venster),
        _ => None,
    }
}

fn factormaat(regel: &Regel) -> Option<Maat> {
    let Vorm::Stijging { factor, .. } = regel.vorm else { return None };
    let (woorden, nu) = ("Hoeveel keer zo veel", vec![factor]);
    Some(Maat { getal: Getal::Factor, woorden, nu, bereik: FACTOR, schuif: None, hoogstens: 1 })
}

fn daarnamaat(regel: &Regel) -> Option<Maat> {
    let (getal, woorden, nu, bereik) = match regel.daarna {
        Daarna::Hysterese { onder } => (Getal::Onder, "Pas opnieuw als het eerst onder dit aantal was", onder, AANTAL),
        Daarna::Stilte { schooldagen } => {
            (Getal::Stilte, "Pas opnieuw na zo veel schooldagen", schooldagen, SCHOOLDAGEN)
        }
        Daarna::Herstart | Daarna::Geen => return None,
    };
    Some(Maat { getal, woorden, nu: vec![nu], bereik, schuif: None, hoogstens: 1 })
}

fn som(eenheid: Eenheid) -> &'static str {
    match eenheid {
        Eenheid::Uren => "Drempel in uren",
        Eenheid::Keren => "Drempel in keren",
        Eenheid::Dagen => "Drempel in dagen",
    }
}

fn stap(stappen: &[u16], wat: &str) -> &'static str {
    match (stappen.len(), wat) {
        (0 | 1, "keren") => "Drempel in keren",
        (0 | 1, _) => "Drempel in schooldagen",
        (_, "keren") => "Stappen in keren",
        _ => "Stappen in schooldagen",
    }
}

/// Numbers as a person writes them: "3, 6, 9".
pub fn getallen(lijst: &[u16]) -> String {
    lijst.iter().map(u16::to_string).collect::<Vec<_>>().join(", ")
}

impl Maat {
    /// Reads what somebody filled in.
    ///
    /// # Errors
    /// When it is not a number, not within what is allowed, or a list that does not rise; what to do instead.
    pub fn lees(&self, tekst: &str) -> Result<Vec<u16>, String> {
        let (van, tot) = (self.bereik.start(), self.bereik.end());
        let words: Vec<&str> = tekst.split([',', ';', ' ']).filter(|word| !word.is_empty()).collect();
        if words.is_empty() && self.getal == Getal::Nadert {
            return Ok(Vec::new());
        }
        if self.hoogstens == 1 {
            let read = words.first().and_then(|word| word.parse().ok()).filter(|_| words.len() == 1);
            let good = read.filter(|getal| self.bereik.contains(getal));
            return good.map(|getal| vec![getal]).ok_or(format!("Kies een heel getal van {van} tot en met {tot}."));
        }
        let read: Option<Vec<u16>> = words.iter().map(|word| word.parse().ok()).collect();
        let Some(read) = read.filter(|read| !read.is_empty()) else {
            return Err("Schrijf hele getallen met een komma ertussen, zoals 3, 6, 9.".to_owned());
        };
        if !read.iter().all(|getal| self.bereik.contains(getal)) {
            return Err(format!("Kies hele getallen van {van} tot en met {tot}."));
        }
        if !read.is_sorted_by(|a, b| a < b) {
            return Err("Maak elk getal hoger dan het getal ervoor.".to_owned());
        }
        if read.len() > self.hoogstens {
            return Err(format!("Schrijf hoogstens {} getallen op.", self.hoogstens));
        }
        Ok(read)
    }
}

/// The rule with these numbers and on or off; with numbers that do not go together as it was, and what to do about them.
pub fn concept(regel: &Regel, keuze: &Keuze) -> (Regel, Vec<(Getal, String)>) {
    let mut nieuw = regel.clone();
    let moves = maten(regel);
    let allowed = keuze.getallen.iter().filter(|(getal, _)| moves.iter().any(|maat| maat.getal == *getal));
    allowed.for_each(|(getal, waarden)| zet(&mut nieuw, *getal, waarden));
    let fouten = past(&nieuw);
    if !fouten.is_empty() {
        nieuw = regel.clone();
    }
    nieuw.aan = if schakelt(regel) { keuze.aan } else { regel.aan };
    (nieuw, fouten)
}

fn zet(regel: &mut Regel, getal: Getal, waarden: &[u16]) {
    if getal == Getal::Nadert {
        regel.nadert = waarden.to_vec();
        return;
    }
    let Some(first) = waarden.first().copied() else { return };
    match (getal, &mut regel.vorm, &mut regel.daarna) {
        (Getal::Drempel, Vorm::KerenPerSchooljaar { stappen } | Vorm::Aaneengesloten { stappen, .. }, _) => {
            *stappen = waarden.to_vec();
        }
        (Getal::Drempel, Vorm::Kalendermaanden { maanden, .. }, _) => {
            *maanden = u8::try_from(first).unwrap_or(*maanden);
        }
        (
            Getal::Drempel,
            Vorm::SomInVenster { drempel, .. } | Vorm::ReeksenInVenster { drempel, .. } | Vorm::Weekdag { drempel, .. },
            _,
        ) => *drempel = first,
        (Getal::Drempel, Vorm::Stijging { minimum, .. }, _) => *minimum = first,
        (Getal::Factor, Vorm::Stijging { factor, .. }, _) => *factor = first,
        (
            Getal::Venster,
            Vorm::SomInVenster { venster, .. }
            | Vorm::ReeksenInVenster { venster, .. }
            | Vorm::Stijging { venster, .. }
            | Vorm::Weekdag { venster, .. },
            _,
        ) => match venster {
            Venster::Lesweken(n) => *n = u8::try_from(first).unwrap_or(*n),
            Venster::Schooldagen(n) => *n = first,
        },
        (Getal::Onder, _, Daarna::Hysterese { onder }) => *onder = first,
        (Getal::Stilte, _, Daarna::Stilte { schooldagen }) => *schooldagen = first,
        _ => {}
    }
}

/// Whether the numbers of a rule go together, as the document asks: warnings lie below the threshold, and it is armed
/// again at or below it.
fn past(regel: &Regel) -> Vec<(Getal, String)> {
    let drempel = match regel.vorm {
        Vorm::SomInVenster { drempel, .. } | Vorm::ReeksenInVenster { drempel, .. } => drempel,
        _ => return Vec::new(),
    };
    let mut fouten = Vec::new();
    if regel.nadert.iter().any(|stap| *stap >= drempel) {
        let tekst = match drempel.saturating_sub(1) {
            0 => "Bij een drempel van 1 past geen bericht vooraf. Maak dit veld leeg.".to_owned(),
            below => format!("Een bericht vooraf komt voor de drempel: kies van 1 tot en met {below}."),
        };
        fouten.push((Getal::Nadert, tekst));
    }
    if let Daarna::Hysterese { onder } = regel.daarna
        && onder > drempel
    {
        fouten.push((Getal::Onder, format!("Kies hoogstens de drempel: van 1 tot en met {drempel}.")));
    }
    fouten
}

#[cfg(test)]
mod tests;
