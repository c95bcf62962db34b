//! Addresses of pages, made in one place. They carry our own ids only, never a name, number or birth date.

use domain::Date;
use domain::fact::FactId;
use domain::ids::LeerlingId;

/// The morning's work.
pub const OCHTENDLIJST: &str = "/ochtendlijst";
/// All work behind the morning's.
pub const WERKLIJST: &str = "/werklijst";
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
/// A look with a reason at a child one has no case of.
pub const INZAGE: &str = "/inzage";
/// Who looked at whom.
pub const LEESLOG: &str = "/leeslog";
/// The verzuimprotocol.
pub const PROTOCOL: &str = "/protocol";
/// Trying another protocol out.
pub const WAT_ALS: &str = "/protocol/wat-als";
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

/// The page that corrects what a school delivered about one lesson of a day (0: the day as a whole).
pub fn rij(leerling: LeerlingId, dag: Date, lesuur: u8) -> String {
    format!("/leerling/{leerling}/rij?dag={dag}&lesuur={lesuur}")
}

/// Logging in, and then to a page of ours.
pub fn inloggen_en_naar(pad: &str) -> String {
    match eigen(pad) {
        Some(pad) if pad != "/" => format!("{INLOGGEN}?naar={pad}"),
        _ => INLOGGEN.to_owned(),
    }
}

/// A path within this product, and nothing else: one that could lead elsewhere is none.
pub fn eigen(pad: &str) -> Option<&str> {
    let plain = pad.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte));
    (pad.starts_with('/') && !pad.starts_with("//") && plain).then_some(pad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_ours_are_gone_back_to() {
        for (pad, adres) in [
            ("/leerlingen", "/inloggen?naar=/leerlingen"),
            ("/", "/inloggen"),
            ("//elders.example", "/inloggen"),
            ("https://elders.example", "/inloggen"),
            ("/a?b=c", "/inloggen"),
            ("/\\elders", "/inloggen"),
            ("", "/inloggen"),
        ] {
            assert_eq!(inloggen_en_naar(pad), adres, "{pad}");
        }
    }
}
