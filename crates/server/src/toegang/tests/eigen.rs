//! People change their own account; whoever finds an open session does not.

use super::*;
use crate::toegang::eigen::Bevestiging;
use crate::toegang::wachtwoord::Zwak;

const ANDER: &str = "zeven blauwe uilen";

#[test]
fn a_new_password_ends_every_other_session_and_the_old_secret() {
    let plek = Plek::new();
    speel(async {
        let (toegang, elders) = (plek.open().await, plek.open().await);
        let mens = toegang.mens(EMAIL, na(0)).await;
        let code = toegang.app(mens.account, na(90)).await;
        let trein = elders.meld(EMAIL, WACHTWOORD, &code, na(90)).await.unwrap().sessie.tekst();
        let code = toegang.app(mens.account, na(150)).await;
        let known = Bevestiging { wachtwoord: WACHTWOORD, code: &code };

        let weak = toegang.wijzig_wachtwoord(&mens.sessie, known, "Cornelia-1975", &["Cornelia Visser"], na(150)).await;
        assert!(matches!(weak, Err(Weigering::Wachtwoord(Zwak::Eigen))));
        for wrong in [
            Bevestiging { wachtwoord: ANDER, code: &code },
            Bevestiging { wachtwoord: WACHTWOORD, code: "" },
            Bevestiging { wachtwoord: "", code: "" },
        ] {
            let outcome = toegang.wijzig_wachtwoord(&mens.sessie, wrong, ANDER, &[], na(150)).await;
            assert!(matches!(outcome, Err(Weigering::KloptNiet)));
        }
        assert!(elders.sessie(&trein, na(151)).await.is_ok(), "nothing happened yet");

        let nieuw = toegang.wijzig_wachtwoord(&mens.sessie, known, ANDER, &[], na(152)).await.unwrap().tekst();
        assert!(elders.sessie(&trein, na(153)).await.is_err());
        assert!(elders.sessie(&mens.sessie, na(153)).await.is_err());
        assert!(elders.sessie(&nieuw, na(153)).await.is_ok());
        assert!(elders.meld(EMAIL, WACHTWOORD, &mens.codes[0], na(UUR)).await.is_err());
        assert!(elders.meld(EMAIL, ANDER, &mens.codes[0], na(UUR)).await.is_ok());
    });
}

#[test]
fn guessing_in_an_open_session_is_slowed_down_too() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.proefmens(EMAIL, na(0)).await;
        for n in 0..5 {
            let wrong = Bevestiging { wachtwoord: "geraden wachtwoord", code: "" };
            let outcome = toegang.wijzig_wachtwoord(&mens.sessie, wrong, ANDER, &[], na(n)).await;
            assert!(matches!(outcome, Err(Weigering::KloptNiet)));
        }
        let right = Bevestiging { wachtwoord: WACHTWOORD, code: "" };
        let soon = toegang.wijzig_wachtwoord(&mens.sessie, right, ANDER, &[], na(6)).await;
        assert!(matches!(soon, Err(Weigering::Wacht { .. })));
        assert!(toegang.wijzig_wachtwoord(&mens.sessie, right, ANDER, &[], na(34)).await.is_ok());
    });
}

#[test]
fn what_asks_for_it_wants_a_fresh_proof() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.mens(EMAIL, na(0)).await;
        for (seconden, vers) in [(0, true), (599, true), (600, false)] {
            assert_eq!(toegang.sessie(&mens.sessie, na(seconden)).await.unwrap().vers(na(seconden)), vers);
        }
        assert!(matches!(toegang.bevestig_app(&mens.sessie, "000000", na(600)).await, Err(Weigering::NietVers)));
        let code = toegang.app(mens.account, na(610)).await;
        let bevestiging = Bevestiging { wachtwoord: WACHTWOORD, code: &code };
        let nieuw = toegang.nieuwe_app(&mens.sessie, bevestiging, na(610)).await.unwrap().tekst();
        let sessie = toegang.sessie(&nieuw, na(611)).await.unwrap();
        assert_eq!((sessie.begonnen, sessie.bewezen_op), (na(0), na(610)), "a fresh proof, no longer session");
        assert!(toegang.app_in_wording(&sessie, na(1_209)).await.unwrap().is_some());
        assert!(toegang.app_in_wording(&sessie, na(1_210)).await.unwrap().is_none(), "not shown for longer");
        let twice = toegang.nieuwe_app(&nieuw, bevestiging, na(612)).await;
        assert!(matches!(twice, Err(Weigering::KloptNiet)), "a code is good once, here too");
    });
}

