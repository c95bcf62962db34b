//! The rule language of the protocol: what a region agreed to talk about, and when.
//!
//! A rule names the kinds of rows it looks at, one of seven forms ([`Vorm`]) with its parameters, and exactly one
//! [`Daarna`]: what has to happen before the same rule fires again for the same pupil. There is no default, because
//! "one signal" and "a signal every day" differ only in that choice.

mod lezen;
mod woorden;
mod zin;

pub use lezen::{AANTAL, FACTOR, LESWEKEN, MAANDEN, MAX_PROTOCOL_BYTES, MAX_REGELS, MAX_STAPPEN, SCHOOLDAGEN, lees};
pub use tafel::Fout;

use domain::Date;
use domain::verzuim::Soorten;

/// The protocol a region starts with (law, MAZL and the pact); the text of the shipped file.
pub const STANDAARD: &str = include_str!("../../protocollen/standaard.toml");
/// Protocol A of the benchmark.
pub const MAATSTAF_A: &str = include_str!("../../protocollen/protocol-a.toml");
/// Protocol B of the benchmark: the what-if.
pub const MAATSTAF_B: &str = include_str!("../../protocollen/protocol-b.toml");

/// A region's agreement on signals, as read from its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protocol {
    /// What the document is called.
    pub titel: String,
    /// The region that agreed on it.
    pub regio: String,
    /// The day from which it may be adopted (inclusive).
    pub geldig_vanaf: Date,
    /// Hours per time towards rules that count hours.
    pub telt_uren: TeltUren,
    /// The rules, in the order of the file; names are unique.
    pub regels: Vec<Regel>,
}

/// How much one time late, or one time sent out, counts towards a rule in hours, whatever the row's own length.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TeltUren {
    /// Quarters of an hour per `te_laat` row.
    pub te_laat: u8,
    /// Quarters of an hour per `uitgestuurd` row.
    pub uitgestuurd: u8,
    /// On what the choice rests; always there when one of the two is not zero.
    pub bron: Option<String>,
}

/// One rule: a reason to talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regel {
    /// Names the rule; a later version with the same name continues it.
    pub naam: String,
    /// Number in machine-readable output of the bare layout (1 to 255), if it has one.
    pub code: Option<u8>,
    /// What the signal says, one plain Dutch sentence.
    pub zin: String,
    /// Where it stands: law, method or regional agreement.
    pub bron: String,
    /// The rows the rule looks at.
    pub soorten: Soorten,
    /// When it fires.
    pub vorm: Vorm,
    /// What has to happen before it fires again.
    pub daarna: Daarna,
    /// Steps below the threshold that give a warning, ascending, in the unit of the sum; only for `som_in_venster`.
    pub nadert: Vec<u16>,
    /// Whether only rows of the school of that day count (a new school starts at nothing).
    pub per_school: bool,
    /// Whether the rule is in use.
    pub aan: bool,
    /// Who gets the signal.
    pub wie: Vec<Ontvanger>,
    /// Within which term it should be picked up, if one was agreed.
    pub binnen: Option<Termijn>,
    /// Whether signals are gathered into one message a day.
    pub verzamelen: bool,
}

/// What a sum counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Eenheid {
    /// Hours missed, per day at most the pupil's dagtaak (po klokuren, vo lesuren).
    Uren,
    /// Rows.
    Keren,
    /// Days with at least one row.
    Dagen,
}

/// A window that ends on the day that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Venster {
    /// So many lesweken (1 to 60): calendar weeks with a schooldag, so a holiday week takes no place.
    Lesweken(u8),
    /// So many schooldagen (1 to 300).
    Schooldagen(u16),
}

