//! The pages: one folder a feature, a page is a handler with its template beside it.
//!
//! Two shapes of handlers only: a GET renders, a POST checks, decides, appends and sends on to the next page. Every route
//! says for whom it is ([`wegen`]); every child is asked for at one place ([`kind`]).

mod account;
mod antwoord;
mod beeld;
mod beheer;
mod bewaard;
mod bezoek;
mod bladeren;
mod blik;
mod dossier;
mod formulier;
mod gezien;
mod hulp;
mod inloggen;
mod inpakken;
mod intussen;
mod invoer;
mod inzage;
mod kader;
pub mod kind;
mod kop;
mod leerlingen;
mod leeslog;
mod middelen;
mod monitor;
mod ochtend;
pub mod paden;
#[cfg(test)]
mod proefbrowser;
mod protocol;
mod rem;
mod signalen;
#[cfg(test)]
mod tests;
mod vastleggen;
mod veiligheid;
mod verstuurd;
mod wegen;

use std::net::{IpAddr, SocketAddr};
use std::ops::Deref;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;

use crate::dienst::Dienst;
use crate::fout::Fout;
use crate::gebruik::cijfers::Cijfers;
use crate::gebruik::weegkamer::Weegkamer;
use crate::toegang::Toegang;
use antwoord::{Uitslag, Weigering};
use bezoek::Aanmelding;
use wegen::{Publiek, Weg, Wegen};

/// What every handler may use. Every layer of every request holds it, so there is one to share.
#[derive(Clone)]
pub struct Staat(Arc<Gedeeld>);

/// What there is one of for all requests.
pub struct Gedeeld {
    /// The register.
    pub dienst: Arc<Dienst>,
    /// Accounts and sessions.
    pub toegang: Arc<Toegang>,
    /// The brake on looking around.
    pub rem: rem::Rem,
    /// Files that wait to be written.
    pub wachtkamer: invoer::Wachtkamer,
    /// Counts of past days.
    pub cijfers: Arc<Cijfers>,
    /// The absence of the region, ready to weigh a protocol.
    pub weegkamer: Arc<Weegkamer>,
    /// The proxy before us, whose word on the address of a visitor is taken.
    pub proxy: Option<IpAddr>,
    /// Whose function was found to hold.
    pub bekenden: bezoek::Bekenden,
    /// What everybody has in view.
    pub blikken: blik::Blikken,
    /// Pages of children that were shown lately.
    pub bewaard: bewaard::Bewaard,
    /// What lists showed lately.
    pub gezien: gezien::Gezien,
    /// Whether the region is made up.
    pub proef: bool,
}

impl Deref for Staat {
    type Target = Gedeeld;

    fn deref(&self) -> &Gedeeld {
        &self.0
    }
}

impl Staat {
    /// Of a service that begins: nobody has anything in view yet.
    pub fn new(dienst: Arc<Dienst>, toegang: Arc<Toegang>, proxy: Option<IpAddr>, proef: bool) -> Self {
        Staat(Arc::new(Gedeeld {
            dienst,
            toegang,
            rem: rem::Rem::default(),
            wachtkamer: invoer::Wachtkamer::default(),
            cijfers: Arc::default(),
            weegkamer: Arc::default(),
            proxy,
            bekenden: bezoek::Bekenden::default(),
            blikken: blik::Blikken::default(),
            bewaard: bewaard::Bewaard::default(),
            gezien: gezien::Gezien::default(),
            proef,
        }))
    }
}

/// The pages, with others beside them that go the same way: for measuring.
pub fn bladen_met(staat: Staat, erbij: Router) -> Router {
    bladen(staat).0.merge(met_lagen(erbij))
}

/// The name and value of the cookie that brings a session.
pub fn koekje(geheim: &str) -> String {
    format!("{}={geheim}", bezoek::KOEKJE)
}

/// All pages of the product, and the list of their routes.
fn bladen(staat: Staat) -> (Router, Vec<Weg>) {
    let wegen = Wegen::new(staat)
        .get("/", Publiek::Iedereen, begin)
        .get("/gezond", Publiek::Iedereen, gezond)
        .get("/gereed", Publiek::Iedereen, gereed)
        .get("/.well-known/security.txt", Publiek::Iedereen, veiligheid::blad)
        .get("/middelen/{versie}/{naam}", Publiek::Iedereen, middelen::middel)
        .get(paden::HULP, Publiek::Iedereen, hulp::begin)
        .get("/hulp/{blad}", Publiek::Iedereen, hulp::bladzijde);
    let wegen = inloggen::wegen(wegen);
    let wegen = account::wegen(wegen);
    let wegen = invoer::wegen(wegen);
    let wegen = dossier::wegen(wegen);
    let wegen = vastleggen::wegen(wegen);
    let wegen = beheer::wegen(wegen);
    let wegen = monitor::wegen(wegen);
    let wegen = leeslog::wegen(wegen);
    let wegen = inzage::wegen(wegen);
    let wegen = ochtend::wegen(wegen);
    let wegen = leerlingen::wegen(wegen);
    let wegen = signalen::wegen(wegen);
    let wegen = protocol::wegen(wegen);
    let (router, lijst) = wegen.klaar();
    (met_lagen(router), lijst)
}

/// What every page goes through.
fn met_lagen(router: Router) -> Router {
    router
        .layer(DefaultBodyLimit::max(formulier::MAX_BYTES))
        .layer(middleware::from_fn(inpakken::pak_in))
        .layer(middleware::from_fn(kop::koppen))
}

/// Serves the pages until the process is asked to stop; requests that run are finished.
///
/// # Errors
/// When the address is in use or not allowed.
pub async fn bedien(staat: Staat, adres: SocketAddr, klaar: impl FnOnce(SocketAddr)) -> Result<(), Fout> {
    let bezet =
        |_| Fout::kan_niet(format!("Op {adres} kan niet worden geluisterd. Kies met --listen een ander adres."));
    let luisteraar = TcpListener::bind(adres).await.map_err(bezet)?;
    klaar(luisteraar.local_addr().map_err(bezet)?);
    staat.cijfers.begin(&staat.dienst);
    let (router, _) = bladen(staat);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(luisteraar, service).with_graceful_shutdown(stop()).await.map_err(bezet)
}

async fn stop() {
    let interrupted = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::pin!(interrupted, terminated);
    std::future::poll_fn(|context| {
        let done = interrupted.as_mut().poll(context).is_ready() || terminated.as_mut().poll(context).is_ready();
        if done { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
}

/// To where somebody works.
async fn begin(state: axum::extract::State<Staat>, aanmelding: Option<axum::Extension<Aanmelding>>) -> Uitslag {
    let Some(axum::Extension(aanmelding)) = aanmelding else { return antwoord::naar(paden::INLOGGEN) };
    match bezoek::bezoek(&state, &aanmelding).await {
        Ok(bezoek) => antwoord::naar(kader::begin(bezoek.rol)),
        Err(Weigering::NietVoorU) => antwoord::naar("/kiezen"),
        Err(weigering) => Err(weigering),
    }
}

/// Whether the process lives.
async fn gezond() -> Response {
    "gezond\n".into_response()
}

/// Whether the register can be read.
async fn gereed(state: axum::extract::State<Staat>) -> Uitslag {
    let leerlingen = state.dienst.lees(|register| register.head()).await?;
    Ok(format!("gereed tot en met regel {leerlingen}\n").into_response())
}
