//! School sites, in both layouts of DUO: with small names and `onderwijstype`, and the address list in capitals.

use std::collections::HashMap;

use domain::body::Sector;
use domain::nummers::{Brin, Gemeentecode, Postcode, SwvNummer, Vestigingscode};

use super::bevinding::{Gebrek, Weigering};
use super::kop::{Kolom, Kop};
use super::lezing::{Controle, Invoer, Lezing};
use super::regels::{Rij, Stuk};
use super::{Kader, tekst, veld};

/// The most rows of a file of school sites; the Netherlands have some ten thousand.
pub const MAX_SCHOLEN: u64 = 100_000;

/// A count as DUO publishes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aantal {
    /// Not stated.
    Onbekend,
    /// Withheld because it is small: less than this.
    MinderDan(u32),
    /// The count.
    Precies(u32),
}

/// A school site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolRij {
    /// BRIN with site number.
    pub vestiging: Vestigingscode,
    /// Name.
    pub naam: String,
    /// Kind of education as the file writes it; empty when it does not.
    pub onderwijstype: String,
    /// Sector; `None` when the file does not tell it apart ("(V)SO") or not at all.
    pub sector: Option<Sector>,
    /// Municipality by code: the file's number, or the code of a municipality of the region by its name.
    pub gemeente: Option<Gemeentecode>,
    /// Municipality by name, as the file writes it.
    pub gemeentenaam: String,
    /// Postcode of the site.
    pub postcode: Option<Postcode>,
    /// Town.
    pub plaats: String,
    /// Samenwerkingsverband po at the site's address, if the file says so.
    pub swv_po: Option<SwvNummer>,
    /// Samenwerkingsverband vo at the site's address, if the file says so.
    pub swv_vo: Option<SwvNummer>,
    /// Pupils.
    pub leerlingen: Aantal,
}

/// Municipalities of the region as school files write them (CBS; before 2022 Heerhugowaard and Langedijk). "Bergen"
/// alone is not among them: it is the one in Limburg as well.
const GEMEENTEN: [(&str, &str); 10] = [
    ("ALKMAAR", "0361"),
    ("BERGEN NH", "0373"),
    ("BERGEN (NH)", "0373"),
    ("BERGEN (NH.)", "0373"),
    ("CASTRICUM", "0383"),
    ("DIJK EN WAARD", "1980"),
    ("HEERHUGOWAARD", "0398"),
    ("HEILOO", "0399"),
    ("LANGEDIJK", "0416"),
    ("UITGEEST", "0450"),
];

/// Columns of either layout.
struct Kolommen {
    brin: Kolom,
    vestiging: Kolom,
    naam: Kolom,
    onderwijstype: Kolom,
    gemeentenummer: Kolom,
    gemeentenaam: Kolom,
    postcode: Kolom,
    plaats: Kolom,
    swv_po: Kolom,
    swv_vo: Kolom,
    leerlingen: Kolom,
}

/// Columns of the two layouts that are known and not read.
const OVERIGE_KOLOMMEN: [&str; 31] = [
    "denominatie",
    "straat",
    "huisnummer",
    "huisletter",
    "toevoeging",
    "provincie",
    "onderwijsgebied",
    "lon",
    "lat",
    "bevoegd gezag nummer",
    "straatnaam",
    "huisnummer-toevoeging",
    "telefoonnummer",
    "internetadres",
    "straatnaam correspondentieadres",
    "huisnummer-toevoeging correspondentieadres",
    "postcode correspondentieadres",
    "plaatsnaam correspondentieadres",
    "nodaal gebied code",
    "nodaal gebied naam",
    "rpa-gebied code",
    "rpa-gebied naam",
    "wgr-gebied code",
    "wgr-gebied naam",
    "coropgebied code",
    "coropgebied naam",
    "onderwijsgebied code",
    "onderwijsgebied naam",
    "rmc-regio code",
    "rmc-regio naam",
    "onderwijsstructuur",
];

