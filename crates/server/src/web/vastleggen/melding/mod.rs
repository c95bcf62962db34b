//! The melding: one screen, two messages. What the parents read comes first, in the very words that leerplicht will read;
//! then the melding itself, filled in from what the register knows; and, if the school wishes, the question to the
//! samenwerkingsverband, which sees only that.

mod duo;
mod medisch;
mod meldingen;
mod ouders;
mod verteld;
mod voorstel;

use askama::Template;
use axum::extract::{Path, State};
use convenant::Facet;
use domain::body::{Geinformeerd, Ondersteuningsvraag, Onderwerp, Persoonsgegevens, Soort};
use domain::calendar::datum;
use domain::decide::{Command, Refusal};
use domain::ids::LeerlingId;
use domain::period::Period;

use super::opzet::{Invoer, Lezing, Stelling, Veld, Vraag};
use super::vel::Vel;
use super::{PUBLIEK, vormen};
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::formulier::Formulier;
use crate::web::kader::Kader;
use crate::web::kind::{self, Zicht};
use crate::web::verstuurd::{self, Inzending, Verstuurd};
use crate::web::wegen::Wegen;
use crate::web::{Staat, paden};
use crate::weergave::woorden;

pub use meldingen::MELDINGEN;
use ouders::{Oudertekst, oudertekst};
use verteld::Thuisgenoot;

/// The last word of its address.
const BLAD: &str = "melding";
const PAD: &str = "/leerling/{leerling}/melding";
/// What is shown, for the read log.
const WAT: &str = "melding aan leerplicht";
/// The field with which the screen says which text the parents were shown.
const GELEZEN: &str = "gelezen";

/// The routes.
pub fn wegen(wegen: Wegen) -> Wegen {
    meldingen::wegen(wegen)
        .get(PAD, PUBLIEK, toon)
        .post(PAD, PUBLIEK, verstuur)
        .post("/leerling/{leerling}/melding/nakijken", PUBLIEK, nakijken)
        .post("/leerling/{leerling}/melding/oudertekst", PUBLIEK, alleen_tekst)
}

/// What the page shows.
struct Model {
    /// What somebody says not to be right.
    betwist: Vec<String>,
    waarom: Vec<String>,
    tekst: Oudertekst,
    velden: Vec<Veld>,
    thuis: Vec<Thuisgenoot>,
    /// The question whether something medical stands there, and where we saw it.
    medisch: Option<String>,
    swv: Option<Swv>,
    vel: Vel,
}

/// What the samenwerkingsverband would see beside the answers.
struct Swv {
    geboren: String,
    school: String,
    velden: Vec<Veld>,
    /// It was asked before, on this day.
    al: Option<String>,
}

#[derive(Template)]
#[template(path = "vastleggen/melding/melding.html")]
struct Meldblad {
    kader: Kader,
    terug: String,
    adres: String,
    model: Model,
    weigeringen: Vec<Refusal>,
}

#[derive(Template)]
#[template(path = "vastleggen/melding/oudertekst.html")]
struct Tekstblad {
    tekst: Oudertekst,
}

async fn toon(State(staat): State<Staat>, bezoek: Bezoek, Path(leerling): Path<String>) -> Uitslag {
    let made = kind::toon(&staat, &bezoek, &leerling, None, WAT, |zicht| {
        let mut f = Vel::leeg(zicht)?;
        for (naam, waarde) in vormen::vul_melding(&voorstel::voorstel(zicht).melding) {
            f = f.met(naam, waarde);
        }
        model(zicht, f.met("deelname", vormen::deelname_nu(zicht)))
    });
    let (id, model) = made.await?;
    antwoord::pagina(&blad(&bezoek, id, model, Vec::new())?)
}

fn model(zicht: &Zicht<'_>, f: Formulier) -> Result<Model, Weigering> {
    if !zicht.mag_vastleggen(Soort::Melding) {
        return Err(Weigering::NietVoorU);
    }
    let vel = Vel::van(zicht, f)?;
    let thuis = verteld::thuis(zicht, &vel.f);
    Ok(Model {
        betwist: zicht.betwist().iter().map(|(_, gedaan)| gedaan.reden.zichtbaar().to_owned()).collect(),
        waarom: voorstel::voorstel(zicht).waarom,
        tekst: oudertekst(&vel.f, &zicht.bezoek.organisatienaam),
        velden: (vormen::MELDING.velden)(zicht, &Vraag::default()),
        medisch: medisch::gezien(&vel.f),
        thuis,
        swv: zicht.mag_vastleggen(Soort::Ondersteuningsvraag).then(|| swv(zicht)),
        vel,
    })
}

