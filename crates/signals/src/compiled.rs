//! Protocols reduced to numbers: window lengths, thresholds, masks of kinds. Done once, so that nothing is
//! interpreted per row.

use domain::Date;
use domain::period::day_number;
use domain::verzuim::Soorten;

use crate::axis::ALTIJD;
use crate::forms;
use crate::protocol::{Daarna, Eenheid, Protocol, Regel, TeltUren, Venster, Vorm};
use crate::stroom::{Reekslengte, Verdeling};

/// Quarters in an hour (vo: in a lesuur).
pub const KWARTIEREN_PER_UUR: u16 = 4;
/// The largest number of adopted versions that is compiled together.
pub const MAX_VERSIES: usize = 200;

/// One or more versions of a protocol, each deciding about the days from its adoption until the next.
#[derive(Debug, Clone)]
pub struct Compiled {
    pub(crate) stromen: Vec<StroomSoort>,
    /// How rows are divided over the streams.
    pub(crate) verdeling: Verdeling,
    pub(crate) versies: Vec<Versie>,
    /// Names of rules; a number in [`Gecompileerd::naam`] means the same rule in every version.
    pub(crate) namen: Vec<String>,
    /// No rule remembers anything from so many schooldagen or places in lesweken back, but for the run and the school year
    /// that it is in.
    pub(crate) reikwijdte: u32,
}

#[derive(Debug, Clone)]
pub(crate) struct Versie {
    /// First day about which this version decides.
    pub van: u16,
    /// The first day after it.
    pub tot: u32,
    pub regels: Vec<Gecompileerd>,
}

/// One rule that is on.
#[derive(Debug, Clone)]
pub(crate) struct Gecompileerd {
    /// The rule's place in its document.
    pub regel: u8,
    pub naam: usize,
    pub stroom: usize,
    pub vorm: Kern,
}

/// The rows a rule looks at, and how they are measured per day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StroomSoort {
    pub soorten: Soorten,
    pub maat: Maat,
}

/// What a day's rows amount to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Maat {
    /// Quarters, capped once at the day's dagtaak; the two fixed amounts per time come from `telt_uren`.
    Uren { te_laat: u8, uitgestuurd: u8 },
    /// Rows.
    Keren,
    /// One for a day with a row.
    Dagen,
    /// One for a whole day; other days are not looked at.
    HeleDagen,
}

/// The axis a window is measured on and its length there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Raam {
    Schooldagen(i32),
    /// Positions: seven per lesweek.
    Lesweken(i32),
}

#[derive(Debug, Clone)]
pub(crate) enum Kern {
    Som {
        raam: Raam,
        drempel: u32,
        daarna: Daarna,
        nadert: Vec<u32>,
        per_school: bool,
    },
    /// `rang`: how many steps each count passes.
    Keren {
        stappen: Vec<u32>,
        rang: Vec<u16>,
        per_school: bool,
    },
    Reeksen {
        raam: Raam,
        drempel: u32,
        onder: u32,
    },
    Aaneengesloten {
        stappen: Vec<u32>,
    },
    Kalendermaanden {
        maanden: u8,
    },
    Stijging {
        raam: Raam,
        dubbel: Raam,
        factor: u32,
        minimum: u32,
        stilte: i32,
    },
    Weekdag {
        raam: Raam,
        drempel: u32,
        stilte: i32,
    },
}

impl Compiled {
    /// One protocol that decides about every day.
    pub fn one(protocol: &Protocol) -> Self {
        Self::build([(0, protocol)].into_iter())
    }

    /// Versions with the day each was adopted, in any order. Days before the first adoption are decided by none.
    /// Of two versions adopted on the same day the later in the list decides.
    pub fn adopted(versies: &[(Date, &Protocol)]) -> Self {
        let mut versies: Vec<(i32, &Protocol)> =
            versies.iter().take(MAX_VERSIES).map(|(vanaf, protocol)| (day_number(*vanaf), *protocol)).collect();
        versies.sort_by_key(|(vanaf, _)| *vanaf);
        Self::build(versies.into_iter().map(|(vanaf, protocol)| (vanaf.clamp(0, i32::from(u16::MAX)) as u16, protocol)))
    }

