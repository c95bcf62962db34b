//! The planted group: children whose true course is known, each with the rows of the school, the facts that people
//! state, and what must be found of it today.

mod aanbod;
mod boek;
mod deels;
mod leerplicht;
mod sam;
mod ziek;

use domain::calendar::{Schoolkalender, datum};
use domain::fact::{FactId, NewFact, Rol};
use domain::ids::{LeerlingId, MedewerkerId, OrganisatieId, PersoonId};
use domain::nummers::Vestigingscode;
use domain::period::{Period, monday, plus_months};
use domain::verzuim::{Duur, VerzuimSoort};
use domain::{Date, Timestamp};
use exchange::regio::{medewerker_id, organisatie_id};

use crate::dagen::{Dagen, nde_terug};
use crate::gebied::{Gemeente, JGZ, swv_code};
use crate::regio::REGIO_CODE;
use crate::ruimte::Regel;
use crate::scholen::School;

pub(crate) use sam::week_zonder_rooster;

/// The kinds of course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Plant {
    /// Proefcollege De Meent, class 2b: the worked example of the region, on day 40.
    Sam,
    /// Afraid of school: fewer and fewer days, then none.
    Schoolangst,
    /// Ill without end, with the jeugdarts involved.
    EindelozeZiekte,
    /// Two weeks and more of holiday without leave, and back.
    VakantieZonderVerlof,
    /// An accepted offer that starts too late.
    WachtenOpPlek,
    /// An offer accepted and delivered in time.
    AanbodGeleverd,
    /// An offer of which the parents say that it does not fit.
    AanbodNietPassend,
    /// Care has started, learning has not.
    AlleenZorg,
    /// An accepted and delivered offer that broke off within twelve months.
    Terugval,
    /// Notice under artikel 5 onder a, with a statement that counts.
    VrijstellingGeldig,
    /// The same notice with a statement of the treating doctor, which does not count.
    VrijstellingZonderVerklaring,
    /// Lives in the municipality and was never enrolled.
    NooitIngeschreven,
    /// Left a school and was never enrolled at the next.
    KwijtBijOverstap,
    /// Half days only, and nobody agreed to it.
    HalveDagen,
    /// Half days only, under a plan agreed with parents and child.
    HalveDagenMetPlan,
    /// Kept at home at the school's request.
    NaarHuisGestuurd,
    /// Eight days of flu: not a case.
    Griep,
}

/// What the clock must say of a child on the day of today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verwacht {
    /// No clock, no status.
    GeenZaak,
    /// The clock runs.
    Loopt,
    /// The clock runs, with the label *ziek, onderwijs in overleg*.
    LooptZiek,
    /// The clock runs; an accepted offer has not started, or its first weeks are not over.
    Beproeving,
    /// The clock runs; an offer was made and the parents say that it does not fit.
    NietEens,
    /// Stopped from this day, the start of the offer.
    Gestopt {
        /// First day of the offer.
        vanaf: Date,
    },
    /// Care runs, learning has not begun.
    ZorgLoopt,
    /// The clock runs because the child is not enrolled.
    Absoluut,
    /// The clock runs, with the label *vrijgesteld, zonder leeraanbod*.
    Vrijgesteld,
    /// Ended: back at school.
    Terug {
        /// First of the days on which the child was back.
        op: Date,
    },
}

impl Verwacht {
    /// In words, for the output of tests.
    pub fn in_woorden(self) -> String {
        match self {
            Self::GeenZaak => "geen klok".to_owned(),
            Self::Loopt => "de klok loopt".to_owned(),
            Self::LooptZiek => "de klok loopt; ziek, onderwijs in overleg".to_owned(),
            Self::Beproeving => "de klok loopt; aanbod in de eerste weken of nog niet begonnen".to_owned(),
            Self::NietEens => "aanbod gedaan, niet eens".to_owned(),
            Self::Gestopt { vanaf } => format!("gestopt op {}", datum(vanaf)),
            Self::ZorgLoopt => "zorg loopt, leren nog niet".to_owned(),
            Self::Absoluut => "de klok loopt; vermoedelijk absoluut verzuim".to_owned(),
            Self::Vrijgesteld => "de klok loopt; vrijgesteld, zonder leeraanbod".to_owned(),
            Self::Terug { op } => format!("terug op {}", datum(op)),
        }
    }
}

