//! The data of the benchmark: absence of made-up pupils, the same bytes from the same seed on every machine.
//!
//! Everything is integer arithmetic on a fixed stream of numbers per pupil, so that an implementation in any language
//! can write the same files and must find the same signals in them.

mod kalender;

use std::io::{self, Write};
use std::ops::Range;

use domain::period::from_day_number;
use domain::verzuim::{self, Duur, VerzuimSoort};
use exchange::kaal::{LETTERS, mix64};

use kalender::Regio;

/// The seed of the published checksums.
pub const SEED: u64 = 20_240_801;

/// The step of a pupil's stream of numbers.
const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;
/// Scrambles pupils over schools.
const SCHOOL_ZOUT: u64 = 0xA5A5_A5A5;
/// Number of holiday regions.
const REGIOS: u16 = 3;
/// The calendar runs from 1 August of the first year up to 31 July of the year after the last, for every size.
const KALENDER: (i16, i16) = (2015, 2024);
/// Lesson hours in a day.
const DAG_UREN: u8 = 8;
/// Quarters in a lesson hour.
const KWARTIEREN_PER_UUR: u8 = 4;
/// How much is written at a time, in bytes.
const BUFFER: usize = 1 << 20;

/// How much data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grootte {
    /// 40,000 pupils, one school year.
    S,
    /// 40,000 pupils, ten school years.
    M,
    /// 2,500,000 pupils, one school year.
    L,
    /// 2,500,000 pupils, ten school years: the country. It is made in memory, a part at a time ([`rijen_van`]).
    XL,
}

impl Grootte {
    /// The size with that letter, of those that fit in a file.
    pub fn from_letter(letter: &str) -> Option<Self> {
        match letter {
            "S" => Some(Self::S),
            "M" => Some(Self::M),
            "L" => Some(Self::L),
            _ => None,
        }
    }

    /// The letter.
    pub fn letter(self) -> &'static str {
        match self {
            Self::S => "S",
            Self::M => "M",
            Self::L => "L",
            Self::XL => "XL",
        }
    }

    /// Number of pupils.
    pub fn leerlingen(self) -> u32 {
        if self.is_land() { 2_500_000 } else { 40_000 }
    }

    /// Number of schools.
    pub fn scholen(self) -> u16 {
        if self.is_land() { 8_000 } else { 120 }
    }

    fn is_land(self) -> bool {
        matches!(self, Self::L | Self::XL)
    }

    fn eerste_jaar(self) -> i16 {
        if matches!(self, Self::M | Self::XL) { KALENDER.0 } else { KALENDER.1 }
    }
}

/// A kind of absence, with its code in the order of arrival and its letter in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
enum Soort {
    U = b'U',
    L = b'L',
    S = b'S',
    A = b'A',
    R = b'R',
    X = b'X',
}

impl Soort {
    fn code(self) -> u8 {
        match self {
            Self::U => 0,
            Self::L => 1,
            Self::S => 2,
            Self::A => 3,
            Self::R => 4,
            Self::X => 5,
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Rij {
    leerling: u32,
    dag: u16,
    start: u8,
    uren: u8,
    soort: Soort,
}

impl Rij {
    /// As the reader of `records.csv` packs it.
    fn gepakt(&self) -> u32 {
        let letter = LETTERS.iter().find(|(letter, _)| *letter == self.soort as u8);
        let soort = letter.map_or(VerzuimSoort::Ongeoorloofd, |(_, soort)| *soort);
        let duur = Duur::Kwartieren(KWARTIEREN_PER_UUR * self.uren);
        verzuim::Rij { dag: self.dag, lesuur: self.start, duur, soort }.pack()
    }
}

/// A pupil's own stream of numbers.
struct Stroom(u64);

impl Stroom {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GAMMA);
        mix64(self.0)
    }
}

/// The lowest 16 bits from bit `bit` on.
fn woord(getal: u64, bit: u32) -> u64 {
    getal >> bit & 0xFFFF
}

/// One pupil's lasting traits; factors in tenths.
struct Aard {
    spijbelt: u64,
    gezondheid: u64,
    /// The weekday (Monday 0) on which the pupil is often away.
    weekdag: Option<u64>,
    stijgt: bool,
}

impl Aard {
    fn new(a: u64) -> Self {
        let spijbelt = match woord(a, 0) {
            x if x < 39_322 => 4,
            x if x < 55_706 => 10,
            x if x < 63_570 => 24,
            _ => 74,
        };
        let gezondheid = match woord(a, 16) {
            x if x < 45_875 => 6,
            x if x < 61_604 => 14,
            _ => 40,
        };
        let weekdag = ((a >> 32 & 0xFF) < 5).then_some((a >> 40 & 0xFF) % 5);
        Aard { spijbelt, gezondheid, weekdag, stijgt: (a >> 48 & 0xFF) < 6 }
    }
}

/// Makes the rows of one pupil.
struct Maker<'a> {
    leerling: u32,
    stroom: Stroom,
    aard: Aard,
    rijen: &'a mut Vec<Rij>,
}

