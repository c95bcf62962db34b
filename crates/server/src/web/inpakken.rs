//! What is sent is packed, for whoever takes it so: a page of a list goes over a telephone line in a tenth of the bytes.
//! Pages are whole before they are sent, so each is packed in one go. What is shown again and again is packed once, as a
//! [`Stuk`], and sent as it is in the middle of a page.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;
use std::sync::Arc;

use axum::body::{self, Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flate2::read::DeflateDecoder;
use flate2::{Compress, Compression, Crc, FlushCompress};

use super::antwoord::Weigering;

/// Less than this is sent as it is, in bytes: it fits in one packet anyway.
const MINSTENS: u64 = 600;
/// What a gzip file begins with (RFC 1952): no name, no time, no system.
const KOP: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
/// Room for a packed page, in bytes; more is made for those that need it.
const RUIMTE: usize = 8 * 1024;
/// What ending a part costs beside its text, in bytes, at most.
const EXTRA: usize = 64;

/// From this size on a page is packed with more care, in bytes: there a reader on a weak line gains more than it takes.
const GROOT: usize = 40 * 1024;
/// Less than this is not pressed within a page, in bytes: what is drawn by lot gets no smaller.
const KLEIN: usize = 128;
/// An empty block that is the last of the file (RFC 1951).
const LAATSTE: [u8; 2] = [3, 0];
/// Texts of which each thread that answers keeps the packed form, of some two kilobytes each.
const MAX_BEKEND: usize = 500;

thread_local! {
    /// Kept for the next page: making one costs a tenth of packing.
    static PERS: RefCell<Compress> = RefCell::new(Compress::new(Compression::fast(), false));
    static ZORG: RefCell<Compress> = RefCell::new(Compress::new(Compression::default(), false));
    static BEKEND: RefCell<BTreeMap<Box<str>, Arc<Stuk>>> = const { RefCell::new(BTreeMap::new()) };
}

/// A part of a page, packed once for as often as it is sent. It does not refer to what stands before it, and nothing
/// after it does to it.
pub struct Stuk {
    /// Deflate blocks (RFC 1951), whole bytes, not the last of the file.
    blokken: Box<[u8]>,
    som: Crc,
}

impl fmt::Debug for Stuk {
    /// Never what is in it: it may be about a child.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Stuk({} bytes)", self.blokken.len())
    }
}

impl Stuk {
    /// Packs a part, with more care than what is sent once.
    pub fn van(tekst: &str) -> Self {
        let mut pers = Compress::new(Compression::default(), false);
        let mut blokken = Vec::new();
        let mut som = Crc::new();
        pers_af(&mut pers, tekst.as_bytes(), FlushCompress::Full, &mut blokken);
        som.update(tekst.as_bytes());
        Stuk { blokken: blokken.into(), som }
    }

    /// The same of a text that comes back again and again. It is known by all of its letters, so that nobody gets what was
    /// packed of another text.
    pub fn bekend(tekst: &str) -> Arc<Self> {
        BEKEND.with_borrow_mut(|bekend| {
            if let Some(stuk) = bekend.get(tekst) {
                return Arc::clone(stuk);
            }
            if bekend.len() >= MAX_BEKEND {
                bekend.clear();
            }
            let stuk = Arc::new(Self::van(tekst));
            bekend.insert(tekst.into(), Arc::clone(&stuk));
            stuk
        })
    }

    /// What was packed.
    fn tekst(&self, into: &mut Vec<u8>) {
        let whole = u64::from(self.som.amount());
        // Nothing but what `van` made comes here, so it unpacks.
        let _ = DeflateDecoder::new(&*self.blokken).take(whole).read_to_end(into);
    }
}

/// A page in parts, some of which were packed beforehand: what a handler gives to be sent.
#[derive(Debug, Clone)]
pub struct Omlijst {
    /// Together these are the page.
    pub delen: Vec<Deel>,
}

/// A part of a page.
#[derive(Debug, Clone)]
pub enum Deel {
    /// As it is.
    Los(String),
    /// Packed beforehand.
    Stuk(Arc<Stuk>),
}

impl IntoResponse for Omlijst {
    /// The page itself is put together by [`pak_in`], which knows how it is asked for.
    fn into_response(self) -> Response {
        let mut antwoord = ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], Body::empty()).into_response();
        antwoord.extensions_mut().insert(self);
        antwoord
    }
}

