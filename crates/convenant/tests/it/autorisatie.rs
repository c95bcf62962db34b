//! The matrix for people is the one that the program decides by.

use std::path::Path;

use convenant::{Convenant, matrix};

const PAD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/autorisatie.md");

/// Compares with the document; with `LEERRECHT_GOUD=schrijf` writes it instead.
#[test]
fn the_matrix_for_people_is_the_one_that_is_decided_by() {
    let now = matrix(Convenant::standaard());
    if std::env::var("LEERRECHT_GOUD").as_deref() == Ok("schrijf") {
        std::fs::write(Path::new(PAD), &now).unwrap();
    }
    let then = std::fs::read_to_string(PAD).unwrap_or_default();
    for (n, (is, was)) in (1..).zip(now.lines().zip(then.lines())) {
        assert_eq!(is, was, "line {n}; LEERRECHT_GOUD=schrijf writes the document anew: look at the difference");
    }
    assert_eq!(now.lines().count(), then.lines().count());
}
