//! Tables of counts for whoever sees no names: which rows they have, and what of them is told.

use std::collections::BTreeMap;

use domain::body::{OrganisatieSoort, Sector};
use domain::codes;
use domain::ids::OrganisatieId;
use domain::region::Rules;
use jiff::civil::Date;

use super::{Kant, Stand, Telrij};
use crate::Register;
use crate::kleine_aantallen::{Getoond, Getoonde, Lid, Rij, Tabel};

codes! {
    /// How the rows of a table are made.
    Indeling {
        /// By municipality of residence.
        Gemeente = "gemeente" "gemeente waar de leerling woont",
        /// By sector of the school.
        Sector = "sector" "soort onderwijs",
        /// By school, within its sector.
        School = "school" "school",
    }
}

/// A row: the children of one municipality, sector or school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Groep {
    /// Residents of a municipality; `None`: of one outside the region, or not known.
    Gemeente(Option<OrganisatieId>),
    /// Pupils of schools of a sector; `None`: without a school, or of one elsewhere.
    Sector(Option<Sector>),
    /// Pupils of a school.
    School(OrganisatieId),
}

impl Register {
    /// The rows of the tables of a party on a day: the municipalities of the region, and the schools that matter to it.
    pub fn telgroepen(&self, kant: Kant, op: Date) -> Vec<Groep> {
        let r = self.rules();
        let gemeenten = r.organisaties.iter().filter(|(_, o)| o.soort == OrganisatieSoort::Gemeente);
        let gemeenten = gemeenten.map(|(id, _)| Groep::Gemeente(Some(*id)));
        let scholen = r.scholen.iter().filter(|(_, school)| kant.telt_school(school, op));
        let scholen = scholen.map(|(id, _)| Groep::School(*id));
        gemeenten.chain(scholen).collect()
    }
}

/// What is told of the counts of one day: per municipality, and per sector and school, protected together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tafel {
    kolommen: &'static [Stand],
    gemeenten: Vec<Groep>,
    /// Sectors, each before its schools.
    scholen: Vec<Groep>,
    getoond: Getoonde,
}

impl Tafel {
    /// Counts these children for a party. The rows are those of `groepen` (municipalities and schools) and one for
    /// children of elsewhere, whoever is counted: that a row is there tells nothing.
    pub fn van<'a>(kant: Kant, rijen: impl IntoIterator<Item = &'a Telrij>, groepen: &[Groep], r: &Rules) -> Self {
        let mut sectoren: BTreeMap<Option<Sector>, Vec<OrganisatieId>> = BTreeMap::from([(None, Vec::new())]);
        let mut gemeenten: Vec<Groep> = vec![Groep::Gemeente(None)];
        for groep in groepen {
            match groep {
                Groep::Gemeente(_) => gemeenten.push(*groep),
                Groep::School(school) => {
                    let sector = r.scholen.get(school).and_then(|school| school.sector);
                    sectoren.entry(sector).or_default().push(*school);
                }
                Groep::Sector(_) => {}
            }
        }
        gemeenten.sort_unstable();
        gemeenten.dedup();
        let (scholen, onder) = boom(sectoren);
        let place = |groepen: &[Groep], groep: Groep, elsewhere: Groep| {
            let at = |wanted| groepen.iter().position(|found| *found == wanted);
            at(groep).or_else(|| at(elsewhere))
        };
        let leden = rijen.into_iter().filter_map(|rij| {
            let stand = kant.kolom(rij)?;
            let kolom = kant.kolommen().iter().position(|kolom| *kolom == stand)?;
            let school = rij.school.map_or(Groep::Sector(None), Groep::School);
            let gemeente = place(&gemeenten, Groep::Gemeente(rij.gemeente), Groep::Gemeente(None))?;
            Some(Lid { kolom, rijen: [gemeente, place(&scholen, school, Groep::Sector(None))?] })
        });
        let ways = [vec![None; gemeenten.len()], onder];
        let getoond = Tabel::tel(kant.kolommen().len(), &ways, leden).verberg();
        Tafel { kolommen: kant.kolommen(), gemeenten, scholen, getoond }
    }

    /// Counts these children for a party, all together only.
    pub fn totalen<'a>(kant: Kant, rijen: impl IntoIterator<Item = &'a Telrij>) -> Self {
        let place = |stand: Stand| kant.kolommen().iter().position(|kolom| *kolom == stand);
        let leden =
            rijen.into_iter().filter_map(|rij| place(kant.kolom(rij)?)).map(|kolom| Lid { kolom, rijen: [0; 2] });
        let getoond = Tabel::tel(kant.kolommen().len(), &[], leden).verberg();
        Tafel { kolommen: kant.kolommen(), gemeenten: Vec::new(), scholen: Vec::new(), getoond }
    }

    /// Its columns.
    pub fn kolommen(&self) -> &'static [Stand] {
        self.kolommen
    }

    /// Its rows when they are made in one way, in no order that means something.
    pub fn groepen(&self, indeling: Indeling) -> impl Iterator<Item = Groep> {
        let all = if indeling == Indeling::Gemeente { &self.gemeenten } else { &self.scholen };
        all.iter().copied().filter(move |groep| match groep {
            Groep::Gemeente(_) => true,
            Groep::Sector(_) => indeling == Indeling::Sector,
            Groep::School(_) => indeling == Indeling::School,
        })
    }

    /// What is told of a row (`None`: all children) in a column (`None`: all together).
    pub fn cel(&self, groep: Option<Groep>, stand: Option<Stand>) -> Getoond {
        let kolom = stand.map(|stand| self.kolommen.iter().position(|kolom| *kolom == stand));
        let rij = match groep {
            None => Some(Rij::Alles),
            Some(groep @ Groep::Gemeente(_)) => self.rij(0, groep),
            Some(groep) => self.rij(1, groep),
        };
        match (rij, kolom) {
            (Some(rij), None) => self.getoond.cel(rij, None),
            (Some(rij), Some(Some(kolom))) => self.getoond.cel(rij, Some(kolom)),
            _ => Getoond::Getal(0),
        }
    }

    fn rij(&self, indeling: usize, groep: Groep) -> Option<Rij> {
        let all = if indeling == 0 { &self.gemeenten } else { &self.scholen };
        all.iter().position(|found| *found == groep).map(|rij| Rij::Van { indeling, rij })
    }
}

/// Sectors with their schools behind them, and of each row the row that it is part of. Children without a school have a
/// row of their own among the sectors.
fn boom(sectoren: BTreeMap<Option<Sector>, Vec<OrganisatieId>>) -> (Vec<Groep>, Vec<Option<usize>>) {
    let (mut rows, mut onder) = (Vec::new(), Vec::new());
    for (sector, mut scholen) in sectoren {
        scholen.sort_unstable();
        scholen.dedup();
        let above = sector.map(|sector| {
            rows.push(Groep::Sector(Some(sector)));
            onder.push(None);
            rows.len() - 1
        });
        for school in scholen {
            rows.push(Groep::School(school));
            onder.push(above);
        }
        if sector.is_none() {
            rows.push(Groep::Sector(None));
            onder.push(None);
        }
    }
    (rows, onder)
}
