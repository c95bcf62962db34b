//! *Klopt dit niet?*: somebody says that the derived status of a child is not right. It goes to whoever can say so, and
//! the page says what happens then. (A signal is contested among the signals of the child.)

use askama::Template;
use axum::extract::{Path, State};
use domain::body::{Soort, VolgendeStap};
use domain::calendar::datum;
use domain::decide::{Command, MAX_KORT, Refusal};
use domain::fact::Rol;
use domain::ids::{LeerlingId, MedewerkerId, OrganisatieId};
use domain::in_beeld::{Beeld, Partij, in_beeld};
use domain::period::{Period, plus_days};
use domain::status::StatusSoort;

use super::mensen;
use super::vel::Vel;
use super::vormen;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::formulier::Formulier;
use crate::web::kader::Kader;
use crate::web::kind::{self, Gedaan, Zicht};
use crate::web::{Staat, paden};
use crate::weergave::stand::status_woorden;

/// What is shown, for the read log.
const WAT: &str = "klopt dit niet?";
/// How the step begins that asks to look at a status.
const STAP: &str = "Kijk na of de status klopt: ";
/// Calendar days that somebody gets to look at a status.
const DAGEN: i32 = 7;

/// Who can say whether a status is right.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Kijker {
    organisatie: OrganisatieId,
    medewerker: Option<MedewerkerId>,
    naam: String,
}

