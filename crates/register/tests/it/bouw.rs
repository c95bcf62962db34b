//! A log of a made-up region, told line by line.

use domain::body::{
    Body, DocumentSoort, Inschrijving, Intrekking, LeveringSoort, Organisatie, OrganisatieSoort, Persoonsgegevens,
    Regiodocument, SchoolUren, Sector, Vakanties, VerzuimLevering, ZelfdeKind,
};
use domain::calendar::{Vakantieregio, begin_van_dag};
use domain::fact::{Actor, Bron, FactId, Grondslag, NewFact, Source};
use domain::ids::{DocumentId, LeerlingId, OrganisatieId, Subject};
use domain::nummers::{Bsn, Onderwijsnummer};
use domain::period::{Period, day_number};
use domain::verzuim::{Duur, Rij, VerzuimSoort};
use domain::{Date, Timestamp};
use register::{Levering, Register, Seq, Wijzigingen};
use std::sync::LazyLock;
use testkit::{DAG, SCHOOL, SCHOOL_TWEE, dag};

/// The region itself.
pub const REGIO: OrganisatieId = OrganisatieId::new(90);
/// First day of everything about the region.
pub const SINDS: Date = Date::constant(2014, 8, 1);
pub const SAM: LeerlingId = LeerlingId::new(11);
pub const NOOR: LeerlingId = LeerlingId::new(12);
pub const DEAN: LeerlingId = LeerlingId::new(13);

/// A register and the log behind it. Everything is known on the day that was set last, each entry a second later.
#[derive(Clone)]
pub struct Log {
    pub register: Register,
    pub head: Seq,
    vandaag: Date,
}

/// A region in Noord with two schools of five hours a day, under the default protocol.
pub fn log() -> Log {
    static REGIO: LazyLock<Log> = LazyLock::new(regio);
    REGIO.clone()
}

fn regio() -> Log {
    let mut log = leeg();
    log.organisatie(REGIO, OrganisatieSoort::Regio, None);
    log.toestand(REGIO, SINDS, Vakanties { regio: Vakantieregio::Noord });
    for (school, sector) in [(SCHOOL, Sector::Vo), (SCHOOL_TWEE, Sector::Vso)] {
        log.organisatie(school, OrganisatieSoort::School, Some(sector));
        let kwartieren = [DAG, DAG, DAG, DAG, DAG, 0, 0];
        log.toestand(school, SINDS, SchoolUren { jaargroep: String::new(), kwartieren });
    }
    log.protocol(SINDS, "1", signals::protocol::STANDAARD);
    log.register.settle();
    log
}

/// A register of which nothing was said.
pub fn leeg() -> Log {
    Log { register: Register::new(), head: 0, vandaag: SINDS }
}

impl Log {
    pub fn op(&mut self, vandaag: Date) -> &mut Self {
        self.vandaag = vandaag;
        self
    }

    fn known(&self) -> Timestamp {
        let second = begin_van_dag(self.vandaag).as_second() + i64::try_from(self.head).unwrap();
        Timestamp::from_second(second).unwrap()
    }

    /// Applies what was decided; tells under which name.
    pub fn feit(&mut self, fact: NewFact) -> FactId {
        self.head += 1;
        let id = FactId(u128::from(self.head));
        let fact = fact.recorded(id, self.known());
        self.register.apply(self.head, fact);
        id
    }

    pub fn stelt(&mut self, about: impl Into<Subject>, valid: Period, body: impl Into<Body>) -> FactId {
        self.feit(stelling(about, valid, REGIO, body))
    }

    pub fn toestand(&mut self, about: impl Into<Subject>, vanaf: Date, body: impl Into<Body>) -> FactId {
        self.stelt(about, Period::since(vanaf), body)
    }

    pub fn organisatie(&mut self, id: OrganisatieId, soort: OrganisatieSoort, sector: Option<Sector>) {
        self.toestand(id, SINDS, organisatie(&format!("organisatie {}", id.0.get()), soort, sector));
    }

    pub fn protocol(&mut self, vanaf: Date, versie: &str, tekst: &str) -> FactId {
        let soort = DocumentSoort::Protocol;
        let document = Regiodocument { soort, versie: versie.to_owned(), tekst: tekst.into() };
        self.toestand(DocumentId::new(1), vanaf, document)
    }

    /// A school states who a child is and that it is its pupil since a day.
    pub fn leerling(&mut self, id: LeerlingId, school: OrganisatieId, vanaf: Date, wie: &Wie) {
        self.feit(stelling(id, Period::since(wie.geboren), school, wie.persoon()));
        self.feit(stelling(id, Period::since(vanaf), school, wie.inschrijving(school)));
    }

    pub fn trekt_in(&mut self, about: impl Into<Subject>, fact: FactId) -> FactId {
        let body = Intrekking { reden: "vergissing".into() };
        let vandaag = self.vandaag;
        self.feit(NewFact { replaces: Some(fact), ..stelling(about, Period::day(vandaag), REGIO, body) })
    }

    pub fn zelfde(&mut self, een: LeerlingId, ander: LeerlingId) -> FactId {
        let vandaag = self.vandaag;
        self.toestand(een, vandaag, ZelfdeKind { ander, reden: "zelfde moeder aan de telefoon".into() })
    }

