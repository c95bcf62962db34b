//! The stored form of facts: what the log seals, as compact JSON.
//!
//! ```json
//! {"soort":"verlof","versie":1,"geldig":{"van":"2026-03-02","tot":"2026-03-03"},
//!  "door":{"soort":"systeem","organisatie":"O-0000-0000-0001"},"grond":"verzuimadministratie",
//!  "bron":{"soort":"school","organisatie":"O-0000-0000-0001"},
//!  "inhoud":{"grond":"11-g","toegekend":true,"kwartieren_per_week":0}}
//! ```
//!
//! `tot` is the first day after the period. The fact's id, subject and moment are columns of the log and are not
//! repeated here. Facts of an old version are read forever: `tests/golden/v1` holds one of each kind, and a change of
//! the domain that would make them unreadable fails there.
//!
//! One rule above all: what can be written can be read. Reading therefore checks form (kinds, fields, words, days),
//! never sense: bounds and terms are for whoever decides on a new fact.

mod feiten;
mod fout;
mod json;
mod lezer;
mod veld;

pub use fout::LeesFout;

use domain::Timestamp;
use domain::body::Soort;
use domain::fact::{Fact, FactId, NewFact};
use domain::ids::Subject;

use fout::Fout;
use json::Schrijver;
use lezer::{Lezer, Velden};

/// The version that is written, and the newest that can be read.
const VERSIE: u64 = 1;

/// What the log seals of a fact: everything but whom it is about.
pub fn schrijf(fact: &NewFact) -> Vec<u8> {
    let NewFact { about: _, valid, by, ground, source, replaces, body } = fact;
    let mut json = Schrijver::default();
    json.object(|json| {
        json.veld("soort", &body.soort());
        json.veld("versie", &VERSIE);
        json.veld("geldig", valid);
        json.veld("door", by);
        json.veld("grond", ground);
        json.veld("bron", source);
        json.veld("vervangt", replaces);
        json.met("inhoud", |json| feiten::schrijf(body, json));
    });
    json.klaar()
}

/// The fact of which these bytes were sealed; `id`, `about` and `known` stand beside them in the log.
///
/// # Errors
/// When the bytes are no JSON, or no fact of a kind and version that this program knows, field for field. The error
/// names the place and what belongs there; it never repeats what stood there.
pub fn lees(id: FactId, about: Subject, known: Timestamp, bytes: &[u8]) -> Result<Fact, LeesFout> {
    match Lezer::geheel(bytes, |json| lees_nieuw(about, json)) {
        Ok(fact) => Ok(fact.recorded(id, known)),
        Err(fout) => Err(LeesFout { feit: id, fout }),
    }
}

fn lees_nieuw(about: Subject, json: &mut Lezer<'_>) -> Result<NewFact, Fout> {
    let mut velden = json.velden()?;
    let soort = lees_soort(&mut velden)?;
    let fact = NewFact {
        about,
        valid: velden.veld("geldig")?,
        by: velden.veld("door")?,
        ground: velden.veld("grond")?,
        source: velden.veld("bron")?,
        replaces: velden.veld("vervangt")?,
        body: velden.met("inhoud", |json| feiten::lees(soort, json))?,
    };
    velden.klaar()?;
    Ok(fact)
}

/// Kind and version are read together: a newer program may know kinds and versions that this one does not.
fn lees_soort(velden: &mut Velden<'_, '_>) -> Result<Soort, Fout> {
    let woord = velden.met("soort", Lezer::tekst)?;
    let versie: u64 = velden.veld("versie")?;
    match Soort::from_code(&woord) {
        Some(soort) if versie == VERSIE => Ok(soort),
        _ => Err(Fout::onbekend(&woord, versie)),
    }
}

#[cfg(test)]
mod tests;
