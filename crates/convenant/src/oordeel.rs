//! The one question: may this actor do this with this facet of this child?

use domain::body::ToestemmingVoor;
use domain::fact::Actor;
use domain::ids::OrganisatieId;
use domain::kring::{Kring, Relatie, Relaties};

use crate::grens::{self, Kant, Situatie};
use crate::{Convenant, Facet, Facetten, Leeftijd, Mag, Partij, Regel};

/// The answer, with the row that allows it or the reason why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Oordeel<'c> {
    /// Yes.
    Ja {
        /// The first row that allows it.
        regel: &'c Regel,
    },
    /// Only with a reason that is looked at afterwards; never in a list.
    MetReden {
        /// The first row that allows it.
        regel: &'c Regel,
    },
    /// No.
    Nee {
        /// In Dutch, for whoever asked. The same whether there is something or not.
        waarom: &'static str,
    },
}

const GEEN_RELATIE: &str = "U hebt met deze leerling geen relatie waarbij gegevens te zien zijn.";
const WET: &str = "De wet of het pact laat dit voor uw rol niet toe, of nu niet.";
const CONVENANT: &str = "Het convenant van de regio geeft hierop geen recht.";

impl Oordeel<'_> {
    /// Whether it is a plain yes.
    pub fn is_ja(self) -> bool {
        matches!(self, Oordeel::Ja { .. })
    }
}

impl Convenant {
    /// May this actor do this with this facet of this child today?
    pub fn decide(&self, by: &Actor, mag: Mag, kring: &Kring, facet: Facet) -> Oordeel<'_> {
        let Some(vraag) = Vraag::new(self, by, mag, kring) else { return Oordeel::Nee { waarom: GEEN_RELATIE } };
        let gives = |reden: bool, facet: Facet| {
            let mut rows =
                vraag.rijen().filter(move |(regel, facetten)| regel.reden == reden && facetten.contains(facet));
            rows.next().map(|(regel, _)| regel)
        };
        let seen = |reden: bool| LOS.contains(facet) || gives(reden, Facet::PersoonNaam).is_some();
        if let Some(regel) = gives(false, facet).filter(|_| seen(false)) {
            return Oordeel::Ja { regel };
        }
        if let Some(regel) = gives(true, facet).filter(|_| seen(true) || seen(false)) {
            return Oordeel::MetReden { regel };
        }
        let lawful = vraag.relaties.iter().any(|relatie| vraag.hoogstens(relatie, false).contains(facet));
        Oordeel::Nee { waarom: if lawful { CONVENANT } else { WET } }
    }

    /// All facets with which this actor may do this, without a reason: for lists and pages. Equals [`Self::decide`].
    pub fn facetten(&self, by: &Actor, mag: Mag, kring: &Kring) -> Facetten {
        let Some(vraag) = Vraag::new(self, by, mag, kring) else { return Facetten::GEEN };
        let rows = vraag.rijen().filter(|(regel, _)| !regel.reden);
        let all = rows.fold(Facetten::GEEN, |all, (_, facetten)| all.union(facetten));
        if all.contains(Facet::PersoonNaam) { all } else { all.intersection(LOS) }
    }

    /// Whether this actor may see this child at all: in a list, a count, a search. Exactly: its name, without a reason.
    pub fn ziet(&self, by: &Actor, kring: &Kring) -> bool {
        self.facetten(by, Mag::Lees, kring).contains(Facet::PersoonNaam)
    }
}

/// What may be seen without the child's name.
const LOS: Facetten = Facetten::of(&[Facet::Leeslog]);

/// One actor before one child.
struct Vraag<'c, 'k> {
    convenant: &'c Convenant,
    kring: &'k Kring,
    partij: Partij,
    relaties: Relaties,
    mag: Mag,
    jaren: i16,
    gegeven: Facetten,
    woont_bij: bool,
}

