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
    let aantallen = verdeel(blik, per_weekdag);
    let plaatsen = per_weekdag.lijst().chunks_exact(blik.stroom.dagen.len().max(1));
    for ((welke, aantal), plaatsen) in (0..).zip(aantallen).zip(plaatsen) {
        let dagen = plaatsen.get(..aantal).unwrap_or_default();
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

/// Divides the looked-at days over seven lists, each with room for all of them, and gives how long each is.
fn verdeel(blik: &Blik<'_>, per_weekdag: &mut Vak<u16>) -> [usize; WEEK] {
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
    aantallen
}
