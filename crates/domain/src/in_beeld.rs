//! Whether the child is in view of school, samenwerkingsverband, leerplicht and youth doctor: since when, by which fact.
//!
//! A party learns of a child only in its own way: the samenwerkingsverband by a question, leerplicht
//! by a melding, an exemption or absence of enrolment, the youth doctor by a consult, which itself is shown on consent
//! only. Illness and suspension bring nobody in view.

use jiff::civil::Date;

use crate::Timestamp;
use crate::body::{
    Consult, IndelingSoort, Inschrijving, Kennisgeving, Kind, Melding, Ondersteuningsvraag, Onderzoek,
    OrganisatieSoort, Sector, ToestemmingVoor, Verlof, VrijstellingBesluit,
};
use crate::fact::{Bron, Fact, FactId, codes};
use crate::ids::OrganisatieId;
use crate::klok::zonder_inschrijving;
use crate::kring::toestemming;
use crate::region::Rules;
use crate::termijnen::Geval;
use crate::timeline::Timeline;

codes! {
    /// The parties in whose view the pact wants every absent child.
    Partij {
        /// School of enrolment.
        School = "school" "school",
        /// Samenwerkingsverband of that school.
        Samenwerkingsverband = "samenwerkingsverband" "samenwerkingsverband",
        /// Leerplicht of the municipality of residence.
        Leerplicht = "leerplicht" "leerplicht",
        /// Youth doctor.
        Jeugdarts = "jeugdarts" "jeugdarts",
    }
}

/// Whether a party has the child in view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beeld {
    /// In view since a day, by a fact.
    Sinds {
        /// First day.
        dag: Date,
        /// The fact.
        door: FactId,
    },
    /// Nobody put the question yet (samenwerkingsverband).
    NogNietGevraagd,
    /// Not in view.
    Niet,
    /// Not shown: without consent nobody is told whether the youth doctor is involved, or not.
    AlleenMetToestemming,
}

/// One party, and whether it has the child in view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InBeeld {
    /// Which party.
    pub partij: Partij,
    /// Which organisation that is for this child, if known.
    pub organisatie: Option<OrganisatieId>,
    /// Since when, by what, or why not.
    pub beeld: Beeld,
}

/// The four parties on a day, in the order school, samenwerkingsverband, leerplicht, jeugdarts.
pub fn in_beeld(t: &Timeline, on: Date, r: &Rules) -> [InBeeld; 4] {
    let geval = Geval::new(t, on, r);
    Partij::ALL_FOUR.map(|partij| InBeeld {
        partij,
        organisatie: organisatie(&geval, partij),
        beeld: match partij {
            Partij::School => school(&geval),
            Partij::Samenwerkingsverband => {
                let swv = organisatie(&geval, partij);
                eerste(&vragen_aan(&geval, swv)).unwrap_or(Beeld::NogNietGevraagd)
            }
            Partij::Leerplicht => leerplicht(&geval),
            Partij::Jeugdarts => jeugdarts(&geval),
        },
    })
}

impl Partij {
    const ALL_FOUR: [Partij; 4] = [Partij::School, Partij::Samenwerkingsverband, Partij::Leerplicht, Partij::Jeugdarts];
}

/// The organisation that is this party for the child.
pub(crate) fn organisatie(geval: &Geval<'_>, partij: Partij) -> Option<OrganisatieId> {
    let school = geval.school_op(geval.on);
    match partij {
        Partij::School => school,
        Partij::Samenwerkingsverband => swv(geval, school),
        Partij::Leerplicht => geval.gemeente_op(geval.on),
        Partij::Jeugdarts => jgz(geval, school),
    }
}

/// The samenwerkingsverband of a school on the day: po for primary schools, vo for the others, the only one otherwise.
pub(crate) fn swv(geval: &Geval<'_>, school: Option<OrganisatieId>) -> Option<OrganisatieId> {
    swv_op(geval, school, geval.on)
}

fn swv_op(geval: &Geval<'_>, school: Option<OrganisatieId>, dag: Date) -> Option<OrganisatieId> {
    let school = geval.school(school)?;
    let po = school.bij(IndelingSoort::SwvPo, dag);
    let vo = school.bij(IndelingSoort::SwvVo, dag);
    match school.sector {
        Some(Sector::Po | Sector::Sbo | Sector::So) => po.or(vo),
        _ => vo.or(po),
    }
}

