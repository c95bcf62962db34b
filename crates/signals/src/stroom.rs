//! The days a rule looks at: one entry for each schooldag with a row of the rule's kinds, and what those rows amount
//! to that day.
//!
//! Made in three steps, none of which branches on what a row holds: rows get the number of their schooldag, those of the
//! rule's kinds are kept, and the rows of one day are taken together. Each step writes every element and moves on only
//! past those that count.

use domain::verzuim::VerzuimSoort;

use crate::axis::{Dagtaken, GEEN, Tafel};
use crate::compiled::{Maat, StroomSoort};

/// A looked-at day: four bytes, the number of its schooldag above what it amounts to. Where it lies beside that is in the
/// table of its axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Dag(u32);

impl Dag {
    fn new(sd: u32, waarde: u32) -> Self {
        Dag(sd << 16 | waarde.min(u32::from(u16::MAX)))
    }

    /// Number of the schooldag.
    pub(crate) fn sd(self) -> u16 {
        (self.0 >> 16) as u16
    }

    /// Quarters, rows, or 1.
    pub(crate) fn waarde(self) -> u16 {
        self.0 as u16
    }
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
    dagen: Vak<Dag>,
    zonder_dagtaak: Vec<u16>,
    /// Rows of the kinds.
    gekozen: Vak<u32>,
}

/// A list that is filled anew for each spoor. What stood there is not wiped first.
#[derive(Debug, Default)]
pub(crate) struct Vak<T> {
    plaatsen: Vec<T>,
    aantal: usize,
}

impl<T: Copy + Default> Vak<T> {
    /// Room for so many elements, whatever stands there; [`Self::houd`] says how many were written.
    pub(crate) fn ruimte(&mut self, aantal: usize) -> &mut [T] {
        if self.plaatsen.len() < aantal {
            self.plaatsen.resize(aantal, T::default());
        }
        self.plaatsen.get_mut(..aantal).unwrap_or_default()
    }

    /// The first so many elements are the list.
    pub(crate) fn houd(&mut self, aantal: usize) {
        self.aantal = aantal;
    }

    /// The list.
    pub(crate) fn lijst(&self) -> &[T] {
        self.plaatsen.get(..self.aantal).unwrap_or_default()
    }
}

/// The code of a whole day in the six bits of a row's duration.
const HELE_DAG: u32 = 63;
/// What a whole day counts for before it is capped: more than any number of lessons comes to.
const MEER_DAN_EEN_DAG: u32 = 1 << 24;
/// After the last row: a schooldag that no row has.
const EINDE: u32 = u32::MAX;

/// Gives rows the number of their schooldag in place of their day; rows on other days, and on days that are onbekend, are
/// left out.
pub(crate) fn op_schooldagen(rijen: &[u32], tafel: &Tafel, uit: &mut Vak<u32>) {
    let (basis, plaatsen) = tafel.plaatsen();
    compact(rijen, uit, |rij| {
        let plek = ((rij >> 16) as u16).wrapping_sub(basis);
        let sd = plaatsen.get(usize::from(plek)).copied().unwrap_or(GEEN);
        (u32::from(sd) << 16 | rij & 0xFFFF, sd != GEEN)
    });
}

/// Writes every element and moves on past those that count. One more place is left after the last.
fn compact(van: &[u32], uit: &mut Vak<u32>, mut kies: impl FnMut(u32) -> (u32, bool)) {
    let (plaatsen, mut aantal) = (uit.ruimte(van.len() + 1), 0);
    for element in van {
        let (nieuw, telt) = kies(*element);
        if let Some(plek) = plaatsen.get_mut(aantal) {
            *plek = nieuw;
        }
        aantal += usize::from(telt);
    }
    uit.houd(aantal);
}

