//! `cargo xtask e2e`: the morning of every role in a real browser, on a small made-up region. `cargo xtask beelden`: the
//! pictures of the handbook, from the same region.

use crate::{assets, gate, shell};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Pupils of the region: enough for every planted course, few enough for an unoptimised build.
const PUPILS: &str = "600";
/// The day on which it plays.
const DAY: &str = "2026-03-20";
/// The browser of Debian.
const CHROMIUM: &str = "/usr/bin/chromium";

/// A process that ends with us.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Serves a region and sends the browser through it.
pub fn run() -> crate::Outcome {
    on_a_region(&["--test", "--test-concurrency=2", "--test-reporter=spec", "e2e/"])
}

/// Serves a region and takes the pictures of the handbook.
pub fn pictures() -> crate::Outcome {
    on_a_region(&["beelden.mjs"])
}

/// Builds and serves the region, and runs node with these words beside it. The region ends with it, however that ended.
fn on_a_region(words: &[&str]) -> crate::Outcome {
    chromium()?;
    assets::run()?;
    shell::run(&mut shell::cargo(&["build", "--package", "server", "--bin", "leerrecht"]))?;
    let folder = shell::root().join("target/e2e");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let (running, told) = serve(&folder)?;
    let file = folder.join("regio.json");
    fs::write(&file, told).map_err(|e| format!("{}: {e}", file.display()))?;
    let mut node = Command::new("node");
    node.current_dir(shell::root().join("assets")).env("LEERRECHT_E2E", &file).env("CHROMIUM", CHROMIUM).args(words);
    let ended = shell::run(&mut node);
    drop(running);
    ended
}

/// A command that the kernel ends when we are killed, so that no server is left behind; where there is no `setpriv`, one
/// that ends only when we end in good order.
fn tied(program: &Path) -> Command {
    if !shell::is_there(Command::new("setpriv").arg("--version")) {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--"]).arg(program);
    command
}

/// Starts the region; it says in one line of JSON where it is and who can log in.
fn serve(folder: &Path) -> Result<(Running, String), String> {
    let mut command = tied(&shell::root().join("target/debug/leerrecht"));
    command.arg("--data").arg(folder.join("gegevens")).arg("--sleutel").arg(folder.join("sleutel"));
    command.args(["--json", "demo", "--pupils", PUPILS, "--op", DAY, "--listen", "127.0.0.1:0"]);
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|e| format!("leerrecht demo: {e}"))?;
    let stdout = child.stdout.take();
    let running = Running(child);
    let mut line = String::new();
    let read = stdout.map(|stdout| BufReader::new(stdout).read_line(&mut line));
    match read {
        Some(Ok(bytes)) if bytes > 0 => Ok((running, line)),
        _ => Err("leerrecht demo ended before it served its region".to_owned()),
    }
}

fn chromium() -> crate::Outcome {
    let there = || Path::new(CHROMIUM).exists();
    if there() || gate::apt_install(&["chromium"])? && there() {
        return Ok(());
    }
    Err("no Chromium, with which the pages are tried. Debian: apt-get install chromium".to_owned())
}
