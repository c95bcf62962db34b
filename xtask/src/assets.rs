//! `cargo xtask assets`: style, script and font of the pages, bundled from npm packages by the versions of the lock file.
//!
//! Nothing of a third party is committed; what is bundled goes into the binary.

use crate::{gate, shell};
use std::fs;
use std::process::Command;
use std::time::Duration;

/// A download is tried this often.
const TRIES: u32 = 3;
/// The wait after the first failed try.
const PAUSE: Duration = Duration::from_secs(2);

/// Installs what the lock file names, unless it is there, and bundles.
pub fn run() -> crate::Outcome {
    node()?;
    let folder = shell::root().join("assets");
    let lock = folder.join("package-lock.json");
    let installed = folder.join("node_modules/.leerrecht-lock.json");
    let wanted = fs::read(&lock).map_err(|e| format!("{}: {e}", lock.display()))?;
    if fs::read(&installed).ok().as_ref() != Some(&wanted) {
        shell::with_retries(TRIES, PAUSE, || {
            shell::run(Command::new("npm").current_dir(&folder).args([
                "ci",
                "--no-audit",
                "--no-fund",
                "--loglevel=error",
            ]))
        })?;
        fs::write(&installed, &wanted).map_err(|e| format!("{}: {e}", installed.display()))?;
    }
    shell::run(Command::new("node").current_dir(&folder).arg("bouw.mjs"))
}

/// Node with npm, which bundle the assets; nothing of them runs in the product.
fn node() -> crate::Outcome {
    let there = || {
        shell::is_there(Command::new("node").arg("--version")) && shell::is_there(Command::new("npm").arg("--version"))
    };
    if there() || gate::apt_install(&["nodejs", "npm"])? && there() {
        return Ok(());
    }
    Err("no node with npm, which bundle style and script. Debian and Ubuntu: apt-get install nodejs npm".to_owned())
}
