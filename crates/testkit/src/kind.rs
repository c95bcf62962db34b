//! One child, told as a story.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::body::{
    Aanbod, AanbodReactie, AanbodSoort, Adres, Bevestiging, Body, Gezag, Inschrijving, JaNee, Oordeel,
    Persoonsgegevens, Realisatie, Relatie, TeBevestigen, UitschrijfReden, Uitschrijving, VolgendeStap, ZitThuis,
};
use domain::calendar::begin_van_dag;
use domain::dagbeeld::{SchoolVerzuim, Verzuimrijen};
use domain::fact::{Actor, Bron, Fact, FactId, Grondslag, Source};
use domain::ids::{OrganisatieId, PersoonId};
use domain::nummers::Gemeentecode;
use domain::period::{Period, day_number, next_day, plus_days};
use domain::timeline::Timeline;
use domain::verzuim::{Duur, Rij, Roosterdag, VerzuimSoort};
use domain::{Date, Timestamp};

use crate::regio::{DAG, GEMEENTE, LEERLING, MOEDER, VADER, leerplicht, mentor, moeder, regio};

/// A child and all that was stated about it.
#[derive(Debug, Clone)]
pub struct Kind {
    feiten: Vec<Arc<Fact>>,
    dagen: BTreeMap<OrganisatieId, Dagen>,
}

#[derive(Debug, Clone, Default)]
struct Dagen {
    rijen: Vec<u32>,
    aangeleverd: Vec<Date>,
    afgewezen: Vec<u16>,
}

/// A child born on a day, with a mother who has authority.
pub fn kind(geboren: Date) -> Kind {
    let persoon = Persoonsgegevens {
        achternaam: "de Boer".into(),
        voorvoegsel: "".into(),
        voornamen: "Sam".into(),
        roepnaam: "Sam".into(),
        geboortedatum: Some(geboren),
        geslacht: domain::body::Geslacht::Onbekend,
        bsn: None,
        onderwijsnummer: None,
    };
    let child = Kind { feiten: Vec::new(), dagen: BTreeMap::new() };
    child.toestand(geboren, mentor(crate::SCHOOL), persoon).met_gezag(MOEDER, geboren)
}

impl Kind {
    /// The facts, in the order of the story.
    pub fn feiten(&self) -> &[Arc<Fact>] {
        &self.feiten
    }

    /// The name of the last statement.
    pub fn laatste(&self) -> FactId {
        FactId(self.feiten.len() as u128)
    }

    /// The timeline of the story.
    pub fn timeline(&self) -> Timeline {
        Timeline::new(self.feiten.iter().cloned(), self.rijen())
    }

    /// The absence rows of the story.
    pub fn rijen(&self) -> Verzuimrijen {
        let per_school = self.dagen.iter().map(|(school, dagen)| {
            let mut rijen = dagen.rijen.clone();
            rijen.sort_unstable();
            SchoolVerzuim {
                school: *school,
                rijen: rijen.into(),
                aangeleverd: periods(&dagen.aangeleverd).into(),
                afgewezen: dagen.afgewezen.clone().into(),
            }
        });
        Verzuimrijen { per_school: per_school.collect() }
    }

    /// Somebody stated something about a period, on its first day.
    #[must_use]
    pub fn feit(self, valid: Period, by: Actor, body: impl Into<Body>) -> Self {
        let known = begin_van_dag(valid.from);
        self.feit_bekend(valid, known, by, body)
    }

    /// Somebody stated something about a period, at another moment.
    #[must_use]
    pub fn feit_bekend(mut self, valid: Period, known: Timestamp, by: Actor, body: impl Into<Body>) -> Self {
        let nr = self.feiten.len() as u128 + 1;
        // Later in the story is later in the log, as far as one day can tell.
        let known = Timestamp::from_second(known.as_second() + self.feiten.len() as i64).unwrap_or(known);
        self.feiten.push(Arc::new(Fact {
            id: FactId(nr),
            about: LEERLING.into(),
            valid,
            known,
            by,
            ground: Grondslag::Ondersteuningstaak,
            source: source(by),
            replaces: None,
            body: body.into(),
        }));
        self
    }

    /// Something happened on a day.
    #[must_use]
    pub fn gebeurtenis(self, dag: Date, by: Actor, body: impl Into<Body>) -> Self {
        self.feit(Period::day(dag), by, body)
    }

    /// Something is so from a day on.
    #[must_use]
    pub fn toestand(self, vanaf: Date, by: Actor, body: impl Into<Body>) -> Self {
        self.feit(Period::since(vanaf), by, body)
    }

    /// A parent has authority.
    #[must_use]
    pub fn met_gezag(self, persoon: PersoonId, vanaf: Date) -> Self {
        let relatie = if persoon == VADER { Relatie::Vader } else { Relatie::Moeder };
        let gezag = Gezag { persoon, relatie, gezag: JaNee::Ja, woont_bij_kind: JaNee::Ja };
        self.toestand(vanaf, mentor(crate::SCHOOL), gezag)
    }

