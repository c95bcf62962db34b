//! Stories of people who put something on record, through the pages.

mod contact;
mod herstel;
mod melding;
mod rondgang;
mod rondreis;
mod twee;
mod vormen;

use domain::body::{Kind, RolToekenning};
use domain::fact::{Fact, Rol};
use domain::ids::LeerlingId;
use domain::kring::Kring;
use proefregio::Plant;
use register::Register;

use crate::toegang::sessie::Keuze;
use crate::web::proefbrowser::{Blad, Proefbrowser, Regio, VANDAAG};

/// Somebody in this role for whom the child is there.
pub async fn bij<'a>(regio: &'a Regio, rol: Rol, leerling: LeerlingId) -> Proefbrowser<'a> {
    Proefbrowser::als(regio, rol, move |register, keuze| ziet(register, keuze, leerling)).await
}

/// Somebody in this role for whom the child is there, if the region has one.
pub async fn iemand(regio: &Regio, rol: Rol, leerling: LeerlingId) -> Option<Keuze> {
    let found = regio.staat.dienst.lees(|register| {
        let all = register.medewerkers().flat_map(|medewerker| {
            let roles = register.alleen_over(medewerker);
            let held = roles.on::<RolToekenning>(VANDAAG);
            held.map(|(_, h)| Keuze { medewerker, organisatie: h.organisatie, rol: h.rol }).collect::<Vec<_>>()
        });
        all.filter(|keuze| keuze.rol == rol).find(|keuze| ziet(register, *keuze, leerling))
    });
    found.await.unwrap()
}

/// That somebody.
pub async fn als<'a>(regio: &'a Regio, keuze: Keuze) -> Proefbrowser<'a> {
    Proefbrowser::als(regio, keuze.rol, move |_, other| other == keuze).await
}

/// Whoever keeps the absence of the child at its school.
pub async fn school<'a>(regio: &'a Regio, leerling: LeerlingId) -> Proefbrowser<'a> {
    als(regio, van_school(regio, leerling).await).await
}

/// In primary schools that is the intern begeleider.
pub async fn van_school(regio: &Regio, leerling: LeerlingId) -> Keuze {
    match iemand(regio, Rol::Verzuimcoordinator, leerling).await {
        Some(keuze) => keuze,
        None => iemand(regio, Rol::IbEr, leerling).await.unwrap(),
    }
}

pub fn ziet(register: &Register, keuze: Keuze, leerling: LeerlingId) -> bool {
    let actor =
        domain::fact::Actor::Medewerker { id: keuze.medewerker, organisatie: keuze.organisatie, rol: keuze.rol };
    let kring = Kring::of(&register.timeline(leerling).unwrap(), VANDAAG, register.rules());
    register.convenant(VANDAAG).ziet(&actor, &kring)
}

/// What stands of a kind about a child, oldest first.
pub async fn staat<K: Kind + Clone>(regio: &Regio, leerling: LeerlingId) -> Vec<(Fact, K)> {
    let read = move |register: &Register| {
        let t = register.timeline(leerling).unwrap();
        let all: Vec<(Fact, K)> = t.all::<K>().map(|(fact, body)| (fact.clone(), body.clone())).collect();
        all
    };
    regio.staat.dienst.lees(read).await.unwrap()
}

/// How many statements there are in all.
pub async fn aantal(regio: &Regio, leerling: LeerlingId) -> usize {
    regio.staat.dienst.lees(move |register| register.timeline(leerling).unwrap().facts().count()).await.unwrap()
}

/// The address of a form about a child.
pub fn adres(leerling: LeerlingId, blad: &str) -> String {
    format!("/leerling/{leerling}/{blad}")
}

/// Asserts that a form was taken.
pub fn gelukt(blad: &Blad, woord: &str) {
    assert_eq!(blad.status, 303, "{}", blad.tekst());
    assert!(blad.naar.as_ref().unwrap().ends_with(&format!("?gelukt={woord}")), "{:?}", blad.naar);
}

/// Asserts that a form came back with these words.
pub fn terug(blad: &Blad, woorden: &str) {
    assert_eq!(blad.status, 422, "{}", blad.tekst());
    let text = blad.tekst();
    assert!(text.contains(woorden), "'{woorden}' is not in: {text}");
}
