//! `schools.csv` and `calendar.csv` of the bare layout: small files, read whole.

use domain::period::day_number;

use super::bevinding::{Bevindingen, toon};
use super::regel::{cijfers, datum};

/// The highest number of a region.
pub const MAX_REGIO: u16 = 999;
/// The largest number of lines of either file that is read.
const MAX_REGELS: usize = 4_000_000;

/// The region of each school, by number of the school; `None` where the file names no such school.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scholen(Vec<Option<u16>>);

impl Scholen {
    /// The region of a school.
    pub fn regio(&self, school: u16) -> Option<u16> {
        self.0.get(usize::from(school)).copied().flatten()
    }

    /// The schools with their regions, in order of number.
    pub fn iter(&self) -> impl Iterator<Item = (u16, u16)> {
        self.0.iter().enumerate().filter_map(|(school, regio)| Some((u16::try_from(school).ok()?, (*regio)?)))
    }
}

/// The schooldagen of each region in order, as days since 1 January 1970; by number of the region.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kalender {
    /// Schooldagen per region; empty where the file names no such region.
    pub regios: Vec<Vec<u16>>,
}

/// Reads `schools.csv`.
pub fn lees_scholen(bytes: &[u8], bevindingen: &mut Bevindingen) -> Scholen {
    let mut scholen = Scholen::default();
    rijen::<2>(bytes, "school,region", bevindingen, |rij, [school, regio], bevindingen| {
        let Some(nummer) = cijfers(school, u32::from(u16::MAX) - 1) else {
            bevindingen.add(
                rij,
                "school",
                format!("{} is geen school; toegestaan is 0 tot en met 65534", toon(school)),
            );
            return;
        };
        let Some(regio) = lees_regio(rij, regio, bevindingen) else { return };
        let plek = nummer as usize;
        if plek >= scholen.0.len() {
            scholen.0.resize(plek + 1, None);
        }
        if scholen.0[plek].replace(regio).is_some_and(|eerder| eerder != regio) {
            bevindingen.add(rij, "region", format!("school {nummer} stond al in een andere regio; kies er één"));
        }
    });
    scholen
}

/// Reads `calendar.csv`. The column `sd` must number the schooldagen of a region from 0, in the order of the file.
pub fn lees_kalender(bytes: &[u8], bevindingen: &mut Bevindingen) -> Kalender {
    let mut kalender = Kalender::default();
    rijen::<3>(bytes, "region,date,sd", bevindingen, |rij, [regio, dag, sd], bevindingen| {
        let Some(regio) = lees_regio(rij, regio, bevindingen) else { return };
        let Some(nummer) = datum(dag) else {
            bevindingen.add(rij, "date", format!("{} is geen datum; toegestaan is jjjj-mm-dd vanaf 1970", toon(dag)));
            return;
        };
        let plek = usize::from(regio);
        if plek >= kalender.regios.len() {
            kalender.regios.resize(plek + 1, Vec::new());
        }
        let dagen = &mut kalender.regios[plek];
        if dagen.last().is_some_and(|laatste| *laatste >= nummer) {
            bevindingen.add(rij, "date", "de dagen van een regio moeten oplopen; zet de rijen op volgorde");
            return;
        }
        if cijfers(sd, u32::from(u16::MAX)) != u32::try_from(dagen.len()).ok() {
            bevindingen.add(rij, "sd", format!("{} klopt niet; hier hoort {}", toon(sd), dagen.len()));
        }
        dagen.push(nummer);
    });
    kalender
}

fn lees_regio(rij: u64, veld: &[u8], bevindingen: &mut Bevindingen) -> Option<u16> {
    let regio = cijfers(veld, u32::from(MAX_REGIO)).and_then(|regio| u16::try_from(regio).ok());
    if regio.is_none() {
        let melding = format!("{} is geen regio; toegestaan is 0 tot en met {MAX_REGIO}", toon(veld));
        bevindingen.add(rij, "region", melding);
    }
    regio
}

/// Calls `doe` for each row below the header that has N fields.
fn rijen<'b, const N: usize>(
    bytes: &'b [u8],
    kop: &'static str,
    bevindingen: &mut Bevindingen,
    mut doe: impl FnMut(u64, [&'b [u8]; N], &mut Bevindingen),
) {
    for (nummer, regel) in bytes.split(|byte| *byte == b'\n').take(MAX_REGELS).enumerate() {
        let regel = regel.strip_suffix(b"\r").unwrap_or(regel);
        let rij = nummer as u64 + 1;
        if nummer == 0 {
            if regel != kop.as_bytes() {
                bevindingen.add(rij, "kop", format!("de eerste rij moet precies \"{kop}\" zijn"));
                return;
            }
            continue;
        }
        if regel.is_empty() {
            continue;
        }
        let velden: Vec<&[u8]> = regel.splitn(N + 1, |byte| *byte == b',').collect();
        match <[&[u8]; N]>::try_from(velden) {
            Ok(velden) => doe(rij, velden, bevindingen),
            Err(_) => bevindingen.add(rij, "rij", format!("een rij heeft {N} velden: {kop}")),
        }
    }
}

/// The day with that number as files write it: jjjj-mm-dd.
pub(super) fn dagnummer(jaar: i16, maand: i8, dag: i8) -> Option<u16> {
    u16::try_from(day_number(domain::Date::new(jaar, maand, dag).ok()?)).ok()
}
