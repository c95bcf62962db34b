//! Participation as bars, one for each lesweek.

use super::{HEEL, Patroon, Tekening, Vlak, breed_en_smal, deel};

/// Lesweken in one drawing: a school year has about forty.
pub const MAX_WEKEN: usize = 48;

/// One lesweek.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Under the bar, at the first week of a month ("sep").
    pub maand: Option<&'static str>,
    /// Whole percent; `None` when nothing is known or the hours are not.
    pub procent: Option<u32>,
    /// Whether days of it are not known.
    pub onvolledig: bool,
    /// In words.
    pub uitleg: String,
}

/// The drawing; `beschrijving` says it in one sentence.
pub fn svg(weken: &[Week], beschrijving: &str) -> String {
    breed_en_smal(HEEL, |breed, klasse| teken(weken, beschrijving, breed, klasse))
}

fn teken(weken: &[Week], beschrijving: &str, breed: i32, klasse: &str) -> String {
    const VELD: Vlak = Vlak { x: 40, y: 10, breed: 0, hoog: 130 };
    let veld = Vlak { breed: breed - VELD.x - 4, ..VELD };
    let mut t = Tekening::new(breed, 166, &format!("deelname-{klasse}"), "Deelname per lesweek", beschrijving);
    for (procent, tekst) in [(100, "100%"), (50, "50%"), (0, "0%")] {
        let y = veld.y + veld.hoog - deel(veld.hoog, procent, 100);
        t.lijn((veld.x, y), (veld.x + veld.breed, y), if procent == 0 { "is-as" } else { "is-hulplijn" });
        t.tekst(veld.x - 5, y + 4, "is-eind is-klein", tekst);
    }
    let count = i32::try_from(weken.len().clamp(20, MAX_WEKEN)).unwrap_or(20);
    let mut last_label: Option<i32> = None;
    for (place, week) in (0..).zip(weken.iter().take(MAX_WEKEN)) {
        let (x, next) = (veld.x + deel(veld.breed, place, count), veld.x + deel(veld.breed, place + 1, count));
        let breed = (next - x - if next - x > 8 { 3 } else { 1 }).max(1);
        t.met_uitleg(&week.uitleg, |t| staaf(t, week, Vlak { x, breed, ..veld }));
        if let Some(maand) = week.maand.filter(|_| last_label.is_none_or(|last| x - last > 34)) {
            t.tekst(x, 158, "is-begin is-klein", maand);
            last_label = Some(x);
        }
    }
    t.klaar(klasse)
}

fn staaf(t: &mut Tekening, week: &Week, plek: Vlak) {
    let Some(procent) = week.procent else {
        t.vlak(plek, "is-onbekend", Patroon::Onbekend);
        return;
    };
    // What is drawn is never higher than the field, and never nothing at all.
    let hoog = deel(plek.hoog, i32::try_from(procent.min(100)).unwrap_or(100), 100);
    t.vlak(plek, "is-baan", Patroon::Effen);
    let patroon = if week.onvolledig { Patroon::Onbekend } else { Patroon::Effen };
    t.vlak(Vlak { y: plek.y + plek.hoog - hoog, hoog, ..plek }, "is-deelname", patroon);
    if hoog < 3 {
        t.vlak(Vlak { y: plek.y + plek.hoog - 3, hoog: 3, ..plek }, "is-geen", Patroon::Effen);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stay_within_the_field_and_the_unknown_is_no_zero() {
        let week = |procent| Week { maand: Some("sep"), procent, onvolledig: false, uitleg: String::new() };
        let svg = teken(&[week(Some(0)), week(Some(250)), week(None)], "", 760, "is-breed");
        assert_eq!(svg.matches("is-geen").count(), 1);
        assert_eq!(svg.matches("is-onbekend").count(), 1);
        assert!(!svg.contains("height=\"-") && !svg.contains("y=\"-"), "{svg}");
        let many = teken(&vec![week(Some(50)); 500], "", 340, "is-smal");
        assert_eq!(many.matches("is-deelname").count(), MAX_WEKEN);
    }
}