/// Youth health care for the child: that of the school, else the only one of the region.
fn jgz(geval: &Geval<'_>, school: Option<OrganisatieId>) -> Option<OrganisatieId> {
    if let Some(found) = geval.school(school).and_then(|school| school.bij(IndelingSoort::Jgz, geval.on)) {
        return Some(found);
    }
    let mut all = geval.r.organisaties.iter().filter(|(_, o)| o.soort == OrganisatieSoort::Jgz).map(|(id, _)| *id);
    all.next().filter(|_| all.next().is_none())
}

fn school(geval: &Geval<'_>) -> Beeld {
    let Some(school) = geval.school_op(geval.on) else { return Beeld::Niet };
    let here: Vec<_> = geval.feiten::<Inschrijving>().into_iter().filter(|(_, body)| body.school == school).collect();
    eerste(&here).unwrap_or(Beeld::Niet)
}

/// Questions for support that this samenwerkingsverband was asked: that of the school of that day. A question of a day
/// without a school counts for whichever it is now.
pub(crate) fn vragen_aan<'a>(
    geval: &Geval<'a>,
    organisatie: Option<OrganisatieId>,
) -> Vec<(&'a Fact, &'a Ondersteuningsvraag)> {
    let mut asked = geval.feiten::<Ondersteuningsvraag>();
    asked.retain(|(fact, _)| {
        let then = swv_op(geval, geval.school_op(fact.valid.from), fact.valid.from);
        then.is_none() || then == organisatie
    });
    asked
}

/// Leerplicht in view of the child.
pub(crate) fn leerplicht(geval: &Geval<'_>) -> Beeld {
    let ways = [
        eerste(&geval.feiten::<Melding>()),
        eerste(&geval.feiten::<Kennisgeving>()),
        eerste(&geval.feiten::<VrijstellingBesluit>()),
        eerste(&geval.feiten::<Onderzoek>()),
        eerste(&aan_de_gemeente_gevraagd(geval)),
        niet_ingeschreven(geval),
    ];
    let since = |beeld: &Beeld| match beeld {
        Beeld::Sinds { dag, door } => (*dag, *door),
        _ => (Date::MAX, FactId(u128::MAX)),
    };
    ways.into_iter().flatten().min_by_key(since).unwrap_or(Beeld::Niet)
}

/// Leave of more than ten days, which is asked of leerplicht (LPW art. 14 lid 3).
fn aan_de_gemeente_gevraagd<'a>(geval: &Geval<'a>) -> Vec<(&'a Fact, &'a Verlof)> {
    geval.feiten::<Verlof>().into_iter().filter(|(fact, _)| fact.source.bron == Bron::Gemeente).collect()
}

/// Moments at which leerplicht came in view of the child, and whether it is by something that holds on the day itself.
pub(crate) fn momenten_leerplicht(geval: &Geval<'_>) -> (Vec<(Date, Timestamp)>, bool) {
    fn of<K: Kind>(feiten: &[(&Fact, &K)]) -> Vec<(Date, Timestamp)> {
        feiten.iter().map(|(fact, _)| (fact.valid.from, fact.known)).collect()
    }
    let exempt = geval.feiten::<Kennisgeving>();
    let decided = geval.feiten::<VrijstellingBesluit>();
    let now = exempt.iter().map(|(fact, _)| fact).chain(decided.iter().map(|(fact, _)| fact));
    let holds = now.into_iter().any(|fact| fact.valid.contains(geval.on)) || niet_ingeschreven(geval).is_some();
    let moments = [
        of(&geval.feiten::<Melding>()),
        of(&exempt),
        of(&decided),
        of(&geval.feiten::<Onderzoek>()),
        of(&aan_de_gemeente_gevraagd(geval)),
    ];
    (moments.concat(), holds)
}

/// A resident under duty without enrolment: absoluut verzuim, presumed or confirmed.
fn niet_ingeschreven(geval: &Geval<'_>) -> Option<Beeld> {
    let spans = zonder_inschrijving(geval.t, geval.on, geval.r).value;
    let now = spans.into_iter().find(|span| span.dagen.contains(geval.on))?;
    Some(Beeld::Sinds { dag: now.dagen.from, door: *now.feiten.first()? })
}

/// Shown only while consent stands, so that its absence tells nothing.
fn jeugdarts(geval: &Geval<'_>) -> Beeld {
    let toestemmingen = toestemming::staat(geval.t, geval.on);
    if !toestemmingen.contains(&(ToestemmingVoor::JgzBetrokken, None, true)) {
        return Beeld::AlleenMetToestemming;
    }
    eerste(&geval.feiten::<Consult>()).unwrap_or(Beeld::Niet)
}

fn eerste<K: Kind>(feiten: &[(&Fact, &K)]) -> Option<Beeld> {
    feiten.first().map(|(fact, _)| Beeld::Sinds { dag: fact.valid.from, door: fact.id })
}
