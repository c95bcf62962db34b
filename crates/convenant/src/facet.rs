//! The facets: the kinds of data about a child that one may or may not see.

use domain::body::Soort;
use domain::{codes, verzameling};

codes! {
    /// A kind of data about a child. Stated facts have facets, and so have things that are derived.
    Facet {
        /// Name. Without it one sees nothing of the child at all.
        PersoonNaam = "persoon.naam" "naam",
        /// Birth date and age.
        PersoonGeboortedatum = "persoon.geboortedatum" "geboortedatum",
        /// Citizen service number or education number.
        PersoonBsn = "persoon.bsn" "burgerservicenummer",
        /// Where the child lives.
        PersoonAdres = "persoon.adres" "adres",
        /// An address that is secret.
        PersoonAdresGeheim = "persoon.adres-geheim" "geheim adres",
        /// How to reach child and parents.
        PersoonContact = "persoon.contact" "telefoon en e-mail",
        /// Who has gezag.
        PersoonGezag = "persoon.gezag" "gezag en gezin",
        /// School, class, mentor; since when.
        SchoolInschrijving = "school.inschrijving" "school en klas",
        /// Years of school and diplomas.
        SchoolLoopbaan = "school.loopbaan" "schooljaren en diploma",
        /// The pupil's timetable hours.
        SchoolRooster = "school.rooster" "rooster",
        /// That the child was away, when and how long. For a school: as it stated it itself.
        VerzuimDagen = "verzuim.dagen" "dagen afwezig",
        /// The kind of absence, apart from illness and suspension.
        VerzuimSoort = "verzuim.soort" "soort afwezigheid",
        /// That it was illness or suspension. Never more: an illness has no reason here.
        VerzuimZiekte = "verzuim.ziekte" "dat het ziekte of schorsing was",
        /// Words about why.
        VerzuimReden = "verzuim.reden" "reden van afwezigheid",
        /// Leave.
        VerzuimVerlof = "verzuim.verlof" "verlof",
        /// Rules of the protocol that fired, and what was done with them.
        Signalen = "signalen" "signalen",
        /// The derived status.
        Status = "status" "status",
        /// The clock of three months: day, target, stand. Its label *ziek* is `verzuim.ziekte`.
        Klok = "klok" "klok van drie maanden",
        /// What is due, by whom, by when.
        Termijnen = "termijnen" "termijnen",
        /// Who owes the next step.
        AanZet = "aan-zet" "wie aan zet is",
        /// How much the child takes part.
        Deelname = "deelname" "deelname",
        /// A missing enrolment that is being looked into.
        InschrijvingNagaan = "inschrijving.nagaan" "inschrijving nagaan",
        /// Meldingen to leerplicht and their status.
        Melding = "melding" "meldingen",
        /// What leerplicht does.
        LeerplichtStap = "leerplicht.stap" "stappen van leerplicht",
        /// The question to the samenwerkingsverband.
        Ondersteuningsvraag = "ondersteuningsvraag" "ondersteuningsvraag",
        /// Offers and what came of them.
        Aanbod = "aanbod" "aanbod",
        /// Which care is part of an offer, and who gives it; and that a care provider is involved.
        AanbodZorg = "aanbod.zorg" "welke zorg een aanbod is en wie die geeft",
        /// Plans and who agreed.
        Plan = "plan" "plan",
        /// Talks and what was agreed there.
        Gesprek = "gesprek" "gesprekken",
        /// Attempts and contacts, with notes.
        Contact = "contact" "contacten",
        /// Who is responsible at which organisation.
        Verantwoordelijke = "verantwoordelijke" "verantwoordelijken",
        /// Who was told what.
        Geinformeerd = "geinformeerd" "wie is geïnformeerd",
        /// That youth health care is involved, and the steps of its consult.
        JgzConsult = "jgz.consult" "betrokkenheid van de jeugdarts",
        /// Its advice on participation.
        JgzAdvies = "jgz.advies" "advies van de jeugdarts over deelname",
        /// Notices of and decisions on exemptions.
        Vrijstelling = "vrijstelling" "vrijstellingen",
        /// The statement with a notice.
        VrijstellingVerklaring = "vrijstelling.verklaring" "verklaring bij een vrijstelling",
        /// View of the treating professional.
        VrijstellingPerspectief = "vrijstelling.perspectief" "perspectief van de behandelaar",
        /// Advice of the samenwerkingsverband on an exemption.
        VrijstellingSwvAdvies = "vrijstelling.swv-advies" "advies van het samenwerkingsverband",
        /// Consent and its refusal.
        Toestemming = "toestemming" "toestemmingen",
        /// Decisions.
        Besluit = "besluit" "besluiten",
        /// Whether a proces-verbaal follows.
        BesluitVerbaal = "besluit.verbaal" "wel of geen proces-verbaal",
        /// Rules that were set aside.
        Afwijking = "afwijking" "afwijkingen",
        /// Opening and closing of the dossier.
        Dossier = "dossier" "dossier open of gesloten",
        /// Withdrawals, and children who were joined.
        Correctie = "correctie" "intrekkingen en samenvoegingen",
        /// What parents said, in their words.
        WoordenOuder = "woorden.ouder" "woorden van ouders",
        /// What the child said, in its words.
        WoordenLeerling = "woorden.leerling" "woorden van de leerling",
        /// Who looked at the dossier.
        Leeslog = "leeslog" "wie het dossier zag",
    }
}

