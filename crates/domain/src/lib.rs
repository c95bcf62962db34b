//! What the pact and the law mean, without any machinery.
//!
//! What happened is recorded as dated [`fact::Fact`]s; what it means is computed from them by pure functions of
//! (facts, a day, rules). Nothing here reads a clock, a file, a database or chance: a test in `xtask` keeps it so.

pub mod aan_zet;
pub mod body;
pub mod calendar;
pub mod dagbeeld;
pub mod decide;
pub mod deelname;
pub mod dossier;
pub mod fact;
pub mod finding;
pub mod ids;
pub mod in_beeld;
pub mod klok;
pub mod kring;
pub mod levering;
pub mod nummers;
pub mod period;
pub mod plicht;
pub mod region;
pub mod rules;
pub mod signaal;
pub mod status;
pub mod tekst;
pub mod termijnen;
pub mod timeline;
pub mod verzuim;

/// An instant; when the register was told something. Days of it are taken in Europe/Amsterdam.
pub use jiff::Timestamp;
/// A civil day. All days of the register are days in Europe/Amsterdam.
pub use jiff::civil::Date;
