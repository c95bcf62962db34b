//! `leerrecht signalen` without files: the signals of the register. The list names children by our own number; it is
//! logged as a look at each of them.

use std::fs::OpenOptions;
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use domain::ids::LeerlingId;
use domain::signaal::Signaal;

use super::{plaats::Plaats, wacht};
use crate::fout::{Afloop, Fout, Uitkomst};
use crate::klok;
use crate::logboek::Lezer;

/// Threads that evaluate the region.
const DRADEN: usize = 2;

/// Writes `leerling,datum,regel,waarde`, sorted, to a file that only its owner may read, or to stdout.
pub(super) fn run(plaats: &Plaats, uit: Option<PathBuf>, reden: Option<String>) -> Uitkomst {
    let reden = reden.ok_or_else(|| {
        Fout::gebruik("Schrijf met --reden waarom u de signalen wilt zien; de reden komt in het leeslog.")
    })?;
    let signalen = wacht(async {
        let logboek = plaats.open().await?;
        let signalen = logboek.register().signalen(DRADEN);
        let leerlingen: Vec<LeerlingId> = signalen.keys().copied().collect();
        let lezer = Lezer::beheer(&logboek.register());
        let lezer = lezer.ok_or_else(|| {
            Fout::kan_niet("Dit register heeft nog geen regio. Maak het opnieuw met `leerrecht init`.")
        })?;
        for some in leerlingen.chunks(PER_REGEL) {
            logboek.gelezen(klok::nu(), &lezer, some, "signalen", &reden).await?;
        }
        Ok(signalen)
    })?;
    let lines =
        signalen.iter().flat_map(|(leerling, signalen)| signalen.iter().map(move |signaal| (leerling, signaal)));
    match uit {
        Some(pad) => {
            let mis = |fout| Fout::bestand(&pad, "geschreven", &fout);
            let file =
                OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&pad).map_err(mis)?;
            schrijf(lines, &mut BufWriter::new(file)).map_err(mis)?;
        }
        // Whoever stops reading misses the rest.
        None => schrijf(lines, &mut BufWriter::new(io::stdout().lock())).unwrap_or(()),
    }
    Ok(Afloop::Goed)
}

/// Children in one look: what the read log takes in one transaction without keeping others waiting.
const PER_REGEL: usize = 1_000;

fn schrijf<'a>(lines: impl Iterator<Item = (&'a LeerlingId, &'a Signaal)>, uit: &mut impl Write) -> io::Result<()> {
    writeln!(uit, "leerling,datum,regel,waarde")?;
    for (leerling, signaal) in lines {
        writeln!(
            uit,
            "{leerling},{},\"{}\",{}",
            signaal.dag,
            signaal.regel.replace('"', "\"\""),
            signaal.in_eenheid()
        )?;
    }
    uit.flush()
}
