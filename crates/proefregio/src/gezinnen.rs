//! Families: one household or two, one parent, guardians, foster parents, gezag in all forms, secret addresses.

use domain::Date;
use domain::body::{JaNee, Relatie};
use domain::period::days_between;

use crate::gebied::{BUITEN, GEMEENTEN, postcode};
use crate::namen::{Achternaam, Namen};
use crate::toeval::Toeval;

/// Days between the births of two children of one family, at least.
const TUSSEN_KINDEREN: i32 = 330;
/// Children of one family, at most (twins come on top).
const MAX_KINDEREN: usize = 4;
/// Families of one municipality that may still get a child.
const MAX_OPEN: usize = 4_000;
/// Languages of families that do not speak Dutch at home.
const TALEN: [&str; 7] = ["Pools", "Turks", "Arabisch", "Tigrinya", "Oekraïens", "Engels", "Farsi"];

/// A parent or other carer, as the school's file has them.
#[derive(Debug, Clone)]
pub(crate) struct Verzorger {
    pub naam: String,
    pub relatie: Relatie,
    pub gezag: JaNee,
    pub woont_bij_kind: JaNee,
    pub telefoon: String,
    pub email: String,
    pub taal: &'static str,
    pub tolk: bool,
    pub veilig_contact: &'static str,
}

/// A family.
#[derive(Debug, Clone)]
pub(crate) struct Gezin {
    pub achternaam: Achternaam,
    /// CBS code of the municipality of residence.
    pub gemeente: &'static str,
    /// Empty when the address is secret.
    pub postcode: String,
    pub huisnummer: String,
    pub geheim: bool,
    pub verzorgers: Vec<Verzorger>,
    kinderen: Vec<Date>,
}

impl Gezin {
    /// The family of Sam de Boer: two parents with gezag in one house in Alkmaar.
    pub(crate) fn van_sam() -> Self {
        let ouder = |naam: &str, relatie, telefoon: &str| Verzorger {
            naam: naam.to_owned(),
            relatie,
            gezag: JaNee::Ja,
            woont_bij_kind: JaNee::Ja,
            telefoon: telefoon.to_owned(),
            email: String::new(),
            taal: "",
            tolk: false,
            veilig_contact: "",
        };
        Gezin {
            achternaam: Achternaam { voorvoegsel: "de", naam: "Boer" },
            gemeente: "0361",
            postcode: postcode(1823, 3),
            huisnummer: "12".to_owned(),
            geheim: false,
            verzorgers: vec![
                ouder("Marieke Proefman", Relatie::Moeder, "06-555 00001"),
                ouder("Karel de Boer", Relatie::Vader, "06-555 00002"),
            ],
            kinderen: Vec::new(),
        }
    }
}

/// How a family lives: of a thousand, so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Vorm {
    #[default]
    EenHuis,
    TweeHuizen,
    EenOuder,
    Stiefouder,
    Gezinsvoogd,
    Pleegouders,
    VoogdGi,
}

const VORMEN: [(Vorm, u32); 7] = [
    (Vorm::EenHuis, 690),
    (Vorm::TweeHuizen, 170),
    (Vorm::EenOuder, 75),
    (Vorm::Stiefouder, 35),
    (Vorm::Gezinsvoogd, 14),
    (Vorm::Pleegouders, 9),
    (Vorm::VoogdGi, 7),
];

/// Makes families, and gives some of them a second child.
pub(crate) struct Gezinnen<'a> {
    namen: &'a Namen,
    toeval: Toeval,
    pub alle: Vec<Gezin>,
    /// Places of families that may get another child, per municipality.
    open: Vec<Vec<usize>>,
    telefoon: usize,
}

impl<'a> Gezinnen<'a> {
    pub(crate) fn new(namen: &'a Namen, seed: u64) -> Self {
        let open = GEMEENTEN.iter().map(|_| Vec::new()).collect();
        Gezinnen { namen, toeval: Toeval::new(seed, 2), alle: Vec::new(), open, telefoon: 0 }
    }

