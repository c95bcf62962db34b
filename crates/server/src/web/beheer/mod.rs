//! For the beheerder: who may come in, who the parties are, what was delivered, and what the region agreed on. Nothing
//! here names a child.

mod accounts;
pub mod documenten;
mod leveringen;
mod nieuw;
mod organisaties;
mod overzicht;
mod personen;
mod persoon;
mod rechten;
pub mod verschil;
mod voorvallen;

use domain::fact::Rol;

use super::bezoek::Bezoek;
use super::kader::Kader;
use super::paden;
use super::wegen::{Publiek, Wegen};
use crate::web::antwoord::Weigering;

const BEHEERDER: Publiek = Publiek::Rollen(&[Rol::Beheerder]);
/// Rows of a list on one page.
const PER_BLAD: usize = 100;

/// The routes.
pub fn wegen(wegen: Wegen) -> Wegen {
    wegen
        .get(paden::BEHEER, BEHEERDER, overzicht::blad)
        .get("/beheer/accounts", BEHEERDER, accounts::blad)
        .post("/beheer/accounts", BEHEERDER, accounts::zoek)
        .post("/beheer/accounts/blokkeren", BEHEERDER, accounts::blokkeer)
        .get("/beheer/accounts/{medewerker}", BEHEERDER, persoon::blad)
        .post("/beheer/accounts/{medewerker}", BEHEERDER, persoon::doe)
        .get("/beheer/rechten", BEHEERDER, rechten::blad)
        .get("/beheer/voorvallen", BEHEERDER, voorvallen::blad)
        .get("/beheer/organisaties", BEHEERDER, organisaties::blad)
        .get("/beheer/organisaties/{organisatie}", BEHEERDER, organisaties::een)
        .get("/beheer/leveringen", BEHEERDER, leveringen::blad)
        .get("/beheer/documenten", BEHEERDER, documenten::blad)
        .get("/beheer/documenten/{soort}/{nummer}", BEHEERDER, documenten::lezen)
        .get("/beheer/documenten/{soort}/vergelijk", BEHEERDER, documenten::vergelijk)
        .get("/beheer/documenten/{soort}/nieuw", BEHEERDER, nieuw::blad)
        .post("/beheer/documenten/{soort}/nieuw", BEHEERDER, nieuw::neem)
        .get("/beheer/autorisatie", BEHEERDER, documenten::autorisatie)
}

/// The frame of a page for the beheerder.
fn kader(bezoek: &Bezoek, titel: impl Into<String>) -> Result<Kader, Weigering> {
    Kader::van(bezoek, titel, paden::BEHEER, "beheer")
}

/// Which of the rows of a list are on a page, and how many pages there are; pages count from 1.
fn bladeren(aantal: usize, gevraagd: usize) -> (std::ops::Range<usize>, usize, usize) {
    let bladen = aantal.div_ceil(PER_BLAD).max(1);
    let blad = gevraagd.clamp(1, bladen);
    let van = (blad - 1) * PER_BLAD;
    (van..aantal.min(van + PER_BLAD), blad, bladen)
}

#[cfg(test)]
mod tests;
