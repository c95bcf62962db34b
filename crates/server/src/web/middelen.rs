//! Style, script, font and icon: inside the binary, under an address that changes with their content, so that a browser may
//! keep them forever.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::Embed;
use sha2::{Digest, Sha256};

use super::inpakken::neemt;
use crate::hex::hex;

#[derive(Embed)]
#[folder = "../../assets/uit"]
struct Middelen;

/// Digest over all of them, short: enough to tell versions apart.
static VERSIE: LazyLock<String> = LazyLock::new(|| {
    let mut digest = Sha256::new();
    let mut names: Vec<_> = Middelen::iter().collect();
    names.sort_unstable();
    for name in names {
        digest.update(name.as_bytes());
        if let Some(file) = Middelen::get(&name) {
            digest.update(&file.data);
        }
    }
    hex(digest.finalize().get(..6).unwrap_or_default())
});

/// The address of one of them.
pub fn adres(naam: &str) -> String {
    format!("/middelen/{}/{naam}", *VERSIE)
}

/// Gives one of them, packed when it is there packed and the browser takes it so.
pub async fn middel(Path((_, naam)): Path<(String, String)>, vraag: HeaderMap) -> Response {
    let Some(file) = Middelen::get(&naam) else { return StatusCode::NOT_FOUND.into_response() };
    let kind = match naam.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "accept-encoding"),
    ];
    for (soort, achter) in [("br", "br"), ("gzip", "gz")] {
        if let Some(packed) = Middelen::get(&format!("{naam}.{achter}")).filter(|_| neemt(&vraag, soort)) {
            return (headers, [(header::CONTENT_ENCODING, soort)], packed.data.into_owned()).into_response();
        }
    }
    (headers, file.data.into_owned()).into_response()
}
