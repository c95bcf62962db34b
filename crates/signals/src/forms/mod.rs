//! The seven forms of a rule, one file each. A form sees the days its rule looks at, decides about those from the
//! version's first day until the next version's, and looks back over all of them.

mod aaneengesloten;
mod kalendermaanden;
mod keren_per_schooljaar;
mod reeksen_in_venster;
mod som_in_venster;
mod stijging;
mod venster;
mod weekdag;

use crate::axis::{Bundel, Tafel};
use crate::compiled::{Gecompileerd, Kern, Raam};
use crate::firing::Firing;
use crate::stroom::{Bekeken, Dag, Vak};
pub(crate) use keren_per_schooljaar::rang;
use venster::Bovengrenzen;

/// What a form needs to know beside its parameters.
pub(crate) struct Blik<'a> {
    pub bundel: Bundel<'a>,
    pub stroom: Bekeken<'a>,
    /// Number of the stream: what was made of it for one rule serves the next.
    pub nummer: usize,
    /// The first schooldag about which is decided.
    pub van: usize,
    /// The first schooldag about which is no longer decided.
    pub tot: usize,
    /// The last firing of the rule of this name before `van`: where a herstart or stilte counts from.
    pub laatste: Option<Laatste>,
}

impl<'a> Blik<'a> {
    /// All days of a stream, as if one version decided about them all.
    pub(crate) fn geheel(bundel: Bundel<'a>, stroom: Bekeken<'a>, nummer: usize) -> Self {
        Blik { bundel, stroom, nummer, van: 0, tot: usize::MAX, laatste: None }
    }
}

impl Blik<'_> {
    /// The first looked-at day about which is decided.
    fn begin(&self) -> usize {
        if self.van == 0 { 0 } else { self.stroom.dagen.partition_point(|dag| usize::from(dag.sd()) < self.van) }
    }

    /// Number of the last schooldag on or before the last firing before `van`.
    fn laatste_sd(&self) -> Option<i32> {
        self.laatste.map(|laatste| laatste.sd)
    }

    /// Whether this version decides about a schooldag.
    fn beslist(&self, sd: u16) -> bool {
        (self.van..self.tot).contains(&usize::from(sd))
    }

    /// Whether something is not known about the schooldagen up to and including `tot`, from the one that `van` gives: a
    /// number in the table of its spoor.
    fn gaten(&self, van: impl FnOnce(&Tafel, u16) -> usize, tot: u16) -> bool {
        if !self.bundel.heeft_onbekend() && self.stroom.zonder_dagtaak.is_empty() {
            return false;
        }
        let Some((nummer, baan, eigen)) = self.bundel.op(tot) else { return false };
        let eerste = if baan.van == 0 { 0 } else { baan.tafel.schooldagen_voor(baan.van) };
        let span = van(baan.tafel, eigen).max(eerste)..=usize::from(eigen);
        let zonder = |sd: &u16| {
            self.bundel.op(*sd).is_some_and(|(ander, _, eigen)| ander == nummer && span.contains(&usize::from(eigen)))
        };
        self.stroom.zonder_dagtaak.iter().any(zonder) || baan.tafel.onbekend_tussen(*span.start(), *span.end())
    }

    /// The same, from schooldag `van` of that spoor.
    fn gaten_vanaf(&self, van: u16, tot: u16) -> bool {
        self.gaten(|_, eigen| usize::from(eigen.saturating_sub(tot - van)), tot)
    }

    /// Whether something in the window that ends on a schooldag is not known.
    fn gaten_in(&self, raam: Raam, sd: u16) -> bool {
        let van = |tafel: &Tafel, sd: u16| match raam {
            Raam::Schooldagen(lengte) => (i32::from(sd) + 1 - lengte).max(0) as usize,
            Raam::Lesweken(lengte) => {
                let lw = tafel.lw_op_sd(usize::from(sd)).unwrap_or_default();
                tafel.eerste_sd_na_lw(i32::from(lw) - lengte)
            }
        };
        self.gaten(van, sd)
    }
}

/// A firing of an earlier version, or from before the rows that are there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Laatste {
    pub dag: u16,
    /// Number of the last schooldag on or before it; -1 when there is none.
    pub sd: i32,
}

