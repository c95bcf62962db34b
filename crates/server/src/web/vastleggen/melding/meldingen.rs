//! The meldingen of a child: where each stands, its text to copy into another system, and its number from DUO.

use askama::Template;
use axum::extract::{Path, Query, State};
use convenant::Facet;
use domain::Date;
use domain::body::{Body, Melding, MeldingEinde, MeldingStand, MeldingStatus, Soort};
use domain::calendar::datum;
use domain::decide::{Command, MAX_KORT, Refusal};
use domain::fact::{Fact, FactId};
use domain::ids::LeerlingId;
use domain::period::Period;
use serde::Deserialize;

use super::super::PUBLIEK;
use super::super::vel::Vel;
use super::{duo, verteld};
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::formulier::Formulier;
use crate::web::kader::Kader;
use crate::web::kind::{self, Zicht};
use crate::web::verstuurd::{self, Inzending, Verstuurd};
use crate::web::wegen::Wegen;
use crate::web::{Staat, paden};
use crate::weergave::{feiten, woorden};

/// The last word of the address.
pub const MELDINGEN: &str = "meldingen";
/// What is shown, for the read log.
const WAT: &str = "meldingen aan leerplicht";

/// The routes.
pub fn wegen(wegen: Wegen) -> Wegen {
    wegen.get("/leerling/{leerling}/meldingen", PUBLIEK, toon).post(
        "/leerling/{leerling}/feit/{feit}/nummer",
        PUBLIEK,
        nummer,
    )
}

/// What may stand behind the address.
#[derive(Debug, Deserialize)]
struct Gelukt {
    gelukt: Option<String>,
}

