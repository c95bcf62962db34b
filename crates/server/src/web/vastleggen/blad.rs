//! The page that all forms share: shown empty, filled in to correct something, or again when it was not taken.

use askama::Template;
use domain::body::{AanbodReactie, Body, Geinformeerd, InstemmingPlan, Onderwerp, Soort, VolgendeStap};
use domain::decide::{Command, Refusal};
use domain::fact::{Fact, FactId};
use domain::ids::LeerlingId;
use domain::period::Period;

use super::mensen;
use super::opzet::{Invoer, Keuzes, Lezing, Opzet, Veld, Vraag, persoon, persoon_tekst};
use super::vel::Vel;
use super::vormen;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::formulier::{Formulier, lees_dag};
use crate::web::kader::Kader;
use crate::web::kind::{self, Zicht};
use crate::web::verstuurd::{self, Inzending, Verstuurd};
use crate::web::{Staat, paden};
use crate::weergave::{feiten, woorden};

/// The field in which one ticks who was told.
const VERTELD: &str = "verteld";

/// What the page shows.
struct Model {
    titel: String,
    uitleg: &'static str,
    vooraf: Vec<String>,
    velden: Vec<Veld>,
    /// Whom one still has to tell, and in words who was told already.
    verteld: Option<(Keuzes, String)>,
    vervolg: Vec<Veld>,
    vel: Vel,
}

#[derive(Template)]
#[template(path = "vastleggen/blad.html")]
struct Vormblad {
    kader: Kader,
    terug: String,
    adres: String,
    model: Model,
    weigeringen: Vec<Refusal>,
    /// Why the form cannot be filled in: there is nothing to choose from.
    leeg: bool,
}

/// Shows a form.
pub async fn toon(staat: &Staat, bezoek: &Bezoek, opzet: &'static Opzet, leerling: &str, vraag: &Vraag) -> Uitslag {
    let made = kind::toon(staat, bezoek, leerling, None, opzet.titel, |zicht| {
        let mut f = Vel::leeg(zicht)?;
        for (naam, waarde) in (opzet.begin)(zicht, vraag) {
            f = f.ook(naam, waarde);
        }
        model(zicht, opzet, vraag, f, None)
    });
    let (leerling, model) = made.await?;
    blad(bezoek, adres(opzet, leerling, vraag), leerling, model, Vec::new()).and_then(|blad| antwoord::pagina(&blad))
}

/// Shows the form of a statement, filled in, to correct it.
pub async fn toon_correctie(staat: &Staat, bezoek: &Bezoek, leerling: &str, feit: &str) -> Uitslag {
    let feit: FactId = feit.parse().map_err(|_| Weigering::NietGevonden)?;
    let made = kind::toon(staat, bezoek, leerling, None, "een gegeven corrigeren", |zicht| {
        let (fact, opzet) = te_corrigeren(zicht, feit)?;
        let mut f = Vel::leeg(zicht)?;
        for (naam, waarde) in (opzet.vul)(fact.valid, &fact.body) {
            f = f.ook(naam, waarde);
        }
        let vraag = van(fact, opzet);
        model(zicht, opzet, &vraag, f, Some(fact))
    });
    let (leerling, model) = made.await?;
    blad(bezoek, paden::feit(leerling, feit, "corrigeren"), leerling, model, Vec::new())
        .and_then(|blad| antwoord::pagina(&blad))
}

/// What a form that corrects a statement knows beforehand.
fn van(fact: &Fact, opzet: &Opzet) -> Vraag {
    let known = (opzet.vul)(fact.valid, &fact.body);
    Vraag(known.into_iter().map(|(naam, waarde)| (naam.to_owned(), waarde)).collect())
}

/// The standing statement with that name, if the reader may correct it and there is a form for it.
fn te_corrigeren<'a>(zicht: &Zicht<'a>, feit: FactId) -> Result<(&'a Fact, &'static Opzet), Weigering> {
    let fact = zicht.t.standing().find(|fact| fact.id == feit).ok_or(Weigering::NietGevonden)?;
    if !zicht.mag_corrigeren(fact) {
        return Err(Weigering::NietGevonden);
    }
    let opzet = vormen::om_te_corrigeren(fact.body.soort()).ok_or(Weigering::NietGevonden)?;
    Ok((fact, opzet))
}

