//! Contact, talks, who is responsible, who owes the next step; being told, agreeing, consenting.

use jiff::civil::Date;

use crate::fact::{FactId, codes};
use crate::ids::{MedewerkerId, OrganisatieId, PersoonId};
use crate::tekst::Tekst;

codes! {
    /// With whom.
    Met {
        /// Parents or carers.
        Ouders = "ouders" "ouders",
        /// The child.
        Leerling = "leerling" "leerling",
        /// Both.
        OudersEnLeerling = "ouders_en_leerling" "ouders en leerling",
        /// A colleague or other organisation.
        Partner = "partner" "andere organisatie",
    }
}

codes! {
    /// How.
    Wijze {
        /// Telephone.
        Telefoon = "telefoon" "telefoon",
        /// At school.
        Gesprek = "gesprek" "gesprek",
        /// Home visit.
        Huisbezoek = "huisbezoek" "huisbezoek",
        /// Message or letter.
        Bericht = "bericht" "bericht",
    }
}

/// An attempt (`bereikt` false: "geen gehoor") or a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// With whom.
    pub met: Met,
    /// How.
    pub wijze: Wijze,
    /// Whether somebody was reached; an attempt is not a contact.
    pub bereikt: bool,
    /// Note.
    pub notitie: Tekst,
}

codes! {
    /// Kind of talk.
    GesprekSoort {
        /// Talk about worrying absence (MAZL).
        Verzuimgesprek = "verzuimgesprek" "verzuimgesprek",
        /// Support team with kernpartners.
        Ondersteuningsteam = "ondersteuningsteam" "ondersteuningsteam",
        /// Multidisciplinary talk, child and parents present.
        Mdo = "mdo" "multidisciplinair overleg",
        /// Casustafel.
        Casustafel = "casustafel" "casustafel",
        /// Yearly talk on an exemption: what could this child learn now?
        Leeraanbod = "leeraanbod" "gesprek over leeraanbod",
        /// Another talk.
        Anders = "anders" "gesprek",
    }
}

/// A talk that was held; the fact's day is the day of the talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gesprek {
    /// Kind.
    pub soort: GesprekSoort,
    /// Whether parents were there.
    pub ouders: bool,
    /// Whether the child was there.
    pub leerling: bool,
    /// What was agreed.
    pub afspraken: Tekst,
}

codes! {
    /// In which capacity somebody is responsible.
    Taak {
        /// Owner of the case at the organisation.
        Eigenaar = "eigenaar" "verantwoordelijke",
        /// Casusregisseur: one for the child.
        Casusregisseur = "casusregisseur" "casusregisseur",
    }
}

/// Somebody is responsible for the child at an organisation, for the fact's period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verantwoordelijke {
    /// At which organisation.
    pub organisatie: OrganisatieId,
    /// Who.
    pub medewerker: MedewerkerId,
    /// In which capacity.
    pub taak: Taak,
}

/// Who owes which next step, by when; stays with that organisation until another step is stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolgendeStap {
    /// The organisation that is aan zet.
    pub organisatie: OrganisatieId,
    /// The person there.
    pub medewerker: Option<MedewerkerId>,
    /// What.
    pub stap: Tekst,
    /// Last day (inclusive).
    pub uiterlijk: Date,
}

codes! {
    /// What somebody was told about.
    Onderwerp {
        /// The melding to leerplicht.
        Melding = "melding" "de melding aan leerplicht",
        /// The question to the samenwerkingsverband.
        Ondersteuningsvraag = "ondersteuningsvraag" "de vraag aan het samenwerkingsverband",
        /// The consult of youth health care.
        Consult = "consult" "het consult van de jeugdarts",
        /// The sharing of data.
        Delen = "delen" "het delen van gegevens",
        /// Something else.
        Anders = "anders" "iets anders",
    }
}

/// Somebody was told. Says nothing about agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Geinformeerd {
    /// The parent; `None`: the child.
    pub ouder: Option<PersoonId>,
    /// About what.
    pub over: Onderwerp,
}

/// Agreement, or not, with a plan. A refusal never lowers a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstemmingPlan {
    /// Which plan.
    pub plan: FactId,
    /// The parent; `None`: the child.
    pub ouder: Option<PersoonId>,
    /// Agrees or not.
    pub akkoord: bool,
}

codes! {
    /// What consent is about.
    ToestemmingVoor {
        /// That youth health care is involved.
        JgzBetrokken = "jgz_betrokken" "tonen dat de jeugdarts betrokken is",
        /// Advice on participation.
        DeelnameAdvies = "deelname_advies" "het advies over deelname",
        /// View of the treating professional.
        PerspectiefBehandelaar = "perspectief_behandelaar" "het perspectief van de behandelaar",
        /// The name to the samenwerkingsverband, for advice on an exemption.
        SwvAdvies = "swv_advies" "advies van het samenwerkingsverband",
        /// Youth support.
        Jeugdhulp = "jeugdhulp" "delen met jeugdhulp",
        /// Which care is part of an offer, and who gives it, to leerplicht or the Doorstroompunt.
        Zorg = "zorg" "tonen welke zorg een aanbod is en wie die geeft",
    }
}

/// Consent to share, or its refusal, for the fact's period; withdrawn by `Intrekking`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toestemming {
    /// The parent; `None`: the child.
    pub ouder: Option<PersoonId>,
    /// About what.
    pub voor: ToestemmingVoor,
    /// To which organisation; `None`: all that take part.
    pub aan: Option<OrganisatieId>,
    /// Given or refused.
    pub gegeven: bool,
}