    /// The family of a child that goes to school in that municipality: one that is there already, or a new one.
    pub(crate) fn voor(&mut self, schoolgemeente: usize, po: bool, geboren: Date) -> usize {
        if self.toeval.kans(420)
            && let Some(gezin) = self.met_ouder_kind(schoolgemeente, geboren)
        {
            return gezin;
        }
        let gezin = self.nieuw(schoolgemeente, po);
        let place = self.alle.len();
        self.alle.push(gezin);
        self.erbij(place, geboren);
        if let Some(open) = self.open.get_mut(schoolgemeente)
            && open.len() < MAX_OPEN
        {
            open.push(place);
        }
        place
    }

    /// Notes a child of a family.
    pub(crate) fn erbij(&mut self, gezin: usize, geboren: Date) {
        if let Some(gezin) = self.alle.get_mut(gezin) {
            gezin.kinderen.push(geboren);
        }
    }

    /// A family with children of other ages, taken out of the list when it is full.
    fn met_ouder_kind(&mut self, schoolgemeente: usize, geboren: Date) -> Option<usize> {
        let open = self.open.get_mut(schoolgemeente)?;
        let ticket = self.toeval.onder(open.len());
        let place = *open.get(ticket)?;
        let gezin = self.alle.get_mut(place)?;
        if gezin.kinderen.len() + 1 >= MAX_KINDEREN {
            open.swap_remove(ticket);
        }
        let fits = gezin.kinderen.iter().all(|other| days_between(*other, geboren).abs() > TUSSEN_KINDEREN);
        fits.then(|| {
            gezin.kinderen.push(geboren);
            place
        })
    }

    fn nieuw(&mut self, schoolgemeente: usize, po: bool) -> Gezin {
        let (gemeente, pc4) = self.woonplaats(schoolgemeente, po);
        let toeval = &mut self.toeval;
        let achternaam = self.namen.achternaam(toeval);
        let geheim = toeval.kans(6);
        let postcode = if geheim { String::new() } else { postcode(pc4, toeval.onder(38)) };
        let addition = if toeval.kans(60) { "A" } else { "" };
        let huisnummer = if geheim { String::new() } else { format!("{}{addition}", 1 + toeval.onder(240)) };
        let verzorgers = self.verzorgers(achternaam, geheim);
        Gezin { achternaam, gemeente, postcode, huisnummer, geheim, verzorgers, kinderen: Vec::new() }
    }

    /// Where they live: mostly where the school stands; from vo on more often elsewhere, also outside the region.
    fn woonplaats(&mut self, schoolgemeente: usize, po: bool) -> (&'static str, u16) {
        let toeval = &mut self.toeval;
        let (elders, buiten) = if po { (70, 20) } else { (220, 60) };
        if toeval.kans(buiten) {
            let (gemeente, gebieden) = toeval.kies(&BUITEN);
            return (gemeente, toeval.kies(gebieden));
        }
        let own = if toeval.kans(elders) { toeval.onder(GEMEENTEN.len()) } else { schoolgemeente };
        let Some(gemeente) = GEMEENTEN.get(own) else { return ("", 0) };
        // Weighed by the number of postcode areas, so that a town counts for more than a village.
        let areas: usize = gemeente.plaatsen.iter().map(|(_, gebieden)| gebieden.len()).sum();
        let ticket = toeval.onder(areas);
        let area = gemeente.plaatsen.iter().flat_map(|(_, gebieden)| gebieden.iter()).nth(ticket);
        (gemeente.nummer, area.copied().unwrap_or_default())
    }

    fn vorm(&mut self) -> Vorm {
        let mut ticket = self.toeval.onder(1000) as u32;
        for (vorm, promille) in VORMEN {
            if ticket < promille {
                return vorm;
            }
            ticket -= promille;
        }
        Vorm::EenHuis
    }

