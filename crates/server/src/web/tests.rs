//! All routes at once: as nobody, as every wrong role, without the marks of a form. And what every answer carries.

use domain::body::{Intrekking, RolToekenning};
use domain::fact::{NewFact, Rol};
use domain::ids::LeerlingId;
use domain::period::next_day;
use proefregio::Plant;

use super::proefbrowser::{Proefbrowser, Regio, VANDAAG, regio};
use super::wegen::{Methode, Publiek, Weg};
use crate::logboek::Logboek;
use crate::logboek::proef::{speel, stel};

/// An address of a route, with the child of the worked example where it asks for one.
fn adres(weg: &Weg, leerling: LeerlingId) -> String {
    let mut adres = weg.pad.replace("{leerling}", &leerling.to_string());
    while let (Some(from), Some(to)) = (adres.find('{'), adres.find('}')) {
        adres.replace_range(from..=to, "onbekend");
    }
    adres
}

/// Words that only who may see the child of the worked example may read.
async fn kanaries(regio: &Regio) -> Vec<String> {
    let sam = regio.kind(Plant::Sam);
    let read = |register: &register::Register| {
        let about: Vec<_> = register.over(sam).cloned().collect();
        let persoon = register.laatste::<domain::body::Persoonsgegevens>(sam).unwrap();
        let mut words = vec![format!("{} de {}", persoon.roepnaam.zichtbaar(), persoon.achternaam.zichtbaar())];
        words.extend(about.iter().filter_map(|fact| match &fact.body {
            domain::body::Body::Contact(contact) if !contact.notitie.is_empty() => {
                Some(contact.notitie.zichtbaar().to_owned())
            }
            domain::body::Body::Persoonsgegevens(persoon) => persoon.onderwijsnummer.map(|nummer| nummer.to_string()),
            _ => None,
        }));
        words
    };
    regio.staat.dienst.lees(read).await.unwrap()
}

fn zonder_kanarie(kanaries: &[String], waar: &str, html: &str) {
    for kanarie in kanaries {
        assert!(!html.contains(kanarie.as_str()), "{waar} shows what is not for this reader");
    }
}

#[test]
fn nobody_gets_anything_without_logging_in() {
    speel(async {
        let regio = regio().await;
        let kanaries = kanaries(&regio).await;
        let sam = regio.kind(Plant::Sam);
        for weg in &regio.wegen {
            let mut niemand = Proefbrowser::niemand(&regio);
            let adres = adres(weg, sam);
            let blad = match weg.methode {
                Methode::Get => niemand.get(&adres).await,
                Methode::Post => niemand.post_kaal(&adres, &[]).await,
            };
            zonder_kanarie(&kanaries, &adres, &blad.html);
            match (weg.publiek, weg.methode) {
                (Publiek::Iedereen, _) => {}
                (_, Methode::Get) => {
                    assert_eq!(blad.status, 303, "{adres}");
                    assert!(blad.naar.unwrap().starts_with("/inloggen"), "{adres}");
                }
                (_, Methode::Post) => assert_eq!(blad.status, 403, "{adres}"),
            }
        }
    });
}

#[test]
fn every_route_refuses_every_role_it_is_not_for_and_every_form_without_its_marks() {
    speel(async {
        let regio = regio().await;
        let kanaries = kanaries(&regio).await;
        let sam = regio.kind(Plant::Sam);
        let head = regio.staat.dienst.lees(|register| register.head()).await.unwrap();
        for rol in
            [Rol::Beheerder, Rol::Beleid, Rol::Schoolleider, Rol::Consulent, Rol::Leerplichtambtenaar, Rol::Jeugdarts]
        {
            let mut iemand = Proefbrowser::als(&regio, rol, |_, _| true).await;
            for weg in &regio.wegen {
                let adres = adres(weg, sam);
                let blad = match weg.methode {
                    Methode::Get => iemand.get(&adres).await,
                    Methode::Post => iemand.post_kaal(&adres, &[]).await,
                };
                let allowed = match weg.publiek {
                    Publiek::Rollen(rollen) => rollen.contains(&rol),
                    Publiek::Iedereen | Publiek::Aangemeld => true,
                };
                if weg.methode == Methode::Post && weg.publiek != Publiek::Iedereen {
                    assert_eq!(blad.status, 403, "{rol:?} {adres} without its marks");
                } else if !allowed {
                    assert_eq!(blad.status, 403, "{rol:?} {adres}");
                }
                if !allowed || matches!(rol, Rol::Beheerder | Rol::Beleid) {
                    zonder_kanarie(&kanaries, &adres, &blad.html);
                }
            }
        }
        assert_eq!(regio.staat.dienst.lees(|register| register.head()).await.unwrap(), head, "nothing was written");
    });
}

