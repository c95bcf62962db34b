//! The professionals of the region, with their roles and the account they come in with.

use std::collections::BTreeMap;

use domain::Date;
use domain::body::{Medewerker, RolToekenning};
use domain::calendar::datum;
use domain::fact::Rol;
use domain::ids::{MedewerkerId, OrganisatieId};
use register::Register;

use crate::toegang::adres::Emailadres;
use crate::toegang::beheer::{AccountRegel, Stand};
use crate::weergave::moment;

/// A role with its days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rolregel {
    /// Which.
    pub rol: Rol,
    /// For whom.
    pub organisatie: OrganisatieId,
    /// Its name.
    pub bij: String,
    /// First day, in words.
    pub sinds: String,
    /// Last day, in words; empty without a known end.
    pub tot: String,
    /// Whether it holds today.
    pub geldt: bool,
}

/// How somebody comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Inlog {
    /// The register has no e-mail address of this person.
    ZonderAdres,
    /// Was not invited yet.
    Geen,
    /// As the account stands.
    Wacht,
    /// Can sign in.
    Open,
    /// Was closed.
    Geblokkeerd,
}

impl Inlog {
    /// All, with the code in an address and the words.
    pub const ALLE: [(Inlog, &'static str, &'static str); 5] = [
        (Inlog::ZonderAdres, "zonder-adres", "geen e-mailadres"),
        (Inlog::Geen, "geen", "niet uitgenodigd"),
        (Inlog::Wacht, "wacht", "wacht op link"),
        (Inlog::Open, "open", "open"),
        (Inlog::Geblokkeerd, "geblokkeerd", "geblokkeerd"),
    ];

    /// In words.
    pub fn label(self) -> &'static str {
        Self::ALLE.iter().find(|(inlog, ..)| *inlog == self).map_or("", |(.., woorden)| woorden)
    }

    /// The class that colours its label.
    pub fn klasse(self) -> &'static str {
        match self {
            Inlog::Open => "is-goed",
            Inlog::Wacht => "is-let-op",
            Inlog::Geblokkeerd => "is-laat",
            Inlog::ZonderAdres | Inlog::Geen => "",
        }
    }
}

/// One professional.
#[derive(Debug, Clone)]
pub struct Persoon {
    /// Our own name for this person.
    pub id: MedewerkerId,
    /// Name.
    pub naam: String,
    /// Function in words.
    pub functie: String,
    /// Under which address they sign in; empty when the register has none.
    pub email: String,
    /// Telephone.
    pub telefoon: String,
    /// Roles, those that hold today first.
    pub rollen: Vec<Rolregel>,
    /// How they come in.
    pub inlog: Inlog,
    /// When they signed in last, in words.
    pub aangemeld: String,
}

impl Persoon {
    /// The page about this person.
    pub fn adres(&self) -> String {
        format!("/beheer/accounts/{}", self.id)
    }

    /// Whether any role holds today.
    pub fn werkt_hier(&self) -> bool {
        self.rollen.iter().any(|rol| rol.geldt)
    }
}

/// All professionals, by name.
pub fn personen(register: &Register, accounts: &[AccountRegel], vandaag: Date) -> Vec<Persoon> {
    let accounts: BTreeMap<&Emailadres, &AccountRegel> =
        accounts.iter().map(|account| (&account.email, account)).collect();
    let mut personen: Vec<Persoon> =
        register.medewerkers().filter_map(|wie| persoon(register, &accounts, wie, vandaag)).collect();
    personen.sort_by_cached_key(|persoon| (persoon.naam.to_lowercase(), persoon.id));
    personen
}

fn persoon(
    register: &Register,
    accounts: &BTreeMap<&Emailadres, &AccountRegel>,
    wie: MedewerkerId,
    vandaag: Date,
) -> Option<Persoon> {
    let timeline = register.alleen_over(wie);
    let known = timeline.on::<Medewerker>(vandaag).next_back().or_else(|| timeline.all::<Medewerker>().next_back());
    let (_, known) = known?;
    let email = Emailadres::lees(known.email.zichtbaar()).ok();
    let account = email.as_ref().and_then(|email| accounts.get(email));
    let inlog = match (&email, account.map(|account| account.stand)) {
        (None, _) => Inlog::ZonderAdres,
        (Some(_), None) => Inlog::Geen,
        (Some(_), Some(Stand::WachtOpLink)) => Inlog::Wacht,
        (Some(_), Some(Stand::Open)) => Inlog::Open,
        (Some(_), Some(Stand::Geblokkeerd)) => Inlog::Geblokkeerd,
    };
    let mut rollen: Vec<Rolregel> = timeline
        .all::<RolToekenning>()
        .map(|(fact, held)| Rolregel {
            rol: held.rol,
            organisatie: held.organisatie,
            bij: register.rules().naam(held.organisatie).to_owned(),
            sinds: datum(fact.valid.from),
            tot: fact.valid.last().map(datum).unwrap_or_default(),
            geldt: fact.valid.contains(vandaag),
        })
        .collect();
    rollen.sort_by(|a, b| (!a.geldt, &a.bij, a.rol).cmp(&(!b.geldt, &b.bij, b.rol)));
    Some(Persoon {
        id: wie,
        naam: known.naam.zichtbaar().to_owned(),
        functie: known.functie.clone(),
        email: email.map(|email| email.zichtbaar().to_owned()).unwrap_or_default(),
        telefoon: known.telefoon.zichtbaar().to_owned(),
        rollen,
        inlog,
        aangemeld: account.and_then(|account| account.aangemeld).map(moment).unwrap_or_default(),
    })
}

/// Accounts of which the address is no professional's any more, by address.
pub fn zonder_medewerker(personen: &[Persoon], accounts: &[AccountRegel]) -> Vec<AccountRegel> {
    let known: std::collections::BTreeSet<&str> = personen.iter().map(|persoon| persoon.email.as_str()).collect();
    accounts.iter().filter(|account| !known.contains(account.email.zichtbaar())).cloned().collect()
}
