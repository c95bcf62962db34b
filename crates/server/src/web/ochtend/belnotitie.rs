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
use crate::web::kind::{self, Gedaan};
use crate::web::{Staat, paden};

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
    /// Why the rules refuse it.
    weigering: Option<Refusal>,
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
    let (leerling, (naam, gezien)) = kind::toon(&staat, &bezoek, &leerling, None, "belnotitie", model).await?;
    let f = Formulier::leeg(&bezoek.aanmelding, gezien)?.met("met", "ouders");
    antwoord::pagina(&notitieblad(&bezoek, leerling, naam, f, terug_naar(&vraag.terug))?)
}

fn model(zicht: &kind::Zicht<'_>) -> Result<(String, domain::Timestamp), Weigering> {
    if !zicht.mag_vastleggen(Soort::Contact) {
        return Err(Weigering::NietGevonden);
    }
    Ok((zicht.vandaag.kaart.naam(), zicht.register.bekend_tot()))
}

fn notitieblad(
    bezoek: &Bezoek,
    leerling: LeerlingId,
    naam: String,
    f: Formulier,
    terug: &'static str,
) -> Result<Notitieblad, Weigering> {
    let kader = Kader::van(bezoek, format!("Belnotitie {naam}"), paden::OCHTENDLIJST, "ochtendlijst")?;
    let n = Notitie::new(f, bezoek.rol, leerling, terug);
    Ok(Notitieblad {
        kader,
        naam,
        dossier: paden::leerling(leerling),
        n,
        intussen: Intussen::default(),
        weigering: None,
    })
}

/// Writes the note, and the next step with it: both or neither.
pub async fn leg_vast(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path(leerling): Path<String>,
    mut f: Formulier,
) -> Uitslag {
    let id: LeerlingId = leerling.parse().map_err(|_| Weigering::NietGevonden)?;
    let terug = terug_naar(f.waarde("terug"));
    let commands = commands(&mut f, &bezoek);
    let weigering = if f.is_goed() {
        match kind::beslis(&staat, &bezoek, id, &f, commands).await? {
            Gedaan::Ja => return antwoord::naar(&format!("{terug}?gelukt=vastgelegd")),
            Gedaan::Nee(refusal) => Some(refusal),
            Gedaan::Intussen => None,
        }
    } else {
        None
    };
    let eerder = f.gezien();
    let again = |zicht: &kind::Zicht<'_>| Ok((model(zicht)?, zicht.intussen(eerder)));
    let (id, ((naam, gezien), intussen)) = kind::toon(&staat, &bezoek, &leerling, None, "belnotitie", again).await?;
    let f = f.opnieuw(&bezoek.aanmelding, gezien)?;
    antwoord::opnieuw(&Notitieblad { intussen, weigering, ..notitieblad(&bezoek, id, naam, f, terug)? })
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
    let next = uiterlijk.filter(|_| !stap.is_empty()).map(|uiterlijk| {
        let (organisatie, medewerker) = (bezoek.organisatie, Some(bezoek.medewerker));
        Command::SpreekVolgendeStapAf(vandaag, VolgendeStap { organisatie, medewerker, stap, uiterlijk })
    });
    contact.into_iter().chain(next).collect()
}
