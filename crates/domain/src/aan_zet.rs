//! Who owes the next step: one organisation and, if known, one person, with a day. Derived, only in an open dossier,
//! and never parents: while their answer is awaited, it is for whoever asked to call.

use jiff::civil::Date;

use crate::Timestamp;
use crate::body::{Sluiting, Verantwoordelijke, VolgendeStap};
use crate::calendar::{Eenheid, Termijn as Lengte};
use crate::dossier::{dossier_van, einde_plicht};
use crate::fact::{Fact, FactId};
use crate::finding::{Citation, Finding, Gap};
use crate::ids::{MedewerkerId, OrganisatieId};
use crate::region::Rules;
use crate::rules::R58;
use crate::tekst::Tekst;
use crate::termijnen::{Aanleiding, Geval, Termijn, Wie, uitwerking_van};
use crate::timeline::Timeline;

/// From what it follows who is aan zet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waardoor {
    /// Somebody stated the next step.
    VolgendeStap(FactId),
    /// The first or most overdue term of an organisation.
    Termijn(Citation),
    /// Nothing is due: the person who is responsible.
    Verantwoordelijke(FactId),
    /// Nobody was named: the school of enrolment, or the municipality of residence. An error, and shown as one.
    Niemand,
}

/// Who owes the next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AanZet {
    /// The organisation.
    pub organisatie: OrganisatieId,
    /// The person there, if one is known.
    pub medewerker: Option<MedewerkerId>,
    /// What to do.
    pub stap: Tekst,
    /// Last day (inclusive).
    pub uiterlijk: Date,
    /// From what it follows.
    pub waardoor: Waardoor,
}

/// Who is aan zet on a day. `None` without an open dossier; in an open one only when neither a school nor the
/// municipality of residence is known, and then the gap says so.
pub fn aan_zet(t: &Timeline, on: Date, r: &Rules) -> Finding<Option<AanZet>> {
    aan_zet_van(&Geval::new(t, on, r))
}

/// The same of a case of which more is asked.
pub fn aan_zet_van(geval: &Geval<'_>) -> Finding<Option<AanZet>> {
    let dossier = dossier_van(geval);
    let Some(sinds) = dossier.value.open_sinds() else { return Finding::new(None).resting_on(&dossier) };
    if let Some(stated) = volgende_stap(geval) {
        return stated.map(Some).resting_on(&dossier);
    }
    let named = verantwoordelijke(geval);
    if let Some((termijn, organisatie, medewerker)) = eerste_termijn(geval) {
        // The owner acts for their own organisation when the term names nobody.
        let owner = named.filter(|(_, v)| v.organisatie == organisatie).map(|(_, v)| v.medewerker);
        let aan_zet = AanZet {
            organisatie,
            medewerker: medewerker.or(owner),
            stap: Tekst::new(&termijn.wat),
            uiterlijk: termijn.rangdag(),
            waardoor: Waardoor::Termijn(termijn.regel),
        };
        let trigger = match termijn.aanleiding {
            Aanleiding::Feit(feit) => Some(feit),
            _ => None,
        };
        let finding = Finding::new(Some(aan_zet)).because(trigger).under(termijn.regel).with_gaps(termijn.gaten);
        return finding.with_gaps(named.is_none().then(niemand)).resting_on(&dossier);
    }
    match named {
        Some((fact, v)) => {
            let uiterlijk = eerste_dag(geval, fact.valid.from.max(sinds));
            let waardoor = Waardoor::Verantwoordelijke(fact.id);
            let aan_zet = bepaal(v.organisatie, Some(v.medewerker), "Spreek de volgende stap af.", uiterlijk, waardoor);
            Finding::new(Some(aan_zet)).because([fact.id]).under(R58.citation).resting_on(&dossier)
        }
        None => zonder_verantwoordelijke(geval, sinds).resting_on(&dossier),
    }
}

/// The next steps that were stated about a child, and the days on which its dossier closed.
pub(crate) struct Stappen<'a> {
    stappen: Vec<(&'a Fact, &'a VolgendeStap)>,
    /// Day of each closing, and when it was stated.
    dicht: Vec<(Date, Timestamp)>,
}

impl<'a> Stappen<'a> {
    pub(crate) fn of(t: &'a Timeline, on: Date) -> Self {
        let closed = t.all::<Sluiting>().map(|(fact, _)| (fact.valid.from, fact.known));
        // The end of the duty closes before anything that is stated on that day.
        let ended = einde_plicht(t, on).map(|end| (end.dag, Timestamp::MIN));
        Stappen { stappen: t.all::<VolgendeStap>().collect(), dicht: closed.chain(ended).collect() }
    }

