//! One child in a few lines, as somebody may see it: to compare two that may be one.

use convenant::Facet;
use domain::body::{Adres, Gezag, Inschrijving, Persoonsgegevens};
use domain::calendar::datum;
use domain::ids::LeerlingId;
use domain::timeline::Timeline;
use register::Register;

use super::mensen;
use crate::web::kind::Zicht;
use crate::weergave::woorden;

/// Some lines about a child: what, and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kaart {
    /// Our number for it.
    pub nummer: String,
    /// Its name.
    pub naam: String,
    /// What, and what is known.
    pub regels: Vec<(&'static str, String)>,
}

/// What the reader may see of the child, of all that was stated about it.
pub fn kaart(zicht: &Zicht<'_>) -> Kaart {
    let t = zicht.t;
    let mut regels = regels(zicht, t);
    let parents: Vec<String> = t
        .on::<Gezag>(zicht.bezoek.vandaag)
        .filter(|(fact, _)| zicht.mag_feit(fact))
        .filter_map(|(_, gezag)| {
            let named = zicht.register.laatste::<Persoonsgegevens>(gezag.persoon).map(woorden::naam)?;
            Some(format!("{named} ({})", gezag.relatie.label()))
        })
        .collect();
    regels.push(("Ouders en verzorgers", parents.join(", ")));
    let seen = t.standing().filter(|fact| zicht.mag_feit(fact)).count();
    regels.push(("Gegevens die u mag zien", seen.to_string()));
    regels.retain(|(_, words)| !words.is_empty());
    Kaart { nummer: zicht.leerling.to_string(), naam: mensen::naam(zicht), regels }
}

/// The same of one of the children that were joined, of what was stated about it alone.
pub fn deel(zicht: &Zicht<'_>, register: &Register, leerling: LeerlingId) -> Kaart {
    let own = register.alleen_over(leerling);
    let naam = own.all::<Persoonsgegevens>().next_back().map(|(_, persoon)| woorden::naam(persoon));
    let mut regels = regels(zicht, &own);
    let seen = own.standing().filter(|fact| zicht.mag_feit(fact)).count();
    regels.push(("Gegevens die u mag zien", seen.to_string()));
    regels.retain(|(_, words)| !words.is_empty());
    Kaart { nummer: leerling.to_string(), naam: naam.unwrap_or_else(|| "zonder naam".to_owned()), regels }
}

fn regels(zicht: &Zicht<'_>, t: &Timeline) -> Vec<(&'static str, String)> {
    let vandaag = zicht.bezoek.vandaag;
    let persoon = t.all::<Persoonsgegevens>().next_back().map(|(_, persoon)| persoon);
    let born = persoon.and_then(|p| p.geboortedatum).filter(|_| zicht.mag(Facet::PersoonGeboortedatum));
    let names = persoon.map(|p| p.voornamen.zichtbaar().to_owned()).unwrap_or_default();
    let school = t.all::<Inschrijving>().rfind(|(fact, _)| zicht.mag_feit(fact));
    let school = school.map(|(fact, b): (_, &Inschrijving)| {
        let klas = woorden::klas(b).map(|klas| format!(", {klas}")).unwrap_or_default();
        format!("{}{klas}, sinds {}", zicht.r.naam(b.school), woorden::dag(fact.valid.from, vandaag))
    });
    let adres = t.on::<Adres>(vandaag).rfind(|(fact, _)| zicht.mag_feit(fact));
    let adres = adres.and_then(|(_, b)| Some(format!("{} {}", b.postcode?, b.huisnummer.zichtbaar())));
    vec![
        ("Voornamen", names),
        ("Geboortedatum", born.map(datum).unwrap_or_default()),
        ("School", school.unwrap_or_default()),
        ("Adres", adres.unwrap_or_default()),
    ]
}
