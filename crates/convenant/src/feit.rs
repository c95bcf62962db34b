//! What one single fact asks of its reader, by its kind, by who stated it and by what stands in it.

use domain::body::{
    AanbodSoort, Afhandeling, BesluitSoort, Bewaarcategorie, Body, Onderwerp, Stem, TeBevestigen, ToestemmingVoor,
    VerlofGrond,
};
use domain::decide::wie_mag;
use domain::fact::{Actor, Bron, Fact, Rol};
use domain::ids::OrganisatieId;
use domain::kring::{Kring, Relaties};
use domain::region::Rules;
use domain::verzuim::VerzuimSoort;

use crate::grens::Kant;
use crate::{Convenant, Facet, Facetten, Mag, Oordeel, Partij};

impl Facet {
    /// All that one must be allowed to read this fact, apart from which organisations it names (see [`van_organisatie`]).
    pub fn van_feit(fact: &Fact) -> Facetten {
        let mut all = Facetten::of(Facet::van(fact.body.soort()));
        let mut add = |facet, so| all.insert_if(facet, so);
        match &fact.body {
            Body::Persoonsgegevens(p) if p.bsn.is_none() && p.onderwijsnummer.is_none() => {
                return Facetten::of(&[Facet::PersoonNaam, Facet::PersoonGeboortedatum]);
            }
            Body::Adres(adres) => add(Facet::PersoonAdresGeheim, adres.geheim),
            Body::Afwezigheid(b) => add(Facet::VerzuimZiekte, is_ziekte(b.soort)),
            Body::RijCorrectie(b) => {
                let becomes = b.wordt.is_some_and(|(soort, _)| is_ziekte(soort));
                add(Facet::VerzuimZiekte, is_ziekte(b.soort) || becomes);
            }
            Body::Verlof(b) => add(Facet::VerzuimZiekte, matches!(b.grond, VerlofGrond::C | VerlofGrond::D)),
            // Support for pupils who are ill tells of illness, which consent to show care does not open.
            Body::Aanbod(b) => {
                add(Facet::AanbodZorg, b.soort != AanbodSoort::Onderwijs);
                add(Facet::VerzuimZiekte, b.soort == AanbodSoort::ZiekeLeerlingen);
            }
            Body::ZitThuis(b) => add(Facet::WoordenOuder, b.relatie.is_some()),
            Body::SignaalAfhandeling(b) => {
                // What is not right tells why the child was away.
                add(Facet::VerzuimReden, b.afhandeling == Afhandeling::Betwist);
                add(Facet::WoordenOuder, matches!(b.stem, Stem::Ouder(_) | Stem::Thuis));
                add(Facet::WoordenLeerling, b.stem == Stem::Leerling);
            }
            Body::AanbodReactie(b) => {
                add(Facet::WoordenOuder, b.ouder.is_some());
                add(Facet::WoordenLeerling, b.ouder.is_none());
            }
            Body::Geinformeerd(b) => {
                add(Facet::Melding, b.over == Onderwerp::Melding);
                add(Facet::Ondersteuningsvraag, b.over == Onderwerp::Ondersteuningsvraag);
                add(Facet::JgzConsult, b.over == Onderwerp::Consult);
            }
            Body::Toestemming(b) => match b.voor {
                ToestemmingVoor::JgzBetrokken | ToestemmingVoor::DeelnameAdvies => add(Facet::JgzConsult, true),
                ToestemmingVoor::PerspectiefBehandelaar => add(Facet::VrijstellingPerspectief, true),
                ToestemmingVoor::SwvAdvies => add(Facet::Vrijstelling, true),
                ToestemmingVoor::Zorg => add(Facet::AanbodZorg, true),
                ToestemmingVoor::Jeugdhulp => {}
            },
            Body::Bevestiging(b) => add(Facet::InschrijvingNagaan, b.wat == TeBevestigen::Absoluut),
            Body::Besluit(b) => add(Facet::BesluitVerbaal, b.soort == BesluitSoort::Verbaal),
            _ => {}
        }
        match fact.by {
            Actor::Ouder { .. } => add(Facet::WoordenOuder, true),
            Actor::Leerling { .. } => add(Facet::WoordenLeerling, true),
            // That somebody of leerplicht or youth health care wrote it down tells that they are involved.
            Actor::Medewerker { rol: Rol::Leerplichtambtenaar | Rol::AdministratieLeerplicht, .. } => {
                let told = Facetten::of(&[Facet::LeerplichtStap, Facet::Melding, Facet::Vrijstelling]);
                let identity = fact.body.soort().categorie() == Bewaarcategorie::Basis;
                all.insert_if(Facet::LeerplichtStap, !identity && all.intersection(told).is_empty());
            }
            Actor::Medewerker { rol: Rol::Jeugdarts | Rol::Jeugdverpleegkundige, .. } => add(Facet::JgzConsult, true),
            // So does a word of whoever gives care; what is said on consent of its own is not asked for twice.
            Actor::Medewerker { rol: Rol::Zorgpartner | Rol::Psycholoog, .. } => {
                let own = matches!(fact.body, Body::PerspectiefBehandelaar(_) | Body::Verklaring(_));
                add(Facet::AanbodZorg, !own);
            }
            _ => {}
        }
        all
    }
}

