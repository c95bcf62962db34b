//! All that was stated about a child and that the reader may read: what, about which days, by whom, when it became known,
//! on which ground; and what stood there before.

use askama::Template;
use axum::extract::{Path, Query, State};
use domain::body::{Body, Intrekking, Kind, Soort};
use domain::calendar::{dag_in_nederland, datum};
use domain::decide::{View, mag_corrigeren};
use domain::fact::Fact;

use super::kop::Kop;
use super::{Bladzijde, Blik, Vraag, toon};
use crate::web::antwoord::{self, Uitslag};
use crate::web::bezoek::Bezoek;
use crate::web::bladeren::Bladeren;
use crate::web::kader::Kader;
use crate::web::vastleggen::te_corrigeren;
use crate::web::{Staat, paden};
use crate::weergave::feiten;
use crate::weergave::velden::{Veld, velden};
use crate::weergave::woorden::hoofdletter;

/// Earlier versions of one fact that are shown.
const MAX_EERDER: usize = 20;

/// A version of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versie {
    /// What was stated, part by part.
    pub velden: Vec<Veld>,
    /// The days it is about.
    pub dagen: String,
    /// By which organisation and function.
    pub door: String,
    /// The day on which the register was told.
    pub gezegd: String,
    /// Why it no longer stands, for what was withdrawn: day, by whom, reason.
    pub ingetrokken: Option<(String, String, String)>,
}

/// A fact that stands, or that was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gegeven {
    /// What it is ("Melding aan leerplicht").
    pub wat: String,
    /// As it stands, or stood last.
    pub nu: Versie,
    /// Kind of source.
    pub bron: &'static str,
    /// The ground on which it is here.
    pub grond: &'static str,
    /// What stood first, newest first.
    pub eerder: Vec<Versie>,
    /// Where it is corrected, if this reader may and there is a form for it: what comes from a file is mended there.
    pub corrigeren: Option<String>,
    /// Where it is withdrawn, if this reader may.
    pub intrekken: Option<String>,
}

/// Facts about one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Groep {
    /// Its name.
    pub naam: &'static str,
    /// Newest first.
    pub gegevens: Vec<Gegeven>,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gegevens {
    /// Facts by subject.
    pub groepen: Vec<Groep>,
    /// The page of the list.
    pub bladeren: Bladeren,
}

/// What it is called.
const BLAD: Bladzijde = Bladzijde { tab: "gegevens", wat: "gegevens", titel: "Gegevens van een leerling" };

#[derive(Template)]
#[template(path = "dossier/gegevens.html")]
struct Gegevensblad {
    kader: Kader,
    kop: Kop,
    m: Gegevens,
}

/// The page.
pub async fn blad(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path(leerling): Path<String>,
    Query(vraag): Query<Vraag>,
) -> Uitslag {
    let (kader, kop, m) =
        toon(&staat, &bezoek, &leerling, &vraag, BLAD, |blik| Ok(Gegevens::van(blik, &vraag))).await?;
    antwoord::pagina(&Gegevensblad { kader, kop, m })
}

/// Subjects in the order in which one looks for them.
const ONDERWERPEN: [&str; 8] = [
    "Afspraken en stappen",
    "Contact en gesprekken",
    "Aanbod en plan",
    "Verzuim",
    "Leerplicht en vrijstelling",
    "Toestemming en wie is verteld",
    "School",
    "Persoon en gezin",
];

/// The place of a kind among the subjects; `None` for what is shown with something else or not about the child.
fn onderwerp(soort: Soort) -> Option<usize> {
    use Soort as S;
    Some(match soort {
        S::Verantwoordelijke | S::VolgendeStap | S::Afwijking | S::Besluit | S::Sluiting | S::Ondersteuningsvraag => 0,
        S::Contact | S::Gesprek => 1,
        S::Aanbod | S::AanbodReactie | S::Realisatie | S::Plan | S::InstemmingPlan | S::DeelnameAdvies => 2,
        S::Afwezigheid | S::RijCorrectie | S::ZitThuis | S::SignaalAfhandeling | S::Verlof | S::Rooster => 3,
        S::Melding
        | S::MeldingStatus
        | S::MeldingEinde
        | S::Onderzoek
        | S::Verhoor
        | S::Kennisgeving
        | S::Verklaring
        | S::PerspectiefBehandelaar
        | S::SwvAdvies
        | S::KennisgevingToets
        | S::VrijstellingBesluit
        | S::Bevestiging => 4,
        S::Toestemming | S::Geinformeerd | S::Consult => 5,
        S::Inschrijving | S::Uitschrijving | S::Schoolloopbaan => 6,
        S::Persoonsgegevens | S::Adres | S::Contactgegevens | S::Gezag | S::ZelfdeKind => 7,
        _ => return None,
    })
}

