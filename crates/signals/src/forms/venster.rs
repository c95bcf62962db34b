//! A window that slides over the looked-at days of a rule and keeps its sum.

use crate::axis::Tafel;
use crate::compiled::Raam;
use crate::stroom::Dag;

/// The days in the window are `dagen[laag..hoog]`; both ends only move forward.
pub(super) struct Schuif<'a> {
    dagen: &'a [Dag],
    raam: Raam,
    laag: usize,
    hoog: usize,
    som: u32,
    /// With `per_school`: the school whose rows are in the sum.
    school: Option<u16>,
}

impl<'a> Schuif<'a> {
    pub(super) fn new(dagen: &'a [Dag], raam: Raam, per_school: bool) -> Self {
        Schuif { dagen, raam, laag: 0, hoog: 0, som: 0, school: per_school.then_some(0) }
    }

    /// The sum of the window that ends on the schooldag before day `i`; as the pupil's school on day `i` sees it.
    pub(super) fn voor(&mut self, i: usize, tafel: &Tafel) -> u32 {
        let dag = &self.dagen[i];
        let vorige = usize::from(dag.sd).checked_sub(1);
        let grens = match (self.raam, vorige) {
            (_, None) => i32::MIN,
            (Raam::Schooldagen(lengte), Some(vorige)) => vorige as i32 - lengte,
            (Raam::Lesweken(lengte), Some(vorige)) => tafel.lw_op_sd(vorige).map_or(i32::MIN, i32::from) - lengte,
        };
        self.schuif(i, grens, dag.school)
    }

    /// The sum of the window that ends on day `i`.
    pub(super) fn met(&mut self, i: usize) -> u32 {
        let dag = &self.dagen[i];
        let grens = match self.raam {
            Raam::Schooldagen(lengte) => i32::from(dag.sd) - lengte,
            Raam::Lesweken(lengte) => i32::from(dag.lw) - lengte,
        };
        self.schuif(i + 1, grens, dag.school)
    }

    /// Days before day `i` count no longer.
    pub(super) fn vanaf(&mut self, i: usize) {
        (self.laag, self.hoog, self.som) = (i, i, 0);
    }

    /// The first day that counts towards the sum.
    pub(super) fn eerste(&self) -> Option<&'a Dag> {
        self.dagen.get(self.laag..self.hoog)?.iter().find(|dag| self.telt(dag))
    }

    fn schuif(&mut self, hoog: usize, grens: i32, school: u16) -> u32 {
        let Some(vorige) = self.school else {
            return match self.raam {
                Raam::Schooldagen(_) => self.verplaats(hoog, grens, |dag| dag.sd, |dag| u32::from(dag.waarde)),
                Raam::Lesweken(_) => self.verplaats(hoog, grens, |dag| dag.lw, |dag| u32::from(dag.waarde)),
            };
        };
        let aandeel = |dag: &Dag| if dag.school == school { u32::from(dag.waarde) } else { 0 };
        if vorige != school {
            self.school = Some(school);
            self.som = self.dagen[self.laag..self.hoog].iter().map(aandeel).sum();
        }
        match self.raam {
            Raam::Schooldagen(_) => self.verplaats(hoog, grens, |dag| dag.sd, aandeel),
            Raam::Lesweken(_) => self.verplaats(hoog, grens, |dag| dag.lw, aandeel),
        }
    }

    /// Takes in days up to `hoog` and leaves out those at or below `grens`. Each axis has a loop of its own.
    fn verplaats(
        &mut self,
        hoog: usize,
        grens: i32,
        positie: impl Fn(&Dag) -> u16,
        aandeel: impl Fn(&Dag) -> u32,
    ) -> u32 {
        let hoog = hoog.max(self.hoog);
        let erbij: u32 = self.dagen[self.hoog..hoog].iter().map(&aandeel).sum();
        let in_venster = &self.dagen[self.laag..hoog];
        let mut som = self.som + erbij;
        let eraf = in_venster.iter().take_while(|dag| i32::from(positie(dag)) <= grens);
        self.laag += eraf.map(|dag| som -= aandeel(dag)).count();
        (self.hoog, self.som) = (hoog, som);
        som
    }

    fn telt(&self, dag: &Dag) -> bool {
        self.school.is_none_or(|school| school == dag.school)
    }
}
