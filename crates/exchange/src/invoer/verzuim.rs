//! Absence rows in the register's own layout (`leerrecht`), up to some ten million in one file.

mod dagen;
mod leerlingen;
mod levering;
mod rij;

use domain::nummers::Vestigingscode;
use domain::tekst::Tekst;

use super::bevinding::{Gebrek, Weigering};
use super::kop::{Kolom, Kop};
use super::lezing::{Invoer, Lezing};
use super::regels::Rij;
use super::{Kader, tekst};

pub use levering::{Levering, MAX_LEVERING};

/// The most rows of a file of absence, blank ones aside.
pub const MAX_RIJEN: u64 = 20_000_000;

/// The absence rows of a file, by pupil. Which child of the register a pupil is, the register decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verzuim {
    /// For which school and period the file states all absence; `None`: loose rows, which say nothing about other days.
    pub levering: Option<Levering>,
    /// Pupils with their rows, by site and pupil number.
    pub leerlingen: Vec<LeerlingVerzuim>,
    /// Days that become *onbekend* because a row about them was refused, by site and pupil number.
    pub afgewezen_dagen: Vec<AfgewezenDag>,
    /// Refused rows of which not even the pupil could be read: any pupil of the school may be meant.
    pub onherleidbaar: u64,
    /// Rows per site and day, in that order: many on days without lessons mean that the calendar of the school is wrong.
    pub per_dag: Vec<SchoolDag>,
}

/// The absence rows of one pupil.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeerlingVerzuim {
    /// School site.
    pub vestiging: Vestigingscode,
    /// The school's own pupil number.
    pub leerlingnummer: Tekst,
    /// Rows as [`Rij::pack`](domain::verzuim::Rij::pack) writes them, ascending, each once.
    pub rijen: Vec<u32>,
    /// The pupil's rooster on days for which the file gives it: day (days since 1 January 1970) and quarters.
    pub rooster: Vec<(u16, u8)>,
}

/// A day of one pupil about which a row was refused.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AfgewezenDag {
    /// School site.
    pub vestiging: Vestigingscode,
    /// The school's own pupil number.
    pub leerlingnummer: Tekst,
    /// The day (days since 1 January 1970); `None` when it could not be read: any day may be meant.
    pub dag: Option<u16>,
}

/// How many rows a site has on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SchoolDag {
    /// School site.
    pub vestiging: Vestigingscode,
    /// The day (days since 1 January 1970).
    pub dag: u16,
    /// Rows, double ones counted once.
    pub rijen: u32,
}

/// The columns of the file.
struct Kolommen {
    brin: Kolom,
    vestiging: Kolom,
    leerlingnummer: Kolom,
    datum: Kolom,
    lesuur: Kolom,
    lesuren: Kolom,
    rooster: Kolom,
    soort: Kolom,
}

impl Kolommen {
    fn find(kop: &mut Kop) -> Self {
        Kolommen {
            brin: kop.optional("brin"),
            vestiging: kop.required("vestigingscode"),
            leerlingnummer: kop.required("leerlingnummer"),
            datum: kop.required("datum"),
            lesuur: kop.optional("lesuur"),
            lesuren: kop.required("lesuren"),
            rooster: kop.optional("rooster_uren"),
            soort: kop.required("soort"),
        }
    }
}

/// Reads a file of absence rows.
///
/// Rows that contradict each other (a lesson twice, a whole day and hours beside it) stay, with a warning: choosing
/// between them would be guessing, and every sum is capped by the day anyway.
///
/// # Errors
/// When the file as a whole cannot be read, or its `#levering` line cannot.
pub fn read_verzuim(bytes: &[u8], kader: &Kader<'_>) -> Result<Invoer<Verzuim>, Weigering> {
    let (codering, text) = tekst::decode(bytes)?;
    let (levering, text) = levering::split(&text, kader)?;
    let (mut lezing, kolommen) = Lezing::open(codering, text, MAX_RIJEN, Kolommen::find)?;
    let mut lezer = rij::Lezer::new(&kolommen, kader, levering);
    let mut rijen = Vec::new();
    let mut rij = Rij::default();
    while lezing.next(&mut rij)? {
        let mut controle = lezing.controle(&rij);
        let read = lezer.read(&mut controle);
        let reden = controle.finish();
        match read {
            Some(read) if reden.is_empty() => rijen.push(read),
            _ => lezing.reject(&rij, &reden),
        }
    }
    let rij::Lezer { leerlingen, afgewezen, onherleidbaar, .. } = lezer;
    let found = dagen::collect(rijen, &leerlingen, &mut lezing.bevindingen);
    let onherleidbaar = onherleidbaar + lezing.unreadable();
    let inhoud = Verzuim {
        levering,
        leerlingen: found.leerlingen,
        afgewezen_dagen: dagen::refused(afgewezen, &leerlingen),
        onherleidbaar,
        per_dag: found.per_dag,
    };
    Ok(lezing.finish(inhoud, found.dubbel))
}

impl Invoer<Verzuim> {
    /// Refuses rows of the same file about pupils whom the register does not know at that school: they become findings
    /// and go to the file of refused rows. Rows that were refused before are passed over.
    ///
    /// # Errors
    /// When the file cannot be read, which it could before.
    pub fn weiger(
        &mut self,
        bytes: &[u8],
        mut kijk: impl FnMut(Vestigingscode, &str) -> Option<Gebrek>,
    ) -> Result<(), Weigering> {
        let (codering, text) = tekst::decode(bytes)?;
        let (_, stuk) = levering::after(&text);
        let (mut lezing, kolommen) = Lezing::open(codering, stuk, MAX_RIJEN, Kolommen::find)?;
        let mut nakijken = self.nakijken();
        let mut rij = Rij::default();
        while lezing.next(&mut rij)? {
            let found = Vestigingscode::parse(kolommen.vestiging.text(&rij)).ok();
            let found = found.and_then(|vestiging| kijk(vestiging, kolommen.leerlingnummer.text(&rij)));
            if let Some(gebrek) = found {
                nakijken.weiger(&rij, "leerlingnummer", gebrek);
            }
        }
        self.sort();
        Ok(())
    }
}
