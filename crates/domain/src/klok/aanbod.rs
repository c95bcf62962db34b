//! What an offer does to the clock: written, accepted by every party that must answer, and delivered.
//!
//! An offer is *written*, then *answered*, then *tried* for its first weeks. When those are delivered it stops the clock
//! from its start; delivered later, from the week in which that began. While it is delivered nothing opens. A drop
//! before it has held for twenty schooldagen leaves the clock as if it had never stopped; a drop after that opens one
//! that adds up.

use jiff::civil::Date;

use super::kalender::Kalender;
use super::partijen::{Antwoord, Partijen, Uitkomst};
use crate::body::{Aanbod, AanbodReactie, AanbodSoort, Oordeel, Realisatie};
use crate::calendar::datum;
use crate::dagbeeld::{DagDeelname, Dagbeeld};
use crate::fact::{Fact, FactId};
use crate::finding::Gap;
use crate::period::{Period, monday, next_day, plus_days};
use crate::region::{KlokAfspraken, Rules};
use crate::timeline::Timeline;

/// Schooldagen of a whole week: what the hours agreed per week stand for.
const DAGEN_PER_WEEK: u32 = 5;
/// Weeks of one offer that are looked at: ten school years.
const MAX_WEKEN: usize = 530;

/// A stretch over which an accepted offer was delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Geleverd {
    pub aanbod: FactId,
    /// Care only: met, but learning has not begun.
    pub alleen_zorg: bool,
    /// The start of the offer, or the Monday of the week in which delivery began.
    pub vanaf: Date,
    /// The day on which that could be seen: care at its start, hours when the first weeks are over.
    pub gebleken: Date,
    /// The day on which it had held for twenty schooldagen.
    pub gesloten: Option<Date>,
    /// First day after it.
    pub tot: Option<Date>,
    /// When it ended because hours fell away: the day on which that could be seen.
    pub terugval_gezien: Option<Date>,
}

impl Stand {
    /// Days on which it is an agreement that is kept, or may still be: its first weeks, and the days on which it was seen
    /// to be delivered.
    pub(crate) fn nagekomen(&self) -> impl Iterator<Item = Period> {
        let proef = Period { from: self.dagen.from, until: self.proef_tot };
        let geleverd = self.geleverd.iter().map(|stretch| Period { from: stretch.gebleken, until: stretch.tot });
        let agreed = self.akkoord.and_then(|akkoord| akkoord.intersection(&self.dagen));
        let kept = std::iter::once(proef).chain(geleverd);
        kept.filter_map(move |days| agreed?.intersection(&days))
    }
}

impl Geleverd {
    /// Education, delivered from a day on without an end.
    fn sinds(aanbod: FactId, vanaf: Date, gebleken: Date) -> Self {
        Geleverd { aanbod, alleen_zorg: false, vanaf, gebleken, gesloten: None, tot: None, terugval_gezien: None }
    }

    pub(crate) fn op(&self, dag: Date) -> bool {
        self.vanaf <= dag && self.tot.is_none_or(|tot| dag < tot)
    }

    /// Whether it was delivered on a day, as far as could be seen on a later one (`gezien`).
    pub(crate) fn op_zoals_gezien(&self, dag: Date, gezien: Date) -> bool {
        let tot = self.tot.filter(|_| self.terugval_gezien.is_none_or(|seen| seen <= gezien));
        self.gebleken <= gezien && Geleverd { tot, ..*self }.op(dag)
    }
}

/// How far an offer has come that does not stop the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fase {
    /// Not written, not answered, or not delivered.
    Niets,
    /// Somebody who must answer says *niet passend*.
    NietEens,
    /// Accepted; the first weeks are not over.
    Beproeving,
}

/// One offer as it stands on a day.
#[derive(Debug, Clone)]
pub(crate) struct Stand {
    pub aanbod: FactId,
    pub dagen: Period,
    pub fase: Fase,
    /// Days on which it was an agreement with parents and child.
    pub akkoord: Option<Period>,
    /// First day after its first weeks, once they are over.
    pub proef_tot: Option<Date>,
    pub geleverd: Vec<Geleverd>,
    /// Answers, the last of each party.
    pub reacties: Vec<FactId>,
    /// The day of the answer *niet passend* that stands.
    pub afgewezen_op: Option<Date>,
    pub gaten: Vec<Gap>,
    pub realisaties: Vec<FactId>,
}

/// Who answers, and what was said.
struct Antwoorden {
    akkoord: Option<Period>,
    afgewezen_op: Option<Date>,
    reacties: Vec<FactId>,
    gaten: Vec<Gap>,
}