impl Maker<'_> {
    fn schooljaar(&mut self, dagen: &[u16]) {
        let aantal = dagen.len() as u64;
        if aantal == 0 {
            return;
        }
        let b = self.stroom.next();
        let lang = (woord(b, 0) < 393).then(|| {
            let x = woord(b, 32);
            let soort = match b >> 48 & 3 {
                0 => Soort::U,
                3 => Soort::X,
                _ => Soort::S,
            };
            let begin = woord(b, 16) % aantal;
            (begin..begin + 15 + ((x * x) >> 25), soort)
        });
        let stijgt_vanaf = (b >> 50) % aantal;
        let mut rest = 0;
        for (d, dag) in (0..).zip(dagen) {
            match &lang {
                Some((dagen, soort)) if dagen.contains(&d) => self.emit(*dag, 1, DAG_UREN, *soort),
                _ if rest > 0 => {
                    self.emit(*dag, 1, DAG_UREN, Soort::S);
                    rest -= 1;
                }
                _ => {
                    let stijgt = self.aard.stijgt && (stijgt_vanaf..stijgt_vanaf + 40).contains(&d);
                    rest = self.gewone_dag(*dag, stijgt);
                }
            }
        }
    }

    /// A day without anything going on; gives how many days of a spell of illness follow it.
    fn gewone_dag(&mut self, dag: u16, stijgt: bool) -> u64 {
        let r = self.stroom.next();
        if woord(r, 0) < 840 * self.aard.gezondheid / 10 {
            self.emit(dag, 1, DAG_UREN, Soort::S);
            return ziekteduur(woord(r, 48)) - 1;
        }
        let mut kans = 1100 * self.aard.spijbelt / 10;
        if self.aard.weekdag == Some((u64::from(dag) + 3) % 7) {
            kans *= 4;
        }
        if stijgt {
            kans *= 5;
        }
        if woord(r, 16) < kans.min(60_000) {
            let e = self.stroom.next();
            let (start, uren) = match e >> 8 & 0xFF {
                x if x < 128 => (lesuur(e), 1),
                x if x < 192 => (lesuur(e), 2),
                x if x < 224 => (lesuur(e), 3),
                x if x < 240 => (lesuur(e), 4),
                _ => (1, DAG_UREN),
            };
            self.emit(dag, start, uren.min(9 - start), Soort::U);
        }
        if woord(r, 32) < 2200 * self.aard.spijbelt / 10 {
            let e = self.stroom.next();
            let start = if e & 3 != 0 { 1 } else { lesuur(e >> 8) };
            self.emit(dag, start, 1, Soort::L);
        }
        let y = woord(r, 48);
        if y < 1500 {
            let e = self.stroom.next();
            let start = lesuur(e);
            let (start, uren) = match e >> 8 & 7 {
                0 => (1, DAG_UREN),
                _ => (start, (1 + (e >> 16 & 1) as u8).min(9 - start)),
            };
            self.emit(dag, start, uren, Soort::A);
        } else if y < 1500 + 350 * self.aard.spijbelt / 10 {
            let e = self.stroom.next();
            self.emit(dag, lesuur(e), 1, Soort::R);
        }
        0
    }

    /// Adds a row, and now and then a copy on the Saturday after: noise that every rule must ignore.
    fn emit(&mut self, dag: u16, start: u8, uren: u8, soort: Soort) {
        let rij = Rij { leerling: self.leerling, dag, start, uren, soort };
        self.rijen.push(rij);
        if mix64(u64::from(self.leerling) << 16 ^ u64::from(dag)) & 1023 == 0 {
            let tot_zaterdag = 5 - (dag + 3) % 7;
            self.rijen.push(Rij { dag: dag + tot_zaterdag, ..rij });
        }
    }
}

