//! `leerrecht bench signalen`: the benchmark of the signals on this machine, beside reading every row once and beside other
//! engines on the same files. Whoever finds other signals fails.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use exchange::kaal::{Checksum, UREN_PER_DAG, mix64};
use lexopt::{Arg, Parser, ValueExt};
use proefregio::maatstaf::{self, Grootte, SEED};
use signals::axis::{Axes, Dagen, Dagtaken};
use signals::compiled::Compiled;
use signals::engine::{Uitkomst, Werkplek, evaluate_delen, evaluate_pupil};
use signals::prepared::Prepared;
use signals::protocol::{self, MAATSTAF_A, MAATSTAF_B, Protocol, Vorm};
use signals::rows::Rows;

use super::{Map, anderen, piek};
use crate::fout::{Afloop, Fout, Uitkomst as Gedaan};
use crate::klok::Stopwatch;
use crate::opdrachten::getal;
use crate::opdrachten::kaal::{Bestanden, Paden};
use crate::uitvoer::zeg;

/// Threads that our own engine uses, besides one.
const DRADEN: usize = 2;
/// Rounds of which the median counts.
const RONDES: usize = 9;
/// Rounds of what takes seconds.
const WEINIG_RONDES: usize = 3;
/// Pupils who get a row more.
const ERBIJ: u64 = 20_000;
/// Pupils of the country that are worked out in one go.
const DEEL_VAN_HET_LAND: u32 = 100_000;

/// What was asked.
struct Keuzes {
    /// `None`: the country's ten years.
    grootte: Option<Grootte>,
    python: PathBuf,
    naast: Vec<String>,
    minstens: f64,
}

/// What our own engine needed, in seconds, and what it found.
#[derive(Debug, Clone, Default)]
pub(super) struct Eigen {
    pub lezen: f64,
    pub uit_rijen: f64,
    /// The fastest round of the same: other work on the machine makes each round slower, and none faster.
    pub uit_rijen_beste: f64,
    pub gereed: f64,
    pub piek_mb: f64,
    pub a: Checksum,
    pub b: Checksum,
}

/// `[--grootte S|M|L|XL] [--python BESTAND] [--naast NAAM …] [--minstens N]`.
pub(super) fn run(woorden: &mut Parser) -> Gedaan {
    let keuzes = lees_keuzes(woorden)?;
    let Some(grootte) = keuzes.grootte else {
        land();
        return Ok(Afloop::Goed);
    };
    let map = Map::new()?;
    maak(&map.0, grootte)?;
    let eigen = meet(&map.0)?;
    anderen::zet_ernaast(&keuzes.python, &keuzes.naast, &map.0, &eigen, keuzes.minstens)?;
    Ok(Afloop::Goed)
}

fn lees_keuzes(woorden: &mut Parser) -> Result<Keuzes, Fout> {
    let (mut grootte, mut naast, mut minstens) = (Some(Grootte::M), Vec::new(), 0.0);
    let mut python = PathBuf::from(anderen::PYTHON);
    while let Some(woord) = woorden.next()? {
        match woord {
            Arg::Long("grootte") => {
                let letter = woorden.value()?.string()?;
                let mag = || Fout::gebruik("Bij --grootte is S, M, L of XL toegestaan.");
                grootte = if letter == "XL" { None } else { Some(Grootte::from_letter(&letter).ok_or_else(mag)?) };
            }
            Arg::Long("python") => python = PathBuf::from(woorden.value()?),
            Arg::Long("naast") => naast.push(anderen::bekend(&woorden.value()?.string()?)?),
            Arg::Long("minstens") => {
                let mag = || Fout::gebruik("Bij --minstens is een getal toegestaan: hoeveel keer zo snel.");
                minstens = woorden.value()?.string()?.parse().map_err(|_| mag())?;
            }
            _ => return Err(woord.unexpected().into()),
        }
    }
    if naast.is_empty() {
        naast = anderen::NAMEN.map(str::to_owned).to_vec();
    }
    Ok(Keuzes { grootte, python, naast, minstens })
}

/// Makes the files in a process of its own, so that what that takes does not count as ours.
fn maak(map: &Path, grootte: Grootte) -> Result<(), Fout> {
    let zelf = std::env::current_exe().map_err(|fout| Fout::bestand(map, "gevonden", &fout))?;
    let mut command = Command::new(zelf);
    command.args(["generate", "verzuim", "--size", grootte.letter(), "--uit"]).arg(map);
    let ended = command.stderr(Stdio::null()).status().map_err(|fout| Fout::bestand(map, "gemaakt", &fout))?;
    match ended.success() {
        true => Ok(()),
        false => Err(Fout::kan_niet("De bestanden om mee te meten zijn niet gemaakt.")),
    }
}

/// Does the work so many times; gives the last result and the median of the times in seconds.
fn mediaan<T>(rondes: usize, werk: impl FnMut() -> T) -> (T, f64) {
    let (laatste, tijden) = getimed(rondes, werk);
    (laatste, midden(&tijden))
}

