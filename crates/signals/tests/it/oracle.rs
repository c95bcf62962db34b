//! The rules once more, written from their text only: slow, literal, day by day. It shares nothing with the engine but
//! the protocol's types. What the engine finds must be what this finds.

use std::collections::{BTreeMap, BTreeSet};

use domain::period::{day_number, from_day_number, plus_months, schooljaar};
use domain::verzuim::{Duur, Rij, VerzuimSoort};
use signals::protocol::{Daarna, Eenheid, Protocol, Regel, Venster, Vorm};

/// A school's schooldagen, and those for which a delivery states the absence.
#[derive(Debug, Clone)]
pub struct School {
    pub schooldagen: BTreeSet<u16>,
    pub bekend: BTreeSet<u16>,
}

/// One stay: first day, first day after it, school.
pub type Verblijf = (u16, u16, usize);

/// One pupil: on each axis stays that do not overlap.
#[derive(Debug, Clone)]
pub struct Kind {
    pub assen: Vec<Vec<Verblijf>>,
    pub rijen: Vec<(Rij, usize)>,
    /// Hours per weekday in quarters, Monday first.
    pub rooster: [Option<u8>; 7],
    pub eigen_dagen: BTreeMap<u16, u8>,
    pub onbekend: BTreeSet<u16>,
    pub bekend: BTreeSet<u16>,
    /// The last firing before all rows: rule and day.
    pub eerder: Vec<(String, u16)>,
}

/// What a firing is, apart from whose.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Vuur {
    pub versie: usize,
    pub regel: usize,
    pub dag: u16,
    pub trap: usize,
    pub waarde: u32,
    pub van: u16,
    pub gaten: bool,
}

/// A schooldag of one axis.
struct Dag {
    dag: u16,
    school: usize,
    bekend: bool,
    lw: i64,
    rijen: Vec<Rij>,
    dagtaak: Option<u8>,
}

/// All firings of a child under versions in order of adoption.
pub fn signalen(scholen: &[School], kind: &Kind, versies: &[(u16, Protocol)]) -> BTreeSet<Vuur> {
    let mut alles: Vec<Vuur> = Vec::new();
    for as_ in &kind.assen {
        let dagen = schooldagen(scholen, kind, as_);
        let mut laatste: BTreeMap<String, u16> = BTreeMap::new();
        for (regel, dag) in &kind.eerder {
            let eerder = laatste.entry(regel.clone()).or_insert(*dag);
            *eerder = (*eerder).max(*dag);
        }
        for (nummer, (van, protocol)) in versies.iter().enumerate() {
            let tot = versies.get(nummer + 1).map_or(1 << 16, |(volgende, _)| u32::from(*volgende));
            for (plek, regel) in protocol.regels.iter().enumerate().filter(|(_, regel)| regel.aan) {
                let blik =
                    Blik { dagen: &dagen, regel, protocol, van: *van, tot, laatste: laatste.get(&regel.naam).copied() };
                let gevonden = blik.evaluate();
                let som = matches!(regel.vorm, Vorm::SomInVenster { .. });
                for (dag, trap, waarde, eerste, gaten) in gevonden {
                    if !som || trap == 0 {
                        let eerder = laatste.entry(regel.naam.clone()).or_insert(dag);
                        *eerder = (*eerder).max(dag);
                    }
                    alles.push(Vuur { versie: nummer, regel: plek, dag, trap, waarde, van: eerste, gaten });
                }
            }
        }
    }
    een_per_identiteit(alles)
}

/// Two axes may find the same signal: it is one, with the higher value.
fn een_per_identiteit(alles: Vec<Vuur>) -> BTreeSet<Vuur> {
    let hoger = |a: &Vuur, b: &Vuur| {
        let zelfde = (a.versie, a.regel, a.dag, a.trap) == (b.versie, b.regel, b.dag, b.trap);
        zelfde && (b.waarde, std::cmp::Reverse((b.van, b.gaten))) > (a.waarde, std::cmp::Reverse((a.van, a.gaten)))
    };
    alles.iter().filter(|vuur| !alles.iter().any(|ander| hoger(vuur, ander))).cloned().collect()
}

