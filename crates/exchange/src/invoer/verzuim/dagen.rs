//! Rows put together by pupil and day: double rows, rows that overlap, sums that cannot be.

use std::collections::HashMap;

use domain::nummers::Vestigingscode;
use domain::tekst::Tekst;
use domain::verzuim::{Duur, Rij};

use super::leerlingen::Leerlingen;
use super::rij::{Gelezen, MAX_ROOSTER};
use super::{AfgewezenDag, LeerlingVerzuim, SchoolDag};
use crate::invoer::bevinding::{Bevindingen, Ernst, Gebrek};

/// Quarters of one lesson.
const LESUUR: u16 = 4;

/// The rows of a file, put together.
#[derive(Debug, Default)]
pub(super) struct Gevonden {
    /// By site and pupil number.
    pub leerlingen: Vec<LeerlingVerzuim>,
    /// By site and day.
    pub per_dag: Vec<SchoolDag>,
    /// The line of each row that says what another one says.
    pub dubbel: Vec<u32>,
}

/// Puts the rows together and looks at each pupil's days.
pub(super) fn collect(mut rijen: Vec<Gelezen>, leerlingen: &Leerlingen, bevindingen: &mut Bevindingen) -> Gevonden {
    rijen.sort_unstable_by_key(|rij| (u64::from(rij.leerling) << 32 | u64::from(rij.rij), rij.regel));
    let mut found = Gevonden::default();
    let mut per_dag: HashMap<(Vestigingscode, u16), u32> = HashMap::new();
    for rows in rijen.chunk_by(|a, b| a.leerling == b.leerling) {
        let Some((vestiging, nummer)) = rows.first().and_then(|row| leerlingen.name(row.leerling)) else { continue };
        let mut leerling = LeerlingVerzuim {
            vestiging,
            leerlingnummer: Tekst::new(nummer),
            rijen: Vec::with_capacity(rows.len()),
            rooster: Vec::new(),
        };
        for day in rows.chunk_by(|a, b| a.dag() == b.dag()) {
            let before = leerling.rijen.len();
            take_day(day, &mut leerling, &mut found.dubbel, bevindingen);
            if let Some(first) = day.first() {
                let taken = u32::try_from(leerling.rijen.len() - before).unwrap_or(u32::MAX);
                *per_dag.entry((vestiging, first.dag())).or_default() += taken;
            }
        }
        found.leerlingen.push(leerling);
    }
    found.leerlingen.sort_by(|a, b| (a.vestiging, &a.leerlingnummer).cmp(&(b.vestiging, &b.leerlingnummer)));
    found.per_dag = per_dag.into_iter().map(|((vestiging, dag), rijen)| SchoolDag { vestiging, dag, rijen }).collect();
    found.per_dag.sort_unstable();
    found
}

/// The days of refused rows, each once.
pub(super) fn refused(days: Vec<(u32, Option<u16>)>, leerlingen: &Leerlingen) -> Vec<AfgewezenDag> {
    let named = |(leerling, dag)| {
        let (vestiging, nummer) = leerlingen.name(leerling)?;
        Some(AfgewezenDag { vestiging, leerlingnummer: Tekst::new(nummer), dag })
    };
    let mut days: Vec<AfgewezenDag> = days.into_iter().filter_map(named).collect();
    days.sort();
    days.dedup();
    days
}

impl Gelezen {
    /// Days since 1 January 1970: the first half of a packed row.
    fn dag(&self) -> u16 {
        (self.rij >> 16) as u16
    }
}

/// Takes the rows of one pupil on one day, and notes the double ones.
fn take_day(day: &[Gelezen], leerling: &mut LeerlingVerzuim, dubbel: &mut Vec<u32>, bevindingen: &mut Bevindingen) {
    let before = leerling.rijen.len();
    for same in day.chunk_by(|a, b| a.rij == b.rij) {
        leerling.rijen.extend(same.first().map(|row| row.rij));
        for row in same.iter().skip(1) {
            dubbel.push(row.regel);
            warn(bevindingen, row, "", repeated_row());
        }
    }
    let taken = leerling.rijen.len() - before;
    let rooster = take_rooster(day, leerling, bevindingen);
    if taken > 1 || rooster.is_some() {
        check_day(day, taken, rooster, bevindingen);
    }
}

