//! `leerrecht check`: is a document of the region sound, and what will it do?

use std::path::{Path, PathBuf};

use lexopt::{Arg, Parser};
use signals::compiled::Compiled;
use signals::engine::evaluate_all;
use signals::protocol::{Ontvanger, Protocol};

use super::getal;
use super::kaal::{self, Bestanden, Paden};
use crate::fout::{Afloop, Fout};
use crate::uitvoer::zeg;

/// Above this many signals a week per mentor a protocol asks more than people can do.
const MAX_PER_MENTOR_PER_WEEK: f64 = 3.0;
/// Above this many signals a schooldag per verzuimcoördinator (or intern begeleider in po).
const MAX_PER_COORDINATOR_PER_DAG: f64 = 10.0;
/// Bare files do not name mentors: so many pupils per mentor are assumed, and said so.
const LEERLINGEN_PER_MENTOR: f64 = 25.0;
/// Schooldagen in a full week.
const SCHOOLDAGEN_PER_WEEK: f64 = 5.0;

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
                bevindingen.extend(druk(&protocol, &bestanden));
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

/// Prints how many signals people would get on these rows, and gives a finding where that is more than they can do.
fn druk(protocol: &Protocol, bestanden: &Bestanden) -> Vec<String> {
    let firings = evaluate_all(&bestanden.rows, &bestanden.axes, &Compiled::one(protocol), 2).firings;
    let dagen = schooldagen(bestanden);
    if dagen == 0 {
        return vec![
            "verzuim: er staan geen rijen op schooldagen; de verwachte drukte is niet te berekenen".to_owned(),
        ];
    }
    let scholen = bestanden.scholen.iter().map(|(school, _)| usize::from(school) + 1).max().unwrap_or(0);
    let (mut leerlingen, mut mentor, mut coordinator) = (vec![0u64; scholen], vec![0u64; scholen], vec![0u64; scholen]);
    for leerling in 0..bestanden.records.leerlingen() {
        if let Some(school) = bestanden.records.school(leerling) {
            leerlingen[usize::from(school)] += 1;
        }
    }
    for firing in &firings {
        let Some(regel) = protocol.regels.get(usize::from(firing.regel)).filter(|regel| !regel.verzamelen) else {
            continue;
        };
        let Some(school) = bestanden.records.school(firing.leerling).map(usize::from) else { continue };
        mentor[school] += u64::from(regel.wie.contains(&Ontvanger::Mentor));
        let voor_school = [Ontvanger::Verzuimcoordinator, Ontvanger::IbEr];
        coordinator[school] += u64::from(voor_school.iter().any(|wie| regel.wie.contains(wie)));
    }
    let per_mentor = |school: usize| {
        let mentoren = (leerlingen[school] as f64 / LEERLINGEN_PER_MENTOR).max(1.0);
        mentor[school] as f64 / mentoren / (dagen as f64 / SCHOOLDAGEN_PER_WEEK)
    };
    let per_coordinator = |school: usize| coordinator[school] as f64 / dagen as f64;
    zeg!("\nVerwachte drukte, op {} rijen over {dagen} schooldagen", getal(bestanden.rows.len() as u64));
    zeg!("(aangenomen: een mentor heeft {LEERLINGEN_PER_MENTOR} leerlingen, een school één verzuimcoördinator;");
    zeg!(" regels met één bericht per dag tellen niet mee)");
    let mut bevindingen = Vec::new();
    let mentoren: Vec<f64> = (0..scholen).map(per_mentor).collect();
    let coordinatoren: Vec<f64> = (0..scholen).map(per_coordinator).collect();
    let mensen = [
        ("mentor", "week", mentoren, MAX_PER_MENTOR_PER_WEEK),
        ("verzuimcoördinator", "schooldag", coordinatoren, MAX_PER_COORDINATOR_PER_DAG),
    ];
    for (wie, per, druk, hoogstens) in mensen {
        let Some((school, meeste)) = druk.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)) else { continue };
        let (meeste, gemiddeld) = (*meeste, druk.iter().sum::<f64>() / scholen as f64);
        zeg!("  {wie}: gemiddeld {} per {per}, het meest {} op school {school}", komma(gemiddeld), komma(meeste));
        if meeste > hoogstens {
            bevindingen.push(format!(
                "{wie}: op school {school} {} signalen per {per}; meer dan {hoogstens} is niet te doen. \
                 Verhoog een drempel, kies verzamelen, of zet een regel uit.",
                komma(meeste)
            ));
        }
    }
    bevindingen
}

/// Number of schooldagen between the first and the last row, in the region with the most.
fn schooldagen(bestanden: &Bestanden) -> usize {
    let mut grenzen: Option<(u16, u16)> = None;
    for leerling in 0..bestanden.rows.sporen() {
        if let [eerste, .., laatste] | [eerste @ laatste] = bestanden.rows.of(leerling) {
            let (van, tot) = ((eerste >> 16) as u16, (laatste >> 16) as u16);
            let (eerder, later) = grenzen.unwrap_or((van, tot));
            grenzen = Some((eerder.min(van), later.max(tot)));
        }
    }
    let Some((van, tot)) = grenzen else { return 0 };
    let in_regio = |dagen: &Vec<u16>| dagen.iter().filter(|dag| (van..=tot).contains(*dag)).count();
    bestanden.kalender.regios.iter().map(in_regio).max().unwrap_or(0)
}

fn komma(getal: f64) -> String {
    format!("{getal:.1}").replace('.', ",")
}

fn datum(dag: domain::Date) -> String {
    const MAANDEN: [&str; 12] = [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ];
    let maand = usize::try_from(dag.month() - 1).ok().and_then(|maand| MAANDEN.get(maand)).unwrap_or(&"");
    format!("{} {maand} {}", dag.day(), dag.year())
}