struct Week {
    maandag: Date,
    laatste_dag: Date,
    schooldagen: u32,
    /// Whether days of it lie before the start of the offer.
    gebroken: bool,
    /// Quarters agreed for these schooldagen, times [`DAGEN_PER_WEEK`], so that no fraction is lost.
    afgesproken: u32,
    /// Quarters realised, in the same unit; `None`: not known.
    gerealiseerd: Option<u32>,
}

/// All offers as they stand on a day. Delivery before `vanaf` does not count: it belongs to an earlier spell.
pub(crate) fn standen(t: &Timeline, vanaf: Date, on: Date, r: &Rules, kalender: &Kalender<'_>) -> Vec<Stand> {
    t.all::<Aanbod>()
        .filter(|(_, aanbod)| aanbod.schriftelijk_op.is_some_and(|written| written <= on))
        .map(|(fact, aanbod)| stand(t, (fact, aanbod), vanaf, on, r, kalender))
        .collect()
}

fn stand(
    t: &Timeline,
    (fact, aanbod): (&Fact, &Aanbod),
    vanaf: Date,
    on: Date,
    r: &Rules,
    kalender: &Kalender<'_>,
) -> Stand {
    let Antwoorden { akkoord, afgewezen_op, reacties, mut gaten } = antwoorden(t, fact, aanbod, on);
    let (mut geleverd, mut realisaties, mut fase) = (Vec::new(), Vec::new(), Fase::Niets);
    let mut proef_tot = None;
    if let Some(akkoord) = &akkoord {
        let weken = weken(t, fact, aanbod, vanaf, on, r, kalender, &mut realisaties);
        let proef = proefweken(&weken, &r.klok);
        proef_tot = weken.get(proef - 1).map(|week| next_day(week.laatste_dag));
        let last = akkoord.until.into_iter().chain(fact.valid.until).min();
        let known: Vec<&Week> = weken.iter().filter(|week| last.is_none_or(|last| week.laatste_dag < last)).collect();
        geleverd = match aanbod.soort {
            AanbodSoort::Zorg => zonder_uren(fact, vanaf, on, &known, proef, &r.klok, true),
            AanbodSoort::ZiekeLeerlingen if realisaties.is_empty() => {
                zonder_uren(fact, vanaf, on, &known, proef, &r.klok, false)
            }
            _ => met_uren(fact, vanaf, &known, proef, &r.klok),
        };
        for stretch in &mut geleverd {
            stretch.tot = stretch.tot.into_iter().chain(last.filter(|last| *last <= on)).min();
        }
        let proeftijd = weken.len() < proef && fact.valid.until.is_none_or(|until| until > on);
        if proeftijd {
            fase = Fase::Beproeving;
        } else if geleverd.is_empty() && known.iter().any(|week| week.gerealiseerd.is_none()) {
            gaten.push(Gap::Ontbreekt(format!(
                "Of het aanbod vanaf {} werkelijk is geleverd, is niet bekend. De klok loopt door tot de uren zijn ingevuld.",
                datum(fact.valid.from)
            )));
        }
    }
    if afgewezen_op.is_some() && fact.valid.until.is_none_or(|until| on < until) {
        fase = Fase::NietEens;
    }
    let dagen = fact.valid;
    Stand { aanbod: fact.id, dagen, fase, akkoord, proef_tot, geleverd, reacties, afgewezen_op, gaten, realisaties }
}

/// What those who must answer said of an offer, by age and authority of the day on which it was written.
fn antwoorden(t: &Timeline, fact: &Fact, aanbod: &Aanbod, on: Date) -> Antwoorden {
    let (partijen, uitkomst) = uitkomst(t, fact, aanbod, on, |oordeel| oordeel != Oordeel::NietPassend);
    let mut gaten = Vec::new();
    if partijen.gezag_onbekend() {
        gaten.push(Gap::Ontbreekt(
            "Wie het gezag heeft, is niet bekend. Elke ouder die antwoordde, telt mee.".to_owned(),
        ));
    }
    if uitkomst.stil > 0 {
        gaten.push(Gap::Ontbreekt(format!(
            "Op het aanbod vanaf {} heeft nog niet iedereen geantwoord die dat moet ({}). De organisatie die het aanbod deed, belt.",
            datum(fact.valid.from),
            uitkomst.stil
        )));
    }
    let Uitkomst { akkoord, afgewezen_op, antwoorden: reacties, .. } = uitkomst;
    Antwoorden { akkoord, afgewezen_op, reacties, gaten }
}

