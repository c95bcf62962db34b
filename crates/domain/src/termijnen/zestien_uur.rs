//! Rules 5 and 6: which firings of 16 hours ask for a melding of their own, and which melding answers them.
//!
//! Continuous absence asks at most one melding in 7 calendar days, so a firing asks none when
//! - its school reported in the 7 days before, and what it counts had begun by then: that melding says it; of long absence
//!   (LRV) until the child is back. What began after the melding asks its own, from the end of these 7 days on;
//! - an earlier firing of the same ongoing absence still waits for its melding: the one that is owed says both.
//!
//! Fulfilment stays one to one: a melding answers the oldest firing that waits, of the absence that it reports. What else
//! waited in that absence is reported with it, and no longer due. A firing before the first day that the melding reports
//! keeps asking for its own.

use jiff::civil::Date;

use super::geval::{Geval, door_signaal};
use super::koppel::Vervuller;
use super::melding::{aantal, hoofd, school_van};
use super::verzuim::terug_na;
use super::{Bouw, Termijn};
use crate::body::{Melding, MeldingEinde, MeldingSoort};
use crate::calendar::{Eenheid, Termijn as Lengte};
use crate::fact::{Fact, FactId};
use crate::ids::OrganisatieId;
use crate::period::{monday, next_day, plus_days, schooljaar};
use crate::rules::{R5, R6};
use crate::signaal::{DAGEN_PER_MELDING, Signaal, SignaalSoort};

/// A firing that asks for a melding.
struct Gevraagd<'a> {
    signaal: &'a Signaal,
    school: Option<OrganisatieId>,
    /// First day on which it asks, where a melding for something else was made just before.
    niet_voor: Option<Date>,
    /// The last firing of the same ongoing absence that waits with it.
    laatste: Date,
    door: Option<Vervuller>,
    /// A melding that answered an older firing reported this one too.
    meegemeld: bool,
}

impl Gevraagd<'_> {
    fn wacht(&self) -> bool {
        self.door.is_none() && !self.meegemeld
    }
}

/// A melding that was made.
struct Gedaan {
    id: FactId,
    dag: Date,
    school: Option<OrganisatieId>,
    /// First day of the absence that it reports.
    begin: Date,
    /// First day on which a firing asks anew.
    tot: Date,
    /// First day on which it no longer speaks for whatever fires: that of the melding, unless it is about long absence.
    lang_tot: Date,
    /// Whether it may still answer a firing: not one that answered long absence.
    vrij: bool,
    /// Whether it answered a firing, or spoke for one.
    gebruikt: bool,
}

impl Gedaan {
    /// Whether the absence behind a firing of the same school is the one that it reports.
    fn spreekt_voor(&self, signaal: &Signaal) -> bool {
        signaal.dag < self.lang_tot || signaal.dag < self.tot && signaal.van <= self.dag
    }
}

/// The terms of 16 hours, and the meldingen for which nothing was due. `lrv_over`: those of long absence that answered none.
pub(super) fn zestien_uur(geval: &Geval<'_>, lrv_over: &[Vervuller]) -> (Vec<Termijn>, Vec<Vervuller>) {
    let under_18 = geval.signalen(SignaalSoort::ZestienUur).filter(|signaal| !geval.meerderjarig(signaal.dag));
    let mut gedaan = gedaan(geval, lrv_over);
    let gevraagd = verdeel(geval, under_18, &mut gedaan);
    let mut reported = false;
    let termijnen = gevraagd.iter().map(|gevraagd| {
        let regel = if reported { R6 } else { R5 };
        reported |= gevraagd.door.is_some();
        let (signaal, school) = (gevraagd.signaal, gevraagd.school);
        let norm = Lengte::afgesproken(aantal(geval.r.termijnen.melding_werkdagen), Eenheid::Werkdagen);
        let wat = "Meld 16 uur ongeoorloofd verzuim bij DUO.";
        Bouw::new(regel, hoofd(school), wat, door_signaal(signaal), signaal.dag)
            .kon_weten(geval.kon_weten(signaal))
            .niet_voor(gevraagd.niet_voor)
            .binnen(norm, geval, school)
            .vervuld(gevraagd.door)
            .vervallen(gevraagd.meegemeld)
            .op(geval.on)
    });
    let termijnen = termijnen.collect();
    let over = gedaan.iter().filter(|gedaan| gedaan.vrij && !gedaan.gebruikt).map(|gedaan| (gedaan.id, gedaan.dag));
    (termijnen, over.collect())
}

