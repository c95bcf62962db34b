//! Sessions end to the second, everywhere at once, and a secret is worth something once.

use super::*;
use crate::toegang::eigen::Bevestiging;

#[test]
fn a_session_ends_after_half_an_hour_of_silence() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.mens(EMAIL, na(0)).await;
        for (seconden, stands) in [(0, true), (59, true), (30 * MINUUT - 1, true)] {
            assert_eq!(toegang.sessie(&mens.sessie, na(seconden)).await.is_ok(), stands, "{seconden}");
        }
        // Used a second before the end: from then on another half hour.
        let last = 30 * MINUUT - 1;
        assert!(toegang.sessie(&mens.sessie, na(last + 30 * MINUUT - 1)).await.is_ok());
        let last = last + 30 * MINUUT - 1;
        assert!(matches!(toegang.sessie(&mens.sessie, na(last + 30 * MINUUT)).await, Err(Weigering::GeenSessie)));
    });
}

#[test]
fn no_use_keeps_a_session_beyond_ten_hours() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.mens(EMAIL, na(0)).await;
        for minuten in (10..600).step_by(10) {
            assert!(toegang.sessie(&mens.sessie, na(minuten * MINUUT)).await.is_ok(), "{minuten}");
        }
        assert!(toegang.sessie(&mens.sessie, na(10 * UUR - SECONDE)).await.is_ok());
        assert!(matches!(toegang.sessie(&mens.sessie, na(10 * UUR)).await, Err(Weigering::GeenSessie)));
    });
}

#[test]
fn what_one_process_ends_another_sees_at_once() {
    let plek = Plek::new();
    speel(async {
        let (serve, command) = (plek.open().await, plek.open().await);
        let mens = serve.mens(EMAIL, na(0)).await;
        assert!(command.sessie(&mens.sessie, na(1)).await.is_ok());
        serve.afmelden(&mens.sessie).await.unwrap();
        assert!(matches!(command.sessie(&mens.sessie, na(1)).await, Err(Weigering::GeenSessie)));

        let code = serve.app(mens.account, na(UUR)).await;
        let again = serve.meld(EMAIL, WACHTWOORD, &code, na(UUR)).await.unwrap().sessie.tekst();
        assert!(serve.sessie(&again, na(UUR)).await.is_ok());
        command.blokkeer(mens.account, Door::Opdracht, na(UUR)).await.unwrap();
        assert!(matches!(serve.sessie(&again, na(UUR)).await, Err(Weigering::GeenSessie)));
    });
}

#[test]
fn a_session_survives_a_restart() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.mens(EMAIL, na(0)).await;
        toegang.sluit().await;
        assert!(plek.open().await.sessie(&mens.sessie, na(30 * MINUUT - 1)).await.is_ok());
        assert!(plek.open().await.sessie(&mens.sessie, na(UUR)).await.is_err());
    });
}

#[test]
fn another_function_is_another_secret() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.mens(EMAIL, na(0)).await;
        let before = toegang.sessie(&mens.sessie, na(1)).await.unwrap();
        let nieuw = toegang.kies(&mens.sessie, None, na(2)).await.unwrap().tekst();
        assert_ne!(nieuw, mens.sessie);
        assert!(matches!(toegang.sessie(&mens.sessie, na(3)).await, Err(Weigering::GeenSessie)));
        let after = toegang.sessie(&nieuw, na(3)).await.unwrap();
        assert_eq!(after.begonnen, before.begonnen, "no longer than it would have been");
        let [old, token, other] = [&before, &after, &after].map(|sessie| sessie.formuliertoken().unwrap());
        assert_ne!(token, other, "another one each time");
        assert!(after.is_formuliertoken(&token) && after.is_formuliertoken(&other));
        let bent = format!("{}{}", &token[..95], if token.ends_with('0') { '1' } else { '0' });
        for text in [&old, &bent, &token[..94], &format!("{token}0"), ""] {
            assert!(!after.is_formuliertoken(text), "{text}");
        }
    });
}

#[test]
fn a_person_sees_and_ends_their_own_sessions_only() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let ander = toegang.proefmens("ander@meent.example", na(0)).await;
        let mens = toegang.proefmens(EMAIL, na(0)).await;
        let thuis = toegang.meld(EMAIL, WACHTWOORD, "", na(90)).await.unwrap().sessie.tekst();
        let trein = toegang.meld(EMAIL, WACHTWOORD, "", na(95)).await.unwrap().sessie.tekst();
        let deze = toegang.sessie(&trein, na(96)).await.unwrap();
        let regels = toegang.sessies(&deze, na(96)).await.unwrap();
        assert_eq!(regels.iter().map(|regel| regel.deze).collect::<Vec<_>>(), [true, false, false]);

        let vreemd = toegang.sessie(&ander.sessie, na(97)).await.unwrap();
        assert!(!toegang.beeindig(&vreemd, &regels[1].nummer).await.unwrap(), "of somebody else");
        assert!(toegang.beeindig(&deze, &regels[1].nummer).await.unwrap());
        assert!(toegang.sessie(&thuis, na(98)).await.is_err());
        assert_eq!(toegang.beeindig_andere(&deze).await.unwrap(), 1);
        assert!(toegang.sessie(&mens.sessie, na(99)).await.is_err());
        assert!(toegang.sessie(&trein, na(99)).await.is_ok());
        assert!(toegang.sessie(&ander.sessie, na(99)).await.is_ok());
    });
}

#[test]
fn nonsense_is_no_session() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.mens(EMAIL, na(0)).await;
        let other = mens.sessie.replace(|c: char| c.is_ascii_digit(), "a");
        for geheim in ["", "é", &other, &mens.sessie[1..], &format!("{} ", mens.sessie)] {
            assert!(matches!(toegang.sessie(geheim, na(1)).await, Err(Weigering::GeenSessie)), "{geheim}");
            assert!(toegang.afmelden(geheim).await.is_ok());
        }
        assert!(toegang.sessie(&mens.sessie, na(1)).await.is_ok());
    });
}

/// Pages wait for these on any thread.
#[test]
fn what_pages_wait_for_may_move_between_threads() {
    fn moves<T: Send>(_: &T) {}
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let sessie = toegang.sessie(&toegang.proefmens(EMAIL, na(0)).await.sessie, na(0)).await.unwrap();
        let bevestiging = Bevestiging { wachtwoord: "", code: "" };
        moves(&toegang.sessie("", na(0)));
        moves(&toegang.kies("", None, na(0)));
        moves(&toegang.meld("", "", "", na(0)));
        moves(&toegang.gebruik_link("", LinkAntwoord { wachtwoord: "", code: "", namen: &[] }, na(0)));
        moves(&toegang.wijzig_wachtwoord("", bevestiging, "", &[], na(0)));
        moves(&toegang.nieuwe_app("", bevestiging, na(0)));
        moves(&toegang.bevestig_app("", "", na(0)));
        moves(&toegang.beeindig_andere(&sessie));
        moves(&toegang.nodig_uit("", true, Door::Zelf, na(0)));
        moves(&toegang.voorvallen(None, 1));
        moves(&toegang.accounts());
    });
}
