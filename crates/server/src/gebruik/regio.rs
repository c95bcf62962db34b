//! A region begins, or adopts a new version of its document.

use domain::Timestamp;
use domain::dagbeeld::Verzuimrijen;
use domain::timeline::Timeline;
use exchange::regio::Regio;
use register::{Register, verschil};
use std::sync::Arc;

use crate::fout::Fout;
use crate::logboek::Logboek;

/// Reads the document of a region.
///
/// # Errors
/// All that is wrong in it, a line each.
pub fn lees(tekst: &str) -> Result<Regio, Fout> {
    Regio::lees(tekst).map_err(|fouten| {
        let regels: Vec<String> = fouten.iter().map(ToString::to_string).collect();
        Fout::kan_niet(format!(
            "De regio is niet te gebruiken:\n{}\nHerstel het bestand en probeer het opnieuw.",
            regels.join("\n")
        ))
    })
}

/// Writes what the document states and the register did not know yet. Returns the number of facts.
///
/// # Errors
/// When the log cannot be written.
pub async fn neem_aan(logboek: &mut Logboek, regio: &Regio, nu: Timestamp) -> Result<usize, Fout> {
    let vandaag = domain::calendar::dag_in_nederland(nu);
    let mut nieuw = Vec::new();
    for feit in regio.feiten() {
        nieuw.extend(verschil(&over(logboek.register(), &feit), vec![feit], vandaag));
    }
    let count = nieuw.len();
    let named = nieuw.into_iter().map(|feit| Ok((logboek.toeval().fact_id()?, feit))).collect::<Result<_, Fout>>()?;
    logboek.schrijf_reeks(nu, named).await?;
    Ok(count)
}

/// What was stated about the subject of a fact.
pub(super) fn over(register: &Register, feit: &domain::fact::NewFact) -> Timeline {
    Timeline::new(register.over(feit.about).cloned().map(Arc::new), Verzuimrijen::default())
}
