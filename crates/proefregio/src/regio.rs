//! `region.toml` of the synthetic region: real municipalities and partitions, made-up professionals.

use std::collections::BTreeMap;
use std::fmt::Write;

use domain::Date;
use domain::body::Sector;
use domain::fact::Rol;
use domain::period::{Period, plus_days, schooljaar};

use crate::dagen::Dagen;
use crate::gebied::{GEMEENTEN, JGZ, RMCS, SWVS, swv_code};
use crate::leerlingen::Leerling;
use crate::namen::Namen;
use crate::scholen::School;
use crate::toeval::Toeval;
use crate::verhalen::week_zonder_rooster;
use crate::verzuim::{UREN_PO, UREN_VO, uren};

/// The region's code in its file; all ids of organisations and professionals follow from it.
pub const REGIO_CODE: &str = "proef-noord-kennemerland";

/// First day of all parties: that of the youngest municipality.
const SINDS: &str = "2022-01-01";

/// Working days, by chance.
const WERKDAGEN: [&str; 5] = [
    r#"["ma", "di", "wo", "do", "vr"]"#,
    r#"["ma", "di", "wo", "do"]"#,
    r#"["ma", "di", "do", "vr"]"#,
    r#"["di", "wo", "do"]"#,
    r#"["ma", "di", "do"]"#,
];

/// Writes the file.
pub(crate) fn regio_toml(
    scholen: &[School],
    leerlingen: &[Leerling],
    namen: &Namen,
    dagen: &Dagen,
    seed: u64,
) -> String {
    let jaar = schooljaar(dagen.vandaag) - 1;
    let mut toml = format!(
        "# Een proefregio: de gemeenten en indelingen bestaan, de scholen en mensen niet.\n\
         code = \"{REGIO_CODE}\"\n\
         naam = \"Proefregio Noord-Kennemerland\"\n\
         soort = \"proef\"\n\
         vakantieregio = \"Noord\"\n\
         versie = \"{jaar}-1\"\n\
         geldig_vanaf = {jaar}-08-01\n\
         sinds = {SINDS}\n\n",
    );
    organisaties(&mut toml);
    indelingen(&mut toml, scholen);
    schooluren(&mut toml, scholen, &week_zonder_rooster(dagen));
    let mut wie = WieIsWie { toml, namen, toeval: Toeval::new(seed, 7), telefoon: 1_000 };
    wie.partijen();
    wie.scholen(scholen);
    // Those that came later are last, so that the others keep their names and numbers.
    wie.mentoren(scholen, leerlingen);
    wie.toezicht(scholen);
    wie.op_twee_plekken();
    wie.meer_toezicht(scholen);
    wie.toml
}

fn organisaties(toml: &mut String) {
    let mut party = |code: &str, soort: &str, naam: &str, extra: String| {
        let _ = writeln!(toml, "[[organisatie]]\ncode = \"{code}\"\nsoort = \"{soort}\"\nnaam = \"{naam}\"\n{extra}");
    };
    for gemeente in &GEMEENTEN {
        let extra = format!("gemeentecode = \"{}\"\n", gemeente.nummer);
        party(gemeente.code, "gemeente", &format!("Gemeente {}", gemeente.naam), extra);
    }
    for (nummer, code, naam) in SWVS {
        party(code, "swv", naam, format!("swv_nummer = \"{nummer}\"\n"));
    }
    for (code, naam) in RMCS {
        party(code, "doorstroompunt", naam, String::new());
    }
    party(JGZ, "jgz", "Proef-JGZ Noord-Kennemerland", String::new());
    party("steunpunt", "steunpunt", "Proefsteunpunt voor ouders en jeugd", String::new());
    party("proefplek-het-vlot", "zorg", "Proefplek Het Vlot", String::new());
    party("proefzorg-de-oever", "zorg", "Proefzorg De Oever", String::new());
}

fn indelingen(toml: &mut String, scholen: &[School]) {
    let mut indeling = |soort: &str, bij: &str, wie: Vec<String>| {
        if !wie.is_empty() {
            let wie: Vec<String> = wie.iter().map(|code| format!("\"{code}\"")).collect();
            let _ = writeln!(toml, "[[indeling]]\nsoort = \"{soort}\"\nbij = \"{bij}\"\nwie = [{}]\n", wie.join(", "));
        }
    };
    let gemeenten = |fits: &dyn Fn(&crate::gebied::Gemeente) -> bool| -> Vec<String> {
        GEMEENTEN.iter().filter(|gemeente| fits(gemeente)).map(|gemeente| gemeente.code.to_owned()).collect()
    };
    for (nummer, code, _) in SWVS {
        let soort = if nummer.starts_with("PO") { "swv_po" } else { "swv_vo" };
        let mut wie = gemeenten(&|gemeente| gemeente.swv_po == nummer || gemeente.swv_vo == nummer);
        wie.extend(scholen.iter().filter(|school| school.swv() == nummer).map(|school| school.code.to_string()));
        indeling(soort, code, wie);
    }
    for (code, _) in RMCS {
        indeling("doorstroompunt", code, gemeenten(&|gemeente| gemeente.rmc == code));
    }
    indeling("jgz", JGZ, gemeenten(&|_| true));
    let partners = gemeenten(&|_| true).into_iter().chain(SWVS.map(|(_, code, _)| code.to_owned()));
    indeling("pact", "regio", partners.chain([JGZ.to_owned()]).collect());
}

