//! Putting the days together: one walk over the calendar, the rows and the deliveries of each school side by side.
//!
//! Precedence: a person's correction of a row > a complete delivery > loose rows. Where no delivery stands, a whole-day
//! row and an absence stated by a person say that the child took no part; anything less leaves the day *onbekend*.

use jiff::civil::Date;

use super::{DagDeelname, Dagbeeld, Gemist, SchoolVerzuim, Schooldag, Telt};
use crate::body::{Afwezigheid, Inschrijving, RijCorrectie, Rooster, Weekuren};
use crate::calendar::datum;
use crate::fact::{Bron, Fact, FactId};
use crate::finding::Gap;
use crate::ids::OrganisatieId;
use crate::period::{Period, day_number, from_day_number, monday, next_day, plus_days};
use crate::region::{Rules, School};
use crate::timeline::Timeline;
use crate::verzuim::{Duur, Rij, Roosterdag, VerzuimSoort};

/// One enrolment beside what its school delivered.
struct Bij<'a> {
    period: Period,
    id: OrganisatieId,
    school: &'a School,
    uren: Option<&'a Weekuren>,
    verzuim: Option<&'a SchoolVerzuim>,
}

/// What people stated about days of the child.
struct Gezegd<'a> {
    correcties: Vec<(&'a Fact, &'a RijCorrectie)>,
    afwezig: Vec<(&'a Fact, &'a Afwezigheid)>,
    roosters: Vec<(&'a Fact, &'a Rooster)>,
}

/// The rows of one day of one school, added up.
#[derive(Default)]
struct Som {
    rooster: Option<u16>,
    gemist: u16,
    hele_dag: bool,
    vervallen: u16,
    alles_vervallen: bool,
}

/// What is known of one day at one school before its rows are read.
struct DagBij {
    dag: Date,
    weekdag: usize,
    geleverd: bool,
    afgewezen: bool,
}

/// One schooldag as one school tells it.
struct Gezien {
    school: OrganisatieId,
    schooldag: Schooldag,
    /// Whether the school said something about the child itself that day, however little was missed.
    eigen_rij: bool,
}

impl Gezien {
    /// The school says that the child missed the whole day.
    fn hele_dag_weg(&self) -> bool {
        self.eigen_rij && self.schooldag.deelname == DagDeelname::Geen
    }

    /// The school has a row of the child, and it did not miss the whole day.
    fn zag_het_kind(&self) -> bool {
        self.eigen_rij && self.schooldag.deelname != DagDeelname::Geen
    }
}

impl Dagbeeld {
    /// The schooldagen of the child up to and including a day.
    pub fn of(t: &Timeline, tot_en_met: Date, r: &Rules) -> Dagbeeld {
        Self::build(t, tot_en_met, r, |_| true)
    }

    /// Those of the last weeks only: enough to say whether the child goes to school when nothing was ever missed.
    pub(crate) fn laatste_weken(t: &Timeline, tot_en_met: Date, r: &Rules) -> Dagbeeld {
        Self::since(t, recent(tot_en_met, r), tot_en_met, r, |_| true)
    }

    /// The same, at one school only.
    pub fn bij_school(t: &Timeline, school: OrganisatieId, tot_en_met: Date, r: &Rules) -> Dagbeeld {
        Self::build(t, tot_en_met, r, |id| id == school)
    }

    fn build(t: &Timeline, tot_en_met: Date, r: &Rules, asked: impl Fn(OrganisatieId) -> bool) -> Dagbeeld {
        let first = first_day(t, tot_en_met, r);
        Self::since(t, first, tot_en_met, r, asked)
    }

    fn since(
        t: &Timeline,
        first: Date,
        tot_en_met: Date,
        r: &Rules,
        asked: impl Fn(OrganisatieId) -> bool,
    ) -> Dagbeeld {
        let gezegd = Gezegd {
            correcties: t.all::<RijCorrectie>().collect(),
            afwezig: afwezig(t).collect(),
            roosters: t.all::<Rooster>().collect(),
        };
        let window = Period::through(first, tot_en_met);
        let mut beeld = Dagbeeld::default();
        let mut gezien = Vec::new();
        for (period, fact, inschrijving) in t.inschrijvingen() {
            let Some(period) = period.intersection(&window).filter(|_| asked(inschrijving.school)) else { continue };
            beeld.feiten.push(fact.id);
            match bij(t, period, inschrijving, r) {
                Some(bij) => beeld.walk(&bij, &gezegd, &mut gezien),
                None => beeld.gaten.push(Gap::Ontbreekt(format!(
                    "De kalender van {} is niet bekend. Daardoor zijn er van die inschrijving geen schooldagen. De beheerder kan de school toevoegen.",
                    r.naam(inschrijving.school)
                ))),
            }
        }
        beeld.join(gezien, r);
        beeld
    }

