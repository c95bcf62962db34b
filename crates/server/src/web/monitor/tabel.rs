//! A table as it is shown, and the same table as a file: there is one, so that they cannot differ.

use domain::region::Rules;
use register::kleine_aantallen::{DREMPEL, Getoond};
use register::telling::{Cijfer, Groep, Tafel};

use super::definitie;
use crate::web::leerlingen::csv_regel;
use crate::weergave::getal;

/// What stands for a number that is not shown.
pub const NIET_GETOOND: &str = "niet getoond";

/// Head of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kop {
    /// Its words.
    pub tekst: String,
    /// The page that says what it means.
    pub definitie: Option<String>,
}

/// One number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cel {
    /// As it is shown ("12", "1 t/m 9").
    pub tekst: String,
    /// The list behind it.
    pub adres: Option<String>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regel {
    /// What it counts.
    pub naam: String,
    /// The page that says what it means.
    pub definitie: Option<String>,
    /// What is not complete about it; empty: nothing.
    pub onvolledig: String,
    /// Its numbers.
    pub cellen: Vec<Cel>,
    /// Whether it holds all others.
    pub totaal: bool,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tabel {
    /// Its word in addresses and names of files.
    pub code: String,
    /// What it is called.
    pub titel: String,
    /// Head of the first column.
    pub eerste: &'static str,
    /// Heads of the others.
    pub koppen: Vec<Kop>,
    /// Its rows.
    pub regels: Vec<Regel>,
    /// Columns that no row fills, each with what is told of all together; they are left out.
    pub weggelaten: Vec<String>,
}

/// Several rows as one, with its own count in words.
type Samen = fn(usize) -> String;

impl Kop {
    /// A figure.
    pub fn van(cijfer: Cijfer) -> Self {
        Kop { tekst: cijfer.naam().to_owned(), definitie: Some(definitie::adres(cijfer)) }
    }

    /// Words alone.
    pub fn tekst(tekst: &str) -> Self {
        Kop { tekst: tekst.to_owned(), definitie: None }
    }
}

impl Cel {
    /// A number as it is.
    pub fn getal(aantal: u32) -> Self {
        Cel { tekst: getal(u64::from(aantal)), adres: None }
    }

    /// What may be told of a number.
    pub fn getoond(getoond: Getoond) -> Self {
        let tekst = match getoond {
            Getoond::Getal(aantal) => getal(u64::from(aantal)),
            Getoond::Klein => format!("1 t/m {}", DREMPEL - 1),
            Getoond::Groot | Getoond::Niet => NIET_GETOOND.to_owned(),
        };
        Cel { tekst, adres: None }
    }

    /// With the list behind it; none behind nothing.
    pub fn naar(self, adres: String) -> Self {
        Cel { adres: (self.tekst != "0").then_some(adres), ..self }
    }

    /// Whether it tells of anybody: not when it is kept back, nor when it is nothing.
    fn zegt_iets(&self) -> bool {
        !self.is_verborgen() && self.tekst != "0"
    }

    /// Whether the number is kept back.
    pub fn is_verborgen(&self) -> bool {
        self.tekst == NIET_GETOOND
    }
}

impl Tabel {
    /// The rows of a table of counts without names, in order of their names; the row that holds them all (`None`: all
    /// children) first.
    pub fn van_tafel(
        tafel: &Tafel,
        totaal: Option<Groep>,
        groepen: impl IntoIterator<Item = Groep>,
        r: &Rules,
        onvolledig: impl Fn(Option<Groep>) -> String,
    ) -> (Vec<Kop>, Vec<Regel>) {
        let heads = tafel.kolommen().iter().map(|stand| {
            let kort = stand.kort().to_owned();
            Kop { tekst: kort, definitie: Some(definitie::adres(Cijfer::Stand(*stand))) }
        });
        let regel = |groep: Option<Groep>, is_total: bool| {
            let columns = tafel.kolommen().iter().copied().map(Some).chain([None]);
            Regel {
                naam: match groep {
                    None => "alles samen".to_owned(),
                    Some(groep) if is_total => format!("{}, samen", naam(groep, r)),
                    Some(groep) => naam(groep, r),
                },
                definitie: None,
                onvolledig: onvolledig(groep.filter(|_| !is_total)),
                cellen: columns.map(|stand| Cel::getoond(tafel.cel(groep, stand))).collect(),
                totaal: is_total,
            }
        };
        let mut rows: Vec<Regel> = groepen.into_iter().map(|groep| regel(Some(groep), false)).collect();
        rows.sort_by_cached_key(|row| register::vouw(&row.naam));
        rows.insert(0, regel(totaal, true));
        (heads.chain([Kop::tekst("samen")]).collect(), rows)
    }

    /// The same without walls of nothing: a column that no row fills is named under the table, and rows without anything
    /// are one row together. Which these are follows from what is shown, so it tells nothing new.
    #[must_use]
    pub fn ingekort(mut self) -> Self {
        let last = self.koppen.len().saturating_sub(1);
        let rows = || self.regels.iter().filter(|regel| !regel.totaal);
        let fills = |kolom: usize| rows().any(|regel| regel.cellen.get(kolom).is_some_and(Cel::zegt_iets));
        let kept: Vec<bool> = (0..self.koppen.len()).map(|kolom| kolom == last || fills(kolom)).collect();
        let whole = self.regels.iter().find(|regel| regel.totaal);
        let left_out = self.koppen.iter().enumerate().filter(|(kolom, _)| !kept[*kolom]).map(|(kolom, kop)| {
            let all = whole.and_then(|regel| regel.cellen.get(kolom)).map_or("0", |cel| cel.tekst.as_str());
            format!("{} ({all})", kop.tekst)
        });
        self.weggelaten = left_out.collect();
        let keep = |kolom: usize| kept.get(kolom).copied().unwrap_or(true);
        let mut at = 0..;
        self.koppen.retain(|_| at.next().is_some_and(keep));
        for regel in &mut self.regels {
            let mut at = 0..;
            regel.cellen.retain(|_| at.next().is_some_and(keep));
        }
        let (full, empty): (Vec<Regel>, Vec<Regel>) =
            self.regels.into_iter().partition(|regel| regel.totaal || regel.cellen.iter().any(Cel::zegt_iets));
        let (none, hidden): (Vec<Regel>, Vec<Regel>) =
            empty.into_iter().partition(|regel| regel.cellen.iter().all(|cel| !cel.is_verborgen()));
        self.regels = full;
        self.regels.extend(samen(&none, "0", |n| scholen(n, "zonder leerlingen in deze tabel")));
        self.regels.extend(samen(&hidden, NIET_GETOOND, |n| scholen(n, "zonder aantallen die wij tonen")));
        self
    }

    /// Whether some number is kept back or told roughly: then the signs are explained.
    pub fn heeft_tekens(&self) -> bool {
        let rough = |cel: &Cel| cel.is_verborgen() || cel.tekst.starts_with("1 t/m");
        self.regels.iter().any(|regel| regel.cellen.iter().any(rough))
    }

    /// Whether some row rests on deliveries that are not complete.
    pub fn heeft_onvolledig(&self) -> bool {
        self.regels.iter().any(|regel| !regel.onvolledig.is_empty())
    }

    /// Just what is shown, as a file that a spreadsheet opens.
    pub fn csv(&self) -> Vec<u8> {
        // The mark tells a spreadsheet that the text is UTF-8.
        let mut csv = String::from("\u{feff}");
        let heads = self.koppen.iter().map(|kop| kop.tekst.clone());
        csv_regel(&mut csv, [self.eerste.to_owned()].into_iter().chain(heads).chain(["onvolledig".to_owned()]));
        for regel in &self.regels {
            let cells = regel.cellen.iter().map(|cel| zonder_punten(&cel.tekst));
            let ends = [regel.onvolledig.clone()];
            csv_regel(&mut csv, [regel.naam.clone()].into_iter().chain(cells).chain(ends));
        }
        csv.into_bytes()
    }
}

fn scholen(n: usize, zonder: &str) -> String {
    if n == 1 { format!("1 school {zonder}") } else { format!("{n} scholen {zonder}") }
}

/// Rows as one; a single one stays as it is.
fn samen(regels: &[Regel], tekst: &str, naam: Samen) -> Option<Regel> {
    let [first, _, ..] = regels else { return regels.first().cloned() };
    let wanting = regels.iter().filter(|regel| !regel.onvolledig.is_empty()).count();
    let cel = || Cel { tekst: tekst.to_owned(), adres: None };
    Some(Regel {
        naam: naam(regels.len()),
        definitie: None,
        onvolledig: if wanting == 0 { String::new() } else { format!("{wanting} van {} scholen", regels.len()) },
        cellen: first.cellen.iter().map(|_| cel()).collect(),
        totaal: false,
    })
}

/// A number without the points that a spreadsheet does not understand.
fn zonder_punten(tekst: &str) -> String {
    let digits = tekst.replace('.', "");
    let number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if number { digits } else { tekst.to_owned() }
}

/// What a row counts, in words.
pub fn naam(groep: Groep, r: &Rules) -> String {
    match groep {
        Groep::Gemeente(Some(gemeente)) => {
            let naam = r.naam(gemeente);
            naam.strip_prefix("Gemeente ").unwrap_or(naam).to_owned()
        }
        Groep::Gemeente(None) => "woont buiten de regio, of niet bekend waar".to_owned(),
        Groep::Sector(Some(sector)) => sector.label().to_owned(),
        Groep::Sector(None) => "zonder school, of elders op school".to_owned(),
        Groep::School(school) => r.naam(school).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_holds_exactly_what_is_shown_and_nothing_that_a_spreadsheet_would_run() {
        let cel = |tekst: &str| Cel { tekst: tekst.to_owned(), adres: Some("/leerlingen".to_owned()) };
        let tabel = Tabel {
            code: "school".to_owned(),
            titel: "Per school".to_owned(),
            eerste: "school",
            koppen: vec![Kop::tekst("klok"), Kop::tekst("samen")],
            regels: vec![Regel {
                naam: "=De \"Meent\"; Alkmaar".to_owned(),
                definitie: None,
                onvolledig: String::new(),
                cellen: vec![cel("1 t/m 9"), cel("1.234")],
                totaal: false,
            }],
            weggelaten: Vec::new(),
        };
        let text = String::from_utf8(tabel.csv()).unwrap();
        assert_eq!(text, "\u{feff}school;klok;samen;onvolledig\r\n\"'=De \"\"Meent\"\"; Alkmaar\";1 t/m 9;1234;\r\n");
        assert!(tabel.heeft_tekens());
        assert!(!tabel.heeft_onvolledig());
    }

    #[test]
    fn a_wall_of_nothing_is_one_line_and_says_the_same() {
        let cel = |tekst: &str| Cel { tekst: tekst.to_owned(), adres: None };
        let regel = |naam: &str, onvolledig: &str, cells: [&str; 4]| Regel {
            naam: naam.to_owned(),
            definitie: None,
            onvolledig: onvolledig.to_owned(),
            cellen: cells.map(cel).to_vec(),
            totaal: naam == "samen",
        };
        let tabel = Tabel {
            code: "school".to_owned(),
            titel: "Per school".to_owned(),
            eerste: "school",
            koppen: ["klok", "zorg", "absoluut", "samen"].map(Kop::tekst).to_vec(),
            regels: vec![
                regel("samen", "", ["40", "1 t/m 9", "0", "44"]),
                regel("A", "", ["0", "0", "0", "0"]),
                regel("B", "", ["12", NIET_GETOOND, "0", NIET_GETOOND]),
                regel("C", "1 van 1 scholen", [NIET_GETOOND, NIET_GETOOND, "0", NIET_GETOOND]),
                regel("D", "", ["0", "0", "0", "0"]),
                regel("E", "", [NIET_GETOOND, NIET_GETOOND, "0", "1 t/m 9"]),
                regel("F", "", ["0", NIET_GETOOND, "0", NIET_GETOOND]),
            ],
            weggelaten: Vec::new(),
        }
        .ingekort();
        let heads: Vec<&str> = tabel.koppen.iter().map(|kop| kop.tekst.as_str()).collect();
        assert_eq!(
            (heads, tabel.weggelaten),
            (vec!["klok", "samen"], vec!["zorg (1 t/m 9)".into(), "absoluut (0)".into()])
        );
        let rows: Vec<(&str, Vec<&str>, &str)> = tabel
            .regels
            .iter()
            .map(|r| (r.naam.as_str(), r.cellen.iter().map(|c| c.tekst.as_str()).collect(), r.onvolledig.as_str()))
            .collect();
        assert_eq!(
            rows,
            [
                ("samen", vec!["40", "44"], ""),
                ("B", vec!["12", NIET_GETOOND], ""),
                ("E", vec![NIET_GETOOND, "1 t/m 9"], ""),
                ("2 scholen zonder leerlingen in deze tabel", vec!["0", "0"], ""),
                ("2 scholen zonder aantallen die wij tonen", vec![NIET_GETOOND, NIET_GETOOND], "1 van 2 scholen"),
            ]
        );
    }

    #[test]
    fn a_hidden_number_is_told_alike_whatever_it_is_and_nothing_lies_behind_a_zero() {
        assert_eq!(Cel::getoond(Getoond::Groot), Cel::getoond(Getoond::Niet));
        assert!(Cel::getoond(Getoond::Niet).is_verborgen());
        assert_eq!(Cel::getal(0).naar("/leerlingen".to_owned()).adres, None);
        assert_eq!(Cel::getal(1).naar("/leerlingen".to_owned()).adres.as_deref(), Some("/leerlingen"));
    }
}
