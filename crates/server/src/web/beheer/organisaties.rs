//! The parties of the region: what they are, to what they belong and when, and who works there.

use askama::Template;
use axum::extract::{Path, Query, State};
use domain::Date;
use domain::body::{Indeling, Organisatie, OrganisatieSoort};
use domain::calendar::datum;
use domain::ids::OrganisatieId;
use domain::period::Period;
use register::Register;
use serde::Deserialize;

use super::personen::{Persoon, personen};
use super::{bladeren, kader};
use crate::web::Staat;
use crate::web::antwoord::{self, Uitslag, Weigering};
use crate::web::bezoek::Bezoek;
use crate::web::kader::Kader;

/// Most schools and other parties that are named as belonging to one.
const MAX_LEDEN: usize = 1_000;

/// What may stand behind the address.
#[derive(Deserialize)]
pub struct Vraag {
    #[serde(default)]
    soort: String,
    #[serde(default)]
    blad: usize,
}

/// One party in the list.
struct Rij {
    id: OrganisatieId,
    naam: String,
    soort: &'static str,
    code: String,
    plaats: String,
    /// Until when it exists; empty without a known end.
    tot: String,
}

#[derive(Template)]
#[template(path = "beheer/organisaties.html")]
struct Organisaties {
    kader: Kader,
    soorten: Vec<(&'static str, &'static str, usize, bool)>,
    allen: usize,
    soort: String,
    rijen: Vec<Rij>,
    blad: usize,
    bladen: usize,
}

/// One line of a partition.
struct Deel {
    soort: &'static str,
    id: OrganisatieId,
    naam: String,
    sinds: String,
    tot: String,
}

#[derive(Template)]
#[template(path = "beheer/organisatie.html")]
struct Een {
    kader: Kader,
    naam: String,
    soort: &'static str,
    code: String,
    plaats: String,
    hoort_bij: Vec<Deel>,
    leden: Vec<Deel>,
    meer_leden: bool,
    id: OrganisatieId,
    personen: Vec<Persoon>,
}

/// All parties.
pub async fn blad(State(staat): State<Staat>, Query(vraag): Query<Vraag>, bezoek: Bezoek) -> Uitslag {
    let chosen = OrganisatieSoort::ALL.iter().copied().find(|soort| soort.code() == vraag.soort);
    let kader = kader(&bezoek, "Organisaties")?;
    let blad = staat.dienst.lees(|register| {
        let all = &register.rules().organisaties;
        let count = |soort: OrganisatieSoort| all.values().filter(|known| known.soort == soort).count();
        let soorten = OrganisatieSoort::ALL
            .iter()
            .map(|soort| (soort.code(), soort.label(), count(*soort), Some(*soort) == chosen))
            .filter(|(_, _, aantal, _)| *aantal > 0);
        let mut found: Vec<(&OrganisatieId, &Organisatie)> = all
            .iter()
            .map(|(id, known)| (id, &**known))
            .filter(|(_, known)| chosen.is_none_or(|soort| known.soort == soort))
            .collect();
        found.sort_by_cached_key(|(id, known)| (known.naam.to_lowercase(), **id));
        let (rijen, blad, bladen) = bladeren(found.len(), vraag.blad);
        let shown = found.get(rijen).unwrap_or_default();
        Organisaties {
            kader,
            soorten: soorten.collect(),
            allen: all.len(),
            soort: chosen.map(|soort| soort.code().to_owned()).unwrap_or_default(),
            rijen: shown.iter().map(|(id, known)| rij(register, **id, known)).collect(),
            blad,
            bladen,
        }
    });
    antwoord::pagina(&blad.await?)
}

fn rij(register: &Register, id: OrganisatieId, known: &Organisatie) -> Rij {
    let valid = register.alleen_over(id).all::<Organisatie>().next_back().map(|(fact, _)| fact.valid);
    Rij {
        id,
        naam: known.naam.clone(),
        soort: known.soort.label(),
        code: code(known),
        plaats: known.plaats.clone(),
        tot: valid.and_then(|valid| valid.last()).map(datum).unwrap_or_default(),
    }
}

/// The number under which others know it.
fn code(known: &Organisatie) -> String {
    let school = known.vestiging.map(|vestiging| vestiging.to_string());
    let swv = known.swv.map(|swv| swv.to_string());
    let gemeente = || known.gemeente.filter(|_| known.soort == OrganisatieSoort::Gemeente).map(|code| code.to_string());
    school.or(swv).or_else(gemeente).unwrap_or_default()
}

/// One party.
pub async fn een(State(staat): State<Staat>, Path(organisatie): Path<String>, bezoek: Bezoek) -> Uitslag {
    let id: OrganisatieId = organisatie.parse().map_err(|_| Weigering::NietGevonden)?;
    let accounts = staat.toegang.accounts().await.map_err(|_| Weigering::Storing)?;
    let blad = staat.dienst.lees(|register| {
        let known = register.rules().organisaties.get(&id).ok_or(Weigering::NietGevonden)?;
        let mut leden = leden(register, id);
        let meer_leden = leden.len() > MAX_LEDEN;
        leden.truncate(MAX_LEDEN);
        let works_here = |persoon: &Persoon| persoon.rollen.iter().any(|rol| rol.geldt && rol.organisatie == id);
        Ok::<_, Weigering>(Een {
            kader: kader(&bezoek, known.naam.clone())?,
            naam: known.naam.clone(),
            soort: known.soort.label(),
            code: code(known),
            plaats: known.plaats.clone(),
            hoort_bij: hoort_bij(register, id),
            leden,
            meer_leden,
            id,
            personen: personen(register, &accounts, bezoek.vandaag).into_iter().filter(works_here).collect(),
        })
    });
    antwoord::pagina(&blad.await??)
}

/// To what a party belongs or belonged, as it was stated.
fn hoort_bij(register: &Register, id: OrganisatieId) -> Vec<Deel> {
    let timeline = register.alleen_over(id);
    let stated = timeline.all::<Indeling>();
    stated.map(|(fact, indeling)| deel(register, indeling.soort.label(), indeling.bij, fact.valid)).collect()
}

/// Which parties belong or belonged to this one, by name.
fn leden(register: &Register, id: OrganisatieId) -> Vec<Deel> {
    let rules = register.rules();
    let schools = rules.scholen.iter().map(|(lid, school)| (lid, &school.indelingen));
    let others = rules.indelingen.iter();
    let all = schools.chain(others).flat_map(|(lid, indelingen)| indelingen.iter().map(move |one| (lid, one)));
    let mine = all.filter(|(_, (_, _, bij))| *bij == id);
    let mut leden: Vec<Deel> =
        mine.map(|(lid, (period, soort, _))| deel(register, soort.label(), *lid, *period)).collect();
    leden.sort_by(|a, b| (a.soort, &a.naam).cmp(&(b.soort, &b.naam)));
    leden.dedup_by(|a, b| (a.soort, a.id, &a.sinds) == (b.soort, b.id, &b.sinds));
    leden
}

fn deel(register: &Register, soort: &'static str, id: OrganisatieId, valid: Period) -> Deel {
    let day = |day: Date| if day == Date::MIN { String::new() } else { datum(day) };
    Deel {
        soort,
        id,
        naam: register.rules().naam(id).to_owned(),
        sinds: day(valid.from),
        tot: valid.last().map(datum).unwrap_or_default(),
    }
}
