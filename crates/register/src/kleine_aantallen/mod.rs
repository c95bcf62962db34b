//! *Kleine aantallen*: what of a table of counts may be told to somebody who may see no names.
//!
//! Counts of 1 to 9 are not told; 0 is. Because rows and columns are shown with their totals, a small count could be
//! computed from its neighbours; so neighbours are kept back too, until that is impossible, and no more of them than
//! needed. One [`Tabel`] holds everything that is shown about one day: the same children in the same columns, split in
//! one way or in two (per municipality; per sector and below it per school), so that what is shown side by side is
//! protected together.
//!
//! **Protected**: whoever knows every number that is shown, of every hidden one whether it is small or large, and that
//! rows and columns add up, and solves that system exactly, is left with at least [`SPEELRUIMTE`] possible values for
//! each count of 1 to 9, and for what the counts of 1 to 9 in one row or in one column are together, where that is under
//! 10 too: two schools of 3 and 4 are no more told as seven than as three and four. A small total is not split at all: which of its parts are 0 is not told either. A row of which
//! all children are in one column does not tell so.
//!
//! **Not protected**: what somebody already knows of some of the children can be taken off (a school knows its own);
//! whoever keeps the tables of two days has the balance of who came and went between them, for numbers shown in both;
//! what a larger hidden number is; and guessing from how the neighbours were chosen. Therefore such tables are made for
//! a few fixed days only, the same for everybody.

mod stroom;

use stroom::{Som, Stroom};

/// Counts under this number, except 0, are not told. What the region agreed on; DUO keeps back counts under 5 in its open
/// files, the tables of a region are smaller and more is known of a child around the corner.
pub const DREMPEL: u32 = 10;
/// At least so many values stay possible for each hidden number.
pub const SPEELRUIMTE: u32 = 5;

/// What is told of one count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Getoond {
    /// The count itself: 0, or [`DREMPEL`] and more.
    Getal(u32),
    /// It is not 0 and under [`DREMPEL`].
    Klein,
    /// Not told; it is [`DREMPEL`] or more, and would give a small one away.
    Groot,
    /// Not told, also not whether it is 0: part of a small total, or of a row with all its children in one column.
    Niet,
}

/// A row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rij {
    /// All children.
    Alles,
    /// A row of one of the ways in which they are split.
    Van {
        /// Which way, in the order in which they were given.
        indeling: usize,
        /// Which row of it.
        rij: usize,
    },
}

/// One child in a table: its column, and its row in each way of splitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lid {
    /// The column.
    pub kolom: usize,
    /// Its row per way of splitting; with one way the second is not read.
    pub rijen: [usize; 2],
}

/// Counts with their totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tabel {
    kolommen: usize,
    plekken: Vec<Plek>,
    /// Where the rows of each way of splitting begin among the places.
    begin: [usize; 2],
    aantallen: Vec<u32>,
}

/// A row among all rows; 0 is that of all children.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Plek {
    indeling: usize,
    /// The row it is part of.
    onder: usize,
    blad: bool,
}

/// What is told of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Getoonde {
    tabel: Tabel,
    cellen: Vec<Getoond>,
}

impl Tabel {
    /// Counts children in columns and rows. Each way of splitting names for each of its rows the row that it is part of,
    /// which stands before it; at most two ways are read. Who is in no column, or in a row that has parts or that is not
    /// there, is not counted: everybody is in a lowest row of each way.
    pub fn tel(kolommen: usize, indelingen: &[Vec<Option<usize>>], leden: impl IntoIterator<Item = Lid>) -> Self {
        let mut plekken = vec![Plek { indeling: 0, onder: 0, blad: indelingen.is_empty() }];
        let mut begin = [1; 2];
        for (indeling, rijen) in indelingen.iter().enumerate().take(begin.len()) {
            let first = plekken.len();
            begin[indeling] = first;
            for onder in rijen {
                let onder = onder.map_or(0, |rij| (first + rij).min(plekken.len() - 1));
                plekken[onder].blad = false;
                plekken.push(Plek { indeling, onder, blad: true });
            }
        }
        let aantallen = vec![0; plekken.len() * (kolommen + 1)];
        let mut tabel = Tabel { kolommen, plekken, begin, aantallen };
        let ways = indelingen.len().min(begin.len());
        leden.into_iter().for_each(|lid| tabel.tel_lid(lid, ways));
        tabel
    }

    /// The same of one column split in one way, from how many there are in each lowest row; what is given of another row
    /// is not read.
    pub fn van_aantallen(onder: &[Option<usize>], aantallen: &[u32]) -> Self {
        let mut tabel = Self::tel(1, &[onder.to_vec()], []);
        for (place, aantal) in (1..tabel.plekken.len()).zip(aantallen).filter(|(_, aantal)| **aantal > 0) {
            if !tabel.plekken[place].blad {
                continue;
            }
            tabel.meer(0, 0, *aantal);
            let mut place = place;
            while place != 0 {
                tabel.meer(place, 0, *aantal);
                place = tabel.plekken[place].onder;
            }
        }
        tabel
    }