impl Omlijst {
    fn plat(&self) -> Vec<u8> {
        let mut tekst = Vec::new();
        for deel in &self.delen {
            match deel {
                Deel::Los(los) => tekst.extend_from_slice(los.as_bytes()),
                Deel::Stuk(stuk) => stuk.tekst(&mut tekst),
            }
        }
        tekst
    }

    fn ingepakt(&self) -> Vec<u8> {
        let mut packed = Vec::with_capacity(RUIMTE);
        packed.extend_from_slice(&KOP);
        let mut som = Crc::new();
        PERS.with_borrow_mut(|pers| {
            let mut at_begin = false;
            for deel in &self.delen {
                match deel {
                    Deel::Los(los) if los.len() < KLEIN => zet_los(los.as_bytes(), &mut packed),
                    Deel::Los(los) => {
                        // Starting anew takes longer than packing a short part; after a full flush nothing is left over.
                        if !std::mem::replace(&mut at_begin, true) {
                            pers.reset();
                        }
                        pers_af(pers, los.as_bytes(), FlushCompress::Full, &mut packed);
                    }
                    Deel::Stuk(stuk) => packed.extend_from_slice(&stuk.blokken),
                }
                match deel {
                    Deel::Los(los) => som.update(los.as_bytes()),
                    Deel::Stuk(stuk) => som.combine(&stuk.som),
                }
            }
        });
        packed.extend_from_slice(&LAATSTE);
        sluit(packed, &som)
    }
}

/// Puts a few bytes as they are in a block of their own: its length, the same inverted, and the bytes (RFC 1951, 3.2.4).
fn zet_los(bytes: &[u8], packed: &mut Vec<u8>) {
    let length = u16::try_from(bytes.len()).unwrap_or(0);
    packed.push(0);
    packed.extend_from_slice(&length.to_le_bytes());
    packed.extend_from_slice(&(!length).to_le_bytes());
    packed.extend_from_slice(bytes);
}

/// What a gzip file ends with.
fn sluit(mut packed: Vec<u8>, som: &Crc) -> Vec<u8> {
    packed.extend_from_slice(&som.sum().to_le_bytes());
    packed.extend_from_slice(&som.amount().to_le_bytes());
    packed
}

/// Packs all of it at the end of what was packed already.
fn pers_af(pers: &mut Compress, bytes: &[u8], einde: FlushCompress, packed: &mut Vec<u8>) {
    let begin = pers.total_in();
    loop {
        let done = usize::try_from(pers.total_in() - begin).unwrap_or(bytes.len());
        let rest = bytes.get(done..).unwrap_or_default();
        packed.reserve(rest.len() / 2 + EXTRA);
        // Packing has no way to fail but a misuse of its states.
        let Ok(_) = pers.compress_vec(rest, packed, einde) else { return };
        let all = pers.total_in() - begin == bytes.len() as u64;
        if all && packed.len() < packed.capacity() {
            return;
        }
    }
}

/// Packs what comes back, if it is text, not packed yet, and asked for so.
pub async fn pak_in(vraag: Request, verder: Next) -> Response {
    let takes = neemt(vraag.headers(), "gzip");
    let mut antwoord = verder.run(vraag).await;
    if let Some(omlijst) = antwoord.extensions_mut().remove::<Omlijst>() {
        let bytes = if takes { omlijst.ingepakt() } else { omlijst.plat() };
        return met_inhoud(antwoord, bytes.into(), takes);
    }
    let size = antwoord.body().size_hint().exact();
    let (Some(size), true) = (size, is_tekst(antwoord.headers())) else { return antwoord };
    let (kop, inhoud) = antwoord.into_parts();
    let Ok(bytes) = body::to_bytes(inhoud, usize::MAX).await else { return Weigering::Storing.into_response() };
    let packs = takes && size >= MINSTENS;
    met_inhoud(Response::from_parts(kop, Body::empty()), if packs { packed(&bytes).into() } else { bytes }, packs)
}