/// What is true of a planted child, whatever is derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waarheid {
    /// First day of the clock; `None`: there is none.
    pub begin: Option<Date>,
    /// Three calendar months later; earlier by the days of a spell that adds up, never before the first day.
    pub doel: Option<Date>,
    /// What must be found today.
    pub verwacht: Verwacht,
    /// Days of an earlier spell within twelve months, which add up; 0 for most.
    pub eerder: u32,
}

impl Waarheid {
    /// A clock that began on a day.
    pub(crate) fn klok(begin: Date, verwacht: Verwacht) -> Self {
        Waarheid { begin: Some(begin), doel: Some(plus_months(begin, 3)), verwacht, eerder: 0 }
    }

    /// No clock at all.
    pub(crate) fn geen_zaak() -> Self {
        Waarheid { begin: None, doel: None, verwacht: Verwacht::GeenZaak, eerder: 0 }
    }
}

/// Who has a role around a child, by the codes of `region.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rolhouder {
    /// The role.
    pub rol: Rol,
    /// Code of the organisation; for a school its vestigingscode.
    pub organisatie: String,
    /// Code of the professional.
    pub medewerker: String,
}

/// A planted child.
#[derive(Debug, Clone)]
pub struct Verhaal {
    /// Which course.
    pub soort: Plant,
    /// The school of (last) enrolment; `None`: never enrolled.
    pub vestiging: Option<Vestigingscode>,
    /// The school's pupil number; empty when never enrolled.
    pub leerlingnummer: String,
    /// Codes in `region.toml` of the municipality of residence, the samenwerkingsverband and youth health care.
    pub organisaties: [String; 3],
    /// Who acts for them.
    pub rolhouders: Vec<Rolhouder>,
    /// What is true.
    pub waarheid: Waarheid,
    /// What people state, once it is known who they are in the register; nothing of it lies after today.
    pub feiten: fn(&Betrokkenen) -> Vec<GeplantFeit>,
    gemeentecode: Option<&'static str>,
    dag0: Date,
    vandaag: Date,
    reeks: u64,
    kalender: Schoolkalender,
}

/// A fact to be planted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeplantFeit {
    /// Its name: the same for the same child of the same region.
    pub id: FactId,
    /// When the register is told.
    pub moment: Timestamp,
    /// What is stated.
    pub fact: NewFact,
}

/// Everybody around one planted child, by their ids in the register.
#[derive(Debug, Clone)]
pub struct Betrokkenen {
    /// The child.
    pub leerling: LeerlingId,
    /// Parents with gezag, in the order of the pupil file. For a child that was never enrolled: two parents, of whom
    /// nothing is known in the register yet.
    pub ouders: Vec<PersoonId>,
    /// The school of (last) enrolment.
    pub school: Option<OrganisatieId>,
    /// Municipality of residence.
    pub gemeente: OrganisatieId,
    /// Samenwerkingsverband of the school; for a child without school that of the municipality.
    pub swv: OrganisatieId,
    /// Youth health care.
    pub jgz: OrganisatieId,
    /// Professionals by role.
    pub medewerkers: Vec<(Rol, OrganisatieId, MedewerkerId)>,
    /// First day of the story.
    pub dag0: Date,
    /// Today.
    pub vandaag: Date,
    /// CBS code of the municipality of residence.
    pub gemeentecode: Option<&'static str>,
    kalender: Schoolkalender,
    reeks: u64,
}

impl Betrokkenen {
    /// The name of the n-th fact of this story.
    pub fn feit(&self, n: u32) -> FactId {
        // "PROEF" in the first bytes, so that a planted fact is recognised in a log.
        FactId(0x50_524F_4546 << 88 | u128::from(self.reeks) << 32 | u128::from(n))
    }

    /// The n-th schooldag after the first day of the story; the day itself for 0.
    fn dag(&self, n: u32) -> Date {
        self.kalender.nde_na(self.dag0, n).unwrap_or(self.vandaag)
    }

