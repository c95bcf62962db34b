//! `leerrecht signalen --indeling leerrecht` (or that of a package): a school's own export, on the school's own computer. Nothing is stored and
//! nothing leaves the machine.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use domain::Date;
use domain::calendar::{Schooldag, Schooldagen, Schoolkalender, Vakantieregio};
use domain::period::{Period, day_number, from_day_number};
use exchange::invoer::{Ernst, Invoer, Kader, LeerlingVerzuim, MAX_BESTAND, Verzuim, VerzuimIndeling, read_verzuim_as};
use exchange::regio::RegioSoort;
use signals::axis::{Axes, Dagen, Dagtaken, Leerling};
use signals::compiled::Compiled;
use signals::engine::{Uitkomst, evaluate_all};
use signals::protocol::{self, Protocol};
use signals::rows::Rows;

use super::{getal, kaal, lees_bestand};
use crate::fout::{Afloop, Fout, Uitkomst as Uitgevoerd};
use crate::klok;

/// Findings that are printed; the rest is counted.
const MAX_GETOOND: usize = 40;

/// What was chosen on the command line.
#[derive(Debug)]
pub(super) struct Keuzes {
    pub verzuim: PathBuf,
    pub indeling: VerzuimIndeling,
    pub protocol: Option<PathBuf>,
    pub regio: Vakantieregio,
    pub uit: Option<PathBuf>,
    pub draden: usize,
}

/// Reads the file, evaluates it, writes the signals.
pub(super) fn run(keuzes: &Keuzes) -> Uitgevoerd {
    let protocol = protocol(keuzes)?;
    let bytes = lees_bestand(&keuzes.verzuim, MAX_BESTAND as u64)?;
    let invoer = lees(&bytes, keuzes)?;
    let found = evaluate(&invoer.inhoud, &protocol, keuzes);
    let pad = keuzes.uit.as_deref();
    let mis = |fout| Fout::bestand(pad.unwrap_or_else(|| "de uitvoer".as_ref()), "geschreven", &fout);
    match pad {
        Some(pad) => schrijf(&invoer.inhoud, &protocol, &found, &mut BufWriter::new(File::create(pad).map_err(mis)?))
            .map_err(mis)?,
        // Whoever stops reading misses the rest.
        None => schrijf(&invoer.inhoud, &protocol, &found, &mut BufWriter::new(io::stdout().lock())).unwrap_or(()),
    }
    for bevinding in invoer.bevindingen.kept().iter().take(MAX_GETOOND) {
        eprintln!("{bevinding}");
    }
    if found.zonder_dagtaak > 0 {
        eprintln!(
            "Op {} dagen van leerlingen is niet bekend hoe lang de schooldag is. Regels in uren tellen die dagen niet. \
             Zet het aantal uren van het rooster in de kolom rooster_uren.",
            getal(found.zonder_dagtaak)
        );
    }
    let fouten = invoer.bevindingen.count(Ernst::Fout);
    Ok(if fouten == 0 && found.zonder_dagtaak == 0 { Afloop::Goed } else { Afloop::Bevindingen })
}

fn protocol(keuzes: &Keuzes) -> Result<Protocol, Fout> {
    let read = match &keuzes.protocol {
        Some(pad) => kaal::lees_protocol(pad)?,
        None => protocol::lees(protocol::STANDAARD).map_err(|fouten| fouten.iter().map(ToString::to_string).collect()),
    };
    read.map_err(|fouten: Vec<String>| {
        Fout::gebruik(format!(
            "Het protocol is niet te gebruiken; herstel het en probeer het opnieuw.\n{}",
            fouten.join("\n")
        ))
    })
}

/// A school may try the command on made-up files as well as on its own: the first kind that fits is taken.
fn lees(bytes: &[u8], keuzes: &Keuzes) -> Result<Invoer<Verzuim>, Fout> {
    let vandaag = klok::vandaag();
    let kalender = Schoolkalender::van_regio(keuzes.regio);
    let is_schooldag = |_, dag| match kalender.is_schooldag(dag) {
        Schooldag::Ja => Some(true),
        Schooldag::Nee(_) => Some(false),
        Schooldag::Onbekend(_) => None,
    };
    let with =
        |soort| read_verzuim_as(bytes, &Kader { soort, vandaag, gemeenten: &[] }, &keuzes.indeling, &is_schooldag);
    let echt = with(RegioSoort::Echt);
    let best = match &echt {
        Ok(read) if read.telling.overgenomen > 0 || read.telling.rijen == 0 => echt,
        _ => with(RegioSoort::Proef).or(echt),
    };
    best.map_err(|weigering| Fout::kan_niet(weigering.to_string()))
}

