//! Files that fit in a head, and that say first what they are.

use super::{File, Finding};

/// Lines of a source file, its own tests not counted.
const MAX_LINES: usize = 500;

/// Every source file is short and starts by saying what it is.
pub fn check(files: &[File]) -> Vec<Finding> {
    files
        .iter()
        .filter_map(|file| file.shipped().map(|rust| (file, rust)))
        .flat_map(|(file, rust)| {
            let lines = rust.tests_from.map_or(file.text.lines().count(), |from| from - 1);
            let long = (lines > MAX_LINES).then(|| {
                let what = format!("{lines} lines without tests, at most {MAX_LINES}");
                Finding::at(file, MAX_LINES + 1, what, "split it where the subject changes; a file has one subject")
            });
            let mute = (!file.text.starts_with("//!")).then(|| {
                Finding::at(
                    file,
                    1,
                    "does not start with `//!`",
                    "say in one sentence what this file is, in the pact's terms",
                )
            });
            long.into_iter().chain(mute)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::places;

    fn file(path: &str, lines: usize, end: &str) -> File {
        File::new(path, &format!("//! Made up.\n{}{end}", "fn f() {}\n".repeat(lines - 1)))
    }

    #[test]
    fn a_file_has_at_most_500_lines_without_its_tests() {
        let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", "    fn t() {}\n".repeat(300));
        let check = |file: File, expected: &[&str]| assert_eq!(places(check(&[file])), expected);
        check(file("crates/a/src/fits.rs", 500, ""), &[]);
        check(file("crates/a/src/fits_with_tests.rs", 500, &tests), &[]);
        check(file("crates/a/src/long.rs", 501, ""), &["crates/a/src/long.rs:501"]);
        check(file("crates/a/src/long_with_tests.rs", 501, &tests), &["crates/a/src/long_with_tests.rs:501"]);
        check(file("crates/a/src/klok/tests.rs", 900, ""), &[]);
        check(file("crates/a/tests/it/story.rs", 900, ""), &[]);
        check(file("docs/long.md", 900, ""), &[]);
    }

    #[test]
    fn a_file_says_what_it_is() {
        assert_eq!(places(check(&[File::new("crates/a/src/b.rs", "use x;\n")])), ["crates/a/src/b.rs:1"]);
        assert_eq!(places(check(&[File::new("crates/a/src/b/tests.rs", "use super::*;\n")])), [""; 0]);
    }
}
