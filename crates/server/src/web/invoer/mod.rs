//! Files of a school: brought in, looked at, and only then written.

mod beeld;
mod bestand;
mod blad;
mod vastleggen;
mod wachtkamer;

use axum::extract::DefaultBodyLimit;

use super::kader::INVOERDERS;
use super::wegen::{Publiek, Wegen};
pub use wachtkamer::Wachtkamer;

/// Largest file that is brought in by a browser; a larger one goes by the command line.
pub const MAX_UPLOAD: usize = 32 << 20;

/// The routes.
pub fn wegen(wegen: Wegen) -> Wegen {
    let voor = Publiek::Rollen(INVOERDERS);
    wegen
        .get("/invoer", voor, blad::blad)
        .post_groot("/invoer", voor, bestand::ontvang, DefaultBodyLimit::max(MAX_UPLOAD + (64 << 10)))
        .get("/invoer/{sleutel}", voor, vastleggen::blad)
        .post("/invoer/{sleutel}", voor, vastleggen::vastleggen)
        .get("/invoer/{sleutel}/afgewezen", voor, vastleggen::afgewezen)
}
