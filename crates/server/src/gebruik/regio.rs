//! A region begins, or adopts a new version of its document.

use convenant::Convenant;
use domain::body::{DocumentSoort, Regiodocument};
use domain::fact::{Actor, Bron, Grondslag, NewFact, Source};
use domain::ids::{DocumentId, Subject};
use domain::period::Period;
use domain::{Date, Timestamp};
use exchange::regio::Regio;
use register::{Overlay, verschil};
use std::collections::BTreeMap;

use crate::fout::Fout;
use crate::logboek::{Beslissing, Besluit, Logboek};

/// Reads the document of a region.
///
/// # Errors
/// All that is wrong in it, a line each.
pub fn lees(tekst: &str) -> Result<Regio, Fout> {
    Regio::lees(tekst).map_err(|fouten| {
        let fouten = in_regels(&fouten);
        Fout::kan_niet(format!("De regio is niet te gebruiken:\n{fouten}\nHerstel het bestand en probeer het opnieuw."))
    })
}

/// Writes what the document states and the register did not know yet. Returns the number of facts.
///
/// # Errors
/// When the log cannot be written.
pub async fn neem_aan(logboek: &mut Logboek, regio: &Regio, nu: Timestamp) -> Result<usize, Fout> {
    let vandaag = domain::calendar::dag_in_nederland(nu);
    let mut per_subject: BTreeMap<Subject, Vec<NewFact>> = BTreeMap::new();
    for feit in regio.feiten() {
        per_subject.entry(feit.about).or_default().push(feit);
    }
    let nieuw: Vec<Vec<NewFact>> = {
        let register = logboek.register();
        let new =
            per_subject.iter().flat_map(|(about, feiten)| verschil(&register.alleen_over(*about), feiten, vandaag));
        new.map(|feit| vec![feit]).collect()
    };
    let count = nieuw.len();
    logboek.schrijf_reeks(nu, nieuw).await?;
    Ok(count)
}

/// Adopts a version of the protocol from a day on. The text must have been checked.
///
/// # Errors
/// When the text is no protocol, or the log cannot be written.
pub async fn neem_protocol_aan(
    logboek: &mut Logboek,
    regio: &Regio,
    tekst: &str,
    versie: &str,
    vanaf: Date,
    nu: Timestamp,
) -> Result<(), Fout> {
    let regels = signals::protocol::lees(tekst).map(|_| ()).map_err(|fouten| in_regels(&fouten));
    let waarden = exchange::afspraken::lees(tekst).map(|_| ()).map_err(|fouten| in_regels(&fouten));
    regels.and(waarden).map_err(|fouten| Fout::kan_niet(format!("Het protocol is niet te gebruiken:\n{fouten}")))?;
    let body = Regiodocument { soort: DocumentSoort::Protocol, versie: versie.to_owned(), tekst: tekst.into() };
    neem_document_aan(logboek, regio, PROTOCOL, body, vanaf, nu).await
}

/// Adopts a version of the convenant from a day on.
///
/// # Errors
/// When the text is no convenant or goes beyond what the law allows, or the log cannot be written.
pub async fn neem_convenant_aan(
    logboek: &mut Logboek,
    regio: &Regio,
    tekst: &str,
    versie: &str,
    vanaf: Date,
    nu: Timestamp,
) -> Result<(), Fout> {
    Convenant::lees(tekst)
        .map_err(|fouten| Fout::kan_niet(format!("Het convenant is niet te gebruiken:\n{}", in_regels(&fouten))))?;
    let body = Regiodocument { soort: DocumentSoort::Convenant, versie: versie.to_owned(), tekst: tekst.into() };
    neem_document_aan(logboek, regio, CONVENANT, body, vanaf, nu).await
}

/// Adopts the protocol and the convenant that a region starts with.
///
/// # Errors
/// When the log cannot be written.
pub async fn neem_standaard_aan(logboek: &mut Logboek, regio: &Regio, nu: Timestamp) -> Result<(), Fout> {
    let protocol = signals::protocol::STANDAARD;
    neem_protocol_aan(logboek, regio, protocol, VERSIE_STANDAARD, regio.sinds, nu).await?;
    neem_convenant_aan(logboek, regio, convenant::STANDAARD, VERSIE_STANDAARD, regio.sinds, nu).await
}

async fn neem_document_aan(
    logboek: &mut Logboek,
    regio: &Regio,
    nummer: u64,
    body: Regiodocument,
    vanaf: Date,
    nu: Timestamp,
) -> Result<(), Fout> {
    let document = DocumentId::new(regio.document().0.get() ^ nummer);
    let feit = NewFact {
        about: document.into(),
        valid: Period::since(vanaf),
        by: Actor::Systeem { organisatie: regio.id() },
        ground: Grondslag::Regiobeheer,
        source: Source::of(Bron::Overig, regio.id()),
        replaces: None,
        body: body.into(),
    };
    let besluit = move |_: &Overlay<'_>, _| {
        Ok(Besluit { feiten: vec![feit.clone()], gelezen: vec![document.into()], antwoord: Vec::new() })
    };
    let antwoorden = logboek.beslis_samen(nu, vec![Beslissing::new(besluit)]).await?;
    match antwoorden.into_iter().find_map(Result::err) {
        Some(refusal) => Err(Fout::kan_niet(refusal.to_string())),
        None => Ok(()),
    }
}

/// Sets the documents of protocol and convenant apart from that of the region.
const PROTOCOL: u64 = 1;
const CONVENANT: u64 = 2;
/// Version of the documents that a region starts with.
const VERSIE_STANDAARD: &str = "standaard";

fn in_regels<T: ToString>(fouten: &[T]) -> String {
    fouten.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
