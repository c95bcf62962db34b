//! One sheet to take along to a meeting about a child. It is one page of A4, however long the course: what does not fit is
//! counted, and stands in the dossier.

use askama::Template;
use axum::extract::{Path, Query, State};
use convenant::Facet;
use domain::body::{Aanbod, AanbodReactie, Body, Gesprek, Ondersteuningsvraag, Plan};
use domain::calendar::datum;
use domain::fact::Fact;
use domain::termijnen::Stand as TermijnStand;

use super::gesprekken;
use super::klok::KlokBlok;
use super::kop::Kop;
use super::overzicht::{AanZet, aan_zet, wanneer};
use super::{Bladzijde, Blik, Vraag, toon};
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::beeld::patronen;
use crate::web::bezoek::Bezoek;
use crate::web::kader::Kader;
use crate::web::{Staat, paden};
use crate::weergave::mensen;
use crate::weergave::stand::Stand;
use crate::weergave::woorden::{dag, hoofdletter, uren, vast, zin, zonder_punt};
use crate::weergave::zorg::zonder_zorg;
use crate::weergave::{feiten, tekst};

/// Characters of one line at most: two lines of a column. With the numbers of lines below a full sheet still has room for
/// notes.
const MAX_TEKENS: usize = 100;
/// Lines of each part of the sheet.
const MAX_GEPROBEERD: usize = 5;
const MAX_AFSPRAKEN: usize = 3;
const MAX_AANBOD: usize = 2;
const MAX_TERMIJNEN: usize = 4;
const MAX_THUIS: usize = 3;
const MAX_MENSEN: usize = 6;

/// A part of the sheet: its lines, and how many more there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deel {
    /// Lines.
    pub regels: Vec<String>,
    /// How many others.
    pub meer: usize,
}

