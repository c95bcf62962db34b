//! Who is at the other side: logged in, and working in one role for one organisation.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use domain::body::Medewerker;
use domain::fact::{Actor, Rol};
use domain::ids::{MedewerkerId, OrganisatieId};
use domain::{Date, Timestamp};
use register::Register;

use super::Staat;
use super::antwoord::Weigering;
use crate::toegang::account::AccountId;
use crate::toegang::sessie::{Keuze, Sessie};
use crate::toegang::weigering::Weigering as Geen;

/// Name of the cookie with the session. The prefix makes browsers hold it to this host, over a safe connection.
pub const KOEKJE: &str = "__Host-leerrecht";

/// Name of the cookie by which a device is known again: it keeps others from shutting somebody out by guessing.
const TOESTEL: &str = "__Host-leerrecht-toestel";
/// A device is remembered for so long, in seconds: 90 days.
const TOESTEL_DUUR: u32 = 90 * 24 * 60 * 60;

/// Somebody who logged in.
#[derive(Debug, Clone)]
pub struct Aanmelding(pub Arc<Sessie>);

/// Somebody at work.
#[derive(Debug, Clone)]
pub struct Bezoek {
    /// The session.
    pub aanmelding: Aanmelding,
    /// The professional.
    pub medewerker: MedewerkerId,
    /// For which organisation.
    pub organisatie: OrganisatieId,
    /// In which role.
    pub rol: Rol,
    /// Their own name.
    pub naam: Arc<str>,
    /// The name of the organisation.
    pub organisatienaam: Arc<str>,
    /// Whether the region is made up.
    pub proef: bool,
    /// Today.
    pub vandaag: Date,
    /// Now.
    pub nu: Timestamp,
}

impl Bezoek {
    /// Who acts.
    pub fn actor(&self) -> Actor {
        Actor::Medewerker { id: self.medewerker, organisatie: self.organisatie, rol: self.rol }
    }

    /// When they worked here before this session.
    pub fn vorige_keer(&self) -> Option<Timestamp> {
        self.aanmelding.0.vorige
    }
}

/// Who is logged in, by the cookie.
///
/// # Errors
/// When the sessions cannot be read.
pub async fn aanmelding(staat: &Staat, headers: &HeaderMap) -> Result<Option<Aanmelding>, Weigering> {
    let Some(token) = koekje(headers) else { return Ok(None) };
    match staat.toegang.sessie(&token, staat.dienst.tijd().nu()).await {
        Ok(sessie) => Ok(Some(Aanmelding(sessie))),
        Err(Geen::GeenSessie) => Ok(None),
        Err(Geen::Fout(fout)) => Err(fout.into()),
        Err(_) => Err(Weigering::Storing),
    }
}

/// The role in which somebody works, if it was chosen and still is theirs today.
///
/// # Errors
/// [`Weigering::NietVoorU`] when it is not theirs any more, or was not chosen.
pub async fn bezoek(staat: &Staat, aanmelding: &Aanmelding) -> Result<Bezoek, Weigering> {
    let Some(keuze) = aanmelding.0.keuze else { return Err(Weigering::NietVoorU) };
    let (nu, vandaag) = (staat.dienst.tijd().nu(), staat.dienst.tijd().vandaag());
    let found = staat.dienst.lees(|register| {
        let wie = (aanmelding.0.account, keuze);
        if let Some(namen) = staat.bekenden.van(register, wie, vandaag) {
            return Ok::<_, Weigering>(namen);
        }
        let geldt = staat.toegang.geldt(register, &aanmelding.0, vandaag).map_err(|_| Weigering::Storing)?;
        let over = geldt.ok_or(Weigering::NietVoorU)?;
        let known = over.all::<Medewerker>().next_back();
        let naam = known.map_or("", |(_, medewerker)| medewerker.naam.zichtbaar());
        let namen = Namen { naam: naam.into(), organisatie: register.rules().naam(keuze.organisatie).into() };
        staat.bekenden.zet(register, wie, vandaag, namen.clone());
        Ok(namen)
    });
    let Namen { naam, organisatie: organisatienaam } = found.await??;
    let Keuze { medewerker, organisatie, rol } = keuze;
    let (aanmelding, proef) = (aanmelding.clone(), staat.proef);
    Ok(Bezoek { aanmelding, medewerker, organisatie, rol, naam, organisatienaam, proef, vandaag, nu })
}

