//! The note of a call, in twenty seconds: reached or not, with whom, what was said, and perhaps a next step with a day.

use askama::Template;
use axum::extract::{Path, Query, State};
use domain::body::{Contact, Met, Soort, VolgendeStap, Wijze};
use domain::decide::{Command, MAX_KORT, MAX_LANG, Refusal, wie_mag};
use domain::fact::Rol;
use domain::ids::LeerlingId;
use domain::period::Period;
use serde::Deserialize;

use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::formulier::Formulier;
use crate::web::intussen::Intussen;
use crate::web::kader::Kader;
use crate::web::kind::{self, Zicht};
use crate::web::vastleggen::{ONTBREEKT, Vel};
use crate::web::verstuurd::{self, Inzending, Verstuurd};
use crate::web::{Staat, paden};

/// What is shown, for the read log.
const WAT: &str = "belnotitie";

/// The form for a note.
pub struct Notitie {
    /// The form itself.
    pub f: Formulier,
    /// Where it is sent to.
    pub adres: String,
    /// The list to come back to.
    pub terug: &'static str,
    /// Whether the reader may agree on a next step.
    pub stap: bool,
}

impl Notitie {
    fn new(f: Formulier, rol: Rol, leerling: LeerlingId, terug: &'static str) -> Self {
        let stap = wie_mag(Soort::VolgendeStap).iter().any(|line| line.rollen.contains(&rol));
        Notitie { f, adres: paden::bij_leerling(leerling, "belnotitie"), terug, stap }
    }

    /// With whom one can have spoken.
    pub fn met(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        Met::ALL.iter().map(|met| (met.code(), met.label()))
    }
}

/// What may stand behind the address of the page.
#[derive(Deserialize)]
pub struct Vraag {
    #[serde(default)]
    terug: String,
}

#[derive(Template)]
#[template(path = "ochtend/belnotitie.html")]
struct Notitieblad {
    kader: Kader,
    naam: String,
    dossier: String,
    n: Notitie,
    /// What others stated since the form was shown.
    intussen: Intussen,
    /// What the rules refuse.
    weigeringen: Vec<Refusal>,
}

/// The lists from which a note is written.
fn terug_naar(terug: &str) -> &'static str {
    if terug == paden::WERKLIJST { paden::WERKLIJST } else { paden::OCHTENDLIJST }
}

/// The form on a page of its own.
pub async fn blad(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path(leerling): Path<String>,
    Query(vraag): Query<Vraag>,
) -> Uitslag {
    let made = |zicht: &Zicht<'_>| model(zicht, Vel::leeg(zicht)?.met("met", "ouders"));
    let (leerling, vel) = kind::toon(&staat, &bezoek, &leerling, None, WAT, made).await?;
    antwoord::pagina(&notitieblad(&bezoek, leerling, vel, terug_naar(&vraag.terug), Vec::new())?)
}

fn model(zicht: &Zicht<'_>, f: Formulier) -> Result<Vel, Weigering> {
    if !zicht.mag_vastleggen(Soort::Contact) {
        return Err(Weigering::NietGevonden);
    }
    Vel::van(zicht, f)
}

fn notitieblad(
    bezoek: &Bezoek,
    leerling: LeerlingId,
    vel: Vel,
    terug: &'static str,
    weigeringen: Vec<Refusal>,
) -> Result<Notitieblad, Weigering> {
    let Vel { naam, intussen, f } = vel;
    let kader = Kader::van(bezoek, format!("Belnotitie {naam}"), paden::OCHTENDLIJST, "ochtendlijst")?;
    let n = Notitie::new(f, bezoek.rol, leerling, terug);
    Ok(Notitieblad { kader, naam, dossier: paden::leerling(leerling), n, intussen, weigeringen })
}

/// Writes the note, and the next step with it: both or neither.
pub async fn leg_vast(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path(leerling): Path<String>,
    mut f: Formulier,
) -> Uitslag {
    let terug = terug_naar(f.waarde("terug"));
    let gevraagd = Inzending::van(commands(&mut f, &bezoek));
    match verstuurd::verstuur(&staat, &bezoek, &leerling, WAT, f, gevraagd, model).await? {
        Verstuurd::Vastgelegd(_) => antwoord::naar(&format!("{terug}?gelukt=vastgelegd")),
        Verstuurd::Terug(id, vel, why) => antwoord::opnieuw(&notitieblad(&bezoek, id, vel, terug, why)?),
    }
}

/// What the form says: an attempt or a contact of today, and perhaps the next step for whoever called.
fn commands(f: &mut Formulier, bezoek: &Bezoek) -> Vec<Command> {
    let bereikt = f.keuze("bereikt", |woord| match woord {
        "ja" => Some(true),
        "nee" => Some(false),
        _ => None,
    });
    let met = f.keuze("met", Met::from_code);
    let notitie = f.tekst("notitie", MAX_LANG);
    let stap = f.tekst("stap", MAX_KORT);
    let uiterlijk = f.dag("uiterlijk");
    if !stap.is_empty() && uiterlijk.is_none() {
        f.zet_fout("uiterlijk", "Kies uiterlijk wanneer u de volgende stap doet.");
    }
    if stap.is_empty() && uiterlijk.is_some() {
        f.zet_fout("stap", "Schrijf op wat de volgende stap is, of laat de datum leeg.");
    }
    let vandaag = Period::day(bezoek.vandaag);
    let contact = bereikt
        .zip(met)
        .map(|(bereikt, met)| Command::NeemContact(vandaag, Contact { met, wijze: Wijze::Telefoon, bereikt, notitie }));
    // Without words it has an error, and is only tried.
    let stap = if stap.is_empty() { ONTBREEKT.into() } else { stap };
    let next = uiterlijk.map(|uiterlijk| {
        let (organisatie, medewerker) = (bezoek.organisatie, Some(bezoek.medewerker));
        Command::SpreekVolgendeStapAf(vandaag, VolgendeStap { organisatie, medewerker, stap, uiterlijk })
    });
    contact.into_iter().chain(next).collect()
}
