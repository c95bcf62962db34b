//! The dossier: open from the first melding, named person, picked-up signal or open clock, until it is closed or the
//! duty ends. Nobody opens one by hand. Duties of an owner exist only in an open dossier; before it there are signals,
//! and a flu is not a case.

use jiff::civil::Date;

use crate::body::{Afhandeling, Melding, Schoolloopbaan, SignaalAfhandeling, Sluiting, Verantwoordelijke, VsoProfiel};
use crate::fact::FactId;
use crate::finding::{Citation, Finding, Gap};
use crate::klok::Klok;
use crate::period::birthday;
use crate::region::Rules;
use crate::rules::{KWALIFICATIEPLICHT_TOT, R3, R58};
use crate::termijnen::{Geval, dag};
use crate::timeline::Timeline;

/// Where the meaning of a dossier stands.
const PACT: Citation = R58.citation;

/// What opened a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// A melding.
    Melding(FactId),
    /// Somebody was named responsible.
    Verantwoordelijke(FactId),
    /// Somebody took up a signal.
    Signaal(FactId),
    /// The clock.
    Klok,
}

/// What closed a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Einde {
    /// A person closed it.
    Sluiting(FactId),
    /// The duty ended.
    EindePlicht,
}

/// Whether there is a dossier on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dossier {
    /// Nothing opened one.
    Geen,
    /// Open.
    Open {
        /// First day; for the clock the first day of the spell.
        sinds: Date,
        /// What opened it.
        door: Opening,
    },
    /// Closed.
    Gesloten {
        /// The day on which it closed.
        op: Date,
        /// What closed it.
        door: Einde,
    },
}

impl Dossier {
    /// The first day of the dossier, when it is open.
    pub fn open_sinds(self) -> Option<Date> {
        match self {
            Dossier::Open { sinds, .. } => Some(sinds),
            Dossier::Geen | Dossier::Gesloten { .. } => None,
        }
    }
}

/// The end of the duties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EindePlicht {
    /// First day without any duty.
    pub(crate) dag: Date,
    /// The diploma that ended it; none when it was the birthday.
    pub(crate) door: Option<FactId>,
}

/// The dossier of the child on a day.
pub fn dossier(t: &Timeline, on: Date, r: &Rules) -> Finding<Dossier> {
    dossier_van(&Geval::new(t, on, r))
}

/// The same of a case of which more is asked.
pub fn dossier_van(geval: &Geval<'_>) -> Finding<Dossier> {
    let spells = geval.klokken();
    let end = einde_plicht(geval.t, geval.on);
    let mut steps = stappen(geval, &spells.value, end);
    // On one day what opens comes before what closes: a dossier closed on its first day is closed.
    steps.sort_by_key(|(day, step)| (*day, matches!(step, Stap::Dicht(_))));
    let mut state = Dossier::Geen;
    for (day, step) in steps {
        state = match (state, step) {
            (Dossier::Open { .. }, Stap::Open(_)) => state,
            (_, Stap::Open(door)) => Dossier::Open { sinds: day, door },
            (Dossier::Open { .. }, Stap::Dicht(door)) => Dossier::Gesloten { op: day, door },
            (_, Stap::Dicht(_)) => state,
        };
    }
    // A spell that opened behind a closing (rows came in later) and was not over when that was stated reopens the dossier.
    // Who closes it afterwards, as of an earlier day, knew how it ended.
    if let Dossier::Gesloten { op, door: Einde::Sluiting(closing) } = state
        && let stated = geval.t.fact(closing).map_or(op, |fact| dag(fact).max(op))
        && let Some(klok) = spells.value.iter().find(|klok| klok.stand.einde().is_none_or(|einde| einde > stated))
    {
        state = Dossier::Open { sinds: klok.begin.max(op), door: Opening::Klok };
    }
    let finding = finding(geval, state);
    if matches!(state, Dossier::Open { door: Opening::Klok, .. }) { finding.resting_on(spells) } else { finding }
}

enum Stap {
    Open(Opening),
    Dicht(Einde),
}

