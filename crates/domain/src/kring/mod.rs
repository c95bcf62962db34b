//! The *kring*: everybody around one child on a day, and what each is to it. Who may see what follows from it, under the
//! region's convenant; nothing here allows anything.
//!
//! A relation is always that of the day: a school that the child left long ago is nothing to it any more. Of the phases
//! the kring holds both those of the day and those that were ever reached, because a convenant may let somebody keep
//! what was once shown, for as long as the relation lasts.

mod bouw;
mod mentoren;
pub(crate) mod toestemming;

use crate::body::ToestemmingVoor;
use crate::fact::{Actor, Rol, codes};
use crate::ids::{LeerlingId, MedewerkerId, OrganisatieId, PersoonId};
use crate::verzameling;

pub use mentoren::Mentoren;
pub(crate) use toestemming::heeft_gezag;

codes! {
    /// What an organisation, a professional or a person is to the child.
    Relatie {
        /// The school where the child is enrolled.
        SchoolVanInschrijving = "school-van-inschrijving" "de school waar de leerling staat ingeschreven",
        /// The professional named as the child's mentor in the enrolment, or named responsible at that school.
        EigenLeerling = "eigen-leerling" "de mentor van deze leerling, of wie er op school verantwoordelijk is",
        /// A school where the child will be enrolled from a day ahead.
        NieuweSchool = "nieuwe-school" "de school waar de leerling straks begint",
        /// A school that the child left in this or the previous school year.
        WasSchool = "was-school" "de school die de leerling dit of vorig schooljaar verliet",
        /// The samenwerkingsverband of the school of enrolment.
        SwvVanSchool = "swv-van-school" "het samenwerkingsverband van de school",
        /// A samenwerkingsverband to which, by name, consent was given for an advice on an exemption.
        SwvAdvies = "swv-advies" "het samenwerkingsverband dat met toestemming advies geeft over een vrijstelling",
        /// The municipality of residence.
        Woongemeente = "woongemeente" "de woongemeente",
        /// Youth health care for the child, once a consult was asked and nobody objected, or on consent.
        Jgz = "jgz" "de jeugdgezondheidszorg, als een consult is gevraagd en niemand bezwaar maakte",
        /// The Doorstroompunt (RMC) of the municipality of residence.
        Doorstroompunt = "doorstroompunt" "het Doorstroompunt van de woongemeente",
        /// An organisation that delivers an offer, or where somebody was named responsible.
        Betrokken = "betrokken" "een organisatie met een aanbod of een verantwoordelijke voor de leerling",
        /// The ouder- en jeugdsteunpunt that put a question for this child.
        Steunpunt = "steunpunt" "het Ouder- en jeugdsteunpunt dat voor deze leerling een vraag stelde",
        /// The region's doorzettingsmacht, from the last warning before it is due.
        Regio = "regio" "de doorzettingsmacht van de regio, als die aan de beurt komt",
        /// A parent with gezag.
        OuderMetGezag = "ouder-met-gezag" "een ouder met gezag",
        /// A parent without gezag, or of whom that is not known.
        OuderZonderGezag = "ouder-zonder-gezag" "een ouder zonder gezag, of van wie dat niet bekend is",
        /// A guardian, a person or an institution.
        Voogd = "voogd" "een voogd",
        /// A family supervisor beside the parents.
        Gezinsvoogd = "gezinsvoogd" "een gezinsvoogd",
        /// A foster parent.
        Pleegouder = "pleegouder" "een pleegouder",
        /// The child itself.
        Zelf = "zelf" "de leerling zelf",
    }
}

verzameling! {
    /// Relations of one actor to one child.
    Relaties(u32) = Relatie
}

codes! {
    /// How far a child's case is. Several may hold at once.
    Fase {
        /// None of the others.
        Geen = "geen" "geen vraag, melding of klok",
        /// A question for support was put to the samenwerkingsverband of the school.
        OndersteuningGevraagd = "ondersteuning-gevraagd" "aan het samenwerkingsverband is ondersteuning gevraagd",
        /// In view of leerplicht: by a melding, an exemption, a request or the absence of enrolment.
        Gemeld = "gemeld" "bij leerplicht in beeld door een melding, vrijstelling, verzoek of ontbrekende inschrijving",
        /// The clock of three months is open.
        Thuiszittend = "thuiszittend" "de klok van drie maanden loopt",
        /// An accepted offer is delivered.
        Traject = "traject" "er loopt een traject",
        /// The dossier is closed.
        Gesloten = "gesloten" "het dossier is gesloten",
    }
}

verzameling! {
    /// Phases of one child.
    Fasen(u8) = Fase
}

