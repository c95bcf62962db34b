//! The three bare files, read and put in the form in which signals are evaluated.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

use exchange::kaal::{Bevinding, Bevindingen, Kalender, RecordLezer, Records, Scholen, UREN_PER_DAG};
use exchange::kaal::{lees_kalender, lees_scholen};
use signals::axis::{Axes, Dagen, Dagtaken};
use signals::engine;
use signals::protocol::{self, MAX_PROTOCOL_BYTES, Protocol};
use signals::rows::{Bakken, Rows};

use super::{getal, lees_bestand};
use crate::fout::Fout;

/// How much of the largest file is read at a time, in bytes: what fits in the memory nearest to the processor.
const STUK: usize = 256 << 10;
/// Fewer bytes are not given to a thread of their own.
const KLEINSTE_DEEL: u64 = 1 << 20;
/// The largest calendar or list of schools that is read, in bytes.
const MAX_KLEIN_BESTAND: u64 = 64 << 20;
/// Above this share of a school's rows on days that are no schooldag, the calendar must be wrong (in percent).
const MAX_BUITEN_SCHOOLDAGEN: usize = 20;

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
        let (records, rijen) = lees_records(&verzuim, &scholen)?;
        vertel(&verzuim, &records.bevindingen, &mut bevindingen);
        let mut bestanden = samen(scholen, kalender, records, rijen);
        bestanden.bevindingen = bevindingen;
        bestanden.bevindingen.extend(verkeerde_kalenders(&bestanden));
        Ok(bestanden)
    }
}

/// Puts files that were read in the form in which signals are evaluated: every pupil on the calendar of its school.
pub(super) fn samen(scholen: Scholen, kalender: Kalender, records: Records, rijen: Vec<Bakken>) -> Bestanden {
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
    let rows = Rows::van_bakken(records.leerlingen(), rijen, draden());
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

/// Reads the file on all threads, each a part of it; the rows come in as many pieces.
fn lees_records(pad: &Path, scholen: &Scholen) -> Result<(Records, Vec<Bakken>), Fout> {
    let kan_niet = |fout| Fout::bestand(pad, "gelezen", &fout);
    let delen = verdeel(pad, draden()).map_err(kan_niet)?;
    let gelezen = engine::samen(delen.iter().map(|deel| || lees_deel(pad, deel, scholen)).collect());
    let gelezen: std::io::Result<(Vec<_>, Vec<_>)> = gelezen.into_iter().collect();
    let (records, rijen) = gelezen.map_err(kan_niet)?;
    match Records::samen(records) {
        Some(records) => Ok((records, rijen)),
        None => {
            lees_deel(pad, &(0..u64::MAX), scholen).map(|(records, rijen)| (records, vec![rijen])).map_err(kan_niet)
        }
    }
}

/// Threads that reading may take.
fn draden() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(engine::MAX_THREADS)
}

/// Divides a file into at most so many parts that begin with a line. What is no file with a length is one part.
fn verdeel(pad: &Path, draden: usize) -> std::io::Result<Vec<Range<u64>>> {
    let lengte = std::fs::metadata(pad)?.len();
    let aantal = (lengte / KLEINSTE_DEEL).min(draden as u64);
    let (mut delen, mut van) = (Vec::new(), 0);
    for nummer in 1..aantal {
        let tot = na_regeleinde(pad, lengte / aantal * nummer)?;
        if tot < lengte {
            delen.push(van..tot);
            van = tot;
        }
    }
    delen.push(van..u64::MAX);
    Ok(delen)
}

/// The place after the first line end from a place in a file on.
fn na_regeleinde(pad: &Path, vanaf: u64) -> std::io::Result<u64> {
    let mut bestand = BufReader::new(File::open(pad)?);
    bestand.seek(SeekFrom::Start(vanaf))?;
    Ok(vanaf + bestand.skip_until(b'\n')? as u64)
}

