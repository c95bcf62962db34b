//! One absence row, field by field.

use domain::Date;
use domain::nummers::{Brin, Vestigingscode};
use domain::period::{day_number, plus_days};
use domain::verzuim::{Duur, MAX_KWARTIEREN, Rij, VerzuimSoort};

use super::leerlingen::Leerlingen;
use super::levering::Levering;
use super::{Kolommen, Uitkomst};
use crate::invoer::bevinding::Gebrek;
use crate::invoer::lezing::Controle;
use crate::invoer::{Kader, veld};

/// The first day that a row can be about.
pub(super) const EERSTE_DAG: Date = Date::constant(2000, 1, 1);
/// Days ahead of today about which a row may already speak: leave that was granted.
pub(super) const VOORUIT: i32 = 366;
/// The last lesson of a day.
pub(super) const LAATSTE_LESUUR: u8 = 12;
/// The longest rooster of a day, in quarters: twelve hours.
pub(super) const MAX_ROOSTER: u16 = 48;

/// A row as it was read, by the number of its pupil.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gelezen {
    /// Number of the pupil.
    pub leerling: u32,
    /// The row, packed.
    pub rij: u32,
    /// Line in the file.
    pub regel: u32,
    /// The pupil's rooster that day, in quarters, if the row says it.
    pub rooster: Option<u8>,
}

/// Reads rows, and remembers the pupils and whose days became *onbekend*.
pub(super) struct Lezer<'k> {
    /// The columns of the file.
    pub kolommen: &'k Kolommen,
    kader: &'k Kader<'k>,
    /// The delivery that the file declares.
    pub levering: Option<Levering>,
    laatste_dag: Date,
    vestiging: Laatste<Vestigingscode>,
    brin: Laatste<Brin>,
    /// The pupils of the rows.
    pub leerlingen: Leerlingen,
    /// Pupil and day of refused rows.
    pub afgewezen: Vec<(u32, Option<u16>)>,
    /// Refused rows of which the pupil could not be read.
    pub onherleidbaar: u64,
}

impl<'k> Lezer<'k> {
    pub fn new(kolommen: &'k Kolommen, kader: &'k Kader<'k>, levering: Option<Levering>) -> Self {
        Lezer {
            kolommen,
            kader,
            levering,
            laatste_dag: plus_days(kader.vandaag, VOORUIT),
            vestiging: Laatste::default(),
            brin: Laatste::default(),
            leerlingen: Leerlingen::default(),
            afgewezen: Vec::new(),
            onherleidbaar: 0,
        }
    }

    /// Reads a row. When it is refused, the pupil's day is remembered.
    pub fn read(&mut self, c: &mut Controle<'_, '_>, rijen: &mut Vec<Gelezen>) -> Uitkomst {
        match self.read_one(c) {
            Some(read) => {
                rijen.push(read);
                Uitkomst::Overgenomen
            }
            None => Uitkomst::Geweigerd,
        }
    }

    fn read_one(&mut self, c: &mut Controle<'_, '_>) -> Option<Gelezen> {
        let k = self.kolommen;
        let leerling = self.leerling(c);
        let dag = c.required(&k.datum, |text| veld::dag_tussen(text, EERSTE_DAG, self.laatste_dag));
        let day = dag.and_then(|dag| u16::try_from(day_number(dag)).ok());
        if let (Some(dag), Some(levering)) = (dag, self.levering)
            && !levering.periode.contains(dag)
        {
            c.refuse(k.datum.naam.clone(), outside_delivery());
        }
        let lesuur = c.optional(&k.lesuur, lesuur).unwrap_or(0);
        let duur = c.required(&k.lesuren, duur);
        if lesuur > 0 && duur == Some(Duur::Dag) {
            c.refuse(k.lesuur.naam.clone(), lesson_of_whole_day());
        }
        let rooster = c.optional(&k.rooster, rooster);
        let soort = c.required(&k.soort, soort);
        let read = || {
            let rij = Rij { dag: day?, lesuur, duur: duur?, soort: soort? }.pack();
            let Leerling::Bekend(leerling) = leerling else { return None };
            let regel = u32::try_from(c.rij.regel).ok()?;
            Some(Gelezen { leerling, rij, regel, rooster })
        };
        let read = read().filter(|_| !c.is_refused());
        match leerling {
            _ if read.is_some() => {}
            Leerling::Bekend(leerling) => self.afgewezen.push((leerling, day)),
            Leerling::Onbekend => self.onherleidbaar += 1,
            Leerling::Elders => {}
        }
        read
    }

