//! Looking at one child: which child is meant.

use domain::ids::LeerlingId;
use domain::nummers::{Brin, Vestigingscode};
use register::Register;

use crate::fout::Fout;

/// The child that a word names: `L-…`, or a school and the pupil's number there (`90AA00:1234`, or `90AA:1234` when only
/// one site of that school has the number).
///
/// # Errors
/// When the word names no child of this register, or more than one.
pub fn leerling(register: &Register, woord: &str) -> Result<LeerlingId, Fout> {
    let onbekend = || {
        Fout::kan_niet(format!(
            "De leerling {woord} staat niet in dit register. Noem een nummer als L-0000-0000-0000, of een school en een leerlingnummer, zoals 90AA00:1234."
        ))
    };
    let Some((school, nummer)) = woord.split_once(':') else {
        let id = woord.parse().map_err(|_| onbekend())?;
        return register.over(id).next().map(|_| id).ok_or_else(onbekend);
    };
    let mut gevonden: Vec<LeerlingId> = match (Vestigingscode::parse(school), Brin::parse(school)) {
        (Ok(code), _) => register.school(code).and_then(|id| register.leerling(id, nummer)).into_iter().collect(),
        (_, Ok(brin)) => {
            vestigingen(register, brin).filter_map(|code| register.leerling(register.school(code)?, nummer)).collect()
        }
        _ => return Err(onbekend()),
    };
    gevonden.sort_unstable();
    gevonden.dedup();
    match gevonden.as_slice() {
        [] => Err(onbekend()),
        [leerling] => Ok(*leerling),
        _ => Err(Fout::kan_niet(format!(
            "Er zijn {} leerlingen met {woord}, op verschillende vestigingen. Noem de vestiging, zoals {school}00:{nummer}.",
            gevonden.len()
        ))),
    }
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
            for (nr, code) in [(1, "90AA00"), (2, "90AA01")] {
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
            for (leerling, school, nummer) in [(SAM, 1, "12"), (NOOR, 2, "12"), (NOOR, 2, "34")] {
                let inschrijving = Inschrijving {
                    school: OrganisatieId::new(school),
                    leerlingnummer: nummer.into(),
                    jaargroep: "12".into(),
                    klas: "2b".into(),
                    mentor: "".into(),
                };
                stel(&mut logboek, vec![feit(leerling, inschrijving)]).await;
            }
            let onbekend = "staat niet in dit register";
            for (woord, gevonden) in [
                ("L-0000-0000-0001", Ok(SAM)),
                ("90AA00:12", Ok(SAM)),
                ("90aa01:12", Ok(NOOR)),
                ("90AA:34", Ok(NOOR)),
                ("90AA:12", Err("Er zijn 2 leerlingen met 90AA:12")),
                ("90AA00:34", Err(onbekend)),
                ("90AB00:12", Err(onbekend)),
                ("90AB:12", Err(onbekend)),
                (":12", Err(onbekend)),
                ("L-0000-0000-0009", Err(onbekend)),
                ("Sam", Err(onbekend)),
            ] {
                match (leerling(logboek.register(), woord), gevonden) {
                    (Ok(found), Ok(expected)) => assert_eq!(found, expected, "{woord}"),
                    (Err(fout), Err(expected)) => assert!(fout.to_string().contains(expected), "{woord}: {fout}"),
                    other => panic!("{woord}: {other:?}"),
                }
            }
        });
    }
}
