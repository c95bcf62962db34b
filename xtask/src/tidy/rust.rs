//! A Rust file taken apart: code, text in quotes, and where its own tests begin.
//!
//! Just enough of the language for that; the compiler reads the rest.

/// The parts of a Rust file.
pub struct Rust {
    /// The file line by line, with comments and the contents of literals left out.
    pub code: Vec<String>,
    /// Every string literal, with the line on which it starts (from 1); escapes as written.
    pub strings: Vec<(usize, String)>,
    /// The line (from 1) of the `#[cfg(test)]` above the file's own test module.
    pub tests_from: Option<usize>,
}

impl Rust {
    pub fn new(text: &str) -> Self {
        let mut scanner = Scanner { rest: text, line: 1, code: String::new(), strings: Vec::new() };
        scanner.run();
        let code: Vec<String> = scanner.code.lines().map(str::to_owned).collect();
        let tests_from = tests_from(&code);
        Rust { code, strings: scanner.strings, tests_from }
    }

    /// Whether the line is no part of the file's own tests.
    fn ships(&self, line: usize) -> bool {
        self.tests_from.is_none_or(|from| line < from)
    }

    /// Lines of code that are no tests, numbered from 1.
    pub fn shipped_code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.iter().enumerate().map(|(n, line)| (n + 1, line.as_str())).filter(|(line, _)| self.ships(*line))
    }

    /// String literals outside the tests.
    pub fn shipped_strings(&self) -> impl Iterator<Item = (usize, &str)> {
        self.strings.iter().map(|(line, text)| (*line, text.as_str())).filter(|(line, _)| self.ships(*line))
    }

    /// Every identifier in the code, tests too, with its line.
    pub fn identifiers(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.iter().enumerate().flat_map(|(n, line)| {
            line.split(|c: char| !is_word(c)).filter(|word| !word.is_empty()).map(move |word| (n + 1, word))
        })
    }
}

/// The words of an identifier, in lower case: `MeldingLrv` and `melding_lrv` are both `melding`, `lrv`.
pub fn words_of(identifier: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut letters = identifier.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        let starts_word =
            letter.is_uppercase() && (!before.is_uppercase() || letters.peek().is_some_and(|next| next.is_lowercase()));
        if (letter == '_' || starts_word) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if letter != '_' {
            word.extend(letter.to_lowercase());
        }
        before = letter;
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// A test module that stands in the file itself; `mod tests;` has a file of its own and hides nothing here.
fn tests_from(code: &[String]) -> Option<usize> {
    let pairs = code.iter().zip(code.iter().skip(1));
    let found = pairs.enumerate().find(|(_, (attribute, item))| {
        attribute.trim_end() == "#[cfg(test)]" && item.starts_with("mod ") && item.contains('{')
    });
    found.map(|(n, _)| n + 1)
}

struct Scanner<'a> {
    rest: &'a str,
    line: usize,
    code: String,
    strings: Vec<(usize, String)>,
}

impl<'a> Scanner<'a> {
    fn run(&mut self) {
        while let Some(letter) = self.rest.chars().next() {
            if self.rest.starts_with("//") {
                let end = self.rest.find('\n').unwrap_or(self.rest.len());
                self.pass(end);
            } else if self.rest.starts_with("/*") {
                self.block_comment();
            } else if letter == '"' {
                self.string();
            } else if letter == '\'' {
                self.quote();
            } else if is_word(letter) {
                self.word();
            } else {
                self.keep(letter.len_utf8());
            }
        }
    }