    fn leerling(&mut self, c: &mut Controle<'_, '_>) -> Leerling {
        let k = self.kolommen;
        let soort = self.kader.soort;
        let vestiging = c.required(&k.vestiging, |text| self.vestiging.read(text, |text| veld::vestiging(text, soort)));
        let brin = c.optional(&k.brin, |text| self.brin.read(text, |text| veld::brin(text, soort)));
        let leerlingnummer = c.required(&k.leerlingnummer, veld::leerlingnummer);
        let (Some(vestiging), Some(leerlingnummer)) = (vestiging, leerlingnummer) else { return Leerling::Onbekend };
        if brin.is_some_and(|brin| brin != vestiging.brin()) {
            c.refuse(k.brin.naam.clone(), veld::other_brin());
            return Leerling::Onbekend;
        }
        if self.levering.is_some_and(|levering| levering.vestiging != vestiging) {
            c.refuse(k.vestiging.naam.clone(), other_school());
            return Leerling::Elders;
        }
        Leerling::Bekend(self.leerlingen.number(vestiging, leerlingnummer))
    }
}

/// Whom a row is about.
#[derive(Clone, Copy)]
enum Leerling {
    /// The pupil with this number.
    Bekend(u32),
    /// It cannot be read.
    Onbekend,
    /// A pupil of another school than the file is about: nothing here touches their days.
    Elders,
}

/// The last value of a column, which most rows repeat.
struct Laatste<T> {
    text: String,
    value: Option<T>,
}

impl<T> Default for Laatste<T> {
    fn default() -> Self {
        Laatste { text: String::new(), value: None }
    }
}

impl<T: Copy> Laatste<T> {
    fn read(&mut self, text: &str, parse: impl FnOnce(&str) -> Result<T, Gebrek>) -> Result<T, Gebrek> {
        if let Some(value) = self.value
            && self.text == text
        {
            return Ok(value);
        }
        let value = parse(text)?;
        text.clone_into(&mut self.text);
        self.value = Some(value);
        Ok(value)
    }
}

/// A lesson of the day, from 1.
pub(super) fn lesuur(text: &str) -> Result<u8, Gebrek> {
    let whole = veld::kwartieren(text).filter(|kwartieren| kwartieren % 4 == 0).map(|kwartieren| kwartieren / 4);
    let lesuur = whole
        .filter(|lesuur| (1..=LAATSTE_LESUUR.into()).contains(lesuur))
        .and_then(|lesuur| u8::try_from(lesuur).ok());
    lesuur.ok_or_else(|| {
        Gebrek::new(
            "lesuur",
            "Het lesuur klopt niet.",
            "Gebruik 1 tot en met 12, of laat het leeg als er geen lesuur is.",
        )
    })
}

fn duur(text: &str) -> Result<Duur, Gebrek> {
    if text.eq_ignore_ascii_case("dag") {
        return Ok(Duur::Dag);
    }
    let kwartieren = veld::kwartieren(text).and_then(|kwartieren| u8::try_from(kwartieren).ok());
    kwartieren.filter(|kwartieren| (1..=MAX_KWARTIEREN).contains(kwartieren)).map(Duur::Kwartieren).ok_or_else(|| {
        Gebrek::new(
            "lesuren",
            "Het aantal lesuren klopt niet.",
            "Gebruik dag, of een aantal in kwartieren van 0,25 tot en met 15,5, zoals 1 of 1,25.",
        )
    })
}

fn rooster(text: &str) -> Result<u8, Gebrek> {
    let kwartieren = veld::kwartieren(text).filter(|kwartieren| *kwartieren <= MAX_ROOSTER);
    kwartieren.and_then(|kwartieren| u8::try_from(kwartieren).ok()).ok_or_else(|| {
        Gebrek::new(
            "rooster_uren",
            "De roosteruren kloppen niet.",
            "Gebruik een aantal in kwartieren van 0 tot en met 12, zoals 6 of 5,5, of laat het leeg.",
        )
    })
}

fn soort(text: &str) -> Result<VerzuimSoort, Gebrek> {
    VerzuimSoort::from_code(text).ok_or_else(|| {
        let codes: Vec<&str> = VerzuimSoort::ALL.iter().map(|soort| soort.code()).collect();
        Gebrek::new(
            "soort onbekend",
            format!("De soort{} is niet bekend.", veld::shown(text)),
            format!("Gebruik {}.", codes.join(", ")),
        )
    })
}

fn outside_delivery() -> Gebrek {
    Gebrek::new(
        "buiten de levering",
        "De dag ligt buiten de periode van de regel #levering.",
        "Pas de periode aan, of lever deze rij in een ander bestand.",
    )
}

fn other_school() -> Gebrek {
    Gebrek::new(
        "andere school",
        "De rij is van een andere vestiging dan de regel #levering.",
        "Lever per vestiging een eigen bestand.",
    )
}

fn lesson_of_whole_day() -> Gebrek {
    Gebrek::new(
        "lesuur bij hele dag",
        "De rij noemt een lesuur en ook de hele dag.",
        "Laat lesuur leeg bij dag, of vul bij lesuren een aantal in.",
    )
}