/// Where firings go: the list, and what all firings of one rule of a bundle share.
pub(crate) struct Vuur<'a> {
    pub lijst: &'a mut Vec<Firing>,
    /// Of each firing the number of its spoor in the bundle.
    pub sporen: &'a mut Vec<u16>,
    pub bundel: Bundel<'a>,
    pub versie: u8,
    pub regel: u8,
}

impl Vuur<'_> {
    /// A firing on schooldag `sd`, of which `van` is the first that counts.
    fn op(&mut self, sd: u16, van: u16, waarde: u32, trap: usize, gaten: bool) {
        let Some((nummer, baan, eigen)) = self.bundel.op(sd) else { return };
        self.sporen.push(nummer as u16);
        self.lijst.push(Firing {
            leerling: baan.leerling,
            dag: baan.tafel.dag(eigen),
            versie: self.versie,
            regel: self.regel,
            trap: trap as u8,
            waarde: u16::try_from(waarde).unwrap_or(u16::MAX),
            van: baan.tafel.dag(eigen.saturating_sub(sd - van)),
            gaten,
        });
    }
}

/// Lists that forms fill anew for each bundle; kept between them so that nothing is allocated per pupil.
#[derive(Debug, Default)]
pub(crate) struct Kladblok {
    grenzen: Bovengrenzen,
    weekdagen: weekdag::Weekdagen,
    gepasseerd: Vak<keren_per_schooljaar::Gepasseerd>,
    eerste_dagen: Vec<u16>,
    reeksen: Reeksen,
}

impl Kladblok {
    /// Another bundle follows.
    pub(crate) fn nieuw(&mut self) {
        self.reeksen.van = None;
        self.grenzen.van = None;
    }
}

/// All firings of one rule for a bundle.
pub(crate) fn evaluate(regel: &Gecompileerd, blik: &Blik<'_>, kladblok: &mut Kladblok, vuur: &mut Vuur<'_>) {
    match &regel.vorm {
        Kern::Som { raam, drempel, daarna, nadert, per_school } => {
            let som = som_in_venster::Som {
                raam: *raam,
                drempel: *drempel,
                daarna: *daarna,
                nadert,
                per_school: *per_school,
            };
            som.evaluate(blik, &mut kladblok.grenzen, vuur);
        }
        Kern::Keren { stappen, rang, per_school } => {
            let keren = keren_per_schooljaar::Keren { stappen, rang, per_school: *per_school };
            keren.evaluate(blik, &mut kladblok.gepasseerd, vuur);
        }
        Kern::Reeksen { raam, drempel, onder } => {
            reeksen_in_venster::evaluate(*raam, *drempel, *onder, blik, kladblok, vuur);
        }
        Kern::Aaneengesloten { stappen } => {
            aaneengesloten::evaluate(stappen, blik, &mut kladblok.reeksen, vuur);
        }
        Kern::Kalendermaanden { maanden } => {
            kalendermaanden::evaluate(*maanden, blik, &mut kladblok.reeksen, vuur);
        }
        Kern::Stijging { raam, dubbel, factor, minimum, stilte } => {
            let stijging = stijging::Stijging {
                raam: *raam,
                dubbel: *dubbel,
                factor: *factor,
                minimum: *minimum,
                stilte: *stilte,
            };
            stijging.evaluate(blik, &mut kladblok.grenzen, vuur);
        }
        Kern::Weekdag { raam, drempel, stilte } => {
            weekdag::evaluate(*raam, *drempel, *stilte, blik, &mut kladblok.weekdagen, vuur);
        }
    }
}

/// What a form compares with its threshold, whatever that threshold is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hoogte {
    /// The sum over a window.
    Som(Raam),
    /// The count of a school year.
    Schooljaar,
    /// The number of spells that begin in a window.
    Reeksen(Raam),
    /// Schooldagen of a run.
    Lengte,
    /// Days from the first to the last of a run.
    Duur,
    /// The number of days on one weekday in a window.
    Weekdag(Raam),
}

