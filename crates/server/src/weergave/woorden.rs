//! Words and lines: days as one says them, people as one reaches them, and text that fits the width of a screen.

use domain::Date;
use domain::body::{Inschrijving, Medewerker, OrganisatieSoort, Persoonsgegevens, Wijze};
use domain::calendar::{datum, datum_met_dag};
use domain::ids::OrganisatieId;
use domain::period::from_day_number;
use domain::region::Rules;
use domain::status::{Status, Zekerheid};
use domain::verzuim::{Duur, Rij, VerzuimSoort};

pub use super::stand::gemeentenaam;

/// Columns of a line of text, at most.
pub const BREEDTE: usize = 100;

/// A day in the year that the reader has in mind needs no year: "24 maart", and "9 januari 2025" for another one.
pub fn dag(dag: Date, op: Date) -> String {
    zonder_jaar(datum(dag), dag, op)
}

/// The same with the day of the week: "dinsdag 24 maart".
pub fn weekdag(dag: Date, op: Date) -> String {
    zonder_jaar(datum_met_dag(dag), dag, op)
}

fn zonder_jaar(text: String, dag: Date, op: Date) -> String {
    let same_year = dag.year() == op.year();
    let short = same_year.then(|| text.rsplit_once(' ').map(|(short, _)| short.to_owned())).flatten();
    short.unwrap_or(text)
}

/// First and last day of a stretch: "9 t/m 20 februari", "21 februari t/m 1 maart", "op 3 maart".
pub fn van_tot(van: Date, tot_en_met: Date, op: Date) -> String {
    if van == tot_en_met {
        return dag(van, op);
    }
    let last = dag(tot_en_met, op);
    if (van.year(), van.month()) == (tot_en_met.year(), tot_en_met.month()) {
        return format!("{} t/m {last}", van.day());
    }
    format!("{} t/m {last}", dag(van, op))
}

/// A month in three letters ("mrt").
pub fn maand_kort(dag: Date) -> &'static str {
    const KORT: [&str; 12] = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
    usize::try_from(dag.month() - 1).ok().and_then(|place| KORT.get(place)).copied().unwrap_or_default()
}

/// A number with its noun: "1 dag", "7 dagen".
pub fn aantal(n: u32, een: &str, meer: &str) -> String {
    format!("{n} {}", if n == 1 { een } else { meer })
}

/// "a", "a en b", "a, b en c".
pub fn opsomming(delen: &[String]) -> String {
    match delen.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} en {last}", before.join(", ")),
    }
}

/// A sentence without its last full stop, so that more can follow it.
pub fn zonder_punt(zin: &str) -> &str {
    zin.trim().trim_end_matches('.')
}

