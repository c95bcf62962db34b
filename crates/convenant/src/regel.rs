//! One row of a convenant.

use domain::fact::Grondslag;
use domain::kring::{Fase, Fasen, Kring, Relatie, Relaties};
use domain::{codes, verzameling};

use crate::facet::{Facet, Facetten};
use crate::partij::{Partij, Partijen};

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
    /// The row as one Dutch sentence after the other.
    pub fn in_woorden(&self) -> String {
        let lijst = |woorden: Vec<&str>| opsomming(&woorden);
        let mut zin = format!(
            "Voor: {}. Als: {}. {}",
            lijst(self.partijen.iter().map(Partij::label).collect()),
            self.relaties.iter().map(Relatie::label).collect::<Vec<_>>().join("; of "),
            self.wanneer().map(|wanneer| format!("Alleen als: {wanneer}. ")).unwrap_or_default(),
        );
        let doen = lijst(self.mag.iter().map(Mag::label).collect());
        zin.push_str(&format!("Mag {doen}: {}.", lijst(self.facetten.iter().map(Facet::label).collect())));
        zin
    }

    /// The conditions of the row in words; `None`: it has none.
    pub fn wanneer(&self) -> Option<String> {
        let mut delen = Vec::new();
        if self.fasen != Fasen::ALLE {
            let fasen = self.fasen.iter().map(Fase::label).collect::<Vec<_>>().join("; of ");
            let eens = if self.tot == Tot::EindeRelatie { "of was ooit zo, " } else { "" };
            delen.push(format!("{fasen} ({eens}{})", self.tot.label()));
        }
        match (self.leeftijd.van, self.leeftijd.tot_en_met) {
            (0, i16::MAX) => {}
            (0, oudste) => delen.push(format!("de leerling is {oudste} jaar of jonger")),
            (jongste, i16::MAX) => delen.push(format!("de leerling is {jongste} jaar of ouder")),
            (jongste, oudste) => delen.push(format!("de leerling is {jongste} tot en met {oudste} jaar")),
        }
        if self.toestemming {
            delen.push("er is toestemming".to_owned());
        }
        if self.reden {
            delen.push("er een reden is, die de privacyfunctionaris achteraf bekijkt".to_owned());
        }
        (!delen.is_empty()).then(|| delen.join("; en "))
    }

    /// Whether the row holds for a child of that age in its phases, whoever asks.
    pub(crate) fn past(&self, kring: &Kring, jaren: i16) -> bool {
        let fasen = match self.tot {
            Tot::Heden => kring.fase(),
            Tot::EindeRelatie => kring.ooit(),
        };
        self.leeftijd.contains(jaren) && !self.fasen.intersection(fasen).is_empty()
    }
}

/// `a`, `a en b`, `a, b en c`.
pub(crate) fn opsomming(woorden: &[&str]) -> String {
    match woorden {
        [] => String::new(),
        [een] => (*een).to_owned(),
        [eerste @ .., laatste] => format!("{} en {laatste}", eerste.join(", ")),
    }
}