impl Deel {
    fn van(regels: impl IntoIterator<Item = String>, hoogstens: usize) -> Self {
        let mut regels: Vec<String> = regels.into_iter().map(|line| op_papier(&kort(&line, MAX_TEKENS))).collect();
        let meer = regels.len().saturating_sub(hoogstens);
        regels.truncate(hoogstens);
        Deel { regels, meer }
    }
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mdo {
    /// Patterns of the drawing.
    pub patronen: String,
    /// The day, in words.
    pub op: String,
    /// How it is with the child.
    pub gaat: Option<String>,
    /// The status.
    pub status: Option<String>,
    /// The clock.
    pub klok: Option<KlokBlok>,
    /// Who is aan zet.
    pub aan_zet: Option<AanZet>,
    /// What is due first.
    pub termijnen: Deel,
    /// What was tried.
    pub geprobeerd: Deel,
    /// What was agreed.
    pub afspraken: Deel,
    /// Offers and what came of them.
    pub aanbod: Deel,
    /// Parents and carers.
    pub thuis: Deel,
    /// The professionals.
    pub mensen: Deel,
    /// How many times somebody said, unanswered, that the absence is not right. Their words are not for a whole table.
    pub betwist: usize,
    /// What is not known.
    pub niet_bekend: Deel,
    /// The first page of the dossier.
    pub terug: String,
}

/// What it is called.
const BLAD: Bladzijde = Bladzijde { tab: "mdo", wat: "MDO-blad", titel: "MDO-blad van een leerling" };

#[derive(Template)]
#[template(path = "dossier/mdo.html")]
struct Mdoblad {
    kader: Kader,
    kop: Kop,
    m: Mdo,
}

/// The page.
pub async fn blad(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path(leerling): Path<String>,
    Query(vraag): Query<Vraag>,
) -> Uitslag {
    let (kader, kop, m) =
        toon(&staat, &bezoek, &leerling, &vraag, BLAD, |blik| Mdo::van(blik).ok_or(Weigering::NietGevonden)).await?;
    antwoord::pagina(&Mdoblad { kader, kop, m })
}

impl Mdo {
    /// `None` when the clock is not for this reader.
    fn van(blik: &Blik<'_>) -> Option<Self> {
        let w = &blik.w;
        if !w.oog.mag(Facet::Klok) {
            return None;
        }
        let stand = Stand::uit(w);
        let due = stand.termijnen.iter().filter(|line| line.termijn.is_open()).map(|line| {
            // That it is late and its day come first, so that what does not fit never hides them.
            let late = if line.termijn.stand == TermijnStand::TeLaat { "Te laat. " } else { "" };
            format!("{late}{}: {}, {}", zonder_punt(&line.termijn.wat), wanneer(&line.termijn, stand.op), line.wie)
        });
        Some(Mdo {
            patronen: patronen(),
            op: datum(blik.op()),
            gaat: tekst::hoe_het_gaat(&stand, &blik.peil()).map(|words| vast(&kort(&words, 3 * MAX_TEKENS))),
            status: stand.status_woorden.as_deref().map(zin),
            klok: stand.klok.as_ref().map(|klok| KlokBlok::van(blik, klok)),
            aan_zet: stand.aan_zet.as_ref().map(|beurt| {
                let found = aan_zet(blik, beurt);
                AanZet { stap: kort(&found.stap, MAX_TEKENS), ..found }
            }),
            termijnen: Deel::van(due, MAX_TERMIJNEN),
            geprobeerd: Deel::van(geprobeerd(blik), MAX_GEPROBEERD),
            afspraken: Deel::van(afspraken(blik), MAX_AFSPRAKEN),
            aanbod: Deel::van(aanbod(blik), MAX_AANBOD),
            thuis: Deel::van(thuis(blik), MAX_THUIS),
            mensen: Deel::van(professionals(blik), MAX_MENSEN),
            // What waits for an answer is told as of today.
            betwist: if blik.terug() { 0 } else { blik.zicht.betwist().len() },
            niet_bekend: Deel::van(stand.niet_bekend.iter().map(|gap| zin(&gap.wat)), 2),
            terug: blik.adres(&paden::leerling(w.leerling)),
        })
    }
}

/// Readable standing facts up to the day, newest first.
fn feiten_van<'a>(blik: &'a Blik<'_>, is: fn(&Body) -> bool) -> Vec<&'a Fact> {
    let known = blik.w.t.standing().filter(|fact| is(&fact.body) && fact.valid.from <= blik.op());
    let mut known: Vec<&Fact> = known.filter(|fact| blik.w.oog.leest(fact)).collect();
    known.sort_by_key(|fact| std::cmp::Reverse((fact.valid.from, fact.known, fact.id)));
    known
}

/// What the question for support says was tried, and the contacts and talks, newest first.
fn geprobeerd(blik: &Blik<'_>) -> Vec<String> {
    let asked = feiten_van(blik, |body| matches!(body, Body::Ondersteuningsvraag(_)));
    let asked = asked.into_iter().filter_map(|fact| match &fact.body {
        Body::Ondersteuningsvraag(Ondersteuningsvraag { geprobeerd, .. }) if !geprobeerd.is_empty() => {
            Some(format!("Volgens de vraag van {}: {}", dag(fact.valid.from, blik.op()), geprobeerd.zichtbaar()))
        }
        _ => None,
    });
    let said = gesprekken::contacten(blik).into_iter().map(|line| {
        let failed = if line.poging { ", geen gehoor" } else { "" };
        let text = if line.tekst.is_empty() { String::new() } else { format!(": {}", line.tekst) };
        format!("{}, {}{failed}{text}", line.dag, line.wat)
    });
    asked.chain(said).collect()
}

/// What was agreed: the plan, and the agreements of talks.
fn afspraken(blik: &Blik<'_>) -> Vec<String> {
    let stated = feiten_van(blik, |body| matches!(body, Body::Plan(_) | Body::Gesprek(_)));
    stated
        .into_iter()
        .filter_map(|fact| {
            let (what, text) = match &fact.body {
                Body::Plan(Plan { doel, .. }) => ("Plan", doel),
                Body::Gesprek(Gesprek { soort, afspraken, .. }) => (soort.label(), afspraken),
                _ => return None,
            };
            let what = hoofdletter(what);
            let line = format!("{what} van {}: {}", dag(fact.valid.from, blik.op()), text.zichtbaar());
            (!text.is_empty()).then_some(line)
        })
        .collect()
}

/// Offers with what parents and child said of them.
fn aanbod(blik: &Blik<'_>) -> Vec<String> {
    let made = feiten_van(blik, |body| matches!(body, Body::Aanbod(_)));
    let answers = feiten_van(blik, |body| matches!(body, Body::AanbodReactie(_)));
    let line = |fact: &Fact, aanbod: &Aanbod| {
        let said = answers.iter().filter_map(|answer| match &answer.body {
            Body::AanbodReactie(AanbodReactie { aanbod, ouder, oordeel, .. }) if *aanbod == fact.id => {
                let who = if ouder.is_some() { "ouder" } else { "leerling" };
                Some(format!("{who}: {}", oordeel.label()))
            }
            _ => None,
        });
        let said: Vec<String> = said.collect();
        let said = if said.is_empty() { String::new() } else { format!(" ({})", said.join(", ")) };
        format!(
            "{}, {}, {} per week, {}{said}",
            hoofdletter(aanbod.soort.label()),
            zonder_punt(aanbod.wat.zichtbaar()),
            uren(aanbod.kwartieren_per_week.into()),
            feiten::dagen(fact, blik.op())
        )
    };
    let lines = made.iter().filter_map(|fact| match &fact.body {
        Body::Aanbod(aanbod) => Some(line(fact, aanbod)),
        _ => None,
    });
    let gedaan = blik.w.t.all::<Aanbod>().filter(|(fact, _)| fact.valid.from <= blik.op());
    let without_care = gedaan.filter_map(|(fact, aanbod)| zonder_zorg(&blik.w, fact, aanbod));
    lines.chain(without_care.map(|words| hoofdletter(&words))).collect()
}

fn thuis(blik: &Blik<'_>) -> Vec<String> {
    let words = |who: mensen::Thuis| {
        let tolk = if who.tolk { "tolk nodig" } else { "" };
        let parts = [who.relatie.as_str(), &who.gezag, &who.telefoon, &who.taal, tolk];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        format!("{}: {}", who.naam, parts.join(", "))
    };
    mensen::thuis(&blik.w).into_iter().map(words).collect()
}

fn professionals(blik: &Blik<'_>) -> Vec<String> {
    let partners = mensen::wie_is_wie(&blik.w);
    let lines = partners.iter().flat_map(|partner| {
        partner.mensen.iter().map(|who| {
            let task = if who.taak.is_empty() { String::new() } else { format!(", {}", who.taak) };
            let parts = [who.telefoon.as_str(), &who.werkdagen];
            let reach: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            format!("{}: {} ({}{task}) {}", partner.soort, who.naam, who.rol, reach.join(", "))
        })
    });
    lines.collect()
}

/// A line with its short pairs and telephone numbers in one piece.
fn op_papier(tekst: &str) -> String {
    let mut all = String::with_capacity(tekst.len());
    let mut before = ' ';
    let vast = vast(tekst);
    let mut letters = vast.chars().peekable();
    while let Some(letter) = letters.next() {
        all.push(letter);
        let number = before.is_ascii_digit() && letters.peek().is_some_and(char::is_ascii_digit);
        if letter == '-' && number {
            // Joins what a hyphen would let break.
            all.push('\u{2060}');
        }
        before = letter;
    }
    all
}

/// A text of at most so many characters, cut at a word.
fn kort(tekst: &str, hoogstens: usize) -> String {
    let clean = tekst.split_whitespace().collect::<Vec<_>>().join(" ");
    if clean.chars().count() <= hoogstens {
        return clean;
    }
    let head: String = clean.chars().take(hoogstens).collect();
    let cut = head.rsplit_once(' ').map_or(head.as_str(), |(before, _)| before);
    format!("{}…", cut.trim_end_matches([',', ';', ':', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_at_a_word_and_lines_that_do_not_fit_are_counted() {
        assert_eq!(kort("een twee drie, vier vijf", 17), "een twee drie…");
        assert_eq!(kort("een\n twee", 14), "een twee");
        assert_eq!(op_papier("klas 4a, 072-555 01 23, ma-do"), "klas\u{a0}4a, 072-\u{2060}555\u{a0}01\u{a0}23, ma-do");
        assert_eq!(kort(&"x".repeat(30), 10), format!("{}…", "x".repeat(10)));
        let deel = Deel::van((0..9).map(|n| n.to_string()), 6);
        assert_eq!((deel.regels.len(), deel.meer), (6, 3));
    }
}
