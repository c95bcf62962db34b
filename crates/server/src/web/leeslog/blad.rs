//! The read log of one's own organisation: by period, and by child. Whoever reads it is in it.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::State;
use domain::Date;
use domain::body::Medewerker;
use domain::calendar::{begin_van_dag, datum};
use domain::ids::{LeerlingId, Subject};
use domain::period::{day_number, days_between, from_day_number, next_day};
use register::Register;

use super::opvallend::{self, VEEL};
use super::zoeken::{self, Gezocht, Kandidaat};
use crate::dienst::lezer;
use crate::logboek::{Kijk, Kijken};
use crate::web::Staat;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::formulier::Formulier;
use crate::web::kader::Kader;
use crate::web::paden;
use crate::weergave::moment;

/// Longest period that is looked through, in days.
const MAX_DAGEN: i32 = 31;
/// Days that are shown first, up to and including today.
const DAGEN: i32 = 7;
/// Looks on one page.
const PER_BLAD: usize = 100;
/// Children of one look that are named.
const GENOEMD: usize = 3;
/// Most lines about use that stands out.
const MAX_OPVALLEND: usize = 100;
/// Longest words for a child, in characters.
const MAX_LEERLING: usize = register::MAX_TEKENS;
/// What the read log says of a look at itself.
const WAAROM: &str = "toezicht op het leeslog";

/// One look in words.
struct Rij {
    moment: String,
    wie: String,
    functie: String,
    leerlingen: Vec<String>,
    meer: usize,
    wat: String,
    waarvoor: String,
}

/// What stands out, in words.
struct Opval {
    wie: String,
    functie: String,
    sinds: String,
    wat: String,
}

#[derive(Template)]
#[template(path = "leeslog/blad.html")]
struct Leeslog {
    kader: Kader,
    f: Formulier,
    organisatie: String,
    van: String,
    tot: String,
    aantal: usize,
    meer: bool,
    rijen: Vec<Rij>,
    blad: usize,
    bladen: usize,
    opvallend: Vec<Opval>,
    veel: usize,
    te_beoordelen: usize,
    /// Children that the words fit, to pick one of; none when one was picked.
    kandidaten: Vec<Kandidaat>,
    /// How many they are in all.
    passend: usize,
}

/// What is asked of the log.
struct Vraag {
    /// About whom: a name or a number; empty for everybody.
    leerling: String,
    van: Date,
    tot: Date,
    blad: usize,
}

/// The last week.
pub async fn begin(State(staat): State<Staat>, bezoek: Bezoek) -> Uitslag {
    let van = from_day_number(day_number(bezoek.vandaag) - DAGEN + 1);
    let f = Formulier::leeg(&bezoek.aanmelding, bezoek.nu)?;
    let f = f.met("van", van.to_string()).met("tot", bezoek.vandaag.to_string());
    let vraag = Vraag { leerling: String::new(), van, tot: bezoek.vandaag, blad: 1 };
    toon(&staat, &bezoek, &vraag, f).await
}

/// A period and perhaps one child.
pub async fn zoek(State(staat): State<Staat>, bezoek: Bezoek, mut f: Formulier) -> Uitslag {
    let (van, tot) = (f.verplichte_dag("van"), f.verplichte_dag("tot"));
    let woord = f.tekst("leerling", MAX_LEERLING);
    let (van, tot) = (van.unwrap_or(bezoek.vandaag), tot.unwrap_or(bezoek.vandaag));
    if tot < van {
        f.zet_fout("tot", "De laatste dag ligt voor de eerste. Kies een latere dag.");
    } else if days_between(van, tot) >= MAX_DAGEN {
        f.zet_fout("van", format!("Kies hoogstens {MAX_DAGEN} dagen. Zoek langer terug in meer keren."));
    }
    let blad = f.waarde("blad").parse().unwrap_or(1);
    let vraag = Vraag { leerling: woord.zichtbaar().to_owned(), van, tot, blad };
    if !f.is_goed() {
        let f = f.opnieuw(&bezoek.aanmelding, bezoek.nu)?;
        return antwoord::opnieuw(&maak(&staat, &bezoek, &vraag, f, Kijken::default()).await?);
    }
    toon(&staat, &bezoek, &vraag, f.opnieuw(&bezoek.aanmelding, bezoek.nu)?).await
}

async fn toon(staat: &Staat, bezoek: &Bezoek, vraag: &Vraag, f: Formulier) -> Uitslag {
    let (van, tot) = (begin_van_dag(vraag.van), begin_van_dag(next_day(vraag.tot)));
    let kijken = staat.dienst.kijken(bezoek.organisatie, van, tot).await?;
    let blad = maak(staat, bezoek, vraag, f, kijken).await?;
    antwoord::pagina(&blad)
}

