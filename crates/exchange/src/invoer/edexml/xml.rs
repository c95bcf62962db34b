//! XML read element by element, with a bound on everything and without what EDEXML does not need: no DTD, no entities
//! but the five of XML itself, no reference to other files.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use super::bestand::{Bouwer, TOEVOEGINGEN, element};
use crate::invoer::bevinding::Weigering;

/// The most elements that may stand inside each other; EDEXML has eight.
pub const MAX_DIEPTE: usize = 16;
/// The most elements of a file.
pub const MAX_ELEMENTEN: usize = 5_000_000;
/// The longest start tag with its attributes, in bytes.
pub const MAX_TAG: usize = 8 << 10;
/// The most attributes of one element.
pub const MAX_ATTRIBUTEN: usize = 16;
/// What is kept of the text of one element, in bytes. Every field that is read must be shorter, and says so.
pub const MAX_VELD: usize = 1 << 10;

/// Walks through the text and tells `bouwer` of every known element: its start with its key, and its end with its text.
///
/// # Errors
/// When the text is no well-formed XML of EDEX, holds a DOCTYPE, or passes a bound; with the line.
pub(super) fn walk(text: &str, bouwer: &mut Bouwer) -> Result<(), Weigering> {
    let mut wandeling = Wandeling {
        reader: Reader::from_str(text),
        text,
        pad: Vec::new(),
        overgeslagen: 0,
        elementen: 0,
        inhoud: String::new(),
        gezien: false,
    };
    while wandeling.step(bouwer)? {}
    Ok(())
}

struct Wandeling<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    /// Names of the open elements, from the root.
    pad: Vec<&'static str>,
    /// Open elements inside one that is not read.
    overgeslagen: usize,
    elementen: usize,
    inhoud: String,
    /// Whether the root element was there.
    gezien: bool,
}

impl Wandeling<'_> {
    /// Takes one step; `false` at the end.
    fn step(&mut self, bouwer: &mut Bouwer) -> Result<bool, Weigering> {
        let event = self.reader.read_event().map_err(|_| self.malformed())?;
        match event {
            Event::Start(tag) => self.start(&tag, bouwer)?,
            Event::Empty(tag) => {
                self.start(&tag, bouwer)?;
                self.end(bouwer)?;
            }
            Event::End(_) => self.end(bouwer)?,
            Event::Text(text) => self.keep(&text.xml10_content()),
            Event::CData(text) => self.keep(&text.xml10_content()),
            Event::GeneralRef(name) => self.reference(&name)?,
            Event::DocType(_) => {
                return Err(self.wrong(
                    "Het bestand bevat een DOCTYPE",
                    "EDEXML heeft die niet nodig, en een DOCTYPE kan naar andere bestanden wijzen. Maak de uitvoer zonder DOCTYPE.",
                ));
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof if self.pad.is_empty() && self.gezien => return Ok(false),
            Event::Eof => return Err(self.malformed()),
        }
        Ok(true)
    }

    fn start(&mut self, tag: &BytesStart<'_>, bouwer: &mut Bouwer) -> Result<(), Weigering> {
        self.elementen += 1;
        if self.elementen > MAX_ELEMENTEN || self.pad.len() + self.overgeslagen >= MAX_DIEPTE {
            return Err(
                self.wrong("Het bestand heeft te veel elementen", "Lever het in delen, bijvoorbeeld per school.")
            );
        }
        let key = self.key(tag)?;
        self.inhoud.clear();
        if self.overgeslagen > 0 {
            self.overgeslagen += 1;
            return Ok(());
        }
        let name = tag.local_name();
        let Some(known) = element(self.pad.last(), name.as_ref()) else {
            if self.pad.is_empty() {
                return Err(self.wrong(
                    "Dit is geen EDEXML: het bestand begint niet met het element EDEX",
                    "Maak in uw pakket een EDEXML-bestand (versie 2.1), of lever de leerlingen als CSV.",
                ));
            }
            bouwer.unknown(&self.pad, name.as_ref());
            self.overgeslagen = 1;
            return Ok(());
        };
        if self.pad.is_empty() && std::mem::replace(&mut self.gezien, true) {
            return Err(self.malformed());
        }
        if known == TOEVOEGINGEN {
            self.overgeslagen = 1;
            return Ok(());
        }
        self.pad.push(known);
        bouwer.begin(&self.pad, key)
    }

    /// The attribute `key`; all attributes are checked, none of the others is read.
    fn key(&self, tag: &BytesStart<'_>) -> Result<Option<String>, Weigering> {
        if tag.len() > MAX_TAG {
            return Err(self.wrong("Een element is te lang", "Maak de uitvoer opnieuw."));
        }
        let mut key = None;
        for (place, attribute) in tag.attributes().enumerate() {
            let attribute = attribute.map_err(|_| self.malformed())?;
            if place >= MAX_ATTRIBUTEN {
                return Err(self.wrong("Een element heeft te veel attributen", "Maak de uitvoer opnieuw."));
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| self.malformed())?;
            if attribute.key.as_ref() == "key" {
                key = Some(value.into_owned());
            }
        }
        Ok(key)
    }

    fn end(&mut self, bouwer: &mut Bouwer) -> Result<(), Weigering> {
        if self.overgeslagen > 0 {
            self.overgeslagen -= 1;
        } else if self.pad.is_empty() {
            return Err(self.malformed());
        } else {
            bouwer.end(&self.pad, &self.inhoud);
            self.pad.pop();
        }
        self.inhoud.clear();
        Ok(())
    }

    /// Keeps text for the element that is open, as far as it can be used.
    fn keep(&mut self, text: &str) {
        if self.overgeslagen > 0 || self.pad.is_empty() {
            return;
        }
        let room = MAX_VELD.saturating_sub(self.inhoud.len());
        self.inhoud.push_str(text.get(..text.floor_char_boundary(room)).unwrap_or_default());
    }

    fn reference(&mut self, name: &BytesRef<'_>) -> Result<(), Weigering> {
        let teken = match name.resolve_char_ref() {
            Ok(Some(teken)) => teken,
            Ok(None) => match name.xml10_content().as_ref() {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "apos" => '\'',
                "quot" => '"',
                _ => return Err(self.unknown_reference()),
            },
            Err(_) => return Err(self.unknown_reference()),
        };
        self.keep(teken.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn unknown_reference(&self) -> Weigering {
        self.wrong(
            "Het bestand verwijst met & naar een teken dat niet bestaat",
            "Maak de uitvoer opnieuw; een & in een naam hoort er als &amp; te staan.",
        )
    }

    fn malformed(&self) -> Weigering {
        self.wrong(
            "Het bestand is geen goed gevormde XML",
            "Maak de uitvoer opnieuw; het bestand is misschien niet helemaal weggeschreven.",
        )
    }

    /// A refusal that names the line, and the element that is open.
    fn wrong(&self, what: &str, next: &'static str) -> Weigering {
        let error = usize::try_from(self.reader.error_position()).unwrap_or_default();
        let here = usize::try_from(self.reader.buffer_position()).unwrap_or_default();
        let place = if error > 0 { error } else { here }.min(self.text.len());
        let before = self.text.as_bytes().get(..place).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let open = self.pad.last().map(|naam| format!(", element {naam}")).unwrap_or_default();
        Weigering::new(format!("{what} (regel {line}{open})."), next)
    }
}
