//! Signals of the region: rows as persons corrected them, on the axes of every child, under the protocol as it was adopted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock};

use domain::body::{DocumentSoort, Regiodocument, Rooster, SignaalAfhandeling, Weekuren};
use domain::calendar::dag_in_nederland;
use domain::dagbeeld::{SchoolVerzuim, gecorrigeerd};
use domain::fact::{Bron, Fact};
use domain::ids::{LeerlingId, OrganisatieId};
use domain::period::{Period, day_number, from_day_number};
use domain::signaal::{Signaal, SignaalSoort};
use domain::timeline::Timeline;
use domain::verzuim::{Roosterdag, Soorten, VerzuimSoort};
use jiff::civil::Date;
use signals::axis::{Axes, Dagen, Dagtaken, Leerling, Schoolas};
use signals::compiled::Compiled;
use signals::engine::evaluate_delen;
use signals::firing::Firing;
use signals::protocol::{Eenheid, Protocol, Regel, Venster, Vorm};
use signals::rows::Rows;
use signals::vervolg::{Lot, Vorig, vervolg};

use crate::Register;

/// The protocols that the region adopted, each from its day.
#[derive(Debug, Clone, Default)]
pub(crate) struct Protocollen {
    versies: Vec<(Date, Protocol)>,
    compiled: Option<Arc<Compiled>>,
}

/// The axes of schools, made when they are first asked for; they hold until the school delivers or the rules change.
#[derive(Debug, Default)]
pub(crate) struct Assen(RwLock<BTreeMap<OrganisatieId, Schoolas>>);

impl Clone for Assen {
    /// A copy of the register makes its own.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Assen {
    /// The school delivered.
    pub(crate) fn forget(&mut self, school: OrganisatieId) {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner).remove(&school);
    }

    fn van(&self, school: OrganisatieId, make: impl FnOnce() -> Schoolas) -> Schoolas {
        if let Some(made) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&school) {
            return made.clone();
        }
        let made = make();
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(school, made.clone());
        made
    }
}

impl Protocollen {
    /// Reads the versions out of the region's documents. A version is checked before it is adopted; one that cannot be
    /// read all the same decides about no day.
    pub(crate) fn of<'a>(documents: impl Iterator<Item = (Period, &'a Regiodocument)>) -> Self {
        let mut versies: Vec<(Date, Protocol)> = documents
            .filter(|(_, document)| document.soort == DocumentSoort::Protocol)
            .filter_map(|(valid, document)| {
                Some((valid.from, signals::protocol::lees(document.tekst.zichtbaar()).ok()?))
            })
            .collect();
        versies.sort_by_key(|(from, _)| *from);
        let adopted: Vec<(Date, &Protocol)> = versies.iter().map(|(from, protocol)| (*from, protocol)).collect();
        let compiled = Some(Arc::new(Compiled::adopted(&adopted)));
        Protocollen { versies, compiled }
    }

    fn compiled(&self) -> Arc<Compiled> {
        self.compiled.clone().unwrap_or_else(|| Arc::new(Compiled::adopted(&[])))
    }

    fn regel(&self, firing: &Firing) -> Option<&Regel> {
        self.versies.get(usize::from(firing.versie))?.1.regels.get(usize::from(firing.regel))
    }

    fn signaal(&self, firing: &Firing) -> Option<Signaal> {
        let regel = self.regel(firing)?;
        let nadert = firing.trap > 0 && !regel.nadert.is_empty();
        Some(Signaal {
            regel: regel.naam.clone(),
            soort: meaning(regel, nadert),
            dag: from_day_number(i32::from(firing.dag)),
            van: from_day_number(i32::from(firing.van)),
            stap: 0,
            was: None,
            waarde: u32::from(firing.waarde),
            bekend: None,
            onvolledig: firing.gaten,
        })
    }
}