    /// The municipality says that the child lives there.
    #[must_use]
    pub fn woont_hier(self, vanaf: Date) -> Self {
        let gemeente = Gemeentecode::parse("0361").ok();
        self.toestand(vanaf, leerplicht(), Adres { postcode: None, huisnummer: "1".into(), gemeente, geheim: false })
    }

    /// Enrolled at a school.
    #[must_use]
    pub fn ingeschreven(self, school: OrganisatieId, vanaf: Date) -> Self {
        let inschrijving = Inschrijving {
            school,
            leerlingnummer: "1001".into(),
            jaargroep: "12".into(),
            klas: "2b".into(),
            mentor: "VIS".into(),
        };
        self.toestand(vanaf, mentor(school), inschrijving)
    }

    /// Left a school; `dag` is the last day of enrolment.
    #[must_use]
    pub fn uitgeschreven(self, school: OrganisatieId, dag: Date, reden: UitschrijfReden) -> Self {
        self.gebeurtenis(dag, mentor(school), Uitschrijving { school, reden })
    }

    /// What each schooldag was from `vanaf` on, one character a schooldag; spaces are for the reader.
    ///
    /// `.` at school; `?` not delivered; `!` a row was refused; whole days: `o` ongeoorloofd, `z` ziek, `l` luxe,
    /// `v` verlof, `g` geschorst, `t` thuis op verzoek van de school, `a` aangepast rooster, `c` all lessons cancelled;
    /// half days: `h` ongeoorloofd, `i` ziek; the last hour: `w` ongeoorloofd; `u` sent out of a lesson;
    /// capitals: the same row, but loose: no delivery stands for that day.
    ///
    /// # Panics
    /// On another character, and where the calendar ends.
    #[must_use]
    pub fn dagen(mut self, school: OrganisatieId, vanaf: Date, tekens: &str) -> Self {
        let regio = regio();
        let kalender = &regio.scholen[&school];
        let dagen = self.dagen.entry(school).or_default();
        let mut dag = vanaf;
        for teken in tekens.chars().filter(|teken| !teken.is_whitespace()) {
            while kalender.schooldag(dag) != Some(true) {
                dag = next_day(dag);
                assert!(dag < Date::constant(2031, 7, 1), "the calendar ends before the story");
            }
            dagen.add(dag, teken);
            dag = next_day(dag);
        }
        self
    }

    /// The school delivers the child's timetable hours of a day beside its absence.
    #[must_use]
    pub fn roosterdag(mut self, school: OrganisatieId, dag: Date, kwartieren: u8) -> Self {
        let number = u16::try_from(day_number(dag)).unwrap_or_default();
        self.dagen.entry(school).or_default().rijen.push(Roosterdag { dag: number, kwartieren }.pack());
        self
    }

    /// A written offer of education from a day on, by a school or another organisation; answered by nobody yet.
    #[must_use]
    pub fn aanbod(self, organisatie: OrganisatieId, vanaf: Date, kwartieren_per_week: u16) -> Self {
        self.aanbod_van(AanbodSoort::Onderwijs, organisatie, vanaf, kwartieren_per_week)
    }

    /// A written offer of some kind, written a week before it starts.
    #[must_use]
    pub fn aanbod_van(
        self,
        soort: AanbodSoort,
        organisatie: OrganisatieId,
        vanaf: Date,
        kwartieren_per_week: u16,
    ) -> Self {
        let schriftelijk_op = Some(plus_days(vanaf, -7));
        let aanbod = Aanbod {
            soort,
            wat: "maatwerk".into(),
            voorziening: None,
            organisatie: Some(organisatie),
            kwartieren_per_week,
            opbouw: Vec::new(),
            schriftelijk_op,
        };
        let known = begin_van_dag(plus_days(vanaf, -7));
        self.feit_bekend(Period::since(vanaf), known, mentor(organisatie), aanbod)
    }

    /// Parents and child answer the last offer, a day before it starts.
    #[must_use]
    pub fn allen_zeggen(self, oordeel: Oordeel) -> Self {
        let aanbod = self.laatste_aanbod();
        let dag = plus_days(self.feit_met(aanbod).valid.from, -1);
        self.zegt(dag, aanbod, Some(MOEDER), oordeel).zegt(dag, aanbod, None, oordeel)
    }

    /// One of them answers an offer.
    #[must_use]
    pub fn zegt(self, dag: Date, aanbod: FactId, ouder: Option<PersoonId>, oordeel: Oordeel) -> Self {
        let by = ouder.map_or(crate::zelf(), |persoon| Actor::Ouder { persoon });
        self.gebeurtenis(dag, by, AanbodReactie { aanbod, ouder, oordeel, woorden: "".into() })
    }

