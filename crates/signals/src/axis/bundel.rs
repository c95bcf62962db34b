//! Some sporen behind each other on one axis, so that what is done for each row or each day is done for all of them in one go.
//!
//! ```text
//! schooldag  0 …      1023   1024 …     2047   2048 …
//!            spoor 0 ─────╌╌╌ spoor 1 ────╌╌╌╌ spoor 2        ╌ nothing lies here, and no rule looks back as far
//! ```

use super::{Dagtaken, Eerder, Tafel};
use crate::rows::{eerste_en_laatste, omvat};

/// Where the days of one spoor lie, and those of its rows that count.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Baan<'a> {
    pub leerling: u32,
    pub tafel: &'a Tafel,
    /// How long its days are.
    pub dagtaken: &'a Dagtaken,
    /// The first day whose rows count.
    pub van: u16,
    /// In order of day.
    pub rijen: &'a [u32],
    /// What is remembered of destroyed school years.
    pub eerder: &'a [Eerder],
    /// The schooldag of its table, and the position in lesweken, with which it begins in a bundle.
    pub begin: (u16, u16),
}

impl Baan<'_> {
    /// The same, in a bundle in which no row has an earlier day.
    #[must_use]
    pub(crate) fn vanaf(self, dag: u16) -> Self {
        Baan { begin: self.tafel.begin_op(dag), ..self }
    }

    /// The first and the last day with a row.
    pub(crate) fn dagen(&self) -> Option<(u16, u16)> {
        eerste_en_laatste(self.rijen)
    }
}

/// How far apart the sporen of a bundle lie: a power of two, so that a schooldag tells at once which spoor it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Afstand {
    bits: u32,
}

impl Afstand {
    /// All numbers are of one spoor.
    pub(crate) const ALLEEN: Afstand = Afstand { bits: u16::BITS };

    /// Enough for axes of so many places with `reikwijdte` places between them.
    pub(crate) fn voor(plaatsen: u32, reikwijdte: u32) -> Self {
        let nodig = plaatsen.saturating_add(reikwijdte).saturating_add(1).clamp(1, 1 << u16::BITS);
        Afstand { bits: nodig.next_power_of_two().ilog2() }
    }

    /// So many sporen fit on one axis.
    pub(crate) fn sporen(self) -> usize {
        1 << (u16::BITS - self.bits)
    }

    /// The first number of a spoor.
    pub(crate) fn begin(self, nummer: usize) -> u32 {
        (nummer << self.bits) as u32
    }

    /// Number of the spoor, and the place within it.
    fn splits(self, sd: u16) -> (usize, u16) {
        let nummer = u32::from(sd) >> self.bits;
        (nummer as usize, (u32::from(sd) - (nummer << self.bits)) as u16)
    }
}

/// Sporen behind each other on one axis. Schooldagen are numbered over all of them; so are positions in lesweken.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bundel<'a> {
    banen: &'a [Baan<'a>],
    afstand: Afstand,
    /// Whether some schooldag of a spoor is onbekend.
    onbekend: bool,
}

