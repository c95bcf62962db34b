//! `leerrecht bench`: figures of this machine, each as a ratio to a probe of the same run. An absolute time says little on
//! another machine; a ratio says what our own work costs beside the disk's, or beside a page that needs no work.

mod anderen;
mod bezoekers;
mod dossiers;
mod invoer;
mod klant;
mod paginas;
mod signalen;

use std::path::PathBuf;

use lexopt::{Arg, Parser};

use crate::fout::{Fout, Uitkomst};
use crate::klok::Toeval;

/// A folder that goes when the measuring is over.
struct Map(PathBuf);

impl Map {
    fn new() -> Result<Self, Fout> {
        let map = Map(std::env::temp_dir().join(format!("leerrecht-bench-{:016x}", Toeval::default().bits()?)));
        std::fs::create_dir_all(&map.0).map_err(|fout| Fout::bestand(&map.0, "geschreven", &fout))?;
        Ok(map)
    }
}

impl Drop for Map {
    fn drop(&mut self) {
        // What cannot be taken away stays for the operator; the figures are right all the same.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The most memory that this process has held so far, in MB; 0 where the system does not tell.
fn piek() -> f64 {
    geheugen("VmHWM:")
}

/// A line of what the system tells of our memory, in MB.
fn geheugen(regel: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kb = status.lines().find_map(|line| line.strip_prefix(regel)?.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    kb.unwrap_or(0.0) / 1_000.0
}

/// `bench [paginas|signalen] …`.
pub(super) fn run(woorden: &mut Parser) -> Uitkomst {
    let mut rest = woorden.clone();
    match rest.next()? {
        Some(Arg::Value(woord)) if woord == "paginas" => paginas::run(&mut rest),
        Some(Arg::Value(woord)) if woord == "signalen" => signalen::run(&mut rest),
        _ => invoer::run(woorden),
    }
}
