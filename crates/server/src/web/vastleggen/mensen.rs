//! Who there is to choose from around a child: parents and the child itself, colleagues, parties that know it.

use convenant::{Facet, Facetten};
use domain::body::{Gezag, Kind, Medewerker, Persoonsgegevens, RolToekenning};
use domain::fact::{Actor, Rol};
use domain::ids::{MedewerkerId, OrganisatieId, PersoonId};
use domain::in_beeld::{Beeld, in_beeld};
use domain::kring::{Relatie, Relaties};

use super::opzet::{Keuzes, persoon_tekst};
use crate::web::kader::BIJ_KINDEREN;
use crate::web::kind::Zicht;
use crate::weergave::{mensen as gezin, woorden};

/// From this age on, in years, the child is told, asked and heard itself.
const ZELF_VANAF: i16 = 12;
/// From this age on parents no longer speak for the child.
const MEERDERJARIG: i16 = 18;

/// The name one calls the child by, and its surname.
pub fn naam(zicht: &Zicht<'_>) -> String {
    let t = zicht.t;
    let last = || t.all::<Persoonsgegevens>().next_back().map(|(_, persoon)| persoon);
    let persoon = t.at::<Persoonsgegevens>(zicht.bezoek.vandaag, "").value.or_else(last);
    persoon.map(woorden::naam).unwrap_or_else(|| "deze leerling".to_owned())
}

/// Somebody at home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thuis {
    /// The parent; `None`: the child itself.
    pub persoon: Option<PersoonId>,
    /// Name, and what they are to the child.
    pub woorden: String,
}

/// Who at home is told, asked and heard: parents and guardians with gezag until the child is 18, and the child itself
/// from 12.
pub fn thuis(zicht: &Zicht<'_>) -> Vec<Thuis> {
    let kring = &zicht.vandaag.kring;
    let jaren = kring.leeftijd();
    let with = Relaties::of(&[Relatie::OuderMetGezag, Relatie::Voogd]);
    let minor = jaren.is_none_or(|jaren| jaren < MEERDERJARIG);
    let speaks =
        |persoon: &PersoonId| !kring.relaties(&Actor::Ouder { persoon: *persoon }).intersection(with).is_empty();
    let ouders = kring.personen().filter(|persoon| minor && zicht.mag(Facet::PersoonGezag) && speaks(persoon));
    let mut all: Vec<Thuis> = ouders.map(|persoon| ouder(zicht, persoon)).collect();
    if jaren.is_some_and(|jaren| jaren >= ZELF_VANAF) {
        all.push(Thuis { persoon: None, woorden: format!("{} zelf", naam(zicht)) });
    }
    all
}

fn ouder(zicht: &Zicht<'_>, persoon: PersoonId) -> Thuis {
    let named = zicht.register.laatste::<Persoonsgegevens>(persoon).map(woorden::naam);
    let stated = zicht.t.on::<Gezag>(zicht.bezoek.vandaag).rfind(|(_, gezag)| gezag.persoon == persoon);
    let relatie = stated.map_or("ouder of verzorger", |(_, gezag)| gezag.relatie.label());
    let woorden = named.map_or_else(|| relatie.to_owned(), |named| format!("{named} ({relatie})"));
    Thuis { persoon: Some(persoon), woorden }
}

/// The same as choices of a form.
pub fn thuis_keuzes(zicht: &Zicht<'_>) -> Keuzes {
    thuis(zicht).into_iter().map(|thuis| (persoon_tekst(thuis.persoon), thuis.woorden)).collect()
}

/// How parents and child are reached, for whoever is about to call.
pub fn telefoons(zicht: &Zicht<'_>) -> Vec<String> {
    let w = zicht.weergave();
    let line = |wie: gezin::Thuis| {
        let tolk = if wie.tolk { "tolk nodig" } else { "" };
        let parts = [&wie.telefoon, &wie.taal, tolk, &wie.veilig].map(str::to_owned);
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        (!parts.is_empty()).then(|| format!("{} ({}): {}", wie.naam, wie.relatie, parts.join(", ")))
    };
    let parents = gezin::thuis(&w).into_iter().filter_map(line);
    let own = gezin::eigen_contact(&w).map(|(telefoon, email)| {
        let first = if telefoon.is_empty() { email } else { telefoon };
        format!("{}: {first}", naam(zicht))
    });
    parents.chain(own).collect()
}