/// With a capital.
pub fn hoofdletter(tekst: &str) -> String {
    let mut letters = tekst.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A sentence with a capital and one full stop.
pub fn zin(woorden: &str) -> String {
    let words = zonder_punt(woorden);
    let stop = if words.ends_with(['?', '!']) { "" } else { "." };
    format!("{}{stop}", hoofdletter(words))
}

/// Hours from quarters, with a comma: "12,5 uur".
pub fn uren(kwartieren: u32) -> String {
    let rest = match kwartieren % 4 {
        1 => ",25",
        2 => ",5",
        3 => ",75",
        _ => "",
    };
    format!("{}{rest} uur", kwartieren / 4)
}

/// The name one is called by, with the surname.
pub fn naam(persoon: &Persoonsgegevens) -> String {
    let first = if persoon.roepnaam.is_empty() { &persoon.voornamen } else { &persoon.roepnaam };
    let parts = [first, &persoon.voorvoegsel, &persoon.achternaam];
    parts.iter().filter(|part| !part.is_empty()).map(|part| part.zichtbaar()).collect::<Vec<_>>().join(" ")
}

/// A status in the few words of a list: "thuiszittende leerling (vermoedelijk) sinds 9 februari, drie maanden voorbij".
pub fn status_kort(status: &Status, op: Date) -> String {
    let sure = match status.zekerheid {
        Some(Zekerheid::Vermoedelijk) => " (vermoedelijk)",
        Some(Zekerheid::Betwist) => " (klopt dit niet?)",
        Some(Zekerheid::Weersproken) => " (klopt niet volgens leerplicht)",
        Some(Zekerheid::Bevestigd) | None => "",
    };
    let since = status.sinds.map(|day| format!(" sinds {}", dag(day, op))).unwrap_or_default();
    let passed = if status.drie_maanden_voorbij { ", drie maanden voorbij" } else { "" };
    format!("{}{sure}{since}{passed}", status.soort.woord())
}

/// Class, or else the year group in words: "klas 2b", "groep 6", "leerjaar 3".
pub fn klas(inschrijving: &Inschrijving) -> Option<String> {
    /// Year groups 11 and up are those of secondary schools, counted from 11.
    const VO: u8 = 10;
    if !inschrijving.klas.is_empty() {
        return Some(format!("klas {}", inschrijving.klas.zichtbaar()));
    }
    match inschrijving.jaargroep.zichtbaar().parse::<u8>().ok()? {
        groep @ 1..=8 => Some(format!("groep {groep}")),
        jaar @ 11..=16 => Some(format!("leerjaar {}", jaar - VO)),
        _ => None,
    }
}

/// A colleague as one reaches them: "mw. Visser (verzuimcoördinator, 072-555 01 23, ma-do)".
pub fn medewerker(wie: &Medewerker) -> String {
    let telefoon = wie.telefoon.zichtbaar().to_owned();
    let known: Vec<String> =
        [wie.functie.clone(), telefoon, werkdagen(wie.werkdagen)].into_iter().filter(|part| !part.is_empty()).collect();
    let naam = wie.naam.zichtbaar();
    if known.is_empty() { naam.to_owned() } else { format!("{naam} ({})", known.join(", ")) }
}

/// "ma-do", "ma, wo en vr"; nothing when no day is known.
pub fn werkdagen(dagen: [bool; 7]) -> String {
    const NAMEN: [&str; 7] = ["ma", "di", "wo", "do", "vr", "za", "zo"];
    let at: Vec<(usize, &str)> =
        NAMEN.iter().enumerate().zip(dagen).filter(|(_, works)| *works).map(|((at, naam), _)| (at, *naam)).collect();
    match (at.first(), at.last()) {
        (Some((a, first)), Some((b, last))) if at.len() > 2 && b - a + 1 == at.len() => format!("{first}-{last}"),
        _ => opsomming(&at.iter().map(|(_, naam)| (*naam).to_owned()).collect::<Vec<_>>()),
    }
}

/// What a party is called where there is only one of its kind: "school"; a party of many kinds by its name.
pub fn partij(id: OrganisatieId, r: &Rules) -> String {
    use OrganisatieSoort as S;
    match r.organisaties.get(&id).map(|organisatie| organisatie.soort) {
        Some(soort @ (S::School | S::Gemeente | S::Samenwerkingsverband | S::Bestuur | S::Jgz)) => {
            soort.label().to_owned()
        }
        _ => r.naam(id).to_owned(),
    }
}

/// One row of absence: "3 maart 2026 hele dag, ziek".
pub fn verzuimrij(rij: &Rij) -> String {
    let dag = datum(from_day_number(rij.dag.into()));
    let lesuur = if rij.lesuur > 0 { format!(" vanaf lesuur {}", rij.lesuur) } else { String::new() };
    let duur = match rij.duur {
        Duur::Dag => "hele dag".to_owned(),
        Duur::Kwartieren(kwartieren) => format!("{} uur", f64::from(kwartieren) / 4.0).replace('.', ","),
    };
    format!("{dag} {duur}{lesuur}, {}", verzuimsoort(rij.soort))
}

/// When on its day a row of absence was: "les 3", "les 3 (0,5 uur)", "hele dag".
pub fn wanneer(rij: &Rij) -> String {
    match (rij.lesuur, rij.duur) {
        (0, Duur::Dag) => "hele dag".to_owned(),
        (0, Duur::Kwartieren(quarters)) => uren(quarters.into()),
        (lesuur, Duur::Dag) => format!("les {lesuur}, hele dag"),
        (lesuur, Duur::Kwartieren(4)) => format!("les {lesuur}"),
        (lesuur, Duur::Kwartieren(quarters)) => format!("les {lesuur} ({})", uren(quarters.into())),
    }
}

/// Kinds of absence, as a sentence about days says them.
pub fn verzuimsoort(soort: VerzuimSoort) -> &'static str {
    use VerzuimSoort as S;
    match soort {
        S::Ongeoorloofd => "ongeoorloofd",
        S::Luxe => "vakantie zonder verlof",
        S::TeLaat => "te laat",
        S::Ziek => "ziek",
        S::Verlof => "verlof",
        S::Uitgestuurd => "uit de les gestuurd",
        S::Geschorst => "geschorst",
        S::Verwijderd => "verwijderd",
        S::Vrijstelling => "vrijgesteld",
        S::VrijgesteldLes => "vrijgesteld van een les",
        S::AangepastRooster => "aangepast rooster",
        S::ThuisOpVerzoekSchool => "thuis op verzoek van de school",
        S::Lesuitval => "lesuitval",
        S::OverigGeoorloofd => "om een andere reden geoorloofd",
    }
}

