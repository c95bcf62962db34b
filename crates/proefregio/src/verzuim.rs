//! A year of ordinary absence: illness, lateness, lessons missed, leave, cancelled lessons.
//!
//! The mix follows England's shares per phase (DfE 2025-26: primary 5.3 % of sessions, of which illness 2.8; secondary
//! 8.5, of which 3.6), the spread over children the long tail of the UCI student data (a third never, a few very often).

use domain::Date;
use domain::verzuim::VerzuimSoort;

use crate::dagen::Dagen;
use crate::leerlingen::Leerling;
use crate::ruimte::Ruimte;
use crate::scholen::School;
use crate::toeval::Toeval;

/// Quarters of one lesson.
const LES: u8 = 4;
/// Declared hours per weekday in quarters, Monday first: po klokuren, (v)so and vo lesuren.
pub(crate) const UREN_PO: [u8; 5] = [22, 22, 14, 22, 22];
pub(crate) const UREN_SO: [u8; 5] = [20, 20, 16, 20, 20];
pub(crate) const UREN_VSO: [u8; 5] = [24, 24, 20, 24, 24];
pub(crate) const UREN_VO: [u8; 5] = [28, 24, 24, 28, 24];

/// Declared hours of a school.
pub(crate) fn uren(school: &School) -> [u8; 5] {
    use domain::body::Sector;
    match school.sector {
        Sector::Po | Sector::Sbo => UREN_PO,
        Sector::So => UREN_SO,
        Sector::Vso => UREN_VSO,
        Sector::Vo | Sector::Pro | Sector::Mbo => UREN_VO,
    }
}

/// The roster in quarters on a day.
pub(crate) fn rooster(uren: &[u8; 5], dag: Date) -> u8 {
    let weekday = usize::try_from(dag.weekday().to_monday_zero_offset()).unwrap_or(5);
    uren.get(weekday).copied().unwrap_or_default()
}

/// How often something happens to an average child in a year, in hundredths.
struct Maat {
    ziek: u32,
    te_laat: u32,
    spijbelen: u32,
    verlof_dagen: u32,
    verlof_lessen: u32,
    uitgestuurd: u32,
    overig: u32,
}

const PO: Maat =
    Maat { ziek: 300, te_laat: 290, spijbelen: 35, verlof_dagen: 70, verlof_lessen: 60, uitgestuurd: 5, overig: 40 };
const VO: Maat =
    Maat { ziek: 380, te_laat: 480, spijbelen: 290, verlof_dagen: 60, verlof_lessen: 170, uitgestuurd: 80, overig: 90 };

/// How often a child is away against the average, in percent: most seldom, a few very often.
const GEWICHTEN: [(u32, u32); 6] = [(0, 220), (40, 280), (100, 270), (180, 150), (320, 60), (600, 20)];

/// Lengths of a spell of illness in schooldagen, of a thousand.
const ZIEKTEDUUR: [(usize, u32); 8] = [(1, 470), (2, 260), (3, 120), (4, 60), (5, 40), (6, 20), (7, 15), (8, 15)];

/// Lessons that a class misses because the school cancelled them.
pub(crate) struct Lesuitval {
    /// Per class: day, and lesson (0: the whole day).
    per_klas: Vec<Vec<(usize, u8)>>,
}

impl Lesuitval {
    pub(crate) fn new(klassen: usize, dagen: &Dagen, seed: u64) -> Self {
        let mut toeval = Toeval::new(seed, 5);
        let count = dagen.dagen.len();
        let klas = |_| {
            let lessons = 4 + toeval.onder(9);
            let mut found: Vec<(usize, u8)> =
                (0..lessons).map(|_| (toeval.onder(count), 1 + toeval.onder(6) as u8)).collect();
            if toeval.kans(700) {
                found.push((toeval.onder(count), 0));
            }
            found
        };
        Lesuitval { per_klas: (0..klassen).map(klas).collect() }
    }

