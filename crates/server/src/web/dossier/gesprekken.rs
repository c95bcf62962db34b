//! Contacts, attempts and talks, newest first: what was said and what was agreed.

use askama::Template;
use axum::extract::{Path, Query, State};
use domain::body::{Body, Contact, Gesprek};
use domain::calendar::datum_met_dag;
use domain::decide::{View, mag_corrigeren};
use domain::fact::Fact;

use super::kop::Kop;
use super::{Bladzijde, Blik, Vraag, toon};
use crate::web::antwoord::{self, Uitslag};
use crate::web::bezoek::Bezoek;
use crate::web::bladeren::Bladeren;
use crate::web::kader::Kader;
use crate::web::{Staat, paden};
use crate::weergave::feiten;
use crate::weergave::woorden::hoofdletter;

/// One contact, attempt or talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contactregel {
    /// The day, in words.
    pub dag: String,
    /// What it was ("Telefoon met ouders").
    pub wat: String,
    /// Whether nobody was reached.
    pub poging: bool,
    /// Who was there, for a talk; empty otherwise.
    pub wie: String,
    /// The note, or what was agreed.
    pub tekst: String,
    /// By which organisation and function.
    pub door: String,
    /// Where it is corrected, if this reader may.
    pub corrigeren: Option<String>,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gesprekken {
    /// Newest first.
    pub regels: Vec<Contactregel>,
    /// The page of the list.
    pub bladeren: Bladeren,
}

/// What it is called.
const BLAD: Bladzijde =
    Bladzijde { tab: "gesprekken", wat: "gesprekken", titel: "Gesprekken met en over een leerling" };

#[derive(Template)]
#[template(path = "dossier/gesprekken.html")]
struct Gesprekkenblad {
    kader: Kader,
    kop: Kop,
    m: Gesprekken,
}

/// The page.
pub async fn blad(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path(leerling): Path<String>,
    Query(vraag): Query<Vraag>,
) -> Uitslag {
    let (kader, kop, m) =
        toon(&staat, &bezoek, &leerling, &vraag, BLAD, |blik| Ok(Gesprekken::van(blik, &vraag))).await?;
    antwoord::pagina(&Gesprekkenblad { kader, kop, m })
}

impl Gesprekken {
    fn van(blik: &Blik<'_>, vraag: &Vraag) -> Self {
        let mut all = contacten(blik);
        let bladeren = blik.bladeren("gesprekken", all.len(), vraag);
        Gesprekken { regels: all.drain(bladeren.bereik()).collect(), bladeren }
    }
}

/// All that the reader may read, up to the day, newest first.
pub(super) fn contacten(blik: &Blik<'_>) -> Vec<Contactregel> {
    let known = blik.w.t.standing().filter(|fact| {
        matches!(fact.body, Body::Contact(_) | Body::Gesprek(_))
            && fact.valid.from <= blik.op()
            && blik.w.oog.leest(fact)
    });
    let mut known: Vec<&Fact> = known.collect();
    known.sort_by_key(|fact| std::cmp::Reverse((fact.valid.from, fact.known, fact.id)));
    known.into_iter().filter_map(|fact| regel(blik, fact)).collect()
}

fn regel(blik: &Blik<'_>, fact: &Fact) -> Option<Contactregel> {
    let (wat, poging, wie, tekst) = match &fact.body {
        Body::Contact(contact) => (contact_woorden(contact), !contact.bereikt, String::new(), &contact.notitie),
        Body::Gesprek(gesprek) => (hoofdletter(gesprek.soort.label()), false, aanwezig(gesprek), &gesprek.afspraken),
        _ => return None,
    };
    let view = View::new(blik.w.leerling, blik.w.t, blik.w.r);
    let may = !blik.terug() && mag_corrigeren(&view, fact, &blik.zicht.bezoek.actor(), blik.zicht.bezoek.nu);
    Some(Contactregel {
        dag: datum_met_dag(fact.valid.from),
        wat,
        poging,
        wie,
        tekst: tekst.zichtbaar().to_owned(),
        door: feiten::door(fact, blik.w.r),
        corrigeren: may.then(|| paden::feit(blik.w.leerling, fact.id, "corrigeren")),
    })
}

fn contact_woorden(contact: &Contact) -> String {
    format!("{} met {}", hoofdletter(contact.wijze.label()), contact.met.label())
}

fn aanwezig(gesprek: &Gesprek) -> String {
    match (gesprek.ouders, gesprek.leerling) {
        (true, true) => "met ouders en leerling",
        (true, false) => "met ouders, zonder de leerling",
        (false, true) => "met de leerling, zonder ouders",
        (false, false) => "zonder ouders en leerling",
    }
    .to_owned()
}