/// A page of plain text under construction. What people wrote is cleaned of line ends and control characters, so that
/// it can neither break the lines nor speak to a terminal.
#[derive(Debug, Default)]
pub struct Blad {
    regels: Vec<String>,
}

impl Blad {
    /// A heading of a part.
    pub fn kop(&mut self, tekst: &str) {
        self.regel("", "", tekst);
    }

    /// A paragraph.
    pub fn alinea(&mut self, tekst: &str) {
        self.regel("", "", tekst);
    }

    /// An item of a list.
    pub fn punt(&mut self, tekst: &str) {
        self.regel("  - ", "    ", tekst);
    }

    /// What belongs to the item above it.
    pub fn daaronder(&mut self, tekst: &str) {
        self.regel("    ", "    ", tekst);
    }

    /// A line that is laid out already: of a table.
    pub fn rij(&mut self, tekst: String) {
        self.regels.push(tekst);
    }

    /// An empty line, never two in a row.
    pub fn wit(&mut self) {
        if self.regels.last().is_some_and(|line| !line.is_empty()) {
            self.regels.push(String::new());
        }
    }

    /// The page.
    pub fn tekst(mut self) -> String {
        while self.regels.last().is_some_and(String::is_empty) {
            self.regels.pop();
        }
        self.regels.join("\n")
    }

