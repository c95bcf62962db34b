//! `cargo xtask bench-omgeving`: a Python with the engines that `leerrecht bench signalen` runs beside ours, in `target/bench`;
//! and the check that numpy finds the same signals in more time, on the smallest size.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use crate::shell;

/// What the engines are and in which versions.
const NEEDS: &str = "bench/eisen.txt";
/// At least so many times as fast as numpy, from rows to signals, by the fastest round of each. The build of the tests has the
/// engine as a release build has it (`profile.dev.package.signals`); their ratio is in `docs/signalen.md`.
const TIMES_NUMPY: &str = "10";
/// Other work beside a run of milliseconds makes us look slow, and never fast: one of so many runs has to be fast enough.
const TRIES: u32 = 5;
/// The wait after the first run that was not.
const PAUSE: Duration = Duration::from_secs(1);

/// Installs all engines.
pub fn environment() -> crate::Outcome {
    install(|_| true)
}

/// Runs the smallest size beside numpy. Gives why it was skipped, if it was.
pub fn beside_numpy() -> Result<Option<String>, String> {
    if !shell::is_there(Command::new(python()).args(["-c", "import numpy"]))
        && let Err(why) = install(|line| line.starts_with("numpy"))
    {
        return Ok(Some(why));
    }
    let words = ["run", "--quiet", "--package", "server", "--", "bench", "signalen", "--grootte", "S"];
    let mut command = shell::cargo(&words);
    command.args(["--naast", "numpy", "--minstens", TIMES_NUMPY]).env("CARGO_NET_OFFLINE", "true");
    shell::with_retries(TRIES, PAUSE, || shell::run(&mut command)).map(|()| None)
}

fn folder() -> PathBuf {
    shell::root().join("target/bench")
}

fn python() -> PathBuf {
    folder().join("bin/python")
}

/// Makes the environment when it is not there and installs the lines of the list that are wanted.
fn install(wanted: impl Fn(&str) -> bool) -> crate::Outcome {
    let list = shell::root().join(NEEDS);
    let text = fs::read_to_string(&list).map_err(|error| format!("cannot read {NEEDS}: {error}"))?;
    let needs: Vec<&str> = packages(&text).filter(|line| wanted(line)).collect();
    if !shell::is_there(Command::new(python()).arg("--version")) {
        shell::run(Command::new("python3").args(["-m", "venv"]).arg(folder()))
            .map_err(|error| format!("python3 with venv is not there ({error})"))?;
    }
    let mut pip = Command::new(python());
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"]);
    shell::run(pip.args(needs)).map_err(|error| format!("the engines cannot be installed ({error})"))
}

/// The lines of a list of packages, without its comments.
fn packages(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_engine_of_the_list_has_one_version() {
        let text = fs::read_to_string(shell::root().join(NEEDS)).unwrap();
        let named: Vec<&str> = packages(&text).collect();
        assert!(named.iter().all(|line| line.matches("==").count() == 1), "{named:?}");
        assert!(named.iter().any(|line| line.starts_with("numpy==")), "{named:?}");
        assert_eq!(packages("# a\n\n b==1 \n").collect::<Vec<_>>(), ["b==1"]);
    }
}
