//! `leerrecht signalen`: the signals of files, without a register.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use domain::calendar::Vakantieregio;
use domain::period::from_day_number;
use exchange::kaal::Checksum;
use lexopt::{Arg, Parser, ValueExt};
use signals::compiled::Compiled;
use signals::engine::{MAX_THREADS, evaluate_all};
use signals::firing::Firing;
use signals::protocol::{Protocol, Regel};

use super::getal;
use super::indeling::{Indelingskeuze, KAAL};
use super::kaal::{self, Paden};
use super::stopwatch::Stopwatch;
use super::{eigen_bestand, plaats::Plaats, signalen_register};
use crate::fout::{Afloop, Fout};

#[derive(Debug, Default)]
struct Keuzes {
    paden: Paden,
    indeling: Indelingskeuze,
    protocol: Option<PathBuf>,
    uit: Option<PathBuf>,
    checksum: bool,
    draden: Option<usize>,
    regio: Option<Vakantieregio>,
    reden: Option<String>,
}

pub(super) fn run(plaats: &Plaats, woorden: &mut Parser) -> Result<Afloop, Fout> {
    let keuzes = lees_keuzes(woorden)?;
    match keuzes.indeling.naam() {
        Some(KAAL) => {}
        Some(_) => return eigen_bestand::run(&keuzes.eigen()?),
        None if keuzes.paden.verzuim.is_none() && keuzes.protocol.is_none() && !keuzes.checksum => {
            return signalen_register::run(plaats, keuzes.uit, keuzes.reden);
        }
        None => {
            return Err(Fout::gebruik(
                "Kies met --indeling leerrecht, met de indeling van uw pakket of met --indeling kaal in welke indeling de bestanden staan.",
            ));
        }
    }
    let Some(pad) = &keuzes.protocol else {
        return Err(Fout::gebruik("Bij --indeling kaal hoort --protocol BESTAND."));
    };
    let protocol = match kaal::lees_protocol(pad)? {
        Ok(protocol) => protocol,
        Err(fouten) => {
            fouten.iter().for_each(|fout| eprintln!("{fout}"));
            return Err(Fout::gebruik("Het protocol is niet te gebruiken; herstel het en probeer het opnieuw."));
        }
    };
    let mut stopwatch = Stopwatch::start();
    let bestanden = keuzes.paden.lees()?;
    stopwatch.meld(&format!("{} rijen gelezen", getal(bestanden.rows.len() as u64)));
    let compiled = Compiled::one(&protocol);
    let draden = keuzes.draden.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let uitkomst = evaluate_all(&bestanden.rows, &bestanden.axes, &compiled, draden);
    stopwatch.meld(&format!("{} signalen berekend", getal(uitkomst.firings.len() as u64)));
    let mut firings = uitkomst.firings;
    schrijf(&keuzes, &protocol, &mut firings)?;
    bestanden.bevindingen.iter().for_each(|bevinding| eprintln!("{bevinding}"));
    Ok(if bestanden.bevindingen.is_empty() { Afloop::Goed } else { Afloop::Bevindingen })
}

impl Keuzes {
    /// The choices for a school's own file.
    fn eigen(self) -> Result<eigen_bestand::Keuzes, Fout> {
        let indeling = self.indeling.lees("verzuim")?;
        let verzuim =
            self.paden.verzuim.ok_or_else(|| Fout::gebruik("Noem met --verzuim BESTAND uw eigen uitvoer."))?;
        if self.paden.kalender.is_some() || self.paden.scholen.is_some() || self.checksum {
            return Err(Fout::gebruik("--kalender, --scholen en --checksum horen bij --indeling kaal."));
        }
        let regio = self.regio.unwrap_or(Vakantieregio::Noord);
        Ok(eigen_bestand::Keuzes {
            verzuim,
            indeling,
            protocol: self.protocol,
            regio,
            uit: self.uit,
            draden: self.draden.unwrap_or(2),
        })
    }
}