/// What a rule stands for, from its own shape: terms rest on what is counted, not on what a region calls it.
fn meaning(regel: &Regel, nadert: bool) -> SignaalSoort {
    let only = |soort| regel.soorten == Soorten::of(&[soort]);
    match &regel.vorm {
        Vorm::SomInVenster { eenheid: Eenheid::Uren, .. } if only(VerzuimSoort::Ongeoorloofd) => {
            if nadert {
                SignaalSoort::NadertZestienUur
            } else {
                SignaalSoort::ZestienUur
            }
        }
        Vorm::SomInVenster { .. } if only(VerzuimSoort::Luxe) => SignaalSoort::Luxe,
        Vorm::ReeksenInVenster { .. } if only(VerzuimSoort::Ziek) => SignaalSoort::ZiekVaak,
        Vorm::Aaneengesloten { .. } if only(VerzuimSoort::Ziek) => SignaalSoort::ZiekLang,
        Vorm::KerenPerSchooljaar { .. } if only(VerzuimSoort::TeLaat) => SignaalSoort::TeLaat,
        Vorm::Aaneengesloten { hele_dag: true, .. } => SignaalSoort::Weg,
        _ => SignaalSoort::Anders,
    }
}

/// Whether a rule says what the law says: sixteen hours in four lesweken, and a holiday without leave. A region does not
/// change these.
pub fn is_wettelijk(regel: &Regel) -> bool {
    match (meaning(regel, false), &regel.vorm) {
        (SignaalSoort::ZestienUur, Vorm::SomInVenster { venster, drempel, .. }) => {
            (*venster, *drempel) == (Venster::Lesweken(4), 16)
        }
        (SignaalSoort::Luxe, Vorm::SomInVenster { drempel, .. }) => *drempel == 1,
        _ => false,
    }
}

impl Register {
    /// All signals of all children, on up to so many threads.
    pub fn signalen(&self, threads: usize) -> BTreeMap<LeerlingId, Vec<Signaal>> {
        let kinderen: Vec<LeerlingId> = self.kinderen().collect();
        self.signalen_van(&kinderen, threads)
    }

    /// The signals of these children.
    pub(crate) fn signalen_van(&self, kinderen: &[LeerlingId], threads: usize) -> BTreeMap<LeerlingId, Vec<Signaal>> {
        let mut weefsel = Weefsel::default();
        for leerling in kinderen {
            if let Some(timeline) = self.timeline_zonder_signalen(*leerling) {
                weefsel.add(self, *leerling, &timeline);
            }
        }
        self.vuur(weefsel, threads)
    }

    /// The signals of a child of whom this is known; with what else was done about signals, so that what moved says so.
    pub(crate) fn signalen_uit(&self, leerling: LeerlingId, t: &Timeline, ook: &[Signaal]) -> Vec<Signaal> {
        let mut weefsel = Weefsel::default();
        weefsel.add(self, leerling, t);
        let also = ook.iter().map(|signaal| (signaal.regel.clone(), day_u16(signaal.dag), Some(signaal.stap)));
        weefsel.leerlingen.iter_mut().for_each(|kind| kind.behandeld.extend(also.clone()));
        self.vuur(weefsel, 1).remove(&leerling).unwrap_or_default()
    }

    fn vuur(&self, weefsel: Weefsel, threads: usize) -> BTreeMap<LeerlingId, Vec<Signaal>> {
        let (axes, rows, leerlingen) = weefsel.klaar();
        let compiled = self.protocollen.compiled();
        let found = evaluate_delen(&rows, &axes, &compiled, threads);
        let mut signalen: BTreeMap<LeerlingId, Vec<Signaal>> = BTreeMap::new();
        for own in found.iter().flat_map(|deel| deel.firings.chunk_by(|a, b| a.leerling == b.leerling)) {
            let place = own.first().and_then(|firing| usize::try_from(firing.leerling).ok());
            let Some(kind) = place.and_then(|place| leerlingen.get(place)) else { continue };
            let was = kind.eerdere_dagen(&axes, &compiled, own);
            let told = own.iter().zip(was).filter_map(|(firing, was)| {
                let signaal = self.protocollen.signaal(firing)?;
                let bekend = self.aangeleverd_op(&kind.scholen, signaal.dag);
                let stap = compiled.identiteit(firing).map_or(0, |identiteit| identiteit.stap);
                Some(Signaal { bekend, stap, was, ..signaal })
            });
            signalen.entry(kind.leerling).or_default().extend(told);
        }
        signalen
    }

