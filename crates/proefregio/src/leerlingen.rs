//! Pupils: age by year group, family, number, enrolment; and the collisions that mix children up.

use std::fmt::Write;

use domain::Date;
use domain::body::Sector;
use domain::period::{plus_days, plus_months, schooljaar};

use crate::dagen::Dagen;
use crate::gebied::GEMEENTEN;
use crate::gezinnen::{Gezin, Gezinnen, Verzorger};
use crate::namen::{Achternaam, Namen, Voornamen};
use crate::nummers::{Nummers, Pgn};
use crate::scholen::School;
use crate::toeval::Toeval;

/// Pupils of one class, about.
const KLAS: usize = 26;
/// Of so many pupils one has a twin.
const TWEELING_PER: usize = 130;
/// Of so many pupils one came from another school of the region during the year.
const OVERSTAP_PER: usize = 150;
/// Pairs that share name and birth date at two schools: one for so many pupils, and at least three.
const NAAMGENOTEN_PER: usize = 4_000;
/// The number of the first pupil; numbers run on over schools, so that none stands twice under one BRIN.
const EERSTE_NUMMER: usize = 200_001;

/// A pupil at one school site.
#[derive(Debug, Clone)]
pub(crate) struct Leerling {
    /// Place of the school.
    pub school: usize,
    pub nummer: String,
    pub achternaam: Achternaam,
    pub voornamen: Voornamen,
    pub geboren: Date,
    /// EDEXML: 1 male, 2 female, 9 not specified.
    pub geslacht: u8,
    pub pgn: Pgn,
    pub gezin: usize,
    /// As the school writes it: 1-8, 11-16 or S.
    pub jaargroep: &'static str,
    /// Leerjaar and letter ("2b").
    pub klas: String,
    /// Place of the class among all classes of the region.
    pub klas_plaats: usize,
    pub mentor: String,
    pub telefoon: String,
    pub inschrijving: Date,
    /// Last day of enrolment.
    pub uitschrijving: Option<Date>,
    /// Whether a twin, namesake or transfer: not to be planted in.
    pub bijzonder: bool,
}

/// All pupils with their families.
pub(crate) struct Bevolking {
    pub leerlingen: Vec<Leerling>,
    pub gezinnen: Vec<Gezin>,
    /// Number of classes.
    pub klassen: usize,
}

/// A year group: what the school writes, the number in a class name, and the age on 1 October.
type Groep = (&'static str, usize, i16);

const PO: [Groep; 8] =
    [("1", 1, 4), ("2", 2, 5), ("3", 3, 6), ("4", 4, 7), ("5", 5, 8), ("6", 6, 9), ("7", 7, 10), ("8", 8, 11)];
const VO: [Groep; 6] = [("11", 1, 12), ("12", 2, 13), ("13", 3, 14), ("14", 4, 15), ("15", 5, 16), ("16", 6, 17)];
const SO: [Groep; 8] =
    [("S", 1, 4), ("S", 2, 5), ("S", 3, 6), ("S", 4, 7), ("S", 5, 8), ("S", 6, 9), ("S", 7, 10), ("S", 8, 11)];
const VSO: [Groep; 5] = [("S", 1, 12), ("S", 2, 13), ("S", 3, 14), ("S", 4, 15), ("S", 5, 16)];

fn groepen(school: &School) -> &'static [Groep] {
    match school.sector {
        Sector::Po => &PO,
        Sector::Sbo => PO.get(2..).unwrap_or_default(),
        Sector::So => &SO,
        Sector::Vso => &VSO,
        Sector::Vo if school.onderwijstype.ends_with("VWO") => &VO,
        Sector::Vo => VO.get(..4).unwrap_or_default(),
        Sector::Pro | Sector::Mbo => VO.get(..5).unwrap_or_default(),
    }
}

