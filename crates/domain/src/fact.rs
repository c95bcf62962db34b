//! What somebody stated, about whom, for which period, and when we were told. Never changed, only replaced.

use std::fmt;
use std::str::FromStr;

use crate::Timestamp;
use crate::body::Body;
use crate::ids::{IdFout, LeerlingId, MedewerkerId, OrganisatieId, PersoonId, Subject};
use crate::period::Period;

/// Names one fact, forever. Made outside the core (chance is an argument).
///
/// Aligned as everything else in a [`Fact`] is: aligned as its number it would leave half its size unused beside it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(Rust, packed(8))]
pub struct FactId(pub u128);

impl fmt::Display for FactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "F-{:032x}", { self.0 })
    }
}

impl FromStr for FactId {
    type Err = IdFout;

    fn from_str(text: &str) -> Result<Self, IdFout> {
        let digits = text.strip_prefix("F-").filter(|digits| digits.len() == 32);
        let plain = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        plain.and_then(|digits| u128::from_str_radix(digits, 16).ok()).map(FactId).ok_or(IdFout)
    }
}

impl fmt::Debug for FactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A statement in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Its name.
    pub id: FactId,
    /// Whom or what it is about.
    pub about: Subject,
    /// The days it is about: one day for a *gebeurtenis*, a span for a *toestand*.
    pub valid: Period,
    /// When the register was told.
    pub known: Timestamp,
    /// Who stated it.
    pub by: Actor,
    /// On which ground it may be in the register.
    pub ground: Grondslag,
    /// Where it came from; decides which of two statements goes first.
    pub source: Source,
    /// The fact that this one corrects or withdraws.
    pub replaces: Option<FactId>,
    /// What is stated.
    pub body: Body,
}

/// A fact that has been decided upon and is not in the log yet: the log adds its id and the moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFact {
    /// Whom or what it is about.
    pub about: Subject,
    /// The days it is about.
    pub valid: Period,
    /// Who stated it.
    pub by: Actor,
    /// On which ground.
    pub ground: Grondslag,
    /// Where it came from.
    pub source: Source,
    /// The fact that this one corrects or withdraws.
    pub replaces: Option<FactId>,
    /// What is stated.
    pub body: Body,
}

impl NewFact {
    /// The fact as it stands in the log.
    pub fn recorded(self, id: FactId, known: Timestamp) -> Fact {
        let NewFact { about, valid, by, ground, source, replaces, body } = self;
        Fact { id, about, valid, known, by, ground, source, replaces, body }
    }
}

/// Who states a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Actor {
    /// A professional, in one role for one organisation.
    Medewerker {
        /// Who.
        id: MedewerkerId,
        /// For which organisation.
        organisatie: OrganisatieId,
        /// In which role.
        rol: Rol,
    },
    /// A parent or carer.
    Ouder {
        /// Who.
        persoon: PersoonId,
    },
    /// The child itself.
    Leerling {
        /// Who.
        leerling: LeerlingId,
    },
    /// An import or another automatic act on behalf of an organisation.
    Systeem {
        /// For which organisation.
        organisatie: OrganisatieId,
    },
}

impl Actor {
    /// The organisation for which is acted; none for parents and pupils.
    pub fn organisatie(&self) -> Option<OrganisatieId> {
        match self {
            Actor::Medewerker { organisatie, .. } | Actor::Systeem { organisatie } => Some(*organisatie),
            Actor::Ouder { .. } | Actor::Leerling { .. } => None,
        }
    }

    /// The role in which is acted, for professionals.
    pub fn rol(&self) -> Option<Rol> {
        match self {
            Actor::Medewerker { rol, .. } => Some(*rol),
            _ => None,
        }
    }
}

/// A closed list of words: an enum with for each value its word in files (`code`) and on a screen (`label`).
#[macro_export]
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal $label:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$vdoc])* $variant,)+
        }

        impl $name {
            /// All values, in the order of their definition.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The word in files and in the stored form.
            pub const fn code(self) -> &'static str {
                match self {
                    $($name::$variant => $code,)+
                }
            }

            /// The words on a screen or on paper.
            pub const fn label(self) -> &'static str {
                match self {
                    $($name::$variant => $label,)+
                }
            }

            /// The value with that word; words are exact.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code() == code)
            }
        }
    };
}
pub(crate) use codes;

