//! `cargo xtask demo`: the synthetic region, with the binary as it is shipped.

use crate::{assets, shell};
use lexopt::prelude::*;
use std::ffi::OsString;
use std::path::PathBuf;

/// Name of the key's file. It lies beside the data folder, never in it: who copies the folder holds no key.
const KEY_FILE: &str = "leerrecht.sleutel";

/// Builds in the release profile (a year of a region is a lot of rows for an unoptimised build) and runs `leerrecht demo`.
pub fn run(mut args: lexopt::Parser) -> crate::Outcome {
    let mut data = None;
    let mut passed_on: Vec<OsString> = Vec::new();
    while let Some(arg) = args.next().map_err(|e| e.to_string())? {
        let flag = match arg {
            Long("data") => {
                data = Some(PathBuf::from(args.value().map_err(|e| e.to_string())?));
                continue;
            }
            Long("pupils") => "--pupils",
            Long("seed") => "--seed",
            Long("op") => "--op",
            Long("listen") => "--listen",
            other => return Err(other.unexpected().to_string()),
        };
        passed_on.push(flag.into());
        passed_on.push(args.value().map_err(|e| e.to_string())?);
    }
    assets::run()?;
    let data = match data {
        Some(given) => std::path::absolute(&given).map_err(|e| format!("{}: {e}", given.display()))?,
        None => temporary()?.join("leerrecht-data"),
    };
    let key = data.with_file_name(KEY_FILE);
    eprintln!("data: {}\nkey:  {}", data.display(), key.display());
    let mut command = shell::cargo(&["run", "--release", "--package", "server", "--bin", "leerrecht", "--"]);
    command.arg("--data").arg(&data).arg("--sleutel").arg(&key).arg("demo").args(passed_on);
    shell::run(&mut command)
}

/// A new folder of our own; it stays, so that the commands of the README can be tried on it.
fn temporary() -> Result<PathBuf, String> {
    let folder = std::env::temp_dir().join(format!("leerrecht-demo-{}", std::process::id()));
    std::fs::create_dir(&folder).map_err(|e| format!("cannot make {}: {e}", folder.display()))?;
    Ok(folder)
}
