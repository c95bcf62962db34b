//! Absence rows as schools deliver them: kinds, lesson hours, quarters.

/// A kind of absence row. What a kind counts towards is decided by a
/// rule or a derivation, never by the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum VerzuimSoort {
    /// Missed without valid reason (LPW art. 4).
    Ongeoorloofd = 0,
    /// Holiday outside the school holidays without leave. Never this word on a parent's page.
    Luxe = 1,
    /// Late; only the minutes missed count.
    TeLaat = 2,
    /// Ill (LPW art. 11 onder d). Carries no reason text.
    Ziek = 3,
    /// Leave granted (LPW art. 11 onder e-g, 13, 13a, 14).
    Verlof = 4,
    /// Sent out of a lesson; at school all the same.
    Uitgestuurd = 5,
    /// Suspended (LPW art. 11 onder c).
    Geschorst = 6,
    /// Expelled.
    Verwijderd = 7,
    /// Exempt from attendance (LPW art. 11, 11a).
    Vrijstelling = 8,
    /// Excused from one lesson by the school itself.
    VrijgesteldLes = 9,
    /// Not scheduled, under an agreed adapted timetable.
    AangepastRooster = 10,
    /// Kept home at the school's request: never authorised; signals to the board and the parents.
    ThuisOpVerzoekSchool = 11,
    /// The lesson was cancelled: it leaves both sides of participation.
    Lesuitval = 12,
    /// Authorised for another reason.
    OverigGeoorloofd = 13,
}

impl VerzuimSoort {
    /// All kinds, in the order of their codes.
    pub const ALL: [VerzuimSoort; 14] = [
        Self::Ongeoorloofd,
        Self::Luxe,
        Self::TeLaat,
        Self::Ziek,
        Self::Verlof,
        Self::Uitgestuurd,
        Self::Geschorst,
        Self::Verwijderd,
        Self::Vrijstelling,
        Self::VrijgesteldLes,
        Self::AangepastRooster,
        Self::ThuisOpVerzoekSchool,
        Self::Lesuitval,
        Self::OverigGeoorloofd,
    ];

    /// The word in files, protocols and messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ongeoorloofd => "ongeoorloofd",
            Self::Luxe => "luxe",
            Self::TeLaat => "te_laat",
            Self::Ziek => "ziek",
            Self::Verlof => "verlof",
            Self::Uitgestuurd => "uitgestuurd",
            Self::Geschorst => "geschorst",
            Self::Verwijderd => "verwijderd",
            Self::Vrijstelling => "vrijstelling",
            Self::VrijgesteldLes => "vrijgesteld_les",
            Self::AangepastRooster => "aangepast_rooster",
            Self::ThuisOpVerzoekSchool => "thuis_op_verzoek_school",
            Self::Lesuitval => "lesuitval",
            Self::OverigGeoorloofd => "overig_geoorloofd",
        }
    }

    /// The kind with that word in files; words are exact.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|soort| soort.code() == code)
    }

    /// The kind with that number, as stored in packed rows.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }
}

/// A set of kinds, as a rule names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Soorten(u16);

impl Soorten {
    /// The set with these kinds.
    pub fn of(soorten: &[VerzuimSoort]) -> Self {
        Soorten(soorten.iter().fold(0, |mask, soort| mask | 1 << *soort as u8))
    }

    /// Whether the kind is in the set.
    pub fn contains(self, soort: VerzuimSoort) -> bool {
        self.0 & (1 << soort as u8) != 0
    }

    /// The kinds in the set, in the order of their codes.
    pub fn iter(self) -> impl Iterator<Item = VerzuimSoort> {
        VerzuimSoort::ALL.into_iter().filter(move |soort| self.contains(*soort))
    }

    /// One bit per kind, bit n for the kind with number n.
    pub fn bits(self) -> u16 {
        self.0
    }
}

/// How much of the day a row covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Duur {
    /// Whole day: counts as the pupil's rooster or the school's declared hours that day; there is no default length.
    Dag,
    /// Quarters of an hour (vo: quarters of a lesuur), 1 to 62.
    Kwartieren(u8),
}

