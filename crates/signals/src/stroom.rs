//! The days a rule looks at: one entry for each schooldag with a row of the rule's kinds, and what those rows amount
//! to that day.
//!
//! Made in two steps, neither of which branches on what a row holds: rows get the number of their schooldag and are divided
//! over the choices of kinds, and the rows of one day are taken together. Each step writes every element and moves on only
//! past those that count.

use domain::verzuim::{Soorten, VerzuimSoort};

use crate::axis::{Bundel, Dagplek, Tafel};
use crate::compiled::{Maat, StroomSoort};

/// A looked-at day: four bytes, the number of its schooldag, its weekday in four bits, and what it amounts to in the last
/// twelve. Where it lies beside that is in the table of its axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Dag(u32);

impl Dag {
    /// What a day amounts to at most: more than any threshold, and than any hours of a day.
    const HOOGSTE: u32 = !Dagplek::PLEK;

    /// The day of a row that carries its [`Dagplek`].
    fn new(rij: u32, waarde: u32) -> Self {
        Dag(rij & Dagplek::PLEK | waarde.min(Self::HOOGSTE))
    }

    /// Number of the schooldag.
    pub(crate) fn sd(self) -> u16 {
        (self.0 >> 16) as u16
    }

    /// Monday 0.
    pub(crate) fn weekdag(self) -> usize {
        (self.0 >> 12 & 7) as usize
    }

    /// Quarters, rows, or 1.
    pub(crate) fn waarde(self) -> u16 {
        (self.0 & Self::HOOGSTE) as u16
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
pub(crate) struct Stromen {
    /// By number of the stream; what a [`Verdeling`] leaves out is as it was.
    stromen: Vec<Stroom>,
    /// The rows of each choice of a group.
    gekozen: [Vec<u32>; GROEP],
    blok: Blok,
}

#[derive(Debug, Default)]
struct Stroom {
    dagen: Vak<Dag>,
    zonder_dagtaak: Vec<u16>,
}

/// The most choices that rows are divided over in one go.
const GROEP: usize = 6;
/// Rows that are divided over choices before they are put behind those of before; one less than fits in [`TELLER`] bits.
const RIJEN_PER_BLOK: usize = (1 << TELLER) - 1;
/// Bits in which the rows of a choice are counted: [`GROEP`] of these counts are in one number.
const TELLER: usize = 10;

/// Rows on their way to each choice.
#[derive(Debug)]
struct Blok(Box<[[u32; 1 << TELLER]; GROEP]>);

impl Default for Blok {
    fn default() -> Self {
        Blok(Box::new([[0; 1 << TELLER]; GROEP]))
    }
}

/// Which rows go into which streams.
#[derive(Debug, Clone, Default)]
pub(crate) struct Verdeling {
    groepen: Vec<Groep>,
    /// One more than the highest number of a stream.
    stromen: usize,
}

/// Some of the choices of kinds.
#[derive(Debug, Clone, Default)]
struct Groep {
    /// By number of a kind: one in the count of each choice that has it.
    leden: [u64; 16],
    keuzes: Vec<Keuze>,
}

/// Kinds, and the streams that look at them.
#[derive(Debug, Clone)]
struct Keuze {
    soorten: Soorten,
    stromen: Vec<Doel>,
}

/// A stream: its number, how it measures, and below which length no run of it matters.
#[derive(Debug, Clone, Copy)]
struct Doel {
    nummer: usize,
    maat: Maat,
    reeks: Option<Reekslengte>,
}

/// What a run has to last before any rule that looks at a stream fires on it; no rule looks at anything but its runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reekslengte {
    /// Schooldagen; `u16::MAX` when no rule asks for so many.
    pub dagen: u16,
    /// Calendar months; `u8::MAX` when no rule asks for so many.
    pub maanden: u8,
}

impl Reekslengte {
    /// The shorter of both.
    pub(crate) fn of(self, ander: Self) -> Self {
        Reekslengte { dagen: self.dagen.min(ander.dagen), maanden: self.maanden.min(ander.maanden) }
    }