impl<'a> Bundel<'a> {
    /// At most [`Afstand::sporen`] of them.
    pub(crate) fn new(banen: &'a [Baan<'a>], afstand: Afstand) -> Self {
        Bundel { banen, afstand, onbekend: banen.iter().any(|baan| baan.tafel.heeft_onbekend()) }
    }

    /// One spoor.
    pub(crate) fn alleen(baan: &'a Baan<'a>) -> Self {
        Self::new(std::slice::from_ref(baan), Afstand::ALLEEN)
    }

    pub(crate) fn banen(&self) -> &'a [Baan<'a>] {
        self.banen
    }

    /// The sporen, each with what to add to a number of its own table.
    pub(crate) fn verschoven(&self) -> impl Iterator<Item = (u32, &'a Baan<'a>)> {
        let verschil =
            |nummer: usize, baan: &Baan<'_>| self.afstand.begin(nummer).wrapping_sub(u32::from(baan.begin.0));
        self.banen.iter().enumerate().map(move |(nummer, baan)| (verschil(nummer, baan), baan))
    }

    /// The first and the last day with a row.
    pub(crate) fn dagen(&self) -> Option<(u16, u16)> {
        self.banen.iter().filter_map(Baan::dagen).reduce(omvat)
    }

    /// The spoor of a schooldag: its number, itself, and the number of the schooldag in its own table.
    pub(crate) fn op(&self, sd: u16) -> Option<(usize, &'a Baan<'a>, u16)> {
        let (nummer, plek) = self.afstand.splits(sd);
        let baan = self.banen.get(nummer)?;
        Some((nummer, baan, baan.begin.0.saturating_add(plek)))
    }

    /// The first number of the spoor of this schooldag, and the first of the next.
    pub(crate) fn grenzen(&self, sd: u16) -> (u32, u32) {
        let (nummer, _) = self.afstand.splits(sd);
        (self.afstand.begin(nummer), self.afstand.begin(nummer + 1))
    }

    /// The length that every day of every spoor has, where they all have the same.
    pub(crate) fn vaste_dagtaak(&self) -> Option<u8> {
        let eerste = self.banen.first()?.dagtaken.vast()?;
        self.banen.iter().all(|baan| baan.dagtaken.vast() == Some(eerste)).then_some(eerste)
    }

    /// How long a schooldag is, if anybody declared it.
    pub(crate) fn dagtaak(&self, sd: u16) -> Option<u8> {
        let (_, baan, eigen) = self.op(sd)?;
        baan.dagtaken.op(baan.tafel.dag(eigen))
    }

    /// The day of a schooldag.
    pub(crate) fn dag(&self, sd: u16) -> u16 {
        self.op(sd).map_or(0, |(_, baan, eigen)| baan.tafel.dag(eigen))
    }

    /// Position in lesweken of a schooldag; the last of its spoor for a number that no row has.
    pub(crate) fn lw(&self, sd: u16) -> u16 {
        let (begin, eind) = self.grenzen(sd);
        let plek = self.op(sd).and_then(|(_, baan, eigen)| {
            let lw = baan.tafel.lw_op_sd(usize::from(eigen))?;
            Some(u32::from(lw.saturating_sub(baan.begin.1)))
        });
        plek.map_or(eind - 1, |plek| (begin + plek).min(eind - 1)) as u16
    }

    /// Number of a schooldag among those that are known: two days of a spoor are in one run when these follow each other.
    pub(crate) fn nr(&self, sd: u16) -> u32 {
        self.op(sd).map_or(0, |(nummer, baan, eigen)| (nummer as u32) << 16 | u32::from(baan.tafel.nr(eigen)))
    }

    /// The first number after the school year of a schooldag.
    pub(crate) fn eind_van_jaar(&self, sd: u16) -> u32 {
        let verder = self.op(sd).map_or(1, |(_, baan, eigen)| baan.tafel.eind_van_jaar(eigen) - eigen);
        (u32::from(sd) + u32::from(verder)).min(self.grenzen(sd).1)
    }

    /// Number within its spoor of the school of enrolment on a schooldag.
    pub(crate) fn school(&self, sd: u16) -> u16 {
        self.op(sd).map_or(0, |(_, baan, eigen)| baan.tafel.school(eigen))
    }

    /// One more than the highest number of a school of enrolment.
    pub(crate) fn scholen(&self) -> u16 {
        self.banen.iter().map(|baan| baan.tafel.scholen()).max().unwrap_or(0)
    }

    /// Whether some schooldag is onbekend.
    pub(crate) fn heeft_onbekend(&self) -> bool {
        self.onbekend
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sporen_lie_so_far_apart_that_nothing_reaches_over() {
        let afstand = Afstand::voor(200, 40);
        assert_eq!((afstand.sporen(), afstand.begin(3)), (256, 768));
        assert_eq!(afstand.splits(767), (2, 255));
        assert_eq!(Afstand::voor(200, 56).sporen(), 128, "one place more is needed");
        assert_eq!(Afstand::voor(40_000, 1), Afstand::ALLEEN);
        assert_eq!(Afstand::voor(u32::MAX, u32::MAX), Afstand::ALLEEN);
        assert_eq!((Afstand::ALLEEN.sporen(), Afstand::ALLEEN.splits(u16::MAX)), (1, (0, u16::MAX)));
    }
}