/// One absence row of one pupil. Packed it takes four bytes: day 16 bits, lesuur 4, duration 6, kind 6, so that the
/// order of packed rows is the order of days and lessons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rij {
    /// Days since 1 January 1970 (up to 5 June 2149).
    pub dag: u16,
    /// Lesson 1 to 12; 0 when the row names none.
    pub lesuur: u8,
    /// How much of the day.
    pub duur: Duur,
    /// What kind of absence.
    pub soort: VerzuimSoort,
}

/// The pupil's timetable hours on one day, as a delivery states them beside an absence. Packed between the rows of that
/// day under a code that is no kind of absence, so that [`Rij::unpack`] passes it over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Roosterdag {
    /// Days since 1 January 1970.
    pub dag: u16,
    /// Quarters of a (les)uur on the timetable, 0 to 62.
    pub kwartieren: u8,
}

const ROOSTER: u32 = 63;

impl Roosterdag {
    /// Four bytes; sorts before the rows of its day that name a lesson. Quarters above 62 are clamped.
    pub fn pack(self) -> u32 {
        u32::from(self.dag) << 16 | u32::from(self.kwartieren.min(MAX_KWARTIEREN)) << 6 | ROOSTER
    }

    /// The timetable hours that were packed; `None` for an absence row.
    pub fn unpack(packed: u32) -> Option<Self> {
        (packed & 63 == ROOSTER)
            .then_some(Roosterdag { dag: (packed >> 16) as u16, kwartieren: ((packed >> 6) & 63) as u8 })
    }
}

/// The largest number of quarters a row can hold; the next code is the whole day.
pub const MAX_KWARTIEREN: u8 = 62;
const HELE_DAG: u32 = 63;

impl Rij {
    /// Four bytes; see the type. `lesuur` and quarters above their bounds are clamped.
    #[inline]
    pub fn pack(self) -> u32 {
        let duur = match self.duur {
            Duur::Dag => HELE_DAG,
            Duur::Kwartieren(kwartieren) => u32::from(kwartieren.min(MAX_KWARTIEREN)),
        };
        u32::from(self.dag) << 16 | u32::from(self.lesuur.min(15)) << 12 | duur << 6 | self.soort as u32
    }

    /// The row that was packed; `None` when the four bytes hold no known kind.
    pub fn unpack(packed: u32) -> Option<Self> {
        let duur = match (packed >> 6) & 63 {
            HELE_DAG => Duur::Dag,
            kwartieren => Duur::Kwartieren(kwartieren as u8),
        };
        let soort = VerzuimSoort::from_number((packed & 63) as u8)?;
        Some(Rij { dag: (packed >> 16) as u16, lesuur: ((packed >> 12) & 15) as u8, duur, soort })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_survives_packing_and_sorts_by_day_then_lesson() {
        for soort in VerzuimSoort::ALL {
            for duur in [Duur::Dag, Duur::Kwartieren(1), Duur::Kwartieren(MAX_KWARTIEREN)] {
                for lesuur in [0, 1, 12] {
                    let rij = Rij { dag: 20_000, lesuur, duur, soort };
                    assert_eq!(Rij::unpack(rij.pack()), Some(rij));
                }
            }
        }
        let early = Rij { dag: 1, lesuur: 12, duur: Duur::Dag, soort: VerzuimSoort::OverigGeoorloofd };
        let late = Rij { dag: 2, lesuur: 0, duur: Duur::Kwartieren(0), soort: VerzuimSoort::Ongeoorloofd };
        assert!(early.pack() < late.pack());
        assert_eq!(Rij::unpack(14), None);
        let rooster = Roosterdag { dag: 20_000, kwartieren: 22 };
        assert_eq!(Roosterdag::unpack(rooster.pack()), Some(rooster));
        assert_eq!(Rij::unpack(rooster.pack()), None);
        assert_eq!(Roosterdag::unpack(early.pack()), None);
    }

    #[test]
    fn every_kind_has_one_word_and_one_number() {
        for soort in VerzuimSoort::ALL {
            assert_eq!(VerzuimSoort::from_code(soort.code()), Some(soort));
            assert_eq!(VerzuimSoort::from_number(soort as u8), Some(soort));
        }
        assert_eq!(VerzuimSoort::from_code("Ziek"), None);
    }
}