/// Fills the schools.
pub(crate) fn bevolk(scholen: &[School], namen: &Namen, dagen: &Dagen, seed: u64) -> Bevolking {
    let total: usize = scholen.iter().map(|school| school.leerlingen).sum();
    let twins = total / TWEELING_PER / 2 + 1;
    let mut maker = Maker {
        namen,
        dagen,
        toeval: Toeval::new(seed, 3),
        gezinnen: Gezinnen::new(namen, seed),
        nummers: Nummers::new(twins),
        leerlingen: Vec::with_capacity(total + total / OVERSTAP_PER + 1),
        klassen: 0,
        nog: total,
    };
    for (place, school) in scholen.iter().enumerate() {
        maker.school(place, school, twins);
    }
    maker.naamgenoten(total);
    maker.overstappers(scholen, total);
    Bevolking { leerlingen: maker.leerlingen, gezinnen: maker.gezinnen.alle, klassen: maker.klassen }
}

struct Maker<'a> {
    namen: &'a Namen,
    dagen: &'a Dagen,
    toeval: Toeval,
    gezinnen: Gezinnen<'a>,
    nummers: Nummers,
    leerlingen: Vec<Leerling>,
    klassen: usize,
    /// Pupils still to be made.
    nog: usize,
}

impl Maker<'_> {
    fn school(&mut self, place: usize, school: &School, twins: usize) {
        let groepen = groepen(school);
        for (n, groep) in groepen.iter().enumerate() {
            let count = (school.leerlingen + n) / groepen.len();
            let klassen = count.div_ceil(KLAS);
            let first = self.leerlingen.len();
            let mut rank = 0;
            while rank < count {
                let letter = rank * klassen / count.max(1);
                self.leerling(place, school, groep, letter);
                rank += 1;
                if rank < count && self.toeval.onder(TWEELING_PER) == 0 || (first == 0 && rank == 1 && twins > 0) {
                    self.tweeling();
                    rank += 1;
                }
            }
            self.klassen += klassen;
        }
    }

    fn leerling(&mut self, place: usize, school: &School, groep: &Groep, letter: usize) {
        let geboren = self.geboortedatum(groep.2);
        let gemeente = GEMEENTEN.iter().position(|gemeente| gemeente.nummer == school.gemeente.nummer);
        let gezin = self.gezinnen.voor(gemeente.unwrap_or_default(), school.is_po(), geboren);
        let geslacht = if self.toeval.kans(490) { 2 } else { 1 };
        // BSNs are spread over all pupils until they run out.
        let bsn = self.toeval.onder(self.nog.max(1)) < self.nummers.bsns_over();
        self.nog = self.nog.saturating_sub(1);
        let letters = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n"];
        let mobile = geboren < plus_months(self.dagen.vandaag, -12 * 12) && self.toeval.kans(600);
        let nummer = EERSTE_NUMMER + self.leerlingen.len();
        let leerling = Leerling {
            school: place,
            nummer: nummer.to_string(),
            achternaam: self.gezinnen.alle.get(gezin).map(|gezin| gezin.achternaam).unwrap_or_default(),
            voornamen: self.namen.voornamen(geslacht, &mut self.toeval),
            geboren,
            geslacht: if self.toeval.kans(3) { 9 } else { geslacht },
            pgn: self.nummers.volgende(bsn),
            gezin,
            jaargroep: groep.0,
            klas: format!("{}{}", groep.1, letters.get(letter % letters.len()).copied().unwrap_or("a")),
            klas_plaats: self.klassen + letter,
            mentor: mentor(self.klassen + letter, self.namen),
            telefoon: if mobile { format!("06-555 {:05}", 99_999 - nummer % 100_000) } else { String::new() },
            inschrijving: self.inschrijving(school, groep, geboren),
            uitschrijving: None,
            bijzonder: false,
        };
        self.leerlingen.push(leerling);
    }

    /// A day in the year that fits the year group; some are a year older.
    fn geboortedatum(&mut self, leeftijd: i16) -> Date {
        let older = i16::from(self.toeval.kans(60));
        let october = Date::new(schooljaar(self.dagen.vandaag) - leeftijd - older, 10, 1).unwrap_or(self.dagen.vandaag);
        plus_days(october, -(self.toeval.onder(365) as i32))
    }

    /// In po the fourth birthday, in vo 1 August of the first year; always before today.
    fn inschrijving(&mut self, school: &School, groep: &Groep, geboren: Date) -> Date {
        let years = i16::try_from(groep.1).unwrap_or(1) - 1;
        let august = Date::new(schooljaar(self.dagen.vandaag) - years, 8, 1).unwrap_or(self.dagen.vandaag);
        match school.sector {
            Sector::Po | Sector::So => plus_months(geboren, 48).min(self.dagen.terug(20)),
            Sector::Sbo => plus_months(august, 24).min(self.dagen.terug(20)),
            _ => august.min(self.dagen.terug(20)),
        }
    }

    /// A twin of the last pupil: the same day, family, school and class, and a number two digits away.
    fn tweeling(&mut self) {
        let Some(mut second) = self.leerlingen.last().cloned() else { return };
        let geslacht = if self.toeval.kans(500) { 2 } else { 1 };
        while self.leerlingen.last().is_some_and(|first| first.voornamen.roepnaam == second.voornamen.roepnaam) {
            second.voornamen = self.namen.voornamen(geslacht, &mut self.toeval);
        }
        let (a, b) = self.nummers.paar();
        second.geslacht = geslacht;
        second.pgn = b;
        second.bijzonder = true;
        second.nummer = (EERSTE_NUMMER + self.leerlingen.len()).to_string();
        if let Some(first) = self.leerlingen.last_mut() {
            first.pgn = a;
            first.bijzonder = true;
        }
        self.nog = self.nog.saturating_sub(1);
        self.leerlingen.push(second);
    }

    /// Gives pupils of two schools the same name and birth date.
    fn naamgenoten(&mut self, total: usize) {
        let wanted = (total / NAAMGENOTEN_PER).max(3);
        let mut made = 0;
        for _ in 0..wanted * 200 {
            let (a, b) = (self.toeval.onder(total), self.toeval.onder(total));
            let Some(one) = self.leerlingen.get(a).cloned() else { continue };
            let Some(other) = self.leerlingen.get_mut(b) else { continue };
            let fits =
                one.school != other.school && one.jaargroep == other.jaargroep && !one.bijzonder && !other.bijzonder;
            if fits {
                other.achternaam = one.achternaam;
                other.voornamen = one.voornamen;
                other.geboren = one.geboren;
                other.geslacht = one.geslacht;
                other.bijzonder = true;
                other.inschrijving = other.inschrijving.max(one.inschrijving);
                if let Some(one) = self.leerlingen.get_mut(a) {
                    one.bijzonder = true;
                }
                made += 1;
            }
            if made == wanted {
                break;
            }
        }
    }

    /// Gives some pupils an earlier school of the same sector, left on the day before they came.
    fn overstappers(&mut self, scholen: &[School], total: usize) {
        let moved = self.dagen.week_terug(70);
        for place in (OVERSTAP_PER / 2..total).step_by(OVERSTAP_PER) {
            let here =
                self.leerlingen.get(place).filter(|leerling| !leerling.bijzonder && leerling.inschrijving < moved);
            let Some(now) = here.cloned() else { continue };
            let sector = scholen.get(now.school).map(|school| school.sector);
            let others =
                scholen.iter().enumerate().filter(|(n, school)| *n != now.school && Some(school.sector) == sector);
            let others: Vec<usize> = others.map(|(n, _)| n).collect();
            if others.is_empty() {
                continue;
            }
            let mut before = now.clone();
            before.school = self.toeval.kies(&others);
            before.nummer = (EERSTE_NUMMER + self.leerlingen.len()).to_string();
            before.uitschrijving = Some(plus_days(moved, -1));
            before.bijzonder = true;
            // The class of the old school no longer shares days off with this pupil.
            before.klas_plaats = usize::MAX;
            if let Some(now) = self.leerlingen.get_mut(place) {
                now.inschrijving = moved;
                now.bijzonder = true;
            }
            self.leerlingen.push(before);
        }
    }
}

