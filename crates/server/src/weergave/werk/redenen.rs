//! Why a child is on the list.

use domain::Date;
use domain::aan_zet::{AanZet, Waardoor};
use domain::body::Soort;
use domain::calendar::dag_in_nederland;
use domain::fact::{Actor, Fact, Rol};
use domain::klok::{Gehaald, Klok, KlokStand, Waarschuwing};
use domain::period::{age, monday, plus_days, schooljaar};
use domain::region::Rules;
use domain::rules::{R5, R8, R10, R14, R15, R37, R38, R39, R40, R58, R60};
use domain::signaal::{Daad, Gedaan, Opvolging, Signaal, SignaalSoort, VervallenSignaal};
use domain::termijnen::{Aanleiding, Termijn, Wie};
use signals::protocol::Ontvanger;

use super::{Dag, Kind, Rang};
use crate::weergave::herhaling::per_regel;
use crate::weergave::{feiten, woorden};

/// Coming of age, in years: from then on a melding of 16 hours is voluntary.
const MEERDERJARIG: i16 = 18;
/// A warning of the clock stays on the list for so many days.
const KLOK_DAGEN: i32 = 7;
/// That a signal went is told for so many schooldagen.
const VERVALLEN_SCHOOLDAGEN: u32 = 10;
/// The same in calendar days, for a child at no school.
const VERVALLEN_DAGEN: i32 = 14;

