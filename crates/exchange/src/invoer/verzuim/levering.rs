//! The line `#levering`: for which school and period a file states all absence.

use domain::Date;
use domain::nummers::{Brin, Vestigingscode};
use domain::period::{Period, days_between};

use crate::invoer::bevinding::{Gebrek, Weigering};
use crate::invoer::regels::{MAX_REGEL, Stuk, split_line};
use crate::invoer::{Kader, veld};

/// The longest period of one delivery, in days: a school year and a month.
pub const MAX_LEVERING: i32 = 400;

const WOORD: &[u8] = b"#levering";
/// The first day that a delivery can be about.
const EERSTE_DAG: Date = Date::constant(2000, 1, 1);
const VOORBEELD: &str =
    "Schrijf de eerste regel als: #levering brin=90AA;vestigingscode=90AA00;van=2026-02-01;tot_en_met=2026-02-28";

/// A site states all its absence over a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Levering {
    /// The site.
    pub vestiging: Vestigingscode,
    /// The days for which the file is complete.
    pub periode: Period,
}

/// Takes the line `#levering` off the text, when it starts with one.
///
/// # Errors
/// When there is such a line and it does not declare a school and a period that can be.
pub(super) fn split<'a>(text: &'a [u8], kader: &Kader<'_>) -> Result<(Option<Levering>, Stuk<'a>), Weigering> {
    let (declared, stuk) = after(text);
    if !declared {
        return Ok((None, stuk));
    }
    let (line, _) = split_line(text);
    let words = line.strip_prefix(b"\"").unwrap_or(line).get(WOORD.len()..).unwrap_or_default();
    let words = if words.len() <= MAX_REGEL { std::str::from_utf8(words).ok() } else { None };
    let levering = words.ok_or_else(|| wrong("is niet te lezen", "")).and_then(|words| read(words, kader))?;
    Ok((Some(levering), stuk))
}

/// The text after the line `#levering`, and whether there was one.
pub(super) fn after(text: &[u8]) -> (bool, Stuk<'_>) {
    let (line, rest) = split_line(text);
    let unquoted = line.strip_prefix(b"\"").unwrap_or(line);
    if unquoted.get(..WOORD.len()).is_some_and(|word| word.eq_ignore_ascii_case(WOORD)) {
        (true, Stuk { bytes: rest, regel: 2 })
    } else {
        (false, Stuk { bytes: text, regel: 1 })
    }
}

/// Reads `brin=…;vestigingscode=…;van=…;tot_en_met=…`, in any order; `brin` may be left out.
fn read(words: &str, kader: &Kader<'_>) -> Result<Levering, Weigering> {
    let (mut brin, mut vestiging, mut van, mut tot_en_met) = (None, None, None, None);
    // A spreadsheet adds separators up to the last column, and quotes around the whole.
    for word in words.split(';').map(|word| word.trim_matches([' ', '"', ',', '\t'])).filter(|word| !word.is_empty()) {
        let (name, value) = word.split_once('=').ok_or_else(|| wrong("is niet te lezen", ""))?;
        let place = match name.trim() {
            "brin" => &mut brin,
            "vestigingscode" => &mut vestiging,
            "van" => &mut van,
            "tot_en_met" => &mut tot_en_met,
            _ => return Err(wrong("heeft een onbekend veld", "")),
        };
        if place.replace(value.trim()).is_some() {
            return Err(wrong("noemt een veld twee keer", ""));
        }
    }
    let vestiging = field("vestigingscode", vestiging, |text| veld::vestiging(text, kader.soort))?;
    let first = field("van", van, |text| veld::dag_tussen(text, EERSTE_DAG, kader.vandaag))?;
    let last = field("tot_en_met", tot_en_met, |text| veld::dag_tussen(text, first, kader.vandaag))?;
    if brin.is_some_and(|brin| Brin::parse(brin).ok() != Some(vestiging.brin())) {
        return field("brin", brin, |_| Err(veld::other_brin()));
    }
    if days_between(first, last) >= MAX_LEVERING {
        return Err(wrong(&format!("noemt een te lange periode (hoogstens {MAX_LEVERING} dagen)"), ""));
    }
    Ok(Levering { vestiging, periode: Period::through(first, last) })
}

/// A delivery that a layout declares, or whoever delivers the file.
///
/// # Errors
/// When the days cannot be: before 2000, after today, in the wrong order, or too many.
pub(super) fn check(
    vestiging: Vestigingscode,
    van: Date,
    tot_en_met: Date,
    kader: &Kader<'_>,
) -> Result<Levering, Gebrek> {
    let first = veld::tussen(van, EERSTE_DAG, kader.vandaag)?;
    let last = veld::tussen(tot_en_met, first, kader.vandaag)?;
    if days_between(first, last) >= MAX_LEVERING {
        return Err(Gebrek::new(
            "periode te lang",
            "De periode van de levering is te lang.",
            format!("Lever hoogstens {MAX_LEVERING} dagen tegelijk."),
        ));
    }
    Ok(Levering { vestiging, periode: Period::through(first, last) })
}

fn field<T>(name: &str, text: Option<&str>, read: impl FnOnce(&str) -> Result<T, Gebrek>) -> Result<T, Weigering> {
    let text = text.ok_or_else(|| wrong("mist het veld", name))?;
    read(text).map_err(|gebrek| {
        let Weigering { wat, .. } = wrong("heeft een fout in het veld", name);
        Weigering::new(format!("{wat} {}", gebrek.wat), gebrek.toegestaan)
    })
}

fn wrong(what: &str, field: &str) -> Weigering {
    let space = if field.is_empty() { "" } else { " " };
    Weigering::new(format!("De regel #levering {what}{space}{field}."), VOORBEELD)
}
