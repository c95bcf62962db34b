//! People at work in the made-up region, each logged in: who keeps the absence of a school, each of another school, of all
//! kinds and sizes as the region has them.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use domain::body::{Medewerker, RolToekenning};
use domain::fact::Rol;
use domain::ids::{MedewerkerId, OrganisatieId};

use super::klant::{Klant, Verzoek};
use crate::fout::Fout;
use crate::toegang::Toegang;
use crate::toegang::aanmelden::Poging;
use crate::toegang::adres::Emailadres;
use crate::toegang::remming::Herkomst;
use crate::uitvoer::zeg;
use crate::web::Staat;

/// Visitors at once.
pub(super) const AANTAL: usize = 50;
/// People who are tried, for small schools are passed over.
const MAX_GEPROBEERD: usize = 150;
/// Lines of a whole page of the list.
const HELE_BLADZIJDE: usize = 100;

/// Somebody at work.
pub(super) struct Bezoeker {
    pub klant: Klant,
    /// Addresses of the dossiers that their lists show, those of their morning's work first.
    pub dossiers: Vec<String>,
}

/// As many people as are measured with. Of a small region some work at two places at once.
///
/// # Errors
/// When nobody can log in, or no school has a whole page of pupils.
pub(super) async fn bezoekers(
    staat: &Staat,
    host: SocketAddr,
    werkers: &[(MedewerkerId, OrganisatieId, Rol)],
) -> Result<Vec<Bezoeker>, Fout> {
    let mut all = Vec::with_capacity(AANTAL);
    let mut cookies = Vec::new();
    for (medewerker, organisatie, _) in verspreid(werkers, AANTAL).take(MAX_GEPROBEERD) {
        let cookie = meld_aan(staat, *medewerker, *organisatie).await?;
        let Some(bezoeker) = begin(Klant::new(host, cookie.clone()).await?).await? else { continue };
        all.push(bezoeker);
        cookies.push(cookie);
        if all.len() == AANTAL {
            break;
        }
    }
    if cookies.len() < AANTAL {
        zeg!("{AANTAL} bezoekers, van wie {} verschillende mensen", cookies.len());
    }
    for cookie in cookies.iter().cycle().take(AANTAL - all.len()) {
        all.extend(begin(Klant::new(host, cookie.clone()).await?).await?);
    }
    match all.len() {
        AANTAL => Ok(all),
        _ => Err(Fout::kan_niet("Geen school heeft honderd leerlingen. Kies met --pupils een grotere regio.")),
    }
}

/// All of them, in such an order that the first so many stand spread over the whole row: a region lists its schools by kind,
/// and a larger one begins with more of the same.
fn verspreid<T>(all: &[T], eerst: usize) -> impl Iterator<Item = &T> {
    let step = (all.len() / eerst).max(1);
    (0..step).flat_map(move |first| all.iter().skip(first).step_by(step))
}

/// Who keeps the absence of a school, one of each school.
///
/// # Errors
/// When the register cannot be read.
pub(super) async fn werkers(staat: &Staat) -> Result<Vec<(MedewerkerId, OrganisatieId, Rol)>, Fout> {
    let vandaag = staat.dienst.tijd().vandaag();
    staat
        .dienst
        .lees(|register| {
            let mut found: Vec<(OrganisatieId, MedewerkerId, Rol)> = Vec::new();
            for medewerker in register.medewerkers() {
                let timeline = register.alleen_over(medewerker);
                let roles = timeline.on::<RolToekenning>(vandaag).map(|(_, toekenning)| toekenning.clone());
                let own = roles.filter(|held| matches!(held.rol, Rol::Verzuimcoordinator | Rol::IbEr));
                found.extend(own.map(|held| (held.organisatie, medewerker, held.rol)));
            }
            found.sort_unstable();
            found.dedup_by_key(|(organisatie, ..)| *organisatie);
            found.into_iter().map(|(organisatie, medewerker, rol)| (medewerker, organisatie, rol)).collect()
        })
        .await
}

/// Logs somebody in for an organisation; the cookie.
async fn meld_aan(staat: &Staat, medewerker: MedewerkerId, organisatie: OrganisatieId) -> Result<String, Fout> {
    let (toegang, nu, vandaag): (&Toegang, _, _) =
        (&staat.toegang, staat.dienst.tijd().nu(), staat.dienst.tijd().vandaag());
    let email = staat.dienst.lees(|register| {
        let known = register.laatste::<Medewerker>(medewerker);
        known.map(|known| known.email.zichtbaar().to_owned()).unwrap_or_default()
    });
    let email = Emailadres::lees(&email.await?).map_err(Fout::kan_niet)?;
    let wachtwoord = "vier woorden op een rij";
    let account = toegang.maak_proefaccount(&email, wachtwoord, nu).await?;
    let herkomst = Herkomst { adres: IpAddr::V4(Ipv4Addr::LOCALHOST), toestel: None };
    let poging = Poging { email: email.zichtbaar(), wachtwoord, code: "", herkomst, sessie: None };
    let aangemeld = toegang.aanmelden(poging, nu).await?;
    let functies = staat.dienst.lees(|register| toegang.functies(register, account, vandaag)).await??;
    let here = functies.into_iter().find(|functie| functie.keuze().organisatie == organisatie);
    let sessie = toegang.kies(&aangemeld.sessie.tekst(), here, nu).await?;
    Ok(crate::web::koekje(&sessie.tekst()))
}

/// Looks at the morning's list and the pupils; nobody when these are less than a page.
async fn begin(mut klant: Klant) -> Result<Option<Bezoeker>, Fout> {
    let ochtend = klant.vraag(&Verzoek::blad(crate::web::paden::OCHTENDLIJST).leesbaar()).await?.tekst();
    let lijst = klant.vraag(&Verzoek::blad(crate::web::paden::LEERLINGEN).leesbaar()).await?.tekst();
    let pupils = dossiers(&lijst);
    if pupils.len() < HELE_BLADZIJDE {
        return Ok(None);
    }
    let mut all = dossiers(&ochtend);
    for pupil in pupils {
        if !all.contains(&pupil) {
            all.push(pupil);
        }
    }
    Ok(Some(Bezoeker { klant, dossiers: all }))
}

/// The addresses of dossiers to which a page leads.
fn dossiers(html: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for rest in html.split("href=\"/leerling/").skip(1) {
        let id: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        let adres = format!("/leerling/{id}");
        if !found.contains(&adres) {
            found.push(adres);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_visitors_are_of_the_whole_region_and_nobody_is_left_out() {
        let row: Vec<u32> = (0..23).collect();
        let order: Vec<u32> = verspreid(&row, 5).copied().collect();
        assert_eq!(order.get(..6), Some([0, 4, 8, 12, 16, 20].as_slice()));
        let mut all = order.clone();
        all.sort_unstable();
        assert_eq!(all, row);
        assert_eq!(verspreid(&row, 50).copied().collect::<Vec<_>>(), row, "few stay as they are");
    }
}
