//! Taking a statement back, with a reason. It stays to be seen, and no longer counts.

use askama::Template;
use axum::extract::{Path, State};
use domain::body::Soort;
use domain::decide::{Command, MAX_KORT, Refusal};
use domain::fact::{Fact, FactId};
use domain::ids::LeerlingId;

use super::vel::Vel;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::formulier::Formulier;
use crate::web::kader::Kader;
use crate::web::kind::{self, Zicht};
use crate::web::verstuurd::{self, Inzending, Verstuurd};
use crate::web::{Staat, paden};
use crate::weergave::feiten;

/// What is shown, for the read log.
const WAT: &str = "een gegeven intrekken";

/// What the page shows.
struct Model {
    wat: String,
    /// It is itself a withdrawal: taking it back lets the first statement stand again.
    terug: bool,
    vel: Vel,
}

#[derive(Template)]
#[template(path = "vastleggen/intrekken.html")]
struct Intrekblad {
    kader: Kader,
    terug: String,
    adres: String,
    model: Model,
    weigeringen: Vec<Refusal>,
}

/// Shows what would be taken back.
pub async fn toon(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path((leerling, feit)): Path<(String, String)>,
) -> Uitslag {
    let feit: FactId = feit.parse().map_err(|_| Weigering::NietGevonden)?;
    let made = kind::toon(&staat, &bezoek, &leerling, None, WAT, |zicht| model(zicht, feit, Vel::leeg(zicht)?));
    let (id, model) = made.await?;
    antwoord::pagina(&blad(&bezoek, id, feit, model, Vec::new())?)
}

fn model(zicht: &Zicht<'_>, feit: FactId, f: Formulier) -> Result<Model, Weigering> {
    let fact: &Fact = zicht.t.fact(feit).ok_or(Weigering::NietGevonden)?;
    if !zicht.mag_corrigeren(fact) {
        return Err(Weigering::NietGevonden);
    }
    let vel = Vel::van(zicht, f)?;
    let op = zicht.bezoek.vandaag;
    Ok(Model {
        wat: format!("{}; {}", feiten::wat(&fact.body, zicht.r, op), feiten::dagen(fact, op)),
        terug: fact.body.soort() == Soort::Intrekking,
        vel,
    })
}

fn blad(
    bezoek: &Bezoek,
    id: LeerlingId,
    feit: FactId,
    model: Model,
    weigeringen: Vec<Refusal>,
) -> Result<Intrekblad, Weigering> {
    let kader = Kader::van(bezoek, "Gegeven intrekken", paden::LEERLINGEN, "vastleggen")?;
    let adres = paden::feit(id, feit, "intrekken");
    Ok(Intrekblad { kader, terug: paden::leerling(id), adres, model, weigeringen })
}

/// Takes it back.
pub async fn verstuur(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path((leerling, feit)): Path<(String, String)>,
    mut f: Formulier,
) -> Uitslag {
    let feit: FactId = feit.parse().map_err(|_| Weigering::NietGevonden)?;
    let reden = f.verplichte_tekst("reden", MAX_KORT, "Schrijf kort op waarom u dit intrekt.");
    let gevraagd = f.is_goed().then_some(Command::TrekIn { feit, reden });
    let gevraagd = Inzending::van(gevraagd.into_iter().collect());
    let model = |zicht: &Zicht<'_>, f| model(zicht, feit, f);
    match verstuurd::verstuur(&staat, &bezoek, &leerling, WAT, f, gevraagd, model).await? {
        Verstuurd::Vastgelegd(id) => antwoord::naar(&format!("{}?gelukt=ingetrokken", paden::leerling(id))),
        Verstuurd::Terug(id, model, why) => antwoord::opnieuw(&blad(&bezoek, id, feit, model, why)?),
    }
}
