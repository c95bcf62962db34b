//! Choosing the children in whom a course is planted.

use std::collections::BTreeMap;

use domain::Date;
use domain::body::{JaNee, Relatie, Sector};
use domain::period::{plus_days, plus_months};

use crate::dagen::Dagen;
use crate::gebied::GEMEENTEN;
use crate::gezinnen::Gezin;
use crate::leerlingen::{Bevolking, Leerling};
use crate::leveringen::Afwijkend;
use crate::namen::Voornamen;
use crate::ruimte::Regel;
use crate::scholen::School;
use crate::toeval::Toeval;
use crate::verhalen::{Draaiboek, Kind, Plan, Plant, Verhaal, draaiboeken};

/// Children per kind in a region of the usual size.
const PER_SOORT: usize = 5;

/// The planted children: their stories, and their rows by place in the population.
#[derive(Default)]
pub(crate) struct Geplant {
    pub verhalen: Vec<Verhaal>,
    pub regels: BTreeMap<usize, Vec<Regel>>,
}

/// Plants every kind of course in so many children that fit.
pub(crate) fn plant(
    bevolking: &mut Bevolking,
    scholen: &[School],
    dagen: &Dagen,
    afwijkend: &Afwijkend,
    leerlingen: usize,
) -> Geplant {
    let count = (PER_SOORT * leerlingen).div_ceil(crate::LEERLINGEN).clamp(1, PER_SOORT);
    let mut geplant = Geplant::default();
    for (soort, draaiboek) in draaiboeken().iter().enumerate() {
        let count = if draaiboek.soort == Plant::Sam { 1 } else { count };
        for n in 0..count {
            let mut toeval = Toeval::new((soort * 100 + n) as u64, 6);
            let plan = (draaiboek.plan)(dagen, u32::try_from(n).unwrap_or_default());
            let reeks = 1 + u64::try_from(geplant.verhalen.len()).unwrap_or_default();
            let kind = if draaiboek.soort == Plant::NooitIngeschreven {
                None
            } else {
                let zoeker = Zoeker { bevolking, scholen, dagen, afwijkend, geplant: &geplant };
                let Some(place) = zoeker.zoek(draaiboek, &mut toeval) else { continue };
                Some(place)
            };
            let verhaal = match kind {
                Some(place) => {
                    maak_sam(bevolking, draaiboek.soort, dagen, place);
                    let Some(leerling) = bevolking.leerlingen.get_mut(place) else { continue };
                    leerling.uitschrijving = plan.uitschrijving.or(leerling.uitschrijving);
                    let Some(school) = scholen.get(leerling.school) else { continue };
                    let gezin = bevolking.gezinnen.get(leerling.gezin);
                    let woont = gezin.and_then(|gezin| GEMEENTEN.iter().find(|found| found.nummer == gezin.gemeente));
                    let kind = Kind { school: Some(school), nummer: &leerling.nummer, gemeente: woont };
                    geplant.regels.insert(place, plan.regels.clone());
                    Verhaal::nieuw(draaiboek, &plan, &kind, dagen, reeks)
                }
                None => {
                    let woont = GEMEENTEN.get(n % GEMEENTEN.len());
                    Verhaal::nieuw(draaiboek, &plan, &Kind { school: None, nummer: "", gemeente: woont }, dagen, reeks)
                }
            };
            geplant.verhalen.push(verhaal);
        }
    }
    geplant
}

struct Zoeker<'a> {
    bevolking: &'a Bevolking,
    scholen: &'a [School],
    dagen: &'a Dagen,
    afwijkend: &'a Afwijkend,
    geplant: &'a Geplant,
}

