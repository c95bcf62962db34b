//! A browser without a screen: one kept connection, one question at a time.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::fout::Fout;

/// Longest answer that is read, in bytes.
const MAX_ANTWOORD: usize = 8 * 1024 * 1024;

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Antwoord {
    /// Status ("200").
    pub status: u16,
    /// Headers, in lower case, as lines.
    pub koppen: String,
    /// What was shown.
    pub inhoud: Vec<u8>,
}

impl Antwoord {
    /// A header, if it is there.
    pub fn kop(&self, naam: &str) -> Option<&str> {
        self.koppen.lines().filter_map(|line| line.split_once(": ")).find(|(found, _)| *found == naam).map(|(_, v)| v)
    }

    /// The value of a hidden field of the first form of the page.
    pub fn veld(&self, naam: &str) -> Option<String> {
        let text = std::str::from_utf8(&self.inhoud).ok()?;
        let (_, rest) = text.split_once(&format!("name=\"{naam}\" value=\""))?;
        rest.split_once('"').map(|(value, _)| value.to_owned())
    }
}

/// One kept connection.
pub struct Klant {
    adres: SocketAddr,
    stroom: TcpStream,
    gelezen: Vec<u8>,
    /// The session.
    pub koekje: String,
}

impl Klant {
    /// Connects.
    ///
    /// # Errors
    /// When nobody listens there.
    pub async fn new(adres: SocketAddr, koekje: String) -> Result<Self, Fout> {
        let stroom = TcpStream::connect(adres).await.map_err(verbroken)?;
        stroom.set_nodelay(true).map_err(verbroken)?;
        Ok(Klant { adres, stroom, gelezen: Vec::with_capacity(64 * 1024), koekje })
    }

    /// Asks for a page; `gzip` as browsers do.
    ///
    /// # Errors
    /// When the connection breaks or the answer is no HTTP.
    pub async fn get(&mut self, pad: &str, gzip: bool) -> Result<Antwoord, Fout> {
        let pack = if gzip { "Accept-Encoding: gzip\r\n" } else { "" };
        let verzoek = format!("GET {pad} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\n{pack}\r\n", self.adres, self.koekje);
        self.vraag(verzoek.as_bytes()).await
    }

    /// Sends a form, its fields encoded.
    ///
    /// # Errors
    /// As [`Klant::get`].
    pub async fn post(&mut self, pad: &str, velden: &str) -> Result<Antwoord, Fout> {
        let verzoek = format!(
            "POST {pad} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{velden}",
            self.adres,
            self.koekje,
            velden.len(),
        );
        self.vraag(verzoek.as_bytes()).await
    }

    async fn vraag(&mut self, verzoek: &[u8]) -> Result<Antwoord, Fout> {
        self.stroom.write_all(verzoek).await.map_err(verbroken)?;
        let einde = loop {
            if let Some(place) = find(&self.gelezen, b"\r\n\r\n") {
                break place;
            }
            self.lees_meer().await?;
        };
        let koppen = String::from_utf8_lossy(self.gelezen.get(..einde).unwrap_or_default()).to_ascii_lowercase();
        self.gelezen.drain(..einde + 4);
        let status = koppen.split(' ').nth(1).and_then(|word| word.parse().ok()).ok_or_else(geen_http)?;
        let mut antwoord = Antwoord { status, koppen, inhoud: Vec::new() };
        antwoord.inhoud = match antwoord.kop("content-length").and_then(|text| text.parse::<usize>().ok()) {
            Some(length) => self.neem(length).await?,
            None if antwoord.kop("transfer-encoding") == Some("chunked") => self.brokken().await?,
            None => Vec::new(),
        };
        Ok(antwoord)
    }

    async fn brokken(&mut self) -> Result<Vec<u8>, Fout> {
        let mut inhoud = Vec::new();
        loop {
            let end = loop {
                if let Some(place) = find(&self.gelezen, b"\r\n") {
                    break place;
                }
                self.lees_meer().await?;
            };
            let line = self.neem(end + 2).await?;
            let text = std::str::from_utf8(&line).ok().map(str::trim);
            let length = text.and_then(|text| usize::from_str_radix(text, 16).ok()).ok_or_else(geen_http)?;
            let brok = self.neem(length + 2).await?;
            if length == 0 {
                return Ok(inhoud);
            }
            inhoud.extend_from_slice(brok.get(..length).unwrap_or_default());
        }
    }

    async fn neem(&mut self, length: usize) -> Result<Vec<u8>, Fout> {
        if length > MAX_ANTWOORD {
            return Err(geen_http());
        }
        while self.gelezen.len() < length {
            self.lees_meer().await?;
        }
        Ok(self.gelezen.drain(..length).collect())
    }

    async fn lees_meer(&mut self) -> Result<(), Fout> {
        match self.stroom.read_buf(&mut self.gelezen).await.map_err(verbroken)? {
            0 => Err(geen_http()),
            _ if self.gelezen.len() > MAX_ANTWOORD => Err(geen_http()),
            _ => Ok(()),
        }
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn verbroken(_: std::io::Error) -> Fout {
    Fout::kan_niet("De verbinding met het eigen register brak af. Probeer het opnieuw.")
}

fn geen_http() -> Fout {
    Fout::kan_niet("Het eigen register gaf een onleesbaar antwoord. Probeer het opnieuw.")
}