/// The page; whose children it names is in the log before it is shown.
async fn maak(
    staat: &Staat,
    bezoek: &Bezoek,
    vraag: &Vraag,
    f: Formulier,
    Kijken { kijken, meer }: Kijken,
) -> Result<Leeslog, Weigering> {
    let seen: BTreeSet<LeerlingId> = kijken.iter().flat_map(|kijk| kijk.leerlingen.iter().copied()).collect();
    let (gezocht, asked) = staat.dienst.lees(|register| bedoeld(register, bezoek, &vraag.leerling, &seen)).await?;
    let about =
        |kijk: &&Kijk| asked.as_ref().is_none_or(|asked| kijk.leerlingen.iter().any(|kind| asked.contains(kind)));
    let found: Vec<&Kijk> = kijken.iter().filter(about).collect();
    let bladen = found.len().div_ceil(PER_BLAD).max(1);
    let blad = vraag.blad.clamp(1, bladen);
    let shown: Vec<&Kijk> = found.iter().copied().skip((blad - 1) * PER_BLAD).take(PER_BLAD).collect();
    let named = |kijk: &Kijk| -> Vec<LeerlingId> {
        let mine = kijk.leerlingen.iter().filter(|kind| asked.as_ref().is_none_or(|asked| asked.contains(kind)));
        mine.take(GENOEMD).copied().collect()
    };
    let mut over: Vec<LeerlingId> = shown.iter().flat_map(|kijk| named(kijk)).collect();
    over.extend(gezocht.kandidaten.iter().map(|kandidaat| kandidaat.leerling));
    over.sort_unstable();
    over.dedup();
    let stands_out = if asked.is_none() { opvallend::opvallend(&kijken) } else { Vec::new() };
    let (rijen, opvallend) = staat
        .dienst
        .lees(|register| {
            let rijen = shown.iter().map(|kijk| rij(register, kijk, &named(kijk), asked.is_some()));
            let out = stands_out.into_iter().take(MAX_OPVALLEND).map(|one| opval(register, one));
            (rijen.collect(), out.collect())
        })
        .await?;
    let inzagen = staat.toegang.inzagen_van(bezoek.organisatie).await.map_err(|_| Weigering::Storing)?;
    staat.dienst.gelezen(&lezer(&bezoek.actor()), &over, "leeslog", WAAROM).await?;
    Ok(Leeslog {
        kader: Kader::van(bezoek, "Leeslog", paden::LEESLOG, "leeslog")?,
        f,
        organisatie: bezoek.organisatienaam.to_string(),
        van: datum(vraag.van),
        tot: datum(vraag.tot),
        aantal: found.len(),
        meer,
        rijen,
        blad,
        bladen,
        opvallend,
        veel: VEEL,
        te_beoordelen: inzagen.iter().filter(|inzage| inzage.oordeel.is_none()).count(),
        passend: gezocht.aantal,
        kandidaten: if gezocht.een().is_some() { Vec::new() } else { gezocht.kandidaten },
    })
}

/// Whom the words may mean, and under which numbers the one child that they mean goes; `None` without words.
fn bedoeld(
    register: &Register,
    bezoek: &Bezoek,
    woorden: &str,
    bekeken: &BTreeSet<LeerlingId>,
) -> (Gezocht, Option<Vec<LeerlingId>>) {
    if woorden.is_empty() {
        return (Gezocht::default(), None);
    }
    let gezocht = zoeken::zoek(register, bezoek, woorden, bekeken);
    let one = gezocht.een().map(|leerling| register.zelfde(leerling));
    (gezocht, Some(one.unwrap_or_default()))
}

fn rij(register: &Register, kijk: &Kijk, named: &[LeerlingId], een: bool) -> Rij {
    Rij {
        moment: moment(kijk.moment),
        wie: naam(register, kijk.wie),
        functie: kijk.functie.clone(),
        leerlingen: named.iter().map(ToString::to_string).collect(),
        meer: if een { 0 } else { kijk.leerlingen.len().saturating_sub(named.len()) },
        wat: kijk.wat.clone(),
        waarvoor: kijk.reden.clone(),
    }
}

fn opval(register: &Register, one: opvallend::Opvallend) -> Opval {
    let kinderen = match one.kinderen {
        1 => "1 leerling".to_owned(),
        n => format!("{n} leerlingen"),
    };
    Opval {
        wie: naam(register, one.wie),
        functie: one.functie,
        sinds: moment(one.sinds),
        wat: if one.nacht { format!("{kinderen} tussen 23 en 6 uur") } else { format!("{kinderen} binnen een uur") },
    }
}

/// The name of a colleague, for the privacy officer of their organisation.
pub fn naam(register: &Register, wie: Subject) -> String {
    match wie {
        Subject::Medewerker(id) => match register.laatste::<Medewerker>(id) {
            Some(known) => known.naam.zichtbaar().to_owned(),
            None => id.to_string(),
        },
        Subject::Organisatie(_) => "een opdracht op de server".to_owned(),
        _ => "onbekend".to_owned(),
    }
}
