//! The clock: no child at home for longer than three months without a fitting offer (pact 2017; rules 58 to 61).
//!
//! A *spell* opens on the first day of it ([`Opening`]), is never reset by a holiday, an unknown day, another school or
//! another sector, and ends when the child is back, or when an offer has held ([`KlokStand`]). All values are the
//! region's ([`crate::region::KlokAfspraken`]).

mod aanbod;
mod beurten;
pub(crate) mod inschrijving;
mod kalender;
mod opening;
mod partijen;
mod telwerk;
mod waarom;

use jiff::civil::Date;

pub(crate) use aanbod::passend;
pub use beurten::{Beurt, Wissel};
pub use inschrijving::{ZonderInschrijving, plichtig, zonder_inschrijving};
pub use waarom::{Stuk, waarom};

use crate::body::ZitThuis;
use crate::fact::FactId;
use crate::finding::{Finding, Gap};
use crate::period::{Period, next_day, plus_days};
use crate::region::Rules;
use crate::rules::R60;
use crate::status::traject::Traject;
use crate::termijnen::Geval;
use crate::timeline::Timeline;
use kalender::Kalender;
use telwerk::Telwerk;

/// How a spell opened (`KlokAfspraken` has the numbers).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Opening {
    /// Ten schooldagen without participation, any cause.
    GeenDeelname,
    /// Participation under half over four lesweken without an agreed plan; or an offer that had held falls away.
    LageDeelname,
    /// Not enrolled while the duty holds.
    NietIngeschreven,
    /// Parents or school say that the child is at home.
    Verklaard,
}

/// How the clock stands on the day that was asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KlokStand {
    /// It runs.
    Loopt,
    /// There is an offer and parents or youth say *niet passend*: neither met nor passed.
    AanbodNietEens,
    /// An offer is written and accepted; its first weeks are not over. It runs on until they are delivered.
    AanbodInBeproeving,
    /// An offer was delivered: the clock stands still from the day on which that began.
    Gestopt {
        /// First day on which it stands still.
        vanaf: Date,
        /// By which offer.
        aanbod: FactId,
    },
    /// Care without education: met, but learning has not begun.
    ZorgLoopt {
        /// Since when.
        vanaf: Date,
        /// Which offer.
        aanbod: FactId,
        /// Last day (inclusive) for the review.
        herzien_uiterlijk: Date,
    },
    /// Ended: an offer has held, or the duty ended while the child was not enrolled.
    Gesloten {
        /// The day on which it ended.
        op: Date,
    },
    /// Ended: the child was back from this day on.
    Terug {
        /// First day back.
        op: Date,
    },
}

impl KlokStand {
    /// Whether the spell is over.
    pub fn is_voorbij(self) -> bool {
        self.einde().is_some()
    }

    /// The day on which the spell ended; `None` when it is not over.
    pub fn einde(self) -> Option<Date> {
        match self {
            KlokStand::Gesloten { op } | KlokStand::Terug { op } => Some(op),
            _ => None,
        }
    }
}

/// Whether the promise of three months was kept: yes if and only if the offer (or the return) began on the target or
/// before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gehaald {
    /// Not decided yet; also as long as an offer is disputed.
    Nog,
    /// Kept.
    Ja,
    /// Three months passed.
    Nee,
}

/// A warning on the way to the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Waarschuwing {
    /// Weeks after the start.
    pub week: u32,
    /// The day on which it is given: the last schooldag on or before the day itself.
    pub op: Date,
    /// The day itself.
    pub dag_zelf: Date,
    /// Goes to the school only, because the absence is illness (youth health care follows on consent).
    pub alleen_school: bool,
}

/// What a clock is called beside its stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Label {
    /// *ziek, onderwijs in overleg*: the child is ill; the clock runs.
    ZiekOnderwijsInOverleg,
    /// *vrijgesteld, zonder leeraanbod*: exempt from enrolment; the count goes on.
    VrijgesteldZonderLeeraanbod,
}

impl Label {
    /// The words on a screen.
    pub fn woord(self) -> &'static str {
        match self {
            Label::ZiekOnderwijsInOverleg => "ziek, onderwijs in overleg",
            Label::VrijgesteldZonderLeeraanbod => "vrijgesteld, zonder leeraanbod",
        }
    }
}

/// *Aanbod gedaan, niet eens*: what both sides say, and until when the casustafel meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oneens {
    /// The offer: the view of who made it.
    pub aanbod: FactId,
    /// What parents and child said of it, the last word of each.
    pub reacties: Vec<FactId>,
    /// Last day (inclusive) for the casustafel; `None` when no calendar reaches that far.
    pub casustafel_uiterlijk: Option<Date>,
}

