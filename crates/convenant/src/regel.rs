//! One row of a convenant.

use domain::fact::Grondslag;
use domain::kring::{Fasen, Kring, Relaties};
use domain::{codes, verzameling};

use crate::facet::Facetten;
use crate::partij::Partijen;

codes! {
    /// What may be done with data. What one may state oneself is not here: that follows from the law
    /// ([`domain::decide::wie_mag`]).
    Mag {
        /// Read.
        Lees = "lees" "lezen",
        /// Take along in a file.
        Exporteer = "exporteer" "exporteren",
    }
}

verzameling! {
    /// What may be done.
    Machtiging(u8) = Mag
}

codes! {
    /// How long a phase that a row asks for goes on to count.
    Tot {
        /// As long as the phase itself.
        Heden = "heden" "zolang de fase duurt",
        /// As long as the relation, once the phase was reached.
        EindeRelatie = "einde-relatie" "zolang de relatie duurt",
    }
}

/// Ages of the child in years for which a row holds, both ends in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leeftijd {
    /// Youngest.
    pub van: i16,
    /// Oldest.
    pub tot_en_met: i16,
}

impl Leeftijd {
    /// Every age.
    pub const ELKE: Leeftijd = Leeftijd { van: 0, tot_en_met: i16::MAX };

    /// Whether an age is in it.
    pub fn contains(self, jaren: i16) -> bool {
        (self.van..=self.tot_en_met).contains(&jaren)
    }
}

/// A row: whoever is one of these parties and stands in one of these relations to the child may do this with these
/// facets, in these phases and at these ages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regel {
    /// Names the row; each row has its own name.
    pub naam: String,
    /// Line in the file, from 1.
    pub regelnummer: usize,
    /// Who.
    pub partijen: Partijen,
    /// What they are to the child.
    pub relaties: Relaties,
    /// In which phases; all of them when the row does not say.
    pub fasen: Fasen,
    /// At which ages of the child.
    pub leeftijd: Leeftijd,
    /// What.
    pub facetten: Facetten,
    /// What may be done with it.
    pub mag: Machtiging,
    /// Only on consent.
    pub toestemming: bool,
    /// How long the phase goes on to count.
    pub tot: Tot,
    /// Only with a reason, looked at afterwards by the privacy officer of one's own organisation.
    pub reden: bool,
    /// On which ground.
    pub grond: Grondslag,
}

impl Regel {
    /// Whether the row holds for a child of that age in its phases, whoever asks.
    pub(crate) fn past(&self, kring: &Kring, jaren: i16) -> bool {
        let fasen = match self.tot {
            Tot::Heden => kring.fase(),
            Tot::EindeRelatie => kring.ooit(),
        };
        self.leeftijd.contains(jaren) && !self.fasen.intersection(fasen).is_empty()
    }
}
