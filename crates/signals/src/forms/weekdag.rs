//! `weekdag`: so many days on the same weekday in the window. Count, condition and stilte are kept per weekday.

use super::venster::Getal;
use super::{Blik, Stilte, Vuur};
use crate::axis::weekdag;
use crate::compiled::Raam;
use crate::stroom::Vak;

/// Days in a week.
const WEEK: usize = 7;

pub(super) fn evaluate(
    raam: Raam,
    drempel: u32,
    stilte: i32,
    blik: &Blik<'_>,
    per_weekdag: &mut Vak<u16>,
    vuur: &mut Vuur<'_>,
) {
    for (welke, dagen) in (0..).zip(verdeel(blik, per_weekdag)) {
        let getal = Getal { dagen, raam, tafel: blik.tafel };
        let Some(mut kandidaat) = getal.volgende(0, drempel) else { continue };
        let laatste = blik.laatste.filter(|laatste| weekdag(*laatste) == welke);
        let hield = laatste.map(|laatste| blik.tafel.sd_op_of_voor(laatste));
        let mut stilte = Stilte { hield, schooldagen: stilte };
        loop {
            let sd = dagen[kandidaat];
            if blik.beslist(sd) && stilte.houdt(sd) {
                let binnen = getal.met(kandidaat);
                let eerste = binnen.first().copied().unwrap_or(sd);
                vuur.op(sd, eerste, binnen.len() as u32, 0, blik.gaten_in(raam, sd));
            }
            let Some(volgende) = getal.volgende(kandidaat + 1, drempel) else { break };
            kandidaat = volgende;
        }
    }
}

/// The highest number of days on one weekday in one window.
pub(super) fn hoogste(raam: Raam, blik: &Blik<'_>, per_weekdag: &mut Vak<u16>) -> u32 {
    let per_weekdag = verdeel(blik, per_weekdag);
    let hoogste = per_weekdag.map(|dagen| Getal { dagen, raam, tafel: blik.tafel }.hoogste());
    hoogste.max().unwrap_or(0)
}

/// Divides the looked-at days over their weekdays, Monday first, each with room for all of them.
fn verdeel<'k>(blik: &Blik<'_>, per_weekdag: &'k mut Vak<u16>) -> impl Iterator<Item = &'k [u16]> {
    let dagen = blik.stroom.dagen;
    let mut aantallen = [0; WEEK];
    let plaatsen = per_weekdag.ruimte(WEEK * dagen.len());
    for dag in dagen {
        let welke = usize::from(blik.tafel.lw(dag.sd())) % WEEK;
        if let Some(plek) = plaatsen.get_mut(welke * dagen.len() + aantallen[welke]) {
            *plek = dag.sd();
        }
        aantallen[welke] += 1;
    }
    per_weekdag.houd(WEEK * dagen.len());
    let lijsten = per_weekdag.lijst().chunks_exact(dagen.len().max(1)).zip(aantallen);
    lijsten.map(|(plaatsen, aantal)| plaatsen.get(..aantal).unwrap_or_default())
}
