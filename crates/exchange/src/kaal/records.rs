//! `records.csv` of the bare layout, read byte by byte: the file may hold tens of millions of rows.

use domain::verzuim::{Duur, Rij, VerzuimSoort};

use super::bevinding::{Bevindingen, toon};
use super::kalender::{Scholen, dagnummer};
use super::{LETTERS, UREN_PER_DAG};

/// The longest line that is read, in bytes; a longer one is a finding and skipped.
pub const MAX_REGEL_BYTES: usize = 200;
/// The largest number of rows of one file.
pub const MAX_RIJEN: usize = 200_000_000;
/// The highest number of a pupil: numbers are dense, from 0.
pub const MAX_LEERLING: u32 = 9_999_999;

/// The header of the file.
const KOP: &[u8] = b"pupil,date,start,hours,kind,school";
/// Fewer bytes are not given to a thread of their own.
const KLEINSTE_DEEL: usize = 1 << 10;
/// The fewest bytes of a well-formed row.
const KORTSTE_REGEL: usize = 22;
/// A pupil of whom no row was read has no school.
const GEEN: u16 = u16::MAX;

/// The rows of the file in order of arrival, and what is wrong with the others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Records {
    /// The pupil of each row.
    pub leerling: Vec<u32>,
    /// The rows, packed, in step with `leerling`.
    pub rijen: Vec<u32>,
    /// What was rejected.
    pub bevindingen: Bevindingen,
    school: Vec<u16>,
}

impl Records {
    /// One more than the highest number of a pupil with a row.
    pub fn leerlingen(&self) -> u32 {
        u32::try_from(self.school.len()).unwrap_or(u32::MAX)
    }

    /// The school of a pupil; `None` when no row of the pupil was read.
    pub fn school(&self, leerling: u32) -> Option<u16> {
        self.school.get(leerling as usize).copied().filter(|school| *school != GEEN)
    }
}

/// Reads the file in pieces of any size, so that it need not be in memory as a whole.
#[derive(Debug)]
pub struct RecordLezer<'s> {
    scholen: &'s Scholen,
    records: Records,
    /// The beginning of a line whose end is in the next piece.
    rest: Vec<u8>,
    /// Whether `rest` is the beginning of a line that is too long.
    te_lang: bool,
    /// Lines seen, the header among them.
    regels: u64,
    dag: Dag,
}

/// The last date that was read: files in order of arrival repeat it many times.
#[derive(Debug, Default)]
struct Dag {
    tekst: [u8; 10],
    nummer: u16,
}

impl<'s> RecordLezer<'s> {
    /// A reader that accepts rows of these schools only.
    pub fn new(scholen: &'s Scholen) -> Self {
        RecordLezer {
            scholen,
            records: Records::default(),
            rest: Vec::new(),
            te_lang: false,
            regels: 0,
            dag: Dag::default(),
        }
    }

    /// Reads the next piece of the file.
    pub fn voer(&mut self, mut stuk: &[u8]) {
        if !self.rest.is_empty() || self.te_lang {
            let eind = stuk.iter().position(|byte| *byte == b'\n');
            let (regel, daarna) = stuk.split_at(eind.unwrap_or(stuk.len()));
            self.bewaar(regel);
            if eind.is_none() {
                return;
            }
            self.sluit_regel();
            stuk = daarna.get(1..).unwrap_or_default();
        }
        while let Some(lengte) = self.snel(stuk) {
            stuk = stuk.get(lengte..).unwrap_or_default();
        }
        self.bewaar(stuk);
    }

