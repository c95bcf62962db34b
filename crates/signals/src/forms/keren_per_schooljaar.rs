//! `keren_per_schooljaar`: the running count of the school year passes a step. Several late rows on one day may pass
//! more than one step: each fires.

use super::{Blik, Vuur};
use crate::stroom::Dag;

/// The count of one school in one school year.
#[derive(Clone, Copy)]
struct Telling {
    /// Number of the school in the spoor.
    school: u16,
    keren: u32,
    /// How many steps were passed.
    gepasseerd: usize,
    /// The first schooldag that counted.
    eerste: u16,
}

pub(super) fn evaluate(stappen: &[u32], per_school: bool, blik: &Blik<'_>, vuur: &mut Vuur<'_>) {
    let mut andere = Vec::new();
    for (van, jaar) in schooljaren(blik) {
        andere.clear();
        let Some(eerste) = jaar.first().map(|dag| dag.sd()) else { continue };
        let mut telling = Telling { school: blik.tafel.school(eerste), keren: 0, gepasseerd: 0, eerste };
        for dag in jaar {
            let sd = dag.sd();
            if per_school && blik.tafel.school(sd) != telling.school {
                telling = wissel(&mut andere, telling, blik.tafel.school(sd), sd);
            }
            telling.keren += u32::from(dag.waarde());
            while let Some(stap) = stappen.get(telling.gepasseerd).filter(|stap| **stap <= telling.keren) {
                telling.gepasseerd += 1;
                if blik.beslist(sd) {
                    vuur.op(sd, telling.eerste, *stap, telling.gepasseerd, blik.gaten(usize::from(van), sd));
                }
            }
        }
    }
}

/// Puts a count away and takes out that of another school.
fn wissel(andere: &mut Vec<Telling>, telling: Telling, school: u16, sd: u16) -> Telling {
    andere.push(telling);
    match andere.iter().position(|eerder| eerder.school == school) {
        Some(plek) => andere.swap_remove(plek),
        None => Telling { school, keren: 0, gepasseerd: 0, eerste: sd },
    }
}

/// The highest count of a school year, at all schools together.
pub(super) fn hoogste(blik: &Blik<'_>) -> u32 {
    let keren = |jaar: &[Dag]| jaar.iter().map(|dag| u32::from(dag.waarde())).sum();
    schooljaren(blik).map(|(_, jaar)| keren(jaar)).max().unwrap_or(0)
}

/// The looked-at days by school year, each with its first schooldag.
fn schooljaren<'d>(blik: &Blik<'d>) -> impl Iterator<Item = (u16, &'d [Dag])> {
    let (jaren, mut dagen) = (blik.tafel.schooljaren(), blik.stroom.dagen);
    jaren.iter().enumerate().map(move |(nummer, van)| {
        let voor = |volgend: &u16| dagen.iter().take_while(|dag| dag.sd() < *volgend).count();
        let (jaar, rest) = dagen.split_at(jaren.get(nummer + 1).map_or(dagen.len(), voor));
        dagen = rest;
        (*van, jaar)
    })
}