impl Kern {
    /// What the rule compares, and below what it never fires or warns.
    pub(crate) fn hoogte(&self) -> (Hoogte, u32) {
        let eerste = |stappen: &[u32]| stappen.first().copied().unwrap_or(u32::MAX);
        match self {
            Kern::Som { raam, drempel, nadert, .. } => (Hoogte::Som(*raam), eerste(nadert).min(*drempel)),
            Kern::Keren { stappen, .. } => (Hoogte::Schooljaar, eerste(stappen)),
            Kern::Reeksen { raam, drempel, .. } => (Hoogte::Reeksen(*raam), *drempel),
            Kern::Aaneengesloten { stappen } => (Hoogte::Lengte, eerste(stappen)),
            Kern::Kalendermaanden { maanden } => (Hoogte::Duur, kalendermaanden::minstens(*maanden)),
            Kern::Stijging { raam, minimum, .. } => (Hoogte::Som(*raam), *minimum),
            Kern::Weekdag { raam, drempel, .. } => (Hoogte::Weekdag(*raam), *drempel),
        }
    }
}

/// How high that comes anywhere in a stream; at least as high as for any rule, version and school.
pub(crate) fn hoogste(hoogte: Hoogte, blik: &Blik<'_>, kladblok: &mut Kladblok) -> u16 {
    let hoogste = match hoogte {
        Hoogte::Som(raam) => kladblok.grenzen.van(blik, raam).hoogste(blik, raam),
        Hoogte::Schooljaar => keren_per_schooljaar::hoogste(blik),
        Hoogte::Reeksen(raam) => reeksen_in_venster::hoogste(raam, blik, kladblok),
        Hoogte::Lengte => kladblok.reeksen.van(blik, 1).map(|reeks| reeks.len() as u32).max().unwrap_or(0),
        Hoogte::Duur => kalendermaanden::hoogste(blik, &mut kladblok.reeksen),
        Hoogte::Weekdag(raam) => weekdag::hoogste(raam, blik, &mut kladblok.weekdagen),
    };
    u16::try_from(hoogste).unwrap_or(u16::MAX)
}

/// Runs of consecutive schooldagen among the looked-at days. Onbekend days neither count nor break one.
#[derive(Debug, Default)]
struct Reeksen {
    /// The stream that they are of.
    van: Option<usize>,
    /// The place in the stream where each run begins, and where the last one ends.
    grenzen: Vak<u32>,
}

impl Reeksen {
    /// The runs of at least so many days in a stream, each as its days; found once for all rules that look at it.
    fn van<'d>(&mut self, blik: &Blik<'d>, minstens: u32) -> impl Iterator<Item = &'d [Dag]> {
        let dagen = blik.stroom.dagen;
        if self.van != Some(blik.nummer) {
            self.van = Some(blik.nummer);
            if blik.bundel.heeft_onbekend() {
                self.vind(dagen, |sd| blik.bundel.nr(sd));
            } else {
                self.vind(dagen, u32::from);
            }
        }
        let lang = self.grenzen.lijst().array_windows().filter(move |[van, tot]| tot - van >= minstens);
        lang.filter_map(|[van, tot]| dagen.get(*van as usize..*tot as usize))
    }

    /// Finds where runs begin, by number among the known schooldagen.
    fn vind(&mut self, dagen: &[Dag], nr: impl Fn(u16) -> u32) {
        let (grenzen, mut aantal) = (self.grenzen.ruimte(dagen.len() + 1), 0);
        // No run follows on a day before the first: numbers do not reach so high.
        let mut volgend = u32::MAX;
        for (plek, dag) in (0u32..).zip(dagen) {
            if let Some(grens) = grenzen.get_mut(aantal) {
                *grens = plek;
            }
            let nr = nr(dag.sd());
            aantal += usize::from(volgend != nr);
            volgend = nr + 1;
        }
        if let Some(grens) = grenzen.get_mut(aantal) {
            *grens = dagen.len() as u32;
        }
        self.grenzen.houd(aantal + 1);
    }
}

/// Remembers on which schooldag a condition last held, and says whether it may fire again.
struct Stilte {
    hield: Option<i32>,
    schooldagen: i32,
}

impl Stilte {
    /// The condition holds on this schooldag: fires if it has not held less than the quiet period back.
    fn houdt(&mut self, sd: u16) -> bool {
        let sd = i32::from(sd);
        let vuurt = self.hield.is_none_or(|eerder| sd - eerder >= self.schooldagen);
        self.hield = self.hield.max(Some(sd));
        vuurt
    }
}
