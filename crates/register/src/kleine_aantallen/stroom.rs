//! What can be computed from what is shown: exactly, as a flow.
//!
//! Every count of a table is a pipe. Children flow from the total down to the rows of the first way of splitting, through
//! the cells to the columns, through the totals of the columns to the cells and rows of the second way, and back to the
//! total; that rows and columns add up says that nothing leaks. A number that is shown is a pipe that cannot change. A
//! hidden one can take another value exactly when children can be sent round a circle of hidden pipes, within what is
//! known of each (a small one carries 1 to 9). Such flows are whole numbers, so this finds neither too much nor too
//! little.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::{DREMPEL, Getoond, SPEELRUIMTE, Tabel};

/// A count between two nodes, with what is known of it.
#[derive(Debug, Clone, Copy)]
struct Pijp {
    cel: usize,
    van: usize,
    naar: usize,
    /// How much more, and how much less, it may carry.
    meer: u32,
    minder: u32,
    /// What hiding it costs; 0: it is hidden.
    prijs: u64,
}

/// The hidden counts of a table, and those that could be hidden too.
pub(super) struct Stroom {
    pijpen: Vec<Pijp>,
    /// Of each node the pipes that end there.
    aan: Vec<Vec<usize>>,
    /// Of each count its pipe, if it has one.
    van_cel: Vec<Option<usize>>,
    /// Pipes that stand still for now.
    stil: Vec<usize>,
}

/// Small counts of one row or column that together are small too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Som {
    /// The counts.
    pub(super) cellen: Vec<usize>,
}

impl Som {
    /// Of each row and column, in so far as these are several.
    pub(super) fn van(tabel: &Tabel) -> Vec<Self> {
        let cells = |plek: usize, kolom: usize| tabel.cel(plek, kolom);
        let mut lines: Vec<Vec<usize>> = Vec::new();
        for plek in 0..tabel.plekken.len() {
            lines.push((0..tabel.kolommen).map(|kolom| cells(plek, kolom)).collect());
            for indeling in 0..tabel.begin.len() {
                let parts = |part: &usize| {
                    let place = tabel.plekken[*part];
                    place.onder == plek && place.indeling == indeling
                };
                let parts: Vec<usize> = (plek + 1..tabel.plekken.len()).filter(parts).collect();
                lines.extend((0..=tabel.kolommen).map(|kolom| parts.iter().map(|part| cells(*part, kolom)).collect()));
            }
        }
        let small = |line: Vec<usize>| {
            let these: Vec<usize> =
                line.into_iter().filter(|cel| (1..DREMPEL).contains(&tabel.aantallen[*cel])).collect();
            let sum: u32 = these.iter().map(|cel| tabel.aantallen[*cel]).sum();
            (these.len() > 1 && sum < DREMPEL).then_some(Som { cellen: these })
        };
        lines.into_iter().filter_map(small).collect()
    }
}

/// A step through a pipe: along it, or against it.
#[derive(Debug, Clone, Copy)]
struct Stap {
    pijp: usize,
    mee: bool,
}

/// How much of the room of each pipe is taken: positive along, negative against it.
type Verschil = Vec<i64>;

/// Ends of the pipe of each count.
struct Knopen<'a> {
    tabel: &'a Tabel,
}

impl Knopen<'_> {
    /// The node of a row.
    fn rij(&self, plek: usize) -> usize {
        plek * (self.tabel.kolommen + 1)
    }

    /// The node where the parts of a row come together in a column.
    fn kolom(&self, plek: usize, kolom: usize) -> usize {
        plek * (self.tabel.kolommen + 1) + 1 + kolom
    }

    /// The row of all children of the second way; without a second way it takes in the columns at once.
    fn rechts(&self) -> usize {
        self.tabel.plekken.len() * (self.tabel.kolommen + 1)
    }

    fn rechts_kolom(&self, kolom: usize) -> usize {
        if self.tabel.plekken.iter().any(|plek| plek.indeling == 1) { self.rechts() + 1 + kolom } else { self.rechts() }
    }

    fn aantal(&self) -> usize {
        (self.tabel.plekken.len() + 1) * (self.tabel.kolommen + 1)
    }

    fn einden(&self, plek: usize, kolom: usize) -> (usize, usize) {
        let is_total = kolom == self.tabel.kolommen;
        let place = self.tabel.plekken[plek];
        if plek == 0 {
            return match is_total {
                true => (self.rechts(), self.rij(0)),
                // Of a table that is not split the row itself is split over the columns.
                false if place.blad => (self.rij(0), self.rechts()),
                false => (self.kolom(0, kolom), self.rechts_kolom(kolom)),
            };
        }
        let second = place.indeling == 1;
        let above = |of_root: usize, other: usize| if second && place.onder == 0 { of_root } else { other };
        let (from, to) = if is_total {
            (above(self.rechts(), self.rij(place.onder)), self.rij(plek))
        } else {
            let from = if place.blad { self.rij(plek) } else { self.kolom(plek, kolom) };
            (from, above(self.rechts_kolom(kolom), self.kolom(place.onder, kolom)))
        };
        if second { (to, from) } else { (from, to) }
    }
}

