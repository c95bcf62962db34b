//! Every form at once: open to whom it is for, shut to whom it is not, and never taken empty.

use super::super::vormen;
use super::*;
use crate::logboek::proef::speel;
use crate::web::proefbrowser::regio;
use domain::decide::{View, mag_vastleggen};
use domain::fact::Actor;
use std::collections::BTreeMap;

/// Roles, each with a child that is there for somebody in it.
const BEZOEKERS: &[(Rol, Plant)] = &[
    (Rol::Verzuimcoordinator, Plant::Sam),
    (Rol::Schoolleider, Plant::Sam),
    (Rol::IbEr, Plant::WachtenOpPlek),
    (Rol::Verzuimcoordinator, Plant::WachtenOpPlek),
    (Rol::Consulent, Plant::WachtenOpPlek),
    (Rol::Leerplichtambtenaar, Plant::WachtenOpPlek),
    (Rol::AdministratieLeerplicht, Plant::WachtenOpPlek),
    (Rol::Jeugdarts, Plant::EindelozeZiekte),
];

#[test]
fn every_form_is_open_to_whom_it_is_for_shut_to_others_and_never_taken_empty() {
    speel(async {
        let regio = regio().await;
        let mut opened: BTreeMap<&str, u32> = BTreeMap::new();
        for (rol, plant) in BEZOEKERS {
            let leerling = regio.kind(*plant);
            let Some(keuze) = iemand(&regio, *rol, leerling).await else { continue };
            let mut wie = als(&regio, keuze).await;
            let actor = Actor::Medewerker { id: keuze.medewerker, organisatie: keuze.organisatie, rol: keuze.rol };
            let before = aantal(&regio, leerling).await;
            for opzet in vormen::ALLE {
                let adres = adres(leerling, opzet.blad);
                let may = regio.staat.dienst.lees(|register| {
                    let t = register.timeline(leerling).unwrap();
                    let view = View::new(leerling, &t, register.rules());
                    mag_vastleggen(&view, opzet.soort, &actor, regio.staat.dienst.tijd().nu())
                });
                let may = may.await.unwrap();
                let blad = wie.get(&adres).await;
                assert_eq!(blad.status, if may { 200 } else { 403 }, "{rol:?} {adres}: {}", blad.tekst());
                // The marks of a form come with any page of the session.
                let bewijs = wie.get("/kiezen").await.veld("bewijs").unwrap();
                let velden = [("bewijs".to_owned(), bewijs), ("gezien".to_owned(), i64::MAX.to_string())];
                let leeg = wie.post_kaal(&adres, &velden).await;
                assert_eq!(leeg.status, if may { 422 } else { 403 }, "{rol:?} {adres} empty: {}", leeg.tekst());
                *opened.entry(opzet.blad).or_default() += u32::from(may);
            }
            assert_eq!(aantal(&regio, leerling).await, before, "{rol:?}: nothing was written");
        }
        let never: Vec<_> = opened.iter().filter(|(_, times)| **times == 0).collect();
        assert!(never.is_empty(), "nobody may: {never:?}");
        assert!(opened.values().any(|times| *times < 8), "not all may do all");
    });
}
