//! The hours of a school, as its layout states them: with these, times of the day become lessons or hours. What a layout
//! does not state is not made up.

use domain::verzuim::{Duur, MAX_KWARTIEREN};

use super::rij::LAATSTE_LESUUR;
use crate::invoer::bevinding::Gebrek;

/// Quarters of one lesson, however long it lasts.
const LESUUR: u16 = 4;
/// Minutes of a clock hour.
const UUR: u16 = 60;

/// What hours are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Eenheid {
    /// Lessons, as vo does.
    #[default]
    Lesuur,
    /// Clock hours, as po does.
    Klokuur,
}

impl Eenheid {
    /// Both, by their words in a file of layout.
    pub(super) const ALL: [(&'static str, Eenheid); 2] = [("lesuur", Eenheid::Lesuur), ("klokuur", Eenheid::Klokuur)];
}

/// A stretch of teaching, in minutes of the day; of several lessons the n-th is lesson n.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Blok {
    pub van: u16,
    pub tot: u16,
}

/// The hours of a school.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Lesdag {
    pub eenheid: Eenheid,
    /// Per weekday, Monday first; empty when the layout does not say.
    pub dagen: [Vec<Blok>; 7],
    /// Minutes of one lesson, when the layout states these without its times.
    pub lesuur_minuten: Option<u16>,
}

/// Where an absence begins or ends on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grens {
    /// With the day itself.
    Open,
    /// With this lesson, which is in it.
    Lesuur(u8),
    /// At this minute of the day.
    Tijd(u16),
}

/// Part of a day: its first lesson (0 when none is named) and how much.
pub(super) type Deel = (u8, Duur);

impl Lesdag {
    /// The parts of a day between two ends: the whole of it, a run of lessons, or hours.
    ///
    /// # Errors
    /// When the layout does not state the hours that are needed, or the ends lie outside them.
    pub fn delen(&self, weekdag: usize, van: Grens, tot: Grens) -> Result<Vec<Deel>, Gebrek> {
        let blokken = self.blokken(weekdag);
        match (van, tot) {
            (Grens::Open, Grens::Open) => Ok(vec![(0, Duur::Dag)]),
            (Grens::Lesuur(_), _) | (_, Grens::Lesuur(_)) if self.eenheid == Eenheid::Klokuur => Err(lesson_of_clock()),
            (Grens::Lesuur(_), Grens::Tijd(_)) | (Grens::Tijd(_), Grens::Lesuur(_)) => {
                let van = self.minuut(weekdag, van, |blok| blok.van)?;
                let tot = self.minuut(weekdag, tot, |blok| blok.tot)?;
                self.tijden(blokken, Some(van), Some(tot))
            }
            (Grens::Lesuur(_), _) | (_, Grens::Lesuur(_)) => lessen(blokken, van, tot),
            _ => {
                let minute = |grens| if let Grens::Tijd(minuut) = grens { Some(minuut) } else { None };
                self.tijden(blokken, minute(van), minute(tot))
            }
        }
    }

    /// The lesson that a minute of the day falls in, or that comes next; 0 when the layout does not say.
    pub fn lesuur_op(&self, weekdag: usize, minuut: u16) -> u8 {
        if self.eenheid == Eenheid::Klokuur {
            return 0;
        }
        let place = self.blokken(weekdag).iter().position(|blok| minuut < blok.tot);
        place.and_then(|place| u8::try_from(place + 1).ok()).unwrap_or(0)
    }

    /// How long a lesson lasts, in minutes.
    pub fn duur_van(&self, weekdag: usize, lesuur: u8) -> Option<u16> {
        if self.eenheid == Eenheid::Klokuur {
            return Some(UUR);
        }
        let blokken = self.blokken(weekdag);
        let lesson = usize::from(lesuur).checked_sub(1).and_then(|place| blokken.get(place)).or(blokken.first());
        lesson.map(|blok| blok.tot - blok.van).or(self.lesuur_minuten)
    }

    fn blokken(&self, weekdag: usize) -> &[Blok] {
        self.dagen.get(weekdag).map_or(&[], Vec::as_slice)
    }

    /// The minute at which a lesson begins or ends.
    fn minuut(&self, weekdag: usize, grens: Grens, end: impl Fn(&Blok) -> u16) -> Result<u16, Gebrek> {
        match grens {
            Grens::Open => Ok(0),
            Grens::Tijd(minuut) => Ok(minuut),
            Grens::Lesuur(lesuur) => {
                let place = usize::from(lesuur).checked_sub(1);
                place.and_then(|place| self.blokken(weekdag).get(place)).map(end).ok_or_else(unknown_hours)
            }
        }
    }

