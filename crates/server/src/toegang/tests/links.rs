//! One-time links: once, in time, and never beside a newer one.

use super::*;
use crate::toegang::link::LinkSoort;
use crate::toegang::wachtwoord::Zwak;

const DAG: i64 = 24 * UUR;

#[test]
fn an_invitation_opens_once_however_often_it_is_looked_at() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let link = toegang.nodig_uit(EMAIL, false, Door::Opdracht, na(0)).await.unwrap();
        for _ in 0..3 {
            let vraag = toegang.bekijk_link(&geheim(&link), na(1)).await.unwrap();
            assert_eq!((vraag.soort, vraag.email.as_str(), vraag.code), (LinkSoort::Uitnodiging, EMAIL, true));
            assert!(vraag.factor.unwrap().uri.starts_with("otpauth://totp/"));
        }
        let code = toegang.app_van_link(&link, na(2)).await;
        let (aangemeld, codes) = toegang.volg(&link, WACHTWOORD, &code, na(2)).await.unwrap();
        assert_eq!(codes.len(), 8);
        assert!(toegang.sessie(&aangemeld.sessie.tekst(), na(3)).await.unwrap().bewijs.tweede_factor());
        assert!(matches!(toegang.bekijk_link(&geheim(&link), na(3)).await, Err(Weigering::Link)));
        assert!(matches!(toegang.volg(&link, WACHTWOORD, &code, na(3)).await, Err(Weigering::Link)));
        // The code that set it up does not open a second door.
        assert!(toegang.meld(EMAIL, WACHTWOORD, &code, na(4)).await.is_err());
    });
}

#[test]
fn a_link_stands_to_the_second() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let link = toegang.nodig_uit(EMAIL, true, Door::Opdracht, na(0)).await.unwrap();
        assert_eq!(link.tot, na(7 * DAG));
        assert!(toegang.bekijk_link(&geheim(&link), na(7 * DAG - 1)).await.is_ok());
        assert!(matches!(toegang.bekijk_link(&geheim(&link), na(7 * DAG)).await, Err(Weigering::Link)));
        assert!(matches!(toegang.volg(&link, WACHTWOORD, "", na(7 * DAG)).await, Err(Weigering::Link)));
        let (..) = toegang.volg(&link, WACHTWOORD, "", na(7 * DAG - 1)).await.unwrap();
        let herstel = toegang.herstel(link.account, false, Door::Opdracht, na(0)).await.unwrap();
        assert_eq!(herstel.tot, na(DAG));
    });
}

#[test]
fn a_newer_link_replaces_the_one_before() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let first = toegang.nodig_uit(EMAIL, true, Door::Opdracht, na(0)).await.unwrap();
        let second = toegang.nodig_uit(EMAIL, true, Door::Opdracht, na(1)).await.unwrap();
        assert!(matches!(toegang.volg(&first, WACHTWOORD, "", na(2)).await, Err(Weigering::Link)));
        assert!(toegang.volg(&second, WACHTWOORD, "", na(2)).await.is_ok());
        let again = toegang.nodig_uit(EMAIL, true, Door::Opdracht, na(3)).await;
        assert!(matches!(again, Err(Weigering::Fout(_))), "somebody has this account");
    });
}

#[test]
fn of_two_who_follow_one_link_one_is_too_late() {
    let plek = Plek::new();
    speel(async {
        let (here, there) = (plek.open().await, plek.open().await);
        let link = here.nodig_uit(EMAIL, true, Door::Opdracht, na(0)).await.unwrap();
        let (a, b) =
            tokio::join!(here.volg(&link, WACHTWOORD, "", na(1)), there.volg(&link, "zeven blauwe uilen", "", na(1)));
        assert!(a.is_ok() != b.is_ok());
        let right = if a.is_ok() { WACHTWOORD } else { "zeven blauwe uilen" };
        assert!(here.meld(EMAIL, right, "", na(2)).await.is_ok());
    });
}

