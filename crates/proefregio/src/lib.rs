//! The synthetic region: made-up schools, families and a year of life with a planted truth.
//!
//! Everything comes out as the files that a real region would bring, so that whoever uses it walks the road of a real
//! import. Beside the files stand the *verhalen*: a few children whose true course is known, with the facts that people
//! around them would state. No other child comes near the opening of the clock, by construction.
//!
//! Pure: the same [`Proef`] gives the same bytes, on every machine.

mod dagen;
mod gebied;
mod gezinnen;
mod leerlingen;
mod leveringen;
pub mod maatstaf;
mod namen;
mod nummers;
mod planten;
mod regio;
mod ruimte;
mod scholen;
mod toeval;
mod verhalen;
mod verzuim;

use domain::nummers::Vestigingscode;
use domain::{Date, Timestamp};

pub use regio::REGIO_CODE;
pub use verhalen::{Betrokkenen, GeplantFeit, Plant, Rolhouder, Verhaal, Verwacht, Waarheid};

/// Pupils of a region of the size of Noord-Kennemerland.
pub const LEERLINGEN: usize = 43_000;
/// The fewest pupils a synthetic region has: fewer leave no room for every planted course.
pub const MIN_LEERLINGEN: usize = 400;
/// The most pupils a synthetic region has: bounds memory, and keeps within the series of numbers.
pub const MAX_LEERLINGEN: usize = 400_000;

/// What region to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proef {
    /// Pupils, clamped to [`MIN_LEERLINGEN`] through [`MAX_LEERLINGEN`].
    pub leerlingen: usize,
    /// Another seed gives other children.
    pub seed: u64,
    /// The day on which the demo plays: deliveries reach up to the last schooldag before it.
    pub vandaag: Date,
}

impl Proef {
    /// A region of the usual size.
    pub fn op(vandaag: Date) -> Self {
        Proef { leerlingen: LEERLINGEN, seed: 1, vandaag }
    }
}

/// The files of a synthetic region, and the truth about the planted children.
#[derive(Debug, Clone)]
pub struct Proefregio {
    /// `region.toml`.
    pub regio_toml: String,
    /// Schools, in the layout of DUO's list.
    pub scholen: Vec<u8>,
    /// Pupils with their carers.
    pub leerlingen: Vec<u8>,
    /// Absence, one file per school and month, in the order in which they were delivered.
    pub leveringen: Vec<Levering>,
    /// The planted children.
    pub verhalen: Vec<Verhaal>,
}

/// A file of absence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Levering {
    /// When the school delivered it.
    pub moment: Timestamp,
    /// The school site.
    pub vestiging: Vestigingscode,
    /// The file, in the register's own layout.
    pub bestand: Vec<u8>,
}

/// Makes the region.
pub fn proefregio(proef: &Proef) -> Proefregio {
    let leerlingen = proef.leerlingen.clamp(MIN_LEERLINGEN, MAX_LEERLINGEN);
    let dagen = dagen::Dagen::tot(proef.vandaag);
    let namen = namen::Namen::lees();
    let scholen = scholen::scholen(leerlingen, proef.seed);
    let afwijkend = leveringen::Afwijkend::van(&scholen);
    let mut bevolking = leerlingen::bevolk(&scholen, &namen, &dagen, proef.seed);
    let geplant = planten::plant(&mut bevolking, &scholen, &dagen, &afwijkend, leerlingen);
    Proefregio {
        regio_toml: regio::regio_toml(&scholen, &bevolking.leerlingen, &namen, &dagen, proef.seed),
        scholen: scholen::bestand(&scholen),
        leerlingen: leerlingen::bestand(&bevolking, &scholen),
        leveringen: jaar(&bevolking, &scholen, &dagen, &afwijkend, &geplant, proef.seed),
        verhalen: geplant.verhalen,
    }
}

/// The year of all pupils, as deliveries in order of moment.
fn jaar(
    bevolking: &leerlingen::Bevolking,
    scholen: &[scholen::School],
    dagen: &dagen::Dagen,
    afwijkend: &leveringen::Afwijkend,
    geplant: &planten::Geplant,
    seed: u64,
) -> Vec<Levering> {
    let uitval = verzuim::Lesuitval::new(bevolking.klassen, dagen, seed);
    let datums: Vec<String> = dagen.dagen.iter().map(Date::to_string).collect();
    let zonder_rooster = verhalen::week_zonder_rooster(dagen);
    let mut ruimte = ruimte::Ruimte::new(dagen);
    let mut per_school: Vec<Vec<usize>> = scholen.iter().map(|_| Vec::new()).collect();
    for (place, leerling) in bevolking.leerlingen.iter().enumerate() {
        if let Some(there) = per_school.get_mut(leerling.school) {
            there.push(place);
        }
    }
    let mut leveringen = Vec::new();
    for (plaats, (school, there)) in scholen.iter().zip(&per_school).enumerate() {
        let uren = verzuim::uren(school);
        let meent = plaats == 0;
        let mut schrijver = leveringen::Schrijver::new(dagen, &datums, school, plaats, meent);
        let stated = |place: usize| {
            let dag = *dagen.dagen.get(place)?;
            let silent = school.is_po() || meent && zonder_rooster.contains(dag);
            (!silent).then(|| verzuim::rooster(&uren, dag))
        };
        for place in there {
            let Some(leerling) = bevolking.leerlingen.get(*place) else { continue };
            if let Some(regels) = geplant.regels.get(place) {
                schrijver.leerling(&leerling.nummer, regels, stated);
                continue;
            }
            let from = dagen.plaats(leerling.inschrijving);
            let delivered = leveringen::geleverd(dagen, meent);
            let until =
                leerling.uitschrijving.map_or(delivered.end, |last| dagen.plaats(domain::period::next_day(last)));
            ruimte.opnieuw(from.min(until)..until, leerling.uitschrijving.is_some(), |place| {
                dagen.dagen.get(place).map_or(0, |dag| verzuim::rooster(&uren, *dag))
            });
            let mut toeval = toeval::Toeval::new(seed, 1_000 + *place as u64);
            verzuim::jaar(&mut ruimte, leerling, school.is_po(), &uitval, &mut toeval);
            schrijver.leerling(&leerling.nummer, &ruimte.regels, stated);
        }
        schrijver.klaar(afwijkend, &mut leveringen);
    }
    leveringen.sort_by_key(|levering| (levering.moment, levering.vestiging));
    leveringen
}
