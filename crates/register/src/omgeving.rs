//! The rules of the region, put together from the facts about its organisations and schools.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::body::{
    Afwijkendedag, Body, Indeling, Kind, Medewerker, Organisatie, OrganisatieSoort, RolToekenning, SchoolDagen,
    SchoolUren, Vakanties, Weekuren,
};
use domain::calendar::{Afwijking, AfwijkingSoort, Schooldagen, Schoolkalender, Vakantie, Vakantieregio};
use domain::dagbeeld::Verzuimrijen;
use domain::fact::{Fact, Rol};
use domain::ids::{OrganisatieId, Subject};
use domain::kring::Mentoren;
use domain::period::Period;
use domain::region::{Ingedeeld, Rules, School};
use domain::timeline::Timeline;
use jiff::civil::Date;

use crate::namen::vouw;

/// The rules as the facts about organisations tell them; the values of the protocol are taken over.
pub(crate) fn rules(facts: &BTreeMap<Subject, Vec<Arc<Fact>>>, before: &Rules) -> Rules {
    let organisations: Vec<(OrganisatieId, Timeline)> = facts
        .iter()
        .filter_map(|(subject, facts)| match subject {
            Subject::Organisatie(id) => Some((*id, facts)),
            _ => None,
        })
        .map(|(id, facts)| {
            let own = facts.iter().filter(|fact| !matches!(fact.body, Body::VerzuimLevering(_))).cloned();
            (id, Timeline::new(own, Verzuimrijen::default()))
        })
        .collect();
    let region = organisations
        .iter()
        .filter(|(_, timeline)| last::<Organisatie>(timeline).is_some_and(|o| o.soort == OrganisatieSoort::Regio))
        .flat_map(|(_, timeline)| regios(timeline))
        .collect::<Vec<_>>();
    let mut calendars = Calendars::default();
    let mut rules = Rules {
        scholen: BTreeMap::new(),
        organisaties: BTreeMap::new(),
        indelingen: BTreeMap::new(),
        ..before.clone()
    };
    for (id, timeline) in &organisations {
        let Some(organisatie) = last::<Organisatie>(timeline) else { continue };
        if organisatie.soort == OrganisatieSoort::School {
            rules.scholen.insert(*id, school(timeline, organisatie, &region, &mut calendars));
        } else {
            rules.indelingen.insert(*id, indelingen(timeline));
        }
        rules.organisaties.insert(*id, Arc::new(organisatie.clone()));
    }
    rules
}

fn last<K: Kind>(timeline: &Timeline) -> Option<&K> {
    timeline.all::<K>().next_back().map(|(_, body)| body)
}

/// Holiday regions without overlap: where a later one begins, the one before it ends.
fn regios(timeline: &Timeline) -> Vec<(Period, Vakantieregio)> {
    let mut stated: BTreeMap<Date, (Period, Vakantieregio)> = BTreeMap::new();
    for (fact, vakanties) in timeline.all::<Vakanties>() {
        stated.insert(fact.valid.from, (fact.valid, vakanties.regio));
    }
    let begins: Vec<Date> = stated.keys().copied().skip(1).collect();
    let until = |period: Period, next: Option<&Date>| period.until.into_iter().chain(next.copied()).min();
    let clipped = stated.into_values().enumerate();
    clipped
        .map(|(place, (period, regio))| (Period { until: until(period, begins.get(place)), ..period }, regio))
        .collect()
}

/// Hours per year group; of several the one that begins last.
fn uren(timeline: &Timeline) -> BTreeMap<String, Weekuren> {
    let mut stated: Vec<(Date, &SchoolUren)> =
        timeline.all::<SchoolUren>().map(|(fact, uren)| (fact.valid.from, uren)).collect();
    stated.sort_by_key(|(from, _)| *from);
    stated.into_iter().map(|(_, uren)| (uren.jaargroep.clone(), uren.kwartieren)).collect()
}

