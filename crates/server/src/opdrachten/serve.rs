//! `leerrecht serve`: the pages of the register, for browsers on this computer or behind a proxy with TLS.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use lexopt::{Arg, Parser, ValueExt};

use super::plaats::Plaats;
use crate::dienst::{Dienst, Tijd};
use crate::fout::{Afloop, Fout, Uitkomst};
use crate::gebruik;
use crate::logboek::Logboek;
use crate::uitvoer::zeg;
use crate::web::{self, Staat};

/// Where is listened when nothing is said: this computer alone.
const ADRES: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

/// Where is listened, and to whom.
#[derive(Debug, Clone, Copy)]
pub(super) struct Luister {
    /// The address.
    pub(super) adres: SocketAddr,
    /// The proxy before it, whose word on the address of a visitor is taken.
    pub(super) proxy: Option<IpAddr>,
}

impl Default for Luister {
    fn default() -> Self {
        Luister { adres: ADRES, proxy: None }
    }
}

/// `serve [--listen ADRES] [--proxy ADRES]`.
pub(super) fn run(plaats: &Plaats, woorden: &mut Parser) -> Uitkomst {
    let mut luister = Luister::default();
    while let Some(woord) = woorden.next()? {
        match woord {
            Arg::Long("listen") => luister.adres = lees_adres(woorden)?,
            Arg::Long("proxy") => {
                let tekst = woorden.value()?.string()?;
                let mag = || Fout::gebruik("Schrijf achter --proxy het adres van de proxy, zoals 127.0.0.1.");
                luister.proxy = Some(tekst.parse().map_err(|_| mag())?);
            }
            _ => return Err(woord.unexpected().into()),
        }
    }
    met_draden(async {
        let logboek = plaats.open().await?;
        bedien(plaats, logboek, Tijd::default(), luister, |adres| zeg!("Leerrecht staat klaar op http://{adres}")).await
    })?;
    Ok(Afloop::Goed)
}

/// The address behind a flag.
pub(super) fn lees_adres(woorden: &mut Parser) -> Result<SocketAddr, Fout> {
    let tekst = woorden.value()?.string()?;
    let mag = || Fout::gebruik("Schrijf achter --listen een adres met poort, zoals 127.0.0.1:8080.");
    tekst.parse().map_err(|_| mag())
}

/// Serves a register until the process is asked to stop.
///
/// # Errors
/// When the place of the accounts cannot be opened, or the address is in use.
pub(super) async fn bedien(
    plaats: &Plaats,
    logboek: Logboek,
    tijd: Tijd,
    Luister { adres, proxy }: Luister,
    klaar: impl FnOnce(SocketAddr),
) -> Result<(), Fout> {
    let proef = gebruik::regio(&logboek)?.soort == exchange::regio::RegioSoort::Proef;
    let toegang = Arc::new(plaats.toegang(&logboek).await?);
    let staat = Staat::new(Arc::new(Dienst::new(logboek, tijd)), toegang, proxy, proef);
    web::bedien(staat, adres, klaar).await
}

/// Runs work on all cores.
pub(super) fn met_draden<T>(werk: impl Future<Output = Result<T, Fout>>) -> Result<T, Fout> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let geen_ruimte = |_| Fout::kan_niet("Het systeem geeft geen ruimte om te werken. Probeer het opnieuw.");
    runtime.map_err(geen_ruimte)?.block_on(werk)
}
