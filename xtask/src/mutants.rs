//! A sample of mutants of the rules that matter most: would the tests notice if a rule were wrong?
//!
//! `cargo mutants` can test all mutants or a shard of them; neither is a fair sample that fits in a night. So it lists
//! them, we draw with a fixed seed, and it tests those by their names.

use crate::shell;
use std::path::PathBuf;

/// Modules of `domain` to sample, each a file or a folder: what a child's status, clock and terms rest on.
const SUBJECTS: [&str; 3] = ["status", "klok", "termijnen"];
/// How many mutants are tested.
const SAMPLE: usize = 300;
/// The same code gives the same sample.
const SEED: u64 = 2017;
/// The major version whose list and exit codes this was written for.
const VERSION: &str = "^27";
/// Ends of `cargo mutants` that are results, not failures: all caught, some missed, some ran out of time.
const RESULTS: [i32; 3] = [0, 2, 3];

/// Lists, draws, tests; prints the figures and every mutant that no test noticed.
pub fn run() -> crate::Outcome {
    install()?;
    let globs: Vec<String> =
        SUBJECTS.iter().flat_map(|name| [format!("{}.rs", folder(name)), format!("{}/**", folder(name))]).collect();
    let files = globs.iter().flat_map(|glob| ["--file", glob.as_str()]);
    let listed = shell::cargo(&["mutants", "--list"]).args(files.clone()).output();
    let listed = listed.map_err(|error| format!("cannot list mutants: {error}"))?;
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let all: Vec<&str> = listed.lines().collect();
    every_occurs(&SUBJECTS, &all)?;

    let drawn = sample(&all, SAMPLE, SEED);
    println!("mutants: {} of {} drawn with seed {SEED}", drawn.len(), all.len());
    let mut command = shell::cargo(&["mutants", "--output", "target", "--colors", "never"]);
    command.args(files);
    for name in &drawn {
        command.arg("--re").arg(exactly(name));
    }
    let ended = command.status().map_err(|error| format!("cannot start cargo mutants: {error}"))?;
    match ended.code() {
        Some(code) if RESULTS.contains(&code) => report(),
        _ => Err(format!("cargo mutants ended with {ended}")),
    }
}

fn folder(subject: &str) -> String {
    format!("crates/domain/src/{subject}")
}

fn install() -> crate::Outcome {
    if shell::is_there(&mut shell::cargo(&["mutants", "--version"])) {
        return Ok(());
    }
    shell::run(&mut shell::cargo(&["install", "--locked", "cargo-mutants", "--version", VERSION]))
}

/// A module that was renamed must not drop out of the sample unseen.
fn every_occurs(subjects: &[&str], names: &[&str]) -> crate::Outcome {
    let missing = subjects.iter().find(|subject| {
        let (file, below) = (format!("{}.rs:", folder(subject)), format!("{}/", folder(subject)));
        !names.iter().any(|name| name.starts_with(&file) || name.starts_with(&below))
    });
    missing.map_or(Ok(()), |subject| {
        Err(format!("no mutants in {}: mend SUBJECTS in xtask/src/mutants.rs", folder(subject)))
    })
}

/// `count` of the names, each equally likely, in the order in which they were given; the same for the same seed.
fn sample<'a>(names: &[&'a str], count: usize, seed: u64) -> Vec<&'a str> {
    let mut state = seed;
    let mut drawn: Vec<(u64, usize, &str)> =
        names.iter().enumerate().map(|(n, name)| (splitmix(&mut state), n, *name)).collect();
    drawn.sort_unstable();
    drawn.truncate(count);
    drawn.sort_unstable_by_key(|(_, n, _)| *n);
    drawn.into_iter().map(|(_, _, name)| name).collect()
}

/// Steele, Lea and Flood's generator: enough chance for a sample, in four lines.
fn splitmix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A regular expression that matches this name only.
fn exactly(name: &str) -> String {
    let mut pattern = String::from("^");
    for letter in name.chars() {
        if r"\.+*?()|[]{}^$#&-~".contains(letter) {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('$');
    pattern
}

/// Reads what `cargo mutants` wrote: one file per kind of ending, one mutant a line.
fn report() -> crate::Outcome {
    let results: PathBuf = shell::root().join("target/mutants.out");
    let read = |kind: &str| {
        let path = results.join(kind).with_extension("txt");
        std::fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))
    };
    let (missed, timeout) = (read("missed")?, read("timeout")?);
    let (caught, unviable) = (read("caught")?.lines().count(), read("unviable")?.lines().count());
    for mutant in missed.lines() {
        println!("no test noticed: {mutant}");
    }
    let (missed, timeout) = (missed.lines().count(), timeout.lines().count());
    println!("mutants: {caught} caught, {missed} missed, {timeout} out of time, {unviable} did not compile");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_the_same_for_the_same_seed_and_has_no_doubles() {
        let names: Vec<String> = (0..1000).map(|n| format!("crates/a.rs:{n}:1: x")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let drawn = sample(&names, 300, 1);
        assert_eq!(drawn, sample(&names, 300, 1));
        assert_ne!(drawn, sample(&names, 300, 2));
        assert_eq!(drawn.iter().collect::<std::collections::HashSet<_>>().len(), 300);
        // Drawn from the whole list, not from its head.
        let late = drawn.iter().filter(|name| names.iter().position(|n| n == *name).unwrap() >= 500).count();
        assert!((120..=180).contains(&late), "{late}");
        assert_eq!(sample(&names[..5], 300, 1), names[..5]);
    }

    #[test]
    fn a_name_becomes_a_pattern_for_itself() {
        assert_eq!(exactly("a.rs:1:2: replace && with || in f"), r"^a\.rs:1:2: replace \&\& with \|\| in f$");
        assert_eq!(exactly("replace x -> Vec<(u8)> with ()"), r"^replace x \-> Vec<\(u8\)> with \(\)$");
    }

    #[test]
    fn a_subject_without_mutants_is_told() {
        let subjects = ["status", "klok", "termijnen"];
        let names = ["crates/domain/src/status.rs:1:1: x", "crates/domain/src/klok/spell.rs:1:1: x"];
        assert!(every_occurs(&subjects, &names).is_err_and(|message| message.contains("termijnen")));
        assert!(every_occurs(&subjects, &[names[0], names[1], "crates/domain/src/termijnen/mod.rs:1:1: x"]).is_ok());
    }
}
