//! Putting a child's clocks together: one spell after the other, each opened, followed until it ends or until the day that
//! is asked about, and counted.

use jiff::civil::Date;

use super::aanbod::{self, Fase, Geleverd, Stand};
use super::kalender::Kalender;
use super::opening::{self, Geopend, Gronden};
use super::{Gehaald, Klok, KlokStand, Label, Oneens, Opening, Waarschuwing, ZonderInschrijving, beurten, partijen};
use crate::dagbeeld::{DagDeelname, Dagbeeld};
use crate::finding::Finding;
use crate::period::{Period, days_between, next_day, plus_days, plus_months};
use crate::region::Rules;
use crate::rules::{R58, R59, R60, R61};
use crate::status::vrijstelling::{Dekking, gedekt_in, vrijstelling};
use crate::timeline::Timeline;
use crate::verzuim::VerzuimSoort;

/// The most spells of one child that are looked at; one opens at most every few weeks.
const MAX_KLOKKEN: usize = 200;

/// All that the clocks of one child rest on.
pub(super) struct Telwerk<'a> {
    pub t: &'a Timeline,
    pub on: Date,
    pub r: &'a Rules,
    pub beeld: &'a Dagbeeld,
    pub kalender: Kalender<'a>,
    pub zonder: &'a Finding<Vec<ZonderInschrijving>>,
}

/// How a spell ended, or how it stands.
struct Verloop {
    stand: KlokStand,
    /// First day that no longer counts, if it stands still or is over.
    stil_vanaf: Option<Date>,
    /// First day on which a next spell can start.
    einde: Option<Date>,
    oneens: Option<Oneens>,
    /// Start of the offer that is in its first weeks.
    proef_vanaf: Option<Date>,
}

