//! `leerrecht compare protocol A B`: what B would have done beside A, with the absence of the register or of bare files.
//! It names no child, and keeps small counts back.

use std::path::{Path, PathBuf};

use domain::calendar::datum;
use domain::ids::LeerlingId;
use lexopt::{Arg, Parser, ValueExt};
use register::historie::{Historie, Leerlingdeel, Opbouw, Schooldeel, Verblijf};
use signals::compiled::Compiled;
use signals::prepared::Prepared;
use signals::protocol::Protocol;

use super::indeling::KAAL;
use super::kaal::{self, Bestanden, Paden};
use super::stopwatch::Stopwatch;
use super::{plaats::Plaats, wacht};
use crate::fout::{Afloop, Fout, Uitkomst};
use crate::gebruik::watals::{Kant, MAX_NAAST, MAX_WEKEN, Regel, Tafel, Uitslag, Volgorde, uitleg_nergens};
use crate::gebruik::weegkamer::DRADEN;
use crate::klok;
use crate::uitvoer::zeg;

/// `compare protocol A B [--op DATUM]`, or with `--indeling kaal` and its files.
pub(super) fn protocol(plaats: &Plaats, woorden: &mut Parser) -> Uitkomst {
    let (mut bestanden, mut paden, mut kaal) = (Vec::new(), Paden::default(), false);
    let mut op = klok::vandaag();
    while let Some(woord) = woorden.next()? {
        match woord {
            Arg::Value(woord) if bestanden.len() < 2 => bestanden.push(PathBuf::from(woord)),
            Arg::Long(vlag) => match vlag.to_owned().as_str() {
                "op" => op = super::demo::dag(woorden)?,
                "indeling" => {
                    kaal = woorden.value()?.string()? == KAAL;
                    if !kaal {
                        let mag = "Bij compare is alleen --indeling kaal toegestaan; laat het anders weg.";
                        return Err(Fout::gebruik(mag));
                    }
                }
                vlag if paden.neem(vlag, || Ok(woorden.value()?.into()))? => {}
                vlag => return Err(lexopt::Error::UnexpectedOption(format!("--{vlag}")).into()),
            },
            _ => return Err(woord.unexpected().into()),
        }
    }
    let [nu, dan] = bestanden.as_slice() else {
        return Err(Fout::gebruik("Na compare protocol horen twee bestanden: het protocol van nu en dat van dan."));
    };
    let (nu, dan) = (lees(nu)?, lees(dan)?);
    let mut stopwatch = Stopwatch::start();
    let (historie, namen) = if kaal { uit_bestanden(&paden.lees()?, &nu) } else { uit_register(plaats, op, &nu)? };
    stopwatch.meld("verzuim klaargezet");
    let weging_nu = historie.weeg(&nu, DRADEN);
    stopwatch.meld("protocol A gewogen");
    let weging_dan = historie.weeg(&dan, DRADEN);
    stopwatch.meld("protocol B gewogen");
    let uitslag = Uitslag::van(
        &historie,
        Kant { protocol: &nu, weging: &weging_nu },
        Kant { protocol: &dan, weging: &weging_dan },
        |plek| namen.get(plek).cloned().unwrap_or_default(),
    );
    stopwatch.meld("tabellen gemaakt");
    if plaats.json {
        zeg!("{}", serde_json::json!(uitslag));
    } else {
        print(&nu, &dan, &uitslag);
    }
    Ok(Afloop::Goed)
}

fn lees(pad: &Path) -> Result<Protocol, Fout> {
    kaal::lees_protocol(pad)?.map_err(|fouten| {
        let pad = pad.display();
        Fout::gebruik(format!(
            "Het protocol in {pad} is niet te gebruiken; herstel het en probeer het opnieuw.\n{}",
            fouten.join("\n")
        ))
    })
}

/// The absence of the register up to a day, and what its schools are called.
fn uit_register(plaats: &Plaats, op: domain::Date, protocol: &Protocol) -> Result<(Historie, Vec<String>), Fout> {
    let logboek = wacht(plaats.open())?;
    let register = logboek.register();
    let kinderen: Vec<LeerlingId> = register.kinderen().collect();
    let mut opbouw = Opbouw::new(op);
    opbouw.voeg_toe(&register, &kinderen);
    let historie = opbouw.klaar(&register, protocol, DRADEN);
    let naam = |school: &Schooldeel| school.id.map_or_else(String::new, |id| register.rules().naam(id).to_owned());
    let namen = historie.scholen().iter().map(naam).collect();
    Ok((historie, namen))
}

