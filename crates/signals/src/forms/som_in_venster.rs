//! `som_in_venster`: the sum over the window reaches the threshold.

use super::venster::{Bovengrenzen, Schuif};
use super::{Blik, Stilte, Vuur};
use crate::compiled::Raam;
use crate::protocol::Daarna;

pub(super) struct Som<'a> {
    pub raam: Raam,
    pub drempel: u32,
    pub daarna: Daarna,
    /// Ascending, all below the threshold.
    pub nadert: &'a [u32],
    pub per_school: bool,
}

impl Som<'_> {
    pub(super) fn evaluate(&self, blik: &Blik<'_>, grenzen: &mut Bovengrenzen, vuur: &mut Vuur<'_>) {
        let dagen = blik.stroom.dagen;
        let laagste = self.nadert.first().copied().unwrap_or(self.drempel);
        let grenzen = grenzen.van(blik, self.raam);
        let mut i = blik.begin();
        if grenzen.volgende(i, laagste).is_none() {
            return;
        }
        let mut schuif = Schuif::new(dagen, blik.bundel, self.raam, self.per_school && blik.bundel.scholen() > 1);
        if let (Daarna::Herstart, Some(laatste)) = (self.daarna, blik.laatste_sd()) {
            schuif.vanaf(dagen.partition_point(|dag| i32::from(dag.sd()) <= laatste));
        }
        let mut stilte = Stilte { hield: blik.laatste_sd(), schooldagen: self.stilte() };
        let mut gewapend = true;
        let mut gemeld = self.gepasseerd(i, blik);
        loop {
            // With nothing to fall back from, a day that cannot reach the lowest step changes nothing.
            if gewapend && gemeld == 0 {
                let Some(plek) = grenzen.volgende(i, laagste) else { return };
                i = plek;
            }
            let Some(sd) = dagen.get(i).map(|dag| dag.sd()).filter(|sd| usize::from(*sd) < blik.tot) else { return };
            if !gewapend || gemeld > 0 {
                let voor = schuif.voor(i);
                gewapend |= matches!(self.daarna, Daarna::Hysterese { onder } if voor < u32::from(onder));
                if self.nadert.first().is_some_and(|laagste| voor < *laagste) {
                    gemeld = 0;
                }
            }
            let som = schuif.met(i);
            let trap = if som >= self.drempel {
                let vuurt = match self.daarna {
                    Daarna::Herstart | Daarna::Geen => true,
                    Daarna::Hysterese { .. } => std::mem::take(&mut gewapend),
                    Daarna::Stilte { .. } => stilte.houdt(sd),
                };
                vuurt.then_some(0)
            } else {
                let bereikt = self.nadert.partition_point(|stap| *stap <= som);
                (bereikt > gemeld).then_some(bereikt)
            };
            if let Some(trap) = trap {
                vuur.op(sd, schuif.eerste().unwrap_or(sd), som, trap, blik.gaten_in(self.raam, sd));
                gemeld = trap;
                if trap == 0 && self.daarna == Daarna::Herstart {
                    schuif.vanaf(i + 1);
                }
            }
            i += 1;
        }
    }

    /// How many `nadert` steps the sum had already passed when this version was adopted: they do not fire again. As
    /// the school of the first day about which is decided sees it.
    fn gepasseerd(&self, begin: usize, blik: &Blik<'_>) -> usize {
        let (dagen, bundel) = (blik.stroom.dagen, blik.bundel);
        let laatste_sd = blik.van.checked_sub(1);
        let (Some(dag), Some(laatste_sd)) = (dagen.get(begin), laatste_sd) else { return 0 };
        if self.nadert.is_empty() {
            return 0;
        }
        let na = match (self.daarna, blik.laatste_sd()) {
            (Daarna::Herstart, Some(laatste)) => laatste,
            _ => -1,
        };
        let in_venster = |sd: u16| match self.raam {
            Raam::Schooldagen(lengte) => i32::from(sd) > laatste_sd as i32 - lengte,
            Raam::Lesweken(lengte) => i32::from(bundel.lw(sd)) > i32::from(bundel.lw(laatste_sd as u16)) - lengte,
        };
        let eerder = dagen.iter().take(begin).rev().take_while(|eerder| in_venster(eerder.sd()));
        let hier = |sd: u16| !self.per_school || bundel.school(sd) == bundel.school(dag.sd());
        let telt = eerder.filter(|eerder| i32::from(eerder.sd()) > na && hier(eerder.sd()));
        let som: u32 = telt.map(|eerder| u32::from(eerder.waarde())).sum();
        self.nadert.partition_point(|stap| *stap <= som)
    }

    fn stilte(&self) -> i32 {
        match self.daarna {
            Daarna::Stilte { schooldagen } => i32::from(schooldagen),
            _ => 0,
        }
    }
}