    fn van(&self, klas: usize) -> &[(usize, u8)] {
        self.per_klas.get(klas).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Fills the year of one child; its rows stand in `ruimte.regels` afterwards, in order.
pub(crate) fn jaar(ruimte: &mut Ruimte<'_>, leerling: &Leerling, po: bool, uitval: &Lesuitval, toeval: &mut Toeval) {
    for (dag, lesuur) in uitval.van(leerling.klas_plaats) {
        match lesuur {
            0 => {
                ruimte.dagen(*dag, 1, VerzuimSoort::Lesuitval);
            }
            lesuur if !po => {
                ruimte.les(*dag, *lesuur, LES, VerzuimSoort::Lesuitval);
            }
            _ => {}
        }
    }
    let maat = if po { &PO } else { &VO };
    let gewicht = draw(&GEWICHTEN, toeval);
    ziekte(ruimte, maat.ziek * gewicht / 100, toeval);
    verlof(ruimte, maat, toeval);
    vakantie(ruimte, toeval);
    lessen(ruimte, maat, gewicht, po, toeval);
    zeldzaam(ruimte, po, toeval);
    ruimte.regels.sort_unstable();
}

/// A value by its weight of a thousand.
fn draw<T: Copy + Default>(uit: &[(T, u32)], toeval: &mut Toeval) -> T {
    let mut ticket = toeval.onder(1000) as u32;
    for (value, weight) in uit {
        if ticket < *weight {
            return *value;
        }
        ticket -= weight;
    }
    uit.first().map(|(value, _)| *value).unwrap_or_default()
}

fn dag(ruimte: &Ruimte<'_>, toeval: &mut Toeval) -> usize {
    ruimte.binnen.start + toeval.onder(ruimte.binnen.len())
}

/// How often in the days of enrolment: `honderdsten` is for a whole year of some 190 schooldagen.
fn keer(ruimte: &Ruimte<'_>, honderdsten: u32, toeval: &mut Toeval) -> u32 {
    let part = honderdsten * u32::try_from(ruimte.binnen.len()).unwrap_or_default() / 190;
    toeval.aantal(part)
}

fn ziekte(ruimte: &mut Ruimte<'_>, honderdsten: u32, toeval: &mut Toeval) {
    for _ in 0..keer(ruimte, honderdsten, toeval) {
        let first = dag(ruimte, toeval);
        let length = draw(&ZIEKTEDUUR, toeval);
        ruimte.dagen(first, length, VerzuimSoort::Ziek);
    }
}

fn verlof(ruimte: &mut Ruimte<'_>, maat: &Maat, toeval: &mut Toeval) {
    for _ in 0..keer(ruimte, maat.verlof_dagen, toeval) {
        let first = dag(ruimte, toeval);
        ruimte.dagen(first, 1, VerzuimSoort::Verlof);
    }
    for _ in 0..keer(ruimte, maat.verlof_lessen, toeval) {
        let (day, lesuur) = (dag(ruimte, toeval), 1 + toeval.onder(5) as u8);
        ruimte.les(day, lesuur, LES, VerzuimSoort::Verlof);
    }
}

/// One child in sixty leaves for a holiday without leave, on the last days of a lesweek.
fn vakantie(ruimte: &mut Ruimte<'_>, toeval: &mut Toeval) {
    if toeval.kans(16) {
        let last = dag(ruimte, toeval);
        let length = 1 + toeval.onder(4);
        ruimte.dagen(last.saturating_sub(length), length, VerzuimSoort::Luxe);
    }
}

fn lessen(ruimte: &mut Ruimte<'_>, maat: &Maat, gewicht: u32, po: bool, toeval: &mut Toeval) {
    for _ in 0..keer(ruimte, maat.te_laat * gewicht / 100, toeval) {
        let (day, quarters) = (dag(ruimte, toeval), 1 + toeval.onder(2) as u8);
        ruimte.les(day, 1, quarters, VerzuimSoort::TeLaat);
    }
    for _ in 0..keer(ruimte, maat.spijbelen * gewicht / 100, toeval) {
        let (day, first) = (dag(ruimte, toeval), 1 + toeval.onder(6) as u8);
        if po {
            ruimte.dagen(day, 1, VerzuimSoort::Ongeoorloofd);
            continue;
        }
        let several = 1 + toeval.onder(3) as u8;
        for lesuur in first..first + several {
            ruimte.les(day, lesuur, LES, VerzuimSoort::Ongeoorloofd);
        }
    }
    for _ in 0..keer(ruimte, maat.overig, toeval) {
        let (day, lesuur) = (dag(ruimte, toeval), 1 + toeval.onder(5) as u8);
        let soort = toeval.onder(3);
        let soort = if soort == 0 { VerzuimSoort::VrijgesteldLes } else { VerzuimSoort::OverigGeoorloofd };
        ruimte.les(day, lesuur, LES, soort);
    }
    for _ in 0..keer(ruimte, maat.uitgestuurd * gewicht / 100, toeval) {
        let (day, lesuur) = (dag(ruimte, toeval), 1 + toeval.onder(6) as u8);
        ruimte.les(day, lesuur, LES, VerzuimSoort::Uitgestuurd);
    }
}

/// What few children have: suspension, a smaller roster for some weeks.
fn zeldzaam(ruimte: &mut Ruimte<'_>, po: bool, toeval: &mut Toeval) {
    if toeval.kans(if po { 1 } else { 6 }) {
        let (first, length) = (dag(ruimte, toeval), 1 + toeval.onder(4));
        ruimte.dagen(first, length, VerzuimSoort::Geschorst);
    }
    if toeval.kans(4) {
        let first = dag(ruimte, toeval);
        let lesuur = if po { 4 } else { 5 };
        for day in (first..first + 40).step_by(5) {
            ruimte.les(day, lesuur, LES, VerzuimSoort::AangepastRooster);
        }
    }
}
