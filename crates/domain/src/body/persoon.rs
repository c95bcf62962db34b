//! People: who they are, where they live, how to reach them, who has authority.

use jiff::civil::Date;

use crate::fact::codes;
use crate::ids::PersoonId;
use crate::nummers::{Bsn, Gemeentecode, Onderwijsnummer, Postcode};
use crate::tekst::Tekst;

codes! {
    /// Sex as EDEXML and NEN-ISO 5218 write it.
    Geslacht {
        /// Not known.
        Onbekend = "0" "onbekend",
        /// Male.
        Man = "1" "man",
        /// Female.
        Vrouw = "2" "vrouw",
        /// Not specified.
        NietGespecificeerd = "9" "niet opgegeven",
    }
}

codes! {
    /// Yes, no, or not known; never guessed.
    JaNee {
        /// Yes.
        Ja = "ja" "ja",
        /// No.
        Nee = "nee" "nee",
        /// Not known.
        Onbekend = "onbekend" "onbekend",
    }
}

/// Name, birth date and number of a child or another person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Persoonsgegevens {
    /// Surname without prefix.
    pub achternaam: Tekst,
    /// Prefix of the surname ("de", "van der").
    pub voorvoegsel: Tekst,
    /// First names in full.
    pub voornamen: Tekst,
    /// The name one is called by.
    pub roepnaam: Tekst,
    /// Birth date; required for a child.
    pub geboortedatum: Option<Date>,
    /// Sex.
    pub geslacht: Geslacht,
    /// Citizen service number, if there is one.
    pub bsn: Option<Bsn>,
    /// Education number, as long as there is no citizen service number.
    pub onderwijsnummer: Option<Onderwijsnummer>,
}

/// Where somebody lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adres {
    /// Postcode, if known.
    pub postcode: Option<Postcode>,
    /// House number with addition.
    pub huisnummer: Tekst,
    /// Municipality of residence; decides which leerplichtambtenaar is competent.
    pub gemeente: Option<Gemeentecode>,
    /// Secret address: shown to the administration of leerplicht and the enrolling school only.
    pub geheim: bool,
}

/// How to reach somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contactgegevens {
    /// Telephone number.
    pub telefoon: Tekst,
    /// E-mail address.
    pub email: Tekst,
    /// Language in which to talk; empty for Dutch.
    pub taal: Tekst,
    /// Whether an interpreter is needed.
    pub tolk: JaNee,
    /// How contact is safe ("niet bellen als vader thuis is").
    pub veilig_contact: Tekst,
}

codes! {
    /// What a person is to the child.
    Relatie {
        /// Mother.
        Moeder = "moeder" "moeder",
        /// Father.
        Vader = "vader" "vader",
        /// Other parent.
        Ouder = "ouder" "ouder",
        /// Guardian (natural person).
        Voogd = "voogd" "voogd",
        /// Guardianship by a certified institution.
        VoogdGi = "voogd_gi" "voogd (gecertificeerde instelling)",
        /// Family supervisor beside the parents (OTS).
        Gezinsvoogd = "gezinsvoogd" "gezinsvoogd",
        /// Foster parent.
        Pleegouder = "pleegouder" "pleegouder",
        /// Step-parent or partner.
        Stiefouder = "stiefouder" "stiefouder",
        /// Another carer.
        Verzorger = "verzorger" "verzorger",
    }
}

/// A person stands in this relation to the child; says nothing about anybody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gezag {
    /// Who.
    pub persoon: PersoonId,
    /// What they are to the child.
    pub relatie: Relatie,
    /// Whether they have parental authority (BW 1:245). Unknown: no portal, no letter except to the enrolling parent.
    pub gezag: JaNee,
    /// Whether the child lives with them.
    pub woont_bij_kind: JaNee,
}
