//! From the parts of an EDEXML file to rows of our own pupil file.

use std::collections::{BTreeMap, HashMap};

use domain::nummers::Vestigingscode;

use super::bestand::{Bouwer, Groep, Leerkracht, Leerling};
use super::{Omgezet, Vondst};
use crate::invoer::Kader;
use crate::invoer::bevinding::{Ernst, Gebrek, Weigering};
use crate::invoer::tekst::Codering;
use crate::invoer::uitvoer::CsvWriter;
use crate::invoer::veld::{self, MAX_TEKST};

/// The columns of our own pupil file that EDEXML can fill.
const KOP: [&str; 14] = [
    "vestigingscode",
    "leerlingnummer",
    "achternaam",
    "voorvoegsel",
    "voornamen",
    "roepnaam",
    "geboortedatum",
    "geslacht",
    "bsn",
    "onderwijsnummer",
    "postcode",
    "jaargroep",
    "klas",
    "mentor",
];
/// The days of enrolment, which come last.
const DAGEN: [(&str, &str); 2] = [("inschrijfdatum", "instroomdatum"), ("uitschrijfdatum", "uitstroomdatum")];
/// Role of a group teacher in EDEXML.
const GROEPSLERAAR: &str = "LRK";
/// Year groups of EDEXML that name no year: a group of several years, no po or vo, a pupil who left.
const GEEN_JAARGROEP: [&str; 3] = ["C", "N", "H"];

/// Puts each pupil on a line of its own.
///
/// # Errors
/// When the file does not name a school that can be in this region.
pub(super) fn convert(mut bouwer: Bouwer, codering: Codering, kader: &Kader<'_>) -> Result<Omgezet, Weigering> {
    let vestiging = school(&bouwer, kader)?;
    let mut bestand: Vec<Vondst> =
        bouwer.finish().into_iter().map(|(element, gebrek)| (element, Ernst::Waarschuwing, gebrek)).collect();
    let sites = sites(&bouwer.vestigingen, vestiging, &mut bestand);
    let mentoren = mentoren(&bouwer.leerkrachten, &bouwer.groepen, &mut bestand);
    let mut csv = CsvWriter::new();
    csv.row(KOP.into_iter().chain(DAGEN.map(|(kolom, _)| kolom)));
    let mut vondsten = BTreeMap::new();
    for (nummer, leerling) in (1u64..).zip(&bouwer.leerlingen) {
        let mut van_leerling = Vec::new();
        let site = site(leerling, &sites, vestiging, &mut van_leerling);
        let row = Row { site, bouwer: &bouwer, mentoren: &mentoren };
        csv.row(row.cells(leerling, &mut van_leerling));
        if !van_leerling.is_empty() {
            vondsten.insert(nummer, van_leerling);
        }
    }
    Ok(Omgezet { codering, tabel: csv.into_text(), bestand, leerlingen: vondsten })
}

/// The school of the file. Without a dependancecode it is the main site, which the schema says is the same as 00.
fn school(bouwer: &Bouwer, kader: &Kader<'_>) -> Result<Vestigingscode, Weigering> {
    if bouwer.brincode.is_empty() {
        return Err(Weigering::new(
            "Het element school/brincode ontbreekt of is leeg.",
            "Vul in uw pakket de BRIN van de school in en maak de uitvoer opnieuw.",
        ));
    }
    let dependance = if bouwer.dependancecode.is_empty() { "00" } else { &bouwer.dependancecode };
    veld::vestiging(&format!("{}{dependance}", bouwer.brincode), kader.soort).map_err(|gebrek| {
        let wat = format!("De elementen school/brincode en school/dependancecode kloppen niet. {}", gebrek.wat);
        Weigering::new(wat, gebrek.toegestaan)
    })
}

/// The school site of each key of a location. A key is free text; one that is a vestigingscode of this school, or its
/// last two digits, is taken for what it says. Without such a key all are at the site of the file, and it says so.
fn sites(keys: &[String], vestiging: Vestigingscode, bestand: &mut Vec<Vondst>) -> HashMap<String, Vestigingscode> {
    let brin = vestiging.brin();
    let code = |key: &str| {
        let text = if key.len() == 2 { format!("{brin}{key}") } else { key.to_owned() };
        Vestigingscode::parse(&text).ok().filter(|code| code.brin() == brin)
    };
    let found: HashMap<String, Vestigingscode> =
        keys.iter().map(|key| (key.clone(), code(key).unwrap_or(vestiging))).collect();
    if found.len() > 1 && keys.iter().any(|key| code(key).is_none()) {
        let wat = format!(
            "Niet elke vestiging heeft een vestigingscode als key. Die leerlingen zijn gelezen als {vestiging}."
        );
        let gebrek = Gebrek::new(
            "vestiging zonder code",
            wat,
            "Staan zij op een andere vestiging ingeschreven, lever dan per vestiging een eigen bestand.",
        );
        bestand.push(("vestigingen/vestiging".into(), Ernst::Waarschuwing, gebrek));
    }
    found
}

fn site(
    leerling: &Leerling,
    sites: &HashMap<String, Vestigingscode>,
    anders: Vestigingscode,
    vondsten: &mut Vec<Vondst>,
) -> Vestigingscode {
    let Some(key) = &leerling.vestiging else { return anders };
    sites.get(key).copied().unwrap_or_else(|| {
        vondsten.push(("vestiging".into(), Ernst::Waarschuwing, dangling("vestiging", "de vestigingen")));
        anders
    })
}

