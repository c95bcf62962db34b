//! Who sees whom in the synthetic region, by the convenant that it adopted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use convenant::{Convenant, Facet, Mag};
use domain::body::{DocumentSoort, Medewerker, RolToekenning};
use domain::fact::{Actor, Rol};
use domain::ids::{LeerlingId, MedewerkerId, OrganisatieId, Subject};
use domain::in_beeld::{Beeld, Partij, in_beeld};
use domain::kring::{Kring, Relatie};
use jiff::civil::date;
use proefregio::Proef;
use register::{Register, Samenvatting};

use super::tests::region;

const OP: domain::Date = date(2026, 3, 20);

/// Everybody with a role, in each of their roles.
fn medewerkers(register: &Register) -> Vec<Actor> {
    let all: BTreeSet<MedewerkerId> = register
        .bekend(domain::Timestamp::MAX, &[])
        .filter_map(|fact| match fact.about {
            Subject::Medewerker(id) => Some(id),
            _ => None,
        })
        .collect();
    let roles = all.into_iter().flat_map(|id| {
        let timeline = register.alleen_over(id);
        let held: Vec<Actor> = timeline
            .all::<RolToekenning>()
            .map(|(_, taak)| Actor::Medewerker { id, organisatie: taak.organisatie, rol: taak.rol })
            .collect();
        held
    });
    roles.collect()
}

struct Regio {
    register: Register,
    samenvattingen: BTreeMap<LeerlingId, Arc<Samenvatting>>,
    /// Children by the parties in whose view they are.
    in_beeld: BTreeMap<(Partij, OrganisatieId), BTreeSet<LeerlingId>>,
    /// Children by the school and the mentor of their enrolment.
    klassen: BTreeMap<(OrganisatieId, String), BTreeSet<LeerlingId>>,
}

impl Regio {
    fn convenant(&self) -> &Convenant {
        self.register.convenant(OP)
    }

    /// The children whom somebody sees: by their organisation's index, as a list would.
    fn ziet(&self, by: &Actor) -> BTreeSet<LeerlingId> {
        let Some(organisatie) = by.organisatie() else { return BTreeSet::new() };
        let children = self.register.kinderen_van(organisatie);
        children.filter(|kind| self.convenant().ziet(by, &self.samenvattingen[kind].kring)).collect()
    }

    fn kinderen(&self, fits: impl Fn(LeerlingId) -> bool) -> BTreeSet<LeerlingId> {
        self.samenvattingen.keys().copied().filter(|kind| fits(*kind)).collect()
    }

    /// Reads what was stated about every child, apart from the convenant.
    fn lees(&mut self) {
        let register = &self.register;
        for kind in self.samenvattingen.keys() {
            let timeline = register.timeline(*kind).unwrap();
            for party in in_beeld(&timeline, OP, register.rules()) {
                if let (Some(organisatie), Beeld::Sinds { .. }) = (party.organisatie, party.beeld) {
                    self.in_beeld.entry((party.partij, organisatie)).or_default().insert(*kind);
                }
            }
            for (_, body) in timeline.inschrijvingen_op(OP) {
                let class = (body.school, body.mentor.zichtbaar().to_owned());
                self.klassen.entry(class).or_default().insert(*kind);
            }
        }
    }

    fn in_beeld(&self, partij: Partij, organisatie: OrganisatieId) -> BTreeSet<LeerlingId> {
        self.in_beeld.get(&(partij, organisatie)).cloned().unwrap_or_default()
    }

    fn ingeschreven(&self, school: OrganisatieId) -> BTreeSet<LeerlingId> {
        self.klassen.iter().filter(|((at, _), _)| *at == school).flat_map(|(_, children)| children).copied().collect()
    }
}