    fn tel_lid(&mut self, lid: Lid, ways: usize) {
        let places: Vec<usize> = (0..ways).map(|way| self.begin[way].saturating_add(lid.rijen[way])).collect();
        let of_way = |(way, place): (usize, &usize)| {
            self.plekken.get(*place).is_some_and(|plek| plek.blad && *place > 0 && plek.indeling == way)
        };
        if lid.kolom >= self.kolommen || !places.iter().enumerate().all(of_way) {
            return;
        }
        self.meer(0, lid.kolom, 1);
        for mut place in places {
            while place != 0 {
                self.meer(place, lid.kolom, 1);
                place = self.plekken[place].onder;
            }
        }
    }

    fn meer(&mut self, plek: usize, kolom: usize, aantal: u32) {
        for cel in [self.cel(plek, kolom), self.cel(plek, self.kolommen)] {
            self.aantallen[cel] = self.aantallen[cel].saturating_add(aantal);
        }
    }

    /// Place of a count; the column behind the last is the total.
    fn cel(&self, plek: usize, kolom: usize) -> usize {
        plek * (self.kolommen + 1) + kolom
    }

    fn plek(&self, rij: Rij) -> Option<usize> {
        let Rij::Van { indeling, rij } = rij else { return Some(0) };
        let plek = self.begin.get(indeling)?.checked_add(rij)?;
        self.plekken.get(plek).filter(|found| plek > 0 && found.indeling == indeling).map(|_| plek)
    }

    /// A count as it is; without a column the total of the row. 0 for a row that is not there.
    pub fn aantal(&self, rij: Rij, kolom: Option<usize>) -> u32 {
        let kolom = kolom.filter(|kolom| *kolom < self.kolommen).unwrap_or(self.kolommen);
        self.plek(rij).map_or(0, |plek| self.aantallen[self.cel(plek, kolom)])
    }

    /// What of it may be told.
    pub fn verberg(self) -> Getoonde {
        let mut werk = Werk::new(&self);
        werk.eerst();
        werk.buren();
        werk.weer_tonen();
        let cellen = werk.cellen;
        Getoonde { tabel: self, cellen }
    }
}

impl Getoonde {
    /// What is told of a count; without a column of the total of the row.
    pub fn cel(&self, rij: Rij, kolom: Option<usize>) -> Getoond {
        let kolom = kolom.filter(|kolom| *kolom < self.tabel.kolommen).unwrap_or(self.tabel.kolommen);
        self.tabel.plek(rij).map_or(Getoond::Getal(0), |plek| self.cellen[self.tabel.cel(plek, kolom)])
    }
}

/// A table of which more and more is hidden.
struct Werk<'a> {
    tabel: &'a Tabel,
    cellen: Vec<Getoond>,
    /// Counts that nobody may be able to compute.
    geheim: Vec<usize>,
    /// Sums of these that nobody may be able to compute either.
    sommen: Vec<Som>,
}

impl<'a> Werk<'a> {
    fn new(tabel: &'a Tabel) -> Self {
        let cellen = tabel.aantallen.iter().map(|aantal| Getoond::Getal(*aantal)).collect();
        let small = |cel: &usize| (1..DREMPEL).contains(&tabel.aantallen[*cel]);
        Werk { tabel, cellen, geheim: (0..tabel.aantallen.len()).filter(small).collect(), sommen: Som::van(tabel) }
    }

    /// Small counts, what lies under a small total, and rows that would tell that all their children are alike.
    fn eerst(&mut self) {
        for cel in &self.geheim {
            self.cellen[*cel] = Getoond::Klein;
        }
        let columns = self.tabel.kolommen;
        for plek in 0..self.tabel.plekken.len() {
            let total = self.tabel.cel(plek, columns);
            if self.tabel.aantallen[total] > 0 && self.cellen[total] == Getoond::Klein {
                self.niet_uitsplitsen(plek, 0..columns + 1);
                self.cellen[total] = Getoond::Klein;
            }
            for kolom in 0..columns {
                if self.cellen[self.tabel.cel(plek, kolom)] == Getoond::Klein {
                    self.niet_onder(plek, kolom..kolom + 1);
                }
            }
        }
        (1..self.tabel.plekken.len()).for_each(|plek| self.allen_gelijk(plek));
    }

