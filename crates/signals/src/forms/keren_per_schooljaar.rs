//! `keren_per_schooljaar`: the running count of the school year passes a step. Several late rows on one day may pass
//! more than one step: each fires.

use super::{Blik, Vuur};

/// The count of one school.
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
    let (mut van, mut tot) = (0, 0);
    let mut tellingen: Vec<Telling> = Vec::new();
    let mut huidig = 0;
    for dag in blik.stroom.dagen {
        if dag.sd >= tot {
            (van, tot) = blik.tafel.schooljaar(dag.sd);
            tellingen.clear();
        }
        let school = if per_school { blik.tafel.school(dag.sd) } else { 0 };
        if tellingen.get(huidig).is_none_or(|telling| telling.school != school) {
            huidig = tellingen.iter().position(|telling| telling.school == school).unwrap_or_else(|| {
                tellingen.push(Telling { school, keren: 0, gepasseerd: 0, eerste: dag.sd });
                tellingen.len() - 1
            });
        }
        let Some(telling) = tellingen.get_mut(huidig) else { continue };
        telling.keren += u32::from(dag.waarde);
        while let Some(stap) = stappen.get(telling.gepasseerd).filter(|stap| **stap <= telling.keren) {
            telling.gepasseerd += 1;
            if blik.beslist(dag.sd) {
                let gaten = blik.gaten(usize::from(van), dag.sd);
                vuur.op(dag.sd, telling.eerste, *stap, telling.gepasseerd, gaten);
            }
        }
    }
}
