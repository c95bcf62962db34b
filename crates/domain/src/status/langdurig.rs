//! Langdurig relatief verzuim: enrolled and more than four weeks away without valid reason (rule 7).

use jiff::civil::Date;

use super::relatief::zonder_reden;
use super::zekerheid::{Zekerheid, zekerheid};
use crate::body::TeBevestigen;
use crate::calendar::datum;
use crate::dagbeeld::{DagDeelname, Dagbeeld};
use crate::finding::{Finding, Gap};
use crate::period::{days_between, monday};
use crate::region::Rules;
use crate::rules::R7;
use crate::timeline::Timeline;

/// More than four weeks away without valid reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Langdurig {
    /// First day of the absence.
    pub sinds: Date,
    /// Calendar days from the first to the last known day, both included.
    pub dagen: u32,
    /// How sure.
    pub zekerheid: Zekerheid,
}

/// Four weeks, in days of lesweken; more is long.
const VIER_WEKEN: i32 = 28;

/// Whether the child is in langdurig relatief verzuim on a day. The source does not say whether holiday weeks count;
/// they are left out, and where they tip the answer the finding says so.
pub fn langdurig(t: &Timeline, on: Date, r: &Rules) -> Finding<Option<Langdurig>> {
    let beeld = Dagbeeld::of(t, on, r);
    let finding = Finding::new(()).under(R7.citation);
    let Some((first, last)) = run(t, &beeld).filter(|_| t.inschrijvingen_op(on).next().is_some()) else {
        return finding.with_gaps(beeld.onbekend(on)).map(|()| None);
    };
    let finding = finding.because(beeld.feiten.iter().copied()).with_gaps(beeld.onbekend(first));
    let weken: Vec<Date> = beeld.lesweken(first).map(|week| week.maandag).collect();
    let full = i32::try_from(weken.len().saturating_sub(1)).unwrap_or(i32::MAX).saturating_mul(7);
    let days_of_weeks = full + days_between(monday(last), last) - days_between(monday(first), first);
    let calendar = days_between(first, last);
    if days_of_weeks < VIER_WEKEN {
        let vakanties = (calendar >= VIER_WEKEN).then(|| {
            Gap::BuitenBereik(format!(
                "Vanaf {} zijn er meer dan vier weken om als de vakantie meetelt, en minder als zij niet meetelt. De bron zegt niet hoe het moet; hier telt zij niet mee.",
                datum(first)
            ))
        });
        return finding.with_gaps(vakanties).map(|()| None);
    }
    let (zekerheid, feiten) = zekerheid(t, TeBevestigen::Ongeoorloofd, first, on);
    let dagen = u32::try_from(calendar + 1).unwrap_or(0);
    finding.because(feiten).map(|()| Some(Langdurig { sinds: first, dagen, zekerheid }))
}

/// First and last day of the run of schooldagen missed wholly and without valid reason that lasts until now. Days that
/// are onbekend neither count nor break it.
fn run(t: &Timeline, beeld: &Dagbeeld) -> Option<(Date, Date)> {
    let without_reason = |dag: Date| beeld.gemist_op(dag).iter().all(|gemist| zonder_reden(t, gemist));
    let mut known = beeld
        .dagen
        .iter()
        .rev()
        .filter(|dag| dag.deelname != DagDeelname::Onbekend)
        .take_while(|dag| dag.deelname == DagDeelname::Geen && without_reason(dag.dag))
        .map(|dag| dag.dag);
    let last = known.next()?;
    Some((known.last().unwrap_or(last), last))
}
