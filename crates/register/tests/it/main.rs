//! The register seen from outside: what goes in are facts and deliveries in the order of a log.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop the test, as the tests themselves do")]

mod bouw;
mod historie;
mod koppelen;
mod leveringen;
mod omgeving;
mod samen;
mod samenvatting;
mod signalen;
mod telling;
mod toegang;
mod verschil;
mod vervallen;