    /// Hides these columns of a row and of all rows that are part of it; not what is 0 by a total that is 0.
    fn niet_uitsplitsen(&mut self, plek: usize, kolommen: std::ops::Range<usize>) {
        for kolom in kolommen.clone() {
            let cel = self.tabel.cel(plek, kolom);
            let above = self.tabel.cel(self.tabel.plekken[plek].onder, kolom);
            if self.cellen[above] != Getoond::Getal(0) {
                self.cellen[cel] = Getoond::Niet;
            }
        }
        self.niet_onder(plek, kolommen);
    }

    fn niet_onder(&mut self, plek: usize, kolommen: std::ops::Range<usize>) {
        for ander in plek + 1..self.tabel.plekken.len() {
            if self.tabel.plekken[ander].onder == plek {
                self.niet_uitsplitsen(ander, kolommen.clone());
            }
        }
    }

    /// Of a row with all its children in one column neither that nor one of the empty columns is told: one that is hidden
    /// already, else the one that holds most children elsewhere.
    fn allen_gelijk(&mut self, plek: usize) {
        let tabel = self.tabel;
        let total = tabel.aantallen[tabel.cel(plek, tabel.kolommen)];
        let full = (0..tabel.kolommen).find(|kolom| tabel.aantallen[tabel.cel(plek, *kolom)] == total);
        let Some(full) = full.filter(|_| total >= DREMPEL) else { return };
        let hidden = |kolom: usize| self.cellen[tabel.cel(plek, kolom)] == Getoond::Niet;
        let others = (0..tabel.kolommen).filter(|kolom| *kolom != full && tabel.aantallen[*kolom] > 0);
        let Some(empty) = others.max_by_key(|kolom| (hidden(*kolom), tabel.aantallen[*kolom])) else { return };
        self.niet_uitsplitsen(plek, full..full + 1);
        self.niet_uitsplitsen(plek, empty..empty + 1);
        self.geheim.push(tabel.cel(plek, empty));
    }

    /// Keeps back neighbours until each secret has room. Hiding more gives only more room, so what has room keeps it.
    fn buren(&mut self) {
        for cel in self.geheim.clone() {
            let more = |stroom: &mut Stroom| (!stroom.heeft_ruimte(cel)).then(|| stroom.buren(cel));
            self.maak_ruimte(cel, more);
        }
        for som in self.sommen.clone() {
            let Some(cel) = som.cellen.first() else { continue };
            let more = |stroom: &mut Stroom| (!stroom.som_heeft_ruimte(&som)).then(|| stroom.buren_van_som(&som));
            self.maak_ruimte(*cel, more);
        }
    }

    /// Hides what is said to be needed, until nothing is: `None`.
    fn maak_ruimte(&mut self, cel: usize, nodig: impl Fn(&mut Stroom) -> Option<Vec<usize>>) {
        while let Some(more) = nodig(&mut Stroom::van(self.tabel, &self.cellen)) {
            // Nothing large is left that could hide it: then the row it is in is not told at all.
            if more.is_empty() && !self.hele_rij(cel / (self.tabel.kolommen + 1)) {
                return;
            }
            for cel in more {
                self.cellen[cel] = Getoond::Groot;
            }
        }
    }

    /// Hides a row, or when it is hidden the one it is part of, and at last the whole table. Whether more was hidden.
    fn hele_rij(&mut self, plek: usize) -> bool {
        let cells = self.tabel.cel(plek, 0)..=self.tabel.cel(plek, self.tabel.kolommen);
        if self.cellen[cells.clone()].iter().any(|cel| *cel != Getoond::Niet) {
            self.cellen[cells].fill(Getoond::Niet);
            return true;
        }
        if plek > 0 {
            return self.hele_rij(self.tabel.plekken[plek].onder);
        }
        let more = self.cellen.iter().any(|cel| *cel != Getoond::Niet);
        self.cellen.fill(Getoond::Niet);
        more
    }

    /// Shows neighbours again that were kept back for one and turn out not to be needed, the largest first.
    fn weer_tonen(&mut self) {
        let mut kept: Vec<usize> = (0..self.cellen.len()).filter(|cel| self.cellen[*cel] == Getoond::Groot).collect();
        kept.sort_by_key(|cel| std::cmp::Reverse((self.tabel.aantallen[*cel], *cel)));
        for cel in kept {
            let hidden = std::mem::replace(&mut self.cellen[cel], Getoond::Getal(self.tabel.aantallen[cel]));
            let stroom = Stroom::van(self.tabel, &self.cellen);
            let safe = self.geheim.iter().all(|cel| stroom.heeft_ruimte(*cel))
                && self.sommen.iter().all(|som| stroom.som_heeft_ruimte(som));
            if !safe {
                self.cellen[cel] = hidden;
            }
        }
    }
}

#[cfg(test)]
mod tests;
