//! What a page gives back: a page, the next page, or an error page that says what to do.

use std::sync::Arc;

use askama::Template;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::decide::Refusal;

use super::inpakken::{Deel, Omlijst, Stuk};
use super::kader::Kader;
use super::{middelen, paden};
use crate::fout::Fout;

/// What a handler gives.
pub type Uitslag = Result<Response, Weigering>;

/// Why a page is not shown, or a form not taken.
#[derive(Debug)]
pub enum Weigering {
    /// Nobody is logged in.
    Aanmelden,
    /// It is not there, or not for this reader: the two look alike.
    NietGevonden,
    /// This role has no business here.
    NietVoorU,
    /// A form without the token of this session, or from elsewhere.
    Verlopen,
    /// What was sent is not what a form of ours sends. Dutch, with the next step.
    Onleesbaar(String),
    /// The rules refuse it.
    Geweigerd(Refusal),
    /// Too often in a short time.
    TeVaak,
    /// It did not work, and that is not the reader's fault. What the operator should know went to the error stream.
    Storing,
}

impl From<Fout> for Weigering {
    fn from(fout: Fout) -> Self {
        // Texts of `Fout` name files and places, never people.
        eprintln!("storing: {fout}");
        Weigering::Storing
    }
}

impl From<Refusal> for Weigering {
    fn from(refusal: Refusal) -> Self {
        Weigering::Geweigerd(refusal)
    }
}

/// Room for a page, in bytes; more is made for those that need it.
const RUIMTE: usize = 16 * 1024;

#[derive(Template)]
#[template(path = "opmaak/fout.html")]
struct Foutblad {
    stijl: String,
    kop: &'static str,
    uitleg: String,
    stap: String,
    adres: &'static str,
    knop: &'static str,
}

impl Weigering {
    fn blad(self) -> (StatusCode, Foutblad) {
        let aanmelden = matches!(self, Weigering::Aanmelden);
        let (status, kop, uitleg, stap) = match self {
            Weigering::Aanmelden => (
                StatusCode::FORBIDDEN,
                "U bent niet aangemeld",
                "Dit kan alleen als u bent aangemeld. Er is niets vastgelegd.".to_owned(),
                "Meld u aan en vul het formulier opnieuw in.".to_owned(),
            ),
            Weigering::NietGevonden => (
                StatusCode::NOT_FOUND,
                "Deze bladzijde is er niet",
                "Het adres bestaat niet, of u mag het niet zien.".to_owned(),
                "Ga terug naar het begin en zoek daar verder.".to_owned(),
            ),
            Weigering::NietVoorU => (
                StatusCode::FORBIDDEN,
                "Dit is niet voor uw rol",
                "Met de rol waarin u nu werkt, kunt u dit niet zien of doen.".to_owned(),
                "Hebt u ook een andere rol, wissel dan rechtsboven van rol.".to_owned(),
            ),
            Weigering::Verlopen => (
                StatusCode::FORBIDDEN,
                "Dit formulier is verlopen",
                "Er is niets vastgelegd. U was te lang weg, of u bent intussen opnieuw aangemeld.".to_owned(),
                "Ga terug, ververs de bladzijde en vul het formulier opnieuw in.".to_owned(),
            ),
            Weigering::Onleesbaar(uitleg) => (
                StatusCode::BAD_REQUEST,
                "Dit kon niet worden gelezen",
                uitleg,
                "Er is niets vastgelegd. Ga terug en probeer het opnieuw.".to_owned(),
            ),
            Weigering::Geweigerd(refusal) => {
                (StatusCode::UNPROCESSABLE_ENTITY, "Dit is niet vastgelegd", refusal.waarom, refusal.wat_te_doen)
            }
            Weigering::TeVaak => (
                StatusCode::TOO_MANY_REQUESTS,
                "Even wachten",
                "U vroeg in korte tijd erg veel.".to_owned(),
                "Wacht een minuut en ga dan verder.".to_owned(),
            ),
            Weigering::Storing => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "Er ging iets mis",
                "Het ligt niet aan u. Wat u net invulde, is misschien niet vastgelegd.".to_owned(),
                "Kijk of het er staat en probeer het anders opnieuw. Blijft het misgaan, bel dan uw beheerder."
                    .to_owned(),
            ),
        };
        let (adres, knop) = if aanmelden { (paden::INLOGGEN, "Aanmelden") } else { ("/", "Naar het begin") };
        (status, Foutblad { stijl: middelen::adres("leerrecht.css"), kop, uitleg, stap, adres, knop })
    }
}

