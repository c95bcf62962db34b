//! A history out of the register, some children at a time: whoever wants to write meanwhile waits for a few of them only.

use std::collections::{BTreeMap, BTreeSet};

use domain::body::{Contact, Gesprek, Kind as _, Melding, Met, Persoonsgegevens};
use domain::fact::Fact;
use domain::ids::{LeerlingId, OrganisatieId};
use domain::klok::klokken;
use domain::period::{Period, next_day};
use domain::timeline::Timeline;
use jiff::civil::Date;
use signals::compiled::Compiled;
use signals::prepared::Prepared;
use signals::protocol::{Protocol, Regel};

use super::{Historie, Leerlingdeel, Schooldeel, Verblijf, dag_u16};
use crate::Register;
use crate::signalen::Weefsel;

/// A history while it is being put together. Schools may not deliver meanwhile; see [`Register::rijen_stand`].
#[derive(Debug)]
pub struct Opbouw {
    op: Date,
    weefsel: Weefsel,
    scholen: BTreeMap<OrganisatieId, u32>,
    leerlingen: Vec<Leerlingdeel>,
}

impl Opbouw {
    /// Of all that is known on a day.
    pub fn new(op: Date) -> Self {
        Opbouw { op, weefsel: Weefsel::default(), scholen: BTreeMap::new(), leerlingen: Vec::new() }
    }

    /// Adds children. Each is added once.
    pub fn voeg_toe(&mut self, register: &Register, kinderen: &[LeerlingId]) {
        for leerling in kinderen {
            let Some(timeline) = register.timeline_zonder_signalen(*leerling) else { continue };
            self.weefsel.add(register, *leerling, &timeline);
            let deel = self.leerling(register, &timeline);
            self.leerlingen.push(deel);
        }
    }

    fn leerling(&mut self, register: &Register, timeline: &Timeline) -> Leerlingdeel {
        let verblijven = timeline.inschrijvingen().into_iter().map(|(period, _, inschrijving)| Verblijf {
            van: dag_u16(period.from),
            tot: period.until.map_or(u32::MAX, |until| dag_u16(until).into()),
            school: self.school(inschrijving.school),
        });
        let verblijven = verblijven.collect();
        let clocks = klokken(timeline, self.op, register.rules()).value;
        let contacts = timeline.standing().filter(|fact| is_contact(fact)).map(|fact| dag_u16(fact.valid.from));
        let gevolgen: BTreeSet<u16> = contacts.chain(clocks.iter().map(|klok| dag_u16(klok.gebleken))).collect();
        Leerlingdeel {
            geboren: timeline.all::<Persoonsgegevens>().filter_map(|(_, persoon)| persoon.geboortedatum).next_back(),
            verblijven,
            gevolgen: gevolgen.into_iter().collect(),
            klok: clocks.first().map(|klok| (dag_u16(klok.begin), dag_u16(klok.gebleken))),
        }
    }

    fn school(&mut self, id: OrganisatieId) -> u32 {
        let next = u32::try_from(self.scholen.len()).unwrap_or(u32::MAX);
        *self.scholen.entry(id).or_insert(next)
    }

    /// The history, ready for protocols whose rules look at the same rows as those of this one, on or off.
    pub fn klaar(self, register: &Register, protocol: &Protocol, threads: usize) -> Historie {
        let Opbouw { op, weefsel, scholen, leerlingen } = self;
        let (axes, rows, _) = weefsel.klaar();
        let first = rows.all().iter().map(|rij| (rij >> 16) as u16).min().unwrap_or_else(|| dag_u16(op));
        let last = dag_u16(op);
        let period = Period { from: domain::period::from_day_number(first.into()), until: Some(next_day(op)) };
        let mut delen: Vec<Schooldeel> = vec![Schooldeel::default(); scholen.len()];
        for (id, plek) in &scholen {
            if let Some(deel) = delen.get_mut(*plek as usize) {
                *deel = schooldeel(register, *id, &period);
            }
        }
        tel_leerlingen(&mut delen, &leerlingen);
        let prepared = Prepared::new(rows, axes, &Compiled::one(&alles_aan(protocol)), threads);
        Historie::new(prepared, delen, leerlingen, true, (first.min(last), last))
    }
}

/// Contact with home or the child, a talk, or a melding: what a signal is for.
fn is_contact(fact: &Fact) -> bool {
    Contact::of(&fact.body).is_some_and(|contact| contact.bereikt && contact.met != Met::Partner)
        || Gesprek::of(&fact.body).is_some_and(|gesprek| gesprek.ouders || gesprek.leerling)
        || Melding::of(&fact.body).is_some()
}

fn schooldeel(register: &Register, id: OrganisatieId, period: &Period) -> Schooldeel {
    let Some(school) = register.rules().scholen.get(&id) else {
        return Schooldeel { id: Some(id), ..Schooldeel::default() };
    };
    let covered = register.aangeleverd(id);
    let days = covered.iter().filter_map(|delivered| delivered.intersection(period)).flat_map(|delivered| {
        let before = |dag: Date| school.schooldagen.aantal_voor(dag);
        before(delivered.from)..delivered.until.map_or_else(|| school.schooldagen.aantal(), before)
    });
    let schooldagen = days.filter_map(|nummer| school.schooldagen.dag(nummer)).map(dag_u16).collect();
    Schooldeel { id: Some(id), sector: school.sector, leerlingen: 0.0, schooldagen }
}

/// How many pupils each school had on average, from the first to the last of its known days.
fn tel_leerlingen(scholen: &mut [Schooldeel], leerlingen: &[Leerlingdeel]) {
    for stay in leerlingen.iter().flat_map(|leerling| &leerling.verblijven) {
        let Some(school) = scholen.get_mut(stay.school as usize) else { continue };
        let (Some(first), Some(last)) = (school.schooldagen.first(), school.schooldagen.last()) else { continue };
        let (first, until) = (u32::from(*first), u32::from(*last) + 1);
        let here = stay.tot.min(until).saturating_sub(u32::from(stay.van).max(first));
        school.leerlingen += f64::from(here) / f64::from(until - first);
    }
}

/// The same protocol with every rule in use, so that a rule that is put on is ready too.
fn alles_aan(protocol: &Protocol) -> Protocol {
    let regels = protocol.regels.iter().map(|regel| Regel { aan: true, ..regel.clone() });
    Protocol { regels: regels.collect(), ..protocol.clone() }
}
