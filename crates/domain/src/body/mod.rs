//! What a fact states. Bodies say what happened or what is so, never what somebody wants changed.
//!
//! Each kind is a *gebeurtenis* (true on one day) or a *toestand* (true for a span), and belongs to one retention
//! category, both fixed here. The stored form of each kind, by its word, lives in `exchange`.

mod aanbod;
mod gesprek;
mod melding;
mod persoon;
mod regio;
mod school;
mod verloop;
mod verwijzing;
mod vrijstelling;

pub use aanbod::*;
pub use gesprek::*;
pub use melding::*;
pub use persoon::*;
pub use regio::*;
pub use school::*;
pub use verloop::*;
pub use vrijstelling::*;

/// Whether a kind of fact is true on one day or for a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aard {
    /// Something that happened: true on one day.
    Gebeurtenis,
    /// Something that is so: true from a day, until a day or without known end.
    Toestand,
}

use crate::fact::codes;

codes! {
    /// How long a fact is kept and under which key it is sealed; one set of keys per (subject, organisation, category).
    Bewaarcategorie {
        /// Identity, address, family, enrolment: as long as any other category of the child lives.
        Basis = "basis" "basisgegevens",
        /// Absence rows and what was delivered: running school year and the next (Wet register onderwijsdeelnemers art. 30 lid 5).
        Verzuim = "verzuim" "verzuimgegevens",
        /// Meldingen, exemptions and what leerplicht does: until 19 years after birth (selectielijst gemeenten 12.1.3).
        Leerplicht = "leerplicht" "leerplichtgegevens",
        /// Support, plan, offers, talks: two years after leaving (leerlingdossier).
        Ondersteuning = "ondersteuning" "ondersteuningsgegevens",
        /// What the samenwerkingsverband and youth health care keep: three years after the end of advice (WPO art. 18a lid 13).
        Gezondheid = "gezondheid" "gezondheidsgegevens",
        /// Organisations, documents, accounts: not about a child.
        Regio = "regio" "gegevens van de regio",
    }
}

/// A kind of body: lets a timeline be asked for all facts of that kind.
pub trait Kind: Sized + 'static {
    /// The kind as a value.
    const SOORT: Soort;
    /// The body, if it is of this kind.
    fn of(body: &Body) -> Option<&Self>;
}

macro_rules! bodies {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $aard:ident, $categorie:ident;)+) => {
        /// What a fact states.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Body {
            $($(#[$doc])* $name($name),)+
        }

        /// The kinds of facts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Soort {
            $($(#[$doc])* $name,)+
        }

        impl Soort {
            /// All kinds.
            pub const ALL: &'static [Soort] = &[$(Soort::$name,)+];

            /// The word in the stored form and in files.
            pub const fn code(self) -> &'static str {
                match self { $(Soort::$name => $code,)+ }
            }

            /// The kind with that word.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|soort| soort.code() == code)
            }

            /// One day or a span.
            pub const fn aard(self) -> Aard {
                match self { $(Soort::$name => Aard::$aard,)+ }
            }

            /// How long it is kept.
            pub const fn categorie(self) -> Bewaarcategorie {
                match self { $(Soort::$name => Bewaarcategorie::$categorie,)+ }
            }
        }

        impl Body {
            /// Which kind it is.
            pub const fn soort(&self) -> Soort {
                match self { $(Body::$name(_) => Soort::$name,)+ }
            }
        }

        $(
            impl From<$name> for Body {
                fn from(body: $name) -> Body {
                    Body::$name(body)
                }
            }

            impl Kind for $name {
                const SOORT: Soort = Soort::$name;
                fn of(body: &Body) -> Option<&Self> {
                    match body {
                        Body::$name(body) => Some(body),
                        _ => None,
                    }
                }
            }
        )+
    };
}