fn lees_deel(pad: &Path, deel: &Range<u64>, scholen: &Scholen) -> std::io::Result<(Records, Bakken)> {
    let mut bestand = File::open(pad)?;
    let mut rijen = Bakken::default();
    let neem = |leerling, rij| rijen.add(leerling, rij);
    let mut lezer = if deel.start == 0 {
        RecordLezer::new(scholen, neem)
    } else {
        bestand.seek(SeekFrom::Start(deel.start))?;
        RecordLezer::vervolg(scholen, neem)
    };
    let mut bestand = bestand.take(deel.end - deel.start);
    let mut stuk = vec![0; STUK];
    loop {
        match bestand.read(&mut stuk)? {
            0 => break,
            lengte => lezer.voer(stuk.get(..lengte).unwrap_or_default()),
        }
    }
    let records = lezer.klaar();
    Ok((records, rijen))
}

fn vertel(pad: &Path, mis: &Bevindingen, bevindingen: &mut Vec<String>) {
    let bestand = pad.file_name().unwrap_or_default().to_string_lossy();
    bevindingen.extend(mis.lijst.iter().map(|bevinding: &Bevinding| format!("{bestand}, {bevinding}")));
    if mis.aantal > mis.lijst.len() as u64 {
        let meer = getal(mis.aantal - mis.lijst.len() as u64);
        bevindingen.push(format!("{bestand}: en nog {meer} bevindingen"));
    }
}

/// The rows of a school, and those of them on a day that is no schooldag.
#[derive(Debug, Clone, Copy, Default)]
struct Telling {
    alle: usize,
    buiten: usize,
}

/// Schools with so many rows on days that are no schooldag that the calendar cannot be theirs.
fn verkeerde_kalenders(bestanden: &Bestanden) -> Vec<String> {
    let schooldagen: Vec<Dagen> =
        bestanden.kalender.regios.iter().map(|dagen| dagen.iter().copied().collect()).collect();
    let leerlingen = bestanden.rows.sporen();
    let per_deel = (leerlingen as usize).div_ceil(draden()).max(1);
    let delen = (0..leerlingen).step_by(per_deel).map(|van| van..leerlingen.min(van.saturating_add(per_deel as u32)));
    let mut tellingen: Vec<Telling> = Vec::new();
    for deel in engine::samen(delen.map(|deel| || tel_buiten_schooldagen(bestanden, &schooldagen, deel)).collect()) {
        if tellingen.len() < deel.len() {
            tellingen.resize(deel.len(), Telling::default());
        }
        for (telling, hier) in std::iter::zip(&mut tellingen, deel) {
            telling.alle += hier.alle;
            telling.buiten += hier.buiten;
        }
    }
    let mis =
        tellingen.iter().enumerate().filter(|(_, school)| school.buiten * 100 > school.alle * MAX_BUITEN_SCHOOLDAGEN);
    mis.map(|(school, telling)| {
        format!(
            "school {school}: de kalender van deze school klopt niet; {} van {} rijen staan op een dag zonder school. \
             Controleer de regio van de school en calendar.csv.",
            getal(telling.buiten as u64),
            getal(telling.alle as u64)
        )
    })
    .collect()
}

/// Counts the rows of some pupils, by number of their school.
fn tel_buiten_schooldagen(bestanden: &Bestanden, schooldagen: &[Dagen], leerlingen: Range<u32>) -> Vec<Telling> {
    let (mut tellingen, geen) = (Vec::new(), Dagen::default());
    for leerling in leerlingen {
        let Some(school) = bestanden.records.school(leerling) else { continue };
        let Some(regio) = bestanden.scholen.regio(school) else { continue };
        let dagen = schooldagen.get(usize::from(regio)).unwrap_or(&geen);
        if tellingen.len() <= usize::from(school) {
            tellingen.resize(usize::from(school) + 1, Telling::default());
        }
        let rijen = bestanden.rows.of(leerling);
        let telling = &mut tellingen[usize::from(school)];
        telling.alle += rijen.len();
        telling.buiten += rijen.iter().filter(|rij| !dagen.contains((**rij >> 16) as u16)).count();
    }
    tellingen
}