fn evaluate(verzuim: &Verzuim, protocol: &Protocol, keuzes: &Keuzes) -> Uitkomst {
    let mut axes = Axes::default();
    let period = span(verzuim);
    let kalender = Schooldagen::compile(&Schoolkalender::van_regio(keuzes.regio), period);
    let schooldagen: Dagen = (0..kalender.aantal())
        .filter_map(|n| kalender.dag(n))
        .filter_map(|dag| u16::try_from(day_number(dag)).ok())
        .collect();
    let covered: Option<Dagen> = verzuim.levering.map(|levering| {
        let until = levering.periode.until.map_or(i32::from(u16::MAX), day_number);
        (day_number(levering.periode.from)..until).filter_map(|day| u16::try_from(day).ok()).collect()
    });
    let school = axes.add_school(&schooldagen, covered.as_ref());
    let (mut van_spoor, mut rijen) = (Vec::new(), Vec::new());
    for (nummer, leerling) in (0u32..).zip(&verzuim.leerlingen) {
        let dagtaken = axes.add_dagtaken(dagtaken(leerling));
        let stay = vec![(Period::since(Date::MIN), school)];
        let onbekend = afgewezen(verzuim, leerling);
        let sporen =
            axes.add_leerling(&Leerling { nummer, inschrijvingen: stay, dagtaken, onbekend, ..Leerling::default() });
        for packed in &leerling.rijen {
            van_spoor.push(sporen.start);
            rijen.push(*packed);
        }
    }
    let rows = Rows::group(axes.sporen(), &van_spoor, &rijen);
    evaluate_all(&rows, &axes, &Compiled::one(protocol), keuzes.draden)
}

/// A year before the first row, so that every window is whole, up to the last.
fn span(verzuim: &Verzuim) -> Period {
    let days = verzuim.per_dag.iter().map(|dag| i32::from(dag.dag));
    let (first, last) = days.fold((i32::MAX, 0), |(first, last), day| (first.min(day), last.max(day)));
    Period::through(from_day_number(first.min(last) - 366), from_day_number(last))
}

fn dagtaken(leerling: &LeerlingVerzuim) -> Dagtaken {
    leerling.rooster.iter().fold(Dagtaken::default(), |dagtaken, (dag, kwartieren)| dagtaken.op_dag(*dag, *kwartieren))
}

fn afgewezen(verzuim: &Verzuim, leerling: &LeerlingVerzuim) -> Vec<u16> {
    let own = verzuim
        .afgewezen_dagen
        .iter()
        .filter(|dag| dag.vestiging == leerling.vestiging && dag.leerlingnummer == leerling.leerlingnummer);
    own.filter_map(|dag| dag.dag).collect()
}

/// `leerling,datum,regel,waarde`, sorted. The pupil number is the school's own: this list stays at the school.
fn schrijf(verzuim: &Verzuim, protocol: &Protocol, found: &Uitkomst, uit: &mut impl Write) -> io::Result<()> {
    let mut lines: Vec<(String, Date, String, f32)> = Vec::new();
    for firing in &found.firings {
        let leerling = usize::try_from(firing.leerling).ok().and_then(|place| verzuim.leerlingen.get(place));
        let (Some(leerling), Some(regel)) = (leerling, protocol.regels.get(usize::from(firing.regel))) else {
            continue;
        };
        let warning = firing.trap > 0 && !regel.nadert.is_empty();
        let naam = if warning { format!("nadert {}", regel.naam) } else { regel.naam.clone() };
        let dag = from_day_number(i32::from(firing.dag));
        let nummer = format!("{}:{}", leerling.vestiging, leerling.leerlingnummer.zichtbaar());
        lines.push((nummer, dag, naam, regel.in_eenheid(firing.waarde)));
    }
    lines.sort_by(|a, b| (&a.0, a.1, &a.2).cmp(&(&b.0, b.1, &b.2)));
    writeln!(uit, "leerling,datum,regel,waarde")?;
    for (leerling, dag, naam, waarde) in lines {
        writeln!(uit, "{leerling},{dag},\"{}\",{waarde}", naam.replace('"', "\"\""))?;
    }
    uit.flush()
}