/// The mentor of a class, always the same one.
fn mentor(klas: usize, namen: &Namen) -> String {
    let mut toeval = Toeval::new(klas as u64, 4);
    let title = if toeval.kans(600) { "mw." } else { "dhr." };
    format!("{title} {}", namen.achternaam(&mut toeval).heel())
}

/// The file of pupils.
pub(crate) fn bestand(bevolking: &Bevolking, scholen: &[School]) -> Vec<u8> {
    let mut csv = String::with_capacity(bevolking.leerlingen.len() * 420);
    csv.push_str(
        "leerlingnummer;brin;vestigingscode;achternaam;voorvoegsel;voornamen;roepnaam;geboortedatum;geslacht;bsn;\
         onderwijsnummer;postcode;huisnummer;gemeentecode;adres_geheim;jaargroep;klas;inschrijfdatum;uitschrijfdatum;\
         mentor;telefoon_leerling",
    );
    for n in 1..=4 {
        for veld in
            ["naam", "relatie", "gezag", "woont_bij_kind", "telefoon", "email", "taal", "tolk", "veilig_contact"]
        {
            let _ = write!(csv, ";verzorger{n}_{veld}");
        }
    }
    csv.push('\n');
    for leerling in &bevolking.leerlingen {
        let (Some(school), Some(gezin)) = (scholen.get(leerling.school), bevolking.gezinnen.get(leerling.gezin)) else {
            continue;
        };
        schrijf(&mut csv, leerling, school, gezin);
    }
    csv.into_bytes()
}

