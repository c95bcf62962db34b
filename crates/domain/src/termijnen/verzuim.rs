//! Long unauthorised absence and return, read from the days of the child: what rules 7, 10 and 11 start from.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::body::{Afwezigheid, RijCorrectie};
use crate::dagbeeld::{DagDeelname, Dagbeeld};
use crate::ids::OrganisatieId;
use crate::period::{day_number, monday};
use crate::status::relatief::zonder_reden;
use crate::termijnen::Geval;
use crate::verzuim::{Rij, Soorten, VerzuimSoort};

/// Four weeks, in days of lesweken: holiday weeks are left out, as in the status of the same name.
const VIER_WEKEN: i32 = 28;

/// A run of schooldagen missed wholly and without valid reason.
pub(crate) struct Reeks {
    pub(crate) begin: Date,
    /// First day on which four full weeks had been missed.
    pub(crate) vier_weken: Option<Date>,
    /// First day on which it was more than four weeks.
    pub(crate) langer: Option<Date>,
    /// Mondays of its lesweken.
    weken: BTreeSet<Date>,
}

/// Runs up to the day that is looked at, in order. Days that are onbekend neither count nor break one.
pub(crate) fn reeksen(geval: &Geval<'_>) -> Vec<Reeks> {
    if !iets_zonder_reden(geval) {
        return Vec::new();
    }
    let beeld = geval.beeld();
    let mut all: Vec<Reeks> = Vec::new();
    let mut running = false;
    for (place, day) in beeld.dagen.iter().enumerate() {
        let away = day.deelname == DagDeelname::Geen && zonder_reden_op(geval, beeld, day.dag);
        if !away {
            running &= day.deelname == DagDeelname::Onbekend;
            continue;
        }
        if !running {
            all.push(Reeks { begin: day.dag, vier_weken: None, langer: None, weken: BTreeSet::new() });
        }
        running = true;
        let next = beeld.dagen.get(place + 1).map(|next| next.dag);
        let ends_week = next.is_none_or(|next| monday(next) != monday(day.dag)) && geval.laatste_van_week(day.dag);
        if let Some(reeks) = all.last_mut() {
            reeks.add(day.dag, ends_week);
        }
    }
    all
}

impl Reeks {
    fn add(&mut self, dag: Date, ends_week: bool) {
        self.weken.insert(monday(dag));
        let weekday = |dag: Date| i32::from(dag.weekday().to_monday_zero_offset());
        let weeks = i32::try_from(self.weken.len()).unwrap_or(i32::MAX);
        // Days of lesweken from the first to this one, this one not included.
        let missed = 7 * weeks.saturating_sub(1) + weekday(dag) - weekday(self.begin);
        if missed >= VIER_WEKEN {
            self.langer = self.langer.or(Some(dag));
        }
        let through_weekend = if ends_week { 7 - weekday(dag) } else { 1 };
        if missed + through_weekend >= VIER_WEKEN {
            self.vier_weken = self.vier_weken.or(Some(dag));
        }
    }
}

/// A quick look, so that the days of a child without any such absence are not laid out.
fn iets_zonder_reden(geval: &Geval<'_>) -> bool {
    let soorten = Soorten::of(&[VerzuimSoort::Ongeoorloofd, VerzuimSoort::Luxe]);
    let mut rows = geval.t.rijen.per_school.iter().flat_map(|school| school.rijen.iter());
    let stated = || {
        let corrected = geval.t.all::<RijCorrectie>().filter_map(|(_, correctie)| correctie.wordt);
        let away = geval.t.all::<Afwezigheid>().map(|(_, afwezigheid)| afwezigheid.soort);
        corrected.map(|(soort, _)| soort).chain(away).any(|soort| soorten.contains(soort))
    };
    rows.any(|packed| Rij::unpack(*packed).is_some_and(|rij| soorten.contains(rij.soort))) || stated()
}

fn zonder_reden_op(geval: &Geval<'_>, beeld: &Dagbeeld, dag: Date) -> bool {
    let mut missed = beeld.gemist_op(dag).iter().peekable();
    missed.peek().is_some() && missed.all(|gemist| zonder_reden(geval.t, gemist))
}

/// Whether a school delivered all it had about a day, this child's rows included.
pub(crate) fn aangeleverd(geval: &Geval<'_>, school: OrganisatieId, dag: Date) -> bool {
    let number = u16::try_from(day_number(dag)).unwrap_or(0);
    geval.t.rijen.per_school.iter().filter(|verzuim| verzuim.school == school).any(|verzuim| {
        verzuim.aangeleverd.iter().any(|period| period.contains(dag))
            && verzuim.afgewezen.binary_search(&number).is_err()
    })
}

/// The first schooldag after a day on which the child was at school, and missed nothing without valid reason.
pub(crate) fn terug_na(geval: &Geval<'_>, na: Date) -> Option<Date> {
    let beeld = geval.beeld();
    let there = |deelname| matches!(deelname, DagDeelname::Heel | DagDeelname::Deels);
    let after = beeld.vanaf(na).iter().filter(|day| day.dag > na && there(day.deelname)).map(|day| day.dag);
    let mut back = after.filter(|dag| !beeld.gemist_op(*dag).iter().any(|gemist| zonder_reden(geval.t, gemist)));
    back.next()
}