impl Kolommen {
    fn find(kop: &mut Kop) -> Self {
        for naam in OVERIGE_KOLOMMEN {
            kop.optional(naam);
        }
        let capitals = kop.has("vestigingsnummer");
        let [brin, vestiging, naam, gemeentenaam, plaats] = if capitals {
            ["brin nummer", "vestigingsnummer", "vestigingsnaam", "gemeentenaam", "plaatsnaam"]
        } else {
            ["brin", "vestigingscode", "naam", "gemeente", "plaats"]
        };
        Kolommen {
            brin: kop.optional(brin),
            vestiging: kop.required(vestiging),
            naam: kop.required(naam),
            onderwijstype: kop.optional("onderwijstype"),
            gemeentenummer: kop.optional("gemeentenummer"),
            gemeentenaam: kop.optional(gemeentenaam),
            postcode: kop.required("postcode"),
            plaats: kop.required(plaats),
            swv_po: kop.optional("po_swv_pc4"),
            swv_vo: kop.optional("vo_swv_pc4"),
            leerlingen: kop.optional("leerlingen"),
        }
    }
}

/// Reads a file of school sites. `sector` is the sector of all sites in a file that names no `onderwijstype`, as the
/// address lists of DUO: each of those is about one sector and does not say which.
///
/// # Errors
/// When the file as a whole cannot be read.
pub fn read_scholen(
    bytes: &[u8],
    kader: &Kader<'_>,
    sector: Option<Sector>,
) -> Result<Invoer<Vec<SchoolRij>>, Weigering> {
    let (codering, text) = tekst::decode(bytes)?;
    let (mut lezing, kolommen) = Lezing::open(codering, Stuk { bytes: &text, regel: 1 }, MAX_SCHOLEN, Kolommen::find)?;
    let mut scholen: Vec<SchoolRij> = Vec::new();
    let mut seen: HashMap<Vestigingscode, usize> = HashMap::new();
    let mut dubbel = 0;
    let mut rij = Rij::default();
    while lezing.next(&mut rij)? {
        let mut controle = lezing.controle(&rij);
        let school = read_school(&mut controle, &kolommen, kader, sector);
        let earlier = school.as_ref().and_then(|school| seen.get(&school.vestiging)).and_then(|i| scholen.get(*i));
        let repeated = match (&school, earlier) {
            (Some(school), Some(earlier)) if school == earlier => {
                controle.warn(&kolommen.vestiging, repeated_row());
                true
            }
            (Some(_), Some(_)) => {
                controle.refuse(kolommen.vestiging.naam.clone(), other_row());
                false
            }
            _ => false,
        };
        let reden = controle.finish();
        match school {
            _ if !reden.is_empty() => lezing.reject(&rij, &reden),
            _ if repeated => dubbel += 1,
            Some(school) => {
                seen.insert(school.vestiging, scholen.len());
                scholen.push(school);
            }
            None => {}
        }
    }
    Ok(lezing.finish(scholen, dubbel))
}

fn read_school(c: &mut Controle<'_, '_>, k: &Kolommen, kader: &Kader<'_>, sector: Option<Sector>) -> Option<SchoolRij> {
    let vestiging = c.required(&k.vestiging, |text| veld::vestiging(text, kader.soort));
    let brin = c.optional(&k.brin, |text| Brin::parse(text).map_err(|fout| veld::nummer("brin", fout)));
    if let (Some(vestiging), Some(brin)) = (vestiging, brin)
        && vestiging.brin() != brin
    {
        c.refuse(k.brin.naam.clone(), veld::other_brin());
    }
    let naam = c.required(&k.naam, Ok);
    let onderwijstype = c.text(&k.onderwijstype);
    let sector = if onderwijstype.is_empty() { Ok(sector) } else { sector_of(onderwijstype).map(Some) };
    let sector = sector.unwrap_or_else(|gebrek| {
        c.warn(&k.onderwijstype, gebrek);
        None
    });
    let nummer = c.optional(&k.gemeentenummer, |text| {
        Gemeentecode::parse(text).map_err(|fout| veld::nummer("gemeentecode", fout))
    });
    let gemeentenaam = c.text(&k.gemeentenaam);
    let postcode = c.optional(&k.postcode, |text| Postcode::parse(text).map_err(|fout| veld::nummer("postcode", fout)));
    let swv = |text: &str| SwvNummer::parse(text).map_err(|fout| veld::nummer("samenwerkingsverband", fout));
    let swv_po = c.optional(&k.swv_po, swv);
    let swv_vo = c.optional(&k.swv_vo, swv);
    let leerlingen = c.optional(&k.leerlingen, count).unwrap_or(Aantal::Onbekend);
    Some(SchoolRij {
        vestiging: vestiging?,
        naam: naam?.to_owned(),
        onderwijstype: onderwijstype.to_owned(),
        sector,
        gemeente: nummer.or_else(|| gemeente_of(gemeentenaam)),
        gemeentenaam: gemeentenaam.to_owned(),
        postcode,
        plaats: c.text(&k.plaats).to_owned(),
        swv_po,
        swv_vo,
        leerlingen,
    })
}