    fn verzorgers(&mut self, achternaam: Achternaam, geheim: bool) -> Vec<Verzorger> {
        use JaNee::{Ja, Nee, Onbekend};
        let vorm = self.vorm();
        let other = self.namen.achternaam(&mut self.toeval);
        let own = achternaam.heel();
        let (moeder, vader) = if self.toeval.kans(450) { (own.clone(), own) } else { (other.heel(), own) };
        // Parents who do not live together: sometimes one of them without gezag, sometimes nobody told the school.
        let apart = match self.toeval.onder(10) {
            0 | 1 => Nee,
            2 => Onbekend,
            _ => Ja,
        };
        let mut found = vec![self.verzorger(2, moeder, Relatie::Moeder, Ja, Ja)];
        match vorm {
            Vorm::EenHuis | Vorm::Gezinsvoogd => {
                let tweede_moeder = self.toeval.kans(12);
                let (geslacht, relatie) = if tweede_moeder { (2, Relatie::Moeder) } else { (1, Relatie::Vader) };
                found.push(self.verzorger(geslacht, vader, relatie, Ja, Ja));
            }
            Vorm::TweeHuizen | Vorm::Stiefouder => {
                let bij_vader = if self.toeval.kans(500) { Ja } else { Nee };
                found.push(self.verzorger(1, vader, Relatie::Vader, apart, bij_vader));
            }
            Vorm::EenOuder => {}
            Vorm::Pleegouders | Vorm::VoogdGi => {
                // The mother is not in the child's daily life; foster parents are.
                found.clear();
                let naam = self.namen.achternaam(&mut self.toeval).heel();
                let gezag = if vorm == Vorm::VoogdGi { Nee } else { Ja };
                found.push(self.verzorger(2, moeder_naam(&other, achternaam), Relatie::Moeder, gezag, Nee));
                found.push(self.verzorger(2, naam.clone(), Relatie::Pleegouder, Nee, Ja));
                found.push(self.verzorger(1, naam, Relatie::Pleegouder, Nee, Ja));
            }
        }
        match vorm {
            Vorm::Stiefouder => {
                let naam = self.namen.achternaam(&mut self.toeval).heel();
                found.push(self.verzorger(1, naam, Relatie::Stiefouder, Nee, Ja));
            }
            Vorm::Gezinsvoogd => found.push(self.instelling(Relatie::Gezinsvoogd, Nee)),
            Vorm::VoogdGi => found.push(self.instelling(Relatie::VoogdGi, Ja)),
            _ => {}
        }
        if geheim {
            let words = "Adres geheim. Alleen bellen met moeder, niets meegeven aan het kind.";
            found.iter_mut().for_each(|verzorger| verzorger.veilig_contact = words);
        }
        found
    }

    /// A professional of a certified institution.
    fn instelling(&mut self, relatie: Relatie, gezag: JaNee) -> Verzorger {
        let naam = self.namen.achternaam(&mut self.toeval).heel();
        let mut found = self.verzorger(2, naam, relatie, gezag, JaNee::Nee);
        found.naam = format!("{} (Proefinstelling Jeugdbescherming)", found.naam);
        found.taal = "";
        found.tolk = false;
        found
    }

    fn verzorger(
        &mut self,
        geslacht: u8,
        achternaam: String,
        relatie: Relatie,
        gezag: JaNee,
        woont_bij_kind: JaNee,
    ) -> Verzorger {
        let voornaam = self.namen.voornaam(geslacht, &mut self.toeval);
        let toeval = &mut self.toeval;
        self.telefoon += 1;
        let anders = toeval.kans(55);
        let veilig_contact = if toeval.kans(8) { "Niet bellen na 17.00 uur." } else { "" };
        Verzorger {
            naam: format!("{voornaam} {achternaam}"),
            relatie,
            gezag,
            woont_bij_kind,
            telefoon: format!("06-555 {:05}", self.telefoon % 100_000),
            email: if toeval.kans(850) { format!("verzorger{}@gezin.example", self.telefoon) } else { String::new() },
            taal: if anders { toeval.kies(&TALEN) } else { "" },
            tolk: anders && toeval.kans(500),
            veilig_contact,
        }
    }
}

/// The name of a mother who does not live with her child.
fn moeder_naam(other: &Achternaam, own: Achternaam) -> String {
    if other.naam == own.naam { own.heel() } else { other.heel() }
}
