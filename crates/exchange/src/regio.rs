//! `region.toml`: the parties of one region, how they belong together, and who works there.
//!
//! The file is Dutch and made to be signed; `voorbeelden/regio.toml` is a documented sample. Reading it gives a
//! [`Regio`]; [`Regio::feiten`] gives the facts that `init` or a new version of the file states. Ids follow from the
//! codes in the file, so that reading it again is about the same parties.

mod lezen;
mod samenhang;
pub(crate) mod tabel;

pub use tabel::RegioFout;

use domain::Date;
use domain::body::{
    Body, DocumentSoort, Indeling, Medewerker, Organisatie, Regiodocument, RolToekenning, SchoolDagen, SchoolUren,
    Sector, Vakanties,
};
use domain::calendar::Vakantieregio;
use domain::fact::{Actor, Bron, Grondslag, NewFact, Source};
use domain::ids::{DocumentId, MedewerkerId, OrganisatieId, Subject};
use domain::nummers::{Brin, Bsn, Gemeentecode, Vestigingscode};
use domain::period::{Period, next_day};
use domain::tekst::Tekst;
use sha2::{Digest, Sha256};

/// The largest file that is read, in bytes. It bounds every list in it.
pub const MAX_BYTES: usize = 1 << 20;

/// Year groups as EDEXML writes them: pre-school, 0-8 in po, 11-16 in vo, so and sbo, vso.
pub(crate) const JAARGROEPEN: [&str; 18] =
    ["P", "0", "1", "2", "3", "4", "5", "6", "7", "8", "11", "12", "13", "14", "15", "16", "S", "V"];

/// Whether a region holds real children or a synthetic population.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegioSoort {
    /// Real children: refuses the numbers that exist for testing.
    Echt,
    /// Synthetic children: refuses every number that a real school or child could have.
    Proef,
}

impl RegioSoort {
    /// All kinds, by their words in the file.
    pub const ALL: [(&'static str, RegioSoort); 2] = [("echt", Self::Echt), ("proef", Self::Proef)];

    /// Whether a school with this BRIN may be in a region of this kind.
    ///
    /// # Errors
    /// Why not, in Dutch, with what is allowed.
    pub fn past_bij_brin(self, brin: Brin) -> Result<(), &'static str> {
        match (self, brin.is_proef()) {
            (Self::Echt, true) => {
                Err("Dit is een proefnummer (90AA tot en met 99ZZ). Een echte regio bevat alleen echte scholen.")
            }
            (Self::Proef, false) => Err(
                "Dit BRIN kan van een echte school zijn. Gebruik in een proefregio een BRIN van 90AA tot en met 99ZZ.",
            ),
            _ => Ok(()),
        }
    }

    /// Whether a child with this BSN may be in a region of this kind.
    ///
    /// # Errors
    /// Why not, in Dutch, with what is allowed.
    pub fn past_bij_bsn(self, bsn: Bsn) -> Result<(), &'static str> {
        match (self, bsn.is_proef()) {
            (Self::Echt, true) => {
                Err("Dit is een proefnummer (begint met 9999). Een echte regio bevat alleen echte leerlingen.")
            }
            (Self::Proef, false) => {
                Err("Dit BSN kan van een mens zijn. Gebruik in een proefregio een BSN dat begint met 9999.")
            }
            _ => Ok(()),
        }
    }
}

/// What the file states about somebody or something, for a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vermelding<O, T> {
    /// About whom or what.
    pub over: O,
    /// The days it is so.
    pub geldig: Period,
    /// What is so.
    pub inhoud: T,
}

/// A region as its file describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regio {
    /// Short name in all ids; never changes.
    pub code: String,
    /// Name on screens and paper.
    pub naam: String,
    /// Real or synthetic.
    pub soort: RegioSoort,
    /// Holiday region of all schools that name none of their own.
    pub vakantieregio: Vakantieregio,
    /// Version of the file, as the region names it ("2026-1").
    pub versie: String,
    /// First day on which this version of the file holds.
    pub geldig_vanaf: Date,
    /// First day of all that names no first day of its own.
    pub sinds: Date,
    /// The parties, the region itself first. Schools come from the import of schools.
    pub organisaties: Vec<Vermelding<OrganisatieId, Organisatie>>,
    /// Which party belongs to which, per partition.
    pub indelingen: Vec<Vermelding<OrganisatieId, Indeling>>,
    /// Municipalities that merged into another one, with the days they still existed.
    pub opvolgers: Vec<Vermelding<OrganisatieId, OrganisatieId>>,
    /// Schools in another holiday region than the region's own.
    pub schoolvakanties: Vec<Vermelding<OrganisatieId, Vakanties>>,
    /// Days on which one school deviates from its holiday region.
    pub schooldagen: Vec<Vermelding<OrganisatieId, SchoolDagen>>,
    /// Hours that one school declares.
    pub schooluren: Vec<Vermelding<OrganisatieId, SchoolUren>>,
    /// Hours that the boards of a sector declared together, for schools that declare none of their own.
    pub sectoruren: Vec<Vermelding<Sector, SchoolUren>>,
    /// Who is who.
    pub medewerkers: Vec<Vermelding<MedewerkerId, Medewerker>>,
    /// Their roles.
    pub rollen: Vec<Vermelding<MedewerkerId, RolToekenning>>,
    /// The whole text of the file, with the people in it.
    pub tekst: Tekst,
}

