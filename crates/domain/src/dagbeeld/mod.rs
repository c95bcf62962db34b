//! What schools delivered about one child's absence, and what it makes of each schooldag.
//!
//! | kind | participation |
//! |---|---|
//! | ongeoorloofd, luxe, ziek, verlof, geschorst, verwijderd, vrijstelling, aangepast_rooster, thuis_op_verzoek_school, overig_geoorloofd | the lessons are missed, whatever the cause |
//! | te_laat | only the minutes missed |
//! | uitgestuurd | none missed: at school all the same |
//! | lesuitval, vrijgesteld_les | the lesson leaves both sides |

mod bouw;
mod correctie;

use std::sync::Arc;

use jiff::civil::Date;

pub use correctie::gecorrigeerd;

use crate::fact::FactId;
use crate::finding::Gap;
use crate::ids::OrganisatieId;
use crate::period::Period;
use crate::verzuim::{Rij, VerzuimSoort};

/// Absence rows of one child as they stand, and the days for which a school delivered all it had.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verzuimrijen {
    /// Per school: its rows, sorted, and the periods of its complete deliveries.
    pub per_school: Vec<SchoolVerzuim>,
}

/// What one school delivered about one child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolVerzuim {
    /// The school site.
    pub school: OrganisatieId,
    /// Rows as they stand, packed (`Rij::pack`, and `Roosterdag::pack` where the school gave the timetable), ascending.
    pub rijen: Arc<[u32]>,
    /// Days for which a complete delivery stands: sorted, not touching. Shared by all pupils of the school.
    pub aangeleverd: Arc<[Period]>,
    /// Days of which a row of this child was refused: *onbekend*, whatever was delivered. Ascending day numbers.
    pub afgewezen: Arc<[u16]>,
}

impl SchoolVerzuim {
    /// Rows of one day (day number since 1 January 1970).
    pub fn op(&self, dag: u16) -> impl Iterator<Item = Rij> {
        let from = self.rijen.partition_point(|packed| (packed >> 16) < u32::from(dag));
        let rest = self.rijen.get(from..).unwrap_or_default();
        rest.iter()
            .take_while(move |packed| (**packed >> 16) == u32::from(dag))
            .filter_map(|packed| Rij::unpack(*packed))
    }
}

/// How a kind of absence bears on participation; the table is at the top of this module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telt {
    /// The lessons are missed.
    Gemist,
    /// Only the quarters that the row names; a row without them misses nothing.
    AlleenMinuten,
    /// At school all the same.
    Aanwezig,
    /// The lesson leaves both sides.
    BeideKantenEraf,
}

impl Telt {
    /// What a kind does to participation.
    pub fn van(soort: VerzuimSoort) -> Self {
        use VerzuimSoort as S;
        match soort {
            S::TeLaat => Telt::AlleenMinuten,
            S::Uitgestuurd => Telt::Aanwezig,
            S::Lesuitval | S::VrijgesteldLes => Telt::BeideKantenEraf,
            S::Ongeoorloofd
            | S::Luxe
            | S::Ziek
            | S::Verlof
            | S::Geschorst
            | S::Verwijderd
            | S::Vrijstelling
            | S::AangepastRooster
            | S::ThuisOpVerzoekSchool
            | S::OverigGeoorloofd => Telt::Gemist,
        }
    }
}

/// Whether the child took part on a schooldag. Ordered from worse to better for the child when two schools speak of one
/// day: it counts as participation when any school saw the child. A school that has no row of the child that day did not
/// see it: beside a school that missed it the whole day, that is absence and a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DagDeelname {
    /// None of the lessons.
    Geen,
    /// Outside every complete delivery, a refused row, or lessons missed of a day of unknown length.
    Onbekend,
    /// Some of the lessons.
    Deels,
    /// All of the lessons.
    Heel,
}

/// One schooldag of enrolment on which the child had lessons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schooldag {
    /// The day.
    pub dag: Date,
    /// Whether the child took part.
    pub deelname: DagDeelname,
    /// Quarters on the child's roster that day, without lessons that left both sides; `None`: not known.
    pub rooster: Option<u16>,
    /// Quarters realised of them; 0 when the roster is not known.
    pub gerealiseerd: u16,
}

/// What one school says that the child missed on one day, of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gemist {
    /// The day.
    pub dag: Date,
    /// The school.
    pub school: OrganisatieId,
    /// The kind.
    pub soort: VerzuimSoort,
    /// Quarters; `None`: a whole day of unknown length.
    pub kwartieren: Option<u16>,
    /// Whether it covers the whole day.
    pub hele_dag: bool,
}

/// The schooldagen of one child, up to and including a day, and what was missed on them.
///
/// Holidays, days without enrolment and days on which all lessons were cancelled are not in it: they neither count nor
/// break a run. Days before the first delivery, row or statement are left out too, but for the last weeks before the
/// day that was asked about: nothing is known of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dagbeeld {
    /// Schooldagen, in order; one entry a day.
    pub dagen: Vec<Schooldag>,
    /// What was missed, in order of day.
    pub gemist: Vec<Gemist>,
    /// Statements about the child that shaped it: enrolments, rosters, corrections, absence stated by a person.
    pub feiten: Vec<FactId>,
    /// What could not be established, but for the days that are *onbekend* ([`Dagbeeld::onbekend`]).
    pub gaten: Vec<Gap>,
}

impl Dagbeeld {
    /// The schooldagen on or after a day.
    pub fn vanaf(&self, dag: Date) -> &[Schooldag] {
        let from = self.dagen.partition_point(|schooldag| schooldag.dag < dag);
        self.dagen.get(from..).unwrap_or_default()
    }

    /// The schooldagen of a span of days.
    pub fn binnen(&self, period: Period) -> &[Schooldag] {
        let rest = self.vanaf(period.from);
        let end = rest.partition_point(|schooldag| period.until.is_none_or(|until| schooldag.dag < until));
        rest.get(..end).unwrap_or_default()
    }

    /// What was missed on or after a day.
    pub fn gemist_vanaf(&self, dag: Date) -> &[Gemist] {
        let from = self.gemist.partition_point(|gemist| gemist.dag < dag);
        self.gemist.get(from..).unwrap_or_default()
    }

    /// What was missed on a day.
    pub fn gemist_op(&self, dag: Date) -> &[Gemist] {
        let rest = self.gemist_vanaf(dag);
        let end = rest.partition_point(|gemist| gemist.dag == dag);
        rest.get(..end).unwrap_or_default()
    }

    /// The days on or after `van` of which nothing is known: one gap for each run of them.
    pub fn onbekend(&self, van: Date) -> Vec<Gap> {
        self.vanaf(van)
            .chunk_by(|a, b| (a.deelname == DagDeelname::Onbekend) == (b.deelname == DagDeelname::Onbekend))
            .filter_map(|run| {
                let (first, last) = (run.first()?, run.last()?);
                (first.deelname == DagDeelname::Onbekend).then(|| Gap::Onbekend {
                    van: first.dag,
                    tot_en_met: last.dag,
                    schooldagen: u32::try_from(run.len()).unwrap_or(u32::MAX),
                })
            })
            .collect()
    }
}