    /// Whether the schools of the region teach on a day.
    fn is_schooldag(&self, dag: Date) -> bool {
        self.kalender.is_schooldag(dag) == domain::calendar::Schooldag::Ja
    }

    /// The first day of an offer that is being delivered today: early enough for two whole weeks, not for twenty days.
    fn begin_aanbod(&self) -> Date {
        begin_lopend_aanbod(&self.kalender, self.vandaag)
    }

    /// The n-th schooldag before today.
    fn terug(&self, n: u32) -> Date {
        nde_terug(&self.kalender, self.vandaag, n)
    }
}

impl Verhaal {
    pub(crate) fn nieuw(draaiboek: &Draaiboek, plan: &Plan, kind: &Kind<'_>, dagen: &Dagen, reeks: u64) -> Self {
        let gemeente = kind.gemeente.map_or("", |gemeente| gemeente.code);
        let swv = match (kind.school, kind.gemeente) {
            (Some(school), _) => swv_code(school.swv()),
            (None, Some(gemeente)) => swv_code(gemeente.swv_po),
            (None, None) => "",
        };
        let houder = |rol, organisatie: &str, medewerker: String| Rolhouder {
            rol,
            organisatie: organisatie.to_owned(),
            medewerker,
        };
        let mut rolhouders = vec![
            houder(Rol::Leerplichtambtenaar, gemeente, format!("{gemeente}-lpa1")),
            houder(Rol::JgCoach, gemeente, format!("{gemeente}-jg1")),
            houder(Rol::Consulent, swv, format!("{swv}-consulent1")),
            houder(Rol::Jeugdarts, JGZ, format!("{JGZ}-arts1")),
        ];
        if let Some(school) = kind.school {
            let code = school.code.to_string();
            let rol = if school.is_po() { Rol::IbEr } else { Rol::Verzuimcoordinator };
            rolhouders.push(houder(rol, &code, school.medewerker("verzuim")));
            rolhouders.push(houder(Rol::Schoolleider, &code, school.medewerker("leiding")));
        }
        Verhaal {
            soort: draaiboek.soort,
            vestiging: kind.school.map(|school| school.code),
            leerlingnummer: kind.nummer.to_owned(),
            organisaties: [gemeente, swv, JGZ].map(str::to_owned),
            rolhouders,
            waarheid: plan.waarheid,
            feiten: draaiboek.feiten,
            gemeentecode: kind.gemeente.map(|gemeente| gemeente.nummer),
            dag0: plan.dag0,
            vandaag: dagen.vandaag,
            reeks,
            kalender: dagen.kalender.clone(),
        }
    }

    /// Everybody around the child. Only the register can say who the child and its parents with gezag are; the ids of
    /// organisations and professionals follow from their codes in `region.toml`.
    pub fn betrokkenen(&self, leerling: LeerlingId, ouders: Vec<PersoonId>) -> Betrokkenen {
        let organisatie = |code: &str| organisatie_id(REGIO_CODE, code);
        let medewerker = |code: &str| medewerker_id(REGIO_CODE, code);
        let [gemeente, swv, jgz] = &self.organisaties;
        let medewerkers = self
            .rolhouders
            .iter()
            .map(|houder| (houder.rol, organisatie(&houder.organisatie), medewerker(&houder.medewerker)))
            .collect();
        Betrokkenen {
            leerling,
            ouders,
            school: self.vestiging.map(|vestiging| organisatie(&vestiging.to_string())),
            gemeente: organisatie(gemeente),
            swv: organisatie(swv),
            jgz: organisatie(jgz),
            medewerkers,
            dag0: self.dag0,
            vandaag: self.vandaag,
            gemeentecode: self.gemeentecode,
            kalender: self.kalender.clone(),
            reeks: self.reeks,
        }
    }
}

/// The child in whom a course is planted.
pub(crate) struct Kind<'a> {
    pub school: Option<&'a School>,
    pub nummer: &'a str,
    pub gemeente: Option<&'a Gemeente>,
}

