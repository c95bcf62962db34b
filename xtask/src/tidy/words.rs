//! Words that never reach the repository: unfinished marks, and what is known on one machine only.

use super::{File, Finding};

/// A word, and what to do instead. Written in two parts, so that this table is no finding of its own.
const FORBIDDEN: [(&str, &str); 11] = [
    (concat!("TO", "DO"), UNFINISHED),
    (concat!("FIX", "ME"), UNFINISHED),
    (concat!("XX", "X"), UNFINISHED),
    (concat!("todo", "!"), UNFINISHED),
    (concat!("unimplemented", "!"), UNFINISHED),
    (
        concat!("#[ig", "nore"),
        "a test that does not run proves nothing: let it run, behind an environment variable if it is long",
    ),
    (concat!("/wo", "rk/"), ONE_MACHINE),
    (concat!("/ro", "ot/"), ONE_MACHINE),
    (concat!("/ho", "me/"), ONE_MACHINE),
    (concat!("bash", "_jobs"), ONE_MACHINE),
    (concat!("issue", " #"), "say the reason itself; the text outlives the list it points to"),
];
const UNFINISHED: &str = "finish it, or leave it out; what is missing is told where work is planned, not in the code";
const ONE_MACHINE: &str = "name it from the root of the repository, or by an environment variable";

/// No text of ours holds a forbidden word (as a whole word, in that case).
pub fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        for (n, line) in file.text.lines().enumerate() {
            for (word, mend) in FORBIDDEN.iter().filter(|(word, _)| stands_in(word, line)) {
                findings.push(Finding::at(file, n + 1, format!("holds '{word}'"), *mend));
            }
        }
    }
    findings
}

/// Whether `word` stands in `line`, not as a part of a longer word.
pub fn stands_in(word: &str, line: &str) -> bool {
    let joins = |a: Option<char>, b: Option<char>| {
        a.is_some_and(|letter| letter.is_alphanumeric()) && b.is_some_and(|letter| letter.is_alphanumeric())
    };
    line.match_indices(word).any(|(at, _)| {
        let (before, after) = (line.get(..at).unwrap_or_default(), line.get(at + word.len()..).unwrap_or_default());
        let starts_inside = joins(before.chars().next_back(), word.chars().next());
        let ends_inside = joins(word.chars().next_back(), after.chars().next());
        !starts_inside && !ends_inside
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::places;

    #[test]
    fn every_forbidden_word_is_found_where_it_stands() {
        for (word, _) in FORBIDDEN {
            let file = File::new("docs/a.md", &format!("Fine.\nHere: {word} and on.\n"));
            assert_eq!(places(check(&[file])), ["docs/a.md:2"], "{word}");
        }
    }

    #[test]
    fn words_count_whole_and_in_their_own_case() {
        assert!(stands_in("bal bij", "de bal bij ouders"));
        assert!(!stands_in("bal bij", "handbal bij ons"));
        assert!(!stands_in("bal bij", "bal bijna"));
        assert!(stands_in("thuiszitter", "een thuiszitter."));
        assert!(!stands_in("thuiszitter", "thuiszitters"));
        let fine = File::new("docs/a.md", "The homework/ folder; methods to do; 9999xxxxx.\n");
        assert_eq!(places(check(&[fine])), [""; 0]);
    }
}