    /// A school delivers: what changes comes back through the log, as it does from disk.
    pub fn levert(&mut self, levering: &Levering) -> Wijzigingen {
        let changes = self.register.wijzigingen(levering);
        let body = VerzuimLevering {
            levering: levering.soort,
            nummer: 0,
            rijen: 0,
            afgewezen: 0,
            gewijzigde_leerlingen: 0,
            inhoud: [0; 32],
            bestand: [0; 32],
        };
        self.feit(stelling(levering.school, levering.periode, levering.school, body));
        for (leerling, change) in &changes.leerlingen {
            self.register.apply_wijziging(levering.school, *leerling, change);
        }
        changes
    }

    /// The rows that stand for a child at a school.
    pub fn rijen(&self, leerling: LeerlingId, school: OrganisatieId) -> Vec<u32> {
        let Some(timeline) = self.register.timeline(leerling) else { return Vec::new() };
        let found = timeline.rijen.per_school.iter().find(|verzuim| verzuim.school == school);
        found.map(|verzuim| verzuim.rijen.to_vec()).unwrap_or_default()
    }
}

/// What an organisation states: a school as a school, anybody else as the region.
pub fn stelling(
    about: impl Into<Subject>,
    valid: Period,
    organisatie: OrganisatieId,
    body: impl Into<Body>,
) -> NewFact {
    let bron = if organisatie == REGIO { Bron::Overig } else { Bron::School };
    NewFact {
        about: about.into(),
        valid,
        by: Actor::Systeem { organisatie },
        ground: Grondslag::Schooladministratie,
        source: Source::of(bron, organisatie),
        replaces: None,
        body: body.into(),
    }
}

pub fn organisatie(naam: &str, soort: OrganisatieSoort, sector: Option<Sector>) -> Organisatie {
    Organisatie {
        naam: naam.to_owned(),
        soort,
        sector,
        vestiging: None,
        gemeente: None,
        swv: None,
        postcode: None,
        plaats: "Alkmaar".to_owned(),
    }
}

/// Who a child is, as a school writes it down.
#[derive(Debug, Clone)]
pub struct Wie {
    pub nummer: &'static str,
    pub achternaam: &'static str,
    pub geboren: Date,
    pub bsn: Option<&'static str>,
    pub onderwijsnummer: Option<&'static str>,
    pub klas: &'static str,
}

pub fn wie(nummer: &'static str, achternaam: &'static str) -> Wie {
    Wie { nummer, achternaam, geboren: dag(2012, 3, 4), bsn: None, onderwijsnummer: None, klas: "2b" }
}

impl Wie {
    pub fn bsn(self, bsn: &'static str) -> Self {
        Wie { bsn: Some(bsn), ..self }
    }

    pub fn onderwijsnummer(self, nummer: &'static str) -> Self {
        Wie { onderwijsnummer: Some(nummer), ..self }
    }

    pub fn geboren(self, geboren: Date) -> Self {
        Wie { geboren, ..self }
    }

    pub fn klas(self, klas: &'static str) -> Self {
        Wie { klas, ..self }
    }

    pub fn persoon(&self) -> Persoonsgegevens {
        Persoonsgegevens {
            achternaam: self.achternaam.into(),
            voorvoegsel: "".into(),
            voornamen: "".into(),
            roepnaam: "".into(),
            geboortedatum: Some(self.geboren),
            geslacht: domain::body::Geslacht::Onbekend,
            bsn: self.bsn.map(|bsn| Bsn::parse(bsn).unwrap()),
            onderwijsnummer: self.onderwijsnummer.map(|nummer| Onderwijsnummer::parse(nummer).unwrap()),
        }
    }

    pub fn inschrijving(&self, school: OrganisatieId) -> Inschrijving {
        Inschrijving {
            school,
            leerlingnummer: self.nummer.into(),
            jaargroep: "12".into(),
            klas: self.klas.into(),
            mentor: "VIS".into(),
        }
    }
}

/// All absence of a school over a period.
pub fn volledig(school: OrganisatieId, periode: Period) -> Levering {
    Levering { school, soort: LeveringSoort::Volledig, periode, leerlingen: Vec::new() }
}

/// Loose rows of a school.
pub fn los(school: OrganisatieId, periode: Period) -> Levering {
    Levering { soort: LeveringSoort::Aanvulling, ..volledig(school, periode) }
}

/// A delivery with a pupil in it: its rows, and the days of which a row was refused.
pub fn met(mut levering: Levering, leerling: LeerlingId, rijen: &[u32], geweigerd: &[Date]) -> Levering {
    let mut rijen = rijen.to_vec();
    rijen.sort_unstable();
    levering.leerlingen.push((leerling, rijen, geweigerd.iter().map(|dag| number(*dag)).collect()));
    levering
}

pub fn number(dag: Date) -> u16 {
    u16::try_from(day_number(dag)).unwrap()
}

/// A whole day.
pub fn dagrij(dag: Date, soort: VerzuimSoort) -> u32 {
    Rij { dag: number(dag), lesuur: 0, duur: Duur::Dag, soort }.pack()
}

/// Some quarters of a lesson.
pub fn urenrij(dag: Date, lesuur: u8, kwartieren: u8, soort: VerzuimSoort) -> u32 {
    Rij { dag: number(dag), lesuur, duur: Duur::Kwartieren(kwartieren), soort }.pack()
}

pub fn ziek(dag: Date) -> u32 {
    dagrij(dag, VerzuimSoort::Ziek)
}