    /// So many rows at least lie within so many schooldagen where a run is long enough; 1 when that cannot be told.
    fn schooldagen(self, tafel: &Tafel) -> u16 {
        let maanden = if self.maanden == u8::MAX { u16::MAX } else { tafel.minste_in(self.maanden) };
        if tafel.heeft_onbekend() { 1 } else { self.dagen.min(maanden).max(1) }
    }

    /// The parts of these rows, which end with [`EINDE`], that can hold such a run: all rows of each spoor of which so many
    /// lie close together. Each part ends with the row that follows it.
    fn delen<'r>(self, rijen: &'r [u32], bundel: Bundel<'r>) -> impl Iterator<Item = &'r [u32]> {
        let lengte = bundel.banen().iter().map(|baan| self.schooldagen(baan.tafel)).min().unwrap_or(1);
        let (verder, tot) = (usize::from(lengte) - 1, rijen.len().saturating_sub(1));
        let dichtbij = move |rij: u32, later: u32| (later >> 16) - (rij >> 16) < u32::from(lengte);
        let mut van = 0;
        std::iter::from_fn(move || {
            let rest = rijen.get(van..tot)?;
            let paren = || rest.iter().zip(rest.get(verder..).unwrap_or_default());
            // Mostly there are none; that is seen for many rows at once.
            if !paren().fold(false, |een, (rij, later)| een | dichtbij(*rij, *later)) {
                return None;
            }
            let plek = paren().position(|(rij, later)| dichtbij(*rij, *later))?;
            let (begin, eind) = bundel.grenzen((rest.get(plek)? >> 16) as u16);
            let eerste = van + rest.partition_point(|rij| rij >> 16 < begin);
            van += rest.partition_point(|rij| rij >> 16 < eind);
            rijen.get(eerste..=van)
        })
    }
}

impl Verdeling {
    /// How rows are divided over these streams, each with its number. Of a stream with a [`Reekslengte`] nothing is found
    /// where no run can be so long.
    pub(crate) fn new<'s>(stromen: impl Iterator<Item = (usize, &'s StroomSoort, Option<Reekslengte>)>) -> Self {
        let (mut keuzes, mut aantal) = (Vec::<Keuze>::new(), 0);
        for (nummer, StroomSoort { soorten, maat }, reeks) in stromen {
            aantal = aantal.max(nummer + 1);
            let doel = Doel { nummer, maat: *maat, reeks };
            match keuzes.iter_mut().find(|keuze| keuze.soorten == *soorten) {
                Some(keuze) => keuze.stromen.push(doel),
                None => keuzes.push(Keuze { soorten: *soorten, stromen: vec![doel] }),
            }
        }
        Verdeling { groepen: keuzes.chunks(GROEP).map(Groep::new).collect(), stromen: aantal }
    }
}

impl Groep {
    fn new(keuzes: &[Keuze]) -> Self {
        let lid = |soort: usize| {
            let een = keuzes.iter().map(|keuze| u64::from(keuze.soorten.bits() >> soort & 1));
            een.rev().fold(0, |leden, een| leden << TELLER | een)
        };
        Groep { leden: std::array::from_fn(lid), keuzes: keuzes.to_vec() }
    }
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

    /// Room for so many elements behind the list; [`Self::houd_erbij`] says how many were written.
    fn erbij(&mut self, aantal: usize) -> &mut [T] {
        let begin = self.aantal;
        self.ruimte(begin + aantal).get_mut(begin..).unwrap_or_default()
    }

