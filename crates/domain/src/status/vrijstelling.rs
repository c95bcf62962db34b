//! Exemptions: which one covers a day. Article 5 and 5a arise by law from a notice that meets the conditions; 3a, 3b and
//! 15 hold only when granted (Leerplichtwet 1969).

use jiff::civil::Date;

use crate::body::{
    Hoedanigheid, Kennisgeving, KennisgevingToets, ToetsUitkomst, Verklaring, VrijstellingBesluit, VrijstellingSoort,
};
use crate::calendar::datum;
use crate::fact::Fact;
use crate::finding::{Citation, Finding, Gap};
use crate::klok::geleverd_aanbod;
use crate::period::{Period, plus_months};
use crate::region::Rules;
use crate::rules::R29;
use crate::timeline::Timeline;

/// Whether an exemption from enrolment covers a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dekking {
    /// None does.
    Geen,
    /// One does.
    Gedekt {
        /// Which.
        grond: VrijstellingSoort,
        /// First day of the notice or decision that covers the day.
        sinds: Date,
    },
    /// Parents gave notice, and whether it meets the conditions is not known.
    Onbekend {
        /// Which they invoke.
        grond: VrijstellingSoort,
    },
}

/// How old a statement under art. 7 may be at the notice, in calendar months.
const VERKLARING_MAANDEN: i32 = 3;
const DOOR_DE_WET: Citation =
    Citation { regel: "vrijstelling", bron: "Leerplichtwet 1969, art. 5, 5a, 6 en 7", versie: "2018-07-28" };
const BESLUIT: Citation =
    Citation { regel: "vrijstelling", bron: "Leerplichtwet 1969, art. 3a, 3b en 15", versie: "2018-07-28" };

/// Which exemption covers a day: the last word on each ground holds, and one that covers is enough. A notice that nobody
/// tested is never a silent yes or no: the finding has a gap.
pub fn vrijstelling(t: &Timeline, on: Date, _r: &Rules) -> Finding<Dekking> {
    let decided = t.on::<VrijstellingBesluit>(on).filter(|(_, besluit)| !besluit.grond.van_rechtswege());
    let decided = laatste_per_grond(decided, |besluit| besluit.grond);
    if let Some((fact, besluit)) = decided.iter().find(|(_, besluit)| besluit.toegekend) {
        let dekking = Dekking::Gedekt { grond: besluit.grond, sinds: fact.valid.from };
        return Finding::new(dekking).because([fact.id]).under(BESLUIT);
    }
    let refused = decided.iter().map(|(fact, _)| fact.id);
    let notices = t.on::<Kennisgeving>(on).filter(|(_, notice)| notice.grond.van_rechtswege());
    let notices = laatste_per_grond(notices, |notice| notice.grond);
    let read = notices.iter().map(|(fact, notice)| by_law(t, fact, notice).because([fact.id]).under(DOOR_DE_WET));
    // Of several grounds the one that covers; what is not known goes before what does not hold.
    let mut read: Vec<_> = read.collect();
    read.sort_by_key(|finding| match finding.value {
        Dekking::Gedekt { .. } => 0,
        Dekking::Onbekend { .. } => 1,
        Dekking::Geen => 2,
    });
    let Some((best, others)) = read.split_first() else {
        return Finding::new(Dekking::Geen).because(refused).under(BESLUIT);
    };
    let finding = best.clone().because(refused);
    if matches!(finding.value, Dekking::Gedekt { .. }) {
        return finding;
    }
    others.iter().fold(finding, Finding::resting_on)
}

/// Whether an exemption covers the end of a period, its last day: one that ended before it says nothing of what came after.
pub(crate) fn gedekt_in(t: &Timeline, dagen: Period, r: &Rules) -> bool {
    let last = dagen.last().filter(|last| dagen.contains(*last));
    last.is_some_and(|last| matches!(vrijstelling(t, last, r).value, Dekking::Gedekt { .. }))
}

/// The last statement on each ground, the newest first.
fn laatste_per_grond<'a, K>(
    stated: impl DoubleEndedIterator<Item = (&'a Fact, &'a K)>,
    grond: impl Fn(&K) -> VrijstellingSoort,
) -> Vec<(&'a Fact, &'a K)> {
    let mut last: Vec<(&Fact, &K)> = Vec::new();
    for (fact, body) in stated.rev() {
        if last.iter().all(|(_, newer)| grond(newer) != grond(body)) {
            last.push((fact, body));
        }
    }
    last
}

