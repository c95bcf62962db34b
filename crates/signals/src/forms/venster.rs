//! Windows over the looked-at days of a rule: what their sum cannot exceed, the sum itself while the window slides, and the
//! number of days in it.

use super::Blik;
use crate::axis::Bundel;
use crate::compiled::Raam;
use crate::stroom::Dag;

/// So many days back a bound adds up; a window that reaches further has no bound.
const TERUG: usize = 3;

/// For each day what the sum of the window that ends on it cannot exceed, whatever the school and from whichever day on is
/// counted; `u16::MAX` where that was not worked out. Most days of most pupils lie far below any threshold, and this finds
/// them without a branch per day.
#[derive(Debug, Default)]
pub(super) struct Bovengrenzen {
    /// The stream and the window that they are of.
    pub(super) van: Option<(usize, Raam)>,
    grenzen: Vec<u16>,
    posities: Vec<u16>,
}

impl Bovengrenzen {
    /// The bounds of a stream and a window; worked out once for all rules with these.
    pub(super) fn van(&mut self, blik: &Blik<'_>, raam: Raam) -> &Self {
        if self.van.replace((blik.nummer, raam)) != Some((blik.nummer, raam)) {
            let dagen = blik.stroom.dagen;
            self.posities.clear();
            let (Raam::Schooldagen(lengte) | Raam::Lesweken(lengte)) = raam;
            match raam {
                Raam::Schooldagen(_) => self.posities.extend(dagen.iter().map(|dag| dag.sd())),
                Raam::Lesweken(_) => self.posities.extend(dagen.iter().map(|dag| blik.bundel.lw(dag.sd()))),
            }
            grenzen_op(dagen, &self.posities, lengte, &mut self.grenzen);
        }
        self
    }

    /// What no sum of a window exceeds; exact where the bounds are.
    pub(super) fn hoogste(&self, blik: &Blik<'_>, raam: Raam) -> u32 {
        let mut schuif = Schuif::new(blik.stroom.dagen, blik.bundel, raam, false);
        let som = |plek: usize| self.som(plek).unwrap_or_else(|| schuif.met(plek));
        (0..self.grenzen.len()).map(som).max().unwrap_or(0)
    }

    /// The sum of the window that ends on the day at place `i`, whatever the school; `None` where that was not worked out.
    pub(super) fn som(&self, i: usize) -> Option<u32> {
        self.grenzen.get(i).filter(|grens| **grens != u16::MAX).map(|grens| u32::from(*grens))
    }

    /// The first place from `van` on where a bound reaches this.
    pub(super) fn volgende(&self, van: usize, minstens: u32) -> Option<usize> {
        let minstens = u16::try_from(minstens).unwrap_or(u16::MAX);
        let rest = self.grenzen.get(van..)?;
        rest.iter().position(|grens| *grens >= minstens).map(|plek| van + plek)
    }
}

fn grenzen_op(dagen: &[Dag], posities: &[u16], lengte: i32, uit: &mut Vec<u16>) {
    let lengte = u16::try_from(lengte).unwrap_or(u16::MAX);
    uit.clear();
    uit.extend(dagen.iter().map(|dag| dag.waarde()));
    for terug in 1..=TERUG + 1 {
        let later = uit.iter_mut().zip(posities).skip(terug);
        for ((grens, positie), (eerder, dag)) in later.zip(posities.iter().zip(dagen)) {
            let erbij = if terug > TERUG { u16::MAX } else { dag.waarde() };
            *grens = grens.saturating_add(if positie - eerder < lengte { erbij } else { 0 });
        }
    }
}

/// Of the last of these days, those in the window that ends on a schooldag: the place of the first, and their sum. It
/// looks back day by day, at most over the window.
pub(super) fn binnen(dagen: &[Dag], raam: Raam, bundel: Bundel<'_>, sd: u16) -> (usize, u32) {
    let grens = grens(raam, bundel, sd);
    match raam {
        Raam::Schooldagen(_) => terug(dagen, |dag| i32::from(dag.sd()) > grens),
        Raam::Lesweken(_) => terug(dagen, |dag| i32::from(bundel.lw(dag.sd())) > grens),
    }
}

fn terug(dagen: &[Dag], telt: impl Fn(&Dag) -> bool) -> (usize, u32) {
    let (mut eerste, mut som) = (dagen.len(), 0);
    for dag in dagen.iter().rev().take_while(|dag| telt(dag)) {
        eerste -= 1;
        som += u32::from(dag.waarde());
    }
    (eerste, som)
}

/// A window that slides and keeps its sum. The days in it are `dagen[laag..hoog]`; both ends only move forward.
pub(super) struct Schuif<'a> {
    dagen: &'a [Dag],
    bundel: Bundel<'a>,
    raam: Raam,
    laag: usize,
    hoog: usize,
    som: u32,
    /// With `per_school`: the school whose rows are in the sum.
    school: Option<u16>,
}

impl<'a> Schuif<'a> {
    pub(super) fn new(dagen: &'a [Dag], bundel: Bundel<'a>, raam: Raam, per_school: bool) -> Self {
        Schuif { dagen, bundel, raam, laag: 0, hoog: 0, som: 0, school: per_school.then_some(0) }
    }

    /// The sum of the window that ends on the schooldag before day `i`; as the pupil's school on day `i` sees it.
    pub(super) fn voor(&mut self, i: usize) -> u32 {
        let sd = self.dagen[i].sd();
        let grens = match sd.checked_sub(1) {
            None => i32::MIN,
            Some(vorige) => grens(self.raam, self.bundel, vorige),
        };
        self.schuif(i, grens, sd)
    }