fn midden(tijden: &[f64]) -> f64 {
    tijden.get(tijden.len() / 2).copied().unwrap_or_default()
}

/// Does the work so many times; gives the last result and the times in seconds, the shortest first.
fn getimed<T>(rondes: usize, mut werk: impl FnMut() -> T) -> (T, Vec<f64>) {
    let mut tijden = Vec::with_capacity(rondes);
    let mut ronde = || {
        let klok = Stopwatch::start();
        let gedaan = werk();
        tijden.push(klok.seconden());
        gedaan
    };
    let mut laatste = ronde();
    for _ in 1..rondes {
        drop(laatste);
        laatste = ronde();
    }
    tijden.sort_unstable_by(f64::total_cmp);
    (laatste, tijden)
}

fn meet(map: &Path) -> Result<Eigen, Fout> {
    let bestand = |naam: &str| Some(map.join(naam));
    let paden =
        Paden { verzuim: bestand("records.csv"), kalender: bestand("calendar.csv"), scholen: bestand("schools.csv") };
    let (gelezen, lezen) = mediaan(WEINIG_RONDES, || paden.lees());
    let Bestanden { rows, axes, bevindingen, .. } = gelezen?;
    if !bevindingen.is_empty() {
        return Err(Fout::kan_niet("De bestanden om mee te meten hebben bevindingen."));
    }
    let aantal = rows.len();
    zeg!("{} rijen van {} leerlingen", getal(aantal as u64), getal(u64::from(axes.sporen())));
    zeg!("CSV lezen, nakijken en ordenen: {} s", seconden(lezen));
    let lees = || black_box(black_box(rows.all()).iter().fold(0u32, |som, rij| som.wrapping_add(*rij)));
    let (_, stroom) = mediaan(RONDES, lees);
    zeg!("alle rijen één keer lezen: {} s", seconden(stroom));
    let (a, b) = (protocol_van(MAATSTAF_A)?, protocol_van(MAATSTAF_B)?);
    let (compiled_a, compiled_b) = (Compiled::one(&a), Compiled::one(&b));
    let (_, een_draad) = mediaan(WEINIG_RONDES, || evaluate_delen(&rows, &axes, &compiled_a, 1));
    let (gevonden, tijden) = getimed(RONDES, || evaluate_delen(&rows, &axes, &compiled_a, DRADEN));
    let (uit_rijen, uit_rijen_beste) = (midden(&tijden), tijden.first().copied().unwrap_or_default());
    let per_rij = |tijd: f64| format!("{:.1}", tijd * 1e9 / aantal as f64).replace('.', ",");
    let (twee, een) = (per_rij(uit_rijen), per_rij(een_draad));
    zeg!(
        "protocol A uit rijen: {} s met {DRADEN} draden ({twee} ns per rij), {} s met één ({een} ns per rij)",
        seconden(uit_rijen),
        seconden(een_draad)
    );
    let mut eigen = Eigen { lezen, uit_rijen, uit_rijen_beste, a: checksum(&a, &gevonden), ..Eigen::default() };
    drop(gevonden);
    erbij(&rows, &axes, &compiled_a);
    let klok = Stopwatch::start();
    let prepared = Prepared::new(rows, axes, &compiled_a, DRADEN);
    let klaarzetten = seconden(klok.seconden());
    zeg!("klaarzetten voor wat-als: {klaarzetten} s, {} MB", getal(prepared.bytes() / 1_000_000));
    let (gevonden, gereed) = mediaan(RONDES, || prepared.evaluate_delen(&compiled_b, DRADEN));
    zeg!("protocol B, klaargezet: {} s", seconden(gereed));
    (eigen.gereed, eigen.b) = (gereed, checksum(&b, &gevonden));
    drop(gevonden);
    drempel(&prepared, &a);
    eigen.piek_mb = piek();
    zeg!(
        "signalen: {} onder A, {} onder B; piek {:.0} MB",
        getal(eigen.a.aantal),
        getal(eigen.b.aantal),
        eigen.piek_mb
    );
    Ok(eigen)
}

/// One threshold changed: 16 hours becomes 14, all other rules stay and are not asked again.
fn drempel(prepared: &Prepared, a: &Protocol) {
    let mut anders = a.clone();
    for regel in &mut anders.regels {
        match &mut regel.vorm {
            Vorm::SomInVenster { drempel, .. } => *drempel = 14,
            _ => regel.aan = false,
        }
    }
    let compiled = Compiled::one(&anders);
    let (gevonden, tijd) = mediaan(RONDES, || prepared.evaluate_delen(&compiled, DRADEN));
    zeg!(
        "één drempel anders: {} s, {} signalen",
        seconden(tijd),
        getal(gevonden.iter().map(|deel| deel.firings.len() as u64).sum())
    );
}

