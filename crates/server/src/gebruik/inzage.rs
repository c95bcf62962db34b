//! Looking at one child: which child is meant.

use domain::ids::LeerlingId;
use domain::nummers::{Brin, Vestigingscode};
use register::Register;

use crate::fout::Fout;

/// The child that a word names: `L-…`, or a school and the pupil's number there: `90AA00:1234`, or `90AA:1234` for a
/// school with one site. With more sites the same number may be another child's, so the site must be named, whether or
/// not the number is in use there.
///
/// # Errors
/// When the word is no name of a child, when a school has more than one site, and, in one and the same way however it
/// is named, when the child is not in this register.
pub fn leerling(register: &Register, woord: &str) -> Result<LeerlingId, Fout> {
    if let Ok(id) = woord.parse() {
        return register.over(id).next().map(|_| id).ok_or_else(onbekend);
    }
    let (school, nummer) = woord.split_once(':').filter(|(_, nummer)| !nummer.is_empty()).ok_or_else(vorm)?;
    let site = match (Vestigingscode::parse(school), Brin::parse(school)) {
        (Ok(code), _) => Some(code),
        (_, Ok(brin)) => enige_vestiging(register, brin)?,
        _ => return Err(vorm()),
    };
    site.and_then(|code| register.leerling(register.school(code)?, nummer)).ok_or_else(onbekend)
}

/// The only site of a school; `None` when the register knows none.
fn enige_vestiging(register: &Register, brin: Brin) -> Result<Option<Vestigingscode>, Fout> {
    let sites: Vec<Vestigingscode> = vestigingen(register, brin).collect();
    match sites.as_slice() {
        [] => Ok(None),
        [site] => Ok(Some(*site)),
        more => Err(Fout::gebruik(format!(
            "Onder {brin} vallen {} vestigingen. Noem de vestiging, zoals {brin}00:1234.",
            more.len()
        ))),
    }
}

fn vorm() -> Fout {
    Fout::gebruik(
        "Zo kan een leerling niet worden genoemd. Noem een nummer als L-0000-0000-0000, of een school en een leerlingnummer, zoals 90AA00:1234.",
    )
}

/// The child is not in the register, or was not known yet at the moment that is asked about.
pub fn onbekend() -> Fout {
    Fout::kan_niet(
        "Deze leerling staat niet in dit register. Noem een nummer als L-0000-0000-0000, of een school en een leerlingnummer, zoals 90AA00:1234.",
    )
}

fn vestigingen(register: &Register, brin: Brin) -> impl Iterator<Item = Vestigingscode> {
    let sites = register.rules().organisaties.values().filter_map(|organisatie| organisatie.vestiging);
    sites.filter(move |code| code.brin() == brin)
}

#[cfg(test)]
mod tests {
    use domain::body::{Inschrijving, Organisatie, OrganisatieSoort};
    use domain::ids::OrganisatieId;

    use super::*;
    use crate::logboek::proef::*;

    #[test]
    fn a_child_is_named_by_our_number_or_the_schools() {
        speel(async {
            let (_plek, mut logboek) = Plek::new().await;
            for (nr, code) in [(1, "90AA00"), (2, "90AA01"), (3, "90AC00")] {
                let vestiging = Vestigingscode::parse(code).ok();
                let school = Organisatie {
                    naam: code.to_owned(),
                    soort: OrganisatieSoort::School,
                    sector: None,
                    vestiging,
                    gemeente: None,
                    swv: None,
                    postcode: None,
                    plaats: String::new(),
                };
                stel(&mut logboek, vec![feit(OrganisatieId::new(nr), school)]).await;
            }
            for (leerling, school, nummer) in [(SAM, 1, "12"), (NOOR, 2, "12"), (NOOR, 2, "34"), (SAM, 3, "12")] {
                let inschrijving = Inschrijving {
                    school: OrganisatieId::new(school),
                    leerlingnummer: nummer.into(),
                    jaargroep: "12".into(),
                    klas: "2b".into(),
                    mentor: "".into(),
                };
                stel(&mut logboek, vec![feit(leerling, inschrijving)]).await;
            }
            let (onbekend, vorm) = ("staat niet in dit register", "Zo kan een leerling niet");
            for (woord, gevonden) in [
                ("L-0000-0000-0001", Ok(SAM)),
                ("90AA00:12", Ok(SAM)),
                ("90aa01:12", Ok(NOOR)),
                ("90AC:12", Ok(SAM)),
                ("90AA:34", Err("Onder 90AA vallen 2 vestigingen. Noem de vestiging")),
                ("90AA:99", Err("Onder 90AA vallen 2 vestigingen. Noem de vestiging")),
                ("90AA00:34", Err(onbekend)),
                ("90AB00:12", Err(onbekend)),
                ("90AB:12", Err(onbekend)),
                (":12", Err(vorm)),
                ("90AA00:", Err(vorm)),
                ("L-0000-0000-0009", Err(onbekend)),
                ("Sam", Err(vorm)),
            ] {
                match (leerling(&logboek.register(), woord), gevonden) {
                    (Ok(found), Ok(expected)) => assert_eq!(found, expected, "{woord}"),
                    (Err(fout), Err(expected)) => assert!(fout.to_string().contains(expected), "{woord}: {fout}"),
                    other => panic!("{woord}: {other:?}"),
                }
            }
        });
    }
}