/// What the page shows.
struct Model {
    /// What stands there now.
    wat: String,
    /// What can be done at once, where one can: words and address.
    zelf: Vec<(&'static str, String)>,
    /// What happens after sending; `None`: nothing to send.
    dan: Option<Vec<String>>,
    vel: Vel,
}

#[derive(Template)]
#[template(path = "vastleggen/klopt_niet.html")]
struct KloptNietblad {
    kader: Kader,
    terug: String,
    adres: String,
    model: Model,
    weigeringen: Vec<Refusal>,
}

/// Shows what can be contested, and who will look at it.
pub async fn toon(State(staat): State<Staat>, bezoek: Bezoek, Path(leerling): Path<String>) -> Uitslag {
    let made = kind::toon(&staat, &bezoek, &leerling, None, WAT, |zicht| model(zicht, Vel::leeg(zicht)?));
    let (id, (model, _)) = made.await?;
    antwoord::pagina(&blad(&bezoek, id, model, Vec::new())?)
}

fn blad(bezoek: &Bezoek, id: LeerlingId, model: Model, weigeringen: Vec<Refusal>) -> Result<KloptNietblad, Weigering> {
    let kader = Kader::van(bezoek, "Klopt dit niet?", paden::LEERLINGEN, "vastleggen")?;
    let adres = paden::bij_leerling(id, "klopt-niet");
    Ok(KloptNietblad { kader, terug: paden::leerling(id), adres, model, weigeringen })
}

fn model(zicht: &Zicht<'_>, f: Formulier) -> Result<(Model, Option<Kijker>), Weigering> {
    let vel = Vel::van(zicht, f)?;
    let (wat, zelf, dan, kijker) = status(zicht)?;
    let model = Model { vel, wat, zelf, dan };
    Ok((model, kijker))
}

type Inhoud = (String, Vec<(&'static str, String)>, Option<Vec<String>>, Option<Kijker>);

fn status(zicht: &Zicht<'_>) -> Result<Inhoud, Weigering> {
    let now = &zicht.vandaag.status;
    let words = status_woorden(now, zicht.facetten).ok_or(Weigering::NietVoorU)?;
    let wat = format!("De status \"{words}\"");
    let mut zelf = Vec::new();
    let accuses = matches!(now.soort, StatusSoort::Thuiszittend | StatusSoort::Absoluut);
    let confirms = zicht.bezoek.rol == Rol::Leerplichtambtenaar && zicht.mag_vastleggen(Soort::Bevestiging);
    if accuses && confirms {
        zelf.push(("Leg vast dat de status niet klopt", paden::bij_leerling(zicht.leerling, "bevestiging")));
        return Ok((wat, zelf, None, None));
    }
    if zicht.mag_vastleggen(Soort::RijCorrectie) {
        zelf.push(("Verbeter het verzuim van een dag", paden::bij_leerling(zicht.leerling, "rij")));
    }
    let open = zicht.vandaag.dossier.open_sinds().is_some();
    let asks = open && zicht.mag_vastleggen(Soort::VolgendeStap);
    let Some(kijker) = asks.then(|| kijker(zicht, accuses)).flatten() else { return Ok((wat, zelf, None, None)) };
    let mut dan = vec![
        format!("{} krijgt uw vraag, en is daarmee aan zet.", kijker.naam),
        format!("Die kijkt het uiterlijk {} na.", datum(plus_days(zicht.bezoek.vandaag, DAGEN))),
        "De status blijft intussen staan zoals hij uit de gegevens volgt.".to_owned(),
    ];
    dan.extend(vormen::nu_aan_zet(zicht).map(|now| format!("{now} Uw vraag komt daarvoor in de plaats.")));
    Ok((wat, zelf, Some(dan), Some(kijker)))
}

/// Leerplicht, for a status that only leerplicht confirms and once it knows the child; else the head of one's own school,
/// or one's own organisation.
fn kijker(zicht: &Zicht<'_>, accuses: bool) -> Option<Kijker> {
    let seen = in_beeld(zicht.t, zicht.bezoek.vandaag, zicht.r);
    let leerplicht = seen.iter().find(|party| party.partij == Partij::Leerplicht);
    let knows = leerplicht.filter(|party| accuses && matches!(party.beeld, Beeld::Sinds { .. }));
    let parties = mensen::partijen(zicht);
    if let Some(gemeente) = knows.and_then(|party| party.organisatie).filter(|id| parties.contains(id)) {
        let naam = format!("De leerplichtambtenaar van {}", zicht.r.naam(gemeente));
        return Some(Kijker { organisatie: gemeente, medewerker: None, naam });
    }
    let own = zicht.bezoek.organisatie;
    let head = mensen::collegas(zicht, own).into_iter().find(|(_, rol, _)| *rol == Rol::Schoolleider);
    let naam = head.as_ref().map_or_else(|| zicht.r.naam(own).to_owned(), |(.., woorden)| woorden.clone());
    Some(Kijker { organisatie: own, medewerker: head.map(|(id, ..)| id), naam })
}

/// Sends it to whom it concerns.
pub async fn verstuur(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path(leerling): Path<String>,
    mut f: Formulier,
) -> Uitslag {
    let id: LeerlingId = leerling.parse().map_err(|_| Weigering::NietGevonden)?;
    let reden = f.verplichte_tekst("reden", MAX_KORT - STAP.len(), "Schrijf kort op wat er niet klopt.");
    let sent = f.clone();
    let (_, (first, kijker)) = kind::toon(&staat, &bezoek, &leerling, None, WAT, |zicht| model(zicht, f)).await?;
    let mut weigeringen = Vec::new();
    if sent.is_goed() {
        let Kijker { organisatie, medewerker, .. } = kijker.ok_or(Weigering::NietVoorU)?;
        let stap = format!("{STAP}{}", reden.zichtbaar()).as_str().into();
        let stap = VolgendeStap { organisatie, medewerker, stap, uiterlijk: plus_days(bezoek.vandaag, DAGEN) };
        let command = Command::SpreekVolgendeStapAf(Period::day(bezoek.vandaag), stap);
        match kind::beslis(&staat, &bezoek, id, &sent, vec![command]).await? {
            Gedaan::Ja => return antwoord::naar(&format!("{}?gelukt=betwist", paden::leerling(id))),
            Gedaan::Nee(refusal) => weigeringen.push(refusal),
            // What others stated was seen when the page was made again, just above.
            Gedaan::Intussen => {}
        }
    }
    antwoord::opnieuw(&blad(&bezoek, id, first, weigeringen)?)
}
