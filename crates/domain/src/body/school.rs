//! Enrolment, timetable and absence as the school states it.

use crate::body::Relatie;
use crate::fact::codes;
use crate::ids::{OrganisatieId, PersoonId};
use crate::tekst::Tekst;
use crate::verzuim::{Duur, VerzuimSoort};

/// Enrolled at a school site; valid from the day of enrolment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inschrijving {
    /// The school site.
    pub school: OrganisatieId,
    /// The school's own pupil number.
    pub leerlingnummer: Tekst,
    /// Year group as the school writes it: P, 0-8 (po), 11-16 (vo 1-6), S.
    pub jaargroep: Tekst,
    /// Class or mentor group, if known.
    pub klas: Tekst,
    /// Mentor, as the school writes it.
    pub mentor: Tekst,
}

codes! {
    /// Why a pupil left (LPW art. 10 allows only enrolment elsewhere or an exemption within the duty).
    UitschrijfReden {
        /// Enrolled at another school.
        AndereSchool = "andere_school" "ingeschreven op een andere school",
        /// Exemption.
        Vrijstelling = "vrijstelling" "vrijstelling",
        /// Diploma or end of the duty.
        EindeOnderwijs = "einde_onderwijs" "diploma of einde van de plicht",
        /// Moved abroad.
        Buitenland = "buitenland" "vertrokken naar het buitenland",
        /// Expelled.
        Verwijderd = "verwijderd" "verwijderd",
        /// Not stated.
        Onbekend = "onbekend" "niet opgegeven",
    }
}

/// Left a school site; the fact's day is the last day of enrolment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uitschrijving {
    /// The school site.
    pub school: OrganisatieId,
    /// Why.
    pub reden: UitschrijfReden,
}

codes! {
    /// Leaving profile of vso.
    VsoProfiel {
        /// Further education.
        Vervolgonderwijs = "vervolgonderwijs" "vervolgonderwijs",
        /// Labour market: no kwalificatieplicht afterwards (LPW art. 4a).
        Arbeidsmarkt = "arbeidsmarkt" "arbeidsmarkt",
        /// Daycare: no kwalificatieplicht afterwards (LPW art. 4a).
        Dagbesteding = "dagbesteding" "dagbesteding",
    }
}

/// What the duty depends on (LPW art. 3 and 4a-4c). All `None` and `false` means: not stated.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schoolloopbaan {
    /// Completed school years at the start of the fact's period; primary school done in fewer than eight years counts eight.
    pub schooljaren: Option<u8>,
    /// Startkwalificatie: havo, vwo or mbo level 2 and higher.
    pub startkwalificatie: bool,
    /// Certificate or diploma of praktijkonderwijs.
    pub pro_getuigschrift: bool,
    /// Left vso with this profile.
    pub vso_uitstroom: Option<VsoProfiel>,
}

/// Timetable hours of one pupil or of a year group, in quarters of a (les)uur, Monday to Sunday.
pub type Weekuren = [u8; 7];

/// The pupil's own timetable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rooster {
    /// Quarters per weekday.
    pub kwartieren: Weekuren,
}

codes! {
    /// Whether a delivery states all absence of its period or adds rows.
    LeveringSoort {
        /// All absence of the school over the period: days without rows are days of attendance.
        Volledig = "volledig" "volledige levering",
        /// Loose rows: says nothing about other days.
        Aanvulling = "aanvulling" "aanvulling",
    }
}

/// A school stated its absence over the fact's period. The rows themselves are sealed apart, per pupil.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerzuimLevering {
    /// Complete or additional.
    pub levering: LeveringSoort,
    /// Name of the delivery among the blobs.
    pub nummer: u128,
    /// Rows read.
    pub rijen: u32,
    /// Rows refused; their pupil-days are *onbekend*.
    pub afgewezen: u32,
    /// Pupils whose rows differ from what stood.
    pub gewijzigde_leerlingen: u32,
    /// SHA-256 over (pupil, digest of its blob), in the order of pupils.
    pub inhoud: [u8; 32],
    /// SHA-256 of the file.
    pub bestand: [u8; 32],
}

/// A person states that the child was away on the days of the fact's period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Afwezigheid {
    /// Kind of absence.
    pub soort: VerzuimSoort,
    /// Words of whom stated it; never a reason for illness.
    pub toelichting: Tekst,
}

/// A person corrects what the school delivered for one lesson (or the whole day) and kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RijCorrectie {
    /// Lesson 1-12; 0 for rows that name none.
    pub lesuur: u8,
    /// The kind that the delivery states.
    pub soort: VerzuimSoort,
    /// What it should be; `None`: there was no absence.
    pub wordt: Option<(VerzuimSoort, Duur)>,
    /// Why.
    pub reden: Tekst,
}

/// "My child does not go to school", or the school says so: opens the clock by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZitThuis {
    /// Who says so, if it is a parent or carer.
    pub relatie: Option<Relatie>,
    /// Their words.
    pub woorden: Tekst,
}

codes! {
    /// What was done with a signal.
    Afhandeling {
        /// Somebody took it up.
        Opgepakt = "opgepakt" "opgepakt",
        /// There was contact.
        Contact = "contact" "er was contact",
        /// Closed with a reason.
        Gesloten = "gesloten" "afgehandeld",
        /// Contested: *Klopt dit niet?*
        Betwist = "betwist" "klopt dit niet?",
    }
}

/// Somebody did something with a signal of this child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignaalAfhandeling {
    /// Name of the rule in the protocol.
    pub regel: Tekst,
    /// First day on which the signal fired.
    pub eerste_dag: jiff::civil::Date,
    /// The step of the rule that fired; 0 for a rule without steps, `None` when whoever stated it did not say.
    pub stap: Option<u16>,
    /// What was done.
    pub afhandeling: Afhandeling,
    /// Reason or note.
    pub reden: Tekst,
    /// Whose word it is that the signal is not right; for all else that of whoever stated it.
    pub stem: Stem,
}

/// Whose word it is: that of whoever states it, or of somebody at home, put down by a professional who heard it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Stem {
    /// Their own.
    #[default]
    Eigen,
    /// A parent's with gezag.
    Ouder(PersoonId),
    /// The child's, from 12.
    Leerling,
    /// That of somebody else at home: a carer without gezag, or of whom that is not known, or a younger child.
    Thuis,
}