/// The answer with these bytes, packed or not.
fn met_inhoud(antwoord: Response, bytes: Bytes, is_packed: bool) -> Response {
    let (mut kop, _) = antwoord.into_parts();
    kop.headers.remove(header::CONTENT_LENGTH);
    kop.headers.entry(header::VARY).or_insert(HeaderValue::from_static("accept-encoding"));
    if is_packed {
        kop.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Response::from_parts(kop, Body::from(bytes))
}

/// Whether it is text that nobody packed yet.
fn is_tekst(koppen: &HeaderMap) -> bool {
    let kind = koppen.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let text = ["text/", "application/json", "image/svg"].iter().any(|begin| kind.starts_with(begin));
    text && !koppen.contains_key(header::CONTENT_ENCODING)
}

/// The bytes as a gzip file.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(bytes.len() / 2 + EXTRA);
    packed.extend_from_slice(&KOP);
    let pers = if bytes.len() < GROOT { &PERS } else { &ZORG };
    pers.with_borrow_mut(|pers| {
        pers.reset();
        pers_af(pers, bytes, FlushCompress::Finish, &mut packed);
    });
    let mut som = Crc::new();
    som.update(bytes);
    sluit(packed, &som)
}

/// Whether the browser takes what is packed so.
pub(super) fn neemt(vraag: &HeaderMap, soort: &str) -> bool {
    let all = vraag.get_all(header::ACCEPT_ENCODING).into_iter().filter_map(|value| value.to_str().ok());
    let mut words = all.flat_map(|line| line.split(','));
    words.any(|word| {
        let (name, weight) = word.split_once(';').unwrap_or((word, ""));
        let refused = weight.trim().strip_prefix("q=").is_some_and(|q| q.trim().parse() == Ok(0.0));
        name.trim() == soort && !refused
    })
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn packed_is_given_to_who_takes_it() {
        for (tekst, takes) in [
            ("gzip, deflate, br", true),
            ("br,gzip", true),
            ("gzip;q=0.8, br", true),
            ("br", false),
            ("gzip;q=0", false),
            ("gzip; q=0.000", false),
            ("", false),
        ] {
            let mut vraag = HeaderMap::new();
            vraag.insert(header::ACCEPT_ENCODING, tekst.parse().unwrap());
            assert_eq!(neemt(&vraag, "gzip"), takes, "{tekst}");
        }
    }

    fn unpack(packed: &[u8]) -> String {
        let mut back = String::new();
        flate2::read::GzDecoder::new(packed).read_to_string(&mut back).unwrap();
        back
    }

    /// Text that packs well, and text that does not.
    fn texts() -> Vec<String> {
        let mut state = 1u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            char::from(b' ' + (state >> 33) as u8 % 90)
        };
        let noise: String = (0..70_000).map(|_| next()).collect();
        let lines: String = (0..5_000).map(|n| format!("<li>{n} leerlingen</li>")).collect();
        vec![String::new(), "Sam".to_owned(), "a".repeat(100_000), lines, noise]
    }

    #[test]
    fn one_page_after_the_other_comes_back_as_it_was() {
        for text in texts() {
            assert_eq!(unpack(&packed(text.as_bytes())), text);
        }
        assert!(packed("a".repeat(100_000).as_bytes()).len() < 1_000);
    }

    #[test]
    fn a_page_around_a_part_comes_back_as_it_was_packed_or_not() {
        for voor in texts() {
            for deel in texts() {
                let stuk = Arc::new(Stuk::van(&deel));
                assert!(!format!("{stuk:?}").contains("Sam"));
                // What ends as it began would refer back over the part, if packing let it.
                for na in ["</main>", &voor, &deel] {
                    let los = [Deel::Los(voor.clone()), Deel::Los("0f".repeat(40)), Deel::Los(na.to_owned())];
                    let [eerst, toeval, laatst] = los;
                    let delen =
                        vec![eerst, Deel::Stuk(Arc::clone(&stuk)), toeval, Deel::Stuk(Stuk::bekend(&deel)), laatst];
                    let page = Omlijst { delen };
                    let whole = format!("{voor}{deel}{}{deel}{na}", "0f".repeat(40));
                    assert_eq!(unpack(&page.ingepakt()), whole);
                    assert_eq!(page.plat(), whole.as_bytes());
                }
            }
        }
    }

    #[test]
    fn only_text_that_is_not_packed_yet_is_packed() {
        for (kind, encoding, text) in [
            ("text/html; charset=utf-8", None, true),
            ("text/csv", None, true),
            ("application/pdf", None, false),
            ("font/woff2", None, false),
            ("text/css", Some("br"), false),
        ] {
            let mut koppen = HeaderMap::new();
            koppen.insert(header::CONTENT_TYPE, kind.parse().unwrap());
            if let Some(encoding) = encoding {
                koppen.insert(header::CONTENT_ENCODING, encoding.parse().unwrap());
            }
            assert_eq!(is_tekst(&koppen), text, "{kind}");
        }
    }
}
