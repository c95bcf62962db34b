//! What an EDEXML file says: a school, its groups, its pupils and its teachers, as far as they are read.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};

use crate::invoer::MAX_LEERLINGEN;
use crate::invoer::bevinding::{Gebrek, Weigering};

/// The most groups, sites and teachers together; a school has some hundreds.
const MAX_GROEPEN: usize = 50_000;
/// The most groups that one pupil or teacher is linked to; further ones are left out.
const MAX_VERWIJZINGEN: usize = 64;
/// The most unknown elements that are named.
const MAX_ONBEKEND: usize = 20;
/// Characters of the name of an unknown element that a finding shows.
const MAX_NAAM: usize = 40;

/// Blocks that packages add to the standard. They may hold remarks about a child, and are passed over.
pub(super) const TOEVOEGINGEN: &str = "toevoegingen";

/// Elements of EDEXML 2.1 by the element around them; the root stands in the empty one.
const ELEMENTEN: [(&str, &[&str]); 12] = [
    ("", &["EDEX"]),
    ("EDEX", &["school", "vestigingen", "groepen", "leerlingen", "leerkrachten"]),
    (
        "school",
        &[
            "schooljaar",
            "peildatum",
            "brincode",
            "dependancecode",
            "instellingsnummer",
            "schoolkey",
            "aanmaakdatum",
            "auteur",
            "xsdversie",
            "commentaar",
            TOEVOEGINGEN,
        ],
    ),
    ("vestigingen", &["vestiging"]),
    ("vestiging", &["naam", "omschrijving", "mutatiedatum"]),
    ("groepen", &["groep", "samengestelde_groep"]),
    ("groep", &["naam", "jaargroep", "omschrijving", "rol", "rolomschrijving", "mutatiedatum", TOEVOEGINGEN]),
    ("samengestelde_groep", &["naam", "omschrijving", "rol", "rolomschrijving", "mutatiedatum", TOEVOEGINGEN]),
    ("leerlingen", &["leerling"]),
    ("samengestelde_groepen", &["samengestelde_groep"]),
    ("leerkrachten", &["leerkracht"]),
    (
        "leerkracht",
        &[
            "achternaam",
            "voorvoegsel",
            "voornamen",
            "voorletters-1",
            "roepnaam",
            "gebruikersnaam",
            "emailadres",
            "rol",
            "rolomschrijving",
            "groepen",
            "mutatiedatum",
            TOEVOEGINGEN,
        ],
    ),
];

/// Elements of a pupil that are read.
const VAN_LEERLING: [&str; 13] = [
    "achternaam",
    "voorvoegsel",
    "voornamen",
    "roepnaam",
    "geboortedatum",
    "geslacht",
    "jaargroep",
    "sofinummer",
    "bsn",
    "onderwijsnummer",
    "postcodenl",
    "instroomdatum",
    "uitstroomdatum",
];
/// Elements of a pupil that refer to other parts of the file.
const VERWIJZINGEN: [&str; 3] = ["groep", "samengestelde_groepen", "vestiging"];
/// Elements of a pupil that the register has no place for, on purpose.
const NIET_NODIG: [&str; 7] =
    ["etniciteit", "land", "land_vader", "land_moeder", "gewicht", "gewicht_nieuw", "rijksregisternummer"];
/// Elements of a pupil that are passed over.
const OVERIG: [&str; 9] = [
    "voorletters-1",
    "start_ondw_jgr3",
    "gebruikersnaam",
    "emailadres",
    "fotourl",
    "bsn_ondwnr-4",
    "postnummerbe",
    "postcodeoverig",
    "mutatiedatum",
];