/// Why a child is on the list.
#[derive(Debug, Clone)]
pub enum Reden<'a> {
    /// A term that is for the reader.
    Termijn(&'a Termijn),
    /// The reader is aan zet; whether without a day that was agreed or follows from a rule.
    AanZet(&'a AanZet, bool),
    /// A signal that is for the reader, and that nobody took up; or that somebody says is not right.
    Signaal(&'a Signaal, Opvolging),
    /// The clock passed a week at which it warns.
    KlokWeek(&'a Klok, u32),
    /// Three months passed.
    KlokVoorbij(&'a Klok),
    /// The clock of the mentor's own pupil runs, whoever is aan zet.
    KlokLoopt(&'a Klok),
    /// A signal went, on which the reader had acted: the last that they did.
    Vervallen(&'a VervallenSignaal, Gedaan, Daarna),
    /// Nobody is aan zet.
    Niemand,
    /// Others stated so many things since the last visit; their kinds in words, each once.
    Veranderd(usize, Vec<&'static str>),
}

/// What to do first: where the one button of a line leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stap {
    /// State something of this kind.
    Vastleggen(Soort),
    /// Look at the signals.
    Signalen,
    /// Open the dossier.
    Dossier,
}

impl Reden<'_> {
    /// Where a line with this reason stands, and the day that decides among equals.
    pub(super) fn plek(&self, vandaag: Date, r: &Rules) -> (Rang, Option<Date>) {
        match self {
            Reden::Termijn(termijn) if termijn.is_van_eerder_schooljaar(vandaag, r) => {
                (Rang::VorigSchooljaar, termijn.uiterlijk)
            }
            Reden::Termijn(termijn) => op_datum(termijn.uiterlijk, vandaag),
            Reden::AanZet(_, true) => (Rang::ZonderDatum, None),
            Reden::AanZet(aan_zet, false) => op_datum(Some(aan_zet.uiterlijk), vandaag),
            Reden::Signaal(signaal, _) => (Rang::Signaal, Some(signaal.dag)),
            // The oldest clock first: three months go before week eleven.
            Reden::KlokWeek(klok, _) | Reden::KlokVoorbij(klok) | Reden::KlokLoopt(klok) => {
                (Rang::Klok, Some(klok.begin))
            }
            Reden::Vervallen(gone, ..) => (Rang::Vervallen, Some(gone.signaal.dag)),
            Reden::Niemand => (Rang::Niemand, None),
            Reden::Veranderd(..) => (Rang::Veranderd, None),
        }
    }

    /// The reason in words, as one sentence.
    pub fn zin(&self, vandaag: Date) -> String {
        match self {
            Reden::Termijn(termijn) => {
                let wanneer = termijn.uiterlijk.map_or_else(
                    || format!(" ({})", termijn.norm.in_woorden()),
                    |dag| format!(" {}", uiterlijk(dag, vandaag)),
                );
                let wat = woorden::zonder_punt(&termijn.wat);
                match termijn.wie {
                    Wie::WachtOp { .. } => format!("{wat}. Het antwoord bleef uit; bel hierover."),
                    _ => format!("{wat}{wanneer}."),
                }
            }
            Reden::AanZet(aan_zet, zonder_datum) => {
                let stap = woorden::zonder_punt(aan_zet.stap.zichtbaar());
                match aan_zet.waardoor {
                    Waardoor::Verantwoordelijke(_) => {
                        "U bent aan zet. Er is nog geen volgende stap afgesproken.".into()
                    }
                    _ if *zonder_datum => format!("U bent aan zet: {stap}."),
                    _ => format!("U bent aan zet: {stap}{}.", wanneer(aan_zet.uiterlijk, vandaag)),
                }
            }
            Reden::Signaal(signaal, opvolging) => {
                let nieuw = if matches!(opvolging, Opvolging::Betwist(_)) {
                    "Iemand zegt dat dit niet klopt:"
                } else {
                    "Nieuw signaal:"
                };
                format!("{nieuw} {}, {}.", waarde(signaal), woorden::weekdag(signaal.dag, vandaag))
            }
            Reden::KlokWeek(klok, week) => {
                format!("De klok is in week {week}. Drie maanden zijn om op {}.", woorden::dag(klok.doel, vandaag))
            }
            Reden::KlokVoorbij(klok) => format!("Drie maanden voorbij sinds {}.", woorden::dag(klok.doel, vandaag)),
            Reden::KlokLoopt(klok) => format!(
                "Gaat nu niet (helemaal) naar school. Drie maanden zijn om op {}.",
                woorden::dag(klok.doel, vandaag)
            ),
            Reden::Vervallen(gone, gedaan, daarna) => vervallen_zin(gone, *gedaan, *daarna, vandaag),
            Reden::Niemand => "Niemand is aan zet. Wijs een verantwoordelijke aan.".to_owned(),
            Reden::Veranderd(1, soorten) => format!("Nieuw sinds uw vorige bezoek: {}.", soorten.join(", ")),
            Reden::Veranderd(n, soorten) => format!("{n} keer nieuw sinds uw vorige bezoek: {}.", soorten.join(", ")),
        }
    }

    /// What to do about it.
    pub fn stap(&self) -> Stap {
        let regel = match self {
            Reden::Termijn(termijn) => termijn.regel,
            Reden::AanZet(AanZet { waardoor: Waardoor::Termijn(regel), .. }, _) => *regel,
            Reden::AanZet(AanZet { waardoor: Waardoor::Verantwoordelijke(_), .. }, _) => {
                return Stap::Vastleggen(Soort::VolgendeStap);
            }
            Reden::AanZet(AanZet { waardoor: Waardoor::Niemand, .. }, _) | Reden::Niemand => {
                return Stap::Vastleggen(Soort::Verantwoordelijke);
            }
            Reden::Signaal(..) | Reden::Vervallen(..) => return Stap::Signalen,
            _ => return Stap::Dossier,
        };
        STAPPEN
            .iter()
            .find(|(known, _)| *known == regel.regel)
            .map_or(Stap::Dossier, |(_, soort)| Stap::Vastleggen(*soort))
    }
}

/// The reasons in words. What is asked more than once is told once, with how many times more.
pub fn zinnen(redenen: &[Reden<'_>], vandaag: Date) -> Vec<String> {
    let mut told: Vec<(&str, String, u32)> = Vec::new();
    for reden in redenen {
        let wat = match reden {
            Reden::Termijn(termijn) => termijn.wat.as_str(),
            _ => "",
        };
        match told.iter_mut().find(|(known, ..)| !wat.is_empty() && *known == wat) {
            Some((.., more)) => *more += 1,
            None => told.push((wat, reden.zin(vandaag), 0)),
        }
    }
    let sentence = |(_, zin, more): (&str, String, u32)| match more {
        0 => zin,
        n => format!("{zin} En nog {n} keer."),
    };
    told.into_iter().map(sentence).collect()
}

/// What a rule asks for first.
const STAPPEN: &[(&str, Soort)] = &[
    (R5.citation.regel, Soort::Melding),
    (R8.citation.regel, Soort::Melding),
    (R10.citation.regel, Soort::Melding),
    (R14.citation.regel, Soort::Onderzoek),
    (R15.citation.regel, Soort::Verhoor),
    (R37.citation.regel, Soort::Gesprek),
    (R38.citation.regel, Soort::Gesprek),
    (R39.citation.regel, Soort::Consult),
    (R58.citation.regel, Soort::Verantwoordelijke),
    (R60.citation.regel, Soort::Aanbod),
];

/// What went, what the reader had done about it, and what is left to do.
fn vervallen_zin(gone: &VervallenSignaal, gedaan: Gedaan, daarna: Daarna, vandaag: Date) -> String {
    let dag = woorden::dag(gedaan.dag, vandaag);
    let deed = match gedaan.daad {
        Daad::Opgepakt => format!("U pakte het op {dag} op."),
        Daad::Betwist => format!("U legde op {dag} vast dat het niet klopt."),
        Daad::Gesloten => format!("U sloot het op {dag} af."),
        Daad::Contact => format!("U had op {dag} contact."),
        Daad::Gesprek => format!("U had op {dag} een gesprek."),
        Daad::Melding => format!("U deed op {dag} een melding."),
    };
    let rest = match (gedaan.daad, daarna) {
        (Daad::Melding, _) => "Kijk of die melding nog klopt.",
        (_, Daarna::DossierOpen) => "Speelt er verder niets? Sluit dan het dossier.",
        (_, Daarna::Niets) => "U hoeft niets meer te doen.",
    };
    let wat = waarde(&gone.signaal);
    let op = woorden::weekdag(gone.signaal.dag, vandaag);
    format!("Signaal vervallen: {wat}, {op}. Het verzuim is daarna verbeterd. {deed} {rest}")
}

/// What a signal that went leaves behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Daarna {
    /// Nothing.
    Niets,
    /// An open dossier: picking up the signal opens one, and only a person closes it.
    DossierOpen,
}

/// A day on which something is due, in words with how late it is: "uiterlijk dinsdag 24 maart", "had dinsdag 17 maart
/// gemoeten, 3 dagen geleden".
fn uiterlijk(dag: Date, vandaag: Date) -> String {
    let words = woorden::weekdag(dag, vandaag);
    match domain::period::days_between(dag, vandaag) {
        0 => "vandaag".to_owned(),
        late @ 1.. => {
            let late = woorden::aantal(u32::try_from(late).unwrap_or_default(), "dag", "dagen");
            format!("(moest uiterlijk {words}, {late} geleden)")
        }
        _ => format!("uiterlijk {words}"),
    }
}

fn wanneer(dag: Date, vandaag: Date) -> String {
    let words = uiterlijk(dag, vandaag);
    if words.starts_with('(') { format!(" {words}") } else { format!(", {words}") }
}

/// What fired, with its value: "16 uur ongeoorloofd in 4 lesweken (17,5 uur)".
pub fn waarde(signaal: &Signaal) -> String {
    let label = match signaal.soort {
        SignaalSoort::Anders => signaal.regel.as_str(),
        soort => soort.label(),
    };
    let value = match signaal.soort {
        SignaalSoort::ZestienUur | SignaalSoort::NadertZestienUur => woorden::uren(signaal.waarde),
        SignaalSoort::ZiekLang | SignaalSoort::Weg => woorden::aantal(signaal.waarde, "schooldag", "schooldagen"),
        SignaalSoort::ZiekVaak | SignaalSoort::Luxe | SignaalSoort::TeLaat => format!("{} keer", signaal.waarde),
        SignaalSoort::Anders => signaal.waarde.to_string(),
    };
    format!("{label} ({value})")
}

fn op_datum(dag: Option<Date>, vandaag: Date) -> (Rang, Option<Date>) {
    let rang = match dag {
        None => Rang::ZonderDatum,
        Some(dag) if dag < vandaag => Rang::OverDatum,
        Some(dag) if dag == vandaag => Rang::Vandaag,
        Some(dag) if dag <= week_van(vandaag).1 => Rang::DezeWeek,
        Some(_) => Rang::Later,
    };
    (rang, dag)
}

/// Monday and Sunday of the calendar week of a day.
pub fn week_van(dag: Date) -> (Date, Date) {
    let monday = monday(dag);
    (monday, plus_days(monday, 6))
}

/// A step that follows from a rule without days, or from being responsible alone, has a day by which it is put in order
/// and none by which it is due.
fn is_zonder_datum(aan_zet: &AanZet, termijnen: &[Termijn]) -> bool {
    match aan_zet.waardoor {
        Waardoor::Verantwoordelijke(_) => true,
        Waardoor::Termijn(regel) => termijnen
            .iter()
            .any(|termijn| termijn.regel == regel && termijn.uiterlijk.is_none() && is_stap(termijn, aan_zet)),
        _ => false,
    }
}

fn is_stap(termijn: &Termijn, aan_zet: &AanZet) -> bool {
    termijn.wat.trim() == aan_zet.stap.zichtbaar()
}

/// All reasons of a child, and apart from these that it comes late: that is told of all such children together.
pub(super) fn van<'a>(kind: &Kind<'a>, dag: &Dag<'a>) -> (Vec<Reden<'a>>, Vec<Reden<'a>>) {
    let Dag { register, vandaag, ik, .. } = *dag;
    let (termijnen, ladder): (Vec<&Termijn>, Vec<&Termijn>) = kind
        .vandaag
        .termijnen_voor(kind.facetten)
        .filter(|termijn| ik.moet(register, kind.vandaag, termijn, vandaag))
        .partition(|termijn| !is_ladder(termijn, vandaag, register.rules()));
    let mut redenen: Vec<Reden<'a>> = termijnen.iter().copied().map(Reden::Termijn).collect();
    redenen.extend(aan_zet(kind, dag, &termijnen, &ladder));
    let (signalen, laat): (Vec<Reden<'a>>, Vec<Reden<'a>>) =
        signalen(kind, dag, &termijnen).partition(|reden| !dag.is_verzameld(reden));
    redenen.extend(signalen);
    redenen.extend(vervallen(kind, dag));
    redenen.extend(klok(kind, dag));
    redenen.extend(veranderd(kind, dag));
    let ladder = ladder.into_iter().map(Reden::Termijn);
    (redenen, ladder.chain(laat).collect())
}

/// The ladder of lateness of this school year, as far as it is the school's: many small talks, told as one line.
fn is_ladder(termijn: &Termijn, vandaag: Date, r: &Rules) -> bool {
    let leerplicht = matches!(termijn.wie, Wie::Organisatie { rol: Some(Rol::Leerplichtambtenaar), .. });
    termijn.regel == R40.citation && !leerplicht && !termijn.is_van_eerder_schooljaar(vandaag, r)
}

fn aan_zet<'a>(kind: &Kind<'a>, dag: &Dag<'a>, termijnen: &[&Termijn], ladder: &[&Termijn]) -> Option<Reden<'a>> {
    let found = kind.vandaag.aan_zet_voor(kind.facetten)?;
    let here = found.organisatie == dag.ik.organisatie;
    if found.waardoor == Waardoor::Niemand {
        return (here && dag.ik.wijst_aan()).then_some(Reden::Niemand);
    }
    if !dag.ik.is_aan_zet(dag.register, kind.vandaag, found, dag.vandaag) {
        return None;
    }
    // A step that is one of the terms is told once.
    let same = |termijn: &&&Termijn| {
        matches!(found.waardoor, Waardoor::Termijn(regel) if regel == termijn.regel) && is_stap(termijn, found)
    };
    let told = termijnen.iter().chain(ladder).any(|termijn| same(&termijn));
    let zonder_datum = is_zonder_datum(found, &kind.vandaag.termijnen);
    (!told).then_some(Reden::AanZet(found, zonder_datum))
}

/// Signals that the protocol gives to the reader and that wait for somebody, one for each rule; not those whose term is
/// told already. One that somebody says is not right is told whatever else is, and to whoever keeps the absence too.
fn signalen<'a>(kind: &Kind<'a>, dag: &Dag<'a>, termijnen: &[&Termijn]) -> impl Iterator<Item = Reden<'a>> {
    let geboren = kind.vandaag.kaart.geboren;
    let told = |signaal: &Signaal| {
        let with = |day: Date| day == signaal.dag || wacht_mee(signaal, day, geboren);
        termijnen.iter().any(|termijn| {
            matches!(&termijn.aanleiding, Aanleiding::Signaal { regel, dag } if *regel == signaal.regel && with(*dag))
        })
    };
    let keeps = matches!(dag.ik.rol, Rol::Verzuimcoordinator | Rol::IbEr);
    let waits = |signaal: &Signaal, opvolging| match opvolging {
        Opvolging::Nieuw => dag.krijgt(signaal) && !told(signaal),
        Opvolging::Betwist(_) => keeps || dag.krijgt(signaal),
        Opvolging::Opgepakt(_) | Opvolging::Afgehandeld(_) => false,
    };
    let all = kind.vandaag.signalen_met_opvolging_voor(kind.facetten);
    let mine = all.filter(|(signaal, opvolging)| waits(signaal, *opvolging));
    per_regel(mine).into_iter().map(|told| Reden::Signaal(told.signaal, told.opvolging))
}

/// Signals that went after the reader acted on them, until they saw so or ten schooldagen of the child's school passed.
fn vervallen<'a>(kind: &Kind<'a>, dag: &Dag<'a>) -> impl Iterator<Item = Reden<'a>> {
    let seen = dag.gezien.get(&kind.leerling).copied();
    let (wie, organisatie) = (dag.ik.wie, dag.ik.organisatie);
    let rules = dag.register.rules();
    let school = kind.vandaag.kaart.inschrijving.as_ref().and_then(|stay| rules.scholen.get(&stay.school));
    let vandaag = dag.vandaag;
    let daarna = if kind.vandaag.dossier.open_sinds().is_some() { Daarna::DossierOpen } else { Daarna::Niets };
    let recent = move |sinds: Date| match school {
        Some(school) => {
            let before = |day: Date| school.schooldagen.aantal_voor(day);
            before(vandaag).saturating_sub(before(sinds)) <= VERVALLEN_SCHOOLDAGEN
        }
        None => domain::period::days_between(sinds, vandaag) <= VERVALLEN_DAGEN,
    };
    let new = kind
        .vandaag
        .vervallen_voor(kind.facetten)
        .filter(move |gone| seen.is_none_or(|seen| seen < gone.sinds) && recent(dag_in_nederland(gone.sinds)));
    new.filter_map(move |gone| {
        let own = gone.gedaan.iter().rfind(|gedaan| gedaan.wie == wie && gedaan.organisatie == organisatie)?;
        Some(Reden::Vervallen(gone, *own, daarna))
    })
}

/// Whether 16 hours, or a warning of them, wait with the melding that is owed since a day: in one school year, and only where
/// a melding is owed at all. From 18 it is voluntary, so that what fires then is told by itself.
pub(super) fn wacht_mee(signaal: &Signaal, sinds: Date, geboren: Option<Date>) -> bool {
    let minor = geboren.is_none_or(|geboren| age(geboren, signaal.dag) < MEERDERJARIG);
    let same_year = schooljaar(sinds) == schooljaar(signaal.dag);
    let hours = matches!(signaal.soort, SignaalSoort::ZestienUur | SignaalSoort::NadertZestienUur);
    hours && sinds <= signaal.dag && same_year && minor
}

impl Dag<'_> {
    /// Whether the protocol gives this signal to the reader's role.
    fn krijgt(&self, signaal: &Signaal) -> bool {
        let rol = match self.ik.rol {
            Rol::Mentor => Ontvanger::Mentor,
            Rol::Verzuimcoordinator => Ontvanger::Verzuimcoordinator,
            Rol::IbEr => Ontvanger::IbEr,
            Rol::Ondersteuningscoordinator => Ontvanger::Ondersteuningscoordinator,
            Rol::Schoolleider => Ontvanger::Schoolleider,
            _ => return false,
        };
        self.register.signaalregel(&signaal.regel, signaal.dag).is_some_and(|regel| regel.wie.contains(&rol))
    }

    /// Whether the protocol gathers this signal with others into one message a day.
    fn is_verzameld(&self, reden: &Reden<'_>) -> bool {
        let Reden::Signaal(signaal, _) = reden else { return false };
        self.register.signaalregel(&signaal.regel, signaal.dag).is_some_and(|regel| regel.verzamelen)
    }
}

fn klok<'a>(kind: &Kind<'a>, dag: &Dag<'a>) -> Option<Reden<'a>> {
    let klok = kind.vandaag.klok.as_ref().filter(|_| kind.facetten.contains(convenant::Facet::Klok))?;
    let runs = matches!(klok.stand, KlokStand::Loopt | KlokStand::AanbodNietEens | KlokStand::AanbodInBeproeving);
    if !runs {
        return None;
    }
    if klok.gehaald == Gehaald::Nee {
        return Some(Reden::KlokVoorbij(klok));
    }
    let school = dag.register.rules().scholen.contains_key(&dag.ik.organisatie);
    let given = |w: &&Waarschuwing| w.op <= dag.vandaag && (school || !w.alleen_school);
    let last = klok.waarschuwingen.iter().rfind(given);
    let recent = last.filter(|last| last.op > plus_days(dag.vandaag, -KLOK_DAGEN));
    let week = recent.map(|last| Reden::KlokWeek(klok, last.week));
    // The mentor keeps contact with an own pupil who is at home, also while others are aan zet.
    week.or_else(|| (dag.ik.rol == Rol::Mentor).then_some(Reden::KlokLoopt(klok)))
}

/// What others stated about a child of an open dossier since the last visit, as far as the reader may read it.
fn veranderd<'a>(kind: &Kind<'a>, dag: &Dag<'a>) -> Option<Reden<'a>> {
    let since = dag.vorige?;
    let summary = kind.vandaag;
    summary.kaart.gezegd.filter(|said| *said > since)?;
    summary.dossier.open_sinds()?;
    let convenant = dag.register.convenant(dag.vandaag);
    let me = dag.ik.actor();
    let by_another = |fact: &Fact| match fact.by {
        Actor::Medewerker { id, .. } => id != dag.ik.wie,
        Actor::Ouder { .. } | Actor::Leerling { .. } => true,
        Actor::Systeem { .. } => false,
    };
    let mut soorten: Vec<Soort> = Vec::new();
    let mut aantal = 0;
    for id in dag.register.zelfde(kind.leerling) {
        let new = dag.register.over(id).rev().take_while(|fact| fact.known > since);
        for fact in new.filter(|fact| by_another(fact)) {
            if convenant.leest(&me, &summary.kring, fact, dag.register.rules()).is_ja() {
                aantal += 1;
                soorten.push(fact.body.soort());
            }
        }
    }
    soorten.sort_unstable();
    soorten.dedup();
    (aantal > 0).then(|| Reden::Veranderd(aantal, soorten.into_iter().map(feiten::soort).collect()))
}