    /// The step that holds on a day: the last one by its own day since the dossier was last closed. It stays with that
    /// organisation until another is stated.
    pub(crate) fn op(&self, dag: Date) -> Option<(&'a Fact, &'a VolgendeStap)> {
        let closed = self.dicht.iter().filter(|(day, _)| *day <= dag).max();
        let stated = self.stappen.iter().filter(|(fact, _)| fact.valid.from <= dag).copied();
        let since = stated.filter(|(fact, _)| closed.is_none_or(|closed| (fact.valid.from, fact.known) > *closed));
        since.max_by_key(|(fact, _)| (fact.valid.from, fact.known, fact.id))
    }

    /// Days on which another step can hold than on the day before.
    pub(crate) fn wisselt(&self) -> impl Iterator<Item = Date> {
        let stated = self.stappen.iter().map(|(fact, _)| fact.valid.from);
        stated.chain(self.dicht.iter().map(|(day, _)| *day))
    }
}

fn volgende_stap(geval: &Geval<'_>) -> Option<Finding<AanZet>> {
    let (fact, stap) = Stappen::of(geval.t, geval.on).op(geval.on)?;
    let waardoor = Waardoor::VolgendeStap(fact.id);
    let aan_zet = AanZet {
        organisatie: stap.organisatie,
        medewerker: stap.medewerker,
        stap: stap.stap.clone(),
        uiterlijk: stap.uiterlijk,
        waardoor,
    };
    Some(Finding::new(aan_zet).because([fact.id]).under(R58.citation))
}

/// The open term that is due first and that an organisation owes, or may call about because the answer stayed out. What is
/// about absence of an earlier school year comes last.
fn eerste_termijn(geval: &Geval<'_>) -> Option<(Termijn, OrganisatieId, Option<MedewerkerId>)> {
    let mut open: Vec<Termijn> = uitwerking_van(geval).termijnen.into_iter().filter(Termijn::is_open).collect();
    open.sort_by_key(|termijn| termijn.is_van_eerder_schooljaar(geval.on, geval.r));
    open.into_iter().find_map(|termijn| {
        let who = match termijn.wie {
            Wie::Organisatie { organisatie, medewerker, .. } => (organisatie?, medewerker),
            Wie::WachtOp { vrager, .. } if termijn.uiterlijk.is_some_and(|last| last < geval.on) => (vrager?, None),
            Wie::WachtOp { .. } | Wie::Duo | Wie::Niemand => return None,
        };
        Some((termijn, who.0, who.1))
    })
}

fn verantwoordelijke<'a>(geval: &Geval<'a>) -> Option<(&'a Fact, &'a Verantwoordelijke)> {
    geval.t.on::<Verantwoordelijke>(geval.on).max_by_key(|(fact, v)| (v.taak, fact.known, fact.id))
}

fn zonder_verantwoordelijke(geval: &Geval<'_>, sinds: Date) -> Finding<Option<AanZet>> {
    let party = geval.school_op(geval.on).or_else(|| geval.gemeente_op(geval.on));
    let uiterlijk = eerste_dag(geval, sinds);
    let aan_zet =
        party.map(|party| bepaal(party, None, "Wijs een verantwoordelijke aan.", uiterlijk, Waardoor::Niemand));
    let unknown = aan_zet.is_none().then(|| {
        Gap::Ontbreekt("De school en de woongemeente zijn onbekend. Vul de inschrijving of het adres aan.".to_owned())
    });
    Finding::new(aan_zet).under(R58.citation).with_gaps([niemand()]).with_gaps(unknown)
}

fn bepaal(
    organisatie: OrganisatieId,
    medewerker: Option<MedewerkerId>,
    stap: &str,
    uiterlijk: Date,
    waardoor: Waardoor,
) -> AanZet {
    AanZet { organisatie, medewerker, stap: Tekst::new(stap), uiterlijk, waardoor }
}

fn niemand() -> Gap {
    Gap::Ontbreekt("Er is niemand aangewezen. Wijs een verantwoordelijke aan.".to_owned())
}

/// The term for naming an owner, also for the owner's first step: over the school's calendar, else in working days.
fn eerste_dag(geval: &Geval<'_>, na: Date) -> Date {
    let days = u16::try_from(geval.r.termijnen.eigenaar_schooldagen).unwrap_or(u16::MAX);
    let school = geval.school_op(geval.on);
    geval
        .laatste_dag(Lengte::afgesproken(days, Eenheid::Schooldagen), na, school)
        .or_else(|_| geval.laatste_dag(Lengte::afgesproken(days, Eenheid::Werkdagen), na, school))
        .unwrap_or(na)
}