impl Regio {
    /// Reads and checks the file.
    ///
    /// # Errors
    /// All that is wrong, in order of line; at most one error per table.
    pub fn lees(tekst: &str) -> Result<Self, Vec<RegioFout>> {
        lezen::lees(tekst)
    }

    /// The region itself as an organisation: the keeper of the register.
    pub fn id(&self) -> OrganisatieId {
        organisatie_id(&self.code, REGIO)
    }

    /// The document of which this file is a version.
    pub fn document(&self) -> DocumentId {
        DocumentId::new(nummer(&self.code, "document", REGIO))
    }

    /// The municipality with that code on a day; a code from before a merger counts for what it merged into.
    pub fn gemeente(&self, code: Gemeentecode, dag: Date) -> Option<OrganisatieId> {
        let with_code = |code: Gemeentecode| {
            let is_it = |gemeente: &&Vermelding<_, Organisatie>| {
                gemeente.inhoud.soort == domain::body::OrganisatieSoort::Gemeente
                    && gemeente.inhoud.gemeente == Some(code)
            };
            self.organisaties.iter().find(is_it)
        };
        let mut id = with_code(code.op(dag)).or_else(|| with_code(code))?.over;
        // A chain of mergers is never longer than the list of them.
        for _ in &self.opvolgers {
            let ended =
                |fusie: &&Vermelding<_, _>| fusie.over == id && fusie.geldig.last().is_some_and(|last| last < dag);
            match self.opvolgers.iter().find(ended) {
                Some(fusie) => id = fusie.inhoud,
                None => break,
            }
        }
        Some(id)
    }

    /// What the file states, as facts: the version of the file itself, then the parties before what is said of them.
    pub fn feiten(&self) -> Vec<NewFact> {
        let document =
            Regiodocument { soort: DocumentSoort::Regio, versie: self.versie.clone(), tekst: self.tekst.clone() };
        let vakanties = Vakanties { regio: self.vakantieregio };
        let mut feiten = vec![self.feit(self.document().into(), Period::since(self.geldig_vanaf), document.into())];
        self.voeg_toe(&mut feiten, &self.organisaties);
        feiten.push(self.feit(self.id().into(), Period::since(self.sinds), vakanties.into()));
        self.voeg_toe(&mut feiten, &self.indelingen);
        self.voeg_toe(&mut feiten, &self.schoolvakanties);
        self.voeg_toe(&mut feiten, &self.schooldagen);
        self.voeg_toe(&mut feiten, &self.schooluren);
        self.voeg_toe(&mut feiten, &self.medewerkers);
        self.voeg_toe(&mut feiten, &self.rollen);
        feiten
    }

    /// The hours of its sector for a school that declares none in the file; to be stated when the school is imported.
    pub fn sectoruren_voor(&self, school: OrganisatieId, sector: Sector) -> Vec<NewFact> {
        if self.schooluren.iter().any(|eigen| eigen.over == school) {
            return Vec::new();
        }
        let van_sector = self.sectoruren.iter().filter(|uren| uren.over == sector);
        van_sector.map(|uren| self.feit(school.into(), uren.geldig, uren.inhoud.clone().into())).collect()
    }

    fn voeg_toe<O, T>(&self, feiten: &mut Vec<NewFact>, vermeldingen: &[Vermelding<O, T>])
    where
        O: Copy + Into<Subject>,
        T: Clone + Into<Body>,
    {
        feiten.extend(vermeldingen.iter().map(|dit| self.feit(dit.over.into(), dit.geldig, dit.inhoud.clone().into())));
    }

    fn feit(&self, about: Subject, valid: Period, body: Body) -> NewFact {
        NewFact {
            about,
            valid,
            by: Actor::Systeem { organisatie: self.id() },
            ground: Grondslag::Regiobeheer,
            source: Source::of(Bron::Overig, self.id()),
            replaces: None,
            body,
        }
    }
}

/// The code under which the region itself is an organisation; no party may take it.
const REGIO: &str = "regio";

/// The id of the organisation with that code in a region; for a school, the code is its vestigingscode.
pub fn organisatie_id(regio: &str, code: &str) -> OrganisatieId {
    OrganisatieId::new(nummer(regio, "organisatie", code))
}

/// The id of a school site in a region.
pub fn school_id(regio: &str, vestiging: Vestigingscode) -> OrganisatieId {
    organisatie_id(regio, &vestiging.to_string())
}

/// The id of the professional with that code in a region.
pub fn medewerker_id(regio: &str, code: &str) -> MedewerkerId {
    MedewerkerId::new(nummer(regio, "medewerker", code))
}

/// The first bits of the digest of three names, none of which can hold the separator.
fn nummer(regio: &str, soort: &str, code: &str) -> u64 {
    let digest = Sha256::digest(format!("{regio}\0{soort}\0{code}"));
    digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// The last day of a period in words, for errors.
fn tot_en_met(period: &Period) -> String {
    period.last().map_or_else(|| "heden".to_owned(), domain::calendar::datum)
}

/// The first day after a period; `None` when it has no end.
fn dag_erna(period: &Period) -> Option<Date> {
    period.last().map(next_day)
}

#[cfg(test)]
mod tests;
