//! `leerrecht bench`: what taking in a region costs, beside rows that are written as plainly as possible.

use exchange::invoer::VerzuimIndeling;
use lexopt::{Arg, Parser, ValueExt};
use proefregio::{Proef, proefregio};
use store::InstallationKey;

use super::Map;
use crate::fout::{Afloop, Fout, Uitkomst};
use crate::gebruik::{Wijze, leerlingen, overzicht::Overzicht, regio, scholen, verzuim};
use crate::klok::{self, Stopwatch};
use crate::logboek::Logboek;
use crate::opdrachten::{getal, wacht};
use crate::uitvoer::zeg;

/// Pupils of the region that is measured with, unless another number is asked.
const LEERLINGEN: usize = 20_000;

/// `bench [--pupils N]`.
pub(super) fn run(woorden: &mut Parser) -> Uitkomst {
    let mut pupils = LEERLINGEN;
    while let Some(woord) = woorden.next()? {
        match woord {
            Arg::Long("pupils") => {
                let mag = || Fout::gebruik("Bij --pupils is een getal vanaf 400 toegestaan.");
                pupils = woorden.value()?.string()?.parse().ok().filter(|n| *n >= 400).ok_or_else(mag)?;
            }
            _ => return Err(woord.unexpected().into()),
        }
    }
    let map = Map::new()?;
    let proef = Proef { leerlingen: pupils, ..Proef::op(klok::vandaag()) };
    let made = proefregio(&proef);
    let key = InstallationKey::create(&map.0.join("sleutel"))?;
    wacht(measure(&map, key, &made, &proef))?;
    Ok(Afloop::Goed)
}

async fn measure(map: &Map, key: InstallationKey, made: &proefregio::Proefregio, proef: &Proef) -> Result<(), Fout> {
    let mut logboek = Logboek::create(&map.0.join("gegevens"), proefregio::REGIO_CODE, key).await?;
    let document = regio::lees(&made.regio_toml)?;
    let wijze = Wijze::op(domain::calendar::begin_van_dag(proef.vandaag));
    regio::neem_aan(&mut logboek, &document, wijze.nu).await?;
    regio::neem_standaard_aan(&mut logboek, &document, wijze.nu).await?;
    scholen::lees_in(&mut logboek, &document, &made.scholen, None, wijze).await?;
    let klok = Stopwatch::start();
    let pupils = leerlingen::lees_in(&mut logboek, &document, &made.leerlingen, wijze).await?;
    let seconds = klok.seconden();
    zeg!(
        "import leerlingen: {} rijen, {} gegevens in {seconds:.2} s",
        getal(pupils.telling.rijen),
        getal(pupils.nieuw)
    );
    let bestand = one_file(made);
    let klok = Stopwatch::start();
    let indeling = VerzuimIndeling::Leerrecht;
    let rows = verzuim::lees_in(&mut logboek, &document, &bestand, &indeling, [0; 32], wijze).await?.telling.rijen;
    let import = klok.seconden();
    zeg!(
        "import verzuim: {} rijen in {import:.2} s, {} rijen per seconde",
        getal(rows),
        getal(per_second(rows, import))
    );
    for (naam, map, per_statement) in
        [("rij voor rij", map.0.join("a"), 1), ("per 200 rijen", map.0.join("b"), store::probe::BULK)]
    {
        std::fs::create_dir_all(&map).map_err(|fout| Fout::bestand(&map, "geschreven", &fout))?;
        let klok = Stopwatch::start();
        store::probe::insert(&map.join("proef.db"), rows, per_statement).await?;
        let probe = klok.seconden();
        let speed = getal(per_second(rows, probe));
        zeg!(
            "  kale invoer van evenveel rijen, {naam}: {probe:.2} s, {speed} rijen per seconde; verhouding {:.2}",
            probe / import
        );
    }
    let klok = Stopwatch::start();
    let found: usize = logboek.register().signalen(2).values().map(Vec::len).sum();
    zeg!("signalen van de hele regio: {} in {:.2} s", getal(found as u64), klok.seconden());
    let klok = Stopwatch::start();
    let counted = Overzicht::op(&mut logboek.register_mut(), proef.vandaag, 2);
    zeg!("samenvatting van {} kinderen: {:.2} s", getal(counted.kinderen), klok.seconden());
    Ok(())
}

/// All rows of the year as one file of loose rows.
fn one_file(made: &proefregio::Proefregio) -> Vec<u8> {
    let mut all = Vec::new();
    for levering in &made.leveringen {
        let mut lines = levering.bestand.split_inclusive(|byte| *byte == b'\n');
        let declared = lines.next().is_some_and(|line| line.starts_with(b"#"));
        let header =
            if declared { lines.next() } else { levering.bestand.split_inclusive(|byte| *byte == b'\n').next() };
        if all.is_empty() {
            all.extend_from_slice(header.unwrap_or_default());
        }
        lines.for_each(|line| all.extend_from_slice(line));
    }
    all
}

fn per_second(rows: u64, seconds: f64) -> u64 {
    (rows as f64 / seconds.max(f64::EPSILON)) as u64
}