pub(crate) fn is_ziekte(soort: VerzuimSoort) -> bool {
    matches!(soort, VerzuimSoort::Ziek | VerzuimSoort::Geschorst)
}

const VAN_EEN_ANDERE_SCHOOL: &str = "Dit is verzuim bij een andere school; elke school ziet het eigen verzuim.";

impl Convenant {
    /// Whether this actor may read this fact of this child: all its facets, or, of a child that one may see at all, what
    /// oneself or one's own organisation stated in a role that may state it. A school reads absence of its own only.
    pub fn leest(&self, by: &Actor, kring: &Kring, fact: &Fact, r: &Rules) -> Oordeel<'_> {
        let name = self.decide(by, Mag::Lees, kring, Facet::PersoonNaam);
        if !name.is_ja() || is_eigen(by, fact) {
            return name;
        }
        if is_van_andere_school(by, fact) {
            return Oordeel::Nee { waarom: VAN_EEN_ANDERE_SCHOOL };
        }
        let named = genoemd(&fact.body).map_or(Facetten::GEEN, |id| Facet::van_organisatie(r, id));
        // Whoever gives support to a pupil who is ill knows that already.
        let gives =
            matches!(&fact.body, Body::Aanbod(b) if b.organisatie.is_some() && b.organisatie == by.organisatie());
        let known = if gives { Facetten::of(&[Facet::VerzuimZiekte]) } else { Facetten::GEEN };
        let mut answer = name;
        for facet in Facet::van_feit(fact).without(known).union(named).iter() {
            match self.decide(by, Mag::Lees, kring, facet) {
                yes @ Oordeel::Ja { .. } => answer = yes,
                no => return no,
            }
        }
        answer
    }
}

/// Said by oneself, or by one's own organisation where one's role may say it.
fn is_eigen(by: &Actor, fact: &Fact) -> bool {
    let (Some(own), Some(rol)) = (by.organisatie(), by.rol()) else { return fact.by == *by };
    let states = || wie_mag(fact.body.soort()).iter().any(|line| line.rollen.contains(&rol));
    fact.by.organisatie() == Some(own) && states()
}

fn is_van_andere_school(by: &Actor, fact: &Fact) -> bool {
    let school = Partij::of(by).is_some_and(|partij| Kant::of(partij, Relaties::GEEN) == Kant::School);
    let verzuim = fact.body.soort().categorie() == Bewaarcategorie::Verzuim;
    school && verzuim && fact.source.bron == Bron::School && fact.source.organisatie != by.organisatie()
}

/// The organisation that a fact names beside the one that stated it.
fn genoemd(body: &Body) -> Option<OrganisatieId> {
    match body {
        Body::Verantwoordelijke(b) => Some(b.organisatie),
        Body::VolgendeStap(b) => Some(b.organisatie),
        Body::Aanbod(b) => b.organisatie,
        Body::Toestemming(b) => b.aan,
        _ => None,
    }
}