/// The answers to an offer put together, of those who must answer; `akkoord` says which judgement is a yes.
fn uitkomst(
    t: &Timeline,
    fact: &Fact,
    aanbod: &Aanbod,
    on: Date,
    akkoord: fn(Oordeel) -> bool,
) -> (Partijen, Uitkomst) {
    let partijen = Partijen::op(t, aanbod.schriftelijk_op.unwrap_or(fact.valid.from));
    let about = t.all::<AanbodReactie>().filter(|(said, body)| body.aanbod == fact.id && said.valid.from <= on);
    let gezegd = about.map(|(said, body)| Antwoord {
        feit: said.id,
        dag: said.valid.from,
        ouder: body.ouder,
        akkoord: akkoord(body.oordeel),
    });
    let uitkomst = partijen.uitkomst(gezegd.collect());
    (partijen, uitkomst)
}

/// The written offers that hold on a day and that all who must answer call *passend*, with their answers. *Wij proberen
/// het* is a yes to the offer and not yet this.
pub(crate) fn passend(t: &Timeline, on: Date) -> Vec<FactId> {
    let written = t.all::<Aanbod>().filter(|(fact, aanbod)| {
        aanbod.schriftelijk_op.is_some_and(|written| written <= on) && fact.valid.until.is_none_or(|until| on < until)
    });
    let mut feiten = Vec::new();
    for (fact, aanbod) in written {
        let (_, uitkomst) = uitkomst(t, fact, aanbod, on, |oordeel| oordeel == Oordeel::Passend);
        if uitkomst.akkoord.is_some_and(|agreed| agreed.contains(on)) {
            feiten.push(fact.id);
            feiten.extend(uitkomst.antwoorden);
        }
    }
    feiten
}

/// The lesweken of an offer that are over, from its start or from `vanaf`.
#[expect(clippy::too_many_arguments, reason = "one place asks for it; a struct would only repeat these names")]
fn weken(
    t: &Timeline,
    fact: &Fact,
    aanbod: &Aanbod,
    vanaf: Date,
    on: Date,
    r: &Rules,
    kalender: &Kalender<'_>,
    realisaties: &mut Vec<FactId>,
) -> Vec<Week> {
    let start = fact.valid.from.max(vanaf);
    let at_school = aanbod.organisatie.filter(|id| r.scholen.contains_key(id));
    let beeld = at_school.map(|school| Dagbeeld::bij_school(t, school, on, r));
    let mut weken = Vec::new();
    for n in 0..MAX_WEKEN {
        let maandag = plus_days(monday(start), 7 * i32::try_from(n).unwrap_or_default());
        // No week of lessons that has yet to come is over; a week of holiday has no days to add.
        if !kalender.week_voorbij(maandag, on) {
            break;
        }
        let all: Vec<Date> = kalender.week(maandag).collect();
        let own: Vec<Date> = all.iter().copied().filter(|dag| *dag >= start).collect();
        let Some(laatste_dag) = own.last().copied() else { continue };
        let schooldagen = u32::try_from(own.len()).unwrap_or(DAGEN_PER_WEEK);
        let said = t
            .all::<Realisatie>()
            .rev()
            .find(|(week, body)| body.aanbod == fact.id && monday(week.valid.from) == maandag);
        realisaties.extend(said.map(|(week, _)| week.id));
        let measured = || beeld.as_ref().and_then(|beeld| realised(beeld, &own));
        let gerealiseerd = said.map(|(_, body)| u32::from(body.kwartieren)).or_else(measured);
        weken.push(Week {
            maandag,
            laatste_dag,
            schooldagen,
            gebroken: own.len() < all.len(),
            afgesproken: u32::from(aanbod.afgesproken(maandag)) * schooldagen.min(DAGEN_PER_WEEK),
            gerealiseerd: gerealiseerd.map(|quarters| quarters * DAGEN_PER_WEEK),
        });
    }
    weken
}

/// Quarters realised at the offering school on these days; `None` when a day or its roster is not known.
fn realised(beeld: &Dagbeeld, dagen: &[Date]) -> Option<u32> {
    let mut sum = 0;
    for dag in dagen {
        // A day without an entry is a day without lessons for this child.
        let Some(found) = beeld.vanaf(*dag).first().filter(|schooldag| schooldag.dag == *dag) else { continue };
        match (found.deelname, found.rooster) {
            (DagDeelname::Geen, _) => {}
            (DagDeelname::Deels | DagDeelname::Heel, Some(_)) => sum += u32::from(found.gerealiseerd),
            (DagDeelname::Onbekend, _) | (_, None) => return None,
        }
    }
    Some(sum)
}