    fn build<'p>(versies: impl Iterator<Item = (u16, &'p Protocol)>) -> Self {
        let mut gebouwd = Compiled {
            stromen: Vec::new(),
            verdeling: Verdeling::default(),
            versies: Vec::new(),
            namen: Vec::new(),
            reikwijdte: 1,
        };
        for (van, protocol) in versies {
            if let Some(vorige) = gebouwd.versies.last_mut() {
                vorige.tot = u32::from(van);
            }
            let mut regels = Vec::new();
            for (nummer, regel) in protocol.regels.iter().enumerate().filter(|(_, regel)| regel.aan) {
                let soort = stroom_van(regel, &protocol.telt_uren);
                let stroom = plek_van(&mut gebouwd.stromen, soort);
                let naam = plek_van(&mut gebouwd.namen, regel.naam.clone());
                let regel_nummer = u8::try_from(nummer).unwrap_or(u8::MAX);
                let vorm = kern(regel);
                gebouwd.reikwijdte = gebouwd.reikwijdte.max(vorm.reikwijdte());
                regels.push(Gecompileerd { regel: regel_nummer, naam, stroom, vorm });
            }
            gebouwd.versies.push(Versie { van, tot: ALTIJD, regels });
        }
        let reeksen: Vec<_> = (0..gebouwd.stromen.len()).map(|nummer| gebouwd.reeks(nummer)).collect();
        let stromen = gebouwd.stromen.iter().zip(reeksen).enumerate();
        gebouwd.verdeling = Verdeling::new(stromen.map(|(nummer, (soort, reeks))| (nummer, soort, reeks)));
        gebouwd
    }
}

impl Compiled {
    /// The version that decides about all days from the first up to and including the last; `None` when more than one does, or
    /// none.
    pub(crate) fn enige_versie(&self, eerste: u16, laatste: u16) -> Option<usize> {
        self.versies.iter().position(|versie| versie.van <= eerste && u32::from(laatste) < versie.tot)
    }

    /// What a run in a stream has to last before it matters; `None` when a rule looks at more than its runs.
    fn reeks(&self, stroom: usize) -> Option<Reekslengte> {
        let regels = self.versies.iter().flat_map(|versie| &versie.regels).filter(|regel| regel.stroom == stroom);
        let mut nodig = Reekslengte { dagen: u16::MAX, maanden: u8::MAX };
        for regel in regels {
            let dagen = |stappen: &[u32]| u16::try_from(*stappen.first()?).ok();
            nodig = nodig.of(match &regel.vorm {
                Kern::Aaneengesloten { stappen } => Reekslengte { dagen: dagen(stappen)?, ..nodig },
                Kern::Kalendermaanden { maanden } => Reekslengte { maanden: *maanden, ..nodig },
                _ => return None,
            });
        }
        Some(nodig)
    }
}

impl Kern {
    /// How far back it looks or remembers, in schooldagen or in places in lesweken; without end for a rule that nothing arms
    /// again.
    fn reikwijdte(&self) -> u32 {
        let (raam, stilte) = match self {
            Kern::Som { daarna: Daarna::Hysterese { onder: 0 }, .. } | Kern::Reeksen { onder: 0, .. } => {
                return u32::MAX;
            }
            Kern::Som { raam, daarna: Daarna::Stilte { schooldagen }, .. } => (raam, i32::from(*schooldagen)),
            Kern::Som { raam, .. } | Kern::Reeksen { raam, .. } => (raam, 0),
            Kern::Stijging { dubbel, stilte, .. } => (dubbel, *stilte),
            Kern::Weekdag { raam, stilte, .. } => (raam, *stilte),
            Kern::Keren { .. } | Kern::Aaneengesloten { .. } | Kern::Kalendermaanden { .. } => return 1,
        };
        let (Raam::Schooldagen(lengte) | Raam::Lesweken(lengte)) = raam;
        stilte.max(*lengte).max(1).unsigned_abs()
    }
}

