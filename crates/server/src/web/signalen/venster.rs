//! On which lessons a signal rests: the rows of its window that its rule counts, drawn and named, as far as the reader may
//! see them; and which version of the protocol says so.

use std::collections::BTreeMap;

use domain::Date;
use domain::calendar::{datum, datum_met_dag};
use domain::dagbeeld::gecorrigeerd;
use domain::ids::OrganisatieId;
use domain::period::{day_number, days_between, from_day_number};
use domain::signaal::Signaal;
use domain::verzuim::{Duur, Rij};
use signals::protocol::{Regel, Vorm};

use crate::web::beeld::lessen::{Lesdag, Lessen, Vak};
use crate::web::kind::Zicht;
use crate::weergave::woorden::{self, verzuimsoort, wanneer};

/// A longer window is told in words only: a school year of small squares says nothing.
const MAX_GETEKEND: i32 = 12 * 7;
/// Days that are named; a school year has about two hundred schooldagen.
const MAX_DAGEN: usize = 260;
/// Lessons that a drawing has room for.
const MAX_LESSEN: u8 = 12;

/// The window of a signal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Venster {
    /// "2 maart t/m 20 maart 2026".
    pub dagen: String,
    /// The drawing; empty when the window is too long for one.
    pub svg: String,
    /// Each day that counted, and what it was.
    pub telt: Vec<(String, String)>,
    /// Which version of the protocol decided.
    pub versie: String,
}

/// A row that counted, and at which school.
type Telt = (OrganisatieId, Rij);

impl Venster {
    /// Of a signal of the child; `nummer` tells its drawing apart from others on the page.
    pub fn van(zicht: &Zicht<'_>, signaal: &Signaal, nummer: usize) -> Self {
        let op = zicht.bezoek.vandaag;
        let Some(regel) = zicht.register.signaalregel(&signaal.regel, signaal.dag) else { return Venster::default() };
        let rijen = rijen(zicht, signaal, regel);
        let dagen = woorden::van_tot(signaal.van, signaal.dag, op);
        let short = days_between(signaal.van, signaal.dag) < MAX_GETEKEND;
        let words = |rows: &[Telt]| {
            let each = rows.iter().map(|(_, rij)| format!("{} {}", wanneer(rij), verzuimsoort(rij.soort)));
            each.collect::<Vec<_>>().join(", ")
        };
        let tekening = |rijen: &BTreeMap<Date, Vec<Telt>>| Lessen {
            naam: format!("lessen-{nummer}"),
            titel: format!("De lessen van {dagen}"),
            beschrijving: format!("Gevuld is wat meetelde: {}.", dagen_woorden(rijen.len())),
            dagen: lesdagen(zicht, signaal, rijen, words),
        };
        Venster {
            svg: if short && !rijen.is_empty() { tekening(&rijen).svg() } else { String::new() },
            telt: rijen.iter().take(MAX_DAGEN).map(|(dag, rows)| (datum_met_dag(*dag), words(rows))).collect(),
            versie: zicht.register.protocol_op(signaal.dag).map_or_else(String::new, |(from, protocol)| {
                format!("{}, geldt sinds {}.", woorden::zonder_punt(&protocol.titel), datum(from))
            }),
            dagen,
        }
    }
}

fn dagen_woorden(dagen: usize) -> String {
    woorden::aantal(u32::try_from(dagen).unwrap_or(u32::MAX), "dag", "dagen")
}

/// The rows that the rule counts, by day: as people corrected them, on schooldagen, and at the school of the day itself
/// where the rule looks at one school only.
fn rijen(zicht: &Zicht<'_>, signaal: &Signaal, regel: &Regel) -> BTreeMap<Date, Vec<Telt>> {
    let oog = zicht.weergave().oog;
    let here = |dag: Date| zicht.t.inschrijvingen_op(dag).map(|(_, own)| own.school).collect::<Vec<_>>();
    let schools = here(signaal.dag);
    let mut found: BTreeMap<Date, Vec<Telt>> = BTreeMap::new();
    for school in gecorrigeerd(zicht.t, signaal.dag) {
        let id = school.school;
        if !oog.school(id) || regel.per_school && !schools.contains(&id) {
            continue;
        }
        let taught = |dag: Date| zicht.r.scholen.get(&id).and_then(|school| school.schooldag(dag)) != Some(false);
        for rij in school.rijen.iter().filter_map(|packed| Rij::unpack(*packed)) {
            let dag = from_day_number(i32::from(rij.dag));
            let inside = signaal.van <= dag && dag <= signaal.dag && telt_op(regel, signaal.dag, dag);
            if inside && regel.soorten.contains(rij.soort) && oog.verzuim(rij.soort, id) && taught(dag) {
                found.entry(dag).or_default().push((id, rij));
            }
        }
    }
    found
}

/// Whether the rule looks at that day when it fires on `afgegaan`: one weekday, or all.
fn telt_op(regel: &Regel, afgegaan: Date, dag: Date) -> bool {
    !matches!(regel.vorm, Vorm::Weekdag { .. }) || dag.weekday() == afgegaan.weekday()
}

/// The days from Monday to Friday of the window.
fn lesdagen(
    zicht: &Zicht<'_>,
    signaal: &Signaal,
    rijen: &BTreeMap<Date, Vec<Telt>>,
    words: impl Fn(&[Telt]) -> String,
) -> Vec<Lesdag> {
    let days = (day_number(signaal.van)..=day_number(signaal.dag)).map(from_day_number);
    let weekdays = days.filter(|dag| dag.weekday().to_monday_zero_offset() < 5);
    let day = |dag: Date| {
        let rows = rijen.get(&dag).map(Vec::as_slice).unwrap_or_default();
        let mut schools = zicht.t.inschrijvingen_op(dag).filter_map(|(_, own)| zicht.r.scholen.get(&own.school));
        let school = schools.any(|school| school.schooldag(dag) != Some(false));
        let what = match (rows.is_empty(), school) {
            (false, _) => words(rows),
            (true, true) => "telt niet mee".to_owned(),
            (true, false) => "geen school".to_owned(),
        };
        Lesdag {
            dag,
            school,
            vakken: rows.iter().map(|(_, rij)| vak(rij)).collect(),
            uitleg: format!("{}: {what}", datum_met_dag(dag)),
        }
    };
    weekdays.map(day).collect()
}

/// Where a row is drawn: a row without a lesson from the first one on.
fn vak(rij: &Rij) -> Vak {
    let les = rij.lesuur.clamp(1, MAX_LESSEN);
    match rij.duur {
        Duur::Dag => Vak::Dag(rij.soort),
        Duur::Kwartieren(quarters) => Vak::Lessen(rij.soort, les, quarters.div_ceil(4).clamp(1, MAX_LESSEN + 1 - les)),
    }
}
