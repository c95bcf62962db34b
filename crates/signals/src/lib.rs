//! Absence rows in columns to signals, under a protocol.
//!
//! A signal is a reason to talk, derived from absence rows under the rules a region agreed on. It is never a score.
//!
//! 1. A [`Protocol`](protocol::Protocol) is read from the region's TOML file and says, per rule, which rows it looks
//!    at, when it fires and what happens after that.
//! 2. [`Compiled`](compiled::Compiled) is one or more adopted versions of it, reduced to numbers: window lengths,
//!    thresholds, masks of kinds. Nothing is interpreted per row.
//! 3. [`Axes`](axis::Axes) number the schooldagen of each pupil; [`Rows`](rows::Rows) hold what stands, four bytes a
//!    row, the rows of one pupil together.
//! 4. [`evaluate_all`](engine::evaluate_all) evaluates whole pupils: that is the only path for an addition, a correction, a
//!    withdrawal, a transfer and a change of protocol, whether of one pupil or of many behind each other.
//! 5. [`Prepared`](prepared::Prepared) keeps a history ready for asking it about one protocol after another.
//! 6. [`vervolg`] says which new firing continues which handled signal, and what fell away.
//!
//! Everything here is a pure function: no clock, no files, no chance.

pub mod axis;
pub mod compiled;
pub mod engine;
pub mod firing;
mod forms;
pub mod prepared;
pub mod protocol;
mod regelwerk;
pub mod rows;
mod stroom;
pub mod vervolg;