impl Stroom {
    /// The counts of a table as far as they are hidden.
    pub(super) fn van(tabel: &Tabel, cellen: &[Getoond]) -> Self {
        let knopen = Knopen { tabel };
        let mut stroom = Stroom {
            pijpen: Vec::new(),
            aan: vec![Vec::new(); knopen.aantal()],
            van_cel: vec![None; cellen.len()],
            stil: Vec::new(),
        };
        for (cel, getoond) in cellen.iter().enumerate() {
            let (plek, kolom) = (cel / (tabel.kolommen + 1), cel % (tabel.kolommen + 1));
            let (van, naar) = knopen.einden(plek, kolom);
            let aantal = tabel.aantallen[cel];
            let (min, max, prijs) = match getoond {
                Getoond::Klein => (1, DREMPEL - 1, 0),
                Getoond::Groot => (DREMPEL, u32::MAX, 0),
                Getoond::Niet => (0, u32::MAX, 0),
                Getoond::Getal(aantal) if *aantal >= DREMPEL => {
                    (DREMPEL, u32::MAX, prijs(*aantal, tabel.plekken[plek].blad, kolom == tabel.kolommen, plek == 0))
                }
                Getoond::Getal(_) => continue,
            };
            let pijp = stroom.pijpen.len();
            stroom.pijpen.push(Pijp { cel, van, naar, meer: max - aantal, minder: aantal - min, prijs });
            stroom.aan[van].push(pijp);
            stroom.aan[naar].push(pijp);
            stroom.van_cel[cel] = Some(pijp);
        }
        stroom
    }

    /// Whether a hidden count can take enough values ([`SPEELRUIMTE`]).
    pub(super) fn heeft_ruimte(&self, cel: usize) -> bool {
        self.van_cel[cel].is_some_and(|pijp| self.pijp_heeft_ruimte(pijp))
    }

    /// Whether the sum of hidden counts can.
    pub(super) fn som_heeft_ruimte(&self, som: &Som) -> bool {
        let these = self.pijpen_van(som);
        let up = self.speling(&these, true, SPEELRUIMTE - 1);
        1 + up + self.speling(&these, false, SPEELRUIMTE - 1 - up) >= SPEELRUIMTE
    }

    fn pijpen_van(&self, som: &Som) -> Vec<usize> {
        som.cellen.iter().filter_map(|cel| self.van_cel[*cel]).collect()
    }

    /// How far some counts together can go up or down, at most so far.
    fn speling(&self, these: &[usize], omhoog: bool, hoogstens: u32) -> u32 {
        let mut verschil = vec![0; self.pijpen.len()];
        let mut room = 0;
        while room < hoogstens {
            let Some(circle) = self.winst(these, omhoog, &verschil) else { break };
            let least = circle.iter().map(|stap| self.over(*stap, &verschil)).min().unwrap_or(0).min(hoogstens - room);
            for stap in circle {
                verschil[stap.pijp] += if stap.mee { i64::from(least) } else { -i64::from(least) };
            }
            // A circle may pass several of them: then each child counts for more.
            room += least;
        }
        room
    }