impl IntoResponse for Weigering {
    fn into_response(self) -> Response {
        let (status, blad) = self.blad();
        match blad.render() {
            Ok(html) => (status, Html(html)).into_response(),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}

/// A page.
///
/// # Errors
/// When the template cannot be filled in.
pub fn pagina(blad: &impl Template) -> Uitslag {
    met_status(StatusCode::OK, blad)
}

/// Where the part of a page goes that was packed beforehand. What is filled in is escaped, so no data has it.
pub const PLEK: &str = "<!--inhoud-->";

#[derive(Template)]
#[template(path = "opmaak/omlijst.html")]
struct Lijst<'a> {
    kader: &'a Kader,
    plek: &'static str,
}

/// A page of which all but the frame was packed beforehand.
///
/// # Errors
/// When the frame cannot be filled in.
pub fn omlijst(kader: &Kader, stuk: Arc<Stuk>) -> Uitslag {
    let lijst = teken(&Lijst { kader, plek: PLEK })?;
    let (voor, na) = lijst.split_once(PLEK).ok_or(Weigering::Storing)?;
    // But for the token, which is drawn by lot each time, a frame comes back again and again.
    let (top, rest) = voor.split_once(&kader.token).ok_or(Weigering::Storing)?;
    let bekend = |tekst: &str| Deel::Stuk(Stuk::bekend(tekst));
    let delen = vec![bekend(top), Deel::Los(kader.token.clone()), bekend(rest), Deel::Stuk(stuk), bekend(na)];
    Ok(Omlijst { delen }.into_response())
}

/// A page around a part that was packed beforehand: where it says [`PLEK`].
///
/// # Errors
/// When the template cannot be filled in, or has no such place.
pub fn om(blad: &impl Template, stuk: Arc<Stuk>) -> Uitslag {
    let mut voor = teken(blad)?;
    let at = voor.find(PLEK).ok_or(Weigering::Storing)?;
    let na = voor.split_off(at).split_off(PLEK.len());
    Ok(Omlijst { delen: vec![Deel::Los(voor), Deel::Stuk(stuk), Deel::Los(na)] }.into_response())
}

/// A form that was not taken, shown again with what is wrong.
///
/// # Errors
/// When the template cannot be filled in.
pub fn opnieuw(blad: &impl Template) -> Uitslag {
    met_status(StatusCode::UNPROCESSABLE_ENTITY, blad)
}

fn met_status(status: StatusCode, blad: &impl Template) -> Uitslag {
    Ok((status, Html(teken(blad)?)).into_response())
}

fn teken(blad: &impl Template) -> Result<String, Weigering> {
    let mut html = String::with_capacity(RUIMTE);
    blad.render_into(&mut html).map_err(|_| Weigering::Storing)?;
    Ok(html)
}

/// To the next page, after something was done.
///
/// # Errors
/// Never; it ends handlers as [`pagina`] does.
pub fn naar(adres: &str) -> Uitslag {
    Ok(Redirect::to(adres).into_response())
}

/// To the next page, with other cookies in the browser.
///
/// # Errors
/// When a cookie cannot stand in a header.
pub fn naar_met_koekjes(adres: &str, koekjes: &[String]) -> Uitslag {
    met_koekjes(Redirect::to(adres).into_response(), koekjes)
}

/// An answer that puts cookies into the browser.
///
/// # Errors
/// As [`naar_met_koekjes`].
pub fn met_koekjes(mut antwoord: Response, koekjes: &[String]) -> Uitslag {
    for koekje in koekjes {
        let koekje = HeaderValue::from_str(koekje).map_err(|_| Weigering::Storing)?;
        antwoord.headers_mut().append(header::SET_COOKIE, koekje);
    }
    Ok(antwoord)
}

/// A file to keep ("leerlingen.csv").
///
/// # Errors
/// When the name cannot stand in a header.
pub fn bestand(naam: &str, soort: &'static str, inhoud: Vec<u8>) -> Uitslag {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(soort));
    let disposition = format!("attachment; filename=\"{naam}\"");
    let disposition = HeaderValue::from_str(&disposition).map_err(|_| Weigering::Storing)?;
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    Ok((headers, inhoud).into_response())
}
