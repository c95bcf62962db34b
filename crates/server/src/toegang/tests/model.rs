//! Random lives of sessions against a list that is as plain as can be.

use proptest::prelude::*;

use super::*;

/// One session as the plain list knows it.
#[derive(Clone)]
struct Kaal {
    geheim: String,
    begonnen: i64,
    gebruikt: i64,
    weg: bool,
}

impl Kaal {
    fn stands(&self, nu: i64) -> bool {
        !self.weg && nu < self.gebruikt + 30 * MINUUT && nu < self.begonnen + 10 * UUR
    }
}

#[derive(Debug, Clone)]
enum Stap {
    Wacht(i64),
    Meld,
    Gebruik(usize),
    Kies(usize),
    Weg(usize),
    AndereWeg(usize),
    Herstart,
}

fn stap() -> impl Strategy<Value = Stap> {
    prop_oneof![
        4 => prop_oneof![1..90_i64, Just(59), Just(60), Just(30 * MINUUT - 1), Just(30 * MINUUT), 1..3 * UUR].prop_map(Stap::Wacht),
        2 => Just(Stap::Meld),
        6 => (0..6_usize).prop_map(Stap::Gebruik),
        2 => (0..6_usize).prop_map(Stap::Kies),
        1 => (0..6_usize).prop_map(Stap::Weg),
        1 => (0..6_usize).prop_map(Stap::AndereWeg),
        1 => Just(Stap::Herstart),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn sessions_live_as_the_plain_list_says(stappen in proptest::collection::vec(stap(), 1..40)) {
        let plek = Plek::new();
        speel(async {
            let mut toegang = plek.open().await;
            let mens = toegang.proefmens(EMAIL, na(0)).await;
            let mut nu = 0;
            let mut list = vec![Kaal { geheim: mens.sessie, begonnen: 0, gebruikt: 0, weg: false }];
            for stap in stappen {
                play(&mut toegang, &plek, &mut list, &mut nu, stap).await;
            }
            for kaal in &list {
                assert_eq!(toegang.sessie(&kaal.geheim, na(nu)).await.is_ok(), kaal.stands(nu));
            }
        });
    }
}

async fn play(toegang: &mut Toegang, plek: &Plek, list: &mut Vec<Kaal>, nu: &mut i64, stap: Stap) {
    let known = list.len();
    match stap {
        Stap::Wacht(seconden) => *nu += seconden,
        Stap::Meld => {
            let geheim = toegang.meld(EMAIL, WACHTWOORD, "", na(*nu)).await.unwrap().sessie.tekst();
            list.push(Kaal { geheim, begonnen: *nu, gebruikt: *nu, weg: false });
        }
        Stap::Gebruik(which) => {
            let kaal = &mut list[which % known];
            assert_eq!(toegang.sessie(&kaal.geheim, na(*nu)).await.is_ok(), kaal.stands(*nu));
            if kaal.stands(*nu) && *nu - kaal.gebruikt >= MINUUT {
                kaal.gebruikt = *nu;
            }
        }
        Stap::Kies(which) => {
            let kaal = &mut list[which % known];
            match toegang.kies(&kaal.geheim, None, na(*nu)).await {
                Ok(geheim) => {
                    assert!(kaal.stands(*nu));
                    kaal.weg = true;
                    let begonnen = kaal.begonnen;
                    list.push(Kaal { geheim: geheim.tekst(), begonnen, gebruikt: *nu, weg: false });
                }
                Err(_) => assert!(!kaal.stands(*nu)),
            }
        }
        Stap::Weg(which) => {
            toegang.afmelden(&list[which % known].geheim).await.unwrap();
            list[which % known].weg = true;
        }
        Stap::AndereWeg(which) => {
            let kaal = list[which % known].clone();
            let Ok(sessie) = toegang.sessie(&kaal.geheim, na(*nu)).await else { return };
            toegang.beeindig_andere(&sessie).await.unwrap();
            for (n, other) in list.iter_mut().enumerate() {
                other.weg |= n != which % known;
            }
            if *nu - kaal.gebruikt >= MINUUT {
                list[which % known].gebruikt = *nu;
            }
        }
        Stap::Herstart => *toegang = plek.open().await,
    }
}
