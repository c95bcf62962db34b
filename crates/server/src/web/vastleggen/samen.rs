//! Two children in the register that are one: a person joins them, after seeing them side by side, and can part them
//! again. A machine only says which ones are alike.

use askama::Template;
use axum::extract::{Path, Query, State};
use domain::body::{Persoonsgegevens, Soort, ZelfdeKind};
use domain::decide::{Command, MAX_KORT, Refusal};
use domain::ids::LeerlingId;
use domain::period::Period;
use register::vouw;

use super::kaart::{Kaart, deel, kaart};
use super::mensen;
use super::opzet::Vraag;
use super::vel::Vel;
use crate::dienst::lezer;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::formulier::Formulier;
use crate::web::kader::Kader;
use crate::web::kind::{self, Gedaan, Zicht};
use crate::web::{Staat, paden};
use crate::weergave::{feiten, woorden};

/// What is shown, for the read log.
const WAT: &str = "leerlingen samenvoegen";
/// Most children that are named because they are alike.
const MAX_LIJKT_OP: usize = 20;

/// What the page about joining shows.
struct Model {
    links: Kaart,
    rechts: Option<Kaart>,
    /// Children that are alike: number, name, birth date.
    lijkt_op: Vec<(String, String, String)>,
    vel: Vel,
}

#[derive(Template)]
#[template(path = "vastleggen/samenvoegen.html")]
struct Samenblad {
    kader: Kader,
    terug: String,
    adres: String,
    model: Model,
    weigeringen: Vec<Refusal>,
}

/// Shows whom the child could be one with, or both side by side.
pub async fn toon(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path(leerling): Path<String>,
    Query(vraag): Query<Vec<(String, String)>>,
) -> Uitslag {
    let mut f = Formulier::leeg(&bezoek.aanmelding, staat.dienst.lees(|register| register.bekend_tot()).await?)?;
    if let Some(met) = Vraag(vraag).get("met").map(|met| met.trim().to_uppercase()).filter(|met| !met.is_empty()) {
        f = f.met("met", met);
    }
    let blad = maak(&staat, &bezoek, &leerling, f, Vec::new()).await?;
    if blad.model.vel.f.is_goed() { antwoord::pagina(&blad) } else { antwoord::opnieuw(&blad) }
}

/// Joins them.
pub async fn verstuur(
    State(staat): State<Staat>,
    bezoek: Bezoek,
    Path(leerling): Path<String>,
    mut f: Formulier,
) -> Uitslag {
    let id: LeerlingId = leerling.parse().map_err(|_| Weigering::NietGevonden)?;
    let ander = f.keuze("met", |met| met.parse::<LeerlingId>().ok());
    let reden = f.verplichte_tekst("reden", MAX_KORT, "Schrijf op waaruit blijkt dat het één kind is.");
    let mut weigeringen = Vec::new();
    if let Some(ander) = ander.filter(|_| f.is_goed()) {
        let there = staat.dienst.lees(|register| kind::ziet(register, &bezoek.actor(), ander, bezoek.vandaag)).await?;
        if there {
            let command = Command::VoegSamen(Period::day(bezoek.vandaag), ZelfdeKind { ander, reden });
            match kind::beslis(&staat, &bezoek, id, &f, vec![command]).await? {
                Gedaan::Ja => return antwoord::naar(&format!("{}?gelukt=samengevoegd", paden::leerling(id))),
                Gedaan::Nee(refusal) => weigeringen.push(refusal),
                Gedaan::Intussen => {}
            }
        }
    }
    antwoord::opnieuw(&maak(&staat, &bezoek, &leerling, f, weigeringen).await?)
}

/// Both looks are in the read log before the page is there.
async fn maak(
    staat: &Staat,
    bezoek: &Bezoek,
    leerling: &str,
    mut f: Formulier,
    weigeringen: Vec<Refusal>,
) -> Result<Samenblad, Weigering> {
    let ander: Option<LeerlingId> = f.waarde("met").parse().ok();
    let rechts = match ander {
        Some(ander) => {
            let shown = kind::toon(staat, bezoek, &ander.to_string(), None, WAT, |zicht| Ok(kaart(zicht))).await;
            match shown {
                Ok((_, kaart)) => Some(kaart),
                Err(Weigering::NietGevonden) => None,
                Err(weigering) => return Err(weigering),
            }
        }
        None => None,
    };
    if rechts.is_none() && !f.waarde("met").is_empty() {
        f.zet_fout("met", "Dit nummer kennen wij niet, of u mag deze leerling niet zien. Controleer het nummer.");
    }
    let made = kind::toon(staat, bezoek, leerling, None, WAT, |zicht| {
        if !zicht.mag_vastleggen(Soort::ZelfdeKind) {
            return Err(Weigering::NietVoorU);
        }
        let vel = Vel::van(zicht, f)?;
        let (alike, ids) = if rechts.is_none() { lijkt_op(zicht) } else { Default::default() };
        Ok((Model { links: kaart(zicht), rechts, lijkt_op: alike, vel }, ids))
    });
    let (id, (model, ids)) = made.await?;
    for (kind, waarvoor) in ids {
        staat.dienst.gelezen(&lezer(&bezoek.actor()), &[kind], WAT, &waarvoor).await?;
    }
    let kader = Kader::van(bezoek, "Leerlingen samenvoegen", paden::LEERLINGEN, "vastleggen")?;
    let adres = paden::bij_leerling(id, "samenvoegen");
    Ok(Samenblad { kader, terug: paden::leerling(id), adres, model, weigeringen })
}

