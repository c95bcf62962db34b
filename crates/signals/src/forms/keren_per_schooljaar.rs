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
    let mut jaren = blik.tafel.schooljaren().iter().copied().peekable();
    let (mut dagen, mut andere) = (blik.stroom.dagen, Vec::new());
    while let Some(van) = jaren.next() {
        let jaar;
        let lengte = jaren.peek().map_or(dagen.len(), |volgend| einde(dagen, *volgend));
        (jaar, dagen) = dagen.split_at(lengte);
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

/// How many days lie before a schooldag.
fn einde(dagen: &[Dag], sd: u16) -> usize {
    dagen.iter().take_while(|dag| dag.sd() < sd).count()
}
