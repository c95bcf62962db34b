//! `GLOSSARY.md` against the code: one concept, one word.
//!
//! The glossary is a document for people. Two of its tables are read here, known by their first column: `Term` (the
//! words of the code, with the words not to use) and `Not on a screen` (words that reach no reader of ours).

use super::rust::words_of;
use super::{File, Finding, words};
use std::collections::{HashMap, HashSet};

const GLOSSARY: &str = "GLOSSARY.md";
/// Heads of the table of terms, as far as it is read here.
const TERMS: [&str; 3] = ["Term", "In code", "Not"];
/// Heads of the table of words for the screen.
const SCREEN: [&str; 3] = ["Not on a screen", "But", "May stand in"];

/// An identifier of this many words is a sentence in English: the name of a test, not a name for a thing.
const SENTENCE: usize = 5;

/// Code words occur, their forbidden synonyms do not, and no text for people holds a word that hurts.
pub fn check(files: &[File]) -> Vec<Finding> {
    let Some(glossary) = files.iter().find(|file| file.path == GLOSSARY) else {
        return vec![Finding::at(&File::new(GLOSSARY, ""), 1, "is not there", "put it back; one concept has one word")];
    };
    let terms = rows(&glossary.text, &TERMS);
    let screen = rows(&glossary.text, &SCREEN);
    let mut findings = Vec::new();
    for (heads, found) in [(TERMS, &terms), (SCREEN, &screen)] {
        if found.is_empty() {
            let what = format!("has no table with the columns {}", heads.join(", "));
            findings.push(Finding::at(glossary, 1, what, "put it back; this check reads it"));
        }
    }
    let used = Used::of(files);
    for row in &terms {
        findings.extend(unused(glossary, row, &used));
        findings.extend(synonyms(row, &used));
    }
    for row in &screen {
        findings.extend(on_screen(files, row));
    }
    findings
}

/// One row of a table: its line in the glossary, and its cells in the order of the heads asked for.
struct Row {
    line: usize,
    cells: [String; 3],
}

/// Code spans of a cell: `a`, `b`.
fn spans(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// Rows of every table that has all of these heads.
fn rows(text: &str, heads: &[&str; 3]) -> Vec<Row> {
    let mut columns: Option<[usize; 3]> = None;
    let mut found = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let Some(inner) = line.trim().strip_prefix('|') else {
            columns = None;
            continue;
        };
        let cells: Vec<&str> = inner.trim_end_matches('|').split('|').map(str::trim).collect();
        match columns {
            None => columns = positions(&cells, heads),
            Some(_) if cells.iter().all(|cell| cell.chars().all(|c| c == '-' || c == ':')) => {}
            Some(at) => {
                let cell = |column: usize| cells.get(column).copied().unwrap_or_default().to_owned();
                found.push(Row { line: n + 1, cells: at.map(cell) });
            }
        }
    }
    found
}

fn positions(cells: &[&str], heads: &[&str; 3]) -> Option<[usize; 3]> {
    let [a, b, c] = heads.map(|head| cells.iter().position(|cell| *cell == head));
    Some([a?, b?, c?])
}

/// The words in use in our crates.
struct Used<'a> {
    /// Each word to the identifiers that hold it.
    identifiers: HashMap<String, Vec<Identifier<'a>>>,
    /// Every string literal, whole.
    strings: HashSet<&'a str>,
}

#[derive(Clone)]
struct Identifier<'a> {
    file: &'a File,
    line: usize,
    words: Vec<String>,
}

impl<'a> Used<'a> {
    fn of(files: &'a [File]) -> Self {
        let mut used = Used { identifiers: HashMap::new(), strings: HashSet::new() };
        // The tool itself is about words, not about children: it is not read.
        for file in files.iter().filter(|file| file.path.starts_with("crates/")) {
            let Some(rust) = &file.rust else { continue };
            for (line, identifier) in rust.identifiers() {
                let found = Identifier { file, line, words: words_of(identifier) };
                for word in found.words.iter().collect::<HashSet<_>>() {
                    used.identifiers.entry(word.clone()).or_default().push(found.clone());
                }
            }
            used.strings.extend(rust.shipped_strings().map(|(_, text)| text));
        }
        used
    }

    /// Identifiers in which the words of `term` follow one another.
    fn with(&self, term: &str) -> Vec<&Identifier<'a>> {
        let sought = words_of(term);
        let candidates = sought.first().and_then(|first| self.identifiers.get(first));
        let holds = |found: &&Identifier| found.words.windows(sought.len()).any(|window| window == sought);
        candidates.into_iter().flatten().filter(holds).collect()
    }
}

fn unused(glossary: &File, row: &Row, used: &Used) -> Vec<Finding> {
    let [_, code, _] = &row.cells;
    spans(code)
        .filter(|word| used.with(word).is_empty() && !used.strings.contains(word))
        .map(|word| {
            let what = format!("code word '{word}' stands nowhere in crates/");
            Finding::at(glossary, row.line, what, "take it out of this column, or write the word as the code does")
        })
        .collect()
}