impl Stroom {
    /// Fills the stream from a spoor's rows, which are in order and carry the number of their schooldag. The measure is
    /// chosen here, once: below it each measure has a loop of its own.
    pub(crate) fn vul(&mut self, soort: StroomSoort, rijen: &[u32], tafel: &Tafel, dagtaken: &Dagtaken) {
        self.zonder_dagtaak.clear();
        let soorten = soort.soorten.bits();
        compact(rijen, &mut self.gekozen, |rij| (rij, soorten >> (rij & 15) & 1 == 1));
        match (soort.maat, dagtaken.vast().map(u32::from)) {
            (Maat::Keren, _) => self.per_dag(|_| 1, |_, som| (som, true)),
            (Maat::Dagen, _) => self.per_dag(|_| 0, |_, _| (1, true)),
            (Maat::Uren { te_laat, uitgestuurd }, Some(vast)) => {
                self.per_dag(|rij| kwartieren(rij, te_laat, uitgestuurd), |_, som| (som.min(vast), true));
            }
            (Maat::Uren { te_laat, uitgestuurd }, None) => {
                let mut zonder = std::mem::take(&mut self.zonder_dagtaak);
                self.per_dag(
                    |rij| kwartieren(rij, te_laat, uitgestuurd),
                    |sd, som| match dagtaken.op(tafel.dag(sd)) {
                        Some(dagtaak) => (som.min(u32::from(dagtaak)), true),
                        None => {
                            zonder.push(sd);
                            (0, false)
                        }
                    },
                );
                zonder.dedup();
                self.zonder_dagtaak = zonder;
            }
            (Maat::HeleDagen, Some(vast)) => self.per_dag(duur, |_, som| (1, som >= vast)),
            (Maat::HeleDagen, None) => self.per_dag(duur, |sd, som| {
                let nodig = dagtaken.op(tafel.dag(sd)).map_or(MEER_DAN_EEN_DAG, u32::from);
                (1, som >= nodig)
            }),
        }
    }

    /// The rows of the kinds, in order.
    pub(crate) fn rijen(&self) -> &[u32] {
        self.gekozen.lijst()
    }

    /// The days that were found.
    pub(crate) fn bekeken(&self) -> Bekeken<'_> {
        Bekeken { dagen: self.dagen.lijst(), zonder_dagtaak: &self.zonder_dagtaak }
    }

    /// Takes the rows of each schooldag together: what each amounts to is summed, and `sluit` says what the day comes to
    /// and whether it is looked at.
    fn per_dag(&mut self, meet: impl Fn(u32) -> u32, mut sluit: impl FnMut(u16, u32) -> (u32, bool)) {
        let aantal_rijen = self.gekozen.lijst().len();
        let rijen = self.gekozen.ruimte(aantal_rijen + 1);
        if let Some(einde) = rijen.last_mut() {
            *einde = EINDE;
        }
        let (plaatsen, mut aantal, mut som) = (self.dagen.ruimte(aantal_rijen), 0, 0u32);
        for paar in rijen.array_windows() {
            let [rij, volgende] = *paar;
            som = som.saturating_add(meet(rij));
            let (waarde, telt) = sluit((rij >> 16) as u16, som);
            if let Some(plek) = plaatsen.get_mut(aantal) {
                *plek = Dag::new(rij >> 16, waarde);
            }
            let laatste = rij >> 16 != volgende >> 16;
            aantal += usize::from(laatste & telt);
            som = if laatste { 0 } else { som };
        }
        self.dagen.houd(aantal);
    }
}

/// How long a row lasts, in quarters.
fn duur(rij: u32) -> u32 {
    let kwartieren = rij >> 6 & 63;
    if kwartieren == HELE_DAG { MEER_DAN_EEN_DAG } else { kwartieren }
}

/// What a row counts for in hours, in quarters: its duration, or a fixed amount per time.
fn kwartieren(rij: u32, te_laat: u8, uitgestuurd: u8) -> u32 {
    const TE_LAAT: u32 = VerzuimSoort::TeLaat as u32;
    const UITGESTUURD: u32 = VerzuimSoort::Uitgestuurd as u32;
    match rij & 63 {
        TE_LAAT => u32::from(te_laat),
        UITGESTUURD => u32::from(uitgestuurd),
        _ => duur(rij),
    }
}
