//! `leerrecht init`: a new region from its document. `leerrecht check region`: is that document sound?

use std::path::{Path, PathBuf};

use lexopt::{Arg, Parser};

use super::{account, getal, lees_bestand, plaats::Plaats, wacht};
use crate::fout::{Afloop, Fout, Uitkomst};
use crate::gebruik::{accounts, regio};
use crate::klok;
use crate::uitvoer::zeg;

/// `init --region BESTAND`.
pub(super) fn init(plaats: &Plaats, woorden: &mut Parser) -> Uitkomst {
    let mut pad = None;
    while let Some(woord) = woorden.next()? {
        match woord {
            Arg::Long("region") => pad = Some(PathBuf::from(woorden.value()?)),
            _ => return Err(woord.unexpected().into()),
        }
    }
    let pad = pad.ok_or_else(|| Fout::gebruik("Noem met --region BESTAND het bestand met de regio."))?;
    let regio = regio::lees(&tekst(&pad)?)?;
    let nu = klok::nu();
    let (feiten, logboek) = wacht(async {
        let mut logboek = plaats.create(&regio.code).await?;
        let feiten = regio::neem_aan(&mut logboek, &regio, nu).await?;
        regio::neem_standaard_aan(&mut logboek, &regio, nu).await?;
        Ok((feiten, logboek))
    })?;
    zeg!("{} staat klaar in {} ({} gegevens over de regio).", regio.naam, plaats.data.display(), getal(feiten as u64));
    zeg!("De sleutel staat in {}. Bewaar die apart: zonder sleutel is niets te lezen.", plaats.sleutel.display());
    let beheerder = wacht(async {
        let toegang = plaats.toegang(&logboek).await?;
        let beheerder = accounts::eerste_beheerder(&logboek, &toegang, nu).await?;
        toegang.sluit().await;
        Ok(beheerder)
    })?;
    match beheerder {
        Some((email, link)) => {
            zeg!(
                "{} is de eerste beheerder. Stel het account in op het adres van uw Leerrecht met daarachter:",
                email.zichtbaar()
            );
            account::toon(&link);
        }
        None => {
            zeg!(
                "In het bestand staat geen medewerker met de rol beheerder en een e-mailadres: niemand kan zich aanmelden."
            );
        }
    }
    zeg!("Ga verder met: leerrecht import scholen BESTAND");
    Ok(Afloop::Goed)
}

/// `check region BESTAND`.
pub(super) fn check(woorden: &mut Parser) -> Uitkomst {
    let Some(Arg::Value(pad)) = woorden.next()? else {
        return Err(Fout::gebruik("Na check region hoort het bestand met de regio."));
    };
    if let Some(woord) = woorden.next()? {
        return Err(woord.unexpected().into());
    }
    let pad = PathBuf::from(pad);
    match exchange::regio::Regio::lees(&tekst(&pad)?) {
        Ok(regio) => {
            zeg!(
                "{}: {} organisaties, {} indelingen, {} medewerkers.",
                regio.naam,
                regio.organisaties.len(),
                regio.indelingen.len(),
                regio.medewerkers.len()
            );
            zeg!("Geen bevindingen.");
            Ok(Afloop::Goed)
        }
        Err(fouten) => {
            zeg!("Bevindingen bij {}:", pad.display());
            fouten.iter().for_each(|fout| zeg!("  - {fout}"));
            Ok(Afloop::Bevindingen)
        }
    }
}

fn tekst(pad: &Path) -> Result<String, Fout> {
    String::from_utf8(lees_bestand(pad, exchange::regio::MAX_BYTES as u64)?)
        .map_err(|_| Fout::kan_niet("De regio is geen UTF-8. Sla het bestand op als UTF-8."))
}
