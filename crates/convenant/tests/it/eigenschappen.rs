//! What holds for every child, whoever looks, under every convenant that loads.

use convenant::{Convenant, Facet, Facetten, Fout, Mag, Oordeel, Partij};
use domain::fact::{Actor, Rol};
use domain::kring::{Fase, Kring, Relatie};
use proptest::prelude::*;
use testkit::{Kind, MOEDER, VADER};

use crate::verhaal::{iedereen, kring, verhaal};

/// Who stands in which relation: mostly as in the shipped convenant, sometimes as nobody would write it.
fn positie() -> impl Strategy<Value = (Partij, Relatie)> {
    let known: Vec<(Partij, Relatie)> = Convenant::standaard()
        .regels()
        .iter()
        .flat_map(|regel| regel.partijen.iter().flat_map(|partij| regel.relaties.iter().map(move |r| (partij, r))))
        .collect();
    let any = (prop::sample::select(Partij::all().collect::<Vec<_>>()), prop::sample::select(Relatie::ALL));
    prop_oneof![4 => prop::sample::select(known), 1 => any]
}

/// A convenant of rows that were drawn blindly; those that the law forbids fall out one by one.
fn convenant() -> impl Strategy<Value = Convenant> {
    let facetten = prop::collection::vec(prop::sample::select(Facet::ALL), 0..5);
    let fase = prop::sample::select(vec!["", "fase = [\"gemeld\"]", "fase = [\"ondersteuning-gevraagd\"]"]);
    let parts = (
        positie(),
        facetten,
        fase,
        prop::sample::select(vec!["", "leeftijd = { tot_en_met = 17 }", "leeftijd = { tot_en_met = 15 }"]),
        any::<[bool; 4]>(),
    );
    let row = parts.prop_map(|((partij, relatie), facetten, fase, leeftijd, [naam, toestemming, tot, reden])| {
        let mut soort = Facetten::from_iter(facetten);
        soort.insert_if(Facet::PersoonNaam, naam || soort.is_empty());
        soort.insert_if(Facet::Klok, soort.contains(Facet::PersoonNaam) && !reden);
        let soort: Vec<String> = soort.iter().map(|facet| format!("\"{}\"", facet.code())).collect();
        format!(
            "partij = [\"{}\"]\nrelatie = [\"{}\"]\n{fase}\n{leeftijd}\nsoort = [{}]\nmag = [\"lees\"{}]\n\
             toestemming = \"{}\"\ntot = \"{}\"\nreden = {reden}\ngrond = \"ondersteuningstaak\"\n",
            partij.code(),
            relatie.code(),
            soort.join(", "),
            if tot && !reden { ", \"exporteer\"" } else { "" },
            if toestemming { "vereist" } else { "geen" },
            if tot { "einde-relatie" } else { "heden" },
        )
    });
    prop::collection::vec(row, 40..160).prop_map(|rows| {
        let with = |rows: &[String]| -> Result<Convenant, Vec<Fout>> {
            let rows: String =
                rows.iter().enumerate().map(|(n, row)| format!("[[regel]]\nnaam = \"r{n}\"\n{row}")).collect();
            Convenant::lees(&format!("titel = \"t\"\nregio = \"r\"\ngeldig_vanaf = 2026-08-01\n{rows}"))
        };
        let lawful: Vec<String> = rows.into_iter().filter(|row| with(std::slice::from_ref(row)).is_ok()).collect();
        with(&lawful).unwrap_or_default()
    })
}

/// What must hold of one actor and one child, whatever the convenant.
fn check(convenant: &Convenant, by: &Actor, kring: &Kring) -> Result<(), TestCaseError> {
    for mag in Mag::ALL {
        let at_once = convenant.facetten(by, *mag, kring);
        for facet in Facet::ALL {
            let one = convenant.decide(by, *mag, kring, *facet);
            prop_assert_eq!(at_once.contains(*facet), one.is_ja(), "{:?} {:?}", by, facet);
            if let Oordeel::Ja { regel } | Oordeel::MetReden { regel } = one {
                prop_assert!(regel.facetten.contains(*facet) && regel.mag.contains(*mag));
                prop_assert_eq!(regel.reden, matches!(one, Oordeel::MetReden { .. }));
                listed(by, kring)?;
                let name = convenant.decide(by, *mag, kring, Facet::PersoonNaam);
                let seen = *facet == Facet::Leeslog || !matches!(name, Oordeel::Nee { .. });
                prop_assert!(seen, "{:?} {:?} without the name", by, facet);
            }
        }
    }
    let reads = convenant.facetten(by, Mag::Lees, kring);
    prop_assert!(reads.contains_all(convenant.facetten(by, Mag::Exporteer, kring)), "what goes into a file is read");
    prop_assert_eq!(convenant.ziet(by, kring), reads.contains(Facet::PersoonNaam));
    let nameless = Facetten::of(&[Facet::Leeslog]);
    prop_assert!(reads.contains(Facet::PersoonNaam) || nameless.contains_all(reads), "{:?} {:?}", by, reads);
    bounds(by, kring, reads)
}