verzameling! {
    /// A set of facets.
    Facetten(u64) = Facet
}

impl Facet {
    /// What one must be allowed to read any fact of this kind. What a single fact asks beside that, by who stated it and
    /// what stands in it, is in [`Facet::van_feit`]. Empty: not about a child.
    pub fn van(soort: Soort) -> &'static [Facet] {
        match soort {
            Soort::Persoonsgegevens => &[Facet::PersoonNaam, Facet::PersoonGeboortedatum, Facet::PersoonBsn],
            Soort::Adres => &[Facet::PersoonAdres],
            Soort::Contactgegevens => &[Facet::PersoonContact],
            Soort::Gezag => &[Facet::PersoonGezag],
            Soort::Inschrijving | Soort::Uitschrijving => &[Facet::SchoolInschrijving],
            Soort::Schoolloopbaan => &[Facet::SchoolLoopbaan],
            Soort::Rooster => &[Facet::SchoolRooster],
            Soort::VerzuimLevering => &[Facet::VerzuimDagen],
            Soort::Afwezigheid | Soort::RijCorrectie => {
                &[Facet::VerzuimDagen, Facet::VerzuimSoort, Facet::VerzuimReden]
            }
            Soort::ZitThuis => &[Facet::VerzuimDagen, Facet::VerzuimReden],
            Soort::Verlof => &[Facet::VerzuimDagen, Facet::VerzuimVerlof],
            Soort::SignaalAfhandeling => &[Facet::Signalen],
            Soort::Melding => &[Facet::Melding, Facet::VerzuimReden],
            Soort::MeldingStatus | Soort::MeldingEinde => &[Facet::Melding],
            Soort::Onderzoek | Soort::Verhoor => &[Facet::LeerplichtStap],
            Soort::Ondersteuningsvraag => &[Facet::Ondersteuningsvraag],
            Soort::Consult => &[Facet::JgzConsult],
            Soort::DeelnameAdvies => &[Facet::JgzConsult, Facet::JgzAdvies],
            Soort::Kennisgeving | Soort::KennisgevingToets | Soort::VrijstellingBesluit => &[Facet::Vrijstelling],
            Soort::Verklaring => &[Facet::Vrijstelling, Facet::VrijstellingVerklaring],
            Soort::PerspectiefBehandelaar => &[Facet::VrijstellingPerspectief],
            Soort::SwvAdvies => &[Facet::VrijstellingSwvAdvies],
            Soort::Aanbod | Soort::Realisatie | Soort::AanbodReactie => &[Facet::Aanbod],
            Soort::Plan | Soort::InstemmingPlan => &[Facet::Plan],
            Soort::Contact => &[Facet::Contact],
            Soort::Gesprek => &[Facet::Gesprek],
            Soort::Verantwoordelijke => &[Facet::Verantwoordelijke],
            Soort::VolgendeStap => &[Facet::AanZet],
            Soort::Geinformeerd => &[Facet::Geinformeerd],
            Soort::Toestemming => &[Facet::Toestemming],
            Soort::Afwijking => &[Facet::Afwijking],
            Soort::Besluit => &[Facet::Besluit],
            Soort::Bevestiging => &[Facet::Status],
            Soort::Sluiting => &[Facet::Dossier],
            Soort::Intrekking | Soort::ZelfdeKind => &[Facet::Correctie],
            Soort::Organisatie
            | Soort::Indeling
            | Soort::SchoolUren
            | Soort::SchoolDagen
            | Soort::Vakanties
            | Soort::Medewerker
            | Soort::RolToekenning
            | Soort::Regiodocument
            | Soort::Vernietigd => &[],
        }
    }
}
