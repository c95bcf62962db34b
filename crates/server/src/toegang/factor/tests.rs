//! Codes against the examples of RFC 6238; each once; however they are typed.

use proptest::prelude::*;

use super::*;

fn op(seconden: i64) -> Timestamp {
    Timestamp::from_second(seconden).unwrap()
}

/// The secret of the examples in RFC 6238, appendix B.
fn rfc() -> Factor {
    Factor { geheim: Bytes(*b"12345678901234567890"), laatste_stap: 0 }
}

#[test]
fn the_examples_of_the_rfc() {
    for (seconden, code) in [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ] {
        assert_eq!(rfc().code(op(seconden)), code);
        assert!(rfc().gebruik(code, op(seconden)), "{seconden}");
    }
}

#[test]
fn a_code_holds_one_step_to_either_side_and_once() {
    let made = 1_111_111_110;
    let code = rfc().code(op(made));
    for (seconden, good) in
        [(made - 31, false), (made - 30, true), (made, true), (made + 29, true), (made + 59, true), (made + 60, false)]
    {
        assert_eq!(rfc().gebruik(&code, op(seconden)), good, "{}", seconden - made);
    }
    let mut factor = rfc();
    assert!(factor.gebruik(&code, op(made)));
    for seconden in [made, made + 1, made + 30] {
        assert!(!factor.gebruik(&code, op(seconden)), "used twice");
    }
    let next = factor.code(op(made + 30));
    assert!(factor.gebruik(&next, op(made)), "the code of a clock that is ahead");
    assert!(!factor.gebruik(&rfc().code(op(made)), op(made + 30)), "older than the last one used");
}

#[test]
fn a_code_may_be_typed_with_spaces_and_nothing_else() {
    let nu = op(59);
    for (typed, good) in [
        ("287082", true),
        ("287 082", true),
        (" 287082\n", true),
        ("", false),
        ("28708", false),
        ("2870820", false),
        ("287083", false),
        ("+87082", false),
        ("２８７０８２", false),
    ] {
        assert_eq!(rfc().gebruik(typed, nu), good, "{typed:?}");
    }
}

#[test]
fn the_app_gets_the_secret_as_address_as_letters_and_as_picture() {
    let uitleg = rfc().uitleg("c.visser+1@meent.example");
    assert_eq!(uitleg.geheim, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assert_eq!(
        uitleg.uri,
        "otpauth://totp/Leerrecht:c.visser%2B1%40meent.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
         &issuer=Leerrecht&algorithm=SHA1&digits=6&period=30"
    );
    let svg = uitleg.qr();
    assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>"));
    assert!(svg.contains("aria-label=\"QR-code voor de app met codes\""));
    let longest = rfc().uitleg(&format!("{}@b", "+".repeat(252)));
    assert!(longest.qr().contains("<path d=\"M4,4h1v1h-1z"));
}

#[test]
fn a_code_on_paper_is_known_however_it_is_typed() {
    let (codes, kept) = Herstelcode::nieuwe().unwrap();
    assert_eq!((codes.len(), kept.len()), (HERSTELCODES, HERSTELCODES));
    for (code, own) in codes.iter().zip(&kept) {
        assert_eq!(code.len(), 14, "three groups of four");
        for typed in [code.to_lowercase(), code.replace('-', ""), code.replace('-', " "), code.replace('0', "o")] {
            assert!(own.is(&typed), "{typed}");
        }
        assert_eq!(kept.iter().filter(|other| other.is(code)).count(), 1);
    }
    assert!(!kept.iter().any(|own| own.is("") || own.is("0000-0000-0000")));
}

proptest! {
    #[test]
    fn whatever_is_typed_is_no_trouble(code in any::<String>(), seconden in 0_i64..100_000_000_000) {
        let mut factor = rfc();
        let right = factor.code(op(seconden));
        prop_assert_eq!(factor.gebruik(&code, op(seconden)), code == right);
        prop_assert!(!Herstelcode::van("0123-4567-89AB").is(&code));
    }

    #[test]
    fn no_code_is_good_twice_in_any_order(steps in proptest::collection::vec(0_i64..6, 1..30)) {
        let mut factor = rfc();
        let mut used = std::collections::BTreeSet::new();
        for step in steps {
            let at = op(900 + step * 30);
            let code = rfc().code(at);
            if factor.gebruik(&code, at) {
                prop_assert!(used.insert(step), "step {} twice", step);
            }
        }
    }
}
