//! Put down at the wrong child: what one's organisation stated is withdrawn everywhere, who saw it is told, and the step
//! of a datalek begins (AVG art. 33 and 34).

use askama::Template;
use axum::extract::{Path, State};
use convenant::Facet;
use domain::Timestamp;
use domain::body::{Body, Intrekking, Medewerker, RolToekenning, Soort, VolgendeStap};
use domain::decide::{Command, MAX_KORT, Refusal};
use domain::fact::{Fact, FactId, Rol};
use domain::ids::{LeerlingId, MedewerkerId};
use domain::period::{Period, plus_days};
use jiff::SignedDuration;

use super::mensen;
use super::opzet::Keuzes;
use super::vel::Vel;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::formulier::Formulier;
use crate::web::kader::Kader;
use crate::web::kind::{self, Zicht};
use crate::web::verstuurd::{self, Inzending, Verstuurd};
use crate::web::{Staat, paden};
use crate::weergave::{feiten, moment, woorden};

/// What is shown, for the read log.
const WAT: &str = "verkeerd kind";
/// How a withdrawal says that it was about the wrong child; then follows the reason.
pub const VERKEERD_KIND: &str = "Verkeerd kind: ";
/// Most statements that are offered to be withdrawn at once, the newest first.
const MAX_FEITEN: usize = 200;
/// Most looks that are told.
const MAX_INZAGEN: usize = 500;
/// A datalek is reported within 72 hours after it was found (AVG art. 33 lid 1).
const MELDEN_BINNEN: SignedDuration = SignedDuration::from_hours(72);
/// Whole days in which the privacy officer must have decided.
const DAGEN: i32 = 3;

/// What the page shows.
struct Model {
    feiten: Keuzes,
    meer: bool,
    vel: Vel,
}

#[derive(Template)]
#[template(path = "vastleggen/verkeerd.html")]
struct Verkeerdblad {
    kader: Kader,
    terug: String,
    adres: String,
    model: Model,
    weigeringen: Vec<Refusal>,
}

/// Shows what one's own organisation stated about the child.
pub async fn toon(State(staat): State<Staat>, bezoek: Bezoek, Path(leerling): Path<String>) -> Uitslag {
    let made = kind::toon(&staat, &bezoek, &leerling, None, WAT, |zicht| model(zicht, Vel::leeg(zicht)?));
    let (id, model) = made.await?;
    antwoord::pagina(&blad(&bezoek, id, model, Vec::new())?)
}

fn blad(bezoek: &Bezoek, id: LeerlingId, model: Model, weigeringen: Vec<Refusal>) -> Result<Verkeerdblad, Weigering> {
    let kader = Kader::van(bezoek, "Bij het verkeerde kind vastgelegd", paden::LEERLINGEN, "vastleggen")?;
    let adres = paden::bij_leerling(id, "verkeerd-kind");
    Ok(Verkeerdblad { kader, terug: paden::leerling(id), adres, model, weigeringen })
}

fn model(zicht: &Zicht<'_>, f: Formulier) -> Result<Model, Weigering> {
    let vel = Vel::van(zicht, f)?;
    let own = zicht.bezoek.organisatie;
    let mine = zicht.t.standing().rev().filter(|fact| fact.by.organisatie() == Some(own));
    let mut mine: Vec<&Fact> = mine.filter(|fact| zicht.mag_corrigeren(fact)).take(MAX_FEITEN + 1).collect();
    let meer = mine.len() > MAX_FEITEN;
    mine.truncate(MAX_FEITEN);
    let op = zicht.bezoek.vandaag;
    let line = |fact: &&Fact| {
        let what = woorden::zonder_punt(&feiten::wat(&fact.body, zicht.r, op)).to_owned();
        let told = moment(fact.known);
        (fact.id.to_string(), format!("{what}; {}; vastgelegd op {told}", feiten::dagen(fact, op)))
    };
    Ok(Model { feiten: mine.iter().map(line).collect(), meer, vel })
}

