//! `stijging`: the sum over the window is at least `factor` times the sum over the window before it.

use super::venster::{Bovengrenzen, Schuif};
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
    pub(super) fn evaluate(&self, blik: &Blik<'_>, grenzen: &mut Bovengrenzen, vuur: &mut Vuur<'_>) {
        let dagen = blik.stroom.dagen;
        let grenzen = grenzen.van(blik, self.raam);
        let mut venster = Schuif::new(dagen, blik.tafel, self.raam, false);
        let mut beide = Schuif::new(dagen, blik.tafel, self.dubbel, false);
        let mut stilte = Stilte { hield: blik.laatste_sd(), schooldagen: self.stilte };
        let mut van = blik.begin();
        while let Some(i) = grenzen.volgende(van, self.minimum) {
            let sd = dagen[i].sd();
            if usize::from(sd) >= blik.tot {
                return;
            }
            let som = venster.met(i);
            let houdt = som >= self.minimum && som >= self.factor * (beide.met(i) - som);
            if houdt && stilte.houdt(sd) {
                vuur.op(sd, venster.eerste().unwrap_or(sd), som, 0, blik.gaten_in(self.dubbel, sd));
            }
            van = i + 1;
        }
    }
}
