//! A child on a card: who it is and where it goes, as lists show, filter and sort it.

use domain::Timestamp;
use domain::body::{Adres, Inschrijving, Persoonsgegevens, Taak, Verantwoordelijke};
use domain::fact::Actor;
use domain::ids::{MedewerkerId, OrganisatieId};
use domain::nummers::{Gemeentecode, Postcode};
use domain::tekst::Tekst;
use domain::timeline::Timeline;
use jiff::civil::Date;

use crate::vouw;

/// What a line of a list says of a child beside how it stands. Every part belongs to a facet: show what a reader may see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kaart {
    /// The name it is called by, else its first names.
    pub roepnaam: Tekst,
    /// Prefix of the surname.
    pub voorvoegsel: Tekst,
    /// Surname without prefix.
    pub achternaam: Tekst,
    /// Birth date.
    pub geboren: Option<Date>,
    /// The enrolment of the day; of two the one that began last.
    pub inschrijving: Option<Inschrijving>,
    /// Where it lives, if that is known.
    pub woont: Option<Woont>,
    /// Who is responsible: the casusregisseur, else the owner that was named last.
    pub eigenaar: Option<(OrganisatieId, MedewerkerId)>,
    /// When a person, and not an import, last stated something about the child.
    pub gezegd: Option<Timestamp>,
}

/// Where a child lives, as far as a list needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Woont {
    /// The municipality.
    pub gemeente: Option<Gemeentecode>,
    /// The four digits of the postcode: the neighbourhood.
    pub wijk: Option<u16>,
    /// Whether the address is secret: then none of this is for who may not see secret addresses.
    pub geheim: bool,
}

impl Kaart {
    /// Of a child on a day.
    pub(crate) fn van(t: &Timeline, op: Date) -> Self {
        let last = || t.all::<Persoonsgegevens>().next_back().map(|(_, persoon)| persoon);
        let persoon = t.at::<Persoonsgegevens>(op, "naam of geboortedatum").value.or_else(last);
        let enrolled = t.inschrijvingen_op(op).max_by_key(|(fact, _)| (fact.valid.from, fact.known, fact.id));
        let named = t
            .on::<Verantwoordelijke>(op)
            .max_by_key(|(fact, named)| (named.taak == Taak::Casusregisseur, fact.valid.from, fact.known, fact.id));
        let by_person = t.facts().rev().find(|fact| !matches!(fact.by, Actor::Systeem { .. }));
        let names = |pick: fn(&Persoonsgegevens) -> &Tekst| persoon.map(|p| pick(p).clone()).unwrap_or_default();
        Kaart {
            roepnaam: names(|p| if p.roepnaam.is_empty() { &p.voornamen } else { &p.roepnaam }),
            voorvoegsel: names(|p| &p.voorvoegsel),
            achternaam: names(|p| &p.achternaam),
            geboren: persoon.and_then(|p| p.geboortedatum),
            inschrijving: enrolled.map(|(_, inschrijving)| inschrijving.clone()),
            woont: t.at::<Adres>(op, "adres").value.map(woont),
            eigenaar: named.map(|(_, named)| (named.organisatie, named.medewerker)),
            gezegd: by_person.map(|fact| fact.known),
        }
    }

    /// The name it is called by, with the surname: "Sam de Boer".
    pub fn naam(&self) -> String {
        join([&self.roepnaam, &self.voorvoegsel, &self.achternaam])
    }

    /// By what it stands in a list of names: surname and the name it is called by, folded.
    pub fn sleutel(&self) -> String {
        format!("{} {}", vouw(self.achternaam.zichtbaar()), vouw(self.roepnaam.zichtbaar()))
    }

    /// Surname first, as in a register of names: "Boer, Sam de".
    pub fn naam_omgekeerd(&self) -> String {
        let rest = join([&self.roepnaam, &self.voorvoegsel]);
        let parts = [self.achternaam.zichtbaar(), rest.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

fn join<const N: usize>(parts: [&Tekst; N]) -> String {
    parts.iter().filter(|part| !part.is_empty()).map(|part| part.zichtbaar()).collect::<Vec<_>>().join(" ")
}

fn woont(adres: &Adres) -> Woont {
    Woont { gemeente: adres.gemeente, wijk: adres.postcode.map(Postcode::cijfers), geheim: adres.geheim }
}