    /// Adds the days of one enrolment.
    fn walk(&mut self, bij: &Bij<'_>, gezegd: &Gezegd<'_>, gezien: &mut Vec<Gezien>) {
        let first = day_number(bij.period.from);
        let last = bij.period.until.map_or(first, day_number);
        let empty: (&[u32], &[Period], &[u16]) = (&[], &[], &[]);
        let (mut rijen, mut leveringen, mut afgewezen) =
            bij.verzuim.map_or(empty, |v| (&*v.rijen, &*v.aangeleverd, &*v.afgewezen));
        let mut dag = bij.period.from;
        let mut outside = None;
        for number in first..last {
            let today = dag;
            dag = next_day(dag);
            match bij.school.schooldag(today) {
                Some(true) => {}
                Some(false) => continue,
                None => {
                    outside = outside.or(Some(today));
                    continue;
                }
            }
            let Ok(small) = u16::try_from(number) else { continue };
            rijen = drop_while(rijen, |packed| packed >> 16 < u32::from(small));
            let here = rijen.iter().take_while(|packed| **packed >> 16 == u32::from(small)).count();
            leveringen = drop_while(leveringen, |period| period.until.is_some_and(|until| until <= today));
            afgewezen = drop_while(afgewezen, |refused| *refused < small);
            let day = DagBij {
                dag: today,
                weekdag: usize::try_from((number + 3).rem_euclid(7)).unwrap_or_default(),
                geleverd: leveringen.first().is_some_and(|period| period.contains(today)),
                afgewezen: afgewezen.first() == Some(&small),
            };
            let packed = rijen.get(..here).unwrap_or_default();
            if let Some(schooldag) = self.schooldag(bij, &day, packed, gezegd) {
                let eigen_rij = packed.iter().any(|packed| spreekt_van_kind(*packed));
                gezien.push(Gezien { school: bij.id, schooldag, eigen_rij });
            }
        }
        self.gaten.extend(outside.and_then(|dag| bij.school.kalender.gat(dag)));
    }

    /// One schooldag of one school; `None` when all lessons were cancelled.
    fn schooldag(&mut self, bij: &Bij<'_>, day: &DagBij, packed: &[u32], gezegd: &Gezegd<'_>) -> Option<Schooldag> {
        let dag = day.dag;
        let (rooster, ingeroosterd) = self.rooster(bij, day, gezegd);
        let mut som = Som { rooster, hele_dag: !ingeroosterd, ..Som::default() };
        for packed in packed {
            match Roosterdag::unpack(*packed) {
                Some(given) if given.kwartieren > 0 => som.rooster = Some(u16::from(given.kwartieren)),
                _ => som.add(self.corrected(*packed, dag, gezegd)),
            }
        }
        let lessen = som.rooster.map(|rooster| rooster.saturating_sub(som.vervallen));
        if som.alles_vervallen || lessen == Some(0) {
            return None;
        }
        for packed in packed {
            if let Some((soort, duur)) = self.corrected(*packed, dag, gezegd) {
                self.note_missed(dag, bij.id, soort, duur, lessen);
            }
        }
        let known = !ingeroosterd || (!day.afgewezen && (day.geleverd || som.hele_dag));
        let stated = gezegd.afwezig.iter().rev().find(|(fact, _)| fact.valid.contains(dag));
        let mut deelname = if known { som.deelname(lessen) } else { DagDeelname::Onbekend };
        if let Some((fact, afwezigheid)) = stated {
            self.rests_on(fact.id);
            match deelname {
                DagDeelname::Onbekend => {
                    deelname = DagDeelname::Geen;
                    self.note_missed(dag, bij.id, afwezigheid.soort, Duur::Dag, lessen);
                }
                DagDeelname::Deels | DagDeelname::Heel => self.differs(fact),
                DagDeelname::Geen => {}
            }
        } else if known && deelname == DagDeelname::Onbekend {
            self.lacks_hours(dag);
        }
        let gerealiseerd = match (deelname, lessen) {
            (DagDeelname::Heel, Some(lessen)) => lessen,
            (DagDeelname::Deels, Some(lessen)) => lessen.saturating_sub(som.gemist),
            _ => 0,
        };
        Some(Schooldag { dag, deelname, rooster: lessen, gerealiseerd })
    }

