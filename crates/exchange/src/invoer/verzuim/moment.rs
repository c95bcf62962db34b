//! Days and times as exports of packages write them.

use domain::calendar::{dag_in_nederland, uur_in_nederland};
use domain::{Date, Timestamp};

use crate::invoer::bevinding::Gebrek;
use crate::invoer::veld;

/// Minutes of a day.
pub(super) const DAG: u16 = 24 * 60;

/// How an export writes a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Datumvorm {
    /// `20260303`
    Aaneen,
    /// `2026-03-03`
    JaarEerst,
    /// `03-03-2026`, `3-3-2026`, `3/3/2026`
    DagEerst,
    /// `2026-03-03T08:30:00+01:00`, day and time in one column; without offset the time is that of the Netherlands.
    MetTijd,
}

impl Datumvorm {
    /// All forms, by their words in a file of layout.
    pub(super) const ALL: [(&'static str, Datumvorm); 4] = [
        ("jjjjmmdd", Datumvorm::Aaneen),
        ("jjjj-mm-dd", Datumvorm::JaarEerst),
        ("dd-mm-jjjj", Datumvorm::DagEerst),
        ("datum_en_tijd", Datumvorm::MetTijd),
    ];

    /// The day in a cell, and the minute of that day when the cell holds one.
    ///
    /// # Errors
    /// When the cell is no day in this form, or the day does not exist.
    pub(super) fn read(self, text: &str) -> Result<(Date, Option<u16>), Gebrek> {
        match self {
            Datumvorm::Aaneen => aaneen(text).ok_or_else(|| self.unreadable())?.map(|dag| (dag, None)),
            Datumvorm::JaarEerst if text.as_bytes().get(4) == Some(&b'-') => veld::dag(text).map(|dag| (dag, None)),
            Datumvorm::DagEerst if text.as_bytes().get(4) != Some(&b'-') || text.len() < 10 => {
                veld::dag(&text.replace('/', "-")).map(|dag| (dag, None))
            }
            Datumvorm::JaarEerst | Datumvorm::DagEerst => Err(self.unreadable()),
            Datumvorm::MetTijd => met_tijd(text).ok_or_else(|| self.unreadable()),
        }
    }

    fn unreadable(self) -> Gebrek {
        let form = Self::ALL.iter().find(|(_, form)| *form == self).map_or("", |(woord, _)| woord);
        Gebrek::new(
            "datum onleesbaar",
            format!("Dit is geen datum in de vorm {form}."),
            "Kijk in de indeling bij [bestand] of datum de vorm van uw uitvoer noemt.",
        )
    }
}

/// `20260303`; the inner error is a day that does not exist.
fn aaneen(text: &str) -> Option<Result<Date, Gebrek>> {
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(veld::dag(&format!("{}-{}-{}", text.get(..4)?, text.get(4..6)?, text.get(6..)?)))
}

/// A day and a time, with or without the offset to UTC.
fn met_tijd(text: &str) -> Option<(Date, Option<u16>)> {
    let dag = veld::dag(text.get(..10)?).ok()?;
    let Some(rest) = text.get(10..).filter(|rest| !rest.is_empty()) else { return Some((dag, None)) };
    let clock = rest.strip_prefix('T').or_else(|| rest.strip_prefix(' '))?;
    if clock.contains(['Z', 'z', '+', '-']) {
        let moment: Timestamp = text.parse().ok()?;
        let (hour, minute) = uur_in_nederland(moment);
        return Some((dag_in_nederland(moment), u16::try_from(hour * 60 + minute).ok()));
    }
    let clock = clock.split('.').next().unwrap_or(clock);
    Some((dag, Some(tijd(clock)?)))
}

/// A time of day in minutes: `0830`, `830`, `8:30`, `08.30`, `08:30:00`; `24:00` is the end of the day.
pub(super) fn tijd(text: &str) -> Option<u16> {
    let (hour, minute) = match text.split_once([':', '.']) {
        Some((hour, rest)) => (hour, rest.split([':', '.']).next()?),
        None if matches!(text.len(), 3 | 4) => text.split_at_checked(text.len() - 2)?,
        None => return None,
    };
    let number = |part: &str| {
        let digits = matches!(part.len(), 1 | 2) && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse::<u16>().ok()).flatten()
    };
    let (hour, minute) = (number(hour)?, number(minute).filter(|minute| *minute < 60)?);
    Some(hour * 60 + minute).filter(|total| *total <= DAG)
}

/// A time of day in a cell.
///
/// # Errors
/// When it is none.
pub(super) fn read_tijd(text: &str) -> Result<u16, Gebrek> {
    tijd(text).ok_or_else(|| {
        Gebrek::new(
            "tijd",
            "Dit is geen tijd die wij kunnen lezen.",
            "Schrijf de tijd als 08:30 of als 0830, of laat het leeg.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_reads_its_own_days_and_no_other() {
        let cases = [
            (Datumvorm::Aaneen, "20260303", Some((3, None))),
            (Datumvorm::Aaneen, "2026-03-03", None),
            (Datumvorm::Aaneen, "20260230", None),
            (Datumvorm::JaarEerst, "2026-03-03", Some((3, None))),
            (Datumvorm::JaarEerst, "03-03-2026", None),
            (Datumvorm::DagEerst, "03-03-2026", Some((3, None))),
            (Datumvorm::DagEerst, "3/3/2026", Some((3, None))),
            (Datumvorm::DagEerst, "2026-03-03", None),
            (Datumvorm::MetTijd, "2026-03-03T08:30:00.000+01:00", Some((3, Some(510)))),
            (Datumvorm::MetTijd, "2026-03-03T07:30:00Z", Some((3, Some(510)))),
            (Datumvorm::MetTijd, "2026-03-02T23:30:00Z", Some((3, Some(30)))),
            (Datumvorm::MetTijd, "2026-03-03T08:30", Some((3, Some(510)))),
            (Datumvorm::MetTijd, "2026-03-03 08:30:00.000", Some((3, Some(510)))),
            (Datumvorm::MetTijd, "2026-03-03", Some((3, None))),
            (Datumvorm::MetTijd, "2026-03-03T8u30", None),
            (Datumvorm::MetTijd, "2026-03-03T25:30:00", None),
            (Datumvorm::MetTijd, "gisteren", None),
        ];
        for (form, text, expected) in cases {
            let expected = expected.map(|(day, minute)| (Date::constant(2026, 3, day), minute));
            assert_eq!(form.read(text).ok(), expected, "{form:?} {text}");
        }
        assert_eq!(
            Datumvorm::MetTijd.read("2026-07-03T08:30:00+02:00"),
            Ok((Date::constant(2026, 7, 3), Some(510))),
            "summer time"
        );
        assert_eq!(Datumvorm::Aaneen.read("20260230").unwrap_err().soort, "datum bestaat niet");
    }

    #[test]
    fn times_are_read_with_and_without_a_mark_between() {
        for (text, expected) in [
            ("0830", 510),
            ("830", 510),
            ("8:30", 510),
            ("08.30", 510),
            ("08:30:00", 510),
            ("0000", 0),
            ("24:00", 1440),
        ] {
            assert_eq!(tijd(text), Some(expected), "{text}");
        }
        for text in ["", "8", "83000", "25:00", "08:60", "24:01", "8u30", "-1:30", "8:3o", "ééé", "é0"] {
            assert_eq!(tijd(text), None, "{text}");
        }
    }
}
