//! Dossiers as a region has them: beside the planted children a number of pupils with an owner, some calls, a talk and a
//! next step.

use std::collections::BTreeMap;

use domain::Date;
use domain::body::{Body, Contact, Gesprek, GesprekSoort, Met, Taak, Verantwoordelijke, VolgendeStap, Wijze};
use domain::fact::{Actor, Bron, Grondslag, NewFact, Rol, Source};
use domain::ids::{LeerlingId, MedewerkerId, OrganisatieId};
use domain::period::{Period, plus_days};
use register::Register;

use crate::fout::Fout;
use crate::logboek::{Beslissing, Besluit};
use crate::web::Staat;

/// Of so many pupils one has an open dossier: 2,500 in a region of 43,000.
const OP_ZOVEEL: usize = 17;

/// Opens the dossiers; how many.
///
/// # Errors
/// When the log cannot be written.
pub(super) async fn open(staat: &Staat, werkers: &[(MedewerkerId, OrganisatieId, Rol)]) -> Result<usize, Fout> {
    let vandaag = staat.dienst.tijd().vandaag();
    let per_school: BTreeMap<OrganisatieId, Actor> = werkers
        .iter()
        .map(|(id, organisatie, rol)| {
            (*organisatie, Actor::Medewerker { id: *id, organisatie: *organisatie, rol: *rol })
        })
        .collect();
    let kinderen = staat.dienst.lees_lijst(|register| kies(register, &per_school, vandaag)).await?;
    let mut asked = Vec::with_capacity(kinderen.len());
    for (leerling, wie) in kinderen {
        let besluit = move |_: &register::Overlay<'_>, _| {
            Ok(Besluit { feiten: feiten(leerling, wie, vandaag), gelezen: vec![leerling.into()], antwoord: Vec::new() })
        };
        let dienst = std::sync::Arc::clone(&staat.dienst);
        asked.push(tokio::spawn(async move { dienst.beslis(Beslissing::new(besluit)).await }));
    }
    let count = asked.len();
    for one in asked {
        let refused = |_| Fout::kan_niet("De dossiers om mee te meten zijn niet gemaakt.");
        one.await.map_err(refused)??.map_err(|refusal| Fout::kan_niet(refusal.waarom))?;
    }
    Ok(count)
}

/// Every so manieth pupil of a school where somebody keeps the absence.
fn kies(register: &Register, per_school: &BTreeMap<OrganisatieId, Actor>, op: Date) -> Vec<(LeerlingId, Actor)> {
    let with_school = register.kinderen().filter_map(|leerling| {
        let school = register.samenvatting_op(leerling, op)?.kaart.inschrijving.as_ref()?.school;
        Some((leerling, *per_school.get(&school)?))
    });
    with_school.step_by(OP_ZOVEEL).collect()
}

fn feiten(leerling: LeerlingId, by: Actor, vandaag: Date) -> Vec<NewFact> {
    let Actor::Medewerker { id, organisatie, .. } = by else { return Vec::new() };
    let state = |days_ago: i32, body: Body| {
        let day = plus_days(vandaag, -days_ago);
        let stays = matches!(body, Body::Verantwoordelijke(_));
        NewFact {
            about: leerling.into(),
            valid: if stays { Period::since(day) } else { Period::day(day) },
            by,
            ground: Grondslag::Ondersteuningstaak,
            source: Source::of(Bron::School, organisatie),
            replaces: None,
            body,
        }
    };
    let call = |bereikt| Contact { met: Met::Ouders, wijze: Wijze::Telefoon, bereikt, notitie: "".into() };
    let step = VolgendeStap {
        organisatie,
        medewerker: Some(id),
        stap: "Gesprek met leerling en ouders".into(),
        uiterlijk: plus_days(vandaag, (leerling.0.get() % 20) as i32 - 5),
    };
    let talk = Gesprek { soort: GesprekSoort::Verzuimgesprek, ouders: true, leerling: true, afspraken: "".into() };
    vec![
        state(30, Verantwoordelijke { organisatie, medewerker: id, taak: Taak::Casusregisseur }.into()),
        state(29, call(false).into()),
        state(27, call(true).into()),
        state(20, talk.into()),
        state(9, call(false).into()),
        state(6, step.into()),
    ]
}
