//! The course of a child over time: a drawing, and the same as a table, newest first.

use askama::Template;
use axum::extract::{Path, Query, State};
use domain::Date;
use domain::body::{Aanbod, Body, Contact};
use domain::calendar::datum;
use domain::fact::Fact;
use domain::klok::{Klok, KlokStand, klokken};
use domain::period::{plus_days, plus_months, schooljaar, schooljaar_period};

use super::klok::einde;
use super::kop::Kop;
use super::{Bladzijde, Blik, Vraag, toon};
use crate::web::Staat;
use crate::web::antwoord::{self, Uitslag};
use crate::web::beeld::tijdlijn::{Punt, Rij, Strook, Teken, Tijdlijn};
use crate::web::beeld::{Patroon, patronen};
use crate::web::bezoek::Bezoek;
use crate::web::bladeren::Bladeren;
use crate::web::kader::Kader;
use crate::weergave::feiten;
use crate::weergave::woorden::{hoofdletter, zin};
use crate::weergave::zorg::zonder_zorg;

/// The drawing goes back this far at most, in months.
const MAX_MAANDEN: i32 = 72;
/// Days behind the day that is looked at.
const RUIMTE: i32 = 14;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regel {
    /// Its first day: what it is ordered by.
    dag: Date,
    /// Its days, in words.
    pub wanneer: String,
    /// What.
    pub wat: String,
    /// By whom; empty for what is derived.
    pub door: String,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verloop {
    /// Patterns of the drawing.
    pub patronen: String,
    /// The drawing.
    pub svg: String,
    /// The table.
    pub regels: Vec<Regel>,
    /// The page of the list.
    pub bladeren: Bladeren,
}

/// What it is called.
const BLAD: Bladzijde = Bladzijde { tab: "tijdlijn", wat: "tijdlijn", titel: "Tijdlijn van een leerling" };

#[derive(Template)]
#[template(path = "dossier/tijdlijn.html")]
struct Tijdlijnblad {
    kader: Kader,
    kop: Kop,
    m: Verloop,
}

/// The page.
pub async fn blad(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path(leerling): Path<String>,
    Query(vraag): Query<Vraag>,
) -> Uitslag {
    let (kader, kop, m) = toon(&staat, &bezoek, &leerling, &vraag, BLAD, |blik| Ok(Verloop::van(blik, &vraag))).await?;
    antwoord::pagina(&Tijdlijnblad { kader, kop, m })
}

/// The row of the drawing in which something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Baan {
    School,
    Aanbod,
    Leerplicht,
    Hulp,
    Contact,
    /// In the table only.
    Tabel,
}

/// Where a kind of statement stands; `None`: it is no part of a course.
fn baan(body: &Body) -> Option<Baan> {
    Some(match body {
        Body::Inschrijving(_) | Body::Uitschrijving(_) => Baan::School,
        Body::Aanbod(_) => Baan::Aanbod,
        Body::Melding(_)
        | Body::MeldingStatus(_)
        | Body::MeldingEinde(_)
        | Body::Onderzoek(_)
        | Body::Verhoor(_)
        | Body::Kennisgeving(_)
        | Body::KennisgevingToets(_)
        | Body::VrijstellingBesluit(_)
        | Body::Verklaring(_)
        | Body::Bevestiging(_) => Baan::Leerplicht,
        Body::Ondersteuningsvraag(_)
        | Body::Plan(_)
        | Body::InstemmingPlan(_)
        | Body::AanbodReactie(_)
        | Body::Consult(_)
        | Body::DeelnameAdvies(_)
        | Body::SwvAdvies(_)
        | Body::Besluit(_) => Baan::Hulp,
        Body::Contact(_) | Body::Gesprek(_) => Baan::Contact,
        Body::ZitThuis(_)
        | Body::Afwezigheid(_)
        | Body::Verlof(_)
        | Body::Verantwoordelijke(_)
        | Body::VolgendeStap(_)
        | Body::Geinformeerd(_)
        | Body::Toestemming(_)
        | Body::Afwijking(_)
        | Body::SignaalAfhandeling(_)
        | Body::Sluiting(_) => Baan::Tabel,
        _ => return None,
    })
}