#[test]
fn the_people_of_the_synthetic_region_see_whom_they_may() {
    let (_map, logboek, _) = region(&Proef { leerlingen: 1_200, seed: 1, vandaag: OP });
    let mut register = logboek.register().clone();
    let samenvattingen = register.samenvattingen(OP, 2).clone();
    let mut regio = Regio { register, samenvattingen, in_beeld: BTreeMap::new(), klassen: BTreeMap::new() };
    regio.lees();
    let adopted = regio.register.document(DocumentSoort::Convenant).unwrap();
    assert!(adopted.tekst.zichtbaar() == convenant::STANDAARD.trim(), "adopted as it is shipped");
    let mut seen: BTreeMap<Rol, usize> = BTreeMap::new();
    for by in medewerkers(&regio.register) {
        let (Some(rol), Some(organisatie)) = (by.rol(), by.organisatie()) else { continue };
        let found = regio.ziet(&by);
        *seen.entry(rol).or_default() += found.len();
        // No list misses a child that its page would show.
        assert_eq!(found, regio.kinderen(|kind| regio.convenant().ziet(&by, &regio.samenvattingen[&kind].kring)));
        match rol {
            Rol::Beheerder | Rol::Beleid | Rol::Privacy => assert!(found.is_empty(), "{by:?}"),
            Rol::Leerplichtambtenaar => assert_eq!(found, regio.in_beeld(Partij::Leerplicht, organisatie), "{by:?}"),
            Rol::Consulent => {
                assert_eq!(found, regio.in_beeld(Partij::Samenwerkingsverband, organisatie), "{by:?}");
            }
            Rol::Schoolleider => assert!(found.is_superset(&regio.ingeschreven(organisatie)), "{by:?}"),
            _ => {}
        }
    }
    for rol in [Rol::Mentor, Rol::Schoolleider, Rol::IbEr, Rol::Leerplichtambtenaar, Rol::Consulent, Rol::Jeugdarts] {
        assert!(seen.get(&rol).is_some_and(|seen| *seen > 0), "{rol:?}: {seen:?}");
    }
    mentors_see_their_class(&regio);
    somebody_works_at_two_places(&regio);
}

fn mentors_see_their_class(regio: &Regio) {
    let register = &regio.register;
    let mentors = medewerkers(&regio.register).into_iter().filter(|by| by.rol() == Some(Rol::Mentor));
    let named: Vec<(Actor, OrganisatieId, String)> = mentors
        .filter_map(|by| match by {
            Actor::Medewerker { id, organisatie, .. } => {
                let naam = register.laatste::<Medewerker>(id)?.naam.zichtbaar().to_owned();
                Some((by, organisatie, naam))
            }
            _ => None,
        })
        .collect();
    assert!(named.len() > 10, "{} mentors", named.len());
    for (by, school, naam) in &named {
        let found = regio.ziet(by);
        let class = regio.klassen.get(&(*school, naam.clone())).expect("the name stands in the file of pupils");
        // Two mentors of one name at one school are told apart by nobody.
        let namesakes = named.iter().filter(|(_, at, other)| (at, other) == (school, naam)).count();
        let expected = if namesakes == 1 { class.clone() } else { BTreeSet::new() };
        let responsible = |kind: &LeerlingId| {
            let kring: &Kring = &regio.samenvattingen[kind].kring;
            kring.relaties(by).contains(Relatie::EigenLeerling)
        };
        assert!(found.is_superset(&expected) && found.iter().all(responsible), "{by:?}");
        assert!(found.difference(&expected).count() <= 1, "{by:?}: at most a child that they were named for");
        for kind in &found {
            let facetten = regio.convenant().facetten(by, Mag::Lees, &regio.samenvattingen[kind].kring);
            assert!(facetten.contains(Facet::VerzuimZiekte) && !facetten.contains(Facet::PersoonBsn));
        }
    }
}

fn somebody_works_at_two_places(regio: &Regio) {
    let mut places: BTreeMap<MedewerkerId, BTreeSet<(OrganisatieId, Rol)>> = BTreeMap::new();
    for by in medewerkers(&regio.register) {
        let Actor::Medewerker { id, organisatie, rol } = by else { continue };
        places.entry(id).or_default().insert((organisatie, rol));
    }
    let twice: Vec<_> = places.values().filter(|held| held.len() > 1).collect();
    assert_eq!(twice.len(), 1);
    assert_eq!(twice[0].iter().map(|(_, rol)| *rol).collect::<BTreeSet<_>>(), [Rol::JgCoach, Rol::Psycholoog].into());
}