/// Colleagues of an organisation who work with children, by name.
pub fn collegas(zicht: &Zicht<'_>, organisatie: OrganisatieId) -> Vec<(MedewerkerId, Rol, String)> {
    let (register, vandaag) = (zicht.register, zicht.bezoek.vandaag);
    let ever = |medewerker: &MedewerkerId| {
        let mut held = register.over(*medewerker).filter_map(|fact| RolToekenning::of(&fact.body));
        held.any(|held| held.organisatie == organisatie)
    };
    let role = |medewerker: MedewerkerId| {
        let facts = register.alleen_over(medewerker);
        let held = facts.on::<RolToekenning>(vandaag).map(|(_, held)| (held.organisatie, held.rol)).collect::<Vec<_>>();
        held.into_iter().find(|(at, rol)| *at == organisatie && BIJ_KINDEREN.contains(rol)).map(|(_, rol)| rol)
    };
    let named = |medewerker| {
        let rol = role(medewerker)?;
        let naam = register.laatste::<Medewerker>(medewerker)?.naam.zichtbaar();
        Some((medewerker, rol, format!("{naam} ({})", rol.label())))
    };
    let mut all: Vec<_> = register.medewerkers().filter(ever).filter_map(named).collect();
    all.sort_by(|(.., a), (.., b)| a.cmp(b));
    all
}

/// Organisations that know the child and of which the reader may know that: one's own first.
pub fn partijen(zicht: &Zicht<'_>) -> Vec<OrganisatieId> {
    let own = zicht.bezoek.organisatie;
    let seen = in_beeld(zicht.t, zicht.bezoek.vandaag, zicht.r);
    let seen = seen.into_iter().filter(|party| matches!(party.beeld, Beeld::Sinds { .. }));
    let kring = &zicht.vandaag.kring;
    let involved = kring.organisaties().filter(|id| kring.van_organisatie(*id).contains(Relatie::Betrokken));
    let mut all = vec![own];
    for id in seen.filter_map(|party| party.organisatie).chain(involved) {
        if !all.contains(&id) && mag_organisatie(zicht, id) {
            all.push(id);
        }
    }
    all
}

/// Whether the reader may know that this organisation is involved.
fn mag_organisatie(zicht: &Zicht<'_>, id: OrganisatieId) -> bool {
    let asked: Facetten = Facet::van_organisatie(zicht.r, id);
    zicht.facetten.contains_all(asked)
}

/// An organisation, or somebody there, as a form names them.
pub fn wie_tekst(organisatie: OrganisatieId, medewerker: Option<MedewerkerId>) -> String {
    medewerker.map_or_else(|| organisatie.to_string(), |id| format!("{organisatie}/{id}"))
}

/// The same the other way round.
pub fn wie(tekst: &str) -> Option<(OrganisatieId, Option<MedewerkerId>)> {
    match tekst.split_once('/') {
        Some((organisatie, medewerker)) => Some((organisatie.parse().ok()?, Some(medewerker.parse().ok()?))),
        None => Some((tekst.parse().ok()?, None)),
    }
}

/// The parties that know the child and the people there, as choices.
pub fn wie_keuzes(zicht: &Zicht<'_>) -> Keuzes {
    let mut all = Keuzes::new();
    for organisatie in partijen(zicht) {
        let naam = zicht.r.naam(organisatie);
        all.push((wie_tekst(organisatie, None), naam.to_owned()));
        for (medewerker, _, woorden) in collegas(zicht, organisatie) {
            all.push((wie_tekst(organisatie, Some(medewerker)), format!("{naam}: {woorden}")));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_in_a_form_survives_text() {
        let (o, m) = (OrganisatieId::new(7), MedewerkerId::new(9));
        for who in [(o, None), (o, Some(m))] {
            assert_eq!(wie(&wie_tekst(who.0, who.1)), Some(who));
        }
        for text in ["", "O-1", "M-0000-0000-0009", "O-0000-0000-0007/", "O-0000-0000-0007/O-0000-0000-0007"] {
            assert_eq!(wie(text), None, "{text}");
        }
    }
}
