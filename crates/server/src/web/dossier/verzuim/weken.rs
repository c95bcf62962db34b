//! Participation per lesweek of a school year.

use domain::Date;
use domain::calendar::datum;
use domain::dagbeeld::Dagbeeld;
use domain::klok::klokken;
use domain::period::{Period, plus_days, schooljaar_period};

use super::Blik;
use crate::web::beeld::weekstaven::{self, Week};
use crate::web::dossier::klok::einde;
use crate::weergave::woorden::{maand_kort, uren};

/// One lesweek.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weekregel {
    /// Its Monday.
    maandag: Date,
    /// Its Monday, in words.
    pub week: String,
    /// Schooldagen.
    pub schooldagen: u32,
    /// Of how many of them nothing is known.
    pub onbekend: u32,
    /// Hours on the roster.
    pub rooster: String,
    /// Hours realised.
    pub gevolgd: String,
    /// Whole percent; `None` when it cannot be said.
    pub procent: Option<u32>,
}

/// The lesweken of a school year up to the day that is looked at, oldest first.
pub(super) fn weken(blik: &Blik<'_>, jaar: i16) -> Vec<Weekregel> {
    let year = schooljaar_period(jaar);
    let beeld = Dagbeeld::of(blik.w.t, blik.op(), blik.w.r);
    let told = zichtbaar(blik);
    let weeks = beeld.lesweken(year.from).take_while(|week| year.contains(week.laatste_dag));
    let weeks = weeks.filter(|week| {
        let days = Period::through(week.maandag, week.laatste_dag);
        told.as_ref().is_none_or(|spells| spells.iter().any(|spell| spell.overlaps(&days)))
    });
    weeks
        .take(weekstaven::MAX_WEKEN)
        .map(|week| Weekregel {
            maandag: week.maandag,
            week: datum(week.maandag),
            schooldagen: week.meting.schooldagen,
            onbekend: week.meting.onbekend,
            rooster: if week.meting.rooster > 0 { uren(week.meting.rooster) } else { "niet bekend".to_owned() },
            gevolgd: if week.meting.rooster > 0 { uren(week.meting.gerealiseerd) } else { "niet bekend".to_owned() },
            procent: week.meting.procent(),
        })
        .collect()
}

/// Leerplicht sees participation only where a clock that it may see tells of it: elsewhere it could be illness. `None`:
/// all weeks are shown.
fn zichtbaar(blik: &Blik<'_>) -> Option<Vec<Period>> {
    if !blik.w.oog.is_leerplicht() {
        return None;
    }
    let spells = klokken(blik.w.t, blik.op(), blik.w.r).value;
    let seen = spells.into_iter().filter(|klok| blik.w.oog.klok(klok));
    Some(
        seen.map(|klok| Period { from: klok.begin, until: Some(einde(&klok).unwrap_or(plus_days(blik.op(), 1))) })
            .collect(),
    )
}

/// The bars of these weeks; nothing without weeks.
pub(super) fn staven(weken: &[Weekregel]) -> String {
    let Some((first, last)) = weken.first().zip(weken.last()) else { return String::new() };
    let known: Vec<u32> = weken.iter().filter_map(|week| week.procent).collect();
    let low = known.iter().filter(|procent| **procent < 50).count();
    let beschrijving = format!(
        "Van de week van {} t/m de week van {}: {} lesweken, waarvan {low} met minder dan 50 procent deelname en {} niet bekend. De tabel hieronder noemt alles.",
        first.week,
        last.week,
        weken.len(),
        weken.len() - known.len()
    );
    let mut month = 0;
    let bars = weken.iter().map(|week| {
        let new = week.maandag.month() != month;
        month = week.maandag.month();
        Week {
            maand: new.then(|| maand_kort(week.maandag)),
            procent: week.procent,
            onvolledig: week.onbekend > 0,
            uitleg: match week.procent {
                Some(procent) => format!("Week van {}: {procent} procent", week.week),
                None => format!("Week van {}: niet bekend", week.week),
            },
        }
    });
    weekstaven::svg(&bars.collect::<Vec<_>>(), &beschrijving)
}
