//! Signals week by week under two protocols, and the busiest week of mentors.

use domain::Date;
use domain::calendar::datum;
use register::historie::Historie;
use register::kleine_aantallen::{DREMPEL, Getoond};
use serde::Serialize;

use super::{Kant, NIET_GETOOND, Regel, getoond, iso, rij};
use crate::gebruik::drukte::{LEERLINGEN_PER_MENTOR, MAX_PER_MENTOR_PER_WEEK, komma};
use crate::weergave::getal;

/// Weeks that are shown to people: the last two years.
pub const MAX_WEKEN: usize = 104;

/// One calendar week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Week {
    /// Its Monday.
    #[serde(serialize_with = "iso")]
    pub maandag: Date,
    /// Signals under the protocol of now, in words; "geen les" in a week in which nothing is known of any schooldag.
    pub nu: String,
    /// Signals under the other.
    pub dan: String,
    /// The same to draw, now and then; none where nothing is told.
    #[serde(skip)]
    pub aantallen: [Option<u32>; 2],
}

impl Week {
    /// Its Monday in words.
    pub fn maandag_woorden(&self) -> String {
        datum(self.maandag)
    }
}

/// All weeks of a history, in order; the busiest of mentors as a row, and in words which that was.
pub(super) fn weken(historie: &Historie, nu: Kant<'_>, dan: Kant<'_>) -> (Vec<Week>, Regel, Option<String>) {
    let told = [nu, dan].map(getoonde_weken);
    let (regel, zin) =
        drukste_week([(nu, &told[0]), (dan, &told[1])].map(|(kant, told)| drukste(historie, kant, told)));
    (elke_week(historie, &told), regel, zin)
}

fn elke_week(historie: &Historie, [nu, dan]: &[Vec<Option<u32>>; 2]) -> Vec<Week> {
    let each = historie.kalenderweken().zip(nu.iter().zip(dan));
    let made = each.map(|((maandag, scholen), (nu, dan))| {
        let known = |aantal: Option<u32>| aantal.filter(|aantal| scholen > 0 || *aantal > 0);
        let words = |aantal: Option<u32>| match (aantal, known(aantal)) {
            (_, Some(aantal)) => getal(aantal.into()),
            (None, _) => NIET_GETOOND.to_owned(),
            _ => "geen les".to_owned(),
        };
        Week { maandag, nu: words(*nu), dan: words(*dan), aantallen: [known(*nu), known(*dan)] }
    });
    made.collect()
}

/// Signals of each week, where the number of their pupils may be told.
fn getoonde_weken(kant: Kant<'_>) -> Vec<Option<u32>> {
    let weken = &kant.weging.weken;
    let pupils: Vec<u32> = weken.iter().map(|telling| telling.leerlingen).collect();
    let told = getoond(&pupils, &vec![None; pupils.len()]);
    let each = weken.iter().zip(told);
    each.map(|(telling, told)| matches!(told, Getoond::Getal(_)).then_some(telling.signalen)).collect()
}

/// The busiest week of mentors: signals per mentor, the mean over the schools that had lessons in it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Drukste {
    maandag: Date,
    per_mentor: f64,
}

/// The busiest week among those of which the number of signals may be told. One with few signals for mentors is not told
/// either: of a small school that number would be its own.
fn drukste(historie: &Historie, kant: Kant<'_>, told: &[Option<u32>]) -> Option<Drukste> {
    let mentoren: Vec<f64> =
        historie.scholen().iter().map(|school| (school.leerlingen / LEERLINGEN_PER_MENTOR).max(1.0)).collect();
    let each = historie.kalenderweken().zip(kant.weging.voor_mentoren()).zip(told);
    let weeks = each.filter_map(|(((maandag, scholen), per_school), told)| {
        let total: u32 = per_school.iter().sum();
        told.filter(|_| scholen > 0 && total >= DREMPEL)?;
        let load: f64 = per_school.iter().zip(&mentoren).map(|(aantal, mentoren)| f64::from(*aantal) / mentoren).sum();
        Some(Drukste { maandag, per_mentor: load / f64::from(scholen) })
    });
    weeks.max_by(|a, b| a.per_mentor.total_cmp(&b.per_mentor))
}

fn drukste_week([nu, dan]: [Option<Drukste>; 2]) -> (Regel, Option<String>) {
    let words = |found: Option<Drukste>| found.map_or_else(|| NIET_GETOOND.to_owned(), |week| komma(week.per_mentor));
    let te_veel = dan.is_some_and(|week| week.per_mentor > MAX_PER_MENTOR_PER_WEEK);
    let regel = Regel { te_veel, ..rij("Per mentor in de drukste week".to_owned(), words(nu), words(dan)) };
    let zin = match (nu, dan) {
        (Some(nu), Some(dan)) if nu.maandag == dan.maandag => {
            Some(format!("De drukste week voor mentoren was nu en dan die van {}.", datum(nu.maandag)))
        }
        (Some(nu), Some(dan)) => Some(format!(
            "De drukste week voor mentoren was nu die van {}, en dan die van {}.",
            datum(nu.maandag),
            datum(dan.maandag)
        )),
        _ => None,
    };
    (regel, zin)
}
