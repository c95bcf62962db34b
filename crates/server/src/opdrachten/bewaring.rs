//! `leerrecht verify`, `backup`, `restore`: is the register whole, and keeping a copy of it and of who may come in.

use std::path::{Path, PathBuf};

use lexopt::{Arg, Parser};
use store::{Backup, InstallationKey};

use super::{getal, plaats::Plaats, wacht};
use crate::fout::{Afloop, Fout, Uitkomst};
use crate::uitvoer::zeg;

/// Walks everything and names what is not as it was written.
pub(super) fn verify(plaats: &Plaats, woorden: &mut Parser) -> Uitkomst {
    if let Some(woord) = woorden.next()? {
        return Err(woord.unexpected().into());
    }
    let key = InstallationKey::read(&plaats.sleutel)?;
    let report = wacht(async { Ok(store::verify(&plaats.data, &key).await?) })?;
    vertel(&report)
}

fn vertel(report: &store::Report) -> Uitkomst {
    zeg!(
        "Nagelopen: {} gegevens ({} vernietigd), {} sleutels ({} vernietigd), {} leveringen met {} delen, {} regels in het leeslog, {} over accounts.",
        getal(report.entries),
        getal(report.entries_vernietigd),
        getal(report.keys),
        getal(report.keys_vernietigd),
        getal(report.deliveries),
        getal(report.blobs),
        getal(report.reads),
        getal(report.records.unwrap_or_default())
    );
    for fault in &report.faults {
        zeg!("  {fault}");
    }
    if report.more_faults > 0 {
        zeg!("  en nog {} fouten", getal(report.more_faults));
    }
    if report.is_whole() {
        zeg!("Alles is nog zoals het is vastgelegd.");
    } else {
        zeg!(
            "Niet alles is nog zoals het is vastgelegd. Zet de laatste goede reservekopie terug en vraag uw beheerder."
        );
    }
    Ok(if report.is_whole() { Afloop::Goed } else { Afloop::Bevindingen })
}

/// Copies log, keys, read log and accounts while others go on; the keys apart, so that only the newest of them need be
/// kept.
pub(super) fn backup(plaats: &Plaats, woorden: &mut Parser) -> Uitkomst {
    let pad = pad(woorden, "Noem het bestand waarin de reservekopie komt.")?;
    let delen = Delen::van(&pad);
    wacht(async {
        let logboek = plaats.open().await?;
        Ok(logboek.store().backup(delen.kopie(&pad)).await?)
    })?;
    zeg!("Reservekopie gemaakt: {}, {} en {}.", pad.display(), delen.sleutels.display(), delen.leeslog.display());
    zeg!("Bewaar van de sleutels alleen de nieuwste: wat vernietigd is, blijft dan in elke kopie onleesbaar.");
    if delen.toegang.exists() {
        zeg!("De accounts staan in {}. Bewaar ook daarvan alleen de nieuwste.", delen.toegang.display());
    }
    Ok(Afloop::Goed)
}

/// Puts a copy back in an empty place, and checks it.
pub(super) fn restore(plaats: &Plaats, woorden: &mut Parser) -> Uitkomst {
    let pad = pad(woorden, "Noem het bestand met de reservekopie.")?;
    let delen = Delen::van(&pad);
    if let Some(weg) = [&pad, &delen.sleutels, &delen.leeslog].into_iter().find(|pad| !pad.exists()) {
        return Err(Fout::kan_niet(format!(
            "{} bestaat niet. De delen van een reservekopie staan naast elkaar; controleer de naam.",
            weg.display()
        )));
    }
    let key = InstallationKey::read(&plaats.sleutel)?;
    let report = wacht(async { Ok(store::restore(delen.kopie(&pad), &plaats.data, &key).await?) })?;
    zeg!("Teruggezet in {}.", plaats.data.display());
    if delen.toegang.exists() {
        zeg!("Iedereen moet zich opnieuw aanmelden. Links die nog niet waren gebruikt, zijn niets meer waard.");
        zeg!("Wie na deze kopie is geblokkeerd, is dat niet meer. Kijk de accounts na met: leerrecht account lijst");
    } else {
        zeg!("Er zijn geen accounts bij. Nodig de eerste beheerder uit met: leerrecht account uitnodigen E-MAIL");
    }
    vertel(&report)
}

fn pad(woorden: &mut Parser, ontbreekt: &str) -> Result<PathBuf, Fout> {
    let Some(Arg::Value(pad)) = woorden.next()? else { return Err(Fout::gebruik(ontbreekt)) };
    match woorden.next()? {
        None => Ok(PathBuf::from(pad)),
        Some(woord) => Err(woord.unexpected().into()),
    }
}

/// Added to the name of a copy for its keys.
const SLEUTELS: &str = ".sleutels";
/// Added to the name of a copy for its read log.
const LEESLOG: &str = ".leeslog";
/// Added to the name of a copy for its accounts.
const TOEGANG: &str = ".toegang";

/// What stands beside a copy.
struct Delen {
    sleutels: PathBuf,
    leeslog: PathBuf,
    toegang: PathBuf,
}

impl Delen {
    fn van(pad: &Path) -> Self {
        let [sleutels, leeslog, toegang] = [SLEUTELS, LEESLOG, TOEGANG].map(|deel| beside(pad, deel));
        Delen { sleutels, leeslog, toegang }
    }

    fn kopie<'a>(&'a self, pad: &'a Path) -> Backup<'a> {
        Backup { log: pad, keys: &self.sleutels, reads: &self.leeslog, access: &self.toegang }
    }
}

/// `kopie.db` → `kopie.db.sleutels`.
fn beside(pad: &Path, deel: &str) -> PathBuf {
    let mut name = pad.file_name().unwrap_or_default().to_os_string();
    name.push(deel);
    pad.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_copy_stand_beside_it() {
        assert_eq!(beside(Path::new("/kopie/a.db"), SLEUTELS), PathBuf::from("/kopie/a.db.sleutels"));
        assert_eq!(beside(Path::new("/kopie/a.db"), LEESLOG), PathBuf::from("/kopie/a.db.leeslog"));
    }
}
