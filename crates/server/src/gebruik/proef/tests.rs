//! The planted truth: every planted child is found, on the right day, with the right clock; nobody else is.

use std::collections::BTreeMap;

use domain::klok::{Klok, KlokStand, Label, klokken};
use domain::status::StatusSoort;
use jiff::civil::date;
use proefregio::{Plant, Proef, Verwacht, Waarheid, proefregio};
use register::Samenvatting;

use super::*;
use crate::klok::Toeval;
use store::InstallationKey;

/// A folder that goes when the test is over.
pub(crate) struct Map(std::path::PathBuf);

impl Map {
    fn new() -> Self {
        let name = format!("leerrecht-proef-{:016x}", Toeval::default().bits().unwrap());
        let pad = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&pad).unwrap();
        Map(pad)
    }

    /// Where the register is.
    pub(crate) fn data(&self) -> std::path::PathBuf {
        self.0.join("gegevens")
    }

    /// Where its key is.
    pub(crate) fn sleutel(&self) -> std::path::PathBuf {
        self.0.join("sleutel")
    }
}

impl Drop for Map {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A register with that synthetic region in it, and the planted children.
pub(crate) fn region(proef: &Proef) -> (Map, Logboek, Vec<Geplant>) {
    let map = Map::new();
    let key = InstallationKey::create(&map.sleutel()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let made = proefregio(proef);
    let (logboek, planted) = runtime.block_on(async {
        let mut logboek = Logboek::create(&map.data(), proefregio::REGIO_CODE, key).await.unwrap();
        let planted = vul(&mut logboek, &made, proef.vandaag, |_, _| {}).await.unwrap();
        (logboek, planted)
    });
    (map, logboek, planted)
}

/// What is not as the truth says; empty when all is.
fn verschillen(waarheid: &Waarheid, found: &Samenvatting, spells: &[Klok]) -> Vec<String> {
    let mut wrong = Vec::new();
    let last = spells.last();
    if last.map(|klok| klok.begin) != waarheid.begin {
        wrong.push(format!("begin {:?}, not {:?}", last.map(|klok| klok.begin), waarheid.begin));
    }
    if last.map(|klok| klok.doel) != waarheid.doel {
        wrong.push(format!("target {:?}, not {:?}", last.map(|klok| klok.doel), waarheid.doel));
    }
    if last.is_some_and(|klok| klok.eerder != waarheid.eerder) {
        wrong.push("an earlier spell adds up or does not".to_owned());
    }
    let stand = last.map(|klok| klok.stand);
    let label = |label| last.is_some_and(|klok| klok.labels.contains(&label));
    let soort = found.status.soort;
    let fits = match waarheid.verwacht {
        Verwacht::GeenZaak => stand.is_none() && soort != StatusSoort::Thuiszittend,
        Verwacht::Loopt => stand == Some(KlokStand::Loopt) && soort == StatusSoort::Thuiszittend,
        Verwacht::LooptZiek => stand == Some(KlokStand::Loopt) && label(Label::ZiekOnderwijsInOverleg),
        Verwacht::Beproeving => matches!(stand, Some(KlokStand::AanbodInBeproeving | KlokStand::Loopt)),
        Verwacht::NietEens => stand == Some(KlokStand::AanbodNietEens),
        Verwacht::Gestopt { vanaf } => {
            matches!(stand, Some(KlokStand::Gestopt { vanaf: found, .. }) if found == vanaf)
                && soort == StatusSoort::InTraject
        }
        Verwacht::ZorgLoopt => matches!(stand, Some(KlokStand::ZorgLoopt { .. })) && soort == StatusSoort::ZorgLoopt,
        Verwacht::Absoluut => stand == Some(KlokStand::Loopt) && soort == StatusSoort::Absoluut,
        Verwacht::Vrijgesteld => stand == Some(KlokStand::Loopt) && label(Label::VrijgesteldZonderLeeraanbod),
        Verwacht::Terug { op } => stand == Some(KlokStand::Terug { op }) && found.klok.is_none(),
    };
    if !fits {
        wrong.push(format!("{stand:?} and {soort:?}, not: {}", waarheid.verwacht.in_woorden()));
    }
    wrong
}

/// Compares the whole region with the truth; gives what differs, a line each.
fn compare(logboek: &mut Logboek, planted: &[Geplant], on: Date) -> Vec<String> {
    let truth: BTreeMap<LeerlingId, &Verhaal> = planted.iter().map(|kind| (kind.leerling, &kind.verhaal)).collect();
    let found = logboek.register_mut().samenvattingen(on, 2).clone();
    let register = logboek.register();
    let mut wrong = Vec::new();
    for (leerling, verhaal) in &truth {
        let Some(samenvatting) = found.get(leerling) else {
            wrong.push(format!("{:?}: not in the register", verhaal.soort));
            continue;
        };
        let timeline = register.timeline(*leerling).unwrap();
        let spells = klokken(&timeline, on, register.rules()).value;
        let differences = verschillen(&verhaal.waarheid, samenvatting, &spells);
        wrong.extend(differences.iter().map(|w| format!("{:?} {leerling}: {w}", verhaal.soort)));
    }
    let accused = [StatusSoort::Thuiszittend, StatusSoort::Absoluut, StatusSoort::ZiekInOverleg];
    for (leerling, samenvatting) in found.iter().filter(|(leerling, _)| !truth.contains_key(leerling)) {
        if samenvatting.klok.is_some() || accused.contains(&samenvatting.status.soort) {
            let begin = samenvatting.klok.as_ref().map(|klok| (klok.begin, klok.opening));
            wrong.push(format!("unplanted {leerling}: {} {begin:?}", samenvatting.status.woorden()));
        }
    }
    wrong
}

#[test]
fn every_planted_child_is_found_and_nobody_else_is() {
    let proef = Proef { leerlingen: 1_200, seed: 1, vandaag: date(2026, 3, 20) };
    let (_map, mut logboek, planted) = region(&proef);
    let kinds: std::collections::BTreeSet<Plant> = planted.iter().map(|kind| kind.verhaal.soort).collect();
    assert_eq!(kinds.len(), 17, "every course is planted");
    let wrong = compare(&mut logboek, &planted, proef.vandaag);
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}