    /// Goes on `bytes` bytes, keeping of them only the ends of lines.
    fn pass(&mut self, bytes: usize) -> &'a str {
        let (passed, rest) = self.rest.split_at(bytes);
        let lines = passed.matches('\n').count();
        self.code.extend(std::iter::repeat_n('\n', lines));
        self.line += lines;
        self.rest = rest;
        passed
    }

    /// Goes on `bytes` bytes that are code.
    fn keep(&mut self, bytes: usize) {
        let (kept, rest) = self.rest.split_at(bytes);
        self.line += kept.matches('\n').count();
        self.code.push_str(kept);
        self.rest = rest;
    }

    /// A comment that may hold others; `rest` starts at its mark.
    fn block_comment(&mut self) {
        let mut depth = 0_u32;
        let mut end = 0;
        loop {
            let rest = self.rest.get(end..).unwrap_or_default();
            if rest.starts_with("/*") {
                depth += 1;
                end += 2;
            } else if rest.starts_with("*/") {
                depth -= 1;
                end += 2;
            } else {
                end += rest.chars().next().map_or(0, char::len_utf8);
            }
            if depth == 0 || end == self.rest.len() {
                break;
            }
        }
        self.pass(end);
    }

    /// A string with escapes; `rest` starts at its first quote.
    fn string(&mut self) {
        let line = self.line;
        self.keep(1);
        let mut escaped = false;
        let end = self.rest.find(|letter| {
            let closes = letter == '"' && !escaped;
            escaped = letter == '\\' && !escaped;
            closes
        });
        self.literal(line, end.unwrap_or(self.rest.len()), 1);
    }

    /// A raw string; `rest` starts at its hashes or first quote.
    fn raw_string(&mut self, hashes: usize) {
        let line = self.line;
        self.keep(hashes + 1);
        let close = format!("\"{}", "#".repeat(hashes));
        let end = self.rest.find(&close).unwrap_or(self.rest.len());
        self.literal(line, end, close.len());
    }

    fn literal(&mut self, line: usize, bytes: usize, close: usize) {
        let text = self.pass(bytes).to_owned();
        self.strings.push((line, text));
        self.keep(close.min(self.rest.len()));
    }

    /// A character ('a', '\n', '\u{e9}') or a lifetime ('a).
    fn quote(&mut self) {
        let mut letters = self.rest.char_indices().skip(1);
        let close = match (letters.next(), letters.next()) {
            (Some((_, '\\')), Some((escaped, letter))) => {
                let after = escaped + letter.len_utf8();
                self.rest.get(after..).and_then(|rest| rest.find('\'')).map(|at| after + at + 1)
            }
            (Some(_), Some((at, '\''))) => Some(at + 1),
            _ => None,
        };
        match close {
            Some(bytes) => {
                self.pass(bytes);
                self.code.push_str("''");
            }
            None => self.keep(1),
        }
    }

    /// An identifier, keyword or number; after `r`, `br` or `cr` perhaps a raw string.
    fn word(&mut self) {
        let end = self.rest.find(|letter| !is_word(letter)).unwrap_or(self.rest.len());
        let (word, after) = self.rest.split_at(end);
        self.keep(end);
        let hashes = after.len() - after.trim_start_matches('#').len();
        if matches!(word, "r" | "br" | "cr") && after.trim_start_matches('#').starts_with('"') {
            self.raw_string(hashes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_are_no_code() {
        let check = |text: &str, code: &str, strings: &[(usize, &str)]| {
            let rust = Rust::new(text);
            assert_eq!(rust.code.join("\n"), code, "{text}");
            let found: Vec<(usize, &str)> = rust.shipped_strings().collect();
            assert_eq!(found, strings, "{text}");
        };
        check("let a = 1; // \"no\" string", "let a = 1; ", &[]);
        check("a /* x /* y */ \"no\" */ b", "a  b", &[]);
        check("a /*/ no */ b", "a  b", &[]);
        check("/* a\nb */ c", "\n c", &[]);
        check(r#"f("ja // nee", "b\"c\\")"#, r#"f("", "")"#, &[(1, "ja // nee"), (1, r#"b\"c\\"#)]);
        check("x(r#\"een \"twee\"\"#, br\"drie\")", "x(r#\"\"#, br\"\")", &[(1, "een \"twee\""), (1, "drie")]);
        check("a\n\"b\nc\"; d", "a\n\"\n\"; d", &[(2, "b\nc")]);
        check("/* a\nb */ \"c\"", "\n \"\"", &[(2, "c")]);
        check("f('\"', '\\'', '\\u{e9}', b'x', 'é')", "f('', '', '', b'', '')", &[]);
        check("fn f<'a>(x: &'a str) -> &'a str { \"z\" }", "fn f<'a>(x: &'a str) -> &'a str { \"\" }", &[(1, "z")]);
        check("let r#type = \"t\";", "let r#type = \"\";", &[(1, "t")]);
        check("\"open", "\"", &[(1, "open")]);
        check("/* open", "", &[]);
    }

    #[test]
    fn identifiers_fall_apart_into_words() {
        let check = |identifier: &str, words: &[&str]| assert_eq!(words_of(identifier), words, "{identifier}");
        check("derive_leerplicht", &["derive", "leerplicht"]);
        check("VerzuimSoort", &["verzuim", "soort"]);
        check("MAX_KWARTIEREN", &["max", "kwartieren"]);
        check("SWVNummer", &["swv", "nummer"]);
        check("_x1", &["x1"]);
    }

    #[test]
    fn own_tests_start_at_the_module_in_the_file() {
        let own = Rust::new("fn a() {}\n\n#[cfg(test)]\nmod tests {\n    const X: &str = \"t\";\n}\n");
        assert_eq!(own.tests_from, Some(3));
        assert_eq!(own.shipped_code().count(), 2);
        assert_eq!(own.shipped_strings().count(), 0);
        assert!(own.identifiers().any(|found| found == (5, "X")));
        assert_eq!(Rust::new("#[cfg(test)]\nmod tests;\nfn a() {}\n").tests_from, None);
        assert_eq!(Rust::new("#[cfg(test)]\nuse a::b;\n").tests_from, None);
    }
}
