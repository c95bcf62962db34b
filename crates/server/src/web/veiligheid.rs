//! `/.well-known/security.txt` (RFC 9116): to whom one tells about a weak spot.

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use domain::body::{Medewerker, RolToekenning};
use domain::fact::Rol;
use jiff::SignedDuration;

use super::Staat;
use super::antwoord::{Uitslag, Weigering};
use crate::toegang::adres::Emailadres;

/// How long the word of this file stands after the start of the service: a year. A service that runs is started anew more
/// often, for its updates.
const GELDIG: SignedDuration = SignedDuration::from_hours(365 * 24);

/// The file; not there when the region names no beheerder with an address.
pub async fn blad(State(staat): State<Staat>, headers: HeaderMap) -> Uitslag {
    let vandaag = staat.dienst.tijd().vandaag();
    let contact = staat.dienst.lees(|register| {
        let held = register.medewerkers().filter(|wie| {
            register.alleen_over(*wie).on::<RolToekenning>(vandaag).any(|(_, held)| held.rol == Rol::Beheerder)
        });
        held.filter_map(|wie| Emailadres::lees(register.laatste::<Medewerker>(wie)?.email.zichtbaar()).ok()).min()
    });
    let contact = contact.await?.ok_or(Weigering::NietGevonden)?;
    let tot = staat.dienst.begonnen().checked_add(GELDIG).map_err(|_| Weigering::Storing)?;
    let tot = tot.strftime("%Y-%m-%dT%H:%M:%SZ");
    let mut text = format!("Contact: mailto:{}\nExpires: {tot}\nPreferred-Languages: nl, en\n", contact.zichtbaar());
    if let Some(host) = host(&headers) {
        text.push_str(&format!("Policy: https://{host}/hulp/veiligheid\n"));
    }
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

/// The name under which we were asked, if it is one of a host and nothing else.
fn host(headers: &HeaderMap) -> Option<&str> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let plain = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte));
    (plain && !host.is_empty()).then_some(host)
}

#[cfg(test)]
mod tests {
    use crate::logboek::proef::speel;
    use crate::web::proefbrowser::{Proefbrowser, regio};

    #[test]
    fn everybody_can_read_where_to_tell_about_a_weak_spot() {
        speel(async {
            let regio = regio().await;
            let blad = Proefbrowser::niemand(&regio).get("/.well-known/security.txt").await;
            assert_eq!(blad.status, 200);
            assert!(blad.koppen.contains("text/plain"));
            let lines: Vec<&str> = blad.html.lines().collect();
            let [contact, expires, languages, leidraad] = lines.as_slice() else { panic!("{lines:?}") };
            assert!(contact.starts_with("Contact: mailto:") && contact.contains('@'), "{contact}");
            // A year after nine in the morning, when the clock of the test began to run.
            assert!(expires.starts_with("Expires: 2027-03-20T08:0") && expires.ends_with('Z'), "{expires}");
            assert_eq!(
                (*languages, *leidraad),
                ("Preferred-Languages: nl, en", "Policy: https://leerrecht.test/hulp/veiligheid",)
            );
            assert_eq!(Proefbrowser::niemand(&regio).get("/hulp/veiligheid").await.status, 200);
        });
    }
}
