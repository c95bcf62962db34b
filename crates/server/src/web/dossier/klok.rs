//! The clock of three months as a page shows it: a bar, and the table beside it.

use domain::Date;
use domain::calendar::{datum, datum_met_dag};
use domain::ids::OrganisatieId;
use domain::klok::{Klok, Wissel};
use domain::period::{Period, days_between, plus_days};

use super::Blik;
use crate::web::beeld::klokbalk::{Klokbalk, Merk, Stuk, partij};
use crate::web::beeld::staal;
use crate::weergave::stand::partij_onder;
use crate::weergave::woorden::{aantal, dag, van_tot};

/// Turns of one party that are named; the rest is counted.
const MAX_BEURTEN: usize = 4;

/// One party and its days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beurt {
    /// How it looks on the bar.
    pub staal: String,
    /// The party.
    pub wie: String,
    /// Its days.
    pub dagen: u32,
    /// Which ones.
    pub wanneer: String,
}

/// The clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KlokBlok {
    /// Day of the clock.
    pub dag: u32,
    /// What it says, shortly ("dag 40 van 90").
    pub kort: String,
    /// The bar.
    pub svg: String,
    /// Days per party; none when the reader may not know of one of them.
    pub beurten: Vec<Beurt>,
    /// Warnings and last days on the way: what, and on which day.
    pub mijlpalen: Vec<(String, String)>,
}

impl KlokBlok {
    /// Of a clock that the reader may see.
    pub(super) fn van(blik: &Blik<'_>, klok: &Klok) -> Self {
        let wissels = klok.wissels(blik.w.t);
        let parties = parties(&wissels);
        let known = parties.iter().all(|id| blik.w.oog.organisatie(*id));
        let wissels = if known { wissels } else { Vec::new() };
        let naam = |id| partij_onder(&blik.w, id, &parties);
        let place = |id: Option<OrganisatieId>| parties.iter().position(|known| Some(*known) == id);
        let op = blik.op();
        let stukken = wissels.iter().map(|wissel| Stuk {
            partij: place(wissel.organisatie),
            na: to_u32(days_between(klok.begin, wissel.dagen.from)),
            dagen: to_u32(wissel.dagen.days().unwrap_or(0)),
            uitleg: format!("{} aan zet, {}", naam(wissel.organisatie), stretch(&wissel.dagen, op)),
        });
        let balk = Klokbalk {
            dagen: klok.dag,
            doel: to_u32(days_between(klok.begin, klok.doel)),
            stukken: stukken.collect(),
            merken: klok.waarschuwingen.iter().filter(|w| w.dag_zelf >= klok.begin).map(|w| merk(klok, w)).collect(),
            van: datum(klok.begin),
            tot: datum(klok.doel),
            beschrijving: beschrijving(klok, &wissels, &naam),
        };
        let beurten = turns(&wissels).into_iter().map(|(id, stretches)| {
            let (kleur, patroon) = partij(place(id));
            let dagen = stretches.iter().map(|dagen| to_u32(dagen.days().unwrap_or(0))).sum();
            Beurt { staal: staal(kleur, patroon, ""), wie: naam(id), dagen, wanneer: when(&stretches, op) }
        });
        KlokBlok {
            dag: klok.dag,
            kort: kort(klok),
            beurten: beurten.collect(),
            svg: balk.svg(),
            mijlpalen: mijlpalen(klok, op),
        }
    }
}

/// "dag 40 van 90". Days of an earlier stretch count in both; past the three months there is no "van" any more.
fn kort(klok: &Klok) -> String {
    let day = i64::from(klok.dag) + i64::from(klok.eerder);
    let all = i64::from(days_between(klok.begin, klok.doel)) + 1 + i64::from(klok.eerder);
    match day <= all {
        true => format!("dag {day} van {all}"),
        false => format!("dag {day}, drie maanden voorbij"),
    }
}

