//! The meaning of facts, told as stories: facts in, a finding out.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a story that does not hold ends its test")]

mod dagbeeld;
mod decide;
mod dossier;
mod eigenschappen;
mod gebreken_dagen;
mod gebreken_klok;
mod grenzen_aanbod;
mod grenzen_klok;
mod grenzen_status;
mod grenzen_termijnen;
mod klok;
mod kring;
mod signaal;
mod status;
mod termijnen;