fn model(
    zicht: &Zicht<'_>,
    opzet: &'static Opzet,
    vraag: &Vraag,
    f: Formulier,
    corrigeert: Option<&Fact>,
) -> Result<Model, Weigering> {
    if corrigeert.is_none() && !zicht.mag_vastleggen(opzet.soort) {
        return Err(Weigering::NietVoorU);
    }
    let vel = Vel::van(zicht, f)?;
    let new = corrigeert.is_none();
    let mut vooraf = (opzet.vooraf)(zicht);
    if let Some(fact) = corrigeert {
        let op = zicht.bezoek.vandaag;
        vooraf
            .insert(0, format!("Er staat nu: {}; {}.", feiten::wat(&fact.body, zicht.r, op), feiten::dagen(fact, op)));
        vooraf.extend(opnieuw_te_vragen(zicht, fact));
    }
    let open = zicht.vandaag.dossier.open_sinds().is_some();
    let next = new && opzet.vervolg && open && zicht.mag_vastleggen(Soort::VolgendeStap);
    Ok(Model {
        titel: if new { opzet.titel.to_owned() } else { format!("Verbeteren: {}", opzet.titel) },
        uitleg: if new { opzet.uitleg } else { "Wat er eerst stond, blijft te zien." },
        vooraf,
        velden: (opzet.velden)(zicht, vraag),
        verteld: opzet.vertel.filter(|_| new).map(|over| te_vertellen(zicht, over)),
        vervolg: if next { vormen::stap_velden(zicht) } else { Vec::new() },
        vel,
    })
}

/// What a correction does to what parents and child answered: an answer is to the words that they saw.
fn opnieuw_te_vragen(zicht: &Zicht<'_>, fact: &Fact) -> Option<String> {
    let (wat, answered) = match fact.body.soort() {
        Soort::Aanbod => ("aanbod", zicht.t.all::<AanbodReactie>().any(|(_, said)| said.aanbod == fact.id)),
        Soort::Plan => ("plan", zicht.t.all::<InstemmingPlan>().any(|(_, said)| said.plan == fact.id)),
        _ => return None,
    };
    answered.then(|| {
        format!(
            "Ouders en leerling antwoordden op het {wat} zoals het er nu staat. Verbetert u het, dan vraagt u hun antwoord \
             opnieuw."
        )
    })
}

/// Who is to be told about something, and in words who was told already.
pub fn te_vertellen(zicht: &Zicht<'_>, over: Onderwerp) -> (Keuzes, String) {
    let told = |wie: &mensen::Thuis| {
        let all = zicht.t.all::<Geinformeerd>().filter(|(_, g)| g.over == over && g.ouder == wie.persoon);
        all.map(|(fact, _)| fact.valid.from).max()
    };
    let (mut open, mut done) = (Keuzes::new(), Vec::new());
    for wie in mensen::thuis(zicht) {
        match told(&wie) {
            Some(dag) => done.push(format!("{} op {}", wie.woorden, woorden::dag(dag, zicht.bezoek.vandaag))),
            None => open.push((persoon_tekst(wie.persoon), wie.woorden)),
        }
    }
    let done = if done.is_empty() { String::new() } else { format!("Al verteld: {}.", woorden::opsomming(&done)) };
    (open, done)
}

fn adres(opzet: &Opzet, leerling: LeerlingId, vraag: &Vraag) -> String {
    format!("{}{}", paden::bij_leerling(leerling, opzet.blad), vraag.adres())
}

fn blad(
    bezoek: &Bezoek,
    adres: String,
    leerling: LeerlingId,
    model: Model,
    weigeringen: Vec<Refusal>,
) -> Result<Vormblad, Weigering> {
    let kader = Kader::van(bezoek, model.titel.clone(), paden::LEERLINGEN, "vastleggen")?;
    let leeg = model.velden.iter().any(Veld::zonder_keuze);
    Ok(Vormblad { kader, terug: paden::leerling(leerling), adres, model, weigeringen, leeg })
}

