//! The working day: which children ask for something of somebody today, why, and in which order.
//!
//! Pure: children as somebody has them in view, on a day. One line per child with all its reasons; the strongest decides
//! where it stands. Nothing here is a score: a line stands where its first date or event puts it.

mod bellen;
mod mijn;
mod redenen;

use std::collections::{BTreeMap, BTreeSet};

use convenant::Facetten;
use domain::ids::{LeerlingId, MedewerkerId, OrganisatieId};
use domain::{Date, Timestamp};
use register::{Register, Samenvatting};

pub use bellen::{Bellen, bellen};
pub use mijn::Ik;
pub use redenen::{Reden, Stap, waarde, zinnen};

/// Where a line stands: the first that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rang {
    /// Past its last day; the longest first.
    OverDatum,
    /// Today is the last day.
    Vandaag,
    /// In this calendar week.
    DezeWeek,
    /// A signal that nobody did anything about.
    Signaal,
    /// The clock passed a week at which it warns, or three months.
    Klok,
    /// Aan zet, without a day by which.
    ZonderDatum,
    /// Nobody is aan zet: an error.
    Niemand,
    /// A signal that they acted on went.
    Vervallen,
    /// Others stated something since the last visit.
    Veranderd,
    /// Due after this week; not for the morning.
    Later,
    /// Comes late at school: many small talks, one line together.
    TeLaatKomen,
    /// What was left of an earlier school year; not for the morning.
    VorigSchooljaar,
}

impl Rang {
    /// All of them, in order.
    pub const ALL: [Rang; 12] = [
        Rang::OverDatum,
        Rang::Vandaag,
        Rang::DezeWeek,
        Rang::Signaal,
        Rang::Klok,
        Rang::ZonderDatum,
        Rang::Niemand,
        Rang::Vervallen,
        Rang::Veranderd,
        Rang::Later,
        Rang::TeLaatKomen,
        Rang::VorigSchooljaar,
    ];

    /// The word for the group in an address.
    pub fn code(self) -> &'static str {
        match self {
            Rang::OverDatum => "over-datum",
            Rang::Vandaag => "vandaag",
            Rang::DezeWeek => "deze-week",
            Rang::Signaal => "signalen",
            Rang::Klok => "klokken",
            Rang::ZonderDatum => "zonder-datum",
            Rang::Niemand => "niemand",
            Rang::Vervallen => "vervallen",
            Rang::Veranderd => "veranderd",
            Rang::Later => "later",
            Rang::TeLaatKomen => "te-laat-komen",
            Rang::VorigSchooljaar => "vorig-schooljaar",
        }
    }

    /// The words above a group of lines.
    pub fn kop(self) -> &'static str {
        match self {
            Rang::OverDatum => "Over de datum",
            Rang::Vandaag => "Vandaag",
            Rang::DezeWeek => "Deze week",
            Rang::Signaal => "Nieuwe signalen",
            Rang::Klok => "Klokken",
            Rang::ZonderDatum => "U bent aan zet, zonder datum",
            Rang::Niemand => "Niemand is aan zet",
            Rang::Vervallen => "Vervallen signalen",
            Rang::Veranderd => "Veranderd sinds uw vorige bezoek",
            Rang::Later => "Later",
            Rang::TeLaatKomen => "Te laat komen",
            Rang::VorigSchooljaar => "Vorig schooljaar",
        }
    }
}

/// A child as the reader has it in view.
#[derive(Clone, Copy)]
pub struct Kind<'a> {
    /// Our name for it.
    pub leerling: LeerlingId,
    /// What the reader may see of it.
    pub facetten: Facetten,
    /// How it stands.
    pub vandaag: &'a Samenvatting,
}

/// What the day rests on beside the children.
#[derive(Clone, Copy)]
pub struct Dag<'a> {
    /// The region.
    pub register: &'a Register,
    /// Today.
    pub vandaag: Date,
    /// Who works.
    pub ik: &'a Ik,
    /// When they were here before; `None`: never.
    pub vorige: Option<Timestamp>,
    /// When they last saw the signals of a child, of those of whom a signal went that they acted on.
    pub gezien: &'a BTreeMap<LeerlingId, Timestamp>,
}

/// One child with why it is on the list.
#[derive(Debug, Clone)]
pub struct Lijn<'a> {
    /// The child.
    pub leerling: LeerlingId,
    /// Where it stands.
    pub rang: Rang,
    /// The day that decides among equals.
    pub dag: Option<Date>,
    /// Why, the strongest first.
    pub redenen: Vec<Reden<'a>>,
}

/// All work of somebody on a day.
#[derive(Debug, Default)]
pub struct Werk<'a> {
    /// One line per child, in order. Who comes late has a line of its own behind all others, for these talks alone.
    pub lijnen: Vec<Lijn<'a>>,
}

/// What asks for somebody's attention, of the children that they have in view.
pub fn werk<'a>(kinderen: impl IntoIterator<Item = Kind<'a>>, dag: &Dag<'a>) -> Werk<'a> {
    let mut werk = Werk::default();
    let (vandaag, r) = (dag.vandaag, dag.register.rules());
    for kind in kinderen {
        let (mut redenen, laat) = redenen::van(&kind, dag);
        if !laat.is_empty() {
            let (leerling, rang) = (kind.leerling, Rang::TeLaatKomen);
            werk.lijnen.push(Lijn { leerling, rang, dag: None, redenen: laat });
        }
        redenen.sort_by_key(|reden| reden.plek(vandaag, r));
        if let Some(first) = redenen.first() {
            let (rang, day) = first.plek(vandaag, r);
            werk.lijnen.push(Lijn { leerling: kind.leerling, rang, dag: day, redenen });
        }
    }
    // Equals keep the order of the list: by name.
    werk.lijnen.sort_by_key(|lijn| (lijn.rang, lijn.dag));
    werk
}

impl Werk<'_> {
    /// The lines of one group.
    pub fn groep(&self, rang: Rang) -> &[Lijn<'_>] {
        let from = self.lijnen.partition_point(|lijn| lijn.rang < rang);
        let until = self.lijnen.partition_point(|lijn| lijn.rang <= rang);
        self.lijnen.get(from..until).unwrap_or_default()
    }

    /// How many children ask for something this morning.
    pub fn vanochtend(&self) -> usize {
        self.lijnen.partition_point(|lijn| lijn.rang < Rang::Later)
    }
}

/// The colleagues of an organisation who hold a role there today: of few children, so that it is asked as it comes.
fn heeft_rol(
    register: &Register,
    wie: MedewerkerId,
    organisatie: OrganisatieId,
    dag: Date,
) -> BTreeSet<domain::fact::Rol> {
    let timeline = register.alleen_over(wie);
    let held = timeline.on::<domain::body::RolToekenning>(dag).filter(|(_, held)| held.organisatie == organisatie);
    held.map(|(_, held)| held.rol).collect()
}

#[cfg(test)]
mod tests;
