//! Absence of a school year: a calendar, participation per lesweek, totals, and every row with its corrections.

use askama::Template;
use axum::extract::{Path, Query, State};
use convenant::Facet;
use domain::period::schooljaar;

use super::kop::Kop;
use super::{Bladzijde, Blik, Vraag, toon};
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::beeld::patronen;
use crate::web::bezoek::Bezoek;
use crate::web::kader::Kader;
use crate::web::{Staat, paden};

mod dagen;
mod weken;

pub use dagen::{Dagregel, Maandblok, Teken};
pub use weken::Weekregel;

/// School years that can be chosen: as long as rows are kept, and one more.
const MAX_JAREN: i16 = 4;

/// A school year to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jaar {
    /// Its address.
    pub adres: String,
    /// "2025-2026".
    pub naam: String,
    /// Whether it is shown.
    pub hier: bool,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verzuim {
    /// "2025-2026".
    pub jaar: String,
    /// Years to choose from.
    pub jaren: Vec<Jaar>,
    /// Patterns of the drawings.
    pub patronen: String,
    /// Months; none when days are not for this reader.
    pub maanden: Vec<Maandblok>,
    /// What the signs mean, of those that occur.
    pub tekens: Vec<Teken>,
    /// What the reader does not see, in words.
    pub beperkt: Option<&'static str>,
    /// Days with absence, newest first.
    pub dagen: Vec<Dagregel>,
    /// Totals of the year: what, days, hours.
    pub totalen: Vec<(String, u32, String)>,
    /// Participation; none when it is not for this reader.
    pub weken: Vec<Weekregel>,
    /// The bars.
    pub staven: String,
    /// Whether days are for this reader.
    pub met_dagen: bool,
    /// Whether participation is.
    pub met_deelname: bool,
}

/// What it is called.
const BLAD: Bladzijde = Bladzijde { tab: "verzuim", wat: "verzuim", titel: "Verzuim van een leerling" };

#[derive(Template)]
#[template(path = "dossier/verzuim.html")]
struct Verzuimblad {
    kader: Kader,
    kop: Kop,
    m: Verzuim,
}

/// The page.
pub async fn blad(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path(leerling): Path<String>,
    Query(vraag): Query<Vraag>,
) -> Uitslag {
    let (kader, kop, m) = toon(&staat, &bezoek, &leerling, &vraag, BLAD, |blik| {
        Verzuim::van(blik, &vraag.jaar).ok_or(Weigering::NietGevonden)
    })
    .await?;
    antwoord::pagina(&Verzuimblad { kader, kop, m })
}

impl Verzuim {
    /// `None` when the reader may see neither days nor participation.
    fn van(blik: &Blik<'_>, jaar: &str) -> Option<Self> {
        let oog = &blik.w.oog;
        let (met_dagen, met_deelname) = (oog.mag(Facet::VerzuimDagen), oog.mag(Facet::Deelname));
        if !met_dagen && !met_deelname {
            return None;
        }
        let this = schooljaar(blik.op());
        let shown = jaar.parse().ok().filter(|year| (this - MAX_JAREN + 1..=this).contains(year)).unwrap_or(this);
        let naam = |year: i16| format!("{year}-{}", year + 1);
        let adres = |year: i16| {
            let adres = blik.adres(&paden::bij_leerling(blik.w.leerling, "verzuim"));
            let sign = if adres.contains('?') { '&' } else { '?' };
            if year == this { adres } else { format!("{adres}{sign}jaar={year}") }
        };
        let jaren =
            (this - MAX_JAREN + 1..=this).rev().filter(|year| dagen::heeft_gegevens(blik, *year) || *year == this);
        let days = if met_dagen { dagen::Jaarbeeld::van(blik, shown) } else { dagen::Jaarbeeld::default() };
        let weken = if met_deelname { weken::weken(blik, shown) } else { Vec::new() };
        Some(Verzuim {
            jaar: naam(shown),
            jaren: jaren.map(|year| Jaar { adres: adres(year), naam: naam(year), hier: year == shown }).collect(),
            patronen: patronen(),
            maanden: days.maanden,
            tekens: days.tekens,
            beperkt: met_dagen.then(|| beperkt(blik)).flatten(),
            dagen: days.dagen,
            totalen: days.totalen,
            staven: weken::staven(&weken),
            weken: weken.into_iter().rev().collect(),
            met_dagen,
            met_deelname,
        })
    }
}

/// What a reader who does not see every kind must know.
fn beperkt(blik: &Blik<'_>) -> Option<&'static str> {
    (!blik.w.oog.alle_verzuim()).then_some(
        "U ziet niet elke soort afwezigheid. Een dag zonder teken zegt hier dus niet dat de leerling op school was.",
    )
}