    /// Reads the next piece on up to so many threads. Well-formed rows are taken apart beside each other, and taken in one
    /// after the other; from the first line on that is anything else, a part is read as [`Self::voer`] reads it.
    pub fn voer_samen(&mut self, mut stuk: &[u8], draden: usize) {
        if self.regels == 0 || !self.rest.is_empty() || self.te_lang {
            let (regel, daarna) = stuk.split_at(na_regeleinde(stuk, 0));
            self.voer(regel);
            stuk = daarna;
        }
        let delen = verdeel(stuk, draden.min(stuk.len() / KLEINSTE_DEEL));
        let ontleed: Vec<Vec<Kaal>> = std::thread::scope(|scope| {
            let banen: Vec<_> = delen.iter().skip(1).map(|deel| scope.spawn(|| ontleed_alle(deel))).collect();
            let eerste = delen.first().map(|deel| ontleed_alle(deel));
            let rest = banen.into_iter().map(|baan| match baan.join() {
                Ok(rijen) => rijen,
                Err(paniek) => std::panic::resume_unwind(paniek),
            });
            eerste.into_iter().chain(rest).collect()
        });
        for (deel, rijen) in delen.into_iter().zip(ontleed) {
            let goed = rijen.iter().take_while(|rij| self.neem(rij)).count();
            let gelezen = lengte(rijen.get(..goed).unwrap_or_default());
            self.voer(deel.get(gelezen..).unwrap_or_default());
        }
    }

    /// Reads what is left and gives the rows.
    pub fn klaar(mut self) -> Records {
        if !self.rest.is_empty() || self.te_lang {
            self.sluit_regel();
        }
        if self.regels == 0 {
            self.regel(b"");
        }
        self.records
    }

    /// Reads one whole line from the front of a piece, gives its length with the line end; `None` when its end is
    /// not in the piece.
    fn snel(&mut self, stuk: &[u8]) -> Option<usize> {
        if self.regels > 0
            && let Some(rij) = ontleed(stuk, &mut self.dag)
            && self.neem(&rij)
        {
            return Some(usize::from(rij.lengte));
        }
        let eind = stuk.iter().position(|byte| *byte == b'\n')?;
        self.regel(stuk.get(..eind).unwrap_or_default());
        Some(eind + 1)
    }

    /// Takes in a well-formed row, unless something is wrong with it beside the others.
    fn neem(&mut self, rij: &Kaal) -> bool {
        let goed = self.records.rijen.len() < MAX_RIJEN && self.past(rij);
        if goed {
            self.regels += 1;
            self.records.leerling.push(rij.leerling);
            self.records.rijen.push(rij.gepakt);
        }
        goed
    }

    /// Whether the school is known and is the pupil's; the first row of a pupil decides.
    fn past(&mut self, rij: &Kaal) -> bool {
        let plek = rij.leerling as usize;
        if let Some(school) = self.records.school.get(plek)
            && *school == rij.school
        {
            return true;
        }
        if self.scholen.regio(rij.school).is_none() {
            return false;
        }
        if plek >= self.records.school.len() {
            self.records.school.resize(plek + 1, GEEN);
        }
        let eerste = self.records.school[plek] == GEEN;
        if eerste {
            self.records.school[plek] = rij.school;
        }
        eerste
    }

    fn bewaar(&mut self, deel: &[u8]) {
        if self.rest.len() + deel.len() > MAX_REGEL_BYTES {
            self.te_lang = true;
            self.rest.clear();
        } else if !self.te_lang {
            self.rest.extend_from_slice(deel);
        }
    }

    fn sluit_regel(&mut self) {
        if std::mem::take(&mut self.te_lang) {
            self.regels += 1;
            self.te_lange_regel();
        } else {
            let mut regel = std::mem::take(&mut self.rest);
            regel.push(b'\n');
            self.snel(&regel);
            regel.clear();
            self.rest = regel;
        }
    }

    fn te_lange_regel(&mut self) {
        let melding = format!("deze rij is te lang; toegestaan zijn {MAX_REGEL_BYTES} tekens");
        self.records.bevindingen.add(self.regels, "rij", melding);
    }

    /// A line that the fast way did not accept: the header, an empty line, or a row to tell what is wrong with.
    fn regel(&mut self, regel: &[u8]) {
        self.regels += 1;
        if regel.len() > MAX_REGEL_BYTES {
            return self.te_lange_regel();
        }
        let regel = regel.strip_suffix(b"\r").unwrap_or(regel);
        if self.regels == 1 {
            let zonder_bom = regel.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(regel);
            if zonder_bom != KOP {
                let kop = String::from_utf8_lossy(KOP);
                let melding =
                    format!("de eerste rij moet precies \"{kop}\" zijn; controleer of dit de kale indeling is");
                self.records.bevindingen.add(1, "kop", melding);
            }
        } else if !regel.is_empty() {
            let (veld, melding) = self.wat_is_er_mis(regel);
            self.records.bevindingen.add(self.regels, veld, melding);
        }
    }

