//! *Klopt dit niet?*: somebody says that a signal or a derived status is not right. It goes to whoever can put it right,
//! and the page says what happens then.

use askama::Template;
use axum::extract::{Path, Query, State};
use domain::body::{Afhandeling, SignaalAfhandeling, Soort, VolgendeStap};
use domain::calendar::datum;
use domain::decide::{Command, MAX_KORT, Refusal};
use domain::fact::Rol;
use domain::ids::{LeerlingId, MedewerkerId, OrganisatieId};
use domain::in_beeld::{Beeld, Partij, in_beeld};
use domain::period::{Period, plus_days};
use domain::signaal::Signaal;
use domain::status::StatusSoort;

use super::mensen;
use super::opzet::Vraag;
use super::vormen;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::formulier::{Formulier, lees_dag};
use crate::web::intussen::Intussen;
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

/// What is said not to be right.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Waarover {
    Signaal(Box<Signaal>),
    Status(Kijker),
}

/// Who can say whether a status is right.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Kijker {
    organisatie: OrganisatieId,
    medewerker: Option<MedewerkerId>,
    naam: String,
}

/// What the page shows.
struct Model {
    naam: String,
    /// What stands there now.
    wat: String,
    /// What can be done at once, where one can: words and address.
    zelf: Vec<(&'static str, String)>,
    /// What happens after sending; `None`: nothing to send.
    dan: Option<Vec<String>>,
    intussen: Intussen,
    f: Formulier,
}

#[derive(Template)]
#[template(path = "vastleggen/klopt_niet.html")]
struct KloptNietblad {
    kader: Kader,
    terug: String,
    adres: String,
    model: Model,
    weigering: Option<Refusal>,
}

/// Shows what can be contested, and who will look at it.
pub async fn toon(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path(leerling): Path<String>,
    Query(vraag): Query<Vec<(String, String)>>,
) -> Uitslag {
    let mut f = Formulier::leeg(&bezoek.aanmelding, staat.dienst.lees(|register| register.bekend_tot()).await?)?;
    let vraag = Vraag(vraag);
    for naam in ["regel", "dag"] {
        f = f.met(naam, vraag.get(naam).unwrap_or_default());
    }
    let (id, (model, _)) = kind::toon(&staat, &bezoek, &leerling, None, WAT, |zicht| model(zicht, f)).await?;
    antwoord::pagina(&blad(&bezoek, id, model, None)?)
}

fn blad(bezoek: &Bezoek, id: LeerlingId, model: Model, weigering: Option<Refusal>) -> Result<KloptNietblad, Weigering> {
    let kader = Kader::van(bezoek, "Klopt dit niet?", paden::LEERLINGEN, "vastleggen")?;
    let adres = paden::bij_leerling(id, "klopt-niet");
    Ok(KloptNietblad { kader, terug: paden::leerling(id), adres, model, weigering })
}

fn model(zicht: &Zicht<'_>, f: Formulier) -> Result<(Model, Option<Waarover>), Weigering> {
    let gezien = f.gezien();
    let f = f.opnieuw(&zicht.bezoek.aanmelding, zicht.register.bekend_tot())?;
    let (wat, zelf, dan, waarover) = match f.waarde("regel") {
        "" => status(zicht)?,
        _ => signaal(zicht, &f)?,
    };
    let model = Model { naam: mensen::naam(zicht), wat, zelf, dan, intussen: zicht.intussen(gezien), f };
    Ok((model, waarover))
}

type Inhoud = (String, Vec<(&'static str, String)>, Option<Vec<String>>, Option<Waarover>);

fn signaal(zicht: &Zicht<'_>, f: &Formulier) -> Result<Inhoud, Weigering> {
    let dag = lees_dag(f.waarde("dag"));
    let fired = zicht.vandaag.signalen.iter().find(|s| s.regel == f.waarde("regel") && Some(s.dag) == dag);
    let fired = fired.filter(|s| zicht.weergave().oog.signaal(s.soort));
    let fired = fired.ok_or(Weigering::NietGevonden)?.clone();
    if !zicht.mag_vastleggen(Soort::SignaalAfhandeling) {
        return Err(Weigering::NietVoorU);
    }
    let wat = format!("Het signaal \"{}\" van {}", fired.regel, datum(fired.dag));
    let mut zelf = Vec::new();
    if zicht.mag_vastleggen(Soort::RijCorrectie) {
        zelf.push(("Verbeter het verzuim van een dag", paden::bij_leerling(zicht.leerling, "rij")));
    }
    let dan = vec![
        "Het signaal krijgt het woord \"Klopt dit niet?\" en blijft staan.".to_owned(),
        format!("Wie bij {} het verzuim bijhoudt, kijkt het na.", zicht.bezoek.organisatienaam),
        "Wordt het verzuim verbeterd, dan verdwijnt het signaal vanzelf als het niet meer klopt.".to_owned(),
    ];
    Ok((wat, zelf, Some(dan), Some(Waarover::Signaal(Box::new(fired)))))
}

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
    Ok((wat, zelf, Some(dan), Some(Waarover::Status(kijker))))
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
    let most = if f.waarde("regel").is_empty() { MAX_KORT - STAP.len() } else { MAX_KORT };
    let reden = f.verplichte_tekst("reden", most, "Schrijf kort op wat er niet klopt.");
    let sent = f.clone();
    let (_, (first, waarover)) = kind::toon(&staat, &bezoek, &leerling, None, WAT, |zicht| model(zicht, f)).await?;
    let mut weigering = None;
    if sent.is_goed() {
        let today = Period::day(bezoek.vandaag);
        let command = match waarover {
            Some(Waarover::Signaal(fired)) => {
                let (regel, eerste_dag) = (fired.regel.as_str().into(), fired.dag);
                let stap = Some(fired.stap);
                let said = SignaalAfhandeling { regel, eerste_dag, stap, afhandeling: Afhandeling::Betwist, reden };
                Command::HandelSignaalAf(today, said)
            }
            Some(Waarover::Status(kijker)) => {
                let Kijker { organisatie, medewerker, .. } = kijker;
                let stap = format!("{STAP}{}", reden.zichtbaar()).as_str().into();
                let uiterlijk = plus_days(bezoek.vandaag, DAGEN);
                Command::SpreekVolgendeStapAf(today, VolgendeStap { organisatie, medewerker, stap, uiterlijk })
            }
            None => return Err(Weigering::NietVoorU),
        };
        match kind::beslis(&staat, &bezoek, id, &sent, vec![command]).await? {
            Gedaan::Ja => return antwoord::naar(&format!("{}?gelukt=betwist", paden::leerling(id))),
            Gedaan::Nee(refusal) => weigering = Some(refusal),
            // What others stated was seen when the page was made again, just above.
            Gedaan::Intussen => {}
        }
    }
    antwoord::opnieuw(&blad(&bezoek, id, first, weigering)?)
}