/// One row more for one pupil after another, and all rules of that pupil again.
fn erbij(rows: &Rows, axes: &Axes, compiled: &Compiled) {
    let (mut werkplek, mut eigen) = (Werkplek::default(), Vec::new());
    let mut tijden: Vec<f64> = Vec::new();
    for nummer in 0..ERBIJ {
        let toeval = mix64(nummer);
        let spoor = (toeval % u64::from(axes.sporen().max(1))) as u32;
        let bestaand = rows.of(spoor);
        let Some(midden) = bestaand.get(bestaand.len() / 2) else { continue };
        let nieuw = midden.wrapping_add(1 << 16);
        let klok = Stopwatch::start();
        let plek = bestaand.partition_point(|rij| rij >> 16 <= nieuw >> 16);
        eigen.clear();
        eigen.extend_from_slice(bestaand.get(..plek).unwrap_or_default());
        eigen.push(nieuw);
        eigen.extend_from_slice(bestaand.get(plek..).unwrap_or_default());
        let mut uitkomst = Uitkomst::default();
        evaluate_pupil(axes, spoor..spoor + 1, |_| &eigen, compiled, &mut werkplek, &mut uitkomst);
        tijden.push(klok.seconden());
    }
    tijden.sort_unstable_by(f64::total_cmp);
    let op = |deel: usize| tijden.get(tijden.len() * deel / 100).map_or(0.0, |tijd| tijd * 1e6);
    let (half, bijna) = (format!("{:.1}", op(50)).replace('.', ","), format!("{:.1}", op(99)).replace('.', ","));
    zeg!("één rij erbij, alle regels van die leerling: {half} µs (p50), {bijna} µs (p99)");
}

/// The country's ten years, made and worked out a part of the pupils at a time.
fn land() {
    let Ok(a) = protocol::lees(MAATSTAF_A) else { return };
    let compiled = Compiled::one(&a);
    let (mut rijen, mut tijd, mut som) = (0u64, 0.0, Checksum::default());
    let mut kalender = Vec::new();
    // Nothing is written but to memory.
    let _ = maatstaf::schrijf_kalender(&mut kalender);
    let kalender = exchange::kaal::lees_kalender(&kalender, &mut exchange::kaal::Bevindingen::default());
    let alle = Grootte::XL.leerlingen();
    for van in (0..alle).step_by(DEEL_VAN_HET_LAND as usize) {
        let leerlingen = van..alle.min(van + DEEL_VAN_HET_LAND);
        let (mut spoor, gepakt) = maatstaf::rijen_van(Grootte::XL, SEED, leerlingen.clone());
        spoor.iter_mut().for_each(|leerling| *leerling -= van);
        let mut axes = Axes::default();
        for dagen in &kalender.regios {
            axes.add_school(&dagen.iter().copied().collect::<Dagen>(), None);
        }
        let dagtaken = axes.add_dagtaken(Dagtaken::altijd(4 * UREN_PER_DAG));
        for leerling in leerlingen {
            axes.add_bare(leerling, u32::from(maatstaf::regio_van(Grootte::XL, leerling)), dagtaken);
        }
        let rows = Rows::group(axes.sporen(), &spoor, &gepakt);
        drop((spoor, gepakt));
        let klok = Stopwatch::start();
        let gevonden = evaluate_delen(&rows, &axes, &compiled, DRADEN);
        tijd += klok.seconden();
        rijen += rows.len() as u64;
        let deel = checksum(&a, &gevonden);
        som = Checksum { aantal: som.aantal + deel.aantal, som: som.som.wrapping_add(deel.som) };
    }
    zeg!("het land, tien jaar: {} rijen van {} leerlingen", getal(rijen), getal(u64::from(alle)));
    zeg!(
        "protocol A uit rijen: {} s met {DRADEN} draden, per {} leerlingen",
        seconden(tijd),
        getal(u64::from(DEEL_VAN_HET_LAND))
    );
    zeg!(
        "signalen: {}, checksum {:016x}; piek {:.0} MB, het maken van de rijen erbij",
        getal(som.aantal),
        som.som,
        piek()
    );
}

fn protocol_van(tekst: &str) -> Result<Protocol, Fout> {
    protocol::lees(tekst).map_err(|_| Fout::kan_niet("Het protocol van de maatstaf is niet te lezen."))
}

fn checksum(protocol: &Protocol, uitkomst: &[Uitkomst]) -> Checksum {
    let mut som = Checksum::default();
    for firing in uitkomst.iter().flat_map(|deel| &deel.firings) {
        let regel = protocol.regels.get(usize::from(firing.regel));
        if let Some((regel, code)) = regel.and_then(|regel| Some((regel, regel.code?))) {
            som.add(firing.leerling, firing.dag, code, regel.in_eenheid(firing.waarde).min(255.0) as u8);
        }
    }
    som
}

pub(super) fn seconden(tijd: f64) -> String {
    format!("{tijd:.4}").replace('.', ",")
}
