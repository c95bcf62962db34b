//! The days a rule looks at: one entry for each schooldag with a row of the rule's kinds, and what those rows amount
//! to that day.

use domain::verzuim::VerzuimSoort;

use crate::axis::{Dagtaken, Tafel};
use crate::compiled::{Maat, StroomSoort};

/// A looked-at day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dag {
    pub dag: u16,
    pub sd: u16,
    /// Number among the known schooldagen; see [`Plek`](crate::axis::Plek).
    pub nr: u16,
    pub lw: u16,
    /// Number of the school of enrolment within the spoor.
    pub school: u16,
    /// Quarters, rows, or 1.
    pub waarde: u16,
}

/// The looked-at days of one spoor for one [`StroomSoort`], in order, wherever they are kept.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Bekeken<'a> {
    pub dagen: &'a [Dag],
    /// Schooldagen whose hours could not be counted, because nobody declared how long that day is.
    pub zonder_dagtaak: &'a [u16],
}

/// The looked-at days of one spoor while they are made out of its rows.
#[derive(Debug, Default)]
pub(crate) struct Stroom {
    dagen: Vec<Dag>,
    zonder_dagtaak: Vec<u16>,
    /// Rows of the kinds, at the front; only ever grows.
    gefilterd: Vec<u32>,
}

/// The code of a whole day in the six bits of a row's duration.
const HELE_DAG: u32 = 63;

impl Stroom {
    /// Fills the stream from a spoor's rows, which are in order of day. The measure is chosen here, once: below it each
    /// measure has a loop of its own.
    pub(crate) fn vul(&mut self, soort: StroomSoort, rijen: &[u32], tafel: &Tafel, dagtaken: &Dagtaken) {
        self.dagen.clear();
        self.zonder_dagtaak.clear();
        let aantal = self.filter(soort.soorten.bits(), rijen);
        match soort.maat {
            Maat::Keren => {
                self.per_dag(aantal, tafel, |_, rijen| Meting::Telt(u16::try_from(rijen.len()).unwrap_or(u16::MAX)));
            }
            Maat::Dagen => self.per_dag(aantal, tafel, |_, _| Meting::Telt(1)),
            Maat::Uren { te_laat, uitgestuurd } => self.per_dag(aantal, tafel, |dag, rijen| {
                let Some(dagtaak) = dagtaken.op(dag).map(u32::from) else { return Meting::ZonderDagtaak };
                let som: u32 = rijen.iter().map(|rij| kwartieren(*rij, dagtaak, te_laat, uitgestuurd)).sum();
                Meting::Telt(som.min(dagtaak) as u16)
            }),
            Maat::HeleDagen => self.per_dag(aantal, tafel, |dag, rijen| {
                let som = || rijen.iter().map(|rij| duur(*rij)).sum::<u32>();
                let heel = rijen.iter().any(|rij| duur(*rij) == HELE_DAG)
                    || dagtaken.op(dag).is_some_and(|dagtaak| som() >= u32::from(dagtaak));
                if heel { Meting::Telt(1) } else { Meting::Niet }
            }),
        }
    }

    pub(crate) fn bekeken(&self) -> Bekeken<'_> {
        Bekeken { dagen: &self.dagen, zonder_dagtaak: &self.zonder_dagtaak }
    }

    /// Keeps the rows of the kinds at the front of `gefilterd` and gives their number. Without a branch per row: each
    /// is written, and only counted when it fits.
    fn filter(&mut self, soorten: u16, rijen: &[u32]) -> usize {
        if self.gefilterd.len() < rijen.len() {
            self.gefilterd.resize(rijen.len(), 0);
        }
        let mut aantal = 0;
        for rij in rijen {
            self.gefilterd[aantal] = *rij;
            aantal += usize::from(soorten >> (rij & 15) & 1);
        }
        aantal
    }

    /// Measures the rows of each schooldag together.
    fn per_dag(&mut self, aantal: usize, tafel: &Tafel, meet: impl Fn(u16, &[u32]) -> Meting) {
        let mut rest = self.gefilterd.get(..aantal).unwrap_or_default();
        self.dagen.reserve(aantal);
        while let [eerste, volgende @ ..] = rest {
            let dag = (eerste >> 16) as u16;
            let meer = volgende.iter().take_while(|rij| (**rij >> 16) as u16 == dag).count();
            let (van_dag, daarna) = rest.split_at(meer + 1);
            rest = daarna;
            let Some(plek) = tafel.plek(dag) else { continue };
            match meet(dag, van_dag) {
                Meting::Telt(waarde) => {
                    self.dagen.push(Dag { dag, sd: plek.sd, nr: plek.nr, lw: plek.lw, school: plek.school, waarde });
                }
                Meting::Niet => {}
                Meting::ZonderDagtaak => self.zonder_dagtaak.push(plek.sd),
            }
        }
    }
}

/// What the rows of one day amount to. A row `dag` counts as the dagtaak, and the sum is capped once, after summing.
enum Meting {
    Telt(u16),
    /// The day is not looked at.
    Niet,
    ZonderDagtaak,
}

fn duur(rij: u32) -> u32 {
    rij >> 6 & 63
}

fn kwartieren(rij: u32, dagtaak: u32, te_laat: u8, uitgestuurd: u8) -> u32 {
    const TE_LAAT: u32 = VerzuimSoort::TeLaat as u32;
    const UITGESTUURD: u32 = VerzuimSoort::Uitgestuurd as u32;
    match (rij & 63, duur(rij)) {
        (TE_LAAT, _) => u32::from(te_laat),
        (UITGESTUURD, _) => u32::from(uitgestuurd),
        (_, HELE_DAG) => dagtaak,
        (_, kwartieren) => kwartieren,
    }
}