/// Takes a form, or shows it again with what is wrong.
pub async fn verstuur(
    staat: &Staat,
    bezoek: &Bezoek,
    opzet: &'static Opzet,
    leerling: &str,
    vraag: &Vraag,
    mut f: Formulier,
) -> Uitslag {
    let gevraagd = inzending(opzet, &mut Lezing::new(&mut f, bezoek, None));
    let model = |zicht: &Zicht<'_>, f| model(zicht, opzet, vraag, f, None);
    match verstuurd::verstuur(staat, bezoek, leerling, opzet.titel, f, gevraagd, model).await? {
        Verstuurd::Vastgelegd(id) => antwoord::naar(&format!("{}?gelukt=vastgelegd", paden::leerling(id))),
        Verstuurd::Terug(id, model, why) => antwoord::opnieuw(&blad(bezoek, adres(opzet, id, vraag), id, model, why)?),
    }
}

/// Takes a correction, or shows it again with what is wrong.
pub async fn verstuur_correctie(
    staat: &Staat,
    bezoek: &Bezoek,
    leerling: &str,
    feit: &str,
    mut f: Formulier,
) -> Uitslag {
    let id: LeerlingId = leerling.parse().map_err(|_| Weigering::NietGevonden)?;
    let feit: FactId = feit.parse().map_err(|_| Weigering::NietGevonden)?;
    let known = staat.dienst.lees(|register| {
        let seen = kind::ziet(register, &bezoek.actor(), id, bezoek.vandaag);
        register.timeline(id).filter(|_| seen)?.fact(feit).cloned()
    });
    let fact = known.await?.ok_or(Weigering::NietGevonden)?;
    let opzet = vormen::om_te_corrigeren(fact.body.soort()).ok_or(Weigering::NietGevonden)?;
    let mut lezing = Lezing::new(&mut f, bezoek, Some(&fact));
    let stated = (opzet.lees)(&mut lezing).and_then(|mut stated| stated.pop());
    let dagen = dagen(opzet, lezing.gelezen, stated.is_some());
    let command = stated.map(|(geldig, wordt)| Command::Corrigeer { feit, geldig, wordt: Box::new(wordt) });
    let gevraagd = Inzending { commands: command.into_iter().collect(), dagen, ..Inzending::default() };
    let model = |zicht: &Zicht<'_>, f| {
        // What others corrected meanwhile is told on its own page.
        let (fact, opzet) = te_corrigeren(zicht, feit)?;
        model(zicht, opzet, &van(fact, opzet), f, Some(fact))
    };
    match verstuurd::verstuur(staat, bezoek, leerling, "een gegeven corrigeren", f, gevraagd, model).await? {
        Verstuurd::Vastgelegd(id) => antwoord::naar(&format!("{}?gelukt=gecorrigeerd", paden::leerling(id))),
        Verstuurd::Terug(id, model, why) => {
            antwoord::opnieuw(&blad(bezoek, paden::feit(id, feit, "corrigeren"), id, model, why)?)
        }
    }
}

/// All that a form asks to be done, in order: who was told, what it is about, the next step.
fn inzending(opzet: &Opzet, l: &mut Lezing<'_>) -> Inzending {
    let stated = (opzet.lees)(l);
    let dagen = dagen(opzet, l.gelezen, stated.is_some());
    let dag = lees_dag(l.f.waarde("dag")).unwrap_or(l.vandaag);
    let mut commands: Vec<Command> =
        opzet.vertel.into_iter().flat_map(|over| verteld(l.f, over, Period::day(dag))).collect();
    let next = if opzet.vervolg { vervolg(l) } else { None };
    commands.extend(stated.into_iter().flatten().filter_map(|(geldig, body)| Command::stel(geldig, body)));
    commands.extend(next.and_then(|stap| Command::stel(Period::day(l.vandaag), Body::from(stap))));
    Inzending { commands, dagen, ..Inzending::default() }
}

/// The days of a statement of which nothing else could be read.
fn dagen(opzet: &Opzet, gelezen: Option<Period>, stated: bool) -> Option<(Soort, Period)> {
    gelezen.filter(|_| !stated).map(|dagen| (opzet.soort, dagen))
}

/// Who was told, as ticked.
pub fn verteld(f: &Formulier, over: Onderwerp, dag: Period) -> Vec<Command> {
    let persons = f.waarden(VERTELD).filter_map(persoon);
    persons.map(|ouder| Command::Informeer(dag, Geinformeerd { ouder, over })).collect()
}

/// The next step, if one was filled in.
fn vervolg(l: &mut Lezing<'_>) -> Option<VolgendeStap> {
    let empty = ["stap", "uiterlijk"].iter().all(|naam| l.f.waarde(naam).trim().is_empty());
    if empty { None } else { vormen::stap(l) }
}