fn schrijf(csv: &mut String, leerling: &Leerling, school: &School, gezin: &Gezin) {
    let Leerling {
        nummer,
        achternaam,
        voornamen,
        geboren,
        geslacht,
        jaargroep,
        klas,
        inschrijving,
        mentor,
        telefoon,
        ..
    } = leerling;
    let (bsn, onderwijsnummer) = match &leerling.pgn {
        Pgn::Bsn(bsn) => (bsn.as_str(), ""),
        Pgn::Onderwijsnummer(nummer) => ("", nummer.as_str()),
    };
    let Gezin { postcode, huisnummer, gemeente, .. } = gezin;
    let uit = leerling.uitschrijving.map(|dag| dag.to_string()).unwrap_or_default();
    // Writing to a string cannot fail.
    let _ = write!(
        csv,
        "{nummer};{};{};{};{};{};{};{geboren};{geslacht};{bsn};{onderwijsnummer};{postcode};{huisnummer};{gemeente};{};\
         {jaargroep};{klas};{inschrijving};{uit};{mentor};{telefoon}",
        school.code.brin(),
        school.code,
        achternaam.naam,
        achternaam.voorvoegsel,
        voornamen.alle,
        voornamen.roepnaam,
        if gezin.geheim { "ja" } else { "nee" },
    );
    for place in 0..4 {
        match gezin.verzorgers.get(place) {
            Some(verzorger) => schrijf_verzorger(csv, verzorger),
            None => csv.push_str(";;;;;;;;;"),
        }
    }
    csv.push('\n');
}

fn schrijf_verzorger(csv: &mut String, verzorger: &Verzorger) {
    let Verzorger { naam, relatie, gezag, woont_bij_kind, telefoon, email, taal, tolk, veilig_contact } = verzorger;
    let _ = write!(
        csv,
        ";{naam};{};{};{};{telefoon};{email};{taal};{};{veilig_contact}",
        relatie.code(),
        gezag.code(),
        woont_bij_kind.code(),
        if *tolk { "ja" } else { "nee" },
    );
}