/// The element of that name inside another one, as EDEXML 2.1 has it.
pub(super) fn element(around: Option<&&'static str>, name: &str) -> Option<&'static str> {
    let find = |names: &[&'static str]| names.iter().find(|known| **known == name).copied();
    let around = around.copied().unwrap_or_default();
    if around == "leerling" {
        let of_pupil = find(&VAN_LEERLING).or_else(|| find(&VERWIJZINGEN)).or_else(|| find(&NIET_NODIG));
        return of_pupil.or_else(|| find(&OVERIG)).or_else(|| find(&[TOEVOEGINGEN]));
    }
    ELEMENTEN.iter().find(|(parent, _)| *parent == around).and_then(|(_, names)| find(names))
}

/// A pupil, as far as it is read.
#[derive(Default)]
pub(super) struct Leerling {
    pub key: String,
    /// Elements with their text, each once.
    pub velden: Vec<(&'static str, String)>,
    /// Elements that came more than once, each named once.
    pub dubbel: Vec<&'static str>,
    pub groep: Option<String>,
    pub samengesteld: Vec<String>,
    pub vestiging: Option<String>,
}

impl Leerling {
    /// The text of an element; empty when the pupil has none.
    pub fn veld(&self, naam: &str) -> &str {
        self.velden.iter().find(|(known, _)| *known == naam).map_or("", |(_, text)| text)
    }

    fn repeated(&mut self, naam: &'static str) {
        if !self.dubbel.contains(&naam) {
            self.dubbel.push(naam);
        }
    }
}

/// A group that pupils sit in.
#[derive(Default)]
pub(super) struct Groep {
    pub naam: String,
    pub jaargroep: String,
}

/// A teacher, and the groups with the roles there.
#[derive(Default)]
pub(super) struct Leerkracht {
    pub achternaam: String,
    pub voorvoegsel: String,
    pub voorletters: String,
    pub roepnaam: String,
    pub rollen: Vec<String>,
    pub groepen: Vec<(String, Vec<String>)>,
}

/// The file, put together while it is read.
#[derive(Default)]
pub(super) struct Bouwer {
    pub brincode: String,
    pub dependancecode: String,
    pub versie: String,
    pub vestigingen: Vec<String>,
    pub groepen: HashMap<String, Groep>,
    pub samengesteld: HashSet<String>,
    pub leerlingen: Vec<Leerling>,
    pub leerkrachten: Vec<Leerkracht>,
    /// What was found about the file as a whole: the element and what is wrong.
    pub gebreken: Vec<(Cow<'static, str>, Gebrek)>,
    niet_nodig: BTreeSet<&'static str>,
    onbekend: BTreeSet<String>,
    groep_dubbel: bool,
    groep: (String, Groep),
}

impl Bouwer {
    /// An element starts.
    ///
    /// # Errors
    /// When the file has more pupils or groups than can be.
    pub fn begin(&mut self, pad: &[&'static str], key: Option<String>) -> Result<(), Weigering> {
        let key = key.unwrap_or_default();
        match pad {
            ["EDEX", "vestigingen", "vestiging"] => self.vestigingen.push(key),
            ["EDEX", "groepen", "groep"] => self.groep = (key, Groep::default()),
            ["EDEX", "groepen", "samengestelde_groep"] => {
                self.samengesteld.insert(key);
            }
            ["EDEX", "leerlingen", "leerling"] => self.leerlingen.push(Leerling { key, ..Leerling::default() }),
            ["EDEX", "leerlingen", "leerling", rest @ ..] => self.begin_of_pupil(rest, key),
            ["EDEX", "leerkrachten", "leerkracht"] => self.leerkrachten.push(Leerkracht::default()),
            ["EDEX", "leerkrachten", "leerkracht", "groepen", "groep"] => {
                if let Some(leerkracht) = self.leerkrachten.last_mut()
                    && leerkracht.groepen.len() < MAX_VERWIJZINGEN
                {
                    leerkracht.groepen.push((key, Vec::new()));
                }
            }
            _ => {}
        }
        let others = self.vestigingen.len() + self.groepen.len() + self.samengesteld.len() + self.leerkrachten.len();
        if self.leerlingen.len() as u64 > MAX_LEERLINGEN || others > MAX_GROEPEN {
            return Err(Weigering::new(
                "Het bestand heeft meer leerlingen, groepen of leerkrachten dan wij kunnen lezen.",
                format!("Lever het in delen van hoogstens {MAX_LEERLINGEN} leerlingen, bijvoorbeeld per school."),
            ));
        }
        Ok(())
    }

    fn begin_of_pupil(&mut self, rest: &[&'static str], key: String) {
        let Some(leerling) = self.leerlingen.last_mut() else { return };
        match rest {
            ["groep"] if leerling.groep.is_some() => leerling.repeated("groep"),
            ["groep"] => leerling.groep = Some(key),
            ["vestiging"] if leerling.vestiging.is_some() => leerling.repeated("vestiging"),
            ["vestiging"] => leerling.vestiging = Some(key),
            ["samengestelde_groepen", "samengestelde_groep"] if leerling.samengesteld.len() < MAX_VERWIJZINGEN => {
                leerling.samengesteld.push(key);
            }
            [naam] if NIET_NODIG.contains(naam) => {
                self.niet_nodig.insert(naam);
            }
            _ => {}
        }
    }

    /// An element ends, with the text that stands in it.
    pub fn end(&mut self, pad: &[&'static str], text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match pad {
            ["EDEX", "school", "brincode"] => self.brincode = text,
            ["EDEX", "school", "dependancecode"] => self.dependancecode = text,
            ["EDEX", "school", "xsdversie"] => self.versie = text,
            ["EDEX", "groepen", "groep", "naam"] => self.groep.1.naam = text,
            ["EDEX", "groepen", "groep", "jaargroep"] => self.groep.1.jaargroep = text,
            ["EDEX", "groepen", "groep"] => self.end_of_group(),
            ["EDEX", "leerlingen", "leerling", veld] if VAN_LEERLING.contains(veld) => {
                let Some(leerling) = self.leerlingen.last_mut() else { return };
                if leerling.velden.iter().any(|(known, _)| known == veld) {
                    leerling.repeated(veld);
                } else {
                    leerling.velden.push((veld, text));
                }
            }
            ["EDEX", "leerkrachten", "leerkracht", rest @ ..] => self.end_of_teacher(rest, text),
            _ => {}
        }
    }

    fn end_of_group(&mut self) {
        let (key, groep) = std::mem::take(&mut self.groep);
        match self.groepen.entry(key) {
            Entry::Vacant(place) => {
                place.insert(groep);
            }
            Entry::Occupied(_) => self.groep_dubbel = true,
        }
    }

    fn end_of_teacher(&mut self, rest: &[&'static str], text: String) {
        let Some(leerkracht) = self.leerkrachten.last_mut() else { return };
        match rest {
            ["achternaam"] => leerkracht.achternaam = text,
            ["voorvoegsel"] => leerkracht.voorvoegsel = text,
            ["voorletters-1"] => leerkracht.voorletters = text,
            ["roepnaam"] => leerkracht.roepnaam = text,
            ["rol"] if leerkracht.rollen.len() < MAX_VERWIJZINGEN => leerkracht.rollen.push(text),
            ["groepen", "groep", "rol"] => {
                if let Some((_, rollen)) = leerkracht.groepen.last_mut()
                    && rollen.len() < MAX_VERWIJZINGEN
                {
                    rollen.push(text);
                }
            }
            _ => {}
        }
    }

    /// An element that EDEXML does not have at that place; it is passed over with all that stands in it.
    pub fn unknown(&mut self, pad: &[&'static str], name: &str) {
        if self.onbekend.len() >= MAX_ONBEKEND {
            return;
        }
        let around = pad.iter().skip(1).copied().collect::<Vec<_>>().join("/");
        let name: String = name.chars().take(MAX_NAAM).collect();
        let place = if around.is_empty() { name } else { format!("{around}/{name}") };
        if self.onbekend.insert(place.clone()) {
            let gebrek = Gebrek::new(
                "onbekend element",
                "Dit element staat niet in EDEXML 2.1 en is niet gelezen.",
                "Controleer de versie van de uitvoer; klopt die, dan hoeft u niets te doen.",
            );
            self.gebreken.push((place.into(), gebrek));
        }
    }

    /// The findings about the file as a whole, with those that can only be made at its end.
    pub fn finish(&mut self) -> Vec<(Cow<'static, str>, Gebrek)> {
        for naam in &self.niet_nodig {
            let gebrek = Gebrek::new(
                "niet nodig",
                "Dit gegeven is niet gelezen: het register heeft er geen plaats voor.",
                "Laat het uit de uitvoer weg als uw pakket dat kan.",
            );
            self.gebreken.push((format!("leerling/{naam}").into(), gebrek));
        }
        if self.groep_dubbel {
            let gebrek = Gebrek::new(
                "groep dubbel",
                "Twee groepen hebben dezelfde key.",
                "De eerste van de twee telt; geef in uw pakket elke groep een eigen key.",
            );
            self.gebreken.push(("groepen/groep".into(), gebrek));
        }
        if !["", "2.0", "2.1"].contains(&self.versie.as_str()) {
            let gebrek = Gebrek::new(
                "andere versie",
                "Dit is een andere versie van EDEXML dan 2.0 of 2.1.",
                "Kijk de leerlingen na, of kies in uw pakket versie 2.1.",
            );
            self.gebreken.push(("school/xsdversie".into(), gebrek));
        }
        std::mem::take(&mut self.gebreken)
    }
}
