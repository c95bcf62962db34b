//! Guessing gets slower, and strangers shut nobody out.

use super::*;
use crate::toegang::voorval::Soort;

const FOUT: (&str, &str, &str) = (EMAIL, "niet het wachtwoord", "");
const GOED: (&str, &str, &str) = (EMAIL, WACHTWOORD, "");

fn wacht<T>(outcome: &Result<T, Weigering>) -> Option<u64> {
    match outcome {
        Err(Weigering::Wacht { seconden }) => Some(*seconden),
        _ => None,
    }
}

#[test]
fn five_mistakes_then_waits_that_double() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        toegang.proefmens(EMAIL, na(0)).await;
        let mut nu = UUR;
        for n in 0..5 {
            let outcome = toegang.meld_van("192.0.2.1", None, FOUT, na(nu)).await;
            assert!(matches!(outcome, Err(Weigering::KloptNiet)), "{n}");
            nu += 20;
        }
        nu -= 20;
        for wait in [30, 60, 120, 240, 480, 900, 900] {
            let early = toegang.meld_van("192.0.2.1", None, GOED, na(nu + wait - 1)).await;
            assert!(wacht(&early).is_some(), "the right password too has to wait: {wait}");
            nu += wait;
            let outcome = toegang.meld_van("192.0.2.1", None, FOUT, na(nu)).await;
            assert!(matches!(outcome, Err(Weigering::KloptNiet)), "{wait}: {outcome:?}");
        }
        assert!(toegang.meld_van("192.0.2.1", None, GOED, na(nu + 900)).await.is_ok());
        assert!(matches!(toegang.meld_van("192.0.2.1", None, FOUT, na(nu + 901)).await, Err(Weigering::KloptNiet)));
    });
}

#[test]
fn a_restart_forgets_no_mistakes() {
    let plek = Plek::new();
    speel(async {
        plek.open().await.proefmens(EMAIL, na(0)).await;
        for n in 0..5 {
            let _ = plek.open().await.meld_van("192.0.2.1", None, FOUT, na(UUR + n * 20)).await;
        }
        assert!(wacht(&plek.open().await.meld_van("192.0.2.1", None, GOED, na(UUR + 81)).await).is_some());
    });
}

#[test]
fn an_address_gets_six_attempts_a_minute() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        toegang.proefmens(EMAIL, na(0)).await;
        let try_one = async |n: i64, at: i64| {
            let email = format!("mens{n}@meent.example");
            toegang.meld_van("192.0.2.1", None, (&email, WACHTWOORD, ""), na(at)).await
        };
        for n in 0..6 {
            assert!(matches!(try_one(n, UUR + n).await, Err(Weigering::KloptNiet)), "{n}");
        }
        let seventh = try_one(7, UUR + 30).await;
        assert_eq!(wacht(&seventh), Some(31), "until the minute is over");
        assert!(toegang.meld_van("192.0.2.2", None, GOED, na(UUR + 30)).await.is_ok(), "another address");
        assert!(matches!(try_one(8, UUR + 60).await, Err(Weigering::KloptNiet)));
    });
}

#[test]
fn signing_in_well_costs_nothing() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        toegang.proefmens(EMAIL, na(0)).await;
        for n in 0..30 {
            assert!(toegang.meld_van("192.0.2.1", None, GOED, na(UUR + n)).await.is_ok(), "{n}: a whole school");
        }
    });
}

#[test]
fn strangers_do_not_shut_out_a_known_device() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        toegang.proefmens(EMAIL, na(0)).await;
        let thuis = toegang.meld_van("198.51.100.1", None, GOED, na(1)).await.unwrap().toestel.tekst();
        let mut refused = 0;
        for n in 0..40 {
            // From everywhere, and from the school where the person works too.
            let adres = if n % 4 == 0 { "198.51.100.1".to_owned() } else { format!("203.0.113.{n}") };
            refused += u32::from(wacht(&toegang.meld_van(&adres, None, FOUT, na(UUR + n)).await).is_some());
        }
        assert!(refused > 20, "{refused}");
        assert!(wacht(&toegang.meld_van("192.0.2.9", None, GOED, na(UUR + 41)).await).is_some(), "an unknown device");
        let again = toegang.meld_van("198.51.100.1", Some(&thuis), GOED, na(UUR + 42)).await.unwrap();
        assert_ne!(again.toestel.tekst(), thuis, "a new secret each time");
        let stale = toegang.meld_van("192.0.2.10", Some(&thuis), GOED, na(UUR + 43)).await;
        assert!(wacht(&stale).is_some(), "the old one is worth nothing");
        let later = toegang.meld_van("192.0.2.9", None, GOED, na(UUR + 15 * MINUUT)).await;
        assert!(later.is_ok(), "and nobody waits longer than a quarter of an hour: {later:?}");
    });
}