impl<'c, 'k> Vraag<'c, 'k> {
    fn new(convenant: &'c Convenant, by: &Actor, mag: Mag, kring: &'k Kring) -> Option<Self> {
        let partij = Partij::of(by)?;
        let relaties = kring.relaties(by);
        if relaties.is_empty() {
            return None;
        }
        let jaren = kring.leeftijd().unwrap_or(match partij {
            Partij::Ouder => grens::LEEFTIJD_ONBEKEND_OUDER,
            _ => 0,
        });
        let woont_bij = match by {
            Actor::Ouder { persoon } => kring.woont_bij(*persoon),
            _ => true,
        };
        let gegeven = gegeven(Kant::of(partij, relaties), kring, by.organisatie());
        Some(Vraag { convenant, kring, partij, relaties, mag, jaren, gegeven, woont_bij })
    }

    /// The rows that fit, each with what it allows within the bounds of the law.
    fn rijen(&self) -> impl Iterator<Item = (&'c Regel, Facetten)> {
        // What may be seen with a reason only is never taken along.
        let fits = move |regel: &&Regel| {
            regel.mag.contains(self.mag)
                && regel.past(self.kring, self.jaren)
                && !(regel.reden && self.mag == Mag::Exporteer)
        };
        self.convenant.van(self.partij).filter(fits).map(move |regel| {
            let held = regel.relaties.intersection(self.relaties).iter();
            let bound = held.fold(Facetten::GEEN, |all, relatie| all.union(self.hoogstens(relatie, regel.reden)));
            let asked = if regel.toestemming { regel.facetten.intersection(self.gegeven) } else { regel.facetten };
            (regel, asked.intersection(bound))
        })
    }

    fn hoogstens(&self, relatie: Relatie, reden: bool) -> Facetten {
        grens::hoogstens(&Situatie {
            partij: self.partij,
            kant: Kant::of(self.partij, self.relaties),
            relatie,
            fasen: self.kring.ooit(),
            leeftijd: Leeftijd { van: self.jaren, tot_en_met: self.jaren },
            toestemming: self.gegeven,
            bijzonder: self.kring.bijzonder(),
            woont_bij: self.woont_bij,
            reden,
        })
    }
}

/// The facets for which consent stands towards an organisation, or towards parents and child themselves.
fn gegeven(kant: Kant, kring: &Kring, aan: Option<OrganisatieId>) -> Facetten {
    let stands = |voor| kring.toestemming(voor, aan);
    let mut given = Facetten::GEEN;
    given.insert_if(Facet::JgzConsult, stands(ToestemmingVoor::JgzBetrokken));
    given.insert_if(Facet::AanbodZorg, stands(ToestemmingVoor::Zorg));
    given.insert_if(Facet::JgzAdvies, stands(ToestemmingVoor::DeelnameAdvies));
    given.insert_if(Facet::VrijstellingPerspectief, stands(ToestemmingVoor::PerspectiefBehandelaar));
    given.insert_if(Facet::VrijstellingSwvAdvies, stands(ToestemmingVoor::SwvAdvies));
    match kant {
        Kant::Swv if stands(ToestemmingVoor::SwvAdvies) => given.union(grens::SWV_ADVIES),
        Kant::Hulp if stands(ToestemmingVoor::Jeugdhulp) => given.union(Facetten::ALLE.without(grens::OP_TOESTEMMING)),
        _ => given,
    }
}

#[cfg(test)]
mod tests {
    use domain::body::{JaNee, Relatie as Familie};
    use domain::fact::{Grondslag, Rol};
    use domain::kring::Fasen;
    use testkit::{GEMEENTE, Kind, MOEDER, SCHOOL, SWV, VADER, dag, kind, medewerker, mentor, moeder, vader, zelf};

    use super::*;
    use crate::{Machtiging, Tot};

    /// A table that allows everything to everybody, as no reader would let through.
    fn alles() -> Convenant {
        let open = Regel {
            naam: "alles".to_owned(),
            regelnummer: 1,
            partijen: Partij::all().collect(),
            relaties: Relaties::ALLE,
            fasen: Fasen::ALLE,
            leeftijd: Leeftijd::ELKE,
            facetten: Facetten::ALLE,
            mag: Machtiging::ALLE,
            toestemming: false,
            tot: Tot::EindeRelatie,
            reden: false,
            grond: Grondslag::Regiobeheer,
        };
        let with_reason = Regel { naam: "met reden".to_owned(), reden: true, ..open.clone() };
        Convenant::new("alles".to_owned(), "r".to_owned(), dag(2026, 8, 1), vec![open, with_reason])
    }

