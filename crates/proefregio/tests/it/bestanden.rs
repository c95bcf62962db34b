//! The files: read without errors but for those that were made, counted, and with the collisions that were promised.

use std::collections::{BTreeMap, BTreeSet};

use domain::body::{JaNee, Relatie, Sector};
use domain::calendar::Vakantieregio;
use exchange::regio::{Regio, RegioSoort};
use proefregio::{Plant, Proef, proefregio};

use crate::{KLEIN, VANDAAG, gemeenten};

#[test]
fn the_same_seed_gives_the_same_region_and_another_seed_other_children() {
    let proef = Proef { leerlingen: 800, seed: 3, vandaag: VANDAAG };
    let (a, b) = (proefregio(&proef), proefregio(&proef));
    assert_eq!((&a.regio_toml, &a.scholen, &a.leerlingen), (&b.regio_toml, &b.scholen, &b.leerlingen));
    assert_eq!(a.leveringen, b.leveringen);
    let other = proefregio(&Proef { seed: 4, ..proef });
    assert_ne!(a.leerlingen, other.leerlingen);
}

#[test]
fn every_file_is_read_and_only_the_wrong_rows_are_refused() {
    let (_, gelezen) = &*KLEIN;
    let refused: Vec<u64> = gelezen.leveringen.iter().map(|(.., refused)| *refused).filter(|n| *n > 0).collect();
    assert_eq!(refused.len(), 1, "one file has wrong rows");
    assert!((1..=4).contains(&refused[0]), "{refused:?}");
    for (levering, verzuim, _) in &gelezen.leveringen {
        let declared = verzuim.levering.unwrap();
        assert_eq!(declared.vestiging, levering.vestiging);
        assert!(verzuim.leerlingen.iter().all(|leerling| leerling.vestiging == levering.vestiging));
    }
}

#[test]
fn rows_are_about_pupils_of_the_school_while_enrolled() {
    let (_, gelezen) = &*KLEIN;
    let enrolled: BTreeMap<_, _> = gelezen
        .leerlingen
        .iter()
        .map(|leerling| {
            let i = &leerling.inschrijving;
            let days = i.inschrijfdatum..=i.uitschrijfdatum.unwrap_or(VANDAAG);
            ((i.vestiging, i.leerlingnummer.clone()), days)
        })
        .collect();
    assert_eq!(enrolled.len(), gelezen.leerlingen.len(), "no pupil number stands twice");
    for (_, verzuim, _) in &gelezen.leveringen {
        for leerling in &verzuim.leerlingen {
            let days = &enrolled[&(leerling.vestiging, leerling.leerlingnummer.clone())];
            for packed in &leerling.rijen {
                let dag = domain::period::from_day_number((packed >> 16).cast_signed());
                assert!(days.contains(&dag), "{} on {dag}, enrolled {days:?}", leerling.leerlingnummer.zichtbaar());
            }
        }
    }
}

#[test]
fn one_school_is_late_and_one_delivered_a_month_again() {
    let (_, gelezen) = &*KLEIN;
    let mut per_school: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (levering, verzuim, _) in &gelezen.leveringen {
        per_school.entry(levering.vestiging).or_default().push(verzuim.levering.unwrap().periode);
    }
    let distinct = |periods: &Vec<_>| periods.iter().collect::<std::collections::HashSet<_>>().len();
    let most = per_school.values().map(distinct).max().unwrap();
    assert_eq!(per_school.values().filter(|periods| distinct(periods) + 1 == most).count(), 1);
    assert_eq!(per_school.values().filter(|periods| distinct(periods) < periods.len()).count(), 1);
    // Each school's deliveries follow each other, whole months and nothing between.
    for periods in per_school.values() {
        for (a, b) in periods.iter().zip(periods.iter().skip(1)).filter(|(a, b)| a != b) {
            assert_eq!(a.until, Some(b.from));
        }
    }
}

