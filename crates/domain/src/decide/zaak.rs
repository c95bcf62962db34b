//! What a decision looks at: the child, the region, who asks; and what that person is to the child.

use std::cell::RefCell;
use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Als, Mag, wie_mag};
use crate::body::{Aanbod, Adres, Inschrijving, Kind, OrganisatieSoort, Soort, Verantwoordelijke};
use crate::fact::{Actor, Fact, FactId, Rol};
use crate::ids::{LeerlingId, OrganisatieId, PersoonId, Subject};
use crate::in_beeld::{self, Beeld, Partij};
use crate::kring;
use crate::period::{age, schooljaar};
use crate::region::{Rules, School};
use crate::termijnen::Geval;
use crate::timeline::Timeline;

/// Age, in years, at which parents no longer speak for the child (BW 1:233).
const MEERDERJARIG: i16 = 18;

/// What a decision may read, and a list of whom and what it did read.
#[derive(Debug)]
pub struct View<'a> {
    leerling: LeerlingId,
    timeline: &'a Timeline,
    rules: &'a Rules,
    gelezen: RefCell<BTreeSet<Subject>>,
}

impl<'a> View<'a> {
    /// A view on one child (with all that a person joined into it) in its region.
    pub fn new(leerling: LeerlingId, timeline: &'a Timeline, rules: &'a Rules) -> Self {
        View { leerling, timeline, rules, gelezen: RefCell::default() }
    }

    /// Whom and what the decisions on this view rested on: the log refuses their outcome when one of these changed.
    pub fn gelezen(&self) -> Vec<Subject> {
        self.gelezen.borrow().iter().copied().collect()
    }

    fn lees(&self, subject: impl Into<Subject>) {
        self.gelezen.borrow_mut().insert(subject.into());
    }
}

/// One decision: a view, who asks, on which day, and the fact that is being corrected, if any.
pub(super) struct Zaak<'a> {
    v: &'a View<'a>,
    pub(super) by: &'a Actor,
    pub(super) vandaag: Date,
    /// Birth date, if known.
    pub(super) geboren: Option<Date>,
    behalve: Option<FactId>,
}

impl<'a> Zaak<'a> {
    pub(super) fn new(v: &'a View<'a>, by: &'a Actor, vandaag: Date) -> Self {
        v.lees(v.leerling);
        match by {
            Actor::Medewerker { id, organisatie, .. } => {
                v.lees(*id);
                v.lees(*organisatie);
            }
            Actor::Systeem { organisatie } => v.lees(*organisatie),
            Actor::Ouder { persoon } => v.lees(*persoon),
            Actor::Leerling { leerling } => v.lees(*leerling),
        }
        let geboren = crate::termijnen::geboortedatum(v.timeline, vandaag);
        Zaak { v, by, vandaag, geboren, behalve: None }
    }

