//! Rows as persons corrected them: what signals and meldingen must rest on.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{SchoolVerzuim, Telt};
use crate::body::{Afwezigheid, RijCorrectie, Verlof, VerlofGrond};
use crate::fact::Fact;
use crate::ids::OrganisatieId;
use crate::period::{Period, day_number, from_day_number, next_day};
use crate::timeline::Timeline;
use crate::verzuim::{Duur, Rij, VerzuimSoort};

/// Days of one stated absence that are looked at: ten years.
const MAX_DAGEN: usize = 3_660;

/// The rows of a child per school as corrected by persons, sorted as in [`SchoolVerzuim::rijen`].
///
/// A corrected row reads as the correction says; one without valid reason within leave that was granted reads as that
/// leave. An absence stated by a person is a row of a whole day where no delivery stands, up to and including `tot_en_met`;
/// such a day is refused no longer. All other rows, and what was delivered, are as they stand.
pub fn gecorrigeerd(t: &Timeline, tot_en_met: Date) -> Vec<SchoolVerzuim> {
    let correcties: Vec<(&Fact, &RijCorrectie)> = t.all::<RijCorrectie>().collect();
    let verlof: Vec<(&Fact, &Verlof)> = t.all::<Verlof>().filter(|(_, verlof)| verlof.toegekend).collect();
    let afwezig: Vec<(&Fact, &Afwezigheid)> =
        t.all::<Afwezigheid>().filter(|(_, stated)| Telt::van(stated.soort) == Telt::Gemist).collect();
    let mut scholen = t.rijen.per_school.clone();
    if !correcties.is_empty() || !verlof.is_empty() {
        for school in &mut scholen {
            school.rijen = school.rijen.iter().filter_map(|packed| corrected(*packed, &correcties, &verlof)).collect();
        }
    }
    if !afwezig.is_empty() {
        let window = Period { from: Date::MIN, until: Some(next_day(tot_en_met)) };
        for (id, stated) in afwezige_dagen(t, &afwezig, &window) {
            match scholen.iter_mut().find(|verzuim| verzuim.school == id) {
                Some(verzuim) => lay(verzuim, &stated),
                None => {
                    let (rijen, aangeleverd, afgewezen) = Default::default();
                    let mut verzuim = SchoolVerzuim { school: id, rijen, aangeleverd, afgewezen };
                    lay(&mut verzuim, &stated);
                    scholen.push(verzuim);
                }
            }
        }
    }
    for school in &mut scholen {
        if !school.rijen.is_sorted() {
            let mut rijen = school.rijen.to_vec();
            rijen.sort_unstable();
            school.rijen = rijen.into();
        }
    }
    scholen
}

/// One row as a person corrected it; `None`: there was no absence.
fn corrected(packed: u32, correcties: &[(&Fact, &RijCorrectie)], verlof: &[(&Fact, &Verlof)]) -> Option<u32> {
    let Some(rij) = Rij::unpack(packed) else { return Some(packed) };
    let dag = from_day_number(i32::from(rij.dag));
    let same = |(fact, said): &&(&Fact, &RijCorrectie)| {
        fact.valid.from == dag && said.lesuur == rij.lesuur && said.soort == rij.soort
    };
    let (soort, duur) = match correcties.iter().rev().find(same) {
        Some((_, correctie)) => correctie.wordt?,
        None => (rij.soort, rij.duur),
    };
    let granted = || verlof.iter().rev().find(|(fact, _)| fact.valid.contains(dag)).map(|(_, verlof)| verlof.grond);
    let soort = match soort {
        VerzuimSoort::Ongeoorloofd | VerzuimSoort::Luxe => granted().map_or(soort, als_rij),
        _ => soort,
    };
    Some(Rij { soort, duur, ..rij }.pack())
}

fn als_rij(grond: VerlofGrond) -> VerzuimSoort {
    match grond {
        VerlofGrond::C => VerzuimSoort::Geschorst,
        VerlofGrond::D => VerzuimSoort::Ziek,
        _ => VerzuimSoort::Verlof,
    }
}

/// Per school of enrolment the days on which a person stated absence; of two statements the last one.
fn afwezige_dagen(
    t: &Timeline,
    afwezig: &[(&Fact, &Afwezigheid)],
    window: &Period,
) -> BTreeMap<OrganisatieId, BTreeMap<u16, VerzuimSoort>> {
    let mut found: BTreeMap<OrganisatieId, BTreeMap<u16, VerzuimSoort>> = BTreeMap::new();
    for (enrolled, _, inschrijving) in t.inschrijvingen() {
        let dagen = found.entry(inschrijving.school).or_default();
        for (fact, stated) in afwezig {
            let both = enrolled.intersection(&fact.valid).and_then(|period| period.intersection(window));
            let Some(Period { from, until: Some(until) }) = both else { continue };
            let numbers = (day_number(from)..day_number(until)).take(MAX_DAGEN);
            dagen.extend(numbers.filter_map(|day| Some((u16::try_from(day).ok()?, stated.soort))));
        }
    }
    found
}

/// Lays stated days where no delivery and no row of a whole day stands; rows of single lessons give way to the whole day.
fn lay(school: &mut SchoolVerzuim, stated: &BTreeMap<u16, VerzuimSoort>) {
    let known = |dag: u16| {
        let date = from_day_number(i32::from(dag));
        let delivered = school.aangeleverd.iter().any(|period| period.contains(date));
        let whole_day = |rij: Rij| rij.duur == Duur::Dag && Telt::van(rij.soort) == Telt::Gemist;
        (delivered && school.afgewezen.binary_search(&dag).is_err()) || school.op(dag).any(whole_day)
    };
    let new: BTreeMap<u16, VerzuimSoort> =
        stated.iter().filter(|(dag, _)| !known(**dag)).map(|(dag, soort)| (*dag, *soort)).collect();
    if new.is_empty() {
        return;
    }
    let stays = |packed: &u32| Rij::unpack(*packed).is_none_or(|rij| !new.contains_key(&rij.dag));
    let laid = new.iter().map(|(dag, soort)| Rij { dag: *dag, lesuur: 0, duur: Duur::Dag, soort: *soort }.pack());
    school.rijen = school.rijen.iter().copied().filter(stays).chain(laid).collect();
    school.afgewezen = school.afgewezen.iter().copied().filter(|dag| !new.contains_key(dag)).collect();
}
