//! Fictitious school sites, as many and as large as the real region has, with names that nobody takes for real ones.

use domain::body::Sector;
use domain::nummers::Vestigingscode;

use crate::gebied::{GEMEENTEN, Gemeente, postcode};
use crate::toeval::Toeval;

/// A school site.
#[derive(Debug)]
pub(crate) struct School {
    pub code: Vestigingscode,
    pub naam: String,
    pub sector: Sector,
    pub onderwijstype: &'static str,
    pub gemeente: &'static Gemeente,
    pub plaats: &'static str,
    pub postcode: String,
    pub huisnummer: usize,
    /// Pupils now.
    pub leerlingen: usize,
}

impl School {
    /// Whether hours are counted as klokuren.
    pub(crate) fn is_po(&self) -> bool {
        matches!(self.sector, Sector::Po | Sector::Sbo | Sector::So)
    }

    /// The samenwerkingsverband of the site, by its number.
    pub(crate) fn swv(&self) -> &'static str {
        if matches!(self.sector, Sector::Po | Sector::Sbo | Sector::So) {
            self.gemeente.swv_po
        } else {
            self.gemeente.swv_vo
        }
    }

    /// Code in `region.toml` of a professional of this school.
    pub(crate) fn medewerker(&self, functie: &str) -> String {
        format!("{}-{functie}", self.code.to_string().to_lowercase())
    }
}

/// Sites of one kind in one municipality.
struct Groep {
    gemeente: usize,
    sector: Sector,
    onderwijstype: &'static str,
    vestigingen: usize,
    leerlingen: usize,
}

const fn groep(gemeente: usize, sector: Sector, onderwijstype: &'static str, telling: (usize, usize)) -> Groep {
    Groep { gemeente, sector, onderwijstype, vestigingen: telling.0, leerlingen: telling.1 }
}

/// Sites and pupils of the real region by municipality and kind (DUO open data, extract of November 2024, CC-BY 4.0).
/// Sites for "(V)SO" are divided over so and vso by us; the one without a count is given 85 pupils.
const GROEPEN: [Groep; 27] = [
    groep(0, Sector::Vo, "VBO/MAVO/HAVO/VWO", (3, 3272)),
    groep(0, Sector::Vo, "HAVO/VWO", (1, 1210)),
    groep(0, Sector::Vo, "VWO", (1, 691)),
    groep(0, Sector::Vo, "VBO/MAVO", (4, 1388)),
    groep(0, Sector::Vo, "VBO", (2, 671)),
    groep(0, Sector::Pro, "PRO", (1, 224)),
    groep(0, Sector::Sbo, "SBAO", (2, 260)),
    groep(0, Sector::So, "SO", (2, 244)),
    groep(0, Sector::Vso, "VSO", (2, 404)),
    groep(0, Sector::Po, "basisschool", (37, 8130)),
    groep(1, Sector::Vo, "VBO/MAVO/HAVO/VWO", (2, 1386)),
    groep(1, Sector::Vo, "HAVO/VWO", (1, 1304)),
    groep(1, Sector::Vo, "VBO/MAVO", (2, 1544)),
    groep(1, Sector::Vo, "VBO", (3, 534)),
    groep(1, Sector::Pro, "PRO", (1, 215)),
    groep(1, Sector::Sbo, "SBAO", (1, 76)),
    groep(1, Sector::So, "SO", (1, 157)),
    groep(1, Sector::Vso, "VSO", (2, 203)),
    groep(1, Sector::Po, "basisschool", (25, 7605)),
    groep(2, Sector::Vo, "MAVO/HAVO/VWO", (5, 1758)),
    groep(2, Sector::Po, "basisschool", (11, 1662)),
    groep(3, Sector::Vo, "VBO/MAVO", (1, 306)),
    groep(3, Sector::Po, "basisschool", (10, 1782)),
    groep(4, Sector::Vo, "VBO/MAVO/HAVO/VWO", (4, 4438)),
    groep(4, Sector::Vso, "VSO", (1, 85)),
    groep(4, Sector::Po, "basisschool", (12, 2855)),
    groep(5, Sector::Po, "basisschool", (4, 1054)),
];

/// Pupils of the table together.
fn leerlingen_in_de_tabel() -> usize {
    GROEPEN.iter().map(|groep| groep.leerlingen).sum()
}

const BOMEN: [&str; 12] = [
    "Meent",
    "Wilg",
    "Iep",
    "Lijsterbes",
    "Vlier",
    "Hazelaar",
    "Meidoorn",
    "Kastanje",
    "Linde",
    "Berk",
    "Els",
    "Esdoorn",
];
const DINGEN: [&str; 24] = [
    "Zonnetje",
    "Bootje",
    "Vlotje",
    "Lantaarntje",
    "Vuurtorentje",
    "Molentje",
    "Bruggetje",
    "Kompasje",
    "Ankertje",
    "Schelpje",
    "Duintje",
    "Veertje",
    "Sterretje",
    "Maantje",
    "Wolkje",
    "Regenbuitje",
    "Slootje",
    "Dijkje",
    "Klompje",
    "Kaasje",
    "Tulpje",
    "Eikeltje",
    "Nestje",
    "Pareltje",
];
const KLEUREN: [&str; 5] = ["", "Gele ", "Blauwe ", "Rode ", "Groene "];

/// The name of the n-th site of a sector. Every one starts with "Proef"; when all names are given away, they come again
/// with a number.
fn naam(sector: Sector, n: usize) -> String {
    let names = KLEUREN.len() * if sector == Sector::Po { DINGEN.len() } else { BOMEN.len() };
    match n / names {
        0 => eerste_naam(sector, n),
        round => format!("{} {}", eerste_naam(sector, n), round + 1),
    }
}