fn school(
    timeline: &Timeline,
    organisatie: &Organisatie,
    region: &[(Period, Vakantieregio)],
    calendars: &mut Calendars,
) -> School {
    let own = regios(timeline);
    let regios = if own.is_empty() { region.to_vec() } else { own };
    let afwijkingen = timeline.all::<SchoolDagen>().map(|(fact, dagen)| afwijking(fact.valid, dagen.dag)).collect();
    let (kalender, schooldagen) = calendars.compile(regios, afwijkingen);
    School { sector: organisatie.sector, kalender, schooldagen, uren: uren(timeline), indelingen: indelingen(timeline) }
}

/// To what an organisation belongs. The last word first: it is the one that holds where two overlap.
fn indelingen(timeline: &Timeline) -> Vec<Ingedeeld> {
    timeline.all::<Indeling>().rev().map(|(fact, body)| (fact.valid, body.soort, body.bij)).collect()
}

/// Whom schools mean by the names of mentors: everybody who holds that role there, under their last name.
pub(crate) fn mentoren(facts: &BTreeMap<Subject, Vec<Arc<Fact>>>) -> Mentoren {
    let mut mentoren = Mentoren::new(vouw);
    for (subject, facts) in facts {
        let Subject::Medewerker(wie) = subject else { continue };
        let timeline = Timeline::new(facts.iter().cloned(), Verzuimrijen::default());
        let Some(naam) = last::<Medewerker>(&timeline).map(|medewerker| medewerker.naam.zichtbaar()) else { continue };
        for (fact, taak) in timeline.all::<RolToekenning>().filter(|(_, taak)| taak.rol == Rol::Mentor) {
            mentoren.add(taak.organisatie, naam, fact.valid, *wie);
        }
    }
    mentoren
}

fn afwijking(dagen: Period, dag: Afwijkendedag) -> Afwijking {
    let soort = match dag {
        Afwijkendedag::Studiedag => AfwijkingSoort::Studiedag,
        Afwijkendedag::VrijeDag => AfwijkingSoort::VrijeDag,
        Afwijkendedag::EigenHerfstvakantie => AfwijkingSoort::EigenVakantie(Vakantie::Herfst),
        Afwijkendedag::EigenVoorjaarsvakantie => AfwijkingSoort::EigenVakantie(Vakantie::Voorjaar),
        Afwijkendedag::EigenMeivakantie => AfwijkingSoort::EigenVakantie(Vakantie::Mei),
        Afwijkendedag::Les => AfwijkingSoort::Open,
    };
    Afwijking { dagen, soort }
}

/// Compiled calendars; schools without days of their own share one.
#[derive(Default)]
struct Calendars {
    shared: Vec<Shared>,
}

struct Shared {
    regios: Vec<(Period, Vakantieregio)>,
    kalender: Arc<Schoolkalender>,
    schooldagen: Arc<Schooldagen>,
}

/// First and last day of the compiled calendars: what the holiday data can tell, with room on both sides.
const FIRST: Date = Date::constant(2013, 8, 1);
const LAST: Date = Date::constant(2031, 7, 31);

impl Calendars {
    fn compile(
        &mut self,
        regios: Vec<(Period, Vakantieregio)>,
        afwijkingen: Vec<Afwijking>,
    ) -> (Arc<Schoolkalender>, Arc<Schooldagen>) {
        let shared = self.shared.iter().find(|shared| afwijkingen.is_empty() && shared.regios == regios);
        if let Some(shared) = shared {
            return (Arc::clone(&shared.kalender), Arc::clone(&shared.schooldagen));
        }
        let plain = afwijkingen.is_empty();
        // A calendar that contradicts itself is refused where it is entered; one that got here all the same must not
        // make the region unreadable: its days are then unknown, and every finding says so.
        let kalender = Schoolkalender::new(regios.clone(), afwijkingen).unwrap_or_default();
        let schooldagen = Arc::new(Schooldagen::compile(&kalender, Period::through(FIRST, LAST)));
        let kalender = Arc::new(kalender);
        if plain {
            let (kalender, schooldagen) = (Arc::clone(&kalender), Arc::clone(&schooldagen));
            self.shared.push(Shared { regios, kalender, schooldagen });
        }
        (kalender, schooldagen)
    }
}
