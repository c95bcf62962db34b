//! All routes with their audience: there is no way to add one without saying for whom it is.

use std::convert::Infallible;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::handler::Handler;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get, post};
use domain::fact::Rol;

use super::Staat;
use super::antwoord::Weigering;
use super::bezoek::{self, Aanmelding, Bezoek};
use super::paden;

/// For whom a route is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publiek {
    /// Everybody, also who is not logged in.
    Iedereen,
    /// Who is logged in, whether or not a role was chosen yet.
    Aangemeld,
    /// Who works in one of these roles.
    Rollen(&'static [Rol]),
}

/// How a route is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Methode {
    /// Shows.
    Get,
    /// Does.
    Post,
}

/// One route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weg {
    /// How it is asked.
    pub methode: Methode,
    /// Its pattern ("/leerling/{leerling}").
    pub pad: &'static str,
    /// For whom it is.
    pub publiek: Publiek,
}

/// The routes while they are put together.
pub struct Wegen {
    staat: Staat,
    router: Router<Staat>,
    lijst: Vec<Weg>,
}

impl Wegen {
    /// No routes yet.
    pub fn new(staat: Staat) -> Self {
        Wegen { staat, router: Router::new(), lijst: Vec::new() }
    }

    /// Adds a page.
    #[must_use]
    pub fn get<T: 'static>(self, pad: &'static str, publiek: Publiek, handler: impl Handler<T, Staat>) -> Self {
        self.voeg_toe(Methode::Get, pad, publiek, get(handler))
    }

    /// Adds a form that does something.
    #[must_use]
    pub fn post<T: 'static>(self, pad: &'static str, publiek: Publiek, handler: impl Handler<T, Staat>) -> Self {
        self.voeg_toe(Methode::Post, pad, publiek, post(handler))
    }

    /// Adds a form that may bring more bytes than others.
    #[must_use]
    pub fn post_groot<T: 'static>(
        self,
        pad: &'static str,
        publiek: Publiek,
        handler: impl Handler<T, Staat>,
        grens: DefaultBodyLimit,
    ) -> Self {
        self.voeg_toe(Methode::Post, pad, publiek, post(handler).layer(grens))
    }

    /// The router, and all routes that are in it.
    pub fn klaar(self) -> (Router, Vec<Weg>) {
        let router = self.router.fallback(async || Weigering::NietGevonden).with_state(self.staat);
        (router, self.lijst)
    }

    fn voeg_toe(
        mut self,
        methode: Methode,
        pad: &'static str,
        publiek: Publiek,
        weg: MethodRouter<Staat, Infallible>,
    ) -> Self {
        let weg = weg.layer(middleware::from_fn_with_state((self.staat.clone(), publiek), bewaak));
        self.router = self.router.route(pad, weg);
        self.lijst.push(Weg { methode, pad, publiek });
        self
    }
}

/// Lets through whom the route is for, and tells the handler who that is.
async fn bewaak(State((staat, publiek)): State<(Staat, Publiek)>, mut request: Request, next: Next) -> Response {
    let aanmelding = match bezoek::aanmelding(&staat, request.headers()).await {
        Ok(aanmelding) => aanmelding,
        Err(weigering) => return weigering.into_response(),
    };
    let bezoek = match &aanmelding {
        Some(aanmelding) => match bezoek::bezoek(&staat, aanmelding).await {
            Ok(bezoek) => Some(bezoek),
            Err(Weigering::NietVoorU) => None,
            Err(weigering) => return weigering.into_response(),
        },
        None => None,
    };
    match past(publiek, aanmelding.as_ref(), bezoek.as_ref()) {
        Ok(()) => {}
        // After logging in one comes back to the page that was asked for.
        Err(Weigering::Aanmelden) if request.method() == axum::http::Method::GET => {
            return Redirect::to(&paden::inloggen_en_naar(request.uri().path())).into_response();
        }
        Err(weigering) => return weigering.into_response(),
    }
    if let Some(aanmelding) = aanmelding {
        request.extensions_mut().insert(aanmelding);
    }
    if let Some(bezoek) = bezoek {
        request.extensions_mut().insert(bezoek);
    }
    next.run(request).await
}

fn past(publiek: Publiek, aanmelding: Option<&Aanmelding>, bezoek: Option<&Bezoek>) -> Result<(), Weigering> {
    match (publiek, aanmelding, bezoek) {
        (Publiek::Iedereen, ..) | (Publiek::Aangemeld, Some(_), _) => Ok(()),
        (_, None, _) => Err(Weigering::Aanmelden),
        (Publiek::Rollen(rollen), Some(_), Some(bezoek)) if rollen.contains(&bezoek.rol) => Ok(()),
        _ => Err(Weigering::NietVoorU),
    }
}
