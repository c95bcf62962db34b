//! Numbers as people write them.

/// A whole number with points between the thousands, as screens and reports write it.
pub fn getal(getal: u64) -> String {
    let cijfers = getal.to_string();
    let mut tekst = String::with_capacity(cijfers.len() + cijfers.len() / 3);
    for (plek, cijfer) in cijfers.chars().enumerate() {
        if plek > 0 && (cijfers.len() - plek).is_multiple_of(3) {
            tekst.push('.');
        }
        tekst.push(cijfer);
    }
    tekst
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_points_between_the_thousands() {
        for (aantal, tekst) in [(0, "0"), (999, "999"), (1000, "1.000"), (51_521_740, "51.521.740")] {
            assert_eq!(getal(aantal), tekst);
        }
    }
}
