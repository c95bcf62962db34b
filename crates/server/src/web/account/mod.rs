//! One's own account: where one is logged in, another password, another app with codes, new codes on paper.

mod app;
mod overzicht;
#[cfg(test)]
mod tests;
mod wachtwoord;

use super::wegen::{Publiek, Wegen};

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
