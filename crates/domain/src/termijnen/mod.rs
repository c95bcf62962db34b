//! What is due, by whom, by when, on what ground, and what fulfilled it: the numbered rules of the catalogue
//! ([`crate::rules`]) laid over one child's facts.
//!
//! A term starts from its trigger (a fact, a signal, the clock, a birthday) and counts from the later of the day itself
//! and the day on which whoever must act could know. Fulfilment is one to one, oldest open trigger first; a fact that
//! fulfils nothing although it should is *zonder aanleiding*. Due today is not overdue. Parents are never overdue: from
//! the day on which their answer was expected, it is for whoever asked to call.

mod gesprek;
mod geval;
mod klok;
mod koppel;
mod leerplicht;
mod melding;
mod plicht;
mod school;
mod verzuim;
mod vrijstelling;
mod zestien_uur;

pub use geval::Geval;
pub(crate) use geval::{dag, geboortedatum};

use jiff::civil::Date;

use crate::calendar;
use crate::fact::{FactId, Rol};
use crate::finding::{Citation, Gap};
use crate::ids::{MedewerkerId, OrganisatieId};
use crate::period::{plus_days, plus_months, schooljaar, schooljaar_period};
use crate::region::Rules;
use crate::rules::{Klasse, R5, R6, R7, R10, R11, R19, R37, R38, R39, R40, Regel, Wanneer};
use crate::timeline::Timeline;

/// Who must act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wie {
    /// A professional of an organisation.
    Organisatie {
        /// Which; `None` when the register does not know it (then `gaten` says so).
        organisatie: Option<OrganisatieId>,
        /// In which role; `None` for a person who was named whatever their role.
        rol: Option<Rol>,
        /// The person, if one was named.
        medewerker: Option<MedewerkerId>,
    },
    /// An organisation waits for parents or youth. The days stay with the organisation; it calls when the answer stays out.
    WachtOp {
        /// Who may answer.
        op: Thuis,
        /// The organisation that asked.
        vrager: Option<OrganisatieId>,
        /// Who calls there.
        rol: Rol,
    },
    /// The exchange of DUO with school and municipality; nobody in the region has to do anything.
    Duo,
    /// Nobody: a date to know, or something the register does by itself.
    Niemand,
}

impl Wie {
    pub(crate) fn organisatie(organisatie: Option<OrganisatieId>, rol: Rol) -> Self {
        Wie::Organisatie { organisatie, rol: Some(rol), medewerker: None }
    }
}

/// Who at home may answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thuis {
    /// Parents or carers.
    Ouders,
    /// The youth, of age or no longer living at home (LPW art. 1b, 13b).
    Jongere,
}

/// What started a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aanleiding {
    /// A fact.
    Feit(FactId),
    /// A signal: name of the rule in the protocol and the first day on which it fired.
    Signaal {
        /// Name of the rule in the protocol.
        regel: String,
        /// First day.
        dag: Date,
    },
    /// Absence rows that add up to something for which there is no signal.
    Verzuim {
        /// First day of the absence.
        begin: Date,
    },
    /// The clock that began on this day.
    Klok {
        /// First day of the spell.
        begin: Date,
    },
    /// The child's birth date.
    Geboortedatum,
}

/// How long the term is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Norm {
    /// Without delay.
    Onverwijld,
    /// At once.
    Terstond,
    /// When something happens, in words ("bij terugkeer of uitschrijving").
    Bij(&'static str),
    /// Within a term that is counted.
    Binnen(calendar::Termijn),
    /// On or before a day that follows from the rule itself.
    OpDatum,
}

impl Norm {
    /// In words: "onverwijld", "binnen 5 werkdagen".
    pub fn in_woorden(&self) -> String {
        match self {
            Norm::Onverwijld => "onverwijld".to_owned(),
            Norm::Terstond => "terstond".to_owned(),
            Norm::Bij(woorden) => (*woorden).to_owned(),
            Norm::Binnen(termijn) => format!("binnen {}", termijn.in_woorden()),
            Norm::OpDatum => "uiterlijk op deze dag".to_owned(),
        }
    }
}