fn lees_keuzes(woorden: &mut Parser) -> Result<Keuzes, Fout> {
    let mut keuzes = Keuzes::default();
    while let Some(woord) = woorden.next()? {
        let Arg::Long(vlag) = woord else { return Err(woord.unexpected().into()) };
        let vlag = vlag.to_owned();
        let mut pad = || -> Result<PathBuf, Fout> { Ok(woorden.value()?.into()) };
        match vlag.as_str() {
            "protocol" => keuzes.protocol = Some(pad()?),
            "uit" => keuzes.uit = Some(pad()?),
            "checksum" => keuzes.checksum = true,
            "reden" => keuzes.reden = Some(woorden.value()?.string()?),
            "vakantieregio" => {
                let mag = || Fout::gebruik("Bij --vakantieregio is Noord, Midden of Zuid toegestaan.");
                keuzes.regio = Some(Vakantieregio::from_naam(&woorden.value()?.string()?).ok_or_else(mag)?);
            }
            "draden" => {
                let draden =
                    woorden.value()?.string()?.parse().ok().filter(|draden| (1..=MAX_THREADS).contains(draden));
                let mag = || Fout::gebruik(format!("Bij --draden is 1 tot en met {MAX_THREADS} toegestaan."));
                keuzes.draden = Some(draden.ok_or_else(mag)?);
            }
            _ if keuzes.paden.neem(&vlag, &mut pad)? => {}
            _ if keuzes.indeling.neem(&vlag, || Ok(woorden.value()?.string()?))? => {}
            _ => return Err(lexopt::Error::UnexpectedOption(format!("--{vlag}")).into()),
        }
    }
    Ok(keuzes)
}

/// Writes the list to the file or stdout; with `--checksum` the counts and the checksum to stdout, and the list only
/// to a file that was asked for.
fn schrijf(keuzes: &Keuzes, protocol: &Protocol, firings: &mut [Firing]) -> Result<(), Fout> {
    let naar_stdout =
        |fout: io::Error| Fout::gebruik(format!("De uitvoer kan niet worden geschreven: {}.", fout.kind()));
    if let Some(pad) = &keuzes.uit {
        let mis = |fout| Fout::bestand(pad, "geschreven", &fout);
        lijst(protocol, firings, &mut BufWriter::new(File::create(pad).map_err(mis)?)).map_err(mis)?;
    } else if !keuzes.checksum {
        lijst(protocol, firings, &mut BufWriter::new(io::stdout().lock())).map_err(naar_stdout)?;
    }
    if keuzes.checksum {
        let mut stdout = io::stdout().lock();
        for regel in tel(protocol, firings)? {
            writeln!(stdout, "{regel}").map_err(naar_stdout)?;
        }
    }
    Ok(())
}

/// `pupil,date,rule,value`, sorted; a rule is its code, or its name when it has none.
fn lijst(protocol: &Protocol, firings: &mut [Firing], uit: &mut impl Write) -> io::Result<()> {
    let code = |firing: &Firing| regel_van(protocol, firing).and_then(|regel| regel.code);
    firings.sort_unstable_by_key(|firing| (firing.leerling, firing.dag, code(firing), firing.regel, firing.waarde));
    writeln!(uit, "pupil,date,rule,value")?;
    for firing in firings.iter() {
        let Some(regel) = regel_van(protocol, firing) else { continue };
        let naam = match (regel.code, is_waarschuwing(regel, firing)) {
            (Some(code), false) => code.to_string(),
            (Some(code), true) => format!("{code} nadert"),
            (None, false) => format!("\"{}\"", regel.naam.replace('"', "\"\"")),
            (None, true) => format!("\"{} nadert\"", regel.naam.replace('"', "\"\"")),
        };
        let dag = from_day_number(i32::from(firing.dag));
        writeln!(uit, "{},{dag},{naam},{}", firing.leerling, regel.in_eenheid(firing.waarde))?;
    }
    uit.flush()
}

/// The number of signals per rule and the checksum over them; warnings before a rule are in neither.
fn tel(protocol: &Protocol, firings: &[Firing]) -> Result<Vec<String>, Fout> {
    let mut checksum = Checksum::default();
    let mut per_code: BTreeMap<u8, u64> = BTreeMap::new();
    for firing in firings {
        let Some(regel) = regel_van(protocol, firing).filter(|regel| !is_waarschuwing(regel, firing)) else { continue };
        let Some(code) = regel.code else {
            let melding =
                format!("Voor --checksum heeft elke regel een code nodig; regel \"{}\" heeft er geen.", regel.naam);
            return Err(Fout::gebruik(melding));
        };
        // Values of the bare layout are whole and small; the checksum has one byte for them.
        checksum.add(firing.leerling, firing.dag, code, regel.in_eenheid(firing.waarde).min(255.0) as u8);
        *per_code.entry(code).or_default() += 1;
    }
    let mut regels: Vec<String> = per_code.iter().map(|(code, aantal)| format!("regel {code}: {aantal}")).collect();
    regels.push(format!("signalen: {}", checksum.aantal));
    regels.push(format!("checksum: {:016x}", checksum.som));
    Ok(regels)
}

fn regel_van<'p>(protocol: &'p Protocol, firing: &Firing) -> Option<&'p Regel> {
    protocol.regels.get(usize::from(firing.regel))
}

fn is_waarschuwing(regel: &Regel, firing: &Firing) -> bool {
    firing.trap > 0 && !regel.nadert.is_empty()
}