    fn wat_is_er_mis(&mut self, regel: &[u8]) -> (&'static str, String) {
        let velden: Vec<&[u8]> = regel.splitn(7, |byte| *byte == b',').collect();
        let [leerling, dag, start, uren, soort, school] = velden.as_slice() else {
            let kop = String::from_utf8_lossy(KOP);
            return ("rij", format!("deze rij heeft niet precies zes velden; nodig zijn {kop}"));
        };
        let Some(nummer) = cijfers(leerling, MAX_LEERLING) else {
            let mag = format!("toegestaan is 0 tot en met {MAX_LEERLING}");
            return ("pupil", format!("{} is geen leerlingnummer; {mag}", toon(leerling)));
        };
        if datum(dag).is_none() {
            let mag = "toegestaan is jjjj-mm-dd van 1970-01-01 tot en met 2149-06-06";
            return ("date", format!("{} is geen datum; {mag}", toon(dag)));
        }
        let eerste = cijfers(start, 8).filter(|start| *start > 0);
        let Some(eerste) = eerste else {
            return ("start", format!("{} is geen lesuur; toegestaan is 1 tot en met 8", toon(start)));
        };
        let hoogste = u32::from(UREN_PER_DAG) + 1 - eerste;
        if cijfers(uren, hoogste).is_none_or(|uren| uren == 0) {
            let mag = format!("bij lesuur {eerste} is 1 tot en met {hoogste} toegestaan");
            return ("hours", format!("{} is geen aantal uren; {mag}", toon(uren)));
        }
        if soort_van(soort).is_none() {
            return ("kind", format!("{} is geen soort; toegestaan is U, L, S, A, R of X", toon(soort)));
        }
        let school_nummer = cijfers(school, u32::from(u16::MAX)).and_then(|school| u16::try_from(school).ok());
        match school_nummer.filter(|school| self.scholen.regio(*school).is_some()) {
            None => ("school", format!("{} staat niet in schools.csv; voeg de school daar toe", toon(school))),
            Some(school) if self.records.school(nummer).is_some_and(|eerder| eerder != school) => (
                "school",
                "deze leerling heeft al rijen van een andere school; in deze indeling is er één per leerling".into(),
            ),
            Some(_) if self.records.rijen.len() >= MAX_RIJEN => {
                ("rij", format!("toegestaan zijn {MAX_RIJEN} rijen; deel het bestand op"))
            }
            Some(_) => ("rij", "getallen staan hier zonder nullen vooraan en zonder spaties".into()),
        }
    }
}

/// A well-formed row.
struct Kaal {
    leerling: u32,
    gepakt: u32,
    school: u16,
    /// Bytes of the row with its line end.
    lengte: u16,
}

/// Divides a piece into at most so many parts that end with a line; what follows the last line end is in the last part.
fn verdeel(stuk: &[u8], aantal: usize) -> Vec<&[u8]> {
    let (mut delen, mut rest) = (Vec::with_capacity(aantal), stuk);
    for over in (2..=aantal).rev() {
        let (deel, daarna) = rest.split_at(na_regeleinde(rest, rest.len() / over));
        delen.push(deel);
        rest = daarna;
    }
    delen.push(rest);
    delen
}

/// The place after the first line end from a place on; the end of the piece when there is none.
fn na_regeleinde(stuk: &[u8], vanaf: usize) -> usize {
    let eind = stuk.get(vanaf..).unwrap_or_default().iter().position(|byte| *byte == b'\n');
    eind.map_or(stuk.len(), |eind| vanaf + eind + 1)
}