type Alike = (Vec<(String, String, String)>, Vec<(LeerlingId, String)>);

/// Children of one's own organisation with the same birth date and the same surname or first name. It is a hint: whether
/// they are one is for a person to say.
fn lijkt_op(zicht: &Zicht<'_>) -> Alike {
    let (register, bezoek) = (zicht.register, zicht.bezoek);
    let known = |leerling| register.laatste::<Persoonsgegevens>(leerling);
    let Some(own) = known(zicht.leerling) else { return Alike::default() };
    let same = register.zelfde(zicht.leerling);
    let alike = |other: &Persoonsgegevens| {
        let born = other.geboortedatum.is_some() && other.geboortedatum == own.geboortedatum;
        let names = [(&own.achternaam, &other.achternaam), (&own.roepnaam, &other.roepnaam)];
        born && names.iter().any(|(a, b)| !a.is_empty() && vouw(a.zichtbaar()) == vouw(b.zichtbaar()))
    };
    let found = register.kinderen_van(bezoek.organisatie).filter(|leerling| !same.contains(leerling));
    let found = found.filter_map(|leerling| Some((leerling, known(leerling).filter(|other| alike(other))?)));
    let seen = found.filter(|(leerling, _)| kind::ziet(register, &bezoek.actor(), *leerling, bezoek.vandaag));
    let mut all = Alike::default();
    for (leerling, persoon) in seen.take(MAX_LIJKT_OP) {
        let born = persoon.geboortedatum.map(domain::calendar::datum).unwrap_or_default();
        all.0.push((leerling.to_string(), woorden::naam(persoon), born));
        let kring = register.samenvatting_op(leerling, bezoek.vandaag);
        all.1.extend(kring.map(|made| (leerling, kind::waarvoor(register, bezoek, &made.kring))));
    }
    all
}

/// One joining that could be undone.
struct Band {
    kaarten: [Kaart; 2],
    reden: String,
    door: String,
    adres: String,
}

#[derive(Template)]
#[template(path = "vastleggen/losmaken.html")]
struct Losblad {
    kader: Kader,
    terug: String,
    naam: String,
    banden: Vec<Band>,
    f: Formulier,
}

/// Shows which children were joined into this one, each with what it brought, to part them again.
pub async fn losmaken(State(staat): State<Staat>, bezoek: Bezoek, Path(leerling): Path<String>) -> Uitslag {
    let made = kind::toon(&staat, &bezoek, &leerling, None, "leerlingen losmaken", |zicht| {
        if !zicht.mag_vastleggen(Soort::ZelfdeKind) {
            return Err(Weigering::NietVoorU);
        }
        let f = Vel::leeg(zicht)?;
        Ok((mensen::naam(zicht), banden(zicht), f))
    });
    let (id, (naam, banden, f)) = made.await?;
    let kader = Kader::van(&bezoek, "Leerlingen losmaken", paden::LEERLINGEN, "vastleggen")?;
    antwoord::pagina(&Losblad { kader, terug: paden::leerling(id), naam, banden, f })
}

fn banden(zicht: &Zicht<'_>) -> Vec<Band> {
    let joined = zicht.t.all::<ZelfdeKind>().filter(|(fact, _)| zicht.mag_corrigeren(fact));
    let band = |(fact, b): (&domain::fact::Fact, &ZelfdeKind)| {
        let domain::ids::Subject::Leerling(een) = fact.about else { return None };
        let on = woorden::dag(fact.valid.from, zicht.bezoek.vandaag);
        Some(Band {
            kaarten: [een, b.ander].map(|leerling| deel(zicht, zicht.register, leerling)),
            reden: b.reden.zichtbaar().to_owned(),
            door: format!("{}, op {on}", feiten::door(fact, zicht.r)),
            adres: paden::feit(zicht.leerling, fact.id, "intrekken"),
        })
    };
    joined.filter_map(band).collect()
}