/// Withdraws what was chosen, and lets the privacy officer decide on the rest.
pub async fn verstuur(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path(leerling): Path<String>,
    mut f: Formulier,
) -> Uitslag {
    let id: LeerlingId = leerling.parse().map_err(|_| Weigering::NietGevonden)?;
    let chosen: Vec<FactId> = f.waarden("feit").filter_map(|feit| feit.parse().ok()).take(MAX_FEITEN).collect();
    if chosen.is_empty() {
        f.zet_fout("feit", "Vink aan wat niet bij dit kind hoort.");
    }
    let most = MAX_KORT - VERKEERD_KIND.len();
    let reden = f.verplichte_tekst("reden", most, "Schrijf kort op wat er misging. Noem het andere kind niet.");
    let mut commands = Vec::new();
    if f.is_goed() {
        let reden = format!("{VERKEERD_KIND}{}", reden.zichtbaar());
        let step = staat.dienst.lees(|register| stap(register, &bezoek, id)).await?;
        let taken_back = chosen.into_iter().map(|feit| Command::TrekIn { feit, reden: reden.as_str().into() });
        // The step first: what is withdrawn may be all that kept the dossier open.
        commands = step.into_iter().chain(taken_back).collect();
    }
    match verstuurd::verstuur(&staat, &bezoek, &leerling, WAT, f, Inzending::van(commands), model).await? {
        Verstuurd::Vastgelegd(id) => antwoord::naar(&daarna(&staat, &bezoek, id).await?),
        Verstuurd::Terug(id, model, why) => antwoord::opnieuw(&blad(&bezoek, id, model, why)?),
    }
}

/// To who saw it; when what was withdrawn was one's only tie with the child, to what to do now.
async fn daarna(staat: &Staat, bezoek: &Bezoek, id: LeerlingId) -> Result<String, Weigering> {
    let there = staat.dienst.lees(|register| kind::ziet(register, &bezoek.actor(), id, bezoek.vandaag)).await?;
    Ok(if there { paden::bij_leerling(id, "verkeerd-kind/gezien") } else { format!("{}/verkeerd-kind", paden::HULP) })
}

/// The step for one's own privacy officer, in an open dossier in which one's own organisation is aan zet. The turn of
/// another is not taken for it: the child's own case goes first.
fn stap(register: &register::Register, bezoek: &Bezoek, leerling: LeerlingId) -> Option<Command> {
    let now = register.samenvatting_op(leerling, bezoek.vandaag)?;
    now.dossier.open_sinds()?;
    if now.aan_zet.as_ref().is_some_and(|turn| turn.organisatie != bezoek.organisatie) {
        return None;
    }
    let (officer, _) = privacy(register, bezoek)?;
    let stap = VolgendeStap {
        organisatie: bezoek.organisatie,
        medewerker: Some(officer),
        stap: "Beoordeel of dit een datalek is: gegevens van een ander kind stonden in dit dossier.".into(),
        uiterlijk: plus_days(bezoek.vandaag, DAGEN),
    };
    Some(Command::SpreekVolgendeStapAf(Period::day(bezoek.vandaag), stap))
}

/// The privacy officer of one's own organisation, and how to reach them.
fn privacy(register: &register::Register, bezoek: &Bezoek) -> Option<(MedewerkerId, String)> {
    let holds = |medewerker: &MedewerkerId| {
        let facts = register.alleen_over(*medewerker);
        facts
            .on::<RolToekenning>(bezoek.vandaag)
            .any(|(_, held)| held.organisatie == bezoek.organisatie && held.rol == Rol::Privacy)
    };
    let officer = register.medewerkers().find(holds)?;
    let words = register.laatste::<Medewerker>(officer).map(woorden::medewerker).unwrap_or_default();
    Some((officer, words))
}

/// What was withdrawn, and who saw it.
struct Gezien {
    naam: String,
    ingetrokken: Vec<String>,
    sinds: Timestamp,
    ontdekt: Timestamp,
    privacy: Option<String>,
    mag: Vec<(String, bool)>,
}