bodies! {
    /// Name, birth date, number.
    Persoonsgegevens = "persoonsgegevens", Toestand, Basis;
    /// Where somebody lives.
    Adres = "adres", Toestand, Basis;
    /// How to reach somebody.
    Contactgegevens = "contactgegevens", Toestand, Basis;
    /// Who has authority over the child, and with whom it lives.
    Gezag = "gezag", Toestand, Basis;
    /// Enrolled at a school.
    Inschrijving = "inschrijving", Toestand, Basis;
    /// Left a school; the day is the last day of enrolment.
    Uitschrijving = "uitschrijving", Gebeurtenis, Basis;
    /// What the duty to attend depends on: years of school, diplomas.
    Schoolloopbaan = "schoolloopbaan", Toestand, Basis;
    /// The pupil's own timetable hours.
    Rooster = "rooster", Toestand, Verzuim;
    /// A school stated its absence over a period.
    VerzuimLevering = "verzuim_levering", Toestand, Verzuim;
    /// A person stated that the child was away.
    Afwezigheid = "afwezigheid", Toestand, Verzuim;
    /// A person corrected one absence row.
    RijCorrectie = "rij_correctie", Gebeurtenis, Verzuim;
    /// Parents or school say that the child does not go to school at all.
    ZitThuis = "zit_thuis", Toestand, Verzuim;
    /// Somebody did something with a signal.
    SignaalAfhandeling = "signaal_afhandeling", Gebeurtenis, Verzuim;
    /// A melding to leerplicht, as DUO knows it.
    Melding = "melding", Gebeurtenis, Leerplicht;
    /// A new status of a melding.
    MeldingStatus = "melding_status", Gebeurtenis, Leerplicht;
    /// The end date of the absence of a melding.
    MeldingEinde = "melding_einde", Gebeurtenis, Leerplicht;
    /// Leerplicht examines a melding or absoluut verzuim (LPW art. 22).
    Onderzoek = "onderzoek", Gebeurtenis, Leerplicht;
    /// Leerplicht heard somebody (LPW art. 22).
    Verhoor = "verhoor", Gebeurtenis, Leerplicht;
    /// A question for support to the samenwerkingsverband.
    Ondersteuningsvraag = "ondersteuningsvraag", Gebeurtenis, Ondersteuning;
    /// A consult of youth health care: asked, planned, held.
    Consult = "consult", Gebeurtenis, Gezondheid;
    /// Advice of youth health care on participation; never a diagnosis.
    DeelnameAdvies = "deelname_advies", Toestand, Gezondheid;
    /// Parents invoke an exemption (LPW art. 5, 5a, 6).
    Kennisgeving = "kennisgeving", Toestand, Leerplicht;
    /// The statement with a notice under art. 5 onder a (LPW art. 7).
    Verklaring = "verklaring", Gebeurtenis, Leerplicht;
    /// View of the treating professional; no legal effect.
    PerspectiefBehandelaar = "perspectief_behandelaar", Gebeurtenis, Gezondheid;
    /// Advice of the samenwerkingsverband; no legal effect.
    SwvAdvies = "swv_advies", Gebeurtenis, Gezondheid;
    /// Whether a notice meets the conditions, as tested by leerplicht.
    KennisgevingToets = "kennisgeving_toets", Gebeurtenis, Leerplicht;
    /// A decision of B&W under LPW art. 3a, 3b or 15.
    VrijstellingBesluit = "vrijstelling_besluit", Toestand, Leerplicht;
    /// Exempt from attendance for some days (LPW art. 11, 11a, 13, 13a, 14).
    Verlof = "verlof", Toestand, Verzuim;
    /// An offer of education and/or care.
    Aanbod = "aanbod", Toestand, Ondersteuning;
    /// What parents or child say of an offer.
    AanbodReactie = "aanbod_reactie", Gebeurtenis, Ondersteuning;
    /// Hours realised in one week of an offer.
    Realisatie = "realisatie", Gebeurtenis, Ondersteuning;
    /// A plan agreed with child and parents.
    Plan = "plan", Toestand, Ondersteuning;
    /// An attempt to reach somebody, or a contact.
    Contact = "contact", Gebeurtenis, Ondersteuning;
    /// A talk that was held.
    Gesprek = "gesprek", Gebeurtenis, Ondersteuning;
    /// Who is responsible for the child at an organisation.
    Verantwoordelijke = "verantwoordelijke", Toestand, Ondersteuning;
    /// Who owes which next step, by when.
    VolgendeStap = "volgende_stap", Gebeurtenis, Ondersteuning;
    /// Somebody was told something.
    Geinformeerd = "geinformeerd", Gebeurtenis, Ondersteuning;
    /// Agreement with a plan.
    InstemmingPlan = "instemming_plan", Gebeurtenis, Ondersteuning;
    /// Consent to share.
    Toestemming = "toestemming", Toestand, Ondersteuning;
    /// A rule was set aside for this child.
    Afwijking = "afwijking", Gebeurtenis, Ondersteuning;
    /// A decision.
    Besluit = "besluit", Gebeurtenis, Ondersteuning;
    /// The competent person confirmed or contradicted a derived status.
    Bevestiging = "bevestiging", Gebeurtenis, Leerplicht;
    /// The dossier is closed.
    Sluiting = "sluiting", Gebeurtenis, Ondersteuning;
    /// A fact is withdrawn.
    Intrekking = "intrekking", Gebeurtenis, Basis;
    /// Two children in the register are one.
    ZelfdeKind = "zelfde_kind", Gebeurtenis, Basis;
    /// A party of the pact.
    Organisatie = "organisatie", Toestand, Regio;
    /// An organisation or municipality belongs to another, in one of the region's partitions.
    Indeling = "indeling", Toestand, Regio;
    /// Hours a school declares per leerjaar and weekday.
    SchoolUren = "school_uren", Toestand, Regio;
    /// Days on which one school deviates from the holidays of its region.
    SchoolDagen = "school_dagen", Toestand, Regio;
    /// The holiday region of a school or of the whole region.
    Vakanties = "vakanties", Toestand, Regio;
    /// A professional and how to reach them.
    Medewerker = "medewerker", Toestand, Regio;
    /// A professional has a role.
    RolToekenning = "rol_toekenning", Toestand, Regio;
    /// A version of one of the region's documents was adopted.
    Regiodocument = "regiodocument", Toestand, Regio;
    /// A key was destroyed: what it sealed can never be read again.
    Vernietigd = "vernietigd", Gebeurtenis, Regio;
}
