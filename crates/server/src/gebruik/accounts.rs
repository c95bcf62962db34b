//! Accounts and the register together: only who works for a party of the region gets one.

use std::cmp::Reverse;

use domain::body::{Medewerker, Organisatie, OrganisatieSoort, RolToekenning};
use domain::fact::{Actor, Rol};
use domain::ids::{LeerlingId, MedewerkerId, OrganisatieId};
use domain::kring::Kring;
use domain::{Date, Timestamp};
use exchange::regio::RegioSoort;
use register::Register;

use crate::fout::Fout;
use crate::klok::Toeval;
use crate::logboek::Logboek;
use crate::toegang::Toegang;
use crate::toegang::adres::Emailadres;
use crate::toegang::link::Link;
use crate::toegang::voorval::Door;

/// Invites the medewerker of the region with this address.
///
/// # Errors
/// When no medewerker has it, or somebody signs in with it already.
pub async fn nodig_uit(
    logboek: &Logboek,
    toegang: &Toegang,
    email: &str,
    door: Door,
    nu: Timestamp,
) -> Result<Link, Fout> {
    let email = Emailadres::lees(email).map_err(Fout::kan_niet)?;
    let vandaag = domain::calendar::dag_in_nederland(nu);
    if !werkt_hier(&logboek.register(), &email, vandaag) {
        return Err(Fout::kan_niet(
            "Dit e-mailadres hoort bij geen medewerker van de regio. Controleer het adres, of zet de medewerker met dit \
             adres in het bestand van de regio.",
        ));
    }
    let proef = super::regio(logboek)?.soort == RegioSoort::Proef;
    Ok(toegang.nodig_uit(email.zichtbaar(), proef, door, nu).await?)
}

/// Whether a medewerker of the region has this address, on a day or later.
pub fn werkt_hier(register: &Register, email: &Emailadres, vanaf: Date) -> bool {
    register.medewerkers().any(|medewerker| adressen(register, medewerker, vanaf).any(|adres| adres == *email))
}

/// The addresses of a medewerker on a day and later.
fn adressen(register: &Register, medewerker: MedewerkerId, vanaf: Date) -> impl Iterator<Item = Emailadres> {
    let timeline = register.alleen_over(medewerker);
    let found: Vec<Emailadres> = timeline
        .all::<Medewerker>()
        .filter(|(fact, _)| fact.valid.until.is_none_or(|until| vanaf < until))
        .filter_map(|(_, medewerker)| Emailadres::lees(medewerker.email.zichtbaar()).ok())
        .collect();
    found.into_iter()
}

/// Invites the first beheerder in the region's document: of a new register nobody could sign in otherwise. `None` when
/// the document names no beheerder with an address.
///
/// # Errors
/// When the accounts cannot be written.
pub async fn eerste_beheerder(
    logboek: &Logboek,
    toegang: &Toegang,
    nu: Timestamp,
) -> Result<Option<(Emailadres, Link)>, Fout> {
    let regio = super::regio(logboek)?;
    let vandaag = domain::calendar::dag_in_nederland(nu);
    let now = |rol: &&exchange::regio::Vermelding<MedewerkerId, RolToekenning>| {
        rol.inhoud.rol == Rol::Beheerder && rol.geldig.until.is_none_or(|until| vandaag < until)
    };
    let beheerders = regio.rollen.iter().filter(now).map(|rol| rol.over);
    let email = {
        let register = logboek.register();
        beheerders.flat_map(|wie| adressen(&register, wie, vandaag)).next()
    };
    let Some(email) = email else { return Ok(None) };
    let link = nodig_uit(logboek, toegang, email.zichtbaar(), Door::Opdracht, nu).await?;
    Ok(Some((email, link)))
}

/// A login of the made-up region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proeflogin {
    /// In which role.
    pub rol: Rol,
    /// In which role, and for whom, in words.
    pub functie: String,
    /// Under which address.
    pub email: Emailadres,
}

/// Roles of which a visitor of the made-up region gets a login, in this order.
const ROLLEN: [Rol; 10] = [
    Rol::Mentor,
    Rol::Verzuimcoordinator,
    Rol::IbEr,
    Rol::Consulent,
    Rol::Leerplichtambtenaar,
    Rol::Jeugdarts,
    Rol::Privacy,
    Rol::Beleid,
    Rol::Doorzettingsmacht,
    Rol::Beheerder,
];

/// Makes accounts in a made-up region, all with one password that is drawn now: of each role whoever sees most of these
/// children, the first person at the first organisation when they see as many; of the consulents
/// one for po and one for vo, and somebody who works at two places.
///
/// # Errors
/// In a region with real children, or when the accounts cannot be written.
pub async fn proeflogins(
    logboek: &Logboek,
    toegang: &Toegang,
    kinderen: &[LeerlingId],
    nu: Timestamp,
) -> Result<(String, Vec<Proeflogin>), Fout> {
    if super::regio(logboek)?.soort != RegioSoort::Proef {
        return Err(Fout::kan_niet("Alleen een proefregio heeft logins om mee te proberen."));
    }
    let vandaag = domain::calendar::dag_in_nederland(nu);
    let logins = kies_logins(&logboek.register(), kinderen, vandaag);
    let mut toeval = Toeval::default();
    let wachtwoord = domain::ids::Nr::new(toeval.bits()?).to_string().to_lowercase();
    for login in &logins {
        toegang.maak_proefaccount(&login.email, &wachtwoord, nu).await?;
    }
    Ok((wachtwoord, logins))
}