/// What a page is headed with: somebody's own name and that of the organisation.
#[derive(Clone)]
struct Namen {
    naam: Arc<str>,
    organisatie: Arc<str>,
}

/// As whom somebody works.
type Wie = (AccountId, Keuze);

/// Whose function was found to hold, for as long as nothing is said about others than children: every page asks it.
#[derive(Default)]
pub struct Bekenden(Mutex<BTreeMap<Wie, Bekende>>);

struct Bekende {
    namen: Namen,
    /// What was said about others than children when it was found, and on which day.
    stand: u64,
    dag: Date,
}

/// People that are kept in mind; when there are more, all are asked anew.
const MAX_BEKENDEN: usize = 5_000;

impl Bekenden {
    fn van(&self, register: &Register, wie: Wie, dag: Date) -> Option<Namen> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all.get(&wie).filter(|known| (known.stand, known.dag) == (register.anderen_stand(), dag))?;
        Some(known.namen.clone())
    }

    /// Whether a professional need not be asked again.
    #[cfg(test)]
    pub fn kent(&self, register: &Register, wie: MedewerkerId, dag: Date) -> bool {
        let known: Vec<Wie> = self.0.lock().unwrap().keys().copied().collect();
        known.into_iter().any(|known| known.1.medewerker == wie && self.van(register, known, dag).is_some())
    }

    fn zet(&self, register: &Register, wie: Wie, dag: Date, namen: Namen) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MAX_BEKENDEN {
            all.clear();
        }
        all.insert(wie, Bekende { namen, stand: register.anderen_stand(), dag });
    }
}

/// The session's token in the cookie.
pub fn koekje(headers: &HeaderMap) -> Option<String> {
    een_koekje(headers, KOEKJE)
}

/// The secret of a device on which somebody logged in before.
pub fn toestel(headers: &HeaderMap) -> Option<String> {
    een_koekje(headers, TOESTEL)
}

fn een_koekje(headers: &HeaderMap, naam: &str) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == naam).map(|(_, value)| value.to_owned())
}

/// The cookie that brings a session to the browser; the session itself ends earlier.
pub fn zet_koekje(geheim: &str) -> String {
    format!("{KOEKJE}={geheim}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=36000")
}

/// The cookie by which the device is known again.
pub fn zet_toestel(geheim: &str) -> String {
    format!("{TOESTEL}={geheim}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={TOESTEL_DUUR}")
}

/// The address from which is asked: that of the connection, or what our own proxy says of it.
pub fn adres(staat: &Staat, headers: &HeaderMap, verbinding: Option<SocketAddr>) -> IpAddr {
    let direct = verbinding.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |adres| adres.ip());
    if staat.proxy != Some(direct) {
        return direct;
    }
    let said = headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
    let last = said.and_then(|line| line.rsplit(',').next()).and_then(|word| word.trim().parse().ok());
    last.unwrap_or(direct)
}

/// The cookie that takes the session out of the browser.
pub fn wis_koekje() -> String {
    format!("{KOEKJE}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0")
}

impl FromRequestParts<Staat> for Aanmelding {
    type Rejection = Weigering;

    async fn from_request_parts(parts: &mut Parts, _: &Staat) -> Result<Self, Weigering> {
        parts.extensions.get::<Aanmelding>().cloned().ok_or(Weigering::Aanmelden)
    }
}

impl FromRequestParts<Staat> for Bezoek {
    type Rejection = Weigering;

    async fn from_request_parts(parts: &mut Parts, _: &Staat) -> Result<Self, Weigering> {
        parts.extensions.get::<Bezoek>().cloned().ok_or(Weigering::NietVoorU)
    }
}
