//! Forms: what was filled in, what is wrong with it, and the three marks that every form carries: the token of the
//! session, the name of the attempt, and how far the register was read when it was shown.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use domain::fact::Actor;
use domain::tekst::Tekst;
use domain::{Date, Timestamp};
use sha2::{Digest, Sha256};

use super::Staat;
use super::antwoord::Weigering;
use super::bezoek::Aanmelding;
use crate::fout::Fout;
use crate::hex::{hex, unhex};
use crate::klok;
use crate::logboek::Poging;

/// Most fields of one form.
pub const MAX_VELDEN: usize = 400;
/// Most characters of one field.
pub const MAX_TEKENS: usize = 20_000;
/// Bytes of a body that is no upload.
pub const MAX_BYTES: usize = 256 * 1024;

const TOKEN: &str = "bewijs";
const POGING: &str = "poging";
const GEZIEN: &str = "gezien";

/// A form, as it is shown or as it came back.
#[derive(Debug, Clone, Default)]
pub struct Formulier {
    velden: Vec<(String, String)>,
    fouten: Vec<(&'static str, String)>,
    token: String,
    poging: [u8; 16],
    gezien: i64,
}

/// A name for what will be asked with a form that was shown at a moment (microseconds since 1970 UTC). Names begin with that
/// moment, in milliseconds, so that those of one hour stand together in the log; the rest is drawn by lot.
fn poging(gezien: i64) -> Result<[u8; 16], Fout> {
    let [_, _, moment @ ..] = (gezien / 1_000).to_be_bytes();
    let lot: [u8; 10] = klok::toevalsbytes()?;
    let mut naam = [0; 16];
    let (first, rest) = naam.split_at_mut(moment.len());
    first.copy_from_slice(&moment);
    rest.copy_from_slice(&lot);
    Ok(naam)
}

impl Formulier {
    /// An empty form for whoever is logged in; `gezien` is the moment up to which they see the register.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn leeg(aanmelding: &Aanmelding, gezien: Timestamp) -> Result<Self, Weigering> {
        let (token, gezien) = (aanmelding.0.formuliertoken()?, gezien.as_microsecond());
        Ok(Formulier { token, poging: poging(gezien)?, gezien, ..Formulier::default() })
    }