    /// A circle of hidden pipes by which some counts together go up (or down): paths that gain more than a path can
    /// without passing a place twice run in one.
    fn winst(&self, these: &[usize], omhoog: bool, verschil: &[i64]) -> Option<Vec<Stap>> {
        let gain = |stap: Stap| match these.contains(&stap.pijp) {
            true if stap.mee == omhoog => 1,
            true => -1,
            false => 0i64,
        };
        let most = i64::try_from(these.len()).unwrap_or(i64::MAX);
        let mut beste = vec![0; self.aan.len()];
        let mut door: Vec<Option<Stap>> = vec![None; self.aan.len()];
        let mut queue: VecDeque<usize> = (0..self.aan.len()).filter(|knoop| !self.aan[*knoop].is_empty()).collect();
        let mut waits = vec![true; self.aan.len()];
        while let Some(knoop) = queue.pop_front() {
            waits[knoop] = false;
            let ways = self.stappen(knoop, usize::MAX, verschil).filter(|stap| self.pijpen[stap.pijp].prijs == 0);
            for stap in ways {
                let (end, value) = (self.einde(stap), beste[knoop] + gain(stap));
                if value <= beste[end] {
                    continue;
                }
                beste[end] = value;
                door[end] = Some(stap);
                if value > most {
                    return self.kring(&door, end);
                }
                if !waits[end] {
                    waits[end] = true;
                    queue.push_back(end);
                }
            }
        }
        None
    }

    /// The circle into which one comes by going back from a node.
    fn kring(&self, door: &[Option<Stap>], from: usize) -> Option<Vec<Stap>> {
        let mut inside = from;
        for _ in 0..self.aan.len() {
            inside = self.begin(door[inside]?);
        }
        let (mut circle, mut knoop) = (Vec::new(), inside);
        loop {
            let stap = door[knoop]?;
            circle.push(stap);
            knoop = self.begin(stap);
            if knoop == inside {
                return Some(circle);
            }
        }
    }

    fn pijp_heeft_ruimte(&self, pijp: usize) -> bool {
        let mut room = 1;
        for mee in [true, false] {
            if room < SPEELRUIMTE {
                room += self.ruimte(Stap { pijp, mee }, SPEELRUIMTE - room).0;
            }
        }
        room >= SPEELRUIMTE
    }

    /// How far a count can go up (along) or down, at most so far, and what that takes of the others.
    fn ruimte(&self, stap: Stap, hoogstens: u32) -> (u32, Verschil) {
        let mut verschil = vec![0; self.pijpen.len()];
        let mut room = 0;
        let limit = hoogstens.min(self.over(stap, &verschil));
        while room < limit {
            let Some(circle) = self.rond(stap, &verschil) else { break };
            let least = circle.iter().map(|stap| self.over(*stap, &verschil)).min().unwrap_or(0).min(limit - room);
            for stap in circle {
                verschil[stap.pijp] += if stap.mee { i64::from(least) } else { -i64::from(least) };
            }
            room += least;
        }
        (room, verschil)
    }

    /// What is left of the room of a step.
    fn over(&self, stap: Stap, verschil: &[i64]) -> u32 {
        let pijp = &self.pijpen[stap.pijp];
        let left = match stap.mee {
            true => i64::from(pijp.meer) - verschil[stap.pijp],
            false => i64::from(pijp.minder) + verschil[stap.pijp],
        };
        u32::try_from(left.max(0)).unwrap_or(u32::MAX)
    }

    fn einde(&self, stap: Stap) -> usize {
        if stap.mee { self.pijpen[stap.pijp].naar } else { self.pijpen[stap.pijp].van }
    }

    fn begin(&self, stap: Stap) -> usize {
        self.einde(Stap { mee: !stap.mee, ..stap })
    }

    /// Steps from a node that have room, not through one pipe.
    fn stappen<'a>(&'a self, knoop: usize, zonder: usize, verschil: &'a [i64]) -> impl Iterator<Item = Stap> + 'a {
        let ways =
            self.aan[knoop].iter().flat_map(|pijp| [Stap { pijp: *pijp, mee: true }, Stap { pijp: *pijp, mee: false }]);
        ways.filter(move |stap| {
            stap.pijp != zonder
                && !self.stil.contains(&stap.pijp)
                && self.begin(*stap) == knoop
                && self.over(*stap, verschil) > 0
        })
    }

