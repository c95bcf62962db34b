//! Stories of people who put something on record, through the pages.

mod contact;
mod rondgang;
mod rondreis;

use domain::body::{Body, Kind};
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

fn ziet(register: &Register, keuze: Keuze, leerling: LeerlingId) -> bool {
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
