//! `leerrecht generate`: made-up data, the same from the same seed everywhere.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use lexopt::{Arg, Parser, ValueExt};
use proefregio::maatstaf::{self, Grootte};
use signals::protocol::{MAATSTAF_A, MAATSTAF_B};

use super::getal;
use super::stopwatch::Stopwatch;
use crate::fout::{Afloop, Fout};

pub(super) fn verzuim(woorden: &mut Parser) -> Result<Afloop, Fout> {
    let (mut grootte, mut seed, mut uit) = (None, maatstaf::SEED, None);
    while let Some(woord) = woorden.next()? {
        match woord {
            Arg::Long("size") => {
                let letter = woorden.value()?.string()?;
                let gekozen = Grootte::from_letter(&letter);
                grootte = Some(gekozen.ok_or_else(|| Fout::gebruik("Bij --size is S, M of L toegestaan."))?);
            }
            Arg::Long("seed") => {
                let getal = woorden.value()?.string()?.parse();
                let mag = || {
                    Fout::gebruik("Bij --seed is een geheel getal van 0 tot en met 18446744073709551615 toegestaan.")
                };
                seed = getal.map_err(|_| mag())?;
            }
            Arg::Long("uit") => uit = Some(PathBuf::from(woorden.value()?)),
            _ => return Err(woord.unexpected().into()),
        }
    }
    let grootte = grootte.ok_or_else(|| Fout::gebruik("Kies met --size S, M of L hoeveel er wordt gemaakt."))?;
    let map = uit.ok_or_else(|| Fout::gebruik("Kies met --uit MAP waar de bestanden komen."))?;
    fs::create_dir_all(&map).map_err(|fout| Fout::bestand(&map, "geschreven", &fout))?;
    let mut stopwatch = Stopwatch::start();
    schrijf(&map, "calendar.csv", maatstaf::schrijf_kalender)?;
    schrijf(&map, "schools.csv", |uit| maatstaf::schrijf_scholen(grootte, uit))?;
    schrijf(&map, "protocol-a.toml", |uit| uit.write_all(MAATSTAF_A.as_bytes()))?;
    schrijf(&map, "protocol-b.toml", |uit| uit.write_all(MAATSTAF_B.as_bytes()))?;
    let aantal = schrijf(&map, "records.csv", |uit| maatstaf::schrijf_records(grootte, seed, uit))?;
    stopwatch.meld(&format!("{} rijen geschreven in {}", getal(aantal), map.display()));
    Ok(Afloop::Goed)
}

fn schrijf<T>(map: &Path, naam: &str, inhoud: impl FnOnce(&mut BufWriter<File>) -> io::Result<T>) -> Result<T, Fout> {
    let pad = map.join(naam);
    let mis = |fout| Fout::bestand(&pad, "geschreven", &fout);
    let mut uit = BufWriter::new(File::create(&pad).map_err(mis)?);
    let geschreven = inhoud(&mut uit).map_err(mis)?;
    uit.flush().map_err(mis)?;
    Ok(geschreven)
}