impl Gegevens {
    fn van(blik: &Blik<'_>, vraag: &Vraag) -> Self {
        let mut facts: Vec<(usize, &Fact)> = blik
            .w
            .t
            .facts()
            .filter(|fact| laatste(blik, fact) && blik.w.oog.leest(fact))
            .filter(|fact| !blik.terug() || fact.valid.from <= blik.op())
            .filter_map(|fact| Some((onderwerp(fact.body.soort())?, fact)))
            .collect();
        facts.sort_by_key(|(place, fact)| (*place, std::cmp::Reverse((fact.valid.from, fact.known, fact.id))));
        let bladeren = blik.bladeren("gegevens", facts.len(), vraag);
        let view = View::new(blik.w.leerling, blik.w.t, blik.w.r);
        let mut groepen: Vec<Groep> = Vec::new();
        for (place, fact) in facts.drain(bladeren.bereik()) {
            let naam = ONDERWERPEN.get(place).copied().unwrap_or_default();
            let gegeven = gegeven(blik, &view, fact);
            match groepen.last_mut() {
                Some(groep) if groep.naam == naam => groep.gegevens.push(gegeven),
                _ => groepen.push(Groep { naam, gegevens: vec![gegeven] }),
            }
        }
        Gegevens { groepen, bladeren }
    }
}

/// Whether a fact is the last of its versions: it stands, or it was withdrawn. What was corrected is shown under it.
fn laatste(blik: &Blik<'_>, fact: &Fact) -> bool {
    let replaced = blik.w.t.replaced_by(fact.id);
    Intrekking::of(&fact.body).is_none() && replaced.is_none_or(|by| Intrekking::of(&by.body).is_some())
}

fn gegeven(blik: &Blik<'_>, view: &View<'_>, fact: &Fact) -> Gegeven {
    let standing = blik.w.t.replaced_by(fact.id).is_none();
    let bezoek = blik.zicht.bezoek;
    let may = standing && !blik.terug() && mag_corrigeren(view, fact, &bezoek.actor(), bezoek.nu);
    let adres = |blad: &str| paden::feit(blik.w.leerling, fact.id, blad);
    Gegeven {
        wat: hoofdletter(feiten::soort(fact.body.soort())),
        nu: versie(blik, fact),
        bron: fact.source.bron.label(),
        grond: fact.ground.label(),
        eerder: eerder(blik, fact),
        corrigeren: (may && te_corrigeren(fact.body.soort())).then(|| adres("corrigeren")),
        intrekken: may.then(|| adres("intrekken")),
    }
}

fn versie(blik: &Blik<'_>, fact: &Fact) -> Versie {
    let op = blik.op();
    let withdrawn = blik.w.t.replaced_by(fact.id).and_then(|by| match &by.body {
        Body::Intrekking(intrekking) => {
            let reason = if blik.w.oog.leest(by) { intrekking.reden.zichtbaar() } else { "" };
            Some((datum(dag_in_nederland(by.known)), feiten::door(by, blik.w.r), reason.to_owned()))
        }
        _ => None,
    });
    Versie {
        velden: velden(&blik.w, &fact.body),
        dagen: feiten::dagen(fact, op),
        door: feiten::door(fact, blik.w.r),
        gezegd: datum(dag_in_nederland(fact.known)),
        ingetrokken: withdrawn,
    }
}

/// What stood there before, newest first, as far as the reader may read it.
fn eerder(blik: &Blik<'_>, fact: &Fact) -> Vec<Versie> {
    let mut versions = Vec::new();
    let mut last = fact;
    while versions.len() < MAX_EERDER
        && let Some(before) = last.replaces.and_then(|id| blik.w.t.fact(id))
        && blik.w.t.replaced_by(before.id).is_some_and(|by| by.id == last.id)
    {
        if blik.w.oog.leest(before) {
            versions.push(versie(blik, before));
        }
        last = before;
    }
    versions
}
