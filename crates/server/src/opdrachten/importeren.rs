//! `leerrecht import scholen|leerlingen|verzuim`: first read and checked whole, then written.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use domain::body::Sector;
use exchange::invoer::{Ernst, MAX_BESTAND, VerzuimIndeling};
use exchange::kaal::als_leerrecht;
use exchange::regio::Regio;
use lexopt::{Arg, Parser, ValueExt};
use sha2::{Digest, Sha256};

use super::indeling::Indelingskeuze;
use super::{getal, lees_bestand, plaats::Plaats, voorvertoning, wacht};
use crate::fout::{Afloop, Fout, Uitkomst};
use crate::gebruik::{Verslag, Wijze, leerlingen, regio, scholen, verzuim};
use crate::klok::Stopwatch;
use crate::logboek::Logboek;
use crate::uitvoer::zeg;

/// Findings that are printed; the rest is counted.
const MAX_GETOOND: usize = 40;

#[derive(Debug)]
struct Keuzes {
    bestand: PathBuf,
    wijze: Wijze,
    sector: Option<Sector>,
    afgewezen: Option<PathBuf>,
    indeling: Indelingskeuze,
}

/// Reads a file of that kind into the register.
pub(super) fn run(plaats: &Plaats, wat: Option<&str>, woorden: &mut Parser) -> Uitkomst {
    let wat =
        wat.ok_or_else(|| Fout::gebruik("Na import hoort: scholen, leerlingen of verzuim, en dan het bestand."))?;
    let keuzes = lees_keuzes(woorden)?;
    let indeling = keuzes.indeling.lees(wat)?;
    let mut bytes = lees_bestand(&keuzes.bestand, MAX_BESTAND as u64)?;
    if let Some(vestiging) = keuzes.indeling.kaal()? {
        bytes = als_leerrecht(&bytes, vestiging);
    }
    let klok = Stopwatch::start();
    let _alleen = plaats.alleen()?;
    let verslag = wacht(async {
        let mut logboek = plaats.open().await?;
        let regio = regio(&logboek)?;
        match wat {
            "scholen" => scholen::lees_in(&mut logboek, &regio, &bytes, keuzes.sector, keuzes.wijze).await,
            "leerlingen" => leerlingen::lees_in(&mut logboek, &regio, &bytes, keuzes.wijze).await,
            "verzuim" => lees_verzuim(&mut logboek, &regio, &bytes, &indeling, keuzes.wijze).await,
            _ => Err(Fout::gebruik("Na import hoort: scholen, leerlingen of verzuim, en dan het bestand.")),
        }
    })?;
    vertel(&verslag, klok.seconden());
    geef_terug(&keuzes, &verslag)?;
    let fouten = verslag.bevindingen.count(Ernst::Fout);
    Ok(if fouten == 0 { Afloop::Goed } else { Afloop::Bevindingen })
}

/// With `--proef` first shows what the file would become.
async fn lees_verzuim(
    logboek: &mut Logboek,
    regio: &Regio,
    bytes: &[u8],
    indeling: &VerzuimIndeling,
    wijze: Wijze,
) -> Result<Verslag, Fout> {
    if wijze.proef {
        let beeld = verzuim::bekijk(logboek, regio, bytes, indeling, voorvertoning::RIJEN, &wijze)?;
        voorvertoning::vertel(&beeld);
    }
    verzuim::lees_in(logboek, regio, bytes, indeling, Sha256::digest(bytes).into(), wijze).await
}

