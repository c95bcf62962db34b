//! What lies on the disk names nobody, opens nothing when it was touched, and costs little to look at.

use std::path::Path;

use super::*;
use crate::klok::Stopwatch;
use crate::toegang::eigen::Bevestiging;
use crate::toegang::wachtwoord::Hash;

fn bytes_of(folder: &Path) -> Vec<u8> {
    std::fs::read_dir(folder).unwrap().flat_map(|entry| std::fs::read(entry.unwrap().path()).unwrap()).collect()
}

fn holds(all: &[u8], part: &[u8]) -> bool {
    all.windows(part.len()).any(|window| window == part)
}

#[test]
fn no_address_name_password_or_secret_lies_readable_on_disk() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let link = toegang.nodig_uit(EMAIL, false, Door::Opdracht, na(0)).await.unwrap();
        let uitleg = toegang.bekijk_link(&geheim(&link), na(0)).await.unwrap().factor.unwrap();
        let code = toegang.app_van_link(&link, na(0)).await;
        let (aangemeld, codes) = toegang.volg(&link, WACHTWOORD, &code, na(0)).await.unwrap();
        let _ = toegang.meld_van("192.0.2.77", None, (EMAIL, "een fout wachtwoord", ""), na(1)).await;
        let _ = toegang.meld("onbekend@meent.example", WACHTWOORD, "", na(1)).await;
        let open = toegang.nodig_uit("nieuw@meent.example", false, Door::Account(link.account), na(2)).await.unwrap();
        let all = bytes_of(&plek.data());
        assert!(all.len() > 10_000 && holds(&all, b"proefregio"), "the search finds what is there");
        let sessie = aangemeld.sessie.tekst();
        let toestel = aangemeld.toestel.tekst();
        for text in [
            EMAIL,
            "visser",
            "meent",
            "onbekend@",
            "nieuw@",
            WACHTWOORD,
            "192.0.2.77",
            &uitleg.geheim,
            &codes[0],
            &codes[0].replace('-', ""),
            &sessie,
            &toestel,
            &geheim(&open),
        ] {
            let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert!(!holds(&all, text.as_bytes()) && !holds(&all, &wide), "{text} lies readable on disk");
        }
        for secret in [&sessie, &toestel, &geheim(&open)] {
            let raw = crate::toegang::geheim::Geheim::lees(secret).unwrap().bytes();
            assert!(!holds(&all, &raw), "a secret lies on disk as bytes");
        }
        assert!(!holds(&all, &[192, 0, 2, 77]), "an address lies on disk as bytes");
    });
}

#[test]
fn nothing_prints_who_it_is_about() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let link = toegang.nodig_uit(EMAIL, true, Door::Opdracht, na(0)).await.unwrap();
        let (aangemeld, _) = toegang.volg(&link, WACHTWOORD, "", na(0)).await.unwrap();
        let sessie = toegang.sessie(&aangemeld.sessie.tekst(), na(1)).await.unwrap();
        let fout = toegang.meld(EMAIL, "een fout wachtwoord", "", na(1)).await.unwrap_err();
        let printed = format!("{link:?} {aangemeld:?} {sessie:?} {fout:?} {fout}");
        for text in [EMAIL, "visser", "wachtwoord\"", &aangemeld.sessie.tekst(), &geheim(&link), &sessie.csrf.tekst()] {
            assert!(!printed.contains(text), "{text}: {printed}");
        }
        assert!(printed.contains(&link.account.to_string()));
    });
}