#[derive(Template)]
#[template(path = "vastleggen/gezien.html")]
struct Gezienblad {
    kader: Kader,
    terug: String,
    nummer: String,
    model: Gezien,
    /// Function, organisation, page, moment.
    inzagen: Vec<(String, String, String, String)>,
    meer: bool,
    uiterlijk: String,
}

/// Shows who saw what was withdrawn, and what has to be done within 72 hours.
pub async fn gezien(State(staat): State<Staat>, bezoek: Bezoek, Path(leerling): Path<String>) -> Uitslag {
    let (id, model) = kind::toon(&staat, &bezoek, &leerling, None, "wie zag het verkeerde kind", gezien_model).await?;
    let looks = staat.dienst.inzagen(id, MAX_INZAGEN).await?;
    let meer = looks.len() == MAX_INZAGEN;
    let names = staat.dienst.lees(|register| {
        let r = register.rules();
        let since = looks.into_iter().filter(|look| look.moment >= model.sinds);
        let known = since.filter_map(|look| {
            let at = look.organisatie.map(|id| (id.to_string(), r.naam(id).to_owned())).unwrap_or_default();
            let may = model.mag.iter().any(|(id, may)| *may && *id == at.0);
            may.then(|| (look.functie, at.1, look.wat, moment(look.moment)))
        });
        known.collect::<Vec<_>>()
    });
    let inzagen = names.await?;
    let kader = Kader::van(&bezoek, "Wie zag dit?", paden::LEERLINGEN, "vastleggen")?;
    let uiterlijk = model.ontdekt.checked_add(MELDEN_BINNEN).map(moment).unwrap_or_default();
    let terug = paden::leerling(id);
    antwoord::pagina(&Gezienblad { kader, terug, nummer: id.to_string(), model, inzagen, meer, uiterlijk })
}

fn gezien_model(zicht: &Zicht<'_>) -> Result<Gezien, Weigering> {
    let own = zicht.bezoek.organisatie;
    let wrong = |fact: &&Fact| {
        let said = matches!(&fact.body, Body::Intrekking(Intrekking { reden }) if reden.zichtbaar().starts_with(VERKEERD_KIND));
        said && fact.by.organisatie() == Some(own) && zicht.t.replaced_by(fact.id).is_none()
    };
    let taken: Vec<(&Fact, &Fact)> = zicht
        .t
        .facts()
        .filter(wrong)
        .filter_map(|fact| Some((fact, zicht.t.fact(fact.replaces?)?)))
        .filter(|(_, first)| zicht.mag_feit(first))
        .collect();
    let (Some(sinds), Some(ontdekt)) =
        (taken.iter().map(|(_, first)| first.known).min(), taken.iter().map(|(taken, _)| taken.known).max())
    else {
        return Err(Weigering::NietGevonden);
    };
    let op = zicht.bezoek.vandaag;
    let line = |(_, first): &(&Fact, &Fact)| {
        format!("{}; vastgelegd op {}", feiten::wat(&first.body, zicht.r, op), moment(first.known))
    };
    let may = |id| {
        let known = id == own || zicht.facetten.contains_all(Facet::van_organisatie(zicht.r, id));
        (id.to_string(), known)
    };
    Ok(Gezien {
        naam: mensen::naam(zicht),
        ingetrokken: taken.iter().map(line).collect(),
        sinds,
        ontdekt,
        privacy: privacy(zicht.register, zicht.bezoek).map(|(_, words)| words),
        mag: zicht.r.organisaties.keys().copied().map(may).collect(),
    })
}

/// Whether the page is offered: there is something of one's own organisation to take back.
pub fn kan(zicht: &Zicht<'_>) -> bool {
    let own = zicht.bezoek.organisatie;
    let mut mine = zicht.t.standing().filter(|fact| fact.by.organisatie() == Some(own));
    mine.any(|fact| fact.body.soort() != Soort::ZelfdeKind && zicht.mag_corrigeren(fact))
}
