//! Absence rows: in the register's own layout (`leerrecht`), up to some ten million in one file, or in the layout of a
//! package as a school describes it.

mod dagen;
mod gebreken;
mod indeling;
mod leerlingen;
mod lesdag;
mod levering;
mod moment;
mod rij;
mod rijlezer;
mod vertaald;
mod voorvertoning;

use domain::Date;
use domain::nummers::Vestigingscode;
use domain::tekst::Tekst;

use super::Kader;
use super::bevinding::{Gebrek, Weigering};
use super::kop::{Kolom, Kop};
use super::lezing::Invoer;
use super::regels::Rij;

pub use indeling::{Betekenis, MAX_INDELING, Vertaling, VerzuimIndeling};
pub use levering::{Levering, MAX_LEVERING};
pub use voorvertoning::{
    CodeStand, KolomStand, MAX_CODES, MAX_VOORBEELD, VoorbeeldRij, Voorvertoning, preview_verzuim,
};

/// The most rows of a file of absence, blank ones aside.
pub const MAX_RIJEN: u64 = 20_000_000;
/// The most rows of a package's export: each may span days, and a school has some hundred thousand a year.
pub const MAX_RIJEN_VERTAALD: u64 = 2_000_000;

/// Whether a school teaches on a day; `None` when its calendar does not say.
pub type IsSchooldag<'a> = dyn Fn(Vestigingscode, Date) -> Option<bool> + 'a;

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

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Uitkomst {
    Overgenomen,
    Weggelaten,
    Geweigerd,
}

/// Reads a file of absence rows in our own layout; see [`read_verzuim_as`].
///
/// # Errors
/// When the file as a whole cannot be read, or its `#levering` line cannot.
pub fn read_verzuim(bytes: &[u8], kader: &Kader<'_>) -> Result<Invoer<Verzuim>, Weigering> {
    read_verzuim_as(bytes, kader, &VerzuimIndeling::Leerrecht, &|_, _| None)
}

/// Reads a file of absence rows.
///
/// Rows that contradict each other (a lesson twice, a whole day and hours beside it) stay, with a warning: choosing
/// between them would be guessing, and every sum is capped by the day anyway. A row that spans days becomes a row for
/// each school day; where the calendar does not reach, for each day from Monday to Friday.
///
/// # Errors
/// When the file as a whole cannot be read, or its period cannot be.
pub fn read_verzuim_as(
    bytes: &[u8],
    kader: &Kader<'_>,
    indeling: &VerzuimIndeling,
    is_schooldag: &IsSchooldag<'_>,
) -> Result<Invoer<Verzuim>, Weigering> {
    rijlezer::with(bytes, kader, indeling, is_schooldag, |mut lezing, mut lezer| {
        let mut rijen = Vec::new();
        let mut rij = Rij::default();
        while lezing.next(&mut rij)? {
            let mut controle = lezing.controle(&rij);
            let uitkomst = lezer.read(&mut controle, &mut rijen);
            let reden = controle.finish();
            match uitkomst {
                Uitkomst::Overgenomen => {}
                Uitkomst::Weggelaten => lezing.leave_out(),
                Uitkomst::Geweigerd => lezing.reject(&rij, &reden),
            }
            lezer.check_bound(rijen.len())?;
        }
        let levering = lezer.levering();
        let per_regel = lezer.per_regel(&rijen);
        let rijlezer::Gezien { leerlingen, afgewezen, onherleidbaar } = lezer.into_seen();
        let found = dagen::collect(rijen, &leerlingen, &mut lezing.bevindingen);
        let dubbel = per_regel.dubbel(found.dubbel);
        let onherleidbaar = onherleidbaar + lezing.unreadable();
        let inhoud = Verzuim {
            levering,
            leerlingen: found.leerlingen,
            afgewezen_dagen: dagen::refused(afgewezen, &leerlingen),
            onherleidbaar,
            per_dag: found.per_dag,
        };
        Ok(lezing.finish(inhoud, dubbel))
    })
}

impl Invoer<Verzuim> {
    /// Refuses rows of the same file, read in the same layout, about pupils whom the register does not know at that
    /// school: they become findings and go to the file of refused rows. Rows that were refused before, or left out, are
    /// passed over.
    ///
    /// # Errors
    /// When the file cannot be read, which it could before.
    pub fn weiger(
        &mut self,
        bytes: &[u8],
        kader: &Kader<'_>,
        indeling: &VerzuimIndeling,
        mut kijk: impl FnMut(Vestigingscode, &str) -> Option<Gebrek>,
    ) -> Result<(), Weigering> {
        rijlezer::with(bytes, kader, indeling, &|_, _| None, |mut lezing, lezer| {
            let mut nakijken = self.nakijken();
            let mut rij = Rij::default();
            while lezing.next(&mut rij)? {
                let found = lezer.leerling(&rij).and_then(|(vestiging, nummer)| kijk(vestiging, nummer));
                if let Some(gebrek) = found {
                    nakijken.weiger(&rij, "leerlingnummer", gebrek);
                }
            }
            Ok(())
        })?;
        self.sort();
        Ok(())
    }
}