    /// What a protocol would have fired from a day on, adopted or not: the number of the rule and the school where the
    /// child was enrolled that day. For weighing a protocol before it is adopted; no child can be told from it.
    pub fn onder_protocol(&self, protocol: &Protocol, vanaf: Date, threads: usize) -> Onder {
        let mut weefsel = Weefsel::default();
        for leerling in self.kinderen() {
            if let Some(timeline) = self.timeline_zonder_signalen(leerling) {
                weefsel.add(self, leerling, &timeline);
            }
        }
        let (axes, rows, leerlingen) = weefsel.klaar();
        let found = evaluate_delen(&rows, &axes, &Compiled::one(protocol), threads);
        let mut onder = Onder::default();
        for kind in &leerlingen {
            // A pupil counts once at each school of the days that are looked at.
            let since = kind.scholen.iter().filter(|(period, _)| period.overlaps(&Period::since(vanaf)));
            let here: BTreeSet<OrganisatieId> = since.map(|(_, school)| *school).collect();
            here.into_iter().for_each(|school| *onder.leerlingen.entry(school).or_default() += 1);
        }
        for firing in found.iter().flat_map(|deel| &deel.firings) {
            let dag = from_day_number(i32::from(firing.dag));
            let kind = usize::try_from(firing.leerling).ok().and_then(|place| leerlingen.get(place));
            let school = kind.and_then(|kind| kind.scholen.iter().find(|(period, _)| period.contains(dag)));
            if let Some((_, school)) = school.filter(|_| dag >= vanaf) {
                onder.afgegaan.push((usize::from(firing.regel), *school));
            }
        }
        onder
    }

    /// The rule of the protocol by which a signal of that day fired, as the version that decided about the day has it;
    /// `None` when no version knows the name any more.
    pub fn signaalregel(&self, naam: &str, dag: Date) -> Option<&Regel> {
        let versies = &self.protocollen.versies;
        let then = versies.iter().rev().filter(|(from, _)| *from <= dag);
        then.chain(versies).find_map(|(_, protocol)| protocol.regels.iter().find(|regel| regel.naam == naam))
    }

    /// The version of the protocol that decides about a day, and the day on which it was adopted; `None` before the first.
    pub fn protocol_op(&self, dag: Date) -> Option<(Date, &Protocol)> {
        let then = self.protocollen.versies.iter().rfind(|(from, _)| *from <= dag);
        then.map(|(from, protocol)| (*from, protocol))
    }

    /// The schooldagen of a school, and which of them it delivered.
    fn schoolas(&self, id: OrganisatieId) -> Schoolas {
        let bekend: Dagen = self.aangeleverd(id).iter().flat_map(|period| day_numbers(*period)).collect();
        let schooldagen: Dagen = match self.rules().scholen.get(&id) {
            Some(school) => (0..school.schooldagen.aantal())
                .filter_map(|nummer| school.schooldagen.dag(nummer))
                .filter_map(|dag| u16::try_from(day_number(dag)).ok())
                .collect(),
            None => Dagen::default(),
        };
        Schoolas::new(&schooldagen, Some(&bekend))
    }

    /// The day on which a school where the child was enrolled on a day first delivered all its absence of that day.
    fn aangeleverd_op(&self, scholen: &[(Period, OrganisatieId)], dag: Date) -> Option<Date> {
        let enrolled = scholen.iter().filter(|(period, _)| period.contains(dag));
        enrolled.filter_map(|(_, school)| self.eerste_levering(*school, dag)).min()
    }
}

/// What a protocol would have done with the rows of the region.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Onder {
    /// The number of the rule that fired, and the school of that day.
    pub afgegaan: Vec<(usize, OrganisatieId)>,
    /// Pupils per school, in the days that were looked at.
    pub leerlingen: BTreeMap<OrganisatieId, u32>,
}

/// A child of whom signals are looked for.
#[derive(Debug)]
pub(crate) struct Kind {
    leerling: LeerlingId,
    /// Where it was enrolled, and when.
    pub(crate) scholen: Vec<(Period, OrganisatieId)>,
    /// The first of its axes.
    spoor: u32,
    /// What somebody handled: rule, first day, step.
    behandeld: Vec<(String, u16, Option<u16>)>,
}

