//! The register seen from outside: what goes in are facts and deliveries in the order of a log.

mod bouw;
mod koppelen;
mod leveringen;
mod omgeving;
mod samen;
mod samenvatting;
mod signalen;
mod verschil;