#[test]
fn every_answer_carries_the_same_headers_and_keeps_nothing() {
    speel(async {
        let regio = regio().await;
        let mut niemand = Proefbrowser::niemand(&regio);
        for adres in ["/inloggen", "/bestaat-niet", "/hulp", "/gezond"] {
            let koppen = niemand.get(adres).await.koppen;
            for woord in ["default-src 'none'", "nosniff", "no-referrer", "same-origin", "no-store", "DENY"] {
                assert!(koppen.contains(woord), "{adres}: {woord}");
            }
        }
        let stijl = super::middelen::adres("leerrecht.css");
        assert!(niemand.get(&stijl).await.koppen.contains("immutable"));
    });
}

#[test]
fn a_form_from_elsewhere_or_of_another_session_is_not_taken() {
    speel(async {
        let regio = regio().await;
        let mut een = Proefbrowser::als(&regio, Rol::Verzuimcoordinator, |_, _| true).await;
        let mut ander = Proefbrowser::als(&regio, Rol::Consulent, |_, _| true).await;
        let bewijs = een.get("/kiezen").await.veld("bewijs").unwrap();
        let velden = [("bewijs".to_owned(), bewijs), ("rol".to_owned(), "0".to_owned())];
        assert_eq!(ander.post_kaal("/kiezen", &velden).await.status, 403, "the token of another session");
        assert_eq!(een.post_kaal("/kiezen", &velden).await.status, 303);
        assert_eq!(een.post_kaal("/kiezen", &velden).await.status, 403, "the session before the choice is no more");
    });
}

#[test]
fn changing_role_is_offered_to_whoever_has_another_one_only() {
    speel(async {
        let regio = regio().await;
        for (rol, andere) in [(Rol::Verzuimcoordinator, false), (Rol::Psycholoog, true)] {
            let mut iemand = Proefbrowser::als(&regio, rol, |_, _| true).await;
            for pad in ["/leerlingen", "/account"] {
                let blad = iemand.get(pad).await;
                assert_eq!((blad.status, blad.html.contains("href=\"/kiezen\"")), (200, andere), "{rol:?} {pad}");
            }
        }
    });
}

#[test]
fn a_role_that_is_taken_away_opens_nothing_from_the_next_page_on() {
    speel(async {
        let regio = regio().await;
        let find = |register: &register::Register| {
            register.medewerkers().find_map(|wie| {
                let over = register.alleen_over(wie);
                let mut held = over.on::<RolToekenning>(VANDAAG);
                held.find(|(_, held)| held.rol == Rol::Verzuimcoordinator).map(|(fact, _)| (wie, fact.clone()))
            })
        };
        let (wie, rol) = regio.staat.dienst.lees(find).await.unwrap().unwrap();
        let mut iemand = Proefbrowser::als(&regio, Rol::Verzuimcoordinator, |_, keuze| keuze.medewerker == wie).await;
        for pad in ["/leerlingen", "/leerlingen", "/ochtendlijst"] {
            assert_eq!(iemand.get(pad).await.status, 200, "{pad}");
        }
        let bekenden = &regio.staat.bekenden;
        let known = |dag| regio.staat.dienst.lees(move |register| bekenden.kent(register, wie, dag));
        assert!(known(VANDAAG).await.unwrap() && !known(next_day(VANDAAG)).await.unwrap(), "for today only");
        let gone = NewFact {
            about: rol.about,
            valid: rol.valid,
            by: rol.by,
            ground: rol.ground,
            source: rol.source,
            replaces: Some(rol.id),
            body: Intrekking { reden: "andere baan".into() }.into(),
        };
        let write = regio.staat.dienst.schrijf(async move |logboek: &mut Logboek| {
            stel(logboek, vec![gone]).await;
            Ok(())
        });
        write.await.unwrap();
        for pad in ["/leerlingen", "/ochtendlijst"] {
            let blad = iemand.get(pad).await;
            assert_eq!((blad.status, blad.tekst().contains("Dit is niet voor uw rol")), (403, true), "{pad}");
        }
    });
}