/// Firings and meldingen in the order of their days; on one day the firing comes first, so that the melding answers it.
fn verdeel<'a>(
    geval: &Geval<'_>,
    signalen: impl Iterator<Item = &'a Signaal>,
    gedaan: &mut [Gedaan],
) -> Vec<Gevraagd<'a>> {
    let mut gevraagd: Vec<Gevraagd<'a>> = Vec::new();
    let mut done = 0;
    for signaal in signalen {
        let school = geval.school_op(signaal.dag);
        while let Some(melding) = gedaan.get_mut(done).filter(|melding| melding.dag < signaal.dag) {
            beantwoord(&mut gevraagd, melding);
            done += 1;
        }
        let mut before = gedaan.iter_mut().take(done).filter(|melding| melding.school == school);
        if let Some(said) = before.rfind(|melding| melding.spreekt_voor(signaal)) {
            said.gebruikt = true;
            continue;
        }
        let before = gedaan.iter().take(done).filter(|melding| melding.school == school);
        let niet_voor = before.map(|melding| melding.tot).max();
        let waits = gevraagd.last_mut().filter(|last| last.wacht() && last.school == school);
        match waits.filter(|last| is_doorgaand(geval, school, last.laatste, signaal.dag)) {
            Some(last) => last.laatste = signaal.dag,
            None => {
                let laatste = signaal.dag;
                gevraagd.push(Gevraagd { signaal, school, niet_voor, laatste, door: None, meegemeld: false });
            }
        }
    }
    gedaan.iter_mut().skip(done).for_each(|melding| beantwoord(&mut gevraagd, melding));
    gevraagd
}

/// Gives a melding to the oldest firing of its school that waits, of the absence that it reports; else to the oldest that
/// waits there. What another school owes, it does not fulfil.
fn beantwoord(gevraagd: &mut [Gevraagd<'_>], melding: &mut Gedaan) {
    let (school, begin) = (melding.school, melding.begin);
    let waits = |gevraagd: &Gevraagd<'_>| gevraagd.wacht() && gevraagd.school == school;
    let reports = |gevraagd: &Gevraagd<'_>| waits(gevraagd) && gevraagd.laatste >= begin;
    if melding.vrij {
        let place = gevraagd.iter().position(reports).or_else(|| gevraagd.iter().position(waits));
        if let Some(oldest) = place.and_then(|place| gevraagd.get_mut(place)) {
            oldest.door = Some((melding.id, melding.dag));
            melding.gebruikt = true;
        }
    }
    // A melding that was withdrawn speaks for nothing beside what it answered.
    if melding.dag < melding.tot {
        gevraagd.iter_mut().for_each(|other| other.meegemeld |= reports(other));
    }
}

/// Whether absence went on from one firing to the next within a school year: no whole lesweek lies between their weeks.
fn is_doorgaand(geval: &Geval<'_>, school: Option<OrganisatieId>, van: Date, tot: Date) -> bool {
    let school = geval.school(school);
    let taught = |dag: Date| school.is_none_or(|school| school.schooldag(dag) != Some(false));
    let end = monday(tot);
    let after = std::iter::successors(Some(plus_days(monday(van), 7)), |dag| Some(next_day(*dag)));
    schooljaar(van) == schooljaar(tot) && !after.take_while(|dag| *dag < end).any(taught)
}

/// What was reported of 16 hours and of long absence, in order of day.
fn gedaan(geval: &Geval<'_>, lrv_over: &[Vervuller]) -> Vec<Gedaan> {
    let all = geval.feiten::<Melding>().into_iter();
    let of_kind = all.filter(|(_, melding)| matches!(melding.soort, MeldingSoort::V3 | MeldingSoort::Lrv));
    let mut gedaan: Vec<Gedaan> = of_kind
        .map(|(fact, melding)| {
            let (tot, lang_tot) = tot(geval, fact, melding);
            Gedaan {
                id: fact.id,
                dag: fact.valid.from,
                school: school_van(geval, fact),
                begin: melding.begin,
                tot,
                lang_tot,
                vrij: melding.soort == MeldingSoort::V3 || lrv_over.iter().any(|(id, _)| *id == fact.id),
                gebruikt: false,
            }
        })
        .collect();
    gedaan.sort_by_key(|gedaan| (gedaan.dag, gedaan.id));
    gedaan
}

/// Until when a melding speaks for what fires again of the same absence, and for whatever fires. Long absence is reported as
/// such once: until the child is back or the school fills in its end. After a withdrawal it speaks for nothing.
fn tot(geval: &Geval<'_>, fact: &Fact, melding: &Melding) -> (Date, Date) {
    let made = fact.valid.from;
    if geval.t.is_ingetrokken(fact.id, geval.on) {
        return (made, made);
    }
    let week = plus_days(made, DAGEN_PER_MELDING);
    if melding.soort != MeldingSoort::Lrv {
        return (week, made);
    }
    let ends = geval.feiten::<MeldingEinde>();
    let einde = melding.einde.or_else(|| ends.iter().find(|(_, einde)| einde.melding == fact.id).map(|(_, e)| e.einde));
    let back = einde.map(next_day).or_else(|| terug_na(geval, made));
    let back = back.unwrap_or_else(|| next_day(geval.on));
    (week.max(back), back)
}