/// Every byte of the file, each with one bit turned: whoever may come in still may, or nobody does; never another.
#[test]
fn a_touched_file_lets_nobody_else_in() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.proefmens(EMAIL, na(0)).await;
        let weg = toegang.proefmens("weg@meent.example", na(0)).await;
        toegang.blokkeer(weg.account, Door::Opdracht, na(1)).await.unwrap();
        toegang.sluit().await;
        let file = plek.data().join(store::ACCESS);
        let whole = std::fs::read(&file).unwrap();
        let (mut same, mut refused) = (0, 0);
        for n in 0..300 {
            let at = n * 7_919 % whole.len();
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << (n % 8);
            std::fs::write(&file, bytes).unwrap();
            let Ok(toegang) = Toegang::open(&plek.data(), "proefregio", plek.key()).await else {
                refused += 1;
                continue;
            };
            assert!(toegang.sessie(&weg.sessie, na(2)).await.is_err(), "byte {at}: an ended session came back");
            match toegang.sessie(&mens.sessie, na(2)).await {
                Ok(sessie) => {
                    assert_eq!((sessie.account, sessie.begonnen), (mens.account, na(0)), "byte {at}");
                    same += 1;
                }
                Err(_) => refused += 1,
            }
            toegang.sluit().await;
        }
        println!("{same} times the same, {refused} times nobody");
        assert!(same > 10, "{same} the same, {refused} refused: the sample says nothing");
    });
}

#[test]
fn an_unknown_address_takes_as_long_as_a_known_one() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        toegang.proefmens(EMAIL, na(0)).await;
        let mut times = [Vec::new(), Vec::new()];
        for n in 0..15 {
            for (who, email) in [EMAIL, "niemand@meent.example"].into_iter().enumerate() {
                let stopwatch = Stopwatch::start();
                let adres = format!("192.0.{who}.{n}");
                let outcome =
                    toegang.meld_van(&adres, None, (email, "een fout wachtwoord", ""), na(UUR + n * 70)).await;
                times[who].push(stopwatch.seconden());
                assert!(matches!(outcome, Err(Weigering::KloptNiet)));
            }
        }
        let [known, unknown] = times.map(|mut times| {
            times.sort_by(f64::total_cmp);
            times[times.len() / 2]
        });
        println!("known {:.1} ms, unknown {:.1} ms", known * 1e3, unknown * 1e3);
        assert!(unknown > known * 0.6 && unknown < known * 1.7, "known {known}, unknown {unknown}");
    });
}

#[test]
fn a_session_is_looked_at_in_a_small_part_of_a_password() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.proefmens(EMAIL, na(0)).await;
        let stopwatch = Stopwatch::start();
        Hash::van(WACHTWOORD).unwrap();
        let password = stopwatch.seconden();
        let stopwatch = Stopwatch::start();
        for _ in 0..500 {
            toegang.sessie(&mens.sessie, na(1)).await.unwrap();
        }
        let look = stopwatch.seconden() / 500.0;
        println!("a password {:.1} ms, a look {:.0} µs", password * 1e3, look * 1e6);
        assert!(look * 10.0 < password, "a look {look} s, a password {password} s");
    });
}

/// The store keeps what was committed through a kill; here: nothing is told before it is committed.
#[test]
fn what_was_told_is_on_the_disk() {
    let plek = Plek::new();
    speel(async {
        let toegang = plek.open().await;
        let mens = toegang.proefmens(EMAIL, na(0)).await;
        let bevestiging = Bevestiging { wachtwoord: WACHTWOORD, code: "" };
        let nieuw =
            toegang.wijzig_wachtwoord(&mens.sessie, bevestiging, "zeven blauwe uilen", &[], na(1)).await.unwrap();
        // As after a kill: the files as they are, without anybody closing them.
        let elders = Plek::new();
        for entry in std::fs::read_dir(plek.data()).unwrap() {
            let from = entry.unwrap().path();
            std::fs::copy(&from, elders.data().join(from.file_name().unwrap())).unwrap();
        }
        std::fs::copy(plek.sleutel(), elders.sleutel()).unwrap();
        let copy = elders.open().await;
        assert!(copy.sessie(&mens.sessie, na(2)).await.is_err());
        assert!(copy.sessie(&nieuw.tekst(), na(2)).await.is_ok());
        assert!(copy.meld(EMAIL, WACHTWOORD, "", na(2)).await.is_err());
        assert!(copy.meld(EMAIL, "zeven blauwe uilen", "", na(3)).await.is_ok());
    });
}