/// A course: whom it suits, what happens, who states what.
pub(crate) struct Draaiboek {
    pub soort: Plant,
    /// Only for pupils of vo.
    pub alleen_vo: bool,
    /// The n-th child of the kind: days, rows and truth.
    pub plan: fn(&Dagen, u32) -> Plan,
    pub feiten: fn(&Betrokkenen) -> Vec<GeplantFeit>,
}

/// What happens to one child.
#[derive(Clone)]
pub(crate) struct Plan {
    /// First day of the story.
    pub dag0: Date,
    pub waarheid: Waarheid,
    /// The school's rows, in order; no others are delivered about this child.
    pub regels: Vec<Regel>,
    /// Last day of enrolment, when the child leaves the school.
    pub uitschrijving: Option<Date>,
}

impl Plan {
    /// Whole days from one day up to another (exclusive).
    pub(crate) fn dagen(&mut self, dagen: &Dagen, van: Date, tot: Date, soort: VerzuimSoort) {
        let places = dagen.plaats(van)..dagen.plaats(tot);
        self.regels.extend(places.map(|dag| Regel { dag, lesuur: 0, duur: Duur::Dag, soort }));
    }

    /// The first so many lessons of each day from one day up to another (exclusive).
    pub(crate) fn lessen(&mut self, dagen: &Dagen, van: Date, tot: Date, tot_en_met: u8, soort: VerzuimSoort) {
        for dag in dagen.plaats(van)..dagen.plaats(tot) {
            let row = |lesuur| Regel { dag, lesuur, duur: Duur::Kwartieren(4), soort };
            self.regels.extend((1..=tot_en_met).map(row));
        }
    }
}

/// All courses, the worked example first.
pub(crate) fn draaiboeken() -> Vec<Draaiboek> {
    let book = |soort, alleen_vo, plan, feiten| Draaiboek { soort, alleen_vo, plan, feiten };
    vec![
        book(Plant::Sam, true, sam::plan, sam::feiten),
        book(Plant::Schoolangst, true, ziek::schoolangst, ziek::schoolangst_feiten),
        book(Plant::EindelozeZiekte, false, ziek::eindeloos, ziek::eindeloos_feiten),
        book(Plant::Griep, false, ziek::griep, ziek::griep_feiten),
        book(Plant::VakantieZonderVerlof, false, leerplicht::vakantie, leerplicht::vakantie_feiten),
        book(Plant::WachtenOpPlek, false, aanbod::wachten, aanbod::wachten_feiten),
        book(Plant::AanbodGeleverd, false, aanbod::geleverd, aanbod::geleverd_feiten),
        book(Plant::AanbodNietPassend, true, aanbod::niet_passend, aanbod::niet_passend_feiten),
        book(Plant::AlleenZorg, false, aanbod::zorg, aanbod::zorg_feiten),
        book(Plant::Terugval, true, aanbod::terugval, aanbod::terugval_feiten),
        book(Plant::VrijstellingGeldig, false, leerplicht::geldig, leerplicht::geldig_feiten),
        book(Plant::VrijstellingZonderVerklaring, false, leerplicht::ongeldig, leerplicht::ongeldig_feiten),
        book(Plant::NooitIngeschreven, false, leerplicht::nooit, leerplicht::nooit_feiten),
        book(Plant::KwijtBijOverstap, false, leerplicht::kwijt, leerplicht::kwijt_feiten),
        book(Plant::HalveDagen, true, deels::halve_dagen, deels::halve_dagen_feiten),
        book(Plant::HalveDagenMetPlan, true, deels::met_plan, deels::met_plan_feiten),
        book(Plant::NaarHuisGestuurd, false, deels::naar_huis, deels::naar_huis_feiten),
    ]
}

/// The first schooldag of the week in which the fifteenth schooldag before today lies: two weeks and more, and fewer
/// than twenty schooldagen ago.
pub(crate) fn begin_lopend_aanbod(kalender: &Schoolkalender, vandaag: Date) -> Date {
    let maandag = monday(nde_terug(kalender, vandaag, 15));
    kalender.eerste_vanaf(maandag).unwrap_or(maandag)
}

/// Days from one on without a known end.
pub(crate) fn vanaf(dag: Date) -> Period {
    Period::since(dag)
}
