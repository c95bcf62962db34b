//! Rows of one file that speak about the same pupil, or seem to.

use std::collections::HashMap;
use std::hash::Hash;

use super::{LeerlingRij, Oordeel};
use crate::invoer::bevinding::{Ernst, Gebrek};

/// What the rows say about each other, in their order.
pub(super) fn judge<'a>(rows: impl Iterator<Item = &'a LeerlingRij>) -> Vec<Oordeel> {
    let rows: Vec<&LeerlingRij> = rows.collect();
    let mut oordelen: Vec<Oordeel> = rows.iter().map(|_| Oordeel::default()).collect();
    let number = |row: &LeerlingRij| Some((row.brin(), row.inschrijving.leerlingnummer.clone()));
    for group in groups(&rows, number) {
        mark_repeated(&rows, &group, &mut oordelen);
    }
    for group in groups(&rows, number) {
        let group = first_ones(group, &oordelen);
        judge_group(&rows, &group, "leerlingnummer", &mut oordelen);
    }
    for group in groups(&rows, |row| row.persoon.bsn) {
        let group = first_ones(group, &oordelen);
        judge_group(&rows, &group, "bsn", &mut oordelen);
    }
    for group in groups(&rows, |row| row.persoon.onderwijsnummer) {
        let group = first_ones(group, &oordelen);
        judge_group(&rows, &group, "onderwijsnummer", &mut oordelen);
    }
    oordelen
}

/// Places of rows that share a key, by two or more, in the order of the file.
fn groups<K: Hash + Eq>(rows: &[&LeerlingRij], key: impl Fn(&LeerlingRij) -> Option<K>) -> Vec<Vec<usize>> {
    let mut by_key: HashMap<K, Vec<usize>> = HashMap::with_capacity(rows.len());
    for (place, row) in rows.iter().enumerate() {
        if let Some(key) = key(row) {
            by_key.entry(key).or_default().push(place);
        }
    }
    let mut groups: Vec<Vec<usize>> = by_key.into_values().filter(|group| group.len() > 1).collect();
    groups.sort();
    groups
}

fn first_ones(group: Vec<usize>, oordelen: &[Oordeel]) -> Vec<usize> {
    group.into_iter().filter(|place| !oordelen.get(*place).is_some_and(|oordeel| oordeel.repeated)).collect()
}

/// Marks the rows that say exactly what the first of the group says. Compared with the first only: where two others
/// agree and the first does not, all of them are refused anyway.
fn mark_repeated(rows: &[&LeerlingRij], group: &[usize], oordelen: &mut [Oordeel]) {
    let Some((first, others)) = group.split_first() else { return };
    let Some(first) = rows.get(*first) else { return };
    for place in others {
        let same = rows.get(*place).is_some_and(|row| says_the_same(first, row));
        if let Some(oordeel) = oordelen.get_mut(*place).filter(|_| same) {
            oordeel.repeated = true;
            oordeel.bevindingen.push(("leerlingnummer", Ernst::Waarschuwing, repeated_row()));
        }
    }
}

fn says_the_same(a: &LeerlingRij, b: &LeerlingRij) -> bool {
    let LeerlingRij { rij: _, persoon, adres, telefoon, inschrijving, verzorgers } = a;
    (persoon, adres, telefoon) == (&b.persoon, &b.adres, &b.telefoon)
        && (inschrijving, verzorgers) == (&b.inschrijving, &b.verzorgers)
}

/// Rows that share a number: the same child at different sites is allowed with a warning; anything else is refused.
fn judge_group(rows: &[&LeerlingRij], group: &[usize], veld: &'static str, oordelen: &mut [Oordeel]) {
    let found: Vec<&LeerlingRij> = group.iter().filter_map(|place| rows.get(*place).copied()).collect();
    let Some((first, others)) = found.split_first() else { return };
    if others.is_empty() {
        return;
    }
    let mut sites: Vec<_> = found.iter().map(|row| row.inschrijving.vestiging).collect();
    sites.sort();
    sites.dedup();
    let allowed = sites.len() == found.len() && others.iter().all(|other| is_same_child(first, other));
    for place in group {
        let Some(oordeel) = oordelen.get_mut(*place) else { continue };
        let finding = if allowed { (veld, Ernst::Waarschuwing, two_schools()) } else { (veld, Ernst::Fout, clash()) };
        if !oordeel.bevindingen.iter().any(|(_, _, earlier)| *earlier == finding.2) {
            oordeel.bevindingen.push(finding);
        }
    }
}

/// Whether two rows can be one child: born on the same day, and no number that differs.
fn is_same_child(a: &LeerlingRij, b: &LeerlingRij) -> bool {
    let (a, b) = (&a.persoon, &b.persoon);
    let agree = a.bsn.zip(b.bsn).is_none_or(|(a, b)| a == b)
        && a.onderwijsnummer.zip(b.onderwijsnummer).is_none_or(|(a, b)| a == b);
    agree && a.geboortedatum == b.geboortedatum
}

fn repeated_row() -> Gebrek {
    Gebrek::new(
        "dubbele rij",
        "Deze rij staat al eerder in het bestand, met dezelfde gegevens.",
        "De rij telt één keer; u hoeft niets te doen.",
    )
}

fn two_schools() -> Gebrek {
    Gebrek::new(
        "twee vestigingen",
        "Deze leerling staat bij meer dan één vestiging ingeschreven.",
        "Controleer of dat klopt; is de leerling overgestapt, vul dan de uitschrijfdatum in.",
    )
}

fn clash() -> Gebrek {
    Gebrek::new(
        "nummer dubbel",
        "Dit nummer staat bij meer dan één rij. Geen van die rijen is overgenomen, want welke klopt weet alleen de school.",
        "Geef elke leerling een eigen nummer en lever per leerling één rij per vestiging.",
    )
}