codes! {
    /// Something about the child that limits what the law lets others see, whatever a convenant says.
    Bijzonderheid {
        /// Must be enrolled and is not: *inschrijving nagaan* stays inside the municipality.
        InschrijvingNagaan = "inschrijving-nagaan" "de inschrijving wordt nagegaan",
        /// The clock rests on illness or suspension only.
        AlleenZiekOfGeschorst = "alleen-ziek-of-geschorst" "de klok rust alleen op ziekte of schorsing",
    }
}

verzameling! {
    /// What limits what others see.
    Bijzonderheden(u8) = Bijzonderheid
}

/// Everybody around one child on a day. Derived, never stored; small, for every child has one in memory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kring {
    /// The child; several ids when a person joined them into one.
    leerlingen: Box<[LeerlingId]>,
    /// What each organisation is to the child, whoever acts for it.
    organisaties: Box<[(OrganisatieId, Relaties)]>,
    /// What a professional is beside that, acting for that organisation.
    medewerkers: Box<[(MedewerkerId, OrganisatieId, Relaties)]>,
    /// Parents, carers and guardians, and whether the child lives with them.
    personen: Box<[(PersoonId, Relaties, bool)]>,
    /// What consent comes to: about what, to whom (`None`: to all that are not named apart), yes or no.
    toestemmingen: Box<[(ToestemmingVoor, Option<OrganisatieId>, bool)]>,
    leeftijd: Option<i16>,
    fasen: Fasen,
    ooit: Fasen,
    bijzonder: Bijzonderheden,
}

impl Kring {
    /// What somebody is to the child today. An import is nothing to any child.
    pub fn relaties(&self, by: &Actor) -> Relaties {
        match by {
            Actor::Medewerker { id, organisatie, rol } => {
                let shared = self.van_organisatie(*organisatie);
                let own = self.medewerkers.iter().filter(|(who, at, _)| (who, at) == (id, organisatie));
                let all = own.fold(shared, |all, (.., relaties)| all.union(*relaties));
                // The region is there for whoever may cut the knot, and for nobody else there.
                let knot = Relaties::of(&[Relatie::Regio]);
                if *rol == Rol::Doorzettingsmacht { all } else { all.without(knot) }
            }
            Actor::Ouder { persoon } => {
                let about = self.personen.iter().filter(|(who, ..)| who == persoon);
                about.fold(Relaties::GEEN, |all, (_, relaties, _)| all.union(*relaties))
            }
            Actor::Leerling { leerling } if self.leerlingen.contains(leerling) => Relaties::of(&[Relatie::Zelf]),
            Actor::Leerling { .. } | Actor::Systeem { .. } => Relaties::GEEN,
        }
    }

    /// What an organisation is to the child, whoever acts for it.
    pub fn van_organisatie(&self, organisatie: OrganisatieId) -> Relaties {
        let found = self.organisaties.binary_search_by_key(&organisatie, |(id, _)| *id);
        found.ok().and_then(|place| self.organisaties.get(place)).map_or(Relaties::GEEN, |(_, relaties)| *relaties)
    }

    /// The organisations of which anybody could be something to the child: for an index per organisation.
    pub fn organisaties(&self) -> impl Iterator<Item = OrganisatieId> {
        let named = self.medewerkers.iter().map(|(_, at, _)| *at);
        let only_named = named.filter(|at| self.van_organisatie(*at).is_empty());
        self.organisaties.iter().map(|(id, _)| *id).chain(only_named)
    }

    /// The parents, carers and guardians who are something to the child.
    pub fn personen(&self) -> impl Iterator<Item = PersoonId> {
        self.personen.iter().map(|(id, ..)| *id)
    }

    /// Whether the child lives with this person.
    pub fn woont_bij(&self, persoon: PersoonId) -> bool {
        self.personen.iter().any(|(id, _, here)| *id == persoon && *here)
    }

    /// The phases of the day. Never empty.
    pub fn fase(&self) -> Fasen {
        self.fasen
    }

    /// The phases of the day and those that were reached before.
    pub fn ooit(&self) -> Fasen {
        self.ooit
    }

    /// Age in years; `None` when the birth date is not known.
    pub fn leeftijd(&self) -> Option<i16> {
        self.leeftijd
    }

    /// What limits what others see of this child.
    pub fn bijzonder(&self) -> Bijzonderheden {
        self.bijzonder
    }

    /// The same kring, limited by these too: who looks back at a day sees no more than that day allows.
    #[must_use]
    pub fn ook(&self, bijzonder: Bijzonderheden) -> Kring {
        Kring { bijzonder: self.bijzonder.union(bijzonder), ..self.clone() }
    }

    /// Whether consent stands to share this with an organisation; with `None`: with all that take part.
    pub fn toestemming(&self, voor: ToestemmingVoor, aan: Option<OrganisatieId>) -> bool {
        let about = |to| self.toestemmingen.iter().find(|(what, whom, _)| *what == voor && *whom == to);
        aan.and_then(|aan| about(Some(aan))).or_else(|| about(None)).is_some_and(|(.., yes)| *yes)
    }
}