    fn van_leeftijd(jaren: i16) -> Kind {
        kind(dag(2026 - jaren, 1, 5)).woont_hier(dag(2025, 8, 1)).ingeschreven(SCHOOL, dag(2025, 8, 1))
    }

    fn leest(by: &Actor, kind: &Kind) -> Facetten {
        let kring = Kring::of(&kind.timeline(), dag(2026, 3, 20), &testkit::regio());
        alles().facetten(by, Mag::Lees, &kring)
    }

    #[test]
    fn a_table_that_was_never_checked_stays_within_the_bounds_all_the_same() {
        let in_a_role = |organisatie, rol| medewerker(40, organisatie, rol);
        let nothing = |by: Actor, kind: &Kind| assert_eq!(leest(&by, kind), Facetten::GEEN, "{by:?}");
        let child = van_leeftijd(14);
        nothing(in_a_role(GEMEENTE, Rol::Leerplichtambtenaar), &child);
        nothing(in_a_role(SWV, Rol::Consulent), &child);
        nothing(in_a_role(SWV, Rol::Psycholoog), &child);
        nothing(in_a_role(SCHOOL, Rol::Beheerder), &child);
        nothing(moeder(), &van_leeftijd(18));
        let school = leest(&in_a_role(SCHOOL, Rol::Schoolleider), &child);
        let not = [Facet::JgzConsult, Facet::BesluitVerbaal, Facet::InschrijvingNagaan, Facet::Leeslog];
        assert_eq!(school.intersection(Facetten::of(&not)), Facetten::GEEN);
        assert!(school.contains(Facet::VerzuimZiekte));
        for (jaren, told, consult) in [(15, true, true), (16, false, false), (17, false, false)] {
            let parent = leest(&moeder(), &van_leeftijd(jaren));
            assert_eq!(parent.contains(Facet::WoordenLeerling), told, "{jaren}");
            assert_eq!(parent.contains(Facet::JgzConsult), consult, "{jaren}");
            assert!(parent.contains(Facet::Gesprek) && !parent.contains(Facet::WoordenOuder));
        }
        let own = leest(&zelf(), &child);
        assert!(own.contains(Facet::JgzConsult) && !own.contains(Facet::WoordenOuder));
        let gezag = domain::body::Gezag {
            persoon: VADER,
            relatie: Familie::Vader,
            gezag: JaNee::Nee,
            woont_bij_kind: JaNee::Ja,
        };
        nothing(vader(), &child.toestand(dag(2026, 3, 2), mentor(SCHOOL), gezag));
        assert_ne!(MOEDER, VADER);
    }

    #[test]
    fn with_a_reason_leerplicht_of_the_municipality_sees_little_and_others_nothing() {
        let kring = Kring::of(&van_leeftijd(14).timeline(), dag(2026, 3, 20), &testkit::regio());
        let convenant = alles();
        let with_reason = |by: &Actor| -> Facetten {
            let asks = |facet: &Facet| convenant.decide(by, Mag::Lees, &kring, *facet);
            let yes = |facet: &&Facet| matches!(asks(facet), Oordeel::MetReden { .. });
            Facet::ALL.iter().filter(yes).copied().collect()
        };
        let lpa = medewerker(40, GEMEENTE, Rol::Leerplichtambtenaar);
        assert_eq!(with_reason(&lpa), grens::MET_REDEN);
        assert_eq!(with_reason(&medewerker(40, SCHOOL, Rol::Schoolleider)), Facetten::GEEN);
        assert_eq!(with_reason(&moeder()), Facetten::GEEN);
        assert!(matches!(convenant.decide(&lpa, Mag::Exporteer, &kring, Facet::PersoonNaam), Oordeel::Nee { .. }));
    }
}