fn lesuur(e: u64) -> u8 {
    1 + (e % 8) as u8
}

fn ziekteduur(x: u64) -> u64 {
    match x {
        x if x < 29_491 => 1,
        x if x < 45_875 => 2,
        x if x < 55_706 => 3,
        x if x < 60_948 => 4,
        x if x < 63_570 => 5,
        x if x < 64_881 => 7,
        x if x < 65_209 => 9,
        _ => 12,
    }
}

fn school_van(leerling: u32, scholen: u16) -> u16 {
    (mix64(u64::from(leerling) ^ SCHOOL_ZOUT) % u64::from(scholen.max(1))) as u16
}

/// Writes `records.csv`, in order of arrival, and gives the number of rows.
///
/// # Errors
/// What `uit` reports.
pub fn schrijf_records(grootte: Grootte, seed: u64, uit: &mut impl Write) -> io::Result<u64> {
    let regios: Vec<Regio> = (0..REGIOS).map(Regio::new).collect();
    let rijen = op_dag(maak(grootte, seed, &regios));
    let mut regels = Regels::new(uit);
    regels.tekst(b"pupil,date,start,hours,kind,school\n")?;
    let mut van_dag: Vec<(u64, Rij)> = Vec::new();
    let mut rest = rijen.as_slice();
    while let Some(eerste) = rest.first() {
        let (dagrijen, daarna) = rest.split_at(rest.partition_point(|rij| rij.dag == eerste.dag));
        rest = daarna;
        van_dag.clear();
        let aankomst = |rij: &Rij| mix64(seed ^ (u64::from(rij.leerling) << 8 | u64::from(rij.start)));
        van_dag.extend(dagrijen.iter().map(|rij| (aankomst(rij), *rij)));
        van_dag.sort_by_key(|(aankomst, rij)| (*aankomst, rij.leerling, rij.start, rij.soort.code()));
        let datum = from_day_number(i32::from(eerste.dag)).to_string();
        for (_, rij) in &van_dag {
            regels.record(rij, datum.as_bytes(), school_van(rij.leerling, grootte.scholen()))?;
        }
    }
    regels.klaar()?;
    Ok(rijen.len() as u64)
}

fn maak(grootte: Grootte, seed: u64, regios: &[Regio]) -> Vec<Rij> {
    let mut rijen = Vec::new();
    for leerling in 0..grootte.leerlingen() {
        maak_leerling(grootte, seed, regios, leerling, &mut rijen);
    }
    rijen
}

/// Adds the rows of one pupil, in the order in which they are drawn.
fn maak_leerling(grootte: Grootte, seed: u64, regios: &[Regio], leerling: u32, rijen: &mut Vec<Rij>) {
    let overslaan = usize::try_from(grootte.eerste_jaar() - KALENDER.0).unwrap_or(0);
    let mut stroom = Stroom(mix64(seed.wrapping_add(GAMMA.wrapping_mul(u64::from(leerling) + 1))));
    let aard = Aard::new(stroom.next());
    let Some(regio) = regios.get(usize::from(regio_van(grootte, leerling))) else { return };
    let mut maker = Maker { leerling, stroom, aard, rijen };
    for jaar in regio.jaren.windows(2).skip(overslaan) {
        maker.schooljaar(regio.dagen.get(jaar[0]..jaar[1]).unwrap_or_default());
    }
}

