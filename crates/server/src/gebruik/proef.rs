//! The synthetic region goes into the register by the road of a real one: its document, its schools, its pupils, a year
//! of deliveries; and in between, on their own days, what people state about the planted children.

use std::collections::VecDeque;

use domain::body::{Gezag, JaNee};
use domain::calendar::dag_in_nederland;
use domain::ids::{LeerlingId, PersoonId};
use domain::{Date, Timestamp};
use exchange::invoer::{Ernst, VerzuimIndeling};
use exchange::regio::Regio;
use proefregio::{GeplantFeit, Proefregio, Verhaal};
use sha2::{Digest, Sha256};

use super::{Verslag, Wijze, leerlingen, regio, scholen, verzuim};
use crate::fout::Fout;
use crate::logboek::Logboek;
use opvolging::{Gepland, Opvolging};

mod opvolging;

/// A planted child and who it is in the register.
#[derive(Debug)]
pub struct Geplant {
    /// The child.
    pub leerling: LeerlingId,
    /// Its course and the truth about it.
    pub verhaal: Verhaal,
}

/// What happens next in the year of the region.
enum Gebeurtenis<'a> {
    Levering(&'a proefregio::Levering),
    Feit(Box<GeplantFeit>),
}

/// Fills an empty register up to `vandaag`. `meld` is told how many of how many events of the year are done.
///
/// # Errors
/// When the log cannot be written, or the synthetic region contradicts the formats of the register.
pub async fn vul(
    logboek: &mut Logboek,
    proef: &Proefregio,
    vandaag: Date,
    mut meld: impl FnMut(u64, u64),
) -> Result<Vec<Geplant>, Fout> {
    let document = regio::lees(&proef.regio_toml)?;
    let begin = begin(proef, &document);
    regio::neem_aan(logboek, &document, begin).await?;
    regio::neem_standaard_aan(logboek, &document, begin).await?;
    // The pupil file tells the whole year, also who came after the day on which it is entered.
    let wijze = Wijze { vandaag, ..Wijze::op(begin) };
    zonder_fouten(&scholen::lees_in(logboek, &document, &proef.scholen, None, wijze).await?)?;
    zonder_fouten(&leerlingen::lees_in(logboek, &document, &proef.leerlingen, wijze).await?)?;
    let mut planted = Vec::with_capacity(proef.verhalen.len());
    let mut year: Vec<(Timestamp, Gebeurtenis<'_>)> =
        proef.leveringen.iter().map(|levering| (levering.moment, Gebeurtenis::Levering(levering))).collect();
    for verhaal in &proef.verhalen {
        let (leerling, ouders) = wie(logboek, &document, verhaal)?;
        let feiten = (verhaal.feiten)(&verhaal.betrokkenen(leerling, ouders));
        year.extend(feiten.into_iter().map(|feit| (feit.moment, Gebeurtenis::Feit(Box::new(feit)))));
        planted.push(Geplant { leerling, verhaal: verhaal.clone() });
    }
    year.sort_by_key(|(moment, _)| *moment);
    let known = planted.iter().map(|kind| kind.leerling).collect();
    let mut opvolging = Opvolging::default();
    let mut month = None;
    let mut pending: VecDeque<Gepland> = VecDeque::new();
    let total = year.len() as u64;
    for (done, (moment, gebeurtenis)) in (1u64..).zip(year) {
        let this_month = Some((dag_in_nederland(moment).year(), dag_in_nederland(moment).month()));
        if month != this_month {
            month = this_month;
            pending.extend(opvolging.van(&logboek.register(), &known, vandaag));
        }
        zeg_wat_eerder_was(logboek, &mut pending, moment).await?;
        match gebeurtenis {
            Gebeurtenis::Levering(levering) => {
                let bestand = Sha256::digest(&levering.bestand).into();
                let (indeling, wijze) = (VerzuimIndeling::Leerrecht, Wijze::op(moment));
                verzuim::lees_in(logboek, &document, &levering.bestand, &indeling, bestand, wijze).await?;
            }
            Gebeurtenis::Feit(feit) => logboek.schrijf_genoemd(moment, vec![(feit.id, feit.fact)]).await?,
        }
        meld(done, total);
    }
    pending.extend(opvolging.van(&logboek.register(), &known, vandaag));
    zeg_wat_eerder_was(logboek, &mut pending, Timestamp::MAX).await?;
    Ok(planted)
}

/// Writes what people did before a moment, in one go per stretch: it is known from the last of them on.
async fn zeg_wat_eerder_was(
    logboek: &mut Logboek,
    pending: &mut VecDeque<Gepland>,
    moment: Timestamp,
) -> Result<(), Fout> {
    let due = pending.iter().take_while(|(planned, ..)| *planned < moment).count();
    let due: Vec<Gepland> = pending.drain(..due).collect();
    for some in due.chunks(store::MAX_ENTRIES) {
        let Some((last, ..)) = some.last() else { continue };
        logboek.schrijf_genoemd(*last, some.iter().map(|(_, id, fact)| (*id, fact.clone())).collect()).await?;
    }
    Ok(())
}

/// Schools and pupils of the synthetic region are without mistakes; its absence files hold some on purpose.
fn zonder_fouten(verslag: &Verslag) -> Result<(), Fout> {
    let fout = verslag.bevindingen.kept().iter().find(|bevinding| bevinding.ernst == Ernst::Fout);
    fout.map_or(Ok(()), |fout| Err(Fout::kan_niet(format!("De proefregio klopt niet met het register. {fout}"))))
}

/// Just before the first event: then the region, its schools and its pupils were entered.
fn begin(proef: &Proefregio, document: &Regio) -> Timestamp {
    let first = proef.leveringen.iter().map(|levering| levering.moment).min();
    let start = domain::calendar::begin_van_dag(document.geldig_vanaf);
    first.map_or(start, |first| first.min(start))
}

/// The child and its parents with gezag; a child that was never enrolled gets its own number now.
fn wie(logboek: &mut Logboek, document: &Regio, verhaal: &Verhaal) -> Result<(LeerlingId, Vec<PersoonId>), Fout> {
    let Some(vestiging) = verhaal.vestiging else {
        let leerling = LeerlingId::new(logboek.toeval().bits()?);
        let ouders = vec![PersoonId::new(logboek.toeval().bits()?), PersoonId::new(logboek.toeval().bits()?)];
        return Ok((leerling, ouders));
    };
    let school = exchange::regio::school_id(&document.code, vestiging);
    let leerling = logboek.register().leerling(school, &verhaal.leerlingnummer);
    let leerling = leerling.ok_or_else(|| Fout::kan_niet("Een leerling van de proefregio is niet ingelezen."))?;
    let with_gezag = |fact: &domain::fact::Fact| match &fact.body {
        domain::body::Body::Gezag(Gezag { persoon, gezag: JaNee::Ja, .. }) => Some(*persoon),
        _ => None,
    };
    let ouders = logboek.register().over(leerling).filter_map(with_gezag).collect();
    Ok((leerling, ouders))
}

#[cfg(test)]
pub(crate) mod tests;
#[cfg(test)]
mod toegang;
