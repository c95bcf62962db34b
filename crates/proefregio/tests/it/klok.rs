//! The clock of the core on the synthetic region: every planted child is found as it should be, and nobody else.
//!
//! The timelines are put together here from the files and the planted facts, as an import would.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::Date;
use domain::body::{Gezag, Inschrijving, JaNee, Organisatie, OrganisatieSoort, UitschrijfReden, Uitschrijving};
use domain::calendar::{Schooldagen, Schoolkalender, Vakantieregio, begin_van_dag};
use domain::dagbeeld::{SchoolVerzuim, Verzuimrijen};
use domain::fact::{Actor, Bron, Fact, FactId, Grondslag, Source};
use domain::ids::{LeerlingId, OrganisatieId, PersoonId};
use domain::klok::{Klok, KlokStand, Label, klokken};
use domain::nummers::Vestigingscode;
use domain::period::{Period, next_day, plus_months};
use domain::region::{Rules, School};
use domain::timeline::Timeline;
use domain::verzuim::Roosterdag;
use exchange::invoer::LeerlingRij;
use exchange::regio::{Regio, school_id};
use jiff::civil::date;
use proefregio::{Proef, Proefregio, REGIO_CODE, Verhaal, Verwacht};

use crate::{Gelezen, KLEIN, VANDAAG, klein, lees};

