//! `leerrecht check`: is a document of the region sound, and what will it do?

use std::path::{Path, PathBuf};

use lexopt::{Arg, Parser};
use signals::protocol::Protocol;

use super::kaal::{self, Paden};
use domain::calendar::datum;

use super::drukte;
use crate::fout::{Afloop, Fout};
use crate::uitvoer::zeg;

pub(super) fn protocol(woorden: &mut Parser) -> Result<Afloop, Fout> {
    let (mut pad, mut paden) = (None, Paden::default());
    while let Some(woord) = woorden.next()? {
        match woord {
            Arg::Value(woord) if pad.is_none() => pad = Some(PathBuf::from(woord)),
            Arg::Long(vlag) => {
                let vlag = vlag.to_owned();
                if !paden.neem(&vlag, || Ok(woorden.value()?.into()))? {
                    return Err(lexopt::Error::UnexpectedOption(format!("--{vlag}")).into());
                }
            }
            _ => return Err(woord.unexpected().into()),
        }
    }
    let pad = pad.ok_or_else(|| Fout::gebruik("Na check protocol hoort het bestand met het protocol."))?;
    let mut bevindingen = Vec::new();
    match kaal::lees_protocol(&pad)? {
        Ok(protocol) => {
            print(&protocol);
            bevindingen.extend(protocol.bevindingen());
            if paden.verzuim.is_some() {
                let bestanden = paden.lees()?;
                bevindingen.extend(bestanden.bevindingen.iter().cloned());
                bevindingen.extend(drukte::print(&protocol, &bestanden));
            }
        }
        Err(fouten) => bevindingen = fouten,
    }
    besluit(&pad, &bevindingen);
    Ok(if bevindingen.is_empty() { Afloop::Goed } else { Afloop::Bevindingen })
}

fn print(protocol: &Protocol) {
    zeg!("{} ({}), geldig vanaf {}", protocol.titel, protocol.regio, datum(protocol.geldig_vanaf));
    for regel in &protocol.regels {
        let uit = if regel.aan { "" } else { " (staat uit)" };
        zeg!("\n{}{uit}", regel.naam);
        zeg!("  {}", regel.zin);
        zeg!("  {}", regel.in_woorden());
        zeg!("  Bron: {}.", regel.bron);
    }
}

fn besluit(pad: &Path, bevindingen: &[String]) {
    if bevindingen.is_empty() {
        zeg!("\nGeen bevindingen.");
        return;
    }
    zeg!("\nBevindingen bij {}:", pad.display());
    for bevinding in bevindingen {
        zeg!("  - {bevinding}");
    }
}
