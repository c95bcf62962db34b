//! Drawings by the server: SVG with a title and a description, a pattern beside each colour, and classes instead of
//! colours, so that dark screens and paper have their own. The same is always told by a table or a list beside it.

pub mod kalender;
pub mod klokbalk;
pub mod lessen;
pub mod tijdlijn;
pub mod weeklijn;
pub mod weekstaven;

use std::fmt::Write;

/// A drawing under construction. Lengths are in units of its own, about a pixel at the width that it is made for.
pub struct Tekening {
    breed: i32,
    hoog: i32,
    naam: String,
    titel: String,
    beschrijving: String,
    inhoud: String,
}

/// Patterns, so that kinds are told apart without colour. Their lines take the colour of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Patroon {
    /// None: the colour alone, for the kind that needs no telling apart.
    Effen,
    /// Lines that rise to the right.
    Schuin,
    /// Dots.
    Stip,
    /// Lines that cross.
    Ruit,
    /// Lines from left to right.
    Liggend,
    /// Lines that fall to the right.
    Tegen,
    /// Lines from top to bottom.
    Staand,
    /// Wide lines that rise, for what is not known.
    Onbekend,
}

impl Patroon {
    /// All that draw something.
    const ALLE: [Patroon; 7] = [
        Patroon::Schuin,
        Patroon::Stip,
        Patroon::Ruit,
        Patroon::Liggend,
        Patroon::Tegen,
        Patroon::Staand,
        Patroon::Onbekend,
    ];

    fn code(self) -> &'static str {
        match self {
            Patroon::Effen => "effen",
            Patroon::Schuin => "schuin",
            Patroon::Stip => "stip",
            Patroon::Ruit => "ruit",
            Patroon::Liggend => "liggend",
            Patroon::Tegen => "tegen",
            Patroon::Staand => "staand",
            Patroon::Onbekend => "onbekend",
        }
    }

    fn lijnen(self) -> (u8, &'static str) {
        match self {
            Patroon::Effen => (4, ""),
            Patroon::Schuin => (6, "M-1 1l2-2M0 6l6-6M5 7l2-2"),
            Patroon::Stip => (5, "M2 2h1.4M4.5 4.5h1"),
            Patroon::Ruit => (6, "M0 0l6 6M0 6l6-6"),
            Patroon::Liggend => (5, "M0 2.5h5"),
            Patroon::Tegen => (6, "M-1 5l2 2M0 0l6 6M5-1l2 2"),
            Patroon::Staand => (5, "M2.5 0v5"),
            Patroon::Onbekend => (10, "M-2 2l4-4M0 10l10-10M8 12l4-4"),
        }
    }
}

/// The patterns of a page, for all its drawings; it takes no room.
pub fn patronen() -> String {
    let mut svg = "<svg class=\"lr-patronen\" width=\"0\" height=\"0\" aria-hidden=\"true\" focusable=\"false\"><defs>"
        .to_owned();
    for patroon in Patroon::ALLE {
        let (maat, lijnen) = patroon.lijnen();
        let _ = write!(
            svg,
            "<pattern id=\"lr-p-{}\" width=\"{maat}\" height=\"{maat}\" patternUnits=\"userSpaceOnUse\"><path d=\"{lijnen}\"/></pattern>",
            patroon.code()
        );
    }
    svg.push_str("</defs></svg>");
    svg
}

/// A small piece in a colour and pattern, for a legend or a table. It says nothing itself: the words stand beside it.
pub fn staal(klasse: &str, patroon: Patroon, letter: &str) -> String {
    let mut tekening = Tekening::new(20, 16, "", "", "");
    tekening.vlak(Vlak { x: 1, y: 1, breed: 18, hoog: 14 }, klasse, patroon);
    if !letter.is_empty() {
        tekening.tekst(10, 12, "is-letter", letter);
    }
    format!(
        "<svg class=\"lr-staal\" viewBox=\"0 0 20 16\" width=\"20\" height=\"16\" aria-hidden=\"true\" focusable=\"false\">{}</svg>",
        tekening.inhoud
    )
}

/// Where something is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vlak {
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
    /// Width.
    pub breed: i32,
    /// Height.
    pub hoog: i32,
}

impl Tekening {
    /// An empty drawing; `naam` tells it apart from the others of its page.
    pub fn new(breed: i32, hoog: i32, naam: &str, titel: &str, beschrijving: &str) -> Self {
        let own = |text: &str| text.to_owned();
        Tekening {
            breed,
            hoog,
            naam: own(naam),
            titel: own(titel),
            beschrijving: own(beschrijving),
            inhoud: String::new(),
        }
    }

