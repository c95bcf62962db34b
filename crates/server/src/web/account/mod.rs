//! One's own account: where one is logged in, and another password.

mod overzicht;
mod wachtwoord;

use super::wegen::{Publiek, Wegen};

/// The routes.
pub fn wegen(wegen: Wegen) -> Wegen {
    wegen
        .get("/account", Publiek::Aangemeld, overzicht::blad)
        .post("/account/afmelden", Publiek::Aangemeld, overzicht::beeindig)
        .post("/account/overal-afmelden", Publiek::Aangemeld, overzicht::beeindig_andere)
        .get("/account/wachtwoord", Publiek::Aangemeld, wachtwoord::blad)
        .post("/account/wachtwoord", Publiek::Aangemeld, wachtwoord::wijzig)
}