/// The rows of a part up to the first line that is not well-formed.
fn ontleed_alle(deel: &[u8]) -> Vec<Kaal> {
    let (mut dag, mut rijen, mut plek) = (Dag::default(), Vec::with_capacity(deel.len() / KORTSTE_REGEL), 0);
    while let Some(rij) = deel.get(plek..).and_then(|rest| ontleed(rest, &mut dag)) {
        plek += usize::from(rij.lengte);
        rijen.push(rij);
    }
    rijen
}

fn lengte(rijen: &[Kaal]) -> usize {
    rijen.iter().map(|rij| usize::from(rij.lengte)).sum()
}

/// One well-formed row with its line end; `None` for anything else.
fn ontleed(stuk: &[u8], dag: &mut Dag) -> Option<Kaal> {
    let (leerling, plek) = getal(stuk, 0)?;
    if leerling > MAX_LEERLING {
        return None;
    }
    // ,jjjj-mm-dd,s,h,K,
    let midden: &[u8; 18] = stuk.get(plek..plek + 18)?.try_into().ok()?;
    let [b',', .., b',', start, b',', uren, b',', letter, b','] = midden else { return None };
    let tekst: &[u8; 10] = midden.get(1..11)?.try_into().ok()?;
    if *tekst != dag.tekst {
        *dag = Dag { nummer: datum(tekst)?, tekst: *tekst };
    }
    let (start, uren) = (start.wrapping_sub(b'0'), uren.wrapping_sub(b'0'));
    if !(1..=UREN_PER_DAG).contains(&start) || uren == 0 || uren > UREN_PER_DAG + 1 - start {
        return None;
    }
    let soort = LETTERS.iter().find(|(ander, _)| ander == letter).map(|(_, soort)| *soort)?;
    let (school, mut plek) = getal(stuk, plek + 18)?;
    if stuk.get(plek) == Some(&b'\r') {
        plek += 1;
    }
    if stuk.get(plek) != Some(&b'\n') {
        return None;
    }
    let rij = Rij { dag: dag.nummer, lesuur: start, duur: Duur::Kwartieren(4 * uren), soort };
    let lengte = u16::try_from(plek + 1).ok()?;
    Some(Kaal { leerling, gepakt: rij.pack(), school: u16::try_from(school).ok()?, lengte })
}

/// A number of 1 to 8 digits without leading zeros from a position on, and the position after it.
fn getal(stuk: &[u8], begin: usize) -> Option<(u32, usize)> {
    let mut waarde = 0u32;
    let mut plek = begin;
    while let Some(cijfer) = stuk.get(plek).map(|byte| byte.wrapping_sub(b'0')).filter(|cijfer| *cijfer < 10) {
        waarde = waarde * 10 + u32::from(cijfer);
        plek += 1;
        if plek - begin > 8 {
            return None;
        }
    }
    let nul_vooraan = plek - begin > 1 && stuk.get(begin) == Some(&b'0');
    (plek > begin && !nul_vooraan).then_some((waarde, plek))
}

/// A whole field of digits, at most `hoogste`.
pub(super) fn cijfers(veld: &[u8], hoogste: u32) -> Option<u32> {
    getal(veld, 0).filter(|(waarde, eind)| *eind == veld.len() && *waarde <= hoogste).map(|(waarde, _)| waarde)
}

/// The number of a day written as jjjj-mm-dd.
pub(super) fn datum(veld: &[u8]) -> Option<u16> {
    let [j0, j1, j2, j3, b'-', m0, m1, b'-', d0, d1] = veld else { return None };
    let cijfers = |bytes: &[u8]| {
        bytes.iter().try_fold(0i16, |waarde, byte| byte.is_ascii_digit().then(|| waarde * 10 + i16::from(byte - b'0')))
    };
    let klein = |waarde: i16| i8::try_from(waarde).ok();
    dagnummer(cijfers(&[*j0, *j1, *j2, *j3])?, klein(cijfers(&[*m0, *m1])?)?, klein(cijfers(&[*d0, *d1])?)?)
}

fn soort_van(veld: &[u8]) -> Option<VerzuimSoort> {
    let [letter] = veld else { return None };
    LETTERS.iter().find(|(ander, _)| ander == letter).map(|(_, soort)| *soort)
}