/// How a term stands on the day that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stand {
    /// Past its last day.
    TeLaat,
    /// Today is the last day; not overdue.
    Vandaag,
    /// To be done.
    Open,
    /// Done.
    Vervuld,
    /// No longer due: the trigger went away, or (for a date to know) the day has passed.
    Vervallen,
}

/// Something due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Termijn {
    /// The rule that sets it, with number and place in law, norm or pact.
    pub regel: Citation,
    /// What kind of rule: law, norm, region, design.
    pub klasse: Klasse,
    /// What to do, in Dutch.
    pub wat: String,
    /// Who must act.
    pub wie: Wie,
    /// What started it.
    pub aanleiding: Aanleiding,
    /// The day itself.
    pub dag_zelf: Date,
    /// The day on which whoever must act could know. The term counts from the later of the two.
    pub kon_weten: Date,
    /// Length.
    pub norm: Norm,
    /// Last day (inclusive). `None`: the rule counts no days (*onverwijld*, *terstond*), or they could not be counted.
    pub uiterlijk: Option<Date>,
    /// Days on which a warning comes, in order (rule 60).
    pub waarschuwingen: Vec<Date>,
    /// The fact that fulfilled it.
    pub vervuld_door: Option<FactId>,
    /// The day on which that was.
    pub vervuld_op: Option<Date>,
    /// How it stands.
    pub stand: Stand,
    /// What could not be established.
    pub gaten: Vec<Gap>,
}

impl Termijn {
    /// Still to be done.
    pub fn is_open(&self) -> bool {
        matches!(self.stand, Stand::TeLaat | Stand::Vandaag | Stand::Open)
    }

    /// The day by which terms are ordered: the last day, else the day on which acting could begin.
    pub fn rangdag(&self) -> Date {
        self.uiterlijk.unwrap_or(self.dag_zelf.max(self.kon_weten))
    }

    /// Whether it is about absence of a school year that is over. It stands as it stood, but nobody is helped by doing it
    /// now: what goes on fires again in the new year, once that is some weeks old. Other duties stand until they are done,
    /// however old: a holiday without leave, an answer to a melding, an enrolment to pass on, a notice, the clock.
    pub fn is_van_eerder_schooljaar(&self, on: Date, r: &Rules) -> bool {
        let over_verzuim = || OVER_VERZUIM.iter().any(|regel| regel.citation == self.regel);
        let year = schooljaar(self.dag_zelf);
        year < schooljaar(on) && over_verzuim() && self.voorbij_vanaf(year.saturating_add(1), r) <= on
    }

    /// The first day on which a school year is so old that absence of the one before fires anew: so many schooldagen after
    /// the first; where no calendar tells, six weeks after the day on which all regions teach again.
    fn voorbij_vanaf(&self, year: i16, r: &Rules) -> Date {
        let august = schooljaar_period(year).from;
        let weeks = plus_days(plus_months(august, 1), ZONDER_KALENDER);
        let school = match &self.wie {
            Wie::Organisatie { organisatie, .. } => *organisatie,
            Wie::WachtOp { vrager, .. } => *vrager,
            Wie::Duo | Wie::Niemand => None,
        };
        let dagen = school.and_then(|id| r.scholen.get(&id)).map(|school| &school.schooldagen);
        let day = dagen.and_then(|dagen| dagen.dag(dagen.aantal_voor(august).saturating_add(NIEUW_SCHOOLJAAR)));
        day.map_or(weeks, |day| day.min(weeks))
    }

    /// Whether it was fulfilled in time; `None` when it is not fulfilled or counts no days.
    pub fn op_tijd(&self) -> Option<bool> {
        Some(self.vervuld_op? <= self.uiterlijk?)
    }
}

/// Rules about absence itself: reporting it, ending the report, and the talks that follow it. Not a holiday without leave,
/// which does not come again: it is reported, however short and however late.
const OVER_VERZUIM: &[Regel] = &[R5, R6, R7, R10, R11, R19, R37, R38, R39, R40];
/// So many schooldagen after the first of a school year, four lesweken, what goes on has fired anew.
const NIEUW_SCHOOLJAAR: u32 = 20;
/// The same in calendar days, where no calendar is at hand.
const ZONDER_KALENDER: i32 = 42;

