//! Addresses of pages, made in one place. They carry our own ids only, never a name, number or birth date.

use domain::fact::FactId;
use domain::ids::LeerlingId;

/// The morning's work.
pub const OCHTENDLIJST: &str = "/ochtendlijst";
/// Logging in.
pub const INLOGGEN: &str = "/inloggen";
/// The pupils one works for.
pub const LEERLINGEN: &str = "/leerlingen";
/// Signals.
pub const SIGNALEN: &str = "/signalen";
/// Files of schools.
pub const INVOER: &str = "/invoer";
/// Numbers of the region.
pub const MONITOR: &str = "/monitor";
/// Organisations, accounts and documents.
pub const BEHEER: &str = "/beheer";
/// Who looked at whom.
pub const LEESLOG: &str = "/leeslog";
/// The handbook.
pub const HULP: &str = "/hulp";

/// One child.
pub fn leerling(leerling: LeerlingId) -> String {
    format!("/leerling/{leerling}")
}

/// A page of one child ("tijdlijn", "contact").
pub fn bij_leerling(leerling: LeerlingId, blad: &str) -> String {
    format!("/leerling/{leerling}/{blad}")
}

/// Something done with one fact of a child ("corrigeren", "intrekken").
pub fn feit(leerling: LeerlingId, feit: FactId, blad: &str) -> String {
    format!("/leerling/{leerling}/feit/{feit}/{blad}")
}
