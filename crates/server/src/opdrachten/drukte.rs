//! How many signals people would get under a protocol, on rows that are there: alarms people can live with.

use signals::compiled::Compiled;
use signals::engine::evaluate_all;
use signals::protocol::{Ontvanger, Protocol};

use super::getal;
use super::kaal::Bestanden;
use crate::uitvoer::zeg;

/// Above this many signals a week per mentor a protocol asks more than people can do.
const MAX_PER_MENTOR_PER_WEEK: f64 = 3.0;
/// Above this many signals a schooldag per verzuimcoördinator (in po the intern begeleider) likewise.
const MAX_PER_COORDINATOR_PER_DAG: f64 = 10.0;
/// Bare files do not name mentors: so many pupils per mentor are assumed, and said so.
const LEERLINGEN_PER_MENTOR: f64 = 25.0;
/// Schooldagen in a full week.
const SCHOOLDAGEN_PER_WEEK: f64 = 5.0;

/// What one kind of people gets at each school, and what they can do.
struct Drukte {
    wie: &'static str,
    per: &'static str,
    /// Signals per person per `per`, by number of the school.
    per_school: Vec<f64>,
    hoogstens: f64,
}

/// Prints the expected load, and gives a finding where that is more than people can do.
pub(super) fn print(protocol: &Protocol, bestanden: &Bestanden) -> Vec<String> {
    let dagen = schooldagen(bestanden);
    if dagen == 0 {
        return vec![
            "verzuim: er staan geen rijen op schooldagen; de verwachte drukte is niet te berekenen".to_owned(),
        ];
    }
    zeg!("\nVerwachte drukte, op {} rijen over {dagen} schooldagen", getal(bestanden.rows.len() as u64));
    zeg!("(aangenomen: een mentor heeft {LEERLINGEN_PER_MENTOR} leerlingen, een school één verzuimcoördinator;");
    zeg!(" regels met één bericht per dag tellen niet mee)");
    let mut bevindingen = Vec::new();
    for drukte in bereken(protocol, bestanden, dagen as f64) {
        let Drukte { wie, per, per_school, hoogstens } = drukte;
        let meeste = per_school.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
        let Some((school, meeste)) = meeste else { continue };
        let gemiddeld = komma(per_school.iter().sum::<f64>() / per_school.len() as f64);
        zeg!("  {wie}: gemiddeld {gemiddeld} per {per}, het meest {} op school {school}", komma(meeste));
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

fn bereken(protocol: &Protocol, bestanden: &Bestanden, dagen: f64) -> [Drukte; 2] {
    let scholen = bestanden.scholen.iter().map(|(school, _)| usize::from(school) + 1).max().unwrap_or(0);
    let school_van = |leerling| bestanden.records.school(leerling).map(usize::from);
    let mut leerlingen = vec![0.0; scholen];
    for school in (0..bestanden.records.leerlingen()).filter_map(school_van) {
        leerlingen[school] += 1.0;
    }
    let (mut mentor, mut coordinator) = (vec![0.0; scholen], vec![0.0; scholen]);
    for firing in evaluate_all(&bestanden.rows, &bestanden.axes, &Compiled::one(protocol), 2).firings {
        let regel = protocol.regels.get(usize::from(firing.regel)).filter(|regel| !regel.verzamelen);
        let (Some(regel), Some(school)) = (regel, school_van(firing.leerling)) else { continue };
        let gaat_naar = |wie: &[Ontvanger]| f64::from(wie.iter().any(|wie| regel.wie.contains(wie)));
        mentor[school] += gaat_naar(&[Ontvanger::Mentor]);
        coordinator[school] += gaat_naar(&[Ontvanger::Verzuimcoordinator, Ontvanger::IbEr]);
    }
    for (aantal, leerlingen) in mentor.iter_mut().zip(&leerlingen) {
        *aantal /= (leerlingen / LEERLINGEN_PER_MENTOR).max(1.0) * (dagen / SCHOOLDAGEN_PER_WEEK);
    }
    coordinator.iter_mut().for_each(|aantal| *aantal /= dagen);
    [
        Drukte { wie: "mentor", per: "week", per_school: mentor, hoogstens: MAX_PER_MENTOR_PER_WEEK },
        Drukte {
            wie: "verzuimcoördinator",
            per: "schooldag",
            per_school: coordinator,
            hoogstens: MAX_PER_COORDINATOR_PER_DAG,
        },
    ]
}

/// Number of schooldagen between the first and the last row, in the region with the most.
fn schooldagen(bestanden: &Bestanden) -> usize {
    let mut grenzen: Option<(u16, u16)> = None;
    for leerling in 0..bestanden.rows.sporen() {
        let rijen = bestanden.rows.of(leerling);
        if let (Some(eerste), Some(laatste)) = (rijen.first(), rijen.last()) {
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