/// The seven forms a rule can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Vorm {
    /// The sum over the window reaches `drempel`.
    SomInVenster {
        /// What is summed.
        eenheid: Eenheid,
        /// Over which window.
        venster: Venster,
        /// Fires from this sum on (inclusive; whole hours, times or days).
        drempel: u16,
    },
    /// The running count of rows in the school year (1 August to 31 July) passes a step.
    KerenPerSchooljaar {
        /// The steps, ascending.
        stappen: Vec<u16>,
    },
    /// The number of spells that started in the window reaches `drempel`, on the first day of a spell.
    ReeksenInVenster {
        /// Over which window.
        venster: Venster,
        /// Fires from this number on (inclusive).
        drempel: u16,
    },
    /// A run of consecutive schooldagen reaches a length.
    Aaneengesloten {
        /// The lengths in schooldagen, ascending.
        stappen: Vec<u16>,
        /// Whether only whole days are in a run.
        hele_dag: bool,
    },
    /// A run of consecutive schooldagen has lasted so many calendar months.
    Kalendermaanden {
        /// Calendar months since the first day of the run, clamped at the month's end.
        maanden: u8,
        /// Whether only whole days are in a run.
        hele_dag: bool,
    },
    /// The sum over the window is at least `factor` times the sum over the window before it.
    Stijging {
        /// What is summed.
        eenheid: Eenheid,
        /// Length of each of the two windows.
        venster: Venster,
        /// How many times the window before.
        factor: u16,
        /// The sum that is needed in any case (whole hours, times or days).
        minimum: u16,
    },
    /// The number of days on the same weekday in the window reaches `drempel`.
    Weekdag {
        /// Over which window.
        venster: Venster,
        /// Fires from this number on (inclusive).
        drempel: u16,
    },
}

impl Vorm {
    /// The word for the form in the file.
    pub fn code(&self) -> &'static str {
        match self {
            Vorm::SomInVenster { .. } => "som_in_venster",
            Vorm::KerenPerSchooljaar { .. } => "keren_per_schooljaar",
            Vorm::ReeksenInVenster { .. } => "reeksen_in_venster",
            Vorm::Aaneengesloten { .. } => "aaneengesloten",
            Vorm::Kalendermaanden { .. } => "kalendermaanden",
            Vorm::Stijging { .. } => "stijging",
            Vorm::Weekdag { .. } => "weekdag",
        }
    }
}

/// What has to happen before a rule that fired fires again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Daarna {
    /// Only days after the firing count; the hours above the threshold are used up.
    Herstart,
    /// The window must first have fallen below `onder`.
    Hysterese {
        /// Armed again once the window ending the schooldag before is below this (exclusive).
        onder: u16,
    },
    /// The condition must not have held on a looked-at day in the last so many schooldagen.
    Stilte {
        /// Number of schooldagen.
        schooldagen: u16,
    },
    /// The form itself fires once per run, or once per step and school year.
    Geen,
}

/// Who a signal is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ontvanger {
    /// The pupil's mentor or group teacher.
    Mentor,
    /// The school's verzuimcoördinator (vo).
    Verzuimcoordinator,
    /// The intern begeleider (po).
    IbEr,
    /// The ondersteuningscoördinator.
    Ondersteuningscoordinator,
    /// The head of the school.
    Schoolleider,
    /// The school board.
    Schoolbestuur,
    /// The parents, and the pupil from 16.
    Ouders,
}

impl Ontvanger {
    /// All of them.
    pub const ALL: [Ontvanger; 7] = [
        Self::Mentor,
        Self::Verzuimcoordinator,
        Self::IbEr,
        Self::Ondersteuningscoordinator,
        Self::Schoolleider,
        Self::Schoolbestuur,
        Self::Ouders,
    ];

    /// The word in the file.
    pub fn code(self) -> &'static str {
        match self {
            Self::Mentor => "mentor",
            Self::Verzuimcoordinator => "verzuimcoordinator",
            Self::IbEr => "ib_er",
            Self::Ondersteuningscoordinator => "ondersteuningscoordinator",
            Self::Schoolleider => "schoolleider",
            Self::Schoolbestuur => "schoolbestuur",
            Self::Ouders => "ouders",
        }
    }
}

/// A term within which a signal should be picked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Termijn {
    /// Working days (1 to 60).
    Werkdagen(u8),
    /// Schooldagen (1 to 60).
    Schooldagen(u8),
}

impl Regel {
    /// A firing's value in the rule's own unit: hours are held in quarters. `0.25` steps only for hours.
    pub fn in_eenheid(&self, waarde: u16) -> f32 {
        let uren = matches!(
            self.vorm,
            Vorm::SomInVenster { eenheid: Eenheid::Uren, .. } | Vorm::Stijging { eenheid: Eenheid::Uren, .. }
        );
        if uren { f32::from(waarde) / f32::from(crate::compiled::KWARTIEREN_PER_UUR) } else { f32::from(waarde) }
    }

    /// The threshold the rule's sum has to reach, for the forms that have one: what `nadert` must stay below.
    fn drempel(&self) -> Option<u16> {
        match self.vorm {
            Vorm::SomInVenster { drempel, .. }
            | Vorm::ReeksenInVenster { drempel, .. }
            | Vorm::Weekdag { drempel, .. } => Some(drempel),
            _ => None,
        }
    }
}