/// A fact that should fulfil a term, but for which nothing was due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZonderAanleiding {
    /// The rule under which the fact would make sense.
    pub regel: Citation,
    /// The fact.
    pub feit: FactId,
    /// What was not found, in Dutch.
    pub wat: &'static str,
    /// The days were never delivered: then nobody can tell, and it is no finding against anyone.
    pub onbekend: bool,
}

/// All terms of one child on one day, and the facts without a trigger.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Uitwerking {
    /// Terms, most urgent first.
    pub termijnen: Vec<Termijn>,
    /// Facts without a trigger.
    pub zonder_aanleiding: Vec<ZonderAanleiding>,
}

/// All terms of one child as they stand on `on`: open first, in order of their last day; then fulfilled and lapsed.
pub fn termijnen(t: &Timeline, on: Date, r: &Rules) -> Vec<Termijn> {
    uitwerking(t, on, r).termijnen
}

/// Like [`termijnen`], with the facts for which nothing was due.
pub fn uitwerking(t: &Timeline, on: Date, r: &Rules) -> Uitwerking {
    uitwerking_van(&Geval::new(t, on, r))
}

/// The same of a case of which more is asked.
pub fn uitwerking_van(geval: &Geval<'_>) -> Uitwerking {
    let mut all = Uitwerking::default();
    for afleiden in REGELS {
        let part = afleiden(geval);
        all.termijnen.extend(part.termijnen);
        all.zonder_aanleiding.extend(part.zonder_aanleiding);
    }
    all.termijnen.sort_by_key(|termijn| (!termijn.is_open(), termijn.rangdag(), termijn.stand));
    all
}