    /// Another empty form on the same page: an attempt of its own.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn nog_een(&self) -> Result<Self, Weigering> {
        let (token, gezien) = (self.token.clone(), self.gezien);
        Ok(Formulier { token, poging: poging(gezien)?, gezien, ..Formulier::default() })
    }

    /// An empty form for somebody who is not logged in: it carries no marks.
    pub fn open() -> Self {
        Formulier::default()
    }

    /// The same form with a field filled in.
    #[must_use]
    pub fn met(mut self, naam: &str, waarde: impl Into<String>) -> Self {
        self.velden.retain(|(veld, _)| veld != naam);
        self.velden.push((naam.to_owned(), waarde.into()));
        self
    }

    /// The same form with one value more in a field that can have several.
    #[must_use]
    pub fn ook(mut self, naam: &str, waarde: impl Into<String>) -> Self {
        self.velden.push((naam.to_owned(), waarde.into()));
        self
    }

    /// The same form without what was filled in: secrets are never shown back.
    #[must_use]
    pub fn zonder_velden(self) -> Self {
        Formulier { velden: Vec::new(), ..self }
    }

    /// All that was filled in, in the order of the form.
    pub fn alles(&self) -> &[(String, String)] {
        &self.velden
    }

    /// What stands in a field; empty when nothing does.
    pub fn waarde(&self, naam: &str) -> &str {
        self.velden.iter().find(|(veld, _)| veld == naam).map_or("", |(_, waarde)| waarde)
    }

    /// All that was chosen in a field with several choices.
    pub fn waarden(&self, naam: &str) -> impl Iterator<Item = &str> {
        self.velden.iter().filter(move |(veld, _)| veld == naam).map(|(_, waarde)| waarde.as_str())
    }

    /// Whether a choice was made.
    pub fn is(&self, naam: &str, waarde: &str) -> bool {
        self.waarden(naam).any(|found| found == waarde)
    }

    /// What is wrong with a field.
    pub fn fout(&self, naam: &str) -> Option<&str> {
        self.fouten.iter().find(|(veld, _)| *veld == naam).map(|(_, fout)| fout.as_str())
    }

    /// All that is wrong, with the field to mend.
    pub fn fouten(&self) -> &[(&'static str, String)] {
        &self.fouten
    }

    /// Says what is wrong with a field.
    pub fn zet_fout(&mut self, naam: &'static str, fout: impl Into<String>) {
        if self.fout(naam).is_none() {
            self.fouten.push((naam, fout.into()));
        }
    }

    /// Whether nothing is wrong.
    pub fn is_goed(&self) -> bool {
        self.fouten.is_empty()
    }

    /// The token of the session, for the hidden field.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The name of the attempt, for the hidden field.
    pub fn poging_tekst(&self) -> String {
        hex(&self.poging)
    }

    /// How far the register was read, for the hidden field.
    pub fn gezien_tekst(&self) -> i64 {
        self.gezien
    }

    /// How far the register was read when the form was shown.
    pub fn gezien(&self) -> Timestamp {
        Timestamp::from_microsecond(self.gezien).unwrap_or(Timestamp::MIN)
    }

    /// The same form as shown anew: what was seen meanwhile counts as seen, and it is a new attempt.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn opnieuw(mut self, aanmelding: &Aanmelding, gezien: Timestamp) -> Result<Self, Weigering> {
        let Formulier { token, poging, gezien, .. } = Formulier::leeg(aanmelding, gezien)?;
        self.token = token;
        self.poging = poging;
        self.gezien = gezien;
        Ok(self)
    }

    /// The attempt that this form is: sent twice, it is done once.
    pub fn poging(&self, wie: Actor) -> Poging {
        let mut digest = Sha256::new();
        for (naam, waarde) in self.velden.iter().filter(|(naam, _)| ![TOKEN, POGING, GEZIEN].contains(&naam.as_str())) {
            for deel in [naam, waarde] {
                digest.update(deel.len().to_be_bytes());
                digest.update(deel);
            }
        }
        Poging { wie, naam: self.poging, inhoud: digest.finalize().into() }
    }

    /// The part of this form that is decided on by itself, of a form about several children: an attempt of its own, so
    /// that each part is done once.
    #[must_use]
    pub fn deel(&self, naam: &str) -> Self {
        let mut digest = Sha256::new();
        digest.update(self.poging);
        digest.update(naam);
        let digest: [u8; 32] = digest.finalize().into();
        let mut poging = [0u8; 16];
        poging.iter_mut().zip(digest).for_each(|(slot, byte)| *slot = byte);
        Formulier { poging, ..self.clone() }
    }

    /// A text of at most so many characters.
    pub fn tekst(&mut self, naam: &'static str, hoogstens: usize) -> Tekst {
        let tekst = self.waarde(naam).trim().to_owned();
        let lengte = tekst.chars().count();
        if lengte > hoogstens {
            self.zet_fout(naam, format!("Dit zijn {lengte} tekens; {hoogstens} is het maximum. Maak de tekst korter."));
        }
        Tekst::new(&tekst)
    }

    /// A text that must be there.
    pub fn verplichte_tekst(&mut self, naam: &'static str, hoogstens: usize, vraag: &str) -> Tekst {
        let tekst = self.tekst(naam, hoogstens);
        if tekst.is_empty() {
            self.zet_fout(naam, vraag);
        }
        tekst
    }

    /// A day, if one was given: as a date field sends it, or as people write it (3-3-2026).
    pub fn dag(&mut self, naam: &'static str) -> Option<Date> {
        let tekst = self.waarde(naam).trim().to_owned();
        if tekst.is_empty() {
            return None;
        }
        let dag = lees_dag(&tekst);
        if dag.is_none() {
            self.zet_fout(naam, "Dit is geen datum. Schrijf dag, maand en jaar, zoals 3-3-2026.");
        }
        dag
    }

    /// A day that must be there.
    pub fn verplichte_dag(&mut self, naam: &'static str) -> Option<Date> {
        let dag = self.dag(naam);
        if dag.is_none() {
            self.zet_fout(naam, "Vul een datum in, zoals 3-3-2026.");
        }
        dag
    }

    /// One of the choices of a field.
    pub fn keuze<T>(&mut self, naam: &'static str, lees: impl Fn(&str) -> Option<T>) -> Option<T> {
        let gekozen = lees(self.waarde(naam));
        if gekozen.is_none() {
            self.zet_fout(naam, "Maak een keuze.");
        }
        gekozen
    }

    /// Hours a week, in quarters: "4", "4,5" or "4.25".
    pub fn kwartieren(&mut self, naam: &'static str) -> Option<u16> {
        let tekst = self.waarde(naam).trim().replace(',', ".");
        let uren: Option<f64> = tekst.parse().ok().filter(|uren| (0.0..=60.0).contains(uren));
        let kwartieren = uren.map(|uren| uren * 4.0).filter(|kwartieren| kwartieren.fract() == 0.0);
        if kwartieren.is_none() {
            self.zet_fout(naam, "Vul uren per week in, op een kwartier nauwkeurig, zoals 4 of 4,5. Hoogstens 60.");
        }
        // Whole and at most 240, as checked above.
        kwartieren.map(|kwartieren| kwartieren as u16)
    }
}