impl Verloop {
    fn van(blik: &Blik<'_>, vraag: &Vraag) -> Self {
        let facts: Vec<(&Fact, Baan)> = blik
            .w
            .t
            .standing()
            .filter(|fact| fact.valid.from <= blik.op() && blik.w.oog.leest(fact))
            .filter_map(|fact| Some((fact, baan(&fact.body)?)))
            .collect();
        let spells = klokken(blik.w.t, blik.op(), blik.w.r).value;
        let spells: Vec<Klok> = spells.into_iter().filter(|klok| blik.w.oog.klok(klok)).collect();
        let mut regels: Vec<Regel> = facts.iter().map(|(fact, _)| van_feit(blik, fact)).collect();
        let aanbod = blik.w.t.all::<Aanbod>().filter(|(fact, _)| fact.valid.from <= blik.op());
        regels.extend(aanbod.filter_map(|(fact, aanbod)| {
            let wat = zin(&zonder_zorg(&blik.w, fact, aanbod)?);
            let valid = &fact.valid;
            let door = "iemand anders".to_owned();
            Some(Regel { dag: valid.from, wanneer: wanneer(valid.from, valid.last()), wat, door })
        }));
        regels.extend(spells.iter().flat_map(|klok| van_klok(blik, klok)));
        regels.sort_by_key(|regel| std::cmp::Reverse(regel.dag));
        let bladeren = blik.bladeren("tijdlijn", regels.len(), vraag);
        Verloop {
            patronen: patronen(),
            svg: tekening(blik, &facts, &spells),
            regels: regels.drain(bladeren.bereik()).collect(),
            bladeren,
        }
    }
}

fn van_feit(blik: &Blik<'_>, fact: &Fact) -> Regel {
    Regel {
        dag: fact.valid.from,
        wanneer: wanneer(fact.valid.from, fact.valid.last()),
        wat: zin(&feiten::wat(&fact.body, blik.w.r, blik.op())),
        door: feiten::door(fact, blik.w.r),
    }
}

/// The days of something in words; a span without end is told by its first day.
fn wanneer(van: Date, tot_en_met: Option<Date>) -> String {
    match tot_en_met {
        Some(last) if last > van => format!("{} t/m {}", datum(van), datum(last)),
        Some(_) => datum(van),
        None => format!("vanaf {}", datum(van)),
    }
}

/// The beginning and the end of a spell.
fn van_klok(blik: &Blik<'_>, klok: &Klok) -> Vec<Regel> {
    let own = |dag: Date, wat: String| Regel { dag, wanneer: datum(dag), wat, door: String::new() };
    let mut regels = vec![own(klok.begin, "De klok van drie maanden begon.".to_owned())];
    if klok.doel <= blik.op() && einde(klok).is_none_or(|end| end > klok.doel) {
        regels.push(own(klok.doel, "Drie maanden waren voorbij.".to_owned()));
    }
    let ended = match klok.stand {
        KlokStand::Gestopt { vanaf, .. } => Some((vanaf, "De klok staat stil: er loopt een aanbod.")),
        KlokStand::ZorgLoopt { vanaf, .. } => Some((vanaf, "De klok staat stil: er is zorg en nog geen onderwijs.")),
        KlokStand::Gesloten { op } => Some((op, "De klok is gesloten.")),
        KlokStand::Terug { op } => Some((op, "Terug op school.")),
        _ => None,
    };
    regels.extend(ended.filter(|(dag, _)| *dag <= blik.op()).map(|(dag, wat)| own(dag, wat.to_owned())));
    regels
}

fn tekening(blik: &Blik<'_>, facts: &[(&Fact, Baan)], spells: &[Klok]) -> String {
    let op = blik.op();
    let van = begin(op, facts, spells);
    let open = spells.last().filter(|klok| !klok.stand.is_voorbij()).map(|klok| klok.doel);
    let tot_en_met = open.unwrap_or(op).clamp(op, plus_months(op, 3));
    let rows = [
        scholen(blik, facts),
        klok_rij(blik, spells),
        stroken("Aanbod", ("is-deelname", Patroon::Effen), blik, facts, Baan::Aanbod),
        punten("Leerplicht", blik, facts, Baan::Leerplicht),
        punten("Vraag, plan en besluit", blik, facts, Baan::Hulp),
        punten("Contact en gesprekken", blik, facts, Baan::Contact),
    ];
    let rijen: Vec<Rij> = rows.into_iter().filter(|rij| !rij.stroken.is_empty() || !rij.punten.is_empty()).collect();
    let names: Vec<String> = rijen
        .iter()
        .map(|rij| format!("{} ({})", rij.naam.to_lowercase(), rij.stroken.len() + rij.punten.len()))
        .collect();
    let beschrijving =
        format!("Van {} t/m {}: {}. De tabel hieronder noemt alles.", datum(van), datum(op), names.join(", "));
    Tijdlijn { van, tot_en_met: plus_days(tot_en_met, RUIMTE), op, rijen, beschrijving }.svg()
}