fn lees_keuzes(woorden: &mut Parser) -> Result<Keuzes, Fout> {
    let (mut bestand, mut sector, mut afgewezen, mut wijze) = (None, None, None, Wijze::nu());
    let mut indeling = Indelingskeuze::default();
    while let Some(woord) = woorden.next()? {
        match woord {
            Arg::Value(pad) if bestand.is_none() => bestand = Some(PathBuf::from(pad)),
            Arg::Long("proef") => wijze.proef = true,
            Arg::Long("alles-of-niets") => wijze.alles_of_niets = true,
            Arg::Long("afgewezen") => afgewezen = Some(PathBuf::from(woorden.value()?)),
            Arg::Long("sector") => {
                let word = woorden.value()?.string()?;
                let codes: Vec<&str> = Sector::ALL.iter().map(|sector| sector.code()).collect();
                let mag = || Fout::gebruik(format!("Bij --sector is toegestaan: {}.", codes.join(", ")));
                sector = Some(Sector::from_code(&word).ok_or_else(mag)?);
            }
            Arg::Long(vlag) => {
                let vlag = vlag.to_owned();
                if !indeling.neem(&vlag, || Ok(woorden.value()?.string()?))? {
                    return Err(lexopt::Error::UnexpectedOption(format!("--{vlag}")).into());
                }
            }
            _ => return Err(woord.unexpected().into()),
        }
    }
    let bestand = bestand.ok_or_else(|| Fout::gebruik("Noem het bestand dat u wilt inlezen."))?;
    Ok(Keuzes { bestand, wijze, sector, afgewezen, indeling })
}

fn vertel(verslag: &Verslag, seconden: f64) {
    let telling = &verslag.telling;
    zeg!(
        "{} rijen gelezen: {} goed, {} dubbel, {} afgewezen.",
        getal(telling.rijen),
        getal(telling.overgenomen),
        getal(telling.dubbel),
        getal(telling.afgewezen)
    );
    if telling.weggelaten > 0 {
        zeg!("{} rijen tellen bewust niet mee, zoals de indeling zegt.", getal(telling.weggelaten));
    }
    for regel in &verslag.gedaan {
        zeg!("{regel}.");
    }
    for bevinding in verslag.bevindingen.kept().iter().take(MAX_GETOOND) {
        zeg!("  {bevinding}");
    }
    if verslag.bevindingen.kept().len() > MAX_GETOOND {
        zeg!("  … Alle bevindingen, geteld:");
        for (ernst, soort, aantal) in verslag.bevindingen.counts() {
            let ernst = if ernst == Ernst::Fout { "fout" } else { "waarschuwing" };
            zeg!("  {ernst}, {soort}: {} keer", getal(aantal));
        }
    }
    match (verslag.geschreven, verslag.nieuw) {
        (false, nieuw) => zeg!("Er is niets geschreven. Er zouden {} gegevens bij komen.", getal(nieuw)),
        (true, 0) => zeg!("Alles stond al zo in het register; er verandert niets."),
        (true, nieuw) => zeg!("{} nieuwe gegevens vastgelegd.", getal(nieuw)),
    }
    eprintln!("Klaar in {seconden:.1} s.");
}

/// Gives the refused rows back as a file that only its owner may read: it holds names.
fn geef_terug(keuzes: &Keuzes, verslag: &Verslag) -> Result<(), Fout> {
    if verslag.afgewezen.is_empty() {
        return Ok(());
    }
    let pad = keuzes.afgewezen.clone().unwrap_or_else(|| beside(&keuzes.bestand));
    let mis = |fout| Fout::bestand(&pad, "geschreven", &fout);
    let mut bestand = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&pad).map_err(mis)?;
    bestand.write_all(verslag.afgewezen.as_bytes()).map_err(mis)?;
    let vervolg = if verslag.alleen_geheel {
        "Herstel ze in uw administratie en lever het hele bestand opnieuw: over deze periode telt alleen een volledige levering."
    } else {
        "Herstel ze daar en lees dat bestand in."
    };
    zeg!("De afgewezen rijen staan met de reden in {}. {vervolg}", pad.display());
    Ok(())
}

fn beside(bestand: &Path) -> PathBuf {
    let mut name = bestand.file_name().unwrap_or_default().to_os_string();
    name.push(".afgewezen.csv");
    bestand.with_file_name(name)
}
