//! `records.csv` of the bare layout, read byte by byte: the file may hold tens of millions of rows.

use super::UREN_PER_DAG;
use super::bevinding::{Bevindingen, toon};
use super::kalender::Scholen;
use super::regel::{Dag, Kaal, MAX_LEERLING, aangevuld, cijfers, datum, ontleed, soort_van};

/// The longest line that is read, in bytes; a longer one is a finding and skipped.
pub const MAX_REGEL_BYTES: usize = 200;
/// The largest number of rows of one file.
pub const MAX_RIJEN: usize = 200_000_000;
/// The header of the file.
const KOP: &[u8] = b"pupil,date,start,hours,kind,school";
/// A pupil of whom no row was read has no school.
const GEEN: u16 = u16::MAX;

/// What was read beside the rows themselves, which went to whoever asked for them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Records {
    /// Rows that were read.
    pub aantal: usize,
    /// What was rejected.
    pub bevindingen: Bevindingen,
    school: Vec<u16>,
    /// Lines seen, the header among them.
    regels: u64,
}

impl Records {
    /// Puts parts of one file, each read by itself, behind each other. `None` when a part says otherwise than those before
    /// it, or when there are too many rows: what is wrong then shows when the file is read as one.
    pub fn samen(delen: Vec<Records>) -> Option<Self> {
        let mut delen = delen.into_iter();
        let mut samen = delen.next()?;
        for deel in delen {
            if samen.school.len() < deel.school.len() {
                samen.school.resize(deel.school.len(), GEEN);
            }
            for (school, hier) in samen.school.iter_mut().zip(&deel.school) {
                match (*school, *hier) {
                    (_, GEEN) => {}
                    (GEEN, hier) => *school = hier,
                    (school, hier) if school == hier => {}
                    _ => return None,
                }
            }
            samen.bevindingen.append(deel.bevindingen, samen.regels);
            samen.regels += deel.regels;
            samen.aantal += deel.aantal;
        }
        (samen.aantal <= MAX_RIJEN).then_some(samen)
    }

    /// One more than the highest number of a pupil with a row.
    pub fn leerlingen(&self) -> u32 {
        u32::try_from(self.school.len()).unwrap_or(u32::MAX)
    }

    /// The school of a pupil; `None` when no row of the pupil was read.
    pub fn school(&self, leerling: u32) -> Option<u16> {
        school_van(&self.school, leerling)
    }
}

fn school_van(scholen: &[u16], leerling: u32) -> Option<u16> {
    scholen.get(leerling as usize).copied().filter(|school| *school != GEEN)
}

/// Reads the file, or a part of it, in pieces of any size, so that it need not be in memory as a whole. Each row goes at
/// once, in order of arrival, to `neem`: the pupil and the packed row ([`Rij::pack`](domain::verzuim::Rij::pack)).
#[derive(Debug)]
pub struct RecordLezer<'s, N> {
    scholen: &'s Scholen,
    neem: N,
    aantal: usize,
    school: Vec<u16>,
    bevindingen: Bevindingen,
    /// The beginning of a line whose end is in the next piece.
    rest: Vec<u8>,
    /// Whether `rest` is the beginning of a line that is too long.
    te_lang: bool,
    /// Lines seen, the header among them.
    regels: u64,
    /// Whether the first line is the header.
    met_kop: bool,
    dag: Dag,
}

impl<'s, N: FnMut(u32, u32)> RecordLezer<'s, N> {
    /// A reader that accepts rows of these schools only.
    pub fn new(scholen: &'s Scholen, neem: N) -> Self {
        RecordLezer {
            scholen,
            neem,
            aantal: 0,
            school: Vec::new(),
            bevindingen: Bevindingen::default(),
            rest: Vec::new(),
            te_lang: false,
            regels: 0,
            met_kop: true,
            dag: Dag::default(),
        }
    }

    /// A reader of a later part of a file, which begins with a row.
    pub fn vervolg(scholen: &'s Scholen, neem: N) -> Self {
        RecordLezer { met_kop: false, ..Self::new(scholen, neem) }
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

    /// Reads what is left.
    pub fn klaar(mut self) -> Records {
        if !self.rest.is_empty() || self.te_lang {
            self.sluit_regel();
        }
        if self.regels == 0 && self.met_kop {
            self.regel(b"");
        }
        let RecordLezer { aantal, school, bevindingen, regels, .. } = self;
        Records { aantal, bevindingen, school, regels }
    }

    /// Reads one whole line from the front of a piece, gives its length with the line end; `None` when its end is
    /// not in the piece.
    fn snel(&mut self, stuk: &[u8]) -> Option<usize> {
        let kort;
        let blok = match stuk.first_chunk() {
            Some(blok) => blok,
            None => {
                kort = aangevuld(stuk);
                &kort
            }
        };
        if !self.bij_kop()
            && let Some(rij) = ontleed(blok, &mut self.dag)
            && self.neem_op(&rij)
        {
            return Some(rij.lengte);
        }
        let eind = stuk.iter().position(|byte| *byte == b'\n')?;
        self.regel(stuk.get(..eind).unwrap_or_default());
        Some(eind + 1)
    }

    /// Whether the next line is the header.
    fn bij_kop(&self) -> bool {
        self.met_kop && self.regels == 0
    }

    /// Takes in a well-formed row, unless something is wrong with it beside the others.
    fn neem_op(&mut self, rij: &Kaal) -> bool {
        let goed = self.aantal < MAX_RIJEN && self.past(rij);
        if goed {
            self.regels += 1;
            self.aantal += 1;
            (self.neem)(rij.leerling, rij.gepakt);
        }
        goed
    }

    /// Whether the school is known and is the pupil's; the first row of a pupil decides.
    fn past(&mut self, rij: &Kaal) -> bool {
        let plek = rij.leerling as usize;
        if let Some(school) = self.school.get(plek)
            && *school == rij.school
        {
            return true;
        }
        if self.scholen.regio(rij.school).is_none() {
            return false;
        }
        if plek >= self.school.len() {
            self.school.resize(plek + 1, GEEN);
        }
        let eerste = self.school[plek] == GEEN;
        if eerste {
            self.school[plek] = rij.school;
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
        self.bevindingen.add(self.regels, "rij", melding);
    }

    /// A line that the fast way did not accept: the header, an empty line, or a row to tell what is wrong with.
    fn regel(&mut self, regel: &[u8]) {
        let is_kop = self.bij_kop();
        self.regels += 1;
        if regel.len() > MAX_REGEL_BYTES {
            return self.te_lange_regel();
        }
        let regel = regel.strip_suffix(b"\r").unwrap_or(regel);
        if is_kop {
            let zonder_bom = regel.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(regel);
            if zonder_bom != KOP {
                let kop = String::from_utf8_lossy(KOP);
                let melding =
                    format!("de eerste rij moet precies \"{kop}\" zijn; controleer of dit de kale indeling is");
                self.bevindingen.add(1, "kop", melding);
            }
        } else if !regel.is_empty() {
            let (veld, melding) = self.wat_is_er_mis(regel);
            self.bevindingen.add(self.regels, veld, melding);
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
            Some(school) if school_van(&self.school, nummer).is_some_and(|eerder| eerder != school) => (
                "school",
                "deze leerling heeft al rijen van een andere school; in deze indeling is er één per leerling".into(),
            ),
            Some(_) if self.aantal >= MAX_RIJEN => {
                ("rij", format!("toegestaan zijn {MAX_RIJEN} rijen; deel het bestand op"))
            }
            Some(_) => ("rij", "getallen staan hier zonder nullen vooraan en zonder spaties".into()),
        }
    }
}