/// The organisations in order of their first turn.
fn parties(wissels: &[Wissel]) -> Vec<OrganisatieId> {
    let mut parties = Vec::new();
    for id in wissels.iter().filter_map(|wissel| wissel.organisatie) {
        if !parties.contains(&id) {
            parties.push(id);
        }
    }
    parties
}

/// The stretches of each party; nobody last.
fn turns(wissels: &[Wissel]) -> Vec<(Option<OrganisatieId>, Vec<Period>)> {
    let mut turns: Vec<(Option<OrganisatieId>, Vec<Period>)> = Vec::new();
    for wissel in wissels {
        match turns.iter_mut().find(|(id, _)| *id == wissel.organisatie) {
            Some((_, stretches)) => stretches.push(wissel.dagen),
            None => turns.push((wissel.organisatie, vec![wissel.dagen])),
        }
    }
    turns.sort_by_key(|(id, _)| id.is_none());
    turns
}

fn stretch(dagen: &Period, op: Date) -> String {
    van_tot(dagen.from, dagen.last().unwrap_or(dagen.from), op)
}

fn when(stretches: &[Period], op: Date) -> String {
    let (named, rest) = stretches.split_at(stretches.len().min(MAX_BEURTEN));
    let mut words: Vec<String> = named.iter().map(|dagen| stretch(dagen, op)).collect();
    if !rest.is_empty() {
        words.push(format!("en nog {} keer", rest.len()));
    }
    words.join("; ")
}

fn merk(klok: &Klok, warning: &domain::klok::Waarschuwing) -> Merk {
    Merk {
        na: to_u32(days_between(klok.begin, warning.dag_zelf)),
        tekst: format!("week {}", warning.week),
        uitleg: format!("Week {}: {}", warning.week, datum(warning.dag_zelf)),
    }
}

/// What comes on the way, in order of day.
fn mijlpalen(klok: &Klok, op: Date) -> Vec<(String, String)> {
    let mut all: Vec<(Date, String)> =
        klok.waarschuwingen.iter().map(|w| (w.op, format!("Waarschuwing week {}", w.week))).collect();
    all.push((klok.doorzettingsmacht_uiterlijk, "Doorzettingsmacht uiterlijk".to_owned()));
    all.push((klok.doel, "Drie maanden".to_owned()));
    all.sort();
    let how = |day: Date| match days_between(op, day) {
        0 => " (vandaag)".to_owned(),
        n if n > 0 => format!(" (over {})", aantal(to_u32(n), "dag", "dagen")),
        _ => " (voorbij)".to_owned(),
    };
    all.into_iter().map(|(day, what)| (what, format!("{}{}", datum_met_dag(day), how(day)))).collect()
}

fn beschrijving(klok: &Klok, wissels: &[Wissel], naam: &impl Fn(Option<OrganisatieId>) -> String) -> String {
    let mut words = format!(
        "Begonnen op {}, nu dag {}. Drie maanden zijn om op {}.",
        datum(klok.begin),
        klok.dag,
        datum(klok.doel)
    );
    if !wissels.is_empty() {
        let turns: Vec<String> = wissels
            .iter()
            .take(12)
            .map(|w| {
                let last = w.dagen.last().unwrap_or(w.dagen.from);
                format!("{} van {} t/m {}", naam(w.organisatie), dag(w.dagen.from, klok.begin), dag(last, klok.begin))
            })
            .collect();
        words.push_str(&format!(" Aan zet: {}.", turns.join(", ")));
    }
    words
}

fn to_u32(days: i32) -> u32 {
    u32::try_from(days).unwrap_or(0)
}

/// The day after the last one that counts, for a clock that stands still or is over.
pub(super) fn einde(klok: &Klok) -> Option<Date> {
    use domain::klok::KlokStand as S;
    match klok.stand {
        S::Gestopt { vanaf, .. } | S::ZorgLoopt { vanaf, .. } => Some(vanaf),
        S::Gesloten { .. } | S::Terug { .. } => Some(plus_days(klok.begin, i32::try_from(klok.dag).unwrap_or(0))),
        _ => None,
    }
}