    fn tijden(&self, blokken: &[Blok], van: Option<u16>, tot: Option<u16>) -> Result<Vec<Deel>, Gebrek> {
        let (Some(first), Some(last)) = (blokken.first(), blokken.last()) else {
            return match (self.eenheid, van, tot) {
                (Eenheid::Klokuur, Some(van), Some(tot)) if van < tot => Ok(vec![(0, hours(tot - van, UUR))]),
                (_, Some(van), Some(tot)) if van >= tot => Err(no_time()),
                _ => Err(unknown_hours()),
            };
        };
        let (van, tot) = (van.unwrap_or(first.van), tot.unwrap_or(last.tot));
        if van <= first.van && tot >= last.tot {
            return Ok(vec![(0, Duur::Dag)]);
        }
        let missed: Vec<(u16, u16)> = blokken
            .iter()
            .map(|blok| (tot.min(blok.tot).saturating_sub(van.max(blok.van)), blok.tot - blok.van))
            .collect();
        let total: u16 = missed.iter().map(|(minutes, _)| minutes).sum();
        match self.eenheid {
            _ if total == 0 => Err(no_time()),
            Eenheid::Klokuur => Ok(vec![(0, hours(total, UUR))]),
            Eenheid::Lesuur => Ok(runs(&missed)),
        }
    }
}

/// A run of lessons, as far as it is known where the day ends.
fn lessen(blokken: &[Blok], van: Grens, tot: Grens) -> Result<Vec<Deel>, Gebrek> {
    let number = |grens| if let Grens::Lesuur(lesuur) = grens { Some(lesuur) } else { None };
    let laatste = u8::try_from(blokken.len()).ok().filter(|laatste| *laatste > 0);
    let eerste = number(van).unwrap_or(1);
    let Some(tot) = number(tot).or(laatste) else {
        return if eerste == 1 { Ok(vec![(0, Duur::Dag)]) } else { Err(unknown_hours()) };
    };
    if eerste > tot {
        return Err(no_time());
    }
    if eerste == 1 && laatste.is_some_and(|laatste| tot >= laatste) {
        return Ok(vec![(0, Duur::Dag)]);
    }
    Ok(vec![(eerste, Duur::Kwartieren((tot - eerste + 1) * 4))])
}

/// Lessons of which so many of so many minutes were missed, as runs that a row can hold. What rounds to nothing is left
/// out, unless it is all there is.
fn runs(missed: &[(u16, u16)]) -> Vec<Deel> {
    let mut found: Vec<(u8, u16)> = Vec::new();
    let mut full = false;
    for (lesuur, (minutes, length)) in (1u8..=LAATSTE_LESUUR).zip(missed) {
        let quarters = quarters(*minutes, *length).min(LESUUR);
        match found.last_mut() {
            Some((_, sum)) if quarters > 0 && full => *sum += quarters,
            _ if quarters > 0 => found.push((lesuur, quarters)),
            _ => {}
        }
        full = quarters == LESUUR;
    }
    if found.is_empty() {
        let first = (1u8..).zip(missed).find(|(_, (minutes, _))| *minutes > 0);
        found.extend(first.map(|(lesuur, _)| (lesuur, 1)));
    }
    found.into_iter().map(|(lesuur, sum)| (lesuur, duur(sum))).collect()
}

/// So many minutes, in quarters of a lesson or hour that lasts `length` minutes; at least one.
pub(super) fn hours(minutes: u16, length: u16) -> Duur {
    duur(quarters(minutes, length).max(1))
}

fn quarters(minutes: u16, length: u16) -> u16 {
    let length = u32::from(length.max(1));
    u16::try_from((u32::from(minutes) * u32::from(LESUUR) + length / 2) / length).unwrap_or(u16::MAX)
}

fn duur(quarters: u16) -> Duur {
    Duur::Kwartieren(u8::try_from(quarters).unwrap_or(u8::MAX).min(MAX_KWARTIEREN))
}

fn unknown_hours() -> Gebrek {
    Gebrek::new(
        "lestijden onbekend",
        "De rij gaat over een deel van de dag, en de indeling zegt niet hoe lang die dag duurt.",
        "Vul in de indeling bij [lesdag] de lestijden van de school in.",
    )
}

fn lesson_of_clock() -> Gebrek {
    Gebrek::new(
        "lesuur bij klokuren",
        "De rij noemt een lesuur, en de indeling rekent in klokuren.",
        "Schrijf in de indeling bij [lesdag] eenheid = \"lesuur\", of lever begintijd en eindtijd.",
    )
}