/// The absence of bare files: these know no birth dates, no contacts and no clocks.
fn uit_bestanden(bestanden: &Bestanden, protocol: &Protocol) -> (Historie, Vec<String>) {
    let days = bestanden.rows.all().iter().map(|rij| (rij >> 16) as u16);
    let (first, last) = days.fold((u16::MAX, 0), |(first, last), dag| (first.min(dag), last.max(dag)));
    let (first, last) = (first.min(last), last);
    let mut numbers: Vec<u16> = bestanden.scholen.iter().map(|(school, _)| school).collect();
    numbers.sort_unstable();
    let mut scholen: Vec<Schooldeel> = numbers
        .iter()
        .map(|school| {
            let regio =
                bestanden.scholen.regio(*school).and_then(|regio| bestanden.kalender.regios.get(usize::from(regio)));
            let inside = |dag: &&u16| (first..=last).contains(*dag);
            let mut schooldagen: Vec<u16> = regio.into_iter().flatten().filter(inside).copied().collect();
            schooldagen.sort_unstable();
            Schooldeel { schooldagen, ..Schooldeel::default() }
        })
        .collect();
    let mut leerlingen: Vec<Leerlingdeel> = Vec::new();
    for leerling in 0..bestanden.records.leerlingen() {
        let plek = bestanden.records.school(leerling).and_then(|school| numbers.binary_search(&school).ok());
        if let Some(school) = plek.and_then(|plek| scholen.get_mut(plek)) {
            school.leerlingen += 1.0;
        }
        let stay = plek.and_then(|plek| u32::try_from(plek).ok());
        let verblijven = stay.map(|school| Verblijf { van: 0, tot: u32::MAX, school }).into_iter().collect();
        leerlingen.push(Leerlingdeel { verblijven, ..Leerlingdeel::default() });
    }
    let prepared = Prepared::new(bestanden.rows.clone(), bestanden.axes.clone(), &Compiled::one(protocol), DRADEN);
    let namen = numbers.iter().map(|school| format!("school {school}")).collect();
    (Historie::new(prepared, scholen, leerlingen, false, (first, last)), namen)
}

fn print(nu: &Protocol, dan: &Protocol, uitslag: &Uitslag) {
    let named = |protocol: &Protocol| {
        format!("{} ({}, geldig vanaf {})", protocol.titel, protocol.regio, datum(protocol.geldig_vanaf))
    };
    zeg!("nu:  {}", named(nu));
    zeg!("dan: {}", named(dan));
    let Uitslag { leerlingen, rijen, .. } = uitslag;
    zeg!(
        "Over het verzuim van {leerlingen} leerlingen ({rijen} rijen), van {} tot en met {}.",
        datum(uitslag.van),
        datum(uitslag.tot_en_met)
    );
    print_tafel(&uitslag.kern);
    uitslag.drukste_week.iter().for_each(|zin| zeg!("  {zin}"));
    uitslag.tafels.iter().for_each(print_tafel);
    print_scholen(&uitslag.scholen);
    print_weken(uitslag);
    uitslag.eerder.iter().for_each(print_tafel);
    uitslag.dagen.iter().for_each(|zin| zeg!("  {zin}"));
    if uitslag.eerder.is_some() {
        zeg!("\n{}", uitleg_nergens());
    } else {
        zeg!("\nWat er op een signaal volgde en wie later thuis kwam te zitten, staat niet in deze bestanden.");
    }
    if !uitslag.let_op.is_empty() {
        zeg!("\nLet op bij het protocol van dan:");
        uitslag.let_op.iter().for_each(|punt| zeg!("  - {punt}"));
    }
}

fn print_tafel(tafel: &Tafel) {
    print_kop(tafel.titel);
    tafel.regels.iter().for_each(print_regel);
}

fn print_kop(titel: &str) {
    zeg!("\n{titel:<54}{:>20}{:>20}", "nu", "dan");
}

fn print_regel(regel: &Regel) {
    let naam: String = regel.naam.chars().take(52).collect();
    zeg!("  {naam:<52}{:>20}{:>20}", regel.nu, regel.dan);
}

/// The schools that change most; `--json` has them all.
fn print_scholen(scholen: &Tafel) {
    let sorted = scholen.op_volgorde(Volgorde::Verschil, "");
    if sorted.is_empty() {
        return;
    }
    print_kop(scholen.titel);
    sorted.iter().take(MAX_NAAST).for_each(|regel| print_regel(regel));
    if let Some(more) = sorted.len().checked_sub(MAX_NAAST).filter(|more| *more > 0) {
        zeg!("  en nog {more} scholen die minder veranderen; met --json staan ze er alle");
    }
}

/// The last weeks; `--json` has them all.
fn print_weken(uitslag: &Uitslag) {
    print_kop("Signalen in de week van");
    for week in uitslag.laatste_weken() {
        zeg!("  {:<52}{:>20}{:>20}", datum(week.maandag), week.nu, week.dan);
    }
    if uitslag.weken.len() > MAX_WEKEN {
        zeg!("  de laatste {MAX_WEKEN} van {} weken; met --json staan ze er alle", uitslag.weken.len());
    }
}
