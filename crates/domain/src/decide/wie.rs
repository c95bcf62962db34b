//! Who may state what: one table, from which the ground of a fact follows.

use crate::body::Soort;
use crate::fact::{Grondslag, Rol};

/// What somebody is to the child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Als {
    /// The school of enrolment, now or from a day ahead.
    School,
    /// A school that the child left in this or the previous school year.
    WasSchool,
    /// A school, about a child that is not enrolled there yet.
    ElkeSchool,
    /// The samenwerkingsverband of the school, once it was asked: before that it knows no name.
    Swv,
    /// The municipality of residence.
    Gemeente,
    /// A municipality, about a child of whom no address and no enrolment is known yet.
    NieuweInwoner,
    /// The municipality of residence, once the child is in view of leerplicht.
    GemeenteInBeeld,
    /// Youth health care for the child.
    Jgz,
    /// An organisation that delivers an offer or of which a person was named.
    Betrokken,
    /// The ouder- en jeugdsteunpunt of the region.
    Steunpunt,
    /// Whoever may cut the knot in the region.
    Doorzettingsmacht,
    /// A parent or guardian with gezag, while the child is under 18.
    Ouder,
    /// The child itself, from this age in years.
    Jongere(u8),
}

impl Als {
    /// In words for people.
    pub fn in_woorden(self) -> String {
        match self {
            Als::School => "de school van inschrijving".to_owned(),
            Als::WasSchool => "de vorige school".to_owned(),
            Als::ElkeSchool => "een school".to_owned(),
            Als::Swv => "het samenwerkingsverband, na een ondersteuningsvraag".to_owned(),
            Als::Gemeente => "de woongemeente".to_owned(),
            Als::NieuweInwoner => "een gemeente, over een nieuwe inwoner".to_owned(),
            Als::GemeenteInBeeld => "de woongemeente, na een melding, vrijstelling of absoluut verzuim".to_owned(),
            Als::Jgz => "de jeugdgezondheidszorg".to_owned(),
            Als::Betrokken => "een organisatie met een aanbod of verantwoordelijke voor deze leerling".to_owned(),
            Als::Steunpunt => "het Ouder- en jeugdsteunpunt".to_owned(),
            Als::Doorzettingsmacht => "wie de doorzettingsmacht heeft".to_owned(),
            Als::Ouder => "een ouder met gezag".to_owned(),
            Als::Jongere(leeftijd) => format!("de leerling zelf vanaf {leeftijd} jaar"),
        }
    }
}

/// One line of the table: who, in which of these roles, on which ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mag {
    /// What they are to the child.
    pub als: Als,
    /// In one of these roles; empty for parents and the child.
    pub rollen: &'static [Rol],
    /// The ground of what they state.
    pub grond: Grondslag,
}

use Als::{
    Betrokken, Doorzettingsmacht, ElkeSchool, Gemeente, GemeenteInBeeld, Jgz, Jongere, NieuweInwoner, Ouder, School,
    Steunpunt, Swv, WasSchool,
};

const TEAM: &[Rol] =
    &[Rol::Mentor, Rol::Verzuimcoordinator, Rol::Schoolleider, Rol::IbEr, Rol::Ondersteuningscoordinator];
const COORDINATIE: &[Rol] = &[Rol::Verzuimcoordinator, Rol::Schoolleider, Rol::IbEr, Rol::Ondersteuningscoordinator];
const MELDERS: &[Rol] = &[Rol::Verzuimcoordinator, Rol::Schoolleider, Rol::IbEr];
const LEIDING: &[Rol] = &[Rol::Schoolleider];
const CONSULENT: &[Rol] = &[Rol::Consulent];
const LPA: &[Rol] = &[Rol::Leerplichtambtenaar];
const LEERPLICHT: &[Rol] = &[Rol::Leerplichtambtenaar, Rol::AdministratieLeerplicht];
const JEUGDTEAM: &[Rol] = &[Rol::Jeugdarts, Rol::Jeugdverpleegkundige];
const ARTS: &[Rol] = &[Rol::Jeugdarts];
const HULP: &[Rol] = &[
    Rol::JgCoach,
    Rol::Psycholoog,
    Rol::Zorgpartner,
    Rol::RmcMedewerker,
    Rol::Jeugdbeschermer,
    Rol::Cjg,
    Rol::OzlConsulent,
    Rol::Participatie,
    Rol::Voorschool,
];

const fn mag(als: Als, rollen: &'static [Rol], grond: Grondslag) -> Mag {
    Mag { als, rollen, grond }
}

const fn thuis(als: Als) -> Mag {
    Mag { als, rollen: &[], grond: Grondslag::EigenInbreng }
}

macro_rules! lijst {
    ($($als:expr, $rollen:expr, $grond:ident;)* $(+ $thuis:expr;)*) => {
        const { &[$(mag($als, $rollen, Grondslag::$grond),)* $(thuis($thuis),)*] }
    };
}

