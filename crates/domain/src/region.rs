//! What derivations need beside a child's own facts: the schools with their calendars and hours, the organisations,
//! and the values that the region agreed on in its protocol.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::body::{IndelingSoort, Organisatie, OrganisatieSoort, Sector, Weekuren};
use crate::calendar::{Schooldagen, Schoolkalender};
use crate::ids::OrganisatieId;
use crate::kring::Mentoren;
use crate::nummers::Gemeentecode;
use crate::period::Period;

/// All that a derivation may rest on beside the facts about the child.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Version of the protocol, as the region names it ("2026-1").
    pub protocol: String,
    /// The clock.
    pub klok: KlokAfspraken,
    /// Terms that the region chose.
    pub termijnen: TermijnAfspraken,
    /// School sites by id.
    pub scholen: BTreeMap<OrganisatieId, School>,
    /// All organisations by id, schools too.
    pub organisaties: BTreeMap<OrganisatieId, Arc<Organisatie>>,
    /// To which organisations those that are no school belong, per partition, and when.
    pub indelingen: BTreeMap<OrganisatieId, Vec<Ingedeeld>>,
    /// Whom schools mean by the names of mentors in their files.
    pub mentoren: Mentoren,
}

/// A period in which an organisation belonged to another in a partition.
pub type Ingedeeld = (Period, IndelingSoort, OrganisatieId);

impl Rules {
    /// The organisation that is this municipality.
    pub fn gemeente(&self, code: Gemeentecode) -> Option<OrganisatieId> {
        self.organisaties
            .iter()
            .find(|(_, organisatie)| {
                organisatie.soort == OrganisatieSoort::Gemeente && organisatie.gemeente == Some(code)
            })
            .map(|(id, _)| *id)
    }

    /// The organisation to which another, that is no school, belonged in a partition on a day.
    pub fn bij(&self, organisatie: OrganisatieId, soort: IndelingSoort, dag: Date) -> Option<OrganisatieId> {
        ingedeeld(self.indelingen.get(&organisatie)?, soort, dag)
    }

    /// Kind of an organisation, if it is known.
    pub fn soort(&self, id: OrganisatieId) -> Option<OrganisatieSoort> {
        self.organisaties.get(&id).map(|organisatie| organisatie.soort)
    }

    /// Name of an organisation; a fixed phrase when it is not known.
    pub fn naam(&self, id: OrganisatieId) -> &str {
        self.organisaties.get(&id).map_or("een organisatie buiten dit register", |organisatie| &organisatie.naam)
    }
}

/// A school site as derivations see it.
#[derive(Debug, Clone)]
pub struct School {
    /// Sector; decides klokuren or lesuren and which terms apply.
    pub sector: Option<Sector>,
    /// Holidays of its region and its own days: for counting terms and explaining a day.
    pub kalender: Arc<Schoolkalender>,
    /// The same days compiled, for counting fast.
    pub schooldagen: Arc<Schooldagen>,
    /// Declared hours per year group, in quarters per weekday; the empty year group stands for all others.
    pub uren: BTreeMap<String, Weekuren>,
    /// To which organisations the school belongs, per partition, and when.
    pub indelingen: Vec<Ingedeeld>,
}

impl School {
    /// Whether the school teaches on the day; `None` when its calendar does not reach that far.
    pub fn schooldag(&self, dag: Date) -> Option<bool> {
        (!self.schooldagen.is_onbekend(dag)).then(|| self.schooldagen.is_schooldag(dag))
    }

    /// Declared quarters for a year group on a day; `None`: not declared (there is no default day).
    pub fn uren_op(&self, jaargroep: &str, dag: Date) -> Option<u8> {
        self.weekuren(jaargroep)?.get(usize::try_from(dag.weekday().to_monday_zero_offset()).ok()?).copied()
    }

    /// Declared quarters for a year group per weekday; `None`: not declared.
    pub fn weekuren(&self, jaargroep: &str) -> Option<&Weekuren> {
        self.uren.get(jaargroep).or_else(|| self.uren.get(""))
    }

    /// The organisation the school belonged to in a partition on a day.
    pub fn bij(&self, soort: IndelingSoort, dag: Date) -> Option<OrganisatieId> {
        ingedeeld(&self.indelingen, soort, dag)
    }
}

fn ingedeeld(bij: &[Ingedeeld], soort: IndelingSoort, dag: Date) -> Option<OrganisatieId> {
    bij.iter().find(|(period, s, _)| *s == soort && period.contains(dag)).map(|(.., bij)| *bij)
}

/// The clock's values. The region decides them in its protocol; these are the defaults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KlokAfspraken {
    /// Consecutive schooldagen without participation that open a spell.
    pub schooldagen_zonder_deelname: u32,
    /// Participation below this percentage opens a spell …
    pub deelname_procent: u32,
    /// … when measured over this many lesweken, without an agreed plan.
    pub lesweken: u32,
    /// Calendar months from start to target, clamped at the month's end.
    pub maanden: i32,
    /// Warnings, calendar days after the start.
    pub waarschuwingen: Vec<i32>,
    /// Calendar days after the start at which doorzettingsmacht is due.
    pub doorzettingsmacht: i32,
    /// Weeks of an offer that must be delivered before it stops the clock …
    pub aanbod_weken: u32,
    /// … for at least this percentage of the agreed hours.
    pub aanbod_procent: u32,
    /// Consecutive covered schooldagen …
    pub terug_schooldagen: u32,
    /// … with at least this participation that end a spell or close a stopped clock.
    pub terug_procent: u32,
    /// A drop within this many months after closing adds up with the earlier spell.
    pub optel_maanden: i32,
    /// Care without education is reviewed at the latest after this many weeks.
    pub zorg_weken: i32,
    /// After "niet passend": casustafel within this many schooldagen.
    pub casustafel_schooldagen: u32,
}

impl Default for KlokAfspraken {
    fn default() -> Self {
        KlokAfspraken {
            schooldagen_zonder_deelname: 10,
            deelname_procent: 50,
            lesweken: 4,
            maanden: 3,
            waarschuwingen: vec![28, 42, 63, 77],
            doorzettingsmacht: 77,
            aanbod_weken: 2,
            aanbod_procent: 80,
            terug_schooldagen: 20,
            terug_procent: 80,
            optel_maanden: 12,
            zorg_weken: 6,
            casustafel_schooldagen: 10,
        }
    }
}

/// Terms that no law fixes; the region chose them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermijnAfspraken {
    /// Norm of the Inspectie: report after 16 hours, in working days.
    pub melding_werkdagen: u32,
    /// First reaction of leerplicht to a melding, in working days.
    pub reactie_werkdagen: u32,
    /// Named owner after the case opens, in schooldagen.
    pub eigenaar_schooldagen: u32,
    /// Talk after a signal of illness (MAZL), in schooldagen.
    pub gesprek_schooldagen: u32,
    /// Contact after a ladder step of lateness, in schooldagen.
    pub te_laat_schooldagen: u32,
}

impl Default for TermijnAfspraken {
    fn default() -> Self {
        TermijnAfspraken {
            melding_werkdagen: 5,
            reactie_werkdagen: 5,
            eigenaar_schooldagen: 1,
            gesprek_schooldagen: 5,
            te_laat_schooldagen: 5,
        }
    }
}