/// Whoever may see a child finds it in the index of their organisation, or as a person.
fn listed(by: &Actor, kring: &Kring) -> Result<(), TestCaseError> {
    let found = match by {
        Actor::Medewerker { organisatie, .. } => kring.organisaties().any(|id| id == *organisatie),
        Actor::Ouder { persoon } => kring.personen().any(|id| id == *persoon),
        Actor::Leerling { .. } => true,
        Actor::Systeem { .. } => false,
    };
    prop_assert!(found, "{:?} is in no index", by);
    Ok(())
}

/// The law's bounds once more, in other words than those of the code.
fn bounds(by: &Actor, kring: &Kring, reads: Facetten) -> Result<(), TestCaseError> {
    let relaties = kring.relaties(by);
    let any = |facetten: &[Facet]| !reads.intersection(Facetten::of(facetten)).is_empty();
    match by.rol() {
        Some(Rol::Leerplichtambtenaar | Rol::AdministratieLeerplicht | Rol::RmcMedewerker) => {
            prop_assert!(!any(&[Facet::VerzuimZiekte]));
            prop_assert!(
                reads.is_empty() || kring.ooit().contains(Fase::Gemeld) || relaties.contains(Relatie::SwvAdvies)
            );
        }
        Some(Rol::Consulent) => {
            prop_assert!(!any(&[Facet::VerzuimReden, Facet::VerzuimZiekte, Facet::Melding, Facet::LeerplichtStap]));
            let asked = kring.ooit().contains(Fase::OndersteuningGevraagd);
            prop_assert!(reads.is_empty() || asked || relaties.contains(Relatie::SwvAdvies));
        }
        Some(Rol::Beheerder | Rol::Beleid) => prop_assert!(reads.is_empty()),
        Some(Rol::Privacy) => prop_assert!(!any(&[Facet::PersoonNaam, Facet::Klok])),
        _ => {}
    }
    if by.rol() != Some(Rol::Leerplichtambtenaar) {
        prop_assert!(!any(&[Facet::BesluitVerbaal]));
    }
    if let Actor::Ouder { persoon } = by {
        prop_assert!(reads.is_empty() || [MOEDER, VADER].contains(persoon), "a stranger");
        prop_assert!(reads.is_empty() || kring.leeftijd().is_none_or(|jaren| jaren < 18));
        prop_assert!(reads.is_empty() || !relaties.contains(Relatie::OuderZonderGezag));
        prop_assert!(!any(&[Facet::WoordenOuder]));
        prop_assert!(kring.leeftijd().is_none_or(|jaren| jaren < 16) || !any(&[Facet::WoordenLeerling]));
    }
    if relaties.is_empty() {
        prop_assert!(reads.is_empty());
    }
    Ok(())
}

fn check_all(convenant: &Convenant, child: &Kind) -> Result<(), TestCaseError> {
    let kring = kring(child);
    iedereen().iter().try_for_each(|by| check(convenant, by, &kring))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_list_shows_what_a_page_shows_and_no_more_than_the_law_allows(child in verhaal()) {
        check_all(Convenant::standaard(), &child)?;
    }

    #[test]
    fn the_bounds_hold_under_every_convenant_that_loads(convenant in convenant(), child in verhaal()) {
        prop_assert!(!convenant.regels().is_empty());
        check_all(&convenant, &child)?;
    }

    #[test]
    fn a_parent_or_child_sees_nothing_of_another_child(convenant in convenant(), child in verhaal()) {
        // The same story, with other people in it.
        let own = kring(&child);
        let strangers = [Actor::Ouder { persoon: domain::ids::PersoonId::new(7) },
            Actor::Leerling { leerling: domain::ids::LeerlingId::new(7) }];
        for by in strangers {
            prop_assert_eq!(convenant.facetten(&by, Mag::Lees, &own), Facetten::GEEN);
            let nee = matches!(convenant.decide(&by, Mag::Lees, &own, Facet::PersoonNaam), Oordeel::Nee { .. });
            prop_assert!(nee);
        }
    }
}
