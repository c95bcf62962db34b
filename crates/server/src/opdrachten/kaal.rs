//! The three bare files, read and put in the form in which signals are evaluated.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use exchange::kaal::{Bevinding, Bevindingen, Kalender, RecordLezer, Records, Scholen, UREN_PER_DAG};
use exchange::kaal::{lees_kalender, lees_scholen};
use signals::axis::{Axes, Dagen, Dagtaken};
use signals::protocol::{self, MAX_PROTOCOL_BYTES, Protocol};
use signals::rows::Rows;

use super::{getal, lees_bestand};
use crate::fout::Fout;

/// How much of the largest file is read at a time, in bytes.
const STUK: usize = 16 << 20;
/// The largest calendar or list of schools that is read, in bytes.
const MAX_KLEIN_BESTAND: u64 = 64 << 20;
/// Above this share of a school's rows on days that are no schooldag, the calendar must be wrong (in percent).
const MAX_BUITEN_SCHOOLDAGEN: u64 = 20;

/// Where the three files are.
#[derive(Debug, Default)]
pub(super) struct Paden {
    pub verzuim: Option<PathBuf>,
    pub kalender: Option<PathBuf>,
    pub scholen: Option<PathBuf>,
}

/// The files as one: rows by pupil and the axes they lie on.
pub(super) struct Bestanden {
    pub scholen: Scholen,
    pub kalender: Kalender,
    pub records: Records,
    pub rows: Rows,
    pub axes: Axes,
    /// What is wrong, a Dutch line each; the first of each file.
    pub bevindingen: Vec<String>,
}

impl Paden {
    /// Takes a flag that names one of the files; false when it is another flag.
    pub(super) fn neem(&mut self, vlag: &str, waarde: impl FnOnce() -> Result<PathBuf, Fout>) -> Result<bool, Fout> {
        let plek = match vlag {
            "verzuim" => &mut self.verzuim,
            "kalender" => &mut self.kalender,
            "scholen" => &mut self.scholen,
            _ => return Ok(false),
        };
        *plek = Some(waarde()?);
        Ok(true)
    }

    pub(super) fn lees(&self) -> Result<Bestanden, Fout> {
        let nodig = |pad: &Option<PathBuf>, vlag: &str| {
            pad.clone().ok_or_else(|| Fout::gebruik(format!("Bij --indeling kaal hoort --{vlag} BESTAND.")))
        };
        let verzuim = nodig(&self.verzuim, "verzuim")?;
        let mut bevindingen = Vec::new();
        let klein = |pad: PathBuf| -> Result<(PathBuf, Vec<u8>), Fout> {
            let bytes = lees_bestand(&pad, MAX_KLEIN_BESTAND)?;
            Ok((pad, bytes))
        };
        let (pad_scholen, bytes_scholen) = klein(nodig(&self.scholen, "scholen")?)?;
        let (pad_kalender, bytes_kalender) = klein(nodig(&self.kalender, "kalender")?)?;
        let mut mis = Bevindingen::default();
        let scholen = lees_scholen(&bytes_scholen, &mut mis);
        vertel(&pad_scholen, &mis, &mut bevindingen);
        let mut mis = Bevindingen::default();
        let kalender = lees_kalender(&bytes_kalender, &mut mis);
        vertel(&pad_kalender, &mis, &mut bevindingen);
        let records = lees_records(&verzuim, &scholen)?;
        vertel(&verzuim, &records.bevindingen, &mut bevindingen);
        let mut bestanden = samen(scholen, kalender, records);
        bestanden.bevindingen = bevindingen;
        bestanden.bevindingen.extend(verkeerde_kalenders(&bestanden));
        Ok(bestanden)
    }
}