/// The holiday region of a pupil's school.
pub fn regio_van(grootte: Grootte, leerling: u32) -> u16 {
    school_van(leerling, grootte.scholen()) % REGIOS
}

/// The rows of some pupils without a file between: the pupil of each row, and the row packed
/// ([`domain::verzuim::Rij::pack`]), pupil after pupil.
pub fn rijen_van(grootte: Grootte, seed: u64, leerlingen: Range<u32>) -> (Vec<u32>, Vec<u32>) {
    let regios: Vec<Regio> = (0..REGIOS).map(Regio::new).collect();
    let (mut van, mut gepakt, mut rijen) = (Vec::new(), Vec::new(), Vec::new());
    for leerling in leerlingen {
        maak_leerling(grootte, seed, &regios, leerling, &mut rijen);
        van.extend(rijen.iter().map(|_| leerling));
        gepakt.extend(rijen.drain(..).map(|rij| rij.gepakt()));
    }
    (van, gepakt)
}

/// Puts rows in order of day; rows of one day keep their order.
fn op_dag(rijen: Vec<Rij>) -> Vec<Rij> {
    let mut begin = vec![0usize; usize::from(u16::MAX) + 2];
    for rij in &rijen {
        begin[usize::from(rij.dag) + 1] += 1;
    }
    for dag in 1..begin.len() {
        begin[dag] += begin[dag - 1];
    }
    let mut geordend = rijen.clone();
    for rij in rijen {
        let plek = &mut begin[usize::from(rij.dag)];
        geordend[*plek] = rij;
        *plek += 1;
    }
    geordend
}

/// Writes `schools.csv`.
///
/// # Errors
/// What `uit` reports.
pub fn schrijf_scholen(grootte: Grootte, uit: &mut impl Write) -> io::Result<()> {
    writeln!(uit, "school,region")?;
    (0..grootte.scholen()).try_for_each(|school| writeln!(uit, "{school},{}", school % REGIOS))
}

/// Writes `calendar.csv`, the same for every size.
///
/// # Errors
/// What `uit` reports.
pub fn schrijf_kalender(uit: &mut impl Write) -> io::Result<()> {
    writeln!(uit, "region,date,sd")?;
    for regio in 0..REGIOS {
        for (sd, dag) in Regio::new(regio).dagen.iter().enumerate() {
            writeln!(uit, "{regio},{},{sd}", from_day_number(i32::from(*dag)))?;
        }
    }
    Ok(())
}

/// Lines gathered in a buffer; numbers are written by hand, because there are tens of millions of rows.
struct Regels<'w, W: Write> {
    uit: &'w mut W,
    buffer: Vec<u8>,
}

impl<'w, W: Write> Regels<'w, W> {
    fn new(uit: &'w mut W) -> Self {
        Regels { uit, buffer: Vec::with_capacity(BUFFER + 64) }
    }

    fn tekst(&mut self, tekst: &[u8]) -> io::Result<()> {
        self.buffer.extend_from_slice(tekst);
        if self.buffer.len() < BUFFER {
            return Ok(());
        }
        self.uit.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }

    fn getal(&mut self, getal: u32) {
        let mut cijfers = [0u8; 10];
        let (mut plek, mut rest) = (cijfers.len(), getal);
        loop {
            plek -= 1;
            cijfers[plek] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.buffer.extend_from_slice(&cijfers[plek..]);
    }

    fn record(&mut self, rij: &Rij, datum: &[u8], school: u16) -> io::Result<()> {
        self.getal(rij.leerling);
        self.buffer.push(b',');
        self.buffer.extend_from_slice(datum);
        let (start, uren) = (b'0' + rij.start, b'0' + rij.uren);
        self.buffer.extend_from_slice(&[b',', start, b',', uren, b',', rij.soort as u8, b',']);
        self.getal(u32::from(school));
        self.tekst(b"\n")
    }

    fn klaar(self) -> io::Result<()> {
        self.uit.write_all(&self.buffer)?;
        self.uit.flush()
    }
}
