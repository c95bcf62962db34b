//! Whether what the file says in different places goes together.

use std::collections::BTreeMap;

use domain::Date;
use domain::body::{Indeling, Organisatie};
use domain::calendar::datum;
use domain::ids::OrganisatieId;
use domain::period::Period;

use super::lezen::{Partij, Rij};
use super::tabel::RegioFout;
use super::{Vermelding, dag_erna, tot_en_met};

/// Codes and numbers are of one party at a time, and municipalities that ended went on in another one.
pub(super) fn keur_partijen(partijen: &[Partij], fouten: &mut Vec<RegioFout>) {
    let mut op_code: BTreeMap<&str, &Partij> = BTreeMap::new();
    for partij in partijen {
        if let Some(eerste) = op_code.insert(&partij.code, partij) {
            let uitleg =
                format!("Deze code staat ook op regel {}. Geef elke organisatie een eigen code.", eerste.regel);
            fouten.push(fout(partij.regel, "organisatie.code", uitleg));
        }
    }
    let wat = "dit nummer";
    keur_dubbel(&met_nummer(partijen, |inhoud| inhoud.gemeente), |()| (), "organisatie.gemeentecode", wat, fouten);
    keur_dubbel(&met_nummer(partijen, |inhoud| inhoud.swv), |()| (), "organisatie.swv_nummer", wat, fouten);
    for partij in partijen {
        if let Err((veld, uitleg)) = keur_gemeente(partij, &op_code) {
            fouten.push(fout(partij.regel, veld, uitleg));
        }
    }
}

/// The parties by a number that the administration gave them.
fn met_nummer<N>(partijen: &[Partij], nummer: impl Fn(&Organisatie) -> Option<N>) -> Vec<Rij<N, ()>> {
    let rij = |partij: &Partij| {
        let Vermelding { geldig, inhoud, .. } = &partij.vermelding;
        Some((partij.regel, Vermelding { over: nummer(inhoud)?, geldig: *geldig, inhoud: () }))
    };
    partijen.iter().filter_map(rij).collect()
}

/// A municipality ends by merging into another one, which exists from the next day on; mergers that the law made
/// already are known.
fn keur_gemeente(partij: &Partij, op_code: &BTreeMap<&str, &Partij>) -> Result<(), (&'static str, String)> {
    let Vermelding { geldig, inhoud, .. } = &partij.vermelding;
    let Some(code) = inhoud.gemeente else { return Ok(()) };
    let nieuw = code.op(geldig.last().unwrap_or(Date::MAX));
    if nieuw != code {
        let uitleg = format!(
            "De gemeente met code {code} is opgegaan in de gemeente met code {nieuw}. Geef de laatste dag waarop zij bestond."
        );
        return Err(("organisatie.tot_en_met", uitleg));
    }
    let (erna, naam) = match (dag_erna(geldig), &partij.opgegaan_in) {
        (None, None) => return Ok(()),
        (None, Some(_)) => {
            return Err(("organisatie.tot_en_met", "Geef ook de laatste dag waarop deze gemeente bestond.".to_owned()));
        }
        (Some(_), None) => {
            return Err((
                "organisatie.opgegaan_in",
                "Geef de code van de gemeente waarin deze is opgegaan.".to_owned(),
            ));
        }
        (Some(erna), Some(naam)) => (erna, naam),
    };
    let opvolger = op_code.get(naam.as_str()).map(|partij| &partij.vermelding);
    let past = opvolger.filter(|opvolger| opvolger.inhoud.gemeente.is_some() && opvolger.geldig.contains(erna));
    let Some(past) = past else {
        let uitleg = format!("\"{naam}\" is in dit bestand geen gemeente die op {} bestaat.", datum(erna));
        return Err(("organisatie.opgegaan_in", uitleg));
    };
    let volgens_tabel = code.op(erna);
    if volgens_tabel != code && past.inhoud.gemeente != Some(volgens_tabel) {
        let uitleg = format!("Volgens de tabel van gemeenten is {code} opgegaan in {volgens_tabel}.");
        return Err(("organisatie.opgegaan_in", uitleg));
    }
    Ok(())
}

/// The municipalities that ended, with the one they went on in.
pub(super) fn opvolgers(partijen: &[Partij]) -> Vec<Vermelding<OrganisatieId, OrganisatieId>> {
    let id = |code: &str| partijen.iter().find(|partij| partij.code == code).map(|partij| partij.vermelding.over);
    let fusie = |partij: &Partij| {
        let inhoud = id(partij.opgegaan_in.as_deref()?)?;
        Some(Vermelding { over: partij.vermelding.over, geldig: partij.vermelding.geldig, inhoud })
    };
    partijen.iter().filter_map(fusie).collect()
}

/// Per partition an organisation belongs to one other at a time.
pub(super) fn keur_indelingen(indelingen: &[Rij<OrganisatieId, Indeling>], fouten: &mut Vec<RegioFout>) {
    let wat = "deze organisatie in deze indeling";
    keur_dubbel(indelingen, |indeling| indeling.soort, "indeling.wie", wat, fouten);
}

/// Of statements about the same (and the same `soort` of thing), no two may hold on one day. `wat` names in the error
/// what it is about.
pub(super) fn keur_dubbel<O: Ord + Copy, T, K: Ord>(
    rijen: &[Rij<O, T>],
    soort: impl Fn(&T) -> K,
    veld: &str,
    wat: &str,
    fouten: &mut Vec<RegioFout>,
) {
    let mut op_volgorde: Vec<(O, K, Period, usize)> =
        rijen.iter().map(|(regel, dit)| (dit.over, soort(&dit.inhoud), dit.geldig, *regel)).collect();
    op_volgorde.sort_by(|a, b| (&a.0, &a.1, a.2.from, a.3).cmp(&(&b.0, &b.1, b.2.from, b.3)));
    for (een, ander) in op_volgorde.iter().zip(op_volgorde.iter().skip(1)) {
        if (een.0, &een.1) == (ander.0, &ander.1) && een.2.overlaps(&ander.2) {
            let (eerste, tweede) = if een.3 <= ander.3 { (een, ander) } else { (ander, een) };
            let uitleg = format!(
                "Voor {wat} staat al iets op regel {}, van {} t/m {}. Sluit dat af met tot_en_met, of haal een van de twee weg.",
                eerste.3,
                datum(eerste.2.from),
                tot_en_met(&eerste.2)
            );
            fouten.push(fout(tweede.3, veld, uitleg));
        }
    }
}

fn fout(regel: usize, veld: &str, uitleg: String) -> RegioFout {
    RegioFout { regel, veld: veld.to_owned(), uitleg }
}