/// A day as a date field sends it, or as people write it.
pub fn lees_dag(tekst: &str) -> Option<Date> {
    if let Ok(dag) = tekst.parse::<Date>() {
        return Some(dag);
    }
    let mut delen = tekst.split(['-', '/', '.', ' ']).filter(|deel| !deel.is_empty());
    let (dag, maand, jaar) = (delen.next()?, delen.next()?, delen.next()?);
    if delen.next().is_some() || jaar.len() != 4 {
        return None;
    }
    Date::new(jaar.parse().ok()?, maand.parse().ok()?, dag.parse().ok()?).ok()
}

impl FromRequest<Staat> for Formulier {
    type Rejection = Weigering;

    async fn from_request(request: Request, staat: &Staat) -> Result<Self, Weigering> {
        eigen_herkomst(request.headers())?;
        let aanmelding = request.extensions().get::<Aanmelding>().cloned();
        let bytes = Bytes::from_request(request, staat).await;
        let bytes = bytes.map_err(|_| Weigering::Onleesbaar("Het formulier kwam niet heel over.".into()))?;
        uit_velden(form_urlencoded::parse(&bytes).into_owned().collect(), aanmelding.as_ref())
    }
}

/// A form of fields that came in some way, after its token was checked.
///
/// # Errors
/// When there are too many fields, one is too long, or the token is not that of the session.
pub fn uit_velden(velden: Vec<(String, String)>, aanmelding: Option<&Aanmelding>) -> Result<Formulier, Weigering> {
    if velden.len() > MAX_VELDEN || velden.iter().any(|(_, waarde)| waarde.chars().count() > MAX_TEKENS) {
        let grens = format!("Een formulier heeft hoogstens {MAX_VELDEN} velden van {MAX_TEKENS} tekens.");
        return Err(Weigering::Onleesbaar(grens));
    }
    let mut formulier = Formulier { velden, ..Formulier::default() };
    if let Some(aanmelding) = aanmelding {
        if !aanmelding.0.is_formuliertoken(formulier.waarde(TOKEN)) {
            return Err(Weigering::Verlopen);
        }
        formulier.token = formulier.waarde(TOKEN).to_owned();
    }
    formulier.poging = unhex(formulier.waarde(POGING)).unwrap_or_default();
    formulier.gezien = formulier.waarde(GEZIEN).parse().unwrap_or_default();
    Ok(formulier)
}

/// A form comes from a page of ours: the browser says so itself.
///
/// # Errors
/// When it says otherwise, or says nothing.
pub fn eigen_herkomst(headers: &HeaderMap) -> Result<(), Weigering> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let ours = match (text("sec-fetch-site"), text("origin"), text("host")) {
        (Some(site), ..) => site == "same-origin",
        (None, Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, from)| from == host),
        _ => false,
    };
    let form = text(header::CONTENT_TYPE.as_str()).unwrap_or_default();
    let kind = form.starts_with("application/x-www-form-urlencoded") || form.starts_with("multipart/form-data");
    if ours && kind { Ok(()) } else { Err(Weigering::Verlopen) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        for (tekst, dag) in [
            ("2026-03-03", Some(date(2026, 3, 3))),
            ("3-3-2026", Some(date(2026, 3, 3))),
            ("03/03/2026", Some(date(2026, 3, 3))),
            ("3 3 2026", Some(date(2026, 3, 3))),
            ("31-2-2026", None),
            ("3-3-26", None),
            ("gisteren", None),
            ("3-3-2026-1", None),
        ] {
            assert_eq!(lees_dag(tekst), dag, "{tekst}");
        }
    }

    #[test]
    fn hours_are_whole_quarters() {
        for (tekst, kwartieren) in [
            ("4", Some(16)),
            ("4,5", Some(18)),
            ("0.25", Some(1)),
            ("4,1", None),
            ("61", None),
            ("", None),
            ("-1", None),
            ("nan", None),
        ] {
            let mut formulier = Formulier::default().met("uren", tekst);
            assert_eq!(formulier.kwartieren("uren"), kwartieren, "{tekst}");
            assert_eq!(formulier.is_goed(), kwartieren.is_some(), "{tekst}");
        }
    }

    #[test]
    fn an_attempt_is_known_by_what_it_asks() {
        let wie = Actor::Systeem { organisatie: domain::ids::OrganisatieId::new(1) };
        let een = Formulier::default().met("a", "bc").met("bewijs", "x");
        let zelfde = Formulier::default().met("a", "bc").met("bewijs", "y");
        let ander = Formulier::default().met("ab", "c");
        assert_eq!(een.poging(wie).inhoud, zelfde.poging(wie).inhoud);
        assert_ne!(een.poging(wie).inhoud, ander.poging(wie).inhoud);
    }
}
