//! The steps to an answer about duties, each of which prints as one Dutch sentence.

use std::fmt;

use jiff::civil::Date;

use crate::calendar::datum;
use crate::finding::Gap;

/// One step to an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reden {
    /// Leerplicht has yet to begin.
    LeerplichtBegintNog {
        /// The fifth birthday.
        verjaardag: Date,
        /// Not before this day.
        vroegst: Date,
        /// On this day at the latest.
        laatst: Date,
    },
    /// Leerplicht begins somewhere in these days, and the day asked about is one of them.
    BeginOnzeker {
        /// The fifth birthday.
        verjaardag: Date,
        /// Not before this day.
        vroegst: Date,
        /// On this day at the latest.
        laatst: Date,
    },
    /// Leerplicht began.
    LeerplichtBegon {
        /// The fifth birthday.
        verjaardag: Date,
        /// Not before this day.
        vroegst: Date,
        /// On this day at the latest.
        laatst: Date,
    },
    /// Leerplicht ends, or ended.
    LeerplichtTot {
        /// Its last day.
        laatste_dag: Date,
        /// Because of twelve school years; otherwise because of the age.
        door_schooljaren: bool,
        /// Whether that day is past.
        voorbij: bool,
    },
    /// Kwalificatieplicht comes after leerplicht only.
    NogNietNaLeerplicht {
        /// Last day of leerplicht.
        laatste_dag: Date,
    },
    /// Kwalificatieplicht runs.
    NaLeerplicht {
        /// Last day of leerplicht.
        laatste_dag: Date,
        /// The eighteenth birthday.
        achttien: Date,
    },
    /// No diploma or exception ends kwalificatieplicht.
    GeenUitzondering,
    /// Of age.
    Achttien {
        /// The eighteenth birthday.
        achttien: Date,
    },
    /// Has a startkwalificatie.
    Startkwalificatie,
    /// Has a getuigschrift of praktijkonderwijs.
    ProGetuigschrift,
    /// Left vso for work or day care.
    VsoArbeidOfDagbesteding,
    /// Too young for a duty of their own.
    NogGeenTwaalf {
        /// The twelfth birthday.
        twaalf: Date,
    },
    /// Has a duty of their own.
    EigenPlicht {
        /// The twelfth birthday.
        twaalf: Date,
    },
    /// Neither leerplicht nor kwalificatieplicht holds.
    GeenPlichtMeer,
    /// Too old for hours off.
    ZesGeworden {
        /// The sixth birthday.
        zes: Date,
    },
    /// There is no duty to be exempt from.
    GeenVrijstellingNodig,
    /// Hours off until six.
    UrenTotZes {
        /// By notice.
        na_mededeling: u8,
        /// Granted on top.
        door_hoofd: u8,
        /// The sixth birthday.
        zes: Date,
    },
}

impl Reden {
    /// What is missing when it is not known whether this exception to kwalificatieplicht holds.
    pub(super) fn onbekend(self) -> Option<Gap> {
        let wat = match self {
            Self::Startkwalificatie => "een startkwalificatie heeft (een diploma havo, vwo of mbo niveau 2 of hoger)",
            Self::ProGetuigschrift => "een getuigschrift of diploma van het praktijkonderwijs heeft",
            Self::VsoArbeidOfDagbesteding => "het vso heeft verlaten na het profiel arbeidsmarkt of dagbesteding",
            _ => return None,
        };
        Some(Gap::Ontbreekt(format!(
            "Of de jongere {wat}, is onbekend. Zo ja, dan geldt de kwalificatieplicht niet. De school of DUO weet dit."
        )))
    }
}