/// The sector that an `onderwijstype` of DUO stands for. Combinations with secondary education are secondary.
fn sector_of(onderwijstype: &str) -> Result<Sector, Gebrek> {
    let vo = |part: &str| matches!(part, "VBO" | "VMBO" | "MAVO" | "HAVO" | "VWO" | "PRO" | "BRUGJAAR");
    match onderwijstype.to_uppercase().as_str() {
        "BASISSCHOOL" => Ok(Sector::Po),
        "SBAO" | "SBO" => Ok(Sector::Sbo),
        "SO" => Ok(Sector::So),
        "VSO" => Ok(Sector::Vso),
        "PRO" => Ok(Sector::Pro),
        "MBO" => Ok(Sector::Mbo),
        "(V)SO" => Err(Gebrek::new(
            "so of vso",
            "Het bestand zegt niet of dit speciaal onderwijs of voortgezet speciaal onderwijs is.",
            "Kies de sector van deze school in het register.",
        )),
        combined if combined.split('/').all(vo) => Ok(Sector::Vo),
        _ => Err(Gebrek::new(
            "onderwijstype",
            "Het onderwijstype is niet bekend.",
            "Gebruik een type van DUO, zoals basisschool, SBAO, SO, VSO, PRO of HAVO/VWO.",
        )),
    }
}

/// The code of a municipality of the region by its name.
fn gemeente_of(naam: &str) -> Option<Gemeentecode> {
    let naam = naam.to_uppercase();
    GEMEENTEN.iter().find(|(known, _)| *known == naam).and_then(|(_, code)| Gemeentecode::parse(code).ok())
}

/// A count: digits, or `<5` where DUO withholds a small one.
fn count(text: &str) -> Result<Aantal, Gebrek> {
    let digits = text.strip_prefix('<').map(str::trim);
    let plain = |text: &str| if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None };
    let found = match digits {
        Some(below) => plain(below).map(Aantal::MinderDan),
        None => plain(text).map(Aantal::Precies),
    };
    found.ok_or_else(|| {
        Gebrek::new("aantal", "Dit is geen aantal.", "Gebruik een heel getal, of <5 voor een klein aantal.")
    })
}

fn repeated_row() -> Gebrek {
    Gebrek::new(
        "dubbele rij",
        "Deze vestiging staat al eerder in het bestand, met dezelfde gegevens.",
        "De rij telt één keer; u hoeft niets te doen.",
    )
}

fn other_row() -> Gebrek {
    Gebrek::new(
        "dubbele vestiging",
        "Deze vestiging staat al eerder in het bestand, met andere gegevens.",
        "Laat één rij per vestiging over.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_education_give_a_sector_or_a_reason_why_not() {
        let cases = [
            ("basisschool", Some(Sector::Po)),
            ("SBAO", Some(Sector::Sbo)),
            ("SO", Some(Sector::So)),
            ("VSO", Some(Sector::Vso)),
            ("PRO", Some(Sector::Pro)),
            ("VBO/MAVO/HAVO/VWO/PRO", Some(Sector::Vo)),
            ("BRUGJAAR", Some(Sector::Vo)),
            ("(V)SO", None),
            ("KLEUTERSCHOOL", None),
            ("/", None),
        ];
        for (text, sector) in cases {
            assert_eq!(sector_of(text).ok(), sector, "{text}");
        }
    }

    #[test]
    fn municipalities_are_known_by_name_and_bergen_in_limburg_is_another() {
        let code = |naam| gemeente_of(naam).map(|code| code.to_string());
        assert_eq!(code("DIJK EN WAARD").as_deref(), Some("1980"));
        assert_eq!(code("Bergen NH").as_deref(), Some("0373"));
        assert_eq!(code("Bergen (NH.)").as_deref(), Some("0373"));
        assert_eq!(code("BERGEN"), None);
        assert_eq!(code("EMMEN"), None);
    }

    #[test]
    fn counts_keep_what_was_withheld() {
        assert_eq!(count("12"), Ok(Aantal::Precies(12)));
        assert_eq!(count("<5"), Ok(Aantal::MinderDan(5)));
        for text in ["", "vijf", "-1", "+5", "99999999999"] {
            assert!(count(text).is_err(), "{text}");
        }
    }
}
