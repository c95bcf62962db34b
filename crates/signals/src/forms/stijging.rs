//! `stijging`: the sum over the window is at least `factor` times the sum over the window before it.

use super::venster::Schuif;
use super::{Blik, Stilte, Vuur};
use crate::compiled::Raam;

pub(super) struct Stijging {
    pub raam: Raam,
    /// The two windows together.
    pub dubbel: Raam,
    pub factor: u32,
    pub minimum: u32,
    pub stilte: i32,
}

impl Stijging {
    pub(super) fn evaluate(&self, blik: &Blik<'_>, vuur: &mut Vuur<'_>) {
        let dagen = blik.stroom.dagen;
        let mut venster = Schuif::new(dagen, self.raam, false);
        let mut beide = Schuif::new(dagen, self.dubbel, false);
        let mut stilte = Stilte { hield: blik.laatste_sd(), schooldagen: self.stilte };
        for (i, dag) in dagen.iter().enumerate().skip(blik.begin()) {
            if u32::from(dag.dag) >= blik.tot {
                break;
            }
            let som = venster.met(i);
            let ervoor = beide.met(i) - som;
            let houdt = som >= self.minimum && som >= self.factor * ervoor;
            if houdt && stilte.houdt(dag.sd) {
                let van = venster.eerste().map_or(dag.dag, |eerste| eerste.dag);
                vuur.op(dag, van, som, 0, blik.gaten_in(self.dubbel, dag));
            }
        }
    }
}