impl fmt::Display for Reden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::LeerplichtBegintNog { .. } | Self::BeginOnzeker { .. } | Self::LeerplichtBegon { .. } => {
                self.write_begin(f)
            }
            Self::LeerplichtTot { laatste_dag, door_schooljaren, voorbij } => {
                let dag = datum(laatste_dag);
                let werkwoord = if voorbij { "eindigde op" } else { "duurt tot en met" };
                let waarom = if door_schooljaren {
                    "het einde van het schooljaar waarna twaalf volledige schooljaren zijn gevolgd"
                } else {
                    "het einde van het schooljaar waarin de jongere zestien wordt"
                };
                write!(f, "De leerplicht {werkwoord} {dag}: {waarom}.")
            }
            Self::NogNietNaLeerplicht { laatste_dag } => {
                write!(f, "De kwalificatieplicht begint pas na de leerplicht; die eindigt op {}.", datum(laatste_dag))
            }
            Self::NaLeerplicht { laatste_dag, achttien } => write!(
                f,
                "De leerplicht eindigde op {}; daarna geldt de kwalificatieplicht tot de achttiende verjaardag op {}.",
                datum(laatste_dag),
                datum(achttien)
            ),
            Self::GeenUitzondering => f.write_str(
                "Er is geen startkwalificatie, getuigschrift praktijkonderwijs of uitstroom vso naar arbeid of dagbesteding bekend.",
            ),
            Self::Achttien { achttien } => {
                write!(f, "De jongere is achttien sinds {}; er geldt geen kwalificatieplicht meer.", datum(achttien))
            }
            Self::Startkwalificatie => {
                f.write_str("De jongere heeft een startkwalificatie; dan geldt de kwalificatieplicht niet.")
            }
            Self::ProGetuigschrift => f.write_str(
                "De jongere heeft een getuigschrift of diploma van het praktijkonderwijs; dan geldt de kwalificatieplicht niet.",
            ),
            Self::VsoArbeidOfDagbesteding => f.write_str(
                "De jongere verliet het vso na het profiel arbeidsmarkt of dagbesteding; dan geldt de kwalificatieplicht niet.",
            ),
            Self::NogGeenTwaalf { twaalf } => {
                write!(f, "De eigen plicht begint op de twaalfde verjaardag, {}.", datum(twaalf))
            }
            Self::EigenPlicht { twaalf } => write!(
                f,
                "De jongere is twaalf of ouder sinds {} en moet de school van inschrijving ook zelf geregeld bezoeken.",
                datum(twaalf)
            ),
            Self::GeenPlichtMeer => f.write_str("Er geldt geen leerplicht en geen kwalificatieplicht, dus ook geen eigen plicht."),
            Self::ZesGeworden { zes } => {
                write!(f, "De vrijstelling van uren geldt tot de zesde verjaardag; die was op {}.", datum(zes))
            }
            Self::GeenVrijstellingNodig => f.write_str("Zonder leerplicht is er geen vrijstelling van uren nodig."),
            Self::UrenTotZes { na_mededeling, door_hoofd, zes } => {
                write!(f, "Tot de zesde verjaardag op {} mag de jongere na een mededeling aan het hoofd {na_mededeling} uren per week wegblijven", datum(zes))?;
                match door_hoofd {
                    0 => f.write_str("."),
                    uren => write!(f, "; het hoofd staat daarbovenop {uren} uren per week toe."),
                }
            }
        }
    }
}

impl Reden {
    fn write_begin(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let regel = "de eerste schooldag van de maand na de vijfde verjaardag";
        match *self {
            Self::LeerplichtBegintNog { verjaardag, vroegst, laatst } => {
                let op = if vroegst == laatst { "op" } else { "niet eerder dan" };
                write!(f, "De leerplicht begint {op} {}: {regel} op {}.", datum(vroegst), datum(verjaardag))
            }
            Self::BeginOnzeker { verjaardag, vroegst, laatst } => write!(
                f,
                "De leerplicht begint tussen {} en {}: {regel} op {}. De precieze dag is niet bekend.",
                datum(vroegst),
                datum(laatst),
                datum(verjaardag)
            ),
            Self::LeerplichtBegon { verjaardag, vroegst, laatst } => {
                let uiterlijk = if vroegst == laatst { "op" } else { "uiterlijk op" };
                write!(f, "De leerplicht begon {uiterlijk} {}: {regel} op {}.", datum(laatst), datum(verjaardag))
            }
            _ => Ok(()),
        }
    }
}