fn eerste_naam(sector: Sector, n: usize) -> String {
    let pick = |list: &[&'static str]| list.get(n % list.len()).copied().unwrap_or_default();
    let kleur = |list: &[&str]| KLEUREN.get(n / list.len() % KLEUREN.len()).copied().unwrap_or_default();
    match sector {
        Sector::Po => format!("Proefschool Het {}{}", kleur(&DINGEN), pick(&DINGEN)),
        Sector::Sbo => format!("Proefschool voor sbo De {}{}", kleur(&BOMEN), pick(&BOMEN)),
        Sector::So => format!("Proefschool voor so De {}{}", kleur(&BOMEN), pick(&BOMEN)),
        Sector::Vso => format!("Proefschool voor vso De {}{}", kleur(&BOMEN), pick(&BOMEN)),
        Sector::Pro => format!("Proefpraktijkschool De {}{}", kleur(&BOMEN), pick(&BOMEN)),
        Sector::Vo | Sector::Mbo => format!("Proefcollege De {}{}", kleur(&BOMEN), pick(&BOMEN)),
    }
}

/// The sites for so many pupils, Proefcollege De Meent (90AA00) first. Fewer pupils have fewer and smaller schools, but
/// every kind of school in every municipality stays; more pupils have more schools.
pub(crate) fn scholen(leerlingen: usize, seed: u64) -> Vec<School> {
    let mut toeval = Toeval::new(seed, 1);
    let total = leerlingen_in_de_tabel();
    let mut scholen = Vec::new();
    let mut per_sector = std::collections::BTreeMap::new();
    for groep in &GROEPEN {
        let sites = (groep.vestigingen * leerlingen).div_ceil(total).max(1);
        let Some(gemeente) = GEMEENTEN.get(groep.gemeente) else { continue };
        let weights: Vec<usize> = (0..sites).map(|_| 50 + toeval.onder(100)).collect();
        let all: usize = weights.iter().sum();
        for (site, weight) in weights.into_iter().enumerate() {
            let Some(code) = code(scholen.len()) else { continue };
            let n = per_sector.entry(groep.sector).or_insert(0_usize);
            let plaats = gemeente.plaatsen.get(site % gemeente.plaatsen.len()).copied().unwrap_or_default();
            scholen.push(School {
                code,
                naam: naam(groep.sector, *n),
                sector: groep.sector,
                onderwijstype: groep.onderwijstype,
                gemeente,
                plaats: plaats.0,
                postcode: postcode(toeval.kies(plaats.1), toeval.onder(38)),
                huisnummer: 1 + toeval.onder(200),
                leerlingen: groep.leerlingen * weight * leerlingen / (all * total),
            });
            *n += 1;
        }
    }
    // Rounding down left a few pupils over: they go to the first schools.
    let placed: usize = scholen.iter().map(|school| school.leerlingen).sum();
    let count = scholen.len();
    for (place, school) in scholen.iter_mut().enumerate() {
        let over = leerlingen.saturating_sub(placed);
        school.leerlingen += over / count + usize::from(place < over % count);
    }
    scholen
}

/// The code of the n-th site: BRIN 90AA, 90AB and so on; every fifth is a second site of the one before.
fn code(n: usize) -> Option<Vestigingscode> {
    let (brin, site) = (n - n / 5, usize::from(n % 5 == 4));
    let brin = if site == 1 { brin - 1 } else { brin };
    let letter = |place: usize| char::from(b'A' + u8::try_from(place % 26).unwrap_or_default());
    let text = format!("9{}{}{}0{site}", brin / 676 % 10, letter(brin / 26), letter(brin));
    Vestigingscode::parse(&text).ok()
}

/// The file of schools, in the layout of DUO's list of November 2024.
pub(crate) fn bestand(scholen: &[School]) -> Vec<u8> {
    let mut csv = String::from(
        "brin,vestigingscode,naam,onderwijstype,denominatie,straat,huisnummer,huisletter,toevoeging,postcode,plaats,\
         gemeente,provincie,onderwijsgebied,leerlingen,lon,lat,po_swv_pc4,vo_swv_pc4\n",
    );
    for school in scholen {
        let Gemeente { duo, swv_po, swv_vo, .. } = school.gemeente;
        let School { code, naam, onderwijstype, huisnummer, postcode, plaats, leerlingen, .. } = school;
        let brin = code.brin();
        csv.push_str(&format!(
            "{brin},{code},{naam},{onderwijstype},Openbaar,Proefstraat,{huisnummer},,,{postcode},{plaats},{duo},\
             Noord-Holland,Noord-Noord-Holland,{leerlingen},,,{swv_po},{swv_vo}\n"
        ));
    }
    csv.into_bytes()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_larger_region_has_more_schools_of_the_same_size_each_with_a_name_of_its_own() {
        let usual = leerlingen_in_de_tabel();
        let (one, eight) = (scholen(usual, 1), scholen(8 * usual, 1));
        assert_eq!(eight.len(), 8 * one.len());
        assert_eq!(eight.iter().map(|school| school.leerlingen).sum::<usize>(), 8 * usual);
        let most = |all: &[School]| all.iter().map(|school| school.leerlingen).max().unwrap();
        assert!(most(&eight) < 2 * most(&one), "{} {}", most(&eight), most(&one));
        let own = |all: &[School]| -> (usize, usize) {
            let names: BTreeSet<&str> = all.iter().map(|school| school.naam.as_str()).collect();
            let codes: BTreeSet<String> = all.iter().map(|school| school.code.to_string()).collect();
            (names.len(), codes.len())
        };
        assert_eq!((own(&one), own(&eight)), ((one.len(), one.len()), (eight.len(), eight.len())));
    }
}
