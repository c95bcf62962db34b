//! The second factor: codes of an app (RFC 6238: SHA-1, six digits, thirty seconds, one step to either side, each code
//! once), and codes on paper for when the telephone is gone.

use domain::Timestamp;
use domain::ids::Nr;
use qrcodegen::{QrCode, QrCodeEcc};
use serde::{Deserialize, Serialize};
use totp_rs::{Builder, Totp};

use super::geheim::gelijk;
use super::opslag::Bytes;
use crate::fout::Fout;
use crate::klok::{self, Toeval};

/// Codes on paper that a person gets.
pub const HERSTELCODES: usize = 8;
/// Seconds that a code of the app stands.
const STAP: u64 = 30;
/// White around a QR code, in modules (ISO 18004).
const RAND: i32 = 4;
/// What the app shows beside its code.
const UITGEVER: &str = "Leerrecht";

/// The secret that an app and we share, and the last code that was used.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Factor {
    geheim: Bytes<20>,
    laatste_stap: u64,
}

impl Factor {
    /// With a new secret.
    pub(super) fn nieuw() -> Result<Self, Fout> {
        Ok(Factor { geheim: Bytes(klok::toevalsbytes()?), laatste_stap: 0 })
    }

    /// Whether this is the code of now, of one step ago or one step ahead, and newer than every code used before. It is
    /// used up then.
    pub(super) fn gebruik(&mut self, code: &str, nu: Timestamp) -> bool {
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let Some(totp) = self.totp() else { return false };
        let seconds = u64::try_from(nu.as_second()).unwrap_or_default();
        match totp.check(&code, seconds).filter(|step| *step > self.laatste_stap) {
            Some(step) => {
                self.laatste_stap = step;
                true
            }
            None => false,
        }
    }

    fn totp(&self) -> Option<Totp> {
        // Six digits, thirty seconds, one step to either side, SHA-1: what every app can do.
        Builder::new().with_secret(self.geheim.0).with_digits(6).with_step_duration(STAP).with_skew(1).build().ok()
    }

    /// How the person brings the secret into an app.
    pub(super) fn uitleg(&self, email: &str) -> Uitleg {
        let geheim = self.totp().map(|totp| totp.secret().to_base32()).unwrap_or_default();
        let adres: String = email.bytes().map(procent).collect();
        let uri = format!(
            "otpauth://totp/{UITGEVER}:{adres}?secret={geheim}&issuer={UITGEVER}&algorithm=SHA1&digits=6&period={STAP}"
        );
        Uitleg { geheim, uri }
    }

    #[cfg(test)]
    pub(super) fn code(&self, nu: Timestamp) -> String {
        self.totp().unwrap().generate(u64::try_from(nu.as_second()).unwrap()).to_string()
    }
}

/// A byte as an address of the web may hold it.
fn procent(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}

/// How a person brings the second factor into an app on their telephone. For the eyes of that person only.
#[derive(Clone, PartialEq, Eq)]
pub struct Uitleg {
    /// The secret in letters and digits, to type.
    pub geheim: String,
    /// The same as an `otpauth:` address, to follow on the telephone itself.
    pub uri: String,
}

impl Uitleg {
    /// The address as a QR code: an SVG picture with a white edge, in the colour of the text around it. It needs
    /// [`Self::geheim`] beside it, for who cannot scan.
    pub fn qr(&self) -> String {
        // The longest address of an e-mail fits twice over.
        let Ok(code) = QrCode::encode_text(&self.uri, QrCodeEcc::Medium) else { return String::new() };
        let (size, mut path) = (code.size(), String::new());
        for y in 0..size {
            for x in (0..size).filter(|x| code.get_module(*x, y)) {
                path.push_str(&format!("M{},{}h1v1h-1z", x + RAND, y + RAND));
            }
        }
        let whole = size + 2 * RAND;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\" role=\"img\" \
             aria-label=\"QR-code voor de app met codes\" shape-rendering=\"crispEdges\">\
             <rect width=\"{whole}\" height=\"{whole}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
        )
    }
}

/// A code on paper as kept: its digest.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Herstelcode(Bytes<32>);

impl Herstelcode {
    /// New codes: as the person gets them, and as they are kept.
    pub(super) fn nieuwe() -> Result<(Vec<String>, Vec<Self>), Fout> {
        let mut toeval = Toeval::default();
        let codes: Result<Vec<String>, Fout> =
            (0..HERSTELCODES).map(|_| Ok(Nr::new(toeval.bits()?).to_string())).collect();
        let codes = codes?;
        let kept = codes.iter().map(|code| Self::van(code)).collect();
        Ok((codes, kept))
    }

    /// However it is typed: case, spaces and dashes do not count, and what looks alike is alike.
    fn van(code: &str) -> Self {
        let same = |c: char| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        };
        let code: String = code.chars().filter(char::is_ascii_alphanumeric).take(100).map(same).collect();
        Herstelcode(Bytes(store::digest(format!("herstelcode {code}").as_bytes())))
    }

    pub(super) fn is(&self, code: &str) -> bool {
        gelijk(&Self::van(code).0.0, &self.0.0)
    }
}

#[cfg(test)]
mod tests;