    /// The row as corrected by a person; `None`: no absence row, or the correction says that there was none.
    fn corrected(&mut self, packed: u32, dag: Date, gezegd: &Gezegd<'_>) -> Option<(VerzuimSoort, Duur)> {
        let rij = Rij::unpack(packed)?;
        let same =
            |fact: &Fact, c: &RijCorrectie| fact.valid.from == dag && c.lesuur == rij.lesuur && c.soort == rij.soort;
        match gezegd.correcties.iter().rev().find(|(fact, correctie)| same(fact, correctie)) {
            Some((fact, correctie)) => {
                self.rests_on(fact.id);
                correctie.wordt
            }
            None => Some((rij.soort, rij.duur)),
        }
    }

    /// Quarters on the child's roster: its own, as last stated by this school or by no school, else the school's
    /// declared hours; and whether the child is scheduled at all. A roster without any lesson is no participation.
    fn rooster(&mut self, bij: &Bij<'_>, day: &DagBij, gezegd: &Gezegd<'_>) -> (Option<u16>, bool) {
        let own = gezegd.roosters.iter().rev().find(|(fact, _)| {
            let here = fact.source.bron != Bron::School || fact.source.organisatie == Some(bij.id);
            here && fact.valid.contains(day.dag)
        });
        if let Some((fact, _)) = own {
            self.rests_on(fact.id);
        }
        let ingeroosterd = own.is_none_or(|(_, rooster)| rooster.kwartieren.iter().any(|quarters| *quarters > 0));
        let week = own.filter(|_| ingeroosterd).map(|(_, rooster)| &rooster.kwartieren).or(bij.uren);
        (week.and_then(|week| week.get(day.weekdag)).map(|quarters| u16::from(*quarters)), ingeroosterd)
    }

    fn note_missed(&mut self, dag: Date, school: OrganisatieId, soort: VerzuimSoort, duur: Duur, lessen: Option<u16>) {
        let (kwartieren, hele_dag) = match (Telt::van(soort), duur) {
            (Telt::Gemist, Duur::Dag) => (lessen, true),
            (Telt::Gemist | Telt::AlleenMinuten, Duur::Kwartieren(quarters)) => {
                let quarters = u16::from(quarters);
                (Some(lessen.map_or(quarters, |lessen| quarters.min(lessen))), false)
            }
            (Telt::AlleenMinuten, Duur::Dag) | (Telt::Aanwezig | Telt::BeideKantenEraf, _) => return,
        };
        self.gemist.push(Gemist { dag, school, soort, kwartieren, hele_dag });
    }

    fn rests_on(&mut self, fact: FactId) {
        if self.feiten.last() != Some(&fact) && !self.feiten.contains(&fact) {
            self.feiten.push(fact);
        }
    }

    /// Somebody stated absence on a day on which the school saw the child: named once per statement.
    fn differs(&mut self, fact: &Fact) {
        let gap = Gap::Ontbreekt(format!(
            "Wat klopt: volgens de school was de leerling aanwezig, volgens een opgave afwezig (vanaf {}). Vraag de school de dag na te kijken.",
            datum(fact.valid.from)
        ));
        self.add_gap_once(gap);
    }

    /// Lessons were missed on a day of which the length is not known.
    fn lacks_hours(&mut self, dag: Date) {
        let seen = self.gaten.iter().any(|gap| matches!(gap, Gap::Ontbreekt(text) if text.starts_with(GEEN_ROOSTER)));
        if !seen {
            self.gaten.push(Gap::Ontbreekt(format!(
                "{GEEN_ROOSTER} {} niet bekend is. De school kan het rooster of haar lesuren opgeven.",
                datum(dag)
            )));
        }
    }

    fn add_gap_once(&mut self, gap: Gap) {
        if !self.gaten.contains(&gap) {
            self.gaten.push(gap);
        }
    }

    /// Puts the days of all enrolments in order, and makes one of the days of two schools.
    fn join(&mut self, mut gezien: Vec<Gezien>, r: &Rules) {
        gezien.sort_by_key(|gezien| gezien.schooldag.dag);
        self.gemist.sort_by_key(|gemist| gemist.dag);
        let mut genoemd = Vec::new();
        self.dagen.reserve(gezien.len());
        for day in gezien.chunk_by(|a, b| a.schooldag.dag == b.schooldag.dag) {
            if let Some((away, other)) = verzwegen(day) {
                self.dagen.push(away.schooldag);
                if !genoemd.contains(&(away.school, other.school)) {
                    genoemd.push((away.school, other.school));
                    self.gaten.push(twee_scholen(away, other, r));
                }
            } else {
                let best = day.iter().map(|gezien| gezien.schooldag).rev();
                self.dagen.extend(best.max_by_key(|day| (day.deelname, day.gerealiseerd)));
            }
        }
    }
}