/// The first day that is drawn: the start of the school year in which the course began, else of this one.
fn begin(op: Date, facts: &[(&Fact, Baan)], spells: &[Klok]) -> Date {
    let stated = facts.iter().filter(|(_, baan)| *baan != Baan::School).map(|(fact, _)| fact.valid.from);
    let first = stated.chain(spells.iter().map(|klok| klok.begin)).min().unwrap_or(op).min(op);
    schooljaar_period(schooljaar(first)).from.max(plus_months(op, -MAX_MAANDEN))
}

fn scholen(blik: &Blik<'_>, facts: &[(&Fact, Baan)]) -> Rij {
    let readable = |id| facts.iter().any(|(fact, _)| fact.id == id);
    let stays = blik.w.t.inschrijvingen();
    let stroken = stays.iter().filter(|(period, fact, _)| period.from <= blik.op() && readable(fact.id)).map(
        |(period, _, inschrijving)| {
            let naam = blik.w.r.naam(inschrijving.school).to_owned();
            Strook {
                van: period.from,
                tot: period.until,
                uitleg: format!("{naam}, {}", wanneer(period.from, period.last())),
                tekst: naam,
            }
        },
    );
    Rij { naam: "School", uiterlijk: ("is-school", Patroon::Effen), stroken: stroken.collect(), punten: Vec::new() }
}

fn klok_rij(blik: &Blik<'_>, spells: &[Klok]) -> Rij {
    let stroken = spells.iter().map(|klok| {
        let end = einde(klok).unwrap_or(plus_days(blik.op(), 1));
        Strook {
            van: klok.begin,
            tot: Some(end),
            tekst: String::new(),
            uitleg: format!(
                "Klok van drie maanden, {}; dag {}",
                wanneer(klok.begin, Some(plus_days(end, -1))),
                klok.dag
            ),
        }
    });
    let naam = "Klok van drie maanden";
    Rij { naam, uiterlijk: ("is-zonder-reden", Patroon::Schuin), stroken: stroken.collect(), punten: Vec::new() }
}

fn stroken(
    naam: &'static str,
    uiterlijk: (&'static str, Patroon),
    blik: &Blik<'_>,
    facts: &[(&Fact, Baan)],
    baan: Baan,
) -> Rij {
    let own = facts.iter().filter(|(_, found)| *found == baan).map(|(fact, _)| Strook {
        van: fact.valid.from,
        tot: fact.valid.until,
        tekst: String::new(),
        uitleg: uitleg(blik, fact),
    });
    Rij { naam, uiterlijk, stroken: own.collect(), punten: Vec::new() }
}

fn punten(naam: &'static str, blik: &Blik<'_>, facts: &[(&Fact, Baan)], baan: Baan) -> Rij {
    let own = facts.iter().filter(|(_, found)| *found == baan).map(|(fact, _)| Punt {
        dag: fact.valid.from,
        teken: match &fact.body {
            Body::Contact(Contact { bereikt: false, .. }) => Teken::Open,
            Body::Contact(_) => Teken::Rond,
            _ => Teken::Ruit,
        },
        uitleg: uitleg(blik, fact),
    });
    let mut punten: Vec<Punt> = own.collect();
    punten.sort_by_key(|punt| punt.dag);
    Rij { naam, uiterlijk: ("is-niets", Patroon::Effen), stroken: Vec::new(), punten }
}

fn uitleg(blik: &Blik<'_>, fact: &Fact) -> String {
    let what = hoofdletter(&feiten::wat(&fact.body, blik.w.r, blik.op()));
    format!("{what}, {}", wanneer(fact.valid.from, fact.valid.last()))
}