fn by_law(t: &Timeline, fact: &Fact, notice: &Kennisgeving) -> Finding<Dekking> {
    let covered = Dekking::Gedekt { grond: notice.grond, sinds: fact.valid.from };
    let toets = t.all::<KennisgevingToets>().rev().find(|(_, toets)| toets.kennisgeving == fact.id);
    if let Some((test, toets)) = toets {
        let dekking = if toets.uitkomst == ToetsUitkomst::Voldoet { covered } else { Dekking::Geen };
        return Finding::new(dekking).because([test.id]);
    }
    let untested = |wat: &str| {
        Gap::Ontbreekt(format!(
            "De kennisgeving van {} is nog niet getoetst door de leerplichtambtenaar. {wat}",
            datum(notice.ontvangen)
        ))
    };
    if notice.grond != VrijstellingSoort::A5a {
        return Finding::new(Dekking::Onbekend { grond: notice.grond })
            .with_gaps([untested("Of zij voldoet aan de voorwaarden, is niet bekend.")]);
    }
    let statement = statement(t, notice);
    let finding = Finding::new(()).because(statement.map(|(stated, _)| stated.id)).under(R29.citation);
    match statement.map(|(stated, verklaring)| shortcoming(stated, verklaring, notice)) {
        None => finding
            .with_gaps([untested("De verklaring van de arts, pedagoog of psycholoog is niet bekend.")])
            .map(|()| Dekking::Onbekend { grond: notice.grond }),
        Some(None) => {
            finding.with_gaps([untested("Naar de gegevens voldoet zij aan de voorwaarden.")]).map(|()| covered)
        }
        Some(Some(waarom)) => finding
            .with_gaps([untested(&format!("Naar de gegevens voldoet zij niet: {waarom}."))])
            .map(|()| Dekking::Geen),
    }
}

/// The statement that comes with a notice: the best of those up to the day of receipt, else the last one.
fn statement<'a>(t: &'a Timeline, notice: &Kennisgeving) -> Option<(&'a Fact, &'a Verklaring)> {
    let mut before: Vec<_> =
        t.all::<Verklaring>().filter(|(stated, _)| stated.valid.from <= notice.ontvangen).collect();
    before.sort_by_key(|(stated, _)| stated.valid.from);
    let good = before.iter().rev().find(|(stated, verklaring)| shortcoming(stated, verklaring, notice).is_none());
    good.or_else(|| before.last()).copied()
}

/// Why a statement does not carry a notice; `None` when it does.
fn shortcoming(stated: &Fact, verklaring: &Verklaring, notice: &Kennisgeving) -> Option<&'static str> {
    let too_old = stated.valid.from < plus_months(notice.ontvangen, -VERKLARING_MAANDEN);
    let lasting = notice.geen_jaarlijkse_verklaring && verklaring.blijvend;
    if !verklaring.aangewezen || verklaring.hoedanigheid == Hoedanigheid::Anders {
        Some("wie de verklaring gaf, is niet door de gemeente aangewezen")
    } else if verklaring.behandelend {
        Some("wie de verklaring gaf, behandelt de jongere")
    } else if too_old && !lasting {
        Some("de verklaring was bij ontvangst ouder dan drie maanden")
    } else if verklaring.tot.is_some_and(|tot| tot <= notice.ontvangen) {
        Some("de verklaring gold niet meer bij ontvangst")
    } else {
        None
    }
}

/// Exempt, and nothing to learn from is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ZonderLeeraanbod {
    /// Which exemption.
    pub grond: VrijstellingSoort,
    /// First day of the notice or decision.
    pub sinds: Date,
}

/// *Vrijgesteld, zonder leeraanbod*: an exemption covers the day and no offer of education is delivered. The count of
/// the clock goes on.
pub fn zonder_leeraanbod(t: &Timeline, on: Date, r: &Rules) -> Finding<Option<ZonderLeeraanbod>> {
    let dekking = vrijstelling(t, on, r);
    let Dekking::Gedekt { grond, sinds } = dekking.value else { return dekking.map(|_| None) };
    let aanbod = geleverd_aanbod(t, on, r);
    let learns = aanbod.value.is_some_and(|traject| !traject.alleen_zorg);
    dekking.resting_on(&aanbod).map(|_| (!learns).then_some(ZonderLeeraanbod { grond, sinds }))
}