fn no_time() -> Gebrek {
    Gebrek::new(
        "geen lestijd",
        "Tussen het begin en het einde van deze rij ligt geen lestijd.",
        "Controleer de tijden of lesuren van de rij, en de lestijden in de indeling.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blok(van: u16, tot: u16) -> Blok {
        Blok { van, tot }
    }

    /// Four lessons of fifty minutes from half past eight, a break of twenty after the second.
    fn vo() -> Lesdag {
        let maandag = vec![blok(510, 560), blok(560, 610), blok(630, 680), blok(680, 730)];
        Lesdag { dagen: [maandag, vec![], vec![], vec![], vec![], vec![], vec![]], ..Lesdag::default() }
    }

    /// Half past eight to noon, and one to three.
    fn po() -> Lesdag {
        let maandag = vec![blok(510, 720), blok(780, 900)];
        Lesdag {
            eenheid: Eenheid::Klokuur,
            dagen: [maandag, vec![], vec![], vec![], vec![], vec![], vec![]],
            lesuur_minuten: None,
        }
    }

    fn check(lesdag: &Lesdag, dag: usize, van: Grens, tot: Grens, expected: &str) {
        let found = match lesdag.delen(dag, van, tot) {
            Ok(delen) => delen
                .iter()
                .map(|(lesuur, duur)| match duur {
                    Duur::Dag => "dag".to_owned(),
                    Duur::Kwartieren(quarters) => format!("{lesuur}:{quarters}"),
                })
                .collect::<Vec<_>>()
                .join(" "),
            Err(gebrek) => format!("!{}", gebrek.soort),
        };
        assert_eq!(found, expected, "{dag} {van:?} {tot:?}");
    }

    #[test]
    fn lessons_run_from_the_first_to_the_last_that_was_missed() {
        use Grens::{Lesuur, Open};
        for (van, tot, known, unknown) in [
            (Open, Open, "dag", "dag"),
            (Lesuur(2), Lesuur(3), "2:8", "2:8"),
            (Lesuur(2), Lesuur(2), "2:4", "2:4"),
            (Lesuur(1), Lesuur(4), "dag", "1:16"),
            (Lesuur(1), Lesuur(9), "dag", "1:36"),
            (Lesuur(2), Open, "2:12", "!lestijden onbekend"),
            (Lesuur(1), Open, "dag", "dag"),
            (Open, Lesuur(2), "1:8", "1:8"),
            (Open, Lesuur(4), "dag", "1:16"),
            (Lesuur(3), Lesuur(2), "!geen lestijd", "!geen lestijd"),
        ] {
            check(&vo(), 0, van, tot, known);
            check(&vo(), 1, van, tot, unknown);
        }
        check(&po(), 0, Lesuur(1), Lesuur(2), "!lesuur bij klokuren");
    }

    #[test]
    fn times_become_the_lessons_they_fall_in() {
        use Grens::{Lesuur, Open, Tijd};
        for (van, tot, expected) in [
            (Tijd(0), Tijd(1439), "dag"),
            (Tijd(510), Tijd(730), "dag"),
            (Tijd(510), Tijd(560), "1:4"),
            (Tijd(500), Tijd(610), "1:8"),
            (Tijd(560), Tijd(680), "2:8"),
            (Tijd(535), Tijd(680), "1:2 2:8"),
            (Tijd(600), Tijd(640), "2:1 3:1"),
            (Tijd(655), Open, "3:2 4:4"),
            (Open, Tijd(560), "1:4"),
            (Tijd(608), Tijd(632), "2:1"),
            (Tijd(612), Tijd(628), "!geen lestijd"),
            (Tijd(700), Tijd(690), "!geen lestijd"),
            (Lesuur(2), Tijd(680), "2:8"),
            (Tijd(560), Lesuur(3), "2:8"),
        ] {
            check(&vo(), 0, van, tot, expected);
        }
        check(&vo(), 1, Tijd(510), Tijd(560), "!lestijden onbekend");
        check(&vo(), 1, Lesuur(1), Tijd(560), "!lestijden onbekend");
    }

    #[test]
    fn clock_hours_are_the_teaching_time_in_between() {
        use Grens::{Open, Tijd};
        for (van, tot, expected) in [
            (Tijd(510), Tijd(720), "0:14"),
            (Tijd(660), Tijd(840), "0:8"),
            (Tijd(720), Open, "0:8"),
            (Tijd(510), Tijd(900), "dag"),
            (Tijd(720), Tijd(780), "!geen lestijd"),
        ] {
            check(&po(), 0, van, tot, expected);
        }
        check(&po(), 1, Tijd(510), Tijd(720), "0:14");
        check(&po(), 1, Tijd(510), Open, "!lestijden onbekend");
        check(&po(), 1, Tijd(510), Tijd(510), "!geen lestijd");
    }

    #[test]
    fn minutes_late_are_quarters_of_the_lesson() {
        assert_eq!(hours(5, 50), Duur::Kwartieren(1));
        assert_eq!(hours(20, 50), Duur::Kwartieren(2));
        assert_eq!(hours(50, 50), Duur::Kwartieren(4));
        assert_eq!(hours(u16::MAX, 1), Duur::Kwartieren(MAX_KWARTIEREN));
        assert_eq!((vo().lesuur_op(0, 500), vo().lesuur_op(0, 615), vo().lesuur_op(0, 800)), (1, 3, 0));
        assert_eq!((vo().duur_van(0, 2), vo().duur_van(1, 2), po().duur_van(1, 0)), (Some(50), None, Some(60)));
    }
}
