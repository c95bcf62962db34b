//! Few documents, short, and pointing at things that are there.

use super::{File, Finding};

/// The most lines a document may have.
const LENGTHS: [(&str, usize); 3] = [("README.md", 150), ("ARCHITECTURE.md", 250), ("docs/adr/", 40)];
/// A code span that starts so is a path of the repository.
const OUR_FOLDERS: [&str; 5] = ["crates/", "xtask/", "docs/", ".ci/", ".cargo/"];

/// Documents keep to their length, and every path they name exists.
pub fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| file.path.ends_with(".md")) {
        let limit = LENGTHS.iter().find(|(path, _)| file.path.starts_with(path)).map(|(_, limit)| *limit);
        if let Some(limit) = limit.filter(|limit| file.text.lines().count() > *limit) {
            let what = format!("{} lines, at most {limit}", file.text.lines().count());
            findings.push(Finding::at(file, limit + 1, what, "say less, or say it where the code is"));
        }
        for (n, line) in file.text.lines().enumerate() {
            for target in links(&file.path, line).chain(spans(line)).filter(|target| !exists(files, target)) {
                let what = format!("names '{target}', which is not there");
                findings.push(Finding::at(file, n + 1, what, "name what is there, or leave it out"));
            }
        }
    }
    findings.extend(files.iter().filter(|file| file.rust.is_some()).flat_map(|file| cited(files, file)));
    findings
}

/// A comment that sends the reader to a document sends them to one that is here.
fn cited(files: &[File], file: &File) -> Vec<Finding> {
    let lines = file.text.lines().enumerate().filter(|(_, line)| line.trim_start().starts_with("//"));
    lines
        .flat_map(|(n, line)| line.split('`').skip(1).step_by(2).map(move |span| (n + 1, span)))
        .filter(|(_, span)| span.ends_with(".md") && !span.contains(' ') && !somewhere(files, span))
        .map(|(line, span)| {
            let what = format!("a comment names '{span}', which is not there");
            Finding::at(file, line, what, "say the reason itself, or name the article or a document of the repository")
        })
        .collect()
}

/// Targets of links that stay inside the repository, from its root.
fn links<'a>(from: &'a str, line: &'a str) -> impl Iterator<Item = String> + 'a {
    line.split("](").skip(1).filter_map(|rest| rest.split(')').next()).filter_map(move |target| {
        let path = target.split('#').next().unwrap_or_default();
        let outside = path.is_empty() || path.contains("://") || path.starts_with("mailto:");
        (!outside).then(|| resolve(from, path))
    })
}

/// Paths of the repository in code spans: all of the span, without blanks or a pattern's `*`, `…` or `{`.
fn spans(line: &str) -> impl Iterator<Item = String> {
    line.split('`')
        .skip(1)
        .step_by(2)
        .filter(|span| {
            OUR_FOLDERS.iter().any(|folder| span.starts_with(folder)) && !span.contains([' ', '*', '…', '{', '<'])
        })
        .map(|span| span.trim_end_matches('/').to_owned())
}

fn resolve(from: &str, target: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.trim_end_matches('/').split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." => {}
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// Comments name a document from their own crate or from the root.
fn somewhere(files: &[File], path: &str) -> bool {
    files.iter().any(|file| file.path.strip_suffix(path).is_some_and(|rest| rest.is_empty() || rest.ends_with('/')))
}

fn exists(files: &[File], path: &str) -> bool {
    // Checks read neither of these two, so they are not among the files.
    let unread = ["LICENSE", "Cargo.lock"].contains(&path);
    unread
        || files
            .iter()
            .any(|file| file.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::places;

    #[test]
    fn documents_keep_to_their_length() {
        let check = |path: &str, lines: usize, expected: &[&str]| {
            assert_eq!(places(check(&[File::new(path, &"x\n".repeat(lines))])), expected, "{path}");
        };
        check("README.md", 150, &[]);
        check("README.md", 151, &["README.md:151"]);
        check("docs/adr/0001-x.md", 41, &["docs/adr/0001-x.md:41"]);
        check("GLOSSARY.md", 900, &[]);
    }

    #[test]
    fn what_a_document_names_is_there() {
        let check = |line: &str, expected: &[&str]| {
            let files = [
                File::new("docs/adr/0001-x.md", &format!("{line}\n")),
                File::new("README.md", ""),
                File::new("crates/domain/src/fact.rs", "//! A fact.\n"),
            ];
            assert_eq!(places(check(&files)), expected, "{line}");
        };
        check("[a](../../README.md#part) [b](https://example.nl/x) [c](#here)", &[]);
        check("[a](./../adr/0001-x.md)", &[]);
        check("[a](README.md)", &["docs/adr/0001-x.md:1"]);
        check("![Een bladzijde](beelden/weg.png)", &["docs/adr/0001-x.md:1"]);
        check("`crates/domain/src/fact.rs`, `crates/domain/`, `crates/*/src`, `facts/x.rs`", &[]);
        check("`crates/domain/src/feit.rs`", &["docs/adr/0001-x.md:1"]);
        check("`crates/dom`", &["docs/adr/0001-x.md:1"]);
    }

    #[test]
    fn comments_cite_documents_that_are_there() {
        let check = |line: &str, found: bool| {
            let files = [
                File::new("GLOSSARY.md", ""),
                File::new("crates/a/data/LICENCE.md", ""),
                File::new("crates/a/src/b.rs", &format!("//! Made up.\n{line}\n")),
            ];
            assert_eq!(!check(&files).is_empty(), found, "{line}");
        };
        check("/// See `GLOSSARY.md`.", false);
        check("/// See `data/LICENCE.md`.", false);
        check("/// See `notes.md` P2.", true);
        check("let file = \"`notes.md`\";", false);
    }
}