/// Hours per sector, and those of schools that declare their own. De Meent has none for one week.
fn schooluren(toml: &mut String, scholen: &[School], zonder: &Period) {
    for (sector, uren) in [("po", UREN_PO), ("sbo", UREN_PO), ("vo", UREN_VO), ("pro", UREN_VO)] {
        let _ = writeln!(toml, "[[uren]]\nsector = \"{sector}\"\nuren = {}\n", lijst(&uren));
    }
    for (place, school) in scholen.iter().enumerate() {
        let own = matches!(school.sector, Sector::So | Sector::Vso);
        if !own && place > 0 {
            continue;
        }
        let uren = lijst(&uren(school));
        let _ = writeln!(toml, "[[school]]\nvestiging = \"{}\"", school.code);
        let mut period = |from: Option<Date>, last: Option<Date>| {
            let van = from.map(|dag| format!("van = {dag}\n")).unwrap_or_default();
            let tot = last.map(|dag| format!("tot_en_met = {dag}\n")).unwrap_or_default();
            let _ = writeln!(toml, "[[school.uren]]\nuren = {uren}\n{van}{tot}");
        };
        if own {
            period(None, None);
        } else {
            period(None, Some(plus_days(zonder.from, -1)));
            period(zonder.until, None);
        }
    }
}

/// Hours of a week from quarters, as TOML.
fn lijst(kwartieren: &[u8; 5]) -> String {
    let uren: Vec<String> = kwartieren.iter().map(|quarters| format!("{}", f64::from(*quarters) / 4.0)).collect();
    format!("[{}]", uren.join(", "))
}

struct WieIsWie<'a> {
    toml: String,
    namen: &'a Namen,
    toeval: Toeval,
    telefoon: u32,
}