impl Zoeker<'_> {
    /// The first child that fits, from a place drawn by chance on.
    fn zoek(&self, draaiboek: &Draaiboek, toeval: &mut Toeval) -> Option<usize> {
        let count = self.bevolking.leerlingen.len();
        let start = if draaiboek.soort == Plant::Sam { 0 } else { toeval.onder(count) };
        let places = (start..count).chain(0..start);
        places
            .into_iter()
            .find(|place| !self.geplant.regels.contains_key(place) && self.past(*place, draaiboek) == Some(true))
    }

    /// Enrolled all year at a school that delivers as it should, lives in the region with parents who have gezag, and
    /// of an age that suits the course.
    fn past(&self, place: usize, draaiboek: &Draaiboek) -> Option<bool> {
        let leerling = self.bevolking.leerlingen.get(place)?;
        let school = self.scholen.get(leerling.school)?;
        let gezin = self.bevolking.gezinnen.get(leerling.gezin)?;
        let begin = self.dagen.dagen.first()?;
        let all_year = leerling.inschrijving <= *begin && leerling.uitschrijving.is_none() && !leerling.bijzonder;
        let parents = gezin.verzorgers.iter().all(|verzorger| {
            matches!(verzorger.relatie, Relatie::Moeder | Relatie::Vader) && verzorger.gezag == JaNee::Ja
        });
        let in_region = !gezin.geheim && GEMEENTEN.iter().any(|gemeente| gemeente.nummer == gezin.gemeente);
        if draaiboek.soort == Plant::Sam {
            return Some(all_year && leerling.school == 0 && leerling.jaargroep == "12");
        }
        let usual = all_year && parents && in_region && !self.afwijkend.noemt(leerling.school);
        Some(usual && self.leeftijd(leerling, school, draaiboek))
    }

    fn leeftijd(&self, leerling: &Leerling, school: &School, draaiboek: &Draaiboek) -> bool {
        // Within leerplicht all the while: five years old a year ago, not yet sixteen at the end of the school year.
        let five = plus_months(leerling.geboren, 6 * 12) <= plus_months(self.dagen.vandaag, -12);
        let sixteen = plus_months(leerling.geboren, 15 * 12) > self.dagen.vandaag;
        let regular = matches!(school.sector, Sector::Po | Sector::Vo);
        let sector = !draaiboek.alleen_vo || school.sector == Sector::Vo;
        // The first school stays for the worked example.
        let elsewhere = leerling.school > 0;
        five && sixteen && regular && sector && elsewhere
    }
}

/// The class of the worked example.
const KLAS_VAN_SAM: &str = "2b";

/// Makes the chosen child the Sam of the worked example: fourteen years old, class 2b, lives in Alkmaar.
fn maak_sam(bevolking: &mut Bevolking, soort: Plant, dagen: &Dagen, place: usize) {
    if soort != Plant::Sam {
        return;
    }
    noem_klas_2b(&mut bevolking.leerlingen, place);
    let Some(leerling) = bevolking.leerlingen.get_mut(place) else { return };
    let gezin = Gezin::van_sam();
    leerling.achternaam = gezin.achternaam;
    leerling.voornamen = Voornamen { alle: "Sam".to_owned(), roepnaam: "Sam" };
    leerling.geslacht = 9;
    leerling.geboren = plus_days(plus_months(dagen.vandaag, -14 * 12), -60);
    leerling.gezin = bevolking.gezinnen.len();
    bevolking.gezinnen.push(gezin);
}

/// Calls the class of a pupil 2b, with everybody in it, and the class that was called so by the other name: classmates
/// and mentor stay together.
fn noem_klas_2b(leerlingen: &mut [Leerling], place: usize) {
    let Some((school, klas)) = leerlingen.get(place).map(|leerling| (leerling.school, leerling.klas.clone())) else {
        return;
    };
    for leerling in leerlingen.iter_mut().filter(|leerling| leerling.school == school) {
        if leerling.klas == klas {
            KLAS_VAN_SAM.clone_into(&mut leerling.klas);
        } else if leerling.klas == KLAS_VAN_SAM {
            leerling.klas.clone_from(&klas);
        }
    }
}

/// A plan without rows that changes nothing: the start of most plans.
impl Plan {
    pub(crate) fn van(dag0: Date) -> Self {
        Plan { dag0, waarheid: crate::verhalen::Waarheid::geen_zaak(), regels: Vec::new(), uitschrijving: None }
    }
}
