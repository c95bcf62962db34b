//! Imports, from bytes to rows and findings.

mod afgewezen;
mod edexml;
mod eigenschappen;
mod heen_en_terug;
mod indeling;
mod leerlingen;
mod scholen;
mod vertaald;
mod verzuim;
mod voorvertoning;

use std::io::Read;
use std::path::PathBuf;

use domain::Date;
use domain::nummers::Gemeentecode;
use exchange::invoer::{Ernst, Invoer, Kader};
use exchange::regio::RegioSoort;

/// The day on which all imports of these tests take place.
pub const VANDAAG: Date = Date::constant(2026, 3, 20);

/// A synthetic region of Alkmaar and Heiloo.
pub fn proef() -> Kader<'static> {
    static GEMEENTEN: std::sync::LazyLock<Vec<Gemeentecode>> =
        std::sync::LazyLock::new(|| ["0361", "0399"].map(|code| Gemeentecode::parse(code).unwrap()).to_vec());
    Kader { soort: RegioSoort::Proef, vandaag: VANDAAG, gemeenten: &GEMEENTEN }
}

/// The same with real schools.
pub fn echt() -> Kader<'static> {
    Kader { soort: RegioSoort::Echt, ..proef() }
}

/// Findings as "row column kind", errors with a `!` before them.
pub fn findings<T>(invoer: &Invoer<T>) -> Vec<String> {
    let sign = |ernst| if ernst == Ernst::Fout { "!" } else { "" };
    let kept = invoer.bevindingen.kept().iter();
    kept.map(|b| format!("{}{} {} {}", sign(b.ernst), b.rij, b.veld, b.soort)).collect()
}

/// A shared sample file, unpacked; `None` with a printed reason when it is not there.
pub fn shared(path: &str) -> Option<Vec<u8>> {
    let file = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(path);
    let Ok(bytes) = std::fs::read(&file) else {
        println!("skipped: no {path} beside the project");
        return None;
    };
    if !path.ends_with(".gz") {
        return Some(bytes);
    }
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked).unwrap();
    Some(unpacked)
}