#[test]
fn the_region_file_is_read_with_its_partitions() {
    let (regio, _) = &*KLEIN;
    let gelezen = Regio::lees(&regio.regio_toml).unwrap();
    assert_eq!((gelezen.soort, gelezen.vakantieregio), (RegioSoort::Proef, Vakantieregio::Noord));
    for code in gemeenten() {
        assert!(gelezen.gemeente(code, VANDAAG).is_some());
    }
    let codes: BTreeSet<_> = gelezen.medewerkers.iter().map(|medewerker| medewerker.over).collect();
    for verhaal in &regio.verhalen {
        let b = verhaal.betrokkenen(domain::ids::LeerlingId::new(1), Vec::new());
        assert!(b.medewerkers.iter().all(|(.., id)| codes.contains(id)), "{:?}", verhaal.soort);
        let parties = [b.gemeente, b.swv, b.jgz];
        assert!(parties.iter().all(|id| gelezen.organisaties.iter().any(|o| o.over == *id)), "{:?}", verhaal.soort);
    }
}

#[test]
fn schools_are_recognisably_made_up_and_of_every_sector() {
    let (_, gelezen) = &*KLEIN;
    let mut names = BTreeSet::new();
    for school in &gelezen.scholen {
        assert!(school.naam.starts_with("Proef"), "{}", school.naam);
        assert!(school.vestiging.brin().is_proef());
        assert!(names.insert(school.naam.clone()), "{} stands twice", school.naam);
        assert!(gemeenten().contains(&school.gemeente.unwrap()));
    }
    let sectors: BTreeSet<_> = gelezen.scholen.iter().filter_map(|school| school.sector).collect();
    let wanted = [Sector::Po, Sector::Sbo, Sector::So, Sector::Vo, Sector::Pro, Sector::Vso];
    assert_eq!(sectors, BTreeSet::from(wanted));
    assert_eq!(gelezen.scholen[0].naam, "Proefcollege De Meent");
    assert_eq!(gelezen.scholen[0].vestiging.to_string(), "90AA00");
}

#[test]
fn numbers_are_unique_and_of_nobody() {
    let (_, gelezen) = &*KLEIN;
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for persoon in gelezen.leerlingen.iter().map(|leerling| &leerling.persoon) {
        assert_ne!(persoon.bsn.is_some(), persoon.onderwijsnummer.is_some());
        if let Some(bsn) = persoon.bsn {
            assert!(bsn.is_proef());
            *seen.entry(bsn.zichtbaar()).or_default() += 1;
        }
        if let Some(number) = persoon.onderwijsnummer {
            assert!(number.zichtbaar().starts_with("99"));
            *seen.entry(number.zichtbaar()).or_default() += 1;
        }
    }
    // Only who came from another school stands in the file twice.
    let twice = seen.values().filter(|count| **count == 2).count();
    let left = gelezen.leerlingen.iter().filter(|leerling| leerling.inschrijving.uitschrijfdatum.is_some()).count();
    let planted = 3;
    assert_eq!((seen.values().max(), twice), (Some(&2), left - planted));
    assert!(twice > 5, "{twice}");
}

#[test]
fn children_that_are_easily_mixed_up_are_there() {
    let (_, gelezen) = &*KLEIN;
    let rows = &gelezen.leerlingen;
    let same = |a: &exchange::invoer::LeerlingRij, b: &exchange::invoer::LeerlingRij| {
        a.persoon.achternaam == b.persoon.achternaam && a.persoon.geboortedatum == b.persoon.geboortedatum
    };
    let (mut namesakes, mut twins, mut near) = (0, 0, 0);
    for (n, a) in rows.iter().enumerate() {
        for b in rows.iter().skip(n + 1).filter(|b| same(a, b)) {
            let schools = (a.inschrijving.vestiging, b.inschrijving.vestiging);
            let number = |row: &exchange::invoer::LeerlingRij| (row.persoon.bsn, row.persoon.onderwijsnummer);
            let other_child = number(a) != number(b);
            let first_names = a.persoon.voornamen == b.persoon.voornamen;
            namesakes += usize::from(other_child && first_names && schools.0 != schools.1);
            twins += usize::from(other_child && !first_names && schools.0 == schools.1);
            let differing = |a: &str, b: &str| a.bytes().zip(b.bytes()).filter(|(a, b)| a != b).count();
            let bsns = a.persoon.bsn.zip(b.persoon.bsn);
            near += usize::from(bsns.is_some_and(|(a, b)| differing(&a.zichtbaar(), &b.zichtbaar()) == 2));
        }
    }
    assert!(namesakes >= 3, "{namesakes}");
    assert!(twins >= 10, "{twins}");
    assert!(near >= 10, "{near}");
}