    /// The sum of the window that ends on day `i`.
    pub(super) fn met(&mut self, i: usize) -> u32 {
        let sd = self.dagen[i].sd();
        self.schuif(i + 1, grens(self.raam, self.bundel, sd), sd)
    }

    /// Days before day `i` count no longer.
    pub(super) fn vanaf(&mut self, i: usize) {
        (self.laag, self.hoog, self.som) = (i, i, 0);
    }

    /// The first day that counts towards the sum.
    pub(super) fn eerste(&self) -> Option<u16> {
        let telt = |sd: &u16| self.school.is_none_or(|school| school == self.bundel.school(*sd));
        self.dagen.get(self.laag..self.hoog)?.iter().map(|dag| dag.sd()).find(telt)
    }

    /// Takes in days up to `hoog` and leaves out those at or below `grens`. Each axis has a loop of its own.
    fn schuif(&mut self, hoog: usize, grens: i32, sd: u16) -> u32 {
        let bundel = self.bundel;
        let school = self.school.map(|vorige| (vorige, bundel.school(sd)));
        if let Some((vorige, school)) = school
            && vorige != school
        {
            self.school = Some(school);
            self.som = self.dagen[self.laag..self.hoog].iter().map(|dag| self.aandeel(dag)).sum();
        }
        match self.raam {
            Raam::Schooldagen(_) => self.verplaats(hoog, |dag| i32::from(dag.sd()) <= grens),
            Raam::Lesweken(_) => self.verplaats(hoog, |dag| i32::from(bundel.lw(dag.sd())) <= grens),
        }
    }

    fn verplaats(&mut self, hoog: usize, voorbij: impl Fn(&Dag) -> bool) -> u32 {
        let hoog = hoog.max(self.hoog);
        let erbij: u32 = self.dagen[self.hoog..hoog].iter().map(|dag| self.aandeel(dag)).sum();
        let mut som = self.som + erbij;
        let eraf = self.dagen[self.laag..hoog].iter().take_while(|dag| voorbij(dag));
        let aantal = eraf.map(|dag| som -= self.aandeel(dag)).count();
        (self.laag, self.hoog, self.som) = (self.laag + aantal, hoog, som);
        som
    }

    fn aandeel(&self, dag: &Dag) -> u32 {
        if self.school.is_none_or(|school| school == self.bundel.school(dag.sd())) {
            u32::from(dag.waarde())
        } else {
            0
        }
    }
}

/// The last position that lies before the window that ends on a schooldag.
fn grens(raam: Raam, bundel: Bundel<'_>, sd: u16) -> i32 {
    match raam {
        Raam::Schooldagen(lengte) => i32::from(sd) - lengte,
        Raam::Lesweken(lengte) => i32::from(bundel.lw(sd)) - lengte,
    }
}

/// Days of which only the number in the window counts: whether there are so many is one comparison with the day so many
/// places back.
#[derive(Clone, Copy)]
pub(super) struct Getal<'a> {
    /// Schooldagen, ascending.
    pub dagen: &'a [u16],
    pub raam: Raam,
    pub bundel: Bundel<'a>,
}

impl Getal<'_> {
    /// The first place from `van` on that ends a window with at least `aantal` days.
    pub(super) fn volgende(&self, van: usize, aantal: u32) -> Option<usize> {
        match self.raam {
            Raam::Schooldagen(lengte) => self.volgende_op(van, aantal, lengte, |sd| sd),
            Raam::Lesweken(lengte) => self.volgende_op(van, aantal, lengte, |sd| self.bundel.lw(sd)),
        }
    }

    fn volgende_op(&self, van: usize, aantal: u32, lengte: i32, positie: impl Fn(u16) -> u16) -> Option<usize> {
        let terug = (aantal as usize).saturating_sub(1);
        let van = van.max(terug);
        let (laatste, eerste) = (self.dagen.get(van..)?, self.dagen.get(van - terug..)?);
        let binnen = |(laatste, eerste): (&u16, &u16)| i32::from(positie(*laatste) - positie(*eerste)) < lengte;
        laatste.iter().zip(eerste).position(binnen).map(|plek| van + plek)
    }

    /// The highest number of days in one window.
    pub(super) fn hoogste(&self) -> u32 {
        let mut hoogste = 0;
        // Each time a window holds one more than any before, look for one that holds yet another.
        let mut plek = 0;
        while let Some(volgende) = self.volgende(plek, hoogste + 1) {
            (hoogste, plek) = (hoogste + 1, volgende);
        }
        hoogste
    }

    /// The days in the window that ends on the day at place `i`.
    pub(super) fn met(&self, i: usize) -> &[u16] {
        let tot = self.dagen.get(..=i).unwrap_or_default();
        let Some(sd) = tot.last() else { return tot };
        let grens = grens(self.raam, self.bundel, *sd);
        let binnen = tot.iter().rev().take_while(|sd| self.positie(**sd) > grens).count();
        tot.get(tot.len() - binnen..).unwrap_or_default()
    }

    /// Whether the window that ends on the schooldag before the day at place `i` holds fewer than `aantal` days.
    pub(super) fn minder_voor(&self, i: usize, aantal: u32) -> bool {
        let Some(eerder) = i.checked_sub(aantal as usize).and_then(|plek| self.dagen.get(plek)) else { return true };
        let vorige = self.dagen.get(i).and_then(|sd| sd.checked_sub(1));
        vorige.is_some_and(|vorige| self.positie(*eerder) <= grens(self.raam, self.bundel, vorige))
    }

    fn positie(&self, sd: u16) -> i32 {
        match self.raam {
            Raam::Schooldagen(_) => i32::from(sd),
            Raam::Lesweken(_) => i32::from(self.bundel.lw(sd)),
        }
    }
}
