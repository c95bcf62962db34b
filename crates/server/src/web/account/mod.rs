//! One's own account: where one is logged in, another password, another app with codes, new codes on paper.

mod app;
mod overzicht;
#[cfg(test)]
mod tests;
mod wachtwoord;

use axum::http::HeaderMap;

use super::antwoord::Weigering;
use super::bezoek::koekje;
use super::formulier::Formulier;
use super::wegen::{Publiek, Wegen};
use crate::toegang::weigering::Weigering as Afgewezen;

/// The routes.
pub fn wegen(wegen: Wegen) -> Wegen {
    wegen
        .get("/account", Publiek::Aangemeld, overzicht::blad)
        .post("/account/afmelden", Publiek::Aangemeld, overzicht::beeindig)
        .post("/account/overal-afmelden", Publiek::Aangemeld, overzicht::beeindig_andere)
        .get("/account/app", Publiek::Aangemeld, app::blad)
        .post("/account/app", Publiek::Aangemeld, app::begin)
        .get("/account/app/koppelen", Publiek::Aangemeld, app::koppelblad)
        .post("/account/app/koppelen", Publiek::Aangemeld, app::koppel)
        .get("/account/herstelcodes", Publiek::Aangemeld, app::codesblad)
        .post("/account/herstelcodes", Publiek::Aangemeld, app::nieuwe_codes)
        .get("/account/wachtwoord", Publiek::Aangemeld, wachtwoord::blad)
        .post("/account/wachtwoord", Publiek::Aangemeld, wachtwoord::wijzig)
}

/// Asks something of the account in the session of this browser. What is refused is told at a field of the form, and then
/// there is nothing: the form is given back.
///
/// # Errors
/// When there is no session, or the accounts cannot be written.
async fn vraag<T>(
    headers: &HeaderMap,
    f: &mut Formulier,
    veld: fn(&Afgewezen) -> &'static str,
    vraag: impl AsyncFnOnce(&str, &Formulier) -> Result<T, Afgewezen>,
) -> Result<Option<T>, Weigering> {
    let geheim = koekje(headers).ok_or(Weigering::Aanmelden)?;
    match vraag(&geheim, f).await {
        Ok(done) => Ok(Some(done)),
        Err(Afgewezen::Fout(fout)) => Err(fout.into()),
        Err(waarom) => {
            f.zet_fout(veld(&waarom), waarom.to_string());
            Ok(None)
        }
    }
}