impl WieIsWie<'_> {
    fn partijen(&mut self) {
        for gemeente in &GEMEENTEN {
            for n in 1..=2 {
                let functie = Rol::Leerplichtambtenaar.label();
                let (code, rol) = (format!("{}-lpa{n}", gemeente.code), Rol::Leerplichtambtenaar);
                self.iemand(&code, gemeente.code, functie, rol);
            }
            self.iemand(
                &format!("{}-adm1", gemeente.code),
                gemeente.code,
                "administratie leerplicht",
                Rol::AdministratieLeerplicht,
            );
            self.iemand(&format!("{}-jg1", gemeente.code), gemeente.code, "jeugd- en gezinscoach", Rol::JgCoach);
            self.iemand(&format!("{}-beleid1", gemeente.code), gemeente.code, "beleidsmedewerker jeugd", Rol::Beleid);
        }
        for (nummer, ..) in SWVS {
            let swv = swv_code(nummer);
            for n in 1..=3 {
                self.iemand(&format!("{swv}-consulent{n}"), swv, "consulent passend onderwijs", Rol::Consulent);
            }
            self.iemand(&format!("{swv}-privacy1"), swv, "privacyfunctionaris", Rol::Privacy);
        }
        for (code, _) in RMCS {
            self.iemand(&format!("{code}-1"), code, "medewerker Doorstroompunt", Rol::RmcMedewerker);
        }
        for n in 1..=3 {
            self.iemand(&format!("{JGZ}-arts{n}"), JGZ, "jeugdarts", Rol::Jeugdarts);
            self.iemand(&format!("{JGZ}-verpleegkundige{n}"), JGZ, "jeugdverpleegkundige", Rol::Jeugdverpleegkundige);
        }
        self.iemand("steunpunt-1", "steunpunt", "medewerker steunpunt", Rol::Steunpunt);
        self.iemand("vlot-1", "proefplek-het-vlot", "begeleider", Rol::Zorgpartner);
        self.iemand("oever-1", "proefzorg-de-oever", "behandelcoördinator", Rol::Zorgpartner);
        self.iemand("doorzettingsmacht-1", "regio", "doorzettingsmacht", Rol::Doorzettingsmacht);
        self.iemand("beheer-1", "regio", "beheerder van het register", Rol::Beheerder);
    }

    fn scholen(&mut self, scholen: &[School]) {
        for (place, school) in scholen.iter().enumerate() {
            let code = school.code.to_string();
            self.iemand(&school.medewerker("leiding"), &code, "schoolleider", Rol::Schoolleider);
            let verzuim = school.medewerker("verzuim");
            if place == 0 {
                // As in the worked example of the region.
                let visser = ("mw. Visser", "072-555 01 23", WERKDAGEN[1]);
                self.medewerker(&verzuim, &code, "verzuimcoördinator", Rol::Verzuimcoordinator, visser);
            } else if school.is_po() {
                self.iemand(&verzuim, &code, "intern begeleider", Rol::IbEr);
            } else {
                self.iemand(&verzuim, &code, "verzuimcoördinator", Rol::Verzuimcoordinator);
                let team = school.medewerker("ondersteuning");
                self.iemand(&team, &code, "ondersteuningscoördinator", Rol::Ondersteuningscoordinator);
            }
        }
    }

    /// The mentors of the first school for vo and the first for po, one for each class, under the name that stands in the
    /// file of pupils.
    fn mentoren(&mut self, scholen: &[School], leerlingen: &[Leerling]) {
        let first = |sector| scholen.iter().position(|school| school.sector == sector);
        for place in [Sector::Vo, Sector::Po].into_iter().filter_map(first) {
            let Some(school) = scholen.get(place) else { continue };
            // Who came during the year stands last, and brought the name of another mentor along.
            let pupils = leerlingen.iter().rev().filter(|leerling| leerling.school == place);
            let classes: BTreeMap<&str, &str> =
                pupils.map(|leerling| (leerling.klas.as_str(), leerling.mentor.as_str())).collect();
            let functie = if school.is_po() { "groepsleerkracht" } else { "mentor" };
            for (klas, naam) in classes {
                let code = school.medewerker(&format!("mentor-{klas}"));
                let (telefoon, werkdagen) = self.bereik();
                let wie = (naam, telefoon.as_str(), werkdagen);
                self.medewerker(&code, &school.code.to_string(), functie, Rol::Mentor, wie);
            }
        }
    }

    /// Privacy officers of one school and one municipality; those of the samenwerkingsverbanden are there already.
    fn toezicht(&mut self, scholen: &[School]) {
        let functie = Rol::Privacy.label();
        if let Some(school) = scholen.first() {
            self.iemand(&school.medewerker("privacy"), &school.code.to_string(), functie, Rol::Privacy);
        }
        if let Some(gemeente) = GEMEENTEN.first() {
            self.iemand(&format!("{}-privacy1", gemeente.code), gemeente.code, functie, Rol::Privacy);
        }
    }

    /// Privacy officers of whom else works with children by name in a try-out: the other municipalities, youth health
    /// care, the Doorstroompunten and the first school for po.
    fn meer_toezicht(&mut self, scholen: &[School]) {
        let codes = GEMEENTEN.iter().skip(1).map(|gemeente| gemeente.code);
        for code in codes.chain([JGZ]).chain(RMCS.map(|(code, _)| code)) {
            self.iemand(&format!("{code}-privacy1"), code, Rol::Privacy.label(), Rol::Privacy);
        }
        if let Some(school) = scholen.iter().skip(1).find(|school| school.sector == Sector::Po) {
            self.iemand(&school.medewerker("privacy"), &school.code.to_string(), Rol::Privacy.label(), Rol::Privacy);
        }
    }

    /// Somebody who works for the municipality on some days and for a care provider on others, in another role there.
    fn op_twee_plekken(&mut self) {
        let Some(gemeente) = GEMEENTEN.first() else { return };
        let functie = "jeugd- en gezinscoach, en psycholoog bij Proefzorg De Oever";
        self.iemand(&format!("{}-jg2", gemeente.code), gemeente.code, functie, Rol::JgCoach);
        let rol = Rol::Psycholoog.code();
        let _ =
            writeln!(self.toml, "[[medewerker.elders]]\norganisatie = \"proefzorg-de-oever\"\nrollen = [\"{rol}\"]\n");
    }

    /// Somebody with a drawn name, number and working days.
    fn iemand(&mut self, code: &str, organisatie: &str, functie: &str, rol: Rol) {
        let title = if self.toeval.kans(600) { "mw." } else { "dhr." };
        let naam = format!("{title} {}", self.namen.achternaam(&mut self.toeval).heel());
        let (telefoon, werkdagen) = self.bereik();
        self.medewerker(code, organisatie, functie, rol, (&naam, &telefoon, werkdagen));
    }

    /// The next telephone number, and working days by chance.
    fn bereik(&mut self) -> (String, &'static str) {
        self.telefoon += 1;
        let telefoon = format!("072-555 {:02} {:02}", self.telefoon / 100 % 100, self.telefoon % 100);
        (telefoon, self.toeval.kies(&WERKDAGEN))
    }

    fn medewerker(&mut self, code: &str, organisatie: &str, functie: &str, rol: Rol, wie: (&str, &str, &str)) {
        let (naam, telefoon, werkdagen) = wie;
        let _ = writeln!(
            self.toml,
            "[[medewerker]]\ncode = \"{code}\"\norganisatie = \"{organisatie}\"\nnaam = \"{naam}\"\n\
             functie = \"{functie}\"\ntelefoon = \"{telefoon}\"\nemail = \"{code}@proefregio.example\"\n\
             werkdagen = {werkdagen}\nrollen = [\"{}\"]\n",
            rol.code(),
        );
    }
}