    /// Quarters of the last offer that were realised, week by week from its first Monday on; `None` says nothing.
    #[must_use]
    pub fn realisatie(self, kwartieren: &[Option<u16>]) -> Self {
        let aanbod = self.laatste_aanbod();
        let fact = self.feit_met(aanbod);
        let (first, by) = (domain::period::monday(fact.valid.from), fact.by);
        let weeks = kwartieren.iter().zip(0..).filter_map(|(quarters, week)| Some(((*quarters)?, week)));
        weeks.fold(self, |child, (kwartieren, week)| {
            child.gebeurtenis(plus_days(first, 7 * week), by, Realisatie { aanbod, kwartieren })
        })
    }

    /// The last offer of the story.
    ///
    /// # Panics
    /// When there is none.
    pub fn laatste_aanbod(&self) -> FactId {
        let last = self.feiten.iter().rev().find(|fact| matches!(fact.body, Body::Aanbod(_)));
        last.unwrap_or_else(|| unreachable!("the story has no offer yet")).id
    }

    fn feit_met(&self, id: FactId) -> &Fact {
        &self.feiten[usize::try_from(id.0 - 1).unwrap_or_default()]
    }

    /// Parents say that the child is at home.
    #[must_use]
    pub fn zit_thuis(self, vanaf: Date) -> Self {
        self.toestand(vanaf, moeder(), ZitThuis { relatie: Some(Relatie::Moeder), woorden: "".into() })
    }

    /// An organisation takes the next step upon itself.
    #[must_use]
    pub fn stap(self, dag: Date, organisatie: OrganisatieId) -> Self {
        let stap = VolgendeStap { organisatie, medewerker: None, stap: "gesprek".into(), uiterlijk: plus_days(dag, 7) };
        self.gebeurtenis(dag, mentor(organisatie), stap)
    }

    /// Somebody confirms or contradicts a status.
    #[must_use]
    pub fn bevestigt(self, dag: Date, by: Actor, wat: TeBevestigen, klopt: bool) -> Self {
        self.gebeurtenis(dag, by, Bevestiging { wat, klopt, reden: "".into() })
    }
}

impl Dagen {
    fn add(&mut self, dag: Date, teken: char) {
        let number = u16::try_from(day_number(dag)).unwrap_or_default();
        let whole = |soort| Some((soort, Duur::Dag));
        let part = |soort, quarters| Some((soort, Duur::Kwartieren(quarters)));
        let row = match teken.to_ascii_lowercase() {
            '.' | '?' | '!' => None,
            'o' => whole(VerzuimSoort::Ongeoorloofd),
            'z' => whole(VerzuimSoort::Ziek),
            'l' => whole(VerzuimSoort::Luxe),
            'v' => whole(VerzuimSoort::Verlof),
            'g' => whole(VerzuimSoort::Geschorst),
            't' => whole(VerzuimSoort::ThuisOpVerzoekSchool),
            'a' => whole(VerzuimSoort::AangepastRooster),
            'c' => whole(VerzuimSoort::Lesuitval),
            'h' => part(VerzuimSoort::Ongeoorloofd, DAG / 2),
            'i' => part(VerzuimSoort::Ziek, DAG / 2),
            'w' => part(VerzuimSoort::Ongeoorloofd, 4),
            'u' => part(VerzuimSoort::Uitgestuurd, 4),
            other => unreachable!("'{other}' is no schooldag; see Kind::dagen"),
        };
        if teken != '?' && !teken.is_ascii_uppercase() {
            self.aangeleverd.push(dag);
        }
        if teken == '!' {
            self.afgewezen.push(number);
        }
        self.rijen.extend(row.map(|(soort, duur)| Rij { dag: number, lesuur: 0, duur, soort }.pack()));
    }
}

/// Days as periods; a weekend or a holiday between two delivered schooldagen is delivered too only when no schooldag
/// lies between them, so each day stands alone unless the next day follows on it.
fn periods(dagen: &[Date]) -> Vec<Period> {
    let mut sorted = dagen.to_vec();
    sorted.sort();
    sorted.dedup();
    let mut periods: Vec<Period> = Vec::new();
    for dag in sorted {
        match periods.last_mut() {
            Some(last) if last.until == Some(dag) => last.until = Some(next_day(dag)),
            _ => periods.push(Period::day(dag)),
        }
    }
    periods
}

fn source(by: Actor) -> Source {
    match by {
        Actor::Ouder { .. } => Source { bron: Bron::Ouders, organisatie: None },
        Actor::Leerling { .. } => Source { bron: Bron::Leerling, organisatie: None },
        Actor::Medewerker { organisatie, .. } | Actor::Systeem { organisatie } => {
            Source::of(if organisatie == GEMEENTE { Bron::Gemeente } else { Bron::School }, organisatie)
        }
    }
}
