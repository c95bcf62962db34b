//! One child on one day, with what the rules ask about it again and again.

use std::cell::OnceCell;

use jiff::civil::Date;

use crate::body::{Adres, IndelingSoort, Kind, Persoonsgegevens, Sector};
use crate::calendar::{Kalenders, Schoolkalender, Termijn, Werkdagen, dag_in_nederland};
use crate::dagbeeld::Dagbeeld;
use crate::fact::{Fact, FactId, Rol};
use crate::finding::{Finding, Gap};
use crate::ids::OrganisatieId;
use crate::klok::{self, Klok};
use crate::period::{age, plus_days};
use crate::region::{Rules, School};
use crate::rules::{Regel, TERMIJNEN, Termijnregel};
use crate::signaal::{Signaal, SignaalSoort};
use crate::termijnen::{Aanleiding, Thuis};
use crate::timeline::Timeline;

/// Coming of age (BW 1:233), in years.
const MEERDERJARIG: i16 = 18;

/// One child on one day. What several derivations need is worked out once, so whoever asks for more than one asks them all
/// of one case.
pub struct Geval<'a> {
    pub(crate) t: &'a Timeline,
    pub(crate) on: Date,
    pub(crate) r: &'a Rules,
    /// Birth date, if known.
    pub(crate) geboren: Option<Date>,
    /// The spells that could be known on the day, computed once.
    klokken: OnceCell<Finding<Vec<Klok>>>,
    /// The child's schooldagen, computed once.
    beeld: OnceCell<Dagbeeld>,
    werkdagen: Werkdagen,
    /// For children without a school that is known.
    zonder_school: Schoolkalender,
}

impl<'a> Geval<'a> {
    /// A child, by all that was stated about it, on a day.
    pub fn new(t: &'a Timeline, on: Date, r: &'a Rules) -> Self {
        let geboren = geboortedatum(t, on);
        let (werkdagen, zonder_school) = (Werkdagen::default(), Schoolkalender::zonder_regio());
        Geval { t, on, r, geboren, klokken: OnceCell::new(), beeld: OnceCell::new(), werkdagen, zonder_school }
    }

    /// All spells that could be known on the day, oldest first, with their reasons.
    pub fn klokken(&self) -> &Finding<Vec<Klok>> {
        self.klokken.get_or_init(|| klok::klokken_van(self))
    }

    /// The clock that is open on the day.
    pub fn klok(&self) -> Option<&Klok> {
        self.klokken().value.last().filter(|klok| !klok.stand.is_voorbij())
    }

    /// The child's schooldagen up to the day.
    pub(crate) fn beeld(&self) -> &Dagbeeld {
        self.beeld.get_or_init(|| Dagbeeld::of(self.t, self.on, self.r))
    }

    /// Whether the school of that day teaches no more in that week.
    pub(crate) fn laatste_van_week(&self, dag: Date) -> bool {
        let school = self.school(self.school_op(dag));
        let rest = i32::from(6 - dag.weekday().to_monday_zero_offset());
        school.is_some_and(|school| (1..=rest).all(|ahead| school.schooldag(plus_days(dag, ahead)) != Some(true)))
    }

    /// Standing facts of a kind that had begun by the day that is looked at, in order of their day.
    pub(crate) fn feiten<K: Kind>(&self) -> Vec<(&'a Fact, &'a K)> {
        let mut feiten: Vec<_> = self.t.all::<K>().filter(|(fact, _)| fact.valid.from <= self.on).collect();
        feiten.sort_by_key(|(fact, _)| (fact.valid.from, fact.known, fact.id));
        feiten
    }

