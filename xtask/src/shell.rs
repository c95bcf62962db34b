//! Running other programs: where, how, and what they said.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The folder of the workspace.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// `cargo` with these words, in the workspace, as the cargo that runs us.
pub fn cargo(words: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(words).current_dir(root());
    // Set by `cargo run` for this tool; a build that inherits them would be built anew for no reason.
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            command.env_remove(name);
        }
    }
    command
}

/// Whether the program can be started at all.
pub fn is_there(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Runs the program on our own terminal; an error names it and how it ended.
pub fn run(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| format!("cannot start {}: {error}", line_of(command)))?;
    judge(command, status)
}

/// Runs the program, showing what it says as it says it, and hands over the text.
pub fn run_and_keep(command: &mut Command) -> (String, Result<(), String>) {
    let spawned = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) => return (String::new(), Err(format!("cannot start {}: {error}", line_of(command)))),
    };
    let out = child.stdout.take().map(|pipe| thread::spawn(|| tee(pipe, std::io::stdout())));
    let err = child.stderr.take().map(|pipe| thread::spawn(|| tee(pipe, std::io::stderr())));
    let mut text = String::new();
    for reader in [out, err].into_iter().flatten() {
        text.push_str(&reader.join().unwrap_or_default());
    }
    let ended = match child.wait() {
        Ok(status) => judge(command, status),
        Err(error) => Err(format!("lost sight of {}: {error}", line_of(command))),
    };
    (text, ended)
}

fn tee(pipe: impl Read, mut screen: impl Write) -> String {
    let mut kept = String::new();
    for line in BufReader::new(pipe).lines().map_while(Result::ok) {
        // A closed screen is no reason to stop the tests.
        let _ = writeln!(screen, "{line}");
        kept.push_str(&line);
        kept.push('\n');
    }
    kept
}

fn judge(command: &Command, status: ExitStatus) -> Result<(), String> {
    if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", line_of(command))) }
}

/// The command as one would type it.
pub fn line_of(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let mut line = program.to_string_lossy().into_owned();
    for word in command.get_args() {
        line.push(' ');
        line.push_str(&word.to_string_lossy());
    }
    line
}

/// Tries up to `times` times, waiting `pause`, then twice that, and so on.
pub fn with_retries(
    times: u32,
    pause: Duration,
    mut attempt: impl FnMut() -> Result<(), String>,
) -> Result<(), String> {
    let mut tried = 1;
    loop {
        match attempt() {
            Err(message) if tried < times => {
                eprintln!("{message}; trying again ({tried} of {times} tried)");
                thread::sleep(pause * tried);
                tried += 1;
            }
            ended => return ended,
        }
    }
}

/// Starts a watch; its `elapsed` is for closing lines only.
#[expect(clippy::disallowed_methods, reason = "the tool tells how long it took; nothing is decided by it")]
pub fn watch() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_stop_at_the_first_success_and_at_the_bound() {
        let mut calls = 0;
        let never = with_retries(1, Duration::ZERO, || {
            calls += 1;
            Err("no".to_owned())
        });
        assert_eq!((never, calls), (Err("no".to_owned()), 1));

        let mut calls = 0;
        let second = with_retries(3, Duration::ZERO, || {
            calls += 1;
            if calls == 2 { Ok(()) } else { Err("not yet".to_owned()) }
        });
        assert_eq!((second, calls), (Ok(()), 2));
    }

    #[test]
    fn what_a_program_says_is_kept_and_its_failure_is_told() {
        let (text, ended) = run_and_keep(&mut cargo(&["--version"]));
        assert!(text.starts_with("cargo "), "{text}");
        assert_eq!(ended, Ok(()));
        let (_, ended) = run_and_keep(&mut cargo(&["no-such-verb"]));
        assert!(ended.is_err_and(|message| message.contains("no-such-verb")));
    }
}