    /// A piece in a colour, with a pattern over it.
    pub fn vlak(&mut self, vlak: Vlak, klasse: &str, patroon: Patroon) {
        let Vlak { x, y, breed, hoog } = vlak;
        let place = format!("x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\"", breed.max(0), hoog.max(0));
        let _ = write!(self.inhoud, "<rect {place} class=\"{klasse}\"/>");
        if patroon != Patroon::Effen {
            let _ = write!(self.inhoud, "<rect {place} fill=\"url(#lr-p-{})\"/>", patroon.code());
        }
    }

    /// A line.
    pub fn lijn(&mut self, van: (i32, i32), naar: (i32, i32), klasse: &str) {
        let ((x1, y1), (x2, y2)) = (van, naar);
        let _ = write!(self.inhoud, "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" class=\"{klasse}\"/>");
    }

    /// Words; the class says where they stand beside that point ("is-midden", "is-eind").
    pub fn tekst(&mut self, x: i32, y: i32, klasse: &str, tekst: &str) {
        let _ = write!(self.inhoud, "<text x=\"{x}\" y=\"{y}\" class=\"{klasse}\">{}</text>", veilig(tekst));
    }

    /// A shape of lines.
    pub fn vorm(&mut self, lijnen: &str, klasse: &str) {
        let _ = write!(self.inhoud, "<path d=\"{lijnen}\" class=\"{klasse}\"/>");
    }

    /// What is drawn within, with words for whoever points at it.
    pub fn met_uitleg(&mut self, uitleg: &str, teken: impl FnOnce(&mut Self)) {
        let _ = write!(self.inhoud, "<g><title>{}</title>", veilig(uitleg));
        teken(self);
        self.inhoud.push_str("</g>");
    }

    /// The drawing as it stands in a page; `klasse` beside `lr-beeld`.
    pub fn klaar(self, klasse: &str) -> String {
        let Tekening { breed, hoog, naam, titel, beschrijving, inhoud } = self;
        format!(
            "<svg class=\"lr-beeld {klasse}\" viewBox=\"0 0 {breed} {hoog}\" role=\"img\" aria-labelledby=\"{naam}-t {naam}-b\"><title id=\"{naam}-t\">{}</title><desc id=\"{naam}-b\">{}</desc>{inhoud}</svg>",
            veilig(&titel),
            veilig(&beschrijving)
        )
    }
}

/// A drawing twice: for a wide screen, as wide as its place there, and for a narrow one. Only one of them is shown, and
/// read aloud.
pub fn breed_en_smal(breed: i32, teken: impl Fn(i32, &str) -> String) -> String {
    format!("{}{}", teken(breed, "is-breed"), teken(SMAL, "is-smal"))
}

/// Width of a drawing beside a column of cards.
const NAAST: i32 = 760;
/// Width of a drawing that has the page to itself.
const HEEL: i32 = 1120;
/// Width of a drawing on a telephone, within a card.
const SMAL: i32 = 280;

/// A share of a length, rounded down; 0 of nothing.
fn deel(lengte: i32, n: i32, van: i32) -> i32 {
    let whole = i64::from(lengte) * i64::from(n);
    i32::try_from(whole.checked_div(i64::from(van)).unwrap_or(0)).unwrap_or(lengte)
}

/// The next number that reads well on a scale: 2, 4, 10, 20, 40, 100 …
pub fn mooi(highest: u32) -> u32 {
    let mut step = 1u32;
    loop {
        for factor in [2, 4, 10] {
            let top = step.saturating_mul(factor);
            if top >= highest || top == u32::MAX {
                return top;
            }
        }
        step = step.saturating_mul(10);
    }
}

/// Text without markup of its own.
fn veilig(tekst: &str) -> String {
    let mut safe = String::with_capacity(tekst.len());
    for c in tekst.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_stays_text() {
        let mut tekening = Tekening::new(10, 10, "x", "<b>", "\"a\" & b");
        tekening.met_uitleg("</title><script>", |t| t.tekst(1, 1, "is-midden", "<i>\n"));
        let svg = tekening.klaar("is-breed");
        assert!(!svg.contains("<b>") && !svg.contains("<script>") && !svg.contains("<i>"), "{svg}");
        assert!(svg.contains("&quot;a&quot; &amp; b") && !svg.contains("style="), "{svg}");
    }

    #[test]
    fn a_share_never_overflows_and_nothing_of_nothing_is_nothing() {
        assert_eq!((deel(700, 40, 91), deel(700, 5, 0), deel(i32::MAX, i32::MAX, 1)), (307, 0, i32::MAX));
    }

    #[test]
    fn a_scale_ends_at_a_number_that_reads_well() {
        for (highest, top) in
            [(0, 2), (1, 2), (3, 4), (4, 4), (5, 10), (11, 20), (41, 100), (693, 1_000), (u32::MAX, u32::MAX)]
        {
            assert_eq!(mooi(highest), top);
        }
    }
}
