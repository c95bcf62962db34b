//! The region: its organisations, partitions, professionals, documents and keys.

use crate::body::Weekuren;
use crate::calendar::Vakantieregio;
use crate::fact::{Rol, codes};
use crate::ids::OrganisatieId;
use crate::nummers::{Gemeentecode, Postcode, SwvNummer, Vestigingscode};
use crate::tekst::Tekst;

codes! {
    /// Kind of organisation.
    OrganisatieSoort {
        /// School site.
        School = "school" "school",
        /// Board of schools.
        Bestuur = "bestuur" "schoolbestuur",
        /// Samenwerkingsverband.
        Samenwerkingsverband = "swv" "samenwerkingsverband",
        /// Municipality.
        Gemeente = "gemeente" "gemeente",
        /// Youth health care.
        Jgz = "jgz" "jeugdgezondheidszorg",
        /// Doorstroompunt (RMC) region.
        Doorstroompunt = "doorstroompunt" "Doorstroompunt (RMC)",
        /// Care or residential institution, expertise provider.
        Zorg = "zorg" "zorgpartner",
        /// Ouder- en jeugdsteunpunt.
        Steunpunt = "steunpunt" "Ouder- en jeugdsteunpunt",
        /// The region itself: keeper of the register.
        Regio = "regio" "regio",
    }
}

codes! {
    /// Sector of a school.
    Sector {
        /// Primary.
        Po = "po" "primair onderwijs",
        /// Special primary.
        Sbo = "sbo" "speciaal basisonderwijs",
        /// Special.
        So = "so" "speciaal onderwijs",
        /// Secondary.
        Vo = "vo" "voortgezet onderwijs",
        /// Practical.
        Pro = "pro" "praktijkonderwijs",
        /// Secondary special.
        Vso = "vso" "voortgezet speciaal onderwijs",
        /// Vocational.
        Mbo = "mbo" "middelbaar beroepsonderwijs",
    }
}

/// A party of the pact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisatie {
    /// Name.
    pub naam: String,
    /// Kind.
    pub soort: OrganisatieSoort,
    /// Sector, for schools.
    pub sector: Option<Sector>,
    /// BRIN with site number, for schools.
    pub vestiging: Option<Vestigingscode>,
    /// Municipality: its own code, or the one in which a school stands.
    pub gemeente: Option<Gemeentecode>,
    /// Number of a samenwerkingsverband.
    pub swv: Option<SwvNummer>,
    /// Postcode, for schools.
    pub postcode: Option<Postcode>,
    /// Town.
    pub plaats: String,
}

codes! {
    /// The region's partitions; they do not coincide.
    IndelingSoort {
        /// Samenwerkingsverband po.
        SwvPo = "swv_po" "samenwerkingsverband po",
        /// Samenwerkingsverband vo.
        SwvVo = "swv_vo" "samenwerkingsverband vo",
        /// Doorstroompunt (RMC) region.
        Doorstroompunt = "doorstroompunt" "Doorstroompunt (RMC)",
        /// Youth health care.
        Jgz = "jgz" "jeugdgezondheidszorg",
        /// School board.
        Bestuur = "bestuur" "schoolbestuur",
        /// Partner of the pact.
        Pact = "pact" "partner van het pact",
    }
}

/// The organisation belongs to another one in a partition, for the fact's period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indeling {
    /// Which partition.
    pub soort: IndelingSoort,
    /// To which organisation.
    pub bij: OrganisatieId,
}

/// Hours that a school declares for one year group (empty: all) per weekday, in quarters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolUren {
    /// Year group, as in `Inschrijving`; empty for all.
    pub jaargroep: String,
    /// Quarters, Monday to Sunday.
    pub kwartieren: Weekuren,
}

codes! {
    /// How one school deviates from the holidays of its region.
    Afwijkendedag {
        /// Study day: no lessons.
        Studiedag = "studiedag" "studiedag",
        /// Another day without lessons.
        VrijeDag = "vrije_dag" "vrije dag",
        /// The school's own autumn holiday, in place of the advice week.
        EigenHerfstvakantie = "eigen_herfstvakantie" "eigen herfstvakantie",
        /// The school's own spring holiday, in place of the advice week.
        EigenVoorjaarsvakantie = "eigen_voorjaarsvakantie" "eigen voorjaarsvakantie",
        /// The school's own days of May holiday, on top of the week that is fixed for all.
        EigenMeivakantie = "eigen_meivakantie" "eigen meivakantie",
        /// Lessons on a day that the region has off.
        Les = "les" "wel les",
    }
}

/// One school's deviation on the days of the fact's period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolDagen {
    /// Which kind of day.
    pub dag: Afwijkendedag,
}

/// The holiday region of a school, or of all schools when stated about the region itself, for the fact's period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vakanties {
    /// Noord, Midden or Zuid.
    pub regio: Vakantieregio,
}

/// A professional and how to reach them (*Wie is wie*).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Medewerker {
    /// Name with address form ("mw. Visser").
    pub naam: Tekst,
    /// Function in words.
    pub functie: String,
    /// Telephone.
    pub telefoon: Tekst,
    /// E-mail.
    pub email: Tekst,
    /// Working days, Monday to Sunday.
    pub werkdagen: [bool; 7],
}

/// A professional has a role for an organisation, for the fact's period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RolToekenning {
    /// Role.
    pub rol: Rol,
    /// Organisation.
    pub organisatie: OrganisatieId,
}

codes! {
    /// The region's four documents, and one that a school keeps itself.
    DocumentSoort {
        /// Organisations, partitions, holiday region.
        Regio = "regio" "regio",
        /// Signals, terms, ladders, definitions.
        Protocol = "protocol" "verzuimprotocol",
        /// Who may see what.
        Convenant = "convenant" "convenant gegevensdeling",
        /// Themes, projects, goals.
        Pact = "pact" "pact",
        /// How one school's package lays out its files of absence.
        Indeling = "indeling" "indeling van bestanden",
    }
}

/// A version of a document of the region was adopted for the fact's period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regiodocument {
    /// Which document.
    pub soort: DocumentSoort,
    /// Version, as the region names it ("2026-1").
    pub versie: String,
    /// Its whole text; a region's document names people.
    pub tekst: Tekst,
}

/// A key was destroyed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vernietigd {
    /// Which key, as the log names it.
    pub sleutel: u128,
    /// On which ground ("bewaartermijn verzuimgegevens").
    pub reden: String,
}