/// Puts files that were read in the form in which signals are evaluated: every pupil on the calendar of its school.
pub(super) fn samen(scholen: Scholen, kalender: Kalender, mut records: Records) -> Bestanden {
    let mut axes = Axes::default();
    for dagen in &kalender.regios {
        axes.add_school(&dagen.iter().copied().collect::<Dagen>(), None);
    }
    let zonder_school = axes.add_school(&Dagen::default(), None);
    let dagtaken = axes.add_dagtaken(Dagtaken::altijd(4 * UREN_PER_DAG));
    for leerling in 0..records.leerlingen() {
        let regio = records.school(leerling).and_then(|school| scholen.regio(school));
        let regio = regio.map(u32::from).filter(|regio| *regio < zonder_school).unwrap_or(zonder_school);
        axes.add_bare(leerling, regio, dagtaken);
    }
    let rows = Rows::group(records.leerlingen(), &records.leerling, &records.rijen);
    records.leerling = Vec::new();
    records.rijen = Vec::new();
    Bestanden { scholen, kalender, records, rows, axes, bevindingen: Vec::new() }
}

/// Reads and checks a protocol; every mistake on a line of its own.
pub(super) fn lees_protocol(pad: &Path) -> Result<Result<Protocol, Vec<String>>, Fout> {
    let bytes = lees_bestand(pad, MAX_PROTOCOL_BYTES as u64)?;
    let Ok(tekst) = String::from_utf8(bytes) else {
        return Ok(Err(vec!["Het protocol is geen UTF-8; sla het bestand op als UTF-8.".to_owned()]));
    };
    Ok(protocol::lees(&tekst).map_err(|fouten| fouten.iter().map(ToString::to_string).collect()))
}

fn lees_records(pad: &Path, scholen: &Scholen) -> Result<Records, Fout> {
    let mis = |fout| Fout::bestand(pad, "gelezen", &fout);
    let mut bestand = File::open(pad).map_err(mis)?;
    let mut lezer = RecordLezer::new(scholen);
    let mut stuk = vec![0; STUK];
    let draden = std::thread::available_parallelism().map_or(1, usize::from).min(signals::engine::MAX_THREADS);
    loop {
        let lengte = bestand.read(&mut stuk).map_err(mis)?;
        if lengte == 0 {
            return Ok(lezer.klaar());
        }
        lezer.voer_samen(stuk.get(..lengte).unwrap_or_default(), draden);
    }
}

fn vertel(pad: &Path, mis: &Bevindingen, bevindingen: &mut Vec<String>) {
    let bestand = pad.file_name().unwrap_or_default().to_string_lossy();
    bevindingen.extend(mis.lijst.iter().map(|bevinding: &Bevinding| format!("{bestand}, {bevinding}")));
    if mis.aantal > mis.lijst.len() as u64 {
        let meer = getal(mis.aantal - mis.lijst.len() as u64);
        bevindingen.push(format!("{bestand}: en nog {meer} bevindingen"));
    }
}

/// Schools with so many rows on days that are no schooldag that the calendar cannot be theirs.
fn verkeerde_kalenders(bestanden: &Bestanden) -> Vec<String> {
    let mut tellingen: Vec<(u64, u64)> = Vec::new();
    for leerling in 0..bestanden.rows.sporen() {
        let Some(school) = bestanden.records.school(leerling) else { continue };
        let Some(regio) = bestanden.scholen.regio(school) else { continue };
        if tellingen.len() <= usize::from(school) {
            tellingen.resize(usize::from(school) + 1, (0, 0));
        }
        let (alle, buiten) = &mut tellingen[usize::from(school)];
        let rijen = bestanden.rows.of(leerling);
        let geen_schooldag = |rij: &&u32| !bestanden.axes.is_schooldag(u32::from(regio), (**rij >> 16) as u16);
        *alle += rijen.len() as u64;
        *buiten += rijen.iter().filter(geen_schooldag).count() as u64;
    }
    let mis = tellingen.iter().enumerate().filter(|(_, (alle, buiten))| buiten * 100 > alle * MAX_BUITEN_SCHOOLDAGEN);
    mis.map(|(school, (alle, buiten))| {
        format!(
            "school {school}: de kalender van deze school klopt niet; {} van {} rijen staan op een dag zonder school. \
             Controleer de regio van de school en calendar.csv.",
            getal(*buiten),
            getal(*alle)
        )
    })
    .collect()
}