/// Somebody in a role at an organisation, in the order in which they are chosen.
struct Kandidaat {
    rol: Rol,
    /// How many of the children that are worth looking at they see.
    ziet: usize,
    /// Organisations are ordered by the code by which the country knows them, others by name.
    volgorde: String,
    organisatie: OrganisatieId,
    email: Emailadres,
    medewerker: MedewerkerId,
}

fn kies_logins(register: &Register, kinderen: &[LeerlingId], dag: Date) -> Vec<Proeflogin> {
    let kandidaten = kandidaten(register, kinderen, dag);
    let mut chosen: Vec<Proeflogin> = Vec::new();
    let mut add = |kandidaat: Option<&Kandidaat>, functie: String| {
        let Some(kandidaat) = kandidaat else { return };
        if !chosen.iter().any(|login| login.email == kandidaat.email) {
            chosen.push(Proeflogin { rol: kandidaat.rol, functie, email: kandidaat.email.clone() });
        }
    };
    for rol in ROLLEN {
        let of_role = || kandidaten.iter().filter(|kandidaat| kandidaat.rol == rol);
        let first = of_role().next();
        add(first, first.map(|found| in_woorden(register, found)).unwrap_or_default());
        if rol == Rol::Consulent {
            let po = |kandidaat: &&Kandidaat| is_po(register, kandidaat.organisatie);
            let other = of_role().find(|found| first.is_some_and(|first| po(&first) != po(found)));
            add(other, other.map(|found| in_woorden(register, found)).unwrap_or_default());
        }
    }
    let elsewhere = |one: &&Kandidaat| {
        kandidaten.iter().any(|other| other.email == one.email && other.organisatie != one.organisatie)
    };
    let twice = kandidaten.iter().find(elsewhere);
    let functies: Vec<String> = kandidaten
        .iter()
        .filter(|kandidaat| twice.is_some_and(|twice| twice.email == kandidaat.email))
        .map(|kandidaat| in_woorden(register, kandidaat))
        .collect();
    add(twice, functies.join(", en "));
    chosen
}

/// Everybody in every role on a day, with an address: who sees most of these children first; at one organisation by
/// address.
fn kandidaten(register: &Register, kinderen: &[LeerlingId], dag: Date) -> Vec<Kandidaat> {
    let timelines = kinderen.iter().filter_map(|leerling| register.timeline(*leerling));
    let kringen: Vec<Kring> = timelines.map(|timeline| Kring::of(&timeline, dag, register.rules())).collect();
    let mut found = Vec::new();
    for medewerker in register.medewerkers() {
        let timeline = register.alleen_over(medewerker);
        let Some((_, known)) = timeline.on::<Medewerker>(dag).next_back() else { continue };
        let Ok(email) = Emailadres::lees(known.email.zichtbaar()) else { continue };
        for (_, toekenning) in timeline.on::<RolToekenning>(dag) {
            let RolToekenning { rol, organisatie } = *toekenning;
            let volgorde = register.rules().organisaties.get(&organisatie).map(|known| volgorde(known));
            let volgorde = volgorde.unwrap_or_default();
            let by = Actor::Medewerker { id: medewerker, organisatie, rol };
            // The first child weighs as much as all others together: it is the worked example.
            let gewicht = |(plek, _): (usize, &Kring)| if plek == 0 { kringen.len() } else { 1 };
            let seen = kringen.iter().enumerate().filter(|(_, kring)| register.convenant(dag).ziet(&by, kring));
            let ziet = seen.map(gewicht).sum();
            found.push(Kandidaat { rol, ziet, volgorde, organisatie, email: email.clone(), medewerker });
        }
    }
    found.sort_by(|a, b| {
        let order = |one: &Kandidaat| (Reverse(one.ziet), one.volgorde.clone(), one.email.clone(), one.medewerker);
        order(a).cmp(&order(b))
    });
    found
}

fn volgorde(organisatie: &Organisatie) -> String {
    let code = organisatie.vestiging.map(|vestiging| vestiging.to_string());
    let code = code.or_else(|| organisatie.swv.map(|nummer| nummer.to_string()));
    let code = code.or_else(|| organisatie.gemeente.map(|gemeente| gemeente.to_string()));
    code.unwrap_or_else(|| organisatie.naam.clone())
}

fn is_po(register: &Register, organisatie: OrganisatieId) -> bool {
    let known = register.rules().organisaties.get(&organisatie);
    known.is_some_and(|known| {
        known.soort == OrganisatieSoort::Samenwerkingsverband
            && known.swv.is_some_and(domain::nummers::SwvNummer::is_po)
    })
}

/// "verzuimcoördinator, Proefcollege De Meent".
fn in_woorden(register: &Register, kandidaat: &Kandidaat) -> String {
    format!("{}, {}", kandidaat.rol.label(), register.rules().naam(kandidaat.organisatie))
}

#[cfg(test)]
mod tests;