    /// The way back from the end of a step to its begin, through hidden pipes; the shortest.
    fn rond(&self, stap: Stap, verschil: &[i64]) -> Option<Vec<Stap>> {
        let (from, to) = (self.einde(stap), self.begin(stap));
        let mut door: Vec<Option<Stap>> = vec![None; self.aan.len()];
        let mut queue = VecDeque::from([from]);
        while let Some(knoop) = queue.pop_front() {
            if knoop == to {
                return Some(self.terug(&door, from, to));
            }
            for next in self.stappen(knoop, stap.pijp, verschil).filter(|stap| self.pijpen[stap.pijp].prijs == 0) {
                let end = self.einde(next);
                if end != from && door[end].is_none() {
                    door[end] = Some(next);
                    queue.push_back(end);
                }
            }
        }
        None
    }

    fn terug(&self, door: &[Option<Stap>], from: usize, to: usize) -> Vec<Stap> {
        let mut way = Vec::new();
        let mut knoop = to;
        while knoop != from {
            let Some(stap) = door[knoop] else { break };
            way.push(stap);
            knoop = self.begin(stap);
        }
        way
    }

    /// Shown counts that, hidden too, give a hidden one more room at the least cost; none when nothing can.
    pub(super) fn buren(&self, cel: usize) -> Vec<usize> {
        self.van_cel[cel].map(|pijp| self.buren_van(pijp)).unwrap_or_default()
    }

    /// The same for the sum of hidden counts: more room for one of them while the others stand still.
    pub(super) fn buren_van_som(&mut self, som: &Som) -> Vec<usize> {
        let these = self.pijpen_van(som);
        let mut ways = Vec::new();
        for pijp in &these {
            self.stil = these.iter().copied().filter(|other| other != pijp).collect();
            let way = self.buren_van(*pijp);
            let cost: u64 = way.iter().filter_map(|cel| self.van_cel[*cel]).map(|pijp| self.pijpen[pijp].prijs).sum();
            ways.push((way.is_empty(), cost, way));
        }
        self.stil.clear();
        ways.into_iter().min().map(|(.., way)| way).unwrap_or_default()
    }

    fn buren_van(&self, pijp: usize) -> Vec<usize> {
        let ways = [true, false].into_iter().filter_map(|mee| {
            let stap = Stap { pijp, mee };
            let (room, verschil) = self.ruimte(stap, SPEELRUIMTE);
            if room >= SPEELRUIMTE || self.over(stap, &verschil) <= room {
                return None;
            }
            self.goedkoopste(stap, &verschil)
        });
        let (_, way) = ways.min_by_key(|(cost, _)| *cost).unwrap_or_default();
        way.into_iter().filter(|stap| self.pijpen[stap.pijp].prijs > 0).map(|stap| self.pijpen[stap.pijp].cel).collect()
    }

    /// The cheapest way back from the end of a step to its begin, also through what would have to be hidden for it.
    fn goedkoopste(&self, stap: Stap, verschil: &[i64]) -> Option<(u64, Vec<Stap>)> {
        let (from, to) = (self.einde(stap), self.begin(stap));
        let mut cost: Vec<u64> = vec![u64::MAX; self.aan.len()];
        let mut door: Vec<Option<Stap>> = vec![None; self.aan.len()];
        let mut heap = BinaryHeap::from([Reverse((0, from))]);
        cost[from] = 0;
        while let Some(Reverse((so_far, knoop))) = heap.pop() {
            if knoop == to {
                return Some((so_far, self.terug(&door, from, to)));
            }
            for next in self.stappen(knoop, stap.pijp, verschil) {
                // One for the step itself: of ways that hide as much, the shortest.
                let then = so_far.saturating_add(self.pijpen[next.pijp].prijs).saturating_add(1);
                let end = self.einde(next);
                if then < cost[end] {
                    cost[end] = then;
                    door[end] = Some(next);
                    heap.push(Reverse((then, end)));
                }
            }
        }
        None
    }
}

/// What it costs to hide a count: a cell less than a total, a part less than the whole, a small number less than a large
/// one.
fn prijs(aantal: u32, blad: bool, totaal: bool, alles: bool) -> u64 {
    let weight = match (blad, totaal, alles) {
        (.., true) => 1_000_000,
        (true, false, _) => 100,
        (false, false, _) => 1_000,
        (true, true, _) => 3_000,
        (false, true, _) => 30_000,
    };
    weight + u64::from(aantal)
}
