//! `leerrecht check`: is a document of the region sound, and what will it do?

use std::path::{Path, PathBuf};

use convenant::Convenant;
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

/// `check convenant BESTAND`.
pub(super) fn convenant(woorden: &mut Parser) -> Result<Afloop, Fout> {
    let Some(Arg::Value(pad)) = woorden.next()? else {
        return Err(Fout::gebruik("Na check convenant hoort het bestand met het convenant."));
    };
    if let Some(woord) = woorden.next()? {
        return Err(woord.unexpected().into());
    }
    let pad = PathBuf::from(pad);
    let tekst = String::from_utf8(super::lees_bestand(&pad, convenant::MAX_CONVENANT_BYTES as u64)?)
        .map_err(|_| Fout::kan_niet("Het convenant is geen UTF-8. Sla het bestand op als UTF-8."))?;
    let bevindingen = match Convenant::lees(&tekst) {
        Ok(convenant) => {
            print_convenant(&convenant);
            Vec::new()
        }
        Err(fouten) => fouten.iter().map(ToString::to_string).collect(),
    };
    besluit(&pad, &bevindingen);
    Ok(if bevindingen.is_empty() { Afloop::Goed } else { Afloop::Bevindingen })
}

fn print_convenant(convenant: &Convenant) {
    let vanaf = convenant.geldig_vanaf().map(|dag| format!(", geldig vanaf {}", datum(dag))).unwrap_or_default();
    zeg!("{} ({}){vanaf}", convenant.titel(), convenant.regio());
    for regel in convenant.regels() {
        zeg!("\n{}", regel.naam);
        zeg!("  {}", regel.in_woorden());
        zeg!("  Grondslag: {}.", regel.grond.label());
    }
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