#[test]
fn names_carry_what_software_stumbles_on() {
    let (_, gelezen) = &*KLEIN;
    let all: String = gelezen
        .leerlingen
        .iter()
        .map(|leerling| {
            let persoon = &leerling.persoon;
            format!(
                "{} {} {}\n",
                persoon.voorvoegsel.zichtbaar(),
                persoon.achternaam.zichtbaar(),
                persoon.voornamen.zichtbaar()
            )
        })
        .collect();
    for letter in ['ë', 'ï', 'ç', 'ğ', 'ş', 'ı', 'ø', 'é'] {
        assert!(all.contains(letter), "no name with {letter}");
    }
    for part in ["van der ", "van 't ", "d' ", "-van der ", "Langedijkerwaard"] {
        assert!(all.contains(part), "no name with {part}");
    }
    let frequent = all.lines().filter(|line| line.contains("de Jong ")).count();
    assert!(frequent > 5, "{frequent}");
}

#[test]
fn families_take_all_forms() {
    let (_, gelezen) = &*KLEIN;
    let mut seen = BTreeSet::new();
    let (mut secret, mut outside, mut elsewhere, mut interpreter) = (0, 0, 0, 0);
    let schools: BTreeMap<_, _> = gelezen.scholen.iter().map(|school| (school.vestiging, school.gemeente)).collect();
    for leerling in &gelezen.leerlingen {
        for verzorger in &leerling.verzorgers {
            seen.insert((verzorger.relatie, verzorger.gezag));
            interpreter += usize::from(verzorger.contact.tolk == JaNee::Ja);
            let phone = verzorger.contact.telefoon.zichtbaar();
            assert!(phone.starts_with("06-555 "), "{phone}");
            let mail = verzorger.contact.email.zichtbaar();
            assert!(mail.is_empty() || mail.ends_with(".example"), "{mail}");
        }
        secret += usize::from(leerling.adres.geheim);
        assert_eq!(leerling.adres.geheim, leerling.adres.postcode.is_none());
        outside += usize::from(leerling.adres.gemeente.is_some_and(|code| !gemeenten().contains(&code)));
        elsewhere += usize::from(leerling.adres.gemeente != schools[&leerling.inschrijving.vestiging]);
    }
    let wanted = [
        (Relatie::Vader, JaNee::Ja),
        (Relatie::Vader, JaNee::Nee),
        (Relatie::Vader, JaNee::Onbekend),
        (Relatie::VoogdGi, JaNee::Ja),
        (Relatie::Gezinsvoogd, JaNee::Nee),
        (Relatie::Pleegouder, JaNee::Nee),
        (Relatie::Stiefouder, JaNee::Nee),
    ];
    assert!(wanted.iter().all(|form| seen.contains(form)), "{seen:?}");
    assert!(secret > 3 && outside > 30 && elsewhere > 2 * outside && interpreter > 20);
}

#[test]
fn a_region_of_the_usual_size_has_its_schools_pupils_and_rows() {
    let regio = proefregio(&Proef::op(VANDAAG));
    assert_eq!(regio.scholen.split(|byte| *byte == b'\n').count() - 2, 141);
    let pupils = regio.leerlingen.split(|byte| *byte == b'\n').count() - 2;
    assert!((43_000..43_400).contains(&pupils), "{pupils}");
    let rows: usize = regio.leveringen.iter().map(|l| l.bestand.split(|byte| *byte == b'\n').count() - 3).sum();
    assert!((700_000..900_000).contains(&rows), "{rows}");
    assert!(regio.regio_toml.len() < exchange::regio::MAX_BYTES);
    for soort in regio.verhalen.iter().map(|verhaal| verhaal.soort).collect::<BTreeSet<_>>() {
        let count = regio.verhalen.iter().filter(|verhaal| verhaal.soort == soort).count();
        assert_eq!(count, if soort == Plant::Sam { 1 } else { 5 }, "{soort:?}");
    }
}
