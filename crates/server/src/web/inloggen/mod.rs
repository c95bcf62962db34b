//! Coming in: log in, choose a role, follow a one-time link, leave.

mod aanmelden;
mod kiezen;
mod link;

pub use link::Codesblad;

use super::wegen::{Publiek, Wegen};

/// The routes.
pub fn wegen(wegen: Wegen) -> Wegen {
    wegen
        .get("/inloggen", Publiek::Iedereen, aanmelden::blad)
        .post("/inloggen", Publiek::Iedereen, aanmelden::aanmelden)
        .post("/uitloggen", Publiek::Aangemeld, aanmelden::afmelden)
        .get("/kiezen", Publiek::Aangemeld, kiezen::blad)
        .post("/kiezen", Publiek::Aangemeld, kiezen::kies)
        .get("/welkom/{geheim}", Publiek::Iedereen, link::blad)
        .post("/welkom/{geheim}", Publiek::Iedereen, link::gebruik)
}