fn schooldagen(scholen: &[School], kind: &Kind, as_: &[Verblijf]) -> Vec<Dag> {
    let mut dagen: Vec<Dag> = Vec::new();
    let open: BTreeSet<u16> = scholen.iter().flat_map(|school| school.schooldagen.iter().copied()).collect();
    for dag in open {
        let Some((_, _, school)) = as_.iter().find(|(van, tot, _)| *van <= dag && dag < *tot) else { continue };
        if !scholen[*school].schooldagen.contains(&dag) {
            continue;
        }
        let bekend =
            (scholen[*school].bekend.contains(&dag) || kind.bekend.contains(&dag)) && !kind.onbekend.contains(&dag);
        let rijen =
            kind.rijen.iter().filter(|(rij, bij)| rij.dag == dag && bij == school).map(|(rij, _)| *rij).collect();
        let weekdag = usize::from((dag + 3) % 7);
        let dagtaak = kind.eigen_dagen.get(&dag).copied().or(kind.rooster[weekdag]);
        dagen.push(Dag { dag, school: *school, bekend, lw: 0, rijen, dagtaak });
    }
    let weken: BTreeSet<u16> = dagen.iter().map(|dag| (dag.dag + 3) / 7).collect();
    for dag in &mut dagen {
        let week = weken.iter().position(|week| *week == (dag.dag + 3) / 7).unwrap();
        dag.lw = 7 * week as i64 + i64::from((dag.dag + 3) % 7);
    }
    dagen
}

/// (day, trap, value, first day that counts, gaps)
type Gevonden = (u16, usize, u32, u16, bool);

struct Blik<'a> {
    dagen: &'a [Dag],
    regel: &'a Regel,
    protocol: &'a Protocol,
    van: u16,
    tot: u32,
    laatste: Option<u16>,
}