    fn regel(&mut self, eerste: &str, verder: &str, tekst: &str) {
        let clean: String = tekst.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let mut line = eerste.to_owned();
        let mut empty = true;
        for word in clean.split_whitespace().flat_map(pieces) {
            let length = line.chars().count() + word.chars().count();
            if !empty && length + 1 > BREEDTE {
                self.regels.push(std::mem::replace(&mut line, verder.to_owned()));
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        self.regels.push(line);
    }
}

/// A word in pieces that fit on a line of their own.
fn pieces(word: &str) -> impl Iterator<Item = &str> {
    const STUK: usize = BREEDTE - 4;
    let mut rest = word;
    std::iter::from_fn(move || {
        let end = rest.char_indices().nth(STUK).map_or(rest.len(), |(at, _)| at);
        let (piece, after) = rest.split_at_checked(end)?;
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// An attempt to reach somebody.
pub fn poging(wijze: Wijze) -> &'static str {
    match wijze {
        Wijze::Telefoon => "gebeld, geen gehoor",
        Wijze::Huisbezoek => "aan de deur geweest, niemand thuis",
        Wijze::Gesprek => "uitgenodigd, niemand gekomen",
        Wijze::Bericht => "bericht gestuurd, geen antwoord",
    }
}

/// The same words with short pairs kept on one line: "klas 4a", "3 maart", "6 uur", "555 01 23". For screens and paper; a
/// file keeps its plain spaces.
pub fn vast(tekst: &str) -> String {
    const VOOR_GETAL: &[&str] = &["klas", "groep", "leerjaar", "week", "dag"];
    let digits = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let pair = |one: &str, next: &str| {
        let (begin, end) = (next.chars().next(), plain(next));
        let number = begin.is_some_and(|c| c.is_ascii_digit());
        VOOR_GETAL.contains(&plain(one).as_str()) && number
            || digits(one) && one.len() <= 3 && begin.is_some_and(char::is_alphabetic)
            || one.ends_with(|c: char| c.is_ascii_digit()) && digits(&end) && end.len() <= 2
    };
    let mut vast = String::with_capacity(tekst.len());
    let mut words = tekst.split(' ').peekable();
    while let Some(word) = words.next() {
        vast.push_str(word);
        if let Some(next) = words.peek() {
            vast.push(if pair(word, next) { '\u{a0}' } else { ' ' });
        }
    }
    vast
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_and_stretches_read_as_one_says_them() {
        let op = date(2026, 3, 20);
        for (van, tot, tekst) in [
            (date(2026, 2, 9), date(2026, 2, 20), "9 t/m 20 februari"),
            (date(2026, 2, 21), date(2026, 3, 1), "21 februari t/m 1 maart"),
            (date(2025, 12, 20), date(2026, 1, 4), "20 december 2025 t/m 4 januari"),
            (date(2025, 12, 2), date(2025, 12, 4), "2 t/m 4 december 2025"),
            (date(2026, 3, 3), date(2026, 3, 3), "3 maart"),
        ] {
            assert_eq!(van_tot(van, tot, op), tekst);
        }
        assert_eq!(weekdag(date(2026, 3, 24), op), "dinsdag 24 maart");
        assert_eq!(weekdag(date(2027, 3, 24), op), "woensdag 24 maart 2027");
    }

    #[test]
    fn working_days_are_a_run_or_a_list() {
        let dagen = |text: &str| std::array::from_fn(|at| text.as_bytes().get(at) == Some(&b'x'));
        for (werkt, tekst) in [
            ("xxxx", "ma-do"),
            ("xxxxx", "ma-vr"),
            ("x x x", "ma, wo en vr"),
            ("xx", "ma en di"),
            (" x", "di"),
            ("", ""),
            ("xx xx", "ma, di, do en vr"),
        ] {
            assert_eq!(werkdagen(dagen(werkt)), tekst);
        }
    }

    #[test]
    fn short_pairs_stay_on_one_line_and_sentences_do_not() {
        for (tekst, vast_) in [
            ("klas 4a", "klas_4a"),
            ("Groep 6, Proefschool", "Groep_6, Proefschool"),
            ("van 3 maart 2026 t/m 5 april 2026", "van 3_maart 2026 t/m 5_april 2026"),
            ("6 uur per week (072-555 01 23)", "6_uur per week (072-555_01_23)"),
            ("een kleine groep in Alkmaar", "een kleine groep in Alkmaar"),
            ("", ""),
        ] {
            assert_eq!(vast(tekst).replace('\u{a0}', "_"), vast_);
        }
    }

    #[test]
    fn sentences_hours_and_numbers() {
        assert_eq!(zin("gesprek met Sam."), "Gesprek met Sam.");
        assert_eq!(zin("klopt dit niet?"), "Klopt dit niet?");
        assert_eq!(
            (uren(50), uren(40), uren(1), uren(3)),
            ("12,5 uur".into(), "10 uur".into(), "0,25 uur".into(), "0,75 uur".into())
        );
        assert_eq!((aantal(1, "dag", "dagen"), aantal(0, "dag", "dagen")), ("1 dag".into(), "0 dagen".into()));
        assert_eq!(opsomming(&["a".into(), "b".into(), "c".into()]), "a, b en c");
    }

    #[test]
    fn lines_fit_and_what_people_wrote_cannot_break_them() {
        let mut blad = Blad::default();
        blad.punt(&"woord ".repeat(60));
        blad.punt(&"x".repeat(250));
        blad.alinea("naam\n\u{1b}[31mrood\tX");
        let tekst = blad.tekst();
        assert!(tekst.lines().all(|line| line.chars().count() <= BREEDTE), "{tekst}");
        assert!(tekst.lines().skip(1).take(2).all(|line| line.starts_with("    woord")), "{tekst}");
        assert!(tekst.ends_with("naam [31mrood X"), "{tekst}");
        assert_eq!(tekst.matches('x').count(), 250);
    }
}
