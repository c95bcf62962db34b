//! `cargo xtask test`: everything CI checks, in the order in which a mistake is cheapest to hear of.

use crate::{assets, bench, e2e, shell, tidy};
use std::process::Command;
use std::time::Duration;

/// Downloads are tried this often; after that everything runs offline, so that a registry hiccup cannot look like a failing test.
const FETCH_TRIES: u32 = 3;
/// The wait after the first failed try; after the second it is twice as long.
const FETCH_PAUSE: Duration = Duration::from_secs(2);
/// Crates whose tests take seconds: they touch no disk.
const QUICK: [&str; 6] = ["domain", "tafel", "signals", "convenant", "register", "xtask"];

/// Runs every check and stops at the first that fails. `quick`: layout, tidy and the tests of the pure crates.
pub fn run(quick: bool) -> crate::Outcome {
    let watch = shell::watch();
    let mut steps = Steps { done: 0, said: Vec::new() };
    steps.take("C compiler", c_compiler)?;
    steps.take("fetch", || {
        shell::with_retries(FETCH_TRIES, FETCH_PAUSE, || shell::run(&mut shell::cargo(&["fetch", "--locked"])))
    })?;
    steps.take("assets", assets::run)?;
    steps.take("layout", || shell::run(&mut shell::cargo(&["fmt", "--all", "--check"])))?;
    steps.take("tidy", tidy::run)?;
    let tests = if quick { steps.tests(&packages(&QUICK))? } else { steps.tests(&["--workspace".to_owned()])? };
    if !quick {
        steps.take("examples in the documentation", doc_tests)?;
        steps.take("pages in a browser", e2e::run)?;
        steps.signals()?;
        let clippy = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
        steps.take("clippy", || shell::run(&mut offline(&clippy)))?;
        steps.deny()?;
    }
    for line in &steps.said {
        println!("{line}");
    }
    println!("ok: {} steps, {tests} tests, {} s", steps.done, watch.elapsed().as_secs());
    Ok(())
}

struct Steps {
    done: u32,
    /// What the reader should still know at the end: what was skipped.
    said: Vec<String>,
}

impl Steps {
    fn take(&mut self, name: &str, step: impl FnOnce() -> crate::Outcome) -> crate::Outcome {
        eprintln!("== {name}");
        step().map_err(|message| format!("\nfailed at step '{name}': {message}"))?;
        self.done += 1;
        Ok(())
    }

    /// Runs the tests of `which` (flags of cargo) and returns how many passed.
    fn tests(&mut self, which: &[String]) -> Result<u64, String> {
        let mut counted = 0;
        self.take("tests", || run_tests(which, &[]).map(|tests| counted += tests))?;
        Ok(counted)
    }

    fn signals(&mut self) -> crate::Outcome {
        let mut skipped = None;
        self.take("signals beside numpy", || bench::beside_numpy().map(|why| skipped = why))?;
        self.said.extend(skipped.map(|why| format!("skipped: signals beside numpy, for {why}")));
        Ok(())
    }

    fn deny(&mut self) -> crate::Outcome {
        if !shell::is_there(&mut shell::cargo(&["deny", "--version"])) {
            self.said.push(
                "skipped: licences, bans and sources, for cargo-deny is not installed (cargo install cargo-deny --locked)"
                    .to_owned(),
            );
            return Ok(());
        }
        let words = ["deny", "--offline", "check", "licenses", "bans", "sources"];
        self.take("licences, bans, sources", || shell::run(&mut shell::cargo(&words)))
    }
}

/// Runs the tests of `which`, with nextest where it is installed, and returns how many passed.
pub fn run_tests(which: &[String], env: &[(&str, &str)]) -> Result<u64, String> {
    let mut command = offline(if has_nextest() { &["nextest", "run"] } else { &["test"] });
    command.args(which).envs(env.iter().copied());
    let (text, ended) = shell::run_and_keep(&mut command);
    ended?;
    match passed(&text) {
        0 => Err("no test ran; a check that checks nothing does not count".to_owned()),
        tests => Ok(tests),
    }
}

/// Examples in doc comments, which nextest leaves out and cargo's own runner has run already.
fn doc_tests() -> crate::Outcome {
    if has_nextest() { shell::run(&mut offline(&["test", "--quiet", "--doc", "--workspace"])) } else { Ok(()) }
}

fn has_nextest() -> bool {
    shell::is_there(&mut shell::cargo(&["nextest", "--version"]))
}

/// How many tests passed, from the closing lines of nextest or of cargo's own test runner.
fn passed(text: &str) -> u64 {
    text.lines()
        .filter(|line| line.trim_start().starts_with("Summary [") || line.starts_with("test result: ok."))
        .filter_map(|line| {
            let before = line.split(" passed").next()?;
            before.rsplit(' ').next()?.parse::<u64>().ok()
        })
        .sum()
}

fn packages(names: &[&str]) -> Vec<String> {
    names.iter().flat_map(|name| ["--package".to_owned(), (*name).to_owned()]).collect()
}

fn offline(words: &[&str]) -> Command {
    let mut command = shell::cargo(words);
    command.env("CARGO_NET_OFFLINE", "true");
    if std::env::var_os("CI").is_some() {
        command.env("CARGO_INCREMENTAL", "0");
    }
    command
}

/// SQLite is compiled from source and needs a C compiler: the one thing cargo cannot bring.
fn c_compiler() -> crate::Outcome {
    let there = || shell::is_there(Command::new("cc").arg("--version"));
    if there() {
        return Ok(());
    }
    if apt_install(&["gcc", "libc6-dev"])? && there() {
        return Ok(());
    }
    Err("no C compiler (cc), which SQLite needs. Debian and Ubuntu: apt-get install gcc libc6-dev".to_owned())
}

/// Installs Debian packages where that is possible; tells whether it was.
pub fn apt_install(packages: &[&str]) -> Result<bool, String> {
    if !is_root() || !shell::is_there(Command::new("apt-get").arg("--version")) {
        return Ok(false);
    }
    let apt = |words: &[&str]| shell::run(Command::new("apt-get").args(words).env("DEBIAN_FRONTEND", "noninteractive"));
    apt(&["update", "-qq"])?;
    apt(&[&["install", "-y", "-qq", "--no-install-recommends"], packages].concat())?;
    Ok(true)
}

fn is_root() -> bool {
    let told = Command::new("id").arg("-u").output();
    told.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passed_tests_are_counted_for_both_runners() {
        let nextest = "     Summary [   0.010s] 12 tests run: 12 passed, 3 skipped\n";
        assert_eq!(passed(nextest), 12);
        let slow = "     Summary [   9.010s] 12 tests run: 11 passed (1 slow), 0 skipped\n";
        assert_eq!(passed(slow), 11);
        let cargo = "running 2 tests\ntest a ... ok\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured\n\
                     test result: ok. 40 passed; 0 failed; 0 ignored; 0 measured\n";
        assert_eq!(passed(cargo), 42);
        assert_eq!(passed("test result: FAILED. 2 passed; 1 failed"), 0);
    }

    #[test]
    fn packages_become_flags() {
        assert_eq!(packages(&["domain", "xtask"]), ["--package", "domain", "--package", "xtask"]);
    }
}