fn stappen(geval: &Geval<'_>, spells: &[Klok], end: Option<EindePlicht>) -> Vec<(Date, Stap)> {
    let mut steps: Vec<(Date, Stap)> = Vec::new();
    let meldingen = geval.feiten::<Melding>().into_iter();
    steps.extend(meldingen.map(|(fact, _)| (fact.valid.from, Stap::Open(Opening::Melding(fact.id)))));
    let named = geval.feiten::<Verantwoordelijke>().into_iter();
    steps.extend(named.map(|(fact, _)| (fact.valid.from, Stap::Open(Opening::Verantwoordelijke(fact.id)))));
    let taken =
        geval.feiten::<SignaalAfhandeling>().into_iter().filter(|(_, a)| a.afhandeling == Afhandeling::Opgepakt);
    steps.extend(taken.map(|(fact, _)| (fact.valid.from, Stap::Open(Opening::Signaal(fact.id)))));
    // A child that came back still has its dossier, until a person closes it.
    steps.extend(spells.iter().map(|klok| (klok.begin, Stap::Open(Opening::Klok))));
    let closed = geval.feiten::<Sluiting>().into_iter();
    steps.extend(closed.map(|(fact, _)| (fact.valid.from, Stap::Dicht(Einde::Sluiting(fact.id)))));
    let ended = end.filter(|end| end.dag <= geval.on);
    steps.extend(ended.map(|end| (end.dag, Stap::Dicht(Einde::EindePlicht))));
    steps
}

fn finding(geval: &Geval<'_>, state: Dossier) -> Finding<Dossier> {
    let reasons = match state {
        Dossier::Open {
            door: Opening::Melding(id) | Opening::Verantwoordelijke(id) | Opening::Signaal(id), ..
        }
        | Dossier::Gesloten { door: Einde::Sluiting(id), .. } => Some(id),
        _ => None,
    };
    let unknown = geval.geboren.is_none().then(|| {
        Gap::Ontbreekt(
            "De geboortedatum ontbreekt, dus wanneer de plicht eindigt is onbekend. Vul de geboortedatum aan."
                .to_owned(),
        )
    });
    let finding = Finding::new(state).because(reasons).under(PACT).with_gaps(unknown);
    match state {
        Dossier::Gesloten { door: Einde::EindePlicht, .. } => finding.under(R3.citation),
        _ => finding,
    }
}

/// The first day without leerplicht and kwalificatieplicht: the eighteenth birthday, or the diploma that came first
/// once leerplicht was over.
pub(crate) fn einde_plicht(t: &Timeline, on: Date) -> Option<EindePlicht> {
    let geboren = crate::termijnen::geboortedatum(t, on)?;
    let achttien = birthday(geboren, KWALIFICATIEPLICHT_TOT.op(on));
    let by_diploma = kwalificatie(t, on).filter(|(_, dag)| *dag < achttien).map(|(id, dag)| {
        // A diploma ends kwalificatieplicht, not leerplicht: that goes on until its own last day.
        let jaren = t.at::<Schoolloopbaan>(on, "schoolloopbaan").value.and_then(|loopbaan| loopbaan.schooljaren);
        let leerplicht = crate::plicht::einde_leerplicht(geboren, on, jaren).value.laatste_dag;
        EindePlicht { dag: dag.max(crate::period::next_day(leerplicht)), door: Some(id) }
    });
    let by_age = EindePlicht { dag: achttien, door: None };
    Some(by_diploma.filter(|end| end.dag < by_age.dag).unwrap_or(by_age))
}

/// The first statement of a diploma, getuigschrift or leaving profile after which there is no kwalificatieplicht (LPW
/// art. 4a), with its day.
pub(crate) fn kwalificatie(t: &Timeline, on: Date) -> Option<(FactId, Date)> {
    let ends = |loopbaan: &Schoolloopbaan| {
        loopbaan.startkwalificatie
            || loopbaan.pro_getuigschrift
            || matches!(loopbaan.vso_uitstroom, Some(VsoProfiel::Arbeidsmarkt | VsoProfiel::Dagbesteding))
    };
    let stated = t.all::<Schoolloopbaan>().filter(|(fact, loopbaan)| fact.valid.from <= on && ends(loopbaan));
    stated.map(|(fact, _)| (fact.id, fact.valid.from)).min_by_key(|(id, dag)| (*dag, *id))
}