fn synonyms(row: &Row, used: &Used) -> Vec<Finding> {
    let [term, code, not] = &row.cells;
    let instead = spans(code).next().unwrap_or(term);
    let mut findings = Vec::new();
    for word in spans(not) {
        for form in [word.to_owned(), format!("{word}s")] {
            for found in used.with(&form).into_iter().filter(|found| found.words.len() < SENTENCE) {
                let mend = format!("the word is '{instead}' ({GLOSSARY})");
                findings.push(Finding::at(found.file, found.line, format!("identifier with '{form}'"), mend));
            }
        }
    }
    findings
}

fn on_screen(files: &[File], row: &Row) -> Vec<Finding> {
    let [not, but, allowed] = &row.cells;
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.path.starts_with("crates/")) {
        if spans(allowed).any(|folder| file.path.starts_with(folder)) {
            continue;
        }
        for (line, text) in file.shipped().into_iter().flat_map(|rust| rust.shipped_strings()) {
            let text = text.to_lowercase();
            for word in spans(not).filter(|word| words::stands_in(word, &text)) {
                findings.push(Finding::at(file, line, format!("a text with '{word}'"), format!("write: {but}")));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::places;

    const TABLES: &str = "\
# Glossary

| Term | In English | In code | Not |
|---|---|---|---|
| ongeoorloofd verzuim | absence without a valid reason | `ongeoorloofd` | `truancy`, `truant` |
| termijn | a day by which | `termijn` | `deadline` |
| aan zet | who owes the next step | – | `ball_holder` |

| Not on a screen | But | May stand in |
|---|---|---|
| `thuiszitter` | thuiszittende leerling | `crates/domain/src/rules/` |
| `bal bij` | aan zet | – |
";
    const CODE: &str = "//! Made up.\nenum S { Ongeoorloofd }\nfn t() -> Termijn {}\n";

    fn check_code(path: &str, code: &str, expected: &[&str]) {
        let files = [File::new(GLOSSARY, TABLES), File::new("crates/domain/src/words.rs", CODE), File::new(path, code)];
        assert_eq!(places(check(&files)), expected, "{code}");
    }

    #[test]
    fn forbidden_synonyms_are_no_part_of_an_identifier() {
        let path = "crates/a/src/b.rs";
        check_code(path, "fn truancy() {}", &["crates/a/src/b.rs:1"]);
        check_code(path, "\nstruct TruancyKind;", &["crates/a/src/b.rs:2"]);
        check_code(path, "let all_truants = 1;", &["crates/a/src/b.rs:1"]);
        check_code(path, "const BALL_HOLDER: u8 = 1;", &["crates/a/src/b.rs:1"]);
        check_code(path, "let ball = holder; // truancy\nlet a = \"truancy\";", &[]);
        check_code(path, "fn the_truancy_of_a_child() {}", &[]);
        check_code(path, "fn the_truancy_of_child() {}", &["crates/a/src/b.rs:1"]);
        check_code("crates/a/tests/it/main.rs", "fn truancy() {}", &["crates/a/tests/it/main.rs:1"]);
        check_code("xtask/src/b.rs", "fn truancy() {}", &[]);
    }

    #[test]
    fn code_words_occur() {
        let absent = [File::new(GLOSSARY, TABLES), File::new("crates/a/src/b.rs", "fn termijn() {}")];
        assert_eq!(places(check(&absent)), ["GLOSSARY.md:5"]);
        let as_text = [File::new(GLOSSARY, TABLES), File::new("crates/a/src/b.rs", "f(\"ongeoorloofd\", termijn)")];
        assert_eq!(places(check(&as_text)), [""; 0]);
    }

    #[test]
    fn words_that_hurt_reach_no_screen() {
        let path = "crates/a/src/b.rs";
        check_code(path, "f(\"Bal bij ouders\")", &["crates/a/src/b.rs:1"]);
        check_code(path, "f(\"een\",\n  \"Thuiszitter\")", &["crates/a/src/b.rs:2"]);
        check_code(path, "f(\"thuiszitterspact\")", &[]);
        check_code("crates/domain/src/rules/a.rs", "f(\"thuiszitter\")", &[]);
        check_code("crates/a/src/tests.rs", "f(\"thuiszitter\")", &[]);
    }

    #[test]
    fn the_ruler_under_the_heads_is_no_row() {
        let lines = |text| rows(text, &TERMS).iter().map(|row| row.line).collect::<Vec<_>>();
        assert_eq!(lines("| Term | In code | Not |\n|:--|:-:|--|\n| a | – | – |\n"), [3]);
        assert_eq!(lines("| Term | Not |\n|---|---|\n| a | – |\n"), [0; 0]);
    }

    #[test]
    fn a_glossary_without_its_tables_is_no_glossary() {
        let files = [File::new(GLOSSARY, "# Glossary\n")];
        assert_eq!(places(check(&files)), ["GLOSSARY.md:1", "GLOSSARY.md:1"]);
        assert_eq!(places(check(&[])), ["GLOSSARY.md:1"]);
    }
}