    /// So many elements behind the list are of it too.
    fn houd_erbij(&mut self, aantal: usize) {
        self.aantal += aantal;
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

impl Stromen {
    /// Fills streams from the rows of a bundle.
    pub(crate) fn vul(&mut self, verdeling: &Verdeling, bundel: Bundel<'_>) {
        if self.stromen.len() < verdeling.stromen {
            self.stromen.resize_with(verdeling.stromen, Stroom::default);
        }
        let Stromen { stromen, gekozen, blok } = self;
        for groep in &verdeling.groepen {
            match groep.keuzes.len() {
                1 => blok.deel_uit::<1>(&groep.leden, bundel, gekozen),
                2 => blok.deel_uit::<2>(&groep.leden, bundel, gekozen),
                3 => blok.deel_uit::<3>(&groep.leden, bundel, gekozen),
                4 => blok.deel_uit::<4>(&groep.leden, bundel, gekozen),
                5 => blok.deel_uit::<5>(&groep.leden, bundel, gekozen),
                _ => blok.deel_uit::<GROEP>(&groep.leden, bundel, gekozen),
            }
            for (keuze, gekozen) in groep.keuzes.iter().zip(&*gekozen) {
                for doel in &keuze.stromen {
                    let Some(stroom) = stromen.get_mut(doel.nummer) else { continue };
                    stroom.leeg();
                    match doel.reeks {
                        Some(reeks) => {
                            reeks.delen(gekozen, bundel).for_each(|deel| stroom.erbij(doel.maat, deel, bundel))
                        }
                        None => stroom.erbij(doel.maat, gekozen, bundel),
                    }
                }
            }
        }
    }

    /// The days that were found for a stream.
    pub(crate) fn bekeken(&self, nummer: usize) -> Bekeken<'_> {
        self.stromen.get(nummer).map(Stroom::bekeken).unwrap_or_default()
    }
}

impl Blok {
    /// Gives rows the [`Dagplek`] of their day in place of it and divides them over so many choices; rows on other days, and on
    /// days that are onbekend, are left out. Behind the rows of each choice comes [`EINDE`].
    fn deel_uit<const N: usize>(&mut self, leden: &[u64; 16], bundel: Bundel<'_>, uit: &mut [Vec<u32>; GROEP]) {
        uit.iter_mut().for_each(Vec::clear);
        let (mut tellers, mut aantal) = (0, 0);
        for (verschil, baan) in bundel.verschoven() {
            for rijen in baan.rijen.chunks(RIJEN_PER_BLOK) {
                if aantal + rijen.len() > RIJEN_PER_BLOK {
                    self.leeg(tellers, uit);
                    (tellers, aantal) = (0, 0);
                }
                tellers = self.verdeel::<N>(leden, rijen, baan.tafel, verschil << 16, tellers);
                aantal += rijen.len();
            }
        }
        self.leeg(tellers, uit);
        uit.iter_mut().for_each(|gekozen| gekozen.push(EINDE));
    }

    /// Writes each row where the next one of each choice goes, and counts it for those that have its kind. Gives the counts.
    fn verdeel<const N: usize>(
        &mut self,
        leden: &[u64; 16],
        rijen: &[u32],
        tafel: &Tafel,
        verschil: u32,
        mut tellers: u64,
    ) -> u64 {
        let (basis, op_dag) = tafel.op_dag();
        for rij in rijen {
            let dag = ((rij >> 16) as u16).wrapping_sub(basis);
            let dagplek = op_dag.get(usize::from(dag)).map_or(Dagplek::TELT_NIET, |dagplek| dagplek.0);
            let verplaatst = dagplek.wrapping_add(verschil) | rij & !Dagplek::PLEK;
            for (keuze, plaatsen) in self.0.iter_mut().take(N).enumerate() {
                plaatsen[(tellers >> (keuze * TELLER)) as usize & RIJEN_PER_BLOK] = verplaatst;
            }
            tellers += leden[((rij | dagplek) & 15) as usize];
        }
        tellers
    }

    /// Puts the rows of each choice behind those of before.
    fn leeg(&self, tellers: u64, uit: &mut [Vec<u32>; GROEP]) {
        for ((keuze, plaatsen), uit) in self.0.iter().enumerate().zip(uit) {
            let aantal = (tellers >> (keuze * TELLER)) as usize & RIJEN_PER_BLOK;
            uit.extend_from_slice(plaatsen.get(..aantal).unwrap_or_default());
        }
    }
}

impl Stroom {
    fn leeg(&mut self) {
        self.dagen.houd(0);
        self.zonder_dagtaak.clear();
    }

