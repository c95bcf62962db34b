//! `stijging`: the sum over the window is at least `factor` times the sum over the window before it.

use super::venster::{Bovengrenzen, binnen};
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
        let mut stilte = Stilte { hield: blik.laatste_sd(), schooldagen: self.stilte };
        let mut van = blik.begin();
        while let Some(i) = grenzen.volgende(van, self.minimum) {
            let sd = dagen[i].sd();
            if usize::from(sd) >= blik.tot {
                return;
            }
            let binnen = |raam: Raam| binnen(&dagen[..=i], raam, blik.bundel, sd);
            let som = grenzen.som(i).unwrap_or_else(|| binnen(self.raam).1);
            let ervoor = || binnen(self.dubbel).1 - som;
            if som >= self.minimum && som >= self.factor * ervoor() && stilte.houdt(sd) {
                let (eerste, _) = binnen(self.raam);
                vuur.op(sd, dagen[eerste].sd(), som, 0, blik.gaten_in(self.dubbel, sd));
            }
            van = i + 1;
        }
    }
}
