//! The handbook, shown in the product: the same pages as in `docs/handleiding`.

use std::sync::LazyLock;

use askama::Template;
use axum::Extension;
use axum::extract::Path;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use rust_embed::Embed;

use super::antwoord::{self, Uitslag, Weigering};
use super::bezoek::Bezoek;
use super::kader::Kader;

#[derive(Embed)]
#[folder = "../../docs/handleiding"]
#[include = "*.md"]
struct Handleiding;

/// One page of the handbook.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Blad {
    naam: String,
    titel: String,
    html: String,
}

/// All pages, in the order in which one reads them.
static BLADEN: LazyLock<Vec<Blad>> = LazyLock::new(|| {
    let mut bladen: Vec<Blad> = Handleiding::iter().filter_map(|naam| blad(&naam)).collect();
    let plek = |naam: &str| VOLGORDE.iter().position(|found| *found == naam).unwrap_or(VOLGORDE.len());
    bladen.sort_by(|a, b| (plek(&a.naam), &a.naam).cmp(&(plek(&b.naam), &b.naam)));
    bladen
});

/// The order of the pages; a page that is not named comes behind these.
const VOLGORDE: &[&str] = &[
    "beginnen",
    "ochtendlijst",
    "leerlingen",
    "signalen",
    "protocol",
    "op-school",
    "dossier",
    "vastleggen",
    "verkeerd-kind",
    "invoer",
    "monitor",
    "inzage",
    "leeslog",
    "beheer",
    "veiligheid",
];

fn blad(bestand: &str) -> Option<Blad> {
    let naam = bestand.strip_suffix(".md")?;
    let bytes = Handleiding::get(bestand)?.data;
    let tekst = std::str::from_utf8(&bytes).ok()?;
    let titel = tekst.lines().next()?.strip_prefix("# ")?.trim().to_owned();
    Some(Blad { naam: naam.to_owned(), titel, html: naar_html(tekst) })
}

/// The text as a page; styled as the rest of the product, with every table in a region of its own.
pub fn naar_html(tekst: &str) -> String {
    // Pictures of the handbook are for reading it on paper or in the repository; the product itself is at hand here.
    let tekst: String = tekst.lines().filter(|line| !line.starts_with("![")).flat_map(|line| [line, "\n"]).collect();
    let mut tables = 0;
    let events = Parser::new_ext(&tekst, Options::ENABLE_TABLES).flat_map(|event| match event {
        // Our own pages hold no markup of their own.
        Event::Html(raw) | Event::InlineHtml(raw) => vec![Event::Text(raw)],
        Event::Start(Tag::Heading { level, id, classes: _, attrs }) => {
            let class = match level {
                HeadingLevel::H1 => "utrecht-heading-1",
                HeadingLevel::H2 => "utrecht-heading-2",
                _ => "utrecht-heading-3",
            };
            vec![Event::Start(Tag::Heading { level, id, classes: vec![class.into()], attrs })]
        }
        Event::Start(Tag::Table(columns)) => {
            tables += 1;
            let region =
                format!("<div class=\"lr-tabel\" role=\"region\" aria-label=\"Tabel {tables}\" tabindex=\"0\">");
            vec![Event::Html(region.into()), Event::Start(Tag::Table(columns))]
        }
        Event::End(TagEnd::Table) => vec![Event::End(TagEnd::Table), Event::Html("</div>".into())],
        other => vec![other],
    });
    let mut html = String::new();
    html::push_html(&mut html, events);
    html
}

#[derive(Template)]
#[template(path = "hulp/blad.html")]
struct HulpBlad<'a> {
    kader: Kader,
    bladen: &'a [Blad],
    blad: &'a Blad,
}

/// The first page of the handbook.
pub async fn begin(bezoek: Option<Extension<Bezoek>>) -> Uitslag {
    toon("beginnen", bezoek)
}

/// A page of the handbook.
pub async fn bladzijde(Path(naam): Path<String>, bezoek: Option<Extension<Bezoek>>) -> Uitslag {
    toon(&naam, bezoek)
}

fn toon(naam: &str, bezoek: Option<Extension<Bezoek>>) -> Uitslag {
    let blad = BLADEN.iter().find(|blad| blad.naam == naam).ok_or(Weigering::NietGevonden)?;
    let titel = format!("Hulp: {}", blad.titel);
    let kader = match bezoek {
        Some(Extension(bezoek)) => Kader::van(&bezoek, titel, "", "beginnen")?,
        None => Kader::buiten(titel),
    };
    antwoord::pagina(&HulpBlad { kader, bladen: &BLADEN, blad })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_a_title_and_none_brings_its_own_markup() {
        assert!(BLADEN.len() >= VOLGORDE.len(), "each page of the product has a page of help");
        for naam in VOLGORDE {
            assert!(BLADEN.iter().any(|blad| blad.naam == *naam), "{naam}.md");
        }
        for bestand in Handleiding::iter() {
            assert!(blad(&bestand).is_some(), "{bestand} begins with its title");
        }
        assert!(BLADEN.iter().all(|blad| !blad.html.contains("<img")), "a picture stands on a line of its own");
        assert!(naar_html("# A\n\n<script>x</script>").contains("&lt;script&gt;"));
    }
}