/// A set of values of a closed list, one bit each; the list may not have more values than the number has bits.
#[macro_export]
macro_rules! verzameling {
    ($(#[$doc:meta])* $name:ident($bits:ty) = $value:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
        pub struct $name($bits);

        const _: () = assert!($value::ALL.len() <= <$bits>::BITS as usize);

        impl $name {
            /// Nothing.
            pub const GEEN: Self = $name(0);
            /// All values.
            pub const ALLE: Self = Self::of($value::ALL);

            /// These values.
            pub const fn of(values: &[$value]) -> Self {
                let (mut bits, mut place) = (0, 0);
                while place < values.len() {
                    bits |= 1 << values[place] as u32;
                    place += 1;
                }
                $name(bits)
            }

            /// Whether the value is in it.
            pub const fn contains(self, value: $value) -> bool {
                self.0 & (1 << value as u32) != 0
            }

            /// Both together.
            #[must_use]
            pub const fn union(self, other: Self) -> Self {
                $name(self.0 | other.0)
            }

            /// What is in both.
            #[must_use]
            pub const fn intersection(self, other: Self) -> Self {
                $name(self.0 & other.0)
            }

            /// What is in this one and not in the other.
            #[must_use]
            pub const fn without(self, other: Self) -> Self {
                $name(self.0 & !other.0)
            }

            /// Whether all of these are in it.
            pub const fn contains_all(self, other: Self) -> bool {
                other.0 & !self.0 == 0
            }

            /// Whether nothing is in it.
            pub const fn is_empty(self) -> bool {
                self.0 == 0
            }

            /// Puts a value in, if so.
            pub fn insert_if(&mut self, value: $value, so: bool) {
                if so {
                    self.0 |= 1 << value as u32;
                }
            }

            /// The values, in the order of the list.
            pub fn iter(self) -> impl Iterator<Item = $value> {
                let mut bits = self.0;
                std::iter::from_fn(move || {
                    // The number of a value is its place in the list.
                    let value = $value::ALL.get(bits.trailing_zeros() as usize).copied();
                    bits &= bits.saturating_sub(1);
                    value
                })
            }
        }

        impl FromIterator<$value> for $name {
            fn from_iter<I: IntoIterator<Item = $value>>(values: I) -> Self {
                values.into_iter().fold(Self::GEEN, |set, value| set.union(Self::of(&[value])))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_set().entries(self.iter().map($value::code)).finish()
            }
        }
    };
}

codes! {
    /// A role of a professional.
    Rol {
        /// Mentor or group teacher.
        Mentor = "mentor" "mentor",
        /// Owns the absence process of a vo school.
        Verzuimcoordinator = "verzuimcoordinator" "verzuimcoördinator",
        /// Head of the school: signs melding, leave and deregistration.
        Schoolleider = "schoolleider" "schoolleider",
        /// Intern begeleider in po.
        IbEr = "ib_er" "intern begeleider",
        /// Ondersteuningscoördinator of a school.
        Ondersteuningscoordinator = "ondersteuningscoordinator" "ondersteuningscoördinator",
        /// Consulent of the samenwerkingsverband.
        Consulent = "consulent" "consulent passend onderwijs",
        /// Leerplichtambtenaar.
        Leerplichtambtenaar = "leerplichtambtenaar" "leerplichtambtenaar",
        /// Administration of leerplicht.
        AdministratieLeerplicht = "administratie_leerplicht" "administratie leerplicht",
        /// Youth doctor.
        Jeugdarts = "jeugdarts" "jeugdarts",
        /// Youth nurse.
        Jeugdverpleegkundige = "jeugdverpleegkundige" "jeugdverpleegkundige",
        /// Jeugd- en gezinscoach.
        JgCoach = "jg_coach" "jeugd- en gezinscoach",
        /// Psychologist.
        Psycholoog = "psycholoog" "psycholoog",
        /// Doorstroompunt (RMC).
        RmcMedewerker = "rmc_medewerker" "medewerker Doorstroompunt (RMC)",
        /// Care or residential institution.
        Zorgpartner = "zorgpartner" "zorgpartner",
        /// Ouder- en jeugdsteunpunt.
        Steunpunt = "steunpunt" "Ouder- en jeugdsteunpunt",
        /// Policy: never sees a name.
        Beleid = "beleid" "beleid",
        /// Keeper of the region's organisations and accounts; reads no dossier.
        Beheerder = "beheerder" "beheerder",
        /// Privacy officer of one organisation.
        Privacy = "privacy" "privacyfunctionaris",
        /// Jeugdbeschermer (GI).
        Jeugdbeschermer = "jeugdbeschermer" "jeugdbeschermer",
        /// Centrum voor Jeugd en Gezin.
        Cjg = "cjg" "Centrum voor Jeugd en Gezin",
        /// Pre-school.
        Voorschool = "voorschool" "voorschool",
        /// Participation (Route Arbeid).
        Participatie = "participatie" "participatie",
        /// Consulent onderwijs zieke leerlingen.
        OzlConsulent = "ozl_consulent" "consulent onderwijs zieke leerlingen",
        /// The person who may cut the knot.
        Doorzettingsmacht = "doorzettingsmacht" "doorzettingsmacht",
    }
}

codes! {
    /// The ground on which a statement may be in the register. Set by the rule that allowed the act, never typed.
    Grondslag {
        /// Enrolment and pupil administration (LPW art. 10, 18; education laws).
        Schooladministratie = "schooladministratie" "leerlingadministratie van de school (Leerplichtwet art. 18)",
        /// Absence administration of the school (LPW art. 11-14, 21, 21a).
        Verzuimadministratie = "verzuimadministratie" "verzuimadministratie van de school (Leerplichtwet art. 21a)",
        /// Task of the leerplichtambtenaar (LPW art. 16, 19, 22).
        Leerplichttaak = "leerplichttaak" "taak van leerplicht (Leerplichtwet art. 16, 19 en 22)",
        /// Exemptions (LPW art. 3a, 3b, 5-9, 15).
        Vrijstellingen = "vrijstellingen" "vrijstellingen (Leerplichtwet art. 3a, 3b, 5-9 en 15)",
        /// Support task of school and samenwerkingsverband (WPO art. 18a, WVO 2020 art. 2.47).
        Ondersteuningstaak = "ondersteuningstaak" "ondersteuning in het onderwijs (WPO art. 18a, WVO 2020 art. 2.47)",
        /// Youth health care (Wpg art. 5).
        Jeugdgezondheidszorg = "jeugdgezondheidszorg" "jeugdgezondheidszorg (Wet publieke gezondheid art. 5)",
        /// Youth support (Jeugdwet art. 2.2-2.7).
        Jeugdhulp = "jeugdhulp" "jeugdhulp (Jeugdwet art. 2.3)",
        /// Doorstroompunt (WVO 2020 art. 8.20 and further).
        Doorstroompunt = "doorstroompunt" "Doorstroompunt (WVO 2020 art. 8.20)",
        /// Consent (AVG art. 6 lid 1 onder a).
        Toestemming = "toestemming" "toestemming (AVG art. 6 lid 1 onder a)",
        /// What child or parents add themselves (AVG art. 16).
        EigenInbreng = "eigen_inbreng" "eigen inbreng van ouders of leerling (AVG art. 16)",
        /// Running the register: organisations, accounts, documents, keys.
        Regiobeheer = "regiobeheer" "beheer van het register (AVG art. 24 en 32)",
    }
}

codes! {
    /// Where a statement came from, in the order in which one goes before another.
    Bron {
        /// Extract of the BRP.
        Brp = "brp" "Basisregistratie Personen",
        /// Municipality.
        Gemeente = "gemeente" "gemeente",
        /// School.
        School = "school" "school",
        /// Samenwerkingsverband.
        Samenwerkingsverband = "swv" "samenwerkingsverband",
        /// Youth health care.
        Jgz = "jgz" "jeugdgezondheidszorg",
        /// Parents.
        Ouders = "ouders" "ouders",
        /// The child.
        Leerling = "leerling" "leerling",
        /// Anyone else.
        Overig = "overig" "overig",
    }
}

/// Where a statement came from. The last statement per source stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Source {
    /// Kind of source.
    pub bron: Bron,
    /// The organisation that said it, if one did.
    pub organisatie: Option<OrganisatieId>,
}

impl Source {
    /// A source of that kind, at that organisation.
    pub fn of(bron: Bron, organisatie: OrganisatieId) -> Self {
        Source { bron, organisatie: Some(organisatie) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_fact_survives_text() {
        for number in [0, 1, u128::MAX] {
            assert_eq!(FactId(number).to_string().parse(), Ok(FactId(number)));
        }
        for text in ["", "F-", "F-12", "F-+0000000000000000000000000000001", "L-00000000000000000000000000000001"] {
            assert_eq!(text.parse::<FactId>(), Err(IdFout), "{text}");
        }
    }

    /// A region holds half a million facts; what one takes more, the memory of the register takes half a million times.
    #[test]
    fn a_fact_takes_no_more_room_than_it_needs() {
        println!("a fact {} bytes, of which its body {}", size_of::<Fact>(), size_of::<Body>());
        assert!(size_of::<Fact>() <= 224 && size_of::<Body>() <= 96);
        assert_eq!((size_of::<Source>(), size_of::<Option<FactId>>()), (16, 24));
    }
}
