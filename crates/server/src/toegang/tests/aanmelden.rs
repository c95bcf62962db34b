//! The same answer whatever is wrong; each code once; nothing but both factors opens.

use super::*;
use crate::toegang::aanmelden::Bewijs;
use crate::toegang::account;

#[test]
fn both_factors_open_and_nothing_else_does() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.mens(EMAIL, na(0)).await;
        let code = toegang.app(mens.account, na(UUR)).await;
        let wrong = if code == "000000" { "000001" } else { "000000" };
        for (n, (email, wachtwoord, code)) in (2..).zip([
            (EMAIL, WACHTWOORD, ""),
            (EMAIL, WACHTWOORD, wrong),
            (EMAIL, "fiets lamp berg kaal", &code),
            (EMAIL, "", &code),
            ("niemand@meent.example", WACHTWOORD, &code),
            ("geen adres", WACHTWOORD, &code),
            ("", "", ""),
        ]) {
            let adres = format!("192.0.2.{n}");
            let fout = toegang.meld_van(&adres, None, (email, wachtwoord, code), na(UUR)).await.unwrap_err();
            assert!(matches!(fout, Weigering::KloptNiet), "{email} {wachtwoord} {code}");
        }
        let aangemeld = toegang.meld(" C.Visser@MEENT.example", WACHTWOORD, &code, na(UUR)).await.unwrap();
        let sessie = toegang.sessie(&aangemeld.sessie.tekst(), na(UUR)).await.unwrap();
        assert_eq!((sessie.account, sessie.keuze, sessie.bewezen_op), (mens.account, None, na(UUR)));
        assert_eq!(sessie.vorige, Some(na(0)), "since you looked last");
        let twice = toegang.meld(EMAIL, WACHTWOORD, &code, na(UUR + 1)).await;
        assert!(matches!(twice, Err(Weigering::KloptNiet)), "a code is good once");
    });
}

#[test]
fn of_two_who_use_one_code_at_once_one_comes_in() {
    let plek = Plek::new();
    speel(async {
        let (here, there) = (plek.open().await, plek.open().await);
        let mens = here.mens(EMAIL, na(0)).await;
        let code = here.app(mens.account, na(UUR)).await;
        let (a, b) =
            tokio::join!(here.meld(EMAIL, WACHTWOORD, &code, na(UUR)), there.meld(EMAIL, WACHTWOORD, &code, na(UUR)));
        assert!(a.is_ok() != b.is_ok());
    });
}

#[test]
fn every_code_on_paper_opens_once() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.mens(EMAIL, na(0)).await;
        for (n, code) in (0..).zip(&mens.codes) {
            let nu = na(UUR + 20 * i64::from(n));
            let aangemeld = toegang.meld(EMAIL, WACHTWOORD, code, nu).await.unwrap();
            let sessie = toegang.sessie(&aangemeld.sessie.tekst(), nu).await.unwrap();
            assert_eq!(toegang.eigen_account(&sessie).await.unwrap().herstelcodes, 7 - n as usize);
            assert!(matches!(toegang.meld(EMAIL, WACHTWOORD, code, nu).await, Err(Weigering::KloptNiet)));
        }
    });
}

#[test]
fn the_session_that_the_browser_had_ends() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.proefmens(EMAIL, na(0)).await;
        let herkomst = Herkomst { adres: "192.0.2.1".parse().unwrap(), toestel: None };
        let poging = Poging { email: EMAIL, wachtwoord: WACHTWOORD, code: "", herkomst, sessie: Some(&mens.sessie) };
        let nieuw = toegang.aanmelden(poging, na(1)).await.unwrap().sessie.tekst();
        assert!(toegang.sessie(&mens.sessie, na(1)).await.is_err());
        assert!(toegang.sessie(&nieuw, na(1)).await.is_ok());
    });
}

#[test]
fn who_is_blocked_or_was_only_invited_gets_the_answer_of_a_stranger() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.proefmens(EMAIL, na(0)).await;
        toegang.nodig_uit("nieuw@meent.example", true, Door::Opdracht, na(0)).await.unwrap();
        toegang.blokkeer(mens.account, Door::Opdracht, na(1)).await.unwrap();
        for email in [EMAIL, "nieuw@meent.example", "niemand@meent.example"] {
            assert!(matches!(toegang.meld(email, WACHTWOORD, "", na(2)).await, Err(Weigering::KloptNiet)), "{email}");
        }
        toegang.geef_vrij(mens.account, Door::Opdracht, na(3)).await.unwrap();
        assert!(toegang.meld(EMAIL, WACHTWOORD, "", na(4)).await.is_ok());
    });
}

#[test]
fn whatever_proved_who_somebody_is_begins_no_session_of_a_closed_account() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.mens(EMAIL, na(0)).await;
        // The road that another provider of identity would take, once it vouched for the address.
        for (closed, seconden) in [(false, 1), (true, 3)] {
            if closed {
                toegang.blokkeer(mens.account, Door::Opdracht, na(2)).await.unwrap();
            }
            let id = toegang.account_van(EMAIL).unwrap();
            let mut change = toegang.records.begin().await.unwrap();
            let account = account::lees(&mut change, id).await.unwrap().unwrap();
            let begun = toegang.begin_sessie(&mut change, id, account, Bewijs::Code, na(seconden)).await;
            match begun {
                Ok(aangemeld) if !closed => assert_eq!(aangemeld.account, mens.account),
                Err(Weigering::KloptNiet) if closed => {}
                other => panic!("{other:?}"),
            }
        }
    });
}