/// One melding.
struct Regel {
    soort: &'static str,
    wanneer: String,
    stand: String,
    nummer: String,
    /// Who at home was not told of it yet, for whoever made it, and where that is stated.
    nog_vertellen: Option<(String, String)>,
    /// Text for DUO, for whoever made it.
    duo: Option<String>,
    /// Whether the reader may give it its number.
    te_nummeren: Option<String>,
    /// What else can be done with it: words and address.
    acties: Vec<(&'static str, String)>,
}

/// What the page shows.
struct Model {
    regels: Vec<Regel>,
    mag_melden: bool,
    vel: Vel,
}

#[derive(Template)]
#[template(path = "vastleggen/melding/meldingen.html")]
struct Meldingenblad {
    kader: Kader,
    terug: String,
    nieuw: String,
    model: Model,
    weigeringen: Vec<Refusal>,
}

async fn toon(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path(leerling): Path<String>,
    Query(Gelukt { gelukt }): Query<Gelukt>,
) -> Uitslag {
    let made = kind::toon(&staat, &bezoek, &leerling, None, WAT, |zicht| model(zicht, Vel::leeg(zicht)?));
    let (id, model) = made.await?;
    let mut blad = blad(&bezoek, id, model, Vec::new())?;
    blad.kader = blad.kader.met_gelukt(gelukt.as_deref());
    antwoord::pagina(&blad)
}

fn blad(bezoek: &Bezoek, id: LeerlingId, model: Model, weigeringen: Vec<Refusal>) -> Result<Meldingenblad, Weigering> {
    let kader = Kader::van(bezoek, "Meldingen aan leerplicht", paden::LEERLINGEN, "vastleggen")?;
    let nieuw = paden::bij_leerling(id, super::BLAD);
    Ok(Meldingenblad { kader, terug: paden::leerling(id), nieuw, model, weigeringen })
}

fn model(zicht: &Zicht<'_>, f: Formulier) -> Result<Model, Weigering> {
    if !zicht.mag(Facet::Melding) {
        return Err(Weigering::NietVoorU);
    }
    let vel = Vel::van(zicht, f)?;
    let mut all: Vec<(&Fact, &Melding)> = zicht.t.all::<Melding>().filter(|(fact, _)| zicht.mag_feit(fact)).collect();
    all.sort_by_key(|(fact, _)| std::cmp::Reverse((fact.valid.from, fact.known)));
    Ok(Model {
        regels: all.into_iter().map(|(fact, melding)| regel(zicht, fact, melding)).collect(),
        mag_melden: zicht.mag_vastleggen(Soort::Melding),
        vel,
    })
}

fn regel(zicht: &Zicht<'_>, fact: &Fact, b: &Melding) -> Regel {
    let op = zicht.bezoek.vandaag;
    let own = zicht.mag_corrigeren(fact);
    let einde = b.einde.or_else(|| {
        zicht.t.all::<MeldingEinde>().find(|(_, einde)| einde.melding == fact.id).map(|(_, einde)| einde.einde)
    });
    let until = einde.map_or_else(String::new, |last| format!(" tot en met {}", woorden::dag(last, op)));
    let to = |blad: &str| format!("{}?melding={}", paden::bij_leerling(zicht.leerling, blad), fact.id);
    let mut acties = Vec::new();
    if zicht.mag_vastleggen(Soort::MeldingStatus) {
        acties.push(("Stand van de melding", to("meldingstatus")));
    }
    if einde.is_none() && zicht.mag_vastleggen(Soort::MeldingEinde) {
        acties.push(("Einddatum", to("einddatum")));
    }
    if own {
        acties.push(("Verbeteren", paden::feit(zicht.leerling, fact.id, "corrigeren")));
        acties.push(("Intrekken", paden::feit(zicht.leerling, fact.id, "intrekken")));
    }
    Regel {
        soort: b.soort.label(),
        wanneer: format!(
            "Gemeld op {} door {}. Verzuim vanaf {}{until}.",
            woorden::dag(fact.valid.from, op),
            feiten::door(fact, zicht.r),
            datum(b.begin)
        ),
        stand: stand(zicht, fact.id).map_or("nog niet bij DUO geregistreerd".to_owned(), str::to_owned),
        nummer: b.meldingsnummer.zichtbaar().to_owned(),
        nog_vertellen: own.then(|| nog_vertellen(zicht, b.begin)).flatten(),
        duo: own.then(|| duo::tekst(zicht, fact, b)),
        te_nummeren: own.then(|| paden::feit(zicht.leerling, fact.id, "nummer")),
        acties,
    }
}

/// Who was not told yet of a melding of absence since that day.
fn nog_vertellen(zicht: &Zicht<'_>, begin: Date) -> Option<(String, String)> {
    let open = verteld::nog_niet(zicht, begin);
    let may = !open.is_empty() && zicht.mag_vastleggen(Soort::Geinformeerd);
    may.then(|| (woorden::opsomming(&open), paden::bij_leerling(zicht.leerling, "verteld")))
}

/// The last status of a melding, in words.
fn stand(zicht: &Zicht<'_>, melding: FactId) -> Option<&'static str> {
    let mut all = zicht.t.all::<MeldingStatus>().filter(|(fact, s)| s.melding == melding && zicht.mag_feit(fact));
    all.next_back().map(|(_, status)| status.status.label())
}

/// Gives a melding the number under which DUO knows it; from then on it is registered there.
async fn nummer(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path((leerling, feit)): Path<(String, String)>,
    mut f: Formulier,
) -> Uitslag {
    let id: LeerlingId = leerling.parse().map_err(|_| Weigering::NietGevonden)?;
    let feit: FactId = feit.parse().map_err(|_| Weigering::NietGevonden)?;
    let known = staat.dienst.lees(|register| {
        let seen = kind::ziet(register, &bezoek.actor(), id, bezoek.vandaag);
        let t = register.timeline(id).filter(|_| seen)?;
        let new = t.all::<MeldingStatus>().all(|(_, status)| status.melding != feit);
        t.fact(feit).cloned().map(|fact| (fact, new))
    });
    let (fact, new) = known.await?.ok_or(Weigering::NietGevonden)?;
    let Body::Melding(melding) = fact.body else { return Err(Weigering::NietGevonden) };
    let meldingsnummer = f.verplichte_tekst("meldingsnummer", MAX_KORT, "Plak hier het meldingsnummer van DUO.");
    let mut commands = Vec::new();
    if f.is_goed() {
        let registered =
            MeldingStatus { melding: feit, status: MeldingStand::Geregistreerd, reden: Default::default() };
        let status = new.then(|| Command::ZetStatusMelding(Period::day(bezoek.vandaag), registered));
        let wordt = Box::new(Melding { meldingsnummer, ..melding }.into());
        let correct = Command::Corrigeer { feit, geldig: fact.valid, wordt };
        commands = status.into_iter().chain([correct]).collect();
    }
    match verstuurd::verstuur(&staat, &bezoek, &leerling, WAT, f, Inzending::van(commands), model).await? {
        Verstuurd::Vastgelegd(id) => {
            antwoord::naar(&format!("{}?gelukt=vastgelegd", paden::bij_leerling(id, MELDINGEN)))
        }
        Verstuurd::Terug(id, model, why) => antwoord::opnieuw(&blad(&bezoek, id, model, why)?),
    }
}