#[test]
fn who_was_signed_in_elsewhere_is_not_shown_the_secret_of_an_app_in_the_making() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.mens(EMAIL, na(0)).await;
        let elders = toegang.meld(EMAIL, WACHTWOORD, &mens.codes[0], na(5)).await.unwrap().sessie.tekst();
        let bevestiging = Bevestiging { wachtwoord: WACHTWOORD, code: &mens.codes[1] };
        let hier = toegang.nieuwe_app(&mens.sessie, bevestiging, na(10)).await.unwrap().tekst();
        let (hier, ander) =
            (toegang.sessie(&hier, na(11)).await.unwrap(), toegang.sessie(&elders, na(11)).await.unwrap());
        assert!(ander.vers(na(11)) && toegang.app_in_wording(&hier, na(11)).await.unwrap().is_some());
        assert!(toegang.app_in_wording(&ander, na(11)).await.unwrap().is_none());
        assert!(matches!(toegang.bevestig_app(&elders, "000000", na(11)).await, Err(Weigering::NietVers)));
    });
}

#[test]
fn new_codes_on_paper_make_the_old_ones_worthless() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.mens(EMAIL, na(0)).await;
        let open = Bevestiging { wachtwoord: WACHTWOORD, code: "" };
        assert!(matches!(toegang.nieuwe_herstelcodes(&mens.sessie, open, na(1)).await, Err(Weigering::KloptNiet)));
        // With a code on paper: what is left of the old paper is worth nothing afterwards.
        let paper = Bevestiging { wachtwoord: WACHTWOORD, code: &mens.codes[0] };
        let (nieuw, codes) = toegang.nieuwe_herstelcodes(&mens.sessie, paper, na(2)).await.unwrap();
        assert!(toegang.sessie(&mens.sessie, na(3)).await.is_err());
        assert!(toegang.sessie(&nieuw.tekst(), na(3)).await.is_ok());
        let sessie = toegang.sessie(&nieuw.tekst(), na(3)).await.unwrap();
        let eigen = toegang.eigen_account(&sessie).await.unwrap();
        assert_eq!((eigen.email.zichtbaar(), eigen.proef, eigen.herstelcodes), (EMAIL, false, 8));
        for old in &mens.codes[..3] {
            assert!(toegang.meld(EMAIL, WACHTWOORD, old, na(120)).await.is_err());
        }
        assert!(toegang.meld(EMAIL, WACHTWOORD, &codes[0], na(121)).await.is_ok());
    });
}

#[test]
fn another_telephone_takes_over_with_its_first_code() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.mens(EMAIL, na(0)).await;
        let open = Bevestiging { wachtwoord: WACHTWOORD, code: "" };
        assert!(matches!(toegang.nieuwe_app(&mens.sessie, open, na(60)).await, Err(Weigering::KloptNiet)));
        let code = toegang.app(mens.account, na(60)).await;
        let bevestiging = Bevestiging { wachtwoord: WACHTWOORD, code: &code };
        let eerst = toegang.nieuwe_app(&mens.sessie, bevestiging, na(60)).await.unwrap().tekst();
        let wordt = toegang.lees_account(mens.account).await.unwrap().unwrap().wordt.unwrap();
        let old = toegang.app(mens.account, na(90)).await;
        assert!(matches!(toegang.bevestig_app(&eerst, &old, na(90)).await, Err(Weigering::Code)));
        let (nieuw, codes) = toegang.bevestig_app(&eerst, &wordt.code(na(90)), na(90)).await.unwrap();
        assert_eq!(codes.len(), 8);
        assert!(toegang.sessie(&eerst, na(91)).await.is_err());
        assert!(toegang.sessie(&nieuw.tekst(), na(91)).await.is_ok());
        assert!(matches!(
            toegang.bevestig_app(&nieuw.tekst(), &wordt.code(na(150)), na(150)).await,
            Err(Weigering::Code)
        ));
        assert!(toegang.meld(EMAIL, WACHTWOORD, &old, na(95)).await.is_err());
        assert!(toegang.meld(EMAIL, WACHTWOORD, &wordt.code(na(150)), na(150)).await.is_ok());
    });
}

#[test]
fn an_app_half_set_up_is_set_up_anew_after_signing_in() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.mens(EMAIL, na(0)).await;
        let code = toegang.app(mens.account, na(60)).await;
        let bevestiging = Bevestiging { wachtwoord: WACHTWOORD, code: &code };
        toegang.nieuwe_app(&mens.sessie, bevestiging, na(60)).await.unwrap();
        let again = toegang.meld(EMAIL, WACHTWOORD, &mens.codes[0], na(61)).await.unwrap().sessie.tekst();
        let sessie = toegang.sessie(&again, na(62)).await.unwrap();
        assert!(sessie.vers(na(62)) && toegang.app_in_wording(&sessie, na(62)).await.unwrap().is_none());
    });
}

#[test]
fn a_made_up_region_has_no_second_factor() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.proefmens(EMAIL, na(0)).await;
        let bevestiging = Bevestiging { wachtwoord: WACHTWOORD, code: "" };
        assert!(matches!(toegang.nieuwe_app(&mens.sessie, bevestiging, na(1)).await, Err(Weigering::Proef)));
        assert!(matches!(toegang.nieuwe_herstelcodes(&mens.sessie, bevestiging, na(1)).await, Err(Weigering::Proef)));
        assert!(!toegang.sessie(&mens.sessie, na(1)).await.unwrap().bewijs.tweede_factor());
    });
}