/// The group teachers of each group, by name. Whoever only has another role there is no mentor.
fn mentoren(
    leerkrachten: &[Leerkracht],
    groepen: &HashMap<String, Groep>,
    bestand: &mut Vec<Vondst>,
) -> HashMap<String, String> {
    let mut found: HashMap<String, String> = HashMap::new();
    let mut without_group = false;
    for leerkracht in leerkrachten {
        for (key, rollen) in &leerkracht.groepen {
            without_group |= !groepen.contains_key(key);
            let rollen = if rollen.is_empty() { &leerkracht.rollen } else { rollen };
            if !rollen.is_empty() && !rollen.iter().any(|rol| rol == GROEPSLERAAR) {
                continue;
            }
            let names = found.entry(key.clone()).or_default();
            let name = name(leerkracht);
            let joined = if names.is_empty() { name } else { format!("{names}, {name}") };
            if joined.chars().count() <= MAX_TEKST {
                *names = joined;
            }
        }
    }
    if without_group {
        let gebrek = dangling("groep", "de groepen");
        bestand.push(("leerkrachten/leerkracht/groepen/groep".into(), Ernst::Waarschuwing, gebrek));
    }
    found
}

fn name(leerkracht: &Leerkracht) -> String {
    let first = if leerkracht.roepnaam.is_empty() { &leerkracht.voorletters } else { &leerkracht.roepnaam };
    let parts = [first, &leerkracht.voorvoegsel, &leerkracht.achternaam];
    parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// What the line of a pupil needs beside the pupil.
struct Row<'b> {
    site: Vestigingscode,
    bouwer: &'b Bouwer,
    mentoren: &'b HashMap<String, String>,
}

impl Row<'_> {
    fn cells(&self, leerling: &Leerling, vondsten: &mut Vec<Vondst>) -> Vec<String> {
        let groep = self.groep(leerling, vondsten);
        let jaargroep = jaargroep(leerling, groep, vondsten);
        let mentor = leerling.groep.as_ref().and_then(|key| self.mentoren.get(key));
        let bsn = [leerling.veld("bsn"), leerling.veld("sofinummer")].into_iter().find(|text| !text.is_empty());
        let mut cells = vec![self.site.to_string(), leerling.key.clone()];
        let plain = ["achternaam", "voorvoegsel", "voornamen", "roepnaam"].map(|naam| leerling.veld(naam).to_owned());
        cells.extend(plain);
        cells.push(day(leerling.veld("geboortedatum")).to_owned());
        cells.push(leerling.veld("geslacht").to_owned());
        cells.push(bsn.unwrap_or_default().to_owned());
        cells.push(leerling.veld("onderwijsnummer").to_owned());
        cells.push(leerling.veld("postcodenl").to_owned());
        cells.push(jaargroep);
        cells.push(groep.map(|groep| groep.naam.clone()).unwrap_or_default());
        cells.push(mentor.cloned().unwrap_or_default());
        cells.extend(DAGEN.map(|(_, element)| day(leerling.veld(element)).to_owned()));
        vondsten.extend(leerling.dubbel.iter().map(|veld| ((*veld).into(), Ernst::Fout, twice())));
        if cells.iter().any(|cell| cell.contains(char::REPLACEMENT_CHARACTER)) {
            vondsten.push(("".into(), Ernst::Fout, broken()));
        }
        cells
    }

    /// The pupil's group, and a finding for each group that is not in the file.
    fn groep(&self, leerling: &Leerling, vondsten: &mut Vec<Vondst>) -> Option<&Groep> {
        if leerling.samengesteld.iter().any(|key| !self.bouwer.samengesteld.contains(key)) {
            let gebrek = dangling("samengestelde groep", "de groepen");
            vondsten.push(("samengestelde_groep".into(), Ernst::Waarschuwing, gebrek));
        }
        let key = leerling.groep.as_ref()?;
        let found = self.bouwer.groepen.get(key);
        if found.is_none() {
            vondsten.push(("groep".into(), Ernst::Waarschuwing, dangling("groep", "de groepen")));
        }
        found
    }
}

/// The pupil's own year group, or else that of the group.
fn jaargroep(leerling: &Leerling, groep: Option<&Groep>, vondsten: &mut Vec<Vondst>) -> String {
    let own = leerling.veld("jaargroep");
    let of_group = groep.map_or("", |groep| groep.jaargroep.as_str());
    let found = if own.is_empty() { of_group } else { own };
    if !GEEN_JAARGROEP.contains(&found) {
        return found.to_owned();
    }
    let gebrek = Gebrek::new(
        "geen jaargroep",
        "De jaargroep noemt geen leerjaar (C, N of H).",
        "De leerling is gelezen zonder jaargroep; vul in uw pakket de jaargroep van de leerling zelf in.",
    );
    vondsten.push(("jaargroep".into(), Ernst::Waarschuwing, gebrek));
    String::new()
}

/// A day without the time zone that an XML date may carry.
fn day(text: &str) -> &str {
    let zone = text.get(10..).unwrap_or_default();
    let known = zone == "Z" || (zone.len() == 6 && zone.starts_with(['+', '-']) && zone.get(3..4) == Some(":"));
    if known { text.get(..10).unwrap_or(text) } else { text }
}

fn dangling(what: &str, list: &str) -> Gebrek {
    Gebrek::new(
        "verwijzing zonder doel",
        format!("De {what} waarnaar wordt verwezen, staat niet bij {list} in het bestand."),
        "De verwijzing is niet gelezen; maak een volledige uitvoer, of verbeter de groep in uw pakket.",
    )
}

fn twice() -> Gebrek {
    Gebrek::new("element dubbel", "Het element staat er meer dan eens.", "Laat er één over.")
}

fn broken() -> Gebrek {
    Gebrek::new(
        "onleesbare tekens",
        "De gegevens van deze leerling bevatten kapotte tekens.",
        "Maak de uitvoer opnieuw in UTF-8.",
    )
}