/// A rule, or a few that share their triggers, laid over one child's facts.
type Afleiding = fn(&Geval<'_>) -> Uitwerking;

/// Rules in the order of their numbers. Rule 9 (a voluntary melding) sets no term and so has no line; rules that are not
/// about one child, or not counted here, are in the catalogue only.
const REGELS: &[Afleiding] = &[
    plicht::regel_1,
    plicht::regel_2,
    plicht::regel_3,
    plicht::regel_4,
    melding::regel_5_6_en_7,
    melding::regel_8,
    melding::regel_10,
    melding::regel_11,
    melding::regel_12,
    melding::regel_13,
    leerplicht::regel_14,
    leerplicht::regel_15,
    school::regel_19,
    school::regel_25,
    school::regel_26,
    vrijstelling::regel_27,
    vrijstelling::regel_28,
    vrijstelling::regel_29,
    gesprek::regel_37_en_38,
    gesprek::regel_39,
    gesprek::regel_40,
    klok::regel_58,
    klok::regel_59,
    klok::regel_60,
    klok::regel_61,
];

impl From<Vec<Termijn>> for Uitwerking {
    fn from(termijnen: Vec<Termijn>) -> Self {
        Uitwerking { termijnen, zonder_aanleiding: Vec::new() }
    }
}

/// A term under construction: what the rules fill in, until [`Bouw::op`] says how it stands.
pub(crate) struct Bouw {
    termijn: Termijn,
    /// First day from which its length is counted, where that is later than the day on which one could know.
    niet_voor: Option<Date>,
    vervallen: bool,
}

impl Bouw {
    /// A term under a rule; nothing is counted yet.
    pub(crate) fn new(regel: Regel, wie: Wie, wat: impl Into<String>, aanleiding: Aanleiding, dag_zelf: Date) -> Self {
        let termijn = Termijn {
            regel: regel.citation,
            klasse: regel.klasse,
            wat: wat.into(),
            wie,
            aanleiding,
            dag_zelf,
            kon_weten: dag_zelf,
            norm: Norm::OpDatum,
            uiterlijk: None,
            waarschuwingen: Vec::new(),
            vervuld_door: None,
            vervuld_op: None,
            stand: Stand::Open,
            gaten: Vec::new(),
        };
        Bouw { termijn, niet_voor: None, vervallen: false }
    }

    /// The day on which whoever must act could know.
    pub(crate) fn kon_weten(mut self, dag: Date) -> Self {
        self.termijn.kon_weten = dag;
        self
    }

    /// The first day from which its length is counted, where something else puts that off.
    pub(crate) fn niet_voor(mut self, dag: Option<Date>) -> Self {
        self.niet_voor = dag;
        self
    }

    /// A length that counts no days.
    pub(crate) fn norm(mut self, norm: Norm) -> Self {
        self.termijn.norm = norm;
        self
    }

    /// A counted length, from the later of the day itself and the day one could know, over that school's calendar.
    pub(crate) fn binnen(
        mut self,
        lengte: calendar::Termijn,
        geval: &Geval<'_>,
        school: Option<OrganisatieId>,
    ) -> Self {
        self.termijn.norm = Norm::Binnen(lengte);
        let known = self.termijn.dag_zelf.max(self.termijn.kon_weten);
        let na = self.niet_voor.map_or(known, |dag| dag.max(known));
        match geval.laatste_dag(lengte, na, school) {
            Ok(dag) => self.termijn.uiterlijk = Some(dag),
            Err(gat) => self.termijn.gaten.push(gat),
        }
        self
    }

    /// The length that the catalogue gives the rule, from the later of the day itself and the day one could know.
    pub(crate) fn volgens(mut self, regel: Regel, geval: &Geval<'_>, school: Option<OrganisatieId>) -> Self {
        if let Some(Wanneer::Na(lengte)) = geval::termijn_van(regel).map(|termijn| termijn.wanneer) {
            self.termijn.norm = Norm::Binnen(lengte);
        }
        match geval.volgens(regel, self.termijn.dag_zelf.max(self.termijn.kon_weten), school) {
            Ok(dag) => self.termijn.uiterlijk = Some(dag),
            Err(gat) => self.termijn.gaten.push(gat),
        }
        self
    }

    /// A last day that follows from the rule itself.
    pub(crate) fn uiterlijk(mut self, dag: Date) -> Self {
        self.termijn.uiterlijk = Some(dag);
        self
    }

    /// The days of its warnings.
    pub(crate) fn waarschuwingen(mut self, dagen: Vec<Date>) -> Self {
        self.termijn.waarschuwingen = dagen;
        self
    }

    /// What fulfilled it, and when.
    pub(crate) fn vervuld(mut self, door: Option<(FactId, Date)>) -> Self {
        self.termijn.vervuld_door = door.map(|(feit, _)| feit);
        self.termijn.vervuld_op = door.map(|(_, dag)| dag);
        self
    }

    /// No longer due.
    pub(crate) fn vervallen(mut self, vervallen: bool) -> Self {
        self.vervallen |= vervallen;
        self
    }

    /// Adds what could not be established.
    pub(crate) fn gaten(mut self, gaten: impl IntoIterator<Item = Gap>) -> Self {
        self.termijn.gaten.extend(gaten);
        self
    }

    /// The term as it stands on a day.
    pub(crate) fn op(mut self, on: Date) -> Termijn {
        if let Wie::Organisatie { organisatie: None, .. } = self.termijn.wie {
            self.termijn.gaten.push(Gap::Ontbreekt(
                "Welke organisatie dit moet doen, is onbekend. Vul de inschrijving en de woongemeente aan.".to_owned(),
            ));
        }
        // What parents owe is never overdue: whoever asked calls them.
        let can_be_late = matches!(self.termijn.wie, Wie::Organisatie { .. });
        self.termijn.stand = match self.termijn.uiterlijk {
            _ if self.termijn.vervuld_door.is_some() => Stand::Vervuld,
            _ if self.vervallen => Stand::Vervallen,
            Some(last) if last < on && can_be_late => Stand::TeLaat,
            Some(last) if last == on => Stand::Vandaag,
            _ => Stand::Open,
        };
        self.termijn
    }
}
