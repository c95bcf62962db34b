//! Accounts of the made-up region.

use proefregio::{MIN_LEERLINGEN, Proef, proefregio};

use super::*;
use crate::gebruik::regio;
use crate::logboek::proef::{Plek, nu, speel};
use crate::toegang::aanmelden::Poging;
use crate::toegang::remming::Herkomst;

async fn toegang(plek: &Plek, logboek: &Logboek) -> Toegang {
    let key = store::InstallationKey::read(&plek.sleutel()).unwrap();
    Toegang::open(&plek.data(), logboek.store().region(), key).await.unwrap()
}

/// The parties of the made-up region and who works there, without pupils.
async fn leeg() -> (Plek, Logboek) {
    let (plek, mut logboek) = Plek::new().await;
    let proef =
        proefregio(&Proef { leerlingen: MIN_LEERLINGEN, ..Proef::op(domain::calendar::dag_in_nederland(nu())) });
    let document = regio::lees(&proef.regio_toml).unwrap();
    regio::neem_aan(&mut logboek, &document, nu()).await.unwrap();
    (plek, logboek)
}

#[test]
fn a_made_up_region_has_a_login_for_every_role() {
    speel(async {
        let (plek, logboek) = leeg().await;
        let toegang = toegang(&plek, &logboek).await;
        let (wachtwoord, logins) = proeflogins(&logboek, &toegang, &[], nu()).await.unwrap();
        for woord in [
            "verzuimcoördinator, een",
            "consulent passend onderwijs, Samenwerkingsverband primair onderwijs Noord",
            "consulent passend onderwijs, Samenwerkingsverband voortgezet onderwijs Noord",
            "leerplichtambtenaar, Gemeente Alkmaar",
            "jeugdarts, Proef-JGZ",
            "privacyfunctionaris, ",
            "beleid, ",
            "beheerder, Proefregio",
        ] {
            assert!(logins.iter().any(|login| login.functie.starts_with(woord)), "{woord}: {logins:?}");
        }
        let herkomst = Herkomst { adres: "192.0.2.1".parse().unwrap(), toestel: None };
        for login in &logins {
            let email = login.email.zichtbaar();
            let poging = Poging { email, wachtwoord: &wachtwoord, code: "", herkomst, sessie: None };
            let account = toegang.aanmelden(poging, nu()).await.unwrap().account;
            let vandaag = domain::calendar::dag_in_nederland(nu());
            assert!(!toegang.functies(&logboek.register(), account, vandaag).unwrap().is_empty(), "{login:?}");
        }
        let (anders, _) = proeflogins(&logboek, &toegang, &[], nu()).await.unwrap();
        assert_ne!(anders, wachtwoord, "no password is the same everywhere");
    });
}

#[test]
fn only_who_works_for_a_party_is_invited() {
    speel(async {
        let (plek, logboek) = leeg().await;
        let toegang = toegang(&plek, &logboek).await;
        for email in ["iemand@elders.example", "geen adres", ""] {
            assert!(nodig_uit(&logboek, &toegang, email, Door::Opdracht, nu()).await.is_err(), "{email}");
        }
        let link =
            nodig_uit(&logboek, &toegang, "Alkmaar-LPA1@proefregio.example", Door::Opdracht, nu()).await.unwrap();
        assert_eq!(toegang.account_met("alkmaar-lpa1@proefregio.example").await.unwrap(), Some(link.account));
    });
}

#[test]
fn the_first_beheerder_gets_a_link_once() {
    speel(async {
        let (plek, logboek) = leeg().await;
        let toegang = toegang(&plek, &logboek).await;
        let (email, link) = eerste_beheerder(&logboek, &toegang, nu()).await.unwrap().unwrap();
        assert_eq!(email.zichtbaar(), "beheer-1@proefregio.example");
        assert!(link.pad().starts_with("/welkom/"));
    });
}