    /// Signals of a kind that had fired by the day that is looked at, in order of day.
    pub(crate) fn signalen(&self, soort: SignaalSoort) -> impl Iterator<Item = &'a Signaal> {
        let (on, signalen) = (self.on, &self.t.signalen);
        signalen.iter().filter(move |signaal| signaal.soort == soort && signaal.dag <= on)
    }

    /// The school of enrolment on a day; the first when there are two.
    pub(crate) fn school_op(&self, dag: Date) -> Option<OrganisatieId> {
        self.t.inschrijvingen_op(dag).next().map(|(_, inschrijving)| inschrijving.school)
    }

    /// The municipality of residence on a day.
    pub(crate) fn gemeente_op(&self, dag: Date) -> Option<OrganisatieId> {
        gemeente_op(self.t, dag, self.r)
    }

    /// The board of a school on a day; the school itself when its board is not known.
    pub(crate) fn bestuur_op(&self, school: Option<OrganisatieId>, dag: Date) -> Option<OrganisatieId> {
        self.school(school).and_then(|school| school.bij(IndelingSoort::Bestuur, dag)).or(school)
    }

    pub(crate) fn school(&self, school: Option<OrganisatieId>) -> Option<&'a School> {
        school.and_then(|id| self.r.scholen.get(&id))
    }

    /// Who owns absence at the school: the intern begeleider in primary and special schools, else the verzuimcoördinator.
    pub(crate) fn verzuimrol(&self, school: Option<OrganisatieId>) -> Rol {
        match self.school(school).and_then(|school| school.sector) {
            Some(Sector::Po | Sector::Sbo | Sector::So) => Rol::IbEr,
            _ => Rol::Verzuimcoordinator,
        }
    }

    /// Age on a day, if the birth date is known.
    pub(crate) fn leeftijd(&self, dag: Date) -> Option<i16> {
        self.geboren.map(|geboren| age(geboren, dag))
    }

    /// Whether the youth was of age on a day; with an unknown birth date: not.
    pub(crate) fn meerderjarig(&self, dag: Date) -> bool {
        self.leeftijd(dag).is_some_and(|jaren| jaren >= MEERDERJARIG)
    }

    /// Who at home answers for the child on a day.
    pub(crate) fn thuis(&self, dag: Date) -> Thuis {
        if self.meerderjarig(dag) { Thuis::Jongere } else { Thuis::Ouders }
    }

    /// The last day of a term after a day; schooldays are those of the given school.
    pub(crate) fn laatste_dag(&self, lengte: Termijn, na: Date, school: Option<OrganisatieId>) -> Result<Date, Gap> {
        lengte.laatste_dag(na, Kalenders { werkdagen: &self.werkdagen, school: self.kalender(school) })
    }

    /// The last (or for rules that look back: the first good) day under the catalogue, for an event on a day.
    pub(crate) fn volgens(&self, regel: Regel, dag: Date, school: Option<OrganisatieId>) -> Result<Date, Gap> {
        let kalenders = Kalenders { werkdagen: &self.werkdagen, school: self.kalender(school) };
        match termijn_van(regel) {
            Some(termijn) => termijn.uiterlijk(dag, kalenders),
            None => {
                Err(Gap::BuitenBereik(format!("Regel {} heeft geen termijn die te tellen is.", regel.citation.regel)))
            }
        }
    }

    /// The calendar of a school; without one only the days on which all holiday regions agree are known.
    pub(crate) fn kalender(&self, school: Option<OrganisatieId>) -> &Schoolkalender {
        self.school(school).map_or(&self.zonder_school, |school| &school.kalender)
    }

    /// The day on which the school could know of a signal: when its complete delivery of that day came in, else the day itself,
    /// for the school keeps its own absence.
    pub(crate) fn kon_weten(&self, signaal: &Signaal) -> Date {
        signaal.bekend.map_or(signaal.dag, |day| day.max(signaal.dag))
    }
}

/// The term that the catalogue counts for a rule.
pub(crate) fn termijn_van(regel: Regel) -> Option<&'static Termijnregel> {
    TERMIJNEN.iter().find(|termijn| termijn.regel.citation == regel.citation)
}

/// The day on which the register was told of a fact.
pub(crate) fn dag(fact: &Fact) -> Date {
    dag_in_nederland(fact.known)
}

/// The fact and its own day, as a fulfilment.
pub(crate) fn op_dag(fact: &Fact) -> (FactId, Date) {
    (fact.id, fact.valid.from)
}

/// A signal as the start of a term.
pub(crate) fn door_signaal(signaal: &Signaal) -> Aanleiding {
    Aanleiding::Signaal { regel: signaal.regel.clone(), dag: signaal.dag }
}

/// Birth date as it stands on a day, or as it was stated last.
pub(crate) fn geboortedatum(t: &Timeline, on: Date) -> Option<Date> {
    let stands = t.at::<Persoonsgegevens>(on, "geboortedatum").value;
    stands
        .or_else(|| t.all::<Persoonsgegevens>().next_back().map(|(_, gegevens)| gegevens))
        .and_then(|g| g.geboortedatum)
}

/// The municipality of residence on a day, if it takes part in the register.
pub(crate) fn gemeente_op(t: &Timeline, dag: Date, r: &Rules) -> Option<OrganisatieId> {
    let adres = t.at::<Adres>(dag, "adres").value?;
    r.gemeente(adres.gemeente?)
}