#[test]
fn a_bad_password_or_code_leaves_the_link_until_there_were_ten() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let link = toegang.nodig_uit(EMAIL, false, Door::Opdracht, na(0)).await.unwrap();
        let code = toegang.app_van_link(&link, na(1)).await;
        for (wachtwoord, zwak) in
            [("kort", Zwak::TeKort), ("c.visser@meent", Zwak::Eigen), ("welkom2026!!", Zwak::Veelgebruikt)]
        {
            let fout = toegang.volg(&link, wachtwoord, &code, na(1)).await.unwrap_err();
            assert!(matches!(fout, Weigering::Wachtwoord(found) if found == zwak), "{wachtwoord}");
        }
        for _ in 0..9 {
            assert!(matches!(toegang.volg(&link, WACHTWOORD, "no code", na(1)).await, Err(Weigering::Code)));
        }
        assert!(toegang.bekijk_link(&geheim(&link), na(1)).await.is_ok());
        assert!(matches!(toegang.volg(&link, WACHTWOORD, "no code", na(1)).await, Err(Weigering::Code)));
        assert!(matches!(toegang.volg(&link, WACHTWOORD, &code, na(1)).await, Err(Weigering::Link)));
    });
}

#[test]
fn recovering_a_password_ends_sessions_and_still_asks_the_second_factor() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.mens(EMAIL, na(0)).await;
        let link = toegang.herstel(mens.account, false, Door::Opdracht, na(UUR)).await.unwrap();
        assert!(toegang.sessie(&mens.sessie, na(60)).await.is_err());
        let code = toegang.app(mens.account, na(UUR)).await;
        assert!(toegang.meld(EMAIL, WACHTWOORD, &code, na(UUR)).await.is_err(), "the old password opens nothing");
        let vraag = toegang.bekijk_link(&geheim(&link), na(UUR)).await.unwrap();
        assert_eq!((vraag.soort, vraag.factor.is_none(), vraag.code), (LinkSoort::Wachtwoord, true, true));
        assert!(matches!(toegang.volg(&link, "zeven blauwe uilen", "", na(UUR)).await, Err(Weigering::Code)));
        let (_, codes) = toegang.volg(&link, "zeven blauwe uilen", &code, na(UUR)).await.unwrap();
        assert!(codes.is_empty(), "the codes on paper stay");
        let paper = toegang.meld(EMAIL, "zeven blauwe uilen", &mens.codes[0], na(UUR)).await;
        assert!(paper.is_ok());
    });
}

#[test]
fn recovering_everything_brings_a_new_telephone() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.mens(EMAIL, na(0)).await;
        let old = toegang.app(mens.account, na(UUR)).await;
        let link = toegang.herstel(mens.account, true, Door::Opdracht, na(UUR)).await.unwrap();
        let code = toegang.app_van_link(&link, na(UUR)).await;
        assert_ne!(old, code);
        let (_, codes) = toegang.volg(&link, WACHTWOORD, &code, na(UUR)).await.unwrap();
        assert_eq!(codes.len(), 8);
        assert!(toegang.meld(EMAIL, WACHTWOORD, &mens.codes[0], na(UUR)).await.is_err());
        assert!(toegang.meld(EMAIL, WACHTWOORD, &codes[0], na(UUR)).await.is_ok());
    });
}

#[test]
fn who_was_removed_is_not_known_here_any_more() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.proefmens(EMAIL, na(0)).await;
        toegang.verwijder(mens.account, Door::Opdracht, na(1)).await.unwrap();
        assert!(toegang.sessie(&mens.sessie, na(2)).await.is_err());
        assert!(toegang.accounts().await.unwrap().is_empty());
        assert_eq!(toegang.account_met(EMAIL).await.unwrap(), None);
        assert!(toegang.verwijder(mens.account, Door::Opdracht, na(2)).await.is_err());
        assert!(toegang.meld(EMAIL, WACHTWOORD, "", na(3)).await.is_err());
        assert!(toegang.nodig_uit(EMAIL, true, Door::Opdracht, na(4)).await.is_ok(), "and may be invited again");
    });
}

#[test]
fn a_blocked_account_has_no_links() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let link = toegang.nodig_uit(EMAIL, true, Door::Opdracht, na(0)).await.unwrap();
        toegang.blokkeer(link.account, Door::Opdracht, na(1)).await.unwrap();
        assert!(matches!(toegang.volg(&link, WACHTWOORD, "", na(2)).await, Err(Weigering::Link)));
        assert!(toegang.nodig_uit(EMAIL, true, Door::Opdracht, na(2)).await.is_err());
        assert!(toegang.herstel(link.account, false, Door::Opdracht, na(2)).await.is_err());
    });
}