#[test]
fn a_known_device_is_slowed_down_by_its_own_mistakes() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        toegang.proefmens(EMAIL, na(0)).await;
        let ander = toegang.proefmens("ander@meent.example", na(0)).await;
        let thuis = toegang.meld_van("198.51.100.1", None, GOED, na(1)).await.unwrap().toestel.tekst();
        for n in 0..5 {
            let _ = toegang.meld_van("198.51.100.1", Some(&thuis), FOUT, na(UUR + n)).await;
        }
        assert!(wacht(&toegang.meld_van("198.51.100.1", Some(&thuis), GOED, na(UUR + 5)).await).is_some());
        assert!(toegang.meld_van("198.51.100.1", Some(&thuis), GOED, na(UUR + 34)).await.is_ok());
        // A device of one person says nothing about another.
        for n in 0..5 {
            let email = ("ander@meent.example", "niet het wachtwoord", "");
            let _ = toegang.meld_van("198.51.100.1", Some(&thuis), email, na(2 * UUR + n)).await;
        }
        let outcome = toegang
            .meld_van("198.51.100.1", Some(&thuis), ("ander@meent.example", WACHTWOORD, ""), na(2 * UUR + 6))
            .await;
        assert!(wacht(&outcome).is_some(), "{:?}", ander.account);
    });
}

#[test]
fn only_the_last_ten_devices_are_known_and_none_after_a_new_password() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.proefmens(EMAIL, na(0)).await;
        let mut devices = Vec::new();
        for n in 0..11 {
            devices.push(toegang.meld_van("198.51.100.1", None, GOED, na(UUR + n)).await.unwrap().toestel.tekst());
        }
        for n in 0..20 {
            let _ = toegang.meld_van(&format!("203.0.113.{n}"), None, FOUT, na(2 * UUR)).await;
        }
        let from = async |device: &String, at: i64| toegang.meld_van("192.0.2.9", Some(device), GOED, na(at)).await;
        assert!(wacht(&from(&devices[0], 2 * UUR + 1).await).is_some(), "the eleventh device put it out");
        assert!(from(&devices[1], 2 * UUR + 2).await.is_ok());
        let link = toegang.herstel(mens.account, false, Door::Opdracht, na(2 * UUR + 3)).await.unwrap();
        toegang.volg(&link, WACHTWOORD, "", na(2 * UUR + 4)).await.unwrap();
        assert!(wacht(&from(&devices[2], 2 * UUR + 5).await).is_some());
    });
}

#[test]
fn an_account_that_does_not_exist_is_slowed_down_alike() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        toegang.proefmens(EMAIL, na(0)).await;
        let mut answers = [Vec::new(), Vec::new()];
        for (who, email) in [EMAIL, "niemand@meent.example"].into_iter().enumerate() {
            for n in 0..40 {
                let adres = format!("203.0.{who}.{}", n % 5);
                let outcome = toegang.meld_van(&adres, None, (email, "fout", ""), na(UUR + 7 * n)).await.unwrap_err();
                answers[who].push(outcome.to_string());
            }
        }
        assert_eq!(answers[0], answers[1]);
        assert!(answers[0].iter().any(|answer| answer.contains("te vaak")));
    });
}

#[test]
fn guesses_side_by_side_are_counted_one_by_one() {
    let plek = Plek::new();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    runtime.block_on(async {
        let toegang = std::sync::Arc::new(plek.open().await);
        toegang.proefmens(EMAIL, na(0)).await;
        let tasks: Vec<_> = (0..30)
            .map(|_| {
                let toegang = std::sync::Arc::clone(&toegang);
                tokio::spawn(async move { toegang.meld_van("192.0.2.1", None, FOUT, na(UUR)).await })
            })
            .collect();
        let mut looked_at = 0;
        for task in tasks {
            looked_at += u32::from(matches!(task.await.unwrap(), Err(Weigering::KloptNiet)));
        }
        assert_eq!(looked_at, 5);
    });
}

#[test]
fn what_went_wrong_is_told_without_a_name() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.proefmens(EMAIL, na(0)).await;
        for n in 0..5 {
            let _ = toegang.meld_van("192.0.2.1", None, FOUT, na(UUR + n)).await;
        }
        let voorvallen = toegang.voorvallen(Some(mens.account), 9).await.unwrap();
        let soorten: Vec<Soort> = voorvallen.iter().map(|voorval| voorval.soort).collect();
        use Soort::*;
        assert_eq!(
            soorten,
            [Afgeremd, Mislukt, Mislukt, Mislukt, Mislukt, Aangemeld, LinkGebruikt, Uitgenodigd].map(|s| s),
        );
        assert_eq!(voorvallen[0].moment, na(UUR + 4));
        assert_eq!(voorvallen[7].door, Door::Opdracht);
        assert_eq!(toegang.voorvallen(None, 3).await.unwrap(), voorvallen[..3]);
        assert!(!format!("{voorvallen:?}").contains("visser"));
    });
}