impl Telwerk<'_> {
    /// All spells that could be known on the day, oldest first.
    pub(super) fn klokken(&self) -> Finding<Vec<Klok>> {
        let mut finding = Finding::new(()).resting_on(self.zonder).under(R60.citation);
        let mut klokken: Vec<Klok> = Vec::new();
        let mut vanaf = Date::MIN;
        let mut standen = self.standen(vanaf);
        let mut last_begin = Date::MIN;
        while klokken.len() < MAX_KLOKKEN {
            let na = klokken.last().map(|klok: &Klok| klok.begin);
            let Some(geopend) = self.gronden(&standen).eerste(vanaf, na) else { break };
            standen = self.standen(geopend.begin);
            let verloop = self.verloop(&geopend, &standen);
            let klok = self.klok(&geopend, &verloop, klokken.last());
            last_begin = klok.begin;
            finding = finding.because(geopend.feiten).under(R59.citation);
            klokken.push(klok);
            let Some(einde) = verloop.einde else { break };
            vanaf = einde;
        }
        let open = klokken.last().is_some_and(|klok| !klok.stand.is_voorbij());
        // Unknown days before a spell that is over cannot change what holds now.
        let since = if open { last_begin } else { vanaf };
        finding = self.met_aanbod(finding, &standen, !klokken.is_empty());
        let stepped = klokken.iter().flat_map(|klok| &klok.beurten).filter_map(|beurt| beurt.feit);
        finding = finding.because(stepped.collect::<Vec<_>>());
        if !klokken.is_empty() {
            finding = finding.under(R58.citation).under(R61.citation);
        }
        finding
            .with_gaps(self.zonder.value.iter().flat_map(|span| span.gaten.iter().cloned()))
            .with_gaps(self.beeld.onbekend(since))
            .with_gaps(self.beeld.gaten.iter().cloned())
            .map(|()| klokken)
    }

    fn met_aanbod(&self, finding: Finding<()>, standen: &[Stand], spells: bool) -> Finding<()> {
        if !spells {
            return finding;
        }
        let finding = finding.with_gaps(partijen::zonder_antwoord(self.t, self.on));
        standen.iter().fold(finding, |finding, stand| {
            finding
                .because([stand.aanbod])
                .because(stand.reacties.iter().copied())
                .because(stand.realisaties.iter().copied())
                .with_gaps(stand.gaten.iter().cloned())
        })
    }

    fn standen(&self, vanaf: Date) -> Vec<Stand> {
        aanbod::standen(self.t, vanaf, self.on, self.r, &self.kalender)
    }

    fn gronden<'b>(&'b self, standen: &'b [Stand]) -> Gronden<'b> {
        let Telwerk { t, on, r, beeld, ref kalender, zonder } = *self;
        Gronden { t, on, k: &r.klok, beeld, kalender, zonder: &zonder.value, standen }
    }

    /// What became of a spell: back, closed by an offer, or how it stands on the day.
    fn verloop(&self, geopend: &Geopend, standen: &[Stand]) -> Verloop {
        let begin = geopend.begin;
        let stretches = || standen.iter().flat_map(|stand| &stand.geleverd);
        let closed = stretches().filter_map(|s| Some((s.gesloten?, s.vanaf))).min();
        let back = opening::terug(self.beeld, begin, &self.r.klok, &self.zonder.value, &self.kalender);
        let left = opening::buiten_plicht(&self.zonder.value, begin, self.on);
        let over = |stand, stil_vanaf, einde| {
            let stil_vanaf = Some(stil_vanaf);
            Verloop { stand, stil_vanaf, einde, oneens: None, proef_vanaf: None }
        };
        match (closed, back) {
            (Some((op, vanaf)), back) if back.is_none_or(|back| vanaf <= back) => {
                return over(KlokStand::Gesloten { op }, vanaf, Some(op));
            }
            (_, Some(op)) => return over(KlokStand::Terug { op }, op, Some(op)),
            _ => {}
        }
        if let Some(op) = left {
            return over(KlokStand::Gesloten { op }, op, Some(op));
        }
        let running = stretches().filter(|stretch| stretch.op(self.on)).min_by_key(|s| (s.alleen_zorg, s.vanaf));
        if let Some(stretch) = running {
            return over(self.stil(stretch), stretch.vanaf, None);
        }
        self.lopend(standen)
    }

    fn stil(&self, stretch: &Geleverd) -> KlokStand {
        let Geleverd { vanaf, aanbod, alleen_zorg, .. } = *stretch;
        if alleen_zorg {
            let herzien_uiterlijk = plus_days(vanaf, self.r.klok.zorg_weken.saturating_mul(7));
            KlokStand::ZorgLoopt { vanaf, aanbod, herzien_uiterlijk }
        } else {
            KlokStand::Gestopt { vanaf, aanbod }
        }
    }

    /// A clock that runs: what the offer that came furthest makes of it.
    fn lopend(&self, standen: &[Stand]) -> Verloop {
        let furthest = standen.iter().max_by_key(|stand| stand.fase);
        let stand = match furthest.map(|stand| stand.fase) {
            Some(Fase::Beproeving) => KlokStand::AanbodInBeproeving,
            Some(Fase::NietEens) => KlokStand::AanbodNietEens,
            Some(Fase::Niets) | None => KlokStand::Loopt,
        };
        let oneens = furthest.filter(|_| stand == KlokStand::AanbodNietEens).map(|disputed| Oneens {
            aanbod: disputed.aanbod,
            reacties: disputed.reacties.clone(),
            casustafel_uiterlijk: disputed
                .afgewezen_op
                .and_then(|dag| self.kalender.nde_na(dag, self.r.klok.casustafel_schooldagen)),
        });
        let tried = standen.iter().filter(|stand| stand.fase == Fase::Beproeving);
        let proef_vanaf = tried.map(|stand| stand.dagen.from).min();
        Verloop { stand, stil_vanaf: None, einde: None, oneens, proef_vanaf }
    }

    fn klok(&self, geopend: &Geopend, verloop: &Verloop, before: Option<&Klok>) -> Klok {
        let k = &self.r.klok;
        let begin = geopend.begin;
        let eerder = before.map_or(0, |before| opgeteld(before, begin, k.optel_maanden));
        // The days that add up count as if the clock had started that much earlier.
        let start = plus_days(begin, -i32::try_from(eerder).unwrap_or(i32::MAX));
        let doel = plus_months(start, k.maanden).max(begin);
        let stop = verloop.stil_vanaf.unwrap_or(next_day(self.on)).max(begin);
        let ziek = self.ziek(begin, stop);
        let mut labels = Vec::new();
        if ziek {
            labels.push(Label::ZiekOnderwijsInOverleg);
        }
        let exempt = || matches!(vrijstelling(self.t, self.on, self.r).value, Dekking::Gedekt { .. });
        if verloop.stil_vanaf.is_none() && exempt() {
            labels.push(Label::VrijgesteldZonderLeeraanbod);
        }
        Klok {
            begin,
            opening: geopend.opening,
            gebleken: geopend.gebleken,
            doel,
            stand: verloop.stand,
            gehaald: self.gehaald(verloop, doel),
            eerder,
            waarschuwingen: self.waarschuwingen(start, begin, stop, ziek),
            doorzettingsmacht_uiterlijk: plus_days(start, k.doorzettingsmacht).min(doel).max(begin),
            labels,
            oneens: verloop.oneens.clone(),
            alleen_ziek_of_geschorst: geopend.opening != Opening::NietIngeschreven
                && geopend.opening != Opening::Verklaard
                && self.alleen(begin, stop, &[VerzuimSoort::Ziek, VerzuimSoort::Geschorst])
                && !self.ook_zonder_school(Period { from: begin, until: Some(stop) }),
            dag: u32::try_from(days_between(begin, stop)).unwrap_or(0),
            beurten: beurten::beurten(self.t, Period { from: begin, until: Some(stop) }),
        }
    }

    /// Whether the count goes on because of an exemption that lasts or a missing enrolment: then it no longer rests on illness only,
    /// and leerplicht knows the child by what it is competent for.
    fn ook_zonder_school(&self, dagen: Period) -> bool {
        let missing = self.zonder.value.iter().any(|span| span.dagen.intersection(&dagen).is_some());
        missing || gedekt_in(self.t, dagen, self.r)
    }

    /// Met if and only if the offer or the return began by the target; a disputed offer is neither met nor passed, and
    /// so is an offer in its first weeks that started in time.
    fn gehaald(&self, verloop: &Verloop, doel: Date) -> Gehaald {
        let tried_in_time = || verloop.proef_vanaf.is_some_and(|start| start <= doel);
        match (verloop.stil_vanaf, verloop.stand) {
            (Some(stil), _) if stil <= doel => Gehaald::Ja,
            (Some(_), _) => Gehaald::Nee,
            (None, _) if self.on <= doel => Gehaald::Nog,
            (None, KlokStand::AanbodNietEens) => Gehaald::Nog,
            (None, KlokStand::AanbodInBeproeving) if tried_in_time() => Gehaald::Nog,
            (None, _) => Gehaald::Nee,
        }
    }

    fn waarschuwingen(&self, start: Date, begin: Date, stop: Date, alleen_school: bool) -> Vec<Waarschuwing> {
        let warning = |days: &i32| {
            let dag_zelf = plus_days(start, *days);
            let op = self.kalender.laatste_tot_en_met(dag_zelf, begin);
            Waarschuwing { week: u32::try_from(days / 7).unwrap_or(0), op, dag_zelf, alleen_school }
        };
        let stopped = stop <= self.on;
        let given = |w: &Waarschuwing| w.dag_zelf >= begin && (!stopped || w.dag_zelf < stop);
        self.r.klok.waarschuwingen.iter().map(warning).filter(given).collect()
    }

    /// Whether the last schooldagen without participation were all illness.
    fn ziek(&self, begin: Date, stop: Date) -> bool {
        let dagen = self.beeld.binnen(Period { from: begin, until: Some(stop) });
        let known = dagen.iter().rev().filter(|dag| dag.deelname != DagDeelname::Onbekend);
        let recent = known.take(usize::try_from(self.r.klok.schooldagen_zonder_deelname).unwrap_or(usize::MAX));
        let since = recent.map(|dag| dag.dag).last();
        since.is_some_and(|since| self.alleen(since, stop, &[VerzuimSoort::Ziek]))
    }

    /// Whether something was missed between two days (`tot` not in it), and only for these kinds.
    fn alleen(&self, van: Date, tot: Date, soorten: &[VerzuimSoort]) -> bool {
        let mut missed = self.beeld.gemist_vanaf(van).iter().take_while(|gemist| gemist.dag < tot).peekable();
        missed.peek().is_some() && missed.all(|gemist| soorten.contains(&gemist.soort))
    }
}

/// Days of the spell before that add up: when an offer had closed it and fell away within so many months.
fn opgeteld(before: &Klok, begin: Date, maanden: i32) -> u32 {
    match before.stand {
        KlokStand::Gesloten { op } if begin <= plus_months(op, maanden) => before.dag + before.eerder,
        _ => 0,
    }
}
