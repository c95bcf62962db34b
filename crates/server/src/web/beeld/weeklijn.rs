//! Two numbers week by week, as lines.

use std::fmt::Write;

use super::{HEEL, Tekening, Vlak, breed_en_smal, deel, mooi};

/// One week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Under the field, at the first week of a month ("sep").
    pub maand: Option<&'static str>,
    /// Now and then; `None` where nothing is told, or there was no lesson: the line is broken.
    pub aantallen: [Option<u32>; 2],
}

/// The lines; `titel` and `beschrijving` say the same in words.
pub fn svg(weken: &[Week], titel: &str, beschrijving: &str) -> String {
    breed_en_smal(HEEL, |breed, klasse| teken(weken, (titel, beschrijving), breed, klasse))
}

fn teken(weken: &[Week], (titel, beschrijving): (&str, &str), breed: i32, klasse: &str) -> String {
    const VELD: Vlak = Vlak { x: 44, y: 10, breed: 0, hoog: 150 };
    let veld = Vlak { breed: breed - VELD.x - 8, ..VELD };
    let mut t = Tekening::new(breed, 186, &format!("weken-{klasse}"), titel, beschrijving);
    let top = mooi(weken.iter().flat_map(|week| week.aantallen).flatten().max().unwrap_or(0));
    let hoogte = |aantal: u32| {
        let up = u64::from(aantal) * u64::from(veld.hoog.unsigned_abs()) / u64::from(top.max(1));
        veld.y + veld.hoog - i32::try_from(up).unwrap_or(veld.hoog)
    };
    for aantal in [top, top / 2, 0] {
        let y = hoogte(aantal);
        t.lijn((veld.x, y), (veld.x + veld.breed, y), if aantal == 0 { "is-as" } else { "is-hulplijn" });
        t.tekst(veld.x - 5, y + 4, "is-eind is-klein", &aantal.to_string());
    }
    let steps = i32::try_from(weken.len().saturating_sub(1)).unwrap_or(i32::MAX).max(1);
    let plek = |place: i32| veld.x + deel(veld.breed, place, steps);
    let mut last_label: Option<i32> = None;
    for (place, week) in (0..).zip(weken) {
        let x = plek(place);
        let room = last_label.is_none_or(|last| x - last > 34) && x < veld.x + veld.breed - 20;
        if let Some(maand) = week.maand.filter(|_| room) {
            t.tekst(x, 178, "is-begin is-klein", maand);
            last_label = Some(x);
        }
    }
    // What is now lies over what would have been: where they are the same both are seen.
    for (kant, klasse) in [(1, "is-lijn-dan"), (0, "is-lijn-nu")] {
        t.vorm(&pad(weken.iter().map(|week| week.aantallen[kant]), &plek, &hoogte), klasse);
    }
    t.klaar(klasse)
}

/// A line through what is known; one week alone is a short stroke.
fn pad(
    aantallen: impl Iterator<Item = Option<u32>>,
    plek: &impl Fn(i32) -> i32,
    hoogte: &impl Fn(u32) -> i32,
) -> String {
    let mut pad = String::new();
    let mut open = false;
    for (place, aantal) in (0..).zip(aantallen) {
        match aantal {
            Some(aantal) if open => {
                let _ = write!(pad, "L{} {}", plek(place), hoogte(aantal));
            }
            Some(aantal) => {
                let _ = write!(pad, "M{} {}h2", plek(place), hoogte(aantal));
            }
            None => {}
        }
        open = aantal.is_some();
    }
    pad
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_within_the_field_and_break_where_nothing_is_told() {
        let week = |nu, dan| Week { maand: Some("sep"), aantallen: [nu, dan] };
        let weken =
            [week(Some(3), Some(30)), week(None, Some(0)), week(Some(4_294_967_295), None), week(Some(7), None)];
        for (breed, klasse) in [(1120, "is-breed"), (280, "is-smal")] {
            let svg = teken(&weken, ("", ""), breed, klasse);
            assert!(!svg.contains("=\"-") && !svg.contains(" -") && !svg.contains("style="), "{svg}");
            let lijn = |naam: &str| svg.split("<path d=\"").find(|rest| rest.contains(naam)).unwrap().to_owned();
            assert_eq!(lijn("is-lijn-nu").matches('M').count(), 2, "a week of which nothing is told");
            assert_eq!(lijn("is-lijn-dan").matches('M').count(), 1);
        }
        assert!(teken(&[], ("", ""), 280, "is-smal").contains("is-as"));
        assert!(teken(&[week(Some(1), None)], ("", ""), 280, "is-smal").contains('M'));
    }
}
