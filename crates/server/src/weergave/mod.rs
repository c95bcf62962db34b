//! One child shown: where it stands, who is aan zet, why, what is not known and who may see it (`stand`), and the whole
//! derivation behind it (`explain`).
//!
//! Pure: a child of the register on a day becomes a structure ([`Stand`], [`Uitleg`]), and that becomes plain Dutch
//! text or JSON. Nothing here reads a clock or decides anything: it says what `domain` found.

mod explain;
pub mod feiten;
mod getal;
pub mod herhaling;
mod json;
pub mod mag_zien;
pub mod mensen;
pub mod niet_bekend;
mod oog;
pub mod stand;
pub mod tekst;
#[cfg(test)]
mod tests;
mod uitleg;
pub mod velden;
pub mod waarom;
pub mod werk;
pub mod woorden;
pub mod zorg;

use domain::calendar::{dag_in_nederland, datum, uur_in_nederland};
use domain::ids::LeerlingId;
use domain::region::Rules;
use domain::timeline::Timeline;
use domain::{Date, Timestamp};
use register::Register;

pub use explain::Uitleg;
pub use getal::getal;
pub use oog::Oog;
pub use stand::Stand;
pub use woorden::{verzuimrij, verzuimsoort};

/// From which moment one looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peil {
    /// The day about which is asked.
    pub op: Date,
    /// Today.
    pub vandaag: Date,
    /// What was known at that moment (inclusive); `None`: all that is known now.
    pub bekend: Option<Timestamp>,
}

/// The text of `stand`; `None` when the register does not know the child.
pub fn stand(register: &Register, leerling: LeerlingId, peil: &Peil) -> Option<String> {
    Stand::van(register, leerling, peil.op).map(|stand| tekst::stand(&stand, peil))
}

/// The same as JSON.
pub fn stand_json(register: &Register, leerling: LeerlingId, peil: &Peil) -> Option<serde_json::Value> {
    Stand::van(register, leerling, peil.op).map(|stand| json::stand(&stand, peil))
}

/// The text of `explain`; `None` when the register does not know the child.
pub fn uitleg(register: &Register, leerling: LeerlingId, peil: &Peil) -> Option<String> {
    Uitleg::van(register, leerling, peil.op).map(|gevonden| uitleg::tekst(&gevonden, peil))
}

/// The same as JSON.
pub fn uitleg_json(register: &Register, leerling: LeerlingId, peil: &Peil) -> Option<serde_json::Value> {
    Uitleg::van(register, leerling, peil.op).map(|gevonden| json::uitleg(&gevonden, peil))
}

/// One child on one day, with the region around it, before one reader.
#[derive(Clone, Copy)]
pub struct Zicht<'a> {
    /// The region.
    pub register: &'a Register,
    /// Its rules.
    pub r: &'a Rules,
    /// All that is known about the child; what is shown of it is for `oog` to say.
    pub t: &'a Timeline,
    /// Our name for the child.
    pub leerling: LeerlingId,
    /// The day about which is asked.
    pub op: Date,
    /// Today: by its table, relations and ages it is told who may see the child, whatever day is asked about. A command
    /// has no reader and no today of its own: there it is the day about which is asked.
    pub vandaag: Date,
    /// What the reader may see.
    pub oog: Oog<'a>,
}

/// A moment as a reader in the Netherlands has it: "3 maart 2026 om 14.05 uur".
pub fn moment(at: Timestamp) -> String {
    let (uur, minuut) = uur_in_nederland(at);
    format!("{} om {uur}.{minuut:02} uur", datum(dag_in_nederland(at)))
}