/// A region as derivations see it, with the rows of every pupil.
struct Register<'a> {
    rules: Rules,
    aangeleverd: BTreeMap<Vestigingscode, Arc<[Period]>>,
    rijen: BTreeMap<(Vestigingscode, &'a str), BTreeMap<Date, Vec<u32>>>,
    afgewezen: BTreeMap<(Vestigingscode, &'a str), Vec<u16>>,
}

impl<'a> Register<'a> {
    fn van(regio: &Proefregio, gelezen: &'a Gelezen) -> Self {
        let mut register = Register {
            rules: rules(regio, gelezen),
            aangeleverd: BTreeMap::new(),
            rijen: BTreeMap::new(),
            afgewezen: BTreeMap::new(),
        };
        let mut coverage: BTreeMap<Vestigingscode, Period> = BTreeMap::new();
        for (levering, verzuim, _) in &gelezen.leveringen {
            let period = verzuim.levering.unwrap().periode;
            coverage.entry(levering.vestiging).or_insert(period).until = period.until;
            for leerling in &verzuim.leerlingen {
                let key = (leerling.vestiging, leerling.leerlingnummer.zichtbaar());
                let rooster = leerling
                    .rooster
                    .iter()
                    .map(|(dag, kwartieren)| Roosterdag { dag: *dag, kwartieren: *kwartieren }.pack());
                let mut rijen: Vec<u32> = leerling.rijen.iter().copied().chain(rooster).collect();
                rijen.sort_unstable();
                // A month that is delivered again takes the place of the first.
                register.rijen.entry(key).or_default().insert(period.from, rijen);
            }
            for dag in &verzuim.afgewezen_dagen {
                let key = (dag.vestiging, dag.leerlingnummer.zichtbaar());
                register.afgewezen.entry(key).or_default().extend(dag.dag);
            }
        }
        register.aangeleverd = coverage.into_iter().map(|(school, period)| (school, Arc::from([period]))).collect();
        register
    }

    /// What the school delivered about a pupil.
    fn verzuim(&self, row: &LeerlingRij) -> SchoolVerzuim {
        let vestiging = row.inschrijving.vestiging;
        let key = (vestiging, row.inschrijving.leerlingnummer.zichtbaar());
        let mut afgewezen = self.afgewezen.get(&key).cloned().unwrap_or_default();
        afgewezen.sort_unstable();
        SchoolVerzuim {
            school: school_id(REGIO_CODE, vestiging),
            rijen: self.rijen.get(&key).map(|months| months.values().flatten().copied().collect()).unwrap_or_default(),
            aangeleverd: Arc::clone(&self.aangeleverd[&vestiging]),
            afgewezen: afgewezen.into(),
        }
    }

    /// The timeline of one child: its rows of the pupil file, and what people state.
    fn timeline(&self, rows: &[&LeerlingRij], verhaal: Option<&Verhaal>) -> Timeline {
        let mut facts: Vec<Arc<Fact>> = Vec::new();
        let mut ouders = Vec::new();
        for (n, row) in rows.iter().enumerate() {
            let school = school_id(REGIO_CODE, row.inschrijving.vestiging);
            let mut state = |valid: Period, body: domain::body::Body| {
                let id = FactId(1_000 * n as u128 + facts.len() as u128);
                facts.push(Arc::new(stated(school, id, valid, body)));
            };
            let i = &row.inschrijving;
            let inschrijving = Inschrijving {
                school,
                leerlingnummer: i.leerlingnummer.clone(),
                jaargroep: i.jaargroep.clone(),
                klas: i.klas.clone(),
                mentor: i.mentor.clone(),
            };
            state(Period { from: i.inschrijfdatum, until: i.uitschrijfdatum.map(next_day) }, inschrijving.into());
            if let Some(last) = i.uitschrijfdatum {
                state(Period::day(last), Uitschrijving { school, reden: UitschrijfReden::Onbekend }.into());
            }
            let geboren = row.persoon.geboortedatum.unwrap();
            state(Period::since(geboren), row.persoon.clone().into());
            state(Period::since(i.inschrijfdatum), row.adres.clone().into());
            for (nr, verzorger) in row.verzorgers.iter().enumerate().filter(|_| n == 0) {
                let persoon = PersoonId::new(nr as u64 + 1);
                let (relatie, gezag, woont_bij_kind) = (verzorger.relatie, verzorger.gezag, verzorger.woont_bij_kind);
                state(Period::since(geboren), Gezag { persoon, relatie, gezag, woont_bij_kind }.into());
                ouders.extend((gezag == JaNee::Ja).then_some(persoon));
            }
        }
        if let Some(verhaal) = verhaal {
            if rows.is_empty() {
                ouders = vec![PersoonId::new(1), PersoonId::new(2)];
            }
            let planted = (verhaal.feiten)(&verhaal.betrokkenen(LEERLING, ouders));
            let about = planted.into_iter().filter(|feit| feit.fact.about == LEERLING.into());
            facts.extend(about.map(|feit| Arc::new(feit.fact.recorded(feit.id, feit.moment))));
        }
        let per_school = rows.iter().map(|row| self.verzuim(row)).collect();
        Timeline::new(facts, Verzuimrijen { per_school })
    }
}

/// The one child of each timeline.
const LEERLING: LeerlingId = LeerlingId::new(1);

/// What a school states in its pupil file, a year and a half ago.
fn stated(school: OrganisatieId, id: FactId, valid: Period, body: domain::body::Body) -> Fact {
    Fact {
        id,
        about: LEERLING.into(),
        valid,
        known: begin_van_dag(plus_months(VANDAAG, -18)),
        by: Actor::Systeem { organisatie: school },
        ground: Grondslag::Schooladministratie,
        source: Source::of(Bron::School, school),
        replaces: None,
        body,
    }
}

/// Schools with the calendar of Noord and the hours of the region file; municipalities.
fn rules(regio: &Proefregio, gelezen: &Gelezen) -> Rules {
    let file = Regio::lees(&regio.regio_toml).unwrap();
    let kalender = Arc::new(Schoolkalender::van_regio(Vakantieregio::Noord));
    let whole = Period::through(date(2013, 8, 1), date(2030, 7, 31));
    let schooldagen = Arc::new(Schooldagen::compile(&kalender, whole));
    let mut rules = Rules::default();
    for partij in file.organisaties.iter().filter(|partij| partij.inhoud.soort == OrganisatieSoort::Gemeente) {
        rules.organisaties.insert(partij.over, Arc::new(Organisatie::clone(&partij.inhoud)));
    }
    for school in &gelezen.scholen {
        let id = school_id(REGIO_CODE, school.vestiging);
        let own = file.schooluren.iter().filter(|uren| uren.over == id).map(|uren| uren.inhoud.kwartieren);
        let of_sector = file.sectoruren.iter().filter(|uren| Some(uren.over) == school.sector);
        let uren = own.chain(of_sector.map(|uren| uren.inhoud.kwartieren)).next().unwrap();
        let school = School {
            sector: school.sector,
            kalender: Arc::clone(&kalender),
            schooldagen: Arc::clone(&schooldagen),
            uren: BTreeMap::from([(String::new(), uren)]),
            indelingen: Vec::new(),
        };
        rules.scholen.insert(id, school);
    }
    rules
}

/// What the last clock of a child says, in the words of the planted truth.
fn gevonden(klok: Option<&Klok>, verwacht: Verwacht) -> bool {
    let Some(klok) = klok else { return verwacht == Verwacht::GeenZaak };
    let labelled = |label| klok.labels.contains(&label);
    match (verwacht, klok.stand) {
        (Verwacht::Loopt | Verwacht::Absoluut, KlokStand::Loopt) => true,
        (Verwacht::LooptZiek, KlokStand::Loopt) => labelled(Label::ZiekOnderwijsInOverleg),
        (Verwacht::Vrijgesteld, KlokStand::Loopt) => labelled(Label::VrijgesteldZonderLeeraanbod),
        (Verwacht::Beproeving, KlokStand::AanbodInBeproeving) => true,
        (Verwacht::NietEens, KlokStand::AanbodNietEens) => true,
        (Verwacht::Gestopt { vanaf }, KlokStand::Gestopt { vanaf: found, .. }) => vanaf == found,
        (Verwacht::ZorgLoopt, KlokStand::ZorgLoopt { .. }) => true,
        (Verwacht::Terug { op }, KlokStand::Terug { op: found }) => op == found,
        _ => false,
    }
}

/// All children that are not what the truth says, in words.
fn verschillen(regio: &Proefregio, gelezen: &Gelezen, vandaag: Date) -> Vec<String> {
    let register = Register::van(regio, gelezen);
    let mut found = Vec::new();
    let mut kinderen: BTreeMap<String, Vec<&LeerlingRij>> = BTreeMap::new();
    for row in &gelezen.leerlingen {
        let number = |row: &LeerlingRij| {
            let bsn = row.persoon.bsn.map(|bsn| bsn.zichtbaar());
            bsn.or_else(|| row.persoon.onderwijsnummer.map(|number| number.zichtbaar()))
        };
        kinderen.entry(number(row).unwrap()).or_default().push(row);
    }
    let of_rows = |rows: &[&LeerlingRij]| {
        let same = |verhaal: &&Verhaal| {
            rows.iter().any(|row| row.inschrijving.leerlingnummer.zichtbaar() == verhaal.leerlingnummer)
        };
        regio.verhalen.iter().find(same)
    };
    let never = regio.verhalen.iter().filter(|verhaal| verhaal.vestiging.is_none());
    let all = kinderen.into_values().map(|rows| (of_rows(&rows), rows)).chain(never.map(|v| (Some(v), Vec::new())));
    for (verhaal, rows) in all {
        let timeline = register.timeline(&rows, verhaal);
        let klokken = klokken(&timeline, vandaag, &register.rules).value;
        let (last, waarheid) = (klokken.last(), verhaal.map(|verhaal| verhaal.waarheid));
        let verwacht = waarheid.map_or(Verwacht::GeenZaak, |waarheid| waarheid.verwacht);
        let fits = gevonden(last, verwacht)
            && last.map(|klok| klok.begin) == waarheid.and_then(|waarheid| waarheid.begin)
            && last.map(|klok| klok.doel) == waarheid.and_then(|waarheid| waarheid.doel)
            && last.map(|klok| klok.eerder) == waarheid.filter(|waarheid| waarheid.begin.is_some()).map(|w| w.eerder);
        if !fits {
            let who = verhaal.map_or_else(|| "gewoon kind".to_owned(), |verhaal| format!("{:?}", verhaal.soort));
            let all: Vec<_> = klokken.iter().map(|k| (k.begin, k.opening, k.stand, k.eerder, &k.labels)).collect();
            found.push(format!("{who} op {vandaag}: {}, {waarheid:?}; gevonden {all:?}", verwacht.in_woorden()));
        }
    }
    found
}

#[test]
fn every_planted_child_is_found_and_nobody_else_on_the_day_of_the_worked_example() {
    let (regio, gelezen) = &*KLEIN;
    let found = verschillen(regio, gelezen, VANDAAG);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_planted_child_is_found_and_nobody_else_on_other_days() {
    for vandaag in [date(2026, 11, 23), date(2026, 10, 7), date(2026, 6, 12), date(2027, 1, 4)] {
        let regio = klein(vandaag);
        let found = verschillen(&regio, &lees(&regio, vandaag), vandaag);
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

#[test]
fn every_planted_child_of_a_region_of_the_usual_size_is_found_and_nobody_else() {
    let regio = proefregio::proefregio(&Proef::op(VANDAAG));
    let found = verschillen(&regio, &lees(&regio, VANDAAG), VANDAAG);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn sam_s_clock_has_the_days_of_the_worked_example() {
    let (regio, gelezen) = &*KLEIN;
    let register = Register::van(regio, gelezen);
    let sam = &regio.verhalen[0];
    let row = |row: &&LeerlingRij| row.inschrijving.leerlingnummer.zichtbaar() == sam.leerlingnummer;
    let rows: Vec<&LeerlingRij> = gelezen.leerlingen.iter().filter(row).collect();
    let found = klokken(&register.timeline(&rows, Some(sam)), VANDAAG, &register.rules).value;
    let klok = found.last().unwrap();
    let school = school_id(REGIO_CODE, sam.vestiging.unwrap());
    let of = |organisatie| klok.beurten.iter().filter(|b| b.organisatie == organisatie).map(|b| b.dagen).sum::<u32>();
    assert_eq!((klok.dag, of(Some(school)), of(None)), (40, 33, 7));
}
