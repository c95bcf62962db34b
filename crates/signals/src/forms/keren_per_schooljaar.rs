//! `keren_per_schooljaar`: the running count of the school year passes a step. Several late rows on one day may pass
//! more than one step: each fires.

use domain::period::{day_number, from_day_number, schooljaar, schooljaar_period};

use super::{Blik, Vuur};

pub(super) fn evaluate(stappen: &[u32], per_school: bool, blik: &Blik<'_>, vuur: &mut Vuur<'_>) {
    let mut schooljaar = Schooljaar { van: 0, tot: 0 };
    // Per school: its number in the spoor, the count so far, the first day that counted.
    let mut tellingen: Vec<(u16, u32, u16)> = Vec::new();
    for dag in blik.stroom.dagen {
        if i32::from(dag.dag) >= schooljaar.tot {
            schooljaar = Schooljaar::van(dag.dag);
            tellingen.clear();
        }
        let school = if per_school { dag.school } else { 0 };
        let plek = tellingen.iter().position(|(ander, ..)| *ander == school).unwrap_or_else(|| {
            tellingen.push((school, 0, dag.dag));
            tellingen.len() - 1
        });
        let (_, telling, eerste) = &mut tellingen[plek];
        let voor = *telling;
        *telling += u32::from(dag.waarde);
        if !blik.beslist(dag.dag) {
            continue;
        }
        for (nummer, stap) in stappen.iter().enumerate().filter(|(_, stap)| voor < **stap && **stap <= *telling) {
            let vanaf = blik.tafel.schooldagen_voor(schooljaar.van.clamp(0, i32::from(u16::MAX)) as u16);
            vuur.op(dag, *eerste, *stap, nummer + 1, blik.gaten(vanaf, usize::from(dag.sd)));
        }
    }
}

/// The school year as day numbers: first day, and first day after it.
struct Schooljaar {
    van: i32,
    tot: i32,
}

impl Schooljaar {
    fn van(dag: u16) -> Self {
        let periode = schooljaar_period(schooljaar(from_day_number(i32::from(dag))));
        Schooljaar { van: day_number(periode.from), tot: periode.until.map_or(i32::MAX, day_number) }
    }
}
