//! How many signals people would get under a protocol, on rows of bare files.

use signals::compiled::Compiled;
use signals::engine::evaluate_delen;
use signals::protocol::Protocol;

use super::getal;
use super::kaal::Bestanden;
use crate::gebruik::drukte::{self, Drukte, LEERLINGEN_PER_MENTOR, Omvang, komma};
use crate::uitvoer::zeg;

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
        let Some((school, meeste)) = drukte.meeste() else { continue };
        let gemiddeld = komma(drukte.gemiddeld());
        let Drukte { wie, per, hoogstens, .. } = drukte;
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
    let mut omvang = vec![Omvang { leerlingen: 0.0, dagen }; scholen];
    for school in (0..bestanden.records.leerlingen()).filter_map(school_van) {
        if let Some(school) = omvang.get_mut(school) {
            school.leerlingen += 1.0;
        }
    }
    let found = evaluate_delen(&bestanden.rows, &bestanden.axes, &Compiled::one(protocol), 2);
    let fired = found.iter().flat_map(|deel| &deel.firings);
    let fired = fired.filter_map(|firing| Some((usize::from(firing.regel), school_van(firing.leerling)?, 1)));
    drukte::bereken(protocol, &omvang, fired)
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