/// One spell of a child and its clock, on the day that was asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Klok {
    /// First day of the spell: day 1.
    pub begin: Date,
    /// How it opened.
    pub opening: Opening,
    /// The day from which this could be known; nobody owed anything before.
    pub gebleken: Date,
    /// Last day of the three months (inclusive).
    pub doel: Date,
    /// How it stands.
    pub stand: KlokStand,
    /// Whether the promise was kept.
    pub gehaald: Gehaald,
    /// Days of earlier spells that add up, because an offer fell away within twelve months.
    pub eerder: u32,
    /// Warnings until the clock stopped, in order.
    pub waarschuwingen: Vec<Waarschuwing>,
    /// Last day (inclusive) on which doorzettingsmacht is due.
    pub doorzettingsmacht_uiterlijk: Date,
    /// What it is called.
    pub labels: Vec<Label>,
    /// The dispute, when the stand is [`KlokStand::AanbodNietEens`].
    pub oneens: Option<Oneens>,
    /// Whether it rests on illness or suspension only: such a clock is not shown to leerplicht.
    pub alleen_ziek_of_geschorst: bool,
    /// Days that count: day 1 is the start; standing still it counts no further.
    pub dag: u32,
    /// How many of those days each organisation was aan zet; adds up to `dag`.
    pub beurten: Vec<Beurt>,
}

/// All spells that could be known on a day, oldest first.
pub fn klokken(t: &Timeline, on: Date, r: &Rules) -> Finding<Vec<Klok>> {
    klokken_van(&Geval::new(t, on, r))
}

pub(crate) fn klokken_van(geval: &Geval<'_>) -> Finding<Vec<Klok>> {
    let Geval { t, on, r, .. } = *geval;
    let zonder = inschrijving::spannen(t, on, r);
    if zonder.value.is_empty() && niets_gemist(t) {
        let gaps = niet_geleverd(geval);
        return Finding::new(Vec::new()).resting_on(&zonder).with_gaps(gaps).under(R60.citation);
    }
    Telwerk { t, on, r, beeld: geval.beeld(), kalender: Kalender::of(t, r), zonder: &zonder }.klokken()
}

/// The clock that is open on a day, if one is.
pub fn klok(t: &Timeline, on: Date, r: &Rules) -> Finding<Option<Klok>> {
    klokken(t, on, r).map(|klokken| klokken.into_iter().next_back().filter(|klok| !klok.stand.is_voorbij()))
}

/// The accepted offer that is delivered on a day, if one is; education goes before care.
pub(crate) fn geleverd_aanbod(t: &Timeline, on: Date, r: &Rules) -> Finding<Option<Traject>> {
    let standen = aanbod::standen(t, Date::MIN, on, r, &Kalender::of(t, r));
    let found = standen
        .iter()
        .flat_map(|stand| &stand.geleverd)
        .filter(|stretch| stretch.op(on))
        .min_by_key(|stretch| (stretch.alleen_zorg, stretch.vanaf))
        .map(|stretch| Traject { aanbod: stretch.aanbod, vanaf: stretch.vanaf, alleen_zorg: stretch.alleen_zorg });
    let stand = standen.iter().find(|stand| found.is_some_and(|found| found.aanbod == stand.aanbod));
    let feiten = stand.map(|stand| [&[stand.aanbod], &*stand.reacties, &*stand.realisaties].concat());
    Finding::new(found).because(feiten.unwrap_or_default())
}

/// No row, not even a refused one, and no statement that the child was away: then nothing but a missing enrolment can open
/// a clock.
pub(crate) fn niets_gemist(t: &Timeline) -> bool {
    use crate::body::{Afwezigheid, Rooster};
    t.rijen.per_school.iter().all(|school| school.rijen.is_empty() && school.afgewezen.is_empty())
        && t.all::<Afwezigheid>().next().is_none()
        && !t.all::<Rooster>().any(|(_, rooster)| rooster.kwartieren.iter().all(|quarters| *quarters == 0))
        && t.all::<ZitThuis>().next().is_none()
}

/// Days of enrolment in the last weeks of which nothing was delivered, for a child of whom nothing else is known.
fn niet_geleverd(geval: &Geval<'_>) -> Vec<Gap> {
    let Geval { t, on, r, .. } = *geval;
    let recent = plus_days(on, -7 * i32::try_from(r.klok.lesweken).unwrap_or_default());
    let covered = |school, period: &Period| {
        let delivered = t.rijen.per_school.iter().filter(|verzuim| verzuim.school == school);
        delivered.flat_map(|verzuim| verzuim.aangeleverd.iter()).any(|levering| {
            levering.from <= period.from
                && levering.until.is_none_or(|until| period.until.is_some_and(|end| end <= until))
        })
    };
    let window = Period { from: recent, until: Some(next_day(on)) };
    let complete = t.inschrijvingen().iter().all(|(period, _, inschrijving)| {
        period.intersection(&window).is_none_or(|period| covered(inschrijving.school, &period))
    });
    if complete {
        return Vec::new();
    }
    let beeld = geval.beeld();
    [beeld.onbekend(recent), beeld.gaten.clone()].concat()
}
