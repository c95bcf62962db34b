//! `import scholen`: school sites from a list of DUO become organisations of the region.

use domain::body::{Body, Indeling, IndelingSoort, Organisatie, OrganisatieSoort, Sector};
use domain::fact::{Actor, Bron, Grondslag, NewFact, Source};
use domain::ids::OrganisatieId;
use domain::nummers::SwvNummer;
use domain::period::Period;
use exchange::invoer::{SchoolRij, read_scholen};
use exchange::regio::{Regio, school_id};
use register::verschil;

use super::{Verslag, Wijze, gemeenten, kader, weigering};
use crate::fout::Fout;
use crate::logboek::Logboek;

/// Reads a list of school sites and writes what is new in it. `sector` is that of all sites in a list that names none.
///
/// # Errors
/// When the file as a whole cannot be read, or the log cannot be written.
pub async fn lees_in(
    logboek: &mut Logboek,
    regio: &Regio,
    bytes: &[u8],
    sector: Option<Sector>,
    wijze: Wijze,
) -> Result<Verslag, Fout> {
    let codes = gemeenten(regio);
    let invoer = read_scholen(bytes, &kader(regio, &codes, &wijze), sector).map_err(|w| weigering(&w))?;
    let mut nieuw = Vec::new();
    for school in &invoer.inhoud {
        let about = school_id(&regio.code, school.vestiging);
        let timeline = logboek.register().alleen_over(about);
        nieuw.extend(
            verschil(&timeline, &feiten(regio, school, wijze), wijze.vandaag).into_iter().map(|feit| vec![feit]),
        );
    }
    let geschreven = wijze.mag_schrijven(&invoer.telling);
    let count = nieuw.len() as u64;
    if geschreven {
        logboek.schrijf_reeks(wijze.nu, nieuw).await?;
    }
    Ok(Verslag {
        telling: invoer.telling,
        bevindingen: invoer.bevindingen,
        afgewezen: if invoer.afgewezen.is_empty() { String::new() } else { invoer.afgewezen.to_csv() },
        nieuw: count,
        alleen_geheel: false,
        gedaan: vec![format!("{} scholen in het bestand", invoer.inhoud.len())],
        geschreven,
    })
}

fn feiten(regio: &Regio, rij: &SchoolRij, wijze: Wijze) -> Vec<NewFact> {
    let school = school_id(&regio.code, rij.vestiging);
    let state = |body: Body| NewFact {
        about: school.into(),
        valid: Period::since(regio.sinds),
        by: Actor::Systeem { organisatie: regio.id() },
        ground: Grondslag::Regiobeheer,
        source: Source::of(Bron::Overig, regio.id()),
        replaces: None,
        body,
    };
    let organisatie = Organisatie {
        naam: rij.naam.clone(),
        soort: OrganisatieSoort::School,
        sector: rij.sector,
        vestiging: Some(rij.vestiging),
        gemeente: rij.gemeente,
        swv: None,
        postcode: rij.postcode,
        plaats: rij.plaats.clone(),
    };
    let mut feiten = vec![state(organisatie.into())];
    let gemeente = rij.gemeente.and_then(|code| regio.gemeente(code, wijze.vandaag));
    let in_swv_po = rij.sector.is_none_or(|s| matches!(s, Sector::Po | Sector::Sbo | Sector::So));
    let in_swv_vo = rij.sector.is_none_or(|s| matches!(s, Sector::Vo | Sector::Pro | Sector::Vso));
    for (soort, nummer, hoort) in [
        (IndelingSoort::SwvPo, rij.swv_po, in_swv_po),
        (IndelingSoort::SwvVo, rij.swv_vo, in_swv_vo),
        (IndelingSoort::Jgz, None, true),
    ] {
        let by_number = nummer.and_then(|nummer| swv(regio, nummer));
        let bij = by_number.or_else(|| van_gemeente(regio, gemeente?, soort, wijze));
        feiten.extend(bij.filter(|_| hoort).map(|bij| state(Indeling { soort, bij }.into())));
    }
    if let Some(sector) = rij.sector {
        feiten.extend(regio.sectoruren_voor(school, sector));
    }
    feiten
}

fn swv(regio: &Regio, nummer: SwvNummer) -> Option<OrganisatieId> {
    regio.organisaties.iter().find(|o| o.inhoud.swv == Some(nummer)).map(|o| o.over)
}

/// A school belongs where its municipality belongs, when the list does not say.
fn van_gemeente(regio: &Regio, gemeente: OrganisatieId, soort: IndelingSoort, wijze: Wijze) -> Option<OrganisatieId> {
    let holds = |i: &&exchange::regio::Vermelding<OrganisatieId, Indeling>| {
        i.over == gemeente && i.inhoud.soort == soort && i.geldig.contains(wijze.vandaag)
    };
    regio.indelingen.iter().find(holds).map(|i| i.inhoud.bij)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_school_belongs_to_the_samenwerkingsverband_of_its_sector() {
        let regio = Regio::lees(include_str!("../../../exchange/voorbeelden/regio.toml")).unwrap();
        let wijze = Wijze::op("2026-10-01T10:00:00Z".parse().unwrap());
        let rij = SchoolRij {
            vestiging: domain::nummers::Vestigingscode::parse("90AA00").unwrap(),
            naam: "Proefschool".to_owned(),
            onderwijstype: "Basisonderwijs".to_owned(),
            sector: Some(Sector::Po),
            gemeente: domain::nummers::Gemeentecode::parse("0361").ok(),
            gemeentenaam: "ALKMAAR".to_owned(),
            postcode: None,
            plaats: "Alkmaar".to_owned(),
            swv_po: None,
            swv_vo: None,
            leerlingen: exchange::invoer::Aantal::Onbekend,
        };
        let bij = |rij: &SchoolRij| -> Vec<IndelingSoort> {
            let feiten = feiten(&regio, rij, wijze);
            feiten.iter().filter_map(|f| domain::body::Kind::of(&f.body).map(|i: &Indeling| i.soort)).collect()
        };
        assert_eq!(bij(&rij), [IndelingSoort::SwvPo]);
        assert_eq!(bij(&SchoolRij { sector: Some(Sector::Vso), ..rij }), [IndelingSoort::SwvVo]);
    }
}
