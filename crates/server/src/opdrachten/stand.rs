//! `leerrecht stand` and `leerrecht explain`: where one child stands, and the whole derivation behind it. Whoever asks
//! says why; the read is logged before anything is shown.

use domain::calendar::{begin_van_dag, dag_in_nederland, uur_in_nederland};
use domain::ids::LeerlingId;
use domain::period::next_day;
use domain::{Date, Timestamp};
use lexopt::{Arg, Parser, ValueExt};

use super::plaats::Plaats;
use super::plicht::lees_datum;
use super::wacht;
use crate::fout::{Afloop, Fout, Uitkomst};
use crate::gebruik::inzage;
use crate::klok;
use crate::logboek::{Lezer, Logboek};
use crate::uitvoer::zeg;
use crate::weergave::{self, Peil};

/// Length of a reason for looking, in characters, both inclusive.
const REDEN: std::ops::RangeInclusive<usize> = 5..=200;

/// What is shown of the child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wat {
    Stand,
    Uitleg,
}

impl Wat {
    /// As the read log names it: the command.
    fn woord(self) -> &'static str {
        match self {
            Wat::Stand => "stand",
            Wat::Uitleg => "explain",
        }
    }
}

/// What the words of the command ask.
#[derive(Debug, PartialEq, Eq)]
struct Vraag {
    leerling: String,
    op: Option<Date>,
    bekend: Option<Timestamp>,
    reden: String,
}

/// Shows where a child stands.
pub(super) fn stand(plaats: &Plaats, woorden: &mut Parser) -> Uitkomst {
    toon(Wat::Stand, plaats, woorden)
}

/// Shows the whole derivation.
pub(super) fn explain(plaats: &Plaats, woorden: &mut Parser) -> Uitkomst {
    toon(Wat::Uitleg, plaats, woorden)
}

fn toon(wat: Wat, plaats: &Plaats, woorden: &mut Parser) -> Uitkomst {
    let vraag = Vraag::lees(woorden)?;
    let vandaag = klok::vandaag();
    let peil = Peil { op: vraag.op.unwrap_or(vandaag), vandaag, bekend: vraag.bekend };
    let text = wacht(async {
        let logboek = plaats.open().await?;
        let leerling = inzage::leerling(&logboek.register(), &vraag.leerling)?;
        let text = antwoord(&logboek, wat, leerling, &peil, plaats.json).await?;
        let lezer = Lezer::beheer(&logboek.register()).ok_or_else(|| {
            Fout::kan_niet("Dit register heeft nog geen regio. Maak het opnieuw met `leerrecht init`.")
        })?;
        // Nothing is shown of a child before it is written down that somebody looked, and why.
        logboek.gelezen(klok::nu(), &lezer, &[leerling], wat.woord(), &vraag.reden).await?;
        Ok(text)
    })?;
    zeg!("{text}");
    Ok(Afloop::Goed)
}

/// The words to print about a child.
async fn antwoord(logboek: &Logboek, wat: Wat, leerling: LeerlingId, peil: &Peil, json: bool) -> Result<String, Fout> {
    let then = match peil.bekend {
        Some(at) => Some(logboek.zoals_bekend(leerling, at).await?),
        None => None,
    };
    let now = logboek.register();
    let register = then.as_ref().unwrap_or(&now);
    let text = match (wat, json) {
        (Wat::Stand, false) => weergave::stand(register, leerling, peil),
        (Wat::Uitleg, false) => weergave::uitleg(register, leerling, peil),
        (Wat::Stand, true) => weergave::stand_json(register, leerling, peil).map(|value| format!("{value:#}")),
        (Wat::Uitleg, true) => weergave::uitleg_json(register, leerling, peil).map(|value| format!("{value:#}")),
    };
    text.ok_or_else(inzage::onbekend)
}

impl Vraag {
    fn lees(woorden: &mut Parser) -> Result<Self, Fout> {
        let (mut leerling, mut op, mut bekend, mut reden) = (None, None, None, None);
        while let Some(woord) = woorden.next()? {
            match woord {
                Arg::Value(woord) if leerling.is_none() => leerling = Some(woord.string()?),
                Arg::Long("op") => op = Some(dag("--op", &woorden.value()?.string()?)?),
                Arg::Long("bekend") => bekend = Some(moment(&woorden.value()?.string()?)?),
                Arg::Long("reden") => reden = Some(woorden.value()?.string()?.trim().to_owned()),
                _ => return Err(woord.unexpected().into()),
            }
        }
        let leerling = leerling.ok_or_else(|| {
            Fout::gebruik("Noem de leerling: het nummer L-…, of vestigingscode:leerlingnummer, zoals 90AA00:1001.")
        })?;
        let reden = reden.filter(|reden| REDEN.contains(&reden.chars().count())).ok_or_else(|| {
            Fout::gebruik(format!(
                "Zeg met --reden waarom u deze leerling bekijkt, in {} tot en met {} tekens. De reden komt in het leeslogboek.",
                REDEN.start(),
                REDEN.end()
            ))
        })?;
        Ok(Vraag { leerling, op, bekend, reden })
    }
}

fn dag(vlag: &str, tekst: &str) -> Result<Date, Fout> {
    lees_datum(vlag, tekst).map_err(|_| {
        Fout::gebruik(format!(
            "De datum ‘{tekst}’ achter {vlag} bestaat niet. Schrijf jjjj-mm-dd of dd-mm-jjjj, zoals 2026-03-03."
        ))
    })
}

/// A moment: a whole day up to its end, a time as clocks in the Netherlands show it, or a point in time with its zone.
fn moment(tekst: &str) -> Result<Timestamp, Fout> {
    if let Ok(moment) = tekst.parse::<Timestamp>() {
        return Ok(moment);
    }
    let found = match tekst.split_once('T') {
        Some((day, time)) => dag("--bekend", day).ok().and_then(|day| tijdstip(day, time)),
        None => dag("--bekend", tekst).ok().and_then(laatste_van),
    };
    found.ok_or_else(|| {
        Fout::gebruik(format!(
            "Het moment ‘{tekst}’ achter --bekend is niet leesbaar. Schrijf een dag (2026-03-03: alles tot en met die dag) of een tijdstip (2026-03-03T14:05)."
        ))
    })
}

/// The last moment of a day.
fn laatste_van(dag: Date) -> Option<Timestamp> {
    Timestamp::from_microsecond(begin_van_dag(next_day(dag)).as_microsecond() - 1).ok()
}

/// The first moment at which clocks show a time (`14:05`) on a day; none in the hour that summer time leaves out.
fn tijdstip(dag: Date, tekst: &str) -> Option<Timestamp> {
    const UUR: i64 = 3_600;
    let (uur, minuut) = tekst.split_once(':')?;
    let (uur, minuut) = (i64::from(uur.parse::<u8>().ok()?), i64::from(minuut.parse::<u8>().ok()?));
    let since_midnight = begin_van_dag(dag).as_second() + uur * UUR + minuut * 60;
    let shown = |moment: &Timestamp| uur_in_nederland(*moment) == (uur, minuut) && dag_in_nederland(*moment) == dag;
    [-UUR, 0, UUR].into_iter().filter_map(|shift| Timestamp::from_second(since_midnight + shift).ok()).find(shown)
}

#[cfg(test)]
mod tests;