/// Weeks that must be delivered before an offer stops the clock; a first week that does not start at its beginning comes
/// on top.
fn proefweken(weken: &[Week], k: &KlokAfspraken) -> usize {
    let broken = weken.first().is_some_and(|week| week.gebroken);
    usize::try_from(k.aanbod_weken.max(1)).unwrap_or(usize::MAX).saturating_add(usize::from(broken))
}

/// Whether these weeks were delivered for at least so many percent; `None` when a week is not known or nothing was
/// agreed in them.
fn voldoende(weken: &[&Week], procent: u32) -> Option<bool> {
    let realised: u32 = weken.iter().map(|week| week.gerealiseerd).sum::<Option<u32>>()?;
    let agreed: u32 = weken.iter().map(|week| week.afgesproken).sum();
    (agreed > 0).then(|| u64::from(realised) * 100 >= u64::from(procent) * u64::from(agreed))
}

/// An offer of which started is enough: care keeps its hours elsewhere, and support for pupils who are ill follows the
/// illness. Hours that were filled in all the same, and fall short, speak against it.
fn zonder_uren(
    fact: &Fact,
    vanaf: Date,
    on: Date,
    weken: &[&Week],
    proef: usize,
    k: &KlokAfspraken,
    alleen_zorg: bool,
) -> Vec<Geleverd> {
    let start = fact.valid.from.max(vanaf);
    let first = weken.get(..proef).unwrap_or(weken);
    if start > on || voldoende(first, k.aanbod_procent) == Some(false) {
        return Vec::new();
    }
    let stretch = Geleverd { alleen_zorg, ..Geleverd::sinds(fact.id, start, start) };
    vec![stretch]
}

/// Stretches over which the agreed hours were delivered.
fn met_uren(fact: &Fact, vanaf: Date, weken: &[&Week], proef: usize, k: &KlokAfspraken) -> Vec<Geleverd> {
    let regular = usize::try_from(k.aanbod_weken.max(1)).unwrap_or(usize::MAX);
    let mut found = Vec::new();
    let needed = |at: usize| if at == 0 { proef } else { regular };
    let mut at: usize = 0;
    while let Some(first) = weken.get(at..at.saturating_add(needed(at))) {
        if voldoende(first, k.aanbod_procent) != Some(true) {
            at += 1;
            continue;
        }
        let begin = if at == 0 { fact.valid.from.max(vanaf) } else { first.first().map_or(vanaf, |week| week.maandag) };
        let (stretch, next) = follow(fact.id, begin, weken, at, needed(at), k);
        found.push(stretch);
        at = next;
    }
    found
}

/// Follows one stretch from its first weeks on: until hours fall away, and whether it had held long enough by then.
/// Gives the place of the week to go on from.
fn follow(
    aanbod: FactId,
    vanaf: Date,
    weken: &[&Week],
    at: usize,
    needed: usize,
    k: &KlokAfspraken,
) -> (Geleverd, usize) {
    let gebleken = weken.get(at + needed - 1).map_or(vanaf, |week| week.laatste_dag);
    let mut stretch = Geleverd::sinds(aanbod, vanaf, gebleken);
    let window = usize::try_from(k.aanbod_weken.max(1)).unwrap_or(1);
    let held = |until: usize| -> bool {
        let known: Vec<&Week> =
            weken.get(at..=until).unwrap_or_default().iter().filter(|w| w.gerealiseerd.is_some()).copied().collect();
        let days: u32 = known.iter().map(|week| week.schooldagen).sum();
        days >= k.terug_schooldagen && voldoende(&known, k.terug_procent) == Some(true)
    };
    for place in at + needed - 1..weken.len() {
        let recent = weken.get((place + 1).saturating_sub(window).max(at)..=place).unwrap_or_default();
        if place >= at + needed && voldoende(recent, k.aanbod_procent) == Some(false) {
            let short = recent.iter().find(|week| voldoende(&[week], k.aanbod_procent) == Some(false));
            stretch.tot = short.map(|week| week.maandag.max(vanaf));
            stretch.terugval_gezien = weken.get(place).map(|week| week.laatste_dag);
            return (stretch, place + 1);
        }
        if stretch.gesloten.is_none() && held(place) {
            stretch.gesloten = weken.get(place).map(|week| week.laatste_dag);
        }
    }
    (stretch, weken.len())
}