fn swv(zicht: &Zicht<'_>) -> Swv {
    let persoon = zicht.t.all::<Persoonsgegevens>().next_back().map(|(_, persoon)| persoon);
    let born = persoon.and_then(|persoon| persoon.geboortedatum).filter(|_| zicht.mag(Facet::PersoonGeboortedatum));
    let asked = zicht.t.all::<Ondersteuningsvraag>().rfind(|(fact, _)| zicht.mag_feit(fact));
    Swv {
        geboren: born.map(datum).unwrap_or_default(),
        school: zicht.bezoek.organisatienaam.to_string(),
        velden: vormen::vraag_velden(),
        al: asked.map(|(fact, _)| woorden::dag(fact.valid.from, zicht.bezoek.vandaag)),
    }
}

fn blad(bezoek: &Bezoek, id: LeerlingId, model: Model, weigeringen: Vec<Refusal>) -> Result<Meldblad, Weigering> {
    let kader = Kader::van(bezoek, "Melding aan leerplicht", paden::LEERLINGEN, "vastleggen")?;
    Ok(Meldblad { kader, terug: paden::leerling(id), adres: paden::bij_leerling(id, BLAD), model, weigeringen })
}

/// The page again, with the text for the parents made of what is filled in now. Nothing is written.
async fn nakijken(State(staat): State<Staat>, bezoek: Bezoek, Path(leerling): Path<String>, f: Formulier) -> Uitslag {
    let (id, model) = kind::toon(&staat, &bezoek, &leerling, None, WAT, |zicht| model(zicht, f)).await?;
    antwoord::pagina(&blad(&bezoek, id, model, Vec::new())?)
}

/// Only the text for the parents, while somebody types. It rests on the form alone: of the child nothing is shown.
async fn alleen_tekst(bezoek: Bezoek, f: Formulier) -> Uitslag {
    antwoord::pagina(&Tekstblad { tekst: oudertekst(&f, &bezoek.organisatienaam) })
}

async fn verstuur(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path(leerling): Path<String>,
    mut f: Formulier,
) -> Uitslag {
    let gevraagd = inzending(&mut f, &bezoek);
    match verstuurd::verstuur(&staat, &bezoek, &leerling, WAT, f, gevraagd, model).await? {
        Verstuurd::Vastgelegd(id) => antwoord::naar(&format!("{}?gelukt=gemeld", paden::bij_leerling(id, MELDINGEN))),
        Verstuurd::Terug(id, model, why) => antwoord::opnieuw(&blad(&bezoek, id, model, why)?),
    }
}

/// Who was told, the melding, and the question if one is asked: in that order.
fn inzending(f: &mut Formulier, bezoek: &Bezoek) -> Inzending {
    let today = Period::day(bezoek.vandaag);
    let told = verteld::lees(f);
    medisch::vraag(f);
    let melding = (vormen::MELDING.lees)(&mut Lezing::new(f, bezoek, None));
    let asks = f.is("vraag_ook", "ja");
    let asked = if asks { vormen::vraag(&mut Lezing::new(f, bezoek, None)) } else { None };
    let tell = |over| told.iter().map(move |ouder| Command::Informeer(today, Geinformeerd { ouder: *ouder, over }));
    let state = |stated: Option<Vec<Stelling>>| {
        stated.into_iter().flatten().filter_map(|(geldig, body)| Command::stel(geldig, body))
    };
    let mut commands: Vec<Command> = tell(Onderwerp::Melding).chain(state(melding)).collect();
    if asks {
        commands.extend(tell(Onderwerp::Ondersteuningsvraag).chain(state(asked)));
    }
    let mut bezwaren = Vec::new();
    if f.waarde(GELEZEN) != oudertekst(f, &bezoek.organisatienaam).kenmerk() {
        bezwaren.push(Refusal {
            waarom: "U hebt de melding veranderd. De tekst voor de ouders is nu anders.".to_owned(),
            wat_te_doen: "Lees de tekst voor de ouders nog een keer en verstuur de melding dan.".to_owned(),
        });
    }
    Inzending { commands, bezwaren, ..Inzending::default() }
}
