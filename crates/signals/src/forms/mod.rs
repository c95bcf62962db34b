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

use crate::axis::Tafel;
use crate::compiled::{Gecompileerd, Kern, Raam};
use crate::firing::Firing;
use crate::stroom::{Bekeken, Dag};

/// What a form needs to know beside its parameters.
pub(crate) struct Blik<'a> {
    pub tafel: &'a Tafel,
    pub stroom: Bekeken<'a>,
    /// Number of the first schooldag of the spoor in its table.
    pub eerste_sd: usize,
    /// First day about which is decided.
    pub van: u16,
    /// First day about which is no longer decided.
    pub tot: u32,
    /// The last firing of the rule of this name before `van`: where a herstart or stilte counts from.
    pub laatste: Option<u16>,
}

impl Blik<'_> {
    /// The first looked-at day about which is decided.
    fn begin(&self) -> usize {
        if self.van == 0 { 0 } else { self.stroom.dagen.partition_point(|dag| dag.dag < self.van) }
    }

    /// Whether this version decides about a day.
    fn beslist(&self, dag: u16) -> bool {
        self.van <= dag && u32::from(dag) < self.tot
    }

    /// Number of the schooldag of the last firing before `van`.
    fn laatste_sd(&self) -> Option<i32> {
        self.laatste.map(|dag| self.tafel.sd_op_of_voor(dag))
    }

    /// Whether something about the schooldagen from `van` up to and including `tot` is not known.
    fn gaten(&self, van: usize, tot: usize) -> bool {
        if !self.tafel.heeft_onbekend() && self.stroom.zonder_dagtaak.is_empty() {
            return false;
        }
        let van = van.max(self.eerste_sd);
        let zonder = self.stroom.zonder_dagtaak.iter().any(|sd| (van..=tot).contains(&usize::from(*sd)));
        zonder || self.tafel.onbekend_tussen(van, tot)
    }

    /// Whether something in the window that ends on a day is not known.
    fn gaten_in(&self, raam: Raam, dag: &Dag) -> bool {
        let van = match raam {
            Raam::Schooldagen(lengte) => (i32::from(dag.sd) + 1 - lengte).max(0) as usize,
            Raam::Lesweken(lengte) => self.tafel.eerste_sd_na_lw(i32::from(dag.lw) - lengte),
        };
        self.gaten(van, usize::from(dag.sd))
    }
}

/// Where firings go: the list, and what all firings of one rule of one spoor share.
pub(crate) struct Vuur<'a> {
    pub lijst: &'a mut Vec<Firing>,
    pub leerling: u32,
    pub versie: u8,
    pub regel: u8,
}

impl Vuur<'_> {
    fn op(&mut self, dag: &Dag, van: u16, waarde: u32, trap: usize, gaten: bool) {
        self.lijst.push(Firing {
            leerling: self.leerling,
            dag: dag.dag,
            versie: self.versie,
            regel: self.regel,
            trap: trap as u8,
            waarde: u16::try_from(waarde).unwrap_or(u16::MAX),
            van,
            gaten,
        });
    }
}

/// Lists that forms fill anew for each spoor; kept between them so that nothing is allocated per pupil.
#[derive(Debug, Default)]
pub(crate) struct Kladblok {
    reeksen: Vec<Dag>,
    weekdagen: [Vec<Dag>; 7],
}

/// All firings of one rule for one spoor.
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
            som.evaluate(blik, vuur);
        }
        Kern::Keren { stappen, per_school } => keren_per_schooljaar::evaluate(stappen, *per_school, blik, vuur),
        Kern::Reeksen { raam, drempel, onder } => {
            reeksen_in_venster::evaluate(*raam, *drempel, *onder, blik, &mut kladblok.reeksen, vuur);
        }
        Kern::Aaneengesloten { stappen } => aaneengesloten::evaluate(stappen, blik, vuur),
        Kern::Kalendermaanden { maanden } => kalendermaanden::evaluate(*maanden, blik, vuur),
        Kern::Stijging { raam, dubbel, factor, minimum, stilte } => {
            let stijging = stijging::Stijging {
                raam: *raam,
                dubbel: *dubbel,
                factor: *factor,
                minimum: *minimum,
                stilte: *stilte,
            };
            stijging.evaluate(blik, vuur);
        }
        Kern::Weekdag { raam, drempel, stilte } => {
            weekdag::evaluate(*raam, *drempel, *stilte, blik, &mut kladblok.weekdagen, vuur);
        }
    }
}

/// A run of consecutive schooldagen, followed day by day. Onbekend days neither count nor break it.
#[derive(Default)]
struct Reeks {
    /// First day and its number among the known schooldagen are of the run; empty before the first day.
    eerste: Option<Dag>,
    vorige_nr: u16,
    /// Position of the current day in the run, from 1.
    positie: u32,
}

impl Reeks {
    /// Moves to the next looked-at day and gives the first day of the run it is in.
    fn volgende(&mut self, dag: &Dag) -> Dag {
        match self.eerste {
            Some(eerste) if u32::from(dag.nr) == u32::from(self.vorige_nr) + 1 => {
                self.vorige_nr = dag.nr;
                self.positie += 1;
                eerste
            }
            _ => {
                *self = Reeks { eerste: Some(*dag), vorige_nr: dag.nr, positie: 1 };
                *dag
            }
        }
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