impl Kind {
    /// For each of the child's firings the day under which it was handled, if rows moved it since.
    fn eerdere_dagen(&self, axes: &Axes, compiled: &Compiled, own: &[Firing]) -> Vec<Option<Date>> {
        let mut was = vec![None; own.len()];
        if self.behandeld.is_empty() {
            return was;
        }
        let mut vorige: Vec<Vorig> = self
            .behandeld
            .iter()
            .map(|(regel, dag, stap)| compiled.behandeld(axes, self.spoor, (regel, *dag, *stap), own))
            .collect();
        // Of who did not tell the step it may turn out to be one that another told.
        vorige.sort_by(|a, b| a.identiteit.cmp(&b.identiteit));
        vorige.dedup_by(|a, b| a.identiteit == b.identiteit);
        for lot in vervolg(axes, self.spoor, compiled, &vorige, own) {
            if let Lot::Vervolgt { vorig, nieuw } = lot
                && let (Some(slot), Some(vorig)) = (was.get_mut(nieuw), vorige.get(vorig))
            {
                *slot = Some(from_day_number(i32::from(vorig.identiteit.dag)));
            }
        }
        was
    }
}

/// What somebody handled, each signal once.
fn behandeld(timeline: &Timeline) -> Vec<(String, u16, Option<u16>)> {
    let all = timeline
        .all::<SignaalAfhandeling>()
        .map(|(_, gedaan)| (gedaan.regel.zichtbaar().to_owned(), day_u16(gedaan.eerste_dag), gedaan.stap));
    all.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Axes and rows while they are being put together, all of one state of the register.
#[derive(Debug, Default)]
pub(crate) struct Weefsel {
    axes: Axes,
    scholen: BTreeMap<OrganisatieId, u32>,
    dagtaken: BTreeMap<Vec<(Date, OrganisatieId, String)>, u32>,
    van_spoor: Vec<u32>,
    rijen: Vec<u32>,
    leerlingen: Vec<Kind>,
}

impl Weefsel {
    /// The axes, the rows on them, and the children in the order in which they were added.
    pub(crate) fn klaar(self) -> (Axes, Rows, Vec<Kind>) {
        let rows = Rows::group(self.axes.sporen(), &self.van_spoor, &self.rijen);
        (self.axes, rows, self.leerlingen)
    }

    pub(crate) fn add(&mut self, register: &Register, leerling: LeerlingId, timeline: &Timeline) {
        let scholen: Vec<(Period, OrganisatieId)> =
            timeline.inschrijvingen().iter().map(|(period, _, body)| (*period, body.school)).collect();
        let corrected = gecorrigeerd(timeline, bekend_tot_en_met(timeline));
        let inschrijvingen = scholen.iter().map(|(period, school)| (*period, self.school(register, *school))).collect();
        let own = Leerling {
            nummer: u32::try_from(self.leerlingen.len()).unwrap_or(u32::MAX),
            inschrijvingen,
            dagtaken: self.dagtaken(register, timeline),
            onbekend: corrected.iter().flat_map(|school| onbekend(register, school)).collect(),
            // Of a loose row that a person took away something is known all the same.
            bekend: timeline.rijen.per_school.iter().chain(&corrected).flat_map(loose_days).collect(),
            eerder: Vec::new(),
        };
        let sporen = self.axes.add_leerling(&own);
        self.leerlingen.push(Kind { leerling, scholen, spoor: sporen.start, behandeld: behandeld(timeline) });
        for school in &corrected {
            let index = self.school(register, school.school);
            for packed in school.rijen.iter().filter(|packed| Roosterdag::unpack(**packed).is_none()) {
                if let Some(spoor) = self.axes.spoor(sporen.clone(), (packed >> 16) as u16, index) {
                    self.van_spoor.push(spoor);
                    self.rijen.push(*packed);
                }
            }
        }
    }

    fn school(&mut self, register: &Register, id: OrganisatieId) -> u32 {
        if let Some(index) = self.scholen.get(&id) {
            return *index;
        }
        let index = self.axes.add_schoolas(&register.assen.van(id, || register.schoolas(id)));
        self.scholen.insert(id, index);
        index
    }

    /// How long the days of a pupil are: its own timetable, else what its school declared for its year group. Pupils of
    /// one class share one table.
    fn dagtaken(&mut self, register: &Register, timeline: &Timeline) -> u32 {
        let stays: Vec<(Date, OrganisatieId, String)> = timeline
            .inschrijvingen()
            .iter()
            .map(|(period, _, body)| (period.from, body.school, body.jaargroep.zichtbaar().to_owned()))
            .collect();
        let own = timeline.all::<Rooster>().next().is_some() || timeline.rijen.per_school.iter().any(has_rooster);
        if let Some(index) = self.dagtaken.get(&stays).filter(|_| !own) {
            return *index;
        }
        let roosters: Vec<(&Fact, &Rooster)> = timeline.all::<Rooster>().collect();
        let turns = roosters.iter().flat_map(|(fact, _)| fact.valid.until.into_iter().chain([fact.valid.from]));
        let mut dagtaken = Dagtaken::default();
        for day in stays.iter().map(|(from, ..)| *from).chain(turns).collect::<BTreeSet<Date>>() {
            let week = week(register, &stays, &roosters, day);
            dagtaken = dagtaken.vanaf(day_u16(day), week.map_or([None; 7], |week| week.map(Some)));
        }
        for packed in timeline.rijen.per_school.iter().flat_map(|school| school.rijen.iter()) {
            if let Some(dag) = Roosterdag::unpack(*packed) {
                dagtaken = dagtaken.op_dag(dag.dag, dag.kwartieren);
            }
        }
        let index = self.axes.add_dagtaken(dagtaken);
        if !own {
            self.dagtaken.insert(stays, index);
        }
        index
    }
}

/// Days that the school delivered and that say nothing about this pupil: a row was refused, or the pupil was not known
/// yet.
fn onbekend(register: &Register, school: &SchoolVerzuim) -> Vec<u16> {
    let shared = register.aangeleverd(school.school);
    let mut days = school.afgewezen.to_vec();
    if !Arc::ptr_eq(&shared, &school.aangeleverd) {
        let own = |day: &u16| school.aangeleverd.iter().any(|period| period.contains(from_day_number(i32::from(*day))));
        days.extend(shared.iter().flat_map(|period| day_numbers(*period)).filter(|day| !own(day)));
    }
    days
}

/// The week that a pupil has on a day: its own timetable, as last stated by its school or by no school, unless that
/// holds no lesson at all; else what the school declared for its year group.
fn week<'t>(
    register: &'t Register,
    stays: &[(Date, OrganisatieId, String)],
    roosters: &[(&Fact, &'t Rooster)],
    day: Date,
) -> Option<&'t Weekuren> {
    let (_, school, jaargroep) = stays.iter().rev().find(|(from, ..)| *from <= day)?;
    let own = roosters.iter().rev().find(|(fact, _)| {
        let here = fact.source.bron != Bron::School || fact.source.organisatie == Some(*school);
        here && fact.valid.contains(day)
    });
    let own = own.map(|(_, rooster)| &rooster.kwartieren).filter(|week| week.iter().any(|quarters| *quarters > 0));
    own.or_else(|| register.rules().scholen.get(school)?.weekuren(jaargroep))
}

/// The last day of which the register was told something about a child: an absence without an end fires no further.
fn bekend_tot_en_met(timeline: &Timeline) -> Date {
    let told = timeline.facts().next_back().map(|fact| dag_in_nederland(fact.known));
    let delivered = timeline.rijen.per_school.iter().filter_map(|school| school.aangeleverd.last()?.until);
    delivered.filter_map(|until| until.yesterday().ok()).chain(told).max().unwrap_or(Date::MIN)
}

fn has_rooster(school: &SchoolVerzuim) -> bool {
    school.rijen.iter().any(|packed| Roosterdag::unpack(*packed).is_some())
}

/// Days with a row outside every complete delivery: of such a day something is known.
fn loose_days(school: &SchoolVerzuim) -> impl Iterator<Item = u16> {
    let covered = |day: u16| {
        let date = from_day_number(i32::from(day));
        school.aangeleverd.iter().any(|period| period.contains(date))
    };
    school.rijen.iter().map(|packed| (packed >> 16) as u16).filter(move |day| !covered(*day))
}

fn day_u16(day: Date) -> u16 {
    u16::try_from(day_number(day).max(0)).unwrap_or(u16::MAX)
}

fn day_numbers(period: Period) -> impl Iterator<Item = u16> {
    let first = day_number(period.from).max(0);
    let until = period.until.map_or(i32::from(u16::MAX), day_number);
    (first..until).filter_map(|day| u16::try_from(day).ok())
}