/// Where an equal element stands; added at the end when there is none.
fn plek_van<T: PartialEq>(lijst: &mut Vec<T>, element: T) -> usize {
    lijst.iter().position(|ander| *ander == element).unwrap_or_else(|| {
        lijst.push(element);
        lijst.len() - 1
    })
}

fn stroom_van(regel: &Regel, telt: &TeltUren) -> StroomSoort {
    let per_eenheid = |eenheid: Eenheid| match eenheid {
        Eenheid::Uren => Maat::Uren { te_laat: telt.te_laat, uitgestuurd: telt.uitgestuurd },
        Eenheid::Keren => Maat::Keren,
        Eenheid::Dagen => Maat::Dagen,
    };
    let maat = match regel.vorm {
        Vorm::SomInVenster { eenheid, .. } | Vorm::Stijging { eenheid, .. } => per_eenheid(eenheid),
        Vorm::KerenPerSchooljaar { .. } => Maat::Keren,
        Vorm::Aaneengesloten { hele_dag: true, .. } | Vorm::Kalendermaanden { hele_dag: true, .. } => Maat::HeleDagen,
        _ => Maat::Dagen,
    };
    StroomSoort { soorten: regel.soorten, maat }
}

fn kern(regel: &Regel) -> Kern {
    let stilte = match regel.daarna {
        Daarna::Stilte { schooldagen } => i32::from(schooldagen),
        _ => 0,
    };
    let onder = |factor: u16| match regel.daarna {
        Daarna::Hysterese { onder } => onder * factor,
        _ => 0,
    };
    match &regel.vorm {
        Vorm::SomInVenster { eenheid, venster, drempel } => {
            let factor = per_eenheid(*eenheid);
            let daarna = match regel.daarna {
                Daarna::Hysterese { .. } => Daarna::Hysterese { onder: onder(factor) },
                daarna => daarna,
            };
            let nadert = regel.nadert.iter().map(|stap| u32::from(stap * factor)).collect();
            let drempel = u32::from(drempel * factor);
            Kern::Som { raam: raam(*venster, 1), drempel, daarna, nadert, per_school: regel.per_school }
        }
        Vorm::KerenPerSchooljaar { stappen } => {
            let stappen = getallen(stappen);
            Kern::Keren { rang: forms::rang(&stappen), stappen, per_school: regel.per_school }
        }
        Vorm::ReeksenInVenster { venster, drempel } => {
            Kern::Reeksen { raam: raam(*venster, 1), drempel: u32::from(*drempel), onder: u32::from(onder(1)) }
        }
        Vorm::Aaneengesloten { stappen, .. } => Kern::Aaneengesloten { stappen: getallen(stappen) },
        Vorm::Kalendermaanden { maanden, .. } => Kern::Kalendermaanden { maanden: *maanden },
        Vorm::Stijging { eenheid, venster, factor, minimum } => Kern::Stijging {
            raam: raam(*venster, 1),
            dubbel: raam(*venster, 2),
            factor: u32::from(*factor),
            minimum: u32::from(minimum * per_eenheid(*eenheid)),
            stilte,
        },
        Vorm::Weekdag { venster, drempel } => {
            Kern::Weekdag { raam: raam(*venster, 1), drempel: u32::from(*drempel), stilte }
        }
    }
}

/// A window, or `keer` such windows end to end.
fn raam(venster: Venster, keer: i32) -> Raam {
    match venster {
        Venster::Lesweken(weken) => Raam::Lesweken(7 * keer * i32::from(weken)),
        Venster::Schooldagen(dagen) => Raam::Schooldagen(keer * i32::from(dagen)),
    }
}

fn per_eenheid(eenheid: Eenheid) -> u16 {
    if eenheid == Eenheid::Uren { KWARTIEREN_PER_UUR } else { 1 }
}

fn getallen(stappen: &[u16]) -> Vec<u32> {
    stappen.iter().map(|stap| u32::from(*stap)).collect()
}