/// Who may state a fact of this kind. Empty: nobody, only an import or a command of its own brings it in.
pub fn wie_mag(soort: Soort) -> &'static [Mag] {
    match soort {
        Soort::Persoonsgegevens | Soort::Adres | Soort::Gezag => {
            lijst![School, COORDINATIE, Schooladministratie; Gemeente, LEERPLICHT, Leerplichttaak; NieuweInwoner, LEERPLICHT, Leerplichttaak;]
        }
        Soort::Contactgegevens => {
            lijst![School, TEAM, Schooladministratie; Gemeente, LEERPLICHT, Leerplichttaak; + Ouder; + Jongere(12);]
        }
        Soort::Inschrijving => lijst![ElkeSchool, COORDINATIE, Schooladministratie;],
        Soort::Uitschrijving => {
            lijst![School, LEIDING, Schooladministratie; WasSchool, LEIDING, Schooladministratie;]
        }
        Soort::Schoolloopbaan | Soort::Rooster => lijst![School, COORDINATIE, Schooladministratie;],
        Soort::Afwezigheid => lijst![School, TEAM, Verzuimadministratie; + Ouder; + Jongere(18);],
        Soort::RijCorrectie => lijst![School, TEAM, Verzuimadministratie;],
        Soort::ZitThuis => lijst![School, TEAM, Ondersteuningstaak; + Ouder; + Jongere(12);],
        Soort::SignaalAfhandeling => lijst![School, TEAM, Verzuimadministratie; + Ouder; + Jongere(12);],
        Soort::Melding => lijst![School, MELDERS, Verzuimadministratie;],
        Soort::MeldingStatus => {
            lijst![Gemeente, LEERPLICHT, Leerplichttaak; School, MELDERS, Verzuimadministratie; WasSchool, MELDERS, Verzuimadministratie;]
        }
        Soort::MeldingEinde => {
            lijst![School, MELDERS, Verzuimadministratie; WasSchool, MELDERS, Verzuimadministratie;]
        }
        Soort::Onderzoek | Soort::Verhoor => lijst![GemeenteInBeeld, LPA, Leerplichttaak;],
        Soort::Ondersteuningsvraag => {
            lijst![School, COORDINATIE, Ondersteuningstaak; Steunpunt, &[Rol::Steunpunt], Ondersteuningstaak; + Ouder; + Jongere(16);]
        }
        Soort::Consult => {
            lijst![School, COORDINATIE, Ondersteuningstaak; Jgz, JEUGDTEAM, Jeugdgezondheidszorg; + Ouder; + Jongere(12);]
        }
        Soort::DeelnameAdvies => lijst![Jgz, ARTS, Toestemming;],
        Soort::Kennisgeving => lijst![Gemeente, LEERPLICHT, Vrijstellingen; + Ouder; + Jongere(18);],
        Soort::Verklaring => lijst![GemeenteInBeeld, LEERPLICHT, Vrijstellingen;],
        Soort::PerspectiefBehandelaar => lijst![Betrokken, &[Rol::Zorgpartner], Toestemming; + Ouder; + Jongere(16);],
        Soort::SwvAdvies => lijst![Swv, CONSULENT, Toestemming;],
        Soort::KennisgevingToets | Soort::VrijstellingBesluit => lijst![GemeenteInBeeld, LPA, Vrijstellingen;],
        Soort::Verlof => lijst![School, LEIDING, Verzuimadministratie; Gemeente, LPA, Leerplichttaak;],
        _ => ondersteuning(soort),
    }
}

/// The lines about support, talks and decisions.
fn ondersteuning(soort: Soort) -> &'static [Mag] {
    match soort {
        Soort::Aanbod | Soort::Plan | Soort::Realisatie => {
            lijst![School, COORDINATIE, Ondersteuningstaak; Swv, CONSULENT, Ondersteuningstaak; Betrokken, HULP, Jeugdhulp;]
        }
        Soort::AanbodReactie | Soort::InstemmingPlan => {
            lijst![School, COORDINATIE, Ondersteuningstaak; Swv, CONSULENT, Ondersteuningstaak; + Ouder; + Jongere(12);]
        }
        Soort::Contact | Soort::Gesprek => {
            lijst![School, TEAM, Ondersteuningstaak; Swv, CONSULENT, Ondersteuningstaak; GemeenteInBeeld, LEERPLICHT, Leerplichttaak; Jgz, JEUGDTEAM, Jeugdgezondheidszorg; Betrokken, HULP, Jeugdhulp;]
        }
        Soort::Verantwoordelijke | Soort::VolgendeStap | Soort::Afwijking => {
            lijst![School, TEAM, Ondersteuningstaak; Swv, CONSULENT, Ondersteuningstaak; GemeenteInBeeld, LPA, Leerplichttaak; Betrokken, HULP, Jeugdhulp;]
        }
        Soort::Geinformeerd => {
            lijst![School, TEAM, Ondersteuningstaak; Swv, CONSULENT, Ondersteuningstaak; GemeenteInBeeld, LEERPLICHT, Leerplichttaak; Jgz, JEUGDTEAM, Jeugdgezondheidszorg;]
        }
        Soort::Toestemming => {
            lijst![School, COORDINATIE, Toestemming; GemeenteInBeeld, LPA, Toestemming; Jgz, JEUGDTEAM, Toestemming; + Ouder; + Jongere(12);]
        }
        Soort::Besluit => {
            lijst![Doorzettingsmacht, &[Rol::Doorzettingsmacht], Ondersteuningstaak; GemeenteInBeeld, LPA, Leerplichttaak; School, LEIDING, Ondersteuningstaak; Swv, CONSULENT, Ondersteuningstaak;]
        }
        Soort::Bevestiging => lijst![GemeenteInBeeld, LPA, Leerplichttaak; School, LEIDING, Verzuimadministratie;],
        Soort::Sluiting => {
            lijst![School, COORDINATIE, Ondersteuningstaak; Swv, CONSULENT, Ondersteuningstaak; GemeenteInBeeld, LPA, Leerplichttaak;]
        }
        Soort::ZelfdeKind => lijst![School, COORDINATIE, Schooladministratie; Gemeente, LEERPLICHT, Leerplichttaak;],
        _ => &[],
    }
}
