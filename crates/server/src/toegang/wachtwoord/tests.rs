//! Which passwords are refused, and that the right one and only that one opens.

use proptest::prelude::*;

use super::*;

const EIGEN: [&str; 2] = ["c.visser@meent.example", "mw. Cornelia Visser"];

#[test]
fn length_counts_characters_and_nothing_else() {
    for (wachtwoord, uitkomst) in [
        ("kastdeurtje", Err(Zwak::TeKort)),
        ("kastdeurtjes", Ok(())),
        ("ëëéééàüïöâkŷ", Ok(())),
        ("één twee drf", Ok(())),
    ] {
        assert_eq!(keur(wachtwoord, &EIGEN), uitkomst, "{wachtwoord}");
    }
    let long: String = (0..40).map(|n| format!("{n}kx")).collect::<String>().chars().take(MAX_LENGTE).collect();
    assert_eq!(keur(&long, &EIGEN), Ok(()));
    assert_eq!(keur(&format!("{long}y"), &EIGEN), Err(Zwak::TeLang));
    assert_eq!(keur(&"kastdeur".repeat(10_000), &EIGEN), Err(Zwak::TeLang));
}

#[test]
fn what_others_would_try_is_refused() {
    for wachtwoord in [
        "wachtwoord123",
        "Welkom2026!!",
        "W@chtw00rd2026",
        "welkomwelkom1",
        "zomer2026zomer",
        "Maandag-Dinsdag",
        "123456789012",
        "aaaaaaaaaaaab",
        "abababababab",
        "abcdefghijklm",
        "qwertyuiop12",
        "leerrecht2026!",
        "passw0rdpassw0rd",
        "Thuiszitters26",
    ] {
        assert_eq!(keur(wachtwoord, &EIGEN), Err(Zwak::Veelgebruikt), "{wachtwoord}");
    }
}

#[test]
fn ones_own_name_and_address_are_refused() {
    for wachtwoord in ["c.visser@meent", "VisserCornelia!", "Visser-1975-06", "v1sser2026!!!!", "meentexample12"] {
        assert_eq!(keur(wachtwoord, &EIGEN), Err(Zwak::Eigen), "{wachtwoord}");
        assert_ne!(keur(wachtwoord, &["j.bakker@dijk.voorbeeld"]), Err(Zwak::Eigen), "{wachtwoord}");
    }
}

#[test]
fn no_kinds_of_characters_are_asked_for() {
    for wachtwoord in [
        "fiets lamp berg kaas",
        "fietslampbergkaas",
        "83019265740182",
        "🦉 uil 🌲 bos 🌙 maan",
        "школа у реки",
        "mijn school is een grote tuin",
        "Visser kocht zeven lampen",
    ] {
        assert_eq!(keur(wachtwoord, &EIGEN), Ok(()), "{wachtwoord}");
    }
}

#[test]
fn the_list_is_in_the_letters_it_is_compared_with() {
    for word in VEELGEBRUIKT.lines() {
        assert_eq!(letters(word, false), word);
    }
}

#[test]
fn the_right_password_opens_and_no_other_does() {
    let hash = Hash::van("fiets lamp berg kaas").unwrap();
    assert!(hash.klopt("fiets lamp berg kaas").unwrap());
    for other in ["", "fiets lamp berg kaaS", "fiets lamp berg kaas ", " fiets lamp berg kaas"] {
        assert!(!hash.klopt(other).unwrap(), "{other}");
    }
    assert!(!Hash::van_niemand().klopt("").unwrap());
    assert_ne!(Hash::van("fiets lamp berg kaas").unwrap(), hash, "each has a salt of its own");
    assert_eq!(format!("{hash:?}"), "…");
}

#[test]
fn a_letter_is_the_same_letter_composed_or_not() {
    assert!(Hash::van("één grote tuin").unwrap().klopt("e\u{301}e\u{301}n grote tuin").unwrap());
}

proptest! {
    #[test]
    fn any_text_is_judged_without_trouble(wachtwoord in any::<String>(), naam in any::<String>()) {
        let _ = keur(&wachtwoord, &[&naam]);
    }

    #[test]
    fn four_words_of_chance_are_good(woorden in proptest::collection::vec("[b-df-hj-np-tv-z]{2}[aeiou][b-df-hj-np-tv-z]{3}", 4)) {
        prop_assert_eq!(keur(&woorden.join(" "), &EIGEN), Ok(()));
    }
}