/// The school that missed the child the whole day and another that did not, when none has a row that shows the child: an
/// enrolment that nobody ended must not make a child present.
fn verzwegen(day: &[Gezien]) -> Option<(&Gezien, &Gezien)> {
    let away = day.iter().find(|gezien| gezien.hele_dag_weg())?;
    let other = day.iter().find(|gezien| gezien.schooldag.deelname != DagDeelname::Geen)?;
    (!day.iter().any(Gezien::zag_het_kind)).then_some((away, other))
}

fn twee_scholen(away: &Gezien, other: &Gezien, r: &Rules) -> Gap {
    let (weg, stil) = (r.naam(away.school), r.naam(other.school));
    Gap::Ontbreekt(format!(
        "{weg} en {stil} zeggen niet hetzelfde: op {} was de leerling volgens {weg} de hele dag afwezig, en {stil} gaf niets over de leerling op. Laat beide scholen hun inschrijving nakijken.",
        datum(away.schooldag.dag)
    ))
}

/// Whether a row says something about the child itself: a timetable or a cancelled lesson does not.
fn spreekt_van_kind(packed: u32) -> bool {
    Rij::unpack(packed).is_some_and(|rij| Telt::van(rij.soort) != Telt::BeideKantenEraf)
}

const GEEN_ROOSTER: &str = "Hoeveel van de dag is gemist, is niet vast te stellen, omdat het rooster van";

impl Som {
    fn add(&mut self, row: Option<(VerzuimSoort, Duur)>) {
        let Some((soort, duur)) = row else { return };
        match (Telt::van(soort), duur) {
            (Telt::Gemist, Duur::Dag) => self.hele_dag = true,
            (Telt::Gemist | Telt::AlleenMinuten, Duur::Kwartieren(quarters)) => {
                self.gemist = self.gemist.saturating_add(u16::from(quarters));
            }
            (Telt::BeideKantenEraf, Duur::Dag) => self.alles_vervallen = true,
            (Telt::BeideKantenEraf, Duur::Kwartieren(quarters)) => {
                self.vervallen = self.vervallen.saturating_add(u16::from(quarters));
            }
            (Telt::AlleenMinuten, Duur::Dag) | (Telt::Aanwezig, _) => {}
        }
    }

    fn deelname(&self, lessen: Option<u16>) -> DagDeelname {
        match lessen {
            _ if self.hele_dag => DagDeelname::Geen,
            _ if self.gemist == 0 => DagDeelname::Heel,
            None => DagDeelname::Onbekend,
            Some(lessen) if self.gemist >= lessen => DagDeelname::Geen,
            Some(_) => DagDeelname::Deels,
        }
    }
}

/// The first day that can matter: of the first row, delivery or statement; and the last weeks in any case, because days
/// of which nothing is known are a finding too.
fn first_day(t: &Timeline, tot_en_met: Date, r: &Rules) -> Date {
    let rows = t.rijen.per_school.iter().filter_map(|school| school.rijen.first());
    let delivered = t.rijen.per_school.iter().filter_map(|school| school.aangeleverd.first());
    let first = rows
        .map(|packed| from_day_number((packed >> 16).cast_signed()))
        .chain(delivered.map(|period| period.from))
        .chain(afwezig(t).map(|(fact, _)| fact.valid.from))
        .fold(recent(tot_en_met, r), Date::min);
    // Whole weeks, so that what a week comes to does not depend on the day that is asked about.
    monday(first)
}

/// The Monday from which days of which nothing is known are a finding: twice the lesweken of the clock.
fn recent(tot_en_met: Date, r: &Rules) -> Date {
    let weeks = i32::try_from(r.klok.lesweken.max(1)).unwrap_or(i32::MAX).saturating_mul(2);
    plus_days(monday(tot_en_met), weeks.saturating_mul(-7))
}

/// Absence stated by people, of the kinds that miss lessons.
fn afwezig(t: &Timeline) -> impl Iterator<Item = (&Fact, &Afwezigheid)> {
    t.all::<Afwezigheid>().filter(|(_, stated)| Telt::van(stated.soort) == Telt::Gemist)
}

fn bij<'a>(t: &'a Timeline, period: Period, inschrijving: &Inschrijving, r: &'a Rules) -> Option<Bij<'a>> {
    let school = r.scholen.get(&inschrijving.school)?;
    Some(Bij {
        period,
        id: inschrijving.school,
        school,
        uren: school.weekuren(inschrijving.jaargroep.zichtbaar()),
        verzuim: t.rijen.per_school.iter().find(|verzuim| verzuim.school == inschrijving.school),
    })
}

fn drop_while<T>(items: &[T], gone: impl Fn(&T) -> bool) -> &[T] {
    let first = items.iter().position(|item| !gone(item)).unwrap_or(items.len());
    items.get(first..).unwrap_or_default()
}
