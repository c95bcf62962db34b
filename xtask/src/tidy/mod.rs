//! `cargo xtask tidy`: the rules of the house that the compiler and clippy do not know.
//!
//! Each check is a function from the files of the repository to findings, so that each can be tested on made-up files.
//! (The length of functions is clippy's: `too-many-lines-threshold` in `clippy.toml`.)

mod documents;
mod glossary;
mod rust;
mod size;
mod tree;
mod walls;
mod words;

use std::fmt;
use tree::File;

/// Something to mend, and where.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    path: String,
    /// Counted from 1.
    line: usize,
    what: String,
    /// What to do about it.
    mend: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}\n    mend: {}", self.path, self.line, self.what, self.mend)
    }
}

impl Finding {
    fn at(file: &File, line: usize, what: impl Into<String>, mend: impl Into<String>) -> Self {
        Finding { path: file.path.clone(), line, what: what.into(), mend: mend.into() }
    }
}

/// Reads the repository and runs every check.
pub fn run() -> crate::Outcome {
    let files = tree::read(&crate::shell::root())?;
    let mut findings = all(&files);
    findings.sort();
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => {
            println!("tidy: {} files, nothing to mend", files.len());
            Ok(())
        }
        n => Err(format!("tidy: {n} to mend")),
    }
}

fn all(files: &[File]) -> Vec<Finding> {
    let checks = [size::check, walls::check, words::check, documents::check, glossary::check];
    checks.iter().flat_map(|check| check(files)).collect()
}

/// For tests of checks: the findings as "path:line", in order.
#[cfg(test)]
fn places(mut findings: Vec<Finding>) -> Vec<String> {
    findings.sort();
    findings.iter().map(|finding| format!("{}:{}", finding.path, finding.line)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_is_run() {
        let files = [
            File::new("GLOSSARY.md", ""),
            File::new("README.md", "[gone](gone.md)\n"),
            File::new("crates/domain/src/a.rs", "fn no_sentence_first() {}\nuse std::fs;\n"),
            File::new("docs/b.md", concat!("TO", "DO\n")),
        ];
        let found = places(all(&files));
        let expected = [
            "GLOSSARY.md:1",
            "GLOSSARY.md:1",
            "README.md:1",
            "crates/domain/src/a.rs:1",
            "crates/domain/src/a.rs:2",
            "docs/b.md:1",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_finding_names_the_place_and_the_mend() {
        let finding = Finding::at(&File::new("a.md", ""), 3, "is wrong", "right it");
        assert_eq!(finding.to_string(), "a.md:3: is wrong\n    mend: right it");
    }
}