    /// The same decision as if a fact had not been stated: for its correction.
    pub(super) fn zonder(&self, feit: FactId) -> Zaak<'a> {
        Zaak { v: self.v, by: self.by, vandaag: self.vandaag, geboren: self.geboren, behalve: Some(feit) }
    }

    /// Whether an earlier statement is being corrected.
    pub(super) fn corrigeert(&self) -> bool {
        self.behalve.is_some()
    }

    pub(super) fn leerling(&self) -> LeerlingId {
        self.v.leerling
    }

    pub(super) fn t(&self) -> &'a Timeline {
        self.v.timeline
    }

    pub(super) fn r(&self) -> &'a Rules {
        self.v.rules
    }

    /// The child on the day of the decision, for what is derived.
    pub(super) fn geval(&self) -> Geval<'a> {
        Geval::new(self.t(), self.vandaag, self.r())
    }

    /// Standing facts of a kind, without the one that is being corrected.
    pub(super) fn alle<K: Kind>(&self) -> impl DoubleEndedIterator<Item = (&'a Fact, &'a K)> {
        let behalve = self.behalve;
        self.t().all::<K>().filter(move |(fact, _)| Some(fact.id) != behalve)
    }

    /// The standing fact with that id, if it is of the kind.
    pub(super) fn feit<K: Kind>(&self, id: FactId) -> Option<(&'a Fact, &'a K)> {
        self.alle::<K>().find(|(fact, _)| fact.id == id)
    }

    /// Age on a day, if the birth date is known.
    pub(super) fn leeftijd(&self, dag: Date) -> Option<i16> {
        self.geboren.map(|geboren| age(geboren, dag))
    }

    /// Reads an organisation, so that a change of it is noticed.
    pub(super) fn lees(&self, organisatie: OrganisatieId) {
        self.v.lees(organisatie);
    }

    /// Reads another child.
    pub(super) fn lees_leerling(&self, leerling: LeerlingId) {
        self.v.lees(leerling);
    }

    pub(super) fn naam(&self, organisatie: OrganisatieId) -> String {
        self.lees(organisatie);
        self.r().naam(organisatie).to_owned()
    }

    pub(super) fn school(&self) -> Option<&'a School> {
        let (_, inschrijving) = self.t().inschrijvingen_op(self.vandaag).next()?;
        self.r().scholen.get(&inschrijving.school)
    }

    /// Whether a person has gezag over the child.
    pub(super) fn heeft_gezag(&self, persoon: PersoonId) -> bool {
        kring::heeft_gezag(self.t(), persoon, self.vandaag)
    }

    /// Whether the actor is who a line of the table names.
    pub(super) fn is(&self, line: &Mag) -> bool {
        match self.by {
            Actor::Medewerker { organisatie, rol, .. } => {
                line.rollen.contains(rol) && self.organisatie_is(*organisatie, *rol, line.als)
            }
            Actor::Ouder { persoon } => {
                let minor = self.leeftijd(self.vandaag).is_none_or(|jaren| jaren < MEERDERJARIG);
                line.als == Als::Ouder && minor && self.heeft_gezag(*persoon)
            }
            Actor::Leerling { leerling } => match line.als {
                Als::Jongere(vanaf) => {
                    let old_enough = self.leeftijd(self.vandaag).is_some_and(|jaren| jaren >= i16::from(vanaf));
                    *leerling == self.leerling() && old_enough
                }
                _ => false,
            },
            // An import has its own way in, with its own checks per row.
            Actor::Systeem { .. } => false,
        }
    }

    /// Whether the actor holds a role in which the kind is stated at all, whatever the child's school is by now.
    pub(super) fn in_dienst(&self, soort: Soort) -> bool {
        // Withdrawals are not in the table: whoever may state any kind may take back one's own organisation's.
        let rol = self.by.rol();
        soort == Soort::Intrekking
            || wie_mag(soort).iter().any(|line| rol.is_some_and(|rol| line.rollen.contains(&rol)))
    }

    fn organisatie_is(&self, organisatie: OrganisatieId, rol: Rol, als: Als) -> bool {
        let soort = self.r().organisaties.get(&organisatie).map(|organisatie| organisatie.soort);
        let geval = self.geval();
        let party = |partij| in_beeld::organisatie(&geval, partij) == Some(organisatie);
        match als {
            Als::School => self.is_school(organisatie, |until| until.is_none_or(|until| until > self.vandaag)),
            Als::WasSchool => {
                let since = schooljaar(self.vandaag).saturating_sub(1);
                self.is_school(organisatie, |until| until.is_some_and(|until| schooljaar(until) >= since))
            }
            Als::ElkeSchool => soort == Some(OrganisatieSoort::School) || self.r().scholen.contains_key(&organisatie),
            Als::Swv => {
                party(Partij::Samenwerkingsverband) && !in_beeld::vragen_aan(&geval, Some(organisatie)).is_empty()
            }
            Als::Gemeente => party(Partij::Leerplicht),
            Als::NieuweInwoner => soort == Some(OrganisatieSoort::Gemeente) && self.is_nieuw(),
            Als::GemeenteInBeeld => {
                party(Partij::Leerplicht) && matches!(in_beeld::leerplicht(&geval), Beeld::Sinds { .. })
            }
            Als::Jgz => party(Partij::Jeugdarts),
            Als::Betrokken => self.betrokken(organisatie),
            Als::Steunpunt => soort == Some(OrganisatieSoort::Steunpunt),
            Als::Doorzettingsmacht => rol == Rol::Doorzettingsmacht && soort.is_some(),
            Als::Ouder | Als::Jongere(_) => false,
        }
    }

    /// Whether neither an address nor an enrolment is known: then nobody's resident or pupil is changed.
    fn is_nieuw(&self) -> bool {
        self.t().all::<Adres>().next().is_none() && self.t().all::<Inschrijving>().next().is_none()
    }

    fn is_school(&self, organisatie: OrganisatieId, until: impl Fn(Option<Date>) -> bool) -> bool {
        let all = self.t().inschrijvingen();
        all.iter().any(|(period, _, body)| body.school == organisatie && until(period.until))
    }

    /// Whether the organisation delivers an offer, or has a person who was named.
    pub(super) fn betrokken(&self, organisatie: OrganisatieId) -> bool {
        let aanbiedingen = self.t().all::<Aanbod>().any(|(_, aanbod)| aanbod.organisatie == Some(organisatie));
        let named = self.t().on::<Verantwoordelijke>(self.vandaag).any(|(_, v)| v.organisatie == organisatie);
        aanbiedingen || named
    }
}
