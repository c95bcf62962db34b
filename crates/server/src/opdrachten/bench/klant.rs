//! A browser as far as measuring needs one: one connection that stays open, a cookie, and what came back.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::fout::Fout;

/// Bytes read at a time.
const STUK: usize = 64 * 1024;
/// Most bytes of one answer.
const MAX_ANTWOORD: usize = 16 * 1024 * 1024;

/// What is asked.
pub(super) struct Verzoek {
    pad: String,
    /// The fields of a form that is sent, encoded; `None` asks for a page.
    velden: Option<String>,
    /// Whether the answer may come compressed, as browsers ask.
    pub gecomprimeerd: bool,
    /// Whether a script of the page asks.
    van_script: bool,
}

impl Verzoek {
    /// A page.
    pub(super) fn blad(pad: &str) -> Self {
        Verzoek { pad: pad.to_owned(), velden: None, gecomprimeerd: true, van_script: false }
    }

    /// A form.
    pub(super) fn formulier(pad: &str, velden: &[(&str, &str)]) -> Self {
        let field = |(naam, waarde): &(&str, &str)| format!("{naam}={}", gecodeerd(waarde));
        let velden = velden.iter().map(field).collect::<Vec<_>>().join("&");
        Verzoek { pad: pad.to_owned(), velden: Some(velden), gecomprimeerd: true, van_script: false }
    }

    /// The same, asked by a script of the page while somebody types.
    pub(super) fn van_script(self) -> Self {
        Verzoek { van_script: true, ..self }
    }

    /// The same, to be read: the answer comes as it is.
    pub(super) fn leesbaar(self) -> Self {
        Verzoek { gecomprimeerd: false, ..self }
    }

    fn bytes(&self, host: SocketAddr, koekje: &str) -> Vec<u8> {
        let Verzoek { pad, velden, gecomprimeerd, van_script } = self;
        let method = if velden.is_some() { "POST" } else { "GET" };
        let mut text = format!("{method} {pad} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\nCookie: {koekje}\r\n");
        if *gecomprimeerd {
            text.push_str("Accept-Encoding: gzip\r\n");
        }
        if *van_script {
            text.push_str("Sec-Fetch-Dest: empty\r\n");
        }
        if let Some(velden) = velden {
            text.push_str("Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n");
            text.push_str(&format!("Content-Length: {}\r\n", velden.len()));
        }
        text.push_str("\r\n");
        text.push_str(velden.as_deref().unwrap_or_default());
        text.into_bytes()
    }
}

/// A value as a form sends it.
fn gecodeerd(waarde: &str) -> String {
    let mut text = String::with_capacity(waarde.len());
    for byte in waarde.bytes() {
        match byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            true => text.push(byte.into()),
            false => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

/// What came back.
pub(super) struct Antwoord {
    /// As in "200".
    pub status: u16,
    /// Bytes of the content, as they came.
    pub bytes: Vec<u8>,
}

impl Antwoord {
    /// The content as text.
    pub(super) fn tekst(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

/// One browser.
pub(super) struct Klant {
    host: SocketAddr,
    stroom: TcpStream,
    koekje: String,
    buffer: Vec<u8>,
}

impl Klant {
    pub(super) async fn new(host: SocketAddr, koekje: String) -> Result<Self, Fout> {
        let stroom = TcpStream::connect(host).await.map_err(verbroken)?;
        stroom.set_nodelay(true).map_err(verbroken)?;
        Ok(Klant { host, stroom, koekje, buffer: Vec::with_capacity(STUK) })
    }

    /// Asks, and reads the whole answer.
    ///
    /// # Errors
    /// When the connection breaks.
    pub(super) async fn vraag(&mut self, verzoek: &Verzoek) -> Result<Antwoord, Fout> {
        self.stroom.write_all(&verzoek.bytes(self.host, &self.koekje)).await.map_err(verbroken)?;
        self.buffer.clear();
        let head = loop {
            if let Some(at) = vind(&self.buffer, b"\r\n\r\n") {
                break at + 4;
            }
            self.lees().await?;
        };
        let koppen = String::from_utf8_lossy(self.buffer.get(..head).unwrap_or_default()).to_ascii_lowercase();
        let status = koppen.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or_default();
        let length = koppen.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok());
        let bytes = match length {
            Some(length) => self.tot(head, length).await?,
            None if koppen.contains("transfer-encoding: chunked") => self.brokken(head).await?,
            None => Vec::new(),
        };
        Ok(Antwoord { status, bytes })
    }

    async fn lees(&mut self) -> Result<(), Fout> {
        let read = self.stroom.read_buf(&mut self.buffer).await.map_err(verbroken)?;
        if read == 0 || self.buffer.len() > MAX_ANTWOORD {
            return Err(Fout::kan_niet("De verbinding werd verbroken tijdens het meten. Probeer het opnieuw."));
        }
        Ok(())
    }

    async fn tot(&mut self, begin: usize, length: usize) -> Result<Vec<u8>, Fout> {
        while self.buffer.len() < begin.saturating_add(length) {
            self.lees().await?;
        }
        Ok(self.buffer.get(begin..begin.saturating_add(length)).unwrap_or_default().to_vec())
    }

    /// Content that comes in pieces, each with its length before it.
    async fn brokken(&mut self, mut at: usize) -> Result<Vec<u8>, Fout> {
        let mut all = Vec::new();
        loop {
            let line = loop {
                if let Some(end) = vind(self.buffer.get(at..).unwrap_or_default(), b"\r\n") {
                    break end;
                }
                self.lees().await?;
            };
            let word = String::from_utf8_lossy(self.buffer.get(at..at + line).unwrap_or_default()).into_owned();
            let length = usize::from_str_radix(word.trim(), 16).unwrap_or_default();
            let piece = self.tot(at + line + 2, length + 2).await?;
            if length == 0 {
                return Ok(all);
            }
            all.extend_from_slice(piece.get(..length).unwrap_or_default());
            at += line + 2 + length + 2;
        }
    }
}

fn vind(bytes: &[u8], wat: &[u8]) -> Option<usize> {
    bytes.windows(wat.len()).position(|window| window == wat)
}

fn verbroken(fout: std::io::Error) -> Fout {
    Fout::kan_niet(format!("De verbinding met de eigen pagina's lukt niet ({fout}). Probeer het opnieuw."))
}