impl Blik<'_> {
    fn eenheid(&self) -> Eenheid {
        match self.regel.vorm {
            Vorm::SomInVenster { eenheid, .. } | Vorm::Stijging { eenheid, .. } => eenheid,
            Vorm::KerenPerSchooljaar { .. } => Eenheid::Keren,
            _ => Eenheid::Dagen,
        }
    }

    fn eigen_rijen(&self, i: usize) -> Vec<Rij> {
        self.dagen[i].rijen.iter().filter(|rij| self.regel.soorten.contains(rij.soort)).copied().collect()
    }

    fn hele_dag(&self, i: usize) -> bool {
        let rijen = self.eigen_rijen(i);
        let kwartieren = |rij: &Rij| match rij.duur {
            Duur::Dag => 0,
            Duur::Kwartieren(kwartieren) => u32::from(kwartieren),
        };
        rijen.iter().any(|rij| rij.duur == Duur::Dag)
            || self.dagen[i]
                .dagtaak
                .is_some_and(|dagtaak| rijen.iter().map(kwartieren).sum::<u32>() >= u32::from(dagtaak))
    }

    /// Whether hours are asked on a day for which nobody said how long it is.
    fn zonder_dagtaak(&self, i: usize) -> bool {
        let dag = &self.dagen[i];
        self.eenheid() == Eenheid::Uren && dag.bekend && dag.dagtaak.is_none() && !self.eigen_rijen(i).is_empty()
    }

    fn bekeken(&self, i: usize) -> bool {
        let heel = match self.regel.vorm {
            Vorm::Aaneengesloten { hele_dag, .. } | Vorm::Kalendermaanden { hele_dag, .. } => hele_dag,
            _ => false,
        };
        self.dagen[i].bekend
            && !self.eigen_rijen(i).is_empty()
            && !self.zonder_dagtaak(i)
            && (!heel || self.hele_dag(i))
    }

    /// What the rows of a looked-at day amount to: quarters, rows, or one.
    fn telt(&self, i: usize) -> u32 {
        let rijen = self.eigen_rijen(i);
        match self.eenheid() {
            Eenheid::Keren => rijen.len() as u32,
            Eenheid::Dagen => 1,
            Eenheid::Uren => {
                let dagtaak = u32::from(self.dagen[i].dagtaak.unwrap());
                let uren = |rij: &Rij| match (rij.soort, rij.duur) {
                    (VerzuimSoort::TeLaat, _) => u32::from(self.protocol.telt_uren.te_laat),
                    (VerzuimSoort::Uitgestuurd, _) => u32::from(self.protocol.telt_uren.uitgestuurd),
                    (_, Duur::Dag) => dagtaak,
                    (_, Duur::Kwartieren(kwartieren)) => u32::from(kwartieren),
                };
                rijen.iter().map(uren).sum::<u32>().min(dagtaak)
            }
        }
    }

    fn beslist(&self, i: usize) -> bool {
        self.bekeken(i) && self.dagen[i].dag >= self.van && u32::from(self.dagen[i].dag) < self.tot
    }

    /// Schooldagen in the window of `keer` lengths that ends on schooldag `i`.
    fn venster(&self, venster: Venster, keer: i64, i: usize) -> Vec<usize> {
        let in_venster = |j: &usize| match venster {
            Venster::Schooldagen(n) => (i - j) < keer as usize * usize::from(n),
            Venster::Lesweken(n) => self.dagen[*j].lw > self.dagen[i].lw - 7 * keer * i64::from(n),
        };
        (0..=i).filter(in_venster).collect()
    }

    /// The looked-at days in the window that ends on schooldag `i`, as the school `school` sees them, after `na`.
    fn in_venster(&self, venster: Venster, i: usize, school: usize, na: Option<u16>) -> Vec<usize> {
        let telt = |j: &usize| {
            self.bekeken(*j)
                && (!self.regel.per_school || self.dagen[*j].school == school)
                && na.is_none_or(|na| self.dagen[*j].dag > na)
        };
        self.venster(venster, 1, i).into_iter().filter(telt).collect()
    }

    fn som(&self, dagen: &[usize]) -> u32 {
        dagen.iter().map(|j| self.telt(*j)).sum()
    }

    fn gaten(&self, dagen: &[usize]) -> bool {
        dagen.iter().any(|j| !self.dagen[*j].bekend || self.zonder_dagtaak(*j))
    }

    /// The number of the schooldag on or just before a day; -1 when there is none.
    fn nummer(&self, dag: u16) -> i64 {
        self.dagen.iter().filter(|ander| ander.dag <= dag).count() as i64 - 1
    }

    fn evaluate(&self) -> Vec<Gevonden> {
        match &self.regel.vorm {
            Vorm::SomInVenster { venster, drempel, .. } => self.som_in_venster(*venster, u32::from(*drempel)),
            Vorm::KerenPerSchooljaar { stappen } => self.keren_per_schooljaar(stappen),
            Vorm::ReeksenInVenster { venster, drempel } => self.reeksen_in_venster(*venster, usize::from(*drempel)),
            Vorm::Aaneengesloten { stappen, .. } => self.aaneengesloten(stappen),
            Vorm::Kalendermaanden { maanden, .. } => self.kalendermaanden(*maanden),
            Vorm::Stijging { venster, factor, minimum, .. } => {
                self.stijging(*venster, u32::from(*factor), u32::from(*minimum))
            }
            Vorm::Weekdag { venster, drempel } => self.weekdag(*venster, usize::from(*drempel)),
        }
    }

    fn factor(&self) -> u32 {
        if self.eenheid() == Eenheid::Uren { 4 } else { 1 }
    }

    fn som_in_venster(&self, venster: Venster, drempel: u32) -> Vec<Gevonden> {
        let drempel = drempel * self.factor();
        let nadert: Vec<u32> = self.regel.nadert.iter().map(|stap| u32::from(*stap) * self.factor()).collect();
        let bereikt = |som: u32| nadert.iter().filter(|stap| **stap <= som).count();
        let herstart = self.regel.daarna == Daarna::Herstart;
        let mut na = self.laatste.filter(|_| herstart);
        let mut gewapend = true;
        let mut gemeld: Option<usize> = None;
        let mut hield: Vec<i64> = self.laatste.iter().map(|laatste| self.nummer(*laatste)).collect();
        let mut gevonden = Vec::new();
        for i in (0..self.dagen.len()).filter(|i| self.beslist(*i)) {
            let dag = &self.dagen[i];
            // At adoption: steps that the sum had passed on the last schooldag before are passed.
            let gepasseerd = || {
                let voor = self.dagen.iter().filter(|ander| ander.dag < self.van).count();
                if self.van == 0 || voor == 0 {
                    0
                } else {
                    bereikt(self.som(&self.in_venster(venster, voor - 1, dag.school, na)))
                }
            };
            let mut stap = gemeld.unwrap_or_else(gepasseerd);
            let voor = if i == 0 { 0 } else { self.som(&self.in_venster(venster, i - 1, dag.school, na)) };
            if let Daarna::Hysterese { onder } = self.regel.daarna {
                gewapend |= voor < u32::from(onder) * self.factor();
            }
            if nadert.first().is_some_and(|laagste| voor < *laagste) {
                stap = 0;
            }
            let tellend = self.in_venster(venster, i, dag.school, na);
            let som = self.som(&tellend);
            let mut trap = None;
            if som >= drempel {
                let vuurt = match self.regel.daarna {
                    Daarna::Hysterese { .. } => gewapend,
                    Daarna::Stilte { schooldagen } => {
                        let stil = hield.iter().any(|eerder| i as i64 - eerder < i64::from(schooldagen));
                        hield.push(i as i64);
                        !stil
                    }
                    _ => true,
                };
                if vuurt {
                    trap = Some(0);
                    gewapend = false;
                    stap = 0;
                    if herstart {
                        na = Some(dag.dag);
                    }
                }
            } else if bereikt(som) > stap {
                stap = bereikt(som);
                trap = Some(stap);
            }
            gemeld = Some(stap);
            if let Some(trap) = trap {
                let gaten = self.gaten(&self.venster(venster, 1, i));
                gevonden.push((dag.dag, trap, som, self.dagen[tellend[0]].dag, gaten));
            }
        }
        gevonden
    }

    fn keren_per_schooljaar(&self, stappen: &[u16]) -> Vec<Gevonden> {
        let mut gevonden = Vec::new();
        for i in (0..self.dagen.len()).filter(|i| self.beslist(*i)) {
            let jaar = |j: usize| schooljaar(from_day_number(i32::from(self.dagen[j].dag)));
            let van_het_jaar: Vec<usize> = (0..=i).filter(|j| jaar(*j) == jaar(i)).collect();
            let zelfde_school = |j: &usize| !self.regel.per_school || self.dagen[*j].school == self.dagen[i].school;
            let telt: Vec<usize> =
                van_het_jaar.iter().copied().filter(|j| self.bekeken(*j)).filter(zelfde_school).collect();
            let na = self.som(&telt);
            let voor = na - self.telt(i);
            for (nummer, stap) in stappen.iter().enumerate() {
                if voor < u32::from(*stap) && u32::from(*stap) <= na {
                    let eerste = self.dagen[telt[0]].dag;
                    gevonden.push((self.dagen[i].dag, nummer + 1, u32::from(*stap), eerste, self.gaten(&van_het_jaar)));
                }
            }
        }
        gevonden
    }

    /// The days of the run that ends on looked-at day `i`, in order: onbekend days neither count nor break it.
    fn reeks(&self, i: usize) -> Vec<usize> {
        let mut reeks = vec![i];
        for j in (0..i).rev() {
            if self.bekeken(j) {
                reeks.insert(0, j);
            } else if self.dagen[j].bekend {
                break;
            }
        }
        reeks
    }

    fn reeksen_in_venster(&self, venster: Venster, drempel: usize) -> Vec<Gevonden> {
        let Daarna::Hysterese { onder } = self.regel.daarna else { panic!("reeksen zonder hysterese") };
        let begint = |j: &usize| self.bekeken(*j) && self.reeks(*j).len() == 1;
        let begonnen = |i: usize| self.venster(venster, 1, i).into_iter().filter(begint).collect::<Vec<_>>();
        let mut gewapend = true;
        let mut gevonden = Vec::new();
        for i in (0..self.dagen.len()).filter(|i| self.beslist(*i)) {
            let voor = if i == 0 { 0 } else { begonnen(i - 1).len() };
            gewapend |= voor < usize::from(onder);
            if !begint(&i) {
                continue;
            }
            let reeksen = begonnen(i);
            if reeksen.len() >= drempel && gewapend {
                gewapend = false;
                let gaten = self.gaten(&self.venster(venster, 1, i));
                gevonden.push((self.dagen[i].dag, 0, reeksen.len() as u32, self.dagen[reeksen[0]].dag, gaten));
            }
        }
        gevonden
    }

    fn aaneengesloten(&self, stappen: &[u16]) -> Vec<Gevonden> {
        let mut gevonden = Vec::new();
        for i in (0..self.dagen.len()).filter(|i| self.beslist(*i)) {
            let reeks = self.reeks(i);
            for (nummer, stap) in stappen.iter().enumerate().filter(|(_, stap)| usize::from(**stap) == reeks.len()) {
                let gaten = self.gaten(&(reeks[0]..=i).collect::<Vec<_>>());
                gevonden.push((self.dagen[i].dag, nummer + 1, u32::from(*stap), self.dagen[reeks[0]].dag, gaten));
            }
        }
        gevonden
    }

    fn kalendermaanden(&self, maanden: u8) -> Vec<Gevonden> {
        let mut gevonden = Vec::new();
        for i in (0..self.dagen.len()).filter(|i| self.beslist(*i)) {
            let reeks = self.reeks(i);
            let eerste = self.dagen[reeks[0]].dag;
            let vanaf = day_number(plus_months(from_day_number(i32::from(eerste)), i32::from(maanden)));
            let om = |j: &usize| i32::from(self.dagen[*j].dag) >= vanaf;
            if reeks.iter().find(|j| om(j)) == Some(&i) {
                let gaten = self.gaten(&(reeks[0]..=i).collect::<Vec<_>>());
                gevonden.push((self.dagen[i].dag, 0, reeks.len() as u32, eerste, gaten));
            }
        }
        gevonden
    }

    fn stilte(&self) -> i64 {
        let Daarna::Stilte { schooldagen } = self.regel.daarna else { panic!("deze vorm heeft stilte") };
        i64::from(schooldagen)
    }

    fn stijging(&self, venster: Venster, factor: u32, minimum: u32) -> Vec<Gevonden> {
        let bekeken = |dagen: Vec<usize>| dagen.into_iter().filter(|j| self.bekeken(*j)).collect::<Vec<_>>();
        let mut hield: Vec<i64> = self.laatste.iter().map(|laatste| self.nummer(*laatste)).collect();
        let mut gevonden = Vec::new();
        for i in (0..self.dagen.len()).filter(|i| self.beslist(*i)) {
            let nu = bekeken(self.venster(venster, 1, i));
            let ervoor: Vec<usize> =
                bekeken(self.venster(venster, 2, i)).into_iter().filter(|j| !nu.contains(j)).collect();
            let som = self.som(&nu);
            if som >= minimum * self.factor() && som >= factor * self.som(&ervoor) {
                if !hield.iter().any(|eerder| i as i64 - eerder < self.stilte()) {
                    let gaten = self.gaten(&self.venster(venster, 2, i));
                    gevonden.push((self.dagen[i].dag, 0, som, self.dagen[nu[0]].dag, gaten));
                }
                hield.push(i as i64);
            }
        }
        gevonden
    }

    fn weekdag(&self, venster: Venster, drempel: usize) -> Vec<Gevonden> {
        let weekdag = |dag: u16| (dag + 3) % 7;
        let mut hield: Vec<(u16, i64)> =
            self.laatste.iter().map(|laatste| (weekdag(*laatste), self.nummer(*laatste))).collect();
        let mut gevonden = Vec::new();
        for i in (0..self.dagen.len()).filter(|i| self.beslist(*i)) {
            let deze = weekdag(self.dagen[i].dag);
            let zelfde = |j: &usize| self.bekeken(*j) && weekdag(self.dagen[*j].dag) == deze;
            let dagen: Vec<usize> = self.venster(venster, 1, i).into_iter().filter(zelfde).collect();
            if dagen.len() >= drempel {
                let stil = |(welke, eerder): &(u16, i64)| *welke == deze && i as i64 - eerder < self.stilte();
                if !hield.iter().any(stil) {
                    let gaten = self.gaten(&self.venster(venster, 1, i));
                    gevonden.push((self.dagen[i].dag, 0, dagen.len() as u32, self.dagen[dagen[0]].dag, gaten));
                }
                hield.push((deze, i as i64));
            }
        }
        gevonden
    }
}