/// The rooster that the rows of a day agree on; without agreement there is none.
fn take_rooster(day: &[Gelezen], leerling: &mut LeerlingVerzuim, bevindingen: &mut Bevindingen) -> Option<u8> {
    let rooster = day.iter().find_map(|row| row.rooster)?;
    if let Some(other) = day.iter().find(|row| row.rooster.is_some_and(|found| found != rooster)) {
        warn(bevindingen, other, "rooster_uren", two_roosters());
        return None;
    }
    leerling.rooster.push((day.first()?.dag(), rooster));
    Some(rooster)
}

fn check_day(day: &[Gelezen], taken: usize, rooster: Option<u8>, bevindingen: &mut Bevindingen) {
    let mut lessons = [0u16; 32];
    let (mut sum, mut overlap, mut whole_day) = (0u16, None, None);
    for row in day.chunk_by(|a, b| a.rij == b.rij).filter_map(|same| same.first()) {
        let Some(rij) = Rij::unpack(row.rij) else { continue };
        match rij.duur {
            Duur::Dag => whole_day = Some(row),
            Duur::Kwartieren(kwartieren) => {
                sum = sum.saturating_add(kwartieren.into());
                if rij.lesuur > 0 && fill(&mut lessons, rij.lesuur, kwartieren) {
                    overlap = Some(row);
                }
            }
        }
    }
    let first_of_day = day.first();
    if let Some(row) = whole_day.filter(|_| taken > 1) {
        warn(bevindingen, row, "lesuren", whole_day_and_more());
    } else if let Some(row) = overlap {
        warn(bevindingen, row, "lesuur", lesson_twice());
    } else if let Some(row) = first_of_day.filter(|_| sum > rooster.map_or(MAX_ROOSTER, u16::from)) {
        warn(bevindingen, row, "lesuren", day_too_long());
    }
}

/// Fills lessons from `lesuur` on; `true` when one of them gets more than it has.
fn fill(lessons: &mut [u16; 32], lesuur: u8, kwartieren: u8) -> bool {
    let mut left = u16::from(kwartieren);
    let mut too_full = false;
    for lesson in lessons.iter_mut().skip(lesuur.into()) {
        let part = left.min(LESUUR);
        *lesson = lesson.saturating_add(part);
        too_full |= part > 0 && *lesson > LESUUR;
        left -= part;
        if left == 0 {
            break;
        }
    }
    too_full
}

fn warn(bevindingen: &mut Bevindingen, row: &Gelezen, veld: &'static str, gebrek: Gebrek) {
    // A line that spans days says so once.
    bevindingen.add_once(row.regel.into(), veld, Ernst::Waarschuwing, gebrek);
}

fn repeated_row() -> Gebrek {
    Gebrek::new(
        "dubbele rij",
        "Een andere rij zegt precies hetzelfde.",
        "De rij telt één keer; is er twee keer verzuimd, vul dan het lesuur in.",
    )
}

fn two_roosters() -> Gebrek {
    Gebrek::new(
        "rooster verschilt",
        "De rijen van deze dag noemen verschillende roosteruren.",
        "De roosteruren van deze dag tellen niet mee; geef er één op.",
    )
}

fn whole_day_and_more() -> Gebrek {
    Gebrek::new(
        "hele dag en meer",
        "Op deze dag staat een hele dag en daarnaast nog een rij.",
        "Beide rijen blijven staan; verbeter de dag in uw pakket als er één niet klopt.",
    )
}

fn lesson_twice() -> Gebrek {
    Gebrek::new(
        "lesuur dubbel",
        "De rijen van dit lesuur zijn samen meer dan één lesuur.",
        "De rijen blijven staan; verbeter het lesuur in uw pakket als er een niet klopt.",
    )
}

fn day_too_long() -> Gebrek {
    Gebrek::new(
        "meer uren dan de dag",
        "De uren van deze dag zijn samen meer dan de leerling die dag les heeft.",
        "De rijen blijven staan en tellen samen hoogstens als één dag; controleer de uren.",
    )
}