    fn bekeken(&self) -> Bekeken<'_> {
        Bekeken { dagen: self.dagen.lijst(), zonder_dagtaak: &self.zonder_dagtaak }
    }

    /// Adds rows of its kinds, which carry the number of their schooldag and end with one of another day. The measure is
    /// chosen here, once: below it each measure has a loop of its own.
    fn erbij(&mut self, maat: Maat, rijen: &[u32], bundel: Bundel<'_>) {
        let Stroom { dagen, zonder_dagtaak } = self;
        match (maat, bundel.vaste_dagtaak().map(u32::from)) {
            (Maat::Keren, _) => elke_dag(rijen, dagen, |_| 1, |som| som),
            (Maat::Dagen, _) => elke_dag(rijen, dagen, |_| 0, |_| 1),
            (Maat::Uren { te_laat, uitgestuurd }, Some(vast)) => {
                elke_dag(rijen, dagen, |rij| kwartieren(rij, te_laat, uitgestuurd), |som| som.min(vast));
            }
            (Maat::Uren { te_laat, uitgestuurd }, None) => {
                per_dag(
                    rijen,
                    dagen,
                    |rij| kwartieren(rij, te_laat, uitgestuurd),
                    |sd, som| match bundel.dagtaak(sd) {
                        Some(dagtaak) => (som.min(u32::from(dagtaak)), true),
                        None => {
                            zonder_dagtaak.push(sd);
                            (0, false)
                        }
                    },
                );
                zonder_dagtaak.dedup();
            }
            (Maat::HeleDagen, Some(vast)) => per_dag(rijen, dagen, duur, |_, som| (1, som >= vast)),
            (Maat::HeleDagen, None) => per_dag(rijen, dagen, duur, |sd, som| {
                let nodig = bundel.dagtaak(sd).map_or(MEER_DAN_EEN_DAG, u32::from);
                (1, som >= nodig)
            }),
        }
    }
}

/// As [`per_dag`], when each day is looked at. Where no day has two rows, each row is a day.
fn elke_dag(rijen: &[u32], uit: &mut Vak<Dag>, meet: impl Fn(u32) -> u32, waarde: impl Fn(u32) -> u32) {
    let gelijk = |rij: u32, volgende: u32| u32::from((rij ^ volgende) >> 16 == 0);
    let dubbel = rijen.array_windows().fold(0, |dubbel, [rij, volgende]| dubbel | gelijk(*rij, *volgende));
    if dubbel != 0 {
        return per_dag(rijen, uit, meet, |_, som| (waarde(som), true));
    }
    let aantal = rijen.len().saturating_sub(1);
    for (plek, rij) in uit.erbij(aantal).iter_mut().zip(rijen) {
        *plek = Dag::new(*rij, waarde(meet(*rij)));
    }
    uit.houd_erbij(aantal);
}

/// Takes the rows of each schooldag together: what each amounts to is summed, and `sluit` says what the day comes to and
/// whether it is looked at.
fn per_dag(
    rijen: &[u32],
    uit: &mut Vak<Dag>,
    meet: impl Fn(u32) -> u32,
    mut sluit: impl FnMut(u16, u32) -> (u32, bool),
) {
    let (plaatsen, mut aantal, mut som) = (uit.erbij(rijen.len()), 0, 0u32);
    for [rij, volgende] in rijen.array_windows() {
        som = som.saturating_add(meet(*rij));
        let (waarde, telt) = sluit((rij >> 16) as u16, som);
        if let Some(plek) = plaatsen.get_mut(aantal) {
            *plek = Dag::new(*rij, waarde);
        }
        let laatste = rij >> 16 != volgende >> 16;
        aantal += usize::from(laatste & telt);
        som = if laatste { 0 } else { som };
    }
    uit.houd_erbij(aantal);
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
